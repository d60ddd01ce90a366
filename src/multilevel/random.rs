//! Random effects: intercepts by factor, nested or crossed, and `inner | outer` terms with a covariance structure.

use serde::{Deserialize, Serialize};

use super::factor::{Factor, same_length};
use super::structure::{Shape, Structure};
use crate::{EffectSizes, Error, Result};

/// One random term of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RandomTerm {
    /// An independent deviation for each level of a factor, all with one variance.
    Intercept(Factor),
    /// Correlated deviations of the inner levels (outcomes, times) within each outer level (trials).
    Structured {
        /// Outcomes, times, arms.
        inner: Factor,
        /// Trials, studies.
        outer: Factor,
        /// The covariance of the inner levels.
        structure: Structure,
    },
}

impl RandomTerm {
    /// The terms `a`, `a/b`, `a/b/c` of factors given from the outermost in.
    ///
    /// # Errors
    ///
    /// If the factors cover different numbers of effects.
    pub fn nested(factors: impl IntoIterator<Item = Factor>) -> Result<Vec<RandomTerm>> {
        let mut terms: Vec<Factor> = Vec::new();
        for factor in factors {
            let next = match terms.last() {
                Some(outer) => factor.within(outer)?,
                None => factor,
            };
            terms.push(next);
        }
        Ok(terms.into_iter().map(RandomTerm::Intercept).collect())
    }

    /// The name in results: that of the factor, or `inner|outer`.
    pub fn name(&self) -> String {
        match self {
            RandomTerm::Intercept(factor) => factor.name().to_owned(),
            RandomTerm::Structured { inner, outer, .. } => format!("{}|{}", inner.name(), outer.name()),
        }
    }

    /// The factor whose levels are independent.
    pub(super) fn groups(&self) -> &Factor {
        match self {
            RandomTerm::Intercept(factor) => factor,
            RandomTerm::Structured { outer, .. } => outer,
        }
    }
}

/// A random term as the likelihood knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// Its first parameter.
    pub first: usize,
    /// Its number of parameters: 0 if it is fixed at zero.
    pub count: usize,
    /// The group of each effect; effects of different groups are independent.
    pub groups: Vec<usize>,
    /// For a structured term its shape and the inner level of each effect.
    pub inner: Option<(Shape, Vec<usize>)>,
}

impl Term {
    /// The covariance that this term gives effects i and j.
    pub fn covariance(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        if self.count == 0 || self.groups[i] != self.groups[j] {
            return 0.0;
        }
        match &self.inner {
            None => theta[self.first],
            Some((shape, inner)) => {
                shape.entry(&theta[self.first..self.first + self.count], inner[i], inner[j])
            }
        }
    }
}

/// The terms in the order in which they were given, with notes on what cannot be estimated.
pub(super) fn code(
    terms: &[RandomTerm],
    effects: &EffectSizes,
    notes: &mut Vec<String>,
) -> Result<Vec<Term>> {
    let mut coded: Vec<Term> = Vec::new();
    let mut first = 0;
    let mut names: Vec<String> = Vec::new();
    for term in terms {
        let groups = term.groups();
        if groups.len() != effects.len() {
            return Err(Error::data(
                format!("{} labels for {} effects", groups.len(), effects.len()),
                "a random effect needs one label for each effect",
            )
            .in_column(groups.name()));
        }
        let name = term.name();
        if names.contains(&name) {
            return Err(Error::setting(
                "random",
                format!("`{name}` is given twice"),
                "give each random effect once",
            ));
        }
        let single = groups.levels().len() == 1;
        let inner = match term {
            RandomTerm::Intercept(_) => None,
            RandomTerm::Structured { inner, outer, structure } => {
                same_length(inner, outer)?;
                if single {
                    return Err(Error::model(
                        format!("{name}: {} has one level only", outer.name()),
                        "variances between its levels need at least two",
                    ));
                }
                Some((Shape::new(*structure, inner, outer)?, inner.codes().to_vec()))
            }
        };
        let count = match &inner {
            Some((shape, _)) => shape.bounds().len(),
            None if single => {
                notes.push(format!(
                    "{name} has one level only: its variance cannot be estimated and is fixed at 0"
                ));
                0
            }
            None => 1,
        };
        if inner.is_none()
            && count > 0
            && let Some(twin) = coded.iter().zip(&names).find(|(other, _)| {
                other.inner.is_none() && other.count > 0 && same_partition(&other.groups, groups.codes())
            })
        {
            return Err(Error::model(
                format!(
                    "`{}` and `{name}` group the effects in the same way, so that only the sum of their variances can be estimated",
                    twin.1
                ),
                "leave one of them out",
            ));
        }
        coded.push(Term { first, count, groups: groups.codes().to_vec(), inner });
        names.push(name);
        first += count;
    }
    Ok(coded)
}

fn same_partition(a: &[usize], b: &[usize]) -> bool {
    let mut forward = std::collections::HashMap::new();
    let mut backward = std::collections::HashMap::new();
    a.iter()
        .zip(b)
        .all(|(&a, &b)| *forward.entry(a).or_insert(b) == b && *backward.entry(b).or_insert(a) == a)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::Measure;

    fn effects() -> EffectSizes {
        EffectSizes::new(Measure::Generic, ["a", "b", "c", "d"], [0.1; 4], [0.04; 4]).unwrap()
    }

    #[test]
    fn nesting_names_its_components() {
        let a = Factor::new("district", ["1", "1", "2", "2"]).unwrap();
        let b = Factor::new("school", ["1", "2", "1", "2"]).unwrap();
        let terms = RandomTerm::nested([a, b]).unwrap();
        let names: Vec<String> = terms.iter().map(RandomTerm::name).collect();
        assert_eq!(names, ["district", "district/school"]);
    }

    #[test]
    fn equal_partitions_are_an_error_and_single_levels_a_note() {
        let a = Factor::new("study", ["1", "2", "3", "4"]).unwrap();
        let b = Factor::new("effect", ["x", "x", "x", "x"]).unwrap();
        let terms = RandomTerm::nested([a, b.clone()]).unwrap();
        let error = code(&terms, &effects(), &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("`study` and `study/effect`"), "{error}");
        let mut notes = Vec::new();
        let coded = code(&[RandomTerm::Intercept(b)], &effects(), &mut notes).unwrap();
        assert_eq!(coded[0].count, 0);
        assert_eq!(notes.len(), 1);
    }
}
