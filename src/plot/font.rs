//! The bundled font: how wide a text is, and how it is wrapped or cut to fit.
//!
//! The font is Arimo (SIL Open Font License), whose advance widths equal those of Arial and Helvetica. Both files are
//! subsets without kerning (see `assets/fonts`), so a width is a sum of advances: the same in the SVG (which asks for no
//! kerning), the PNG and the PDF. Characters that the font lacks are measured by their East Asian width: one em for wide
//! ones (and emoji), nothing for combining and invisible ones, 0.6 em for all others.

use std::sync::LazyLock;

use ttf_parser::Face;

use super::scene::Weight;
pub(crate) use crate::text::{columns as cells, one_line as clean};
use crate::text::{is_invisible, is_wide};

/// Height of capitals with accents above the baseline, in ems.
pub(crate) const ASCENT: f64 = 0.905;
/// Depth of descenders below the baseline, in ems.
pub(crate) const DESCENT: f64 = 0.212;
/// Height of a capital, in ems; half of it centers a line of text on a mark.
pub(crate) const CAPITAL: f64 = 0.716;
/// The families to show the SVG in, those with the same widths first.
pub(crate) const FAMILIES: &str = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif";

/// The regular face.
pub(crate) static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Arimo-Regular-subset.ttf");
/// The bold face.
pub(crate) static BOLD: &[u8] = include_bytes!("../../assets/fonts/Arimo-Bold-subset.ttf");

/// The characters whose advances are read once; the font has none beyond but U+FB01 and its like.
const TABLE: usize = 0x2600;

struct Metrics {
    face: Face<'static>,
    /// Advances in ems of the first characters of Unicode.
    advances: Vec<Option<f64>>,
}

impl Metrics {
    fn read(file: &'static [u8]) -> Option<Self> {
        let mut metrics = Metrics { face: Face::parse(file, 0).ok()?, advances: Vec::new() };
        metrics.advances = (0..TABLE as u32).map(|c| metrics.look_up(char::from_u32(c)?)).collect();
        Some(metrics)
    }

    fn look_up(&self, c: char) -> Option<f64> {
        let glyph = self.face.glyph_index(c)?;
        Some(f64::from(self.face.glyph_hor_advance(glyph)?) / f64::from(self.face.units_per_em()))
    }

    fn advance(&self, c: char) -> Option<f64> {
        match self.advances.get(c as usize) {
            Some(known) => *known,
            None => self.look_up(c),
        }
    }
}

static FACES: LazyLock<(Option<Metrics>, Option<Metrics>)> =
    LazyLock::new(|| (Metrics::read(REGULAR), Metrics::read(BOLD)));

fn known_advance(c: char, weight: Weight) -> Option<f64> {
    let metrics = match weight {
        Weight::Regular => FACES.0.as_ref(),
        Weight::Bold => FACES.1.as_ref(),
    };
    metrics.and_then(|metrics| metrics.advance(c))
}

/// True if the bundled font has the character (or need not have it, as it is invisible).
pub(crate) fn has(c: char) -> bool {
    is_invisible(c) || known_advance(c, Weight::Regular).is_some()
}

/// The advance of a character in ems.
fn advance(c: char, weight: Weight) -> f64 {
    if is_invisible(c) {
        return 0.0;
    }
    known_advance(c, weight).unwrap_or(if is_wide(c) { 1.0 } else { 0.6 })
}

/// The width of a text in points.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    size * text.chars().map(|c| advance(c, weight)).sum::<f64>()
}

/// Room for the rounding of sums of advances.
const ROUNDING: f64 = 1e-9;

/// Lines of a text that are at most `limit` wide by `measure`, which adds up over characters; when `most` lines do not
/// hold it, the last ends with `…`. Breaks at spaces and after hyphens and slashes; a longer word where it must.
pub(crate) fn wrap(text: &str, limit: f64, most: usize, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let text = clean(text);
    let limit = limit + ROUNDING;
    if measure(&text) <= limit {
        return vec![text];
    }
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for word in text.split_inclusive([' ', '-', '/', '–']) {
        let seen = measure(word.trim_end());
        if !line.is_empty() && used + seen > limit {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if line.is_empty() && seen > limit {
            for c in word.chars() {
                let one = measure(c.encode_utf8(&mut [0; 4]));
                if !line.is_empty() && one > 0.0 && used + one > limit {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += one;
            }
        } else {
            line.push_str(word);
            used += measure(word);
        }
    }
    lines.push(line);
    let mut lines: Vec<String> =
        lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(cut(&rest, limit, measure));
    }
    lines
}

/// The text, or as much of it as fits with `…` at its end.
pub(crate) fn cut(text: &str, limit: f64, measure: impl Fn(&str) -> f64) -> String {
    let limit = limit + ROUNDING;
    if measure(text) <= limit {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), measure("…"));
    for c in text.chars() {
        used += measure(c.encode_utf8(&mut [0; 4]));
        if used > limit {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_the_metrics_of_arial() {
        // Advance widths of Arial in units of 1/2048 em (its hmtx table): digits 1139, A 1366, space 569, bold m 1821.
        for (text, weight, units) in [
            ("0", Weight::Regular, 1139.0),
            ("A", Weight::Regular, 1366.0),
            (" ", Weight::Bold, 569.0),
            ("m", Weight::Bold, 1821.0),
        ] {
            assert!((width(text, 2048.0, weight) - units).abs() < 1e-9, "{text}");
        }
        assert!(has('−') && has('τ') && has('²') && has('≤') && has('…') && has('Ж'));
    }

    #[test]
    fn marks_are_free_and_ideographs_are_square() {
        assert_eq!(width("e\u{301}", 10.0, Weight::Regular), width("e", 10.0, Weight::Regular));
        assert_eq!(width("王偉", 10.0, Weight::Regular), 20.0);
        assert_eq!(cells("王 e\u{301}"), 4);
    }

    #[test]
    fn wrapping_keeps_every_word_or_says_that_it_did_not() {
        let count = |text: &str| text.chars().count() as f64;
        assert_eq!(wrap("Comstock and Webster 1969", 13.0, 3, count), ["Comstock and", "Webster 1969"]);
        assert_eq!(wrap("Comstock and Webster 1969", 12.0, 1, count), ["Comstock an…"]);
        assert_eq!(wrap("Rosenthal-Meyer", 11.0, 2, count), ["Rosenthal-", "Meyer"]);
        assert_eq!(wrap("abcdefghij", 4.0, 2, count), ["abcd", "efg…"]);
        assert_eq!(wrap("", 4.0, 2, count), [""]);
    }
}
