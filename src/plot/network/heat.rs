//! Tables of colored cells: leagues, ranks over outcomes, net heat, contributions.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    network::{Contributions, League, NetHeat, Network, Ranking},
    plot::{
        AxisKind, Color, Figure, Scene, Theme,
        effect_axis::EffectAxis,
        font,
        frame::{Key, Look, Page},
        number,
        scene::{Anchor, Bounds, Paint, Shape, Stroke, Text, Weight},
        sheet::readable_on,
    },
};

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HeatCell {
    /// From −1 (cold) over 0 (paper) to 1 (warm).
    pub heat: f64,
    /// Lines of text, shown where they fit.
    pub lines: Vec<String>,
    /// The text under the pointer.
    pub hint: String,
}

/// A table of colored cells with named rows and columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HeatTable {
    /// The description of the figure.
    pub name: String,
    /// The names of the rows.
    pub rows: Vec<String>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Row by row; `None` for an empty cell.
    pub cells: Vec<Vec<Option<HeatCell>>>,
    /// Names stand on the diagonal in place of names of rows and columns.
    pub names_on_diagonal: bool,
    /// The meaning of the colors: cold and warm; an empty text leaves its color out.
    pub legend: (String, String),
    /// A line at the foot, such as which way a cell is to be read.
    pub reading: String,
    /// Size, theme and heading.
    pub look: Look,
}

impl Figure for HeatTable {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        if rows == 0
            || columns == 0
            || self.cells.len() != rows
            || self.cells.iter().any(|r| r.len() != columns)
        {
            return Err(Error::data(
                "rows, columns and cells that do not fit",
                "give a cell for each row and column",
            ));
        }
        let mut page =
            Page::new(&self.look, &self.name, format!("{}: {rows} rows by {columns} columns.", self.name))?;
        if !self.reading.is_empty() {
            page.note(&self.reading);
        }
        let keys: Vec<Key> = [(&self.legend.0, -1.0), (&self.legend.1, 1.0)]
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, heat)| Key::area(text.clone(), Paint::fill(shade(page.theme, heat))))
            .collect();
        page.legend(&keys);
        if self.names_on_diagonal && !self.diagonal_has_room(&page) {
            let named = HeatTable { names_on_diagonal: false, ..self.clone() };
            Grid::new(&named, &page).draw(&named, &mut page);
        } else {
            Grid::new(self, &page).draw(self, &mut page);
        }
        Ok(page.finish())
    }
}

impl HeatTable {
    /// The names fit into the cells of the diagonal in letters that can be read; else they stand beside the table.
    fn diagonal_has_room(&self, page: &Page) -> bool {
        let width = (page.area.right - page.area.left) / self.columns.len() as f64;
        let size = 0.6 * page.size;
        let fits = |name: &String| font::width(&font::clean(name), size, Weight::Bold) <= width - 0.3 * size;
        self.rows.iter().all(fits)
    }

    fn new(name: &str, rows: Vec<String>, columns: Vec<String>, cells: Vec<Vec<Option<HeatCell>>>) -> Self {
        let height = (30.0 + 8.0 * rows.len() as f64).clamp(60.0, 230.0);
        HeatTable {
            name: name.to_owned(),
            rows,
            columns,
            cells,
            names_on_diagonal: false,
            legend: (String::new(), String::new()),
            reading: String::new(),
            look: Look::new(170.0, height),
        }
    }

