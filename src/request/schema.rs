//! The JSON Schema of requests, made from the options of the commands.
//!
//! One definition for each command: its options with the text of their help, their types, codes and defaults. What an option needs or
//! excludes is checked when a request is read, and is not in the schema. `x-default` is a default in the spelling of the command
//! line, `x-column` marks the options that name one column.

use std::any::TypeId;

use clap::{Arg, ArgAction, CommandFactory};
use serde_json::{Map, Value, json};

use super::json::{Words, is_path, key_of, options};

/// The schema of requests (JSON Schema, draft 2020-12).
pub fn request_schema() -> Value {
    let mut root = Words::command();
    root.build();
    let mut commands = Vec::new();
    collect(&root, "", &mut commands);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A request to consilience",
        "oneOf": commands,
        "$defs": {
            "table": {
                "description": "A table in place of the name of its file: a list of values for each column, all of one length.",
                "type": "object",
                "additionalProperties": { "type": "array", "items": { "type": ["number", "string", "boolean", "null"] } }
            },
            "value": { "type": ["string", "number", "boolean", "null"] }
        }
    })
}

/// The schemas of a command's kinds, or its own.
fn collect(command: &clap::Command, path: &str, schemas: &mut Vec<Value>) {
    let kinds = command.get_subcommands().filter(|kind| kind.get_name() != "help");
    if command.has_subcommands() {
        for kind in kinds {
            let path = if path.is_empty() {
                kind.get_name().to_owned()
            } else {
                format!("{path} {}", kind.get_name())
            };
            collect(kind, &path, schemas);
        }
        return;
    }
    let mut properties = Map::new();
    properties.insert("command".to_owned(), json!({ "const": path }));
    let mut required = vec!["command".to_owned()];
    for arg in options(command) {
        properties.insert(key_of(arg), property(arg));
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
fn property(arg: &Arg) -> Value {
    let one = single(arg);
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

fn single(arg: &Arg) -> Value {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return json!({ "type": ["boolean", "null"] });
    }
    let kind = arg.get_value_parser().type_id();
    let is = |types: &[TypeId]| types.iter().any(|one| kind == *one);
    if is_path(arg) {
        return json!({ "anyOf": [{ "type": ["string", "null"] }, { "$ref": "#/$defs/table" }] });
    }
    let may_be_bare = arg.get_num_args().is_some_and(|range| range.min_values() == 0);
    if is(&[TypeId::of::<f64>()]) && !may_be_bare {
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
