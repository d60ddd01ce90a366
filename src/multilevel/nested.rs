//! Sums for nested random intercepts with independent sampling errors, by a recursion from the effects up: cost and
//! memory linear in the number of effects, whatever the sizes of the groups.
//!
//! A group with variance σ² around children with precision `W₀` has, with `s = 1'W₀1`, `b = U'W₀1` and `t = 1 + σ²s`,
//!
//! ```text
//! log|Σ| = log|Σ₀| + log t      U'WU = U'W₀U − (σ²/t) b b'      s ← s/t      b ← b/t
//! ```
//!
//! (Sherman and Morrison), and passes the new s and b up to its parent. Derivatives travel with the numbers: each is
//! carried with its gradient and Hessian by the variances. Where every effect is a group of its own, the first level is the
//! weight `w/(1 + σ²w)` with its two derivatives.
//!
//! A column of U that is constant needs no sums of its own: with κ its value, its entries of U'WU are κ²s and κb of all
//! effects together.

use super::likelihood::Sums;
use super::random::Term;
use super::sampling::Sampling;

/// The largest number of nested levels that the recursion handles.
pub(super) const MOST: usize = 4;

/// Effects in an order in which the groups of every level are contiguous.
#[derive(Debug, Clone)]
pub(super) struct Nested {
    /// For each level, from the innermost out: its parameter.
    parameters: Vec<usize>,
    /// For each effect, in order: how many levels close after it.
    closing: Vec<u8>,
    /// Whether every effect is a group of its own at the innermost level.
    single: bool,
    /// 1/v of each effect, in order.
    weights: Vec<f64>,
    /// The value of the first column of U, if it is the same for all effects; it is not in `u` then.
    constant: Option<f64>,
    /// U, row by row, in order.
    u: Vec<f64>,
    /// `Σ log v` and `U'V⁻¹U`, which do not depend on the parameters.
    log_det: f64,
    cross: Vec<f64>,
}

impl Nested {
    /// The recursion, if the terms are 1 to 4 intercepts whose groups nest and sampling errors are independent.
    pub fn new(sampling: &Sampling, terms: &[Term], u: &[f64], q: usize, scale: f64) -> Option<Self> {
        let mut levels: Vec<&Term> = terms.iter().filter(|term| term.count > 0).collect();
        if !sampling.blocks.is_empty()
            || levels.is_empty()
            || levels.len() > MOST
            || levels.iter().any(|term| term.inner.is_some())
        {
            return None;
        }
        let number = |term: &Term| term.groups.iter().max().map_or(0, |g| g + 1);
        levels.sort_by_key(|term| std::cmp::Reverse(number(term)));
        for pair in levels.windows(2) {
            let mut parent = vec![usize::MAX; number(pair[0])];
            for (&inner, &outer) in pair[0].groups.iter().zip(&pair[1].groups) {
                if parent[inner] == usize::MAX {
                    parent[inner] = outer;
                } else if parent[inner] != outer {
                    return None;
                }
            }
        }
        let k = sampling.variances.len();
        let mut order: Vec<usize> = (0..k).collect();
        let key = |row: usize| levels.iter().rev().map(move |term| term.groups[row]);
        order.sort_by(|&i, &j| key(i).cmp(key(j)).then(i.cmp(&j)));
        let closing = (0..k)
            .map(|at| match order.get(at + 1) {
                None => levels.len() as u8,
                Some(&next) => {
                    levels.iter().take_while(|term| term.groups[order[at]] != term.groups[next]).count() as u8
                }
            })
            .collect();
        let weights: Vec<f64> = order.iter().map(|&row| scale / sampling.variances[row]).collect();
        // The orthonormal form of an intercept, which comes first, is constant up to rounding.
        let value = u.first().copied().filter(|_| q > 1)?;
        let same = u.chunks_exact(q).all(|row| (row[0] - value).abs() <= 1e-14 * value.abs());
        let constant = (same && value != 0.0).then_some(value);
        let skip = usize::from(constant.is_some());
        let rows: Vec<f64> =
            order.iter().flat_map(|&row| u[row * q + skip..(row + 1) * q].iter().copied()).collect();
        let q = q - skip;
        let mut cross = vec![0.0; q * q];
        for (row, w) in rows.chunks_exact(q).zip(&weights) {
            for a in 0..q {
                for b in 0..q {
                    cross[a * q + b] += w * row[a] * row[b];
                }
            }
        }
        let log_det = -weights.iter().map(|w| w.ln()).sum::<f64>();
        let parameters = levels.iter().map(|term| term.first).collect();
        let closing: Vec<u8> = closing;
        let single = closing.iter().all(|&count| count > 0);
        Some(Nested { parameters, closing, single, weights, constant, u: rows, log_det, cross })
    }

    /// Adds the sums at θ.
    pub fn add(&self, theta: &[f64], sums: &mut Sums) -> Option<()> {
        match self.parameters.len() {
            1 => self.recursion::<1>(theta, sums),
            2 => self.recursion::<2>(theta, sums),
            3 => self.recursion::<3>(theta, sums),
            _ => self.recursion::<MOST>(theta, sums),
        }
    }

