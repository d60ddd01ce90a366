//! Random numbers for resampling and simulation: a stream of a ChaCha8 generator for each replicate, so that results depend on
//! the seed alone, whatever the number of threads.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Tail, normal, progress::first_of};
use crate::Result;

/// The numbers of one replicate.
pub(crate) struct Stream(ChaCha8Rng);

/// The stream of a replicate.
pub(crate) fn stream(seed: u64, replicate: u64) -> Stream {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(replicate + 1);
    Stream(generator)
}

impl Stream {
    /// A number within (0, 1).
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        normal::quantile(Tail::Lower(self.uniform()))
    }

    /// A whole number below n without bias (Lemire 2019, doi:10.1145/3230636).
    pub fn below(&mut self, n: usize) -> usize {
        let n = n as u64;
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(n);
            let low = product as u64;
            if low >= n || low >= n.wrapping_neg() % n {
                return (product >> 64) as usize;
            }
        }
    }

    /// The number of events among n with a probability, by inversion from the mode's side that is nearer.
    pub fn binomial(&mut self, n: f64, p: f64) -> f64 {
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        // Waiting times between events (Devroye 1986, chapter X.4): time in proportion to n p.
        let ln_q = (-p).ln_1p();
        if ln_q == 0.0 {
            return 0.0;
        }
        let (mut events, mut passed) = (0.0, 0.0);
        loop {
            passed += (self.uniform().ln() / ln_q).ceil().max(1.0);
            if passed > n {
                return events;
            }
            events += 1.0;
        }
    }

    /// The number of events of a Poisson process: by waiting times, or, where they are many, from the time of an earlier
    /// event (Ahrens and Dieter 1974, doi:10.1007/BF02293108).
    pub fn poisson(&mut self, mean: f64) -> f64 {
        if mean > 500.0 {
            let earlier = (0.875 * mean).floor();
            let time = 0.5 * self.chi2(2.0 * earlier);
            return match time < mean {
                true => earlier + self.poisson(mean - time),
                false => self.binomial(earlier - 1.0, mean / time),
            };
        }
        let (mut events, mut time) = (0.0, -self.uniform().ln());
        while time < mean {
            events += 1.0;
            time -= self.uniform().ln();
        }
        events
    }

    /// A chi-square number with a whole number of degrees of freedom or any other (Marsaglia and Tsang 2000,
    /// doi:10.1145/358407.358414), for at least 1.
    pub fn chi2(&mut self, df: f64) -> f64 {
        let shape = 0.5 * df;
        // A shape below 1 is that of one more, times a power of a uniform.
        let (shape, factor) =
            if shape < 1.0 { (shape + 1.0, self.uniform().powf(1.0 / shape)) } else { (shape, 1.0) };
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return 2.0 * d * v * factor;
            }
        }
    }
}

/// One value for each replicate, in their order; fewer if the work is ended early.
///
/// # Errors
///
/// If it is ended before anything is done.
pub(crate) fn replicates<T: Send>(n: usize, one: impl Fn(u64) -> T + Sync + Send) -> Result<Vec<T>> {
    first_of("replicates", n, |i| one(i as u64))
}

/// The quantile of sorted values, linear between them (type 7 of Hyndman and Fan 1996).
pub(crate) fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at.clamp(0.0, 1.0) * (sorted.len().saturating_sub(1)) as f64;
    let below = place.floor();
    let (low, high) = (below as usize, place.ceil() as usize);
    match (sorted.get(low), sorted.get(high)) {
        (Some(a), Some(b)) => a + (place - below) * (b - a),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Means and variances of 40,000 numbers, within five standard errors.
    #[test]
    fn moments() {
        let n = 40_000;
        let mut s = stream(3, 0);
        let mut check =
            |draw: &mut dyn FnMut(&mut Stream) -> f64, mean: f64, variance: f64, kurtosis: f64| {
                let x: Vec<f64> = (0..n).map(|_| draw(&mut s)).collect();
                let m = x.iter().sum::<f64>() / f64::from(n);
                let v = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
                assert!((m - mean).abs() < 5.0 * (variance / f64::from(n)).sqrt(), "{m} {mean}");
                assert!(
                    (v - variance).abs() < 5.0 * variance * ((kurtosis - 1.0) / f64::from(n)).sqrt(),
                    "{v} {variance}"
                );
            };
        check(&mut |s| s.normal(), 0.0, 1.0, 3.0);
        check(&mut |s| s.binomial(30.0, 0.2), 6.0, 4.8, 3.0);
        check(&mut |s| s.binomial(12.0, 0.7), 8.4, 2.52, 3.0);
        check(&mut |s| s.poisson(4.0), 4.0, 4.0, 3.25);
        check(&mut |s| s.poisson(900.0), 900.0, 900.0, 3.0);
        check(&mut |s| s.chi2(7.0), 7.0, 14.0, 3.0 + 12.0 / 7.0);
        check(&mut |s| s.chi2(1.0), 1.0, 2.0, 15.0);
    }
}
