//! The exponential of several numbers at once, for sums over points and cells in which most of the time goes into exponentials: without
//! branches and memory, so that compilers turn it into vector instructions.
//!
//! e^x = 2^k e^r with k the whole number next to x / ln 2, taken off in two parts (W. J. Cody and W. Waite, Software manual for the
//! elementary functions (1980)), and the series of e^r to the power 13, whose remainder is below 1e-17 for |r| ≤ ln 2 / 2.

use std::array::from_fn;

/// ln 2 with as many zeros at its end as k has digits, and the rest.
const LN_2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];

/// Added to a number below 2⁵¹ it leaves its nearest whole number in the last bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// 1/n! from 13 down to 2, by twos.
const SERIES: [[f64; 2]; 6] = [
    [1.0 / 6_227_020_800.0, 1.0 / 479_001_600.0],
    [1.0 / 39_916_800.0, 1.0 / 3_628_800.0],
    [1.0 / 362_880.0, 1.0 / 40_320.0],
    [1.0 / 5_040.0, 1.0 / 720.0],
    [1.0 / 120.0, 1.0 / 24.0],
    [1.0 / 6.0, 0.5],
];

/// Below, the results are as good as 0; beyond, they are infinite.
const RANGE: [f64; 2] = [-708.0, 710.0];

/// e^x of each number, within two units in the last place.
#[inline(always)]
pub(crate) fn exp<const L: usize>(x: [f64; L]) -> [f64; L] {
    let x = x.map(|x| x.clamp(RANGE[0], RANGE[1]));
    let shifted = x.map(|x| x * std::f64::consts::LOG2_E + WHOLE);
    let k = shifted.map(|shifted| shifted - WHOLE);
    let rest: [f64; L] = from_fn(|i| (x[i] - k[i] * LN_2[0]) - k[i] * LN_2[1]);
    // Two series in r², side by side: half the way to wait for.
    let square = rest.map(|rest| rest * rest);
    let [mut odd, mut even] = [[0.0; L]; 2];
    for [odd_term, even_term] in SERIES {
        odd = from_fn(|i| odd[i] * square[i] + odd_term);
        even = from_fn(|i| even[i] * square[i] + even_term);
    }
    // The small terms first, so that the 1 rounds once.
    let power: [f64; L] = from_fn(|i| 1.0 + (rest[i] + square[i] * (even[i] + rest[i] * odd[i])));
    from_fn(|i| power[i] * f64::from_bits((shifted[i].to_bits() << 52).wrapping_add(1.0_f64.to_bits())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_exponentials_are_those_of_one_number() {
        for i in -69_900..69_900 {
            let x = f64::from(i) * 0.010_123;
            let found = exp([x, 0.0, -x, 1e-3 * x]);
            for (found, x) in found.into_iter().zip([x, 0.0, -x, 1e-3 * x]) {
                assert!((found / x.exp() - 1.0).abs() < 4.5e-16, "{x}: {found}");
            }
        }
        assert!(exp([f64::NAN; 4]).iter().all(|x| x.is_nan()));
        assert!(exp([f64::NEG_INFINITY; 4]).iter().all(|x| *x < 1e-300));
        assert_eq!(exp([710.0, 800.0, 1e300, f64::INFINITY]), [f64::INFINITY; 4]);
    }
}
