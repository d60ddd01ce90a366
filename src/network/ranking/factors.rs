//! Rank probabilities of any number of treatments: common factors by Sobol points, what is left of each treatment exactly.
//!
//! The covariance of the effects is split into F Fᵀ + D with D diagonal and as large as it can be. Given the factors z, the
//! effects are independent, θ_j = m_j + s_j e_j with m = θ + F z and s_j² = D_jj, and the probabilities of all their ranks are
//! one integral (`independent`). So a point gives smooth probabilities, and some ten thousand points are good to 1e-4 for
//! dozens of treatments; networks like long chains, which leave little to D, need more. In a star-shaped network all of the
//! covariance is in D, and nothing is left to the points.
//!
//! D maximizes Σ ln D_jj + μ ln |C − D| (on differences of treatments, the only thing that ranks depend on) by Newton's
//! method for μ falling towards 0: the geometric mean of the independent parts is as great as can be.
//!
//! Treatments whose difference has no variance leave nothing to D; they are ranked by `sweep`.

use super::{
    WORK,
    independent::Independent,
    sweep::{self, Axes, COPIES, Swept, summary, to_normal},
};
use crate::{
    Result,
    linalg::{cholesky, symmetric},
    stat::{parallel, progress, sobol::Sobol},
};

/// The weights of the barrier; at the last one a few parts in a thousand are left of what D could take.
const BARRIERS: [f64; 6] = [1.0, 0.3, 0.1, 0.03, 0.01, 0.003];

/// An eigenvalue that is this small beside the largest is 0 but for rounding.
const SINGULAR: f64 = 1e-9;

/// Multiplications of one round.
const ROUND_WORK: u64 = 50_000_000;

/// P(rank_i = r), row by row, of treatments whose small values are good, by at most `most` points, fewer when the standard
/// error of all probabilities is below `enough` before, or `limit` multiplications are spent.
pub(super) fn rank_probabilities(
    loss: &[f64],
    covariance: &[f64],
    most: u64,
    limit: u64,
    enough: f64,
    seed: u64,
) -> Result<Swept> {
    let t = loss.len();
    let Some(own) = independent_parts(covariance, t)? else {
        return sweep::rank_probabilities(loss, covariance, most, enough, seed);
    };
    let mut shared = covariance.to_vec();
    own.iter().enumerate().for_each(|(i, d)| shared[i * t + i] -= d);
    let axes = Axes::new(&shared, t)?;
    let sd: Vec<f64> = own.iter().map(|d| d.sqrt()).collect();
    let variance =
        |i: usize| own[i] + axes.loadings.chunks_exact(t).map(|axis| axis[i] * axis[i]).sum::<f64>();
    let total: Vec<f64> = (0..t).map(|i| variance(i).sqrt()).collect();
    let mut copies: Vec<Copy> = (0..COPIES)
        .map(|copy| Copy {
            sequence: Sobol::new(axes.count() + 1, seed, copy),
            ranks: Independent::new(loss, &sd, &total),
            sum: vec![0.0; t * t],
            cost: 0,
        })
        .collect();
    let most = most.div_ceil(COPIES);
    let (mut done, mut next) = (0, 64.min(most));
    loop {
        copies = parallel::each(copies, |mut copy| {
            copy.points(next - done, loss, &axes);
            copy
        });
        done = next;
        let mut swept = summary(copies.iter().map(|copy| &copy.sum[..]), done, t);
        let cost: u64 = copies.iter().map(|copy| copy.cost).sum();
        let (all, found) = ((most * COPIES) as usize, swept.points as usize);
        if swept.error <= enough || done >= most || cost >= limit || !progress::goes_on(WORK, found, all) {
            balance(&mut swept.probabilities, t);
            return Ok(swept);
        }
        // as many points as the accuracy seems to need, no more than twice those before, and as the limit leaves
        let needed = (swept.error / enough.max(1e-12)).powf(1.5).clamp(1.25, 2.0) - 1.0;
        let left = (limit - cost) as f64 / cost.max(1) as f64;
        // rounds of some tens of milliseconds, after which the work can be ended
        let round = (ROUND_WORK * done / cost.max(1)).max(16);
        let further = ((done as f64 * needed.min(left)).ceil() as u64).clamp(1, round);
        next = (done + further).min(most);
    }
}

/// A shifted copy of the points and what it has found.
struct Copy {
    sequence: Sobol,
    ranks: Independent,
    sum: Vec<f64>,
    cost: u64,
}

impl Copy {
    /// Adds the probabilities of the next points.
    fn points(&mut self, count: u64, loss: &[f64], axes: &Axes) {
        let mut point = vec![0.0; axes.count() + 1];
        let mut mean = vec![0.0; loss.len()];
        for _ in 0..count {
            self.sequence.next_point(&mut point);
            let Some((shift, factors)) = point.split_last_mut() else { return };
            to_normal(factors);
            mean.copy_from_slice(loss);
            axes.add(factors, &mut mean);
            self.cost += self.ranks.add(&mean, *shift, &mut self.sum);
        }
    }
}

/// Every treatment has a rank and every rank a treatment: rows and columns are scaled in turn until both sum to 1.
fn balance(p: &mut [f64], t: usize) {
    for _ in 0..50 {
        for column in 0..t {
            let sum: f64 = (0..t).map(|row| p[row * t + column]).sum();
            (0..t).filter(|_| sum > 0.0).for_each(|row| p[row * t + column] /= sum);
        }
        let mut off = 0.0_f64;
        for row in p.chunks_exact_mut(t) {
            let sum: f64 = row.iter().sum();
            off = off.max((sum - 1.0).abs());
            row.iter_mut().filter(|_| sum > 0.0).for_each(|x| *x /= sum);
        }
        if off < 1e-14 {
            break;
        }
    }
}

