//! `economics`: cost-effectiveness from published differences, trials, probabilistic models and their pooling.

mod cheers;
mod chosen_draws;
pub mod cohort;
mod convert_money;
pub mod draws;
pub mod evsi;
pub mod frontier;
mod icer;
mod pool_inb;
mod programme;
pub mod tables;
mod trial;

use crate::Result;

pub(super) use chosen_draws::Files;

use crate::request::{Answer, Inputs, args::EconomicsCommand};

const COMMAND: &str = "economics";

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<frontier::Report>("economics frontier", "economics frontier");
    schemas.answer_by_level::<trial::Report>("economics trial", "economics trial");
    schemas.answer_by_level::<pool_inb::Report>("economics pool-inb", "economics pool-inb");
    schemas.answer::<crate::economics::IncrementalSummary>("economics icer");
    schemas.answer::<cohort::Report>("economics cohort");
    schemas.answer::<crate::economics::PsaResult>("economics psa");
    schemas.answer::<crate::economics::EvppiResult>("economics evppi");
    schemas.answer::<evsi::Report>("economics evsi");
    schemas.answer::<programme::SroiReport<'_>>("economics sroi");
    schemas.answer::<programme::BudgetReport>("economics budget");
    schemas.answer::<convert_money::Report>("economics convert-money");
    schemas.answer::<cheers::Report<'_>>("economics cheers");
}

pub fn run(command: &EconomicsCommand, inputs: &Inputs<'_>) -> Result<Answer> {
    match command {
        EconomicsCommand::Frontier(args) => frontier::run(args, inputs),
        EconomicsCommand::Icer(args) => icer::run(args),
        EconomicsCommand::Trial(args) => trial::run(args, inputs),
        EconomicsCommand::Psa(args) => draws::psa(args, inputs),
        EconomicsCommand::Evppi(args) => draws::evppi(args, inputs),
        EconomicsCommand::PoolInb(args) => pool_inb::run(args, inputs),
        EconomicsCommand::Evsi(args) => evsi::run(args),
        EconomicsCommand::Cohort(args) => cohort::run(args, inputs),
        EconomicsCommand::Budget(args) => programme::budget(args, inputs),
        EconomicsCommand::Sroi(args) => programme::sroi(args, inputs),
        EconomicsCommand::ConvertMoney(args) => convert_money::run(args, inputs),
        EconomicsCommand::Cheers(args) => cheers::run(args, inputs),
    }
}
