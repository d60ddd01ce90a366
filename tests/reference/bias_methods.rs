//! Selection models against metafor 3.8 (`tests/data/bias/selmodel.R`), the other methods against 50-digit arithmetic
//! (`oracle.py`), cluster-robust forms against clubSandwich (`robust.R`), and published or pinned numbers.

use std::{collections::BTreeMap, path::PathBuf};

use consilience::{
    EffectSizes, Measure,
    bias::{
        Alternative, Analysis, Bias, ExcessTest, ImputedVariance, MissingOutcomes, PowerOptions, Selection,
        SelectionInterval, Side,
    },
    effect::{EffectOptions, StudyData, TwoByTwo},
    pool::{PoolModel, RandomEffects},
    regression::{Design, MetaRegression},
};
use serde_json::Value;

use super::csv::Data;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/bias")
}

fn read(name: &str) -> Data {
    Data::read(&format!("../bias/{name}.csv"))
}

fn oracle() -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join("oracle.json")).unwrap()).unwrap()
}

fn labels(k: usize) -> Vec<String> {
    (1..=k).map(|i| i.to_string()).collect()
}

fn tables(data: &Data) -> Vec<TwoByTwo> {
    let [a, n1, c, n2] = ["ai", "n1i", "ci", "n2i"].map(|name| data.numbers(name));
    (0..a.len()).map(|i| TwoByTwo::from_totals(a[i], n1[i], c[i], n2[i]).unwrap()).collect()
}

fn dataset(name: &str) -> EffectSizes {
    let data = read(name);
    let raw = |measure, raw: StudyData| {
        EffectSizes::from_study_data(measure, labels(raw.len()), &raw, &EffectOptions::default()).unwrap()
    };
    match name {
        "hahn2001" => raw(Measure::OddsRatio, StudyData::TwoByTwo(tables(&data))),
        "dorn2007" => raw(Measure::RiskRatio, StudyData::TwoByTwo(tables(&data))),
        "cohen1981" => {
            let rows = data.numbers("ri").into_iter().zip(data.numbers("ni"));
            let rows = rows.map(|(r, n)| consilience::effect::Correlation::new(r, n).unwrap()).collect();
            raw(Measure::FisherZ, StudyData::Correlation(rows))
        }
        _ => {
            let y = data.numbers("yi");
            EffectSizes::new(Measure::Generic, labels(y.len()), y, data.numbers("vi")).unwrap()
        }
    }
}

#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: &Value, tolerance: f64) {
    let (got, expected) = (got.into().unwrap(), expected.as_f64().unwrap());
    assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} instead of {expected}");
}

