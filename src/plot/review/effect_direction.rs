//! The effect-direction plot: an arrow for each study and outcome.
//!
//! An arrow points up where the study favours the intervention and down where it favours the comparator; two heads sideways
//! say both ways, or no difference. Large arrows stand for more than 300 people, small ones for fewer than 50 (Boon and
//! Thomson 2021, doi:10.1002/jrsm.1458); a figure beside an arrow counts its measures if there are several. The last rows count the
//! studies of each outcome and give the exact sign test.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{Direction, DirectionStudy, Directions};
use crate::{
    Error, Result,
    plot::{
        font,
        frame::Look,
        scene::{Anchor, Paint, Scene, Shape, Stroke, Text, Weight},
        sheet::{Sheet, Style, page_wide},
    },
    text::fixed,
};

/// An arrow for each study and outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EffectDirectionPlot {
    /// The directions.
    pub data: Directions,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

impl Directions {
    /// The effect-direction plot.
    pub fn effect_direction(&self) -> EffectDirectionPlot {
        EffectDirectionPlot { data: self.clone(), look: page_wide() }
    }
}

/// Half the height of an arrow, in ems, for a number of people.
fn reach(size: Option<f64>) -> f64 {
    match size {
        Some(n) if n > 300.0 => 0.95,
        Some(n) if n < 50.0 => 0.45,
        _ => 0.7,
    }
}

impl EffectDirectionPlot {
    fn color(&self, direction: Direction) -> crate::plot::Color {
        match direction {
            Direction::Favours => self.look.theme.summary,
            Direction::Against => self.look.theme.prediction,
            Direction::Mixed => self.look.theme.soft,
        }
    }

    /// Counts and sign tests under the columns.
    fn summary(&self, sheet: &mut Sheet, style: Style, middle: impl Fn(usize) -> f64) -> Result<()> {
        type Summary<'a> = (&'a str, &'a dyn Fn(&str) -> Result<String>);
        let size = style.size;
        let rows: [Summary<'_>; 2] = [
            ("For : against", &|o| {
                let [against, _, favours] = self.data.votes(o)?;
                Ok(format!("{favours} : {against}"))
            }),
            ("Sign test, P", &|o| {
                Ok(self
                    .data
                    .sign_test(o)?
                    .map_or("–".to_owned(), |p| if p < 0.001 { "<0.001".to_owned() } else { fixed(p, 3) }))
            }),
        ];
        sheet.y += 0.2 * size;
        for (name, value) in rows {
            let baseline = sheet.y + 1.05 * size;
            let left = sheet.left;
            sheet.text("total", name, left, baseline, style.bold());
            for (column, outcome) in self.data.outcomes.iter().enumerate() {
                sheet.text("total", &value(outcome)?, middle(column), baseline, style.middle());
            }
            sheet.y += 1.5 * size;
        }
        sheet.y += 0.1 * size;
        Ok(())
    }

    /// The meaning of arrows and their sizes.
    fn legend(&self, sheet: &mut Sheet, style: Style) {
        let small = style.sized(0.9 * style.size);
        let size = style.size;
        let sized = self.data.studies.iter().any(|s| s.size.is_some());
        let mut entries: Vec<(Direction, f64, &str)> = vec![
            (Direction::Favours, 0.7, "favours the intervention"),
            (Direction::Against, 0.7, "favours the comparator"),
            (Direction::Mixed, 0.7, "both ways or no difference"),
        ];
        if sized {
            entries.extend([
                (Direction::Favours, reach(Some(301.0)), "more than 300 people"),
                (Direction::Favours, reach(Some(100.0)), "50 to 300 or not known"),
                (Direction::Favours, reach(Some(1.0)), "fewer than 50"),
            ]);
        }
        let (mut x, step) = (sheet.left, 2.1 * size);
        for (i, (direction, reach, label)) in entries.into_iter().enumerate() {
            let width = 2.2 * size + small.width(label);
            if x + width > sheet.right || i == 3 {
                (x, sheet.y) = (sheet.left, sheet.y + step);
            }
            let center = sheet.y + 0.5 * step;
            let color = self.color(direction);
            let shape = arrow(direction, (x + 0.9 * size, center), reach * size, color);
            sheet.scene.push("legend-mark", shape);
            sheet.text("legend", label, x + 2.2 * size, center + 0.5 * font::CAPITAL * small.size, small);
            x += width + 1.2 * size;
        }
        sheet.y += step;
        if self.data.studies.iter().flat_map(|s| s.cells.iter().flatten()).any(|cell| cell.measures > 1) {
            let text = "Small figures: the number of measures behind an arrow.";
            let (left, y, room) = (sheet.left, sheet.y, sheet.room());
            sheet.y += sheet.paragraph("note", text, left, y, room, small);
        }
    }

