//! The one error type: it names file, row, study, column and value, and says what would be right.

use std::fmt;

use crate::text::{one_line, visible};

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong.
///
/// Each message says where the problem is, what was found there and what would be right. Errors about data gain
/// their place on the way out: a constructor knows the value, its caller the column, the reader of a file the row.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value in the data is missing, malformed or impossible.
    #[error("{}{}; {}", .place.prefix(), visible(.found), visible(.remedy))]
    Data {
        /// The place in the data.
        place: Box<Place>,
        /// The finding, with the value.
        found: String,
        /// The remedy.
        remedy: String,
    },
    /// The data are well-formed but the model has no answer for them.
    #[error("{}; {}", visible(.found), visible(.remedy))]
    Model {
        /// The reason for which there is no answer.
        found: String,
        /// The remedy.
        remedy: String,
    },
    /// A name (of a measure, a method, a column, ...) that is not known.
    #[error("unknown {kind} `{}`; {}", one_line(.name), visible(&suggestion(.nearest, .known)))]
    Unknown {
        /// The kind of name that was looked up.
        kind: &'static str,
        /// The name as given.
        name: String,
        /// The nearest known name.
        nearest: Option<String>,
        /// All known names.
        known: Vec<String>,
    },
    /// An option is outside its range, or two options contradict each other.
    #[error("{}: {}; {}", one_line(.name), visible(.found), visible(.remedy))]
    Setting {
        /// The option.
        name: String,
        /// The value given.
        found: String,
        /// The remedy.
        remedy: String,
    },
    /// Long work was ended from outside before anything could be said.
    #[error("interrupted after {done} of {all} {work}; start again, or ask for fewer")]
    Interrupted {
        /// The work.
        work: String,
        /// The pieces that were done.
        done: usize,
        /// The pieces that were asked for.
        all: usize,
    },
    /// A file could not be read or written.
    #[error("{}: {}; {}", one_line(.path), visible(.found), visible(.remedy))]
    File {
        /// The file.
        path: String,
        /// The event.
        found: String,
        /// The remedy.
        remedy: String,
    },
}

/// The place in the data where an error was found: as much of it as is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file.
    pub file: Option<String>,
    /// The data row, counted from 1 without the header.
    pub row: Option<usize>,
    /// The label of the study.
    pub study: Option<String>,
    /// The column.
    pub column: Option<String>,
}

impl Place {
    fn prefix(&self) -> String {
        let text = self.to_string();
        if text.is_empty() { text } else { text + ": " }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(file.clone());
        }
        match (self.row, &self.study) {
            (Some(row), Some(study)) => parts.push(format!("row {row} ({study})")),
            (Some(row), None) => parts.push(format!("row {row}")),
            (None, Some(study)) => parts.push(format!("study {study}")),
            (None, None) => {}
        }
        if let Some(column) = &self.column {
            parts.push(format!("column {column}"));
        }
        f.write_str(&one_line(&parts.join(", ")))
    }
}

fn suggestion(nearest: &Option<String>, known: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("did you mean `{nearest}`? Known: {}", known.join(", ")),
        None => format!("known: {}", known.join(", ")),
    }
}

impl Error {
    /// An error about a value in the data, whose place is added by [`at`](Self::at).
    pub fn data(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error::Data { place: Box::default(), found: found.into(), remedy: remedy.into() }
    }

    /// An error of a model that has no answer.
    pub fn model(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error::Model { found: found.into(), remedy: remedy.into() }
    }

    /// The error of work that was ended too early for a result.
    pub fn interrupted(work: impl Into<String>, done: usize, all: usize) -> Self {
        Error::Interrupted { work: work.into(), done, all }
    }

    /// An error about an option.
    pub fn setting(name: impl Into<String>, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error::Setting { name: name.into(), found: found.into(), remedy: remedy.into() }
    }

    /// An error about a name, with the nearest of the known ones.
    pub fn unknown<S: AsRef<str>>(
        kind: &'static str,
        name: &str,
        known: impl IntoIterator<Item = S>,
    ) -> Self {
        let known: Vec<String> = known.into_iter().map(|s| s.as_ref().to_owned()).collect();
        let nearest = nearest(name, &known).cloned();
        Error::Unknown { kind, name: name.to_owned(), nearest, known }
    }

    /// Adds what the caller knows of the place; what is already known stays.
    #[must_use]
    pub fn at(mut self, add: impl FnOnce(&mut Place)) -> Self {
        if let Error::Data { place, .. } = &mut self {
            let mut outer = Place::default();
            add(&mut outer);
            place.file = place.file.take().or(outer.file);
            place.row = place.row.or(outer.row);
            place.study = place.study.take().or(outer.study);
            place.column = place.column.take().or(outer.column);
        }
        self
    }

    /// Adds the column, if none is known yet.
    #[must_use]
    pub fn in_column(self, column: impl Into<String>) -> Self {
        self.at(|place| place.column = Some(column.into()))
    }

