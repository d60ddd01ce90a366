//! The help texts: `--help` with every option and examples, `-h` with the options of most days.

use clap::{Arg, Command, CommandFactory, builder::styling::Style};
use consilience::request::examples;

use crate::Cli;

/// The options that `-h` shows of commands that have many.
const DAILY: [&str; 30] = [
    "assume",
    "cluster",
    "columns",
    "comparator",
    "costs",
    "data",
    "effects",
    "favours",
    "filter",
    "format",
    "groups",
    "inference",
    "intervention",
    "layout",
    "level",
    "measure",
    "method",
    "model",
    "mods",
    "multiverse",
    "output",
    "predict",
    "random",
    "reference",
    "region",
    "scale",
    "structure",
    "subgroup",
    "vcov",
    "wtp",
];

/// A command with at most so many options shows all of them in `-h`.
const FEW: usize = 14;

/// The commands with their help.
pub fn commands() -> Command {
    let root = Cli::command().after_help(
        "The options of a command: consilience COMMAND -h, all of them with examples: consilience COMMAND --help.\n\
         The words of the output: consilience explain TERM. Options for a whole review: a file consilience.toml beside its data.",
    );
    dressed(root, "")
}

/// A command with examples, and a short help if it has many options.
fn dressed(command: Command, path: &str) -> Command {
    let below: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    if !below.is_empty() {
        return below.iter().fold(command, |command, name| {
            let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
            command.mut_subcommand(name, |below| dressed(below, &path))
        });
    }
    let all: Vec<&str> = examples(path).collect();
    let short = section(&all[..all.len().min(2)], "More with --help.");
    let command = command.after_help(short).after_long_help(section(&all, ""));
    // The help of an option of the library names its codes, unless each has a help of its own.
    let command = if all.is_empty() { command } else { command.mut_args(without_codes) };
    if command.get_arguments().count() <= FEW {
        return command;
    }
    command.mut_args(|arg| {
        let daily = DAILY.contains(&arg.get_id().as_str()) || arg.is_required_set();
        arg.hide_short_help(!daily)
    })
}

/// An option without the list of its codes, which its help holds in words.
fn without_codes(arg: Arg) -> Arg {
    let bare = arg.get_possible_values().iter().all(|value| value.get_help().is_none());
    if bare && arg.get_action().takes_values() { arg.hide_possible_values(true) } else { arg }
}

/// The section of examples.
fn section(examples: &[&str], last: &str) -> String {
    let style = Style::new().bold().underline();
    let mut text = if examples.is_empty() { String::new() } else { format!("{style}Examples:{style:#}\n") };
    for example in examples {
        text += &format!("  consilience {example}\n");
    }
    if last.is_empty() || examples.is_empty() { text } else { format!("{text}\n{last}") }
}
