//! `convert metric`: from one effect measure to another over the shortest way of conversions.

use std::collections::VecDeque;

use crate::{
    Error, Measure, Result,
    codes::choice,
    convert::{
        Derived, dichotomies,
        metrics::{self, Latent},
    },
    effect::{Effect, EffectOptions, StudyData},
    table::Table,
};

use super::{
    Kind, by_row,
    cells::{Cells, Values, effect_values, named},
    finish,
};
use crate::request::{Answer, Inputs, args::MetricArgs};

choice! {
    /// A measure that conversions lead from or to.
    Metric "measure" {
        /// The logarithm of an odds ratio.
        OddsRatio "or",
        /// Cohen's d.
        Cohen "d",
        /// Hedges' g.
        Hedges "g",
        /// A correlation.
        Correlation "r",
        /// Fisher's z.
        FisherZ "z",
        /// The phi coefficient.
        Phi "phi",
        /// The point-biserial correlation.
        PointBiserial "rpb",
        /// The biserial correlation.
        Biserial "rbis",
        /// The tetrachoric correlation.
        Tetrachoric "rtet",
        /// The probability of superiority.
        Superiority "cles",
        /// Mann and Whitney's U.
        MannWhitney "u",
        /// A t statistic of two groups.
        T "t",
        /// An F statistic of two groups.
        F "f",
        /// The logarithm of any ratio.
        Ratio "ratio",
        /// Vaccine efficacy.
        VaccineEfficacy "ve",
    }
}

/// The conversions that there are, each from one measure to the next.
const EDGES: [(Metric, Metric); 23] = [
    (Metric::OddsRatio, Metric::Cohen),
    (Metric::Cohen, Metric::OddsRatio),
    (Metric::Cohen, Metric::Correlation),
    (Metric::Correlation, Metric::Cohen),
    (Metric::Hedges, Metric::Cohen),
    (Metric::Cohen, Metric::Hedges),
    (Metric::Correlation, Metric::FisherZ),
    (Metric::FisherZ, Metric::Correlation),
    (Metric::PointBiserial, Metric::Biserial),
    (Metric::PointBiserial, Metric::Cohen),
    (Metric::OddsRatio, Metric::Tetrachoric),
    (Metric::Cohen, Metric::Superiority),
    (Metric::Superiority, Metric::Cohen),
    (Metric::MannWhitney, Metric::Superiority),
    (Metric::T, Metric::Hedges),
    (Metric::F, Metric::Hedges),
    (Metric::Ratio, Metric::VaccineEfficacy),
    (Metric::VaccineEfficacy, Metric::Ratio),
    (Metric::Phi, Metric::Cohen),
    (Metric::OddsRatio, Metric::Phi),
    (Metric::Phi, Metric::OddsRatio),
    (Metric::Biserial, Metric::PointBiserial),
    (Metric::Tetrachoric, Metric::OddsRatio),
];

