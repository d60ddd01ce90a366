//! `convert metric`: from one effect measure to another over the shortest way of conversions.

use std::collections::VecDeque;

use crate::{
    Error, Measure, Result,
    convert::{
        Derived, dichotomies,
        metrics::{self, Latent},
    },
    effect::{Effect, EffectOptions, StudyData},
};

use super::{
    Kind, by_row,
    cells::{Cells, Values, effect_values, named},
    finish,
};
use crate::request::{Answer, Inputs, args::MetricArgs};

/// The conversions that there are, each from one measure to the next.
const EDGES: [(&str, &str); 23] = [
    ("or", "d"),
    ("d", "or"),
    ("d", "r"),
    ("r", "d"),
    ("g", "d"),
    ("d", "g"),
    ("r", "z"),
    ("z", "r"),
    ("rpb", "rbis"),
    ("rpb", "d"),
    ("or", "rtet"),
    ("d", "cles"),
    ("cles", "d"),
    ("u", "cles"),
    ("t", "g"),
    ("f", "g"),
    ("ratio", "ve"),
    ("ve", "ratio"),
    ("phi", "d"),
    ("or", "phi"),
    ("phi", "or"),
    ("rbis", "rpb"),
    ("rtet", "or"),
];

fn measures() -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for (a, b) in EDGES {
        for name in [a, b] {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
}

fn known(name: &str) -> Result<&'static str> {
    let wanted = name.to_ascii_lowercase();
    measures()
        .into_iter()
        .find(|known| *known == wanted)
        .ok_or_else(|| Error::unknown("measure", name, measures()))
}

/// The shortest way, as the measures on it.
fn way(from: &'static str, to: &'static str) -> Result<Vec<&'static str>> {
    let mut queue = VecDeque::from([vec![from]]);
    let mut seen = vec![from];
    while let Some(way) = queue.pop_front() {
        let Some(&last) = way.last() else { continue };
        if last == to {
            return Ok(way);
        }
        for (_, next) in EDGES.iter().filter(|(a, _)| *a == last) {
            if !seen.contains(next) {
                seen.push(next);
                queue.push_back([way.as_slice(), &[*next]].concat());
            }
        }
    }
    Err(Error::setting(
        "--to",
        format!("no conversion leads from {from} to {to}"),
        "choose another measure: `consilience convert metric --help` lists them",
    ))
}

pub fn run(args: &MetricArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let way = way(known(&args.from)?, known(&args.to)?)?;
    let latent = args.latent;
    let convert = |context: &super::Context<'_>| by_row(context, &|cells| along(cells, &way, latent));
    finish(
        &args.convert,
        inputs,
        &Kind {
            name: "metric",
            assumptions: &["share", "event_share"],
            measure: Some(Measure::Generic),
            convert: &convert,
        },
    )
}

