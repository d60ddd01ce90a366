//! `convert`: from what papers report to what a model needs, with the record of how each number came about.

mod cells;
mod changes;
mod columns;
mod dependent;
mod designs;
mod effects;
mod imports;
mod many;
mod means;
mod metrics;
mod result;
mod sensitivity;
mod survival;

use std::collections::BTreeMap;

pub use metrics::Metric;

use crate::{
    Error, Measure, Result,
    table::{Table, quoted_name},
};

use self::{
    cells::{Assumptions, Cells, Context, Values},
    columns::placed,
    result::{Converted, Line},
};
use crate::request::{
    Answer, Inputs,
    args::{ConvertArgs, ConvertCommand},
    data,
};

pub const COMMAND: &str = "convert";

/// One conversion of a table: its name, the assumptions that it knows, and what it does at given assumptions.
pub struct Kind<'a> {
    /// Its name on the command line.
    pub name: &'static str,
    /// The assumptions that may be set.
    pub assumptions: &'static [&'static str],
    /// The measure that the result is pooled as, where that is plain.
    pub measure: Option<Measure>,
    /// The conversion.
    pub convert: &'a dyn Fn(&Context<'_>) -> Result<Converted>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer::<result::Report<'_>>("convert");
    schemas.answer::<imports::Imported<'_>>("convert import");
    schemas.answer::<imports::List<'_>>("convert import list");
}

pub fn run(command: &ConvertCommand, inputs: &Inputs<'_>) -> Result<Answer> {
    match command {
        ConvertCommand::MeansSds(args) => means::run(args, inputs),
        ConvertCommand::Se(args) => effects::standard_errors(args, inputs),
        ConvertCommand::TwoByTwo(args) => effects::two_by_two(args, inputs),
        ConvertCommand::Metric(args) => metrics::run(args, inputs),
        ConvertCommand::Change(args) => changes::change(args.into(), inputs),
        ConvertCommand::PrePost(args) => changes::pre_post(args, inputs),
        ConvertCommand::BeforeAfter(args) => changes::before_after(args, inputs),
        ConvertCommand::Cluster(args) => designs::cluster(args.into(), inputs),
        ConvertCommand::CrossOver(args) => designs::cross_over(args, inputs),
        ConvertCommand::CombineArms(args) => many::combine_arms(args.into(), inputs),
        ConvertCommand::SplitControl(args) => many::split_control(args.into(), inputs),
        ConvertCommand::Aggregate(args) => many::aggregate(args, inputs),
        ConvertCommand::Vcov(args) => many::vcov(args.into(), inputs),
        ConvertCommand::SharedComparator(args) => dependent::shared_comparator(args.into(), inputs),
        ConvertCommand::Endpoints(args) => dependent::endpoints(args.into(), inputs),
        ConvertCommand::Survival(args) => survival::log_rank(args.into(), inputs),
        ConvertCommand::Curves(args) => survival::curves(args.into(), inputs),
        ConvertCommand::KaplanMeier(args) => survival::kaplan_meier(args, inputs),
        ConvertCommand::Absolute(args) => effects::absolute(args, inputs),
        ConvertCommand::Import(args) => imports::run(args, inputs),
        ConvertCommand::Pairwise(args) => many::pairwise(args, inputs),
        ConvertCommand::Long(args) => many::long(args.into(), inputs),
    }
}

impl<'a> From<&'a crate::request::args::PlainArgs> for &'a ConvertArgs {
    fn from(args: &'a crate::request::args::PlainArgs) -> Self {
        &args.convert
    }
}

