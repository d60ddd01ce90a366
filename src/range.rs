//! The range within which models of effects can compute: squares of effects and of variances, weights, and sums of both must
//! not exceed the range of numbers, beyond which sums are infinite and differences of them are no numbers.

use crate::Error;

/// The largest estimate and variance: their squares are numbers.
const LARGEST: f64 = 1e150;

/// The smallest variance: a thousand weights of its inverse have a sum.
const SMALLEST: f64 = 1e-305;

/// The largest square of an estimate in units of its variance: a hundred of them have a sum.
const FARTHEST: f64 = 1e306;

/// The advice to whoever meets a number beyond the range.
pub(crate) const REMEDY: &str = "check the numbers, or give the effects in another unit";

/// True for estimates and variances that are finite and within the range, those of different studies beside each other too: one pass
/// that tells nearly always that there is nothing to look for.
pub(crate) fn within(yi: &[f64], vi: &[f64]) -> bool {
    let (mut largest, mut least, mut known) = (0.0, f64::INFINITY, true);
    for (&y, &v) in yi.iter().zip(vi) {
        let y = y.abs();
        // False for what is no number too.
        known &= (y <= LARGEST) & (SMALLEST..=LARGEST).contains(&v);
        largest = if y > largest { y } else { largest };
        least = if v < least { v } else { least };
    }
    known && largest / least.sqrt() <= FARTHEST.sqrt()
}

/// The column and the finding where an estimate or its variance are beyond what models can compute with; values that are not
/// finite are not looked at.
pub(crate) fn beyond(y: f64, v: f64) -> Option<(&'static str, String)> {
    if y.abs() > LARGEST {
        Some(("yi", format!("the estimate {y:e} is beyond the range of computation, 1e150")))
    } else if !(SMALLEST..=LARGEST).contains(&v) {
        Some(("vi", format!("the variance {v:e} is beyond the range of computation, 1e-305 to 1e150")))
    } else if y.abs() / v.sqrt() > FARTHEST.sqrt() {
        let found =
            format!("the variance {v:e} beside the estimate {y:e} is beyond the range of computation");
        Some(("vi", found))
    } else {
        None
    }
}

/// The largest estimate beside a variance of 0: the variance between studies that it makes is in range.
const LARGEST_EXACT: f64 = 1e75;

/// The finding where an estimate is beyond what models can compute with if some sampling variance is 0.
pub(crate) fn exact_beyond(y: f64) -> Option<String> {
    (y.abs() > LARGEST_EXACT).then(|| {
        format!("the estimate {y:e} beside a variance of 0 is beyond the range of computation, 1e75")
    })
}

/// The row and the finding where a variance is so small beside the estimate of another study that squares of their difference have no
/// sum.
pub(crate) fn apart(yi: &[f64], vi: &[f64]) -> Option<(usize, String)> {
    let largest = yi.iter().copied().fold(0.0, |most: f64, y| most.max(y.abs()));
    let (row, v) = vi.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (largest / v.sqrt() > FARTHEST.sqrt()).then(|| {
        (
            row,
            format!(
                "the variance {v:e} where another estimate is {largest:e} is beyond the range of computation"
            ),
        )
    })
}

/// The error for confidence limits that are beyond the range of numbers.
pub(crate) fn limits_beyond(of: &str, se: f64, df: Option<f64>) -> Error {
    let (on, remedy) = match df.filter(|df| *df < 1.0) {
        Some(df) => (format!(" on {df:.1e} degrees of freedom"), "use another inference"),
        None => (String::new(), REMEDY),
    };
    Error::model(
        format!(
            "the confidence limits of {of} are beyond the range of numbers (standard error {se:.1e}{on})"
        ),
        remedy,
    )
}
