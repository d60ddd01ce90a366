//! The records of delimited text: fields between delimiters, quoted as in RFC 4180, lines ended by LF, CR or both.
//!
//! A field is quoted if a quotation mark is the first thing in it but blanks; inside, a quotation mark is written twice. What
//! follows the closing mark but blanks, and a mark that is never closed, are faults: they would swallow the rows after them.
//!
//! A field without marks ends at the next delimiter or line end, which is looked for eight bytes at a time. The text is checked
//! to be UTF-8 once, when it is read, so that fields are parts of it without another look.

use std::io::Read;
use std::ops::Range;

use super::encoding::{Unreadable, Utf8};
use super::read::read_error;
use crate::{Error, Result, memory::has_room};

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

/// The source in which fields are places.
pub(super) trait Text {
    /// The part between two places; empty if there is none.
    fn part(&self, from: usize, to: usize) -> &str;
}

impl Text for str {
    fn part(&self, from: usize, to: usize) -> &str {
        self.get(from..to).unwrap_or_default()
    }
}

impl Text for [u8] {
    fn part(&self, from: usize, to: usize) -> &str {
        std::str::from_utf8(self.get(from..to).unwrap_or_default()).unwrap_or_default()
    }
}

/// A field without the white space around it; nearly all begin and end with a visible ASCII character.
fn bare(field: &str) -> &str {
    let visible = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..=b'~').contains(byte));
    let bytes = field.as_bytes();
    if visible(bytes.first()) && visible(bytes.last()) { field } else { field.trim() }
}

impl Fields {
    /// True if a field stands in quotation marks.
    pub(super) fn is_quoted(&self) -> bool {
        self.quoted
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The fields in their order, without the blanks around them.
    pub(super) fn iter<'a, T: Text + ?Sized>(&'a self, text: &'a T) -> impl Iterator<Item = &'a str> {
        self.places.iter().map(move |place| {
            let (from, to) = (place.range.start, place.range.end);
            bare(if place.unescaped { self.unescaped.part(from, to) } else { text.part(from, to) })
        })
    }

    /// The fields in their order: the bytes as they stand in the text, and without the blanks around them once they are asked for.
    pub(super) fn cells<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Field<'a>> {
        self.places.iter().map(move |place| Field { place, text, unescaped: &self.unescaped })
    }

    fn clear(&mut self) {
        self.places.clear();
        self.unescaped.clear();
        self.quoted = false;
    }
}

/// A field of a record.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    place: &'a Place,
    text: &'a str,
    unescaped: &'a str,
}

impl<'a> Field<'a> {
    fn source(self) -> &'a str {
        if self.place.unescaped { self.unescaped } else { self.text }
    }

    /// The bytes, blanks included.
    pub(super) fn bytes(self) -> &'a [u8] {
        self.source().as_bytes().get(self.place.range.start..self.place.range.end).unwrap_or_default()
    }

    /// The text without the blanks around it.
    pub(super) fn text(self) -> &'a str {
        bare(self.source().part(self.place.range.start, self.place.range.end))
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
            at = end_of_field(text, at, delimiter);
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

/// The place of the next delimiter or line end from a place on, or the end of the text.
///
/// Eight bytes are compared at once: `x - 0x01..01 & !x & 0x80..80` has the high bit of the first byte of x that is zero, and
/// false ones only above it (Warren 2012, Hacker's Delight, section 6-1).
fn end_of_field(text: &[u8], start: usize, delimiter: u8) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let zero = |x: u64| x.wrapping_sub(ONES) & !x & (ONES << 7);
    let ends = [delimiter, b'\n', b'\r'].map(|byte| u64::from(byte) * ONES);
    let (chunks, rest) = text.get(start..).unwrap_or_default().as_chunks::<8>();
    let mut at = start;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let found = zero(word ^ ends[0]) | zero(word ^ ends[1]) | zero(word ^ ends[2]);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + rest.iter().take_while(|b| **b != delimiter && **b != b'\n' && **b != b'\r').count()
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

/// The memory for a text.
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
        if has_room(self.read.saturating_mul(Self::TIMES)) {
            return Ok(());
        }
        Err(Error::File {
            path: String::new(),
            found: format!("needs more memory than there is (after {} MB)", self.read >> 20),
            remedy: "keep the columns and rows that are needed, or allow more memory".to_owned(),
        })
    }
}

