//! Sobol points: a sequence that fills the unit cube more evenly than random numbers.
//!
//! # Algorithm
//!
//! Direction numbers of Joe and Kuo (2008) for 64 dimensions, Gray-code order as of Antonov and Saleev, 32 bits. A seed
//! shifts all points by one random number (exclusive or), which keeps their evenness and makes them unbiased; the
//! first point is not special then. Lengths that are powers of two are the most even.
//!
//! # References
//!
//! - Joe S, Kuo FY (2008). Constructing Sobol sequences with better two-dimensional projections. *SIAM Journal on
//!   Scientific Computing* 30:2635-2654. doi:10.1137/070709359

#[cfg(feature = "random")]
use crate::{Error, Result};

/// The primitive polynomial (all its coefficients as bits) and initial direction numbers of dimensions 2 to 64.
const TABLE: [(u32, &[u32]); 63] = [
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
    (103, &[1, 1, 1, 15, 7, 5]),
    (109, &[1, 3, 1, 15, 13, 25]),
    (115, &[1, 1, 5, 5, 19, 61]),
    (131, &[1, 3, 7, 11, 23, 15, 103]),
    (137, &[1, 3, 7, 13, 13, 15, 69]),
    (143, &[1, 1, 3, 13, 7, 35, 63]),
    (145, &[1, 3, 5, 9, 1, 25, 53]),
    (157, &[1, 3, 1, 13, 9, 35, 107]),
    (167, &[1, 3, 1, 5, 27, 61, 31]),
    (171, &[1, 1, 5, 11, 19, 41, 61]),
    (185, &[1, 3, 5, 3, 3, 13, 69]),
    (191, &[1, 1, 7, 13, 1, 19, 1]),
    (193, &[1, 3, 7, 5, 13, 19, 59]),
    (203, &[1, 1, 3, 9, 25, 29, 41]),
    (211, &[1, 3, 5, 13, 23, 1, 55]),
    (213, &[1, 3, 7, 3, 13, 59, 17]),
    (229, &[1, 3, 1, 3, 5, 53, 69]),
    (239, &[1, 1, 5, 5, 23, 33, 13]),
    (241, &[1, 1, 7, 7, 1, 61, 123]),
    (247, &[1, 1, 7, 9, 13, 61, 49]),
    (253, &[1, 3, 3, 5, 3, 55, 33]),
    (285, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (299, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (301, &[1, 3, 1, 11, 11, 11, 77, 249]),
    (333, &[1, 3, 1, 11, 27, 43, 71, 9]),
    (351, &[1, 1, 7, 15, 21, 11, 81, 45]),
    (355, &[1, 3, 7, 3, 25, 31, 65, 79]),
    (357, &[1, 3, 1, 1, 19, 11, 3, 205]),
    (361, &[1, 1, 5, 9, 19, 21, 29, 157]),
    (369, &[1, 3, 7, 11, 1, 33, 89, 185]),
    (391, &[1, 3, 3, 3, 15, 9, 79, 71]),
    (397, &[1, 3, 7, 11, 15, 39, 119, 27]),
    (425, &[1, 1, 3, 1, 11, 31, 97, 225]),
    (451, &[1, 1, 1, 3, 23, 43, 57, 177]),
    (463, &[1, 3, 7, 7, 17, 17, 37, 71]),
    (487, &[1, 3, 1, 5, 27, 63, 123, 213]),
    (501, &[1, 1, 3, 5, 11, 43, 53, 133]),
    (529, &[1, 3, 5, 5, 29, 17, 47, 173, 479]),
    (539, &[1, 3, 3, 11, 3, 1, 109, 9, 69]),
    (545, &[1, 1, 1, 5, 17, 39, 23, 5, 343]),
    (557, &[1, 3, 1, 5, 25, 15, 31, 103, 499]),
    (563, &[1, 1, 1, 11, 11, 17, 63, 105, 183]),
    (601, &[1, 1, 5, 11, 9, 29, 97, 231, 363]),
    (607, &[1, 1, 5, 15, 19, 45, 41, 7, 383]),
    (617, &[1, 3, 7, 7, 31, 19, 83, 137, 221]),
    (623, &[1, 1, 1, 3, 23, 15, 111, 223, 83]),
    (631, &[1, 1, 5, 13, 31, 15, 55, 25, 161]),
    (637, &[1, 1, 3, 13, 25, 47, 39, 87, 257]),
];

/// The greatest number of dimensions.
pub(crate) const DIMENSIONS: usize = 64;

fn directions(dimension: usize) -> [u32; 32] {
    let mut v = [0u32; 32];
    let Some((polynomial, initial)) = dimension.checked_sub(1).and_then(|d| TABLE.get(d)) else {
        for (k, v) in v.iter_mut().enumerate() {
            *v = 1 << (31 - k);
        }
        return v;
    };
    let s = initial.len();
    for k in 0..32 {
        if k < s {
            v[k] = initial[k] << (31 - k);
        } else {
            let mut next = v[k - s] ^ (v[k - s] >> s);
            for i in 1..s {
                if (polynomial >> (s - i)) & 1 == 1 {
                    next ^= v[k - i];
                }
            }
            v[k] = next;
        }
    }
    v
}

/// The first `n` points in one dimension, as 32-bit fractions, each exclusive-ored with `shift`.
#[cfg(any(test, feature = "random"))]
fn points(dimension: usize, n: usize, shift: u32) -> impl Iterator<Item = u32> {
    let v = directions(dimension);
    let mut x = shift;
    (0..n).map(move |i| {
        let now = x;
        x ^= v[(i as u32).trailing_ones().min(31) as usize];
        now
    })
}

/// The first `n` points of a dimension (from 0) within (0, 1), shifted by `shift`.
#[cfg(feature = "random")]
pub(crate) fn coordinates(dimension: usize, n: usize, shift: u32) -> Vec<f64> {
    points(dimension, n, shift).map(|x| (f64::from(x) + 0.5) / 4_294_967_296.0).collect()
}

/// Points one after the other, shifted by a seed; those of the same seed and different copies differ by their shifts, so
/// that the spread of the copies' means is an honest estimate of the error.
///
/// Coordinates beyond the 64th are random ones.
#[derive(Debug, Clone)]
pub(crate) struct Sobol {
    directions: Vec<[u32; 32]>,
    now: Vec<u32>,
    index: u32,
    state: u64,
}

impl Sobol {
    /// The points of a seed and a copy.
    pub fn new(dimensions: usize, seed: u64, copy: u64) -> Self {
        let mut state = mix(seed ^ mix(copy));
        let mut next = || {
            state = mix(state);
            (state >> 32) as u32
        };
        let now = (0..dimensions).map(|_| next()).collect();
        let directions = (0..dimensions.min(DIMENSIONS)).map(directions).collect();
        Sobol { directions, now, index: 0, state }
    }

    /// Writes the next point, whose coordinates lie strictly between 0 and 1.
    pub fn next_point(&mut self, point: &mut [f64]) {
        let bit = self.index.trailing_ones().min(31) as usize;
        self.index = self.index.wrapping_add(1);
        for (j, (x, now)) in point.iter_mut().zip(&mut self.now).enumerate() {
            *x = (f64::from(*now) + 0.5) / 4_294_967_296.0;
            match self.directions.get(j) {
                Some(v) => *now ^= v[bit],
                None => {
                    self.state = mix(self.state);
                    *now = (self.state >> 32) as u32;
                }
            }
        }
    }
}

/// The step and the finalizer of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Refuses more dimensions than there are direction numbers.
#[cfg(feature = "random")]
pub(crate) fn check_dimensions(dimensions: usize) -> Result<()> {
    if dimensions <= DIMENSIONS {
        Ok(())
    } else {
        Err(Error::setting(
            "sampling",
            format!("Sobol points for {dimensions} dimensions"),
            format!("use at most {DIMENSIONS}, or a Latin hypercube"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_integral_is_met_to_five_digits() {
        // ∫ Π (1 + (x_j − ½)²) over [0, 1]⁵ = (13/12)⁵
        let mut points = Sobol::new(5, 1, 0);
        let (mut point, mut sum) = ([0.0; 5], 0.0);
        for _ in 0..8192 {
            points.next_point(&mut point);
            sum += point.iter().map(|x| 1.0 + (x - 0.5) * (x - 0.5)).product::<f64>();
        }
        assert!((sum / 8192.0 - (13.0_f64 / 12.0).powi(5)).abs() < 1e-5);
    }

    /// SciPy 1.17.1, `qmc.Sobol(64, scramble=False)`: points 5, 100 and 1000 in dimensions 1, 2, 3, 17 and 64.
    #[test]
    fn unshifted_points_are_those_of_scipy() {
        let rows: [(usize, [f64; 5]); 3] = [
            (5, [0.875, 0.875, 0.125, 0.875, 0.625]),
            (100, [0.4140625, 0.2578125, 0.7734375, 0.6796875, 0.6484375]),
            (1000, [0.2197265625, 0.0966796875, 0.5185546875, 0.7197265625, 0.4462890625]),
        ];
        for (i, want) in rows {
            for (dimension, want) in [0, 1, 2, 16, 63].into_iter().zip(want) {
                let got = points(dimension, i + 1, 0).last().unwrap_or(0);
                assert_eq!(f64::from(got) / 4_294_967_296.0, want, "point {i}, dimension {dimension}");
            }
        }
    }
}
