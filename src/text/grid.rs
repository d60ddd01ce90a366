//! A grid of cells, printed as aligned text, Markdown or CSV.

use std::borrow::Cow;

use super::{clean::cell, markdown, width::columns};

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A table: a header and rows of as many cells.
///
/// ```
/// use consilience::text::{Align, Grid};
///
/// let mut grid = Grid::new([("study", Align::Left), ("weight", Align::Right)]);
/// grid.row(["Aronson 1948", "5.06"]);
/// assert_eq!(grid.to_text(), "study         weight\nAronson 1948    5.06\n");
/// assert_eq!(grid.to_markdown(), "| study | weight |\n|:---|---:|\n| Aronson 1948 | 5.06 |\n");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    header: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// An empty table with this header.
    pub fn new<S: Into<String>>(header: impl IntoIterator<Item = (S, Align)>) -> Self {
        Grid {
            header: header.into_iter().map(|(name, align)| (name.into(), align)).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; missing cells are empty, surplus ones are dropped.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let mut row: Vec<String> = cells.into_iter().map(Into::into).take(self.header.len()).collect();
        row.resize(self.header.len(), String::new());
        self.rows.push(row);
        self
    }

    /// The names of the columns and the sides on which their cells stand.
    pub fn header(&self) -> &[(String, Align)] {
        &self.header
    }

    /// The rows, each with as many cells as there are columns.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// True if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns of equal width, two spaces between them, no space at the end of a line; control characters in cells are
    /// replaced.
    pub fn to_text(&self) -> String {
        let header: Vec<Cow<'_, str>> = self.header.iter().map(|(name, _)| cell(name)).collect();
        let rows: Vec<Vec<Cow<'_, str>>> =
            self.rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        let lines = || std::iter::once(&header).chain(&rows);
        let widths: Vec<usize> = (0..header.len())
            .map(|at| lines().filter_map(|row| row.get(at)).map(|text| columns(text)).max().unwrap_or(0))
            .collect();
        let mut out = String::new();
        for row in lines() {
            let start = out.len();
            for ((text, (_, align)), width) in row.iter().zip(&self.header).zip(&widths) {
                if out.len() > start || *width == 0 {
                    out.push_str("  ");
                }
                let pad = width.saturating_sub(columns(text));
                let (before, after) = if *align == Align::Left { (0, pad) } else { (pad, 0) };
                out.extend(std::iter::repeat_n(' ', before));
                out.push_str(text);
                out.extend(std::iter::repeat_n(' ', after));
            }
            out.truncate(out.trim_end().len().max(start));
            out.push('\n');
        }
        out
    }

    /// A Markdown table in which no cell is markup.
    pub fn to_markdown(&self) -> String {
        markdown::table(self)
    }

    /// CSV after RFC 4180, with `\n` line ends.
    pub fn to_csv(&self) -> String {
        let quote = |cell: &str| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.to_owned()
            }
        };
        let header: Vec<String> = self.header.iter().map(|(name, _)| quote(name)).collect();
        let mut out = header.join(",") + "\n";
        for row in &self.rows {
            out += &(row.iter().map(|cell| quote(cell)).collect::<Vec<_>>().join(",") + "\n");
        }
        out
    }
}

/// Coefficients as CSV with all digits: term; estimate and standard error; statistic, degrees of freedom and P value where
/// they exist; limits.
pub(crate) fn coefficients_csv<'a>(
    rows: impl Iterator<Item = (&'a str, [f64; 2], [Option<f64>; 3], [f64; 2])>,
) -> String {
    let names = ["term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
    let mut grid = Grid::new(names.map(|name| (name, Align::Right)));
    for (term, estimate, test, limits) in rows {
        let mut row = vec![term.to_owned()];
        row.extend(estimate.map(|v| v.to_string()));
        row.extend(test.map(|v| v.map_or_else(String::new, |v| v.to_string())));
        row.extend(limits.map(|v| v.to_string()));
        grid.row(row);
    }
    grid.to_csv()
}
