//! Options that were given and that the rest of the request leaves without meaning: they are refused, never ignored.
//!
//! A request holds defaults where nothing was said, so what was said is told by the names of its fields (`subgroup_tau2` for
//! `--subgroup-tau2`): [`given`] takes them from what was parsed.

use clap::{ArgMatches, parser::ValueSource};

use super::{
    Command,
    args::{
        BiasArgs, EconomicsCommand, GlmmArgs, GlmmFigure, InferenceChoice, InfluenceArgs, Model, ModelArgs,
        NetworkEstimator, NetworkModelArgs, PlotCommand, PoolArgs, ReadingModel, RegressArgs, RobustArgs,
    },
};
use crate::{
    Error, Result, bias::Analysis, glmm::Effects, glmm::Model as CountModel, linear::Inference,
    network::NetworkModel, plot::forest::StatisticsStyle,
};

/// Refuses the first option among those that were given that does not apply.
///
/// # Errors
///
/// If an option does not apply to the model or to what else is asked; the error names both and what would be right.
pub fn check_given(command: &Command, given: &[String]) -> Result<()> {
    let has = |name: &str| given.iter().any(|known| known == name);
    if has("by") && command.divisible().is_none() {
        let found = "what this command gives is not divided by the levels of a column";
        return Err(refused("by", found, "choose the rows of one level with --where"));
    }
    match command {
        Command::Pool(args) => of_pool(args, &has),
        Command::Report(args) => {
            of_pool(&args.pool, &has)?;
            needs(&has, &["tool"], args.risk_of_bias.is_some(), "--risk-of-bias")?;
            match has("multiverse") {
                true => Err(refused("multiverse", "every report holds it", "leave it out")),
                false => Ok(()),
            }
        }
        Command::Plot(plot) => of_plot(plot, &has),
        Command::Regress(args) => of_regress(args, &has),
        Command::Multilevel(args) => {
            let of_terms = ["structure", "distance", "share", "fix", "without"];
            needs(&has, &of_terms, !args.random.is_empty(), "--random")?;
            needs(&has, &["marginal_weights"], !args.marginal.is_empty(), "--marginal")?;
            needs(&has, &["seed"], args.bootstrap.is_some(), "--bootstrap")
        }
        Command::Bias(args) => of_bias(args, &has),
        Command::Influence(args) => {
            of_influence(args, &has)?;
            needs(&has, &["seed"], args.gosh.is_some() || args.outlier_bootstrap.is_some(), "--gosh")
        }
        Command::Economics(EconomicsCommand::PoolInb(args)) => {
            of_model(&args.model, &has)?;
            if has("q_about") {
                return Err(refused("q_about", "net benefits are no tables of events", "leave it out"));
            }
            needs(&has, &["subgroup_tau2"], args.subgroup.is_some(), "--subgroup")
        }
        Command::Glmm(args) => of_counts(args, &has),
        Command::Economics(EconomicsCommand::Trial(args)) => {
            needs(&has, &["seed"], args.bootstrap.is_some(), "--bootstrap")
        }
        Command::Network(args) => {
            let parts = &args.parts;
            let data_only = parts.pairs_only || parts.connect || parts.as_shape.is_some();
            refuse_parts(&has, |_| !data_only, "--pairs-only and --connect analyze nothing")?;
            if let Some(name) = ["log", "digits"].into_iter().find(|name| data_only && has(name)) {
                let found = "--pairs-only, --as and --connect write data, with all digits";
                return Err(refused(name, found, "leave it out"));
            }
            network_model(&args.model, &has)
        }
        Command::NetworkReport(args) => {
            refuse_parts(&has, |name| REPORTED.contains(&name), "the report does not hold it")?;
            network_model(&args.network.model, &has)
        }
        _ => Ok(()),
    }
}

/// The parts of a network analysis that its report holds.
const REPORTED: [&str; 12] = [
    "split",
    "rank",
    "draws",
    "seed",
    "mid",
    "sort",
    "cinema",
    "important",
    "cinema_rule",
    "rob",
    "indirectness",
    "contribution",
];

