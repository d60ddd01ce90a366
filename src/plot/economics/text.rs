//! Curves in a terminal: a letter for each curve on a grid of characters.

use super::{AxisNotation, CurvePlot};
use crate::{
    Error, Result,
    plot::{
        font::cells,
        number::{money, shortest},
    },
};

/// Rows of the grid.
const ROWS: usize = 17;

impl CurvePlot {
    /// The curves as text, `width` characters wide: a letter for each, `*` where several meet.
    ///
    /// # Errors
    ///
    /// As [`scene`](crate::plot::Figure::scene), and [`Error::Setting`] for a width below 40 or above 1000 characters.
    pub fn to_text(&self, width: usize) -> Result<String> {
        if !(40..=1000).contains(&width) {
            return Err(Error::setting(
                "width",
                format!("{width} characters"),
                "give a width between 40 and 1000",
            ));
        }
        let [left, right, mut bottom, mut top] = self.extent()?;
        if bottom > 0.0 && self.y_values != AxisNotation::Shares {
            bottom = 0.0;
        }
        if top <= bottom {
            top = bottom + 1.0;
        }
        let ticks: Vec<String> = (0..ROWS)
            .map(|row| {
                let at = bottom + (1.0 - row as f64 / (ROWS - 1) as f64) * (top - bottom);
                match &self.y_values {
                    _ if row % 4 != 0 => String::new(),
                    AxisNotation::Shares => format!("{}%", shortest((1000.0 * at).round() / 10.0)),
                    AxisNotation::Money(sign) => money(at, sign),
                    AxisNotation::Numbers => shortest(rounded(at, top - bottom)),
                }
            })
            .collect();
        let margin = ticks.iter().map(|tick| cells(tick)).max().unwrap_or(0);
        let columns = width.saturating_sub(margin + 2).max(10);
        let grid = self.grid(columns, [left, right, bottom, top]);
        let mut out = format!("{}\n", self.y_title);
        for (tick, row) in ticks.iter().zip(&grid) {
            let mark = if tick.is_empty() { '│' } else { '┤' };
            let pad = " ".repeat(margin - cells(tick));
            let line: String = row.iter().collect();
            out += &format!("{pad}{tick} {mark}{}\n", line.trim_end());
        }
        out += &format!("{} └{}\n", " ".repeat(margin), "─".repeat(columns));
        let (from, to) = (value_x(left, &self.x_values), value_x(right, &self.x_values));
        let title = &self.x_title;
        let free = columns.saturating_sub(cells(&from) + cells(&to) + cells(title));
        let (before, after) = (free / 2, free - free / 2);
        let foot = format!("{from}{}{title}{}{to}", " ".repeat(before.max(1)), " ".repeat(after.max(1)));
        out += &format!("{}{foot}\n", " ".repeat(margin + 2));
        for (i, curve) in self.curves.iter().enumerate().filter(|(_, c)| !c.name.is_empty()) {
            out += &format!("  {} {}\n", char::from(b'A' + (i % 26) as u8), curve.name);
        }
        if let Some(note) = &self.note {
            out += &format!("{note}\n");
        }
        Ok(out)
    }

    /// The curves on a grid of characters over the extent left, right, bottom, top.
    fn grid(&self, columns: usize, [left, right, bottom, top]: [f64; 4]) -> Vec<Vec<char>> {
        let mut grid = vec![vec![' '; columns]; ROWS];
        for (i, curve) in self.curves.iter().enumerate() {
            let letter = char::from(b'A' + (i % 26) as u8);
            let mut before: Option<usize> = None;
            for column in 0..columns {
                let x = left + (right - left) * column as f64 / (columns - 1) as f64;
                let Some(y) = at(&curve.points, x) else {
                    before = None;
                    continue;
                };
                let row =
                    ((top - y) / (top - bottom) * (ROWS - 1) as f64).round().clamp(0.0, (ROWS - 1) as f64);
                let row = row as usize;
                // A steep curve fills the rows between two columns.
                let (from, to) = match before {
                    Some(before) if before + 1 < row => (before + 1, row),
                    Some(before) if row + 1 < before => (row, before - 1),
                    _ => (row, row),
                };
                for line in grid.iter_mut().take(to + 1).skip(from) {
                    if let Some(cell) = line.get_mut(column) {
                        *cell = if *cell == ' ' || *cell == letter { letter } else { '*' };
                    }
                }
                before = Some(row);
            }
        }
        grid
    }
}

fn value_x(v: f64, values: &AxisNotation) -> String {
    match values {
        AxisNotation::Money(sign) => money(v, sign),
        AxisNotation::Shares => format!("{}%", shortest(100.0 * v)),
        AxisNotation::Numbers => shortest(v),
    }
}

/// A value to about three digits of a span.
fn rounded(v: f64, span: f64) -> f64 {
    let unit = 10f64.powf(span.abs().log10().floor() - 2.0);
    if unit.is_finite() && unit > 0.0 { (v / unit).round() * unit } else { v }
}

/// The height of a chain of points at a place.
fn at(points: &[(f64, f64)], x: f64) -> Option<f64> {
    if let [only] = points {
        return Some(only.1);
    }
    let slack = 1e-9 * (points.last()?.0 - points.first()?.0).abs();
    points.windows(2).find_map(|pair| match pair {
        [a, b] if x >= a.0 - slack && x <= b.0 + slack && b.0 > a.0 => {
            Some(a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0)).clamp(0.0, 1.0))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Curve;
    use super::*;

    #[test]
    fn two_lines_cross_in_the_middle() {
        let plot = CurvePlot::new("x", "Place", "Height")
            .values(AxisNotation::Numbers, AxisNotation::Shares)
            .curve(Curve::new("up", vec![(0.0, 0.0), (1.0, 1.0)]))
            .curve(Curve::new("down", vec![(0.0, 1.0), (1.0, 0.0)]));
        let text = plot.to_text(47).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].starts_with("100% ┤B") && lines[1].ends_with('A'), "{text}");
        assert!(lines[17].starts_with("  0% ┤A") && lines[17].ends_with('B'), "{text}");
        assert!(lines[9].contains('*'), "{text}");
        assert!(text.contains("  A up\n  B down\n"));
        assert!(text.lines().all(|line| cells(line) <= 47), "{text}");
        assert!(plot.to_text(10).is_err());
    }
}
