//! From the fit of a pooling model to its forest plot.

use super::{
    Forest, ForestColumn, ForestPrediction, ForestRow, ForestStatistics, ForestStudy, ForestSummary,
    SummaryLevel,
};
#[cfg(feature = "reviews")]
use crate::plot::Figure;
use crate::{
    Error, Result,
    effect::StudyData,
    plot::{AxisKind, number::shortest},
    pool::{PoolFit, PoolModel, StudyWeight, Subgroup},
    text::fixed,
};

impl PoolFit {
    /// The forest plot of this fit: studies with their weights, subgroups with their diamonds, the pooled effect, the
    /// prediction interval, heterogeneity and the test for subgroup differences.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
    /// let forest = RandomEffects::default().fit(&effects)?.forest().favours("Favours control", "Favours intervention");
    /// assert!(forest.scene()?.texts().any(|text| text.content.contains("Heterogeneity")));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn forest(&self) -> Forest {
        self.forest_of(&[], Vec::new())
    }

    /// The forest plot of this fit: another name of [`forest`](Self::forest).
    pub fn forest_plot(&self) -> Forest {
        self.forest()
    }

    /// The same with the studies' raw data beside their names. `data` holds the studies of the fit, in the same order;
    /// the two groups are named `groups`, intervention first.
    ///
    /// # Errors
    ///
    /// If `data` does not hold as many studies as the fit.
    pub fn forest_with(&self, data: &StudyData, groups: [&str; 2]) -> Result<Forest> {
        if data.len() != self.k {
            return Err(Error::data(
                format!("raw data of {} studies for a fit of {}", data.len(), self.k),
                "give the data of the studies that were analysed, in their order",
            ));
        }
        let (columns, cells) = data_columns(data, groups);
        Ok(self.forest_of(&cells, columns))
    }

    fn forest_of(&self, cells: &[Vec<String>], columns: Vec<ForestColumn>) -> Forest {
        let mut forest = Forest::of_measure(self.measure).level(self.level);
        if self.transformed.scale.is_some() && self.measure.scale().is_none() {
            forest = forest.scale(self.back.transform, AxisKind::Log);
        }
        let headers: Vec<String> = columns.iter().map(|column| column.header.clone()).collect();
        for column in columns {
            forest = forest.column(column);
        }
        let study = |row: usize, study: &StudyWeight| {
            let entry = ForestStudy::new(&study.study).cells(cells.get(row).cloned().unwrap_or_default());
            self.with_effect(entry, study)
        };
        match &self.subgroups {
            None => {
                for (row, s) in self.studies.iter().enumerate() {
                    forest = forest.study(study(row, s));
                }
            }
            Some(subgroups) => {
                for subgroup in subgroups {
                    forest = forest.heading(&subgroup.level);
                    let rows = subgroup.rows.iter().filter_map(|&row| Some((row, self.studies.get(row)?)));
                    for (row, s) in rows {
                        forest = forest.study(study(row, s));
                    }
                    forest = forest.summary(self.subtotal(subgroup));
                    forest.rows.push(self.subgroup_statistics(subgroup, &headers, cells));
                }
            }
        }
        let mut total = ForestSummary::new(self.summary_label(), self.estimate, self.ci_lower, self.ci_upper);
        if let Some(size) = self.back.size {
            total = total.size(size);
        }
        if self.studies.iter().any(|s| s.weight.is_some()) {
            total = total.weight(100.0);
        }
        forest = forest.summary(total);
        if let Some(p) = self.prediction {
            let mut prediction = ForestPrediction::new("Prediction interval", p.lower, p.upper);
            if let Some(size) = self.back.size {
                prediction = prediction.size(size);
            }
            forest = forest.prediction(prediction);
        }
        let all: Vec<&Vec<String>> = cells.iter().collect();
        let statistics = ForestStatistics::heterogeneity(&self.heterogeneity, self.is_random(), self.level)
            .overall(self.p_value.map(|p| (self.statistic.unwrap_or(self.estimate / self.se), self.df, p)))
            .sums(&headers, &all);
        forest.rows.push(ForestRow::Statistics(statistics));
        if let Some(test) = &self.subgroup_test {
            forest.rows.push(ForestRow::Statistics(ForestStatistics::differences(test)));
        }
        forest
    }

    fn is_random(&self) -> bool {
        self.model == PoolModel::Random
    }

    fn subgroup_statistics(&self, s: &Subgroup, headers: &[String], cells: &[Vec<String>]) -> ForestRow {
        let of: Vec<&Vec<String>> = s.rows.iter().filter_map(|&row| cells.get(row)).collect();
        ForestRow::Statistics(
            ForestStatistics::heterogeneity(&s.heterogeneity, self.is_random(), self.level)
                .overall(s.p_value.map(|p| (s.statistic.unwrap_or(s.estimate / s.se), s.df, p)))
                .sums(headers, &of),
        )
    }

    fn with_effect(&self, entry: ForestStudy, study: &StudyWeight) -> ForestStudy {
        let mut entry = entry;
        if let (Some(yi), Some(vi)) = (study.yi, study.vi) {
            let half = self.level.critical_value(None) * vi.sqrt();
            entry = entry.effect(yi, yi - half, yi + half);
        }
        if let Some(weight) = study.weight {
            entry = entry.weight(weight);
        }
        match study.size.or(self.back.size) {
            Some(size) => entry.size(size),
            None => entry,
        }
    }

    fn subtotal(&self, s: &Subgroup) -> ForestSummary {
        let weights: Vec<f64> = s.rows.iter().filter_map(|&row| self.studies.get(row)?.weight).collect();
        let mut summary =
            ForestSummary::new("Subtotal", s.estimate, s.ci_lower, s.ci_upper).level(SummaryLevel::Subtotal);
        if weights.len() == s.rows.len() {
            summary = summary.weight(weights.iter().sum());
        }
        match self.back.size {
            Some(size) => summary.size(size),
            None => summary,
        }
    }

    fn summary_label(&self) -> String {
        match (self.model, self.method) {
            (PoolModel::Random, Some(method)) if self.heterogeneity.is_estimated() => {
                format!("Random effects ({method})")
            }
            (PoolModel::Random, _) => "Random effects".to_owned(),
            (PoolModel::Fixed, _) => "Fixed effect".to_owned(),
            (PoolModel::Mh, _) => "Mantel-Haenszel".to_owned(),
            (PoolModel::Peto, _) => "Peto".to_owned(),
        }
    }
}

