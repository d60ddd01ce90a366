//! `EffectSizes`: the labelled estimates and sampling variances that every model is fitted to.

use serde::{Deserialize, Serialize};

use super::{Measure, Scale, Transform, labels::Labels};
use crate::{Error, Result, SourceRows};

/// The estimates of k ≥ 1 studies on one scale, with their sampling variances and labels.
///
/// Once constructed, every estimate is finite and every variance finite and positive, and all columns have the same
/// length. Only [`with_zero_variances`](Self::with_zero_variances) lets variances be 0.
///
/// ```
/// use consilience::{EffectSizes, Measure};
///
/// let effects = EffectSizes::new(Measure::MeanDifference, ["Grant 2000", "Mercer 2019"], [-1.9, -0.41], [0.3443, 0.0891])?;
/// assert_eq!(effects.len(), 2);
/// assert_eq!(effects.labels()[1], "Mercer 2019");
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct EffectSizes {
    measure: Measure,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<Scale>,
    /// Shared by copies: fits keep the effects that they were made from.
    labels: Labels,
    yi: Vec<f64>,
    vi: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sizes: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip)]
    rows: SourceRows,
}

/// Fields that arrive from outside and have yet to be checked.
#[derive(Deserialize)]
struct Unchecked {
    measure: Measure,
    #[serde(default)]
    scale: Option<Scale>,
    labels: Vec<String>,
    yi: Vec<f64>,
    vi: Vec<f64>,
    #[serde(default)]
    sizes: Option<Vec<f64>>,
    #[serde(default)]
    notes: Vec<String>,
}

impl TryFrom<Unchecked> for EffectSizes {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let mut effects = EffectSizes::with_zero_variances(raw.measure, raw.labels, raw.yi, raw.vi)?;
        if let Some(sizes) = raw.sizes {
            effects = effects.with_sizes(sizes)?;
        }
        if raw.scale == Some(Scale::Ratio) {
            effects = effects.on_log_scale();
        }
        effects.notes = raw.notes;
        Ok(effects)
    }
}

