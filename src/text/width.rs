//! The columns of a text on a terminal, and the characters that are wide or take no room: one table for tables and figures.

use unicode_width::UnicodeWidthChar;

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
