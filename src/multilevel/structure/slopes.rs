//! Random coefficients of covariates: `Cov(i, j) = z_i' G z_j` within an outer group.
//!
//! `GEN` has any covariance matrix G. Its parameters are those of the [unstructured](super::unstructured) covariance of the
//! coefficients of orthonormalized covariates, so that their location and scale do not matter. `GDIAG` has variances only,
//! with covariates scaled to a mean square of 1.

use nalgebra::DMatrix;

use super::unstructured::correlations;
use super::{Bound, Reading, Structure, Unstructured, VARIANCE};
use crate::linear::Design;
use crate::multilevel::factor::Factor;
use crate::{Error, Result, SourceRows};

/// Random slopes over the distinct rows of their covariates.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::multilevel) struct SlopeShape {
    q: usize,
    /// For each code the transformed covariates, row by row.
    rows: Vec<f64>,
    /// The covariance of the transformed coefficients; `None` for `GDIAG`.
    unstructured: Option<Unstructured>,
    /// From transformed coefficients to those of the covariates, q by q, row by row.
    back: Vec<f64>,
}

impl SlopeShape {
    /// The shape with the code of each effect.
    ///
    /// # Errors
    ///
    /// If the covariates are linearly dependent or not finite.
    pub fn new(structure: Structure, design: &Design, outer: &Factor) -> Result<(Self, Vec<usize>)> {
        let k = outer.len();
        design.check_rows(k, &SourceRows::default(), "the design of random slopes")?;
        let q = design.p();
        let z = DMatrix::from_column_slice(k, q, design.values());
        let root = (k as f64).sqrt();
        let (rows, back) = if structure == Structure::Gen {
            let norms: Vec<f64> = (0..q).map(|a| z.column(a).norm()).collect();
            let qr = z.qr();
            let (orthonormal, r) = (qr.q(), qr.r());
            let dependent = (0..q).find(|&a| r[(a, a)].abs() <= 1e-11 * norms[a]);
            let inverse = r.try_inverse();
            let (None, Some(inverse)) = (dependent, inverse) else {
                let name = dependent.and_then(|a| design.names().get(a)).cloned().unwrap_or_default();
                return Err(Error::model(
                    format!("random slopes: the column `{name}` is a linear combination of the others"),
                    "leave it out",
                ));
            };
            // Coefficients b of z are R⁻¹ times those of Q; with Q of mean square 1, times the root of k.
            (orthonormal * root, inverse * root)
        } else {
            let scales: Vec<f64> = (0..q).map(|a| z.column(a).norm() / root).collect();
            if let Some(a) = scales.iter().position(|scale| *scale == 0.0) {
                return Err(Error::model(
                    format!("random slopes: the column `{}` is zero everywhere", design.names()[a]),
                    "leave it out",
                ));
            }
            let rows = DMatrix::from_fn(k, q, |i, a| z[(i, a)] / scales[a]);
            (rows, DMatrix::from_fn(q, q, |a, b| if a == b { 1.0 / scales[a] } else { 0.0 }))
        };
        // Each effect is its own code: covariates seldom repeat.
        let shape = SlopeShape {
            q,
            rows: (0..k * q).map(|at| rows[(at / q, at % q)]).collect(),
            unstructured: (structure == Structure::Gen).then(|| Unstructured::of(q)),
            back: (0..q * q).map(|at| back[(at / q, at % q)]).collect(),
        };
        Ok((shape, (0..k).collect()))
    }

    /// The covariance that has the parameters, if it is unstructured.
    pub fn unstructured(&self) -> Option<&Unstructured> {
        self.unstructured.as_ref()
    }

    fn row(&self, code: usize) -> &[f64] {
        &self.rows[code * self.q..(code + 1) * self.q]
    }

    pub fn bounds(&self) -> Vec<Bound> {
        self.unstructured.as_ref().map_or_else(|| vec![VARIANCE; self.q], Unstructured::bounds)
    }

