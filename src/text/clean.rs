//! Foreign text made safe to print: labels, names of columns and files, and values that somebody else wrote.
//!
//! An escape character in a label can set the title of a terminal's window or clear its screen, a mark of the writing direction can
//! make a name read as another one. Neither means anything in the name of a study, so both are kept out of all that is printed.

use std::borrow::Cow;

/// The replacement for a control character.
const REPLACEMENT: char = '\u{fffd}';

/// Marks and overrides of the writing direction, which hide or reorder what stands beside them.
fn directs(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Line ends of any convention but the line feed.
fn ends_line(c: char) -> bool {
    matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters and characters that no document may hold.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text in which nothing acts on a terminal or hides: line ends become line feeds, control characters (C0 and C1, which hold
/// the escape and the bell) U+FFFD; marks of the writing direction are left out. Line feeds and tabs stay.
///
/// ```
/// use consilience::text::visible;
/// assert_eq!(visible("Aronson\u{1b}[2J 1948"), "Aronson\u{fffd}[2J 1948");
/// assert_eq!(visible("gp\u{202e}j.exe"), "gpj.exe");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| directs(c) || ends_line(c) || forbidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            // A carriage return and the line feed after it are one line end.
            '\n' if after_return => {}
            _ if ends_line(c) => out.push('\n'),
            _ if directs(c) => {}
            _ if forbidden(c) => out.push(REPLACEMENT),
            _ => out.push(c),
        }
        after_return = c == '\r';
    }
    Cow::Owned(out)
}

/// Text in which nothing is markup of HTML and SVG.
pub(crate) fn escape_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// JSON in which nothing acts on a terminal or hides: what would is written as an escape, so that every value stays as it is. (JSON
/// itself asks this of the characters below U+0020 only.)
#[cfg(feature = "request")]
pub(crate) fn visible_json(json: String) -> String {
    let acts = |c: char| c != '\n' && (directs(c) || ends_line(c) || forbidden(c));
    if !json.chars().any(acts) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 32);
    for c in json.chars() {
        // All of them are below U+10000, so that one escape holds each.
        if acts(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// [`visible`] text in one line: white space and line ends become single spaces, none at either end.
///
/// ```
/// use consilience::text::one_line;
/// assert_eq!(one_line("  Hart and\r\n Sutherland "), "Hart and Sutherland");
/// ```
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' => space(&mut out),
            _ if ends_line(c) => space(&mut out),
            _ if directs(c) => {}
            _ if forbidden(c) => out.push(REPLACEMENT),
            _ => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// One space between words.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// A cell of a table that is printed in columns: no line ends, no control characters; its own spaces stay.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| c == '\n' || c == '\t' || directs(c) || ends_line(c) || forbidden(c)) {
        Cow::Owned(visible(text).replace(['\n', '\t'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "request")]
    #[test]
    fn json_says_the_same_without_what_acts() {
        let json = "{\"a\": \"x\u{9b}1m\u{202e}\u{2028}é\"}\n".to_owned();
        assert_eq!(visible_json(json), "{\"a\": \"x\\u009b1m\\u202e\\u2028é\"}\n");
    }

    #[test]
    fn cleaning_leaves_nothing_that_acts_or_hides() {
        let hostile = "a\u{0}b\tc\r\nd\u{1b}[0m \u{202e}x\u{ffff}\u{9b}\u{7}\u{8} ";
        assert_eq!(one_line(hostile), "a\u{fffd}b c d\u{fffd}[0m x\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(visible(hostile), "a\u{fffd}b\tc\nd\u{fffd}[0m x\u{fffd}\u{fffd}\u{fffd}\u{fffd} ");
        assert_eq!(one_line("  a   b "), "a b");
        assert!(matches!(visible("Müller & 王 1999"), Cow::Borrowed(_)));
    }
}
