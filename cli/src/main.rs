//! The program `consilience`: a thin shell over the library. Commands parse, call and print; every number is a field of a
//! public library type.
//!
//! Exit status: 0 done; 1 the data or the model cannot give an answer; 2 the command line is wrong. Errors go to standard
//! error; standard output then stays empty and an existing output file is left as it was.

mod args;
mod commands;
mod data;
mod output;

use std::process::ExitCode;

use clap::Parser;
use consilience::Error;

use args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Effects(args) => commands::effects::run(args),
        Command::Pool(args) => commands::pool::run(args),
        Command::Regress(args) => commands::regress::run(args),
        Command::Multilevel(args) => commands::multilevel::run(args),
        Command::Influence(args) => commands::influence::run(args),
        Command::Bias(args) => commands::bias::run(args),
        Command::Economics(command) => commands::economics::run(command),
        Command::Convert(command) => commands::convert::run(command),
        Command::Plot(command) => commands::plot::run(command),
        Command::Report(args) => commands::report::run(args),
        Command::Reproduce(args) => commands::reproduce::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(status(&error))
        }
    }
}

/// 2 where the command line is at fault, 1 where data, model or files are.
fn status(error: &Error) -> u8 {
    match error {
        Error::Unknown { .. } | Error::Setting { .. } => 2,
        _ => 1,
    }
}
