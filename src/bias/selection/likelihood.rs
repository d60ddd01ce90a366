//! The log-likelihood of a selection model with its gradient and second derivatives.
//!
//! Σ ln w(pᵢ) + ln φ(tᵢ) / σᵢ - ln ∫ w φ, with tᵢ = (yᵢ - μᵢ) / σᵢ and σᵢ² = vᵢ + tau². The integrals with their derivatives
//! come from [`Mass`].

use std::cell::OnceCell;

use super::{
    Selection,
    grid::{FINEST, Line, PValue},
    mass::{Mass, Table},
    weight::Weight,
};

/// The data with the selection function. The parameters are (β, tau², δ): p coefficients, the variance, m of selection.
pub(super) struct Problem<'a> {
    pub yi: &'a [f64],
    pub vi: &'a [f64],
    pub selection: &'a Selection,
    pub two_sided: bool,
    /// The moderators, column after column; `None` for a mean.
    design: Option<&'a [f64]>,
    /// The imprecision of each study on which selection depends.
    scale: Option<Vec<f64>>,
    studies: Vec<Study>,
    /// The studies in each interval of a step function.
    counts: Option<Vec<f64>>,
    /// Level by level, with the trapezoid rule where it can be used, and without.
    lines: [[OnceCell<Line>; 2]; FINEST + 1],
}

/// A mass below this is not computed as a difference from the limits of w, which would cost it more than two digits.
const LEAST: f64 = 1e-2;

/// A mass below this share of the largest w has lost its digits, and its logarithm would be taken for a likelihood.
const NOTHING: f64 = 1e-250;

const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_741_78;

/// The quantities that do not change with the parameters.
struct Study {
    p: PValue,
    /// The length of 1 of the line, in units of the estimate.
    unit: f64,
}

/// The value with derivatives in (β, tau², δ).
#[derive(Debug, Clone, Default)]
pub(super) struct Derivatives {
    pub value: f64,
    pub first: Vec<f64>,
    /// Symmetric, n by n.
    pub second: Vec<f64>,
}

impl Derivatives {
    fn clear(&mut self, n: usize) {
        self.value = 0.0;
        self.first.clear();
        self.first.resize(n, 0.0);
        self.second.clear();
        self.second.resize(n * n, 0.0);
    }
}

/// Room for an evaluation.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    table: Table,
    mass: Mass,
    weight: Weight,
    at_step: Weight,
    first: Vec<f64>,
    second: Vec<f64>,
    x: Vec<f64>,
}

impl<'a> Problem<'a> {
    pub fn new(yi: &'a [f64], vi: &'a [f64], selection: &'a Selection, two_sided: bool) -> Self {
        let study = |(&y, &v): (&f64, &f64)| {
            if selection.by_effect() {
                let below = selection.steps().first().is_some_and(|cut| y <= *cut);
                let (p, q) = if below { (1.0, 0.0) } else { (0.0, 1.0) };
                return Study { p: PValue::new(p, q), unit: 1.0 };
            }
            let unit = v.sqrt();
            Study { p: selection.clip(PValue::of(y / unit, two_sided)), unit }
        };
        let studies: Vec<Study> = yi.iter().zip(vi).map(study).collect();
        let counts = selection.stepwise().then(|| {
            let mut counts = vec![0.0; selection.parameters() + 1];
            studies.iter().for_each(|study| counts[selection.interval(study.p.p)] += 1.0);
            counts
        });
        let lines = Default::default();
        Problem { yi, vi, selection, two_sided, design: None, scale: None, studies, counts, lines }
    }

    /// With moderators: `design` holds p columns of one value for each study.
    pub fn moderators(mut self, design: Option<&'a [f64]>) -> Self {
        self.design = design;
        self
    }

    /// With the imprecision of each study.
    pub fn scaled(mut self, scale: Option<Vec<f64>>) -> Self {
        self.scale = scale;
        self
    }

    /// The number of coefficients.
    pub fn coefficients(&self) -> usize {
        self.design.map_or(1, |design| design.len() / self.yi.len())
    }

    /// The P value of study `i`; of `trunc` 0 above its cut point and 1 below.
    pub fn p(&self, i: usize) -> f64 {
        self.studies[i].p.p
    }

