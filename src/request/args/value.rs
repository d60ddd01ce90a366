//! The command line of `economics evsi` and `economics cheers`.

use std::path::PathBuf;

use crate::{
    Error, Result,
    economics::{DiscountTiming, Discounting, Population, StudyDesign, WillingnessToPay},
};

use super::MoneyArgs;

/// The time at which amounts of a year fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Timing {
    /// At the start of their year: the first year is not discounted.
    AsTimed,
    /// In its middle.
    MidYear,
    /// At its end: the first year is discounted once.
    EndOfYear,
    /// Rounded down to whole years.
    WholeYears,
}

impl Timing {
    pub(crate) fn value(self) -> DiscountTiming {
        match self {
            Timing::AsTimed => DiscountTiming::AsTimed,
            Timing::MidYear => DiscountTiming::MidYear,
            Timing::EndOfYear => DiscountTiming::EndOfYear,
            Timing::WholeYears => DiscountTiming::WholeYears,
        }
    }
}

/// The options of `evsi`.
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("known").required(true).args(["effect", "inb"])))]
pub struct EvsiArgs {
    /// The pooled effect, such as a gain in QALYs per person; with --se, --wtp, --extra-cost and --sd.
    #[arg(long, value_name = "X", allow_negative_numbers = true, requires_all = ["wtp", "extra_cost", "sd"])]
    pub effect: Option<f64>,
    /// The incremental net benefit itself; with --se and --prior-size.
    #[arg(long, value_name = "X", allow_negative_numbers = true, requires = "prior_size")]
    pub inb: Option<f64>,
    /// The standard error of the effect, or of the net benefit.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub se: f64,
    /// The variance between studies, in which the new trial shares.
    #[arg(
        long,
        value_name = "X",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        conflicts_with = "inb"
    )]
    pub tau2: f64,
    /// Willingness to pay per unit of effect: one value.
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true, conflicts_with = "inb")]
    pub wtp: Option<f64>,
    /// The extra cost of the intervention per person (negative for a saving).
    #[arg(long, value_name = "X", allow_negative_numbers = true, conflicts_with = "inb")]
    pub extra_cost: Option<f64>,
    /// The standard deviation of the outcome in each arm of the new trial.
    #[arg(long, value_name = "X", allow_negative_numbers = true, conflicts_with = "inb")]
    pub sd: Option<f64>,
    /// The number of patients whose evidence present knowledge is worth.
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with = "effect")]
    pub prior_size: Option<f64>,
    /// Sizes of the new trial, all its patients (half in each arm): values and ranges, `100,200:1000:100`.
    #[arg(long, value_name = "SIZES", allow_negative_numbers = true)]
    pub sizes: String,
    /// New people a year whom the decision serves.
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires_all = ["years", "discount_rate"])]
    pub incidence: Option<f64>,
    /// People whom it serves at the start.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        requires = "incidence"
    )]
    pub prevalent: f64,
    /// The years over which the decision is useful.
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "incidence")]
    pub years: Option<f64>,
    /// The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    #[arg(long, value_name = "R", allow_negative_numbers = true, requires = "incidence")]
    pub discount_rate: Option<f64>,
    /// The time at which people of a year enter.
    #[arg(long, value_enum, default_value = "as-timed")]
    pub timing: Timing,
    /// Costs of the trial that do not depend on its size.
    #[arg(
        long,
        value_name = "X",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        requires = "incidence"
    )]
    pub fixed_cost: f64,
    /// The cost of the trial per patient.
    #[arg(
        long,
        value_name = "X",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        requires = "incidence"
    )]
    pub cost_per_patient: f64,
    /// Net benefit forgone per patient because of the trial.
    #[arg(
        long,
        value_name = "X",
        default_value_t = 0.0,
        allow_negative_numbers = true,
        requires = "incidence"
    )]
    pub opportunity_cost_per_patient: f64,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl EvsiArgs {
    /// The sizes of the trial, ascending.
    pub(crate) fn sizes(&self) -> Result<Vec<f64>> {
        let wrong = || {
            Error::setting(
                "--sizes",
                format!("`{}`", self.sizes),
                "give numbers above 0 and ranges, such as `100,200:1000:100`",
            )
        };
        let sizes = self.sizes.parse::<WillingnessToPay>().map_err(|_| wrong())?.values().to_vec();
        if sizes.first().is_some_and(|n| *n > 0.0) { Ok(sizes) } else { Err(wrong()) }
    }

    /// The people whom the decision serves, if they are told, and what is to be noted.
    pub(crate) fn population(&self) -> Result<Option<(Population, Vec<String>)>> {
        let (Some(incidence), Some(years), Some(discount_rate)) =
            (self.incidence, self.years, self.discount_rate)
        else {
            return Ok(None);
        };
        let timing = self.timing.value();
        let notes = Discounting::new(0.0, discount_rate, timing)?.notes().to_vec(); // people count like effects
        Ok(Some((Population { prevalent: self.prevalent, incidence, years, discount_rate, timing }, notes)))
    }

    pub(crate) fn design(&self) -> StudyDesign {
        StudyDesign {
            fixed_cost: self.fixed_cost,
            cost_per_patient: self.cost_per_patient,
            opportunity_cost_per_patient: self.opportunity_cost_per_patient,
        }
    }
}

/// The options of `cheers`.
#[derive(Debug, Clone, clap::Args)]
pub struct CheersArgs {
    /// Results of `economics frontier`, `icer`, `trial`, `psa` and `evppi`, written with --format json.
    #[arg(value_name = "RESULT.json")]
    pub results: Vec<PathBuf>,
    /// The statement of the authors on an item: `8=Health service`; can be given many times.
    #[arg(long, value_name = "N=TEXT")]
    pub set: Vec<String>,
    /// The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub discount_rate: Option<f64>,
    /// The rate of effects, if it is another.
    #[arg(long, value_name = "R", allow_negative_numbers = true, requires = "discount_rate")]
    pub effect_discount_rate: Option<f64>,
    /// The time at which amounts of a year fall.
    #[arg(long, value_enum, default_value = "as-timed")]
    pub timing: Timing,
    /// Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    #[arg(long, value_name = "VALUES", allow_negative_numbers = true)]
    pub wtp: Option<WillingnessToPay>,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl CheersArgs {
    /// The statements of the authors, by item.
    pub(crate) fn texts(&self) -> Result<Vec<(usize, &str)>> {
        self.set
            .iter()
            .map(|text| {
                let (number, said) = text.split_once('=').unwrap_or((text, ""));
                let number = number.trim().parse().map_err(|_| {
                    Error::setting(
                        "--set",
                        format!("`{text}`"),
                        "give the number of an item and its text: `8=Health service`",
                    )
                })?;
                Ok((number, said))
            })
            .collect()
    }
}
