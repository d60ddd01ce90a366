//! Ranking, contributions, components, regression, thresholds and Mantel-Haenszel estimates of networks against netmeta
//! 3.3-1, metafor 5.0-1 and mvtnorm; see `tests/data/network_parts/origin.toml`.

use consilience::{
    Level, Measure,
    effect::AddTo,
    network::{
        ComponentEffect, ComponentOptions, ComponentTest, ContributionMethod, Difference, Network,
        NetworkData, NetworkMeta, NetworkRegression, RankingOptions, RareMethod, SmallValues,
    },
    table::{Roles, Table},
    tau2::Tau2,
};
use serde_json::{Value, json};

use super::case::Case;

fn measure(case: &Case) -> Measure {
    case.option("--measure").unwrap_or("GEN").parse().unwrap()
}

fn table(case: &Case) -> Table {
    let name = case.data.rsplit('/').next().unwrap();
    let path = format!("{}/tests/data/network_parts/{name}", env!("CARGO_MANIFEST_DIR"));
    let roles: Roles = case.option("--columns").map_or(Roles::new(), |text| text.parse().unwrap());
    Table::read_path(path).unwrap().with_roles(roles).unwrap()
}

fn network(case: &Case) -> Network {
    let mut data = NetworkData::new(measure(case));
    if case.option("--scale") == Some("log") {
        data = data.on_log_scale();
    }
    data.table(&table(case)).unwrap()
}

fn meta(case: &Case) -> NetworkMeta {
    let mut meta = match (case.option("--model"), case.option("--method")) {
        (Some("common"), _) => NetworkMeta::common(),
        (_, method) => NetworkMeta::random(method.unwrap_or("REML").parse::<Tau2>().unwrap()),
    };
    if let Some(reference) = case.option("--reference") {
        meta = meta.reference(reference);
    }
    meta
}

fn small_values(case: &Case) -> SmallValues {
    case.option("--small-values").map_or(SmallValues::Good, |text| text.parse().unwrap())
}

fn estimate(effect: &Option<Difference>) -> Value {
    effect.map_or(json!({"estimate": null}), |effect| serde_json::to_value(effect).unwrap())
}

fn effects(rows: &[ComponentEffect]) -> Vec<Value> {
    let row = |row: &ComponentEffect| {
        let mut value = estimate(&row.effect);
        value["identifiable"] = json!(row.identifiable);
        value
    };
    rows.iter().map(row).collect()
}

fn components(case: &Case) -> Value {
    let mut options = ComponentOptions::new(case.option("--components").unwrap());
    if let Some(inactive) = case.option("--inactive") {
        options = options.inactive(inactive);
    }
    if let Some(interactions) = case.option("--interactions") {
        options = options.interactions(interactions);
    }
    let fit = meta(case).fit_components(&network(case), &options).unwrap();
    let test =
        |test: Option<ComponentTest>| test.map(|t| json!({"q": t.q, "df": t.df, "p_value": t.p_value}));
    let mut additive = test(Some(fit.additive)).unwrap();
    additive["tau2"] = json!(fit.tau2);
    json!({"components": {
        "estimates": effects(&fit.estimates), "combinations": effects(&fit.combinations),
        "effects": effects(&fit.effects), "comparisons": effects(&fit.comparisons), "additive": additive,
        "standard": test(fit.standard), "difference": test(fit.difference), "rank": fit.rank,
    }})
}

fn regression(case: &Case) -> Value {
    let network = network(case);
    let name = case.option("--mods").unwrap();
    let table = table(case);
    let column = table.numbers(name).unwrap();
    let values: Vec<Option<f64>> = network.studies.iter().map(|study| column[study.row - 1]).collect();
    let interaction = case.option("--interaction").unwrap().parse().unwrap();
    let regression = NetworkRegression::new(name, values).interaction(interaction);
    let fit = meta(case).fit_regression(&network, &regression).unwrap();
    json!({
        "regression": {
            "coefficients": fit.coefficients.iter().map(|c| estimate(&c.effect)).collect::<Vec<_>>(),
            "moderator_test": fit.moderator_test, "residual_heterogeneity": fit.residual_heterogeneity,
        },
        "effects": fit.effects.iter().map(|e| estimate(&e.effect)).collect::<Vec<_>>(),
    })
}

fn rare(case: &Case) -> Value {
    let network = network(case);
    let level =
        case.option("--level").map_or(Level::default(), |l| Level::percent(l.parse().unwrap()).unwrap());
    let fit = network.fit_rare(RareMethod::MantelHaenszel, case.option("--reference"), level).unwrap();
    let t = fit.theta.len();
    let with_ratio = |i: usize, j: usize| {
        let difference = fit.difference(i, j);
        let mut value = serde_json::to_value(difference).unwrap();
        value["transformed"] = json!({"estimate": difference.estimate.exp()});
        value
    };
    let pairs = (0..t).flat_map(|i| (i + 1..t).map(move |j| (i, j)));
    json!({
        "comparisons": pairs.map(|(i, j)| with_ratio(i, j)).collect::<Vec<_>>(),
        "effects": (0..t).filter(|i| *i != fit.reference).map(|i| with_ratio(i, fit.reference)).collect::<Vec<_>>(),
        "heterogeneity": {"q": fit.q, "q_df": fit.q_df, "q_p_value": fit.q_p_value},
    })
}

