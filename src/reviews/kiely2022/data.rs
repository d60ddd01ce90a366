//! The facts of the review: studies, reported effects, GRADE table, costs.

use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Error, Measure, Result,
    stat::{Tail, normal},
    table::Table,
};

/// The design of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TrialDesign {
    /// Randomised controlled trial.
    Rct,
    /// Controlled before-after study.
    Cba,
}

/// The sign of an effect that is good for patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BeneficialSign {
    /// Larger is better.
    Positive,
    /// Smaller is better.
    Negative,
}

/// One of the eight studies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewedStudy {
    /// The label.
    pub study: String,
    /// The design.
    pub design: TrialDesign,
    /// The country.
    pub country: String,
    /// The number of participants, as the review counts them.
    pub participants: u32,
    /// The risk of bias, by the EPOC tool.
    pub risk_of_bias: String,
    /// True if the study was read in the review's Table 1 (else it was inferred from the sums of participants).
    pub in_table: bool,
    /// The report.
    pub reference: String,
}

/// An effect as a trial reports it, intervention minus comparator (ratios: over).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedEffect {
    /// The study.
    pub study: String,
    /// The outcome.
    pub outcome: String,
    /// The domain of the review.
    pub domain: String,
    /// The instrument.
    pub instrument: String,
    /// Months of follow-up.
    pub followup_months: Option<f64>,
    /// The sign that is good for patients.
    pub favours: BeneficialSign,
    /// `MD`, `OR`, `IRR`, `RELATIVE` (a relative change), `COST_RATIO`, or `DIRECTION` (no number reported).
    pub measure: String,
    /// The estimate as published.
    pub estimate: Option<f64>,
    /// Its lower 95 % limit.
    pub ci_lower: Option<f64>,
    /// Its upper 95 % limit.
    pub ci_upper: Option<f64>,
    /// The P value as published, `0.008` or `<0.01`.
    pub p_value: Option<String>,
    /// The size of the intervention group.
    pub n_intervention: Option<f64>,
    /// The size of the comparator group.
    pub n_comparator: Option<f64>,
    /// Remarks.
    pub note: String,
}

impl ReportedEffect {
    /// A mean difference with its 95 % interval, on the HADS anxiety scale unless another instrument is set.
    pub fn interval(
        study: &str,
        outcome: &str,
        domain: &str,
        favours: BeneficialSign,
        estimate: f64,
        ci_lower: f64,
        ci_upper: f64,
    ) -> Self {
        ReportedEffect {
            study: study.to_owned(),
            outcome: outcome.to_owned(),
            domain: domain.to_owned(),
            instrument: "HADS-A".to_owned(),
            followup_months: None,
            favours,
            measure: "MD".to_owned(),
            estimate: Some(estimate),
            ci_lower: Some(ci_lower),
            ci_upper: Some(ci_upper),
            p_value: None,
            n_intervention: None,
            n_comparator: None,
            note: String::new(),
        }
    }

    /// The same on another instrument.
    #[must_use]
    pub fn instrument(mut self, instrument: &str) -> Self {
        self.instrument = instrument.to_owned();
        self
    }

    /// True if the measure is a ratio, to be read on the log scale.
    pub fn is_ratio(&self) -> bool {
        matches!(self.measure.as_str(), "OR" | "IRR" | "COST_RATIO")
    }

    /// The estimate on an additive scale (ratios as logs, a relative change p as log(1 + p)); 0 is no effect.
    pub fn additive(&self) -> Option<f64> {
        let estimate = self.estimate?;
        match self.measure.as_str() {
            _ if self.is_ratio() => (estimate > 0.0).then(|| estimate.ln()),
            "RELATIVE" => (estimate > -1.0).then(|| estimate.ln_1p()),
            _ => Some(estimate),
        }
    }

    /// The standard error on the additive scale, from the width of the 95 % interval, or from an exact P value.
    pub fn standard_error(&self) -> Option<f64> {
        let log = |x: f64| if self.is_ratio() { x.ln() } else { x };
        let z = normal::quantile(Tail::Upper(0.025));
        match (self.ci_lower, self.ci_upper) {
            (Some(lower), Some(upper)) => Some((log(upper) - log(lower)) / (2.0 * z)),
            _ => Some(self.additive()?.abs() / normal::quantile(Tail::Upper(0.5 * self.exact_p_value()?))),
        }
    }

