//! Firth's penalty: the likelihood of a common effect times Jeffreys' prior, finite for every table.
//!
//! l*(ψ) = l(ψ) + ½ ln |I(ψ)| with the information I of all parameters ψ: the coefficients β and, with two counts a study
//! (`um-fs`), the effect αᵢ of every study. For the natural links I = ZᵀWZ with the variances of the counts in W, and the
//! score is Zᵀ(l' + ½ q κ₃) with q = zᵀI⁻¹z of each count and its third cumulant κ₃. With one coefficient and one count a
//! study this is Σ (x − E) + Σ κ₃ / (2 Σ V).
//!
//! The αᵢ enter one study each, so that I is an arrow: ln |I| = Σ ln dᵢ + ln |S| with dᵢ = V₁ + V₂ and the Schur complement
//! S = Σ (V₁V₂/dᵢ) xxᵀ. The maximum is climbed to by the quasi-Newton method of limited memory whose first metric is I⁻¹
//! (Nocedal 1980), at a cost linear in the number of studies.
//!
//! References: D. Firth, Bias reduction of maximum likelihood estimates, Biometrika 80 (1993),
//! doi:10.1093/biomet/80.1.27; G. Heinze and M. Schemper, A solution to the problem of separation in logistic regression,
//! Stat. Med. 21 (2002), doi:10.1002/sim.1047; J. Nocedal, Updating quasi-Newton matrices with limited storage, Math.
//! Comput. 35 (1980), doi:10.1090/S0025-5718-1980-0572855-7.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use crate::stat::root;

use super::{
    kernel::Kernel,
    problem::{Likelihood, Problem},
    sums::predictor,
};

/// Beyond this the penalty has won long ago.
const LIMIT: f64 = 200.0;

/// Steps of the climb, and those that it remembers.
const MOST_STEPS: usize = 400;
const MEMORY: usize = 12;

/// The longest step of a predictor.
const LONGEST: f64 = 3.0;

/// The penalized likelihood of the coefficients and, with two counts a study, of the effects of the studies.
pub(super) struct Penalized<'a> {
    p: usize,
    /// Study by study, the p values of the design.
    rows: &'a [f64],
    studies: Vec<[Option<&'a Kernel>; 2]>,
    /// The effects of the studies to begin with; empty with one count a study.
    alpha: Vec<f64>,
}

/// The terms that one study adds at a point: slopes, variances and third cumulants of its counts.
#[derive(Clone, Copy, Default)]
struct Count {
    slope: f64,
    variance: f64,
    third: f64,
}

/// The penalized likelihood at one point.
#[derive(Clone)]
pub(super) struct Peak {
    /// The coefficients, then the effects of the studies.
    pub theta: Vec<f64>,
    /// l + ½ ln |I|.
    pub value: f64,
    /// l.
    pub log_likelihood: f64,
    score: Vec<f64>,
    /// S, the information of the coefficients with the effects of the studies eliminated.
    pub information: DMatrix<f64>,
    counts: Vec<[Count; 2]>,
}

impl<'a> Penalized<'a> {
    /// The penalized form of a likelihood of a common effect; `None` for those that have none here.
    pub fn new(problem: &'a Problem) -> Option<Self> {
        match &problem.likelihood {
            Likelihood::One(one) => {
                let studies = one.kernels.iter().map(|kernel| [Some(kernel), None]).collect();
                Some(Penalized { p: one.p, rows: &one.rows, studies, alpha: Vec::new() })
            }
            Likelihood::Fixed(fixed) => {
                let studies = fixed.arms.iter().map(|[one, two]| [Some(one), Some(two)]).collect();
                Some(Penalized { p: fixed.p, rows: &fixed.rows, studies, alpha: fixed.starts() })
            }
            _ => None,
        }
    }

    /// The start of the climb with the given coefficients.
    pub fn start(&self, coefficients: &[f64]) -> Vec<f64> {
        coefficients.iter().take(self.p).chain(&self.alpha).copied().collect()
    }