    /// The columns that find room. Designs go first where there is no room for all, then judgements of bias.
    fn columns(&self, sheet: &mut Sheet) -> Result<Columns> {
        let (size, style) = (sheet.size, sheet.style());
        let (studies, outcomes) = (&self.data.studies, self.data.outcomes.len());
        let gap = 0.8 * size;
        let widest = |get: &dyn Fn(&DirectionStudy) -> &str, header: &str| {
            studies.iter().map(|s| style.width(get(s))).fold(style.bold().width(header), f64::max)
        };
        let names = widest(&|s| &s.study, "Sign test, P");
        let has_designs = studies.iter().any(|s| s.design.is_some());
        let has_risks = studies.iter().any(|s| s.risk_of_bias.is_some());
        let measured = |(designs, risks): (bool, bool)| {
            let design_room = if designs { widest(&design_of, "Design").min(9.0 * size) + gap } else { 0.0 };
            let risk_room = if risks { style.bold().width("Bias").max(1.8 * size) + gap } else { 0.0 };
            let room = sheet.room() - design_room - risk_room;
            let cell = ((room - names - gap) / outcomes as f64).clamp(2.9 * size, 11.0 * size);
            let name_room = (room - gap - cell * outcomes as f64).min(names);
            let design_x = sheet.left + name_room + gap;
            let risk_x = design_x + design_room;
            let start = risk_x + risk_room;
            let end = start + cell * outcomes as f64;
            // The rows of counts need their names whole.
            (name_room >= names.min(style.bold().width("Sign test, P"))).then_some(Columns {
                designs,
                risks,
                name_room,
                design_room: design_room - gap,
                cell,
                design_x,
                risk_x,
                start,
                end,
            })
        };
        let tried = [(has_designs, has_risks), (false, has_risks), (false, false)];
        let Some(columns) = tried.into_iter().find_map(measured) else {
            let found = format!("{} mm for {outcomes} outcomes", self.look.width_mm);
            return Err(Error::setting("width", found, "give a wider page, or fewer outcomes"));
        };
        let left_out: Vec<&str> =
            [(has_designs && !columns.designs, "Design"), (has_risks && !columns.risks, "Bias")]
                .into_iter()
                .filter_map(|(out, name)| out.then_some(name))
                .collect();
        if !left_out.is_empty() {
            sheet.scene.notes.push(format!(
                "columns that found no room at a width of {} mm: {}",
                self.look.width_mm,
                left_out.join(", ")
            ));
        }
        Ok(columns)
    }

    /// The names of the columns; those of outcomes stand upright where they are too wide for their column.
    fn header(&self, sheet: &mut Sheet, columns: &Columns) {
        let size = sheet.size;
        let bold = sheet.style().bold();
        let (outcomes, room) = (&self.data.outcomes, columns.cell - 0.5 * size);
        let flat: Vec<Vec<String>> = outcomes.iter().map(|o| bold.wrap(o, room, usize::MAX)).collect();
        let broken = outcomes.iter().any(|o| o.split([' ', '-', '/']).any(|word| bold.width(word) > room));
        let upright = broken || flat.iter().any(|lines| lines.len() > 4);
        let turned: Vec<Vec<String>> = outcomes.iter().map(|o| bold.wrap(o, 14.0 * size, 2)).collect();
        let height = if upright {
            turned.iter().flatten().map(|line| bold.width(line)).fold(2.0 * size, f64::max) + 0.3 * size
        } else {
            bold.height(flat.iter().map(Vec::len).max().unwrap_or(1))
        };
        let foot = sheet.y + height;
        let baseline = foot - 0.35 * size;
        let left = sheet.left;
        sheet.text("header", "Study", left, baseline, bold);
        if columns.designs {
            sheet.text("header", "Design", columns.design_x, baseline, bold);
        }
        if columns.risks {
            sheet.text("header", "Bias", columns.risk_x, baseline, bold);
        }
        let names = outcomes.iter().zip(if upright { &turned } else { &flat });
        for (column, (outcome, lines)) in names.enumerate() {
            let middle = columns.middle(column);
            if upright {
                self.upright(sheet, outcome, lines, (middle, baseline));
            } else {
                sheet.lines("outcome", lines, middle, foot - bold.height(lines.len()), bold.middle());
            }
        }
        sheet.y = foot + 0.3 * size;
    }

