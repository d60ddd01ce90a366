//! Figures of networks of treatments.

use consilience::{
    Measure, Result,
    network::{
        ArmData, ArmRow, ContributionMethod, LeagueOrder, Network, NetworkData, NetworkFit, NetworkMeta,
        OrderOutcome, PairRow, PartialOrder, Ranking, RankingOptions, SmallValues, SplitMethod,
    },
    plot::{EffectAxis, HeatTable},
};

use super::{Figure, Sources, drawn};

const PART: &str = "Networks of treatments";

/// The treatments from new to old, as the funnel turns its comparisons.
const NEWEST_FIRST: [&str; 10] =
    ["sita", "vild", "piog", "rosi", "benf", "migl", "acar", "metf", "sulf", "plac"];

fn network(s: &Sources, name: &str) -> Result<Network> {
    let texts = |column: &str| s.texts(name, column);
    let (studies, first, second) = (texts("study")?, texts("treatment1")?, texts("treatment2")?);
    let (yi, sei) = (s.numbers(name, "yi")?, s.numbers(name, "sei")?);
    let rows: Vec<PairRow> = (0..studies.len())
        .map(|i| {
            let names = (studies[i].as_str(), first[i].as_str(), second[i].as_str());
            PairRow::new(names.0, names.1, names.2, yi[i], sei[i] * sei[i]).at_row(i + 1)
        })
        .collect();
    NetworkData::new(Measure::Generic).contrasts(&rows)
}

fn fitted(s: &Sources, name: &str) -> Result<NetworkFit> {
    NetworkMeta::default().reference("plac").fit(&network(s, name)?)
}

/// The ranking of the treatments; its P-scores need no draws.
fn ranked(s: &Sources, name: &str) -> Result<Ranking> {
    fitted(s, name)?.ranking(&RankingOptions::default().draws(8))
}

/// The ranking of four ways to stop smoking.
fn smoking(s: &Sources) -> Result<Ranking> {
    let numbers = |column: &str| s.numbers("smoking", column);
    let (studies, treatments) = (numbers("study")?, s.texts("smoking", "trt")?);
    let (events, sizes) = (numbers("xi")?, numbers("ni")?);
    let rows: Vec<ArmRow> = (0..studies.len())
        .map(|i| {
            let data = ArmData::Events { events: events[i], size: sizes[i] };
            ArmRow::new(studies[i].to_string(), treatments[i].as_str(), data).at_row(i + 1)
        })
        .collect();
    let network = NetworkData::new(Measure::OddsRatio).arms(&rows)?;
    NetworkMeta::default().fit(&network)?.ranking(&RankingOptions::default().small_values(SmallValues::Bad))
}

fn both(s: &Sources) -> Result<Vec<(String, Ranking)>> {
    ["diabetes", "weight"].into_iter().map(|name| Ok((name.to_owned(), ranked(s, name)?))).collect()
}

pub const FIGURES: &[Figure] = &[
    Figure {
        part: PART,
        file: "network",
        says: "The treatments, the comparisons between them, and the study of three arms.",
        command: "network tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| drawn!(network(s, "diabetes")?.graph(), width),
    },
    Figure {
        part: PART,
        file: "forest-network",
        says: "All treatments against one, the best first, with prediction intervals.",
        command: "forest-network tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| drawn!(fitted(s, "diabetes")?.forest_plot(SmallValues::Good)?, width),
    },
    Figure {
        part: PART,
        file: "league",
        says: "Every treatment against every other, the network below the diagonal, direct evidence above it.",
        command: "league tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| {
            let fit = fitted(s, "diabetes")?;
            let ranked = fit.p_scores(SmallValues::Good, None)?.order;
            let league = fit.league(&fit.league_order(LeagueOrder::Rank, &ranked));
            let axis = EffectAxis::of_network(&fit.network);
            drawn!(HeatTable::league(&league, "direct estimates", &axis), width)
        },
    },
    Figure {
        part: PART,
        file: "split",
        says: "Direct, indirect and network estimates of the comparisons that have all three.",
        command: "split tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| drawn!(fitted(s, "diabetes")?.split_forest(SplitMethod::Side)?, width),
    },
    Figure {
        part: PART,
        file: "net-heat",
        says: "Where the inconsistency between designs comes from.",
        command: "net-heat tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| {
            let fit = fitted(s, "diabetes")?;
            drawn!(HeatTable::net_heat(&fit.net_heat()?, &fit.network), width)
        },
    },
    Figure {
        part: PART,
        file: "contribution",
        says: "What each direct comparison contributes to each estimate of the network.",
        command: "contribution tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| {
            let contributions = fitted(s, "diabetes")?.contributions(ContributionMethod::RandomWalk, None)?;
            drawn!(HeatTable::contributions(&contributions), width)
        },
    },
    Figure {
        part: PART,
        file: "rankogram",
        says: "The probability of each rank, treatment by treatment: ways to stop smoking.",
        command: "rankogram tests/data/network/data/net_hasselblad1998.csv --measure OR --columns treatment=trt --small-values bad",
        draw: |s, width| drawn!(smoking(s)?.rankogram(), width),
    },
    Figure {
        part: PART,
        file: "rank-heat",
        says: "P-scores over two outcomes (the second one is invented).",
        command: "rank-heat tests/data/gallery/diabetes.csv --outcome2 tests/data/gallery/weight.csv --reference plac",
        draw: |s, width| drawn!(HeatTable::ranks(&both(s)?), width),
    },
    Figure {
        part: PART,
        file: "hasse",
        says: "Which treatments are at least as good as others on both outcomes.",
        command: "hasse tests/data/gallery/diabetes.csv --outcome2 tests/data/gallery/weight.csv --reference plac",
        draw: |s, width| {
            let rankings = both(s)?;
            let names: Vec<String> = rankings[0].1.treatments.iter().map(|t| t.treatment.clone()).collect();
            let outcomes: Vec<OrderOutcome> = rankings
                .into_iter()
                .map(|(name, r)| {
                    OrderOutcome::new(name, r.treatments.iter().map(|t| t.p_score).collect::<Vec<f64>>())
                })
                .collect();
            drawn!(PartialOrder::new(&names, &outcomes)?.diagram(), width)
        },
    },
    Figure {
        part: PART,
        file: "threshold",
        says: "By how far each contrast may be off before another treatment is best.",
        command: "threshold tests/data/gallery/diabetes.csv --reference plac",
        draw: |s, width| {
            let fit = fitted(s, "diabetes")?;
            drawn!(fit.thresholds(SmallValues::Good).forest_plot(&fit.network, fit.level), width)
        },
    },
    Figure {
        part: PART,
        file: "funnel-network",
        says: "Small studies: every contrast less the direct estimate, turned towards the newer treatment.",
        command: "funnel-network tests/data/gallery/diabetes.csv --reference plac --funnel \"sita,vild,piog,rosi,benf,migl,acar,metf,sulf,plac\"",
        draw: |s, width| {
            let order = NEWEST_FIRST.map(str::to_owned);
            drawn!(fitted(s, "diabetes")?.comparison_funnel(&order)?, width)
        },
    },
];
