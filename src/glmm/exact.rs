//! Exact inference about a common odds ratio or rate ratio, given all margins.
//!
//! Given the margins of every study, the total S of the events in the first groups has probabilities proportional to
//! w_s e^(θs), with w the convolution of the studies' tables (hypergeometric for odds ratios, binomial for rate ratios).
//! The conditional maximum solves E_θ S = s; the bounds of the exact interval solve P_θ(S ≥ s) = α/2 and
//! P_θ(S ≤ s) = α/2, those of the mid-P interval count half of P(S = s). P values are twice the smaller tail, consistent
//! with the intervals; the likelihood-ordered P value (that of `mantelhaen.test`) stands beside them. If s is an end of
//! the support the estimate and one bound are infinite, and the other bound is still exact.
//!
//! The tables are tilted to the estimate before they are convolved, so that the center carries the precision.
//!
//! References: D. R. Cox, Analysis of Binary Data (1970); J. J. Gart, Point and interval estimation of the common odds
//! ratio, Biometrika 57 (1970), doi:10.1093/biomet/57.3.471; C. R. Mehta, N. R. Patel and R. Gray, Computing an exact
//! confidence interval for the common odds ratio in several 2 × 2 contingency tables, J. Am. Stat. Assoc. 80 (1985),
//! doi:10.1080/01621459.1985.10478212.

use serde::{Deserialize, Serialize};

use crate::{Error, Level, Result, stat::root};

use super::{
    data::Counts,
    kernel::{Kernel, ln_choose},
    problem::conditional,
};

/// More products than this would take minutes.
const MOST_WORK: f64 = 3e10;

/// The log ratio beyond which nothing finite is looked for.
const LIMIT: f64 = 500.0;

/// Exact inference about a common ratio, on the log scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Exact {
    /// The conditional maximum-likelihood estimate; `None` if it is infinite.
    pub estimate: Option<f64>,
    /// The lower bound; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper bound; `None` if it is infinite.
    pub ci_upper: Option<f64>,
    /// Twice the smaller exact tail at a ratio of 1, at most 1.
    pub p_value: f64,
    /// The probability at a ratio of 1 of all totals that are no more probable than the one observed.
    pub p_value_likelihood: f64,
    /// The same with half of the probability of the observed total.
    pub mid_p: MidP,
}

/// Mid-P inference, on the log scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MidP {
    /// The lower bound; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper bound; `None` if it is infinite.
    pub ci_upper: Option<f64>,
    /// Twice the smaller mid-P tail at a ratio of 1, at most 1.
    pub p_value: f64,
}

impl Counts {
    /// Exact conditional inference about a common odds ratio or rate ratio.
    ///
    /// # Errors
    ///
    /// If the data have one group, no study is informative, or there are so many events that the exact distribution
    /// would take minutes (where the normal approximation does as well).
    pub fn exact(&self, level: Level) -> Result<Exact> {
        Total::new(self)?.infer(level)
    }
}

/// One study's tilted probabilities over its support.
struct Part {
    kernel: Kernel,
    /// ln of the weights, from the lowest count on.
    logs: Vec<f64>,
    low: f64,
    x: f64,
}

/// The distribution of the total number of events in the first groups.
pub(super) struct Total {
    parts: Vec<Part>,
    low: f64,
    high: f64,
    observed: f64,
}

/// The probabilities of the total at one θ.
pub(super) struct Tilted {
    low: f64,
    probabilities: Vec<f64>,
    theta: f64,
}

impl Total {
    pub fn new(counts: &Counts) -> Result<Self> {
        if counts.second.is_empty() || counts.measure == super::CountMeasure::RiskRatio {
            return Err(Error::setting(
                "exact",
                format!("it does not apply to `{}`", counts.measure),
                "exact conditional inference is for odds ratios and rate ratios",
            ));
        }
        let kernels: Vec<Kernel> = (0..counts.len())
            .filter(|&i| counts.is_informative(i))
            .map(|i| conditional(counts.measure, counts.first[i], counts.second[i], true))
            .collect();
        Self::of_kernels(kernels)
    }

