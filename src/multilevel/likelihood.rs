//! The likelihood, its gradient and its exact Hessian, from sums over independent blocks.
//!
//! With `U = [X y]` every block contributes `log|Σ|` and the (p+1)-square `U'Σ⁻¹U`, and their first and second derivatives
//! by the parameters θ; these sums are all that ML and REML need:
//!
//! ```text
//! −2 log L   = n log 2π + log|Σ| + y'Py (+ log|X'Σ⁻¹X| − log|X'X| for REML),   n = k (REML: k − p)
//! y'Py       = v' (U'Σ⁻¹U) v,  v = (−β, 1)
//! ∂(y'Py)    = v' ∂(U'Σ⁻¹U) v
//! ∂∂(y'Py)   = v' ∂∂(U'Σ⁻¹U) v − 2 (∂a v)_X' (X'Σ⁻¹X)⁻¹ (∂b v)_X
//! ```
//!
//! Columns of X are orthonormal here, so that `log|X'X|` is zero and no digits are lost to the scale of moderators.

use std::borrow::Cow;

use nalgebra::{Cholesky, DMatrix, DVector};

use super::crossed::Crossed;
use super::dense::{self, DenseBlock};
use super::nested::Nested;
use super::random::Term;
use super::small::Small;
use super::structure::Shape;
use crate::stat::newton::{self, Objective};

/// The likelihood that is maximized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ml,
    Reml,
}

/// The computation of the sums over blocks.
#[derive(Debug, Clone)]
pub(super) enum Blocks {
    /// Nested intercepts with independent sampling errors: a recursion linear in the number of effects.
    Nested(Nested),
    /// One structured term over few codes: closed forms.
    Small(Small),
    /// Small dense matrices, one for each set of effects that depend on each other.
    Dense(Vec<DenseBlock>),
    /// Any of these, with crossed intercepts of few levels over all effects.
    Crossed(Crossed),
}

impl Blocks {
    /// Adds the sums at θ of these terms, `u` row by row; `None` if Σ is not positive definite to working precision.
    pub fn add(&self, terms: &[Term], theta: &[f64], u: &[f64], curved: bool, sums: &mut Sums) -> Option<()> {
        match self {
            Blocks::Nested(nested) => nested.add(theta, sums),
            Blocks::Small(small) => small.add(terms, theta, u, curved, sums),
            Blocks::Dense(blocks) => dense::add(blocks, terms, theta, u, curved, sums),
            Blocks::Crossed(crossed) => crossed.add(theta, curved, sums),
        }
    }
}

/// `log|Σ|` and `U'Σ⁻¹U` with their derivatives by m parameters.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    /// p + 1.
    pub q: usize,
    pub m: usize,
    pub log_det: f64,
    pub log_det_first: Vec<f64>,
    /// m by m, the lower triangle filled.
    pub log_det_second: Vec<f64>,
    /// q by q.
    pub cross: Vec<f64>,
    /// m matrices q by q.
    pub cross_first: Vec<f64>,
    /// m by m matrices q by q, those of the lower triangle filled.
    pub cross_second: Vec<f64>,
}

impl Sums {
    pub fn new(q: usize, m: usize) -> Self {
        Sums {
            q,
            m,
            log_det: 0.0,
            log_det_first: vec![0.0; m],
            log_det_second: vec![0.0; m * m],
            cross: vec![0.0; q * q],
            cross_first: vec![0.0; m * q * q],
            cross_second: vec![0.0; m * m * q * q],
        }
    }
}

/// A point of the objective `−log L`. Its expected Hessian is known where all terms are intercepts and the covariances linear in θ:
/// half the second derivatives of the log-determinants, with the sign changed.
pub(super) type Point = newton::Point<Coefficients>;

/// The coefficients at a point.
#[derive(Debug, Clone)]
pub(super) struct Coefficients {
    /// In orthonormal coordinates.
    pub coefficients: DVector<f64>,
    /// Their covariance matrix.
    pub covariance: DMatrix<f64>,
    /// y'Py.
    pub quadratic: f64,
}

impl Objective for Problem {
    type Extra = Coefficients;

    fn point(&self, theta: &[f64]) -> Option<Point> {
        self.at(theta)
    }

