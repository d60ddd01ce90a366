//! `convert import`: the data of other programs.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    Error, Result,
    convert::import::{
        AnalysisSettings, ImportedReview, PublishedEstimate, ReviewRow, cma,
        cochrane::{self, Package},
        encoding, revman, revman_export, revman_web,
    },
    table::{Choice, Table, text_of_workbook},
    text::{Align, Grid},
};
use serde::Serialize;

use super::{
    COMMAND,
    result::{Assumed, RECORD, assumptions, derivations, record},
};
use crate::request::{
    Answer, Format, Inputs, Rendering,
    args::{ImportArgs, ImportSource},
    host::{name_of, sheet_of},
    json,
};

const DATA_ROWS: &str = "data-rows.csv";
const SETTINGS: &str = "overall-estimates-and-settings.csv";
const SUBGROUPS: &str = "subgroup-estimates.csv";

/// The memory that a file takes while it is read, for each of its bytes.
const TIMES: usize = 12;

/// Files larger than this are no review.
const LARGEST: u64 = 100_000_000;

pub fn run(args: &ImportArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let review = read(args, inputs)?;
    let mut chosen = review.select(args.comparison.as_deref(), args.outcome.as_deref());
    if chosen.rows.is_empty() {
        let known: Vec<String> =
            review.analyses().iter().map(|(c, o, k)| format!("{c} / {o} ({k} rows)")).collect();
        return Err(Error::setting(
            "--comparison, --outcome",
            "no analysis is chosen",
            format!("the file holds {}", known.join("; ")),
        ));
    }
    choose_rows(args, &mut chosen)?;
    let several = chosen.analyses().len();
    if several > 1 && !args.list {
        chosen.notes.push(format!(
            "the rows belong to {several} analyses: import them one by one with --comparison and --outcome; --list names them \
             with the options of `pool` that repeat each"
        ));
    } else if let ([settings], false) = (chosen.settings.as_slice(), args.list)
        && let Some(options) = settings.options()
    {
        chosen.notes.push(format!("the file's analysis is that of `pool` with {}", options.join(" ")));
    }
    let list = args.list;
    Ok(Answer::new(
        COMMAND,
        move |how| if list { listed(&chosen, how.format) } else { written(&chosen, how) },
    ))
}

/// Keeps the rows that the conditions on the written columns choose; what a file published of all its rows is no longer theirs.
fn choose_rows(args: &ImportArgs, review: &mut ImportedReview) -> Result<()> {
    let choice = args.filter.iter().try_fold(Choice::new(), |choice, text| choice.filter(text))?;
    let choice = args.exclude.iter().fold(choice, |choice, label| choice.exclude(label));
    if choice.is_empty() {
        return Ok(());
    }
    let table = choice.apply(Table::read(grid(review, false).to_csv().as_bytes(), &name_of(&args.file))?)?;
    let kept: Vec<usize> = (0..table.len()).map(|position| table.row_number(position)).collect();
    let mut number = 0;
    review.rows.retain(|_| {
        number += 1;
        kept.binary_search(&number).is_ok()
    });
    review.notes.extend(table.notes().iter().cloned());
    if !review.published.is_empty() {
        review.published.clear();
        review.notes.push("the published estimates are those of all rows and are left out".to_owned());
    }
    Ok(())
}

