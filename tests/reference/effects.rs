//! The effects of `tests/data/metafor/effects.json` (see `origin.toml`), computed from the raw data of each case.

use std::collections::{BTreeMap, HashMap};

use consilience::{
    Level, Measure, Result,
    effect::{
        AddTo, Correlation, DataKind, DoubleZero, EffectOptions, Generic, Genotypes, MatchedPairs, OneMean,
        Outcome, Paired, PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability,
        SemiPartialCorrelation, StudyData, Superiority, TwoByTwo, TwoMeans, Uncertainty, ZeroCells,
    },
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    data: String,
    args: Vec<String>,
    expect: BTreeMap<String, Option<f64>>,
    tolerance: f64,
    absolute: f64,
}

/// The columns of a CSV file by role.
struct Table {
    columns: HashMap<String, Vec<String>>,
    rows: usize,
}

/// The fields of a line; delimiters between quotes belong to the field.
fn fields(line: &str, delimiter: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == delimiter && !quoted {
            fields.push(String::new());
        } else {
            fields.last_mut().unwrap().push(c);
        }
    }
    fields
}

impl Table {
    fn read(path: &str, roles: &str) -> Self {
        let path = format!("{}/tests/data/metafor/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        let delimiter = *[',', ';', '\t'].iter().max_by_key(|d| header.matches(**d).count()).unwrap();
        let lines: Vec<Vec<String>> = lines.map(|line| fields(line, delimiter)).collect();
        let mut columns = HashMap::new();
        for (at, name) in header.split(delimiter).enumerate() {
            let values: Vec<String> = lines.iter().map(|fields| fields[at].clone()).collect();
            columns.insert(name.to_owned(), values);
        }
        for pair in roles.split(',').filter(|pair| !pair.is_empty()) {
            let (role, name) = pair.split_once('=').unwrap();
            columns.insert(role.to_owned(), columns[name].clone());
        }
        Table { columns, rows: lines.len() }
    }

    fn has(&self, role: &str) -> bool {
        self.columns.contains_key(role)
    }

    /// One row of data for each row of the table, from the values of some roles.
    fn rows<const N: usize, T>(&self, roles: [&str; N], make: impl Fn([f64; N]) -> Result<T>) -> Vec<T> {
        let value = |role: &str, row: usize| self.columns[role][row].parse::<f64>().unwrap();
        (0..self.rows).map(|row| make(roles.map(|role| value(role, row))).unwrap()).collect()
    }

    fn data(&self, kind: DataKind, ratio: bool) -> StudyData {
        match kind {
            DataKind::TwoByTwo if self.has("bi") => StudyData::TwoByTwo(
                self.rows(["ai", "bi", "ci", "di"], |[a, b, c, d]| TwoByTwo::new(a, b, c, d)),
            ),
            DataKind::TwoByTwo => StudyData::TwoByTwo(
                self.rows(["ai", "n1i", "ci", "n2i"], |[a, n1, c, n2]| TwoByTwo::from_totals(a, n1, c, n2)),
            ),
            DataKind::MatchedPairs => StudyData::MatchedPairs(
                self.rows(["ai", "bi", "ci", "di"], |[a, b, c, d]| MatchedPairs::new(a, b, c, d)),
            ),
            DataKind::PersonTime => StudyData::PersonTime(
                self.rows(["x1i", "t1i", "x2i", "t2i"], |[x1, t1, x2, t2]| PersonTime::new(x1, t1, x2, t2)),
            ),
            DataKind::TwoMeans => StudyData::TwoMeans(
                self.rows(["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"], |[m1, s1, n1, m2, s2, n2]| {
                    TwoMeans::new(m1, s1, n1, m2, s2, n2)
                }),
            ),
            DataKind::Superiority => StudyData::Superiority(
                self.rows(["ai", "n1i", "n2i"], |[a, n1, n2]| Superiority::new(a, n1, n2)),
            ),
            DataKind::Correlation => {
                StudyData::Correlation(self.rows(["ri", "ni"], |[r, n]| Correlation::new(r, n)))
            }
            DataKind::PartialCorrelation if self.has("ti") => StudyData::PartialCorrelation(
                self.rows(["ti", "mi", "ni"], |[t, m, n]| PartialCorrelation::from_t(t, m, n)),
            ),
            DataKind::PartialCorrelation => StudyData::PartialCorrelation(
                self.rows(["ri", "mi", "ni"], |[r, m, n]| PartialCorrelation::new(r, m, n)),
            ),
            DataKind::SemiPartialCorrelation => {
                StudyData::SemiPartialCorrelation(self.rows(["ti", "mi", "ni", "r2i"], |[t, m, n, r2]| {
                    SemiPartialCorrelation::from_t(t, m, n, r2)
                }))
            }
            DataKind::RSquared => {
                StudyData::RSquared(self.rows(["r2i", "mi", "ni"], |[r2, m, n]| RSquared::new(r2, m, n)))
            }
            DataKind::Proportion => {
                StudyData::Proportion(self.rows(["xi", "ni"], |[x, n]| Proportion::new(x, n)))
            }
            DataKind::Rate => StudyData::Rate(self.rows(["xi", "ti"], |[x, t]| Rate::new(x, t))),
            DataKind::Mean => {
                StudyData::Mean(self.rows(["mi", "sdi", "ni"], |[m, s, n]| OneMean::new(m, s, n)))
            }
            DataKind::Paired => StudyData::Paired(
                self.rows(["m1i", "m2i", "sd1i", "sd2i", "ni", "ri"], |[m1, m2, s1, s2, n, r]| {
                    Paired::new(m1, m2, s1, s2, n, r)
                }),
            ),
            DataKind::Reliability => {
                StudyData::Reliability(self.rows(["ai", "mi", "ni"], |[a, m, n]| Reliability::new(a, m, n)))
            }
            DataKind::Genotypes => {
                StudyData::Genotypes(self.rows(["ai", "bi", "ci"], |[a, b, c]| Genotypes::new(a, b, c)))
            }
            DataKind::Generic => StudyData::Generic(self.generic(ratio)),
            other => panic!("no reader for {other:?}"),
        }
    }

    fn generic(&self, ratio: bool) -> Vec<Generic> {
        let make = |yi, uncertainty| {
            if ratio { Generic::ratio(yi, uncertainty) } else { Generic::new(yi, uncertainty) }
        };
        if self.has("vi") {
            self.rows(["yi", "vi"], |[y, v]| make(y, Uncertainty::Variance(v)))
        } else if self.has("sei") {
            self.rows(["yi", "sei"], |[y, s]| make(y, Uncertainty::StandardError(s)))
        } else if self.has("ci_lower") {
            self.rows(["yi", "ci_lower", "ci_upper"], |[y, lower, upper]| {
                make(y, Uncertainty::Interval { lower, upper, level: Level::default() })
            })
        } else {
            self.rows(["yi", "p_value"], |[y, p]| make(y, Uncertainty::PValue(p)))
        }
    }
}

fn outcomes(case: &Case) -> (Vec<Outcome>, Level) {
    let mut measure = Measure::Generic;
    let (mut roles, mut level, mut ratio) = (String::new(), Level::default(), false);
    let mut policy = ZeroCells::default();
    let mut args = case.args.iter();
    while let Some(name) = args.next() {
        let mut value = || args.next().unwrap();
        match name.as_str() {
            "--measure" => measure = value().parse().unwrap(),
            "--columns" => roles = value().clone(),
            "--level" => level = Level::percent(value().parse().unwrap()).unwrap(),
            "--add" => policy = policy.add(value().parse().unwrap()),
            "--to" => policy = policy.to(value().parse::<AddTo>().unwrap()),
            "--drop00" => {
                assert_eq!(value(), "yes");
                policy = policy.drop00(DoubleZero::Drop);
            }
            "--ratio" => ratio = true,
            other => panic!("{}: unknown argument {other}", case.id),
        }
    }
    let data = Table::read(&case.data, &roles).data(measure.data_kind(), ratio);
    (data.effects(measure, &EffectOptions::default().zero_cells(policy)).unwrap(), level)
}

#[test]
fn effects_agree_with_metafor() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/metafor/effects.json");
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 145);
    let mut wrong = Vec::new();
    for case in &cases {
        let (outcomes, level) = outcomes(case);
        for (key, &expected) in &case.expect {
            let mut parts = key.split('.');
            assert_eq!(parts.next(), Some("studies"));
            let outcome = &outcomes[parts.next().unwrap().parse::<usize>().unwrap()];
            let interval = outcome.interval(level);
            let got = match parts.next().unwrap() {
                "yi" => outcome.yi(),
                "vi" => outcome.vi(),
                "sei" => outcome.sei(),
                "ci_lower" => interval.map(|i| i.ci_lower),
                "ci_upper" => interval.map(|i| i.ci_upper),
                other => panic!("{other}"),
            };
            let agrees = match (got, expected) {
                (None, None) => true,
                (Some(got), Some(expected)) => {
                    (got - expected).abs() <= case.tolerance * expected.abs() + case.absolute
                }
                _ => false,
            };
            if !agrees {
                wrong.push(format!("{} {key}: got {got:?}, expected {expected:?}", case.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} values differ:\n{}", wrong.len(), wrong.join("\n"));
}
