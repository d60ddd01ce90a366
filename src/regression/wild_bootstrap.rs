//! The wild cluster bootstrap: tests of coefficients with few clusters.
//!
//! The model is fitted without the tested coefficients; its residuals, multiplied by one random weight for each cluster,
//! are added to its fitted values, and the full model (tau² included) is fitted to each such set. The P value is the share
//! of sets whose robust Wald statistic is at least the observed one. With Rademacher weights and no more than the limit of
//! sign patterns all of them are used.
//!
//! References: Cameron, Gelbach and Miller (2008), doi:10.1162/rest.90.3.414. Webb (2023), doi:10.1111/caje.12661, for six-point
//! weights. Mammen (1993), doi:10.1214/aos/1176349025. Joshi, Pustejovsky and Beretvas (2022), Cluster wild bootstrapping to
//! handle dependent effect sizes in meta-analysis with a small number of studies, doi:10.1002/jrsm.1554.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

use super::{Regressed, RegressionFit, fit::sandwich_of, random::below};
use crate::codes::codes;
use crate::{
    Error, Result,
    linear::{
        Inference,
        basis::{columns_of, unit_contrasts},
    },
    robust::RobustType,
    stat::progress::{all_of, first_of},
    tau2::linear::Linear,
};

/// The weights of clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum WildWeights {
    /// 1 or -1.
    #[default]
    Rademacher,
    /// Webb's six points ±√½, ±1, ±√1½: for fewer than about 10 clusters.
    Webb,
    /// Mammen's two points, with a third moment of 1.
    Mammen,
}

codes! { WildWeights, "weights of clusters" {
    Rademacher "rademacher" [],
    Webb "webb" ["six-point"],
    Mammen "mammen" [],
} }

/// Choices of a wild bootstrap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WildBootstrap {
    /// The number of random sets.
    pub iterations: usize,
    /// The seed.
    pub seed: u64,
    /// The weights.
    pub weights: WildWeights,
    /// The covariance behind the Wald statistic.
    pub kind: RobustType,
}

impl WildBootstrap {
    /// 1999 sets with Rademacher weights and CR1.
    pub fn new(seed: u64) -> Self {
        WildBootstrap { iterations: 1999, seed, weights: WildWeights::Rademacher, kind: RobustType::Cr1 }
    }

    /// The number of random sets; also the limit below which all sign patterns are used.
    #[must_use]
    pub fn iterations(mut self, iterations: usize) -> Self {
        self.iterations = iterations;
        self
    }

    /// The weights of clusters.
    #[must_use]
    pub fn weights(mut self, weights: WildWeights) -> Self {
        self.weights = weights;
        self
    }

    /// The covariance behind the Wald statistic.
    #[must_use]
    pub fn kind(mut self, kind: RobustType) -> Self {
        self.kind = kind;
        self
    }
}

/// The result of a wild bootstrap test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WildTest {
    /// The tested coefficients.
    pub coefficients: Vec<String>,
    /// The robust F statistic.
    pub statistic: f64,
    /// The P value.
    pub p_value: f64,
    /// The number of sets, the observed one included.
    pub iterations: usize,
    /// True if they are all sign patterns.
    pub exact: bool,
    /// The choices.
    pub options: WildBootstrap,
}

