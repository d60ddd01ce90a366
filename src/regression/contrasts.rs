//! Tests of subsets of coefficients, and of contrasts (linear combinations) one by one and together.
//!
//! A contrast l'b has variance l' Cov(b) l and the reference distribution of the fit's inference (robust ones included).
//! Each contrast gets a P value adjusted for the number of contrasts; the joint test asks whether all are 0.

use serde::{Deserialize, Serialize};

use super::{Adjustment, Coefficient, RegressionFit, WaldTest};
use crate::{Error, Result};

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
}

/// One contrast of several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TestedContrast {
    /// The estimate, its test and interval.
    #[serde(flatten)]
    pub contrast: Coefficient,
    /// The P value adjusted for the number of contrasts.
    pub adjusted_p_value: Option<f64>,
}

/// Several contrasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contrasts {
    /// How P values were adjusted.
    pub adjustment: Adjustment,
    /// The contrasts, in their order.
    pub contrasts: Vec<TestedContrast>,
    /// The test that all of them are 0; `None` if one is a combination of the others.
    pub joint_test: Option<WaldTest>,
}

impl RegressionFit {
    /// The test that the coefficients of these terms (or columns) are all 0: a term of a formula by its name
    /// (`factor(alloc)`, `year:ablat`), or a coefficient.
    ///
    /// # Errors
    ///
    /// If a term is unknown, or the data hold no information on their coefficients together.
    pub fn test_terms<S: AsRef<str>>(&self, terms: &[S]) -> Result<WaldTest> {
        let mut columns = Vec::new();
        for term in terms {
            columns.extend(self.design.columns_of(term.as_ref())?);
        }
        columns.sort_unstable();
        columns.dedup();
        self.with_engine(|engine| {
            engine.test_columns(&columns).ok_or_else(|| {
                Error::model(
                    "the coefficients cannot be tested together",
                    "name at least one term, and with clusters not more coefficients than they support",
                )
            })
        })
    }

    /// Contrasts one by one, with adjusted P values, and together.
    ///
    /// # Errors
    ///
    /// If a contrast has not one finite value for each coefficient or is all 0, or clusters hold no information on it.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{Adjustment, Contrast, MetaRegression, ModelMatrix}};
    ///
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D"], [1.0, 1.2, 3.0, 3.4], [0.1, 0.2, 0.1, 0.2])?;
    /// let design = ModelMatrix::with_intercept(4).column("late", [0.0, 0.0, 1.0, 1.0])?;
    /// let fit = MetaRegression::fixed_effects().fit(&effects, &design)?;
    /// let late = fit.contrasts(&[Contrast::new("effect of the late ones", [1.0, 1.0])], Adjustment::Holm)?;
    /// assert!((late.contrasts[0].contrast.estimate - (3.0 / 0.1 + 3.4 / 0.2) / 15.0).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn contrasts(&self, contrasts: &[Contrast], adjustment: Adjustment) -> Result<Contrasts> {
        for contrast in contrasts {
            self.check_contrast(&contrast.values)?;
            if contrast.values.iter().all(|value| *value == 0.0) {
                return Err(Error::setting(
                    &contrast.name,
                    "a contrast of zeros",
                    "one value must differ from 0",
                ));
            }
        }
        self.with_engine(|engine| {
            let each: Vec<Coefficient> = contrasts
                .iter()
                .map(|c| {
                    engine.contrast(&c.name, &c.values, self.level).ok_or_else(|| {
                        Error::model(
                            format!("the clusters hold no information on {}", c.name),
                            "use fewer moderators",
                        )
                    })
                })
                .collect::<Result<_>>()?;
            let rows: Vec<Vec<f64>> = contrasts.iter().map(|c| c.values.clone()).collect();
            let joint_test = engine.test(&rows);
            Ok(Contrasts { adjustment, contrasts: adjusted(each, adjustment), joint_test })
        })
    }
}

/// Adjusts the P values of those that have one.
pub(super) fn adjusted(each: Vec<Coefficient>, adjustment: Adjustment) -> Vec<TestedContrast> {
    let p: Vec<f64> = each.iter().filter_map(|c| c.p_value).collect();
    let mut adjusted = adjustment.adjust(&p).into_iter();
    each.into_iter()
        .map(|contrast| {
            let adjusted_p_value = contrast.p_value.and_then(|_| adjusted.next());
            TestedContrast { contrast, adjusted_p_value }
        })
        .collect()
}
