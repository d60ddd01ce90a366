//! The maximum of the likelihood, from several starts by the Newton method of [`newton`](crate::stat::newton). Where the covariances are
//! linear in the parameters, far from the optimum its steps are those of Fisher's scoring. Ranges over which the likelihood has kinks are
//! brought to the top on a grid.

use super::likelihood::{Coefficients, Point, Problem};
use super::structure::{Bound, Shape};
pub(super) use crate::stat::newton::slope;
use crate::stat::newton::{self, Objective, descend};

/// The way to one optimum.
pub(super) type Path = newton::Path<Coefficients>;

/// The global maximum as far as the starts show, and the diagnostics of the search.
pub(super) type Search = newton::Search<Coefficients>;

/// Goes down from every start and keeps the best.
pub(super) fn search(
    problem: &Problem,
    bounds: &[Bound],
    fixed: &[bool],
    starts: &[Vec<f64>],
) -> Option<Search> {
    let mut found = newton::search(problem, bounds, fixed, starts)?;
    for term in &problem.terms {
        if let Some((Shape::Spatial(shape), _)) = &term.inner
            && shape.kinked()
            && !fixed[term.first + 1]
        {
            found.evaluations += unkink(problem, bounds, fixed, term.first + 1, &mut found.best);
        }
    }
    Some(found)
}

/// The likelihood, near enough to its maximum for the choice between hills.
struct Rough<'a>(&'a Problem);

impl Objective for Rough<'_> {
    type Extra = Coefficients;

    fn point(&self, theta: &[f64]) -> Option<Point> {
        self.0.at(theta)
    }

    fn enough(&self) -> f64 {
        1e-4
    }
}

/// Brings parameter `i`, over which the objective has kinks, to the lowest point of the profile: a grid, then golden
/// sections. Returns the number of evaluations.
fn unkink(problem: &Problem, bounds: &[Bound], fixed: &[bool], i: usize, best: &mut Path) -> usize {
    // Kinks lie at the distances between places: the grid is there to miss no hill between them, golden sections climb it.
    const GRID: usize = 64;
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut hold = fixed.to_vec();
    hold[i] = true;
    let mut evaluations = 0;
    let mut lowest = best.clone();
    let mut profile = |x: f64, lowest: &mut Path, rough: bool| {
        let mut theta = lowest.point.theta.clone();
        theta[i] = x;
        let path = match rough {
            true => descend(&Rough(problem), bounds, &theta, &hold, &[]),
            false => descend(problem, bounds, &theta, &hold, &[]),
        };
        let Some(path) = path else { return f64::INFINITY };
        evaluations += path.evaluations;
        let value = path.point.value;
        if value < lowest.point.value {
            *lowest = Path { converged: true, ..path };
        }
        value
    };
    let (low, high) = (bounds[i].lower, bounds[i].upper);
    let width = (high - low) / GRID as f64;
    for step in 0..=GRID {
        profile(low + width * step as f64, &mut lowest, true);
    }
    let center = lowest.point.theta[i];
    let (mut a, mut b) = ((center - width).max(low), (center + width).min(high));
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut at_x, mut at_y) = (profile(x, &mut lowest, false), profile(y, &mut lowest, false));
    // log ρ to ten digits: kinks have no derivative that could give more.
    while b - a > 1e-10 {
        if at_x <= at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - GOLDEN * (b - a);
            at_x = profile(x, &mut lowest, false);
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + GOLDEN * (b - a);
            at_y = profile(y, &mut lowest, false);
        }
    }
    // The best place may be one of the grid.
    profile(lowest.point.theta[i], &mut lowest, false);
    lowest.converged = true;
    *best = lowest;
    evaluations
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::multilevel::{
        Design, Factor, RandomTerm, SamplingCovariance,
        held::Holding,
        likelihood::Kind,
        prepare::{Prepared, prepare},
        random::code,
    };
    use crate::{EffectSizes, Measure};

    /// Few effects in studies in districts, with sampling variances over some decades and outliers: likelihoods with several
    /// optima are not rare here. `None` if the levels cannot be told apart.
    fn wild(normal: &mut impl FnMut() -> f64) -> Option<Prepared> {
        let k = 6 + (3.0 * normal().abs()) as usize;
        let mut labels = |rate: f64, outer: &[usize]| {
            let mut label = 0;
            (0..k)
                .map(|i| {
                    if i > 0 && (outer[i] != outer[i - 1] || normal() > rate) {
                        label += 1;
                    }
                    label
                })
                .collect::<Vec<usize>>()
        };
        let district = labels(0.9, &vec![0; k]);
        let study = labels(0.3, &district);
        let shift: Vec<f64> = (0..k).map(|_| normal()).collect();
        let (mut y, mut v) = (Vec::new(), Vec::new());
        for &own in &study {
            let variance = 10f64.powf(normal());
            let outlier = if normal() > 1.2 { 6.0 } else { 1.0 };
            y.push(shift[own] + outlier * normal() * variance.sqrt());
            v.push(variance);
        }
        let names: Vec<String> = (0..k).map(|i| i.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, names, y, v).unwrap();
        let factor =
            |name: &str, codes: &[usize]| Factor::new(name, codes.iter().map(ToString::to_string)).unwrap();
        let effect = Factor::each_effect("effect", k).unwrap();
        let terms =
            RandomTerm::nested([factor("district", &district), factor("study", &study), effect]).unwrap();
        let sampling = SamplingCovariance::Independent.blocks(&effects).unwrap();
        let coded = code(&terms, &Holding::default(), &effects, &mut Vec::new()).ok()?;
        let kind = if normal() > 0.0 { Kind::Reml } else { Kind::Ml };
        prepare(&effects, &Design::with_intercept(k), &sampling, &coded, (kind, None)).ok()
    }

    /// The search against ways down from every point of a grid.
    #[test]
    fn the_highest_of_several_optima_is_found() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut normal = || {
            (0..12)
                .map(|_| {
                    // Marsaglia's xorshift.
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    (state >> 11) as f64 / (1_u64 << 53) as f64
                })
                .sum::<f64>()
                - 6.0
        };
        let mut several = 0;
        for _ in 0..120 {
            let Some(Prepared { problem, bounds, fixed, starts, .. }) = wild(&mut normal) else { continue };
            let m = bounds.len();
            let mut optima: Vec<f64> = (0..4_usize.pow(m as u32))
                .filter_map(|at| {
                    let coordinate = |i: usize| [0.0, 1e-3, 0.1, 3.0][at / 4_usize.pow(i as u32) % 4];
                    let start: Vec<f64> = (0..m).map(coordinate).collect();
                    descend(&problem, &bounds, &start, &fixed, &[])
                })
                .filter(|path| path.converged)
                .map(|path| path.point.value)
                .collect();
            optima.sort_by(f64::total_cmp);
            several += usize::from(optima[optima.len() - 1] - optima[0] > 1e-4);
            let found = search(&problem, &bounds, &fixed, &starts).unwrap();
            assert!(
                found.best.point.value < optima[0] + 1e-7,
                "{} instead of {}",
                found.best.point.value,
                optima[0]
            );
        }
        assert!(several > 5, "{several} likelihoods have several optima");
    }
}
