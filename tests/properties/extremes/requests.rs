//! Requests made from the schema: any command with its required options and some of the others, on small tables with extreme
//! values. Whatever is answered is written in every format, and its JSON holds no number that is none.

use std::sync::OnceLock;

use consilience::request::{Format, NoFiles, Rendering, ReportFormat, Request};
use serde_json::{Map, Value, json};

use super::numbers::Random;
use super::watch::{Hidden, Judge};

/// The commands of the schema, with their options.
fn commands() -> &'static [Value] {
    static COMMANDS: OnceLock<Vec<Value>> = OnceLock::new();
    COMMANDS.get_or_init(|| {
        let schema: Value = serde_json::from_str(include_str!("../../../docs/schema/request.json")).unwrap();
        schema["oneOf"].as_array().unwrap().clone()
    })
}

pub fn one(random: &mut Random, judge: &mut Judge) {
    let command = &commands()[random.below(commands().len())];
    let properties = command["properties"].as_object().unwrap();
    let name = properties["command"]["const"].as_str().unwrap();
    let mut request = Map::new();
    request.insert("command".to_owned(), json!(name));
    for key in command["required"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .filter(|key| *key != "command")
    {
        request.insert(key.to_owned(), required(random, name, key, &properties[key]));
    }
    if properties.contains_key("measure") && !request.contains_key("measure") && random.chance(0.8) {
        request.insert(
            "measure".to_owned(),
            json!(random.pick(&["RR", "OR", "SMD", "MD", "GEN", "RD", "COR", "PR", "IRR"])),
        );
    }
    let names: Vec<&String> = properties.keys().filter(|key| !request.contains_key(*key)).collect();
    let most = if names.is_empty() { 0 } else { random.below(4) };
    for _ in 0..most {
        let key = names[random.below(names.len())];
        request.insert(key.clone(), optional(random, key, &properties[key]));
    }
    answer(judge, name, &Value::Object(request));
}

fn answer(judge: &mut Judge, name: &str, request: &Value) {
    let read = Request::from_json(request).map(Hidden);
    let Some(Hidden(read)) = judge.result(name, read) else { return };
    let Some(Hidden(answer)) = judge.result(name, read.run(&NoFiles).map(Hidden)) else { return };
    for format in [Format::Json, Format::Text, Format::Csv, Format::Markdown] {
        let Some(Some(text)) = judge.result(name, answer.render(Rendering::new(format))) else { continue };
        if format == Format::Json {
            match serde_json::from_str::<Value>(&text) {
                Err(_) => {
                    judge.fault(format!("{name}: no JSON: {}", text.chars().take(80).collect::<String>()))
                }
                Ok(value) => {
                    if let Some(places) = value.get("not_finite") {
                        judge.fault(format!("{name}: not finite: {places} of {request}"));
                    }
                }
            }
        } else {
            judge.sound(&format!("{name} as {format:?}"), &Written(&text));
        }
        if text.chars().any(|c| matches!(c, '\u{1b}' | '\u{7}' | '\u{202e}')) && format != Format::Csv {
            judge.fault(format!("{name} as {format:?}: a character acts on the terminal"));
        }
    }
    for figure in &answer.figures {
        if let Some(scene) = judge.result(name, figure.scene()) {
            judge.sound(name, &Written(&scene.to_svg()));
        }
    }
    if answer.is_report() {
        judge.result(name, answer.report(ReportFormat::Html));
    }
}

/// Text that is looked into as it is.
struct Written<'a>(&'a str);

impl std::fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// A value of an option that a command must have.
fn required(random: &mut Random, command: &str, key: &str, schema: &Value) -> Value {
    match key {
        "data" | "file" | "at_risk" | "costs" | "effects" | "parameters" if takes_table(schema) => {
            table(random, command, key)
        }
        "mods" => json!(random.pick(&["x", "x + y", "g", "x * g", "poly(x, 2)"])),
        "wtp" => json!(random.pick(&["0:20000:5000", "20000", "1e300", "0"])),
        "intervention" => json!("a"),
        "comparator" => json!("b"),
        "of" => json!("p"),
        "from" => json!(random.pick(&["smd", "log-or", "r", "z"])),
        "to" => json!(random.pick(&["log-or", "smd", "z", "r"])),
        "states" => json!("well,dead"),
        "transitions" => json!("0.9,0.1,0,1"),
        "cycles" => json!(1 + random.below(40)),
        "sizes" => json!("10,100,1000"),
        "measure" => json!("RR"),
        "values" => json!("0.1,0.5"),
        "effect" => json!("0.8"),
        "outcome" => json!("continuous"),
        "base" | "same" => json!("0"),
        _ => number(random),
    }
}

fn takes_table(schema: &Value) -> bool {
    schema["anyOf"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind.get("$ref").is_some()))
}

