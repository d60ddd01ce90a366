//! Case diagnostics: what the model says of each study, and what becomes of it without the study.

use serde::{Deserialize, Serialize};

use super::sequence::Recipe;
use crate::{
    EffectSizes, Result,
    linalg::cholesky,
    pool::{Inference, PoolModel},
    stat::chi2,
    tau2::{self, linear::Linear, model::Model},
};

/// The influence of one study. Values that need a fit without the study are `None` where there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Whether one of the cut-offs is exceeded.
    pub influential: bool,
}

/// A study in Baujat's plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BaujatPoint {
    /// The label.
    pub study: String,
    /// The contribution to heterogeneity: the squared Pearson residual.
    pub x: f64,
    /// The influence on the fitted value; `None` without a fit.
    pub y: Option<f64>,
}

/// A fit of the linear model in the coordinates of its design.
struct Fitted {
    tau2: f64,
    q: f64,
    b: Vec<f64>,
    /// Wald's covariance of b, p by p.
    c: Vec<f64>,
    /// Hartung and Knapp's factor of this covariance, 1 without.
    factor: f64,
}

impl Fitted {
    fn of(model: &mut Linear<'_>, recipe: Recipe) -> Self {
        let tau2 = match recipe.model {
            PoolModel::Random => tau2::estimate_of(model, recipe.estimator, None).tau2,
            _ => 0.0,
        };
        let (b, c) = model.coefficients(|_, v| 1.0 / (v + tau2));
        let spread = |model: &mut Linear<'_>| model.residual(|_, v| 1.0 / (v + tau2)).rss / model.df();
        let factor = match recipe.inference {
            Inference::HartungKnapp => spread(model),
            Inference::HartungKnappAdHoc => spread(model).max(1.0),
            _ => 1.0,
        };
        Fitted { tau2, q: model.q(), b, c, factor }
    }
}

/// The diagnostics of every study and Baujat's coordinates. `design` has p columns of k values.
pub(super) fn diagnose(
    effects: &EffectSizes,
    design: &[f64],
    recipe: Recipe,
) -> Result<(Vec<StudyInfluence>, Vec<BaujatPoint>)> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    let original = Linear::new(yi, vi, design)?;
    let p = original.p();
    // On the orthonormal basis of the design moderators may have any scale; the coefficients return for the DFBETAS.
    let mut basis = vec![0.0; k * p];
    for i in 0..k {
        for (j, value) in original.row(i).iter().enumerate() {
            basis[j * k + i] = *value;
        }
    }
    let mut model = Linear::new(yi, vi, &basis)?;
    let whole = Fitted::of(&mut model, recipe);
    let mut precision = whole.c.clone();
    let ln_det = cholesky::invert(&mut precision, p).map_err(crate::Error::from)?;
    let (n, p_) = (k as f64, p as f64);
    let weights: f64 = vi.iter().map(|v| 1.0 / (v + whole.tau2)).sum();
    let (mut studies, mut baujat) = (Vec::with_capacity(k), Vec::with_capacity(k));
    for (i, label) in effects.labels().iter().enumerate() {
        let row = original.row(i);
        let w = 1.0 / (vi[i] + whole.tau2);
        let hat = w * quadratic(&whole.c, row);
        let fitted = dot(row, &whole.b);
        let mut study = StudyInfluence {
            study: label.clone(),
            rstudent: None,
            dffits: None,
            cook_d: None,
            cov_r: None,
            tau2_del: None,
            q_del: None,
            hat,
            weight: 100.0 * w / weights,
            dfbs: Vec::new(),
            influential: hat > 3.0 * p_ / n,
        };
        let mut point =
            BaujatPoint { study: label.clone(), x: (yi[i] - fitted) * (yi[i] - fitted) * w, y: None };
        if let Some(deleted) = without(yi, vi, &basis, i, recipe) {
            let predicted = dot(row, &deleted.b);
            let spread = deleted.factor * quadratic(&deleted.c, row);
            let shift: Vec<f64> = whole.b.iter().zip(&deleted.b).map(|(a, b)| a - b).collect();
            let total = deleted.factor * (vi[i] + deleted.tau2);
            study.rstudent = finite((yi[i] - predicted) / (total + spread).sqrt());
            study.dffits = finite((fitted - predicted) / (hat * total).sqrt());
            study.tau2_del = (recipe.model == PoolModel::Random).then_some(deleted.tau2);
            study.q_del = Some(deleted.q);
            study.cook_d = finite(quadratic(&precision, &shift) / whole.factor);
            let mut c = deleted.c.clone();
            study.cov_r = cholesky::invert(&mut c, p).ok().and_then(|ln_det_deleted| {
                finite((ln_det_deleted - ln_det).exp() * (deleted.factor / whole.factor).powf(p_))
            });
            let (_, at) = model.coefficients(|_, v| 1.0 / (v + deleted.tau2));
            let at = original.covariance_on_design(&at, p);
            study.dfbs = original
                .on_design(&shift)
                .iter()
                .enumerate()
                .map(|(j, b)| b / (deleted.factor * at[j * p + j]).sqrt())
                .collect();
            if !study.dfbs.iter().all(|d| d.is_finite()) {
                study.dfbs.clear();
            }
            study.influential |= study.dffits.is_some_and(|d| d.abs() > 3.0 * (p_ / (n - p_)).sqrt())
                || study.cook_d.is_some_and(|d| chi2::cdf(d, p_) > 0.5)
                || study.dfbs.iter().any(|d| d.abs() > 1.0);
            point.y = finite((fitted - predicted) * (fitted - predicted) / spread);
        }
        studies.push(study);
        baujat.push(point);
    }
    Ok((studies, baujat))
}

/// The fit without one study; `None` if the rest cannot tell the coefficients apart, or is too few.
fn without(yi: &[f64], vi: &[f64], basis: &[f64], study: usize, recipe: Recipe) -> Option<Fitted> {
    let k = yi.len();
    let rest = |values: &[f64]| -> Vec<f64> {
        values.iter().enumerate().filter(|(i, _)| i % k != study).map(|(_, v)| *v).collect()
    };
    let (y, v, x) = (rest(yi), rest(vi), rest(basis));
    let mut model = Linear::new(&y, &v, &x).ok()?;
    // `Linear` has its own basis of the rest; its coefficients come back to that of all.
    Some(Fitted::of(&mut model, recipe))
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// x'Ax for a symmetric matrix.
fn quadratic(a: &[f64], x: &[f64]) -> f64 {
    a.chunks_exact(x.len().max(1)).zip(x).map(|(column, xj)| xj * dot(column, x)).sum()
}