    /// The name of an outcome from below upwards, its lines side by side about `x`.
    fn upright(&self, sheet: &mut Sheet, outcome: &str, lines: &[String], (x, y): (f64, f64)) {
        let size = sheet.size;
        for (i, line) in lines.iter().enumerate() {
            let shift = (i as f64 - 0.5 * (lines.len() as f64 - 1.0)) * 1.15 * size;
            let text = Text {
                x: x + shift + 0.5 * font::CAPITAL * size,
                y,
                content: line.clone(),
                size,
                weight: Weight::Bold,
                anchor: Anchor::Start,
                color: self.look.theme.ink,
                rotation: -90.0,
            };
            sheet.scene.push_with_hint("outcome", Shape::Text(text), outcome);
        }
    }

    /// A study: name, design, light, arrows.
    fn row(&self, sheet: &mut Sheet, columns: &Columns, study: &DirectionStudy) {
        let (size, style) = (sheet.size, sheet.style());
        let lines = style.wrap(&study.study, columns.name_room, 3);
        let design = style.wrap(design_of(study), columns.design_room.max(0.0), 2);
        let most = lines.len().max(if columns.designs { design.len() } else { 1 });
        let height = style.height(most).max(2.0 * size) + 0.5 * size;
        let (left, top, center) = (sheet.left, sheet.y, sheet.y + 0.5 * height);
        let first = |lines: &[String]| top + 0.5 * (height - style.height(lines.len()));
        sheet.lines("study", &lines, left, first(&lines), style);
        if columns.designs {
            sheet.lines("design", &design, columns.design_x, first(&design), style);
        }
        if let Some(judgement) = study.risk_of_bias {
            let radius = 0.72 * size;
            let hint = format!("{}: {judgement} risk of bias", study.study);
            sheet.light(judgement, (columns.risk_x + radius, center), radius, &hint);
        }
        for (column, cell) in study.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let x = columns.middle(column);
            let outcome = self.data.outcomes.get(column).map_or("", String::as_str);
            let hint = format!("{}, {outcome}: {}, {} measures", study.study, cell.direction, cell.measures);
            let shape =
                arrow(cell.direction, (x, center), reach(study.size) * size, self.color(cell.direction));
            sheet.scene.push_with_hint("direction", shape, hint);
            if cell.measures > 1 {
                let small = style.sized(0.75 * size);
                let (x, y) = (x + 1.05 * size, center + 0.95 * size);
                sheet.text("measures", &cell.measures.to_string(), x, y, small);
            }
        }
        sheet.y += height;
    }

    /// The votes of each outcome in words.
    fn description(&self) -> Result<String> {
        let votes = self.data.outcomes.iter().map(|o| {
            let [against, mixed, favours] = self.data.votes(o)?;
            Ok(format!("{o}: {favours} for, {against} against, {mixed} mixed."))
        });
        let votes: Vec<String> = votes.collect::<Result<_>>()?;
        Ok(format!("Directions of effect of {} studies. {}", self.data.studies.len(), votes.join(" ")))
    }
}

/// The places of the columns of the table.
struct Columns {
    designs: bool,
    risks: bool,
    name_room: f64,
    /// The room of the text of a design.
    design_room: f64,
    /// The width of an outcome.
    cell: f64,
    design_x: f64,
    risk_x: f64,
    /// The left end of the first outcome, and the right end of the last.
    start: f64,
    end: f64,
}

impl Columns {
    /// The middle of an outcome's column.
    fn middle(&self, column: usize) -> f64 {
        self.start + (column as f64 + 0.5) * self.cell
    }

    /// A line across the table.
    fn rule(&self, sheet: &mut Sheet, stroke: Stroke) {
        let (left, y) = (sheet.left, sheet.y);
        sheet.line("rule", (left, y), (self.end, y), stroke);
    }
}

fn design_of(study: &DirectionStudy) -> &str {
    study.design.as_deref().unwrap_or_default()
}