/// metafor's maxima are found by BFGS on integrals by adaptive quadrature, good to about 1e-4 of the parameters even with its
/// iterations tightened; the log-likelihood there is good to 1e-7, and ours may only be higher.
#[test]
fn selection_models_of_metafor() {
    let data = read("selmodel");
    let column = |name: &str| data.text(name).to_vec();
    let (ids, delta, delta_se) = (column("id"), column("delta"), column("delta_se"));
    let (estimate, se, tau2) = (column("estimate"), column("se"), column("tau2"));
    let (lrt, lrt_df, tau2_lrt, ll) =
        (column("lrt"), column("lrt_df"), column("tau2_lrt"), column("log_likelihood"));
    let numbers = |text: &str| -> Vec<Option<f64>> { text.split(' ').map(|x| x.parse().ok()).collect() };
    for i in 0..ids.len() {
        let (name, rest) = ids[i].split_once(' ').unwrap();
        let (model, moderators) = rest.split_once(" ~ ").map_or((rest, false), |(m, _)| (m, true));
        let fixed = matches!(name, "hahn" | "cohen-ee");
        let effects = dataset(match name {
            "hackshaw" => "hackshaw1998",
            "hahn" => "hahn2001",
            "baskerville" => "baskerville2012",
            _ => "cohen1981",
        });
        let selection: Selection = model.parse().unwrap();
        let alternative = if name == "hahn" { Alternative::Less } else { Alternative::Greater };
        let bias = if fixed { Bias::fixed_effect() } else { Bias::default() };
        let mut bias = bias.analyses([Analysis::Selection]).selections([selection], alternative);
        if moderators {
            let blind = read("baskerville2012").numbers("blind");
            bias = bias.moderators(Design::with_intercept(blind.len()).column("blind", blind).unwrap());
        }
        let report = bias.fit(&effects, None).unwrap();
        let fit = report.selection_models.first().unwrap_or_else(|| panic!("{}: {:?}", ids[i], report.notes));
        let expected: f64 = ll[i].parse().unwrap();
        let gain = fit.log_likelihood - expected;
        assert!(gain > -1e-7 && gain < 1e-4, "{}: {} {expected}", ids[i], fit.log_likelihood);
        let near = |what: &str, got: Option<f64>, expected: Option<f64>, tolerance: f64| {
            let (Some(got), Some(expected)) = (got, expected) else { return };
            let scale = expected.abs() + 1e-3;
            assert!((got - expected).abs() <= tolerance * scale, "{} {what}: {got} {expected}", ids[i]);
        };
        for (got, expected) in fit.delta.iter().zip(numbers(&delta[i])) {
            near("delta", Some(*got), expected, 2e-3);
        }
        // A second derivative by differences of integrals.
        for (got, expected) in fit.delta_se.iter().zip(numbers(&delta_se[i])) {
            near("delta_se", *got, expected, 5e-3);
        }
        let estimates: Vec<f64> = match &fit.coefficients {
            Some(all) => all.iter().map(|c| c.estimate).collect(),
            None => vec![fit.estimate],
        };
        for (got, expected) in estimates.iter().zip(numbers(&estimate[i])) {
            near("estimate", Some(*got), expected, 2e-3);
        }
        near("se", fit.se, numbers(&se[i])[0], 5e-3);
        near("tau2", fit.tau2, tau2[i].parse().ok(), 3e-3);
        if fit.lrt_df > 0 {
            near("lrt", fit.lrt, lrt[i].parse().ok(), 1e-5);
            assert_eq!(fit.lrt_df.to_string(), lrt_df[i]);
        } else {
            assert_eq!((fit.lrt, lrt_df[i].as_str()), (None, "0"));
        }
        near("tau2_lrt", fit.tau2_lrt, tau2_lrt[i].parse().ok(), 1e-3);
    }
}

fn selected(effects: &EffectSizes, bias: Bias, model: &str) -> consilience::bias::SelectionFit {
    let selection: Selection = model.parse().unwrap();
    let bias = bias.analyses([Analysis::Selection]).selections([selection], Alternative::Greater);
    bias.fit(effects, None).unwrap().selection_models.remove(0)
}

/// Numbers that metafor's own tests pin, from the papers or its runs.
#[test]
fn pinned_selection_models() {
    let truncated = selected(&dataset("hackshaw1998"), Bias::default(), "trunc");
    assert!((truncated.delta[1] - 0.3818).abs() < 5e-5);
    let beta = selected(&dataset("baskerville2012"), Bias::default(), "beta");
    assert!((beta.delta[0] - 0.4731).abs() < 5e-5, "{:?}", beta.delta);
    // metafor's search ends 1.5e-4 from the root of the gradient.
    assert!((beta.delta[1] - 4.4613).abs() < 2e-4, "{:?}", beta.delta);
    // Its integrals are good to 1e-4: the statistic is 7.84713.
    assert!((beta.lrt.unwrap() - 7.8469).abs() < 3e-4, "{:?}", beta.lrt);
    // Preston, Ashby and Smyth (2004), as metafor reproduces them.
    let hahn = dataset("hahn2001");
    for (model, delta) in [("halfnorm", 3.1629), ("negexp", 2.6567), ("logistic", 3.3393), ("power", 1.4589)]
    {
        let selection: Selection = model.parse().unwrap();
        let bias =
            Bias::fixed_effect().analyses([Analysis::Selection]).selections([selection], Alternative::Less);
        let fit = bias.fit(&hahn, None).unwrap().selection_models.remove(0);
        assert!((fit.delta[0] - delta).abs() < 5e-5, "{model} {:?}", fit.delta);
    }
}

