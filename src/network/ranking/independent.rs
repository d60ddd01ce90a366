//! Rank probabilities of independent normal effects: one integral over places that all treatments share.
//!
//! For effects X_j ~ N(m_j, s_j²), P(rank_i = r) = ∫ f_i(x) P(r − 1 of the others below x) dx. At a place x the number of
//! treatments below is a sum of independent indicators with probabilities Φ((x − m_j)/s_j); its distribution is built up one
//! treatment at a time, and each treatment is then taken out of it again by division, from the end on which that is stable.
//! Treatments further than 5 standard deviations away are certain and only counted. So a place costs n² for its n
//! uncertain treatments, and serves all of them.
//!
//! The places are those at which u(x) = x/h + Σ c_k Φ((x − m_k)/(2 s_k)) is a shift plus a whole number: steps of h, and c_k
//! places more about every treatment k that is too narrow for h. For smooth integrands this trapezoidal rule converges
//! exponentially; a random shift makes it unbiased whatever h. h balances the number of both kinds of places.

use crate::stat::{normal, tabulated::Tabulated};

/// Standard deviations beyond which a treatment is certainly above or below: 3e-7 are left out.
const CERTAIN: f64 = 5.0;

/// The longest step, in standard deviations of the narrowest treatment that it is meant for; good to about 1e-4 before the
/// shift evens it out.
const STEP: f64 = 1.8;

/// Places about a treatment that is far too narrow for the step.
const PLACES: f64 = 3.5;

/// The width of the additional places, in standard deviations of their treatment.
const WIDTH: f64 = 2.0;

/// The error of u(x) at a place.
const EXACT: f64 = 1e-8;

/// A treatment that is too narrow for the step.
#[derive(Debug, Clone, Copy)]
struct Narrow {
    treatment: usize,
    /// 1 / (2 s).
    inverse: f64,
    places: f64,
}

/// A place at which u(x) was computed.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f64,
    u: f64,
    slope: f64,
}

/// Independent effects with these standard deviations, about means that change from call to call.
pub(super) struct Independent {
    sd: Vec<f64>,
    inverse: Vec<f64>,
    step: f64,
    narrow: Vec<Narrow>,
    cdf: Tabulated,
    pdf: Tabulated,
    at: Uncertain,
}

/// The treatments whose effects may lie on either side of a place: first those that are rather above it.
#[derive(Default)]
struct Uncertain {
    treatment: Vec<usize>,
    /// (x − m)/s.
    standardized: Vec<f64>,
    /// P(below x).
    below: Vec<f64>,
    shares: Vec<Share>,
    /// The distribution of the number of these treatments below x, and the same before the last one.
    count: Vec<f64>,
    before: Vec<f64>,
}

/// The share of an uncertain treatment at a place.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    /// The place of its first uncertain rank in the table of probabilities.
    row: usize,
    /// The density at x times the length of the place.
    weight: f64,
    /// 1/d and (1 − d)/d with d the greater of P(above x) and P(below x): what it is taken out by.
    inverse: f64,
    odds: f64,
    /// The probability of the last rank, without it.
    without: f64,
}

impl Independent {
    /// `total` has the standard deviations of the effects over all means that are to come, about `center`.
    pub fn new(center: &[f64], sd: &[f64], total: &[f64]) -> Self {
        let t = sd.len();
        let end = |side: f64| center.iter().zip(total).map(move |(m, s)| m + side * 2.0 * s);
        let range = end(1.0).fold(f64::NEG_INFINITY, f64::max) - end(-1.0).fold(f64::INFINITY, f64::min);
        let step = STEP * served(sd, range);
        let narrow = (0..t).filter(|i| STEP * sd[*i] < step).map(|i| Narrow {
            treatment: i,
            inverse: 1.0 / (WIDTH * sd[i]),
            places: PLACES * (1.0 - STEP * sd[i] / step),
        });
        Independent {
            inverse: sd.iter().map(|s| 1.0 / s).collect(),
            sd: sd.to_vec(),
            step,
            narrow: narrow.collect(),
            cdf: Tabulated::new(-8.5, 8.5, 64.0, |x| [normal::cdf(x), normal::pdf(x)]),
            pdf: Tabulated::new(-8.5, 8.5, 64.0, |x| [normal::pdf(x), -x * normal::pdf(x)]),
            at: Uncertain::new(t),
        }
    }

