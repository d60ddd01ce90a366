//! A grid of cells, printed as aligned text, Markdown or CSV.

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
/// use consilience::report::{Align, Grid};
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

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns of equal width, two spaces between them, no space at the end of a line.
    pub fn to_text(&self) -> String {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|c| columns(c))
                .chain(self.header.get(column).map(|(name, _)| columns(name)))
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let header: Vec<String> = self.header.iter().map(|(name, _)| name.clone()).collect();
        let mut out = String::new();
        for row in std::iter::once(&header).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, (_, align)), width) in row.iter().zip(&self.header).zip(&widths) {
                if !line.is_empty() || *width == 0 {
                    line.push_str("  ");
                }
                let pad = " ".repeat(width.saturating_sub(columns(cell)));
                match align {
                    Align::Left => line += &(cell.clone() + &pad),
                    Align::Right => line += &(pad + cell),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// A Markdown table; bars in cells are escaped.
    pub fn to_markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let escape =
            |cell: &String| cell.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
        let mut out = line(&mut self.header.iter().map(|(name, _)| escape(name)));
        let rules: Vec<&str> =
            self.header.iter().map(|(_, a)| if *a == Align::Left { ":---" } else { "---:" }).collect();
        out += &format!("|{}|\n", rules.join("|"));
        for row in &self.rows {
            out += &line(&mut row.iter().map(escape));
        }
        out
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

/// The terminal columns of a text: wide East Asian characters and most pictographs take two, combining marks none.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
            0x1100..=0x115F
            | 0x2E80..=0xA4CF
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFF00..=0xFF60
            | 0x1F300..=0x1FAFF => 2,
            _ => 1,
        })
        .sum()
}

/// Coefficients as CSV with all digits: term; estimate and standard error; statistic, degrees of freedom and P value where
/// they exist; limits.
pub(super) fn coefficients_csv<'a>(
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
