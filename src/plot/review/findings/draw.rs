//! The table as a figure.

use super::{Cell, Certainty, Column, SummaryOfFindings};
use crate::plot::{Figure, Look};
use crate::{
    Result,
    plot::{
        font,
        scene::{Anchor, Paint, Scene, Shape, Stroke},
        sheet::{Sheet, Style},
    },
};

impl Figure for SummaryOfFindings {
    /// Lays the table out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`](crate::Error::Data) without an outcome, or if a risk is impossible;
    /// [`Error::Setting`](crate::Error::Setting) for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let mut sheet = Sheet::new(&self.look)?;
        let grid = Placed::new(self.columns()?, &sheet);
        let style = Style { size: grid.size, ..sheet.style() };
        grid.row(&mut sheet, 0.3 * grid.size, |sheet, column, (x, y), room| {
            let bold = grid.style(column, style).bold();
            sheet.paragraph("header", &column.header, x, y, room, bold)
        });
        let ink = sheet.theme.ink;
        sheet.rule(sheet.y, ink);
        for (row, finding) in self.findings.iter().enumerate() {
            sheet.y += 0.35 * grid.size;
            grid.row(&mut sheet, 0.35 * grid.size, |sheet, column, at, room| {
                let style = grid.style(column, style);
                match column.cells.get(row) {
                    Some(Cell::Text(text)) => sheet.paragraph("cell", text, at.0, at.1, room, style),
                    Some(Cell::Certainty(certainty, marks)) => {
                        certainty_cell(sheet, *certainty, marks, at, room, style, &finding.outcome)
                    }
                    None => 0.0,
                }
            });
            let last = row + 1 == self.findings.len();
            let color = if last { ink } else { sheet.theme.contours[1] };
            sheet.rule(sheet.y, color);
        }
        sheet.y += 0.5 * grid.size;
        let notes = self.notes();
        let small = style.sized(0.9 * grid.size);
        let compared = format!("Intervention: {}; comparator: {}.", self.intervention, self.comparator);
        for note in std::iter::once(&compared).chain(&notes) {
            let (left, y, room) = (sheet.left, sheet.y, sheet.room());
            sheet.y += sheet.paragraph("note", note, left, y, room, small);
        }
        Ok(sheet.finish(&self.look, "Summary of findings", self.description()))
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }
}

impl SummaryOfFindings {
    fn description(&self) -> String {
        let certainties = self.findings.iter().filter_map(|f| {
            Some(format!("{}: {} certainty.", f.outcome, f.certainty?.name().to_lowercase()))
        });
        format!(
            "{} outcomes of {} versus {}. {}",
            self.findings.len(),
            self.intervention,
            self.comparator,
            certainties.collect::<Vec<_>>().join(" ")
        )
    }
}

/// The columns in their places, and the size of the text.
struct Placed {
    columns: Vec<Column>,
    widths: Vec<f64>,
    gap: f64,
    size: f64,
}

impl Placed {
    /// Many columns on a narrow page take smaller text.
    fn new(columns: Vec<Column>, sheet: &Sheet) -> Self {
        let mut size = sheet.size;
        loop {
            let style = Style { size, ..sheet.style() };
            let gap = if columns.len() > 5 { 0.7 } else { 1.1 } * size;
            let least: Vec<f64> = columns.iter().map(|c| column_width(c, style, true)).collect();
            let most: Vec<f64> = columns.iter().map(|c| column_width(c, style, false)).collect();
            let room = sheet.room() - gap * columns.len().saturating_sub(1) as f64;
            if least.iter().sum::<f64>() <= room || size <= sheet.theme.smallest_size {
                return Self { columns, widths: shared(&least, &most, room), gap, size };
            }
            size = (size - 0.25).max(sheet.theme.smallest_size);
        }
    }

    fn style(&self, column: &Column, style: Style) -> Style {
        match column.anchor {
            Anchor::End => style.end(),
            _ => style,
        }
    }

    /// Draws a cell of each column side by side, and goes below the tallest and the space after it.
    fn row(
        &self,
        sheet: &mut Sheet,
        after: f64,
        mut draw: impl FnMut(&mut Sheet, &Column, (f64, f64), f64) -> f64,
    ) {
        let (top, mut left, mut tallest) = (sheet.y, sheet.left, 0.0_f64);
        for (column, &width) in self.columns.iter().zip(&self.widths) {
            let x = if column.anchor == Anchor::End { left + width } else { left };
            tallest = tallest.max(draw(sheet, column, (x, top), width));
            left += width + self.gap;
        }
        sheet.y = top + tallest + after;
    }
}

/// Radius of a sign of certainty, in ems.
const PLUS: f64 = 0.42;

/// The four signs and the name below them; returns the height.
fn certainty_cell(
    sheet: &mut Sheet,
    certainty: Option<Certainty>,
    marks: &str,
    (x, y): (f64, f64),
    room: f64,
    style: Style,
    outcome: &str,
) -> f64 {
    let Some(certainty) = certainty else { return sheet.paragraph("cell", "–", x, y, room, style) };
    let (radius, ink) = (PLUS * style.size, style.color);
    let line = Stroke::solid(ink, 0.09 * style.size);
    for i in 0..4 {
        let full = i < certainty.plusses();
        let center = (x + radius + f64::from(i as u8) * 2.35 * radius, y + 0.62 * style.size);
        let shape =
            Shape::Circle { center, radius: radius - 0.3, paint: Paint { fill: None, stroke: Some(line) } };
        let hint = format!("{outcome}: {certainty} certainty");
        sheet.scene.push_with_hint(if full { "plus" } else { "minus" }, shape, hint);
        let arm = radius - 0.3;
        sheet.line("sign", (center.0 - arm, center.1), (center.0 + arm, center.1), line);
        if full {
            sheet.line("sign", (center.0, center.1 - arm), (center.0, center.1 + arm), line);
        }
    }
    let mut text = certainty.name().to_owned();
    if !marks.is_empty() {
        text += &format!(" [{marks}]");
    }
    let below = 1.3 * style.size;
    below + sheet.paragraph("certainty", &text, x, y + below, room, style)
}

/// The width of a column: of its longest word, or of its longest line.
fn column_width(column: &Column, style: Style, words: bool) -> f64 {
    let width = |text: &str, style: Style| -> f64 {
        let clean = font::clean(text);
        if words {
            clean.split([' ', '/']).map(|word| style.width(word)).fold(0.0, f64::max)
        } else {
            style.width(&clean)
        }
    };
    let header = width(&column.header, style.bold());
    column.cells.iter().fold(header, |most, cell| {
        most.max(match cell {
            Cell::Text(text) => width(text, style),
            Cell::Certainty(Some(c), marks) => {
                let name = if marks.is_empty() { c.name().to_owned() } else { format!("{c} [{marks}]") };
                (4.0 * 2.35 * PLUS * style.size).max(width(&name, style))
            }
            Cell::Certainty(None, _) => 0.0,
        })
    })
}

/// Divides a room: each column gets its least width, what is left goes to those that want more, in proportion.
fn shared(least: &[f64], most: &[f64], room: f64) -> Vec<f64> {
    let (sum_least, sum_most) = (least.iter().sum::<f64>(), most.iter().sum::<f64>());
    if sum_most <= room {
        return most.to_vec();
    }
    if sum_least >= room {
        return least.iter().map(|w| w * room / sum_least).collect();
    }
    let share = (room - sum_least) / (sum_most - sum_least);
    least.iter().zip(most).map(|(l, m)| l + share * (m - l)).collect()
}
