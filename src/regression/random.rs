//! Whole numbers drawn without bias.

use rand_chacha::{ChaCha8Rng, rand_core::Rng};

/// A whole number below `n`, by multiplication with rejection (Lemire 2019, doi:10.1145/3230636).
pub(super) fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    let n = n as u64;
    loop {
        let product = u128::from(rng.next_u64()) * u128::from(n);
        let low = product as u64;
        if low >= n || low >= n.wrapping_neg() % n {
            return (product >> 64) as usize;
        }
    }
}
