//! `convert change`, `pre-post`, `before-after`: designs with a baseline.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived, Step,
        before_after::{self, BeforeAfter, ProportionContrast, RateContrast, Samples},
        change::{self, BeforeAfterSds},
        pre_post_control::{PrePostArm, PrePostControl},
    },
    effect::{Effect, OneMean, Proportion, Rate},
};

use super::{
    Kind, by_row,
    cells::{Cells, ReportedOrAssumed, Values, effect_values, joined, named, of_group},
    finish,
};
use crate::request::{
    Answer, Inputs,
    args::{BeforeAfterArgs, ChangeOutcome, ChangeSamples, ChangeSd, ConvertArgs, PrePostArgs},
};

/// The names of the columns of a group: mean, SD and size after, mean and SD before, SD of change, correlation.
struct Group {
    after: [&'static str; 3],
    before: [&'static str; 2],
    change: &'static str,
    correlation: &'static str,
    label: &'static str,
}

const ONE: Group = Group {
    after: ["mi", "sdi", "ni"],
    before: ["mi_pre", "sdi_pre"],
    change: "sdi_change",
    correlation: "ri",
    label: "",
};
const TWO: [Group; 2] = [
    Group {
        after: ["m1i", "sd1i", "n1i"],
        before: ["m1i_pre", "sd1i_pre"],
        change: "sd1i_change",
        correlation: "r1i",
        label: "group 1",
    },
    Group {
        after: ["m2i", "sd2i", "n2i"],
        before: ["m2i_pre", "sd2i_pre"],
        change: "sd2i_change",
        correlation: "r2i",
        label: "group 2",
    },
];

pub fn change(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &super::Context<'_>| {
        let two = context.has("m1i");
        by_row(context, &|cells| {
            if !two {
                return changed(cells, &ONE);
            }
            let [one, two] = &TWO;
            Ok(match (changed(cells, one)?, changed(cells, two)?) {
                (Some(one), Some(two)) => Some(joined(one, two)),
                _ => None,
            })
        })
    };
    finish(
        args,
        inputs,
        &Kind { name: "change", assumptions: &["correlation"], measure: None, convert: &convert },
    )
}

/// The change of a group: by a reported SD of change, else by a correlation.
fn changed(cells: &Cells<'_, '_>, names: &Group) -> Result<Option<Values>> {
    let [mean, sd, n] = names.after;
    let [mean_before, sd_before] = names.before;
    let Some([after, before, n_value]) = cells.numbers([mean, mean_before, n])? else { return Ok(None) };
    let spread = match cells.numbers([sd_before, sd])? {
        Some([before, after]) => Some(BeforeAfterSds::new(before, after)?),
        None => None,
    };
    let (mut derived, correlation) = match (cells.number(names.change)?, spread) {
        (Some(reported), spread) => {
            let value = OneMean::new(after - before, reported, n_value)?;
            let step = Step::new("mean change", "mean after - mean before", "definition")
                .from("mean before", before)
                .from("mean after", after)
                .from("sd of change", reported)
                .result("mean change", value.mi());
            let mut derived: Derived<OneMean> = step.gives(value);
            let mut correlation = None;
            if let Some(spread) = spread {
                let solved = spread.correlation(reported)?;
                correlation = Some(solved.value);
                derived.steps.extend(solved.steps);
            }
            (derived, correlation)
        }
        (None, Some(spread)) => {
            let r = cells.needed(&[names.correlation, "ri"], "correlation")?;
            let (first, last) =
                (OneMean::new(before, spread.before, n_value)?, OneMean::new(after, spread.after, n_value)?);
            (r.told(change::mean_change(first, last, r.value())?, "correlation"), Some(r.value()))
        }
        (None, None) => return Ok(None),
    };
    if !names.label.is_empty() {
        of_group(&mut derived.steps, names.label);
    }
    Ok(Some(derived.map(|m| {
        let mut values = named(&[(mean, m.mi()), (sd, m.sdi()), (n, m.ni())]);
        values.extend(correlation.map(|r| (names.correlation.to_owned(), r)));
        values
    })))
}

pub fn pre_post(args: &PrePostArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &super::Context<'_>| {
        by_row(context, &|cells| {
            let arm = |names: &Group| -> Result<Option<(ReportedOrAssumed, PrePostArm)>> {
                let [mean, _, n] = names.after;
                let [mean_before, sd_before] = names.before;
                let Some([before, after, sd, n]) = cells.numbers([mean_before, mean, sd_before, n])? else {
                    return Ok(None);
                };
                let r = cells.needed(&[names.correlation, "ri"], "correlation")?;
                Ok(Some((r, PrePostArm::new(before, after, sd, n, r.value())?)))
            };
            let [one, two] = &TWO;
            let (Some((r, one)), Some((_, two))) = (arm(one)?, arm(two)?) else { return Ok(None) };
            let design = PrePostControl::new(one, two);
            let derived = match args.sd {
                ChangeSd::Pooled => design.pooled_sd()?,
                ChangeSd::Separate => design.separate_sds()?,
            };
            Ok(Some(effect_values(r.told(derived, "correlation"))))
        })
    };
    finish(
        &args.convert,
        inputs,
        &Kind {
            name: "pre-post",
            assumptions: &["correlation"],
            measure: Some(Measure::Generic),
            convert: &convert,
        },
    )
}

