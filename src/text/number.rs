//! Numbers in ASCII, as tables have them: fixed decimals, P values and intervals.

use crate::Level;

/// `value` with `digits` decimals; a negative zero loses its sign, and what is no number is `-`.
///
/// ```
/// use consilience::text::fixed;
/// assert_eq!(fixed(-0.71453, 4), "-0.7145");
/// assert_eq!(fixed(-0.00001, 2), "0.00");
/// ```
pub fn fixed(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "-".to_owned();
    }
    let text = format!("{value:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| b == b'0' || b == b'.') => rest.to_owned(),
        _ => text,
    }
}

/// A share in per cent with `digits` decimals: `92.22%`.
pub fn percent(value: f64, digits: usize) -> String {
    fixed(value, digits) + "%"
}

/// A P value with `digits` decimals as a table has it: `0.0234`, `<.0001`.
///
/// ```
/// use consilience::text::p_value;
/// assert_eq!(p_value(0.02341, 4), "0.0234");
/// assert_eq!(p_value(3e-9, 4), "<.0001");
/// ```
pub fn p_value(p: f64, digits: usize) -> String {
    let least = 10_f64.powi(-(i32::try_from(digits).unwrap_or(15)));
    if p < least { format!("<.{}1", "0".repeat(digits.saturating_sub(1))) } else { fixed(p, digits) }
}

/// A P value as a sentence has it: `P = 0.023`, `P < 0.0001`.
pub fn p_value_sentence(p: f64) -> String {
    if p < 0.0001 {
        "P < 0.0001".to_owned()
    } else if p < 0.01 {
        format!("P = {}", fixed(p, 4))
    } else {
        format!("P = {}", fixed(p, 3))
    }
}

/// An interval with its level: `95% CI 0.34 to 0.70`.
pub fn interval(name: &str, level: Level, lower: f64, upper: f64, digits: usize) -> String {
    format!("{level} {name} {} to {}", fixed(lower, digits), fixed(upper, digits))
}

/// `p-val = 0.0234` or `p-val < .0001`.
pub(crate) fn p_text(p: f64) -> String {
    let text = p_value(p, 4);
    match text.strip_prefix('<') {
        Some(bound) => format!("p-val < {bound}"),
        None => format!("p-val = {text}"),
    }
}

/// A value that may not exist: `-` where it does not.
pub(crate) fn optional(value: Option<f64>, digits: usize) -> String {
    value.map_or("-".to_owned(), |v| fixed(v, digits))
}

/// Degrees of freedom: whole, or with two decimals.
pub(crate) fn degrees(df: f64) -> String {
    fixed(df, if df.fract() == 0.0 { 0 } else { 2 })
}

/// The marks of small P values in a printed table.
pub(crate) fn stars(p: f64) -> &'static str {
    match p {
        p if p < 0.001 => "***",
        p if p < 0.01 => "**",
        p if p < 0.05 => "*",
        p if p < 0.1 => ".",
        _ => "",
    }
}