    /// The point with all its derivatives; `None` where the information is singular.
    #[allow(clippy::needless_range_loop)] // places in a matrix
    fn at(&self, theta: &[f64]) -> Option<Peak> {
        let (p, pairs) = (self.p, !self.alpha.is_empty());
        let (mut log_likelihood, mut penalty) = (0.0, 0.0);
        let mut information = DMatrix::zeros(p, p);
        let mut counts = Vec::with_capacity(self.studies.len());
        for (i, (kernels, row)) in self.studies.iter().zip(self.rows.chunks(p)).enumerate() {
            let base = if pairs { theta[p + i] } else { 0.0 };
            let at = [base + predictor(row, &theta[..p]), base];
            let mut both = [Count::default(); 2];
            for ((count, kernel), eta) in both.iter_mut().zip(kernels).zip(at) {
                let Some(kernel) = kernel else { continue };
                let [value, slope, second, third] = kernel.cumulants(eta);
                log_likelihood += value;
                *count = Count { slope, variance: -second, third: -third };
            }
            let weight = weight(&both, pairs);
            if pairs {
                penalty += (both[0].variance + both[1].variance).ln();
            }
            for a in 0..p {
                for b in 0..p {
                    information[(a, b)] += weight * row[a] * row[b];
                }
            }
            counts.push(both);
        }
        let factor: Cholesky<f64, Dyn> = Cholesky::new(information.clone())?;
        penalty += 2.0 * (0..p).map(|j| factor.l_dirty()[(j, j)].ln()).sum::<f64>();
        let value = log_likelihood + 0.5 * penalty;
        let score = self.score(&counts, &factor);
        let finite = value.is_finite() && score.iter().all(|s| s.is_finite());
        finite.then(|| Peak { theta: theta.to_vec(), value, log_likelihood, score, information, counts })
    }

    /// The penalized score in the coefficients and the effects of the studies.
    fn score(&self, counts: &[[Count; 2]], factor: &Cholesky<f64, Dyn>) -> Vec<f64> {
        let (p, pairs) = (self.p, !self.alpha.is_empty());
        let mut score = vec![0.0; p + self.alpha.len()];
        for (i, (both, row)) in counts.iter().zip(self.rows.chunks(p)).enumerate() {
            let x = DVector::from_column_slice(row);
            let leverage = x.dot(&factor.solve(&x));
            // zᵀI⁻¹z of the two counts.
            let q = if pairs {
                let d = both[0].variance + both[1].variance;
                [1, 0].map(|other: usize| 1.0 / d + (both[other].variance / d).powi(2) * leverage)
            } else {
                [leverage, 0.0]
            };
            let of = |arm: usize| both[arm].slope + 0.5 * both[arm].third * q[arm];
            for (sum, x) in score.iter_mut().zip(row) {
                *sum += of(0) * x;
            }
            if pairs {
                score[p + i] = of(0) + of(1);
            }
        }
        score
    }

    /// I⁻¹ times a vector, with the fixed coefficients left where they are.
    fn precondition(&self, peak: &Peak, fixed: &[bool], vector: &[f64]) -> Option<Vec<f64>> {
        let p = self.p;
        let free: Vec<usize> = (0..p).filter(|&j| !fixed[j]).collect();
        let mut right = DVector::from_fn(free.len(), |a, _| vector[free[a]]);
        let share = |both: &[Count; 2]| both[0].variance / (both[0].variance + both[1].variance);
        let of_studies = &vector[p..];
        for ((v, both), row) in of_studies.iter().zip(&peak.counts).zip(self.rows.chunks(p)) {
            for (a, &j) in free.iter().enumerate() {
                right[a] -= share(both) * row[j] * v;
            }
        }
        let mut solved = vec![0.0; vector.len()];
        if !free.is_empty() {
            let n = free.len();
            let matrix = DMatrix::from_fn(n, n, |a, b| peak.information[(free[a], free[b])]);
            let found = Cholesky::new(matrix)?.solve(&right);
            free.iter().zip(&found).for_each(|(&j, x)| solved[j] = *x);
        }
        let (coefficients, effects) = solved.split_at_mut(p);
        let studies = of_studies.iter().zip(&peak.counts).zip(self.rows.chunks(p));
        for (effect, ((v, both), row)) in effects.iter_mut().zip(studies) {
            let d = both[0].variance + both[1].variance;
            *effect = (v - both[0].variance * predictor(row, coefficients)) / d;
        }
        solved.iter().all(|x| x.is_finite()).then_some(solved)
    }

