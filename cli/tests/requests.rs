//! Requests in JSON against the same requests in words: what a door sends, what the schema says, what comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod schema;

use std::path::PathBuf;

use consilience::request::{Answer, NoFiles, Request, request_schema};
use serde_json::{Map, Value, json};

use schema::{fault, shipped};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The machine's files.
struct Files;

impl consilience::request::Host for Files {
    fn open(&self, source: &std::path::Path) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        Ok(Box::new(std::fs::File::open(source)?))
    }
}

/// The reference cases: the words of each, and the same as a JSON object.
fn cases() -> Vec<(Vec<String>, Value)> {
    let mut cases = Vec::new();
    for command in ["effects", "pool", "regress", "multilevel", "influence"] {
        let path = folder().join(format!("tests/data/metafor/{command}.json"));
        let listed: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for case in listed {
            let data = folder().join("tests/data/metafor").join(case["data"].as_str().unwrap());
            let data = data.to_str().unwrap().to_owned();
            let options: Vec<String> =
                case["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned()).collect();
            let words = [vec![command.to_owned(), data.clone()], options.clone()].concat();
            cases.push((words, object(command, &data, &options)));
        }
    }
    cases
}

/// Options in words as an object: an option without a value is true, one that comes twice a list.
fn object(command: &str, data: &str, options: &[String]) -> Value {
    let mut object = Map::new();
    object.insert("command".to_owned(), json!(command));
    object.insert("data".to_owned(), json!(data));
    let mut words = options.iter().peekable();
    while let Some(word) = words.next() {
        let word = word.strip_prefix("--").unwrap();
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, json!(value)),
            None => match words.next_if(|next| !next.starts_with("--")) {
                Some(value) => (word, json!(value)),
                None => (word, json!(true)),
            },
        };
        let key = name.replace('-', "_");
        match object.get_mut(&key) {
            None => {
                object.insert(key, value);
            }
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    Value::Object(object)
}

fn result(answer: &Answer) -> Value {
    serde_json::from_str(&answer.json().unwrap()).unwrap()
}

#[test]
fn the_schema_that_ships_is_that_of_the_options() {
    ships("request.json", &request_schema());
}

/// With feature `schema` alone the types know their schemas.
#[cfg(feature = "schema")]
#[test]
fn the_schema_of_answers_that_ships_is_that_of_the_types() {
    ships("answer.json", &consilience::request::answer_schema());
}

/// Holds the file of a schema against what it is made of.
fn ships(name: &str, schema: &Value) {
    let path = folder().join("docs/schema").join(name);
    let made = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{}: UPDATE_SCHEMA=1 writes it anew", path.display());
}

/// The files of the tests.
struct TestData;

impl consilience::request::Host for TestData {
    fn open(&self, source: &std::path::Path) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        Ok(Box::new(std::fs::File::open(folder().join("tests/data").join(source))?))
    }
}

#[test]
fn an_answer_of_every_kind_is_as_the_schema_says() {
    let schema = shipped("answer.json");
    let requests: Vec<Value> = serde_json::from_str(include_str!("schema/requests.json")).unwrap();
    let alternatives = schema["oneOf"].as_array().unwrap();
    let mut seen = vec![false; alternatives.len()];
    let mut wrong = Vec::new();
    for request in requests {
        let answer = Request::from_json(&request).and_then(|request| request.run(&TestData));
        let answer = match answer {
            Ok(answer) => result(&answer),
            Err(error) => {
                wrong.push(format!("{request}: {error}"));
                continue;
            }
        };
        wrong.extend(fault(&schema, &schema, &answer).map(|fault| format!("{request}{fault}")));
        for (seen, one) in seen.iter_mut().zip(alternatives) {
            *seen |= fault(one, &schema, &answer).is_none();
        }
    }
    let unseen = alternatives.iter().zip(seen).filter(|(_, seen)| !seen);
    let unseen: Vec<&Value> = unseen.map(|(one, _)| &one["title"]).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(unseen.is_empty(), "no answer of {unseen:?}");
}

