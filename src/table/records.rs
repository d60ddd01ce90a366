//! The records of delimited text: fields between delimiters, quoted as in RFC 4180, lines ended by LF, CR or both.
//!
//! A field is quoted if a quotation mark is the first thing in it but blanks; inside, a quotation mark is written twice. What
//! follows the closing mark but blanks, and a mark that is never closed, are faults: they would swallow the rows after them.

use std::io::Read;
use std::ops::Range;

use super::encoding::{Unreadable, Utf8};
use super::read::read_error;
use crate::{Error, Result};

/// At least this much of the text is held, if there is as much, so that its beginning can be looked at.
const BEGINNING: usize = 1 << 16;

/// The fields of one record, as places in the text that holds it.
#[derive(Debug, Default)]
pub(super) struct Fields {
    places: Vec<Place>,
    /// The fields in which doubled quotation marks were made single.
    unescaped: String,
    /// True if a field is quoted, so that the record may span several lines.
    quoted: bool,
}

#[derive(Debug)]
struct Place {
    range: Range<usize>,
    unescaped: bool,
}

impl Fields {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The fields in their order, without the blanks around them.
    pub(super) fn iter<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = &'a str> {
        self.places.iter().map(move |place| {
            let bytes = if place.unescaped { self.unescaped.as_bytes() } else { text };
            let field = bytes.get(place.range.clone()).unwrap_or_default();
            // pieces are checked before they are split, and delimiters are ASCII
            std::str::from_utf8(field).unwrap_or_default().trim()
        })
    }

    fn clear(&mut self) {
        self.places.clear();
        self.unescaped.clear();
        self.quoted = false;
    }
}

/// The finding at a place of the text.
#[derive(Debug, PartialEq)]
pub(super) enum Split {
    /// A record; the text goes on at this place.
    Record(usize),
    /// The text ends before the record does.
    Incomplete,
    /// A text follows the closing mark of a field at this place.
    Stray(usize),
    /// The mark at this place is never closed.
    Open(usize),
}

/// Splits the record that starts at a place; `complete` says that no text follows.
pub(super) fn split(text: &[u8], start: usize, delimiter: u8, complete: bool, fields: &mut Fields) -> Split {
    fields.clear();
    let mut at = start;
    loop {
        let mut from = at;
        while matches!(text.get(at), Some(b' ' | b'\t')) && text.get(at) != Some(&delimiter) {
            at += 1;
        }
        let mut unescaped = false;
        let end;
        if text.get(at) == Some(&b'"') {
            fields.quoted = true;
            match quoted(text, at, fields) {
                Quoted::Closed { range, escaped, next } => {
                    (from, end, at, unescaped) = (range.start, range.end, next, escaped);
                }
                Quoted::Open => return if complete { Split::Open(at) } else { Split::Incomplete },
            }
            while matches!(text.get(at), Some(b' ' | b'\t')) && text.get(at) != Some(&delimiter) {
                at += 1;
            }
            match text.get(at) {
                None | Some(b'\n' | b'\r') => {}
                Some(byte) if *byte == delimiter => {}
                Some(_) => return Split::Stray(at),
            }
        } else {
            while text.get(at).is_some_and(|b| *b != delimiter && *b != b'\n' && *b != b'\r') {
                at += 1;
            }
            end = at;
        }
        fields.places.push(Place { range: from..end, unescaped });
        match text.get(at) {
            Some(b'\n') => return Split::Record(at + 1),
            Some(b'\r') => match text.get(at + 1) {
                Some(b'\n') => return Split::Record(at + 2),
                None if !complete => return Split::Incomplete,
                _ => return Split::Record(at + 1),
            },
            Some(_) => at += 1,
            None if complete => return Split::Record(at),
            None => return Split::Incomplete,
        }
    }
}

enum Quoted {
    Closed { range: Range<usize>, escaped: bool, next: usize },
    Open,
}

