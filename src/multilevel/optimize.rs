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
    use std::collections::HashMap;

    use super::*;
    use crate::multilevel::{
        Design, Factor, RandomTerm, SamplingCovariance,
        held::Holding,
        likelihood::{Kind, quadratic_form},
        prepare::{Prepared, prepare},
        random::code,
    };
    use crate::{EffectSizes, Measure};

    /// Few effects in studies in districts, or in studies alone with two `levels`, with sampling variances over some decades and
    /// outliers: likelihoods with several optima are not rare here. `None` if the levels cannot be told apart.
    fn wild(levels: usize, normal: &mut impl FnMut() -> f64) -> Option<Prepared> {
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
        let factors = [factor("district", &district), factor("study", &study), effect];
        let terms = RandomTerm::nested(factors.into_iter().skip(3 - levels)).unwrap();
        let sampling = SamplingCovariance::Independent.blocks(&effects).unwrap();
        let coded = code(&terms, &Holding::default(), &effects, &mut Vec::new()).ok()?;
        let kind = if normal() > 0.0 { Kind::Reml } else { Kind::Ml };
        prepare(&effects, &Design::with_intercept(k), &sampling, &coded, (kind, None)).ok()
    }

    fn normal() -> impl FnMut() -> f64 {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        move || {
            let uniform = |_| {
                // Marsaglia's xorshift.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 11) as f64 / (1_u64 << 53) as f64
            };
            (0..12).map(uniform).sum::<f64>() - 6.0
        }
    }

    /// The two parts of minus twice the log-likelihood of two variances, which bound it on a box: the log determinants, which are
    /// concave in the variances, and the quadratic form, which is convex in them and falls.
    struct Parts<'a> {
        problem: &'a Problem,
        known: HashMap<[u64; 2], Part>,
    }

    #[derive(Clone, Copy)]
    struct Part {
        at: [f64; 2],
        concave: f64,
        convex: f64,
        slope: [f64; 2],
    }

    impl Parts<'_> {
        fn at(&mut self, at: [f64; 2]) -> Part {
            let key = at.map(f64::to_bits);
            *self.known.entry(key).or_insert_with(|| {
                let (point, sums) = (self.problem.at(&at).unwrap(), self.problem.sums(&at, true).unwrap());
                let convex = point.extra.quadratic;
                let mut v = -point.extra.coefficients.clone();
                v = v.push(1.0);
                let slope = [0, 1].map(|a| quadratic_form(&sums.cross_first[a * sums.q * sums.q..], &v));
                Part { at, concave: 2.0 * point.value - convex, convex, slope }
            })
        }

        /// A bound from below on the box between two corners: a concave function and a tangent of a convex one have their least
        /// sum at a corner.
        fn below(&mut self, low: [f64; 2], high: [f64; 2]) -> f64 {
            let corners = [low, [low[0], high[1]], [high[0], low[1]], high].map(|corner| self.at(corner));
            let tangent = |p: &Part, u: &Part| {
                p.convex + p.slope[0] * (u.at[0] - p.at[0]) + p.slope[1] * (u.at[1] - p.at[1])
            };
            let least = |p| corners.iter().map(|u| u.concave + tangent(p, u)).fold(f64::INFINITY, f64::min);
            let monotone = corners[0].concave + corners[3].convex;
            corners.iter().map(least).fold(monotone, f64::max)
        }

        /// The end of the boxes: beyond it the determinants alone exceed `most`; `None` if they never do, as with a single study.
        fn end(&mut self, most: f64) -> Option<f64> {
            (0..40).map(|i| f64::from(i).exp2()).find(|&end| {
                [[end, 0.0], [0.0, end]].into_iter().all(|corner| self.at(corner).concave > most)
            })
        }
    }

    /// By branch and bound, without any search: nowhere is the likelihood of two variances higher than at the maximum that was found,
    /// next to which it was climbed. Such a proof takes some hundred evaluations, the search about ten.
    #[test]
    fn bounds_prove_that_no_other_optimum_is_higher() {
        let mut normal = normal();
        let mut proofs = 0;
        for _ in 0..60 {
            let Some(Prepared { problem, bounds, fixed, starts, .. }) = wild(2, &mut normal) else {
                continue;
            };
            let best = search(&problem, &bounds, &fixed, &starts).unwrap().best.point;
            let found = 2.0 * best.value - 1e-3;
            let mut parts = Parts { problem: &problem, known: HashMap::new() };
            let Some(end) = parts.end(found) else { continue };
            let near = |x: f64, a: usize| (x - best.theta[a]).abs() <= 0.1 * (best.theta[a] + 0.05);
            let (mut boxes, mut tried) = (vec![([0.0; 2], [end; 2])], 0);
            while let Some((low, high)) = boxes.pop() {
                tried += 1;
                assert!(tried < 20_000, "a higher optimum between {low:?} and {high:?}");
                let beside = (0..2).all(|a| near(low[a], a) && near(high[a], a));
                if beside || parts.below(low, high) > found {
                    continue;
                }
                // The side that is longer for its place is halved.
                let size = |a: usize| (high[a] - low[a]) / (low[a] + 0.05);
                let side = usize::from(size(1) > size(0));
                let middle = ((low[side] + 0.05) * (high[side] + 0.05)).sqrt() - 0.05;
                let (mut first, mut second) = ((low, high), (low, high));
                (first.1[side], second.0[side]) = (middle, middle);
                boxes.extend([first, second]);
            }
            proofs += 1;
        }
        assert!(proofs > 40, "{proofs}");
    }

    /// The search against ways down from every point of a grid.
    #[test]
    fn the_highest_of_several_optima_is_found() {
        let mut normal = normal();
        let mut several = 0;
        for _ in 0..120 {
            let Some(Prepared { problem, bounds, fixed, starts, .. }) = wild(3, &mut normal) else {
                continue;
            };
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
