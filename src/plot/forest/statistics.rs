//! The lines below the diamonds: heterogeneity and tests, in the words of this crate or in those of Review Manager.

use serde::{Deserialize, Serialize};

use super::{Forest, ForestRow};
use crate::{
    Level,
    codes::codes,
    pool::{Heterogeneity, SubgroupTest},
    text::{fixed, p_value_sentence, percent},
};

/// The words of the lines below the diamonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum StatisticsStyle {
    /// `Heterogeneity: Q = 152.23, df = 12 (P < 0.0001); I² = 92.2%; τ² = 0.313`.
    #[default]
    Short,
    /// The same with the interval of I²: `I² = 92.2% (95% CI 81.5% to 97.9%)`.
    Intervals,
    /// Those of Review Manager: total events, `Heterogeneity: Tau² = 0.31; Chi² = 152.23, df = 12 (P < 0.00001); I² = 92%`,
    /// `Test for overall effect: Z = 3.97 (P < 0.0001)`, and the group sizes in the row of the diamond.
    RevMan,
}

codes!(StatisticsStyle, "style of statistics" {
    Short "short" [], Intervals "intervals" [], RevMan "revman" ["revman5"],
});

/// The statistics of a pooled estimate, in both styles until one is chosen.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForestStatistics {
    /// The line of the short style; none if there is nothing to say.
    pub short: Option<String>,
    /// The same with the interval of I².
    #[serde(default)]
    pub intervals: Option<String>,
    /// The lines of Review Manager.
    pub revman: Vec<String>,
    /// Sums of group sizes, cell by cell, for the row of the diamond above.
    pub totals: Vec<String>,
    /// Sums of events, cell by cell.
    pub events: Vec<String>,
}

impl ForestStatistics {
    /// The heterogeneity of the studies behind a diamond.
    pub(super) fn heterogeneity(h: &Heterogeneity, random: bool, level: Level) -> Self {
        ForestStatistics {
            short: heterogeneity_line(h, None),
            intervals: heterogeneity_line(h, Some(level)),
            revman: revman_heterogeneity(h, random).into_iter().collect(),
            ..ForestStatistics::default()
        }
    }

    /// Adds the test of the pooled effect: statistic, degrees of freedom of a t distribution, P value.
    pub(super) fn overall(mut self, test: Option<(f64, Option<f64>, f64)>) -> Self {
        self.revman.extend(test.map(|(statistic, df, p)| {
            let statistic = fixed(statistic.abs(), 2);
            match df {
                Some(df) => format!(
                    "Test for overall effect: t = {statistic}, df = {} ({})",
                    crate::text::degrees(df),
                    revman_p(p)
                ),
                None => format!("Test for overall effect: Z = {statistic} ({})", revman_p(p)),
            }
        }));
        self
    }

    /// The test for differences between subgroups.
    pub(super) fn differences(test: &SubgroupTest) -> Self {
        let (df, p) = (test.df as f64, p_value_sentence(test.p_value));
        let i2 = if test.q > df { 100.0 * (test.q - df) / test.q } else { 0.0 };
        let title = "Test for subgroup differences";
        ForestStatistics {
            short: Some(format!("{title}: Q = {}, df = {} ({p})", fixed(test.q, 2), test.df)),
            revman: vec![format!(
                "{title}: Chi² = {}, df = {} ({}), I² = {}",
                fixed(test.q, 2),
                test.df,
                revman_p(test.p_value),
                percent(i2, 0)
            )],
            ..ForestStatistics::default()
        }
    }

    /// Adds sums over the cells of the studies, by the headers of the columns.
    pub(super) fn sums(mut self, headers: &[String], cells: &[&Vec<String>]) -> Self {
        let sum = |column: usize| -> Option<String> {
            let values = cells.iter().map(|row| row.get(column)?.parse::<f64>().ok());
            let total = values.sum::<Option<f64>>().filter(|total| !cells.is_empty() && total.is_finite())?;
            Some(fixed(total, if total.fract() == 0.0 { 0 } else { 1 }))
        };
        let of = |wanted: &[&str]| -> Vec<String> {
            let cell = |(column, header): (usize, &String)| {
                wanted.contains(&header.as_str()).then(|| sum(column)).flatten().unwrap_or_default()
            };
            headers.iter().enumerate().map(cell).collect()
        };
        (self.totals, self.events) = (of(&["Total", "Time"]), of(&["Events"]));
        self
    }
}

