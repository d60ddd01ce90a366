//! Tests for small-study effects by regression on a measure of precision, by ranks, and by skewness.
//!
//! | name | outcome | predictor | weights | dispersion |
//! |---|---|---|---|---|
//! | `egger` | y | √v | 1 / v | multiplicative |
//! | `regression` | y | chosen | 1 / v, or 1 / (v + tau²) | multiplicative, or additive |
//! | `thompson-sharp` | y | √v | 1 / (v + tau²), tau² by moments given the predictor | multiplicative |
//! | `macaskill` | y | n | 1 / v | multiplicative |
//! | `pustejovsky-rodgers` | standardized mean difference | √(1 / n₁ + 1 / n₂) | 1 / (1 / n₁ + 1 / n₂) | multiplicative |
//! | `harbord` | Z / V | 1 / √V | V | multiplicative |
//! | `peters` | log odds ratio | 1 / n | (1 / (a + c) + 1 / (b + d))⁻¹ | multiplicative |
//! | `deeks` | log odds ratio | 1 / √ess | ess = 4 n₁n₂ / n of the groups (with and without the disease) | multiplicative |
//! | `ruecker` | arcsine difference | √v | as `thompson-sharp` | multiplicative |
//! | `begg` | ranks of (y - b) / √v* with v | | | |
//! | `schwarzer` | ranks of (a - E a) / √Var a with 1 / Var a | | | |
//! | `skewness`, `lfk` | see `doi` | | | |
//!
//! A multiplicative dispersion multiplies the variances of the coefficients by the residual mean square, with t of k - 2 degrees of
//! freedom. `thompson-sharp` and `ruecker` have it beside their tau², as in meta's `metabias`: the residual mean square is near 1
//! then, and their standard errors are those of weighted least squares, not those of a mixed-effects meta-regression, whose
//! variances are the inverse sums of weights (`regression` with tau² and a normal distribution gives these).
//!
//! Z = a - n₁(a + c) / n is the efficient score of a log odds ratio of 0 and V = n₁n₂(a + c)(b + d) / (n²(n - 1)) its
//! variance; with clusters, regressions have the CR2 sandwich over them with Satterthwaite's degrees of freedom in place of
//! the dispersion. E a and Var a are the moments of the noncentral hypergeometric distribution at the Mantel-Haenszel odds ratio.
//!
//! References: Egger et al. (1997), doi:10.1136/bmj.315.7109.629. Thompson and Sharp (1999),
//! doi:10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V. Begg and Mazumdar (1994), doi:10.2307/2533446.
//! Harbord, Egger and Sterne (2006), doi:10.1002/sim.2380. Peters et al. (2006), doi:10.1001/jama.295.6.676. Macaskill,
//! Walter and Irwig (2001), doi:10.1002/sim.698. Schwarzer, Antes and Schumacher (2007), doi:10.1002/sim.2588. Rücker,
//! Schwarzer and Carpenter (2008), doi:10.1002/sim.2971. Deeks, Macaskill and Irwig (2005),
//! doi:10.1016/j.jclinepi.2005.01.016. Pustejovsky and Rodgers (2019), doi:10.1002/jrsm.1332.

use serde::{Deserialize, Serialize};

use super::{
    Analysis, Predictor, RegressionModel, doi,
    line::Line,
    options::Settings,
    rank::{self, Kendall},
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    effect::{StudyData, TwoByTwo},
    linear::ModelSpec,
    pool::{Inference, PoolModel, kernel},
    range::REMEDY,
    stat::{noncentral_hypergeometric::Margins, special::ln_choose},
    tau2::{self, Tau2, linear::Linear},
};

