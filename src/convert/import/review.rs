//! The data that the readers of other programs' files return: the rows of a review with their comparison and outcome.

use serde::Serialize;

use super::super::baseline_risk::WithInterval;
#[cfg(any(feature = "csv", feature = "revman"))]
use super::super::record::Derived;
use super::super::record::{Provenance, Step};
use crate::{
    Measure,
    effect::{Correlation, Effect, PersonTime, TwoByTwo, TwoMeans},
    linear::Inference,
    tau2::Tau2,
};

/// The numbers of one row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RowData {
    /// Dichotomous outcome.
    Counts(TwoByTwo),
    /// Continuous outcome.
    Means(TwoMeans),
    /// Events in person-times.
    Rates(PersonTime),
    /// A correlation of n people.
    Correlation(Correlation),
    /// Generic inverse variance: estimate and squared standard error.
    Generic(Effect),
    /// O - E and V as log hazard ratio (or Peto log odds ratio) with its variance.
    OMinusE(Effect),
}

impl RowData {
    /// The numbers under the names of the roles of a table (`ai n1i ci n2i`, `m1i ...`, `yi vi`), as analyses take them.
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        match self {
            RowData::Counts(t) => {
                vec![("ai", t.ai()), ("n1i", t.n1i()), ("ci", t.ci()), ("n2i", t.n2i())]
            }
            RowData::Means(m) => vec![
                ("m1i", m.m1i()),
                ("sd1i", m.sd1i()),
                ("n1i", m.n1i()),
                ("m2i", m.m2i()),
                ("sd2i", m.sd2i()),
                ("n2i", m.n2i()),
            ],
            RowData::Rates(r) => {
                vec![("x1i", r.x1i()), ("t1i", r.t1i()), ("x2i", r.x2i()), ("t2i", r.t2i())]
            }
            RowData::Correlation(c) => vec![("ri", c.ri()), ("ni", c.ni())],
            RowData::Generic(e) | RowData::OMinusE(e) => vec![("yi", e.yi), ("vi", e.vi)],
        }
    }

    /// The kind of data in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            RowData::Counts(_) => "counts",
            RowData::Means(_) => "means",
            RowData::Rates(_) => "rates",
            RowData::Correlation(_) => "correlation",
            RowData::Generic(_) => "generic",
            RowData::OMinusE(_) => "o-minus-e",
        }
    }
}

/// One data row of a review.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReviewRow {
    /// The number and name of the comparison, as `1 BCG versus none`.
    pub comparison: String,
    /// The number and name of the outcome.
    pub outcome: String,
    /// The name of the subgroup, if there are subgroups.
    pub subgroup: Option<String>,
    /// The name of the study.
    pub study: String,
    /// The year of the study, if it is given.
    pub year: Option<i32>,
    /// The effect measure of the outcome as the file names it (`RR`, `PETO_OR`, `Mean Difference`, ...).
    pub effect_measure: Option<String>,
    /// The method of the outcome (`MH`, `IV`, `PETO`, ...).
    pub method: Option<String>,
    /// True if the review used a random-effects model.
    pub random: Option<bool>,
    /// The numbers.
    pub data: RowData,
    /// The way the numbers were derived, where the file does not hold them as they are analysed (a variance from an interval, a
    /// log hazard ratio from O - E and V); empty where they were taken over as they stand.
    pub steps: Vec<Step>,
}

/// The settings of an analysis as a file states them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AnalysisSettings {
    /// The comparison, as in the rows.
    pub comparison: String,
    /// The outcome, as in the rows.
    pub outcome: String,
    /// The effect measure as the file names it.
    pub measure: Option<String>,
    /// The method (`MH`, `IV`, `PETO`, ...).
    pub method: Option<String>,
    /// True for a random-effects model.
    pub random: Option<bool>,
    /// The model as the file names it, where it is neither random nor fixed.
    pub other_model: Option<String>,
    /// The confidence level of the pooled estimate in per cent.
    pub level: Option<f64>,
    /// The estimator of tau² as the file names it; DerSimonian and Laird's where it names none.
    pub tau2_method: Option<String>,
    /// The method of the confidence interval as the file names it.
    pub ci_method: Option<String>,
    /// True if events and non-events were exchanged.
    pub swapped: bool,
}

