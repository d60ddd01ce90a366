//! Both tails add to one, quantiles invert, distribution functions rise.

use consilience::linalg::{cholesky, symmetric};
use consilience::stat::noncentral_hypergeometric::Margins;
use consilience::stat::{
    Tail, beta, binomial, bivariate_normal, chi2, f, gamma, noncentral_chi2, noncentral_f, noncentral_t,
    normal, poisson, quadratic_form, root, t,
};
use proptest::prelude::*;

/// A parameter of any size that occurs.
fn parameter() -> impl Strategy<Value = f64> {
    (-2.0..6.0_f64).prop_map(|e| 10.0_f64.powf(e))
}

/// A probability anywhere from 1e-300 to 1 − 1e-16, in either tail.
fn tail() -> impl Strategy<Value = Tail> {
    let p = prop_oneof![(-300.0..-1.0_f64).prop_map(|e| 10.0_f64.powf(e)), 0.05..0.95_f64];
    (p, any::<bool>()).prop_map(|(p, lower)| if lower { Tail::Lower(p) } else { Tail::Upper(p) })
}

/// The tail probability at the quantile is the one asked for, as far as the spacing of x lets it be.
fn inverts(
    tail: Tail,
    x: f64,
    cdf: impl Fn(f64) -> f64,
    sf: impl Fn(f64) -> f64,
) -> Result<(), TestCaseError> {
    prop_assert!(!x.is_nan(), "{tail:?} has no quantile");
    let (target, f): (f64, &dyn Fn(f64) -> f64) = match tail {
        Tail::Lower(p) => (p, &cdf),
        Tail::Upper(q) => (q, &sf),
    };
    // a relative change of x by 1e-12 to either side encloses the target
    let (a, b) = (f(x - 1e-12 * x.abs()), f(x + 1e-12 * x.abs()));
    let (low, high) = (a.min(b), a.max(b));
    prop_assert!(
        low <= target * (1.0 + 1e-11) && target <= high * (1.0 + 1e-11),
        "{tail:?}: x = {x:e} has {low:e} to {high:e}"
    );
    Ok(())
}