fn of_bias(args: &BiasArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    if args.trim_model != Some(ReadingModel::Random) {
        fixed_without_method(args.model.model, has)?;
    }
    let asks = |test: Analysis| args.test.is_empty() || args.test.contains(&test);
    for (options, test) in [
        (&["regression", "predictor"][..], Analysis::Regression),
        (&["estimator", "side", "trim_model"][..], Analysis::TrimAndFill),
        (&["target"][..], Analysis::FailsafeN),
        (&["excess_test"][..], Analysis::ExcessSignificance),
        (&["selection", "selection_ci", "alternative"][..], Analysis::Selection),
        (&["threshold"][..], Analysis::WorstCase),
        (&["bootstrap"][..], Analysis::ZCurve),
        (&["unreported"][..], Analysis::ReportingBias),
        (&["imputed_variance", "event", "imor"][..], Analysis::MissingOutcomes),
    ] {
        needs(has, options, asks(test), &format!("--test {test}"))?;
    }
    let simulated = args.power.is_some() || !args.test.is_empty() && asks(Analysis::Power);
    needs(has, &["relative_probability"], simulated, "--power")?;
    needs(has, &["seed"], simulated || asks(Analysis::ZCurve), "--power or --test z-curve")?;
    needs(
        has,
        &["direction"],
        asks(Analysis::PUniform) || asks(Analysis::WorstCase),
        "--test p-uniform or worst-case",
    )
}

/// The options that a model of counts leaves without meaning.
fn of_counts(args: &GlmmArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    needs(has, &["seed"], args.bootstrap.is_some(), "--bootstrap")?;
    if args.effects == Effects::Common {
        let names = ["prediction", "coding", "no_intervals"];
        if let Some(name) = names.into_iter().find(|name| has(name)) {
            let found = "a common effect has no variance between studies";
            return Err(refused(name, found, "leave it out, or use random effects"));
        }
    }
    use CountModel::{BetaBinomial, BivariateBetaBinomial, NegativeBinomial};
    let overdispersed =
        |model: &CountModel| matches!(model, BetaBinomial | BivariateBetaBinomial | NegativeBinomial);
    if !args.model.is_empty()
        && args.model.iter().all(overdispersed)
        && let Some(name) = ["prediction", "no_intervals"].into_iter().find(|name| has(name))
    {
        let found = "overdispersed counts have no variance tau² of normal effects";
        return Err(refused(name, found, "leave it out, or use another model"));
    }
    if args.mods.is_some() && has("prediction") && args.predict.is_none() {
        return Err(refused("prediction", "with moderators it belongs to predictions", "add --predict"));
    }
    Ok(())
}

fn of_pool(args: &PoolArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    of_model(&args.model, has)?;
    of_clusters(&args.robust, has)?;
    needs(has, &["subgroup_tau2"], args.subgroup.is_some(), "--subgroup")
}

/// Clusters have an inference of their own.
fn of_clusters(robust: &RobustArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    match has("inference") && robust.cluster.is_some() {
        true => {
            let found = "with --cluster tests and intervals are those of clusters (--robust)";
            Err(refused("inference", found, "leave out one of the two"))
        }
        false => Ok(()),
    }
}

fn of_regress(args: &RegressArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    of_model(&args.model, has)?;
    of_clusters(&args.robust, has)?;
    let further = &args.further;
    needs(has, &["permute_statistic"], args.permute.is_some(), "--permute")?;
    needs(has, &["wild_weights"], further.wild_bootstrap.is_some(), "--wild-bootstrap")?;
    needs(has, &["marginal_weights"], !further.marginal.is_empty(), "--marginal")?;
    needs(has, &["r2_resampling"], further.r2_bootstrap.is_some(), "--r2-bootstrap")?;
    let random = args.permute.is_some()
        || further.wild_bootstrap.is_some()
        || further.vif.is_some()
        || further.r2_bootstrap.is_some();
    needs(has, &["seed"], random, "--permute, --wild-bootstrap, --vif or --r2-bootstrap")?;
    if has("q_about") {
        let found = "a meta-regression has no Mantel-Haenszel estimate";
        return Err(refused("q_about", found, "leave it out"));
    }
    Ok(())
}