    /// Adds P(rank_i = r) to `sum` (T × T) for these means, by places with this shift (0 to 1); returns the cost, about one
    /// for each multiplication.
    pub fn add(&mut self, mean: &[f64], shift: f64, sum: &mut [f64]) -> u64 {
        let t = mean.len();
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for (m, s) in mean.iter().zip(&self.sd) {
            low = low.min(m - CERTAIN * s);
            high = high.max(m + CERTAIN * s);
        }
        let mut place = self.place(mean, low);
        let mut wanted = (place.u - shift).ceil() + shift;
        let mut cost = 0;
        loop {
            place = self.reach(mean, wanted, place);
            if !(place.x < high) {
                return cost;
            }
            let (certain, upper, n) = self.divide(mean, place.x);
            cost += (t + 2 * n * n) as u64;
            if n > 0 {
                self.weigh(upper, n, 1.0 / place.slope);
                self.at.shares[..n].iter_mut().for_each(|share| share.row = share.row * t + certain);
                self.at.count_below(n);
                self.at.take_out(upper, n, sum);
            }
            wanted += 1.0;
        }
    }

    fn place(&self, mean: &[f64], x: f64) -> Place {
        let (mut u, mut slope) = (x / self.step, 1.0 / self.step);
        for narrow in &self.narrow {
            let standardized = (x - mean[narrow.treatment]) * narrow.inverse;
            u += narrow.places * self.cdf.at(standardized);
            slope += narrow.places * narrow.inverse * self.pdf.at(standardized);
        }
        Place { x, u, slope }
    }

    /// The place with u(x) = `wanted`, at or above `from`: Newton's method within a bracket, which is halved where a step
    /// does not halve the error.
    fn reach(&self, mean: &[f64], wanted: f64, from: Place) -> Place {
        let (mut low, mut high) = (from.x, f64::INFINITY);
        let mut at = from;
        let mut before = f64::INFINITY;
        for _ in 0..200 {
            let error = (at.u - wanted).abs();
            if error <= EXACT {
                break;
            }
            if at.u < wanted {
                low = at.x;
            } else {
                high = at.x;
            }
            let newton = at.x + (wanted - at.u) / at.slope;
            let fast = error < 0.5 * before && newton > low && newton < high;
            before = error;
            let x = match (fast, high.is_finite()) {
                (true, _) => newton,
                (false, true) => low + 0.5 * (high - low),
                (false, false) => low + self.step,
            };
            at = self.place(mean, x);
        }
        at
    }

    /// Finds the uncertain treatments at x; returns the number of those certainly below, of the uncertain ones that are
    /// rather above, and of all uncertain ones.
    fn divide(&mut self, mean: &[f64], x: f64) -> (usize, usize, usize) {
        let (ids, places) = (&mut self.at.treatment, &mut self.at.standardized);
        let (mut n, mut certain) = (0, 0);
        for (i, (m, inverse)) in mean.iter().zip(&self.inverse).enumerate() {
            let standardized = (x - m) * inverse;
            (ids[n], places[n]) = (i, standardized);
            n += usize::from(standardized.abs() < CERTAIN);
            certain += usize::from(standardized >= CERTAIN);
        }
        let (mut upper, mut end) = (0, n);
        while upper < end {
            if places[upper] <= 0.0 {
                upper += 1;
            } else {
                end -= 1;
                places.swap(upper, end);
                ids.swap(upper, end);
            }
        }
        (certain, upper, n)
    }

