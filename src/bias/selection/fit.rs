//! The maximum of the likelihood, with its test, standard errors and interval.

use serde::{Deserialize, Serialize};

use super::{
    Alternative, Selection, SelectionFunction,
    likelihood::{Derivatives, Problem},
};
use crate::{
    EffectSizes, Error, Level, Result,
    linalg::cholesky,
    pool::{PoolModel, kernel},
    stat::{chi2, normal},
    tau2::Tau2,
};

/// The fit of a selection model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelectionFit {
    /// The selection function.
    pub name: SelectionFunction,
    /// Its steps below 1.
    pub steps: Vec<f64>,
    /// The direction of the P values.
    pub alternative: Alternative,
    /// The number of studies in each interval of a step function; empty for the others.
    pub counts: Vec<usize>,
    /// The parameters of the selection function; of a step function one for each interval, the first 1.
    pub delta: Vec<f64>,
    /// Their standard errors; `None` for the first of a step function, and for a parameter at its bound.
    pub delta_se: Vec<Option<f64>>,
    /// The likelihood-ratio statistic against no selection.
    pub lrt: f64,
    /// Its degrees of freedom.
    pub lrt_df: usize,
    /// Its P value.
    pub lrt_p_value: f64,
    /// The mean effect without selection.
    pub estimate: f64,
    /// Its standard error; `None` if the likelihood is flat.
    pub se: Option<f64>,
    /// The test statistic.
    pub statistic: Option<f64>,
    /// Its P value, by the normal distribution.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit.
    pub ci_upper: Option<f64>,
    /// tau² without selection; `None` for a fixed effect.
    pub tau2: Option<f64>,
    /// Its standard error; `None` at 0.
    pub tau2_se: Option<f64>,
    /// The log-likelihood at the maximum.
    pub log_likelihood: f64,
}

/// A positive parameter outside this range is on its way to 0 or infinity.
const RANGE: (f64, f64) = (1e-8, 1e8);

/// The coordinates of the search: (μ, tau², ln δ or δ).
struct Search<'a> {
    problem: &'a Problem<'a>,
    /// tau² is a parameter.
    random: bool,
    /// δ > 0, searched by its logarithm.
    positive: bool,
}

impl Search<'_> {
    fn natural(&self, x: &[f64]) -> Vec<f64> {
        let map = |(i, &x): (usize, &f64)| if i >= 2 && self.positive { x.exp() } else { x };
        x.iter().enumerate().map(map).collect()
    }

    fn evaluate(&self, x: &[f64]) -> Derivatives {
        let theta = self.natural(x);
        let mut d = self.problem.evaluate(&theta);
        if self.positive {
            let n = theta.len();
            for a in 2..n {
                for b in 0..n {
                    let scale = theta[a] * if b >= 2 { theta[b] } else { 1.0 };
                    d.second[a * n + b] *= scale;
                    if b < 2 {
                        d.second[b * n + a] *= scale;
                    }
                }
                d.first[a] *= theta[a];
                d.second[a * n + a] += d.first[a];
            }
        }
        d
    }

    /// Whether a coordinate has the lower bound 0.
    fn bounded(&self, i: usize) -> bool {
        i == 1 || i >= 2 && !self.positive
    }

    /// Newton's method with a growing ridge until the step goes up, the bounds held exactly.
    fn climb(&self, start: Vec<f64>) -> (Vec<f64>, Derivatives) {
        let mut x = start;
        let mut at = self.evaluate(&x);
        let n = x.len();
        let mut ridge = 1e-3;
        for _ in 0..200 {
            let free: Vec<usize> = (0..n)
                .filter(|&i| {
                    !(i == 1 && !self.random || self.bounded(i) && x[i] <= 0.0 && at.first[i] <= 0.0)
                })
                .collect();
            let m = free.len();
            let mut moved = false;
            for _ in 0..40 {
                let mut a = vec![0.0; m * m];
                for (r, &i) in free.iter().enumerate() {
                    for (c, &j) in free.iter().enumerate() {
                        a[c * m + r] = -at.second[i * n + j];
                    }
                    a[r * m + r] += ridge * (at.second[i * n + i].abs() + 1e-8);
                }
                let mut step: Vec<f64> = free.iter().map(|&i| at.first[i]).collect();
                let solved = cholesky::factor(&mut a, m).and_then(|()| cholesky::solve(&a, m, &mut step));
                if solved.is_ok() {
                    let mut next = x.clone();
                    for (&i, step) in free.iter().zip(&step) {
                        next[i] += if i >= 2 && self.positive { step.clamp(-2.0, 2.0) } else { *step };
                        if self.bounded(i) {
                            next[i] = next[i].max(0.0);
                        }
                    }
                    let trial = self.evaluate(&next);
                    if trial.value >= at.value {
                        let gain = trial.value - at.value;
                        let change = next
                            .iter()
                            .zip(&x)
                            .map(|(a, b)| (a - b).abs() / (b.abs() + 1e-6))
                            .fold(0.0, f64::max);
                        (x, at) = (next, trial);
                        ridge *= 0.05;
                        if ridge < 1e-14 {
                            ridge = 0.0;
                        }
                        moved = change > 1e-13 && !(gain == 0.0 && change < 1e-9);
                        break;
                    }
                }
                ridge = if ridge == 0.0 { 1e-10 } else { ridge * 8.0 };
            }
            if !moved {
                break;
            }
        }
        (x, at)
    }
}

