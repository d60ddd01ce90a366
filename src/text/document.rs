//! A document: sections of paragraphs, lists, tables and figures, written as plain text, as one HTML page, as Markdown or as RTF.
//!
//! A [`Document`] is plain data that knows nothing of analyses; [`ReviewReport`](crate::report::ReviewReport) makes one of fits. Each writer is a pure
//! function of the document, so that the same document gives the same bytes.
//!
//! | form | for |
//! |---|---|
//! | [`to_text`](Document::to_text) | terminals |
//! | [`to_html`](Document::to_html) | reading and printing: one file, no scripts, nothing from a network, light and dark |
//! | [`to_markdown`](Document::to_markdown) | repositories and notebooks; figures in their plain-text form |
//! | [`to_rtf`](Document::to_rtf), `to_docx` (feature `docx`) | Word and LibreOffice: tables as tables, figures as pictures if their PNG is given |
//!
//! All text is escaped in each form: a label with markup characters stays a label. Figures are made from a
//! scene of this crate and from nothing else, so that no foreign markup enters a page. In HTML and RTF `tau^2` and its kin are set as τ², and the
//! hyphen before a number as a minus sign.
//!
//! ```
//! use consilience::text::{Align, Document, Grid, Section};
//!
//! let mut grid = Grid::new([("study", Align::Left), ("estimate", Align::Right)]);
//! grid.row(["Aronson & <sons> 1948", "-0.89"]);
//! let document = Document::new("BCG vaccine").section(
//!     Section::new("Studies").paragraph("Thirteen trials.").table("Effects of the studies", grid),
//! );
//! let html = document.to_html();
//! assert!(html.contains("<td>Aronson &amp; &lt;sons&gt; 1948</td><td class=\"n\">\u{2212}0.89</td>"));
//! assert!(document.to_markdown().starts_with("# BCG vaccine\n"));
//! ```

use super::Grid;

/// A document with a title, facts about its making, and sections.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// The title.
    pub title: String,
    /// A line below it.
    pub subtitle: Option<String>,
    /// The language as HTML names it.
    pub language: String,
    /// The sections in their order.
    pub sections: Vec<Section>,
}

/// A section with its heading.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The content, in order.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// A heading below that of the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Lines that stand below each other.
    Lines(Vec<String>),
    /// A list of short lines.
    List(Vec<String>),
    /// A table with its caption.
    Table {
        /// The caption.
        caption: String,
        /// The cells.
        grid: Grid,
    },
    /// Names and what they stand for.
    Facts(Vec<(String, String)>),
    /// Text as it was typed, such as a command line.
    Code(String),
    /// A picture.
    Figure(DocumentFigure),
}

/// A figure with its caption, in the forms that the writers need.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentFigure {
    pub(super) caption: String,
    pub(super) alternative: String,
    pub(super) svg: String,
    /// Width and height in points.
    pub(super) size: (f64, f64),
    pub(super) text: Option<String>,
    pub(super) png: Option<Vec<u8>>,
}

impl DocumentFigure {
    /// A figure by its SVG, which this crate has drawn, and its size in points; `alternative` says what it shows.
    #[cfg(feature = "plot")]
    pub(crate) fn drawn(
        caption: impl Into<String>,
        alternative: impl Into<String>,
        svg: String,
        size: (f64, f64),
    ) -> Self {
        let (caption, alternative) = (caption.into(), alternative.into());
        DocumentFigure { caption, alternative, svg, size, text: None, png: None }
    }

    /// Its plain-text form, or what it shows in words.
    pub(super) fn as_text(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.alternative)
    }

    /// Its plain-text form, which Markdown shows.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The same figure as PNG, which RTF and Word files show.
    #[must_use]
    pub fn png(mut self, bytes: Vec<u8>) -> Self {
        self.png = Some(bytes);
        self
    }

    /// The caption.
    pub fn caption(&self) -> &str {
        &self.caption
    }
}

impl Document {
    /// An empty document in English.
    pub fn new(title: impl Into<String>) -> Self {
        Document { title: title.into(), subtitle: None, language: "en".to_owned(), sections: Vec::new() }
    }

    /// A line below the title.
    #[must_use]
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = Some(subtitle.into());
        self
    }

    /// Adds a section, unless it is empty.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        if !section.blocks.is_empty() {
            self.sections.push(section);
        }
        self
    }

    /// The tables in their order, with their captions.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Grid)> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Table { caption, grid } => Some((caption.as_str(), grid)),
            _ => None,
        })
    }
}

