//! The profile of the likelihood of a multilevel model in each of its variances and correlations: how well each value agrees with
//! the data.
//!
//! A parameter is held at a value, and the log-likelihood (restricted, or that of ML) is maximized over all others by the search
//! that fits the model. The values within ½ χ²₁ of the maximum are the profile-likelihood interval. A curve that is flat says that
//! the data hardly tell the parameter from others (Viechtbauer 2007, doi:10.1002/sim.2514).

use serde::{Deserialize, Serialize};

use super::{ComponentIntervals, Estimation, Multilevel, MultilevelFit, StructureEstimate};
use crate::{
    EffectSizes, Error, Level, Result,
    stat::{Tail, chi2},
};

/// The log-likelihood over a range of one variance or correlation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentProfile {
    /// The name of the parameter: `σ² (study)`.
    pub quantity: String,
    /// True if it is the restricted likelihood.
    pub restricted: bool,
    /// The values of the parameter, rising.
    pub values: Vec<f64>,
    /// The log-likelihood at each.
    pub log_likelihood: Vec<f64>,
    /// The estimate.
    pub estimate: f64,
    /// The log-likelihood there.
    pub maximum: f64,
    /// The log-likelihood at the limits of the interval.
    pub threshold: f64,
    /// The profile-likelihood interval; a limit that does not exist is `None`.
    pub ci: [Option<f64>; 2],
    /// The level of the interval.
    pub level: Level,
}

/// One parameter of a fit.
struct Parameter<'a> {
    term: &'a str,
    /// Its place among the variances and correlations of the term, and their number.
    place: (usize, usize),
    quantity: String,
    estimate: f64,
    ci: Option<[Option<f64>; 2]>,
    /// The least and the greatest value that are possible.
    bounds: (f64, f64),
}

impl MultilevelFit {
    /// The profiles of the likelihood in the variances and correlations that are estimated, each at so many values.
    ///
    /// Of an unstructured covariance with more than two levels, and of a fit at whose ends nothing is estimated, there is none.
    ///
    /// # Errors
    ///
    /// If fewer than two values are asked for, or the fit was read from a file.
    pub fn profiles(&self, points: usize) -> Result<Vec<ComponentProfile>> {
        if !(2..=10_000).contains(&points) {
            return Err(Error::setting("points", points.to_string(), "ask for 2 to 10000 values"));
        }
        let source = self.source()?;
        let model = source.model.clone().intervals(ComponentIntervals::Omit);
        let estimated = self.parameters().into_iter().filter(|parameter| parameter.is_free(&source.model));
        estimated.map(|parameter| self.profile(&parameter, &model, &source.effects, points)).collect()
    }

    /// The variances and correlations, in the order of the model.
    fn parameters(&self) -> Vec<Parameter<'_>> {
        let intercepts = self.variance_components.iter().map(|component| Parameter {
            term: &component.name,
            place: (0, 1),
            quantity: format!("σ² ({})", component.name),
            estimate: component.sigma2,
            ci: component.ci,
            bounds: (0.0, f64::INFINITY),
        });
        intercepts.chain(self.structures.iter().flat_map(of_structure)).collect()
    }

    fn profile(
        &self,
        parameter: &Parameter<'_>,
        model: &Multilevel,
        effects: &EffectSizes,
        points: usize,
    ) -> Result<ComponentProfile> {
        let mut values = parameter.places(self.residual_heterogeneity.typical_variance, points);
        let mut log_likelihood = Vec::with_capacity(points);
        for value in &values {
            let held = model.clone().fix(parameter.term, parameter.held(model, *value));
            log_likelihood.push(held.fit(effects).map(|fit| fit.fit.log_likelihood).ok());
        }
        // values at which the covariance is singular have no likelihood
        values = values.iter().zip(&log_likelihood).filter(|(_, l)| l.is_some()).map(|(v, _)| *v).collect();
        let maximum = self.fit.log_likelihood;
        Ok(ComponentProfile {
            quantity: parameter.quantity.clone(),
            restricted: self.method == Estimation::Reml,
            values,
            log_likelihood: log_likelihood.into_iter().flatten().collect(),
            estimate: parameter.estimate,
            maximum,
            threshold: maximum - 0.5 * chi2::quantile(Tail::Upper(2.0 * self.level.tail()), 1.0),
            ci: parameter.ci.unwrap_or_default(),
            level: self.level,
        })
    }
}

