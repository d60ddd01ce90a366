//! From the bytes of another program's file to its text, with a note on what had to be guessed.
//!
//! A byte-order mark decides, then an XML declaration, then the bytes themselves: UTF-8 where they are valid, and for single bytes
//! that are not, their meaning in Windows-1252, the encoding of Western editions of Windows. UTF-16 is known by its mark or by the zero
//! bytes of its first characters.

use crate::{Error, Result};

/// The characters of Windows-1252 for the bytes 0x80 to 0x9F, which Western files declared as ISO-8859-1 mean by them; 0 where
/// there is none.
const WESTERN: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
];

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
    if let Some((rest, big_endian)) = utf16(bytes) {
        return wide(rest, big_endian);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match declared(bytes).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => Ok(utf8(bytes)),
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            let text = bytes.iter().map(|&byte| western(byte)).collect();
            Ok(Decoded { text, notes: lost(bytes) })
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

/// The bytes of a UTF-16 file after its mark, and true if they are big-endian.
fn utf16(bytes: &[u8]) -> Option<(&[u8], bool)> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, false)),
        [0xfe, 0xff, rest @ ..] => Some((rest, true)),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some((bytes, false)),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some((bytes, true)),
        _ => None,
    }
}

fn wide(bytes: &[u8], big_endian: bool) -> Result<Decoded> {
    if !bytes.len().is_multiple_of(2) {
        return Err(Error::data("the file is UTF-16 with an odd number of bytes", "give the whole file"));
    }
    let units = bytes.chunks_exact(2).map(|pair| match *pair {
        [a, b] if big_endian => u16::from_be_bytes([a, b]),
        [a, b] => u16::from_le_bytes([a, b]),
        _ => 0,
    });
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok(Decoded { text, notes: vec!["the file was read as UTF-16".to_owned()] })
}

/// UTF-8, with other bytes by their meaning in Windows-1252.
fn utf8(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), notes: Vec::new() };
    }
    let (mut text, mut strange) = (String::with_capacity(bytes.len() + 64), Vec::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| western(byte)));
        strange.extend_from_slice(chunk.invalid());
    }
    let mut notes = vec![format!(
        "{} bytes are not UTF-8 and were read as Windows-1252: check letters with accents",
        strange.len()
    )];
    notes.extend(lost(&strange));
    Decoded { text, notes }
}

fn western(byte: u8) -> char {
    match WESTERN.get(usize::from(byte).wrapping_sub(0x80)) {
        Some(0) => char::REPLACEMENT_CHARACTER,
        Some(&code) => char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER),
        None => char::from(byte),
    }
}

/// A note on bytes that are no character of Windows-1252.
fn lost(bytes: &[u8]) -> Vec<String> {
    let count = bytes.iter().filter(|&&byte| western(byte) == char::REPLACEMENT_CHARACTER).count();
    if count == 0 {
        return Vec::new();
    }
    vec![format!("{count} bytes are no character of Windows-1252 and are shown as \u{fffd}")]
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
