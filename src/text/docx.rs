//! A document as a Word file (Office Open XML): styles of headings, tables as tables, figures as pictures in text.
//!
//! The same document gives the same bytes: nothing of the machine or of the time enters the file.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, BorderType, Docx, IndentLevel, Level, LevelJc, LevelText, LineSpacing,
    NumberFormat, Numbering, NumberingId, PageMargin, Paragraph, Pic, Run, RunFonts, SpecialIndentType,
    Start, Style, StyleType, Table, TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders,
    TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::{
    Align, Block, Document, DocumentFigure, Grid, clean::visible, html, typography::typeset,
    width::table_layout,
};
use crate::{Error, Result};

/// The width of the text on A4 with margins of 20 mm, in points.
const TEXT_WIDTH: f64 = 481.9;

/// The height of the text, less a caption, in points.
const TEXT_HEIGHT: f64 = 690.0;

/// The widest digits of a sans-serif font that may take Arial's place, as a part of its size.
const DIGIT: f64 = 0.64;

/// The number of the bullets among the lists; 1 is that of the numbered list that every file has.
const BULLETS: usize = 2;

/// English metric units in a point.
const EMU: f64 = 12_700.0;

/// Twentieths of a point, in which Word measures pages.
const TWIPS: f64 = 20.0;

impl Document {
    /// The document as a Word file.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if the file cannot be packed.
    pub fn to_docx(&self) -> Result<Vec<u8>> {
        let mut page = Page { docx: blank(), alternatives: Vec::new() };
        page.paragraph(styled("Title", &self.title));
        if let Some(subtitle) = &self.subtitle {
            page.paragraph(styled("Subtitle", subtitle));
        }
        for section in &self.sections {
            if !section.title.is_empty() {
                page.paragraph(styled("Heading1", &section.title).keep_next(true));
            }
            section.blocks.iter().for_each(|block| page.block(block));
        }
        let mut bytes = Cursor::new(Vec::new());
        let mut parts = page.docx.build();
        parts.document = described(&parts.document, &page.alternatives);
        parts.pack(&mut bytes).map_err(|e| {
            Error::model(format!("the Word file cannot be packed ({e})"), "choose .html, .md or .rtf")
        })?;
        Ok(bytes.into_inner())
    }
}

/// A document in the making.
struct Page {
    docx: Docx,
    /// The contents of the pictures so far, in words.
    alternatives: Vec<String>,
}

impl Page {
    fn paragraph(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.paragraph(styled("Heading2", text).keep_next(true)),
            Block::Paragraph(text) => self.paragraph(Paragraph::new().add_run(run(text))),
            Block::Lines(lines) => {
                let texts = lines.iter().map(|line| typeset(line.trim()));
                self.paragraph(Paragraph::new().add_run(broken(texts)));
            }
            Block::List(lines) => {
                for line in lines {
                    let bullet = Paragraph::new().numbering(NumberingId::new(BULLETS), IndentLevel::new(0));
                    self.paragraph(bullet.style("ListBullet").add_run(run(line)));
                }
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let name = run(&format!("{name}: ")).bold();
                    self.paragraph(Paragraph::new().style("ListBullet").add_run(name).add_run(run(value)));
                }
            }
            Block::Code(text) => {
                let lines = text.lines().map(str::to_owned);
                self.paragraph(Paragraph::new().style("Code").add_run(broken(lines)));
            }
            Block::Table { caption, grid } => {
                self.caption(caption);
                self.docx = std::mem::take(&mut self.docx).add_table(table(grid));
                self.paragraph(Paragraph::new().line_spacing(LineSpacing::new().after(60)));
            }
            Block::Figure(figure) => self.figure(figure),
        }
    }

    fn caption(&mut self, text: &str) {
        if !text.is_empty() {
            self.paragraph(styled("Caption", text).keep_next(true));
        }
    }

    /// The picture, or what it shows in words where there is none.
    fn figure(&mut self, figure: &DocumentFigure) {
        self.caption(&figure.caption);
        let Some(bytes) = &figure.png else {
            return self.paragraph(Paragraph::new().add_run(run(&figure.alternative)));
        };
        let (width, height) = figure.size;
        let scale = (TEXT_WIDTH / width).min(TEXT_HEIGHT / height).min(1.0);
        let emu = |length: f64| (length * scale * EMU).round() as u32;
        self.alternatives.push(figure.alternative.clone());
        let picture = Pic::new_with_dimensions(bytes.clone(), 1, 1)
            .id(format!("rIdFigure{}", self.alternatives.len()))
            .size(emu(width), emu(height));
        self.paragraph(Paragraph::new().add_run(Run::new().add_image(picture)));
    }
}

