//! The bootstrap interval of R².
//!
//! R² = 1 - tau² with moderators / tau² without (at least 0) has no usable standard error; with few studies it is so
//! uncertain that it should not be printed alone. Sets are drawn from the studies with replacement (`Studies`), or effects
//! from the fitted model (`Model`: y = x'b + N(0, v + tau²) with the design and the variances as they are); both models are
//! fitted to each set. The percentile interval holds the middle of the R²; the BCa interval corrects it for bias and skewness
//! (acceleration by the jackknife over studies).
//!
//! Sets whose design has lost a column, or that leave nothing to explain (tau² without moderators is 0), have no R² and are
//! counted apart.
//!
//! References: López-López, Marín-Martínez, Sánchez-Meca, Van den Noortgate and Viechtbauer (2014), Estimation of the
//! predictive power of the model in mixed-effects meta-regression, doi:10.1111/bmsp.12002. Efron (1987), Better bootstrap
//! confidence intervals, doi:10.1080/01621459.1987.10478410. DiCiccio and Efron (1996), doi:10.1214/ss/1032280214.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

use super::{MetaRegression, RegressionFit, random::below};
use crate::codes::codes;
use crate::stat::progress::first_of;
use crate::{
    Error, Result,
    pool::{PoolModel, Weights},
    stat::{Tail, chance::quantile, normal},
    tau2::{
        self,
        linear::Linear,
        model::{Mean, Model},
    },
};

/// The units that are resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Resampling {
    /// `studies`: studies with replacement.
    #[default]
    Studies,
    /// `model`: effects from the fitted model.
    Model,
}

codes! { Resampling, "resampling" {
    Studies "studies" ["nonparametric"],
    Model "model" ["parametric"],
} }

/// Choices of a bootstrap of R².
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct R2Bootstrap {
    /// The number of sets.
    pub iterations: usize,
    /// The seed.
    pub seed: u64,
    /// The units that are resampled.
    pub resampling: Resampling,
}

impl R2Bootstrap {
    /// 2000 sets of studies.
    pub fn new(seed: u64) -> Self {
        R2Bootstrap { iterations: 2000, seed, resampling: Resampling::Studies }
    }

    /// The number of sets.
    #[must_use]
    pub fn iterations(mut self, iterations: usize) -> Self {
        self.iterations = iterations;
        self
    }

    /// The units that are resampled.
    #[must_use]
    pub fn resampling(mut self, resampling: Resampling) -> Self {
        self.resampling = resampling;
        self
    }
}

/// The bootstrap intervals of R², in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct R2Interval {
    /// R² of the fit.
    pub r2: f64,
    /// The percentile interval.
    pub percentile: [f64; 2],
    /// The bias-corrected and accelerated interval; `None` if all sets, or all fits without one study, have the same R².
    pub bca: Option<[f64; 2]>,
    /// The sets that have an R².
    pub sets: usize,
    /// The sets that have none.
    pub undefined: usize,
    /// The choices.
    pub options: R2Bootstrap,
}

impl RegressionFit {
    /// Bootstrap intervals of R² at the level of the fit. The same seed gives the same digits, whatever the number of threads.
    ///
    /// # Errors
    ///
    /// If the fit has no R² from tau² (fixed effects, a fixed tau², no intercept, no moderators, nothing to explain), inference
    /// is by clusters (whose studies are not drawn alone), or fewer than 20 sets are asked for or have an R².
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{MetaRegression, Design, R2Bootstrap}};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C", "D", "E", "F", "G", "H"],
    ///     [0.1, 0.5, 0.4, 0.9, 1.3, 1.0, 1.9, 1.5], [0.01, 0.02, 0.01, 0.02, 0.03, 0.02, 0.01, 0.02])?;
    /// let design = Design::with_intercept(8).column("dose", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])?;
    /// let interval = MetaRegression::default().fit(&effects, &design)?.r2_interval(&R2Bootstrap::new(1))?;
    /// assert!(interval.percentile[0] > 20.0 && interval.percentile[0] <= interval.r2);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn r2_interval(&self, options: &R2Bootstrap) -> Result<R2Interval> {
        let r2 = self.bootstrapped_r2(options)?;
        let (yi, vi) = self.data();
        let (k, tau2, fitted) = (self.k, self.tau2(), self.fitted());
        let source = Source {
            options: self.options(),
            weights: match self.options().spec.weights {
                Weights::Given(weights) => Some(weights),
                _ => None,
            },
            design: self.design.values(),
            p: self.design.p(),
        };
        let generator = ChaCha8Rng::seed_from_u64(options.seed);
        let drawn = first_of("sets", options.iterations, |set| {
            let mut rng = generator.clone();
            rng.set_stream(set as u64 + 1);
            match options.resampling {
                Resampling::Studies => {
                    let rows: Vec<usize> = (0..k).map(|_| below(&mut rng, k)).collect();
                    source.r2_of_rows(&yi, &vi, &rows)
                }
                Resampling::Model => {
                    let mut draw = |(mean, v): (&f64, &f64)| {
                        // The middle of one of 2^53 equal parts.
                        let uniform = ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
                        mean + (v + tau2).sqrt() * normal::quantile(Tail::Lower(uniform))
                    };
                    let y: Vec<f64> = fitted.iter().zip(&vi).map(&mut draw).collect();
                    source.r2(&y, &vi, self.design.values(), source.weights.as_deref())
                }
            }
        })?;
        let mut found: Vec<f64> = drawn.iter().copied().flatten().collect();
        if found.len() < 20 {
            return Err(Error::model(
                format!("only {} of {} sets have an R²", found.len(), drawn.len()),
                "use fewer moderators, or ask for more sets",
            ));
        }
        found.sort_by(f64::total_cmp);
        let tails = [self.level.tail(), 1.0 - self.level.tail()];
        let percentile = tails.map(|at| quantile(&found, at));

        let jackknife = source.jackknife(&yi, &vi);
        let bca =
            bca_levels(&found, r2, &jackknife, tails).map(|levels| levels.map(|at| quantile(&found, at)));
        let undefined = drawn.len() - found.len();
        Ok(R2Interval { r2, percentile, bca, sets: found.len(), undefined, options: *options })
    }
}

