//! From fits to the funnel plot.

use super::{Funnel, FunnelLine, FunnelPoint};
use crate::{
    bias::{Analysis, BiasReport},
    plot::EffectAxis,
    pool::PoolFit,
    text::p_value_sentence,
};

impl PoolFit {
    /// The funnel plot of this fit: its studies about the pooled estimate. With [`Funnel::tau2`] the limits take in
    /// heterogeneity; [`Funnel::with_bias`] adds what a bias report found. Studies with a sampling variance of 0 are left out.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects};
    ///
    /// let effects = EffectSizes::new(Measure::RiskRatio, ["A", "B", "C"], [0.1, 0.3, 0.8], [0.1, 0.2, 0.1])?;
    /// let scene = RandomEffects::default().fit(&effects)?.funnel_plot().scene()?;
    /// assert_eq!(scene.of_class("point").count(), 3);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn funnel_plot(&self) -> Funnel {
        let axis = EffectAxis::of(self.measure, &self.back);
        let mut funnel = Funnel::new(axis.label).null(axis.null).level(self.level).estimate(self.estimate);
        funnel.axis = axis.kind;
        for study in &self.studies {
            if let (Some(y), Some(v)) = (study.yi, study.vi.filter(|v| *v > 0.0)) {
                funnel = funnel.point(FunnelPoint::new(&study.study, y, v.sqrt()));
            }
        }
        funnel
    }
}

impl Funnel {
    /// Adds the studies that trim-and-fill fills in and the line of Egger's test, as far as the report has them.
    #[must_use]
    pub fn with_bias(mut self, report: &BiasReport) -> Self {
        if let Some(filled) = &report.trim_and_fill {
            for (i, (y, v)) in filled.filled_yi.iter().zip(&filled.filled_vi).enumerate() {
                self = self.point(FunnelPoint::filled(format!("Filled {}", i + 1), *y, v.sqrt()));
            }
        }
        let egger = report.tests.iter().find(|test| test.name == Analysis::Egger);
        if let Some((limit, slope, test)) =
            egger.and_then(|test| Some((test.limit_estimate?, test.intercept.or(test.slope)?, test)))
        {
            let p = test.p_value.map_or_else(String::new, |p| format!(" ({})", p_value_sentence(p)));
            self = self.line(FunnelLine::new(format!("Egger’s line{p}"), limit, slope));
        }
        self
    }
}
