//! Design matrices and term algebra as R 4.2.2 has them (`tests/data/model_matrix/make.R`).

use consilience::table::{Column, DesignOptions, Formula, FormulaDesign, OnCollinear, Table, Value};
use serde_json::Value as Json;

fn json(name: &str) -> Vec<Json> {
    let path = format!("{}/tests/data/model_matrix/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A data set; the fields of these files hold no quotation marks or line ends.
fn table(name: &str) -> Table {
    let path = format!("{}/tests/data/metafor/data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    let mut lines = file.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Vec<String>> = lines.map(fields).collect();
    names.iter().enumerate().fold(Table::new(), |table, (at, name)| {
        let cells: Vec<Option<&str>> =
            rows.iter().map(|row| Some(row[at].as_str()).filter(|cell| !cell.is_empty())).collect();
        let numbers =
            cells.iter().map(|cell| cell.map(str::parse).transpose()).collect::<Result<Vec<_>, _>>();
        let column = match numbers {
            Ok(numbers) => Column::numbers(numbers).unwrap(),
            Err(_) => Column::texts(cells).unwrap(),
        };
        table.with(name, column).unwrap()
    })
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

/// One-element arrays are R's scalars.
fn text(value: &Json) -> &str {
    value.get(0).unwrap_or(value).as_str().unwrap()
}

fn numbers(value: &Json) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// R's values have 15 digits; zeros of splines are zeros up to rounding.
fn agree(what: &str, got: &[f64], expected: &[f64]) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let scale = expected.iter().fold(1.0_f64, |m, v| m.max(v.abs()));
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-11 * b.abs() + 1e-13 * scale, "{what}, value {i}: {a} is not {b}");
    }
}

fn check(set: &str) -> usize {
    let table = table(set);
    let cases = json(set);
    for case in &cases {
        let source = text(&case["formula"]);
        let formula: Formula = source.parse().unwrap_or_else(|error| panic!("{source}: {error}"));
        let mut options = DesignOptions::new();
        if let Some(contrast) = case.get("contrast") {
            options = options.contrast(text(contrast).parse().unwrap());
        }
        let design = FormulaDesign::new(&formula, &table, &options)
            .unwrap_or_else(|error| panic!("{source}: {error}"));
        let names: Vec<&str> =
            case["names"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
        assert_eq!(design.names, names, "{source}");
        let rows: Vec<usize> = numbers(&case["rows"]).into_iter().map(|r| r as usize).collect();
        assert_eq!(design.rows, rows, "{source}");
        assert_eq!(design.rows.len() + design.left_out.len(), table.len());
        agree(source, &design.matrix, &numbers(&case["values"]));
        let mut assign = vec![0.0; design.p];
        for (number, term) in (1..).zip(&design.terms) {
            term.columns.iter().for_each(|column| assign[*column] = f64::from(number));
        }
        assert_eq!(assign, numbers(&case["assign"]), "{source}");
        // the rows of the data are coded as they were
        agree(source, &design.at(&table.select(&design.rows).unwrap()).unwrap(), &design.matrix);
        let copy: FormulaDesign = serde_json::from_str(&serde_json::to_string(&design).unwrap()).unwrap();
        assert_eq!(copy.names, design.names);
        agree(source, &copy.matrix, &design.matrix);
        if let Some(at) = case.get("at") {
            new_values(source, &design, at, &numbers(&case["at_values"]));
        }
    }
    cases.len()
}

fn new_values(source: &str, design: &FormulaDesign, at: &Json, expected: &[f64]) {
    let at = at.as_object().unwrap();
    let count = at.values().next().unwrap().as_array().unwrap().len();
    let mut table = Table::new();
    let mut points: Vec<Vec<(&str, Value)>> = vec![Vec::new(); count];
    for (name, values) in at {
        let values = values.as_array().unwrap();
        let column = match values[0].is_string() {
            true => Column::texts(values.iter().map(Json::as_str)).unwrap(),
            false => Column::numbers(values.iter().map(Json::as_f64)).unwrap(),
        };
        table = table.with(name, column).unwrap();
        for (point, value) in points.iter_mut().zip(values) {
            point.push((name, value.as_f64().map_or_else(|| value.as_str().unwrap().into(), Value::from)));
        }
    }
    agree(source, &design.at(&table).unwrap(), expected);
    for (i, point) in points.iter().enumerate() {
        let row: Vec<f64> = (0..design.p).map(|j| expected[j * count + i]).collect();
        agree(source, &design.row(point).unwrap(), &row);
    }
}

#[test]
fn designs_of_the_bcg_trials() {
    assert_eq!(check("bcg"), 33);
}

#[test]
fn designs_of_writing_to_learn() {
    assert_eq!(check("bangertdrowns2004"), 16);
}

#[test]
fn the_algebra_of_300_random_formulas() {
    let (mut checked, mut refused) = (0, 0);
    for case in json("algebra") {
        let source = text(&case["formula"]);
        let expected: Vec<&str> = case["terms"].as_array().unwrap().iter().map(text).collect();
        match source.parse::<Formula>() {
            Ok(formula) => {
                assert_eq!(formula.terms(), expected, "{source}");
                assert_eq!(formula.has_intercept(), case["intercept"][0].as_bool().unwrap(), "{source}");
                checked += 1;
            }
            // an empty operand (`(a - a):b`) or model, which R lets pass
            Err(error) => {
                let error = error.to_string();
                let empty = error.contains("no place in an interaction") || error.contains("has no term");
                assert!(empty, "{source}: {error}");
                refused += 1;
            }
        }
    }
    assert!(checked > 250, "{checked} checked, {refused} refused");
}

#[test]
fn what_r_leaves_rank_deficient_is_refused_or_dropped() {
    // R gives `(Intercept)` and all six cells for `~ alloc:g`; lm() then drops the last
    let table = table("bcg");
    let era: Vec<Option<&str>> = table
        .complete_numbers("year")
        .unwrap()
        .iter()
        .map(|year| Some(if *year > 1965.0 { "late" } else { "early" }))
        .collect();
    let table = table.with("g", Column::texts(era).unwrap()).unwrap();
    let formula: Formula = "ablat - 1 + ablat:alloc".parse().unwrap();
    let error = FormulaDesign::new(&formula, &table, &DesignOptions::new()).unwrap_err().to_string();
    let equation = "ablat:allocsystematic = ablat - ablat:allocalternate - ablat:allocrandom";
    assert!(error.contains(equation), "{error}");
    let options = DesignOptions::new().collinear(OnCollinear::Drop);
    let design = FormulaDesign::new(&formula, &table, &options).unwrap();
    assert_eq!(design.names, ["ablat", "ablat:allocalternate", "ablat:allocrandom"]);
    assert_eq!(design.terms[1].columns, [1, 2]);
    assert_eq!(
        design.row(&[("ablat", 10.0.into()), ("alloc", "systematic".into())]).unwrap(),
        [10.0, 0.0, 0.0]
    );
    assert!(design.notes[0].contains(equation), "{:?}", design.notes);
    let design = FormulaDesign::new(&"alloc:g".parse().unwrap(), &table, &options).unwrap();
    assert_eq!(design.dropped.len(), 1);
    assert_eq!(design.dropped[0].column, "allocsystematic:glate");
}
