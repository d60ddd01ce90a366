//! The table of one analysis in RevMan, saved as CSV.
//!
//! RevMan (the program on the web) offers the analyses of a review as its data package, which [`super::cochrane`] reads; a
//! file of data rows given here is handed on to it. The table of a single analysis has a row for each study and columns as
//! they stand above a forest plot: `Study` (or `Study or Subgroup`); `Experimental Events`, `Experimental Total`, `Control
//! Events`, `Control Total` (or `Events 1`, `Total 1`, `Events 2`, `Total 2`); `Experimental Mean`, `Experimental SD`, ... (or
//! `Mean 1`, `SD 1`, ...); `Estimate` (also `log[Risk Ratio]` and the like) with `SE`; or `O-E` with `Variance` (or `V`).
//! Case, spaces and punctuation do not matter.
//!
//! A column of a measure of non-events (`Odds Ratio (Non-event)`) exchanges events and non-events. A row with a name and no
//! numbers opens a subgroup; rows of totals and tests are left out.
//!
//! ```
//! use consilience::convert::import::revman_web;
//!
//! let text = "Study or Subgroup,Experimental Events,Experimental Total,Control Events,Control Total\n\
//!             1.1.1 Adults,,,,\nSmith 2001,4,42,9,40\nSubtotal (95% CI),,42,,40\n";
//! let review = revman_web::read(text)?;
//! assert_eq!(review.rows.len(), 1);
//! assert_eq!(review.rows[0].subgroup.as_deref(), Some("1.1.1 Adults"));
//! # Ok::<(), consilience::Error>(())
//! ```

use super::super::check;
use super::super::survival::log_rank;
use super::cochrane::{self, Package};
use super::review::{ImportedReview, Numbers, ReviewRow, RowData, counts, means, reported};
use super::sheet::{Sheet, plain};
use crate::{Error, Result};

/// Rows below or between the studies that hold no study.
const NOT_STUDIES: [&str; 6] =
    ["total", "subtotal", "heterogeneity", "testforoveralleffect", "testforsubgroupdifferences", "footnote"];

/// Reads the text of a table.
///
/// # Errors
///
/// If the file is not CSV, has no column of studies or none of data, or holds a malformed number.
pub fn read(text: &str) -> Result<ImportedReview> {
    let sheet = Sheet::read(text)?;
    if sheet.find(&["analysisgroup"]).is_some() {
        return cochrane::read(Package::new(text));
    }
    let study =
        sheet.find(&["study", "studyorsubgroup", "studyid", "name", "studyname"]).ok_or_else(|| {
            Error::data(
                format!("the file has no column of studies, but {}", sheet.header().join(", ")),
                "name it `Study`",
            )
        })?;
    let columns = Columns::of(&sheet)?;
    let (mut review, mut subgroup) = (ImportedReview::default(), None);
    for row in 0..sheet.len() {
        let Some(name) = sheet.text(row, Some(study)) else { continue };
        if NOT_STUDIES.iter().any(|word| plain(name).starts_with(word)) {
            continue;
        }
        let data = columns.data(&sheet, row).map_err(|error| error.in_row(row + 1).in_study(name))?;
        match data {
            Some(Ok(derived)) => review.rows.push(ReviewRow {
                comparison: String::new(),
                outcome: String::new(),
                subgroup: subgroup.clone(),
                study: name.to_owned(),
                year: sheet.number(row, sheet.find(&["year", "studyyear"])).unwrap_or(None).map(|y| y as i32),
                effect_measure: columns.measure.clone(),
                method: None,
                random: None,
                data: derived.value,
                steps: derived.steps,
            }),
            Some(Err(error)) => review.notes.push(format!("{name} left out (row {}): {error}", row + 1)),
            None if blank(&sheet, row, study) => subgroup = Some(name.to_owned()),
            None => review.notes.push(format!("{name} left out (row {}): no usable numbers", row + 1)),
        }
    }
    let used = columns.counts.iter().chain(&columns.means).chain(&columns.generic).chain(&columns.o_minus_e);
    let used = used.chain(&columns.seen).copied().chain([Some(study)]);
    review.notes.extend(sheet.others(used, is_result));
    if review.rows.is_empty() {
        return Err(Error::data(
            "the table holds no study with usable numbers",
            "give the table of an analysis",
        ));
    }
    Ok(review)
}