#[test]
fn names_of_selection_models() {
    for (name, same) in [("3psm", "stepfun:0.025"), ("4psm", "stepfun:0.5,0.025"), ("trunc", "trunc:0")] {
        assert_eq!(name.parse::<Selection>().unwrap(), same.parse().unwrap());
    }
    for text in [
        "stepfun:0.05,0.5=0.9,NA",
        "halfnorm:0.05@sei",
        "negexppow=NA,0.5@vi",
        "severe-one-tailed",
        "trunc:-0.2",
    ] {
        assert_eq!(text.parse::<Selection>().unwrap().to_string(), text);
    }
    for text in [
        "3psm:0.05",
        "beta@sei",
        "stepfun:0.05=1,2",
        "halfnorm=-1",
        "trunc:a",
        "stepfun",
        "halfnrm",
        "negexp@se",
    ] {
        assert!(text.parse::<Selection>().is_err(), "{text}");
    }
}

/// At a profile limit the likelihood ratio is the chi-square quantile: seen by holding the parameter there.
#[test]
fn profile_limits_are_where_the_likelihood_ratio_says() {
    let effects = dataset("hackshaw1998");
    for (model, held) in
        [("negexp", "negexp="), ("stepfun:0.025", "stepfun:0.025="), ("halfnorm@sei", "halfnorm=")]
    {
        let bias = Bias::default().selection_interval(SelectionInterval::Profile);
        let fit = selected(&effects, bias, model);
        let profile = fit.profile.clone().unwrap();
        let [low, high] = profile.delta[0].unwrap();
        for limit in [low, high].into_iter().flatten().filter(|limit| *limit > 0.0) {
            let suffix = model.split_once('@').map_or(String::new(), |(_, p)| format!("@{p}"));
            let there = selected(&effects, Bias::default(), &format!("{held}{limit}{suffix}"));
            let deviance = 2.0 * (fit.log_likelihood - there.log_likelihood);
            assert!((deviance - 3.841_458_820_694_124).abs() < 1e-7, "{model} {limit}: {deviance}");
        }
        assert!(
            profile.coefficients[0][0].unwrap() < fit.estimate
                && profile.coefficients[0][1].unwrap() > fit.estimate
        );
    }
}

/// The limits of negexppow's second parameter lie on both sides of it, although the likelihood is flat and winding.
#[test]
fn profile_of_a_winding_likelihood() {
    let bias = Bias::default().selection_interval(SelectionInterval::Profile);
    let fit = selected(&dataset("hackshaw1998"), bias, "negexppow");
    let [low, high] = fit.profile.unwrap().delta[1].unwrap();
    assert!(low.unwrap() < fit.delta[1] - 0.1 && high.unwrap() > fit.delta[1] + 0.1, "{low:?} {high:?}");
}

#[test]
fn copas_model() {
    let report = Bias::default().analyses([Analysis::Copas]).fit(&dataset("hackshaw1998"), None).unwrap();
    let copas = report.copas.unwrap();
    for case in oracle()["copas"].as_array().unwrap() {
        let (least, most) = (case["least"].as_f64().unwrap(), case["most"].as_f64().unwrap());
        let point = copas.grid.iter().find(|p| (p.least_precise, p.most_precise) == (least, most)).unwrap();
        close(point.gamma0, &case["gamma0"], 1e-11);
        close(point.gamma1, &case["gamma1"], 1e-11);
        close(point.missing, &case["missing"], 1e-11);
        close(point.log_likelihood, &case["log_likelihood"], 1e-12);
        close(point.estimate, &case["estimate"], 1e-8);
        close(point.tau2, &case["tau2"], 1e-8);
        close(point.rho, &case["rho"], 1e-8);
        close(point.se, &case["se"], 1e-8);
        let p = consilience::stat::chi2::sf(case["residual_lrt"].as_f64().unwrap(), 1.0);
        close(point.residual_p_value, &Value::from(p), 1e-8);
    }
}

