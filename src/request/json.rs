//! Requests as JSON: `{"command": "pool", "data": "trials.csv", "measure": "RR"}`.
//!
//! The names are those of the command line, with `_` or `-` between words: a key is an option, `true` sets a flag, a list repeats
//! an option. A table stands in place of the name of its file as an object of columns, `{"yi": [0.2, 0.5], "vi": [0.1, 0.2]}`;
//! `null` is a missing value. The options are read as the program reads them, so that defaults, options that need or exclude
//! each other, and codes are the same through every door.

use std::{
    error::Error as _,
    io,
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use super::{Answer, Command, Host, check_given, given};
use crate::stat::progress::Progress;
use crate::{
    Error, Result,
    table::{Column, Table},
};

/// A command with its options, and the tables that it holds itself.
#[derive(Debug, Clone)]
pub struct Request {
    command: Command,
    tables: Vec<(PathBuf, Table)>,
}

/// The words of a command line.
#[derive(Debug, Parser)]
#[command(name = "consilience", no_binary_name = true, disable_help_flag = true)]
pub(super) struct Words {
    #[command(subcommand)]
    command: Command,
}

impl Request {
    /// The request of a command.
    pub fn new(command: Command) -> Self {
        Request { command, tables: Vec::new() }
    }

    /// Reads the words of a command line without the name of the program: `["pool", "trials.csv", "--measure", "RR"]`.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] and [`Error::Setting`] for what is no command, no option or no value of an option.
    pub fn from_words<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Result<Self> {
        let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
        let matches = Words::command().try_get_matches_from(words).map_err(|e| refused(&e))?;
        let command = Words::from_arg_matches(&matches).map_err(|e| refused(&e))?.command;
        check_given(&command, &given(&matches))?;
        Ok(Request::new(command))
    }

    /// Reads a JSON object.
    ///
    /// # Errors
    ///
    /// Those of [`from_words`](Self::from_words), and [`Error::Data`] for a table that is none.
    ///
    /// ```
    /// use consilience::request::{NoFiles, Request};
    /// let request: Request = r#"{"command": "pool", "data": {"yi": [0.1, 0.3, 0.5], "vi": [0.02, 0.03, 0.04]},
    ///     "method": "DL", "level": 90}"#.parse()?;
    /// let answer = request.run(&NoFiles)?;
    /// assert!(answer.text()?.contains("DerSimonian-Laird"));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn from_json(request: &Value) -> Result<Self> {
        let keys = request.as_object().ok_or_else(|| wrong("it is not a JSON object"))?;
        let mut command = Words::command();
        command.build();
        let (path, command) = named(keys, &command)?;
        let mut words = path;
        let (mut values, mut tables) = (Vec::new(), Vec::new());
        for (key, value) in keys.iter().filter(|(key, _)| !["command", "kind"].contains(&key.as_str())) {
            let arg = option(command, key)?;
            let value = match value {
                Value::Object(columns) if is_path(arg) => {
                    tables.push((PathBuf::from(key), table(columns, key)?));
                    &Value::from(key.as_str())
                }
                other => other,
            };
            let given = texts(arg, key, value)?;
            match arg.get_long() {
                None => values.extend(given.into_iter().flatten()),
                Some(long) => words.extend(given.into_iter().map(|value| match value {
                    Some(value) => format!("--{long}={value}"),
                    None => format!("--{long}"),
                })),
            }
        }
        if !values.is_empty() {
            words.push("--".to_owned());
            words.extend(values);
        }
        Ok(Request { tables, ..Request::from_words(words)? })
    }

    /// The command with its options.
    pub fn command(&self) -> &Command {
        &self.command
    }

    /// Adds a table under the name of a source.
    #[must_use]
    pub fn table(mut self, source: impl Into<PathBuf>, table: Table) -> Self {
        self.tables.push((source.into(), table));
        self
    }

    /// Answers the request.
    ///
    /// # Errors
    ///
    /// All that can be wrong with options, sources, data and models.
    pub fn run(&self, host: &dyn Host) -> Result<Answer> {
        self.command.run(&Holding { host, tables: &self.tables })
    }
}

