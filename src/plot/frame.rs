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

use serde::{Deserialize, Serialize};

use super::{
    axis::{self, AxisKind, Tick},
    font, number,
    scene::{Anchor, Bounds, POINTS_PER_MM, Paint, Scene, Shape, Stroke, Text, Weight},
    theme::{Color, Symbol, Theme},
};
use crate::{Error, Result};

/// Distance of lines of text, in ems.
pub(crate) const LINE: f64 = 1.35;
/// Half of the width of a symbol in a legend, in points of text size.
const KEY: f64 = 0.32;

/// Size, theme and heading, which every kind of figure has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Look {
    /// A heading above the figure; journals set their own, so that none is the default.
    pub title: Option<String>,
    /// Width of the figure in millimetres: 170 for a journal's page, 85 for one of two columns.
    pub width_mm: f64,
    /// Height of the figure in millimetres.
    pub height_mm: f64,
    /// Colors and sizes.
    pub theme: Theme,
}

impl Look {
    /// A figure of this size without a heading.
    pub fn new(width_mm: f64, height_mm: f64) -> Self {
        Look { title: None, width_mm, height_mm, theme: Theme::default() }
    }

    /// The size of its text: a little smaller on a narrow page.
    pub fn text_size(&self) -> f64 {
        (if self.width_mm < 100.0 { 0.875 } else { 1.0 }) * self.theme.size
    }

    fn check(&self) -> Result<()> {
        let range = 45.0..=2000.0;
        if !(range.contains(&self.width_mm) && range.contains(&self.height_mm)) {
            let found = format!("{} by {} mm", self.width_mm, self.height_mm);
            return Err(Error::setting("size", found, "give a width and a height between 45 and 2000 mm"));
        }
        if !(self.theme.size > 0.0 && self.theme.size <= 20.0 && (0.0..40.0).contains(&self.theme.margin)) {
            let found = format!("text of {} points, margin {}", self.theme.size, self.theme.margin);
            return Err(Error::setting("theme", found, "give a size up to 20 points and a margin below 40"));
        }
        Ok(())
    }
}

/// Adds the setters of a figure's [`Look`] to its type.
macro_rules! look_setters {
    () => {
        /// A heading above the figure.
        #[must_use]
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.look.title = Some(title.into());
            self
        }

        /// Width and height of the figure in millimetres.
        #[must_use]
        pub fn size_mm(mut self, width: f64, height: f64) -> Self {
            (self.look.width_mm, self.look.height_mm) = (width, height);
            self
        }

        /// Colors and sizes.
        #[must_use]
        pub fn theme(mut self, theme: $crate::plot::Theme) -> Self {
            self.look.theme = theme;
            self
        }

        /// Lays the figure out and writes it in the format that the file's extension names.
        ///
        /// # Errors
        ///
        /// Those of [`scene`](Self::scene) and of [`Scene::save`](crate::plot::Scene::save).
        pub fn save(&self, path: impl AsRef<std::path::Path>) -> $crate::Result<()> {
            self.scene()?.save(path)
        }
    };
}
pub(crate) use look_setters;

/// An axis: its title, the places at its ends, and how they are read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Axis {
    /// What stands along it; empty for none.
    pub title: String,
    /// Whether places are values or their logarithms.
    pub kind: AxisKind,
    /// The lower place.
    pub low: f64,
    /// The upper place.
    pub high: f64,
    /// Whether the lower place is at the right or the top.
    pub reversed: bool,
    /// What is written at its ticks.
    pub labels: TickLabels,
    /// The most ticks it has.
    pub most: usize,
}

/// What is written at the ticks of an axis.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum TickLabels {
    /// Numbers at round values.
    #[default]
    Numbers,
    /// The values (0 to 1) in per cent.
    Percent,
    /// Numbers with separated thousands after a sign, such as `£`.
    Money(String),
    /// Names at given places.
    Names(Vec<(f64, String)>),
    /// Nothing, and no ticks.
    Nothing,
}