impl AnalysisSettings {
    /// The options of `pool` that repeat the analysis; `None` if the measure or the model is not known.
    pub fn options(&self) -> Option<Vec<String>> {
        if self.other_model.is_some() {
            return None;
        }
        let measure = measure_named(self.measure.as_deref()?)?;
        let method = letters(self.method.as_deref().unwrap_or_default());
        let counts = measure.data_kind() == crate::effect::DataKind::TwoByTwo;
        let inverse = method.starts_with("iv") || method.contains("inverse");
        let random = self.random == Some(true);
        let mut options: Vec<String> = vec!["--measure".into(), measure.code().into()];
        let mut add = |option: &str, value: &str| options.extend([option.to_owned(), value.to_owned()]);
        match (counts, random) {
            (true, _) if measure == Measure::PetoOddsRatio => add("--model", "peto"),
            (true, false) if !inverse => add("--model", "mh"),
            (_, false) => add("--model", "fixed"),
            (_, true) => add("--model", "random"),
        }
        if random && measure != Measure::PetoOddsRatio {
            if let Some(estimator) = self.estimator() {
                add("--method", estimator.code());
            }
            if counts && inverse {
                add("--q-about", "iv");
            }
            if let Some(inference) = self.inference().filter(|inference| *inference != Inference::Wald) {
                add("--inference", inference.code());
            }
        }
        if counts || measure == Measure::StandardizedMeanDifference {
            add("--zero-cells", "revman");
        }
        if let Some(level) = self.level {
            add("--level", &level.to_string());
        }
        Some(options)
    }

    /// The estimator of tau²; `None` for a name that is not known.
    fn estimator(&self) -> Option<Tau2> {
        let Some(text) = self.tau2_method.as_deref() else { return Some(Tau2::Dl) };
        match letters(text) {
            name if name.contains("reml") || name.contains("restricted") => Some(Tau2::Reml),
            name if name.is_empty() || name.contains("dersimonian") => Some(Tau2::Dl),
            _ => text.parse().ok(),
        }
    }

    /// The inference; `None` for a name that is not known.
    fn inference(&self) -> Option<Inference> {
        let Some(text) = self.ci_method.as_deref() else { return Some(Inference::Wald) };
        match letters(text) {
            name if name.is_empty() || name == "waldtype" => Some(Inference::Wald),
            name if name == "hksj" || name.contains("hartung") && !name.contains("modified") => {
                Some(Inference::HartungKnapp)
            }
            _ => text.parse().ok(),
        }
    }

    /// Notes on methods that the file names and that are not known.
    #[cfg(feature = "csv")]
    pub(super) fn unsupported(&self) -> Vec<String> {
        let not_known = |known: bool, what: &str, name: &Option<String>, option: &str| {
            let name = name.as_deref().filter(|_| !known)?;
            let analysis = [self.comparison.as_str(), &self.outcome].join(", ");
            Some(format!("{analysis}: the {what} `{name}` is not known; choose one with {option}"))
        };
        let estimator =
            not_known(self.estimator().is_some(), "estimator of tau²", &self.tau2_method, "--method");
        let inference =
            not_known(self.inference().is_some(), "method of the interval", &self.ci_method, "--inference");
        let model = not_known(self.other_model.is_none(), "model", &self.other_model, "--model");
        model.into_iter().chain(estimator).chain(inference).collect()
    }
}

/// True for a random-effects model, false for a fixed or common effect; `None` for a name that is not known.
#[cfg(feature = "csv")]
pub(super) fn is_random(model: &str) -> Option<bool> {
    match letters(model) {
        name if name.starts_with("random") => Some(true),
        name if name.starts_with("fixed") || name.starts_with("common") => Some(false),
        _ => None,
    }
}

/// The letters and digits of a name in lower case.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True if the name of a measure says that it is one of the events that did not happen.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn is_of_non_events(measure: &str) -> bool {
    letters(measure).ends_with("nonevent")
}

