//! A judgement on the risk of bias: its name, its sign and its color.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::plot::{
    font,
    scene::{Anchor, Paint, Scene, Shape, Stroke, Text, Weight},
    sheet::{Sheet, readable_on},
    theme::{Color, Theme},
};

/// A judgement on the risk of bias. The tools use different words; their order is from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Judgement {
    /// Low risk.
    Low,
    /// Some concerns (RoB 2).
    SomeConcerns,
    /// Moderate risk (ROBINS-I).
    Moderate,
    /// Unclear risk (QUADAS-2, EPOC and the first Cochrane tool).
    Unclear,
    /// High risk.
    High,
    /// Serious risk (ROBINS-I).
    Serious,
    /// Very high risk (ROBINS-E).
    VeryHigh,
    /// Critical risk (ROBINS-I).
    Critical,
    /// No information.
    NoInformation,
    /// The domain does not apply to the study.
    NotApplicable,
}

impl Judgement {
    /// All of them.
    pub const ALL: [Judgement; 10] = [
        Judgement::Low,
        Judgement::SomeConcerns,
        Judgement::Moderate,
        Judgement::Unclear,
        Judgement::High,
        Judgement::Serious,
        Judgement::VeryHigh,
        Judgement::Critical,
        Judgement::NoInformation,
        Judgement::NotApplicable,
    ];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Judgement::Low => "Low",
            Judgement::SomeConcerns => "Some concerns",
            Judgement::Moderate => "Moderate",
            Judgement::Unclear => "Unclear",
            Judgement::High => "High",
            Judgement::Serious => "Serious",
            Judgement::VeryHigh => "Very high",
            Judgement::Critical => "Critical",
            Judgement::NoInformation => "No information",
            Judgement::NotApplicable => "Not applicable",
        }
    }

    /// The sign in its circle, which a gray copy and color-blind readers tell apart.
    pub fn sign(self) -> &'static str {
        match self {
            Judgement::Low => "+",
            Judgement::SomeConcerns | Judgement::Moderate => "−",
            Judgement::Unclear | Judgement::NoInformation => "?",
            Judgement::High | Judgement::Serious => "×",
            Judgement::VeryHigh | Judgement::Critical => "!",
            Judgement::NotApplicable => "",
        }
    }

    /// The color: the worse, the darker.
    pub fn color(self) -> Color {
        match self {
            Judgement::Low => Color(0xa3, 0xdb, 0xcc),
            Judgement::SomeConcerns | Judgement::Moderate => Color(0xe9, 0xb0, 0x4e),
            Judgement::Unclear => Color(0xe9, 0xd2, 0x8c),
            Judgement::High | Judgement::Serious => Color(0xb3, 0x3f, 0x35),
            Judgement::VeryHigh | Judgement::Critical => Color(0x5c, 0x14, 0x26),
            Judgement::NoInformation => Color(0xdd, 0xdf, 0xe2),
            Judgement::NotApplicable => Color::WHITE,
        }
    }

    /// The judgement that a word or a sign stands for, whatever the tool.
    pub(in crate::plot) fn read(text: &str) -> Option<Judgement> {
        let word: String = text.trim().to_lowercase().replace(['_', '-'], " ");
        let word =
            word.trim_end_matches(" of bias").trim_end_matches(" risk").trim_end_matches(" concern").trim();
        Some(match word {
            "low" | "l" | "+" => Judgement::Low,
            "some concerns" | "some" | "s" => Judgement::SomeConcerns,
            "moderate" | "m" => Judgement::Moderate,
            "unclear" | "u" => Judgement::Unclear,
            "high" | "h" | "x" | "×" => Judgement::High,
            "serious" => Judgement::Serious,
            "very high" | "vh" => Judgement::VeryHigh,
            "critical" | "c" | "!" => Judgement::Critical,
            "no information" | "ni" | "?" => Judgement::NoInformation,
            "not applicable" | "n/a" => Judgement::NotApplicable,
            _ => return None,
        })
    }
}

impl Judgement {
    /// Its circle with its sign.
    pub(in crate::plot) fn draw(
        self,
        scene: &mut Scene,
        theme: &Theme,
        center: (f64, f64),
        radius: f64,
        hint: &str,
    ) {
        let fill = self.color();
        let paint = Paint::outlined(fill, Stroke::solid(theme.ink, 0.4));
        scene.push_with_hint("light", Shape::Circle { center, radius, paint }, hint);
        if self.sign().is_empty() {
            return;
        }
        // Mathematical signs stand on the axis, letters on the baseline.
        let lower = match self.sign() {
            "?" | "!" => 0.5 * font::CAPITAL,
            _ => 0.345,
        };
        let size = 1.5 * radius;
        let text = Text {
            x: center.0,
            y: center.1 + lower * size,
            content: self.sign().to_owned(),
            size,
            weight: Weight::Bold,
            anchor: Anchor::Middle,
            color: readable_on(fill),
            rotation: 0.0,
        };
        scene.push("sign", Shape::Text(text));
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Sheet {
    /// The circle of a judgement with its sign.
    pub(super) fn light(&mut self, judgement: Judgement, center: (f64, f64), radius: f64, hint: &str) {
        judgement.draw(&mut self.scene, &self.theme, center, radius, hint);
    }

    /// Writes the meaning of the signs, in as many lines as it takes; returns the height.
    pub(super) fn light_legend(&mut self, judgements: &[Judgement], y: f64) -> f64 {
        let style = self.style().sized(0.9 * self.size);
        let radius = 0.55 * self.size;
        let (mut x, mut row) = (self.left, 0.0);
        let step = 1.7 * self.size;
        for &judgement in judgements {
            let width = 2.0 * radius + 0.4 * self.size + style.width(judgement.name());
            if x > self.left && x + width > self.right {
                (x, row) = (self.left, row + 1.0);
            }
            let middle = y + (row + 0.5) * step;
            self.light(judgement, (x + radius, middle), radius, judgement.name());
            let baseline = middle + 0.5 * font::CAPITAL * style.size;
            self.text("legend", judgement.name(), x + 2.0 * radius + 0.4 * self.size, baseline, style);
            x += width + 1.2 * self.size;
        }
        (row + 1.0) * step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grey_copy_keeps_levels_of_a_tool_apart() {
        let contrast = |a: Judgement, b: Judgement| {
            let (a, b) = (a.color().luminance(), b.color().luminance());
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        use Judgement::*;
        for (a, b) in [
            (Low, SomeConcerns),
            (SomeConcerns, High),
            (Moderate, Serious),
            (Serious, Critical),
            (High, VeryHigh),
        ] {
            assert!(contrast(a, b) > 1.25, "{a} and {b}: {}", contrast(a, b));
            assert_ne!(a.sign(), b.sign());
        }
        for judgement in Judgement::ALL {
            let (fill, sign) = (judgement.color().luminance(), readable_on(judgement.color()).luminance());
            assert!(
                (fill.max(sign) + 0.05) / (fill.min(sign) + 0.05) > 4.5,
                "the sign of {judgement} is legible"
            );
        }
    }

    #[test]
    fn words_and_signs_are_read() {
        for judgement in Judgement::ALL {
            assert_eq!(Judgement::read(judgement.name()), Some(judgement));
        }
        assert_eq!(Judgement::read(" HIGH risk of bias"), Some(Judgement::High));
        assert_eq!(Judgement::read("some_concerns"), Some(Judgement::SomeConcerns));
        assert_eq!(Judgement::read("medium"), None);
    }
}