fn got(case: &Case) -> Value {
    let asked = |name: &str| case.args.iter().any(|arg| arg == name);
    if asked("--rank") {
        let fit = meta(case).fit(&network(case)).unwrap();
        let mut options = RankingOptions::default().small_values(small_values(case));
        if !case.expect.keys().any(|path| path.contains("rank_probabilities")) {
            options = options.draws(256);
        }
        json!({"ranking": fit.ranking(&options).unwrap()})
    } else if asked("--contribution") {
        let fit = meta(case).fit(&network(case)).unwrap();
        json!({"contribution": fit.contributions(ContributionMethod::RandomWalk, None).unwrap()})
    } else if asked("--components") {
        components(case)
    } else if asked("--mods") {
        regression(case)
    } else if asked("--threshold") {
        let fit = meta(case).fit(&network(case)).unwrap();
        json!({"threshold": fit.thresholds(small_values(case))})
    } else {
        rare(case)
    }
}

#[test]
fn every_part_agrees() {
    let path = "tests/data/network_parts/cases.json";
    let (mut values, mut faults, cases) = (0, Vec::new(), Case::read_from(path));
    for case in &cases {
        let (n, wrong) = case.compare(&got(case));
        values += n;
        faults.extend(wrong);
    }
    println!("{} cases, {values} values", cases.len());
    assert!(
        faults.is_empty(),
        "{} of {values} values:\n{}",
        faults.len(),
        faults[..faults.len().min(60)].join("\n")
    );
}

#[test]
fn contributions_sum_to_one_by_either_rule() {
    let path = "tests/data/network_parts/cases.json";
    for case in
        Case::read_from(path).iter().filter(|case| case.args.iter().any(|arg| arg == "--contribution"))
    {
        let fit = meta(case).fit(&network(case)).unwrap();
        for method in [ContributionMethod::RandomWalk, ContributionMethod::Shortest] {
            for row in fit.contributions(method, None).unwrap().rows {
                assert!((row.values.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{}", case.id);
                assert!((row.studies.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{}", case.id);
                assert!(row.mean_path_length >= 1.0 - 1e-12);
            }
        }
    }
}

#[test]
fn a_threshold_makes_a_tie_at_the_top() {
    let path = "tests/data/network_parts/cases.json";
    for case in Case::read_from(path).iter().filter(|case| case.args.iter().any(|arg| arg == "--threshold")) {
        let network = network(case);
        let fit = meta(case).fit(&network).unwrap();
        let thresholds = fit.thresholds(small_values(case));
        let mut at = 0;
        for s in 0..network.studies.len() {
            for m in 0..network.studies[s].contrasts.len() {
                let row = &thresholds.rows[at];
                at += 1;
                for shift in [row.lower, row.upper].into_iter().flatten() {
                    let mut moved = network.clone();
                    moved.studies[s].contrasts[m] += shift;
                    let sign = small_values(case).sign();
                    let again = meta(case).tau2(fit.tau2).fit(&moved).unwrap();
                    let mut losses: Vec<f64> = again.theta.iter().map(|x| sign * x).collect();
                    losses.sort_by(f64::total_cmp);
                    assert!(
                        (losses[0] - losses[1]).abs() < 1e-7 * (1.0 + shift.abs()),
                        "{}: {shift}",
                        case.id
                    );
                }
            }
        }
    }
}

#[test]
fn estimators_of_rare_events_agree_where_events_are_many() {
    let path = "tests/data/network_parts/cases.json";
    let cases = Case::read_from(path);
    let case = cases.iter().find(|case| case.id == "network-dogliotti2014-mh").unwrap();
    let network = NetworkData::new(Measure::OddsRatio).to(AddTo::Only0).table(&table(case)).unwrap();
    let fit = |method| network.fit_rare(method, case.option("--reference"), Level::default()).unwrap();
    let mh = fit(RareMethod::MantelHaenszel);
    let (nch, firth) = (fit(RareMethod::Hypergeometric), fit(RareMethod::Penalized));
    for i in 0..mh.theta.len() {
        let name = &mh.treatments[i];
        let se = mh.difference(i, mh.reference).se.max(1e-9);
        assert!((mh.theta[i] - nch.theta[i]).abs() < 0.5 * se, "{name}");
        assert!((firth.theta[i] - nch.theta[i]).abs() < 0.5 * se, "{name}");
        if let Some((low, high)) = firth.profile[i] {
            assert!(low < firth.theta[i] && firth.theta[i] < high);
        }
    }
}

/// Treatments without events leave the network of the exact likelihood as they leave that of Mantel and Haenszel.
#[test]
fn treatments_without_events_are_dropped() {
    let cases = Case::read_from("tests/data/network_parts/cases.json");
    let case = cases.iter().find(|case| case.id == "network-gurusamy2011-mh").unwrap();
    let network = NetworkData::new(Measure::OddsRatio).to(AddTo::Only0).table(&table(case)).unwrap();
    let fit = |method| network.fit_rare(method, case.option("--reference"), Level::default()).unwrap();
    let (mh, nch) = (fit(RareMethod::MantelHaenszel), fit(RareMethod::Hypergeometric));
    assert_eq!(mh.treatments, nch.treatments);
    assert!(nch.notes.iter().any(|note| note.contains("arms were dropped")), "{:?}", nch.notes);
    for i in 0..mh.theta.len() {
        let se = mh.difference(i, mh.reference).se.max(1e-9);
        assert!((mh.theta[i] - nch.theta[i]).abs() < 0.5 * se, "{}", mh.treatments[i]);
    }
}
