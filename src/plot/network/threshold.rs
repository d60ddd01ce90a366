//! The threshold forest: by how far each contrast may move before another treatment is recommended.

use serde::{Deserialize, Serialize};

use super::super::EffectAxis;
use crate::{
    Error, Level, Result,
    network::{Network, Threshold, Thresholds},
    plot::{
        Figure, Scene, font,
        frame::{Axis, Key, Look, Page, TickLabels},
        number,
        scene::{Anchor, Paint, Shape, Stroke, Text, Weight},
    },
};

/// Contrasts with their confidence intervals over the range in which the recommendation stays, the most fragile first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThresholdForest {
    /// The treatment that is recommended.
    pub recommended: String,
    /// The contrasts.
    pub rows: Vec<Threshold>,
    /// The axis.
    pub axis: EffectAxis,
    /// The level of the confidence intervals.
    pub level: Level,
    /// The most rows; the others are counted in a note.
    pub most: usize,
    /// Size, theme and heading.
    pub look: Look,
}

impl Thresholds {
    /// The threshold forest of these thresholds.
    pub fn forest_plot(&self, network: &Network, level: Level) -> ThresholdForest {
        let rows: Vec<Threshold> = self.rows.iter().filter(|row| row.estimate.is_some()).cloned().collect();
        let shown = rows.len().min(40) as f64;
        ThresholdForest {
            recommended: self.recommended.clone(),
            rows,
            axis: EffectAxis::of_network(network),
            level,
            most: 40,
            look: Look::new(170.0, (32.0 + 4.6 * shown).clamp(60.0, 240.0)),
        }
    }
}

impl Figure for ThresholdForest {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let rows = self.ordered();
        if rows.is_empty() {
            return Err(Error::data(
                "no contrasts with estimates",
                "read the thresholds of a network's studies",
            ));
        }
        let description = format!(
            "Thresholds of {} contrasts for the recommendation of {}, the most fragile first.",
            rows.len(),
            self.recommended
        );
        let mut page = Page::new(&self.look, "Threshold forest", description)?;
        let theme = page.theme;
        let left_out = self.rows.len().saturating_sub(rows.len());
        let rest = if left_out > 0 {
            format!(" {left_out} less fragile contrasts are not shown.")
        } else {
            String::new()
        };
        page.note(&format!(
            "Within the band {} stays recommended; names beside it are best beyond. Dark bands end within the interval.{rest}",
            self.recommended
        ));
        let (stays, fragile) = (theme.contours[1], theme.prediction.mix(theme.paper, 0.55));
        page.legend(&[
            Key::area("recommendation stays", Paint::fill(stays)),
            Key::area("stays, but less far than the interval", Paint::fill(fragile)),
        ]);
        let size =
            page.size.min(0.7 * (page.area.bottom - page.area.top - 3.0 * page.size) / rows.len() as f64);
        let (low, high) = self.limits(&rows);
        let names = rows.iter().enumerate().map(|(at, row)| (-(at as f64), label(row))).collect();
        let y = Axis::linear("", 0.5 - rows.len() as f64, 0.5).labels(TickLabels::Names(names));
        let x = Axis::new(self.axis.kind, self.axis.label.clone(), low, high);
        let panel = page.panel(page.area, &x, &y);
        let z = self.level.critical_value(None);
        for (at, row) in rows.iter().enumerate() {
            let (y, estimate) = (-(at as f64), row.estimate.unwrap_or(0.0));
            let half = z * row.se.unwrap_or(0.0);
            let ends = (row.lower.map(|l| estimate + l), row.upper.map(|u| estimate + u));
            let color = if is_fragile(row, half) { fragile } else { stays };
            let band = (ends.0.unwrap_or(low).max(low), ends.1.unwrap_or(high).min(high));
            panel.bar(&mut page, "band", (band.0, y - 0.4), (band.1, y + 0.4), Paint::fill(color));
            let line = Stroke::solid(theme.ink, theme.interval_line);
            panel.line(&mut page, "interval", (estimate - half, y), (estimate + half, y), line);
            let hint = format!("{}: {} ± {}", label(row), number::fixed(estimate, 3), number::fixed(half, 3));
            panel.point(&mut page, "point", (estimate, y), 0.22 * size, Paint::fill(theme.study), Some(hint));
            for (end, name, anchor) in
                [(ends.0, &row.lower_treatment, Anchor::End), (ends.1, &row.upper_treatment, Anchor::Start)]
            {
                if let (Some(end), Some(name)) = (end.filter(|e| (low..=high).contains(e)), name) {
                    // Beyond the interval, too, so that its line covers no name.
                    let end = if anchor == Anchor::End {
                        end.min(estimate - half)
                    } else {
                        end.max(estimate + half)
                    };
                    self.beside(&mut page, &panel, (end, y), name, (anchor, 0.8 * size));
                }
            }
        }
        if let Some(null) = self.axis.null.filter(|n| (low..=high).contains(n)) {
            panel.vertical(&mut page, "null", null, Stroke::solid(theme.soft, theme.rule));
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }
}

impl ThresholdForest {
    fn beside(
        &self,
        page: &mut Page,
        panel: &crate::plot::frame::Panel,
        (x, y): (f64, f64),
        name: &str,
        (anchor, size): (Anchor, f64),
    ) {
        let gap = 0.3 * size;
        let at = panel.x(x) + if anchor == Anchor::End { -gap } else { gap };
        let room = if anchor == Anchor::End { at - panel.area.left } else { panel.area.right - at };
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let content = font::cut(&font::clean(name), room, measure);
        if content.chars().count() > 1 {
            let text = page.text(at, panel.y(y) + 0.36 * size, &content, anchor);
            page.scene.push("next-best", Shape::Text(Text { size, color: page.theme.ink, ..text }));
        }
    }

    /// By how few standard errors the recommendation changes.
    fn ordered(&self) -> Vec<&Threshold> {
        let fragility = |row: &Threshold| {
            let nearest =
                [row.lower, row.upper].into_iter().flatten().map(f64::abs).fold(f64::INFINITY, f64::min);
            nearest / row.se.filter(|se| *se > 0.0).unwrap_or(1.0)
        };
        let mut rows: Vec<&Threshold> = self.rows.iter().filter(|row| row.estimate.is_some()).collect();
        rows.sort_by(|a, b| fragility(a).total_cmp(&fragility(b)));
        rows.truncate(self.most.max(1));
        rows
    }

    /// The intervals, and the thresholds that are not too far.
    fn limits(&self, rows: &[&Threshold]) -> (f64, f64) {
        let z = self.level.critical_value(None);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for row in rows {
            let (y, half) = (row.estimate.unwrap_or(0.0), z * row.se.unwrap_or(0.0));
            low = low.min(y - half);
            high = high.max(y + half);
        }
        let span = (high - low).max(1e-9);
        for row in rows {
            let y = row.estimate.unwrap_or(0.0);
            low = row.lower.map_or(low, |l| low.min((y + l).max(low - 0.15 * span)));
            high = row.upper.map_or(high, |u| high.max((y + u).min(high + 0.15 * span)));
        }
        (low - 0.1 * span, high + 0.1 * span)
    }
}

fn label(row: &Threshold) -> String {
    let pair =
        row.intervention.as_ref().map_or(row.comparator.clone(), |i| format!("{i} vs {}", row.comparator));
    row.study.as_ref().map_or(pair.clone(), |study| format!("{study}: {pair}"))
}

fn is_fragile(row: &Threshold, half: f64) -> bool {
    [row.lower, row.upper].into_iter().flatten().any(|t| t.abs() < half)
}
