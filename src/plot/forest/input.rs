//! The parts of a forest plot: rows, columns and how they are to be shown.

use serde::{Deserialize, Serialize};

use super::ForestStatistics;
use crate::{
    Level, Measure,
    effect::{DataKind, Scale, Transform},
    plot::{Look, axis::AxisKind, scene::Anchor, sheet::page_wide},
};

/// A forest plot, independent of any model.
///
/// Estimates and intervals are on the scale of the analysis; `transform` returns them to the original scale,
/// on which `limits`, `ticks` and `bounds` are given. See the [module](super) for an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Forest {
    /// The header of the first column.
    pub study_header: String,
    /// Further columns; each row has a cell for each.
    pub columns: Vec<ForestColumn>,
    /// The rows from top to bottom.
    pub rows: Vec<ForestRow>,
    /// The estimated quantity, e.g. `Risk ratio`: the header over the numbers and the label of the axis.
    pub effect_label: String,
    /// From the scale of the analysis to the one that people read.
    pub transform: Transform,
    /// The scale: equal distances are equal differences or equal ratios of what people read.
    pub axis: AxisKind,
    /// No effect, on the scale of the analysis: where the solid vertical line stands.
    pub null: Option<f64>,
    /// The labels to the left and to the right of the null, e.g. `Favours vaccine`.
    pub favours: Option<(String, String)>,
    /// The ends of the axis, on the original scale; found from the data if not given.
    pub limits: Option<(f64, f64)>,
    /// The places of the ticks, on the original scale; found if not given.
    pub ticks: Option<Vec<f64>>,
    /// The bounds that no value can exceed, on the original scale: 0 and 1 for proportions. The axis ends there.
    pub bounds: (Option<f64>, Option<f64>),
    /// The level of the intervals, for the header.
    pub level: Level,
    /// Decimals of estimates and intervals; found from the width of the intervals if not given.
    pub decimals: Option<usize>,
    /// The notation of an estimate and its interval.
    pub interval_style: IntervalStyle,
    /// On which side of the plot estimates and intervals stand.
    pub numbers_side: ColumnSide,
    /// On which side of the plot the weights stand.
    pub weights_side: ColumnSide,
    /// The order of the studies within each block.
    pub order: ForestOrder,
    /// The dashed line at the last overall estimate.
    pub summary_line: SummaryLine,
    /// Size, theme and heading; the height follows from the rows.
    pub look: Look,
    /// Lines of text below the axis.
    pub footer: Vec<String>,
    /// Notes on what the figure cannot show.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A column of text beside the plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForestColumn {
    /// Its header.
    pub header: String,
    /// A header above it that neighbors with the same one share, e.g. `Vaccinated` over `Cases` and `Total`.
    pub group: Option<String>,
    /// The alignment of its cells.
    pub align: Anchor,
    /// On which side of the plot it stands.
    pub side: ColumnSide,
    /// The priority: where room is short, columns of the lowest one go first: all that stand in groups together, others one by one
    /// from the right.
    pub priority: i32,
    /// True if its cells name judgements on the risk of bias, which are drawn as lights.
    #[serde(default)]
    pub lights: bool,
}

/// The side of the plot on which a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ColumnSide {
    /// Between the studies and the plot.
    #[default]
    Left,
    /// Between the plot and the weights.
    Right,
}

impl ForestColumn {
    /// A right-aligned column on the left, of priority 0.
    pub fn new(header: impl Into<String>) -> Self {
        ForestColumn {
            header: header.into(),
            group: None,
            align: Anchor::End,
            side: ColumnSide::Left,
            priority: 0,
            lights: false,
        }
    }

    /// Puts it under a header that it shares with its neighbors.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The alignment of its cells.
    #[must_use]
    pub fn align(mut self, align: Anchor) -> Self {
        self.align = align;
        self
    }

    /// On which side of the plot it stands.
    #[must_use]
    pub fn side(mut self, side: ColumnSide) -> Self {
        self.side = side;
        self
    }

    /// The priority: where room is short, columns of the lowest one go first.
    #[must_use]
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
}