impl FromStr for Request {
    type Err = Error;

    fn from_str(json: &str) -> Result<Self> {
        let request: Value =
            serde_json::from_str(json).map_err(|e| wrong(&format!("it is not JSON ({e})")))?;
        Request::from_json(&request)
    }
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Request::from_json(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// A host without files, for requests that hold their tables.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Host for NoFiles {
    fn open(&self, _: &Path) -> io::Result<Box<dyn io::Read + '_>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "there are no files here"))
    }
}

/// A host with the tables that a request holds.
struct Holding<'a> {
    host: &'a dyn Host,
    tables: &'a [(PathBuf, Table)],
}

impl Host for Holding<'_> {
    fn open(&self, source: &Path) -> io::Result<Box<dyn io::Read + '_>> {
        self.host.open(source)
    }

    fn table(&self, source: &Path) -> Option<Table> {
        let held = self.tables.iter().find(|(name, _)| name == source).map(|(_, table)| table.clone());
        held.or_else(|| self.host.table(source))
    }

    fn folder(&self, source: &Path) -> io::Result<Option<Vec<PathBuf>>> {
        self.host.folder(source)
    }

    fn progress(&self) -> Option<Progress> {
        self.host.progress()
    }

    fn call(&self) -> String {
        self.host.call()
    }
}

fn wrong(found: &str) -> Error {
    Error::setting("request", found, r#"give an object such as {"command": "pool", "data": "trials.csv"}"#)
}

/// The words of the command that a request names, and what it takes: `"plot forest"`, or `"plot"` with the kind `"forest"`.
fn named<'c>(keys: &Map<String, Value>, root: &'c clap::Command) -> Result<(Vec<String>, &'c clap::Command)> {
    let text =
        |key: &str| keys.get(key).map(|value| value.as_str().ok_or_else(|| wrong("a name is no text")));
    let command = text("command").ok_or_else(|| wrong("it names no command"))??;
    // Only a command of several kinds has a key `kind` that is no option.
    let kind = text("kind").transpose()?;
    let mut words = Vec::new();
    let mut at = root;
    for word in command.split_whitespace().chain(kind.into_iter().flat_map(str::split_whitespace)) {
        let word = word.replace('_', "-");
        at = at.find_subcommand(&word).ok_or_else(|| {
            let known = at.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help");
            Error::unknown("command", &word, known)
        })?;
        words.push(at.get_name().to_owned());
    }
    if at.has_subcommands() {
        let kinds = at
            .get_subcommands()
            .map(clap::Command::get_name)
            .filter(|name| *name != "help")
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Error::setting("kind", format!("`{command}` alone"), format!("name one of {kinds}")));
    }
    Ok((words, at))
}

/// The options that a command has in a request.
pub(super) fn options(command: &clap::Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !["help", "version"].contains(&arg.get_id().as_str()))
}

/// The key of an option.
pub(super) fn key_of(arg: &Arg) -> String {
    arg.get_long().unwrap_or(arg.get_id().as_str()).replace('-', "_")
}

fn option<'c>(command: &'c clap::Command, key: &str) -> Result<&'c Arg> {
    let wanted = key.replace('-', "_");
    options(command)
        .find(|arg| key_of(arg) == wanted)
        .ok_or_else(|| Error::unknown("option", key, options(command).map(key_of)))
}

/// True for an option that names a source.
pub(super) fn is_path(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>()
}

