//! The dominance matrix (permutation matrix): studies by the direction of their differences in cost and effect.
//!
//! Reference: Nixon J, Khan KS, Kleijnen J (2001). Summarising economic evaluations in systematic reviews: a new approach. BMJ
//! 322:1596-1598. doi:10.1136/bmj.322.7302.1596

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    economics::DominanceMatrix,
    plot::{
        Color, Scene,
        frame::Look,
        scene::{Paint, Stroke},
        sheet::{LINE, Sheet, page_wide},
    },
};

/// The figure of a dominance matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DominancePlot {
    /// The matrix.
    pub matrix: DominanceMatrix,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

impl DominanceMatrix {
    /// The figure of the matrix, with the names of the studies.
    pub fn plot(&self) -> DominancePlot {
        DominancePlot { matrix: self.clone(), look: page_wide() }
    }
}

/// The verdict of a cell, its shade and its sign; rows cheaper, same, dearer; columns better, same, worse.
fn meaning(row: usize, column: usize) -> (&'static str, Color, &'static str) {
    match (row, column) {
        (1, 1) => ("indifferent", Color(0xee, 0xf0, 0xf2), "="),
        (0, 2) | (2, 0) => ("trade-off", Color(0xf6, 0xe3, 0xb4), "?"),
        _ if row + column < 2 => ("accept", Color(0xc3, 0xe6, 0xdc), "+"),
        _ => ("reject", Color(0xe9, 0xc4, 0xbe), "−"),
    }
}

impl DominancePlot {}

impl Figure for DominancePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`](crate::Error::Setting) for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let matrix = &self.matrix;
        let mut sheet = Sheet::new(&self.look)?;
        let size = sheet.size;
        let (style, bold) = (sheet.style(), sheet.style().bold());
        let rows = ["Lower cost", "Same cost", "Higher cost"];
        let columns = ["Better effect", "Same effect", "Worse effect"];
        let head =
            rows.iter().map(|r| bold.width(r)).fold(0.0, f64::max).min(0.22 * sheet.room()) + 0.8 * size;
        let width = (sheet.right - sheet.left - head) / 3.0;
        let x = |column: usize, left: f64| left + head + column as f64 * width;
        let (left, top) = (sheet.left, sheet.y);
        let mut header = 0.0_f64;
        for (column, name) in columns.iter().enumerate() {
            let middle = x(column, left) + 0.5 * width;
            header = header.max(sheet.paragraph("header", name, middle, top, width - size, bold.middle()));
        }
        sheet.y = top + header + 0.3 * size;
        let pad = 0.5 * size;
        let small = style.sized(0.9 * size);
        for (i, name) in rows.iter().enumerate() {
            let names: Vec<Vec<String>> = (0..3)
                .map(|j| {
                    let studies = matrix.studies.get(i).and_then(|row| row.get(j));
                    let text = studies.map_or(String::new(), |s| s.join("; "));
                    if text.is_empty() {
                        Vec::new()
                    } else {
                        small.wrap(&text, width - 2.0 * pad, usize::MAX)
                    }
                })
                .collect();
            let most = names.iter().map(Vec::len).max().unwrap_or(0);
            let large = bold.sized(1.6 * size);
            let height = 2.0 * pad + LINE * large.size + small.height(most) + 1.2 * size;
            let y = sheet.y;
            let lines = bold.wrap(name, head - 0.6 * size, 3);
            sheet.lines("header", &lines, left, y + 0.5 * (height - bold.height(lines.len())), bold);
            for (j, names) in names.iter().enumerate() {
                let (word, shade, sign) = meaning(i, j);
                let at = x(j, left);
                let paint = Paint::outlined(shade, Stroke::solid(self.look.theme.paper, 1.5));
                sheet.rect("cell", at, y, width, height, paint);
                let count = matrix.counts.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
                sheet.text("count", &count.to_string(), at + pad, y + pad + 1.35 * size, large);
                let tag = small.end();
                sheet.text(
                    "decision",
                    &format!("{sign} {word}"),
                    at + width - pad,
                    y + pad + 1.2 * size,
                    tag,
                );
                sheet.lines("studies", names, at + pad, y + pad + LINE * large.size + 0.3 * size, small);
            }
            sheet.y += height;
        }
        sheet.y += 0.5 * size;
        let note = format!(
            "{} accept, {} trade-off, {} reject, {} indifferent. Intervention minus comparator; {}.",
            matrix.accept, matrix.judgement, matrix.reject, matrix.indifferent, matrix.rule
        );
        let (y, room) = (sheet.y, sheet.room());
        sheet.y += sheet.paragraph("note", &note, left, y, room, small);
        Ok(sheet.finish(&self.look, "Dominance matrix", note))
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
    use crate::{
        economics::{DominanceStudy, ZeroRule},
        plot::sheet::assert_tidy,
    };

    #[test]
    fn the_figure_is_tidy_and_counts_every_study() {
        for k in [1, 9, 60] {
            let studies = (0..k).map(|i| {
                DominanceStudy::new(
                    format!("Müller & <b> {i}"),
                    f64::from(i % 3) - 1.0,
                    f64::from(i % 4) - 1.5,
                )
            });
            let matrix = DominanceMatrix::new(studies, ZeroRule::Exact).unwrap();
            for width in [85.0, 170.0] {
                let scene = matrix.plot().width_mm(width).title("T").scene().unwrap();
                assert_tidy(&scene);
                assert_eq!(scene.of_class("cell").count(), 9);
                let sum: i32 = scene
                    .of_class("count")
                    .map(|e| match &e.shape {
                        crate::plot::scene::Shape::Text(text) => text.content.parse::<i32>().unwrap(),
                        _ => 0,
                    })
                    .sum();
                assert_eq!(sum, k);
            }
        }
    }
}
