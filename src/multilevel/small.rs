//! Sums over small blocks in closed form: of one structured term alone, each of whose groups has every code (outcome, time) at most
//! once, and no more than four codes together.
//!
//! The covariance of such a block is its sampling covariance and the entries of G for its codes. Derivatives by the entries of G, in
//! which it is linear, need nothing of the structure. With W the inverse, z_r the rows of WU and e, f entries of G, for which (r, s) and
//! (t, v) run over their places, two off the diagonal,
//!
//! ```text
//! ∂e log|Σ|   = Σ w_rs              ∂e∂f log|Σ|   = −Σ w_st w_rv
//! ∂e U'WU     = −Σ z_r z_s'         ∂e∂f U'WU     = Σ w_st (z_r z_v' + z_v z_r')
//! ```
//!
//! (those of the dense blocks with a matrix that has ones in the places of e for Σ_a). So what blocks add to second derivatives are
//! products of an entry of W with another, or with the `z_r z_v'` of another. These are summed over the blocks. The chain rule leads
//! from there to the parameters, once for all blocks.

use super::dense::add_multiple;
use super::likelihood::Sums;
use super::random::Term;
use super::sampling::Sampling;
use super::structure::Shape;
use crate::linalg::triangle;
use crate::stat::log_product::LogProduct;

/// The largest number of codes.
const MOST: usize = 4;

/// With more columns than this, products by the entries of G cost more than dense blocks by parameters that are less than half as many:
/// about as much for the two of compound symmetry over four codes.
const WIDE: usize = 7;

/// Blocks of one structured term.
#[derive(Debug, Clone)]
pub(super) struct Small {
    /// The place of the term among the terms.
    term: usize,
    /// The number of codes, J.
    codes: usize,
    /// Blocks in which the same codes occur follow each other.
    runs: Vec<Run>,
    /// For each block the row of each code; of a code that it lacks, the number of all rows.
    rows: Vec<usize>,
    /// For each block the lower triangle of its sampling covariance, with 1 on the diagonal of codes that it lacks.
    sampling: Vec<f64>,
}

/// Blocks that follow each other.
#[derive(Debug, Clone, Copy)]
struct Run {
    blocks: usize,
    /// 1 for each code that occurs in them, 0 for others.
    present: [f64; MOST],
}

impl Small {
    /// The blocks, if this is the form of the terms and closed forms cost less than dense blocks; U has `q` columns, `scale` divides
    /// variances.
    pub fn new(sampling: &Sampling, terms: &[Term], q: usize, scale: f64) -> Option<Self> {
        let mut active = terms.iter().enumerate().filter(|(_, term)| term.count > 0);
        let (term, own) = active.next()?;
        let (_, code) = own.inner.as_ref()?;
        let codes = code.iter().max()? + 1;
        if active.next().is_some() || !(2..=MOST).contains(&codes) {
            return None;
        }
        let (k, pairs) = (code.len(), triangle(codes, 0));
        if q > WIDE && 2 * own.count < pairs {
            return None;
        }
        let groups = own.groups.iter().max()? + 1;
        let mut rows = vec![k; groups * codes];
        let mut covariances = vec![0.0; groups * pairs];
        for group in 0..groups {
            for a in 0..codes {
                covariances[group * pairs + triangle(a, a)] = 1.0;
            }
        }
        for (row, (&group, &code)) in own.groups.iter().zip(code).enumerate() {
            if std::mem::replace(&mut rows[group * codes + code], row) != k {
                return None;
            }
            covariances[group * pairs + triangle(code, code)] = sampling.variances[row] / scale;
        }
        for block in &sampling.blocks {
            let n = block.rows.len();
            let group = own.groups[*block.rows.first()?];
            for (a, &i) in block.rows.iter().enumerate() {
                for (b, &j) in block.rows[..=a].iter().enumerate() {
                    let place = triangle(code[i].max(code[j]), code[i].min(code[j]));
                    covariances[group * pairs + place] = block.matrix[a * n + b] / scale;
                }
                if own.groups[i] != group {
                    return None;
                }
            }
        }
        let mut blocks = Small { term, codes, runs: Vec::new(), rows: Vec::new(), sampling: Vec::new() };
        blocks.arrange(k, &rows, &covariances);
        Some(blocks)
    }

