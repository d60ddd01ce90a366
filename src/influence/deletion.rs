//! Case diagnostics: what the model says of each study, and what becomes of it without the study.
//!
//! For a mean they follow in O(1) from the fits without each study; with moderators they are those of the regression, to
//! which Baujat's coordinates are added.

use serde::{Deserialize, Serialize};

use super::sequence::{Recipe, Without};
use crate::{
    EffectSizes, Result,
    pool::{Inference, PoolModel, kernel},
    regression::{Design, Intercept, MetaRegression, StudyDiagnostics},
    stat::chi2,
    tau2::{
        self,
        linear::Linear,
        model::{Mean, Model},
    },
};

/// The influence of one study. Values that need a fit without the study are `None` where there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StudyInfluence {
    /// The label.
    pub study: String,
    /// The externally studentized residual.
    pub rstudent: Option<f64>,
    /// DFFITS: the change of the fitted value in standard errors.
    pub dffits: Option<f64>,
    /// Cook's distance.
    pub cook_d: Option<f64>,
    /// COVRATIO: the generalized variance of the coefficients without the study over that with it.
    pub cov_r: Option<f64>,
    /// tau² without the study; `None` for a fixed effect.
    pub tau2_del: Option<f64>,
    /// Q (the residual one, with moderators) without the study.
    pub q_del: Option<f64>,
    /// The diagonal of the hat matrix.
    pub hat: f64,
    /// The weight in per cent.
    pub weight: f64,
    /// DFBETAS, one for each coefficient; empty without a fit.
    pub dfbs: Vec<f64>,
    /// True if one of the cut-offs is exceeded.
    pub influential: bool,
}

/// A study in Baujat's plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BaujatPoint {
    /// The label.
    pub study: String,
    /// The contribution to heterogeneity: the squared Pearson residual.
    pub x: f64,
    /// The influence on the fitted value; `None` without a fit.
    pub y: Option<f64>,
}

/// The diagnostics of every study and Baujat's coordinates for a mean; at least two studies.
pub(super) fn of_mean(
    effects: &EffectSizes,
    without: &[Without],
    recipe: Recipe,
) -> (Vec<StudyInfluence>, Vec<BaujatPoint>) {
    let (yi, vi, n) = (effects.yi(), effects.vi(), effects.len() as f64);
    let random = recipe.model == PoolModel::Random;
    let tau2 = match random {
        true => tau2::estimate_of(&mut Mean::new(yi, vi), recipe.estimator, None).tau2,
        false => 0.0,
    };
    let (mean, variance) = kernel::mean_at(yi, vi, tau2);
    let factor = recipe.factor(yi, vi, mean, tau2);
    let study = |((label, deleted), (&y, &v)): ((&String, &Without), (&f64, &f64))| {
        let w = 1.0 / (v + tau2);
        let hat = w * variance;
        let shift = mean - deleted.mean;
        let total = deleted.factor * (v + deleted.tau2);
        let spread = deleted.factor * deleted.variance;
        // The standard error from all studies at the tau² without this one.
        let at = deleted.factor / (1.0 / deleted.variance + 1.0 / (v + deleted.tau2));
        let dffits = finite(shift / (hat * total).sqrt());
        let cook_d = finite(shift * shift / (factor * variance));
        let dfbs = finite(shift / at.sqrt());
        let study = StudyInfluence {
            study: label.clone(),
            rstudent: finite((y - deleted.mean) / (total + spread).sqrt()),
            dffits,
            cook_d,
            cov_r: finite(spread / (factor * variance)),
            tau2_del: random.then_some(deleted.tau2),
            q_del: finite(deleted.q),
            hat,
            weight: 100.0 * hat,
            dfbs: dfbs.into_iter().collect(),
            influential: hat > 3.0 / n
                || dffits.is_some_and(|d| d.abs() > 3.0 * (1.0 / (n - 1.0)).sqrt())
                || cook_d.is_some_and(|d| chi2::cdf(d, 1.0) > 0.5)
                || dfbs.is_some_and(|d| d.abs() > 1.0),
        };
        let point = BaujatPoint {
            study: label.clone(),
            x: (y - mean) * (y - mean) * w,
            y: finite(shift * shift / spread),
        };
        (study, point)
    };
    effects.labels().iter().zip(without).zip(yi.iter().zip(vi)).map(study).unzip()
}

