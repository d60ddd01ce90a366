//! `--connect` and `--pairs-only`: the data without a model.

use serde::Serialize;
use serde_json::{Value, json as value};

use super::{
    estimates::{self, StudyPair},
    rows::{BridgeRow, ConnectivityPart},
};
use crate::{
    Result,
    network::{ArmData, DataShape, Network},
    report::{Align, Grid},
    request::{Answer, Format, args::NetworkArgs, json},
    table::Table,
};

/// A row of data by the names of its columns.
#[cfg(feature = "schema")]
type Cells = std::collections::BTreeMap<String, Option<crate::table::Value>>;

/// The data in another shape.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Converted {
    pairs: Option<Vec<StudyPair>>,
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Cells>>"))]
    arms: Option<Vec<Value>>,
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Cells>>"))]
    wide: Option<Vec<Value>>,
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Cells>>"))]
    baseline: Option<Vec<Value>>,
    connectivity: Option<ConnectivityPart>,
    notes: Vec<String>,
}

pub fn run(args: &NetworkArgs, table: &Table) -> Result<Answer> {
    let network = super::network(&args.data, args, table)?;
    let mut converted = Converted {
        pairs: None,
        arms: None,
        wide: None,
        baseline: None,
        connectivity: args.parts.connect.then(|| connectivity(&network)),
        notes: network.notes.clone(),
    };
    let grid = if args.parts.pairs_only {
        converted_data(args, &network, &mut converted)?
    } else if let Some(shape) = &args.parts.as_shape {
        return Err(super::belongs_to(&format!("--as {shape}"), "--pairs-only"));
    } else {
        subnetworks(&network)
    };
    let lines = if args.parts.connect { connection_lines(&network) } else { String::new() };
    Ok(Answer::new("network", move |how| {
        let notes: String = converted.notes.iter().map(|note| format!("\n- {note}")).collect();
        Ok(match how.format {
            Format::Json => json("network", &converted)?,
            Format::Csv => grid.to_csv(),
            Format::Markdown => format!("{}\n{lines}{notes}\n", grid.to_markdown()),
            Format::Text => format!("{}\n{lines}{notes}\n", grid.to_text()),
        })
    }))
}

/// The data in the shape that was asked for.
fn converted_data(args: &NetworkArgs, network: &Network, converted: &mut Converted) -> Result<Grid> {
    match args.parts.as_shape.unwrap_or(DataShape::Contrasts) {
        DataShape::Contrasts => {
            let pairs = estimates::pairs(network);
            let grid = pairs_grid(&pairs);
            converted.pairs = Some(pairs);
            Ok(grid)
        }
        DataShape::Arms => {
            note_even_splits(network, &mut converted.notes);
            let rows: Vec<Value> = network
                .arm_rows()?
                .iter()
                .map(|row| {
                    let mut cells = value!({"study": row.study, "treatment": row.treatment});
                    merge(&mut cells, row.data.map_or(Value::Null, arm_cells));
                    cells
                })
                .collect();
            let grid = values_grid(&rows);
            converted.arms = Some(rows);
            Ok(grid)
        }
        DataShape::Wide => {
            note_even_splits(network, &mut converted.notes);
            let rows = wide_rows(network)?;
            let grid = values_grid(&rows);
            converted.wide = Some(rows);
            Ok(grid)
        }
        DataShape::Baseline => {
            let rows: Vec<Value> = network
                .baseline_rows()?
                .iter()
                .map(|row| {
                    value!({
                        "study": row.study, "treatment": row.treatment, "yi": row.estimate,
                        "sei": row.variance.map(f64::sqrt), "ni": row.size,
                    })
                })
                .collect();
            let grid = values_grid(&rows);
            converted.baseline = Some(rows);
            Ok(grid)
        }
    }
}

/// Studies of two arms that were given by their contrast have no variances of their arms.
fn note_even_splits(network: &Network, notes: &mut Vec<String>) {
    let contrast_alone = |study: &crate::network::Study| {
        study.arms.len() == 2 && study.arms.iter().all(|a| matches!(a.data, ArmData::Contrast { .. }))
    };
    if network.studies.iter().any(contrast_alone) {
        notes.push(
            "a study of two arms that was given by its contrast is split evenly, which changes no contrast"
                .to_owned(),
        );
    }
}

