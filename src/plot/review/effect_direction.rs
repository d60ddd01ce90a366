//! The effect-direction plot: an arrow for each study and outcome.
//!
//! An arrow points up where the study favours the intervention and down where it favours the comparator; two heads sideways
//! say both ways, or no difference. Large arrows stand for more than 300 people, small ones for fewer than 50 (Boon and
//! Thomson 2021, doi:10.1002/jrsm.1458); a figure beside an arrow counts its measures if there are several. The last rows count the
//! studies of each outcome and give the exact sign test.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{Direction, Directions};
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
}

impl Figure for EffectDirectionPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a direction; [`Error::Setting`] for a size out of range, and if there are more outcomes than the
    /// width can hold.
    fn scene(&self) -> Result<Scene> {
        let data = &self.data;
        data.check()?;
        let mut sheet = Sheet::new(&self.look)?;
        let size = sheet.size;
        let style = sheet.style();
        let outcomes = data.outcomes.len();
        let gap = 0.8 * size;
        let widest = |get: &dyn Fn(&super::DirectionStudy) -> String, header: &str| {
            data.studies.iter().map(|s| style.width(&get(s))).fold(style.bold().width(header), f64::max)
        };
        let design_of = |s: &super::DirectionStudy| s.design.clone().unwrap_or_default();
        let names = widest(&|s| s.study.clone(), "Sign test, P");
        let least = 2.9 * size;
        let has_designs = data.studies.iter().any(|s| s.design.is_some());
        let has_risks = data.studies.iter().any(|s| s.risk_of_bias.is_some());
        // Designs go first where there is no room for all columns, then judgements of bias.
        let measured = [(has_designs, has_risks), (false, has_risks), (false, false)].into_iter().find_map(
            |(designs, risks)| {
                let design_room =
                    if designs { widest(&design_of, "Design").min(9.0 * size) + gap } else { 0.0 };
                let risk_room = if risks { style.bold().width("Bias").max(1.8 * size) + gap } else { 0.0 };
                let room = sheet.room() - design_room - risk_room;
                let cell = ((room - names - gap) / outcomes as f64).clamp(least, 11.0 * size);
                let name_room = (room - gap - cell * outcomes as f64).min(names);
                // The rows of counts need their names whole.
                (name_room >= names.min(style.bold().width("Sign test, P"))).then_some((
                    designs,
                    risks,
                    design_room,
                    risk_room,
                    cell,
                    name_room,
                ))
            },
        );
        let Some((designs, risks, design_room, risk_room, cell, name_room)) = measured else {
            let found = format!("{} mm for {outcomes} outcomes", self.look.width_mm);
            return Err(Error::setting("width", found, "give a wider page, or fewer outcomes"));
        };
        let left_out: Vec<&str> = [(has_designs && !designs, "Design"), (has_risks && !risks, "Bias")]
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
        let design_x = sheet.left + name_room + gap;
        let risk_x = design_x + design_room;
        let start = risk_x + risk_room;
        let end = start + cell * outcomes as f64;
        let middle = |column: usize| start + (column as f64 + 0.5) * cell;

        // Names of outcomes stand upright where they are too wide for their column.
        let bold = style.bold();
        let flat: Vec<Vec<String>> =
            data.outcomes.iter().map(|o| bold.wrap(o, cell - 0.5 * size, usize::MAX)).collect();
        let broken = data
            .outcomes
            .iter()
            .any(|o| o.split([' ', '-', '/']).any(|word| bold.width(word) > cell - 0.5 * size));
        let upright = broken || flat.iter().any(|lines| lines.len() > 4);
        let tall = 14.0 * size;
        let turned: Vec<Vec<String>> = data.outcomes.iter().map(|o| bold.wrap(o, tall, 2)).collect();
        let header = if upright {
            turned.iter().flatten().map(|line| bold.width(line)).fold(2.0 * size, f64::max) + 0.3 * size
        } else {
            bold.height(flat.iter().map(Vec::len).max().unwrap_or(1))
        };
        let foot = sheet.y + header;
        let baseline = foot - 0.35 * size;
        let left = sheet.left;
        sheet.text("header", "Study", left, baseline, bold);
        if designs {
            sheet.text("header", "Design", design_x, baseline, bold);
        }
        if risks {
            sheet.text("header", "Bias", risk_x, baseline, bold);
        }
        for (column, outcome) in data.outcomes.iter().enumerate() {
            if upright {
                let lines = turned.get(column).map_or(&[][..], Vec::as_slice);
                for (i, line) in lines.iter().enumerate() {
                    let shift = (i as f64 - 0.5 * (lines.len() as f64 - 1.0)) * 1.15 * size;
                    let x = middle(column) + shift + 0.5 * font::CAPITAL * size;
                    let text = Text {
                        x,
                        y: baseline,
                        content: line.clone(),
                        size,
                        weight: Weight::Bold,
                        anchor: Anchor::Start,
                        color: self.look.theme.ink,
                        rotation: -90.0,
                    };
                    sheet.scene.push_with_hint("outcome", Shape::Text(text), outcome);
                }
            } else if let Some(lines) = flat.get(column) {
                let y = foot - bold.height(lines.len());
                sheet.lines("outcome", lines, middle(column), y, bold.middle());
            }
        }
        sheet.y = foot + 0.3 * size;
        let ink = Stroke::solid(self.look.theme.ink, self.look.theme.rule);
        let pale = Stroke::solid(self.look.theme.contours[1], 0.4);
        let rule = |sheet: &mut Sheet, stroke: Stroke| {
            let (left, y) = (sheet.left, sheet.y);
            sheet.line("rule", (left, y), (end, y), stroke);
        };
        rule(&mut sheet, ink);
        for (row, study) in data.studies.iter().enumerate() {
            if row > 0 {
                rule(&mut sheet, pale);
            }
            let lines = style.wrap(&study.study, name_room, 3);
            let design = style.wrap(&design_of(study), (design_room - gap).max(0.0), 2);
            let height =
                style.height(lines.len().max(if designs { design.len() } else { 1 })).max(2.0 * size)
                    + 0.5 * size;
            let center = sheet.y + 0.5 * height;
            let (left, top) = (sheet.left, sheet.y);
            sheet.lines("study", &lines, left, top + 0.5 * (height - style.height(lines.len())), style);
            if designs {
                sheet.lines(
                    "design",
                    &design,
                    design_x,
                    top + 0.5 * (height - style.height(design.len())),
                    style,
                );
            }
            if let Some(judgement) = study.risk_of_bias {
                let radius = 0.72 * size;
                let hint = format!("{}: {judgement} risk of bias", study.study);
                sheet.light(judgement, (risk_x + radius, center), radius, &hint);
            }
            for (column, cell) in study.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let x = middle(column);
                let outcome = data.outcomes.get(column).map_or("", String::as_str);
                let hint =
                    format!("{}, {outcome}: {}, {} measures", study.study, cell.direction, cell.measures);
                let color = self.color(cell.direction);
                let reach = reach(study.size) * size;
                sheet.scene.push_with_hint(
                    "direction",
                    arrow(cell.direction, (x, center), reach, color),
                    hint,
                );
                if cell.measures > 1 {
                    let small = style.sized(0.75 * size);
                    sheet.text(
                        "measures",
                        &cell.measures.to_string(),
                        x + 1.05 * size,
                        center + 0.95 * size,
                        small,
                    );
                }
            }
            sheet.y += height;
        }
        rule(&mut sheet, ink);
        self.summary(&mut sheet, style, middle)?;
        rule(&mut sheet, ink);
        sheet.y += 0.6 * size;
        self.legend(&mut sheet, style);
        if risks {
            sheet.y += 0.2 * size;
            sheet.y += sheet.light_legend(&data.judgements(), sheet.y);
        }
        let votes: Vec<String> = data
            .outcomes
            .iter()
            .map(|o| {
                let [against, mixed, favours] = data.votes(o)?;
                Ok(format!("{o}: {favours} for, {against} against, {mixed} mixed."))
            })
            .collect::<Result<_>>()?;
        let description =
            format!("Directions of effect of {} studies. {}", data.studies.len(), votes.join(" "));
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
