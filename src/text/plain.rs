//! Sections as plain text in metafor's layout: headings end with a colon, blank lines stand between blocks, numbers in
//! columns of equal width.

use super::{
    clean::{cell, visible},
    document::{Block, Document, Section},
    width::columns,
};

/// Sections below a headline as plain text.
///
/// Blocks are parted by blank lines, with two exceptions: lines follow what they belong to (a heading, a table, a paragraph)
/// at once, and facts and lists follow their heading.
///
/// ```
/// use consilience::text::{Section, plain};
///
/// let facts = [("tau^2 (residual)", "0.0764"), ("tau", "0.2763")];
/// let text = plain("Mixed-Effects Model (k = 13)", &[Section::untitled().facts(facts)]);
/// assert_eq!(text, "Mixed-Effects Model (k = 13)\n\ntau^2 (residual): 0.0764\ntau:              0.2763\n");
/// ```
pub fn plain(headline: &str, sections: &[Section]) -> String {
    let mut out = String::new();
    if !headline.is_empty() {
        push_line(&mut out, headline);
    }
    for section in sections {
        let mut above = Above::Other;
        if !section.title.is_empty() {
            begin(&mut out);
            push_line(&mut out, &format!("{}:", section.title));
            above = Above::Heading;
        }
        for block in &section.blocks {
            push_block(&mut out, block, above);
            above = if matches!(block, Block::Heading(_)) { Above::Heading } else { Above::Block };
        }
    }
    out
}

/// The thing above a block.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Above {
    /// Its heading.
    Heading,
    /// A block of its section.
    Block,
    /// Another section, or nothing.
    Other,
}

impl Document {
    /// The document as plain text; figures in their plain-text form.
    pub fn to_text(&self) -> String {
        let title = match &self.subtitle {
            Some(subtitle) => format!("{}\n{subtitle}", self.title),
            None => self.title.clone(),
        };
        plain(&title, &self.sections)
    }
}

/// A blank line, unless nothing stands above.
fn begin(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn push_block(out: &mut String, block: &Block, above: Above) {
    let follows = match block {
        Block::Lines(_) => above != Above::Other,
        Block::Facts(_) | Block::List(_) | Block::Code(_) => above == Above::Heading,
        _ => false,
    };
    if !follows {
        begin(out);
    }
    match block {
        Block::Heading(text) => push_line(out, &format!("{text}:")),
        Block::Paragraph(text) => push_line(out, text),
        Block::Lines(lines) => lines.iter().for_each(|line| push_line(out, line)),
        Block::List(lines) => lines.iter().for_each(|line| push_line(out, &format!("- {line}"))),
        Block::Table { caption, grid } => {
            if !caption.is_empty() {
                push_line(out, &format!("{caption}:\n"));
            }
            out.push_str(&grid.to_text());
        }
        Block::Facts(facts) => push_facts(out, facts),
        Block::Code(text) => push_line(out, text),
        Block::Figure(figure) => {
            push_line(out, &format!("{}:\n", figure.caption()));
            push_line(out, figure.as_text().trim_end_matches('\n'));
        }
    }
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(&visible(line));
    out.push('\n');
}

/// Names with a colon, in a column of equal width, and their values.
fn push_facts(out: &mut String, facts: &[(String, String)]) {
    let widest = facts.iter().map(|(name, _)| columns(&cell(name))).max().unwrap_or(0);
    for (name, value) in facts {
        let name = cell(name);
        let pad = " ".repeat(widest - columns(&name));
        push_line(out, &format!("{name}:{pad} {value}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Align, Grid};

    #[test]
    fn blocks_stand_as_in_metafor() {
        let mut grid = Grid::new([("estimate", Align::Right)]);
        grid.row(["-0.71"]);
        let sections = [
            Section::untitled().table("", grid.clone()),
            Section::new("Test for Heterogeneity").lines(["Q(df = 12) = 152.23, p-val < .0001"]),
            Section::new("Model Results").table("", grid).lines(["Risk ratio: 0.49"]),
            Section::new("Notes").list(["a \u{1b}[2J note"]),
        ];
        assert_eq!(
            plain("Model", &sections),
            "Model\n\nestimate\n   -0.71\n\nTest for Heterogeneity:\nQ(df = 12) = 152.23, p-val < .0001\n\n\
             Model Results:\n\nestimate\n   -0.71\nRisk ratio: 0.49\n\nNotes:\n- a \u{fffd}[2J note\n"
        );
    }
}