    /// A league: below the diagonal the network's estimates, above it what `above` names (`direct estimates`), always row
    /// versus column; colored by how far the estimate is from no effect in standard errors, up to four.
    pub fn league(league: &League, above: &str, axis: &EffectAxis) -> Self {
        let cell = |i: usize, j: usize| {
            let d = league.cells[i][j].as_ref()?;
            let write = |x: f64| axis.write(x, 2);
            let interval = format!("({}, {})", write(d.ci_lower), write(d.ci_upper));
            let kind = if i > j { "network estimate" } else { above };
            Some(HeatCell {
                heat: d.statistic.map_or(0.0, |z| (z / 4.0).clamp(-1.0, 1.0)),
                hint: format!(
                    "{} versus {}, {kind}: {} {interval}",
                    league.order[i],
                    league.order[j],
                    write(d.estimate)
                ),
                lines: vec![write(d.estimate), interval],
            })
        };
        let n = league.order.len();
        let cells = (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect();
        let mut table = HeatTable::new("League table", league.order.clone(), league.order.clone(), cells);
        table.names_on_diagonal = true;
        table.look.height_mm = (20.0 + 9.0 * n as f64).clamp(45.0, 240.0);
        table.legend = ("row lower than column".to_owned(), "row higher than column".to_owned());
        table.reading = format!(
            "{}, row versus column. Below the diagonal: network estimates; above: {above}. Color: estimate over standard error.",
            axis.label
        );
        table
    }

    /// The P-scores of treatments over outcomes; a treatment without one has an empty cell.
    pub fn ranks(rankings: &[(String, Ranking)]) -> Self {
        let mut rows: Vec<String> = Vec::new();
        for name in rankings.iter().flat_map(|(_, ranking)| &ranking.order) {
            if !rows.contains(name) {
                rows.push(name.clone());
            }
        }
        let cell = |name: &String, (outcome, ranking): &(String, Ranking)| {
            let found = ranking.treatments.iter().find(|t| t.treatment == *name)?;
            let percent = number::fixed(100.0 * found.p_score, 0);
            Some(HeatCell {
                heat: 2.0 * found.p_score - 1.0,
                hint: format!("{name}, {outcome}: P-score {percent}%"),
                lines: vec![percent],
            })
        };
        let cells = rows.iter().map(|name| rankings.iter().map(|r| cell(name, r)).collect()).collect();
        let columns = rankings.iter().map(|(outcome, _)| outcome.clone()).collect();
        let mut table = HeatTable::new("Ranks over outcomes", rows, columns, cells);
        table.look.width_mm = 120.0;
        table.legend = ("P-score 0%".to_owned(), "P-score 100%".to_owned());
        table.reading = "P-scores in per cent".to_owned();
        table
    }

    /// The net heat plot; rows and columns of like disagreement stand together.
    pub fn net_heat(heat: &NetHeat, network: &Network) -> Self {
        let order = cluster(&heat.matrix);
        let name = |r: usize| {
            let [a, b] = heat.contrasts[r];
            let pair = format!("{} : {}", network.treatments[a], network.treatments[b]);
            let design = &heat.designs[r];
            if design.len() > 2 { format!("{pair} ({})", network.design_name(design)) } else { pair }
        };
        let largest = heat.matrix.iter().flatten().flatten().fold(0.0_f64, |m, x| m.max(x.abs())).max(1e-12);
        let cell = |r: usize, c: usize| {
            let value = heat.matrix[r][c]?;
            Some(HeatCell {
                heat: value / largest,
                lines: vec![number::fixed(value, 1)],
                hint: format!(
                    "{}: {} of its disagreement leaves with {}; hat {}",
                    name(r),
                    number::fixed(value, 2),
                    name(c),
                    number::fixed(heat.hat[r][c], 2)
                ),
            })
        };
        let names: Vec<String> = order.iter().map(|r| name(*r)).collect();
        let cells = order.iter().map(|r| order.iter().map(|c| cell(*r, *c)).collect()).collect();
        let mut table = HeatTable::new("Net heat plot", names.clone(), names, cells);
        table.look.height_mm = (60.0 + 7.0 * order.len() as f64).clamp(80.0, 240.0);
        table.legend = ("inconsistency grows".to_owned(), "inconsistency leaves".to_owned());
        table.reading =
            "Row: contribution to Q between designs; column: the design that is detached. Diagonal: the contribution."
                .to_owned();
        table
    }

    /// The contribution matrix: comparisons by direct comparisons, in per cent.
    pub fn contributions(contributions: &Contributions) -> Self {
        let rows = contributions.rows.iter().map(|r| format!("{} : {}", r.intervention, r.comparator));
        let columns = contributions.direct.iter().map(|d| format!("{} : {}", d.intervention, d.comparator));
        let (rows, columns): (Vec<String>, Vec<String>) = (rows.collect(), columns.collect());
        let cells = contributions
            .rows
            .iter()
            .enumerate()
            .map(|(r, row)| {
                let cell = |(c, value): (usize, &f64)| {
                    (value.abs() >= 5e-4).then(|| HeatCell {
                        heat: *value,
                        lines: vec![number::fixed(100.0 * value, 0)],
                        hint: format!(
                            "{}: {}% from {}",
                            rows[r],
                            number::fixed(100.0 * value, 1),
                            columns[c]
                        ),
                    })
                };
                row.values.iter().enumerate().map(cell).collect()
            })
            .collect();
        let mut table = HeatTable::new("Contribution matrix", rows, columns, cells);
        table.look.height_mm = (50.0 + 4.0 * contributions.rows.len() as f64).clamp(80.0, 240.0);
        table.legend = (String::new(), "all of the evidence".to_owned());
        table.reading =
            "Contribution of the direct comparison of the column to the row, in per cent".to_owned();
        table
    }
}

/// The color of a heat.
fn shade(theme: Theme, heat: f64) -> Color {
    let color = if heat < 0.0 { theme.study } else { theme.prediction };
    theme.paper.mix(color, 0.9 * heat.abs().min(1.0))
}

/// The places of the cells.
struct Grid {
    area: Bounds,
    cell: (f64, f64),
    /// Sizes of the names of rows, of columns, and of what stands in cells (with the number of lines).
    name_size: f64,
    column_size: f64,
    upright: bool,
    cell_size: f64,
    lines: usize,
}

impl Grid {
    fn new(table: &HeatTable, page: &Page) -> Self {
        let a = page.area;
        let (rows, columns) = (table.rows.len() as f64, table.columns.len() as f64);
        let regular = |text: &str, size: f64| font::width(&font::clean(text), size, Weight::Regular);
        if table.names_on_diagonal {
            let cell = ((a.right - a.left) / columns, (a.bottom - a.top) / rows);
            let (cell_size, lines) = fitting(table, cell, page);
            let name_size = page.size.min(0.7 * cell.1);
            return Grid { area: a, cell, name_size, column_size: 0.0, upright: false, cell_size, lines };
        }
        let name_size = page.size.min(0.85 * (a.bottom - a.top) / (rows + 3.0)).max(2.0);
        let room = 0.34 * (a.right - a.left);
        let widest = table.rows.iter().map(|n| regular(n, name_size)).fold(0.0, f64::max);
        // Long names take smaller letters before they are cut.
        let shrink = (room / widest.max(1e-9)).clamp(0.7, 1.0);
        let (name_size, widest) = (name_size * shrink, widest * shrink);
        let left = a.left + widest.min(room) + 0.6 * name_size;
        let width = (a.right - left) / columns;
        let flat = table.columns.iter().all(|n| regular(n, page.size) <= width - 0.4 * page.size);
        let column_size = if flat { page.size } else { page.size.min(0.85 * width).max(2.0) };
        let top = if flat {
            1.5 * page.size
        } else {
            let longest = table.columns.iter().map(|n| regular(n, column_size)).fold(0.0, f64::max);
            longest.min(0.34 * (a.bottom - a.top)) + 0.6 * column_size
        };
        let area = Bounds { left, top: a.top + top, ..a };
        let cell = (width, ((area.bottom - area.top) / rows).min(4.5 * page.size));
        let (cell_size, lines) = fitting(table, cell, page);
        Grid {
            area,
            cell,
            name_size: name_size.min(0.9 * cell.1),
            column_size,
            upright: !flat,
            cell_size,
            lines,
        }
    }