    /// Takes in the groups by the codes that they have, and drops those without any.
    fn arrange(&mut self, k: usize, rows: &[usize], covariances: &[f64]) {
        let pairs = triangle(self.codes, 0);
        for set in (1..1_usize << self.codes).rev() {
            let has = |code: usize| set >> code & 1 == 1;
            let mut blocks = 0;
            for (rows, covariances) in rows.chunks_exact(self.codes).zip(covariances.chunks_exact(pairs)) {
                if rows.iter().enumerate().all(|(code, row)| has(code) == (*row < k)) {
                    blocks += 1;
                    self.rows.extend_from_slice(rows);
                    self.sampling.extend_from_slice(covariances);
                }
            }
            if blocks > 0 {
                let present = std::array::from_fn(|code| f64::from(u8::from(has(code))));
                self.runs.push(Run { blocks, present });
            }
        }
    }

    /// Adds the sums at θ, with the covariances' own second derivatives if `curved`; `None` if a covariance matrix is not positive
    /// definite to working precision.
    pub fn add(&self, terms: &[Term], theta: &[f64], u: &[f64], curved: bool, sums: &mut Sums) -> Option<()> {
        let term = terms.get(self.term)?;
        let (shape, _) = term.inner.as_ref()?;
        let parameters = &theta[term.first..term.first + term.count];
        let gathered = match self.codes {
            2 => self.gather_of::<2>(shape, parameters, u, sums.q)?,
            3 => self.gather_of::<3>(shape, parameters, u, sums.q)?,
            _ => self.gather_of::<MOST>(shape, parameters, u, sums.q)?,
        };
        sums.log_det += gathered.log_det.ln();
        spread(&gathered.cross, &mut sums.cross, sums.q);
        Chain::new(self.codes, (shape, parameters), &gathered, curved).write(term.first, sums);
        Some(())
    }

    fn gather_of<const J: usize>(
        &self,
        shape: &Shape,
        parameters: &[f64],
        u: &[f64],
        q: usize,
    ) -> Option<Gathered> {
        let mut g = [[0.0; J]; J];
        for (a, row) in g.iter_mut().enumerate() {
            for (b, entry) in row.iter_mut().enumerate().take(a + 1) {
                *entry = shape.entry(parameters, a, b);
            }
        }
        // The width of the most common models is known to the compiler.
        match q {
            2 => self.gather::<J, 2>(&g, u, q),
            3 => self.gather::<J, 3>(&g, u, q),
            4 => self.gather::<J, 4>(&g, u, q),
            5 => self.gather::<J, 5>(&g, u, q),
            _ => self.gather::<J, 0>(&g, u, q),
        }
    }

    /// The sums over the blocks, with the lower triangle of G.
    fn gather<const J: usize, const Q: usize>(
        &self,
        g: &[[f64; J]; J],
        u: &[f64],
        q: usize,
    ) -> Option<Gathered> {
        let q = if Q > 0 { Q } else { q };
        let (pairs, length) = (triangle(J, 0), 1 + triangle(q, 0));
        let mut sums = Gathered {
            log_det: LogProduct::ONE,
            cross: vec![0.0; length - 1],
            length,
            single: vec![0.0; pairs * length],
            double: vec![0.0; pairs * pairs * length],
        };
        let (mut z, mut own, nothing) = (vec![0.0; J * q], vec![0.0; pairs * length], vec![0.0; q]);
        let mut blocks = self.rows.chunks_exact(J).zip(self.sampling.chunks_exact(pairs));
        for run in &self.runs {
            let mut within = *g;
            for (a, row) in within.iter_mut().enumerate() {
                for (b, entry) in row.iter_mut().enumerate() {
                    *entry *= run.present[a] * run.present[b];
                }
            }
            for (rows, sampling) in blocks.by_ref().take(run.blocks) {
                let w = inverse(&within, sampling, &run.present, &mut sums.log_det)?;
                let row = |at: usize| u.get(rows[at] * q..(rows[at] + 1) * q).unwrap_or(&nothing);
                let u: [&[f64]; J] = std::array::from_fn(row);
                for (w, (z, own)) in w.iter().zip(z.chunks_exact_mut(q).zip(u)) {
                    z.fill(0.0);
                    for (w, u) in w.iter().zip(u) {
                        add_multiple(z, *w, u);
                    }
                    add_lower(&mut sums.cross, own, z);
                }
                numbers(&w, &z, (q, length), &mut own);
                add_multiple(&mut sums.single, 1.0, &own);
                for (target, w) in sums.double.chunks_exact_mut(pairs * length).zip(own.chunks_exact(length))
                {
                    add_multiple(target, w[0], &own);
                }
            }
        }
        Some(sums)
    }
}

