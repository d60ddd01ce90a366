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
    /// The number of columns that it spans.
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

/// The smallest text in points, where a larger one would break words.
const SMALLEST: f64 = 4.75;

/// Lengths in points by which the grid is laid out.
#[derive(Clone, Copy)]
struct Measures {
    /// The size of the text.
    size: f64,
    /// The bar of the phases at the left, and its distance to the boxes.
    bar: f64,
    gap: f64,
    /// The width of a column.
    width: f64,
    /// From the edge of a box to its text.
    pad: f64,
    /// The indent of an item, in ems for each em that it asks for.
    indent: f64,
}

impl Measures {
    /// The width of the text of a cell.
    fn room(&self, cell: &Cell) -> f64 {
        self.span(cell.span) - 2.0 * self.pad
    }

    fn span(&self, columns: usize) -> f64 {
        self.width * columns as f64 + self.gap * (columns as f64 - 1.0)
    }

    fn left(&self, indent: f64) -> f64 {
        self.indent * indent * self.size
    }
}

/// The diagram laid out: boxes with their lines, rows with their heights.
struct Grid {
    cells: Vec<Cell>,
    lines: Vec<Vec<(f64, Vec<String>)>>,
    measures: Measures,
    edge: f64,
    tops: Vec<f64>,
    heights: Vec<f64>,
}

impl Grid {
    fn x(&self, column: usize) -> f64 {
        let m = self.measures;
        self.edge + m.bar + m.gap + column as f64 * (m.width + m.gap)
    }

    fn top(&self, row: usize) -> f64 {
        self.tops.get(row).copied().unwrap_or_default()
    }

    fn tall(&self, row: usize) -> f64 {
        self.heights.get(row).copied().unwrap_or_default()
    }

    fn foot(&self, row: usize) -> f64 {
        self.top(row) + self.tall(row)
    }

    fn middle(&self, row: usize) -> f64 {
        self.top(row) + 0.5 * self.tall(row)
    }

    fn center(&self, column: usize) -> f64 {
        self.x(column) + 0.5 * self.measures.width
    }

    fn right(&self, column: usize) -> f64 {
        self.x(column) + self.measures.width
    }
}

pub(super) fn draw(prisma: &Prisma) -> Result<Scene> {
    let mut sheet = Sheet::new(&prisma.look)?;
    let main = usize::from(prisma.previous_studies.is_some());
    let cells = cells(prisma, main);
    let columns = main + 2 + if prisma.other.is_some() { 2 } else { 0 };
    let measures = measured(&sheet, &cells, columns);
    let grid = laid_out(&sheet, cells, measures);
    boxes(&mut sheet, &grid);
    let ink = Stroke::solid(sheet.theme.ink, 0.7);
    for points in arrows(prisma, &grid, main) {
        arrow(&mut sheet, &points, 0.42 * measures.size, ink);
    }
    phases(&mut sheet, &grid);
    sheet.y = grid.foot(grid.heights.len().saturating_sub(1));
    Ok(sheet.finish(&prisma.look, "PRISMA 2020 flow diagram", description(prisma)))
}

/// The largest text with which no word is broken: first with the usual distances, then closer, then with smaller letters.
fn measured(sheet: &Sheet, cells: &[Cell], columns: usize) -> Measures {
    let room = sheet.room();
    let at = |size: f64, tight: bool| {
        let (bar, gap, pad, indent) = match (tight, columns > 3) {
            (true, _) => (1.7 * size, 0.85 * size, 0.4 * size, 0.5),
            (false, true) => (1.9 * sheet.size, 0.9 * size, 0.45 * size, 1.0),
            (false, false) => (1.9 * sheet.size, 1.6 * size, 0.45 * size, 1.0),
        };
        let width = (room - bar - gap * columns as f64) / columns as f64;
        Measures { size, bar, gap, width, pad, indent }
    };
    let fits = |measures: &Measures| {
        let style = Style { size: measures.size, ..sheet.style() };
        cells.iter().all(|cell| {
            let style = if cell.kind == Kind::Heading { style.bold() } else { style };
            cell.entries.iter().all(|(indent, text)| {
                let room = measures.room(cell) - measures.left(*indent);
                text.split([' ', '-', '/']).all(|word| style.width(word) <= room)
            })
        })
    };
    let least = sheet.theme.smallest_size.min(sheet.size);
    // Below the usual smallest size words are still better read whole than broken.
    let smallest = least.min(SMALLEST);
    let down = |from: f64, to: f64| {
        let steps = ((from - to) / 0.25).ceil().max(0.0) as usize;
        (0..=steps).map(move |step| (from - 0.25 * step as f64).max(to))
    };
    let offers = down(sheet.size, least).map(|size| at(size, false));
    let offers = offers.chain(down(sheet.size, smallest).map(|size| at(size, true)));
    offers.into_iter().find(fits).unwrap_or_else(|| at(smallest, true))
}