    /// The finest level at which integrals are taken: those of step functions are in closed form.
    pub fn finest(&self) -> usize {
        if self.selection.stepwise() { 0 } else { FINEST }
    }

    fn line(&self, level: usize, trapezoid: bool) -> &Line {
        let level = level.min(self.finest());
        self.lines[level][usize::from(!trapezoid)]
            .get_or_init(|| Line::new(self.selection, self.two_sided, level, trapezoid))
    }

    /// The log-likelihood at (β, tau², δ), by the first level that agrees with the next one to 1e-13.
    #[cfg(test)]
    pub fn evaluate(&self, theta: &[f64]) -> Derivatives {
        let mut scratch = Scratch::default();
        let (mut at, mut finer) = (Derivatives::default(), Derivatives::default());
        let finest = self.finest();
        let mut level = finest.min(1);
        self.evaluate_at(level, theta, &mut scratch, &mut at, None);
        while level < finest {
            level += 1;
            self.evaluate_at(level, theta, &mut scratch, &mut finer, None);
            std::mem::swap(&mut at, &mut finer);
            if (at.value - finer.value).abs() <= 1e-13 * (1.0 + at.value.abs()) {
                break;
            }
        }
        at
    }

    /// The log-likelihood without selection at the coefficients and tau² of these parameters.
    pub fn unselected(&self, theta: &[f64]) -> f64 {
        let tau2 = theta[self.coefficients()];
        let term = |(i, (&y, &v)): (usize, (&f64, &f64))| {
            let s2 = v + tau2;
            -0.5 * ((y - self.mean(theta, i)).powi(2) / s2 + s2.ln()) - LN_SQRT_2PI
        };
        self.yi.iter().zip(self.vi).enumerate().map(term).sum()
    }

    /// The mean of study `i` without selection; the coefficients lead the parameters.
    fn mean(&self, theta: &[f64], i: usize) -> f64 {
        match self.design {
            None => theta[0],
            Some(design) => theta.iter().zip(design.chunks_exact(self.yi.len())).map(|(b, x)| b * x[i]).sum(),
        }
    }

    /// The gradient of each study's part, study by study.
    pub fn scores(&self, theta: &[f64], level: usize) -> Vec<f64> {
        let mut scores = Vec::with_capacity(theta.len() * self.yi.len());
        self.evaluate_at(
            level,
            theta,
            &mut Scratch::default(),
            &mut Derivatives::default(),
            Some(&mut scores),
        );
        scores
    }

    /// The log-likelihood by integrals of this level.
    pub fn evaluate_at(
        &self,
        level: usize,
        theta: &[f64],
        scratch: &mut Scratch,
        total: &mut Derivatives,
        mut scores: Option<&mut Vec<f64>>,
    ) {
        if !self.sum(self.line(level, true), theta, scratch, total, scores.as_deref_mut()) {
            self.sum(self.line(level, false), theta, scratch, total, scores);
        }
    }

