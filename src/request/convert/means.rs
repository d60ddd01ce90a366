//! `convert means-sds`: means and SDs of groups from whatever a paper reports of them.

use crate::{
    Error, Level, Result,
    convert::{
        Derived,
        standard_error::{self, PValue, ReportedInterval, Statistic},
        summary::{Method, ReportedSummary},
    },
    effect::OneMean,
};

use super::{
    Kind, by_row,
    cells::{Cells, Values, joined, named, of_group},
    finish,
};
use crate::request::{Answer, Inputs, args::MeansSdsArgs};

/// The names of the columns of a group.
struct Group {
    results: [&'static str; 3],
    se: &'static str,
    interval: [&'static str; 2],
    summary: [&'static str; 5],
    label: &'static str,
}

const ONE: Group = Group {
    results: ["mi", "sdi", "ni"],
    se: "sei",
    interval: ["ci_lower", "ci_upper"],
    summary: ["mini", "q1i", "mediani", "q3i", "maxi"],
    label: "",
};
const TWO: [Group; 2] = [
    Group {
        results: ["m1i", "sd1i", "n1i"],
        se: "se1i",
        interval: ["ci_lower1i", "ci_upper1i"],
        summary: ["min1i", "q1_1i", "median1i", "q3_1i", "max1i"],
        label: "group 1",
    },
    Group {
        results: ["m2i", "sd2i", "n2i"],
        se: "se2i",
        interval: ["ci_lower2i", "ci_upper2i"],
        summary: ["min2i", "q1_2i", "median2i", "q3_2i", "max2i"],
        label: "group 2",
    },
];

pub fn run(args: &MeansSdsArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let method = args.summary;
    let convert = |context: &super::Context<'_>| {
        let two = ["n1i", "m1i", "median1i"].iter().any(|role| context.has(role));
        by_row(context, &|cells| if two { two_groups(cells, method) } else { values(cells, &ONE, method) })
    };
    finish(
        &args.convert,
        inputs,
        &Kind { name: "means-sds", assumptions: &[], measure: None, convert: &convert },
    )
}

fn two_groups(cells: &Cells<'_, '_>, method: Method) -> Result<Option<Values>> {
    let [one, two] = &TWO;
    match (values(cells, one, method)?, values(cells, two, method)?) {
        (Some(one), Some(two)) => Ok(Some(joined(one, two))),
        _ => from_difference(cells),
    }
}

fn values(cells: &Cells<'_, '_>, names: &Group, method: Method) -> Result<Option<Values>> {
    let Some(mut derived) = group(cells, names, method)? else { return Ok(None) };
    if !names.label.is_empty() {
        of_group(&mut derived.steps, names.label);
    }
    let [mean, sd, n] = names.results;
    Ok(Some(derived.map(|m| named(&[(mean, m.mi()), (sd, m.sdi()), (n, m.ni())]))))
}

/// By the first of SD, standard error, interval and summary that is there.
fn group(cells: &Cells<'_, '_>, names: &Group, method: Method) -> Result<Option<Derived<OneMean>>> {
    let [mean, sd, n] = names.results.map(|role| cells.number(role));
    let (mean, sd, Some(n)) = (mean?, sd?, n?) else { return Ok(None) };
    if let Some(mean) = mean {
        if let Some(sd) = sd {
            return OneMean::new(mean, sd, n).map(Derived::reported).map(Some);
        }
        if let Some(se) = cells.number(names.se)? {
            return standard_error::sd_from_standard_error(mean, se, n).map(Some);
        }
        if let Some([lower, upper]) = cells.numbers(names.interval)? {
            let interval = ReportedInterval::new(lower, upper)?.around(mean).level(level(cells)?);
            return interval.group_sd(n).map(Some);
        }
    }
    let [min, q1, median, q3, max] = names.summary.map(|role| cells.number(role));
    let (min, q1, q3, max) = (min?, q1?, q3?, max?);
    match median? {
        Some(median) if [min, q1, q3, max].iter().any(Option::is_some) => {
            ReportedSummary::from_parts(min, q1, median, q3, max, n)?.mean_sd(method).map(Some)
        }
        _ => Ok(None),
    }
}

/// The level of a row's interval.
pub fn level(cells: &Cells<'_, '_>) -> Result<Level> {
    match cells.number("level")? {
        Some(percent) => Level::percent(percent).map_err(|_| {
            Error::data(format!("level is {percent}"), "give it in per cent, between 1 and 100")
                .in_column("level")
        }),
        None => Ok(Level::default()),
    }
}

/// The common SD from the test of a difference in means.
fn from_difference(cells: &Cells<'_, '_>) -> Result<Option<Values>> {
    let Some([m1, n1, m2, n2]) = cells.numbers(["m1i", "n1i", "m2i", "n2i"])? else { return Ok(None) };
    let df = n1 + n2 - 2.0;
    let effect = if let Some(statistic) = cells.number("statistic")? {
        standard_error::from_statistic(m1 - m2, statistic)?
    } else if let Some(p) = cells.text("p_value") {
        p.parse::<PValue>()?.effect(m1 - m2, Statistic::T { df })?
    } else {
        return Ok(None);
    };
    let sd = effect.then(|effect| standard_error::common_sd(effect.sei(), n1, n2))?;
    Ok(Some(
        sd.map(|sd| named(&[("m1i", m1), ("sd1i", sd), ("n1i", n1), ("m2i", m2), ("sd2i", sd), ("n2i", n2)])),
    ))
}
