//! The spreadsheet of Comprehensive Meta-Analysis, saved as CSV.
//!
//! The program names the columns of data after the groups, which the user chooses, and a word for what they hold: `Vaccinated
//! Events`, `Vaccinated Total N`, `Control Events`, `Control Total N`; `Treated Mean`, `Treated Std-Dev`, `Treated Sample size`,
//! ...; `Correlation` with `Sample size`. The group that stands first is the intervention. Beside them stand the effects that
//! the program computed, each with its `Std Err` in a column after it; they serve rows without raw data. Ratios are taken by
//! their logarithms (`Log odds ratio` and the like). Several columns may bear the name `Std Err`: each belongs to the effect before it.
//! Last come effects that were entered with their confidence limits: `Odds ratio` (or another ratio, difference or correlation), `Lower
//! limit`, `Upper limit` and `Confidence level` (0.95 where there is none).
//!
//! `Study name` (or `Study`), `Subgroup within study`, `Comparison`, `Outcome` and `Time point` say where a row belongs; the program
//! writes `Blank` where nothing was entered. `Effect direction` turns a row round where the effect of its numbers has the other sign:
//! the groups of means are exchanged, a correlation changes its sign; `Auto` leaves it to the numbers. Computed effects bear
//! their sign already: a row that contradicts its direction is left out.
//!
//! ```
//! use consilience::convert::import::cma;
//!
//! let text = "Study name,Treated Mean,Treated Std-Dev,Treated Sample size,Control Mean,Control Std-Dev,Control Sample size,Hedges's g,Std Err\n\
//!             Carroll,94,22,60,92,20,60,0.094,0.18\nGrant,,,,,,,0.28,0.15\n";
//! let review = cma::read(text)?;
//! assert_eq!(review.rows[0].data.kind(), "means");
//! assert_eq!(review.rows[1].data.values(), [("yi", 0.28), ("vi", 0.0225)]);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Borenstein M, Hedges L, Higgins J, Rothstein H (2013). Comprehensive Meta-Analysis Version 3. Biostat, Englewood.
//! - Spreadsheets of the program that authors have published, which show these names: Hagger MS, et al. (2016). A multilab
//!   preregistered replication of the ego-depletion effect. doi:10.1177/1745691616652873 (means: `Ego Depletion Mean`, `Ego
//!   Depletion Std-Dev`, `Ego Depletion Sample size`, ..., `Std diff in means`, `Std Err`, `Hedges's g`, `Std Err`); Greitemeyer T, Mügge
//!   DO (2014). Video games do affect social outcomes. doi:10.1177/0146167213520459 (`Correlation`, `Std Err`, `Fisher's Z`, `Std Err`).

use super::super::{
    check,
    record::{Derived, Step},
    standard_error::{ReportedInterval, ReportedScale},
};
use super::review::{ImportedReview, Numbers, ReviewRow, RowData, means, reported};
use super::sheet::{Sheet, plain};
use crate::{
    Error, Level, Result,
    effect::{Correlation, PersonTime, TwoByTwo, TwoMeans},
};

/// The effects that the program computes: plain name, and the name of the measure.
const EFFECTS: [(&str, &str); 13] = [
    ("hedgessg", "SMD"),
    ("hedgesg", "SMD"),
    ("stddiffinmeans", "SMD"),
    ("differenceinmeans", "MD"),
    ("logoddsratio", "OR"),
    ("logriskratio", "RR"),
    ("lograteratio", "IRR"),
    ("loghazardratio", "HR"),
    ("riskdifference", "RD"),
    ("fishersz", "ZCOR"),
    ("logiteventrate", "PLO"),
    ("logit", "PLO"),
    ("effectsize", "GEN"),
];

