//! The record: what every derived value was computed from, by which formula, and on which assumption.
//!
//! Use it whenever a number that a model reads was not reported as such. Every function of this module returns a
//! [`Derived`] value: the value, and the [`Step`]s that led to it. A step names what was derived, the reported values
//! it used, the formula with its reference, what had to be assumed, and what the reader should know. Steps add up
//! when one derivation feeds another ([`Derived::then`]).
//!
//! A [`Provenance`] collects the steps of a whole review, prints the table of assumptions that a report needs, and
//! writes the assumptions into the notes of the [`EffectSizes`], from where they follow the data into every fit.
//!
//! ```
//! use consilience::convert::{Provenance, change};
//!
//! let baseline = change::BeforeAfterSds::new(4.1, 3.3)?; // SDs before and after
//! let sd = baseline.sd_of_change(0.5)?;
//! assert!((sd.value - 3.764_3).abs() < 1e-4);
//! assert_eq!(sd.assumptions().next().map(|a| a.to_string()).as_deref(), Some("assumed correlation 0.5"));
//!
//! let mut provenance = Provenance::new();
//! provenance.add("Carlson 1999", &sd);
//! assert!(provenance.to_string().contains("assumed correlation 0.5"));
//! # Ok::<(), consilience::Error>(())
//! ```

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::EffectSizes;

/// The relation of a reported value to the truth: "P < 0.01" is a bound, not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Relation {
    /// The value itself.
    #[default]
    Equal,
    /// The true value lies below.
    Below,
    /// The true value lies above.
    Above,
}

/// A named number: a reported value, or a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Quantity {
    /// The name of the quantity (`median`, `sd`, `P value`).
    pub name: String,
    /// The number.
    pub value: f64,
    /// The relation of the number to the value: equal, or a bound.
    pub relation: Relation,
}

impl Quantity {
    /// A value.
    pub fn new(name: impl Into<String>, value: f64) -> Self {
        Quantity { name: name.into(), value, relation: Relation::Equal }
    }

    /// A bound.
    pub fn bound(name: impl Into<String>, relation: Relation, value: f64) -> Self {
        Quantity { name: name.into(), value, relation }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.relation {
            Relation::Equal => "=",
            Relation::Below => "<",
            Relation::Above => ">",
        };
        write!(f, "{} {sign} {}", self.name, short(self.value))
    }
}

/// Something that the papers do not say and the derivation needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Assumption {
    /// The assumption (`correlation`, `intracluster correlation`, `normal data`).
    pub name: String,
    /// Its value; `None` for an assumption without a number.
    pub value: Option<f64>,
}

impl Assumption {
    /// An assumed number.
    pub fn of(name: impl Into<String>, value: f64) -> Self {
        Assumption { name: name.into(), value: Some(value) }
    }

    /// An assumption without a number.
    pub fn that(name: impl Into<String>) -> Self {
        Assumption { name: name.into(), value: None }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => write!(f, "assumed {} {}", self.name, short(value)),
            None => write!(f, "assumed {}", self.name),
        }
    }
}

/// One derivation: what came out, from what, how, and on which assumption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Step {
    /// The derivation in words (`mean and SD from the median and the range`).
    pub what: String,
    /// The results.
    pub results: Vec<Quantity>,
    /// The reported values used.
    pub sources: Vec<Quantity>,
    /// The formula in plain text.
    pub formula: String,
    /// The source of the formula: author, year, DOI.
    pub reference: String,
    /// The assumptions.
    pub assumptions: Vec<Assumption>,
    /// Warnings and remarks.
    pub notes: Vec<String>,
}

impl Step {
    /// A step by a formula with its reference.
    pub fn new(what: impl Into<String>, formula: impl Into<String>, reference: impl Into<String>) -> Self {
        Step {
            what: what.into(),
            results: Vec::new(),
            sources: Vec::new(),
            formula: formula.into(),
            reference: reference.into(),
            assumptions: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a reported value.
    #[must_use]
    pub fn from(mut self, name: &str, value: f64) -> Self {
        self.sources.push(Quantity::new(name, value));
        self
    }

    /// Adds several reported values.
    #[must_use]
    pub fn from_all(mut self, values: &[(&str, f64)]) -> Self {
        self.sources.extend(values.iter().map(|&(name, value)| Quantity::new(name, value)));
        self
    }

    /// Adds a reported value that may be a bound.
    #[must_use]
    pub fn from_quantity(mut self, quantity: Quantity) -> Self {
        self.sources.push(quantity);
        self
    }

    /// Adds a result.
    #[must_use]
    pub fn result(mut self, name: &str, value: f64) -> Self {
        self.results.push(Quantity::new(name, value));
        self
    }

    /// Adds a result that is only a bound.
    #[must_use]
    pub fn result_quantity(mut self, quantity: Quantity) -> Self {
        self.results.push(quantity);
        self
    }

    /// Adds an assumed number.
    #[must_use]
    pub fn assuming(mut self, name: &str, value: f64) -> Self {
        self.assumptions.push(Assumption::of(name, value));
        self
    }

    /// Adds an assumption without a number.
    #[must_use]
    pub fn assuming_that(mut self, name: impl Into<String>) -> Self {
        self.assumptions.push(Assumption::that(name));
        self
    }

    /// Adds a remark.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The value that this step led to.
    pub fn gives<T>(self, value: T) -> Derived<T> {
        Derived { value, steps: vec![self] }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if !self.results.is_empty() {
            write!(f, ": {}", list(&self.results))?;
        }
        if !self.sources.is_empty() {
            write!(f, "; from {}", list(&self.sources))?;
        }
        write!(f, "; {} ({})", self.formula, self.reference)?;
        for assumption in &self.assumptions {
            write!(f, "; {assumption}")?;
        }
        for note in &self.notes {
            write!(f, "; note: {note}")?;
        }
        Ok(())
    }
}

/// A value with the steps that led to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Derived<T> {
    /// The value.
    pub value: T,
    /// The derivation, first step first.
    pub steps: Vec<Step>,
}

impl<T> Derived<T> {
    /// A value as reported: nothing was derived.
    pub fn reported(value: T) -> Self {
        Derived { value, steps: Vec::new() }
    }

