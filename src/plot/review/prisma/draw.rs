//! The boxes and arrows of the diagram.

use super::{OtherSources, Prisma};
use crate::{
    Result,
    plot::{
        scene::{Anchor, Paint, Scene, Shape, Stroke, Text, Weight},
        sheet::{Sheet, Style},
        theme::Color,
    },
};

/// A line of a box: how far it is indented, in ems, and what it says.
type Entry = (f64, String);

/// A box: its place in the grid and what it says.
struct Cell {
    row: usize,
    column: usize,
    /// How many columns it spans.
    span: usize,
    kind: Kind,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Heading,
    Step,
    Aside,
}

/// The rows of the grid.
const HEADING: usize = 0;
const IDENTIFIED: usize = 1;
const SCREENED: usize = 2;
const SOUGHT: usize = 3;
const ASSESSED: usize = 4;
const NEW: usize = 5;
const TOTAL: usize = 6;

pub(super) fn draw(prisma: &Prisma) -> Result<Scene> {
    let mut sheet = Sheet::new(&prisma.look)?;
    let previous = usize::from(prisma.previous_studies.is_some());
    let other = prisma.other.is_some();
    let columns = previous + 2 + if other { 2 } else { 0 };
    let rows = if prisma.total_studies.is_some() || previous == 1 { TOTAL + 1 } else { NEW + 1 };
    let cells = cells(prisma, previous);

    // The text shrinks until no word is broken; where the smallest does not suffice, margins and gaps shrink too.
    let room = sheet.room();
    let measures = |size: f64, tight: bool| {
        let (bar, gap, pad) = match (tight, columns > 3) {
            (true, _) => (1.5 * sheet.size, 0.8 * size, 0.25 * size),
            (false, true) => (1.9 * sheet.size, 0.9 * size, 0.45 * size),
            (false, false) => (1.9 * sheet.size, 1.6 * size, 0.45 * size),
        };
        (bar, gap, (room - bar - gap * columns as f64) / columns as f64, pad)
    };
    let fits = |size: f64, tight: bool| {
        let (_, gap, width, pad) = measures(size, tight);
        let style = Style { size, ..sheet.style() };
        cells.iter().all(|cell| {
            let room = width * cell.span as f64 + gap * (cell.span - 1) as f64 - 2.0 * pad;
            let style = if cell.kind == Kind::Heading { style.bold() } else { style };
            cell.entries.iter().all(|(indent, text)| {
                text.split([' ', '-', '/']).all(|word| style.width(word) <= room - indent * size)
            })
        })
    };
    let tight = !fits(sheet.theme.smallest_size.min(sheet.size), false);
    let mut size = sheet.size;
    while size > sheet.theme.smallest_size && !fits(size, tight) {
        size = (size - 0.25).max(sheet.theme.smallest_size);
    }
    let (bar, gap, width, pad) = measures(size, tight);
    let style = Style { size, ..sheet.style() };

    let edge = sheet.left;
    let x = |column: usize| edge + bar + gap + column as f64 * (width + gap);
    let wrapped: Vec<Vec<(f64, Vec<String>)>> = cells
        .iter()
        .map(|cell| {
            let room = width * cell.span as f64 + gap * (cell.span - 1) as f64 - 2.0 * pad;
            let style = if cell.kind == Kind::Heading { style.bold() } else { style };
            let lines =
                |(indent, text): &Entry| (*indent, style.wrap(text, room - indent * size, usize::MAX));
            cell.entries.iter().map(lines).collect()
        })
        .collect();
    let height = |lines: &[(f64, Vec<String>)]| {
        style.height(lines.iter().map(|(_, lines)| lines.len()).sum()) + 2.0 * pad
    };
    let mut heights = vec![0.0_f64; rows];
    for (cell, lines) in cells.iter().zip(&wrapped) {
        if let Some(row) = heights.get_mut(cell.row) {
            *row = row.max(height(lines));
        }
    }
    let between = 1.5 * size;
    let mut tops = Vec::with_capacity(rows);
    let mut y = sheet.y;
    for height in &heights {
        tops.push(y);
        y += height + between;
    }
    let foot = y - between;
    let top = |row: usize| tops.get(row).copied().unwrap_or(foot);
    let tall = |row: usize| heights.get(row).copied().unwrap_or(0.0);
    let ink = Stroke::solid(sheet.theme.ink, 0.7);

    // Boxes; a step is as high as its row so that arrows meet.
    for (cell, lines) in cells.iter().zip(&wrapped) {
        let (left, wide) = (x(cell.column), width * cell.span as f64 + gap * (cell.span - 1) as f64);
        let paint = match cell.kind {
            Kind::Heading => Paint::outlined(Color(0xf6, 0xe3, 0xb4), ink),
            Kind::Step => Paint::outlined(sheet.theme.paper, ink),
            Kind::Aside => Paint::outlined(sheet.theme.paper, Stroke::solid(sheet.theme.soft, 0.7)),
        };
        sheet.rect("box", left, top(cell.row), wide, tall(cell.row), paint);
        let free = tall(cell.row) - height(lines);
        let mut y = top(cell.row) + pad + 0.5 * free;
        for (indent, lines) in lines {
            let (style, at) = match cell.kind {
                Kind::Heading => (style.bold().middle(), left + 0.5 * wide),
                _ => (style, left + pad + indent * size),
            };
            y += sheet.lines("text", lines, at, y, style);
        }
    }

    // Arrows down the arms, and to what leaves them.
    let main = previous;
    let center = |column: usize| x(column) + 0.5 * width;
    let mut arrows: Vec<Vec<(f64, f64)>> = Vec::new();
    let down = |column: usize, from: usize, to: usize| {
        vec![(center(column), top(from) + tall(from)), (center(column), top(to))]
    };
    for row in IDENTIFIED..NEW {
        arrows.push(down(main, row, row + 1));
        let middle = top(row) + 0.5 * tall(row);
        arrows.push(vec![(x(main) + width, middle), (x(main + 1), middle)]);
    }
    if rows > TOTAL {
        arrows.push(down(main, NEW, TOTAL));
    }
    if previous == 1 {
        let middle = top(TOTAL) + 0.5 * tall(TOTAL);
        arrows.push(vec![
            (center(0), top(IDENTIFIED) + tall(IDENTIFIED)),
            (center(0), middle),
            (x(main), middle),
        ]);
    }
    if other {
        let column = main + 2;
        arrows.push(down(column, IDENTIFIED, SOUGHT));
        arrows.push(down(column, SOUGHT, ASSESSED));
        for row in [SOUGHT, ASSESSED] {
            let middle = top(row) + 0.5 * tall(row);
            arrows.push(vec![(x(column) + width, middle), (x(column + 1), middle)]);
        }
        let middle = top(NEW) + 0.5 * tall(NEW);
        arrows.push(vec![
            (center(column), top(ASSESSED) + tall(ASSESSED)),
            (center(column), middle),
            (x(main) + width, middle),
        ]);
    }
    for points in arrows {
        arrow(&mut sheet, &points, 0.42 * size, ink);
    }

    // The phases at the left.
    let shade = Color(0xcf, 0xdf, 0xee);
    for (name, from, to) in [
        ("Identification", IDENTIFIED, IDENTIFIED),
        ("Screening", SCREENED, ASSESSED),
        ("Included", NEW, rows - 1),
    ] {
        let (start, end) = (top(from), top(to) + tall(to));
        let (left, width) = (sheet.left, 0.75 * bar);
        sheet.rect("phase", left, start, width, end - start, Paint::outlined(shade, ink));
        let mut bold = style.bold();
        let needed = bold.width(name) / (end - start - 2.0);
        if needed > 1.0 {
            bold = bold.sized(bold.size / needed);
        }
        sheet.scene.push(
            "phase-name",
            Shape::Text(Text {
                x: left + 0.5 * width + 0.36 * bold.size,
                y: 0.5 * (start + end),
                content: name.to_owned(),
                size: bold.size,
                weight: Weight::Bold,
                anchor: Anchor::Middle,
                color: sheet.theme.ink,
                rotation: -90.0,
            }),
        );
    }
    sheet.y = foot;
    Ok(sheet.finish(&prisma.look, "PRISMA 2020 flow diagram", description(prisma)))
}

