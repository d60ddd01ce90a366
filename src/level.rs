//! A confidence level, checked once.

use std::{cell::Cell, fmt};

use serde::{Deserialize, Serialize};

use crate::{Error, Result, stat::Tail, stat::normal, stat::t};

thread_local! {
    /// The level of the last interval by the normal distribution, and its critical value: every fit asks for it several times.
    static NORMAL: Cell<(f64, f64)> = const { Cell::new((f64::NAN, f64::NAN)) };
}

/// A confidence level between 0 and 1, by default 0.95. Serialized in per cent (`95`), as the command line has it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "f64", into = "f64")]
pub struct Level(f64);

impl Level {
    /// The level `level`, as a fraction: `Level::new(0.95)`.
    ///
    /// # Errors
    ///
    /// If it is not between 0 and 1; the error says so when it looks like a percentage.
    pub fn new(level: f64) -> Result<Self> {
        if level > 0.0 && level < 1.0 {
            return Ok(Level(level));
        }
        let remedy = if (1.0..100.0).contains(&level) {
            format!("give it as a fraction: {}", level / 100.0)
        } else {
            "it must lie between 0 and 1".to_owned()
        };
        Err(Error::setting("level", format!("confidence level is {level}"), remedy))
    }

    /// The level given in per cent: `Level::percent(95.0)`.
    ///
    /// # Errors
    ///
    /// If it is not between 0 and 100, or below 1 (a fraction).
    pub fn percent(percent: f64) -> Result<Self> {
        if (1.0..100.0).contains(&percent) {
            return Ok(Level(percent / 100.0));
        }
        let remedy = if percent > 0.0 && percent < 1.0 {
            format!("it is given in per cent: {}", percent * 100.0)
        } else {
            "it is given in per cent, between 1 and 100".to_owned()
        };
        Err(Error::setting("level", format!("confidence level is {percent}"), remedy))
    }

    /// The level as a fraction.
    pub fn fraction(self) -> f64 {
        self.0
    }

    /// The level in per cent, free of the rounding that 0.95 = 95 / 100 would show.
    pub fn as_percent(self) -> f64 {
        (self.0 * 1e12).round() / 1e10
    }

    /// The probability beyond each limit of a two-sided interval.
    pub fn tail(self) -> f64 {
        0.5 * (1.0 - self.0)
    }

    /// The critical value of a two-sided interval: of the t distribution with `df` degrees of freedom, or of the
    /// normal without.
    pub fn critical_value(self, df: Option<f64>) -> f64 {
        match df {
            Some(df) => t::quantile(Tail::Upper(self.tail()), df),
            None => NORMAL.with(|known| match known.get() {
                (level, value) if level == self.0 => value,
                _ => {
                    let value = normal::quantile(Tail::Upper(self.tail()));
                    known.set((self.0, value));
                    value
                }
            }),
        }
    }
}

impl Default for Level {
    fn default() -> Self {
        Level(0.95)
    }
}

impl TryFrom<f64> for Level {
    type Error = Error;

    fn try_from(percent: f64) -> Result<Self> {
        Level::percent(percent)
    }
}

impl From<Level> for f64 {
    fn from(level: Level) -> f64 {
        level.as_percent()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.as_percent())
    }
}

/// A confidence level as it was given, a fraction or a [`Level`]; it is checked where it is used.
///
/// ```
/// use consilience::{GivenLevel, Level};
///
/// assert_eq!(GivenLevel::from(0.9).check()?, Level::new(0.9)?);
/// assert!(GivenLevel::from(90.0).check().unwrap_err().to_string().contains("0.9"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GivenLevel(f64);

impl GivenLevel {
    /// The level.
    ///
    /// # Errors
    ///
    /// If it is not between 0 and 1.
    pub fn check(self) -> Result<Level> {
        Level::new(self.0)
    }
}

impl Default for GivenLevel {
    fn default() -> Self {
        Level::default().into()
    }
}

impl From<f64> for GivenLevel {
    fn from(fraction: f64) -> Self {
        GivenLevel(fraction)
    }
}

impl From<Level> for GivenLevel {
    fn from(level: Level) -> Self {
        GivenLevel(level.fraction())
    }
}
