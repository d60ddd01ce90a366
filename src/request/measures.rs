//! `measures` and `roles`: the effect measures, and the columns that each is computed from.

use serde::Serialize;

use crate::{
    Measure, Result,
    effect::VarianceType,
    report::{Align, Grid},
    request::{
        Answer, Format,
        args::{MeasuresArgs, RolesArgs},
        json,
    },
};

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Entry {
    code: &'static str,
    name: &'static str,
    label: &'static str,
    roles: String,
}

impl Entry {
    fn of(measure: Measure) -> Self {
        let sets = measure.role_sets(VarianceType::default());
        let sets: Vec<String> = sets.iter().map(|set| format!("`{}`", set.needed.join(" "))).collect();
        Entry {
            code: measure.code(),
            name: measure.name(),
            label: measure.display_label(),
            roles: sets.join(" or "),
        }
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct List {
    measures: Vec<Entry>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer::<List>("measures");
    schemas.answer::<Entry>("roles");
}

/// All measures whose code, name, label or columns hold the text.
pub fn run(args: &MeasuresArgs) -> Result<Answer> {
    let wanted = args.containing.as_deref().unwrap_or_default().to_lowercase();
    let holds = |entry: &Entry| {
        [entry.code, entry.name, entry.label, &entry.roles]
            .iter()
            .any(|text| text.to_lowercase().contains(&wanted))
    };
    let measures = Measure::ALL.iter().map(|&measure| Entry::of(measure)).filter(holds).collect();
    let list = List { measures };
    Ok(Answer::new("measures", move |how| {
        Ok(match how.format {
            Format::Json => json("measures", &list)?,
            Format::Csv => grid(&list.measures).to_csv(),
            Format::Markdown => grid(&list.measures).to_markdown(),
            Format::Text => grid(&list.measures).to_text(),
        })
    }))
}

/// The columns of one measure.
pub fn roles(args: &RolesArgs) -> Result<Answer> {
    let entry = Entry::of(args.measure);
    Ok(Answer::new("roles", move |how| {
        Ok(match how.format {
            Format::Json => json("roles", &entry)?,
            Format::Csv => grid(std::slice::from_ref(&entry)).to_csv(),
            Format::Markdown => grid(std::slice::from_ref(&entry)).to_markdown(),
            Format::Text => format!(
                "{} ({}, {})\n\nColumns: {}\nInstead of them, ready-made effects `yi` with `vi` or `sei`.\n\
                 A column named otherwise is mapped with --columns ROLE=NAME.\n",
                entry.label, entry.code, entry.name, entry.roles
            ),
        })
    }))
}

fn grid(entries: &[Entry]) -> Grid {
    let mut grid = Grid::new(["code", "name", "label", "roles"].map(|name| (name, Align::Left)));
    for entry in entries {
        grid.row([entry.code, entry.name, entry.label, &entry.roles]);
    }
    grid
}
