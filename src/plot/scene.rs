//! A scene: a page of few primitives, which every renderer draws and every test can measure.
//!
//! Lengths are points (1/72 inch); the origin is at the top left and y grows downwards. Elements are drawn in order. Each
//! bears a `class` that says what it is in the figure ("square", "diamond", "interval", ...): the class is an attribute in
//! the SVG, so that a stylesheet can reach it, and the handle by which tests find the geometry.

use serde::{Deserialize, Serialize};

use super::{
    font,
    theme::{Color, Theme},
};

/// Shortened texts that a note names one by one.
const MOST_NAMED: usize = 8;

/// Points per millimeter.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// A page with its elements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// The accessible name: the kind of figure.
    pub title: String,
    /// The accessible description: the content, in a sentence or a few.
    pub description: String,
    /// The color behind everything.
    pub background: Color,
    /// The elements, back to front.
    pub elements: Vec<Element>,
    /// Notes on what cannot be seen, such as columns that found no room.
    pub notes: Vec<String>,
}

/// A shape and what it stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Element {
    /// Its part in the figure, e.g. `square`.
    pub class: String,
    /// Its form.
    pub shape: Shape,
    /// A text that a viewer shows when the pointer rests on it: a name that had to be cut, the numbers behind a mark.
    pub hint: Option<String>,
}

/// The primitives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Shape {
    /// A straight line.
    Line {
        /// One end.
        from: (f64, f64),
        /// The other.
        to: (f64, f64),
        /// The stroke.
        stroke: Stroke,
    },
    /// A chain of straight lines.
    Polyline {
        /// The corners.
        points: Vec<(f64, f64)>,
        /// The stroke.
        stroke: Stroke,
    },
    /// A rectangle with horizontal and vertical sides.
    Rect {
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Inside and outline.
        paint: Paint,
    },
    /// A closed polygon.
    Polygon {
        /// The corners.
        points: Vec<(f64, f64)>,
        /// Inside and outline.
        paint: Paint,
    },
    /// A circle.
    Circle {
        /// The center.
        center: (f64, f64),
        /// The radius.
        radius: f64,
        /// Inside and outline.
        paint: Paint,
    },
    /// One line of text.
    Text(Text),
}

impl Shape {
    /// The same in the grays of its colors.
    fn become_gray(&mut self) {
        let stroked = |stroke: &mut Stroke| stroke.color = stroke.color.to_gray();
        match self {
            Shape::Line { stroke, .. } | Shape::Polyline { stroke, .. } => stroked(stroke),
            Shape::Rect { paint, .. } | Shape::Polygon { paint, .. } | Shape::Circle { paint, .. } => {
                paint.fill = paint.fill.map(Color::to_gray);
                paint.stroke.iter_mut().for_each(stroked);
            }
            Shape::Text(text) => text.color = text.color.to_gray(),
        }
    }
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The place of the anchor.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// The content.
    pub content: String,
    /// The size of the font in points.
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
    /// The part of the text that stands at `x`.
    pub anchor: Anchor,
    /// Its color.
    pub color: Color,
    /// Turned about (`x`, `y`), in degrees clockwise.
    pub rotation: f64,
}

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Weight {
    /// Regular.
    #[default]
    Regular,
    /// Bold.
    Bold,
}

/// The part of a text that stands at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Anchor {
    /// The left end.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// The stroke of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// The color.
    pub color: Color,
    /// The width in points.
    pub width: f64,
    /// Lengths of dash and gap; `None` for a solid line.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(color: Color, width: f64) -> Self {
        Stroke { color, width, dash: None }
    }

    /// A dashed line.
    pub fn dashed(color: Color, width: f64, dash: f64, gap: f64) -> Self {
        Stroke { color, width, dash: Some((dash, gap)) }
    }
}

/// The inside and the outline of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Paint {
    /// The inside; `None` is transparent.
    pub fill: Option<Color>,
    /// The outline; `None` for no line.
    pub stroke: Option<Stroke>,
}

impl Paint {
    /// Filled, without an outline.
    pub fn fill(color: Color) -> Self {
        Paint { fill: Some(color), stroke: None }
    }

    /// Filled, with an outline.
    pub fn outlined(fill: Color, stroke: Stroke) -> Self {
        Paint { fill: Some(fill), stroke: Some(stroke) }
    }
}

/// The smallest upright rectangle around something.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Left.
    pub left: f64,
    /// Top.
    pub top: f64,
    /// Right.
    pub right: f64,
    /// Bottom.
    pub bottom: f64,
}

impl Bounds {
    /// True if the two share an area of more than `slack` in both directions.
    pub fn overlaps(&self, other: &Bounds, slack: f64) -> bool {
        self.left.max(other.left) + slack < self.right.min(other.right)
            && self.top.max(other.top) + slack < self.bottom.min(other.bottom)
    }

    fn around(points: impl IntoIterator<Item = (f64, f64)>, margin: f64) -> Bounds {
        let start = Bounds {
            left: f64::INFINITY,
            top: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::NEG_INFINITY,
        };
        let hull = points.into_iter().fold(start, |b, (x, y)| Bounds {
            left: b.left.min(x),
            top: b.top.min(y),
            right: b.right.max(x),
            bottom: b.bottom.max(y),
        });
        Bounds {
            left: hull.left - margin,
            top: hull.top - margin,
            right: hull.right + margin,
            bottom: hull.bottom + margin,
        }
    }
}

