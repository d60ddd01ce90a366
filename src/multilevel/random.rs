//! Random effects: intercepts by factor, nested or crossed, with known correlations or without, and terms with a
//! covariance structure within the levels of an outer factor.

use serde::{Deserialize, Serialize};

use super::factor::{Factor, same_length};
use super::held::{Held, Holding};
use super::structure::{
    KnownCorrelation, KnownShape, LevelShape, Places, Shape, SlopeShape, SpatialShape, Structure,
    Unstructured,
};
use crate::linear::{Design, INTERCEPT};
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
    /// Deviations at places, the more alike the closer, within each outer level.
    Spatial {
        /// The place of each effect.
        places: Places,
        /// Places of different outer levels are independent; one level for all makes one map.
        outer: Factor,
        /// One of the spatial structures.
        structure: Structure,
    },
    /// Coefficients of covariates that differ between the outer levels: random slopes, and an intercept if the covariates
    /// have one.
    Slopes {
        /// The covariates, with a column of ones for an intercept.
        covariates: Design,
        /// Studies, districts.
        outer: Factor,
        /// [`Structure::Gen`] or [`Structure::Gdiag`].
        structure: Structure,
    },
    /// A deviation for each level of a factor, with known correlations: species on a tree.
    Known {
        /// Species, regions.
        factor: Factor,
        /// The correlations of its levels.
        correlation: KnownCorrelation,
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

    /// One map for all effects, without an outer factor.
    ///
    /// # Errors
    ///
    /// If there is no effect.
    pub fn map(places: Places, structure: Structure) -> Result<RandomTerm> {
        let outer = Factor::new("all", vec!["all"; places.len()])?;
        Ok(RandomTerm::Spatial { places, outer, structure })
    }

    /// The term on these effects only.
    pub(super) fn subset(&self, rows: &[usize]) -> RandomTerm {
        match self {
            RandomTerm::Intercept(factor) => RandomTerm::Intercept(factor.subset(rows)),
            RandomTerm::Structured { inner, outer, structure } => RandomTerm::Structured {
                inner: inner.subset(rows),
                outer: outer.subset(rows),
                structure: *structure,
            },
            RandomTerm::Spatial { places, outer, structure } => RandomTerm::Spatial {
                places: places.subset(rows),
                outer: outer.subset(rows),
                structure: *structure,
            },
            RandomTerm::Slopes { covariates, outer, structure } => RandomTerm::Slopes {
                covariates: covariates.of_rows(rows),
                outer: outer.subset(rows),
                structure: *structure,
            },
            RandomTerm::Known { factor, correlation } => {
                RandomTerm::Known { factor: factor.subset(rows), correlation: correlation.clone() }
            }
        }
    }

    /// The name in results: that of the factor, or `inner|outer`.
    pub fn name(&self) -> String {
        match self {
            RandomTerm::Intercept(factor) | RandomTerm::Known { factor, .. } => factor.name().to_owned(),
            RandomTerm::Structured { inner, outer, .. } => format!("{}|{}", inner.name(), outer.name()),
            RandomTerm::Spatial { places, outer, .. } => format!("{}|{}", places.name(), outer.name()),
            RandomTerm::Slopes { covariates, outer, .. } => {
                let names: Vec<&str> = covariates
                    .names()
                    .iter()
                    .map(|name| if name == INTERCEPT { "1" } else { name.as_str() })
                    .collect();
                format!("{}|{}", names.join("+"), outer.name())
            }
        }
    }

    /// The factor by which the effects are grouped.
    pub(super) fn groups(&self) -> &Factor {
        match self {
            RandomTerm::Intercept(factor) | RandomTerm::Known { factor, .. } => factor,
            RandomTerm::Structured { outer, .. }
            | RandomTerm::Spatial { outer, .. }
            | RandomTerm::Slopes { outer, .. } => outer,
        }
    }

    /// The levels or covariates to which the reported variances of a structured term belong.
    pub(super) fn inner_levels(&self) -> Vec<String> {
        match self {
            RandomTerm::Structured { inner, .. } => inner.levels().to_vec(),
            RandomTerm::Slopes { covariates, .. } => covariates.names().to_vec(),
            _ => Vec::new(),
        }
    }

    /// The structure, where there is one to report.
    pub(super) fn structure(&self) -> Option<Structure> {
        match self {
            RandomTerm::Structured { structure, .. }
            | RandomTerm::Spatial { structure, .. }
            | RandomTerm::Slopes { structure, .. } => Some(*structure),
            _ => None,
        }
    }

    /// The covariance of its effects with the code of each, and the groups that are independent.
    /// `held` says that the user holds its correlations, or its range, which then need nothing to inform them.
    fn shape(&self, held: bool) -> Result<Option<(Shape, Vec<usize>)>> {
        let misplaced = |structure: Structure, remedy: &str| {
            Err(Error::setting("structure", format!("{structure} for {}", self.name()), remedy))
        };
        Ok(Some(match self {
            RandomTerm::Intercept(_) => return Ok(None),
            RandomTerm::Structured { inner, outer, structure } => {
                same_length(inner, outer)?;
                let shape = match structure {
                    Structure::Un => Shape::Unstructured(Unstructured::new(inner, outer, held)?),
                    other if other.is_spatial() => {
                        return misplaced(*other, "a spatial structure needs places: coordinates");
                    }
                    other if other.is_slopes() => {
                        return misplaced(*other, "random slopes need covariates: `1+time|study`");
                    }
                    other => Shape::Levels(LevelShape::new(*other, inner, outer, held)?),
                };
                (shape, inner.codes().to_vec())
            }
            RandomTerm::Spatial { places, outer, structure } => {
                if !structure.is_spatial() {
                    return misplaced(*structure, "places need SPEXP, SPGAU, SPLIN, SPRAT or SPSPH");
                }
                if places.len() != outer.len() {
                    return Err(Error::data(
                        format!("{} places and {} labels", places.len(), outer.len()),
                        "each effect needs a place and a label of the outer factor",
                    )
                    .in_column(outer.name()));
                }
                let (shape, codes) = SpatialShape::new(*structure, places, outer, held)?;
                (Shape::Spatial(shape), codes)
            }
            RandomTerm::Slopes { covariates, outer, structure } => {
                if !structure.is_slopes() {
                    return misplaced(*structure, "random slopes have the structure GEN or GDIAG");
                }
                let (shape, codes) = SlopeShape::new(*structure, covariates, outer)?;
                (Shape::Slopes(shape), codes)
            }
            RandomTerm::Known { factor, correlation } => {
                (Shape::Known(KnownShape::new(factor, correlation)?), factor.codes().to_vec())
            }
        }))
    }
}

