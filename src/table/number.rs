//! Numbers in the cells of files: read in place, with the form in which they were written.
//!
//! A number of at most 15 digits is read as an integer and divided by a power of ten, which is exact (Clinger 1990, How to
//! read floating point numbers accurately, doi:10.1145/93542.93557); others go through the standard library. The written
//! form of nearly all numbers is told by one byte: as the number prints, or with so many decimals.

use std::fmt::{self, Write as _};

/// The largest integers and powers of ten that a double holds exactly.
const EXACT_DIGITS: usize = 15;
/// As many digits fit into 64 bits.
const U64_DIGITS: usize = 19;
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The way in which a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As the number prints.
    Shortest,
    /// With this number of decimals after a point.
    Decimals(u8),
    /// With this number of decimals after a comma.
    Comma(u8),
    /// In another way: with an exponent, a plus sign, leading zeros, more digits than the number has, ...
    Other,
}

impl Form {
    /// The form as one byte.
    pub(super) fn code(self) -> u8 {
        match self {
            Form::Shortest => 0,
            Form::Decimals(d) => d.saturating_add(1),
            Form::Comma(d) => d.saturating_add(101),
            Form::Other => u8::MAX,
        }
    }

    /// The form of a byte.
    pub(super) fn of_code(code: u8) -> Form {
        match code {
            0 => Form::Shortest,
            1..=100 => Form::Decimals(code - 1),
            101..=200 => Form::Comma(code - 101),
            _ => Form::Other,
        }
    }

    /// The text of a number in this form; `None` for [`Form::Other`], whose text must be kept.
    pub(super) fn print(self, value: f64) -> Option<String> {
        match self {
            Form::Shortest => Some(value.to_string()),
            Form::Decimals(d) => Some(format!("{value:.0$}", usize::from(d))),
            Form::Comma(d) => Some(format!("{value:.0$}", usize::from(d)).replacen('.', ",", 1)),
            Form::Other => None,
        }
    }
}

/// Reads a cell that begins with a digit, a point or a sign; `None` if it is not a number. The value may be infinite (as
/// `1e999` is). A comma counts as a decimal mark if `comma` says so.
pub(super) fn read(text: &str, comma: bool) -> Option<(f64, Form)> {
    let bytes = text.as_bytes();
    let sign = *bytes.first()?;
    let digits = bytes.get(usize::from(matches!(sign, b'-' | b'+'))..)?;
    let (whole, mantissa) = run(digits, 0);
    let mark = match digits.get(whole) {
        Some(b',') if comma => Some(b','),
        Some(b'.') => Some(b'.'),
        _ => None,
    };
    let (decimals, mantissa) = match mark {
        Some(_) => run(digits.get(whole + 1..)?, mantissa),
        None => (0, mantissa),
    };
    let count = whole + decimals;
    match digits.get(count + usize::from(mark.is_some())) {
        None => {}
        Some(b'e' | b'E') if count > 0 && mark != Some(b',') => {
            return text.parse().ok().map(|value| (value, Form::Other));
        }
        // with an exponent the comma can stand for nothing else
        Some(b'e' | b'E') if count > 0 => {
            return text.replacen(',', ".", 1).parse().ok().map(|value| (value, Form::Other));
        }
        Some(_) => return if comma { grouped(text) } else { None },
    }
    if count == 0 {
        return None;
    }
    let form = |shortest: bool| {
        let leading = whole > 1 && digits.first() == Some(&b'0');
        if sign == b'+' || leading || whole == 0 || (mark.is_some() && decimals == 0) || decimals > 99 {
            return Form::Other;
        }
        let decimals = decimals as u8;
        match (mark, shortest) {
            (Some(b','), _) => Form::Comma(decimals),
            (_, true) => Form::Shortest,
            _ => Form::Decimals(decimals),
        }
    };
    if count <= EXACT_DIGITS {
        let value = mantissa as f64 / POWERS.get(decimals).copied()?;
        let value = if sign == b'-' { -value } else { value };
        return Some((value, form(decimals == 0 || digits.last() != Some(&b'0'))));
    }
    let value: f64 =
        if mark == Some(b',') { text.replacen(',', ".", 1).parse().ok()? } else { text.parse().ok()? };
    let shortest = || {
        let told = if count <= U64_DIGITS { is_shortest(value.abs(), mantissa, decimals) } else { None };
        told.unwrap_or_else(|| prints_as(value, text))
    };
    let form = match form(true) {
        Form::Shortest if shortest() => Form::Shortest,
        Form::Comma(d) if Form::Comma(d).print(value).as_deref() == Some(text) => Form::Comma(d),
        _ => Form::Other,
    };
    Some((value, form))
}

