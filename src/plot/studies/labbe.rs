//! The L'Abbé plot: the risk (or rate) in one group against that in the other, with the lines of no effect and of the pooled
//! effect.
//!
//! Reference: L'Abbé KA, Detsky AS, O'Rourke K (1987), Meta-analysis in clinical research, Annals of Internal Medicine
//! 107:224-233. doi:10.7326/0003-4819-107-2-224

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::radius_of;
use crate::{
    Error, Measure, Result,
    effect::StudyData,
    plot::{
        Scene,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number,
        scene::{Paint, Stroke},
    },
    pool::PoolFit,
};

/// A L'Abbé plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabbePlot {
    /// The studies.
    pub studies: Vec<LabbeStudy>,
    /// The pooled effect and how the risk in the intervention follows from that in the comparator; `None` where the
    /// measure has no such line.
    pub pooled: Option<(f64, LabbeLine)>,
    /// The names of intervention and comparator.
    pub groups: [String; 2],
    /// True if they are rates (of events in time) and not risks.
    pub rates: bool,
    /// Size, theme and heading.
    pub look: Look,
}

/// A study in a L'Abbé plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabbeStudy {
    /// Its name.
    pub label: String,
    /// The risk or rate in the intervention.
    pub intervention: f64,
    /// That in the comparator.
    pub comparator: f64,
    /// Its weight; the area of its circle is proportional to it.
    pub weight: f64,
}

/// The relation of one risk to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LabbeLine {
    /// p₁ = p₂ exp(θ).
    Ratio,
    /// p₁ = p₂ + θ.
    Difference,
    /// The odds of p₁ are those of p₂ times exp(θ).
    Odds,
    /// arcsin √p₁ = arcsin √p₂ + θ.
    Arcsine,
}

impl LabbeLine {
    fn of(measure: Measure) -> Option<Self> {
        Some(match measure {
            Measure::RiskRatio | Measure::RateRatio => LabbeLine::Ratio,
            Measure::RiskDifference | Measure::RateDifference => LabbeLine::Difference,
            Measure::OddsRatio | Measure::PetoOddsRatio => LabbeLine::Odds,
            Measure::ArcsineDifference => LabbeLine::Arcsine,
            _ => return None,
        })
    }

    fn apply(self, p: f64, effect: f64) -> f64 {
        match self {
            LabbeLine::Ratio => p * effect.exp(),
            LabbeLine::Difference => p + effect,
            LabbeLine::Odds => {
                let odds = p / (1.0 - p) * effect.exp();
                if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 }
            }
            LabbeLine::Arcsine => {
                (p.sqrt().asin() + effect).clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2)
            }
        }
    }
}

impl LabbePlot {
    /// The names of intervention and comparator.
    #[must_use]
    pub fn groups(mut self, intervention: impl Into<String>, comparator: impl Into<String>) -> Self {
        self.groups = [intervention.into(), comparator.into()];
        self
    }

    /// The area, as wide as high, and the highest risk or rate of its axes.
    fn panel(&self, page: &mut Page, what: &str) -> (Panel, f64) {
        let [intervention, comparator] = &self.groups;
        let both = || self.studies.iter().flat_map(|s| [s.intervention, s.comparator]);
        let highest = both().fold(0.0, f64::max);
        let end = if self.rates { 1.12 * highest } else { (1.12 * highest).min(1.0) }.max(1e-9);
        let end = if !self.rates && highest > 0.8 { 1.0 } else { end };
        let labels = if self.rates { TickLabels::Numbers } else { TickLabels::Percent };
        // Circles at 0 keep clear of the labels of the axes.
        let lowest = both().fold(end, f64::min);
        let start = if lowest < 0.04 * end { lowest - 0.045 * end } else { 0.0 };
        let axis =
            |group: &str| Axis::linear(format!("{what}, {group}"), start, end).labels(labels.clone()).most(7);
        let (x, y) = (axis(comparator), axis(intervention));
        let first = page.panel(page.area, &x, &y);
        let (width, height) = (first.area.right - first.area.left, first.area.bottom - first.area.top);
        let mut area = page.area;
        let excess = width - height;
        if excess > 0.0 {
            area.left += excess / 2.0;
            area.right -= excess / 2.0;
        } else {
            area.top -= excess;
        }
        (page.panel(area, &x, &y), end)
    }

