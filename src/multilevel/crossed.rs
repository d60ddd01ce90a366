//! Crossed intercepts with few levels (years, countries, laboratories) on top of independent blocks.
//!
//! With N the covariance without them, Z their indicator columns, D the diagonal of their variances and `W = N⁻¹`:
//! `A = U'WU`, `B = Z'WU`, `C = Z'WZ`, `E = (I + DC)⁻¹`, `K = ED`,
//!
//! ```text
//! U'Σ⁻¹U = A − B'KB        log|Σ| = log|N| + log|I + DC|
//! ```
//!
//! (Woodbury). A, B and C come with their derivatives from the blocks, to whose columns U those of Z are added, so that the
//! cost is linear in the number of effects. With J_t the indicator of the levels of a crossed term t and a, b parameters of N,
//!
//! ```text
//! K_a = −K C_a K    K_t = E J_t E'    E_t = −E J_t C E
//! ∂_a log|I + DC| = tr(K C_a)    ∂_t log|I + DC| = tr(J_t C E)
//! ```
//!
//! from which the second derivatives follow by the product rule. D may be 0.

use nalgebra::DMatrix;

use super::dense;
use super::likelihood::{Blocks, Sums};
use super::random::Term;
use super::sampling::Sampling;
use super::structure::Shape;

/// Blocks, and crossed intercepts over all of them.
#[derive(Debug, Clone)]
pub(super) struct Crossed {
    core: Box<Blocks>,
    /// The terms of the core.
    terms: Vec<Term>,
    /// U with the columns of Z, row by row.
    u: Vec<f64>,
    /// For each column of Z the parameter of its term.
    parameters: Vec<usize>,
    /// The distinct ones of these.
    own: Vec<usize>,
}

impl Crossed {
    /// The split of the terms that costs least, if it costs less than whole blocks of all of them.
    pub fn new(
        k: usize,
        sampling: &Sampling,
        terms: &[Term],
        u: &[f64],
        q: usize,
        make: impl Fn(&[Term], &[f64], usize) -> Blocks,
    ) -> Option<Self> {
        let levels = |term: &Term| term.groups.iter().max().map_or(0, |g| g + 1);
        let cubes = |terms: &[Term]| {
            let mut sizes = vec![0.0_f64; k];
            for block in dense::components(k, sampling, terms) {
                sizes[block] += 1.0;
            }
            sizes.iter().map(|n| n.powi(3)).sum::<f64>()
        };
        let m = terms.iter().map(|term| term.count).sum::<usize>() as f64;
        // Intercepts, those with the fewest levels first: each in turn is taken off the blocks.
        let mut order: Vec<usize> = (0..terms.len())
            .filter(|&t| terms[t].inner.is_none() && terms[t].count > 0 && terms[t].owner)
            .filter(|&t| !terms.iter().any(|other| !other.owner && other.first == terms[t].first))
            .collect();
        order.sort_by_key(|&t| levels(&terms[t]));
        let whole = cubes(terms) * (1.0 + m);
        let mut best: Option<(f64, Vec<usize>)> = None;
        let mut columns = 0;
        for count in 1..=order.len() {
            columns += levels(&terms[order[count - 1]]);
            if columns > 400 {
                break;
            }
            let rest: Vec<Term> =
                (0..terms.len()).filter(|t| !order[..count].contains(t)).map(|t| terms[t].clone()).collect();
            let (l, width) = (columns as f64, (columns + q) as f64);
            let cost =
                cubes(&rest) * (1.0 + m) + k as f64 * width * width * (1.0 + m) + 2.0 * m * m * l.powi(3);
            if cost < 0.5 * whole && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, order[..count].to_vec()));
            }
        }
        let (_, taken) = best?;
        Some(Crossed::over(&taken, terms, u, q, make))
    }

    /// With these intercepts taken off the blocks.
    pub fn over(
        taken: &[usize],
        terms: &[Term],
        u: &[f64],
        q: usize,
        make: impl Fn(&[Term], &[f64], usize) -> Blocks,
    ) -> Self {
        let levels = |term: &Term| term.groups.iter().max().map_or(0, |g| g + 1);
        let rest: Vec<Term> =
            (0..terms.len()).filter(|t| !taken.contains(t)).map(|t| terms[t].clone()).collect();
        let mut parameters = Vec::new();
        for &t in taken {
            parameters.extend(std::iter::repeat_n(terms[t].first, levels(&terms[t])));
        }
        let width = q + parameters.len();
        let k = u.len() / q;
        let mut wide = vec![0.0; k * width];
        for row in 0..k {
            let target = &mut wide[row * width..(row + 1) * width];
            target[..q].copy_from_slice(&u[row * q..(row + 1) * q]);
            let mut first = q;
            for &t in taken {
                target[first + terms[t].groups[row]] = 1.0;
                first += levels(&terms[t]);
            }
        }
        let own = taken.iter().map(|&t| terms[t].first).collect();
        let core = Box::new(make(&rest, &wide, width));
        Crossed { core, terms: rest, u: wide, parameters, own }
    }

    /// Takes on another form of the covariance of the term of the core whose parameters begin at `first`.
    pub fn take_form(&mut self, first: usize, form: &Shape) {
        self.terms.iter_mut().filter(|term| term.first == first).for_each(|term| term.take_form(form));
    }

    /// Adds the sums at θ.
    pub fn add(&self, theta: &[f64], curved: bool, sums: &mut Sums) -> Option<()> {
        let (q, m, l) = (sums.q, sums.m, self.parameters.len());
        let width = q + l;
        let mut wide = Sums::new(width, m);
        self.core.add(&self.terms, theta, &self.u, curved, &mut wide)?;
        let of = Parts { wide: &wide, q, l, m };
        let b = of.b(&wide.cross);
        let c = of.c(&wide.cross);
        let d: Vec<f64> = self.parameters.iter().map(|&t| theta[t]).collect();
        let root: Vec<f64> = d.iter().map(|d| d.sqrt()).collect();
        // I + D^½ C D^½ is symmetric and positive definite; E = D^½ (...)⁻¹ D^-½, from K where D is 0.
        let inner =
            DMatrix::from_fn(l, l, |i, j| f64::from(u8::from(i == j)) + root[i] * c[(i, j)] * root[j]);
        let factor = nalgebra::Cholesky::new(inner)?;
        let log_det = 2.0 * factor.l_dirty().diagonal().iter().map(|x| x.ln()).sum::<f64>();
        let inverse = factor.inverse();
        let k = DMatrix::from_fn(l, l, |i, j| root[i] * inverse[(i, j)] * root[j]);
        let e = DMatrix::identity(l, l) - &k * &c;
        let kb = &k * &b;
        sums.log_det += wide.log_det + log_det;
        write(&mut sums.cross, &(of.a(&wide.cross) - b.tr_mul(&kb)));
        let crossed = (0..m).map(|a| self.own.contains(&a)).collect();
        let mut woodbury = Woodbury {
            of,
            parameters: &self.parameters,
            crossed,
            ce: &c * &e,
            b,
            k,
            e,
            kb,
            k_first: Vec::new(),
            b_first: Vec::new(),
            c_first: Vec::new(),
        };
        woodbury.add_first(sums);
        woodbury.add_second(sums);
        Some(())
    }
}

