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
//! # Three effects
//!
//! Two studies, the first with effects 1 and 2, the second with effect 3; every effect is a group within its study.
//!
//! ```text
//! effect   study   1/v   w = (1/v)/(1 + σ₁²/v)         closes
//!    1       A     v₁⁻¹  w₁    s_A = w₁                the effect
//!    2       A     v₂⁻¹  w₂    s_A = w₁ + w₂           the effect, then A: t_A = 1 + σ₂²s_A, log|Σ| += log t_A
//!    3       B     v₃⁻¹  w₃    s_B = w₃                the effect, then B: t_B = 1 + σ₂²s_B, log|Σ| += log t_B
//! ```
//!
//! So there are two [`Run`]s: effects 1 and 2, after which two levels close, and effect 3, after which two levels close. `open` has a
//! place for s and b of each level; those of the innermost, σ₁², are never used here, since each effect closes its group with itself
//! (`single`), and the count of levels starts at `from` = 1. While A is open its place holds s = w₁ + w₂ and b = w₁u₁ + w₂u₂. Closing it
//! takes (σ₂²/t_A) b b' off U'WU, hands s/t_A and b/t_A to the place outside, which gathers all effects for the column that is constant
//! (`skip` = 1 then), and empties its own for B. With the constant column κ the entry of U'WU for it is κ²(s_A/t_A + s_B/t_B), without a
//! sum of its own.
//!
//! A column of U that is constant needs no sums of its own: with κ its value, its entries of U'WU are κ²s and κb of all
//! effects together. Of the others only entries that are not zero are visited: columns that mark the levels of a factor cost
//! no more than one.

use super::likelihood::Sums;
use super::random::Term;
use super::sampling::Sampling;
use crate::linalg::triangle;
use crate::stat::log_product::LogProduct;

/// The largest number of nested levels that the recursion handles.
pub(super) const MOST: usize = 4;

/// Effects in an order in which the groups of every level are contiguous.
#[derive(Debug, Clone)]
pub(super) struct Nested {
    /// For each level, from the innermost out: its parameter.
    parameters: Vec<usize>,
    /// True if every effect is a group of its own at the innermost level, which is closed with the effect then.
    single: bool,
    runs: Vec<Run>,
    /// For each group, in the order of closing, the columns that have entries in it, one list after the other.
    columns: Vec<usize>,
    /// 1/v of each effect, in order.
    weights: Vec<f64>,
    /// For each effect, in order, where its entries of U end.
    ends: Vec<usize>,
    /// The entries of U that are not zero: columns and values, row by row.
    entries: Vec<(usize, f64)>,
    /// The number of columns of U in `entries`.
    width: usize,
    /// The value of the first column of U, if it is the same for all effects; it is not in `entries` then.
    constant: Option<f64>,
    /// `Σ log v` and `U'V⁻¹U` (its lower triangle, row by row), which do not depend on the parameters.
    log_det: f64,
    cross: Vec<f64>,
}

/// Effects that follow each other within one innermost group that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    effects: usize,
    /// The number of levels that close after them, the single effects' included.
    closing: usize,
    /// For each level that closes, how many columns have entries in its group.
    columns: [usize; MOST],
}

