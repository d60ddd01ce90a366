//! The parts beside the effects, each asked for by its option.

use super::{
    cinema, estimates, further,
    report::NetworkReport,
    rows::{
        AbsoluteRow, DecompositionPart, DesignContributionRow, DesignRow, DetachedRow, HeatRow, ImpactRow,
        InteractionRow, LeaguePart, LeftOutRow, LoopRow, NetHeatPart, Part, QuestionRow, RankingPart,
    },
};
use crate::{
    Error, Result,
    network::{
        Baseline, ContributionMethod, Decomposition, LeagueOrder, LeftOutTau2, Network, NetworkFit,
        RankingOptions, SplitMethod,
    },
    request::{
        Inputs,
        args::{NetworkArgs, NetworkPartsArgs},
        data,
    },
    stat::progress::goes_on,
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
    if let Some(separator) = &parts.components {
        further::components(report, args, network, separator)?;
    }
    if let Some(column) = &parts.mods {
        further::regression(report, args, network, table, column)?;
    }
    if report.heterogeneity.is_none() || report.estimator != "inverse" {
        return refuse_without_fit(parts);
    }
    let fit = super::fit(args, network)?;
    let asked = Asked { args, table, inputs, fit: &fit };
    let wanted: Vec<&Kind> =
        KINDS.iter().filter(|kind| (kind.given)(parts) || parts.all && kind.of_all).collect();
    for (done, kind) in wanted.iter().enumerate() {
        if !goes_on(WORK, done, wanted.len()) {
            return Ok(());
        }
        match (kind.add)(report, &asked) {
            // the parts that are done stand, and the cut is told
            Err(error) if error.is_interrupted() => return Ok(()),
            result => result?,
        }
    }
    goes_on(WORK, wanted.len(), wanted.len());
    Ok(())
}

/// The fit, and what its parts are made from.
struct Asked<'a> {
    args: &'a NetworkArgs,
    table: &'a Table,
    inputs: &'a Inputs<'a>,
    fit: &'a NetworkFit,
}

/// The name of the work where it is told or interrupted.
const WORK: &str = "parts";