/// The quoted text whose opening mark stands at a place.
fn quoted(text: &[u8], open: usize, fields: &mut Fields) -> Quoted {
    let start = open + 1;
    let mark = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        memchr::memchr(b'"', rest).map(|at| from + at)
    };
    let Some(first) = mark(start) else { return Quoted::Open };
    if text.get(first + 1) != Some(&b'"') {
        return Quoted::Closed { range: start..first, escaped: false, next: first + 1 };
    }
    let (begin, mut from, mut at) = (fields.unescaped.len(), start, first);
    loop {
        let doubled = text.get(at + 1) == Some(&b'"');
        let piece = text.get(from..at + usize::from(doubled)).unwrap_or_default();
        fields.unescaped.push_str(std::str::from_utf8(piece).unwrap_or_default());
        if !doubled {
            return Quoted::Closed { range: begin..fields.unescaped.len(), escaped: true, next: at + 1 };
        }
        from = at + 2;
        match mark(from) {
            Some(next) => at = next,
            None => return Quoted::Open,
        }
    }
}

/// Line ends in the bytes: LF, CR or both together.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let ends = memchr::memchr_iter(b'\n', bytes).count();
    let alone = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count();
    (ends + alone) as u64
}

/// The memory for a text, asked for before it is needed: what is refused early is an error, what is refused later the end of the
/// program.
#[derive(Debug, Default)]
struct Memory {
    read: usize,
    /// The bytes at which memory is asked for again.
    next: usize,
}

impl Memory {
    /// A file costs at most three times its size.
    const TIMES: usize = 3;

    /// Files below this are not worth the question.
    const SMALL: usize = 1 << 22;

    fn grow(&mut self, bytes: usize) -> Result<()> {
        self.read += bytes;
        if self.read < self.next.max(Self::SMALL) {
            return Ok(());
        }
        self.next = self.read + self.read / 8;
        let mut probe: Vec<u8> = Vec::new();
        probe.try_reserve_exact(self.read.saturating_mul(Self::TIMES)).map_err(|_| Error::File {
            path: String::new(),
            found: format!("needs more memory than there is (after {} MB)", self.read >> 20),
            remedy: "keep the columns and rows that are needed, or allow more memory".to_owned(),
        })
    }
}

/// Reads records from a source, holding as much of it as one record needs.
pub(super) struct Records<R> {
    source: Utf8<R>,
    text: Vec<u8>,
    at: usize,
    complete: bool,
    /// The line at which the next record starts, counted from 1.
    line: u64,
    /// Up to where the text was searched for NUL bytes.
    searched: usize,
    memory: Memory,
}

impl<R: Read> Records<R> {
    /// Reads the beginning of the text.
    pub(super) fn new(source: Utf8<R>) -> Result<Self> {
        let mut records = Records {
            source,
            text: Vec::new(),
            at: 0,
            complete: false,
            line: 1,
            searched: 0,
            memory: Memory::default(),
        };
        records.fill()?;
        Ok(records)
    }

    /// The part of the text that is held, and a mark of its end.
    pub(super) fn held(&self) -> (&[u8], bool) {
        (self.text.get(self.at..).unwrap_or_default(), self.complete)
    }

