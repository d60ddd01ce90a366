//! Permutation tests: P values that rest on the exchangeability of the studies, not on a distribution.
//!
//! With moderators, the rows of the design are permuted against the effects with their variances; for a mean (an intercept
//! alone), the signs of the effects are changed. Each arrangement is fitted anew, tau² included, and a P value is the share
//! of arrangements whose statistic (|t| of a coefficient, the statistic of the moderator test) is at least the observed
//! one. If there are no more different arrangements than the limit, all are used (rows of the design that are equal make no
//! difference); otherwise as many random ones as asked for, the observed one among them, so that no P value is below 1/N.
//!
//! The permutation interval of a mean holds the values that the test with sign changes about them does not reject.
//!
//! References: Follmann and Proschan (1999), Valid inference in random effects meta-analysis,
//! doi:10.1111/j.0006-341X.1999.00732.x. Higgins and Thompson (2004), Controlling the risk of spurious findings from
//! meta-regression, doi:10.1002/sim.1752. Viechtbauer et al. (2015), doi:10.1037/met0000019.

mod distribution;

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

pub use distribution::PermutationDistribution;

use super::{MetaRegression, Regressed, RegressionFit, kernel::contrasts_on_q};
use crate::codes::codes;
use crate::{
    Error, Result,
    linear::basis::unit_contrasts,
    stat::{parallel::map, progress, root},
    tau2::linear::Linear,
};

/// Choices of a permutation test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PermutationOptions {
    /// The number of arrangements of a Monte Carlo test, the observed one included.
    pub iterations: usize,
    /// The largest number of arrangements for which all are used.
    pub exact_limit: usize,
    /// The seed.
    pub seed: u64,
    /// The statistic that is compared between arrangements.
    pub statistic: PermutationStatistic,
}

impl PermutationOptions {
    /// 10,000 arrangements; all of them when there are at most as many.
    pub fn new(seed: u64) -> Self {
        PermutationOptions {
            iterations: 10_000,
            exact_limit: 10_000,
            seed,
            statistic: PermutationStatistic::default(),
        }
    }

    /// The number of arrangements of a Monte Carlo test; also the limit below which all are used.
    #[must_use]
    pub fn iterations(mut self, iterations: usize) -> Self {
        (self.iterations, self.exact_limit) = (iterations, iterations);
        self
    }

    /// The statistic that is compared between arrangements.
    #[must_use]
    pub fn statistic(mut self, statistic: PermutationStatistic) -> Self {
        self.statistic = statistic;
        self
    }

    /// The largest number of arrangements for which all are used.
    #[must_use]
    pub fn exact_limit(mut self, limit: usize) -> Self {
        self.exact_limit = limit;
        self
    }
}

/// The statistic that is compared between arrangements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PermutationStatistic {
    /// The test statistic, which takes each arrangement's own uncertainty into account.
    #[default]
    Test,
    /// The estimate, as Follmann and Proschan (1999) did.
    Coefficient,
}

codes! { PermutationStatistic, "statistic" {
    Test "test" [],
    Coefficient "coefficient" [],
} }

/// The source of the arrangements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Arrangements {
    /// All permutations of the design's rows.
    AllPermutations,
    /// All changes of sign.
    AllSigns,
    /// Random permutations of the design's rows.
    RandomPermutations,
    /// Random changes of sign.
    RandomSigns,
}

/// The result of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Permutation {
    /// The source of the arrangements.
    pub arrangements: Arrangements,
    /// Their number, the observed one included.
    pub iterations: usize,
    /// The statistic that was compared between them.
    pub statistic: PermutationStatistic,
    /// The seed of random ones.
    pub seed: Option<u64>,
    /// The two-sided P value of each coefficient.
    pub p_values: Vec<f64>,
    /// The P value of the moderator test.
    pub moderator_p_value: Option<f64>,
}

