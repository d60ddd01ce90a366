//! Checks values against the parts of JSON Schema that the schemas of requests and answers use.

use std::path::PathBuf;

use serde_json::Value;

/// A schema that ships.
pub fn shipped(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/schema").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The first place where a value is not as a schema says; `None` if it is.
pub fn fault(schema: &Value, root: &Value, value: &Value) -> Option<String> {
    match schema {
        Value::Bool(allowed) => (!allowed).then(|| ": not allowed".to_owned()),
        Value::Object(keys) => keys.iter().find_map(|(key, says)| broken(key, says, schema, root, value)),
        other => panic!("{other} is no schema"),
    }
}

/// The fault of a value by one key of a schema.
fn broken(key: &str, says: &Value, schema: &Value, root: &Value, value: &Value) -> Option<String> {
    let wrong = |is_wrong: bool| is_wrong.then(|| format!(": {value:.80} is not as {key} says: {says:.120}"));
    match key {
        "$ref" => fault(root.pointer(says.as_str()?.strip_prefix('#')?).unwrap(), root, value),
        "allOf" => says.as_array()?.iter().find_map(|one| fault(one, root, value)),
        "anyOf" | "oneOf" => one_of(key, says.as_array()?, root, value),
        "enum" => wrong(!says.as_array()?.contains(value)),
        "const" => wrong(says != value),
        "type" => {
            let kinds = says.as_array().map_or(std::slice::from_ref(says), Vec::as_slice);
            wrong(!kinds.iter().any(|kind| is(kind.as_str().unwrap(), value)))
        }
        "minimum" => wrong(value.as_f64()? < says.as_f64()?),
        "maximum" => wrong(value.as_f64()? > says.as_f64()?),
        "minItems" => wrong((value.as_array()?.len() as u64) < says.as_u64()?),
        "maxItems" => wrong(value.as_array()?.len() as u64 > says.as_u64()?),
        "prefixItems" => first(says.as_array()?.iter().zip(value.as_array()?), root),
        "items" => {
            let before = schema["prefixItems"].as_array().map_or(0, Vec::len);
            first(value.as_array()?.iter().skip(before).map(|item| (says, item)), root)
        }
        "required" => {
            let object = value.as_object()?;
            let missing = says.as_array()?.iter().find(|key| !object.contains_key(key.as_str().unwrap()));
            missing.map(|key| format!(": {key} is missing"))
        }
        "properties" => says
            .as_object()?
            .iter()
            .find_map(|(key, one)| fault(one, root, value.get(key)?).map(|fault| format!(".{key}{fault}"))),
        "additionalProperties" => value.as_object()?.iter().find_map(|(key, member)| {
            let named = schema["properties"].get(key).is_some();
            (!named).then(|| fault(says, root, member))?.map(|fault| format!(".{key}{fault}"))
        }),
        "$schema" | "$defs" | "title" | "description" | "x-default" | "x-column" => None,
        other => panic!("{other} is not checked"),
    }
}

/// The fault of the first pair of a schema and a value that has one, with its place in the list.
fn first<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>, root: &Value) -> Option<String> {
    pairs
        .enumerate()
        .find_map(|(at, (one, item))| fault(one, root, item).map(|fault| format!(".{at}{fault}")))
}

/// The faults by every alternative that is for the same command, if not one (`oneOf`: exactly one) is without fault.
fn one_of(key: &str, alternatives: &[Value], root: &Value, value: &Value) -> Option<String> {
    let faults: Vec<Option<String>> = alternatives.iter().map(|one| fault(one, root, value)).collect();
    match faults.iter().filter(|fault| fault.is_none()).count() {
        0 => {
            let told: Vec<String> = faults.into_iter().flatten().collect();
            let near = told.iter().map(String::as_str).filter(|fault| !fault.starts_with(".command"));
            Some(format!(": none of {} alternatives: {}", told.len(), near.collect::<Vec<_>>().join("; ")))
        }
        1 => None,
        several => (key == "oneOf").then(|| format!(": {several} alternatives")),
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
