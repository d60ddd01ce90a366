//! Three published analyses of the thirteen BCG vaccine trials, each number beside the printed one.
//!
//!     cargo run --example bcg
#![allow(clippy::print_stdout)] // an example prints

use consilience::{Measure, Result, pool::RandomEffects, reviews::bcg, tau2::Tau2};

fn main() -> Result<()> {
    println!("{}", consilience::reviews::Review::Bcg.reproduce()?);

    // The same data through the calls that the reproduction is made of.
    let fit = RandomEffects::new(Tau2::Reml).fit(&bcg::effects(Measure::RiskRatio)?)?;
    println!("\n{}", fit.methods_paragraph());
    println!("\n{}", fit.results_paragraph());
    Ok(())
}