impl Axis {
    /// An axis between two places.
    pub fn new(kind: AxisKind, title: impl Into<String>, low: f64, high: f64) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        Axis { title: title.into(), kind, low, high, reversed: false, labels: TickLabels::Numbers, most: 9 }
    }

    /// A linear axis between two values.
    pub fn linear(title: impl Into<String>, low: f64, high: f64) -> Self {
        Axis::new(AxisKind::Linear, title, low, high)
    }

    /// An axis that shows all finite places of `places` with a margin of `pad` times their span at both ends.
    pub fn around(
        kind: AxisKind,
        title: impl Into<String>,
        places: impl IntoIterator<Item = f64>,
        pad: f64,
    ) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for place in places.into_iter().filter(|place| place.is_finite()) {
            (low, high) = (low.min(place), high.max(place));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let span = high - low;
        let margin = if span > 1e-12 * low.abs().max(high.abs()) && span > 0.0 {
            pad * span
        } else if low == 0.0 {
            0.5
        } else {
            0.1 * low.abs()
        };
        Axis::new(kind, title, low - margin, high + margin)
    }

    /// Lets the lower place stand at the right or the top.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.reversed = true;
        self
    }

    /// What is written at its ticks.
    #[must_use]
    pub fn labels(mut self, labels: TickLabels) -> Self {
        self.labels = labels;
        self
    }

    /// The most ticks.
    #[must_use]
    pub fn most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// From the lower place to the upper one: 0 to 1.
    fn share(&self, place: f64) -> f64 {
        let share = (place - self.low) / (self.high - self.low);
        if self.reversed { 1.0 - share } else { share }
    }

    fn good(&self) -> bool {
        self.low.is_finite() && self.high.is_finite() && self.high > self.low
    }

    /// Ticks as places with labels, those that `fits` judges to fit.
    fn ticks(&self, fits: impl Fn(&[(f64, String)]) -> bool) -> Vec<(f64, String)> {
        let inside = |place: f64| {
            let slack = 1e-9 * (self.high - self.low);
            place >= self.low - slack && place <= self.high + slack
        };
        let placed = |ticks: &[Tick]| -> Vec<(f64, String)> {
            ticks.iter().map(|tick| (self.kind.position(tick.value), self.write(tick))).collect()
        };
        match &self.labels {
            TickLabels::Nothing => Vec::new(),
            TickLabels::Names(names) => names.iter().filter(|(place, _)| inside(*place)).cloned().collect(),
            _ => {
                let (low, high) = (self.kind.value(self.low), self.kind.value(self.high));
                placed(&axis::ticks(self.kind, low, high, self.most, |ticks| fits(&placed(ticks))))
            }
        }
    }

    fn write(&self, tick: &Tick) -> String {
        match &self.labels {
            TickLabels::Percent => format!("{}%", number::shortest(100.0 * tick.value)),
            TickLabels::Money(sign) => number::money(tick.value, sign),
            _ => tick.label.clone(),
        }
    }
}

/// An entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// What the mark means.
    pub label: String,
    /// The mark.
    pub mark: Mark,
}

/// What stands beside a label in a legend.
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

/// A page under construction.
#[derive(Debug, Clone)]
pub struct Page {
    /// What has been drawn.
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
    /// [`Error::Setting`] for a size that is out of range.
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
        self.scene
    }
}

/// A plot area between two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The plot area on the page.
    pub area: Bounds,
    /// The horizontal axis.
    pub x_axis: Axis,
    /// The vertical axis.
    pub y_axis: Axis,
    /// Where the ticks of the horizontal axis stand, and their labels.
    pub x_ticks: Vec<(f64, String)>,
    /// Those of the vertical axis.
    pub y_ticks: Vec<(f64, String)>,
    outer: Bounds,
    x_title: Vec<String>,
    y_title: Vec<String>,
    size: f64,
}

