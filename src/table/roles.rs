//! The columns that play the roles: `ai=tpos,bi=tneg`.
//!
//! The roles have the customary names of the field (`ai`, `n1i`, `yi`, `sei`, ...). A column that already bears the
//! name of a role needs no mapping; a column that is mapped to one role does not also play the role of its own name.
//! A name that holds a comma, `=`, `;` or a quotation mark is written in double quotes, with `""` for a quote inside.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// All roles that columns can play.
pub const ROLES: &[&str] = &[
    "study",
    "slab",
    "label",
    "author",
    "year", // the row's label
    "ai",
    "bi",
    "ci",
    "di",
    "gi",
    "n1i",
    "n2i", // two groups, events; reliability; genotypes
    "x1i",
    "x2i",
    "t1i",
    "t2i", // two groups, person-time
    "m1i",
    "m2i",
    "sd1i",
    "sd2i", // two groups, means
    "m1i_pre",
    "m2i_pre",
    "sd1i_pre",
    "sd2i_pre", // before and after
    "ri",
    "ni",
    "mi",
    "ti",
    "r2i",
    "xi",
    "sdi",
    "pi", // one group, correlations
    "miss1i",
    "miss2i", // missing binary outcomes
    "yi",
    "vi",
    "sei",
    "ci_lower",
    "ci_upper",
    "p_value", // ready-made effects
    "arm",
    "cost",
    "effect",
    "strategy",
    "option",
    "people",
    "amount",
    "outcome",
    "quantity",
    "proxy",
    "deadweight",
    "displacement",
    "attribution_to_others",
    "drop_off",
    "years",
    "currency",
    "price_year", // economics
    "cost_difference",
    "cost_se",
    "cost_ci_lower",
    "cost_ci_upper",
    "effect_difference",
    "effect_se",
    "effect_ci_lower",
    "effect_ci_upper",
    "covariance",
    "correlation",
    "icer",
    "icer_se",
    "icer_ci_lower",
    "icer_ci_upper",
    "mini",
    "q1i",
    "mediani",
    "q3i",
    "maxi",
    "min1i",
    "q1_1i",
    "median1i",
    "q3_1i",
    "max1i",
    "min2i",
    "q1_2i",
    "median2i",
    "q3_2i",
    "max2i",
    "se1i",
    "se2i",
    "ci_lower1i",
    "ci_upper1i",
    "ci_lower2i",
    "ci_upper2i", // means and SDs of groups as papers report them
    "statistic",
    "f",
    "chi2",
    "df",
    "level",
    "direction",
    "ui",
    "share", // test statistics
    "odds_ratio",
    "risk_ratio",
    "phi",
    "events",
    "risk2",
    "percent1",
    "percent2",
    "sensitivity",
    "specificity",
    "estimate",
    "baseline_risk", // tables and risks
    "mi_pre",
    "sdi_pre",
    "sdi_change",
    "sd1i_change",
    "sd2i_change",
    "r1i",
    "r2i",
    "xi_pre",
    "x1i_pre",
    "n1i_pre",
    "t1i_pre",
    "x2i_pre",
    "n2i_pre",
    "t2i_pre",
    "percent1_pre",
    "percent2_pre",
    "yi_pre",
    "vi_pre",
    "sd_diff", // before and after, cross-over
    "icc",
    "cluster_size",
    "cv",
    "design_effect",
    "clusters", // clusters
    "treatment",
    "group",
    "comparisons",
    "treatment1",
    "treatment2",
    "kind",
    "observation",
    "time",
    "time2",
    "group1",
    "group2",
    "w1",
    "w2",
    "subgroup", // arms, dependent effects
    "o_e",
    "v",
    "o1",
    "e1",
    "o2",
    "e2",
    "events1",
    "events2",
    "favours",
    "survival",
    "at_risk",
    "shortest",
    "longest", // survival
];

/// Roles of a row that holds several arms, with the number of the arm behind: `treatment1`, `xi2`, `ni12`.
const NUMBERED: [&str; 9] = ["treatment", "xi", "ni", "ti", "mi", "sdi", "yi", "vi", "sei"];