fn of_influence(args: &InfluenceArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    fixed_without_method(args.model.model, has)?;
    needs(has, &["alpha", "power", "spending", "diversity"], args.sequential.is_some(), "--sequential")
}

/// Refuses the first of some options that was given and that a figure does not show.
fn undrawn(has: &dyn Fn(&str) -> bool, names: &[&str]) -> Result<()> {
    match names.iter().find(|name| has(name)) {
        Some(name) => Err(refused(name, "this figure does not show it", "leave it out")),
        None => Ok(()),
    }
}

/// The options of analyses that a figure does not draw.
fn of_plot(plot: &PlotCommand, has: &dyn Fn(&str) -> bool) -> Result<()> {
    use PlotCommand as P;
    refuse_look(plot, has)?;
    if let Some((read, args)) = plot.network() {
        refuse_parts(has, |name| read.contains(&name), "this figure does not show it")?;
        return network_model(&args.model, has);
    }
    let undrawn = |names: &[&str]| undrawn(has, names);
    match plot {
        P::Forest(args) => {
            needs(has, &["tool"], args.risk_of_bias.is_some(), "--risk-of-bias")?;
            of_pooled(plot, &args.pool, has)
        }
        P::Funnel(args) => of_pooled(plot, &args.pool, has),
        P::Labbe(args) => of_pooled(plot, &args.pool, has),
        P::Sensitivity(args) => of_pooled(plot, &args.pool, has),
        P::Radial(args)
        | P::Doi(args)
        | P::Drapery(args)
        | P::Orchard(args)
        | P::Caterpillar(args)
        | P::Profile(args)
        | P::Multiverse(args) => of_pooled(plot, &args.pool, has),
        P::Baujat(args) | P::Influence(args) | P::Qq(args) | P::LeaveOneOut(args) | P::Cumulative(args) => {
            of_influence(&args.influence, has)?;
            // Beside --random and --vcov it names what is left out.
            let grouped = args.dependence.is_given() && matches!(plot, P::Influence(_) | P::LeaveOneOut(_));
            undrawn(if grouped { &[] } else { &["group"] })?;
            undrawn(match plot {
                P::Baujat(_) | P::Influence(_) if !grouped => &["order", "inference", "level"],
                P::Qq(_) => &["order", "inference"],
                P::Cumulative(_) => &[],
                _ => &["order"],
            })?;
            undrawn(&["fragility", "outliers", "sequential", "gosh", "seed"])
        }
        P::Gosh(args) => {
            of_influence(&args.influence, has)?;
            undrawn(&["inference", "level", "fragility", "outliers", "sequential", "group", "order"])
        }
        P::Harvest(_) | P::EffectDirection(_) | P::Prisma(_) => undrawn(&["tool", "groups"]),
        P::Albatross(_) => undrawn(&["tool", "groups"]),
        P::TrafficLight(_) | P::RiskOfBias(_) => undrawn(&["groups"]),
        P::Findings(_) => undrawn(&["tool"]),
        P::Bubble(args) => undrawn(&["tau2_interval"]).and_then(|()| of_line(&args.regress, has)),
        P::Regression(args) => {
            undrawn(&["prediction", "tau2_interval"]).and_then(|()| of_line(&args.regress, has))
        }
        P::Selection(_) => undrawn(&["method", "inference", "level"]),
        P::PCurve(_) => undrawn(&["model", "method", "inference", "cluster", "level"]),
        P::Glmm(args) => {
            undrawn(&["seed"])?;
            let drawn = matches!(args.kind, GlmmFigure::Forest);
            let of_forest = ["prediction", "study_interval", "no_intervals"];
            if drawn { of_counts(&args.glmm, has) } else { undrawn(&of_forest) }
        }
        P::Permutation(args) => of_arrangements(&args.regress, has),
        _ => Ok(()),
    }
}

/// The options of a meta-regression that the distribution of its arrangements leaves without meaning.
fn of_arrangements(args: &RegressArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    undrawn(has, &["prediction", "tau2_interval", "level"])?;
    of_model(&args.model, has)
}

