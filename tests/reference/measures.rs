//! Every measure on one input, against metafor 5.1-12 (`tests/data/measures`), and conventions of other programs.

use consilience::{
    EffectSizes, Measure,
    effect::{
        Correlation, EffectOptions, Genotypes, MatchedMargins, MatchedPairs, OneMean, Paired, Pairing,
        PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability, SemiPartialCorrelation,
        StudyData, TwoByTwo, TwoMeans, VarianceType, ZeroCells,
    },
};

use super::csv::Data;

fn input(letter: &str) -> StudyData {
    match letter {
        "A" => StudyData::TwoByTwo(vec![TwoByTwo::new(11.0, 128.0, 29.0, 110.0).unwrap()]),
        "A0" => StudyData::TwoByTwo(vec![TwoByTwo::new(0.0, 100.0, 3.0, 97.0).unwrap()]),
        "P" => StudyData::MatchedPairs(vec![MatchedPairs::new(40.0, 25.0, 12.0, 23.0).unwrap()]),
        "P'" => StudyData::MatchedMargins(vec![
            MatchedMargins::new(65.0, 35.0, 52.0, 48.0, Pairing::Correlation(0.3)).unwrap(),
        ]),
        "T" => StudyData::PersonTime(vec![PersonTime::new(12.0, 450.5, 21.0, 430.25).unwrap()]),
        "M" => StudyData::TwoMeans(vec![TwoMeans::new(105.2, 14.1, 24.0, 98.3, 17.9, 30.0).unwrap()]),
        "R" => StudyData::Correlation(vec![Correlation::new(0.42, 37.0).unwrap()]),
        "PC" => StudyData::PartialCorrelation(vec![PartialCorrelation::new(0.35, 4.0, 60.0).unwrap()]),
        "SP" => StudyData::SemiPartialCorrelation(vec![
            SemiPartialCorrelation::new(0.30, 4.0, 60.0, 0.45).unwrap(),
        ]),
        "R2" => StudyData::RSquared(vec![RSquared::new(0.32, 4.0, 60.0).unwrap()]),
        "B" => StudyData::Proportion(vec![Proportion::new(7.0, 53.0).unwrap()]),
        "B0" => StudyData::Proportion(vec![Proportion::new(0.0, 53.0).unwrap()]),
        "C" => StudyData::Rate(vec![Rate::new(7.0, 88.5).unwrap()]),
        "S" => StudyData::Mean(vec![OneMean::new(24.6, 8.2, 41.0).unwrap()]),
        "D" => StudyData::Paired(vec![Paired::new(30.6, 24.6, 9.1, 8.2, 41.0, 0.61).unwrap()]),
        "AL" => StudyData::Reliability(vec![Reliability::new(0.83, 12.0, 150.0).unwrap()]),
        "H" => StudyData::Genotypes(vec![Genotypes::new(20.0, 50.0, 15.0).unwrap()]),
        other => panic!("no input {other}"),
    }
}

