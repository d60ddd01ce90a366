//! The studies of a fit with their weights.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::OnceLock,
};

use serde::{Deserialize, Serialize, Serializer};

use crate::{EffectSizes, effect::labels::Labels};

/// One study as it entered the analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StudyWeight {
    /// The label.
    pub study: String,
    /// The estimate, on the scale of the analysis.
    pub yi: Option<f64>,
    /// Its sampling variance.
    pub vi: Option<f64>,
    /// The weight in per cent; `None` where the method has no weights (Peto).
    pub weight: Option<f64>,
    /// The size of the study, where known.
    #[serde(default)]
    pub size: Option<f64>,
}

/// The studies of a fit, in the order of the data: a slice of [`StudyWeight`], as which it reads, changes and serializes.
///
/// A fit shares the labels of its effects. The rows, each with a label of its own, are made when they are first read, so that
/// what fits many models for their numbers does without them.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "Vec<StudyWeight>")]
pub struct FittedStudies {
    rows: OnceLock<Vec<StudyWeight>>,
    source: Source,
}

/// The labels and numbers that the rows are made of.
#[derive(Clone, Default)]
struct Source {
    labels: Labels,
    numbers: Vec<Numbers>,
}

/// The numbers of a study.
#[derive(Clone, Copy)]
struct Numbers {
    yi: f64,
    vi: f64,
    weight: f64,
    size: Option<f64>,
}

impl Source {
    fn rows(&self) -> Vec<StudyWeight> {
        let rows = self.labels.iter().zip(&self.numbers).map(|(label, of)| StudyWeight {
            study: label.clone(),
            yi: Some(of.yi),
            vi: Some(of.vi),
            weight: Some(of.weight),
            size: of.size,
        });
        rows.collect()
    }
}

impl FittedStudies {
    /// The studies of `effects`, with the weights of their rows as shares of the total.
    pub(crate) fn of(effects: &EffectSizes, weight: impl Fn(usize) -> f64) -> Self {
        let mut numbers: Vec<Numbers> = effects
            .yi()
            .iter()
            .zip(effects.vi())
            .enumerate()
            .map(|(row, (&yi, &vi))| Numbers { yi, vi, weight: weight(row), size: None })
            .collect();
        let total: f64 = numbers.iter().map(|of| of.weight).sum();
        numbers.iter_mut().for_each(|of| of.weight = 100.0 * of.weight / total);
        if let Some(sizes) = effects.sizes() {
            numbers.iter_mut().zip(sizes).for_each(|(of, size)| of.size = Some(*size));
        }
        FittedStudies {
            rows: OnceLock::new(),
            source: Source { labels: effects.shared_labels().clone(), numbers },
        }
    }

    /// The number of studies.
    pub fn len(&self) -> usize {
        self.rows.get().map_or(self.source.numbers.len(), Vec::len)
    }

    /// True without a study.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The position and the weight of the study that has the most of it, without making the rows.
    pub(crate) fn heaviest(&self) -> Option<(usize, f64)> {
        let heavier = |a: (usize, f64), b: (usize, f64)| if b.1 > a.1 { b } else { a };
        match self.rows.get() {
            Some(rows) => {
                rows.iter().enumerate().filter_map(|(row, s)| Some((row, s.weight?))).reduce(heavier)
            }
            None => self.source.numbers.iter().map(|of| of.weight).enumerate().reduce(heavier),
        }
    }
}

impl Deref for FittedStudies {
    type Target = [StudyWeight];

    fn deref(&self) -> &[StudyWeight] {
        self.rows.get_or_init(|| self.source.rows())
    }
}

impl DerefMut for FittedStudies {
    fn deref_mut(&mut self) -> &mut [StudyWeight] {
        let source = &self.source;
        self.rows.get_or_init(|| source.rows());
        self.rows.get_mut().map_or(&mut [], Vec::as_mut_slice)
    }
}

impl From<Vec<StudyWeight>> for FittedStudies {
    fn from(rows: Vec<StudyWeight>) -> Self {
        FittedStudies { rows: OnceLock::from(rows), source: Source::default() }
    }
}

impl FromIterator<StudyWeight> for FittedStudies {
    fn from_iter<I: IntoIterator<Item = StudyWeight>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a FittedStudies {
    type Item = &'a StudyWeight;
    type IntoIter = std::slice::Iter<'a, StudyWeight>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for FittedStudies {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for FittedStudies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for FittedStudies {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FittedStudies {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FittedStudies".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Vec<StudyWeight>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Measure;

    #[test]
    fn rows_are_the_same_whenever_they_are_made() {
        let effects =
            EffectSizes::new(Measure::Generic, ["A", "B", "C"], [1.0, 2.0, 3.0], [0.1, 0.2, 0.3]).unwrap();
        let mut studies = FittedStudies::of(&effects, |row| [1.0, 2.0, 1.0][row]);
        let unread = studies.clone();
        assert_eq!((studies.len(), studies.heaviest()), (3, Some((1, 50.0))));
        assert_eq!((studies[1].study.as_str(), studies[1].weight), ("B", Some(50.0)));
        assert_eq!(studies, unread);
        let json = serde_json::to_string(&unread).unwrap();
        assert!(json.starts_with(r#"[{"study":"A","yi":1.0,"vi":0.1,"weight":25.0"#), "{json}");
        assert_eq!(serde_json::from_str::<FittedStudies>(&json).unwrap(), studies);
        studies.iter_mut().for_each(|study| study.weight = None);
        assert_eq!((studies.len(), studies.heaviest()), (3, None));
        assert_ne!(studies, unread);
    }
}
