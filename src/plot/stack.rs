//! Scenes of several analyses in one: each under a heading, beneath each other.
//!
//! The parts keep their size, so that what was measured in them stays as it was; a narrower one stands at the left.

use super::{
    scene::{Anchor, Element, Scene, Shape, Text, Weight},
    theme::Color,
};

/// The height of a heading and the size of its letters in points, and its distance from the left edge.
const HEADING: f64 = 20.0;
const SIZE: f64 = 9.5;
const INDENT: f64 = 8.0;

impl Scene {
    /// The scene beneath a heading, which also stands before its title and its notes.
    #[must_use]
    pub fn headed(self, heading: &str) -> Scene {
        let color = self.texts().next().map_or(Color::BLACK, |text| text.color);
        let mut page = Scene::new(self.width, self.height + HEADING);
        page.background = self.background;
        page.title = format!("{heading}. {}", self.title);
        page.description = format!("{heading}. {}", self.description);
        page.notes = self.notes.iter().map(|note| format!("{heading}: {note}")).collect();
        page.push(
            "heading",
            Shape::Text(Text {
                x: INDENT,
                y: HEADING - 6.0,
                content: heading.to_owned(),
                size: SIZE,
                weight: Weight::Bold,
                anchor: Anchor::Start,
                color,
                rotation: 0.0,
            }),
        );
        page.take(self.elements, HEADING);
        page
    }

    /// The scenes beneath each other, on one page.
    #[must_use]
    pub fn stacked(scenes: impl IntoIterator<Item = Scene>) -> Scene {
        let mut page = Scene::new(0.0, 0.0);
        let (mut titles, mut descriptions) = (Vec::new(), Vec::new());
        for scene in scenes {
            page.background = scene.background;
            page.width = page.width.max(scene.width);
            let top = page.height;
            page.height += scene.height;
            titles.push(scene.title);
            descriptions.push(scene.description);
            page.notes.extend(scene.notes);
            page.take(scene.elements, top);
        }
        page.title = titles.join("; ");
        page.description = descriptions.join(" ");
        page
    }

    fn take(&mut self, elements: Vec<Element>, down: f64) {
        self.elements.extend(elements.into_iter().map(|mut element| {
            element.shape.move_down(down);
            element
        }));
    }
}

impl Shape {
    fn move_down(&mut self, by: f64) {
        match self {
            Shape::Line { from, to, .. } => {
                from.1 += by;
                to.1 += by;
            }
            Shape::Polyline { points, .. } | Shape::Polygon { points, .. } => {
                points.iter_mut().for_each(|point| point.1 += by);
            }
            Shape::Rect { y, .. } => *y += by,
            Shape::Circle { center, .. } => center.1 += by,
            Shape::Text(text) => text.y += by,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn parts_stand_beneath_each_other() {
        let part = |height: f64| {
            let mut scene = Scene::new(100.0, height);
            let text = Text {
                x: 1.0,
                y: 5.0,
                content: "part".to_owned(),
                size: 8.0,
                weight: Weight::Regular,
                anchor: Anchor::Start,
                color: Color::BLACK,
                rotation: 0.0,
            };
            scene.push("part", Shape::Text(text));
            scene.notes.push("a note".to_owned());
            scene
        };
        let page = Scene::stacked([part(30.0).headed("a"), part(40.0).headed("b")]);
        assert_eq!((page.width, page.height), (100.0, 70.0 + 2.0 * HEADING));
        let places: Vec<f64> = page.texts().filter(|t| t.content == "part").map(|t| t.y).collect();
        assert_eq!(places, [HEADING + 5.0, 30.0 + 2.0 * HEADING + 5.0]);
        assert_eq!(page.notes, ["a: a note", "b: a note"]);
    }
}
