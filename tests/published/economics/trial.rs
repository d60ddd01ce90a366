//! Trial analyses against statsmodels and NumPy (tests/data/economics_trial).

use approx::assert_relative_eq;
use consilience::Level;
use consilience::economics::{
    CostGlm, Incremental, Reference, TrialAnalysis, TrialData, TrialVariance, WillingnessToPay,
};
use serde_json::Value;

struct Patients {
    data: TrialData,
    sex: Vec<String>,
    cluster: Vec<String>,
}

fn patients() -> Patients {
    let text = include_str!("../../data/economics_trial/data.csv");
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let number = |j: usize| rows.iter().map(|r| r[j].parse().unwrap()).collect::<Vec<f64>>();
    let word = |j: usize| rows.iter().map(|r| r[j].to_owned()).collect::<Vec<String>>();
    let data = TrialData::new(&word(0), number(1), number(2), "new", "usual")
        .unwrap()
        .covariate("baseline", number(3))
        .unwrap()
        .covariate("age", number(4))
        .unwrap();
    Patients { data, sex: word(5), cluster: word(6) }
}

fn expected(key: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../data/economics_trial/expected.json")).unwrap();
    all[key].clone()
}

fn check(got: &Incremental, key: &str) {
    let want = expected(key);
    let value = |name: &str| want[name].as_f64().unwrap();
    assert_relative_eq!(got.cost(), value("cost"), max_relative = 1e-9);
    assert_relative_eq!(got.cost_se(), value("cost_se"), max_relative = 1e-9);
    assert_relative_eq!(got.effect(), value("effect"), max_relative = 1e-9);
    assert_relative_eq!(got.effect_se(), value("effect_se"), max_relative = 1e-9);
    // The reference finds the covariance as a difference of variances, which costs it digits.
    assert_relative_eq!(got.covariance(), value("covariance"), max_relative = 1e-7);
}

#[test]
fn unadjusted() {
    let data = patients().data;
    let fit = TrialAnalysis::new().reference(Reference::T).fit(&data).unwrap();
    check(&fit.difference, "welch");
    assert_relative_eq!(
        fit.difference.df().unwrap(),
        expected("welch")["df"].as_f64().unwrap(),
        max_relative = 1e-9
    );
    let pooled =
        TrialAnalysis::new().variance(TrialVariance::Pooled).reference(Reference::T).fit(&data).unwrap();
    check(&pooled.difference, "pooled");
    assert_eq!(pooled.difference.df(), Some(46.0));
    assert_eq!((fit.arms[0].arm.as_str(), fit.arms[0].n), ("new", 24));
    let summary = fit.summary(&WillingnessToPay::new([20000.0]).unwrap(), Level::default()).unwrap();
    let json = serde_json::to_value(&summary).unwrap();
    for key in
        ["icer", "fieller", "inb", "cost_difference", "effect_difference", "covariance", "quadrants", "ceac"]
    {
        assert!(!json[key].is_null(), "{key}");
    }
    assert_eq!(json["ceac"][0]["probability"], json["inb"][0]["probability_cost_effective"]);
}

#[test]
fn adjusted() {
    let data = patients().data;
    let analysis = TrialAnalysis::new().adjust(["baseline", "age"]);
    check(&analysis.fit(&data).unwrap().difference, "adjusted");
    check(&analysis.clone().variance(TrialVariance::Separate).fit(&data).unwrap().difference, "adjusted_hc2");
    let unrelated = TrialAnalysis::new().adjust_cost(["age"]).adjust_effect(["baseline"]).fit(&data).unwrap();
    check(&unrelated.difference, "sur");
    let doubled: Vec<f64> = (0..data.len()).map(|i| f64::from(u8::from(i % 2 == 0))).collect();
    let data = data.covariate("arm again", doubled).unwrap();
    let error = TrialAnalysis::new().adjust(["arm again"]).fit(&data).unwrap_err().to_string();
    assert!(error.contains("linearly dependent"), "{error}");
}

