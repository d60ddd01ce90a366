//! The likelihood of one count given its linear predictor: binomial with three links, Poisson, and the noncentral
//! hypergeometric of a table with fixed margins, each with its first two derivatives.
//!
//! With η the linear predictor, all constants included:
//!
//! - binomial: ln C(n, x) + x ln p + (n − x) ln(1 − p), p = logit⁻¹ η, Φ(η) or 1 − exp(−e^η);
//! - Poisson: x (η + ln t) − t e^η − ln x!;
//! - noncentral hypergeometric: ln C(n₁, x) C(n₂, m − x) + xη − ln Σⱼ C(n₁, j) C(n₂, m − j) e^(jη).
//!
//! All are concave in η.

use crate::stat::{normal, special};

use super::{options::Link, table::Margin};

/// The likelihood of a count as a function of its linear predictor.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kernel {
    /// `x` events of `n`, with an offset that is added to the predictor.
    Binomial { x: f64, n: f64, offset: f64, link: Link, constant: f64, near: Parabola },
    /// `x` events in the person-time `t`.
    Poisson { x: f64, t: f64, constant: f64, near: Parabola },
    /// The events of group 1, all margins given.
    Hypergeometric(Margin),
}

/// About where the likelihood of a count is highest, and minus its bend there: of the count with half an event more of each kind, from
/// which a search for the peak of an integrand starts. A bend of 0 tells nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parabola {
    pub peak: f64,
    pub bend: f64,
}

impl Parabola {
    const UNKNOWN: Parabola = Parabola { peak: 0.0, bend: 0.0 };

    fn of_binomial(x: f64, n: f64, offset: f64, link: Link) -> Self {
        if link != Link::Logit {
            return Parabola::UNKNOWN;
        }
        let (events, others) = (x + 0.5, n - x + 0.5);
        Parabola { peak: (events / others).ln() - offset, bend: events * others / (n + 1.0) }
    }

    /// The peak of the sum of parabolas; 0 where none tells anything.
    pub fn mean(parabolas: impl Iterator<Item = Parabola>) -> f64 {
        let (mut pull, mut bend) = (0.0, f64::MIN_POSITIVE);
        for near in parabolas {
            pull += near.bend * near.peak;
            bend += near.bend;
        }
        pull / bend
    }

    /// Of a table: the log odds ratio of the cells with half an event more each, and the inverse of its variance.
    pub fn of_table(cells: [f64; 4]) -> Self {
        let [a, b, c, d] = cells.map(|cell| cell + 0.5);
        Parabola { peak: (a * d / (b * c)).ln(), bend: 1.0 / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d) }
    }
}

impl Kernel {
    pub fn binomial(x: f64, n: f64, link: Link) -> Self {
        let near = Parabola::of_binomial(x, n, 0.0, link);
        Kernel::Binomial { x, n, offset: 0.0, link, constant: ln_choose(n, x), near }
    }

    /// Events of group 1 among `x1 + x2`, which fall to it in proportion to its size.
    pub fn split(x1: f64, size1: f64, x2: f64, size2: f64) -> Self {
        let (n, offset) = (x1 + x2, (size1 / size2).ln());
        Kernel::Binomial {
            x: x1,
            n,
            offset,
            link: Link::Logit,
            constant: ln_choose(n, x1),
            near: Parabola::of_binomial(x1, n, offset, Link::Logit),
        }
    }

    pub fn poisson(x: f64, t: f64) -> Self {
        let near = Parabola { peak: ((x + 0.5) / t).ln(), bend: x + 0.5 };
        Kernel::Poisson { x, t, constant: x * t.ln() - special::ln_gamma(x + 1.0), near }
    }

    /// About where the likelihood is highest.
    pub fn near(&self) -> Parabola {
        match self {
            Kernel::Binomial { near, .. } | Kernel::Poisson { near, .. } => *near,
            Kernel::Hypergeometric(margin) => margin.near,
        }
    }

