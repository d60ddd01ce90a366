//! Two counts a study with a fixed effect for every study and a normal random effect of the treatment (UM.FS).
//!
//! The effect α of a study enters that study alone: for given (β, τ) it is found by Newton's method in one variable, and
//! it is eliminated from the Hessian by its Schur complement, so that the cost is linear in the number of studies.

use std::cell::RefCell;

use crate::stat::{
    log_concave::Rule,
    newton::{Objective, Point},
};

use super::{
    kernel::Kernel,
    line::{LN_SQRT_2PI, through_peak},
    sums::{Share, Sums, predictor},
    tally::Slopes,
};

/// The likelihood in the coefficients and τ, maximal over the effects of the studies.
#[derive(Debug, Clone)]
pub(super) struct StudyEffects {
    pub p: usize,
    pub rows: Vec<f64>,
    pub arms: Vec<[Kernel; 2]>,
    /// The multiples of the random effect in the two groups.
    pub shares: [f64; 2],
    pub rule: Rule,
    /// The last maximum of each study, from which the next is sought.
    pub last: RefCell<Vec<Baseline>>,
}

/// The effect α of a study at given (η, τ), and how it moves with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Baseline {
    alpha: f64,
    eta: f64,
    tau: f64,
    slopes: [f64; 2],
}

impl Baseline {
    fn at(alpha: f64) -> Self {
        Baseline { alpha, eta: 0.0, tau: 0.0, slopes: [0.0; 2] }
    }

    /// The α that is to be expected, to first order; no further than a long step.
    fn expected(&self, eta: f64, tau: f64) -> f64 {
        let [by_eta, by_tau] = self.slopes;
        let change = by_eta * (eta - self.eta) + by_tau * (tau - self.tau);
        self.alpha + change.clamp(-1.0, 1.0)
    }
}

impl StudyEffects {
    pub fn new(p: usize, rows: Vec<f64>, arms: Vec<[Kernel; 2]>, shares: [f64; 2], rule: Rule) -> Self {
        let last = RefCell::new(arms.iter().map(|arms| Baseline::at(start(arms))).collect());
        StudyEffects { p, rows, arms, shares, rule, last }
    }

    /// The effect of every study at given parameters.
    #[cfg(feature = "random")]
    pub fn baselines(&self, theta: &[f64]) -> Vec<f64> {
        self.point(theta); // an evaluation leaves them behind
        self.last.borrow().iter().map(|baseline| baseline.alpha).collect()
    }

    /// The logit or log rate of each study's groups together.
    pub fn starts(&self) -> Vec<f64> {
        self.arms.iter().map(start).collect()
    }
}

/// A logit or log rate of both groups together, with half an event where there is none.
fn start(arms: &[Kernel; 2]) -> f64 {
    let (mut events, mut others, mut time) = (0.5, 0.5, 0.0);
    for arm in arms {
        match arm {
            Kernel::Binomial { x, n, .. } => {
                events += x;
                others += n - x;
            }
            Kernel::Poisson { x, t, .. } => {
                events += x;
                time += t;
            }
            Kernel::Hypergeometric(_) => {}
        }
    }
    if time > 0.0 { (events / time).ln() } else { (events / others).ln() }
}

impl Objective for StudyEffects {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(p);
        let mut last = self.last.borrow_mut();
        for ((arms, row), baseline) in self.arms.iter().zip(self.rows.chunks(p)).zip(last.iter_mut()) {
            let study = Study { arms, shares: self.shares, eta: predictor(row, &theta[..p]), tau: theta[p] };
            let (best, share) = study.maximum(baseline.expected(study.eta, study.tau), self.rule)?;
            *baseline = best;
            sums.add(row, &share);
        }
        drop(last);
        sums.objective(theta, &[Some(p)])
    }
}

/// One study at given (θ, τ).
struct Study<'a> {
    arms: &'a [Kernel; 2],
    shares: [f64; 2],
    eta: f64,
    tau: f64,
}

