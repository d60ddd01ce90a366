//! The data package of a Cochrane review, as RevMan writes it.
//!
//! Use it to take over the analyses of a published review. The package is a zip archive; its folder of analysis data holds
//! `*-data-rows.csv` (the studies), `*-overall-estimates-and-settings.csv` (one row for each analysis) and
//! `*-subgroup-estimates.csv`. The first is needed; the second gives the names of comparisons and outcomes, the effect
//! measure and the model, and with the third the pooled estimates of the review, to compare a new analysis with.
//! Versions 1 and 2 of the format are read.
//!
//! The kind of an analysis follows from what its rows hold: `GIV Mean` and `GIV SE` are on the scale of the analysis (ratios
//! as logarithms); `O-E` and `Variance`; means and SDs; cases. `Mean`, `CI start` and `CI end` are the effect as people
//! read it and serve where nothing else is given: as logarithms for a ratio.
//!
//! Where the settings say that events and non-events are swapped, or name a measure of non-events (`Odds Ratio (Non-event)`), the
//! counts are exchanged, as RevMan does. `Log-scale data` of a ratio tells whether `GIV Mean` is a logarithm. Columns of the settings
//! that are not known are named in the notes; `#N/A` stands for cells that do not apply.
//!
//! ```
//! use consilience::convert::import::{RowData, cochrane::{self, Package}};
//!
//! let rows = "Analysis group,Analysis number,Subgroup,Study,Study year,Experimental cases,Experimental N,Control cases,Control N,Mean,CI start,CI end\n\
//!             1,1,,Hart 1977,1977,62,13598,248,12867,0.24,0.18,0.31\n";
//! let settings = "Analysis group,Analysis number,Analysis name,Analysis group name,Effect measure,Analysis model,Mean,CI start,CI end\n\
//!                 1,1,Tuberculosis,BCG versus none,Risk Ratio,Random effects,0.24,0.18,0.31\n";
//! let review = cochrane::read(Package::new(rows).settings(settings))?;
//! assert_eq!(review.rows[0].comparison, "1 BCG versus none");
//! assert!(matches!(&review.rows[0].data, RowData::Counts(table) if table.ci() == 248.0));
//! assert_eq!(review.published[0].effect.estimate, 0.24);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Cochrane (2024). RevMan Knowledge Base: Data package specification.

use std::collections::HashMap;

use super::super::baseline_risk::WithInterval;
use super::super::check;
use super::super::standard_error::{ReportedInterval, ReportedScale};
use super::super::survival::log_rank;
use super::review::{
    AnalysisSettings, ImportedReview, Numbers, PublishedEstimate, ReviewRow, RowData, counts,
    is_of_non_events, is_random, logarithm, means, reported,
};
use super::sheet::{Sheet, plain};
use crate::{Error, Result};

/// The texts of the files of a package.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Package<'a> {
    /// `*-data-rows.csv`.
    pub data_rows: &'a str,
    /// `*-overall-estimates-and-settings.csv`.
    pub settings: Option<&'a str>,
    /// `*-subgroup-estimates.csv`.
    pub subgroup_estimates: Option<&'a str>,
}

impl<'a> Package<'a> {
    /// The studies.
    pub fn new(data_rows: &'a str) -> Self {
        Package { data_rows, settings: None, subgroup_estimates: None }
    }

    /// With overall estimates and settings.
    #[must_use]
    pub fn settings(mut self, text: &'a str) -> Self {
        self.settings = Some(text);
        self
    }

    /// With subgroup estimates.
    #[must_use]
    pub fn subgroup_estimates(mut self, text: &'a str) -> Self {
        self.subgroup_estimates = Some(text);
        self
    }
}

const ROWS: &str = "the file of data rows of a Cochrane data package";
const SETTINGS: &str = "the file of overall estimates and settings of a Cochrane data package";
const SUBGROUPS: &str = "the file of subgroup estimates of a Cochrane data package";

