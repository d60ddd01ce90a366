//! Errors in a formula: a sentence, and under it the formula with a caret at the place.

use crate::Error;

/// A piece of a formula, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    pub(super) fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// At most this many characters of a formula are shown on either side of the place.
const SHOWN: usize = 60;

/// An error about a piece of a formula.
pub(super) fn fault(source: &str, span: Span, found: impl Into<String>, remedy: &str) -> Error {
    Error::setting("formula", found, format!("{remedy}\n{}", caret(source, span)))
}

/// An error about a name in a formula, with the nearest of the known ones.
pub(super) fn unknown<S: AsRef<str>>(
    source: &str,
    span: Span,
    kind: &'static str,
    name: &str,
    known: impl IntoIterator<Item = S>,
) -> Error {
    let (found, remedy) = unknown_text(kind, name, known);
    fault(source, span, found, &remedy)
}

/// The fault of an unknown name, and the names that it could be.
pub(super) fn unknown_text<S: AsRef<str>>(
    kind: &'static str,
    name: &str,
    known: impl IntoIterator<Item = S>,
) -> (String, String) {
    let found = format!("unknown {kind} `{name}`");
    let text = Error::unknown(kind, name, known).to_string();
    let remedy = text.strip_prefix(&found).map_or("", |rest| rest.trim_start_matches("; ")).to_owned();
    (found, remedy)
}

/// The formula and, under it, carets at the span.
fn caret(source: &str, span: Span) -> String {
    let count = |text: Option<&str>| text.map_or(0, |t| t.chars().count());
    let (from, wide) = (count(source.get(..span.start)), count(source.get(span.start..span.end)).max(1));
    let first = from.saturating_sub(SHOWN);
    let lead = if first > 0 { "..." } else { "" };
    let printable = |c: char| if c.is_control() || c.is_whitespace() { ' ' } else { c };
    let mut rest = source.chars().skip(first).map(printable);
    let shown: String = rest.by_ref().take(from - first + SHOWN).collect();
    let tail = if rest.next().is_some() { "..." } else { "" };
    let carets = "^".repeat(wide.min(SHOWN));
    let indent = " ".repeat(from - first + lead.len());
    format!("    {lead}{}{tail}\n    {indent}{carets}", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        assert_eq!(caret("a + bé * c", Span::new(10, 11)), "    a + bé * c\n             ^");
        assert_eq!(caret("a +\nlog(b)", Span::new(4, 10)), "    a + log(b)\n        ^^^^^^");
        assert_eq!(caret("a +", Span::new(3, 3)), "    a +\n       ^");
    }

    #[test]
    fn of_a_long_formula_the_surroundings_are_shown() {
        let long = format!("{}x!{}", "a + ".repeat(50), " + b".repeat(50));
        let shown = caret(&long, Span::new(201, 202));
        let lines: Vec<&str> = shown.lines().collect();
        let at = lines.get(1).and_then(|line| line.find('^'));
        assert_eq!(at, lines.first().and_then(|line| line.find('!')));
        assert!(shown.contains("...") && shown.len() < 250);
    }
}