/// The options of a meta-regression that a figure of it leaves without meaning.
fn of_line(args: &RegressArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    undrawn(has, &OF_REGRESSION)?;
    of_regress(args, has)
}

/// The options of `pool` that a figure of it leaves without meaning.
fn of_pooled(plot: &PlotCommand, pool: &PoolArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    of_pool(pool, has)?;
    if matches!(plot, PlotCommand::Profile(_)) && pool.model.model != Model::Random {
        let found = format!("`{}` has no variance between studies", pool.model.model);
        return Err(refused("model", found, "leave it out"));
    }
    // Henmi and Copas have an estimate of their own, which figures of the estimate show.
    let of_estimate = pool.model.inference == InferenceChoice::Independent(Inference::HenmiCopas)
        && !matches!(plot, PlotCommand::Multiverse(_));
    let unread = unread_of_pool(plot);
    let names: Vec<&str> = unread.into_iter().filter(|name| !(of_estimate && *name == "inference")).collect();
    undrawn(has, &names)?;
    undrawn(has, &["multiverse"])
}

/// The options of `pool` that make no difference to a figure of it.
fn unread_of_pool(plot: &PlotCommand) -> Vec<&'static str> {
    use PlotCommand as P;
    const SUBGROUPS: [&str; 2] = ["subgroup", "subgroup_tau2"];
    const OF_MEAN: [&str; 5] = ["inference", "prediction", "tau2_interval", "cluster", "robust"];
    match plot {
        P::Forest(args) if args.style.statistics != Some(StatisticsStyle::Intervals) => vec!["tau2_interval"],
        P::Orchard(_) => vec!["tau2_interval"],
        P::Funnel(_) | P::Radial(_) => [&SUBGROUPS[..], &OF_MEAN].concat(),
        P::Doi(_) | P::Labbe(_) => [&SUBGROUPS[..], &OF_MEAN, &["level"]].concat(),
        P::Drapery(_) => [&SUBGROUPS[..], &["tau2_interval", "level"]].concat(),
        P::Caterpillar(_) => [&SUBGROUPS[..], &["tau2_interval"]].concat(),
        P::Sensitivity(_) => [&SUBGROUPS[..], &["prediction", "tau2_interval"]].concat(),
        P::Profile(_) => [&SUBGROUPS[..], &OF_MEAN, &["weights"]].concat(),
        P::Multiverse(_) => [&SUBGROUPS[..], &OF_MEAN, &["model", "method", "tau2", "weights"]].concat(),
        _ => Vec::new(),
    }
}

/// The options that choose how an analysis is done: in the settings of a review they hold for the figures that show it.
pub const OF_ANALYSIS: [&str; 12] = [
    "subgroup",
    "subgroup_tau2",
    "model",
    "method",
    "inference",
    "prediction",
    "tau2",
    "tau2_interval",
    "weights",
    "cluster",
    "robust",
    "level",
];

/// The look of numbers, which only forest plots write; ratios stand on a logarithmic axis, with their own numbers.
fn refuse_look(plot: &PlotCommand, has: &dyn Fn(&str) -> bool) -> Result<()> {
    use PlotCommand as P;
    if has("log") {
        let found = "figures show ratios as ratios, on a logarithmic axis";
        return Err(refused("log", found, "leave it out"));
    }
    let writes = match plot {
        P::Forest(_) | P::LeaveOneOut(_) | P::Cumulative(_) | P::Regression(_) | P::Multilevel(_) => true,
        P::ForestNetwork(_) | P::Split(_) => true,
        P::Glmm(args) => args.kind != GlmmFigure::Likelihood,
        _ => false,
    };
    match has("digits") && !writes {
        true => Err(refused("digits", "this figure writes no estimates", "leave it out")),
        false => Ok(()),
    }
}

/// The readings of a meta-regression beside its coefficients.
const OF_REGRESSION: [&str; 12] = [
    "test",
    "adjust",
    "scale_mods",
    "permute",
    "wild_bootstrap",
    "marginal",
    "contrast",
    "compare",
    "diagnostics",
    "vif",
    "r2_bootstrap",
    "multimodel",
];