/// An analysis by its two numbers.
type Key = (String, String);

/// The settings of an analysis.
#[derive(Debug, Clone, Default)]
struct Analysis {
    settings: AnalysisSettings,
    /// True if its values are logarithms of ratios.
    log: bool,
    /// True if it is said that estimates of a ratio are entered as they are.
    plain_ratios: bool,
}

/// The columns of the settings that are used, or that change no number that is taken over.
const KNOWN: [&str; 66] = [
    "estimateci",
    "estimatecilevel",
    "studyci",
    "studycilevel",
    "ciandpilevel",
    "confidencelevel",
    "analysisgroup",
    "analysisnumber",
    "analysisname",
    "analysisgroupname",
    "datatype",
    "logscaledata",
    "statisticalmethod",
    "effectmeasure",
    "analysismodel",
    "swapeventandnonevent",
    "swapevents",
    "cimethod",
    "cipilevel",
    "cilevel",
    "mean",
    "cistart",
    "ciend",
    "pistart",
    "piend",
    "experimentalcases",
    "experimentaln",
    "controlcases",
    "controln",
    "weight",
    "heterogeneitytau²",
    "heterogeneitychi²",
    "heterogeneitydf",
    "heterogeneitypvalue",
    "heterogeneityp",
    "heterogeneityi²",
    "heterogeneityestimator",
    "heterogeneitymethod",
    "tau²method",
    "tau²estimator",
    "tau²cistart",
    "tau²ciend",
    "heterogeneitytau²cistart",
    "heterogeneitytau²ciend",
    "overalleffectz",
    "overalleffectt",
    "overalleffectdf",
    "overalleffectpvalue",
    "testforoveralleffect",
    "testforoveralleffectz",
    "testforoveralleffectp",
    "subgroupdifferenceschi²",
    "subgroupdifferencesdf",
    "subgroupdifferencespvalue",
    "subgroupdifferencesi²",
    "experimentalintervention",
    "controlintervention",
    "experimentalgrouplabel",
    "controlgrouplabel",
    "leftgraphlabel",
    "rightgraphlabel",
    "applicability",
    "totals",
    "footnotes",
    "unit",
    "sortby",
];

/// The names of the switch that exchanges events and non-events.
pub(super) const SWITCHES: [&str; 3] = ["swapeventandnonevent", "swapevents", "swapevent"];

/// The columns of the data rows that are used, or that change no number that is taken over; beside them stand judgements on the risk
/// of bias.
const KNOWN_OF_ROWS: [&str; 31] = [
    "analysisgroup",
    "analysisnumber",
    "analysisname",
    "analysisgroupname",
    "subgroup",
    "subgroupnumber",
    "applicability",
    "study",
    "studyid",
    "studyyear",
    "givmean",
    "givse",
    "experimentalmean",
    "experimentalsd",
    "experimentalcases",
    "experimentaln",
    "controlmean",
    "controlsd",
    "controlcases",
    "controln",
    "oe",
    "variance",
    "weight",
    "mean",
    "cistart",
    "ciend",
    "footnotes",
    "order",
    "swapeventandnonevent",
    "swapevents",
    "swapevent",
];

/// Words of a settings cell that mean yes or no.
pub(super) fn flag(sheet: &Sheet, row: usize, names: &[&str]) -> Result<Option<bool>> {
    let column = sheet.find(names);
    let Some(cell) = sheet.text(row, column) else { return Ok(None) };
    match plain(cell).as_str() {
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" | "na" => Ok(Some(false)),
        _ => {
            let name = column.and_then(|c| sheet.header().get(c)).map_or("", String::as_str);
            Err(Error::data(format!("`{cell}`"), "TRUE or FALSE is needed").in_column(name).in_row(row + 1))
        }
    }
}

/// A level such as `95%`.
fn percentage(text: &str) -> Option<f64> {
    let level: f64 = text.trim().trim_end_matches('%').trim().parse().ok()?;
    Some(if level <= 1.0 { 100.0 * level } else { level }).filter(|level| *level > 0.0 && *level < 100.0)
}

