//! Layouts after those of RevMan 5, JAMA and The BMJ.

use super::{ColumnSide, Forest, ForestColumn, ForestRow, IntervalStyle, StatisticsStyle};
use crate::plot::{
    scene::Anchor,
    theme::{Color, Theme},
};

/// A layout that readers of a journal or program know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ForestPreset {
    /// Review Manager 5: data, weights and numbers on the left, the plot at the right; blue squares, black diamonds.
    RevMan5,
    /// JAMA: "Source", events and totals in one column for each group, numbers on the left, weights on the right.
    Jama,
    /// The BMJ: events and totals in one column for each group, weights and numbers on the right.
    Bmj,
}

crate::codes::codes!(ForestPreset, "layout" {
    RevMan5 "revman5" ["revman"], Jama "jama" [], Bmj "bmj" [],
});

impl Forest {
    /// Takes on a layout: the order of the columns, headers, the style of intervals, colors. Everything can be changed
    /// afterwards.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::{Measure, plot::forest::*};
    ///
    /// let forest = Forest::of_measure(Measure::RiskRatio)
    ///     .column(ForestColumn::new("Events").group("Vaccine"))
    ///     .column(ForestColumn::new("Total").group("Vaccine"))
    ///     .study(ForestStudy::new("Aronson 1948").cells(["4", "123"]).effect(-0.89, -2.01, 0.23).weight(100.0))
    ///     .preset(ForestPreset::Jama);
    /// assert!(forest.scene()?.texts().any(|text| text.content == "4/123"));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    #[must_use]
    pub fn preset(mut self, preset: ForestPreset) -> Self {
        let gray = self.look.theme.is_gray();
        match preset {
            ForestPreset::RevMan5 => {
                self.study_header = "Study or Subgroup".to_owned();
                (self.weights_side, self.numbers_side) = (ColumnSide::Left, ColumnSide::Left);
                self.interval_style = IntervalStyle::Brackets;
                self = self.statistics(StatisticsStyle::RevMan);
                self.look.theme = Theme {
                    study: Color(0x1c, 0x4f, 0xc4),
                    subtotal: Color(0x4a, 0x4a, 0x4a),
                    summary: Color::BLACK,
                    prediction: Color(0x8a, 0x8a, 0x8a),
                    ..self.look.theme
                };
            }
            ForestPreset::Jama => {
                self.study_header = "Source".to_owned();
                self.merge_data();
                (self.weights_side, self.numbers_side) = (ColumnSide::Right, ColumnSide::Left);
                self.interval_style = IntervalStyle::To;
                self.look.theme = Theme {
                    study: Color(0x3a, 0x4f, 0x74),
                    subtotal: Color(0x8a, 0x97, 0xb0),
                    summary: Color(0xa8, 0x5b, 0x12),
                    prediction: Color(0x77, 0x77, 0x77),
                    ..self.look.theme
                };
            }
            ForestPreset::Bmj => {
                self.merge_data();
                (self.weights_side, self.numbers_side) = (ColumnSide::Right, ColumnSide::Right);
                self.interval_style = IntervalStyle::To;
                self.look.theme = Theme {
                    study: Color(0x5b, 0x4a, 0x9c),
                    subtotal: Color(0x9d, 0x92, 0xc8),
                    summary: Color(0x2c, 0x20, 0x66),
                    prediction: Color(0x77, 0x77, 0x77),
                    ..self.look.theme
                };
            }
        }
        if gray {
            self.look.theme = self.look.theme.to_gray();
        }
        self
    }

    /// Joins the columns of a group: events and totals to `4/123`, means and standard deviations to `5.1 (1.2)`.
    fn merge_data(&mut self) {
        let mut i = 0;
        while i + 1 < self.columns.len() {
            let pair = (self.columns.get(i), self.columns.get(i + 1));
            let (Some(first), Some(second)) = pair else { return };
            let fraction = first.header == "Events" && (second.header == "Total" || second.header == "Time");
            let spread = first.header == "Mean" && second.header == "SD";
            if !(fraction || spread) || first.group != second.group || first.side != second.side {
                i += 1;
                continue;
            }
            let header = match (fraction, &second.header) {
                (true, total) => format!("Events/{}", total.to_lowercase()),
                (false, _) => "Mean (SD)".to_owned(),
            };
            let merged = ForestColumn { header, align: Anchor::End, ..first.clone() };
            self.columns.splice(i..i + 2, [merged]);
            for row in &mut self.rows {
                match row {
                    ForestRow::Study(study) => join(&mut study.cells, i, fraction),
                    ForestRow::Summary(summary) => join(&mut summary.cells, i, fraction),
                    ForestRow::Sums(_, cells) => join(cells, i, fraction),
                    ForestRow::Statistics(found) => {
                        join(&mut found.totals, i, fraction);
                        join(&mut found.events, i, fraction);
                    }
                    _ => {}
                }
            }
            i += 1;
        }
    }
}

/// Joins cell `i` with the next one.
fn join(cells: &mut Vec<String>, i: usize, fraction: bool) {
    if cells.len() <= i {
        return;
    }
    let first = cells.get(i).cloned().unwrap_or_default();
    let second = cells.get(i + 1).cloned().unwrap_or_default();
    let joined = match (first.is_empty(), second.is_empty(), fraction) {
        (true, true, _) => String::new(),
        (false, true, true) => first,
        (true, false, true) => second,
        (_, _, true) => format!("{first}/{second}"),
        (_, _, false) => format!("{first} ({second})"),
    };
    let end = (i + 2).min(cells.len());
    cells.splice(i..end, [joined]);
}
