//! `economics`: cost-effectiveness from published differences, trials, probabilistic models and their pooling.

mod cheers;
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

use crate::request::{Answer, Inputs, args::EconomicsCommand};

const COMMAND: &str = "economics";

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