/// The text of the document with a number and the words of each picture, for readers who do not see it. The crate gives all
/// pictures the same properties, which no text can hold: in texts markup is escaped.
fn described(document: &[u8], alternatives: &[String]) -> Vec<u8> {
    const SAME: &str = r#"<wp:docPr id="1" name="Figure" />"#;
    let text = String::from_utf8_lossy(document);
    let mut pieces = text.split(SAME);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        let words = alternatives.get(at).map_or("", String::as_str);
        let number = at + 1;
        out += &format!(
            r#"<wp:docPr id="{number}" name="Figure {number}" descr="{}" />{piece}"#,
            html::set(words)
        );
    }
    out.into_bytes()
}

/// An empty A4 document with its styles.
fn blank() -> Docx {
    let margin =
        PageMargin { top: 1134, left: 1134, bottom: 1134, right: 1134, header: 567, footer: 567, gutter: 0 };
    let bullets = AbstractNumbering::new(BULLETS).add_level(
        Level::new(0, Start::new(1), NumberFormat::new("bullet"), LevelText::new("•"), LevelJc::new("left"))
            .indent(Some(284), Some(SpecialIndentType::Hanging(284)), None, None),
    );
    let heading = |id: &str, name: &str, size: usize, level: usize, before: u32| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .fonts(font("Arial"))
            .size(size)
            .bold()
            .outline_lvl(level)
            .line_spacing(LineSpacing::new().before(before).after(120))
    };
    let plain = |id: &str, name: &str, family: &str, size: usize, after: u32| {
        let spacing = LineSpacing::new().after(after);
        Style::new(id, StyleType::Paragraph).name(name).fonts(font(family)).size(size).line_spacing(spacing)
    };
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(margin)
        .default_fonts(font("Times New Roman"))
        .default_size(22)
        .default_line_spacing(LineSpacing::new().after(120))
        .add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .add_style(plain("Title", "Title", "Arial", 36, 120).bold())
        .add_style(plain("Subtitle", "Subtitle", "Arial", 20, 200))
        .add_style(heading("Heading1", "heading 1", 28, 0, 360))
        .add_style(heading("Heading2", "heading 2", 22, 1, 240))
        .add_style(plain("Caption", "caption", "Arial", 20, 80).bold())
        .add_style(plain("ListBullet", "List Bullet", "Times New Roman", 22, 40))
        .add_style(plain("Code", "Code", "Courier New", 18, 120))
}

fn font(family: &str) -> RunFonts {
    RunFonts::new().ascii(family).hi_ansi(family).cs(family)
}

fn styled(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(text))
}

/// Text set as journals print it.
fn run(text: &str) -> Run {
    broken(std::iter::once(typeset(text)))
}

/// Lines below each other in one paragraph. Characters that XML does not allow are visible.
fn broken(lines: impl Iterator<Item = String>) -> Run {
    let texts: Vec<String> =
        lines.flat_map(|text| visible(&text).split('\n').map(str::to_owned).collect::<Vec<_>>()).collect();
    texts.iter().enumerate().fold(Run::new(), |run, (at, text)| {
        let run = if at > 0 { run.add_break(docx_rs::BreakType::TextWrapping) } else { run };
        run.add_text(text)
    })
}