#[test]
fn clustered() {
    let Patients { data, cluster, .. } = patients();
    let data = data.clusters(&cluster).unwrap();
    let fit = TrialAnalysis::new().adjust(["baseline", "age"]).reference(Reference::T).fit(&data).unwrap();
    check(&fit.difference, "clustered");
    assert_eq!(fit.clusters, Some(12));
    assert_relative_eq!(
        fit.difference.df().unwrap(),
        expected("clustered")["df"].as_f64().unwrap(),
        max_relative = 1e-9
    );
    assert!(fit.notes.iter().any(|note| note.starts_with("12 clusters")), "{:?}", fit.notes);
}

#[test]
fn subgroups() {
    let Patients { data, sex, .. } = patients();
    let levels = TrialAnalysis::new().adjust(["baseline"]).subgroups(&data, &sex).unwrap();
    check(&levels[0].difference, "women");
    check(&levels[1].difference, "men");
    check(levels[1].interaction.as_ref().unwrap(), "interaction");
    assert_eq!(levels[0].interaction, None);
}

#[test]
fn gamma_regression_with_recycled_predictions() {
    let data = patients().data;
    let fit = CostGlm::fit(&data, &["baseline".to_owned(), "age".to_owned()]).unwrap();
    let want = expected("glm");
    for (got, want) in fit.coefficients.iter().zip(want["coefficients"].as_array().unwrap()) {
        assert_relative_eq!(*got, want.as_f64().unwrap(), max_relative = 1e-8);
    }
    assert_relative_eq!(fit.difference.cost(), want["difference"].as_f64().unwrap(), max_relative = 1e-8);
    // The reference differentiates numerically.
    assert_relative_eq!(fit.difference.cost_se(), want["se"].as_f64().unwrap(), max_relative = 1e-6);
}

#[cfg(feature = "random")]
mod resampled {
    use super::*;

    #[test]
    fn the_bootstrap_agrees_with_theory_and_repeats_itself() {
        let Patients { data, cluster, .. } = patients();
        let exact = TrialAnalysis::new().fit(&data).unwrap().difference;
        let boot = TrialAnalysis::new().bootstrap(&data, 20_000, 7).unwrap();
        // Drawing from 24 patients shrinks variances by 23/24; 20,000 replicates leave an error of 0.5 per cent.
        let shrink = (23.0f64 / 24.0).sqrt();
        assert_relative_eq!(boot.moments.cost_se(), exact.cost_se() * shrink, max_relative = 0.03);
        assert_relative_eq!(boot.moments.effect_se(), exact.effect_se() * shrink, max_relative = 0.03);
        // Four Monte Carlo standard errors of a covariance.
        let error = 4.0 * exact.cost_se() * exact.effect_se() / 20_000f64.sqrt();
        assert_relative_eq!(boot.moments.covariance(), exact.covariance() * shrink.powi(2), epsilon = error);
        assert_relative_eq!(
            boot.probability_cost_effective(20000.0),
            exact.probability_cost_effective(20000.0),
            epsilon = 0.03
        );
        assert_eq!(boot, TrialAnalysis::new().bootstrap(&data, 20_000, 7).unwrap());
        assert_ne!(boot.cost, TrialAnalysis::new().bootstrap(&data, 20_000, 8).unwrap().cost);
        let adjusted = TrialAnalysis::new().adjust(["baseline", "age"]);
        let want = adjusted.clone().variance(TrialVariance::Separate).fit(&data).unwrap().difference;
        let got = adjusted.bootstrap(&data, 2000, 7).unwrap();
        assert_relative_eq!(got.moments.effect_se(), want.effect_se(), max_relative = 0.1);
        let clustered = TrialAnalysis::new().bootstrap(&data.clusters(&cluster).unwrap(), 1000, 7).unwrap();
        assert!(clustered.moments.cost_se() > 0.0);
        let summary =
            boot.summary(&WillingnessToPay::new([0.0, 20000.0]).unwrap(), Level::default()).unwrap();
        assert!(summary.inb.iter().all(|row| row.ci_lower < row.estimate && row.estimate < row.ci_upper));
        let q = summary.quadrants.unwrap();
        assert_relative_eq!(q.north_east + q.south_east + q.south_west + q.north_west + q.on_axis, 1.0);
    }
}