#[test]
fn the_schema_of_answers_refuses_what_is_lacking_of_another_type_or_unknown() {
    let schema = shipped("answer.json");
    let request = json!({"command": "pool", "data": {"yi": [0.1, 0.3, 0.5], "vi": [0.02, 0.03, 0.04]}});
    let answer = result(&Request::from_json(&request).unwrap().run(&NoFiles).unwrap());
    assert_eq!(fault(&schema, &schema, &answer), None);
    let told = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut other = answer.clone();
        change(other.as_object_mut().unwrap());
        fault(&schema, &schema, &other).unwrap()
    };
    assert!(told(&|keys| drop(keys.remove("estimate"))).contains("\"estimate\" is missing"));
    assert!(told(&|keys| keys["k"] = json!("3")).contains(".k: "));
    assert!(
        told(&|keys| keys["heterogeneity"]["tau3"] = json!(1)).contains(".heterogeneity.tau3: not allowed")
    );
    assert!(told(&|keys| drop(keys.insert("command".to_owned(), json!("pol")))).contains("none of"));
}

#[test]
fn every_reference_case_is_valid_and_reads_as_its_words_do() {
    let schema = request_schema();
    let commands = schema["oneOf"].as_array().unwrap();
    for (words, object) in cases() {
        let valid = commands.iter().filter(|command| fault(command, &schema, &object).is_none()).count();
        assert_eq!(valid, 1, "{object}");
        let (one, other) = (Request::from_words(&words).unwrap(), Request::from_json(&object).unwrap());
        assert_eq!(format!("{:?}", one.command()), format!("{:?}", other.command()), "{words:?}");
    }
}

