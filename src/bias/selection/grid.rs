//! The line over which a selection function is integrated: stretches where it is constant, and nodes elsewhere.
//!
//! In z = y / √v the distribution of a study is normal with a standard deviation of at least 1. Where w is smooth on the
//! whole line, what it leaves over its limits (1 on the right, w(1) on the left, joined by the normal distribution function)
//! dies off at both ends, and the trapezoid rule converges exponentially in the inverse of its step. Where w has
//! kinks (a step, clipped P values, two-sided P values at 0), and where nearly nothing passes, so that differences from the
//! limits would lose digits, Gauss-Legendre panels lie between constant stretches. Either comes in levels, each finer than
//! the one before.
//!
//! Reference: L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56 (2014),
//! doi:10.1137/130932132.

use std::sync::OnceLock;

use super::{
    Selection, SelectionFunction,
    density::{self, At, LANES},
};
use crate::stat::{
    Tail, normal,
    quadrature::{self, Rule},
};

/// P values closer to 0 and 1 than this are kept there by `beta` and `power`.
pub(super) const CLIP: f64 = 1e-5;
/// Beyond this z the other functions are constant: p < 2e-19.
const FAR: f64 = 9.0;
/// A small power of p keeps changing: to p < 2e-308.
const FARTHER: f64 = 37.5;

/// The finest level.
pub(super) const FINEST: usize = 4;
/// The step of the trapezoid rule at each level.
const STEPS: [f64; FINEST + 1] = [0.5, 0.3, 0.2, 0.1, 0.05];
/// The widest panel at each level: of 8 nodes at the first, of 16 at the others.
const WIDTHS: [f64; FINEST + 1] = [2.25, 1.5, 0.75, 0.375, 0.1875];

/// A P value with what the selection functions need of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PValue {
    pub p: f64,
    /// 1 - p.
    pub q: f64,
    pub ln_p: f64,
    pub ln_q: f64,
}

impl PValue {
    /// From p and 1 - p.
    pub fn new(p: f64, q: f64) -> Self {
        PValue { p, q, ln_p: p.ln(), ln_q: q.ln() }
    }

    /// That of a node, to a few units in the last place.
    fn near(z: f64, two_sided: bool) -> Self {
        if two_sided || z.abs() > 9.0 {
            return PValue::of(z, two_sided);
        }
        let At { lower, upper, .. } = density::at(z);
        PValue::new(upper, lower)
    }

    /// That of a statistic.
    pub fn of(z: f64, two_sided: bool) -> Self {
        if two_sided {
            let p = normal::two_sided(z);
            let q =
                if p > 0.5 { crate::stat::special::erf(z.abs() / std::f64::consts::SQRT_2) } else { 1.0 - p };
            PValue::new(p, q)
        } else {
            PValue::new(normal::sf(z), normal::cdf(z))
        }
    }
}

/// The line at one level.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The points where stretches meet, increasing.
    pub edges: Vec<f64>,
    /// The P value on each stretch where w is constant, one more than there are edges; `None` where nodes lie.
    pub stretches: Vec<Option<PValue>>,
    /// The nodes, increasing, in whole lanes.
    pub nodes: Vec<f64>,
    /// Their weights; 0 for those that fill a lane.
    pub weights: Vec<f64>,
    /// Their P values.
    pub p: Vec<PValue>,
    /// True if nodes hold what w leaves over its limits.
    pub over_limits: bool,
}

impl Line {
    /// The line of a selection function; `level` is at most [`FINEST`], the trapezoid rule is used where it can be if
    /// `trapezoid` says so.
    pub fn new(selection: &Selection, two_sided: bool, level: usize, trapezoid: bool) -> Self {
        let level = level.min(FINEST);
        let z_of = |p: f64| normal::quantile(Tail::Upper(if two_sided { 0.5 * p } else { p }));
        let clip = |p: PValue| selection.clip(p);
        let mut line = Line::default();
        if selection.by_effect() {
            // 0 above the cut point, 1 below.
            line.edges = vec![selection.steps().first().copied().unwrap_or(0.0)];
            line.stretches = vec![Some(PValue::new(1.0, 0.0)), Some(PValue::new(0.0, 1.0))];
            return line;
        }
        let mut cuts: Vec<f64> = selection.steps().iter().map(|&step| z_of(step)).collect();
        cuts.reverse();
        if selection.function() == SelectionFunction::Stepfun {
            if two_sided {
                line.edges = cuts.iter().rev().map(|cut| -cut).collect();
            }
            line.edges.extend(&cuts);
            line.stretches = vec![None; line.edges.len() + 1];
            line.fill_stretches(|_| true, two_sided, clip);
            return line;
        }
        let clipped = selection.clipped();
        let far = if selection.function() == SelectionFunction::Negexppow { FARTHER } else { FAR };
        let mut high = if clipped { z_of(CLIP) } else { far };
        match (cuts.first(), clipped, two_sided) {
            (None, false, false) if trapezoid => {
                line.trapezoid(-FAR, high, STEPS[level]);
                line.over_limits = true;
                line.stretches = vec![None];
            }
            (cut, ..) => {
                if let Some(&cut) = cut {
                    high = high.min(cut);
                }
                line.smooth(high, (WIDTHS[level], rule(level)), two_sided, selection);
            }
        }
        let filling = line.nodes.len().next_multiple_of(LANES) - line.nodes.len();
        let last = line.nodes.last().copied().unwrap_or(0.0);
        line.nodes.extend(std::iter::repeat_n(last, filling));
        line.weights.extend(std::iter::repeat_n(0.0, filling));
        line.p = line.nodes.iter().map(|&z| clip(PValue::near(z, two_sided))).collect();
        line
    }