/// A part that needs the fit of a connected network by inverse variances.
struct Kind {
    /// The option that asks for it.
    option: &'static str,
    /// True if that option is given.
    given: fn(&NetworkPartsArgs) -> bool,
    /// True if `--all` asks for it too.
    of_all: bool,
    /// Adds it to the report.
    add: fn(&mut NetworkReport, &Asked<'_>) -> Result<()>,
}

/// The parts, in the order in which they are made.
const KINDS: &[Kind] = &[
    Kind { option: "--split", given: |parts| parts.split.is_some(), of_all: true, add: add_split },
    Kind {
        option: "--decompose",
        given: |parts| parts.decompose,
        of_all: true,
        add: |report, asked| {
            report.decomposition = Some(Part::of(&decomposition(asked.fit)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--heat",
        given: |parts| parts.heat,
        of_all: true,
        add: |report, asked| {
            report.net_heat = Some(Part::of(&net_heat(asked.fit)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--impact",
        given: |parts| parts.impact,
        of_all: true,
        add: |report, asked| {
            report.impact = Some(Part::of(&impact(asked.fit)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--leave-one-out",
        given: |parts| parts.leave_one_out.is_some(),
        of_all: true,
        add: |report, asked| {
            let tau2 = asked.args.parts.leave_one_out.unwrap_or(LeftOutTau2::Refit);
            report.leave_one_out = Some(Part::of(&leave_one_out(asked.fit, tau2)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--rank",
        given: |parts| parts.rank,
        of_all: true,
        add: |report, asked| {
            report.ranking = Some(Part::of(&ranking(report, asked.args, asked.fit)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--league",
        given: |parts| parts.league,
        of_all: true,
        add: |report, asked| {
            report.league = Some(Part::of(&league(asked.args, asked.fit, asked.inputs)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--contribution",
        given: |parts| parts.contribution.is_some(),
        of_all: true,
        add: |report, asked| {
            let method = asked.args.parts.contribution.unwrap_or(ContributionMethod::RandomWalk);
            let contributions = asked.fit.contributions(method, None)?;
            report.notes.extend(contributions.notes.iter().cloned());
            report.contribution = Some(Part::of(&contributions)?);
            Ok(())
        },
    },
    Kind {
        option: "--threshold",
        given: |parts| parts.threshold,
        of_all: true,
        add: |report, asked| {
            report.threshold = Some(Part::of(&asked.fit.thresholds(asked.args.model.small_values))?);
            Ok(())
        },
    },
    Kind {
        option: "--funnel",
        given: |parts| parts.funnel.is_some(),
        of_all: false,
        add: |report, asked| {
            let Some(order) = &asked.args.parts.funnel else { return Ok(()) };
            report.funnel = Some(Part::of(&further::funnel(asked.args, asked.fit, order)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--absolute",
        given: |parts| parts.absolute.is_some(),
        of_all: false,
        add: |report, asked| {
            let Some(baseline) = &asked.args.parts.absolute else { return Ok(()) };
            report.absolute = Some(Part::of(&absolute(asked.fit, baseline)?)?);
            Ok(())
        },
    },
    Kind {
        option: "--cinema",
        given: |parts| parts.cinema,
        of_all: true,
        add: |report, asked| {
            let cinema = cinema::cinema(asked.args, asked.fit, asked.table)?;
            report.notes.extend(cinema.notes.iter().cloned());
            report.cinema = Some(Part::of(&cinema)?);
            Ok(())
        },
    },
];

fn add_split(report: &mut NetworkReport, asked: &Asked<'_>) -> Result<()> {
    let method = asked.args.parts.split.unwrap_or(SplitMethod::Side);
    let fit = asked.fit;
    if method == SplitMethod::Refit && fit.method.is_some() && fit.heterogeneity.q_df <= 1 {
        report.notes.push(
            "a split leaves no residual degrees of freedom: the heterogeneity of its model is taken as zero"
                .to_owned(),
        );
    }
    report.split = Some(estimates::splits(fit, &fit.split(method)?));
    Ok(())
}

/// Refuses the parts that need a fit where there is none.
fn refuse_without_fit(parts: &NetworkPartsArgs) -> Result<()> {
    match KINDS.iter().find(|kind| (kind.given)(parts)) {
        Some(kind) => Err(Error::setting(
            kind.option,
            "it reads a fit of the connected network by inverse variances",
            "use it with --estimator inverse, and with --subnetwork if the network falls apart",
        )),
        None => Ok(()),
    }
}

/// The ranking, with the answers to questions about it.
fn ranking(report: &mut NetworkReport, args: &NetworkArgs, fit: &NetworkFit) -> Result<RankingPart> {
    let parts = &args.parts;
    let mut options = RankingOptions::default().small_values(args.model.small_values);
    if let Some(mid) = parts.mid {
        options = options.mid(mid);
    }
    if let Some(draws) = parts.draws {
        options = options.draws(draws);
    }
    if let Some(seed) = parts.seed {
        options = options.seed(seed);
    }
    let ranking = fit.ranking(&options)?;
    report.notes.extend(ranking.notes.iter().cloned());
    let answered = |question: &String| {
        Ok(QuestionRow { question: question.clone(), answer: fit.hierarchy(question, &options)? })
    };
    let questions = parts.ask.iter().map(answered).collect::<Result<Vec<_>>>()?;
    Ok(RankingPart { ranking, questions: (!questions.is_empty()).then_some(questions) })
}

/// Options that need another one.
pub fn check(parts: &NetworkPartsArgs) -> Result<()> {
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
        ("--important", parts.important.is_some(), "--cinema", parts.cinema || parts.all),
        ("--cinema-rule", parts.cinema_rule.is_some(), "--cinema", parts.cinema || parts.all),
        ("--rob", parts.rob.is_some(), "--cinema", parts.cinema || parts.all),
        ("--indirectness", parts.indirectness.is_some(), "--cinema", parts.cinema || parts.all),
    ];
    match needs.iter().find(|(_, given, _, there)| *given && !there) {
        Some((option, _, other, _)) => Err(super::belongs_to(option, other)),
        None => Ok(()),
    }
}

fn decomposition(fit: &NetworkFit) -> Result<DecompositionPart> {
    let d: Decomposition = fit.decompose()?;
    let network = &fit.network;
    let name = |t: usize| network.treatments[t].clone();
    let design = |treatments: &[usize]| network.design_name(treatments);
    let designs = d.designs.iter().map(|x| DesignRow {
        design: design(&x.design),
        k: x.k,
        disagreement: x.disagreement,
    });
    let detach =
        d.detach.iter().map(|x| DetachedRow { design: design(&x.design), disagreement: x.disagreement });
    let contributions = d.contributions.iter().map(|x| DesignContributionRow {
        design: design(&x.design),
        contrast: format!("{}:{}", name(x.contrast[0]), name(x.contrast[1])),
        q: x.q,
    });
    let loops = fit.loops().into_iter().map(|l| LoopRow {
        treatments: l.treatments.map(name),
        direct: l.direct,
        indirect: l.indirect,
        difference: l.difference,
        se: l.se,
        p_value: l.p_value,
        p_holm: l.p_holm,
        tau2: l.tau2,
    });
    Ok(DecompositionPart {
        total: d.total,
        within: d.within,
        between: d.between,
        designs: designs.collect(),
        detach: detach.collect(),
        contributions: contributions.collect(),
        interaction: d.interaction.map(|i| InteractionRow { disagreement: i.disagreement, tau2: i.tau2 }),
        loops: loops.collect(),
    })
}

fn net_heat(fit: &NetworkFit) -> Result<NetHeatPart> {
    let heat = fit.net_heat()?;
    let network = &fit.network;
    let rows = heat
        .designs
        .iter()
        .zip(&heat.contrasts)
        .map(|(design, [a, b])| HeatRow {
            design: network.design_name(design),
            contrast: format!("{}:{}", network.treatments[*a], network.treatments[*b]),
        })
        .collect();
    Ok(NetHeatPart { rows, matrix: heat.matrix, hat: heat.hat })
}

fn impact(fit: &NetworkFit) -> Result<Vec<ImpactRow>> {
    let rows = fit.impact()?.into_iter().zip(&fit.network.studies);
    Ok(rows.map(|(values, study)| ImpactRow { study: study.label.clone(), values }).collect())
}

fn leave_one_out(fit: &NetworkFit, tau2: LeftOutTau2) -> Result<Vec<LeftOutRow>> {
    let rows = fit.leave_one_out(tau2)?.into_iter();
    Ok(rows
        .map(|row| LeftOutRow { study: row.study, tau2: row.tau2, q: row.q, effects: row.effects })
        .collect())
}

fn league(args: &NetworkArgs, fit: &NetworkFit, inputs: &Inputs<'_>) -> Result<LeaguePart> {
    let order = args.parts.sort.unwrap_or(LeagueOrder::Rank);
    let scores = fit.p_scores(args.model.small_values, None)?;
    let order = fit.league_order(order, &scores.order);
    let league = match &args.parts.outcome2 {
        None => fit.league(&order),
        Some(path) => {
            let mut input = args.input.clone();
            input.table.data.clone_from(path);
            let table = data::read(inputs, &input)?;
            let other = super::fit(args, &super::network(&args.data, args, &table)?)?;
            fit.league_with(&order, &other)
        }
    };
    let row = |row: Vec<Option<_>>| row.into_iter().map(|cell| cell.map(estimates::Estimate::from)).collect();
    Ok(LeaguePart {
        order: league.order,
        cells: league.cells.into_iter().map(row).collect(),
        orientation: "row versus column",
        below: "network",
        above: if args.parts.outcome2.is_some() { "network of outcome2" } else { "direct" },
    })
}

/// `TREATMENT=0.12` or `TREATMENT=yi,se`.
fn absolute(fit: &NetworkFit, text: &str) -> Result<Vec<AbsoluteRow>> {
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
    let row = |row: &crate::network::AbsoluteTreatmentEffect| AbsoluteRow {
        treatment: fit.network.treatments[row.treatment].clone(),
        estimate: row.estimate,
        ci_lower: row.ci_lower,
        ci_upper: row.ci_upper,
    };
    Ok(fit.absolute(baseline)?.iter().map(row).collect())
}
