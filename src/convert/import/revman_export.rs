//! The analysis data that Review Manager 5 exports as CSV ("Export analysis data").
//!
//! Use it when the `.rm5` file itself is not at hand. The file has one column set for all kinds of data and a row for each
//! comparison, outcome, subgroup and study: `Comparison Number`, `Outcome Number` and `Subgroup Number` (0 where there is none) say where a
//! row belongs, and the first row with given numbers is the heading of that comparison, outcome or subgroup. The row of an outcome
//! names its `Data Type`, `Statistical Method`, `Effect Measure` and `Analysis Model` and holds the pooled estimate. Cells that do not
//! apply hold 0 or nothing.
//!
//! `DIC` rows give `Events 1`, `Total 1`, `Events 2` and `Total 2`; `CON` rows means, SDs and totals; rows with `O-E` and `Variance` a log
//! hazard ratio; others their `Effect Estimate` with its `SE`. There a ratio stands as a ratio and the SE is that of its logarithm.
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

use super::super::{
    baseline_risk::WithInterval,
    check,
    record::{Derived, Step},
    survival::log_rank,
};
use super::review::{Numbers, PublishedEstimate, Review, Row, RowData, reported};
use super::sheet::{Sheet, plain};
use crate::{
    Error, Result,
    effect::{Effect, TwoByTwo, TwoMeans},
};

const FORMAT: &str = "analysis data exported from Review Manager 5";
const REVMAN: &str = "Review Manager 5.4 (2020), The Cochrane Collaboration";

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

/// The outcome whose rows are being read.
#[derive(Clone, Default)]
struct Outcome {
    title: String,
    data_type: String,
    measure: Option<String>,
    method: Option<String>,
    random: Option<bool>,
}

impl Outcome {
    /// Whether its effects are ratios, which are analysed as logarithms.
    fn ratio(&self) -> bool {
        let measure = self.measure.as_deref().map(plain).unwrap_or_default();
        ["rr", "or", "petoor", "hr", "irr"].contains(&measure.as_str()) || measure.contains("ratio")
    }

