//! `--by COLUMN`: one analysis for each level of a column, in one answer.
//!
//! The command runs on the rows of each level as it would on a file of them. Levels stand in numeric order, then in the order of
//! their bytes. A level that cannot be analyzed is named with its reason, and the others are; rows without a level are named, too.
//! The text begins with a table of the pooled results, the JSON holds the analyses in an array, the CSV the tables under one
//! header with the level in the first column, a figure the pictures beneath each other (or their pages one after the other), a report
//! the sections of each level.

use std::path::Path;

use serde_json::Value;

use super::{
    Answer, AnswerFigure, Command, Format, Inputs, Rendering, ReportFormat,
    args::{DrawsArgs, EconomicsCommand, EvppiArgs, InputArgs, PlotCommand, ShownArgs, TableArgs},
    data,
    economics::Files,
    host::Part,
};
use crate::{
    Error, Result,
    plot::Scene,
    table::Table,
    text::{Align, Document, Grid, Section, fixed},
};

/// More levels than this are taken for a column of labels or numbers that was meant otherwise.
const MOST: usize = 500;

/// The data of a command that can be done for each level of a column.
pub(super) struct Division<'a> {
    /// The column, if the analysis is divided.
    pub(super) column: Option<&'a str>,
    source: Divided<'a>,
    /// The confidence level in per cent; draws have none.
    confidence: f64,
}

/// The sources that hold the levels.
enum Divided<'a> {
    Table(&'a TableArgs),
    Draws(&'a DrawsArgs, Option<&'a Path>),
}

impl<'a> Division<'a> {
    fn table(input: &'a InputArgs) -> Self {
        let source = Divided::Table(&input.table);
        Division { column: input.by.as_deref(), source, confidence: input.level }
    }

    fn draws(draws: &'a DrawsArgs, parameters: Option<&'a Path>) -> Self {
        Division { column: draws.by.as_deref(), source: Divided::Draws(draws, parameters), confidence: 95.0 }
    }

    /// The table that has the column, with what is chosen of it; every level reads the same sources.
    fn read(&self, column: &str, inputs: &Inputs<'_>) -> Result<Table> {
        match &self.source {
            Divided::Table(source) => {
                let whole = inputs.sheet(&source.data, source.sheet.as_deref())?;
                inputs.hold(&source.data, source.sheet.as_deref(), whole);
                data::table(inputs, source)
            }
            Divided::Draws(draws, parameters) => {
                for path in
                    [Some(draws.costs.as_path()), Some(&draws.effects), *parameters].into_iter().flatten()
                {
                    inputs.hold(path, None, inputs.table(path)?);
                }
                let parameters = parameters.map(|path| inputs.table(path)).transpose()?;
                Ok(Files::read(inputs, draws, parameters)?.holding(column))
            }
        }
    }
}

impl Command {
    /// The data of a command that can be done for each level of a column.
    pub(super) fn divisible(&self) -> Option<Division<'_>> {
        match self {
            Command::Economics(EconomicsCommand::Psa(args)) => Some(Division::draws(&args.draws, None)),
            Command::Economics(EconomicsCommand::Evppi(args)) => Some(of_information(args)),
            Command::Plot(command) => of_draws(command)
                .or_else(|| of_review(command))
                .or_else(|| pictured(command).map(Division::table)),
            _ => self.tabled().map(Division::table),
        }
    }

    /// The table of a command that can be done for each level of a column.
    fn tabled(&self) -> Option<&InputArgs> {
        match self {
            Command::Effects(args) => Some(&args.input),
            Command::Pool(args) => Some(&args.input),
            Command::Regress(args) => Some(&args.input),
            Command::Glmm(args) => Some(&args.input),
            Command::Multilevel(args) => Some(&args.input),
            Command::Network(args) => Some(&args.input),
            Command::Bias(args) => Some(&args.input),
            Command::Influence(args) => Some(&args.input),
            Command::Economics(EconomicsCommand::Frontier(args)) => Some(&args.input),
            Command::Economics(EconomicsCommand::Trial(args)) => Some(&args.input),
            Command::Economics(EconomicsCommand::PoolInb(args)) => Some(&args.input),
            Command::Report(args) => Some(&args.pool.input),
            Command::NetworkReport(args) => Some(&args.network.input),
            _ => None,
        }
    }
}

