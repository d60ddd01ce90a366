//! The parts that figures with two axes share: a page with heading, legend and notes, and panels with axes on it.
//!
//! A [`Page`] starts from a [`Look`] (size, theme, heading) and keeps the room that is left; heading, legend and notes take
//! theirs from it. A [`Panel`] fills a part of that room: it measures its tick labels and titles, so that nothing overlaps
//! and nothing leaves the page, maps *places* (positions along an axis: values, or their logarithms on a logarithmic one)
//! to points of the page and cuts what lies beyond its axes.
//!
//! ```
//! # fn main() -> consilience::Result<()> {
//! use consilience::plot::{
//!     Theme,
//!     frame::{Axis, Key, Look, Page},
//!     scene::{Paint, Stroke},
//! };
//!
//! let look = Look::new(85.0, 60.0);
//! let mut page = Page::new(&look, "Dose and response", "Three points and a line.")?;
//! let theme = look.theme;
//! page.legend(&[Key::point("observed", Paint::fill(theme.study)), Key::line("fitted", Stroke::solid(theme.ink, 0.8))]);
//! let panel = page.panel(page.area, &Axis::linear("Dose", 0.0, 10.0), &Axis::linear("Response", -1.0, 1.0));
//! panel.polyline(&mut page, "fitted", &[(0.0, -0.5), (20.0, 1.5)], Stroke::solid(theme.ink, 0.8));
//! for (dose, response) in [(1.0, -0.6), (4.0, 0.1), (9.0, 0.4)] {
//!     panel.point(&mut page, "point", (dose, response), 2.0, Paint::fill(theme.study), None);
//! }
//! panel.axes(&mut page);
//! let scene = page.finish();
//! assert_eq!(scene.of_class("point").count(), 3);
//! # Ok(()) }
//! ```

mod axis;
mod clip;
mod legend;
mod look;
mod page;
mod panel;

pub use self::{
    axis::{Axis, TickLabels},
    legend::{Key, Mark},
    look::Look,
    page::Page,
    panel::Panel,
};

/// Distance of lines of text, in ems.
pub(crate) const LINE: f64 = 1.35;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::plot::{
        axis::AxisKind,
        scene::{Paint, Shape, Stroke},
    };

    fn page(width: f64, height: f64) -> Page {
        Page::new(&Look::new(width, height), "Name", "Description.").unwrap()
    }

    #[test]
    fn lines_and_polygons_end_at_the_axes() {
        let mut page = page(85.0, 60.0);
        let axis = Axis::linear("x", 0.0, 1.0);
        let panel = page.panel(page.area, &axis, &axis.clone().reversed());
        let (stroke, paint) = (Stroke::solid(page.theme.ink, 1.0), Paint::fill(page.theme.soft));
        panel.polyline(
            &mut page,
            "line",
            &[(-1.0, 0.5), (0.5, 0.5), (f64::NAN, 0.5), (0.6, 0.5), (3.0, 0.5)],
            stroke,
        );
        panel.polygon(&mut page, "area", &[(-1.0, -1.0), (2.0, -1.0), (2.0, 2.0), (-1.0, 2.0)], paint);
        let ends: Vec<(f64, f64)> =
            page.scene.of_class("line").map(|e| e.bounds()).map(|b| (b.left, b.right)).collect();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        assert_eq!(ends.len(), 2, "a place that is no number breaks the line");
        near(ends[0].0, panel.area.left - 0.5);
        near(ends[1].1, panel.area.right + 0.5);
        let area = page.scene.of_class("area").next().unwrap().bounds();
        near(area.left, panel.area.left);
        near(area.bottom, panel.area.bottom);
        assert!(panel.y(0.0) < panel.y(1.0), "reversed: 0 is at the top");
    }

    #[test]
    fn nothing_leaves_the_page_and_no_texts_overlap() {
        for (width, height) in [(45.0, 45.0), (85.0, 60.0), (170.0, 110.0)] {
            for (kind, low, high) in
                [(AxisKind::Linear, -1e-4, 3e7), (AxisKind::Log, -7.0, 0.1), (AxisKind::Linear, 0.0, 1.0)]
            {
                let mut look = Look::new(width, height);
                look.title = Some("A heading that is rather long for a narrow page".into());
                let mut page = Page::new(&look, "Name", "").unwrap();
                let paint = Paint::fill(page.theme.study);
                let keys: Vec<Key> = (0..5).map(|i| Key::point(format!("entry number {i}"), paint)).collect();
                page.legend(&keys);
                page.note("A note below it.");
                let title = "Standardized mean difference of everything";
                let axis = Axis::new(kind, title, low, high);
                let panel = page.panel(page.area, &axis, &axis);
                panel.axes(&mut page);
                let scene = page.finish();
                let texts: Vec<_> =
                    scene.elements.iter().filter(|e| matches!(e.shape, Shape::Text(_))).collect();
                for (i, a) in texts.iter().enumerate() {
                    let b = a.bounds();
                    assert!(
                        b.left >= 0.0 && b.top >= 0.0 && b.right <= scene.width && b.bottom <= scene.height,
                        "{a:?}"
                    );
                    for other in &texts[i + 1..] {
                        assert!(!b.overlaps(&other.bounds(), 0.8), "{a:?} {other:?} at {width}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_axis_without_extent_is_widened() {
        let axis = Axis::around(AxisKind::Linear, "x", [3.0, 3.0], 0.05);
        assert!(axis.low < 3.0 && axis.high > 3.0);
        let axis = Axis::around(AxisKind::Linear, "x", [f64::NAN], 0.05);
        assert!(axis.low < axis.high);
    }

    #[test]
    fn sizes_out_of_range_are_named() {
        assert!(Page::new(&Look::new(10.0, 60.0), "", "").is_err());
        assert!(Page::new(&Look::new(85.0, f64::NAN), "", "").is_err());
    }
}
