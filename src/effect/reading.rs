//! Readings of effect sizes study by study: intervals, and values on the scale that people read.

use serde::{Deserialize, Serialize};

use super::{Effect, StudyInterval};
use crate::{EffectSizes, Level};

/// One study on the scale that people read. Values are `None` where the transformation needs a size that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TransformedStudy {
    /// The estimate.
    pub estimate: Option<f64>,
    /// The lower limit of its interval.
    pub ci_lower: Option<f64>,
    /// The upper limit of its interval.
    pub ci_upper: Option<f64>,
}

impl EffectSizes {
    /// The interval yi ± z·√vi of each study.
    pub fn intervals(&self, level: Level) -> Vec<StudyInterval> {
        self.yi().iter().zip(self.vi()).map(|(&yi, &vi)| Effect { yi, vi }.interval(level)).collect()
    }

    /// Each study's estimate and interval on the scale that people read; the Freeman-Tukey transformations are inverted at
    /// the study's own size.
    pub fn transformed(&self, level: Level) -> Vec<TransformedStudy> {
        let transform = self.transform();
        let study = |((row, &yi), interval): ((usize, &f64), StudyInterval)| {
            let size = self.sizes().and_then(|sizes| sizes.get(row)).copied();
            let back = |y: f64| transform.apply(y, size);
            TransformedStudy {
                estimate: back(yi),
                ci_lower: back(interval.ci_lower),
                ci_upper: back(interval.ci_upper),
            }
        };
        self.yi().iter().enumerate().zip(self.intervals(level)).map(study).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        Measure,
        effect::{Proportion, Rate, ZeroCells},
    };

    #[test]
    fn freeman_tukey_values_return_to_the_observed_ones() {
        let data = [(0.0, 53.0), (7.0, 53.0), (12.0, 12.0)].map(|(x, n)| Proportion::new(x, n).unwrap());
        let labels = ["A", "B", "C"];
        for measure in [Measure::DoubleArcsineProportion, Measure::ArcsineProportion] {
            let effects =
                EffectSizes::from_proportions(measure, labels, &data, ZeroCells::default()).unwrap();
            for (study, p) in effects.transformed(Level::default()).iter().zip(&data) {
                approx::assert_abs_diff_eq!(study.estimate.unwrap(), p.xi() / p.ni(), epsilon = 1e-13);
                assert!(study.ci_lower.unwrap() <= study.estimate.unwrap() && study.ci_upper.unwrap() <= 1.0);
            }
        }
        let data = [(0.0, 88.5), (7.0, 88.5)].map(|(x, t)| Rate::new(x, t).unwrap());
        let effects = EffectSizes::from_rates(
            Measure::DoubleSquareRootIncidenceRate,
            ["A", "B"],
            &data,
            ZeroCells::default(),
        )
        .unwrap();
        for (study, r) in effects.transformed(Level::default()).iter().zip(&data) {
            approx::assert_abs_diff_eq!(study.estimate.unwrap(), r.xi() / r.ti(), epsilon = 1e-14);
        }
    }

    #[test]
    fn without_sizes_double_arcsines_stay_untransformed() {
        let effects = EffectSizes::new(Measure::DoubleArcsineProportion, ["A"], [0.4], [0.01]).unwrap();
        assert_eq!(effects.transformed(Level::default())[0].estimate, None);
    }
}
