//! From the input to rows that are checked, ordered, written out as text and placed along the axis: what the drawn and
//! the printed forest share.

use super::input::{Forest, ForestOrder, ForestRow, ForestStudy, SummaryLevel, SummaryLine};
use crate::{
    Error, Result,
    effect::Transform,
    plot::{axis::AxisKind, font, number},
};

/// The parts of a row's numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbers {
    /// No numbers.
    None,
    /// A study without an effect.
    NotEstimable,
    /// An estimate (none for a prediction interval) and its limits.
    Interval { estimate: Option<String>, lower: String, upper: String },
}

/// A place along the axis before scaling; the estimate is missing for a prediction interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub estimate: Option<f64>,
    pub lower: f64,
    pub upper: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Heading,
    Study,
    Subtotal,
    Total,
    Prediction,
    Note,
    /// Sums over studies.
    Sums,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct PreparedRow {
    pub kind: RowKind,
    pub label: String,
    /// One for each column of the input.
    pub cells: Vec<String>,
    pub span: Option<Span>,
    /// The prediction of a model for a study.
    pub fitted: Option<Span>,
    pub numbers: Numbers,
    pub weight: Option<f64>,
    pub weight_text: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prepared {
    pub rows: Vec<PreparedRow>,
    pub studies: usize,
    /// True if studies stand below headings.
    pub blocks: bool,
    /// The ends of the axis before scaling.
    pub low: f64,
    pub high: f64,
    /// The place of the null line, if the axis reaches it.
    pub null: Option<f64>,
    /// The place of the dashed line.
    pub summary: Option<f64>,
    pub has_weights: bool,
    pub largest_weight: f64,
}

pub(super) const NOT_ESTIMABLE: &str = "not estimable";

/// Headers over the numbers: what is estimated, and the level of the interval.
pub(super) fn effect_header(forest: &Forest) -> String {
    let (open, _, close) = forest.interval_style.marks();
    format!("{} {open}{}% CI{close}", forest.effect_label, number::shortest(forest.level.as_percent()))
}

/// The interval as one text, e.g. for a hint.
pub(super) fn joined(forest: &Forest, numbers: &Numbers) -> String {
    let (open, between, close) = forest.interval_style.marks();
    match numbers {
        Numbers::None => String::new(),
        Numbers::NotEstimable => NOT_ESTIMABLE.to_owned(),
        Numbers::Interval { estimate, lower, upper } => {
            let estimate = estimate.as_ref().map(|text| format!("{text} ")).unwrap_or_default();
            format!("{estimate}{open}{lower}{between} {upper}{close}")
        }
    }
}

/// A value of the analysis on the original scale, and its place along the axis.
fn read(forest: &Forest, y: f64, size: Option<f64>) -> Result<(f64, f64)> {
    let value = forest.transform.apply(y, size).ok_or_else(|| {
        Error::data(
            "no sample size",
            "this measure is shown on its own scale through a sample size: give one",
        )
    })?;
    let place = match (forest.transform, forest.axis) {
        (Transform::Exp, AxisKind::Log) => y, // exact, and finite where exp(y) overflows
        (_, kind) => kind.position(value),
    };
    if value.is_nan() || place.is_nan() {
        return Err(Error::data(
            format!("the value {y} has no place on a {} axis", name(forest.axis)),
            "choose a linear axis, or values above 0",
        ));
    }
    Ok((value, place))
}

fn name(kind: AxisKind) -> &'static str {
    match kind {
        AxisKind::Log => "logarithmic",
        AxisKind::Linear => "linear",
    }
}

/// The three numbers of a row: on the original scale, and their places.
struct Read {
    values: (Option<f64>, f64, f64),
    span: Span,
}

