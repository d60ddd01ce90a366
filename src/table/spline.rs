//! B-splines and natural cubic splines in one variable, as R's `bs` and `ns` have them.
//!
//! With boundary knots a < b, interior knots in between and degree d, the knot vector repeats a and b d + 1 times;
//! N_{i,1} is 1 on [t_i, t_{i+1}) and N_{i,m}(x) = (x − t_i)/(t_{i+m−1} − t_i) N_{i,m−1}(x) +
//! (t_{i+m} − x)/(t_{i+m} − t_{i+1}) N_{i+1,m−1}(x). Without an intercept the first function is left out. Beyond the
//! boundaries the outermost polynomial goes on.
//!
//! A natural spline is cubic with second derivative 0 at a and b, and linear beyond them. Its columns are the B-splines
//! times an orthonormal basis of the null space of the two conditions, which comes from Householder reflections of the
//! conditions in their order.
//!
//! Interior knots that are not given are the quantiles (type 7) of the values within the boundaries.
//!
//! References: de Boor (1978), A practical guide to splines, chapters IX to XI. Hastie, in Chambers and Hastie (1992),
//! Statistical Models in S, chapter 7. Golub and Van Loan (2013), Matrix Computations, section 5.1.

use serde::{Deserialize, Serialize};

/// The source of a spline's knots.
pub(super) struct Wanted<'a> {
    pub(super) natural: bool,
    pub(super) degree: usize,
    pub(super) df: Option<usize>,
    pub(super) knots: Option<&'a [f64]>,
    pub(super) intercept: bool,
    pub(super) boundary: Option<(f64, f64)>,
}

/// A spline basis with its knots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Basis {
    degree: usize,
    intercept: bool,
    /// All knots with the repeated boundaries.
    knots: Vec<f64>,
    boundary: (f64, f64),
    /// For natural splines the combinations of B-splines, one vector for each column.
    natural: Option<Vec<Vec<f64>>>,
}

/// The reason for which there is no basis: what was found and what would be right.
pub(super) type Refused = (String, String);

impl Basis {
    /// The basis over these values.
    pub(super) fn fit(x: &[f64], wanted: &Wanted<'_>) -> Result<Basis, Refused> {
        let low = x.iter().copied().fold(f64::INFINITY, f64::min);
        let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (low, high) = wanted.boundary.unwrap_or((low, high));
        if !low.is_finite() || !high.is_finite() || low >= high {
            let remedy = "a spline needs at least two different values";
            return Err(("all values are equal".to_owned(), remedy.to_owned()));
        }
        let degree = if wanted.natural { 3 } else { wanted.degree };
        let intercept = usize::from(wanted.intercept);
        let least = if wanted.natural { 1 + intercept } else { degree + intercept };
        let mut interior = match (wanted.knots, wanted.df) {
            (Some(knots), _) => knots.to_vec(),
            (None, None) => Vec::new(),
            (None, Some(df)) if df < least => {
                let remedy = format!("give at least {least}");
                return Err((format!("{df} degrees of freedom are too few"), remedy));
            }
            (None, Some(df)) => {
                let mut inside: Vec<f64> = x.iter().copied().filter(|v| (low..=high).contains(v)).collect();
                inside.sort_by(f64::total_cmp);
                let count = df - least;
                (1..=count).filter_map(|i| quantile(&inside, i as f64 / (count + 1) as f64)).collect()
            }
        };
        interior.sort_by(f64::total_cmp);
        if let Some(knot) = interior.iter().find(|knot| !(low < **knot && **knot < high)) {
            return Err((
                format!("the knot {knot} is not within the boundaries {low} and {high}"),
                "choose fewer degrees of freedom or give knots within the boundaries".to_owned(),
            ));
        }
        let ends = degree + 1;
        let knots = [vec![low; ends], interior, vec![high; ends]].concat();
        let mut basis =
            Basis { degree, intercept: wanted.intercept, knots, boundary: (low, high), natural: None };
        if wanted.natural {
            let conditions = [basis.b_splines(low, 2), basis.b_splines(high, 2)];
            let combinations = null_space(conditions);
            basis.natural = Some(combinations);
        }
        Ok(basis)
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        match &self.natural {
            Some(combinations) => combinations.len(),
            None => self.knots.len().saturating_sub(self.degree + 1 + usize::from(!self.intercept)),
        }
    }

    /// A column for each basis function.
    pub(super) fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut columns = vec![Vec::with_capacity(x.len()); self.width()];
        for x in x {
            for (column, value) in columns.iter_mut().zip(self.row(*x)) {
                column.push(value);
            }
        }
        columns
    }

    fn row(&self, x: f64) -> Vec<f64> {
        let Some(combinations) = &self.natural else {
            return self.b_splines(x, 0);
        };
        let (low, high) = self.boundary;
        let at = x.clamp(low, high);
        let mut splines = self.b_splines(at, 0);
        if at != x {
            for (value, slope) in splines.iter_mut().zip(self.b_splines(at, 1)) {
                *value += slope * (x - at);
            }
        }
        let dot = |weights: &Vec<f64>| weights.iter().zip(&splines).map(|(w, s)| w * s).sum();
        combinations.iter().map(dot).collect()
    }

    /// The B-splines (without the first if there is no intercept) or their derivatives at x.
    fn b_splines(&self, x: f64, derivative: usize) -> Vec<f64> {
        let t = |i: usize| self.knots.get(i).copied().unwrap_or(self.boundary.1);
        let order = self.degree + 1;
        let count = self.knots.len().saturating_sub(order);
        // the interval that holds x, or the outermost one
        let inner = (order..count).take_while(|i| t(*i) <= x).count();
        let mut values = vec![0.0; self.knots.len().saturating_sub(1)];
        if let Some(value) = values.get_mut(self.degree + inner) {
            *value = 1.0;
        }
        let ratio = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        for m in 2..=order {
            let derive = m + derivative > order;
            let next = |i: usize, here: f64, right: f64| {
                let (left_width, right_width) = (t(i + m - 1) - t(i), t(i + m) - t(i + 1));
                if derive {
                    (m - 1) as f64 * (ratio(here, left_width) - ratio(right, right_width))
                } else {
                    ratio((x - t(i)) * here, left_width) + ratio((t(i + m) - x) * right, right_width)
                }
            };
            let pairs = values.iter().zip(values.iter().skip(1)).enumerate();
            values = pairs.map(|(i, (here, right))| next(i, *here, *right)).collect();
        }
        values.split_off(usize::from(!self.intercept).min(values.len()))
    }
}

