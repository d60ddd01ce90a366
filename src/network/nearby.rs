//! Models near the consistency model - without one study, or with one more effect - from one factor for all of them.
//!
//! The likelihoods of hundreds of such models each need a maximum in tau². At one tau², with the covariance C of the
//! effects, M = Σ Xᵀ W S W X, G = C M C and g = C Σ Xᵀ W S W r, everything that an estimator of tau² asks of a nearby model
//! takes the work of one study:
//!
//! - without study s, with B = W S W of it, R = X_s C X_sᵀ, K = V_s + tau² S_s − R and u = K⁻¹ r_s: Q falls by rᵀu, tr(C M)
//!   becomes tr(C M) − tr(R B) + tr(K⁻¹ (X_s G X_sᵀ − R B R)), and rᵀ W S W r becomes its value less rᵀBr
//!   + 2 uᵀ(X_s g − R B r) + uᵀ(X_s G X_sᵀ − R B R)u;
//! - with one more column z, b = Xᵀ W z and a = Xᵀ W S W z: zᵀPy = zᵀ W r, zᵀPz = zᵀ W z − bᵀCb, and with S between them
//!   zᵀ W S W r − bᵀg and zᵀ W S W z − 2 aᵀCb + bᵀGb.
//!
//! The scores at Chebyshev points of ln tau² about the estimate of the whole network are interpolated, which is good to
//! eleven digits, and the one peak of each model is read from there. A model whose scores have no or more than one change
//! of sign there is left to a search of its own, and so are networks of less than 60 studies, whose likelihoods may have
//! several peaks, or of weights that differ by four orders of magnitude.
//!
//! C and G are kept for the pairs of treatments alone that nearby models ask for: those of one study, and for a new effect
//! those of the studies that it is in.

use std::sync::Arc;

use hashbrown::HashMap;

use super::{
    assembly::{Assembly, residuals},
    data::Study,
    gls::{Gls, Moments},
    side_split::NO_EVIDENCE,
    tau2,
};
use crate::{Result, linalg::cholesky, stat::root, tau2::Tau2};

/// Points of ln tau², less one.
const DEGREE: usize = 28;

/// Half the width of the interval of ln tau².
const REACH: f64 = 2.0;

/// The share of the last coefficients of an interpolation that says that it has converged.
const CONVERGED: f64 = 1e-11;

/// The number of studies from which on one peak is looked for.
const MANY: usize = 60;

/// The quantities that an estimator of tau² asks of a model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    /// rᵀ W r.
    pub q: f64,
    /// rᵀ W S W r.
    pub square: f64,
    /// tr(W S).
    pub trace_ws: f64,
    /// tr(C M).
    pub trace_cm: f64,
}

/// The pairs of treatments, the smaller position first, that nearby models ask for, with their positions.
type Pairs = HashMap<(usize, usize), usize>;

/// A symmetric matrix at some pairs of treatments.
#[derive(Clone, Copy)]
struct Entries<'a> {
    pairs: &'a Pairs,
    values: &'a [f64],
}

impl Entries<'_> {
    /// The entry of two treatments; 0 for a pair that no nearby model asks for.
    fn at(&self, t: usize, u: usize) -> f64 {
        self.pairs.get(&(t.min(u), t.max(u))).map_or(0.0, |at| self.values[*at])
    }
}

/// The network at one tau².
struct Snapshot {
    tau2: f64,
    theta: Vec<f64>,
    moments: Moments,
    pairs: Arc<Pairs>,
    /// C.
    covariance: Vec<f64>,
    /// G.
    spread: Vec<f64>,
    /// g.
    pull: Vec<f64>,
}

/// The network at tau² = 0 and at points about its estimate.
pub(crate) struct Nearby {
    method: Tau2,
    at_zero: Snapshot,
    points: Vec<Snapshot>,
    /// Every score at a positive tau² is of interest only by its sign: the estimate of the network is 0.
    boundary: bool,
}

