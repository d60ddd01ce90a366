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

use crate::stat::{exponential::exp, log_concave::Rule};

use super::{
    kernel::{Kernel, Logit, logistic},
    options::Link,
    tally::{Lanes, Tally, Terms, lanes},
};

/// ln √(2π).
pub(super) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// Powers up to this are taken by multiplication; their rounding grows with them.
const MOST_POWER: f64 = 256.0;

/// A point with less than this part of the highest weight no longer counts, for results and on the way to them.
const NOTHING: [f64; 2] = [1e-17, 1e-9];

/// Steps in standard deviations of the peak, for results and on the way to them.
const STEP: [f64; 2] = [0.42, 0.95];

/// The largest step of a predictor: counts are analytic for imaginary parts up to π/2, which leaves errors of
/// exp(−π²/step) before the step is halved.
const STEEP: [f64; 2] = [0.4, 0.9];

/// A relative difference of even and odd points whose square is below rounding.
const EVEN: f64 = 3e-8;

/// Halvings of the step.
const MOST_HALVINGS: usize = 7;

/// Points on one side of a line, by fours: more than any has needed by far.
const MOST_FOURS: usize = 1000;

/// Products over so many fours of points are started afresh, so that their rounding does not grow, for results and on the way to
/// them.
const AFRESH: [usize; 2] = [4, 16];

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
                let [[origin], [mean], [variance]] = polynomial(weights, [exponential]);
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
    #[inline(always)] // what a sum does not use is not computed
    fn points(&self, y: &Lanes, change: &Lanes) -> [Lanes; 3] {
        match self.shape {
            Shape::Power { n, others, origin } => {
                let q = lanes(|i| 1.0 / (1.0 + y[i]));
                let [slope, bend] = self.binomial(n, others, y, &q);
                [power(lanes(|i| origin * q[i]), n as u32), slope, bend]
            }
            Shape::Logit { n, others, origin } => {
                let q = lanes(|i| 1.0 / (1.0 + y[i]));
                let [slope, bend] = self.binomial(n, others, y, &q);
                [exp(lanes(|i| n * (origin - y[i].ln_1p()))), slope, bend]
            }
            Shape::Poisson { t, origin } => {
                let mean = y.map(|y| t * y);
                [exp(lanes(|i| t * (origin - y[i]))), mean.map(|mean| self.x - mean), mean]
            }
            Shape::Polynomial { weights, origin } => {
                let [value, mean, variance] = polynomial(weights, *y);
                let part = value.map(|value| if value < RANGE { origin / value } else { f64::NAN });
                [part, mean.map(|mean| self.x - mean), variance]
            }
            Shape::Change { .. } | Shape::PoissonChange { .. } | Shape::Other { .. } => {
                let all = change.map(|change| self.by_change(change));
                [0, 1, 2].map(|part| all.map(|point| point[part]))
            }
        }
    }

    /// The slopes and minus the bends of a binomial count with the odds y and the probabilities q of no event.
    #[inline(always)]
    fn binomial(&self, n: f64, others: f64, y: &Lanes, q: &Lanes) -> [Lanes; 2] {
        let p = lanes(|i| y[i] * q[i]);
        [lanes(|i| self.x * q[i] - others * p[i]), lanes(|i| n * p[i] * q[i])]
    }

    /// The same for one point where no exponential is at hand.
    #[inline(never)] // so that it takes no registers from the others
    fn by_change(&self, change: f64) -> [f64; 3] {
        match self.shape {
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
            _ => [f64::NAN; 3],
        }
    }
}

/// Whole powers of numbers, by squares.
#[inline(always)]
fn power(base: Lanes, exponent: u32) -> Lanes {
    const ONE: u64 = 1.0_f64.to_bits();
    let (mut square, mut rest, mut power) = (base, exponent, [1.0; 4]);
    while rest > 0 {
        // The square where the bit is set, else 1, without a branch that nobody can foresee.
        let mask = u64::from(rest & 1).wrapping_neg();
        power = lanes(|i| power[i] * f64::from_bits((square[i].to_bits() & mask) | (ONE & !mask)));
        square = square.map(|square| square * square);
        rest >>= 1;
    }
    power
}

