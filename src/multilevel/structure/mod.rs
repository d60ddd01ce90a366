//! Covariance structures of random effects: what two effects of one outer group share, with its derivatives.
//!
//! A [`Shape`] gives the covariance of two effects by their codes: inner levels ([`levels`], [`unstructured`]), places
//! ([`spatial`]), values of covariates ([`slopes`]) or levels with known correlations ([`known`]). Each has parameters of
//! its own, chosen so that every point of a box gives a positive semidefinite matrix: the boundary of the model is a face
//! of the box, or inside it.

mod known;
mod levels;
mod slopes;
mod spatial;
mod unstructured;

pub use known::KnownCorrelation;
pub use spatial::{Metric, Places};

pub(super) use known::KnownShape;
pub(super) use levels::LevelShape;
pub(super) use slopes::SlopeShape;
pub(super) use spatial::SpatialShape;
pub(super) use unstructured::Unstructured;

use crate::codes::codes;
pub(super) use crate::stat::newton::Bound;

/// The covariance structure of an `inner | outer` term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Structure {
    /// Compound symmetry: one variance and one correlation.
    Cs,
    /// Heteroscedastic compound symmetry: a variance for each level and one correlation.
    Hcs,
    /// Unstructured: a variance for each level and a correlation for each pair.
    Un,
    /// One variance, no correlation.
    Id,
    /// A variance for each level, no correlation.
    Diag,
    /// First-order autoregression by the order of the levels: correlation `rho^|i − j|`.
    Ar1,
    /// Autoregression with a variance for each level.
    Har1,
    /// Continuous-time autoregression: correlation `rho^|t_i − t_j|` of numeric levels, `0 ≤ rho ≤ 1`.
    Car,
    /// Spatial, exponential: correlation `exp(−d/rho)` at distance d.
    Spexp,
    /// Spatial, Gaussian: `exp(−(d/rho)²)`.
    Spgau,
    /// Spatial, linear: `1 − d/rho`, 0 beyond rho. A correlation matrix for places on a line; elsewhere it need not be one.
    Splin,
    /// Spatial, rational quadratic: `1/(1 + (d/rho)²)`.
    Sprat,
    /// Spatial, spherical: `1 − 1.5 d/rho + 0.5 (d/rho)³`, 0 beyond rho.
    Spsph,
    /// Random slopes: an unstructured covariance of the coefficients of covariates.
    Gen,
    /// Random slopes without correlations.
    Gdiag,
}

// `AR` and `HAR` are the names of metafor
codes!(Structure, "structure" {
    Cs "CS" [], Hcs "HCS" [], Un "UN" [], Id "ID" [], Diag "DIAG" [],
    Ar1 "AR1" ["AR"], Har1 "HAR1" ["HAR"], Car "CAR" [], Spexp "SPEXP" [], Spgau "SPGAU" [],
    Splin "SPLIN" [], Sprat "SPRAT" [], Spsph "SPSPH" [], Gen "GEN" [], Gdiag "GDIAG" [],
});

impl Structure {
    /// Tells whether it is one of correlations that fall with the distance between places.
    pub fn is_spatial(self) -> bool {
        matches!(
            self,
            Structure::Spexp | Structure::Spgau | Structure::Splin | Structure::Sprat | Structure::Spsph
        )
    }

    /// Tells whether it is one of random slopes.
    pub fn is_slopes(self) -> bool {
        matches!(self, Structure::Gen | Structure::Gdiag)
    }

    fn correlated(self) -> bool {
        !matches!(self, Structure::Id | Structure::Diag | Structure::Gdiag)
    }
}

/// Bounds of a variance.
pub(super) const VARIANCE: Bound = Bound::VARIANCE;
/// Bounds of a parameter without any.
const FREE: Bound = Bound::FREE;

/// The place among the parameters of a quantity that users know, so that it can be held or profiled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reading {
    /// The parameter is the variance itself.
    Variance,
    /// Its square is the variance.
    Root,
    /// The parameter is the correlation, or another that is reported as [`Shape::known_as`] says.
    Correlation,
}

/// The covariance of effects of one outer group as a function of parameters and codes of the effects.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Levels(LevelShape),
    Unstructured(Unstructured),
    Spatial(SpatialShape),
    Slopes(SlopeShape),
    Known(KnownShape),
}

macro_rules! each {
    ($shape:expr, $inner:ident => $call:expr) => {
        match $shape {
            Shape::Levels($inner) => $call,
            Shape::Unstructured($inner) => $call,
            Shape::Spatial($inner) => $call,
            Shape::Slopes($inner) => $call,
            Shape::Known($inner) => $call,
        }
    };
}

impl Shape {
    /// The bounds of the parameters.
    pub fn bounds(&self) -> Vec<Bound> {
        each!(self, shape => shape.bounds())
    }

    /// The parameters of variances `tau2` and correlations near `rho`.
    pub fn start(&self, tau2: f64, rho: f64) -> Vec<f64> {
        each!(self, shape => shape.start(tau2, rho))
    }

