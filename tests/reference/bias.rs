//! Small-study effects against metafor 3.8 in R 4.2 (`regtest`, `ranktest`, `trimfill`, `fsn`, `tes`; `rma` with threshold
//! 1e-13), the values that metafor's own tests pin for selection models, and maxima of the likelihood found with scipy 1.17
//! (Nelder-Mead on integrals by 60-point panels; standard errors from differences of the likelihood).

use consilience::{
    EffectSizes, Measure,
    bias::{
        Alternative, Analysis, Bias, ExcessTest, MissingEstimator, Predictor, RegressionModel, Selection,
        Side,
    },
    effect::{EffectOptions, StudyData, TwoByTwo},
    tau2::Tau2,
};

use super::csv::Data;

/// Magnesium in acute myocardial infarction (Egger et al. 2001), log odds ratios.
fn egger2001() -> (EffectSizes, StudyData) {
    let data = Data::read("data/egger2001.csv");
    let (ai, n1i, ci, n2i) =
        (data.numbers("ai"), data.numbers("n1i"), data.numbers("ci"), data.numbers("n2i"));
    let rows = (0..ai.len()).map(|i| TwoByTwo::from_totals(ai[i], n1i[i], ci[i], n2i[i]).unwrap()).collect();
    let raw = StudyData::TwoByTwo(rows);
    let labels = (1..=ai.len()).map(|i| i.to_string());
    (EffectSizes::from_study_data(Measure::OddsRatio, labels, &raw, &EffectOptions::default()).unwrap(), raw)
}

/// BCG vaccine, log risk ratios.
fn bcg() -> EffectSizes {
    let data = Data::read("data/bcg.csv");
    let (a, b, c, d) =
        (data.numbers("tpos"), data.numbers("tneg"), data.numbers("cpos"), data.numbers("cneg"));
    let rows = (0..a.len()).map(|i| TwoByTwo::new(a[i], b[i], c[i], d[i]).unwrap()).collect();
    let labels = (1..=a.len()).map(|i| i.to_string());
    let raw = StudyData::TwoByTwo(rows);
    EffectSizes::from_study_data(Measure::RiskRatio, labels, &raw, &EffectOptions::default()).unwrap()
}

/// Passive smoking and lung cancer (Hackshaw 1998), log odds ratios.
fn hackshaw1998() -> EffectSizes {
    let data = Data::read("data/hackshaw1998_log.csv");
    let (yi, sei) = (data.numbers("yi"), data.numbers("sei"));
    let labels = (1..=yi.len()).map(|i| i.to_string());
    EffectSizes::from_standard_errors(Measure::Generic, labels, yi, sei).unwrap()
}

#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: f64, tolerance: f64) {
    let got = got.into().unwrap();
    assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} instead of {expected}");
}

/// R 4.2: lm(y ~ I(1 / sqrt(ess)), weights = ess) with ess = 4 n1 n2 / (n1 + n2) of the groups; so does metabias of meta 8.3.
#[test]
fn deeks_takes_the_sizes_of_the_groups() {
    let data = Data::read("data/bcg.csv");
    let (a, b, c, d) =
        (data.numbers("tpos"), data.numbers("tneg"), data.numbers("cpos"), data.numbers("cneg"));
    let rows = (0..a.len()).map(|i| TwoByTwo::new(a[i], b[i], c[i], d[i]).unwrap()).collect();
    let labels = (1..=a.len()).map(|i| i.to_string());
    let raw = StudyData::TwoByTwo(rows);
    let options = EffectOptions::default();
    let effects = EffectSizes::from_study_data(Measure::OddsRatio, labels, &raw, &options).unwrap();
    let report = Bias::new(Tau2::Reml).analyses([Analysis::Deeks]).fit(&effects, Some(&raw)).unwrap();
    let test = &report.tests[0];
    close(test.slope, -50.29716994003311, 1e-10);
    close(test.statistic, -1.8018125229584, 1e-10);
    close(test.p_value, 0.09901593137029, 1e-10);
}

