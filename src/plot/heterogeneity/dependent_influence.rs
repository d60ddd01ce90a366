//! The influence panel of a multilevel model: what the fit would be without each effect, or without each cluster of effects.
//!
//! Bounds are those of independent studies, applied to what is left out: Cook's distance beyond the median of χ² with p degrees of
//! freedom, |DFBETAS| beyond 1, a leverage beyond three times the mean one.
//!
//! Reference: Viechtbauer W, Cheung MWL (2010), Outlier and influence diagnostics for meta-analysis, Research Synthesis
//! Methods 1:112-125. doi:10.1002/jrsm.11

use serde::{Deserialize, Serialize};

use super::influence::{Cases, Diagnostic, RESIDUAL};
use crate::{
    Result,
    multilevel::{ClusterInfluence, MultilevelFit, MultilevelInfluence, Without},
    plot::{Figure, Scene, frame::Look},
    stat::{Tail, chi2},
};

/// The diagnostics of a multilevel model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DependentInfluencePlot {
    /// The diagnostics, one for each cluster.
    pub influence: MultilevelInfluence,
    /// The names of the variances of the intercepts, in the order of the model.
    pub components: Vec<String>,
    /// Size, theme and heading.
    pub look: Look,
}

/// More coefficients than these share one panel, with the largest DFBETAS of each case.
const COEFFICIENTS: usize = 3;

impl DependentInfluencePlot {
    fn of(&self, name: impl Into<String>, read: &dyn Fn(&Without) -> Option<f64>) -> Diagnostic {
        let value =
            |c: &ClusterInfluence| c.without.as_ref().and_then(read).filter(|value| value.is_finite());
        Diagnostic::new(name, self.influence.clusters.iter().map(value).collect())
    }

    /// Bounds of Cook's distance and of the leverage.
    fn bounds(&self) -> (f64, f64) {
        let (p, n) = (self.influence.terms.len().max(1) as f64, self.influence.clusters.len().max(1) as f64);
        (chi2::quantile(Tail::Lower(0.5), p), 3.0 * p / n)
    }

    fn residuals(&self) -> Diagnostic {
        if self.influence.clusters.iter().all(|c| c.k == 1) {
            return self
                .of("Standardized residual", &|w| w.rstudent)
                .bounds([-RESIDUAL, RESIDUAL])
                .center(0.0);
        }
        let value = |c: &ClusterInfluence| {
            let chi2 = c.without.as_ref()?.residual_chi2;
            Some(chi2 / c.k as f64).filter(|value| value.is_finite())
        };
        let values = self.influence.clusters.iter().map(value).collect();
        Diagnostic::new("Residual χ² per effect", values).center(1.0)
    }

    fn dfbetas(&self) -> Vec<Diagnostic> {
        let terms = &self.influence.terms;
        let bounded = |diagnostic: Diagnostic| diagnostic.bounds([-1.0, 1.0]).center(0.0);
        if terms.len() > COEFFICIENTS {
            let largest = |w: &Without| w.dfbetas.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs()));
            return vec![bounded(self.of("Largest DFBETAS", &largest))];
        }
        let name = |term: &String| match terms.len() {
            1 => "DFBETAS".to_owned(),
            _ => format!("DFBETAS of {term}"),
        };
        let one = |(a, term)| bounded(self.of(name(term), &move |w| w.dfbetas.get(a).copied()));
        terms.iter().enumerate().map(one).collect()
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let (cook, hat) = self.bounds();
        let clusters = &self.influence.clusters;
        let mut all = vec![self.residuals()];
        all.extend(self.dfbetas());
        all.push(self.of("Cook’s distance", &|w| Some(w.cook_distance)).bounds([cook]));
        all.push(self.of("Covariance ratio", &|w| Some(w.cov_ratio)).center(1.0));
        for (at, name) in self.components.iter().enumerate() {
            all.push(self.of(format!("σ² ({name}) without it"), &move |w| w.sigma2.get(at).copied()));
        }
        all.push(self.of("Q without it", &|w| w.q));
        let read =
            |value: &dyn Fn(&ClusterInfluence) -> f64| clusters.iter().map(|c| Some(value(c))).collect();
        all.push(Diagnostic::new("Leverage", read(&|c| c.hat)).bounds([hat]));
        let share = 100.0 / clusters.len().max(1) as f64;
        all.push(Diagnostic::new("Weight (%)", read(&|c| c.weight)).center(share));
        all
    }

    /// True if a bound is exceeded.
    fn influential(&self, case: &ClusterInfluence) -> bool {
        let (cook, hat) = self.bounds();
        let beyond = |w: &Without| w.cook_distance > cook || w.dfbetas.iter().any(|value| value.abs() > 1.0);
        case.hat > hat || case.without.as_ref().is_some_and(beyond)
    }
}

impl Figure for DependentInfluencePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is nothing to leave out, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let named =
            self.influence.clusters.iter().map(|c| (c.cluster.as_str(), self.influential(c))).collect();
        Cases { noun: &self.influence.by, named }.scene(&self.look, self.diagnostics())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl MultilevelFit {
    /// The diagnostics of this model's [`influence`](Self::influence) side by side.
    pub fn influence_plot(&self, influence: MultilevelInfluence) -> DependentInfluencePlot {
        let components = self.variance_components.iter().map(|component| component.name.clone()).collect();
        DependentInfluencePlot { influence, components, look: Look::new(170.0, 190.0) }
    }
}
