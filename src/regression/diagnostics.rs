//! Residuals, leverage and influence of every study: what a fit owes to each.
//!
//! With H the hat matrix of the weighted regression, h its diagonal, M = diag(v + tau²), and quantities without study i
//! (tau² estimated anew) marked (i):
//!
//! - standardized residual (y - x'b) / √[(I - H) M (I - H)']ᵢᵢ; deleted residual (y - x'b₍ᵢ₎) / √(v + tau²₍ᵢ₎ + x'Cov(b₍ᵢ₎)x);
//! - DFFITS (x'b - x'b₍ᵢ₎) / √(h (v + tau²₍ᵢ₎)); Cook's distance (b - b₍ᵢ₎)' Cov(b)⁻¹ (b - b₍ᵢ₎);
//! - covariance ratio |Cov(b₍ᵢ₎)| / |Cov(b)|; DFBETAS (b - b₍ᵢ₎) over the standard errors at tau²₍ᵢ₎.
//!
//! With Hartung-Knapp inference the factor of the fit without the study multiplies every variance of a deleted quantity.
//! All studies are fitted on the orthonormal basis of the whole design, which these quantities do not depend on. A study
//! without which the design loses a column has no deleted quantities.
//!
//! References: Viechtbauer and Cheung (2010), Outlier and influence diagnostics for meta-analysis, doi:10.1002/jrsm.11.
//! Belsley, Kuh and Welsch (1980). Fox and Monette (1992), Generalized collinearity diagnostics,
//! doi:10.1080/01621459.1992.10475190.

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::{
    Engine, MetaRegression, RegressionFit,
    kernel::{Solution, dot, unit_contrasts},
};
use crate::{
    Error, Result,
    pool::{Inference, PoolModel},
    stat::chi2,
    tau2::{self, linear::Linear, model::Model},
};

/// What a fit owes to one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StudyDiagnostics {
    /// The label.
    pub study: String,
    /// The fitted value.
    pub fitted: f64,
    /// The residual.
    pub residual: f64,
    /// The residual over its standard error.
    pub rstandard: Option<f64>,
    /// The deleted residual over its standard error.
    pub rstudent: Option<f64>,
    /// DFFITS.
    pub dffits: Option<f64>,
    /// Cook's distance.
    pub cook_d: Option<f64>,
    /// The covariance ratio.
    pub cov_r: Option<f64>,
    /// tau² without the study.
    pub tau2_del: Option<f64>,
    /// Q without the study.
    pub q_del: Option<f64>,
    /// The leverage, the diagonal of the hat matrix.
    pub hat: f64,
    /// The weight in per cent.
    pub weight: Option<f64>,
    /// DFBETAS, one for each coefficient; `None` without the deleted fit.
    pub dfbs: Option<Vec<f64>>,
    /// Whether the study is influential: |DFFITS| > 3 √(p / (k - p)), a Cook's distance beyond the median of chi-square with p
    /// degrees of freedom, a leverage above 3 p / k, or a |DFBETAS| above 1.
    pub influential: bool,
}

/// The variance inflation of one coefficient or term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}