/// The inverse of G and the sampling covariance of a block, both lower triangles, with zeros for codes that it lacks, from the factors
/// LDL' of the sum; `None` if that is not positive definite. The pivots D join the product.
#[inline(always)]
fn inverse<const J: usize>(
    g: &[[f64; J]; J],
    sampling: &[f64],
    present: &[f64; MOST],
    log_det: &mut LogProduct,
) -> Option<[[f64; J]; J]> {
    // The inverses of D and L, the latter from the rows of L as they come.
    let (mut d, mut l) = ([0.0; J], [[0.0; J]; J]);
    let mut inverse_l = [[0.0; J]; J];
    for a in 0..J {
        let mut pivot = g[a][a] + sampling[triangle(a, a)];
        let mut scaled = [0.0; J];
        for b in 0..a {
            scaled[b] = g[a][b] + sampling[triangle(a, b)];
            for c in 0..b {
                scaled[b] -= scaled[c] * l[b][c];
            }
            l[a][b] = scaled[b] * d[b];
            pivot -= scaled[b] * l[a][b];
        }
        if !(pivot > 0.0 && pivot < f64::INFINITY) {
            return None;
        }
        log_det.multiply(pivot);
        d[a] = 1.0 / pivot;
        inverse_l[a] = std::array::from_fn(|b| {
            let sum: f64 = (b..a).map(|c| l[a][c] * inverse_l[c][b]).sum();
            if a == b { 1.0 } else { -sum }
        });
    }
    let mut w = [[0.0; J]; J];
    for a in 0..J {
        for b in 0..=a {
            let mut sum = 0.0;
            for c in a..J {
                sum += inverse_l[c][a] * d[c] * inverse_l[c][b];
            }
            (w[a][b], w[b][a]) = (sum, sum);
        }
        w[a][a] *= present[a];
    }
    Some(w)
}

/// The numbers of a block for each entry of G, one after the other: its entry of W, and the lower triangle of the sum of `z_r z_s'` over
/// its places.
#[inline(always)]
fn numbers<const J: usize>(w: &[[f64; J]; J], z: &[f64], (q, length): (usize, usize), own: &mut [f64]) {
    let mut entries = own.chunks_exact_mut(length);
    for a in 0..J {
        for b in 0..=a {
            let Some([first, others @ ..]) = entries.next() else { return };
            *first = w[a][b];
            others.fill(0.0);
            let (left, right) = (&z[a * q..(a + 1) * q], &z[b * q..(b + 1) * q]);
            add_lower(others, left, right);
            if a != b {
                add_lower(others, right, left);
            }
        }
    }
}

/// Adds the lower triangle of `left right'`.
#[inline(always)]
fn add_lower(target: &mut [f64], left: &[f64], right: &[f64]) {
    let mut target = target.iter_mut();
    for (s, left) in left.iter().enumerate() {
        // In this order: a zip takes an item of its first part before it sees that the second has ended.
        for (right, target) in right[..=s].iter().zip(target.by_ref()) {
            *target += left * right;
        }
    }
}

/// Adds a symmetric matrix, given by its lower triangle, to a whole one.
fn spread(lower: &[f64], whole: &mut [f64], q: usize) {
    for s in 0..q {
        for t in 0..s {
            whole[s * q + t] += lower[triangle(s, t)];
            whole[t * q + s] += lower[triangle(s, t)];
        }
        whole[s * q + s] += lower[triangle(s, s)];
    }
}

/// Sums over blocks of numbers of entries of G: a vector for each, as [`numbers`] has them.
struct Gathered {
    log_det: LogProduct,
    /// The lower triangle of U'WU.
    cross: Vec<f64>,
    /// The length of a vector.
    length: usize,
    /// The sum for each entry.
    single: Vec<f64>,
    /// For each entry of W the sums of its products with these.
    double: Vec<f64>,
}

