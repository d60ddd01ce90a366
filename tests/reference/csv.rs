//! The data of the reference cases, by column.

use std::collections::BTreeMap;

/// The columns of a plain CSV file (one record a line) under `tests/data/metafor`.
pub struct Data {
    pub columns: BTreeMap<String, Vec<String>>,
}

impl Data {
    pub fn read(path: &str) -> Self {
        let path = format!("{}/tests/data/metafor/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        let mut columns: BTreeMap<String, Vec<String>> =
            names.iter().map(|name| (name.to_string(), Vec::new())).collect();
        for line in lines {
            // Commas between quotes are part of a field.
            let mut fields = vec![String::new()];
            let mut quoted = false;
            for c in line.chars() {
                match c {
                    '"' => quoted = !quoted,
                    ',' if !quoted => fields.push(String::new()),
                    c => fields.last_mut().unwrap().push(c),
                }
            }
            for (name, field) in names.iter().zip(fields) {
                columns.get_mut(*name).unwrap().push(field);
            }
        }
        Data { columns }
    }

    pub fn text(&self, name: &str) -> &[String] {
        self.columns.get(name).unwrap_or_else(|| panic!("no column {name}"))
    }

    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.text(name).iter().map(|field| field.parse().unwrap()).collect()
    }

    /// The distinct levels of a column in order of appearance, and each row's position among them.
    pub fn groups(&self, name: &str) -> Vec<usize> {
        let mut seen: Vec<&String> = Vec::new();
        self.text(name)
            .iter()
            .map(|level| {
                seen.iter().position(|known| *known == level).unwrap_or_else(|| {
                    seen.push(level);
                    seen.len() - 1
                })
            })
            .collect()
    }
}