    /// Variances that together are `tau2` for a covariate of mean square 1; the coefficients independent but for `rho`.
    pub fn start(&self, tau2: f64, rho: f64) -> Vec<f64> {
        let share = tau2 / self.q as f64;
        self.unstructured.as_ref().map_or_else(|| vec![share; self.q], |shape| shape.start(share, rho - 0.4))
    }

    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        let (zi, zj) = (self.row(i), self.row(j));
        match &self.unstructured {
            None => zi.iter().zip(zj).zip(theta).map(|((a, b), t)| a * b * t).sum(),
            Some(shape) => {
                let mut sum = 0.0;
                for (r, a) in zi.iter().enumerate() {
                    for (s, b) in zj.iter().enumerate() {
                        sum += a * b * shape.entry(theta, r, s);
                    }
                }
                sum
            }
        }
    }

    pub fn first(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, f64)) {
        let (zi, zj) = (self.row(i), self.row(j));
        match &self.unstructured {
            None => zi.iter().zip(zj).enumerate().for_each(|(at, (a, b))| out(at, a * b)),
            Some(shape) => {
                for (r, a) in zi.iter().enumerate() {
                    for (s, b) in zj.iter().enumerate() {
                        shape.first(theta, r, s, |at, value| out(at, a * b * value));
                    }
                }
            }
        }
    }

    pub fn second(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, usize, f64)) {
        if let Some(shape) = &self.unstructured {
            for (r, a) in self.row(i).iter().enumerate() {
                for (s, b) in self.row(j).iter().enumerate() {
                    shape.second(theta, r, s, |x, y, value| out(x, y, a * b * value));
                }
            }
        }
    }

    /// The covariance of two transformed coefficients.
    fn transformed(&self, theta: &[f64], r: usize, s: usize) -> f64 {
        match &self.unstructured {
            Some(shape) => shape.entry(theta, r, s),
            None if r == s => theta[r],
            None => 0.0,
        }
    }

    /// G of the covariates' own coefficients, q by q.
    fn covariance(&self, theta: &[f64]) -> Vec<f64> {
        let q = self.q;
        let mut g = vec![0.0; q * q];
        for a in 0..q {
            for b in 0..q {
                for r in 0..q {
                    for s in 0..q {
                        g[a * q + b] +=
                            self.back[a * q + r] * self.transformed(theta, r, s) * self.back[b * q + s];
                    }
                }
            }
        }
        g
    }

    /// The covariance of the `column`-th coefficient with an effect of the same group.
    pub fn with_effect(&self, theta: &[f64], column: usize, code: usize) -> f64 {
        let q = self.q;
        let mut sum = 0.0;
        for (s, z) in self.row(code).iter().enumerate() {
            for r in 0..q {
                sum += self.back[column * q + r] * self.transformed(theta, r, s) * z;
            }
        }
        sum
    }

    /// The variance of the `column`-th coefficient.
    pub fn variance(&self, theta: &[f64], column: usize) -> f64 {
        self.covariance(theta)[column * (self.q + 1)]
    }

    /// Variances of the coefficients, and for `GEN` their correlations.
    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        let (tau2, rho) = correlations(&self.covariance(theta), self.q, scale);
        (tau2, if self.unstructured.is_some() { rho } else { Vec::new() })
    }

    /// The form in the covariates themselves, scaled to a mean square of 1, in which the `at`-th variance or correlation
    /// is a parameter.
    pub fn with_reading(&self, theta: &[f64], at: usize) -> Option<(Self, Vec<f64>, usize, Reading)> {
        let Some(_) = &self.unstructured else {
            return (at < self.q).then(|| (self.clone(), theta.to_vec(), at, Reading::Variance));
        };
        let q = self.q;
        let g = self.covariance(theta);
        let plain = Unstructured::of(q);
        let (shape, theta, index, reading) = plain.with_reading(&plain.parameters(&g), at)?;
        // b = back · b_Q and z'b = z_Q'b_Q, so that z = back⁻ᵀ z_Q.
        let back = DMatrix::from_row_slice(q, q, &self.back);
        let inverse = back.try_inverse()?;
        let mut rows = vec![0.0; self.rows.len()];
        for (own, target) in self.rows.chunks_exact(q).zip(rows.chunks_exact_mut(q)) {
            for (a, value) in target.iter_mut().enumerate() {
                *value = (0..q).map(|r| inverse[(r, a)] * own[r]).sum();
            }
        }
        let identity = (0..q * q).map(|at| f64::from(u8::from(at / q == at % q))).collect();
        Some((SlopeShape { q, rows, unstructured: Some(shape), back: identity }, theta, index, reading))
    }
}