fn read_interval(
    forest: &Forest,
    estimate: Option<f64>,
    lower: f64,
    upper: f64,
    size: Option<f64>,
) -> Result<Read> {
    // An infinite estimate is the end of an interval without that bound.
    let nowhere = |y: f64| y.is_nan() || (y.is_infinite() && y != lower && y != upper);
    if estimate.is_some_and(nowhere) || lower.is_nan() || upper.is_nan() {
        return Err(Error::data(
            format!("the effect {} [{lower}, {upper}]", estimate.map_or("–".to_owned(), |y| y.to_string())),
            "an estimate must be a finite number, or the infinite limit of its interval, and its limits numbers",
        ));
    }
    if lower > upper || estimate.is_some_and(|y| y < lower || y > upper) {
        return Err(Error::data(
            format!("the effect {} [{lower}, {upper}]", estimate.map_or("–".to_owned(), |y| y.to_string())),
            "the lower limit must be at most the estimate, and that at most the upper limit",
        ));
    }
    let middle = estimate.map(|y| read(forest, y, size)).transpose()?;
    let (low, high) = (read(forest, lower, size)?, read(forest, upper, size)?);
    Ok(Read {
        values: (middle.map(|(value, _)| value), low.0, high.0),
        span: Span { estimate: middle.map(|(_, place)| place), lower: low.1, upper: high.1 },
    })
}

/// Checks, orders and writes out.
pub(super) fn prepare(forest: &Forest) -> Result<Prepared> {
    let ordered = ordered(forest);
    let mut reads: Vec<Option<Read>> = Vec::with_capacity(ordered.len());
    for row in &ordered {
        reads.push(match row {
            ForestRow::Study(study) => {
                if study.weight.is_some_and(|w| !(w.is_finite() && w >= 0.0)) {
                    let found = format!("the weight {}", study.weight.unwrap_or_default());
                    return Err(Error::data(found, "a weight must be 0 or above").in_study(&study.label));
                }
                study
                    .effect
                    .map(|(estimate, lower, upper)| {
                        read_interval(forest, Some(estimate), lower, upper, study.size)
                    })
                    .transpose()
                    .map_err(|error| error.in_study(&study.label))?
            }
            ForestRow::Summary(s) if !s.estimate.is_finite() => {
                let found = format!("the estimate {}", s.estimate);
                return Err(Error::data(found, "a summary needs a finite estimate").in_study(&s.label));
            }
            ForestRow::Summary(s) => Some(
                read_interval(forest, Some(s.estimate), s.lower, s.upper, s.size)
                    .map_err(|error| error.in_study(&s.label))?,
            ),
            ForestRow::Prediction(p) => Some(
                read_interval(forest, None, p.lower, p.upper, p.size)
                    .map_err(|error| error.in_study(&p.label))?,
            ),
            ForestRow::Heading(_) | ForestRow::Note(_) | ForestRow::Sums(..) | ForestRow::Statistics(_) => {
                None
            }
        });
    }
    let studies = ordered.iter().filter(|row| matches!(row, ForestRow::Study(_))).count();
    if studies == 0 && reads.iter().all(Option::is_none) {
        return Err(Error::data(
            "no study and no summary",
            "a forest plot needs at least one row with an effect",
        ));
    }
    let decimals = forest.decimals.unwrap_or_else(|| automatic_decimals(forest, &reads)).min(12);
    let rows: Vec<PreparedRow> =
        ordered.iter().zip(&reads).map(|(row, read)| written(forest, row, read.as_ref(), decimals)).collect();
    let null = forest.null.map(|null| read(forest, null, None).map(|(_, place)| place)).transpose()?;
    let (low, high) = match forest.limits {
        Some(limits) => given_limits(forest, limits)?,
        None => automatic_limits(forest, &rows, null),
    };
    if !(low < high && (high - low).is_finite()) {
        return Err(Error::data(
            "effects that span more than a number holds",
            "check the scale of the effects",
        ));
    }
    let inside = |place: &f64| *place >= low && *place <= high;
    let last = rows.iter().rev().find(|row| row.kind == RowKind::Total);
    let summary = match forest.summary_line {
        SummaryLine::Last => last.and_then(|row| row.span?.estimate).filter(inside),
        SummaryLine::Hidden => None,
    };
    let weights = || rows.iter().filter(|row| row.kind == RowKind::Study).filter_map(|row| row.weight);
    Ok(Prepared {
        studies,
        blocks: rows.iter().any(|row| row.kind == RowKind::Heading),
        low,
        high,
        null: null.filter(inside),
        summary,
        has_weights: weights().next().is_some(),
        largest_weight: weights().fold(0.0, f64::max),
        rows,
    })
}

