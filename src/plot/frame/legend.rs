//! A legend: marks and what they mean, at the foot of a page.

use super::Page;
use crate::plot::{
    font,
    scene::{Anchor, Paint, Shape, Stroke, Weight},
    theme::Symbol,
};

/// Half of the width of a symbol in a legend, in points of text size.
const KEY: f64 = 0.32;

/// An entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The meaning of the mark.
    pub label: String,
    /// The mark.
    pub mark: Mark,
}

/// The mark beside a label in a legend.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Mark {
    /// A patch of an area.
    Area(Paint),
    /// A stretch of a line.
    Line(Stroke),
    /// A symbol.
    Symbol(Symbol, Paint),
}

impl Key {
    /// An area.
    pub fn area(label: impl Into<String>, paint: Paint) -> Self {
        Key { label: label.into(), mark: Mark::Area(paint) }
    }

    /// A line.
    pub fn line(label: impl Into<String>, stroke: Stroke) -> Self {
        Key { label: label.into(), mark: Mark::Line(stroke) }
    }

    /// A round point.
    pub fn point(label: impl Into<String>, paint: Paint) -> Self {
        Key::symbol(label, Symbol::Circle, paint)
    }

    /// A symbol.
    pub fn symbol(label: impl Into<String>, symbol: Symbol, paint: Paint) -> Self {
        Key { label: label.into(), mark: Mark::Symbol(symbol, paint) }
    }
}

impl Page {
    /// A legend at the foot of the room that is left, in as many lines as it asks for; the scene's notes say how many
    /// entries found no room.
    pub fn legend(&mut self, keys: &[Key]) {
        if keys.is_empty() {
            return;
        }
        let size = 0.9 * self.size;
        let (mark, gap) = (1.6 * size, 1.3 * size);
        let room = self.area.right - self.area.left;
        let mut rows: Vec<(Vec<(&Key, String)>, f64)> = Vec::new();
        for key in keys {
            let measure = |text: &str| font::width(text, size, Weight::Regular);
            let label = font::cut(&font::clean(&key.label), room - mark - 0.4 * size, measure);
            let width = mark + 0.4 * size + measure(&label);
            match rows.last_mut().filter(|row| row.1 + gap + width <= room) {
                Some(row) => {
                    row.0.push((key, label));
                    row.1 += gap + width;
                }
                None => rows.push((vec![(key, label)], width)),
            }
        }
        let height = 1.5 * size;
        // A legend takes no more than two fifths of the room.
        let most = (0.4 * (self.area.bottom - self.area.top) / height).floor().max(1.0) as usize;
        if rows.len() > most {
            let left_out: usize = rows.drain(most..).map(|row| row.0.len()).sum();
            self.scene.notes.push(format!("{left_out} entries of the legend found no room"));
        }
        let top = self.area.bottom - rows.len() as f64 * height;
        for (i, (entries, width)) in rows.into_iter().enumerate() {
            let middle = top + (i as f64 + 0.55) * height;
            let mut x = (self.area.left + self.area.right - width) / 2.0;
            for (key, label) in entries {
                self.mark(key.mark, x, middle, mark);
                x += mark + 0.4 * size;
                let mut text = self.text(x, middle + font::CAPITAL * size / 2.0, &label, Anchor::Start);
                text.size = size;
                x += text.width() + gap;
                self.scene.push("legend", Shape::Text(text));
            }
        }
        self.area.bottom = top - 0.3 * size;
    }

    fn mark(&mut self, mark: Mark, x: f64, y: f64, width: f64) {
        let size = 0.9 * self.size;
        match mark {
            Mark::Area(paint) => {
                let (height, width) = (0.85 * size, 1.2 * size);
                let x = x + 0.4 * size;
                self.scene.push("legend-mark", Shape::Rect { x, y: y - height / 2.0, width, height, paint });
            }
            Mark::Line(stroke) => {
                self.scene.push("legend-mark", Shape::Line { from: (x, y), to: (x + width, y), stroke });
            }
            Mark::Symbol(symbol, paint) => {
                let shape = symbol.shape((x + width - 0.55 * size, y), KEY * size, paint);
                self.scene.push("legend-mark", shape);
            }
        }
    }
}