/// The shortest way, as the measures on it.
fn way(from: Metric, to: Metric) -> Result<Vec<Metric>> {
    let mut queue = VecDeque::from([vec![from]]);
    let mut seen = vec![from];
    while let Some(way) = queue.pop_front() {
        let Some(&last) = way.last() else { continue };
        if last == to {
            return Ok(way);
        }
        for (_, next) in EDGES.iter().filter(|(a, _)| *a == last) {
            if !seen.contains(next) {
                seen.push(*next);
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
    let way = way(args.from, args.to)?;
    let logarithm = matches!(args.from, Metric::OddsRatio | Metric::Ratio);
    if args.ratio && !logarithm {
        let found = format!("{} is no ratio", args.from);
        return Err(Error::setting("--ratio", found, "leave it out, or convert --from or, or --from ratio"));
    }
    let how = How { latent: args.latent, ratio: args.ratio };
    let convert = |context: &super::Context<'_>| {
        let mut converted = by_row(context, &|cells| along(cells, &way, how))?;
        if logarithm && !args.ratio && all_positive(context.table())? {
            converted.notes.push(
                "all effects are above 0 and were read as logarithms: give --ratio if they are ratios"
                    .to_owned(),
            );
        }
        Ok(converted)
    };
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

/// True if every effect is above 0, as ratios are.
fn all_positive(table: &Table) -> Result<bool> {
    let Some(name) = table.role("yi") else { return Ok(false) };
    Ok(table.numbers(name)?.iter().flatten().all(|yi| *yi > 0.0))
}

/// The assumptions on effects.
#[derive(Clone, Copy)]
struct How {
    latent: Latent,
    /// Effects are ratios, not their logarithms.
    ratio: bool,
}

fn along(cells: &Cells<'_, '_>, way: &[Metric], how: How) -> Result<Option<Values>> {
    use Metric as M;
    let latent = how.latent;
    let sizes = cells.numbers(["n1i", "n2i"])?;
    let mut steps = way.windows(2);
    let mut at = match way.first().copied() {
        Some(M::MannWhitney | M::T | M::F) => {
            steps.next();
            let Some(derived) = from_statistic(cells, way, sizes)? else { return Ok(None) };
            derived
        }
        Some(M::VaccineEfficacy) => {
            steps.next();
            let Some([estimate, lower, upper]) = cells.numbers(["yi", "ci_lower", "ci_upper"])? else {
                return Ok(None);
            };
            metrics::vaccine_efficacy_to_log_ratio(estimate, lower, upper, super::means::level(cells)?)?
        }
        _ => match cells.effect()? {
            Some(effect) if how.ratio => Derived::reported(logarithm_of(effect)?),
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
            (M::OddsRatio, M::Cohen) => at.then(|e| metrics::log_odds_ratio_to_d(e, latent))?,
            (M::Cohen, M::OddsRatio) => at.then(|e| metrics::d_to_log_odds_ratio(e, latent))?,
            (M::Cohen, M::Correlation) => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::d_to_correlation(e, n1, n2))?
            }
            (M::Correlation | M::Phi | M::PointBiserial, M::Cohen) => match sizes {
                Some([n1, n2]) => at.then(|e| metrics::correlation_to_d_of_groups(e, n1, n2))?,
                None => at.then(metrics::correlation_to_d)?,
            },
            (M::Hedges, M::Cohen) => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::cohen_of_hedges(e, n1 + n2 - 2.0))?
            }
            (M::Cohen, M::Hedges) => {
                let [n1, n2] = two()?;
                at.then(|e| metrics::hedges_correction(e, n1 + n2 - 2.0))?
            }
            (M::Correlation, M::FisherZ) => at.then(metrics::correlation_to_fisher_z)?,
            (M::FisherZ, M::Correlation) => at.then(metrics::fisher_z_to_correlation)?,
            (M::PointBiserial, M::Biserial) => match sizes {
                Some([n1, n2]) => at.then(|e| metrics::point_biserial_to_biserial(e, n1 / (n1 + n2)))?,
                None => {
                    let share = cells.needed(&["share"], "share")?.value();
                    at.then(|e| metrics::point_biserial_to_biserial(e, share))?
                }
            },
            (M::OddsRatio, M::Phi) | (M::Phi, M::OddsRatio) => {
                let p = match sizes {
                    Some([n1, n2]) => n1 / (n1 + n2),
                    None => cells.needed(&["share"], "share")?.value(),
                };
                let q = cells.needed(&["event_share"], "event_share")?.value();
                if to == M::Phi {
                    at.then(|e| dichotomies::log_odds_ratio_to_phi(e, p, q))?
                } else {
                    at.then(|e| dichotomies::phi_to_log_odds_ratio(e, p, q))?
                }
            }
            (M::Biserial, M::PointBiserial) => {
                let share = match sizes {
                    Some([n1, n2]) => n1 / (n1 + n2),
                    None => cells.needed(&["share"], "share")?.value(),
                };
                at.then(|e| dichotomies::biserial_to_point_biserial(e, share))?
            }
            (M::Tetrachoric, M::OddsRatio) => at.then(dichotomies::tetrachoric_to_log_odds_ratio)?,
            (M::OddsRatio, M::Tetrachoric) => at.then(metrics::log_odds_ratio_to_tetrachoric)?,
            (M::Cohen, M::Superiority) => at.then(metrics::d_to_superiority)?,
            (M::Superiority, M::Cohen) => at.then(metrics::superiority_to_d)?,
            (M::Ratio, M::VaccineEfficacy) => {
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

/// A ratio, whose variance is that of its logarithm, as a logarithm.
fn logarithm_of(ratio: Effect) -> Result<Effect> {
    if ratio.yi > 0.0 {
        return Ok(Effect { yi: ratio.yi.ln(), ..ratio });
    }
    let found = format!("ratio is {}", ratio.yi);
    Err(Error::data(found, "a ratio is above 0; leave --ratio out if these are logarithms").in_column("yi"))
}

/// The first step from a test statistic.
fn from_statistic(
    cells: &Cells<'_, '_>,
    way: &[Metric],
    sizes: Option<[f64; 2]>,
) -> Result<Option<Derived<Effect>>> {
    let Some([n1, n2]) = sizes else { return Ok(None) };
    match way.first().copied() {
        Some(Metric::T) => cells.number("statistic")?.map(|t| metrics::d_from_t(t, n1, n2)).transpose(),
        Some(Metric::F) => {
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
