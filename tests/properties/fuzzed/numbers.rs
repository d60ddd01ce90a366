//! Numbers from the bytes of an input.

/// Two bytes for each number, one of them its magnitude, so that most inputs hold numbers of use.
pub fn numbers(bytes: &[u8]) -> Vec<f64> {
    let number = |pair: &[u8]| {
        let magnitude = match pair[1] {
            0..=199 => 0,
            more => (i32::from(more) - 227) * 11,
        };
        f64::from(pair[0].cast_signed()) / 16.0 * 10_f64.powi(magnitude)
    };
    bytes.chunks_exact(2).map(number).collect()
}