/// A permutation interval for a mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PermutationInterval {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// The distance below the observed statistic at which another counts as equal to it.
const TIE: f64 = 1e-9;

/// The arrangements that are fitted at a time.
const BLOCK: usize = 1 << 10;

/// The name of the work for those who hear of it.
const WORK: &str = "arrangements";

/// The arrangements that share the storage of one model.
const CHUNK: usize = 64;

/// The quantities that refits share.
struct Refit<'a> {
    options: MetaRegression,
    base: Linear<'a>,
    weights: Option<&'a [f64]>,
    /// The coefficients and the moderators together, as contrasts on the orthonormal basis, which all arrangements share.
    contrasts: Vec<Vec<f64>>,
    moderators: Option<DMatrix<f64>>,
    statistic: PermutationStatistic,
}

impl Refit<'_> {
    /// |t| of every coefficient, then the statistic of the moderator test if there is one; and the model again.
    fn statistics<'b>(&self, mut model: Linear<'b>) -> (Vec<f64>, Linear<'b>) {
        let spec = &self.options.spec;
        let tau2 = spec.tau2(&mut model, self.weights);
        let regressed = Regressed::new(model, tau2, self.weights, spec.inference);
        let mut out: Vec<f64> = self
            .contrasts
            .iter()
            .map(|l| {
                let (estimate, variance) = regressed.solution.contrast(l);
                if self.statistic == PermutationStatistic::Coefficient {
                    return estimate.abs();
                }
                let t = (estimate / variance.max(0.0).sqrt()).abs();
                if t.is_nan() { 0.0 } else { t }
            })
            .collect();
        if let Some(moderators) = &self.moderators {
            out.push(regressed.statistic(moderators).unwrap_or(0.0));
        }
        (out, regressed.model)
    }

    /// With the rows of the design in other orders.
    fn permuted(&self, orders: &[Vec<usize>]) -> Vec<Vec<f64>> {
        let chunks: Vec<&[Vec<usize>]> = orders.chunks(CHUNK).collect();
        map(chunks.len(), |chunk| {
            let mut model = self.base.clone();
            let mut found = Vec::with_capacity(chunks[chunk].len());
            for order in chunks[chunk] {
                model.reorder_rows(&self.base, order);
                let (statistics, again) = self.statistics(model);
                model = again;
                found.push(statistics);
            }
            found
        })
        .concat()
    }

    /// With other effects, `yi`.
    fn with_effects(&self, yi: &[f64]) -> Vec<f64> {
        self.statistics(self.base.clone().with_effects(yi)).0
    }
}

impl RegressionFit {
    /// A permutation test of every coefficient and of the moderators together, with the statistics of the fit's inference.
    ///
    /// # Errors
    ///
    /// If no arrangement is asked for, inference is by clusters (whose studies are not exchangeable), or more random
    /// arrangements are needed than exist to be enumerated and the feature `random` is off.
    pub fn permutation_test(&self, options: &PermutationOptions) -> Result<Permutation> {
        let (yi, vi) = self.data();
        let refit = self.refit(&yi, &vi, options.statistic)?;
        if options.iterations == 0 {
            return Err(Error::setting("permute", "no arrangement", "ask for at least 1000"));
        }
        let observed = refit.with_effects(&yi);
        let signs = self.design.moderators().is_empty();
        let mut counts = vec![0; observed.len()];
        let (iterations, exact) = self.visit(&refit, &yi, options, &observed, |found, times| {
            add(&mut counts, count(&observed, found).into_iter().map(|n| n * times).collect());
        })?;
        let mut p_values: Vec<f64> = counts.iter().map(|&count| count as f64 / iterations as f64).collect();
        let moderator_p_value = if signs { None } else { p_values.pop() };
        let arrangements = match (signs, exact) {
            (true, true) => Arrangements::AllSigns,
            (true, false) => Arrangements::RandomSigns,
            (false, true) => Arrangements::AllPermutations,
            (false, false) => Arrangements::RandomPermutations,
        };
        Ok(Permutation {
            arrangements,
            iterations,
            statistic: options.statistic,
            seed: (!exact).then_some(options.seed),
            p_values,
            moderator_p_value,
        })
    }