/// The variances and correlations of a structured term.
fn of_structure(structure: &StructureEstimate) -> impl Iterator<Item = Parameter<'_>> {
    let (variances, count) = (structure.tau2.len(), structure.tau2.len() + structure.rho.len());
    let name = structure.name.as_str();
    let of_level = move |at: usize| match structure.levels.get(at).filter(|_| variances > 1) {
        Some(level) => format!("τ² ({name}, {level})"),
        None => format!("τ² ({name})"),
    };
    let tau2 = structure.tau2.iter().enumerate().map(move |(at, &estimate)| Parameter {
        term: name,
        place: (at, count),
        quantity: of_level(at),
        estimate,
        ci: structure.tau2_ci.get(at).copied().flatten(),
        bounds: (0.0, f64::INFINITY),
    });
    let spatial = structure.structure.is_spatial();
    let rho = structure.rho.iter().enumerate().filter_map(move |(at, estimate)| {
        Some(Parameter {
            term: name,
            place: (variances + at, count),
            quantity: format!("ρ ({name})"),
            estimate: (*estimate)?,
            ci: structure.rho_ci.get(at).copied().flatten(),
            bounds: if spatial { (0.0, f64::INFINITY) } else { (-1.0, 1.0) },
        })
    });
    // the parameters of a covariance with several correlations cannot be held one by one
    tau2.chain(rho).filter(move |_| structure.rho.len() < 2)
}

impl Parameter<'_> {
    /// True if neither is it held nor has it the variance of another term.
    fn is_free(&self, model: &Multilevel) -> bool {
        let held = model.holding.values_of(self.term).and_then(|values| values.get(self.place.0));
        held.is_none_or(Option::is_none) && model.holding.shared_with(self.term).is_none()
    }

    /// The held part of the term with this parameter at a value.
    fn held(&self, model: &Multilevel, value: f64) -> Vec<Option<f64>> {
        let (place, count) = self.place;
        let known = model.holding.values_of(self.term).unwrap_or_default();
        (0..count)
            .map(|at| if at == place { Some(value) } else { known.get(at).copied().flatten() })
            .collect()
    }

    /// Rising values over the range that is drawn, the nearest to the estimate moved to it: those of a variance are squares of
    /// equal steps, since its likelihood bends most near 0.
    fn places(&self, typical: Option<f64>, points: usize) -> Vec<f64> {
        let (low, high) = self.range(typical);
        let share = |i: usize| i as f64 / (points - 1) as f64;
        let place = |i| if low == 0.0 { high * share(i) * share(i) } else { low + (high - low) * share(i) };
        let mut places: Vec<f64> = (0..points).map(place).collect();
        let far = |place: &f64| (place - self.estimate).abs();
        if let Some(nearest) = places.iter_mut().min_by(|a, b| far(a).total_cmp(&far(b))) {
            *nearest = self.estimate;
        }
        places
    }

    /// The range that is drawn: the interval with a margin, or some multiple of the estimate.
    fn range(&self, typical: Option<f64>) -> (f64, f64) {
        let [lower, upper] = self.ci.unwrap_or_default();
        let (least, most) = self.bounds;
        if least < 0.0 {
            let (low, high) = (lower.unwrap_or(least), upper.unwrap_or(most));
            let margin = 0.15 * (high - low);
            return ((low - margin).max(0.999 * least), (high + margin).min(0.999 * most));
        }
        let widest = upper.unwrap_or(4.0 * self.estimate).max(self.estimate);
        (0.0, if widest > 0.0 { 1.15 * widest } else { typical.unwrap_or(1.0) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        Measure,
        multilevel::{Factor, Structure},
    };

    fn effects() -> EffectSizes {
        let yi = [-0.18, -0.22, 0.23, -0.30, 0.13, -0.26, 0.19, 0.32, 0.45, 0.38, 0.29];
        let vi = [0.118, 0.118, 0.144, 0.144, 0.014, 0.014, 0.015, 0.024, 0.023, 0.043, 0.012];
        EffectSizes::new(Measure::Generic, (1..=11).map(|i| i.to_string()), yi, vi).unwrap()
    }

    fn district() -> Factor {
        Factor::new("district", ["11", "11", "11", "11", "12", "12", "12", "12", "18", "18", "18"]).unwrap()
    }

    #[test]
    fn a_curve_falls_to_its_threshold_at_the_limits() {
        let school = Factor::each_effect("school", 11).unwrap();
        let fit = Multilevel::nested([district(), school]).unwrap().fit(&effects()).unwrap();
        let profiles = fit.profiles(31).unwrap();
        assert_eq!(profiles.len(), 2);
        for profile in &profiles {
            assert!(profile.log_likelihood.iter().all(|l| *l <= profile.maximum + 1e-9), "{profile:?}");
            let inside = |value: f64| value < profile.ci[1].unwrap() && value >= profile.ci[0].unwrap();
            for (value, l) in profile.values.iter().zip(&profile.log_likelihood) {
                assert_eq!(inside(*value), *l > profile.threshold, "{value}: {l} {profile:?}");
            }
        }
    }

    #[test]
    fn variances_and_the_correlation_of_a_structure() {
        let inner = Factor::new("outcome", ["a", "b", "a", "b", "a", "b", "a", "b", "a", "b", "a"]).unwrap();
        let fit = Multilevel::multivariate(inner, district(), Structure::Hcs).fit(&effects()).unwrap();
        let names: Vec<String> = fit.profiles(5).unwrap().into_iter().map(|p| p.quantity).collect();
        assert!(names.iter().any(|name| name == "τ² (outcome|district, b)"), "{names:?}");
    }
}