/// D; `None` if a difference of treatments has no variance.
fn independent_parts(covariance: &[f64], t: usize) -> Result<Option<Vec<f64>>> {
    let scale = (0..t).map(|i| covariance[i * t + i]).sum::<f64>() / t as f64;
    let (mut values, mut vectors) = (vec![0.0; t], vec![0.0; t * t]);
    let mut start = centered(covariance, &vec![0.0; t], t, 0.0);
    symmetric::eigen(&mut start, t, &mut values, &mut vectors)?;
    // The smallest eigenvalue is the 0 of a common shift.
    let least = values.get(1).copied().unwrap_or(0.0);
    if !(least > SINGULAR * scale) {
        return Ok(None);
    }
    let mut d = vec![0.5 * least; t];
    for barrier in BARRIERS {
        for _ in 0..30 {
            if !newton(covariance, scale, &mut d, barrier)? {
                break;
            }
        }
    }
    Ok(Some(d))
}

/// C − D about its row and column means, plus `shift` for all of them.
fn centered(covariance: &[f64], d: &[f64], t: usize, shift: f64) -> Vec<f64> {
    let entry = |i: usize, j: usize| covariance[i * t + j] - if i == j { d[i] } else { 0.0 };
    let row: Vec<f64> = (0..t).map(|i| (0..t).map(|j| entry(i, j)).sum::<f64>() / t as f64).collect();
    let mean = row.iter().sum::<f64>() / t as f64;
    (0..t * t).map(|at| entry(at / t, at % t) - row[at / t] - row[at % t] + mean + shift).collect()
}

/// Σ ln D + μ ln |C − D| with the inverse of C − D on differences; `None` outside of where both exist.
fn objective(covariance: &[f64], scale: f64, d: &[f64], barrier: f64) -> Option<(f64, Vec<f64>)> {
    let t = d.len();
    let mut a = centered(covariance, d, t, scale / t as f64);
    if !d.iter().all(|x| *x > 0.0) {
        return None;
    }
    let ln = cholesky::invert(&mut a, t).ok()?;
    let constant = 1.0 / (scale * t as f64);
    a.iter_mut().for_each(|x| *x -= constant);
    Some((d.iter().map(|x| x.ln()).sum::<f64>() + barrier * ln, a))
}

/// One step of Newton's method in ln D; false when it no longer helps.
fn newton(covariance: &[f64], scale: f64, d: &mut [f64], barrier: f64) -> Result<bool> {
    let t = d.len();
    let Some((value, p)) = objective(covariance, scale, d, barrier) else { return Ok(false) };
    // In x = ln D the gradient is 1 − μ D_i P_ii and minus the Hessian μ (D_i P_ij² D_j + δ_ij D_i P_ii).
    let mut hessian: Vec<f64> =
        (0..t * t).map(|at| barrier * d[at / t] * p[at].powi(2) * d[at % t]).collect();
    let mut step = vec![0.0; t];
    for i in 0..t {
        let pull = barrier * d[i] * p[i * t + i];
        hessian[i * t + i] += pull;
        step[i] = 1.0 - pull;
    }
    cholesky::factor(&mut hessian, t)?;
    cholesky::solve(&hessian, t, &mut step)?;
    let mut factor = 1.0;
    while factor > 1e-6 {
        let moved: Vec<f64> =
            d.iter().zip(&step).map(|(d, s)| d * (factor * s).clamp(-2.0, 2.0).exp()).collect();
        match objective(covariance, scale, &moved, barrier) {
            Some((better, _)) if better > value => {
                d.copy_from_slice(&moved);
                return Ok(better - value > 1e-4);
            }
            _ => factor *= 0.5,
        }
    }
    Ok(false)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::orthant;
    use super::*;
    use crate::stat::normal;

    #[test]
    fn factors_agree_with_integration() {
        let loss = [0.0, -0.2, 0.1, -0.35];
        let c = [0.0, 0.0, 0.0, 0.0, 0.0, 0.09, 0.03, 0.02, 0.0, 0.03, 0.2, 0.05, 0.0, 0.02, 0.05, 0.12];
        let exact = orthant::rank_probabilities(&loss, &c);
        let found = rank_probabilities(&loss, &c, 1 << 13, u64::MAX, 1e-5, 1).unwrap();
        let worst = exact.iter().zip(&found.probabilities).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst < 5e-4 && worst < 3.0 * found.error, "{worst}, error {}", found.error);
    }

    #[test]
    fn a_star_leaves_nothing_to_the_factors() {
        // Nine treatments against a common reference in independent studies.
        let t = 10;
        let mut c = vec![0.0; t * t];
        (1..t).for_each(|i| c[i * t + i] = 0.1 * i as f64);
        let own = independent_parts(&c, t).unwrap().unwrap();
        assert!((2..t).all(|i| own[i] > 0.8 * c[i * t + i]), "{own:?}");
        let loss: Vec<f64> = (0..t).map(|i| -0.1 * i as f64).collect();
        let found = rank_probabilities(&loss, &c, 1 << 13, u64::MAX, 4e-5, 1).unwrap();
        // The reference is best if all others, which are independent, are worse: a product.
        let best: f64 = (1..t).map(|i| normal::cdf(loss[i] / (0.1 * i as f64).sqrt())).product();
        assert!((found.probabilities[0] - best).abs() < 1e-4, "{} {best}", found.probabilities[0]);
    }
}