/// A row for each study, with the number of the arm behind the name of every column.
fn wide_rows(network: &Network) -> Result<Vec<Value>> {
    let arms = network.arm_rows()?;
    let mut arms = arms.iter();
    let mut rows = Vec::with_capacity(network.studies.len());
    for study in &network.studies {
        let mut cells = value!({"study": study.label});
        for (at, arm) in arms.by_ref().take(study.arms.len()).enumerate() {
            let number = at + 1;
            let mut own = serde_json::Map::new();
            own.insert(format!("treatment{number}"), value!(arm.treatment));
            if let Value::Object(data) = arm.data.map_or(Value::Null, arm_cells) {
                own.extend(data.into_iter().map(|(name, cell)| (format!("{name}{number}"), cell)));
            }
            merge(&mut cells, Value::Object(own));
        }
        rows.push(cells);
    }
    Ok(rows)
}

fn arm_cells(data: ArmData) -> Value {
    match data {
        ArmData::Events { events, size } => value!({"xi": events, "ni": size}),
        ArmData::Rate { events, time } => value!({"xi": events, "ti": time}),
        ArmData::Mean { mean, sd, size } => value!({"mi": mean, "sdi": sd, "ni": size}),
        ArmData::Value { estimate, variance } => value!({"yi": estimate, "vi": variance}),
        ArmData::Contrast { size, events } => value!({"xi": events, "ni": size}),
    }
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// The columns: the study, then for each arm (if a row holds several) the treatment and its data as they come.
fn values_grid(rows: &[Value]) -> Grid {
    let mut names: Vec<String> = Vec::new();
    for key in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
        if !names.contains(key) {
            names.push(key.clone());
        }
    }
    let place = |name: &String| {
        let kind = if name == "study" { 0 } else { 1 + usize::from(!name.starts_with("treatment")) };
        let number: usize = name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
        (if kind == 0 { 0 } else { number }, kind)
    };
    names.sort_by_key(place);
    let mut grid = Grid::new(names.iter().map(|name| (name.as_str(), Align::Left)));
    for row in rows {
        grid.row(names.iter().map(|name| match row.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }));
    }
    grid
}

fn pairs_grid(pairs: &[StudyPair]) -> Grid {
    let names = [
        "study",
        "intervention",
        "comparator",
        "yi",
        "vi",
        "sei",
        "n_intervention",
        "n_comparator",
        "residual",
    ];
    let mut grid = Grid::new(names.map(|name| (name, Align::Left)));
    let text = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    for pair in pairs {
        grid.row([
            pair.study.clone(),
            pair.intervention.clone(),
            pair.comparator.clone(),
            pair.yi.to_string(),
            pair.vi.to_string(),
            pair.sei.to_string(),
            text(pair.n_intervention),
            text(pair.n_comparator),
            pair.residual.to_string(),
        ]);
    }
    grid
}

/// The connections of the treatments, as the JSON has them.
fn connectivity(network: &Network) -> ConnectivityPart {
    let c = network.connectivity();
    let bridges = c.bridges.into_iter();
    ConnectivityPart {
        subnetworks: c.subnetworks,
        distance: c.distance,
        bridges: bridges.map(|[intervention, comparator]| BridgeRow { intervention, comparator }).collect(),
        articulation: c.articulation,
    }
}

fn subnetworks(network: &Network) -> Grid {
    let mut grid =
        Grid::new([("subnetwork", Align::Right), ("studies", Align::Right), ("treatments", Align::Left)]);
    for (at, part) in network.subnetworks().iter().enumerate() {
        grid.row([(at + 1).to_string(), part.k.to_string(), part.treatments.join(", ")]);
    }
    grid
}

fn connection_lines(network: &Network) -> String {
    let c = network.connectivity();
    let list = |names: Vec<String>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let bridges = c.bridges.iter().map(|[a, b]| format!("{a} - {b}")).collect();
    format!(
        "Comparisons without which the network falls apart: {}\nTreatments without which it falls apart: {}\n",
        list(bridges),
        list(c.articulation.clone())
    )
}