/// A row of a forest plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ForestRow {
    /// The name of a subgroup; it begins a block.
    Heading(String),
    /// A study.
    Study(ForestStudy),
    /// A pooled estimate, drawn as a diamond.
    Summary(ForestSummary),
    /// A prediction interval, drawn as a bar.
    Prediction(ForestPrediction),
    /// A line of text among the rows: heterogeneity, a test.
    Note(String),
    /// Sums over the studies above: what they are, and a cell for each column.
    Sums(String, Vec<String>),
    /// The statistics of the diamond above, of which [`Forest::statistics`] makes notes.
    Statistics(ForestStatistics),
}

/// A study: its name, its data, its effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForestStudy {
    /// Its name.
    pub label: String,
    /// Its cells in the order of the columns; missing ones are empty.
    pub cells: Vec<String>,
    /// Estimate, lower and upper limit on the scale of the analysis; `None` for a study whose effect cannot be
    /// estimated. The limits may be infinite.
    pub effect: Option<(f64, f64, f64)>,
    /// Its weight in per cent; the area of its square is proportional to it.
    pub weight: Option<f64>,
    /// Its sample size or person-time, which the back-transformation of the two Freeman-Tukey measures needs.
    pub size: Option<f64>,
    /// The prediction of a model for it: estimate, lower and upper limit; a pale diamond behind its interval.
    pub fitted: Option<(f64, f64, f64)>,
}

impl ForestStudy {
    /// A study whose effect is not estimable until [`effect`](Self::effect) says otherwise.
    pub fn new(label: impl Into<String>) -> Self {
        ForestStudy {
            label: label.into(),
            cells: Vec::new(),
            effect: None,
            weight: None,
            size: None,
            fitted: None,
        }
    }

    /// Estimate, lower and upper limit on the scale of the analysis.
    #[must_use]
    pub fn effect(mut self, estimate: f64, lower: f64, upper: f64) -> Self {
        self.effect = Some((estimate, lower, upper));
        self
    }

    /// The cells in the order of the columns.
    #[must_use]
    pub fn cells<S: Into<String>>(mut self, cells: impl IntoIterator<Item = S>) -> Self {
        self.cells = cells.into_iter().map(Into::into).collect();
        self
    }

    /// The weight in per cent.
    #[must_use]
    pub fn weight(mut self, percent: f64) -> Self {
        self.weight = Some(percent);
        self
    }

    /// The sample size or person-time.
    #[must_use]
    pub fn size(mut self, size: f64) -> Self {
        self.size = Some(size);
        self
    }

    /// The prediction of a model for it: estimate, lower and upper limit on the scale of the analysis.
    #[must_use]
    pub fn fitted(mut self, estimate: f64, lower: f64, upper: f64) -> Self {
        self.fitted = Some((estimate, lower, upper));
        self
    }
}

/// A pooled estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForestSummary {
    /// Its name, e.g. `Random effects (REML)`.
    pub label: String,
    /// Cells in the order of the columns; missing ones are empty.
    pub cells: Vec<String>,
    /// The estimate on the scale of the analysis.
    pub estimate: f64,
    /// The lower limit of its interval.
    pub lower: f64,
    /// The upper limit of its interval.
    pub upper: f64,
    /// The weight that its studies have together, in per cent.
    pub weight: Option<f64>,
    /// The size for the back-transformation of the two Freeman-Tukey measures (harmonic mean).
    pub size: Option<f64>,
    /// Of a subgroup or of the whole.
    pub level: SummaryLevel,
}

/// The studies that a pooled estimate pools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum SummaryLevel {
    /// All studies.
    #[default]
    Total,
    /// The studies of the block above it.
    Subtotal,
}

impl ForestSummary {
    /// A pooled estimate of all studies.
    pub fn new(label: impl Into<String>, estimate: f64, lower: f64, upper: f64) -> Self {
        ForestSummary {
            label: label.into(),
            cells: Vec::new(),
            estimate,
            lower,
            upper,
            weight: None,
            size: None,
            level: SummaryLevel::Total,
        }
    }

    /// The cells in the order of the columns.
    #[must_use]
    pub fn cells<S: Into<String>>(mut self, cells: impl IntoIterator<Item = S>) -> Self {
        self.cells = cells.into_iter().map(Into::into).collect();
        self
    }

