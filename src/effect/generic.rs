//! Ready-made effects: an estimate with its variance, standard error, confidence interval or P value.
//!
//! When to use it: a report gives the effect itself, such as a hazard ratio of 0.71 with a 95% interval from 0.55 to 0.92.
//!
//! With z the normal critical value of the level, and z_p that of a two-sided P value:
//!
//! | known | vi |
//! |---|---|
//! | variance, standard error | vi, sei² |
//! | interval (l, u) | ((u - l)/(2z))² |
//! | P value | (yi/z_p)² |
//!
//! A ratio and its interval are turned into logarithms first; a variance or standard error beside a ratio is that of its
//! logarithm. The effect of an estimate of 0 (a ratio of 1) cannot be had from a P value.
//!
//! A normal interval is symmetric about its estimate (for ratios on the log scale). If the printed digits, each taken as
//! rounded to the last decimal place that any of the three numbers shows, do not allow for that, a note says so: a
//! misprint, a different level or another kind of interval may be the reason.
//!
//! A ready-made effect on a ratio measure is a ratio or its logarithm, and a number does not say which: [`check_ratio_scale`]
//! stops where ratios were given as they stand ([`Generic::new`]) and nothing shows that they are logarithms.
//! [`Generic::ratio`] and [`Generic::log`] state it.
//!
//! ```
//! use consilience::Level;
//! use consilience::effect::{Generic, Uncertainty};
//!
//! // Passive smoking and lung cancer (Hackshaw 1998): Garfinkel 1981, odds ratio 1.18 (0.90 to 1.54).
//! let effect = Generic::ratio(1.18, Uncertainty::Interval { lower: 0.90, upper: 1.54, level: Level::default() })?;
//! assert!((effect.yi() - 0.1655144).abs() < 1e-7);
//! assert!((effect.vi().sqrt() - 0.1370288).abs() < 1e-7);
//! assert_eq!(effect.note(), None);
//!
//! let error = Generic::ratio(-0.3, Uncertainty::StandardError(0.2)).unwrap_err();
//! assert!(error.to_string().starts_with("column yi: ratio is -0.3"));
//! # Ok::<(), consilience::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use super::{
    Measure, Scale, Transform,
    check::{finite, getters, positive},
    from_table::says_logarithm,
    outcome::{Effect, Outcome},
};
use crate::{
    Error, Level, Result,
    stat::{Tail, normal},
    table::spelled,
};

/// The way the uncertainty of a ready-made effect is reported.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Uncertainty {
    /// The sampling variance (`vi`).
    Variance(f64),
    /// The standard error (`sei`).
    StandardError(f64),
    /// A confidence interval (`ci_lower`, `ci_upper`).
    Interval {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
        /// Its level.
        level: Level,
    },
    /// A two-sided P value (`p_value`), exact.
    PValue(f64),
}

/// A ready-made effect on the scale of the analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Generic {
    yi: f64,
    vi: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The limits as they were given, if the scale of the effect was not stated.
    #[serde(skip)]
    unstated: Option<Option<[f64; 2]>>,
}

impl Generic {
    /// An effect that is analysed as it stands.
    ///
    /// # Errors
    ///
    /// If a value is not finite; a variance or standard error not positive; an interval's limits equal or swapped, or the
    /// estimate outside it; a P value not above 0 and at most 1, or one that says nothing (estimate 0, or P value 1).
    pub fn new(yi: f64, uncertainty: Uncertainty) -> Result<Self> {
        let yi = finite("yi", yi)?;
        let (vi, note, limits) = match uncertainty {
            Uncertainty::Interval { lower, upper, level } => {
                check_interval(yi, lower, upper)?;
                let note = (!symmetric(yi, lower, upper)).then(|| asymmetry(yi, lower, upper, ""));
                (variance_of_interval(lower, upper, level), note, Some([lower, upper]))
            }
            other => (variance(yi, other)?, None, None),
        };
        Ok(Generic { unstated: Some(limits), ..Self::checked(yi, vi, note)? })
    }