/// Exchanges events and non-events, as the switch of a program says; other data have none.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn exchanged(numbers: Numbers) -> Numbers {
    let derived = numbers?;
    let RowData::Counts(t) = derived.value else { return Ok(derived) };
    let turned = TwoByTwo::new(t.bi(), t.ai(), t.di(), t.ci())?;
    let step = Step::new("non-events counted as events", "total - events", "the switch of the file")
        .from_all(&[("events, group 1", t.ai()), ("events, group 2", t.ci())])
        .result("ai", turned.ai())
        .result("ci", turned.ci());
    derived.then(|_| Ok(step.gives(RowData::Counts(turned))))
}

#[cfg(feature = "csv")]
const REVMAN: &str = "Review Manager 5.4 (2020), The Cochrane Collaboration";

/// Counts as a file holds them, with events and non-events exchanged if its switch says so.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn counts([a, n1, c, n2]: [f64; 4], swap: bool) -> Numbers {
    let made = reported(TwoByTwo::from_totals(a, n1, c, n2).map(RowData::Counts));
    if swap { exchanged(made) } else { made }
}

/// Means as a file holds them. As in Review Manager, an arm without any variation has no estimable effect.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn means([m1, s1, n1, m2, s2, n2]: [f64; 6]) -> Numbers {
    for (column, sd) in [("sd1i", s1), ("sd2i", s2)] {
        if sd == 0.0 {
            return Err(crate::Error::data("standard deviation is 0", "the effect is not estimable")
                .in_column(column));
        }
    }
    reported(TwoMeans::new(m1, s1, n1, m2, s2, n2).map(RowData::Means))
}

/// A ratio with the standard error of its logarithm.
#[cfg(feature = "csv")]
pub(super) fn logarithm(ratio: f64, se: f64) -> crate::Result<Derived<Effect>> {
    let effect = super::super::check::effect(
        super::super::check::positive("ratio", ratio)?.ln(),
        super::super::check::positive("standard error", se)?,
    )?;
    Ok(Step::new("log ratio from a ratio", "ln ratio; the standard error is that of the logarithm", REVMAN)
        .from_all(&[("ratio", ratio), ("standard error", se)])
        .result("yi", effect.yi)
        .result("sei", se)
        .gives(effect))
}

/// The numbers of a row with their derivation, or why they are impossible.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) type Numbers = crate::Result<Derived<RowData>>;

/// Numbers as the file holds them.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn reported(data: crate::Result<RowData>) -> Numbers {
    data.map(Derived::reported)
}

impl ReviewRow {
    /// The effect measure as this crate names it, if it is known.
    pub fn measure(&self) -> Option<Measure> {
        measure_named(self.effect_measure.as_deref()?)
    }
}

/// The measure that other programs call so.
fn measure_named(name: &str) -> Option<Measure> {
    Some(match letters(name).as_str() {
        "rr" | "riskratio" | "riskrationonevent" => Measure::RiskRatio,
        "or" | "oddsratio" | "oddsrationonevent" => Measure::OddsRatio,
        "rd" | "riskdifference" | "riskdifferencenonevent" => Measure::RiskDifference,
        "petoor" | "peto" | "petooddsratio" | "petooddsrationonevent" => Measure::PetoOddsRatio,
        "md" | "meandifference" => Measure::MeanDifference,
        "smd" | "stdmeandifference" | "standardizedmeandifference" | "standardisedmeandifference" => {
            Measure::StandardizedMeanDifference
        }
        "hr" | "hazardratio" => Measure::HazardRatio,
        "irr" | "rateratio" => Measure::RateRatio,
        // Codes and names of this crate.
        _ => return name.parse().ok(),
    })
}

/// An estimate that the file itself holds, to compare a new analysis with.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PublishedEstimate {
    /// The comparison, as in the rows.
    pub comparison: String,
    /// The outcome, as in the rows.
    pub outcome: String,
    /// The subgroup; `None` for all studies.
    pub subgroup: Option<String>,
    /// The estimate and its interval as people read it (ratios as ratios).
    pub effect: WithInterval,
    /// Between-study variance, if given.
    pub tau2: Option<f64>,
    /// Cochran's Q, if given.
    pub q: Option<f64>,
}

/// The data of a review.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ImportedReview {
    /// The rows in the order of the file.
    pub rows: Vec<ReviewRow>,
    /// The pooled estimates that the file holds.
    pub published: Vec<PublishedEstimate>,
    /// The settings of the analyses, as far as the file states them.
    pub settings: Vec<AnalysisSettings>,
    /// Rows that were left out, and why.
    pub notes: Vec<String>,
}

