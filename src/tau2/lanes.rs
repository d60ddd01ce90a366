//! Sums over studies, several studies at a time: the numbers of neighboring studies lie side by side in one register of the
//! processor, whose additions, products and divisions take as long as those of one.

use std::array::from_fn;
use std::ops::{Add, Div, Mul, Sub};

use wide::f64x4;

/// Studies at a time.
const LANES: usize = 4;

/// A number of each of some neighboring studies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes(f64x4);

impl Lanes {
    /// The same number for all.
    #[inline(always)]
    fn all(value: f64) -> Self {
        Lanes(f64x4::splat(value))
    }

    /// 1 / x.
    #[inline(always)]
    pub fn recip(self) -> Self {
        Lanes::all(1.0) / self
    }
}

/// Variances of one study or of neighboring ones.
pub(crate) trait Variances {
    /// Their weights, the first study being the one at this position.
    fn weights(self, at: usize, weight: impl Fn(usize, f64) -> f64) -> Self;
}

impl Variances for f64 {
    #[inline(always)]
    fn weights(self, at: usize, weight: impl Fn(usize, f64) -> f64) -> f64 {
        weight(at, self)
    }
}

impl Variances for Lanes {
    #[inline(always)]
    fn weights(self, at: usize, weight: impl Fn(usize, f64) -> f64) -> Lanes {
        let variances = self.0.to_array();
        Lanes(from_fn::<f64, LANES, _>(|lane| weight(at + lane, variances[lane])).into())
    }
}

macro_rules! elementwise {
    ($($operation:ident $method:ident),+) => { $(
        impl $operation for Lanes {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, other: Lanes) -> Lanes {
                Lanes(self.0.$method(other.0))
            }
        }

        impl $operation<f64> for Lanes {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, other: f64) -> Lanes {
                self.$method(Lanes::all(other))
            }
        }
    )+ };
}

elementwise! { Add add, Sub sub, Mul mul, Div div }

/// Σᵢ of each term of (i, yᵢ, vᵢ): `sums!(yi, vi, |i, y, v| [...])`, whose terms are written once and computed for several studies
/// at a time, then for each that is left over.
macro_rules! sums {
    ($yi:expr, $vi:expr, |$at:tt, $y:tt, $v:tt| $terms:expr) => {
        $crate::tau2::lanes::sums_of($yi, $vi, |$at, $y, $v| $terms, |$at, $y, $v| $terms)
    };
}
pub(crate) use sums;

/// See [`sums!`].
#[inline(always)]
pub(crate) fn sums_of<const N: usize>(
    yi: &[f64],
    vi: &[f64],
    several: impl Fn(usize, Lanes, Lanes) -> [Lanes; N],
    one: impl Fn(usize, f64, f64) -> [f64; N],
) -> [f64; N] {
    let k = yi.len().min(vi.len());
    let (y_chunks, y_rest) = yi[..k].as_chunks::<LANES>();
    let (v_chunks, v_rest) = vi[..k].as_chunks::<LANES>();
    let mut rest = [0.0; N];
    for (i, (&y, &v)) in y_rest.iter().zip(v_rest).enumerate() {
        for (sum, term) in rest.iter_mut().zip(one(k - y_rest.len() + i, y, v)) {
            *sum += term;
        }
    }
    let mut lanes = [Lanes::all(0.0); N];
    for (chunk, (&y, &v)) in y_chunks.iter().zip(v_chunks).enumerate() {
        let terms = several(chunk * LANES, Lanes(y.into()), Lanes(v.into()));
        for (sum, term) in lanes.iter_mut().zip(terms) {
            *sum = *sum + term;
        }
    }
    from_fn(|n| {
        let [a, b, c, d] = lanes[n].0.to_array();
        ((a + c) + (b + d)) + rest[n]
    })
}
