//! Cochran's Q and its relatives for every subset of the studies, in O(1) each.
//!
//! The studies are cut into two parts. What a subset needs is tabulated for all subsets of the lower part, and known for
//! the one subset of the upper part that a block of subsets shares; the two are joined. A Gray code, which steps from subset to
//! subset by one study, costs as much but adds and subtracts the same numbers a million times; here no sum is ever more than
//! a few additions of positive terms away from the data, so that every subset has the digits of a fit from scratch.
//!
//! With w = 1 / v, a part holds n, Σw, E = Σᵢ<ⱼ wᵢwⱼ, its mean m and Q = Σw (y - m)². Two parts a and b join to
//!
//! - Σw = Wa + Wb, E = Ea + Eb + Wa Wb, m = (Wa ma + Wb mb) / Σw,
//! - Q = Qa + Qb + (ma - mb)² Wa Wb / Σw (Chan, Golub and LeVeque 1983),
//!
//! and tr P = Σw - Σw² / Σw = 2 E / Σw, of positive terms too.
//!
//! Reference: Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance,
//! doi:10.1080/00031305.1983.10483115.

/// The sums of some studies.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Part {
    /// The number of studies.
    pub k: u32,
    /// Σw.
    pub w: f64,
    /// Σᵢ<ⱼ wᵢwⱼ.
    pub pairs: f64,
    /// The weighted mean; 0 of no study.
    pub mean: f64,
    /// Cochran's Q.
    pub q: f64,
}

impl Part {
    pub fn one(y: f64, v: f64) -> Self {
        Part { k: 1, w: 1.0 / v, pairs: 0.0, mean: y, q: 0.0 }
    }

    #[inline]
    pub fn join(self, other: Part) -> Part {
        if self.k == 0 {
            return other;
        }
        if other.k == 0 {
            return self;
        }
        let w = self.w + other.w;
        let product = self.w * other.w;
        let apart = self.mean - other.mean;
        Part {
            k: self.k + other.k,
            w,
            pairs: self.pairs + other.pairs + product,
            mean: (self.w * self.mean + other.w * other.mean) / w,
            q: self.q + other.q + apart * apart * (product / w),
        }
    }

    /// tr P at weights 1 / v.
    #[inline]
    pub fn trace(&self) -> f64 {
        2.0 * self.pairs / self.w
    }

    /// The degrees of freedom of Q.
    #[inline]
    pub fn df(&self) -> f64 {
        f64::from(self.k) - 1.0
    }
}

/// The parts of all subsets of the given studies; the bits of a position are the members, the first study the lowest.
pub(super) fn all(yi: &[f64], vi: &[f64]) -> Vec<Part> {
    let mut table = vec![Part::default()];
    for (&y, &v) in yi.iter().zip(vi) {
        let one = Part::one(y, v);
        for position in 0..table.len() {
            table.push(table[position].join(one));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::{
        pool::kernel,
        tau2::model::{Mean, Model},
    };

    /// Far from the origin and with variances that differ a millionfold, where running sums lose most.
    #[test]
    fn every_subset_has_the_digits_of_a_fit_from_scratch() {
        let yi: [f64; 9] = [1000.25, 999.5, 1000.125, 1001.75, 1000.0, 1000.5, 998.875, 1000.25, 1000.25];
        let vi = [1e-4, 0.5, 100.0, 0.02, 0.25, 1e-3, 3.0, 1e-4, 7e-4];
        let table = all(&yi, &vi);
        assert_eq!(table.len(), 512);
        for (set, part) in table.iter().enumerate().skip(1) {
            let members: Vec<usize> = (0..9).filter(|i| set >> i & 1 == 1).collect();
            // Centred exactly, so that the comparison has all its digits.
            let y: Vec<f64> = members.iter().map(|&i| yi[i] - 1000.0).collect();
            let v: Vec<f64> = members.iter().map(|&i| vi[i]).collect();
            let scratch = kernel::fixed(&y, &v);
            assert_eq!(part.k as usize, members.len());
            assert_relative_eq!(part.mean - 1000.0, scratch.estimate, max_relative = 1e-10, epsilon = 1e-12);
            assert_relative_eq!(part.q, scratch.q, max_relative = 1e-10, epsilon = 1e-16);
            if members.len() > 1 {
                let trace = Mean::new(&y, &v).traces(|_, v| 1.0 / v).p;
                assert_relative_eq!(part.trace(), trace, max_relative = 1e-11);
            }
        }
    }
}
