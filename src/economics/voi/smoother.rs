//! Penalised least squares with several diagonal penalties, chosen by restricted maximum likelihood.
//!
//! For a basis X (N x p) and S_λ = Σ_j λ_j S_j the coefficients are β = (X'X + S_λ)⁻¹X'y. With σ² = (‖y - Xβ‖² + β'S_λβ) /
//! (N - M), M the dimension that no penalty touches, the restricted likelihood rises with every step of
//! λ_j ← λ_j σ² [tr(S_λ⁻S_j) - tr((X'X + S_λ)⁻¹S_j)] / β'S_jβ (Wood & Fasiolo 2017). Only X'X, X'y and y'y are kept: one pass
//! over the draws builds them, a second one predicts.
//!
//! Wood SN, Fasiolo M (2017). A generalized Fellner-Schall method for smoothing parameter optimization with application to
//! Tweedie location, scale and shape models. *Biometrics* 73:1071-1081. doi:10.1111/biom.12666

use nalgebra::{DMatrix, DVector};

use crate::{Error, Result};

/// A basis that can be evaluated at any draw.
pub(super) trait Basis: Sync {
    /// The number of functions.
    fn len(&self) -> usize;
    /// The diagonal penalties.
    fn penalties(&self) -> &[Vec<f64>];
    /// Fills the rows of a block of draws: `out` is p values for each draw in turn.
    fn fill(&self, from: usize, to: usize, out: &mut [f64]);
}

/// The working values of one response.
pub(super) struct Smooth {
    pub(super) fitted: Vec<f64>,
    /// Effective degrees of freedom.
    pub(super) edf: f64,
    /// Share of the variance that the fit explains; `None` for a response that does not vary.
    pub(super) r2: Option<f64>,
}

const BLOCK: usize = 2048;

/// Fits every response on the same basis over n draws.
pub(super) fn fit(basis: &dyn Basis, n: usize, responses: &[Vec<f64>]) -> Result<Vec<Smooth>> {
    let p = basis.len();
    if n <= p {
        return Err(Error::model(
            format!("{n} draws for a basis of {p} functions"),
            "use more draws, fewer parameters or a smaller basis",
        ));
    }
    let Equations { shapes, gram, moments } = equations(basis, n, responses);
    let q = responses.len();
    let mut rows = vec![0.0; BLOCK.min(n) * p];
    let mut coefficients = Vec::with_capacity(q);
    for (k, (_, sd)) in shapes.iter().enumerate() {
        coefficients.push(if *sd > 0.0 {
            let chosen = choose(&gram, moments.column(k).into_owned(), n, basis.penalties())?;
            Some((chosen.beta, chosen.edf))
        } else {
            None
        });
    }
    let mut fitted = vec![vec![0.0; n]; q];
    for from in (0..n).step_by(BLOCK) {
        let to = (from + BLOCK).min(n);
        basis.fill(from, to, &mut rows[..(to - from) * p]);
        for k in 0..q {
            let (mean, sd) = shapes[k];
            for i in from..to {
                fitted[k][i] = match &coefficients[k] {
                    Some((beta, _)) => {
                        let row = &rows[(i - from) * p..(i - from + 1) * p];
                        mean + sd * row.iter().zip(beta.iter()).map(|(x, b)| x * b).sum::<f64>()
                    }
                    None => mean,
                };
            }
        }
    }
    Ok(fitted
        .into_iter()
        .enumerate()
        .map(|(k, fitted)| {
            let sd = shapes[k].1;
            let residual: f64 = responses[k].iter().zip(&fitted).map(|(y, f)| (y - f).powi(2)).sum();
            Smooth {
                edf: coefficients[k].as_ref().map_or(1.0, |(_, edf)| *edf),
                r2: (sd > 0.0).then(|| 1.0 - residual / (sd * sd * n as f64)),
                fitted,
            }
        })
        .collect())
}

/// -2 times the restricted log-likelihood of one response, scaled to variance 1, at the best penalties, up to a constant that
/// does not depend on the basis functions that are penalised.
pub(super) fn deviance(basis: &dyn Basis, n: usize, response: &[f64]) -> Result<f64> {
    let Equations { shapes, gram, moments } = equations(basis, n, std::slice::from_ref(&response.to_vec()));
    match shapes.first() {
        Some((_, sd)) if *sd > 0.0 => {
            Ok(choose(&gram, moments.column(0).into_owned(), n, basis.penalties())?.deviance)
        }
        _ => Ok(0.0),
    }
}

/// X'X, X'y of each response centred and scaled, and their means and standard deviations.
struct Equations {
    shapes: Vec<(f64, f64)>,
    gram: DMatrix<f64>,
    moments: DMatrix<f64>,
}

fn equations(basis: &dyn Basis, n: usize, responses: &[Vec<f64>]) -> Equations {
    let p = basis.len();
    // Centred and scaled responses keep the normal equations well conditioned.
    let shapes: Vec<(f64, f64)> = responses
        .iter()
        .map(|y| {
            let mean = y.iter().sum::<f64>() / n as f64;
            let sd = (y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n as f64).sqrt();
            (mean, sd)
        })
        .collect();
    let q = responses.len();
    let mut gram = DMatrix::<f64>::zeros(p, p);
    let mut moments = DMatrix::<f64>::zeros(p, q);
    let mut rows = vec![0.0; BLOCK.min(n) * p];
    for from in (0..n).step_by(BLOCK) {
        let to = (from + BLOCK).min(n);
        basis.fill(from, to, &mut rows[..(to - from) * p]);
        let x = nalgebra::DMatrixView::from_slice(&rows[..(to - from) * p], p, to - from); // transposed block
        gram.gemm(1.0, &x, &x.transpose(), 1.0);
        let mut y = DMatrix::<f64>::zeros(to - from, q);
        for (k, (response, (mean, sd))) in responses.iter().zip(&shapes).enumerate() {
            for i in from..to {
                y[(i - from, k)] = if *sd > 0.0 { (response[i] - mean) / sd } else { 0.0 };
            }
        }
        moments.gemm(1.0, &x, &y, 1.0);
    }
    Equations { shapes, gram, moments }
}

