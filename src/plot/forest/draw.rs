//! The forest plot as a scene: the layout filled with text and marks.

use super::{
    input::Forest,
    layout::{self, LIGHT, LINE, Layout, PlacedRow},
    prepare::{self, NOT_ESTIMABLE, Numbers, Prepared, PreparedRow, RowKind, Span},
};
use crate::plot::{Figure, Look};
use crate::{
    Result,
    plot::{
        axis::{self, AxisKind, Tick},
        effect_axis::with_unit,
        font, number,
        review::Judgement,
        scene::{Anchor, Paint, Scene, Shape, Stroke, Text, Weight},
        theme::{Color, Theme},
    },
};

impl Figure for Forest {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`](crate::Error::Data) for an effect that is not a number, whose limits are swapped or which the
    /// axis cannot show, and for no row with an effect; [`Error::Setting`](crate::Error::Setting) for limits or a
    /// width out of range.
    fn scene(&self) -> Result<Scene> {
        let prepared = prepare::prepare(self)?;
        let layout = layout::layout(self, &prepared)?;
        Ok(self.drawn(&prepared, &layout))
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        with_unit(&mut self.effect_label, self.axis, unit)
    }
}

pub(super) struct Drawing<'a> {
    pub forest: &'a Forest,
    pub prepared: &'a Prepared,
    pub layout: &'a Layout,
    pub theme: &'a Theme,
}

impl Drawing<'_> {
    pub fn draw(&self) -> Scene {
        let mut scene = Scene::new(self.layout.width, 0.0);
        scene.background = self.theme.paper;
        scene.title = self
            .forest
            .look
            .title
            .clone()
            .unwrap_or_else(|| format!("Forest plot: {}", self.forest.effect_label));
        scene.description = self.description();
        self.header(&mut scene);
        self.vertical_lines(&mut scene);
        for placed in &self.layout.rows {
            if let Some(row) = self.prepared.rows.get(placed.index) {
                self.row(&mut scene, placed, row);
            }
        }
        let bottom = self.axis(&mut scene);
        scene.height = self.footer(&mut scene, bottom) + self.layout.margin;
        if !self.layout.dropped.is_empty() {
            let mut names = self.layout.dropped.clone();
            names.dedup();
            scene.notes.push(format!(
                "columns that found no room at a width of {} mm: {}",
                number::shortest(self.forest.look.width_mm),
                names.join(", ")
            ));
        }
        scene.notes.extend(self.forest.notes.iter().cloned());
        scene.finished(self.theme)
    }

    fn text(&self, x: f64, y: f64, content: &str, anchor: Anchor, weight: Weight) -> Text {
        Text {
            x,
            y,
            content: content.to_owned(),
            size: self.layout.size,
            weight,
            anchor,
            color: self.theme.ink,
            rotation: 0.0,
        }
    }

    /// The page's x of a place along the axis, not clipped.
    fn x(&self, place: f64) -> f64 {
        let share = (place - self.prepared.low) / (self.prepared.high - self.prepared.low);
        self.layout.plot_left + share * (self.layout.plot_right - self.layout.plot_left)
    }

    fn description(&self) -> String {
        let kind = match self.forest.axis {
            AxisKind::Log => " on a logarithmic axis",
            AxisKind::Linear => "",
        };
        let mut text = format!(
            "{} {}{kind}.",
            self.prepared.studies,
            if self.prepared.studies == 1 { "study" } else { "studies" }
        );
        for row in &self.prepared.rows {
            if matches!(row.kind, RowKind::Total | RowKind::Prediction) {
                text.push_str(&format!(" {}: {}.", row.label, prepare::joined(self.forest, &row.numbers)));
            }
        }
        text
    }

    fn header(&self, scene: &mut Scene) {
        let layout = self.layout;
        let line = LINE * layout.size;
        for (i, text) in layout.title.iter().enumerate() {
            let y = layout.title_top + (i as f64 + 0.8) * 1.2 * line;
            let mut text = self.text(layout.margin, y, text, Anchor::Start, Weight::Bold);
            text.size = 1.2 * layout.size;
            scene.push("title", Shape::Text(text));
        }
        // Headers stand on the rule: the last line of each is the lowest.
        let base = layout.header_bottom - 0.45 * line;
        let stand = |scene: &mut Scene, class: &str, x: f64, lines: &[String], anchor: Anchor, base: f64| {
            for (i, content) in lines.iter().enumerate() {
                if !content.is_empty() {
                    let y = base - (lines.len() - 1 - i) as f64 * line;
                    scene.push(class, Shape::Text(self.text(x, y, content, anchor, Weight::Bold)));
                }
            }
        };
        stand(scene, "header", layout.margin, &layout.study_header, Anchor::Start, base);
        for column in layout.columns.iter().chain([&layout.numbers]) {
            stand(scene, "header", column.x(), &column.header, column.align, base);
        }
        for group in &layout.groups {
            let group_base = base - (group.depth as f64 + 0.35) * line;
            stand(
                scene,
                "group-header",
                (group.left + group.right) / 2.0,
                &group.lines,
                Anchor::Middle,
                group_base,
            );
            let y = group_base + 0.38 * line;
            scene.push(
                "group-rule",
                Shape::Line {
                    from: (group.left, y),
                    to: (group.right, y),
                    stroke: Stroke::solid(self.theme.ink, 0.7 * self.theme.rule),
                },
            );
        }
        let y = layout.header_bottom;
        scene.push(
            "rule",
            Shape::Line {
                from: (layout.margin, y),
                to: (layout.width - layout.margin, y),
                stroke: Stroke::solid(self.theme.ink, self.theme.rule),
            },
        );
    }

    /// The null line and that of the summary, which make way for text that runs across the plot.
    fn vertical_lines(&self, scene: &mut Scene) {
        let layout = self.layout;
        let first = layout.rows.iter().find(|placed| {
            self.prepared.rows.get(placed.index).is_some_and(|row| row.kind == RowKind::Study)
        });
        let last = layout.rows.iter().rev().find(|placed| {
            self.prepared.rows.get(placed.index).is_some_and(|row| row.kind == RowKind::Total)
        });
        if let Some(null) = self.prepared.null {
            let stroke = Stroke::solid(self.theme.ink, 0.9 * self.theme.rule);
            self.broken(scene, "null-line", self.x(null), layout.header_bottom, layout.rows_bottom, stroke);
        }
        // On one of several pages the line runs to the foot if the estimate stands on a later one.
        if let (Some(summary), Some(first)) = (self.prepared.summary, first.or(last)) {
            let (top, bottom) = (first.top, last.map_or(layout.rows_bottom, |last| last.top));
            let stroke = Stroke::dashed(self.theme.summary, 0.8 * self.theme.rule, 2.0, 2.0);
            self.broken(scene, "summary-line", self.x(summary), top, bottom, stroke);
        }
    }

    fn broken(&self, scene: &mut Scene, class: &str, x: f64, top: f64, bottom: f64, stroke: Stroke) {
        let mut from = top;
        let mut segment = |from: f64, to: f64| {
            if to > from + 0.5 {
                scene.push(class, Shape::Line { from: (x, from), to: (x, to), stroke });
            }
        };
        let reaches = |row: &&PlacedRow| row.across.is_some_and(|end| end + 0.4 * self.layout.size > x);
        for row in self.layout.rows.iter().filter(reaches) {
            segment(from, row.top.min(bottom));
            from = from.max(row.bottom);
        }
        segment(from, bottom);
    }

    fn row(&self, scene: &mut Scene, placed: &PlacedRow, row: &PreparedRow) {
        let (layout, size) = (self.layout, self.layout.size);
        let middle = (placed.top + placed.bottom) / 2.0;
        let weight = layout::row_weight(row.kind);
        let line = LINE * size;
        let class = match row.kind {
            RowKind::Heading => "heading",
            RowKind::Note | RowKind::Sums => "note",
            RowKind::Study => "study",
            RowKind::Subtotal | RowKind::Total => "summary",
            RowKind::Prediction => "prediction-label",
        };
        let first = middle - (placed.lines.len() as f64 - 1.0) * line / 2.0 + font::CAPITAL * size / 2.0;
        for (i, content) in placed.lines.iter().enumerate().filter(|(_, content)| !content.is_empty()) {
            let mut text = self.text(placed.left, first + i as f64 * line, content, Anchor::Start, weight);
            text.size = layout::row_size(row.kind, size);
            if placed.cut {
                scene.push_with_hint(class, Shape::Text(text), row.label.clone());
            } else {
                scene.push(class, Shape::Text(text));
            }
        }
        if matches!(row.kind, RowKind::Heading | RowKind::Note) {
            return;
        }
        let base = middle + font::CAPITAL * size / 2.0;
        for column in &layout.columns {
            let content = match column.index {
                Some(i) => row.cells.get(i).map_or("", |cell| cell.as_str()),
                None => row.weight_text.as_str(),
            };
            let input = column.index.and_then(|i| self.forest.columns.get(i));
            if let Some(input) = input.filter(|input| input.lights) {
                if let Some(judgement) = Judgement::read(content) {
                    let radius = (0.5 * LIGHT * size).min(0.44 * (placed.bottom - placed.top));
                    let hint = format!("{}, {}: {judgement} risk of bias", row.label, input.header);
                    judgement.draw(scene, self.theme, (column.x(), middle), radius, &hint);
                }
            } else if !content.is_empty() {
                let text = self.text(column.x(), base, content, column.align, weight);
                scene.push(if column.index.is_some() { "cell" } else { "weight" }, Shape::Text(text));
            }
        }
        self.numbers(scene, base, row, weight);
        if let Some(span) = row.span {
            self.mark(scene, middle, row, span);
        }
    }

    /// "0.49 [0.34, 0.70]" in three parts, so that decimals align.
    fn numbers(&self, scene: &mut Scene, base: f64, row: &PreparedRow, weight: Weight) {
        let right = self.layout.numbers.x();
        let parts = &self.layout.parts;
        let (open, between, close) = self.forest.interval_style.marks();
        let mut put = |x: f64, content: &str| {
            scene.push("estimate", Shape::Text(self.text(x, base, content, Anchor::End, weight)));
        };
        match &row.numbers {
            Numbers::None => {}
            Numbers::NotEstimable => put(right, NOT_ESTIMABLE),
            Numbers::Interval { estimate, lower, upper } => {
                if let Some(estimate) = estimate {
                    put(right - parts.estimate_end, estimate);
                }
                put(right - parts.lower_end, &format!("{open}{lower}{between}"));
                put(right, &format!("{upper}{close}"));
            }
        }
    }

    fn mark(&self, scene: &mut Scene, y: f64, row: &PreparedRow, span: Span) {
        let hint = format!("{}: {}", row.label, prepare::joined(self.forest, &row.numbers));
        let size = self.layout.size;
        match row.kind {
            RowKind::Study => {
                if let Some(fitted) = row.fitted {
                    let color = self.theme.paper.mix(self.theme.subtotal, 0.6);
                    self.diamond(scene, "fitted", y, fitted, color, hint.clone());
                }
                let stroke = Stroke::solid(self.theme.ink, self.theme.interval_line);
                self.interval(scene, "interval", y, span, stroke, 0.27 * size);
                self.square(scene, y, row, span, hint);
            }
            RowKind::Prediction => {
                let height = 0.22 * size;
                let (left, right) = self.clipped(span);
                if right > left {
                    let shape = Shape::Rect {
                        x: left,
                        y: y - height / 2.0,
                        width: right - left,
                        height,
                        paint: Paint::fill(self.theme.prediction),
                    };
                    scene.push_with_hint("prediction", shape, hint);
                }
                let stroke = Stroke::solid(self.theme.prediction, height);
                self.arrows(scene, y, span, stroke, 0.4 * size);
            }
            RowKind::Subtotal | RowKind::Total => {
                let color = if row.kind == RowKind::Total { self.theme.summary } else { self.theme.subtotal };
                self.diamond(scene, "diamond", y, span, color, hint);
            }
            RowKind::Heading | RowKind::Note | RowKind::Sums => {}
        }
    }

    /// The part of an interval that the axis shows, on the page; left is right of right if it shows none.
    fn clipped(&self, span: Span) -> (f64, f64) {
        let (low, high) = (self.prepared.low, self.prepared.high);
        (self.x(span.lower.max(low).min(high)), self.x(span.upper.min(high).max(low)))
    }

    fn interval(&self, scene: &mut Scene, class: &str, y: f64, span: Span, stroke: Stroke, head: f64) {
        let (left, right) = self.clipped(span);
        // A line under an arrow ends in its middle, so that the head stays sharp.
        let from = if span.lower < self.prepared.low { left + head } else { left };
        let to = if span.upper > self.prepared.high { right - head } else { right };
        if to > from {
            scene.push(class, Shape::Line { from: (from, y), to: (to, y), stroke });
        }
        self.arrows(scene, y, span, stroke, head);
    }

    /// Heads where an interval goes on beyond the axis.
    fn arrows(&self, scene: &mut Scene, y: f64, span: Span, stroke: Stroke, head: f64) {
        let (left, right) = (self.layout.plot_left, self.layout.plot_right);
        let mut arrow = |tip: f64, back: f64| {
            let points = vec![(tip, y), (back, y - 0.8 * head), (back, y + 0.8 * head)];
            scene.push("arrow", Shape::Polygon { points, paint: Paint::fill(stroke.color) });
        };
        if span.lower < self.prepared.low {
            arrow(left, left + 1.5 * head);
        }
        if span.upper > self.prepared.high {
            arrow(right, right - 1.5 * head);
        }
    }

    /// The area is proportional to the weight; without weights all squares are alike.
    fn square(&self, scene: &mut Scene, y: f64, row: &PreparedRow, span: Span, hint: String) {
        let size = self.layout.size;
        let Some(estimate) = span.estimate.filter(|p| *p >= self.prepared.low && *p <= self.prepared.high)
        else {
            return;
        };
        let largest = 1.05 * size;
        let side = match row.weight {
            Some(weight) if self.prepared.largest_weight > 0.0 => {
                largest * (weight / self.prepared.largest_weight).sqrt()
            }
            _ if self.prepared.has_weights => 0.0,
            _ => 0.55 * size,
        };
        let x = self.x(estimate);
        // A square that could not be seen is found by a stroke across the interval.
        if side < 0.3 * size {
            let half = 0.2 * size;
            let stroke = Stroke::solid(self.theme.ink, self.theme.interval_line);
            scene.push("point", Shape::Line { from: (x, y - half), to: (x, y + half), stroke });
        }
        if side > 0.0 {
            let shape = Shape::Rect {
                x: x - side / 2.0,
                y: y - side / 2.0,
                width: side,
                height: side,
                paint: Paint::fill(self.theme.study),
            };
            scene.push_with_hint("square", shape, hint);
            // An interval that its square hides is drawn on it.
            let (from, to) = self.clipped(span);
            if to > from && to - from < side {
                let stroke = Stroke::solid(self.theme.paper, self.theme.interval_line);
                scene.push("interval-inside", Shape::Line { from: (from, y), to: (to, y), stroke });
            }
        }
    }

    /// From limit to limit, with its widest place at the estimate; cut straight where the axis ends.
    fn diamond(&self, scene: &mut Scene, class: &str, y: f64, span: Span, color: Color, hint: String) {
        let half = 0.48 * self.layout.size;
        let Some(estimate) = span.estimate else { return };
        let (low, high) = (self.prepared.low, self.prepared.high);
        let (lower, upper) = (span.lower.max(low), span.upper.min(high));
        if lower >= high || upper <= low {
            self.arrows(scene, y, span, Stroke::solid(color, 1.0), 0.4 * self.layout.size);
            return;
        }
        // Half the height at a place; a limit at infinity makes that side a band.
        let height = |place: f64| {
            let (from, to) = if place <= estimate { (span.lower, estimate) } else { (span.upper, estimate) };
            if from == to || !from.is_finite() {
                half
            } else {
                half * ((place - from) / (to - from)).clamp(0.0, 1.0)
            }
        };
        let mut top = vec![(self.x(lower), height(lower))];
        if estimate > low && estimate < high {
            top.push((self.x(estimate), half));
        }
        top.push((self.x(upper), height(upper)));
        let above = top.iter().map(|(x, h)| (*x, y - h));
        let below = top.iter().rev().filter(|(_, h)| *h > 0.0).map(|(x, h)| (*x, y + h));
        let points: Vec<(f64, f64)> = above.chain(below).collect();
        scene.push_with_hint(class, Shape::Polygon { points, paint: Paint::fill(color) }, hint);
    }

    /// The axis with ticks, its label and what it favours; returns where it ends.
    fn axis(&self, scene: &mut Scene) -> f64 {
        let (layout, theme) = (self.layout, self.theme);
        let size = 0.95 * layout.size;
        let top = layout.rows_bottom;
        let rule = Stroke::solid(theme.ink, theme.rule);
        let (left, right) = (layout.plot_left, layout.plot_right);
        scene.push("axis", Shape::Line { from: (left, top), to: (right, top), stroke: rule });
        let label = |x: f64, y: f64, content: &str, anchor: Anchor| {
            let mut text = self.text(x, y, content, anchor, Weight::Regular);
            text.size = size;
            text
        };
        let mut y = top + 3.0 + 0.95 * size;
        for tick in self.ticks(size) {
            let x = self.x(self.forest.axis.position(tick.value));
            scene.push("tick", Shape::Line { from: (x, top), to: (x, top + 2.5), stroke: rule });
            scene.push("tick-label", Shape::Text(label(x, y, &tick.label, Anchor::Middle)));
        }
        let line = LINE * size;
        if let Some((to_left, to_right)) = &self.forest.favours {
            y += 0.25 * line;
            let center = self.prepared.null.map_or((left + right) / 2.0, |null| self.x(null));
            let (to_left, to_right) = (font::clean(to_left), font::clean(to_right));
            let most = 0.26 * layout.width;
            let measure = |text: &str| font::width(text, size, Weight::Regular);
            let gap = 0.6 * size;
            let mut deepest = 0;
            for (text, room, sign, anchor) in [
                (to_left, center - gap - layout.margin, -1.0, Anchor::End),
                (to_right, layout.width - layout.margin - center - gap, 1.0, Anchor::Start),
            ] {
                if text.is_empty() {
                    continue;
                }
                let text = if sign < 0.0 { format!("← {text}") } else { format!("{text} →") };
                let side = if sign < 0.0 { center - left } else { right - center };
                let lines = font::wrap(&text, room.min(most.max(side - gap)).max(2.0 * size), 3, measure);
                for (i, content) in lines.iter().enumerate() {
                    let text = label(center + sign * gap, y + (i + 1) as f64 * line, content, anchor);
                    scene.push("favours", Shape::Text(text));
                }
                deepest = deepest.max(lines.len());
            }
            y += deepest as f64 * line;
        }
        y += 0.2 * line;
        let scale = if self.forest.axis == AxisKind::Log { ", log scale" } else { "" };
        let title = format!("{}{scale}", self.forest.effect_label);
        let center = (left + right) / 2.0;
        let room = 2.0 * (center - layout.margin).min(layout.width - layout.margin - center);
        let lines = font::wrap(&title, room.min((right - left).max(0.4 * layout.width)), 3, |text| {
            font::width(text, size, Weight::Regular)
        });
        for content in lines {
            y += line;
            scene.push("axis-label", Shape::Text(label(center, y, &content, Anchor::Middle)));
        }
        y + font::DESCENT * size
    }

    fn ticks(&self, size: f64) -> Vec<Tick> {
        let kind = self.forest.axis;
        let (low, high) = (self.prepared.low, self.prepared.high);
        let span = |tick: &Tick| {
            let half = font::width(&tick.label, size, Weight::Regular) / 2.0;
            let x = self.x(kind.position(tick.value));
            (x - half, x + half)
        };
        let fits = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => span(a).1 + 0.7 * size <= span(b).0,
                _ => true,
            }) && ticks
                .iter()
                .all(|tick| span(tick).0 >= self.layout.margin && span(tick).1 <= self.layout.width)
        };
        match &self.forest.ticks {
            Some(values) => {
                let inside = |value: &&f64| {
                    let place = kind.position(**value);
                    place >= low && place <= high
                };
                let mut values: Vec<f64> = values.iter().filter(inside).copied().collect();
                values.sort_by(f64::total_cmp);
                values.dedup();
                // Labels that would touch the one before them are left out; their ticks would say nothing.
                let mut kept: Vec<Tick> = Vec::new();
                for tick in axis::labelled(&values) {
                    if kept.last().is_none_or(|last| span(last).1 + 0.3 * size <= span(&tick).0) {
                        kept.push(tick);
                    }
                }
                kept
            }
            None => axis::ticks(kind, kind.value(low), kind.value(high), 9, fits),
        }
    }

    fn footer(&self, scene: &mut Scene, bottom: f64) -> f64 {
        let size = 0.92 * self.layout.size;
        let mut y = bottom;
        if !self.layout.footer.is_empty() {
            y += 0.5 * size;
        }
        for content in &self.layout.footer {
            let mut text =
                self.text(self.layout.margin, y + 0.95 * size, content, Anchor::Start, Weight::Regular);
            text.size = size;
            scene.push("footer", Shape::Text(text));
            y += LINE * size;
        }
        y
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use crate::{
        Measure,
        plot::{
            Figure, Scene,
            forest::{Forest, ForestColumn, ForestPrediction, ForestStudy, ForestSummary},
            scene::{Bounds, Shape},
        },
    };

    fn forest() -> Forest {
        Forest::of_measure(Measure::MeanDifference)
            .study(ForestStudy::new("A").effect(1.0, 0.0, 2.0).weight(20.0))
            .study(ForestStudy::new("B").effect(3.0, 2.5, 3.5).weight(80.0))
            .summary(ForestSummary::new("All", 2.6, 2.1, 3.1))
    }

    fn bounds(scene: &Scene, class: &str) -> Vec<Bounds> {
        scene.of_class(class).map(|element| element.bounds()).collect()
    }

    #[test]
    fn a_square_of_four_times_the_weight_has_twice_the_side() {
        let scene = forest().scene().unwrap();
        let squares = bounds(&scene, "square");
        let side = |b: &Bounds| b.right - b.left;
        assert!((side(&squares[1]) / side(&squares[0]) - 2.0).abs() < 1e-9);
        assert_eq!(bounds(&scene, "arrow").len(), 0);
    }

    #[test]
    fn what_leaves_the_axis_ends_in_arrows_at_its_ends() {
        let scene = forest()
            .prediction(ForestPrediction::new("Prediction", -9.0, 9.0))
            .study(ForestStudy::new("far").effect(50.0, 40.0, 60.0).weight(1.0))
            .limits(0.5, 3.25)
            .scene()
            .unwrap();
        let axis = &bounds(&scene, "axis")[0];
        let arrows = bounds(&scene, "arrow");
        // A to the left, B to the right, the prediction to both sides, the far study to the right.
        let left = arrows.iter().filter(|b| (b.left - axis.left).abs() < 0.5).count();
        let right = arrows.iter().filter(|b| (b.right - axis.right).abs() < 0.5).count();
        assert_eq!((left, right, arrows.len()), (2, 3, 5));
        assert_eq!(bounds(&scene, "square").len(), 2, "the far study has no square on the page");
        for class in ["interval", "prediction", "diamond", "square", "arrow"] {
            for b in bounds(&scene, class) {
                assert!(b.left >= axis.left - 4.5 && b.right <= axis.right + 4.5, "{class} leaves the plot");
            }
        }
    }

    #[test]
    fn a_diamond_is_cut_straight_where_the_axis_ends() {
        let scene = forest().limits(-1.0, 2.8).scene().unwrap();
        let Shape::Polygon { points, .. } = &scene.of_class("diamond").next().unwrap().shape else {
            panic!()
        };
        assert_eq!(points.len(), 5, "{points:?}");
        let right = points.iter().map(|p| p.0).fold(0.0, f64::max);
        assert_eq!(points.iter().filter(|p| p.0 == right).count(), 2);
        let scene = forest().limits(10.0, 20.0).scene().unwrap();
        assert_eq!(scene.of_class("diamond").count(), 0);
        assert!(scene.of_class("arrow").count() >= 3);
    }

    #[test]
    fn a_study_without_an_effect_says_so() {
        let scene = forest().study(ForestStudy::new("zero")).scene().unwrap();
        assert_eq!(scene.texts().filter(|text| text.content == "not estimable").count(), 1);
        assert_eq!(bounds(&scene, "square").len(), 2);
    }

    #[test]
    fn a_label_that_is_cut_is_whole_under_the_pointer() {
        let name = "n".repeat(500);
        let scene = forest().study(ForestStudy::new(name.as_str()).effect(1.0, 0.0, 2.0)).scene().unwrap();
        let cut = scene.of_class("study").find(|element| element.hint.is_some()).unwrap();
        assert_eq!(cut.hint.as_deref(), Some(name.as_str()));
    }

    #[test]
    fn columns_go_by_priority() {
        let cells = |i: usize| format!("{i}00000 (1000)");
        let mut forest = forest().width_mm(110.0);
        for i in 0..6 {
            forest =
                forest.column(ForestColumn::new(format!("Column {i}")).priority(if i == 4 { 1 } else { 0 }));
        }
        let forest = forest.study(ForestStudy::new("C").effect(1.0, 0.0, 2.0).cells((0..6).map(cells)));
        let scene = forest.scene().unwrap();
        assert!(
            scene.notes[0].contains("Column 5") && !scene.notes[0].contains("Column 4"),
            "{:?}",
            scene.notes
        );
        assert!(scene.texts().any(|text| text.content == cells(4)));
    }

    #[test]
    fn bad_widths_are_named() {
        assert!(forest().width_mm(10.0).scene().is_err());
        assert!(forest().width_mm(f64::NAN).scene().is_err());
        let mut tiny = forest();
        tiny.look.theme.size = 0.0;
        assert!(tiny.scene().is_err());
        let mut huge = forest();
        (huge.look.theme.size, huge.look.theme.smallest_size) = (40.0, 40.0);
        assert!(huge.width_mm(60.0).scene().unwrap_err().to_string().contains("do not hold"));
    }
}
