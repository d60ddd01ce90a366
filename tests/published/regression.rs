//! Published meta-regressions.

use consilience::{
    EffectSizes, Measure,
    pool::{Inference, Prediction},
    regression::{Design, MetaRegression, PermutationOptions, PermutationStatistic},
    robust::RobustType,
    table::{DesignOptions, FormulaDesign, Table},
    tau2::Tau2,
};

fn table(path: &str) -> Table {
    Table::read_path(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[track_caller]
fn rounds_to(got: f64, printed: f64, digits: i32) {
    assert!((got - printed).abs() <= 0.5 * 10_f64.powi(-digits) + 1e-9, "{got} instead of {printed}");
}

/// Berkey, Hoaglin, Mosteller and Colditz (1995), Statistics in Medicine 14, 395-411, doi:10.1002/sim.4780140406,
/// page 408: empirical Bayes with smoothed variances.
#[test]
fn berkey1995() {
    let table = table("metafor/data/bcg.csv");
    let [tp, tn, cp, cn] = ["tpos", "tneg", "cpos", "cneg"].map(|name| table.complete_numbers(name).unwrap());
    let k = tp.len();
    let (st, sc) = (0..k).fold((0.0, 0.0), |(t, c), i| (t + tn[i] / tp[i], c + cn[i] / cp[i]));
    let yi: Vec<f64> = (0..k).map(|i| (tp[i] * (cp[i] + cn[i]) / (cp[i] * (tp[i] + tn[i]))).ln()).collect();
    let vi: Vec<f64> =
        (0..k).map(|i| st / (13.0 * (tn[i] + tp[i])) + sc / (13.0 * (cn[i] + cp[i]))).collect();
    let effects = EffectSizes::new(Measure::RiskRatio, table.labels(), yi, vi).unwrap();
    let eb = MetaRegression::new(Tau2::Eb);
    let mean = eb.fit(&effects, Design::with_intercept(k)).unwrap();
    rounds_to(mean.coefficients[0].estimate, -0.5429, 4);
    rounds_to(mean.coefficients[0].se, 0.1842, 4);
    rounds_to(mean.tau2(), 0.268, 3);

    let design =
        FormulaDesign::new(&"I(ablat - 33.46)".parse().unwrap(), &table, &DesignOptions::new()).unwrap();
    let mixed = eb.fit(&effects, &design).unwrap();
    rounds_to(mixed.coefficients[0].estimate, -0.6303, 4); // -0.6304 in the article
    rounds_to(mixed.coefficients[1].estimate, -0.0268, 4);
    rounds_to(mixed.coefficients[0].se, 0.1591, 4);
    rounds_to(mixed.coefficients[1].se, 0.0110, 4);
    rounds_to(mixed.tau2(), 0.157, 3);
    rounds_to(mixed.r2.unwrap(), 41.0, 0);
    let risk: Vec<f64> = mixed
        .predict(&design, &"ablat=33.46,42".parse().unwrap())
        .unwrap()
        .iter()
        .map(|p| p.transformed.estimate.unwrap())
        .collect();
    rounds_to(risk[0], 0.53, 2);
    rounds_to(risk[1], 0.42, 2);

    let fixed = MetaRegression::fixed_effects().fit(&effects, &design).unwrap();
    rounds_to(fixed.coefficients[0].estimate, -0.5949, 4); // -0.5950 in the article
    rounds_to(fixed.coefficients[1].estimate, -0.0282, 4);
    rounds_to(fixed.coefficients[0].se, 0.0696, 4);
    rounds_to(fixed.coefficients[1].se, 0.0040, 4); // 0.0039 in the article
}

/// Raudenbush (1985), as in Raudenbush (2009), Analyzing effect sizes: random-effects models, Table 16.2 and 16.3.
#[test]
fn raudenbush2009() {
    let table = table("metafor/data/raudenbush1985.csv");
    let [yi, vi, weeks] = ["yi", "vi", "weeks"].map(|name| table.complete_numbers(name).unwrap());
    let k = yi.len();
    let effects = EffectSizes::new(Measure::StandardizedMeanDifference, table.labels(), yi, vi).unwrap();
    let capped: Vec<f64> = weeks.iter().map(|w| w.min(3.0)).collect();
    let design = Design::with_intercept(k).column("weeks", capped).unwrap();
    let fit = MetaRegression::default().fit(&effects, &design).unwrap();
    rounds_to(fit.tau2(), 0.0, 3);
    rounds_to(fit.coefficients[0].estimate, 0.407, 3);
    rounds_to(fit.coefficients[1].estimate, -0.157, 3);
    rounds_to(fit.residual_heterogeneity.q.unwrap(), 16.57, 2);
    rounds_to(fit.coefficients[0].statistic.unwrap(), 4.68, 2);
    rounds_to(fit.coefficients[1].statistic.unwrap(), -4.39, 2);

    // Knapp-Hartung and Huber-White for the mean, Table 16.3 (REML and HE).
    let clusters: Vec<String> = (0..k).map(|i| i.to_string()).collect();
    for (method, tau2, hk, hw) in [(Tau2::Reml, 0.019, 0.062, 0.050), (Tau2::He, 0.080, 0.071, 0.062)] {
        let options = MetaRegression::new(method).inference(Inference::HartungKnapp);
        let fit = options.fit(&effects, Design::with_intercept(k)).unwrap();
        rounds_to(fit.tau2(), tau2, 3);
        rounds_to(fit.coefficients[0].se, hk, 3);
        rounds_to(fit.robust(&clusters, RobustType::Cr0).unwrap().coefficients[0].se, hw, 3);
    }
}

/// Raudenbush and Bryk (1985), doi:10.3102/10769986010002075: expectancy effects on IQ, empirical Bayes by restricted maximum
/// likelihood; the digits are those with which the R package metafor reproduces it.
#[test]
fn raudenbush1985() {
    let table = table("metafor/data/raudenbush1985.csv");
    let [yi, vi, weeks] = ["yi", "vi", "weeks"].map(|name| table.complete_numbers(name).unwrap());
    let k = yi.len();
    let effects = EffectSizes::new(Measure::StandardizedMeanDifference, table.labels(), yi, vi).unwrap();
    let mean = MetaRegression::default().fit(&effects, Design::with_intercept(k)).unwrap();
    rounds_to(mean.tau2(), 0.0188, 4);
    rounds_to(mean.coefficients[0].estimate, 0.0837, 4);
    rounds_to(mean.coefficients[0].se, 0.0516, 4);
    rounds_to(mean.residual_heterogeneity.q.unwrap(), 35.8295, 4);
    // Weeks of prior contact explain all of the variance between studies.
    let capped: Vec<f64> = weeks.iter().map(|w| w.min(3.0)).collect();
    let design = Design::with_intercept(k).column("weeks", capped).unwrap();
    let fit = MetaRegression::default().fit(&effects, &design).unwrap();
    rounds_to(fit.r2.unwrap(), 100.0, 2);
    rounds_to(fit.moderator_test.unwrap().statistic, 19.2587, 4); // at tau² = 0; where rma() stops by default, 19.2583
}

/// Lipsey and Wilson (2001), Practical Meta-Analysis, chapter 7 (data in their Table 7.1): challenge programmes and
/// delinquency.
#[test]
fn lipsey2001() {
    let yi = [-0.33, 0.32, 0.39, 0.31, 0.17, 0.64, -0.33, 0.15, -0.02, 0.00];
    let vi = [0.084, 0.035, 0.017, 0.034, 0.072, 0.117, 0.102, 0.093, 0.012, 0.067];
    let random = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let intensity = [7.0, 3.0, 7.0, 5.0, 7.0, 7.0, 4.0, 4.0, 5.0, 6.0];
    let labels = ["100", "308", "1596", "2479", "9021", "9028", "161", "172", "537", "7049"];
    let effects = EffectSizes::new(Measure::StandardizedMeanDifference, labels, yi, vi).unwrap();

    let fixed = MetaRegression::fixed_effects();
    let mean = fixed.fit(&effects, Design::with_intercept(10)).unwrap();
    rounds_to(mean.coefficients[0].estimate, 0.1549, 4);
    rounds_to(mean.coefficients[0].se, 0.0609, 4);
    rounds_to(mean.residual_heterogeneity.q.unwrap(), 14.7640, 4);

    let design = Design::with_intercept(10).column("random", random).unwrap();
    let fit = fixed.fit(&effects, design.clone().column("intensity", intensity).unwrap()).unwrap();
    let expected = [(0.3223, 0.2998), (-0.3298, 0.1304), (-0.0041, 0.0493)];
    for (c, (estimate, se)) in fit.coefficients.iter().zip(expected) {
        rounds_to(c.estimate, estimate, 4);
        rounds_to(c.se, se, 4);
    }
    rounds_to(fit.moderator_test.unwrap().statistic, 7.0807, 4);
    rounds_to(fit.residual_heterogeneity.q.unwrap(), 7.6832, 4);

    // The analogue of the analysis of variance: what lies between the two kinds of design.
    let groups = fixed.fit(&effects, design).unwrap();
    let (between, within) =
        (groups.moderator_test.unwrap().statistic, groups.residual_heterogeneity.q.unwrap());
    assert!((between + within - mean.residual_heterogeneity.q.unwrap()).abs() < 1e-12);
}

/// Viechtbauer (2007), doi:10.1027/0044-3409.215.2.104, pages 107 to 113.
#[test]
fn viechtbauer2007b() {
    let table = table("linde2005/data.csv");
    let column = |name: &str| table.complete_numbers(name).unwrap();
    let [a, n1, c, n2] = ["ai", "n1i", "ci", "n2i"].map(column);
    let k = a.len();
    let yi: Vec<f64> = (0..k).map(|i| (a[i] / n1[i] / (c[i] / n2[i])).ln()).collect();
    let vi: Vec<f64> = (0..k).map(|i| 1.0 / a[i] - 1.0 / n1[i] + 1.0 / c[i] - 1.0 / n2[i]).collect();
    let effects = EffectSizes::new(Measure::RiskRatio, table.labels(), yi, vi).unwrap();

    let mean = MetaRegression::fixed_effects().fit(&effects, Design::with_intercept(k)).unwrap();
    rounds_to(mean.residual_heterogeneity.q.unwrap(), 51.5454, 4); // 55.54 in the article
    rounds_to(mean.coefficients[0].estimate.exp(), 1.3840, 4); // 1.39 in the article

    // The total dose in grams.
    let formula = "I(dosage * 7 * duration / 1000 - 34) * I(baseline - 20)";
    let design = FormulaDesign::new(&formula.parse().unwrap(), &table, &DesignOptions::new()).unwrap();
    let dl = MetaRegression::new(Tau2::Dl);
    let fit = dl.fit(&effects, &design).unwrap();
    rounds_to(fit.tau2(), 0.0475, 4);
    rounds_to(fit.r2.unwrap(), 47.3778, 4); // 48% in the article
    let expected = [
        (0.47625885, 0.08764097),
        (-0.0058448, 0.00999872),
        (-0.06722782, 0.03522283),
        (-0.00156996, 0.00344659),
    ];
    for (c, (estimate, se)) in fit.coefficients.iter().zip(expected) {
        rounds_to(c.estimate, estimate, 7);
        rounds_to(c.se, se, 7);
    }
    let predicted = fit.predict_rows(vec![Default::default()]);
    assert!(predicted.is_err());
    let row = |baseline: f64| (Default::default(), vec![1.0, 0.0, baseline - 20.0, 0.0]);
    let predicted = fit.predict_rows(vec![row(12.5), row(23.6)]).unwrap();
    let t = &predicted[0].transformed;
    rounds_to(t.estimate.unwrap(), 2.6657, 4); // 2.66 in the article
    rounds_to(t.ci_lower.unwrap(), 1.4560, 4);
    rounds_to(predicted[1].transformed.ci_upper.unwrap(), 1.6099, 4);
    for (method, tau2) in [
        (Tau2::Hs, 0.0253),
        (Tau2::He, 0.0388),
        (Tau2::Sj, 0.0912),
        (Tau2::Dlit, 0.0633),
        (Tau2::Sjit, 0.0633),
        (Tau2::Pm, 0.0633),
        (Tau2::Ml, 0.0240),
        (Tau2::Reml, 0.0558),
        (Tau2::Eb, 0.0633),
    ] {
        rounds_to(MetaRegression::new(method).fit(&effects, &design).unwrap().tau2(), tau2, 4);
    }
}

/// Follmann and Proschan (1999), doi:10.1111/j.0006-341X.1999.00732.x, Table 1: P = 10/256, interval -0.3677 to -0.0020.
#[test]
fn follmann_proschan1999() {
    let counts = [
        [173.0, 5331.0, 210.0, 5296.0],
        [157.0, 1906.0, 193.0, 1900.0],
        [131.0, 4541.0, 121.0, 4516.0],
        [56.0, 2051.0, 84.0, 2030.0],
        [52.0, 424.0, 65.0, 422.0],
        [36.0, 1149.0, 42.0, 1129.0],
        [62.0, 6582.0, 20.0, 1663.0],
        [2.0, 88.0, 2.0, 30.0],
    ];
    let peto = counts.map(|[a, n1, c, n2]| {
        let n: f64 = n1 + n2;
        let expected = (a + c) * n1 / n;
        let v = (a + c) * (n - a - c) * n1 * n2 / (n * n * (n - 1.0));
        ((a - expected) / v, 1.0 / v)
    });
    let labels = (1..=8).map(|i| i.to_string());
    let effects = EffectSizes::new(
        Measure::Generic,
        labels,
        peto.iter().map(|e| e.0).collect::<Vec<_>>(),
        peto.iter().map(|e| e.1).collect::<Vec<_>>(),
    )
    .unwrap();
    let fit = MetaRegression::new(Tau2::Dl).fit(&effects, Design::with_intercept(8)).unwrap();
    let options = PermutationOptions::new(0).statistic(PermutationStatistic::Coefficient);
    let test = fit.permutation_test(&options).unwrap();
    assert_eq!((test.iterations, test.p_values), (256, vec![10.0 / 256.0]));
    let interval = fit.permutation_interval(&options).unwrap();
    // metafor's search for the limits, whose values these are, stops at 1e-4.
    assert!((interval.lower - -0.3677).abs() < 1e-4 && (interval.upper - -0.0020).abs() < 1e-4);
    // Each limit is where the test about it begins to reject.
    let p_about = |mean: f64| {
        let yi: Vec<f64> = effects.yi().iter().map(|y| y - mean).collect();
        let moved = EffectSizes::new(Measure::Generic, effects.labels().to_vec(), yi, effects.vi()).unwrap();
        let fit = MetaRegression::new(Tau2::Dl).fit(&moved, Design::with_intercept(8)).unwrap();
        fit.permutation_test(&options).unwrap().p_values[0]
    };
    assert!(p_about(interval.lower - 1e-9) <= 0.05 && p_about(interval.lower + 1e-9) > 0.05);
    assert!(p_about(interval.upper + 1e-9) <= 0.05 && p_about(interval.upper - 1e-9) > 0.05);
}

/// CR2 of the mean of the BCG trials: variance 0.03229357 on 11.04125 degrees of freedom (clubSandwich).
#[test]
fn bias_reduced_mean_of_bcg() {
    let table = table("metafor/data/bcg.csv");
    let [tp, tn, cp, cn] = ["tpos", "tneg", "cpos", "cneg"].map(|name| table.complete_numbers(name).unwrap());
    let k = tp.len();
    let yi: Vec<f64> = (0..k).map(|i| (tp[i] * (cp[i] + cn[i]) / (cp[i] * (tp[i] + tn[i]))).ln()).collect();
    let vi: Vec<f64> =
        (0..k).map(|i| 1.0 / tp[i] - 1.0 / (tp[i] + tn[i]) + 1.0 / cp[i] - 1.0 / (cp[i] + cn[i])).collect();
    let effects = EffectSizes::new(Measure::RiskRatio, table.labels(), yi, vi).unwrap();
    let fit = MetaRegression::default()
        .prediction(Prediction::T)
        .fit(&effects, Design::with_intercept(k))
        .unwrap()
        .robust(&table.labels(), RobustType::Cr2)
        .unwrap();
    rounds_to(fit.covariance[0], 0.03229357, 8);
    rounds_to(fit.coefficients[0].df.unwrap(), 11.04125, 5);
}
