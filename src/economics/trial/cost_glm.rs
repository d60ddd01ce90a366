//! Skewed costs: a gamma regression with log link, read as a difference in mean cost by recycled predictions.
//!
//! Use it when costs are skewed and covariates matter. The target stays the mean: medians and means of log costs answer
//! another question and are not offered.
//!
//! # Model
//!
//! E(cost_i) = exp(x_i'β), variance proportional to the squared mean. ΔC is the mean over all patients of the prediction
//! as if treated less that as if not. Its variance, and its covariance with the difference in effect (least squares with
//! the same covariates), come from the influence of each patient, so that they do not lean on the variance function:
//! ψ_i(ΔC) = d_i - ΔC + n G'A⁻¹x_i r_i with d_i the patient's predicted difference, r_i = (y_i - μ_i)/μ_i,
//! A = X'X and G the gradient of ΔC; ψ_i(ΔE) = n [(X'X)⁻¹x_i]_treatment u_i. Covariances are Σψψ'/n², summed over
//! clusters first where there are some.
//!
//! # Algorithm
//!
//! Newton's method on the convex Σ(y e^(-η) + η) from the log of the mean cost, with halved steps where the objective
//! does not fall, until the score vanishes to rounding.
//!
//! # Edge cases
//!
//! Costs of zero are allowed (the estimating equation does not need logarithms), negative ones are an error; so is an arm
//! or covariate pattern whose costs are all zero, which sends a coefficient to minus infinity.
//!
//! # References
//!
//! - Manning WG, Mullahy J (2001). Estimating log models: to transform or not to transform? *Journal of Health Economics*
//!   20:461-494. doi:10.1016/S0167-6296(01)00086-8

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use super::{
    data::TrialData,
    regression::{inverse_gram, matrix},
};
use crate::{
    Error, Result,
    economics::incremental::{Dependence, Incremental},
};

/// The gamma regression of the cost, and the differences that follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostGlm {
    /// The names of the coefficients: intercept, treatment, covariates.
    pub terms: Vec<String>,
    /// The coefficients, on the log scale.
    pub coefficients: Vec<f64>,
    /// The ratio of mean costs, exp of the coefficient of treatment.
    pub ratio_of_means: f64,
    /// Mean cost as if everyone had the intervention.
    pub mean_intervention: f64,
    /// Mean cost as if everyone had the comparator.
    pub mean_comparator: f64,
    /// The differences in cost (recycled predictions) and effect (least squares) with robust covariance.
    pub difference: Incremental,
}