fn read(args: &ImportArgs, inputs: &Inputs<'_>) -> Result<ImportedReview> {
    if let Some(files) =
        inputs.folder(&args.file).map_err(|e| unpacked(&args.file, format!("cannot be read ({e})")))?
    {
        if !matches!(args.source, None | Some(ImportSource::Cochrane)) {
            return Err(Error::File {
                path: args.file.display().to_string(),
                found: "is a folder".to_owned(),
                remedy: "give the name of a file; only a Cochrane data package is read as a folder"
                    .to_owned(),
            });
        }
        return package(files, args, inputs);
    }
    let content = text(inputs, &args.file, args.sheet.as_deref())?;
    let source = args.source.unwrap_or_else(|| guess(&content.text));
    for (option, given) in [("--settings", &args.settings), ("--subgroups", &args.subgroups)] {
        if given.is_some() && source != ImportSource::Cochrane {
            return Err(Error::setting(option, "the file is no Cochrane data package", "leave it out"));
        }
    }
    let review = match source {
        ImportSource::Rm5 => revman::read(&content.text),
        ImportSource::Cochrane => {
            let settings = args.settings.as_deref().map(|path| text(inputs, path, None)).transpose()?;
            let subgroups = args.subgroups.as_deref().map(|path| text(inputs, path, None)).transpose()?;
            return packed(content, settings, subgroups);
        }
        ImportSource::Rm5Csv => revman_export::read(&content.text),
        ImportSource::RevmanWeb => revman_web::read(&content.text),
        ImportSource::Cma => cma::read(&content.text),
    };
    let mut review = review.map_err(|error| error.in_file(content.name))?;
    review.notes.splice(0..0, content.notes);
    Ok(review)
}

/// The review of the files of a data package.
fn packed(rows: Content, settings: Option<Content>, subgroups: Option<Content>) -> Result<ImportedReview> {
    let mut package = Package::new(&rows.text);
    if let Some(settings) = &settings {
        package = package.settings(&settings.text);
    }
    if let Some(subgroups) = &subgroups {
        package = package.subgroup_estimates(&subgroups.text);
    }
    let mut review = cochrane::read(package).map_err(|error| error.in_file(rows.name.clone()))?;
    let notes = [Some(&rows), settings.as_ref(), subgroups.as_ref()].into_iter().flatten();
    let notes: Vec<String> =
        notes.flat_map(|file| file.notes.iter().map(|note| format!("{}: {note}", file.name))).collect();
    review.notes.splice(0..0, notes);
    Ok(review)
}

/// The source of a file by its beginning.
fn guess(text: &str) -> ImportSource {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(4000).collect();
    let header = start.lines().next().unwrap_or_default().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if start.starts_with('<') {
        ImportSource::Rm5
    } else if has(&["analysis group"]) {
        ImportSource::Cochrane
    } else if has(&["comparison number"]) {
        ImportSource::Rm5Csv
    } else if has(&["study name", "subgroup within study", "std err", "std-dev", "hedges's g", "fisher's z"])
    {
        ImportSource::Cma
    } else {
        ImportSource::RevmanWeb
    }
}

/// A folder without its data.
fn unpacked(folder: &Path, found: String) -> Error {
    Error::File {
        path: folder.display().to_string(),
        found,
        remedy: format!("give the unpacked folder of a data package, which holds a file *-{DATA_ROWS}"),
    }
}

/// The files of a package in a folder, or in the folder of analysis data below it.
fn package(mut files: Vec<PathBuf>, args: &ImportArgs, inputs: &Inputs<'_>) -> Result<ImportedReview> {
    files.sort();
    let find = |ending: &str| files.iter().find(|path| path.to_string_lossy().ends_with(ending)).cloned();
    let rows = find(DATA_ROWS).ok_or_else(|| unpacked(&args.file, format!("holds no file *-{DATA_ROWS}")))?;
    let settings = args.settings.clone().or_else(|| find(SETTINGS));
    let subgroups = args.subgroups.clone().or_else(|| find(SUBGROUPS));
    let rows = text(inputs, &rows, None)?;
    let settings = settings.map(|path| text(inputs, &path, None)).transpose()?;
    let subgroups = subgroups.map(|path| text(inputs, &path, None)).transpose()?;
    packed(rows, settings, subgroups)
}

/// A file as text.
struct Content {
    name: String,
    text: String,
    notes: Vec<String>,
}