/// The parts A, B and C of sums over the columns U and Z.
#[derive(Clone, Copy)]
struct Parts<'a> {
    wide: &'a Sums,
    q: usize,
    l: usize,
    m: usize,
}

impl<'a> Parts<'a> {
    fn part(&self, values: &[f64], rows: (usize, usize), columns: (usize, usize)) -> DMatrix<f64> {
        let width = self.q + self.l;
        DMatrix::from_fn(rows.1, columns.1, |i, j| values[(rows.0 + i) * width + columns.0 + j])
    }

    fn a(&self, values: &[f64]) -> DMatrix<f64> {
        self.part(values, (0, self.q), (0, self.q))
    }

    fn b(&self, values: &[f64]) -> DMatrix<f64> {
        self.part(values, (self.q, self.l), (0, self.q))
    }

    fn c(&self, values: &[f64]) -> DMatrix<f64> {
        self.part(values, (self.q, self.l), (self.q, self.l))
    }

    /// The derivatives of the sums by parameter `a`.
    fn first(&self, a: usize) -> &'a [f64] {
        let size = (self.q + self.l).pow(2);
        &self.wide.cross_first[a * size..(a + 1) * size]
    }

    /// Their second derivatives.
    fn second(&self, a: usize, b: usize) -> &'a [f64] {
        let size = (self.q + self.l).pow(2);
        let at = a.max(b) * self.m + a.min(b);
        &self.wide.cross_second[at * size..(at + 1) * size]
    }
}

/// The matrices of the module's opening, and their first derivatives.
struct Woodbury<'a> {
    of: Parts<'a>,
    /// For each column of Z the parameter of its term.
    parameters: &'a [usize],
    /// For each parameter, true if it is one of these.
    crossed: Vec<bool>,
    b: DMatrix<f64>,
    k: DMatrix<f64>,
    e: DMatrix<f64>,
    ce: DMatrix<f64>,
    kb: DMatrix<f64>,
    /// K's derivative by each parameter, and B's and C's by those of the core.
    k_first: Vec<DMatrix<f64>>,
    b_first: Vec<DMatrix<f64>>,
    c_first: Vec<DMatrix<f64>>,
}

