//! Sums of a likelihood times a normal density over equally spaced points of a line through the predictors: the
//! trapezoidal rule for every model with normal random effects, with its derivatives.
//!
//! On the line the predictors are ηₐ + bₐt and the weight of a point is Πₐ Lₐ(ηₐ + bₐt) exp(−ct − dt²/2). With
//! L(η) = e^(xη) / Z(e^η) (binomial, Poisson, hypergeometric counts), e^η and the exponential factors follow from point to
//! point by multiplication, and Z is a power or a polynomial of e^η: no logarithm and hardly an exponential is taken. The
//! sum runs outwards from a point near the peak until the weights no longer count.
//!
//! The rule with step h errs by a half of what that with step 2h errs, squared or better, since it converges
//! geometrically: the difference between its even and its odd points bounds the error, and the step is halved until the
//! bound is below the last digits (L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule,
//! SIAM Rev. 56 (2014), doi:10.1137/130932132).

use crate::stat::log_concave::Rule;

use super::{
    kernel::{Kernel, Logit, logistic},
    options::Link,
};

/// ln √(2π).
pub(super) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// Powers up to this are taken by multiplication; their rounding grows with them.
const MOST_POWER: f64 = 256.0;

/// A point with less than this part of the highest weight no longer counts, for results and on the way to them.
const NOTHING: [f64; 2] = [1e-17, 1e-9];

/// Steps in standard deviations of the peak, for results and on the way to them.
const STEP: [f64; 2] = [0.5, 1.0];

/// The largest step of a predictor: counts are analytic for imaginary parts up to π/2, which leaves errors of
/// exp(−π²/step) before the step is halved.
const STEEP: [f64; 2] = [0.4, 0.9];

/// A relative difference of even and odd points whose square is below rounding.
const EVEN: f64 = 3e-8;

/// Halvings of the step.
const MOST_HALVINGS: usize = 7;

/// Points on one side of a line: more than any has needed by far.
const MOST_POINTS: usize = 4000;

/// Products over so many points are started afresh, so that their rounding does not grow.
const AFRESH: usize = 16;

/// A factor beyond this or its inverse is not multiplied on.
const RANGE: f64 = 1e250;

/// The likelihood of a count near one value of its predictor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arm<'a> {
    shape: Shape<'a>,
    /// The events x in e^(xη).
    x: f64,
    /// The predictor at the origin of the line, and its exponential.
    eta: f64,
    exponential: f64,
    /// The log-likelihood and its first two derivatives there.
    pub at: [f64; 3],
}

