//! From what papers report to a pooled effect: five trials of exercise for back pain, of which none reports the mean, SD and size of two
//! groups.
//!
//!     cargo run --example from_papers
//!
//! One gives medians and quartiles, one a difference with its P value, one allocated clinics, one has changes from baseline without their
//! SDs, one has two intervention arms and one control. Each becomes a mean difference on the pain scale from 0 to 100, with a record of the
//! formula and of what had to be assumed; then the pooled effect is shown over the range of each assumption. The five trials are made
//! up to show the five forms; change the numbers to those of yours.
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    EffectSizes, Measure, Result,
    convert::{
        Provenance, change,
        import::pairwise::PairData,
        sensitivity::{self, AssumedResult, Sensitivity},
        standard_error::{PValue, Statistic},
        summary::{Method, ReportedSummary},
        unit::{arms, cluster::DesignEffect, dependent},
    },
    effect::{BiasCorrection, Effect, EffectOptions, OneMean, StudyData, TwoMeans},
    pool::{Inference, PoolFit, RandomEffects},
};

/// The numbers that nobody reported.
#[derive(Clone, Copy)]
struct Assumed {
    /// The correlation of pain before and after.
    correlation: f64,
    /// The intracluster correlation of patients of a clinic.
    icc: f64,
}

/// The mean difference of two groups.
fn difference(one: OneMean, two: OneMean) -> Result<Effect> {
    let data = TwoMeans::new(one.mi(), one.sdi(), one.ni(), two.mi(), two.sdi(), two.ni())?;
    let all = StudyData::TwoMeans(vec![data]).effects(Measure::MeanDifference, &EffectOptions::default())?;
    let effect = all.first().and_then(|outcome| outcome.effect);
    effect.ok_or_else(|| consilience::Error::data("no mean difference", "check the data"))
}

/// The five effects, with the record of how each came about.
fn trials(assumed: Assumed) -> Result<(EffectSizes, Provenance)> {
    let mut record = Provenance::new();
    let mut effects: Vec<(&str, Effect)> = Vec::new();

    // Median 38 (quartiles 27 to 50) of 45 people, against 46 (34 to 59) of 43.
    let study = "Medians 2009";
    let exercise = ReportedSummary::quartiles(27.0, 38.0, 50.0, 45.0)?.mean_sd(Method::Optimal)?;
    let control = ReportedSummary::quartiles(34.0, 46.0, 59.0, 43.0)?.mean_sd(Method::Optimal)?;
    let (exercise, control) = (record.take(study, exercise), record.take(study, control));
    effects.push((study, difference(exercise, control)?));

    // "Pain was 4.1 points lower (P < 0.05)", 60 people in each group.
    let study = "P value 2012";
    let effect = "<0.05".parse::<PValue>()?.effect(-4.1, Statistic::T { df: 118.0 })?;
    effects.push((study, record.take(study, effect)));

    // 14 clinics with 21 patients each, analysed as if patients had been allocated: 42 (SD 19) of 150, 45 (SD 20) of 144.
    let study = "Clinics 2015";
    let design = DesignEffect::new(294.0 / 14.0, assumed.icc)?;
    let groups = TwoMeans::new(42.0, 19.0, 150.0, 45.0, 20.0, 144.0)?;
    let groups = record.take(study, design.then(|d| d.two_means(groups))?);
    let of = |m, s, n| OneMean::new(m, s, n);
    effects.push((
        study,
        difference(
            of(groups.m1i(), groups.sd1i(), groups.n1i())?,
            of(groups.m2i(), groups.sd2i(), groups.n2i())?,
        )?,
    ));

    // From 58 (SD 18) to 38 (SD 21) of 52, and from 57 (SD 17) to 49 (SD 20) of 50; no SD of change.
    let study = "Changes 2018";
    let r = assumed.correlation;
    let exercise = change::mean_change(of(58.0, 18.0, 52.0)?, of(38.0, 21.0, 52.0)?, r)?;
    let control = change::mean_change(of(57.0, 17.0, 50.0)?, of(49.0, 20.0, 50.0)?, r)?;
    let (exercise, control) = (record.take(study, exercise), record.take(study, control));
    effects.push((study, difference(exercise, control)?));

    // Supervised exercise 30 (SD 18) of 40, exercise at home 38 (SD 19) of 42, control 47 (SD 20) of 41.
    let study = "Three arms 2021";
    let exercise = arms::combine_means(&[of(30.0, 18.0, 40.0)?, of(38.0, 19.0, 42.0)?])?;
    effects.push((study, difference(record.take(study, exercise), of(47.0, 20.0, 41.0)?)?));

    let labels = effects.iter().map(|(study, _)| *study);
    let yi: Vec<f64> = effects.iter().map(|(_, effect)| effect.yi).collect();
    let vi: Vec<f64> = effects.iter().map(|(_, effect)| effect.vi).collect();
    let sizes = EffectSizes::new(Measure::MeanDifference, labels, yi, vi)?;
    Ok((record.annotate(sizes), record))
}

fn pooled(assumed: Assumed) -> Result<PoolFit> {
    RandomEffects::default().inference(Inference::HartungKnapp).fit(&trials(assumed)?.0)
}

/// The pooled effect at each value of an assumption.
fn over(name: &str, values: &[f64], at: impl Fn(f64) -> Assumed) -> Result<Sensitivity> {
    sensitivity::over(name, values, |value| {
        let fit = pooled(at(value))?;
        let answer = AssumedResult::with_interval(fit.estimate, fit.se, fit.ci_lower, fit.ci_upper);
        Ok(answer.p_value(fit.p_value).tau2(fit.heterogeneity.tau2))
    })
}

fn main() -> Result<()> {
    let assumed = Assumed { correlation: 0.5, icc: 0.05 };
    let (_, record) = trials(assumed)?;
    println!("How the five differences in pain came about\n\n{record}");
    println!("What was assumed");
    for (assumption, studies) in record.assumptions() {
        println!("  {assumption}: {}", studies.join(", "));
    }

    println!("\nThe pooled difference\n\n{}", pooled(assumed)?);

    println!("Over the correlation of pain before and after (assumed 0.5)\n");
    let values = [0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95];
    println!("{}", over("correlation", &values, |correlation| Assumed { correlation, ..assumed })?);
    println!("Over the intracluster correlation (assumed 0.05)\n");
    println!("{}", over("icc", &[0.0, 0.01, 0.02, 0.05, 0.1, 0.2], |icc| Assumed { icc, ..assumed })?);

    // Kept apart, the two arms of the last trial share their control: their covariance is its variance.
    let arm =
        |m, s, n| Ok::<_, consilience::Error>(PairData::Means(TwoMeans::new(m, s, n, 47.0, 20.0, 41.0)?));
    let both = dependent::shared_comparator(
        &[arm(30.0, 18.0, 40.0)?, arm(38.0, 19.0, 42.0)?],
        Measure::MeanDifference,
        BiasCorrection::Exact,
    )?;
    println!("The two arms of the last trial, each against the control they share");
    for (name, effect) in ["supervised", "at home"].iter().zip(&both.value.effects) {
        println!("  {name}: {:.2} (se {:.2})", effect.yi, effect.sei());
    }
    println!("  covariance {:.2}, a correlation of {:.2}", both.value.covariance(0, 1), {
        let v: Vec<f64> = both.value.effects.iter().map(Effect::sei).collect();
        both.value.covariance(0, 1) / v.iter().product::<f64>()
    });
    Ok(())
}
