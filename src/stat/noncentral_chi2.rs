//! The noncentral chi-square distribution: Σ (Zᵢ + δᵢ)² with noncentrality ncp = Σ δᵢ².
//!
//! For the power of tests of heterogeneity and of several coefficients. A Poisson mixture of central chi-squares with
//! df + 2j degrees of freedom, j of mean ncp/2, summed from its largest term; both tails are sums of positive terms, so
//! that they keep their relative accuracy. The noncentrality is at most 1e20.
//!
//! ```
//! use consilience::stat::{Tail, chi2, noncentral_chi2};
//!
//! // power of a test on 3 degrees of freedom (scipy 1.17.1: ncx2.sf)
//! let critical = chi2::quantile(Tail::Upper(0.05), 3.0);
//! assert!((noncentral_chi2::sf(critical, 3.0, 10.0) - 0.7610630637366886).abs() < 1e-12);
//! ```
//!
//! Reference: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions 2 (2nd ed. 1995), ch. 29.

use super::chi2;
use super::kernel::parameter;
use super::mixture::{MOST, Trend, poisson_mixture};

fn valid(x: f64, df: f64, ncp: f64) -> bool {
    !x.is_nan() && parameter(df) && (0.0..=MOST).contains(&ncp)
}

/// The last index that can matter.
fn last(x: f64, ncp: f64) -> f64 {
    let mean = 0.5 * (ncp + x.max(0.0));
    mean + 40.0 * mean.sqrt() + 100.0
}

/// P(X ≤ x) for `df` degrees of freedom and noncentrality `ncp` from 0 to 1e20.
pub fn cdf(x: f64, df: f64, ncp: f64) -> f64 {
    if !valid(x, df, ncp) {
        return f64::NAN;
    }
    if x <= 0.0 || x == f64::INFINITY || ncp == 0.0 {
        return chi2::cdf(x, df);
    }
    poisson_mixture(0.5 * ncp, Trend::Falling, last(0.0, ncp), |j| chi2::cdf(x, df + 2.0 * j))
}

/// P(X > x) for `df` degrees of freedom and noncentrality `ncp` from 0 to 1e20.
pub fn sf(x: f64, df: f64, ncp: f64) -> f64 {
    if !valid(x, df, ncp) {
        return f64::NAN;
    }
    if x <= 0.0 || x == f64::INFINITY || ncp == 0.0 {
        return chi2::sf(x, df);
    }
    poisson_mixture(0.5 * ncp, Trend::Rising, last(x, ncp), |j| chi2::sf(x, df + 2.0 * j))
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Sums of all terms by mpmath 1.3 with 30 digits.
    #[test]
    fn large_noncentralities_are_summed_at_strides() {
        for (x, df, ncp, expected) in [
            (100_600.0, 3.0, 1e5, 0.172_557_493_907_426_385),
            (99_000.0, 3.0, 1e5, 0.943_888_684_552_663_486),
            (103_000.0, 3.0, 1e5, 1.267_926_077_583_974_05e-6),
            (41_000.0, 7.5, 4e4, 0.006_785_599_309_805_379_14),
        ] {
            assert_relative_eq!(sf(x, df, ncp), expected, max_relative = 1e-9);
            assert_relative_eq!(cdf(x, df, ncp), 1.0 - expected, max_relative = 1e-9);
        }
    }

    /// About the mean the distribution is all but normal.
    #[test]
    fn the_largest_noncentralities_have_an_end() {
        for ncp in [1e12, 1e16, 1e20] {
            assert!((sf(ncp, 3.0, ncp) - 0.5).abs() < 1e-3, "{ncp}");
        }
        assert!(sf(1.0, 3.0, 1e21).is_nan());
        assert_eq!(sf(1e300, 3.0, 1e20), 0.0);
    }
}