impl EffectSizes {
    /// Estimates `yi` with sampling variances `vi` (squared standard errors), on the scale on which `measure` is
    /// analysed (ratios as natural logarithms).
    ///
    /// # Errors
    ///
    /// If the columns are empty or differ in length, an estimate is not finite, or a variance is not finite and
    /// positive; the error names the study and the value.
    pub fn new<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        yi: impl Into<Vec<f64>>,
        vi: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        EffectSizes::above_zero(measure, given(labels), yi.into(), vi.into())
    }

    /// As [`new`](Self::new), with variances that may be 0: effects without a sampling error, such as the observations of a
    /// mixed model. Only [`Multilevel`](crate::multilevel::Multilevel) models, whose random effects give them a variance, take
    /// them; all others refuse them.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), but for variances of 0.
    pub fn with_zero_variances<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        yi: impl Into<Vec<f64>>,
        vi: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        EffectSizes::of_columns(measure, given(labels), yi.into(), vi.into())
    }

    /// As [`new`](Self::new), with the numbers of the studies, from 1, as their labels.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure};
    ///
    /// let effects = EffectSizes::numbered(Measure::MeanDifference, [-1.9, -0.41], [0.3443, 0.0891])?;
    /// assert_eq!(effects.labels(), ["1", "2"]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn numbered(measure: Measure, yi: impl Into<Vec<f64>>, vi: impl Into<Vec<f64>>) -> Result<Self> {
        let (yi, vi) = (yi.into(), vi.into());
        EffectSizes::above_zero(measure, Labels::numbered(yi.len()), yi, vi)
    }

    /// Of columns whose variances must not be 0.
    fn above_zero(measure: Measure, labels: Labels, yi: Vec<f64>, vi: Vec<f64>) -> Result<Self> {
        match vi.iter().take(labels.count()).position(|v| *v == 0.0) {
            Some(row) => Err(refusal("vi", format!("sampling variance is {}", vi[row]), row, &labels)),
            None => EffectSizes::of_columns(measure, labels, yi, vi),
        }
    }

    /// Of columns as they are kept.
    pub(super) fn of_columns(measure: Measure, labels: Labels, yi: Vec<f64>, vi: Vec<f64>) -> Result<Self> {
        if yi.is_empty() {
            return Err(Error::data("no studies", "at least one estimate with its variance is needed"));
        }
        if labels.count() != yi.len() || vi.len() != yi.len() {
            return Err(Error::data(
                format!("{} labels, {} estimates and {} variances", labels.count(), yi.len(), vi.len()),
                "give one of each for every study",
            ));
        }
        for (row, (&y, &v)) in yi.iter().zip(&vi).enumerate() {
            if !y.is_finite() {
                return Err(refusal("yi", format!("estimate is {y}"), row, &labels));
            }
            if !(v.is_finite() && v >= 0.0) {
                return Err(refusal("vi", format!("sampling variance is {v}"), row, &labels));
            }
        }
        Ok(EffectSizes {
            measure,
            scale: measure.scale(),
            labels,
            yi,
            vi,
            sizes: None,
            notes: Vec::new(),
            rows: SourceRows::default(),
        })
    }

    /// As [`new`](Self::new), from one label, estimate and variance a study; [`iter`](Self::iter) gives them back.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure};
    /// let studies = [("Ash 2001", 0.2, 0.04), ("Elm 2003", 0.5, 0.09)];
    /// let effects = EffectSizes::from_studies(Measure::MeanDifference, studies)?;
    /// assert!(effects.iter().eq(studies));
    /// let late = EffectSizes::from_studies(effects.measure(), effects.iter().filter(|(label, ..)| label.ends_with('3')))?;
    /// assert_eq!(late.labels(), ["Elm 2003"]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_studies<L: Into<String>>(
        measure: Measure,
        studies: impl IntoIterator<Item = (L, f64, f64)>,
    ) -> Result<Self> {
        let (mut labels, mut yi, mut vi) = (Vec::new(), Vec::new(), Vec::new());
        for (label, y, v) in studies {
            labels.push(label.into());
            yi.push(y);
            vi.push(v);
        }
        EffectSizes::new(measure, labels, yi, vi)
    }

    /// The label, estimate and sampling variance of each study.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, f64, f64)> {
        let labels = self.labels.iter().map(String::as_str);
        labels.zip(self.yi.iter().zip(&self.vi)).map(|(label, (&y, &v))| (label, y, v))
    }

    /// As [`new`](Self::new), with standard errors in place of variances.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_standard_errors<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        yi: impl Into<Vec<f64>>,
        sei: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let sei = sei.into();
        if let Some((row, &se)) = sei.iter().enumerate().find(|(_, se)| !(se.is_finite() && **se > 0.0)) {
            let error =
                Error::data(format!("standard error is {se}"), "standard errors must be finite and above 0");
            let error = error.in_column("sei").in_row(row + 1);
            return Err(match labels.get(row) {
                Some(label) => error.in_study(label),
                None => error,
            });
        }
        Self::new(measure, labels, yi, sei.iter().map(|se| se * se).collect::<Vec<f64>>())
    }

    /// Adds the size of each study: the number of people, or the person-time of a rate. The Freeman-Tukey measures
    /// and some tests of small-study effects need it.
    ///
    /// # Errors
    ///
    /// If there is not one positive size for each study.
    pub fn with_sizes(mut self, sizes: impl Into<Vec<f64>>) -> Result<Self> {
        let sizes = sizes.into();
        if sizes.len() != self.len() {
            return Err(Error::data(
                format!("{} sizes for {} studies", sizes.len(), self.len()),
                "give one size for every study",
            ));
        }
        if let Some((row, &size)) = sizes.iter().enumerate().find(|(_, n)| !(n.is_finite() && **n > 0.0)) {
            return Err(Error::data(format!("size is {size}"), "sizes must be finite and above 0")
                .in_column("ni")
                .in_row(row + 1)
                .in_study(&self.labels[row]));
        }
        self.sizes = Some(sizes);
        Ok(self)
    }

    /// Declares ready-made effects to be natural logarithms of ratios, so that tables and plots also show them
    /// back-transformed.
    #[must_use]
    pub fn on_log_scale(mut self) -> Self {
        self.scale = Some(Scale::Ratio);
        self
    }

    /// Adds a note on how the effects came about (a correction applied, a study left out): it follows the data into
    /// every fit.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The number of studies, k.
    #[allow(clippy::len_without_is_empty)] // there is always at least one
    pub fn len(&self) -> usize {
        self.yi.len()
    }

    /// The measure.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The kind of the back-transformed values; `None` if the effects are read on the scale of the analysis.
    pub fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// The name of the ratio that the effects are logarithms of (`risk ratio`); `None` if they are no ratios.
    pub fn ratio_name(&self) -> Option<String> {
        self.measure.ratio_name(self.scale)
    }

    /// The transformation that returns values to the scale that people read.
    pub fn transform(&self) -> Transform {
        match (self.measure.transform(), self.scale) {
            (Transform::Identity, Some(Scale::Ratio)) => Transform::Exp,
            (transform, _) => transform,
        }
    }

    /// The labels of the studies.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The same, shared with whoever keeps them.
    pub(crate) fn shared_labels(&self) -> &Labels {
        &self.labels
    }

    /// The estimates, on the scale of the analysis.
    pub fn yi(&self) -> &[f64] {
        &self.yi
    }

    /// The sampling variances.
    pub fn vi(&self) -> &[f64] {
        &self.vi
    }

    /// The sizes of the studies, where known.
    pub fn sizes(&self) -> Option<&[f64]> {
        self.sizes.as_deref()
    }

    /// The harmonic mean of the sizes, at which pooled Freeman-Tukey values are transformed back.
    pub fn harmonic_mean_size(&self) -> Option<f64> {
        let sizes = self.sizes.as_ref()?;
        Some(sizes.len() as f64 / sizes.iter().map(|n| 1.0 / n).sum::<f64>())
    }

    /// The notes on how the effects came about.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The same effects with the rows of the source that they were made from, which a fit compares with those of its design and
    /// factors.
    #[must_use]
    pub fn with_rows(mut self, rows: SourceRows) -> Self {
        self.rows = rows;
        self
    }

    /// The rows of the source.
    pub fn rows(&self) -> &SourceRows {
        &self.rows
    }

    /// The studies at the given positions, in that order.
    ///
    /// # Errors
    ///
    /// If no position is given or one is beyond the last study.
    pub fn subset(&self, rows: &[usize]) -> Result<Self> {
        if let Some(row) = rows.iter().find(|&&row| row >= self.len()) {
            return Err(Error::data(
                format!("position {row} of {} studies", self.len()),
                "positions count from 0 and stay below the number of studies",
            ));
        }
        if rows.is_empty() {
            return Err(Error::data("no studies", "a subset needs at least one study"));
        }
        let pick = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
        Ok(EffectSizes {
            measure: self.measure,
            scale: self.scale,
            labels: self.labels.of_rows(rows),
            yi: pick(&self.yi),
            vi: pick(&self.vi),
            sizes: self.sizes.as_deref().map(pick),
            notes: self.notes.clone(),
            rows: self.rows.subset(rows),
        })
    }
}

fn given<L: Into<String>>(labels: impl IntoIterator<Item = L>) -> Labels {
    labels.into_iter().map(Into::into).collect::<Vec<String>>().into()
}

/// The error for a value of a study that no model can take; a number that labels the study is that of its row.
fn refusal(column: &str, found: String, row: usize, labels: &Labels) -> Error {
    let remedy = match column {
        "yi" => "estimates must be finite",
        _ => "variances must be finite and above 0",
    };
    let error = Error::data(found, remedy).in_column(column).in_row(row + 1);
    match labels.are_numbers() {
        true => error,
        false => labels.get(row).map_or(error.clone(), |label| error.in_study(label)),
    }
}
