//! Figures of networks.

use crate::{
    Error, Result,
    network::{
        ContributionMethod, League, LeagueOrder, NetworkFit, OrderOutcome, PartialOrder, Ranking,
        RankingOptions, SplitMethod,
    },
    plot::{EffectAxis, HeatTable},
};

use super::drawn;
use crate::request::{
    Answer, Inputs,
    args::{NetworkArgs, NetworkFigureArgs, NetworkForestArgs, NetworkGraphArgs},
    network,
};

/// Sets the look and draws.
macro_rules! draw {
    ($plot:expr, $args:expr, $inputs:expr, $notes:expr) => {
        Ok(drawn($inputs, $plot, &$args.figure)?.notes($notes))
    };
}

/// The treatments and how they are compared.
pub fn graph(args: &NetworkGraphArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let network = network::read(&args.network, inputs)?;
    let plot = network.graph().layout(args.layout);
    draw!(plot, args, inputs, network.notes)
}

fn ranking(args: &NetworkArgs, fit: &NetworkFit) -> Result<Ranking> {
    let mut options = RankingOptions::default().small_values(args.model.small_values);
    if let Some(mid) = args.parts.mid {
        options = options.mid(mid);
    }
    if let Some(draws) = args.parts.draws {
        options = options.draws(draws);
    }
    if let Some(seed) = args.parts.seed {
        options = options.seed(seed);
    }
    fit.ranking(&options)
}

/// The fit of the second outcome, with the same columns and options.
fn second(args: &NetworkArgs, inputs: &Inputs<'_>) -> Result<Option<NetworkFit>> {
    let Some(path) = &args.parts.outcome2 else { return Ok(None) };
    let mut other = args.clone();
    other.input.table.data = path.clone();
    network::fitted(&other, inputs).map(Some)
}

/// The positions of the treatments in the order that the options ask for.
fn league_order(args: &NetworkArgs, fit: &NetworkFit) -> Result<Vec<usize>> {
    let order = args.parts.sort.unwrap_or(LeagueOrder::Rank);
    let ranked = ranking(args, fit)?.order;
    let ranked = ranked.iter().map(|name| fit.network.treatment(name)).collect::<Result<Vec<usize>>>()?;
    Ok(fit.league_order(order, &ranked))
}

/// The league table in color.
pub fn league(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let order = league_order(&args.network, &fit)?;
    let other = second(&args.network, inputs)?;
    let league: League = match &other {
        Some(other) => fit.league_with(&order, other),
        None => fit.league(&order),
    };
    let above = if other.is_some() { "network estimates of the second outcome" } else { "direct estimates" };
    let plot = HeatTable::league(&league, above, &EffectAxis::of_network(&fit.network));
    draw!(plot, args, inputs, fit.notes)
}

/// The probabilities of ranks.
pub fn rankogram(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let ranking = ranking(&args.network, &fit)?;
    let notes = fit.notes.iter().cloned().chain(ranking.notes.iter().cloned());
    draw!(ranking.rankogram(), args, inputs, notes)
}

/// The rankings of one outcome or two, by the names of their files.
fn rankings(args: &NetworkArgs, inputs: &Inputs<'_>) -> Result<Vec<(String, Ranking)>> {
    let name = |path: &std::path::Path| {
        path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
    };
    // these figures show P-scores, which are exact, and no probabilities of ranks
    let mut args = args.clone();
    args.parts.draws = args.parts.draws.or(Some(8));
    let args = &args;
    let mut rankings = vec![(name(&args.input.table.data), ranking(args, &network::fitted(args, inputs)?)?)];
    if let (Some(path), Some(fit)) = (&args.parts.outcome2, second(args, inputs)?) {
        rankings.push((name(path), ranking(args, &fit)?));
    }
    Ok(rankings)
}

/// The P-scores of the treatments over the outcomes.
pub fn rank_heat(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let rankings = rankings(&args.network, inputs)?;
    draw!(HeatTable::ranks(&rankings), args, inputs, Vec::new())
}