    fn data(&self, sheet: &Sheet, row: usize, columns: &Columns) -> Result<Option<Numbers>> {
        if self.data_type.starts_with("dic") {
            return Ok(sheet
                .numbers(row, columns.counts)?
                .map(|[a, n1, c, n2]| reported(TwoByTwo::from_totals(a, n1, c, n2).map(RowData::Counts))));
        }
        if self.data_type.starts_with("con") {
            return Ok(sheet.numbers(row, columns.means)?.map(|[m1, s1, n1, m2, s2, n2]| {
                reported(TwoMeans::new(m1, s1, n1, m2, s2, n2).map(RowData::Means))
            }));
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

/// A ratio with the standard error of its logarithm.
fn logarithm(ratio: f64, se: f64) -> Result<Derived<Effect>> {
    let effect =
        check::effect(check::positive("ratio", ratio)?.ln(), check::positive("standard error", se)?)?;
    Ok(Step::new("log ratio from a ratio", "ln ratio; the standard error is that of the logarithm", REVMAN)
        .from_all(&[("ratio", ratio), ("standard error", se)])
        .result("yi", effect.yi)
        .result("sei", se)
        .gives(effect))
}

/// Reads the text of an exported file.
///
/// # Errors
///
/// If the file is not CSV, has not the columns of its format, a row stands before its heading, or a number is malformed; the error names
/// row and column.
pub fn read(text: &str) -> Result<Review> {
    let sheet = Sheet::read(text)?;
    let numbers = ["Comparison Number", "Outcome Number", "Subgroup Number"];
    let [comparison_column, outcome_column, subgroup_column] = numbers;
    let levels = [
        sheet.need(comparison_column, FORMAT)?,
        sheet.need(outcome_column, FORMAT)?,
        sheet.need(subgroup_column, FORMAT)?,
    ];
    let name_column = sheet.need("Name", FORMAT)?;
    let columns = Columns::of(&sheet);
    let column = |name: &str| sheet.find(&[name]);
    let mut review = Review::default();
    let (mut comparison, mut outcome, mut subgroup) = (String::new(), Outcome::default(), None::<String>);
    let mut headed: HashSet<[String; 3]> = HashSet::new();
    for row in 0..sheet.len() {
        let name = sheet.text(row, Some(name_column)).unwrap_or_default();
        let place = |error: Error| error.in_row(row + 1).in_study(name);
        let text = |name: &str| sheet.text(row, column(name));
        let level = |at: usize| -> Result<String> {
            let cell = levels.get(at).and_then(|&column| sheet.text(row, Some(column)));
            let whole = cell.unwrap_or("0").trim();
            if whole.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(whole.trim_start_matches('0').to_owned());
            }
            let column = numbers.get(at).copied().unwrap_or_default();
            Err(place(Error::data(format!("`{whole}`"), "a whole number is needed").in_column(column)))
        };
        let key = [level(0)?, level(1)?, level(2)?];
        let [first, second, third] = &key;
        let title = |number: &str| format!("{number} {name}").trim().to_owned();
        if headed.insert(key.clone()) {
            if second.is_empty() {
                (comparison, outcome, subgroup) = (title(first), Outcome::default(), None);
            } else if third.is_empty() {
                if text("datatype").is_none() {
                    return Err(place(
                        Error::data(
                            "the first row of an outcome names no data type",
                            "each outcome begins with a row that names it: give the file as Review Manager exported it",
                        )
                        .in_column("Data Type"),
                    ));
                }
                subgroup = None;
                outcome = Outcome {
                    title: title(second),
                    data_type: text("datatype").map(plain).unwrap_or_default(),
                    measure: text("effectmeasure").map(str::to_owned),
                    method: text("statisticalmethod").map(str::to_owned),
                    random: text("analysismodel").map(|model| plain(model).starts_with("random")),
                };
            } else {
                subgroup = Some(name.to_owned());
            }
            if !second.is_empty()
                && let Some([estimate, ci_lower, ci_upper]) =
                    sheet.numbers(row, columns.interval).map_err(place)?
            {
                review.published.push(PublishedEstimate {
                    comparison: comparison.clone(),
                    outcome: outcome.title.clone(),
                    subgroup: subgroup.clone(),
                    effect: WithInterval { estimate, ci_lower, ci_upper },
                    tau2: sheet
                        .number(row, column("tau²"))
                        .map_err(place)?
                        .filter(|_| outcome.random == Some(true)),
                    q: sheet.number(row, column("q")).map_err(place)?,
                });
            }
            continue;
        }
        if outcome.title.is_empty() {
            return Err(place(Error::data(
                "a study before the row of its outcome",
                "each outcome begins with a row that names it: give the file as Review Manager exported it",
            )));
        }
        match outcome.data(&sheet, row, &columns).map_err(place)? {
            Some(Ok(derived)) => review.rows.push(Row {
                comparison: comparison.clone(),
                outcome: outcome.title.clone(),
                subgroup: subgroup.clone(),
                study: name.to_owned(),
                year: sheet
                    .number(row, sheet.find(&["yearofstudy", "year"]))
                    .unwrap_or(None)
                    .map(|year| year as i32),
                effect_measure: outcome.measure.clone(),
                method: outcome.method.clone(),
                random: outcome.random,
                data: derived.value,
                steps: derived.steps,
            }),
            Some(Err(error)) => review.notes.push(format!(
                "{name} left out of `{}` (row {}): {error}",
                outcome.title,
                row + 1
            )),
            None => review.notes.push(format!(
                "{name} left out of `{}` (row {}): no usable numbers",
                outcome.title,
                row + 1
            )),
        }
    }
    if review.rows.is_empty() {
        return Err(Error::data(
            "the file holds no study with usable numbers",
            "export the analysis data of a review with analyses",
        ));
    }
    Ok(review)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEADER: &str = "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Statistical Method,Effect Measure,Analysis Model,\
        Events 1,Mean 1,SD 1,Total 1,Events 2,Mean 2,SD 2,Total 2,O-E,Variance,Effect Estimate,SE,CI Start,CI End,Q,Tau²,Year of study\n";

    fn rows(text: &str) -> Result<Review> {
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
}