/// The values of an option as words; `None` sets a flag.
pub(super) fn texts(arg: &Arg, key: &str, value: &Value) -> Result<Vec<Option<String>>> {
    let bad = |found: &str| {
        Error::setting(
            key,
            format!("{found} is no value of it"),
            "give a text, a number, true, false or a list",
        )
    };
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(choice) => Ok(if *choice { "yes" } else { "no" }.to_owned()),
        other => Err(bad(&other.to_string())),
    };
    let flag = matches!(arg.get_action(), ArgAction::SetTrue);
    let may_be_bare = arg.get_num_args().is_some_and(|range| range.min_values() == 0);
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Bool(set) if flag || may_be_bare => Ok(if *set { vec![None] } else { Vec::new() }),
        _ if flag => Err(Error::setting(key, value.to_string(), "it is set or not: give true or false")),
        Value::Array(values) => {
            let values = values.iter().map(one).collect::<Result<Vec<_>>>()?;
            match arg.get_action() {
                ArgAction::Append => Ok(values.into_iter().map(Some).collect()),
                _ => Ok(vec![Some(values.join(","))]),
            }
        }
        Value::Object(pairs) => {
            let list = |value: &Value| match value {
                Value::Array(values) => Ok(values.iter().map(one).collect::<Result<Vec<_>>>()?.join(",")),
                value => one(value),
            };
            let pairs = pairs
                .iter()
                .map(|(name, value)| Ok(format!("{name}={}", list(value)?)))
                .collect::<Result<Vec<_>>>()?;
            match arg.get_action() {
                ArgAction::Append => Ok(pairs.into_iter().map(Some).collect()),
                // `--predict` parts its values by commas, so that its columns need another sign.
                _ if key == "predict" => Ok(vec![Some(pairs.join(";"))]),
                _ => Ok(vec![Some(pairs.join(","))]),
            }
        }
        value => Ok(vec![Some(one(value)?)]),
    }
}

/// A table of columns.
fn table(columns: &Map<String, Value>, key: &str) -> Result<Table> {
    let mut table = Table::new();
    for (name, values) in columns {
        let placed = |error: Error| error.in_column(name.as_str()).in_file(key);
        let column = column(values).map_err(placed)?;
        table = table.with(name, column).map_err(placed)?;
    }
    Ok(table.from_file(key))
}

/// A column of numbers, or of texts if one of its values is a text.
fn column(values: &Value) -> Result<Column> {
    let values = values.as_array().ok_or_else(|| {
        Error::data(
            "a column is no list",
            r#"give a list for each column: {"yi": [0.2, 0.5], "vi": [0.1, 0.2]}"#,
        )
    })?;
    if let Some(row) = values.iter().position(|value| value.is_array() || value.is_object()) {
        return Err(
            Error::data("a value is a list or an object", "give numbers, texts or null").in_row(row + 1)
        );
    }
    if values.iter().any(Value::is_string) {
        return Column::texts(values.iter().map(|value| match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }));
    }
    Column::numbers(values.iter().map(|value| match value {
        Value::Bool(set) => Some(f64::from(u8::from(*set))),
        value => value.as_f64(),
    }))
}

/// The error for options that are needed and were not given; of several that serve alike, one is.
fn missing(error: &clap::Error) -> Option<Error> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let ErrorKind::MissingRequiredArgument = error.kind() else { return None };
    let ContextValue::Strings(needed) = error.get(ContextKind::InvalidArg)? else { return None };
    // such as `--se <SE>`, `<--covariance <S>|--correlation <R>>`, `<DATA.csv>`
    let alternatives = |usage: &String| {
        let words = usage.split(['<', '>', '|', ' ']).filter(|word| word.starts_with("--"));
        let options = words.map(|word| format!("`{word}`")).collect::<Vec<_>>();
        if options.is_empty() { usage.trim_matches(['<', '>']).to_owned() } else { options.join(" or ") }
    };
    let needed = needed.iter().map(alternatives).collect::<Vec<_>>();
    let verb = if needed.len() == 1 { "is" } else { "are" };
    Some(Error::setting("request", format!("{} {verb} missing", needed.join(", ")), "give what is missing"))
}

/// The refusal of the parser of options as an error of the crate.
fn refused(error: &clap::Error) -> Error {
    if let Some(own) = error.source().and_then(|source| source.downcast_ref::<Error>()) {
        return own.clone();
    }
    if let Some(missing) = missing(error) {
        return missing;
    }
    let text = error.to_string();
    let lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let found = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let found = found.strip_prefix("error: ").unwrap_or(&found).to_owned();
    Error::setting("request", found, "see the help of the command")
}
