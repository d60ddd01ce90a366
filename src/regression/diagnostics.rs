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
//! Deleted fits stand on the basis of the whole design (`deletion`). A study without which the design loses a column has no
//! deleted quantities.
//!
//! References: Viechtbauer and Cheung (2010), Outlier and influence diagnostics for meta-analysis, doi:10.1002/jrsm.11.
//! Belsley, Kuh and Welsch (1980).

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use serde::{Deserialize, Serialize};

use super::{
    Regressed, RegressionFit,
    deletion::{Deleted, Deletion},
    kernel::Solution,
};
use crate::{
    Error, Result,
    linear::basis::unit_contrasts,
    pool::PoolModel,
    stat::{chi2, parallel::map},
    tau2::linear::Linear,
};

/// The diagnostics of one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// True if the study is influential: |DFFITS| > 3 √(p / (k - p)), a Cook's distance beyond the median of chi-square with p
    /// degrees of freedom, a leverage above 3 p / k, or a |DFBETAS| above 1.
    pub influential: bool,
}

impl RegressionFit {
    /// Residuals, leverage and influence of every study.
    ///
    /// # Errors
    ///
    /// If inference is by clusters, or k is not at least p + 2.
    pub fn diagnostics(&self) -> Result<Vec<StudyDiagnostics>> {
        self.check_diagnostics()?;
        let (yi, vi) = self.data();
        let (k, p, tau2) = (self.k, self.design.p(), self.tau2());
        let mut model = Linear::new(&yi, &vi, self.design.values())?;
        let wald = Solution::new(&mut model, tau2, self.weights.as_deref());
        let bread = match &self.weights {
            Some(a) => DMatrix::from_column_slice(p, p, model.solution(|i, _| a[i]).1),
            None => wald.c.clone(),
        };
        let regressed = Regressed::new(model, tau2, self.weights.as_deref(), self.inference);
        let inverse = Cholesky::new(regressed.solution.c.clone());
        let coefficients = unit_contrasts(&(0..p).collect::<Vec<_>>(), p)
            .iter()
            .map(|l| DVector::from_vec(regressed.model.contrast_on_q(l)))
            .collect();
        let whole = Whole {
            fit: self,
            model: &regressed.model,
            g: DVector::from_column_slice(&regressed.solution.g),
            ln_det: inverse.as_ref().map(|c| c.ln_determinant()),
            inverse,
            coefficients,
        };
        let options = self.options();
        let deletion = Deletion::new(whole.model, &yi, &vi, self.weights.as_deref(), &options);
        Ok(map(k, |i| {
            let row = DVector::from_column_slice(whole.model.row(i));
            let weight = self.weights.as_ref().map_or(1.0 / (vi[i] + tau2), |a| a[i]);
            let hat = (&bread * &row).dot(&row) * weight;
            let fitted = row.dot(&whole.g);
            let residual = yi[i] - fitted;
            let variance = (vi[i] + tau2) * (1.0 - 2.0 * hat) + wald.contrast(row.as_slice()).1;
            let study = StudyDiagnostics {
                study: self.studies[i].study.clone(),
                fitted,
                residual,
                // At a leverage of 1 the fit goes through the study, whose residual is rounding.
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
            match deletion.without(i) {
                Some(deleted) => whole.compared(study, &row, (yi[i], vi[i]), &deleted),
                None => study,
            }
        }))
    }
}

impl RegressionFit {
    fn check_diagnostics(&self) -> Result<()> {
        if self.clusters.is_some() {
            return Err(Error::setting(
                "diagnostics",
                "inference is by clusters",
                "ask the fit without clusters, whose coefficients are the same",
            ));
        }
        let (k, p) = (self.k, self.design.p());
        if k < p + 2 {
            return Err(Error::model(
                format!("{k} studies and {p} coefficients leave none to take out"),
                "use fewer moderators",
            ));
        }
        Ok(())
    }
}

/// The fit to all studies, on Q.
struct Whole<'a> {
    fit: &'a RegressionFit,
    model: &'a Linear<'a>,
    g: DVector<f64>,
    /// The factor of the covariance by the inference, and the log of its determinant.
    inverse: Option<Cholesky<f64, Dyn>>,
    ln_det: Option<f64>,
    /// The coefficients on the design as contrasts of those on Q.
    coefficients: Vec<DVector<f64>>,
}

impl Whole<'_> {
    /// The diagnostics of a study with what its deletion says.
    fn compared(
        &self,
        mut study: StudyDiagnostics,
        row: &DVector<f64>,
        (yi, vi): (f64, f64),
        deleted: &Deleted,
    ) -> StudyDiagnostics {
        let (n, p) = (self.fit.k as f64, self.g.len());
        let tau2 = deleted.tau2;
        let predicted = row.dot(&deleted.b);
        let spread = (&deleted.c * row).dot(row);
        let shift = &self.g - &deleted.b;
        let dffits = (study.fitted - predicted) / (deleted.factor * study.hat * (vi + tau2)).sqrt();
        // Without any variance left, as where all other effects are equal, what is divided by it does not exist.
        let exists = |value: &f64| value.is_finite();
        let rstudent = (yi - predicted) / (deleted.factor * (vi + tau2) + spread).sqrt();
        study.rstudent = Some(rstudent).filter(exists);
        study.dffits = Some(dffits).filter(exists);
        study.cook_d = self.inverse.as_ref().map(|c| shift.dot(&c.solve(&shift))).filter(exists);
        study.cov_r = self
            .ln_det
            .and_then(|whole| Some((Cholesky::new(deleted.c.clone())?.ln_determinant() - whole).exp()))
            .filter(exists);
        study.tau2_del = (self.fit.model == PoolModel::Random).then_some(tau2);
        study.q_del = Some(deleted.q).filter(exists);
        // Standard errors from all studies at the tau² without this one.
        let mut model = self.model.clone();
        let at = DMatrix::from_column_slice(p, p, model.solution(|_, v| 1.0 / (v + tau2)).1);
        let standardized = |l: &DVector<f64>| l.dot(&shift) / (deleted.factor * (&at * l).dot(l)).sqrt();
        let dfbs: Vec<f64> = self.coefficients.iter().map(standardized).collect();
        let p = p as f64;
        study.influential |= study.dffits.is_some_and(|d| d.abs() > 3.0 * (p / (n - p)).sqrt())
            || study.cook_d.is_some_and(|d| chi2::cdf(d, p) > 0.5)
            || dfbs.iter().any(|d| d.abs() > 1.0);
        study.dfbs = Some(dfbs).filter(|values| values.iter().all(exists));
        study
    }
}