    fn recursion<const R: usize>(&self, theta: &[f64], sums: &mut Sums) -> Option<()> {
        let skip = usize::from(self.constant.is_some());
        let q = sums.q.checked_sub(skip)?;
        let width = q + 1;
        // For each level s and b of the children seen so far; with a constant column those of all effects, too.
        let mut open = vec![Jet::<R>::ZERO; (R + skip) * width];
        let mut log_det = Jet::<R>::ZERO;
        let mut cross = vec![Jet::<R>::ZERO; q * q];
        // The log of a product of a few t is taken at once.
        let mut product = 1.0_f64;
        let mut pending = 0;
        let first = if self.single { *theta.get(*self.parameters.first()?)? } else { 0.0 };
        let from = usize::from(self.single);
        let (mut log_first, mut log_second) = (0.0, 0.0);
        let mut first_product = 1.0_f64;
        let mut first_pending = 0;
        for ((row, &w), &closing) in self.u.chunks_exact(q).zip(&self.weights).zip(&self.closing) {
            if self.single {
                let t = 1.0 + first * w;
                let weight = Jet::<R>::weight(w / t);
                // ln t has the derivatives w/t and −(w/t)².
                log_first += weight.v;
                log_second -= weight.v * weight.v;
                first_product *= t;
                first_pending += 1;
                if first_pending == 8 {
                    log_det.v += first_product.ln();
                    first_product = 1.0;
                    first_pending = 0;
                }
                // U'V⁻¹U is added as a whole: the difference to it.
                let less = Jet { v: weight.v - w, ..weight };
                for a in 0..q {
                    for b in 0..=a {
                        cross[a * q + b].add_first(&less, row[a] * row[b]);
                    }
                }
                if let Some(outer) = open.get_mut(width..2 * width) {
                    outer[0].add_first(&weight, 1.0);
                    for (b, value) in outer[1..].iter_mut().zip(row) {
                        b.add_first(&weight, *value);
                    }
                }
            } else {
                open[0].v += w;
                for (b, value) in open[1..width].iter_mut().zip(row) {
                    b.v += w * value;
                }
            }
            for level in from..usize::from(closing) {
                let variance = *theta.get(*self.parameters.get(level)?)?;
                let (own, outer) = open[level * width..].split_at_mut(width);
                // The number of variances on which a level depends is known to the compiler.
                let t = match level {
                    0 => close::<R, 1>(variance, own, outer, &mut cross, &mut log_det),
                    1 => close::<R, 2>(variance, own, outer, &mut cross, &mut log_det),
                    2 => close::<R, 3>(variance, own, outer, &mut cross, &mut log_det),
                    _ => close::<R, MOST>(variance, own, outer, &mut cross, &mut log_det),
                };
                product *= t;
                pending += 1;
                if pending == 8 {
                    log_det.v += product.ln();
                    product = 1.0;
                    pending = 0;
                }
            }
        }
        log_det.v += product.ln() + first_product.ln();
        log_det.add_first(&Jet::slopes(log_first, log_second), 1.0);
        if !log_det.v.is_finite() {
            return None;
        }
        let m = sums.m;
        sums.log_det += self.log_det + log_det.v;
        for (r, &a) in self.parameters.iter().enumerate() {
            sums.log_det_first[a] += log_det.g[r];
            for (s, &b) in self.parameters.iter().enumerate() {
                if b <= a {
                    sums.log_det_second[a * m + b] += log_det.h[r.max(s)][r.min(s)];
                }
            }
        }
        for (jet, whole) in cross.iter_mut().zip(&self.cross) {
            jet.v += whole;
        }
        let all = &open[R * width..];
        let entry = |i: usize, j: usize| match (self.constant, i.max(j), i.min(j)) {
            (Some(value), 0, _) => all[0].scaled(value * value),
            (Some(value), i, 0) => all[i].scaled(value),
            (_, i, j) => cross[(i - skip) * q + j - skip],
        };
        let q = sums.q;
        for i in 0..q {
            for j in 0..q {
                let jet = entry(i, j);
                sums.cross[i * q + j] += jet.v;
                for (r, &a) in self.parameters.iter().enumerate() {
                    sums.cross_first[a * q * q + i * q + j] += jet.g[r];
                    for (s, &b) in self.parameters.iter().enumerate() {
                        if b <= a {
                            sums.cross_second[(a * m + b) * q * q + i * q + j] += jet.h[r.max(s)][r.min(s)];
                        }
                    }
                }
            }
        }
        Some(())
    }
}