/// The rows with the studies of each block in the order asked for.
fn ordered(forest: &Forest) -> Vec<&ForestRow> {
    let silent = |row: &&ForestRow| matches!(row, ForestRow::Statistics(found) if found.short.is_none());
    let mut rows: Vec<&ForestRow> = forest.rows.iter().filter(|row| !silent(row)).collect();
    let key = |row: &ForestRow| match (row, forest.order) {
        (ForestRow::Study(ForestStudy { effect: Some((y, ..)), .. }), ForestOrder::Estimate) => *y,
        (ForestRow::Study(ForestStudy { weight: Some(w), .. }), ForestOrder::Weight) => -w,
        _ => f64::INFINITY,
    };
    if forest.order != ForestOrder::AsGiven {
        for block in rows.chunk_by_mut(|a, b| matches!((a, b), (ForestRow::Study(_), ForestRow::Study(_)))) {
            block.sort_by(|a, b| key(a).total_cmp(&key(b)));
        }
    }
    rows
}

fn written(forest: &Forest, row: &ForestRow, read: Option<&Read>, decimals: usize) -> PreparedRow {
    let none = String::new();
    let (kind, label, cells, weight): (_, _, &[String], _) = match row {
        ForestRow::Heading(text) => (RowKind::Heading, text, &[], None),
        ForestRow::Note(text) => (RowKind::Note, text, &[], None),
        ForestRow::Sums(text, cells) => (RowKind::Sums, text, cells, None),
        ForestRow::Statistics(found) => (RowKind::Note, found.short.as_ref().unwrap_or(&none), &[], None),
        ForestRow::Study(s) => (RowKind::Study, &s.label, &s.cells, s.weight),
        ForestRow::Summary(s) => {
            let kind = match s.level {
                SummaryLevel::Total => RowKind::Total,
                SummaryLevel::Subtotal => RowKind::Subtotal,
            };
            (kind, &s.label, &s.cells, s.weight)
        }
        ForestRow::Prediction(p) => (RowKind::Prediction, &p.label, &[], None),
    };
    let numbers = match read {
        Some(read) => Numbers::Interval {
            estimate: read.values.0.map(|value| number::fixed(value, decimals)),
            lower: number::fixed(read.values.1, decimals),
            upper: number::fixed(read.values.2, decimals),
        },
        None if kind == RowKind::Study => Numbers::NotEstimable,
        None => Numbers::None,
    };
    let mut cells: Vec<String> = cells.iter().map(|cell| font::clean(cell)).collect();
    cells.resize(forest.columns.len(), String::new());
    PreparedRow {
        kind,
        label: font::clean(label),
        cells,
        span: read.map(|read| read.span),
        fitted: match row {
            ForestRow::Study(ForestStudy { fitted: Some((estimate, lower, upper)), size, .. }) => {
                read_interval(forest, Some(*estimate), *lower, *upper, *size).ok().map(|read| read.span)
            }
            _ => None,
        },
        numbers,
        weight,
        weight_text: match (kind, weight) {
            (_, Some(weight)) => format!("{}%", number::fixed(weight, 1)),
            (RowKind::Study, None) => "–".to_owned(),
            _ => String::new(),
        },
    }
}

/// Two decimals, or more where the typical interval of a linear axis is so narrow that two would hide it.
fn automatic_decimals(forest: &Forest, reads: &[Option<Read>]) -> usize {
    if forest.axis == AxisKind::Log {
        return 2;
    }
    let mut widths: Vec<f64> = reads
        .iter()
        .flatten()
        .map(|read| read.values.2 - read.values.1)
        .filter(|w| w.is_finite() && *w > 0.0)
        .collect();
    widths.sort_by(f64::total_cmp);
    match widths.get(widths.len() / 2) {
        Some(width) => ((1.0 - width.log10()).ceil()).clamp(2.0, 6.0) as usize,
        None => 2,
    }
}

fn given_limits(forest: &Forest, (low, high): (f64, f64)) -> Result<(f64, f64)> {
    let places = (forest.axis.position(low), forest.axis.position(high));
    if !(places.0.is_finite() && places.1.is_finite() && places.0 < places.1) {
        return Err(Error::setting(
            "limits",
            format!("{low} to {high}"),
            "give a lower and a higher end, above 0 on a logarithmic axis",
        ));
    }
    Ok(places)
}