#[test]
fn regression_on_every_predictor() {
    use {Predictor::*, RegressionModel::*};
    let (effects, raw) = egger2001();
    // Slope, statistic, P value, limit estimate.
    let cases = [
        (Lm, Sei, -1.59908536516, -5.78462135512, 4.72866354338e-05, Some(0.0996171438181)),
        (Lm, Vi, -1.26790931156, -3.34728766714, 0.00478974394904, Some(0.0336419877099)),
        (Lm, Ni, 1.09176062908e-05, 4.28218679054, 0.000759275770507, None),
        (Lm, Ninv, -100.432516111, -3.6161708213, 0.00280697175298, Some(0.0371727278712)),
        (Lm, SqrtNi, 0.00308933122352, 4.6410431231, 0.000381513599269, None),
        (Lm, SqrtNinv, -13.1272251906, -5.60829147557, 6.45087415373e-05, Some(0.105014580179)),
        (Rma, Sei, -1.48655311534, -4.66863563047, 3.0320658032e-06, Some(0.0419173327113)),
        (Rma, Vi, -0.74423028601, -2.09135698294, 0.036496075274, Some(-0.400076615495)),
        (Rma, Ni, 1.65453156772e-05, 2.01173789062, 0.0442475741766, None),
        (Rma, Ninv, -62.977293376, -2.11245258182, 0.0346476490236, Some(-0.359102397922)),
        (Rma, SqrtNi, 0.00450537409744, 2.34599208883, 0.0189765102506, None),
        (Rma, SqrtNinv, -12.6030484922, -4.97708718097, 6.45482536815e-07, Some(0.0735009547668)),
    ];
    for (model, predictor, slope, statistic, p, limit) in cases {
        let report = Bias::default()
            .analyses([Analysis::Regression])
            .regression(model, predictor)
            .fit(&effects, Some(&raw))
            .unwrap();
        let test = &report.tests[0];
        // metafor's tau² at its tightened threshold is good to about 1e-9.
        close(test.slope, slope, 1e-8);
        close(test.statistic, statistic, 1e-8);
        close(test.p_value, p, 1e-6);
        assert_eq!(test.limit_estimate.is_some(), limit.is_some());
        if let Some(limit) = limit {
            close(test.limit_estimate, limit, 1e-7);
        }
    }
    let egger = Bias::default().analyses([Analysis::Egger]).fit(&effects, None).unwrap();
    close(egger.tests[0].intercept, -1.59908536516, 1e-10);
    close(egger.tests[0].limit_ci_lower, 0.0272528481774, 1e-8);
    close(egger.tests[0].limit_ci_upper, 0.171981439459, 1e-8);
}

#[test]
fn exact_rank_correlation() {
    for (effects, tau, p) in [(egger2001().0, 0.15, 0.450284886272), (bcg(), 0.025641025641, 0.952361907961)]
    {
        let report = Bias::default().analyses([Analysis::Begg]).fit(&effects, None).unwrap();
        close(report.tests[0].tau, tau, 1e-10);
        close(report.tests[0].p_value, p, 1e-10);
    }
}

#[test]
fn trim_and_fill_by_every_estimator() {
    use {MissingEstimator::*, Side::*};
    let (egger, bcg) = (egger2001().0, bcg());
    // k0, its standard error, estimate, its standard error, tau².
    let cases = [
        (&egger, L0, Left, 0, 1.35884388772, -0.766589879881, 0.211801120234, 0.292637832226),
        (&egger, L0, Right, 7, 2.44521762135, -0.391533369766, 0.215388320777, 0.482905392823),
        (&egger, R0, Right, 3, 2.82842712475, -0.586888735553, 0.205679290972, 0.318186626612),
        (&egger, Q0, Left, 0, 1.30221443263, -0.766589879881, 0.211801120234, 0.292637832226),
        (&bcg, L0, Left, 0, 2.16665853701, -0.714532342158, 0.179781516105, 0.313243258136),
        (&bcg, L0, Right, 1, 2.45279864318, -0.657082783488, 0.178528380132, 0.331287633439),
        (&bcg, Q0, Right, 1, 2.77862574085, -0.657082783488, 0.178528380132, 0.331287633439),
    ];
    for (effects, estimator, side, k0, k0_se, estimate, se, tau2) in cases {
        let bias = Bias::default().analyses([Analysis::TrimAndFill]).missing_estimator(estimator).side(side);
        let t = bias.fit(effects, None).unwrap().trim_and_fill.unwrap();
        assert_eq!((t.k0, t.k), (k0, effects.len() + k0));
        // The fill depends on the tau² of the trimmed set, where metafor stops at 1e-5 of it.
        close(t.k0_se, k0_se, 1e-5);
        close(t.estimate, estimate, 1e-6);
        close(t.se, se, 1e-6);
        close(t.tau2, tau2, 1e-6);
    }
    // Q0 does not exist here: a reason in place of the result.
    let bias = Bias::default().analyses([Analysis::TrimAndFill]).missing_estimator(Q0).side(Right);
    let report = bias.fit(&egger, None).unwrap();
    assert!(report.trim_and_fill.is_none());
    assert!(report.notes.iter().any(|n| n.starts_with("no trim-and-fill")), "{:?}", report.notes);
    // The side by the slope, the P value of R0.
    let t =
        Bias::default().analyses([Analysis::TrimAndFill]).missing_estimator(R0).fit(&egger, None).unwrap();
    let t = t.trim_and_fill.unwrap();
    assert_eq!((t.side, t.k0_p_value), (Right, Some(0.0625)));
}