    /// The permutation interval of the mean of a model with an intercept alone: the values m for which the test with sign
    /// changes of y - m has P above 1 - level. The limits are found by bisection to the precision of the arrangements.
    ///
    /// # Errors
    ///
    /// As [`permutation_test`](Self::permutation_test), if there are moderators, or if there are too few studies for the
    /// level (the smallest P value is 2 / 2ᵏ).
    pub fn permutation_interval(&self, options: &PermutationOptions) -> Result<PermutationInterval> {
        let (yi, vi) = self.data();
        if !self.design.moderators().is_empty() {
            return Err(Error::setting(
                "permutation interval",
                "the model has moderators",
                "fit the intercept alone",
            ));
        }
        let refit = self.refit(&yi, &vi, options.statistic)?;
        let alpha = 1.0 - self.level.fraction();
        if 2.0 * 0.5_f64.powi(i32::try_from(self.k).unwrap_or(i32::MAX)) > alpha {
            return Err(Error::model(
                format!("{} studies have too few changes of sign for a {} interval", self.k, self.level),
                "choose a lower level or include more studies",
            ));
        }
        // P above alpha: 1 inside the interval, -1 outside.
        let interrupted = std::cell::Cell::new(None);
        let inside = |mean: f64| -> f64 {
            let shifted: Vec<f64> = yi.iter().map(|y| y - mean).collect();
            let observed = refit.with_effects(&shifted);
            let mut reached = 0;
            let visited = self.visit(&refit, &shifted, options, &observed, |found, times| {
                reached += times * count(&observed, found).first().copied().unwrap_or(0);
            });
            let p = match visited {
                Ok((n, _)) => Some(reached as f64 / n as f64),
                Err(error) => {
                    interrupted.set(Some(error));
                    None
                }
            };
            if p.is_none_or(|p| p > alpha) { 1.0 } else { -1.0 }
        };
        let mean = self.coefficients.first().map_or(0.0, |c| c.estimate);
        let lowest = yi.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = yi.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let width = (highest - lowest).max(f64::MIN_POSITIVE);
        let limit = |outside: f64| {
            root::find(inside, mean.min(outside), mean.max(outside))
                .ok_or_else(|| Error::model("the permutation test rejects no value", "choose a lower level"))
        };
        let limits = [limit(lowest - width), limit(highest + width)];
        if let Some(error) = interrupted.take() {
            return Err(error);
        }
        let [lower, upper] = limits;
        Ok(PermutationInterval { lower: lower?, upper: upper? })
    }

    /// The same fit with this permutation test in it.
    #[must_use]
    pub fn with_permutation(mut self, permutation: Permutation) -> Self {
        self.permutation = Some(permutation);
        self
    }

    /// Hands the statistics of all arrangements to `see`, block by block, with how often each block counts: the arrangements
    /// are enumerated if there are few enough, else the observed one and random ones. Returns their number and whether
    /// they are all.
    fn visit(
        &self,
        refit: &Refit<'_>,
        yi: &[f64],
        options: &PermutationOptions,
        observed: &[f64],
        mut see: impl FnMut(&[Vec<f64>], usize),
    ) -> Result<(usize, bool)> {
        let signs = self.design.moderators().is_empty();
        if signs {
            let all = u32::try_from(self.k).ok().and_then(|k| 1_usize.checked_shl(k));
            if let Some(all) = all.filter(|n| *n <= options.exact_limit && self.k < usize::BITS as usize) {
                all_signs(refit, yi, all, see)?;
                return Ok((all, true));
            }
        } else {
            let classes = classes(self.design.values(), self.k);
            if let Some(all) = number_of_permutations(&classes).filter(|n| *n <= options.exact_limit) {
                all_permutations(refit, &classes, all, see)?;
                return Ok((all, true));
            }
        }
        see(&[observed.to_vec()], 1);
        let drawn = random(refit, yi, options, signs, see)?;
        Ok((drawn + 1, false))
    }