impl Nested {
    /// The recursion, if the terms are 1 to 4 intercepts whose groups nest and sampling errors are independent.
    pub fn new(sampling: &Sampling, terms: &[Term], u: &[f64], q: usize, scale: f64) -> Option<Self> {
        let mut levels: Vec<&Term> = terms.iter().filter(|term| term.count > 0).collect();
        if !sampling.blocks.is_empty()
            || sampling.has_zeros()
            || levels.is_empty()
            || levels.len() > MOST
            || levels.iter().any(|term| term.inner.is_some())
        {
            return None;
        }
        levels.sort_by_key(|term| std::cmp::Reverse(number(term)));
        if !levels.windows(2).all(|pair| nests(pair[0], pair[1])) {
            return None;
        }
        let k = sampling.variances.len();
        let mut order: Vec<usize> = (0..k).collect();
        let key = |row: usize| levels.iter().rev().map(move |term| term.groups[row]);
        order.sort_by(|&i, &j| key(i).cmp(key(j)).then(i.cmp(&j)));
        let closing = closing(&levels, &order);
        let single = closing.iter().all(|&count| count > 0);
        let weights: Vec<f64> = order.iter().map(|&row| scale / sampling.variances[row]).collect();
        // The orthonormal form of an intercept, which comes first, is constant up to rounding.
        let value = u.first().copied().filter(|_| q > 1)?;
        let same = u.chunks_exact(q).all(|row| (row[0] - value).abs() <= 1e-14 * value.abs());
        let constant = (same && value != 0.0).then_some(value);
        let skip = usize::from(constant.is_some());
        let width = q - skip;
        let (mut ends, mut entries) = (Vec::with_capacity(k), Vec::with_capacity(k));
        let mut cross = vec![0.0; triangle(width, 0)];
        for (&row, w) in order.iter().zip(&weights) {
            let start = entries.len();
            let values = u[row * q + skip..(row + 1) * q].iter().copied().enumerate();
            entries.extend(values.filter(|(_, value)| *value != 0.0));
            ends.push(entries.len());
            for (at, &(a, left)) in entries[start..].iter().enumerate() {
                for &(b, right) in &entries[start..=start + at] {
                    cross[triangle(a, b)] += w * left * right;
                }
            }
        }
        let log_det = -weights.iter().map(|w| w.ln()).sum::<f64>();
        let parameters = levels.iter().map(|term| term.first).collect();
        let (runs, columns) = symbolic(&closing, (usize::from(single), levels.len()), &ends, &entries);
        Some(Nested {
            parameters,
            single,
            runs,
            columns,
            weights,
            ends,
            entries,
            width,
            constant,
            log_det,
            cross,
        })
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
        let slots = self.width + 1;
        // For each level s and b of the children seen so far; with a constant column those of all effects, too.
        let mut open = vec![Jet::<R>::ZERO; (R + skip) * slots];
        let mut cross = vec![Jet::<R>::ZERO; self.cross.len()];
        let mut log = Logarithm { derivatives: Jet::ZERO, product: LogProduct::ONE };
        let first = if self.single { *theta.get(*self.parameters.first()?)? } else { 0.0 };
        let from = usize::from(self.single);
        let variances: Vec<f64> =
            self.parameters.iter().map(|&at| theta.get(at).copied()).collect::<Option<_>>()?;
        let (mut weights, mut ends) = (self.weights.iter(), self.ends.iter());
        let (mut start, mut columns) = (0, self.columns.as_slice());
        let mut nowhere = vec![Jet::<R>::ZERO; slots];
        for run in &self.runs {
            let target = open.get_mut(from * slots..(from + 1) * slots).unwrap_or(&mut nowhere);
            let effects = weights.by_ref().zip(ends.by_ref()).take(run.effects);
            if self.single {
                self.add_groups_of_one(effects, &mut start, first, target, &mut cross, &mut log);
            } else {
                let mut s = 0.0;
                for (&w, &end) in effects {
                    s += w;
                    for &(a, value) in &self.entries[start..end] {
                        target[1 + a].v += w * value;
                    }
                    start = end;
                }
                target[0].v += s;
            }
            for level in from..run.closing {
                let (own_columns, others) = columns.split_at(run.columns[level]);
                columns = others;
                let (own, outer) = open[level * slots..].split_at_mut(slots);
                let group = Group { variance: variances[level], columns: own_columns, own, outer };
                // The number of variances on which a level depends is known to the compiler.
                let t = match level {
                    0 => group.close::<1>(&mut cross, &mut log.derivatives),
                    1 => group.close::<2>(&mut cross, &mut log.derivatives),
                    2 => group.close::<3>(&mut cross, &mut log.derivatives),
                    _ => group.close::<MOST>(&mut cross, &mut log.derivatives),
                };
                log.product.multiply(t);
            }
        }
        let log_det = log.finish()?;
        for (jet, whole) in cross.iter_mut().zip(&self.cross) {
            jet.v += whole;
        }
        self.write(&log_det, &open[R * slots..], &cross, sums);
        Some(())
    }