#[test]
fn a_request_in_json_gives_what_its_words_give_and_numbers_that_are_finite() {
    for (words, object) in cases().into_iter().step_by(11) {
        let one = result(&Request::from_words(&words).unwrap().run(&Files).unwrap());
        let other = result(&Request::from_json(&object).unwrap().run(&Files).unwrap());
        assert_eq!(one, other, "{words:?}");
        assert!(one.get("not_finite").is_none(), "{words:?}: {}", one["not_finite"]);
        assert_eq!(one["consilience"]["schema"], 1);
        assert_eq!(one["consilience"]["sources"][0]["sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn other_commands_give_finite_numbers_too() {
    let economics = folder().join("tests/data/economics_trial");
    assert!(economics.is_dir());
    let data =
        json!({"study": ["A", "B", "C", "D"], "yi": [0.1, 0.3, -0.2, 0.6], "vi": [0.02, 0.05, 0.04, 0.1]});
    let requests = [
        json!({"command": "bias", "data": data}),
        json!({"command": "influence", "data": data, "gosh": 100, "outliers": true}),
        json!({"command": "pool", "data": data, "multiverse": true, "prediction": "nnf"}),
        json!({"command": "measures"}),
        json!({"command": "roles", "measure": "relative risk"}),
        json!({"command": "reproduce"}),
        json!({"command": "economics icer", "cost_difference": 100, "cost_se": 50, "effect_difference": 0.1,
            "effect_se": 0.02, "correlation": 0.1, "wtp": "0:20000:5000"}),
        json!({"command": "economics evsi", "inb": 100, "se": 200, "prior_size": 50, "sizes": "100:500:100"}),
        json!({"command": "convert", "kind": "se", "data": {"study": ["A"], "yi": [0.5], "ci_lower": [0.1], "ci_upper": [0.9]}}),
    ];
    for request in requests {
        let answer = Request::from_json(&request).unwrap().run(&NoFiles).unwrap();
        let json = result(&answer);
        assert!(json.get("not_finite").is_none(), "{request}: {}", json["not_finite"]);
        assert!(!answer.text().unwrap().is_empty() && !answer.csv().unwrap().is_empty(), "{request}");
        assert!(!answer.markdown().unwrap().is_empty(), "{request}");
    }
}

#[test]
fn a_table_in_place_is_the_table_in_a_file() {
    let data = json!({"author": ["A", "B", null], "y": [0.1, 0.4, 0.3], "v": [0.02, null, 0.05]});
    let request =
        json!({"command": "pool", "data": data, "columns": {"study": "author", "yi": "y", "vi": "v"}});
    let json = result(&Request::from_json(&request).unwrap().run(&NoFiles).unwrap());
    assert_eq!(json["k"], 2);
    assert!(
        json["notes"].to_string().contains("left out for missing values: B (row 2)"),
        "{}",
        json["notes"]
    );
}

#[test]
fn figures_come_as_bytes() {
    let data = json!({"study": ["A", "B"], "yi": [0.1, 0.4], "vi": [0.02, 0.03]});
    let request = json!({"command": "plot forest", "data": data, "title": "Two studies"});
    let answer = Request::from_json(&request).unwrap().run(&NoFiles).unwrap();
    let drawing = answer.figures[0].draw(consilience::plot::ImageFormat::Svg).unwrap();
    assert!(String::from_utf8(drawing.bytes).unwrap().contains("Two studies"));
    assert!(answer.text().unwrap().contains('A'));
}

#[test]
fn what_no_request_is_says_why() {
    let refused = [
        (json!({"command": "poool"}), "did you mean `pool`?"),
        (json!({"command": "plot"}), "name one of forest"),
        (json!({"command": "pool", "data": "x.csv", "metod": "DL"}), "did you mean `method`?"),
        (json!({"command": "pool", "data": "x.csv", "multiverse": 3}), "give true or false"),
        (json!({"command": "pool"}), "DATA.csv is missing; give"),
        (
            json!({"command": "economics icer", "cost_difference": 1, "cost_se": 1, "effect_difference": 1,
            "effect_se": 1}),
            "`--covariance` or `--correlation` is missing; give",
        ),
        (json!({"command": "influence", "data": "x.csv", "outlier_bootstrap": 10}), "outliers"),
        (json!({"command": "pool", "data": {"yi": 3}}), "column yi"),
        (json!({"command": "pool", "data": {"yi": [1, [2]]}}), "row 2"),
        (json!([1]), "not a JSON object"),
    ];
    for (request, words) in refused {
        let error = Request::from_json(&request).unwrap_err().to_string();
        assert!(error.contains(words), "{request}: {error}");
    }
    let missing = json!({"command": "pool", "data": {"yi": [1, 2], "vi": [1, -1]}});
    let error = Request::from_json(&missing).unwrap().run(&NoFiles).unwrap_err();
    assert!(error.is_data() && error.row() == Some(2), "{error}");
}

#[test]
fn a_code_is_refused_alike_in_words_and_in_json_with_the_nearest_name() {
    let refused = [
        ("pool", "method", "REMLL", "unknown method `REMLL`; did you mean `REML`?"),
        ("pool", "method", "fe", "use --model fixed"),
        ("pool", "inference", "Knapp's adjustment", "did you mean `hksj`?"),
        ("pool", "inference", "kenward", "unknown inference `kenward`"),
        ("pool", "vtype", "LS9", "unknown variance type `LS9`"),
        ("pool", "zero_cells", "revmann", "did you mean `revman`?"),
        ("pool", "drop00", "maybe", "known: yes, no"),
        ("pool", "measure", "rsik ratio", "unknown measure `rsik ratio`"),
        ("bias", "test", "eggers", "did you mean `egger`?"),
        ("bias", "direction", "two-sided", "unknown direction `two-sided`"),
        ("multilevel", "structure", "xyz", "unknown structure `xyz`"),
        ("network", "estimator", "nhc", "did you mean `nch`?"),
        ("plot forest", "theme", "grau", "did you mean `gray`?"),
        ("plot forest", "tool", "rob3", "did you mean `rob2`?"),
        ("convert aggregate", "weighting", "same", "known: equal, optimal"),
    ];
    for (command, key, value, words) in refused {
        let request = json!({"command": command, "data": "x.csv", key: value});
        let error = Request::from_json(&request).unwrap_err();
        assert!(error.to_string().contains(words), "{request}: {error}");
        let option = format!("--{}={value}", key.replace('_', "-"));
        let line = command.split(' ').chain(["x.csv", option.as_str()]);
        assert_eq!(Request::from_words(line).unwrap_err(), error);
    }
}

#[test]
fn the_schema_lists_codes_and_allows_their_other_names() {
    let schema = request_schema();
    let listed = schema["$defs"]["method"]["anyOf"][0]["enum"].as_array().unwrap();
    assert!(listed.len() == 17 && listed.contains(&json!("REML")), "{listed:?}");
    let pool = schema["oneOf"].as_array().unwrap().iter().find(|one| one["title"] == "pool").unwrap();
    for (key, value) in [
        ("method", json!("DerSimonian-Laird")),
        ("method", json!("reml")),
        ("inference", json!("hartung knapp")),
        ("drop00", json!(true)),
        ("measure", json!("risk-ratio")),
        ("vtype", Value::Null),
    ] {
        let request = json!({"command": "pool", "data": "x.csv", key: value});
        assert_eq!(fault(pool, &schema, &request), None, "{request}");
        Request::from_json(&request).unwrap();
    }
}

/// The words of a command line in a shell, up to a remark, a pipe or a redirection.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open) = (Vec::new(), None::<String>, None);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, open) {
            ('\\', Some('"')) => word.get_or_insert_default().extend(chars.next()),
            ('"' | '\'', None) => {
                open = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(quote)) if c == quote => open = None,
            (' ', None) => words.extend(word.take()),
            ('#' | '|' | '>' | ';', None) if word.is_none() => return words,
            (';', None) => {
                words.extend(word.take());
                return words;
            }
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The arguments of a line that the library reads: without the options of the output, which are the program's.
fn asked(line: &str) -> Option<Vec<String>> {
    let mut words = words(line).into_iter();
    let mut kept = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-o" | "--output" | "--format" => drop(words.next()),
            "--quiet" | "--csv-safe" => {}
            _ => kept.push(word),
        }
    }
    let own = kept.first().is_none_or(|verb| ["run", "completions", "man"].contains(&verb.as_str()));
    (!own).then_some(kept)
}

#[test]
fn every_command_has_examples_and_all_of_them_are_requests() {
    let schema = request_schema();
    for command in schema["oneOf"].as_array().unwrap() {
        let path = command["properties"]["command"]["const"].as_str().unwrap();
        let mut found = 0;
        for line in consilience::request::examples(path) {
            let words = asked(line).unwrap();
            assert!(line.starts_with(path), "{line}");
            Request::from_words(&words).unwrap_or_else(|error| panic!("{line}: {error}"));
            found += 1;
        }
        assert!(found > 0, "{path} has no example");
    }
}

/// The pages of the documentation with their text.
fn pages() -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "python/README.md"]
            .map(|name| folder().join(name))
            .to_vec();
    let listed = std::fs::read_dir(folder().join("docs")).unwrap();
    files.extend(
        listed.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md")),
    );
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

