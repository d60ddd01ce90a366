//! Containment degrees of freedom, as defined for [`CoefficientInference::Containment`].
//!
//! [`CoefficientInference::Containment`]: super::CoefficientInference::Containment

use super::random::RandomTerm;
use crate::linear::Design;
use crate::{Error, Result};

/// Those of each coefficient of k effects.
pub(super) fn containment(random: &[RandomTerm], design: &Design, k: usize) -> Result<Vec<f64>> {
    // The groups of each random effect, by code of each effect, and their number.
    let mut groupings: Vec<(Vec<usize>, usize)> = Vec::new();
    for term in random {
        let outer = term.groups();
        groupings.push((outer.codes().to_vec(), outer.levels().len()));
        if let RandomTerm::Structured { inner, .. } = term {
            let both = inner.within(outer)?;
            groupings.push((both.codes().to_vec(), both.levels().len()));
        }
    }
    let p = design.p();
    design
        .names()
        .iter()
        .zip(design.columns())
        .map(|(name, column)| {
            let least = groupings
                .iter()
                .filter(|(codes, count)| {
                    let mut value = vec![f64::NAN; *count];
                    codes.iter().zip(column).all(|(&code, &x)| {
                        if value[code].is_nan() {
                            value[code] = x;
                        }
                        value[code] == x
                    })
                })
                .map(|(_, count)| *count)
                .fold(k, usize::min);
            if least > p {
                Ok((least - p) as f64)
            } else {
                Err(Error::model(
                    format!("`{name}` is constant within {least} groups, which leaves no degrees of freedom beside {p} coefficients"),
                    "use the inference t, satterthwaite or kr, or fewer moderators",
                ))
            }
        })
        .collect()
}
