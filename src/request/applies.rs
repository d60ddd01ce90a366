//! Options that were given and that the rest of the request leaves without meaning: they are refused, never ignored.
//!
//! A request holds defaults where nothing was said, so what was said is told by the names of its fields (`subgroup_tau2` for
//! `--subgroup-tau2`): [`given`] takes them from what was parsed.

use clap::{ArgMatches, parser::ValueSource};

use super::{
    Command,
    args::{EconomicsCommand, Model, ModelArgs},
};
use crate::{Error, Result};

/// Refuses the first option among those that were given that does not apply.
///
/// # Errors
///
/// If an option does not apply to the model or to what else is asked; the error names both and what would be right.
pub fn check_given(command: &Command, given: &[String]) -> Result<()> {
    let has = |name: &str| given.iter().any(|known| known == name);
    match command {
        Command::Pool(args) => {
            of_model(&args.model, &has)?;
            needs(&has, &["subgroup_tau2"], args.subgroup.is_some(), "--subgroup")
        }
        Command::Regress(args) => {
            of_model(&args.model, &has)?;
            let further = &args.further;
            needs(&has, &["permute_statistic"], args.permute.is_some(), "--permute")?;
            needs(&has, &["wild_weights"], further.wild_bootstrap.is_some(), "--wild-bootstrap")?;
            needs(&has, &["marginal_weights"], !further.marginal.is_empty(), "--marginal")?;
            if has("q_about") {
                return Err(refused(
                    "q_about",
                    "a meta-regression has no Mantel-Haenszel estimate",
                    "leave it out",
                ));
            }
            Ok(())
        }
        Command::Multilevel(args) => {
            needs(
                &has,
                &["structure", "distance", "share", "fix", "without"],
                !args.random.is_empty(),
                "--random",
            )?;
            needs(&has, &["seed"], args.bootstrap.is_some(), "--bootstrap")
        }
        Command::Bias(args) => {
            fixed_without_method(&args.model.model, &has)?;
            let asks = |test: &str| args.test.is_empty() || args.test.iter().any(|name| name.trim() == test);
            for (options, test) in [
                (&["regression", "predictor"][..], "regression"),
                (&["estimator", "side", "trim_model"][..], "trim-and-fill"),
                (&["target"][..], "failsafe-n"),
                (&["excess_test"][..], "excess-significance"),
                (&["unreported"][..], "reporting-bias"),
                (&["imputed_variance", "event", "imor"][..], "missing-outcomes"),
            ] {
                needs(&has, options, asks(test), &format!("--test {test}"))?;
            }
            Ok(())
        }
        Command::Influence(args) => {
            fixed_without_method(&args.model.model, &has)?;
            needs(
                &has,
                &["alpha", "power", "spending", "diversity"],
                args.sequential.is_some(),
                "--sequential",
            )
        }
        Command::Economics(EconomicsCommand::PoolInb(args)) => {
            of_model(&args.model, &has)?;
            if has("q_about") {
                return Err(refused("q_about", "net benefits are no tables of events", "leave it out"));
            }
            needs(&has, &["subgroup_tau2"], args.subgroup.is_some(), "--subgroup")
        }
        Command::Economics(EconomicsCommand::Trial(args)) => {
            needs(&has, &["seed"], args.bootstrap.is_some(), "--bootstrap")
        }
        Command::Network(args) => {
            let parts = &args.parts;
            let data_only = parts.pairs_only || parts.connect || parts.as_shape.is_some();
            refuse_parts(&has, |_| !data_only, "--pairs-only and --connect analyze nothing")?;
            network_model(&args.model.model, &has)
        }
        Command::NetworkReport(args) => {
            const READ: [&str; 12] = [
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
            refuse_parts(&has, |name| READ.contains(&name), "the report does not hold it")?;
            network_model(&args.network.model.model, &has)
        }
        Command::Plot(plot) => match plot.network() {
            Some((read, args)) => {
                refuse_parts(&has, |name| read.contains(&name), "this figure does not show it")?;
                network_model(&args.model.model, &has)
            }
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

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

/// A common-effect model of a network has no tau².
fn network_model(model: &str, has: &dyn Fn(&str) -> bool) -> Result<()> {
    let common = ["common", "fixed"].iter().any(|name| model.eq_ignore_ascii_case(name));
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
fn fixed_without_method(model: &str, has: &dyn Fn(&str) -> bool) -> Result<()> {
    if model.eq_ignore_ascii_case("fixed") && has("method") {
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
    let (names, why): (Vec<&str>, &str) = match args.model()? {
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