    fn refit<'a>(
        &'a self,
        yi: &'a [f64],
        vi: &'a [f64],
        statistic: PermutationStatistic,
    ) -> Result<Refit<'a>> {
        if self.clusters.is_some() {
            return Err(Error::setting(
                "permute",
                "effects of one cluster are not exchangeable with those of others",
                "test the model without clusters, or use the wild bootstrap",
            ));
        }
        let base = Linear::new(yi, vi, self.design.values())?;
        let p = self.design.p();
        let contrasts = unit_contrasts(&(0..p).collect::<Vec<_>>(), p);
        let moderators = unit_contrasts(&self.design.moderators(), p);
        Ok(Refit {
            options: self.options(),
            contrasts: contrasts.iter().map(|l| base.contrast_on_q(l)).collect(),
            moderators: (!moderators.is_empty()).then(|| contrasts_on_q(&base, &moderators)),
            base,
            weights: self.weights.as_deref(),
            statistic,
        })
    }
}

/// Counts of statistics at least as large as the observed ones.
fn count(observed: &[f64], found: &[Vec<f64>]) -> Vec<usize> {
    observed
        .iter()
        .enumerate()
        .map(|(j, o)| {
            found.iter().filter(|f| f.get(j).is_some_and(|f| *f >= o * (1.0 - TIE) - f64::EPSILON)).count()
        })
        .collect()
}

fn add(total: &mut [usize], more: Vec<usize>) {
    for (total, more) in total.iter_mut().zip(more) {
        *total += more;
    }
}

/// All 2^k changes of sign. Turning all signs leaves every statistic as it is, so that half of them are fitted.
fn all_signs(
    refit: &Refit<'_>,
    yi: &[f64],
    all: usize,
    mut see: impl FnMut(&[Vec<f64>], usize),
) -> Result<()> {
    let half = (all / 2).max(1);
    for start in (0..half).step_by(BLOCK) {
        go_on(2 * start, all)?;
        let n = BLOCK.min(half - start);
        let found = map(n, |i| {
            let pattern = start + i;
            let turned: Vec<f64> =
                yi.iter().enumerate().map(|(bit, y)| if pattern >> bit & 1 == 1 { -y } else { *y }).collect();
            refit.with_effects(&turned)
        });
        see(&found, 2);
    }
    Ok(())
}

/// Asks before a block of arrangements; some of all arrangements are no sample of them, so that the test ends with an error.
fn go_on(done: usize, all: usize) -> Result<()> {
    if progress::goes_on(WORK, done, all) { Ok(()) } else { Err(Error::interrupted(WORK, done, all)) }
}

/// The class of each row of the design: rows of one class are equal. Numbered so that the first row of a class is its
/// number.
fn classes(values: &[f64], k: usize) -> Vec<usize> {
    let row = |i: usize| values.iter().skip(i).step_by(k).map(|v| v.to_bits()).collect::<Vec<_>>();
    let mut first = std::collections::BTreeMap::new();
    (0..k).map(|i| *first.entry(row(i)).or_insert(i)).collect()
}

/// k! / Π m!, the number of different permutations; `None` beyond the range of numbers.
fn number_of_permutations(classes: &[usize]) -> Option<usize> {
    let mut seen = std::collections::BTreeMap::new();
    let mut total: u128 = 1;
    for (n, class) in classes.iter().enumerate() {
        let m = seen.entry(class).or_insert(0_u128);
        *m += 1;
        // A multinomial coefficient grows by (n + 1) / m at each step and stays whole.
        total = total.checked_mul(n as u128 + 1)? / *m;
        if total > u128::from(u64::MAX) {
            return None;
        }
    }
    usize::try_from(total).ok()
}

