//! The files of Review Manager 5 (`.rm5`).
//!
//! Use it to take over the data of a Cochrane review that was written with RevMan 5. [`read`] takes the text of the file and
//! returns every data row with its comparison, outcome, subgroup and study. Rows of dichotomous, continuous, generic
//! inverse-variance and O - E outcomes become the raw data of [`crate::effect`]; a row that RevMan holds but that has no
//! usable numbers (empty arms, SDs of 0) is left out and named in the notes.
//!
//! Generic inverse-variance estimates stand on the scale of the analysis in these files (ratios as logarithms), unless the outcome
//! says `LOG_DATA="NO"`: ratios are then turned into logarithms. `SWAP_EVENTS="YES"` exchanges events and non-events. Attributes that
//! are not known are named in the notes. The pooled estimates that RevMan wrote beside the data of an outcome or subgroup come
//! along, to compare a new analysis with, and so does how it analysed the outcome.
//!
//! These files declare the encoding of their characters, not always the right one; [`decode`] turns the bytes of a file into
//! text. An `&` that begins no entity is read as one that does, with a note.
//!
//! The file is not trusted: a document type with entities is refused before anything expands, as are files of more than
//! 100 MB, a million elements, or elements nested deeper than 100. Errors name the line or the outcome.
//!
//! ```
//! use consilience::convert::import::revman::{self, RowData};
//!
//! let text = r#"<COCHRANE_REVIEW><STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES>
//!   <STUDY ID="STD-Hart-1977" NAME="Hart 1977" YEAR="1977"/></INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES>
//!   <ANALYSES_AND_DATA><COMPARISON NO="1"><NAME>BCG versus none</NAME>
//!   <DICH_OUTCOME NO="1" EFFECT_MEASURE="RR" METHOD="MH" RANDOM="YES"><NAME>Tuberculosis</NAME>
//!   <DICH_DATA STUDY_ID="STD-Hart-1977" EVENTS_1="62" TOTAL_1="13598" EVENTS_2="248" TOTAL_2="12867"/>
//!   </DICH_OUTCOME></COMPARISON></ANALYSES_AND_DATA></COCHRANE_REVIEW>"#;
//! let review = revman::read(text)?;
//! assert_eq!(review.rows[0].study, "Hart 1977");
//! assert_eq!(review.rows[0].effect_measure.as_deref(), Some("RR"));
//! assert!(matches!(&review.rows[0].data, RowData::Counts(table) if table.ai() == 62.0));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Review Manager (RevMan) version 5.4 (2020). The Cochrane Collaboration.

use std::collections::{BTreeSet, HashMap};

use roxmltree::{Document, Node, ParsingOptions};

use super::super::{baseline_risk::WithInterval, check, record::Step, survival::log_rank};
use super::review::{
    AnalysisSettings, Numbers, PublishedEstimate, counts, is_of_non_events, letters, means, reported,
};
pub use super::review::{ImportedReview, ReviewRow, RowData};
use super::xml::{escape_ampersands, shallow};
use crate::{Error, Level, Result};

const LARGEST: usize = 100_000_000;
const MOST_NODES: u32 = 5_000_000;

/// The text of the bytes of an `.rm5` file: see [`encoding`](super::encoding), which also says what had to be guessed.
///
/// # Errors
///
/// If an encoding is declared that is none of UTF-8, UTF-16, ISO-8859-1 and Windows-1252.
pub fn decode(bytes: &[u8]) -> Result<String> {
    Ok(super::encoding::decode(bytes)?.text)
}

