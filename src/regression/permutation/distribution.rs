//! The statistics of all arrangements, for a look at where the observed one lies among them.

use serde::{Deserialize, Serialize};

use super::PermutationOptions;
use crate::{Error, Result, regression::RegressionFit};

/// The statistics of a coefficient, or of the moderator test, under the arrangements of a permutation test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PermutationDistribution {
    /// The coefficient; `None` for the moderator test.
    pub term: Option<String>,
    /// The statistic: `|t|`, `|z|`, `|estimate|`, or that of the moderator test.
    pub statistic: String,
    /// The statistic of the data as they are.
    pub observed: f64,
    /// The statistics of the arrangements (the observed one included), in the order in which they were made.
    pub values: Vec<f64>,
    /// True if these are all arrangements.
    pub exact: bool,
    /// The P value that they give.
    pub p_value: f64,
}

/// The most statistics that are kept.
const MOST: usize = 1 << 22;

impl RegressionFit {
    /// The statistics behind [`permutation_test`](Self::permutation_test) for one coefficient, or without a name for the
    /// moderator test (for the mean, in a model without moderators).
    ///
    /// # Errors
    ///
    /// Those of the test; a term that is unknown; more than four million arrangements.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{MetaRegression, Design, PermutationOptions}};
    ///
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D", "E"], [0.1, 0.2, 0.3, 0.4, 0.9], [0.01, 0.02, 0.01, 0.02, 0.02])?;
    /// let design = Design::with_intercept(5).column("dose", [1.0, 2.0, 3.0, 4.0, 5.0])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?;
    /// let options = PermutationOptions::new(1);
    /// let distribution = fit.permutation_distribution(&options, Some("dose"))?;
    /// assert_eq!(distribution.values.len(), 120);
    /// assert_eq!(distribution.p_value, fit.permutation_test(&options)?.p_values[1]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn permutation_distribution(
        &self,
        options: &PermutationOptions,
        term: Option<&str>,
    ) -> Result<PermutationDistribution> {
        let (yi, vi) = self.data();
        let refit = self.refit(&yi, &vi, options.statistic)?;
        let signs = self.design.moderators().is_empty();
        let position = match term {
            Some(term) => self.design.column_by_name(term)?,
            None if signs => 0,
            None => self.design.p(),
        };
        let statistics = refit.with_effects(&yi);
        let observed = statistics.get(position).copied().unwrap_or(0.0);
        if options.iterations == 0 || options.iterations > MOST {
            let found = format!("{} arrangements", options.iterations);
            return Err(Error::setting("permute", found, format!("ask for 1 to {MOST}")));
        }
        let options = PermutationOptions { exact_limit: options.exact_limit.min(MOST), ..*options };
        let mut values = Vec::new();
        let (_, exact) = self.visit(&refit, &yi, &options, &statistics, |found, times| {
            for value in found.iter().filter_map(|f| f.get(position)) {
                values.extend(std::iter::repeat_n(*value, times));
            }
        })?;
        let reached = values.iter().filter(|v| **v >= observed * (1.0 - super::TIE) - f64::EPSILON).count();
        let coefficient = options.statistic == super::PermutationStatistic::Coefficient;
        let statistic = match position < self.design.p() {
            true if coefficient => "|estimate|",
            true if self.coefficients.first().is_some_and(|c| c.df.is_some()) => "|t|",
            true => "|z|",
            false => "statistic of the moderator test",
        };
        Ok(PermutationDistribution {
            term: self.design.names().get(position).cloned(),
            statistic: statistic.to_owned(),
            observed,
            p_value: reached as f64 / values.len().max(1) as f64,
            values,
            exact,
        })
    }
}
