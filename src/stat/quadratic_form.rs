//! provisional: Imhof
#![allow(missing_docs, clippy::all)]
pub fn sf(q: f64, l: &[f64]) -> f64 {
    let f = |u: f64| {
        if u == 0.0 {
            return 0.5 * (l.iter().sum::<f64>() - q);
        }
        let th: f64 = l.iter().map(|l| (l * u).atan()).sum::<f64>() * 0.5 - 0.5 * q * u;
        let lr: f64 = l.iter().map(|l| 0.25 * (l * u * l * u).ln_1p()).sum();
        th.sin() / (u * lr.exp())
    };
    let mut s = 0.0;
    let mut a = 0.0;
    let h = 0.05;
    let m = l.iter().cloned().fold(0.0, f64::max);
    let h = h / m;
    for i in 0..40000 {
        let b = a + h * 1.0;
        let c = 0.5 * (a + b);
        s += (f(a) + 4.0 * f(c) + f(b)) * (b - a) / 6.0;
        a = b;
        let lr: f64 = l.iter().map(|l| 0.25 * (l * a * l * a).ln_1p()).sum();
        if i > 100 && (-lr).exp() / a * 100.0 * h < 1e-15 {
            break;
        }
    }
    0.5 + s / std::f64::consts::PI
}
pub fn cdf(q: f64, l: &[f64]) -> f64 {
    1.0 - sf(q, l)
}