/// The columns of data, and the measure that stands over the estimates.
struct Columns {
    counts: [Option<usize>; 4],
    means: [Option<usize>; 6],
    generic: [Option<usize>; 2],
    o_minus_e: [Option<usize>; 2],
    measure: Option<String>,
    /// True if the measure is one of the events that did not happen.
    swap: bool,
    /// The estimate and its limits where they are computed, the switch and other columns that were seen.
    seen: Vec<Option<usize>>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Result<Self> {
        let sides = |experimental: &str, numbered: &str, one: &str, two: &str| {
            [
                sheet.find(&[
                    &format!("experimental{experimental}"),
                    &format!("{numbered}1"),
                    &format!("intervention{experimental}"),
                    one,
                ]),
                sheet.find(&[
                    &format!("control{experimental}"),
                    &format!("{numbered}2"),
                    &format!("comparator{experimental}"),
                    two,
                ]),
            ]
        };
        let first = |a: [Option<usize>; 2], b: [Option<usize>; 2]| [a[0].or(b[0]), a[1].or(b[1])];
        let events =
            first(sides("events", "events", "eventse", "eventsc"), sides("cases", "cases", "ai", "ci"));
        let totals = first(sides("total", "total", "totale", "totalc"), sides("n", "n", "n1i", "n2i"));
        let (means, sds) = (sides("mean", "mean", "meane", "meanc"), sides("sd", "sd", "sde", "sdc"));
        let (estimate, se) = estimates(sheet);
        let named = estimate.and_then(|column| sheet.header().get(column));
        let measure = named.and_then(|name| {
            let inner = name.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
            inner.map(|(inner, _)| inner.to_owned())
        });
        let made = Columns {
            counts: [events[0], totals[0], events[1], totals[1]],
            means: [means[0], sds[0], totals[0], means[1], sds[1], totals[1]],
            generic: [estimate, se],
            o_minus_e: [sheet.find(&["oe"]), sheet.find(&["variance", "v"])],
            measure,
            swap: sheet.header().iter().any(|name| {
                plain(name).contains("nonevent") && !cochrane::SWITCHES.contains(&plain(name).as_str())
            }),
            seen: vec![sheet.find(&cochrane::SWITCHES), sheet.find(&["year", "studyyear"])],
        };
        let complete = |columns: &[Option<usize>]| columns.iter().all(Option::is_some);
        if complete(&made.counts)
            || complete(&made.means)
            || complete(&made.generic)
            || complete(&made.o_minus_e)
        {
            return Ok(made);
        }
        Err(Error::data(
            format!("no columns of data among {}", sheet.header().join(", ")),
            "events and totals, means with SDs and totals, estimate and SE, or O-E and V of both groups are needed",
        ))
    }

    fn data(&self, sheet: &Sheet, row: usize) -> Result<Option<Numbers>> {
        if let Some([o_e, v]) = sheet.numbers(row, self.o_minus_e)? {
            return Ok(Some(log_rank::from_o_minus_e(o_e, v).map(|d| d.map(RowData::OMinusE))));
        }
        if let Some([yi, se]) = sheet.numbers(row, self.generic)? {
            return Ok(Some(reported(check::effect(yi, se).map(RowData::Generic))));
        }
        if let Some(values) = sheet.numbers(row, self.means)? {
            return Ok(Some(means(values)));
        }
        let swap = cochrane::flag(sheet, row, &cochrane::SWITCHES)? == Some(true) || self.swap;
        Ok(sheet.numbers(row, self.counts)?.map(|values| counts(values, swap)))
    }
}

/// The columns of the estimate and its standard error: `log[Hazard Ratio]`, `Mean Difference` and others stand over the
/// estimate, `SE` after it.
fn estimates(sheet: &Sheet) -> (Option<usize>, Option<usize>) {
    let se = sheet.find(&["se", "standarderror"]);
    let estimate = sheet
        .find(&["estimate", "effectestimate"])
        .or_else(|| sheet.header().iter().position(|name| plain(name).starts_with("log") && se.is_some()));
    let estimate = estimate.or_else(|| {
        let names = ["meandifference", "stdmeandifference", "riskdifference"];
        sheet.find(&names).filter(|_| se.is_some())
    });
    (estimate, se)
}

/// True for columns, by their plain names, of what the program computes and shows.
fn is_result(name: &str) -> bool {
    const RESULTS: [&str; 9] =
        ["weight", "ratio", "difference", "ci", "footnote", "total", "riskofbias", "estimable", "effect"];
    RESULTS.iter().any(|part| name.contains(part))
}

/// True if only the name is filled.
fn blank(sheet: &Sheet, row: usize, study: usize) -> bool {
    (0..sheet.header().len()).all(|column| column == study || sheet.text(row, Some(column)).is_none())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tables_of_every_kind() {
        let read = |text: &str| read(text).unwrap().rows;
        assert_eq!(read("Study,Events 1,Total 1,Events 2,Total 2\nA,1,10,2,11\n")[0].data.kind(), "counts");
        let means = read("study;Mean 1;SD 1;Total 1;Mean 2;SD 2;Total 2\nA;1;2;10;3;4;11\n");
        assert_eq!(means[0].data.values()[5], ("n2i", 11.0));
        let generic = read("Study,log[Hazard Ratio],SE\nA,-0.5,0.2\n");
        assert_eq!(
            (generic[0].data.kind(), generic[0].effect_measure.as_deref()),
            ("generic", Some("Hazard Ratio"))
        );
        assert_eq!(read("Study,O-E,V\nA,-3,9\nHeterogeneity: x,,\n")[0].data.kind(), "o-minus-e");
    }

    #[test]
    fn malformed_tables_are_refused() {
        for (text, part) in [
            ("x,y\n1,2\n", "no column of studies"),
            ("Study,x\nA,2\n", "no columns of data"),
            ("Study,O-E,V\nA,-3,nine\n", "row 1 (A), column V: `nine`"),
            ("Study,O-E,V\nA,,\n", "no study with usable numbers"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        let review = read("Study,Estimate,SE\nA,1,0\nB,1,2\n").unwrap();
        assert_eq!((review.rows.len(), review.notes.len()), (1, 1));
    }
}
