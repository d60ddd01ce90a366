//! The mean proportion or rate over the random effects.
//!
//! The model's estimate is the mean of the transformed values; through the inverse link it is the median proportion.
//! The quantity that readers take for "the average proportion" is ∫ g⁻¹(β + τz) φ(z) dz. Its interval is formed on the link scale by
//! the delta method from the joint information of β and τ.

use nalgebra::DMatrix;

use crate::stat::newton::Point;

use super::{
    fit::{Interval, inverse},
    kernel::logistic,
    options::Link,
    problem::{Likelihood, Problem},
};

/// The marginal mean, with the limits of the quantile `critical`; `None` for models whose estimate is the mean itself.
pub(super) fn marginal_mean(
    problem: &Problem,
    best: &Point,
    covariance: &DMatrix<f64>,
    critical: f64,
) -> Option<Interval> {
    let Likelihood::One(_) = problem.likelihood else {
        // Overdispersed counts are modeled by their mean.
        let scale = problem.rotation.last_scale();
        let (beta, se) = (best.theta[0] / scale, covariance[(0, 0)].sqrt() / scale);
        return interval(problem.link, beta, se, critical);
    };
    let scale = problem.rotation.last_scale();
    let (beta, tau) = (best.theta[0] / scale, best.theta[1]);
    let (mut mean, mut by_beta, mut by_tau, mut total) = (0.0, 0.0, 0.0, 0.0);
    // The trapezoidal rule over ±9.6, in steps of 0.06: the integrand is smooth.
    for i in -160..=160 {
        let z = 0.06 * f64::from(i);
        let weight = (-0.5 * z * z).exp();
        let eta = beta + tau * z;
        total += weight;
        mean += weight * inverse(problem.link, eta);
        let slope = derivative(problem.link, eta);
        by_beta += weight * slope;
        by_tau += weight * slope * z;
    }
    let mean = mean / total;
    let (by_beta, by_tau) = (by_beta / total / scale, by_tau / total);
    let variance = by_beta * by_beta * covariance[(0, 0)]
        + 2.0 * by_beta * by_tau * covariance[(0, 1)]
        + by_tau * by_tau * covariance[(1, 1)];
    let eta = link(problem.link, mean);
    interval(problem.link, eta, variance.sqrt() / derivative(problem.link, eta), critical)
}

fn interval(link: Link, eta: f64, se: f64, critical: f64) -> Option<Interval> {
    let half = critical * se;
    let back = |eta: f64| Some(inverse(link, eta));
    (eta.is_finite() && half.is_finite()).then(|| Interval {
        estimate: back(eta),
        ci_lower: back(eta - half),
        ci_upper: back(eta + half),
    })
}

/// g of a mean.
fn link(link: Link, mean: f64) -> f64 {
    use crate::stat::{Tail, normal};
    match link {
        Link::Log => mean.ln(),
        Link::Logit => (mean / (1.0 - mean)).ln(),
        Link::Probit => normal::quantile(Tail::Lower(mean)),
        Link::Cloglog => (-(-mean).ln_1p()).ln(),
    }
}

/// The derivative of g⁻¹.
fn derivative(link: Link, eta: f64) -> f64 {
    match link {
        Link::Log => eta.exp(),
        Link::Logit => logistic(eta).2 * logistic(-eta).2,
        Link::Probit => crate::stat::normal::pdf(eta),
        Link::Cloglog => (eta - eta.exp()).exp(),
    }
}
