//! Counts with overdispersion in every group: the beta-binomial and the negative binomial, regular at none.
//!
//! With φ = ρ/(1 − ρ) of the intra-class correlation ρ,
//!
//! ln BB = ln C(n, x) + Σ_{j<x} ln(μ + jφ) + Σ_{j<n−x} ln(1 − μ + jφ) − Σ_{j<n} ln(1 + jφ),
//!
//! and with variance μ + φμ², μ = t e^η,
//!
//! ln NB = Σ_{j<x} ln(1 + jφ) + x ln μ − (x + 1/φ) ln(1 + φμ) − ln x!.
//!
//! Both are the binomial and the Poisson likelihood at φ = 0, where differences of log-gamma functions have no digits
//! left; the slope there decides if there is overdispersion at all.

use crate::stat::{
    newton::{Objective, Point},
    special,
};

use super::{
    kernel::{ln_choose, logistic},
    log_sum::log_sum,
    options::Link,
    sarmanov::associate,
    sums::{Share, Sums, predictor},
};

/// One group: its count and what it is out of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    pub x: f64,
    pub size: f64,
}

/// The law of the counts given the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Law {
    /// Beta-binomial with a logit or log link.
    BetaBinomial(Link),
    /// Negative binomial with a log link.
    NegativeBinomial,
}

/// The likelihood in the coefficients, the predictor of group 2 (if there are two) and φ.
#[derive(Debug, Clone)]
pub(super) struct Overdispersed {
    pub p: usize,
    pub rows: Vec<f64>,
    /// One group, or the two groups, of each study.
    pub groups: Vec<(Group, Option<Group>)>,
    pub law: Law,
    /// True if the risks of the two groups of a study may correlate.
    pub associated: bool,
}

impl Overdispersed {
    pub fn two(&self) -> bool {
        self.groups.iter().any(|(_, second)| second.is_some())
    }

    pub fn parameters(&self) -> usize {
        self.p + 1 + usize::from(self.two())
    }
}

impl Objective for Overdispersed {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(p);
        let two = self.two();
        let (base, phi) = (if two { theta[p] } else { 0.0 }, theta[self.parameters() - 1]);
        let others = [two.then_some(p), Some(self.parameters() - 1)];
        for ((first, second), row) in self.groups.iter().zip(self.rows.chunks(p)) {
            let mut share = Share { value: 0.0, gradient: [0.0; 3], hessian: [[0.0; 3]; 3] };
            first_group(&mut share, self.law.at(*first, base + predictor(row, &theta[..p]), phi)?);
            if let Some(second) = second {
                second_group(&mut share, self.law.at(*second, base, phi)?);
            }
            sums.add(row, &share);
        }
        let independent = sums.objective(theta, &others)?;
        if self.associated { associate(self, independent) } else { Some(independent) }
    }
}

/// The log-likelihood of a group with its derivatives: value, by η, by φ, by ηη, ηφ, φφ.
type Arm = [f64; 6];

/// Group 1 depends on the effect and the baseline by their sum.
fn first_group(share: &mut Share<3>, arm: Arm) {
    let [value, by_eta, by_phi, eta_eta, eta_phi, phi_phi] = arm;
    share.value += value;
    for i in 0..2 {
        share.gradient[i] += by_eta;
        share.hessian[i][0] += eta_eta;
        share.hessian[i][1] += eta_eta;
        share.hessian[i][2] += eta_phi;
        share.hessian[2][i] += eta_phi;
    }
    share.gradient[2] += by_phi;
    share.hessian[2][2] += phi_phi;
}

fn second_group(share: &mut Share<3>, arm: Arm) {
    let [value, by_eta, by_phi, eta_eta, eta_phi, phi_phi] = arm;
    share.value += value;
    share.gradient[1] += by_eta;
    share.gradient[2] += by_phi;
    share.hessian[1][1] += eta_eta;
    share.hessian[1][2] += eta_phi;
    share.hessian[2][1] += eta_phi;
    share.hessian[2][2] += phi_phi;
}

impl Law {
    /// The log-likelihood of a group; `None` where the mean of a log link is no probability.
    pub fn at(self, group: Group, eta: f64, phi: f64) -> Option<Arm> {
        match self {
            Law::BetaBinomial(link) => beta_binomial(group, eta, phi, link),
            Law::NegativeBinomial => Some(negative_binomial(group, eta, phi)),
        }
    }
}