impl Nearby {
    /// `None` for a network whose nearby models are better looked at one by one.
    pub fn new(model: &mut Assembly<'_>, method: Tau2, estimate: f64) -> Result<Option<Self>> {
        if model.studies().len() <= MANY || model.df() == 0 {
            return Ok(None);
        }
        let pairs = Arc::new(pairs_of(model.studies()));
        let Some(at_zero) = Snapshot::new(model, 0.0, &pairs)? else { return Ok(None) };
        let boundary = estimate <= 0.0;
        let trace = at_zero.moments.trace_ws - at_zero.moments.trace_cm;
        let middle = if boundary { 1e-2 * model.df() as f64 / trace } else { estimate };
        let reach = if boundary { 3.0 * REACH } else { REACH };
        let mut points = Vec::new();
        if method != Tau2::Dl {
            for k in 0..=DEGREE {
                let Some(point) = Snapshot::new(model, middle * (reach * node(k)).exp(), &pairs)? else {
                    return Ok(None);
                };
                points.push(point);
            }
        }
        Ok(Some(Nearby { method, at_zero, points, boundary }))
    }

    /// Q and the estimate of tau² without a study that does not hold the network together.
    pub fn without(&self, study: &Study, df: usize) -> Option<(f64, f64)> {
        self.estimate(df, |snapshot| snapshot.without(study))
    }

    /// Q and the estimate of tau² with one more effect, given by its column in the arms of the studies that it is in.
    pub fn with_effect(&self, studies: &[(&Study, Vec<f64>)], df: usize) -> Option<(f64, f64)> {
        self.estimate(df, |snapshot| snapshot.with_effect(studies))
    }

    fn estimate(&self, df: usize, sums: impl Fn(&Snapshot) -> Option<Sums>) -> Option<(f64, f64)> {
        let zero = sums(&self.at_zero)?;
        let trace = zero.trace_ws - zero.trace_cm;
        if df == 0 || !(trace > 0.0) {
            return None;
        }
        if self.method == Tau2::Dl {
            return Some((zero.q, ((zero.q - df as f64) / trace).max(0.0)));
        }
        let score = |sums: &Sums| tau2::score_of(self.method, sums.square, sums.trace_ws, sums.trace_cm);
        let scores: Option<Vec<f64>> =
            self.points.iter().map(|point| sums(point).map(|sums| score(&sums))).collect();
        let scores = scores?;
        if self.boundary {
            let falling = score(&zero) <= 0.0 && scores.iter().all(|s| *s <= 0.0);
            return falling.then_some((zero.q, 0.0));
        }
        let ln_points: Vec<f64> = self.points.iter().map(|point| point.tau2.ln()).collect();
        peak(&ln_points, &scores).map(|ln| (zero.q, ln.exp()))
    }
}

impl Snapshot {
    /// `None` if the weights differ too much for differences of covariances.
    fn new(model: &mut Assembly<'_>, tau2: f64, pairs: &Arc<Pairs>) -> Result<Option<Self>> {
        let (moments, factor, theta) = model.solved(tau2)?;
        if !model.is_well_scaled() {
            return Ok(None);
        }
        let size = theta.len();
        let covariance = factor.covariance();
        let (changes, currents) = model.between(tau2, &theta, &covariance);
        // M C column by column, so that G = C (M C) is made of dot products
        let turned: Vec<f64> = (0..size * size).map(|at| changes[at % size * size + at / size]).collect();
        let (mut own, mut spread) = (vec![0.0; pairs.len()], vec![0.0; pairs.len()]);
        for (&(t, u), &at) in pairs.iter() {
            own[at] = covariance[t * size + u];
            spread[at] = dot(&covariance[t * size..(t + 1) * size], &turned[u * size..(u + 1) * size]);
        }
        let pull = covariance
            .chunks_exact(size)
            .map(|row| row.iter().zip(&currents).map(|(c, h)| c * h).sum())
            .collect();
        Ok(Some(Snapshot { tau2, theta, moments, pairs: Arc::clone(pairs), covariance: own, spread, pull }))
    }

    fn entries<'a>(&'a self, values: &'a [f64]) -> Entries<'a> {
        Entries { pairs: &self.pairs, values }
    }