/// A line through points that ends in a head.
fn arrow(sheet: &mut Sheet, points: &[(f64, f64)], head: f64, stroke: Stroke) {
    let [.., before, tip] = points else { return };
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = dx.hypot(dy);
    if length <= head {
        return;
    }
    let (ux, uy) = (dx / length, dy / length);
    let foot = (tip.0 - ux * 1.6 * head, tip.1 - uy * 1.6 * head);
    let mut line = points.to_vec();
    if let Some(last) = line.last_mut() {
        *last = foot;
    }
    sheet.scene.push("arrow", Shape::Polyline { points: line, stroke });
    let (wx, wy) = (-uy * 0.8 * head, ux * 0.8 * head);
    let corners = vec![*tip, (foot.0 + wx, foot.1 + wy), (foot.0 - wx, foot.1 - wy)];
    sheet.scene.push("arrow-head", Shape::Polygon { points: corners, paint: Paint::fill(stroke.color) });
}

fn n(what: &str, count: u64) -> String {
    // The count stays in one piece when the line wraps.
    format!("{what} (n\u{a0}=\u{a0}{count})")
}

fn reasons(title: &str, parts: &[(String, u64)]) -> Vec<Entry> {
    match parts {
        [] => vec![(0.0, n(title, 0))],
        [(reason, count)] if reason.is_empty() => vec![(0.0, n(title, *count))],
        _ => std::iter::once((0.0, format!("{title}:")))
            .chain(parts.iter().map(|(reason, count)| (0.6, n(reason, *count))))
            .collect(),
    }
}