/// Effects that are entered with their confidence limits: plain name, name of the measure, and scale of the limits.
const LIMITED: [(&str, &str, ReportedScale); 10] = [
    ("oddsratio", "OR", ReportedScale::Ratio),
    ("riskratio", "RR", ReportedScale::Ratio),
    ("rateratio", "IRR", ReportedScale::Ratio),
    ("hazardratio", "HR", ReportedScale::Ratio),
    ("riskdifference", "RD", ReportedScale::Identity),
    ("differenceinmeans", "MD", ReportedScale::Identity),
    ("stddiffinmeans", "SMD", ReportedScale::Identity),
    ("hedgessg", "SMD", ReportedScale::Identity),
    ("correlation", "ZCOR", ReportedScale::Correlation),
    ("fishersz", "ZCOR", ReportedScale::Identity),
];

/// The sign that the column `Effect direction` gives the effect of a row; `None` where it leaves it to the numbers.
fn direction(sheet: &Sheet, row: usize) -> Result<Option<f64>> {
    let column = sheet.find(&["effectdirection", "direction", "directionofeffect"]);
    match sheet.text(row, column).map(plain).as_deref() {
        None | Some("" | "auto" | "blank") => Ok(None),
        Some("positive") => Ok(Some(1.0)),
        Some("negative") => Ok(Some(-1.0)),
        Some(other) => Err(Error::data(format!("`{other}`"), "Auto, Positive or Negative is needed")
            .in_column("Effect direction")
            .in_row(row + 1)),
    }
}

/// A number with the sign of the effect of a row.
fn signed(data: &RowData) -> f64 {
    match data {
        RowData::Counts(t) => t.ai() * (t.ci() + t.di()) - t.ci() * (t.ai() + t.bi()),
        RowData::Rates(r) => r.x1i() * r.t2i() - r.x2i() * r.t1i(),
        RowData::Means(m) => m.m1i() - m.m2i(),
        RowData::Correlation(r) => r.ri(),
        RowData::Generic(e) | RowData::OMinusE(e) => e.yi,
    }
}

/// True if events have an effect of the other sign than a direction says.
fn contradicts(data: &RowData, direction: f64) -> bool {
    matches!(data, RowData::Counts(_) | RowData::Rates(_)) && signed(data) * direction < 0.0
}

/// True for columns, by their plain names, of what the program computes.
fn is_result(name: &str) -> bool {
    const RESULTS: [&str; 16] = [
        "stderr",
        "standarderror",
        "se",
        "variance",
        "lowerlimit",
        "upperlimit",
        "zvalue",
        "pvalue",
        "weight",
        "oddsratio",
        "riskratio",
        "rateratio",
        "hazardratio",
        "correlation",
        "eventrate",
        "confidencelevel",
    ];
    RESULTS.contains(&name)
        || EFFECTS.iter().any(|(known, _)| *known == name)
        || LIMITED.iter().any(|(known, ..)| *known == name)
}

/// The numbers of a row with the sign that its direction gives the effect.
fn turned(derived: Derived<RowData>, direction: Option<f64>) -> Numbers {
    let Some(direction) = direction else { return Ok(derived) };
    // Events say themselves which group has more of them.
    if matches!(derived.value, RowData::Counts(_) | RowData::Rates(_)) {
        return Ok(derived);
    }
    let effect = signed(&derived.value);
    if effect == 0.0 || effect.signum() == direction {
        return Ok(derived);
    }
    let step = Step::new("effect turned round", "the other sign", "the effect direction of the file");
    match derived.value {
        RowData::Means(m) => {
            let value = TwoMeans::new(m.m2i(), m.sd2i(), m.n2i(), m.m1i(), m.sd1i(), m.n1i())?;
            derived.then(|_| {
                Ok(step.from("difference", effect).result("difference", -effect).gives(RowData::Means(value)))
            })
        }
        RowData::Correlation(r) => {
            let value = Correlation::new(-r.ri(), r.ni())?;
            derived
                .then(|_| Ok(step.from("r", effect).result("r", -effect).gives(RowData::Correlation(value))))
        }
        _ => Err(Error::data(
            format!("the effect {effect} has another sign than its effect direction"),
            "correct one of them in the spreadsheet",
        )),
    }
}

