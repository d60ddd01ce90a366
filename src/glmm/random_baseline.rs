//! Two counts a study with normal random effects of the treatment and of the study (UM.RS), correlated or not.
//!
//! The predictors are η₁ = α + θ + c₁τz + σv + λz and η₂ = α + c₂τz + σv + λz with independent standard normal z and v;
//! λ = 0 unless the effects correlate, and the standard deviation of the study effect is √(σ² + λ²). The integral over
//! (z, v) is taken by the product trapezoidal rule around the peak of each study, with steps that shrink as the
//! predictors grow steep: where deviations are large, a rule as wide as the peak would be wrong in value and slope.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use crate::stat::{
    log_concave::{Peak2, Rule},
    newton::{Objective, Point},
};

use super::{
    kernel::Kernel,
    line::{Arm, LN_SQRT_2PI, Line, through_peak},
    sums::{Share, Sums, predictor},
    tally::{self, Slopes, Tally},
};

/// The likelihood in the coefficients, τ, α, σ and, where effects correlate, λ.
#[derive(Debug, Clone)]
pub(super) struct RandomBaseline {
    pub p: usize,
    pub rows: Vec<f64>,
    pub arms: Vec<[Kernel; 2]>,
    pub shares: [f64; 2],
    pub correlated: bool,
    /// The fineness of the product rule.
    pub rule: Rule,
    /// The points that were summed over.
    pub work: Work,
}

/// Counts the points of integrals, of which a search may be given so many and no more: where deviations are large and counts are
/// all or none, an integral takes thousands of times the customary points.
///
/// A copy, such as the likelihood with a coarser rule, draws on the same points.
#[derive(Debug, Clone)]
pub(super) struct Work {
    left: Arc<AtomicU64>,
}

impl Work {
    /// Any number of points.
    pub fn endless() -> Self {
        Work { left: Arc::new(AtomicU64::new(u64::MAX)) }
    }

    /// Allows so many from now on; an evaluation after these has no value.
    pub fn allow(&self, points: u64) {
        self.left.store(points, Ordering::Relaxed);
    }

    fn spend(&self, points: u64) {
        let left = self.left.load(Ordering::Relaxed);
        if left != u64::MAX {
            self.left.store(left.saturating_sub(points), Ordering::Relaxed);
        }
    }

    fn is_over(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

/// Points of a row within reach of its peak, times the step in standard deviations.
const REACH: f64 = 17.0;

/// Steps of the product rule in standard deviations of the peak, for results and on the way to them.
const STEP: [f64; 2] = [0.5, 1.0];

/// The largest step of a predictor, as for one line.
const STEEP: [f64; 2] = [0.38, 1.0];

/// The smallest step that steep predictors lead to.
const SMALLEST: f64 = 0.0375;

/// A point with less than this part of the highest weight no longer counts, for results and on the way to them.
const NOTHING: [f64; 2] = [1e-15, 1e-9];

/// A relative difference of even and odd rows or columns whose square is below rounding.
const EVEN: f64 = 5e-6;

/// Halvings of a step.
const MOST_HALVINGS: usize = 3;

/// Rows on one side of the peak: more than any has needed by far.
const MOST_ROWS: i64 = 1500;

impl RandomBaseline {
    pub fn parameters(&self) -> usize {
        self.p + 3 + usize::from(self.correlated)
    }
}

impl Objective for RandomBaseline {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(p);
        let others = [Some(p), Some(p + 1), Some(p + 2), self.correlated.then_some(p + 3)];
        for (arms, row) in self.arms.iter().zip(self.rows.chunks(p)) {
            if self.work.is_over() {
                return None;
            }
            let lambda = if self.correlated { theta[p + 3] } else { 0.0 };
            let study = Study {
                arms,
                work: &self.work,
                shares: self.shares,
                base: [theta[p + 1] + predictor(row, &theta[..p]), theta[p + 1]],
                tau: theta[p],
                sigma: theta[p + 2],
                lambda,
            };
            sums.add(row, &study.marginal(self.rule)?);
        }
        sums.objective(theta, &others)
    }
}

/// One study at given parameters.
struct Study<'a> {
    arms: &'a [Kernel; 2],
    work: &'a Work,
    shares: [f64; 2],
    /// The predictors without random effects.
    base: [f64; 2],
    tau: f64,
    sigma: f64,
    lambda: f64,
}

