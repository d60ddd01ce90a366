//! Themes as data: colors that color-blind readers and a gray copy keep apart, sizes and line widths.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::scene::{Paint, Shape};
use crate::{Error, Result};

/// A color by its red, green and blue parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// White.
    pub const WHITE: Color = Color(255, 255, 255);
    /// Black.
    pub const BLACK: Color = Color(0, 0, 0);

    /// Relative luminance between 0 (black) and 1 (white), after WCAG 2.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let value = f64::from(part) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl Color {
    /// The gray of the same luminance.
    pub fn to_gray(self) -> Color {
        let linear = self.luminance();
        let value =
            if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
        let part = (255.0 * value).round().clamp(0.0, 255.0) as u8;
        if self.is_gray() { self } else { Color(part, part, part) }
    }

    fn is_gray(self) -> bool {
        self.0 == self.1 && self.1 == self.2
    }

    /// The color that lies at `share` (0 to 1) of the way from this one to `other`: a tint, where the paper is the other.
    pub fn mix(self, other: Color, share: f64) -> Color {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let part = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
        Color(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl FromStr for Color {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let digits = text.trim().trim_start_matches('#');
        let part =
            |from: usize| digits.get(from..from + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (digits.len(), part(0), part(2), part(4)) {
            (6, Some(red), Some(green), Some(blue)) => Ok(Color(red, green, blue)),
            _ => {
                Err(Error::setting("color", format!("`{text}`"), "give six hexadecimal digits, e.g. #1f4e79"))
            }
        }
    }
}

/// Colors, sizes and line widths of a figure.
///
/// Every field may be changed; two presets are [`Theme::color`] (the default) and [`Theme::gray`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Text and axis.
    pub ink: Color,
    /// Secondary text and light rules.
    pub soft: Color,
    /// Behind everything.
    pub paper: Color,
    /// Squares of the studies and points of a funnel.
    pub study: Color,
    /// Diamonds of the subgroups.
    pub subtotal: Color,
    /// Diamond of the whole.
    pub summary: Color,
    /// Prediction interval.
    pub prediction: Color,
    /// Shades of contour regions, from the least to the most significant.
    pub contours: [Color; 3],
    /// Colors of the members of a series (curves, groups of points), each of another lightness; see [`Theme::series`].
    pub series: [Color; 6],
    /// Size of the text in points; a crowded page takes less, down to `smallest_size`.
    pub size: f64,
    /// The smallest size of text.
    pub smallest_size: f64,
    /// Width of an interval's line in points.
    pub interval_line: f64,
    /// Width of axis and rules in points.
    pub rule: f64,
    /// Space between the page's edge and its content in points.
    pub margin: f64,
}

impl Theme {
    /// Blue squares, dark diamonds, an orange prediction interval.
    pub const fn color() -> Self {
        Theme {
            ink: Color(0x1a, 0x1a, 0x1a),
            soft: Color(0x8a, 0x8a, 0x8a),
            paper: Color::WHITE,
            study: Color(0x2b, 0x6c, 0xa3),
            subtotal: Color(0x6f, 0x9f, 0xc6),
            summary: Color(0x12, 0x36, 0x5c),
            prediction: Color(0xc8, 0x5a, 0x11),
            contours: [Color(0xf0, 0xf3, 0xf6), Color(0xda, 0xe2, 0xea), Color(0xbc, 0xc9, 0xd6)],
            series: [
                Color(0x12, 0x36, 0x5c),
                Color(0xc8, 0x5a, 0x11),
                Color(0x55, 0xa0, 0xd3),
                Color(0x1f, 0x7a, 0x5c),
                Color(0xd9, 0xa4, 0x2b),
                Color(0x8a, 0x4f, 0x8f),
            ],
            size: 8.0,
            smallest_size: 5.5,
            interval_line: 0.8,
            rule: 0.6,
            margin: 4.0,
        }
    }

    /// Black and grays only.
    pub const fn gray() -> Self {
        Theme {
            study: Color(0x50, 0x50, 0x50),
            subtotal: Color(0xa8, 0xa8, 0xa8),
            summary: Color(0x10, 0x10, 0x10),
            prediction: Color(0x78, 0x78, 0x78),
            contours: [Color(0xf3, 0xf3, 0xf3), Color(0xe1, 0xe1, 0xe1), Color(0xc8, 0xc8, 0xc8)],
            series: [
                Color(0x10, 0x10, 0x10),
                Color(0x78, 0x78, 0x78),
                Color(0xa8, 0xa8, 0xa8),
                Color(0x50, 0x50, 0x50),
                Color(0xc0, 0xc0, 0xc0),
                Color(0x30, 0x30, 0x30),
            ],
            ..Theme::color()
        }
    }
}

/// The marks of a member of a series: its color, and without it dash and symbol.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The color.
    pub color: Color,
    /// Lengths of dash and gap of its lines.
    pub dash: Option<(f64, f64)>,
    /// The form of its points.
    pub symbol: Symbol,
}

impl Series {
    /// Its line in a width.
    pub fn stroke(&self, width: f64) -> super::scene::Stroke {
        super::scene::Stroke { color: self.color, width, dash: self.dash }
    }
}

