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

/// The characters of a figure.
struct Marks {
    ascii: bool,
    bar: char,
    dots: char,
    path: char,
    left: char,
    right: char,
    seen: char,
    added: char,
}

impl Marks {
    fn of(charset: Charset) -> Self {
        if charset == Charset::Ascii {
            Self {
                ascii: true,
                bar: '|',
                dots: ':',
                path: '.',
                left: '/',
                right: '\\',
                seen: '*',
                added: 'o',
            }
        } else {
            Self {
                ascii: false,
                bar: '│',
                dots: '┊',
                path: '·',
                left: '╱',
                right: '╲',
                seen: '●',
                added: '○',
            }
        }
    }

    fn minus(&self, text: &str) -> String {
        if self.ascii { text.replace('−', "-") } else { text.to_owned() }
    }
}

/// The plot area in characters.
struct Area {
    low: f64,
    high: f64,
    deepest: f64,
    width: usize,
    cells: Vec<Vec<char>>,
}

impl Area {
    fn column(&self, x: f64) -> f64 {
        ((x - self.low) / (self.high - self.low) * (self.width - 1) as f64).round()
    }

    fn row(&self, se: f64) -> usize {
        ((se / self.deepest) * (ROWS - 1) as f64).round() as usize
    }

    fn put(&mut self, row: usize, at: f64, mark: char) {
        if at >= 0.0
            && let Some(cell) = self.cells.get_mut(row).and_then(|line| line.get_mut(at as usize))
        {
            *cell = mark;
        }
    }
}

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
        let marks = Marks::of(options.charset);
        let z = normal::quantile(Tail::Upper(self.level.tail()));
        let (low, high, deepest) = self.extent(z)?;
        let depths = axis::ticks(axis::AxisKind::Linear, 0.0, deepest, 7, |ticks: &[axis::Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => (b.value - a.value) / deepest * (ROWS as f64) > 2.5,
                _ => true,
            })
        });
        let gutter = depths.iter().map(|t| font::cells(&t.label)).max().unwrap_or(1);
        let width = options.width - gutter - 2;
        let mut area = Area { low, high, deepest, width, cells: vec![vec![' '; width]; ROWS] };
        self.draw_lines(&mut area, &marks, z);
        self.draw_points(&mut area, &marks);
        let mut out = String::new();
        if let Some(title) = &self.look.title {
            let title = font::cut(&font::clean(title), options.width as f64, |t| font::cells(t) as f64);
            out += &format!("{title}\n\n");
        }
        out += "Standard error\n";
        for (r, line) in area.cells.iter().enumerate() {
            let tick = depths.iter().find(|t| area.row(t.value) == r);
            let label = tick.map_or(String::new(), |t| marks.minus(&t.label));
            let edge = match (marks.ascii, tick.is_some()) {
                (true, true) => '+',
                (true, false) => '|',
                (false, true) => '┤',
                (false, false) => '│',
            };
            let line: String = line.iter().collect();
            out += &format!("{label:>gutter$} {edge}{}\n", line.trim_end());
        }
        out += &self.horizontal_axis(&area, &marks, gutter);
        out += &self.key(&marks, options.width);
        Ok(out)
    }

    /// The ends of the effect axis, and the largest standard error.
    fn extent(&self, z: f64) -> Result<(f64, f64, f64)> {
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
        Ok((low, high, deepest))
    }

    fn draw_lines(&self, area: &mut Area, marks: &Marks, z: f64) {
        for r in 0..ROWS {
            let se = area.deepest * r as f64 / (ROWS - 1) as f64;
            if let Some(line) = &self.line {
                area.put(r, area.column(line.limit + line.slope * se), marks.path);
            }
            if let Some(null) = self.null {
                area.put(r, area.column(null), marks.dots);
            }
            if let Some(center) = self.estimate {
                area.put(r, area.column(center), marks.bar);
                let half = z * (se * se + self.tau2).sqrt();
                if half > 0.0 {
                    area.put(r, area.column(center - half), marks.left);
                    area.put(r, area.column(center + half), marks.right);
                }
            }
        }
    }

    fn draw_points(&self, area: &mut Area, marks: &Marks) {
        let mut counts = std::collections::BTreeMap::new();
        for p in &self.points {
            let place = (area.row(p.se), area.column(p.estimate) as usize);
            let entry = counts.entry(place).or_insert((0_u32, true));
            entry.0 += 1;
            entry.1 &= p.kind == FunnelPointKind::Filled;
        }
        for ((r, c), (count, filled)) in counts {
            let mark = match (count, filled) {
                (1, true) => marks.added,
                (1, false) => marks.seen,
                (n, _) => char::from_digit(n.min(9), 10).unwrap_or('9'),
            };
            area.put(r, c as f64, mark);
        }
    }

    /// The effect axis with its labels and title.
    fn horizontal_axis(&self, area: &Area, marks: &Marks, gutter: usize) -> String {
        let (kind, width) = (self.axis, area.width);
        let place = |t: &axis::Tick| area.column(kind.position(t.value));
        let fits = |ticks: &[axis::Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => place(b) - place(a) > font::cells(&b.label) as f64 + 2.0,
                _ => true,
            })
        };
        let ticks = axis::ticks(kind, kind.value(area.low), kind.value(area.high), 9, fits);
        let (rule, cross, corner) = if marks.ascii { ('-', '+', '+') } else { ('─', '┬', '└') };
        let mut axis_line: Vec<char> = vec![rule; width];
        let mut labels: Vec<char> = vec![' '; width];
        for tick in &ticks {
            let at = place(tick).max(0.0) as usize;
            if let Some(cell) = axis_line.get_mut(at) {
                *cell = cross;
            }
            let text: Vec<char> = marks.minus(&tick.label).chars().collect();
            let start = at.saturating_sub(text.len() / 2).min(width.saturating_sub(text.len()));
            for (i, c) in text.into_iter().enumerate() {
                if let Some(cell) = labels.get_mut(start + i) {
                    *cell = c;
                }
            }
        }
        let (axis_line, labels): (String, String) = (axis_line.iter().collect(), labels.iter().collect());
        let scale = if kind == axis::AxisKind::Log { ", log scale" } else { "" };
        let title = format!("{}{scale}", self.effect_label);
        let title = font::cut(&title, width as f64, |t| font::cells(t) as f64);
        let indent = gutter + 2 + (width.saturating_sub(font::cells(&title))) / 2;
        format!(
            "{:>gutter$} {corner}{axis_line}\n{:>gutter$}  {}\n{:indent$}{title}\n",
            "",
            "",
            labels.trim_end(),
            ""
        )
    }

    /// The meaning of the marks, in lines of at most `width` characters.
    fn key(&self, marks: &Marks, width: usize) -> String {
        let Marks { bar, dots, path, seen, added, .. } = marks;
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
        let (mut out, mut line) = (String::new(), String::new());
        for entry in key {
            if !line.is_empty() && font::cells(&line) + 3 + font::cells(&entry) > width {
                out += &format!("{}\n", marks.minus(&std::mem::take(&mut line)));
            }
            line += &format!("{}{entry}", if line.is_empty() { "" } else { "   " });
        }
        out + &format!("{}\n", marks.minus(&line))
    }
}