    /// The text that the fields of the last record are places of.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The encoding, if it is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.source.encoding()
    }

    /// Goes on by some bytes of what is held.
    pub(super) fn skip(&mut self, bytes: usize) {
        let to = (self.at + bytes).min(self.text.len());
        self.line += count_lines(self.text.get(self.at..to).unwrap_or_default());
        self.at = to;
    }

    /// Reads more of the text behind what is held.
    fn fill(&mut self) -> Result<()> {
        self.text.drain(..self.at);
        self.searched = self.searched.saturating_sub(self.at);
        self.at = 0;
        // pieces as large as what is held already, so that a long record is not read over and over
        let wanted = (self.text.len() * 2).max(BEGINNING);
        while !self.complete && self.text.len() < wanted {
            self.complete = match self.source.fill(&mut self.text) {
                Ok(more) => !more,
                Err(Unreadable::Io(error)) => return Err(read_error(&error)),
                Err(Unreadable::NotUtf8(at)) => {
                    let found = "is not UTF-8: the file is binary or in another encoding";
                    let found = format!("line {} {found}", self.line_of(at));
                    return Err(Error::data(found, "save the file as UTF-8"));
                }
            };
            let new = self.text.get(self.searched..).unwrap_or_default();
            self.memory.grow(new.len())?;
            if let Some(at) = memchr::memchr(0, new) {
                let line = self.line_of(self.searched + at);
                let found = format!("line {line} holds a NUL byte: the file is not a text");
                return Err(Error::data(found, "give a CSV file in UTF-8"));
            }
            self.searched = self.text.len();
        }
        Ok(())
    }

    fn line_of(&self, at: usize) -> u64 {
        self.line + count_lines(self.text.get(self.at..at).unwrap_or_default())
    }

    /// Reads the next record that is not an empty line; false at the end.
    pub(super) fn next(&mut self, delimiter: u8, fields: &mut Fields) -> Result<bool> {
        loop {
            match self.text.get(self.at) {
                Some(b'\n') => {
                    self.at += 1;
                    self.line += 1;
                    continue;
                }
                Some(b'\r') if self.text.len() > self.at + 1 || self.complete => {
                    self.at += 1 + usize::from(self.text.get(self.at + 1) == Some(&b'\n'));
                    self.line += 1;
                    continue;
                }
                None if self.complete => return Ok(false),
                _ => {}
            }
            match split(&self.text, self.at, delimiter, self.complete, fields) {
                Split::Record(next) => {
                    let record = self.text.get(self.at..next).unwrap_or_default();
                    // a record without quotation marks is one line
                    self.line += if fields.quoted { count_lines(record).max(1) } else { 1 };
                    self.at = next;
                    return Ok(true);
                }
                Split::Incomplete => self.fill()?,
                Split::Stray(at) => {
                    return Err(Error::data(
                        format!(
                            "in line {} a text follows the quotation mark that closes a field",
                            self.line_of(at)
                        ),
                        "write a quotation mark inside a quoted field twice, and check that all are closed",
                    ));
                }
                Split::Open(at) => {
                    return Err(Error::data(
                        format!(
                            "the quotation mark that opens a field in line {} is never closed",
                            self.line_of(at)
                        ),
                        "close it; write a quotation mark inside a quoted field twice",
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, complete: bool) -> (Split, Vec<String>) {
        let mut fields = Fields::default();
        let split = split(text.as_bytes(), 0, b',', complete, &mut fields);
        let read = fields.iter(text.as_bytes()).map(str::to_owned).collect();
        (split, read)
    }

    #[test]
    fn records_end_where_they_should() {
        assert_eq!(fields("a, b ,c\nd", false), (Split::Record(8), vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(fields("a,\r\nd", false).0, Split::Record(4));
        assert_eq!(fields("a\r", false).0, Split::Incomplete);
        assert_eq!(fields("a\r", true).0, Split::Record(2));
        assert_eq!(fields("a,b", false).0, Split::Incomplete);
        assert_eq!(fields("a,", true).1, ["a", ""]);
        assert_eq!(fields("\"a \"\"x\"\", b\" , \"c\nd\"\n", true).1, ["a \"x\", b", "c\nd"]);
        assert_eq!(fields("a,5\" pipe\n", true).1, ["a", "5\" pipe"]);
        assert_eq!(fields("\"a\"b,c\n", true).0, Split::Stray(3));
        assert_eq!(fields("x,\"a,c\n", true).0, Split::Open(2));
        assert_eq!(fields("x,\"a,c\n", false).0, Split::Incomplete);
        assert_eq!(fields("x,\"a\"\",c\n", true).0, Split::Open(2));
    }
}