impl RegressionFit {
    /// Residuals, leverage and influence of every study.
    ///
    /// # Errors
    ///
    /// If inference is by clusters, or k is not at least p + 2.
    pub fn diagnostics(&self) -> Result<Vec<StudyDiagnostics>> {
        if self.clusters.is_some() {
            return Err(Error::setting(
                "diagnostics",
                "inference is by clusters",
                "ask the fit without clusters, whose coefficients are the same",
            ));
        }
        let (yi, vi) = self.data();
        let (k, p, tau2) = (self.k, self.design.p(), self.tau2());
        if k < p + 2 {
            return Err(Error::model(
                format!("{k} studies and {p} coefficients leave none to take out"),
                "use fewer moderators",
            ));
        }
        let mut model = Linear::new(&yi, &vi, self.design.values())?;
        let wald = Solution::new(&mut model, tau2, self.weights.as_deref());
        let bread = match &self.weights {
            Some(a) => DMatrix::from_column_slice(p, p, model.solution(|i, _| a[i]).1),
            None => wald.c.clone(),
        };
        let engine = Engine::new(model, tau2, self.weights.as_deref(), self.inference);
        let inverse = Cholesky::new(engine.solution.c.clone());
        let ln_det = inverse.as_ref().map(|c| c.ln_determinant());
        let to_design = unit_contrasts(&(0..p).collect::<Vec<_>>(), p)
            .iter()
            .map(|l| engine.model.contrast_on_q(l))
            .collect::<Vec<_>>();
        // Q column by column, as a design.
        let q: Vec<f64> =
            (0..p).flat_map(|j| (0..k).map(move |i| (i, j))).map(|(i, j)| engine.model.row(i)[j]).collect();
        let options = self.options();

        (0..k)
            .map(|i| {
                let row = engine.model.row(i);
                let x = DVector::from_column_slice(row);
                let weight = self.weights.as_ref().map_or(1.0 / (vi[i] + tau2), |a| a[i]);
                let hat = (&bread * &x).dot(&x) * weight;
                let fitted = dot(row, &engine.solution.g);
                let residual = yi[i] - fitted;
                let m = vi[i] + tau2;
                let variance = m * (1.0 - 2.0 * hat) + wald.contrast(row).1;
                let deleted = Deleted::without(i, &yi, &vi, &q, self.weights.as_deref(), &options);
                let mut study = StudyDiagnostics {
                    study: self.studies[i].study.clone(),
                    fitted,
                    residual,
                    rstandard: (hat < 1.0 - 1e-12 && variance > 0.0).then(|| residual / variance.sqrt()),
                    rstudent: None,
                    dffits: None,
                    cook_d: None,
                    cov_r: None,
                    tau2_del: None,
                    q_del: None,
                    hat,
                    weight: self.studies[i].weight,
                    dfbs: None,
                    influential: hat > 3.0 * p as f64 / k as f64,
                };
                if let Some(deleted) = deleted {
                    let tau2_del = deleted.tau2;
                    let predicted = dot(row, deleted.b.as_slice());
                    let spread = (&deleted.c * &x).dot(&x);
                    let shift = DVector::from_column_slice(&engine.solution.g) - &deleted.b;
                    let dffits = (fitted - predicted) / (deleted.factor * hat * (vi[i] + tau2_del)).sqrt();
                    study.rstudent =
                        Some((yi[i] - predicted) / (deleted.factor * (vi[i] + tau2_del) + spread).sqrt());
                    study.dffits = Some(dffits).filter(|d| d.is_finite());
                    study.cook_d = inverse.as_ref().map(|c| shift.dot(&c.solve(&shift)));
                    study.cov_r = ln_det.and_then(|whole| {
                        Some((Cholesky::new(deleted.c.clone())?.ln_determinant() - whole).exp())
                    });
                    study.tau2_del = (self.model == PoolModel::Random).then_some(tau2_del);
                    study.q_del = Some(deleted.q);
                    // Standard errors from all studies at the tau² without this one.
                    let at = weighted_inverse(&engine.model, tau2_del);
                    study.dfbs = Some(
                        to_design
                            .iter()
                            .map(|l| {
                                let l = DVector::from_column_slice(l);
                                l.dot(&shift) / (deleted.factor * (&at * &l).dot(&l)).sqrt()
                            })
                            .collect(),
                    );
                    let (n, p) = (k as f64, p as f64);
                    study.influential |= study.dffits.is_some_and(|d| d.abs() > 3.0 * (p / (n - p)).sqrt())
                        || study.cook_d.is_some_and(|d| chi2::cdf(d, p) > 0.5)
                        || study.dfbs.iter().flatten().any(|d| d.abs() > 1.0);
                }
                Ok(study)
            })
            .collect()
    }