#[test]
fn p_uniform() {
    let report = Bias::default().analyses([Analysis::PUniform]).fit(&dataset("hackshaw1998"), None).unwrap();
    let oracle = oracle();
    let (p, e) = (report.p_uniform.unwrap(), &oracle["p_uniform"]);
    assert_eq!(p.k_significant as u64, e["k"].as_u64().unwrap());
    for (got, key) in [
        (p.estimate, "estimate"),
        (p.ci_lower, "ci_lower"),
        (p.ci_upper, "ci_upper"),
        (p.statistic, "statistic"),
        (p.p_value, "p_value"),
        (p.fixed_estimate, "fixed"),
        (p.bias_p_value, "bias_p_value"),
    ] {
        close(got, &e[key], 1e-11);
    }
    let (p, e) = (report.p_uniform_star.unwrap(), &oracle["p_uniform_star"]);
    close(p.log_likelihood, &e["log_likelihood"], 1e-12);
    close(p.estimate, &e["estimate"], 1e-8);
    close(p.tau2, &e["tau2"], 1e-8);
    close(p.lrt, &e["lrt"], 1e-10);
    close(p.tau2_lrt, &e["tau2_lrt"], 1e-10);
    close(p.ci_lower, &e["ci_lower"], 1e-8);
    close(p.ci_upper, &e["ci_upper"], 1e-8);
}

/// Interviews and job performance (McDaniel et al. 1994): 160 correlations. The oracle is expectation-maximisation, 400,000 steps.
#[test]
fn z_curve() {
    let data = Data::read("data/mcdaniel1994.csv");
    let y: Vec<f64> = data.numbers("ri").iter().map(|r| r.atanh()).collect();
    let v: Vec<f64> = data.numbers("ni").iter().map(|n| 1.0 / (n - 3.0)).collect();
    let effects = EffectSizes::new(Measure::FisherZ, labels(y.len()), y, v).unwrap();
    let bias = Bias::default().analyses([Analysis::ZCurve]).bootstrap(200, 5);
    let z = bias.fit(&effects, None).unwrap().z_curve.unwrap();
    let e = &oracle()["z_curve"];
    assert_eq!(
        (z.k as u64, z.k_significant as u64),
        (e["k"].as_u64().unwrap(), e["significant"].as_u64().unwrap())
    );
    close(z.log_likelihood, &e["log_likelihood"], 1e-12);
    close(z.err, &e["err"], 1e-8);
    close(z.edr, &e["edr"], 1e-8);
    let (low, high) = (z.edr_ci_lower.unwrap(), z.edr_ci_upper.unwrap());
    assert!(low < z.edr && z.edr < high && low >= 0.05 && high <= 1.0);
    assert_eq!(bias.fit(&effects, None).unwrap().z_curve.unwrap(), z);
}

/// White and Higgins (2009) and Higgins, White and Wood (2008) print, for haloperidol against placebo, fixed-effect risk ratios
/// of 1.57 (1.28 to 1.92) from the available cases and 1.90 (1.51 to 2.39) with missing taken as no response.
#[test]
fn missing_outcomes() {
    let data = read("haloperidol");
    let [r1, f1, m1, r2, f2, m2] = ["r1", "f1", "m1", "r2", "f2", "m2"].map(|name| data.numbers(name));
    let rows = (0..17).map(|i| TwoByTwo::new(r1[i], f1[i], r2[i], f2[i]).unwrap()).collect();
    let raw = StudyData::TwoByTwo(rows);
    let missing: Vec<(f64, f64)> = m1.into_iter().zip(m2).collect();
    let mut found = BTreeMap::new();
    for (code, measure) in
        [("RR", Measure::RiskRatio), ("OR", Measure::OddsRatio), ("RD", Measure::RiskDifference)]
    {
        let effects =
            EffectSizes::from_study_data(measure, labels(17), &raw, &EffectOptions::default()).unwrap();
        for weight in ["w1", "w2", "w3", "w4"] {
            let variance: ImputedVariance = weight.parse().unwrap();
            let missing = MissingOutcomes::new(missing.clone()).unwrap().variance(variance).imor(2.0, 0.5);
            let missing = missing.event("good".parse().unwrap());
            let bias = Bias::fixed_effect().analyses([Analysis::MissingOutcomes]).missing_outcomes(missing);
            for e in bias.fit(&effects, Some(&raw)).unwrap().missing_outcomes.unwrap() {
                let strategy = e.strategy.to_string();
                let strategy = strategy.split(' ').next().unwrap().to_owned();
                found.insert((code, strategy, weight), (e.k, e.estimate, e.se, e.ci_lower, e.ci_upper));
            }
        }
    }
    let mut compared = 0;
    for case in oracle()["missing"].as_array().unwrap() {
        let key = |name: &str| case[name].as_str().unwrap();
        let entry = found
            .iter()
            .find(|((m, s, w), _)| (*m, s.as_str(), *w) == (key("measure"), key("strategy"), key("weight")));
        let (_, (k, estimate, se, ..)) = entry.unwrap();
        if *k == 17 {
            close(*estimate, &case["estimate"], 1e-9);
            close(*se, &case["se"], 1e-9);
            compared += 1;
        }
    }
    assert!(compared >= 72, "{compared}");
    for (strategy, printed) in [("aca", [1.57, 1.28, 1.92]), ("ica-0", [1.90, 1.51, 2.39])] {
        let (_, estimate, _, low, high) = found[&("RR", strategy.to_owned(), "w4")];
        for (got, printed) in [estimate, low, high].into_iter().zip(printed) {
            assert!((got.exp() - printed).abs() < 5e-3, "{strategy}: {} {printed}", got.exp());
        }
    }
}

