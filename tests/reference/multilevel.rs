//! Every case of `multilevel.json`, by its command-line arguments.

use consilience::multilevel::{
    ComponentIntervals, Design, Estimation, Factor, Multilevel, RandomTerm, SamplingCovariance, Structure,
};
use consilience::{EffectSizes, Measure};
use serde_json::Value;

use super::csv::Data;

/// The options of a case.
#[derive(Default)]
struct Arguments {
    random: Vec<String>,
    structure: Option<Structure>,
    vcov: Option<String>,
    mods: Option<String>,
    predict: Option<String>,
    cluster: Option<String>,
    others: Vec<(String, String)>,
}

impl Arguments {
    fn parse(case: &Value) -> Self {
        let words: Vec<String> =
            case["args"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        let mut arguments = Arguments::default();
        for pair in words.chunks_exact(2) {
            let value = pair[1].clone();
            match pair[0].as_str() {
                "--random" => arguments.random.push(value),
                "--structure" => arguments.structure = Some(value.parse().unwrap()),
                "--vcov" => arguments.vcov = Some(value),
                "--mods" => arguments.mods = Some(value),
                "--predict" => arguments.predict = Some(value),
                "--cluster" => arguments.cluster = Some(value),
                _ => arguments.others.push((pair[0].clone(), value)),
            }
        }
        arguments
    }

    fn model(&self, data: &Data) -> Multilevel {
        let factor = |name: &str| Factor::new(name, data.text(name).iter().cloned()).unwrap();
        let mut model = Multilevel::new().intervals(ComponentIntervals::Omit);
        for random in &self.random {
            model = match random.split_once('|') {
                Some((inner, outer)) => model.random(RandomTerm::Structured {
                    inner: factor(inner),
                    outer: factor(outer),
                    structure: self.structure.unwrap(),
                }),
                None => model.random_all(RandomTerm::nested(random.split('/').map(factor)).unwrap()),
            };
        }
        if let Some(vcov) = &self.vcov {
            let (what, by) = vcov.split_once(':').unwrap();
            let (cluster, time) = by.split_once('/').unwrap_or((by, ""));
            model = model.sampling(if let Some(rho) = what.strip_prefix("ar1(") {
                let rho = rho.trim_end_matches(')').parse().unwrap();
                SamplingCovariance::autoregressive(rho, factor(cluster), data.numbers(time))
            } else if let Ok(rho) = what.parse() {
                SamplingCovariance::constant(rho, factor(cluster))
            } else {
                let columns = what.split(',').map(|name| data.numbers(name)).collect();
                SamplingCovariance::columns(factor(cluster), columns)
            });
        }
        if let Some(mods) = &self.mods {
            model = model.moderators(design(mods, data));
        }
        for (name, value) in &self.others {
            model = match name.as_str() {
                "--method" => model.method(value.parse::<Estimation>().unwrap()),
                "--inference" => model.inference(value.parse().unwrap()),
                "--level" => model.level(value.parse::<f64>().unwrap() / 100.0),
                "--robust" => model.robust(value.parse().unwrap(), factor(self.cluster.as_ref().unwrap())),
                _ => panic!("{name}"),
            };
        }
        if let Some(predict) = &self.predict {
            let (_, values) = predict.split_once('=').unwrap();
            model = model.predict(values.split(',').map(|value| vec![1.0, value.parse().unwrap()]));
        }
        model
    }
}

/// The design matrices of these cases: numbers, factors in treatment coding, one interaction.
fn design(mods: &str, data: &Data) -> Design {
    let without = mods.contains("- 1");
    let body = mods.replace("- 1", "");
    let numeric = |name: &str| data.text(name).iter().all(|field| field.parse::<f64>().is_ok());
    let dummies = |design: Design, name: &str, from: usize, by: Option<&Vec<f64>>| {
        let factor = Factor::new(name, data.text(name).iter().cloned()).unwrap();
        (from..factor.levels().len()).fold(design, |design, level| {
            let column: Vec<f64> = factor
                .codes()
                .iter()
                .enumerate()
                .map(|(row, &code)| f64::from(u8::from(code == level)) * by.map_or(1.0, |by| by[row]))
                .collect();
            design
                .column(format!("{name}{}{}", factor.levels()[level], by.map_or("", |_| ":year")), column)
                .unwrap()
        })
    };
    let k = data.numbers("yi").len();
    let mut design = if without { Design::without_intercept(k) } else { Design::with_intercept(k) };
    if body.trim() == "outcome*I(year-1983)" {
        let year: Vec<f64> = data.numbers("year").iter().map(|year| year - 1983.0).collect();
        design = dummies(design, "outcome", 0, None).column("year", year.clone()).unwrap();
        return dummies(design, "outcome", 1, Some(&year));
    }
    let mut whole = without;
    for term in body.split('+').map(str::trim) {
        design = if numeric(term) {
            design.column(term, data.numbers(term)).unwrap()
        } else {
            let from = usize::from(!std::mem::take(&mut whole));
            dummies(design, term, from, None)
        };
    }
    design
}

#[test]
fn every_case_agrees() {
    let path = format!("{}/tests/data/metafor/multilevel.json", env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut failures = Vec::new();
    let mut worst: f64 = 0.0;
    let mut compared = 0;
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let data = Data::read(case["data"].as_str().unwrap());
        let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
        let labels: Vec<String> = (1..=yi.len()).map(|row| row.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, labels, yi, vi).unwrap();
        let expect = case["expect"].as_object().unwrap();
        let mut model = Arguments::parse(case).model(&data);
        if expect.keys().any(|key| key.contains(".ci.")) {
            model = model.intervals(ComponentIntervals::Profile);
        }
        let fit = match model.fit(&effects) {
            Ok(fit) => serde_json::to_value(fit).unwrap(),
            Err(error) => {
                failures.push(format!("{id}: {error}"));
                continue;
            }
        };
        for (path, expected) in expect {
            let tolerance = case["loose"]
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(prefix, _)| path.starts_with(prefix.as_str()))
                .max_by_key(|(prefix, _)| prefix.len())
                .map_or(&case["tolerance"], |(_, tolerance)| tolerance)
                .as_f64()
                .unwrap();
            let got = path.split('.').fold(&fit, |value, key| match key.parse::<usize>() {
                Ok(place) => &value[place],
                Err(_) => &value[key],
            });
            compared += 1;
            match (expected.as_f64(), got.as_f64()) {
                (None, None) if expected.is_null() && got.is_null() => {}
                (Some(expected), Some(got)) => {
                    let allowed = if path.ends_with("p_value") {
                        tolerance * expected
                    } else {
                        tolerance * expected.abs() + case["absolute"].as_f64().unwrap()
                    };
                    let error = (got - expected).abs();
                    if expected != 0.0 {
                        worst = worst.max(error / expected.abs());
                    }
                    if error > allowed {
                        failures.push(format!("{id}: {path} is {got:e}, expected {expected:e}"));
                    }
                }
                _ => failures.push(format!("{id}: {path} is {got}, expected {expected}")),
            }
        }
    }
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(cases.len(), 40);
    // Closer than the tolerances ask for: reference and search both stop at rounding.
    assert!(worst < 1e-8, "the largest relative difference is {worst:e}");
}
