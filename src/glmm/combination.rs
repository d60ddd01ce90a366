//! Exact P-value functions of the studies, combined.
//!
//! For each study p_i(θ) = P_θ(X > x) + ½ P_θ(X = x), the mid-P function of its table given the margins, runs from 0 to 1
//! in θ. Combined they are p(θ) = Φ(Σ w_i Φ⁻¹(p_i(θ)) / √Σ w_i²): a confidence distribution whose median and quantiles give
//! an estimate and an interval without large-sample theory for any study, double-zero studies aside, which say nothing.
//! Weights are the square roots of n₁n₂/(n₁ + n₂) (person-times for rates). Where effects differ the interval is one for
//! their weighted typical value.
//!
//! Reference: D. Liu, R. Y. Liu and M. Xie, Exact meta-analysis approach for discrete data and its application to 2 × 2
//! tables with rare events, J. Am. Stat. Assoc. 109 (2014), doi:10.1080/01621459.2014.946318.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Result,
    stat::{Tail, normal, root},
};

use super::{
    Counts,
    exact::{Tilted, Total},
    problem::conditional,
};

/// The log ratio beyond which nothing finite is looked for.
const LIMIT: f64 = 60.0;

/// A combined P-value function with its readings, on the log scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CombinedPValues {
    /// The median of the confidence distribution; `None` if it is infinite.
    pub estimate: Option<f64>,
    /// The lower bound; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper bound; `None` if it is infinite.
    pub ci_upper: Option<f64>,
    /// The two-sided P value of a ratio of 1.
    pub p_value: f64,
    /// Points (θ, one-sided P value) of the combined function, for a figure.
    pub curve: Vec<(f64, f64)>,
}

/// One study's P-value function.
struct Function {
    total: Total,
    near: Tilted,
    weight: f64,
}

impl Counts {
    /// Combines the exact mid-P functions of the studies (Liu, Liu and Xie 2014).
    ///
    /// # Errors
    ///
    /// If the data have one group, or no study is informative.
    pub fn combined_p_values(&self, level: Level) -> Result<CombinedPValues> {
        // Refuses what has no exact conditional inference.
        Total::new(self)?;
        let functions: Vec<Function> = (0..self.len())
            .filter(|&i| self.is_informative(i))
            .map(|i| {
                let (one, two) = (self.first[i], self.second[i]);
                let total = Total::of_kernels(vec![conditional(self.measure, one, two, true)])?;
                let near = total.tilted(total.estimate().unwrap_or(0.0));
                Ok(Function { total, near, weight: (one.size * two.size / (one.size + two.size)).sqrt() })
            })
            .collect::<Result<_>>()?;
        let norm = functions.iter().map(|f| f.weight * f.weight).sum::<f64>().sqrt();
        let score = |theta: f64| functions.iter().map(|f| f.weight * f.score(theta)).sum::<f64>() / norm;
        let critical = level.critical_value(None);
        let at = |target: f64| solve(|theta| score(theta) - target);
        let (estimate, ci_lower, ci_upper) = (at(0.0), at(-critical), at(critical));
        let p_value = normal::two_sided(score(0.0));
        if !p_value.is_finite() {
            return Err(Error::model("the combined P value has no digits left", "use the exact interval"));
        }
        let from = ci_lower.or(estimate).unwrap_or(-3.0) - 1.0;
        let to = ci_upper.or(estimate).unwrap_or(3.0) + 1.0;
        let curve = (0..=120)
            .map(|i| from + (to - from) * f64::from(i) / 120.0)
            .map(|theta| (theta, normal::cdf(score(theta))))
            .collect();
        Ok(CombinedPValues { estimate, ci_lower, ci_upper, p_value, curve })
    }
}

impl Function {
    /// Φ⁻¹ of the mid-P function, cut at ± 37, beyond which tails have no digits.
    fn score(&self, theta: f64) -> f64 {
        let upper = self.total.upper_mid_p(&self.near, theta);
        let score = if upper > 0.5 {
            normal::quantile(Tail::Upper(self.total.lower_mid_p(&self.near, theta)))
        } else {
            normal::quantile(Tail::Lower(upper))
        };
        score.clamp(-37.0, 37.0)
    }
}

/// The root of an increasing function; `None` if it is infinite.
fn solve(f: impl Fn(f64) -> f64) -> Option<f64> {
    let step = if f(0.0) < 0.0 { 0.5 } else { -0.5 };
    let (a, b) = root::expand(&f, 0.0, step, step.signum() * LIMIT)?;
    root::find_between(&f, a, b)
}