fn cells(p: &Prisma, main: usize) -> Vec<Cell> {
    let cell = |row, column, kind, entries| Cell { row, column, span: 1, kind, entries };
    let mut cells = Vec::new();
    let with_reports = |what: &str, studies: u64, of: &str, reports: Option<u64>| {
        let mut entries = vec![(0.0, n(what, studies))];
        entries.extend(reports.map(|reports| (0.0, n(of, reports))));
        entries
    };
    if let Some(studies) = p.previous_studies {
        cells.push(cell(HEADING, 0, Kind::Heading, vec![(0.0, "Previous studies".to_owned())]));
        let entries = with_reports(
            "Studies included in previous version of review",
            studies,
            "Reports of studies included in previous version of review",
            p.previous_reports,
        );
        cells.push(cell(IDENTIFIED, 0, Kind::Step, entries));
    }
    let new = if main == 1 { "new studies" } else { "studies" };
    let sources = if p.registers > 0 || p.databases == 0 { "databases and registers" } else { "databases" };
    cells.push(Cell {
        span: 2,
        ..cell(HEADING, main, Kind::Heading, vec![(0.0, format!("Identification of {new} via {sources}"))])
    });
    let mut entries = vec![(0.0, "Records identified from:".to_owned()), (0.6, n("Databases", p.databases))];
    entries.extend(p.each_database.iter().map(|(name, count)| (1.2, n(name, *count))));
    entries.push((0.6, n("Registers", p.registers)));
    entries.extend(p.each_register.iter().map(|(name, count)| (1.2, n(name, *count))));
    cells.push(cell(IDENTIFIED, main, Kind::Step, entries));
    let mut entries = vec![
        (0.0, "Records removed before screening:".to_owned()),
        (0.6, n("Duplicate records", p.duplicates)),
    ];
    entries.extend(p.automation.map(|c| (0.6, n("Records marked as ineligible by automation tools", c))));
    entries.extend(p.removed_otherwise.map(|c| (0.6, n("Records removed for other reasons", c))));
    cells.push(cell(IDENTIFIED, main + 1, Kind::Aside, entries));
    for (row, step, aside) in [
        (SCREENED, n("Records screened", p.screened), vec![(0.0, n("Records excluded", p.excluded))]),
        (
            SOUGHT,
            n("Reports sought for retrieval", p.sought),
            vec![(0.0, n("Reports not retrieved", p.not_retrieved))],
        ),
        (
            ASSESSED,
            n("Reports assessed for eligibility", p.assessed),
            reasons("Reports excluded", &p.excluded_reports),
        ),
    ] {
        cells.push(cell(row, main, Kind::Step, vec![(0.0, step)]));
        cells.push(cell(row, main + 1, Kind::Aside, aside));
    }
    let (new_studies, of_new) = if main == 1 {
        ("New studies included in review", "Reports of new included studies")
    } else {
        ("Studies included in review", "Reports of included studies")
    };
    cells.push(cell(NEW, main, Kind::Step, with_reports(new_studies, p.new_studies, of_new, p.new_reports)));
    if p.total_studies.is_some() || main == 1 {
        let studies = p.total_studies.unwrap_or(p.new_studies + p.previous_studies.unwrap_or(0));
        let entries = with_reports(
            "Total studies included in review",
            studies,
            "Reports of total included studies",
            p.total_reports,
        );
        cells.push(cell(TOTAL, main, Kind::Step, entries));
    }
    if let Some(other) = &p.other {
        let heading = format!("Identification of {new} via other methods");
        cells.push(Cell { span: 2, ..cell(HEADING, main + 2, Kind::Heading, vec![(0.0, heading)]) });
        cells.extend(arm(other, main + 2));
    }
    cells
}

fn arm(other: &OtherSources, column: usize) -> Vec<Cell> {
    let cell = |row, column, kind, entries| Cell { row, column, span: 1, kind, entries };
    let mut found = vec![(0.0, "Records identified from:".to_owned())];
    for (name, count) in [
        ("Websites", other.websites),
        ("Organisations", other.organisations),
        ("Citation searching", other.citations),
    ] {
        found.extend(count.map(|count| (0.6, n(name, count))));
    }
    found.extend(other.others.iter().map(|(name, count)| (0.6, n(name, *count))));
    vec![
        cell(IDENTIFIED, column, Kind::Step, found),
        cell(SOUGHT, column, Kind::Step, vec![(0.0, n("Reports sought for retrieval", other.sought))]),
        cell(SOUGHT, column + 1, Kind::Aside, vec![(0.0, n("Reports not retrieved", other.not_retrieved))]),
        cell(
            ASSESSED,
            column,
            Kind::Step,
            vec![(0.0, n("Reports assessed for eligibility", other.assessed))],
        ),
        cell(ASSESSED, column + 1, Kind::Aside, reasons("Reports excluded", &other.excluded_reports)),
    ]
}

fn description(p: &Prisma) -> String {
    let mut text = format!(
        "{} records were identified in databases and {} in registers; {} records were screened, {} reports assessed, {} \
         studies included.",
        p.databases, p.registers, p.screened, p.assessed, p.new_studies
    );
    if let Some(other) = &p.other {
        text += &format!(" Other methods gave {} reports to assess.", other.assessed);
    }
    if let (Some(previous), Some(total)) = (p.previous_studies, p.total_studies) {
        text += &format!(" With {previous} previous studies there are {total}.");
    }
    text
}
