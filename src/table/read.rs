//! Reading a table from CSV text.
//!
//! The first line names the columns. The delimiter (`,`, `;` or tab) is the one that occurs most often in it; fields are
//! quoted as in RFC 4180; the text is UTF-8, with or without a byte-order mark; lines end with LF, CRLF or CR. Empty
//! lines do not count as rows, nor do lines of white space at the end. White space around names and cells is dropped.
//! Cells go straight into their columns, so memory and time grow linearly with the file and no row is held twice.
//!
//! What is refused, with the line or the row: an empty file or a header only, columns without a name or with the same
//! name, rows that are longer or shorter than the header, a quotation mark that is never closed (which would swallow the
//! rows after it) or that a text follows, an infinite number, and what is not a UTF-8 text (workbooks, archives, UTF-16). A text in a column of
//! numbers is no error here: it becomes one when the column is used as numbers.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::column::{Column, Growing, shorten};
use super::frame::Table;
use crate::{Error, Result};

impl Table {
    /// Reads a CSV file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a table (see the module's opening).
    pub fn read_path(path: impl AsRef<Path>) -> Result<Table> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let failed = |error: &io::Error| file_error(&name, error);
        if path.is_dir() {
            return Err(Error::File {
                path: name,
                found: "is a folder".to_owned(),
                remedy: "give the name of a CSV file".to_owned(),
            });
        }
        let file = File::open(path).map_err(|e| failed(&e))?;
        Table::read(file, &name)
    }

    /// Reads CSV text from anywhere; the name of the source is for messages.
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
        let mut source = BufReader::with_capacity(1 << 16, source);
        let opening = opening(&mut source).map_err(|e| file_error(name, &e))?;
        refuse_binary(&opening, name)?;
        let text = opening.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&opening);
        let skipped = text.iter().take_while(|b| b.is_ascii_whitespace() && **b != b'\t').count();
        let lines_skipped = count_lines(text.get(..skipped).unwrap_or_default(), 0);
        let header = text.get(skipped..).unwrap_or_default();
        let delimiter = delimiter(header);
        let watch = Arc::new(Watch::default());
        let guard = Guard::new(Cursor::new(header).chain(source), delimiter, lines_skipped, watch.clone());
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(1 << 16)
            .from_reader(guard);
        let rows = Rows { reader, name, delimiter, watch };
        rows.collect().map_err(|error| error.in_file(name))
    }
}

fn file_error(path: &str, error: &io::Error) -> Error {
    let (found, remedy) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), "check its name and folder"),
        io::ErrorKind::PermissionDenied => ("reading is not permitted".to_owned(), "check its permissions"),
        _ => (format!("reading failed ({error})"), "check the file and the disk"),
    };
    Error::File { path: path.to_owned(), found, remedy: remedy.to_owned() }
}

/// The bytes up to the end of the first line that is not blank, the end of the text or the first NUL.
fn opening(source: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    let (mut quoted, mut blank) = (false, true);
    loop {
        let chunk = match source.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok(read);
        }
        let end = chunk.iter().position(|byte| match byte {
            0 => true,
            b'\n' | b'\r' => !quoted && !blank,
            b'"' => {
                quoted = !quoted;
                blank = false;
                false
            }
            b' ' | b'\t' => false,
            0xef | 0xbb | 0xbf => false,
            _ => {
                blank = false;
                false
            }
        });
        let taken = end.map_or(chunk.len(), |at| at + 1);
        read.extend_from_slice(chunk.get(..taken).unwrap_or_default());
        source.consume(taken);
        if end.is_some() {
            return Ok(read);
        }
    }
}