    /// The natural logarithm of a ratio, which is analysed as it stands; interval limits are logarithms too.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn log(yi: f64, uncertainty: Uncertainty) -> Result<Self> {
        Ok(Generic { unstated: None, ..Self::new(yi, uncertainty)? })
    }

    /// A ratio, which is analysed as its natural logarithm. Interval limits are ratios too; a variance or standard error is
    /// that of the logarithm.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if the ratio or a limit is not above 0.
    pub fn ratio(ratio: f64, uncertainty: Uncertainty) -> Result<Self> {
        let yi = log("yi", ratio)?;
        let (vi, note) = match uncertainty {
            Uncertainty::Interval { lower, upper, level } => {
                let (l, u) = (log("ci_lower", lower)?, log("ci_upper", upper)?);
                check_interval(ratio, lower, upper)?;
                let even = symmetric_on_log_scale(ratio, lower, upper);
                let note = (!even).then(|| asymmetry(ratio, lower, upper, " on the log scale"));
                (variance_of_interval(l, u, level), note)
            }
            other => (variance(yi, other)?, None),
        };
        Self::checked(yi, vi, note)
    }

    /// An effect without a sampling error, as it stands: for models that give it another variance.
    pub(super) fn exact(yi: f64) -> Result<Self> {
        Ok(Generic { yi: finite("yi", yi)?, vi: 0.0, note: None, unstated: None })
    }

    fn checked(yi: f64, vi: f64, note: Option<String>) -> Result<Self> {
        if vi.is_finite() && vi > 0.0 {
            return Ok(Generic { yi, vi, note, unstated: None });
        }
        Err(Error::data(format!("the sampling variance comes to {vi}"), "give values that can be told apart"))
    }

    getters! {
        /// The estimate on the scale of the analysis.
        yi,
        /// Its sampling variance.
        vi,
    }

    /// The oddity of the interval, if there is one.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    pub(crate) fn outcome(&self) -> Outcome {
        Outcome {
            effect: Some(Effect { yi: self.yi, vi: self.vi }),
            notes: self.note.iter().cloned().collect(),
            exact: self.vi == 0.0,
            ..Outcome::default()
        }
    }
}

fn log(column: &str, ratio: f64) -> Result<f64> {
    if finite(column, ratio)? > 0.0 {
        return Ok(ratio.ln());
    }
    Err(Error::data(
        format!("ratio is {ratio}"),
        "ratios must be above 0; leave out the ratio option for logarithms and differences",
    )
    .in_column(column))
}

/// The variance from what is not an interval.
fn variance(yi: f64, uncertainty: Uncertainty) -> Result<f64> {
    match uncertainty {
        Uncertainty::Variance(vi) => positive("vi", "sampling variance", vi),
        Uncertainty::StandardError(sei) => Ok(positive("sei", "standard error", sei)?.powi(2)),
        Uncertainty::Interval { lower, upper, level } => Ok(variance_of_interval(lower, upper, level)),
        Uncertainty::PValue(p) => {
            let refuse = |found: String, remedy: &str| Err(Error::data(found, remedy).in_column("p_value"));
            if !(p > 0.0 && p <= 1.0) {
                return refuse(
                    format!("P value is {p}"),
                    "give the exact two-sided P value, above 0 and at most 1",
                );
            }
            if yi == 0.0 {
                return refuse(
                    format!("P value {p} beside an effect of 0"),
                    "an effect of 0 has no standard error that follows from its P value; give the standard error or interval",
                );
            }
            if p == 1.0 {
                return refuse(
                    format!("P value {p} beside an effect of {yi}"),
                    "a P value of 1 has no standard error; give more digits, the standard error or the interval",
                );
            }
            Ok((yi / normal::quantile(Tail::Upper(0.5 * p))).powi(2))
        }
    }
}

fn variance_of_interval(lower: f64, upper: f64, level: Level) -> f64 {
    ((upper - lower) / (2.0 * level.critical_value(None))).powi(2)
}