/// The position of the product of two of the monomials 1, z, v among 1, z, v, z², zv, v².
const PRODUCT: [[usize; 3]; 3] = [[0, 1, 2], [1, 3, 4], [2, 4, 5]];

/// Sums over the nodes: of the slopes times 1, z, v and of second derivatives times the six products.
#[derive(Default)]
struct Moments {
    total: f64,
    slope: [[f64; 3]; 2],
    /// l₁'' + l₁'², l₂'' + l₂'², l₁' l₂'.
    bend: [[f64; 6]; 3],
}

impl Moments {
    /// Adds a row of points (z, v) + t (c₁, c₂) with this weight at t = 0.
    fn add(&mut self, weight: f64, [z, v]: [f64; 2], [c1, c2]: [f64; 2], row: &tally::Moments<2, 3>) {
        self.total += weight * row.total;
        for (sums, [s, st]) in self.slope.iter_mut().zip(row.slope) {
            sums[0] += weight * s;
            sums[1] += weight * (z * s + c1 * st);
            sums[2] += weight * (v * s + c2 * st);
        }
        let [one, both, two] = row.bend;
        for (sums, [b, bt, btt]) in self.bend.iter_mut().zip([one, two, both]) {
            let more = [
                b,
                z * b + c1 * bt,
                v * b + c2 * bt,
                z * z * b + 2.0 * z * c1 * bt + c1 * c1 * btt,
                z * v * b + (z * c2 + v * c1) * bt + c1 * c2 * btt,
                v * v * b + 2.0 * v * c2 * bt + c2 * c2 * btt,
            ];
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += weight * more);
        }
    }
}

/// Sums of weights over all points and over the odd ones, by rows and by columns, with the first moments.
#[derive(Default)]
struct Parity {
    rows: [f64; 2],
    columns: [f64; 2],
}

impl Parity {
    fn add(&mut self, weight: f64, (row, t2): (i64, f64), t1: f64, sums: &Tally<15>) {
        let mass = weight * sums.total();
        let sign = if row % 2 == 0 { mass } else { -mass };
        self.rows[0] += sign;
        self.rows[1] += sign * t2;
        let [sum, first] = sums.even_less_odd;
        self.columns[0] += weight * sum;
        self.columns[1] += weight * (first + t1 * sum);
    }

    /// True for steps in t₁ and t₂ that a half of the step would not change.
    fn even(&self, total: f64) -> [bool; 2] {
        [self.columns, self.rows].map(|sums| sums.iter().all(|sum| sum.abs() < EVEN * total))
    }
}