/// The quantile of sorted values by linear interpolation of the order statistics (type 7).
fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let at = p * (sorted.len().checked_sub(1)?) as f64;
    // as R, allow for rounding of p
    let below = (at + 4.0 * f64::EPSILON).floor();
    let low = sorted.get(below as usize)?;
    let high = sorted.get(below as usize + 1).unwrap_or(low);
    let part = at - below;
    Some(if part.abs() < 4.0 * f64::EPSILON { *low } else { low + part * (high - low) })
}

/// An orthonormal basis of the vectors orthogonal to both conditions: the last columns of the product of the
/// Householder reflections that bring the conditions to triangular form.
fn null_space(conditions: [Vec<f64>; 2]) -> Vec<Vec<f64>> {
    let n = conditions.iter().map(Vec::len).min().unwrap_or(0);
    let mut reflections: Vec<Vec<f64>> = Vec::new();
    let reflect = |v: &[f64], x: &mut [f64]| {
        let vv: f64 = v.iter().map(|v| v * v).sum();
        if vv > 0.0 {
            let scale = 2.0 * v.iter().zip(x.iter()).map(|(v, x)| v * x).sum::<f64>() / vv;
            x.iter_mut().zip(v).for_each(|(x, v)| *x -= scale * v);
        }
    };
    for (j, mut condition) in conditions.into_iter().enumerate() {
        for v in &reflections {
            reflect(v, &mut condition);
        }
        let length = condition.iter().skip(j).map(|c| c * c).sum::<f64>().sqrt();
        let mut v: Vec<f64> =
            condition.iter().enumerate().map(|(i, c)| if i < j { 0.0 } else { *c }).collect();
        if let Some(first) = v.get_mut(j) {
            *first += length.copysign(*first);
        }
        reflections.push(v);
    }
    (2..n)
        .map(|column| {
            let mut x: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == column))).collect();
            for v in reflections.iter().rev() {
                reflect(v, &mut x);
            }
            x
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn wanted(natural: bool, df: usize) -> Wanted<'static> {
        Wanted { natural, degree: 3, df: Some(df), knots: None, intercept: true, boundary: None }
    }

    fn data() -> Vec<f64> {
        (0..25).map(|i| f64::from(i * i % 29)).collect()
    }

    #[test]
    fn b_splines_sum_to_one_also_beyond_the_boundaries() {
        let basis = Basis::fit(&data(), &wanted(false, 7)).unwrap();
        assert_eq!(basis.width(), 7);
        for x in [-3.0, 0.0, 0.1, 7.0, 13.3, 28.0, 31.0] {
            assert!((basis.row(x).iter().sum::<f64>() - 1.0).abs() < 1e-10, "{x}");
            assert!(basis.b_splines(x, 1).iter().sum::<f64>().abs() < 1e-10);
        }
    }

    #[test]
    fn derivatives_are_those_of_the_functions() {
        let basis = Basis::fit(&data(), &wanted(false, 6)).unwrap();
        let h = 1e-5;
        for x in [0.5, 9.0, 20.25] {
            let (left, right) = (basis.b_splines(x - h, 0), basis.b_splines(x + h, 0));
            for ((a, b), slope) in left.iter().zip(right).zip(basis.b_splines(x, 1)) {
                assert!(((b - a) / (2.0 * h) - slope).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn natural_splines_are_linear_beyond_the_boundaries_and_smooth_at_them() {
        let basis = Basis::fit(&data(), &wanted(true, 5)).unwrap();
        assert_eq!(basis.width(), 5);
        let second = |x: f64, h: f64| -> Vec<f64> {
            let (a, b, c) = (basis.row(x - h), basis.row(x), basis.row(x + h));
            a.iter().zip(b).zip(c).map(|((a, b), c)| a - 2.0 * b + c).collect()
        };
        for x in [-5.0, 40.0] {
            assert!(second(x, 2.0).iter().all(|d| d.abs() < 1e-10));
        }
        for x in [0.0, 28.0] {
            // of third order at the boundary, since the second derivative is zero there
            assert!(second(x, 1e-2).iter().all(|d| d.abs() < 1e-6));
        }
    }

    #[test]
    fn what_gives_no_basis_is_said() {
        assert!(Basis::fit(&[2.0, 2.0], &wanted(true, 3)).is_err());
        assert!(Basis::fit(&[], &wanted(true, 3)).is_err());
        assert!(Basis::fit(&data(), &wanted(false, 3)).unwrap_err().0.contains("too few"));
        let outside = Wanted { knots: Some(&[99.0]), df: None, ..wanted(false, 3) };
        assert!(Basis::fit(&data(), &outside).unwrap_err().0.contains("99"));
    }
}
