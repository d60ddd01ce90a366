//! Two correlated beta distributions of risks by the family of Sarmanov: the bivariate beta-binomial.
//!
//! The risks p₁ and p₂ of a study have beta distributions with means μ₁, μ₂ and one intra-class correlation, and the joint
//! density f₁f₂{1 + ω(p₁ − μ₁)(p₂ − μ₂)}. Of counts the likelihood is
//!
//! BB₁ BB₂ {1 + ω t}, t = A₁A₂, A = φ(x − nμ)/(1 + nφ),
//!
//! with the beta-binomial ones of the groups and the posterior means of p − μ for A. The density is one for
//! −1/max(μ₁μ₂, (1 − μ₁)(1 − μ₂)) ≤ ω ≤ 1/max(μ₁(1 − μ₂), μ₂(1 − μ₁)): correlations within about ± the intra-class one.
//!
//! The likelihood is concave in ω. For given means and φ its maximum within the bounds is found by Newton's method in one
//! variable, and ω is eliminated: by its Schur complement within the bounds, by the chain rule on them.
//!
//! References: O. V. Sarmanov, Generalized normal correlation and two-dimensional Fréchet classes, Soviet Math. Dokl. 7
//! (1966); S. Luo, Y. Chen, X. Su and H. Chu, mmeta: an R package for multivariate meta-analysis, J. Stat. Softw. 56
//! (2014), doi:10.18637/jss.v056.i11.

use crate::stat::newton::Point;

use super::{
    kernel::logistic,
    options::Link,
    overdispersed::{Group, Law, Overdispersed},
};

/// The association of the two groups' risks at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Association {
    /// ω.
    pub omega: f64,
    /// The correlation of the risks.
    pub correlation: f64,
    /// True if ω is at the end of its range.
    pub at_bound: bool,
}

/// μ, 1 − μ and the first two derivatives of μ by the predictor.
#[derive(Debug, Clone, Copy)]
struct Mean {
    value: f64,
    rest: f64,
    first: f64,
    second: f64,
}

impl Mean {
    fn new(eta: f64, link: Link) -> Self {
        if link == Link::Log {
            let value = eta.exp();
            return Mean { value, rest: -eta.exp_m1(), first: value, second: value };
        }
        let (value, rest) = (logistic(eta).2, logistic(-eta).2);
        Mean { value, rest, first: value * rest, second: value * rest * (rest - value) }
    }

    /// The first two derivatives of ln μ (or, of the rest, of ln(1 − μ)).
    fn log_slopes(self, of_rest: bool) -> [f64; 2] {
        let (base, sign) = if of_rest { (self.rest, -1.0) } else { (self.value, 1.0) };
        let first = sign * self.first / base;
        [first, sign * self.second / base - first * first]
    }
}

/// A function of (η₁, η₂, φ) with its derivatives.
#[derive(Debug, Clone, Copy, Default)]
struct Term {
    value: f64,
    gradient: [f64; 3],
    hessian: [[f64; 3]; 3],
}

/// A of a group: its value and derivatives by η, φ, ηη, ηφ, φφ.
fn deviation(Group { x, size }: Group, mean: Mean, phi: f64) -> [f64; 6] {
    let whole = 1.0 + size * phi;
    let (g, g1, g2) = (phi / whole, 1.0 / (whole * whole), -2.0 * size / (whole * whole * whole));
    let d = x - size * mean.value;
    let (d1, d2) = (-size * mean.first, -size * mean.second);
    [g * d, g * d1, g1 * d, g * d2, g1 * d1, g2 * d]
}

/// t = A₁A₂.
fn product(one: [f64; 6], two: [f64; 6]) -> Term {
    let [a, a1, ap, a11, a1p, app] = one;
    let [b, b1, bp, b11, b1p, bpp] = two;
    let (cross, first, second) = (a1 * b1, a1p * b + a1 * bp, a * b1p + ap * b1);
    Term {
        value: a * b,
        gradient: [a1 * b, a * b1, ap * b + a * bp],
        hessian: [
            [a11 * b, cross, first],
            [cross, a * b11, second],
            [first, second, app * b + 2.0 * ap * bp + a * bpp],
        ],
    }
}

