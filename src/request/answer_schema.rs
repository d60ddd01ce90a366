//! The JSON Schema of answers, made from the types that are written.
//!
//! A result has a definition, named for its command. An answer is a result with the keys that all answers have (the command, what
//! was read), or the results for the levels of a column (`--by`). Other keys are not allowed, and keys that are always there are
//! required; what was not asked for or does not exist is `null`. JSON has no infinite numbers: `not_finite` tells the places
//! where an answer has `null` for one although its schema says number.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    answer::Origin, bias, convert, economics, effects, explain, glmm, influence, measures, multilevel,
    network, pool, regress, reproduce,
};

/// The schema of answers (JSON Schema, draft 2020-12).
pub fn answer_schema() -> Value {
    let mut schemas = Schemas::new();
    effects::schema(&mut schemas);
    pool::schema(&mut schemas);
    regress::schema(&mut schemas);
    glmm::schema(&mut schemas);
    multilevel::schema(&mut schemas);
    network::schema(&mut schemas);
    influence::schema(&mut schemas);
    bias::schema(&mut schemas);
    economics::schema(&mut schemas);
    convert::schema(&mut schemas);
    reproduce::schema(&mut schemas);
    measures::schema(&mut schemas);
    explain::schema(&mut schemas);
    schemas.finish()
}

/// The schemas of results, as the commands tell them.
pub(super) struct Schemas {
    generator: SchemaGenerator,
    results: Map<String, Value>,
    answers: Vec<Value>,
    /// Commands that divide their data, each with the definitions of its results.
    divided: Vec<(&'static str, Vec<Value>)>,
}

impl Schemas {
    fn new() -> Self {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        Schemas { generator, results: Map::new(), answers: Vec::new(), divided: Vec::new() }
    }

    /// The answer of a command, whose title begins with the command.
    pub fn answer<T: JsonSchema>(&mut self, title: &'static str) {
        let mut result = T::json_schema(&mut self.generator).to_value();
        close(&mut result, true);
        let name = title.replace(' ', "_");
        self.answers.push(json!({
            "title": title,
            "$ref": format!("#/$defs/{name}"),
            "type": "object",
            "properties": {
                "command": { "const": command(title) },
                "consilience": self.generator.subschema_for::<Origin<'_>>(),
                "not_finite": not_finite(),
            },
            "required": ["command", "consilience"],
            "unevaluatedProperties": false,
        }));
        self.results.insert(name, result);
    }

    /// The answer of a command that can be done for each level of a column; `kind` is its path in a request.
    pub fn answer_by_level<T: JsonSchema>(&mut self, kind: &'static str, title: &'static str) {
        self.answer::<T>(title);
        let one = json!({
            "$ref": format!("#/$defs/{}", title.replace(' ', "_")),
            "type": "object",
            "properties": { "value": { "type": "string" }, "not_finite": not_finite() },
            "required": ["value"],
            "unevaluatedProperties": false,
        });
        match self.divided.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, results)) => results.push(one),
            None => self.divided.push((kind, vec![one])),
        }
    }

    fn finish(mut self) -> Value {
        let origin = self.generator.subschema_for::<Origin<'_>>();
        for (kind, results) in self.divided {
            self.answers.push(json!({
                "title": format!("{kind} by level"),
                "description": "One analysis for each level of a column.",
                "type": "object",
                "properties": {
                    "command": { "const": command(kind) },
                    "consilience": origin,
                    "by": { "type": "string" },
                    "analyses": { "type": "array", "items": { "anyOf": results } },
                    "failed": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": { "value": { "type": "string" }, "error": { "type": "string" } },
                            "required": ["value", "error"],
                            "additionalProperties": false,
                        },
                    },
                    "notes": { "type": "array", "items": { "type": "string" } },
                },
                "required": ["command", "consilience", "by", "analyses", "failed", "notes"],
                "additionalProperties": false,
            }));
        }
        let mut definitions = self.generator.take_definitions(true);
        definitions.values_mut().for_each(|schema| close(schema, false));
        definitions.extend(self.results);
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "An answer of consilience",
            "description": "What a command says as JSON: its result, and what was read.",
            "oneOf": self.answers,
            "$defs": definitions,
        })
    }
}

/// The command that an answer names, which is the first word of a kind or title.
fn command(title: &str) -> &str {
    title.split(' ').next().unwrap_or(title)
}

fn not_finite() -> Value {
    json!({
        "description": "The places of numbers that are not finite, which JSON writes as null.",
        "type": "array",
        "items": { "type": "string" },
    })
}

/// Allows no other keys than those named, except in a schema that is a part of another (`open`), and leaves out the widths of
/// numbers.
fn close(schema: &mut Value, open: bool) {
    let Some(keys) = schema.as_object_mut() else {
        return schema.as_array_mut().into_iter().flatten().for_each(|one| close(one, open));
    };
    keys.remove("format");
    if let Some(required) = keys.get_mut("required").and_then(Value::as_array_mut) {
        required.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        required.dedup();
    }
    let object = keys.contains_key("properties");
    let composed = ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|key| keys.contains_key(*key));
    if object && !open {
        let key = if composed { "unevaluatedProperties" } else { "additionalProperties" };
        keys.entry(key).or_insert(json!(false));
    }
    for (key, within) in keys.iter_mut() {
        match key.as_str() {
            "properties" => {
                within.as_object_mut().into_iter().flatten().for_each(|(_, one)| close(one, false))
            }
            "allOf" | "anyOf" | "oneOf" => close(within, open || object),
            "items" | "prefixItems" | "additionalProperties" => close(within, false),
            _ => {}
        }
    }
}
