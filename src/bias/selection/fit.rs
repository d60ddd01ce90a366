//! The maximum of the likelihood, with its tests, standard errors and intervals.

use serde::{Deserialize, Serialize};

use super::{
    Alternative, Imprecision, Selection, SelectionFunction,
    likelihood::{Derivatives, Problem},
    profile::{self, SelectionProfile},
    search::{Peak, Search},
};
use crate::{
    EffectSizes, Error, Level, Result,
    linalg::cholesky,
    pool::{PoolModel, kernel},
    regression::Design,
    stat::{chi2, normal},
    tau2::{self, Tau2, linear::Linear},
};

/// A coefficient of a selection model with moderators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SelectionCoefficient {
    /// The name of its column.
    pub term: String,
    /// The estimate without selection.
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
}

/// The fit of a selection model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SelectionFit {
    /// The selection function.
    pub name: SelectionFunction,
    /// The model as it is asked for, with steps, fixed parameters and precision.
    pub model: String,
    /// Its steps below 1.
    pub steps: Vec<f64>,
    /// The direction of the P values.
    pub alternative: Alternative,
    /// The number of studies in each interval of a step function; empty for the others.
    pub counts: Vec<usize>,
    /// The parameters of the selection function; of a step function one for each interval, the first 1.
    pub delta: Vec<f64>,
    /// Their standard errors; `None` for a fixed one, and for a parameter at its bound.
    pub delta_se: Vec<Option<f64>>,
    /// The likelihood-ratio statistic against no selection; `None` if all parameters are fixed.
    pub lrt: Option<f64>,
    /// Its degrees of freedom.
    pub lrt_df: usize,
    /// Its P value.
    pub lrt_p_value: Option<f64>,
    /// The mean effect without selection; with moderators the first coefficient.
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
    /// All coefficients, where there are moderators.
    pub coefficients: Option<Vec<SelectionCoefficient>>,
    /// tau² without selection; `None` for a fixed effect.
    pub tau2: Option<f64>,
    /// Its standard error; `None` at 0.
    pub tau2_se: Option<f64>,
    /// The likelihood-ratio statistic of tau² = 0 under selection.
    pub tau2_lrt: Option<f64>,
    /// Its P value, with one degree of freedom (conservative: 0 is at the bound).
    pub tau2_p_value: Option<f64>,
    /// Profile-likelihood intervals, if asked for.
    pub profile: Option<SelectionProfile>,
    /// The number of clusters, if standard errors are those of the sandwich over clusters.
    pub clusters: Option<usize>,
    /// The log-likelihood at the maximum.
    pub log_likelihood: f64,
}

impl SelectionFit {
    /// Remarks on the estimates: parameters at their bounds, a likelihood without curvature.
    pub(in crate::bias) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for (place, (delta, se)) in self.delta.iter().zip(&self.delta_se).enumerate() {
            let bound = match *delta {
                small if small < BOUNDS.0 => "0",
                large if large > BOUNDS.1 => "infinity",
                _ => continue,
            };
            if se.is_none() {
                remarks.push(format!(
                    "parameter {} of the selection is at its bound, {bound}; standard errors count it as known",
                    place + 1
                ));
            }
        }
        if self.se.is_none() {
            remarks.push("the likelihood is flat at its maximum: there are no standard errors".to_owned());
        }
        remarks
    }
}

/// A positive parameter beyond these is at its bound of 0 or infinity.
const BOUNDS: (f64, f64) = (1e-6, 1e6);

/// The options of a selection model.
pub(in crate::bias) struct Fitting<'a> {
    pub alternative: Alternative,
    pub model: PoolModel,
    pub level: Level,
    pub moderators: Option<&'a Design>,
    pub clusters: Option<&'a [usize]>,
    pub profile: bool,
}

/// A positive parameter outside this range is on its way to 0 or infinity.
const RANGE: (f64, f64) = (1e-8, 1e8);

