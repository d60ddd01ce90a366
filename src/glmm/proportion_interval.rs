//! Confidence intervals of a single proportion or rate.
//!
//! | code | interval of x events of n |
//! |---|---|
//! | `clopper-pearson` | exact: P(X ≥ x) = α/2 and P(X ≤ x) = α/2 |
//! | `mid-p` | the same with half of P(X = x) |
//! | `wilson` | inverts the score test |
//! | `agresti-coull` | Wald about (x + z²/2)/(n + z²), cut to \[0, 1\] |
//! | `jeffreys` | quantiles of Beta(x + ½, n − x + ½), with 0 and 1 at the ends |
//!
//! For rates the exact interval is that of Garwood (1936), the quantiles of gamma distributions; `mid-p` and `jeffreys`
//! have their Poisson forms, and the others do not apply.
//!
//! References: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), doi:10.1093/biomet/26.4.404; A. Agresti and
//! B. A. Coull, Am. Stat. 52 (1998), doi:10.1080/00031305.1998.10480550; L. D. Brown, T. T. Cai and A. DasGupta, Interval
//! estimation for a binomial proportion, Stat. Sci. 16 (2001), doi:10.1214/ss/1009213286.

use crate::{
    Error, Level, Result,
    stat::{Tail, beta, binomial, chi2, poisson, root},
};

use super::few_events;
use crate::codes::choice;

choice! {
    /// The interval of a single proportion or rate.
    StudyInterval "study interval" {
        /// Exact (Clopper and Pearson; for rates Garwood).
        ClopperPearson "clopper-pearson",
        /// Exact with half of the probability of the observed count.
        MidP "mid-p",
        /// Wilson's score interval.
        Wilson "wilson",
        /// Agresti and Coull's interval.
        AgrestiCoull "agresti-coull",
        /// Jeffreys' interval.
        Jeffreys "jeffreys",
    }
}

impl StudyInterval {
    /// The name that a reader knows.
    pub fn name(self) -> &'static str {
        match self {
            StudyInterval::ClopperPearson => "exact",
            StudyInterval::MidP => "mid-P",
            StudyInterval::Wilson => "Wilson",
            StudyInterval::AgrestiCoull => "Agresti-Coull",
            StudyInterval::Jeffreys => "Jeffreys",
        }
    }

    /// The bounds of the proportion of `x` events among `n` persons; those of nobody are 0 and 1.
    pub fn of_proportion(self, x: f64, n: f64, level: Level) -> [f64; 2] {
        let tail = level.tail();
        if !(n > 0.0) {
            return [0.0, 1.0];
        }
        match self {
            StudyInterval::ClopperPearson => {
                let lower = || {
                    few_events::lower(x, n, tail)
                        .unwrap_or_else(|| beta::quantile(Tail::Lower(tail), x, n - x + 1.0))
                };
                let upper = || {
                    few_events::upper(x, n, tail)
                        .unwrap_or_else(|| beta::quantile(Tail::Upper(tail), x + 1.0, n - x))
                };
                [if x > 0.0 { lower() } else { 0.0 }, if x < n { upper() } else { 1.0 }]
            }
            StudyInterval::MidP => mid_p_of_proportion(x, n, tail),
            StudyInterval::Wilson => {
                let z = level.critical_value(None);
                let (p, z2) = (x / n, z * z);
                let center = (p + 0.5 * z2 / n) / (1.0 + z2 / n);
                let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + 0.25 * z2 / (n * n)).sqrt();
                // At the ends the bounds are 0 and 1 but for rounding.
                let lower = if x == 0.0 { 0.0 } else { center - half };
                [lower, if x == n { 1.0 } else { center + half }]
            }
            StudyInterval::AgrestiCoull => {
                let z = level.critical_value(None);
                let size = n + z * z;
                let p = (x + 0.5 * z * z) / size;
                let half = z * (p * (1.0 - p) / size).sqrt();
                [(p - half).max(0.0), (p + half).min(1.0)]
            }
            StudyInterval::Jeffreys => {
                let (a, b) = (x + 0.5, n - x + 0.5);
                let lower = if x > 0.0 { beta::quantile(Tail::Lower(tail), a, b) } else { 0.0 };
                let upper = if x < n { beta::quantile(Tail::Upper(tail), a, b) } else { 1.0 };
                [lower, upper]
            }
        }
    }

    /// The bounds of the rate of `x` events in the person-time `t`.
    ///
    /// # Errors
    ///
    /// If the interval is one of proportions only.
    pub fn of_rate(self, x: f64, t: f64, level: Level) -> Result<[f64; 2]> {
        let tail = level.tail();
        let gamma = |tail: Tail, shape: f64| 0.5 * chi2::quantile(tail, 2.0 * shape) / t;
        match self {
            StudyInterval::ClopperPearson => {
                let lower = if x > 0.0 { gamma(Tail::Lower(tail), x) } else { 0.0 };
                Ok([lower, gamma(Tail::Upper(tail), x + 1.0)])
            }
            StudyInterval::Jeffreys => {
                let lower = if x > 0.0 { gamma(Tail::Lower(tail), x + 0.5) } else { 0.0 };
                Ok([lower, gamma(Tail::Upper(tail), x + 0.5)])
            }
            StudyInterval::MidP => Ok(mid_p_of_rate(x, tail).map(|mean| mean / t)),
            other => Err(Error::setting(
                "study-interval",
                format!("`{other}` is for proportions"),
                "use clopper-pearson (for rates Garwood's exact interval), mid-p or jeffreys",
            )),
        }
    }
}

fn mid_p_of_proportion(x: f64, n: f64, tail: f64) -> [f64; 2] {
    let (k, size) = (x as u64, n as u64);
    let exact = StudyInterval::ClopperPearson;
    let wide = |level: f64| Level::new(level).map(|level| exact.of_proportion(x, n, level));
    // The mid-P bound lies between the exact bounds of tails α/2 and α.
    let outer = wide(1.0 - 2.0 * tail).unwrap_or([0.0, 1.0]);
    let lower = |p: f64| 0.5 * binomial::pmf(k, size, p) + binomial::sf(k, size, p) - tail;
    let upper = |p: f64| {
        0.5 * binomial::pmf(k, size, p) + if k > 0 { binomial::cdf(k - 1, size, p) } else { 0.0 } - tail
    };
    let p = x / n;
    [
        if x > 0.0 { root::find(lower, outer[0], p).unwrap_or(outer[0]) } else { 0.0 },
        if x < n { root::find(upper, p, outer[1]).unwrap_or(outer[1]) } else { 1.0 },
    ]
}

fn mid_p_of_rate(x: f64, tail: f64) -> [f64; 2] {
    let k = x as u64;
    let lower = |m: f64| 0.5 * poisson::pmf(k, m) + poisson::sf(k, m) - tail;
    let upper = |m: f64| 0.5 * poisson::pmf(k, m) + if k > 0 { poisson::cdf(k - 1, m) } else { 0.0 } - tail;
    let most = 0.5 * chi2::quantile(Tail::Upper(tail), 2.0 * (x + 1.0));
    let least = if x > 0.0 { 0.5 * chi2::quantile(Tail::Lower(tail), 2.0 * x) } else { 0.0 };
    [
        if x > 0.0 { root::find(lower, least, x).unwrap_or(least) } else { 0.0 },
        root::find(upper, x, most).unwrap_or(most),
    ]
}
