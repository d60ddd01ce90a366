//! `economics`: cost-effectiveness from published differences, trials, probabilistic models and their pooling.

mod draws;
mod frontier;
mod icer;
mod pool_inb;
mod tables;
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
    }
}