    /// Adds effects that are each a group of its own, with the weight `w/(1 + σ²w)` and its derivatives by σ² = `first`.
    #[inline(always)]
    fn add_groups_of_one<'a, const R: usize>(
        &self,
        effects: impl Iterator<Item = (&'a f64, &'a usize)>,
        start: &mut usize,
        first: f64,
        target: &mut [Jet<R>],
        cross: &mut [Jet<R>],
        log: &mut Logarithm<R>,
    ) {
        // Σw with its derivatives by the innermost variance.
        let mut s = (0.0, 0.0, 0.0);
        for (&w, &end) in effects {
            let row = &self.entries[*start..end];
            *start = end;
            let t = 1.0 + first * w;
            log.product.multiply(t);
            let weight = w / t;
            let (slope, curvature) = (-weight * weight, 2.0 * weight * weight * weight);
            s.0 += weight;
            s.1 += slope;
            s.2 += curvature;
            // U'V⁻¹U is added as a whole: the difference to it.
            let less = weight - w;
            for (at, &(a, left)) in row.iter().enumerate() {
                target[1 + a].add_first(left * weight, left * slope, left * curvature);
                for &(b, right) in &row[..=at] {
                    let both = left * right;
                    cross[triangle(a, b)].add_first(both * less, both * slope, both * curvature);
                }
            }
        }
        target[0].add_first(s.0, s.1, s.2);
        // ln t has the derivatives w/t and −(w/t)².
        log.derivatives.add_first(0.0, s.0, s.1);
    }

    /// Adds the log determinant and the entries of U'WU with their derivatives to the sums; `all` are s and b of all effects.
    fn write<const R: usize>(&self, log_det: &Jet<R>, all: &[Jet<R>], cross: &[Jet<R>], sums: &mut Sums) {
        let (q, m) = (sums.q, sums.m);
        let skip = usize::from(self.constant.is_some());
        // Pairs of parameters, of the second derivatives that are kept.
        let pairs = |r: usize, a: usize| {
            let inner = self.parameters.iter().enumerate().filter(move |(_, b)| **b <= a);
            inner.map(move |(s, &b)| (a * m + b, r.max(s), r.min(s)))
        };
        sums.log_det += self.log_det + log_det.v;
        for (r, &a) in self.parameters.iter().enumerate() {
            sums.log_det_first[a] += log_det.g[r];
            for (at, s, t) in pairs(r, a) {
                sums.log_det_second[at] += log_det.h[s][t];
            }
        }
        let entry = |i: usize, j: usize| match (self.constant, i.max(j), i.min(j)) {
            (Some(value), 0, _) => all[0].scaled(value * value),
            (Some(value), i, 0) => all[i].scaled(value),
            (_, i, j) => cross[triangle(i - skip, j - skip)],
        };
        for i in 0..q {
            for j in 0..q {
                let jet = entry(i, j);
                sums.cross[i * q + j] += jet.v;
                for (r, &a) in self.parameters.iter().enumerate() {
                    sums.cross_first[a * q * q + i * q + j] += jet.g[r];
                    for (at, s, t) in pairs(r, a) {
                        sums.cross_second[at * q * q + i * q + j] += jet.h[s][t];
                    }
                }
            }
        }
    }
}

/// log|Σ|: the product of many t, and the derivatives of its logarithm.
struct Logarithm<const R: usize> {
    derivatives: Jet<R>,
    product: LogProduct,
}

impl<const R: usize> Logarithm<R> {
    /// The sum; `None` if it is not finite.
    fn finish(self) -> Option<Jet<R>> {
        let det = Jet { v: self.product.ln(), ..self.derivatives };
        det.v.is_finite().then_some(det)
    }
}

/// The number of levels that close after each effect.
fn closing(levels: &[&Term], order: &[usize]) -> Vec<usize> {
    let differ = |row: usize, next: usize| {
        levels.iter().take_while(|term| term.groups[row] != term.groups[next]).count()
    };
    let inner = order.windows(2).map(|pair| differ(pair[0], pair[1]));
    inner.chain(order.last().map(|_| levels.len())).collect()
}

/// The number of groups of a term.
fn number(term: &Term) -> usize {
    term.groups.iter().max().map_or(0, |g| g + 1)
}

/// Tells whether every group of the first term lies within one of the second.
fn nests(inner: &Term, outer: &Term) -> bool {
    let mut parent = vec![usize::MAX; number(inner)];
    inner.groups.iter().zip(&outer.groups).all(|(&inner, &outer)| {
        if parent[inner] == usize::MAX {
            parent[inner] = outer;
        }
        parent[inner] == outer
    })
}

/// The runs of effects, and the columns with entries of every group in the order of closing. `closing` says how many levels
/// close after each effect; groups count from the level `from` on.
fn symbolic(
    closing: &[usize],
    (from, levels): (usize, usize),
    ends: &[usize],
    entries: &[(usize, f64)],
) -> (Vec<Run>, Vec<usize>) {
    let (mut runs, mut columns) = (Vec::new(), Vec::new());
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); levels + 1];
    let (mut start, mut effects) = (0, 0);
    for (at, (&closing, &end)) in closing.iter().zip(ends).enumerate() {
        effects += 1;
        open[from].extend(entries[start..end].iter().map(|entry| entry.0));
        start = end;
        if closing > from || at + 1 == ends.len() {
            let mut run = Run { effects, closing, columns: [0; MOST] };
            for level in from..closing {
                let mut own = std::mem::take(&mut open[level]);
                own.sort_unstable();
                own.dedup();
                run.columns[level] = own.len();
                columns.extend_from_slice(&own);
                open[level + 1].append(&mut own);
            }
            runs.push(run);
            effects = 0;
        }
    }
    (runs, columns)
}

/// A group that closes: s and b of its children, and of the groups of its parent that closed before it.
struct Group<'a, const R: usize> {
    variance: f64,
    /// The columns that have entries in it.
    columns: &'a [usize],
    own: &'a mut [Jet<R>],
    /// Empty, if it has no parent and there is no constant column.
    outer: &'a mut [Jet<R>],
}

