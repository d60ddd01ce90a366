//! The analysis data that Review Manager 5 exports as CSV ("Export analysis data").
//!
//! Use it when the `.rm5` file itself is not at hand. The file has one column set for all kinds of data and a row for each
//! comparison, outcome, subgroup and study: `Comparison Number`, `Outcome Number` and `Subgroup Number` (0 where there is none) say where a
//! row belongs, and the first row with given numbers is the heading of that comparison, outcome or subgroup. The row of an outcome
//! names its `Data Type`, `Statistical Method`, `Effect Measure` and `Analysis Model` and holds the pooled estimate. Cells that do not
//! apply hold 0 or nothing.
//!
//! `DIC` rows give `Events 1`, `Total 1`, `Events 2` and `Total 2`; `CON` rows means, SDs and totals; rows with `O-E` and `Variance` a log
//! hazard ratio; others their `Effect Estimate` with its `SE`. There a ratio stands as a ratio and the SE is that of its logarithm,
//! whether the data were entered as logarithms or not. `Swap event and non-event` exchanges the counts. Columns that are not known
//! are named in the notes.
//!
//! ```
//! use consilience::convert::import::revman_export;
//!
//! let text = "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Statistical Method,Effect Measure,Analysis Model,Events 1,Total 1,Events 2,Total 2,Effect Estimate,SE,CI Start,CI End,Year of study\n\
//!             1,0,0,Aspirin versus control,,,,,,,,,,,,,\n\
//!             1,1,0,Death,DIC,MH,OR,Fixed,49,615,67,624,0.72,,0.49,1.06,\n\
//!             1,1,0,MRC-1,,,,,49,615,67,624,0.72,0.197,0.49,1.06,1974\n";
//! let review = revman_export::read(text)?;
//! assert_eq!((review.rows[0].outcome.as_str(), review.rows[0].study.as_str()), ("1 Death", "MRC-1"));
//! assert_eq!(review.published[0].effect.estimate, 0.72);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Review Manager (RevMan) version 5.4 (2020). The Cochrane Collaboration.

use std::collections::HashSet;

use super::super::{baseline_risk::WithInterval, check, survival::log_rank};
use super::cochrane::unknown;
use super::review::{
    AnalysisSettings, ImportedReview, Numbers, PublishedEstimate, ReviewRow, RowData, counts,
    is_of_non_events, is_random, logarithm, means, reported,
};
use super::sheet::{Sheet, plain};
use crate::{Error, Result};

const FORMAT: &str = "analysis data exported from Review Manager 5";

/// The columns of a file.
struct Columns {
    counts: [Option<usize>; 4],
    means: [Option<usize>; 6],
    o_minus_e: [Option<usize>; 2],
    estimate: [Option<usize>; 2],
    interval: [Option<usize>; 3],
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        let of = |name: &str| sheet.find(&[name]);
        Columns {
            counts: ["events1", "total1", "events2", "total2"].map(of),
            means: ["mean1", "sd1", "total1", "mean2", "sd2", "total2"].map(of),
            o_minus_e: [of("oe"), sheet.find(&["variance", "v"])],
            estimate: ["effectestimate", "se"].map(of),
            interval: ["effectestimate", "cistart", "ciend"].map(of),
        }
    }
}

/// The columns that are used, or that change no number that is taken over.
const KNOWN: [&str; 66] = [
    "comparisonnumber",
    "outcomenumber",
    "subgroupnumber",
    "name",
    "datatype",
    "statisticalmethod",
    "effectmeasure",
    "analysismodel",
    "totals",
    "studyconfidenceinterval",
    "totalconfidenceinterval",
    "testforsubgroupdifferences",
    "swapeventandnonevent",
    "swapevents",
    "entereddataareonlogscale",
    "enternumberofparticipants",
    "events1",
    "mean1",
    "sd1",
    "total1",
    "events2",
    "mean2",
    "sd2",
    "total2",
    "oe",
    "variance",
    "v",
    "effectestimate",
    "se",
    "cistart",
    "ciend",
    "weight",
    "q",
    "pq",
    "i²q",
    "i2q",
    "qint",
    "pqint",
    "i²qint",
    "i2qint",
    "i²",
    "i2",
    "tau²",
    "tau2",
    "chi²",
    "df",
    "pchi²",
    "z",
    "pz",
    "grouplabel1",
    "grouplabel2",
    "leftgraphlabel",
    "rightgraphlabel",
    "yearofstudy",
    "year",
    "userdefinedorder",
    "order",
    "footnotes",
    "notes",
    "unit",
    "units",
    "scale",
    "sortby",
    "estimable",
    "subgroups",
    "studyid",
];

/// The outcome whose rows are being read.
#[derive(Clone, Default)]
struct Outcome {
    data_type: String,
    settings: AnalysisSettings,
}

