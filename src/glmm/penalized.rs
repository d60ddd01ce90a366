//! Fits of a common effect with Firth's penalty.

use crate::{Error, Result, stat::chi2, stat::normal};

use super::{
    data::Counts,
    design::Columns,
    firth::Penalized,
    fit::{CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, Interval, inverse},
    options::{CountInference, Glmm, Link},
    problem::{Likelihood, Problem},
    studies::{own_estimates, uninformative},
};

/// Fits one common parameter: a conditional model or one group.
pub(super) fn fit(options: &Glmm, counts: &Counts, columns: &Columns) -> Result<CountFit> {
    let problem = Problem::new(counts, columns, options, None)?;
    let refuse = |found: &str| {
        Err(Error::setting(
            "penalty",
            found,
            "use --model cm-el or cm-al (one group: normal) without moderators",
        ))
    };
    if columns.has_moderators() {
        return refuse("`firth` is for a common effect without moderators");
    }
    let Likelihood::One(one) = &problem.likelihood else {
        return refuse("`firth` is for models with one count a study");
    };
    if !matches!(problem.link, Link::Logit | Link::Log) {
        return refuse("`firth` needs the logit link, or the log link of rates");
    }
    let kernels = one.kernels.clone();
    let penalized = Penalized::new(&kernels);
    let start = problem.starts().first().and_then(|start| start.first().copied()).unwrap_or(0.0);
    let lost = || Error::model("the penalized likelihood has no maximum", "check the counts");
    let estimate = penalized.maximum(start).ok_or_else(lost)?;
    let se = 1.0 / penalized.information(estimate).sqrt();
    let effect = effect(options, &penalized, estimate, se, columns, counts.len())?;
    let mut notes = vec![
        "Firth's penalty (Jeffreys' prior) was added to the likelihood: the estimate is finite for every table, and \
         drawn towards no effect"
            .to_owned(),
    ];
    uninformative(&mut notes, counts, &problem);
    let link = if counts.measure.two_groups() { Link::Log } else { problem.link };
    let back = |value: Option<f64>| value.map(|value| inverse(link, value));
    let log_likelihood = kernels.iter().map(|kernel| kernel.at(estimate)[0]).sum();
    Ok(CountFit {
        measure: counts.measure,
        model: problem.model,
        effects: options.effects,
        link: problem.link,
        inference: options.inference,
        penalty: options.penalty,
        level: options.level,
        k: counts.len(),
        k_informative: problem.used.len(),
        coefficients: None,
        moderator_test: None,
        heterogeneity: CountHeterogeneity::default(),
        fit: CountFitInfo::new(log_likelihood, 1, problem.observations()),
        transformed: Interval {
            estimate: back(effect.estimate),
            ci_lower: back(effect.ci_lower),
            ci_upper: back(effect.ci_upper),
        },
        marginal: None,
        profile: None,
        covariance: vec![se * se],
        terms: columns.names.clone(),
        effect: Some(effect),
        studies: own_estimates(counts, options.level, options.study_interval)?,
        notes,
    })
}

fn effect(
    options: &Glmm,
    penalized: &Penalized<'_>,
    estimate: f64,
    se: f64,
    columns: &Columns,
    k: usize,
) -> Result<CountCoefficient> {
    let (level, z) = (options.level, options.level.critical_value(None));
    let df = match options.inference {
        CountInference::T if k < 2 => {
            return Err(Error::model("one study leaves no degrees of freedom for t", "use wald or profile"));
        }
        CountInference::T => Some((k - 1) as f64),
        _ => None,
    };
    let term = columns.names[0].clone();
    if options.inference == CountInference::Profile {
        let fall = 2.0 * (penalized.value(estimate) - penalized.value(0.0)).max(0.0);
        return Ok(CountCoefficient {
            term,
            estimate: Some(estimate),
            se: Some(se),
            statistic: Some(fall.sqrt() * estimate.signum()),
            df,
            p_value: Some(chi2::sf(fall, 1.0)),
            ci_lower: penalized.bound(estimate, -se, z),
            ci_upper: penalized.bound(estimate, se, z),
        });
    }
    let half = level.critical_value(df) * se;
    let statistic = estimate / se;
    Ok(CountCoefficient {
        term,
        estimate: Some(estimate),
        se: Some(se),
        statistic: Some(statistic),
        df,
        p_value: Some(match df {
            Some(df) => crate::stat::t::two_sided(statistic, df),
            None => normal::two_sided(statistic),
        }),
        ci_lower: Some(estimate - half),
        ci_upper: Some(estimate + half),
    })
}
