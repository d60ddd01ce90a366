//! The scene as SVG 1.1: text as text, coordinates to a hundredth of a point, the same bytes every time.

use std::fmt::Write as _;

use crate::text::escape_markup as escape;

use super::{
    font,
    scene::{Anchor, Element, Paint, Scene, Shape, Stroke, Weight},
};

impl Scene {
    /// The SVG document. Its bytes depend on the scene alone.
    pub fn to_svg(&self) -> String {
        let (width, height) = (number(self.width), number(self.height));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{}\" font-kerning=\"none\">\n",
            font::FAMILIES
        );
        element(&mut out, "title", &self.title);
        element(&mut out, "desc", &self.description);
        let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", self.background);
        for item in &self.elements {
            write_element(&mut out, item);
        }
        out.push_str("</svg>\n");
        out
    }
}

/// A child with text, left out when there is none.
fn element(out: &mut String, name: &str, text: &str) {
    let text = font::clean(text);
    if !text.is_empty() {
        let _ = writeln!(out, "<{name}>{}</{name}>", escape(&text));
    }
}

fn write_element(out: &mut String, element: &Element) {
    let class = escape(&font::clean(&element.class));
    let hint = element.hint.as_ref().map(|hint| format!("<title>{}</title>", escape(&font::clean(hint))));
    let (name, attributes, content) = match &element.shape {
        Shape::Line { from, to, stroke } => (
            "line",
            format!(
                "x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{}",
                number(from.0),
                number(from.1),
                number(to.0),
                number(to.1),
                stroked(stroke)
            ),
            String::new(),
        ),
        Shape::Polyline { points, stroke } => (
            "polyline",
            format!("points=\"{}\" fill=\"none\"{}", corners(points), stroked(stroke)),
            String::new(),
        ),
        Shape::Rect { x, y, width, height, paint } => (
            "rect",
            format!(
                "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}",
                number(*x),
                number(*y),
                number(*width),
                number(*height),
                painted(paint)
            ),
            String::new(),
        ),
        Shape::Polygon { points, paint } => {
            ("polygon", format!("points=\"{}\"{}", corners(points), painted(paint)), String::new())
        }
        Shape::Circle { center, radius, paint } => (
            "circle",
            format!(
                "cx=\"{}\" cy=\"{}\" r=\"{}\"{}",
                number(center.0),
                number(center.1),
                number(*radius),
                painted(paint)
            ),
            String::new(),
        ),
        Shape::Text(text) => {
            let (x, y) = (number(text.x), number(text.y));
            let mut attributes =
                format!("x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"", number(text.size), text.color);
            if text.weight == Weight::Bold {
                attributes.push_str(" font-weight=\"bold\"");
            }
            match text.anchor {
                Anchor::Start => {}
                Anchor::Middle => attributes.push_str(" text-anchor=\"middle\""),
                Anchor::End => attributes.push_str(" text-anchor=\"end\""),
            }
            if number(text.rotation) != "0" {
                let _ = write!(attributes, " transform=\"rotate({} {x} {y})\"", number(text.rotation));
            }
            ("text", attributes, escape(&font::clean(&text.content)))
        }
    };
    let _ = match (hint, content.is_empty()) {
        (None, true) => writeln!(out, "<{name} class=\"{class}\" {attributes}/>"),
        (hint, _) => writeln!(
            out,
            "<{name} class=\"{class}\" {attributes}>{}{content}</{name}>",
            hint.unwrap_or_default()
        ),
    };
}

fn corners(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect::<Vec<_>>().join(" ")
}

fn stroked(stroke: &Stroke) -> String {
    let mut out = format!(" stroke=\"{}\" stroke-width=\"{}\"", stroke.color, number(stroke.width));
    if let Some((dash, gap)) = stroke.dash {
        let _ = write!(out, " stroke-dasharray=\"{} {}\"", number(dash), number(gap));
    }
    out
}

fn painted(paint: &Paint) -> String {
    let fill = paint.fill.map_or_else(|| " fill=\"none\"".to_owned(), |color| format!(" fill=\"{color}\""));
    fill + &paint.stroke.as_ref().map(stroked).unwrap_or_default()
}

/// To a hundredth, without trailing zeros or a negative zero; what is no number is 0.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{scene::Text, theme::Color};

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345_6), "12.35");
        assert_eq!(number(100.5), "100.5");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn markup_in_a_label_stays_text() {
        let mut scene = Scene::new(100.0, 20.0);
        scene.title = "</title><script>alert(1)</script>".into();
        scene.push_with_hint(
            "label",
            Shape::Text(Text {
                x: 0.0,
                y: 10.0,
                content: "A & B <b>\u{1}\"'".into(),
                size: 8.0,
                weight: Weight::Bold,
                anchor: Anchor::End,
                color: Color::BLACK,
                rotation: 0.0,
            }),
            "x\u{0}<y>",
        );
        assert_eq!(
            scene.to_svg(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100pt\" height=\"20pt\" viewBox=\"0 0 100 20\" role=\"img\" \
             font-family=\"Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif\" font-kerning=\"none\">\n\
             <title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>\n\
             <rect width=\"100\" height=\"20\" fill=\"#ffffff\"/>\n\
             <text class=\"label\" x=\"0\" y=\"10\" font-size=\"8\" fill=\"#000000\" font-weight=\"bold\" text-anchor=\"end\">\
             <title>x\u{fffd}&lt;y&gt;</title>A &amp; B &lt;b&gt;\u{fffd}&quot;&#39;</text>\n\
             </svg>\n"
        );
    }
}