fn number(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!(random.finite()),
        1 => json!(random.uniform()),
        _ => json!(random.below(20)),
    }
}

/// A value of any other option: a word of its description, its default, a number, a column, or what it never expected.
fn optional(random: &mut Random, key: &str, schema: &Value) -> Value {
    let types: Vec<&str> =
        schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    // What takes long by design stays short.
    let counts =
        ["bootstrap", "permute", "gosh", "power", "subsets", "draws", "replicates", "iterations", "simulate"];
    if counts.iter().any(|count| key.contains(count)) {
        return json!(20 + random.below(30));
    }
    if types.first() == Some(&"boolean") {
        return json!(true);
    }
    if types.first() == Some(&"number") || types.first() == Some(&"integer") {
        return if random.chance(0.5) { number(random) } else { json!(90) };
    }
    match random.below(8) {
        0 => number(random),
        1 => json!(random.text()),
        2 => json!(random.pick(&["x", "g", "study", "yi", "treatment", "x + g"])),
        _ => word(random, schema),
    }
}

/// A word of the description that may be a code.
fn word(random: &mut Random, schema: &Value) -> Value {
    if let Some(values) = schema["enum"].as_array() {
        return values[random.below(values.len())].clone();
    }
    let text = schema["description"].as_str().unwrap_or_default();
    let words: Vec<&str> = text
        .split([' ', ',', ';', '`', '(', ')'])
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| !word.is_empty() && word.len() < 25)
        .collect();
    if words.is_empty() { json!("x") } else { json!(words[random.below(words.len())]) }
}

/// Columns for most commands: raw data of several kinds, moderators, treatments, arms and draws.
fn table(random: &mut Random, command: &str, key: &str) -> Value {
    let rows = 1 + random.below(9);
    let wild = random.chance(0.3);
    let mut columns = Map::new();
    let mut numbers = |name: &str, f: &mut dyn FnMut(usize, &mut Random) -> f64, random: &mut Random| {
        let values: Vec<Value> = (0..rows)
            .map(|i| {
                let value = if wild && random.chance(0.15) { random.finite() } else { f(i, random) };
                if random.chance(0.02) { Value::Null } else { json!(value) }
            })
            .collect();
        columns.insert(name.to_owned(), Value::Array(values));
    };
    if matches!(key, "costs" | "effects") || command.starts_with("economics frontier") {
        numbers("a", &mut |_, r| 1000.0 * r.normal(), random);
        numbers("b", &mut |_, r| 1000.0 * r.normal(), random);
        numbers("cost", &mut |_, r| 1000.0 * r.uniform(), random);
        numbers("effect", &mut |_, r| r.normal(), random);
    } else if key == "parameters" {
        numbers("p", &mut |_, r| r.uniform(), random);
        numbers("q", &mut |_, r| r.normal(), random);
    } else if key == "at_risk" {
        numbers("time", &mut |i, _| i as f64, random);
        numbers("at_risk", &mut |i, _| 100.0 - 10.0 * i as f64, random);
    } else {
        for (name, most) in
            [("ai", 12), ("ci", 12), ("bi", 90), ("di", 90), ("x1i", 9), ("x2i", 9), ("xi", 9)]
        {
            numbers(name, &mut |_, r| r.below(most) as f64, random);
        }
        for name in ["n1i", "n2i", "ni", "t1i", "t2i", "ti"] {
            numbers(name, &mut |_, r| 100.0 + r.below(300) as f64, random);
        }
        for name in ["m1i", "m2i", "yi", "x", "y", "mi", "cost", "effect"] {
            numbers(name, &mut |_, r| r.normal(), random);
        }
        for name in ["sd1i", "sd2i", "vi", "sdi", "ri", "survival", "cost_se", "effect_se"] {
            numbers(name, &mut |_, r| 0.05 + 0.9 * r.uniform(), random);
        }
        numbers("time", &mut |i, _| i as f64, random);
        numbers("year", &mut |i, _| 1990.0 + i as f64, random);
    }
    let texts = |f: &dyn Fn(usize) -> String| Value::Array((0..rows).map(|i| json!(f(i))).collect());
    let hostile = if random.chance(0.2) { random.text() } else { String::new() };
    columns.insert("study".to_owned(), texts(&|i| format!("S{i}{hostile}")));
    columns.insert("g".to_owned(), texts(&|i| ["u", "v", "w"][i % 3].to_owned()));
    if command.contains("network") || command.contains("pairwise") || random.chance(0.3) {
        columns.insert("treatment1".to_owned(), texts(&|i| ["A", "B", "C"][i % 3].to_owned()));
        columns.insert("treatment2".to_owned(), texts(&|i| ["B", "C", "A"][i % 3].to_owned()));
    }
    columns.insert("arm".to_owned(), texts(&|i| ["a", "b"][i % 2].to_owned()));
    Value::Object(columns)
}