impl Woodbury<'_> {
    /// The columns of Z of a crossed term: J_t picks rows or columns.
    fn columns_of(&self, t: usize) -> Vec<usize> {
        (0..self.parameters.len()).filter(|&i| self.parameters[i] == t).collect()
    }

    fn add_first(&mut self, sums: &mut Sums) {
        let (of, q) = (self.of, self.of.q);
        for a in 0..of.m {
            let (k, b_a, c_a) = if self.crossed[a] {
                let columns = self.columns_of(a);
                let part = self.e.select_columns(&columns);
                sums.log_det_first[a] += columns.iter().map(|&i| self.ce[(i, i)]).sum::<f64>();
                (&part * part.transpose(), DMatrix::zeros(0, 0), DMatrix::zeros(0, 0))
            } else {
                let (b_a, c_a) = (of.b(of.first(a)), of.c(of.first(a)));
                sums.log_det_first[a] += of.wide.log_det_first[a] + self.k.dot(&c_a);
                (-(&self.k * &c_a * &self.k), b_a, c_a)
            };
            let mut derivative = -(self.b.tr_mul(&(&k * &self.b)));
            if !self.crossed[a] {
                let cross = b_a.tr_mul(&self.kb);
                derivative += of.a(of.first(a)) - &cross - cross.transpose();
            }
            write(&mut sums.cross_first[a * q * q..(a + 1) * q * q], &derivative);
            self.k_first.push(k);
            self.b_first.push(b_a);
            self.c_first.push(c_a);
        }
    }

    fn add_second(&self, sums: &mut Sums) {
        let (m, q) = (self.of.m, self.of.q);
        for a in 0..m {
            for other in 0..=a {
                // The parameter of the core first, if there is one.
                let (x, y) = if self.crossed[a] && !self.crossed[other] { (other, a) } else { (a, other) };
                let (log, derivative) = match (self.crossed[x], self.crossed[y]) {
                    (false, false) => self.within_core(x, y),
                    (false, true) => self.core_and_crossed(x, y),
                    _ => self.within_crossed(x, y),
                };
                sums.log_det_second[a * m + other] += log;
                let at = (a * m + other) * q * q;
                write(&mut sums.cross_second[at..at + q * q], &derivative);
            }
        }
    }

    /// The second derivatives of log|Σ| and U'Σ⁻¹U by two parameters of the core.
    fn within_core(&self, x: usize, y: usize) -> (f64, DMatrix<f64>) {
        let Woodbury { of, b, k, kb, k_first, b_first, c_first, .. } = self;
        let (c_xy, b_xy) = (of.c(of.second(x, y)), of.b(of.second(x, y)));
        let half = &k_first[y] * &c_first[x] * k;
        let k_xy = -(&half + half.transpose()) - k * &c_xy * k;
        let at = x.max(y) * of.m + x.min(y);
        let log = of.wide.log_det_second[at] + k_first[y].dot(&c_first[x]) + k.dot(&c_xy);
        let one = b_xy.tr_mul(kb)
            + b_first[x].tr_mul(&(&k_first[y] * b))
            + b_first[y].tr_mul(&(&k_first[x] * b))
            + b_first[x].tr_mul(&(k * &b_first[y]));
        (log, of.a(of.second(x, y)) - &one - one.transpose() - b.tr_mul(&(k_xy * b)))
    }

    /// Those by a parameter of the core and one of a crossed term.
    fn core_and_crossed(&self, x: usize, y: usize) -> (f64, DMatrix<f64>) {
        let Woodbury { b, k, k_first, b_first, c_first, .. } = self;
        let half = &k_first[y] * &c_first[x] * k;
        let k_xy = -(&half + half.transpose());
        let one = b_first[x].tr_mul(&(&k_first[y] * b));
        (k_first[y].dot(&c_first[x]), -(&one + one.transpose()) - b.tr_mul(&(k_xy * b)))
    }

    /// Those by the parameters of two crossed terms.
    fn within_crossed(&self, x: usize, y: usize) -> (f64, DMatrix<f64>) {
        let (e, ce, b) = (&self.e, &self.ce, &self.b);
        let (rows, columns) = (self.columns_of(x), self.columns_of(y));
        // E J_y (C E) J_x E', once and transposed.
        let middle = DMatrix::from_fn(columns.len(), rows.len(), |i, j| ce[(columns[i], rows[j])]);
        let half = e.select_columns(&columns) * &middle * e.select_columns(&rows).transpose();
        let mut log = 0.0;
        for &i in &rows {
            for &j in &columns {
                log -= ce[(i, j)] * ce[(j, i)];
            }
        }
        (log, b.tr_mul(&((&half + half.transpose()) * b)))
    }
}

/// Adds a matrix to one that is stored row by row.
fn write(target: &mut [f64], matrix: &DMatrix<f64>) {
    let q = matrix.ncols();
    for i in 0..matrix.nrows() {
        for j in 0..q {
            target[i * q + j] += matrix[(i, j)];
        }
    }
}
