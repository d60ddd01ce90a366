//! Point-biserial and biserial correlations: a group and a measurement, from the means of the groups.
//!
//! With d Cohen's d, h = (N-2)(1/n1 + 1/n2), p = n1/N, q = n2/N, z = Φ⁻¹(q) and f = φ(z):
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `RPB` | r = d/√(d² + h) | `LS` = `ST` h²/(h+d²)³·(1/n1 + 1/n2 + d²/(2N)); `CS` (1-r²)²(1 - 3r²/2 + r²/(4pq))/N |
//! | `RBIS` | b = r√(pq)/f | [b⁴ + b²(pqz²/f² + (2p-1)z/f - 5/2) + pq/f²]/(N-1) |
//!
//! `ST` takes the sizes of the groups as fixed (the delta method on d), `CS` only their sum. `RBIS` supposes that the
//! groups came about by cutting a normal variable; an estimate beyond ±1 has the variance at ±1. `ZPB` and `ZBIS` are
//! Fisher's z of both, with vi/(1-r²)²; a biserial correlation beyond ±1 has none.
//!
//! # References
//!
//! - Tate RF (1954). Correlation between a discrete and a continuous variable. doi:10.1214/aoms/1177728730
//! - Soper HE (1914). On the probable error of the bi-serial expression for the correlation coefficient.
//!   doi:10.1093/biomet/10.2-3.384
//! - Jacobs P, Viechtbauer W (2017). Estimation of the biserial correlation and its sampling variance for use in
//!   meta-analysis. doi:10.1002/jrsm.1218

use super::{
    Measure, TwoMeans, VarianceType,
    outcome::{Computed, computed},
    two_by_two::{fisher_z, probit},
};
use crate::stat::normal;

/// The effect of one study.
pub(crate) fn effect(measure: Measure, t: &TwoMeans, variance: VarianceType) -> Computed {
    let (n1, n2) = (t.n1i(), t.n2i());
    let total = n1 + n2;
    let d = t.cohen_d();
    let h = (total - 2.0) * (1.0 / n1 + 1.0 / n2);
    let (p, q) = (n1 / total, n2 / total);
    let r = d / (d * d + h).sqrt();
    match measure {
        Measure::PointBiserial | Measure::ZPointBiserial => {
            let vi = match variance {
                VarianceType::CrossSectional => {
                    (1.0 - r * r).powi(2) * (1.0 - 1.5 * r * r + r * r / (4.0 * p * q)) / total
                }
                _ => h * h / (h + d * d).powi(3) * (1.0 / n1 + 1.0 / n2 + d * d / (2.0 * total)),
            };
            if measure == Measure::PointBiserial { computed(r, vi) } else { fisher_z(r, vi) }
        }
        Measure::Biserial | Measure::ZBiserial => {
            let z = probit(n2, n1);
            let f = normal::pdf(z);
            let b = r * (p * q).sqrt() / f;
            // A correlation does not exceed 1: beyond that the polynomial grows without meaning.
            let b2 = (b * b).min(1.0);
            let vi =
                (b2 * b2 + b2 * (p * q * z * z / (f * f) + (2.0 * p - 1.0) * z / f - 2.5) + p * q / (f * f))
                    / (total - 1.0);
            if measure == Measure::Biserial { computed(b, vi) } else { fisher_z(b, vi) }
        }
        _ => Err("the measure is not one of means in two groups"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_estimate_beyond_one_has_the_variance_at_one() {
        // R 4.2, metafor 5.0-1: escalc("RBIS", m1i=c(5,3), sd1i=1, n1i=10, m2i=0, sd2i=1, n2i=10): yi 1.1718, 1.0592
        // and vi 0.0037 for both. By hand at b = 1, where p = q = 1/2 and z = 0: (1 - 5/2 + 1/(4φ(0)²))/19, φ(0)² = 1/(2π).
        let expected = (std::f64::consts::FRAC_PI_2 - 1.5) / 19.0;
        for m1 in [5.0, 3.0] {
            let t = TwoMeans::new(m1, 1.0, 10.0, 0.0, 1.0, 10.0).unwrap();
            let made = effect(Measure::Biserial, &t, VarianceType::LargeSample).unwrap();
            assert!(made.yi > 1.0);
            approx::assert_relative_eq!(made.vi, expected, max_relative = 1e-12);
        }
    }

    #[test]
    fn variances_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, m1i=c(105.2,99,12), sd1i=c(14.1,12,4), n1i=c(24,50,12), ...)
        let data = [
            TwoMeans::new(105.2, 14.1, 24.0, 98.3, 17.9, 30.0).unwrap(),
            TwoMeans::new(99.0, 12.0, 50.0, 97.0, 15.0, 44.0).unwrap(),
            TwoMeans::new(12.0, 4.0, 12.0, 7.0, 3.0, 9.0).unwrap(),
        ];
        for (measure, variance, expected) in [
            (
                Measure::PointBiserial,
                VarianceType::Stratified,
                [0.0171845561406742, 0.0107183975852203, 0.0185592637673412],
            ),
            (
                Measure::PointBiserial,
                VarianceType::CrossSectional,
                [0.0165710859696855, 0.0104912087857685, 0.0172744122790265],
            ),
            (
                Measure::Biserial,
                VarianceType::LargeSample,
                [0.0266612068907339, 0.0166947603554998, 0.0259816161082284],
            ),
        ] {
            for (t, expected) in data.iter().zip(expected) {
                approx::assert_relative_eq!(
                    effect(measure, t, variance).unwrap().vi,
                    expected,
                    max_relative = 1e-12
                );
            }
        }
    }
}