/// The ends of the range of ω with their derivatives by (η₁, η₂): the lower and the upper one.
fn range(means: [Mean; 2]) -> [Term; 2] {
    let [one, two] = means;
    let upper_rest = if one.value * two.rest >= two.value * one.rest { [false, true] } else { [true, false] };
    let lower_rest = if one.value * two.value >= one.rest * two.rest { [false; 2] } else { [true; 2] };
    let end = |sign: f64, rest: [bool; 2]| {
        let part = |mean: Mean, rest: bool| if rest { mean.rest } else { mean.value };
        let value = sign / (part(one, rest[0]) * part(two, rest[1]));
        // Derivatives of ln |value|.
        let [f, ff] = one.log_slopes(rest[0]).map(|s| -s);
        let [g, gg] = two.log_slopes(rest[1]).map(|s| -s);
        let mut term = Term { value, ..Term::default() };
        term.gradient = [value * f, value * g, 0.0];
        term.hessian[0] = [value * (ff + f * f), value * f * g, 0.0];
        term.hessian[1] = [value * f * g, value * (gg + g * g), 0.0];
        term
    };
    [end(-1.0, lower_rest), end(1.0, upper_rest)]
}

/// The means and the terms t of all studies; `None` outside the range of the parameters.
fn terms(over: &Overdispersed, theta: &[f64]) -> Option<([Mean; 2], Vec<Term>)> {
    let Law::BetaBinomial(link) = over.law else { return None };
    let [effect, base, phi] = *theta else { return None };
    let means = [Mean::new(base + effect, link), Mean::new(base, link)];
    if !means.iter().all(|mean| mean.value > 0.0 && mean.rest > 0.0) {
        return None;
    }
    let term = |(one, two): &(Group, Option<Group>)| {
        Some(product(deviation(*one, means[0], phi), deviation((*two)?, means[1], phi)))
    };
    Some((means, over.groups.iter().filter_map(term).collect()))
}

/// The ω of the highest likelihood within its range: the root of Σ t/(1 + ωt), which falls in ω.
fn best(terms: &[Term], lower: f64, upper: f64) -> (f64, Option<usize>) {
    let slope = |omega: f64| -> f64 { terms.iter().map(|t| t.value / (1.0 + omega * t.value)).sum() };
    let bend = |omega: f64| -> f64 {
        -terms.iter().map(|t| (t.value / (1.0 + omega * t.value)).powi(2)).sum::<f64>()
    };
    if terms.iter().all(|t| t.value == 0.0) {
        return (0.0, None);
    }
    if slope(upper) >= 0.0 {
        return (upper, Some(1));
    }
    if slope(lower) <= 0.0 {
        return (lower, Some(0));
    }
    let (mut low, mut high, mut omega) = (lower, upper, 0.0);
    for _ in 0..200 {
        let here = slope(omega);
        if here > 0.0 {
            low = omega;
        } else {
            high = omega;
        }
        let mut next = omega - here / bend(omega);
        if !(next > low && next < high) {
            next = 0.5 * (low + high);
        }
        let done = (next - omega).abs() <= 1e-15 * (1.0 + omega.abs());
        omega = next;
        if done {
            break;
        }
    }
    (omega, None)
}

/// The association at a point; `None` without overdispersion, where there is none.
pub(super) fn association(over: &Overdispersed, theta: &[f64]) -> Option<Association> {
    let (means, terms) = terms(over, theta)?;
    let phi = *theta.last()?;
    if !(phi > 0.0) {
        return None;
    }
    let [lower, upper] = range(means);
    let (omega, end) = best(&terms, lower.value, upper.value);
    let [one, two] = means.map(|mean| mean.value * mean.rest);
    let correlation = omega * phi / (1.0 + phi) * (one * two).sqrt();
    Some(Association { omega, correlation, at_bound: end.is_some() })
}