impl Command {
    /// The look of the numbers in its tables.
    fn shown(&self) -> ShownArgs {
        match self {
            Command::Pool(args) => args.shown,
            Command::Regress(args) => args.shown,
            Command::Glmm(args) => args.shown,
            Command::Multilevel(args) => args.shown,
            Command::Network(args) => args.shown,
            Command::Bias(args) => args.shown,
            Command::Influence(args) => args.shown,
            _ => ShownArgs::default(),
        }
    }
}

fn of_information(args: &EvppiArgs) -> Division<'_> {
    Division::draws(&args.draws, Some(&args.parameters))
}

/// The draws of a figure that can be drawn for each level of a column.
fn of_draws(command: &PlotCommand) -> Option<Division<'_>> {
    use PlotCommand as P;
    Some(match command {
        P::CePlane(args) => Division::draws(&args.psa.draws, None),
        P::Ceac(args) | P::Ceaf(args) | P::ExpectedLoss(args) | P::Evpi(args) => {
            Division::draws(&args.psa.draws, None)
        }
        P::Evppi(args) => of_information(&args.evppi),
        _ => return None,
    })
}

/// The table of a figure of a review that can be drawn for each level of a column.
fn of_review(command: &PlotCommand) -> Option<Division<'_>> {
    use PlotCommand as P;
    let args = match command {
        P::Harvest(args) | P::EffectDirection(args) | P::TrafficLight(args) | P::RiskOfBias(args) => args,
        P::Prisma(args) | P::Findings(args) => args,
        P::Albatross(args) => &args.table,
        _ => return None,
    };
    Some(Division { column: args.by.as_deref(), source: Divided::Table(&args.table), confidence: 95.0 })
}

/// The input of a figure that can be drawn for each level of a column.
fn pictured(command: &PlotCommand) -> Option<&InputArgs> {
    use PlotCommand as P;
    Some(match command {
        P::Forest(args) => &args.pool.input,
        P::Funnel(args) => &args.pool.input,
        P::Labbe(args) => &args.pool.input,
        P::Sensitivity(args) => &args.pool.input,
        P::Radial(args)
        | P::Doi(args)
        | P::Drapery(args)
        | P::Orchard(args)
        | P::Caterpillar(args)
        | P::Profile(args)
        | P::Multiverse(args) => &args.pool.input,
        P::Baujat(args) | P::Influence(args) | P::Qq(args) | P::LeaveOneOut(args) | P::Cumulative(args) => {
            &args.influence.input
        }
        P::Gosh(args) => &args.influence.input,
        P::Frontier(args) => &args.frontier.input,
        P::Bubble(args) => &args.regress.input,
        P::Regression(args) => &args.regress.input,
        P::Permutation(args) => &args.regress.input,
        P::Glmm(args) => &args.glmm.input,
        P::Multilevel(args) => &args.multilevel.input,
        P::Selection(args) | P::PCurve(args) => &args.bias.input,
        P::Network(args) => &args.network.input,
        P::League(args)
        | P::Rankogram(args)
        | P::RankHeat(args)
        | P::NetHeat(args)
        | P::FunnelNetwork(args)
        | P::Hasse(args)
        | P::Contribution(args)
        | P::Threshold(args) => &args.network.input,
        P::ForestNetwork(args) | P::Split(args) => &args.network.input,
        _ => return None,
    })
}

/// The answer of one level.
struct Level {
    name: String,
    answer: Answer,
}

/// The table of one level: the names of its columns and its rows.
struct LevelTable<'a> {
    level: &'a str,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The answers of all levels.
struct Levels {
    command: &'static str,
    column: String,
    /// The confidence level in per cent.
    confidence: f64,
    shown: ShownArgs,
    levels: Vec<Level>,
    failed: Vec<(String, String)>,
    notes: Vec<String>,
}

