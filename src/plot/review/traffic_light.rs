//! The risk of bias as traffic lights, and as bars by domain.
//!
//! Each light bears a sign beside its color, and the worse a judgement the darker it is, so that gray copies and
//! color-blind readers lose nothing. The layout of both figures is the customary one of the tools' guidance.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{Judgement, RiskOfBias};
use crate::{
    Error, Result,
    plot::{
        font,
        frame::Look,
        number::{fixed, percent},
        scene::{Paint, Scene, Shape, Stroke, Weight},
        sheet::{LINE, Sheet, Style, page_wide, readable_on},
    },
};

/// A row for each study, a light for each judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrafficLight {
    /// The judgements.
    pub data: RiskOfBias,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

/// A bar for each domain, divided by judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RiskOfBiasSummary {
    /// The judgements.
    pub data: RiskOfBias,
    /// True if bars show shares of the weights instead of shares of the studies.
    pub weighted: bool,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

impl RiskOfBias {
    /// The traffic-light figure.
    pub fn traffic_light(&self) -> TrafficLight {
        TrafficLight { data: self.clone(), look: page_wide() }
    }

    /// The bars by domain; they show shares of the weights if every study has one.
    pub fn summary(&self) -> RiskOfBiasSummary {
        RiskOfBiasSummary {
            data: self.clone(),
            weighted: !self.studies.is_empty() && self.studies.iter().all(|s| s.weight.is_some()),
            look: page_wide(),
        }
    }
}

/// The radius of a light in ems.
const RADIUS: f64 = 0.78;

/// The room in ems that the meaning of columns and signs needs beside the table.
const BESIDE: f64 = 16.0;

/// The places of the columns of lights.
struct Columns {
    count: usize,
    /// The width of the names of studies.
    labels: f64,
    start: f64,
    cell: f64,
    /// The extra width of the last column, as "Overall" is wider than a narrow column.
    extra: f64,
    right: f64,
}

impl Columns {
    fn middle(&self, column: usize) -> f64 {
        let wider = if column + 1 == self.count { self.extra } else { 0.0 };
        self.start + (column as f64 + 0.5) * self.cell + 0.5 * wider
    }
}

impl TrafficLight {
    fn rule(&self) -> Stroke {
        Stroke::solid(self.look.theme.ink, self.look.theme.rule)
    }

    fn columns(&self, sheet: &Sheet) -> Result<Columns> {
        let (data, style, size) = (&self.data, sheet.style(), sheet.size);
        let overall = data.has_overall();
        let count = data.domains.len() + usize::from(overall);
        let labels: f64 =
            data.studies.iter().map(|s| style.width(&s.study)).fold(style.bold().width("Study"), f64::max);
        let least = 2.0 * RADIUS * size + 0.3 * size;
        let ideal = if sheet.room() > 260.0 { 3.6 * size } else { 2.6 * size };
        let gap = size;
        let last = if overall { style.bold().width("Overall") + 0.4 * size } else { 0.0 };
        let narrow =
            ((sheet.room() - gap - labels - last) / count.saturating_sub(1).max(1) as f64).max(least);
        let cell = ((sheet.room() - gap - labels) / count as f64).min(narrow).clamp(least, ideal.max(least));
        let extra = (last - cell).max(0.0);
        let room = (sheet.room() - gap - cell * count as f64 - extra).min(labels);
        if room < labels.min(4.0 * size) {
            return Err(Error::setting(
                "width",
                format!("{} mm for {} domains", self.look.width_mm, data.domains.len()),
                "give a wider page",
            ));
        }
        let start = sheet.left + room + gap;
        Ok(Columns { count, labels: room, start, cell, extra, right: start + count as f64 * cell + extra })
    }

    fn header(&self, sheet: &mut Sheet, columns: &Columns) {
        let (size, style) = (sheet.size, sheet.style());
        let baseline = sheet.y + (0.5 * LINE + 0.5 * font::CAPITAL) * size;
        let left = sheet.left;
        sheet.text("header", "Study", left, baseline, style.bold());
        for column in 0..columns.count {
            let name = match column < self.data.domains.len() {
                true => format!("D{}", column + 1),
                false => "Overall".to_owned(),
            };
            sheet.text("header", &name, columns.middle(column), baseline, style.bold().middle());
        }
        sheet.y += 1.6 * size;
        sheet.line("rule", (sheet.left, sheet.y), (columns.right, sheet.y), self.rule());
    }

