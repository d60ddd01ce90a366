//! A forest plot of many studies on several pages: each with the header and the axis, all on one scale.

use super::{
    Forest,
    draw::Drawing,
    layout::{self, Layout, PlacedRow},
    prepare::{self, Prepared, RowKind},
};
use crate::{
    Error, Result,
    plot::{Scene, scene::POINTS_PER_MM},
};

impl Forest {
    /// Lays the figure out on pages that are at most so high in millimeters. Columns, sizes and axis are the same on each; what stands
    /// below the axis comes with the last.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](crate::plot::Figure::scene), and [`Error::Setting`] for a height that does not hold the header, the axis
    /// and a few rows.
    pub fn pages(&self, height_mm: f64) -> Result<Vec<Scene>> {
        let prepared = prepare::prepare(self)?;
        let layout = layout::layout(self, &prepared)?;
        let whole = self.drawn(&prepared, &layout);
        let limit = height_mm * POINTS_PER_MM;
        let Some(first) = layout.rows.first() else { return Ok(vec![whole]) };
        let bare = Layout { footer: Vec::new(), ..layout.clone() };
        let below = |layout: &Layout, scene: &Scene| scene.height - layout.rows_bottom;
        let axis = below(&bare, &self.drawn(&prepared, &bare));
        let tail = layout.rows.last().map_or(0.0, |last| layout.rows_bottom - last.bottom);
        let room = limit - first.top - axis - tail;
        let footer = (below(&layout, &whole) - axis).max(0.0);
        let tallest = layout.rows.iter().map(|row| row.bottom - row.top).fold(0.0, f64::max);
        if !(room >= 3.0 * tallest && room - footer >= tallest) {
            return Err(Error::setting(
                "pages",
                format!("a height of {height_mm} mm does not hold the header, the axis and three rows"),
                "give a greater height",
            ));
        }
        let blocks = blocks(&prepared, &layout.rows, room, footer);
        let count = blocks.len();
        let pages = blocks.into_iter().enumerate().map(|(page, Block { again, rows })| {
            let last = page + 1 == count;
            let placed = |row: &PlacedRow, top: f64| PlacedRow {
                top,
                bottom: top + row.bottom - row.top,
                ..row.clone()
            };
            let again = again.map(|heading| placed(heading, first.top));
            let begin = again.as_ref().map_or(first.top, |heading| heading.bottom);
            let shift = rows.first().map_or(0.0, |row| row.top - begin);
            let moved = rows.iter().map(|row| placed(row, row.top - shift));
            let rows: Vec<PlacedRow> = again.clone().into_iter().chain(moved).collect();
            let rows_bottom = rows.last().map_or(first.top, |row| row.bottom) + tail;
            let footer = if last { layout.footer.clone() } else { Vec::new() };
            let mut scene = self.drawn(&prepared, &Layout { rows, rows_bottom, footer, ..layout.clone() });
            if count > 1 {
                scene.title += &format!(" (page {} of {count})", page + 1);
            }
            if page > 0 {
                scene.notes.clear();
            }
            scene
        });
        Ok(pages.collect())
    }

    pub(super) fn drawn(&self, prepared: &Prepared, layout: &Layout) -> Scene {
        Drawing { forest: self, prepared, layout, theme: &self.look.theme }.draw()
    }
}

/// The rows of a page, below the heading of their subgroup where that stands on an earlier one.
struct Block<'a> {
    again: Option<&'a PlacedRow>,
    rows: &'a [PlacedRow],
}

/// The rows of each page; no page ends with the heading of what stands on the next one.
fn blocks<'a>(prepared: &Prepared, rows: &'a [PlacedRow], room: f64, footer: f64) -> Vec<Block<'a>> {
    let kind = |row: &PlacedRow| prepared.rows.get(row.index).map(|prepared| prepared.kind);
    let heading = |row: &PlacedRow| kind(row) == Some(RowKind::Heading);
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut rest = rows;
    let (mut within, mut closed): (Option<&'a PlacedRow>, bool) = (None, false);
    while let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        let begins = matches!(kind(first), Some(RowKind::Heading | RowKind::Total | RowKind::Prediction));
        let again = within.filter(|_| !(begins || closed && kind(first) == Some(RowKind::Study)));
        let room = room - again.map_or(0.0, |heading| heading.bottom - heading.top);
        if last.bottom - first.top <= room - footer {
            blocks.push(Block { again, rows: rest });
            break;
        }
        let fitting = rest.iter().take_while(|row| row.bottom - first.top <= room).count();
        // What is below the last rows takes their place on one more page.
        let mut end = fitting.min(rest.len() - 1).max(1);
        while end > 1 && rest.get(end - 1).is_some_and(heading) {
            end -= 1;
        }
        let (page, after) = rest.split_at(end);
        for row in page {
            closed = match kind(row) {
                Some(RowKind::Heading) => false,
                Some(RowKind::Subtotal) => true,
                _ => closed,
            };
            within = match kind(row) {
                Some(RowKind::Heading) => Some(row),
                Some(RowKind::Total) => None,
                Some(RowKind::Study) if closed => None,
                _ => within,
            };
        }
        blocks.push(Block { again, rows: page });
        rest = after;
    }
    blocks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::plot::{
        Figure as _, Forest,
        forest::{ForestStudy, ForestSummary},
        scene::POINTS_PER_MM,
        sheet::assert_tidy,
    };

    #[test]
    fn every_study_stands_on_one_page() {
        let forest = (0..160)
            .fold(Forest::new("Mean difference"), |forest, i| {
                let forest = if i % 40 == 0 { forest.heading(format!("Block {i}")) } else { forest };
                forest.study(ForestStudy::new(format!("Study {i}")).effect(1.0, 0.5, 1.5).weight(1.0))
            })
            .summary(ForestSummary::new("All", 1.0, 0.9, 1.1))
            .footer("A line below the axis.");
        let pages = forest.pages(240.0).unwrap();
        assert!(pages.len() >= 3, "{}", pages.len());
        for page in &pages {
            assert_tidy(page);
            assert!(page.height <= 240.0 * POINTS_PER_MM + 1e-6, "{}", page.height);
            assert_eq!(page.of_class("axis").count(), 1);
        }
        assert_eq!(pages.iter().map(|page| page.of_class("square").count()).sum::<usize>(), 160);
        assert_eq!(pages.iter().map(|page| page.of_class("diamond").count()).sum::<usize>(), 1);
        let ticks = |page: &crate::plot::Scene| -> Vec<String> {
            page.of_class("tick-label").map(|tick| format!("{:?}", tick.bounds().left)).collect()
        };
        assert!(pages.windows(2).all(|pair| ticks(&pair[0]) == ticks(&pair[1])), "one axis");
        // a page that begins within a block repeats its name
        let named = |page: &crate::plot::Scene| {
            let mut texts = page.texts().map(|text| text.content.clone());
            texts.any(|text| text.starts_with("Block "))
        };
        assert!(pages.iter().all(named));
        assert_eq!(forest.pages(2000.0).unwrap(), [forest.scene().unwrap()]);
        assert!(forest.pages(20.0).is_err());
    }
}