/// Reads the text of an `.rm5` file.
///
/// # Errors
///
/// If the text is not well-formed XML, declares a document type, exceeds the limits above, is not a RevMan review, or a
/// data row has a malformed number.
pub fn read(text: &str) -> Result<ImportedReview> {
    if text.len() > LARGEST {
        return Err(Error::data(
            format!("a file of {} bytes", text.len()),
            "a RevMan file has at most 100 MB",
        ));
    }
    shallow(text)?;
    let (text, bare) = escape_ampersands(text.trim_start_matches('\u{feff}'));
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| {
        Error::data(
            format!("the file is no well-formed XML without a document type: {error}"),
            "give the .rm5 file as RevMan saved it",
        )
    })?;
    let root = document.root_element();
    if !root.has_tag_name("COCHRANE_REVIEW") {
        return Err(Error::data(
            format!("the file holds a `{}`", root.tag_name().name()),
            "a RevMan 5 file holds a COCHRANE_REVIEW; for another format use its own reader",
        ));
    }
    let mut review = ImportedReview::default();
    let file = File { document: &document, studies: studies(root) };
    for comparison in root.descendants().filter(|node| node.has_tag_name("COMPARISON")) {
        for outcome in comparison.children().filter(|node| node.tag_name().name().ends_with("_OUTCOME")) {
            file.outcome(&mut review, comparison, outcome)?;
        }
    }
    if review.rows.is_empty() {
        let why: Vec<&str> = review.notes.iter().take(3).map(String::as_str).collect();
        return Err(match why.is_empty() {
            true => Error::data("the review holds no data rows", "give a file with analyses"),
            false => Error::data(
                format!("no data row of the review has usable numbers: {}", why.join("; ")),
                "mend the rows, or give another file",
            ),
        });
    }
    if bare > 0 {
        review.notes.push(format!("{bare} ampersands begin no entity and were read as such"));
    }
    review.notes.extend(unknown_attributes(root));
    Ok(review)
}

/// The names and years of the studies by their identifiers.
fn studies<'a>(root: Node<'a, '_>) -> HashMap<&'a str, (&'a str, Option<i32>)> {
    root.descendants()
        .filter(|node| node.has_tag_name("STUDY"))
        .filter_map(|node| {
            let year = node.attribute("YEAR").and_then(|year| year.trim().parse().ok());
            Some((node.attribute("ID")?, (node.attribute("NAME")?, year)))
        })
        .collect()
}

/// The attributes of outcomes, subgroups and data rows that are used, or that change no number that is taken over: what RevMan
/// computed (`CHI2`, `Z`, `WEIGHT`, ...), how it is drawn and sorted, and when it was edited.
const KNOWN: [&str; 81] = [
    "CHI2",
    "CI_END",
    "CI_START",
    "CI_STUDY",
    "CI_TOTAL",
    "DF",
    "DF_Q",
    "EFFECT_MEASURE",
    "EFFECT_SIZE",
    "ENTERED_TOTAL",
    "ESTIMABLE",
    "ESTIMATE",
    "EVENTS",
    "EVENTS_1",
    "EVENTS_2",
    "FLAGS",
    "FOOTNOTE",
    "FOOTNOTES",
    "GRAPH_LABEL_1",
    "GRAPH_LABEL_2",
    "GROUP_LABEL_1",
    "GROUP_LABEL_2",
    "I2",
    "I2_Q",
    "ID",
    "LOG_CI_END",
    "LOG_CI_START",
    "LOG_DATA",
    "LOG_EFFECT_SIZE",
    "LOG_ESTIMATE",
    "MEAN_1",
    "MEAN_2",
    "MEASURE",
    "METHOD",
    "MODIFIED",
    "MODIFIED_BY",
    "NO",
    "NOTES",
    "NOTES_MODIFIED",
    "ORDER",
    "O_E",
    "PVALUE",
    "P_CHI2",
    "P_Q",
    "P_Z",
    "Q",
    "RANDOM",
    "RESULT",
    "SCALE",
    "SD_1",
    "SD_2",
    "SE",
    "SHOW_PARTICIPANTS",
    "SORT_BY",
    "STUDIES",
    "STUDY_ID",
    "STUDY_LEVEL_CI",
    "SUBGROUPS",
    "SUBGROUP_TEST",
    "SUB_TOTALS",
    "SWAP_EVENTS",
    "TABLE",
    "TAU2",
    "TEXT",
    "TITLE",
    "TOTAL",
    "TOTALS",
    "TOTALS_LABEL",
    "TOTAL_1",
    "TOTAL_2",
    "TOTAL_PARTICIPANTS",
    "TYPE",
    "UNITS",
    "VAR",
    "VARIANCE",
    "WEIGHT",
    "WEIGHTS",
    "Y_AXIS",
    "YEAR",
    "Z",
    "HIDDEN",
];