    /// The log-likelihood and its first two derivatives.
    pub fn at(&self, eta: f64) -> [f64; 3] {
        match self {
            Kernel::Binomial { x, n, offset, link, constant, .. } => {
                let [value, first, second] = match link {
                    Link::Probit => probit(*x, *n, eta + offset),
                    Link::Cloglog => cloglog(*x, *n, eta + offset),
                    _ => logit(*x, *n, eta + offset),
                };
                [value + constant, first, second]
            }
            Kernel::Poisson { x, t, constant, .. } => {
                // Beyond, the rate overflows; the likelihood is 0 for any count.
                let mean = t * eta.min(690.0).exp();
                [constant + x * eta - mean, x - mean, -mean]
            }
            Kernel::Hypergeometric(margin) => margin.at(eta),
        }
    }

    /// The log-likelihood and its first three derivatives, for kernels whose second derivative does not depend on the
    /// count (the natural links).
    pub fn cumulants(&self, eta: f64) -> [f64; 4] {
        let [value, first, second] = self.at(eta);
        let third = match self {
            Kernel::Binomial { offset, .. } => {
                let (_, _, p) = logistic(eta + offset);
                let (_, _, q) = logistic(-eta - offset);
                second * (q - p)
            }
            Kernel::Poisson { .. } => second,
            Kernel::Hypergeometric(margin) => return margin.cumulants(eta),
        };
        [value, first, second, third]
    }

    /// The largest log-likelihood that any predictor gives; a limit where the count is at an end of its range.
    pub fn saturated(&self) -> f64 {
        match self {
            Kernel::Binomial { x, n, constant, .. } => {
                let part = |x: f64| if x > 0.0 { x * (x / n).ln() } else { 0.0 };
                constant + part(*x) + part(n - x)
            }
            Kernel::Poisson { x, t, constant, .. } => {
                if *x > 0.0 {
                    constant + x * (x / t).ln() - x
                } else {
                    *constant
                }
            }
            // At an end of the support the limit of the likelihood is 1.
            Kernel::Hypergeometric(margin) => self.peak().map_or(0.0, |eta| margin.at(eta)[0]),
        }
    }

    /// The predictor at which the likelihood is largest; `None` if it is infinite.
    pub fn peak(&self) -> Option<f64> {
        if self.at_end() {
            return None;
        }
        self.peak_from(self.near().peak).or_else(|| self.peak_in_bracket())
    }

    /// By Newton's method from a place close by; `None` where that does not lead straight there.
    fn peak_from(&self, start: f64) -> Option<f64> {
        let mut eta = start;
        for _ in 0..20 {
            let [_, slope, bend] = self.at(eta);
            let step = -slope / bend;
            if !(step.abs() < 1.0) {
                return None;
            }
            eta += step;
            // The error of the next is the square of that of this one.
            if step.abs() < 1e-9 {
                return Some(eta);
            }
        }
        None
    }

    fn peak_in_bracket(&self) -> Option<f64> {
        let (mut low, mut high) = (-1.0, 1.0);
        while self.at(low)[1] < 0.0 && low > -600.0 {
            low *= 2.0;
        }
        while self.at(high)[1] > 0.0 && high < 600.0 {
            high *= 2.0;
        }
        crate::stat::root::find(|eta| self.at(eta)[1], low, high)
    }

    /// True if the count is the smallest or the largest that is possible.
    pub fn at_end(&self) -> bool {
        self.lowest() || self.highest()
    }

    /// True if the count is the smallest possible.
    pub fn lowest(&self) -> bool {
        match self {
            Kernel::Binomial { x, .. } | Kernel::Poisson { x, .. } => *x == 0.0,
            Kernel::Hypergeometric(margin) => margin.x == margin.low,
        }
    }

    /// True if the count is the largest possible.
    pub fn highest(&self) -> bool {
        match self {
            Kernel::Binomial { x, n, .. } => x == n,
            Kernel::Poisson { .. } => false,
            Kernel::Hypergeometric(margin) => margin.x == margin.high,
        }
    }

