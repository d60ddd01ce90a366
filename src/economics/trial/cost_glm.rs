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
//! The Newton method of the likelihoods (`stat::newton`) on the convex Σ(y e^(-η) + η) from the log of the mean cost; far
//! from the minimum its steps are those of Fisher's scoring, with X'X.
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

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::{
    data::TrialData,
    regression::{inverse_gram, matrix},
};
use crate::{
    Error, Result,
    economics::incremental::{Dependence, Incremental},
    stat::newton::{self, Bound, Objective, Point},
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
        let x = matrix(&data.design(covariates)?);
        let (n, p) = (x.nrows(), x.ncols());
        if n <= p {
            return Err(Error::model(format!("{n} patients for {p} coefficients"), "use fewer covariates"));
        }
        let inverse = inverse_gram(&x.tr_mul(&x))?;
        let beta = maximum(&x, &data.cost)?;
        let recycled = Recycled::new(&x, &beta);
        let (cost, effect) = (recycled.difference(), DVector::from_column_slice(&data.effect));
        let gamma = &inverse * x.tr_mul(&effect);
        let residual = &effect - &x * &gamma;
        let weight = DVector::from_fn(n, |i, _| data.cost[i] / (x.row(i) * &beta)[(0, 0)].exp());
        let bread = inverse_gram(&x.tr_mul(&scaled(&x, &weight))).unwrap_or_else(|_| inverse.clone());
        let direction = &bread * recycled.gradient(&x);
        let pick = inverse.column(1);
        let influence = |i: usize| {
            let row = x.row(i);
            let of_cost = (recycled.treated[i] - recycled.untreated[i] - cost) / n as f64
                + (row * &direction)[(0, 0)] * (weight[i] - 1.0);
            (of_cost, (row * pick)[(0, 0)] * residual[i])
        };
        let [vc, ve, s] = sandwich(data, influence);
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
            mean_intervention: mean(&recycled.treated),
            mean_comparator: mean(&recycled.untreated),
            difference,
        })
    }
}

/// The gamma regression: Σ y e^(-η) + η with η = Xβ, whose minimum does not depend on the shape.
struct Gamma<'a> {
    x: &'a DMatrix<f64>,
    y: DVector<f64>,
    /// X'X, the expected Hessian.
    expected: DMatrix<f64>,
}

impl Objective for Gamma<'_> {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let eta = self.x * DVector::from_column_slice(theta);
        let weight = self.y.zip_map(&eta, |y, eta| y * (-eta).exp());
        let value = weight.sum() + eta.sum();
        let gradient: Vec<f64> = self.x.tr_mul(&weight.map(|w| 1.0 - w)).iter().copied().collect();
        (value.is_finite() && gradient.iter().all(|g| g.is_finite())).then(|| Point {
            theta: theta.to_vec(),
            value,
            gradient,
            hessian: self.x.tr_mul(&scaled(self.x, &weight)),
            expected: Some(self.expected.clone()),
            extra: (),
        })
    }
}

/// The coefficients of the gamma regression of the costs.
fn maximum(x: &DMatrix<f64>, cost: &[f64]) -> Result<DVector<f64>> {
    /// Beyond this many units of its column a coefficient is on its way to infinity: e^η is 0 or no number there.
    const FAR: f64 = 1e4;
    let none = || {
        Error::model(
            "the gamma regression has no maximum: some costs are all zero",
            "check arms and covariates whose costs are all zero",
        )
    };
    let mean = mean(cost);
    if mean <= 0.0 {
        return Err(none());
    }
    // Costs in units of their mean, from which the search starts.
    let y = DVector::from_column_slice(cost) / mean;
    let gamma = Gamma { x, y, expected: x.tr_mul(x) };
    let bounds: Vec<Bound> = x
        .column_iter()
        .map(|column| {
            let size = (x.nrows() as f64).sqrt() / column.norm().max(f64::MIN_POSITIVE);
            Bound { lower: -FAR * size, upper: FAR * size, size }
        })
        .collect();
    let start = vec![0.0; x.ncols()];
    let path = newton::descend(&gamma, &bounds, &start, &vec![false; start.len()], &[]).ok_or_else(none)?;
    let inside = path.point.theta.iter().zip(&bounds).all(|(b, bound)| *b > bound.lower && *b < bound.upper);
    if !(path.converged && inside) {
        return Err(none());
    }
    let mut beta = DVector::from_vec(path.point.theta);
    beta[0] += mean.ln();
    Ok(beta)
}

/// The rows of a matrix times weights.
fn scaled(x: &DMatrix<f64>, weight: &DVector<f64>) -> DMatrix<f64> {
    let mut scaled = x.clone();
    for (mut row, weight) in scaled.row_iter_mut().zip(weight) {
        row.scale_mut(*weight);
    }
    scaled
}

/// Each patient's mean cost as if treated, and as if not.
struct Recycled {
    treated: Vec<f64>,
    untreated: Vec<f64>,
}

impl Recycled {
    fn new(x: &DMatrix<f64>, beta: &DVector<f64>) -> Self {
        let base = x * beta - x.column(1) * beta[1];
        Recycled {
            treated: base.iter().map(|base| (base + beta[1]).exp()).collect(),
            untreated: base.iter().map(|base| base.exp()).collect(),
        }
    }

    fn difference(&self) -> f64 {
        mean(&self.treated) - mean(&self.untreated)
    }

    /// The derivatives of the difference by the coefficients.
    fn gradient(&self, x: &DMatrix<f64>) -> DVector<f64> {
        let n = x.nrows();
        let mut gradient = DVector::zeros(x.ncols());
        for i in 0..n {
            let mut row = x.row(i).transpose();
            row[1] = 1.0;
            gradient += &row * self.treated[i];
            row[1] = 0.0;
            gradient -= &row * self.untreated[i];
        }
        gradient / n as f64
    }
}

/// Variances of cost and effect and their covariance, from the influences of patients, or of clusters.
fn sandwich(data: &TrialData, influence: impl Fn(usize) -> (f64, f64)) -> [f64; 3] {
    let n = data.cost.len();
    let units = data.clusters.as_ref().map_or(n, |labels| labels.iter().max().map_or(0, |m| m + 1));
    let mut sums = vec![(0.0, 0.0); units];
    for i in 0..n {
        let unit = data.clusters.as_ref().map_or(i, |labels| labels[i]);
        let (cost, effect) = influence(i);
        sums[unit].0 += cost;
        sums[unit].1 += effect;
    }
    let sum = |f: fn(&(f64, f64)) -> f64| sums.iter().map(f).sum::<f64>();
    [sum(|i| i.0 * i.0), sum(|i| i.1 * i.1), sum(|i| i.0 * i.1)]
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
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