#[test]
fn every_command_in_the_documentation_is_one() {
    let mut found = 0;
    for (path, text) in pages() {
        // a line of a manifest begins with the name too
        let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("consilience "));
        let lines = lines.filter(|line| !line.starts_with("= "));
        for line in
            lines.filter(|line| !line.contains("KIND") && !line.contains("TERM") && !line.contains("COMMAND"))
        {
            if let Some(words) = asked(line) {
                Request::from_words(&words)
                    .unwrap_or_else(|error| panic!("{}: {line}: {error}", path.display()));
                found += 1;
            }
        }
    }
    assert!(found > 120, "{found} commands");
}

/// The anchor that a heading has on a page.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[test]
fn every_link_in_the_documentation_resolves() {
    let mut found = 0;
    for (path, text) in pages() {
        for part in text.split("](").skip(1) {
            let Some((link, _)) = part.split_once(')') else { continue };
            if link.contains("://") || link.contains(' ') || link.is_empty() || link.starts_with('"') {
                continue;
            }
            let (file, place) =
                link.split_once('#').map_or((link, None), |(file, place)| (file, Some(place)));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link}", path.display());
            if let Some(place) = place {
                let page = std::fs::read_to_string(&target).unwrap();
                let mut headings = page
                    .lines()
                    .filter_map(|line| line.strip_prefix('#'))
                    .map(|line| anchor(line.trim_start_matches('#')));
                assert!(headings.any(|known| known == place), "{}: {link}", path.display());
            }
            found += 1;
        }
    }
    assert!(found > 60, "{found} links");
}

