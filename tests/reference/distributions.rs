//! Distributions and special functions against `tests/data/distributions`: mpmath with 50 digits (make.py beside the
//! tables). The tolerance is relative unless a line says otherwise; values below the normal doubles may be off by
//! the spacing of the subnormals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

const TOL: f64 = 2e-13;
use std::collections::BTreeMap;

use consilience::stat::noncentral_hypergeometric::Margins;
use consilience::stat::{
    Tail, beta, binomial, bivariate_normal, chi2, f, gamma, noncentral_chi2, noncentral_f, noncentral_t,
    normal, poisson, quadratic_form, special, t,
};

/// One row: the function, its arguments as written, the reference value.
struct Row<'a> {
    function: &'a str,
    arguments: Vec<&'a str>,
}

impl Row<'_> {
    fn x(&self, i: usize) -> f64 {
        self.arguments[i].parse().unwrap()
    }

    fn count(&self, i: usize) -> u64 {
        self.arguments[i].parse().unwrap()
    }
}

/// Compares every row of a table; the error of `ours` must not exceed `tolerance(row)`.
fn check(table: &str, ours: impl Fn(&Row) -> f64, tolerance: impl Fn(&Row) -> f64) {
    let path = format!("{}/tests/data/distributions/{table}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut worst: BTreeMap<&str, (f64, String)> = BTreeMap::new();
    let (mut rows, mut failures) = (0, Vec::new());
    for line in text.lines() {
        let mut fields: Vec<&str> = line.split(',').collect();
        let value: f64 = fields.pop().unwrap().parse().unwrap();
        let row = Row { function: fields.remove(0), arguments: fields };
        let x = ours(&row);
        let spacing = if value.abs() < f64::MIN_POSITIVE { 5e-324 } else { 0.0 };
        let off = if x == value { 0.0 } else { ((x - value).abs() - spacing) / value.abs() };
        let off = if off.is_nan() { f64::INFINITY } else { off };
        rows += 1;
        if off > tolerance(&row) {
            failures.push(format!("{line}: {x:e}, off by {off:.1e}"));
        }
        let entry = worst.entry(row.function).or_default();
        if off >= entry.0 {
            *entry = (off, line.to_owned());
        }
    }
    assert!(rows > 50, "{table} holds only {rows} rows");
    assert!(
        failures.is_empty(),
        "{} of {rows} rows of {table}:\n{}\nworst by function: {worst:#?}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn normal() {
    check(
        "normal",
        |r| match r.function {
            "pdf" => normal::pdf(r.x(0)),
            "ln_pdf" => normal::ln_pdf(r.x(0)),
            "cdf" => normal::cdf(r.x(0)),
            "sf" => normal::sf(r.x(0)),
            "two_sided" => normal::two_sided(r.x(0)),
            "quantile_lower" => normal::quantile(Tail::Lower(r.x(0))),
            "quantile_upper" => normal::quantile(Tail::Upper(r.x(0))),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn t() {
    check(
        "t",
        |r| match r.function {
            "pdf" => t::pdf(r.x(0), r.x(1)),
            "cdf" => t::cdf(r.x(0), r.x(1)),
            "sf" => t::sf(r.x(0), r.x(1)),
            "two_sided" => t::two_sided(r.x(0), r.x(1)),
            "quantile_lower" => t::quantile(Tail::Lower(r.x(0)), r.x(1)),
            "quantile_upper" => t::quantile(Tail::Upper(r.x(0)), r.x(1)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn chi2() {
    check(
        "chi2",
        |r| match r.function {
            "pdf" => chi2::pdf(r.x(0), r.x(1)),
            "cdf" => chi2::cdf(r.x(0), r.x(1)),
            "sf" => chi2::sf(r.x(0), r.x(1)),
            "quantile_lower" => chi2::quantile(Tail::Lower(r.x(0)), r.x(1)),
            "quantile_upper" => chi2::quantile(Tail::Upper(r.x(0)), r.x(1)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn gamma() {
    check(
        "gamma",
        |r| match r.function {
            "pdf" => gamma::pdf(r.x(0), r.x(1), r.x(2)),
            "cdf" => gamma::cdf(r.x(0), r.x(1), r.x(2)),
            "sf" => gamma::sf(r.x(0), r.x(1), r.x(2)),
            "quantile_lower" => gamma::quantile(Tail::Lower(r.x(0)), r.x(1), r.x(2)),
            "quantile_upper" => gamma::quantile(Tail::Upper(r.x(0)), r.x(1), r.x(2)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn f() {
    check(
        "f",
        |r| match r.function {
            "pdf" => f::pdf(r.x(0), r.x(1), r.x(2)),
            "cdf" => f::cdf(r.x(0), r.x(1), r.x(2)),
            "sf" => f::sf(r.x(0), r.x(1), r.x(2)),
            "quantile_lower" => f::quantile(Tail::Lower(r.x(0)), r.x(1), r.x(2)),
            "quantile_upper" => f::quantile(Tail::Upper(r.x(0)), r.x(1), r.x(2)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn beta() {
    check(
        "beta",
        |r| match r.function {
            "pdf" => beta::pdf(r.x(0), r.x(1), r.x(2)),
            "cdf" => beta::cdf(r.x(0), r.x(1), r.x(2)),
            "sf" => beta::sf(r.x(0), r.x(1), r.x(2)),
            "quantile_lower" => beta::quantile(Tail::Lower(r.x(0)), r.x(1), r.x(2)),
            "quantile_upper" => beta::quantile(Tail::Upper(r.x(0)), r.x(1), r.x(2)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn special() {
    check(
        "special",
        |r| match r.function {
            "ln_gamma" => special::ln_gamma(r.x(0)),
            "digamma" => special::digamma(r.x(0)),
            "trigamma" => special::trigamma(r.x(0)),
            "ln_beta" => special::ln_beta(r.x(0), r.x(1)),
            "ln_choose" => special::ln_choose(r.x(0), r.x(1)),
            "gamma_ratio_half" => special::gamma_ratio_half(r.x(0)),
            "ln_gamma_ratio_half" => special::ln_gamma_ratio_half(r.x(0)),
            "erf" => special::erf(r.x(0)),
            "erfc" => special::erfc(r.x(0)),
            "hypergeometric_half_half" => special::hypergeometric_half_half(r.x(0), r.x(1)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn discrete() {
    check(
        "discrete",
        |r| match r.function {
            "binomial_pmf" => binomial::pmf(r.count(0), r.count(1), r.x(2)),
            "binomial_cdf" => binomial::cdf(r.count(0), r.count(1), r.x(2)),
            "binomial_sf" => binomial::sf(r.count(0), r.count(1), r.x(2)),
            "poisson_pmf" => poisson::pmf(r.count(0), r.x(1)),
            "poisson_cdf" => poisson::cdf(r.count(0), r.x(1)),
            "poisson_sf" => poisson::sf(r.count(0), r.x(1)),
            "fisher_mean" => Margins::new(r.count(0), r.count(1), r.count(2)).mean(r.x(3)),
            "fisher_variance" => Margins::new(r.count(0), r.count(1), r.count(2)).variance(r.x(3)),
            "fisher_pmf" => Margins::new(r.count(1), r.count(2), r.count(3)).pmf(r.count(0), r.x(4)),
            "fisher_cdf" => Margins::new(r.count(1), r.count(2), r.count(3)).cdf(r.count(0), r.x(4)),
            "fisher_sf" => Margins::new(r.count(1), r.count(2), r.count(3)).sf(r.count(0), r.x(4)),
            other => panic!("{other}"),
        },
        // Counts of 1e5 and more: the exponent of the largest terms, near 1e7, has lost that many digits.
        |r| if r.x(0) >= 4e4 { 1e-12 } else { TOL },
    );
}

#[test]
fn bivariate_normal() {
    check("bivariate_normal", |r| bivariate_normal::cdf(r.x(0), r.x(1), r.x(2)), |_| TOL);
}

#[test]
fn noncentral() {
    check(
        "noncentral",
        |r| match r.function {
            "chi2_cdf" => noncentral_chi2::cdf(r.x(0), r.x(1), r.x(2)),
            "chi2_sf" => noncentral_chi2::sf(r.x(0), r.x(1), r.x(2)),
            "f_cdf" => noncentral_f::cdf(r.x(0), r.x(1), r.x(2), r.x(3)),
            "f_sf" => noncentral_f::sf(r.x(0), r.x(1), r.x(2), r.x(3)),
            "t_cdf" => noncentral_t::cdf(r.x(0), r.x(1), r.x(2)),
            "t_sf" => noncentral_t::sf(r.x(0), r.x(1), r.x(2)),
            other => panic!("{other}"),
        },
        |_| TOL,
    );
}

#[test]
fn quadratic_form() {
    check(
        "quadratic_form",
        |r| {
            let weights: Vec<f64> = r.arguments[1].split(' ').map(|w| w.parse().unwrap()).collect();
            match r.function {
                "cdf" => quadratic_form::cdf(r.x(0), &weights),
                "sf" => quadratic_form::sf(r.x(0), &weights),
                other => panic!("{other}"),
            }
        },
        |_| TOL,
    );
}
