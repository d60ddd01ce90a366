//! One effect of several outcomes or time points of a study.
//!
//! Use it when each study should contribute one effect. With the effects y, their covariance matrix V (from an assumed
//! correlation, or from [`super::covariance`]) and weights w that sum to 1, the aggregate is Σ w·y with variance w'Vw:
//!
//! - [`AggregateWeights::Equal`]: the plain mean (Borenstein et al. 2009, chapter 24);
//! - [`AggregateWeights::Optimal`]: V⁻¹1/(1'V⁻¹1), the smallest variance. With unequal variances and a strong correlation these weights can
//!   be negative; a note says so.
//!
//! ```
//! use consilience::convert::unit::aggregate::{self, AggregateWeights};
//! use consilience::effect::Effect;
//!
//! // Borenstein et al. (2009), chapter 24: reading 0.30 (0.05), maths 0.10 (0.05), correlation 0.5.
//! let both = [Effect { yi: 0.30, vi: 0.05 }, Effect { yi: 0.10, vi: 0.05 }];
//! let one = aggregate::effects(&both, 0.5, AggregateWeights::Equal)?.value;
//! assert!((one.yi - 0.20).abs() < 1e-12 && (one.vi - 0.0375).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Borenstein M, Hedges LV, Higgins JPT, Rothstein HR (2009). Introduction to meta-analysis, chapter 24.
//!   doi:10.1002/9780470743386.ch24
//! - Gleser LJ, Olkin I (2009). Stochastically dependent effect sizes. In: The Handbook of Research Synthesis and
//!   Meta-Analysis, 2nd ed., 357-376.

use super::super::check;
use super::super::record::{Derived, Step};
use super::covariance::BlockCovariance;
use crate::{Error, Result, effect::Effect};

/// The way the effects are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AggregateWeights {
    /// All alike.
    #[default]
    Equal,
    /// For the smallest variance.
    Optimal,
}

crate::codes::codes!(AggregateWeights, "weighting" { Equal "equal" [], Optimal "optimal" [] });

/// The aggregate of effects whose errors all have one correlation.
///
/// # Errors
///
/// If no effect is given, a variance is not above 0, or the correlation is outside [-1/(m - 1), 1] for m effects (for
/// optimal weights, strictly inside).
pub fn effects(effects: &[Effect], correlation: f64, weights: AggregateWeights) -> Result<Derived<Effect>> {
    let m = effects.len();
    if m > 1 {
        let least = -1.0 / (m as f64 - 1.0);
        if !(least..=1.0).contains(&correlation) {
            return Err(Error::data(
                format!("correlation is {correlation}"),
                format!("{m} effects that all correlate alike need a correlation between {least} and 1"),
            ));
        }
    }
    let sd: Vec<f64> =
        effects.iter().map(|e| check::positive("vi", e.vi).map(f64::sqrt)).collect::<Result<_>>()?;
    let v = nalgebra::DMatrix::from_fn(m, m, |i, j| {
        let scale = sd.get(i).copied().unwrap_or(0.0) * sd.get(j).copied().unwrap_or(0.0);
        if i == j { scale } else { correlation * scale }
    });
    let derived = weighted(effects, &v, weights)?;
    let steps = derived
        .steps
        .into_iter()
        .map(|step| if m > 1 { step.assuming("correlation of the effects", correlation) } else { step })
        .collect();
    Ok(Derived { value: derived.value, steps })
}

/// One aggregate for each cluster of a covariance matrix, in the order of its blocks.
///
/// # Errors
///
/// If the matrix has another number of effects.
pub fn by_cluster(
    effects: &[Effect],
    covariance: &BlockCovariance,
    weights: AggregateWeights,
) -> Result<Vec<(String, Derived<Effect>)>> {
    if effects.len() != covariance.k {
        return Err(Error::data(
            format!("{} effects and a covariance matrix of {}", effects.len(), covariance.k),
            "give the effects from which the matrix was built",
        ));
    }
    covariance
        .blocks
        .iter()
        .map(|block| {
            let members: Vec<Effect> = block.rows.iter().filter_map(|&i| effects.get(i).copied()).collect();
            let v = nalgebra::DMatrix::from_row_slice(members.len(), members.len(), &block.values);
            let derived = weighted(&members, &v, weights).map_err(|error| error.in_study(&block.cluster))?;
            Ok((block.cluster.clone(), derived))
        })
        .collect()
}

