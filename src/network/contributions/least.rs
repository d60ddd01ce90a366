//! Contributions by path weights of least norm.
//!
//! The paths p from a to b along the flow are listed; their weights φ send the flow f through the edges: Z φ = f with
//! z_ep = 1 if p takes e. Of all solutions
//!
//! - *l2* has the least Σ φ², φ = Zᵀ (Z Zᵀ)⁺ f: weights can be below 0;
//! - *l1* has the least Σ |φ|. Since the weights sum to 1, every solution without weights below 0 has it; of these the one
//!   of least Σ φ² is taken: φ = max(0, Zᵀ λ), with λ from Newton's method on the dual, which is piecewise quadratic.

use super::{Arc, Parts, forwards};
use crate::linalg::symmetric;

/// More paths than this are not listed.
pub(super) const MOST_PATHS: usize = 20_000;

/// The reason why there are no contributions.
pub(super) enum Failure {
    /// The evidence flows in a circle.
    Circle,
    /// There are too many paths.
    Paths,
}

/// The contributions of the edges, with weights of least Σ φ², or of least Σ |φ| when `positive`.
pub(super) fn parts(
    arcs: &[Arc],
    t: usize,
    (a, b): (usize, usize),
    edges: usize,
    positive: bool,
) -> Result<Parts, Failure> {
    forwards(arcs, t).ok_or(Failure::Circle)?;
    let paths = paths(arcs, t, a, b).ok_or(Failure::Paths)?;
    let flow: Vec<f64> = arcs.iter().map(|arc| arc.flow).collect();
    let mut lambda = vec![0.0; arcs.len()];
    ascend(&paths, &flow, &mut lambda, |_| true);
    if positive {
        for _ in 0..100 {
            let before = lambda.clone();
            if !ascend(&paths, &flow, &mut lambda, |weight| weight > 0.0) || lambda == before {
                break;
            }
        }
    }
    let (mut values, mut mean_length) = (vec![0.0; edges], 0.0);
    for path in &paths {
        let weight = sum_along(path, &lambda);
        let weight = if positive { weight.max(0.0) } else { weight };
        mean_length += weight * path.len() as f64;
        path.iter().for_each(|arc| values[arcs[*arc].edge] += weight / path.len() as f64);
    }
    Ok(Parts { values, mean_length })
}

/// All paths along the flow, each as its arcs; `None` if there are too many.
fn paths(arcs: &[Arc], t: usize, a: usize, b: usize) -> Option<Vec<Vec<usize>>> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); t];
    arcs.iter().enumerate().for_each(|(at, arc)| leaving[arc.from].push(at));
    let mut found = Vec::new();
    let mut waiting: Vec<(usize, Vec<usize>)> = vec![(a, Vec::new())];
    while let Some((node, path)) = waiting.pop() {
        if node == b {
            found.push(path);
            if found.len() > MOST_PATHS {
                return None;
            }
            continue;
        }
        for arc in leaving[node].iter().rev() {
            let mut longer = path.clone();
            longer.push(*arc);
            waiting.push((arcs[*arc].to, longer));
        }
    }
    Some(found)
}

fn sum_along(path: &[usize], lambda: &[f64]) -> f64 {
    path.iter().map(|arc| lambda[*arc]).sum()
}

/// One step of Newton's method on the dual f'λ − ½ Σ φ² over the paths whose weight Zᵀλ is `used`; false at its end.
fn ascend(paths: &[Vec<usize>], flow: &[f64], lambda: &mut [f64], used: impl Fn(f64) -> bool) -> bool {
    let m = flow.len();
    let mut rest = flow.to_vec();
    let mut gram = vec![0.0; m * m];
    for path in paths {
        let weight = sum_along(path, lambda);
        if !used(weight) {
            continue;
        }
        for e in path {
            rest[*e] -= weight;
            path.iter().for_each(|f| gram[e * m + f] += 1.0);
        }
    }
    if rest.iter().all(|r| r.abs() < 1e-13) {
        return false;
    }
    let Some(step) = pseudo_solve(gram, &rest) else { return false };
    let height = |lambda: &[f64]| {
        let squares: f64 =
            paths.iter().map(|p| sum_along(p, lambda)).filter(|w| used(*w)).map(|w| w * w).sum();
        lambda.iter().zip(flow).map(|(l, f)| l * f).sum::<f64>() - 0.5 * squares
    };
    let here = height(lambda);
    let mut factor = 1.0;
    while factor > 1e-9 {
        let moved: Vec<f64> = lambda.iter().zip(&step).map(|(l, s)| l + factor * s).collect();
        if height(&moved) > here {
            lambda.copy_from_slice(&moved);
            return true;
        }
        factor *= 0.5;
    }
    false
}

/// G⁺ r, where directions that no path in use has get a small weight, so that they are not left alone.
fn pseudo_solve(mut gram: Vec<f64>, rest: &[f64]) -> Option<Vec<f64>> {
    let m = rest.len();
    let (mut values, mut vectors) = (vec![0.0; m], vec![0.0; m * m]);
    symmetric::eigen(&mut gram, m, &mut values, &mut vectors).ok()?;
    let largest = values.last().copied().unwrap_or(0.0).max(1.0);
    let mut x = vec![0.0; m];
    for (value, vector) in values.iter().zip(vectors.chunks_exact(m)) {
        let along: f64 = vector.iter().zip(rest).map(|(v, r)| v * r).sum();
        if along.abs() > 1e-13 {
            let value = (*value).max(1e-3 * largest * f64::from(u8::from(*value < 1e-9 * largest)));
            x.iter_mut().zip(vector).for_each(|(x, v)| *x += along / value * v);
        }
    }
    Some(x)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_can_be_below_zero_and_least_sums_cannot() {
        // To the middle directly (0.9) or by a detour, and on directly (0.9) or by a detour: four paths of 2, 3, 3 and 4
        // arcs, one free weight x of the first: x, 0.9 − x twice, x − 0.8. Least squares: x = 0.65; none below 0: x = 0.8.
        let arc = |edge, from, to, flow| Arc { from, to, flow, edge };
        let arcs = [
            arc(0, 0, 1, 0.9),
            arc(1, 0, 2, 0.1),
            arc(2, 2, 1, 0.1),
            arc(3, 1, 4, 0.9),
            arc(4, 1, 3, 0.1),
            arc(5, 3, 4, 0.1),
        ];
        for (positive, x) in [(false, 0.65), (true, 0.8)] {
            let found = parts(&arcs, 5, (0, 4), 6, positive).ok().unwrap();
            assert!((found.values[0] - (x / 2.0 + (0.9 - x) / 3.0)).abs() < 1e-12, "{:?}", found.values);
            assert!(
                (found.values[1] - ((0.9 - x) / 3.0 + (x - 0.8) / 4.0)).abs() < 1e-12,
                "{:?}",
                found.values
            );
            assert!((found.values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!((found.mean_length - 2.2).abs() < 1e-12);
        }
    }
}