/// A note that names attributes of the analyses that are not known.
fn unknown_attributes(root: Node<'_, '_>) -> Option<String> {
    const PARTS: [&str; 3] = ["_OUTCOME", "_SUBGROUP", "_DATA"];
    let mut unknown = BTreeSet::new();
    for node in root.descendants().filter(|n| PARTS.iter().any(|part| n.tag_name().name().ends_with(part))) {
        let names = node.attributes().map(|attribute| attribute.name()).filter(|name| !KNOWN.contains(name));
        unknown.extend(names.map(|name| format!("{name} of {}", node.tag_name().name())));
    }
    if unknown.is_empty() {
        return None;
    }
    let named: Vec<String> = unknown.into_iter().take(20).collect();
    Some(format!("attributes that are not known were not used: {}", named.join(", ")))
}

/// The pooled estimate that an outcome or one of its subgroups holds, if RevMan computed one. Attributes that are no numbers
/// hold no estimate.
fn published(
    comparison: Node<'_, '_>,
    outcome: Node<'_, '_>,
    part: Node<'_, '_>,
) -> Option<PublishedEstimate> {
    let number = |name: &str| -> Option<f64> {
        part.attribute(name)?.trim().parse::<f64>().ok().filter(|value| value.is_finite())
    };
    if part.attribute("ESTIMABLE") == Some("NO") || part.attribute("TOTALS") == Some("NO") {
        return None;
    }
    let effect = WithInterval {
        estimate: number("EFFECT_SIZE")?,
        ci_lower: number("CI_START")?,
        ci_upper: number("CI_END")?,
    };
    let random = outcome.attribute("RANDOM") == Some("YES");
    Some(PublishedEstimate {
        comparison: title(comparison),
        outcome: title(outcome),
        subgroup: (part != outcome).then(|| name(part)).flatten(),
        effect,
        tau2: number("TAU2").filter(|_| random),
        q: number("CHI2"),
    })
}

/// `1 BCG versus none` of a comparison or an outcome.
fn title(node: Node<'_, '_>) -> String {
    let name = name(node).unwrap_or_default();
    match node.attribute("NO") {
        Some(number) => format!("{number} {name}").trim_end().to_owned(),
        None => name,
    }
}

