//! The noncentral F distribution, with a noncentral chi-square numerator.
//!
//! For the power of tests of several coefficients. A Poisson mixture of incomplete beta ratios with first parameter
//! df1/2 + j, j of mean ncp/2, summed from its largest term; both tails are sums of positive terms.
//!
//! ```
//! use consilience::stat::{Tail, f, noncentral_f};
//!
//! // scipy 1.17.1: ncf.sf
//! let critical = f::quantile(Tail::Upper(0.05), 2.0, 20.0);
//! assert!((noncentral_f::sf(critical, 2.0, 20.0, 8.0) - 0.646683639401561).abs() < 1e-12);
//! ```
//!
//! Reference: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions 2 (2nd ed. 1995), ch. 30.

use super::kernel::{beta_pair, parameter};
use super::mixture::{MOST, Trend, poisson_mixture};
use super::{f, noncentral_chi2};

fn valid(x: f64, df1: f64, df2: f64, ncp: f64) -> bool {
    !x.is_nan() && parameter(df1) && df2 >= 1e-100 && (0.0..=MOST).contains(&ncp)
}

/// P(X ≤ x) for df1 and df2 (which may be infinite) degrees of freedom and noncentrality `ncp` from 0 to 1e20.
pub fn cdf(x: f64, df1: f64, df2: f64, ncp: f64) -> f64 {
    if !valid(x, df1, df2, ncp) {
        return f64::NAN;
    }
    if df2 > 1e20 {
        return noncentral_chi2::cdf(df1 * x, df1, ncp);
    }
    if x <= 0.0 || x == f64::INFINITY || ncp == 0.0 {
        return f::cdf(x, df1, df2);
    }
    let (u, v) = f::split(x, df1, df2);
    let mean = 0.5 * ncp;
    let last = mean + 40.0 * mean.sqrt() + 100.0;
    poisson_mixture(mean, Trend::Falling, last, |j| beta_pair(0.5 * df1 + j, 0.5 * df2, u, v).0)
}

/// P(X > x) for df1 and df2 (which may be infinite) degrees of freedom and noncentrality `ncp` from 0 to 1e20.
pub fn sf(x: f64, df1: f64, df2: f64, ncp: f64) -> f64 {
    if !valid(x, df1, df2, ncp) {
        return f64::NAN;
    }
    if df2 > 1e20 {
        return noncentral_chi2::sf(df1 * x, df1, ncp);
    }
    if x <= 0.0 || x == f64::INFINITY || ncp == 0.0 {
        return f::sf(x, df1, df2);
    }
    let (u, v) = f::split(x, df1, df2);
    // far out the largest term moves up, at most by as much as the chi-square numerator would at a ratio of this size
    let mean = 0.5 * ncp;
    let reach = mean + 0.5 * (x * df1).min(1e3 * (df1 + df2 + ncp));
    poisson_mixture(mean, Trend::Rising, reach + 40.0 * reach.sqrt() + 100.0, |j| {
        beta_pair(0.5 * df1 + j, 0.5 * df2, u, v).1
    })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Sums of all terms by mpmath 1.3 with 30 digits.
    #[test]
    fn large_noncentralities_are_summed_at_strides() {
        let (one, other) = (0.214_894_428_963_486_338, 0.526_601_593_368_581_857);
        for (x, df1, df2, expected) in [(14_500.0, 3.0, 200.0, one), (20_000.0, 2.0, 50.0, other)] {
            assert_relative_eq!(sf(x, df1, df2, 4e4), expected, max_relative = 1e-9);
            assert_relative_eq!(cdf(x, df1, df2, 4e4), 1.0 - expected, max_relative = 1e-9);
        }
    }
}