    /// Adds the study, if none is known yet.
    #[must_use]
    pub fn in_study(self, study: impl Into<String>) -> Self {
        self.at(|place| place.study = Some(study.into()))
    }

    /// Adds the data row (counted from 1), if none is known yet.
    #[must_use]
    pub fn in_row(self, row: usize) -> Self {
        self.at(|place| place.row = Some(row))
    }

    /// Adds the file, if none is known yet.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Self {
        self.at(|place| place.file = Some(file.into()))
    }
}

/// For programs: the kind of an error, and its parts.
impl Error {
    /// True if a value in the data is at fault.
    pub fn is_data(&self) -> bool {
        matches!(self, Error::Data { .. })
    }

    /// True if the data are well-formed and the model has no answer for them.
    pub fn is_model(&self) -> bool {
        matches!(self, Error::Model { .. })
    }

    /// True if a name is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Error::Unknown { .. })
    }

    /// True if an option is at fault: out of range, contradicting another, or of no use here.
    pub fn is_setting(&self) -> bool {
        matches!(self, Error::Setting { .. })
    }

    /// True if a file could not be read or written.
    pub fn is_file(&self) -> bool {
        matches!(self, Error::File { .. })
    }

    /// True if the work was ended from outside.
    pub fn is_interrupted(&self) -> bool {
        matches!(self, Error::Interrupted { .. })
    }

    /// The place in the data where it was found.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Error::Data { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The file.
    pub fn file(&self) -> Option<&str> {
        match self {
            Error::File { path, .. } => Some(path),
            _ => self.place()?.file.as_deref(),
        }
    }

    /// The data row, counted from 1 without the header.
    pub fn row(&self) -> Option<usize> {
        self.place()?.row
    }

    /// The label of the study.
    pub fn study(&self) -> Option<&str> {
        self.place()?.study.as_deref()
    }

    /// The column.
    pub fn column(&self) -> Option<&str> {
        self.place()?.column.as_deref()
    }

    /// The finding, with the value.
    pub fn found(&self) -> &str {
        match self {
            Error::Data { found, .. }
            | Error::Model { found, .. }
            | Error::Setting { found, .. }
            | Error::File { found, .. } => found,
            Error::Unknown { name, .. } => name,
            Error::Interrupted { work, .. } => work,
        }
    }

    /// The remedy; of an unknown name, the nearest known one.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Error::Data { remedy, .. }
            | Error::Model { remedy, .. }
            | Error::Setting { remedy, .. }
            | Error::File { remedy, .. } => Some(remedy),
            Error::Unknown { nearest, .. } => nearest.as_deref(),
            Error::Interrupted { .. } => Some("start again, or ask for fewer"),
        }
    }

    /// The option.
    pub fn option(&self) -> Option<&str> {
        match self {
            Error::Setting { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// The known name with the smallest edit distance (case ignored), if it is near enough to be meant.
fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let wanted = name.to_lowercase();
    let (distance, best) =
        known.iter().map(|k| (edit_distance(&wanted, &k.to_lowercase()), k)).min_by_key(|(d, _)| *d)?;
    let length = wanted.chars().count().max(best.chars().count());
    (distance <= (length / 3).max(1)).then_some(best)
}

/// Damerau-Levenshtein distance with adjacent transpositions.
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substituted = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_error_reads_as_a_sentence_with_its_place() {
        let error =
            Error::data("events 12 exceed the group size 10", "events must be at most the group size")
                .in_column("ai")
                .in_row(3)
                .in_study("Hart 1977")
                .in_file("trials.csv");
        assert_eq!(
            error.to_string(),
            "trials.csv, row 3 (Hart 1977), column ai: events 12 exceed the group size 10; \
             events must be at most the group size"
        );
    }

    #[test]
    fn no_character_of_the_data_acts_on_a_terminal() {
        let error = Error::data("`\u{1b}[2J` is no number", "mend it")
            .in_study("A\u{202e}B\nerror: gone")
            .in_file("no\u{1b}[31m.csv");
        assert_eq!(
            error.to_string(),
            "no\u{fffd}[31m.csv, study AB error: gone: `\u{fffd}[2J` is no number; mend it"
        );
    }

    #[test]
    fn the_innermost_place_is_kept() {
        let error = Error::data("x", "y").in_column("inner").in_column("outer");
        assert_eq!(error.to_string(), "column inner: x; y");
    }

    #[test]
    fn an_unknown_name_gets_the_nearest() {
        let error = Error::unknown("method", "REMl2", ["DL", "REML", "PM"]);
        assert!(error.to_string().contains("did you mean `REML`"), "{error}");
        let error = Error::unknown("method", "banana", ["DL", "REML", "PM"]);
        assert_eq!(error.to_string(), "unknown method `banana`; known: DL, REML, PM");
    }

    #[test]
    fn edit_distance_counts_transpositions_once() {
        assert_eq!(edit_distance("hksj", "hkjs"), 1);
        assert_eq!(edit_distance("", "abc"), 3);
    }
}
