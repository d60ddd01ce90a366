//! Cubic regression splines by their values at knots, in one or several variables, with a diagonal roughness penalty.
//!
//! In one variable with knots x*_1 < ... < x*_k the natural cubic spline is determined by its values β at the knots; its
//! roughness ∫f''² is β'Sβ with S = D'B⁻¹D. Rotated by the eigenvectors of S the penalty is diagonal, with two zeros (the
//! constant and the straight line). In several variables the basis is the tensor product of the rotated ones; the penalty
//! of variable j at a product of basis functions is then the eigenvalue of its j-th factor, so that all penalties are
//! diagonal together. Beyond the outer knots the spline is linear.
//!
//! Wood SN (2017). *Generalized Additive Models*, 2nd edition, sections 5.3.1 and 5.6. doi:10.1201/9781315370279

use nalgebra::DMatrix;

use crate::{Error, Result};

/// The basis in one variable.
pub(super) struct Margin {
    knots: Vec<f64>,
    /// The rotated basis functions at each knot, knot by knot.
    values: Vec<f64>,
    /// Their second derivatives at each knot.
    curvatures: Vec<f64>,
    /// The diagonal penalty; zero for the two functions that are not penalised.
    pub(super) penalty: Vec<f64>,
}

impl Margin {
    /// A basis with up to `k` knots at quantiles of the distinct values of `x`, which is scaled to unit range.
    pub(super) fn new(name: &str, x: &[f64], k: usize) -> Result<Self> {
        let mut sorted = x.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();
        let n = sorted.len();
        if n < 3 {
            return Err(Error::model(
                format!("parameter `{name}` has {n} distinct values"),
                "a spline needs at least three; use the method `linear`",
            ));
        }
        let k = k.clamp(3, n);
        let knots: Vec<f64> = (0..k)
            .map(|j| {
                let at = j as f64 * (n - 1) as f64 / (k - 1) as f64;
                let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
                low + (high - low) * (at - at.floor())
            })
            .collect();
        let h: Vec<f64> = knots.windows(2).map(|w| w[1] - w[0]).collect();
        let range = knots[k - 1] - knots[0];
        let (mut d, mut b) = (DMatrix::<f64>::zeros(k - 2, k), DMatrix::<f64>::zeros(k - 2, k - 2));
        for i in 0..k - 2 {
            d[(i, i)] = 1.0 / h[i];
            d[(i, i + 1)] = -1.0 / h[i] - 1.0 / h[i + 1];
            d[(i, i + 2)] = 1.0 / h[i + 1];
            b[(i, i)] = (h[i] + h[i + 1]) / 3.0;
            if i + 1 < k - 2 {
                b[(i, i + 1)] = h[i + 1] / 6.0;
                b[(i + 1, i)] = h[i + 1] / 6.0;
            }
        }
        let inner = b.cholesky().map(|factor| factor.solve(&d)).ok_or_else(|| {
            Error::model(format!("the values of parameter `{name}` cannot be told apart"), "rescale it")
        })?;
        let roughness = d.transpose() * &inner * range.powi(3); // free of the unit of x
        let mut second = DMatrix::zeros(k, k);
        second.view_mut((1, 0), (k - 2, k)).copy_from(&inner);
        let eigen = roughness.symmetric_eigen();
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|&a, &b| eigen.eigenvalues[a].total_cmp(&eigen.eigenvalues[b]));
        // The two smallest eigenvalues are zero: replace their vectors by the constant and the centred line.
        let mean = knots.iter().sum::<f64>() / k as f64;
        let length = knots.iter().map(|x| (x - mean).powi(2)).sum::<f64>().sqrt();
        let rotation = DMatrix::from_fn(k, k, |i, j| match j {
            0 => 1.0 / (k as f64).sqrt(),
            1 => (knots[i] - mean) / length,
            _ => eigen.eigenvectors[(i, order[j])],
        });
        let penalty =
            order.iter().enumerate().map(|(j, &o)| if j < 2 { 0.0 } else { eigen.eigenvalues[o] }).collect();
        // Row by row, so that a draw reads the rows of the two knots about it.
        let curvatures = (second * &rotation).transpose().as_slice().to_vec();
        let values = rotation.transpose().as_slice().to_vec();
        Ok(Margin { knots, values, curvatures, penalty })
    }

    pub(super) fn len(&self) -> usize {
        self.knots.len()
    }

    /// The rotated basis functions at x.
    fn evaluate(&self, x: f64, out: &mut [f64]) {
        let k = self.knots.len();
        let (first, last) = (self.knots[0], self.knots[k - 1]);
        let inside = x.clamp(first, last);
        let j = self.knots.partition_point(|knot| *knot <= inside).clamp(1, k - 1) - 1;
        let h = self.knots[j + 1] - self.knots[j];
        let (left, right) = (self.knots[j + 1] - inside, inside - self.knots[j]);
        // Weights of the values and of the second derivatives at the knots before and after x.
        let (mut vl, mut vr) = (left / h, right / h);
        let (mut cl, mut cr) =
            ((left * left * left / h - h * left) / 6.0, (right * right * right / h - h * right) / 6.0);
        if x != inside {
            // The slope at the end, where the second derivative is zero.
            let step = x - inside;
            vl -= step / h;
            vr += step / h;
            cl += step * (h - 3.0 * left * left / h) / 6.0;
            cr += step * (3.0 * right * right / h - h) / 6.0;
        }
        let (from, to) = (j * k, (j + 2) * k);
        let (value_left, value_right) = self.values[from..to].split_at(k);
        let (curve_left, curve_right) = self.curvatures[from..to].split_at(k);
        let values = value_left.iter().zip(value_right);
        let curves = curve_left.iter().zip(curve_right);
        for (out, ((a, b), (c, d))) in out.iter_mut().zip(values.zip(curves)) {
            *out = vl * a + vr * b + cl * c + cr * d;
        }
    }
}