/// What stands in code in a document: spans and blocks. Of tables of other programs' words, the first column is theirs.
fn code(text: &str) -> Vec<String> {
    let (mut found, mut within) = (Vec::new(), false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            within = !within;
        } else if within {
            found.push(line.to_owned());
        } else {
            let line = line.replace("\\|", "¦");
            let own = match line.strip_prefix("| ").and_then(|row| row.split_once('|')) {
                Some((_, rest)) => rest.to_owned(),
                None => line,
            };
            found.extend(own.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

#[test]
fn the_documents_name_options_that_exist() {
    let schema = request_schema();
    let mut options: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for command in schema["oneOf"].as_array().unwrap() {
        let properties = command["properties"].as_object().unwrap();
        let name = properties["command"]["const"].as_str().unwrap().to_owned();
        options.entry(name).or_default().extend(properties.keys().map(|key| key.replace('_', "-")));
    }
    let output = ["format", "output", "quiet", "csv-safe", "help", "version"];
    for (document, text) in pages().iter().filter(|(path, _)| !path.ends_with("CHANGELOG.md")) {
        for code in code(text) {
            let ends = [' ', '"', '\'', '(', ')', ',', '[', ']', '=', ':', ';'];
            let words: Vec<&str> = code.split(ends).collect();
            // `plot forest` is one command, though `forest` alone is none.
            let named = |at: usize| {
                let pair = words.get(at..at + 2).map(|pair| pair.join(" "));
                let one = words.get(at).map(|word| (*word).to_owned());
                pair.into_iter().chain(one).find(|name| options.contains_key(name))
            };
            let program = words.first() == Some(&"consilience") || named(0).is_some();
            let command = (0..words.len()).find_map(named).filter(|_| program);
            for option in
                words.iter().filter_map(|word| word.strip_prefix("--")).filter(|name| !name.is_empty())
            {
                let known = match &command {
                    Some(command) => options[command].iter().any(|name| name == option),
                    None => options.values().flatten().any(|name| name == option),
                };
                let foreign = !program
                    && ["cargo", "pip", "maturin", "python", "just", "bash"].iter().any(|w| code.contains(w));
                assert!(
                    known || output.contains(&option) || foreign,
                    "{}: --{option} in `{code}`",
                    document.display()
                );
            }
        }
    }
}

#[test]
fn ratios_stand_as_ratios_in_every_table() {
    let (bcg, counts) = ("metafor/data/bcg_roles.csv", "glmm/data/glmm_bcg_totals.csv");
    let net = "network/data/net_dogliotti2014.csv";
    for (words, name, estimate) in [
        ("pool D --measure RR --subgroup alloc --multiverse", bcg, "0.489"),
        ("regress D --measure RR --mods ablat --predict ablat=10", bcg, "0.971"),
        ("influence D --measure RR --gosh 20", bcg, "0.493"),
        ("bias D --measure RR --test egger,trim-and-fill,limit", bcg, "0.518"),
        ("multilevel D --measure RR --random study --influence study", bcg, "0.489"),
        ("glmm D --measure OR --leave-one-out", counts, "0.471"),
        ("network D --measure OR --columns xi=stroke,ni=total --split --league", net, "2.289"),
    ] {
        let path = folder().join("tests/data").join(name).to_str().unwrap().to_owned();
        let shown = |more: &str| -> String {
            let words = words.split(' ').chain(more.split(' ').filter(|word| !word.is_empty()));
            let words = words.map(|word| if word == "D" { path.clone() } else { word.to_owned() });
            let answer = Request::from_words(words).unwrap().run(&Files).unwrap();
            answer.text().unwrap() + &answer.markdown().unwrap()
        };
        let ratios = shown("--digits 3");
        assert!(ratios.contains("se(log)") && ratios.contains(estimate), "{words}: {ratios}");
        let logarithms = shown("--log --digits 3");
        assert!(!logarithms.contains("se(log)") && logarithms.contains("estimate"), "{words}: {logarithms}");
    }
    let refused = |words: &str| {
        let path = folder().join("tests/data/metafor/data/konstantopoulos2011.csv");
        let words = words.split(' ').map(|word| if word == "D" { path.to_str().unwrap() } else { word });
        let answer = Request::from_words(words).and_then(|request| request.run(&Files));
        answer.err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(refused("pool D --log").contains("the effects are no ratios"));
    assert!(refused("plot forest D --log").contains("figures show ratios as ratios"));
    assert!(refused("plot funnel D --digits 2").contains("writes no estimates"));
    assert!(refused("network D --pairs-only --digits 2").contains("with all digits"));
}

/// A key that is `null` with one set of options is there with every other.
#[test]
fn no_key_is_left_out() {
    let keys = |words: &[&str]| -> Vec<String> {
        let path = folder().join("tests/data").join(words[1]).to_str().unwrap().to_owned();
        let words = words.iter().enumerate().map(|(at, word)| if at == 1 { path.as_str() } else { word });
        let answer = Request::from_words(words).unwrap().run(&Files).unwrap();
        let json: Value = serde_json::from_str(&answer.json().unwrap()).unwrap();
        let of = |tree: &Value| tree.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        [of(&json), of(&json["studies"][0])].concat()
    };
    let counts = ["glmm", "glmm/data/glmm_bcg_totals.csv", "--measure", "OR"];
    let asked = ["--exact", "--combine", "--leave-one-out", "--residuals", "--multiverse"];
    assert_eq!(keys(&counts), keys(&[&counts[..], &asked[..]].concat()));
    let network = [
        "network",
        "network/data/net_senn2013.csv",
        "--columns",
        "yi=TE,sei=seTE,treatment1=treat1,treatment2=treat2,study=studlab",
    ];
    assert_eq!(keys(&network), keys(&[&network[..], &["--league", "--rank", "--impact"]].concat()));
}
