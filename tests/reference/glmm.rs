//! Models of counts against the maxima of their exact likelihoods: every case of `tests/data/glmm/glmm.json`.

use consilience::{
    Level,
    glmm::{CountFit, CountMeasure, Counts, Glmm},
    pool::Prediction,
    table::{DesignOptions, Formula, FormulaDesign, Roles, Table},
};
use serde_json::{Value, json};

use super::case::Case;

fn table(case: &Case) -> Table {
    let path = format!("{}/tests/data/glmm/{}", env!("CARGO_MANIFEST_DIR"), case.data);
    let roles: Roles = case.option("--columns").map_or(Roles::new(), |text| text.parse().unwrap());
    Table::read_path(path).unwrap().with_roles(roles).unwrap()
}

fn counts(table: &Table, measure: CountMeasure) -> Counts {
    let column = |role: &str| -> Vec<f64> {
        table.numbers(table.require_role(role).unwrap()).unwrap().into_iter().flatten().collect()
    };
    let labels = table.labels();
    if !measure.two_groups() {
        let (x, n) = (column("xi"), column(if measure.is_rate() { "ti" } else { "ni" }));
        let rows: Vec<[f64; 2]> = x.into_iter().zip(n).map(|(x, n)| [x, n]).collect();
        return Counts::one_group(measure, labels, &rows).unwrap();
    }
    let names = if measure.is_rate() {
        ["x1i", "t1i", "x2i", "t2i"]
    } else if table.role("bi").is_some() {
        ["ai", "bi", "ci", "di"]
    } else {
        ["ai", "n1i", "ci", "n2i"]
    };
    let columns = names.map(column);
    let rows: Vec<[f64; 4]> = (0..labels.len())
        .map(|i| {
            let [a, b, c, d] = [&columns[0], &columns[1], &columns[2], &columns[3]].map(|column| column[i]);
            if names[1] == "bi" { [a, a + b, c, c + d] } else { [a, b, c, d] }
        })
        .collect();
    Counts::two_groups(measure, labels, &rows).unwrap()
}

fn options(case: &Case) -> Glmm {
    let mut options = Glmm::default();
    for pair in case.args.windows(2) {
        let code = pair[1].as_str();
        match pair[0].as_str() {
            "--model" => options.model = Some(code.parse().unwrap()),
            "--effects" => options.effects = code.parse().unwrap(),
            "--coding" => options.coding = Some(code.parse().unwrap()),
            "--link" => options.link = Some(code.parse().unwrap()),
            "--inference" => options.inference = code.parse().unwrap(),
            "--penalty" => options.penalty = code.parse().unwrap(),
            "--drop00" => options.double_zero = code.parse().unwrap(),
            "--study-interval" => options.study_interval = code.parse().unwrap(),
            _ => {}
        }
    }
    // The interval of tau² is the costly part.
    options.tau2_interval = case.expect.contains_key("heterogeneity.tau2_ci.0");
    options.correlated = case.args.iter().any(|arg| arg == "--correlated");
    options
}

/// The fit in the shape of the program's answer, as far as the cases read it.
fn answer(fit: &CountFit) -> Value {
    let mut value = serde_json::to_value(fit).unwrap();
    if let Some(effect) = value["effect"].as_object().cloned() {
        value.as_object_mut().unwrap().extend(effect);
    }
    let prediction = fit.prediction(Prediction::Normal).unwrap();
    value["prediction"] = json!(prediction.map(|p| json!({ "lower": p.lower, "upper": p.upper })));
    value
}

#[test]
fn every_case_agrees() {
    let cases = Case::read_from("tests/data/glmm/glmm.json");
    assert_eq!(cases.len(), 61);
    let (mut values, mut faults) = (0, Vec::new());
    for case in &cases {
        let table = table(case);
        let counts = counts(&table, case.option("--measure").unwrap().parse().unwrap());
        let options = options(case);
        let fit = match case.option("--mods") {
            None => options.fit(&counts).unwrap(),
            Some(formula) => {
                let formula: Formula = formula.parse().unwrap();
                let design = FormulaDesign::new(&formula, &table, &DesignOptions::new()).unwrap();
                options.fit_with(&counts, &design).unwrap()
            }
        };
        let again: CountFit = serde_json::from_str(&serde_json::to_string(&fit).unwrap()).unwrap();
        assert!(again == fit, "{}: serialization changes the fit", case.id);
        let mut answer = answer(&fit);
        if case.args.iter().any(|arg| arg == "--exact") {
            answer["exact"] = json!(counts.exact(Level::default()).unwrap());
        }
        let (compared, wrong) = case.compare(&answer);
        values += compared;
        faults.extend(wrong);
    }
    assert!(faults.is_empty(), "{} of {values} values disagree:\n{}", faults.len(), faults.join("\n"));
}

fn correlated(rows: &[[f64; 4]]) -> (f64, (f64, Option<f64>)) {
    let labels: Vec<String> = (1..=rows.len()).map(|i| i.to_string()).collect();
    let counts = Counts::two_groups(CountMeasure::OddsRatio, labels, rows).unwrap();
    let fit = Glmm::new("um-rs".parse().unwrap()).correlated().fit(&counts).unwrap();
    (fit.heterogeneity.tau2.unwrap(), fit.heterogeneity.tau2_ci.unwrap())
}

/// The bound is from numpy and scipy: a fixed grid in both random effects, the profile maximized over the correlation.
#[test]
fn the_interval_of_tau2_follows_the_branch_of_the_estimated_correlation() {
    // Four studies of intravenous magnesium (Egger 2001), whose correlation is estimated at -1.
    let (tau2, (lower, upper)) = correlated(&[
        [5.0, 23.0, 13.0, 33.0],
        [90.0, 1159.0, 118.0, 1157.0],
        [10.0, 150.0, 8.0, 148.0],
        [0.0, 22.0, 1.0, 21.0],
    ]);
    approx::assert_relative_eq!(tau2, 0.146524293, max_relative = 1e-7);
    assert_eq!(lower, 0.0);
    approx::assert_relative_eq!(upper.unwrap(), 2.733405834, max_relative = 1e-7);
}

#[test]
fn a_lower_bound_of_tau2_near_zero_is_no_mirror_image_of_the_upper_one() {
    // Four trials of BCG, whose profile has a kink at tau = 0.
    let (tau2, (lower, upper)) = correlated(&[
        [17.0, 1716.0, 65.0, 1665.0],
        [33.0, 5069.0, 47.0, 5808.0],
        [180.0, 1541.0, 372.0, 1451.0],
        [29.0, 7499.0, 45.0, 7277.0],
    ]);
    // The lower bound is from numpy, as above.
    approx::assert_relative_eq!(lower, 0.0024728228, max_relative = 1e-6);
    assert!(lower < tau2 && tau2 < upper.unwrap(), "{tau2} {upper:?}");
}