/// The tensor product of margins.
pub(super) struct Tensor {
    margins: Vec<Margin>,
    /// For each margin its penalty at each basis function of the product.
    pub(super) penalties: Vec<Vec<f64>>,
    pub(super) len: usize,
}

impl Tensor {
    pub(super) fn new(margins: Vec<Margin>) -> Self {
        let len = margins.iter().map(Margin::len).product();
        let mut penalties = Vec::with_capacity(margins.len());
        let mut stride = len;
        for margin in &margins {
            stride /= margin.len();
            penalties.push((0..len).map(|c| margin.penalty[c / stride % margin.len()]).collect());
        }
        Tensor { margins, penalties, len }
    }

    /// All basis functions at the given values of the variables.
    pub(super) fn evaluate(&self, at: &[f64], out: &mut [f64], work: &mut Work) {
        let mut filled = 1;
        out[0] = 1.0;
        for (margin, &x) in self.margins.iter().zip(at) {
            let k = margin.len();
            margin.evaluate(x, &mut work.values[..k]);
            for i in (0..filled).rev() {
                let base = out[i];
                for (c, value) in work.values[..k].iter().enumerate() {
                    out[i * k + c] = base * value;
                }
            }
            filled *= k;
        }
    }

    pub(super) fn work(&self) -> Work {
        let most = self.margins.iter().map(Margin::len).max().unwrap_or(0);
        Work { values: vec![0.0; most] }
    }
}

/// Scratch of an evaluation.
pub(super) struct Work {
    values: Vec<f64>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn the_spline_interpolates_and_is_linear_beyond_its_ends() {
        let x: Vec<f64> = (0..=40).map(|i| f64::from(i) * 0.1).collect();
        let margin = Margin::new("x", &x, 6).unwrap();
        let k = margin.len();
        let value = |at: f64, beta: &[f64]| {
            let mut out = vec![0.0; k];
            margin.evaluate(at, &mut out);
            // β are values at knots; the rotated coefficients are their projections.
            (0..k)
                .map(|c| out[c] * (0..k).map(|m| margin.values[m * k + c] * beta[m]).sum::<f64>())
                .sum::<f64>()
        };
        let beta: Vec<f64> = margin.knots.iter().map(|x| x.sin()).collect();
        // SciPy 1.17.1: CubicSpline(knots, sin(knots), bc_type="natural") at 0.5, 2.3, 3.9
        let knots = margin.knots.clone();
        assert_relative_eq!(knots[1], 0.8, epsilon = 1e-12);
        for (at, want) in [(0.5, 0.4792302553389743), (2.3, 0.7464416377961591), (3.9, -0.6731130163124553)] {
            assert_relative_eq!(value(at, &beta), want, max_relative = 1e-12);
        }
        let line: Vec<f64> = knots.iter().map(|x| 2.0 - 3.0 * x).collect();
        for at in [-2.0, 0.0, 1.234, 4.0, 7.0] {
            assert_relative_eq!(value(at, &line), 2.0 - 3.0 * at, epsilon = 1e-11);
        }
        let inside = (value(4.0, &beta) - value(4.0 - 1e-6, &beta)) / 1e-6;
        let outside = (value(4.0 + 1e-6, &beta) - value(4.0, &beta)) / 1e-6;
        assert_relative_eq!(inside, outside, epsilon = 1e-4);
    }
}
