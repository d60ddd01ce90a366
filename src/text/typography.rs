//! Numbers and symbols as a journal prints them: true minus signs, no negative zero, powers of ten where digits would not end.

/// With a fixed number of decimals. Magnitudes from a million up, which no column of a figure holds, are written as
/// 1.2×10⁷.
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    if value.abs() >= 1e6 {
        return scientific(value, 1);
    }
    signed(&format!("{value:.decimals$}"))
}

/// With as many decimals as the value needs, up to ten significant digits.
pub fn shortest(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 || !value.is_finite() {
        return fixed(value, 0);
    }
    if !(1e-4..1e6).contains(&magnitude) {
        return scientific(value, 6);
    }
    let decimals = (9 - magnitude.log10().floor() as i32).clamp(0, 14) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    signed(text)
}

/// A share (0 to 1) in per cent, with a decimal where it is not whole.
pub fn percent(share: f64) -> String {
    format!("{}%", shortest((1000.0 * share).round() / 10.0))
}

/// A sum of money: whole from 100 up and where it is whole, with separated thousands (20,000), after the sign of its
/// currency.
pub fn money(value: f64, sign: &str) -> String {
    if !value.is_finite() {
        return fixed(value, 0);
    }
    money_with(value, sign, if value.abs() >= 100.0 || value.fract() == 0.0 { 0 } else { 2 })
}

/// A sum of money with so many decimals.
pub(crate) fn money_with(value: f64, sign: &str, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    let zero = out.chars().all(|c| matches!(c, '0' | '.' | ','));
    format!("{}{sign}{out}", if value < 0.0 && !zero { "−" } else { "" })
}

/// A mantissa with at most so many decimals, times a power of ten.
fn scientific(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa =
        if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let raised: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            _ => '⁰',
        })
        .collect();
    match mantissa {
        "1" => format!("10{raised}"),
        "-1" => format!("−10{raised}"),
        _ => format!("{}×10{raised}", signed(mantissa)),
    }
}

/// A hyphen becomes a minus sign, which goes when nothing but zeros follows.
fn signed(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text.to_owned(),
    }
}

/// Powers of symbols as raised digits, and the hyphen before a number as a minus sign.
pub(crate) fn typeset(text: &str) -> String {
    minus(&symbols(text))
}

/// `tau^2` becomes τ², `I^2` becomes I², and so on.
pub(crate) fn symbols(text: &str) -> String {
    [("tau^2", "τ²"), ("tau²", "τ²"), ("I^2", "I²"), ("H^2", "H²"), ("R^2", "R²"), ("X^2", "χ²")]
        .iter()
        .fold(text.to_owned(), |text, (plain, set)| text.replace(plain, set))
}

/// A hyphen before a digit becomes a minus sign where a number begins: at the start, after a space or a bracket.
pub(crate) fn minus(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let number = rest.peek().is_some_and(|next| next.is_ascii_digit() || *next == '.');
        let begins = matches!(before, ' ' | '(' | '[' | '=' | '\u{a0}');
        out.push(if c == '-' && number && begins { '\u{2212}' } else { c });
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_signs_are_true_and_zero_has_none() {
        assert_eq!(fixed(-0.7145, 2), "−0.71");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(f64::NEG_INFINITY, 2), "−∞");
        assert_eq!(fixed(1.234e9, 2), "1.2×10⁹");
    }

    #[test]
    fn shares_that_are_not_whole_have_a_decimal() {
        assert_eq!([0.125, 0.75, 0.0, 2.0 / 3.0, 1.0].map(percent), ["12.5%", "75%", "0%", "66.7%", "100%"]);
    }

    #[test]
    fn money_has_separated_thousands() {
        assert_eq!(money(-20000.0, "£"), "−£20,000");
        assert_eq!(money(1234567.4, ""), "1,234,567");
        assert_eq!(money(12.5, "€"), "€12.50");
        assert_eq!(money(-0.001, "€"), "€0.00");
    }

    #[test]
    fn shortest_forms() {
        for (value, text) in [
            (0.1, "0.1"),
            (0.30000000000000004, "0.3"),
            (1000.0, "1000"),
            (-2.5, "−2.5"),
            (1e-5, "10⁻⁵"),
            (2e7, "2×10⁷"),
            (0.0, "0"),
        ] {
            assert_eq!(shortest(value), text);
        }
    }

    #[test]
    fn only_numbers_get_a_minus_sign() {
        assert_eq!(typeset("-0.7145 [-1.2, -.3] A-1 2020-21"), "−0.7145 [−1.2, −.3] A-1 2020-21");
        assert_eq!(typeset("tau^2 and I^2"), "τ² and I²");
    }
}
