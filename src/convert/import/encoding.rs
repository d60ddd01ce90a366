//! From the bytes of another program's file to its text, with a note on what had to be guessed.
//!
//! A byte-order mark decides, then an XML declaration, then the bytes themselves: UTF-8 where they are valid, and for single bytes
//! that are not, their meaning in Windows-1252, the encoding of Western editions of Windows. UTF-16 is known by its mark or by the zero
//! bytes of its first characters.

use crate::{
    Error, Result,
    text::encoding::{beginning, is_undefined, western},
};
use encoding_rs::{Encoding, UTF_16BE};

/// The text of a file, and what had to be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// Notes on bytes that are not of the declared or usual encoding.
    pub notes: Vec<String>,
}

/// Decodes the bytes of a file.
///
/// # Errors
///
/// If an XML declaration names an encoding that is none of UTF-8, UTF-16, ISO-8859-1 and Windows-1252, or UTF-16 is cut within a
/// character.
pub fn decode(bytes: &[u8]) -> Result<Decoded> {
    let (encoding, mark) = beginning(bytes);
    let bytes = bytes.get(mark..).unwrap_or_default();
    if let Some(encoding) = encoding {
        return wide(bytes, encoding);
    }
    match declared(bytes).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => Ok(utf8(bytes)),
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            Ok(shown(western(bytes), Vec::new()))
        }
        // The declaration was read byte by byte, so the file is not in UTF-16, whatever it says.
        Some(name @ ("utf-16" | "utf16" | "utf-16le" | "utf-16be")) => {
            let mut made = utf8(bytes);
            made.notes
                .push(format!("the file declares {name} and holds single bytes: it was read by its bytes"));
            Ok(made)
        }
        Some(name) => Err(Error::data(
            format!("the file declares the encoding `{name}`"),
            "save it as UTF-8 or ISO-8859-1",
        )),
    }
}

/// The encoding that an XML declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(200).map(|&byte| char::from(byte)).collect();
    let (_, rest) = start.split_once("<?xml")?;
    let (declaration, _) = rest.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    rest.split(['"', '\'']).nth(1).map(str::to_lowercase)
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded> {
    if !bytes.len().is_multiple_of(2) {
        let which = if encoding == UTF_16BE { "big-endian " } else { "" };
        let found = format!("the file is {which}UTF-16 with an odd number of bytes");
        return Err(Error::data(found, "give the whole file"));
    }
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    Ok(Decoded { text, notes: vec!["the file was read as UTF-16".to_owned()] })
}

/// UTF-8, with other bytes by their meaning in Windows-1252.
fn utf8(bytes: &[u8]) -> Decoded {
    let (mut text, mut strange) = (String::with_capacity(bytes.len() + 64), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&western(chunk.invalid()));
        strange += chunk.invalid().len();
    }
    if strange == 0 {
        return Decoded { text, notes: Vec::new() };
    }
    let note =
        format!("{strange} bytes are not UTF-8 and were read as Windows-1252: check letters with accents");
    shown(text, vec![note])
}

/// The text with bytes that are no character of Windows-1252 made visible, and a note on them.
fn shown(text: String, mut notes: Vec<String>) -> Decoded {
    let lost = text.chars().filter(|c| is_undefined(*c)).count();
    if lost == 0 {
        return Decoded { text, notes };
    }
    notes.push(format!("{lost} bytes are no character of Windows-1252 and are shown as \u{fffd}"));
    Decoded { text: text.replace(is_undefined, "\u{fffd}"), notes }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn declared_encodings_are_honored() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><A N=\"M\xfcller \x96 B\"/>";
        let made = decode(latin).unwrap();
        assert!(made.text.contains("M\u{fc}ller \u{2013} B") && made.notes.is_empty());
        let error = decode(b"<?xml version='1.0' encoding='koi8-r'?><A/>").unwrap_err().to_string();
        assert!(error.contains("`koi8-r`"), "{error}");
        assert!(decode(b"<?xml encoding='ISO-8859-1'?>\x81").unwrap().notes[0].contains("no character"));
    }

    #[test]
    fn bytes_that_are_not_what_was_declared_are_read_with_a_note() {
        let mixed = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><A N=\"G\xe4rtner, M\xc3\xbcller\"/>";
        let made = decode(mixed).unwrap();
        assert!(made.text.contains("Gärtner, Müller"), "{}", made.text);
        assert!(made.notes[0].starts_with("1 bytes are not UTF-8"));
        assert!(decode("<A N=\"Müller\"/>".as_bytes()).unwrap().notes.is_empty());
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_its_zeros() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><A N=\"Müller 😀\"/>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            [&[0xff, 0xfe], little.as_slice()].concat(),
            [&[0xfe, 0xff], big.as_slice()].concat(),
            little.clone(),
            big,
        ] {
            assert_eq!(decode(&bytes).unwrap().text, text);
        }
        assert!(decode(&[0xff, 0xfe, 0x41]).is_err());
        assert!(decode(text.as_bytes()).unwrap().notes[0].contains("by its bytes"));
    }
}