fn key(sheet: &Sheet, row: usize, group: usize, number: usize) -> Key {
    let text = |column| sheet.text(row, Some(column)).unwrap_or_default().to_owned();
    (text(group), text(number))
}

fn title(number: &str, name: Option<&str>) -> String {
    format!("{number} {}", name.unwrap_or_default()).trim().to_owned()
}

fn estimate(sheet: &Sheet, row: usize) -> Result<Option<WithInterval>> {
    let columns = ["mean", "cistart", "ciend"].map(|name| sheet.find(&[name]));
    Ok(sheet.numbers(row, columns)?.map(|[estimate, ci_lower, ci_upper]| WithInterval {
        estimate,
        ci_lower,
        ci_upper,
    }))
}

/// The content of the file of settings: each analysis, the pooled estimates, and notes.
#[derive(Default)]
struct Settings {
    analyses: HashMap<Key, Analysis>,
    published: Vec<PublishedEstimate>,
    notes: Vec<String>,
}

/// Reads the settings: each analysis, and its pooled estimate.
fn settings(text: &str) -> Result<Settings> {
    let sheet = Sheet::read(text)?;
    let (group, number) = (sheet.need("Analysis group", SETTINGS)?, sheet.need("Analysis number", SETTINGS)?);
    let mut made = Settings { notes: unknown(&sheet, &KNOWN).into_iter().collect(), ..Settings::default() };
    for row in 0..sheet.len() {
        let key = key(&sheet, row, group, number);
        let analysis = analysis(&sheet, row, &key).map_err(|error| error.in_row(row + 1))?;
        if let Some(effect) = estimate(&sheet, row)? {
            made.published.push(PublishedEstimate {
                comparison: analysis.settings.comparison.clone(),
                outcome: analysis.settings.outcome.clone(),
                subgroup: None,
                effect,
                tau2: sheet.number(row, sheet.find(&["heterogeneitytau²"]))?,
                q: sheet.number(row, sheet.find(&["heterogeneitychi²"]))?,
            });
        }
        made.notes.extend(analysis.settings.unsupported());
        made.analyses.insert(key, analysis);
    }
    Ok(made)
}

/// A note that names columns which are not known and hold something.
pub(super) fn unknown(sheet: &Sheet, known: &[&str]) -> Option<String> {
    let filled = |column: usize| (0..sheet.len()).any(|row| sheet.text(row, Some(column)).is_some());
    let names: Vec<&str> = sheet
        .header()
        .iter()
        .enumerate()
        .filter(|(column, name)| !known.contains(&plain(name).as_str()) && filled(*column))
        .map(|(_, name)| name.as_str())
        .collect();
    (!names.is_empty()).then(|| format!("columns that are not known were not used: {}", names.join(", ")))
}

fn analysis(sheet: &Sheet, row: usize, key: &Key) -> Result<Analysis> {
    let text = |name: &str| sheet.text(row, sheet.find(&[name]));
    let measure = text("effectmeasure").map(str::to_owned);
    let ratio = measure.as_deref().is_some_and(|m| plain(m).contains("ratio"));
    let log = flag(sheet, row, &["logscaledata"])?;
    // Review Manager's names of effects that come with their standard errors
    let generic = text("datatype")
        .map(plain)
        .is_none_or(|kind| ["generic", "inverse", "contrast", "giv"].iter().any(|word| kind.contains(word)));
    let swapped =
        flag(sheet, row, &SWITCHES)? == Some(true) || measure.as_deref().is_some_and(is_of_non_events);
    let settings = AnalysisSettings {
        comparison: title(&key.0, text("analysisgroupname")),
        outcome: title(&key.1, text("analysisname")),
        measure,
        method: text("statisticalmethod").map(str::to_owned),
        random: text("analysismodel").and_then(is_random),
        other_model: text("analysismodel").filter(|model| is_random(model).is_none()).map(str::to_owned),
        level: ["cipilevel", "ciandpilevel", "cilevel", "confidencelevel", "estimateci", "estimatecilevel"]
            .into_iter()
            .find_map(text)
            .and_then(percentage),
        tau2_method: ["heterogeneityestimator", "heterogeneitymethod", "tau²method", "tau²estimator"]
            .into_iter()
            .find_map(text)
            .map(str::to_owned),
        ci_method: text("cimethod").map(str::to_owned),
        swapped,
    };
    Ok(Analysis {
        settings,
        log: ratio || log == Some(true),
        plain_ratios: ratio && generic && log == Some(false),
    })
}