pub(in crate::bias) fn fit(
    effects: &EffectSizes,
    selection: &Selection,
    options: &Fitting<'_>,
) -> Result<SelectionFit> {
    // Selection for negative effects is that for positive ones of the mirrored data.
    let less = options.alternative == Alternative::Less;
    let two_sided = options.alternative == Alternative::TwoSided;
    let sign = if less { -1.0 } else { 1.0 };
    if two_sided && selection.by_effect() {
        return Err(Error::model("`trunc` has a direction", "choose the alternative `greater` or `less`"));
    }
    let turned = if less { selection.mirrored() } else { selection.clone() };
    let yi: Vec<f64> = effects.yi().iter().map(|y| sign * y).collect();
    let (vi, k) = (effects.vi(), effects.len());
    let random = options.model == PoolModel::Random;
    let design = options.moderators.map(Design::values);
    let problem =
        Problem::new(&yi, vi, &turned, two_sided).moderators(design).scaled(imprecision(effects, &turned)?);
    let (p, m) = (problem.coefficients(), turned.parameters());
    if k <= p + usize::from(random) {
        return Err(Error::model(
            format!("{k} {}", if k == 1 { "study" } else { "studies" }),
            "a selection model needs more",
        ));
    }
    let counts = intervals(&problem, k)?;

    let (beta, tau2) = plain(&yi, vi, design, random)?;
    let mut held = vec![false; p + 1 + m];
    held[p] = !random;
    for i in 0..m {
        held[p + 1 + i] = turned.held(i).is_some();
    }
    let free = (0..m).filter(|&i| turned.held(i).is_none()).count();
    let search = Search { problem: &problem, held };
    let theta = |beta: &[f64], tau2: f64, delta: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let delta = (0..m).map(|i| turned.held(i).unwrap_or_else(|| delta(i)));
        beta.iter().copied().chain([tau2]).chain(delta).collect()
    };
    let spread = vi.iter().sum::<f64>() / k as f64;
    let factors: &[f64] = match (free, turned.positive(0)) {
        (0, _) => &[1.0],
        (_, true) => &[1.0, 0.3, 2.7],
        (_, false) => &[0.5, 3.0, 20.0],
    };
    let turned = &turned;
    let delta = |factor: f64| {
        move |i: usize| match (turned.positive(0), turned.positive(i)) {
            (false, true) => 1.0,
            _ => factor,
        }
    };
    let near = if random { tau2.max(0.05 * spread) } else { 0.0 };
    let mut starts: Vec<Vec<f64>> =
        factors.iter().map(|&factor| theta(&beta, near, &delta(factor))).collect();
    let mut zero = beta.clone();
    zero[0] = 0.0;
    let last = factors.last().copied().unwrap_or(1.0);
    starts.push(theta(&zero, if random { tau2 + spread } else { 0.0 }, &delta(last)));
    let Some(Peak { theta: best, at, level }) = search.best(&starts) else {
        return Err(Error::model(
            "the likelihood is nowhere finite",
            "check the variances, and that no study has a weight of 0",
        ));
    };
    let (low, high) = RANGE;
    let runs_off = |i: usize| {
        let d = best[p + 1 + i];
        turned.held(i).is_none() && (d > high || turned.positive(i) && d < low)
    };
    if (0..m).any(runs_off) {
        return Err(Error::model(
            "the likelihood rises without end in the parameters of the selection function",
            "the data do not determine it; use fewer steps, or a simpler function",
        ));
    }
    // Without selection w = 1 for every function; fixed parameters stay.
    let lrt = match free {
        0 => None,
        _ => {
            let none = Search {
                problem: &problem,
                held: (0..p + 1 + m).map(|i| i > p || i == p && !random).collect(),
            };
            let start = theta(&beta, tau2, &|i| turned.none(i));
            // The maximum already, unless fixed parameters select.
            let free_only = free == m;
            if free_only {
                Some((2.0 * (at.value - problem.unselected(&start))).max(0.0))
            } else {
                none.best(&[start]).map(|peak| (2.0 * (at.value - peak.at.value)).max(0.0))
            }
        }
    };
    let tau2_lrt = if random && best[p] <= 0.0 {
        Some(0.0)
    } else if random {
        let mut held = search.held.clone();
        held[p] = true;
        let homogeneous = Search { problem: &problem, held };
        let mut starts = vec![best.clone(), starts[0].clone()];
        starts.iter_mut().for_each(|start| start[p] = 0.0);
        homogeneous.best(&starts).map(|peak| (2.0 * (at.value - peak.at.value)).max(0.0))
    } else {
        None
    };

    let errors = match options.clusters {
        Some(clusters) => search.sandwich(&at, &best, clusters, level)?,
        None => search.standard_errors(&at, &best),
    };
    let coefficient = |j: usize| {
        let estimate = sign * best[j];
        let se = errors[j];
        let half = se.map(|se| options.level.critical_value(None) * se);
        let statistic = se.map(|se| estimate / se);
        SelectionCoefficient {
            term: options.moderators.and_then(|x| x.names().get(j).cloned()).unwrap_or_default(),
            estimate,
            se,
            statistic,
            p_value: statistic.map(normal::two_sided),
            ci_lower: half.map(|h| estimate - h),
            ci_upper: half.map(|h| estimate + h),
        }
    };
    let first = coefficient(0);
    let profile =
        options.profile.then(|| profile::profile(&search, &best, &at, &errors, sign, options.level));
    let mut delta = best[p + 1..].to_vec();
    let mut delta_se = errors[p + 1..].to_vec();
    if turned.stepwise() {
        delta.insert(0, 1.0);
        delta_se.insert(0, None);
    }
    Ok(SelectionFit {
        name: selection.function(),
        model: selection.to_string(),
        steps: selection.steps().to_vec(),
        alternative: options.alternative,
        counts,
        delta,
        delta_se,
        lrt,
        lrt_df: free,
        lrt_p_value: lrt.map(|lrt| chi2::sf(lrt, free as f64)),
        estimate: first.estimate,
        se: first.se,
        statistic: first.statistic,
        p_value: first.p_value,
        ci_lower: first.ci_lower,
        ci_upper: first.ci_upper,
        coefficients: design.map(|_| (0..p).map(coefficient).collect()),
        tau2: random.then_some(best[p]),
        tau2_se: errors[p],
        tau2_lrt,
        tau2_p_value: tau2_lrt.map(|lrt| chi2::sf(lrt, 1.0)),
        profile,
        clusters: options.clusters.map(|c| c.iter().collect::<std::collections::BTreeSet<_>>().len()),
        log_likelihood: at.value,
    })
}