/// The coefficients at the restricted likelihood's maximum.
struct Chosen {
    beta: DVector<f64>,
    /// Effective degrees of freedom.
    edf: f64,
    /// -2 times the restricted log-likelihood, up to a constant.
    deviance: f64,
}

/// The coefficients at the restricted likelihood's maximum. The response has variance 1, so that y'y = n.
fn choose(gram: &DMatrix<f64>, moments: DVector<f64>, n: usize, penalties: &[Vec<f64>]) -> Result<Chosen> {
    let p = gram.nrows();
    let trace = gram.trace() / p as f64;
    let mut lambda: Vec<f64> = penalties
        .iter()
        .map(|s| {
            let size = s.iter().sum::<f64>() / s.iter().filter(|v| **v > 0.0).count().max(1) as f64;
            0.01 * trace / size.max(f64::MIN_POSITIVE)
        })
        .collect();
    let free = (0..p).filter(|&c| penalties.iter().all(|s| s[c] == 0.0)).count();
    let solve = |lambda: &[f64]| -> Result<(DVector<f64>, DMatrix<f64>, f64)> {
        let mut matrix = gram.clone();
        for c in 0..p {
            matrix[(c, c)] += penalties.iter().zip(lambda).map(|(s, l)| s[c] * l).sum::<f64>();
        }
        let scale = DVector::from_fn(p, |c, _| 1.0 / matrix[(c, c)].max(f64::MIN_POSITIVE).sqrt());
        for r in 0..p {
            for c in 0..p {
                matrix[(r, c)] *= scale[r] * scale[c];
            }
        }
        for jitter in [0.0, 1e-12, 1e-9] {
            let mut tried = matrix.clone();
            for c in 0..p {
                tried[(c, c)] += jitter;
            }
            if let Some(factor) = tried.cholesky() {
                let ln_det = factor.l_dirty().diagonal().iter().map(|l| l.ln()).sum::<f64>()
                    - scale.iter().map(|s| s.ln()).sum::<f64>();
                let mut inverse = factor.inverse();
                for r in 0..p {
                    for c in 0..p {
                        inverse[(r, c)] *= scale[r] * scale[c];
                    }
                }
                return Ok((&inverse * &moments, inverse, 2.0 * ln_det));
            }
        }
        Err(Error::model(
            "the parameters determine each other",
            "leave out the parameter that the others determine",
        ))
    };
    let (mut beta, mut inverse, mut ln_det) = solve(&lambda)?;
    let (mut stretch, mut before) = (1.0, vec![0.0; penalties.len()]);
    if !penalties.is_empty() {
        for _ in 0..100 {
            let total: Vec<f64> =
                (0..p).map(|c| penalties.iter().zip(&lambda).map(|(s, l)| s[c] * l).sum()).collect();
            // ‖y - Xβ‖² + β'Sβ = y'y - β'X'y
            let sigma2 = ((n as f64 - beta.dot(&moments)) / (n - free) as f64).max(1e-14);
            let next: Vec<f64> = penalties
                .iter()
                .zip(&lambda)
                .map(|(s, &l)| {
                    let (mut expected, mut actual) = (0.0, 0.0);
                    for c in (0..p).filter(|&c| s[c] > 0.0) {
                        expected += s[c] / total[c] - inverse[(c, c)] * s[c];
                        actual += s[c] * beta[c] * beta[c];
                    }
                    let factor =
                        (sigma2 * expected.max(0.0) / actual.max(f64::MIN_POSITIVE)).clamp(1e-3, 1e3);
                    (l * factor.powf(stretch)).clamp(1e-12 * trace, 1e12 * trace)
                })
                .collect();
            // Steps in one direction are lengthened; a turn takes the plain step.
            let moves: Vec<f64> = next.iter().zip(&lambda).map(|(a, b)| (a / b).ln()).collect();
            let turned = moves.iter().zip(&before).any(|(a, b)| a * b < 0.0);
            stretch = if turned { 1.0 } else { 1.6 };
            before = moves;
            lambda = next;
            let last = beta;
            (beta, inverse, ln_det) = solve(&lambda)?;
            // The fit has settled to 1e-5 of the response's standard deviation.
            let step = &beta - last;
            if step.dot(&(gram * &step)) < 1e-10 * n as f64 {
                break;
            }
        }
    }
    let edf = inverse.component_mul(gram).sum();
    let sigma2 = ((n as f64 - beta.dot(&moments)) / (n - free) as f64).max(1e-14);
    let penalty = |c: usize| penalties.iter().zip(&lambda).map(|(s, l)| s[c] * l).sum::<f64>();
    let ln_penalty: f64 = (0..p).map(penalty).filter(|s| *s > 0.0).map(f64::ln).sum();
    let deviance = (n - free) as f64 * sigma2.ln() + ln_det - ln_penalty;
    Ok(Chosen { beta, edf, deviance })
}