    fn without(&self, study: &Study) -> Option<Sums> {
        let m = study.contrasts.len();
        let t: Vec<usize> = study.arms.iter().map(|arm| arm.treatment).collect();
        let square = |matrix: Entries<'_>| -> Vec<f64> {
            let at = |a: usize, b: usize| matrix.at(t[a], t[b]);
            (0..m * m)
                .map(|k| {
                    let (a, b) = (k / m + 1, k % m + 1);
                    at(a, b) - at(a, 0) - at(0, b) + at(0, 0)
                })
                .collect()
        };
        let (covariance, spread) = (self.entries(&self.covariance), self.entries(&self.spread));
        let (r, spread) = (square(covariance), square(spread));
        let mut l = Vec::new();
        study.laplacian_into(self.tau2, &mut l);
        let p = m + 1;
        let trace_l: f64 = (0..p).map(|a| l[a * p + a]).sum();
        // W S W is ½ L² without the first arm
        let b: Vec<f64> = (0..m * m)
            .map(|k| 0.5 * (0..p).map(|c| l[(k / m + 1) * p + c] * l[c * p + k % m + 1]).sum::<f64>())
            .collect();
        let mut inverse: Vec<f64> =
            study.marginal_covariance(self.tau2).iter().zip(&r).map(|(v, r)| v - r).collect();
        cholesky::invert(&mut inverse, m).ok()?;
        let mut y = Vec::new();
        residuals(study, &self.theta, &mut y);
        let y = &y[1..];
        let u = times(&inverse, y);
        let (rb, by) = (product(&r, &b, m), times(&b, y));
        let rbr = product(&rb, &r, m);
        let rest: Vec<f64> = spread.iter().zip(&rbr).map(|(g, x)| g - x).collect();
        let pull: Vec<f64> = t[1..].iter().map(|a| self.pull[*a] - self.pull[t[0]]).collect();
        let rby = times(&r, &by);
        let moved: Vec<f64> = pull.iter().zip(&rby).map(|(a, b)| a - b).collect();
        let whole = &self.moments;
        Some(Sums {
            q: (whole.q - dot(y, &u)).max(0.0),
            square: whole.square - dot(y, &by) + 2.0 * dot(&u, &moved) + dot(&u, &times(&rest, &u)),
            trace_ws: whole.trace_ws - 0.5 * trace_l,
            trace_cm: whole.trace_cm - trace(&rb, m) + dot(&inverse, &rest),
        })
    }

    fn with_effect(&self, studies: &[(&Study, Vec<f64>)]) -> Option<Sums> {
        // b and a on the treatments of these studies
        let mut places: Vec<usize> = Vec::new();
        let (mut b, mut a) = (Vec::new(), Vec::new());
        let (mut zy, mut zz, mut square_zy, mut square_zz) = (0.0, 0.0, 0.0, 0.0);
        let (mut l, mut y) = (Vec::new(), Vec::new());
        for (study, z) in studies {
            study.laplacian_into(self.tau2, &mut l);
            residuals(study, &self.theta, &mut y);
            let (u, v) = (times(&l, &y), times(&l, z));
            let lv = times(&l, &v);
            zy += dot(z, &u);
            zz += dot(z, &v);
            square_zy += 0.5 * dot(&u, &v);
            square_zz += 0.5 * dot(&v, &v);
            for ((arm, v), lv) in study.arms.iter().zip(&v).zip(&lv) {
                let place = places.iter().position(|t| *t == arm.treatment).unwrap_or_else(|| {
                    places.push(arm.treatment);
                    b.push(0.0);
                    a.push(0.0);
                    places.len() - 1
                });
                b[place] += v;
                a[place] += 0.5 * lv;
            }
        }
        let form = |matrix: Entries<'_>, left: &[f64], right: &[f64]| -> f64 {
            let row = |t: usize| places.iter().zip(right).map(move |(s, x)| matrix.at(t, *s) * x);
            places.iter().zip(left).map(|(t, x)| x * row(*t).sum::<f64>()).sum()
        };
        let (covariance, spread) = (self.entries(&self.covariance), self.entries(&self.spread));
        let zpz = zz - form(covariance, &b, &b);
        square_zy -= places.iter().zip(&b).map(|(t, b)| b * self.pull[*t]).sum::<f64>();
        square_zz += form(spread, &b, &b) - 2.0 * form(covariance, &a, &b);
        if !(zpz > NO_EVIDENCE * zz) {
            return None;
        }
        let (whole, delta) = (&self.moments, zy / zpz);
        Some(Sums {
            q: (whole.q - delta * zy).max(0.0),
            square: whole.square - 2.0 * delta * square_zy + delta * delta * square_zz,
            trace_ws: whole.trace_ws,
            trace_cm: whole.trace_cm + square_zz / zpz,
        })
    }
}

