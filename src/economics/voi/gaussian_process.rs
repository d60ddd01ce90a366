//! Gaussian-process regression on the draws, for any number of parameters.
//!
//! y = b'(1, x) + f(x) + ε with f a Gaussian process of covariance σ_f² exp(-½ Σ_j (x_j - x'_j)² / ℓ_j²) in parameters scaled to
//! standard deviation 1. N draws would ask for an N-by-N matrix; here f is carried by m inducing points z (Nyström): with
//! K = k(z, z) = LL' the functions L⁻¹ k(z, x) have independent normal coefficients of variance σ_f², which makes the process a
//! penalised regression of N m² operations, whose noise ratio σ²/σ_f² is chosen by restricted maximum likelihood as for splines.
//! The points are draws far from each other (each the farthest from those before it), so that they are the same in every run.
//! The length scales ℓ of each response maximise the restricted likelihood on some hundred draws spread over the sample.
//!
//! References: Strong M, Oakley JE, Brennan A (2014), doi:10.1177/0272989X13505910. Quiñonero-Candela J, Rasmussen CE (2005), A
//! unifying view of sparse approximate Gaussian process regression, *Journal of Machine Learning Research* 6:1939-1959.

use nalgebra::DMatrix;

use super::smoother::{self, Basis, Smooth};
use crate::{Error, Result, stat::minimum};

/// The usual number of inducing points, and that of the search for length scales.
const POINTS: usize = 100;
const SEARCH_POINTS: usize = 40;
/// The number of draws on which length scales are sought.
const SEARCH_DRAWS: usize = 400;
/// The number of draws among which inducing points are chosen.
const CANDIDATES: usize = 2000;
/// Length scales in standard deviations of the parameter.
const SHORTEST: f64 = 0.1;
const LONGEST: f64 = 30.0;
/// Keeps the covariance of close points invertible.
const JITTER: f64 = 1e-8;

/// Fits every response over n draws by a process with length scales of its own; `points` inducing points.
pub(super) fn fit(columns: &[&[f64]], responses: &[Vec<f64>], points: Option<usize>) -> Result<Vec<Smooth>> {
    let n = columns.first().map_or(0, |c| c.len());
    let most = n.saturating_sub(columns.len() + 2);
    if most == 0 {
        return Err(Error::model(
            format!("{n} draws for a Gaussian process"),
            "use more draws or fewer parameters",
        ));
    }
    let scaled: Vec<Vec<f64>> = columns.iter().map(|x| scale(x)).collect();
    let places = farthest(&scaled, points.unwrap_or(POINTS).clamp(1, most));
    let step = n.div_ceil(SEARCH_DRAWS).max(1);
    let few: Vec<Vec<f64>> = scaled.iter().map(|x| x.iter().copied().step_by(step).collect()).collect();
    let search_n = few.first().map_or(0, Vec::len);
    let search_places: Vec<&Vec<f64>> =
        places.iter().take(SEARCH_POINTS.min(search_n.saturating_sub(columns.len() + 2)).max(1)).collect();
    let mut found = Vec::with_capacity(responses.len());
    for response in responses {
        let thinned: Vec<f64> = response.iter().copied().step_by(step).collect();
        let deviance = |ln_scales: &[f64]| {
            Process::new(&few, search_places.iter().copied(), ln_scales)
                .and_then(|basis| smoother::deviance(&basis, search_n, &thinned))
                .unwrap_or(f64::INFINITY)
        };
        let scales = length_scales(columns.len(), deviance);
        let basis = Process::new(&scaled, places.iter(), &scales)?;
        found.extend(smoother::fit(&basis, n, std::slice::from_ref(response))?);
    }
    Ok(found)
}

/// The logarithms of the length scales of the smallest deviance.
fn length_scales(parameters: usize, deviance: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let (low, high) = (SHORTEST.ln(), LONGEST.ln());
    // one common length first: it starts the search in the right valley
    let (common, _) = minimum::brent(|x| deviance(&vec![x; parameters]), low, high);
    if parameters == 1 {
        return vec![common];
    }
    let options =
        minimum::Options::default().steps(vec![0.7; parameters]).tolerance(1e-2).evaluations(50 * parameters);
    let start = vec![common.clamp(low + 0.1, high - 0.1); parameters];
    minimum::bounded(|x| deviance(x), &start, &vec![low; parameters], &vec![high; parameters], &options)
        .map_or(start, |best| best.x)
}