    fn at(&self, row: usize, column: usize) -> (f64, f64) {
        (self.area.left + column as f64 * self.cell.0, self.area.top + row as f64 * self.cell.1)
    }

    fn draw(&self, table: &HeatTable, page: &mut Page) {
        let theme = page.theme;
        for (r, row) in table.cells.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let (x, y) = self.at(r, c);
                let line = Stroke::solid(theme.paper, 0.5);
                let color = cell.as_ref().map_or(theme.contours[0], |cell| shade(theme, cell.heat));
                let shape = Shape::Rect {
                    x,
                    y,
                    width: self.cell.0,
                    height: self.cell.1,
                    paint: Paint::outlined(color, line),
                };
                match cell {
                    Some(cell) => page.scene.push_with_hint("cell", shape, &cell.hint),
                    None => page.scene.push("empty-cell", shape),
                }
                if let Some(cell) = cell {
                    self.write(page, cell, (x, y), readable_on(color));
                }
            }
        }
        if table.names_on_diagonal {
            self.diagonal(table, page);
        } else {
            self.names(table, page);
        }
    }

    fn write(&self, page: &mut Page, cell: &HeatCell, (x, y): (f64, f64), color: Color) {
        if self.lines == 0 {
            return;
        }
        let lines = &cell.lines[..self.lines.min(cell.lines.len())];
        let step = 1.2 * self.cell_size;
        let first = y + 0.5 * self.cell.1 - 0.5 * step * (lines.len() as f64 - 1.0) + 0.36 * self.cell_size;
        for (i, line) in lines.iter().enumerate() {
            let text = page.text(x + 0.5 * self.cell.0, first + step * i as f64, line, Anchor::Middle);
            page.scene.push("value", Shape::Text(Text { size: self.cell_size, color, ..text }));
        }
    }

    fn diagonal(&self, table: &HeatTable, page: &mut Page) {
        for (i, name) in table.rows.iter().enumerate() {
            let (x, y) = self.at(i, i);
            let room = self.cell.0 - 0.3 * self.name_size;
            let size = self.name_size;
            // A name that does not fit its cell takes smaller letters before it is cut.
            let full = font::width(&font::clean(name), size, Weight::Bold);
            let size =
                (size * (room / full).min(1.0)).max(0.6 * size.min(page.theme.smallest_size)).min(size);
            let measure = |text: &str| font::width(text, size, Weight::Bold);
            let content = font::cut(&font::clean(name), room, measure);
            let text = page.text(
                x + 0.5 * self.cell.0,
                y + 0.5 * self.cell.1 + 0.36 * size,
                &content,
                Anchor::Middle,
            );
            let shape = Shape::Text(Text { size, weight: Weight::Bold, ..text });
            page.scene.push_with_hint("name", shape, name);
        }
    }

    fn names(&self, table: &HeatTable, page: &mut Page) {
        let left = page.area.left;
        for (r, name) in table.rows.iter().enumerate() {
            let (x, y) = self.at(r, 0);
            let measure = |text: &str| font::width(text, self.name_size, Weight::Regular);
            let content = font::cut(&font::clean(name), x - left - 0.5 * self.name_size, measure);
            let text = page.text(
                x - 0.5 * self.name_size,
                y + 0.5 * self.cell.1 + 0.36 * self.name_size,
                &content,
                Anchor::End,
            );
            page.scene.push_with_hint("row-name", Shape::Text(Text { size: self.name_size, ..text }), name);
        }
        for (c, name) in table.columns.iter().enumerate() {
            let (x, y) = self.at(0, c);
            let size = self.column_size;
            let measure = |text: &str| font::width(text, size, Weight::Regular);
            let room = y - page.area.top - 0.5 * size;
            let text = if self.upright {
                let content = font::cut(&font::clean(name), room, measure);
                let at = (x + 0.5 * self.cell.0 + 0.34 * size, y - 0.4 * size);
                Text { size, rotation: -90.0, ..page.text(at.0, at.1, &content, Anchor::Start) }
            } else {
                Text { size, ..page.text(x + 0.5 * self.cell.0, y - 0.5 * size, name, Anchor::Middle) }
            };
            page.scene.push_with_hint("column-name", Shape::Text(text), name);
        }
    }
}

