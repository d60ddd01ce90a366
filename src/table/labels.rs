//! The labels of the rows of a table: the cells of the column that names the studies, else the numbers of the rows.

use std::{borrow::Cow, collections::HashMap};

use super::{
    column::Column,
    customary,
    frame::{Labelled, Table, UNNAMED_FIRST},
};

/// The columns that label a row, in the order in which they are looked for.
const LABELS: [&str; 4] = ["study", "slab", "label", "author"];

impl Table {
    /// A note that says that the rows are numbered, if no column names them and they were to have names.
    #[must_use]
    pub fn numbered_note(&self) -> Option<String> {
        let note = "no column names the studies (study, slab, label, or author and year): rows are numbered";
        (!self.nameless && !self.is_labelled()).then(|| note.to_owned())
    }

    /// True if a column names the rows; else they are numbered.
    pub(crate) fn is_labelled(&self) -> bool {
        self.label_columns().is_some()
    }

    /// The label of a row, for a position counted from 0: the cell of the column that plays `study`, else `slab`,
    /// `label` or `author` (with that of `year` after it), else the number of the row; the latter also where the cell
    /// is missing.
    #[must_use]
    pub fn label(&self, position: usize) -> String {
        self.written_label(position).unwrap_or_else(|| self.row_number(position).to_string())
    }

    pub(super) fn written_label(&self, position: usize) -> Option<String> {
        self.label_columns()?.label(position).map(Cow::into_owned)
    }

    /// The columns from which labels are made.
    fn label_columns(&self) -> Option<LabelColumns<'_>> {
        let (label, year) = (*self.labelled.get_or_init(|| self.find_label_columns()))?;
        let column = |at: usize| self.columns.get(at).map(|(_, column)| column);
        Some(LabelColumns { label: column(label)?, year: year.and_then(column) })
    }

    /// The positions of the columns from which labels are made.
    fn find_label_columns(&self) -> Option<Labelled> {
        let own = |role: &str| self.own_role(role).ok().flatten();
        let customary = |role: &str| {
            let found = self.foreign_names(role).flat_map(|name| self.free(name)).next();
            found.and_then(|at| self.columns.get(at)).map(|(name, _)| name.as_str())
        };
        let first = || {
            // the row names of a data frame, which have no name of their own
            let (name, column) = self.columns.first()?;
            (name == UNNAMED_FIRST && !column.is_numeric()).then_some(name.as_str())
        };
        // names of anything, where nothing else names the studies
        let fallback = || {
            let found = customary::FALLBACK_LABELS.iter().flat_map(|name| self.free(name)).next()?;
            self.columns.get(found).filter(|(_, column)| !column.is_numeric()).map(|(name, _)| name.as_str())
        };
        let own_label = LABELS.into_iter().find_map(|role| Some((role, own(role)?)));
        let (role, label) = own_label
            .or_else(|| customary("study").map(|name| ("study", name)))
            .or_else(|| customary("author").map(|name| ("author", name)))
            .or_else(|| first().map(|name| ("study", name)))
            .or_else(|| fallback().map(|name| ("study", name)))?;
        let year = if role == "author" { own("year").or_else(|| customary("year")) } else { None };
        let position = |name: &str| self.position(name).ok();
        Some((position(label)?, year.and_then(position)))
    }

    /// The labels of all rows.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.labels_of(0..self.len())
    }

    /// The labels of the rows at these positions (counted from 0).
    pub(crate) fn labels_of(&self, positions: impl Iterator<Item = usize>) -> Vec<String> {
        let columns = self.label_columns();
        let label = |row: usize| columns.as_ref().and_then(|columns| columns.label(row)).map(Cow::into_owned);
        positions.map(|row| label(row).unwrap_or_else(|| self.row_number(row).to_string())).collect()
    }

    /// The labels that cells give to the rows at these positions (counted from 0) and that fulfil a condition.
    pub(crate) fn labels_that(
        &self,
        positions: impl Iterator<Item = usize>,
        fulfils: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let Some(columns) = self.label_columns() else { return Vec::new() };
        let labels = positions.filter_map(|row| columns.label(row));
        labels.filter(|label| fulfils(label)).map(Cow::into_owned).collect()
    }

    /// A note for every label that several rows share, in the order of the rows; or one that says that the rows are
    /// numbered, because no column names them.
    #[must_use]
    pub fn label_notes(&self) -> Vec<String> {
        if !self.is_labelled() {
            return self.numbered_note().into_iter().collect();
        }
        let labels = self.labels();
        let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, label) in labels.iter().enumerate() {
            rows.entry(label).or_default().push(self.row_number(position));
        }
        let mut shared: Vec<(&str, Vec<usize>)> =
            rows.into_iter().filter(|(_, rows)| rows.len() > 1).collect();
        shared.sort_by_key(|(_, rows)| rows.first().copied());
        let note = |(label, rows): (&str, Vec<usize>)| {
            let shown: Vec<String> = rows.iter().take(10).map(usize::to_string).collect();
            let rest = if rows.len() > 10 { ", ..." } else { "" };
            format!("the label `{label}` stands in {} rows: {}{rest}", rows.len(), shown.join(", "))
        };
        shared.into_iter().map(note).collect()
    }
}

/// The columns from which labels are made.
struct LabelColumns<'a> {
    label: &'a Column,
    year: Option<&'a Column>,
}

impl<'a> LabelColumns<'a> {
    fn label(&self, row: usize) -> Option<Cow<'a, str>> {
        let label = self.label.get(row)?;
        match self.year.and_then(|year| year.get(row)) {
            Some(year) => Some(Cow::Owned(format!("{label} {year}"))),
            None => Some(label),
        }
    }
}