fn name(node: Node<'_, '_>) -> Option<String> {
    let name = node.children().find(|child| child.has_tag_name("NAME"))?;
    let text: String = name.descendants().filter_map(|part| part.is_text().then(|| part.text())?).collect();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A switch of an outcome; `None` where it is not set.
fn switch(outcome: Node<'_, '_>, name: &str) -> Result<Option<bool>> {
    match outcome.attribute(name).map(|value| value.trim().to_ascii_uppercase()) {
        None => Ok(None),
        Some(value) => match value.as_str() {
            "YES" | "TRUE" => Ok(Some(true)),
            "NO" | "FALSE" => Ok(Some(false)),
            "" => Ok(None),
            other => Err(Error::data(
                format!("`{other}` of the outcome `{}`", title(outcome)),
                "YES or NO is needed",
            )
            .in_column(name)),
        },
    }
}

/// The settings that the rows of an outcome share.
struct Outcome {
    settings: AnalysisSettings,
    ratio: bool,
    log: bool,
}

impl Outcome {
    fn of(comparison: Node<'_, '_>, outcome: Node<'_, '_>) -> Result<Self> {
        let measure = outcome.attribute("EFFECT_MEASURE").map(str::to_owned);
        let level = outcome.attribute("CI_TOTAL").and_then(|level| level.trim().parse::<f64>().ok());
        let letters = measure.as_deref().map(letters).unwrap_or_default();
        let settings = AnalysisSettings {
            comparison: title(comparison),
            outcome: title(outcome),
            swapped: switch(outcome, "SWAP_EVENTS")? == Some(true)
                || measure.as_deref().is_some_and(is_of_non_events),
            measure,
            method: outcome.attribute("METHOD").map(str::to_owned),
            random: switch(outcome, "RANDOM")?,
            level: level.map(|l| if l <= 1.0 { 100.0 * l } else { l }).filter(|l| *l > 0.0 && *l < 100.0),
            ..AnalysisSettings::default()
        };
        let ratio =
            ["rr", "or", "hr", "irr", "petoor"].contains(&letters.as_str()) || letters.contains("ratio");
        Ok(Outcome { settings, ratio, log: switch(outcome, "LOG_DATA")? != Some(false) })
    }

    /// The numbers of a row, if it holds any that are usable.
    fn numbers(&self, cells: &Cells<'_, '_, '_>) -> Result<Option<Numbers>> {
        Ok(match cells.kind() {
            "DICH_DATA" => {
                let values = cells.numbers(["EVENTS_1", "TOTAL_1", "EVENTS_2", "TOTAL_2"])?;
                values.map(|values| counts(values, self.settings.swapped))
            }
            "CONT_DATA" => cells
                .numbers(["MEAN_1", "SD_1", "TOTAL_1", "MEAN_2", "SD_2", "TOTAL_2"])?
                .filter(|v| v[1] != 0.0 && v[4] != 0.0)
                .map(means),
            "IV_DATA" | "IPD_DATA" if self.settings.swapped => {
                let found = "SWAP_EVENTS=\"YES\", or a measure of non-events, of effects that are no counts";
                Some(Err(Error::data(
                    found,
                    "their direction is not told: take the numbers from the studies",
                )))
            }
            "IV_DATA" if self.ratio && !self.log => {
                let limits = cells.numbers(["CI_START", "CI_END"])?;
                cells.numbers(["ESTIMATE", "SE"])?.filter(|v| v[1] > 0.0).map(|v| logarithm(v, limits))
            }
            "IV_DATA" => cells
                .numbers(["ESTIMATE", "SE"])?
                .filter(|v| v[1] > 0.0)
                .map(|[yi, se]| reported(check::effect(yi, se).map(RowData::Generic))),
            "IPD_DATA" => cells
                .numbers(["O_E", "VAR"])?
                .filter(|v| v[1] > 0.0)
                .map(|[o_e, v]| log_rank::from_o_minus_e(o_e, v).map(|d| d.map(RowData::OMinusE))),
            _ => None,
        })
    }
}

/// The logarithm of a ratio that was entered as it is. Its standard error is that of the logarithm, unless the limits beside
/// it are those of the ratio ± 1.96 standard errors; then it is divided by the ratio (delta method).
fn logarithm([ratio, se]: [f64; 2], limits: Option<[f64; 2]>) -> Numbers {
    let yi = check::positive("ratio", ratio)?.ln();
    let z = Level::default().critical_value(None);
    let near = |expected: f64, found: f64| {
        (expected - found).abs() <= 0.02 * (expected.abs() + found.abs()).max(0.02)
    };
    let as_ratio = limits.is_some_and(|[lower, upper]| {
        let of_ratio = near(ratio - z * se, lower) && near(ratio + z * se, upper);
        let of_log = near((yi - z * se).exp(), lower) && near((yi + z * se).exp(), upper);
        of_ratio && !of_log
    });
    let se_log = if as_ratio { se / ratio } else { se };
    let effect = check::effect(yi, se_log)?;
    let step = Step::new(
        "log ratio from a ratio",
        if as_ratio { "ln ratio, SE/ratio" } else { "ln ratio, SE that of the logarithm" },
        "LOG_DATA=\"NO\" of the outcome",
    )
    .from_all(&[("ratio", ratio), ("standard error", se)])
    .result("yi", effect.yi)
    .result("sei", se_log);
    Ok(step.gives(RowData::Generic(effect)))
}

/// A data row, whose cells are its attributes.
struct Cells<'a, 'b, 'c> {
    node: Node<'a, 'b>,
    place: &'c str,
}