/// A test for small-study effects. What is tested is one of `intercept`, `slope`, `tau` and `skewness`; `index` is no test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AsymmetryTest {
    /// The test.
    pub name: Analysis,
    /// Egger's intercept (of y / √v on 1 / √v), which is the slope on the standard error.
    #[serde(default)]
    pub intercept: Option<f64>,
    /// The slope on the predictor.
    #[serde(default)]
    pub slope: Option<f64>,
    /// Kendall's rank correlation.
    #[serde(default)]
    pub tau: Option<f64>,
    /// The skewness of standardized deviates.
    #[serde(default)]
    pub skewness: Option<f64>,
    /// The LFK index, which has no P value.
    #[serde(default)]
    pub index: Option<f64>,
    /// The P value of skewness and regression together.
    #[serde(default)]
    pub combined_p_value: Option<f64>,
    /// The standard error of intercept or slope.
    pub se: Option<f64>,
    /// The test statistic; of rank tests the normal deviate.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal, or an exact test.
    pub df: Option<f64>,
    /// Two-sided.
    pub p_value: Option<f64>,
    /// The effect at predictor 0, that is of an infinitely large study; `None` where there is none.
    pub limit_estimate: Option<f64>,
    /// Its lower confidence limit.
    pub limit_ci_lower: Option<f64>,
    /// Its upper confidence limit.
    pub limit_ci_upper: Option<f64>,
}

impl AsymmetryTest {
    fn ranks(name: Analysis, kendall: Kendall) -> Self {
        AsymmetryTest {
            name,
            intercept: None,
            slope: None,
            tau: Some(kendall.tau),
            skewness: None,
            index: None,
            combined_p_value: None,
            se: None,
            statistic: Some(kendall.statistic),
            df: None,
            p_value: Some(kendall.p_value),
            limit_estimate: None,
            limit_ci_lower: None,
            limit_ci_upper: None,
        }
    }

    /// Refuses a test with a number that is none.
    pub(super) fn within_range(self) -> Result<Self> {
        let values = [
            self.intercept,
            self.slope,
            self.tau,
            self.skewness,
            self.index,
            self.combined_p_value,
            self.se,
            self.statistic,
            self.p_value,
        ];
        match values.into_iter().flatten().all(f64::is_finite) {
            true => Ok(self),
            false => Err(Error::model("the test is beyond the range of numbers", REMEDY)),
        }
    }

    fn empty(name: Analysis) -> Self {
        AsymmetryTest {
            name,
            intercept: None,
            slope: None,
            tau: None,
            skewness: None,
            index: None,
            combined_p_value: None,
            se: None,
            statistic: None,
            df: None,
            p_value: None,
            limit_estimate: None,
            limit_ci_lower: None,
            limit_ci_upper: None,
        }
    }

    fn line(name: Analysis, line: &Line, level: Level, limit: bool) -> Self {
        let slope = line.slope(level);
        let at_zero = limit.then(|| line.intercept(level));
        AsymmetryTest {
            name,
            intercept: None,
            slope: Some(slope.estimate),
            tau: None,
            skewness: None,
            index: None,
            combined_p_value: None,
            se: Some(slope.se),
            statistic: slope.statistic,
            df: line.df,
            p_value: slope.p_value,
            limit_estimate: at_zero.map(|t| t.estimate).filter(|x| x.is_finite()),
            limit_ci_lower: at_zero.map(|t| t.ci_lower).filter(|x| x.is_finite()),
            limit_ci_upper: at_zero.map(|t| t.ci_upper).filter(|x| x.is_finite()),
        }
    }
}

fn roots(values: &[f64]) -> Vec<f64> {
    values.iter().map(|v| v.sqrt()).collect()
}

fn inverse(values: &[f64]) -> Vec<f64> {
    values.iter().map(|v| 1.0 / v).collect()
}

/// Tells whether a test is for data of this kind.
pub(super) fn applies(test: Analysis, effects: &EffectSizes, data: Option<&StudyData>) -> bool {
    use Measure::{OddsRatio, StandardizedMeanDifference};
    let tables = matches!(data, Some(StudyData::TwoByTwo(_)));
    let measure = effects.measure();
    match test {
        Analysis::Egger
        | Analysis::Begg
        | Analysis::Regression
        | Analysis::ThompsonSharp
        | Analysis::Skewness
        | Analysis::Lfk => true,
        Analysis::Macaskill => effects.sizes().is_some(),
        Analysis::Harbord | Analysis::Peters | Analysis::Schwarzer | Analysis::Ruecker => {
            tables && matches!(measure, OddsRatio | Measure::RiskRatio | Measure::PetoOddsRatio)
        }
        Analysis::PustejovskyRodgers => {
            matches!(data, Some(StudyData::TwoMeans(_))) && measure == StandardizedMeanDifference
        }
        // For diagnostic odds ratios: only if asked for.
        _ => false,
    }
}

