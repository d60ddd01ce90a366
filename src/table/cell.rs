//! A cell of a file: missing, a number, an infinite one or a text; and what to say of a text where a number is needed.

use std::borrow::Cow;

use super::number::{self, Form, thousands};
use crate::Error;

/// The content of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Missing,
    Number(f64),
    Infinite,
    Text,
}

/// Reads a cell whose surrounding white space is gone.
pub(super) fn classify(text: &str) -> Cell {
    read(text, false).0
}

/// Reads a cell, and the form of a number; a comma counts as a decimal mark if `comma` says so.
pub(super) fn read(text: &str, comma: bool) -> (Cell, Form) {
    let Some(first) = text.as_bytes().first() else { return (Cell::Missing, Form::Shortest) };
    if matches!(first, b'0'..=b'9' | b'-' | b'+' | b'.' | b',') {
        match number::read(text, comma) {
            Some((value, form)) if value.is_finite() => return (Cell::Number(value), form),
            Some(_) => return (Cell::Infinite, Form::Other),
            None => {}
        }
    }
    if matches!(text, "NA" | "NaN" | "." | "#N/A") {
        return (Cell::Missing, Form::Shortest);
    }
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if bare.eq_ignore_ascii_case("inf") || bare.eq_ignore_ascii_case("infinity") {
        return (Cell::Infinite, Form::Other);
    }
    (Cell::Text, Form::Other)
}

/// True for texts by which people say that a value is missing.
pub(super) fn says_missing(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let words = [
        "",
        "na",
        "n a",
        "n/a",
        "nan",
        "null",
        "none",
        "nr",
        "n r",
        "n.r",
        "n/r",
        "ns",
        "nd",
        "n d",
        "n/d",
        "n.a",
        "missing",
        "unknown",
        "unclear",
        "unreported",
        "not reported",
        "not available",
        "not applicable",
        "not stated",
        "not given",
        "no data",
        "tbd",
        "tba",
        "not known",
        "unspecified",
        "not specified",
    ];
    words.contains(&bare)
}

/// True for texts that only a person who writes a number would write: thousands, a decimal comma, a per cent sign.
pub(super) fn means_number(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_suffix('%').map_or(text, str::trim_end);
    let numeric = |text: &str| matches!(classify(text), Cell::Number(_));
    (bare.len() < text.len() && numeric(bare))
        || numeric(&bare.replacen(',', ".", 1))
        || numeric(&ungrouped(bare))
        || numeric(&plain_minus(bare))
        || numeric(&plain_point(bare))
}

fn ungrouped(text: &str) -> String {
    text.replace([',', ' ', '\'', '\u{2019}', '\u{a0}', '\u{202f}', '\u{2009}'], "")
}

/// The raised points of some journals as plain ones.
fn plain_point(text: &str) -> String {
    plain_minus(&text.replace(['\u{b7}', '\u{2219}', '\u{22c5}'], "."))
}

fn plain_minus(text: &str) -> String {
    text.replace(['\u{2212}', '\u{2013}'], "-")
}

/// A number with points between its thousands and a decimal comma, `1.234,5`, as `1234.5`.
fn comma_after_points(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',')?;
    let mended = format!("{}.{decimals}", whole.replace('.', ""));
    (whole.contains('.') && thousands(whole, '.') && matches!(classify(&mended), Cell::Number(_)))
        .then_some(mended)
}

/// The error for a text that stands where a number is needed.
pub(super) fn not_a_number(text: &str) -> Error {
    let shown = shorten(text);
    if classify(text) == Cell::Infinite {
        return Error::data(
            format!("`{shown}` is infinite"),
            "values must be finite; write NA for a value that is not known",
        );
    }
    Error::data(format!("`{shown}` is not a number"), remedy(text))
}

/// The way to write a number that a text seems to mean.
pub(super) fn remedy(text: &str) -> String {
    let text = text.trim();
    let numeric = |s: &str| matches!(classify(s.trim()), Cell::Number(_));
    let point = text.replacen(',', ".", 1);
    if thousands(text, ',') && text.matches(',').count() == 1 {
        let whole = text.replace(',', "");
        return format!(
            "write `{whole}` if the comma stands between thousands, or `{point}` if it is a decimal comma"
        );
    }
    if thousands(text, '.') && text.matches('.').count() == 1 {
        let whole = text.replace('.', "");
        return format!(
            "the point may stand between thousands or before decimals: write `{whole}` or, with a decimal comma as in \
             the rest of the file, `{}`",
            text.replacen('.', ",", 1)
        );
    }
    if numeric(&point) {
        format!("write numbers with a decimal point and no other separator, as in `{point}`")
    } else if let Some(mended) = comma_after_points(text) {
        format!("write numbers with a decimal point and no other separator, as in `{mended}`")
    } else if numeric(&ungrouped(text)) {
        format!("write numbers without separators between the thousands, as in `{}`", ungrouped(text))
    } else if numeric(&plain_minus(text)) {
        "write the minus sign as `-`".to_owned()
    } else if numeric(&plain_point(text)) {
        format!("write the decimal point as `.`: `{}`", plain_point(text))
    } else if text.ends_with('%') {
        "write a number without the per cent sign".to_owned()
    } else if says_missing(text) {
        format!("write a missing value as NA or leave the field empty, or say --na \"{}\"", shorten(text))
    } else {
        "a number is needed here (a missing value is written NA or left empty)".to_owned()
    }
}

/// At most 40 characters of a text, for messages.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}...", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