/// Wraps the texts and stacks the rows.
fn laid_out(sheet: &Sheet, cells: Vec<Cell>, measures: Measures) -> Grid {
    let style = Style { size: measures.size, ..sheet.style() };
    let lines: Vec<Vec<(f64, Vec<String>)>> = cells
        .iter()
        .map(|cell| {
            let style = if cell.kind == Kind::Heading { style.bold() } else { style };
            let wrap = |(indent, text): &Entry| {
                let room = measures.room(cell) - measures.left(*indent);
                (*indent, style.wrap(text, room, usize::MAX))
            };
            cell.entries.iter().map(wrap).collect()
        })
        .collect();
    let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
    let mut heights = vec![0.0_f64; rows];
    for (cell, lines) in cells.iter().zip(&lines) {
        if let Some(row) = heights.get_mut(cell.row) {
            *row = row.max(height(style, lines) + 2.0 * measures.pad);
        }
    }
    let mut y = sheet.y;
    let tops = heights
        .iter()
        .map(|height| {
            let top = y;
            y += height + 1.5 * measures.size;
            top
        })
        .collect();
    Grid { cells, lines, measures, edge: sheet.left, tops, heights }
}

/// The height of the lines of a box.
fn height(style: Style, lines: &[(f64, Vec<String>)]) -> f64 {
    style.height(lines.iter().map(|(_, lines)| lines.len()).sum())
}

/// Boxes; a step is as high as its row so that arrows meet.
fn boxes(sheet: &mut Sheet, grid: &Grid) {
    let measures = grid.measures;
    let style = Style { size: measures.size, ..sheet.style() };
    let ink = Stroke::solid(sheet.theme.ink, 0.7);
    for (cell, lines) in grid.cells.iter().zip(&grid.lines) {
        let (left, wide) = (grid.x(cell.column), measures.span(cell.span));
        let paint = match cell.kind {
            Kind::Heading => Paint::outlined(Color(0xf6, 0xe3, 0xb4), ink),
            Kind::Step => Paint::outlined(sheet.theme.paper, ink),
            Kind::Aside => Paint::outlined(sheet.theme.paper, Stroke::solid(sheet.theme.soft, 0.7)),
        };
        sheet.rect("box", left, grid.top(cell.row), wide, grid.tall(cell.row), paint);
        let mut y = grid.top(cell.row) + 0.5 * (grid.tall(cell.row) - height(style, lines));
        for (indent, lines) in lines {
            let (style, at) = match cell.kind {
                Kind::Heading => (style.bold().middle(), left + 0.5 * wide),
                _ => (style, left + measures.pad + measures.left(*indent)),
            };
            y += sheet.lines("text", lines, at, y, style);
        }
    }
}

/// Arrows down the arms, and to what leaves them; `main` is the column of databases.
fn arrows(prisma: &Prisma, grid: &Grid, main: usize) -> Vec<Vec<(f64, f64)>> {
    let down = |column: usize, from: usize, to: usize| {
        vec![(grid.center(column), grid.foot(from)), (grid.center(column), grid.top(to))]
    };
    let aside = |column: usize, row: usize| {
        vec![(grid.right(column), grid.middle(row)), (grid.x(column + 1), grid.middle(row))]
    };
    let mut arrows = Vec::new();
    for row in IDENTIFIED..NEW {
        arrows.push(down(main, row, row + 1));
        arrows.push(aside(main, row));
    }
    let mut steps: Vec<usize> =
        grid.cells.iter().filter(|cell| cell.row >= NEW).map(|cell| cell.row).collect();
    steps.dedup();
    for pair in steps.windows(2) {
        if let [above, below] = pair {
            arrows.push(down(main, *above, *below));
        }
    }
    if main == 1 {
        let middle = grid.middle(TOTAL);
        arrows.push(vec![
            (grid.center(0), grid.foot(IDENTIFIED)),
            (grid.center(0), middle),
            (grid.x(main), middle),
        ]);
    }
    if prisma.other.is_some() {
        let column = main + 2;
        arrows.push(down(column, IDENTIFIED, SOUGHT));
        arrows.push(down(column, SOUGHT, ASSESSED));
        arrows.extend([SOUGHT, ASSESSED].map(|row| aside(column, row)));
        let middle = grid.middle(NEW);
        arrows.push(vec![
            (grid.center(column), grid.foot(ASSESSED)),
            (grid.center(column), middle),
            (grid.right(main), middle),
        ]);
    }
    arrows
}