/// For every compared pair, the pairs among the treatments of all studies that compare it.
fn pairs_of(studies: &[Study]) -> Pairs {
    let mut partners: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for study in studies {
        for (a, b, _) in study.pairs() {
            let (i, j) = (study.arms[a].treatment, study.arms[b].treatment);
            let met = partners.entry((i.min(j), i.max(j))).or_default();
            for arm in &study.arms {
                if !met.contains(&arm.treatment) {
                    met.push(arm.treatment);
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = partners
        .values()
        .flat_map(|met| met.iter().flat_map(|t| met.iter().map(move |u| (*t, *u))))
        .collect();
    pairs.retain(|(t, u)| t <= u);
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().enumerate().map(|(at, pair)| (pair, at)).collect()
}

/// Chebyshev's point k of −1 .. 1, increasing.
fn node(k: usize) -> f64 {
    -(std::f64::consts::PI * k as f64 / DEGREE as f64).cos()
}

/// The place at which the interpolated score falls through 0; `None` unless it does so once and the interpolation has
/// converged.
fn peak(points: &[f64], scores: &[f64]) -> Option<f64> {
    let n = DEGREE;
    let largest = scores.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
    let coefficient = |j: usize| {
        let term = |k: usize| {
            let half = if k == 0 || k == n { 0.5 } else { 1.0 };
            half * scores[k] * (std::f64::consts::PI * (j * k) as f64 / n as f64).cos()
        };
        (0..=n).map(term).sum::<f64>() * 2.0 / n as f64
    };
    if !((n - 3..n).all(|j| coefficient(j).abs() <= CONVERGED * largest)) {
        return None;
    }
    let changes: Vec<usize> = (0..n).filter(|k| (scores[*k] > 0.0) != (scores[k + 1] > 0.0)).collect();
    let [k] = changes[..] else { return None };
    if !(scores[k] > 0.0) {
        return None;
    }
    // the barycentric formula
    let score = |x: f64| {
        let (mut above, mut below) = (0.0, 0.0);
        for (k, (point, score)) in points.iter().zip(scores).enumerate() {
            if x == *point {
                return *score;
            }
            let half = if k == 0 || k == n { 0.5 } else { 1.0 };
            let weight = if k % 2 == 0 { half } else { -half } / (x - point);
            above += weight * score;
            below += weight;
        }
        above / below
    };
    root::find_between(score, (points[k], scores[k]), (points[k + 1], scores[k + 1]))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A symmetric matrix times a vector.
fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    matrix.chunks_exact(vector.len()).map(|row| dot(row, vector)).collect()
}

/// The product of two square matrices, row by row.
fn product(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let entry = |k: usize| (0..n).map(|c| a[k / n * n + c] * b[c * n + k % n]).sum();
    (0..n * n).map(entry).collect()
}

fn trace(a: &[f64], n: usize) -> f64 {
    (0..n).map(|k| a[k * n + k]).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        Measure,
        network::{LeftOutTau2, Network, NetworkData, NetworkFit, NetworkMeta, PairRow, SplitMethod},
    };

    /// Studies of treatments in a ring with chords, every sixth with three arms.
    fn network(studies: usize, size: usize) -> Network {
        let mut rows = Vec::new();
        for s in 0..studies {
            let chord = |more: usize| (s + 1 + (s / size + more) % (size - 1)) % size;
            let treatments = [s % size, chord(0), chord(2)];
            let arm = |k: usize| {
                let (t, x) = (treatments[k], (s * 3 + k) as f64);
                (t, 0.2 * t as f64 + 0.35 * (2.3 * x).sin(), 0.02 + 0.015 * (1.0 + (5.1 * x).cos()))
            };
            let pairs: &[(usize, usize)] = if s % 6 == 5 { &[(0, 1), (0, 2), (1, 2)] } else { &[(0, 1)] };
            for (a, b) in pairs {
                let ((t, y, v), (u, x, w)) = (arm(*a), arm(*b));
                rows.push(PairRow::new(s.to_string(), format!("t{t}"), format!("t{u}"), y - x, v + w));
            }
        }
        NetworkData::new(Measure::Generic).contrasts(&rows).unwrap()
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-9 * (1e-3 + b.abs()), "{a} {b}");
    }

    #[test]
    fn estimates_without_a_study_are_those_of_the_others() {
        let network = network(66, 6);
        for method in [Tau2::Reml, Tau2::Ml, Tau2::Dl] {
            let meta = NetworkMeta::random(method);
            let fit = meta.fit(&network).unwrap();
            let mut model = Assembly::new(&network, fit.reference);
            let nearby = fit.nearby(&mut model).unwrap().unwrap();
            let rows = fit.leave_one_out(LeftOutTau2::Refit).unwrap();
            for s in [0, 5, 17, 40, 65] {
                let keep: Vec<usize> = (0..66).filter(|k| *k != s).collect();
                let others: NetworkFit = meta.fit(&network.subset(&keep).unwrap()).unwrap();
                let (q, tau2) = nearby.without(&network.studies[s], others.heterogeneity.q_df).unwrap();
                assert!(others.tau2 > 0.0);
                close(q, others.heterogeneity.q);
                close(tau2, others.tau2);
                close(rows[s].tau2.unwrap(), others.tau2);
                for (t, effect) in (1..6).zip(&rows[s].effects) {
                    close(effect.unwrap().estimate, others.theta[t]);
                    close(effect.unwrap().se, others.variance(t, 0).sqrt());
                }
            }
        }
    }

    #[test]
    fn hundreds_of_treatments_share_their_factors_too() {
        let network = network(450, 205);
        let meta = NetworkMeta::random(Tau2::Reml);
        let fit = meta.fit(&network).unwrap();
        let mut model = Assembly::new(&network, fit.reference);
        let nearby = fit.nearby(&mut model).unwrap().unwrap();
        for s in [11, 220] {
            let keep: Vec<usize> = (0..450).filter(|k| *k != s).collect();
            let others = meta.fit(&network.subset(&keep).unwrap()).unwrap();
            let (q, tau2) = nearby.without(&network.studies[s], others.heterogeneity.q_df).unwrap();
            assert!(others.tau2 > 0.0);
            close(q, others.heterogeneity.q);
            close(tau2, others.tau2);
        }
        let study = &network.studies[11];
        let (i, j) = (study.arms[0].treatment, study.arms[1].treatment);
        let shared = fit.side_split(&mut model, i, j, Some(&nearby)).unwrap().unwrap();
        let alone = fit.side_split(&mut model, i, j, None).unwrap().unwrap();
        close(shared.tau2, alone.tau2);
        close(shared.difference.0, alone.difference.0);
    }

    #[test]
    fn splits_are_those_of_a_search_for_each() {
        let network = network(66, 6);
        let fit = NetworkMeta::random(Tau2::Reml).fit(&network).unwrap();
        let rows = fit.split(SplitMethod::Refit).unwrap();
        let mut model = Assembly::new(&network, fit.reference);
        for row in &rows {
            let alone = fit.side_split(&mut model, row.intervention, row.comparator, None).unwrap().unwrap();
            close(row.tau2.unwrap(), alone.tau2);
            close(row.difference.unwrap().estimate, alone.difference.0);
            close(row.indirect.unwrap().se, alone.indirect.1.sqrt());
        }
    }
}