    /// The P value, if an exact one was published.
    pub fn exact_p_value(&self) -> Option<f64> {
        self.p_value.as_deref()?.parse().ok().filter(|p| *p > 0.0 && *p < 1.0)
    }

    /// Estimate over standard error, positive if it favours the intervention.
    pub fn z(&self) -> Option<f64> {
        let z = self.additive()? / self.standard_error()?;
        Some(match self.favours {
            BeneficialSign::Positive => z,
            BeneficialSign::Negative => -z,
        })
    }

    /// The standardised mean difference z √(1/n1 + 1/n2), positive if it favours the intervention; for mean differences
    /// whose group sizes were reported. (For adjusted differences it is larger than the unadjusted one.)
    pub fn standardized(&self) -> Option<f64> {
        (self.measure == "MD").then_some(())?;
        Some(self.z()? * (1.0 / self.n_intervention? + 1.0 / self.n_comparator?).sqrt())
    }
}

/// A row of the review's summary of findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradeRow {
    /// The outcome domain.
    pub outcome: String,
    /// Randomised trials.
    pub rct_studies: u32,
    /// Their participants.
    pub rct_participants: u32,
    /// Controlled before-after studies.
    pub cba_studies: u32,
    /// Their participants.
    pub cba_participants: u32,
    /// The certainty of the evidence.
    pub certainty: String,
    /// The conclusion.
    pub conclusion: String,
}

/// A cost or cost-effectiveness figure as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// The place of publication.
    pub source: String,
    /// Its description.
    pub quantity: String,
    /// The intervention's value, or the only one.
    pub intervention: Option<f64>,
    /// The comparator's value.
    pub comparator: Option<f64>,
    /// The unit.
    pub unit: String,
    /// The horizon in months.
    pub horizon_months: Option<f64>,
    /// The P value as published.
    pub p_value: Option<String>,
    /// Remarks.
    pub note: String,
}

/// The review's data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kiely2022 {
    /// The eight studies.
    pub studies: Vec<ReviewedStudy>,
    /// The effects they report.
    pub effects: Vec<ReportedEffect>,
    /// The summary of findings.
    pub grade: Vec<GradeRow>,
    /// Costs of the trials, of later studies of the same programmes and of social prescribing at large.
    pub costs: Vec<Cost>,
}

/// One column of a table as text, empty where missing.
struct Texts(Vec<Option<String>>);

impl Texts {
    fn of(table: &Table, name: &str) -> Result<Self> {
        table.texts(name).map(Texts)
    }

    fn at(&self, row: usize) -> String {
        self.option(row).unwrap_or_default()
    }

    fn option(&self, row: usize) -> Option<String> {
        self.0.get(row).cloned().flatten()
    }
}

fn whole(value: f64) -> u32 {
    value as u32
}

impl Kiely2022 {
    /// The data as they ship.
    ///
    /// # Errors
    ///
    /// None for the data as they ship.
    pub fn load() -> Result<Self> {
        Ok(Kiely2022 { studies: studies()?, effects: effects()?, grade: grade()?, costs: costs()? })
    }