/// A file, or a sheet of a workbook, as text; what is none is refused.
fn text(inputs: &Inputs<'_>, path: &Path, sheet: Option<&str>) -> Result<Content> {
    let (path, named) = sheet_of(path);
    let sheet = sheet.or(named);
    let name = name_of(path);
    let failed =
        |found: String, remedy: &str| Error::File { path: name.clone(), found, remedy: remedy.to_owned() };
    let source = inputs.open(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => failed("there is no such file".to_owned(), "check its name and folder"),
        _ => failed(format!("reading failed ({e})"), "check the file"),
    })?;
    let mut bytes = Vec::new();
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| failed(format!("reading failed ({e})"), "check the file"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed("is larger than 100 MB".to_owned(), "give the file of one review"));
    }
    // as memory that is refused later would end the process
    if Vec::<u8>::new().try_reserve_exact(bytes.len().saturating_mul(TIMES)).is_err() {
        let found = "there is not enough memory for what it holds".to_owned();
        return Err(failed(found, "free some memory, or give the file of one review"));
    }
    inputs.remember(&name, &bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(failed("the file is empty".to_owned(), "give the file as its program saved it"));
    }
    if let Some((text, notes)) =
        text_of_workbook(&bytes, sheet).map_err(|error| archive(error).in_file(name.clone()))?
    {
        return Ok(Content { name, text, notes });
    }
    let decoded = encoding::decode(&bytes).map_err(|error| error.in_file(name.clone()))?;
    Ok(Content { name, text: decoded.text, notes: decoded.notes })
}

/// The error of an archive that is no workbook, with the way to a data package.
fn archive(error: Error) -> Error {
    match error {
        Error::Data { place, found, .. } if found.contains("archive") => {
            Error::Data { place, found, remedy: "unpack a data package and give its folder".to_owned() }
        }
        other => other,
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Analysis<'a> {
    comparison: &'a str,
    outcome: &'a str,
    rows: usize,
    /// The options of `pool` that repeat the analysis, as far as the file says how it was done.
    pool: Option<String>,
}

/// The analyses of a review.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct List<'a> {
    kind: &'static str,
    analyses: Vec<Analysis<'a>>,
}

fn listed(review: &ImportedReview, format: Format) -> Result<String> {
    let options = |comparison: &str, outcome: &str| {
        let found = review.settings.iter().find(|s| s.comparison == comparison && s.outcome == outcome);
        found.and_then(AnalysisSettings::options).map(|options| options.join(" "))
    };
    let analyses: Vec<Analysis<'_>> = review
        .analyses()
        .into_iter()
        .map(|(comparison, outcome, rows)| Analysis {
            comparison,
            outcome,
            rows,
            pool: options(comparison, outcome),
        })
        .collect();
    let mut grid = Grid::new([
        ("comparison", Align::Left),
        ("outcome", Align::Left),
        ("rows", Align::Right),
        ("options of pool", Align::Left),
    ]);
    for analysis in &analyses {
        grid.row([
            analysis.comparison.to_owned(),
            analysis.outcome.to_owned(),
            analysis.rows.to_string(),
            analysis.pool.clone().unwrap_or_default(),
        ]);
    }
    Ok(match format {
        Format::Json => json(COMMAND, &List { kind: "import", analyses })?,
        Format::Csv => grid.to_csv(),
        Format::Markdown => grid.to_markdown(),
        Format::Text => grid.to_text(),
    })
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Imported<'a> {
    kind: &'static str,
    rows: &'a [ReviewRow],
    assumptions: Vec<Assumed>,
    published: &'a [PublishedEstimate],
    settings: &'a [AnalysisSettings],
    notes: &'a [String],
}