pub(in crate::bias) fn fit(
    effects: &EffectSizes,
    selection: &Selection,
    alternative: Alternative,
    model: PoolModel,
    level: Level,
) -> Result<SelectionFit> {
    // Selection for negative effects is that for positive ones of the mirrored data.
    let sign = if alternative == Alternative::Less { -1.0 } else { 1.0 };
    let yi: Vec<f64> = effects.yi().iter().map(|y| sign * y).collect();
    let (vi, k) = (effects.vi(), effects.len());
    let random = model == PoolModel::Random;
    let m = selection.parameters();
    if k <= 1 + usize::from(random) {
        return Err(Error::model(format!("{k} studies"), "a selection model needs more"));
    }
    let problem = Problem::new(&yi, vi, selection, alternative == Alternative::TwoSided);
    let counts = intervals(&problem, k)?;

    let none = selection.none();
    let plain = if random { kernel::random(&yi, vi, Tau2::Ml) } else { kernel::fixed(&yi, vi) };
    let start = |mu: f64, tau2: f64, delta: f64| [vec![mu, tau2], vec![delta; m]].concat();
    // Without selection w = 1 for every function, which is not in reach of the search where δ = 0 is.
    let unselected = problem.evaluate(&start(plain.estimate, plain.tau2, none)).value;

    let search = Search { problem: &problem, random, positive: selection.positive() };
    let deltas: &[f64] = if selection.positive() { &[0.0, -1.2, 1.0] } else { &[0.1, 1.0, 5.0, 25.0] };
    let spread = vi.iter().sum::<f64>() / k as f64;
    let mut best: Option<(Vec<f64>, Derivatives)> = None;
    for &delta in deltas {
        for (mu, tau2) in [(plain.estimate, plain.tau2.max(0.05 * spread)), (0.0, plain.tau2 + spread)] {
            let tau2 = if random { tau2 } else { 0.0 };
            let found = search.climb(start(mu, tau2, delta));
            let better = best.as_ref().is_none_or(|(_, b)| found.1.value > b.value + 1e-12);
            if found.1.value.is_finite() && better {
                best = Some(found);
            }
        }
    }
    let Some((x, _)) = best else {
        return Err(Error::model("the likelihood is nowhere finite", "check the variances"));
    };
    let theta = search.natural(&x);
    let (low, high) = RANGE;
    if theta[2..].iter().any(|d| *d > high || selection.positive() && *d < low) {
        return Err(Error::model(
            "the likelihood rises without end in the parameters of the selection function",
            "the data do not determine it; use fewer steps, or a simpler function",
        ));
    }
    let at = problem.evaluate(&theta);
    let errors = standard_errors(&at, &theta, random, selection.positive());
    let lrt = (2.0 * (at.value - unselected)).max(0.0);
    let estimate = sign * theta[0];
    let se = errors[0];
    let half = se.map(|se| level.critical_value(None) * se);
    let statistic = se.map(|se| estimate / se);
    let step = selection.function() == SelectionFunction::Stepfun;
    let mut delta = theta[2..].to_vec();
    let mut delta_se = errors[2..].to_vec();
    if step {
        delta.insert(0, 1.0);
        delta_se.insert(0, None);
    }
    Ok(SelectionFit {
        name: selection.function(),
        steps: selection.steps().to_vec(),
        alternative,
        counts,
        delta,
        delta_se,
        lrt,
        lrt_df: m,
        lrt_p_value: chi2::sf(lrt, m as f64),
        estimate,
        se,
        statistic,
        p_value: statistic.map(normal::two_sided),
        ci_lower: half.map(|h| estimate - h),
        ci_upper: half.map(|h| estimate + h),
        tau2: random.then_some(theta[1]),
        tau2_se: errors[1],
        log_likelihood: at.value,
    })
}

/// The studies in each interval between steps, none of which may be empty.
fn intervals(problem: &Problem<'_>, k: usize) -> Result<Vec<usize>> {
    let steps = problem.selection.steps();
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let mut counts = vec![0; steps.len() + 1];
    for i in 0..k {
        if let Some(count) = counts.get_mut(problem.selection.interval(problem.p(i).0)) {
            *count += 1;
        }
    }
    if let Some(empty) = counts.iter().position(|&n| n == 0) {
        let low = if empty == 0 { 0.0 } else { steps[empty - 1] };
        let high = steps.get(empty).copied().unwrap_or(1.0);
        return Err(Error::model(
            format!("no study has a P value between {low} and {high}"),
            "choose other steps, with studies in every interval",
        ));
    }
    Ok(counts)
}

/// From the second derivatives in the parameters that are not at a bound.
fn standard_errors(at: &Derivatives, theta: &[f64], random: bool, positive: bool) -> Vec<Option<f64>> {
    let n = theta.len();
    let free: Vec<usize> = (0..n)
        .filter(|&i| !(i == 1 && (!random || theta[1] <= 0.0) || i >= 2 && !positive && theta[i] <= 0.0))
        .collect();
    let m = free.len();
    let mut a = vec![0.0; m * m];
    for (r, &i) in free.iter().enumerate() {
        for (c, &j) in free.iter().enumerate() {
            a[c * m + r] = -at.second[i * n + j];
        }
    }
    let mut errors = vec![None; n];
    if cholesky::invert(&mut a, m).is_ok() {
        for (r, &i) in free.iter().enumerate() {
            errors[i] = Some(a[r * m + r].sqrt()).filter(|se| se.is_finite());
        }
    }
    errors
}