/// A parameter less its mean, over its standard deviation.
fn scale(x: &[f64]) -> Vec<f64> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let sd = (x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
    x.iter().map(|v| (v - mean) / sd).collect()
}

/// Up to `count` different draws: the one nearest the mean, then always the one farthest from all before it.
fn farthest(columns: &[Vec<f64>], count: usize) -> Vec<Vec<f64>> {
    let n = columns.first().map_or(0, Vec::len);
    let candidates: Vec<Vec<f64>> = (0..n)
        .step_by(n.div_ceil(CANDIDATES).max(1))
        .map(|i| columns.iter().map(|x| x[i]).collect())
        .collect();
    let square = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let origin = vec![0.0; columns.len()];
    let Some(first) = candidates.iter().min_by(|a, b| square(a, &origin).total_cmp(&square(b, &origin)))
    else {
        return Vec::new();
    };
    let mut chosen = vec![first.clone()];
    let mut distance: Vec<f64> = candidates.iter().map(|c| square(c, first)).collect();
    while chosen.len() < count {
        let far = distance.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        let Some((next, _)) = far.filter(|(_, d)| **d > 1e-12) else { break };
        for (d, c) in distance.iter_mut().zip(&candidates) {
            *d = d.min(square(c, &candidates[next]));
        }
        chosen.push(candidates[next].clone());
    }
    chosen
}

/// The basis (1, x, L⁻¹ k(z, x)); only the last part is penalised.
struct Process<'a> {
    columns: &'a [Vec<f64>],
    /// Over the length scales, point by point.
    places: Vec<f64>,
    inverse_scales: Vec<f64>,
    /// L, row by row.
    factor: Vec<f64>,
    m: usize,
    penalties: Vec<Vec<f64>>,
}

impl<'a> Process<'a> {
    fn new<'p>(
        columns: &'a [Vec<f64>],
        places: impl Iterator<Item = &'p Vec<f64>>,
        ln_scales: &[f64],
    ) -> Result<Self> {
        let d = columns.len();
        let inverse_scales: Vec<f64> = ln_scales.iter().map(|l| (-l).exp()).collect();
        let places: Vec<f64> = places
            .flat_map(|z| z.iter().zip(&inverse_scales).map(|(z, s)| z * s).collect::<Vec<_>>())
            .collect();
        let m = places.len() / d;
        let point = |i: usize| &places[i * d..(i + 1) * d];
        let covariance =
            DMatrix::from_fn(m, m, |i, j| kernel(point(i), point(j)) + if i == j { JITTER } else { 0.0 });
        let factor = covariance
            .cholesky()
            .ok_or_else(|| {
                Error::model("the covariance of the process cannot be factored", "use method gam")
            })?
            .l();
        let factor = (0..m).flat_map(|i| (0..m).map(move |j| (i, j))).map(|at| factor[at]).collect();
        let penalty = (0..1 + d + m).map(|c| if c > d { 1.0 } else { 0.0 }).collect();
        Ok(Process { columns, places, inverse_scales, factor, m, penalties: vec![penalty] })
    }
}

fn kernel(a: &[f64], b: &[f64]) -> f64 {
    (-0.5 * a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>()).exp()
}

impl Basis for Process<'_> {
    fn len(&self) -> usize {
        1 + self.columns.len() + self.m
    }

    fn penalties(&self) -> &[Vec<f64>] {
        &self.penalties
    }

    fn fill(&self, from: usize, to: usize, out: &mut [f64]) {
        let (d, m) = (self.columns.len(), self.m);
        let mut at = vec![0.0; d];
        for (i, row) in (from..to).zip(out.chunks_exact_mut(self.len())) {
            row[0] = 1.0;
            for (j, column) in self.columns.iter().enumerate() {
                row[1 + j] = column[i];
                at[j] = column[i] * self.inverse_scales[j];
            }
            let functions = &mut row[1 + d..];
            for j in 0..m {
                let l = &self.factor[j * m..j * m + j + 1];
                let done: f64 = l[..j].iter().zip(&functions[..j]).map(|(l, f)| l * f).sum();
                functions[j] = (kernel(&at, &self.places[j * d..(j + 1) * d]) - done) / l[j];
            }
        }
    }
}