fn written(review: &ImportedReview, how: Rendering) -> Result<String> {
    let provenance = review.provenance();
    let derived = !provenance.entries.is_empty() && !how.quiet;
    let assumed = !provenance.assumptions().is_empty();
    Ok(match how.format {
        Format::Json => json(
            COMMAND,
            &Imported {
                kind: "import",
                rows: &review.rows,
                assumptions: Assumed::all(&provenance),
                published: &review.published,
                settings: &review.settings,
                notes: &review.notes,
            },
        )?,
        Format::Csv => grid(review, false).to_csv(),
        Format::Markdown => {
            let mut text = grid(review, true).to_markdown();
            if derived {
                text += &format!(
                    "\n### How the numbers were derived\n\n{}",
                    derivations(&provenance).to_markdown()
                );
                if assumed {
                    text += &format!("\n### Assumptions\n\n{}", assumptions(&provenance).to_markdown());
                }
            }
            if !review.published.is_empty() {
                text += &format!("\n### Published estimates\n\n{}", published(review).to_markdown());
            }
            text + &list(&review.notes, "\n")
        }
        Format::Text => {
            let mut text = grid(review, true).to_text();
            if derived {
                text += &format!("\nHow the numbers were derived\n\n{provenance}");
                if assumed {
                    text += &format!("\nAssumptions\n\n{}", assumptions(&provenance).to_text());
                }
            }
            if !review.published.is_empty() {
                text += &format!("\nPublished estimates\n\n{}", published(review).to_text());
            }
            text + &list(&review.notes, "\nNotes:\n")
        }
    })
}

fn list(notes: &[String], heading: &str) -> String {
    if notes.is_empty() {
        return String::new();
    }
    notes.iter().fold(heading.to_owned(), |text, note| format!("{text}- {note}\n"))
}

/// The rows with their numbers under the names of roles; columns that no row fills are left out.
fn grid(review: &ImportedReview, readable: bool) -> Grid {
    let mut numbers: Vec<&'static str> = Vec::new();
    for row in &review.rows {
        for (name, _) in row.data.values() {
            if !numbers.contains(&name) {
                numbers.push(name);
            }
        }
    }
    type Text = fn(&ReviewRow) -> String;
    let labels: [(&str, Text); 6] = [
        ("study", |row| row.study.clone()),
        ("year", |row| row.year.map_or(String::new(), |year| year.to_string())),
        ("comparison", |row| row.comparison.clone()),
        ("outcome", |row| row.outcome.clone()),
        ("subgroup", |row| row.subgroup.clone().unwrap_or_default()),
        ("measure", |row| {
            let code = row.measure().map(|measure| measure.code().to_owned());
            code.or_else(|| row.effect_measure.clone()).unwrap_or_default()
        }),
    ];
    let filled: Vec<&(&str, Text)> = labels
        .iter()
        .filter(|(name, text)| *name == "study" || review.rows.iter().any(|row| !text(row).is_empty()))
        .collect();
    let header = filled
        .iter()
        .map(|(name, _)| (*name, Align::Left))
        .chain(numbers.iter().map(|name| (*name, Align::Right)));
    // In CSV the record stands beside the numbers.
    let recorded = !readable && review.rows.iter().any(|row| !row.steps.is_empty());
    let names: &[&str] = if recorded { &RECORD } else { &[] };
    let mut grid = Grid::new(header.chain(names.iter().map(|name| (*name, Align::Left))));
    for row in &review.rows {
        let values = row.data.values();
        let number = |name: &&'static str| {
            let value = values.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
            match value {
                None if readable => "-".to_owned(),
                None => String::new(),
                Some(value) if readable && value != value.trunc() => format!("{value:.4}"),
                Some(value) => value.to_string(),
            }
        };
        let told = if recorded { record(&row.steps).to_vec() } else { Vec::new() };
        grid.row(filled.iter().map(|(_, text)| text(row)).chain(numbers.iter().map(number)).chain(told));
    }
    grid
}

fn published(review: &ImportedReview) -> Grid {
    let header = ["comparison", "outcome", "subgroup"].map(|name| (name, Align::Left)).into_iter();
    let header = header.chain(["estimate", "ci.lb", "ci.ub"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for p in &review.published {
        grid.row([
            p.comparison.clone(),
            p.outcome.clone(),
            p.subgroup.clone().unwrap_or_default(),
            format!("{:.4}", p.effect.estimate),
            format!("{:.4}", p.effect.ci_lower),
            format!("{:.4}", p.effect.ci_upper),
        ]);
    }
    grid
}