    /// Panels up to `high`, on both sides of 0 for two-sided P values, within the limits at which w is clipped.
    fn smooth(&mut self, high: f64, (width, rule): (f64, &Rule), two_sided: bool, selection: &Selection) {
        let clip = |p: PValue| selection.clip(p);
        let z_of = |p: f64| normal::quantile(Tail::Upper(if two_sided { 0.5 * p } else { p }));
        if !two_sided {
            let low = if selection.clipped() { -z_of(CLIP) } else { -FAR };
            self.edges = vec![low, high];
            self.stretches = vec![None; 3];
            self.panels(&[low, high], width, rule);
            self.fill_stretches(|j| j != 1, two_sided, clip);
        } else if selection.clipped() {
            let low = z_of(1.0 - CLIP);
            // 1 - p is nearly proportional to z there: a power of it needs panels in proportion.
            let mut ends = vec![low];
            while ends.last().is_some_and(|&e| 4.0 * e < high.min(2.0)) {
                ends.extend(ends.last().map(|e| 4.0 * e));
            }
            ends.push(high);
            let mirrored: Vec<f64> = ends.iter().rev().map(|e| -e).collect();
            self.edges = vec![-high, -low, low, high];
            self.stretches = vec![None; 5];
            self.panels(&mirrored, width, rule);
            self.panels(&ends, width, rule);
            self.fill_stretches(|j| j % 2 == 0, two_sided, clip);
        } else {
            self.edges = vec![-high, high];
            self.stretches = vec![None; 3];
            self.panels(&[-high, 0.0, high], width, rule);
            self.fill_stretches(|j| j != 1, two_sided, clip);
        }
    }

    /// The P values of the chosen stretches, at a point of each.
    fn fill_stretches(
        &mut self,
        chosen: impl Fn(usize) -> bool,
        two_sided: bool,
        clip: impl Fn(PValue) -> PValue,
    ) {
        for j in (0..self.stretches.len()).filter(|&j| chosen(j)) {
            let from = j.checked_sub(1).and_then(|j| self.edges.get(j)).copied();
            let z = match (from, self.edges.get(j).copied()) {
                (Some(a), Some(b)) => 0.5 * (a + b),
                (Some(a), None) => a + 1.0,
                (None, Some(b)) => b - 1.0,
                (None, None) => 0.0,
            };
            self.stretches[j] = Some(clip(PValue::of(z, two_sided)));
        }
    }

    /// Gauss-Legendre panels of at most `width` between ends that increase.
    fn panels(&mut self, ends: &[f64], width: f64, rule: &Rule) {
        for pair in ends.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if !(b > a) {
                continue;
            }
            let panels = ((b - a) / width).ceil().max(1.0);
            let half = 0.5 * (b - a) / panels;
            for i in 0..panels as usize {
                let middle = a + (2.0 * i as f64 + 1.0) * half;
                self.nodes.extend(rule.nodes.iter().map(|x| middle + half * x));
                self.weights.extend(rule.weights.iter().map(|w| half * w));
            }
        }
    }

    /// The trapezoid rule of a function that is 0 at both ends; they are multiples of the step.
    fn trapezoid(&mut self, low: f64, high: f64, step: f64) {
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        self.nodes = (first..=last).map(|j| j as f64 * step).collect();
        self.weights = vec![step; self.nodes.len()];
    }
}

/// The rule of a panel.
fn rule(level: usize) -> &'static Rule {
    static RULES: OnceLock<[Rule; 2]> = OnceLock::new();
    let [rough, fine] = RULES.get_or_init(|| [8, 16].map(quadrature::gauss_legendre));
    if level == 0 { rough } else { fine }
}