/// A cell that says yes or no.
fn flag(sheet: &Sheet, row: usize, names: &[&str]) -> Result<Option<bool>> {
    let column = sheet.find(names);
    match sheet.text(row, column).map(plain).as_deref() {
        None | Some("") => Ok(None),
        Some("yes" | "true" | "1") => Ok(Some(true)),
        Some("no" | "false" | "0") => Ok(Some(false)),
        Some(other) => {
            let name = column.and_then(|c| sheet.header().get(c)).map_or("", String::as_str);
            Err(Error::data(format!("`{other}`"), "Yes or No is needed").in_column(name))
        }
    }
}

impl Outcome {
    /// The outcome that a row heads.
    fn of(sheet: &Sheet, row: usize, comparison: &str, title: String) -> Result<Self> {
        let text = |name: &str| sheet.text(row, sheet.find(&[name]));
        let Some(data_type) = text("datatype").map(plain) else {
            return Err(Error::data(
                "the first row of an outcome names no data type",
                "each outcome begins with a row that names it: give the file as Review Manager exported it",
            )
            .in_column("Data Type"));
        };
        let measure = text("effectmeasure").map(str::to_owned);
        let level =
            text("totalconfidenceinterval").and_then(|level| level.trim_end_matches('%').trim().parse().ok());
        let settings = AnalysisSettings {
            comparison: comparison.to_owned(),
            outcome: title,
            swapped: flag(sheet, row, &["swapeventandnonevent", "swapevents"])? == Some(true)
                || measure.as_deref().is_some_and(is_of_non_events),
            measure,
            method: text("statisticalmethod").map(str::to_owned),
            random: text("analysismodel").and_then(is_random),
            other_model: text("analysismodel").filter(|model| is_random(model).is_none()).map(str::to_owned),
            level: level
                .map(|l: f64| if l <= 1.0 { 100.0 * l } else { l })
                .filter(|l| *l > 0.0 && *l < 100.0),
            ..AnalysisSettings::default()
        };
        Ok(Outcome { data_type, settings })
    }

    /// True if its effects are ratios, which are analyzed as logarithms.
    fn ratio(&self) -> bool {
        let measure = self.settings.measure.as_deref().map(plain).unwrap_or_default();
        ["rr", "or", "petoor", "hr", "irr"].contains(&measure.as_str()) || measure.contains("ratio")
    }

    fn data(&self, sheet: &Sheet, row: usize, columns: &Columns) -> Result<Option<Numbers>> {
        if self.data_type.starts_with("dic") {
            let swap = self.settings.swapped;
            return Ok(sheet.numbers(row, columns.counts)?.map(|values| counts(values, swap)));
        }
        if self.data_type.starts_with("con") {
            return Ok(sheet.numbers(row, columns.means)?.map(means));
        }
        if let Some([o_e, v]) = sheet.numbers(row, columns.o_minus_e)?.filter(|values| values[1] > 0.0) {
            return Ok(Some(log_rank::from_o_minus_e(o_e, v).map(|d| d.map(RowData::OMinusE))));
        }
        Ok(sheet.numbers(row, columns.estimate)?.map(|[estimate, se]| {
            if self.ratio() {
                logarithm(estimate, se).map(|d| d.map(RowData::Generic))
            } else {
                reported(check::effect(estimate, se).map(RowData::Generic))
            }
        }))
    }
}

/// Reads the text of an exported file.
///
/// # Errors
///
/// If the file is not CSV, has not the columns of its format, a row stands before its heading, or a number is malformed; the error names
/// row and column.
pub fn read(text: &str) -> Result<ImportedReview> {
    let sheet = Sheet::read(text)?;
    let mut reading = Reading::new(&sheet)?;
    for row in 0..sheet.len() {
        let name = sheet.text(row, Some(reading.name)).unwrap_or_default();
        reading.row(row, name).map_err(|error| error.in_row(row + 1).in_study(name))?;
    }
    let mut review = reading.review;
    if review.rows.is_empty() {
        return Err(Error::data(
            "the file holds no study with usable numbers",
            "export the analysis data of a review with analyses",
        ));
    }
    review.notes.extend(unknown(&sheet, &KNOWN));
    Ok(review)
}

const NUMBERS: [&str; 3] = ["Comparison Number", "Outcome Number", "Subgroup Number"];

/// The state of reading a file.
struct Reading<'a> {
    sheet: &'a Sheet,
    levels: [usize; 3],
    name: usize,
    columns: Columns,
    review: ImportedReview,
    comparison: String,
    outcome: Outcome,
    subgroup: Option<String>,
    headed: HashSet<[String; 3]>,
}