/// A random term as the likelihood knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// Its first parameter.
    pub first: usize,
    /// Its number of parameters: 0 if it is fixed at zero.
    pub count: usize,
    /// True if these parameters are its own; a shared variance belongs to the term that has it first.
    pub owner: bool,
    /// Parameters that the user holds.
    pub held: Vec<Held>,
    /// The group of each effect; effects of different groups are independent.
    pub groups: Vec<usize>,
    /// For a structured term its shape and the code of each effect.
    pub inner: Option<(Shape, Vec<usize>)>,
}

impl Term {
    /// The covariance that this term gives effects i and j.
    pub fn covariance(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        if self.count == 0 || self.groups[i] != self.groups[j] {
            return 0.0;
        }
        self.within(&theta[self.first..self.first + self.count], i, j)
    }

    /// Takes on another form of the covariance of its effects; an intercept has one only.
    pub fn take_form(&mut self, form: &Shape) {
        if let Some((shape, _)) = &mut self.inner {
            shape.clone_from(form);
        }
    }

    /// The same for effects of one group, from the term's own parameters.
    #[inline]
    pub fn within(&self, parameters: &[f64], i: usize, j: usize) -> f64 {
        match &self.inner {
            None => parameters[0],
            Some((shape, inner)) => shape.entry(parameters, inner[i], inner[j]),
        }
    }
}