/// The kind of data of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Generic,
    OMinusE,
    Means,
    Counts,
    Displayed,
}

/// The columns of the data rows.
struct Columns {
    giv: [Option<usize>; 2],
    o_minus_e: [Option<usize>; 2],
    means: [Option<usize>; 6],
    counts: [Option<usize>; 4],
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        let of = |name: &str| sheet.find(&[name]);
        Columns {
            giv: ["givmean", "givse"].map(of),
            o_minus_e: ["oe", "variance"].map(of),
            means: [
                "experimentalmean",
                "experimentalsd",
                "experimentaln",
                "controlmean",
                "controlsd",
                "controln",
            ]
            .map(of),
            counts: ["experimentalcases", "experimentaln", "controlcases", "controln"].map(of),
        }
    }

    /// True unless the displayed estimate of a row is the exponential of what was entered: data that are said not to be on
    /// the log scale are then logarithms all the same.
    fn shows_ratios(&self, sheet: &Sheet, row: usize) -> Result<bool> {
        let (Some([entered, _]), Some(shown)) = (sheet.numbers(row, self.giv)?, estimate(sheet, row)?) else {
            return Ok(true);
        };
        let off = |value: f64| (value - shown.estimate).abs();
        Ok(off(entered) <= off(entered.exp()))
    }

    /// The kind of a row, by what it holds.
    fn kind(&self, sheet: &Sheet, row: usize, peto: bool) -> Result<Kind> {
        let above = |values: Option<[f64; 2]>| values.is_some_and(|v| v[1] > 0.0);
        let counts = sheet.numbers(row, self.counts)?.is_some();
        Ok(if above(sheet.numbers(row, self.giv)?) {
            Kind::Generic
        } else if above(sheet.numbers(row, self.o_minus_e)?) && !(peto && counts) {
            Kind::OMinusE
        } else if sheet.numbers(row, self.means)?.is_some_and(|v| v[1] > 0.0 || v[4] > 0.0) {
            Kind::Means
        } else if counts {
            Kind::Counts
        } else {
            Kind::Displayed
        })
    }

    fn data(&self, sheet: &Sheet, row: usize, kind: Kind, known: &Analysis) -> Result<Option<Numbers>> {
        Ok(match kind {
            Kind::Generic => {
                let logs = known.plain_ratios && self.shows_ratios(sheet, row)?;
                sheet.numbers(row, self.giv)?.filter(|v| v[1] > 0.0).map(|[yi, se]| {
                    if logs {
                        logarithm(yi, se).map(|d| d.map(RowData::Generic))
                    } else {
                        reported(check::effect(yi, se).map(RowData::Generic))
                    }
                })
            }
            Kind::OMinusE => sheet
                .numbers(row, self.o_minus_e)?
                .filter(|v| v[1] > 0.0)
                .map(|[o_e, v]| log_rank::from_o_minus_e(o_e, v).map(|d| d.map(RowData::OMinusE))),
            Kind::Means => sheet.numbers(row, self.means)?.map(means),
            Kind::Counts => {
                let swapped = flag(sheet, row, &SWITCHES)? == Some(true) || known.settings.swapped;
                sheet.numbers(row, self.counts)?.map(|values| counts(values, swapped))
            }
            Kind::Displayed => estimate(sheet, row)?.map(|e| {
                let scale = if known.log { ReportedScale::Ratio } else { ReportedScale::Identity };
                let effect =
                    ReportedInterval::new(e.ci_lower, e.ci_upper)?.around(e.estimate).effect(scale)?;
                Ok(effect.map(RowData::Generic))
            }),
        })
    }
}