/// The size of the text in cells and how many of its lines fit; 0 lines where none is legible.
fn fitting(table: &HeatTable, cell: (f64, f64), page: &Page) -> (f64, usize) {
    let smallest = page.theme.smallest_size - 1.0;
    let most = table.cells.iter().flatten().flatten().map(|c| c.lines.len()).max().unwrap_or(0);
    for lines in (1..=most).rev() {
        let texts = table.cells.iter().flatten().flatten().flat_map(|c| c.lines.iter().take(lines));
        let widest = texts.map(|t| font::width(t, 1.0, Weight::Regular)).fold(0.0, f64::max);
        let size = (0.92 * cell.0 / widest.max(1e-9))
            .min(0.92 * cell.1 / (1.2 * lines as f64 + 0.1))
            .min(0.95 * page.size);
        if size >= smallest {
            return (size, lines);
        }
    }
    (0.0, 0)
}

/// A part of the largest entry by which one distance must be shorter than another: less is rounding, and the first pair is taken.
const ROUNDING: f64 = 1e-9;

/// Rows so ordered that like ones are neighbors: clusters joined by their mean distance, each turned as it was found.
fn cluster(matrix: &[Vec<Option<f64>>]) -> Vec<usize> {
    let n = matrix.len();
    let distance = |a: usize, b: usize| -> f64 {
        let rows = matrix[a].iter().zip(&matrix[b]);
        rows.map(|(x, y)| (x.unwrap_or(0.0) - y.unwrap_or(0.0)).powi(2)).sum::<f64>().sqrt()
    };
    let rounding = ROUNDING * matrix.iter().flatten().flatten().fold(0.0, |most: f64, x| most.max(x.abs()));
    let mut clusters: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    while clusters.len() > 1 {
        let mut best = (f64::INFINITY, 0, 1);
        for a in 0..clusters.len() {
            for b in a + 1..clusters.len() {
                let pairs = clusters[a].iter().flat_map(|i| clusters[b].iter().map(move |j| (*i, *j)));
                let count = (clusters[a].len() * clusters[b].len()) as f64;
                let mean = pairs.map(|(i, j)| distance(i, j)).sum::<f64>() / count;
                if mean < best.0 - rounding {
                    best = (mean, a, b);
                }
            }
        }
        let joined = clusters.remove(best.2);
        clusters[best.1].extend(joined);
    }
    clusters.into_iter().flatten().collect()
}

/// The axis of a league from its measure.
impl EffectAxis {
    /// The axis of a network.
    pub fn of_network(network: &Network) -> Self {
        let own = EffectAxis::of_measure(network.measure);
        match network.scale {
            Some(crate::effect::Scale::Ratio) if own.kind == AxisKind::Linear => {
                EffectAxis { kind: AxisKind::Log, ..own }
            }
            _ => own,
        }
    }
}