/// One test.
pub(super) fn test(
    name: Analysis,
    effects: &EffectSizes,
    data: Option<&StudyData>,
    settings: &Settings,
) -> Result<AsymmetryTest> {
    let (yi, vi, level) = (effects.yi(), effects.vi(), settings.level);
    let (sei, w) = (roots(vi), inverse(vi));
    let clusters = settings.clusters.as_deref();
    let fitted = |x: &[f64], y: &[f64], w: &[f64]| Line::least_squares(x, y, w)?.over(clusters, x, y, w);
    match name {
        Analysis::Egger => {
            let mut test = AsymmetryTest::line(name, &fitted(&sei, yi, &w)?, level, true);
            test.intercept = test.slope.take();
            Ok(test)
        }
        Analysis::Regression => {
            let x = predictor(settings.predictor, effects)?;
            let ModelSpec { model, estimator, inference, .. } = settings.spec;
            let line = match settings.regression {
                RegressionModel::Lm => fitted(&x, yi, &w)?,
                RegressionModel::Rma => {
                    Line::meta_regression(&x, yi, vi, model, estimator, inference, clusters)?
                }
            };
            let limit = !matches!(settings.predictor, Predictor::Ni | Predictor::SqrtNi);
            Ok(AsymmetryTest::line(name, &line, level, limit))
        }
        Analysis::ThompsonSharp => {
            Ok(AsymmetryTest::line(name, &thompson_sharp(yi, vi, clusters)?, level, true))
        }
        Analysis::Macaskill => {
            let x = predictor(Predictor::Ni, effects)?;
            Ok(AsymmetryTest::line(name, &fitted(&x, yi, &w)?, level, false))
        }
        Analysis::Skewness => {
            let doi::Skewness { skewness, statistic, p_value, combined: combined_p_value } =
                doi::skewness(yi, vi, level)?;
            let [skewness, statistic, p_value] = [skewness, statistic, p_value].map(Some);
            Ok(AsymmetryTest { skewness, statistic, p_value, combined_p_value, ..AsymmetryTest::empty(name) })
        }
        Analysis::Lfk => Ok(AsymmetryTest { index: Some(doi::lfk(yi, vi)?), ..AsymmetryTest::empty(name) }),
        Analysis::Begg => Ok(AsymmetryTest::ranks(name, ranks(&begg_deviates(yi, vi), vi)?)),
        Analysis::PustejovskyRodgers => {
            let Some(StudyData::TwoMeans(rows)) = data else {
                return Err(needs(name, "means and standard deviations of two groups"));
            };
            let v: Vec<f64> = rows.iter().map(|r| 1.0 / r.n1i() + 1.0 / r.n2i()).collect();
            Ok(AsymmetryTest::line(name, &fitted(&roots(&v), yi, &inverse(&v))?, level, true))
        }
        _ => {
            let Some(StudyData::TwoByTwo(tables)) = data else {
                return Err(needs(name, "two-by-two tables"));
            };
            of_tables(name, yi, tables, level, clusters)
        }
    }
}

/// The standardized deviates from the fixed-effect mean.
fn begg_deviates(yi: &[f64], vi: &[f64]) -> Vec<f64> {
    let mean = kernel::fixed(yi, vi);
    // Equal effects differ from their mean by rounding, which has no rank.
    let rounding = 1e-13 * yi.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let deviate = |y: f64| if (y - mean.estimate).abs() > rounding { y - mean.estimate } else { 0.0 };
    yi.iter().zip(vi).map(|(y, v)| deviate(*y) / (v - mean.variance).sqrt()).collect()
}

fn needs(name: Analysis, what: &str) -> Error {
    Error::model(format!("the data are not {what}"), format!("`{name}` needs them"))
}