/// Reads records from a source, holding as much of it as one record needs.
pub(super) struct Records<R> {
    source: Utf8<R>,
    text: String,
    /// Bytes that were read but are not a whole character yet.
    open: Vec<u8>,
    at: usize,
    complete: bool,
    /// The line at which the next record starts, counted from 1.
    line: u64,
    memory: Memory,
}

impl<R: Read> Records<R> {
    /// Reads the beginning of the text.
    pub(super) fn new(source: Utf8<R>) -> Result<Self> {
        let memory = Memory::default();
        let mut records = Records {
            source,
            text: String::new(),
            open: Vec::new(),
            at: 0,
            complete: false,
            line: 1,
            memory,
        };
        records.fill()?;
        Ok(records)
    }

    /// The part of the text that is held, and a mark of its end.
    pub(super) fn held(&self) -> (&[u8], bool) {
        (self.text.as_bytes().get(self.at..).unwrap_or_default(), self.complete)
    }

    /// The text that the fields of the last record are places of.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The encoding, if it is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.source.encoding()
    }

    /// Goes on by some bytes of what is held.
    pub(super) fn skip(&mut self, bytes: usize) {
        let to = (self.at + bytes).min(self.text.len());
        self.line += self.lines_between(self.at, to);
        self.at = to;
    }

    /// Reads more of the text behind what is held.
    fn fill(&mut self) -> Result<()> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.drain(..self.at);
        self.at = 0;
        // pieces as large as what is held already, so that a long record is not read over and over
        let wanted = (bytes.len() * 2).max(BEGINNING);
        let mut known = bytes.len();
        bytes.append(&mut self.open);
        while !self.complete && bytes.len() < wanted {
            let before = bytes.len();
            self.complete = match self.source.fill(&mut bytes) {
                Ok(more) => !more,
                Err(Unreadable::Io(error)) => return Err(read_error(&error)),
                Err(Unreadable::NotUtf8(at)) => {
                    let line = self.line + count_lines(bytes.get(..at).unwrap_or_default());
                    let found =
                        format!("line {line} is not UTF-8: the file is binary or in another encoding");
                    return Err(Error::data(found, "save the file as UTF-8"));
                }
            };
            self.memory.grow(bytes.len() - before)?;
            if let Some(at) = memchr::memchr(0, bytes.get(known..).unwrap_or_default()) {
                let line = self.line + count_lines(bytes.get(..known + at).unwrap_or_default());
                let found = format!("line {line} holds a NUL byte: the file is not a text");
                return Err(Error::data(found, "give a CSV file in UTF-8"));
            }
            known = bytes.len();
        }
        self.take_characters(bytes);
        Ok(())
    }

    /// Holds what was read, but for a character at its end that is not whole yet.
    fn take_characters(&mut self, bytes: Vec<u8>) {
        self.text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let whole = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                self.open = bytes.split_off(whole);
                String::from_utf8(bytes).unwrap_or_default()
            }
        };
    }

    fn line_of(&self, at: usize) -> u64 {
        self.line + self.lines_between(self.at, at)
    }

    fn lines_between(&self, from: usize, to: usize) -> u64 {
        count_lines(self.text.as_bytes().get(from..to).unwrap_or_default())
    }

    /// Reads the next record that is not an empty line; false at the end.
    pub(super) fn next(&mut self, delimiter: u8, fields: &mut Fields) -> Result<bool> {
        loop {
            let text = self.text.as_bytes();
            match text.get(self.at) {
                Some(b'\n') => {
                    self.at += 1;
                    self.line += 1;
                    continue;
                }
                Some(b'\r') if text.len() > self.at + 1 || self.complete => {
                    self.at += 1 + usize::from(text.get(self.at + 1) == Some(&b'\n'));
                    self.line += 1;
                    continue;
                }
                None if self.complete => return Ok(false),
                _ => {}
            }
            match split(text, self.at, delimiter, self.complete, fields) {
                Split::Record(next) => {
                    // a record without quotation marks is one line
                    self.line += if fields.quoted { self.lines_between(self.at, next).max(1) } else { 1 };
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
