//! Fisher's noncentral hypergeometric distribution: the events of group 1 of a 2 × 2 table, given all its margins.
//!
//! For conditional logistic models of odds ratios and exact tests. With n1 and n2 participants, m events in all and an
//! odds ratio of ψ, P(X = x) ∝ C(n1, x) C(n2, m − x) ψ^x on max(0, m − n2) ≤ x ≤ min(n1, m).
//!
//! Sums run outwards from the mode by the ratio of neighboring terms, as far as the terms count: cost grows with the
//! standard deviation of X, and nothing overflows. Beyond a standard deviation of 10⁵ sums are integrals, and single terms far from
//! the mode come from the series of factorials, so that no margins take long.
//!
//! ```
//! use consilience::stat::noncentral_hypergeometric::Margins;
//!
//! // the tea test: 3 or more of 4 right by chance (Fisher 1935)
//! let tea = Margins::new(4, 4, 4);
//! assert_eq!(tea.support(), (0, 4));
//! assert!((tea.sf(2, 1.0) - 17.0 / 70.0).abs() < 1e-15);
//! ```
//!
//! References: J. G. Liao and O. Rosen, Fast and stable algorithms for computing and sampling from the noncentral
//! hypergeometric distribution, Am. Stat. 55 (2001), doi:10.1198/000313001753272547.

mod wide;

use wide::{Cells, Wide};

/// Terms further from the mode than this are not reached by multiplication.
const FAR: u64 = 1 << 16;

/// The margins of a 2 × 2 table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    n1: u64,
    n2: u64,
    events: u64,
}

/// Sums over the support, relative to the term at the mode.
struct Sums {
    mode: u64,
    total: f64,
    mean: f64,
    variance: f64,
}

impl Margins {
    /// A table with `n1` and `n2` participants and `events` events in both groups together (at most n1 + n2; more are
    /// cut to that).
    pub fn new(n1: u64, n2: u64, events: u64) -> Self {
        Margins { n1, n2, events: events.min(n1.saturating_add(n2)) }
    }

    /// The smallest and the largest possible number of events in group 1.
    pub fn support(&self) -> (u64, u64) {
        (self.events.saturating_sub(self.n2), self.n1.min(self.events))
    }

    /// P(X = x) / P(X = x − 1) at odds ratio 1, for x inside the support.
    fn ratio(&self, x: u64) -> f64 {
        let [a, b, c, d] = self.cells(x);
        (b + 1.0) * (c + 1.0) / (a * d)
    }

    /// The four counts of the table with x events in group 1: events and others of group 1, then of group 2. Whole numbers are
    /// subtracted as such: margins may be larger than what doubles tell apart.
    fn cells(&self, x: u64) -> [f64; 4] {
        let of_two = self.events - x;
        [x, self.n1 - x, of_two, self.n2 - of_two].map(|count| count as f64)
    }