/// The phases at the left.
fn phases(sheet: &mut Sheet, grid: &Grid) {
    let shade = Color(0xcf, 0xdf, 0xee);
    let ink = Stroke::solid(sheet.theme.ink, 0.7);
    let bold = Style { size: grid.measures.size, ..sheet.style() }.bold();
    for (name, from, to) in [
        ("Identification", IDENTIFIED, IDENTIFIED),
        ("Screening", SCREENED, ASSESSED),
        ("Included", NEW, grid.heights.len().saturating_sub(1)),
    ] {
        let (start, end) = (grid.top(from), grid.foot(to));
        let (left, width) = (sheet.left, 0.75 * grid.measures.bar);
        sheet.rect("phase", left, start, width, end - start, Paint::outlined(shade, ink));
        let needed = bold.width(name) / (end - start - 2.0);
        let bold = if needed > 1.0 { bold.sized(bold.size / needed) } else { bold };
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

fn cell(row: usize, column: usize, kind: Kind, entries: Vec<Entry>) -> Cell {
    Cell { row, column, span: 1, kind, entries }
}

fn with_reports(what: &str, studies: u64, of: &str, reports: Option<u64>) -> Vec<Entry> {
    let mut entries = vec![(0.0, n(what, studies))];
    entries.extend(reports.map(|reports| (0.0, n(of, reports))));
    entries
}

fn cells(p: &Prisma, main: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
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
    let heading = format!("Identification of {new} via {sources}");
    cells.push(Cell { span: 2, ..cell(HEADING, main, Kind::Heading, vec![(0.0, heading)]) });
    let [identified, removed] = identification(p);
    cells.push(cell(IDENTIFIED, main, Kind::Step, identified));
    cells.push(cell(IDENTIFIED, main + 1, Kind::Aside, removed));
    let not_retrieved = vec![(0.0, n("Reports not retrieved", p.not_retrieved))];
    for (row, step, aside) in [
        (SCREENED, n("Records screened", p.screened), vec![(0.0, n("Records excluded", p.excluded))]),
        (SOUGHT, n("Reports sought for retrieval", p.sought), not_retrieved),
        (
            ASSESSED,
            n("Reports assessed for eligibility", p.assessed),
            reasons("Reports excluded", &p.excluded_reports),
        ),
    ] {
        cells.push(cell(row, main, Kind::Step, vec![(0.0, step)]));
        cells.push(cell(row, main + 1, Kind::Aside, aside));
    }
    included(p, main, &mut cells);
    if let Some(other) = &p.other {
        let heading = format!("Identification of {new} via other methods");
        cells.push(Cell { span: 2, ..cell(HEADING, main + 2, Kind::Heading, vec![(0.0, heading)]) });
        cells.extend(arm(other, main + 2));
    }
    cells
}

/// The records that databases and registers gave, and those removed before screening.
fn identification(p: &Prisma) -> [Vec<Entry>; 2] {
    let mut identified =
        vec![(0.0, "Records identified from:".to_owned()), (0.6, n("Databases", p.databases))];
    identified.extend(p.each_database.iter().map(|(name, count)| (1.2, n(name, *count))));
    identified.push((0.6, n("Registers", p.registers)));
    identified.extend(p.each_register.iter().map(|(name, count)| (1.2, n(name, *count))));
    let mut removed = vec![
        (0.0, "Records removed before screening:".to_owned()),
        (0.6, n("Duplicate records", p.duplicates)),
    ];
    removed.extend(p.automation.map(|c| (0.6, n("Records marked as ineligible by automation tools", c))));
    removed.extend(p.removed_otherwise.map(|c| (0.6, n("Records removed for other reasons", c))));
    [identified, removed]
}

/// The studies included: new ones, all, and those in the meta-analysis.
fn included(p: &Prisma, main: usize, cells: &mut Vec<Cell>) {
    let (new_studies, of_new) = if main == 1 {
        ("New studies included in review", "Reports of new included studies")
    } else {
        ("Studies included in review", "Reports of included studies")
    };
    cells.push(cell(NEW, main, Kind::Step, with_reports(new_studies, p.new_studies, of_new, p.new_reports)));
    if p.total_studies.is_some() || main == 1 {
        let previous = p.previous_studies.unwrap_or(0);
        let studies = p.total_studies.unwrap_or(p.new_studies.saturating_add(previous));
        let (what, of) = ("Total studies included in review", "Reports of total included studies");
        cells.push(cell(TOTAL, main, Kind::Step, with_reports(what, studies, of, p.total_reports)));
    }
    if let Some(studies) = p.pooled_studies {
        let row = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(TOTAL);
        let (what, of) =
            ("Studies included in meta-analysis", "Reports of studies included in meta-analysis");
        cells.push(cell(row, main, Kind::Step, with_reports(what, studies, of, p.pooled_reports)));
    }
}

fn arm(other: &OtherSources, column: usize) -> Vec<Cell> {
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