impl<'a> Reading<'a> {
    fn new(sheet: &'a Sheet) -> Result<Self> {
        let [comparison, outcome, subgroup] = NUMBERS;
        Ok(Reading {
            sheet,
            levels: [
                sheet.need(comparison, FORMAT)?,
                sheet.need(outcome, FORMAT)?,
                sheet.need(subgroup, FORMAT)?,
            ],
            name: sheet.need("Name", FORMAT)?,
            columns: Columns::of(sheet),
            review: ImportedReview::default(),
            comparison: String::new(),
            outcome: Outcome::default(),
            subgroup: None,
            headed: HashSet::new(),
        })
    }

    /// The number of a row's comparison, outcome or subgroup; empty where there is none.
    fn level(&self, row: usize, at: usize) -> Result<String> {
        let cell = self.levels.get(at).and_then(|&column| self.sheet.text(row, Some(column)));
        let whole = cell.unwrap_or("0").trim();
        if whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(whole.trim_start_matches('0').to_owned());
        }
        let column = NUMBERS.get(at).copied().unwrap_or_default();
        Err(Error::data(format!("`{whole}`"), "a whole number is needed").in_column(column))
    }

    fn row(&mut self, row: usize, name: &str) -> Result<()> {
        let key = [self.level(row, 0)?, self.level(row, 1)?, self.level(row, 2)?];
        if self.headed.insert(key.clone()) {
            return self.heading(row, name, &key);
        }
        if self.outcome.settings.outcome.is_empty() {
            return Err(Error::data(
                "a study before the row of its outcome",
                "each outcome begins with a row that names it: give the file as Review Manager exported it",
            ));
        }
        self.study(row, name)
    }

    /// The first row of a comparison, an outcome or a subgroup.
    fn heading(&mut self, row: usize, name: &str, [first, second, third]: &[String; 3]) -> Result<()> {
        let title = |number: &str| format!("{number} {name}").trim().to_owned();
        if second.is_empty() {
            (self.comparison, self.outcome, self.subgroup) = (title(first), Outcome::default(), None);
            return Ok(());
        }
        if third.is_empty() {
            self.subgroup = None;
            self.outcome = Outcome::of(self.sheet, row, &self.comparison, title(second))?;
            self.review.settings.push(self.outcome.settings.clone());
        } else {
            self.subgroup = Some(name.to_owned());
        }
        if let Some([estimate, ci_lower, ci_upper]) = self.sheet.numbers(row, self.columns.interval)? {
            let number = |name: &str| self.sheet.number(row, self.sheet.find(&[name]));
            self.review.published.push(PublishedEstimate {
                comparison: self.comparison.clone(),
                outcome: self.outcome.settings.outcome.clone(),
                subgroup: self.subgroup.clone(),
                effect: WithInterval { estimate, ci_lower, ci_upper },
                tau2: number("tau²")?.filter(|_| self.outcome.settings.random == Some(true)),
                q: number("q")?,
            });
        }
        Ok(())
    }

    fn study(&mut self, row: usize, name: &str) -> Result<()> {
        let settings = &self.outcome.settings;
        let title = &settings.outcome;
        let year = self.sheet.number(row, self.sheet.find(&["yearofstudy", "year"])).unwrap_or(None);
        match self.outcome.data(self.sheet, row, &self.columns)? {
            Some(Ok(derived)) => self.review.rows.push(ReviewRow {
                comparison: self.comparison.clone(),
                outcome: title.clone(),
                subgroup: self.subgroup.clone(),
                study: name.to_owned(),
                year: year.map(|year| year as i32),
                effect_measure: settings.measure.clone(),
                method: settings.method.clone(),
                random: settings.random,
                data: derived.value,
                steps: derived.steps,
            }),
            Some(Err(error)) => {
                self.review.notes.push(format!("{name} left out of `{title}` (row {}): {error}", row + 1));
            }
            None => self
                .review
                .notes
                .push(format!("{name} left out of `{title}` (row {}): no usable numbers", row + 1)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEADER: &str = "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Statistical Method,Effect Measure,Analysis Model,\
        Events 1,Mean 1,SD 1,Total 1,Events 2,Mean 2,SD 2,Total 2,O-E,Variance,Effect Estimate,SE,CI Start,CI End,Q,Tau²,Year of study\n";

    fn rows(text: &str) -> Result<ImportedReview> {
        read(&format!("{HEADER}{text}"))
    }

    #[test]
    fn every_kind_of_data() {
        let review = rows(
            "1,0,0,Drug,,,,,,,,,,,,,,,,,,,,,\n\
             1,1,0,Death,DIC,MH,RR,Random,9,,,80,12,,,82,,,0.7,,0.5,0.9,3.1,0.02,\n\
             1,1,1,Men,DIC,,,,4,,,40,6,,,41,,,0.6,,0.4,0.95,,,\n\
             1,1,1,A,,,,,4,0,0,40,6,0,0,41,0,0,0.68,0.6,0.2,2.2,,,1990\n\
             1,1,2,Women,DIC,,,,5,,,40,6,,,41,,,,,,,,,\n\
             1,1,2,B,,,,,5,0,0,40,6,0,0,41,0,0,0.85,0.6,0.3,2.6,,,\n\
             1,2,0,Pain,CON,IV,MD,Fixed,,,,,,,,,,,,,,,,,\n\
             1,2,0,A,,,,,0,1,2,20,0,3,4,21,0,0,-2,0.98,-3.9,-0.1,,,\n\
             1,3,0,Survival,IPD,EXP,Hazard Ratio,Fixed,,,,,,,,,,,,,,,,,\n\
             1,3,0,A,,,,,5,0,0,20,8,0,0,21,-3,9,0.72,0.33,0.4,1.4,,,\n\
             1,4,0,Relapse,IV,IV,Hazard Ratio,Fixed,,,,,,,,,,,,,,,,,\n\
             1,4,0,A,,,,,0,0,0,20,0,0,0,21,0,0,0.5,0.2,0.3,0.7,,,\n\
             1,4,0,C,,,,,0,0,0,20,0,0,0,21,0,0,0.5,0,0,0,,,\n",
        )
        .unwrap();
        let kinds: Vec<&str> = review.rows.iter().map(|row| row.data.kind()).collect();
        assert_eq!(kinds, ["counts", "counts", "means", "o-minus-e", "generic"]);
        assert_eq!((review.rows[0].subgroup.as_deref(), review.rows[0].year), (Some("Men"), Some(1990)));
        assert_eq!(
            (review.rows[1].subgroup.as_deref(), review.rows[2].subgroup.as_deref()),
            (Some("Women"), None)
        );
        assert!(
            matches!(review.rows[4].data, RowData::Generic(e) if e.yi == 0.5f64.ln() && (e.vi - 0.04).abs() < 1e-15)
        );
        let steps: Vec<usize> = review.rows.iter().map(|row| row.steps.len()).collect();
        assert_eq!(steps, [0, 0, 0, 1, 1]);
        assert_eq!(review.notes.len(), 1);
        let published: Vec<Option<&str>> = review.published.iter().map(|p| p.subgroup.as_deref()).collect();
        assert_eq!(published, [None, Some("Men")]);
        assert_eq!((review.published[0].q, review.published[0].tau2), (Some(3.1), Some(0.02)));
        assert_eq!(review.select(Some("drug"), Some("2")).rows.len(), 1);
    }

    #[test]
    fn malformed_files_are_refused_with_the_place() {
        for (text, part) in [
            ("1,0,0,Drug,,,,,,,,,,,,,,,,,,,,,\n1,0,0,A,,,,,4,0,0,40,6,0,0,41,,,,,,,,,\n", "row 2 (A)"),
            ("1,1,0,A,,,,,4,0,0,40,6,0,0,41,,,,,,,,,\n", "row 1 (A), column Data Type"),
            ("x,0,0,Drug,,,,,,,,,,,,,,,,,,,,,\n", "column Comparison Number: `x`"),
            (
                "1,1,0,Death,DIC,MH,RR,Random,,,,,,,,,,,,,,,,,\n1,1,0,A,,,,,4e,0,0,40,6,0,0,41,,,,,,,,,\n",
                "row 2 (A), column Events 1: `4e`",
            ),
            ("1,1,0,Death,DIC,MH,RR,Random,,,,,,,,,,,,,,,,,\n", "no study with usable numbers"),
        ] {
            let error = rows(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(read("Name\nA\n").unwrap_err().to_string().contains("no column `Comparison Number`"));
    }

    #[test]
    fn switches_are_carried_out() {
        let text = "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Statistical Method,Effect Measure,Analysis Model,\
                    Swap event and non-event,Total Confidence Interval,Mirror,Events 1,Total 1,Events 2,Total 2,Effect Estimate,SE,CI Start,CI End\n\
                    1,0,0,Drug,,,,,,,,,,,,,,,\n1,1,0,Healed,DIC,MH,OR,Fixed,Yes,0.9,,,,,,,,,\n\
                    1,1,0,Ash,,,,,,,x,40,50,30,50,,,,\n";
        let review = read(text).unwrap();
        assert_eq!(review.rows[0].data.values(), [("ai", 10.0), ("n1i", 50.0), ("ci", 20.0), ("n2i", 50.0)]);
        let options = review.settings[0].options().unwrap().join(" ");
        assert_eq!(options, "--measure OR --model mh --zero-cells revman --level 90");
        assert_eq!(review.notes, ["columns that are not known were not used: Mirror"]);
    }
}
