//! The mean proportion or rate over the random effects.
//!
//! The model's estimate is the mean of the transformed values; through the inverse link it is the median proportion.
//! The quantity that readers take for "the average proportion" is ∫ g⁻¹(β + τz) φ(z) dz. Its interval is formed on the link scale by
//! the delta method from the joint information of β and τ.

use nalgebra::DMatrix;

use crate::stat::newton::Point;

use super::{
    fit::{Interval, inverse},
    options::Link,
    problem::{Likelihood, Problem},
};

/// The points of the rule lie within so many standard deviations.
const REACH: f64 = 9.6;

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
    let [mean, by_beta, by_tau] = mean_over(problem.link, beta, tau);
    let by_beta = by_beta / scale;
    let variance = by_beta * by_beta * covariance[(0, 0)]
        + 2.0 * by_beta * by_tau * covariance[(0, 1)]
        + by_tau * by_tau * covariance[(1, 1)];
    let eta = link(problem.link, mean);
    interval(problem.link, eta, variance.sqrt() / derivative(problem.link, eta), critical)
}

/// ∫ g⁻¹(β + τz) φ(z) dz with its derivatives by β and τ.
fn mean_over(link: Link, beta: f64, tau: f64) -> [f64; 3] {
    if link == Link::Log {
        let mean = (beta + 0.5 * tau * tau).exp();
        return [mean, mean, tau * mean];
    }
    let (mut sums, mut total) = ([0.0; 3], 0.0);
    let step = step(link, tau);
    let most = (REACH / step).ceil() as i32;
    for i in -most..=most {
        let z = step * f64::from(i);
        let weight = (-0.5 * z * z).exp();
        let eta = beta + tau * z;
        let slope = weight * derivative(link, eta);
        total += weight;
        let terms = [weight * inverse(link, eta), slope, slope * z];
        sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
    }
    sums.map(|sum| sum / total)
}

/// The step of the trapezoidal rule, which errs by exp(a²/2 − 2πa/step) where the integrand is analytic for imaginary parts of z up to
/// a: of the predictor up to π for the logit, π/2 where it grows beyond for the complementary log-log; elsewhere without limit.
fn step(link: Link, tau: f64) -> f64 {
    let strip = if link == Link::Cloglog { 0.5 * std::f64::consts::PI } else { std::f64::consts::PI };
    (0.14 * strip / tau.abs()).clamp(0.03, 0.4)
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
        Link::Logit => {
            let small = (-eta.abs()).exp();
            small / ((1.0 + small) * (1.0 + small))
        }
        Link::Probit => crate::stat::normal::pdf(eta),
        Link::Cloglog => (eta - eta.exp()).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stat::normal;

    fn close(found: [f64; 3], expected: [f64; 3], scale: f64) {
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-12 * scale, "{found} {expected}");
        }
    }

    /// ∫ Φ(β + τz) φ(z) dz = Φ(β/√(1 + τ²)), and its derivatives.
    #[test]
    fn the_mean_of_probits_is_that_of_one_normal_number() {
        for (beta, tau) in [(0.3, 0.05), (-1.2, 0.7), (-2.0, 3.0), (1.0, 12.0)] {
            let root = f64::hypot(1.0, tau);
            let density = normal::pdf(beta / root) / root;
            let expected = [normal::cdf(beta / root), density, -beta * tau * density / (root * root)];
            close(mean_over(Link::Probit, beta, tau), expected, 1.0);
        }
    }

    /// Against sums over a hundred times as many points and a wider range.
    #[test]
    fn few_points_suffice_for_any_deviation() {
        for link in [Link::Logit, Link::Cloglog] {
            for (beta, tau) in [(0.3, 0.05), (-3.0, 0.7), (-2.0, 2.5), (1.0, 10.0)] {
                let mut sums = [0.0; 3];
                for i in -40_000..=40_000 {
                    let z = 3e-4 * f64::from(i);
                    let weight = 3e-4 * normal::pdf(z);
                    let slope = weight * derivative(link, beta + tau * z);
                    let terms = [weight * inverse(link, beta + tau * z), slope, slope * z];
                    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
                }
                close(mean_over(link, beta, tau), sums, 1.0);
            }
        }
    }

    /// The mean of a log-normal number.
    #[test]
    fn the_mean_of_rates_has_a_closed_form() {
        let (mean, tau) = (6.0_f64.exp(), 4.0);
        close(mean_over(Link::Log, -2.0, tau), [mean, mean, tau * mean], tau * mean);
    }
}