    fn row(&self, sheet: &mut Sheet, columns: &Columns, row: usize) {
        let Some(study) = self.data.studies.get(row) else { return };
        let (size, style) = (sheet.size, sheet.style());
        let lines = style.wrap(&study.study, columns.labels, 3);
        let height = (2.0 * RADIUS * size + 0.5 * size).max(style.height(lines.len()) + 0.2 * size);
        let (left, top) = (sheet.left, sheet.y);
        if row > 0 {
            let pale = Stroke::solid(self.look.theme.contours[1], 0.4);
            sheet.line("row", (left, top), (columns.right, top), pale);
        }
        sheet.lines("study", &lines, left, top + 0.5 * (height - style.height(lines.len())), style);
        let overall = self.data.has_overall().then_some(study.overall);
        for (column, judgement) in study.domains.iter().copied().chain(overall).enumerate() {
            let center = (columns.middle(column), top + 0.5 * height);
            let domain = self.data.domains.get(column).map_or("Overall", String::as_str);
            match judgement {
                Some(judgement) => {
                    let hint = format!("{}, {domain}: {judgement}", study.study);
                    sheet.light(judgement, center, RADIUS * size, &hint);
                }
                None => {
                    let style = style.middle().color(self.look.theme.soft);
                    sheet.text("none", "–", center.0, center.1 + 0.5 * font::CAPITAL * size, style);
                }
            }
        }
        sheet.y += height;
    }

    /// The names of the domains and the signs.
    fn key(&self, sheet: &mut Sheet) {
        let size = sheet.size;
        let small = sheet.style().sized(0.9 * size);
        for (i, domain) in self.data.domains.iter().enumerate() {
            let indent = small.width("D00: ");
            let (left, room) = (sheet.left, sheet.room());
            let baseline = sheet.y + (0.5 * LINE + 0.5 * font::CAPITAL) * small.size;
            sheet.text("legend", &format!("D{}:", i + 1), left, baseline, small);
            sheet.y += sheet.paragraph("legend", domain, left + indent, sheet.y, room - indent, small);
        }
        sheet.y += if self.data.domains.is_empty() { 0.0 } else { 0.4 * size };
        sheet.y += sheet.light_legend(&self.data.legend(), sheet.y);
    }
}

impl Figure for TrafficLight {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without studies, or if a study has another number of judgements than there are domains;
    /// [`Error::Setting`] for a size out of range, and if there are more domains than the width can hold.
    fn scene(&self) -> Result<Scene> {
        self.data.check()?;
        let mut sheet = Sheet::new(&self.look)?;
        let columns = self.columns(&sheet)?;
        let top = sheet.y;
        self.header(&mut sheet, &columns);
        for row in 0..self.data.studies.len() {
            self.row(&mut sheet, &columns, row);
        }
        sheet.line("rule", (sheet.left, sheet.y), (columns.right, sheet.y), self.rule());
        // What the columns and signs mean stands beside a narrow table, where the page would be blank, else below it.
        let (left, foot) = (sheet.left, sheet.y);
        let beside = columns.right + 2.5 * sheet.size;
        if sheet.right - beside >= BESIDE * sheet.size {
            (sheet.left, sheet.y) = (beside, top);
        } else {
            sheet.y += 0.7 * sheet.size;
        }
        self.key(&mut sheet);
        sheet.left = left;
        sheet.y = sheet.y.max(foot + 0.3 * sheet.size);
        let name = format!("{}: judgements by study", self.data.tool.name());
        Ok(sheet.finish(&self.look, name, self.data.description()))
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }
}

impl RiskOfBias {
    fn description(&self) -> String {
        let mut text =
            format!("Risk of bias of {} studies in {} domains.", self.studies.len(), self.domains.len());
        if self.has_overall() {
            let count = |j: Judgement| self.studies.iter().filter(|s| s.overall == Some(j)).count();
            let parts: Vec<String> = Judgement::ALL
                .into_iter()
                .filter(|j| count(*j) > 0)
                .map(|j| format!("{} {}", count(j), j.name().to_lowercase()))
                .collect();
            text += &format!(" Overall: {}.", parts.join(", "));
        }
        text
    }
}

impl RiskOfBiasSummary {
    /// Shows shares of the weights instead of shares of the studies.
    #[must_use]
    pub fn by_weight(mut self, weighted: bool) -> Self {
        self.weighted = weighted;
        self
    }