/// By clubSandwich, clusters by country; and trim and fill with the fixed-effect mean before random effects.
#[test]
fn dependent_effects() {
    let effects = dataset("hackshaw1998");
    let countries = Data::read("data/hackshaw1998_log.csv").text("country").to_vec();
    let text = std::fs::read_to_string(folder().join("robust.csv")).unwrap();
    let rows: BTreeMap<&str, Vec<f64>> = text
        .lines()
        .map(|line| {
            let mut fields = line.split(',');
            (fields.next().unwrap(), fields.map(|f| f.parse().unwrap()).collect())
        })
        .collect();
    #[track_caller]
    fn same(got: [f64; 4], expected: &[f64]) {
        for (got, expected) in got.into_iter().zip(expected) {
            // clubSandwich takes square roots of matrices by eigenvalues.
            assert!((got - expected).abs() < 1e-7 * expected.abs(), "{got} {expected}");
        }
    }
    let report = Bias::default().clusters(countries).fit(&effects, None).unwrap();
    assert_eq!(report.clusters, Some(9));
    let test = |name: Analysis| report.tests.iter().find(|t| t.name == name).unwrap();
    let egger = test(Analysis::Egger);
    same(
        [egger.intercept.unwrap(), egger.se.unwrap(), egger.df.unwrap(), egger.p_value.unwrap()],
        &rows["egger"],
    );
    let r = test(Analysis::Regression);
    // There the inference is that of the model's name, on the CR2 sandwich.
    same([r.slope.unwrap(), r.se.unwrap(), r.df.unwrap(), r.p_value.unwrap()], &rows["regression"]);
    let four = |e: &consilience::bias::AdjustedEffect| [e.estimate, e.se, e.df.unwrap(), e.p_value.unwrap()];
    let pp = report.pet_peese.as_ref().unwrap();
    same(four(&pp.pet), &rows["pet"]);
    same(four(&pp.peese), &rows["peese"]);
    same(four(&report.uwls.as_ref().unwrap().uwls), &rows["uwls"]);
    let alone = Bias::default().fit(&effects, None).unwrap();
    for (report, by) in [(&report, " by country"), (&alone, "")] {
        for eta in [1, 5, 50] {
            let worst = report.worst_case.as_ref().unwrap();
            let c = worst.corrected.iter().find(|c| c.eta == Some(f64::from(eta))).unwrap();
            same([c.estimate, c.se, c.df.unwrap(), c.p_value], &rows[format!("worst{by} {eta}").as_str()]);
        }
    }
    let expected = &rows["fixed-random"];
    let bias = Bias::default().analyses([Analysis::TrimAndFill]).trimming(PoolModel::Fixed).side(Side::Left);
    let t = bias.fit(&effects, None).unwrap().trim_and_fill.unwrap();
    assert_eq!(t.k0 as f64, expected[0]);
    same([t.estimate, t.se, t.tau2.unwrap(), 0.0], &expected[1..]);
}

