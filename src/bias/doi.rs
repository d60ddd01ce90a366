//! The skewness of standardized deviates (Lin and Chu), and the LFK index of the Doi plot.
//!
//! **Skewness**: with s = √(v + tau²) (DerSimonian-Laird) the line y / s = a + b / s + e is fitted by least squares; a is Egger's
//! intercept under heterogeneity, and the skewness of the residuals, Σ(e - ē)³ / k over the 3/2 power of their sample variance, is
//! 0 without selection, with the normal deviate √(k / 6) times it. The combined P value 1 - (1 - min(P_a, P_skew))² adjusts the
//! smaller of the two for having been chosen.
//!
//! **LFK index**: effects in increasing order have the mid-ranks mᵢ in a sample where study i stands Nᵢ = 100 max(v) / vᵢ times, and
//! zᵢ = Φ⁻¹((mᵢ - ½) / ΣN). With yₜ the effect at the tip, whose |z| is least, LFK = 5 / (2k) Σ [zᵢ + (yᵢ - yₜ) range(z) / range(y)].
//! Values beyond ±1 are called minor, beyond ±2 major asymmetry. It is no test: it has no P value, and its false-positive rate
//! depends on the number and the size of the studies and on their heterogeneity (Schwarzer, Rücker and Semaca 2024), so that
//! the limits mean something else in every set of data.
//!
//! References: Lin and Chu (2018), Quantifying publication bias in meta-analysis, doi:10.1111/biom.12817. Furuya-Kanamori,
//! Barendregt and Doi (2018), A new improved graphical and quantitative method for detecting bias in meta-analysis,
//! doi:10.1097/XEB.0000000000000141. Schwarzer, Rücker and Semaca (2024), LFK index does not reliably detect small-study effects in
//! meta-analysis: a simulation study, doi:10.1002/jrsm.1714.

use super::line::Line;
use crate::{
    Error, Level, Result,
    pool::kernel,
    stat::{Tail, normal},
};

/// Lin and Chu's measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Skewness {
    pub skewness: f64,
    pub statistic: f64,
    pub p_value: f64,
    pub combined: Option<f64>,
}

pub(super) fn skewness(yi: &[f64], vi: &[f64], level: Level) -> Result<Skewness> {
    let k = yi.len() as f64;
    let tau2 = kernel::dersimonian_laird(yi, vi).tau2;
    let s: Vec<f64> = vi.iter().map(|v| (v + tau2).sqrt()).collect();
    let y: Vec<f64> = yi.iter().zip(&s).map(|(y, s)| y / s).collect();
    let x: Vec<f64> = s.iter().map(|s| 1.0 / s).collect();
    let line = Line::least_squares(&x, &y, &vec![1.0; y.len()])?;
    let residuals: Vec<f64> = y.iter().zip(&x).map(|(y, x)| y - line.intercept - line.slope * x).collect();
    let mean = residuals.iter().sum::<f64>() / k;
    let moment = |p: i32| residuals.iter().map(|e| (e - mean).powi(p)).sum::<f64>();
    let variance = moment(2) / (k - 1.0);
    if !(variance > 1e-20) {
        return Err(Error::model("the effects lie on a line", "their deviates have no skewness"));
    }
    let skewness = moment(3) / k / variance.powf(1.5);
    let statistic = (k / 6.0).sqrt() * skewness;
    let p_value = normal::two_sided(statistic);
    let regression = line.intercept(level).p_value;
    Ok(Skewness {
        skewness,
        statistic,
        p_value,
        combined: regression.map(|p| 1.0 - (1.0 - p.min(p_value)).powi(2)),
    })
}

/// The vertical coordinates of a Doi plot: z of each study with effect `yi` and sampling variance `vi`, of which the plot
/// shows |z|.
///
/// ```
/// // Two studies with the same precision stand 100 times each: mid-ranks 50 and 150 of 200.
/// let z = consilience::bias::doi_quantiles(&[0.4, 0.1], &[0.04, 0.04]);
/// assert!((z[1] - -0.682_378).abs() < 1e-6 && z[0] > 0.66); // qnorm(49.5 / 200), qnorm(149.5 / 200)
/// ```
pub fn doi_quantiles(yi: &[f64], vi: &[f64]) -> Vec<f64> {
    let k = yi.len().min(vi.len());
    let largest = vi.iter().take(k).copied().fold(0.0, f64::max);
    let mut order: Vec<(usize, f64, f64)> =
        yi.iter().zip(vi).enumerate().map(|(i, (y, v))| (i, *y, 100.0 * largest / v)).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let total: f64 = order.iter().map(|(_, _, n)| n).sum();
    let mut z = vec![0.0; k];
    let mut before = 0.0;
    for (i, _, n) in order {
        if let Some(slot) = z.get_mut(i) {
            *slot = normal::quantile(Tail::Lower((before + 0.5 * n - 0.5) / total));
        }
        before += n;
    }
    z
}

/// The LFK index.
pub(crate) fn lfk(yi: &[f64], vi: &[f64]) -> Result<f64> {
    let k = yi.len();
    let mut rows: Vec<(f64, f64)> = yi.iter().copied().zip(vi.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (low, high) = match (rows.first(), rows.last()) {
        (Some(a), Some(b)) if k >= 3 && b.0 > a.0 => (a.0, b.0),
        _ => return Err(Error::model("fewer than three different effects", "a Doi plot has two limbs")),
    };
    let (ordered, variances): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
    let z = doi_quantiles(&ordered, &variances);
    let tip =
        z.iter().zip(&rows).min_by(|a, b| a.0.abs().total_cmp(&b.0.abs())).map_or(low, |(_, row)| row.0);
    let (zl, zh) = z.iter().fold((f64::MAX, f64::MIN), |(a, b), &z| (a.min(z), b.max(z)));
    let slope = (zh - zl) / (high - low);
    let sum: f64 = z.iter().zip(&rows).map(|(z, (y, _))| z + slope * (y - tip)).sum();
    Ok(2.5 / k as f64 * sum)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lfk_of_two_sets() {
        // metasens::lfkindex, to the printed digits.
        let y = [0.05, 0.08, 0.12, 0.20, 0.55, 0.62, 0.85, 1.10, 1.35, 1.60];
        let s: [f64; 10] = [0.08, 0.09, 0.10, 0.12, 0.30, 0.33, 0.40, 0.48, 0.55, 0.62];
        assert!((lfk(&y, &s.map(|s| s * s)).unwrap() - 6.687_558_16).abs() < 5e-9);
        let y = [-0.3, -0.1, 0.0, 0.1, 0.2, 0.35];
        let s: [f64; 6] = [0.2, 0.18, 0.15, 0.16, 0.19, 0.22];
        assert!((lfk(&y, &s.map(|s| s * s)).unwrap() - 0.636_175_12).abs() < 5e-9);
    }
}