    /// The mode: the last x whose ratio to its predecessor is at least 1.
    fn mode(&self, odds_ratio: f64) -> u64 {
        let (mut low, mut high) = self.support();
        while low < high {
            let middle = high - (high - low) / 2;
            if odds_ratio * self.ratio(middle) >= 1.0 {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    fn sums(&self, odds_ratio: f64) -> Sums {
        let (low, high) = self.support();
        let mode = self.mode(odds_ratio);
        if let Some(wide) = Wide::new(self, mode, odds_ratio) {
            let [total, first, second] = wide.moments();
            let shift = first / total;
            let variance = (second / total - shift * shift).max(0.0);
            return Sums { mode, total, mean: mode as f64 + shift, variance };
        }
        let (mut total, mut first, mut second) = (1.0, 0.0, 0.0);
        let mut add = |term: f64, distance: f64| {
            total += term;
            first += term * distance;
            second += term * distance * distance;
            // what is left of the second moment no longer counts
            term * (1.0 + distance * distance) > 1e-20 * total
        };
        let mut term = 1.0;
        for x in mode..high {
            term *= odds_ratio * self.ratio(x + 1);
            if !add(term, (x - mode + 1) as f64) {
                break;
            }
        }
        let mut term = 1.0;
        for x in (low..mode).rev() {
            term /= odds_ratio * self.ratio(x + 1);
            if !add(term, -((mode - x) as f64)) {
                break;
            }
        }
        let shift = first / total;
        Sums { mode, total, mean: mode as f64 + shift, variance: (second / total - shift * shift).max(0.0) }
    }

    /// P(X = x) for an odds ratio of 0 or more.
    pub fn pmf(&self, x: u64, odds_ratio: f64) -> f64 {
        self.ln_pmf(x, odds_ratio).exp()
    }

    /// ln P(X = x) for an odds ratio of 0 or more; −∞ outside the support.
    pub fn ln_pmf(&self, x: u64, odds_ratio: f64) -> f64 {
        if odds_ratio.is_nan() || odds_ratio < 0.0 {
            return f64::NAN;
        }
        let (low, high) = self.support();
        if x < low || x > high {
            return f64::NEG_INFINITY;
        }
        if let Some(fixed) = self.degenerate(odds_ratio) {
            return if x == fixed { 0.0 } else { f64::NEG_INFINITY };
        }
        let sums = self.sums(odds_ratio);
        self.ln_term(x, sums.mode, odds_ratio) - sums.total.ln()
    }

    /// ln of P(X = x) / P(X = mode).
    fn ln_term(&self, x: u64, mode: u64, odds_ratio: f64) -> f64 {
        let (from, to, sign) = if x > mode { (mode, x, 1.0) } else { (x, mode, -1.0) };
        if to - from > FAR {
            return self.ln_far(x, mode, odds_ratio);
        }
        let (mut ln, mut product) = (0.0, 1.0_f64);
        for i in from..to {
            product *= odds_ratio * self.ratio(i + 1);
            // Two such products still lie within the doubles, which end at 1e308.
            if !(1e-200..1e200).contains(&product) {
                ln += product.ln();
                product = 1.0;
            }
        }
        sign * (ln + product.ln())
    }

    /// The same at any distance, by the series of factorials; a mode at an end of the support, where a cell is 0, is left by one
    /// step first.
    fn ln_far(&self, x: u64, mode: u64, odds_ratio: f64) -> f64 {
        let inner = if self.cells(mode).iter().all(|cell| *cell > 0.0) {
            mode
        } else if x > mode {
            mode + 1
        } else {
            mode - 1
        };
        let distance = if x > inner { (x - inner) as f64 } else { -((inner - x) as f64) };
        let near = self.ln_term(inner, mode, odds_ratio);
        (near + Cells::at(self, inner, odds_ratio).ln_ratio(distance)).min(0.0)
    }

    /// The only value left at odds ratios of 0 and infinity or with a support of one point.
    fn degenerate(&self, odds_ratio: f64) -> Option<u64> {
        let (low, high) = self.support();
        if odds_ratio == 0.0 || low == high {
            Some(low)
        } else if odds_ratio == f64::INFINITY {
            Some(high)
        } else {
            None
        }
    }

    /// The mean of X.
    pub fn mean(&self, odds_ratio: f64) -> f64 {
        if odds_ratio.is_nan() || odds_ratio < 0.0 {
            return f64::NAN;
        }
        self.degenerate(odds_ratio).map_or_else(|| self.sums(odds_ratio).mean, |x| x as f64)
    }

    /// The variance of X, which is the derivative of its mean with respect to the log odds ratio.
    pub fn variance(&self, odds_ratio: f64) -> f64 {
        if odds_ratio.is_nan() || odds_ratio < 0.0 {
            return f64::NAN;
        }
        self.degenerate(odds_ratio).map_or_else(|| self.sums(odds_ratio).variance, |_| 0.0)
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: u64, odds_ratio: f64) -> f64 {
        self.tails(x, odds_ratio).0
    }

    /// P(X > x).
    pub fn sf(&self, x: u64, odds_ratio: f64) -> f64 {
        self.tails(x, odds_ratio).1
    }

    fn tails(&self, x: u64, odds_ratio: f64) -> (f64, f64) {
        if odds_ratio.is_nan() || odds_ratio < 0.0 {
            return (f64::NAN, f64::NAN);
        }
        let (low, high) = self.support();
        if x < low {
            return (0.0, 1.0);
        }
        if x >= high {
            return (1.0, 0.0);
        }
        if let Some(fixed) = self.degenerate(odds_ratio) {
            return if x >= fixed { (1.0, 0.0) } else { (0.0, 1.0) };
        }
        let sums = self.sums(odds_ratio);
        // the tail that does not hold the mode is summed, away from it
        let upper = x >= sums.mode;
        let start = if upper { x + 1 } else { x };
        let (mut term, mut sum) = (1.0, 1.0);
        if let Some(wide) = Wide::new(self, sums.mode, odds_ratio) {
            sum = wide.beyond(start, upper);
        } else if upper {
            for i in start..high {
                term *= odds_ratio * self.ratio(i + 1);
                sum += term;
                if term < 1e-18 * sum {
                    break;
                }
            }
        } else {
            for i in (low..start).rev() {
                term /= odds_ratio * self.ratio(i + 1);
                sum += term;
                if term < 1e-18 * sum {
                    break;
                }
            }
        }
        let value = (self.ln_term(start, sums.mode, odds_ratio).exp() * (sum / sums.total)).min(1.0);
        if upper { (1.0 - value, value) } else { (value, 1.0 - value) }
    }
}