fn along(cells: &Cells<'_, '_>, way: &[&str], latent: Latent) -> Result<Option<Values>> {
    let sizes = cells.numbers(["n1i", "n2i"])?;
    let mut steps = way.windows(2);
    let mut at = match way.first().copied() {
        Some("u" | "t" | "f") => {
            steps.next();
            let Some(derived) = from_statistic(cells, way, sizes)? else { return Ok(None) };
            derived
        }
        Some("ve") => {
            steps.next();
            let Some([estimate, lower, upper]) = cells.numbers(["yi", "ci_lower", "ci_upper"])? else {
                return Ok(None);
            };
            metrics::vaccine_efficacy_to_log_ratio(estimate, lower, upper, super::means::level(cells)?)?
        }
        _ => match cells.effect()? {
            Some(effect) => Derived::reported(effect),
            None => return Ok(None),
        },
    };
    for step in steps {
        let &[from, to] = step else { continue };
        let two = || {
            sizes.ok_or_else(|| {
                Error::data(
                    format!("no sizes of the groups for {from} to {to}"),
                    "give columns `n1i` and `n2i`",
                )
            })
        };
        at = match (from, to) {
            ("or", "d") => at.then(|e| metrics::log_odds_ratio_to_d(e, latent))?,
            ("d", "or") => at.then(|e| metrics::d_to_log_odds_ratio(e, latent))?,
            ("d", "r") => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::d_to_correlation(e, n1, n2))?
            }
            ("r" | "phi" | "rpb", "d") => match sizes {
                Some([n1, n2]) => at.then(|e| metrics::correlation_to_d_of_groups(e, n1, n2))?,
                None => at.then(metrics::correlation_to_d)?,
            },
            ("g", "d") => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::cohen_of_hedges(e, n1 + n2 - 2.0))?
            }
            ("d", "g") => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::hedges_correction(e, n1 + n2 - 2.0))?
            }
            ("r", "z") => at.then(metrics::correlation_to_fisher_z)?,
            ("z", "r") => at.then(metrics::fisher_z_to_correlation)?,
            ("rpb", "rbis") => match sizes {
                Some([n1, n2]) => at.then(|e| metrics::point_biserial_to_biserial(e, n1 / (n1 + n2)))?,
                None => {
                    let share = cells.needed(&["share"], "share")?.value();
                    at.then(|e| metrics::point_biserial_to_biserial(e, share))?
                }
            },
            ("or", "phi") | ("phi", "or") => {
                let p = match sizes {
                    Some([n1, n2]) => n1 / (n1 + n2),
                    None => cells.needed(&["share"], "share")?.value(),
                };
                let q = cells.needed(&["event_share"], "event_share")?.value();
                if to == "phi" {
                    at.then(|e| dichotomies::log_odds_ratio_to_phi(e, p, q))?
                } else {
                    at.then(|e| dichotomies::phi_to_log_odds_ratio(e, p, q))?
                }
            }
            ("rbis", "rpb") => {
                let share = match sizes {
                    Some([n1, n2]) => n1 / (n1 + n2),
                    None => cells.needed(&["share"], "share")?.value(),
                };
                at.then(|e| dichotomies::biserial_to_point_biserial(e, share))?
            }
            ("rtet", "or") => at.then(dichotomies::tetrachoric_to_log_odds_ratio)?,
            ("or", "rtet") => at.then(metrics::log_odds_ratio_to_tetrachoric)?,
            ("d", "cles") => at.then(metrics::d_to_superiority)?,
            ("cles", "d") => at.then(metrics::superiority_to_d)?,
            ("ratio", "ve") => {
                let derived = at.then(|e| metrics::vaccine_efficacy(e, super::means::level(cells)?))?;
                return Ok(Some(derived.map(|ve| {
                    named(&[("estimate", ve.estimate), ("ci_lower", ve.ci_lower), ("ci_upper", ve.ci_upper)])
                })));
            }
            _ => at,
        };
    }
    Ok(Some(effect_values(at)))
}

/// The first step from a test statistic.
fn from_statistic(
    cells: &Cells<'_, '_>,
    way: &[&str],
    sizes: Option<[f64; 2]>,
) -> Result<Option<Derived<Effect>>> {
    let Some([n1, n2]) = sizes else { return Ok(None) };
    match way.first().copied() {
        Some("t") => cells.number("statistic")?.map(|t| metrics::d_from_t(t, n1, n2)).transpose(),
        Some("f") => {
            let Some(f) = cells.number("f")? else { return Ok(None) };
            let Some(direction) = cells.number("direction")? else {
                return Err(Error::data(
                    "an F statistic without its direction",
                    "give a column `direction`: 1 if group 1 has the larger mean, else -1",
                )
                .in_column("f"));
            };
            metrics::d_from_f(f, direction, n1, n2).map(Some)
        }
        _ => {
            let Some(u) = cells.number("ui")? else { return Ok(None) };
            let superiority = metrics::superiority_from_u(u, n1, n2)?;
            let data = StudyData::Superiority(vec![superiority.value]);
            let outcomes = data.effects("CLES".parse::<Measure>()?, &EffectOptions::default())?;
            match outcomes.first().and_then(|outcome| outcome.effect) {
                Some(effect) => Ok(Some(superiority.map(|_| effect))),
                None => Err(Error::data(
                    format!("U is {u}: every pair falls on one side"),
                    "such a probability has no sampling variance",
                )),
            }
        }
    }
}