impl Study<'_> {
    /// The highest likelihood over α, its place, and its derivatives in (θ, τ).
    fn maximum(&self, start: f64, rule: Rule) -> Option<(Baseline, Share<2>)> {
        // What is left of the slope in α is eliminated: after a last step the values are exact to its third power, the
        // derivatives to its square, and their derivatives to the step itself. After a step that is close, so is the next.
        let (last, close) = if rule.is_fine() { (1e-9, 1e-5) } else { (1e-3, 0.03) };
        let mut alpha = start;
        let mut near = false;
        for _ in 0..200 {
            let full = self.at(alpha, rule)?;
            let (slope, bend) = (full.gradient[0], full.hessian[0][0]);
            let step = (-slope / bend.min(-1e-300)).clamp(-1.5, 1.5);
            if near || step.abs() < last || !step.is_finite() {
                let alpha = alpha + if step.is_finite() { step } else { 0.0 };
                let slopes = [1, 2].map(|i| -full.hessian[i][0] / bend.min(-1e-300));
                return Some((Baseline { alpha, eta: self.eta, tau: self.tau, slopes }, eliminate(&full)));
            }
            near = step.abs() < close;
            alpha += step;
        }
        None
    }

    /// The log-likelihood with its derivatives in (α, θ, τ).
    fn at(&self, alpha: f64, rule: Rule) -> Option<Share<3>> {
        let [c1, c2] = self.shares;
        let base = [alpha + self.eta, alpha];
        if self.tau == 0.0 {
            let [one, two] = [self.arms[0].at(base[0]), self.arms[1].at(base[1])];
            let slope = c1 * one[1] + c2 * two[1];
            let bend = c1 * c1 * one[2] + c2 * c2 * two[2] + slope * slope;
            return Some(Share {
                value: one[0] + two[0],
                gradient: [one[1] + two[1], one[1], 0.0],
                hessian: [[one[2] + two[2], one[2], 0.0], [one[2], one[2], 0.0], [0.0, 0.0, bend]],
            });
        }
        let [t1, t2] = [c1 * self.tau, c2 * self.tau];
        let kernels = [&self.arms[0], &self.arms[1]];
        let (line, z, height) = through_peak(kernels, base, [t1, t2])?;
        let (log, tally) = line.integral::<Slopes, 15>(kernels, rule)?;
        let sums = tally.moments();
        let total = sums.total;
        let slope = sums.slope.map(|[s, st]| [s / total, (z * s + st) / total]);
        let bend = sums
            .bend
            .map(|[b, bt, btt]| [b / total, (z * b + bt) / total, (z * z * b + 2.0 * z * bt + btt) / total]);
        let gradient = [slope[0][0] + slope[1][0], slope[0][0], c1 * slope[0][1] + c2 * slope[1][1]];
        let [one, both, two] = bend;
        let second = [
            [one[0] + 2.0 * both[0] + two[0], 0.0, 0.0],
            [one[0] + both[0], one[0], 0.0],
            [
                c1 * (one[1] + both[1]) + c2 * (both[1] + two[1]),
                c1 * one[1] + c2 * both[1],
                c1 * c1 * one[2] + 2.0 * c1 * c2 * both[2] + c2 * c2 * two[2],
            ],
        ];
        let hessian = std::array::from_fn(|i| {
            std::array::from_fn(|j| second[i.max(j)][i.min(j)] - gradient[i] * gradient[j])
        });
        Some(Share { value: height + log - LN_SQRT_2PI, gradient, hessian })
    }
}

/// The effect of one study at the given mean effect and τ.
pub(super) fn own_baseline(arms: &[Kernel; 2], shares: [f64; 2], eta: f64, tau: f64) -> Option<f64> {
    let study = Study { arms, shares, eta, tau };
    study.maximum(start(arms), Rule::FINE).map(|(baseline, _)| baseline.alpha)
}

/// The derivatives in (θ, τ) of the maximum over α.
fn eliminate(full: &Share<3>) -> Share<2> {
    let pivot = full.hessian[0][0].min(-1e-300);
    let schur = |i: usize, j: usize| full.hessian[i][j] - full.hessian[i][0] * full.hessian[0][j] / pivot;
    // To first order in what is left of the slope in α.
    let rest = full.gradient[0] / pivot;
    let value = full.value - 0.5 * full.gradient[0] * rest;
    let gradient = [1, 2].map(|i| full.gradient[i] - full.hessian[i][0] * rest);
    Share { value, gradient, hessian: [[schur(1, 1), schur(1, 2)], [schur(2, 1), schur(2, 2)]] }
}
