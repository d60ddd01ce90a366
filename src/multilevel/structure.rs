//! Covariance structures of `inner | outer` random effects: the entries of the matrix G over the inner levels, with
//! their first and second derivatives.
//!
//! Each structure has parameters of its own, chosen so that every point of a box gives a positive semidefinite G: the
//! boundary of the model is a face of the box, or inside it.
//!
//! | structure | G_ij | parameters |
//! |---|---|---|
//! | `ID` | τ² [i = j] | τ² |
//! | `DIAG` | τ_i² [i = j] | τ_i² |
//! | `CS` | τ² (ρ + (1 − ρ)[i = j]) | the eigenvalues of G: s = τ²(1 − ρ) and u = τ²(1 + (J − 1)ρ) |
//! | `HCS` | τ_i τ_j (ρ or 1) | τ_i, ρ ≥ −1/(J − 1) |
//! | `UN` | (LL')_ij | the lower triangle L, without bounds |
//! | `AR1` | τ² ρ^d | τ², ρ; d by the order of the levels |
//! | `HAR1` | τ_i τ_j ρ^d | τ_i, ρ |
//! | `CAR` | τ² ρ^d | τ², ρ^δ with the smallest distance δ; d the numeric distance |

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::factor::Factor;
use crate::{Error, Result};

/// The covariance structure of an `inner | outer` term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
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
}

impl Structure {
    /// All structures.
    pub const ALL: [Structure; 8] = [
        Structure::Cs,
        Structure::Hcs,
        Structure::Un,
        Structure::Id,
        Structure::Diag,
        Structure::Ar1,
        Structure::Har1,
        Structure::Car,
    ];

    /// The customary code.
    pub fn code(self) -> &'static str {
        match self {
            Structure::Cs => "CS",
            Structure::Hcs => "HCS",
            Structure::Un => "UN",
            Structure::Id => "ID",
            Structure::Diag => "DIAG",
            Structure::Ar1 => "AR1",
            Structure::Har1 => "HAR1",
            Structure::Car => "CAR",
        }
    }

    fn correlated(self) -> bool {
        !matches!(self, Structure::Id | Structure::Diag)
    }
}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Structure {
    type Err = Error;

    /// Reads the codes in any case, and metafor's `AR` and `HAR`.
    fn from_str(code: &str) -> Result<Self> {
        match code.to_ascii_uppercase().as_str() {
            "AR" => return Ok(Structure::Ar1),
            "HAR" => return Ok(Structure::Har1),
            _ => {}
        }
        Structure::ALL
            .into_iter()
            .find(|structure| structure.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| Error::unknown("structure", code, Structure::ALL.map(Structure::code)))
    }
}

/// One parameter of the likelihood: its bounds and the size of a long step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub lower: f64,
    pub upper: f64,
    pub size: f64,
}

pub(super) const VARIANCE: Bound = Bound { lower: 0.0, upper: f64::INFINITY, size: 1.0 };

/// A structure over given inner levels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub structure: Structure,
    /// J.
    pub levels: usize,
    /// Where the levels stand for distances, in units in which the smallest distance is at least 1.
    places: Vec<f64>,
    unit: f64,
}