fn ranks(x: &[f64], y: &[f64]) -> Result<Kendall> {
    if x.len() < 3 || x.iter().any(|x| !x.is_finite()) {
        return Err(Error::model("too few studies to rank", "a rank test needs at least 3"));
    }
    rank::kendall(x, y)
        .ok_or_else(|| Error::model("all studies have the same rank", "there is no correlation to test"))
}

/// Thompson and Sharp: weights 1 / (v + tau²) with tau² by moments given the standard errors.
fn thompson_sharp(yi: &[f64], vi: &[f64], clusters: Option<&[usize]>) -> Result<Line> {
    let sei = roots(vi);
    // Refuses what has no line before tau² is asked for.
    Line::meta_regression(&sei, yi, vi, PoolModel::Fixed, Tau2::Dl, Inference::Wald, None)?;
    let mut design = vec![1.0; yi.len()];
    design.extend_from_slice(&sei);
    let tau2 = tau2::estimate_of(&mut Linear::new(yi, vi, &design)?, Tau2::Dl, None).tau2;
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
    Line::least_squares(&sei, yi, &w)?.over(clusters, &sei, yi, &w)
}

fn predictor(predictor: Predictor, effects: &EffectSizes) -> Result<Vec<f64>> {
    let of_size = |f: fn(f64) -> f64| {
        let sizes = effects.sizes().ok_or_else(|| {
            Error::model(
                "the sizes of the studies are not known",
                "give a column `ni`, or `n1i` and `n2i`, beside the effects",
            )
        })?;
        Ok(sizes.iter().map(|&n| f(n)).collect())
    };
    match predictor {
        Predictor::Sei => Ok(roots(effects.vi())),
        Predictor::Vi => Ok(effects.vi().to_vec()),
        Predictor::Ni => of_size(|n| n),
        Predictor::Ninv => of_size(|n| 1.0 / n),
        Predictor::SqrtNi => of_size(f64::sqrt),
        Predictor::SqrtNinv => of_size(|n| 1.0 / n.sqrt()),
    }
}

fn of_tables(
    name: Analysis,
    yi: &[f64],
    tables: &[TwoByTwo],
    level: Level,
    clusters: Option<&[usize]>,
) -> Result<AsymmetryTest> {
    let clusters: Option<Vec<usize>> = clusters.map(|clusters| {
        let told = tables.iter().map(|t| t.ai() + t.ci() > 0.0 && t.bi() + t.di() > 0.0);
        told.zip(clusters).filter(|(told, _)| *told).map(|(_, cluster)| *cluster).collect()
    });
    let fitted =
        |x: &[f64], y: &[f64], w: &[f64]| Line::least_squares(x, y, w)?.over(clusters.as_deref(), x, y, w);
    // Studies whose margins leave the cell no room say nothing here.
    let told: Vec<(f64, [f64; 4])> = yi
        .iter()
        .copied()
        .zip(tables.iter().map(|t| [t.ai(), t.bi(), t.ci(), t.di()]))
        .filter(|(_, [a, b, c, d])| a + c > 0.0 && b + d > 0.0)
        .collect();
    let of = |f: &dyn Fn([f64; 4]) -> f64| -> Vec<f64> { told.iter().map(|(_, t)| f(*t)).collect() };
    let log_or: Vec<f64> = of(&|[a, b, c, d]| {
        let h = if a.min(b).min(c).min(d) > 0.0 { 0.0 } else { 0.5 };
        ((a + h) * (d + h) / ((b + h) * (c + h))).ln()
    });
    let line = match name {
        Analysis::Harbord => {
            let v = of(&|[a, b, c, d]| {
                let n = a + b + c + d;
                (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0))
            });
            let z = of(&|[a, b, c, d]| a - (a + b) * (a + c) / (a + b + c + d));
            let ratio: Vec<f64> = z.iter().zip(&v).map(|(z, v)| z / v).collect();
            let x: Vec<f64> = v.iter().map(|v| 1.0 / v.sqrt()).collect();
            fitted(&x, &ratio, &v)?
        }
        Analysis::Peters => {
            let x = of(&|[a, b, c, d]| 1.0 / (a + b + c + d));
            let w = of(&|[a, b, c, d]| 1.0 / (1.0 / (a + c) + 1.0 / (b + d)));
            fitted(&x, &log_or, &w)?
        }
        Analysis::Deeks => {
            let ess = of(&|[a, b, c, d]| 4.0 * (a + b) * (c + d) / (a + b + c + d));
            let x: Vec<f64> = ess.iter().map(|n| 1.0 / n.sqrt()).collect();
            fitted(&x, &log_or, &ess)?
        }
        Analysis::Ruecker => {
            let y = of(&|[a, b, c, d]| (a / (a + b)).sqrt().asin() - (c / (c + d)).sqrt().asin());
            let v = of(&|[a, b, c, d]| 0.25 / (a + b) + 0.25 / (c + d));
            thompson_sharp(&y, &v, clusters.as_deref())?
        }
        Analysis::Schwarzer => {
            let cells: Vec<[f64; 4]> = told.iter().map(|(_, cells)| *cells).collect();
            return Ok(AsymmetryTest::ranks(name, schwarzer(&cells)?));
        }
        _ => return Err(needs(name, "of the kind it tests")),
    };
    Ok(AsymmetryTest::line(name, &line, level, false))
}