impl Forest {
    /// Chooses the words of the statistics below the diamonds. To be called when all rows are there.
    #[must_use]
    pub fn statistics(mut self, style: StatisticsStyle) -> Self {
        let mut rows: Vec<ForestRow> = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            let ForestRow::Statistics(found) = row else {
                rows.push(row);
                continue;
            };
            match style {
                StatisticsStyle::Short => rows.extend(found.short.map(ForestRow::Note)),
                StatisticsStyle::Intervals => {
                    rows.extend(found.intervals.or(found.short).map(ForestRow::Note));
                }
                StatisticsStyle::RevMan => {
                    let diamond = rows.iter_mut().rev().find_map(|row| match row {
                        ForestRow::Summary(summary) => Some(summary),
                        _ => None,
                    });
                    if let Some(summary) = diamond.filter(|summary| summary.cells.is_empty()) {
                        summary.cells = found.totals;
                    }
                    if found.events.iter().any(|cell| !cell.is_empty()) {
                        rows.push(ForestRow::Sums("Total events".to_owned(), found.events));
                    }
                    rows.extend(found.revman.into_iter().map(ForestRow::Note));
                }
            }
        }
        self.rows = rows;
        self
    }
}

/// `Heterogeneity: Q = 152.23, df = 12 (P < 0.0001); I² = 92%; τ² = 0.313`, with a level the interval of I², too.
fn heterogeneity_line(h: &Heterogeneity, level: Option<Level>) -> Option<String> {
    let mut line = format!(
        "Heterogeneity: Q = {}, df = {} ({})",
        fixed(h.q?, 2),
        h.q_df,
        p_value_sentence(h.q_p_value?)
    );
    if let Some(i2) = h.i2 {
        line += &format!("; I\u{b2} = {}", percent(i2, 1));
        // Beside a tau² the interval is that which follows from it, else that from Q.
        let ci = if h.tau2.is_some() { h.i2_ci } else { h.i2_q_ci };
        if let (Some(level), Some([lower, upper])) = (level, ci) {
            line += &format!(" ({level} CI {} to {})", percent(lower, 1), percent(upper, 1));
        }
    }
    if let Some(tau2) = h.tau2 {
        let digits = if tau2 > 0.0 && tau2 < 0.01 { 5 } else { 3 };
        line += &format!("; \u{3c4}\u{b2} = {}", fixed(tau2, digits));
    }
    Some(line)
}

/// `Heterogeneity: Tau² = 0.31; Chi² = 152.23, df = 12 (P < 0.00001); I² = 92%`.
fn revman_heterogeneity(h: &Heterogeneity, random: bool) -> Option<String> {
    let tau2 = h.tau2.filter(|_| random).map_or(String::new(), |tau2| format!("Tau² = {}; ", fixed(tau2, 2)));
    let i2 = h.i2.map_or(String::new(), |i2| format!("; I² = {}", percent(i2, 0)));
    let (q, p) = (fixed(h.q?, 2), revman_p(h.q_p_value?));
    Some(format!("Heterogeneity: {tau2}Chi² = {q}, df = {} ({p}){i2}", h.q_df))
}

/// A P value as Review Manager prints it: two decimals, or the first digit that is not 0.
fn revman_p(p: f64) -> String {
    match p {
        p if p < 0.00001 => "P < 0.00001".to_owned(),
        p if p < 0.0001 => "P < 0.0001".to_owned(),
        p => {
            let decimals = (2..=4).find(|&digits| p >= 10_f64.powi(-digits)).unwrap_or(4);
            format!("P = {}", fixed(p, decimals as usize))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_those_of_review_manager() {
        for (p, text) in [
            (3e-9, "P < 0.00001"),
            (0.00004, "P < 0.0001"),
            (0.00042, "P = 0.0004"),
            (0.0042, "P = 0.004"),
            (0.042, "P = 0.04"),
            (0.84, "P = 0.84"),
        ] {
            assert_eq!(revman_p(p), text);
        }
    }
}