    /// For each bar its name and the share of each judgement in per cent, from the best to the worst.
    ///
    /// # Errors
    ///
    /// As [`scene`](Self::scene).
    #[allow(clippy::type_complexity)] // name, and share by judgement
    pub fn shares(&self) -> Result<Vec<(String, Vec<(Judgement, f64)>)>> {
        self.data.check()?;
        let data = &self.data;
        let mut bars = Vec::new();
        let columns = data.domains.len() + usize::from(data.has_overall());
        for column in 0..columns {
            let name = data.domains.get(column).map_or("Overall", String::as_str).to_owned();
            let (mut sums, mut total) = ([0.0; Judgement::ALL.len()], 0.0);
            for study in &data.studies {
                let judgement = match study.domains.get(column) {
                    Some(judgement) => *judgement,
                    None => study.overall,
                };
                let weight = match (self.weighted, study.weight) {
                    (false, _) => 1.0,
                    (true, Some(weight)) => weight,
                    (true, None) => {
                        return Err(Error::data("no weight", "bars of weights need one for each study")
                            .in_study(&study.study));
                    }
                };
                if let Some(at) = judgement.and_then(|j| Judgement::ALL.iter().position(|k| *k == j)) {
                    sums[at] += weight;
                    total += weight;
                }
            }
            if total > 0.0 {
                let shares = Judgement::ALL.into_iter().zip(sums).filter(|(_, sum)| *sum > 0.0);
                bars.push((name, shares.map(|(j, sum)| (j, 100.0 * sum / total)).collect()));
            }
        }
        if bars.is_empty() {
            return Err(Error::data("no judgement", "a bar needs at least one"));
        }
        Ok(bars)
    }
}