fn weighted(
    effects: &[Effect],
    v: &nalgebra::DMatrix<f64>,
    weights: AggregateWeights,
) -> Result<Derived<Effect>> {
    let m = effects.len();
    if m == 0 {
        return Err(Error::data("no effects", "give at least one effect to aggregate"));
    }
    for effect in effects {
        check::finite("yi", effect.yi)?;
    }
    let (w, formula) = match weights {
        AggregateWeights::Equal => {
            (nalgebra::DVector::from_element(m, 1.0 / m as f64), "mean of the effects; variance 1'V1/m²")
        }
        AggregateWeights::Optimal => {
            let ones = nalgebra::DVector::from_element(m, 1.0);
            let factor = nalgebra::Cholesky::new(v.clone()).ok_or_else(|| {
                Error::data(
                    "the covariance matrix of the effects is not positive definite",
                    "lower the correlation, or take equal weights",
                )
            })?;
            let solved = factor.solve(&ones);
            let total = solved.sum();
            (solved / total, "1'V⁻¹y/1'V⁻¹1; variance 1/1'V⁻¹1")
        }
    };
    let yi = effects.iter().zip(w.iter()).map(|(e, w)| e.yi * w).sum::<f64>();
    let vi = (w.transpose() * v * &w).sum();
    let value = Effect {
        yi: check::computable("effect", yi)?,
        vi: check::positive("variance of the aggregate", vi)?,
    };
    let mut step = Step::new(
        format!("{m} effects aggregated"),
        formula,
        "Borenstein et al. 2009, doi:10.1002/9780470743386.ch24",
    );
    for (i, effect) in effects.iter().enumerate() {
        step = step.from(&format!("yi {}", i + 1), effect.yi).from(&format!("vi {}", i + 1), effect.vi);
    }
    if w.iter().any(|&w| w < 0.0) {
        step = step.note("an effect has a negative weight: the variances differ much for so strong a correlation; consider equal weights");
    }
    Ok(step.result("yi", value.yi).result("vi", value.vi).gives(value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::covariance::{AssumedCorrelations, EffectPlace};
    use super::*;
    use approx::assert_relative_eq;

    const EFFECTS: [Effect; 3] =
        [Effect { yi: 0.3, vi: 0.05 }, Effect { yi: 0.1, vi: 0.08 }, Effect { yi: 0.5, vi: 0.02 }];

    /// metafor 3.8: aggregate(dat, cluster, rho = 0.6) with weighted = TRUE and FALSE.
    #[test]
    fn agrees_with_metafor() {
        let optimal = effects(&EFFECTS, 0.6, AggregateWeights::Optimal).unwrap();
        assert_relative_eq!(optimal.value.yi, AGGREGATE[0], max_relative = 1e-9);
        assert_relative_eq!(optimal.value.vi, AGGREGATE[1], max_relative = 1e-9);
        let equal = effects(&EFFECTS, 0.6, AggregateWeights::Equal).unwrap().value;
        assert_relative_eq!(equal.yi, 0.3, max_relative = 1e-12);
        assert_relative_eq!(equal.vi, AGGREGATE[2], max_relative = 1e-9);
    }
    const AGGREGATE: [f64; 3] = [0.524_109_517_280_02, 0.019_521_283_938_73, 0.034_649_110_640_67];

    #[test]
    fn by_cluster_is_the_same_with_the_same_correlation() {
        let rows = ["a", "b", "c"].map(|o| EffectPlace::new("x").observation(o));
        let vi = EFFECTS.map(|e| e.vi);
        let v = AssumedCorrelations::default().within(0.6).matrix(&vi, &rows).unwrap().value;
        for weights in [AggregateWeights::Equal, AggregateWeights::Optimal] {
            let one = effects(&EFFECTS, 0.6, weights).unwrap().value;
            let all = by_cluster(&EFFECTS, &v, weights).unwrap();
            assert_eq!(all.len(), 1);
            assert_relative_eq!(all[0].1.value.yi, one.yi, max_relative = 1e-12);
            assert_relative_eq!(all[0].1.value.vi, one.vi, max_relative = 1e-12);
        }
        assert!(effects(&EFFECTS, -0.6, AggregateWeights::Equal).is_err());
        assert!(effects(&[], 0.5, AggregateWeights::Equal).is_err());
        assert!(effects(&EFFECTS, 0.95, AggregateWeights::Optimal).unwrap().notes().next().is_some());
    }
}