impl<'a> Cells<'a, '_, '_> {
    fn kind(&self) -> &'a str {
        self.node.tag_name().name()
    }

    /// Attributes as numbers, `None` if one is missing.
    fn numbers<const N: usize>(&self, names: [&str; N]) -> Result<Option<[f64; N]>> {
        let mut values = [0.0; N];
        for (value, name) in values.iter_mut().zip(names) {
            let Some(text) = self.node.attribute(name).map(str::trim).filter(|text| !text.is_empty()) else {
                return Ok(None);
            };
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => *value = number,
                _ => {
                    return Err(Error::data(format!("`{text}`"), "a number is needed")
                        .in_column(name)
                        .in_study(self.place));
                }
            }
        }
        Ok(Some(values))
    }
}

/// A file whose analyses are read.
struct File<'a, 'b> {
    document: &'a Document<'b>,
    studies: HashMap<&'a str, (&'a str, Option<i32>)>,
}

impl<'a, 'b> File<'a, 'b> {
    fn outcome(
        &self,
        review: &mut ImportedReview,
        comparison: Node<'a, 'b>,
        outcome: Node<'a, 'b>,
    ) -> Result<()> {
        let subgroups = outcome.children().filter(|node| node.tag_name().name().ends_with("_SUBGROUP"));
        for part in std::iter::once(outcome).chain(subgroups) {
            review.published.extend(published(comparison, outcome, part));
        }
        let made = Outcome::of(comparison, outcome)?;
        for data in outcome.descendants().filter(|node| node.tag_name().name().ends_with("_DATA")) {
            self.row(review, &made, data)?;
        }
        review.settings.push(made.settings);
        Ok(())
    }

