//! Glucose-lowering drugs added to sulfonylurea: a network of 26 trials, from contrasts to a ranking.
//!
//! Senn, Gavini, Magrez and Scheen (2013, doi:10.1177/0962280211432220) collected mean changes of HbA1c (in percentage
//! points, a small value is good) of ten treatments. The data have become the example of network meta-analysis: the package
//! netmeta analyzes them by generalized DerSimonian-Laird, and Krahn, Binder and König (2013, doi:10.1186/1471-2288-13-35)
//! located their inconsistency.

use super::{Comparison, Reproduction, ReproductionSection, Review};
use crate::{
    Measure, Result,
    network::{Network, NetworkData, NetworkMeta, RankingOptions},
    report::fixed,
    table::{Roles, Table},
    tau2::Tau2,
};

const CONTRASTS: &str = include_str!("senn2013/contrasts.csv");

/// The contrasts of the 26 trials, with columns `study treatment1 treatment2 yi sei`: differences in mean HbA1c, treatment1
/// minus treatment2.
///
/// # Errors
///
/// None for the data as they ship.
pub fn contrasts() -> Result<Table> {
    let mut roles = Roles::new();
    for role in ["study", "treatment1", "treatment2", "yi", "sei"] {
        roles = roles.with(role, role)?;
    }
    Table::read(CONTRASTS.as_bytes(), "senn2013/contrasts.csv")?.with_roles(roles)
}

/// The network of the trials.
///
/// # Errors
///
/// None for the data as they ship.
pub fn network() -> Result<Network> {
    NetworkData::new(Measure::Generic).table(&contrasts()?)
}

/// The names of the treatments in full.
const NAMES: [(&str, &str); 10] = [
    ("acar", "acarbose"),
    ("benf", "benfluorex"),
    ("metf", "metformin"),
    ("migl", "miglitol"),
    ("piog", "pioglitazone"),
    ("plac", "placebo"),
    ("rosi", "rosiglitazone"),
    ("sita", "sitagliptin"),
    ("sulf", "sulfonylurea"),
    ("vild", "vildagliptin"),
];

/// P-scores as netmeta 3.3-1 gives them to four decimals.
const P_SCORES: [(&str, &str); 10] = [
    ("rosi", "0.8934"),
    ("metf", "0.7818"),
    ("piog", "0.7746"),
    ("migl", "0.6137"),
    ("acar", "0.5203"),
    ("benf", "0.4358"),
    ("vild", "0.4232"),
    ("sita", "0.3331"),
    ("sulf", "0.2103"),
    ("plac", "0.0139"),
];

/// Sets the values of netmeta beside the same computed here, and what the network says today.
pub(super) fn reproduce() -> Result<Reproduction> {
    let network = network()?;
    let dl = NetworkMeta::random(Tau2::Dl).reference("plac").fit(&network)?;
    let ranking = dl.ranking(&RankingOptions::default())?;
    let decomposition = dl.decompose()?;
    let metformin = dl.difference(network.treatment("metf")?, dl.reference);
    let scores = P_SCORES.map(|(name, published)| {
        let found = ranking.treatments.iter().find(|t| t.treatment == name);
        Comparison::new(full(name), published, found.map_or(f64::INFINITY, |t| t.p_score))
    });
    let sections = vec![
        ReproductionSection::new("netmeta 3.3-1: heterogeneity and inconsistency").compare([
            Comparison::new("Q", "96.99", decomposition.total.q),
            Comparison::new("Q within designs (11 df)", "74.46", decomposition.within.q),
            Comparison::new("Q between designs (7 df)", "22.53", decomposition.between.q),
            Comparison::new("tau^2, generalized DerSimonian-Laird", "0.1087", dl.tau2),
            Comparison::new("I^2", "81.44", dl.heterogeneity.i2.unwrap_or(f64::INFINITY)),
        ]),
        ReproductionSection::new("netmeta 3.3-1: metformin versus placebo").compare([
            Comparison::new("difference in HbA1c", "-1.1268", metformin.estimate),
            Comparison::new("its standard error", "0.1543", metformin.se),
        ]),
        ReproductionSection::new("netmeta 3.3-1: P-scores").compare(scores),
        today(&network)?,
    ];
    Ok(Reproduction {
        name: Review::Senn2013.name().to_owned(),
        title: Review::Senn2013.title().to_owned(),
        sources: vec![
            "Senn S, Gavini F, Magrez D, Scheen A. Issues in performing a network meta-analysis. Statistical Methods in \
             Medical Research 2013;22:169-189."
                .to_owned(),
            "Balduzzi S, Rücker G, Nikolakopoulou A, et al. netmeta: an R package for network meta-analysis using \
             frequentist methods. Journal of Statistical Software 2023;106(2):1-40."
                .to_owned(),
        ],
        sections,
        fits: Vec::new(),
    })
}

fn full(name: &str) -> &str {
    NAMES.iter().find(|(short, _)| *short == name).map_or(name, |(_, full)| full)
}

/// REML, with the covariance of the trial of three arms in it.
fn today(network: &Network) -> Result<ReproductionSection> {
    let fit = NetworkMeta::default().reference("plac").fit(network)?;
    let ranking = fit.ranking(&RankingOptions::default())?;
    let rows = ranking.order.iter().filter(|name| *name != "plac").map(|name| {
        let d = fit.difference(network.treatment(name).unwrap_or(fit.reference), fit.reference);
        let score = ranking.treatments.iter().find(|t| t.treatment == *name);
        [
            full(name).to_owned(),
            fixed(d.estimate, 2),
            fixed(d.ci_lower, 2),
            fixed(d.ci_upper, 2),
            score.map_or(String::new(), |t| fixed(t.p_score, 3)),
            score.map_or(String::new(), |t| fixed(t.probability_best, 3)),
        ]
    });
    let header = ["Against placebo", "difference", "95% CI, lower", "upper", "P-score", "P(best)"];
    let section = ReproductionSection::new("The same trials today: REML").table(header, rows);
    Ok(section
        .text(format!(
            "The precision of the hierarchy (POTH) is {}: {}.",
            fixed(ranking.poth, 2),
            "the first places are uncertain, the last one is not"
        ))
        .compare([
            Comparison::unpublished("tau^2, REML with the exact covariance", fit.tau2),
            Comparison::unpublished("precision of the hierarchy (POTH)", ranking.poth),
        ])
        .text(
            "From contrasts netmeta 3.3-1 gives 0.1010501 for tau^2 by REML, because it sets the sampling covariance within the \
             trial of three arms to zero; from the same trials given by arms it gives 0.0999145, as here.",
        ))
}