#[test]
fn every_measure_agrees_with_metafor() {
    let data = Data::read("../measures/measures.csv");
    let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
    let mut wrong = Vec::new();
    for (row, code) in data.text("measure").iter().enumerate() {
        let measure: Measure = code.parse().unwrap();
        let outcome =
            &input(&data.text("input")[row]).effects(measure, &EffectOptions::default()).unwrap()[0];
        let effect = outcome.effect.unwrap_or_else(|| panic!("{code}: {outcome:?}"));
        let (tolerance_yi, tolerance_vi) = match measure {
            // metafor maximizes the likelihood numerically, to 3e-5 here; tests in src/effect/tetrachoric.rs hold
            // the exact solution to 1e-12
            Measure::Tetrachoric | Measure::ZTetrachoric => (5e-5, 2e-4),
            _ => (1e-11, 1e-11),
        };
        // The variances of R² with fixed predictors are not metafor's: its ZR2F has that of atanh(R²), not atanh(R).
        // Ours are held to the noncentral distribution in src/effect/r_squared.rs.
        let fixed_predictors = matches!(measure, Measure::RSquaredFixed | Measure::ZRSquaredFixed);
        for (what, got, expected, tolerance) in
            [("yi", effect.yi, yi[row], tolerance_yi), ("vi", effect.vi, vi[row], tolerance_vi)]
        {
            let compared = what == "yi" || !fixed_predictors;
            if compared && (got - expected).abs() > tolerance * expected.abs() {
                wrong.push(format!("{code} {what}: got {got}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn normand_1999() -> StudyData {
    let d = Data::read("data/normand1999.csv");
    let [m1, s1, n1, m2, s2, n2] = ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"].map(|c| d.numbers(c));
    let row = |i: usize| TwoMeans::new(m1[i], s1[i], n1[i], m2[i], s2[i], n2[i]).unwrap();
    StudyData::TwoMeans((0..m1.len()).map(row).collect())
}

#[test]
fn variances_of_standardized_mean_differences_differ_by_program() {
    // metafor 5.1 (LS, UB, LS2), meta 8.4 (exact, equal to UB) and RevMan (approximate) to the 8 decimals recorded
    use consilience::effect::BiasCorrection::{Approximate, Exact};
    let data = normand_1999();
    for (variance, correction, first, second) in [
        (VarianceType::LargeSample, Exact, 0.01306468, 0.06446888),
        (VarianceType::Unbiased, Exact, 0.01306715, 0.06452963),
        (VarianceType::RevMan, Approximate, 0.01306728, 0.06453299),
        (VarianceType::LargeSample2, Exact, 0.01300226, 0.06290939),
    ] {
        let options = EffectOptions::default().variance(variance).bias_correction(correction);
        let outcomes = data.effects(Measure::StandardizedMeanDifference, &options).unwrap();
        for (outcome, expected) in outcomes.iter().zip([first, second]) {
            approx::assert_abs_diff_eq!(outcome.vi().unwrap(), expected, epsilon = 6e-9);
        }
    }
}

#[test]
fn zero_cells_are_treated_as_in_metafor_and_meta() {
    let d = Data::read("data/nielweise2007.csv");
    let [a, n1, c, n2] = ["ai", "n1i", "ci", "n2i"].map(|name| d.numbers(name));
    let tables: Vec<TwoByTwo> =
        (0..a.len()).map(|i| TwoByTwo::from_totals(a[i], n1[i], c[i], n2[i]).unwrap()).collect();
    let pooled = |measure, policy| {
        let effects =
            EffectSizes::from_two_by_two(measure, d.text("author").to_vec(), &tables, policy).unwrap();
        let fit = consilience::pool::RandomEffects::new(consilience::tau2::Tau2::Reml).fit(&effects).unwrap();
        (effects.len(), fit.estimate)
    };
    // metafor 5.1 and meta 8.4, REML on nielweise2007, to the 5 decimals recorded; risk differences with the REML
    // iterations of metafor 3.8-1 run to the end (by default they stop at -0.016301 and -0.016354)
    for (measure, policy, k, expected) in [
        (Measure::OddsRatio, ZeroCells::metafor(), 18, -0.96015),
        (Measure::OddsRatio, ZeroCells::meta(), 17, -0.98038),
        (Measure::OddsRatio, ZeroCells::handbook(), 17, -0.98038),
        (Measure::RiskRatio, ZeroCells::metafor(), 18, -0.91505),
        (Measure::RiskRatio, ZeroCells::meta(), 17, -0.92955),
        (Measure::RiskDifference, ZeroCells::metafor(), 18, -0.01592532),
        (Measure::RiskDifference, ZeroCells::meta(), 18, -0.01610926),
    ] {
        let (studies, estimate) = pooled(measure, policy);
        assert_eq!(studies, k, "{measure}");
        approx::assert_abs_diff_eq!(estimate, expected, epsilon = 6e-6);
    }
}
