//! The root of a function of one variable, bracketed, to the last bit.
//!
//! For estimating equations (τ² of Paule and Mandel, the ends of a Q-profile interval) that change sign once in the
//! bracket. Brent's method (inverse quadratic interpolation and secants, safeguarded by bisection) runs until the
//! bracket is two neighbouring doubles or the function is exactly 0. The answer is then independent of the starting
//! bracket, except for rounding errors of the function itself.
//!
//! ```
//! use consilience::stat::root;
//!
//! let x = root::find(|x| x * x - 2.0, 0.0, 2.0);
//! assert_eq!(x, Some(std::f64::consts::SQRT_2));
//! assert_eq!(root::find(|x| x * x + 1.0, 0.0, 2.0), None);
//! ```
//!
//! Reference: R. P. Brent, An algorithm with guaranteed convergence for finding a zero of a function, Comput. J. 14
//! (1971), doi:10.1093/comjnl/14.4.422.

/// The root of `f` between `a` and `b`, to the last bit.
///
/// `None` if the signs at the ends are equal, or if `f` is NaN where it matters. Infinite function values are fine;
/// infinite ends are not.
pub fn find(mut f: impl FnMut(f64) -> f64, a: f64, b: f64) -> Option<f64> {
    if !a.is_finite() || !b.is_finite() {
        return None;
    }
    let (fa, fb) = (f(a), f(b));
    find_between(f, (a, fa), (b, fb))
}

/// The root of `f` between two points at which its values are known already.
///
/// As [`find`], with each end a pair (x, f(x)).
pub fn find_between(mut f: impl FnMut(f64) -> f64, a: (f64, f64), b: (f64, f64)) -> Option<f64> {
    let ((mut a, mut fa), (mut b, mut fb)) = (a, b);
    if fa == 0.0 {
        return Some(a);
    }
    if fb == 0.0 {
        return Some(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return None;
    }
    // b is the best point, the root lies between b and c, a is the point before b
    let (mut c, mut fc) = (a, fa);
    let (mut step, mut before) = (b - a, b - a);
    for iteration in 0..2200 {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            before = step;
        }
        if fc.abs() < fb.abs() {
            (a, fa) = (b, fb);
            (b, fb) = (c, fc);
            (c, fc) = (a, fa);
        }
        let tolerance = spacing(b);
        let half = 0.5 * c - 0.5 * b;
        if fb == 0.0 || neighbours(b, c) {
            return Some(b);
        }
        // after many steps the function is noise or a step: plain bisection ends it
        let fast = iteration < 100 && fb.is_finite() && fa.is_finite() && fc.is_finite();
        if fast && before.abs() >= tolerance && fa.abs() > fb.abs() {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * half * s, 1.0 - s)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if 2.0 * p < (3.0 * half * q - (tolerance * q).abs()).min((before * q).abs()) {
                before = step;
                step = p / q;
            } else {
                step = half;
                before = half;
            }
        } else {
            step = half;
            before = half;
        }
        (a, fa) = (b, fb);
        let mut next = b + step;
        if next == b {
            next = if half > 0.0 { b.next_up() } else { b.next_down() };
        }
        b = next;
        fb = f(b);
        if fb.is_nan() {
            return None;
        }
    }
    Some(b)
}

/// The distance to the next double.
fn spacing(x: f64) -> f64 {
    let x = x.abs();
    x.next_up() - x
}

fn neighbours(a: f64, b: f64) -> bool {
    a == b || a.next_up() == b || a.next_down() == b
}

/// A bracket of a sign change of `f`, searched from `start` in growing steps.
///
/// The first step goes to `start + step` (`step` may be negative), each further one is twice as long as the one
/// before, until the sign changes or `limit` is reached. The result is a pair of points with their values, for
/// [`find_between`]; `None` if the sign at `limit` still is that at `start`.
///
/// ```
/// use consilience::stat::root;
///
/// let f = |x: f64| x.exp() - 1e6;
/// let (a, b) = root::expand(f, 0.0, 1.0, 100.0).unwrap();
/// assert!((root::find_between(f, a, b).unwrap() - 1e6_f64.ln()).abs() < 1e-14);
/// ```
pub fn expand(
    mut f: impl FnMut(f64) -> f64,
    start: f64,
    step: f64,
    limit: f64,
) -> Option<((f64, f64), (f64, f64))> {
    if !start.is_finite()
        || !step.is_finite()
        || step == 0.0
        || limit.is_nan()
        || (limit - start) * step < 0.0
    {
        return None;
    }
    let mut from = (start, f(start));
    let mut step = step;
    loop {
        if from.1.is_nan() {
            return None;
        }
        let next = from.0 + step;
        let next = if step > 0.0 { next.min(limit) } else { next.max(limit) };
        if next == from.0 || !next.is_finite() {
            return None;
        }
        let to = (next, f(next));
        if to.1 == 0.0 || from.1 == 0.0 || (to.1 > 0.0) != (from.1 > 0.0) {
            return (!to.1.is_nan()).then_some((from, to));
        }
        from = to;
        step *= 2.0;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hard_functions_are_solved_to_the_last_bit() {
        // Brent's tests: a ninth power, a pole-like step, a root at 0 of an odd power
        let x = find(|x| (x - 1.0).powi(9), 0.0, 3.3).unwrap();
        assert!((x - 1.0).abs() < 1e-15, "{x}");
        let x = find(|x| if x < 0.1 { -1.0 } else { 1e300 }, -7.0, 1e9).unwrap();
        assert!((x - 0.1).abs() < 1e-16, "{x}");
        let x = find(|x| 1.0 / (x - 0.3), -1.0, 2.0).unwrap();
        assert!((x - 0.3).abs() < 1e-15, "{x}");
        let x = find(|x| x.powi(3), -1.0, 1.5).unwrap();
        assert!(x.abs() < 1e-100, "{x}");
    }

    #[test]
    fn few_evaluations_on_smooth_functions() {
        let mut count = 0;
        let x = find(
            |x: f64| {
                count += 1;
                x.cos() - x
            },
            0.0,
            1.0,
        );
        assert!((x.unwrap() - 0.739_085_133_215_160_6).abs() < 2e-16);
        assert!(count < 15, "{count}");
    }

    #[test]
    fn a_tiny_root_in_a_wide_bracket() {
        let x = find(|x| x - 1e-12, 0.0, 1e6).unwrap();
        assert_eq!(x, 1e-12);
    }

    #[test]
    fn no_sign_change_is_none() {
        assert_eq!(find(|x| x, 1.0, 2.0), None);
        assert_eq!(find(|_| f64::NAN, 1.0, 2.0), None);
        assert_eq!(expand(|x| x, 1.0, 1.0, 1e10), None);
    }
}