    /// Feeds the value into a further derivation and keeps both records.
    ///
    /// # Errors
    ///
    /// Those of the further derivation.
    pub fn then<U>(self, next: impl FnOnce(T) -> crate::Result<Derived<U>>) -> crate::Result<Derived<U>> {
        let mut following = next(self.value)?;
        let mut steps = self.steps;
        steps.append(&mut following.steps);
        Ok(Derived { value: following.value, steps })
    }

    /// Changes the form of the value, not its derivation.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Derived<U> {
        Derived { value: change(self.value), steps: self.steps }
    }

    /// Joins two derived values into one.
    pub fn and<U>(self, other: Derived<U>) -> Derived<(T, U)> {
        let mut steps = self.steps;
        steps.extend(other.steps);
        Derived { value: (self.value, other.value), steps }
    }

    /// Says that a number which a derivation takes as assumed was in fact reported: assumptions whose name begins with `name` are
    /// listed among the sources instead.
    #[must_use]
    pub fn reporting(mut self, name: &str) -> Self {
        for step in &mut self.steps {
            let (reported, assumed) = std::mem::take(&mut step.assumptions)
                .into_iter()
                .partition(|a: &Assumption| a.value.is_some() && a.name.starts_with(name));
            step.assumptions = assumed;
            let reported: Vec<Assumption> = reported;
            step.sources
                .extend(reported.into_iter().map(|a| Quantity::new(a.name, a.value.unwrap_or_default())));
        }
        self
    }

    /// Everything that was assumed on the way.
    pub fn assumptions(&self) -> impl Iterator<Item = &Assumption> {
        self.steps.iter().flat_map(|step| &step.assumptions)
    }

    /// Every remark made on the way.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().flat_map(|step| &step.notes).map(String::as_str)
    }
}

/// A step with the study it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The label of the study.
    pub study: String,
    /// The derivation.
    pub step: Step,
}

/// The derivations of a whole review, study by study.
///
/// Its `Display` is the table of assumptions: one line for each derivation, with what was derived, from which reported
/// values, by whose formula and on which assumption; remarks and full references follow the table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The derivations in the order in which they were added.
    pub entries: Vec<Entry>,
}

impl Provenance {
    /// No derivations yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the derivation of a value of a study.
    pub fn add<T>(&mut self, study: impl Into<String>, derived: &Derived<T>) {
        let study = study.into();
        self.entries
            .extend(derived.steps.iter().map(|step| Entry { study: study.clone(), step: step.clone() }));
    }

    /// Keeps the derivation and returns the value.
    pub fn take<T>(&mut self, study: impl Into<String>, derived: Derived<T>) -> T {
        self.add(study, &derived);
        derived.value
    }

    /// The distinct assumptions, each with the studies that rest on it, in the order of their first use.
    pub fn assumptions(&self) -> Vec<(Assumption, Vec<String>)> {
        let mut found: Vec<(Assumption, Vec<String>)> = Vec::new();
        for entry in &self.entries {
            for assumption in &entry.step.assumptions {
                match found.iter_mut().find(|(known, _)| known == assumption) {
                    Some((_, studies)) => {
                        if !studies.contains(&entry.study) {
                            studies.push(entry.study.clone());
                        }
                    }
                    None => found.push((assumption.clone(), vec![entry.study.clone()])),
                }
            }
        }
        found
    }