impl Gathered {
    fn single(&self, entry: usize) -> &[f64] {
        &self.single[entry * self.length..(entry + 1) * self.length]
    }

    /// The first derivatives by an entry.
    fn first(&self, (a, b): (usize, usize), out: &mut [f64]) {
        out.copy_from_slice(self.single(triangle(a, b)));
        for value in &mut out[1..] {
            *value = -*value;
        }
        if a != b {
            out[0] *= 2.0;
        }
    }

    /// The second derivatives by two entries.
    fn second(&self, codes: usize, e: (usize, usize), f: (usize, usize), out: &mut [f64]) {
        out.fill(0.0);
        let entry = |a: usize, b: usize| triangle(a.max(b), a.min(b));
        for (r, s) in places(e) {
            for (t, v) in places(f) {
                let at = (entry(s, t) * triangle(codes, 0) + entry(r, v)) * self.length;
                let sum = &self.double[at..at + self.length];
                out[0] -= sum[0];
                add_multiple(&mut out[1..], if r == v { 2.0 } else { 1.0 }, &sum[1..]);
            }
        }
    }
}

/// The places of an entry in a symmetric matrix.
fn places((a, b): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    std::iter::once((a, b)).chain((a != b).then_some((b, a)))
}

/// Derivatives by the parameters of the term: of log|Σ|, then of the lower triangle of U'WU.
struct Chain {
    n: usize,
    length: usize,
    first: Vec<f64>,
    /// n by n, the lower triangle filled.
    second: Vec<f64>,
}

impl Chain {
    fn new(codes: usize, (shape, theta): (&Shape, &[f64]), gathered: &Gathered, curved: bool) -> Self {
        let (n, length) = (theta.len(), gathered.length);
        let entries: Vec<(usize, usize)> = (0..codes).flat_map(|a| (0..=a).map(move |b| (a, b))).collect();
        // The derivatives of each entry by each parameter.
        let mut slopes = vec![0.0; entries.len() * n];
        for (&(a, b), slopes) in entries.iter().zip(slopes.chunks_exact_mut(n)) {
            shape.first(theta, a, b, |x, value| slopes[x] += value);
        }
        let mut chain = Chain { n, length, first: vec![0.0; n * length], second: vec![0.0; n * n * length] };
        let mut own = vec![0.0; length];
        for (&(a, b), slopes) in entries.iter().zip(slopes.chunks_exact(n)) {
            gathered.first((a, b), &mut own);
            for (target, slope) in chain.first.chunks_exact_mut(length).zip(slopes) {
                add_multiple(target, *slope, &own);
            }
            if curved {
                shape.second(theta, a, b, |x, y, value| {
                    add_multiple(chain.second_mut(x.max(y), x.min(y)), value, &own);
                });
            }
        }
        // By a parameter and an entry.
        let mut half = vec![0.0; n * length];
        for (&f, right) in entries.iter().zip(slopes.chunks_exact(n)) {
            half.fill(0.0);
            for (&e, left) in entries.iter().zip(slopes.chunks_exact(n)) {
                gathered.second(codes, e, f, &mut own);
                for (half, slope) in
                    half.chunks_exact_mut(length).zip(left).filter(|(_, slope)| **slope != 0.0)
                {
                    add_multiple(half, *slope, &own);
                }
            }
            for (x, half) in half.chunks_exact(length).enumerate() {
                for (y, slope) in right[..=x].iter().enumerate().filter(|(_, slope)| **slope != 0.0) {
                    add_multiple(chain.second_mut(x, y), *slope, half);
                }
            }
        }
        chain
    }

    fn second_mut(&mut self, x: usize, y: usize) -> &mut [f64] {
        let at = (x * self.n + y) * self.length;
        &mut self.second[at..at + self.length]
    }