/// Ends of the axis that show all that is precise, and cut what would squeeze it.
///
/// The core is what must be seen whole: the null, the overall summaries, the intervals of the more precise three quarters of the
/// studies and subtotals. Other limits, estimates, prediction intervals and fitted effects extend it as long as they stay within 0.6, 1.5 and 1 of its
/// length on either side; beyond that they end in arrows.
fn automatic_limits(forest: &Forest, rows: &[PreparedRow], null: Option<f64>) -> (f64, f64) {
    let of = |kinds: &[RowKind]| -> Vec<Span> {
        rows.iter().filter(|row| kinds.contains(&row.kind)).filter_map(|row| row.span).collect()
    };
    let mut studies = of(&[RowKind::Study, RowKind::Subtotal]);
    studies.sort_by(|a, b| (a.upper - a.lower).total_cmp(&(b.upper - b.lower)));
    let precise = studies.len() * 3 / 4;
    let mut core = Hull::default();
    core.extend(null);
    for span in of(&[RowKind::Total]).iter().chain(studies.iter().take(precise.max(2))) {
        core.extend(span.estimate);
        core.extend([span.lower, span.upper]);
    }
    let length = (core.high - core.low).max(0.0);
    let mut low = vec![core.low];
    let mut high = vec![core.high];
    let mut reach = |value: f64, fence: f64| {
        if value.is_finite() && value < core.low {
            low.push(if value >= core.low - fence * length { value } else { core.low - 0.2 * length });
        } else if value.is_finite() && value > core.high {
            high.push(if value <= core.high + fence * length { value } else { core.high + 0.2 * length });
        }
    };
    for span in &studies {
        reach(span.lower, 0.6);
        reach(span.upper, 0.6);
        if let Some(estimate) = span.estimate {
            reach(estimate, 1.5);
        }
    }
    // Fitted diamonds end at the edge of the plot without an arrow, so that they have to reach it as predictions do.
    for span in of(&[RowKind::Prediction]).into_iter().chain(rows.iter().filter_map(|row| row.fitted)) {
        reach(span.lower, 1.0);
        reach(span.upper, 1.0);
    }
    let mut low = low.into_iter().fold(f64::INFINITY, f64::min);
    let mut high = high.into_iter().fold(f64::NEG_INFINITY, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        (low, high) = (null.unwrap_or(0.0), null.unwrap_or(0.0));
    }
    let pad = match (high - low) * 0.04 {
        pad if pad > 1e-9 * low.abs().max(high.abs()).max(1e-9) => pad,
        _ => match forest.axis {
            AxisKind::Log => std::f64::consts::LN_2,
            AxisKind::Linear => (low.abs() * 0.1).max(1e-3),
        },
    };
    let end = |bound: Option<f64>, none: f64| bound.map_or(none, |value| forest.axis.position(value));
    let least = end(forest.bounds.0, f64::NEG_INFINITY);
    let most = end(forest.bounds.1, f64::INFINITY);
    let padded = ((low - pad).max(least), (high + pad).min(most));
    if padded.0 < padded.1 { padded } else { (low - pad, high + pad) }
}

struct Hull {
    low: f64,
    high: f64,
}