/// A number of at most 15 digits without a plus sign, leading zeros or an exponent, and its digits before the decimal point.
#[cfg(feature = "csv")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plain {
    pub(super) value: f64,
    pub(super) form: Form,
    pub(super) whole: usize,
    pub(super) decimals: usize,
    /// True if the first digit is a zero.
    pub(super) zero: bool,
}

/// Reads a cell that is written as nearly all numbers are; `None` for every other cell, which [`read`] looks at.
#[cfg(feature = "csv")]
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    let (negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > EXACT_DIGITS + 1 {
        return None;
    }
    let (whole, mantissa) = run(digits, 0);
    let zero = digits.first() == Some(&b'0');
    if whole == 0 || whole > 1 && zero {
        return None;
    }
    let (decimals, mantissa) = match digits.get(whole..) {
        Some([]) => (0, mantissa),
        Some([b'.', fraction @ ..]) => match run(fraction, mantissa) {
            (decimals, mantissa) if decimals > 0 && decimals == fraction.len() => (decimals, mantissa),
            _ => return None,
        },
        _ => return None,
    };
    if whole + decimals > EXACT_DIGITS {
        return None;
    }
    let value = mantissa as f64 / POWERS.get(decimals).copied()?;
    let shortest = decimals == 0 || digits.last() != Some(&b'0');
    let form = if shortest { Form::Shortest } else { Form::Decimals(decimals as u8) };
    Some(Plain { value: if negative { -value } else { value }, form, whole, decimals, zero })
}

/// The number of digits at the beginning, and the number that they continue; more than 19 digits overflow, and are read by the
/// standard library.
fn run(bytes: &[u8], mut number: u64) -> (usize, u64) {
    let mut count = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        count += 1;
    }
    (count, number)
}

/// True if a double, the nearest to n / 10^d, has no shorter decimal and none of d decimals that is nearer, so that it prints as
/// this; `None` where 128 bits do not tell.
///
/// With the double f / 2^s (f of 53 bits), a decimal m / 10^d rounds to it if |m 2^s - f 10^d| < 10^d / 2.
fn is_shortest(value: f64, n: u64, d: usize) -> Option<bool> {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let s = u32::try_from(1075_i64 - i64::try_from(bits >> 52).ok()?).ok()?;
    // below a power of two the doubles lie closer
    if fraction == 0 || s == 0 || s > 63 || d == 0 || d > 22 {
        return None;
    }
    let ten_d = 10_u128.pow(d as u32);
    let scaled = u128::from(fraction | 1 << 52) * ten_d;
    let tens = (scaled >> s) / 10;
    let below = scaled - ((tens * 10) << s);
    let shorter = below.min((10 << s) - below);
    let nearest = u128::from(n) << s;
    let (off, half) = (nearest.abs_diff(scaled), 1_u128 << (s - 1));
    if 2 * shorter == ten_d || off == half {
        return None;
    }
    Some(2 * shorter > ten_d && off < half)
}

/// A number with points between its thousands and a decimal comma: `1.234,5`.
fn grouped(text: &str) -> Option<(f64, Form)> {
    let (whole, decimals) = text.split_once(',')?;
    let bare = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !(bare.contains('.') && thousands(bare, '.') && plain(decimals)) {
        return None;
    }
    let value = format!("{}.{decimals}", whole.replace('.', "")).parse().ok()?;
    Some((value, Form::Other))
}

