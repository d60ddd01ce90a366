//! A sheet that is filled from top to bottom: what figures that are tables, diagrams and matrices share.

use super::{
    font,
    frame::Look,
    scene::{Anchor, POINTS_PER_MM, Paint, Scene, Shape, Stroke, Text, Weight},
    theme::{Color, Theme},
};
use crate::{Error, Result};

/// Height of a line of text, in ems.
pub(crate) const LINE: f64 = 1.25;

/// The style of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub anchor: Anchor,
    pub color: Color,
}

impl Style {
    pub fn bold(self) -> Self {
        Style { weight: Weight::Bold, ..self }
    }

    pub fn middle(self) -> Self {
        Style { anchor: Anchor::Middle, ..self }
    }

    pub fn end(self) -> Self {
        Style { anchor: Anchor::End, ..self }
    }

    pub fn color(self, color: Color) -> Self {
        Style { color, ..self }
    }

    pub fn sized(self, size: f64) -> Self {
        Style { size, ..self }
    }

    /// The width of a text in points.
    pub fn width(&self, text: &str) -> f64 {
        font::width(&font::clean(text), self.size, self.weight)
    }

    /// The lines of a text that are at most `room` wide.
    pub fn wrap(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        font::wrap(text, room, most, |part| font::width(part, self.size, self.weight))
    }

    /// The height of so many lines.
    pub fn height(&self, lines: usize) -> f64 {
        lines as f64 * LINE * self.size
    }
}

/// The look of a figure that is as high as its content.
pub(crate) fn page_wide() -> Look {
    Look::new(170.0, 100.0)
}

/// A scene that grows downwards.
pub(crate) struct Sheet {
    pub scene: Scene,
    pub theme: Theme,
    /// The size of the text in points.
    pub size: f64,
    pub left: f64,
    pub right: f64,
    /// The height at which the next thing is drawn.
    pub y: f64,
}

impl Sheet {
    /// An empty sheet with its heading. Sheets narrower than 100 mm have smaller text.
    pub fn new(look: &Look) -> Result<Self> {
        let theme = look.theme;
        if !(50.0..=2000.0).contains(&look.width_mm) {
            let found = format!("{} mm", look.width_mm);
            return Err(Error::setting("width", found, "give a width between 50 and 2000 mm"));
        }
        if !(theme.size > 0.0 && theme.size <= 20.0 && (0.0..40.0).contains(&theme.margin)) {
            let found = format!("text of {} points, margin {}", theme.size, theme.margin);
            return Err(Error::setting("theme", found, "give a size up to 20 points and a margin below 40"));
        }
        let width = look.width_mm * POINTS_PER_MM;
        let mut scene = Scene::new(width, 0.0);
        scene.background = theme.paper;
        let mut sheet = Sheet {
            scene,
            theme,
            size: look.text_size(),
            left: theme.margin,
            right: width - theme.margin,
            y: theme.margin,
        };
        if let Some(title) = &look.title {
            let style = sheet.style().bold().sized(1.2 * sheet.size);
            let (left, y, room) = (sheet.left, sheet.y, sheet.room());
            sheet.y += sheet.paragraph("title", title, left, y, room, style) + 0.5 * sheet.size;
        }
        Ok(sheet)
    }

    /// The width between the margins.
    pub fn room(&self) -> f64 {
        self.right - self.left
    }

    /// Regular text from the left in ink.
    pub fn style(&self) -> Style {
        Style { size: self.size, weight: Weight::Regular, anchor: Anchor::Start, color: self.theme.ink }
    }

    /// One line of text with its baseline at `y`.
    pub fn text(&mut self, class: &str, content: &str, x: f64, y: f64, style: Style) {
        self.scene.push(class, Shape::Text(written(content, x, y, style)));
    }

    /// A text within a width from the top `y` down; returns its height. With another anchor than the start, `x` is where
    /// that anchor stands.
    pub fn paragraph(&mut self, class: &str, text: &str, x: f64, y: f64, room: f64, style: Style) -> f64 {
        let lines = style.wrap(text, room, usize::MAX);
        self.lines(class, &lines, x, y, style)
    }

    /// Lines from the top `y` down; returns their height.
    pub fn lines(&mut self, class: &str, lines: &[String], x: f64, y: f64, style: Style) -> f64 {
        for (i, line) in lines.iter().enumerate() {
            let baseline = y + (i as f64 * LINE + 0.5 * LINE + 0.5 * font::CAPITAL) * style.size;
            self.text(class, line, x, baseline, style);
        }
        style.height(lines.len())
    }

    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.scene.push(class, Shape::Line { from, to, stroke });
    }

    /// A thin line over the whole width at `y`.
    pub fn rule(&mut self, y: f64, color: Color) {
        let stroke = Stroke::solid(color, self.theme.rule);
        self.line("rule", (self.left, y), (self.right, y), stroke);
    }

    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64, paint: Paint) {
        self.scene.push(class, Shape::Rect { x, y, width, height, paint });
    }

    /// The scene, as high as it has been filled; `name` is its accessible name where the look has no heading.
    pub fn finish(mut self, look: &Look, name: impl Into<String>, description: impl Into<String>) -> Scene {
        self.scene.height = self.y + self.theme.margin;
        self.scene.title = look.title.clone().unwrap_or_else(|| name.into());
        self.scene.description = description.into();
        self.scene.finished(&self.theme)
    }
}

fn written(content: &str, x: f64, y: f64, style: Style) -> Text {
    Text {
        x,
        y,
        content: content.to_owned(),
        size: style.size,
        weight: style.weight,
        anchor: style.anchor,
        color: style.color,
        rotation: 0.0,
    }
}

/// Black or white, whichever is easier to read on a color.
pub(crate) fn readable_on(color: Color) -> Color {
    if color.luminance() > 0.3 { Color(0x1a, 0x1a, 0x1a) } else { Color::WHITE }
}

/// Asserts what holds for every figure: nothing leaves the page, no two texts overlap, the SVG says what it is.
#[cfg(test)]
pub(crate) fn assert_tidy(scene: &Scene) {
    for element in &scene.elements {
        let b = element.bounds();
        assert!(b.left >= -0.01 && b.top >= -0.01, "{element:?} leaves a page at the top left");
        assert!(
            b.right <= scene.width + 0.01 && b.bottom <= scene.height + 0.01,
            "{element:?} leaves a page of {} by {}",
            scene.width,
            scene.height
        );
    }
    let texts = scene.elements.iter().filter(|element| matches!(element.shape, Shape::Text(_)));
    let mut texts: Vec<_> = texts.map(|element| (element.bounds(), element)).collect();
    texts.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
    for (i, (a, text)) in texts.iter().enumerate() {
        for (b, other) in texts[i + 1..].iter().take_while(|(b, _)| b.top < a.bottom) {
            // Ascents and descents leave air that lines of one paragraph may share.
            assert!(!a.overlaps(b, 1.2), "{text:?}\noverlaps\n{other:?}");
        }
    }
    assert!(!scene.title.is_empty() && !scene.description.is_empty());
    assert_eq!(scene.to_svg(), scene.clone().to_svg());
}
