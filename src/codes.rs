//! The codes of enums: the customary code, the names that users write for it, and an error that suggests the one that is meant.
//!
//! A choice (an estimator, a kind of inference, ...) is one table, from which its parsing, printing and serialization follow. Names
//! match whatever their case and punctuation: `Hartung-Knapp`, `hartung knapp` and `HartungKnapp` are the same. What matches no
//! name is refused with the code that is nearest by spelling, else with the code of which a name shares most words.

#[cfg(feature = "request")]
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::{Error, Result, error::edit_distance};

/// A value with its code and its other names.
pub(crate) struct Code<T: 'static> {
    pub value: T,
    pub code: &'static str,
    pub names: &'static [&'static str],
}

impl<T: Copy> Code<T> {
    fn all_names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.code).chain(self.names.iter().copied())
    }
}

#[cfg(feature = "request")]
impl<T> From<&Code<T>> for PossibleValue {
    fn from(code: &Code<T>) -> Self {
        PossibleValue::new(code.code).aliases(code.names)
    }
}

/// The value that a text names.
pub(crate) fn find<T: Copy>(kind: &'static str, text: &str, codes: &[Code<T>]) -> Result<T> {
    let found = codes.iter().find(|code| code.all_names().any(|name| letters(name).eq(letters(text))));
    found.map(|code| code.value).ok_or_else(|| Error::Unknown {
        kind,
        name: text.trim().to_owned(),
        nearest: suggestion(text, codes).map(str::to_owned),
        known: codes.iter().map(|code| code.code.to_owned()).collect(),
    })
}

/// The letters and digits of a name, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn squeezed(text: &str) -> String {
    letters(text).collect()
}

/// The code of the name that is nearest to a text.
fn suggestion<T: Copy>(text: &str, codes: &[Code<T>]) -> Option<&'static str> {
    let wanted = squeezed(text);
    let names = || codes.iter().flat_map(|code| code.all_names().map(move |name| (code.code, name)));
    let by_spelling = names()
        .map(|(code, name)| {
            let name = squeezed(name);
            (edit_distance(&wanted, &name), wanted.chars().count().max(name.chars().count()), code)
        })
        // A third of the letters may be wrong, at least one.
        .filter(|(distance, length, _)| *distance <= (length / 3).max(1))
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., code)| code);
    by_spelling.or_else(|| {
        let words = words(text);
        let shared = |name: &str| self::words(name).iter().filter(|word| words.contains(word)).count();
        // Of equal shares the first in the order of the codes.
        let mut best = (0, None);
        for (code, name) in names() {
            let count = shared(name);
            if count > best.0 {
                best = (count, Some(code));
            }
        }
        best.1
    })
}

/// The words of a name that carry meaning; short ones (`of`, `the`) and general ones stand in many names.
fn words(text: &str) -> Vec<String> {
    let general = ["method", "estimator", "adjustment"];
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.len() > 3 && !general.contains(&word.as_str()))
        .collect()
}

/// The parser of an option whose values are read by their names: the error of their reading is the one that users see, and the
/// names are there for schemas and for shells that complete them.
#[cfg(feature = "request")]
#[derive(Clone)]
pub struct Named<T> {
    read: fn(&str) -> Result<T>,
    known: fn() -> Vec<PossibleValue>,
}

#[cfg(feature = "request")]
impl<T> Named<T> {
    /// The values that `read` reads, with their names.
    pub(crate) fn new(read: fn(&str) -> Result<T>, known: fn() -> Vec<PossibleValue>) -> Self {
        Named { read, known }
    }

    /// The same names read in another way.
    pub(crate) fn reading(self, read: fn(&str) -> Result<T>) -> Self {
        Named { read, ..self }
    }
}

#[cfg(feature = "request")]
impl<T: Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> std::result::Result<T, clap::Error> {
        let read = self.read;
        StringValueParser::new().try_map(move |text| read(&text)).parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.known)().into_iter()))
    }
}

/// Makes a type that is read by its names the type of options, with feature `request`; the second part lists the names.
macro_rules! option_values {
    ($name:ident, $known:expr) => {
        #[cfg(feature = "request")]
        impl clap::builder::ValueParserFactory for $name {
            type Parser = $crate::codes::Named<$name>;

            fn value_parser() -> Self::Parser {
                $crate::codes::Named::new(<$name as std::str::FromStr>::from_str, || $known)
            }
        }
    };
}

/// Gives an enum that is written as its code the schema of it, with feature `schema`.
macro_rules! coded_schema {
    ($name:ident) => {
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let codes: Vec<&str> = <$name>::ALL.iter().map(|one| one.code()).collect();
                schemars::json_schema!({ "type": "string", "enum": codes })
            }
        }
    };
}

/// Gives an enum its codes: `ALL`, `code`, `Display`, `FromStr`, `Serialize` and `Deserialize`, and the parser of options, from one table
/// of `Variant "code" ["other name", ...]`.
macro_rules! codes {
    ($name:ident, $kind:literal { $( $variant:ident $code:literal [$($also:literal),* $(,)?] ),* $(,)? }) => {
        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),*];

            const CODES: &'static [$crate::codes::Code<$name>] = &[$(
                $crate::codes::Code { value: $name::$variant, code: $code, names: &[$($also),*] }
            ),*];

            /// The customary code.
            pub fn code(self) -> &'static str {
                match self { $( $name::$variant => $code ),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(text: &str) -> $crate::Result<Self> {
                $crate::codes::find($kind, text, Self::CODES)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> std::result::Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::codes::coded_schema!($name);
        $crate::codes::option_values!($name, Self::CODES.iter().map(Into::into).collect());
    };
}

/// An enum with its codes: `Name "kind" { Variant "code" ["other name", ...], }`, each with its documentation.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident $kind:literal {
        $( $(#[$item:meta])* $variant:ident $code:literal $([$($also:literal),* $(,)?])? ),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $( $(#[$item])* $variant, )* }

        $crate::codes::codes!($name, $kind { $( $variant $code [$($($also),*)?] ),* });
    };
}

pub(crate) use {choice, coded_schema, codes, option_values};
