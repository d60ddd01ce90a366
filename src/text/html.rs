//! A document as one HTML page: its style within, no scripts, nothing from elsewhere.
//!
//! Figures stand as SVG in the page. On a screen that prefers dark, the page's style gives the colors of the default theme
//! their dark counterparts, and all others that occur in a figure the same hue and saturation with the lightness turned round; on
//! paper everything is light. Tables and figures wider than the screen scroll by themselves.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Align, Block, Document, DocumentFigure, Grid, Section,
    clean::{escape_markup, visible},
    typography::typeset,
};

/// Style for all; the colors of the page are variables, so that dark changes only these.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#5c5c5c;--rule:#d4d7da;--paper:#ffffff;--shade:#f5f6f7;--link:#1f5a94}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif}
main,header,footer,nav{max-width:52rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1,h2,h3,th,nav,figcaption,caption,dt,.subtitle,footer{font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.5rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;margin:1.6rem 0 .4rem}
.subtitle{color:var(--soft);margin:0 0 1rem}
p,ul{max-width:44rem}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:0;padding:.6rem 0;font-size:.86rem}
a{color:var(--link)}
.scroll{overflow-x:auto;margin:1rem 0 1.4rem}
table{border-collapse:collapse;font-size:.86rem;line-height:1.35;font-variant-numeric:tabular-nums lining-nums;border-top:1.5px solid var(--ink);border-bottom:1.5px solid var(--ink)}
caption{text-align:left;white-space:nowrap;font-size:.86rem;font-weight:600;padding:0 0 .4rem}
th{font-weight:600;text-align:left;border-bottom:1px solid var(--ink);vertical-align:bottom}
th,td{padding:.24rem .7rem .24rem 0}
td{vertical-align:top}
.n{text-align:right;white-space:nowrap;padding-left:.5rem}
tbody tr:nth-child(even){background:var(--shade)}
figure{margin:1.2rem 0 1.6rem}
figure .scroll{margin:0}
figure svg{width:100%;height:auto;display:block}
figcaption{font-size:.86rem;font-weight:600;margin-bottom:.5rem}
pre{background:var(--shade);border:1px solid var(--rule);border-radius:4px;padding:.7rem .9rem;font-size:.82rem;white-space:pre-wrap;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;font-size:.92rem}
dt{color:var(--soft);font-size:.86rem}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
footer{padding-bottom:3rem}
@media (max-width:40rem){caption{white-space:normal}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
";

/// Dark, on screens only.
const DARK: &str = "\
@media screen and (prefers-color-scheme:dark){
:root{--ink:#e6e8ea;--soft:#a3a9ae;--rule:#3a3f44;--paper:#15181b;--shade:#1e2226;--link:#8ab8e6}
";

/// Paper.
const PRINT: &str = "\
@page{margin:18mm 16mm}
@media print{
body{font-size:10pt;color:#000}
main,header,footer{max-width:none;padding:0}
nav{display:none}
h2,h3,caption,figcaption{break-after:avoid}
h2{margin-top:1.4rem}
figure,tr,pre{break-inside:avoid}
thead{display:table-header-group}
table{font-size:8pt}
.scroll{overflow:visible}
th,td{padding-right:.45rem}
.n{padding-left:.3rem}
a{color:inherit;text-decoration:none}
}
";

/// The colors of figures and their counterparts on a dark page.
const FIGURES: &[(&str, &str)] = &[
    ("#ffffff", "#15181b"),
    ("#000000", "#f2f2f2"),
    ("#1a1a1a", "#e6e8ea"),
    ("#8a8a8a", "#8f969c"),
    ("#2b6ca3", "#6aa9dd"),
    ("#6f9fc6", "#86b4d9"),
    ("#12365c", "#b9d6f2"),
    ("#c85a11", "#f0974f"),
    ("#f0f3f6", "#1d2226"),
    ("#dae2ea", "#2a323a"),
    ("#bcc9d6", "#3b4753"),
];

impl Document {
    /// The document as one HTML page that needs nothing else.
    pub fn to_html(&self) -> String {
        let mut out = String::with_capacity(64 * 1024);
        let title = escape(&self.title);
        let _ = write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"consilience {}\">\n<title>{title}</title>\n<style>\n{STYLE}{DARK}",
            escape(&self.language),
            env!("CARGO_PKG_VERSION")
        );
        let others: Vec<(String, String)> = self
            .colors()
            .into_iter()
            .filter(|color| FIGURES.iter().all(|(light, _)| light != color))
            .filter_map(|color| Some((dark_of(&color)?, color)))
            .map(|(dark, light)| (light, dark))
            .collect();
        let known = FIGURES.iter().map(|(light, dark)| (*light, *dark));
        for (light, dark) in known.chain(others.iter().map(|(light, dark)| (light.as_str(), dark.as_str()))) {
            let _ = writeln!(
                out,
                "svg [fill=\"{light}\"]{{fill:{dark}}}svg [stroke=\"{light}\"]{{stroke:{dark}}}"
            );
        }
        let _ = write!(out, "}}\n{PRINT}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n");
        if let Some(subtitle) = &self.subtitle {
            let _ = writeln!(out, "<p class=\"subtitle\">{}</p>", set(subtitle));
        }
        out.push_str("</header>\n");
        if self.sections.len() > 2 {
            out.push_str("<nav aria-label=\"Contents\"><ol>\n");
            for (i, section) in self.sections.iter().enumerate() {
                let _ = writeln!(out, "<li><a href=\"#s{}\">{}</a></li>", i + 1, set(&section.title));
            }
            out.push_str("</ol></nav>\n");
        }
        out.push_str("<main>\n");
        for (i, section) in self.sections.iter().enumerate() {
            write_section(&mut out, i + 1, section);
        }
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }
}

impl Document {
    /// The colors of its figures, `#` and six digits each.
    fn colors(&self) -> BTreeSet<String> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let mut found = BTreeSet::new();
        for block in blocks {
            let Block::Figure(figure) = block else { continue };
            for attribute in ["fill=\"#", "stroke=\"#"] {
                for part in figure.svg.split(attribute).skip(1) {
                    if let Some((digits, _)) = part.split_once('"') {
                        found.insert(format!("#{digits}"));
                    }
                }
            }
        }
        found
    }
}

/// A color on a dark page: its hue and saturation, with the lightness (HSL) turned round between those of paper and ink.
fn dark_of(color: &str) -> Option<String> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [r, g, b] = [16, 8, 0].map(|shift| f64::from((value >> shift) & 0xff) / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let (chroma, light) = (most - least, 0.5 * (most + least));
    let new = 0.09 + 0.83 * (1.0 - light);
    let room = |light: f64| 1.0 - (2.0 * light - 1.0).abs();
    // The chroma keeps its share of what the lightness allows; channels keep their order and proportions.
    let scale = if room(light) > 0.0 { room(new) / room(light) } else { 0.0 };
    let channel = |c: f64| {
        let share = if chroma > 0.0 { (c - least) / chroma - 0.5 } else { 0.0 };
        ((new + share * chroma * scale).clamp(0.0, 1.0) * 255.0).round() as u8
    };
    Some(format!("#{:02x}{:02x}{:02x}", channel(r), channel(g), channel(b)))
}

fn write_section(out: &mut String, number: usize, section: &Section) {
    out.push_str("<section>\n");
    if !section.title.is_empty() {
        let _ = writeln!(out, "<h2 id=\"s{number}\">{}</h2>", set(&section.title));
    }
    for block in &section.blocks {
        match block {
            Block::Heading(text) => {
                let _ = writeln!(out, "<h3>{}</h3>", set(text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "<p>{}</p>", set(text));
            }
            Block::Lines(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| set(line.trim())).collect();
                let _ = writeln!(out, "<p>{}</p>", lines.join("<br>\n"));
            }
            Block::List(lines) => {
                out.push_str("<ul>\n");
                for line in lines {
                    let _ = writeln!(out, "<li>{}</li>", set(line));
                }
                out.push_str("</ul>\n");
            }
            Block::Table { caption, grid } => write_table(out, caption, grid),
            Block::Facts(facts) => {
                out.push_str("<dl>\n");
                for (name, value) in facts {
                    let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", set(name), set(value));
                }
                out.push_str("</dl>\n");
            }
            Block::Code(text) => {
                let _ = writeln!(out, "<pre><code>{}</code></pre>", escape(text));
            }
            Block::Figure(figure) => write_figure(out, figure),
        }
    }
    out.push_str("</section>\n");
}

fn write_figure(out: &mut String, figure: &DocumentFigure) {
    out.push_str("<figure>\n");
    if !figure.caption.is_empty() {
        let _ = writeln!(out, "<figcaption>{}</figcaption>", set(&figure.caption));
    }
    // As wide as on paper, a little more where there is room; where there is not, it scrolls before it cannot be read.
    let pixels = figure.size.0 * 4.0 / 3.0;
    let _ = writeln!(
        out,
        "<div class=\"scroll\"><div style=\"max-width:{:.0}px;min-width:{:.0}px\">\n{}</div></div></figure>",
        1.2 * pixels,
        0.8 * pixels,
        figure.svg
    );
}

fn write_table(out: &mut String, caption: &str, grid: &Grid) {
    out.push_str("<div class=\"scroll\"><table>\n");
    if !caption.is_empty() {
        let _ = writeln!(out, "<caption>{}</caption>", set(caption));
    }
    out.push_str("<thead><tr>");
    for (name, align) in grid.header() {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(*align), set(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in grid.rows() {
        out.push_str("<tr>");
        for (cell, (_, align)) in row.iter().zip(grid.header()) {
            // Names stay as they are; only numbers are set.
            let text = if *align == Align::Right { set(cell) } else { escape(cell) };
            let _ = write!(out, "<td{}>{text}</td>", class(*align));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn class(align: Align) -> &'static str {
    if align == Align::Right { " class=\"n\"" } else { "" }
}

/// Typeset and escaped.
pub(super) fn set(text: &str) -> String {
    escape(&typeset(text))
}

fn escape(text: &str) -> String {
    escape_markup(&visible(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_counterparts_keep_the_hue() {
        // Gray stays gray: lightness 0.5 becomes 0.09 + 0.83 · 0.5 = 0.505 of 255.
        assert_eq!(dark_of("#808080").as_deref(), Some("#808080"));
        assert_eq!(dark_of("#ffffff").as_deref(), Some("#171717"));
        assert_eq!(dark_of("#000000").as_deref(), Some("#ebebeb"));
        // A pale red (lightness 0.9, full saturation) becomes a deep one of lightness 0.173.
        assert_eq!(dark_of("#ffcccc").as_deref(), Some("#580000"));
        assert_eq!((dark_of("none"), dark_of("#12")), (None, None));
    }
}