    fn twin<'a>(&self, theta: &'a [f64], other: &[f64]) -> Cow<'a, [f64]> {
        let mut twin = Cow::Borrowed(theta);
        for term in &self.terms {
            if let Some((shape, _)) = &term.inner
                && let Some(shape) = shape.unstructured()
            {
                let own = term.first..term.first + term.count;
                shape.turn(&mut twin.to_mut()[own.clone()], &other[own]);
            }
        }
        twin
    }
}

/// The data in the coordinates of the computation.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub k: usize,
    pub p: usize,
    /// Row by row: the p orthonormal columns and the scaled outcome.
    pub u: Vec<f64>,
    pub blocks: Blocks,
    pub terms: Vec<Term>,
    pub m: usize,
    pub kind: Kind,
}

impl Problem {
    /// The same problem with a structured term in another form of its covariance.
    pub fn in_form(&self, term: usize, form: &Shape) -> Problem {
        let mut problem = self.clone();
        problem.terms[term].take_form(form);
        if let Blocks::Crossed(crossed) = &mut problem.blocks {
            crossed.take_form(self.terms[term].first, form);
        }
        problem
    }

    /// `−log L` at θ, without the constant of the scaling; `None` if Σ is not positive definite to working precision.
    pub fn at(&self, theta: &[f64]) -> Option<Point> {
        self.combine(theta, &self.sums(theta, true)?)
    }

    /// The sums over all blocks. Without `curved` the second derivatives are those of a covariance that is linear in θ, so
    /// that they hold `−tr(C_a C_b)` and `X'W(Σ_a W Σ_b + Σ_b W Σ_a)WX` alone.
    pub fn sums(&self, theta: &[f64], curved: bool) -> Option<Sums> {
        let mut sums = Sums::new(self.p + 1, self.m);
        self.blocks.add(&self.terms, theta, &self.u, curved, &mut sums)?;
        Some(sums)
    }

    /// The gradient, the Hessian and, for covariances that are linear in the parameters, the expected Hessian; `covariance` is that of
    /// the coefficients, v = (−β̂, 1).
    fn derivatives(
        &self,
        sums: &Sums,
        covariance: &DMatrix<f64>,
        v: &DVector<f64>,
    ) -> (Vec<f64>, DMatrix<f64>, Option<DMatrix<f64>>) {
        let (p, q, m) = (self.p, sums.q, self.m);
        let restricted = self.kind == Kind::Reml;
        let mut gradient = vec![0.0; m];
        let mut hessian = DMatrix::zeros(m, m);
        let linear = self.terms.iter().all(|term| term.inner.is_none());
        let mut expected = linear.then(|| DMatrix::zeros(m, m));
        // (∂a v)_X, the same times (X'Σ⁻¹X)⁻¹, and (X'Σ⁻¹X)⁻¹ ∂a(X'Σ⁻¹X), one after the other
        let (mut images, mut solved) = (DMatrix::zeros(p, m), DMatrix::zeros(p, m));
        let mut information = vec![0.0; m * p * p];
        for (a, first) in sums.cross_first.chunks_exact(q * q).enumerate() {
            gradient[a] = sums.log_det_first[a] + quadratic_form(first, v);
            for s in 0..p {
                images[(s, a)] = (0..q).map(|t| first[s * q + t] * v[t]).sum();
                for t in 0..p {
                    information[(a * p + s) * p + t] =
                        (0..p).map(|r| covariance[(s, r)] * first[r * q + t]).sum();
                }
                if restricted {
                    gradient[a] += information[(a * p + s) * p + s];
                }
            }
        }
        covariance.mul_to(&images, &mut solved);
        let own = |a: usize| &information[a * p * p..(a + 1) * p * p];
        for a in 0..m {
            for b in 0..=a {
                let at = (a * m + b) * q * q;
                let second = &sums.cross_second[at..at + q * q];
                let mut logs = sums.log_det_second[a * m + b];
                if restricted {
                    for s in 0..p {
                        for t in 0..p {
                            logs += covariance[(s, t)] * second[t * q + s]
                                - own(a)[s * p + t] * own(b)[t * p + s];
                        }
                    }
                }
                let entry = logs + quadratic_form(second, v) - 2.0 * images.column(a).dot(&solved.column(b));
                for at in [(a, b), (b, a)] {
                    hessian[at] = 0.5 * entry;
                    if let Some(expected) = &mut expected {
                        expected[at] = -0.5 * logs;
                    }
                }
            }
        }
        for value in &mut gradient {
            *value *= 0.5;
        }
        (gradient, hessian, expected)
    }