/// The form of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Symbol {
    /// A circle.
    #[default]
    Circle,
    /// A square on its side.
    Square,
    /// A triangle on its side.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle on its corner.
    TriangleDown,
    /// A hexagon.
    Hexagon,
}

impl Symbol {
    /// The symbol about a point of the page; all have the area of a circle of this radius.
    pub fn shape(self, center: (f64, f64), radius: f64, paint: Paint) -> Shape {
        use std::f64::consts::PI;
        // A regular polygon of n corners and area πr² has the circumradius r√(2π / (n sin(2π/n))).
        let regular = |corners: usize, first: f64| {
            let n = corners as f64;
            let around = radius * (2.0 * PI / (n * (2.0 * PI / n).sin())).sqrt();
            let points = (0..corners)
                .map(|i| {
                    let angle = first + 2.0 * PI * i as f64 / n;
                    (center.0 + around * angle.cos(), center.1 + around * angle.sin())
                })
                .collect();
            Shape::Polygon { points, paint }
        };
        match self {
            Symbol::Circle => Shape::Circle { center, radius, paint },
            Symbol::Square => {
                let side = radius * PI.sqrt();
                let (x, y) = (center.0 - side / 2.0, center.1 - side / 2.0);
                Shape::Rect { x, y, width: side, height: side, paint }
            }
            Symbol::Triangle => regular(3, -PI / 2.0),
            Symbol::Diamond => regular(4, -PI / 2.0),
            Symbol::TriangleDown => regular(3, PI / 2.0),
            Symbol::Hexagon => regular(6, 0.0),
        }
    }
}

impl Theme {
    /// True if no color of the theme has a hue: then no figure in it has one.
    pub fn is_gray(&self) -> bool {
        let own = [self.ink, self.soft, self.paper, self.study, self.subtotal, self.summary, self.prediction];
        own.iter().chain(&self.contours).chain(&self.series).all(|color| color.is_gray())
    }

    /// The theme with each color in the gray of its luminance.
    #[must_use]
    pub fn to_gray(&self) -> Self {
        Theme {
            ink: self.ink.to_gray(),
            soft: self.soft.to_gray(),
            paper: self.paper.to_gray(),
            study: self.study.to_gray(),
            subtotal: self.subtotal.to_gray(),
            summary: self.summary.to_gray(),
            prediction: self.prediction.to_gray(),
            contours: self.contours.map(Color::to_gray),
            series: self.series.map(Color::to_gray),
            ..*self
        }
    }

    /// The `i`-th member of a series; colors come again after six members, with other dashes.
    pub fn series(&self, i: usize) -> Series {
        const DASHES: [Option<(f64, f64)>; 7] = [
            None,
            Some((4.0, 1.6)),
            Some((1.6, 1.3)),
            Some((7.0, 1.8)),
            Some((2.8, 2.8)),
            Some((0.9, 1.6)),
            Some((5.0, 3.5)),
        ];
        const SYMBOLS: [Symbol; 6] = [
            Symbol::Circle,
            Symbol::Square,
            Symbol::Triangle,
            Symbol::Diamond,
            Symbol::TriangleDown,
            Symbol::Hexagon,
        ];
        let pick = |n: usize| i % n;
        Series {
            color: self.series.get(pick(6)).copied().unwrap_or(self.ink),
            dash: DASHES.get(pick(7)).copied().flatten(),
            symbol: SYMBOLS.get(pick(6)).copied().unwrap_or_default(),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Theme::color()
    }
}

impl FromStr for Theme {
    type Err = Error;

    /// A preset by its name: `color` or `gray`.
    fn from_str(name: &str) -> Result<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "color" | "colour" | "default" => Ok(Theme::color()),
            "gray" | "grey" | "grayscale" | "greyscale" => Ok(Theme::gray()),
            _ => Err(Error::unknown("theme", name, ["color", "gray"])),
        }
    }
}

crate::codes::option_values!(Theme, ["color", "gray"].map(Into::into).to_vec());

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn colors_write_and_read() {
        assert_eq!(Color(1, 0x6c, 255).to_string(), "#016cff");
        assert_eq!("#016cff".parse::<Color>().unwrap(), Color(1, 0x6c, 255));
        assert!("#12345".parse::<Color>().is_err());
        assert!("#12é45".parse::<Color>().is_err());
    }

    #[test]
    fn a_grey_copy_keeps_the_roles_apart() {
        for theme in [Theme::color(), Theme::gray()] {
            let contrast = |a: Color, b: Color| {
                (a.luminance().max(b.luminance()) + 0.05) / (a.luminance().min(b.luminance()) + 0.05)
            };
            assert!(contrast(theme.study, theme.summary) > 1.5);
            assert!(contrast(theme.subtotal, theme.summary) > 2.5);
            for mark in [theme.study, theme.summary, theme.prediction, theme.ink] {
                assert!(
                    contrast(mark, theme.paper) > 3.0,
                    "marks need a contrast of 3 with the paper (WCAG 2, 1.4.11)"
                );
            }
        }
    }
}