impl RandomTerm {
    /// Refuses a term that does not fit the effects, or whose variances they cannot inform.
    fn check(&self, name: &str, holding: &Holding, effects: &EffectSizes) -> Result<()> {
        let factor = self.groups();
        if factor.len() != effects.len() {
            return Err(Error::data(
                format!("{} labels for {} effects", factor.len(), effects.len()),
                "a random effect needs one label for each effect",
            )
            .in_column(factor.name()));
        }
        effects.rows().check(factor.rows(), &format!("the factor {}", factor.name()))?;
        let all_held = holding.values_of(name).is_some_and(|values| values.iter().all(Option::is_some));
        let several = matches!(self, RandomTerm::Structured { .. } | RandomTerm::Slopes { .. });
        if factor.levels().len() == 1 && !all_held && several {
            return Err(Error::model(
                format!("{name}: {} has one level only", factor.name()),
                "variances between its levels need at least two",
            ));
        }
        Ok(())
    }
}

/// The terms in the order in which they were given, with notes on what cannot be estimated.
pub(super) fn code(
    terms: &[RandomTerm],
    holding: &Holding,
    effects: &EffectSizes,
    notes: &mut Vec<String>,
) -> Result<Vec<Term>> {
    let mut coded: Vec<Term> = Vec::new();
    let mut first = 0;
    let names: Vec<String> = terms.iter().map(RandomTerm::name).collect();
    holding.check(terms)?;
    for (at, (term, name)) in terms.iter().zip(&names).enumerate() {
        let factor = term.groups();
        if names[..at].contains(name) {
            let found = format!("`{name}` is given twice");
            return Err(Error::setting("random", found, "give each random effect once"));
        }
        term.check(name, holding, effects)?;
        let single = factor.levels().len() == 1;
        let mut inner = term.shape(holding.holds_correlations(name))?;
        let held = holding.of(name, inner.as_mut().map(|(shape, _)| shape))?;
        let shared = holding.shared_with(name).and_then(|other| {
            names[..at].iter().position(|known| known == other).and_then(|place| coded.get(place))
        });
        let (place, count, owner) = match (&inner, shared) {
            (None, Some(other)) => (other.first, other.count, false),
            (Some((shape, _)), _) => (first, shape.bounds().len(), true),
            (None, None) if single && held.is_empty() => {
                notes.push(format!(
                    "{name} has one level only: its variance cannot be estimated and is fixed at 0"
                ));
                (first, 0, true)
            }
            (None, None) => (first, 1, true),
        };
        let groups = match &inner {
            Some((Shape::Known(shape), codes)) => {
                let sets = shape.sets();
                codes.iter().map(|&code| sets[code]).collect()
            }
            _ => factor.codes().to_vec(),
        };
        let next = Term { first: place, count, owner, held, groups, inner };
        next.check_twin(name, factor.codes(), coded.iter().zip(&names))?;
        if owner {
            first += count;
        }
        coded.push(next);
    }
    Ok(coded)
}

impl Term {
    /// Refuses an estimated intercept that groups the effects as one before it does.
    fn check_twin<'a>(
        &self,
        name: &str,
        codes: &[usize],
        mut before: impl Iterator<Item = (&'a Term, &'a String)>,
    ) -> Result<()> {
        let free = |term: &Term| term.inner.is_none() && term.count > 0 && term.held.is_empty();
        let twin = before.find(|(other, _)| free(other) && same_partition(&other.groups, codes));
        match twin.filter(|_| free(self)) {
            Some((_, twin)) => Err(Error::model(
                format!(
                    "`{twin}` and `{name}` group the effects in the same way, so that only the sum of their variances can be estimated"
                ),
                "leave one of them out",
            )),
            None => Ok(()),
        }
    }
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
        let error = code(&terms, &Holding::default(), &effects(), &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("`study` and `study/effect`"), "{error}");
        let mut notes = Vec::new();
        let coded = code(&[RandomTerm::Intercept(b)], &Holding::default(), &effects(), &mut notes).unwrap();
        assert_eq!(coded[0].count, 0);
        assert_eq!(notes.len(), 1);
    }
}
