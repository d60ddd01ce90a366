//! A plot area between two axes: what is drawn at its places, and the axes themselves.

use super::{
    Axis, LINE, Page, TickLabels,
    clip::{cut_line, cut_polygon, distance},
};
use crate::plot::{
    axis::AxisKind,
    font,
    scene::{Anchor, Bounds, Element, Paint, Shape, Stroke, Weight},
    theme::{Color, Symbol},
};

/// A plot area between two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The plot area on the page.
    pub area: Bounds,
    /// The horizontal axis.
    pub x_axis: Axis,
    /// The vertical axis.
    pub y_axis: Axis,
    /// The places of the ticks of the horizontal axis, and their labels.
    pub x_ticks: Vec<(f64, String)>,
    /// Those of the vertical axis.
    pub y_ticks: Vec<(f64, String)>,
    /// The lines of the labels of the vertical axis.
    y_lines: Vec<Vec<String>>,
    outer: Bounds,
    x_title: Vec<String>,
    y_title: Vec<String>,
    size: f64,
}

/// Distance of the lines of a name at a tick, in ems.
const NAME_LINE: f64 = 1.15;
/// Length of a tick in points.
const TICK: f64 = 2.5;

/// The ticks of the vertical axis with their labels, and the lines of these: names take two where they have room.
fn vertical_ticks(axis: &Axis, tall: f64, width: f64, size: f64) -> (Vec<(f64, String)>, Vec<Vec<String>>) {
    let distance = |pair: &[(f64, String)]| match pair {
        [a, b] => (axis.share(b.0) - axis.share(a.0)).abs() * tall,
        _ => f64::INFINITY,
    };
    let mut ticks = axis.ticks(|ticks| ticks.windows(2).all(|pair| distance(pair) > 1.6 * size));
    let named = matches!(axis.labels, TickLabels::Names(_));
    let nearest = ticks.windows(2).map(distance).fold(tall, f64::min);
    let most = if named && nearest > 2.45 * size { 2 } else { 1 };
    let measure = |text: &str| font::width(text, size, Weight::Regular);
    let wrapped = |(_, label): &(f64, String)| {
        if named { font::wrap(label, 0.42 * width, most, measure) } else { vec![label.clone()] }
    };
    let lines: Vec<Vec<String>> = ticks.iter().map(wrapped).collect();
    for ((_, label), lines) in ticks.iter_mut().zip(&lines) {
        *label = lines.join(" ");
    }
    (ticks, lines)
}

impl Panel {
    pub(super) fn new(page: &Page, outer: Bounds, x: &Axis, y: &Axis) -> Self {
        let size = 0.95 * page.size;
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let usable = |axis: &Axis| {
            if axis.good() {
                axis.clone()
            } else {
                Axis { low: 0.0, high: 1.0, labels: TickLabels::Nothing, ..axis.clone() }
            }
        };
        let (x_axis, y_axis) = (usable(x), usable(y));
        let (width, height) = (outer.right - outer.left, outer.bottom - outer.top);
        let scale = if x_axis.kind == AxisKind::Log && !x_axis.title.is_empty() { ", log scale" } else { "" };
        let x_title = match x_axis.title.as_str() {
            "" => Vec::new(),
            title => font::wrap(&format!("{title}{scale}"), (width - 4.0 * size).max(2.0 * size), 2, measure),
        };
        let x_room = if matches!(x_axis.labels, TickLabels::Nothing) { 2.0 } else { 3.5 + 1.3 * size };
        let bottom = outer.bottom - x_room - x_title.len() as f64 * LINE * size;
        // Half a line stays free above, for the label of a tick at the very top.
        let top = outer.top + 0.5 * size;
        let y_title = match y_axis.title.as_str() {
            "" => Vec::new(),
            title => font::wrap(title, (height - x_room).max(2.0 * size), 2, measure),
        };
        let tall = (bottom - top).max(1.0);
        let (y_ticks, y_lines) = vertical_ticks(&y_axis, tall, width, size);
        let widest = y_lines.iter().flatten().map(|line| measure(line)).fold(0.0, f64::max);
        let labels = if y_ticks.is_empty() { 2.0 } else { widest + 6.0 };
        let left = outer.left + y_title.len() as f64 * LINE * size + labels;
        let right = (outer.right - 0.5 * size).max(left + 1.0);
        let area = Bounds { left, top, right, bottom: bottom.max(top + 1.0) };
        let mut panel = Panel {
            area,
            x_axis,
            y_axis,
            x_ticks: Vec::new(),
            y_ticks,
            y_lines,
            outer,
            x_title,
            y_title,
            size,
        };
        panel.give_way();
        panel
    }

    /// Ticks of the horizontal axis. The plot area gives way to labels that reach beyond it; the ticks of a narrower one may
    /// be others.
    fn give_way(&mut self) {
        for _ in 0..3 {
            self.x_ticks = self.measured_x_ticks();
            let (left, right) = self.overhang();
            if left <= 0.0 && right <= 0.0 {
                break;
            }
            let middle = 0.5 * (self.area.left + self.area.right);
            self.area.left = (self.area.left + left).min(middle - 0.5);
            self.area.right = (self.area.right - right).max(middle + 0.5);
        }
    }