/// Two columns of the same ending, of the group that stands first and of the other.
fn pair(sheet: &Sheet, endings: &[&str]) -> Option<[(usize, String); 2]> {
    let found: Vec<(usize, String)> = sheet
        .header()
        .iter()
        .enumerate()
        .filter_map(|(i, name)| {
            let name = plain(name);
            let group = endings.iter().find_map(|ending| name.strip_suffix(ending))?;
            (!group.is_empty()).then(|| (i, group.to_owned()))
        })
        .collect();
    match found.as_slice() {
        [one, two] => Some([one.clone(), two.clone()]),
        _ => None,
    }
}

/// The columns of raw data, as far as there are any.
#[derive(Default)]
struct Raw {
    counts: Option<[Option<usize>; 4]>,
    means: Option<[Option<usize>; 6]>,
    rates: Option<[Option<usize>; 4]>,
    correlation: Option<[Option<usize>; 2]>,
}

impl Raw {
    fn of(sheet: &Sheet) -> Self {
        let totals = pair(sheet, &["totaln", "samplesize", "total"]);
        let four = |a: &[(usize, String); 2], b: &[(usize, String); 2]| {
            [Some(a[0].0), Some(b[0].0), Some(a[1].0), Some(b[1].0)]
        };
        let mut raw = Raw::default();
        if let (Some(events), Some(totals)) = (pair(sheet, &["events"]), &totals) {
            raw.counts = Some(four(&events, totals));
        }
        if let (Some(events), Some(times)) =
            (pair(sheet, &["events"]), pair(sheet, &["persontime", "personyears", "totalpersontime"]))
        {
            raw.rates = Some(four(&events, &times));
        }
        if let (Some(means), Some(sds), Some(totals)) =
            (pair(sheet, &["mean"]), pair(sheet, &["stddev", "sd", "standarddeviation"]), &totals)
        {
            raw.means = Some([
                Some(means[0].0),
                Some(sds[0].0),
                Some(totals[0].0),
                Some(means[1].0),
                Some(sds[1].0),
                Some(totals[1].0),
            ]);
        }
        if let (Some(r), Some(n)) = (sheet.find(&["correlation"]), sheet.find(&["samplesize", "n"])) {
            raw.correlation = Some([Some(r), Some(n)]);
        }
        raw
    }

    fn data(&self, sheet: &Sheet, row: usize) -> Result<Option<Numbers>> {
        if let Some(columns) = self.means
            && let Some([m1, s1, n1, m2, s2, n2]) = sheet.numbers(row, columns)?
        {
            return Ok(Some(means([m1, s1, n1, m2, s2, n2])));
        }
        if let Some(columns) = self.rates
            && let Some([x1, t1, x2, t2]) = sheet.numbers(row, columns)?
        {
            return Ok(Some(reported(PersonTime::new(x1, t1, x2, t2).map(RowData::Rates))));
        }
        if let Some(columns) = self.counts
            && let Some([a, n1, c, n2]) = sheet.numbers(row, columns)?
        {
            return Ok(Some(reported(TwoByTwo::from_totals(a, n1, c, n2).map(RowData::Counts))));
        }
        if let Some(columns) = self.correlation
            && let Some([r, n]) = sheet.numbers(row, columns)?
        {
            return Ok(Some(reported(Correlation::new(r, n).map(RowData::Correlation))));
        }
        Ok(None)
    }
}

/// The computed effect with the standard error (or variance) that follows it.
struct Computed {
    effect: usize,
    uncertainty: usize,
    is_variance: bool,
    measure: &'static str,
}

fn computed(sheet: &Sheet) -> Option<Computed> {
    EFFECTS.iter().find_map(|(name, measure)| {
        let effect = sheet.find(&[name])?;
        let after = |ends: &[&str]| {
            let columns = sheet.header().iter().enumerate().skip(effect + 1);
            columns
                .take_while(|(_, name)| !EFFECTS.iter().any(|(known, _)| plain(name) == *known))
                .find(|(_, name)| ends.contains(&plain(name).as_str()))
                .map(|(i, _)| i)
        };
        match after(&["stderr", "standarderror", "se"]) {
            Some(uncertainty) => Some(Computed { effect, uncertainty, is_variance: false, measure }),
            None => after(&["variance"]).map(|uncertainty| Computed {
                effect,
                uncertainty,
                is_variance: true,
                measure,
            }),
        }
    })
}