    pub fn of_kernels(kernels: Vec<Kernel>) -> Result<Self> {
        if kernels.is_empty() {
            return Err(Error::model(
                "no study is informative about a ratio",
                "add studies with events in one group at least",
            ));
        }
        let mut parts = Vec::with_capacity(kernels.len());
        let (mut total, mut work) = (0.0, 0.0);
        for kernel in kernels {
            let part = Part::new(kernel)?;
            let width = part.logs.len() as f64;
            work += width * total;
            total += width;
            parts.push(part);
        }
        if work > MOST_WORK {
            return Err(Error::model(
                format!("the exact distribution of the total takes {work:.0e} products"),
                "with so many events leave out the exact inference: the likelihood gives the same answer",
            ));
        }
        let low = parts.iter().map(|part| part.low).sum();
        let high = parts.iter().map(|part| part.low + part.logs.len() as f64 - 1.0).sum();
        let observed = parts.iter().map(|part| part.x).sum();
        Ok(Total { parts, low, high, observed })
    }

    /// The score s − E_θ S.
    fn score(&self, theta: f64) -> f64 {
        self.parts.iter().map(|part| part.kernel.at(theta)[1]).sum()
    }

    /// The conditional maximum; `None` if it is infinite.
    pub fn estimate(&self) -> Option<f64> {
        if self.observed == self.low || self.observed == self.high {
            return None;
        }
        self.solve(0.0)
    }

    /// The θ at which the mean of the total is that observed plus `shift`.
    fn solve(&self, shift: f64) -> Option<f64> {
        let score = |theta: f64| self.score(theta) + shift;
        let step = if score(0.0) > 0.0 { 1.0 } else { -1.0 };
        let (a, b) = root::expand(score, 0.0, step, step * LIMIT)?;
        root::find_between(score, a, b)
    }

    /// The distribution at θ: the tables tilted, scaled, and convolved.
    pub fn tilted(&self, theta: f64) -> Tilted {
        let mut probabilities = vec![1.0];
        for part in &self.parts {
            let tilted = part.tilted(theta);
            let mut next = vec![0.0; probabilities.len() + tilted.len() - 1];
            for (i, &a) in probabilities.iter().enumerate() {
                if a > 0.0 {
                    for (sum, &b) in next[i..].iter_mut().zip(&tilted) {
                        *sum += a * b;
                    }
                }
            }
            probabilities = next;
        }
        Tilted { low: self.low, probabilities, theta }
    }

    /// The lowest total, and the probabilities from it on, at θ.
    #[cfg(feature = "random")]
    pub fn probabilities(&self, theta: f64) -> (f64, Vec<f64>) {
        (self.low, self.tilted(theta).probabilities)
    }

    /// The log of the sum of the weights at θ over that at another.
    fn log_norm(&self, theta: f64, other: f64) -> f64 {
        // ln L = xθ − ln Z(θ) + constant.
        self.parts
            .iter()
            .map(|part| part.x * (theta - other) - part.kernel.at(theta)[0] + part.kernel.at(other)[0])
            .sum()
    }

    fn infer(&self, level: Level) -> Result<Exact> {
        let (estimate, near) = self.centered()?;
        let bounds = |half: f64| {
            let end = |upper: bool| self.bound(&near, level.tail(), half, upper);
            (end(false), end(true))
        };
        let (ci_lower, ci_upper) = bounds(1.0);
        let (mid_lower, mid_upper) = bounds(0.5);
        let [below, above] = self.tails(&near, 0.0, 1.0);
        let [mid_below, mid_above] = self.tails(&near, 0.0, 0.5);
        Ok(Exact {
            estimate,
            ci_lower,
            ci_upper,
            p_value: (2.0 * below.min(above)).min(1.0),
            p_value_likelihood: self.likelihood_ordered([below, above]),
            mid_p: MidP {
                ci_lower: mid_lower,
                ci_upper: mid_upper,
                p_value: (2.0 * mid_below.min(mid_above)).min(1.0),
            },
        })
    }

    /// The conditional maximum with its exact interval, and nothing else.
    pub fn interval(&self, level: Level) -> Result<(Option<f64>, Option<f64>, Option<f64>)> {
        let (estimate, near) = self.centered()?;
        let end = |upper: bool| self.bound(&near, level.tail(), 1.0, upper);
        Ok((estimate, end(false), end(true)))
    }

    /// The conditional maximum, and the distribution there; next to it where the maximum is infinite.
    fn centered(&self) -> Result<(Option<f64>, Tilted)> {
        let lost =
            || Error::model("the exact distribution has no digits left", "leave out the exact inference");
        let estimate = self.estimate();
        let shift = if self.observed == self.low { 0.5 } else { -0.5 };
        let center = match estimate {
            Some(estimate) => estimate,
            None => self.solve(shift).ok_or_else(lost)?,
        };
        Ok((estimate, self.tilted(center)))
    }

