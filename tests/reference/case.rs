//! Reference cases: what the command line was given, the expected values by dotted path, and their tolerances.

use std::collections::BTreeMap;

use serde_json::Value;

pub struct Case {
    pub id: String,
    pub data: String,
    pub args: Vec<String>,
    pub expect: BTreeMap<String, Value>,
    tolerance: f64,
    absolute: f64,
    loose: BTreeMap<String, f64>,
}

impl Case {
    pub fn read(file: &str) -> Vec<Case> {
        Self::read_from(&format!("tests/data/metafor/{file}"))
    }

    /// The cases of a file of the repository.
    pub fn read_from(file: &str) -> Vec<Case> {
        let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        cases.iter().map(Case::new).collect()
    }

    fn new(case: &Value) -> Case {
        let map = |value: &Value| value.as_object().cloned().unwrap_or_default().into_iter();
        Case {
            id: case["id"].as_str().unwrap().to_owned(),
            data: case["data"].as_str().unwrap().to_owned(),
            args: case["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned()).collect(),
            expect: map(&case["expect"]).collect(),
            tolerance: case["tolerance"].as_f64().unwrap(),
            absolute: case["absolute"].as_f64().unwrap_or(0.0),
            loose: map(&case["loose"]).map(|(path, value)| (path, value.as_f64().unwrap())).collect(),
        }
    }

    /// The word after an option on the command line.
    pub fn option(&self, name: &str) -> Option<&str> {
        let at = self.args.iter().position(|arg| arg == name)?;
        self.args.get(at + 1).map(String::as_str)
    }

    /// Compares a result with the expected values; returns the number of values, and what does not agree.
    pub fn compare(&self, got: &Value) -> (usize, Vec<String>) {
        let mut faults = Vec::new();
        for (path, expected) in &self.expect {
            let found = path.split('.').try_fold(got, |value, part| match part.parse::<usize>() {
                Ok(position) => value.get(position),
                Err(_) => value.get(part),
            });
            let agrees = match (expected.as_f64(), found) {
                (Some(expected), Some(found)) => {
                    found.as_f64().is_some_and(|found| self.close(path, found, expected))
                }
                (None, Some(found)) => found == expected,
                (_, None) => false,
            };
            if !agrees {
                faults.push(format!("{}: {path} is {found:?} instead of {expected}", self.id));
            }
        }
        (self.expect.len(), faults)
    }

    fn close(&self, path: &str, got: f64, expected: f64) -> bool {
        let prefix = self.loose.iter().filter(|(prefix, _)| path.starts_with(prefix.as_str()));
        let tolerance = prefix.max_by_key(|(prefix, _)| prefix.len()).map_or(self.tolerance, |(_, t)| *t);
        // A P value has its digits however small it is.
        let absolute = if path.ends_with("p_value") { 0.0 } else { self.absolute };
        (got - expected).abs() <= tolerance * expected.abs() + absolute
    }
}