impl Study<'_> {
    /// The multiples of z in the two predictors.
    fn of_z(&self) -> [f64; 2] {
        self.shares.map(|c| c * self.tau + self.lambda)
    }

    fn log(&self, z: f64, v: f64) -> ([f64; 3], [f64; 3]) {
        let [a1, a2] = self.of_z();
        let one = self.arms[0].at(self.base[0] + a1 * z + self.sigma * v);
        let two = self.arms[1].at(self.base[1] + a2 * z + self.sigma * v);
        (one, two)
    }

    fn peak(&self) -> Option<Peak2> {
        let [a1, a2] = self.of_z();
        let s = self.sigma;
        Peak2::of(|z, v| {
            let (one, two) = self.log(z, v);
            let value = one[0] + two[0] - 0.5 * (z * z + v * v);
            let gradient = [a1 * one[1] + a2 * two[1] - z, s * (one[1] + two[1]) - v];
            let hessian = [
                a1 * a1 * one[2] + a2 * a2 * two[2] - 1.0,
                s * (a1 * one[2] + a2 * two[2]),
                s * s * (one[2] + two[2]) - 1.0,
            ];
            (value, gradient, hessian)
        })
    }

    /// The integral over (z, v) and its moments.
    fn over_both(&self, rule: Rule) -> Option<(f64, Moments)> {
        let peak = self.peak()?;
        let which = usize::from(!rule.is_fine());
        let mut steps = peak.steps(STEP[which], STEEP[which], SMALLEST, self.of_z().map(|a| [a, self.sigma]));
        for _ in 0..=MOST_HALVINGS {
            let (moments, parity) = self.grid(&peak, steps, rule)?;
            let even = parity.even(moments.total);
            if !rule.is_fine() || even == [true; 2] {
                let log = peak.ln_integral(steps, moments.total) - std::f64::consts::TAU.ln();
                return Some((log, moments));
            }
            steps = [0, 1].map(|i| if even[i] { steps[i] } else { 0.5 * steps[i] });
        }
        let (moments, _) = self.grid(&peak, steps, rule)?;
        Some((peak.ln_integral(steps, moments.total) - std::f64::consts::TAU.ln(), moments))
    }

    /// The sums over the product rule, row by row outwards from the peak.
    fn grid(&self, peak: &Peak2, steps: [f64; 2], rule: Rule) -> Option<(Moments, Parity)> {
        let nothing = NOTHING[usize::from(!rule.is_fine())];
        let (mut moments, mut parity) = (Moments::default(), Parity::default());
        let (mut heaviest, mut rows) = (0.0_f64, 0_u64);
        for side in [1, -1] {
            let (mut column, mut before) = (0, f64::INFINITY);
            for row in i64::from(side < 0)..MOST_ROWS {
                let t2 = (side * row) as f64 * steps[1];
                let (line, at, height, near) = self.row(peak, t2, column, steps[0]);
                column = near;
                let t1 = column as f64 * steps[0];
                let weight = (height - peak.height).exp();
                // Of a row with little weight only its heaviest points count.
                let cut = (nothing / weight.max(1e-300)).clamp(nothing, 0.1);
                let kernels = [&self.arms[0], &self.arms[1]];
                let sign = if column % 2 == 0 { 1.0 } else { -1.0 };
                let sums = line.row::<Slopes, 15>(kernels, steps[0], (rule, cut, sign))?;
                moments.add(weight, at, [peak.factor[0], peak.factor[1]], &sums.moments());
                parity.add(weight, (row, t2), t1, &sums);
                rows += 1;
                let mass = weight * sums.total();
                // The mass of rows is log-concave: where it falls it falls on.
                if mass < nothing * heaviest && mass <= before {
                    break;
                }
                heaviest = heaviest.max(mass);
                before = mass;
            }
        }
        self.work.spend(rows * (REACH / steps[0]) as u64);
        (moments.total.is_finite() && moments.total > 0.0).then_some((moments, parity))
    }

    /// A row with its origin at the column next to its peak, starting from a neighbor's; its (z, v), the log of the weight and
    /// the column.
    fn row(&self, peak: &Peak2, t2: f64, from: i64, step: f64) -> (Line<'_, 2>, [f64; 2], f64, i64) {
        let [c1, c2, across] = peak.factor;
        let of_z = self.of_z();
        let slopes = of_z.map(|a| a * c1 + self.sigma * c2);
        let at = |column: i64| {
            let t1 = column as f64 * step;
            let (z, v) = (peak.center[0] + c1 * t1, peak.center[1] + c2 * t1 + across * t2);
            let eta = [0, 1].map(|a| self.base[a] + of_z[a] * z + self.sigma * v);
            let arms = [0, 1].map(|a| Arm::new(&self.arms[a], eta[a]));
            let height = arms[0].at[0] + arms[1].at[0] - 0.5 * (z * z + v * v);
            let line = Line { arms, slopes, c: z * c1 + v * c2, d: c1 * c1 + c2 * c2 };
            (line, [z, v], height, column)
        };
        let mut here = at(from);
        for _ in 0..20 {
            let shift = (here.0.slope() / here.0.bend() / step).round().clamp(-8.0, 8.0) as i64;
            if shift == 0 {
                break;
            }
            let next = at(here.3 + shift);
            if !(next.2 > here.2) {
                break;
            }
            here = next;
        }
        here
    }

    /// The same where no predictor depends on z, which is then normal whatever the counts are: one integral, and moments with
    /// E z = 0 and E z² = 1.
    fn over_baselines(&self, rule: Rule) -> Option<(f64, Moments)> {
        let kernels = [&self.arms[0], &self.arms[1]];
        let (line, v, height) = through_peak(kernels, self.base, [self.sigma; 2])?;
        let (log, sums) = line.integral::<Slopes, 15>(kernels, rule)?;
        let mut moments = Moments::default();
        moments.add(1.0, [0.0, v], [0.0, 1.0], &sums.moments());
        for bend in &mut moments.bend {
            bend[PRODUCT[1][1]] = bend[0];
        }
        Some((height + log - LN_SQRT_2PI, moments))
    }

    /// The same where baselines do not vary: v is normal whatever the counts are.
    fn over_effects(&self, rule: Rule) -> Option<(f64, Moments)> {
        let kernels = [&self.arms[0], &self.arms[1]];
        let (line, z, height) = through_peak(kernels, self.base, self.of_z())?;
        let (log, sums) = line.integral::<Slopes, 15>(kernels, rule)?;
        let mut moments = Moments::default();
        moments.add(1.0, [z, 0.0], [1.0, 0.0], &sums.moments());
        for bend in &mut moments.bend {
            bend[PRODUCT[2][2]] = bend[0];
        }
        Some((height + log - LN_SQRT_2PI, moments))
    }

    /// The likelihood at the mean predictors, where nothing varies.
    fn at_means(&self) -> (f64, Moments) {
        let (one, two) = self.log(0.0, 0.0);
        let products = [one[2] + one[1] * one[1], two[2] + two[1] * two[1], one[1] * two[1]];
        let slope = [[one[1], 0.0, 0.0], [two[1], 0.0, 0.0]];
        (one[0] + two[0], Moments { total: 1.0, slope, bend: products.map(|b| [b, 0.0, 0.0, b, 0.0, b]) })
    }

    /// The log-likelihood with its derivatives in (θ, τ, α, σ, λ).
    fn marginal(&self, rule: Rule) -> Option<Share<5>> {
        let effects_vary = self.of_z() != [0.0; 2];
        let (value, moments) = match (effects_vary, self.sigma != 0.0) {
            (true, true) => self.over_both(rule)?,
            (true, false) => self.over_effects(rule)?,
            (false, true) => self.over_baselines(rule)?,
            (false, false) => self.at_means(),
        };
        // The derivatives of the predictors: a multiple of 1, z or v for each parameter.
        let [c1, c2] = self.shares;
        let first = [(1.0, 0), (c1, 1), (1.0, 0), (1.0, 2), (1.0, 1)];
        let second = [(0.0, 0), (c2, 1), (1.0, 0), (1.0, 2), (1.0, 1)];
        let gradient: [f64; 5] = std::array::from_fn(|i| {
            let ((f, m), (g, n)) = (first[i], second[i]);
            (f * moments.slope[0][m] + g * moments.slope[1][n]) / moments.total
        });
        let hessian = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let sum = first[i].0 * first[j].0 * moments.bend[0][PRODUCT[first[i].1][first[j].1]]
                    + second[i].0 * second[j].0 * moments.bend[1][PRODUCT[second[i].1][second[j].1]]
                    + first[i].0 * second[j].0 * moments.bend[2][PRODUCT[first[i].1][second[j].1]]
                    + second[i].0 * first[j].0 * moments.bend[2][PRODUCT[second[i].1][first[j].1]];
                sum / moments.total - gradient[i] * gradient[j]
            })
        });
        (moments.total > 0.0).then_some(Share { value, gradient, hessian })
    }
}
