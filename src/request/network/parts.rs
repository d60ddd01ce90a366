//! The parts beside the effects, each asked for by its option.

use serde_json::{Value, json as value};

use super::{estimates, report::NetworkReport};
use crate::{
    Error, Result,
    network::{
        Baseline, Decomposition, Difference, Disagreement, LeagueOrder, LeftOutTau2, Network, NetworkFit,
        SplitMethod,
    },
    request::{
        Inputs,
        args::{NetworkArgs, NetworkPartsArgs},
        data,
    },
    table::Table,
};

/// Adds the parts that were asked for.
pub fn add(
    report: &mut NetworkReport,
    args: &NetworkArgs,
    network: &Network,
    table: &Table,
    inputs: &Inputs<'_>,
) -> Result<()> {
    let parts = &args.parts;
    check(parts)?;
    let _ = table;
    if report.effects.is_none() {
        return Ok(());
    }
    let fit = super::fit(args, network)?;
    if let Some(method) = parts.split.as_deref().or(parts.all.then_some("side")) {
        report.split = Some(estimates::splits(&fit, &fit.split(method.parse::<SplitMethod>()?)?));
    }
    if parts.decompose || parts.all {
        report.decomposition = Some(decomposition(&fit)?);
    }
    if parts.heat || parts.all {
        report.net_heat = Some(net_heat(&fit)?);
    }
    if parts.impact || parts.all {
        report.impact = Some(impact(&fit)?);
    }
    if let Some(tau2) = parts.leave_one_out.as_deref().or(parts.all.then_some("refit")) {
        report.leave_one_out = Some(leave_one_out(&fit, tau2.parse()?)?);
    }
    if parts.league || parts.all {
        report.league = Some(league(args, &fit, inputs)?);
    }
    if let Some(baseline) = &parts.absolute {
        report.absolute = Some(absolute(&fit, baseline)?);
    }
    Ok(())
}

/// Options that need another one.
fn check(parts: &NetworkPartsArgs) -> Result<()> {
    let needs = [
        ("--sort", parts.sort.is_some(), "--league", parts.league || parts.all),
        ("--outcome2", parts.outcome2.is_some(), "--league", parts.league || parts.all),
        ("--mid", parts.mid.is_some(), "--rank", parts.rank || parts.all),
        ("--draws", parts.draws.is_some(), "--rank", parts.rank || parts.all),
        ("--seed", parts.seed.is_some(), "--rank", parts.rank || parts.all),
        ("--ask", !parts.ask.is_empty(), "--rank", parts.rank || parts.all),
        ("--inactive", parts.inactive.is_some(), "--components", parts.components.is_some()),
        ("--interactions", parts.interactions.is_some(), "--components", parts.components.is_some()),
        ("--combine", parts.combine.is_some(), "--components", parts.components.is_some()),
        ("--interaction", parts.interaction.is_some(), "--mods", parts.mods.is_some()),
        ("--center", parts.center.is_some(), "--mods", parts.mods.is_some()),
        ("--predict", parts.predict.is_some(), "--mods", parts.mods.is_some()),
    ];
    match needs.iter().find(|(_, given, _, there)| *given && !there) {
        Some((option, _, other, _)) => Err(super::belongs_to(option, other)),
        None => Ok(()),
    }
}

fn disagreement(d: &Disagreement) -> Value {
    value!({"q": d.q, "df": d.df, "p_value": d.p_value})
}

fn with(mut value: Value, key: &str, entry: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.insert(key.to_owned(), entry);
    }
    value
}

fn decomposition(fit: &NetworkFit) -> Result<Value> {
    let d: Decomposition = fit.decompose()?;
    let network = &fit.network;
    let name = |t: usize| network.treatments[t].as_str();
    let designs: Vec<Value> = d
        .designs
        .iter()
        .map(|x| {
            let row = with(disagreement(&x.disagreement), "design", value!(network.design_name(&x.design)));
            with(row, "k", value!(x.k))
        })
        .collect();
    let detach: Vec<Value> = d
        .detach
        .iter()
        .map(|x| with(disagreement(&x.disagreement), "design", value!(network.design_name(&x.design))))
        .collect();
    let contributions: Vec<Value> = d
        .contributions
        .iter()
        .map(|x| {
            let contrast = format!("{}:{}", name(x.contrast[0]), name(x.contrast[1]));
            value!({"design": network.design_name(&x.design), "contrast": contrast, "q": x.q})
        })
        .collect();
    let interaction = d.interaction.map(|i| with(disagreement(&i.disagreement), "tau2", value!(i.tau2)));
    let loops: Vec<Value> = fit
        .loops()
        .iter()
        .map(|l| {
            value!({
                "loop": l.treatments.map(name), "direct": l.direct, "indirect": l.indirect,
                "difference": l.difference, "se": l.se, "p_value": l.p_value, "p_holm": l.p_holm, "tau2": l.tau2,
            })
        })
        .collect();
    Ok(value!({
        "total": disagreement(&d.total), "within": disagreement(&d.within),
        "between": disagreement(&d.between), "designs": designs, "detach": detach,
        "contributions": contributions, "interaction": interaction, "loops": loops,
    }))
}

