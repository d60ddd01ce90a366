//! The predicted effect along one moderator, for a bubble plot.

use serde::{Deserialize, Serialize};

use super::{Point, PredictedEffect, RegressionFit};
use crate::{
    Error, Result,
    table::{Design, Value},
};

/// The predicted effect along a moderator, and the moderator's value in each study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModeratorCurve {
    /// The moderator.
    pub moderator: String,
    /// Its value in each study of the fit.
    pub observed: Vec<f64>,
    /// The values at which effects are predicted, in increasing order.
    pub at: Vec<f64>,
    /// The predicted effects.
    pub predicted: Vec<PredictedEffect>,
    /// What the other moderators were held at.
    pub notes: Vec<String>,
}

impl RegressionFit {
    /// The predicted effects at `points` values over the range of a numeric moderator. `observed` holds its value in each
    /// study; `others` the values at which other moderators are held. Without them, columns of the design that do not
    /// depend on the moderator are held at their means over the studies.
    ///
    /// # Errors
    ///
    /// If the design is not that of the fit, the moderator is unknown or a factor, `observed` has not a finite value for
    /// each study, or the moderator enters an interaction or a curve beside other moderators and `others` is empty.
    pub fn moderator_curve(
        &self,
        design: &Design,
        moderator: &str,
        observed: &[f64],
        others: &[(&str, Value)],
        points: usize,
    ) -> Result<ModeratorCurve> {
        self.check_design(design)?;
        let numeric: Vec<&str> =
            design.inputs.iter().filter(|i| i.levels.is_none()).map(|i| i.name.as_str()).collect();
        if !numeric.contains(&moderator) {
            return Err(Error::unknown("numeric moderator", moderator, numeric));
        }
        if observed.len() != self.k || observed.iter().any(|x| !x.is_finite()) {
            return Err(Error::data(
                format!("{} values of {moderator} for {} studies", observed.len(), self.k),
                "give a finite value for each study of the fit",
            ));
        }
        if !(2..=10_000).contains(&points) {
            return Err(Error::setting("points", points.to_string(), "ask for 2 to 10000"));
        }
        let low = observed.iter().copied().fold(f64::INFINITY, f64::min);
        let high = observed.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if low == high {
            return Err(Error::data(
                format!("{moderator} is {low} in every study"),
                "a curve needs a moderator that varies",
            ));
        }
        let at: Vec<f64> = (0..points).map(|i| low + (high - low) * i as f64 / (points - 1) as f64).collect();
        let mut notes = Vec::new();
        let whole = !others.is_empty() || design.inputs.len() == 1;
        let plain = design.names.iter().position(|name| name == moderator);
        let mut rows = Vec::with_capacity(points);
        for &x in &at {
            let row = match (whole, plain) {
                (true, _) => {
                    let mut values = vec![(moderator, Value::Number(x))];
                    values.extend(others.iter().filter(|(name, _)| *name != moderator).cloned());
                    design.row(&values)?
                }
                (false, Some(column)) if !self.elsewhere(design, moderator, column) => (0..design.p)
                    .map(|j| match design.column(j) {
                        _ if j == column => x,
                        Some(values) => values.iter().sum::<f64>() / values.len().max(1) as f64,
                        None => 0.0,
                    })
                    .collect(),
                _ => {
                    return Err(Error::setting(
                        "moderator",
                        format!("{moderator} enters the model beside others in more than one column"),
                        "say at which values the other moderators are held",
                    ));
                }
            };
            rows.push((Point(vec![(moderator.to_owned(), Value::Number(x))]), row));
        }
        if !whole && design.inputs.len() > 1 {
            notes.push("other moderators are held at their means".to_owned());
        }
        for (name, value) in others {
            let value = match value {
                Value::Number(number) => number.to_string(),
                Value::Text(text) => text.clone(),
            };
            notes.push(format!("{name} = {value}"));
        }
        Ok(ModeratorCurve {
            moderator: moderator.to_owned(),
            observed: observed.to_vec(),
            predicted: self.predict_rows(rows)?,
            at,
            notes,
        })
    }

    /// Whether the moderator is in another column than its own.
    fn elsewhere(&self, design: &Design, moderator: &str, column: usize) -> bool {
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        design
            .names
            .iter()
            .enumerate()
            .any(|(j, name)| j != column && name.split(|c| !word(c)).any(|part| part == moderator))
    }
}
