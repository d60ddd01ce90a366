//! The columns of a text on a terminal, and the characters that are wide or take no room: one table for tables and figures.

use unicode_width::UnicodeWidthChar;

use super::Grid;

/// The columns that a text takes where every character has the same width: two for wide East Asian characters and most
/// pictographs, none for combining marks. Adds up over characters.
///
/// ```
/// use consilience::text::columns;
/// assert_eq!(columns("王 e\u{301}"), 4);
/// ```
pub fn columns(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// The columns of a character; control characters, which no writer prints, take none.
fn of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// True of combining marks and format characters, which take no room of their own.
#[cfg(feature = "plot")]
pub(crate) fn is_invisible(c: char) -> bool {
    of(c) == 0
}

/// True of characters as wide as high: East Asian scripts, full-width forms, pictographs.
#[cfg(feature = "plot")]
pub(crate) fn is_wide(c: char) -> bool {
    of(c) == 2
}

/// The widths of a table's columns on a page of a width in points, by their longest cells, and the size of the letters at
/// which they fit, from 6 to 9 points. `letter` is the width of a character as a part of the font's size.
pub(super) fn table_layout(grid: &Grid, page: f64, letter: f64) -> (Vec<f64>, f64) {
    // Widths in characters, with room for a gap.
    let characters = |column: usize| {
        let cells = grid.rows().iter().filter_map(|row| row.get(column)).map(|cell| columns(cell));
        let header = grid.header().get(column).map_or(0, |(name, _)| columns(name));
        cells.chain([header]).max().unwrap_or(0).clamp(3, 60) as f64 + 2.0
    };
    let widths: Vec<f64> = (0..grid.header().len()).map(characters).collect();
    let total: f64 = widths.iter().sum();
    let size = (page / (letter * total)).floor().clamp(6.0, 9.0);
    let scale = (letter * size).min(page / total);
    (widths.iter().map(|width| width * scale).collect(), size)
}