fn refuse_binary(opening: &[u8], name: &str) -> Result<()> {
    let (found, remedy) = match opening {
        [b'P', b'K', 3, 4, ..] => ("a workbook or zip archive", "save the sheet as CSV (UTF-8)"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => ("an old Office document", "save the sheet as CSV (UTF-8)"),
        [0x1f, 0x8b, ..] => ("a gzip archive", "unpack it first"),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF document", "give a CSV file"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("UTF-16 text", "save the file as UTF-8"),
        _ => return Ok(()),
    };
    Err(Error::data(format!("the file is {found}, not CSV"), remedy).in_file(name))
}

fn binary(line: u64) -> Error {
    Error::data(format!("line {line} holds a NUL byte: the file is not a text"), "give a CSV file in UTF-8")
}

/// Line ends in the bytes: LF, CR or both together; `before` is the byte before them.
fn count_lines(bytes: &[u8], mut before: u8) -> u64 {
    let mut lines = 0;
    for byte in bytes {
        if *byte == b'\r' || (*byte == b'\n' && before != b'\r') {
            lines += 1;
        }
        before = *byte;
    }
    lines
}

/// The most frequent of `,`, `;` and tab in the header outside of quotes; the comma if there is none.
fn delimiter(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in header {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte && !quoted) {
            *count += 1;
        }
    }
    // the first of the most frequent
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// What the guard saw: the lines of the first NUL byte, of the first byte that is not UTF-8 and of the first text after
/// a closing quotation mark, and at the end that of an open quotation mark.
#[derive(Debug, Default)]
struct Watch {
    nul: OnceLock<u64>,
    encoding: OnceLock<u64>,
    stray: OnceLock<u64>,
    open_quote: AtomicU64,
}

/// Passes bytes on and follows the quotation marks as the reader behind it does.
struct Guard<R> {
    inner: R,
    delimiter: u8,
    state: Quoting,
    line: u64,
    opened: u64,
    before: u8,
    /// The bytes of a character that the next piece completes.
    partial: Vec<u8>,
    watch: Arc<Watch>,
}

#[derive(Clone, Copy, PartialEq)]
enum Quoting {
    FieldStart,
    Bare,
    Inside,
    /// After a quotation mark inside a quoted field: its end, or the first half of a doubled one.
    Mark,
    /// In white space after a quoted field.
    After,
}

impl<R: Read> Guard<R> {
    fn new(inner: R, delimiter: u8, lines_skipped: u64, watch: Arc<Watch>) -> Self {
        let line = lines_skipped + 1;
        Guard {
            inner,
            delimiter,
            state: Quoting::FieldStart,
            line,
            opened: 0,
            before: 0,
            partial: Vec::new(),
            watch,
        }
    }

    /// Checks that the bytes so far are UTF-8; an empty piece is the end of the text.
    fn check_encoding(&mut self, piece: &[u8]) {
        let mut bytes = std::mem::take(&mut self.partial);
        let carried = bytes.len();
        let bytes = if carried == 0 {
            piece
        } else {
            bytes.extend_from_slice(piece);
            &bytes
        };
        if let Err(error) = std::str::from_utf8(bytes) {
            let valid = error.valid_up_to();
            if error.error_len().is_some() || piece.is_empty() {
                let lines =
                    count_lines(bytes.get(carried.min(valid)..valid).unwrap_or_default(), self.before);
                let _ = self.watch.encoding.set(self.line + lines);
            } else {
                self.partial = bytes.get(valid..).unwrap_or_default().to_vec();
            }
        }
    }

    fn follow(&mut self, byte: u8) {
        let line_end = byte == b'\n' || byte == b'\r';
        if byte == 0 {
            let _ = self.watch.nul.set(self.line);
        }
        self.state = match (self.state, byte) {
            (Quoting::FieldStart, b'"') => {
                self.opened = self.line;
                Quoting::Inside
            }
            (Quoting::Mark, b'"') => Quoting::Inside,
            (Quoting::Inside, b'"') => Quoting::Mark,
            (Quoting::Inside, _) => Quoting::Inside,
            (_, byte) if line_end || byte == self.delimiter => Quoting::FieldStart,
            (Quoting::Mark | Quoting::After, b' ' | b'\t') => Quoting::After,
            (Quoting::Mark | Quoting::After, _) => {
                let _ = self.watch.stray.set(self.line);
                Quoting::Bare
            }
            _ => Quoting::Bare,
        };
        if byte == b'\r' || (byte == b'\n' && self.before != b'\r') {
            self.line += 1;
        }
        self.before = byte;
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if self.watch.encoding.get().is_none() {
            self.check_encoding(buffer.get(..count).unwrap_or_default());
        }
        for byte in buffer.iter().take(count) {
            self.follow(*byte);
        }
        let open = if self.state == Quoting::Inside { self.opened } else { 0 };
        self.watch.open_quote.store(open, Ordering::Relaxed);
        Ok(count)
    }
}

struct Rows<'a, R> {
    reader: csv::Reader<Guard<R>>,
    name: &'a str,
    delimiter: u8,
    watch: Arc<Watch>,
}

