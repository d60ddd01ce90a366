//! Parts that are models of their own: components, regression, the comparison-adjusted funnel.

use std::collections::HashMap;

use super::{
    estimates::{ComparisonRow, EffectRow, Estimate, TransformedDifference},
    report::NetworkReport,
    rows::{AdditiveTest, ComponentsPart, EggerRow, FunnelPart, FunnelRow, Part, RegressionPart},
    studywise,
};
use crate::{
    Error, Result,
    bias::line::Line,
    network::{
        Center, ComponentOptions, Difference, Network, NetworkFit, NetworkMeta, NetworkRegression,
        RegressionEffect,
    },
    request::args::NetworkArgs,
    table::Table,
};

/// The component model.
pub fn components(
    report: &mut NetworkReport,
    args: &NetworkArgs,
    network: &Network,
    separator: &str,
) -> Result<()> {
    let parts = &args.parts;
    let mut options = ComponentOptions::new(separator);
    if let Some(inactive) = &parts.inactive {
        options = options.inactive(inactive);
    }
    if let Some(interactions) = &parts.interactions {
        options = options.interactions(interactions);
    }
    if let Some(combine) = &parts.combine {
        options = options.combine(combine);
    }
    let fit = super::options(args)?.fit_components(network, &options)?;
    report.notes.extend(fit.notes.iter().cloned());
    report.components = Some(Part::of(&ComponentsPart {
        estimates: fit.estimates.iter().map(Into::into).collect(),
        combinations: fit.combinations.iter().map(Into::into).collect(),
        effects: fit.effects.iter().map(Into::into).collect(),
        comparisons: fit.comparisons.iter().map(Into::into).collect(),
        combined: fit.asked.iter().map(Into::into).collect(),
        additive: AdditiveTest { test: fit.additive, tau2: fit.tau2 },
        standard: fit.standard,
        difference: fit.difference,
        rank: fit.rank,
        confounded: fit.confounded,
    })?);
    Ok(())
}

/// The meta-regression; its effects take the place of the others.
pub fn regression(
    report: &mut NetworkReport,
    args: &NetworkArgs,
    network: &Network,
    table: &Table,
    column: &str,
) -> Result<()> {
    if report.estimator != "inverse" {
        return Err(Error::setting("--mods", "it needs inverse variances", "leave --estimator out"));
    }
    let regression = covariate(args, network, table, column)?;
    let fit = super::options(args)?.fit_regression(network, &regression)?;
    report.notes.extend(fit.notes.iter().cloned());
    report.notes.push(
        "effects and comparisons are those of the regression; heterogeneity, fit and the further parts are those of the \
         model without the covariate"
            .to_owned(),
    );
    let scale = network.scale;
    let back = |y: f64| scale.and_then(|_| network_back(network, y));
    let row = |e: &RegressionEffect| {
        let transformed = e
            .effect
            .map_or_else(TransformedDifference::default, |d| TransformedDifference::new(&d, scale, back));
        (e.intervention.clone(), e.comparator.clone(), e.effect, transformed)
    };
    report.effects = Some(
        fit.effects
            .iter()
            .map(row)
            .map(|(treatment, comparator, d, transformed)| EffectRow {
                treatment,
                comparator,
                difference: d.into(),
                transformed,
            })
            .collect(),
    );
    report.comparisons =
        Some(fit.comparisons.iter().map(row).map(|(a, b, d, t)| ComparisonRow::alone(a, b, d, t)).collect());
    report.regression = Some(Part::of(&RegressionPart {
        interaction: fit.interaction,
        center: fit.center,
        at: fit.at,
        k: fit.k,
        coefficients: fit.coefficients.iter().map(Into::into).collect(),
        mean_slope: fit.mean_slope.map(Estimate::from),
        moderator_test: fit.moderator_test,
        residual_heterogeneity: fit.residual_heterogeneity,
    })?);
    Ok(())
}

fn network_back(network: &Network, y: f64) -> Option<f64> {
    use crate::effect::Transform;
    match network.measure.transform() {
        Transform::Identity => Some(y.exp()),
        transform => transform.apply(y, None),
    }
}