impl Shape {
    pub fn new(structure: Structure, inner: &Factor, outer: &Factor) -> Result<Self> {
        let levels = inner.levels().len();
        let term = format!("{}|{}", inner.name(), outer.name());
        if structure.correlated() {
            let mut pairs = std::collections::BTreeSet::new();
            for members in outer.members() {
                let mut own: Vec<usize> = members.iter().map(|&row| inner.codes()[row]).collect();
                own.sort_unstable();
                own.dedup();
                if structure == Structure::Un {
                    for (at, &i) in own.iter().enumerate() {
                        pairs.extend(own[at + 1..].iter().map(|&j| (i, j)));
                    }
                } else if own.len() > 1 {
                    pairs.insert((own[0], own[1]));
                }
            }
            if pairs.is_empty() {
                return Err(Error::model(
                    format!(
                        "{term}: no level of {} has two levels of {}, so that nothing informs the correlation",
                        outer.name(),
                        inner.name()
                    ),
                    "use the structure DIAG or ID",
                ));
            }
            if structure == Structure::Un {
                let missing = (0..levels)
                    .flat_map(|i| (i + 1..levels).map(move |j| (i, j)))
                    .find(|pair| !pairs.contains(pair));
                if let Some((i, j)) = missing {
                    return Err(Error::model(
                        format!(
                            "{term}: {} and {} never occur together, so that nothing informs their correlation",
                            inner.levels()[i],
                            inner.levels()[j]
                        ),
                        "use the structure HCS, CS or DIAG, or leave one of them out",
                    ));
                }
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
                for place in &mut places {
                    *place /= unit;
                }
            }
            _ => {}
        }
        Ok(Shape { structure, levels, places, unit })
    }

    /// The bounds of the parameters.
    pub fn bounds(&self) -> Vec<Bound> {
        let j = self.levels;
        let free = Bound { lower: f64::NEG_INFINITY, upper: f64::INFINITY, size: 1.0 };
        let rho = |lower: f64| Bound { lower, upper: 1.0, size: 0.25 };
        let several = |bound: Bound, last: Bound| {
            let mut bounds = vec![bound; j];
            bounds.push(last);
            bounds
        };
        match self.structure {
            Structure::Id => vec![VARIANCE],
            Structure::Diag => vec![VARIANCE; j],
            Structure::Cs => vec![VARIANCE, Bound { size: j as f64, ..VARIANCE }],
            Structure::Hcs => several(VARIANCE, rho(-1.0 / (j as f64 - 1.0))),
            Structure::Un => vec![free; j * (j + 1) / 2],
            Structure::Ar1 => vec![VARIANCE, rho(-1.0)],
            Structure::Har1 => several(VARIANCE, rho(-1.0)),
            Structure::Car => vec![VARIANCE, rho(0.0)],
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
            Structure::Cs => {
                let rho = rho.max(least);
                vec![tau2 * (1.0 - rho), tau2 * (1.0 + (j as f64 - 1.0) * rho)]
            }
            Structure::Hcs => several(rho.max(least)),
            Structure::Un => {
                // The Cholesky factor of a compound-symmetric matrix, row by row.
                let rho = rho.max(least);
                let mut l = vec![0.0; j * (j + 1) / 2];
                for a in 0..j {
                    for b in 0..=a {
                        let target = if a == b { tau2 } else { tau2 * rho };
                        let sum: f64 = (0..b).map(|c| l[place(a, c)] * l[place(b, c)]).sum();
                        l[place(a, b)] = if a == b {
                            (target - sum).max(0.0).sqrt()
                        } else {
                            (target - sum) / l[place(b, b)]
                        };
                    }
                }
                l
            }
            Structure::Ar1 => vec![tau2, rho],
            Structure::Har1 => several(rho),
            Structure::Car => vec![tau2, rho.max(0.05)],
        }
    }

