//! The minimum of a function of one variable within a bracket, by golden-section search.

/// The position and value of a minimum of `f` between `a` and `b`; the global one where `f` has one valley there.
///
/// The bracket shrinks by 0.618 a step until it is as narrow as the square root of the machine precision allows to
/// tell values apart.
pub(super) fn within(f: impl Fn(f64) -> f64, a: f64, b: f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.381_966_011_250_105_2;
    let (mut a, mut b) = (a, b);
    let (mut c, mut d) = (a + GOLDEN * (b - a), b - GOLDEN * (b - a));
    let (mut fc, mut fd) = (f(c), f(d));
    for _ in 0..100 {
        if b - a <= 1e-12 * (a.abs() + b.abs() + 1.0) {
            break;
        }
        if fc <= fd {
            (b, d, fd) = (d, c, fc);
            c = a + GOLDEN * (b - a);
            fc = f(c);
        } else {
            (a, c, fc) = (c, d, fd);
            d = b - GOLDEN * (b - a);
            fd = f(d);
        }
    }
    if fc <= fd { (c, fc) } else { (d, fd) }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_parabola_and_an_edge() {
        let (x, fx) = within(|x| (x - 1.25).powi(2), 0.0, 4.0);
        assert!((x - 1.25).abs() < 1e-7 && fx < 1e-14);
        assert!(within(|x| x, 2.0, 3.0).0 - 2.0 < 1e-9);
    }
}