impl ImportedReview {
    /// The rows of one analysis, by the number or the beginning of the title of its comparison and its outcome (case does
    /// not matter); `None` takes all.
    #[must_use]
    pub fn select(&self, comparison: Option<&str>, outcome: Option<&str>) -> ImportedReview {
        let chosen = |title: &str, wanted: Option<&str>| {
            wanted.is_none_or(|wanted| {
                let (title, wanted) = (title.to_lowercase(), wanted.trim().to_lowercase());
                let (number, name) = title.split_once(' ').unwrap_or((&title, &title));
                number == wanted || name.starts_with(&wanted) || title == wanted
            })
        };
        let both = |c: &str, o: &str| chosen(c, comparison) && chosen(o, outcome);
        ImportedReview {
            rows: self.rows.iter().filter(|row| both(&row.comparison, &row.outcome)).cloned().collect(),
            published: self
                .published
                .iter()
                .filter(|estimate| both(&estimate.comparison, &estimate.outcome))
                .cloned()
                .collect(),
            settings: self
                .settings
                .iter()
                .filter(|analysis| both(&analysis.comparison, &analysis.outcome))
                .cloned()
                .collect(),
            notes: self.notes.clone(),
        }
    }

    /// The derivations of all rows, each with its study.
    pub fn provenance(&self) -> Provenance {
        let mut provenance = Provenance::new();
        for row in &self.rows {
            for step in &row.steps {
                provenance.add(&row.study, &step.clone().gives(()));
            }
        }
        provenance
    }

    /// The comparisons with their outcomes and the number of rows of each, in the order of the file.
    pub fn analyses(&self) -> Vec<(&str, &str, usize)> {
        let mut found: Vec<(&str, &str, usize)> = Vec::new();
        for row in &self.rows {
            match found.iter_mut().find(|(c, o, _)| *c == row.comparison && *o == row.outcome) {
                Some((_, _, count)) => *count += 1,
                None => found.push((&row.comparison, &row.outcome, 1)),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn row(comparison: &str, outcome: &str, measure: &str) -> ReviewRow {
        ReviewRow {
            comparison: comparison.into(),
            outcome: outcome.into(),
            subgroup: None,
            study: "A".into(),
            year: None,
            effect_measure: Some(measure.into()),
            method: None,
            random: None,
            data: RowData::Generic(Effect { yi: 1.0, vi: 0.5 }),
            steps: vec![Step::new("effect", "as given", "definition").assuming("correlation", 0.5)],
        }
    }

    #[test]
    fn analyses_are_chosen_by_number_or_name() {
        let rows = vec![
            row("1 Drug", "2 Death", "RR"),
            row("1 Drug", "12 Pain", "MD"),
            row("11 Diet", "2 Death", "RR"),
        ];
        let review = ImportedReview { rows, ..ImportedReview::default() };
        assert_eq!(review.select(Some("1"), Some("2")).rows.len(), 1);
        assert_eq!(review.select(Some("drug"), None).rows.len(), 2);
        assert_eq!(review.select(None, Some("death")).rows.len(), 2);
        assert_eq!(
            review.analyses(),
            [("1 Drug", "2 Death", 1), ("1 Drug", "12 Pain", 1), ("11 Diet", "2 Death", 1)]
        );
    }

    #[test]
    fn the_record_names_studies_and_assumptions() {
        let review =
            ImportedReview { rows: vec![row("1 Drug", "2 Death", "RR")], ..ImportedReview::default() };
        let assumptions = review.provenance().assumptions();
        assert_eq!(assumptions.len(), 1);
        assert_eq!((assumptions[0].0.value, assumptions[0].1.as_slice()), (Some(0.5), &["A".to_owned()][..]));
    }

    #[test]
    fn names_of_measures_are_understood() {
        for (name, code) in [
            ("PETO_OR", "PETO"),
            ("Std. Mean Difference", "SMD"),
            ("Risk Ratio", "RR"),
            ("Hazard Ratio", "HR"),
            ("Mean Difference", "MD"),
        ] {
            assert_eq!(row("1", "1", name).measure().unwrap().code(), code);
        }
        assert_eq!(row("1", "1", "Something").measure(), None);
    }
}