fn beta_binomial(Group { x, size }: Group, eta: f64, phi: f64, link: Link) -> Option<Arm> {
    // μ, 1 − μ and the first two derivatives of μ.
    let (mean, rest, first, second) = if link == Link::Log {
        let mean = eta.exp();
        (mean, -eta.exp_m1(), mean, mean)
    } else {
        let (_, _, mean) = logistic(eta);
        let (_, _, rest) = logistic(-eta);
        (mean, rest, mean * rest, mean * rest * (rest - mean))
    };
    if !(mean > 0.0 && rest > 0.0) {
        return None;
    }
    let events = log_sum(mean, phi, x);
    let others = log_sum(rest, phi, size - x);
    let all = log_sum(1.0, phi, size);
    let by_mean = events[1] - others[1];
    let mean_mean = events[3] + others[3];
    Some([
        ln_choose(size, x) + events[0] + others[0] - all[0],
        by_mean * first,
        events[2] + others[2] - all[2],
        mean_mean * first * first + by_mean * second,
        (events[4] - others[4]) * first,
        events[5] + others[5] - all[5],
    ])
}

fn negative_binomial(Group { x, size }: Group, eta: f64, phi: f64) -> Arm {
    let mean = size * eta.min(690.0).exp();
    let w = phi * mean;
    let [k, k1, k2] = log_ratio(w);
    let events = log_sum(1.0, phi, x);
    let shrink = 1.0 / (1.0 + w);
    let ln_mean = eta + size.ln();
    let of_count = if x > 0.0 { x * ln_mean - x * w.ln_1p() - special::ln_gamma(x + 1.0) } else { 0.0 };
    [
        events[0] + of_count - mean * k,
        (x - mean) * shrink,
        events[2] - x * mean * shrink - mean * mean * k1,
        -mean * (1.0 + phi * x) * shrink * shrink,
        -(x - mean) * mean * shrink * shrink,
        events[5] + x * mean * mean * shrink * shrink - mean.powi(3) * k2,
    ]
}

/// ln(1 + w)/w with its first two derivatives; by its series for small w, where the closed forms cancel.
fn log_ratio(w: f64) -> [f64; 3] {
    if w.abs() < 0.1 {
        let mut sums = [0.0; 3];
        for i in (0..20).rev() {
            let i = f64::from(i);
            let sign = if i % 2.0 == 0.0 { 1.0 } else { -1.0 };
            // Coefficients of w^i in the function and its derivatives.
            sums[0] = sums[0] * w + sign / (i + 1.0);
            sums[1] = sums[1] * w - sign * (i + 1.0) / (i + 2.0);
            sums[2] = sums[2] * w + sign * (i + 1.0) * (i + 2.0) / (i + 3.0);
        }
        return sums;
    }
    let k = w.ln_1p() / w;
    let first = (1.0 / (1.0 + w) - k) / w;
    let second = (-1.0 / ((1.0 + w) * (1.0 + w)) - 2.0 * first) / w;
    [k, first, second]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn derivatives_agree_with_differences() {
        let laws = [Law::BetaBinomial(Link::Logit), Law::BetaBinomial(Link::Log), Law::NegativeBinomial];
        for law in laws {
            for group in
                [Group { x: 0.0, size: 12.0 }, Group { x: 3.0, size: 25.0 }, Group { x: 9.0, size: 40.0 }]
            {
                for phi in [1e-3, 0.02, 0.9] {
                    let (eta, h) = (-1.3, 1e-5);
                    let at = |eta: f64, phi: f64| law.at(group, eta, phi).unwrap();
                    let (arm, k) = (at(eta, phi), 1e-5 * phi);
                    let (up, down) = (at(eta + h, phi), at(eta - h, phi));
                    let (more, less) = (at(eta, phi + k), at(eta, phi - k));
                    let pairs = [
                        (arm[1], (up[0] - down[0]) / (2.0 * h)),
                        (arm[2], (more[0] - less[0]) / (2.0 * k)),
                        (arm[3], (up[1] - down[1]) / (2.0 * h)),
                        (arm[4], (more[1] - less[1]) / (2.0 * k)),
                        (arm[5], (more[2] - less[2]) / (2.0 * k)),
                    ];
                    for (exact, difference) in pairs {
                        assert!(
                            (exact - difference).abs() < 3e-6 * (1.0 + exact.abs()),
                            "{law:?} {group:?} {phi}: {exact} {difference}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn without_overdispersion_they_are_binomial_and_poisson() {
        use crate::glmm::kernel::Kernel;
        let group = Group { x: 3.0, size: 25.0 };
        let binomial = Kernel::binomial(3.0, 25.0, Link::Logit).at(-1.3);
        let poisson = Kernel::poisson(3.0, 25.0).at(-1.3);
        let laws = [(Law::BetaBinomial(Link::Logit), binomial), (Law::NegativeBinomial, poisson)];
        for (law, expected) in laws {
            let arm = law.at(group, -1.3, 0.0).unwrap();
            for (got, expected) in [arm[0], arm[1], arm[3]].into_iter().zip(expected) {
                assert!((got - expected).abs() < 1e-12, "{law:?}: {got} {expected}");
            }
        }
    }

    #[test]
    fn series_and_closed_form_meet() {
        let (below, above) = (log_ratio(0.1 - 1e-12), log_ratio(0.1));
        for (a, b) in below.into_iter().zip(above) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
    }
}
