//! The effects of rounding on costs and effects: differences that are none, and differences that a fixed number of decimals hides.

/// The relative size below which the difference of two values is that of their rounding. Totals over the cycles of a model and
/// means over draws carry errors of some hundred units in the last place; no cost or effect is known to thirteen digits.
const NOISE: f64 = 1e-13;

/// a - b, and 0 if the two differ by their rounding only.
pub(super) fn difference(a: f64, b: f64) -> f64 {
    let difference = a - b;
    if difference.abs() <= NOISE * a.abs().max(b.abs()) { 0.0 } else { difference }
}

/// A value computed from others of the given size, and 0 if it is their rounding only.
pub(super) fn beside(value: f64, size: f64) -> f64 {
    if value.abs() <= NOISE * size { 0.0 } else { value }
}

/// Values that differ by their rounding only brought to one: that which stands first.
pub(super) fn merged(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut made = values.to_vec();
    let mut start = 0;
    while start < order.len() {
        // A group reaches as far as rounding from its lowest value, so that it does not creep.
        let lowest = values[order[start]];
        let members =
            order[start..].iter().take_while(|&&i| difference(values[i], lowest) == 0.0).count().max(1);
        let group = &order[start..start + members];
        let first = group.iter().min().map_or(lowest, |&i| values[i]);
        group.iter().for_each(|&i| made[i] = first);
        start += members;
    }
    made
}

/// The decimals, at least so many, with which all values that differ print differently: two digits of the smallest difference.
pub(crate) fn decimals_apart(values: impl IntoIterator<Item = f64>, least: usize) -> usize {
    const MOST: f64 = 12.0;
    let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let apart = sorted.windows(2).map(|pair| difference(pair[1], pair[0])).filter(|d| *d > 0.0);
    let smallest = apart.fold(f64::INFINITY, f64::min);
    let needed = (1.0 - smallest.log10().floor()).clamp(0.0, MOST) as usize;
    // one digit of a difference is enough where the usual decimals show it
    if smallest >= 10_f64.powi(-(least as i32)) { least } else { needed.max(least) }
}

/// A number with so many decimals, and with more where it is so small that they would show less than two digits of it.
pub(crate) fn shown(value: f64, decimals: usize) -> String {
    let size = value.abs();
    let least = 10f64.powi(1 - decimals as i32);
    if size == 0.0 || size >= least || !size.is_finite() {
        return format!("{value:.decimals$}");
    }
    if size < 1e-9 {
        return format!("{value:.2e}");
    }
    let digits = (2 - size.log10().floor() as i32).max(0) as usize;
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_print_differently() {
        assert_eq!(decimals_apart([0.00013, 0.000131, 0.00014], 5), 7);
        assert_eq!(decimals_apart([0.1, 0.2, 0.2], 5), 5);
        assert_eq!(decimals_apart([1.0], 2), 2);
        assert_eq!(decimals_apart([0.3, 0.1 + 0.2], 2), 2);
    }

    #[test]
    fn rounding_is_no_difference() {
        assert_eq!(difference(0.1 + 0.2, 0.3), 0.0);
        assert_eq!(difference(1e-3, 0.0), 1e-3);
        assert_eq!(difference(1.0 + 1e-9, 1.0), 1.0 + 1e-9 - 1.0);
        assert_eq!(beside(1e-16, 0.5), 0.0);
        assert_eq!(beside(1e-16, 0.0), 1e-16);
        assert_eq!(merged(&[0.3, 0.1 + 0.2, 0.5, 0.0]), [0.3, 0.3, 0.5, 0.0]);
        assert_eq!(merged(&[]), Vec::<f64>::new());
    }

    #[test]
    fn small_numbers_keep_their_digits() {
        let all = [
            (1234.5, 2),
            (0.5, 2),
            (0.0, 2),
            (0.0123, 2),
            (-0.00004213, 4),
            (3e-12, 5),
            (12.0, 0),
            (f64::INFINITY, 2),
        ];
        let texts = all.map(|(value, decimals)| shown(value, decimals));
        assert_eq!(texts, ["1234.50", "0.50", "0.00", "0.0123", "-0.0000421", "3.00e-12", "12", "inf"]);
    }
}
