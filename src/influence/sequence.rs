//! Fits to some of the studies: without each in turn, and study by study in an order.

use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Level, Result,
    pool::{Inference, MeanInference, PoolModel, infer},
    tau2::{
        self, Tau2,
        model::{Mean, Model},
    },
};

/// A fit to some of the studies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PartialFit {
    /// The study left out, or the one added last.
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

/// How the fits are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    pub model: PoolModel,
    pub estimator: Tau2,
    pub inference: Inference,
    pub level: Level,
}

impl Recipe {
    /// The fit to estimates and variances.
    pub fn fit(self, study: &str, yi: &[f64], vi: &[f64]) -> Result<PartialFit> {
        let k = yi.len();
        let mut model = Mean::new(yi, vi);
        let random = self.model == PoolModel::Random && k > 1;
        let tau2 = if random { tau2::estimate_of(&mut model, self.estimator, None).tau2 } else { 0.0 };
        let generalized = random && matches!(self.estimator, Tau2::Genq | Tau2::Genqm);
        let weights: Option<Vec<f64>> = generalized.then(|| vi.iter().map(|v| 1.0 / v).collect());
        let inference = if k > 1 { self.inference } else { Inference::Wald };
        let mean: MeanInference = infer(inference, yi, vi, tau2, weights.as_deref(), self.level)?;
        let df = k as f64 - 1.0;
        let q = (k > 1).then(|| model.q());
        let h2 = q.map(|q| if random { tau2 / model.typical_variance() + 1.0 } else { q / df });
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
}

/// The values but those at one position.
pub(super) fn without(values: &[f64], position: usize) -> Vec<f64> {
    values.iter().enumerate().filter(|(i, _)| *i != position).map(|(_, v)| *v).collect()
}

/// The fit without each study in turn; at least two studies.
pub(super) fn leave_one_out(effects: &EffectSizes, recipe: Recipe) -> Result<Vec<PartialFit>> {
    effects
        .labels()
        .iter()
        .enumerate()
        .map(|(i, label)| recipe.fit(label, &without(effects.yi(), i), &without(effects.vi(), i)))
        .collect()
}

/// The fit to the first study, the first two, and so on; `order` holds positions.
pub(super) fn cumulative(effects: &EffectSizes, order: &[usize], recipe: Recipe) -> Result<Vec<PartialFit>> {
    let (mut yi, mut vi) = (Vec::new(), Vec::new());
    let rows = order
        .iter()
        .filter_map(|&i| Some((effects.labels().get(i)?, *effects.yi().get(i)?, *effects.vi().get(i)?)));
    rows.map(|(label, y, v)| {
        yi.push(y);
        vi.push(v);
        recipe.fit(label, &yi, &vi)
    })
    .collect()
}