/// An effect with the confidence limits that follow it.
struct Limited {
    effect: usize,
    limits: [usize; 2],
    level: Option<usize>,
    measure: &'static str,
    scale: ReportedScale,
}

impl Limited {
    fn of(sheet: &Sheet) -> Option<Self> {
        LIMITED.iter().find_map(|&(name, measure, scale)| {
            let effect = sheet.find(&[name])?;
            let after = |wanted: &[&str]| {
                let columns = sheet.header().iter().enumerate().skip(effect + 1);
                columns
                    .take_while(|(_, name)| !LIMITED.iter().any(|(known, ..)| plain(name) == *known))
                    .find(|(_, name)| wanted.contains(&plain(name).as_str()))
                    .map(|(i, _)| i)
            };
            let limits = [after(&["lowerlimit"])?, after(&["upperlimit"])?];
            let level = after(&["confidencelevel", "conflevel", "level"]);
            Some(Limited { effect, limits, level, measure, scale })
        })
    }

    fn data(&self, sheet: &Sheet, row: usize) -> Result<Option<Numbers>> {
        let columns = [Some(self.effect), Some(self.limits[0]), Some(self.limits[1])];
        let Some([estimate, lower, upper]) = sheet.numbers(row, columns)? else { return Ok(None) };
        let level = sheet.number(row, self.level)?;
        let derived = || {
            let mut interval = ReportedInterval::new(lower, upper)?.around(estimate);
            if let Some(level) = level {
                interval = interval.level(Level::new(if level > 1.0 { level / 100.0 } else { level })?);
            }
            Ok(interval.effect(self.scale)?.map(RowData::Generic))
        };
        Ok(Some(derived()))
    }
}

/// The places of data in the spreadsheet: raw, or computed from others.
struct Sources {
    raw: Raw,
    computed: Option<Computed>,
    limited: Option<Limited>,
}

impl Sources {
    fn of(sheet: &Sheet) -> Result<Self> {
        let (raw, computed, limited) = (Raw::of(sheet), computed(sheet), Limited::of(sheet));
        let without_raw =
            raw.counts.is_none() && raw.means.is_none() && raw.rates.is_none() && raw.correlation.is_none();
        if without_raw && computed.is_none() && limited.is_none() {
            return Err(Error::data(
                format!("no columns of data among {}", sheet.header().join(", ")),
                "two groups with events, or means, and sizes are needed, or an effect with its `Std Err` or limits",
            ));
        }
        Ok(Self { raw, computed, limited })
    }

    /// The columns that are read.
    fn columns(&self, sheet: &Sheet, study: usize) -> Vec<Option<usize>> {
        let raw = &self.raw;
        let mut used: Vec<Option<usize>> = vec![Some(study)];
        used.extend(raw.counts.iter().flatten());
        used.extend(raw.means.iter().flatten());
        used.extend(raw.rates.iter().flatten());
        used.extend(raw.correlation.iter().flatten());
        if let Some(computed) = &self.computed {
            used.extend([Some(computed.effect), Some(computed.uncertainty)]);
        }
        if let Some(limited) = &self.limited {
            used.extend([
                Some(limited.effect),
                Some(limited.limits[0]),
                Some(limited.limits[1]),
                limited.level,
            ]);
        }
        used.push(sheet.find(&["effectdirection", "direction", "directionofeffect"]));
        used.push(sheet.find(&["year"]));
        for name in ["comparison", "outcome", "timepoint", "subgroupwithinstudy"] {
            used.push(sheet.find(&[name]));
            used.push(sheet.header().iter().position(|known| plain(known).starts_with(name)));
        }
        used
    }

