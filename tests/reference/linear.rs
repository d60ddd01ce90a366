//! Contrasts, marginal means, predictions and tests of terms for every linear model: a multilevel model with one effect in each study
//! and the regression of the same effects are one model, so that all their readings agree, each by its own computation.

use consilience::{
    EffectSizes, Measure, SourceRows,
    linear::{Adjustment, Contrast, Fit, MarginalWeights},
    multilevel::{CoefficientInference, Factor, Multilevel},
    pool::Inference,
    regression::MetaRegression,
    robust::RobustType,
    table::{Column, DesignOptions, FormulaDesign, Table},
};

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-7 * expected.abs().max(1e-3), "{got} {expected}");
}

fn data() -> (EffectSizes, Table, FormulaDesign) {
    let dose = [1.0, 2.5, 4.0, 1.5, 3.0, 2.0, 5.0, 3.5, 2.2, 4.4, 1.2, 3.8];
    let arm = ["low", "mid", "high"];
    let arms: Vec<Option<String>> = (0..12).map(|i| Some(arm[i % 3].to_owned())).collect();
    let y = [0.2, 0.5, 0.9, -0.1, 0.6, 0.4, 1.4, 0.3, 0.8, 0.7, 0.1, 1.1];
    let v = [0.04, 0.02, 0.05, 0.03, 0.06, 0.02, 0.08, 0.03, 0.04, 0.05, 0.02, 0.03];
    let table = Table::new()
        .with("dose", Column::numbers(dose.map(Some)).unwrap())
        .unwrap()
        .with("arm", Column::texts(arms).unwrap())
        .unwrap();
    let design = FormulaDesign::new(&"dose + arm".parse().unwrap(), &table, &DesignOptions::new()).unwrap();
    let effects = EffectSizes::new(Measure::OddsRatio, (1..=12).map(|i| i.to_string()), y, v).unwrap();
    (effects, table, design)
}

#[test]
fn multilevel_readings_are_those_of_the_regression() {
    let (effects, table, design) = data();
    let each = Factor::each_effect("study", 12).unwrap();
    let pairs: Vec<String> = (0..12).map(|i| format!("team {}", i / 2)).collect();
    let cluster = Factor::new("team", pairs.clone()).unwrap();
    for (own, other) in [
        (Some(CoefficientInference::Wald), Inference::Wald),
        (Some(CoefficientInference::T), Inference::T),
        (Some(CoefficientInference::KenwardRoger), Inference::KenwardRoger),
        (None, Inference::Wald),
    ] {
        let mut model = Multilevel::nested([each.clone()]).unwrap().moderators(&design);
        model = match own {
            Some(inference) => model.inference(inference),
            None => model.robust(RobustType::Cr2, cluster.clone()),
        };
        let fit = model.fit(&effects).unwrap();
        let mut regression = MetaRegression::default().inference(other).fit(&effects, &design).unwrap();
        if own.is_none() {
            regression = regression.robust(&pairs, RobustType::Cr2).unwrap();
        }
        let names: Vec<String> = fit.coefficients.iter().map(|c| c.term.clone()).collect();
        let sums = [
            Contrast::parse("armmid - armlow", &names).unwrap(),
            Contrast::parse("at 3 = (Intercept) + 3*dose", &names).unwrap(),
        ];
        for adjustment in [Adjustment::Holm, Adjustment::Bonferroni] {
            let (a, b) =
                (fit.contrasts(&sums, adjustment).unwrap(), regression.contrasts(&sums, adjustment).unwrap());
            for (a, b) in a.contrasts.iter().zip(&b.contrasts) {
                close(a.contrast.estimate, b.contrast.estimate);
                close(a.contrast.se, b.contrast.se);
                close(a.contrast.ci_upper, b.contrast.ci_upper);
                close(a.adjusted_p_value.unwrap(), b.adjusted_p_value.unwrap());
                close(a.ratio.unwrap()[2], b.ratio.unwrap()[2]);
            }
            close(a.joint_test.unwrap().statistic, b.joint_test.unwrap().statistic);
            close(a.joint_test.unwrap().p_value, b.joint_test.unwrap().p_value);
        }
        close(fit.test_terms(&["arm"]).unwrap().p_value, regression.test_terms(&["arm"]).unwrap().p_value);
        let grid = "dose=2,4; arm=low,high".parse().unwrap();
        let (a, b) = (fit.predict(&design, &grid).unwrap(), regression.predict(&design, &grid).unwrap());
        assert_eq!(a.len(), 4);
        for (a, b) in a.iter().zip(&b) {
            assert_eq!(a.values, b.values);
            close(a.estimate, b.estimate);
            close(a.ci_lower, b.ci_lower);
            close(a.prediction_upper.unwrap(), b.prediction_upper.unwrap());
            close(a.transformed.estimate.unwrap(), b.transformed.estimate.unwrap());
        }
        let weights = MarginalWeights::Equal;
        let a = fit.marginal_means(&design, &table, "arm", weights, Adjustment::None).unwrap();
        let b = regression.marginal_means(&design, &table, "arm", weights, Adjustment::None).unwrap();
        for (a, b) in a.means.iter().zip(&b.means) {
            close(a.estimate, b.estimate);
            close(a.se, b.se);
        }
        assert_eq!(a.differences.contrasts.len(), 3);
        close(fit.log_likelihood().unwrap(), regression.log_likelihood().unwrap());
        assert_eq!((fit.parameters(), fit.observations()), (regression.parameters(), 12));
    }
}