    /// The maximum over all that is not fixed, climbed to from `start`.
    pub fn climb(&self, start: &[f64], fixed: &[bool]) -> Option<Peak> {
        let mut here = self.at(start)?;
        let mut memory: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for _ in 0..MOST_STEPS {
            let gradient = free_score(&here, fixed);
            let mut step = self.direction(&here, fixed, &memory, &gradient)?;
            if dot(&step, &gradient) <= 0.0 {
                memory.clear();
                step = self.precondition(&here, fixed, &gradient)?;
            }
            let longest = step.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
            if longest < 1e-13 {
                break;
            }
            let scale = (LONGEST / longest).min(1.0);
            step.iter_mut().for_each(|s| *s *= scale);
            let Some(next) = self.advance(&here, &step, &gradient, fixed) else { break };
            let moved: Vec<f64> = next.theta.iter().zip(&here.theta).map(|(a, b)| a - b).collect();
            let fall: Vec<f64> = gradient.iter().zip(free_score(&next, fixed)).map(|(a, b)| a - b).collect();
            here = next;
            if dot(&moved, &fall) > 0.0 {
                memory.push((moved, fall));
            }
            if memory.len() > MEMORY {
                memory.remove(0);
            }
        }
        Some(here)
    }

    /// The first point along the step that is higher; near the top one with a smaller score.
    fn advance(&self, here: &Peak, step: &[f64], gradient: &[f64], fixed: &[bool]) -> Option<Peak> {
        let promise = dot(step, gradient);
        let polishing = promise < 1e-9;
        (0..if polishing { 3 } else { 50 }).find_map(|halvings| {
            let length = 0.5_f64.powi(halvings);
            let theta: Vec<f64> = here.theta.iter().zip(step).map(|(t, s)| t + length * s).collect();
            let next = self.at(&theta)?;
            let better = if polishing {
                let left = free_score(&next, fixed);
                dot(&left, &left) < dot(gradient, gradient)
            } else {
                next.value > here.value + 1e-4 * length * promise
            };
            better.then_some(next)
        })
    }

    /// The quasi-Newton step (the recursion of two loops).
    fn direction(
        &self,
        here: &Peak,
        fixed: &[bool],
        memory: &[(Vec<f64>, Vec<f64>)],
        gradient: &[f64],
    ) -> Option<Vec<f64>> {
        let mut q = gradient.to_vec();
        let mut shares = Vec::with_capacity(memory.len());
        for (moved, fall) in memory.iter().rev() {
            let share = dot(moved, &q) / dot(moved, fall);
            q.iter_mut().zip(fall).for_each(|(q, y)| *q -= share * y);
            shares.push(share);
        }
        let mut r = self.precondition(here, fixed, &q)?;
        for ((moved, fall), share) in memory.iter().zip(shares.iter().rev()) {
            let back = dot(fall, &r) / dot(moved, fall);
            r.iter_mut().zip(moved).for_each(|(r, s)| *r += (share - back) * s);
        }
        Some(r)
    }

    /// The place of coefficient `at` beyond the peak, in the direction of `step`, where twice the fall of the penalized
    /// profile likelihood is `cut`².
    pub fn bound(&self, peak: &Peak, at: usize, step: f64, cut: f64) -> Option<f64> {
        let origin = peak.theta[at];
        let excess = |value: f64| match self.profile(peak, at, value) {
            Some(other) => 2.0 * (peak.value - other.value) - cut * cut,
            None => f64::NAN,
        };
        let (a, b) = root::expand(excess, origin, step, origin + step.signum() * LIMIT)?;
        root::find_between(excess, a, b)
    }

    /// The highest point with one coefficient at a value.
    pub fn profile(&self, peak: &Peak, at: usize, value: f64) -> Option<Peak> {
        let mut start = peak.theta.clone();
        start[at] = value;
        let mut fixed = vec![false; self.p];
        fixed[at] = true;
        self.climb(&start, &fixed)
    }
}

/// The weight of a study's row in the information of the coefficients.
fn weight(both: &[Count; 2], pairs: bool) -> f64 {
    let [one, two] = both.map(|count| count.variance);
    if pairs { one * two / (one + two) } else { one }
}

fn free_score(peak: &Peak, fixed: &[bool]) -> Vec<f64> {
    let held = |i: usize| fixed.get(i).copied().unwrap_or(false);
    peak.score.iter().enumerate().map(|(i, &s)| if held(i) { 0.0 } else { s }).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