    fn combine(&self, theta: &[f64], sums: &Sums) -> Option<Point> {
        let (p, q) = (self.p, sums.q);
        let xx = DMatrix::from_fn(p, p, |a, b| sums.cross[a * q + b]);
        let xy = DVector::from_fn(p, |a, _| sums.cross[a * q + p]);
        let factor = Cholesky::new(xx)?;
        let coefficients = factor.solve(&xy);
        let covariance = factor.inverse();
        let mut v = DVector::from_element(q, 1.0);
        for a in 0..p {
            v[a] = -coefficients[a];
        }
        let quadratic = quadratic_form(&sums.cross, &v);
        let restricted = self.kind == Kind::Reml;
        let n = if restricted { self.k - p } else { self.k } as f64;
        let mut value = n * (2.0 * std::f64::consts::PI).ln() + sums.log_det + quadratic;
        if restricted {
            value += 2.0 * factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>();
        }
        let (gradient, hessian, expected) = self.derivatives(sums, &covariance, &v);
        let value = 0.5 * value;
        (value.is_finite() && gradient.iter().all(|g| g.is_finite())).then(|| Point {
            theta: theta.to_vec(),
            value,
            gradient,
            hessian,
            expected,
            extra: Coefficients { coefficients, covariance, quadratic },
        })
    }
}

