//! A page under construction: its heading, its notes, and the room that is left.

use super::{Axis, LINE, Look, Panel};
use crate::{
    Result,
    plot::{
        font,
        scene::{Anchor, Bounds, POINTS_PER_MM, Scene, Shape, Text, Weight},
        theme::Theme,
    },
};

/// A page under construction.
#[derive(Debug, Clone)]
pub struct Page {
    /// The elements so far.
    pub scene: Scene,
    /// The room that is left.
    pub area: Bounds,
    /// The size of the text in points.
    pub size: f64,
    /// Colors and sizes.
    pub theme: Theme,
}

impl Page {
    /// A page with its heading. `name` is its accessible name where the look has no heading.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`](crate::Error::Setting) for a size that is out of range.
    pub fn new(look: &Look, name: &str, description: impl Into<String>) -> Result<Self> {
        look.check()?;
        let (width, height) = (look.width_mm * POINTS_PER_MM, look.height_mm * POINTS_PER_MM);
        let (theme, size) = (look.theme, look.text_size());
        let mut scene = Scene::new(width, height);
        scene.background = theme.paper;
        scene.title = look.title.clone().unwrap_or_else(|| name.to_owned());
        scene.description = description.into();
        let margin = theme.margin;
        let area = Bounds { left: margin, top: margin, right: width - margin, bottom: height - margin };
        let mut page = Page { scene, area, size, theme };
        if let Some(title) = &look.title {
            let large = 1.2 * size;
            let lines =
                font::wrap(title, width - 2.0 * margin, 2, |text| font::width(text, large, Weight::Bold));
            for line in lines {
                let mut text = page.text(margin, page.area.top + 0.92 * large, &line, Anchor::Start);
                (text.size, text.weight) = (large, Weight::Bold);
                page.scene.push("title", Shape::Text(text));
                page.area.top += LINE * large;
            }
            page.area.top += 0.3 * size;
        }
        Ok(page)
    }

    /// A line of text in the size of the axes.
    pub fn text(&self, x: f64, y: f64, content: &str, anchor: Anchor) -> Text {
        Text {
            x,
            y,
            content: font::clean(content),
            size: 0.95 * self.size,
            weight: Weight::Regular,
            anchor,
            color: self.theme.ink,
            rotation: 0.0,
        }
    }

    /// Lines of text at the foot of the room that is left.
    pub fn note(&mut self, note: &str) {
        let size = 0.9 * self.size;
        let room = self.area.right - self.area.left;
        let lines = font::wrap(note, room, 6, |text| font::width(text, size, Weight::Regular));
        let top = self.area.bottom - lines.len() as f64 * LINE * size;
        for (i, line) in lines.iter().enumerate() {
            let y = top + i as f64 * LINE * size + 0.95 * size;
            let mut text = self.text(self.area.left, y, line, Anchor::Start);
            text.size = size;
            self.scene.push("note", Shape::Text(text));
        }
        self.area.bottom = top - 0.3 * size;
    }

    /// The room that is left, divided into equal cells, row by row.
    pub fn cells(&self, columns: usize, rows: usize) -> Vec<Bounds> {
        let (columns, rows) = (columns.max(1), rows.max(1));
        let gap = 0.8 * self.size;
        let area = self.area;
        let width = (area.right - area.left - gap * (columns - 1) as f64) / columns as f64;
        let height = (area.bottom - area.top - gap * (rows - 1) as f64) / rows as f64;
        (0..columns * rows)
            .map(|i| {
                let left = area.left + (i % columns) as f64 * (width + gap);
                let top = area.top + (i / columns) as f64 * (height + gap);
                Bounds { left, top, right: left + width, bottom: top + height }
            })
            .collect()
    }

    /// Writes a heading at the top of `area` (`Cook's distance` over one of several panels) and returns the rest.
    pub fn headed(&mut self, area: Bounds, heading: &str) -> Bounds {
        let measure = |text: &str| font::width(text, 0.95 * self.size, Weight::Bold);
        let content = font::cut(&font::clean(heading), area.right - area.left, measure);
        let mut text = self.text(area.left, area.top + 0.9 * self.size, &content, Anchor::Start);
        text.weight = Weight::Bold;
        self.scene.push("panel-title", Shape::Text(text));
        Bounds { top: area.top + LINE * self.size, ..area }
    }

    /// A panel that fills `area`, with its axes measured; [`Panel::axes`] draws them.
    pub fn panel(&self, area: Bounds, x: &Axis, y: &Axis) -> Panel {
        Panel::new(self, area, x, y)
    }

    /// The finished scene.
    pub fn finish(self) -> Scene {
        let theme = self.theme;
        self.scene.finished(&theme)
    }
}