fn check_interval(yi: f64, lower: f64, upper: f64) -> Result<()> {
    let (lower, upper) = (finite("ci_lower", lower)?, finite("ci_upper", upper)?);
    let refuse =
        |column: &str, found: String, remedy: &str| Err(Error::data(found, remedy).in_column(column));
    if lower > upper {
        refuse("ci_lower", format!("lower limit {lower} is above the upper limit {upper}"), "swap the limits")
    } else if lower == upper {
        refuse(
            "ci_lower",
            format!("both limits are {lower}"),
            "an interval has two different limits; give more digits or the standard error",
        )
    } else if yi < lower || yi > upper {
        refuse(
            "yi",
            format!("estimate {yi} lies outside its interval from {lower} to {upper}"),
            "check that estimate and limits are on the same scale",
        )
    } else {
        Ok(())
    }
}

/// Half a unit of the last decimal place that any of the numbers shows.
fn half_unit(values: [f64; 3]) -> f64 {
    let decimals = |value: f64| format!("{value}").split_once('.').map_or(0, |(_, digits)| digits.len());
    let places = values.map(decimals).into_iter().max().unwrap_or(0);
    0.5 * 10f64.powi(-i32::try_from(places).unwrap_or(i32::MAX))
}

/// The largest error of the logarithm of a rounded number.
fn spread(value: f64, half: f64) -> f64 {
    if value > half { (value / (value - half)).ln() } else { f64::INFINITY }
}

/// True if rounding of the printed digits allows for an estimate in the middle of its interval. What binary arithmetic adds is
/// far below 1e-9 of the numbers.
fn within(skew: f64, slack: f64, yi: f64, lower: f64, upper: f64) -> bool {
    skew.abs() <= slack + 1e-9 * (upper - lower).abs().max(yi.abs())
}

fn symmetric(yi: f64, lower: f64, upper: f64) -> bool {
    within((upper - yi) - (yi - lower), 4.0 * half_unit([yi, lower, upper]), yi, lower, upper)
}

/// The same of the logarithms of three numbers above 0.
fn symmetric_on_log_scale(ratio: f64, lower: f64, upper: f64) -> bool {
    let half = half_unit([ratio, lower, upper]);
    // the largest change of ln(u) + ln(l) - 2 ln(y) when each is moved by half a unit of its last digit
    let slack = spread(upper, half) + spread(lower, half) + 2.0 * spread(ratio, half);
    within((upper / ratio).ln() - (ratio / lower).ln(), slack, ratio, lower, upper)
}

fn asymmetry(yi: f64, lower: f64, upper: f64, scale: &str) -> String {
    format!("the interval from {lower} to {upper} is not symmetric about {yi}{scale}; its width is used")
}

/// Refuses effects on a ratio measure that may be ratios and would be read as logarithms.
///
/// A value or limit of 0 or below shows logarithms. Where all are positive, the intervals speak: logarithms have intervals that
/// are symmetric as they stand, ratios have intervals that are symmetric on the log scale, each as far as rounding allows. More
/// intervals of the first kind than of the second show logarithms; anything else is refused, and so are positive values without
/// intervals. Effects whose scale was stated ([`Generic::ratio`], [`Generic::log`]) pass, and so do measures that are no ratios.
///
/// # Errors
///
/// If the values may be ratios; the error names the two ways to state what they are.
pub fn check_ratio_scale(measure: Measure, effects: &[Generic]) -> Result<()> {
    check_scale_of(measure, effects, None)
}

/// A remark on effects of no named measure whose intervals are symmetric on the log scale and not on their own.
pub(super) fn may_be_ratios(effects: &[Generic]) -> Option<String> {
    let limited: Vec<(f64, f64, f64)> = effects
        .iter()
        .filter_map(|effect| effect.unstated?.map(|[lower, upper]| (effect.yi, lower, upper)))
        .collect();
    let found = symmetric_as_ratios(&limited)?;
    Some(format!("{found}: if the effects are ratios, say so with --ratio; they were read as they are"))
}

