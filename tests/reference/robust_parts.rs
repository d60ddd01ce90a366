//! Cluster-robust inference in all parts of an analysis: subgroups, prediction intervals, what one cluster alone informs. Values of
//! metafor 5.0 and clubSandwich (`robust(rma(...), clubSandwich = TRUE)` on each part), or derived where it says so.

use consilience::{
    EffectSizes, Measure,
    multilevel::{ComponentIntervals, Factor, Multilevel, SamplingCovariance},
    pool::{Prediction, RandomEffects},
    regression::{Design, MetaRegression},
    robust::RobustType,
};

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-8 * expected.abs().max(1.0), "{got} {expected}");
}

fn effects(rows: &[(&str, f64, f64)]) -> EffectSizes {
    let labels = (1..=rows.len()).map(|i| i.to_string());
    EffectSizes::new(
        Measure::Generic,
        labels,
        rows.iter().map(|row| row.1).collect::<Vec<_>>(),
        rows.iter().map(|row| row.2).collect::<Vec<_>>(),
    )
    .unwrap()
}

/// Fifteen made-up teams with two effects each, of three designs in turn.
const TEAMS: [(&str, f64, f64); 30] = [
    ("1", 0.395, 0.0318),
    ("1", 0.162, 0.0222),
    ("2", 0.424, 0.0398),
    ("2", 0.344, 0.0224),
    ("3", 0.497, 0.0289),
    ("3", 0.509, 0.0103),
    ("4", 0.419, 0.0169),
    ("4", 0.389, 0.0182),
    ("5", 0.253, 0.0357),
    ("5", 0.525, 0.0384),
    ("6", -0.212, 0.0364),
    ("6", -0.148, 0.0263),
    ("7", 0.622, 0.0259),
    ("7", 0.547, 0.0155),
    ("8", 0.360, 0.0297),
    ("8", 0.247, 0.0228),
    ("9", 0.329, 0.0296),
    ("9", 0.219, 0.0151),
    ("10", 0.284, 0.0139),
    ("10", 0.283, 0.0280),
    ("11", 0.285, 0.0229),
    ("11", 0.008, 0.0334),
    ("12", 0.303, 0.0356),
    ("12", 0.358, 0.0346),
    ("13", -0.336, 0.0344),
    ("13", -0.397, 0.0355),
    ("14", 0.760, 0.0259),
    ("14", 0.542, 0.0301),
    ("15", 0.761, 0.0144),
    ("15", 0.659, 0.0211),
];

fn designs() -> Vec<&'static str> {
    (0..30).map(|i| ["cohort", "trial", "case-control"][i / 2 % 3]).collect()
}

#[test]
fn subgroups_have_their_own_sandwich() {
    let clusters: Vec<&str> = TEAMS.iter().map(|row| row.0).collect();
    let fit = RandomEffects::default().fit_by(&effects(&TEAMS), &designs()).unwrap();
    let fit = fit.robust(&clusters, RobustType::Cr2).unwrap();
    let expected = [
        (0.341510629412841, 0.146587636971669, 3.97757757710486, 0.0806448027446216),
        (0.25158070952652, 0.149934625032468, 3.98470688493684, 0.168936872023384),
        (0.374549039450037, 0.0840872282719756, 3.96727061025729, 0.0114204378928383),
    ];
    for (group, (estimate, se, df, p)) in fit.subgroups.unwrap().iter().zip(expected) {
        close(group.estimate, estimate);
        close(group.se, se);
        close(group.df.unwrap(), df);
        close(group.p_value.unwrap(), p);
        let interval = group.prediction.unwrap();
        assert_eq!((interval.method, interval.df), (Prediction::T, group.df));
    }
    // By derivation: where clusters do not cross the subgroups, CR0 makes their means independent, and the Wald statistic that of
    // their variances.
    let fit = RandomEffects::default().fit_by(&effects(&TEAMS), &designs()).unwrap();
    let fit = fit.robust(&clusters, RobustType::Cr0).unwrap();
    let groups = fit.subgroups.unwrap();
    let w: Vec<f64> = groups.iter().map(|g| 1.0 / (g.se * g.se)).collect();
    let mean = groups.iter().zip(&w).map(|(g, w)| w * g.estimate).sum::<f64>() / w.iter().sum::<f64>();
    let q: f64 = groups.iter().zip(&w).map(|(g, w)| w * (g.estimate - mean).powi(2)).sum();
    let test = fit.subgroup_test.unwrap();
    close(test.q, q);
    assert_eq!((test.df, test.df2), (2, Some(12.0)));
}

