//! The encodings of files from other programs: what the first bytes say, and Windows-1252.
//!
//! A byte-order mark decides; so do the zero bytes at every second place of the first characters of UTF-16 without one. Single
//! bytes that are not UTF-8 are read by their meaning in Windows-1252, the encoding of Western editions of Windows. The five
//! bytes that it leaves undefined are no text.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// UTF-16 if the first bytes say so, and the length of the byte-order mark (of UTF-8, too).
pub(crate) fn beginning(bytes: &[u8]) -> (Option<&'static Encoding>, usize) {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => (None, 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => (Some(UTF_16LE), 0),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => (Some(UTF_16BE), 0),
        _ => (None, 0),
    }
}

/// The characters of bytes in Windows-1252.
pub(crate) fn western(bytes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// True for what [`western`] makes of a byte that Windows-1252 leaves undefined.
pub(crate) fn is_undefined(character: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&character)
}
