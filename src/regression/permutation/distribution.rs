//! The statistics of all arrangements, for a look at where the observed one lies among them.

use serde::{Deserialize, Serialize};

use super::{PermutationOptions, Refit, classes, map, next_permutation, number_of_permutations};
use crate::{Error, Result, regression::RegressionFit};

/// The statistics of a coefficient, or of the moderator test, under the arrangements of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PermutationDistribution {
    /// The coefficient; `None` for the moderator test.
    pub term: Option<String>,
    /// What the statistic is: `|t|`, `|z|`, `|estimate|`, or that of the moderator test.
    pub statistic: String,
    /// The statistic of the data as they are.
    pub observed: f64,
    /// The statistics of the arrangements (the observed one included), in the order in which they were made.
    pub values: Vec<f64>,
    /// Whether these are all arrangements.
    pub exact: bool,
    /// The P value that they give.
    pub p_value: f64,
}

/// The most statistics that are kept.
const MOST: usize = 1 << 22;

impl RegressionFit {
    /// The statistics behind [`permutation_test`](Self::permutation_test) for one coefficient, or without a name for the
    /// moderator test (for the mean, in a model without moderators).
    ///
    /// # Errors
    ///
    /// Those of the test; a term that is unknown; more than four million arrangements.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{MetaRegression, ModelMatrix, PermutationOptions}};
    ///
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D", "E"], [0.1, 0.2, 0.3, 0.4, 0.9], [0.01, 0.02, 0.01, 0.02, 0.02])?;
    /// let design = ModelMatrix::with_intercept(5).column("dose", [1.0, 2.0, 3.0, 4.0, 5.0])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?;
    /// let options = PermutationOptions::new(1);
    /// let distribution = fit.permutation_distribution(&options, Some("dose"))?;
    /// assert_eq!(distribution.values.len(), 120);
    /// assert_eq!(distribution.p_value, fit.permutation_test(&options)?.p_values[1]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn permutation_distribution(
        &self,
        options: &PermutationOptions,
        term: Option<&str>,
    ) -> Result<PermutationDistribution> {
        let (yi, vi) = self.data();
        let refit = self.refit(&yi, &vi, options.statistic)?;
        let signs = self.design.moderators().is_empty();
        let position = match term {
            Some(term) => self.design.column_by_name(term)?,
            None if signs => 0,
            None => self.design.p(),
        };
        let order: Vec<usize> = (0..self.k).collect();
        let observed = refit.permuted(&order).get(position).copied().unwrap_or(0.0);
        let too_many =
            |n: usize| Error::setting("permute", format!("{n} arrangements"), format!("ask for 1 to {MOST}"));
        let pick = |statistics: Vec<f64>| statistics.get(position).copied().unwrap_or(0.0);
        let limit = options.exact_limit.min(MOST);
        let (values, exact) = if signs {
            let all = u32::try_from(self.k).ok().and_then(|k| 1_usize.checked_shl(k));
            match all.filter(|all| *all <= limit && self.k < usize::BITS as usize) {
                Some(all) => (map(all, |pattern| pick(signed(&refit, &yi, |i| pattern >> i & 1 == 1))), true),
                None => (random(&refit, &yi, options, signs, &pick, observed, too_many)?, false),
            }
        } else {
            let classes = classes(self.design.values(), self.k);
            match number_of_permutations(&classes).filter(|all| *all <= limit) {
                Some(_) => {
                    let mut orders = Vec::new();
                    let mut first = classes;
                    first.sort_unstable();
                    let mut next = Some(first);
                    while let Some(order) = next {
                        next = next_permutation(order.clone());
                        orders.push(order);
                    }
                    let values = map(orders.len(), |i| {
                        pick(orders.get(i).map_or_else(Vec::new, |o| refit.permuted(o)))
                    });
                    (values, true)
                }
                None => (random(&refit, &yi, options, signs, &pick, observed, too_many)?, false),
            }
        };
        let reached = values.iter().filter(|v| **v >= observed * (1.0 - super::TIE) - f64::EPSILON).count();
        let coefficient = options.statistic == super::PermutationStatistic::Coefficient;
        let statistic = match position < self.design.p() {
            true if coefficient => "|estimate|",
            true if self.moderator_uses_t() => "|t|",
            true => "|z|",
            false => "statistic of the moderator test",
        };
        Ok(PermutationDistribution {
            term: self.design.names().get(position).cloned(),
            statistic: statistic.to_owned(),
            observed,
            p_value: reached as f64 / values.len().max(1) as f64,
            values,
            exact,
        })
    }

    fn moderator_uses_t(&self) -> bool {
        self.coefficients.first().is_some_and(|c| c.df.is_some())
    }
}

fn signed(refit: &Refit<'_>, yi: &[f64], turn: impl Fn(usize) -> bool) -> Vec<f64> {
    let turned: Vec<f64> = yi.iter().enumerate().map(|(i, y)| if turn(i) { -y } else { *y }).collect();
    refit.with_effects(&turned).unwrap_or_default()
}

/// The observed statistic and those of random arrangements: the streams of the test.
#[cfg(feature = "random")]
fn random(
    refit: &Refit<'_>,
    yi: &[f64],
    options: &PermutationOptions,
    signs: bool,
    pick: &(impl Fn(Vec<f64>) -> f64 + Sync),
    observed: f64,
    too_many: impl Fn(usize) -> Error,
) -> Result<Vec<f64>> {
    use rand_chacha::{
        ChaCha8Rng,
        rand_core::{Rng, SeedableRng},
    };
    if options.iterations == 0 || options.iterations > MOST {
        return Err(too_many(options.iterations));
    }
    let generator = ChaCha8Rng::seed_from_u64(options.seed);
    let drawn = map(options.iterations - 1, |i| {
        let mut rng = generator.clone();
        rng.set_stream(i as u64 + 1);
        if signs {
            let turns: Vec<bool> = yi.iter().map(|_| rng.next_u32() >> 31 == 1).collect();
            return pick(signed(refit, yi, |i| turns.get(i).copied().unwrap_or(false)));
        }
        let mut order: Vec<usize> = (0..yi.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, crate::regression::random::below(&mut rng, last + 1));
        }
        pick(refit.permuted(&order))
    });
    Ok([observed].into_iter().chain(drawn).collect())
}

#[cfg(not(feature = "random"))]
fn random(
    _: &Refit<'_>,
    _: &[f64],
    options: &PermutationOptions,
    _: bool,
    _: &(impl Fn(Vec<f64>) -> f64 + Sync),
    _: f64,
    too_many: impl Fn(usize) -> Error,
) -> Result<Vec<f64>> {
    let _ = too_many;
    Err(Error::setting(
        "permute",
        format!(
            "more than {} arrangements exist, and random ones need the feature `random`",
            options.exact_limit
        ),
        "build with it, or raise the limit",
    ))
}