/// Answers a command for each level of a column.
pub(super) fn run(
    command: &Command,
    column: &str,
    division: &Division<'_>,
    inputs: &Inputs<'_>,
) -> Result<Answer> {
    let table = division.read(column, inputs)?;
    let column = table.name_of(column)?.to_owned();
    let mut names: Vec<String> = table.column(&column)?.as_groups().into_iter().flatten().collect();
    names.sort_by(|a, b| crate::table::level_order(a, b));
    names.dedup();
    if names.len() > MOST || names.is_empty() {
        let found = format!("the column {column} has {} levels", names.len());
        return Err(Error::setting("--by", found, "name a column of groups of rows, such as the outcome"));
    }
    let mut notes = Vec::new();
    notes.extend(without_level(&table, &column)?);
    let (mut levels, mut failed, mut first) = (Vec::new(), Vec::new(), None);
    for name in names {
        inputs.choose(Part { column: column.clone(), level: name.clone() });
        match command.answer(inputs) {
            Ok(answer) => levels.push(Level { name, answer }),
            Err(error) if error.is_unknown() || error.is_setting() => return Err(error),
            Err(error) => {
                notes.push(format!("{column} = {name} is not analyzed: {error}"));
                failed.push((name, error.to_string()));
                first.get_or_insert(error);
            }
        }
    }
    match (levels.first().map(|level| level.answer.command), first) {
        (Some(name), _) => {
            let (confidence, shown) = (division.confidence, command.shown());
            Ok(Levels { command: name, column, confidence, shown, levels, failed, notes }.answer())
        }
        (None, Some(error)) => Err(error),
        (None, None) => Err(Error::data("no level can be analyzed", "name another column with --by")),
    }
}

/// A note on rows that have no level.
fn without_level(table: &Table, column: &str) -> Result<Option<String>> {
    let groups = table.column(column)?.as_groups();
    let rows = groups.iter().enumerate().filter(|(_, level)| level.is_none());
    let named: Vec<String> =
        rows.map(|(row, _)| format!("{} (row {})", table.label(row), table.row_number(row))).collect();
    Ok((!named.is_empty()).then(|| format!("left out, {column} is missing: {}", named.join(", "))))
}

impl Levels {
    fn answer(mut self) -> Answer {
        let mut notes = std::mem::take(&mut self.notes);
        for level in &self.levels {
            notes.extend(level.answer.notes.iter().map(|note| self.headed(&level.name, note)));
        }
        if self.levels.iter().any(|level| level.answer.is_report()) {
            return self.report(notes);
        }
        let figure = self.figure();
        let told = notes.clone();
        let words: Vec<String> = self.levels.iter().filter_map(|level| self.in_words(level)).collect();
        let has_text = self.levels.iter().any(|level| level.answer.has_text());
        let drawn = self.levels.iter().any(|level| level.answer.drawn);
        let command = self.command;
        let body = move |how: Rendering| match how.format {
            Format::Json => self.json(how, &told),
            Format::Csv => self.csv(how),
            Format::Text | Format::Markdown => self.text(how),
        };
        let mut answer = if has_text { Answer::new(command, body) } else { Answer::empty(command) };
        answer.drawn = drawn;
        let answer = figure.into_iter().fold(answer, Answer::figure).notes(notes);
        if words.is_empty() { answer } else { answer.in_words(move || words.join("\n\n")) }
    }

    /// One report of all levels: the sections of each under its name.
    fn report(self, notes: Vec<String>) -> Answer {
        let (command, told) = (self.command, notes.clone());
        Answer::of_report(command, move |form| self.document(&told, form)).notes(notes)
    }

    fn document(&self, notes: &[String], form: ReportFormat) -> Result<Document> {
        let (mut sections, mut failed, mut first) = (Vec::new(), Vec::new(), None);
        let (mut title, mut analyzed) = (None, Vec::new());
        for level in &self.levels {
            let document = match level.answer.document(form) {
                Ok(Some(document)) => document,
                Ok(None) => continue,
                Err(error) if error.is_unknown() || error.is_setting() => return Err(error),
                Err(error) => {
                    failed.push(self.headed(&level.name, &format!("not analyzed: {error}")));
                    first.get_or_insert(error);
                    continue;
                }
            };
            title.get_or_insert((document.title, document.subtitle));
            analyzed.push(level.name.clone());
            sections.extend(document.sections.into_iter().map(|section| {
                let untitled = section.title.is_empty();
                Section {
                    title: if untitled { String::new() } else { self.headed(&level.name, &section.title) },
                    ..section
                }
            }));
        }
        let Some((title, subtitle)) = title else {
            let none = || Error::data("no level can be analyzed", "name another column with --by");
            return Err(first.unwrap_or_else(none));
        };
        let levels = format!("One analysis for each level of {}: {}.", self.column, analyzed.join(", "));
        let opening =
            Section::new("Analyses").paragraph(levels).list(failed.into_iter().chain(notes.iter().cloned()));
        let whole = Document { subtitle, ..Document::new(title) }.section(opening);
        Ok(sections.into_iter().fold(whole, Document::section))
    }

