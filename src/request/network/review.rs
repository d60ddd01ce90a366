//! `network-report`: the whole analysis of a network in one file.

use crate::{
    Result,
    network::{LeagueOrder, NetworkFit, RankingOptions, SplitMethod},
    plot::Figure as _,
    report::{Document, NetworkReview, ReportOrigin},
    request::{
        Answer, Inputs, ReportFormat,
        args::NetworkReportArgs,
        data,
        report::{figure, provenance},
    },
    table::Table,
};

pub fn run(args: &NetworkReportArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.network.input)?;
    let provenance = provenance(inputs);
    super::parts::check(&args.network.parts)?;
    let fit = super::fit(&args.network, &super::network(&args.network.data, &args.network, &table)?)?;
    let args = args.clone();
    Ok(Answer::of_report("network-report", move |form| {
        document(&args, &fit, &table, provenance.clone(), form)
    }))
}

fn document(
    args: &NetworkReportArgs,
    fit: &NetworkFit,
    table: &Table,
    provenance: ReportOrigin,
    form: ReportFormat,
) -> Result<Document> {
    let small_values = args.network.model.small_values;
    let parts = &args.network.parts;
    let mut options = RankingOptions::default().small_values(small_values);
    options.mid = parts.mid;
    options.draws = parts.draws;
    options.seed = parts.seed.unwrap_or(options.seed);
    let ranking = fit.ranking(&options)?;
    let decomposition = fit.decompose()?;
    let splits = fit.split(parts.split.unwrap_or(SplitMethod::Side))?;
    let ranked = fit.p_scores(small_values, parts.mid)?.order;
    let order = parts.sort.unwrap_or(LeagueOrder::Rank);
    let league = fit.league(&fit.league_order(order, &ranked));
    let cinema = super::cinema::cinema(&args.network, fit, table);
    let network = &fit.network;
    let notation = args.network.shown.notation(network.measure.ratio_name(network.scale))?;
    let mut forest = fit.forest_plot(small_values)?;
    forest.decimals = notation.asked_digits();
    let mut review = NetworkReview::new(&args.title, fit)
        .notation(notation)
        .ranking(&ranking)
        .decomposition(&decomposition)
        .splits(&splits)
        .league(&league)
        .graph(figure("The network", &fit.network.graph().scene()?, form)?)
        .forest(figure("All treatments against the reference", &forest.scene()?, form)?)
        .rankogram(figure("Probabilities of ranks", &ranking.rankogram().scene()?, form)?)
        .provenance(provenance);
    for text in &args.assumption {
        review = review.assumption(text);
    }
    match &cinema {
        Ok(cinema) => review = review.cinema(cinema),
        Err(error) => review = review.not_done("Inputs of CINeMA", error.to_string()),
    }
    Ok(review.document())
}