    /// By how much labels of the horizontal axis pass the left and the right end of the panel.
    fn overhang(&self) -> (f64, f64) {
        self.x_ticks.iter().fold((0.0, 0.0), |(left, right), (place, label)| {
            let (x, half) = (self.x(*place), font::width(label, self.size, Weight::Regular) / 2.0);
            (f64::max(left, self.outer.left - x + half), f64::max(right, x + half - self.outer.right))
        })
    }

    fn measured_x_ticks(&self) -> Vec<(f64, String)> {
        let size = self.size;
        let span = |tick: &(f64, String)| {
            let half = font::width(&tick.1, size, Weight::Regular) / 2.0;
            (self.x(tick.0) - half, self.x(tick.0) + half)
        };
        let fits = |ticks: &[(f64, String)]| {
            let in_order: Vec<(f64, f64)> = match self.x_axis.reversed {
                true => ticks.iter().rev().map(span).collect(),
                false => ticks.iter().map(span).collect(),
            };
            in_order.windows(2).all(|pair| match pair {
                [a, b] => a.1 + 0.7 * size <= b.0,
                _ => true,
            })
        };
        let ticks = self.x_axis.ticks(fits);
        if !matches!(self.x_axis.labels, TickLabels::Names(_)) {
            return ticks;
        }
        // Names are cut to the distance of their neighbors.
        let apart = ticks
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some((self.x(a.0) - self.x(b.0)).abs()),
                _ => None,
            })
            .fold(f64::INFINITY, f64::min);
        let width = self.area.right - self.area.left;
        ticks
            .into_iter()
            .map(|(place, name)| {
                let to_edge = 2.0 * (self.x(place) - self.outer.left).min(self.outer.right - self.x(place));
                let room = (apart - 0.5 * size).min(width).min(to_edge);
                (place, font::cut(&font::clean(&name), room, |text| font::width(text, size, Weight::Regular)))
            })
            .collect()
    }

    /// The point of the page at a place of the horizontal axis.
    pub fn x(&self, place: f64) -> f64 {
        self.area.left + self.x_axis.share(place) * (self.area.right - self.area.left)
    }

    /// The point of the page at a place of the vertical axis.
    pub fn y(&self, place: f64) -> f64 {
        self.area.bottom - self.y_axis.share(place) * (self.area.bottom - self.area.top)
    }

    /// True if a place lies within both axes.
    pub fn shows(&self, (x, y): (f64, f64)) -> bool {
        let inside = |axis: &Axis, place: f64| {
            let slack = 1e-9 * (axis.high - axis.low);
            place >= axis.low - slack && place <= axis.high + slack
        };
        inside(&self.x_axis, x) && inside(&self.y_axis, y)
    }

    /// A symbol at a place, left out where the axes do not reach it. A hint shows under the pointer.
    pub fn symbol(
        &self,
        page: &mut Page,
        class: &str,
        place: (f64, f64),
        (symbol, radius, paint): (Symbol, f64, Paint),
        hint: Option<String>,
    ) {
        if self.shows(place) {
            let shape = symbol.shape((self.x(place.0), self.y(place.1)), radius, paint);
            page.scene.elements.push(Element { class: class.to_owned(), shape, hint });
        }
    }

    /// A round point at a place, left out where the axes do not reach it.
    pub fn point(
        &self,
        page: &mut Page,
        class: &str,
        place: (f64, f64),
        radius: f64,
        paint: Paint,
        hint: Option<String>,
    ) {
        self.symbol(page, class, place, (Symbol::Circle, radius, paint), hint);
    }

    /// A chain of lines through places, cut at the axes; it breaks at places that are no numbers.
    pub fn polyline(&self, page: &mut Page, class: &str, places: &[(f64, f64)], stroke: Stroke) {
        let mut piece: Vec<(f64, f64)> = Vec::new();
        let flush = |piece: &mut Vec<(f64, f64)>, page: &mut Page| {
            if piece.len() > 1 {
                page.scene.push(class, Shape::Polyline { points: std::mem::take(piece), stroke });
            }
            piece.clear();
        };
        for pair in places.windows(2) {
            let [a, b] = pair else { continue };
            let on_page = |p: &(f64, f64)| (self.x(p.0), self.y(p.1));
            match cut_line(on_page(a), on_page(b), &self.area) {
                Some((from, to)) => {
                    if piece.last().is_none_or(|last| distance(*last, from) > 1e-6) {
                        flush(&mut piece, page);
                        piece.push(from);
                    }
                    piece.push(to);
                }
                None => flush(&mut piece, page),
            }
        }
        flush(&mut piece, page);
    }

    /// A line between two places, cut at the axes.
    pub fn line(&self, page: &mut Page, class: &str, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let on_page = |p: (f64, f64)| (self.x(p.0), self.y(p.1));
        if let Some((from, to)) = cut_line(on_page(from), on_page(to), &self.area) {
            page.scene.push(class, Shape::Line { from, to, stroke });
        }
    }

    /// A vertical line across the plot area.
    pub fn vertical(&self, page: &mut Page, class: &str, x: f64, stroke: Stroke) {
        self.line(page, class, (x, self.y_axis.low), (x, self.y_axis.high), stroke);
    }

    /// A horizontal line across the plot area.
    pub fn horizontal(&self, page: &mut Page, class: &str, y: f64, stroke: Stroke) {
        self.line(page, class, (self.x_axis.low, y), (self.x_axis.high, y), stroke);
    }

    /// A polygon with corners at places, cut at the axes.
    pub fn polygon(&self, page: &mut Page, class: &str, places: &[(f64, f64)], paint: Paint) {
        let corners: Vec<(f64, f64)> = places.iter().map(|p| (self.x(p.0), self.y(p.1))).collect();
        if corners.iter().any(|(x, y)| !(x.is_finite() && y.is_finite())) {
            return;
        }
        let points = cut_polygon(corners, &self.area);
        if points.len() > 2 {
            page.scene.push(class, Shape::Polygon { points, paint });
        }
    }

    /// The area between two curves over the same horizontal places, cut at the axes.
    pub fn band(
        &self,
        page: &mut Page,
        class: &str,
        lower: &[(f64, f64)],
        upper: &[(f64, f64)],
        color: Color,
    ) {
        let outline: Vec<(f64, f64)> = lower.iter().chain(upper.iter().rev()).copied().collect();
        self.polygon(page, class, &outline, Paint::fill(color));
    }

    /// A rectangle between two places, cut at the axes.
    pub fn bar(&self, page: &mut Page, class: &str, a: (f64, f64), b: (f64, f64), paint: Paint) {
        let area = &self.area;
        let (xa, xb) = (self.x(a.0).clamp(area.left, area.right), self.x(b.0).clamp(area.left, area.right));
        let (ya, yb) = (self.y(a.1).clamp(area.top, area.bottom), self.y(b.1).clamp(area.top, area.bottom));
        let (x, y, width, height) = (xa.min(xb), ya.min(yb), (xa - xb).abs(), (ya - yb).abs());
        if width > 0.0 && height > 0.0 {
            page.scene.push(class, Shape::Rect { x, y, width, height, paint });
        }
    }

    /// The axes with ticks, labels and titles; drawn last, they stand over what they bound.
    pub fn axes(&self, page: &mut Page) {
        let rule = Stroke::solid(page.theme.ink, page.theme.rule);
        let Bounds { left, top, right, bottom } = self.area;
        let size = self.size;
        let points = vec![(left, top), (left, bottom), (right, bottom)];
        page.scene.push("axis", Shape::Polyline { points, stroke: rule });
        for ((place, _), lines) in self.y_ticks.iter().zip(&self.y_lines) {
            let y = self.y(*place);
            page.scene.push("tick", Shape::Line { from: (left - TICK, y), to: (left, y), stroke: rule });
            let first = y - 0.5 * (lines.len().saturating_sub(1)) as f64 * NAME_LINE * size;
            for (i, line) in lines.iter().enumerate() {
                let baseline = first + i as f64 * NAME_LINE * size + font::CAPITAL * size / 2.0;
                let text = page.text(left - 4.5, baseline, line, Anchor::End);
                page.scene.push("tick-label", Shape::Text(text));
            }
        }
        let foot = bottom + 3.5 + 0.95 * size;
        for (place, label) in &self.x_ticks {
            let x = self.x(*place);
            page.scene.push("tick", Shape::Line { from: (x, bottom), to: (x, bottom + TICK), stroke: rule });
            let text = page.text(x, foot, label, Anchor::Middle);
            page.scene.push("tick-label", Shape::Text(text));
        }
        let room =
            if matches!(self.x_axis.labels, TickLabels::Nothing) { bottom + 2.0 } else { foot + 0.35 * size };
        for (i, line) in self.x_title.iter().enumerate() {
            let y = room + (i + 1) as f64 * LINE * size - 0.35 * size;
            let mut text = page.text((left + right) / 2.0, y, line, Anchor::Middle);
            let half = text.width() / 2.0;
            text.x = text.x.min(self.outer.right - half).max(self.outer.left + half);
            page.scene.push("axis-label", Shape::Text(text));
        }
        for (i, line) in self.y_title.iter().enumerate() {
            let x = self.outer.left + size * 0.92 + i as f64 * LINE * size;
            let mut text = page.text(x, (top + bottom) / 2.0, line, Anchor::Middle);
            let half = text.width() / 2.0;
            text.y = text.y.max(self.outer.top + half);
            text.rotation = -90.0;
            page.scene.push("axis-label", Shape::Text(text));
        }
    }
}
