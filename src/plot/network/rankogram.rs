//! Rankograms: the probability of each rank, treatment by treatment.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    network::Ranking,
    plot::{
        Figure, Scene, font,
        frame::{Axis, Look, Page, TickLabels},
        number,
        scene::{Paint, Stroke, Weight},
    },
};

/// Small panels, one for each treatment from the best P-score on: bars are probabilities of ranks, the line their sum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rankogram {
    /// The ranking.
    pub ranking: Ranking,
    /// Size, theme and heading.
    pub look: Look,
}

impl Ranking {
    /// The rankogram of this ranking.
    pub fn rankogram(&self) -> Rankogram {
        let rows = (self.treatments.len() as f64 / 5.0).ceil();
        Rankogram { ranking: self.clone(), look: Look::new(170.0, (20.0 + 36.0 * rows).clamp(50.0, 240.0)) }
    }
}

impl Figure for Rankogram {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let ranking = &self.ranking;
        let t = ranking.treatments.len();
        if t == 0 {
            return Err(Error::data("no treatments", "rank two or more"));
        }
        let best: Vec<String> = ranking.order.iter().take(3).cloned().collect();
        let description =
            format!("Rank probabilities of {t} treatments; the best P-scores: {}.", best.join(", "));
        let mut page = Page::new(&self.look, "Rankogram", description)?;
        page.note(&format!(
            "Bars: probability of each rank; line: of this rank or a better one. P: P-score. POTH {}.",
            number::fixed(ranking.poth, 2)
        ));
        let width = page.area.right - page.area.left;
        let height = page.area.bottom - page.area.top;
        let columns = (1..=t)
            .min_by(|a, b| {
                let shape = |c: usize| {
                    let rows = t.div_ceil(c) as f64;
                    ((width / c as f64) / (height / rows) / 1.35).ln().abs()
                };
                shape(*a).total_cmp(&shape(*b))
            })
            .unwrap_or(1);
        let rows = t.div_ceil(columns);
        let cells = page.cells(columns, rows);
        let ordered =
            ranking.order.iter().filter_map(|n| ranking.treatments.iter().find(|t| t.treatment == *n));
        for (at, (treatment, cell)) in ordered.zip(cells).enumerate() {
            let score = format!("P {}", number::fixed(treatment.p_score, 2));
            let room =
                cell.right - cell.left - font::width(&score, 0.95 * page.size, Weight::Bold) - page.size;
            let measure = |text: &str| font::width(text, 0.95 * page.size, Weight::Bold);
            let name = font::cut(&font::clean(&treatment.treatment), room, measure);
            let area = page.headed(cell, &format!("{name}  {score}"));
            let (first, lowest) = (at % columns == 0, at / columns + 1 == rows || at + columns >= t);
            self.panel(&mut page, area, treatment, first, lowest);
        }
        Ok(page.finish())
    }
}

impl Rankogram {
    fn panel(
        &self,
        page: &mut Page,
        area: crate::plot::scene::Bounds,
        treatment: &crate::network::RankedTreatment,
        first: bool,
        lowest: bool,
    ) {
        let theme = page.theme;
        let t = treatment.rank_probabilities.len() as f64;
        let narrow = area.right - area.left < 9.0 * page.size;
        let title = if lowest && !narrow { "Rank" } else { "" };
        let x = Axis::linear(title, 0.5, t + 0.5).most(if narrow { 3 } else { 6 });
        let y = Axis::linear("", 0.0, 1.0).most(3);
        let y = if first { y } else { y.labels(TickLabels::Nothing) };
        let panel = page.panel(area, &x, &y);
        let mut sum = 0.0;
        let mut line = Vec::with_capacity(treatment.rank_probabilities.len());
        for (rank, p) in treatment.rank_probabilities.iter().enumerate() {
            let at = rank as f64 + 1.0;
            sum += p;
            line.push((at, sum.min(1.0)));
            panel.bar(page, "bar", (at - 0.38, 0.0), (at + 0.38, *p), Paint::fill(theme.subtotal));
        }
        panel.polyline(page, "cumulative", &line, Stroke::solid(theme.summary, 0.9));
        panel.axes(page);
    }
}