/// As [`symmetric_as_ratios`], of the columns of estimates and of their limits.
#[cfg(any(feature = "request", feature = "network"))]
pub(crate) fn columns_symmetric_as_ratios(
    yi: &[Option<f64>],
    lower: &[Option<f64>],
    upper: &[Option<f64>],
) -> Option<String> {
    let limits = yi.iter().zip(lower.iter().zip(upper));
    let intervals: Vec<_> = limits.filter_map(|(y, (l, u))| Some(((*y)?, (*l)?, (*u)?))).collect();
    symmetric_as_ratios(&intervals)
}

/// Tells of estimates with their limits that most of them are symmetric on the log scale and not on their own, with an example.
fn symmetric_as_ratios(intervals: &[(f64, f64, f64)]) -> Option<String> {
    let odd = |&&(yi, lower, upper): &&(f64, f64, f64)| {
        lower > 0.0 && !symmetric(yi, lower, upper) && symmetric_on_log_scale(yi, lower, upper)
    };
    let (yi, lower, upper) = intervals.iter().find(odd)?;
    // one interval of few digits may look like anything
    let several = intervals.iter().filter(odd).count();
    (several > 1 && 2 * several > intervals.len())
        .then(|| format!("intervals are symmetric on the log scale, as {yi} ({lower} to {upper})"))
}

/// As [`check_ratio_scale`], and for measures with another transformation; the name of their column counts where the numbers do not
/// tell.
pub(super) fn check_scale_of(measure: Measure, effects: &[Generic], name: Option<&str>) -> Result<()> {
    if measure.scale() != Some(Scale::Ratio) {
        return check_transformed(measure, effects, name);
    }
    let logarithms = name.is_some_and(says_logarithm);
    let unstated: Vec<(f64, Option<[f64; 2]>)> =
        effects.iter().filter_map(|effect| Some((effect.yi, effect.unstated?))).collect();
    let below = |(yi, limits): &(f64, Option<[f64; 2]>)| *yi <= 0.0 || limits.is_some_and(|l| l[0] <= 0.0);
    if unstated.is_empty() || unstated.iter().any(below) {
        return Ok(());
    }
    let intervals = || unstated.iter().filter_map(|(yi, limits)| limits.map(|[l, u]| (*yi, l, u)));
    let skewed = intervals().filter(|&(yi, l, u)| !symmetric(yi, l, u)).count();
    let skewed_logs = intervals().filter(|&(yi, l, u)| !symmetric_on_log_scale(yi, l, u)).count();
    if skewed_logs > skewed || logarithms && skewed == skewed_logs {
        return Ok(());
    }
    let found = if skewed > skewed_logs {
        let example = intervals().find(|&(yi, l, u)| !symmetric(yi, l, u));
        let shown = example.map_or_else(String::new, |(yi, l, u)| format!(", as {yi} ({l} to {u})"));
        format!(
            "the effects look like ratios and would be read as logarithms of {measure}: intervals are symmetric on the log \
             scale{shown}"
        )
    } else {
        format!(
            "all effects are above 0, so they may be ratios or logarithms of {measure}, and nothing tells which"
        )
    };
    Err(Error::setting(
        "scale of the effects",
        found,
        "state it: --ratio for ratios (in the library `Generic::ratio`), --scale log for logarithms (`Generic::log`)",
    ))
}

/// Names of columns that hold what a measure is the transformation of.
const CORRELATIONS: [&str; 6] = ["r", "ri", "cor", "corr", "correlation", "pearson"];
const PROPORTIONS: [&str; 10] = [
    "prev",
    "prevalence",
    "prop",
    "proportion",
    "percent",
    "percentage",
    "risk",
    "incidence",
    "sensitivity",
    "specificity",
];
const RELIABILITIES: [&str; 5] = ["alpha", "ai", "cronbach", "cronbachsalpha", "reliability"];