/// The outcome before and after.
#[derive(Clone, Copy)]
enum Outcome {
    Means,
    Proportions(ProportionContrast),
    Rates(RateContrast),
    Effects,
}

pub fn before_after(args: &BeforeAfterArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let contrast = |known: &str| {
        args.contrast.as_deref().ok_or_else(|| {
            Error::setting("--contrast", "no contrast is named", format!("name one of {known}"))
        })
    };
    let outcome = match args.outcome {
        ChangeOutcome::Means => Outcome::Means,
        ChangeOutcome::Proportions => Outcome::Proportions(contrast("RD, RR, OR")?.parse()?),
        ChangeOutcome::Rates => Outcome::Rates(contrast("IRR, IRD")?.parse()?),
        ChangeOutcome::Effects => Outcome::Effects,
    };
    let same = args.samples == ChangeSamples::Same;
    let convert = |context: &super::Context<'_>| by_row(context, &|cells| differences(cells, outcome, same));
    let assumptions: &[&str] = match (outcome, same) {
        (Outcome::Rates(_), _) => &["dispersion"],
        (Outcome::Effects, _) | (_, true) => &["correlation"],
        _ => &[],
    };
    finish(
        &args.convert,
        inputs,
        &Kind { name: "before-after", assumptions, measure: Some(Measure::Generic), convert: &convert },
    )
}

fn differences(cells: &Cells<'_, '_>, outcome: Outcome, same: bool) -> Result<Option<Values>> {
    let samples = || -> Result<(Samples, Option<ReportedOrAssumed>)> {
        if !same {
            return Ok((Samples::Independent, None));
        }
        let r = cells.needed(&["ri"], "correlation")?;
        Ok((Samples::Same { correlation: r.value() }, Some(r)))
    };
    let told = |derived: Derived<Effect>, r: Option<ReportedOrAssumed>| match r {
        Some(r) => r.told(derived, "correlation"),
        None => derived,
    };
    let derived = match outcome {
        Outcome::Means => {
            let group = |i: usize| -> Result<Option<BeforeAfter<OneMean>>> {
                let name = |stem: &str, end: &str| format!("{stem}{i}i{end}");
                let (m, s, n) = (name("m", ""), name("sd", ""), name("n", ""));
                let (m0, s0, n0) = (name("m", "_pre"), name("sd", "_pre"), name("n", "_pre"));
                let Some([m0, s0, m, s, n]) = cells.numbers([&m0, &s0, &m, &s, &n])? else { return Ok(None) };
                let n0 = cells.number(&n0)?.unwrap_or(n);
                Ok(Some(BeforeAfter::new(OneMean::new(m0, s0, n0)?, OneMean::new(m, s, n)?)))
            };
            let (Some(one), Some(two)) = (group(1)?, group(2)?) else { return Ok(None) };
            let (samples, r) = samples()?;
            told(before_after::means(one, two, samples)?, r)
        }
        Outcome::Proportions(contrast) => {
            let one = |i: usize, end: &str| -> Result<Option<Derived<Proportion>>> {
                let n = match cells.number(&format!("n{i}i{end}"))? {
                    Some(n) => Some(n),
                    None => cells.number(&format!("n{i}i"))?,
                };
                let Some(n) = n else { return Ok(None) };
                if let Some(x) = cells.number(&format!("x{i}i{end}"))? {
                    return Proportion::new(x, n).map(Derived::reported).map(Some);
                }
                let percent = cells.number(&format!("percent{i}{end}"))?;
                percent.map(|percent| before_after::percentage(percent, n)).transpose()
            };
            let cells_of = [one(1, "_pre")?, one(1, "")?, one(2, "_pre")?, one(2, "")?];
            let [Some(a), Some(b), Some(c), Some(d)] = cells_of else { return Ok(None) };
            let (samples, r) = samples()?;
            let all = a.and(b).and(c.and(d));
            let derived = all.then(|((a, b), (c, d))| {
                before_after::proportions(BeforeAfter::new(a, b), BeforeAfter::new(c, d), contrast, samples)
            })?;
            told(derived, r)
        }
        Outcome::Rates(contrast) => {
            let one = |i: usize, end: &str| -> Result<Option<Rate>> {
                let roles = [format!("x{i}i{end}"), format!("t{i}i{end}")];
                let values = cells.numbers([&roles[0], &roles[1]])?;
                values.map(|[x, t]| Rate::new(x, t)).transpose()
            };
            let rates = [one(1, "_pre")?, one(1, "")?, one(2, "_pre")?, one(2, "")?];
            let [Some(a), Some(b), Some(c), Some(d)] = rates else { return Ok(None) };
            let dispersion = cells.source(&["dispersion"], "dispersion")?;
            let factor = dispersion.map_or(1.0, ReportedOrAssumed::value);
            let derived =
                before_after::rates(BeforeAfter::new(a, b), BeforeAfter::new(c, d), contrast, factor)?;
            match dispersion {
                Some(dispersion) => dispersion.told(derived, "dispersion factor"),
                None => derived,
            }
        }
        Outcome::Effects => {
            let Some([y0, v0]) = cells.numbers(["yi_pre", "vi_pre"])? else { return Ok(None) };
            let Some(after) = cells.effect()? else { return Ok(None) };
            let r = cells.needed(&["ri"], "correlation")?;
            told(before_after::from_effects(Effect { yi: y0, vi: v0 }, after, r.value())?, Some(r))
        }
    };
    Ok(Some(effect_values(derived)))
}
