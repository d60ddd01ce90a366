//! Rank probabilities of five to eight treatments: all orthants at once, by conditioning one difference after the other.
//!
//! For treatment i the differences X = θ_j − θ_i are μ + L y with y standard normal. Given y_1..y_{k−1}, X_k is negative with
//! probability e = Φ(−(μ_k + Σ L_kj y_j)/L_kk); on either side y_k is drawn from its truncated normal distribution by the
//! same coordinate of a Sobol point (Genz 1992). Following both sides gives a tree whose 2^(T−1) leaves are the orthants, each
//! a smooth function of the point, so that a few hundred points are good to 1e-5. Branches without weight are not followed;
//! the most certain differences come first, so that most branches end early.
//!
//! Reference: Genz A (1992). Numerical computation of multivariate normal probabilities. *Journal of Computational and
//! Graphical Statistics* 1:141-149. doi:10.1080/10618600.1992.10477010

use super::{
    ROUND, WORK,
    sweep::{COPIES, Swept, summary},
};
use crate::stat::{Tail, normal, progress, sobol::Sobol};

/// Branches of less weight are not followed: all of them together are below 1e-8.
const NEGLIGIBLE: f64 = 1e-11;

/// The differences of the other treatments to one of them.
struct Tree {
    d: usize,
    mean: Vec<f64>,
    /// The lower triangle of Cholesky's factor, row by row; 0 on the diagonal for a difference that the earlier ones determine.
    l: Vec<f64>,
}

impl Tree {
    fn new(loss: &[f64], covariance: &[f64], i: usize) -> Self {
        let t = loss.len();
        let c = |a: usize, b: usize| covariance[a * t + b];
        let cov = |a: usize, b: usize| c(a, b) - c(a, i) - c(i, b) + c(i, i);
        let certainty = |a: usize| (loss[a] - loss[i]).abs() / cov(a, a).max(1e-300).sqrt();
        let mut others: Vec<usize> = (0..t).filter(|j| *j != i).collect();
        others.sort_by(|a, b| certainty(*b).total_cmp(&certainty(*a)).then(a.cmp(b)));
        let d = others.len();
        let mut l = vec![0.0; d * d];
        for k in 0..d {
            for j in 0..=k {
                let below: f64 = (0..j).map(|m| l[k * d + m] * l[j * d + m]).sum();
                let rest = cov(others[k], others[j]) - below;
                if j < k {
                    let pivot = l[j * d + j];
                    l[k * d + j] = if pivot > 0.0 { rest / pivot } else { 0.0 };
                } else if rest > 1e-12 * cov(others[k], others[k]) {
                    l[k * d + k] = rest.sqrt();
                }
            }
        }
        Tree { d, mean: others.iter().map(|j| loss[*j] - loss[i]).collect(), l }
    }

    /// Adds the weight of every orthant below a node to the entry of its number of negative differences.
    fn follow(&self, k: usize, negative: usize, weight: f64, point: &[f64], y: &mut [f64], row: &mut [f64]) {
        if k == self.d {
            row[negative] += weight;
            return;
        }
        let given = &self.l[k * self.d..k * self.d + k];
        let mean = self.mean[k] + given.iter().zip(y.iter()).map(|(l, y)| l * y).sum::<f64>();
        let pivot = self.l[k * self.d + k];
        let (below, above) = if pivot > 0.0 {
            (normal::cdf(-mean / pivot), normal::sf(-mean / pivot))
        } else {
            let below = if mean < 0.0 { 1.0 } else { 0.0 };
            let below = if mean == 0.0 { 0.5 } else { below };
            (below, 1.0 - below)
        };
        let inner = k + 1 < self.d && pivot > 0.0;
        if weight * below > NEGLIGIBLE {
            y[k] = if inner { normal::quantile(Tail::Lower(point[k] * below)) } else { 0.0 };
            self.follow(k + 1, negative + 1, weight * below, point, y, row);
        }
        if weight * above > NEGLIGIBLE {
            y[k] = if inner { normal::quantile(Tail::Upper((1.0 - point[k]) * above)) } else { 0.0 };
            self.follow(k + 1, negative, weight * above, point, y, row);
        }
    }
}

/// P(rank_i = r), row by row, of treatments whose small values are good, by at most `most` points, fewer when the standard
/// error of all probabilities is below `enough` before.
pub(super) fn rank_probabilities(
    loss: &[f64],
    covariance: &[f64],
    most: u64,
    enough: f64,
    seed: u64,
) -> Swept {
    let t = loss.len();
    let trees: Vec<Tree> = (0..t).map(|i| Tree::new(loss, covariance, i)).collect();
    let d = t.saturating_sub(1);
    let mut sequences: Vec<Sobol> = (0..COPIES).map(|copy| Sobol::new(d, seed, copy)).collect();
    let mut sums = vec![vec![0.0; t * t]; COPIES as usize];
    let (mut point, mut y) = (vec![0.0; d], vec![0.0; d]);
    let most = most.div_ceil(COPIES);
    let (mut done, mut next) = (0, 16.min(most));
    loop {
        for (sequence, sum) in sequences.iter_mut().zip(&mut sums) {
            for _ in done..next {
                sequence.next_point(&mut point);
                for (tree, row) in trees.iter().zip(sum.chunks_exact_mut(t)) {
                    tree.follow(0, 0, 1.0, &point, &mut y, row);
                }
            }
        }
        done = next;
        let swept = summary(sums.iter().map(|s| &s[..]), done, t);
        let (all, found) = ((most * COPIES) as usize, swept.points as usize);
        if swept.error <= enough || done >= most || !progress::goes_on(WORK, found, all) {
            return swept;
        }
        next = (done + done.min(ROUND)).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::super::orthant;
    use super::*;

    #[test]
    fn the_tree_agrees_with_integration() {
        let loss = [0.0, -0.2, 0.1, -0.35];
        let c = [0.0, 0.0, 0.0, 0.0, 0.0, 0.09, 0.03, 0.02, 0.0, 0.03, 0.2, 0.05, 0.0, 0.02, 0.05, 0.12];
        let exact = orthant::rank_probabilities(&loss, &c);
        let found = rank_probabilities(&loss, &c, 1 << 13, 1e-6, 1);
        let worst = exact.iter().zip(&found.probabilities).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        // Several thousand points leave an error of this size, which the estimate must not understate.
        assert!(
            worst < 1e-4 && worst < 3.0 * found.error,
            "{worst} with an estimated error of {}",
            found.error
        );
    }

    #[test]
    fn exchangeable_treatments_share_all_ranks() {
        for t in [5, 8] {
            let covariance: Vec<f64> = (0..t * t).map(|k| if k % (t + 1) == 0 { 1.0 } else { 0.2 }).collect();
            for p in rank_probabilities(&vec![0.3; t], &covariance, 1 << 12, 1e-4, 1).probabilities {
                assert!((p - 1.0 / t as f64).abs() < 1e-3);
            }
        }
    }
}
