//! A network model whose effects are combinations of coefficients: components, doses, regressions.
//!
//! y ~ N(Xβ, V + tau² S) with any design X, of full rank or not: coefficients that the data do not determine are left out,
//! and only estimable combinations have an answer.

use super::{
    Difference, Network, NetworkMeta, NetworkModel,
    gls::{Design, DesignFit, Gls},
    identify::Identified,
    tau2,
};
use crate::{Level, Result, pool::Inference, stat::chi2};

/// A fitted design.
#[derive(Debug, Clone)]
pub(super) struct LinearFit {
    pub identified: Identified,
    beta: Vec<f64>,
    /// With the factor of Hartung and Knapp.
    covariance: Vec<f64>,
    pub tau2: f64,
    /// Q about the common-effect estimates and its degrees of freedom.
    pub q: f64,
    pub q_df: usize,
    pub df: Option<f64>,
    pub level: Level,
    pub notes: Vec<String>,
}

impl LinearFit {
    /// Fits rows `x` of `columns` values, one for each contrast of the network.
    pub fn new(meta: &NetworkMeta, network: &Network, x: &[f64], columns: usize) -> Result<Self> {
        meta.check()?;
        let identified = Identified::new(x, columns)?;
        let rank = identified.rank();
        let reduced: Vec<f64> =
            x.chunks_exact(columns.max(1)).flat_map(|row| identified.reduced(row)).collect();
        let mut design = Design::new(network, reduced, rank);
        let at_zero = design.moments(0.0)?;
        let tau2 = match (meta.model, meta.fixed_tau2) {
            (NetworkModel::Common, _) => 0.0,
            (_, Some(tau2)) => tau2,
            _ => tau2::estimate(meta.method, &mut design, &at_zero)?,
        };
        let DesignFit { beta, mut covariance, q, .. } = design.solve(tau2)?;
        let q_df = design.df();
        let mut notes = Vec::new();
        if q_df == 0 {
            notes.push(
                "there are no residual degrees of freedom: heterogeneity cannot be estimated".to_owned(),
            );
        }
        let wald = meta.inference == Inference::Wald || q_df == 0;
        let ratio = if q_df > 0 { q / q_df as f64 } else { 1.0 };
        let inflation = match meta.inference {
            Inference::HartungKnapp if !wald => ratio,
            Inference::HartungKnappAdHoc if !wald => ratio.max(1.0),
            _ => 1.0,
        };
        covariance.iter_mut().for_each(|c| *c *= inflation);
        let df = (!wald).then_some(q_df as f64);
        Ok(LinearFit { identified, beta, covariance, tau2, q: at_zero.q, q_df, df, level: meta.level, notes })
    }

    /// l'β with its test and intervals; `None` if the data do not determine it.
    pub fn combination(&self, l: &[f64]) -> Option<Difference> {
        if !self.identified.is_estimable(l) || l.iter().all(|x| *x == 0.0) {
            return None;
        }
        let l = self.identified.reduced(l);
        let estimate: f64 = l.iter().zip(&self.beta).map(|(l, b)| l * b).sum();
        Some(Difference::new(estimate, self.bilinear(&l, &l).max(0.0).sqrt(), self.df, self.level))
    }

    fn bilinear(&self, l: &[f64], m: &[f64]) -> f64 {
        let r = l.len();
        (0..r).map(|a| l[a] * (0..r).map(|b| self.covariance[a * r + b] * m[b]).sum::<f64>()).sum()
    }

    /// The estimates of some combinations and their covariance; `None` if one is not estimable.
    pub fn block(&self, combinations: &[Vec<f64>]) -> Option<(Vec<f64>, Vec<f64>)> {
        if !combinations.iter().all(|l| self.identified.is_estimable(l)) {
            return None;
        }
        let reduced: Vec<Vec<f64>> = combinations.iter().map(|l| self.identified.reduced(l)).collect();
        let estimates = reduced.iter().map(|l| l.iter().zip(&self.beta).map(|(l, b)| l * b).sum()).collect();
        let covariance = reduced.iter().flat_map(|l| reduced.iter().map(|m| self.bilinear(l, m))).collect();
        Some((estimates, covariance))
    }

    /// The P value of Q; `None` without degrees of freedom.
    pub fn q_p_value(&self) -> Option<f64> {
        (self.q_df > 0).then(|| chi2::sf(self.q, self.q_df as f64))
    }
}