    /// P_θ(S ≤ s) and P_θ(S ≥ s), with this part of P(S = s); each summed on its own side of s.
    fn tails(&self, near: &Tilted, theta: f64, part: f64) -> [f64; 2] {
        [false, true].map(|above| self.tail(near, theta, part, above))
    }

    /// One of the tails.
    fn tail(&self, near: &Tilted, theta: f64, part: f64, above: bool) -> f64 {
        let log_scale = -self.log_norm(theta, near.theta);
        let at = (self.observed - near.low) as usize;
        let tilt = |j: usize| {
            let probability = near.probabilities.get(j).copied().unwrap_or(0.0);
            let power = (theta - near.theta) * (near.low + j as f64) + log_scale;
            if probability > 0.0 { (probability.ln() + power).exp() } else { 0.0 }
        };
        let others = if above { at + 1..near.probabilities.len() } else { 0..at };
        (part * tilt(at) + others.map(tilt).sum::<f64>()).min(1.0)
    }

    /// The θ at which one tail is α/2; `None` if the bound is infinite.
    fn bound(&self, near: &Tilted, tail: f64, part: f64, upper: bool) -> Option<f64> {
        let end = if upper { self.high } else { self.low };
        if self.observed == end {
            return None;
        }
        let excess = |theta: f64| self.tail(near, theta, part, !upper).ln() - tail.ln();
        let step = if upper { 0.5 } else { -0.5 };
        // From the estimate outwards the tail falls; with an infinite estimate the start may lie beyond the bound.
        let step = if excess(near.theta) > 0.0 { step } else { -step };
        let (a, b) = root::expand(excess, near.theta, step, near.theta + step.signum() * LIMIT)?;
        root::find_between(excess, a, b)
    }

    /// The probability at θ = 0 of all totals no more probable than the observed one.
    fn likelihood_ordered(&self, [below, above]: [f64; 2]) -> f64 {
        let null = self.tilted(0.0);
        let at = (self.observed - null.low) as usize;
        let observed = null.probabilities.get(at).copied().unwrap_or(0.0);
        let mode = null.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        let mode = mode.map_or(at, |(mode, _)| mode);
        // Ties up to rounding count, as in R.
        let limit = observed * (1.0 + 1e-7);
        let other: f64 = null
            .probabilities
            .iter()
            .enumerate()
            .filter(|&(j, &p)| if at < mode { j > at && p <= limit } else { j < at && p <= limit })
            .map(|(_, &p)| p)
            .sum();
        let own = if at < mode { below } else { above };
        if at == mode { 1.0 } else { (own + other).min(1.0) }
    }

    /// The mid-P tail P_θ(S > s) + ½ P_θ(S = s).
    pub fn upper_mid_p(&self, near: &Tilted, theta: f64) -> f64 {
        self.tail(near, theta, 0.5, true)
    }

    /// The mid-P tail P_θ(S < s) + ½ P_θ(S = s).
    pub fn lower_mid_p(&self, near: &Tilted, theta: f64) -> f64 {
        self.tail(near, theta, 0.5, false)
    }
}

impl Part {
    fn new(kernel: Kernel) -> Result<Self> {
        let (low, x, logs) = match &kernel {
            Kernel::Hypergeometric(margin) => (margin.low, margin.x, margin.weights().map(<[f64]>::to_vec)),
            Kernel::Binomial { x, n, offset, .. } if *n <= 1e4 => {
                let logs = (0..=*n as u64).map(|j| ln_choose(*n, j as f64) + j as f64 * offset).collect();
                (0.0, *x, Some(logs))
            }
            _ => (0.0, 0.0, None),
        };
        let logs = logs.ok_or_else(|| {
            Error::model(
                "a study has more than 10,000 possible numbers of events",
                "with so many events leave out the exact inference: the likelihood gives the same answer",
            )
        })?;
        Ok(Part { kernel, logs, low, x })
    }

    fn tilted(&self, theta: f64) -> Vec<f64> {
        let log = |j: usize| self.logs[j] + theta * j as f64;
        let largest = (0..self.logs.len()).map(log).fold(f64::NEG_INFINITY, f64::max);
        let mut weights: Vec<f64> = (0..self.logs.len()).map(|j| (log(j) - largest).exp()).collect();
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= total);
        weights
    }
}
