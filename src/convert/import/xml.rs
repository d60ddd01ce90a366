//! The text of XML files before a parser reads it: what would overwhelm the parser is refused, what users leave unescaped is mended.

use std::borrow::Cow;

use crate::{Error, Result};

const DEEPEST: usize = 100;

/// Each attribute of an element is compared with all others by the parser.
const MOST_ATTRIBUTES: usize = 1000;

/// Refuses elements nested deeper than any RevMan file, before a parser recurses into them.
pub fn shallow(text: &str) -> Result<()> {
    let (mut depth, mut rest) = (0usize, text);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or_default();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|i| i + 3)
        } else if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|i| i + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|i| i + 2)
        } else {
            let tag = tag_end(rest);
            if tag.is_some_and(|(_, attributes)| attributes > MOST_ATTRIBUTES) {
                return Err(Error::data(
                    format!("an element with more than {MOST_ATTRIBUTES} attributes"),
                    "a RevMan file has no such element: give the .rm5 file as RevMan saved it",
                ));
            }
            let close = tag.map(|(close, _)| close);
            if rest.starts_with("</") {
                depth = depth.saturating_sub(1);
            } else if let Some(close) = close
                && !rest.starts_with("<!")
                && rest.as_bytes().get(close.wrapping_sub(2)) != Some(&b'/')
            {
                depth += 1;
            }
            close
        };
        if depth > DEEPEST {
            return Err(Error::data(
                format!("elements nested deeper than {DEEPEST}"),
                "a RevMan file is not so deep: give the .rm5 file as RevMan saved it",
            ));
        }
        // An unfinished tag is left to the parser, which names its place.
        let Some(end) = end else { return Ok(()) };
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

/// The position after the `>` that ends a tag, where one within quotes does not, and the number of quoted values before it.
fn tag_end(tag: &str) -> Option<(usize, usize)> {
    let mut values = 0;
    let mut quote: Option<u8> = None;
    for (i, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some((i + 1, values)),
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                values += 1;
            }
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Escapes each `&` that begins no entity of XML, outside of sections that are taken as they stand, and counts them.
pub fn escape_ampersands(text: &str) -> (Cow<'_, str>, usize) {
    const NAMED: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let entity = |rest: &str| {
        if let Some(number) = rest.strip_prefix('#') {
            let (digits, _) = number.split_once(';').unwrap_or_default();
            let hex = digits.strip_prefix('x').unwrap_or_default();
            return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
                || !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
        }
        NAMED.iter().any(|name| rest.starts_with(name))
    };
    let (mut made, mut rest, mut count) = (String::new(), text, 0);
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at(at);
        // What is literal in XML stays: sections of character data and comments.
        let literal =
            [("<![CDATA[", "]]>"), ("<!--", "-->")].into_iter().find(|(open, _)| from.starts_with(open));
        let end = match literal {
            Some((_, close)) => from.find(close).map_or(from.len(), |end| end + close.len()),
            None => 1,
        };
        let (part, after) = from.split_at(end);
        made.push_str(before);
        made.push_str(part);
        if part == "&" && !entity(after) {
            made.push_str("amp;");
            count += 1;
        }
        rest = after;
    }
    if count == 0 {
        return (Cow::Borrowed(text), 0);
    }
    made.push_str(rest);
    (Cow::Owned(made), count)
}