/// With one common effect the S value has a closed form; the mean at it is the threshold, and so is the limit at its own.
#[test]
fn s_values() {
    let data = Data::read("data/hackshaw1998_log.csv");
    let y: Vec<f64> = data.numbers("yi").iter().map(|y| y + 0.05).collect();
    let effects =
        EffectSizes::from_standard_errors(Measure::Generic, labels(37), y, data.numbers("sei")).unwrap();
    let worst = |threshold: f64| {
        let bias = Bias::fixed_effect().analyses([Analysis::WorstCase]).threshold(threshold);
        bias.fit(&effects, None).unwrap().worst_case.unwrap()
    };
    let critical = 1.959_963_984_540_054;
    let sums = |eta: f64| {
        let mut total = [0.0; 3];
        for (y, v) in effects.yi().iter().zip(effects.vi()) {
            let w = if *y > critical * v.sqrt() { 1.0 } else { eta } / v;
            total = [total[0] + w, total[1] + w * y, total[2] + w * w * v];
        }
        (total[1] / total[0], total[2].sqrt() / total[0])
    };
    let s = worst(0.2).s_value.unwrap();
    assert!(s > 1.0 && (sums(s).0 - 0.2).abs() < 1e-12, "{s}");
    assert_eq!(worst(0.2).s_value_ci, Some(1.0));
    let s = worst(0.14).s_value_ci.unwrap();
    assert!(s > 1.0 && (sums(s).0 - critical * sums(s).1 - 0.14).abs() < 1e-12, "{s}");
    assert_eq!(worst(0.0).s_value, None);
    let worst = worst(0.0);
    let five = worst.corrected.iter().find(|c| c.eta == Some(5.0)).unwrap();
    assert!((five.estimate - sums(5.0).0).abs() < 1e-14 && (five.se - sums(5.0).1).abs() < 1e-14);
}

/// Copas and Jackson's bound by hand, and the weighted mean of the adequately powered studies.
#[test]
fn bounds_and_powered_studies() {
    let effects = dataset("hackshaw1998");
    let fit = RandomEffects::default().fit(&effects).unwrap();
    let tau2 = fit.heterogeneity.tau2.unwrap();
    let report = Bias::default().fit(&effects, None).unwrap();
    let bound = report.reporting_bias.unwrap()[2];
    let w: Vec<f64> = effects.vi().iter().map(|v| 1.0 / (v + tau2)).collect();
    let root: f64 = w.iter().map(|w| w.sqrt()).sum();
    // scipy 1.17: norm.pdf(norm.ppf(37 / 40)) * 40 / 37
    let expected = 0.153_032_889_039_799 * root / w.iter().sum::<f64>();
    assert!((bound.max_bias - expected).abs() < 1e-10, "{} {expected}", bound.max_bias);
    assert!((bound.estimate - (fit.estimate - bound.max_bias)).abs() < 1e-15);
    // Precise studies of a larger effect: two of four reach a standard error of |UWLS| / 2.8.
    let y = [0.3, 0.2, 0.9, -0.4];
    let s = [0.05, 0.06, 0.3, 0.4];
    let effects = EffectSizes::from_standard_errors(Measure::Generic, labels(4), y, s).unwrap();
    let u = Bias::default().analyses([Analysis::Uwls]).fit(&effects, None).unwrap().uwls.unwrap();
    let mean = |n: usize| {
        let w: Vec<f64> = s[..n].iter().map(|s| 1.0 / (s * s)).collect();
        let total: f64 = w.iter().sum();
        let m = w.iter().zip(&y).map(|(w, y)| w * y).sum::<f64>() / total;
        let q: f64 = w.iter().zip(&y).map(|(w, y)| w * (y - m) * (y - m)).sum();
        (m, (q / (n as f64 - 1.0) / total).sqrt())
    };
    assert_eq!(u.k_adequate, 2);
    let waap = u.waap.unwrap();
    assert!((u.uwls.estimate - mean(4).0).abs() < 1e-14 && (u.uwls.se - mean(4).1).abs() < 1e-14);
    assert!((waap.estimate - mean(2).0).abs() < 1e-14 && (waap.se - mean(2).1).abs() < 1e-14);
    assert_eq!((waap.df, u.estimate), (Some(1.0), waap.estimate));
}