    fn distance(&self, i: usize, j: usize) -> f64 {
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
            Structure::Cs => {
                let shared = (theta[1] - theta[0]) / self.levels as f64;
                if i == j { theta[0] + shared } else { shared }
            }
            Structure::Hcs => theta[i] * theta[j] * if i == j { 1.0 } else { theta[last] },
            Structure::Un => (0..=i.min(j)).map(|c| theta[place(i, c)] * theta[place(j, c)]).sum(),
            Structure::Ar1 | Structure::Car => theta[0] * power(theta[1], self.distance(i, j)).0,
            Structure::Har1 => theta[i] * theta[j] * power(theta[last], self.distance(i, j)).0,
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
            Structure::Cs => {
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
            Structure::Un => {
                for c in 0..=i.min(j) {
                    if i == j {
                        out(place(i, c), 2.0 * theta[place(i, c)]);
                    } else {
                        out(place(i, c), theta[place(j, c)]);
                        out(place(j, c), theta[place(i, c)]);
                    }
                }
            }
            Structure::Ar1 | Structure::Car => {
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
            Structure::Id | Structure::Diag | Structure::Cs => {}
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
            Structure::Un => {
                for c in 0..=i.min(j) {
                    out(place(i, c), place(j, c), if i == j { 2.0 } else { 1.0 });
                }
            }
            Structure::Ar1 | Structure::Car => {
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
            Structure::Cs => {
                let shared = (theta[1] - theta[0]) / j as f64;
                let tau2 = theta[0] + shared;
                (vec![tau2 * scale], vec![ratio(shared, tau2)])
            }
            Structure::Hcs | Structure::Har1 => {
                let tau2 = theta[..last].iter().map(|t| t * t * scale).collect();
                let informed = theta[..last].iter().filter(|t| **t > 0.0).count() > 1;
                (tau2, vec![informed.then_some(theta[last])])
            }
            Structure::Un => {
                let g = |a: usize, b: usize| self.entry(theta, a, b);
                let tau2 = (0..j).map(|a| g(a, a) * scale).collect();
                let rho = (0..j)
                    .flat_map(|a| (a + 1..j).map(move |b| (a, b)))
                    .map(|(a, b)| ratio(g(a, b), (g(a, a) * g(b, b)).sqrt()))
                    .collect();
                (tau2, rho)
            }
            Structure::Ar1 => (vec![theta[0] * scale], vec![(theta[0] > 0.0).then_some(theta[1])]),
            Structure::Car => {
                let rho = (theta[0] > 0.0).then(|| theta[1].powf(1.0 / self.unit));
                (vec![theta[0] * scale], vec![rho])
            }
        }
    }

    /// The variance of an inner level, if all levels have the same.
    pub fn common_variance(&self, theta: &[f64]) -> Option<f64> {
        match self.structure {
            Structure::Id | Structure::Cs | Structure::Ar1 | Structure::Car => Some(self.entry(theta, 0, 0)),
            _ => None,
        }
    }
}

/// Where L_ab, b ≤ a, stands in a lower triangle stored row by row.
fn place(a: usize, b: usize) -> usize {
    a * (a + 1) / 2 + b
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn shape(structure: Structure) -> Shape {
        let inner = Factor::new("time", ["1", "2.5", "4", "1", "2.5", "4"]).unwrap();
        let outer = Factor::new("trial", ["1", "1", "1", "2", "2", "2"]).unwrap();
        Shape::new(structure, &inner, &outer).unwrap()
    }

    #[test]
    fn derivatives_agree_with_differences() {
        for structure in Structure::ALL {
            let shape = shape(structure);
            let theta: Vec<f64> =
                shape.start(0.8, 0.4).iter().enumerate().map(|(a, t)| t * (1.0 + 0.05 * a as f64)).collect();
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
                        assert!((difference - first[a]).abs() < 1e-8, "{structure} {i} {j} {a}");
                        let (mut above, mut below) = (vec![0.0; theta.len()], vec![0.0; theta.len()]);
                        shape.first(&up, i, j, |b, value| above[b] += value);
                        shape.first(&down, i, j, |b, value| below[b] += value);
                        for b in 0..theta.len() {
                            let difference = (above[b] - below[b]) / (2.0 * h);
                            assert!(
                                (difference - second[a * theta.len() + b]).abs() < 1e-8,
                                "{structure} {i} {j} {a} {b}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn starts_report_what_they_were_asked_for() {
        for structure in Structure::ALL {
            let shape = shape(structure);
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
        let error = Shape::new(Structure::Un, &inner, &outer).unwrap_err().to_string();
        assert!(error.contains("B and C never occur together"), "{error}");
    }
}