    /// The weight that its studies have together, in per cent.
    #[must_use]
    pub fn weight(mut self, percent: f64) -> Self {
        self.weight = Some(percent);
        self
    }

    /// The size for the back-transformation of the two Freeman-Tukey measures.
    #[must_use]
    pub fn size(mut self, size: f64) -> Self {
        self.size = Some(size);
        self
    }

    /// Of a subgroup or of the whole.
    #[must_use]
    pub fn level(mut self, level: SummaryLevel) -> Self {
        self.level = level;
        self
    }
}

/// A prediction interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForestPrediction {
    /// Its name.
    pub label: String,
    /// The lower limit on the scale of the analysis.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
    /// The size for the back-transformation of the two Freeman-Tukey measures.
    pub size: Option<f64>,
}

impl ForestPrediction {
    /// An interval with its name.
    pub fn new(label: impl Into<String>, lower: f64, upper: f64) -> Self {
        ForestPrediction { label: label.into(), lower, upper, size: None }
    }

    /// The size for the back-transformation of the two Freeman-Tukey measures.
    #[must_use]
    pub fn size(mut self, size: f64) -> Self {
        self.size = Some(size);
        self
    }
}

/// The order of the studies within each block (between headings, summaries and notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ForestOrder {
    /// As the rows come.
    #[default]
    AsGiven,
    /// From the smallest estimate to the largest; what is not estimable last.
    Estimate,
    /// From the largest weight to the smallest; without a weight last.
    Weight,
}

crate::codes::codes!(ForestOrder, "order" {
    AsGiven "as-given" ["given"], Estimate "estimate" [], Weight "weight" [],
});

/// The notation of an estimate and its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IntervalStyle {
    /// 0.49 \[0.34, 0.70\].
    #[default]
    Brackets,
    /// 0.49 (0.34, 0.70).
    Parentheses,
    /// 0.49 (0.34 to 0.70).
    To,
}

impl IntervalStyle {
    /// The marks before the lower limit, after it, and after the upper one.
    pub(crate) fn marks(self) -> (&'static str, &'static str, &'static str) {
        match self {
            IntervalStyle::Brackets => ("[", ",", "]"),
            IntervalStyle::Parentheses => ("(", ",", ")"),
            IntervalStyle::To => ("(", " to", ")"),
        }
    }
}

/// The dashed vertical line at the overall estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SummaryLine {
    /// At the last overall summary.
    #[default]
    Last,
    /// None.
    Hidden,
}