/// The coefficients and tau² by maximum likelihood without selection.
fn plain(yi: &[f64], vi: &[f64], design: Option<&[f64]>, random: bool) -> Result<(Vec<f64>, f64)> {
    let Some(design) = design else {
        let pooled = if random { kernel::random(yi, vi, Tau2::Ml) } else { kernel::fixed(yi, vi) };
        return Ok((vec![pooled.estimate], pooled.tau2));
    };
    let mut linear = Linear::new(yi, vi, design)?;
    let tau2 = if random { tau2::estimate_of(&mut linear, Tau2::Ml, None).tau2 } else { 0.0 };
    let (beta, _) = linear.coefficients(|_, v| 1.0 / (v + tau2));
    Ok((beta, tau2))
}

/// The imprecision of each study over the largest.
fn imprecision(effects: &EffectSizes, selection: &Selection) -> Result<Option<Vec<f64>>> {
    let Some(kind) = selection.imprecision() else { return Ok(None) };
    let of_size = |f: fn(f64) -> f64| {
        let sizes = effects.sizes().ok_or_else(|| {
            Error::model(
                "the sizes of the studies are not known",
                "give a column `ni`, or `n1i` and `n2i`, beside the effects",
            )
        })?;
        Ok::<_, Error>(sizes.iter().map(|&n| f(n)).collect::<Vec<f64>>())
    };
    let mut values: Vec<f64> = match kind {
        Imprecision::Sei => effects.vi().iter().map(|v| v.sqrt()).collect(),
        Imprecision::Vi => effects.vi().to_vec(),
        Imprecision::Ninv => of_size(|n| 1.0 / n)?,
        Imprecision::SqrtNinv => of_size(|n| 1.0 / n.sqrt())?,
    };
    let largest = values.iter().copied().fold(0.0, f64::max);
    values.iter_mut().for_each(|value| *value /= largest);
    Ok(Some(values))
}

