//! P values adjusted for the number of tests.
//!
//! | code | controls | reference |
//! |---|---|---|
//! | `bonferroni` | any false positive | Dunn (1961) |
//! | `holm` | any false positive, never weaker than Bonferroni | Holm (1979) |
//! | `hochberg` | any false positive, for independent or positively dependent tests | Hochberg (1988), doi:10.1093/biomet/75.4.800 |
//! | `single-step` | any false positive, by the joint distribution of the statistics: the sharpest of these for correlated contrasts | Hothorn, Bretz and Westfall (2008), doi:10.1002/bimj.200810425 |
//! | `bh` | the rate of false discoveries | Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x |

use crate::codes::codes;

/// A method to adjust P values for multiple testing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Adjustment {
    /// `none`: as they are.
    None,
    /// `bonferroni`: times the number of tests.
    Bonferroni,
    /// `holm`: step down.
    #[default]
    Holm,
    /// `hochberg`: step up.
    Hochberg,
    /// `bh`: Benjamini and Hochberg's false discovery rate; also `fdr`.
    Bh,
    /// `single-step`: the multivariate t (or normal) distribution of the largest statistic; also `mvt` and `tukey`, which
    /// it is for all pairwise differences. With degrees of freedom that differ between contrasts (Kenward-Roger, CR2) the
    /// least of them are used, which makes no P value too small.
    SingleStep,
}

codes! { Adjustment, "adjustment" {
    None "none" [],
    Bonferroni "bonferroni" [],
    Holm "holm" ["Bonferroni-Holm"],
    Hochberg "hochberg" [],
    Bh "bh" ["FDR", "Benjamini-Hochberg"],
    SingleStep "single-step" ["mvt", "Tukey"],
} }

impl Adjustment {
    /// The adjusted P values, in the order of the given ones. `SingleStep` needs the correlations of the statistics, which
    /// [`RegressionFit::contrasts`](crate::regression::RegressionFit::contrasts) has; of P values alone it can only give its bound,
    /// Bonferroni's.
    ///
    /// ```
    /// use consilience::linear::Adjustment;
    ///
    /// assert_eq!(Adjustment::Holm.adjust(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
    /// ```
    pub fn adjust(self, p: &[f64]) -> Vec<f64> {
        let n = p.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
        // The factor of the P value of rank r (from 0).
        let factor = |rank: usize| match self {
            Adjustment::None => 1.0,
            Adjustment::Bonferroni | Adjustment::SingleStep => n as f64,
            Adjustment::Holm | Adjustment::Hochberg => (n - rank) as f64,
            Adjustment::Bh => n as f64 / (rank + 1) as f64,
        };
        let mut adjusted = vec![0.0; n];
        match self {
            Adjustment::None | Adjustment::Bonferroni | Adjustment::SingleStep => {
                for (rank, &at) in order.iter().enumerate() {
                    adjusted[at] = (factor(rank) * p[at]).min(1.0);
                }
            }
            Adjustment::Holm => {
                let mut largest: f64 = 0.0;
                for (rank, &at) in order.iter().enumerate() {
                    largest = largest.max(factor(rank) * p[at]).min(1.0);
                    adjusted[at] = largest;
                }
            }
            Adjustment::Hochberg | Adjustment::Bh => {
                let mut smallest: f64 = 1.0;
                for (rank, &at) in order.iter().enumerate().rev() {
                    smallest = smallest.min(factor(rank) * p[at]);
                    adjusted[at] = smallest;
                }
            }
        }
        adjusted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_values_are_those_of_r() {
        // p.adjust() of R 4.2.
        let p = [0.01, 0.02, 0.03, 0.04, 0.005, 0.8];
        let close = |got: Vec<f64>, expected: [f64; 6]| {
            for (g, e) in got.iter().zip(expected) {
                assert!((g - e).abs() < 1e-15, "{got:?}");
            }
        };
        close(Adjustment::Bonferroni.adjust(&p), [0.06, 0.12, 0.18, 0.24, 0.03, 1.0]);
        close(Adjustment::Holm.adjust(&p), [0.05, 0.08, 0.09, 0.09, 0.03, 0.8]);
        close(Adjustment::Hochberg.adjust(&p), [0.05, 0.08, 0.08, 0.08, 0.03, 0.8]);
        close(Adjustment::Bh.adjust(&p), [0.03, 0.04, 0.045, 0.048, 0.03, 0.8]);
        assert!(Adjustment::Bh.adjust(&[]).is_empty());
    }
}
