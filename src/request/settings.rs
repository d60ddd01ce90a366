//! Settings of a review in a file, `consilience.toml`, so that options need not be repeated from command to command.
//!
//! A key is a long option without its hyphens, a section a command; a key above all sections holds for every command that has
//! the option. What is nearer to the command wins: its section over that of its group, that over the top, and the command
//! line over the file.
//!
//! ```toml
//! measure = "RR"
//! level = 90
//! columns = { ai = "tpos", n1i = "vaccinated" }
//!
//! [pool]
//! inference = "hksj"
//!
//! [plot.forest]
//! favours = "Favors vaccine,Favors control"
//! ```

use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value};

use super::json::{key_of, options, texts};
use crate::{Error, Result};

/// The name of the file.
pub const SETTINGS: &str = "consilience.toml";

/// The settings in a file.
#[derive(Debug, Clone)]
pub struct Settings {
    file: String,
    keys: Map<String, Value>,
}

/// A setting that holds for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// The identifier of its argument.
    pub id: String,
    /// The option without its hyphens, with `_` between words.
    pub key: String,
    /// Its values; a flag that is set has `true`.
    pub values: Vec<String>,
}

impl Setting {
    /// The setting as words of a command line: `--measure=RR`.
    pub fn words(&self) -> Vec<String> {
        let option = self.key.replace('_', "-");
        let word = |value: &String| match value.as_str() {
            "true" => format!("--{option}"),
            value => format!("--{option}={value}"),
        };
        self.values.iter().map(word).collect()
    }
}