impl<R: Read> Rows<'_, R> {
    fn collect(mut self) -> Result<Table> {
        let mut record = csv::StringRecord::new();
        if !self.next(&mut record)? {
            return Err(Error::data(
                "the file is empty",
                "give a CSV file with a header and at least one row",
            ));
        }
        let names = self.header(&record)?;
        let mut columns: Vec<Growing> = names.iter().map(|_| Growing::new()).collect();
        let (mut row, mut blank): (usize, Vec<usize>) = (0, Vec::new());
        while self.next(&mut record)? {
            if self.is_blank(&record) {
                blank.push(record.len());
                continue;
            }
            // white space was not at the end after all
            for fields in blank.drain(..) {
                row += 1;
                if fields != names.len() {
                    return Err(uneven(fields, names.len(), false).in_row(row));
                }
                columns.iter_mut().try_for_each(|column| column.push(""))?;
            }
            row += 1;
            if record.len() != names.len() {
                let swallowed = record.iter().any(|field| field.contains(['\n', '\r']));
                return Err(uneven(record.len(), names.len(), swallowed).in_row(row));
            }
            for (column, cell) in columns.iter_mut().zip(&record) {
                column.push(cell)?;
            }
        }
        if row == 0 {
            return Err(Error::data("the file has a header but no rows", "add a row for each study"));
        }
        let mut table = Table::new().from_file(self.name);
        for (name, column) in names.into_iter().zip(columns) {
            let column: Column = column.finish().map_err(|error| error.in_column(name.as_str()))?;
            table = table.with(&name, column)?;
        }
        Ok(table)
    }

    /// Reads the next record; false at the end.
    fn next(&mut self, record: &mut csv::StringRecord) -> Result<bool> {
        let more = self.reader.read_record(record);
        if let Some(line) = self.watch.nul.get() {
            return Err(binary(*line));
        }
        if let Some(line) = self.watch.encoding.get() {
            return Err(Error::data(
                format!("line {line} is not UTF-8: the file is binary or in another encoding"),
                "save the file as UTF-8",
            ));
        }
        if let Some(line) = self.watch.stray.get() {
            return Err(Error::data(
                format!("in line {line} a text follows the quotation mark that closes a field"),
                "write a quotation mark inside a quoted field twice, and check that all are closed",
            ));
        }
        let more = more.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => file_error(self.name, &error),
            _ => Error::data("a line cannot be read", "give a CSV file in UTF-8"),
        })?;
        if !more {
            match self.watch.open_quote.load(Ordering::Relaxed) {
                0 => {}
                line => {
                    return Err(Error::data(
                        format!("the quotation mark that opens a field in line {line} is never closed"),
                        "close it; write a quotation mark inside a quoted field twice",
                    ));
                }
            }
        }
        Ok(more)
    }

    fn header(&self, record: &csv::StringRecord) -> Result<Vec<String>> {
        let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
        let mut seen = std::collections::HashMap::new();
        for (at, name) in (1..).zip(&names) {
            if name.is_empty() {
                let remedy = "name every column in the first line (R: write.csv(..., row.names = FALSE))";
                return Err(Error::data(format!("column {at} of {} has no name", names.len()), remedy));
            }
            if let Some(before) = seen.insert(name.as_str(), at) {
                return Err(Error::data(
                    format!("columns {before} and {at} are both named `{}`", shorten(name)),
                    "give every column its own name",
                ));
            }
        }
        Ok(names)
    }

    /// Whether the line holds nothing but white space.
    fn is_blank(&self, record: &csv::StringRecord) -> bool {
        (record.len() <= 1 || self.delimiter == b'\t') && record.iter().all(|field| field.trim().is_empty())
    }
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
    fn what_is_no_table_is_refused() {
        for text in ["", "\n \n", "\u{feff}"] {
            assert!(error(text).starts_with("t.csv: the file is empty;"), "{text:?}");
        }
        for text in ["a,b", "a,b\n", "a,b\n\n  \n"] {
            assert!(error(text).starts_with("t.csv: the file has a header but no rows;"), "{text:?}");
        }
        assert!(error("a,,b\n1,2,3\n").starts_with("t.csv: column 2 of 3 has no name;"));
        assert!(error("a,b,a\n1,2,3\n").starts_with("t.csv: columns 1 and 3 are both named `a`;"));
        let short = error("a,b\n1,2\n3\n");
        assert!(short.starts_with("t.csv, row 2: the row has 1 field, the header 2;"), "{short}");
        assert!(error("a,b\n1,2,3\n").contains("row 1: the row has 3 fields, the header 2"));
        assert!(error("a,b\n1,2\n   \n3,4\n").contains("row 2: the row has 1 field, the header 2"));
        let infinite = error("a,b\n1,2\n3,-Inf\n");
        assert!(infinite.starts_with("t.csv, row 2, column b: `-Inf` is infinite;"), "{infinite}");
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
        assert!(error(b"\xff\xfea\0b\0").contains("UTF-16"));
        assert!(error(b"a,b\n1,2\n3,\0\n").contains("line 3 holds a NUL byte"));
        assert!(error(b"\0\0\0").contains("line 1 holds a NUL byte"));
        let latin1 = b"\n\na,b\n1,2\n\n3,caf\xe9\n";
        for text in [error(latin1), Table::read(Slowly(latin1), "t.csv").unwrap_err().to_string()] {
            assert!(text.contains("line 6 is not UTF-8"), "{text}");
        }
        assert!(error(b"a\n\xc3").contains("line 2 is not UTF-8"));
    }

    #[test]
    fn files_that_cannot_be_read_are_named() {
        let error = Table::read_path("no/such/file.csv").unwrap_err().to_string();
        assert_eq!(error, "no/such/file.csv: there is no such file; check its name and folder");
        assert!(Table::read_path("src").unwrap_err().to_string().contains("is a folder"));
    }

    #[test]
    fn text_in_a_column_of_numbers_is_an_error_when_it_is_used_as_numbers() {
        let table = read("study;yi;vi\nA;1,5;1\nB;2;1\n").unwrap();
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
}