/// Converts the table, repeats that over the ranges of assumptions, and writes both.
pub fn finish(args: &ConvertArgs, inputs: &Inputs<'_>, kind: &Kind<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.input)?;
    let assumptions = Assumptions::read(&args.assume, kind.assumptions)?;
    // At a range, the assumption needs a value for the main table too: the first of the range, unless one is given.
    let ranges = sensitivity::ranges(&args.sensitivity, kind.assumptions)?;
    sensitivity::check_plot(args, &ranges)?;
    let mut main = assumptions.clone();
    for range in &ranges {
        if let (None, Some(first)) = (main.get(&range.assumption), range.values.first()) {
            main.set(&range.assumption, *first);
        }
    }
    let context = Context::new(&table, &main);
    let mut converted = (kind.convert)(&context)?;
    context.refuse_unused(&assumptions)?;
    if converted.lines.is_empty() {
        let lacking = context.lacking();
        let found = match lacking.is_empty() {
            true => "no row has all the values that are needed".to_owned(),
            false => {
                format!("no row has all the values that are needed: no column plays {}", lacking.join(", "))
            }
        };
        let remedy = format!(
            "`consilience convert {} --help` lists the columns{}",
            kind.name,
            mapped(&table, &lacking)
        );
        return Err(table.in_file(Error::data(found, remedy)));
    }
    converted.notes.splice(0..0, left_out(&table, &converted));
    let roles = context.played();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    converted.notes.splice(0..0, table.renamed_note(&roles));
    let mut figures = Vec::new();
    for range in &ranges {
        context.refuse_unvaried(&range.assumption)?;
        let (sensitivity, figure) =
            sensitivity::over(args, kind, &table, &main, range, assumptions.get(&range.assumption))?;
        converted.sensitivity.push(sensitivity);
        figures.extend(figure);
    }
    let answer = result::answer(kind.name, table, converted);
    Ok(figures.into_iter().fold(answer, Answer::figure))
}

/// The option that maps columns which may be meant for roles that none plays; nothing if there are none.
fn mapped(table: &Table, lacking: &[String]) -> String {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for role in lacking {
        if let Some(name) = table.likely(role).filter(|name| pairs.iter().all(|(_, known)| known != name)) {
            pairs.push((role, name));
        }
    }
    if pairs.is_empty() {
        return String::new();
    }
    let pairs: Vec<String> =
        pairs.iter().map(|(role, name)| format!("{role}={}", quoted_name(name))).collect();
    format!("; columns are mapped, for example, with --columns '{}'", pairs.join(","))
}

/// A note that names the rows which have no line.
fn left_out(table: &Table, converted: &Converted) -> Option<String> {
    let used: std::collections::BTreeSet<usize> =
        converted.lines.iter().flat_map(|line| line.rows.iter().copied()).collect();
    let missing: Vec<String> = (0..table.len())
        .filter(|row| !used.contains(row))
        .map(|row| format!("{} (row {})", table.label(row), table.row_number(row)))
        .collect();
    match missing.len() {
        0 => None,
        n if n > 20 => Some(format!(
            "left out for missing values: {} and {} more",
            missing.iter().take(20).cloned().collect::<Vec<_>>().join(", "),
            n - 20
        )),
        _ => Some(format!("left out for missing values: {}", missing.join(", "))),
    }
}

/// Converts row by row; a row without its values has no line.
pub fn by_row(
    context: &Context<'_>,
    convert: &dyn Fn(&Cells<'_, '_>) -> Result<Option<Values>>,
) -> Result<Converted> {
    let table = context.table();
    let mut converted = Converted::new();
    for row in 0..table.len() {
        let cells = Cells::new(context, row);
        if let Some(values) = convert(&cells).map_err(|error| placed(table, error, row))? {
            converted.lines.push(Line::new(table.label(row), vec![row], values));
        }
    }
    Ok(converted)
}

/// The rows of each study, studies in the order of their first rows.
pub fn by_study(table: &Table) -> Vec<(String, Vec<usize>)> {
    let mut order: Vec<(String, Vec<usize>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..table.len() {
        let label = table.label(row);
        let next = order.len();
        let place = *places.entry(label.clone()).or_insert(next);
        match order.get_mut(place) {
            Some((_, rows)) => rows.push(row),
            None => order.push((label, vec![row])),
        }
    }
    order
}