    /// The sum over the studies; false if so little passes in one of them that a line over limits loses digits.
    fn sum(
        &self,
        line: &Line,
        theta: &[f64],
        scratch: &mut Scratch,
        total: &mut Derivatives,
        mut scores: Option<&mut Vec<f64>>,
    ) -> bool {
        if let Some(scores) = scores.as_deref_mut() {
            scores.clear();
        }
        let n = theta.len();
        let p = self.coefficients();
        let m = n - 1 - p;
        let (tau2, delta) = (theta[p], &theta[p + 1..]);
        total.clear(n);
        let Scratch { table, mass, weight, at_step, first: own, second: own2, x } = scratch;
        weight.resize(m);
        at_step.resize(m);
        // The derivatives of one study in its own (μ, tau², δ).
        let l = 2 + m;
        own.resize(l, 0.0);
        own2.resize(l * l, 0.0);
        x.resize(n, 0.0);
        // w is shared by the studies unless it depends on their precision.
        let fill = |scale: f64, table: &mut Table, weight: &mut Weight, at_step: &mut Weight| {
            self.selection.at_step(scale, delta, at_step);
            table.fill(line, weight, |p, weight| {
                self.selection.ln_weight(p, scale, delta, at_step, weight);
            });
        };
        if self.scale.is_none() {
            fill(1.0, table, weight, at_step);
        }
        // Without moderators and scores, the parts of the studies add up in the total itself.
        let alone = self.design.is_none() && scores.is_none();
        let counts = self.counts.as_deref().filter(|_| alone);
        let mut product = 1.0;
        for (i, ((&y, &v), study)) in self.yi.iter().zip(self.vi).zip(&self.studies).enumerate() {
            let scale = self.scale.as_ref().map_or(1.0, |scale| scale[i]);
            if self.scale.is_some() {
                fill(scale, table, weight, at_step);
            }
            let mu = self.mean(theta, i);
            let s = (v + tau2).sqrt();
            let r = 1.0 / s;
            mass.of(line, table, m, mu, r, study.unit);
            if line.over_limits && !(mass.value() > LEAST) {
                return false;
            }
            if !(mass.value() > NOTHING * table.peak) {
                // The weights of all that could be seen underflow.
                total.clear(n);
                total.value = f64::NEG_INFINITY;
                return true;
            }
            let t = (y - mu) * r;
            total.value -= 0.5 * t * t;
            total.value -= logarithm(&mut product, s, mass.value());
            let (first, second) = if alone {
                (&mut total.first, &mut total.second)
            } else {
                own.fill(0.0);
                own2.fill(0.0);
                (&mut *own, &mut *own2)
            };
            add_density(t, r, l, first, second);
            // ln w of the study itself; of step functions all at once after.
            if counts.is_none() {
                self.selection.ln_weight(&study.p, scale, delta, at_step, weight);
                total.value += weight.ln;
                weight.add_to(m, first, second);
            }
            mass.subtract_logarithm(m, first, second);
            if !alone {
                self.add_study(i, (own, own2), x, total, scores.as_deref_mut());
            }
        }
        total.value -= product.ln() + self.yi.len() as f64 * LN_SQRT_2PI;
        if let Some(counts) = counts {
            total.add_steps(counts, delta, l);
        }
        for a in 0..n {
            for b in 0..a {
                total.second[a * n + b] = total.second[b * n + a];
            }
        }
        true
    }

    /// Adds the derivatives of one study in its own (μ, tau², δ) to those in the parameters: from μ to its coefficients.
    fn add_study(
        &self,
        i: usize,
        (own, own2): (&[f64], &[f64]),
        x: &mut [f64],
        total: &mut Derivatives,
        mut scores: Option<&mut Vec<f64>>,
    ) {
        let (n, p, l) = (x.len(), self.coefficients(), own.len());
        let Some(design) = self.design else {
            total.first.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            total.second.iter_mut().zip(own2).for_each(|(sum, own)| *sum += own);
            if let Some(scores) = scores {
                scores.extend_from_slice(own);
            }
            return;
        };
        for (j, x) in x.iter_mut().enumerate() {
            *x = if j < p { design[j * self.yi.len() + i] } else { 1.0 };
        }
        let at = |j: usize| if j < p { 0 } else { j + 1 - p };
        for a in 0..n {
            let score = own[at(a)] * x[a];
            total.first[a] += score;
            if let Some(scores) = scores.as_deref_mut() {
                scores.push(score);
            }
            for b in a..n {
                total.second[a * n + b] += own2[at(a) * l + at(b)] * x[a] * x[b];
            }
        }
    }
}

/// The logarithm of s times a mass, as far as it is not left in the product, whose logarithm is taken of many at once. A mass below
/// 1e-90 would take a product of ordinary size out of the range in which it keeps its digits.
#[inline(always)]
fn logarithm(product: &mut f64, s: f64, mass: f64) -> f64 {
    let mut taken = 0.0;
    if mass > 1e-90 {
        *product *= s * mass;
    } else {
        taken = (s * mass).ln();
    }
    // Two factors of 1e100 and 1e90 are still far from the ends of the doubles, 1e308.
    if !(*product > 1e-100 && *product < 1e100) {
        taken += product.ln();
        *product = 1.0;
    }
    taken
}

/// Adds the derivatives of -½ ln σ² - ½ (y - μ)² / σ² by μ and σ², t = (y - μ) / σ and r = 1 / σ.
#[inline(always)]
fn add_density(t: f64, r: f64, l: usize, first: &mut [f64], second: &mut [f64]) {
    let (t2, r2) = (t * t, r * r);
    first[0] += t * r;
    first[1] += 0.5 * (t2 - 1.0) * r2;
    second[0] -= r2;
    second[1] -= t * r2 * r;
    second[l + 1] += (0.5 - t2) * r2 * r2;
}