/// A polynomial with positive coefficients at each y, with the mean and the variance of the power under its terms.
#[inline(always)] // what a sum does not use is not computed
pub(super) fn polynomial<const L: usize>(weights: &[f64], y: [f64; L]) -> [[f64; L]; 3] {
    let (mut value, mut first, mut second) = ([0.0; L], [0.0; L], [0.0; L]);
    for weight in weights.iter().rev() {
        for i in 0..L {
            second[i] = second[i] * y[i] + first[i];
            first[i] = first[i] * y[i] + value[i];
            value[i] = value[i] * y[i] + weight;
        }
    }
    let mean: [f64; L] = std::array::from_fn(|i| y[i] * first[i] / value[i]);
    let bend = |i: usize| 2.0 * y[i] * y[i] * second[i] / value[i] + mean[i] - mean[i] * mean[i];
    let variance = std::array::from_fn(|i| bend(i).max(0.0));
    [value, mean, variance]
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

/// The factors of the weight at four points of a line, and those that lead to the next four.
struct State<const A: usize> {
    /// The part e^(xη) of the likelihoods, and the normal density.
    factor: Lanes,
    next: Lanes,
    shrink: f64,
    /// The exponentials of the predictors.
    y: [Lanes; A],
    grow: [f64; A],
}

impl<const A: usize> State<A> {
    /// From those at the first point and those that lead to the second.
    fn new(factor: f64, next: f64, shrink: f64, y: [f64; A], grow: [f64; A]) -> Self {
        let (square, mut step) = (shrink * shrink, next);
        let fourth = square * square;
        let mut factors = [factor; 4];
        for i in 1..4 {
            factors[i] = factors[i - 1] * step;
            step *= shrink;
        }
        let mut nexts = [(next * next) * (next * next) * (fourth * square); 4];
        (1..4).for_each(|i| nexts[i] = nexts[i - 1] * fourth);
        let y = std::array::from_fn(|a| {
            let square = grow[a] * grow[a];
            [y[a], y[a] * grow[a], y[a] * square, y[a] * (square * grow[a])]
        });
        let grow = grow.map(|grow| (grow * grow) * (grow * grow));
        State { factor: factors, next: nexts, shrink: (fourth * fourth) * (fourth * fourth), y, grow }
    }

    #[inline(always)]
    fn step(&mut self) {
        self.factor = lanes(|i| self.factor[i] * self.next[i]);
        self.next = self.next.map(|next| next * self.shrink);
        for a in 0..A {
            self.y[a] = self.y[a].map(|y| y * self.grow[a]);
        }
    }

    /// False where a factor leaves the range in which products keep their digits.
    #[inline(always)]
    fn in_range(&self) -> bool {
        let [first, .., last] = self.factor;
        let below = |x: f64| x < RANGE;
        first > 1.0 / RANGE
            && last > 1.0 / RANGE
            && below(first)
            && below(last)
            && self.y.iter().all(|y| below(y[0]) && below(y[3]))
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

    /// The factors at t, and those that lead to the points that follow by `step`; not inlined, as its exponentials would be taken
    /// before a loop that seldom needs them.
    #[inline(never)]
    fn state(&self, t: f64, step: f64) -> State<A> {
        let rate = self.rate();
        State::new(
            ((rate - 0.5 * self.d * t) * t).exp(),
            ((rate - self.d * (t + 0.5 * step)) * step).exp(),
            (-self.d * step * step).exp(),
            std::array::from_fn(|a| self.arms[a].exponential * (self.slopes[a] * t).exp()),
            self.slopes.map(|slope| (slope * step).exp()),
        )
    }

    /// The states at the origin and one step before it, for the points after and before.
    fn both(&self, step: f64) -> [State<A>; 2] {
        // One line has two slopes at most.
        let slope = |a: usize| self.slopes.get(a).copied().unwrap_or(0.0) * step;
        let [up, half, one, two] = exp([self.rate() * step, -0.5 * self.d * step * step, slope(0), slope(1)]);
        let shrink = half * half;
        let y: [f64; A] = std::array::from_fn(|a| self.arms[a].exponential);
        let grow: [f64; A] = std::array::from_fn(|a| if a == 0 { one } else { two });
        let after = State::new(1.0, up * half, shrink, y, grow);
        let (factor, fall) = (half / up, grow.map(|grow| 1.0 / grow));
        let y = std::array::from_fn(|a| y[a] * fall[a]);
        [after, State::new(factor, factor * shrink, shrink, y, fall)]
    }

    /// The sums over one side, from `from` on by `step`, down to a part of the highest weight; None where a factor leaves its
    /// range.
    fn side<T: Terms<A, C>, const C: usize>(
        &self,
        (from, step): (f64, f64),
        mut state: State<A>,
        (which, nothing): (usize, f64),
        highest: &mut f64,
    ) -> Option<[Lanes; C]> {
        let (mut sums, mut fresh) = ([[0.0; 4]; C], 0);
        for four in 0..MOST_FOURS {
            let first = from + step * (4 * four) as f64;
            let t = lanes(|i| first + step * i as f64);
            if fresh == AFRESH[which] {
                (state, fresh) = (self.state(first, step), 0);
            }
            if !state.in_range() {
                return None;
            }
            let mut weight = state.factor;
            let (mut slopes, mut bends) = ([[0.0; 4]; A], [[0.0; 4]; A]);
            for a in 0..A {
                let part;
                [part, slopes[a], bends[a]] =
                    self.arms[a].points(&state.y[a], &t.map(|t| self.slopes[a] * t));
                weight = lanes(|i| weight[i] * part[i]);
            }
            if !(weight[0] + weight[1] + weight[2] + weight[3] < RANGE) {
                return None;
            }
            let terms = T::of(&t, &weight, &slopes, &bends);
            (0..C).for_each(|c| sums[c] = lanes(|i| sums[c][i] + terms[c][i]));
            *highest =
                weight.iter().fold(*highest, |high, weight| if *weight > high { *weight } else { high });
            // Log-concave: where the weight falls it falls on.
            if weight[3] < nothing * *highest && weight[3] <= weight[2] {
                return Some(sums);
            }
            state.step();
            fresh += 1;
        }
        None
    }

    /// The sums over the points at multiples of `step` down to a part of the highest weight; `sign` is 1 if the origin is an even
    /// point, else −1.
    fn points<T: Terms<A, C>, const C: usize>(
        &self,
        step: f64,
        (which, nothing, sign): (usize, f64, f64),
    ) -> Option<Tally<C>> {
        let mut highest = 1.0;
        let [after, before] = self.both(step);
        let up = self.side::<T, C>((0.0, step), after, (which, nothing), &mut highest)?;
        let down = self.side::<T, C>((-step, -step), before, (which, nothing), &mut highest)?;
        let mut sums = Tally::of_lanes(&up, sign);
        sums.join(&Tally::of_lanes(&down, -sign));
        Some(sums)
    }

    /// The sums over points so dense that nothing is left to gain, with their distance.
    fn dense<T: Terms<A, C>, const C: usize>(&self, rule: Rule) -> Option<(Tally<C>, f64)> {
        let which = usize::from(!rule.is_fine());
        let mut step = self.step(rule);
        let mut sums = self.points::<T, C>(step, (which, NOTHING[which], 1.0))?;
        if !rule.is_fine() {
            return Some((sums, step));
        }
        let size = 1.0 / self.bend().sqrt();
        for _ in 0..MOST_HALVINGS {
            if sums.unevenness(size) < EVEN {
                break;
            }
            sums = sums.all(1.0);
            let mut highest = 1.0;
            // Half a step off: the points between.
            for sign in [1.0, -1.0] {
                let way = (0.5 * step * sign, step * sign);
                let state = self.state(way.0, way.1);
                let between = self.side::<T, C>(way, state, (which, NOTHING[which]), &mut highest)?;
                sums.join(&Tally::of_lanes(&between, 1.0).all(-1.0));
            }
            step *= 0.5;
        }
        Some((sums, step))
    }

    /// The sums over the points of one row of a plane under a rule, down to a part of the highest weight; `sign` is that of the
    /// origin.
    pub fn row<T: Terms<A, C>, const C: usize>(
        &self,
        kernels: [&'a Kernel; A],
        step: f64,
        (rule, nothing, sign): (Rule, f64, f64),
    ) -> Option<Tally<C>> {
        let how = (usize::from(!rule.is_fine()), nothing, sign);
        self.points::<T, C>(step, how).or_else(|| self.by_logarithms(kernels).points::<T, C>(step, how))
    }

    /// The log of the integral of the weight over that at the origin, and the sums over the points of the rule.
    pub fn integral<T: Terms<A, C>, const C: usize>(
        &self,
        kernels: [&'a Kernel; A],
        rule: Rule,
    ) -> Option<(f64, Tally<C>)> {
        let found = self.dense::<T, C>(rule);
        let (sums, step) = found.or_else(|| self.by_logarithms(kernels).dense::<T, C>(rule))?;
        let log = (sums.total() * step).ln();
        log.is_finite().then_some((log, sums))
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