/// Closes a group whose level is the D-th from the innermost: what it adds to U'WU and the derivatives of log t, and what it
/// passes to its parent, if it has one. Returns t; s and b start anew.
fn close<const R: usize, const D: usize>(
    variance: f64,
    own: &mut [Jet<R>],
    outer: &mut [Jet<R>],
    cross: &mut [Jet<R>],
    log_det: &mut Jet<R>,
) -> f64 {
    let q = own.len() - 1;
    let s = own[0];
    let t = Jet::<R>::constant(1.0).plus(&Jet::scaled_variable::<D>(variance, &s));
    let inverse = t.recip::<D>();
    for a in 0..D.min(R) {
        let slope = t.g[a] * inverse.v;
        log_det.g[a] += slope;
        for b in 0..=a {
            log_det.h[a][b] += t.h[a][b] * inverse.v - slope * t.g[b] * inverse.v;
        }
    }
    // (σ²/t) b b' = σ² (b/t) b'
    let c = Jet::scaled_variable::<D>(variance, &inverse);
    for a in 0..q {
        let scaled = c.times::<D>(&own[1 + a]);
        for b in 0..=a {
            cross[a * q + b].subtract_product::<D>(&scaled, &own[1 + b]);
        }
    }
    for (target, value) in outer.iter_mut().zip(own.iter()) {
        target.add_first_of::<D>(&value.times::<D>(&inverse));
    }
    own.fill(Jet::ZERO);
    t.v
}

/// A number with its gradient and the lower triangle of its Hessian by R variances. Operations on numbers that depend on
/// the leading D variances only are told so.
#[derive(Debug, Clone, Copy)]
struct Jet<const R: usize> {
    v: f64,
    g: [f64; R],
    h: [[f64; R]; R],
}

impl<const R: usize> Jet<R> {
    const ZERO: Self = Jet { v: 0.0, g: [0.0; R], h: [[0.0; R]; R] };

    fn constant(v: f64) -> Self {
        Jet { v, ..Self::ZERO }
    }

    fn scaled(mut self, factor: f64) -> Self {
        self.v *= factor;
        for a in 0..R {
            self.g[a] *= factor;
            for b in 0..=a {
                self.h[a][b] *= factor;
            }
        }
        self
    }

    /// The D-th variance times a number.
    fn scaled_variable<const D: usize>(variance: f64, number: &Self) -> Self {
        let mut out = Self::constant(variance * number.v);
        for a in 0..D.min(R) {
            let own = a + 1 == D;
            out.g[a] = variance * number.g[a] + if own { number.v } else { 0.0 };
            for b in 0..=a {
                let both = if own && b == a { 2.0 * number.g[a] } else { number.g[b] };
                out.h[a][b] = variance * number.h[a][b] + if own { both } else { 0.0 };
            }
        }
        out
    }

    /// The weight `w/(1 + σ²w)` with its derivatives by the first variance.
    fn weight(w: f64) -> Self {
        Jet { v: w, ..Self::slopes(-w * w, 2.0 * w * w * w) }
    }

    /// Zero, with these two derivatives by the first variance.
    fn slopes(first: f64, second: f64) -> Self {
        let mut jet = Self::ZERO;
        if R > 0 {
            jet.g[0] = first;
            jet.h[0][0] = second;
        }
        jet
    }

    /// Adds a multiple of a number that depends on the first variance only.
    fn add_first(&mut self, other: &Self, factor: f64) {
        self.v += factor * other.v;
        if R > 0 {
            self.g[0] += factor * other.g[0];
            self.h[0][0] += factor * other.h[0][0];
        }
    }

    fn add_first_of<const D: usize>(&mut self, other: &Self) {
        self.v += other.v;
        for a in 0..D.min(R) {
            self.g[a] += other.g[a];
            for b in 0..=a {
                self.h[a][b] += other.h[a][b];
            }
        }
    }

    fn plus(mut self, other: &Self) -> Self {
        self.add_first_of::<R>(other);
        self
    }

    fn times<const D: usize>(&self, other: &Self) -> Self {
        let mut out = Self::constant(self.v * other.v);
        for a in 0..D.min(R) {
            out.g[a] = self.v * other.g[a] + other.v * self.g[a];
            for b in 0..=a {
                out.h[a][b] = self.v * other.h[a][b]
                    + other.v * self.h[a][b]
                    + self.g[a] * other.g[b]
                    + self.g[b] * other.g[a];
            }
        }
        out
    }

    fn subtract_product<const D: usize>(&mut self, left: &Self, right: &Self) {
        self.v -= left.v * right.v;
        for a in 0..D.min(R) {
            self.g[a] -= left.v * right.g[a] + right.v * left.g[a];
            for b in 0..=a {
                self.h[a][b] -= left.v * right.h[a][b]
                    + right.v * left.h[a][b]
                    + left.g[a] * right.g[b]
                    + left.g[b] * right.g[a];
            }
        }
    }

    fn recip<const D: usize>(&self) -> Self {
        let inverse = 1.0 / self.v;
        let square = inverse * inverse;
        let mut out = Self::constant(inverse);
        for a in 0..D.min(R) {
            out.g[a] = -self.g[a] * square;
            for b in 0..=a {
                out.h[a][b] = (2.0 * self.g[a] * self.g[b] * inverse - self.h[a][b]) * square;
            }
        }
        out
    }
}