/// The diagnostics of every study and Baujat's coordinates for a meta-regression; `design` has p columns of k values, and
/// there are at least p + 2 studies.
pub(super) fn of_regression(
    effects: &EffectSizes,
    design: &[f64],
    terms: &[String],
    recipe: Recipe,
) -> Result<(Vec<StudyInfluence>, Vec<BaujatPoint>)> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    let intercept = match design.iter().take(k).all(|x| *x == 1.0) {
        true => Intercept::First,
        false => Intercept::None,
    };
    let matrix = Design::from_columns(terms.to_vec(), design.to_vec(), intercept)?;
    let regression = match recipe.model {
        PoolModel::Random => MetaRegression::new(recipe.estimator),
        _ => MetaRegression::fixed_effects(),
    };
    let fit = regression.inference(recipe.inference).level(recipe.level).fit(effects, matrix)?;
    let tau2 = fit.tau2();
    let mut model = Linear::new(yi, vi, design)?;
    let diagnostics = fit.diagnostics()?;
    let baujat = diagnostics
        .iter()
        .enumerate()
        .map(|(i, d)| BaujatPoint {
            study: d.study.clone(),
            x: d.residual * d.residual / (vi[i] + tau2),
            y: shift_squared(&mut model, i, d, recipe),
        })
        .collect();
    let studies = diagnostics
        .into_iter()
        .enumerate()
        .map(|(i, d)| StudyInfluence {
            study: d.study,
            rstudent: d.rstudent,
            dffits: d.dffits,
            cook_d: d.cook_d,
            cov_r: d.cov_r,
            tau2_del: d.tau2_del,
            q_del: d.q_del,
            hat: d.hat,
            weight: d.weight.unwrap_or_else(|| share(vi, i, tau2)),
            dfbs: d.dfbs.filter(|dfbs| dfbs.iter().all(|d| d.is_finite())).unwrap_or_default(),
            influential: d.influential,
        })
        .collect();
    Ok((studies, baujat))
}

/// The weight of a study in per cent.
fn share(vi: &[f64], i: usize, tau2: f64) -> f64 {
    100.0 / (vi[i] + tau2) / vi.iter().map(|v| 1.0 / (v + tau2)).sum::<f64>()
}

/// Baujat's y: the squared change of the fitted value over its variance without the study. At the tau² without the study
/// both follow from the leverage h: the deleted residual is e / (1 - h), the variance of the fitted value s / (1 - h) with s
/// that of all studies, and the residual sum of squares falls by w e² / (1 - h).
fn shift_squared(model: &mut Linear<'_>, i: usize, study: &StudyDiagnostics, recipe: Recipe) -> Option<f64> {
    study.q_del?;
    let tau2 = study.tau2_del.unwrap_or(0.0);
    let row = model.row(i).to_vec();
    let (y, w) = (*model.yi().get(i)?, 1.0 / (model.vi().get(i)? + tau2));
    let rss = model.residual(|_, v| 1.0 / (v + tau2)).rss;
    let df = model.df() - 1.0;
    let (g, c) = model.solution(|_, v| 1.0 / (v + tau2));
    let e = y - row.iter().zip(g).map(|(a, b)| a * b).sum::<f64>();
    let column = |c: &[f64]| row.iter().zip(c).map(|(a, b)| a * b).sum::<f64>();
    let s: f64 = c.chunks_exact(row.len().max(1)).zip(&row).map(|(c, x)| x * column(c)).sum();
    let left = 1.0 - w * s;
    let factor = (rss - w * e * e / left) / df;
    let factor = match recipe.inference {
        Inference::HartungKnapp => factor,
        Inference::HartungKnappAdHoc => factor.max(1.0),
        _ => 1.0,
    };
    let shift = study.fitted - (y - e / left);
    finite(shift * shift / (factor * s / left))
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}