    /// The same with one more reported effect.
    #[must_use]
    pub fn with(mut self, effect: ReportedEffect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The participants of all studies.
    pub fn participants(&self) -> u32 {
        self.studies.iter().map(|s| s.participants).sum()
    }

    /// The mean differences on one instrument that were reported with an interval.
    ///
    /// # Errors
    ///
    /// If there is none; or an interval is no interval.
    pub fn pooled_outcome(&self, instrument: &str) -> Result<EffectSizes> {
        let chosen: Vec<&ReportedEffect> = self
            .effects
            .iter()
            .filter(|e| {
                e.instrument == instrument
                    && e.measure == "MD"
                    && e.ci_lower.is_some()
                    && e.ci_upper.is_some()
            })
            .collect();
        if chosen.is_empty() {
            let mut known: Vec<&str> = self.effects.iter().map(|e| e.instrument.as_str()).collect();
            known.sort_unstable();
            known.dedup();
            return Err(Error::unknown("instrument with an interval", instrument, known));
        }
        let pair = |e: &&ReportedEffect| Some((e.estimate?, e.standard_error()?));
        let (yi, sei): (Vec<f64>, Vec<f64>) = chosen.iter().filter_map(pair).unzip();
        let labels = chosen.iter().map(|e| e.study.clone());
        EffectSizes::from_standard_errors(Measure::MeanDifference, labels, yi, sei)
    }
}

fn studies() -> Result<Vec<ReviewedStudy>> {
    let table = Table::read(include_bytes!("studies.csv").as_slice(), "kiely2022/studies.csv")?;
    let [study, design, country, bias, in_table, reference] =
        ["study", "design", "country", "risk_of_bias", "in_table", "reference"]
            .map(|name| Texts::of(&table, name));
    let (study, design, country, bias, in_table, reference) =
        (study?, design?, country?, bias?, in_table?, reference?);
    let participants = table.complete_numbers("participants")?;
    Ok(participants
        .iter()
        .enumerate()
        .map(|(row, n)| ReviewedStudy {
            study: study.at(row),
            design: if design.at(row) == "RCT" { TrialDesign::Rct } else { TrialDesign::Cba },
            country: country.at(row),
            participants: whole(*n),
            risk_of_bias: bias.at(row),
            in_table: in_table.at(row) == "yes",
            reference: reference.at(row),
        })
        .collect())
}

fn effects() -> Result<Vec<ReportedEffect>> {
    let table = Table::read(include_bytes!("effects.csv").as_slice(), "kiely2022/effects.csv")?;
    let [study, outcome, domain, instrument, favours, measure, p_value, note] =
        ["study", "outcome", "domain", "instrument", "favours", "measure", "p_value", "note"]
            .map(|name| Texts::of(&table, name));
    let (study, outcome, domain, instrument) = (study?, outcome?, domain?, instrument?);
    let (favours, measure, p_value, note) = (favours?, measure?, p_value?, note?);
    let [months, estimate, lower, upper, n1, n2] =
        ["followup_months", "estimate", "ci_lower", "ci_upper", "n_intervention", "n_comparator"]
            .map(|name| table.numbers(name));
    let (months, estimate, lower, upper, n1, n2) = (months?, estimate?, lower?, upper?, n1?, n2?);
    Ok((0..table.len())
        .map(|row| ReportedEffect {
            study: study.at(row),
            outcome: outcome.at(row),
            domain: domain.at(row),
            instrument: instrument.at(row),
            followup_months: months[row],
            favours: if favours.at(row) == "negative" {
                BeneficialSign::Negative
            } else {
                BeneficialSign::Positive
            },
            measure: measure.at(row),
            estimate: estimate[row],
            ci_lower: lower[row],
            ci_upper: upper[row],
            p_value: p_value.option(row),
            n_intervention: n1[row],
            n_comparator: n2[row],
            note: note.at(row),
        })
        .collect())
}

fn grade() -> Result<Vec<GradeRow>> {
    let table = Table::read(include_bytes!("grade.csv").as_slice(), "kiely2022/grade.csv")?;
    let [outcome, certainty, conclusion] =
        ["outcome", "certainty", "conclusion"].map(|name| Texts::of(&table, name));
    let (outcome, certainty, conclusion) = (outcome?, certainty?, conclusion?);
    let [rct, rct_n, cba, cba_n] = ["rct_studies", "rct_participants", "cba_studies", "cba_participants"]
        .map(|name| table.complete_numbers(name));
    let (rct, rct_n, cba, cba_n) = (rct?, rct_n?, cba?, cba_n?);
    Ok((0..table.len())
        .map(|row| GradeRow {
            outcome: outcome.at(row),
            rct_studies: whole(rct[row]),
            rct_participants: whole(rct_n[row]),
            cba_studies: whole(cba[row]),
            cba_participants: whole(cba_n[row]),
            certainty: certainty.at(row),
            conclusion: conclusion.at(row),
        })
        .collect())
}

fn costs() -> Result<Vec<Cost>> {
    let table = Table::read(include_bytes!("costs.csv").as_slice(), "kiely2022/costs.csv")?;
    let [source, quantity, unit, p_value, note] =
        ["source", "quantity", "unit", "p_value", "note"].map(|name| Texts::of(&table, name));
    let (source, quantity, unit, p_value, note) = (source?, quantity?, unit?, p_value?, note?);
    let [intervention, comparator, months] =
        ["intervention", "comparator", "horizon_months"].map(|name| table.numbers(name));
    let (intervention, comparator, months) = (intervention?, comparator?, months?);
    Ok((0..table.len())
        .map(|row| Cost {
            source: source.at(row),
            quantity: quantity.at(row),
            intervention: intervention[row],
            comparator: comparator[row],
            unit: unit.at(row),
            horizon_months: months[row],
            p_value: p_value.option(row),
            note: note.at(row),
        })
        .collect())
}
