//! Reading a table from delimited text.
//!
//! The first line names the columns; titles above it are skipped, with a note. The delimiter (`,`, `;` or tab) is the one
//! that occurs most often in it, or is said by a first line `sep=;`; fields are quoted as in RFC 4180; lines end with LF,
//! CRLF or CR. The text is UTF-8; UTF-16 and Windows-1252 are read too, with a note. Where the delimiter is not the comma,
//! numbers may have decimal commas. Empty lines do not count as rows, nor do lines of empty cells at the end; columns
//! without a name and a value are left out. White space around names and cells is dropped. Cells go straight into their
//! columns, so memory and time grow linearly with the file and no row is held twice.
//!
//! With feature `spreadsheets`, a sheet of a workbook is read by the same rules, as if it had been saved as tab-delimited text.
//!
//! What a file holds beside what is used is never a reason to refuse it: columns without a name are called `column 3` by
//! their place, columns with one name `name (column 3)`, and a text or an infinite value in a column of numbers becomes an
//! error when the column is used as numbers.
//!
//! What is refused, with the line or the row: an empty file or a header only, rows that are longer or shorter than the
//! header, a quotation mark that is never closed (which would swallow the rows after it) or that a text follows, and what
//! is not a text (archives, documents) or mixes encodings.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::encoding::Utf8;
use super::frame::{Table, UNNAMED_FIRST};
use super::growing::{Growing, settle};
use super::layout::Layout;
use super::records::{Fields, Records};
use crate::{Error, Result};

impl Table {
    /// Reads a file of delimited text.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a table (see the module's opening).
    pub fn read_path(path: impl AsRef<Path>) -> Result<Table> {
        let path = path.as_ref();
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(Error::File {
                path: name,
                found: "is a folder".to_owned(),
                remedy: "give the name of a CSV file".to_owned(),
            });
        }
        let file = File::open(path).map_err(|error| named(read_error(&error), &name))?;
        Table::read(file, &name)
    }

    /// Reads delimited text from anywhere; the name of the source is for messages.
    ///
    /// ```
    /// use consilience::table::Table;
    /// let text = "study;ai;n1i\nAronson 1948;4;123\n\"Ferguson; Simes\";6;NA\n";
    /// let table = Table::read(text.as_bytes(), "trials.csv")?;
    /// assert_eq!(table.labels(), ["Aronson 1948", "Ferguson; Simes"]);
    /// assert_eq!(table.numbers("n1i")?, [Some(123.0), None]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`read_path`](Self::read_path).
    pub fn read(source: impl Read, name: &str) -> Result<Table> {
        Table::read_sheet(source, name, None)
    }

    /// Reads a sheet of a workbook (feature `spreadsheets`), by its name or its number from 1; without one, delimited text or
    /// the first sheet with cells, with a note if there are several.
    ///
    /// # Errors
    /// As [`read_path`](Self::read_path), and if there is no such sheet or the source is no workbook.
    pub fn read_sheet(source: impl Read, name: &str, sheet: Option<&str>) -> Result<Table> {
        let source = Utf8::new(source).map_err(|error| named(read_error(&error), name))?;
        #[cfg(feature = "spreadsheets")]
        if super::workbook::may_be(source.beginning()) {
            return of_workbook(source, name, sheet);
        }
        refuse_binary(source.beginning()).map_err(|error| error.in_file(name))?;
        if let Some(sheet) = sheet {
            let found = format!("the file is no workbook and has no sheet `{sheet}`");
            return Err(Error::data(found, "leave out --sheet").in_file(name));
        }
        let table = Records::new(source).and_then(|records| Rows::new(records).collect());
        table.map(|table| table.from_file(name)).map_err(|error| named(error, name))
    }
}

/// The table of a sheet.
#[cfg(feature = "spreadsheets")]
fn of_workbook(source: Utf8<impl Read>, name: &str, sheet: Option<&str>) -> Result<Table> {
    let text = sheet_text(source, sheet).map_err(|error| named(error, name))?;
    let table = Table::read(text.text.as_bytes(), name)?;
    Ok(text.notes.into_iter().fold(table, Table::with_note))
}

#[cfg(feature = "spreadsheets")]
fn sheet_text(source: Utf8<impl Read>, sheet: Option<&str>) -> Result<super::workbook::SheetText> {
    use super::workbook::{LARGEST, text};
    let bytes = source.remaining(LARGEST).map_err(|error| read_error(&error))?;
    if bytes.len() as u64 >= LARGEST {
        return Err(Error::data("the workbook is larger than 200 MB", "give the table a file of its own"));
    }
    text(bytes, sheet)
}

