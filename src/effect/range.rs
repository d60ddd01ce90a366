//! The range within which models of effects can compute: squares of effects and of variances, weights, and sums of both must
//! not exceed the range of numbers, beyond which sums are infinite and differences of them are no numbers.

use super::EffectSizes;
use crate::{Error, Result};

/// The largest estimate and variance: their squares are numbers.
const LARGEST: f64 = 1e150;

/// The smallest variance: a thousand weights of its inverse have a sum.
const SMALLEST: f64 = 1e-305;

/// The largest square of an estimate in units of its variance: a hundred of them have a sum.
const FARTHEST: f64 = 1e306;

impl EffectSizes {
    /// As [`check_range`](Self::check_range), but that variances may be 0.
    ///
    /// # Errors
    ///
    /// As [`check_range`](Self::check_range).
    pub(crate) fn check_range_beside_zeros(&self) -> Result<()> {
        let positive: Vec<usize> =
            self.vi().iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(row, _)| row).collect();
        if positive.is_empty() {
            return Ok(());
        }
        self.subset(&positive)?.check_range()
    }

    /// # Errors
    ///
    /// [`Error::Data`] with the study and the number if an estimate or a variance is beyond what models can compute with.
    pub(crate) fn check_range(&self) -> Result<()> {
        for ((label, &y), &v) in self.labels().iter().zip(self.yi()).zip(self.vi()) {
            if v == 0.0 {
                let remedy = "its weight would be infinite: give the variance, leave the effect out, or use a multilevel model \
                              with a random effect of every effect";
                let error = Error::data("the sampling variance is 0", remedy);
                return Err(error.in_column("vi").in_study(label));
            }
            let remedy = "check the numbers, or give the effects in another unit";
            let (column, found) = if y.abs() > LARGEST {
                ("yi", format!("the estimate {y:e} is beyond the range of computation, 1e150"))
            } else if !(SMALLEST..=LARGEST).contains(&v) {
                ("vi", format!("the variance {v:e} is beyond the range of computation, 1e-305 to 1e150"))
            } else if y.abs() / v.sqrt() > FARTHEST.sqrt() {
                (
                    "vi",
                    format!(
                        "the variance {v:e} beside the estimate {y:e} is beyond the range of computation"
                    ),
                )
            } else {
                continue;
            };
            return Err(Error::data(found, remedy).in_column(column).in_study(label));
        }
        Ok(())
    }
}
