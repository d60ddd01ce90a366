//! The harvest plot: for each outcome the studies against, both ways and in favour, as bars.
//!
//! A bar is as high as the design of its study suits the question (1 to 3), and the darker the lower the risk of bias; the
//! sign on it repeats the judgement. Figures on the bars are keys to the studies' names below (Ogilvie et al. 2008,
//! doi:10.1186/1471-2288-8-8).

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{Direction, Directions, Judgement};
use crate::{
    Result,
    plot::{
        Color, font,
        frame::Look,
        scene::{Paint, Scene, Shape, Stroke},
        sheet::{Sheet, Style, page_wide, readable_on},
    },
};

/// Studies as bars by outcome and direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HarvestPlot {
    /// The directions.
    pub data: Directions,
    /// Headings over the three columns.
    pub headings: [String; 3],
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

impl Directions {
    /// The harvest plot.
    pub fn harvest(&self) -> HarvestPlot {
        HarvestPlot {
            data: self.clone(),
            headings: ["Favours comparator", "Mixed or no difference", "Favours intervention"]
                .map(str::to_owned),
            look: page_wide(),
        }
    }
}

/// The shade of a bar: dark where bias is unlikely.
fn shade(judgement: Option<Judgement>) -> Color {
    match judgement {
        Some(Judgement::Low) => Color(0x12, 0x36, 0x5c),
        Some(Judgement::SomeConcerns | Judgement::Moderate | Judgement::Unclear) => Color(0x6f, 0x9f, 0xc6),
        Some(Judgement::High | Judgement::Serious | Judgement::VeryHigh | Judgement::Critical) => {
            Color(0xe3, 0xeb, 0xf3)
        }
        _ => Color(0xc4, 0xc8, 0xcc),
    }
}

impl HarvestPlot {
    /// Headings over the three columns: against, both ways, in favour.
    #[must_use]
    pub fn headings<S: Into<String>>(mut self, headings: [S; 3]) -> Self {
        self.headings = headings.map(Into::into);
        self
    }

    /// Names of the studies by their keys, and what height and shade mean.
    fn legend(&self, sheet: &mut Sheet, style: Style, graded: bool) {
        let size = style.size;
        let small = style.sized(0.9 * size);
        let names: Vec<String> = self
            .data
            .studies
            .iter()
            .enumerate()
            .map(|(i, s)| format!("{}\u{a0}{}", i + 1, s.study))
            .collect();
        let widest = names.iter().map(|n| small.width(n)).fold(0.0, f64::max) + 1.2 * size;
        let columns = ((sheet.room() / widest).floor() as usize).clamp(1, 6);
        let room = sheet.room() / columns as f64;
        for row in names.chunks(columns) {
            let (left, y) = (sheet.left, sheet.y);
            let mut height = 0.0_f64;
            for (i, name) in row.iter().enumerate() {
                let lines = small.wrap(name, room - 1.0 * size, 2);
                height = height.max(sheet.lines("study", &lines, left + i as f64 * room, y, small));
            }
            sheet.y += height;
        }
        sheet.y += 0.4 * size;
        if graded {
            let text = "Height: how well the design suits the question (1 to 3).";
            let (left, y, room) = (sheet.left, sheet.y, sheet.room());
            sheet.y += sheet.paragraph("note", text, left, y, room, small);
        }
        let judgements = self.data.judgements();
        if judgements.is_empty() {
            return;
        }
        let (mut x, step) = (sheet.left, 1.7 * size);
        for judgement in judgements {
            let label = match judgement {
                Judgement::NoInformation | Judgement::NotApplicable => judgement.name().to_owned(),
                Judgement::SomeConcerns => "Some concerns of bias".to_owned(),
                _ => format!("{} risk of bias", judgement.name()),
            };
            let width = 1.5 * size + small.width(&label);
            if x > sheet.left && x + width > sheet.right {
                (x, sheet.y) = (sheet.left, sheet.y + step);
            }
            let middle = sheet.y + 0.5 * step;
            let paint = Paint::outlined(shade(Some(judgement)), Stroke::solid(self.look.theme.ink, 0.5));
            sheet.rect("legend-mark", x, middle - 0.45 * size, 0.9 * size, 0.9 * size, paint);
            sheet.text("legend", &label, x + 1.5 * size, middle + 0.5 * font::CAPITAL * small.size, small);
            x += width + 1.2 * size;
        }
        sheet.y += step;
    }