/// The text that a tab-delimited file of a sheet would hold, for readers of other programs' tables, and the notes on it; `None`
/// for bytes that are no workbook.
///
/// # Errors
/// If the workbook cannot be read, or has no such sheet.
#[cfg(feature = "request")]
pub(crate) fn text_of_workbook(bytes: &[u8], sheet: Option<&str>) -> Result<Option<(String, Vec<String>)>> {
    #[cfg(feature = "spreadsheets")]
    if super::workbook::may_be(bytes) {
        let text = super::workbook::text(bytes.to_vec(), sheet)?;
        return Ok(Some((text.text, text.notes)));
    }
    refuse_binary(bytes)?;
    match sheet {
        Some(sheet) => Err(Error::data(
            format!("the file is no workbook and has no sheet `{sheet}`"),
            "leave out --sheet",
        )),
        None => Ok(None),
    }
}

/// The error with the name of the file.
fn named(error: Error, name: &str) -> Error {
    match error {
        Error::File { found, remedy, .. } => Error::File { path: name.to_owned(), found, remedy },
        other => other.in_file(name),
    }
}

/// The error of reading a file whose name the caller adds.
pub(super) fn read_error(error: &io::Error) -> Error {
    let (found, remedy) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), "check its name and folder"),
        io::ErrorKind::PermissionDenied => ("reading is not permitted".to_owned(), "check its permissions"),
        _ => (format!("reading failed ({error})"), "check the file and the disk"),
    };
    Error::File { path: String::new(), found, remedy: remedy.to_owned() }
}

/// The remedy where workbooks are not read.
const SAVE: &str = "save the sheet as CSV (UTF-8)";

fn refuse_binary(opening: &[u8]) -> Result<()> {
    let (found, remedy) = match opening {
        [b'P', b'K', 3, 4, ..] => ("a workbook or zip archive", SAVE),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => ("an old Office document", SAVE),
        [0x1f, 0x8b, ..] => ("a gzip archive", "unpack it first"),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF document", "give a CSV file"),
        _ => return Ok(()),
    };
    Err(Error::data(format!("the file is {found}, not CSV"), remedy))
}

/// The rows of a file on their way into columns.
struct Rows<R> {
    records: Records<R>,
    layout: Layout,
    columns: Vec<Growing>,
    /// Columns at the end that have no name; rows may do without them.
    unnamed_at_end: usize,
    rows: usize,
    /// Rows of empty cells that were not counted yet, with their numbers of fields.
    blank: Vec<usize>,
    /// Lines below the table, and the error that they are if rows follow.
    below: Vec<String>,
    broken: Option<Error>,
    /// The first row of a table of one column.
    first: Option<String>,
    /// True if the header has no name for the names of the rows.
    row_names: bool,
}

impl<R: Read> Rows<R> {
    fn new(mut records: Records<R>) -> Self {
        let (text, complete) = records.held();
        let layout = Layout::of(text, complete);
        records.skip(layout.skip);
        Rows {
            records,
            layout,
            columns: Vec::new(),
            unnamed_at_end: 0,
            rows: 0,
            blank: Vec::new(),
            below: Vec::new(),
            broken: None,
            first: None,
            row_names: false,
        }
    }

    fn collect(mut self) -> Result<Table> {
        let mut fields = Fields::default();
        if !self.records.next(self.layout.delimiter, &mut fields)? {
            let remedy = "give a CSV file with a header and at least one row";
            return Err(Error::data("the file is empty", remedy));
        }
        let names: Vec<String> = fields.iter(self.records.text()).map(str::to_owned).collect();
        let mut names = self.layout.named(names);
        let quoted = fields.is_quoted();
        let comma = self.layout.delimiter != b',';
        self.columns = names.iter().map(|_| Growing::new(comma)).collect();
        self.unnamed_at_end = names.iter().rev().take_while(|name| name.is_empty()).count();
        while self.records.next(self.layout.delimiter, &mut fields)? {
            if fields.cells(self.records.text()).all(|cell| cell.text().is_empty()) {
                self.blank.push(fields.len());
            } else if self.is_below(&fields) {
                let width = self.columns.len();
                let error = || uneven(fields.len(), width, false).in_row(self.rows + 1);
                self.broken = self.broken.take().or_else(|| Some(error()));
                self.below.push(fields.iter(self.records.text()).collect::<Vec<_>>().join(" "));
            } else {
                if self.rows == 0 && self.is_short_header(&fields, quoted) {
                    names.insert(0, String::new());
                    self.columns.insert(0, Growing::new(comma));
                    self.row_names = true;
                }
                self.flush_blank()?;
                self.push(&fields)?;
            }
        }
        self.check_one_column(&names)?;
        if self.rows == 0 {
            return Err(Error::data("the file has a header but no rows", "add a row for each study"));
        }
        self.table(names)
    }

