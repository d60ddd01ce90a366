//! What is summed over the points t of a line with weights w, and what the even and the odd points say of the error.
//!
//! Points are taken four at a time, so that the processor does the same to several numbers at once.

/// The same number at four neighboring points.
pub(super) type Lanes = [f64; 4];

/// A number at each of four points.
#[inline(always)]
pub(super) fn lanes(at: impl FnMut(usize) -> f64) -> Lanes {
    std::array::from_fn(at)
}

/// The terms of sums over points: C for each point, of which the first two are w and wt.
pub(super) trait Terms<const A: usize, const C: usize> {
    /// The terms of points with these weights, slopes sₐ of the log-likelihoods and minus their bends.
    fn of(t: &Lanes, weight: &Lanes, slopes: &[Lanes; A], bends: &[Lanes; A]) -> [Lanes; C];
}

/// w times the powers of t up to the fourth.
pub(super) enum Powers {}

/// w; wt; w sₐ times 1 and t; w (sₐsᵦ + [a = b] sₐ') times 1, t and t².
pub(super) enum Slopes {}

#[inline(always)]
fn product(a: &Lanes, b: &Lanes) -> Lanes {
    lanes(|i| a[i] * b[i])
}

impl Terms<1, 5> for Powers {
    #[inline(always)]
    fn of(t: &Lanes, weight: &Lanes, _: &[Lanes; 1], _: &[Lanes; 1]) -> [Lanes; 5] {
        let (square, first) = (product(t, t), product(weight, t));
        let second = product(weight, &square);
        [*weight, first, second, product(&first, &square), product(&second, &square)]
    }
}

impl Terms<1, 7> for Slopes {
    #[inline(always)]
    fn of(t: &Lanes, weight: &Lanes, [slope]: &[Lanes; 1], [bend]: &[Lanes; 1]) -> [Lanes; 7] {
        let [s, st] = slopes(t, weight, slope);
        let [b, bt, btt] = bends(t, &lanes(|i| s[i] * slope[i] - weight[i] * bend[i]));
        [*weight, product(weight, t), s, st, b, bt, btt]
    }
}

impl Terms<2, 15> for Slopes {
    #[inline(always)]
    fn of(t: &Lanes, weight: &Lanes, [one, two]: &[Lanes; 2], [first, second]: &[Lanes; 2]) -> [Lanes; 15] {
        let ([s, st], [r, rt]) = (slopes(t, weight, one), slopes(t, weight, two));
        let [b, bt, btt] = bends(t, &lanes(|i| s[i] * one[i] - weight[i] * first[i]));
        let [c, ct, ctt] = bends(t, &product(&s, two));
        let [d, dt, dtt] = bends(t, &lanes(|i| r[i] * two[i] - weight[i] * second[i]));
        [*weight, product(weight, t), s, st, r, rt, b, bt, btt, c, ct, ctt, d, dt, dtt]
    }
}

#[inline(always)]
fn slopes(t: &Lanes, weight: &Lanes, slope: &Lanes) -> [Lanes; 2] {
    let slope = product(weight, slope);
    [slope, product(&slope, t)]
}

#[inline(always)]
fn bends(t: &Lanes, bend: &Lanes) -> [Lanes; 3] {
    let moment = product(bend, t);
    [*bend, moment, product(&moment, t)]
}

/// Sums over points, and those of w and wt over even points less odd ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally<const C: usize> {
    sums: [f64; C],
    pub even_less_odd: [f64; 2],
}

impl<const C: usize> Tally<C> {
    /// The sums of four lanes of points that are even and odd by turns, the first with this sign.
    pub fn of_lanes(sums: &[Lanes; C], sign: f64) -> Self {
        let alternating = |[a, b, c, d]: Lanes| sign * ((a + c) - (b + d));
        Tally {
            sums: sums.map(|[a, b, c, d]| (a + c) + (b + d)),
            even_less_odd: [alternating(sums[0]), alternating(sums[1])],
        }
    }

    /// The sum of the weights.
    pub fn total(&self) -> f64 {
        self.sums[0]
    }

    /// The relative difference of even and odd points, in the sum and in its first moment over `size`.
    pub fn unevenness(&self, size: f64) -> f64 {
        let [sum, first] = self.even_less_odd.map(f64::abs);
        sum.max(first / size) / self.total()
    }

    /// Adds the points of another sum.
    pub fn join(&mut self, other: &Self) {
        (0..C).for_each(|i| self.sums[i] += other.sums[i]);
        (0..2).for_each(|i| self.even_less_odd[i] += other.even_less_odd[i]);
    }

    /// Counts all points as even ones or odd ones, as those of a step of half the length.
    pub fn all(self, sign: f64) -> Self {
        Tally { even_less_odd: [sign * self.sums[0], sign * self.sums[1]], ..self }
    }
}

impl Tally<5> {
    /// The mean of t under the weights, and its central moments of the orders two, three and four.
    pub fn central(&self) -> [f64; 4] {
        let [total, sums @ ..] = self.sums;
        let [mean, second, third, fourth] = sums.map(|sum| sum / total);
        let square = mean * mean;
        [
            mean,
            second - square,
            third - mean * (3.0 * second - 2.0 * square),
            fourth - mean * (4.0 * third - mean * (6.0 * second - 3.0 * square)),
        ]
    }
}

/// Sums of w; of w sₐ times 1 and t; of w (sₐsᵦ + [a = b] sₐ') times 1, t and t².
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments<const A: usize, const B: usize> {
    pub total: f64,
    pub slope: [[f64; 2]; A],
    /// 11 for one count; 11, 12, 22 for two.
    pub bend: [[f64; 3]; B],
}

impl Tally<7> {
    pub fn moments(&self) -> Moments<1, 1> {
        let [total, _, s, st, b, bt, btt] = self.sums;
        Moments { total, slope: [[s, st]], bend: [[b, bt, btt]] }
    }
}

impl Tally<15> {
    pub fn moments(&self) -> Moments<2, 3> {
        let [total, _, s, st, r, rt, b, bt, btt, c, ct, ctt, d, dt, dtt] = self.sums;
        let bend = [[b, bt, btt], [c, ct, ctt], [d, dt, dtt]];
        Moments { total, slope: [[s, st], [r, rt]], bend }
    }
}