/// Length of a tick in points.
const TICK: f64 = 2.5;

impl Panel {
    fn new(page: &Page, outer: Bounds, x: &Axis, y: &Axis) -> Self {
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
        let apart = |ticks: &[(f64, String)]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => (y_axis.share(b.0) - y_axis.share(a.0)).abs() * tall > 1.6 * size,
                _ => true,
            })
        };
        let mut y_ticks = y_axis.ticks(apart);
        if matches!(y_axis.labels, TickLabels::Names(_)) {
            for (_, name) in &mut y_ticks {
                *name = font::cut(&font::clean(name), 0.42 * width, measure);
            }
        }
        let widest = y_ticks.iter().map(|(_, label)| measure(label)).fold(0.0, f64::max);
        let labels = if y_ticks.is_empty() { 2.0 } else { widest + 6.0 };
        let left = outer.left + y_title.len() as f64 * LINE * size + labels;
        let right = (outer.right - 0.5 * size).max(left + 1.0);
        let area = Bounds { left, top, right, bottom: bottom.max(top + 1.0) };
        let mut panel =
            Panel { area, x_axis, y_axis, x_ticks: Vec::new(), y_ticks, outer, x_title, y_title, size };
        panel.x_ticks = panel.measured_x_ticks(page.scene.width);
        panel
    }

    fn measured_x_ticks(&self, page_width: f64) -> Vec<(f64, String)> {
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
            }) && in_order.iter().all(|(left, right)| {
                *left >= self.outer.left.min(self.area.left)
                    && *right <= page_width.min(self.outer.right + 0.4 * size)
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

    /// Whether a place lies within both axes.
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
            page.scene.elements.push(super::scene::Element { class: class.to_owned(), shape, hint });
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
        for (place, label) in &self.y_ticks {
            let y = self.y(*place);
            page.scene.push("tick", Shape::Line { from: (left - TICK, y), to: (left, y), stroke: rule });
            let text = page.text(left - 4.5, y + font::CAPITAL * size / 2.0, label, Anchor::End);
            page.scene.push("tick-label", Shape::Text(text));
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

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs().max((a.1 - b.1).abs())
}

/// The part of a line within an area (Liang and Barsky).
fn cut_line(a: (f64, f64), b: (f64, f64), area: &Bounds) -> Option<((f64, f64), (f64, f64))> {
    if ![a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite()) {
        return None;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    let slack = 1e-9;
    for (p, q) in [
        (-dx, a.0 - area.left + slack),
        (dx, area.right - a.0 + slack),
        (-dy, a.1 - area.top + slack),
        (dy, area.bottom - a.1 + slack),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    let start = if from > 0.0 { at(from) } else { a };
    let end = if to < 1.0 { at(to) } else { b };
    (from <= to).then_some((start, end))
}

/// The part of a polygon within an area (Sutherland and Hodgman).
fn cut_polygon(corners: Vec<(f64, f64)>, area: &Bounds) -> Vec<(f64, f64)> {
    type Side = (fn((f64, f64)) -> f64, f64, f64);
    let sides: [Side; 4] = [
        (|p| p.0, area.left, 1.0),
        (|p| p.0, area.right, -1.0),
        (|p| p.1, area.top, 1.0),
        (|p| p.1, area.bottom, -1.0),
    ];
    sides.into_iter().fold(corners, |points, (coordinate, edge, sign)| {
        let inside = |p: (f64, f64)| sign * (coordinate(p) - edge) >= 0.0;
        let mut out = Vec::with_capacity(points.len() + 4);
        for (i, &b) in points.iter().enumerate() {
            let a = match i {
                0 => points.last().copied().unwrap_or(b),
                _ => points.get(i - 1).copied().unwrap_or(b),
            };
            if inside(a) != inside(b) {
                let t = (edge - coordinate(a)) / (coordinate(b) - coordinate(a));
                out.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
            if inside(b) {
                out.push(b);
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

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