    /// Counts the rows of empty cells that were not at the end after all. Lines of white space count only if a line is
    /// a row.
    fn flush_blank(&mut self) -> Result<()> {
        for fields in std::mem::take(&mut self.blank) {
            if fields <= 1 && self.columns.len() == 1 {
                continue;
            }
            self.rows += 1;
            if fields < self.columns.len() - self.unnamed_at_end {
                return Err(uneven(fields, self.columns.len(), false).in_row(self.rows));
            }
            self.columns.iter_mut().for_each(|column| column.push(""));
        }
        Ok(())
    }

    /// True if the first row has one field more than the header, as R's `write.table` leaves out the name of the column of row names
    /// and writes them in quotation marks, as the header.
    fn is_short_header(&self, fields: &Fields, quoted: bool) -> bool {
        let one_more = self.unnamed_at_end == 0 && fields.len() == self.columns.len() + 1;
        one_more && quoted && fields.is_quoted()
    }

    /// True for a line of fewer fields and without numbers, as stands below a table.
    fn is_below(&self, fields: &Fields) -> bool {
        let short = fields.len() < self.columns.len() - self.unnamed_at_end;
        let number = |cell: &str| super::number::read(cell, true).is_some();
        self.rows > 0 && short && !fields.iter(self.records.text()).any(number)
    }

    fn push(&mut self, fields: &Fields) -> Result<()> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        self.rows += 1;
        let width = self.columns.len();
        let text = self.records.text();
        let surplus = || fields.iter(text).skip(width).any(|field| !field.is_empty());
        if fields.len() < width - self.unnamed_at_end || fields.len() > width && surplus() {
            let swallowed = fields.iter(text).any(|field| field.contains(['\n', '\r']));
            return Err(uneven(fields.len(), width, swallowed).in_row(self.rows));
        }
        if width == 1 && self.first.is_none() {
            self.first = fields.iter(text).next().map(str::to_owned);
        }
        let mut cells = fields.cells(text);
        for column in &mut self.columns {
            match cells.next() {
                Some(cell) if column.push_plain(cell.bytes()) => {}
                Some(cell) => column.push(cell.text()),
                None => column.push(""),
            }
        }
        Ok(())
    }

    /// Refuses a table of one column whose header and rows are several fields between blanks or bars.
    fn check_one_column(&self, names: &[String]) -> Result<()> {
        let ([name], Some(first)) = (names, &self.first) else { return Ok(()) };
        let fields = |text: &str| -> Vec<String> {
            let parts = text.split(|c: char| c.is_whitespace() || c == '|');
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let (header, row) = (fields(name), fields(first));
        let number = |cell: &String| super::number::read(cell, true).is_some();
        let several = header.len() > 1 && header.len() == row.len();
        if several && !header.iter().any(number) && row.iter().any(number) {
            let found = format!("the file has one column, `{}`", super::cell::shorten(name));
            return Err(Error::data(found, "separate the fields by commas, semicolons or tabs"));
        }
        Ok(())
    }

    fn table(mut self, names: Vec<String>) -> Result<Table> {
        let commas = settle(&mut self.columns, self.layout.delimiter == b';');
        let mut table = Table::new();
        for ((name, unique), column) in names.iter().zip(unique_names(&names)).zip(self.columns) {
            if name.is_empty() && column.is_blank() {
                continue;
            }
            table = table.with(&unique, column.finish())?;
        }
        if table.names().next().is_none() {
            return Err(Error::data(
                "the file has neither names of columns nor values",
                "give a table with a header",
            ));
        }
        if let Some(encoding) = self.records.encoding() {
            let name = if encoding == "windows-1252" { "Windows-1252" } else { encoding };
            table = table.with_note(format!("the file is not UTF-8 and was read as {name}"));
        }
        for title in self.layout.titles {
            let title = super::cell::shorten(&title).into_owned();
            table = table.with_note(format!("a line above the header was skipped: `{title}`"));
        }
        for line in self.below {
            let line = super::cell::shorten(&line).into_owned();
            table = table.with_note(format!("a line below the table was skipped: `{line}`"));
        }
        if !self.layout.groups.is_empty() {
            table = table.with_note(format!("columns are named by two lines: {}", names.join(", ")));
        }
        if self.row_names {
            let note =
                "the header has one field less than the rows, whose first field was read as their name";
            table = table.with_note(note);
        }
        if commas {
            table = table.with_note("numbers were read with a decimal comma");
        }
        Ok(table)
    }
}