/// The covariate with its options.
fn covariate(
    args: &NetworkArgs,
    network: &Network,
    table: &Table,
    column: &str,
) -> Result<NetworkRegression> {
    let parts = &args.parts;
    let mut regression = NetworkRegression::new(column, values(network, table, column)?);
    if let Some(kind) = parts.interaction {
        regression = regression.interaction(kind);
    }
    regression = regression.center(match parts.center.as_deref() {
        None | Some("none") => Center::None,
        Some("mean") => Center::Mean,
        Some(text) => Center::At(text.trim().parse().map_err(|_| {
            Error::setting("--center", format!("`{text}` is not a number"), "write mean, none or a number")
        })?),
    });
    if let Some(text) = &parts.predict {
        let wrong = || {
            Error::setting(
                "--predict",
                format!("`{text}`"),
                format!("write the covariate's value: {column}=10"),
            )
        };
        let (name, number) = text.rsplit_once('=').ok_or_else(wrong)?;
        if name.trim() != column {
            return Err(wrong());
        }
        regression = regression.predict(number.trim().parse().map_err(|_| wrong())?);
    }
    Ok(regression)
}

/// The covariate of each study, which is constant within it.
fn values(network: &Network, table: &Table, column: &str) -> Result<Vec<Option<f64>>> {
    let numbers = table.numbers(column)?;
    let rows = studywise::rows(network, table, |row| numbers.get(row).copied().flatten(), column)?;
    Ok(rows.into_iter().map(|row| row.and_then(|row| numbers.get(row).copied().flatten())).collect())
}

/// The comparison-adjusted funnel: every contrast with a study's first treatment of the given order, less the direct
/// common-effect estimate (Chaimani and others 2013, doi:10.1371/journal.pone.0076654), and Egger's regression through it.
pub fn funnel(args: &NetworkArgs, fit: &NetworkFit, order: &str) -> Result<FunnelPart> {
    let mut rank = HashMap::new();
    for (at, name) in order.split(',').enumerate() {
        rank.insert(fit.network.treatment(name.trim())?, at);
    }
    let missing: Vec<&str> = (0..fit.theta.len())
        .filter(|t| !rank.contains_key(t))
        .map(|t| fit.network.treatments[t].as_str())
        .collect();
    if !missing.is_empty() {
        return Err(Error::setting(
            "--funnel",
            format!("the order lacks {}", missing.join(", ")),
            "name every treatment once",
        ));
    }
    let common = NetworkMeta::common().level(args.input.level()?).fit(&fit.network)?;
    let direct: HashMap<(usize, usize), f64> = common
        .split(crate::network::SplitMethod::Side)?
        .iter()
        .filter_map(|s| Some(((s.intervention, s.comparator), s.direct?.estimate)))
        .collect();
    let mut points = Vec::new();
    let mut effects = (Vec::new(), Vec::new());
    for study in &fit.network.studies {
        for (i, j, _) in study.pairs() {
            let (a, b) = (study.arms[i].treatment, study.arms[j].treatment);
            let Some(mean) = direct.get(&(a, b)) else { continue };
            let (yi, vi) = study.pair(i, j);
            let sign = if rank[&a] < rank[&b] { 1.0 } else { -1.0 };
            let (first, second) = if sign > 0.0 { (a, b) } else { (b, a) };
            let adjusted = sign * (yi - mean);
            points.push(FunnelRow {
                study: study.label.clone(),
                intervention: fit.network.treatments[first].clone(),
                comparator: fit.network.treatments[second].clone(),
                yi: sign * yi,
                sei: vi.sqrt(),
                adjusted,
            });
            effects.0.push(adjusted);
            effects.1.push(vi.sqrt());
        }
    }
    Ok(FunnelPart { points, egger: egger(&effects.0, &effects.1, fit) })
}

/// Egger's weighted regression of the adjusted effects on their standard errors.
fn egger(y: &[f64], se: &[f64], fit: &NetworkFit) -> Option<EggerRow> {
    let weights: Vec<f64> = se.iter().map(|se| se.powi(-2)).collect();
    let line = Line::least_squares(se, y, &weights).ok()?;
    let (df, se) = (line.df?, line.var_slope.sqrt());
    let d = Difference::new(line.slope, se, Some(df), fit.level);
    Some(EggerRow {
        intercept: line.slope,
        se,
        statistic: d.statistic,
        df,
        p_value: d.p_value,
        ci_lower: d.ci_lower,
        ci_upper: d.ci_upper,
        k: y.len(),
    })
}