/// The rank correlation of the counts, standardized at the Mantel-Haenszel odds ratio, with their precision.
fn schwarzer(cells: &[[f64; 4]]) -> Result<Kendall> {
    let (r, s) = cells.iter().fold((0.0, 0.0), |(r, s), [a, b, c, d]| {
        let n = a + b + c + d;
        (r + a * d / n, s + b * c / n)
    });
    if !(r > 0.0 && s > 0.0) {
        return Err(Error::model(
            "the Mantel-Haenszel odds ratio is 0 or infinite",
            "there are no counts to rank",
        ));
    }
    let moments: Vec<(f64, f64)> = cells.iter().map(|table| hypergeometric(*table, (r / s).ln())).collect();
    let kept = || cells.iter().zip(&moments).filter(|(_, (_, v))| *v > 0.0);
    let z: Vec<f64> = kept().map(|([a, ..], (e, v))| (a - e) / v.sqrt()).collect();
    let precision: Vec<f64> = kept().map(|(_, (_, v))| 1.0 / v).collect();
    schwarzer_ranks(&z, &precision)
}

/// The rank correlation with the normal approximation that the test was published with.
fn schwarzer_ranks(z: &[f64], precision: &[f64]) -> Result<Kendall> {
    let mut kendall = ranks(z, precision)?;
    kendall.p_value = crate::stat::normal::two_sided(kendall.statistic);
    kendall.exact = false;
    Ok(kendall)
}

/// The mean and variance of the first cell given the margins, at a log odds ratio.
fn hypergeometric([a, b, c, d]: [f64; 4], log_or: f64) -> (f64, f64) {
    /// The most possible values of a cell of counts with decimals, which are summed one by one.
    const MOST: f64 = 1e5;
    let (n1, n2, m) = (a + b, c + d, a + c);
    let whole = [n1, n2, m].iter().all(|count| count.fract() == 0.0);
    if whole || n1.min(m) > MOST {
        let [n1, n2, m] = [n1, n2, m].map(|count| count.round() as u64);
        let (margins, odds_ratio) = (Margins::new(n1, n2, m), log_or.exp());
        return (margins.mean(odds_ratio), margins.variance(odds_ratio));
    }
    let (low, high) = ((m - n2).max(0.0), n1.min(m));
    let ln_p = |x: f64| ln_choose(n1, x) + ln_choose(n2, m - x) + x * log_or;
    let steps = (high - low).floor() as usize;
    let terms: Vec<(f64, f64)> = (0..=steps).map(|i| (low + i as f64, ln_p(low + i as f64))).collect();
    let top = terms.iter().map(|(_, l)| *l).fold(f64::MIN, f64::max);
    let total: f64 = terms.iter().map(|(_, l)| (l - top).exp()).sum();
    let mean = terms.iter().map(|(x, l)| x * (l - top).exp()).sum::<f64>() / total;
    let variance = terms.iter().map(|(x, l)| (x - mean).powi(2) * (l - top).exp()).sum::<f64>() / total;
    (mean, variance)
}