impl RegressionFit {
    /// The wild cluster bootstrap test that the coefficients of these terms (or columns) are all 0. The fit must be robust
    /// ([`robust`](Self::robust)), which names the clusters.
    ///
    /// # Errors
    ///
    /// If the fit is not robust, a term is unknown, no set is asked for, or the clusters do not support the test.
    pub fn wild_bootstrap<S: AsRef<str>>(&self, terms: &[S], options: &WildBootstrap) -> Result<WildTest> {
        let Some(clusters) = &self.clusters else {
            return Err(Error::setting("bootstrap", "the fit has no clusters", "call `robust` first"));
        };
        if options.iterations == 0 {
            return Err(Error::setting("bootstrap", "no set", "ask for at least 999"));
        }
        let columns = columns_of(self, terms)?;
        if columns.is_empty() {
            return Err(Error::setting("bootstrap", "no coefficient", "name at least one term"));
        }
        let (yi, vi) = self.data();
        let k = self.k;
        let (fitted, residuals) = self.without(&columns)?;
        let observed = self.robust_f(&yi, &vi, clusters, &columns, options.kind).ok_or_else(|| {
            Error::model(
                "the clusters do not support a test of these coefficients",
                "test fewer of them, or use CR2 for the statistic",
            )
        })?;
        let m = clusters.iter().max().map_or(0, |last| last + 1);
        let patterns = u32::try_from(m).ok().and_then(|m| 1_usize.checked_shl(m)).unwrap_or(usize::MAX);
        let exact = options.weights == WildWeights::Rademacher
            && m < usize::BITS as usize
            && patterns <= options.iterations + 1;
        let start = ChaCha8Rng::seed_from_u64(options.seed);
        let weights_of = |set: usize| -> Vec<f64> {
            if exact {
                return (0..m).map(|bit| if set >> bit & 1 == 1 { -1.0 } else { 1.0 }).collect();
            }
            let mut rng = start.clone();
            rng.set_stream(set as u64 + 1);
            (0..m).map(|_| draw(options.weights, &mut rng)).collect()
        };
        let sets = if exact { patterns } else { options.iterations };
        let statistic = |set| {
            let weights = weights_of(set);
            let y: Vec<f64> = (0..k).map(|i| fitted[i] + weights[clusters[i]] * residuals[i]).collect();
            self.robust_f(&y, &vi, clusters, &columns, options.kind).unwrap_or(f64::INFINITY)
        };
        // Some of all patterns are no sample of them.
        let found = if exact { all_of("sets", sets, statistic)? } else { first_of("sets", sets, statistic)? };
        let sets = found.len();
        let beyond = found.iter().filter(|f| **f >= observed * (1.0 - 1e-9)).count();
        let (count, iterations) = if exact { (beyond, sets) } else { (beyond + 1, sets + 1) };
        Ok(WildTest {
            coefficients: columns.iter().map(|&column| self.design.names()[column].clone()).collect(),
            statistic: observed,
            p_value: count as f64 / iterations as f64,
            iterations,
            exact,
            options: *options,
        })
    }

    /// The fitted values and residuals of the model without some of its columns.
    fn without(&self, columns: &[usize]) -> Result<(Vec<f64>, Vec<f64>)> {
        let (yi, vi) = self.data();
        let kept = (0..self.design.p()).filter(|column| !columns.contains(column));
        let values: Vec<f64> =
            kept.flat_map(|column| self.design.values_of(column).iter().copied()).collect();
        if values.is_empty() {
            return Ok((vec![0.0; self.k], yi));
        }
        let mut model = Linear::new(&yi, &vi, &values)?;
        let tau2 = self.refitted_tau2(&mut model);
        let regressed = Regressed::new(model, tau2, self.weights.as_deref(), Inference::Wald);
        let fitted = regressed.solution.fitted(&regressed.model);
        let residuals = yi.iter().zip(&fitted).map(|(y, f)| y - f).collect();
        Ok((fitted, residuals))
    }

    /// tau² as the fit estimates it.
    fn refitted_tau2(&self, model: &mut Linear<'_>) -> f64 {
        self.options().spec.tau2(model, self.weights.as_deref())
    }

    /// The robust Wald statistic over the number of coefficients, of the full model fitted to `yi`.
    fn robust_f(
        &self,
        yi: &[f64],
        vi: &[f64],
        clusters: &[usize],
        columns: &[usize],
        kind: RobustType,
    ) -> Option<f64> {
        let mut model = Linear::new(yi, vi, self.design.values()).ok()?;
        let tau2 = self.refitted_tau2(&mut model);
        let sandwich =
            sandwich_of(yi, vi, &self.design, tau2, self.weights.as_deref(), clusters, kind).ok()?;
        let contrasts = unit_contrasts(columns, self.design.p());
        sandwich.wald(&contrasts).map(|wald| wald / columns.len() as f64)
    }
}

fn draw(weights: WildWeights, rng: &mut ChaCha8Rng) -> f64 {
    match weights {
        WildWeights::Rademacher => {
            if rng.next_u32() >> 31 == 1 {
                -1.0
            } else {
                1.0
            }
        }
        WildWeights::Webb => {
            let sizes = [0.5_f64.sqrt(), 1.0, 1.5_f64.sqrt()];
            let which = below(rng, 6);
            if which < 3 { -sizes[which] } else { sizes[which - 3] }
        }
        WildWeights::Mammen => {
            let root = 5.0_f64.sqrt();
            // -(√5 - 1)/2 with probability (√5 + 1)/(2√5), else (√5 + 1)/2.
            let uniform = (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
            if uniform < (root + 1.0) / (2.0 * root) { -(root - 1.0) / 2.0 } else { (root + 1.0) / 2.0 }
        }
    }
}
