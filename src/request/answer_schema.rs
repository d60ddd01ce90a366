//! The JSON Schema of answers, made from the types that are written.
//!
//! An answer is a result with the keys that all answers have (the command, what was read), or the results for the levels of a
//! column (`--by`). No other keys are allowed, and keys that are always there are required; what was not asked for or does not
//! exist is `null`. JSON has no infinite numbers: `not_finite` tells the places where an answer has `null` for one although its
//! schema says number.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

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
    answers: Vec<Value>,
    /// Commands that divide their data, each with the schemas of its results.
    divided: Vec<(&'static str, Vec<Value>)>,
}

impl Schemas {
    fn new() -> Self {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        Schemas { generator, answers: Vec::new(), divided: Vec::new() }
    }

    /// The answer of a command, whose title begins with the command.
    pub fn answer<T: JsonSchema>(&mut self, title: &'static str) {
        let result = T::json_schema(&mut self.generator).to_value();
        self.titled(title, result);
    }

    fn titled(&mut self, title: &str, result: Value) {
        let origin = self.generator.subschema_for::<Origin<'_>>().to_value();
        let own = [("command", json!({ "const": command(title) })), ("consilience", origin)];
        let mut answer = with_keys(result, own);
        if let Some(keys) = answer.as_object_mut() {
            keys.insert("title".to_owned(), json!(title));
        }
        self.answers.push(answer);
    }

    /// The answer of a command that can be done for each level of a column; `kind` is its path in a request.
    pub fn answer_by_level<T: JsonSchema>(&mut self, kind: &'static str, title: &'static str) {
        self.answer::<T>(title);
        let result = T::json_schema(&mut self.generator).to_value();
        let one = with_keys(result, [("value", json!({ "type": "string" }))]);
        match self.divided.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, results)) => results.push(one),
            None => self.divided.push((kind, vec![one])),
        }
    }

    fn finish(mut self) -> Value {
        for (kind, results) in std::mem::take(&mut self.divided) {
            let one = |key: &str| {
                json!({ "type": "object", "properties": { "value": { "type": "string" }, key: { "type": "string" } },
                "required": ["value", key] })
            };
            let texts = json!({ "type": "array", "items": { "type": "string" } });
            let analysis =
                if let [only] = results.as_slice() { only.clone() } else { json!({ "oneOf": results }) };
            let divided = json!({
                "description": "One analysis for each level of a column",
                "type": "object",
                "properties": {
                    "by": { "type": "string" },
                    "analyses": { "type": "array", "items": analysis },
                    "failed": { "type": "array", "items": one("error") },
                    "notes": texts,
                },
                "required": ["by", "analyses", "failed", "notes"],
            });
            self.titled(&format!("{kind} by level"), divided);
        }
        let definitions = self.generator.take_definitions(true);
        let mut schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "An answer of consilience",
            "description": "What a command says as JSON: its result, and what was read.",
            "oneOf": self.answers,
            "$defs": definitions,
        });
        close(&mut schema, false);
        schema
    }
}

/// The schema of a result with further keys, which are required, and with the places of numbers that are not finite.
fn with_keys<const N: usize>(mut result: Value, own: [(&str, Value); N]) -> Value {
    let Some(keys) = result.as_object_mut() else { return result };
    let properties = keys.entry("properties").or_insert_with(|| json!({}));
    if let Some(properties) = properties.as_object_mut() {
        properties.extend(own.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())));
        properties.insert(
            "not_finite".to_owned(),
            json!({
                "description": "The places of numbers that are not finite, which JSON writes as null",
                "type": "array",
                "items": { "type": "string" },
            }),
        );
    }
    let required = keys.entry("required").or_insert_with(|| json!([]));
    if let Some(required) = required.as_array_mut() {
        required.extend(own.iter().map(|(key, _)| json!(key)));
    }
    result
}

/// The command that an answer names, which is the first word of a kind or title.
fn command(title: &str) -> &str {
    title.split(' ').next().unwrap_or(title)
}

/// Allows no other keys than those named, except in a schema that is a part of another (`open`), and leaves out the widths of
/// numbers and what a reader would assume for a key that is not there.
fn close(schema: &mut Value, open: bool) {
    let Some(keys) = schema.as_object_mut() else {
        return schema.as_array_mut().into_iter().flatten().for_each(|one| close(one, open));
    };
    for key in ["format", "default"] {
        keys.remove(key);
    }
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
            "properties" | "$defs" => {
                within.as_object_mut().into_iter().flatten().for_each(|(_, one)| close(one, false))
            }
            "allOf" | "anyOf" | "oneOf" => close(within, open || object),
            "items" | "prefixItems" | "additionalProperties" => close(within, false),
            _ => {}
        }
    }
}
