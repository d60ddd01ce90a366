//! Sections as Markdown (CommonMark with tables): figures in their plain-text form, no text taken for markup.

use std::fmt::Write as _;

use super::{
    Align, Block, Document, Grid, Section,
    clean::{one_line, visible},
};

impl Document {
    /// The document as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", line(&self.title));
        if let Some(subtitle) = &self.subtitle {
            let _ = write!(out, "\n{}\n", line(subtitle));
        }
        push_sections(&mut out, 2, &self.sections);
        out
    }
}

/// Sections below a headline (none if empty), as a part of a document: the headline is a heading of the second level, those of
/// the sections of the third.
pub fn markdown(headline: &str, sections: &[Section]) -> String {
    let mut out = String::new();
    if !headline.is_empty() {
        let _ = writeln!(out, "## {}", line(headline));
    }
    push_sections(&mut out, 3, sections);
    out
}

fn push_sections(out: &mut String, level: usize, sections: &[Section]) {
    for section in sections {
        if !section.title.is_empty() {
            begin(out);
            let _ = writeln!(out, "{} {}", "#".repeat(level), line(&section.title));
        }
        for block in &section.blocks {
            begin(out);
            push_block(out, level + 1, block);
        }
    }
}

/// A blank line, unless nothing stands above.
fn begin(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn push_block(out: &mut String, level: usize, block: &Block) {
    let _ = match block {
        Block::Heading(text) => writeln!(out, "{} {}", "#".repeat(level), line(text)),
        Block::Paragraph(text) => writeln!(out, "{}", line(text)),
        Block::Lines(lines) => {
            let lines: Vec<String> = lines.iter().map(|text| line(text)).collect();
            // A backslash at the end of a line breaks it there.
            writeln!(out, "{}", lines.join("\\\n"))
        }
        Block::List(lines) => lines.iter().try_for_each(|text| writeln!(out, "- {}", line(text))),
        Block::Table { caption, grid } if caption.is_empty() => write!(out, "{}", table(grid)),
        Block::Table { caption, grid } => write!(out, "**{}**\n\n{}", line(caption), table(grid)),
        Block::Facts(facts) => {
            facts.iter().try_for_each(|(name, value)| writeln!(out, "- **{}**: {}", line(name), line(value)))
        }
        Block::Code(text) => fenced(out, text),
        Block::Figure(figure) => {
            let _ = write!(out, "**{}**\n\n", line(&figure.caption));
            match &figure.text {
                Some(text) => fenced(out, text),
                None => writeln!(out, "{}", line(&figure.alternative)),
            }
        }
    };
}

/// A table in which no cell is markup.
pub(super) fn table(grid: &Grid) -> String {
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        format!("| {} |\n", cells.map(cell).collect::<Vec<_>>().join(" | "))
    };
    let mut out = row(&mut grid.header().iter().map(|(name, _)| name.as_str()));
    let rules: Vec<&str> =
        grid.header().iter().map(|(_, align)| if *align == Align::Left { ":---" } else { "---:" }).collect();
    out += &format!("|{}|\n", rules.join("|"));
    for cells in grid.rows() {
        out += &row(&mut cells.iter().map(String::as_str));
    }
    out
}

/// A block between fences longer than any run of backticks within.
fn fenced(out: &mut String, text: &str) -> std::fmt::Result {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}text\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// One line in which no character is markup.
pub(crate) fn line(text: &str) -> String {
    let escaped = escape(text);
    if escaped.starts_with(['#', '-', '+', '>', '=', '|']) {
        return format!("\\{escaped}");
    }
    numbered(&escaped)
}

/// A cell in which no character is markup; a minus sign at its beginning makes no list there.
fn cell(text: &str) -> String {
    escape(text).replace('|', "\\|")
}

/// Words with every character escaped that is markup wherever it stands.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '^' | '~' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A line that begins like an item of a list keeps its number as text.
fn numbered(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 && line.as_bytes().get(digits + 1) == Some(&b' ') => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        _ => line.to_owned(),
    }
}