/// True for digits in groups of three with this mark between them: `1,200`, `12.345.678`.
pub(super) fn thousands(text: &str, mark: char) -> bool {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = bare.split(mark);
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().is_some_and(|p| (1..=3).contains(&p.len()) && digits(p) && !p.starts_with('0'));
    let mut groups = 0;
    let rest = parts.all(|part| {
        groups += 1;
        part.len() == 3 && digits(part)
    });
    first && rest && groups > 0
}

/// True if the number prints as this very text.
fn prints_as(value: f64, text: &str) -> bool {
    struct Compare<'a>(&'a str);
    impl fmt::Write for Compare<'_> {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(piece).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let mut compare = Compare(text);
    write!(compare, "{value}").is_ok() && compare.0.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for (text, value, form) in [
            ("3.50", 3.5, Form::Decimals(2)),
            ("3.5", 3.5, Form::Shortest),
            ("-0.0", -0.0, Form::Decimals(1)),
            ("12", 12.0, Form::Shortest),
            ("0.30000000000000004", 0.1 + 0.2, Form::Shortest),
            ("007", 7.0, Form::Other),
            ("1e3", 1000.0, Form::Other),
            (".5", 0.5, Form::Other),
            ("5.", 5.0, Form::Other),
            ("+5", 5.0, Form::Other),
            ("123456789012345678901", 123456789012345678901.0, Form::Other),
            ("0.0000000000000000000000000001", 1e-28, Form::Shortest),
        ] {
            let read = read(text, false);
            assert_eq!(read, Some((value, form)), "{text}");
            assert!(form.print(value).is_none_or(|printed| printed == text), "{text}");
            let plain = plain(text.as_bytes()).map(|plain| (plain.value, plain.form));
            assert!(plain.is_none_or(|plain| Some(plain) == read), "{text}");
            assert_eq!(Form::of_code(form.code()), form);
        }
        assert_eq!(read("1,50", true), Some((1.5, Form::Comma(2))));
        assert_eq!(Form::Comma(2).print(1.5).as_deref(), Some("1,50"));
        assert_eq!(read("1.234,5", true), Some((1234.5, Form::Other)));
        assert_eq!(read("1,5E-2", true), Some((0.015, Form::Other)));
        assert_eq!(plain(b"-12.50").map(|plain| (plain.value, plain.form)), read("-12.50", false));
        for text in ["1,5", "1.2.3", "-", ".", "1e", "12a", "1_0", "0x1"] {
            assert_eq!(read(text, false), None, "{text}");
            assert_eq!(plain(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read("1,5,2", true), None);
    }

    #[test]
    fn shortest_forms_are_told_as_the_standard_library_prints() {
        let mut state = 7_u64;
        let (mut told, mut shortest) = (0, 0);
        for i in 0..60_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = (state >> 11) as f64 / (1_u64 << 53) as f64 * 10_f64.powi(i % 9 - 3);
            let decimals = 13 + (i as usize / 9) % 6;
            for text in [value.to_string(), format!("{value:.decimals$}")] {
                let digits = text.replace('.', "");
                let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let (Ok(n), true) = (digits.parse(), digits.trim_start_matches('0').len() > EXACT_DIGITS)
                else {
                    continue;
                };
                let read: f64 = text.parse().unwrap();
                if let Some(is) = is_shortest(read, n, places) {
                    assert_eq!(is, prints_as(read, &text), "{text}");
                    told += 1;
                    shortest += usize::from(is);
                }
            }
        }
        assert!(told > 60_000 && shortest > 40_000 && shortest < told, "{shortest} of {told}");
    }

    #[test]
    fn groups_of_thousands_are_recognized() {
        for (text, is) in [
            ("1,200", true),
            ("12,345,678", true),
            ("0,200", false),
            ("1200", false),
            ("1,20", false),
            ("1,2000", false),
        ] {
            assert_eq!(thousands(text, ','), is, "{text}");
        }
    }
}
