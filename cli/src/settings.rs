//! `consilience.toml`, the settings of a review: beside its data, else in the working directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, parser::ValueSource};
use consilience::{
    Error, Result,
    request::{SETTINGS, Setting, Settings},
};

use crate::host::quoted;

/// The commands with the settings of the review as their defaults, which the command line overrides.
pub struct Applied {
    /// The commands.
    pub commands: Command,
    /// The settings taken from the file, if there is one with something for the command.
    pub taken: Option<Taken>,
}

/// The settings taken from a file.
pub struct Taken {
    /// The file.
    pub file: String,
    /// The identifiers of the options.
    pub keys: Vec<String>,
    settings: Vec<Setting>,
}

impl Taken {
    /// The settings as words of a command line.
    pub fn words(&self) -> Vec<String> {
        self.settings.iter().flat_map(Setting::words).collect()
    }

    /// The sentence that a reader of the result must see.
    pub fn sentence(&self) -> String {
        let words: Vec<String> = self.words().iter().map(|word| quoted(word)).collect();
        format!("taken from {}: {}", self.file, words.join(" "))
    }
}

/// Applies the settings to the command that the command line names.
pub fn applied(commands: Command) -> Result<Applied> {
    // What is wrong on the command line is told when it is read in earnest.
    let Ok(matches) = commands.clone().ignore_errors(true).try_get_matches() else {
        return Ok(Applied { commands, taken: None });
    };
    let (path, leaf) = named(&matches);
    let complete = path.first().is_none_or(|name| ["run", "completions", "man"].contains(name));
    let found = if complete { None } else { find(data(&commands, &path, leaf).as_deref())? };
    let Some((file, text)) = found else { return Ok(Applied { commands, taken: None }) };
    let read = Settings::read(file.display().to_string(), &text, &commands)?;
    let said = |setting: &Setting| leaf.value_source(&setting.id) == Some(ValueSource::CommandLine);
    let mut settings = read.of(&path, &commands)?;
    settings.retain(|setting| !said(setting));
    let commands = with_defaults(commands, &path, &settings);
    let keys = settings.iter().map(|setting| setting.id.clone()).collect();
    let taken = (!settings.is_empty()).then(|| Taken { file: read.file().to_owned(), keys, settings });
    Ok(Applied { commands, taken })
}

/// The names of the command, and what was said of its options.
fn named(matches: &ArgMatches) -> (Vec<&str>, &ArgMatches) {
    let (mut path, mut at) = (Vec::new(), matches);
    while let Some((name, below)) = at.subcommand() {
        path.push(name);
        at = below;
    }
    (path, at)
}

/// The first file that the command reads.
fn data(commands: &Command, path: &[&str], matches: &ArgMatches) -> Option<PathBuf> {
    let leaf = path.iter().try_fold(commands, |at, name| at.find_subcommand(name))?;
    leaf.get_arguments().find_map(|arg| {
        let file = matches.try_get_one::<PathBuf>(arg.get_id().as_str()).ok().flatten();
        file.filter(|file| file.as_os_str() != "-").cloned()
    })
}

/// The file of settings in the folder of the data, else in the working directory.
fn find(data: Option<&Path>) -> Result<Option<(PathBuf, String)>> {
    let beside = data.and_then(Path::parent).map(|folder| folder.join(SETTINGS));
    for file in beside.into_iter().chain([PathBuf::from(SETTINGS)]) {
        match fs::read_to_string(&file) {
            Ok(text) => return Ok(Some((file, text))),
            Err(e) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&e.kind()) => {}
            Err(e) => {
                return Err(Error::File {
                    path: file.display().to_string(),
                    found: format!("cannot be read ({e})"),
                    remedy: "mend or remove the file".to_owned(),
                });
            }
        }
    }
    Ok(None)
}

/// Settings as the defaults of their options.
fn with_defaults(command: Command, path: &[&str], settings: &[Setting]) -> Command {
    let has = |command: &Command, id: &str| command.get_arguments().any(|arg| arg.get_id() == id);
    let command = settings.iter().fold(command, |command, setting| {
        if !has(&command, &setting.id) {
            return command;
        }
        let values = setting.values.clone();
        command.mut_arg(&setting.id, |arg| arg.default_values(values).required(false))
    });
    let command = without_need(command, settings);
    match path.split_first() {
        Some((first, rest)) => command.mut_subcommand(*first, |below| with_defaults(below, rest, settings)),
        None => command,
    }
}

/// Groups of which one option must be given need none on the command line if one is set.
fn without_need(command: Command, settings: &[Setting]) -> Command {
    let set = |id: &clap::Id| settings.iter().any(|setting| id == setting.id.as_str());
    let groups: Vec<clap::Id> = command
        .get_groups()
        .filter(|group| group.get_args().any(set))
        .map(|group| group.get_id().clone())
        .collect();
    groups.into_iter().fold(command, |command, id| command.mut_group(id, |group| group.required(false)))
}