/// The note on rows without the settings of their analyses.
const WITHOUT_SETTINGS: &str = "there is no file of settings beside the rows: whether events were swapped, and whether ratios are \
                                logarithms, is not known (--settings *-overall-estimates-and-settings.csv)";

/// Reads the files of a package.
///
/// # Errors
///
/// If a file is not CSV, has not the columns of its format, or holds a malformed number; the error names row and column.
pub fn read(package: Package<'_>) -> Result<ImportedReview> {
    let Settings { analyses, mut published, notes } = match package.settings {
        Some(text) => settings(text)?,
        None => Settings::default(),
    };
    let sheet = Sheet::read(package.data_rows)?;
    let file = DataRows {
        group: sheet.need("Analysis group", ROWS)?,
        number: sheet.need("Analysis number", ROWS)?,
        study: sheet.need("Study", ROWS)?,
        subgroup: sheet.find(&["subgroup"]),
        name: sheet.find(&["analysisname"]),
        year: sheet.find(&["studyyear"]),
        columns: Columns::of(&sheet),
        sheet,
    };
    let kinds = file.kinds(&analyses)?;
    let mut review = ImportedReview { notes, ..ImportedReview::default() };
    review.notes.extend(file.sheet.others([], |name| KNOWN_OF_ROWS.contains(&name)));
    let mut seen: Vec<Key> = Vec::new();
    for row in 0..file.sheet.len() {
        let key = key(&file.sheet, row, file.group, file.number);
        let known = analyses.get(&key).cloned().unwrap_or_else(|| file.unnamed(row, &key));
        let kind = kinds.get(&key).copied().unwrap_or(Kind::Displayed);
        file.row(&mut review, row, kind, &known)?;
        if !seen.contains(&key) {
            seen.push(key);
            review.settings.push(known.settings);
        }
    }
    if review.rows.is_empty() {
        return Err(Error::data(
            "the file holds no data rows with usable numbers",
            "give the file of data rows of a review of interventions",
        ));
    }
    if let Some(text) = package.subgroup_estimates {
        published.extend(subgroups(text, &analyses)?);
    }
    review.published = published;
    if package.settings.is_none() {
        review.notes.push(WITHOUT_SETTINGS.to_owned());
    }
    Ok(review)
}

/// The file of data rows with its columns.
struct DataRows {
    sheet: Sheet,
    group: usize,
    number: usize,
    study: usize,
    subgroup: Option<usize>,
    name: Option<usize>,
    year: Option<usize>,
    columns: Columns,
}

impl DataRows {
    /// One kind for each analysis, so that a row with zeros in the place of numbers is left out rather than misread.
    fn kinds(&self, analyses: &HashMap<Key, Analysis>) -> Result<HashMap<Key, Kind>> {
        let mut kinds: HashMap<Key, Kind> = HashMap::new();
        for row in 0..self.sheet.len() {
            let key = key(&self.sheet, row, self.group, self.number);
            let method = analyses.get(&key).and_then(|a| a.settings.method.as_deref());
            let peto = method.is_some_and(|m| plain(m).contains("peto"));
            let kind = self.columns.kind(&self.sheet, row, peto)?;
            let known = kinds.entry(key).or_insert(kind);
            if rank(kind) < rank(*known) {
                *known = kind;
            }
        }
        Ok(kinds)
    }

    /// An analysis of which the settings say nothing.
    fn unnamed(&self, row: usize, key: &Key) -> Analysis {
        Analysis {
            settings: AnalysisSettings {
                comparison: key.0.clone(),
                outcome: title(&key.1, self.sheet.text(row, self.name)),
                ..AnalysisSettings::default()
            },
            ..Analysis::default()
        }
    }

