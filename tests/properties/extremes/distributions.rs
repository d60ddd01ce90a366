//! Distributions and special functions at every edge: probabilities between 0 and 1 for sound arguments, no panic for any.

use consilience::stat::{
    Tail, beta, binomial, bivariate_normal, chi2, f, gamma, noncentral_chi2, noncentral_f,
    noncentral_hypergeometric::Margins, noncentral_t, normal, poisson, quadratic_form, special, t,
};

use super::numbers::Random;
use super::watch::Judge;

pub fn one(random: &mut Random, judge: &mut Judge) {
    sound(random, judge);
    anything(random, judge);
    counts(random, judge);
    inverses(random, judge);
}

/// Continuous distributions within their domains.
fn sound(random: &mut Random, judge: &mut Judge) {
    let (x, a, b, c) = (random.finite(), random.positive(), random.positive(), random.positive());
    let mut p = |name: &str, value: f64| {
        judge.probability(|| format!("{name} at {x:e}, {a:e}, {b:e}, {c:e}"), value);
    };
    p("normal::cdf", normal::cdf(x));
    p("normal::sf", normal::sf(x));
    p("normal::two_sided", normal::two_sided(x));
    p("t::cdf", t::cdf(x, a));
    p("t::sf", t::sf(x, a));
    p("t::two_sided", t::two_sided(x, a));
    p("chi2::cdf", chi2::cdf(x, a));
    p("chi2::sf", chi2::sf(x, a));
    p("f::cdf", f::cdf(x, a, b));
    p("f::sf", f::sf(x, a, b));
    p("gamma::cdf", gamma::cdf(x, a, b));
    p("gamma::sf", gamma::sf(x, a, b));
    p("beta::cdf", beta::cdf(x, a, b));
    p("beta::sf", beta::sf(x, a, b));
    // The domains of these end before 0, and at a noncentrality of 1e20.
    if c < 1e20 && a < 1e20 {
        p("noncentral_chi2::sf", noncentral_chi2::sf(x, a.max(1e-100), c));
    }
    if c < 1e8 && a < 1e8 {
        p("noncentral_t::cdf", noncentral_t::cdf(x, a.max(0.1), c));
    }
    if b < 1e20 && c < 1e20 && a < 1e20 {
        p("noncentral_f::sf", noncentral_f::sf(x, a.max(1e-100), b.max(1e-100), c));
    }
    let rho = (2.0 * random.probability() - 1.0).clamp(-1.0, 1.0);
    let y = random.finite();
    judge.probability(
        || format!("bivariate_normal::cdf at {x:e}, {y:e}, {rho}"),
        bivariate_normal::cdf(x, y, rho),
    );
    let lambda: Vec<f64> = (0..1 + random.below(4)).map(|_| random.uniform() * 10.0).collect();
    let q = random.finite();
    judge.probability(|| format!("quadratic_form::sf at {q:e}, {lambda:?}"), quadratic_form::sf(q, &lambda));
}

/// Any arguments whatever: the value does not matter, an end does.
fn anything(random: &mut Random, judge: &mut Judge) {
    let (x, a, b, c) = (random.any(), random.any(), random.any(), random.any());
    let values = [
        normal::pdf(x),
        normal::ln_pdf(x),
        normal::cdf(x),
        normal::ln_cdf(x),
        normal::ln_sf(x),
        normal::ln_two_sided(x),
        t::pdf(x, a),
        t::cdf(x, a),
        t::ln_two_sided(x, a),
        chi2::pdf(x, a),
        chi2::sf(x, a),
        f::pdf(x, a, b),
        f::sf(x, a, b),
        gamma::pdf(x, a, b),
        gamma::sf(x, a, b),
        beta::pdf(x, a, b),
        beta::sf(x, a, b),
        noncentral_chi2::cdf(x, a, b),
        noncentral_chi2::sf(x, a, b),
        noncentral_t::cdf(x, a, b),
        noncentral_t::sf(x, a, b),
        noncentral_f::cdf(x, a, b, c),
        noncentral_f::sf(x, a, b, c),
        bivariate_normal::cdf(x, a, b),
        quadratic_form::cdf(x, &[a, b, c]),
        special::ln_gamma(x),
        special::digamma(x),
        special::trigamma(x),
        special::ln_beta(x, a),
        special::ln_choose(x, a),
        special::gamma_ratio_half(x),
        special::ln_gamma_ratio_half(x),
        special::erf(x),
        special::erfc(x),
        special::hypergeometric_half_half(x, a),
    ];
    values.iter().for_each(|_| judge.called());
}

/// Discrete distributions.
fn counts(random: &mut Random, judge: &mut Judge) {
    let (k, n, prob, mean) = (random.whole(), random.whole(), random.probability(), random.positive());
    let mut p = |name: &str, value: f64| {
        judge.probability(|| format!("{name} at {k}, {n}, {prob:e}, {mean:e}"), value);
    };
    p("binomial::pmf", binomial::pmf(k, n, prob));
    p("binomial::cdf", binomial::cdf(k, n, prob));
    p("binomial::sf", binomial::sf(k, n, prob));
    p("poisson::pmf", poisson::pmf(k, mean));
    p("poisson::cdf", poisson::cdf(k, mean));
    p("poisson::sf", poisson::sf(k, mean));
    let margins = Margins::new(n, random.whole(), random.whole());
    let (low, high) = margins.support();
    let ratio = random.positive();
    judge.number("Margins::ln_pmf", margins.ln_pmf(k, ratio).min(0.0));
    // Sums over the support take its length.
    if high.saturating_sub(low) < 100_000 {
        judge.number("Margins::mean", margins.mean(ratio));
        judge.number("Margins::variance", margins.variance(ratio));
        judge.probability(|| format!("Margins::cdf at {k}, {margins:?}, {ratio:e}"), margins.cdf(k, ratio));
        judge.probability(|| format!("Margins::sf at {k}, {margins:?}, {ratio:e}"), margins.sf(k, ratio));
    }
}

/// Quantiles of probabilities, which give them back.
fn inverses(random: &mut Random, judge: &mut Judge) {
    let p = random.probability();
    let tail = if random.chance(0.5) { Tail::Lower(p) } else { Tail::Upper(p) };
    let (a, b) = (random.positive(), random.positive());
    judge.number(&format!("normal::quantile of {tail:?}"), normal::quantile(tail));
    judge.number(&format!("t::quantile of {tail:?} at {a:e}"), t::quantile(tail, a));
    judge.number(&format!("chi2::quantile of {tail:?} at {a:e}"), chi2::quantile(tail, a));
    judge.number(&format!("f::quantile of {tail:?} at {a:e}, {b:e}"), f::quantile(tail, a, b));
    judge.number(&format!("gamma::quantile of {tail:?} at {a:e}, {b:e}"), gamma::quantile(tail, a, b));
    judge.number(&format!("beta::quantile of {tail:?} at {a:e}, {b:e}"), beta::quantile(tail, a, b));
    let (a, b) = (random.any(), random.any());
    let _ =
        (t::quantile(tail, a), chi2::quantile(tail, a), f::quantile(tail, a, b), gamma::quantile(tail, a, b));
    let _ = (beta::quantile(tail, a, b), normal::quantile(Tail::Lower(a)));
    judge.called();
}