impl Forest {
    /// An empty forest plot of what is estimated, on a linear axis with its null at 0.
    pub fn new(effect_label: impl Into<String>) -> Self {
        Forest {
            study_header: "Study".to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
            effect_label: effect_label.into(),
            transform: Transform::Identity,
            axis: AxisKind::Linear,
            null: Some(0.0),
            favours: None,
            limits: None,
            ticks: None,
            bounds: (None, None),
            level: Level::default(),
            decimals: None,
            interval_style: IntervalStyle::default(),
            numbers_side: ColumnSide::Right,
            weights_side: ColumnSide::Right,
            order: ForestOrder::default(),
            summary_line: SummaryLine::default(),
            look: page_wide(),
            footer: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// An empty forest plot with label, back-transformation, axis, null and bounds of a measure.
    pub fn of_measure(measure: Measure) -> Self {
        let scale = measure.scale();
        let one_group = matches!(
            measure.data_kind(),
            DataKind::Proportion | DataKind::Rate | DataKind::Mean | DataKind::Reliability
        );
        let null = match measure {
            Measure::CommonLanguage | Measure::CommonLanguageNormal | Measure::CommonLanguageChange => {
                Some(0.5)
            }
            _ if one_group => None,
            _ => Some(0.0),
        };
        let bounds = match (scale, measure) {
            (Some(Scale::Proportion), _)
            | (_, Measure::RawProportion | Measure::RSquared | Measure::RSquaredFixed)
            | (_, Measure::CommonLanguage | Measure::CommonLanguageNormal | Measure::CommonLanguageChange) => {
                (Some(0.0), Some(1.0))
            }
            (Some(Scale::Correlation), _) | (_, Measure::CorrelationCoefficient) => (Some(-1.0), Some(1.0)),
            (Some(Scale::Rate | Scale::Ratio), _) | (_, Measure::IncidenceRate) => (Some(0.0), None),
            (Some(Scale::Reliability), _) | (_, Measure::ReliabilityRaw) => (None, Some(1.0)),
            _ => (None, None),
        };
        Forest {
            transform: measure.transform(),
            axis: if scale == Some(Scale::Ratio) { AxisKind::Log } else { AxisKind::Linear },
            null,
            bounds,
            ..Forest::new(measure.display_label())
        }
    }

    /// The header of the first column.
    #[must_use]
    pub fn study_header(mut self, header: impl Into<String>) -> Self {
        self.study_header = header.into();
        self
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, column: ForestColumn) -> Self {
        self.columns.push(column);
        self
    }

    /// Adds a subgroup's heading.
    #[must_use]
    pub fn heading(mut self, text: impl Into<String>) -> Self {
        self.rows.push(ForestRow::Heading(text.into()));
        self
    }

    /// Adds a study.
    #[must_use]
    pub fn study(mut self, study: ForestStudy) -> Self {
        self.rows.push(ForestRow::Study(study));
        self
    }

    /// Adds a pooled estimate.
    #[must_use]
    pub fn summary(mut self, summary: ForestSummary) -> Self {
        self.rows.push(ForestRow::Summary(summary));
        self
    }

    /// Adds a prediction interval.
    #[must_use]
    pub fn prediction(mut self, prediction: ForestPrediction) -> Self {
        self.rows.push(ForestRow::Prediction(prediction));
        self
    }

    /// Adds a line of text among the rows.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.rows.push(ForestRow::Note(text.into()));
        self
    }

    /// Adds a line of text below the axis.
    #[must_use]
    pub fn footer(mut self, text: impl Into<String>) -> Self {
        self.footer.push(text.into());
        self
    }

    /// The back-transformation and the axis on which its values stand.
    #[must_use]
    pub fn scale(mut self, transform: Transform, axis: AxisKind) -> Self {
        self.transform = transform;
        self.axis = axis;
        self
    }

    /// No effect, on the scale of the analysis; `None` for no line.
    #[must_use]
    pub fn null(mut self, null: impl Into<Option<f64>>) -> Self {
        self.null = null.into();
        self
    }

    /// The labels to the left and to the right of the null.
    #[must_use]
    pub fn favours(mut self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.favours = Some((left.into(), right.into()));
        self
    }

    /// The ends of the axis, on the original scale. Intervals beyond them end in arrows.
    #[must_use]
    pub fn limits(mut self, low: f64, high: f64) -> Self {
        self.limits = Some((low, high));
        self
    }

    /// The places of the ticks, on the original scale.
    #[must_use]
    pub fn ticks(mut self, ticks: impl IntoIterator<Item = f64>) -> Self {
        self.ticks = Some(ticks.into_iter().collect());
        self
    }

    /// The level of the intervals.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Decimals of estimates and intervals.
    #[must_use]
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = Some(decimals);
        self
    }

    /// On which side of the plot estimates and intervals stand.
    #[must_use]
    pub fn numbers_side(mut self, side: ColumnSide) -> Self {
        self.numbers_side = side;
        self
    }

    /// On which side of the plot the weights stand.
    #[must_use]
    pub fn weights_side(mut self, side: ColumnSide) -> Self {
        self.weights_side = side;
        self
    }

    /// The notation of an estimate and its interval.
    #[must_use]
    pub fn interval_style(mut self, style: IntervalStyle) -> Self {
        self.interval_style = style;
        self
    }

    /// The order of the studies within each block.
    #[must_use]
    pub fn order(mut self, order: ForestOrder) -> Self {
        self.order = order;
        self
    }

    /// Chooses the dashed line at the last overall estimate.
    #[must_use]
    pub fn summary_line(mut self, line: SummaryLine) -> Self {
        self.summary_line = line;
        self
    }
}