    fn row(&self, review: &mut ImportedReview, row: usize, kind: Kind, known: &Analysis) -> Result<()> {
        let Some(study) = self.sheet.text(row, Some(self.study)) else {
            return Err(Error::data("no study is named", "each data row belongs to a study")
                .in_row(row + 1)
                .in_column("Study"));
        };
        let place = |error: Error| error.in_row(row + 1).in_study(study);
        let year = self.sheet.number(row, self.year).unwrap_or(None).map(|year| year as i32);
        let outcome = &known.settings.outcome;
        match self.columns.data(&self.sheet, row, kind, known).map_err(place)? {
            Some(Ok(derived)) => review.rows.push(ReviewRow {
                comparison: known.settings.comparison.clone(),
                outcome: outcome.clone(),
                subgroup: self.sheet.text(row, self.subgroup).map(str::to_owned),
                study: study.to_owned(),
                year,
                effect_measure: known.settings.measure.clone(),
                method: known.settings.method.clone(),
                random: known.settings.random,
                data: derived.value,
                steps: derived.steps,
            }),
            Some(Err(error)) => {
                review.notes.push(format!("{study} left out of `{outcome}` (row {}): {error}", row + 1));
            }
            None => review
                .notes
                .push(format!("{study} left out of `{outcome}` (row {}): no usable numbers", row + 1)),
        }
        Ok(())
    }
}

/// The more particular kind has the lower rank.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Generic => 0,
        Kind::OMinusE => 1,
        Kind::Means => 2,
        Kind::Counts => 3,
        Kind::Displayed => 4,
    }
}