    /// The covariance of effects with the codes i and j.
    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        each!(self, shape => shape.entry(theta, i, j))
    }

    /// Passes on its derivatives by each parameter that are not zero; a parameter may come several times.
    pub fn first(&self, theta: &[f64], i: usize, j: usize, out: impl FnMut(usize, f64)) {
        each!(self, shape => shape.first(theta, i, j, out))
    }

    /// Passes on its second derivatives that are not zero, each pair of parameters in one order; it may come several
    /// times.
    pub fn second(&self, theta: &[f64], i: usize, j: usize, out: impl FnMut(usize, usize, f64)) {
        each!(self, shape => shape.second(theta, i, j, out))
    }

    /// The unstructured covariance in its parameters: of levels, or of slopes.
    pub fn unstructured(&self) -> Option<&Unstructured> {
        match self {
            Shape::Unstructured(shape) => Some(shape),
            Shape::Slopes(shape) => shape.unstructured(),
            _ => None,
        }
    }

    /// The variances and correlations (or ranges) that users know; variances are multiplied by `scale`. A correlation
    /// with a variance of zero does not exist.
    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        each!(self, shape => shape.report(theta, scale))
    }

    /// The variance of an effect, if all effects have the same.
    pub fn common_variance(&self, theta: &[f64]) -> Option<f64> {
        match self {
            Shape::Levels(shape) => shape.common_variance(theta),
            // Known correlations have a diagonal of 1.
            Shape::Spatial(_) | Shape::Known(_) => theta.first().copied(),
            Shape::Unstructured(_) | Shape::Slopes(_) => None,
        }
    }

    /// The same model in parameters among which the `at`-th of the reported variances (or, after them, correlations) is
    /// one, with the parameters at this point, the place of that one and how it is to be read; `None` if there is no
    /// such form.
    pub fn with_reading(&self, theta: &[f64], at: usize) -> Option<(Shape, Vec<f64>, usize, Reading)> {
        match self {
            Shape::Levels(shape) => {
                shape.with_reading(theta, at).map(|(s, t, i, r)| (Shape::Levels(s), t, i, r))
            }
            Shape::Unstructured(shape) => {
                shape.with_reading(theta, at).map(|(s, t, i, r)| (Shape::Unstructured(s), t, i, r))
            }
            Shape::Spatial(shape) => {
                let reading = if at == 0 { Reading::Variance } else { Reading::Correlation };
                (at < 2).then(|| (Shape::Spatial(shape.clone()), theta.to_vec(), at, reading))
            }
            Shape::Slopes(shape) => {
                shape.with_reading(theta, at).map(|(s, t, i, r)| (Shape::Slopes(s), t, i, r))
            }
            Shape::Known(_) => (at == 0).then(|| (self.clone(), theta.to_vec(), 0, Reading::Variance)),
        }
    }

    /// The correlation or range that users know for the value of a parameter of [`Reading::Correlation`]; `None` if it
    /// is infinite.
    pub fn known_as(&self, value: f64) -> Option<f64> {
        match self {
            Shape::Levels(shape) => Some(shape.known_as(value)),
            Shape::Spatial(shape) => shape.known_as(value),
            _ => Some(value),
        }
    }

    /// The value of a parameter of [`Reading::Correlation`] for a correlation or range that users know.
    pub fn parameter_of(&self, known: f64) -> f64 {
        match self {
            Shape::Levels(shape) => shape.parameter_of(known),
            Shape::Spatial(shape) => shape.parameter_of(known),
            _ => known,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::factor::Factor;
    use super::*;

    fn inner() -> Factor {
        Factor::new("time", ["1", "2.5", "4", "1", "2.5", "4"]).unwrap()
    }

    fn outer() -> Factor {
        Factor::new("trial", ["1", "1", "1", "2", "2", "2"]).unwrap()
    }

    /// Every shape in every form, over three codes.
    fn shapes() -> Vec<(String, Shape)> {
        let mut shapes = Vec::new();
        let places =
            Places::new("x+y", vec![vec![0.0, 1.0, 3.0, 0.0, 1.0, 3.0], vec![0.0, 0.5, 0.2, 0.0, 0.5, 0.2]])
                .unwrap();
        for structure in Structure::ALL.iter().copied() {
            let shape = if structure.is_spatial() {
                Shape::Spatial(SpatialShape::new(structure, &places, &outer(), false).unwrap().0)
            } else if structure.is_slopes() {
                let design = crate::linear::Design::with_intercept(6)
                    .column("t", [1.0, 2.5, 4.0, 1.0, 2.5, 4.0])
                    .unwrap();
                Shape::Slopes(SlopeShape::new(structure, &design, &outer()).unwrap().0)
            } else if structure == Structure::Un {
                Shape::Unstructured(Unstructured::new(&inner(), &outer(), false).unwrap())
            } else {
                Shape::Levels(LevelShape::new(structure, &inner(), &outer(), false).unwrap())
            };
            let theta = point(&shape);
            let (tau2, rho) = shape.report(&theta, 1.0);
            for at in 0..tau2.len() + rho.len() {
                let (form, ..) = shape.with_reading(&theta, at).unwrap();
                shapes.push((format!("{structure} {at}"), form));
            }
            shapes.push((structure.to_string(), shape));
        }
        let known =
            KnownCorrelation::new(["1", "2.5", "4"], vec![1.0, 0.5, 0.2, 0.5, 1.0, 0.4, 0.2, 0.4, 1.0])
                .unwrap();
        shapes.push(("known".to_owned(), Shape::Known(KnownShape::new(&inner(), &known).unwrap())));
        shapes
    }

    fn point(shape: &Shape) -> Vec<f64> {
        shape.start(0.8, 0.4).iter().enumerate().map(|(a, t)| t * (1.0 + 0.05 * a as f64)).collect()
    }

    #[test]
    fn derivatives_agree_with_differences() {
        for (name, shape) in shapes() {
            let theta = point(&shape);
            let h = 1e-5;
            for i in 0..3 {
                for j in 0..3 {
                    let mut first = vec![0.0; theta.len()];
                    shape.first(&theta, i, j, |a, value| first[a] += value);
                    let mut second = vec![0.0; theta.len() * theta.len()];
                    shape.second(&theta, i, j, |a, b, value| {
                        second[a * theta.len() + b] += value;
                        if a != b {
                            second[b * theta.len() + a] += value;
                        }
                    });
                    for a in 0..theta.len() {
                        let (mut up, mut down) = (theta.clone(), theta.clone());
                        up[a] += h;
                        down[a] -= h;
                        let difference = (shape.entry(&up, i, j) - shape.entry(&down, i, j)) / (2.0 * h);
                        assert!((difference - first[a]).abs() < 1e-7, "{name} {i} {j} {a}");
                        let (mut above, mut below) = (vec![0.0; theta.len()], vec![0.0; theta.len()]);
                        shape.first(&up, i, j, |b, value| above[b] += value);
                        shape.first(&down, i, j, |b, value| below[b] += value);
                        for b in 0..theta.len() {
                            let difference = (above[b] - below[b]) / (2.0 * h);
                            let got = second[a * theta.len() + b];
                            assert!((difference - got).abs() < 1e-7, "{name} {i} {j} {a} {b}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn other_forms_give_the_same_covariances() {
        for structure in [Structure::Cs, Structure::Un, Structure::Gen, Structure::Hcs] {
            let (_, shape) = shapes().into_iter().find(|(name, _)| *name == structure.to_string()).unwrap();
            let theta = point(&shape);
            let (tau2, rho) = shape.report(&theta, 1.0);
            for at in 0..tau2.len() + rho.len() {
                let (form, other, place, reading) = shape.with_reading(&theta, at).unwrap();
                let expected = tau2.iter().copied().chain(rho.iter().flatten().copied()).nth(at).unwrap();
                let value = match reading {
                    Reading::Root => other[place] * other[place],
                    _ => other[place],
                };
                assert!((value - expected).abs() < 1e-12, "{structure} {at}: {value} {expected}");
                let (again, correlations) = form.report(&other, 1.0);
                for (a, b) in again.iter().zip(&tau2) {
                    assert!((a - b).abs() < 1e-12, "{structure} {at}");
                }
                for (a, b) in correlations.iter().flatten().zip(rho.iter().flatten()) {
                    assert!((a - b).abs() < 1e-12, "{structure} {at}");
                }
                for i in 0..3 {
                    for j in 0..3 {
                        let (a, b) = (shape.entry(&theta, i, j), form.entry(&other, i, j));
                        assert!((a - b).abs() < 1e-12, "{structure} {at} {i} {j}: {a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn starts_report_what_they_were_asked_for() {
        for structure in Structure::ALL.iter().copied() {
            if structure.is_spatial() || structure.is_slopes() {
                continue;
            }
            let (_, shape) = shapes().into_iter().find(|(name, _)| *name == structure.to_string()).unwrap();
            let (tau2, rho) = shape.report(&shape.start(0.8, 0.4), 2.0);
            assert!(tau2.iter().all(|t| (t - 1.6).abs() < 1e-12), "{structure}");
            let expected = if structure == Structure::Car { 0.4_f64.powf(1.0 / 1.5) } else { 0.4 };
            assert!(rho.iter().all(|r| (r.unwrap() - expected).abs() < 1e-12), "{structure}");
        }
    }

    #[test]
    fn a_pair_that_never_occurs_is_named() {
        let inner = Factor::new("outcome", ["A", "B", "C", "A"]).unwrap();
        let outer = Factor::new("trial", ["1", "1", "2", "2"]).unwrap();
        let error = Unstructured::new(&inner, &outer, false).unwrap_err().to_string();
        assert!(error.contains("B and C never occur together"), "{error}");
    }
}
