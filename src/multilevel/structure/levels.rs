//! Structures over the inner levels of an `inner | outer` term: the entries of the matrix G with their first and second
//! derivatives.
//!
//! | structure | G_ij | parameters |
//! |---|---|---|
//! | `ID` | τ² [i = j] | τ² |
//! | `DIAG` | τ_i² [i = j] | τ_i² |
//! | `CS` | τ² (ρ + (1 − ρ)[i = j]) | the eigenvalues of G: s = τ²(1 − ρ) and u = τ²(1 + (J − 1)ρ); or τ², ρ |
//! | `HCS` | τ_i τ_j (ρ or 1) | τ_i, ρ ≥ −1/(J − 1) |
//! | `AR1` | τ² ρ^d | τ², ρ; d by the order of the levels |
//! | `HAR1` | τ_i τ_j ρ^d | τ_i, ρ |
//! | `CAR` | τ² ρ^d | τ², ρ^δ with the smallest distance δ; d the numeric distance |

use super::{Bound, Reading, Structure, VARIANCE};
use crate::multilevel::factor::Factor;
use crate::{Error, Result};

/// A structure over given inner levels.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::multilevel) struct LevelShape {
    structure: Structure,
    /// J.
    levels: usize,
    /// True if `CS` has the parameters τ² and ρ.
    direct: bool,
    /// The places of the levels for distances, in units in which the smallest distance is at least 1.
    places: Vec<f64>,
    unit: f64,
}

impl LevelShape {
    /// The structure of the inner levels.
    ///
    /// # Errors
    ///
    /// If no two of them occur together and the correlation is not `held`, or a distance is needed and they are not numbers.
    pub fn new(structure: Structure, inner: &Factor, outer: &Factor, held: bool) -> Result<Self> {
        let levels = inner.levels().len();
        let term = format!("{}|{}", inner.name(), outer.name());
        if structure.correlated() && !held {
            let together = outer.members().iter().any(|members| {
                let mut codes = members.iter().map(|&row| inner.codes()[row]);
                codes.next().is_some_and(|first| codes.any(|code| code != first))
            });
            if !together {
                return Err(Error::model(
                    format!(
                        "{term}: no level of {} has two levels of {}, so that nothing informs the correlation",
                        outer.name(),
                        inner.name()
                    ),
                    "use the structure DIAG or ID",
                ));
            }
        }
        let (mut places, mut unit) = (Vec::new(), 1.0);
        match structure {
            Structure::Ar1 | Structure::Har1 => places = (0..levels).map(|level| level as f64).collect(),
            Structure::Car => {
                places = inner.values().ok_or_else(|| {
                    Error::data(
                        format!("{term}: the levels of {} are not numbers", inner.name()),
                        "CAR needs numeric levels, times say; AR1 goes by their order",
                    )
                    .in_column(inner.name())
                })?;
                unit = places.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
                if !unit.is_finite() {
                    unit = 1.0; // one level has no distances
                }
                for place in &mut places {
                    *place /= unit;
                }
            }
            _ => {}
        }
        Ok(LevelShape { structure, levels, direct: false, places, unit })
    }

    /// The bounds of the parameters.
    pub fn bounds(&self) -> Vec<Bound> {
        let j = self.levels;
        let rho = |lower: f64| Bound { lower, upper: 1.0, size: 0.25 };
        let several = |bound: Bound, last: Bound| {
            let mut bounds = vec![bound; j];
            bounds.push(last);
            bounds
        };
        match self.structure {
            Structure::Id => vec![VARIANCE],
            Structure::Diag => vec![VARIANCE; j],
            Structure::Cs if self.direct => vec![VARIANCE, rho(-1.0 / (j as f64 - 1.0))],
            Structure::Cs => vec![VARIANCE, Bound { size: j as f64, ..VARIANCE }],
            Structure::Hcs => several(VARIANCE, rho(-1.0 / (j as f64 - 1.0))),
            Structure::Har1 => several(VARIANCE, rho(-1.0)),
            Structure::Car => vec![VARIANCE, rho(0.0)],
            _ => vec![VARIANCE, rho(-1.0)],
        }
    }

