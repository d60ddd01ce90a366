//! Any bytes as a table and any text as a choice of its rows: sound effects of the rows that are there, or refused.

use consilience::Measure;
use consilience::effect::{Studies, StudyOptions};
use consilience::table::{Assignment, Choice, Condition, Roles, Table};

/// A measure, then lines with a condition, an assignment and roles, then the table.
pub fn run(bytes: &[u8]) {
    let Some((measure, bytes)) = bytes.split_first() else { return };
    let mut lines = bytes.splitn(4, |byte| *byte == b'\n');
    let mut text = || std::str::from_utf8(lines.next().unwrap_or_default()).unwrap_or_default();
    let (condition, assignment, roles) = (text(), text(), text());
    let bytes = lines.next().unwrap_or_default();
    let _ = condition.parse::<Condition>();
    let _ = assignment.parse::<Assignment>();
    let Ok(table) = Table::read(bytes, "fuzz") else { return };
    let table = match roles.parse::<Roles>() {
        Ok(roles) => table.clone().with_roles(roles).unwrap_or(table),
        Err(_) => table,
    };
    let mut choice = Choice::new();
    if let Ok(chosen) = choice.clone().set(assignment) {
        choice = chosen;
    }
    if let Ok(chosen) = choice.clone().filter(condition) {
        choice = chosen;
    }
    let table = choice.apply(table.clone()).unwrap_or(table);
    let measure = Measure::ALL[usize::from(*measure) % Measure::ALL.len()];
    let Ok(studies) = Studies::from_table(table, &StudyOptions::new(measure)) else { return };
    assert_eq!(studies.complete.len(), studies.outcomes.len());
    if let Ok((effects, rows)) = studies.effects() {
        assert_eq!(effects.len(), rows.len());
        assert!(effects.vi().iter().all(|v| v.is_finite() && *v > 0.0));
    }
}
