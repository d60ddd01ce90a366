//! The files of Review Manager 5 (`.rm5`).
//!
//! Use it to take over the data of a Cochrane review that was written with RevMan 5. [`read`] takes the text of the file and
//! returns every data row with its comparison, outcome, subgroup and study. Rows of dichotomous, continuous, generic
//! inverse-variance and O - E outcomes become the raw data of [`crate::effect`]; a row that RevMan holds but that has no
//! usable numbers (empty arms, SDs of 0) is left out and named in the notes.
//!
//! Generic inverse-variance estimates stand on the scale of the analysis in these files (ratios as logarithms). The pooled
//! estimates that RevMan wrote beside the data of an outcome or subgroup come along, to compare a new analysis with.
//!
//! These files declare the encoding of their characters, often ISO-8859-1; [`decode`] turns the bytes of a file into text.
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

use std::{borrow::Cow, collections::HashMap};

use roxmltree::{Document, Node, ParsingOptions};

use super::super::{baseline_risk::WithInterval, check, survival::log_rank};
use super::review::{Numbers, PublishedEstimate, reported};
pub use super::review::{Review, Row, RowData};
use crate::{
    Error, Result,
    effect::{TwoByTwo, TwoMeans},
};

const LARGEST: usize = 100_000_000;
const MOST_NODES: u32 = 5_000_000;
const DEEPEST: usize = 100;

/// The characters of Windows-1252 for the bytes 0x80 to 0x9F, which Western files declared as ISO-8859-1 mean by them; 0 where
/// there is none.
const WESTERN: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
];

/// The text of the bytes of an `.rm5` file, in the encoding that its XML declaration names: UTF-8, ISO-8859-1 or Windows-1252.
///
/// # Errors
///
/// If another encoding is declared, or the bytes are not of the declared one.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    let start: String = bytes.iter().take(200).map(|&byte| char::from(byte)).collect();
    let declared = start
        .split_once("<?xml")
        .and_then(|(_, rest)| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1))
        .map_or_else(|| "utf-8".to_owned(), str::to_lowercase);
    match declared.as_str() {
        "utf-8" | "utf8" | "us-ascii" => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            Error::data(
                format!("byte {} is not {declared}", error.valid_up_to() + 1),
                "save the file as UTF-8, or declare its encoding",
            )
        }),
        "iso-8859-1" | "latin1" | "windows-1252" => {
            let text: Option<String> = bytes
                .iter()
                .map(|&byte| match WESTERN.get(usize::from(byte).wrapping_sub(0x80)) {
                    Some(&code) => char::from_u32(u32::from(code)).filter(|c| *c != '\0'),
                    None => Some(char::from(byte)),
                })
                .collect();
            text.map(Cow::Owned).ok_or_else(|| {
                Error::data(format!("a byte is no character of {declared}"), "save the file as UTF-8")
            })
        }
        _ => Err(Error::data(
            format!("the file declares the encoding `{declared}`"),
            "save it as UTF-8 or ISO-8859-1",
        )),
    }
}