impl<const R: usize> Group<'_, R> {
    /// Adds what a group of the D-th level from the innermost adds to U'WU and to the derivatives of log t, and what it passes
    /// to its parent. Returns t; s and b start anew.
    fn close<const D: usize>(self, cross: &mut [Jet<R>], log_det: &mut Jet<R>) -> f64 {
        let s = self.own[0].leading::<D>();
        let t = s.times_last(self.variance).plus_one();
        let inverse = t.recip();
        log_det.add_log(&t, &inverse);
        // (σ²/t) b b' = σ² (b/t) b'
        let c = inverse.times_last(self.variance);
        for (at, &a) in self.columns.iter().enumerate() {
            let scaled = c.times(&self.own[1 + a].leading());
            for &b in &self.columns[..=at] {
                cross[triangle(a, b)].subtract(&scaled.times(&self.own[1 + b].leading()));
            }
        }
        if let [outer_s, outer_b @ ..] = self.outer {
            outer_s.add(&s.times(&inverse));
            for &a in self.columns {
                outer_b[a].add(&self.own[1 + a].leading::<D>().times(&inverse));
            }
        }
        self.own[0] = Jet::ZERO;
        for &a in self.columns {
            self.own[1 + a] = Jet::ZERO;
        }
        t.v
    }
}

/// A number with its gradient and the lower triangle of its Hessian by R variances. A number that depends on the D innermost
/// variances only is a `Jet<D>` in between.
#[derive(Debug, Clone, Copy)]
struct Jet<const R: usize> {
    v: f64,
    g: [f64; R],
    h: [[f64; R]; R],
}

impl<const R: usize> Jet<R> {
    const ZERO: Self = Jet { v: 0.0, g: [0.0; R], h: [[0.0; R]; R] };

    /// The part that belongs to the D innermost variances.
    #[inline(always)]
    fn leading<const D: usize>(&self) -> Jet<D> {
        let mut out = Jet { v: self.v, ..Jet::ZERO };
        for a in 0..D.min(R) {
            out.g[a] = self.g[a];
            for b in 0..=a {
                out.h[a][b] = self.h[a][b];
            }
        }
        out
    }

    #[inline(always)]
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

    /// The number times the outermost variance.
    #[inline(always)]
    fn times_last(&self, variance: f64) -> Self {
        let mut out = self.scaled(variance);
        let last = R - 1;
        out.g[last] += self.v;
        for b in 0..last {
            out.h[last][b] += self.g[b];
        }
        out.h[last][last] += 2.0 * self.g[last];
        out
    }

    #[inline(always)]
    fn plus_one(mut self) -> Self {
        self.v += 1.0;
        self
    }

    /// Adds a number that depends on the innermost variance only, with its derivatives.
    #[inline(always)]
    fn add_first(&mut self, value: f64, first: f64, second: f64) {
        self.v += value;
        self.g[0] += first;
        self.h[0][0] += second;
    }

    #[inline(always)]
    fn add<const D: usize>(&mut self, other: &Jet<D>) {
        self.v += other.v;
        for a in 0..D.min(R) {
            self.g[a] += other.g[a];
            for b in 0..=a {
                self.h[a][b] += other.h[a][b];
            }
        }
    }

    #[inline(always)]
    fn subtract<const D: usize>(&mut self, other: &Jet<D>) {
        self.v -= other.v;
        for a in 0..D.min(R) {
            self.g[a] -= other.g[a];
            for b in 0..=a {
                self.h[a][b] -= other.h[a][b];
            }
        }
    }

    /// Adds the derivatives of log t, not its value, given 1/t.
    #[inline(always)]
    fn add_log<const D: usize>(&mut self, t: &Jet<D>, inverse: &Jet<D>) {
        for a in 0..D.min(R) {
            let slope = t.g[a] * inverse.v;
            self.g[a] += slope;
            for b in 0..=a {
                self.h[a][b] += t.h[a][b] * inverse.v - slope * t.g[b] * inverse.v;
            }
        }
    }

    #[inline(always)]
    fn times(&self, other: &Self) -> Self {
        let mut out = Jet { v: self.v * other.v, ..Self::ZERO };
        for a in 0..R {
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

    #[inline(always)]
    fn recip(&self) -> Self {
        let inverse = 1.0 / self.v;
        let square = inverse * inverse;
        let mut out = Jet { v: inverse, ..Self::ZERO };
        for a in 0..R {
            out.g[a] = -self.g[a] * square;
            for b in 0..=a {
                out.h[a][b] = (2.0 * self.g[a] * self.g[b] * inverse - self.h[a][b]) * square;
            }
        }
        out
    }
}