/// The names of the columns, each its own: a column without a name is called by its place, and columns with one name have
/// it behind.
fn unique_names(names: &[String]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut taken: std::collections::HashSet<String> =
        names.iter().filter(|name| counts.get(name.as_str()) == Some(&1)).cloned().collect();
    let own = |(at, name): (usize, &String)| {
        let place = at + 1;
        if !name.is_empty() && counts.get(name.as_str()) == Some(&1) {
            return name.clone();
        }
        let mut unique = match name.as_str() {
            "" if at == 0 => UNNAMED_FIRST.to_owned(),
            "" => format!("column {place}"),
            name => format!("{name} (column {place})"),
        };
        while !taken.insert(unique.clone()) {
            unique.push('_');
        }
        unique
    };
    names.iter().enumerate().map(own).collect()
}

fn uneven(fields: usize, columns: usize, swallowed: bool) -> Error {
    let noun = if fields == 1 { "field" } else { "fields" };
    let remedy = if swallowed {
        "give every row a field for each column; a field here spans several lines: is a quotation mark not closed?"
    } else {
        "give every row a field for each column (quote fields that hold the delimiter)"
    };
    Error::data(format!("the row has {fields} {noun}, the header {columns}"), remedy)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: impl AsRef<[u8]>) -> Result<Table> {
        Table::read(text.as_ref(), "t.csv")
    }

    fn error(text: impl AsRef<[u8]>) -> String {
        read(text).unwrap_err().to_string()
    }

    /// Gives one byte at a time, so that every piece ends inside of something.
    struct Slowly<'a>(&'a [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    #[test]
    fn delimiters_quotes_marks_and_line_ends() {
        let plain = read("study,ai\nA,1\n\"B, C\",2\n").unwrap();
        assert_eq!(plain.labels(), ["A", "B, C"]);
        for text in [
            "\u{feff}study,ai\r\nA,1\r\n\"B, C\",2",
            "study;ai\nA;1\nB, C;2\n",
            "study\tai\rA\t1\rB, C\t2\r",
            "\n  \nstudy , ai\n\nA, 1\n\"B, C\" ,2 \n\n   \n",
        ] {
            assert_eq!(read(text).unwrap(), plain, "{text:?}");
            assert_eq!(Table::read(Slowly(text.as_bytes()), "t.csv").unwrap(), plain, "{text:?}");
        }
        let quoted = read("a,b\n\"say \"\"x\"\"\",\"two\nlines\"\n").unwrap();
        assert_eq!(quoted.texts("a").unwrap(), [Some("say \"x\"".to_owned())]);
        assert_eq!(quoted.texts("b").unwrap(), [Some("two\nlines".to_owned())]);
        assert_eq!(read("yi\n1\nNA\n").unwrap().numbers("yi").unwrap(), [Some(1.0), None]);
    }

    #[test]
    fn names_of_rows_need_no_name_of_their_own() {
        let text = "\"yi\",\"vi\"\n\"a\",0.1,0.02\n\"b\",0.3,0.04\n";
        let table = Table::read(text.as_bytes(), "t.csv").unwrap();
        assert_eq!((table.len(), table.numbers("vi").unwrap()), (2, vec![Some(0.02), Some(0.04)]));
        assert!(table.notes()[0].contains("one field less"), "{:?}", table.notes());
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", "\n \n", "\u{feff}"] {
            assert!(error(text).starts_with("t.csv: the file is empty;"), "{text:?}");
        }
        for text in ["a,b", "a,b\n", "a,b\n\n  \n"] {
            assert!(error(text).starts_with("t.csv: the file has a header but no rows;"), "{text:?}");
        }
        let short = error("a,b\n1,2\n3\n");
        assert!(short.starts_with("t.csv, row 2: the row has 1 field, the header 2;"), "{short}");
        assert!(error("a,b\n1,2,3\n").contains("row 1: the row has 3 fields, the header 2"));
        assert!(error("a,b\n1,2\n   \n3,4\n").contains("row 2: the row has 1 field, the header 2"));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_swallows_nothing() {
        let open = error("a,b\n1,x\n2,\"y\n3,z\n");
        assert!(open.contains("opens a field in line 3 is never closed"), "{open}");
        let open = error("a,b\n1,\"x\n2,\"y\n3,z\n");
        assert!(open.contains("quotation mark"), "{open}");
    }

    #[test]
    fn binary_files_are_named_as_such() {
        assert!(error(b"PK\x03\x04abc").contains("workbook"));
        assert!(error(b"a,b\n1,2\n3,\0\n").contains("line 3 holds a NUL byte"));
        assert!(error(b"\0\0\0").contains("line 1 holds a NUL byte"));
        let mixed = b"\n\na,b\n1,caf\xc3\xa9\n\n3,caf\xe9\n";
        for text in [error(mixed), Table::read(Slowly(mixed), "t.csv").unwrap_err().to_string()] {
            assert!(text.contains("line 6 is not UTF-8"), "{text}");
        }
        assert!(error(b"a\n\xc3\xa9\n\xc3").contains("line 3 is not UTF-8"));
    }

    #[test]
    fn files_that_cannot_be_read_are_named() {
        let error = Table::read_path("no/such/file.csv").unwrap_err().to_string();
        assert_eq!(error, "no/such/file.csv: there is no such file; check its name and folder");
        assert!(Table::read_path("src").unwrap_err().to_string().contains("is a folder"));
    }

    #[test]
    fn text_in_a_column_of_numbers_is_an_error_when_it_is_used_as_numbers() {
        let table = read("study,yi,vi\nA,\"1,5\",1\nB,2,1\n").unwrap();
        assert_eq!(table.numbers("vi").unwrap(), [Some(1.0), Some(1.0)]);
        assert_eq!(
            table.numbers("yi").unwrap_err().to_string(),
            "t.csv, row 1 (A), column yi: `1,5` is not a number; write numbers with a decimal point and no other \
             separator, as in `1.5`"
        );
    }

    #[test]
    fn many_rows_are_read_in_one_pass() {
        let mut text = String::from("study,yi\n");
        for i in 0..200_000 {
            text.push_str(&format!("{i},{}.5\n", i % 7));
        }
        let table = read(text).unwrap();
        assert_eq!(table.len(), 200_000);
        assert_eq!(table.numbers("yi").unwrap()[199_999], Some(f64::from(199_999 % 7) + 0.5));
    }

    #[test]
    fn what_is_not_used_is_no_reason_to_refuse() {
        let table = read(",yi,ni,ni,,\n0,1,5,Inf,,\n1,2,6,x,,\n,,,,,\n").unwrap();
        assert_eq!(table.names().collect::<Vec<_>>(), ["column 1", "yi", "ni (column 3)", "ni (column 4)"]);
        assert_eq!((table.len(), table.numbers("yi").unwrap()), (2, vec![Some(1.0), Some(2.0)]));
        let twice = table.numbers("ni").unwrap_err().to_string();
        assert!(twice.contains("several columns are named `ni`"), "{twice}");
        let infinite = read("a,b\n1,2\n3,-Inf\n").unwrap().numbers("b").unwrap_err().to_string();
        assert!(
            infinite.starts_with("t.csv, row 2 (3), column b: `-Inf` is infinite;")
                || infinite.contains("column b")
        );
        let names = read(",yi\nAsh,1\nElm,2\n").unwrap();
        assert_eq!(names.labels(), ["Ash", "Elm"]);
    }

    #[test]
    fn files_of_spreadsheets_are_read_with_notes() {
        let table = read(b"sep=;\r\nstudy;yi;n\r\nG\xe4rtner;0,50;1,200\r\nB;1,25;90\r\n").unwrap();
        assert_eq!(table.labels(), ["G\u{e4}rtner", "B"]);
        assert_eq!(table.numbers("yi").unwrap(), [Some(0.5), Some(1.25)]);
        assert_eq!(table.column("yi").unwrap().get(0).as_deref(), Some("0,50"));
        assert_eq!(
            table.notes(),
            ["the file is not UTF-8 and was read as Windows-1252", "numbers were read with a decimal comma"]
        );
        let titled = read("Table 1: trials\n\nstudy,yi\nA,1\n").unwrap();
        assert_eq!(titled.notes(), ["a line above the header was skipped: `Table 1: trials`"]);
    }

    #[test]
    fn wide_tables_are_read_in_linear_time() {
        let names: Vec<String> = (0..50_000).map(|i| format!("g{i}")).collect();
        let row = vec!["1.5"; names.len()].join(",");
        let table = read(format!("{}\n{row}\n{row}\n", names.join(","))).unwrap();
        assert_eq!(table.names().count(), 50_000);
        assert_eq!(table.numbers("g49999").unwrap(), [Some(1.5), Some(1.5)]);
    }
}
