//! The amount of selection that it would take. The mean if affirmative studies were η times as likely to be published.
//!
//! A study is affirmative if it is significant (two-sided 0.05) in the direction of the effect. If affirmative studies are
//! published η times as often as the others, weighting the others by η undoes it: with w = 1 / v (one common effect) or
//! 1 / (v + tau²) (tau² of the uncorrected model), A the affirmative and N the other studies,
//!
//! b(η) = (Σ_A wy + η Σ_N wy) / (Σ_A w + η Σ_N w).
//!
//! Its variance is (Σ_A w + η² Σ_N w) / (Σ_A w + η Σ_N w)² for a common effect; under heterogeneity it is the CR2 sandwich over
//! studies, or over clusters, with Satterthwaite's degrees of freedom, which needs no distribution of the effects. As η grows
//! the mean goes to that of the other studies alone: the worst case. The S value is the least η that brings the mean, or the
//! limit of its interval nearer to the null, to the threshold q; where the worst case does not do it, no selection of this
//! kind can ("not possible"), and the value is absent.
//!
//! Reference: Mathur and VanderWeele (2020), Sensitivity analysis for publication bias in meta-analyses, doi:10.1111/rssc.12440.

use serde::{Deserialize, Serialize};

use super::{Alternative, options::Settings};
use crate::{
    EffectSizes, Error, Result,
    robust::{ClusteredModel, RobustType},
    stat::{Tail, normal, root},
};

/// The mean corrected for selection of one strength.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CorrectedMean {
    /// The ratio by which affirmative studies are more likely to be published; `None` for the worst case.
    pub eta: Option<f64>,
    /// The corrected mean.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// Two-sided.
    pub p_value: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
}

/// The sensitivity of the mean to selection of affirmative studies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WorstCase {
    /// The direction of affirmative studies, `greater` or `less`.
    pub favored: Alternative,
    /// The number of affirmative studies.
    pub k_affirmative: usize,
    /// The number of other studies.
    pub k_other: usize,
    /// The corrected means, the worst case last.
    pub corrected: Vec<CorrectedMean>,
    /// The threshold q.
    pub threshold: f64,
    /// The least η that brings the mean to the threshold; `None` if none does.
    pub s_value: Option<f64>,
    /// The least η that brings the confidence limit to the threshold; `None` if none does, 1 if it is there already.
    pub s_value_ci: Option<f64>,
}

/// The strengths that are shown.
const ETAS: [f64; 7] = [1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0];
/// The largest η that is looked for.
const MOST: f64 = 1e6;

struct Weighed<'a> {
    /// Turned so that affirmative studies are positive.
    y: Vec<f64>,
    /// v, or v + tau².
    v: Vec<f64>,
    affirmative: Vec<bool>,
    random: bool,
    settings: &'a Settings,
}

impl Weighed<'_> {
    /// The mean at η, or of the other studies alone.
    fn at(&self, eta: Option<f64>) -> Result<CorrectedMean> {
        let rows: Vec<usize> = (0..self.y.len()).filter(|&i| eta.is_some() || !self.affirmative[i]).collect();
        let y: Vec<f64> = rows.iter().map(|&i| self.y[i]).collect();
        let v: Vec<f64> = rows.iter().map(|&i| self.v[i]).collect();
        let factor = |i: usize| if self.affirmative[i] { 1.0 } else { eta.unwrap_or(1.0) };
        let w: Vec<f64> = rows.iter().map(|&i| factor(i) / self.v[i]).collect();
        let total: f64 = w.iter().sum();
        let estimate = y.iter().zip(&w).map(|(y, w)| y * w).sum::<f64>() / total;
        let (se, df) = if self.random || self.settings.clusters.is_some() {
            let ones = vec![1.0; y.len()];
            let residuals: Vec<f64> = y.iter().map(|y| y - estimate).collect();
            let clusters: Vec<usize> = match &self.settings.clusters {
                Some(clusters) => rows.iter().map(|&i| clusters[i]).collect(),
                None => rows.clone(),
            };
            let mean = [estimate];
            let model = ClusteredModel::weighted(&ones, &mean, &residuals, &w, &v, &clusters)?;
            let robust = model.robust(RobustType::Cr2)?.contrast(&[1.0], self.settings.level)?;
            (robust.se, Some(robust.df))
        } else {
            let variance = w.iter().zip(&v).map(|(w, v)| w * w * v).sum::<f64>() / (total * total);
            (variance.sqrt(), None)
        };
        let half = self.settings.level.critical_value(df) * se;
        let p = |z: f64| df.map_or_else(|| normal::two_sided(z), |df| crate::stat::t::two_sided(z, df));
        Ok(CorrectedMean {
            eta,
            estimate,
            se,
            df,
            p_value: p(estimate / se),
            ci_lower: estimate - half,
            ci_upper: estimate + half,
        })
    }
}