/// All different permutations, in lexicographic order.
fn all_permutations(
    refit: &Refit<'_>,
    classes: &[usize],
    all: usize,
    mut see: impl FnMut(&[Vec<f64>], usize),
) -> Result<()> {
    let mut done = 0;
    let mut next = Some({
        let mut first = classes.to_vec();
        first.sort_unstable();
        first
    });
    while next.is_some() {
        let mut block = Vec::new();
        while let Some(order) = next.take_if(|_| block.len() < BLOCK) {
            block.push(order.clone());
            next = next_permutation(order);
        }
        go_on(done, all)?;
        done += block.len();
        see(&refit.permuted(&block), 1);
    }
    Ok(())
}

/// The next permutation in lexicographic order.
fn next_permutation(mut order: Vec<usize>) -> Option<Vec<usize>> {
    let pivot = order.windows(2).rposition(|pair| pair[0] < pair[1])?;
    let other = order.iter().rposition(|value| *value > order[pivot])?;
    order.swap(pivot, other);
    order[pivot + 1..].reverse();
    Some(order)
}

/// Random arrangements, each from its own stream, one less than asked for, or fewer if the test is ended early; returns their
/// number.
#[cfg(feature = "random")]
fn random(
    refit: &Refit<'_>,
    yi: &[f64],
    options: &PermutationOptions,
    signs: bool,
    mut see: impl FnMut(&[Vec<f64>], usize),
) -> Result<usize> {
    use rand_chacha::{
        ChaCha8Rng,
        rand_core::{Rng, SeedableRng},
    };
    let generator = ChaCha8Rng::seed_from_u64(options.seed);
    let drawn = options.iterations.saturating_sub(1);
    for start in (0..drawn).step_by(BLOCK) {
        // The first block is there in any case.
        if start > 0 && !progress::goes_on(WORK, start, drawn) {
            return Ok(start);
        }
        let n = BLOCK.min(drawn - start);
        let found = map(n, |i| {
            let mut rng = generator.clone();
            rng.set_stream((start + i) as u64 + 1);
            if signs {
                let turned: Vec<f64> =
                    yi.iter().map(|y| if rng.next_u32() >> 31 == 1 { -y } else { *y }).collect();
                return (Vec::new(), refit.with_effects(&turned));
            }
            let mut order: Vec<usize> = (0..yi.len()).collect();
            for last in (1..order.len()).rev() {
                order.swap(last, super::random::below(&mut rng, last + 1));
            }
            (order, Vec::new())
        });
        let (orders, found): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let found = if signs { found } else { refit.permuted(&orders) };
        see(&found, 1);
    }
    Ok(drawn)
}

#[cfg(not(feature = "random"))]
fn random(
    _: &Refit<'_>,
    _: &[f64],
    options: &PermutationOptions,
    _: bool,
    _: impl FnMut(&[Vec<f64>], usize),
) -> Result<usize> {
    Err(Error::setting(
        "permute",
        format!(
            "more than {} arrangements exist, and random ones need the feature `random`",
            options.exact_limit
        ),
        "build with it, or raise the limit",
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn arrangements_of_equal_rows_are_counted_once() {
        // Rows (1,0), (1,1), (1,0), (1,1): 4! / (2! 2!) = 6.
        let values = [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        let classes = classes(&values, 4);
        assert_eq!(classes, [0, 1, 0, 1]);
        assert_eq!(number_of_permutations(&classes), Some(6));
        let mut order = vec![0, 0, 1, 1];
        let mut seen = vec![order.clone()];
        while let Some(next) = next_permutation(order.clone()) {
            seen.push(next.clone());
            order = next;
        }
        assert_eq!(seen.len(), 6);
        assert_eq!(seen.last().unwrap(), &[1, 1, 0, 0]);
        assert_eq!(number_of_permutations(&(0..40).collect::<Vec<_>>()), None);
    }
}