/// Reads the text of an `.rm5` file.
///
/// # Errors
///
/// If the text is not well-formed XML, declares a document type, exceeds the limits above, is not a RevMan review, or a
/// data row has a malformed number.
pub fn read(text: &str) -> Result<Review> {
    if text.len() > LARGEST {
        return Err(Error::data(
            format!("a file of {} bytes", text.len()),
            "a RevMan file has at most 100 MB",
        ));
    }
    shallow(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).map_err(|error| {
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
    let studies: HashMap<&str, (&str, Option<i32>)> = root
        .descendants()
        .filter(|node| node.has_tag_name("STUDY"))
        .filter_map(|node| {
            let year = node.attribute("YEAR").and_then(|year| year.trim().parse().ok());
            Some((node.attribute("ID")?, (node.attribute("NAME")?, year)))
        })
        .collect();
    let mut review = Review::default();
    let comparisons = root.descendants().filter(|node| node.has_tag_name("COMPARISON"));
    for comparison in comparisons {
        for outcome in comparison.children().filter(|node| node.tag_name().name().ends_with("_OUTCOME")) {
            let subgroups = outcome.children().filter(|node| node.tag_name().name().ends_with("_SUBGROUP"));
            for part in std::iter::once(outcome).chain(subgroups) {
                review.published.extend(published(comparison, outcome, part));
            }
            for data in outcome.descendants().filter(|node| node.tag_name().name().ends_with("_DATA")) {
                row(&mut review, &studies, &document, comparison, outcome, data)?;
            }
        }
    }
    if review.rows.is_empty() && review.notes.is_empty() {
        return Err(Error::data("the review holds no data rows", "give a file with analyses"));
    }
    Ok(review)
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

fn row(
    review: &mut Review,
    studies: &HashMap<&str, (&str, Option<i32>)>,
    document: &Document<'_>,
    comparison: Node<'_, '_>,
    outcome: Node<'_, '_>,
    data: Node<'_, '_>,
) -> Result<()> {
    let id = data.attribute("STUDY_ID").unwrap_or("unnamed study");
    let (study, year) = studies.get(id).copied().unwrap_or((id, None));
    let study = study.to_owned();
    let line = document.text_pos_at(data.range().start).row;
    let place = |error: Error| error.in_study(format!("{study}, line {line}"));
    let number = |attribute: &str| -> Result<Option<f64>> {
        let Some(text) = data.attribute(attribute).map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(place(Error::data(format!("`{text}`"), "a number is needed").in_column(attribute))),
        }
    };
    let numbers = |names: &[&str]| -> Result<Option<Vec<f64>>> {
        names.iter().map(|name| number(name)).collect::<Result<Option<Vec<f64>>>>()
    };
    let kind = data.tag_name().name();
    let parsed: Option<Numbers> = match kind {
        "DICH_DATA" => numbers(&["EVENTS_1", "TOTAL_1", "EVENTS_2", "TOTAL_2"])?.and_then(|v| match v[..] {
            [a, n1, c, n2] => Some(reported(TwoByTwo::from_totals(a, n1, c, n2).map(RowData::Counts))),
            _ => None,
        }),
        "CONT_DATA" => {
            numbers(&["MEAN_1", "SD_1", "TOTAL_1", "MEAN_2", "SD_2", "TOTAL_2"])?.and_then(|v| match v[..] {
                [m1, s1, n1, m2, s2, n2] => {
                    Some(reported(TwoMeans::new(m1, s1, n1, m2, s2, n2).map(RowData::Means)))
                }
                _ => None,
            })
        }
        "IV_DATA" => numbers(&["ESTIMATE", "SE"])?.and_then(|v| match v[..] {
            [yi, se] if se > 0.0 => Some(reported(check::effect(yi, se).map(RowData::Generic))),
            _ => None,
        }),
        "IPD_DATA" => numbers(&["O_E", "VAR"])?.and_then(|v| match v[..] {
            [o_e, v] if v > 0.0 => Some(log_rank::from_o_minus_e(o_e, v).map(|d| d.map(RowData::OMinusE))),
            _ => None,
        }),
        _ => None,
    };
    let outcome_title = title(outcome);
    match parsed {
        Some(Ok(derived)) => {
            let subgroup =
                data.ancestors().find(|node| node.tag_name().name().ends_with("_SUBGROUP")).and_then(name);
            review.rows.push(Row {
                comparison: title(comparison),
                outcome: outcome_title,
                subgroup,
                study,
                year,
                effect_measure: outcome.attribute("EFFECT_MEASURE").map(str::to_owned),
                method: outcome.attribute("METHOD").map(str::to_owned),
                random: outcome.attribute("RANDOM").map(|flag| flag == "YES"),
                data: derived.value,
                steps: derived.steps,
            });
        }
        Some(Err(error)) => {
            review.notes.push(format!("{study} left out of `{outcome_title}` (line {line}): {error}"))
        }
        None => review.notes.push(format!(
            "{study} left out of `{outcome_title}` (line {line}): {kind} without usable numbers"
        )),
    }
    Ok(())
}

/// Refuses elements nested deeper than any RevMan file, before a parser recurses into them.
fn shallow(text: &str) -> Result<()> {
    let (mut depth, mut rest) = (0usize, text);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or_default();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|i| i + 3)
        } else if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|i| i + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|i| i + 2)
        } else {
            let close = tag_end(rest);
            if rest.starts_with("</") {
                depth = depth.saturating_sub(1);
            } else if let Some(close) = close
                && !rest.starts_with("<!")
                && rest.as_bytes().get(close.wrapping_sub(2)) != Some(&b'/')
            {
                depth += 1;
            }
            close
        };
        if depth > DEEPEST {
            return Err(Error::data(
                format!("elements nested deeper than {DEEPEST}"),
                "a RevMan file is not so deep: give the .rm5 file as RevMan saved it",
            ));
        }
        // An unfinished tag is left to the parser, which names its place.
        let Some(end) = end else { return Ok(()) };
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

/// The position after the `>` that ends a tag; one within quotes does not.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote: Option<u8> = None;
    for (i, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(i + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
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
    fn declared_encodings_are_honoured() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><A N=\"M\xfcller \x96 B\"/>";
        assert!(decode(latin).unwrap().contains("M\u{fc}ller \u{2013} B"));
        let undeclared = b"<A N=\"M\xfcller\"/>";
        assert!(decode(undeclared).unwrap_err().to_string().contains("byte 8 is not utf-8"));
        assert!(decode("<A N=\"Müller\"/>".as_bytes()).unwrap().contains("Müller"));
        let error = decode(b"<?xml version='1.0' encoding='UTF-16'?><A/>").unwrap_err().to_string();
        assert!(error.contains("`utf-16`"), "{error}");
        assert!(decode(b"<?xml encoding='ISO-8859-1'?>\x81").is_err());
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
