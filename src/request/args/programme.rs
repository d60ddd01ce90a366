//! The command line of `economics sroi`, `budget`, `convert-money` and `cohort`.

use std::path::PathBuf;

use crate::{
    Error, Result,
    economics::{Accumulation, ConversionOrder, Counting, Currency, CyclePoint, Discounting},
};

use super::{InputArgs, MoneyArgs, Timing, economics::currency};

/// The options of `sroi`.
#[derive(Debug, Clone, clap::Args)]
pub struct SroiArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub data: InputArgs,
    /// The value of all inputs.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub input: f64,
    /// The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub discount_rate: f64,
    /// The time at which the value of a year falls.
    #[arg(long, value_enum, default_value = "end-of-year")]
    pub timing: Timing,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl SroiArgs {
    pub(crate) fn discounting(&self) -> Result<Discounting> {
        Discounting::new(self.discount_rate, 0.0, self.timing.value()) // values are money
    }
}

/// The options of `budget`.
#[derive(Debug, Clone, clap::Args)]
pub struct BudgetArgs {
    /// A CSV file with a row for each year: columns people, and for each option its shares present_OPTION and new_OPTION.
    #[command(flatten)]
    pub data: InputArgs,
    /// A CSV file of the options (columns option, cost: a year's cost per person).
    #[arg(long, value_name = "COSTS.csv")]
    pub costs: PathBuf,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

/// In which order inflation and exchange are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OrderChoice {
    /// With the price index of the amount's currency to the new year, then at that year's rate.
    InflateFirst,
    /// At the rate of the amount's year, then with the price index of the new currency.
    ConvertFirst,
    /// The tradable share converted first at the market rate, the rest inflated first.
    Split,
}

/// The options of `convert-money`.
#[derive(Debug, Clone, clap::Args)]
pub struct ConvertMoneyArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub data: InputArgs,
    /// The currency to convert to.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub to_currency: Currency,
    /// The price year to convert to.
    #[arg(long, value_name = "YEAR")]
    pub to_year: i32,
    /// The order of the steps, which changes the result.
    #[arg(long, value_enum)]
    pub order: OrderChoice,
    /// The share of the costs that is traded internationally, for a split.
    #[arg(long, value_name = "X", allow_negative_numbers = true, required_if_eq("order", "split"))]
    pub tradable_share: Option<f64>,
    /// Price indices (columns currency, year, value).
    #[arg(long, value_name = "INDEX.csv")]
    pub index: Option<PathBuf>,
    /// Purchasing power parities (columns currency, year, value: units of the currency per reference unit).
    #[arg(long, value_name = "PPP.csv")]
    pub ppp: Option<PathBuf>,
    /// Market exchange rates (columns as of --ppp).
    #[arg(long, value_name = "RATES.csv")]
    pub market: Option<PathBuf>,
    /// The publication date or origin of the indices and rates: they are revised.
    #[arg(long, value_name = "TEXT")]
    pub vintage: String,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl ConvertMoneyArgs {
    pub(crate) fn order(&self) -> Result<ConversionOrder> {
        match (self.order, self.tradable_share) {
            (OrderChoice::InflateFirst, None) => Ok(ConversionOrder::InflateThenConvert),
            (OrderChoice::ConvertFirst, None) => Ok(ConversionOrder::ConvertThenInflate),
            (OrderChoice::Split, Some(share)) if (0.0..=1.0).contains(&share) => {
                Ok(ConversionOrder::Split { tradable_share: share })
            }
            (_, share) => Err(Error::setting(
                "--tradable-share",
                share.map_or("nothing".to_owned(), |share| share.to_string()),
                "give a share from 0 to 1 with --order split, and none with the others",
            )),
        }
    }
}

/// The count of occupancy within a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CountingChoice {
    /// As the cycle begins.
    Beginning,
    /// As it ends.
    End,
    /// The mean of both.
    LifeTable,
    /// Half of the first and the last time: the half-cycle correction.
    Trapezoid,
    /// Simpson's rule; an even number of cycles.
    Simpson,
}

/// The files of a cohort model.
#[derive(Debug, Clone, clap::Args)]
pub struct CohortFilesArgs {
    /// A CSV file of probabilities: a column `from` and one for each state; with a column `cycle` (from 1) rows hold from
    /// that cycle on, and a state without a new row keeps its last one.
    #[arg(value_name = "TRANSITIONS.csv")]
    pub transitions: PathBuf,
    /// A CSV file of the states (columns state, start: its share, cost: per cycle, utility: per year; a trace needs the first two).
    #[arg(long, value_name = "STATES.csv")]
    pub states: PathBuf,
    /// The number of cycles.
    #[arg(long, value_name = "N")]
    pub cycles: usize,
    /// Only the rows that fulfil a condition on columns of one of the files, which are no states then: `scenario == base`; given
    /// again, all must hold.
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Vec<String>,
}

/// The options of `cohort`.
#[derive(Debug, Clone, clap::Args)]
pub struct CohortArgs {
    /// The files of the model.
    #[command(flatten)]
    pub files: CohortFilesArgs,
    /// The length of a cycle in years.
    #[arg(long, value_name = "X", default_value_t = 1.0, allow_negative_numbers = true)]
    pub cycle_years: f64,
    /// The count of time within a cycle.
    #[arg(long, value_enum, default_value = "trapezoid")]
    pub counting: CountingChoice,
    /// The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub discount_rate: f64,
    /// The rate of effects, if it is another.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub effect_discount_rate: Option<f64>,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl CohortArgs {
    pub(crate) fn discounting(&self) -> Result<Discounting> {
        Discounting::new(
            self.discount_rate,
            self.effect_discount_rate.unwrap_or(self.discount_rate),
            crate::economics::DiscountTiming::AsTimed,
        )
    }

    pub(crate) fn accumulation(&self) -> Accumulation {
        let counting = match self.counting {
            CountingChoice::Beginning => Counting::Beginning,
            CountingChoice::End => Counting::End,
            CountingChoice::LifeTable => Counting::LifeTable,
            CountingChoice::Trapezoid => Counting::Trapezoid,
            CountingChoice::Simpson => Counting::Simpson,
        };
        // A cycle counted as it ends is discounted at its end, one counted over its whole length in its middle.
        let discounted_at = match counting {
            Counting::End => CyclePoint::End,
            Counting::LifeTable => CyclePoint::Middle,
            _ => CyclePoint::Start,
        };
        Accumulation { counting, discounted_at, cycle_years: self.cycle_years }
    }
}
