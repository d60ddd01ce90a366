//! The normal density with both tails at a point, and sums of tabulated values over many nodes of it.
//!
//! Likelihoods with selection spend their time here. At a point, the density and the tails share one exponential; over
//! nodes, exponentials are a polynomial without branches, which compilers turn into vector instructions. Both are within a
//! few units in the last place where they matter, up to 9 standard deviations.
//!
//! Reference: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969),
//! doi:10.1090/S0025-5718-1969-0247736-4.

use crate::stat::exponential::exp;

pub(super) const ONE_OVER_SQRT_2PI: f64 = 0.398_942_280_401_432_677_94;

/// φ(t), P(T ≤ t), P(T > t).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At {
    pub density: f64,
    pub lower: f64,
    pub upper: f64,
}

/// The standard normal distribution at `t`.
pub(super) fn at(t: f64) -> At {
    let y = t.abs();
    if y > 39.0 {
        let (lower, upper) = if t > 0.0 { (1.0, 0.0) } else { (0.0, 1.0) };
        return At { density: 0.0, lower, upper };
    }
    let y2 = y * y;
    let density = ONE_OVER_SQRT_2PI * (-0.5 * y2).exp();
    if y <= 0.674_489_75 {
        let (mut above, mut below) = (CENTRE.0[4] * y2, y2);
        for i in 0..3 {
            above = (above + CENTRE.0[i]) * y2;
            below = (below + CENTRE.1[i]) * y2;
        }
        let half = t * (above + CENTRE.0[3]) / (below + CENTRE.1[3]);
        return At { density, lower: 0.5 + half, upper: 0.5 - half };
    }
    // Mills' ratio times the density.
    let ratio = if y <= 5.656_854 {
        let (mut above, mut below) = (SHOULDER.0[8] * y, y);
        for i in 0..7 {
            above = (above + SHOULDER.0[i]) * y;
            below = (below + SHOULDER.1[i]) * y;
        }
        (above + SHOULDER.0[7]) / (below + SHOULDER.1[7]) * (1.0 / ONE_OVER_SQRT_2PI)
    } else {
        let r2 = 1.0 / y2;
        let (mut above, mut below) = (TAIL.0[5] * r2, r2);
        for i in 0..4 {
            above = (above + TAIL.0[i]) * r2;
            below = (below + TAIL.1[i]) * r2;
        }
        let rest = r2 * (above + TAIL.0[4]) / (below + TAIL.1[4]);
        (1.0 - rest * (1.0 / ONE_OVER_SQRT_2PI)) / y
    };
    let tail = density * ratio;
    let (lower, upper) = if t > 0.0 { (1.0 - tail, tail) } else { (tail, 1.0 - tail) };
    At { density, lower, upper }
}

/// Cody's coefficients, numerator and denominator.
const CENTRE: ([f64; 5], [f64; 4]) = (
    [
        2.235_252_035_460_683_928_7,
        161.028_231_068_555_878_81,
        1_067.689_485_460_370_958_2,
        18_154.981_253_343_561_249,
        0.065_682_337_918_207_449_113,
    ],
    [
        47.202_581_904_688_241_87,
        976.098_551_737_776_693_22,
        10_260.932_208_618_978_205,
        45_507.789_335_026_729_956,
    ],
);
const SHOULDER: ([f64; 9], [f64; 8]) = (
    [
        0.398_941_512_088_134_667_64,
        8.883_149_794_388_375_941_2,
        93.506_656_132_177_855_979,
        597.270_276_394_800_262_26,
        2_494.537_585_290_372_671_1,
        6_848.190_450_536_282_332_6,
        11_602.651_437_647_350_124,
        9_842.714_838_383_978_021_8,
        1.076_557_677_372_019_231_7e-8,
    ],
    [
        22.266_688_044_328_115_691,
        235.387_901_782_624_998_61,
        1_519.377_599_407_554_805,
        6_485.558_298_266_760_755,
        18_615.571_640_885_098_091,
        34_900.952_721_145_977_266,
        38_912.003_286_093_271_411,
        19_685.429_676_859_990_727,
    ],
);
const TAIL: ([f64; 6], [f64; 5]) = (
    [
        0.215_898_534_057_956_99,
        0.127_401_161_160_247_363_9,
        0.022_235_277_870_649_807,
        0.001_421_619_193_227_893_466,
        2.911_287_495_116_879_2e-5,
        0.023_073_441_764_940_173_03,
    ],
    [
        1.284_260_096_144_911_21,
        0.468_238_212_480_865_118,
        0.065_988_137_868_928_551_5,
        0.003_782_396_332_027_582_44,
        7.297_515_550_839_662_05e-5,
    ],
);

/// The number of nodes that are taken at once.
pub(super) const LANES: usize = 8;

/// Beyond so many standard deviations a node holds less than 1e-17 of the mass,
pub(super) const NEAR: f64 = 9.0;
/// and beyond so many nothing that a number can hold.
pub(super) const FAR: f64 = 37.4;

/// Σ exp(-t² / 2) row over the nodes z with |t| up to `reach`, t = (z - centre) rate. Nodes increase, in whole lanes.
pub(super) fn sums<const C: usize>(
    nodes: &[f64],
    rows: &[[f64; C]],
    centre: f64,
    rate: f64,
    reach: f64,
) -> [f64; C] {
    let mut total = [0.0; C];
    let reach = reach / rate;
    let first = nodes.partition_point(|z| *z < centre - reach) / LANES * LANES;
    let last = nodes.partition_point(|z| *z <= centre + reach).next_multiple_of(LANES).min(nodes.len());
    if first >= last {
        return total;
    }
    let (nodes, _) = nodes[first..last].as_chunks::<LANES>();
    let (rows, _) = rows[first..last].as_chunks::<LANES>();
    for (z, rows) in nodes.iter().zip(rows) {
        let density = exp(z.map(|z| {
            let t = (z - centre) * rate;
            -0.5 * t * t
        }));
        for (density, row) in density.iter().zip(rows) {
            for (sum, value) in total.iter_mut().zip(row) {
                *sum += density * value;
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stat::normal;

    /// Against the distribution functions of the crate, which are good to 3e-16; a tail beyond 9 is good to t² units.
    #[test]
    fn density_and_tails_are_those_of_the_normal_distribution() {
        for i in -380..=380 {
            let t = f64::from(i) * 0.1 + 0.013;
            let got = at(t);
            let tolerance = 4e-16 * (2.0 + t * t);
            for (got, expected) in
                [(got.density, normal::pdf(t)), (got.lower, normal::cdf(t)), (got.upper, normal::sf(t))]
            {
                assert!((got - expected).abs() <= tolerance * expected + 1e-300, "{t}: {got} {expected}");
            }
        }
        assert_eq!((at(50.0).lower, at(-50.0).lower), (1.0, 0.0));
    }

    #[test]
    fn sums_skip_what_holds_no_mass() {
        let nodes: Vec<f64> = (0..160).map(|i| -9.0 + 0.25 * f64::from(i)).collect();
        let rows = vec![[1.0, 2.0]; 160];
        let [one, two] = sums(&nodes, &rows, 1.3, 1.1, NEAR);
        // The trapezoid rule of a density over the line.
        assert!((one * 0.25 * 1.1 * ONE_OVER_SQRT_2PI - 1.0).abs() < 1e-13 && two == 2.0 * one);
        assert_eq!(sums(&nodes, &rows, 900.0, 1.0, FAR), [0.0, 0.0]);
    }
}