/// The partial order of the treatments over the outcomes.
pub fn hasse(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let rankings = rankings(&args.network, inputs)?;
    let Some((_, first)) = rankings.first() else {
        return Err(Error::data("no outcome", "give the data of one or two outcomes"));
    };
    let in_all =
        |name: &String| rankings.iter().all(|(_, r)| r.treatments.iter().any(|t| t.treatment == *name));
    let (shared, left): (Vec<String>, Vec<String>) =
        first.treatments.iter().map(|t| t.treatment.clone()).partition(in_all);
    let outcomes: Vec<OrderOutcome> = rankings
        .iter()
        .map(|(outcome, ranking)| {
            let score = |name: &String| {
                ranking.treatments.iter().find(|t| t.treatment == *name).map_or(0.0, |t| t.p_score)
            };
            OrderOutcome::new(outcome.clone(), shared.iter().map(score).collect::<Vec<f64>>())
        })
        .collect();
    let mut notes = Vec::new();
    if !left.is_empty() {
        notes.push(format!("without both outcomes, left out: {}", left.join(", ")));
    }
    if rankings.len() == 1 {
        notes.push("one outcome gives a chain; add the data of another with --outcome2".to_owned());
    }
    draw!(PartialOrder::new(&shared, &outcomes)?.diagram(), args, inputs, notes)
}

/// The sources of inconsistency.
pub fn net_heat(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    draw!(HeatTable::net_heat(&fit.net_heat()?, &fit.network), args, inputs, fit.notes)
}

/// A contribution matrix of more rows cannot be read.
const MOST_ROWS: usize = 60;

/// The contributions of direct comparisons.
pub fn contribution(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let method = args.network.parts.contribution.unwrap_or(ContributionMethod::RandomWalk);
    let t = fit.treatment_count();
    let few: Vec<(usize, usize)> =
        (0..t).filter(|i| *i != fit.reference).map(|i| (i, fit.reference)).collect();
    let many = t * (t - 1) / 2 > MOST_ROWS;
    let mut contributions = fit.contributions(method, many.then_some(few.as_slice()))?;
    if many {
        let reference = &fit.network.treatments[fit.reference];
        contributions.notes.push(format!("{t} treatments: only the comparisons with {reference} are drawn"));
    }
    draw!(HeatTable::contributions(&contributions), args, inputs, contributions.notes)
}

/// By how far each contrast may move.
pub fn threshold(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let thresholds = fit.thresholds(args.network.model.small_values);
    draw!(thresholds.forest_plot(&fit.network, fit.level), args, inputs, fit.notes)
}

/// The comparison-adjusted funnel plot.
pub fn funnel(args: &NetworkFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let Some(order) = &args.network.parts.funnel else {
        return Err(Error::setting(
            "--funnel",
            "no order of the treatments is given",
            "name them all, the one that small studies may favor first: --funnel \"new,old,placebo\"",
        ));
    };
    let order: Vec<String> = order.split(',').map(|name| name.trim().to_owned()).collect();
    draw!(fit.comparison_funnel(&order)?, args, inputs, fit.notes)
}

/// All treatments against the reference.
pub fn forest(args: &NetworkForestArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let forest = fit.forest_plot(args.network.model.small_values)?;
    Ok(super::forest(inputs, forest, (&args.style, args.network.shown), &args.figure)?.notes(fit.notes))
}

/// Direct, indirect and network estimates.
pub fn split(args: &NetworkForestArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let fit = network::fitted(&args.network, inputs)?;
    let forest = fit.split_forest(args.network.parts.split.unwrap_or(SplitMethod::Side))?;
    if forest.rows.is_empty() {
        return Err(Error::model(
            "no comparison has both direct and indirect evidence",
            "draw the effects against the reference: plot forest-network",
        ));
    }
    Ok(super::forest(inputs, forest, (&args.style, args.network.shown), &args.figure)?.notes(fit.notes))
}