    fn columns(&self, sheet: &Sheet) -> Columns {
        let size = sheet.size;
        let (style, bold) = (sheet.style(), sheet.style().bold());
        let widest = self.data.outcomes.iter().map(|o| bold.width(o)).fold(4.0 * size, f64::max);
        let name_room = widest.min(0.26 * sheet.room());
        let gap = 0.9 * size;
        let start = sheet.left + name_room + gap;
        let width = (sheet.right - start - 2.0 * gap) / 3.0;
        let key = style.sized(0.85 * size);
        let bar = key.width("00").max(1.1 * size) + 0.3 * size;
        let per_row = ((width / (bar + 0.25 * size)).floor() as usize).max(1);
        let graded = self.data.studies.iter().any(|s| s.suitability.is_some());
        let unit = if graded { 1.35 * size } else { 2.7 * size };
        Columns { name_room, gap, start, width, key, bar, per_row, graded, unit }
    }

    /// An outcome: its name, and for each direction the bars of its studies in rows.
    fn outcome(&self, sheet: &mut Sheet, columns: &Columns, column: usize, outcome: &str) {
        let (size, bold) = (sheet.size, sheet.style().bold());
        let studies = &self.data.studies;
        let groups = Direction::ALL.map(|direction| -> Vec<usize> {
            let has = |s: &super::DirectionStudy| {
                s.cells.get(column).copied().flatten().is_some_and(|c| c.direction == direction)
            };
            (0..studies.len()).filter(|&i| studies.get(i).is_some_and(has)).collect()
        });
        let rows = groups.iter().map(|g| g.len().div_ceil(columns.per_row)).max().unwrap_or(1).max(1);
        let lines = bold.wrap(outcome, columns.name_room, 5);
        let tall = if columns.graded { 3.0 * columns.unit } else { columns.unit };
        let row_height = tall + 0.8 * size;
        let height = (rows as f64 * row_height).max(bold.height(lines.len()) + 0.6 * size);
        let (left, y) = (sheet.left, sheet.y);
        sheet.lines("outcome", &lines, left, y + 0.5 * (height - bold.height(lines.len())), bold);
        let soft = Stroke::solid(self.look.theme.soft, 0.5);
        for (side, group) in groups.iter().enumerate() {
            for row in 0..rows {
                let foot = y + (row + 1) as f64 * row_height;
                sheet.line("floor", (columns.x(side), foot), (columns.x(side) + columns.width, foot), soft);
            }
            for (place, &i) in group.iter().enumerate() {
                let (row, at) = (place / columns.per_row, place % columns.per_row);
                let in_row = (group.len() - row * columns.per_row).min(columns.per_row) as f64;
                let (bar, space) = (columns.bar, 0.25 * size);
                let whole = in_row * bar + (in_row - 1.0) * space;
                let left = columns.x(side) + 0.5 * (columns.width - whole) + at as f64 * (bar + space);
                let foot = y + (row + 1) as f64 * row_height;
                self.bar(sheet, columns, i, (left, foot), &format!("{outcome}: {}", self.headings[side]));
            }
        }
        sheet.y += height + 0.5 * size;
    }

