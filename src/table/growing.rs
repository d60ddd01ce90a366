//! A column as it grows while a file is read: numbers until the first text, from then on texts.
//!
//! In files whose delimiter is not the comma a comma may be the decimal mark. Nobody can tell `1,200` alone, so commas and
//! points are counted and the question is settled when the whole file is read (see [`settle`]). A text among the numbers of a column
//! (`NR`) makes it a column of texts; its numbers are then written with a point, so that it can be read as numbers without the text.

use super::cell::{self, Cell};
use super::column::{Cells, Column};
use super::number::thousands;
#[cfg(feature = "csv")]
use super::number::{self, Plain};
use super::texts::{Collector, Texts};
use super::written::Written;

/// Collects the cells of a column.
#[derive(Debug)]
pub(super) struct Growing {
    cells: State,
    comma: bool,
    marks: Marks,
    /// The cells that are no numbers.
    others: usize,
    /// True if the commas in the numbers among texts are decimal marks.
    decimal: bool,
}

#[derive(Debug)]
enum State {
    Numbers { values: Vec<f64>, written: Written },
    Texts(Collector),
}

/// The decimal marks among the numbers of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    numbers: usize,
    /// Numbers with a comma, and those of them that may have it between thousands.
    commas: usize,
    grouped_commas: usize,
    /// Numbers with a point, and those of them that may have it between thousands.
    points: usize,
    grouped_points: usize,
}

impl Growing {
    /// A column without cells; `comma` says that a comma may be a decimal mark.
    pub(super) fn new(comma: bool) -> Self {
        let cells = State::Numbers { values: Vec::new(), written: Written::default() };
        Growing { cells, comma, marks: Marks::default(), others: 0, decimal: false }
    }

    /// Adds a cell that is written as nearly all numbers are; false for every other cell, and in a column of texts.
    #[cfg(feature = "csv")]
    pub(super) fn push_plain(&mut self, cell: &[u8]) -> bool {
        let State::Numbers { values, written } = &mut self.cells else { return false };
        let Some(plain) = number::plain(cell) else { return false };
        written.push(values.len(), plain.form, "");
        values.push(plain.value);
        if self.comma {
            self.marks.count_plain(&plain);
        }
        true
    }

    /// Adds a cell without the white space around it.
    pub(super) fn push(&mut self, text: &str) {
        let comma = self.comma;
        match &mut self.cells {
            State::Numbers { values, written } => {
                let (cell, form) = cell::read(text, comma);
                match cell {
                    Cell::Missing => values.push(f64::NAN),
                    Cell::Number(value) => {
                        written.push(values.len(), form, text);
                        values.push(value);
                        if comma {
                            self.marks.count(text);
                        }
                    }
                    Cell::Infinite | Cell::Text => {
                        let numbers = values.iter().filter(|value| !value.is_nan()).count();
                        let marks = Marks { numbers, ..self.marks };
                        self.turn_to_text();
                        self.push_text(Some(text));
                        (self.marks, self.others) = (marks, 1);
                    }
                }
            }
            State::Texts(texts) => {
                let missing = matches!(text, "" | "NA" | "NaN" | "." | "#N/A");
                texts.push((!missing).then_some(text));
                if comma && !missing {
                    self.count_among_texts(text);
                }
            }
        }
    }

    fn count_among_texts(&mut self, text: &str) {
        match cell::read(text, true).0 {
            Cell::Number(_) => self.marks.count(text),
            _ => self.others += 1,
        }
    }

    /// True for texts of which at least half are numbers.
    #[cfg(feature = "csv")]
    fn holds_numbers(&self) -> bool {
        matches!(self.cells, State::Texts(_)) && self.marks.numbers > 0 && self.marks.numbers >= self.others
    }

    pub(super) fn push_text(&mut self, text: Option<&str>) {
        self.turn_to_text();
        if let State::Texts(texts) = &mut self.cells {
            texts.push(text);
        }
    }

    /// Goes on with texts; numbers become the texts as which they were written.
    pub(super) fn turn_to_text(&mut self) {
        if let State::Numbers { values, written } = &self.cells {
            let mut texts = Collector::new();
            for (row, value) in values.iter().enumerate() {
                if value.is_nan() {
                    texts.push(None);
                } else {
                    texts.push(Some(&written.text(row, *value)));
                }
            }
            self.cells = State::Texts(texts);
            self.marks = Marks::default();
        }
    }

    /// True if there is no cell but missing ones.
    #[cfg(feature = "csv")]
    pub(super) fn is_blank(&self) -> bool {
        match &self.cells {
            State::Numbers { values, .. } => values.iter().all(|value| value.is_nan()),
            State::Texts(_) => false,
        }
    }

    #[cfg(feature = "csv")]
    fn numbers(&self) -> usize {
        match &self.cells {
            State::Numbers { values, .. } => values.iter().filter(|value| !value.is_nan()).count(),
            State::Texts(_) => 0,
        }
    }

    pub(super) fn finish(self) -> Column {
        Column::of(match self.cells {
            State::Numbers { values, written } => Cells::Number { values, written },
            State::Texts(texts) if self.decimal => Cells::Text(with_points(&texts.finish())),
            State::Texts(texts) => Cells::Text(texts.finish()),
        })
    }
}

