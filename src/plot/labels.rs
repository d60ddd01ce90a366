//! Names beside points: each where it covers neither a point nor another name, else left to the hint of its point.

use super::{
    font,
    frame::{Page, Panel},
    scene::{Anchor, Bounds, Element, Shape, Text, Weight},
};

/// The places that are taken.
pub(super) struct Labels {
    taken: Vec<Bounds>,
}

impl Labels {
    /// Nothing is taken yet.
    pub fn new() -> Self {
        Labels { taken: Vec::new() }
    }

    /// Keeps names away from a circle of the page.
    pub fn block(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken.push(Bounds { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
    }

    /// Writes the names of points of the panel beside them, the first ones first; a note tells those that found no room.
    pub fn place_all<'a>(
        &mut self,
        page: &mut Page,
        panel: &Panel,
        radius: f64,
        points: impl Iterator<Item = (&'a str, f64, f64)>,
    ) {
        let mut unnamed: Vec<&str> = Vec::new();
        for (name, x, y) in points {
            if !self.place(page, panel, (panel.x(x), panel.y(y)), radius, name) {
                unnamed.push(name);
            }
        }
        if !unnamed.is_empty() {
            page.scene.notes.push(format!("no room for the names of: {}", unnamed.join(", ")));
        }
    }

    /// Writes a name beside a point of the page, within the panel; says whether it found room.
    pub fn place(
        &mut self,
        page: &mut Page,
        panel: &Panel,
        point: (f64, f64),
        radius: f64,
        name: &str,
    ) -> bool {
        let size = 0.85 * page.size;
        let width = |text: &str| font::width(text, size, Weight::Regular);
        let name = font::clean(name);
        let short = font::cut(&name, (0.45 * (panel.area.right - panel.area.left)).min(16.0 * size), width);
        // The whole name if there is a place for it, else as much as is usual.
        let tried = if short == name { vec![name] } else { vec![name, short] };
        tried.iter().any(|name| self.place_as(page, panel, point, radius, name))
    }

    fn place_as(
        &mut self,
        page: &mut Page,
        panel: &Panel,
        point: (f64, f64),
        radius: f64,
        name: &str,
    ) -> bool {
        let size = 0.85 * page.size;
        if name.is_empty() {
            return true;
        }
        let (far, near, middle) = (radius + 0.3 * size, 0.75 * radius + 0.15 * size, 0.36 * size);
        let capital = font::CAPITAL * size;
        let offers = [
            (far, middle, Anchor::Start),
            (-far, middle, Anchor::End),
            (0.0, -far, Anchor::Middle),
            (0.0, far + capital, Anchor::Middle),
            (near, -near, Anchor::Start),
            (near, near + capital, Anchor::Start),
            (-near, -near, Anchor::End),
            (-near, near + capital, Anchor::End),
        ];
        for (dx, dy, anchor) in offers {
            let text = Text { size, ..page.text(point.0 + dx, point.1 + dy, name, anchor) };
            let element = Element { class: "point-label".to_owned(), shape: Shape::Text(text), hint: None };
            let bounds = element.bounds();
            let area = &panel.area;
            let inside = bounds.left >= area.left + 1.0
                && bounds.right <= area.right
                && bounds.top >= area.top
                && bounds.bottom <= area.bottom - 1.0;
            // Ascent and descent of a name may touch the neighbors, not its letters.
            let letters =
                Bounds { top: bounds.top + 0.15 * size, bottom: bounds.bottom - 0.1 * size, ..bounds };
            if inside && !self.taken.iter().any(|other| letters.overlaps(other, 0.05)) {
                self.taken.push(bounds);
                page.scene.elements.push(element);
                return true;
            }
        }
        false
    }
}
