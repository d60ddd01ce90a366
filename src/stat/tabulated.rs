//! A smooth function on an interval from a table, for loops that evaluate it millions of times.
//!
//! Between two entries it is the cubic with the values and the slopes of both: with steps h it is off by h⁴/384 times the
//! fourth derivative.

/// A table of a function.
#[derive(Debug, Clone)]
pub(crate) struct Tabulated {
    from: f64,
    per_unit: f64,
    /// Value and slope per step.
    entries: Vec<[f64; 2]>,
}

impl Tabulated {
    /// The table of `function`, which gives value and derivative, with so many steps per unit.
    pub fn new(from: f64, to: f64, per_unit: f64, function: impl Fn(f64) -> [f64; 2]) -> Self {
        let entry = |at: usize| {
            let [value, slope] = function(from + at as f64 / per_unit);
            [value, slope / per_unit]
        };
        let steps = ((to - from) * per_unit).ceil() as usize;
        Tabulated { from, per_unit, entries: (0..=steps).map(entry).collect() }
    }

    /// The value at `x`; beyond an end of the interval that of the end.
    #[inline]
    pub fn at(&self, x: f64) -> f64 {
        let place = (x - self.from) * self.per_unit;
        // past the last entry, so that no sum overflows
        let at = place.clamp(0.0, self.entries.len() as f64) as usize;
        match self.entries.get(at..at + 2) {
            Some(&[[f0, d0], [f1, d1]]) if place >= 0.0 => {
                let s = place - at as f64;
                let rest = 1.0 - s;
                rest * rest * ((1.0 + 2.0 * s) * f0 + s * d0) + s * s * ((1.0 + 2.0 * rest) * f1 - rest * d1)
            }
            _ if place.is_nan() => f64::NAN,
            _ if place >= 0.0 => self.entries.last().map_or(f64::NAN, |[value, _]| *value),
            _ => self.entries.first().map_or(f64::NAN, |[value, _]| *value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stat::normal;

    #[test]
    fn the_cubic_is_off_by_no_more_than_its_bound() {
        let table = Tabulated::new(-8.5, 8.5, 64.0, |x| [normal::cdf(x), normal::pdf(x)]);
        for i in -1000..=1000 {
            let x = f64::from(i) * 0.00917;
            // the fourth derivative of the distribution function is below 1.4
            assert!((table.at(x) - normal::cdf(x)).abs() < 1.4 * 64_f64.powi(-4) / 384.0, "{x}");
        }
        assert_eq!((table.at(-1e300), table.at(1e300)), (normal::cdf(-8.5), 1.0));
    }
}
