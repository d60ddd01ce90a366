//! Tests of subsets of coefficients, and of contrasts (linear combinations) one by one and together.
//!
//! A contrast l'b has variance l' Cov(b) l and the reference distribution of the fit's inference (robust ones included).
//! Each contrast gets a P value adjusted for the number of contrasts; the joint test asks whether all are 0. Bonferroni's
//! and the single-step adjustment also give simultaneous intervals, which hold all contrasts together at the level.
//!
//! A contrast can be written: `allocrandom - allocsystematic`, `2*ablat + 0.5*year`, with the names that the fit prints.

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::{
    Adjustment, Coefficient, WaldTest,
    basis::{Solved, check_contrast, columns_of, unit_contrasts},
    max_t::MaxT,
};
use crate::{Error, Level, Result, effect::Scale};

/// A named linear combination of the coefficients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// Its name.
    pub name: String,
    /// One value for each coefficient.
    pub values: Vec<f64>,
}

impl Contrast {
    /// A contrast by its name and values.
    pub fn new(name: impl Into<String>, values: impl Into<Vec<f64>>) -> Self {
        Contrast { name: name.into(), values: values.into() }
    }

    /// Reads `[NAME =] EXPRESSION`: a sum of coefficients by their names, each with a factor before it (`2*ablat`), or the
    /// values of all coefficients separated by commas (`0,1,-1`). Without a name the text is the name. A coefficient's
    /// name may stand between backquotes.
    ///
    /// # Errors
    ///
    /// If a name is unknown (the error has the nearest), or the text is no such sum.
    ///
    /// ```
    /// use consilience::linear::Contrast;
    ///
    /// let names = ["(Intercept)", "ablat", "allocrandom", "allocsystematic"].map(str::to_owned);
    /// let contrast = Contrast::parse("random versus systematic = allocrandom - allocsystematic", &names)?;
    /// assert_eq!(contrast.name, "random versus systematic");
    /// assert_eq!(contrast.values, [0.0, 0.0, 1.0, -1.0]);
    /// assert_eq!(Contrast::parse("(Intercept) + 33.5*ablat", &names)?.values, [1.0, 33.5, 0.0, 0.0]);
    /// assert!(Contrast::parse("allocrandm", &names).unwrap_err().to_string().contains("allocrandom"));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn parse(text: &str, names: &[String]) -> Result<Self> {
        // A name of a contrast ends at the last `=` that is not part of a coefficient's name (`ns(x, df = 3)1`).
        let whole = Self::expression(text, names);
        if let (Err(_), Some((name, rest))) = (&whole, text.split_once('=')) {
            return Ok(Contrast::new(name.trim(), Self::expression(rest, names)?));
        }
        Ok(Contrast::new(text.trim(), whole?))
    }

    fn expression(text: &str, names: &[String]) -> Result<Vec<f64>> {
        let wrong = |at: &str| {
            Error::setting(
                "contrast",
                format!("`{}` is not a sum of coefficients", at.trim()),
                format!(
                    "write for example 2*{} - ..., or {} values",
                    names.last().map_or("b", |n| n),
                    names.len()
                ),
            )
        };
        let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
        if let Some(numbers) = numbers.filter(|numbers| numbers.len() == names.len()) {
            return Ok(numbers);
        }
        let mut values = vec![0.0; names.len()];
        let mut rest = text.trim();
        let mut first = true;
        while !rest.is_empty() {
            let mut factor = 1.0;
            if let Some(after) = rest.strip_prefix(['+', '-']) {
                factor = if rest.starts_with('-') { -1.0 } else { 1.0 };
                rest = after.trim_start();
            } else if !first {
                return Err(wrong(rest));
            }
            first = false;
            // A number and a star.
            if let Some((number, after)) = rest.split_once('*')
                && let Ok(number) = number.trim().parse::<f64>()
                && number.is_finite()
            {
                factor *= number;
                rest = after.trim_start();
            }
            let (column, length) = named(rest, names)?;
            values[column] += factor;
            rest = rest[length..].trim_start();
        }
        if first { Err(wrong(text)) } else { Ok(values) }
    }
}

/// The coefficient whose name begins the text, and the length of what names it.
fn named(text: &str, names: &[String]) -> Result<(usize, usize)> {
    let unknown = |name: &str| Error::unknown("coefficient", name, names.iter().map(String::as_str));
    if let Some(quoted) = text.strip_prefix('`') {
        let name = quoted.split('`').next().unwrap_or_default();
        let column = names.iter().position(|known| known == name).ok_or_else(|| unknown(name))?;
        return Ok((column, (name.len() + 2).min(text.len())));
    }
    let ends = |rest: &str| rest.trim_start().is_empty() || rest.trim_start().starts_with(['+', '-']);
    names
        .iter()
        .enumerate()
        .filter(|(_, name)| text.strip_prefix(name.as_str()).is_some_and(ends))
        .max_by_key(|(_, name)| name.len())
        .map(|(column, name)| (column, name.len()))
        .ok_or_else(|| unknown(text.split(['+', '-']).next().unwrap_or_default().trim()))
}

/// One contrast of several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TestedContrast {
    /// The estimate, its test and interval.
    #[serde(flatten)]
    pub contrast: Coefficient,
    /// The P value adjusted for the number of contrasts.
    pub adjusted_p_value: Option<f64>,
    /// The limits of an interval that holds together with those of the other contrasts; for `bonferroni` and
    /// `single-step`.
    pub simultaneous_ci: Option<[f64; 2]>,
    /// The estimate and its limits as ratios, where effects are logarithms of ratios: of a difference, the ratio of two
    /// ratios.
    pub ratio: Option<[f64; 3]>,
}

