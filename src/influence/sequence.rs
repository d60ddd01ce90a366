//! Fits to some of the studies: without each in turn, without each group, and study by study in an order.
//!
//! Q, tr P and with them DerSimonian and Laird's tau² of every such set are joined from those of its parts (see `halves`)
//! in O(1); what is left for each set is one pass for the mean and its inference, and the kernel of an iterative tau².

use serde::{Deserialize, Serialize};

use super::halves::Part;
use crate::stat::progress::all_of;
use crate::{
    EffectSizes, Level, Result,
    pool::{Inference, MeanInference, PoolModel, infer, kernel},
    table::level_order,
    tau2::{self, Tau2, model::Mean},
};

/// A fit to some of the studies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PartialFit {
    /// The study or group left out, or the study added last.
    pub study: String,
    /// The number of studies in the fit.
    pub k: usize,
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The test statistic.
    pub statistic: Option<f64>,
    /// Its P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// Cochran's Q; `None` for one study.
    pub q: Option<f64>,
    /// Its P value.
    pub q_p_value: Option<f64>,
    /// tau²; `None` for a fixed effect or one study.
    pub tau2: Option<f64>,
    /// I² in per cent, from tau² for random effects, from Q for a fixed effect.
    pub i2: Option<f64>,
    /// H², likewise.
    pub h2: Option<f64>,
}

/// The options of the fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    pub model: PoolModel,
    pub estimator: Tau2,
    pub inference: Inference,
    pub level: Level,
}

impl Recipe {
    /// Tells whether the result of studies whose sums are known asks for the studies themselves.
    #[inline]
    pub fn needs_members(self, part: Part) -> bool {
        self.model == PoolModel::Random && part.k > 1 && (self.estimator != Tau2::Dl || part.q > part.df())
    }

    /// Tells whether a fit takes an iteration.
    pub fn iterates(self) -> bool {
        self.model == PoolModel::Random && self.estimator != Tau2::Dl
    }

    /// tau² of studies whose sums are known; 0 for a fixed effect.
    #[inline]
    pub fn tau2(self, part: Part, y: &[f64], v: &[f64]) -> f64 {
        if !self.needs_members(part) {
            return 0.0;
        }
        if self.estimator == Tau2::Dl {
            // DerSimonian and Laird's moment equation, as in `kernel::dersimonian_laird`.
            return ((part.q - part.df()) / part.trace()).max(0.0);
        }
        tau2::estimate_of(&mut Mean::new(y, v), self.estimator, None).tau2
    }

    /// The fit to estimates and variances whose sums are known.
    fn fit(self, study: &str, yi: &[f64], vi: &[f64], part: Part) -> Result<PartialFit> {
        self.fit_at(study, yi, vi, part, self.tau2(part, yi, vi))
    }

    /// The same when tau² is known too.
    fn fit_at(self, study: &str, yi: &[f64], vi: &[f64], part: Part, tau2: f64) -> Result<PartialFit> {
        let k = yi.len();
        let random = self.model == PoolModel::Random && k > 1;
        let generalized = random && matches!(self.estimator, Tau2::Genq | Tau2::Genqm);
        let weights: Option<Vec<f64>> = generalized.then(|| vi.iter().map(|v| 1.0 / v).collect());
        let inference = if k > 1 { self.inference } else { Inference::Wald };
        let mean: MeanInference = infer(inference, yi, vi, tau2, weights.as_deref(), self.level)?;
        let df = part.df();
        // beyond the range of numbers none of them exists
        let q = (k > 1).then_some(part.q).filter(|q| q.is_finite());
        let h2 = q.map(|q| if random { tau2 * part.trace() / df + 1.0 } else { q / df });
        let h2 = h2.filter(|h2| h2.is_finite());
        Ok(PartialFit {
            study: study.to_owned(),
            k,
            estimate: mean.estimate,
            se: mean.se,
            statistic: mean.statistic,
            p_value: mean.p_value,
            ci_lower: mean.ci_lower,
            ci_upper: mean.ci_upper,
            q,
            q_p_value: q.map(|q| crate::stat::chi2::sf(q, df)),
            tau2: random.then_some(tau2),
            i2: h2.map(|h2| if h2 > 1.0 { 100.0 * (h2 - 1.0) / h2 } else { 0.0 }),
            h2,
        })
    }

