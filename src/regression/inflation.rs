//! Variance inflation: by how much the dependence of moderators on each other widens the intervals of their coefficients.
//!
//! With R the correlations of the coefficients (but the intercept), R₁₁ those of a term and R₂₂ those of the others, the
//! generalized variance inflation is det R₁₁ det R₂₂ / det R; of one coefficient it is the usual VIF.
//!
//! Even independent moderators are correlated in a sample of few studies, so that no fixed limit (5, 10) fits all. The reference
//! is simulated: the values of each term are put in random order, apart from those of the other terms, with the
//! weights of the fit; an observed inflation that hardly any of these reaches is more than chance.
//!
//! References: Fox and Monette (1992), Generalized collinearity diagnostics, doi:10.1080/01621459.1992.10475190. Marcoulides
//! and Raykov (2019), Evaluation of variance inflation factors in regression models using latent variable modeling methods,
//! doi:10.1177/0013164418817803, for the limits.

use nalgebra::{Cholesky, DMatrix};
use serde::{Deserialize, Serialize};

use super::{Design, RegressionFit};
#[cfg(feature = "random")]
use crate::stat::progress::first_of;

/// The variance inflation of one coefficient or term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Inflation {
    /// The coefficient or term.
    pub term: String,
    /// The number of its coefficients.
    pub df: usize,
    /// By how much dependence on the other moderators multiplies its variance (for several coefficients: the square of
    /// the volume of their confidence region).
    pub vif: f64,
    /// VIF^(1 / (2 df)), comparable between terms: by how much it lengthens intervals.
    pub sif: f64,
    /// The share of simulated independent moderators whose inflation is at least as large; `None` without simulation.
    pub p_value: Option<f64>,
}

impl RegressionFit {
    /// The variance inflation of every coefficient but the intercept.
    pub fn inflation(&self) -> Vec<Inflation> {
        inflation_of(&self.design, &self.covariance, &by_column(&self.design))
    }

    /// The generalized variance inflation of every term (a factor's coefficients together).
    pub fn term_inflation(&self) -> Vec<Inflation> {
        inflation_of(&self.design, &self.covariance, &by_term(&self.design))
    }

    /// The generalized variance inflation of every term, with its share in `iterations` simulations of independent
    /// moderators. The same seed gives the same digits, whatever the number of threads.
    ///
    /// # Errors
    ///
    /// If no simulation is asked for, or the model has fewer than two terms, of which none can inflate another.
    #[cfg(feature = "random")]
    pub fn simulated_inflation(&self, iterations: usize, seed: u64) -> crate::Result<Vec<Inflation>> {
        use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

        use crate::tau2::linear::Linear;

        if iterations == 0 || self.design.terms().len() < 2 {
            return Err(crate::Error::setting(
                "variance inflation",
                if iterations == 0 { "no simulation" } else { "fewer than two terms" },
                if iterations == 0 {
                    "ask for at least 1000"
                } else {
                    "it is about moderators that depend on each other"
                },
            ));
        }
        let (yi, vi) = self.data();
        let (k, p, tau2) = (self.k, self.design.p(), self.tau2());
        let parts = by_term(&self.design);
        let observed = inflation_of(&self.design, &self.covariance, &parts);
        let generator = ChaCha8Rng::seed_from_u64(seed);
        let simulated = first_of("sets", iterations, |set| -> Option<Vec<f64>> {
            let mut rng = generator.clone();
            rng.set_stream(set as u64 + 1);
            let mut values = self.design.values().to_vec();
            let mut order: Vec<usize> = (0..k).collect();
            for term in self.design.terms() {
                for last in (1..k).rev() {
                    order.swap(last, super::random::below(&mut rng, last + 1));
                }
                for &column in &term.columns {
                    let from = self.design.values_of(column);
                    for (value, &row) in values[column * k..(column + 1) * k].iter_mut().zip(&order) {
                        *value = from[row];
                    }
                }
            }
            let mut model = Linear::new(&yi, &vi, &values).ok()?;
            let solution = super::kernel::Solution::new(&mut model, tau2, self.weights.as_deref());
            let covariance = model.covariance_on_design(solution.c.as_slice(), p);
            let found = inflation_of(&self.design, &covariance, &parts);
            (found.len() == observed.len()).then(|| found.into_iter().map(|i| i.vif).collect())
        })?;
        let iterations = simulated.len();
        // Orders that make columns depend on each other inflate without end.
        let beyond = |at: usize, vif: f64| {
            simulated.iter().filter(|s| s.as_ref().is_none_or(|s| s[at] >= vif * (1.0 - 1e-9))).count()
        };
        Ok(observed
            .into_iter()
            .enumerate()
            .map(|(at, one)| {
                let p_value = (beyond(at, one.vif) + 1) as f64 / (iterations + 1) as f64;
                Inflation { p_value: Some(p_value), ..one }
            })
            .collect())
    }
}

fn by_column(design: &Design) -> Vec<(String, Vec<usize>)> {
    design.moderators().into_iter().map(|column| (design.names()[column].clone(), vec![column])).collect()
}

fn by_term(design: &Design) -> Vec<(String, Vec<usize>)> {
    design.terms().iter().map(|term| (term.name.clone(), term.columns.clone())).collect()
}

/// det R₁₁ det R₂₂ / det R for each part; those that are not defined are left out.
fn inflation_of(design: &Design, covariance: &[f64], parts: &[(String, Vec<usize>)]) -> Vec<Inflation> {
    let p = design.p();
    let all = design.moderators();
    let entry = |a: usize, b: usize| covariance.get(b * p + a).copied().unwrap_or(f64::NAN);
    let ln_det = |positions: &[usize]| -> Option<f64> {
        let n = positions.len();
        if n == 0 {
            return Some(0.0);
        }
        let correlations = DMatrix::from_fn(n, n, |i, j| {
            let (a, b) = (positions[i], positions[j]);
            entry(a, b) / (entry(a, a) * entry(b, b)).sqrt()
        });
        Some(Cholesky::new(correlations)?.ln_determinant())
    };
    let Some(whole) = ln_det(&all) else { return Vec::new() };
    parts
        .iter()
        .filter_map(|(name, columns)| {
            let others: Vec<usize> = all.iter().copied().filter(|column| !columns.contains(column)).collect();
            let vif =
                Some((ln_det(columns)? + ln_det(&others)? - whole).exp()).filter(|vif| vif.is_finite())?;
            let df = columns.len();
            Some(Inflation { term: name.clone(), df, vif, sif: vif.powf(0.5 / df as f64), p_value: None })
        })
        .collect()
}