    fn row(&self, review: &mut ImportedReview, outcome: &Outcome, data: Node<'a, 'b>) -> Result<()> {
        let id = data.attribute("STUDY_ID").unwrap_or("unnamed study");
        let (study, year) = self.studies.get(id).copied().unwrap_or((id, None));
        let line = self.document.text_pos_at(data.range().start).row;
        let cells = Cells { node: data, place: &format!("{study}, line {line}") };
        let settings = &outcome.settings;
        let (title, kind) = (&settings.outcome, cells.kind());
        match outcome.numbers(&cells)? {
            Some(Ok(derived)) => {
                let group = data.ancestors().find(|node| node.tag_name().name().ends_with("_SUBGROUP"));
                review.rows.push(ReviewRow {
                    comparison: settings.comparison.clone(),
                    outcome: title.clone(),
                    subgroup: group.and_then(name),
                    study: study.to_owned(),
                    year,
                    effect_measure: settings.measure.clone(),
                    method: settings.method.clone(),
                    random: settings.random,
                    data: derived.value,
                    steps: derived.steps,
                });
            }
            Some(Err(error)) => {
                review.notes.push(format!("{study} left out of `{title}` (line {line}): {error}"));
            }
            None => review
                .notes
                .push(format!("{study} left out of `{title}` (line {line}): {kind} without usable numbers")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn review(data: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<COCHRANE_REVIEW><STUDIES_AND_REFERENCES><STUDY ID=\"S1\" NAME=\"Smith 2001\"/>\
             </STUDIES_AND_REFERENCES>\n<ANALYSES_AND_DATA><COMPARISON NO=\"2\"><NAME>A  versus\n B</NAME>\n{data}\n</COMPARISON></ANALYSES_AND_DATA></COCHRANE_REVIEW>"
        )
    }

    #[test]
    fn every_kind_of_row() {
        let text = review(
            r#"<CONT_OUTCOME NO="1" EFFECT_MEASURE="MD" RANDOM="NO"><NAME>Pain</NAME>
                 <CONT_SUBGROUP NO="1"><NAME>Adults</NAME>
                 <CONT_DATA STUDY_ID="S1" MEAN_1="1.5" SD_1="2" TOTAL_1="20" MEAN_2="3" SD_2="2.5" TOTAL_2="22"/>
                 <CONT_DATA STUDY_ID="S2" MEAN_1="1.5" SD_1="0" TOTAL_1="20" MEAN_2="3" SD_2="2.5" TOTAL_2="22"/>
                 </CONT_SUBGROUP></CONT_OUTCOME>
               <IV_OUTCOME NO="2"><NAME>Death</NAME><IV_DATA STUDY_ID="S1" ESTIMATE="-0.5" SE="0.2"/>
                 <IV_DATA STUDY_ID="S1" ESTIMATE="-0.5" SE="0"/></IV_OUTCOME>
               <IPD_OUTCOME NO="3"><NAME>Survival</NAME><IPD_DATA STUDY_ID="S1" O_E="-10" VAR="40"/></IPD_OUTCOME>"#,
        );
        let review = read(&text).unwrap();
        assert_eq!(review.rows.len(), 3);
        let first = &review.rows[0];
        assert_eq!((first.comparison.as_str(), first.outcome.as_str()), ("2 A versus B", "1 Pain"));
        assert_eq!(
            (first.subgroup.as_deref(), first.study.as_str(), first.random),
            (Some("Adults"), "Smith 2001", Some(false))
        );
        assert!(matches!(review.rows[1].data, RowData::Generic(e) if (e.vi - 0.04).abs() < 1e-15));
        assert!(matches!(review.rows[2].data, RowData::OMinusE(e) if e.yi == -0.25));
        assert_eq!(review.notes.len(), 2);
        assert_eq!(review.rows[2].steps[0].sources[1].value, 40.0);
        assert!(review.rows[0].steps.is_empty() && review.published.is_empty());
    }

    #[test]
    fn switches_are_carried_out() {
        let text = review(
            r#"<DICH_OUTCOME NO="1" EFFECT_MEASURE="OR" METHOD="MH" RANDOM="YES" SWAP_EVENTS="YES" CI_TOTAL="0.99"><NAME>Healed</NAME>
                 <DICH_DATA STUDY_ID="S1" EVENTS_1="40" TOTAL_1="50" EVENTS_2="30" TOTAL_2="50"/></DICH_OUTCOME>
               <IV_OUTCOME NO="2" EFFECT_MEASURE="Hazard Ratio" LOG_DATA="NO" RANDOM="NO"><NAME>Death</NAME>
                 <IV_DATA STUDY_ID="S1" ESTIMATE="0.5" SE="0.2" CI_START="0.338" CI_END="0.74"/>
                 <IV_DATA STUDY_ID="S2" ESTIMATE="0.5" SE="0.1" CI_START="0.304" CI_END="0.696"/></IV_OUTCOME>"#,
        );
        let review = read(&text).unwrap();
        assert_eq!(review.rows[0].data.values()[..2], [("ai", 10.0), ("n1i", 50.0)]);
        assert_eq!(review.rows[0].data.values()[2..], [("ci", 20.0), ("n2i", 50.0)]);
        assert_eq!(review.rows[0].steps.len(), 1);
        let options = review.settings[0].options().unwrap().join(" ");
        assert_eq!(options, "--measure OR --model random --method DL --zero-cells revman --level 99");
        // the limits of the first are those of a log ratio, of the second those of a ratio: 0.5 ± 1.96·0.1
        for (row, sei) in review.rows[1..].iter().zip([0.2, 0.2]) {
            let RowData::Generic(effect) = row.data else { panic!() };
            approx::assert_relative_eq!(effect.yi, 0.5f64.ln(), max_relative = 1e-14);
            approx::assert_relative_eq!(effect.sei(), sei, max_relative = 1e-14);
        }
        let odd = text.replace("SWAP_EVENTS=\"YES\"", "SWAP_EVENTS=\"MAYBE\"");
        assert!(read(&odd).unwrap_err().to_string().contains("column SWAP_EVENTS: `MAYBE`"));
        let unknown = text.replace("CI_TOTAL=\"0.99\"", "TURN_ROUND=\"YES\"");
        let notes = read(&unknown).unwrap().notes;
        assert_eq!(notes, ["attributes that are not known were not used: TURN_ROUND of DICH_OUTCOME"]);
    }

    #[test]
    fn bare_ampersands_are_read() {
        let text = review(
            r#"<DICH_OUTCOME NO="1" EFFECT_MEASURE="RR"><NAME>Falls & fractures &amp; &#228; &x;</NAME>
                 <DICH_DATA STUDY_ID="S1" EVENTS_1="3" TOTAL_1="9" EVENTS_2="1" TOTAL_2="9"/></DICH_OUTCOME>"#,
        );
        let review = read(&text).unwrap();
        assert_eq!(review.rows[0].outcome, "1 Falls & fractures & ä &x;");
        assert_eq!(review.notes, ["2 ampersands begin no entity and were read as such"]);
    }

    #[test]
    fn pooled_estimates_come_along() {
        let text = review(
            r#"<DICH_OUTCOME NO="1" EFFECT_MEASURE="OR" RANDOM="YES" EFFECT_SIZE="0.9" CI_START="0.8" CI_END="1.0" TAU2="0.1" CHI2="9.9"><NAME>x</NAME>
                 <DICH_SUBGROUP NO="1" EFFECT_SIZE="0.7" CI_START="0.6" CI_END="0.8" TAU2="" CHI2=""><NAME>Men</NAME>
                 <DICH_DATA STUDY_ID="S1" EVENTS_1="3" TOTAL_1="9" EVENTS_2="1" TOTAL_2="9"/></DICH_SUBGROUP></DICH_OUTCOME>"#,
        );
        let published = read(&text).unwrap().published;
        assert_eq!(published.len(), 2);
        assert_eq!(
            (published[0].effect.ci_lower, published[0].tau2, published[0].q),
            (0.8, Some(0.1), Some(9.9))
        );
        assert_eq!((published[1].subgroup.as_deref(), published[1].tau2), (Some("Men"), None));
    }

    #[test]
    fn hostile_and_wrong_files_are_refused() {
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><COCHRANE_REVIEW>&b;</COCHRANE_REVIEW>";
        assert!(read(bomb).unwrap_err().to_string().contains("document type"));
        let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert!(read(&deep).unwrap_err().to_string().contains("nested deeper"));
        let wide: String = (0..2000).map(|i| format!(" a{i}='>'")).collect();
        let wide = format!("<COCHRANE_REVIEW{wide}/>");
        assert!(read(&wide).unwrap_err().to_string().contains("1000 attributes"));
        assert!(read("<html><body/></html>").unwrap_err().to_string().contains("`html`"));
        assert!(read("<COCHRANE_REVIEW><A></COCHRANE_REVIEW>").is_err());
        assert!(read("").is_err());
        assert!(read(&review("")).unwrap_err().to_string().contains("no data rows"));
    }

    #[test]
    fn a_malformed_number_has_its_place() {
        let text = review(
            r#"<DICH_OUTCOME><NAME>x</NAME><DICH_DATA STUDY_ID="S1" EVENTS_1="3x" TOTAL_1="9" EVENTS_2="1" TOTAL_2="9"/></DICH_OUTCOME>"#,
        );
        let error = read(&text).unwrap_err().to_string();
        assert!(
            error.contains("Smith 2001, line 5") && error.contains("EVENTS_1") && error.contains("`3x`"),
            "{error}"
        );
    }
}
