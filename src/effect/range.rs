//! Refuses effects that models cannot compute with.

use super::EffectSizes;
use crate::range::{REMEDY, apart, beyond, exact_beyond, within};
use crate::{Error, Result};

/// The largest quotient of two variances of a regression. The cross products of its design lose as many digits as the quotient
/// has; what is left of the sixteen of a number must suffice.
const WIDEST: f64 = 1e10;

impl EffectSizes {
    /// As [`check_range`](Self::check_range), but that variances may be 0.
    ///
    /// # Errors
    ///
    /// As [`check_range`](Self::check_range).
    pub(crate) fn check_range_beside_zeros(&self) -> Result<()> {
        if !self.vi().contains(&0.0) {
            return self.check_range();
        }
        for (label, &y) in self.labels().iter().zip(self.yi()) {
            if let Some(found) = exact_beyond(y) {
                return Err(Error::data(found, REMEDY).in_column("yi").in_study(label));
            }
        }
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
        if within(self.yi(), self.vi()) {
            return Ok(());
        }
        for ((label, &y), &v) in self.labels().iter().zip(self.yi()).zip(self.vi()) {
            if v == 0.0 {
                let remedy = "its weight would be infinite: give the variance, leave the effect out, or use a multilevel model \
                              with a random effect of every effect";
                let error = Error::data("the sampling variance is 0", remedy);
                return Err(error.in_column("vi").in_study(label));
            }
            if let Some((column, found)) = beyond(y, v) {
                return Err(Error::data(found, REMEDY).in_column(column).in_study(label));
            }
        }
        match apart(self.yi(), self.vi()) {
            Some((row, found)) => {
                let error = Error::data(found, REMEDY).in_column("vi");
                Err(self.labels().get(row).map_or(error.clone(), |label| error.in_study(label)))
            }
            None => Ok(()),
        }
    }

    /// # Errors
    ///
    /// As [`check_range`](Self::check_range), and if the smallest variance is so much smaller than the largest that a
    /// regression would lose the digits of the other studies.
    pub(crate) fn check_spread(&self) -> Result<()> {
        self.check_range()?;
        let largest = self.vi().iter().copied().fold(0.0, f64::max);
        let smallest = self.labels().iter().zip(self.vi()).min_by(|(_, a), (_, b)| a.total_cmp(b));
        match smallest {
            Some((label, v)) if largest / v > WIDEST => Err(Error::data(
                format!(
                    "the variance {v:e} is {:e} times smaller than the largest, {largest:e}, beyond the range of a \
                     regression, 1e10",
                    (largest / v).round()
                ),
                "check it, or leave the study out",
            )
            .in_column("vi")
            .in_study(label)),
            _ => Ok(()),
        }
    }
}
