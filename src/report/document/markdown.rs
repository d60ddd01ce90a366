//! A document as Markdown (CommonMark with tables): figures in their plain-text form.

use std::fmt::Write as _;

use super::{Block, Document, typeset};

impl Document {
    /// The document as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", escape(&self.title));
        if let Some(subtitle) = &self.subtitle {
            let _ = write!(out, "\n{}\n", escape(subtitle));
        }
        for section in &self.sections {
            let _ = write!(out, "\n## {}\n", escape(&section.title));
            for block in &section.blocks {
                out.push('\n');
                write_block(&mut out, block);
            }
        }
        out
    }
}

fn write_block(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading(text) => writeln!(out, "### {}", escape(text)),
        Block::Paragraph(text) => writeln!(out, "{}", escape(text)),
        Block::List(lines) => {
            for line in lines {
                let _ = writeln!(out, "- {}", escape(line));
            }
            Ok(())
        }
        Block::Table { caption, grid } if caption.is_empty() => write!(out, "{}", grid.to_markdown()),
        Block::Table { caption, grid } => write!(out, "**{}**\n\n{}", escape(caption), grid.to_markdown()),
        Block::Facts(facts) => {
            for (name, value) in facts {
                let _ = writeln!(out, "- **{}**: {}", escape(name), escape(value));
            }
            Ok(())
        }
        Block::Code(text) => fenced(out, text),
        Block::Figure(figure) => {
            let _ = write!(out, "**{}**\n\n", escape(&figure.caption));
            match &figure.text {
                Some(text) => fenced(out, text),
                None => writeln!(out, "{}", escape(&figure.alternative)),
            }
        }
    };
}

/// A block between fences longer than any run of backticks within.
fn fenced(out: &mut String, text: &str) -> std::fmt::Result {
    let text = typeset::clean(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}text\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// One line in which no character is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = typeset::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for (i, c) in text.chars().enumerate() {
        match c {
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '^' | '~' | '$' => out.extend(['\\', c]),
            '#' | '-' | '+' | '>' | '=' | '|' if i == 0 => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    numbered(&out)
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
