//! The funnel plot in a terminal.

use super::{Funnel, FunnelPointKind};
use crate::{
    Error, Result,
    plot::{
        axis, font,
        forest::{Charset, TextOptions},
    },
    stat::{Tail, normal},
};

/// Lines of the plot area.
const ROWS: usize = 20;

impl Funnel {
    /// The funnel plot in characters: a circle for each study (a figure where some fall together), an open one for each
    /// that was filled in, lines for the pooled estimate, the null, the pseudo confidence region and regressions.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](crate::plot::Figure::scene), and a width below 40 characters.
    pub fn to_text(&self, options: &TextOptions) -> Result<String> {
        self.check()?;
        if options.width < 40 {
            let found = format!("{} characters", options.width);
            return Err(Error::setting("width", found, "give at least 40 characters"));
        }
        let ascii = options.charset == Charset::Ascii;
        let z = normal::quantile(Tail::Upper(self.level.tail()));
        let deepest = 1.02 * self.points.iter().map(|p| p.se).fold(0.0, f64::max);
        let mut ends: Vec<f64> = self.points.iter().map(|p| p.estimate).collect();
        ends.extend(self.null);
        if let Some(center) = self.estimate {
            let half = z * (deepest * deepest + self.tau2).sqrt();
            ends.extend([center - half, center + half]);
        }
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        if !(high - low).is_finite() || !deepest.is_finite() {
            return Err(Error::data("the estimates span more than a number holds", "check their scale"));
        }
        let fits = |ticks: &[axis::Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => (b.value - a.value) / deepest * (ROWS as f64) > 2.5,
                _ => true,
            })
        };
        let minus = |text: &str| if ascii { text.replace('−', "-") } else { text.to_owned() };
        let depths = axis::ticks(axis::AxisKind::Linear, 0.0, deepest, 7, fits);
        let gutter = depths.iter().map(|t| font::cells(&t.label)).max().unwrap_or(1);
        let width = options.width - gutter - 2;
        let column = |x: f64| ((x - low) / (high - low) * (width - 1) as f64).round();
        let row = |se: f64| ((se / deepest) * (ROWS - 1) as f64).round() as usize;
        let mut grid = vec![vec![' '; width]; ROWS];
        let mut put = |row: usize, at: f64, mark: char| {
            if at >= 0.0
                && let Some(cell) = grid.get_mut(row).and_then(|line| line.get_mut(at as usize))
            {
                *cell = mark;
            }
        };
        let (bar, dots, seen, added) =
            if ascii { ('|', ':', '*', 'o') } else { ('│', '┊', '●', '○') };
        let path = if ascii { '.' } else { '·' };
        for r in 0..ROWS {
            let se = deepest * r as f64 / (ROWS - 1) as f64;
            if let Some(line) = &self.line {
                put(r, column(line.limit + line.slope * se), path);
            }
            if let Some(null) = self.null {
                put(r, column(null), dots);
            }
            if let Some(center) = self.estimate {
                put(r, column(center), bar);
                let half = z * (se * se + self.tau2).sqrt();
                if half > 0.0 {
                    put(r, column(center - half), if ascii { '/' } else { '╱' });
                    put(r, column(center + half), if ascii { '\\' } else { '╲' });
                }
            }
        }
        let mut counts = std::collections::BTreeMap::new();
        for p in &self.points {
            let entry = counts.entry((row(p.se), column(p.estimate) as usize)).or_insert((0_u32, true));
            entry.0 += 1;
            entry.1 &= p.kind == FunnelPointKind::Filled;
        }
        for ((r, c), (count, filled)) in counts {
            let mark = match (count, filled) {
                (1, true) => added,
                (1, false) => seen,
                (n, _) => char::from_digit(n.min(9), 10).unwrap_or('9'),
            };
            put(r, c as f64, mark);
        }
        let mut out = String::new();
        if let Some(title) = &self.look.title {
            out += &format!(
                "{}\n\n",
                font::cut(&font::clean(title), options.width as f64, |t| font::cells(t) as f64)
            );
        }
        out += "Standard error\n";
        for (r, line) in grid.iter().enumerate() {
            let tick = depths.iter().find(|t| row(t.value) == r);
            let label = tick.map_or(String::new(), |t| minus(&t.label));
            let edge = match (ascii, tick.is_some()) {
                (true, true) => '+',
                (true, false) => '|',
                (false, true) => '┤',
                (false, false) => '│',
            };
            let line: String = line.iter().collect();
            out += &format!("{label:>gutter$} {edge}{}\n", line.trim_end());
        }
        let kind = self.axis;
        let place = |t: &axis::Tick| column(kind.position(t.value));
        let fits = |ticks: &[axis::Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => place(b) - place(a) > font::cells(&b.label) as f64 + 2.0,
                _ => true,
            })
        };
        let ticks = axis::ticks(kind, kind.value(low), kind.value(high), 9, fits);
        let rule = if ascii { '-' } else { '─' };
        let mut axis_line: Vec<char> = vec![rule; width];
        let mut labels: Vec<char> = vec![' '; width];
        for tick in &ticks {
            let at = place(tick).max(0.0) as usize;
            if let Some(cell) = axis_line.get_mut(at) {
                *cell = if ascii { '+' } else { '┬' };
            }
            let text: Vec<char> = minus(&tick.label).chars().collect();
            let start = at.saturating_sub(text.len() / 2).min(width.saturating_sub(text.len()));
            for (i, c) in text.into_iter().enumerate() {
                if let Some(cell) = labels.get_mut(start + i) {
                    *cell = c;
                }
            }
        }
        let (axis_line, labels): (String, String) = (axis_line.iter().collect(), labels.iter().collect());
        let corner = if ascii { '+' } else { '└' };
        out += &format!("{:>gutter$} {corner}{axis_line}\n{:>gutter$}  {}\n", "", "", labels.trim_end());
        let scale = if kind == axis::AxisKind::Log { ", log scale" } else { "" };
        let title =
            font::cut(&format!("{}{scale}", self.effect_label), width as f64, |t| font::cells(t) as f64);
        let indent = gutter + 2 + (width.saturating_sub(font::cells(&title))) / 2;
        out += &format!("{:indent$}{title}\n", "");
        let mut key = vec![format!("{seen} study")];
        if self.points.iter().any(|p| p.kind == FunnelPointKind::Filled) {
            key.push(format!("{added} filled in"));
        }
        if self.estimate.is_some() {
            key.push(format!("{bar} pooled estimate"));
        }
        if self.null.is_some() {
            key.push(format!("{dots} no effect"));
        }
        key.extend(self.line.iter().map(|line| format!("{path} {}", font::clean(&line.label))));
        let mut line = String::new();
        for entry in key {
            if !line.is_empty() && font::cells(&line) + 3 + font::cells(&entry) > options.width {
                out += &format!("{}\n", minus(&std::mem::take(&mut line)));
            }
            line += &format!("{}{entry}", if line.is_empty() { "" } else { "   " });
        }
        out += &format!("{}\n", minus(&line));
        Ok(out)
    }
}