impl Text {
    /// The width of the text in points, in the bundled font.
    pub fn width(&self) -> f64 {
        font::width(&self.content, self.size, self.weight)
    }
}

impl Element {
    /// The area it covers: for text from the top of capitals with accents to the foot of descenders.
    pub fn bounds(&self) -> Bounds {
        match &self.shape {
            Shape::Line { from, to, stroke } => Bounds::around([*from, *to], stroke.width / 2.0),
            Shape::Polyline { points, stroke } => Bounds::around(points.iter().copied(), stroke.width / 2.0),
            Shape::Rect { x, y, width, height, paint } => {
                Bounds::around([(*x, *y), (x + width, y + height)], half_line(paint))
            }
            Shape::Polygon { points, paint } => Bounds::around(points.iter().copied(), half_line(paint)),
            Shape::Circle { center: (x, y), radius, paint } => {
                Bounds::around([(x - radius, y - radius), (x + radius, y + radius)], half_line(paint))
            }
            Shape::Text(text) => {
                let width = text.width();
                let left = match text.anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => -width / 2.0,
                    Anchor::End => -width,
                };
                let (top, bottom) = (-font::ASCENT * text.size, font::DESCENT * text.size);
                let (sin, cos) = text.rotation.to_radians().sin_cos();
                let corners = [(left, top), (left + width, top), (left, bottom), (left + width, bottom)]
                    .map(|(x, y)| (text.x + x * cos - y * sin, text.y + x * sin + y * cos));
                Bounds::around(corners, 0.0)
            }
        }
    }
}

fn half_line(paint: &Paint) -> f64 {
    paint.stroke.map_or(0.0, |stroke| stroke.width / 2.0)
}

impl Scene {
    /// An empty page.
    pub fn new(width: f64, height: f64) -> Self {
        Scene {
            width,
            height,
            title: String::new(),
            description: String::new(),
            background: Color::WHITE,
            elements: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Draws a shape over what is there.
    pub fn push(&mut self, class: &str, shape: Shape) {
        self.elements.push(Element { class: class.to_owned(), shape, hint: None });
    }

    /// Draws a shape that explains itself under the pointer.
    pub fn push_with_hint(&mut self, class: &str, shape: Shape, hint: impl Into<String>) {
        self.elements.push(Element { class: class.to_owned(), shape, hint: Some(hint.into()) });
    }

    /// The scene as its theme wants it: without color in a gray one. Texts that found no room and were shortened are named in the notes.
    pub(super) fn finished(mut self, theme: &Theme) -> Self {
        if theme.is_gray() {
            self.elements.iter_mut().for_each(|element| element.shape.become_gray());
        }
        let mut shortened: Vec<&str> = Vec::new();
        for text in self.texts().map(|text| text.content.as_str()).filter(|text| text.ends_with('…')) {
            if !shortened.contains(&text) {
                shortened.push(text);
            }
        }
        if !shortened.is_empty() {
            let more = shortened.len().saturating_sub(MOST_NAMED);
            let named = shortened.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join("; ");
            let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
            self.notes.push(format!("shortened for want of room: {named}{rest}; a wider figure holds more"));
        }
        self
    }

    /// The elements of a class, back to front.
    pub fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Element> + 'a {
        self.elements.iter().filter(move |element| element.class == class)
    }

    /// The texts, back to front.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.elements.iter().filter_map(|element| match &element.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Characters that the bundled font lacks. An SVG shows them in the reader's fonts; for PNG and PDF a font that has
    /// them is given with the options, else they come out as boxes.
    pub fn missing_characters(&self) -> Vec<char> {
        let mut missing: Vec<char> = self
            .texts()
            .flat_map(|text| font::clean(&text.content).chars().collect::<Vec<_>>())
            .filter(|c| !font::has(*c))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_bounds_turn_with_the_text() {
        let text = |rotation| Element {
            class: String::new(),
            hint: None,
            shape: Shape::Text(Text {
                x: 50.0,
                y: 50.0,
                content: "Standard error".into(),
                size: 8.0,
                weight: Weight::Regular,
                anchor: Anchor::Middle,
                color: Color::BLACK,
                rotation,
            }),
        };
        let (flat, upright) = (text(0.0).bounds(), text(-90.0).bounds());
        assert!((flat.right - flat.left - (upright.bottom - upright.top)).abs() < 1e-9);
        assert!((upright.left - (50.0 - font::ASCENT * 8.0)).abs() < 1e-9);
    }

    #[test]
    fn characters_outside_the_bundled_font_are_named() {
        let mut scene = Scene::new(10.0, 10.0);
        let text = |content: &str| {
            Shape::Text(Text {
                x: 0.0,
                y: 0.0,
                content: content.into(),
                size: 8.0,
                weight: Weight::Regular,
                anchor: Anchor::Start,
                color: Color::BLACK,
                rotation: 0.0,
            })
        };
        scene.push("a", text("Müller τ² ≤ −1 Достоевский"));
        assert_eq!(scene.missing_characters(), []);
        scene.push("a", text("王 2019, 王 2020"));
        assert_eq!(scene.missing_characters(), ['王']);
    }
}
