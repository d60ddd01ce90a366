//! The labels of studies: texts that were given, or the numbers of the studies, which become texts when they are first read.

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use serde::{Serialize, Serializer};

/// One label for each study: a slice of texts, shared by copies.
#[derive(Clone, Default)]
pub(crate) struct Labels {
    texts: OnceLock<Arc<[String]>>,
    /// The number of studies that are labelled by their numbers; `None` if the texts were given.
    numbered: Option<usize>,
}

impl Labels {
    /// The numbers from 1 to `k`.
    pub fn numbered(k: usize) -> Self {
        Labels { texts: OnceLock::new(), numbered: Some(k) }
    }

    /// The number of labels.
    pub fn count(&self) -> usize {
        self.numbered.unwrap_or_else(|| self.texts.get().map_or(0, |texts| texts.len()))
    }

    /// Those of the studies at these positions.
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        rows.iter().filter_map(|&row| self.get(row).cloned()).collect::<Vec<String>>().into()
    }

    /// True if no label can occur twice, known without reading them.
    pub fn are_numbers(&self) -> bool {
        self.numbered.is_some()
    }
}

impl From<Vec<String>> for Labels {
    fn from(texts: Vec<String>) -> Self {
        Labels { texts: OnceLock::from(Arc::from(texts)), numbered: None }
    }
}

impl Deref for Labels {
    type Target = [String];

    fn deref(&self) -> &[String] {
        let numbers = || (1..=self.numbered.unwrap_or(0)).map(|study| study.to_string()).collect();
        self.texts.get_or_init(numbers)
    }
}

impl PartialEq for Labels {
    fn eq(&self, other: &Self) -> bool {
        match (self.numbered, other.numbered) {
            (Some(own), Some(others)) => own == others,
            _ => **self == **other,
        }
    }
}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{EffectSizes, Measure, pool::RandomEffects, tau2::Tau2};

    #[test]
    fn numbers_are_the_labels_that_they_stand_for() {
        let (yi, vi) = ([0.1, 0.4, 0.3], [0.02, 0.03, 0.05]);
        let numbered = EffectSizes::numbered(Measure::Generic, yi, vi).unwrap();
        let given = EffectSizes::new(Measure::Generic, ["1", "2", "3"], yi, vi).unwrap();
        assert_eq!(numbered, given);
        assert_eq!(numbered.subset(&[2]).unwrap().labels(), ["3"]);
        assert_eq!(serde_json::to_string(&numbered).unwrap(), serde_json::to_string(&given).unwrap());
        let fit = |effects: &EffectSizes| RandomEffects::new(Tau2::Dl).fit(effects).unwrap();
        assert_eq!(fit(&numbered), fit(&given));
    }

    #[test]
    fn values_that_no_model_takes_are_refused_with_their_row() {
        let refused = |yi: [f64; 2], vi: &[f64]| {
            EffectSizes::numbered(Measure::Generic, yi, vi).unwrap_err().to_string()
        };
        assert!(refused([0.1, 0.2], &[0.1, 0.0]).starts_with("row 2, column vi: sampling variance is 0"));
        assert!(refused([f64::NAN, 0.2], &[0.1, 0.1]).contains("estimate is NaN"));
        assert!(refused([0.1, 0.2], &[0.1]).contains("2 estimates and 1 variances"));
        assert!(EffectSizes::numbered(Measure::Generic, [], []).is_err());
    }
}