/// The texts with a point in place of the decimal comma of the numbers among them.
fn with_points(texts: &Texts) -> Texts {
    let mut mended = Collector::new();
    for row in 0..texts.len() {
        match texts.get(row).map(|text| (text, cell::read(text, true).0)) {
            Some((text, Cell::Number(_))) if !text.contains('.') => {
                mended.push(Some(&text.replacen(',', ".", 1)));
            }
            Some((_, Cell::Number(value))) => mended.push(Some(&value.to_string())),
            Some((text, _)) => mended.push(Some(text)),
            None => mended.push(None),
        }
    }
    mended.finish()
}

impl Marks {
    #[cfg(feature = "csv")]
    fn count_plain(&mut self, plain: &Plain) {
        if plain.decimals > 0 {
            self.points += 1;
            self.grouped_points += usize::from(plain.decimals == 3 && plain.whole <= 3 && !plain.zero);
        }
    }

    fn count(&mut self, text: &str) {
        self.numbers += 1;
        if text.contains(',') {
            self.commas += 1;
            self.grouped_commas += usize::from(thousands(text, ','));
        } else if text.contains('.') {
            self.points += 1;
            self.grouped_points += usize::from(thousands(text, '.'));
        }
    }
}

/// Settles whether commas in numbers are decimal marks. They are if at least one number of the file cannot be read with the
/// comma between thousands (`0,5`), or if semicolons separate the fields, no number has a point, and in some column every
/// number has its comma (`8,050`, `10,908`): thousands would leave smaller numbers without. Columns that nobody can tell
/// become texts: those with commas if they are no decimal marks, those with commas and points, and those of points that
/// all may stand between thousands in a file of decimal commas. True if commas were read as decimal marks.
#[cfg(feature = "csv")]
pub(super) fn settle(columns: &mut [Growing], semicolons: bool) -> bool {
    let is_text = |column: &Growing| matches!(column.cells, State::Texts(_));
    let counted = |column: &&Growing| !is_text(column) || column.holds_numbers();
    let mut known = columns.iter().filter(counted);
    let certain = known.any(|column| column.marks.commas > column.marks.grouped_commas);
    let points = columns.iter().filter(counted).any(|column| column.marks.points > 0);
    let throughout =
        columns.iter().any(|column| column.marks.commas > 1 && column.marks.commas == column.numbers());
    let decimal = certain || (semicolons && !points && throughout);
    let mut read = false;
    for column in columns {
        let marks = column.marks;
        if is_text(column) {
            column.decimal = decimal && marks.commas > 0 && marks.points == 0 && column.holds_numbers();
            read |= column.decimal;
            continue;
        }
        let untold = marks.commas > 0 && (!decimal || marks.points > 0);
        let grouped =
            decimal && marks.commas == 0 && marks.points > 0 && marks.points == marks.grouped_points;
        if untold || grouped {
            column.turn_to_text();
        } else {
            read |= marks.commas > 0;
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&[&str]]) -> (bool, Vec<bool>) {
        let mut columns: Vec<Growing> = cells
            .iter()
            .map(|cells| {
                let mut column = Growing::new(true);
                cells.iter().for_each(|cell| column.push(cell));
                column
            })
            .collect();
        let commas = settle(&mut columns, true);
        (commas, columns.into_iter().map(|column| column.finish().is_numeric()).collect())
    }

    #[test]
    fn decimal_commas_need_one_that_is_certain() {
        assert_eq!(read(&[&["0,5", "1,200"], &["1,200", "3"]]), (true, vec![true, true]));
        assert_eq!(read(&[&["1,200", "3"], &["0.5", "1"]]), (false, vec![false, true]));
        assert_eq!(read(&[&["8,050", "10,908"], &["2,235", "3"]]), (true, vec![true, true]));
        assert_eq!(read(&[&["1,200", "900"], &["2,235", "3"]]), (false, vec![false, false]));
        assert_eq!(read(&[&["0,5", "0.5"], &["0,5", "1"]]), (true, vec![false, true]));
        assert_eq!(read(&[&["0,5", "2"], &["1.200", "1.350"]]), (true, vec![true, false]));
        assert_eq!(read(&[&["0,5", "2"], &["1.25", "1.350"]]), (true, vec![true, true]));
    }

    #[test]
    fn numbers_among_texts_have_their_decimal_commas_read() {
        let mut columns = [Growing::new(true), Growing::new(true)];
        for (number, label) in [("0,1", "1,2"), ("NR", "Ash"), ("0,25", "Elm"), ("3", "Oak")] {
            columns[0].push(number);
            columns[1].push(label);
        }
        assert!(settle(&mut columns, true));
        let [numbers, labels] = columns.map(Growing::finish);
        let texts = |column: &Column| column.as_texts().into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(texts(&numbers), ["0.1", "NR", "0.25", "3"]);
        assert_eq!(texts(&labels), ["1,2", "Ash", "Elm", "Oak"]);
    }
}
