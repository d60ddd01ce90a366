//! The likelihood of a location-scale model in its scale coefficients, with first and second derivatives.
//!
//! With tᵢ = tau²ᵢ, w = 1 / (v + t), P = W - WX(X'WX)⁻¹X'W and e = Py, the profile likelihoods have
//!
//! - ∂/∂tᵢ = ½ (eᵢ² - wᵢ) for ML, ½ (eᵢ² - Pᵢᵢ) for REML;
//! - ∂²/∂tᵢ∂tⱼ = -eᵢPᵢⱼeⱼ + ½ w²ᵢ [i = j] for ML, + ½ P²ᵢⱼ for REML.
//!
//! The sums over i and j that the chain rule asks for need p-by-p matrices only: Σᵢⱼ aᵢbⱼ (xᵢ'Mxⱼ)² = tr(M Σa xx' M Σb xx').

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::tau2::likelihood::Likelihood;

/// The link from the scale coefficients to tau².
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    Exponential,
    Straight,
}

/// The data of a location-scale model, with orthonormal location columns.
pub(super) struct ScaleLikelihood<'a> {
    pub yi: &'a [f64],
    pub vi: &'a [f64],
    /// Orthonormal location rows.
    pub x: Vec<DVector<f64>>,
    /// Scale rows.
    pub z: Vec<DVector<f64>>,
    pub kind: Likelihood,
    pub curve: Curve,
}

/// The log-likelihood at some scale coefficients, its gradient and Hessian.
#[derive(Debug, Clone)]
pub(super) struct Expansion {
    pub value: f64,
    pub gradient: DVector<f64>,
    pub hessian: DMatrix<f64>,
}

impl ScaleLikelihood<'_> {
    /// tau² of every study.
    pub fn tau2(&self, alpha: &DVector<f64>) -> Vec<f64> {
        self.z
            .iter()
            .map(|z| match self.curve {
                Curve::Exponential => z.dot(alpha).clamp(-700.0, 700.0).exp(),
                Curve::Straight => z.dot(alpha).max(0.0),
            })
            .collect()
    }

    /// `None` where the likelihood is not finite.
    pub fn expand(&self, alpha: &DVector<f64>) -> Option<Expansion> {
        let tau2 = self.tau2(alpha);
        let (k, p, q) = (self.yi.len(), self.x.first()?.len(), alpha.len());
        let w: Vec<f64> = self.vi.iter().zip(&tau2).map(|(v, t)| 1.0 / (v + t)).collect();
        let mut a = DMatrix::zeros(p, p);
        let mut b = DVector::zeros(p);
        for ((x, &y), &w) in self.x.iter().zip(self.yi).zip(&w) {
            a.ger(w, x, x, 1.0);
            b.axpy(w * y, x, 1.0);
        }
        let factor = Cholesky::new(a)?;
        let beta = factor.solve(&b);
        let m = factor.inverse();
        let e: Vec<f64> = (0..k).map(|i| w[i] * (self.yi[i] - self.x[i].dot(&beta))).collect();

        let rss: f64 = e.iter().zip(&w).map(|(e, w)| e * e / w).sum();
        let ln_v: f64 = w.iter().map(|w| -w.ln()).sum();
        let restricted = self.kind == Likelihood::Reml;
        let (n, ln_det) =
            if restricted { ((k - p) as f64, factor.ln_determinant()) } else { (k as f64, 0.0) };
        let value = -0.5 * (n * std::f64::consts::TAU.ln() + ln_v + ln_det + rss);
        if !value.is_finite() {
            return None;
        }

        let mut gradient = DVector::zeros(q);
        let mut hessian = DMatrix::zeros(q, q);
        let mut s = vec![DMatrix::zeros(p, p); q];
        let mut c = vec![DVector::zeros(p); q];
        for i in 0..k {
            let (z, x) = (&self.z[i], &self.x[i]);
            let h = (&m * x).dot(x);
            let trace = if restricted { w[i] - w[i] * w[i] * h } else { w[i] };
            let slope = 0.5 * (e[i] * e[i] - trace);
            // dt/dη and d²t/dη².
            let (first, second) = match self.curve {
                Curve::Exponential => (tau2[i], tau2[i]),
                Curve::Straight => (1.0, 0.0),
            };
            gradient.axpy(slope * first, z, 1.0);
            let squares = if restricted { w[i] * w[i] - 2.0 * w[i].powi(3) * h } else { w[i] * w[i] };
            let curvature = slope * second + first * first * (0.5 * squares - w[i] * e[i] * e[i]);
            hessian.ger(curvature, z, z, 1.0);
            for (j, &zj) in z.iter().enumerate() {
                c[j].axpy(first * zj * e[i] * w[i], x, 1.0);
                if restricted {
                    s[j].ger(first * zj * w[i] * w[i], x, x, 1.0);
                }
            }
        }
        let s: Vec<DMatrix<f64>> = s.into_iter().map(|s| &m * s).collect();
        hessian += DMatrix::from_fn(q, q, |i, j| {
            let trace = if restricted { 0.5 * s[i].component_mul(&s[j].transpose()).sum() } else { 0.0 };
            (&m * &c[i]).dot(&c[j]) + trace
        });
        Some(Expansion { value, gradient, hessian })
    }
}

/// The maximum that Newton's method with a growing ridge reaches (that of `stat::newton` is for boxes; these constraints are any
/// half-spaces) from `start`, within z'α ≥ 0 for the rows of
/// `constraints` (none for the exponential curve), by an active set. The start must be feasible.
pub(super) struct Maximum {
    pub alpha: DVector<f64>,
    pub at: Expansion,
    /// The constraints that hold with equality.
    pub active: Vec<usize>,
}

