//! The names that columns of networks bear in other programs: `treat1 treat2 TE seTE`, `studlab` and `event1 n1` of netmeta, `responders`
//! and `sampleSize` of GeMTC, `r1 n1` of models in BUGS.

use std::borrow::Cow;

use crate::{
    Result,
    table::{Table, spelled},
};

/// The customary names of a role, to which the number of the arm is added where a row holds several.
const NAMES: [(&str, &[&str]); 6] = [
    ("treatment", &["treat", "trt", "tx", "intervention", "treatmentname", "drug"]),
    ("xi", &["event", "events", "r", "responders", "cases"]),
    ("ni", &["n", "total", "samplesize"]),
    ("ti", &["time", "persontime", "exposure", "personyears"]),
    ("mi", &["mean"]),
    ("sdi", &["sd", "stddev", "standarddeviation"]),
];

/// The most arms in a row.
const MOST: usize = 20;

/// The table with roles for columns that bear customary names, and a note that names them; the table itself where there are none.
///
/// Only roles that no column plays are looked for, and only where one name fits.
///
/// # Errors
///
/// If a role cannot be added.
pub(crate) fn with_customary_roles(table: &Table) -> Result<(Cow<'_, Table>, Option<String>)> {
    let known: Vec<(String, &str)> = table
        .names()
        .filter(|name| table.roles().role(name).is_none())
        .map(|name| (spelled(name), name))
        .collect();
    let mut found: Vec<(String, String)> = Vec::new();
    // a row holds one arm, or several with their numbers
    let arms = if plays(table, &known, "treatment", "") { vec![String::new()] } else { numbers() };
    for suffix in arms {
        for (role, names) in NAMES {
            let full = format!("{role}{suffix}");
            if table.role(&full).is_some() {
                continue;
            }
            let fits = |name: &str| known.iter().find(|(plain, _)| *plain == format!("{name}{suffix}"));
            // `t1`, `t2` are treatments if they hold words, and else may be times
            let words =
                |column: &str| table.numbers_and_faults(column).is_ok_and(|(_, faults)| !faults.is_empty());
            let lettered =
                || fits("t").filter(|(_, column)| role == "treatment" && !suffix.is_empty() && words(column));
            if let Some((_, column)) = names.iter().find_map(|name| fits(name)).or_else(lettered)
                && !found.iter().any(|(_, taken)| taken == column)
            {
                found.push((full, (*column).to_owned()));
            }
        }
    }
    // what names no treatment is no network
    if !found.iter().any(|(role, _)| role.starts_with("treatment")) && !named(table) || found.is_empty() {
        return Ok((Cow::Borrowed(table), None));
    }
    let pairs: Vec<String> = found.iter().map(|(role, column)| format!("{role} = {column}")).collect();
    let note = format!("columns read by customary names: {}", pairs.join(", "));
    let roles = found.iter().try_fold(table.roles().clone(), |roles, (role, name)| roles.with(role, name))?;
    Ok((Cow::Owned(table.clone().with_roles(roles)?), Some(note)))
}

fn numbers() -> Vec<String> {
    (1..=MOST).map(|number| number.to_string()).collect()
}

fn named(table: &Table) -> bool {
    table.role("treatment").is_some() || table.role("treatment1").is_some()
}

/// True if a column plays a role or bears a customary name of it.
fn plays(table: &Table, known: &[(String, &str)], role: &str, suffix: &str) -> bool {
    let names = NAMES.iter().find(|(own, _)| *own == role).map_or(&[][..], |(_, names)| names);
    let bears = |name: &&str| known.iter().any(|(plain, _)| *plain == format!("{name}{suffix}"));
    table.role(&format!("{role}{suffix}")).is_some()
        || table.role(&format!("{role}1")).is_none() && names.iter().any(bears)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Measure, network::NetworkData};

    #[test]
    fn contrasts_and_arms_with_names_of_other_programs() {
        let text = "studlab,treat1,treat2,TE,seTE\nA,a,b,0.2,0.1\nB,b,c,0.3,0.2\n";
        let table = Table::read(text.as_bytes(), "x.csv").unwrap();
        let network = NetworkData::new(Measure::Generic).table(&table).unwrap();
        assert_eq!(network.treatments, ["a", "b", "c"]);
        assert!(network.notes.iter().any(|note| note.contains("treatment1 = treat1")), "{:?}", network.notes);
        let text = "study,treatment,responders,sampleSize\nA,a,3,30\nA,b,5,30\n";
        let table = Table::read(text.as_bytes(), "x.csv").unwrap();
        let network = NetworkData::new(Measure::OddsRatio).table(&table).unwrap();
        assert_eq!(network.studies.len(), 1);
    }

    #[test]
    fn roles_that_are_played_stay() {
        let text = "study,treatment,xi,ni,event\nA,a,3,30,9\nA,b,5,30,9\n";
        let table = Table::read(text.as_bytes(), "x.csv").unwrap();
        let (same, note) = with_customary_roles(&table).unwrap();
        assert!(matches!(same, Cow::Borrowed(_)) && note.is_none());
    }
}
