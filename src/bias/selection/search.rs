//! The way up to the maximum of the likelihood: Newton's method with a safeguard, from several starts.
//!
//! Each start is followed with rough integrals until its steps gain little, or until it stands where a maximum found before
//! explains the height: within the quadratic around it there is no other. The best of the rough maxima are followed to the
//! end, and there the next finer level of the integrals must put the maximum at the same place.

use super::likelihood::{Derivatives, Problem, Scratch};
use crate::linalg::cholesky;

/// The search in coordinates (β, tau², δ), of which those that must be above 0 are taken by their logarithm.
pub(super) struct Search<'a> {
    pub problem: &'a Problem<'a>,
    /// The parameters that stay where they start.
    pub held: Vec<bool>,
}

/// A maximum.
pub(super) struct Peak {
    pub theta: Vec<f64>,
    /// The derivatives there, in the parameters themselves.
    pub at: Derivatives,
    /// The level of the integrals that were fine enough.
    pub level: usize,
}

/// The end of a climb.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// A step gains less than 0.001: a start is worth following, or not.
    Rough,
    /// Nothing is left to gain: the last step is taken without looking what it led to.
    Exact,
}

/// A place on the way.
#[derive(Default)]
struct Place {
    x: Vec<f64>,
    at: Derivatives,
}

/// Room for a climb.
#[derive(Default)]
struct Room {
    scratch: Scratch,
    theta: Vec<f64>,
    free: Vec<usize>,
    matrix: Vec<f64>,
    step: Vec<f64>,
    trial: Place,
}

