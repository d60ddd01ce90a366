//! `economics evsi`: what one more trial is worth, to a person and to all whom the decision serves.

use std::fmt::Write;

use crate::{
    Error, Result,
    economics::{EnbsCurve, NewTrial, PriceBase, evsi_normal, unit_normal_loss},
    text::Grid,
};
use serde::Serialize;

use super::{COMMAND, tables};
use crate::request::{Answer, Format, args::EvsiArgs, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    price_base: Option<PriceBase>,
    /// The net benefit that is expected now, and its standard error.
    inb: f64,
    inb_se: f64,
    /// The value per person of knowing the mean for certain.
    evpi: f64,
    /// The people served, discounted.
    people: Option<f64>,
    evsi: Vec<Size>,
    optimal_n: Option<f64>,
    near_optimal: Option<[f64; 2]>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Size {
    n: f64,
    evsi: f64,
    population_evsi: Option<f64>,
    cost: Option<f64>,
    enbs: Option<f64>,
}

/// Present knowledge.
pub enum PresentKnowledge {
    Effect { trial: NewTrial, sd: f64 },
    NetBenefit { inb: f64, se: f64, prior_size: f64 },
}

impl PresentKnowledge {
    pub fn new(args: &EvsiArgs) -> Result<Self> {
        if !(args.se.is_finite() && args.se >= 0.0) {
            return Err(Error::setting("--se", args.se.to_string(), "give a finite number of at least 0"));
        }
        if let Some(wtp) = args.wtp.filter(|wtp| !(wtp.is_finite() && *wtp >= 0.0)) {
            return Err(Error::setting("--wtp", wtp.to_string(), "give one value of at least 0"));
        }
        match (args.effect, args.wtp, args.extra_cost, args.sd, args.inb, args.prior_size) {
            (Some(estimate), Some(wtp), Some(cost), Some(sd), ..) => Ok(PresentKnowledge::Effect {
                trial: NewTrial {
                    estimate,
                    se: args.se,
                    tau2: args.tau2,
                    net_benefit_at_zero: -cost,
                    net_benefit_per_unit: wtp,
                },
                sd,
            }),
            (.., Some(inb), Some(prior_size)) => {
                Ok(PresentKnowledge::NetBenefit { inb, se: args.se, prior_size })
            }
            _ => Err(Error::setting(
                "economics evsi",
                "neither effect nor net benefit",
                "give --effect with --wtp, --extra-cost and --sd, or --inb with --prior-size",
            )),
        }
    }

    /// The expected net benefit and its standard error.
    fn now(&self) -> (f64, f64) {
        match self {
            PresentKnowledge::Effect { trial, .. } => (
                trial.net_benefit_at_zero + trial.net_benefit_per_unit * trial.estimate,
                trial.se * trial.net_benefit_per_unit,
            ),
            PresentKnowledge::NetBenefit { inb, se, .. } => (*inb, *se),
        }
    }

    /// The value per person of knowing the mean for certain.
    pub fn evpi(&self) -> Result<f64> {
        let (inb, se) = self.now();
        unit_normal_loss(inb, se)
    }

    /// The value of a trial of n patients.
    pub fn evsi(&self, n: f64) -> Result<f64> {
        match self {
            PresentKnowledge::Effect { trial, sd } => trial.evsi_two_arms(*sd, n / 2.0),
            PresentKnowledge::NetBenefit { inb, se, prior_size } => evsi_normal(*inb, *se, *prior_size, n),
        }
    }
}

/// The value of trials of the sizes to all whom the decision serves, with their number and notes; `None` if they are not told.
pub fn for_population(
    args: &EvsiArgs,
    known: &PresentKnowledge,
    sizes: &[f64],
) -> Result<Option<(EnbsCurve, f64, Vec<String>)>> {
    let Some((people, mut notes)) = args.population()? else { return Ok(None) };
    let curve = args.design().enbs(sizes, &people, |n| known.evsi(n))?;
    let ends = [sizes.first(), sizes.last()];
    match curve.optimal_n {
        None => notes.push("no size is worth its cost".to_owned()),
        Some(n) if sizes.len() > 1 && ends.contains(&Some(&n)) => {
            notes.push(format!("the best size, {n}, is at an end of the sizes: try further ones"));
        }
        Some(_) => {}
    }
    Ok(Some((curve, people.size()?, notes)))
}

pub fn run(args: &EvsiArgs) -> Result<Answer> {
    let (known, sizes) = (PresentKnowledge::new(args)?, args.sizes()?);
    let price_base = args.money.base()?;
    let (inb, inb_se) = known.now();
    let mut report = Report {
        price_base,
        inb,
        inb_se,
        evpi: known.evpi()?,
        people: None,
        evsi: Vec::new(),
        optimal_n: None,
        near_optimal: None,
        notes: Vec::new(),
    };
    match for_population(args, &known, &sizes)? {
        Some((curve, people, notes)) => {
            report.people = Some(people);
            report.evsi = curve
                .sizes
                .iter()
                .map(|s| Size {
                    n: s.n,
                    evsi: s.evsi,
                    population_evsi: Some(s.population_evsi),
                    cost: Some(s.cost),
                    enbs: Some(s.enbs),
                })
                .collect();
            report.optimal_n = curve.optimal_n;
            report.near_optimal = curve.near_optimal;
            report.notes = notes;
        }
        None => {
            for &n in &sizes {
                report.evsi.push(Size {
                    n,
                    evsi: known.evsi(n)?,
                    population_evsi: None,
                    cost: None,
                    enbs: None,
                });
            }
            report.notes.push(
                "values are per person: give --incidence, --years and --discount-rate for all whom the decision serves"
                    .to_owned(),
            );
        }
    }
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => grid(&report).to_csv(),
            Format::Markdown => grid(&report).to_markdown() + &tables::notes(&report.notes),
            Format::Text => words(&report),
        };
        Ok(text)
    }))
}

fn grid(report: &Report) -> Grid {
    let mut grid = tables::grid(["n", "evsi", "population_evsi", "cost", "enbs"]);
    for s in &report.evsi {
        grid.row([
            tables::cell(s.n),
            tables::cell(s.evsi),
            tables::cell(s.population_evsi),
            tables::cell(s.cost),
            tables::cell(s.enbs),
        ]);
    }
    grid
}

fn words(report: &Report) -> String {
    let unit = report.price_base.map(|base| format!(" in {base}")).unwrap_or_default();
    let mut text = format!(
        "Net benefit expected now{unit}: {:.2} (SE {:.2}); perfect information is worth {:.4} per person\n",
        report.inb, report.inb_se, report.evpi
    );
    // A string takes everything.
    if let Some(people) = report.people {
        let _ = writeln!(text, "People served, discounted: {people:.1}");
    }
    let _ = writeln!(
        text,
        "\n{:>10} {:>14} {:>18} {:>16} {:>16}",
        "n", "evsi", "population evsi", "cost", "enbs"
    );
    let number = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.2}"));
    for s in &report.evsi {
        let _ = writeln!(
            text,
            "{:>10} {:>14.4} {:>18} {:>16} {:>16}",
            s.n,
            s.evsi,
            number(s.population_evsi),
            number(s.cost),
            number(s.enbs)
        );
    }
    if let (Some(n), Some([low, high])) = (report.optimal_n, report.near_optimal) {
        let _ = writeln!(text, "\nBest size: {n}; within 5% of its net benefit: {low} to {high}");
    }
    for note in &report.notes {
        let _ = writeln!(text, "\nNote: {note}");
    }
    text
}