fn subgroups(text: &str, analyses: &HashMap<Key, Analysis>) -> Result<Vec<PublishedEstimate>> {
    let sheet = Sheet::read(text)?;
    let (group, number) =
        (sheet.need("Analysis group", SUBGROUPS)?, sheet.need("Analysis number", SUBGROUPS)?);
    let subgroup = sheet.need("Subgroup", SUBGROUPS)?;
    let mut all = Vec::new();
    for row in 0..sheet.len() {
        let key = key(&sheet, row, group, number);
        if let Some(effect) = estimate(&sheet, row)? {
            let known = analyses.get(&key);
            all.push(PublishedEstimate {
                comparison: known.map_or(key.0, |a| a.settings.comparison.clone()),
                outcome: known.map_or(key.1, |a| a.settings.outcome.clone()),
                subgroup: sheet.text(row, Some(subgroup)).map(str::to_owned),
                effect,
                tau2: sheet.number(row, sheet.find(&["heterogeneitytau²"]))?,
                q: sheet.number(row, sheet.find(&["heterogeneitychi²"]))?,
            });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEADER: &str = "Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,GIV SE,\
        Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,Control SD,Control cases,Control N,\
        O-E,Variance,Weight,Mean,CI start,CI end,Footnotes\n";

    fn rows(text: &str) -> Result<ImportedReview> {
        read(Package::new(&format!("{HEADER}{text}")))
    }

    #[test]
    fn every_kind_of_analysis() {
        let review = rows(
            "1,1,Death,Adults,,A 1990,1990,,,0,0,3,50,0,0,6,51,,,12.5,0.51,0.13,1.93,\n\
             1,2,Pain,,,A 1990,1990,,,4.2,1.1,,50,5.0,1.3,,51,0,0,12.5,-0.8,-1.3,-0.3,\n\
             1,2,Pain,,,B 1991,1991,,,4.2,0,,50,5.0,1.3,,51,0,0,0,Not estimable,,,x\n\
             2,1,Hazard,,,C,,-0.5,0.2,,,,,,,,,,,1,0.61,0.41,0.9,\n\
             2,2,Survival,,,C,,,,,,10,40,,,12,41,-3,9,1,0.72,0.37,1.38,\n\
             2,3,Only effects,,,D,,,,,,,,,,,,,,1,1.5,0.5,2.5,\n",
        )
        .unwrap();
        let kinds: Vec<&str> = review.rows.iter().map(|row| row.data.kind()).collect();
        assert_eq!(kinds, ["counts", "means", "generic", "o-minus-e", "generic"]);
        assert_eq!((review.rows[0].subgroup.as_deref(), review.rows[0].year), (Some("Adults"), Some(1990)));
        assert!(review.notes.len() == 2 && review.notes[1].contains("--settings"), "{:?}", review.notes);
        assert!(
            review.notes[0].contains("B 1991") && review.notes[0].contains("row 3"),
            "{:?}",
            review.notes
        );
        // What was taken over as it stands has no derivation; the others say theirs.
        let steps: Vec<usize> = review.rows.iter().map(|row| row.steps.len()).collect();
        assert_eq!(steps, [0, 0, 0, 1, 1]);
        assert!(review.provenance().to_string().contains("upper limit = 2.5"));
        // 1.5 (0.5 to 2.5): se = 2/(2·1.959964).
        let RowData::Generic(effect) = review.rows[4].data else { panic!() };
        approx::assert_relative_eq!(effect.sei(), 1.0 / 1.959_963_984_540_054, max_relative = 1e-12);
    }

    #[test]
    fn settings_name_the_analysis_and_its_scale() {
        let data = format!("{HEADER}1,1,,,,C,,,,,,,,,,,,,,1,0.65,0.43,0.98,\n");
        let settings = "Analysis group,Analysis number,Analysis name,Analysis group name,Log-scale data,Statistical method,Effect measure,Analysis model,Mean,CI start,CI end,Heterogeneity Tau²,Heterogeneity Chi²\n\
            1,1,Death,Drug versus placebo,TRUE,IV,Hazard Ratio,Random effects,0.65,0.43,0.98,0.01,2.5\n";
        let subgroups =
            "Analysis group,Analysis number,Subgroup,Mean,CI start,CI end\n1,1,Adults,0.6,0.4,0.9\n";
        let review = read(Package::new(&data).settings(settings).subgroup_estimates(subgroups)).unwrap();
        let row = &review.rows[0];
        assert_eq!((row.comparison.as_str(), row.outcome.as_str()), ("1 Drug versus placebo", "1 Death"));
        assert_eq!((row.random, row.measure().map(|m| m.code())), (Some(true), Some("HR")));
        let RowData::Generic(effect) = row.data else { panic!() };
        approx::assert_relative_eq!(effect.vi, 0.044_162_432_814, max_relative = 1e-10);
        assert_eq!(review.published.len(), 2);
        assert_eq!(
            (review.published[0].tau2, review.published[1].subgroup.as_deref()),
            (Some(0.01), Some("Adults"))
        );
    }

    #[test]
    fn wrong_files_are_refused_with_the_place() {
        let error = read(Package::new("a,b\n1,2\n")).unwrap_err().to_string();
        assert!(error.contains("no column `Analysis group`") && error.contains("a, b"), "{error}");
        let error = rows("1,1,Death,,,A,1990,,,,,3x,50,,,6,51,,,,,,,\n").unwrap_err().to_string();
        assert!(
            error.contains("row 1") && error.contains("Experimental cases") && error.contains("`3x`"),
            "{error}"
        );
        assert!(
            rows("1,1,Death,,,,1990,,,,,3,50,,,6,51,,,,,,,\n").unwrap_err().to_string().contains("no study")
        );
        assert!(rows("").unwrap_err().to_string().contains("no data rows"));
        assert!(read(Package::new("")).unwrap_err().to_string().contains("empty"));
        // More events than people: the row is left out and said.
        let review = rows("1,1,x,,,A,,,,,,60,50,,,6,51,,,,,,,\n1,1,x,,,B,,,,,,6,50,,,6,51,,,,,,,\n").unwrap();
        assert!(review.notes[0].contains("A left out"), "{:?}", review.notes);
    }
}
