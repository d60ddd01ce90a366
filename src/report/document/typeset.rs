//! How a text is set where a font has more than ASCII.

/// Powers of symbols as raised digits, and the hyphen before a number as a minus sign.
pub(super) fn typeset(text: &str) -> String {
    minus(&symbols(text))
}

/// `tau^2` becomes τ², `I^2` becomes I², and so on.
pub(super) fn symbols(text: &str) -> String {
    [("tau^2", "τ²"), ("tau²", "τ²"), ("I^2", "I²"), ("H^2", "H²"), ("R^2", "R²"), ("X^2", "χ²")]
        .iter()
        .fold(text.to_owned(), |text, (plain, set)| text.replace(plain, set))
}

/// A hyphen before a digit becomes a minus sign where a number begins: at the start, after a space or a bracket.
pub(super) fn minus(text: &str) -> String {
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

/// The text without characters that no document may hold.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_get_a_minus_sign() {
        assert_eq!(typeset("-0.7145 [-1.2, -.3] A-1 2020-21"), "−0.7145 [−1.2, −.3] A-1 2020-21");
        assert_eq!(typeset("tau^2 and I^2"), "τ² and I²");
    }
}
