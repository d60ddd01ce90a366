//! Every case of `influence.json` through the library: metafor 5.0-1 (`influence`, `baujat`, `leave1out`, `cumul`).

use consilience::{
    EffectSizes, Measure,
    effect::{
        Correlation, EffectOptions, Generic, PersonTime, Proportion, StudyData, TwoByTwo, TwoMeans,
        Uncertainty,
    },
    influence::Influence,
};
use serde_json::Value;

use super::csv::Data;

/// The raw data of a case, by the measure and the columns that are there.
fn study_data(data: &Data, measure: Measure, columns: Option<&str>) -> StudyData {
    let named = |role: &str| {
        let mapped =
            columns.and_then(|c| c.split(',').find_map(|pair| pair.strip_prefix(&format!("{role}="))));
        let name = mapped.unwrap_or(role);
        data.columns.contains_key(name).then(|| data.numbers(name))
    };
    let get = |role: &str| named(role).unwrap_or_else(|| panic!("no {role}"));
    let rows = |roles: &[&str]| -> Vec<Vec<f64>> {
        let columns: Vec<Vec<f64>> = roles.iter().map(|role| get(role)).collect();
        (0..columns[0].len()).map(|i| columns.iter().map(|c| c[i]).collect()).collect()
    };
    match measure.code() {
        "RR" | "OR" if named("bi").is_some() => StudyData::TwoByTwo(
            rows(&["ai", "bi", "ci", "di"])
                .iter()
                .map(|r| TwoByTwo::new(r[0], r[1], r[2], r[3]).unwrap())
                .collect(),
        ),
        "RR" | "OR" => StudyData::TwoByTwo(
            rows(&["ai", "n1i", "ci", "n2i"])
                .iter()
                .map(|r| TwoByTwo::from_totals(r[0], r[1], r[2], r[3]).unwrap())
                .collect(),
        ),
        "SMD" | "MD" => StudyData::TwoMeans(
            rows(&["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"])
                .iter()
                .map(|r| TwoMeans::new(r[0], r[1], r[2], r[3], r[4], r[5]).unwrap())
                .collect(),
        ),
        "IRR" => StudyData::PersonTime(
            rows(&["x1i", "t1i", "x2i", "t2i"])
                .iter()
                .map(|r| PersonTime::new(r[0], r[1], r[2], r[3]).unwrap())
                .collect(),
        ),
        "ZCOR" => StudyData::Correlation(
            rows(&["ri", "ni"]).iter().map(|r| Correlation::new(r[0], r[1]).unwrap()).collect(),
        ),
        "PLO" => StudyData::Proportion(
            rows(&["xi", "ni"]).iter().map(|r| Proportion::new(r[0], r[1]).unwrap()).collect(),
        ),
        _ if named("vi").is_some() => StudyData::Generic(
            rows(&["yi", "vi"])
                .iter()
                .map(|r| Generic::new(r[0], Uncertainty::Variance(r[1])).unwrap())
                .collect(),
        ),
        _ => StudyData::Generic(
            rows(&["yi", "sei"])
                .iter()
                .map(|r| Generic::new(r[0], Uncertainty::StandardError(r[1])).unwrap())
                .collect(),
        ),
    }
}

#[test]
fn every_case() {
    let path = format!("{}/tests/data/metafor/influence.json", env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut values, mut wrong) = (0, Vec::new());
    for case in &cases {
        let args: Vec<&str> = case["args"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
        let option = |name: &str| args.iter().position(|a| *a == name).map(|i| args[i + 1]);
        let data = Data::read(case["data"].as_str().unwrap());
        let measure: Measure = option("--measure").unwrap_or("GEN").parse().unwrap();
        let raw = study_data(&data, measure, option("--columns"));
        let labels = (0..raw.len()).map(|i| i.to_string());
        let effects = EffectSizes::from_study_data(measure, labels, &raw, &EffectOptions::default()).unwrap();
        // Labels are positions: those that are left, in order.
        let kept: Vec<usize> = effects.labels().iter().map(|l| l.parse().unwrap()).collect();
        let column = |name: &str| -> Vec<f64> {
            let all = data.numbers(name);
            kept.iter().map(|&i| all[i]).collect()
        };
        let mut influence = match option("--model") {
            Some("fixed") => Influence::fixed_effect(),
            _ => Influence::new(option("--method").unwrap_or("REML").parse().unwrap()),
        };
        if let Some(inference) = option("--inference") {
            influence = influence.inference(inference.parse().unwrap());
        }
        if let Some(order) = option("--order") {
            influence = influence.order(column(order));
        }
        let report = match option("--mods") {
            None => influence.fit(&effects),
            Some(formula) => {
                let terms: Vec<&str> = formula.split('+').map(str::trim).collect();
                let mut design = vec![1.0; effects.len()];
                for term in &terms {
                    design.extend(column(term));
                }
                influence.fit_with(&effects, &design, [&["intrcpt"], &terms[..]].concat())
            }
        };
        let report = serde_json::to_value(report.unwrap()).unwrap();
        let (tolerance, absolute) =
            (case["tolerance"].as_f64().unwrap(), case["absolute"].as_f64().unwrap_or(0.0));
        for (path, expected) in case["expect"].as_object().unwrap() {
            values += 1;
            let got = path.split('.').try_fold(&report, |value, step| match value {
                Value::Array(list) => list.get(step.parse::<usize>().ok()?),
                other => other.get(step),
            });
            let agrees = match (expected.as_f64(), got.and_then(Value::as_f64)) {
                (Some(e), Some(g)) if path.ends_with("p_value") => (g - e).abs() <= tolerance * e,
                (Some(e), Some(g)) => (g - e).abs() <= tolerance * e.abs() + absolute,
                _ => Some(expected) == got,
            };
            if !agrees {
                wrong.push(format!("{}, {path}: expected {expected}, got {got:?}", case["id"]));
            }
        }
    }
    assert!(values > 5000, "{values}");
    assert!(
        wrong.is_empty(),
        "{} of {values} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}
