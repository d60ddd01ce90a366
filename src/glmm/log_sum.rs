//! Σ_{j<m} ln(a + jφ) with its derivatives in a and φ: the building block of overdispersed counts.
//!
//! Term by term up to m = 2000; beyond, the Euler-Maclaurin (midpoint) formula for j ≥ 1000, with the integral by
//! Gauss-Legendre rules on panels of doubling length. All is regular at φ = 0.

use crate::stat::quadrature::gauss_legendre;

/// Term by term up to this number of terms.
const DIRECT: f64 = 2000.0;

/// The first term of the formula; its third correction is below 1e-18 from here.
const FROM: f64 = 1000.0;

/// The value and its derivatives by a, φ, aa, aφ, φφ.
pub(super) type LogSum = [f64; 6];

pub(super) fn log_sum(a: f64, phi: f64, m: f64) -> LogSum {
    let mut sum = [0.0; 6];
    if m <= DIRECT {
        direct(a, phi, m, &mut sum);
        return sum;
    }
    direct(a, phi, FROM, &mut sum);
    let end = m - 0.5;
    let rule = gauss_legendre(16);
    let mut left = FROM - 0.5;
    while left < end {
        let right = (2.0 * left).min(end);
        let (center, half) = (0.5 * (left + right), 0.5 * (right - left));
        for (node, weight) in rule.iter() {
            add(&mut sum, half * weight, term(a, phi, center + half * node));
        }
        left = right;
    }
    add(&mut sum, 1.0, correction(a, phi, end));
    add(&mut sum, -1.0, correction(a, phi, FROM - 0.5));
    sum
}

/// The first `m` terms; their logarithms are taken of products, one for many terms.
fn direct(a: f64, phi: f64, m: f64, sum: &mut LogSum) {
    let mut product = 1.0_f64;
    for i in 0..m as u64 {
        let j = i as f64;
        let u = a + j * phi;
        let r = 1.0 / u;
        let q = j * r;
        product *= u;
        if !(1e-200..1e200).contains(&product) {
            sum[0] += product.ln();
            product = 1.0;
        }
        sum[1] += r;
        sum[2] += q;
        sum[3] -= r * r;
        sum[4] -= r * q;
        sum[5] -= q * q;
    }
    sum[0] += product.ln();
}

fn add(sum: &mut LogSum, weight: f64, terms: LogSum) {
    for (sum, term) in sum.iter_mut().zip(terms) {
        *sum += weight * term;
    }
}

fn term(a: f64, phi: f64, j: f64) -> LogSum {
    let r = 1.0 / (a + j * phi);
    let q = j * r;
    [-r.ln(), r, q, -r * r, -r * q, -q * q]
}

/// −f'/24 + 7 f'''/5760 for f(j) = ln(a + jφ), with derivatives: f' = φ/u and f''' = 2φ³/u³ of u = a + jφ.
fn correction(a: f64, phi: f64, j: f64) -> LogSum {
    let u = a + j * phi;
    // g = φ/u, with g_φ = a/u².
    let g = phi / u;
    let (ga, gp) = (-g / u, a / (u * u));
    let (gaa, gap, gpp) = (2.0 * g / (u * u), (j * phi - a) / u.powi(3), -2.0 * a * j / u.powi(3));
    let c = -1.0 / 24.0;
    let d = 7.0 / 2880.0;
    let cube = |first: f64, other: f64, second: f64| 6.0 * g * first * other + 3.0 * g * g * second;
    [
        c * g + d * g.powi(3),
        c * ga + d * 3.0 * g * g * ga,
        c * gp + d * 3.0 * g * g * gp,
        c * gaa + d * cube(ga, ga, gaa),
        c * gap + d * cube(ga, gp, gap),
        c * gpp + d * cube(gp, gp, gpp),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_meets_the_sum() {
        for (a, phi) in [(0.3, 0.01), (1e-4, 0.2), (1.0, 0.0), (0.7, 3.0), (0.02, 1e-9)] {
            for m in [2001.0, 3777.0, 40_000.0] {
                let mut exact = [0.0; 6];
                direct(a, phi, m, &mut exact);
                for (got, exact) in log_sum(a, phi, m).into_iter().zip(exact) {
                    assert!(
                        (got - exact).abs() <= 1e-11 * exact.abs().max(1.0),
                        "{a} {phi} {m}: {got} {exact}"
                    );
                }
            }
        }
    }
}