/// Exercise and rumination: 10 significant results where 4.9233 are expected (pinned by metafor for Dorn et al. 2007).
#[test]
fn excess_significance_of_dorn() {
    let report = Bias::fixed_effect()
        .analyses([Analysis::ExcessSignificance])
        .fit(&dataset("dorn2007"), None)
        .unwrap();
    let e = report.excess_significance.unwrap();
    assert_eq!(e.observed, 10);
    assert!((e.expected - 4.9233).abs() < 5e-5 && (e.p_value.unwrap() - 0.0078).abs() < 5e-5, "{e:?}");
}

/// The general fail-safe number of metafor 5.0-1, `fsn(type = "General")` with REML.
#[test]
fn general_failsafe_number_carries_heterogeneity() {
    let n = Bias::default().analyses([Analysis::FailsafeN]).fit(&dataset("hackshaw1998"), None).unwrap();
    assert_eq!(n.failsafe_n.unwrap().general, Some(112));
}

/// Studies that all have a power of 1: the chi-square test is 0/0.
#[test]
fn no_excess_test_without_room_for_excess() {
    let effects = EffectSizes::new(Measure::Generic, labels(3), [1.0, 1.2, 1.1], [1e-4; 3]).unwrap();
    let bias = Bias::default().analyses([Analysis::ExcessSignificance]).excess_test(ExcessTest::Chi2);
    let report = bias.fit(&effects, None).unwrap();
    let e = report.excess_significance.unwrap();
    assert_eq!((e.observed, e.statistic, e.p_value), (3, None, None));
    assert!(report.notes.iter().any(|note| note.contains("power of 1")), "{:?}", report.notes);
}

/// PET and PEESE beside a random-effects model are also meta-regressions with a tau² of their own.
#[test]
fn pet_peese_in_random_effects_form() {
    let effects = dataset("hackshaw1998");
    let fit = Bias::default().analyses([Analysis::PetPeese]).fit(&effects, None).unwrap().pet_peese.unwrap();
    let random = fit.random_effects.unwrap();
    let design = |x: Vec<f64>| Design::with_intercept(effects.len()).column("x", x).unwrap();
    let se: Vec<f64> = effects.vi().iter().map(|v| v.sqrt()).collect();
    for (x, line, tau2) in
        [(se, random.pet, random.pet_tau2), (effects.vi().to_vec(), random.peese, random.peese_tau2)]
    {
        let fit = MetaRegression::default().fit(&effects, design(x)).unwrap();
        assert!((fit.coefficients[0].estimate - line.estimate).abs() < 1e-10);
        assert!((fit.coefficients[0].se - line.se).abs() < 1e-10);
        assert!((fit.tau2() - tau2).abs() < 1e-10);
    }
}