    /// The variance inflation of every coefficient but the intercept.
    pub fn inflation(&self) -> Vec<Inflation> {
        self.design
            .moderators()
            .into_iter()
            .filter_map(|column| self.inflation_of(&self.design.names()[column], &[column]))
            .collect()
    }

    /// The generalized variance inflation of every term (a factor's coefficients together).
    pub fn term_inflation(&self) -> Vec<Inflation> {
        self.design.terms().iter().filter_map(|term| self.inflation_of(&term.name, &term.columns)).collect()
    }

    /// det R₁₁ det R₂₂ / det R of the correlations of the coefficients, those in question and the others.
    fn inflation_of(&self, name: &str, columns: &[usize]) -> Option<Inflation> {
        let p = self.design.p();
        let all = self.design.moderators();
        let ln_det = |positions: &[usize]| -> Option<f64> {
            let n = positions.len();
            if n == 0 {
                return Some(0.0);
            }
            let entry = |a: usize, b: usize| self.covariance.get(b * p + a).copied().unwrap_or(f64::NAN);
            let correlations = DMatrix::from_fn(n, n, |i, j| {
                let (a, b) = (positions[i], positions[j]);
                entry(a, b) / (entry(a, a) * entry(b, b)).sqrt()
            });
            Some(Cholesky::new(correlations)?.ln_determinant())
        };
        let others: Vec<usize> = all.iter().copied().filter(|column| !columns.contains(column)).collect();
        let vif = (ln_det(columns)? + ln_det(&others)? - ln_det(&all)?).exp();
        let df = columns.len();
        Some(Inflation { term: name.to_owned(), df, vif, sif: vif.powf(0.5 / df as f64) })
    }
}

/// A fit without one study, in the coordinates of the whole design's Q.
struct Deleted {
    tau2: f64,
    q: f64,
    b: DVector<f64>,
    c: DMatrix<f64>,
    /// Hartung and Knapp's factor, 1 without.
    factor: f64,
}

impl Deleted {
    fn without(
        study: usize,
        yi: &[f64],
        vi: &[f64],
        q: &[f64],
        weights: Option<&[f64]>,
        options: &MetaRegression,
    ) -> Option<Self> {
        let k = yi.len();
        let rest = |values: &[f64]| -> Vec<f64> {
            values.iter().enumerate().filter(|(i, _)| i % k != study).map(|(_, v)| *v).collect()
        };
        let (y, v, x) = (rest(yi), rest(vi), rest(q));
        let weights = weights.map(rest);
        let mut model = Linear::new(&y, &v, &x).ok()?;
        let p = model.p();
        let tau2 = match (options.model, options.fixed_tau2) {
            (PoolModel::Random, Some(tau2)) => tau2,
            (PoolModel::Random, None) => {
                tau2::estimate_of(&mut model, options.estimator, weights.as_deref()).tau2
            }
            _ => 0.0,
        };
        let q = model.q();
        let engine = Engine::new(model, tau2, weights.as_deref(), options.inference);
        let factor = match (options.inference, engine.factor) {
            (Inference::HartungKnapp, Some(factor)) => factor,
            (Inference::HartungKnappAdHoc, Some(factor)) => factor.max(1.0),
            _ => 1.0,
        };
        let b = DVector::from_vec(engine.model.on_design(&engine.solution.g));
        let c = DMatrix::from_vec(p, p, engine.covariance());
        Some(Deleted { tau2, q, b, c, factor })
    }
}

/// (Q'WQ)⁻¹ at weights 1 / (v + tau²).
fn weighted_inverse(model: &Linear<'_>, tau2: f64) -> DMatrix<f64> {
    let p = model.p();
    let mut a = DMatrix::zeros(p, p);
    for (i, &v) in model.vi().iter().enumerate() {
        let row = DVector::from_column_slice(model.row(i));
        a.ger(1.0 / (v + tau2), &row, &row, 1.0);
    }
    Cholesky::new(a).map_or_else(|| DMatrix::zeros(p, p), |c| c.inverse())
}