impl Section {
    /// An empty section.
    pub fn new(title: impl Into<String>) -> Self {
        Section { title: title.into(), blocks: Vec::new() }
    }

    /// An empty section without a heading, which belongs to what stands before it.
    pub fn untitled() -> Self {
        Section::new("")
    }

    /// Adds any block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds a heading below that of the section.
    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        self.block(Block::Heading(text.into()))
    }

    /// Adds a paragraph, unless it is empty.
    #[must_use]
    pub fn paragraph(self, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.block(Block::Paragraph(text)) }
    }

    /// Adds lines that stand below each other, unless there are none.
    #[must_use]
    pub fn lines<S: Into<String>>(self, lines: impl IntoIterator<Item = S>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(Into::into).collect();
        if lines.is_empty() { self } else { self.block(Block::Lines(lines)) }
    }

    /// Adds a list, unless it is empty.
    #[must_use]
    pub fn list<S: Into<String>>(self, lines: impl IntoIterator<Item = S>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(Into::into).collect();
        if lines.is_empty() { self } else { self.block(Block::List(lines)) }
    }

    /// Adds a table, unless it has no rows.
    #[must_use]
    pub fn table(self, caption: impl Into<String>, grid: Grid) -> Self {
        if grid.is_empty() { self } else { self.block(Block::Table { caption: caption.into(), grid }) }
    }

    /// Adds names and what they stand for.
    #[must_use]
    pub fn facts<A: Into<String>, B: Into<String>>(self, facts: impl IntoIterator<Item = (A, B)>) -> Self {
        let facts: Vec<(String, String)> = facts.into_iter().map(|(a, b)| (a.into(), b.into())).collect();
        if facts.is_empty() { self } else { self.block(Block::Facts(facts)) }
    }

    /// Adds text as it was typed.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.block(Block::Code(text.into()))
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(self, figure: DocumentFigure) -> Self {
        self.block(Block::Figure(figure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Align;

    fn hostile() -> Document {
        let mut grid = Grid::new([("a|b", Align::Left), ("tau^2", Align::Right)]);
        grid.row(["</td><script>alert(1)</script> {\\rtf \u{1}王", "-0.50"]);
        Document::new("T</title><b>&").section(
            Section::new("S # <i>")
                .paragraph("x < y & z\n# not a heading, *not* _set_ `so` [a](b), tau^2 of -1.5 and A-1")
                .list(["- one", "1. two"])
                .table("C \"q\"", grid)
                .facts([("n<", "v>")])
                .code("``` --x '<y>'"),
        )
    }

    #[test]
    fn markup_stays_text_in_html() {
        let html = hostile().to_html();
        assert!(!html.contains("<script") && !html.contains("<i>") && !html.contains("<b>&"));
        assert!(html.contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt; {\\rtf \u{fffd}王"));
        assert!(html.contains("<th scope=\"col\" class=\"n\">τ²</th>"));
        assert!(html.contains("τ² of \u{2212}1.5 and A-1"));
        assert!(!html.contains("http://") && !html.contains("https://"), "nothing is fetched");
    }

    #[test]
    fn markup_stays_text_in_markdown() {
        let text = hostile().to_markdown();
        assert!(
            text.contains("x \\< y &amp; z # not a heading, \\*not\\* \\_set\\_ \\`so\\` \\[a\\](b)"),
            "{text}"
        );
        assert!(text.contains("| a\\|b | tau\\^2 |"));
        assert!(
            text.contains("````text\n``` --x '<y>'\n````"),
            "the fence is longer than any within\n{text}"
        );
    }

    #[test]
    fn markup_stays_text_in_rtf() {
        let rtf = hostile().to_rtf();
        assert!(rtf.contains("\\{\\\\rtf \\u-3?\\u29579?"), "{rtf}");
        let depth = |text: &str| {
            let mut escaped = false;
            text.chars().fold(0_i32, |depth, c| {
                let literal = escaped;
                escaped = c == '\\' && !literal;
                match c {
                    '{' if !literal => depth + 1,
                    '}' if !literal => depth - 1,
                    _ => depth,
                }
            })
        };
        assert_eq!(depth(&rtf), 0, "groups are closed");
        assert!(rtf.is_ascii());
    }

    #[test]
    fn empty_parts_leave_no_trace() {
        let document =
            Document::new("T").section(Section::new("Empty").paragraph("").list(Vec::<String>::new()));
        assert!(document.sections.is_empty());
    }
}