    /// Probabilities and weights of the uncertain treatments at a place of this length.
    fn weigh(&mut self, upper: usize, n: usize, length: f64) {
        let at = &mut self.at;
        for k in 0..n {
            let (treatment, standardized) = (at.treatment[k], at.standardized[k]);
            let below = self.cdf.at(standardized);
            let divisor = if k < upper { 1.0 - below } else { below };
            at.below[k] = below;
            at.shares[k] = Share {
                row: treatment,
                weight: self.pdf.at(standardized) * self.inverse[treatment] * length,
                inverse: 1.0 / divisor,
                odds: (1.0 - divisor) / divisor,
                without: 0.0,
            };
        }
    }
}

impl Uncertain {
    fn new(t: usize) -> Self {
        let row = || vec![0.0; t + 1];
        Uncertain {
            treatment: vec![0; t + 1],
            standardized: row(),
            below: row(),
            shares: vec![Share::default(); t + 1],
            count: row(),
            before: row(),
        }
    }

    /// The distribution of the number of treatments below.
    fn count_below(&mut self, n: usize) {
        self.count[0] = 1.0;
        for (count, below) in (1..).zip(&self.below[..n]) {
            std::mem::swap(&mut self.count, &mut self.before);
            let (from, to, above) = (&self.before[..count], &mut self.count[..=count], 1.0 - below);
            to[0] = above * from[0];
            let inner = to[1..count].iter_mut().zip(from.windows(2));
            inner.for_each(|(to, from)| *to = below * from[0] + above * from[1]);
            to[count] = below * from[count - 1];
        }
    }

    /// Adds the distribution without each treatment, times its weight: from the lowest rank on for treatments that are
    /// rather above, from the highest one on for the others.
    fn take_out(&mut self, upper: usize, n: usize, sum: &mut [f64]) {
        let (above, below) = self.shares[..n].split_at_mut(upper);
        for (r, count) in self.count[..n].iter().enumerate() {
            above.iter_mut().for_each(|share| share.take(r, *count, sum));
        }
        for (r, count) in self.count[1..=n].iter().enumerate().rev() {
            below.iter_mut().for_each(|share| share.take(r, *count, sum));
        }
    }
}

impl Share {
    /// Rank r, given the probability of this count, or of one more, of all treatments.
    #[inline]
    fn take(&mut self, r: usize, count: f64, sum: &mut [f64]) {
        self.without = count * self.inverse - self.odds * self.without;
        sum[self.row + r] += self.weight * self.without;
    }
}

/// The standard deviation that the step is meant for: that with the fewest places.
fn served(sd: &[f64], range: f64) -> f64 {
    let mut sorted = sd.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut best, mut least) = (sd.iter().copied().fold(0.0, f64::max), f64::INFINITY);
    for (narrower, s) in sorted.into_iter().enumerate() {
        let places = range / (STEP * s) + 1.5 * PLACES * narrower as f64;
        if places < least {
            (best, least) = (s, places);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean over even shifts.
    fn mean(center: &[f64], sd: &[f64], shifts: u32) -> Vec<f64> {
        let mut ranks = Independent::new(center, sd, sd);
        let mut sum = vec![0.0; center.len() * center.len()];
        for k in 0..shifts {
            ranks.add(center, (f64::from(k) + 0.5) / f64::from(shifts), &mut sum);
        }
        sum.iter().map(|p| p / f64::from(shifts)).collect()
    }

    #[test]
    fn two_treatments_are_one_normal_probability() {
        for sd in [[1.0_f64, 1.0], [0.3, 2.0], [0.001, 1.0]] {
            let p = normal::cdf(0.5 / sd[0].hypot(sd[1]));
            let found = mean(&[0.0, 0.5], &sd, 512);
            for (found, wanted) in found.iter().zip([p, 1.0 - p, 1.0 - p, p]) {
                assert!((found - wanted).abs() < 2e-4, "{sd:?}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn exchangeable_treatments_share_all_ranks() {
        let t = 12;
        for p in mean(&vec![2.0; t], &vec![1.0; t], 64) {
            assert!((p - 1.0 / t as f64).abs() < 1e-5, "{p}");
        }
    }
}