/// Refuses ready-made correlations, proportions and reliabilities where their transformation is analyzed: by the name of their column,
/// or intervals that are not symmetric as they would be on the scale of the analysis.
fn check_transformed(measure: Measure, effects: &[Generic], name: Option<&str>) -> Result<()> {
    let (names, (low, high), what): (&[&str], (f64, f64), &str) = match measure.transform() {
        Transform::Identity | Transform::Exp => return Ok(()),
        Transform::Tanh => (&CORRELATIONS, (-1.0, 1.0), "correlations"),
        Transform::InverseCubeRootComplement | Transform::InverseLogComplement => {
            (&RELIABILITIES, (f64::NEG_INFINITY, 1.0), "reliabilities")
        }
        Transform::Square | Transform::InverseDoubleSquareRoot => {
            (&["rate", "incidence"], (0.0, f64::INFINITY), "rates")
        }
        _ => (&PROPORTIONS, (0.0, 1.0), "proportions"),
    };
    let unstated: Vec<(f64, Option<[f64; 2]>)> =
        effects.iter().filter_map(|effect| Some((effect.yi, effect.unstated?))).collect();
    let plain = name.map(spelled).unwrap_or_default();
    let named = name
        .filter(|_| names.iter().any(|known| plain == *known || known.len() > 3 && plain.starts_with(known)));
    // named percentages go up to 100
    let high = if named.is_some() && high == 1.0 && low == 0.0 { 100.0 } else { high };
    let within = |y: f64| y >= low && y <= high;
    let possible =
        unstated.iter().all(|(y, limits)| within(*y) && limits.is_none_or(|l| l.into_iter().all(within)));
    if unstated.is_empty() || !possible {
        return Ok(());
    }
    let limited: Vec<(f64, f64, f64)> =
        unstated.iter().filter_map(|(y, limits)| limits.map(|[l, u]| (*y, l, u))).collect();
    let skewed = limited.iter().filter(|(y, l, u)| !symmetric(*y, *l, *u)).count();
    let why = match named {
        Some(name) => format!("their column is `{name}`"),
        None if 2 * skewed > limited.len() => "their intervals are not symmetric".to_owned(),
        None => return Ok(()),
    };
    Err(Error::setting(
        "kind of the effects",
        format!(
            "the effects look like {what}, as {why}, and would be read as transformed values ({measure})"
        ),
        format!(
            "give the numbers behind them (see `consilience roles {measure}`){}; --scale identity if they are transformed",
            match measure.transform() {
                Transform::Tanh => ", or transform them with `convert se --scale correlation`",
                Transform::InverseLogit => ", or transform them with `convert se --scale proportion`",
                _ => "",
            }
        ),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn interval(lower: f64, upper: f64) -> Uncertainty {
        Uncertainty::Interval { lower, upper, level: Level::default() }
    }

    fn said(result: Result<Generic>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn every_kind_leads_to_the_same_variance() {
        let z = 1.959963984540054;
        let se = 0.2;
        let all = [
            Uncertainty::Variance(se * se),
            Uncertainty::StandardError(se),
            interval(0.5 - z * se, 0.5 + z * se),
            Uncertainty::PValue(2.0 * normal::sf(0.5 / se)),
        ];
        for uncertainty in all {
            let effect = Generic::new(0.5, uncertainty).unwrap();
            approx::assert_relative_eq!(effect.vi(), se * se, max_relative = 1e-12);
            assert_eq!(effect.note(), None);
        }
        // an interval at another level, mpmath 1.3: 0.8/(2 Φ⁻¹(0.95))
        let wide = Generic::new(
            0.5,
            Uncertainty::Interval { lower: 0.1, upper: 0.9, level: Level::new(0.9).unwrap() },
        )
        .unwrap();
        approx::assert_relative_eq!(wide.vi().sqrt(), 0.24318273276470758, max_relative = 1e-14);
    }

    #[test]
    fn impossible_values_are_refused() {
        assert!(
            said(Generic::new(0.5, interval(0.9, 0.1)))
                .starts_with("column ci_lower: lower limit 0.9 is above")
        );
        assert!(
            said(Generic::new(0.5, interval(0.5, 0.5))).starts_with("column ci_lower: both limits are 0.5")
        );
        assert!(
            said(Generic::new(1.5, interval(0.1, 0.9))).starts_with("column yi: estimate 1.5 lies outside")
        );
        assert!(said(Generic::ratio(1.5, interval(0.0, 1.9))).starts_with("column ci_lower: ratio is 0"));
        assert!(
            said(Generic::new(0.5, Uncertainty::Variance(0.0)))
                .starts_with("column vi: sampling variance is 0")
        );
        assert!(said(Generic::new(0.5, Uncertainty::StandardError(-1.0))).starts_with("column sei"));
        assert!(said(Generic::new(f64::NAN, Uncertainty::Variance(1.0))).starts_with("column yi"));
        for p in [0.0, -0.1, 1.1, f64::NAN, 1.0] {
            assert!(said(Generic::new(0.5, Uncertainty::PValue(p))).starts_with("column p_value"), "{p}");
        }
        assert!(said(Generic::ratio(1.0, Uncertainty::PValue(0.3))).contains("effect of 0"));
    }

    #[test]
    fn asymmetry_beyond_rounding_is_noted() {
        // Kiely and others (2022) print mean differences such as -1.90 (-3.05 to -0.75)
        assert_eq!(Generic::new(-1.9, interval(-3.05, -0.75)).unwrap().note(), None);
        // rounding allows for 4 half units of the last place that is shown, here 0.02
        assert_eq!(Generic::new(0.51, interval(0.1, 0.9)).unwrap().note(), None);
        assert!(Generic::new(0.52, interval(0.1, 0.9)).unwrap().note().is_some());
        assert!(Generic::ratio(0.71, interval(0.55, 0.92)).unwrap().note().is_none());
        let note = Generic::ratio(1.5, interval(0.85, 1.92)).unwrap();
        assert!(note.note().unwrap().contains("not symmetric about 1.5 on the log scale"));
    }

    #[test]
    fn ratios_are_not_read_as_logarithms() {
        let hr: Measure = "HR".parse().unwrap();
        let as_given = |rows: &[(f64, f64, f64)]| {
            let rows: Vec<Generic> =
                rows.iter().map(|&(y, l, u)| Generic::new(y, interval(l, u)).unwrap()).collect();
            check_ratio_scale(hr, &rows)
        };
        // 0.50 (0.30 to 0.83) is symmetric on the log scale
        let error = as_given(&[(0.50, 0.30, 0.83), (1.10, 0.80, 1.51)]).unwrap_err().to_string();
        assert!(error.contains("look like ratios") && error.contains("0.5 (0.3 to 0.83)"), "{error}");
        assert!(error.contains("--ratio") && error.contains("--scale log"), "{error}");
        // logarithms: a negative value, or symmetric as they stand
        assert!(as_given(&[(-0.69, -1.20, -0.19), (0.10, -0.22, 0.41)]).is_ok());
        assert!(as_given(&[(0.90, 0.10, 1.70), (0.70, 0.20, 1.20)]).is_ok());
        // nothing tells
        let bare = [Generic::new(0.4, Uncertainty::StandardError(0.1)).unwrap()];
        assert!(check_ratio_scale(hr, &bare).unwrap_err().to_string().contains("nothing tells"));
        // stated, or no ratio measure
        let stated = [
            Generic::ratio(0.5, interval(0.3, 0.83)).unwrap(),
            Generic::log(0.4, Uncertainty::StandardError(0.1)).unwrap(),
        ];
        assert!(check_ratio_scale(hr, &stated).is_ok());
        assert!(check_ratio_scale(Measure::MeanDifference, &bare).is_ok());
        assert!(crate::EffectSizes::from_generic(hr, ["A"], &bare).is_err());
    }
}