pub(super) fn ascend(
    likelihood: &ScaleLikelihood<'_>,
    constraints: &[DVector<f64>],
    start: DVector<f64>,
) -> Option<Maximum> {
    let q = start.len();
    let mut alpha = start;
    let mut at = likelihood.expand(&alpha)?;
    let mut active: Vec<usize> = Vec::new();
    let mut ridge = 1e-3;
    for _ in 0..500 {
        let free = null_space(constraints, &active, q);
        let reduced = free.tr_mul(&at.gradient);
        let curvature = free.transpose() * &at.hessian * &free;
        let scale = curvature.diagonal().amax().max(f64::MIN_POSITIVE);
        // Newton's decrement tells how much is left to gain.
        let newton = Cholesky::new(-&curvature).map(|c| c.solve(&reduced));
        let gain = newton.as_ref().map_or(f64::INFINITY, |step| step.dot(&reduced));
        // The square of rounding: the decrement is the square of what a step changes.
        if free.ncols() == 0 || gain <= 1e-22 * (1.0 + at.value.abs()) || reduced.amax() == 0.0 {
            let Some(position) = release(constraints, &active, &at.gradient) else { break };
            active.remove(position);
            continue;
        }
        let mut moved = false;
        for attempt in 0..60 {
            let shifted = -&curvature
                + DMatrix::identity(curvature.nrows(), curvature.ncols())
                    * (if attempt == 0 && newton.is_some() { 0.0 } else { ridge * scale });
            let Some(factor) = Cholesky::new(shifted) else {
                ridge = (ridge * 10.0).max(1e-6);
                continue;
            };
            let step = &free * factor.solve(&reduced);
            let (length, blocking) = first_on_the_way(constraints, &active, &alpha, &step);
            let next = &alpha + &step * length;
            let Some(there) = likelihood.expand(&next) else {
                ridge = (ridge * 10.0).max(1e-6);
                continue;
            };
            if there.value >= at.value - 1e-15 * at.value.abs()
                && (there.value > at.value || attempt == 0 || blocking.is_some())
            {
                let small = (&next - &alpha).norm() <= 1e-15 * (1.0 + alpha.norm()) && blocking.is_none();
                alpha = next;
                at = there;
                active.extend(blocking);
                ridge = (ridge * 0.2).max(1e-9);
                moved = !small;
                break;
            }
            ridge = (ridge * 10.0).max(1e-6);
        }
        if !moved {
            let Some(position) = release(constraints, &active, &at.gradient) else { break };
            active.remove(position);
        }
    }
    Some(Maximum { alpha, at, active })
}

/// The part of a step up to the first constraint on its way, and that constraint.
fn first_on_the_way(
    constraints: &[DVector<f64>],
    active: &[usize],
    alpha: &DVector<f64>,
    step: &DVector<f64>,
) -> (f64, Option<usize>) {
    let (mut length, mut blocking) = (1.0, None);
    for (i, z) in constraints.iter().enumerate() {
        let (slope, room) = (z.dot(step), z.dot(alpha));
        // A step along a constraint leads neither in nor out; its slope is rounding.
        let inwards = slope < -1e-14 * z.norm() * step.norm();
        if !active.contains(&i) && inwards && room + length * slope < 0.0 {
            length = (room / -slope).max(0.0);
            blocking = Some(i);
        }
    }
    (length, blocking)
}

/// The active constraint whose multiplier says that leaving it raises the likelihood.
fn release(constraints: &[DVector<f64>], active: &[usize], gradient: &DVector<f64>) -> Option<usize> {
    if active.is_empty() {
        return None;
    }
    let rows: Vec<DVector<f64>> = active.iter().map(|&i| constraints[i].clone()).collect();
    let z = DMatrix::from_columns(&rows);
    // gradient + Z λ = 0 with λ ≥ 0 at a maximum.
    let multipliers = z.clone().svd(true, true).solve(&-gradient, 1e-12).ok()?;
    let scale = gradient.amax();
    let (position, least) = multipliers.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1))?;
    // A multiplier of 0 may come out as rounding of the gradient, and letting go of its constraint would be undone at once, for ever.
    (*least < -1e-10 * scale).then_some(position)
}

/// An orthonormal basis of the directions that keep the active constraints.
fn null_space(constraints: &[DVector<f64>], active: &[usize], q: usize) -> DMatrix<f64> {
    let mut taken: Vec<DVector<f64>> = Vec::new();
    let add = |mut column: DVector<f64>, taken: &mut Vec<DVector<f64>>| -> bool {
        let length = column.norm();
        for _ in 0..2 {
            for t in taken.iter() {
                let along = t.dot(&column);
                column.axpy(-along, t, 1.0);
            }
        }
        let left = column.norm();
        // What is left of a vector within the span of others after two passes is rounding, at most 1e-15 of it.
        if left > 1e-10 * length {
            taken.push(column / left);
            return true;
        }
        false
    };
    for &i in active {
        add(constraints[i].clone(), &mut taken);
    }
    let fixed = taken.len();
    for j in 0..q {
        if taken.len() == q {
            break;
        }
        let mut unit = DVector::zeros(q);
        unit[j] = 1.0;
        add(unit, &mut taken);
    }
    let free: Vec<DVector<f64>> = taken.split_off(fixed);
    if free.is_empty() { DMatrix::zeros(q, 0) } else { DMatrix::from_columns(&free) }
}
