//! The JSON Schema of requests, made from the options of the commands.
//!
//! One definition for each command: its options with the text of their help, their types, codes and defaults. What an option needs or
//! excludes is checked when a request is read, and is not in the schema. `x-default` is a default in the spelling of the command
//! line, `x-column` marks the options that name one column.

use std::any::TypeId;

use clap::{Arg, ArgAction, CommandFactory, builder::PossibleValue};
use serde_json::{Map, Value, json};

use super::json::{Words, is_path, key_of, options};

/// The schema of requests (JSON Schema, draft 2020-12).
pub fn request_schema() -> Value {
    let mut root = Words::command();
    root.build();
    let (mut commands, mut defs) = (Vec::new(), Map::new());
    collect(&root, "", &mut commands, &mut defs);
    defs.extend([
        ("table".to_owned(), table()),
        ("value".to_owned(), json!({ "type": ["string", "number", "boolean", "null"] })),
    ]);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A request to consilience",
        "oneOf": commands,
        "$defs": defs,
    })
}

/// The schema of a table.
fn table() -> Value {
    json!({
        "description": "A table in place of the name of its file: a list of values for each column, all of one length.",
        "type": "object",
        "additionalProperties": { "type": "array", "items": { "type": ["number", "string", "boolean", "null"] } }
    })
}

/// The schemas of a command's kinds, or its own.
fn collect(command: &clap::Command, path: &str, schemas: &mut Vec<Value>, defs: &mut Map<String, Value>) {
    let kinds = command.get_subcommands().filter(|kind| kind.get_name() != "help");
    if command.has_subcommands() {
        for kind in kinds {
            let path = if path.is_empty() {
                kind.get_name().to_owned()
            } else {
                format!("{path} {}", kind.get_name())
            };
            collect(kind, &path, schemas, defs);
        }
        return;
    }
    let mut properties = Map::new();
    properties.insert("command".to_owned(), json!({ "const": path }));
    let mut required = vec!["command".to_owned()];
    for arg in options(command) {
        let one = codes(arg).map(|codes| defined(codes, &key_of(arg), path, defs));
        properties.insert(key_of(arg), property(arg, one.unwrap_or_else(|| single(arg))));
        if arg.is_required_set() {
            required.push(key_of(arg));
        }
    }
    let mut schema = json!({
        "title": path,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if let (Some(about), Some(object)) = (command.get_about(), schema.as_object_mut()) {
        object.insert("description".to_owned(), json!(about.to_string()));
    }
    schemas.push(schema);
}

/// The schema of an option.
fn property(arg: &Arg, one: Value) -> Value {
    let repeated = matches!(arg.get_action(), ArgAction::Append);
    let mut schema = match (repeated, one) {
        (true, one) => json!({ "anyOf": [one, { "type": "array", "items": one }, { "type": "object" }] }),
        (false, Value::String(kind)) => json!({ "type": [kind, "null"] }),
        (false, one) => one,
    };
    if let Some(object) = schema.as_object_mut() {
        if let Some(help) = arg.get_help() {
            object.insert("description".to_owned(), json!(help.to_string()));
        }
        if names_a_column(arg) {
            object.insert("x-column".to_owned(), json!(true));
        }
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        if !defaults.is_empty() && !matches!(arg.get_action(), ArgAction::SetTrue) {
            object.insert("x-default".to_owned(), json!(defaults.join(",")));
        }
    }
    schema
}

/// True for an option that names one column.
fn names_a_column(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().any(|name| matches!(name.as_str(), "COLUMN" | "equal|COLUMN"))
}

/// The schema of the codes of an option that reads them by names: its codes, then their other names. Case and punctuation are
/// free. Codes that have a help text each are read as they stand, and have no such schema.
fn codes(arg: &Arg) -> Option<Value> {
    let known = arg.get_possible_values();
    if matches!(arg.get_action(), ArgAction::SetTrue) || known.iter().any(|code| code.get_help().is_some()) {
        return None;
    }
    let codes: Vec<&str> = known.iter().map(PossibleValue::get_name).collect();
    let names: Vec<&str> = known.iter().flat_map(|code| code.get_name_and_aliases().skip(1)).collect();
    let first = codes.first()?;
    let mut kinds = vec!["string", "null"];
    // `true` and `false` are `yes` and `no`, or set an option that may stand without a value.
    if *first == "yes" || may_be_bare(arg) {
        kinds.push("boolean");
    }
    if codes.iter().any(|code| code.parse::<f64>().is_ok()) {
        kinds.push("number");
    }
    let mut kinds = vec![json!({ "type": kinds, "description": "Whatever the case and punctuation." })];
    if !names.is_empty() {
        kinds.insert(0, json!({ "enum": names, "description": "Other names." }));
    }
    kinds.insert(0, json!({ "enum": codes }));
    Some(json!({ "anyOf": kinds }))
}

/// Codes under a name of their own, to which all options refer that have them.
fn defined(codes: Value, key: &str, path: &str, defs: &mut Map<String, Value>) -> Value {
    let known = defs.iter().find(|(_, known)| **known == codes).map(|(name, _)| name.clone());
    let name = known.unwrap_or_else(|| {
        let free = !defs.contains_key(key);
        let name = if free { key.to_owned() } else { format!("{key}-{}", path.replace(' ', "-")) };
        defs.insert(name.clone(), codes);
        name
    });
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn may_be_bare(arg: &Arg) -> bool {
    arg.get_num_args().is_some_and(|range| range.min_values() == 0)
}

fn single(arg: &Arg) -> Value {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return json!({ "type": ["boolean", "null"] });
    }
    let kind = arg.get_value_parser().type_id();
    let is = |types: &[TypeId]| types.iter().any(|one| kind == *one);
    if is_path(arg) {
        return json!({ "anyOf": [{ "type": ["string", "null"] }, { "$ref": "#/$defs/table" }] });
    }
    if is(&[TypeId::of::<f64>()]) && !may_be_bare(arg) {
        return json!({ "type": ["number", "string", "null"] });
    }
    if is(&[TypeId::of::<f64>()]) {
        return json!({ "type": ["number", "string", "boolean", "null"] });
    }
    if is(&[TypeId::of::<usize>(), TypeId::of::<u64>(), TypeId::of::<u32>(), TypeId::of::<i32>()]) {
        return json!({ "type": ["integer", "string", "boolean", "null"] });
    }
    let codes: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !codes.is_empty() {
        return json!({ "enum": codes });
    }
    // Texts may be given as lists and objects, whose parts are joined as on the command line.
    json!({ "type": ["string", "number", "boolean", "array", "object", "null"] })
}