    /// True if the likelihood does not depend on the predictor.
    pub fn flat(&self) -> bool {
        match self {
            Kernel::Binomial { n, .. } => *n == 0.0,
            Kernel::Poisson { t, .. } => *t == 0.0,
            Kernel::Hypergeometric(margin) => margin.low == margin.high,
        }
    }
}

/// ln C(n, x), exactly 0 at the ends.
pub(super) fn ln_choose(n: f64, x: f64) -> f64 {
    if x == 0.0 || x == n { 0.0 } else { special::ln_choose(n, x) }
}

/// ln p, ln(1 − p) and p at a logit.
pub(super) fn logistic(eta: f64) -> (f64, f64, f64) {
    let small = (-eta.abs()).exp();
    let soft = small.ln_1p();
    let tail = small / (1.0 + small);
    if eta >= 0.0 { (-soft, -eta - soft, 1.0 / (1.0 + small)) } else { (eta - soft, -soft, tail) }
}

fn logit(x: f64, n: f64, eta: f64) -> [f64; 3] {
    Logit::new(eta).of_counts(x, n)
}

/// A logit with its probabilities: one exponential and one logarithm serve all of them.
pub(super) struct Logit {
    /// The odds e^η.
    pub odds: f64,
    /// ln(1 + e^η).
    pub ln_total: f64,
    ln_p: f64,
    p: f64,
    q: f64,
}

impl Logit {
    pub fn new(eta: f64) -> Self {
        // One exponential for both tails, so that the slope of n events of n keeps its digits.
        let small = (-eta.abs()).exp();
        let more = 1.0 / (1.0 + small);
        let less = small * more;
        let soft = small.ln_1p();
        if eta >= 0.0 {
            Logit { odds: 1.0 / small, ln_total: eta + soft, ln_p: -soft, p: more, q: less }
        } else {
            Logit { odds: small, ln_total: soft, ln_p: eta - soft, p: less, q: more }
        }
    }

    /// The log-likelihood of `x` events of `n` without its constant, and its first two derivatives.
    pub fn of_counts(&self, x: f64, n: f64) -> [f64; 3] {
        let y = n - x;
        [x * self.ln_p - y * self.ln_total, x * self.q - y * self.p, -n * self.p * self.q]
    }
}

fn probit(x: f64, n: f64, eta: f64) -> [f64; 3] {
    let part = |count: f64, eta: f64| {
        if count == 0.0 {
            return [0.0; 3];
        }
        let ln_cdf = normal::ln_cdf(eta);
        // The inverse Mills ratio φ/Φ.
        let mills = (normal::ln_pdf(eta) - ln_cdf).exp();
        [count * ln_cdf, count * mills, -count * mills * (mills + eta)]
    };
    let (events, others) = (part(x, eta), part(n - x, -eta));
    [events[0] + others[0], events[1] - others[1], events[2] + others[2]]
}

fn cloglog(x: f64, n: f64, eta: f64) -> [f64; 3] {
    let mean = eta.min(690.0).exp();
    let y = n - x;
    let (mut value, mut first, mut second) = (-y * mean, -y * mean, -y * mean);
    if x > 0.0 {
        // ln(1 − e^(−μ)) and its slope μ/(e^μ − 1), which is 1 − μ/2 for small μ.
        let ln_event = if mean < 1e-8 { eta - 0.5 * mean } else { (-(-mean).exp_m1()).ln() };
        let slope = if mean > 700.0 {
            0.0
        } else if mean < 1e-8 {
            1.0 - 0.5 * mean
        } else {
            mean / mean.exp_m1()
        };
        value += x * ln_event;
        first += x * slope;
        let bend = if mean < 1e-3 {
            // 1 − μ − r = −μ/2 − μ²/12 + ..., without the cancellation.
            -0.5 * mean - mean * mean / 12.0 + mean.powi(4) / 720.0
        } else {
            1.0 - mean - slope
        };
        second += x * slope * bend;
    }
    [value, first, second]
}