    /// The bar of a study with its key, standing at a point.
    fn bar(&self, sheet: &mut Sheet, columns: &Columns, i: usize, (left, foot): (f64, f64), says: &str) {
        let Some(study) = self.data.studies.get(i) else { return };
        let (size, width) = (sheet.size, columns.bar);
        let steps = if columns.graded { f64::from(study.suitability.unwrap_or(1)) } else { 1.0 };
        let height = columns.unit * steps;
        let fill = shade(study.risk_of_bias);
        let paint = Paint::outlined(fill, Stroke::solid(self.look.theme.ink, 0.5));
        let shape = Shape::Rect { x: left, y: foot - height, width, height, paint };
        sheet.scene.push_with_hint("bar", shape, format!("{}, {says}", study.study));
        let text = columns.key.middle().color(readable_on(fill));
        sheet.text("key", &(i + 1).to_string(), left + 0.5 * width, foot - 0.32 * size, text);
    }
}

/// The columns of the three directions, and the bars in them.
struct Columns {
    name_room: f64,
    gap: f64,
    start: f64,
    width: f64,
    /// The style of the keys of studies.
    key: Style,
    bar: f64,
    per_row: usize,
    /// True if bars have heights for suitability 1, 2 and 3; without any all are alike.
    graded: bool,
    /// The height of a step.
    unit: f64,
}

impl Columns {
    fn x(&self, side: usize) -> f64 {
        self.start + side as f64 * (self.width + self.gap)
    }
}

impl Figure for HarvestPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`](crate::Error::Data) without a direction; [`Error::Setting`](crate::Error::Setting) for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let data = &self.data;
        data.check()?;
        let mut sheet = Sheet::new(&self.look)?;
        let columns = self.columns(&sheet);
        let bold = sheet.style().bold();
        let top = sheet.y;
        let mut header = 0.0_f64;
        for (side, heading) in self.headings.iter().enumerate() {
            let middle = columns.x(side) + 0.5 * columns.width;
            header =
                header.max(sheet.paragraph("heading", heading, middle, top, columns.width, bold.middle()));
        }
        sheet.y = top + header + 0.4 * sheet.size;
        for (column, outcome) in data.outcomes.iter().enumerate() {
            self.outcome(&mut sheet, &columns, column, outcome);
        }
        sheet.y += 0.3 * sheet.size;
        let style = sheet.style();
        self.legend(&mut sheet, style, columns.graded);
        let counts: Vec<String> = data
            .outcomes
            .iter()
            .map(|o| data.votes(o).map(|[a, m, f]| format!("{o}: {f} for, {m} mixed, {a} against.")))
            .collect::<Result<_>>()?;
        let description = format!("Studies by direction of effect. {}", counts.join(" "));
        Ok(sheet.finish(&self.look, "Harvest plot", description))
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::sheet::assert_tidy;

    fn many(k: usize, outcomes: usize) -> Directions {
        (0..k).fold(Directions::new(), |mut d, i| {
            let study = format!("Study & 王 number {i}");
            for j in 0..outcomes {
                d = d.add(&study, &format!("a long name of outcome {j}"), Direction::ALL[(i * j + i) % 3]);
            }
            d.describe(&study, None, None, Some(Judgement::ALL[i % 5]), Some(1 + (i % 3) as u8))
        })
    }

    #[test]
    fn the_figure_is_tidy_and_counts_every_vote() {
        for (k, outcomes) in [(1, 1), (8, 6), (99, 2)] {
            for width in [85.0, 170.0] {
                let scene = many(k, outcomes).harvest().width_mm(width).title("Harvest").scene().unwrap();
                assert_tidy(&scene);
                assert_eq!(scene.of_class("bar").count(), k * outcomes);
            }
        }
    }

    #[test]
    fn bars_are_as_high_as_the_design_suits() {
        let data = Directions::new()
            .add("A", "o", Direction::Favours)
            .add("B", "o", Direction::Favours)
            .describe("A", None, None, None, Some(3))
            .describe("B", None, None, None, Some(1));
        let scene = data.harvest().scene().unwrap();
        let high = |i: usize| match scene.of_class("bar").nth(i).unwrap().shape {
            Shape::Rect { height, .. } => height,
            _ => panic!(),
        };
        assert!((high(0) / high(1) - 3.0).abs() < 1e-9);
    }
}