pub(super) fn worst_case(effects: &EffectSizes, settings: &Settings, threshold: f64) -> Result<WorstCase> {
    let (yi, vi) = (effects.yi(), effects.vi());
    let pooled = settings.pooled(yi, vi);
    let favored = match settings.direction {
        Some(side @ (Alternative::Greater | Alternative::Less)) => side,
        _ if pooled.estimate < 0.0 => Alternative::Less,
        _ => Alternative::Greater,
    };
    let sign = if favored == Alternative::Less { -1.0 } else { 1.0 };
    let critical = normal::quantile(Tail::Upper(0.025));
    let affirmative: Vec<bool> = yi.iter().zip(vi).map(|(y, v)| sign * y > critical * v.sqrt()).collect();
    let k_affirmative = affirmative.iter().filter(|a| **a).count();
    let k_other = yi.len() - k_affirmative;
    if k_other == 0 {
        return Err(Error::model(
            "every study is significant in the direction of the effect",
            "there is none whose weight could be raised",
        ));
    }
    let weighed = Weighed {
        y: yi.iter().map(|y| sign * y).collect(),
        v: vi.iter().map(|v| v + pooled.tau2).collect(),
        affirmative,
        random: settings.spec.is_random(),
        settings,
    };
    let turn = |mut c: CorrectedMean| {
        if sign < 0.0 {
            (c.estimate, c.ci_lower, c.ci_upper) = (-c.estimate, -c.ci_upper, -c.ci_lower);
        }
        c
    };
    let mut corrected = Vec::new();
    for eta in ETAS {
        corrected.push(turn(weighed.at(Some(eta))?));
    }
    // A sandwich of one study does not exist: the report then ends with the largest finite η.
    corrected.extend(weighed.at(None).ok().map(turn));
    // b(η) = q solved for η.
    let q = sign * threshold;
    let sums = |of: bool| {
        let rows = weighed.y.iter().zip(&weighed.v).zip(&weighed.affirmative).filter(move |(_, a)| **a == of);
        rows.fold((0.0, 0.0), |(w, wy), ((y, v), _)| (w + 1.0 / v, wy + y / v))
    };
    let ((wa, wya), (wn, wyn)) = (sums(true), sums(false));
    let s_value = if (wya + wyn) / (wa + wn) <= q {
        Some(1.0)
    } else {
        Some((wya - q * wa) / (q * wn - wyn)).filter(|eta| eta.is_finite() && *eta >= 1.0)
    };
    let lower = |eta: f64| weighed.at(Some(eta)).map_or(f64::NAN, |c| c.ci_lower - q);
    let s_value_ci = if lower(1.0) <= 0.0 {
        Some(1.0)
    } else {
        root::expand(lower, 1.0, 0.25, MOST).and_then(|(a, b)| root::find_between(lower, a, b))
    };
    Ok(WorstCase { favored, k_affirmative, k_other, corrected, threshold, s_value, s_value_ci })
}