impl Figure for EffectDirectionPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a direction; [`Error::Setting`] for a size out of range, and if there are more outcomes than the
    /// width can hold.
    fn scene(&self) -> Result<Scene> {
        self.data.check()?;
        let mut sheet = Sheet::new(&self.look)?;
        let style = sheet.style();
        let columns = self.columns(&mut sheet)?;
        self.header(&mut sheet, &columns);
        let ink = Stroke::solid(self.look.theme.ink, self.look.theme.rule);
        let pale = Stroke::solid(self.look.theme.contours[1], 0.4);
        columns.rule(&mut sheet, ink);
        for (row, study) in self.data.studies.iter().enumerate() {
            if row > 0 {
                columns.rule(&mut sheet, pale);
            }
            self.row(&mut sheet, &columns, study);
        }
        columns.rule(&mut sheet, ink);
        self.summary(&mut sheet, style, |column| columns.middle(column))?;
        columns.rule(&mut sheet, ink);
        sheet.y += 0.6 * sheet.size;
        self.legend(&mut sheet, style);
        if columns.risks {
            sheet.y += 0.2 * sheet.size;
            sheet.y += sheet.light_legend(&self.data.judgements(), sheet.y);
        }
        let description = self.description()?;
        Ok(sheet.finish(&self.look, "Effect-direction plot", description))
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }
}

/// An arrow about a point, `reach` to its tips.
fn arrow(direction: Direction, (x, y): (f64, f64), reach: f64, color: crate::plot::Color) -> Shape {
    let (head, half, shaft) = (0.95 * reach, 0.72 * reach, 0.26 * reach);
    let points: Vec<(f64, f64)> = match direction {
        Direction::Mixed => {
            let head = 0.62 * reach;
            let half = 0.6 * reach;
            vec![
                (-reach, 0.0),
                (-reach + head, -half),
                (-reach + head, -shaft),
                (reach - head, -shaft),
                (reach - head, -half),
                (reach, 0.0),
                (reach - head, half),
                (reach - head, shaft),
                (-reach + head, shaft),
                (-reach + head, half),
            ]
        }
        _ => {
            let up = vec![
                (0.0, -reach),
                (half, -reach + head),
                (shaft, -reach + head),
                (shaft, reach),
                (-shaft, reach),
                (-shaft, -reach + head),
                (-half, -reach + head),
            ];
            match direction {
                Direction::Favours => up,
                _ => up.into_iter().map(|(x, y)| (x, -y)).collect(),
            }
        }
    };
    let points = points.into_iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
    Shape::Polygon { points, paint: Paint::fill(color) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::{review::Judgement, sheet::assert_tidy};

    pub(super) fn many(k: usize, outcomes: usize) -> Directions {
        (0..k).fold(Directions::new(), |mut d, i| {
            let study = format!("Study & 王 number {i}");
            for j in 0..outcomes {
                if (i + j) % 3 > 0 {
                    d = d.add(&study, &format!("outcome {j} <b>"), Direction::ALL[(i * j + i) % 3]);
                }
            }
            d.describe(
                &study,
                Some("RCT"),
                Some(i as f64 * 40.0),
                Some(Judgement::ALL[i % 5]),
                Some(1 + (i % 3) as u8),
            )
        })
    }

    #[test]
    fn the_figure_is_tidy() {
        for (k, outcomes) in [(1, 1), (8, 6), (150, 3)] {
            for width in [85.0, 170.0] {
                let directions = many(k, outcomes);
                if directions.check().is_ok() {
                    assert_tidy(
                        &directions.effect_direction().width_mm(width).title("Directions").scene().unwrap(),
                    );
                }
            }
        }
        assert!(many(3, 40).effect_direction().width_mm(85.0).scene().is_err());
        assert!(Directions::new().effect_direction().scene().is_err());
    }

    #[test]
    fn arrows_point_where_the_effect_does() {
        let data = Directions::new().add("S", "o", Direction::Favours).add("S", "p", Direction::Against);
        let scene = data.effect_direction().scene().unwrap();
        let widest = |i: usize| {
            let Shape::Polygon { points, .. } = &scene.of_class("direction").nth(i).unwrap().shape else {
                panic!()
            };
            // The single point that is farthest out vertically and on the axis of the arrow is its tip.
            let b = scene.of_class("direction").nth(i).unwrap().bounds();
            let middle = 0.5 * (b.left + b.right);
            points.iter().find(|p| (p.0 - middle).abs() < 1e-9).unwrap().1 - 0.5 * (b.top + b.bottom)
        };
        assert!(widest(0) < 0.0 && widest(1) > 0.0);
    }
}