impl Search<'_> {
    fn tau2(&self) -> usize {
        self.problem.coefficients()
    }

    /// Tells whether a coordinate is a logarithm.
    pub fn logarithmic(&self, i: usize) -> bool {
        i > self.tau2() && self.problem.selection.positive(i - self.tau2() - 1)
    }

    /// Tells whether a coordinate has the lower bound 0.
    pub fn bounded(&self, i: usize) -> bool {
        i == self.tau2() || i > self.tau2() && !self.logarithmic(i)
    }

    /// The coordinates of parameters.
    pub fn coordinates(&self, theta: &[f64]) -> Vec<f64> {
        theta.iter().enumerate().map(|(i, &x)| if self.logarithmic(i) { x.ln() } else { x }).collect()
    }

    /// The derivatives in coordinates.
    fn evaluate(&self, level: usize, place: &mut Place, scratch: &mut Scratch, theta: &mut Vec<f64>) {
        theta.clear();
        theta.extend(place.x.iter().enumerate().map(|(i, &x)| if self.logarithmic(i) { x.exp() } else { x }));
        let d = &mut place.at;
        self.problem.evaluate_at(level, theta, scratch, d, None);
        let n = theta.len();
        for a in (0..n).filter(|&a| self.logarithmic(a)) {
            for b in 0..n {
                d.second[a * n + b] *= theta[a];
                d.second[b * n + a] *= theta[a];
            }
            d.first[a] *= theta[a];
            d.second[a * n + a] += d.first[a];
        }
    }

    /// The coordinates that can move from here.
    fn free(&self, here: &Place, free: &mut Vec<usize>) {
        free.clear();
        free.extend(
            (0..here.x.len()).filter(|&i| {
                !(self.held[i] || self.bounded(i) && here.x[i] <= 0.0 && here.at.first[i] <= 0.0)
            }),
        );
    }

    /// Newton's step in the free coordinates, with a ridge; false if the likelihood does not bend downwards.
    fn newton(here: &Place, ridge: f64, free: &[usize], matrix: &mut Vec<f64>, step: &mut Vec<f64>) -> bool {
        let (n, m) = (here.x.len(), free.len());
        matrix.clear();
        for &j in free {
            matrix.extend(free.iter().map(|&i| -here.at.second[i * n + j]));
        }
        for (r, &i) in free.iter().enumerate() {
            matrix[r * m + r] += ridge * (here.at.second[i * n + i].abs() + 1e-8);
        }
        step.clear();
        step.extend(free.iter().map(|&i| here.at.first[i]));
        cholesky::factor(matrix, m).and_then(|()| cholesky::solve(matrix, m, step)).is_ok()
    }

    /// The point to which the step leads, within the bounds, and the largest relative change of a coordinate.
    fn advance(&self, x: &[f64], free: &[usize], step: &[f64], next: &mut Vec<f64>) -> f64 {
        next.clear();
        next.extend_from_slice(x);
        for (&i, step) in free.iter().zip(step) {
            next[i] += if self.logarithmic(i) { step.clamp(-2.0, 2.0) } else { *step };
            if self.bounded(i) {
                next[i] = next[i].max(0.0);
            }
        }
        let change = |(a, b): (&f64, &f64)| if a == b { 0.0 } else { (a - b).abs() / (b.abs() + 1e-6) };
        next.iter().zip(x).map(change).fold(0.0, f64::max)
    }

    /// Newton's method with a growing ridge until the step goes up, the bounds held exactly. True if the climb was given up
    /// on the slope of a known maximum. It is not that of `stat::newton`, since a climb is by integrals of one level, rough or exact,
    /// and reuses all its memory.
    fn climb(&self, here: &mut Place, end: End, level: usize, known: &[Place], room: &mut Room) -> bool {
        // From a rough maximum Newton's method needs no help.
        let mut ridge = if end == End::Rough { 1e-3 } else { 1e-9 };
        for _ in 0..200 {
            if known.iter().any(|peak| self.on_slope(here, peak, room)) {
                return true;
            }
            self.free(here, &mut room.free);
            let mut moved = false;
            for _ in 0..40 {
                if Self::newton(here, ridge, &room.free, &mut room.matrix, &mut room.step) {
                    let change = self.advance(&here.x, &room.free, &room.step, &mut room.trial.x);
                    // A full step that short leaves its square.
                    if end == End::Exact && ridge <= 1e-8 && change < 1e-7 {
                        std::mem::swap(&mut here.x, &mut room.trial.x);
                        return false;
                    }
                    self.evaluate(level, &mut room.trial, &mut room.scratch, &mut room.theta);
                    if room.trial.at.value >= here.at.value {
                        let gain = room.trial.at.value - here.at.value;
                        std::mem::swap(here, &mut room.trial);
                        ridge *= 0.05;
                        if ridge < 1e-14 {
                            ridge = 0.0;
                        }
                        // Relative changes of a few units in the last place, or changes without any gain, are rounding.
                        moved = change > 1e-13 && !(gain == 0.0 && change < 1e-9);
                        // A rough climb only ranks the starts: a thousandth of a unit of the log-likelihood does not change their order.
                        if end == End::Rough && gain < 1e-3 {
                            moved = false;
                        }
                        break;
                    }
                }
                ridge = if ridge == 0.0 { 1e-10 } else { ridge * 8.0 };
            }
            if !moved {
                break;
            }
        }
        false
    }

    /// Tells whether the quadratic around a maximum explains the height of a place near it.
    fn on_slope(&self, here: &Place, peak: &Place, room: &mut Room) -> bool {
        let n = here.x.len();
        self.free(peak, &mut room.free);
        let step = &mut room.step;
        step.clear();
        step.extend(here.x.iter().zip(&peak.x).map(|(a, b)| a - b));
        if step.iter().enumerate().any(|(i, d)| d.abs() > 1e-9 && !room.free.contains(&i)) {
            return false;
        }
        let drop: f64 = -0.5
            * (0..n)
                .map(|a| step[a] * (0..n).map(|b| peak.at.second[a * n + b] * step[b]).sum::<f64>())
                .sum::<f64>();
        let found = peak.at.value - here.at.value;
        // Half a unit of the log-likelihood is one standard error, within which the quadratic holds to a quarter; the rest is for rounding.
        drop.abs() < 0.5 && (found - drop).abs() <= 0.25 * drop.abs() + 1e-3
    }

    /// From a place near a maximum to it, by integrals from this level on: at the end the next one must agree. The derivatives
    /// are those of the level that is returned; `None` if the climb was given up on the slope of a known maximum.
    fn settle(&self, here: &mut Place, from: usize, known: &[Place], room: &mut Room) -> Option<usize> {
        let finest = self.problem.finest();
        let mut level = from.min(finest);
        // A rough climb ended with the derivatives of level 0.
        if level > 0 || here.at.first.is_empty() {
            self.evaluate(level, here, &mut room.scratch, &mut room.theta);
        }
        loop {
            if self.climb(here, End::Exact, level, known, room) {
                return None;
            }
            let before = here.at.value;
            let last = level >= finest;
            level = finest.min(level + 1);
            self.evaluate(level, here, &mut room.scratch, &mut room.theta);
            if last {
                return Some(level);
            }
            // The next level of the integrals has twice the digits of this one.
            if (here.at.value - before).abs() <= 1e-11 * (1.0 + before.abs()) {
                self.free(here, &mut room.free);
                let next = &mut room.trial.x;
                if Self::newton(here, 0.0, &room.free, &mut room.matrix, &mut room.step)
                    && self.advance(&here.x, &room.free, &room.step, next) < 1e-9
                {
                    return Some(level);
                }
            }
        }
    }

    /// The highest of the maxima above these starts, with the derivatives in the parameters themselves; `None` if the
    /// likelihood is nowhere finite.
    pub fn best(&self, starts: &[Vec<f64>]) -> Option<Peak> {
        let room = &mut Room::default();
        let mut rough: Vec<Place> = Vec::with_capacity(starts.len());
        for start in starts {
            let mut here = Place { x: self.coordinates(start), at: Derivatives::default() };
            self.evaluate(0, &mut here, &mut room.scratch, &mut room.theta);
            if !self.climb(&mut here, End::Rough, 0, &rough, room) && here.at.value.is_finite() {
                rough.push(here);
            }
        }
        rough.sort_by(|a, b| b.at.value.total_cmp(&a.at.value));
        let top = rough.first()?.at.value;
        let mut best: Option<(Place, usize)> = None;
        let mut followed: Vec<Vec<f64>> = Vec::new();
        for mut here in rough {
            // A climb that ended far below, or at the foot of one that was followed, is not worth following.
            let near = |other: &Vec<f64>| {
                other.iter().zip(&here.x).all(|(a, b)| (a - b).abs() <= 0.02 * (1.0 + a.abs().max(b.abs())))
            };
            // A rough climb that ended a unit below the top is not expected to end above it.
            if here.at.value < top - 1.0 || followed.iter().any(near) {
                continue;
            }
            followed.push(here.x.clone());
            let Some(level) = self.settle(&mut here, 1, &[], room) else { continue };
            let higher = best.as_ref().is_none_or(|(b, _)| here.at.value > b.at.value + 1e-12);
            if here.at.value.is_finite() && higher {
                best = Some((here, level));
            }
        }
        let (Place { x, mut at }, level) = best?;
        let theta: Vec<f64> =
            x.iter().enumerate().map(|(i, &x)| if self.logarithmic(i) { x.exp() } else { x }).collect();
        // Back from logarithms.
        let n = theta.len();
        for a in (0..n).filter(|&a| self.logarithmic(a)) {
            at.second[a * n + a] -= at.first[a];
            at.first[a] /= theta[a];
            for b in 0..n {
                at.second[a * n + b] /= theta[a];
                at.second[b * n + a] /= theta[a];
            }
        }
        Some(Peak { theta, at, level })
    }

    /// The maximum with coordinate `i` held at `c` (of the search, not of the model), from two starts: `x`, which is moved to
    /// the maximum found, and `peak`.
    pub fn held_at(&self, i: usize, c: f64, x: &mut Vec<f64>, peak: &[f64]) -> f64 {
        let mut held = self.held.clone();
        held[i] = true;
        let search = Search { problem: self.problem, held };
        let room = &mut Room::default();
        let mut near = Place { x: x.clone(), at: Derivatives::default() };
        near.x[i] = c;
        let mut places = match search.settle(&mut near, 1, &[], room) {
            Some(_) if near.at.value.is_finite() => vec![near],
            _ => Vec::new(),
        };
        // The other start is followed to the end only if it leads elsewhere.
        let mut far = Place { x: peak.to_vec(), at: Derivatives::default() };
        far.x[i] = c;
        search.evaluate(0, &mut far, &mut room.scratch, &mut room.theta);
        if !search.climb(&mut far, End::Rough, 0, &places, room)
            && search.settle(&mut far, 1, &places, room).is_some()
            && far.at.value.is_finite()
            && places.first().is_none_or(|near| far.at.value > near.at.value)
        {
            places = vec![far];
        }
        match places.pop() {
            Some(place) => {
                *x = place.x;
                place.at.value
            }
            None => f64::NEG_INFINITY,
        }
    }
}
