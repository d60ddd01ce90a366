//! `convert cluster`, `cross-over`: the unit of analysis.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived,
        before_after::ProportionContrast,
        standard_error::{self, PValue, Statistic},
        unit::{
            cluster::DesignEffect,
            cross_over::{self, CrossOver},
        },
    },
    effect::{OneMean, PersonTime, Proportion, TwoByTwo, TwoMeans},
};

use super::{
    Kind, by_row,
    cells::{Cells, Values, effect_values, named},
    finish,
};
use crate::request::{
    Answer, Inputs,
    args::{ConvertArgs, CrossOverArgs, CrossOverEffect},
};

pub fn cluster(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &super::Context<'_>| {
        let told = ["design_effect", "cluster_size", "clusters"];
        let known = told.iter().any(|role| context.table().role(role).is_some());
        if !known && Cells::new(context, 0).assumed("cluster_size").is_none() {
            return Err(context.table().in_file(Error::data(
                "no column says which trials were randomized by cluster",
                "give cluster_size, clusters or design_effect, or --assume cluster_size=N",
            )));
        }
        by_row(context, &effective)
    };
    let kind = Kind {
        name: "cluster",
        assumptions: &["icc", "cv", "cluster_size"],
        measure: None,
        convert: &convert,
    };
    finish(args, inputs, &kind)
}

/// All people of a row, to divide by the number of clusters.
fn people(cells: &Cells<'_, '_>) -> Result<Option<f64>> {
    if let Some([n1, n2]) = cells.numbers(["n1i", "n2i"])? {
        return Ok(Some(n1 + n2));
    }
    if let Some([a, b, c, d]) = cells.numbers(["ai", "bi", "ci", "di"])? {
        return Ok(Some(a + b + c + d));
    }
    cells.number("ni")
}

fn design(cells: &Cells<'_, '_>) -> Result<Option<Derived<DesignEffect>>> {
    if let Some(factor) = cells.number("design_effect")? {
        return DesignEffect::reported(factor).map(Derived::reported).map(Some);
    }
    let size = match cells.number("cluster_size")? {
        Some(size) => Some(size),
        None => match (cells.number("clusters")?, people(cells)?) {
            (Some(clusters), Some(people)) if clusters > 0.0 => Some(people / clusters),
            (Some(clusters), _) if clusters <= 0.0 => {
                return Err(
                    Error::data(format!("{clusters} clusters"), "a trial has clusters").in_column("clusters")
                );
            }
            _ => cells.assumed("cluster_size"),
        },
    };
    // A trial without clusters among those that have them was randomized by person.
    let Some(size) = size else { return Ok(None) };
    let icc = cells.needed(&["icc"], "icc")?;
    let cv = cells.source(&["cv"], "cv")?.map_or(0.0, super::cells::ReportedOrAssumed::value);
    let derived = DesignEffect::varying(size, cv, icc.value())?;
    Ok(Some(icc.told(derived, "intracluster correlation")))
}

fn effective(cells: &Cells<'_, '_>) -> Result<Option<Values>> {
    let design = design(cells)?;
    /// The data as they are, or divided by the design effect.
    fn with<T, U>(
        design: Option<Derived<DesignEffect>>,
        data: T,
        divide: impl FnOnce(DesignEffect, T) -> Result<Derived<T>>,
        values: impl FnOnce(T) -> U,
    ) -> Result<Option<Derived<U>>> {
        let derived = match design {
            None => Derived::reported(data),
            Some(design) => design.then(|design| divide(design, data))?,
        };
        Ok(Some(derived.map(values)))
    }
    if let Some([m1, s1, n1, m2, s2, n2]) = cells.numbers(["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"])? {
        let data = TwoMeans::new(m1, s1, n1, m2, s2, n2)?;
        return with(
            design,
            data,
            |d, t| d.two_means(t),
            |m| {
                named(&[
                    ("m1i", m.m1i()),
                    ("sd1i", m.sd1i()),
                    ("n1i", m.n1i()),
                    ("m2i", m.m2i()),
                    ("sd2i", m.sd2i()),
                    ("n2i", m.n2i()),
                ])
            },
        );
    }
    if let Some([a, b, c, d]) = cells.numbers(["ai", "bi", "ci", "di"])? {
        return with(
            design,
            TwoByTwo::new(a, b, c, d)?,
            |d, t| d.two_by_two(t),
            |t| named(&[("ai", t.ai()), ("bi", t.bi()), ("ci", t.ci()), ("di", t.di())]),
        );
    }
    if let Some([a, n1, c, n2]) = cells.numbers(["ai", "n1i", "ci", "n2i"])? {
        return with(
            design,
            TwoByTwo::from_totals(a, n1, c, n2)?,
            |d, t| d.two_by_two(t),
            |t| named(&[("ai", t.ai()), ("n1i", t.n1i()), ("ci", t.ci()), ("n2i", t.n2i())]),
        );
    }
    if let Some([x1, t1, x2, t2]) = cells.numbers(["x1i", "t1i", "x2i", "t2i"])? {
        return with(
            design,
            PersonTime::new(x1, t1, x2, t2)?,
            |d, t| d.person_time(t),
            |r| named(&[("x1i", r.x1i()), ("t1i", r.t1i()), ("x2i", r.x2i()), ("t2i", r.t2i())]),
        );
    }
    if let Some([m, s, n]) = cells.numbers(["mi", "sdi", "ni"])? {
        return with(
            design,
            OneMean::new(m, s, n)?,
            |d, t| d.group(t),
            |m| named(&[("mi", m.mi()), ("sdi", m.sdi()), ("ni", m.ni())]),
        );
    }
    if let Some([x, n]) = cells.numbers(["xi", "ni"])? {
        return with(
            design,
            Proportion::new(x, n)?,
            |d, t| d.proportion(t),
            |p| named(&[("xi", p.xi()), ("ni", p.ni())]),
        );
    }
    match cells.effect()? {
        Some(effect) => with(
            design,
            effect,
            |d, e| d.effect(e),
            |e| named(&[("yi", e.yi), ("vi", e.vi), ("sei", e.vi.sqrt())]),
        ),
        None => Ok(None),
    }
}