/// The options of `network` that ask for a part beside the effects, or belong to one.
const NETWORK_PARTS: [&str; 31] = [
    "all",
    "split",
    "decompose",
    "heat",
    "rank",
    "draws",
    "seed",
    "mid",
    "ask",
    "league",
    "sort",
    "outcome2",
    "contribution",
    "impact",
    "leave_one_out",
    "components",
    "inactive",
    "interactions",
    "combine",
    "mods",
    "interaction",
    "center",
    "predict",
    "threshold",
    "funnel",
    "absolute",
    "cinema",
    "important",
    "cinema_rule",
    "rob",
    "indirectness",
];

/// Refuses parts of a network analysis that are asked for where they are not read.
fn refuse_parts(has: &dyn Fn(&str) -> bool, read: impl Fn(&str) -> bool, why: &str) -> Result<()> {
    match NETWORK_PARTS.iter().find(|name| has(name) && !read(name)) {
        Some(name) => Err(refused(name, why, "leave it out")),
        None => Ok(()),
    }
}

/// A common-effect model of a network has no tau², and the estimators of rare events know no other model.
fn network_model(model: &NetworkModelArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    let common = model.model == NetworkModel::Common;
    if has("model") && !common && model.estimator != NetworkEstimator::Inverse {
        return Err(refused(
            "model",
            format!("`{}` is a common-effect model", model.estimator),
            "leave it out, or use --estimator inverse",
        ));
    }
    if common && has("method") {
        return Err(refused(
            "method",
            "a common-effect model has no tau² to estimate",
            "leave it out, or use --model random",
        ));
    }
    Ok(())
}

/// The names of the options that were given, of the command and of its subcommands.
pub fn given(matches: &ArgMatches) -> Vec<String> {
    let said = |id: &&clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    let mut names: Vec<String> = matches.ids().filter(said).map(|id| id.as_str().to_owned()).collect();
    if let Some((_, further)) = matches.subcommand() {
        names.extend(given(further));
    }
    names
}

fn refused(name: &str, found: impl Into<String>, remedy: impl Into<String>) -> Error {
    Error::setting(format!("--{}", name.replace('_', "-")), found, remedy)
}

/// Refuses options that need another one.
fn needs(has: &dyn Fn(&str) -> bool, names: &[&str], there: bool, other: &str) -> Result<()> {
    match names.iter().find(|name| !there && has(name)) {
        Some(name) => Err(refused(
            name,
            format!("it has no meaning without {other}"),
            format!("add {other}, or leave it out"),
        )),
        None => Ok(()),
    }
}

/// A model of fixed effects has no tau².
fn fixed_without_method(model: ReadingModel, has: &dyn Fn(&str) -> bool) -> Result<()> {
    if model == ReadingModel::Fixed && has("method") {
        return Err(refused(
            "method",
            "a fixed-effect model has no tau² to estimate",
            "leave it out, or use --model random",
        ));
    }
    Ok(())
}

/// The options that the model leaves without meaning.
fn of_model(args: &ModelArgs, has: &dyn Fn(&str) -> bool) -> Result<()> {
    const OF_TAU2: [&str; 6] = ["method", "tau2", "tau2_interval", "prediction", "subgroup_tau2", "q_about"];
    let (names, why): (Vec<&str>, &str) = match args.model {
        Model::Random => {
            let fixed = args.tau2.is_some() && has("tau2_interval");
            let found = "tau² is held and has no interval";
            return if fixed {
                Err(refused("tau2_interval", found, "leave out one of the two"))
            } else {
                Ok(())
            };
        }
        Model::Fixed => (OF_TAU2.to_vec(), "a fixed-effect model has no variance between studies"),
        Model::Mh | Model::Peto => (
            OF_TAU2.into_iter().chain(["inference", "weights"]).collect(),
            "Mantel-Haenszel and Peto have their own weights and inference, and no variance between studies",
        ),
    };
    match names.into_iter().find(|name| has(name)) {
        Some(name) => Err(refused(name, why, "leave it out, or use --model random")),
        None => Ok(()),
    }
}