impl Weight {
    /// Adds the derivatives of ln w by its m parameters, which come after two others.
    #[inline(always)]
    fn add_to(&self, m: usize, first: &mut [f64], second: &mut [f64]) {
        let l = 2 + m;
        first[2..].iter_mut().zip(&self.first).for_each(|(sum, first)| *sum += first);
        for a in 0..m {
            let row = &mut second[(2 + a) * l + 2..(3 + a) * l];
            let own = &self.second[a * m..(a + 1) * m];
            row.iter_mut().zip(own).for_each(|(sum, second)| *sum += second);
        }
    }
}

impl Derivatives {
    /// Adds ln w of all studies for a step function, of which `counts` lie on each step.
    fn add_steps(&mut self, counts: &[f64], delta: &[f64], l: usize) {
        for (a, (&count, &d)) in counts.iter().skip(1).zip(delta).enumerate() {
            let i = 2 + a;
            // No study, no factor, also of a weight of 0.
            if count > 0.0 {
                self.value += count * d.ln();
            }
            if d > 0.0 {
                self.first[i] += count / d;
                self.second[i * l + i] -= count / (d * d);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::bias::SelectionFunction;
    use crate::stat::normal;

    /// First and second derivatives equal differences of the value, for every function and both kinds of P value.
    #[test]
    fn derivatives_equal_differences() {
        let yi = [0.3, 0.62, -0.1, 0.9, 0.45];
        let vi = [0.02, 0.05, 0.04, 0.11, 0.03];
        let design = [1.0, 1.0, 1.0, 1.0, 1.0, 0.2, -0.4, 0.9, 0.1, -1.2];
        let cases = [
            (SelectionFunction::Stepfun, vec![0.025, 0.5], vec![0.6, 0.3]),
            (SelectionFunction::Beta, vec![], vec![0.7, 1.8]),
            (SelectionFunction::Halfnorm, vec![], vec![2.0]),
            (SelectionFunction::Negexp, vec![0.05], vec![1.3]),
            (SelectionFunction::Logistic, vec![], vec![2.2]),
            (SelectionFunction::Power, vec![], vec![0.8]),
            (SelectionFunction::Negexppow, vec![], vec![1.4, 0.7]),
            (SelectionFunction::Trunc, vec![0.4], vec![0.6]),
        ];
        for (function, steps, delta) in cases {
            let selection = Selection::new(function, &steps).unwrap();
            for (two_sided, moderated) in [(false, false), (true, false), (false, true)] {
                let scale = (moderated && function.takes_precision()).then(|| vi.map(|v| v / 0.11).to_vec());
                let problem = Problem::new(&yi, &vi, &selection, two_sided)
                    .moderators(moderated.then_some(&design[..]))
                    .scaled(scale);
                let beta = if moderated { vec![0.3, 0.1] } else { vec![0.3] };
                let theta = [beta, vec![0.06], delta.clone()].concat();
                let at = problem.evaluate(&theta);
                let n = theta.len();
                for a in 0..n {
                    let h = 1e-5;
                    let moved = |by: f64| {
                        let mut theta = theta.clone();
                        theta[a] += by;
                        problem.evaluate(&theta)
                    };
                    let (up, down) = (moved(h), moved(-h));
                    let slope = (up.value - down.value) / (2.0 * h);
                    assert!((slope - at.first[a]).abs() < 1e-6 * (1.0 + slope.abs()), "{function} {a}");
                    for b in 0..n {
                        let slope = (up.first[b] - down.first[b]) / (2.0 * h);
                        let got = at.second[a * n + b];
                        assert!(
                            (slope - got).abs() < 1e-5 * (1.0 + slope.abs()),
                            "{function} {a} {b}: {slope} {got}"
                        );
                    }
                }
            }
        }
    }

    /// Without selection the integral is 1 and the likelihood that of the normal model.
    #[test]
    fn no_selection_is_the_normal_model() {
        let (yi, vi) = ([0.3, 3.2, -4.0], [0.02, 0.05, 0.4]);
        for function in SelectionFunction::ALL {
            let steps: &[f64] = if *function == SelectionFunction::Stepfun { &[0.025, 0.5] } else { &[] };
            let selection = Selection::new(*function, steps).unwrap();
            for two_sided in [false, true] {
                let theta =
                    [vec![0.2, 0.5], (0..selection.parameters()).map(|i| selection.none(i)).collect()]
                        .concat();
                let got = Problem::new(&yi, &vi, &selection, two_sided).evaluate(&theta).value;
                let expected: f64 = yi
                    .iter()
                    .zip(&vi)
                    .map(|(y, v)| normal::ln_pdf((y - 0.2) / f64::sqrt(v + 0.5)) - 0.5 * f64::ln(v + 0.5))
                    .sum();
                assert!((got - expected).abs() < 1e-12 * expected.abs(), "{function}: {got} {expected}");
            }
        }
    }

    /// The log-likelihood at given parameters by adaptive quadrature in 25 digits (mpmath, `tests/data/bias/oracle.py`), on the
    /// first twelve studies of passive smoking: integrals are good to 1e-12.
    #[test]
    fn integrals_have_twelve_digits() {
        let oracle: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/data/bias/oracle.json")).unwrap();
        let text = include_str!("../../../tests/data/bias/hackshaw1998.csv");
        let rows: Vec<Vec<f64>> = text
            .lines()
            .skip(1)
            .take(12)
            .map(|line| line.split(',').map(|field| field.parse().unwrap()).collect())
            .collect();
        let (yi, vi): (Vec<f64>, Vec<f64>) = rows.iter().map(|row| (row[1], row[2])).unzip();
        let largest = vi.iter().copied().fold(0.0, f64::max);
        for case in oracle["likelihoods"].as_array().unwrap() {
            let name = case["name"].as_str().unwrap();
            let steps: Vec<f64> = case["step"].as_f64().into_iter().collect();
            let function = SelectionFunction::ALL.iter().find(|f| f.to_string() == name).unwrap();
            let selection = Selection::new(*function, &steps).unwrap();
            let delta = case["delta"].as_array().unwrap().iter().map(|d| d.as_f64().unwrap());
            let theta: Vec<f64> = [0.2, 0.03].into_iter().chain(delta).collect();
            let scale =
                case["scaled"].as_bool().unwrap().then(|| vi.iter().map(|v| (v / largest).sqrt()).collect());
            let problem =
                Problem::new(&yi, &vi, &selection, case["two_sided"].as_bool().unwrap()).scaled(scale);
            let (got, expected) = (problem.evaluate(&theta).value, case["value"].as_f64().unwrap());
            assert!((got - expected).abs() < 1e-12 * expected.abs(), "{case}: {got}");
        }
    }

    /// Sharp selection, and means so far from the studies that what is seen comes from their tails: adaptive quadrature in 30
    /// digits (mpmath 1.3), of piecewise intervals.
    #[test]
    fn sharp_and_far_integrals() {
        let (yi, vi) = ([0.3, 0.62, -0.1], [0.02, 0.05, 0.04]);
        let cases: [(SelectionFunction, bool, &[f64], f64); 5] = [
            (SelectionFunction::Halfnorm, false, &[0.95, 0.0185, 164_762.0], -78_838.523_849_381_196_75),
            (SelectionFunction::Halfnorm, true, &[0.95, 0.0185, 164_762.0], -62_946.516_497_082_321_98),
            (SelectionFunction::Negexppow, true, &[0.1, 0.0004, 4.3, 0.0669], -1.536_335_951_476_781_7),
            (SelectionFunction::Beta, true, &[1.97, 0.0018, 27.3, 65.4], -122.261_350_088_506_80),
            (SelectionFunction::Power, false, &[-3.66, 0.0, 38.0], -64.530_148_107_290_978),
        ];
        for (function, two_sided, theta, expected) in cases {
            let selection = Selection::new(function, &[]).unwrap();
            let got = Problem::new(&yi, &vi, &selection, two_sided).evaluate(theta).value;
            // The sum is good to its rounding.
            assert!((got - expected).abs() < 1e-10 + 1e-14 * expected.abs(), "{function}: {got} {expected}");
        }
    }
}