    /// Hartung and Knapp's factor of the variance of a mean, 1 without.
    pub fn factor(self, yi: &[f64], vi: &[f64], mean: f64, tau2: f64) -> f64 {
        match self.inference {
            Inference::HartungKnapp => kernel::hartung_knapp_factor(yi, vi, mean, tau2),
            Inference::HartungKnappAdHoc => kernel::hartung_knapp_factor(yi, vi, mean, tau2).max(1.0),
            _ => 1.0,
        }
    }
}

/// The result without one study.
#[derive(Debug, Clone)]
pub(super) struct Without {
    /// The fit as it is reported.
    pub fit: PartialFit,
    /// tau², 0 for a fixed effect.
    pub tau2: f64,
    /// Cochran's Q.
    pub q: f64,
    /// The mean with weights 1 / (v + tau²).
    pub mean: f64,
    /// Wald's variance of this mean.
    pub variance: f64,
    /// Hartung and Knapp's factor of this variance, 1 without.
    pub factor: f64,
}

/// With fewer estimates in all fits together, the fits take less time (some nanoseconds an estimate) than waking other threads.
const WORTH_THREADS: usize = 4096;

/// Runs `work` for 0, 1, ..., n - 1, each a fit to about `k` estimates, in parallel where that is allowed and pays; results in
/// this order.
fn each<T: Send>(n: usize, k: usize, work: impl Fn(usize) -> Result<T> + Sync + Send) -> Result<Vec<T>> {
    if n.saturating_mul(k) < WORTH_THREADS {
        return (0..n).map(&work).collect();
    }
    all_of("fits", n, work)?.into_iter().collect()
}

/// The results without each study in turn; at least two studies.
pub(super) fn without_each(effects: &EffectSizes, recipe: Recipe) -> Result<Vec<Without>> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    // The parts before and after each study.
    let one = |i: usize| Part::one(yi[i], vi[i]);
    let mut before = vec![Part::default(); k + 1];
    let mut after = vec![Part::default(); k + 1];
    for i in 0..k {
        before[i + 1] = before[i].join(one(i));
    }
    for i in (0..k).rev() {
        after[i] = one(i).join(after[i + 1]);
    }
    each(k, k, |i| {
        let part = before[i].join(after[i + 1]);
        let rest = |values: &[f64]| [&values[..i], &values[i + 1..]].concat();
        let (y, v) = (rest(yi), rest(vi));
        let tau2 = recipe.tau2(part, &y, &v);
        let (mean, variance) = kernel::mean_at(&y, &v, tau2);
        let factor = if k > 2 { recipe.factor(&y, &v, mean, tau2) } else { 1.0 };
        let fit = recipe.fit_at(&effects.labels()[i], &y, &v, part, tau2)?;
        Ok(Without { fit, tau2, q: part.q, mean, variance, factor })
    })
}

/// The fits without each group of studies in turn, in the order of levels. `groups` names the group of each
/// study; there are at least two.
pub(super) fn without_groups(
    effects: &EffectSizes,
    groups: &[String],
    recipe: Recipe,
) -> Result<Vec<PartialFit>> {
    let mut names: Vec<&String> = groups.iter().collect();
    names.sort_by(|a, b| level_order(a, b));
    names.dedup();
    each(names.len(), effects.len(), |position| {
        let kept: Vec<usize> = (0..effects.len()).filter(|&i| groups[i] != *names[position]).collect();
        let rest = |values: &[f64]| -> Vec<f64> { kept.iter().map(|&i| values[i]).collect() };
        let (y, v) = (rest(effects.yi()), rest(effects.vi()));
        recipe.fit(names[position], &y, &v, whole(&y, &v))
    })
}

/// The sums of all studies.
fn whole(yi: &[f64], vi: &[f64]) -> Part {
    yi.iter().zip(vi).fold(Part::default(), |part, (&y, &v)| part.join(Part::one(y, v)))
}

/// The fit to the first study, the first two, and so on; `order` holds positions.
pub(super) fn cumulative(effects: &EffectSizes, order: &[usize], recipe: Recipe) -> Result<Vec<PartialFit>> {
    let (labels, yi, vi) = (effects.labels(), effects.yi(), effects.vi());
    let y: Vec<f64> = order.iter().filter_map(|&i| yi.get(i).copied()).collect();
    let v: Vec<f64> = order.iter().filter_map(|&i| vi.get(i).copied()).collect();
    let mut part = Part::default();
    let parts: Vec<Part> = y
        .iter()
        .zip(&v)
        .map(|(&y, &v)| {
            part = part.join(Part::one(y, v));
            part
        })
        .collect();
    each(y.len(), y.len(), |at| recipe.fit(&labels[order[at]], &y[..=at], &v[..=at], parts[at]))
}
