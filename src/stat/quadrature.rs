//! provisional
#![allow(missing_docs, clippy::all)]
pub fn adaptive(f: impl Fn(f64) -> f64, a: f64, b: f64, _tol: f64) -> f64 {
    let n = 4000;
    let h = (b - a) / n as f64;
    let g = [
        (0.0, 128.0 / 225.0),
        (0.5384693101056831, 0.47862867049936647),
        (-0.5384693101056831, 0.47862867049936647),
        (0.906179845938664, 0.23692688505618908),
        (-0.906179845938664, 0.23692688505618908),
    ];
    let mut s = 0.0;
    for i in 0..n {
        let c = a + h * (i as f64 + 0.5);
        for (x, w) in g {
            s += w * f(c + 0.5 * h * x);
        }
    }
    s * h * 0.5
}