    /// True if the effect that the program computed has the other sign than the data that are taken.
    fn disagrees(&self, sheet: &Sheet, row: usize, data: &RowData) -> bool {
        let Some(computed) = &self.computed else { return false };
        let effect = sheet.number(row, Some(computed.effect)).ok().flatten();
        // rounded effects near 0 say nothing
        effect.is_some_and(|effect| effect.abs() > 0.02 && effect * signed(data) < 0.0)
    }

    /// The data of a row, and the measure if they are an effect.
    fn data(&self, sheet: &Sheet, row: usize) -> Result<(Option<Numbers>, Option<String>)> {
        let (mut data, mut measure) = (self.raw.data(sheet, row)?, None);
        if let (None, Some(effect)) = (&data, &self.computed) {
            let columns = [Some(effect.effect), Some(effect.uncertainty)];
            data = sheet.numbers(row, columns)?.map(|[yi, spread]| {
                let se = if effect.is_variance { spread.max(0.0).sqrt() } else { spread };
                reported(check::effect(yi, se).map(RowData::Generic))
            });
            measure = Some(effect.measure.to_owned());
        }
        if let (None, Some(effect)) = (&data, &self.limited) {
            data = effect.data(sheet, row)?;
            measure = Some(effect.measure.to_owned());
        }
        Ok((data, measure))
    }
}

fn against_events(name: &str, row: usize, direction: f64) -> String {
    let sign = if direction > 0.0 { "Positive" } else { "Negative" };
    format!(
        "{name} (row {}): the effect direction {sign} contradicts the events, which were taken as they stand",
        row + 1
    )
}

fn of_other_sign(rows: &[String]) -> Option<String> {
    (!rows.is_empty()).then(|| {
        format!(
            "the effect that the file computed has the other sign than the numbers and the effect direction, which were taken: {}",
            rows.join(", ")
        )
    })
}

