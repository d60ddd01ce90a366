//! CSV that a spreadsheet does not take for formulas.
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-` or `@`, also inside quotes, so that a label of a file from elsewhere
//! can call a program or send data away. A mark before such a cell prevents it, but changes the label for every other reader, which
//! is why plain CSV (RFC 4180) is the default and the guard is asked for. On a terminal control characters are replaced in both.

use std::borrow::Cow;

/// CSV text in which no cell is a formula: a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return and is no
/// number gets an apostrophe before it, as OWASP advises. Numbers stay numbers.
///
/// ```
/// use consilience::text::csv_safe;
/// assert_eq!(csv_safe("study,yi\n=cmd|A1,-0.5\n\"+1+1, 2\",1e-3\n"), "study,yi\n'=cmd|A1,-0.5\n\"'+1+1, 2\",1e-3\n");
/// ```
pub fn csv_safe(csv: &str) -> String {
    let mut out = String::with_capacity(csv.len() + 16);
    let (mut from, mut quoted) = (0, false);
    for (at, byte) in csv.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' | b'\n' if !quoted => {
                push_cell(&mut out, &csv[from..at]);
                out.push(char::from(byte));
                from = at + 1;
            }
            _ => {}
        }
    }
    push_cell(&mut out, &csv[from..]);
    out
}

/// A cell as it stands in the file, with its quotes.
fn push_cell(out: &mut String, cell: &str) {
    match cell.strip_prefix('"') {
        Some(inside) => {
            out.push('"');
            out.push_str(&guarded(inside, inside.strip_suffix('"').unwrap_or(inside)));
        }
        None => out.push_str(&guarded(cell, cell.trim_end_matches('\r'))),
    }
}

/// The cell with a mark before it if `content` could be a formula.
fn guarded<'a>(cell: &'a str, content: &str) -> Cow<'a, str> {
    let begins = content.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins && content.parse::<f64>().is_err() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ordinary_cells_stay() {
        for text in ["a,-1,+2.5,-inf,1e-300\n", "\"x, \"\"=y\"\"\",b\r\nc,d\r\n", ""] {
            assert_eq!(csv_safe(text), text);
        }
        assert_eq!(csv_safe("-2+3,@SUM(1)\r\n\"=a\nb\",\"-1\"\n"), "'-2+3,'@SUM(1)\r\n\"'=a\nb\",\"-1\"\n");
    }
}