/// A role that columns can play.
fn is_role(role: &str) -> bool {
    let numbered = |stem: &str| {
        role.strip_prefix(stem).is_some_and(|number| {
            !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    ROLES.contains(&role) || NUMBERED.iter().any(|stem| numbered(stem))
}

/// A mapping from roles to the columns that play them.
///
/// ```
/// use consilience::table::Roles;
/// let roles: Roles = "ai=tpos, bi=tneg, ci=cpos, di=cneg".parse()?;
/// assert_eq!(roles.column("ai"), Some("tpos"));
/// assert!("ai=tpos,ci=tpos".parse::<Roles>().is_err());
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "BTreeMap<String, String>", try_from = "BTreeMap<String, String>")]
pub struct Roles {
    columns: BTreeMap<String, String>,
    asked: Asked,
}

/// The mapped roles that were asked for, once there is a mapped one; copies of a mapping share it, and it is no part of what a
/// mapping says.
#[derive(Clone, Debug, Default)]
struct Asked(Option<Arc<Mutex<BTreeSet<String>>>>);

impl PartialEq for Asked {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Asked {}

impl Roles {
    /// A mapping without entries.
    #[must_use]
    pub fn new() -> Self {
        Roles::default()
    }

    /// Adds a role and the name of the column that plays it.
    ///
    /// # Errors
    /// If the role is not one of [`ROLES`], is mapped already, or the column plays another role.
    pub fn with(mut self, role: &str, column: &str) -> Result<Self> {
        if !is_role(role) {
            return Err(Error::unknown("role", role, ROLES));
        }
        if let Some(before) = self.columns.get(role) {
            return Err(Error::setting(
                "columns",
                format!("role `{role}` is given twice, as `{before}` and as `{column}`"),
                "each role is played by one column",
            ));
        }
        if let Some((other, _)) = self.columns.iter().find(|(_, name)| *name == column) {
            return Err(Error::setting(
                "columns",
                format!("column `{column}` is given two roles, `{other}` and `{role}`"),
                "each column plays one role",
            ));
        }
        self.columns.insert(role.to_owned(), column.to_owned());
        self.asked.0.get_or_insert_default();
        Ok(self)
    }

    /// The column that is mapped to a role.
    #[must_use]
    pub fn column(&self, role: &str) -> Option<&str> {
        let column = self.columns.get(role)?;
        self.ask(role);
        Some(column)
    }

    fn ask(&self, role: &str) {
        if let Some(asked) = &self.asked.0
            && let Ok(mut asked) = asked.lock()
            && !asked.contains(role)
        {
            asked.insert(role.to_owned());
        }
    }

    /// Remembers that a column was asked for by its name.
    pub(super) fn ask_by_name(&self, column: &str) {
        if let Some(role) = self.role(column) {
            self.ask(role);
        }
    }

    /// The mapped roles that nobody asked for, as `role = column`.
    #[cfg(feature = "request")]
    pub(crate) fn unasked(&self) -> Vec<String> {
        let Some(Ok(asked)) = self.asked.0.as_ref().map(|asked| asked.lock()) else { return Vec::new() };
        let unasked = self.columns.iter().filter(|(role, _)| !asked.contains(*role));
        unasked.map(|(role, column)| format!("{role} = {column}")).collect()
    }

    /// The role that a column is mapped to.
    #[must_use]
    pub fn role(&self, column: &str) -> Option<&str> {
        self.columns.iter().find(|(_, name)| *name == column).map(|(role, _)| role.as_str())
    }

    /// Roles and their columns, in alphabetical order of the roles.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.columns.iter().map(|(role, column)| (role.as_str(), column.as_str()))
    }
}

impl FromStr for Roles {
    type Err = Error;

    /// Reads `ROLE=NAME[,ROLE=NAME...]`.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = |part: &str| {
            Error::setting(
                "columns",
                format!("`{}` is not of the form ROLE=NAME", super::cell::shorten(part)),
                "write for example ai=events_1,n1i=size_1",
            )
        };
        let mut roles = Roles::new();
        for part in split(text, ',').map_err(|_| open_quote("columns"))? {
            let pair = split(part, '=').map_err(|_| wrong(part))?;
            let [role, column] = pair.as_slice() else { return Err(wrong(part)) };
            let (role, column) = (unquote(role), unquote(column));
            if role.is_empty() || column.is_empty() {
                return Err(wrong(part));
            }
            roles = roles.with(&role, &column)?;
        }
        Ok(roles)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> =
            self.iter().map(|(role, column)| format!("{role}={}", quote(column))).collect();
        f.write_str(&pairs.join(","))
    }
}

impl From<Roles> for BTreeMap<String, String> {
    fn from(roles: Roles) -> Self {
        roles.columns
    }
}

impl TryFrom<BTreeMap<String, String>> for Roles {
    type Error = Error;

    fn try_from(columns: BTreeMap<String, String>) -> Result<Self> {
        columns.iter().try_fold(Roles::new(), |roles, (role, column)| roles.with(role, column))
    }
}

/// A quotation mark that is not closed.
#[derive(Debug)]
pub(super) struct OpenQuote;

pub(super) fn open_quote(setting: &str) -> Error {
    Error::setting(setting, "a quotation mark is not closed", "close it with `\"`")
}

/// The parts between separators outside of double quotes, without surrounding white space.
pub(super) fn split(text: &str, separator: char) -> std::result::Result<Vec<&str>, OpenQuote> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            parts.push(text.get(start..at).unwrap_or_default().trim());
            start = at + c.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    if quoted { Err(OpenQuote) } else { Ok(parts) }
}

/// The text without the double quotes around it, if there are any.
pub(super) fn unquote(text: &str) -> String {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_owned(),
    }
}

/// The text in double quotes, if it would be read otherwise without them.
pub(crate) fn quote(text: &str) -> String {
    if text.contains(['"', ',', '=', ';']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn error(text: &str) -> String {
        text.parse::<Roles>().unwrap_err().to_string()
    }

    #[test]
    fn a_mapping_is_read_and_printed() {
        let roles: Roles = "ai=tpos, study = \"name, first\" ,ci=cpos".parse().unwrap();
        assert_eq!(roles.column("study"), Some("name, first"));
        assert_eq!(roles.role("cpos"), Some("ci"));
        assert_eq!(roles.to_string(), "ai=tpos,ci=cpos,study=\"name, first\"");
        assert_eq!(roles.to_string().parse::<Roles>().unwrap(), roles);
        let text = serde_json::to_string(&roles).unwrap();
        assert_eq!(serde_json::from_str::<Roles>(&text).unwrap(), roles);
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            error("ai=x,bi=x"),
            "columns: column `x` is given two roles, `ai` and `bi`; each column plays one role"
        );
        assert_eq!(
            error("ai=x,ai=y"),
            "columns: role `ai` is given twice, as `x` and as `y`; each role is played by one column"
        );
        assert!(error("n1=x").starts_with("unknown role `n1`; did you mean `n1i`?"));
        for text in ["", "ai", "ai=", "=x", "ai=x,", "ai=x=y"] {
            assert!(error(text).contains("ROLE=NAME"), "{text}");
        }
        assert!(error("ai=\"x").contains("quotation mark"));
    }
}