impl RegressionFit {
    /// R², refusing what has no bootstrap of it.
    fn bootstrapped_r2(&self, options: &R2Bootstrap) -> Result<f64> {
        let setting = |found: &str, remedy: &str| Err(Error::setting("R² bootstrap", found, remedy));
        let explained = |r2: &f64| self.model == PoolModel::Random && (*r2 > 0.0 || self.tau2() > 0.0);
        let Some(r2) = self.r2.filter(explained) else {
            return setting(
                "the fit has no R² of tau²",
                "fit a mixed-effects model with an intercept and moderators",
            );
        };
        if self.clusters.is_some() {
            return setting("inference is by clusters", "ask the fit without clusters");
        }
        if options.iterations < 20 {
            return setting("fewer than 20 sets", "ask for at least 1000");
        }
        Ok(r2)
    }
}

/// The quantities that refits share.
struct Source<'a> {
    options: MetaRegression,
    weights: Option<Vec<f64>>,
    design: &'a [f64],
    p: usize,
}

impl Source<'_> {
    /// R² without each study.
    fn jackknife(&self, yi: &[f64], vi: &[f64]) -> Vec<f64> {
        let without = |out: usize| (0..yi.len()).filter(|&row| row != out).collect::<Vec<usize>>();
        (0..yi.len()).filter_map(|out| self.r2_of_rows(yi, vi, &without(out))).collect()
    }

    fn r2_of_rows(&self, yi: &[f64], vi: &[f64], rows: &[usize]) -> Option<f64> {
        let k = yi.len();
        let pick = |values: &[f64]| -> Vec<f64> { rows.iter().map(|&row| values[row]).collect() };
        let mut design = Vec::with_capacity(rows.len() * self.p);
        for column in self.design.chunks_exact(k) {
            design.extend(rows.iter().map(|&row| column[row]));
        }
        let weights = self.weights.as_deref().map(pick);
        self.r2(&pick(yi), &pick(vi), &design, weights.as_deref())
    }

    /// In per cent; `None` if it does not exist.
    fn r2(&self, yi: &[f64], vi: &[f64], design: &[f64], weights: Option<&[f64]>) -> Option<f64> {
        let mut null = Mean::new(yi, vi);
        let without = tau2::estimate_of(&mut null, self.options.spec.estimator, weights).tau2;
        let mut model = Linear::new(yi, vi, design).ok()?;
        if !(without > 1e-12 * null.unweighted_rss()) {
            return None;
        }
        let with = tau2::estimate_of(&mut model, self.options.spec.estimator, weights).tau2;
        Some((100.0 * (1.0 - with / without)).max(0.0)).filter(|r2| r2.is_finite())
    }
}

/// The levels whose quantiles are the BCa limits (Efron 1987).
fn bca_levels(sorted: &[f64], estimate: f64, jackknife: &[f64], tails: [f64; 2]) -> Option<[f64; 2]> {
    let n = sorted.len() as f64;
    // Ties with the estimate, as at 0, count half.
    let below = sorted.iter().filter(|r2| **r2 < estimate).count() as f64;
    let equal = sorted.iter().filter(|r2| **r2 == estimate).count() as f64;
    let share = (below + 0.5 * equal) / n;
    if !(share > 0.0 && share < 1.0) || jackknife.len() < 2 {
        return None;
    }
    let bias = normal::quantile(Tail::Lower(share));
    let mean = jackknife.iter().sum::<f64>() / jackknife.len() as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in jackknife {
        let d = mean - value;
        squares += d * d;
        cubes += d * d * d;
    }
    if !(squares > 0.0) {
        return None;
    }
    let acceleration = cubes / (6.0 * squares.powf(1.5));
    let level = |at: f64| -> Option<f64> {
        let z = bias + normal::quantile(Tail::Lower(at));
        let left = 1.0 - acceleration * z;
        (left > 0.0).then(|| normal::cdf(bias + z / left))
    };
    Some([level(tails[0])?, level(tails[1])?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_definition() {
        // Without bias and skewness the levels stay.
        let sorted: Vec<f64> = (0..1000).map(f64::from).collect();
        let even = bca_levels(&sorted, 499.5, &[1.0, 2.0, 3.0], [0.025, 0.975]);
        assert!(even.is_some_and(|[a, b]| (a - 0.025).abs() < 1e-12 && (b - 0.975).abs() < 1e-12));
        assert_eq!(bca_levels(&sorted, -1.0, &[1.0, 2.0], [0.025, 0.975]), None);
        assert_eq!(bca_levels(&sorted, 499.5, &[1.0, 1.0], [0.025, 0.975]), None);
    }

    #[test]
    fn quantiles_are_those_of_r() {
        // quantile(c(1, 2, 4, 8), c(.1, .5, .975))
        for (at, expected) in [(0.1, 1.3), (0.5, 3.0), (0.975, 7.7)] {
            assert!((quantile(&[1.0, 2.0, 4.0, 8.0], at) - expected).abs() < 1e-12);
        }
    }
}
