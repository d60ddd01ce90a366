//! Any bytes as a table and any text as a choice of its rows: sound effects of the rows that are there, or refused.
#![no_main]

use consilience::Measure;
use consilience::effect::{Studies, StudyOptions};
use consilience::table::{Assignment, Choice, Condition, Roles, Table};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &str, &[u8], u8)| {
    let (condition, assignment, roles, bytes, measure) = input;
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
    let measure = Measure::ALL[usize::from(measure) % Measure::ALL.len()];
    let Ok(studies) = Studies::from_table(table, &StudyOptions::new(measure)) else { return };
    assert_eq!(studies.complete.len(), studies.outcomes.len());
    if let Ok((effects, rows)) = studies.effects() {
        assert_eq!(effects.len(), rows.len());
        assert!(effects.vi().iter().all(|v| v.is_finite() && *v > 0.0));
    }
});