impl Default for Hull {
    fn default() -> Self {
        Hull { low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Hull {
    fn extend(&mut self, values: impl IntoIterator<Item = f64>) {
        for value in values.into_iter().filter(|value| value.is_finite()) {
            self.low = self.low.min(value);
            self.high = self.high.max(value);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        Measure,
        plot::forest::{ForestPrediction, ForestSummary},
    };

    fn ratios() -> Forest {
        Forest::of_measure(Measure::RiskRatio)
            .study(ForestStudy::new("A").effect(-0.2, -0.5, 0.1).weight(40.0))
            .study(ForestStudy::new("B").effect(-0.4, -0.9, 0.1).weight(60.0))
            .study(ForestStudy::new("C").effect(0.3, -6.0, 6.6))
    }

    #[test]
    fn one_huge_interval_does_not_squeeze_the_others() {
        let prepared = prepare(&ratios()).unwrap();
        assert!(prepared.low > -3.0 && prepared.high < 3.0, "{} {}", prepared.low, prepared.high);
        assert!(prepared.high > 0.3, "the estimate itself is shown");
        let two = Forest::of_measure(Measure::RiskRatio)
            .study(ForestStudy::new("A").effect(-0.2, -0.5, 0.1))
            .study(ForestStudy::new("B").effect(0.1, -0.7, 0.9));
        let prepared = prepare(&two).unwrap();
        assert!(prepared.low < -0.7 && prepared.high > 0.9, "two ordinary studies are shown whole");
    }

    #[test]
    fn proportions_do_not_leave_their_bounds() {
        let forest = Forest::of_measure(Measure::LogitProportion)
            .study(ForestStudy::new("A").effect(-4.0, -6.0, -2.0))
            .study(ForestStudy::new("B").effect(3.0, 1.0, 9.0));
        let prepared = prepare(&forest).unwrap();
        assert_eq!((prepared.low, prepared.high), (0.0, 1.0));
        assert_eq!(prepared.null, None);
    }

    #[test]
    fn order_concerns_studies_within_a_block_only() {
        let forest = Forest::new("d")
            .heading("I")
            .study(ForestStudy::new("b").effect(2.0, 1.0, 3.0))
            .study(ForestStudy::new("n"))
            .study(ForestStudy::new("a").effect(1.0, 0.0, 3.0))
            .heading("II")
            .study(ForestStudy::new("c").effect(-5.0, -6.0, 3.0))
            .order(ForestOrder::Estimate);
        let labels: Vec<String> = prepare(&forest).unwrap().rows.into_iter().map(|row| row.label).collect();
        assert_eq!(labels, ["I", "a", "b", "n", "II", "c"]);
        let weights: Vec<String> = prepare(&ratios().order(ForestOrder::Weight))
            .unwrap()
            .rows
            .into_iter()
            .map(|row| row.label)
            .collect();
        assert_eq!(weights, ["B", "A", "C"]);
    }

    #[test]
    fn wrong_numbers_are_named_with_their_study() {
        let forest = ratios().study(ForestStudy::new("Smith 2001").effect(1.0, 2.0, 3.0));
        let error = prepare(&forest).unwrap_err().to_string();
        assert!(error.starts_with("study Smith 2001: the effect 1 [2, 3]"), "{error}");
        assert!(prepare(&ratios().study(ForestStudy::new("x").effect(f64::NAN, 0.0, 1.0))).is_err());
        assert!(prepare(&ratios().study(ForestStudy::new("x").effect(0.5, 0.0, 1.0).weight(-1.0))).is_err());
        assert!(prepare(&ratios().limits(2.0, 1.0)).is_err());
        assert!(prepare(&ratios().limits(0.0, 1.0)).is_err());
        assert!(prepare(&Forest::new("d")).is_err());
        let far = Forest::new("d").study(ForestStudy::new("x").effect(1e308, -1e308, 1.5e308));
        assert!(prepare(&far).is_err());
        let sizes = Forest::of_measure(Measure::DoubleArcsineProportion);
        assert!(prepare(&sizes.clone().study(ForestStudy::new("x").effect(0.5, 0.4, 0.6))).is_err());
        assert!(prepare(&sizes.study(ForestStudy::new("x").effect(0.5, 0.4, 0.6).size(20.0))).is_ok());
    }

    #[test]
    fn numbers_are_written_on_the_scale_that_people_read() {
        let forest = ratios()
            .summary(ForestSummary::new("All", -0.7145, -1.0669, -0.3622))
            .prediction(ForestPrediction::new("Prediction", -1.87, f64::INFINITY));
        let prepared = prepare(&forest).unwrap();
        let texts: Vec<String> = prepared.rows.iter().map(|row| joined(&forest, &row.numbers)).collect();
        assert_eq!(texts[3], "0.49 [0.34, 0.70]");
        assert_eq!(texts[4], "[0.15, ∞]");
        assert_eq!(effect_header(&forest), "Risk ratio [95% CI]");
        let narrow = Forest::new("Difference").study(ForestStudy::new("A").effect(0.0012, 0.0002, 0.0022));
        assert_eq!(joined(&narrow, &prepare(&narrow).unwrap().rows[0].numbers), "0.0012 [0.0002, 0.0022]");
    }
}