#[test]
fn a_subgroup_of_one_cluster_has_no_test() {
    let mut clusters: Vec<&str> = TEAMS.iter().map(|row| row.0).collect();
    let mut groups = designs();
    (groups[0], groups[1]) = ("registry", "registry");
    let fit = RandomEffects::default().fit_by(&effects(&TEAMS), &groups).unwrap();
    let robust = fit.robust(&clusters, RobustType::Cr2).unwrap();
    let registry = robust.subgroups.as_ref().unwrap().iter().find(|g| g.level == "registry").unwrap();
    assert_eq!((registry.statistic, registry.p_value), (None, None));
    assert!(robust.notes.iter().any(|n| n.starts_with("subgroup registry") && n.contains("cluster 1,")));
    assert_eq!(robust.subgroup_test, None);
    // Not so if it has a second one.
    clusters[1] = "16";
    assert!(fit.robust(&clusters, RobustType::Cr2).unwrap().subgroup_test.is_some());
}

/// Five made-up laboratories with four effects each.
#[test]
fn prediction_intervals_take_the_quantile_of_the_mean() {
    let y = [
        0.064, 0.385, 0.727, 0.560, 0.677, 0.489, 0.400, 0.871, 0.233, 0.744, 0.640, -0.033, -0.085, 0.487,
        0.365, 0.251, 0.447, 0.269, -0.225, -0.143,
    ];
    let v = [
        0.0473, 0.0345, 0.0223, 0.0261, 0.0453, 0.0383, 0.0461, 0.0298, 0.0492, 0.0474, 0.0268, 0.0384,
        0.0346, 0.0262, 0.0302, 0.0299, 0.0373, 0.0483, 0.0318, 0.0331,
    ];
    let labs: Vec<String> = (0..20).map(|i| format!("Lab {}", i / 4 + 1)).collect();
    let effects = EffectSizes::new(Measure::Generic, (0..20).map(|i| i.to_string()), y, v).unwrap();
    let (lower, upper) = (-0.399350217080705, 1.12063649484201);
    let plain = RandomEffects::default().fit(&effects).unwrap();
    let fit = plain.robust(&labs, RobustType::Cr2).unwrap();
    close(fit.se, 0.0896541233170474);
    close(fit.df.unwrap(), 3.99275081922738);
    close(fit.prediction.unwrap().lower, lower);
    close(fit.prediction.unwrap().upper, upper);
    // A convention that was chosen stays.
    let chosen = RandomEffects::default().prediction(Prediction::Normal).fit(&effects).unwrap();
    let chosen = chosen.robust(&labs, RobustType::Cr2).unwrap();
    assert_eq!(chosen.prediction.unwrap().method, Prediction::Normal);
    // The same model as a regression, and as a multilevel model.
    let regression = MetaRegression::default().fit(&effects, Design::with_intercept(20)).unwrap();
    let regression = regression.robust(&labs, RobustType::Cr2).unwrap();
    let predicted = regression.predict_at(&[]).unwrap();
    close(predicted.prediction_lower.unwrap(), lower);
    let each = Factor::each_effect("effect", 20).unwrap();
    let multilevel = Multilevel::nested([each])
        .unwrap()
        .robust(RobustType::Cr2, Factor::new("lab", labs).unwrap())
        .fit(&effects)
        .unwrap();
    close(multilevel.prediction.unwrap().upper, upper);
}

/// By derivation: the weighted residuals of the only cluster of a level sum to zero.
#[test]
fn what_one_cluster_alone_informs_has_no_test() {
    let rows = [
        ("A", 0.32, 0.024),
        ("A", 0.55, 0.030),
        ("B", 0.25, 0.015),
        ("C", 0.25, 0.036),
        ("C", 0.29, 0.040),
        ("C", 0.45, 0.027),
        ("D", 0.42, 0.031),
        ("E", 0.11, 0.019),
        ("E", 0.03, 0.028),
    ];
    let clusters: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let urban: Vec<f64> = clusters.iter().map(|name| f64::from(u8::from(*name == "E"))).collect();
    let rural: Vec<f64> = urban.iter().map(|x| 1.0 - x).collect();
    let effects = effects(&rows);
    let cells = Design::without_intercept(9)
        .column("rural", rural.clone())
        .unwrap()
        .column("urban", urban.clone())
        .unwrap();
    let fit = MetaRegression::default().fit(&effects, &cells).unwrap();
    let cluster = Factor::new("study", clusters.clone()).unwrap();
    let model = Multilevel::nested([cluster.clone()])
        .unwrap()
        .sampling(SamplingCovariance::constant(0.5, cluster.clone()))
        .moderators(&cells)
        .intervals(ComponentIntervals::Omit);
    for kind in [RobustType::Cr0, RobustType::Cr1, RobustType::Cr2] {
        for error in [
            fit.robust(&clusters, kind).unwrap_err().to_string(),
            model.clone().robust(kind, cluster.clone()).fit(&effects).unwrap_err().to_string(),
        ] {
            assert!(
                error.contains("urban: cluster E alone informs it") && error.contains("robust"),
                "{error}"
            );
        }
    }
    // Beside an intercept the coefficient is a difference, which the other clusters inform too.
    let contrast = Design::with_intercept(9).column("urban", urban).unwrap();
    let fit = MetaRegression::default().fit(&effects, &contrast).unwrap();
    assert!(fit.robust(&clusters, RobustType::Cr0).unwrap().moderator_test.is_some());
}