    /// Adds to the sums of all parameters, of which the term's are those from `first` on.
    fn write(&self, first: usize, sums: &mut Sums) {
        let (q, m) = (sums.q, sums.m);
        for (x, own) in self.first.chunks_exact(self.length).enumerate() {
            let a = first + x;
            sums.log_det_first[a] += own[0];
            spread(&own[1..], &mut sums.cross_first[a * q * q..(a + 1) * q * q], q);
        }
        for x in 0..self.n {
            for y in 0..=x {
                let at = (x * self.n + y) * self.length;
                let own = &self.second[at..at + self.length];
                let at = (first + x) * m + first + y;
                sums.log_det_second[at] += own[0];
                spread(&own[1..], &mut sums.cross_second[at * q * q..(at + 1) * q * q], q);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::multilevel::{
        Design, Factor, RandomTerm, SamplingCovariance, Structure, dense,
        held::Holding,
        likelihood::{Blocks, Kind, Problem},
        prepare::prepare,
        random::code,
        structure::Places,
    };
    use crate::{EffectSizes, Measure};
    use proptest::prelude::*;

    /// Effects of some of the outcomes 0, 1, 2, ... of each study, one outcome after the other.
    struct Data {
        study: Vec<usize>,
        outcome: Vec<usize>,
        y: Vec<f64>,
        v: Vec<f64>,
    }

    impl Data {
        /// The bits of a set are the outcomes of a study.
        fn new(outcomes: usize, sets: &[usize], y: &[f64], v: &[f64]) -> Self {
            let cells = (0..outcomes).flat_map(|outcome| (0..sets.len()).map(move |study| (outcome, study)));
            let kept: Vec<(usize, usize)> =
                cells.filter(|(outcome, study)| sets[*study] >> outcome & 1 == 1).collect();
            Data {
                study: kept.iter().map(|cell| cell.1).collect(),
                outcome: kept.iter().map(|cell| cell.0).collect(),
                y: y[..kept.len()].to_vec(),
                v: v[..kept.len()].to_vec(),
            }
        }

        fn factor(name: &str, codes: &[usize]) -> Factor {
            Factor::new(name, codes.iter().map(ToString::to_string)).unwrap()
        }

        fn term(&self, structure: Structure) -> RandomTerm {
            let (inner, outer) = (Self::factor("outcome", &self.outcome), Self::factor("study", &self.study));
            if structure.is_spatial() {
                let place = |f: fn(f64) -> f64| self.outcome.iter().map(|&o| f(o as f64)).collect();
                let places = Places::new("x+y", vec![place(|o| o), place(|o| 0.3 * o * o)]).unwrap();
                return RandomTerm::Spatial { places, outer, structure };
            }
            RandomTerm::Structured { inner, outer, structure }
        }

        /// The problem, a point and the same in dense blocks.
        fn problems(&self, terms: &[RandomTerm], rho: f64, kind: Kind) -> (Problem, Vec<f64>, Problem) {
            let k = self.y.len();
            let labels: Vec<String> = (0..k).map(|i| i.to_string()).collect();
            let effects =
                EffectSizes::new(Measure::Generic, labels, self.y.as_slice(), self.v.as_slice()).unwrap();
            let cluster = Self::factor("study", &self.study);
            let sampling = SamplingCovariance::constant(rho, cluster).blocks(&effects).unwrap();
            let design = Design::with_intercept(k)
                .column("x", (0..k).map(|i| (i * i % 5) as f64).collect::<Vec<_>>())
                .unwrap();
            let coded = code(terms, &Holding::default(), &effects, &mut Vec::new()).unwrap();
            let prepared = prepare(&effects, &design, &sampling, &coded, (kind, None)).unwrap();
            let theta =
                prepared.starts[0].iter().enumerate().map(|(i, t)| t * (1.0 + 0.1 * i as f64)).collect();
            let blocks = Blocks::Dense(dense::split(k, &sampling, &coded, prepared.unit));
            let dense = Problem { blocks, ..prepared.problem.clone() };
            (prepared.problem, theta, dense)
        }
    }

    fn check(small: &Problem, dense: &Problem, theta: &[f64]) {
        assert!(matches!(small.blocks, Blocks::Small(_)));
        for curved in [false, true] {
            let (own, other) = (small.sums(theta, curved).unwrap(), dense.sums(theta, curved).unwrap());
            let pairs = [
                (vec![own.log_det], vec![other.log_det]),
                (own.log_det_first, other.log_det_first),
                (own.log_det_second, other.log_det_second),
                (own.cross, other.cross),
                (own.cross_first, other.cross_first),
                (own.cross_second, other.cross_second),
            ];
            for (own, other) in pairs {
                let size = other.iter().fold(1.0_f64, |most, x| most.max(x.abs()));
                for (own, other) in own.iter().zip(&other) {
                    assert!((own - other).abs() < 1e-12 * size + 1e-10 * other.abs(), "{own} {other}");
                }
            }
        }
        let (own, other) = (small.at(theta).unwrap(), dense.at(theta).unwrap());
        assert!((own.value - other.value).abs() < 1e-10 * (1.0 + other.value.abs()));
        for (own, other) in own.gradient.iter().zip(&other.gradient) {
            assert!((own - other).abs() < 1e-10 * (10.0 + other.abs()), "{own} {other}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn closed_forms_agree_with_dense_blocks(
            outcomes in 2..=MOST,
            sets in proptest::collection::vec(1..16_usize, 7),
            y in proptest::collection::vec(-2.0..2.0_f64, 32),
            v in proptest::collection::vec(0.05..1.0_f64, 32),
            rho in prop_oneof![Just(0.0), 0.1..0.8_f64],
            kind in prop_oneof![Just(Kind::Ml), Just(Kind::Reml)],
        ) {
            let all = (1 << outcomes) - 1;
            // The first study has everything; of the others some may have nothing.
            let sets: Vec<usize> = std::iter::once(all).chain(sets.iter().map(|set| set & all)).collect();
            let data = Data::new(outcomes, &sets, &y, &v);
            for &structure in Structure::ALL.iter().filter(|structure| !structure.is_slopes()) {
                let (small, theta, dense) = data.problems(&[data.term(structure)], rho, kind);
                check(&small, &dense, &theta);
                // The forms in which profiles are taken.
                let (shape, _) = small.terms[0].inner.as_ref().unwrap();
                let (tau2, rho) = shape.report(&theta, 1.0);
                for at in 0..tau2.len() + rho.len() {
                    let (form, theta, ..) = shape.with_reading(&theta, at).unwrap();
                    check(&small.in_form(0, &form), &dense.in_form(0, &form), &theta);
                }
            }
        }
    }

    #[test]
    fn other_forms_are_left_to_dense_blocks() {
        let values: Vec<f64> = (0..20).map(|i| 0.1 + 0.05 * f64::from(i % 7)).collect();
        let is_small = |data: &Data, terms: &[RandomTerm]| {
            matches!(data.problems(terms, 0.3, Kind::Reml).0.blocks, Blocks::Small(_))
        };
        let whole = Data::new(4, &[15; 5], &values, &values);
        assert!(is_small(&whole, &[whole.term(Structure::Un)]));
        let effect = RandomTerm::Intercept(Factor::each_effect("effect", 20).unwrap());
        assert!(!is_small(&whole, &[whole.term(Structure::Cs), effect]));
        // Twice the same outcome, five outcomes.
        let twice = Data { outcome: whole.outcome.iter().map(|o| o % 3).collect(), ..whole };
        assert!(!is_small(&twice, &[twice.term(Structure::Hcs)]));
        let five = Data::new(5, &[31; 4], &values, &values);
        assert!(!is_small(&five, &[five.term(Structure::Hcs)]));
        // Sampling errors that reach across the groups.
        let pairs = Data::new(2, &[3; 10], &values, &values);
        let halves = Data { study: pairs.study.iter().map(|study| study / 2).collect(), ..pairs };
        let inner = Data::factor("outcome", &halves.outcome);
        let outer = Data::factor("half", &(0..20).map(|i| i % 10).collect::<Vec<_>>());
        assert!(!is_small(&halves, &[RandomTerm::Structured { inner, outer, structure: Structure::Un }]));
    }

    #[test]
    fn a_singular_covariance_is_refused() {
        let values = [0.3; 8];
        let data = Data::new(2, &[3; 4], &values, &values);
        let (mut problem, _, dense) = data.problems(&[data.term(Structure::Cs)], 0.0, Kind::Reml);
        let sampling = Sampling { variances: vec![0.0; 8], blocks: Vec::new() };
        problem.blocks = Blocks::Small(Small::new(&sampling, &problem.terms, 3, 1.0).unwrap());
        assert!(problem.at(&[1.0, 1.0]).is_some() && dense.at(&[0.0, 1.0]).is_some());
        assert!(problem.at(&[0.0, 1.0]).is_none() && problem.at(&[f64::INFINITY, 1.0]).is_none());
    }
}
