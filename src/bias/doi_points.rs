//! The coordinates of a Doi plot.
//!
//! Studies are ranked by their effects, each as often as it has subjects n; of those ranks a study has the mean one, which
//! over the sum of all n is its percentile p = (rank - ½) / Σn, and the quantile z = Φ⁻¹(p). Plotted as |z| against the
//! effect, studies that differ by chance alone make a symmetric mountain with the most precise ones about its summit. The
//! size n of a study is, as in the original, 100 (largest s / s)² rounded up, so that it is its precision that counts.
//!
//! Reference: Furuya-Kanamori L, Barendregt JJ, Doi SAR (2018), A new improved graphical and quantitative method for
//! detecting bias in meta-analysis, International Journal of Evidence-Based Healthcare 16:195-203.
//! doi:10.1097/XEB.0000000000000141

use crate::stat::{Tail, normal};

/// The quantile z of each study with effect `yi` and sampling variance `vi`.
///
/// ```
/// // Two studies with the same precision: 100 subjects each, mean ranks 50.5 and 150.5, percentiles 1/4 and 3/4.
/// let z = consilience::bias::doi_quantiles(&[0.4, 0.1], &[0.04, 0.04]);
/// assert!((z[0] - 0.674_489_750_196_081_7).abs() < 1e-12 && (z[0] + z[1]).abs() < 1e-12);
/// ```
pub fn doi_quantiles(yi: &[f64], vi: &[f64]) -> Vec<f64> {
    let k = yi.len().min(vi.len());
    let largest = vi.iter().copied().fold(0.0, f64::max);
    let size = |v: f64| (100.0 * largest / v * (1.0 - 1e-12)).ceil();
    let total: f64 = vi.iter().take(k).map(|&v| size(v)).sum();
    let mut order: Vec<(f64, f64, usize)> =
        yi.iter().zip(vi).enumerate().map(|(i, (&y, &v))| (y, size(v), i)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = vec![0.0; k];
    let mut before = 0.0;
    for block in order.chunk_by(|a, b| a.0 == b.0) {
        // Equal effects share their ranks.
        let n: f64 = block.iter().map(|(_, n, _)| n).sum();
        let percentile = (before + (n + 1.0) / 2.0 - 0.5) / total;
        let z = normal::quantile(Tail::Lower(percentile));
        for (_, _, i) in block {
            if let Some(slot) = out.get_mut(*i) {
                *slot = z;
            }
        }
        before += n;
    }
    out
}