impl Settings {
    /// Reads the text of a file; `file` is its name in messages. All its keys are checked against `root`, the commands.
    ///
    /// # Errors
    ///
    /// [`Error::File`] for text that is no TOML, and for a section that is no command or a key that is no option, with the
    /// nearest name.
    pub fn read(file: impl Into<String>, text: &str, root: &Command) -> Result<Self> {
        let file = file.into();
        let keys = toml::from_str(text).map_err(|e| {
            let line =
                e.span().map_or(0, |span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
            Error::File {
                path: file.clone(),
                found: format!("line {line}: {}", e.message()),
                remedy: "write lines such as measure = \"RR\", below sections such as [pool]".to_owned(),
            }
        })?;
        let settings = Settings { file, keys };
        settings.check(&settings.keys, root, "")?;
        Ok(settings)
    }

    /// The name of the file in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The settings that hold for a command (`["plot", "forest"]`) of `root`.
    ///
    /// # Errors
    ///
    /// [`Error::File`] for a value that an option of this kind cannot have.
    pub fn of(&self, path: &[&str], root: &Command) -> Result<Vec<Setting>> {
        // The commands on the path with their sections, the nearest last.
        let mut levels = vec![(root, &self.keys)];
        let mut leaf = root;
        let mut section = Some(&self.keys);
        for name in path {
            let Some(below) = leaf.find_subcommand(name) else { break };
            leaf = below;
            section = section.and_then(|keys| valued(keys, name)).and_then(Value::as_object);
            levels.extend(section.map(|keys| (below, keys)));
        }
        let mut settings = Vec::new();
        let global = options(root).filter(|arg| options(leaf).all(|own| own.get_id() != arg.get_id()));
        for arg in options(leaf).chain(global).filter(|arg| arg.get_long().is_some()) {
            let key = key_of(arg);
            let found = levels.iter().rev().find_map(|(command, keys)| {
                valued(keys, &key).filter(|value| !is_section(command, &key, value))
            });
            if let Some(value) = found {
                let values = self.values(arg, &key, value)?;
                if !values.is_empty() {
                    settings.push(Setting { id: arg.get_id().to_string(), key, values });
                }
            }
        }
        Ok(settings)
    }

    fn values(&self, arg: &Arg, key: &str, value: &Value) -> Result<Vec<String>> {
        let flag = matches!(arg.get_action(), ArgAction::SetTrue);
        let words = texts(arg, key, value).map_err(|error| self.wrong(error.to_string()))?;
        let word = |word: Option<String>| match word {
            Some(word) => Ok(word),
            None if flag => Ok("true".to_owned()),
            None => Err(self.wrong(format!("{key}: true is no value of it"))),
        };
        words.into_iter().map(word).collect()
    }

    fn wrong(&self, found: String) -> Error {
        Error::File { path: self.file.clone(), found, remedy: "mend the file".to_owned() }
    }

    /// Refuses keys that are neither a command below this one nor an option of one of them.
    fn check(&self, keys: &Map<String, Value>, command: &Command, path: &str) -> Result<()> {
        let mut known = Vec::new();
        collect(command, &mut known);
        for (key, value) in keys {
            let below = command.find_subcommand(key.replace('_', "-"));
            match (below, value) {
                (Some(below), Value::Object(section)) => {
                    self.check(section, below, &format!("{path}{}.", below.get_name()))?;
                }
                _ if known.contains(&key.replace('-', "_")) => {}
                _ => return Err(self.unknown(key, path, command, &known)),
            }
        }
        Ok(())
    }

    /// An unknown key with the nearest name, without the list of hundreds of others.
    fn unknown(&self, key: &str, path: &str, command: &Command, known: &[String]) -> Error {
        let sections = command.get_subcommands().map(|below| below.get_name().to_owned());
        let known = known.iter().map(|key| key.replace('_', "-")).chain(sections);
        let nearest = match Error::unknown("key", &key.replace('_', "-"), known) {
            Error::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`? "),
            _ => String::new(),
        };
        Error::File {
            path: self.file.clone(),
            found: format!("unknown key `{path}{key}`"),
            remedy: format!("{nearest}Keys are the long options of the help, sections are commands"),
        }
    }
}

/// The value of a key, in whichever way its words are joined.
fn valued<'a>(keys: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let wanted = name.replace('-', "_");
    keys.iter().find(|(key, _)| key.replace('-', "_") == wanted).map(|(_, value)| value)
}

/// True for a key that is the section of a command, not an option.
fn is_section(command: &Command, key: &str, value: &Value) -> bool {
    value.is_object() && command.find_subcommand(key.replace('_', "-")).is_some()
}

/// The keys of the options of a command and of all below it.
fn collect(command: &Command, keys: &mut Vec<String>) {
    keys.extend(options(command).filter(|arg| arg.get_long().is_some()).map(key_of));
    command.get_subcommands().for_each(|below| collect(below, keys));
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::request::json::Words;

    fn root() -> Command {
        let mut root = Words::command();
        root.build();
        root
    }

    fn refused(text: &str) -> String {
        Settings::read("s.toml", text, &root()).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_nearest_section_wins_and_values_become_words() -> Result<()> {
        let text = "measure = 'RR'\nlevel = 90\nwidth = 85\ncolumns = { ai = 'tpos' }\n[pool]\nmeasure = 'OR'\nmultiverse = true\n\
                    where = ['a == 1', 'b > 2']\n[plot]\nwidth = 100\n[plot.forest]\nwidth = 170\n";
        let settings = Settings::read("s.toml", text, &root())?;
        let of = |path: &[&str]| -> Result<Vec<String>> {
            let found = settings.of(path, &root())?;
            let mut words: Vec<String> =
                found.into_iter().map(|one| format!("{}={}", one.key, one.values.join("|"))).collect();
            words.sort();
            Ok(words)
        };
        let pool = of(&["pool"])?;
        let expected = ["columns=ai=tpos", "level=90", "measure=OR", "multiverse=true", "where=a == 1|b > 2"];
        assert_eq!(pool, expected);
        assert!(of(&["plot", "forest"])?.contains(&"width=170".to_owned()));
        assert!(of(&["plot", "funnel"])?.contains(&"width=100".to_owned()));
        assert!(of(&["roles"])?.is_empty(), "an argument without a name of its own is no setting");
        Ok(())
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest() {
        for (text, words) in [
            ("mesure = 'RR'", "unknown key `mesure`; did you mean `measure`?"),
            ("[pol]\nmethod = 'DL'", "did you mean `pool`?"),
            ("[pool]\nmods = 'x'", "unknown key `pool.mods`"),
            ("measure = ", "s.toml: line 1"),
            ("data = 'trials.csv'", "unknown key `data`"),
        ] {
            assert!(refused(text).contains(words), "{text}: {}", refused(text));
        }
    }
}