impl Figure for RiskOfBiasSummary {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without studies or judgements, or if weights are asked for and one is missing;
    /// [`Error::Setting`] for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let bars = self.shares()?;
        let mut sheet = Sheet::new(&self.look)?;
        let size = sheet.size;
        let style = sheet.style();
        let widest = bars.iter().map(|(name, _)| style.bold().width(name)).fold(0.0, f64::max);
        let label_room = widest.min(0.42 * sheet.room());
        let (start, end) =
            (sheet.left + label_room + 0.8 * size, sheet.right - 0.5 * style.sized(0.9 * size).width("100%"));
        let height = 1.7 * size;
        let x = |share: f64| start + (end - start) * share / 100.0;
        for (name, shares) in &bars {
            let last = name == "Overall";
            let style = if last { style.bold() } else { style };
            let lines = style.wrap(name, label_room, 4);
            let row = (height + 0.6 * size).max(style.height(lines.len()) + 0.5 * size);
            let middle = sheet.y + 0.5 * row;
            let left = sheet.left;
            sheet.lines("domain", &lines, left, middle - 0.5 * style.height(lines.len()), style);
            let mut from = 0.0;
            for (judgement, share) in shares {
                let (a, b) = (x(from), x(from + share));
                from += share;
                let fill = judgement.color();
                let paint = Paint::outlined(fill, Stroke::solid(self.look.theme.ink, 0.4));
                let hint = format!("{name}: {judgement} {}%", fixed(*share, 1));
                let shape = Shape::Rect { x: a, y: middle - 0.5 * height, width: b - a, height, paint };
                sheet.scene.push_with_hint("bar", shape, hint);
                let inside = style.middle().color(readable_on(fill)).sized(0.9 * size);
                let inside = Style { weight: Weight::Regular, ..inside };
                let full = format!("{} {}", judgement.sign(), percent(share / 100.0));
                let text = [full.trim(), judgement.sign()]
                    .into_iter()
                    .find(|text| inside.width(text) + 0.5 * size < b - a)
                    .map(str::to_owned);
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    sheet.text(
                        "share",
                        &text,
                        0.5 * (a + b),
                        middle + 0.5 * font::CAPITAL * inside.size,
                        inside,
                    );
                }
            }
            sheet.y += row;
        }
        let ink = Stroke::solid(self.look.theme.ink, self.look.theme.rule);
        let axis = sheet.y + 0.2 * size;
        sheet.line("axis", (start, axis), (end, axis), ink);
        let small = style.sized(0.9 * size).middle();
        let every = if end - start < 14.0 * size { 50 } else { 25 };
        for tick in (0..=100).step_by(every) {
            let at = x(f64::from(tick));
            sheet.line("tick", (at, axis), (at, axis + 0.3 * size), ink);
            sheet.text("tick-label", &format!("{tick}%"), at, axis + 1.4 * size, small);
        }
        sheet.y = axis + 1.9 * size;
        let what = if self.weighted { "Share of the weights" } else { "Share of the studies" };
        let (middle, y) = (0.5 * (start + end), sheet.y);
        sheet.y += sheet.lines("axis-label", &[what.to_owned()], middle, y, style.middle());
        sheet.y += 0.6 * size;
        sheet.y += sheet.light_legend(&self.data.legend(), sheet.y);
        let description = format!("{} Bars: {}.", self.data.description(), what.to_lowercase());
        Ok(sheet.finish(&self.look, format!("{}: judgements by domain", self.data.tool.name()), description))
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
        plot::{
            review::{RiskOfBiasStudy, RiskOfBiasTool},
            sheet::assert_tidy,
        },
        table::{Column, Table},
    };

    /// Invented judgements that use every word of the tool.
    fn review(tool: RiskOfBiasTool, k: usize) -> RiskOfBias {
        let words = tool.judgements();
        (0..k).fold(RiskOfBias::new(tool), |review, i| {
            let judgements: Vec<Judgement> =
                (0..tool.domains().len()).map(|j| words[(i * 7 + j * 3 + i * j) % words.len()]).collect();
            let worst = judgements.iter().copied().max().unwrap();
            review.study(
                RiskOfBiasStudy::new(format!("Müller & 王 {}", 1990 + i), judgements)
                    .overall(worst)
                    .weight(1.0 + i as f64),
            )
        })
    }

    #[test]
    fn both_figures_are_tidy_at_all_sizes() {
        for tool in [RiskOfBiasTool::Rob2, RiskOfBiasTool::RobinsI, RiskOfBiasTool::Quadas2] {
            for k in [1, 9, 150] {
                for width in [85.0, 170.0] {
                    let review = review(tool, k);
                    assert_tidy(&review.traffic_light().title("A heading").width_mm(width).scene().unwrap());
                    assert_tidy(&review.summary().width_mm(width).scene().unwrap());
                }
            }
        }
    }

    #[test]
    fn bars_end_at_one_hundred_and_are_as_long_as_their_shares() {
        let review = review(RiskOfBiasTool::Rob2, 7);
        let summary = review.summary().by_weight(false);
        for (_, shares) in summary.shares().unwrap() {
            assert!((shares.iter().map(|(_, share)| share).sum::<f64>() - 100.0).abs() < 1e-9);
        }
        let scene = summary.scene().unwrap();
        let axis = scene.of_class("axis").next().unwrap().bounds();
        let expected: f64 = summary.shares().unwrap()[0].1[0].1;
        let Shape::Rect { width, .. } = scene.of_class("bar").next().unwrap().shape else { panic!() };
        assert!((width / (axis.right - axis.left - 0.6) * 100.0 - expected).abs() < 1e-9);
    }

    #[test]
    fn weights_count() {
        use Judgement::{High, Low};
        let review = RiskOfBias::new(RiskOfBiasTool::Other)
            .domains(["Allocation"])
            .study(RiskOfBiasStudy::new("A", [Low]).weight(3.0))
            .study(RiskOfBiasStudy::new("B", [High]).weight(1.0));
        assert_eq!(review.summary().shares().unwrap()[0].1, [(Low, 75.0), (High, 25.0)]);
        assert_eq!(review.summary().by_weight(false).shares().unwrap()[0].1, [(Low, 50.0), (High, 50.0)]);
    }

    #[test]
    fn an_unknown_judgement_is_named_with_its_place_and_what_is_allowed() {
        let column = |texts: [&str; 2]| Column::texts(texts.map(Some)).unwrap();
        let mut table = Table::new().with("study", column(["A", "B"])).unwrap();
        for (i, cells) in [["Low", "Low"]; 4].into_iter().enumerate() {
            table = table.with(&format!("D{}", i + 1), column(cells)).unwrap();
        }
        let error = RiskOfBias::from_table(&table, RiskOfBiasTool::Rob2).unwrap_err().to_string();
        assert!(error.starts_with("no column `D5`; RoB 2 has 5 domains"), "{error}");
        let table = table.with("D5", column(["Low", "Serious"])).unwrap();
        let error = RiskOfBias::from_table(&table, RiskOfBiasTool::Rob2).unwrap_err().to_string();
        assert_eq!(
            error,
            "row 2 (B), column D5: `Serious` is no judgement of RoB 2; write one of: Low, Some concerns, High"
        );
    }

    #[test]
    fn markup_in_names_is_escaped_and_an_empty_review_refused() {
        let review = RiskOfBias::new(RiskOfBiasTool::Other)
            .domains(["<b>"])
            .study(RiskOfBiasStudy::new("A & <script>", [Judgement::Low]));
        let svg = review.traffic_light().scene().unwrap().to_svg();
        assert!(svg.contains("A &amp; &lt;script&gt;") && !svg.contains("<script"));
        assert!(RiskOfBias::new(RiskOfBiasTool::Rob2).traffic_light().scene().is_err());
        assert!("rob-2".parse::<RiskOfBiasTool>().is_ok());
        assert!("robin".parse::<RiskOfBiasTool>().unwrap_err().to_string().contains("robins-i"));
    }
}