/// The studies in each interval between steps; one whose weight is to be estimated may not be empty.
fn intervals(problem: &Problem<'_>, k: usize) -> Result<Vec<usize>> {
    let selection = problem.selection;
    let steps = selection.steps();
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let mut counts = vec![0; steps.len() + 1];
    for i in 0..k {
        if let Some(count) = counts.get_mut(selection.interval(problem.p(i))) {
            *count += 1;
        }
    }
    let estimated = |j: usize| selection.held(j).is_none();
    let needed = |j: usize| match (selection.stepwise(), j) {
        (true, 0) => (0..steps.len()).any(estimated),
        (true, j) => estimated(j - 1),
        (false, _) => (0..selection.parameters()).any(estimated),
    };
    if let Some(empty) = (0..counts.len()).find(|&j| counts[j] == 0 && needed(j)) {
        let found = if selection.by_effect() {
            let side = if empty == 0 { "beyond" } else { "short of" };
            format!("no study has an effect {side} the cut point {}", steps[0])
        } else {
            let low = if empty == 0 { 0.0 } else { steps[empty - 1] };
            let high = steps.get(empty).copied().unwrap_or(1.0);
            format!("no study has a P value between {low} and {high}")
        };
        return Err(Error::model(found, "choose other steps, with studies in every interval"));
    }
    Ok(counts)
}

impl Search<'_> {
    /// The parameters that are neither held nor at a bound.
    fn inner(&self, theta: &[f64]) -> Vec<usize> {
        (0..theta.len()).filter(|&i| !(self.held[i] || self.bounded(i) && theta[i] <= 0.0)).collect()
    }

    /// The inverse of the negative second derivatives in these parameters.
    fn covariance(&self, at: &Derivatives, inner: &[usize], n: usize) -> Option<Vec<f64>> {
        let m = inner.len();
        let mut a = vec![0.0; m * m];
        for (r, &i) in inner.iter().enumerate() {
            for (c, &j) in inner.iter().enumerate() {
                a[c * m + r] = -at.second[i * n + j];
            }
        }
        cholesky::invert(&mut a, m).ok()?;
        // The lower triangle holds the inverse.
        for r in 0..m {
            for c in r + 1..m {
                a[c * m + r] = a[r * m + c];
            }
        }
        Some(a)
    }

    fn standard_errors(&self, at: &Derivatives, theta: &[f64]) -> Vec<Option<f64>> {
        let n = theta.len();
        let inner = self.inner(theta);
        let mut errors = vec![None; n];
        if let Some(a) = self.covariance(at, &inner, n) {
            for (r, &i) in inner.iter().enumerate() {
                errors[i] = Some(a[r * inner.len() + r].sqrt()).filter(|se| se.is_finite());
            }
        }
        errors
    }

    /// From the sandwich H⁻¹ (Σ s s') H⁻¹ m / (m - 1) with the scores s of m clusters.
    fn sandwich(
        &self,
        at: &Derivatives,
        theta: &[f64],
        clusters: &[usize],
        level: usize,
    ) -> Result<Vec<Option<f64>>> {
        let n = theta.len();
        let inner = self.inner(theta);
        let m = inner.len();
        let mut sums: std::collections::BTreeMap<usize, Vec<f64>> = std::collections::BTreeMap::new();
        for (score, cluster) in self.problem.scores(theta, level).chunks_exact(n).zip(clusters) {
            let sum = sums.entry(*cluster).or_insert_with(|| vec![0.0; m]);
            for (s, &i) in sum.iter_mut().zip(&inner) {
                *s += score[i];
            }
        }
        let count = sums.len() as f64;
        if count <= m as f64 {
            return Err(Error::model(
                format!("{count} clusters for {m} parameters"),
                "a sandwich over clusters needs more clusters than parameters",
            ));
        }
        let mut errors = vec![None; n];
        let Some(a) = self.covariance(at, &inner, n) else { return Ok(errors) };
        for (r, &i) in inner.iter().enumerate() {
            let row = &a[r * m..(r + 1) * m];
            let variance: f64 =
                sums.values().map(|s| s.iter().zip(row).map(|(s, a)| s * a).sum::<f64>().powi(2)).sum();
            errors[i] =
                Some((variance * count / (count - 1.0)).sqrt()).filter(|se| se.is_finite() && *se > 0.0);
        }
        Ok(errors)
    }
}