pub fn cross_over(args: &CrossOverArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    use CrossOverEffect as E;
    let convert = |context: &super::Context<'_>| {
        by_row(context, &|cells| match args.effect {
            E::Md | E::Smd => paired_means(cells, args.effect == E::Smd),
            E::Rd => paired_proportions(cells, ProportionContrast::Difference),
            E::Rr => paired_proportions(cells, ProportionContrast::RiskRatio),
            E::Or => paired_proportions(cells, ProportionContrast::OddsRatio),
        })
    };
    finish(
        &args.convert,
        inputs,
        &Kind {
            name: "cross-over",
            assumptions: &["correlation"],
            measure: Some(Measure::Generic),
            convert: &convert,
        },
    )
}

fn paired_proportions(cells: &Cells<'_, '_>, contrast: ProportionContrast) -> Result<Option<Values>> {
    let Some([x1, x2, n]) = cells.numbers(["x1i", "x2i", "ni"])? else { return Ok(None) };
    let r = cells.needed(&["ri"], "correlation")?;
    let derived =
        cross_over::proportions(Proportion::new(x1, n)?, Proportion::new(x2, n)?, r.value(), contrast)?;
    Ok(Some(effect_values(r.told(derived, "correlation"))))
}

fn paired_means(cells: &Cells<'_, '_>, standardized: bool) -> Result<Option<Values>> {
    let Some([m1, m2, n]) = cells.numbers(["m1i", "m2i", "ni"])? else { return Ok(None) };
    let sds = cells.numbers(["sd1i", "sd2i"])?;
    // A paired test says the standard error of the difference, and with it the SD of the differences.
    let sd_diff = match cells.number("sd_diff")? {
        Some(sd) => Some(Derived::reported(sd)),
        None => {
            let effect = if let Some(t) = cells.number("statistic")? {
                Some(standard_error::from_statistic(m1 - m2, t)?)
            } else if let Some(p) = cells.text("p_value") {
                Some(p.parse::<PValue>()?.effect(m1 - m2, Statistic::T { df: n - 1.0 })?)
            } else {
                None
            };
            effect.map(|effect| effect.map(|e| e.vi.sqrt() * n.sqrt()))
        }
    };
    if !standardized && let Some(sd_diff) = sd_diff {
        // The SDs of the periods are not needed; those of the differences stand in for them.
        let derived = sd_diff.then(|sd| {
            let (s1, s2) = sds.map_or((sd, sd), |[s1, s2]| (s1, s2));
            CrossOver::new(OneMean::new(m1, s1, n)?, OneMean::new(m2, s2, n)?)?.mean_difference_with_sd(sd)
        })?;
        return Ok(Some(effect_values(derived)));
    }
    let Some([s1, s2]) = sds else { return Ok(None) };
    let trial = CrossOver::new(OneMean::new(m1, s1, n)?, OneMean::new(m2, s2, n)?)?;
    if let Some(sd_diff) = sd_diff {
        let derived = sd_diff
            .then(|sd| trial.correlation(sd))?
            .then(|r| Ok(trial.standardized(r)?.reporting("correlation")))?;
        return Ok(Some(effect_values(derived)));
    }
    let r = cells.needed(&["ri"], "correlation")?;
    let derived =
        if standardized { trial.standardized(r.value())? } else { trial.mean_difference(r.value())? };
    Ok(Some(effect_values(r.told(derived, "correlation"))))
}
