//! The customs by which reports make an interval from a standard error.

use crate::{
    Level,
    stat::{Tail, normal},
    text::typography::shortest,
};

/// Levels of intervals other than 95 per cent that reports use.
const OTHER_LEVELS: [f64; 3] = [0.90, 0.99, 0.999];

/// Degrees of freedom of t that need no sizes beside them: fewer are of studies of less than a dozen people.
const ENOUGH: f64 = 10.0;

/// Quantiles that were rounded to three digits in a report.
const QUANTILE: f64 = 0.01;

/// The least degrees of freedom of t by which an interval or a P value of a study of this size may have been made.
pub(super) fn least_freedom(size: Option<f64>) -> f64 {
    size.map_or(ENOUGH, |size| (size - 2.0).clamp(1.0, ENOUGH))
}

/// The custom by which half the width of an interval, between `half.0` and `half.1`, belongs to a standard error between `own.0` and
/// `own.1`; `None` if there is none, an empty text for the normal quantile of 95 per cent.
pub(super) fn custom(half: (f64, f64), own: (f64, f64), size: Option<f64>) -> Option<String> {
    let by = |least: f64, most: f64| {
        half.0 <= own.1 * most * (1.0 + QUANTILE) && own.0 * least * (1.0 - QUANTILE) <= half.1
    };
    let normal = Level::default().critical_value(None);
    if by(normal, normal) {
        return Some(String::new());
    }
    for level in OTHER_LEVELS {
        let quantile = normal::quantile(Tail::Upper(0.5 * (1.0 - level)));
        if by(quantile, quantile) {
            let percent = shortest((level * 1e4).round() / 1e2);
            return Some(format!(" (as one of {percent}% would be)"));
        }
    }
    let t = Level::default().critical_value(Some(least_freedom(size)));
    by(normal, t).then(|| " (as one by t quantiles would be)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::custom;

    #[test]
    fn levels_and_t_are_told_by_the_width() {
        let of = |half: f64, size| custom((half, half), (1.0, 1.0), size);
        assert_eq!(of(1.96, None).as_deref(), Some(""));
        assert_eq!(of(1.645, None).as_deref(), Some(" (as one of 90% would be)"));
        assert_eq!(of(2.576, None).as_deref(), Some(" (as one of 99% would be)"));
        assert_eq!(of(2.1, None).as_deref(), Some(" (as one by t quantiles would be)"));
        assert_eq!(of(2.44, None), None);
        assert!(of(2.44, Some(8.0)).is_some()); // t with 6 degrees of freedom: 2.447
        assert_eq!(of(1.4, None), None);
    }
}