    fn headed(&self, level: &str, text: &str) -> String {
        format!("{} = {level}: {text}", self.column)
    }

    fn in_words(&self, level: &Level) -> Option<String> {
        level.answer.paragraph().map(|text| self.headed(&level.name, &text))
    }

    /// The pictures of all levels: beneath each other, or page after page if one has several.
    fn figure(&mut self) -> Option<AnswerFigure> {
        let mut drawn: Vec<(String, AnswerFigure)> = Vec::new();
        for level in &mut self.levels {
            let heading = format!("{} = {}", self.column, level.name);
            drawn.extend(std::mem::take(&mut level.answer.figures).into_iter().map(|f| (heading.clone(), f)));
        }
        let (_, first) = drawn.first()?;
        let (name, options) = (first.name, first.options.clone());
        Some(AnswerFigure::paged(name, options, move || {
            let mut pages: Vec<Vec<Scene>> = Vec::new();
            for (heading, figure) in &drawn {
                pages.push(figure.pages()?.into_iter().map(|scene| scene.headed(heading)).collect());
            }
            if pages.iter().any(|pages| pages.len() > 1) {
                return Ok(pages.into_iter().flatten().collect());
            }
            Ok(vec![Scene::stacked(pages.into_iter().flatten())])
        }))
    }

    fn json(&self, how: Rendering, notes: &[String]) -> Result<String> {
        let text = |value: &str| Value::from(value).to_string();
        let mut analyses = Vec::new();
        for level in &self.levels {
            let Some(json) = level.answer.plain(how)? else { continue };
            let rest =
                json.trim_end().strip_prefix(&super::answer::opening(self.command)).unwrap_or_default();
            let rest = rest.replace('\n', "\n    ");
            analyses.push(format!("    {{\n      \"value\": {}{rest}", text(&level.name)));
        }
        let failed = self.failed.iter().map(|(level, error)| {
            format!("    {{\n      \"value\": {},\n      \"error\": {}\n    }}", text(level), text(error))
        });
        let list = |items: Vec<String>| {
            if items.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", items.join(",\n")) }
        };
        let notes = notes.iter().map(|note| format!("    {}", text(note))).collect();
        Ok(format!(
            "{},\n  \"by\": {},\n  \"analyses\": {},\n  \"failed\": {},\n  \"notes\": {}\n}}\n",
            super::answer::opening(self.command),
            text(&self.column),
            list(analyses),
            list(failed.collect()),
            list(notes)
        ))
    }

    /// The tables of all levels under one header.
    fn csv(&self, how: Rendering) -> Result<String> {
        let mut header: Vec<String> = Vec::new();
        let mut tables = Vec::new();
        for level in &self.levels {
            let Some(text) = level.answer.plain(how)? else { continue };
            let records = records(&text)?;
            let (names, rows) =
                records.split_first().map_or((Vec::new(), Vec::new()), |(n, r)| (n.clone(), r.to_vec()));
            header.extend(names.iter().filter(|name| !header.contains(name)).cloned().collect::<Vec<_>>());
            tables.push(LevelTable { level: &level.name, names, rows });
        }
        let own = self.holds_levels(&tables);
        let mut level_name = self.column.clone();
        while !own && header.contains(&level_name) {
            level_name.insert_str(0, "by ");
        }
        let first = if own { Vec::new() } else { vec![level_name] };
        let names: Vec<&str> = first.iter().chain(&header).map(String::as_str).collect();
        let mut grid = Grid::new(names.iter().map(|name| (*name, Align::Left)));
        for LevelTable { level, names, rows } in tables {
            let places: Vec<Option<usize>> =
                header.iter().map(|name| names.iter().position(|known| known == name)).collect();
            for row in rows {
                let cells =
                    places.iter().map(|at| at.and_then(|at| row.get(at)).cloned().unwrap_or_default());
                let level = (!own).then(|| level.to_owned());
                grid.row(level.into_iter().chain(cells));
            }
        }
        Ok(grid.to_csv())
    }