/// The cells between rules above and below the header and at the foot.
fn table(grid: &Grid) -> Table {
    let (widths, size) = table_layout(grid, TEXT_WIDTH, DIGIT);
    let twips: Vec<usize> = widths.iter().map(|width| (width * TWIPS).round() as usize).collect();
    let names: Vec<String> = grid.header().iter().map(|(name, _)| name.clone()).collect();
    let last = grid.rows().len();
    let rows = std::iter::once(&names).chain(grid.rows()).enumerate().map(|(at, row)| {
        let cells = row.iter().zip(grid.header()).zip(&twips).map(|((text, (_, align)), &width)| {
            cell(text, *align, at, last, size).width(width, WidthType::Dxa)
        });
        TableRow::new(cells.collect()).cant_split()
    });
    Table::without_borders(rows.collect())
        .set_grid(twips.clone())
        .layout(TableLayoutType::Fixed)
        .width(twips.iter().sum(), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(0, 60, 0, 40))
}

fn cell(text: &str, align: Align, row: usize, last: usize, size: f64) -> TableCell {
    let text = match align {
        Align::Left if row > 0 => text.to_owned(),
        _ => typeset(text),
    };
    let run = broken(std::iter::once(text)).size((2.0 * size).round() as usize).fonts(font("Arial"));
    let run = if row == 0 { run.bold() } else { run };
    let side = match align {
        Align::Right => AlignmentType::Right,
        Align::Left => AlignmentType::Left,
    };
    let paragraph = Paragraph::new()
        .align(side)
        .line_spacing(LineSpacing::new().before(20).after(20))
        .keep_next(row == 0)
        .add_run(run);
    let rule = |position, size| TableCellBorder::new(position).border_type(BorderType::Single).size(size);
    let mut borders = TableCellBorders::with_empty();
    if row == 0 {
        borders =
            borders.set(rule(TableCellBorderPosition::Top, 8)).set(rule(TableCellBorderPosition::Bottom, 4));
    } else if row == last {
        borders = borders.set(rule(TableCellBorderPosition::Bottom, 8));
    }
    TableCell::new().set_borders(borders).add_paragraph(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Section;

    #[test]
    fn pictures_have_their_words() -> Result<()> {
        let picture = |alternative: &str| DocumentFigure {
            caption: "C".to_owned(),
            alternative: alternative.to_owned(),
            svg: String::new(),
            size: (100.0, 50.0),
            text: None,
            png: Some(vec![0x89, b'P', b'N', b'G']),
        };
        let section = Section::new("S").figure(picture("A \"forest\" & <trees>")).figure(picture("Funnel"));
        let bytes = Document::new("T").section(section).to_docx()?;
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains(r#"id="1" name="Figure 1" descr="A &quot;forest&quot; &amp; &lt;trees&gt;""#));
        assert!(text.contains(r#"id="2" name="Figure 2" descr="Funnel""#));
        Ok(())
    }

    #[test]
    fn the_same_document_gives_the_same_bytes_and_markup_stays_text() -> Result<()> {
        let mut grid = Grid::new([("study", Align::Left), ("tau^2", Align::Right)]);
        grid.row(["A & <b> \u{1}", "-0.50"]);
        let document = Document::new("T <i>").section(
            Section::new("S")
                .paragraph("a\nb")
                .list(["one"])
                .facts([("n", "v")])
                .code("x  <y>")
                .table("C", grid),
        );
        let bytes = document.to_docx()?;
        assert!(bytes.starts_with(b"PK") && bytes == document.to_docx()?);
        let text = String::from_utf8_lossy(&bytes);
        for part in ["T &lt;i&gt;", "A &amp; &lt;b&gt; \u{fffd}", "τ²", "\u{2212}0.50", "x  &lt;y&gt;"] {
            assert!(text.contains(part), "{part}");
        }
        Ok(())
    }
}