/// The two tails at x are probabilities that add to 1, and the lower one is no smaller at a larger x.
fn tails(
    x: f64,
    larger: f64,
    cdf: impl Fn(f64) -> f64,
    sf: impl Fn(f64) -> f64,
) -> Result<(), TestCaseError> {
    let (p, q) = (cdf(x), sf(x));
    prop_assert!((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q), "{p} {q}");
    prop_assert!((p + q - 1.0).abs() < 1e-12, "{p} + {q}");
    // neighbouring methods may differ in the last digits
    prop_assert!(cdf(larger) >= p * (1.0 - 2e-12) && sf(larger) <= q * (1.0 + 2e-12));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn continuous_tails(z in -6.0..6.0_f64, step in 0.0..1.0_f64, a in parameter(), b in parameter()) {
        let x = z.exp();
        tails(z, z + step, normal::cdf, normal::sf)?;
        tails(z, z + step, |x| t::cdf(x, a), |x| t::sf(x, a))?;
        tails(x * a, x * a * (1.0 + step), |x| chi2::cdf(x, a), |x| chi2::sf(x, a))?;
        tails(x * a * b, x * a * b * (1.0 + step), |x| gamma::cdf(x, a, b), |x| gamma::sf(x, a, b))?;
        tails(x, x * (1.0 + step), |x| f::cdf(x, a, b), |x| f::sf(x, a, b))?;
        let p = x / (1.0 + x);
        tails(p, p + step * (1.0 - p), |x| beta::cdf(x, a, b), |x| beta::sf(x, a, b))?;
    }

    #[test]
    fn noncentral_tails(z in -4.0..4.0_f64, step in 0.0..1.0_f64, df in 0.2..200.0_f64, ncp in 0.0..300.0_f64) {
        let x = z.exp() * (df + ncp);
        tails(x, x * (1.0 + step), |x| noncentral_chi2::cdf(x, df, ncp), |x| noncentral_chi2::sf(x, df, ncp))?;
        let x = z.exp();
        tails(x, x * (1.0 + step), |x| noncentral_f::cdf(x, 2.5, df, ncp), |x| noncentral_f::sf(x, 2.5, df, ncp))?;
        let delta = ncp / 30.0 - 5.0;
        tails(z, z + step, |x| noncentral_t::cdf(x, df, delta), |x| noncentral_t::sf(x, df, delta))?;
    }

    #[test]
    fn discrete_tails(k in 0..300_u64, n in 1..300_u64, p in 0.0..=1.0_f64, odds in -6.0..6.0_f64) {
        let mean = 300.0 * p;
        for (cdf, sf, pmf, before) in [
            (binomial::cdf(k, n, p), binomial::sf(k, n, p), binomial::pmf(k, n, p), binomial::cdf(k.saturating_sub(1), n, p)),
            (poisson::cdf(k, mean), poisson::sf(k, mean), poisson::pmf(k, mean), poisson::cdf(k.saturating_sub(1), mean)),
        ] {
            prop_assert!((cdf + sf - 1.0).abs() < 1e-12);
            let before = if k == 0 { 0.0 } else { before };
            prop_assert!((cdf - before - pmf).abs() < 1e-12, "{cdf} - {before} is not {pmf}");
        }
        let table = Margins::new(n, 150, k.min(n + 150));
        let odds = odds.exp();
        let (low, high) = table.support();
        let total: f64 = (low..=high).map(|x| table.pmf(x, odds)).sum();
        prop_assert!((total - 1.0).abs() < 1e-11, "{total}");
        let mean: f64 = (low..=high).map(|x| x as f64 * table.pmf(x, odds)).sum();
        prop_assert!((mean - table.mean(odds)).abs() < 1e-10 * (1.0 + mean));
        let x = (low + high) / 2;
        prop_assert!((table.cdf(x, odds) + table.sf(x, odds) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn quantiles_invert(tail in tail(), a in parameter(), b in parameter()) {
        // outside these a quantile underflows or overflows
        let inside = |x: f64| x == 0.0 || x.is_infinite() || x.abs() < 1e-290 || x.abs() > 1e290;
        let x = normal::quantile(tail);
        inverts(tail, x, normal::cdf, normal::sf)?;
        let x = t::quantile(tail, a);
        if !inside(x) {
            inverts(tail, x, |x| t::cdf(x, a), |x| t::sf(x, a))?;
        }
        let x = chi2::quantile(tail, a);
        if !inside(x) {
            inverts(tail, x, |x| chi2::cdf(x, a), |x| chi2::sf(x, a))?;
        }
        let x = f::quantile(tail, a, b);
        if !inside(x) {
            inverts(tail, x, |x| f::cdf(x, a, b), |x| f::sf(x, a, b))?;
        }
        let x = beta::quantile(tail, a, b);
        if !inside(x) && x < 1.0 - 1e-10 {
            inverts(tail, x, |x| beta::cdf(x, a, b), |x| beta::sf(x, a, b))?;
        }
    }

    #[test]
    fn quadratic_forms(weights in prop::collection::vec(-6.0..2.0_f64, 1..12), z in -5.0..3.0_f64, step in 0.0..0.5_f64) {
        let weights: Vec<f64> = weights.iter().map(|w| w.exp()).collect();
        let mean: f64 = weights.iter().sum();
        let q = z.exp() * mean;
        let (cdf, sf) = (|q| quadratic_form::cdf(q, &weights), |q| quadratic_form::sf(q, &weights));
        tails(q, q * (1.0 + step), cdf, sf)?;
        // order and scale do not matter, weights of 0 neither
        let mut other: Vec<f64> = weights.iter().rev().map(|w| 7.0 * w).collect();
        other.push(0.0);
        prop_assert!((quadratic_form::sf(7.0 * q, &other) / sf(q) - 1.0).abs() < 1e-11);
        // equal weights are a chi-square
        let equal = vec![0.3; weights.len()];
        let p = quadratic_form::sf(0.3 * q, &equal);
        prop_assert!((p / chi2::sf(q, weights.len() as f64) - 1.0).abs() < 1e-11, "{p:e}");
    }

    #[test]
    fn bivariate_normal_identities(x in -5.0..5.0_f64, y in -5.0..5.0_f64, angle in -1.57..1.57_f64) {
        let rho = angle.sin();
        let p = bivariate_normal::cdf(x, y, rho);
        prop_assert!((0.0..=1.0).contains(&p));
        prop_assert!((p - bivariate_normal::cdf(y, x, rho)).abs() < 1e-14);
        prop_assert!((p + bivariate_normal::cdf(x, -y, -rho) - normal::cdf(x)).abs() < 1e-14);
    }

    #[test]
    fn roots_are_between_neighbours(a in -1e3..1e3_f64, width in 1e-3..1e3_f64, at in 0.0..1.0_f64, power in 0..4) {
        let target = a + at * width;
        let x = root::find(|x| (x - target).powi(2 * power + 1), a, a + width).unwrap();
        // odd powers underflow next to the root, where every x is one
        prop_assert!((x - target).abs() <= 1e-40_f64.powf(1.0 / f64::from(2 * power + 1)) + 4e-16 * target.abs());
    }

    #[test]
    fn inverse_times_matrix_is_the_identity(n in 1..9_usize, seed in prop::collection::vec(-1.0..1.0_f64, 72)) {
        // B Bᵀ + I
        let b = |i: usize, k: usize| seed[i * 8 + k];
        let a: Vec<f64> = (0..n * n)
            .map(|at| {
                let (i, j) = (at % n, at / n);
                (0..8).map(|k| b(i, k) * b(j, k)).sum::<f64>() + if i == j { 1.0 } else { 0.0 }
            })
            .collect();
        let mut inverse = a.clone();
        let ln = cholesky::invert(&mut inverse, n).unwrap();
        let mut values = vec![0.0; n];
        symmetric::eigenvalues(&mut a.clone(), n, &mut values).unwrap();
        prop_assert!((ln - values.iter().map(|v| v.ln()).sum::<f64>()).abs() < 1e-12);
        for i in 0..n {
            for j in 0..n {
                let unit = if i == j { 1.0 } else { 0.0 };
                let product: f64 = (0..n).map(|k| a[k * n + i] * inverse[j * n + k]).sum();
                prop_assert!((product - unit).abs() < 1e-12);
            }
        }
    }
}
