//! The forms in which the numbers of a column were written: a byte a row once one differs from how the number prints, and
//! the text itself where a byte cannot tell it.

use super::number::Form;

/// The written forms of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written {
    /// The form of each row up to the last that does not print as it was written.
    forms: Vec<u8>,
    /// Rows whose text is kept, in their order.
    rows: Vec<usize>,
    ends: Vec<usize>,
    text: String,
}

impl Written {
    /// Notes the form of a row; rows come in their order.
    pub(super) fn push(&mut self, row: usize, form: Form, text: &str) {
        if form == Form::Shortest {
            return;
        }
        self.forms.resize(row, Form::Shortest.code());
        self.forms.push(form.code());
        if form == Form::Other {
            self.rows.push(row);
            self.text.push_str(text);
            self.ends.push(self.text.len());
        }
    }

    /// The form of a row.
    pub(super) fn form(&self, row: usize) -> Form {
        self.forms.get(row).map_or(Form::Shortest, |code| Form::of_code(*code))
    }

    /// The text of a row, if it is kept.
    pub(super) fn kept(&self, row: usize) -> Option<&str> {
        let at = self.rows.binary_search(&row).ok()?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..*self.ends.get(at)?)
    }

    /// The text of a row that holds this number.
    pub(super) fn text(&self, row: usize, value: f64) -> String {
        let form = self.form(row);
        form.print(value).or_else(|| self.kept(row).map(str::to_owned)).unwrap_or_else(|| value.to_string())
    }

    /// The forms of the given rows, in their order.
    pub(super) fn select(&self, rows: &[usize]) -> Written {
        let mut chosen = Written::default();
        if !self.forms.is_empty() {
            for (row, from) in rows.iter().enumerate() {
                chosen.push(row, self.form(*from), self.kept(*from).unwrap_or_default());
            }
        }
        chosen
    }

    /// The rows that do not print as they were written.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.forms.len()).filter(|row| self.form(*row) != Form::Shortest)
    }
}
