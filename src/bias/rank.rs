//! Begg and Mazumdar's rank correlation between effects and their variances, and Kendall's tau behind it.
//!
//! With the fixed-effect mean b and v* = v - 1 / Σ(1 / v), Kendall's tau of (y - b) / √v* with v. Without ties the P
//! value is exact (from the numbers of permutations by inversions); with ties the score S has the normal approximation with
//! the variance that ties leave, and no continuity correction.

use crate::stat::normal;

/// Kendall's rank correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kendall {
    /// tau-b.
    pub tau: f64,
    /// S / √Var S.
    pub statistic: f64,
    /// Two-sided.
    pub p_value: f64,
    /// True if it is exact.
    pub exact: bool,
}

/// The most studies for which the exact distribution is computed; its P value then equals the normal one to 1e-5.
const EXACT: usize = 1000;

/// Kendall's tau of two variables; `None` if all values of one are equal or there are fewer than 2.
pub(super) fn kendall(x: &[f64], y: &[f64]) -> Option<Kendall> {
    let n = x.len();
    let mut s = 0.0;
    for i in 0..n {
        for j in 0..i {
            let (a, b) = (x[i] - x[j], y[i] - y[j]);
            if a != 0.0 && b != 0.0 {
                s += a.signum() * b.signum();
            }
        }
    }
    let (tx, ty) = (ties(x), ties(y));
    let n_ = n as f64;
    let pairs = 0.5 * n_ * (n_ - 1.0);
    let sum = |t: &[f64], f: &dyn Fn(f64) -> f64| t.iter().map(|&t| f(t)).sum::<f64>();
    let two = |t: f64| t * (t - 1.0);
    let (px, py) = (0.5 * sum(&tx, &two), 0.5 * sum(&ty, &two));
    if !(pairs - px > 0.0 && pairs - py > 0.0) {
        return None;
    }
    let tau = s / ((pairs - px) * (pairs - py)).sqrt();
    let five = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let three = |t: f64| t * (t - 1.0) * (t - 2.0);
    let mut variance = (five(n_) - sum(&tx, &five) - sum(&ty, &five)) / 18.0;
    variance += sum(&tx, &two) * sum(&ty, &two) / (2.0 * n_ * (n_ - 1.0));
    if n > 2 {
        variance += sum(&tx, &three) * sum(&ty, &three) / (9.0 * n_ * (n_ - 1.0) * (n_ - 2.0));
    }
    let statistic = s / variance.sqrt();
    let exact = px == 0.0 && py == 0.0 && n <= EXACT;
    let p_value = if exact {
        let discordant = (0.5 * (pairs - s.abs())).round() as usize;
        (2.0 * at_most(n, discordant)).min(1.0)
    } else {
        normal::two_sided(statistic)
    };
    Some(Kendall { tau, statistic, p_value, exact })
}

/// The sizes of the groups of equal values, of at least two.
fn ties(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).filter(|group| group.len() > 1).map(|group| group.len() as f64).collect()
}

/// The probability of at most `m` inversions in a random permutation of n.
fn at_most(n: usize, m: usize) -> f64 {
    // Adding the j-th item makes 0 to j - 1 inversions with equal probability.
    let mut p = vec![0.0; m + 1];
    p[0] = 1.0;
    let mut next = vec![0.0; m + 1];
    for j in 2..=n {
        let mut window = 0.0_f64;
        for i in 0..=m {
            window += p[i];
            if i >= j {
                window -= p[i - j];
            }
            next[i] = window.max(0.0) / j as f64;
        }
        std::mem::swap(&mut p, &mut next);
    }
    p.iter().sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn inversions_of_four() {
        // 1, 3, 5, 6, 5, 3, 1 of 24 permutations.
        let expected = [1.0, 4.0, 9.0, 15.0, 20.0, 23.0, 24.0].map(|n| n / 24.0);
        for (m, p) in expected.into_iter().enumerate() {
            assert!((at_most(4, m) - p).abs() < 1e-15);
        }
    }

    #[test]
    fn ties_take_the_normal_approximation() {
        // R 4.2: cor.test(c(1,2,2,4,5,6), c(2,1,3,3,6,5), method = "kendall", exact = FALSE)
        let k = kendall(&[1.0, 2.0, 2.0, 4.0, 5.0, 6.0], &[2.0, 1.0, 3.0, 3.0, 6.0, 5.0]).unwrap();
        assert!(!k.exact);
        assert!((k.tau - 0.642_857_142_857_143).abs() < 1e-14);
        assert!((k.p_value - 0.079_838_719_645_852_67).abs() < 1e-12);
    }
}