/// Several contrasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contrasts {
    /// The adjustment of the P values.
    pub adjustment: Adjustment,
    /// The contrasts, in their order.
    pub contrasts: Vec<TestedContrast>,
    /// The test that all of them are 0; `None` if one is a combination of the others.
    pub joint_test: Option<WaldTest>,
}

/// The test of a subset of the coefficients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SubsetTest {
    /// The coefficients.
    pub coefficients: Vec<String>,
    /// The test that all of them are 0.
    #[serde(flatten)]
    pub test: WaldTest,
}

/// The test of the coefficients of terms, with their names.
pub(crate) fn subset_test<S: AsRef<str>>(fit: &impl Solved, terms: &[S]) -> Result<SubsetTest> {
    let test = test_terms(fit, terms)?;
    let names = columns_of(fit, terms)?.into_iter().map(|column| fit.names()[column].clone());
    Ok(SubsetTest { coefficients: names.collect(), test })
}

/// The test that the coefficients of terms are all 0.
pub(crate) fn test_terms<S: AsRef<str>>(fit: &impl Solved, terms: &[S]) -> Result<WaldTest> {
    let columns = columns_of(fit, terms)?;
    let contrasts = unit_contrasts(&columns, fit.names().len());
    fit.with_basis(|basis| {
        basis.test(&contrasts).ok_or_else(|| {
            Error::model(
                "the coefficients cannot be tested together",
                "name at least one term, and with clusters not more coefficients than they support",
            )
        })
    })
}

/// Contrasts one by one, with adjusted P values, and together.
pub(crate) fn contrasts(
    fit: &impl Solved,
    contrasts: &[Contrast],
    adjustment: Adjustment,
) -> Result<Contrasts> {
    for contrast in contrasts {
        check_contrast(fit, &contrast.values)?;
        if contrast.values.iter().all(|value| *value == 0.0) {
            return Err(Error::setting(
                &contrast.name,
                "a contrast of zeros",
                "one value must differ from 0",
            ));
        }
    }
    let (level, back) = (fit.confidence_level(), fit.back_transformation());
    fit.with_basis(|basis| {
        let each: Vec<Coefficient> =
            contrasts.iter().map(|c| basis.contrast(&c.name, &c.values, level)).collect::<Result<_>>()?;
        let rows: Vec<Vec<f64>> = contrasts.iter().map(|c| c.values.clone()).collect();
        let joint_test = basis.test(&rows);
        let covariance = || basis.contrast_covariance(&rows);
        let mut contrasts = adjusted(each, adjustment, level, covariance)?;
        if back.scale == Some(Scale::Ratio) {
            for tested in &mut contrasts {
                let c = &tested.contrast;
                let [estimate, lower, upper] =
                    [c.estimate, c.ci_lower, c.ci_upper].map(|value| back.apply(value));
                tested.ratio = estimate.zip(lower).zip(upper).map(|((e, l), u)| [e, l, u]);
            }
        }
        Ok(Contrasts { adjustment, contrasts, joint_test })
    })
}

/// The coefficients of terms, or all but the intercept, with P values adjusted for their number.
pub(crate) fn adjusted_coefficients<S: AsRef<str>>(
    fit: &impl Solved,
    terms: &[S],
    adjustment: Adjustment,
) -> Result<Contrasts> {
    let mut columns = Vec::new();
    for term in terms {
        columns.extend(fit.columns_of(term.as_ref())?);
    }
    if terms.is_empty() {
        columns = fit.moderators();
    }
    let rows = unit_contrasts(&columns, fit.names().len());
    let named = columns.iter().zip(rows).map(|(&column, row)| Contrast::new(&fit.names()[column], row));
    contrasts(fit, &named.collect::<Vec<_>>(), adjustment)
}

/// Adjusts the P values of those that have one.
fn adjusted(
    each: Vec<Coefficient>,
    adjustment: Adjustment,
    level: Level,
    covariance: impl FnOnce() -> DMatrix<f64>,
) -> Result<Vec<TestedContrast>> {
    let alpha = 1.0 - level.fraction();
    let m = each.len() as f64;
    let joint = match adjustment {
        Adjustment::SingleStep if !each.is_empty() => {
            // Contrasts with degrees of freedom of their own: the least are on the safe side.
            let df = each.iter().filter_map(|c| c.df).min_by(f64::total_cmp);
            Some(MaxT::new(&covariance(), df).ok_or_else(|| {
                Error::model(
                    "a contrast has no variance",
                    "leave out contrasts that the data hold no information on",
                )
            })?)
        }
        _ => None,
    };
    let critical = match &joint {
        Some(joint) => joint.critical_value(alpha),
        None => None,
    };
    let p: Vec<f64> = each.iter().filter_map(|c| c.p_value).collect();
    let mut simple = adjustment.adjust(&p).into_iter();
    each.into_iter()
        .map(|contrast| {
            let adjusted_p_value = match (&joint, contrast.statistic) {
                (Some(joint), Some(statistic)) => Some(joint.sf(statistic.abs())),
                _ => contrast.p_value.and_then(|_| simple.next()),
            };
            let factor = match adjustment {
                Adjustment::Bonferroni => {
                    Level::new(1.0 - alpha / m).ok().map(|l| l.critical_value(contrast.df))
                }
                _ => critical,
            };
            let simultaneous_ci =
                factor.map(|factor| [-1.0, 1.0].map(|sign| contrast.estimate + sign * factor * contrast.se));
            Ok(TestedContrast { contrast, adjusted_p_value, simultaneous_ci, ratio: None })
        })
        .collect()
}