impl CostGlm {
    /// Fits the cost by a gamma regression with log link and the effect by least squares on the same covariates.
    ///
    /// # Errors
    ///
    /// If a cost is negative, a covariate is not known, covariates are dependent, or no maximum exists.
    pub fn fit(data: &TrialData, covariates: &[String]) -> Result<Self> {
        if let Some(row) = data.cost.iter().position(|c| *c < 0.0) {
            return Err(Error::data(
                format!("cost is {}", data.cost[row]),
                "a gamma regression needs costs of at least 0",
            )
            .in_column("cost")
            .in_row(row + 1));
        }
        let columns = data.design(covariates)?;
        let x = matrix(&columns);
        let (n, p) = (x.nrows(), x.ncols());
        if n <= p {
            return Err(Error::model(format!("{n} patients for {p} coefficients"), "use fewer covariates"));
        }
        let inverse = inverse_gram(&x.tr_mul(&x))?;
        let y = DVector::from_column_slice(&data.cost);
        let mean = y.mean();
        let none = || {
            Error::model(
                "the gamma regression has no maximum: some costs are all zero",
                "check arms and covariates whose costs are all zero",
            )
        };
        if mean <= 0.0 {
            return Err(none());
        }
        let y = y / mean; // costs in units of their mean
        let mut beta = DVector::zeros(p);
        let objective = |beta: &DVector<f64>| {
            let eta = &x * beta;
            y.iter().zip(eta.iter()).map(|(y, eta)| y * (-eta).exp() + eta).sum::<f64>()
        };
        let mut value = objective(&beta);
        let mut converged = false;
        for _ in 0..200 {
            let eta = &x * &beta;
            let weight = DVector::from_fn(n, |i, _| y[i] * (-eta[i]).exp());
            let score = x.tr_mul(&weight.map(|w| w - 1.0));
            let scale = (0..p).map(|j| x.column(j).norm()).collect::<Vec<_>>();
            if (0..p).all(|j| score[j].abs() <= 1e-13 * scale[j] * (n as f64).sqrt()) {
                converged = true;
                break;
            }
            // Newton's Hessian X'diag(y/μ)X, or the expected X'X where that is singular.
            let mut hessian = x.clone();
            for i in 0..n {
                hessian.row_mut(i).scale_mut(weight[i]);
            }
            let step = match inverse_gram(&x.tr_mul(&hessian)) {
                Ok(h) => h * &score,
                Err(_) => &inverse * &score,
            };
            let mut length = 1.0;
            let next = loop {
                let candidate = &beta + &step * length;
                let there = objective(&candidate);
                if there <= value + 1e-12 * value.abs() {
                    break Some((candidate, there));
                }
                length *= 0.5;
                if length < 1e-12 {
                    break None;
                }
            };
            let Some((candidate, there)) = next else {
                converged = true; // no descent is left at machine precision
                break;
            };
            beta = candidate;
            value = there;
            if beta.amax() > 1e4 {
                break;
            }
        }
        if !converged || !beta.iter().all(|b| b.is_finite() && b.abs() < 1e4) {
            return Err(none());
        }
        beta[0] += mean.ln();

        let base = &x * &beta - x.column(1) * beta[1];
        let (mut as_treated, mut as_untreated) = (vec![0.0; n], vec![0.0; n]);
        let mut gradient = DVector::zeros(p);
        for i in 0..n {
            as_untreated[i] = base[i].exp();
            as_treated[i] = (base[i] + beta[1]).exp();
            let mut row = x.row(i).transpose();
            row[1] = 1.0;
            gradient += &row * as_treated[i];
            row[1] = 0.0;
            gradient -= &row * as_untreated[i];
        }
        gradient /= n as f64;
        let mean_of = |v: &[f64]| v.iter().sum::<f64>() / n as f64;
        let (mean_intervention, mean_comparator) = (mean_of(&as_treated), mean_of(&as_untreated));
        let cost = mean_intervention - mean_comparator;

        let effect = DVector::from_column_slice(&data.effect);
        let gamma = &inverse * x.tr_mul(&effect);
        let residual = &effect - &x * &gamma;
        let weight = DVector::from_fn(n, |i, _| data.cost[i] / (x.row(i) * &beta)[(0, 0)].exp());
        let mut information = x.clone();
        for i in 0..n {
            information.row_mut(i).scale_mut(weight[i]);
        }
        let bread = inverse_gram(&x.tr_mul(&information)).unwrap_or_else(|_| inverse.clone());
        let direction = &bread * &gradient;
        let pick = inverse.column(1);
        let units = data.clusters.as_ref().map_or(n, |labels| labels.iter().max().map_or(0, |m| m + 1));
        let mut influence = vec![(0.0, 0.0); units];
        for i in 0..n {
            let unit = data.clusters.as_ref().map_or(i, |labels| labels[i]);
            let row = x.row(i);
            let of_cost = (as_treated[i] - as_untreated[i] - cost) / n as f64
                + (row * &direction)[(0, 0)] * (weight[i] - 1.0);
            influence[unit].0 += of_cost;
            influence[unit].1 += (row * pick)[(0, 0)] * residual[i];
        }
        let sum = |f: fn(&(f64, f64)) -> f64| influence.iter().map(f).sum::<f64>();
        let (vc, ve, s) = (sum(|i| i.0 * i.0), sum(|i| i.1 * i.1), sum(|i| i.0 * i.1));
        let mut difference =
            Incremental::new(cost, vc.sqrt(), gamma[1], ve.sqrt(), Dependence::Covariance(s))?
                .named(&data.intervention, &data.comparator);
        if let Some(base) = data.price_base {
            difference = difference.priced_in(base);
        }
        let mut terms = vec!["intercept".to_owned(), "treatment".to_owned()];
        terms.extend(covariates.iter().cloned());
        Ok(CostGlm {
            terms,
            ratio_of_means: beta[1].exp(),
            coefficients: beta.iter().copied().collect(),
            mean_intervention,
            mean_comparator,
            difference,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn without_covariates_it_is_the_difference_of_means() {
        let data = TrialData::new(
            &["A", "A", "A", "B", "B", "B"],
            [10.0, 0.0, 500.0, 40.0, 60.0, 200.0],
            [0.5, 0.6, 0.2, 0.1, 0.7, 0.4],
            "A",
            "B",
        )
        .unwrap();
        let fit = CostGlm::fit(&data, &[]).unwrap();
        approx::assert_relative_eq!(fit.difference.cost(), 170.0 - 100.0, max_relative = 1e-10);
        approx::assert_relative_eq!(fit.ratio_of_means, 1.7, max_relative = 1e-12);
        // The variance of a mean with divisor n, in each arm.
        let variance = |v: [f64; 3], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>() / 9.0;
        let expected = variance([10.0, 0.0, 500.0], 170.0) + variance([40.0, 60.0, 200.0], 100.0);
        approx::assert_relative_eq!(fit.difference.cost_se().powi(2), expected, max_relative = 1e-10);
        let zero = TrialData::new(&["A", "A", "B", "B"], [0.0, 0.0, 1.0, 2.0], [0.0; 4], "A", "B").unwrap();
        assert!(CostGlm::fit(&zero, &[]).unwrap_err().to_string().contains("no maximum"));
        let negative =
            TrialData::new(&["A", "A", "B", "B"], [0.0, -1.0, 1.0, 2.0], [0.0; 4], "A", "B").unwrap();
        assert!(CostGlm::fit(&negative, &[]).unwrap_err().to_string().starts_with("row 2, column cost"));
    }
}
