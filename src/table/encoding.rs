//! Bytes of a file as UTF-8, piece by piece: UTF-8 as it is, UTF-16 and Windows-1252 decoded.
//!
//! A byte-order mark says what the text is; so do NUL bytes at every second place (UTF-16 without a mark). All else is taken
//! for UTF-8 until a byte contradicts it. If the text was ASCII up to there it is read as Windows-1252, in which Western
//! spreadsheets write; if it was not, two encodings are mixed, which is refused.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, WINDOWS_1252};

use crate::text::encoding::{beginning, is_undefined};

/// The number of bytes that are read at once.
const PIECE: usize = 1 << 18;

/// A source of bytes as a source of UTF-8.
pub(super) struct Utf8<R> {
    source: R,
    decoder: Option<(&'static Encoding, Decoder)>,
    /// Bytes that were looked at but not yet handed on.
    waiting: Vec<u8>,
    /// Bytes at the end of what was handed on that the next piece completes to a character.
    open: usize,
    ascii: bool,
    finished: bool,
}

/// The reason for which bytes are no text.
#[derive(Debug)]
pub(super) enum Unreadable {
    Io(io::Error),
    /// The position in what was handed on at which UTF-8 ends.
    NotUtf8(usize),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Unreadable::Io(error)
    }
}

impl<R: Read> Utf8<R> {
    /// Looks at the first bytes; the beginning is at most 64 kB long.
    pub(super) fn new(mut source: R) -> io::Result<Self> {
        let mut waiting = Vec::new();
        source.by_ref().take(1 << 16).read_to_end(&mut waiting)?;
        let (encoding, mark) = beginning(&waiting);
        waiting.drain(..mark);
        let decoder = encoding.map(|encoding| (encoding, encoding.new_decoder_without_bom_handling()));
        Ok(Utf8 { source, decoder, waiting, open: 0, ascii: true, finished: false })
    }

    /// The first bytes as they stand in the file, without a byte-order mark, until they are handed on.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.waiting
    }

    /// All bytes that were not handed on, and those that follow them, as they are.
    #[cfg(feature = "spreadsheets")]
    pub(super) fn remaining(self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = self.waiting;
        self.source.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The encoding, if it is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.decoder.as_ref().map(|(encoding, _)| encoding.name())
    }

    /// Appends the next piece; false if it was the last.
    pub(super) fn fill(&mut self, text: &mut Vec<u8>) -> Result<bool, Unreadable> {
        if self.finished {
            return Ok(false);
        }
        let start = text.len();
        if self.waiting.is_empty() {
            text.reserve(PIECE);
            self.source.by_ref().take(PIECE as u64).read_to_end(text)?;
        } else {
            text.append(&mut self.waiting);
        }
        let last = text.len() == start;
        self.finished = last;
        match &mut self.decoder {
            Some((_, decoder)) => {
                let piece = text.split_off(start);
                decode(decoder, &piece, last, text);
            }
            None => self.check(start, last, text)?,
        }
        Ok(!last)
    }

    /// Looks at the bytes that were appended behind `start` and should be UTF-8.
    fn check(&mut self, start: usize, last: bool, text: &mut Vec<u8>) -> Result<(), Unreadable> {
        let from = start.saturating_sub(self.open);
        let new = text.get(from..).unwrap_or_default();
        let valid = match std::str::from_utf8(new) {
            Ok(_) => new.len(),
            Err(error) if error.error_len().is_none() && !last => error.valid_up_to(),
            Err(error) => {
                let valid = error.valid_up_to();
                self.ascii &= new.get(..valid).is_none_or(<[u8]>::is_ascii);
                if !self.ascii {
                    return Err(Unreadable::NotUtf8(from + valid));
                }
                let rest = text.split_off(from + valid);
                let mut decoder = WINDOWS_1252.new_decoder_without_bom_handling();
                decode(&mut decoder, &rest, false, text);
                self.decoder = Some((WINDOWS_1252, decoder));
                // what Windows-1252 leaves undefined comes out as a control character: this is no text
                let control = std::str::from_utf8(text.get(from..).unwrap_or_default());
                return match control.ok().and_then(|t| t.find(is_undefined)) {
                    Some(at) => Err(Unreadable::NotUtf8(from + at)),
                    None => Ok(()),
                };
            }
        };
        self.open = new.len() - valid;
        self.ascii &= new.get(..valid).is_none_or(<[u8]>::is_ascii);
        Ok(())
    }
}

/// Appends the characters of some bytes.
fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, text: &mut Vec<u8>) {
    loop {
        let start = text.len();
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() + 16).max(16);
        text.resize(start + room, 0);
        let into = text.get_mut(start..).unwrap_or_default();
        let (state, read, written, _) = decoder.decode_to_utf8(bytes, into, last);
        text.truncate(start + written);
        bytes = bytes.get(read..).unwrap_or_default();
        if state == encoding_rs::CoderResult::InputEmpty {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
        let mut source = Utf8::new(bytes).unwrap();
        let mut text = Vec::new();
        while source.fill(&mut text).unwrap() {}
        (String::from_utf8(text).unwrap(), source.encoding())
    }

    #[test]
    fn encodings_are_found() {
        assert_eq!(text("\u{feff}a,é".as_bytes()), ("a,é".to_owned(), None));
        assert_eq!(text(b"a,\xe4\x80\n"), ("a,ä€\n".to_owned(), Some("windows-1252")));
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let mark = if mark { "\u{feff}" } else { "" };
            let units = format!("{mark}a,é\n").encode_utf16().collect::<Vec<_>>();
            let bytes: Vec<u8> =
                units.iter().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            assert_eq!(text(&bytes).0, "a,é\n");
        }
        let mut mixed = Utf8::new(&b"\xc3\xa4\n\xe4\n"[..]).unwrap();
        assert!(matches!(mixed.fill(&mut Vec::new()), Err(Unreadable::NotUtf8(3))));
    }
}
