//! A document as RTF 1.9, which Word and LibreOffice open: tables as tables, figures as pictures.
//!
//! The file is ASCII; every other character is written as `\uN?`. Widths of columns follow their longest cells; a table
//! wider than the page is set smaller, down to 6 points.

use std::fmt::Write as _;

use super::{
    Align, Block, Document, DocumentFigure, Grid, clean::visible, typography::typeset, width::table_layout,
};

/// The width of the text on A4 with margins of 20 mm, in twentieths of a point.
const TEXT_WIDTH: f64 = 9638.0;

impl Document {
    /// The document as RTF.
    pub fn to_rtf(&self) -> String {
        let mut out = String::from(
            "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0\n\
             {\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fswiss\\fcharset0 Arial;}{\\f2\\fmodern\\fcharset0 Courier New;}}\n\
             {\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2\\outlinelevel1 heading 2;}{\\s3\\outlinelevel2 heading 3;}}\n\
             \\paperw11906\\paperh16838\\margl1134\\margr1134\\margt1134\\margb1134\\widowctrl\n",
        );
        let _ = writeln!(out, "{{\\info{{\\title {}}}}}", set(&self.title));
        heading(&mut out, 1, &self.title);
        if let Some(subtitle) = &self.subtitle {
            paragraph(&mut out, "\\f1\\fs20\\sa200 ", &set(subtitle));
        }
        for section in &self.sections {
            if !section.title.is_empty() {
                heading(&mut out, 2, &section.title);
            }
            for block in &section.blocks {
                write_block(&mut out, block);
            }
        }
        out.push_str("}\n");
        out
    }
}

fn heading(out: &mut String, level: usize, text: &str) {
    let (size, before) = match level {
        1 => (36, 0),
        2 => (28, 360),
        _ => (22, 240),
    };
    let style = format!("\\s{level}\\outlinelevel{}\\keepn\\f1\\b\\fs{size}\\sb{before}\\sa120 ", level - 1);
    paragraph(out, &style, &set(text));
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    let _ = writeln!(out, "{{\\pard{style}{text}\\par}}");
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => heading(out, 3, text),
        Block::Paragraph(text) => paragraph(out, "\\f0\\fs22\\sa120 ", &set(text)),
        Block::Lines(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| set(line.trim())).collect();
            paragraph(out, "\\f0\\fs22\\sa120 ", &lines.join("\\line "));
        }
        Block::List(lines) => {
            for line in lines {
                let text = format!("\\bullet\\tab {}", set(line));
                paragraph(out, "\\f0\\fs22\\fi-284\\li284\\tx284\\sa40 ", &text);
            }
        }
        Block::Facts(facts) => {
            for (name, value) in facts {
                paragraph(out, "\\f0\\fs22\\sa40 ", &format!("{{\\b {}:}} {}", set(name), set(value)));
            }
        }
        Block::Code(text) => {
            let lines: Vec<String> = text.lines().map(escape).collect();
            paragraph(out, "\\f2\\fs18\\sa120 ", &lines.join("\\line "));
        }
        Block::Table { caption, grid } => {
            if !caption.is_empty() {
                paragraph(out, "\\keepn\\f1\\b\\fs20\\sb160\\sa80 ", &set(caption));
            }
            write_table(out, grid);
        }
        Block::Figure(figure) => write_figure(out, figure),
    }
}

/// The picture, or what it shows in words where there is none.
fn write_figure(out: &mut String, figure: &DocumentFigure) {
    if !figure.caption.is_empty() {
        paragraph(out, "\\keepn\\f1\\b\\fs20\\sb160\\sa80 ", &set(&figure.caption));
    }
    match &figure.png {
        Some(bytes) => {
            let (width, height) = figure.size;
            let scale = (TEXT_WIDTH / (20.0 * width)).min(1.0);
            let _ = writeln!(
                out,
                "{{\\pard\\sa160 {{\\pict\\pngblip\\picwgoal{:.0}\\pichgoal{:.0}",
                20.0 * width * scale,
                20.0 * height * scale
            );
            for line in bytes.chunks(64) {
                for byte in line {
                    let _ = write!(out, "{byte:02x}");
                }
                out.push('\n');
            }
            out.push_str("}\\par}\n");
        }
        None => paragraph(out, "\\f0\\fs22\\sa120 ", &set(&figure.alternative)),
    }
}

fn write_table(out: &mut String, grid: &Grid) {
    let (widths, size) = table_layout(grid, TEXT_WIDTH / 20.0, 0.5);
    let rows = grid.rows();
    let names: Vec<String> = grid.header().iter().map(|(name, _)| name.clone()).collect();
    for (i, row) in std::iter::once(&names).chain(rows).enumerate() {
        out.push_str("\\trowd\\trgaph40\\trkeep");
        if i == 0 {
            out.push_str("\\trhdr");
        }
        let mut right = 0.0;
        for width in &widths {
            right += 20.0 * width;
            if i == 0 {
                out.push_str("\\clbrdrt\\brdrs\\brdrw15\\clbrdrb\\brdrs\\brdrw10");
            } else if i == rows.len() {
                out.push_str("\\clbrdrb\\brdrs\\brdrw15");
            }
            let _ = write!(out, "\\cellx{right:.0}");
        }
        out.push('\n');
        for (cell, (_, align)) in row.iter().zip(grid.header()) {
            let (side, text) = match align {
                Align::Right => ("\\qr", set(cell)),
                Align::Left if i == 0 => ("\\ql", set(cell)),
                Align::Left => ("\\ql", escape(cell)),
            };
            let bold = if i == 0 { "\\b" } else { "" };
            let _ = write!(out, "{{\\pard\\intbl{side}\\f1\\fs{:.0}{bold} {text}\\cell}}", 2.0 * size);
        }
        out.push_str("\\row\n");
    }
    out.push_str("\\pard\\sa120\\par\n");
}

fn set(text: &str) -> String {
    escape(&typeset(text))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '{' | '}' => out.extend(['\\', c]),
            '\n' => out.push_str("\\line "),
            '\t' => out.push_str("\\tab "),
            _ if c.is_ascii() => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{}?", i32::from(*unit as i16));
                }
            }
        }
    }
    out
}