impl Forest {
    /// Adds a study whose effect cannot be estimated, with its raw data: after the study `before`, or first; in a plot with subgroups
    /// among the studies of its `block`.
    #[must_use]
    pub fn not_estimable(
        mut self,
        label: &str,
        data: &StudyData,
        before: Option<&String>,
        block: Option<&str>,
    ) -> Self {
        let mut cells = data_columns(data, ["", ""]).1.into_iter().next().unwrap_or_default();
        cells.resize(self.columns.len(), String::new());
        let study = ForestStudy::new(label).cells(if self.columns.is_empty() { Vec::new() } else { cells });
        let named = |row: &ForestRow, name: &str| matches!(row, ForestRow::Study(s) if s.label == name);
        let after = |rows: &[ForestRow]| {
            before.and_then(|before| rows.iter().rposition(|row| named(row, before))).map_or(0, |at| at + 1)
        };
        let place = match block {
            None => after(&self.rows),
            Some(block) => {
                let heading = |row: &ForestRow| matches!(row, ForestRow::Heading(text) if text == block);
                let Some(start) = self.rows.iter().position(heading) else {
                    self.notes
                        .push(format!("not in the plot, as no study of its subgroup has an effect: {label}"));
                    return self;
                };
                let rows = self.rows.split_at(start + 1).1;
                let studies = rows.iter().take_while(|row| matches!(row, ForestRow::Study(_))).count();
                start + 1 + after(rows.split_at(studies).0)
            }
        };
        self.rows.insert(place, ForestRow::Study(study));
        self
    }
}

/// The columns that show a kind of raw data, and their cells by study.
pub(super) fn data_columns(data: &StudyData, groups: [&str; 2]) -> (Vec<ForestColumn>, Vec<Vec<String>>) {
    let count = |x: f64| if x.fract() == 0.0 { fixed(x, 0) } else { fixed(x, 1) };
    let plain = |names: &[&str]| names.iter().map(|name| ForestColumn::new(*name)).collect::<Vec<_>>();
    let paired = |names: &[&str]| {
        groups
            .iter()
            .flat_map(|group| names.iter().map(move |name| ForestColumn::new(*name).group(*group)))
            .collect::<Vec<_>>()
    };
    match data {
        StudyData::TwoByTwo(rows) => (
            paired(&["Events", "Total"]),
            rows.iter().map(|t| [t.ai(), t.n1i(), t.ci(), t.n2i()].map(count).to_vec()).collect(),
        ),
        StudyData::PersonTime(rows) => (
            paired(&["Events", "Time"]),
            rows.iter().map(|p| [p.x1i(), p.t1i(), p.x2i(), p.t2i()].map(count).to_vec()).collect(),
        ),
        StudyData::TwoMeans(rows) => (
            paired(&["Mean", "SD", "Total"]),
            rows.iter()
                .map(|m| {
                    vec![
                        shortest(m.m1i()),
                        shortest(m.sd1i()),
                        count(m.n1i()),
                        shortest(m.m2i()),
                        shortest(m.sd2i()),
                        count(m.n2i()),
                    ]
                })
                .collect(),
        ),
        StudyData::Proportion(rows) => {
            (plain(&["Events", "Total"]), rows.iter().map(|p| [p.xi(), p.ni()].map(count).to_vec()).collect())
        }
        StudyData::Rate(rows) => {
            (plain(&["Events", "Time"]), rows.iter().map(|r| [r.xi(), r.ti()].map(count).to_vec()).collect())
        }
        StudyData::Mean(rows) => (
            plain(&["Mean", "SD", "Total"]),
            rows.iter().map(|m| vec![shortest(m.mi()), shortest(m.sdi()), count(m.ni())]).collect(),
        ),
        StudyData::Correlation(rows) => {
            (plain(&["Total"]), rows.iter().map(|c| vec![count(c.ni())]).collect())
        }
        _ => (Vec::new(), Vec::new()),
    }
}

#[cfg(feature = "reviews")]
impl crate::reviews::NamedFit {
    /// Its forest plot, with the title and the sides that it names.
    pub fn forest(&self) -> Forest {
        let forest = self.fit.forest().title(&self.title);
        match (&self.favours_left, &self.favours_right) {
            (Some(left), Some(right)) => forest.favours(left, right),
            _ => forest,
        }
    }
}