#[derive(Debug, Clone, Copy)]
enum Shape<'a> {
    /// (1 + y)^n over its value at the origin, by multiplication.
    Power { n: f64, others: f64, origin: f64 },
    /// The same by a logarithm.
    Logit { n: f64, others: f64, origin: f64 },
    /// exp(t (y − y₀)).
    Poisson { t: f64, origin: f64 },
    /// A polynomial in y, the origin's value.
    Polynomial { weights: &'a [f64], origin: f64 },
    /// Binomial counts by the difference of two logarithms, which keeps its digits for any number of persons.
    Change { x: f64, n: f64, others: f64, p: f64, q: f64 },
    /// The same for Poisson counts, with the mean at the origin.
    PoissonChange { x: f64, mean: f64 },
    /// Any other, by its logarithm.
    Other { kernel: &'a Kernel },
}

impl<'a> Arm<'a> {
    /// The likelihood around a predictor.
    pub fn new(kernel: &'a Kernel, eta: f64) -> Self {
        let other =
            || Arm { shape: Shape::Other { kernel }, x: 0.0, eta, exponential: 1.0, at: kernel.at(eta) };
        match kernel {
            Kernel::Binomial { x, n, offset, link: Link::Logit, constant, .. } => {
                let logit = Logit::new(eta + offset);
                let exponential = logit.odds;
                let others = n - x;
                let shape = if *n <= MOST_POWER {
                    Shape::Power { n: *n, others, origin: 1.0 + exponential }
                } else {
                    Shape::Logit { n: *n, others, origin: logit.ln_total }
                };
                let [value, first, second] = logit.of_counts(*x, *n);
                Arm { shape, x: *x, eta, exponential, at: [value + constant, first, second] }
            }
            Kernel::Poisson { x, t, constant, .. } => {
                // Beyond, the rate overflows; the likelihood is 0 for any count.
                let exponential = eta.min(690.0).exp();
                let mean = t * exponential;
                let at = [constant + x * eta - mean, x - mean, -mean];
                Arm { shape: Shape::Poisson { t: *t, origin: exponential }, x: *x, eta, exponential, at }
            }
            Kernel::Hypergeometric(margin) => {
                let Some(weights) = margin.polynomial() else { return other() };
                let (exponential, x) = (eta.exp(), margin.x - margin.low);
                let [origin, mean, variance] = polynomial(weights, exponential);
                if !(origin > 1.0 / RANGE && origin < RANGE) {
                    return other();
                }
                let at = [x * eta - origin.ln(), x - mean, -variance];
                Arm { shape: Shape::Polynomial { weights, origin }, x, eta, exponential, at }
            }
            Kernel::Binomial { .. } => other(),
        }
    }

    /// The same likelihood by its logarithm alone, which no range limits.
    fn by_logarithm(kernel: &'a Kernel, eta: f64) -> Self {
        let (shape, exponential) = match kernel {
            Kernel::Binomial { x, n, offset, link: Link::Logit, .. } if (eta + offset).abs() < 300.0 => {
                let shape = Shape::Change {
                    x: *x,
                    n: *n,
                    others: n - x,
                    p: logistic(eta + offset).2,
                    q: logistic(-eta - offset).2,
                };
                (shape, 1.0)
            }
            Kernel::Poisson { x, t, .. } if eta.abs() < 300.0 => {
                (Shape::PoissonChange { x: *x, mean: t * eta.exp() }, 1.0)
            }
            _ => (Shape::Other { kernel }, 1.0),
        };
        Arm { shape, x: 0.0, eta, exponential, at: kernel.at(eta) }
    }

    /// The likelihood over e^(x(η − η₀)) and over that at the origin, the slope of its log and minus its bend, where
    /// e^η is `y` and η is beyond the origin by `change`.
    #[inline]
    fn point(&self, y: f64, change: f64) -> [f64; 3] {
        match self.shape {
            Shape::Power { n, others, origin } => {
                let q = 1.0 / (1.0 + y);
                let p = y * q;
                [(origin * q).powi(n as i32), self.x * q - others * p, n * p * q]
            }
            Shape::Logit { n, others, origin } => {
                let q = 1.0 / (1.0 + y);
                let p = y * q;
                [(n * (origin - y.ln_1p())).exp(), self.x * q - others * p, n * p * q]
            }
            Shape::Poisson { t, origin } => {
                let mean = t * y;
                [(t * (origin - y)).exp(), self.x - mean, mean]
            }
            Shape::Polynomial { weights, origin } => {
                let [value, mean, variance] = polynomial(weights, y);
                [if value < RANGE { origin / value } else { f64::NAN }, self.x - mean, variance]
            }
            Shape::Change { x, n, others, p, q } => {
                let (grown, more) = (change.exp(), change.exp_m1());
                let log = x * change - n * (p * more).ln_1p();
                let scale = 1.0 / (q + p * grown);
                let (p, q) = (p * grown * scale, q * scale);
                [log.exp(), x * q - others * p, n * p * q]
            }
            Shape::PoissonChange { x, mean } => {
                let rise = mean * change.exp_m1();
                [(x * change - rise).exp(), x - mean - rise, mean + rise]
            }
            Shape::Other { kernel } => {
                let [value, first, second] = kernel.at(self.eta + change);
                [(value - self.at[0]).exp(), first, -second]
            }
        }
    }
}

/// A polynomial with positive coefficients at y, with the mean and the variance of the power under its terms.
#[inline]
pub(super) fn polynomial(weights: &[f64], y: f64) -> [f64; 3] {
    let (mut value, mut first, mut second) = (0.0, 0.0, 0.0);
    for weight in weights.iter().rev() {
        second = second * y + first;
        first = first * y + value;
        value = value * y + weight;
    }
    let mean = y * first / value;
    [value, mean, (2.0 * y * y * second / value + mean - mean * mean).max(0.0)]
}

/// Sums over points t of a line: of weights w; of w times the slopes sₐ times 1 and t; of w (sₐsᵦ + [a = b] sₐ') times 1, t and
/// t².
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments<const A: usize, const B: usize> {
    pub total: f64,
    pub slope: [[f64; 2]; A],
    /// 11 for one count; 11, 12, 22 for two.
    pub bend: [[f64; 3]; B],
    /// Sums of w and of wt over the odd points.
    odd: [f64; 2],
    first: f64,
}

impl<const A: usize, const B: usize> Moments<A, B> {
    pub const ZERO: Self =
        Moments { total: 0.0, slope: [[0.0; 2]; A], bend: [[0.0; 3]; B], odd: [0.0; 2], first: 0.0 };

    #[inline]
    fn add(&mut self, t: f64, weight: f64, slopes: [f64; A], bends: [f64; A], odd: f64) {
        self.total += weight;
        let moment = weight * t;
        self.first += moment;
        self.odd[0] += odd * weight;
        self.odd[1] += odd * moment;
        let mut at = 0;
        for a in 0..A {
            let slope = weight * slopes[a];
            self.slope[a][0] += slope;
            self.slope[a][1] += slope * t;
            for (b, other) in slopes.iter().enumerate().skip(a) {
                let bend = slope * other - if a == b { weight * bends[a] } else { 0.0 };
                let moment = bend * t;
                if let Some(sums) = self.bend.get_mut(at) {
                    sums[0] += bend;
                    sums[1] += moment;
                    sums[2] += moment * t;
                }
                at += 1;
            }
        }
    }

    /// The relative difference of even and odd points, in the sum and in its first moment over `size`.
    pub fn unevenness(&self, size: f64) -> f64 {
        let sum = (self.total - 2.0 * self.odd[0]).abs();
        sum.max((self.first - 2.0 * self.odd[1]).abs() / size) / self.total
    }

    /// The sums of w and of wt over the even points less those over the odd ones.
    pub fn even_less_odd(&self) -> [f64; 2] {
        [self.total - 2.0 * self.odd[0], self.first - 2.0 * self.odd[1]]
    }

    /// All points that were summed are even points of a step of half the length.
    fn halve(&mut self) {
        self.odd = [0.0; 2];
    }
}

/// A line through the predictors of one or two counts, with a normal density.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a, const A: usize> {
    pub arms: [Arm<'a>; A],
    /// The slopes of the predictors.
    pub slopes: [f64; A],
    /// The density exp(−c t − d t²/2).
    pub c: f64,
    pub d: f64,
}

/// The factors of the weight at one point of a line, and those that lead to the next.
struct State<const A: usize> {
    /// The part e^(xη) of the likelihoods, and the normal density.
    factor: f64,
    next: f64,
    shrink: f64,
    /// The exponentials of the predictors.
    y: [f64; A],
    grow: [f64; A],
}

impl<const A: usize> State<A> {
    #[inline]
    fn step(&mut self) {
        self.factor *= self.next;
        self.next *= self.shrink;
        for a in 0..A {
            self.y[a] *= self.grow[a];
        }
    }
}

impl<'a, const A: usize> Line<'a, A> {
    /// The line whose counts are taken by their logarithms.
    fn by_logarithms(&self, kernels: [&'a Kernel; A]) -> Self {
        let arms = std::array::from_fn(|a| Arm::by_logarithm(kernels[a], self.arms[a].eta));
        Line { arms, ..*self }
    }

    /// Minus the second derivative of the log of the weight at the origin.
    pub fn bend(&self) -> f64 {
        (0..A).fold(self.d, |sum, a| sum - self.slopes[a] * self.slopes[a] * self.arms[a].at[2])
    }

    /// The slope of the log of the weight at the origin.
    pub fn slope(&self) -> f64 {
        (0..A).fold(-self.c, |sum, a| sum + self.slopes[a] * self.arms[a].at[1])
    }

    /// The step for a peak that bends so much, under a rule.
    pub fn step(&self, rule: Rule) -> f64 {
        let which = usize::from(!rule.is_fine());
        let steepest = self.slopes.iter().fold(1e-300, |most: f64, slope| most.max(slope.abs()));
        (STEP[which] / self.bend().sqrt()).min(STEEP[which] / steepest)
    }

    /// The slope of the log of the factors that do not depend on the exponentials, at the origin.
    fn rate(&self) -> f64 {
        (0..A).fold(-self.c, |sum, a| sum + self.arms[a].x * self.slopes[a])
    }

    /// The factors at t, and those that lead to the points that follow by `step`.
    fn state(&self, t: f64, step: f64) -> State<A> {
        let rate = self.rate();
        State {
            factor: ((rate - 0.5 * self.d * t) * t).exp(),
            next: ((rate - self.d * (t + 0.5 * step)) * step).exp(),
            shrink: (-self.d * step * step).exp(),
            y: std::array::from_fn(|a| self.arms[a].exponential * (self.slopes[a] * t).exp()),
            grow: std::array::from_fn(|a| (self.slopes[a] * step).exp()),
        }
    }

    /// The states at the origin and one step before it, for the points after and before.
    fn both(&self, step: f64) -> [State<A>; 2] {
        let (up, half) = ((self.rate() * step).exp(), (-0.5 * self.d * step * step).exp());
        let shrink = half * half;
        let y = std::array::from_fn(|a| self.arms[a].exponential);
        let grow: [f64; A] = std::array::from_fn(|a| (self.slopes[a] * step).exp());
        let after = State { factor: 1.0, next: up * half, shrink, y, grow };
        let (factor, grow) = (half / up, grow.map(|grow| 1.0 / grow));
        let y = std::array::from_fn(|a| y[a] * grow[a]);
        [after, State { factor, next: factor * shrink, shrink, y, grow }]
    }

    /// The sums over one side, from `from` on by `step`; None where a factor leaves its range. Points are odd and even by
    /// turns, the first as `odd` says.
    fn side<const B: usize>(
        &self,
        (from, step): (f64, f64),
        mut state: State<A>,
        (nothing, mut odd): (f64, bool),
        (highest, sums): (&mut f64, &mut Moments<A, B>),
    ) -> Option<()> {
        let mut before = f64::INFINITY;
        for k in 0..MOST_POINTS {
            let t = from + step * k as f64;
            if k % AFRESH == AFRESH - 1 {
                state = self.state(t, step);
            }
            if !(state.factor > 1.0 / RANGE && state.factor < RANGE) {
                return None;
            }
            let mut weight = state.factor;
            let (mut slopes, mut bends) = ([0.0; A], [0.0; A]);
            for a in 0..A {
                let [part, slope, bend] = self.arms[a].point(state.y[a], self.slopes[a] * t);
                weight *= part;
                (slopes[a], bends[a]) = (slope, bend);
            }
            if !(weight < RANGE) {
                return None;
            }
            sums.add(t, weight, slopes, bends, f64::from(u8::from(odd)));
            // Log-concave: where the weight falls it falls on.
            if weight < nothing * *highest && weight <= before {
                return Some(());
            }
            *highest = highest.max(weight);
            before = weight;
            odd = !odd;
            state.step();
        }
        None
    }

    /// The sums over the points at multiples of `step` down to a part of the highest weight; the origin is odd or even.
    fn points<const B: usize>(&self, step: f64, nothing: f64, odd: bool) -> Option<Moments<A, B>> {
        let (mut sums, mut highest) = (Moments::ZERO, 1.0);
        let [after, before] = self.both(step);
        self.side((0.0, step), after, (nothing, odd), (&mut highest, &mut sums))?;
        self.side((-step, -step), before, (nothing, !odd), (&mut highest, &mut sums))?;
        Some(sums)
    }

    /// The sums over points so dense that nothing is left to gain, with their distance.
    fn dense<const B: usize>(&self, rule: Rule) -> Option<(Moments<A, B>, f64)> {
        let mut step = self.step(rule);
        let nothing = NOTHING[usize::from(!rule.is_fine())];
        let mut sums = self.points(step, nothing, false)?;
        if !rule.is_fine() {
            return Some((sums, step));
        }
        let size = 1.0 / self.bend().sqrt();
        for _ in 0..MOST_HALVINGS {
            if sums.unevenness(size) < EVEN {
                break;
            }
            sums.halve();
            let mut highest = 1.0;
            // Half a step off: the points between.
            for sign in [1.0, -1.0] {
                let mut between = Moments::ZERO;
                let way = (0.5 * step * sign, step * sign);
                self.side(way, self.state(way.0, way.1), (nothing, true), (&mut highest, &mut between))?;
                between.odd = [between.total, between.first];
                sums.join(&between);
            }
            step *= 0.5;
        }
        Some((sums, step))
    }

    /// The sums over the points of one row of a plane.
    pub fn row<const B: usize>(
        &self,
        kernels: [&'a Kernel; A],
        step: f64,
        nothing: f64,
        odd: bool,
    ) -> Option<Moments<A, B>> {
        self.points(step, nothing, odd).or_else(|| self.by_logarithms(kernels).points(step, nothing, odd))
    }

    /// The log of the integral of the weight over that at the origin, and the sums over the points of the rule.
    pub fn integral<const B: usize>(
        &self,
        kernels: [&'a Kernel; A],
        rule: Rule,
    ) -> Option<(f64, Moments<A, B>)> {
        let (sums, step) = self.dense(rule).or_else(|| self.by_logarithms(kernels).dense(rule))?;
        let log = (sums.total * step).ln();
        log.is_finite().then_some((log, sums))
    }
}

impl<const A: usize, const B: usize> Moments<A, B> {
    fn join(&mut self, other: &Self) {
        self.total += other.total;
        self.first += other.first;
        (0..2).for_each(|i| self.odd[i] += other.odd[i]);
        for (sums, more) in self.slope.iter_mut().zip(&other.slope) {
            (0..2).for_each(|i| sums[i] += more[i]);
        }
        for (sums, more) in self.bend.iter_mut().zip(&other.bend) {
            (0..3).for_each(|i| sums[i] += more[i]);
        }
    }
}

/// A line along a standard normal effect z whose origin lies near the peak, with the z of the origin and the log of the
/// weight there; `at` gives the predictors at z.
pub(super) fn through_peak<'a, const A: usize>(
    kernels: [&'a Kernel; A],
    base: [f64; A],
    slopes: [f64; A],
) -> Option<(Line<'a, A>, f64, f64)> {
    let at = |z: f64| {
        let arms: [Arm<'a>; A] = std::array::from_fn(|a| Arm::new(kernels[a], base[a] + slopes[a] * z));
        let height = arms.iter().fold(-0.5 * z * z, |sum, arm| sum + arm.at[0]);
        (Line { arms, slopes, c: z, d: 1.0 }, height)
    };
    let mut z = guess(kernels, base, slopes);
    let (mut line, mut height) = at(z);
    for _ in 0..MOST_STEPS {
        if !height.is_finite() {
            return None;
        }
        let (slope, bend) = (line.slope(), line.bend().max(1.0));
        let step = (slope / bend).clamp(-2.0, 2.0);
        if !(step.abs() * bend.sqrt() > NEAR) {
            break;
        }
        let moved = (0..40).find_map(|halvings| {
            let to = z + step * 0.5_f64.powi(halvings);
            let (next, value) = at(to);
            (value >= height).then_some((to, next, value))
        });
        let Some((to, next, value)) = moved else { break };
        (z, line, height) = (to, next, value);
    }
    Some((line, z, height))
}

/// The peak if the likelihoods were parabolas.
fn guess<const A: usize>(kernels: [&Kernel; A], base: [f64; A], slopes: [f64; A]) -> f64 {
    let (mut pull, mut bend) = (0.0, 1.0);
    for a in 0..A {
        let near = kernels[a].near();
        pull += slopes[a] * near.bend * (near.peak - base[a]);
        bend += slopes[a] * slopes[a] * near.bend;
    }
    let z = pull / bend;
    if z.abs() < FAR { z } else { 0.0 }
}

/// Guesses beyond this many standard deviations are not trusted.
const FAR: f64 = 8.0;

/// Steps to a peak: more than any integrand has needed by far.
const MOST_STEPS: usize = 400;

/// An origin this near the peak, in standard deviations, will do.
const NEAR: f64 = 0.7;