/// Reads the text of a spreadsheet.
///
/// # Errors
///
/// If the file is not CSV, has no column `Study name`, no data, or holds a malformed number.
pub fn read(text: &str) -> Result<ImportedReview> {
    let sheet = Sheet::read(text)?;
    let study = match sheet.find(&["studyname", "study"]) {
        Some(column) => column,
        None => sheet.need("Study name", "a spreadsheet of Comprehensive Meta-Analysis")?,
    };
    let sources = Sources::of(&sheet)?;
    // `Outcome (specific)` and the like stand for `Outcome` if there is none.
    let column = |name: &str| {
        sheet.find(&[name]).or_else(|| sheet.header().iter().position(|known| plain(known).starts_with(name)))
    };
    let mut review = ImportedReview::default();
    let mut other_sign = Vec::new();
    for row in 0..sheet.len() {
        let Some(name) = sheet.text(row, Some(study)) else { continue };
        let direction = direction(&sheet, row)?;
        let place = |error: Error| error.in_row(row + 1).in_study(name);
        let filled = |column| sheet.text(row, column).filter(|cell| plain(cell) != "blank");
        let text = |name: &str| filled(column(name));
        let (data, measure) = sources.data(&sheet, row).map_err(place)?;
        if let (Some(Ok(derived)), Some(direction)) = (&data, direction)
            && contradicts(&derived.value, direction)
        {
            review.notes.push(against_events(name, row, direction));
        }
        match data.map(|data| data.and_then(|derived| turned(derived, direction))) {
            Some(Ok(derived)) => {
                if sources.disagrees(&sheet, row, &derived.value) {
                    other_sign.push(format!("{name} (row {})", row + 1));
                }
                let outcome = [text("outcome"), text("timepoint")].into_iter().flatten();
                review.rows.push(ReviewRow {
                    comparison: text("comparison").unwrap_or_default().to_owned(),
                    outcome: outcome.collect::<Vec<_>>().join(", "),
                    subgroup: text("subgroupwithinstudy").map(str::to_owned),
                    study: name.to_owned(),
                    year: sheet.number(row, sheet.find(&["year"])).unwrap_or(None).map(|year| year as i32),
                    effect_measure: measure,
                    method: None,
                    random: None,
                    data: derived.value,
                    steps: derived.steps,
                });
            }
            Some(Err(error)) => review.notes.push(format!("{name} left out (row {}): {error}", row + 1)),
            None => review.notes.push(format!("{name} left out (row {}): no usable numbers", row + 1)),
        }
    }
    review.notes.extend(of_other_sign(&other_sign));
    review.notes.extend(sheet.others(sources.columns(&sheet, study), is_result));
    if review.rows.is_empty() {
        return Err(Error::data(
            "the spreadsheet holds no study with usable numbers",
            "save it with its data",
        ));
    }
    Ok(review)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn groups_are_found_by_the_ends_of_their_names() {
        let text = "Study name,Subgroup within study,Outcome,Vaccinated Events,Vaccinated Total N,Control Events,Control Total N,Odds ratio,Log odds ratio,Std Err,Year\n\
                    Aronson,All,TB,4,123,11,139,0.39,-0.94,0.6,1948\nFerguson,All,TB,,,,,0.2,-1.67,0.46,1949\nStein,All,TB,,,,,,,,\n";
        let review = read(text).unwrap();
        assert_eq!(review.rows[0].data.values(), [("ai", 4.0), ("n1i", 123.0), ("ci", 11.0), ("n2i", 139.0)]);
        assert_eq!((review.rows[0].year, review.rows[0].outcome.as_str()), (Some(1948), "TB"));
        assert_eq!(review.rows[1].measure().map(|m| m.code()), Some("OR"));
        assert!(matches!(review.rows[1].data, RowData::Generic(e) if e.yi == -1.67));
        assert!(review.notes[0].contains("Stein"));
    }

    #[test]
    fn each_standard_error_belongs_to_the_effect_before_it() {
        let text = "Study name,Std diff in means,Std Err,Hedges's g,Std Err,Difference in means,Std Err\nA,0.5,0.2,0.49,0.19,5,2\n";
        assert_eq!(read(text).unwrap().rows[0].data.values(), [("yi", 0.49), ("vi", 0.19 * 0.19)]);
        let text = "Study name,Fisher's Z,Variance\nA,0.5,0.04\n";
        let values = read(text).unwrap().rows[0].data.values();
        approx::assert_relative_eq!(values[1].1, 0.04, max_relative = 1e-14);
        let text = "Study name,Correlation,Sample size\nA,0.5,40\n";
        assert_eq!(read(text).unwrap().rows[0].data.values(), [("ri", 0.5), ("ni", 40.0)]);
    }

    /// The header, and the first and the eleventh row, of the published spreadsheet of Greitemeyer & Mügge (2014), tab-delimited and with a
    /// column of row numbers without a name, as the program copies it.
    #[test]
    fn a_published_spreadsheet() {
        let text = "\tStudy\tSubgroup within study\tComparison\tOutcome (specific)\tTime point\tCorrelation\tStd Err\tFisher's Z\tStd Err\tOutcome Group\n\
            1\t\"Zhen, S., et al. (2011).\"\tBlank\tBlank\tbeliefs about aggression\tBlank\t0.28\t3.27E-02\t0.287682072\t3.55E-02\tcognition\n\
            11\t\"Valadez, J. J., & Ferguson, C. J. (2012).\"\t15 min NV1\tBlank\thostile feelings\tBlank\t0.252113579\t1.81E-01\t0.257668571\t0.193218095\taffect\n";
        let review = read(text).unwrap();
        let (first, second) = (&review.rows[0], &review.rows[1]);
        assert_eq!((first.subgroup.as_deref(), second.subgroup.as_deref()), (None, Some("15 min NV1")));
        assert_eq!((first.outcome.as_str(), first.comparison.as_str()), ("beliefs about aggression", ""));
        assert_eq!(first.measure().map(|m| m.code()), Some("ZCOR"));
        assert_eq!(second.data.values(), [("yi", 0.257668571), ("vi", 0.193218095 * 0.193218095)]);
    }

    /// The names of the columns of Hagger et al. (2016), whose group names are `Ego Depletion` and `Control`.
    #[test]
    fn groups_may_have_names_of_several_words() {
        let text = "Study name,Subgroup within study,Ego Depletion Mean,Ego Depletion Std-Dev,Ego Depletion Sample size,Control Mean,Control Std-Dev,\
            Control Sample size,Std diff in means,Std Err,Hedges's g,Std Err,Difference in means,Std Err\n\
            Sripada et al.,English,0.3181729,0.07471862,23,0.2740440,0.05083227,24,,,,,,\n";
        let values = read(text).unwrap().rows[0].data.values();
        assert_eq!((values[0], values[4]), (("m1i", 0.3181729), ("sd2i", 0.05083227)));
    }

    /// 1.96 standard errors of 0.1 on each side of ln 0.8; and 1.645 of them at 90 per cent.
    #[test]
    fn limits_give_a_standard_error_with_its_record() {
        let text = "Study name,Odds ratio,Lower limit,Upper limit,Confidence level\n\
            A,0.8,0.6576122,0.9732180,0.95\nB,0.8,0.6786641,0.9430291,90\nC,0.8,0.9,1.1,0.95\nD,,,,\n";
        let review = read(text).unwrap();
        for row in &review.rows {
            assert_eq!(row.measure().map(|m| m.code()), Some("OR"));
            let [(_, yi), (_, vi)] = row.data.values()[..] else { unreachable!() };
            approx::assert_relative_eq!(yi, 0.8f64.ln(), max_relative = 1e-14);
            approx::assert_relative_eq!(vi, 0.01, max_relative = 1e-5);
            assert!(row.steps[0].what.contains("standard error from an interval"));
        }
        assert_eq!(review.rows.len(), 2);
        assert!(review.notes[0].starts_with("C left out (row 3): the estimate 0.8 lies outside"));
        let text = "Study name,Correlation,Lower limit,Upper limit\nA,0.5,0.2239,0.7019\n";
        let values = read(text).unwrap().rows[0].data.values();
        approx::assert_relative_eq!(values[0].1, 0.5f64.atanh(), max_relative = 1e-12);
    }

    #[test]
    fn malformed_spreadsheets_are_refused() {
        for (text, part) in [
            ("x,y\n1,2\n", "no column `Study name`"),
            ("Study name,x\nA,2\n", "no columns of data"),
            ("Study name,Hedges's g,Std Err\nA,0.5,oops\n", "row 1 (A), column Std Err: `oops`"),
            ("Study name,Hedges's g,Std Err\nA,,\n", "no study with usable numbers"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn the_effect_direction_is_carried_out() {
        let text = "Study name,Treated Mean,Treated Std-Dev,Treated Sample size,Control Mean,Control Std-Dev,Control Sample size,\
                    Hedges's g,Std Err,Effect direction\n\
                    A,5,1,20,4,2,25,,,Negative\nB,5,1,20,4,2,25,,,Auto\nC,,,,,,,0.3,0.1,Negative\nD,,,,,,,0.3,0.1,Positive\n";
        let review = read(text).unwrap();
        assert_eq!(review.rows[0].data.values()[..3], [("m1i", 4.0), ("sd1i", 2.0), ("n1i", 25.0)]);
        assert_eq!(review.rows[0].steps[0].what, "effect turned round");
        assert_eq!(review.rows[1].data.values()[0], ("m1i", 5.0));
        assert_eq!((review.rows.len(), review.notes.len()), (3, 1));
        assert!(review.notes[0].starts_with("C left out (row 3)"));
        let odd = read(&text.replace("Auto", "Sideways")).unwrap_err().to_string();
        assert!(odd.contains("row 2") && odd.contains("Effect direction"), "{odd}");
        let text = "Study name,Correlation,Sample size,Effect direction\nA,0.5,40,Negative\n";
        assert_eq!(read(text).unwrap().rows[0].data.values(), [("ri", -0.5), ("ni", 40.0)]);
    }
}