    /// Writes the assumptions into the notes of the effects, one note for each assumption with the studies that rest
    /// on it, and every remark with its study.
    #[must_use]
    pub fn annotate(&self, mut effects: EffectSizes) -> EffectSizes {
        for (assumption, studies) in self.assumptions() {
            effects = effects.with_note(format!("{assumption} ({})", studies.join(", ")));
        }
        for entry in &self.entries {
            for note in &entry.step.notes {
                effects = effects.with_note(format!("{}: {note}", entry.study));
            }
        }
        effects
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.entries.is_empty() {
            return f.write_str("Every value was analysed as reported.");
        }
        let header = ["study", "derived", "from", "by", "assumption"].map(str::to_owned);
        let mut rows = vec![header];
        let mut references: Vec<(&str, &str)> = Vec::new();
        for Entry { study, step } in &self.entries {
            let by = short_reference(&step.reference).to_owned();
            if !references.contains(&(step.formula.as_str(), step.reference.as_str())) {
                references.push((&step.formula, &step.reference));
            }
            let assumed: Vec<String> = step.assumptions.iter().map(ToString::to_string).collect();
            let derived = if step.results.is_empty() { step.what.clone() } else { list(&step.results) };
            let assumed = if assumed.is_empty() { "none".to_owned() } else { assumed.join("; ") };
            rows.push([study.clone(), derived, list(&step.sources), by, assumed]);
        }
        let mut widths = [0usize; 5];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for row in &rows {
            let cells: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            writeln!(f, "{}", cells.join("  ").trim_end())?;
        }
        for Entry { study, step } in &self.entries {
            for note in &step.notes {
                writeln!(f, "{study}: {note}")?;
            }
        }
        for (formula, reference) in references {
            writeln!(f, "{reference}: {formula}")?;
        }
        Ok(())
    }
}

/// "Wan et al. 2014" of "Wan et al. 2014, doi:...".
fn short_reference(reference: &str) -> &str {
    reference.split(", doi:").next().unwrap_or(reference)
}

fn list(quantities: &[Quantity]) -> String {
    quantities.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A number with at most six significant digits and no trailing zeros.
pub(crate) fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let exponent = value.abs().log10().floor();
    if (-5.0..15.0).contains(&exponent) {
        let decimals = (5.0 - exponent).clamp(0.0, 10.0) as usize;
        let text = format!("{value:.decimals$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    } else {
        format!("{value:.4e}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::Measure;

    fn example() -> Derived<f64> {
        Step::new(
            "SD of change",
            "√(s1² + s2² - 2·r·s1·s2)",
            "Cochrane Handbook 6.5.2.8, doi:10.1002/9781119536604",
        )
        .from("sd before", 4.1)
        .from("sd after", 3.3)
        .assuming("correlation", 0.5)
        .result("sd of change", 3.763)
        .gives(3.763)
    }

    #[test]
    fn steps_add_up() {
        let derived = example()
            .then(|sd| {
                Ok(Step::new("standard error", "sd/√n", "definition")
                    .from("n", 25.0)
                    .note("small")
                    .gives(sd / 5.0))
            })
            .unwrap();
        assert_eq!(derived.steps.len(), 2);
        assert_eq!(derived.assumptions().count(), 1);
        assert_eq!(derived.notes().collect::<Vec<_>>(), ["small"]);
    }

    #[test]
    fn what_was_reported_is_no_assumption() {
        let derived = example().reporting("correlation");
        assert_eq!(derived.assumptions().count(), 0);
        assert!(derived.steps[0].to_string().contains("correlation = 0.5"));
        assert_eq!(example().reporting("icc").assumptions().count(), 1);
    }

    #[test]
    fn the_table_names_study_sources_reference_and_assumption() {
        let mut provenance = Provenance::new();
        provenance.add("Carlson 1999", &example());
        provenance.add("Schmidt 2001", &example());
        let text = provenance.to_string();
        for part in
            ["Carlson 1999", "sd before = 4.1", "Cochrane Handbook 6.5.2.8", "assumed correlation 0.5"]
        {
            assert!(text.contains(part), "{part} missing in\n{text}");
        }
        let assumptions = provenance.assumptions();
        assert_eq!(assumptions.len(), 1);
        assert_eq!(assumptions[0].1, ["Carlson 1999", "Schmidt 2001"]);
        let effects = EffectSizes::new(Measure::MeanDifference, ["Carlson 1999"], [1.0], [1.0]).unwrap();
        assert_eq!(
            provenance.annotate(effects).notes(),
            ["assumed correlation 0.5 (Carlson 1999, Schmidt 2001)"]
        );
    }

    #[test]
    fn the_record_survives_json() {
        let derived = example();
        let text = serde_json::to_string(&derived).unwrap();
        assert_eq!(serde_json::from_str::<Derived<f64>>(&text).unwrap(), derived);
        assert!(text.contains("\"assumptions\":[{\"name\":\"correlation\",\"value\":0.5}]"), "{text}");
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.5, "0.5"),
            (1234567.0, "1234567"),
            (3.0, "3"),
            (0.00001234, "0.00001234"),
            (1e-30, "1.0000e-30"),
        ] {
            assert_eq!(short(value), text);
        }
    }
}