    /// The parameters of variances `tau2` and correlations near `rho`.
    pub fn start(&self, tau2: f64, rho: f64) -> Vec<f64> {
        let j = self.levels;
        let least = if j > 1 { -0.9 / (j as f64 - 1.0) } else { 0.0 };
        let several = |rho: f64| {
            let mut theta = vec![tau2.sqrt(); j];
            theta.push(rho);
            theta
        };
        match self.structure {
            Structure::Id => vec![tau2],
            Structure::Diag => vec![tau2; j],
            Structure::Cs if self.direct => vec![tau2, rho.max(least)],
            Structure::Cs => {
                let rho = rho.max(least);
                vec![tau2 * (1.0 - rho), tau2 * (1.0 + (j as f64 - 1.0) * rho)]
            }
            Structure::Hcs => several(rho.max(least)),
            Structure::Har1 => several(rho),
            Structure::Car => vec![tau2, rho.max(0.05)],
            _ => vec![tau2, rho],
        }
    }

    fn distance(&self, i: usize, j: usize) -> f64 {
        if self.direct {
            return f64::from(u8::from(i != j));
        }
        (self.places[i] - self.places[j]).abs()
    }

    /// G_ij.
    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        let last = theta.len() - 1;
        match self.structure {
            Structure::Id => {
                if i == j {
                    theta[0]
                } else {
                    0.0
                }
            }
            Structure::Diag => {
                if i == j {
                    theta[i]
                } else {
                    0.0
                }
            }
            Structure::Cs if !self.direct => {
                let shared = (theta[1] - theta[0]) / self.levels as f64;
                if i == j { theta[0] + shared } else { shared }
            }
            Structure::Hcs => theta[i] * theta[j] * if i == j { 1.0 } else { theta[last] },
            Structure::Har1 => theta[i] * theta[j] * power(theta[last], self.distance(i, j)).0,
            _ => theta[0] * power(theta[1], self.distance(i, j)).0,
        }
    }

    /// Passes on the derivatives of G_ij by each parameter that are not zero.
    pub fn first(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, f64)) {
        let last = theta.len() - 1;
        match self.structure {
            Structure::Id => {
                if i == j {
                    out(0, 1.0)
                }
            }
            Structure::Diag => {
                if i == j {
                    out(i, 1.0)
                }
            }
            Structure::Cs if !self.direct => {
                let share = 1.0 / self.levels as f64;
                out(0, if i == j { 1.0 - share } else { -share });
                out(1, share);
            }
            Structure::Hcs | Structure::Har1 => {
                let (r, dr, _) = self.correlation(theta[last], i, j);
                if i == j {
                    out(i, 2.0 * theta[i]);
                } else {
                    out(i, theta[j] * r);
                    out(j, theta[i] * r);
                    out(last, theta[i] * theta[j] * dr);
                }
            }
            _ => {
                let (r, dr, _) = power(theta[1], self.distance(i, j));
                out(0, r);
                if i != j {
                    out(1, theta[0] * dr);
                }
            }
        }
    }

    /// Passes on the second derivatives of G_ij that are not zero, each pair of parameters once.
    pub fn second(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, usize, f64)) {
        let last = theta.len() - 1;
        match self.structure {
            Structure::Id | Structure::Diag => {}
            Structure::Cs if !self.direct => {}
            Structure::Hcs | Structure::Har1 => {
                let (r, dr, ddr) = self.correlation(theta[last], i, j);
                if i == j {
                    out(i, i, 2.0);
                } else {
                    out(i, j, r);
                    out(i, last, theta[j] * dr);
                    out(j, last, theta[i] * dr);
                    out(last, last, theta[i] * theta[j] * ddr);
                }
            }
            _ => {
                if i != j {
                    let (_, dr, ddr) = power(theta[1], self.distance(i, j));
                    out(0, 1, dr);
                    out(1, 1, theta[0] * ddr);
                }
            }
        }
    }

    fn correlation(&self, rho: f64, i: usize, j: usize) -> (f64, f64, f64) {
        match self.structure {
            Structure::Har1 => power(rho, self.distance(i, j)),
            _ if i == j => (1.0, 0.0, 0.0),
            _ => (rho, 1.0, 0.0),
        }
    }

    /// The variances and correlations that users know; variances are multiplied by `scale`. A correlation with a
    /// variance of zero does not exist.
    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        let j = self.levels;
        let last = theta.len() - 1;
        let ratio = |value: f64, by: f64| (by > 0.0).then(|| (value / by).clamp(-1.0, 1.0));
        match self.structure {
            Structure::Id => (vec![theta[0] * scale], vec![]),
            Structure::Diag => (theta.iter().map(|t| t * scale).collect(), vec![]),
            Structure::Cs if !self.direct => {
                let shared = (theta[1] - theta[0]) / j as f64;
                let tau2 = theta[0] + shared;
                (vec![tau2 * scale], vec![ratio(shared, tau2)])
            }
            Structure::Hcs | Structure::Har1 => {
                let tau2 = theta[..last].iter().map(|t| t * t * scale).collect();
                let informed = theta[..last].iter().filter(|t| **t > 0.0).count() > 1;
                (tau2, vec![informed.then_some(theta[last])])
            }
            _ => (vec![theta[0] * scale], vec![(theta[0] > 0.0).then(|| self.known_as(theta[1]))]),
        }
    }

    /// The variance of an inner level, if all levels have the same.
    pub fn common_variance(&self, theta: &[f64]) -> Option<f64> {
        match self.structure {
            Structure::Diag | Structure::Hcs | Structure::Har1 => None,
            _ => Some(self.entry(theta, 0, 0)),
        }
    }

    /// The correlation for the value of its parameter.
    pub fn known_as(&self, value: f64) -> f64 {
        if self.structure == Structure::Car { value.powf(1.0 / self.unit) } else { value }
    }

    pub fn parameter_of(&self, rho: f64) -> f64 {
        if self.structure == Structure::Car { rho.max(0.0).powf(self.unit) } else { rho }
    }

    /// The form in which the `at`-th variance or correlation is a parameter.
    pub fn with_reading(&self, theta: &[f64], at: usize) -> Option<(Self, Vec<f64>, usize, Reading)> {
        let variances = match self.structure {
            Structure::Diag | Structure::Hcs | Structure::Har1 => self.levels,
            _ => 1,
        };
        let count = variances + usize::from(self.structure.correlated());
        let reading = if at >= variances {
            Reading::Correlation
        } else if matches!(self.structure, Structure::Hcs | Structure::Har1) {
            Reading::Root
        } else {
            Reading::Variance
        };
        (at < count).then(|| {
            if self.structure == Structure::Cs && !self.direct {
                let (tau2, rho) = self.report(theta, 1.0);
                let theta = vec![tau2[0], rho[0].unwrap_or(0.0)];
                (LevelShape { direct: true, ..self.clone() }, theta, at, reading)
            } else {
                (self.clone(), theta.to_vec(), at, reading)
            }
        })
    }
}

/// `ρ^d` with its first and second derivative by ρ.
fn power(rho: f64, d: f64) -> (f64, f64, f64) {
    let raise = |exponent: f64| {
        if exponent == 0.0 {
            1.0
        } else if exponent.fract() == 0.0 && exponent.abs() < 1e9 {
            rho.powi(exponent as i32)
        } else {
            rho.max(0.0).powf(exponent)
        }
    };
    if d == 0.0 {
        return (1.0, 0.0, 0.0);
    }
    let first = d * raise(d - 1.0);
    // With 1 < d < 2 it is infinite at the bound 0 itself, where no curvature is needed.
    let second = if d == 1.0 || (d < 2.0 && rho <= 0.0) { 0.0 } else { d * (d - 1.0) * raise(d - 2.0) };
    (raise(d), first, second)
}