/// v'Mv of a matrix row by row.
pub(super) fn quadratic_form(matrix: &[f64], v: &DVector<f64>) -> f64 {
    let rows = matrix.chunks_exact(v.len()).zip(v);
    rows.map(|(row, own)| own * row.iter().zip(v).map(|(x, v)| x * v).sum::<f64>()).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::multilevel::{
        Design, Factor, KnownCorrelation, Places, RandomTerm, SamplingCovariance, Structure,
    };
    use crate::multilevel::{dense, held::Holding, prepare::prepare, random::code};
    use crate::{EffectSizes, Measure};
    use proptest::prelude::*;

    /// Twelve effects in four studies of three, two outcomes, crossed with three years.
    fn problem(y: &[f64], v: &[f64], terms: &[RandomTerm], rho: f64, kind: Kind) -> (Problem, Vec<f64>) {
        let labels: Vec<String> = (0..12).map(|i| i.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, labels, y, v).unwrap();
        let sampling = if rho == 0.0 {
            SamplingCovariance::Independent
        } else {
            SamplingCovariance::constant(rho, study())
        };
        let sampling = sampling.blocks(&effects).unwrap();
        let design = Design::with_intercept(12)
            .column("x", (0..12).map(|i| f64::from(i % 5)).collect::<Vec<_>>())
            .unwrap();
        let coded = code(terms, &Holding::default(), &effects, &mut Vec::new()).unwrap();
        let prepared = prepare(&effects, &design, &sampling, &coded, (kind, None)).unwrap();
        let start = prepared.starts[0].iter().enumerate().map(|(i, t)| t * (1.0 + 0.1 * i as f64)).collect();
        (prepared.problem, start)
    }

    fn study() -> Factor {
        Factor::new("study", (0..12).map(|i| (i / 3).to_string())).unwrap()
    }

    fn year() -> Factor {
        Factor::new("year", (0..12).map(|i| (i % 3).to_string())).unwrap()
    }

    fn effect() -> Factor {
        Factor::each_effect("effect", 12).unwrap()
    }

    fn structured(structure: Structure) -> RandomTerm {
        let outer = study();
        if structure.is_spatial() {
            let column = |f: fn(usize) -> f64| (0..12).map(f).collect();
            let coordinates = vec![column(|i| (i % 3) as f64), column(|i| 0.3 * (i % 5) as f64)];
            return RandomTerm::Spatial {
                places: Places::new("x+y", coordinates).unwrap(),
                outer,
                structure,
            };
        }
        if structure.is_slopes() {
            let covariates = Design::with_intercept(12)
                .column("t", (0..12).map(|i| 3.0 + f64::from(i % 3)).collect::<Vec<_>>())
                .unwrap();
            return RandomTerm::Slopes { covariates, outer, structure };
        }
        RandomTerm::Structured { inner: year(), outer, structure }
    }

    fn check(problem: &Problem, theta: &[f64]) {
        let at = problem.at(theta).unwrap();
        for a in 0..theta.len() {
            let h = 1e-5 * (1.0 + theta[a].abs());
            let (mut up, mut down) = (theta.to_vec(), theta.to_vec());
            up[a] += h;
            down[a] -= h;
            let (up, down) = (problem.at(&up).unwrap(), problem.at(&down).unwrap());
            let slope = (up.value - down.value) / (2.0 * h);
            let size = 1.0 + at.gradient[a].abs();
            assert!((slope - at.gradient[a]).abs() < 1e-6 * size, "{slope} {}", at.gradient[a]);
            for b in 0..theta.len() {
                let curvature = (up.gradient[b] - down.gradient[b]) / (2.0 * h);
                let size = 1.0 + at.hessian[(a, b)].abs();
                assert!((curvature - at.hessian[(a, b)]).abs() < 1e-5 * size, "{a} {b}: {curvature}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn gradient_and_hessian_agree_with_differences(
            y in proptest::collection::vec(-2.0..2.0_f64, 12),
            v in proptest::collection::vec(0.05..1.0_f64, 12),
            rho in prop_oneof![Just(0.0), 0.1..0.8_f64],
            kind in prop_oneof![Just(Kind::Ml), Just(Kind::Reml)],
        ) {
            let nested = RandomTerm::nested([study(), effect()]).unwrap();
            let (nested_problem, theta) = problem(&y, &v, &nested, rho, kind);
            check(&nested_problem, &theta);
            let crossed = [RandomTerm::Intercept(study()), RandomTerm::Intercept(year())];
            let (crossed_problem, theta) = problem(&y, &v, &crossed, rho, kind);
            check(&crossed_problem, &theta);
            for &structure in Structure::ALL {
                let (structured_problem, theta) =
                    problem(&y, &v, &[structured(structure), RandomTerm::Intercept(effect())], rho, kind);
                check(&structured_problem, &theta);
            }
            let known = KnownCorrelation::new(
                ["0", "1", "2", "3"],
                vec![1.0, 0.5, 0.0, 0.2, 0.5, 1.0, 0.0, 0.1, 0.0, 0.0, 1.0, 0.3, 0.2, 0.1, 0.3, 1.0],
            ).unwrap();
            let terms = [RandomTerm::Known { factor: study(), correlation: known }, RandomTerm::Intercept(study())];
            let (known_problem, theta) = problem(&y, &v, &terms[..1], rho, kind);
            check(&known_problem, &theta);
        }

        #[test]
        fn crossed_intercepts_agree_with_dense_blocks(
            y in proptest::collection::vec(-2.0..2.0_f64, 12),
            v in proptest::collection::vec(0.05..1.0_f64, 12),
            theta in proptest::collection::vec(prop_oneof![Just(0.0), 0.0..3.0_f64], 4),
            rho in prop_oneof![Just(0.0), 0.1..0.8_f64],
            kind in prop_oneof![Just(Kind::Ml), Just(Kind::Reml)],
            structured_core in any::<bool>(),
        ) {
            // Two factors that cross each other and the studies, within which there is a level of effects or a structure.
            let pair = Factor::new("pair", (0..12).map(|i| (i % 2).to_string())).unwrap();
            let mut terms = vec![RandomTerm::Intercept(year()), RandomTerm::Intercept(pair)];
            if structured_core {
                terms.insert(1, structured(Structure::Cs));
            } else {
                terms.insert(0, RandomTerm::Intercept(study()));
                terms.push(RandomTerm::Intercept(effect()));
            }
            let (mut problem, _) = problem(&y, &v, &terms, rho, kind);
            let blocks = problem.at(&theta[..problem.m]).unwrap();
            let first = problem.at(&vec![0.0; problem.m]).unwrap();
            let sampling = if rho == 0.0 {
                SamplingCovariance::Independent
            } else {
                SamplingCovariance::constant(rho, study())
            };
            let labels: Vec<String> = (0..12).map(|i| i.to_string()).collect();
            let effects = EffectSizes::new(Measure::Generic, labels, y.clone(), v.clone()).unwrap();
            let sampling = sampling.blocks(&effects).unwrap();
            // The unit of variance, from y'Py at zero.
            let mut whole = problem.clone();
            whole.blocks = Blocks::Dense(dense::split(12, &sampling, &whole.terms, 1.0));
            let unit = first.extra.quadratic / whole.at(&vec![0.0; problem.m]).unwrap().extra.quadratic;
            let make = |terms: &[Term], u: &[f64], width: usize| match Nested::new(&sampling, terms, u, width, unit) {
                Some(nested) => Blocks::Nested(nested),
                None => Blocks::Dense(dense::split(12, &sampling, terms, unit)),
            };
            let taken: Vec<usize> = (0..problem.terms.len())
                .filter(|&t| terms[t].name() == "year" || terms[t].name() == "pair")
                .collect();
            problem.blocks =
                Blocks::Crossed(Crossed::over(&taken, &problem.terms, &problem.u, problem.p + 1, make));
            let crossed = problem.at(&theta[..problem.m]).unwrap();
            prop_assert!((crossed.value - blocks.value).abs() < 1e-9 * (1.0 + blocks.value.abs()));
            for a in 0..problem.m {
                let size = 1.0 + blocks.gradient[a].abs();
                prop_assert!((crossed.gradient[a] - blocks.gradient[a]).abs() < 1e-8 * size);
                for b in 0..problem.m {
                    let size = 1.0 + blocks.hessian[(a, b)].abs();
                    prop_assert!(
                        (crossed.hessian[(a, b)] - blocks.hessian[(a, b)]).abs() < 1e-7 * size,
                        "{} {}: {} {}", a, b, crossed.hessian[(a, b)], blocks.hessian[(a, b)]
                    );
                }
            }
        }

        #[test]
        fn the_recursion_agrees_with_dense_blocks(
            y in proptest::collection::vec(-2.0..2.0_f64, 12),
            v in proptest::collection::vec(0.05..1.0_f64, 12),
            theta in proptest::collection::vec(0.0..3.0_f64, 3),
            kind in prop_oneof![Just(Kind::Ml), Just(Kind::Reml)],
        ) {
            let region = Factor::new("region", (0..12).map(|i| (i / 6).to_string())).unwrap();
            // Not in order of nesting: the recursion finds it.
            let terms = [study(), region, effect()].map(RandomTerm::Intercept);
            let (mut problem, _) = problem(&y, &v, &terms, 0.0, kind);
            prop_assert!(matches!(problem.blocks, Blocks::Nested(_)));
            let recursion = problem.at(&theta).unwrap();
            // The same data in blocks; the unit of variance is that of the problem.
            let unit = {
                let first = problem.at(&[0.0; 3]).unwrap();
                let sum: f64 = (0..12).map(|i| problem.u[i * 3 + 2].powi(2) / v[i]).sum();
                let free = first.extra.quadratic; // y'Py at zero, where y deviates from the weighted fit
                free / sum
            };
            let sampling = crate::multilevel::sampling::Sampling { variances: v.clone(), blocks: Vec::new() };
            problem.blocks = Blocks::Dense(dense::split(12, &sampling, &problem.terms, unit));
            let blocks = problem.at(&theta).unwrap();
            prop_assert!((recursion.value - blocks.value).abs() < 1e-9 * (1.0 + blocks.value.abs()));
            for a in 0..3 {
                let size = 1.0 + blocks.gradient[a].abs();
                prop_assert!((recursion.gradient[a] - blocks.gradient[a]).abs() < 1e-9 * size);
                for b in 0..3 {
                    let size = 1.0 + blocks.hessian[(a, b)].abs();
                    prop_assert!((recursion.hessian[(a, b)] - blocks.hessian[(a, b)]).abs() < 1e-8 * size);
                }
            }
        }
    }
}