#[test]
fn failsafe_numbers() {
    let bias = Bias::default().analyses([Analysis::FailsafeN]);
    let n = bias.clone().target(0.95_f64.ln()).fit(&bcg(), None).unwrap().failsafe_n.unwrap();
    assert_eq!((n.rosenthal, n.orwin, n.rosenberg), (Some(598), Some(97), Some(370)));
    let n = bias.fit(&egger2001().0, None).unwrap().failsafe_n.unwrap();
    assert_eq!((n.rosenthal, n.orwin, n.rosenberg), (Some(131), Some(16), Some(0)));
    // metafor 5.0-1, fsn(type = "General"), the smallest number where it answers one more.
    assert_eq!(n.general, Some(17));
    let bcg_general = bias.fit(&bcg(), None).unwrap().failsafe_n.unwrap().general;
    assert_eq!(bcg_general, Some(25));
    // Ordinary effects under the median-unbiased estimator of tau², which once took for ever.
    let y = [-3.10, -2.88, -3.67, -3.51, -2.95, -1.34, -1.51, -0.53];
    let v = [0.0079, 0.0322, 0.0984, 0.0557, 0.0803, 0.0047, 0.0677, 0.0083];
    let effects = EffectSizes::new(Measure::Generic, ["a", "b", "c", "d", "e", "f", "g", "h"], y, v).unwrap();
    let genqm = Bias::new(Tau2::Genqm).analyses([Analysis::FailsafeN]).fit(&effects, None).unwrap();
    assert_eq!(genqm.failsafe_n.unwrap().rosenthal, Some(5233));
    // With a fixed effect the general number is Rosenberg's.
    let n =
        Bias::fixed_effect().analyses([Analysis::FailsafeN]).fit(&bcg(), None).unwrap().failsafe_n.unwrap();
    assert_eq!(n.general, Some(370));
}

#[test]
fn excess_significance() {
    let cases = [
        (egger2001().0, ExcessTest::Exact, 6, 5.1185045903, 0.389765317065),
        (egger2001().0, ExcessTest::Chi2, 6, 5.1185045903, 0.318299568996),
        (egger2001().0, ExcessTest::Binom, 6, 5.1185045903, 0.407118706419),
        (bcg(), ExcessTest::Exact, 8, 7.80883030234, 0.5840585043),
    ];
    for (effects, test, observed, expected, p) in cases {
        let report =
            Bias::default().analyses([Analysis::ExcessSignificance]).excess_test(test).fit(&effects, None);
        let e = report.unwrap().excess_significance.unwrap();
        assert_eq!(e.observed, observed);
        // metafor integrates over ± 5 tau.
        close(e.expected, expected, 1e-5);
        close(e.p_value.unwrap(), p, 1e-5);
    }
    let report = Bias::fixed_effect().analyses([Analysis::ExcessSignificance]).fit(&bcg(), None).unwrap();
    close(report.excess_significance.unwrap().p_value.unwrap(), 0.1344, 5e-4);
}

fn selected(
    effects: &EffectSizes,
    selection: &str,
    alternative: Alternative,
) -> consilience::bias::SelectionFit {
    let selection: Selection = selection.parse().unwrap();
    let bias = Bias::default().analyses([Analysis::Selection]).selections([selection], alternative);
    bias.fit(effects, None).unwrap().selection_models.remove(0)
}