#[test]
fn errors_name_what_is_wrong() {
    let (effects, table, design) = data();
    let fit = Multilevel::nested([Factor::each_effect("study", 12).unwrap()])
        .unwrap()
        .moderators(&design)
        .fit(&effects)
        .unwrap();
    let error = |result: consilience::Result<()>| result.unwrap_err().to_string();
    assert!(error(fit.test_terms(&["amr"]).map(|_| ())).contains("arm"));
    let other = FormulaDesign::new(&"dose".parse().unwrap(), &table, &DesignOptions::new()).unwrap();
    assert!(
        error(fit.predict(&other, &"dose=1".parse().unwrap()).map(|_| ()))
            .contains("give the design of the fit")
    );
    let read: consilience::multilevel::MultilevelFit =
        serde_json::from_str(&serde_json::to_string(&fit).unwrap()).unwrap();
    let sum = [Contrast::new("dose", [0.0, 1.0, 0.0, 0.0])];
    for said in [error(read.contrasts(&sum, Adjustment::Holm).map(|_| ())), error(read.weights().map(|_| ()))]
    {
        assert!(said.contains("read from a file") || said.contains("fit the model"), "{said}");
    }
}

/// Effects from which one row fell and a design from which another fell are not fitted together.
#[test]
fn parts_of_different_rows_are_refused() {
    let (effects, _, _) = data();
    let mut dose: Vec<Option<f64>> = (0..12).map(|i| Some(f64::from(i))).collect();
    dose[4] = None;
    let table = Table::new().with("dose", Column::numbers(dose).unwrap()).unwrap();
    let design = FormulaDesign::new(&"dose".parse().unwrap(), &table, &DesignOptions::new()).unwrap();
    let rows: Vec<usize> = (0..12).filter(|row| *row != 7).collect();
    let without = effects.subset(&rows).unwrap();
    let known = without.clone().with_rows(SourceRows::new(rows.clone()));
    let each = Factor::each_effect("study", 11).unwrap();
    let errors = [
        MetaRegression::default().fit(&known, &design).unwrap_err().to_string(),
        Multilevel::nested([each.clone()]).unwrap().moderators(&design).fit(&known).unwrap_err().to_string(),
    ];
    for error in errors {
        assert!(error.contains("the design lacks row 5 of the effects; the design has row 8"), "{error}");
    }
    let factor = each.with_rows(SourceRows::new((0..11).collect::<Vec<_>>()));
    let error = Multilevel::nested([factor]).unwrap().fit(&known).unwrap_err().to_string();
    assert!(error.contains("the factor study lacks row 12"), "{error}");
    // Without rows they line up by their length.
    assert!(MetaRegression::default().fit(&without, &design).is_ok());
    let same = effects.subset(&design.rows).unwrap().with_rows(SourceRows::new(design.rows.clone()));
    assert!(MetaRegression::default().fit(&same, &design).is_ok());
}
