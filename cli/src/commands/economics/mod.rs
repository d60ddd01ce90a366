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

use consilience::Result;

use crate::args::EconomicsCommand;

const COMMAND: &str = "economics";

pub fn run(command: &EconomicsCommand) -> Result<()> {
    match command {
        EconomicsCommand::Frontier(args) => frontier::run(args),
        EconomicsCommand::Icer(args) => icer::run(args),
        EconomicsCommand::Trial(args) => trial::run(args),
        EconomicsCommand::Psa(args) => draws::psa(args),
        EconomicsCommand::Evppi(args) => draws::evppi(args),
        EconomicsCommand::PoolInb(args) => pool_inb::run(args),
        EconomicsCommand::Evsi(args) => evsi::run(args),
        EconomicsCommand::Cohort(args) => cohort::run(args),
        EconomicsCommand::Budget(args) => programme::budget(args),
        EconomicsCommand::Sroi(args) => programme::sroi(args),
        EconomicsCommand::ConvertMoney(args) => convert_money::run(args),
        EconomicsCommand::Cheers(args) => cheers::run(args),
    }
}