/// Without selection, effect and heterogeneity, each test has its nominal size: within four standard errors of 2000 replicates.
#[test]
fn nominal_size_under_the_null() {
    let k = 30;
    let v: Vec<f64> = (0..k).map(|i| 0.01 + 0.005 * i as f64).collect();
    let effects = EffectSizes::new(Measure::MeanDifference, labels(k), vec![0.0; k], v).unwrap();
    let options = PowerOptions::new(11).replicates(2000).relative_probability(0.1);
    let power = |effects: &EffectSizes, raw: Option<&StudyData>| {
        let report =
            Bias::new("DL".parse().unwrap()).analyses([Analysis::Power]).power(options).fit(effects, raw);
        report.unwrap().power.unwrap()
    };
    let near = |size: f64, what: &str| {
        assert!((size - 0.05).abs() < 4.0 * (0.05_f64 * 0.95 / 2000.0).sqrt(), "{what}: {size}")
    };
    let normal = power(&effects, None);
    for test in &normal.tests {
        match test.name {
            Analysis::Egger | Analysis::Begg => near(test.size.unwrap(), test.name.code()),
            // tau² at or above 0 makes the additive form conservative; its size cannot exceed the nominal one by much.
            Analysis::Regression | Analysis::ThompsonSharp => assert!(test.size.unwrap() < 0.065, "{test:?}"),
            // The normal approximation of the skewness has lighter tails than 30 residuals have.
            Analysis::Skewness => {
                assert!(test.size.unwrap() < 0.065 && test.size.unwrap() > 0.01, "{test:?}")
            }
            _ => {}
        }
    }
    assert_eq!(power(&effects, None), normal);
    // Selection for positive results of a real effect is seen.
    let effective = EffectSizes::new(Measure::MeanDifference, labels(k), vec![0.3; k], effects.vi()).unwrap();
    let seen = power(&effective, None).tests.into_iter().find(|t| t.name == Analysis::Egger).unwrap();
    assert!(seen.power.unwrap() > 0.5 && seen.size.unwrap() < 0.07, "{seen:?}");
    // Tables without an effect: the score and size tests for odds ratios.
    let rows = (0..k).map(|i| {
        TwoByTwo::from_totals(
            20.0 + i as f64,
            100.0 + 5.0 * i as f64,
            20.0 + i as f64,
            100.0 + 5.0 * i as f64,
        )
        .unwrap()
    });
    let raw = StudyData::TwoByTwo(rows.collect());
    let effects =
        EffectSizes::from_study_data(Measure::OddsRatio, labels(k), &raw, &EffectOptions::default()).unwrap();
    for test in power(&effects, Some(&raw)).tests {
        if matches!(
            test.name,
            Analysis::Harbord | Analysis::Peters | Analysis::Macaskill | Analysis::Schwarzer
        ) {
            near(test.size.unwrap(), test.name.code());
        }
    }
}

/// Egger's artefact: without any selection it finds asymmetry in standardized mean differences of a large effect, and the test of
/// Pustejovsky and Rodgers does not.
#[test]
fn artefact_of_standardized_mean_differences() {
    let rows = (0..40).map(|i| {
        let n = 8.0 + i as f64;
        consilience::effect::TwoMeans::new(1.2, 1.0, n, 0.0, 1.0, n).unwrap()
    });
    let raw = StudyData::TwoMeans(rows.collect());
    let measure = Measure::StandardizedMeanDifference;
    let effects = EffectSizes::from_study_data(measure, labels(40), &raw, &EffectOptions::default()).unwrap();
    let bias = Bias::default().analyses([Analysis::Power]).power(PowerOptions::new(2).replicates(1000));
    let power = bias.fit(&effects, Some(&raw)).unwrap().power.unwrap();
    let size = |name: Analysis| power.tests.iter().find(|t| t.name == name).unwrap().size.unwrap();
    assert!(size(Analysis::Egger) > 0.09, "{}", size(Analysis::Egger));
    assert!(
        (size(Analysis::PustejovskyRodgers) - 0.05).abs() < 0.03,
        "{}",
        size(Analysis::PustejovskyRodgers)
    );
}

/// A weight held at 0 where no study lies: what is never seen is left out of the mass, and of nothing else.
#[test]
fn a_weight_of_zero_truncates() {
    let effects = EffectSizes::new(
        Measure::MeanDifference,
        labels(4),
        [0.5, 0.62, 0.41, 0.9],
        [0.02, 0.05, 0.04, 0.09],
    )
    .unwrap();
    let fit = |model: &str| selected(&effects, Bias::fixed_effect(), model);
    let truncated = fit("stepfun:0.05=0");
    assert_eq!(truncated.delta, [1.0, 0.0]);
    // Normal effects beyond the critical value, by the score equation.
    let score = |mu: f64| -> f64 {
        let critical = consilience::stat::normal::quantile(consilience::stat::Tail::Upper(0.05));
        let one = |(y, v): (&f64, &f64)| {
            let s = v.sqrt();
            let t = critical - mu / s;
            let hazard = consilience::stat::normal::pdf(t) / consilience::stat::normal::sf(t);
            (y - mu) / v - hazard / s
        };
        effects.yi().iter().zip(effects.vi()).map(one).sum()
    };
    assert!(score(truncated.estimate).abs() < 1e-7, "{} {}", truncated.estimate, score(truncated.estimate));
}