/// Adds the association, at its best ω, to −log L of independent groups.
pub(super) fn associate(over: &Overdispersed, mut point: Point) -> Option<Point> {
    let (means, terms) = terms(over, &point.theta)?;
    let ends = range(means);
    let (omega, end) = best(&terms, ends[0].value, ends[1].value);
    let mut sum = Term::default();
    // The slope, the bend, and the mixed derivatives of the likelihood in ω.
    let (mut slope, mut bend, mut mixed) = (0.0, 0.0, [0.0; 3]);
    for t in &terms {
        let r = 1.0 / (1.0 + omega * t.value);
        sum.value -= r.ln();
        slope += t.value * r;
        bend -= (t.value * r).powi(2);
        for a in 0..3 {
            sum.gradient[a] += omega * t.gradient[a] * r;
            mixed[a] += t.gradient[a] * r * r;
            for b in 0..3 {
                let both = t.gradient[a] * t.gradient[b];
                sum.hessian[a][b] += omega * t.hessian[a][b] * r - omega * omega * both * r * r;
            }
        }
    }
    for a in 0..3 {
        for b in 0..3 {
            sum.hessian[a][b] += match end {
                Some(side) => {
                    let (u, v) = (ends[side].gradient, ends[side].hessian[a][b]);
                    mixed[a] * u[b] + mixed[b] * u[a] + bend * u[a] * u[b] + slope * v
                }
                None if bend < 0.0 => -mixed[a] * mixed[b] / bend,
                None => 0.0,
            };
        }
        if let Some(side) = end {
            sum.gradient[a] += slope * ends[side].gradient[a];
        }
    }
    add(&mut point, &sum);
    point.value.is_finite().then_some(point)
}

/// Adds a function of (η₁, η₂, φ) to −log L, in the parameters θ, the baseline and φ with η₁ = baseline + θ.
fn add(point: &mut Point, sum: &Term) {
    const INTO: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    point.value -= sum.value;
    for (i, by_i) in INTO.iter().enumerate() {
        for a in 0..3 {
            point.gradient[i] -= by_i[a] * sum.gradient[a];
            for (j, by_j) in INTO.iter().enumerate() {
                for b in 0..3 {
                    point.hessian[(i, j)] -= by_i[a] * by_j[b] * sum.hessian[a][b];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stat::newton::Objective;

    fn groups(rows: &[[f64; 4]]) -> Vec<(Group, Option<Group>)> {
        let group = |x: f64, size: f64| Group { x, size };
        rows.iter().map(|&[a, n, c, m]| (group(a, n), Some(group(c, m)))).collect()
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let rows =
            [[3.0, 20.0, 6.0, 25.0], [0.0, 15.0, 1.0, 18.0], [9.0, 30.0, 14.0, 28.0], [4.0, 22.0, 1.0, 19.0]];
        // Correlated, and correlated beyond what the family can carry, in both directions.
        let strong = [
            [9.0, 10.0, 10.0, 10.0],
            [0.0, 10.0, 1.0, 10.0],
            [10.0, 10.0, 9.0, 10.0],
            [1.0, 10.0, 0.0, 10.0],
        ];
        let against =
            [[9.0, 10.0, 0.0, 10.0], [0.0, 10.0, 9.0, 10.0], [10.0, 10.0, 1.0, 10.0], [1.0, 10.0, 8.0, 10.0]];
        for rows in [rows, strong, against] {
            for link in [Link::Logit, Link::Log] {
                let over = Overdispersed {
                    p: 1,
                    rows: vec![1.0; 4],
                    groups: groups(&rows),
                    law: Law::BetaBinomial(link),
                    associated: true,
                };
                let theta = [-0.3, -0.9, 0.2];
                let point = over.point(&theta).unwrap();
                let h = 1e-5;
                for i in 0..3 {
                    let at = |step: f64| {
                        let mut theta = theta;
                        theta[i] += step;
                        over.point(&theta).unwrap()
                    };
                    let (up, down) = (at(h), at(-h));
                    let slope = (up.value - down.value) / (2.0 * h);
                    assert!((slope - point.gradient[i]).abs() < 1e-7 * (1.0 + slope.abs()), "{link:?} {i}");
                    for j in 0..3 {
                        let bend = (up.gradient[j] - down.gradient[j]) / (2.0 * h);
                        let exact = point.hessian[(i, j)];
                        assert!(
                            (bend - exact).abs() < 1e-6 * (1.0 + bend.abs()),
                            "{link:?} {i} {j}: {bend} {exact}"
                        );
                    }
                }
            }
        }
    }
}
