//! The effects, comparisons and heterogeneity of the answer, by the estimator that was asked for.

use super::{
    estimates::{self, ComparisonRow, EffectRow, TransformedDifference},
    report::{FitRow, HeterogeneityRow, NetworkReport},
};
use crate::{
    Error, Result,
    network::{EvidenceFlows, Network, NetworkFit, NetworkModel, RareMethod, SplitMethod},
    pool::Inference,
    request::args::{NetworkArgs, NetworkEstimator},
};

/// More steps than this for the measures of evidence of all comparisons, and they are left out.
const MANY_STEPS: usize = 200_000_000;

/// The report without its parts.
pub fn report(args: &NetworkArgs, network: &Network) -> Result<NetworkReport> {
    match args.model.estimator {
        NetworkEstimator::Inverse => inverse(args, network),
        NetworkEstimator::MantelHaenszel => rare(args, network, RareMethod::MantelHaenszel),
        NetworkEstimator::Hypergeometric => rare(args, network, RareMethod::Hypergeometric),
        NetworkEstimator::Penalized => rare(args, network, RareMethod::Penalized),
    }
}

/// Odds ratios by an estimator for rare events: a common-effect model on the counts as they are.
fn rare(args: &NetworkArgs, network: &Network, method: RareMethod) -> Result<NetworkReport> {
    let name = method.code();
    if args.model.method.is_some() || args.model.tau2.is_some() {
        return Err(Error::setting(
            "--method",
            format!("`{name}` has no tau²"),
            "leave --method and --tau2 out",
        ));
    }
    if args.model.inference != Inference::Wald {
        return Err(Error::setting("--inference", format!("`{name}` has Wald inference"), "leave it out"));
    }
    let mut report = frame(args, network)?;
    let fit = network.fit_rare(method, args.model.reference.as_deref(), args.input.level()?)?;
    report.estimator = name;
    report.model = NetworkModel::Common;
    report.k = fit.k;
    report.reference.clone_from(&fit.treatments[fit.reference]);
    for note in &fit.notes {
        if !report.notes.contains(note) {
            report.notes.push(note.clone());
        }
    }
    // the counts are used as they are
    report.notes.retain(|note| !note.contains("was added to each cell"));
    let back = |y: f64| Some(y.exp());
    let row = |i: usize, j: usize| {
        let d = fit.difference(i, j);
        let [a, b] = [i, j].map(|t| fit.treatments[t].clone());
        (a, b, Some(d), TransformedDifference::new(&d, network.scale, back))
    };
    let count = fit.treatments.len();
    let effects = (0..count).filter(|&t| t != fit.reference).map(|t| row(t, fit.reference));
    report.effects = Some(
        effects
            .map(|(treatment, comparator, d, transformed)| EffectRow {
                treatment,
                comparator,
                difference: d.into(),
                transformed,
            })
            .collect(),
    );
    let pairs = (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j)));
    report.comparisons =
        Some(pairs.map(|(i, j)| row(i, j)).map(|(a, b, d, t)| ComparisonRow::alone(a, b, d, t)).collect());
    report.heterogeneity = Some(HeterogeneityRow {
        q: fit.q,
        q_df: fit.q_df,
        q_p_value: fit.q_p_value,
        ..HeterogeneityRow::default()
    });
    report.fit = None;
    Ok(report)
}

/// The parts that every estimator's report has.
pub fn frame(args: &NetworkArgs, network: &Network) -> Result<NetworkReport> {
    let options = super::options(args)?;
    let reference = match &args.model.reference {
        Some(name) => network.treatment(name)?,
        None => 0,
    };
    Ok(NetworkReport {
        measure: network.measure,
        model: options.model(),
        method: None,
        inference: args.model.inference,
        level: args.input.level()?,
        estimator: "inverse",
        reference: network.treatments[reference].clone(),
        small_values: args.model.small_values,
        k: network.studies.len(),
        arms: network.arm_count(),
        contrasts: network.contrast_count(),
        designs: network.designs().len(),
        treatments: estimates::treatments(network),
        studies: estimates::studies(network),
        pairs: estimates::pairs(network),
        effects: None,
        comparisons: None,
        heterogeneity: None,
        fit: None,
        split: None,
        decomposition: None,
        net_heat: None,
        ranking: None,
        league: None,
        contribution: None,
        impact: None,
        leave_one_out: None,
        components: None,
        regression: None,
        threshold: None,
        funnel: None,
        connectivity: None,
        absolute: None,
        cinema: None,
        notes: network.notes.clone(),
    })
}

fn inverse(args: &NetworkArgs, network: &Network) -> Result<NetworkReport> {
    let mut report = frame(args, network)?;
    // components may connect a network that falls apart
    if args.parts.components.is_some() && network.components().iter().any(|part| *part > 0) {
        report.notes.push("the network is not connected: only the component model is fitted".to_owned());
        return Ok(report);
    }
    let fit = super::fit(args, network)?;
    fill(&mut report, &fit)?;
    Ok(report)
}

/// The results of a fit.
fn fill(report: &mut NetworkReport, fit: &NetworkFit) -> Result<()> {
    report.method = fit.method;
    report.inference = fit.inference;
    report.heterogeneity = Some(fit.heterogeneity.into());
    report.fit = Some(FitRow {
        log_likelihood: fit.fit.log_likelihood,
        deviance: None,
        aic: fit.fit.aic,
        bic: fit.fit.bic,
        aicc: fit.fit.aicc,
    });
    report.effects = Some(estimates::effects(fit));
    let splits = fit.split(SplitMethod::Side)?;
    let flows = EvidenceFlows::new(fit)?;
    let affordable = flows.cost().saturating_mul(splits.len()) < MANY_STEPS;
    report.notes.clone_from(&fit.notes);
    if !affordable {
        report.notes.push("path lengths and parallelism are left out for a network of this size".to_owned());
    }
    if fit.inflation != 1.0 {
        report.notes.push(format!(
            "the variances are those of generalized least squares times {:.6} (Hartung-Knapp); `direct_proportion` of the \
             comparisons is their ratio to the variance of the direct estimate without this factor",
            fit.inflation
        ));
    }
    report.comparisons = Some(estimates::comparisons(fit, &splits, affordable.then_some(&flows)));
    if fit.model == NetworkModel::Random && fit.heterogeneity.q_df < 3 && fit.heterogeneity.q_df > 0 {
        let df = fit.heterogeneity.q_df;
        report.notes.push(format!("{df} residual degrees of freedom: heterogeneity is very uncertain"));
    }
    Ok(())
}
