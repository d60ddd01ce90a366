//! BCG vaccine against tuberculosis: thirteen trials, and three analyses of them in print.
//!
//! Colditz et al. (1994, doi:10.1001/jama.1994.03510330076038) collected the trials and pooled risk ratios by DerSimonian
//! and Laird; Berkey et al. (1995, doi:10.1002/sim.4780140406) re-analysed them by empirical Bayes with smoothed
//! within-trial variances; van Houwelingen, Arends and Stijnen (2002, doi:10.1002/sim.1040) by maximum likelihood on log
//! odds ratios, with profile-likelihood intervals.

use super::{Comparison, NamedFit, Reproduction, ReproductionSection, Review};
use crate::{
    EffectSizes, Level, Measure, Result,
    effect::{TwoByTwo, ZeroCells},
    pool::{FixedEffect, Inference, RandomEffects},
    table::Table,
    tau2::{Tau2, Tau2Interval, Tau2IntervalMethod},
};

const TRIALS: &str = include_str!("bcg/trials.csv");

/// The thirteen trials, with columns `trial author year tpos tneg cpos cneg ablat alloc`: tuberculosis cases and others among
/// the vaccinated and the controls, absolute latitude in degrees, method of allocation.
///
/// # Errors
///
/// None for the data as they ship.
pub fn trials() -> Result<Table> {
    Table::read(TRIALS.as_bytes(), "bcg/trials.csv")
}

/// The tables of cases and others, vaccinated first.
fn tables(trials: &Table) -> Result<Vec<TwoByTwo>> {
    let [a, b, c, d] = ["tpos", "tneg", "cpos", "cneg"].map(|name| trials.complete_numbers(name));
    let (a, b, c, d) = (a?, b?, c?, d?);
    (0..a.len()).map(|i| TwoByTwo::new(a[i], b[i], c[i], d[i])).collect()
}

/// The effects of the trials by a measure of two-by-two tables; below 1 the vaccine protects.
///
/// # Errors
///
/// If the measure is not one of two-by-two tables.
pub fn effects(measure: Measure) -> Result<EffectSizes> {
    let trials = trials()?;
    EffectSizes::from_two_by_two(measure, trials.labels(), &tables(&trials)?, ZeroCells::default())
}

/// Log risk ratios with the smoothed variances of Berkey et al. (1995): the mean over all trials of the odds of not having
/// the disease, divided by each trial's group sizes.
fn smoothed() -> Result<EffectSizes> {
    let trials = trials()?;
    let tables = tables(&trials)?;
    let k = tables.len() as f64;
    let vaccinated = tables.iter().map(|t| t.bi() / t.ai()).sum::<f64>() / k;
    let controls = tables.iter().map(|t| t.di() / t.ci()).sum::<f64>() / k;
    let vi: Vec<f64> = tables.iter().map(|t| vaccinated / t.n1i() + controls / t.n2i()).collect();
    let raw = effects(Measure::RiskRatio)?;
    EffectSizes::new(Measure::RiskRatio, trials.labels(), raw.yi(), vi)
}

/// Sets the three published analyses beside the same computed here.
pub(super) fn reproduce() -> Result<Reproduction> {
    let risk = effects(Measure::RiskRatio)?;
    let odds = effects(Measure::OddsRatio)?;

    let colditz = RandomEffects::new(Tau2::Dl).fit(&risk)?;
    let ratio = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
    let berkey = RandomEffects::new(Tau2::Eb).fit(&smoothed()?)?;
    let fixed = FixedEffect::default().fit(&odds)?;
    let houwelingen = RandomEffects::new(Tau2::Ml).fit(&odds)?;
    let profile =
        Tau2Interval::new(odds.yi(), odds.vi(), Tau2IntervalMethod::ProfileMl, Tau2::Ml, Level::default())?;
    let mean = RandomEffects::new(Tau2::Ml).inference(Inference::ProfileLikelihood).fit(&odds)?;
    let reml = RandomEffects::new(Tau2::Reml).fit(&risk)?;

    let sections = vec![
        ReproductionSection::new("Colditz et al. 1994: risk ratio, DerSimonian-Laird").compare([
            Comparison::new("risk ratio", "0.49", ratio(colditz.transformed.estimate)),
            Comparison::new("95% CI, lower", "0.34", ratio(colditz.transformed.ci_lower)),
            Comparison::new("95% CI, upper", "0.70", ratio(colditz.transformed.ci_upper)),
        ]),
        ReproductionSection::new("Berkey et al. 1995: log risk ratio, empirical Bayes, smoothed variances")
            .compare([
                Comparison::new("mean", "-0.5429", berkey.estimate),
                Comparison::new("its standard error", "0.1842", berkey.se),
                Comparison::new("tau^2", "0.2682", berkey.heterogeneity.tau2.unwrap_or(f64::INFINITY)),
            ]),
        ReproductionSection::new("van Houwelingen et al. 2002: log odds ratio, maximum likelihood").compare(
            [
                Comparison::new("fixed-effect mean", "-0.436", fixed.estimate),
                Comparison::new("its standard error", "0.042", fixed.se),
                Comparison::new("random-effects mean", "-0.742", houwelingen.estimate),
                Comparison::new("its standard error", "0.178", houwelingen.se),
                Comparison::new("tau^2", "0.302", houwelingen.heterogeneity.tau2.unwrap_or(f64::INFINITY)),
                Comparison::new("tau^2, profile-likelihood CI, lower", "0.1151", profile.lower),
                Comparison::new("tau^2, profile-likelihood CI, upper", "0.8937", profile.upper),
                Comparison::unpublished("mean, profile-likelihood CI, lower", mean.ci_lower),
                Comparison::unpublished("mean, profile-likelihood CI, upper", mean.ci_upper),
            ],
        ),
        ReproductionSection::new("The same trials today: REML").text(reml.results_paragraph()),
    ];
    let fits = vec![NamedFit {
        name: "bcg".to_owned(),
        title: "BCG vaccine and tuberculosis, 13 trials".to_owned(),
        favours_left: Some("Favours vaccine".to_owned()),
        favours_right: Some("Favours control".to_owned()),
        fit: reml,
    }];
    Ok(Reproduction {
        name: Review::Bcg.name().to_owned(),
        title: Review::Bcg.title().to_owned(),
        sources: vec![
            "Colditz GA, Brewer TF, Berkey CS, et al. Efficacy of BCG vaccine in the prevention of tuberculosis. \
             JAMA 1994;271:698-702."
                .to_owned(),
            "Berkey CS, Hoaglin DC, Mosteller F, Colditz GA. A random-effects regression model for meta-analysis. \
             Statistics in Medicine 1995;14:395-411."
                .to_owned(),
            "van Houwelingen HC, Arends LR, Stijnen T. Advanced methods in meta-analysis: multivariate approach and \
             meta-regression. Statistics in Medicine 2002;21:589-624."
                .to_owned(),
        ],
        sections,
        fits,
    })
}