fn net_heat(fit: &NetworkFit) -> Result<Value> {
    let heat = fit.net_heat()?;
    let network = &fit.network;
    let rows: Vec<Value> = heat
        .designs
        .iter()
        .zip(&heat.contrasts)
        .map(|(design, [a, b])| {
            let contrast = format!("{}:{}", network.treatments[*a], network.treatments[*b]);
            value!({"design": network.design_name(design), "contrast": contrast})
        })
        .collect();
    Ok(value!({"rows": rows, "matrix": heat.matrix, "hat": heat.hat}))
}

fn impact(fit: &NetworkFit) -> Result<Value> {
    let rows: Vec<Value> = fit
        .impact()?
        .into_iter()
        .zip(&fit.network.studies)
        .map(|(values, study)| value!({"study": study.label, "values": values}))
        .collect();
    Ok(Value::Array(rows))
}

fn leave_one_out(fit: &NetworkFit, tau2: LeftOutTau2) -> Result<Value> {
    let rows: Vec<Value> = fit
        .leave_one_out(tau2)?
        .into_iter()
        .map(|row| value!({"study": row.study, "tau2": row.tau2, "q": row.q, "effects": row.effects}))
        .collect();
    Ok(Value::Array(rows))
}

/// An estimate as `league` has it.
fn estimate(d: Difference) -> Value {
    value!(estimates::Estimate::from(d))
}

fn league(args: &NetworkArgs, fit: &NetworkFit, inputs: &Inputs<'_>) -> Result<Value> {
    let order: LeagueOrder = args.parts.sort.as_deref().map_or(Ok(LeagueOrder::Rank), str::parse)?;
    let order = fit.league_order(order, &ranked(args, fit)?);
    let league = match &args.parts.outcome2 {
        None => fit.league(&order),
        Some(path) => {
            let input = crate::request::args::InputArgs { data: path.clone(), ..args.input.clone() };
            let table = data::read(inputs, &input)?;
            let other = super::fit(args, &super::network(&args.data, args, &table)?)?;
            fit.league_with(&order, &other)
        }
    };
    let cells: Vec<Vec<Option<Value>>> =
        league.cells.into_iter().map(|row| row.into_iter().map(|c| c.map(estimate)).collect()).collect();
    Ok(value!({
        "order": league.order, "cells": cells, "orientation": "row versus column",
        "below": "network", "above": if args.parts.outcome2.is_some() { "network of outcome2" } else { "direct" },
    }))
}

/// The treatments from best to worst.
fn ranked(args: &NetworkArgs, fit: &NetworkFit) -> Result<Vec<usize>> {
    let sign = match args.model.small_values.as_str() {
        "bad" => -1.0,
        _ => 1.0,
    };
    let size = fit.theta.len();
    let score = |i: usize| -> f64 {
        let beats = |j: usize| {
            let se = fit.variance(i, j).sqrt();
            crate::stat::normal::cdf(sign * (fit.theta[j] - fit.theta[i]) / se)
        };
        (0..size).filter(|&j| j != i).map(beats).sum()
    };
    let scores: Vec<f64> = (0..size).map(score).collect();
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    Ok(order)
}

/// `TREATMENT=0.12` or `TREATMENT=yi,se`.
fn absolute(fit: &NetworkFit, text: &str) -> Result<Value> {
    let refuse = |found: String| {
        Error::setting(
            "--absolute",
            found,
            "write TREATMENT=0.12, or TREATMENT=yi,se on the scale of the analysis",
        )
    };
    let (name, numbers) = text.rsplit_once('=').ok_or_else(|| refuse(format!("`{text}` has no `=`")))?;
    let reference = &fit.network.treatments[fit.reference];
    if name.trim() != reference && name.trim() != "reference" {
        return Err(refuse(format!("`{}` is not the reference `{reference}`", name.trim())));
    }
    let values = numbers
        .split(',')
        .map(|n| n.trim().parse::<f64>().map_err(|_| refuse(format!("`{n}` is not a number"))))
        .collect::<Result<Vec<f64>>>()?;
    let baseline = match values[..] {
        [value] => Baseline::Natural(value),
        [estimate, se] => Baseline::Model { estimate, se },
        _ => return Err(refuse(format!("`{numbers}` has {} numbers", values.len()))),
    };
    let rows: Vec<Value> = fit
        .absolute(baseline)?
        .iter()
        .map(|row| {
            value!({
                "treatment": fit.network.treatments[row.treatment], "estimate": row.estimate,
                "ci_lower": row.ci_lower, "ci_upper": row.ci_upper,
            })
        })
        .collect();
    Ok(Value::Array(rows))
}