    /// True if the tables themselves have a column with the level in every row.
    fn holds_levels(&self, tables: &[LevelTable<'_>]) -> bool {
        tables.iter().all(|table| {
            let place = table.names.iter().position(|name| *name == self.column);
            place.is_some_and(|at| {
                table.rows.iter().all(|row| row.get(at).is_some_and(|cell| cell == table.level))
            })
        })
    }

    fn text(&self, how: Rendering) -> Result<String> {
        let markdown = how.format == Format::Markdown;
        let mut text = match self.summary()? {
            Some(grid) if markdown => grid.to_markdown(),
            Some(grid) => grid.to_text(),
            None => String::new(),
        };
        for level in &self.levels {
            let Some(body) = level.answer.plain(how)? else { continue };
            let heading = format!("{} = {}", self.column, crate::text::one_line(&level.name));
            let gap = if text.is_empty() { "" } else { "\n" };
            text += &if markdown {
                format!("{gap}# {}\n\n{body}", crate::text::markdown_line(&heading))
            } else {
                format!("{gap}{heading}\n{}\n\n{body}", "=".repeat(crate::text::columns(&heading)))
            };
        }
        for (level, error) in &self.failed {
            text += &format!("\n{} = {level} is not analyzed: {error}\n", self.column);
        }
        Ok(text)
    }

    /// A row for each level with its pooled result, where there is one.
    fn summary(&self) -> Result<Option<Grid>> {
        let (mut rows, mut scale) = (Vec::new(), None);
        for level in &self.levels {
            let Some(json) = level.answer.plain(Rendering::new(Format::Json))? else { return Ok(None) };
            let result: Value = serde_json::from_str(&json).unwrap_or_default();
            let Some(row) = summary_row(&level.name, &result, self.shown) else { return Ok(None) };
            rows.push(row);
            scale = result.pointer("/transformed/scale").and_then(Value::as_str).map(str::to_owned);
        }
        let interval = format!("{}% CI", self.confidence);
        let scale = scale.filter(|_| !self.shown.log);
        let estimate = scale.map_or("estimate".to_owned(), |scale| format!("estimate ({scale})"));
        let header = [self.column.as_str(), "k", &estimate, &interval, "P", "tau²", "I² (%)"];
        let mut grid = Grid::new(
            header
                .iter()
                .enumerate()
                .map(|(at, name)| (*name, if at == 0 { Align::Left } else { Align::Right })),
        );
        for row in rows {
            grid.row(row);
        }
        Ok(Some(grid))
    }
}

/// The level with its pooled estimate, back-transformed where the result is.
fn summary_row(level: &str, result: &Value, shown: ShownArgs) -> Option<[String; 7]> {
    let back = result.get("transformed").filter(|t| t.get("estimate").is_some_and(Value::is_number));
    let scale = back.filter(|_| !shown.log).unwrap_or(result);
    let digits = shown.digits.unwrap_or(4);
    let number = |tree: &Value, key: &str| tree.get(key).and_then(Value::as_f64);
    let estimate = number(scale, "estimate")?;
    let decimals = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |v| fixed(v, digits));
    let interval = match (number(scale, "ci_lower"), number(scale, "ci_upper")) {
        (Some(low), Some(high)) => format!("{} to {}", fixed(low, digits), fixed(high, digits)),
        _ => "-".to_owned(),
    };
    let spread = |key: &str| result.get("heterogeneity").and_then(|tree| number(tree, key));
    Some([
        level.to_owned(),
        result.get("k").and_then(Value::as_u64).map_or("-".to_owned(), |k| k.to_string()),
        fixed(estimate, digits),
        interval,
        number(result, "p_value").map_or("-".to_owned(), |p| crate::text::p_value(p, 4)),
        decimals(spread("tau2"), digits),
        decimals(spread("i2"), 1),
    ])
}

/// The records of CSV that the program wrote.
fn records(text: &str) -> Result<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let read = reader.records().collect::<std::result::Result<Vec<_>, _>>();
    let records = read.map_err(|e| Error::model(format!("the tables do not fit ({e})"), "use JSON"))?;
    Ok(records.iter().map(|record| record.iter().map(str::to_owned).collect()).collect())
}