    /// The studies, the heaviest below the others.
    fn draw_studies(&self, page: &mut Page, panel: &Panel) {
        let theme = page.theme;
        let [intervention, comparator] = &self.groups;
        let most = self.studies.iter().map(|s| s.weight).fold(0.0, f64::max);
        let mut order: Vec<&LabbeStudy> = self.studies.iter().collect();
        order.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let largest = 0.9 * page.size * (30.0 / order.len() as f64).sqrt().clamp(0.55, 1.0);
        let paint = Paint::outlined(theme.paper.mix(theme.study, 0.45), Stroke::solid(theme.study, 0.6));
        let short = |v: f64| match self.rates {
            true => number::shortest((v * 1e4).round() / 1e4),
            false => format!("{}%", number::fixed(100.0 * v, 1)),
        };
        for study in order {
            let radius = radius_of(study.weight, most, largest).max(0.8);
            let hint = format!(
                "{}: {intervention} {}, {comparator} {}",
                study.label,
                short(study.intervention),
                short(study.comparator)
            );
            let place = (study.comparator, study.intervention);
            panel.point(page, "point", place, radius, paint, Some(hint));
        }
    }
}

impl Figure for LabbePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.studies.is_empty() {
            return Err(Error::data("no study", "a L'Abbé plot needs at least one"));
        }
        let what = if self.rates { "Rate" } else { "Risk" };
        let [intervention, comparator] = &self.groups;
        let description = format!(
            "{what} with {intervention} against {} with {comparator} in {} studies.",
            what.to_lowercase(),
            self.studies.len()
        );
        let mut page = Page::new(&self.look, "L'Abbé plot", description)?;
        let theme = page.theme;
        let null = Stroke::solid(theme.soft, theme.rule);
        let pooled = Stroke::dashed(theme.summary, 1.1, 4.0, 2.0);
        let mut keys = vec![Key::line("no effect", null)];
        if self.pooled.is_some() {
            keys.push(Key::line("pooled effect", pooled));
        }
        keys.push(Key::point("study, area by weight", Paint::fill(theme.paper.mix(theme.study, 0.45))));
        page.legend(&keys);
        let (panel, end) = self.panel(&mut page, what);
        panel.line(&mut page, "null-line", (0.0, 0.0), (end, end), null);
        if let Some((effect, line)) = self.pooled {
            let places: Vec<(f64, f64)> =
                (0..=200).map(|i| end * f64::from(i) / 200.0).map(|p| (p, line.apply(p, effect))).collect();
            panel.polyline(&mut page, "summary-line", &places, pooled);
        }
        self.draw_studies(&mut page, &panel);
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl PoolFit {
    /// The L'Abbé plot of this fit. `data` holds the studies of the fit, in the same order.
    ///
    /// # Errors
    ///
    /// If `data` are not events of two groups (as counts or over time), or do not hold as many studies as the fit.
    pub fn labbe_plot(&self, data: &StudyData) -> Result<LabbePlot> {
        let (pairs, rates): (Vec<(f64, f64)>, bool) = match data {
            StudyData::TwoByTwo(rows) => {
                (rows.iter().map(|t| (t.ai() / t.n1i(), t.ci() / t.n2i())).collect(), false)
            }
            StudyData::PersonTime(rows) => {
                (rows.iter().map(|r| (r.x1i() / r.t1i(), r.x2i() / r.t2i())).collect(), true)
            }
            other => {
                return Err(Error::data(
                    format!("data of another kind ({})", other.kind().roles()),
                    "a L'Abbé plot needs events of two groups: ai bi ci di, or x1i t1i x2i t2i",
                ));
            }
        };
        if pairs.len() != self.k {
            return Err(Error::data(
                format!("raw data of {} studies for a fit of {}", pairs.len(), self.k),
                "give the data of the studies that were analysed, in their order",
            ));
        }
        let studies =
            pairs.into_iter().zip(&self.studies).map(|((intervention, comparator), study)| LabbeStudy {
                label: study.study.clone(),
                intervention,
                comparator,
                weight: study.weight.unwrap_or(1.0),
            });
        Ok(LabbePlot {
            studies: studies.collect(),
            pooled: LabbeLine::of(self.measure).map(|line| (self.estimate, line)),
            groups: ["intervention".to_owned(), "comparator".to_owned()],
            rates,
            look: Look::new(100.0, 108.0),
        })
    }
}