#[test]
fn step_function() {
    // Pinned in metafor's tests: Vevea and Hedges's model of Hackshaw's studies.
    let fit = selected(&hackshaw1998(), "stepfun:0.05,0.1,0.5", Alternative::Greater);
    for (got, expected) in fit.delta.iter().zip([1.0, 2.4221, 0.9775, 0.3967]) {
        assert!((got - expected).abs() < 5e-5, "{got}");
    }
    assert!((fit.lrt.unwrap() - 7.0661).abs() < 5e-5);
    // metafor 3.8, selmodel.
    let fit = selected(&hackshaw1998(), "stepfun:0.05", Alternative::TwoSided);
    close(fit.delta[1], 0.9402840935, 1e-5);
    close(fit.delta_se[1], 0.6739969002, 1e-4);
    close(fit.estimate, 0.2120705066, 1e-5);
    let fit = selected(&bcg(), "stepfun:0.025", Alternative::Less);
    close(fit.delta[1], 0.6355361093, 1e-4);
    close(fit.estimate, -0.6205636233, 1e-4);
    close(fit.ci_lower, -1.132746624, 1e-4);
}

#[test]
fn smooth_functions_at_their_maximum() {
    let effects = hackshaw1998();
    let fit = selected(&effects, "beta", Alternative::Greater);
    close(fit.estimate, 0.937851195, 1e-6);
    close(fit.tau2, 0.101833450, 1e-6);
    close(fit.delta[0], 1.665569382, 1e-6);
    close(fit.delta[1], 1.131051661, 1e-6);
    close(fit.log_likelihood, -7.8098663008, 1e-10);
    close(fit.se, 0.4789925, 1e-5);
    close(fit.delta_se[0], 0.3281717, 1e-5);
    close(fit.delta_se[1], 0.5527079, 1e-5);
    let fit = selected(&effects, "beta", Alternative::TwoSided);
    close(fit.estimate, 0.636486282, 1e-6);
    close(fit.delta[1], 1.408069118, 1e-6);
    close(fit.log_likelihood, -7.2326206064, 1e-10);
    close(fit.se, 0.3427211, 1e-5);
    // metafor 3.8, selmodel.
    let fit = selected(&effects, "negexp", Alternative::Greater);
    close(fit.delta[0], 2.776778421, 1e-4);
    close(fit.delta_se[0], 1.541621086, 1e-3);
    close(fit.lrt, 4.127702397, 1e-6);
    let fit = selected(&effects, "logistic", Alternative::TwoSided);
    close(fit.delta[0], 1.018212505, 1e-4);
    close(fit.estimate, 0.1852657161, 1e-4);
}

#[test]
fn what_cannot_be_computed_is_named() {
    let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B"], [0.1, 0.2], [0.1, 0.1]).unwrap();
    let report = Bias::default().fit(&effects, None).unwrap();
    assert!(report.tests.is_empty() && report.trim_and_fill.is_none() && report.p_curve.is_none());
    assert!(report.henmi_copas.is_some() && report.failsafe_n.is_some());
    for part in ["no egger", "no begg", "no trim-and-fill", "no p-curve", "no limit"] {
        assert!(report.notes.iter().any(|n| n.starts_with(part)), "{part}: {:?}", report.notes);
    }
    let text = report.to_string();
    assert!(text.contains("fewer than 10 studies"), "{text}");
}

/// Equal effects leave nothing but rounding, which is no trend, no rank and no dispersion.
#[test]
fn equal_effects_have_no_asymmetry_to_test() {
    for effect in [0.3, 0.0, -1e3] {
        let labels = (1..=5).map(|i| i.to_string());
        let v = [0.04, 0.1, 0.2, 0.3, 0.14];
        let effects = EffectSizes::new(Measure::MeanDifference, labels, [effect; 5], v).unwrap();
        let report = Bias::default().fit(&effects, None).unwrap();
        for part in
            ["no egger", "no begg", "no thompson-sharp", "no skewness", "no lfk", "no pet-peese", "no uwls"]
        {
            assert!(report.notes.iter().any(|n| n.starts_with(part)), "{part}: {:?}", report.notes);
        }
        assert!(report.henmi_copas.is_some() && report.failsafe_n.is_some());
    }
}
