//! Pooling as published in papers and books, and as computed with other software to all printed digits.
//!
//! A value agrees if it is within half a unit of the last digit printed. Where a publication is wrong, the test has the
//! right value with its derivation, and says what was printed.

use consilience::{
    EffectSizes, Level, Measure,
    effect::{AddTo, EffectOptions, PersonTime, Proportion, StudyData, TwoByTwo, TwoMeans, ZeroCells},
    pool::{FixedEffect, Inference, MantelHaenszel, Peto, PoolFit, Prediction, RandomEffects, Weights},
    robust::RobustType,
    stat::{Tail, chi2},
    table::Table,
    tau2::{self, Tau2, Tau2Interval, Tau2IntervalMethod},
};

fn table(name: &str) -> Table {
    Table::read_path(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn numbers<const N: usize>(table: &Table, names: [&str; N]) -> Vec<[f64; N]> {
    let columns = names.map(|name| table.complete_numbers(name).unwrap());
    (0..table.len()).map(|row| std::array::from_fn(|column| columns[column][row])).collect()
}

fn labels(table: &Table) -> Vec<String> {
    (0..table.len()).map(|row| (row + 1).to_string()).collect()
}

/// Tables given by events and sizes of the groups.
fn from_totals(name: &str) -> (Vec<String>, Vec<TwoByTwo>) {
    let table = table(name);
    let rows = numbers(&table, ["ai", "n1i", "ci", "n2i"]);
    (
        labels(&table),
        rows.iter().map(|&[a, n1, c, n2]| TwoByTwo::from_totals(a, n1, c, n2).unwrap()).collect(),
    )
}

/// Tables given by their cells.
fn from_cells(name: &str, columns: [&str; 4]) -> (Vec<String>, Vec<TwoByTwo>) {
    let table = table(name);
    let rows = numbers(&table, columns);
    (labels(&table), rows.iter().map(|&[a, b, c, d]| TwoByTwo::new(a, b, c, d).unwrap()).collect())
}

fn effects(measure: Measure, (labels, tables): &(Vec<String>, Vec<TwoByTwo>)) -> EffectSizes {
    EffectSizes::from_two_by_two(measure, labels.clone(), tables, ZeroCells::default()).unwrap()
}

fn generic(name: &str) -> EffectSizes {
    let table = table(name);
    let (yi, vi) = (table.complete_numbers("yi").unwrap(), table.complete_numbers("vi").unwrap());
    EffectSizes::new(Measure::Generic, labels(&table), yi, vi).unwrap()
}

fn bcg() -> EffectSizes {
    effects(Measure::RiskRatio, &from_cells("metafor/data/bcg.csv", ["tpos", "tneg", "cpos", "cneg"]))
}

fn fit(effects: &EffectSizes, method: Tau2) -> PoolFit {
    RandomEffects::new(method).fit(effects).unwrap()
}

/// Asserts that `got` rounds to what is printed.
#[track_caller]
fn printed(got: impl Into<Option<f64>>, expected: &str) {
    let got = got.into().unwrap();
    let value: f64 = expected.parse().unwrap();
    let digits = expected.split_once('.').map_or(0, |(_, digits)| digits.len()) as i32;
    // The allowance beyond half a unit is the rounding of the comparison itself.
    let half = 0.5 * 10f64.powi(-digits) + 4.0 * f64::EPSILON * value.abs();
    assert!((got - value).abs() <= half, "got {got}, printed {expected}");
}

#[track_caller]
fn all_printed(got: &[f64], expected: &str) {
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(got.len(), expected.len());
    for (&got, expected) in got.iter().zip(expected) {
        printed(got, expected);
    }
}

fn mean_with_interval(fit: &PoolFit) -> [f64; 3] {
    [fit.estimate, fit.ci_lower, fit.ci_upper]
}

fn tau2_of(fit: &PoolFit) -> f64 {
    fit.heterogeneity.tau2.unwrap()
}

/// Berkey et al. (1995), p. 408: empirical Bayes with variances smoothed over the trials.
#[test]
fn berkey_1995() {
    let trials = from_cells("metafor/data/bcg.csv", ["tpos", "tneg", "cpos", "cneg"]);
    let k = trials.1.len() as f64;
    let vaccinated = trials.1.iter().map(|t| t.bi() / t.ai()).sum::<f64>() / k;
    let controls = trials.1.iter().map(|t| t.di() / t.ci()).sum::<f64>() / k;
    let vi: Vec<f64> = trials.1.iter().map(|t| vaccinated / t.n1i() + controls / t.n2i()).collect();
    let raw = effects(Measure::RiskRatio, &trials);
    let smoothed = EffectSizes::new(Measure::RiskRatio, trials.0, raw.yi(), vi).unwrap();
    let fit = fit(&smoothed, Tau2::Eb);
    all_printed(&[fit.estimate, fit.se, tau2_of(&fit)], "-0.5429 0.1842 0.2682");
}

/// DerSimonian and Kacker (2007), tables 3 and 4: tau, mean and standard error.
#[test]
fn dersimonian_kacker_2007() {
    let clasp = effects(Measure::OddsRatio, &from_totals("clasp/data.csv"));
    for (method, expected) in [
        (Tau2::Pm, "0.3681 -0.3811 0.2060"),
        (Tau2::He, "0.4410 -0.4035 0.2327"),
        (Tau2::Dl, "0.2323 -0.3240 0.1540"),
        (Tau2::Ca2, "0.3831 -0.3861 0.2115"),
        (Tau2::Dl2, "0.3254 -0.3655 0.1901"),
        (Tau2::Eb, "0.3681 -0.3811 0.2060"),
        (Tau2::Dlit, "0.3681 -0.3811 0.2060"),
        (Tau2::Sjit, "0.3681 -0.3811 0.2060"),
        (Tau2::Hs, "0.1330 -0.2666 0.1125"),
        (Tau2::Sj, "0.4572 -0.4079 0.2386"),
        (Tau2::Sj2, "0.4084 -0.3941 0.2208"),
    ] {
        let fit = fit(&clasp, method);
        all_printed(&[fit.heterogeneity.tau.unwrap(), fit.estimate, fit.se], expected);
    }
    let reml = fit(&clasp, Tau2::Reml);
    all_printed(&[reml.heterogeneity.tau.unwrap(), reml.estimate, reml.se], "0.1843 -0.2980 0.1343");
    // Not in the paper: computed with metafor 5.1.
    for (method, expected) in [(Tau2::Hsk, "0.1644"), (Tau2::Genqm, "0.2929"), (Tau2::Pmm, "0.4341")] {
        printed(fit(&clasp, method).heterogeneity.tau, expected);
    }
}

/// For maximum likelihood table 3 of DerSimonian and Kacker (2007) has tau 0.0023 and a mean of -0.1974: an iteration
/// that stopped before it arrived. The score is -42.04 at tau² = 0 and below 0 on a grid up to tau² = 100 (mpmath,
/// 25 digits), so the estimate is 0, with the fixed-effect mean -0.19735, standard error 0.06937.
#[test]
fn dersimonian_kacker_2007_maximum_likelihood_is_on_the_boundary() {
    let clasp = effects(Measure::OddsRatio, &from_totals("clasp/data.csv"));
    let ml = fit(&clasp, Tau2::Ml);
    assert_eq!(tau2_of(&ml), 0.0);
    all_printed(&[ml.estimate, ml.se], "-0.1973469613 0.06936831511");
}

/// Henmi and Copas (2010), p. 2978: acupuncture against postoperative nausea.
#[test]
fn henmi_copas_2010() {
    let lee = effects(Measure::OddsRatio, &from_totals("lee2004/data.csv"));
    let dl = fit(&lee, Tau2::Dl);
    printed(tau2_of(&dl), "0.3325");
    all_printed(&mean_with_interval(&dl), "-0.6787 -1.0664 -0.2911");
    let hc = RandomEffects::default().inference(Inference::HenmiCopas).fit(&lee).unwrap();
    all_printed(&mean_with_interval(&hc), "-0.5145 -0.9994 -0.0295");
    assert_eq!(hc.method, Some(Tau2::Dl));
}

/// Viechtbauer (2005), pp. 271 and 272: tau², I², H² of seven estimators in two examples.
#[test]
fn viechtbauer_2005() {
    let methods = [Tau2::Hs, Tau2::He, Tau2::Dl, Tau2::Ml, Tau2::Reml, Tau2::Eb, Tau2::Sj];
    for (name, expected) in [
        (
            "viechtbauer2005/example1.csv",
            [
                "0.228 77.23 4.39",
                "0.148 68.80 3.21",
                "0.277 80.44 5.11",
                "0.197 74.51 3.92",
                "0.223 76.84 4.32",
                "0.192 74.05 3.85",
                "0.199 74.75 3.96",
            ],
        ),
        (
            "viechtbauer2005/example2.csv",
            [
                "0.010 22.93 1.30",
                "0.000 0.00 1.00",
                "0.013 27.53 1.38",
                "0.013 28.45 1.40",
                "0.016 32.02 1.47",
                "0.010 23.72 1.31",
                "0.025 42.67 1.74",
            ],
        ),
    ] {
        let effects = generic(name);
        for (method, expected) in methods.into_iter().zip(expected) {
            let h = fit(&effects, method).heterogeneity;
            all_printed(&[h.tau2.unwrap(), h.i2.unwrap(), h.h2.unwrap()], expected);
        }
    }
}

/// Viechtbauer (2007), table II: diuretics in pregnancy; estimates and intervals of tau². The paper has three digits
/// (profile likelihood 0.027 to 1.131 and 0.043 to 1.475); the others of the profile likelihood are mpmath's, as metafor's
/// lower limit, 0.0266, is rounded from an unfinished search.
#[test]
fn viechtbauer_2007() {
    let collins = effects(Measure::OddsRatio, &from_totals("collins1985b/data.csv"));
    let (yi, vi) = (collins.yi(), collins.vi());
    let [dl, ml, reml, sj] =
        [Tau2::Dl, Tau2::Ml, Tau2::Reml, Tau2::Sj].map(|m| tau2::estimate(yi, vi, m).unwrap());
    all_printed(&[dl.tau2, ml.tau2, reml.tau2, sj.tau2], "0.230 0.239 0.301 0.456");
    for (method, expected) in [
        (Tau2IntervalMethod::QProfile, "0.0723 2.2027"),
        (Tau2IntervalMethod::ProfileMl, "0.02654234642906 1.130750953751"),
        (Tau2IntervalMethod::ProfileReml, "0.04271245703906 1.474662499475"),
    ] {
        let ci = Tau2Interval::new(yi, vi, method, Tau2::Reml, Level::default()).unwrap();
        all_printed(&[ci.lower, ci.upper], expected);
    }
    // The Wald and Sidik-Jonkman intervals of the paper follow from the estimates and their standard errors.
    let wald = |e: tau2::Tau2Estimate| [e.tau2 - 1.96 * e.se, e.tau2 + 1.96 * e.se];
    all_printed(&wald(ml), "-0.101 0.578");
    all_printed(&wald(reml), "-0.131 0.732");
    let scaled = |tail: Tail| 8.0 * sj.tau2 / chi2::quantile(tail, 8.0);
    all_printed(&[scaled(Tail::Upper(0.025)), scaled(Tail::Lower(0.025))], "0.2082 1.6748");
}

/// The Biggerstaff-Tweedie interval of Viechtbauer (2007), 0.0481 to 2.3551, takes Q for gamma distributed; that of
/// Biggerstaff and Jackson has its exact distribution. Limits from
/// Imhof's integral (scipy 1.17), at which Ruben's series (mpmath) has tails of 0.025 to 1e-13.
#[test]
fn biggerstaff_jackson_limits_are_exact() {
    let collins = effects(Measure::OddsRatio, &from_totals("collins1985b/data.csv"));
    for (method, expected) in [
        (Tau2IntervalMethod::BiggerstaffJackson, "0.047380585241 1.43119842772"),
        (Tau2IntervalMethod::Jackson, "0.0742843901 1.67751249011"),
    ] {
        let ci = Tau2Interval::new(collins.yi(), collins.vi(), method, Tau2::Reml, Level::default()).unwrap();
        all_printed(&[ci.lower, ci.upper], expected);
    }
}

/// Yusuf et al. (1985), p. 107 (table 6): early oral beta-blockade, deaths, by Peto's method.
#[test]
fn yusuf_1985() {
    let (labels, tables) = from_totals("yusuf1985/data.csv");
    let peto = Peto::default().fit(labels.clone(), &tables).unwrap();
    let odds_ratio = peto.transformed;
    all_printed(
        &[odds_ratio.estimate.unwrap(), odds_ratio.ci_lower.unwrap(), odds_ratio.ci_upper.unwrap()],
        "0.93 0.74 1.18",
    );
    printed(odds_ratio.estimate, "0.9332"); // metafor 5.1
    // The same by inverse-variance weights from the effects of the trials.
    let effects =
        EffectSizes::from_two_by_two(Measure::PetoOddsRatio, labels, &tables, ZeroCells::none()).unwrap();
    let pooled = FixedEffect::default().fit(&effects).unwrap();
    assert!((pooled.estimate - peto.estimate).abs() < 1e-14);
    assert!((pooled.heterogeneity.q.unwrap() - peto.heterogeneity.q.unwrap()).abs() < 1e-12);
}

/// Miller (1978), p. 138: double arcsines (twice ours), their plain and weighted means, and these as proportions.
#[test]
fn miller_1978() {
    let table = table("miller1978/data.csv");
    let data: Vec<Proportion> =
        numbers(&table, ["xi", "ni"]).iter().map(|&[x, n]| Proportion::new(x, n).unwrap()).collect();
    let effects = EffectSizes::from_proportions(
        Measure::DoubleArcsineProportion,
        labels(&table),
        &data,
        ZeroCells::default(),
    )
    .unwrap();
    let doubled: Vec<f64> = effects.yi().iter().map(|y| 2.0 * y).collect();
    all_printed(&doubled, "1.1391 1.2888 1.5253 0.9515");
    let variances: Vec<f64> = effects.vi().iter().map(|v| 4.0 * v).collect();
    all_printed(&variances, "0.0870 0.0571 0.0465 0.1538");
    let plain = FixedEffect::default().weights(Weights::Equal).fit(&effects).unwrap();
    all_printed(&[2.0 * plain.estimate, plain.transformed.estimate.unwrap()], "1.2262 0.3164");
    let weighted = FixedEffect::default().fit(&effects).unwrap();
    all_printed(&[2.0 * weighted.estimate, weighted.transformed.estimate.unwrap()], "1.3093 0.3595");
}

fn ratio(fit: &PoolFit) -> [f64; 3] {
    let t = fit.transformed;
    [t.estimate.unwrap(), t.ci_lower.unwrap(), t.ci_upper.unwrap()]
}

/// Rothman, Greenland and Lash (2008), chapter 15: 90 % intervals by Mantel and Haenszel. Four digits and the tests of
/// homogeneity are metafor's (5.1), where the book has two or three.
#[test]
fn rothman_2008_counts() {
    let (strata, tolbutamide) = from_cells("rothman2008/table15-1.csv", ["ai", "bi", "ci", "di"]);
    let mh =
        |measure: Measure| MantelHaenszel::new(measure).level(0.9).fit(strata.clone(), &tolbutamide).unwrap();
    let difference = mh(Measure::RiskDifference);
    // The book prints an upper limit of 0.088. By hand from its formula: the difference 0.034939 and the standard error
    // 0.031909 (R 4.2, from the counts) with 1.645 give 0.08742, which rounds to 0.087.
    all_printed(&mean_with_interval(&difference), "0.0349 -0.0176 0.0874");
    all_printed(
        &[difference.heterogeneity.q.unwrap(), difference.heterogeneity.q_p_value.unwrap()],
        "0.0017 0.9669",
    );
    let risk = mh(Measure::RiskRatio);
    all_printed(&ratio(&risk), "1.3256 0.8658 2.0296");
    all_printed(&[risk.heterogeneity.q.unwrap(), risk.heterogeneity.q_p_value.unwrap()], "0.4472 0.5037");
    let odds = mh(Measure::OddsRatio);
    all_printed(&ratio(&odds), "1.4031 0.8411 2.3409");
    all_printed(&[odds.heterogeneity.q.unwrap(), odds.heterogeneity.q_p_value.unwrap()], "0.3474 0.5556");
    let tarone = odds.tests.unwrap().tarone.unwrap();
    all_printed(&[tarone.statistic, tarone.p_value], "0.3489 0.5547");

    let (strata, spermicides) = from_cells("rothman2008/table15-5.csv", ["ai", "bi", "ci", "di"]);
    let odds = MantelHaenszel::new(Measure::OddsRatio).level(0.9).fit(strata, &spermicides).unwrap();
    all_printed(&ratio(&odds), "3.7812 1.4304 9.9954");
    printed(odds.heterogeneity.q, "0.1378");
    let tarone = odds.tests.unwrap().tarone.unwrap();
    all_printed(&[tarone.statistic, tarone.p_value], "0.1391 0.7092");
}

/// The same for person-years, per 10,000.
#[test]
fn rothman_2008_person_time() {
    let table = table("rothman2008/table15-2.csv");
    let rates: Vec<PersonTime> = numbers(&table, ["x1i", "t1i", "x2i", "t2i"])
        .iter()
        .map(|&[x1, t1, x2, t2]| PersonTime::new(x1, t1 / 1e4, x2, t2 / 1e4).unwrap())
        .collect();
    let mh =
        |measure: Measure| MantelHaenszel::new(measure).level(0.9).fit_rates(labels(&table), &rates).unwrap();
    let difference = mh(Measure::RateDifference);
    all_printed(&mean_with_interval(&difference), "11.4392 6.3498 16.5286");
    printed(difference.heterogeneity.q, "26.8758");
    let ratio_fit = mh(Measure::RateRatio);
    all_printed(&ratio(&ratio_fit), "1.4247 1.1944 1.6994");
    all_printed(
        &[ratio_fit.heterogeneity.q.unwrap(), ratio_fit.heterogeneity.q_p_value.unwrap()],
        "10.4117 0.0340",
    );
    let cmh = ratio_fit.tests.unwrap().cmh.unwrap();
    all_printed(&[cmh.statistic, cmh.p_value], "10.7021 0.0011");
}

/// Normand (1999), tables III and VII: lidocaine, risk differences in per cent.
#[test]
fn normand_1999_risk_differences() {
    let raw = effects(Measure::RiskDifference, &from_totals("metafor/data/hine1989.csv"));
    let yi: Vec<f64> = raw.yi().iter().map(|y| 100.0 * y).collect();
    let vi: Vec<f64> = raw.vi().iter().map(|v| 1e4 * v).collect();
    all_printed(&yi, "2.8026 0.0000 1.9711 1.7961 3.5334 4.4031");
    all_printed(&vi, "17.7575 37.5657 8.1323 10.8998 8.0114 6.1320");
    let hine = EffectSizes::new(Measure::Generic, raw.labels().to_vec(), yi, vi).unwrap();
    let common = FixedEffect::default().fit(&hine).unwrap();
    all_printed(&mean_with_interval(&common), "2.94 0.4 5.5");
    for method in [Tau2::Dl, Tau2::Reml] {
        let random = fit(&hine, method);
        assert_eq!(tau2_of(&random), 0.0);
        all_printed(&mean_with_interval(&random), "2.94 0.4 5.5");
    }
}

/// Normand (1999), tables VIII and IX: days in hospital after stroke, mean differences with pooled variances.
#[test]
fn normand_1999_mean_differences() {
    let table = table("metafor/data/normand1999.csv");
    let data: Vec<TwoMeans> = numbers(&table, ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"])
        .iter()
        .map(|&[m1, s1, n1, m2, s2, n2]| {
            let pooled = (((n1 - 1.0) * s1 * s1 + (n2 - 1.0) * s2 * s2) / (n1 + n2 - 2.0)).sqrt();
            TwoMeans::new(m1, pooled, n1, m2, pooled, n2).unwrap()
        })
        .collect();
    let normand = EffectSizes::from_study_data(
        Measure::MeanDifference,
        labels(&table),
        &StudyData::TwoMeans(data),
        &EffectOptions::default(),
    )
    .unwrap();
    all_printed(normand.vi(), "40.59 2.05 15.28 150.22 20.19 1.22 95.38 8.03 20.69");
    let common = FixedEffect::default().fit(&normand).unwrap();
    all_printed(&mean_with_interval(&common), "-3.49 -5.03 -1.96");
    let dl = fit(&normand, Tau2::Dl);
    all_printed(&mean_with_interval(&dl), "-14.10 -24.45 -3.75");
    printed(tau2_of(&dl), "218.72");
    let reml = fit(&normand, Tau2::Reml);
    all_printed(&mean_with_interval(&reml), "-15.12 -32.67 2.43");
    printed(tau2_of(&reml), "685.20");
}

/// Raudenbush (2009), table 16.3: teachers' expectancy; tau², mean, standard error, statistic and interval with Wald,
/// Knapp-Hartung and Huber-White inference.
#[test]
fn raudenbush_2009() {
    let raudenbush = generic("metafor/data/raudenbush1985.csv");
    let methods = [None, Some(Tau2::Ml), Some(Tau2::Reml), Some(Tau2::Dl), Some(Tau2::He)];
    let fitted = |method: Option<Tau2>, inference: Inference| match method {
        None => FixedEffect::default().inference(inference).fit(&raudenbush).unwrap(),
        Some(method) => RandomEffects::new(method).inference(inference).fit(&raudenbush).unwrap(),
    };
    let row = |fit: &PoolFit| {
        [
            fit.heterogeneity.tau2.unwrap_or(0.0),
            fit.estimate,
            fit.se,
            fit.statistic.unwrap(),
            fit.ci_lower,
            fit.ci_upper,
        ]
    };
    let wald = [
        "0.000 0.060 0.036 1.655 -0.011 0.132",
        "0.013 0.078 0.047 1.637 -0.015 0.171",
        "0.019 0.084 0.052 1.621 -0.018 0.185",
        "0.026 0.089 0.056 1.601 -0.020 0.199",
        "0.080 0.114 0.079 1.443 -0.041 0.270",
    ];
    let knapp_hartung = [
        "0.000 0.060 0.051 1.173 -0.048 0.168",
        "0.013 0.078 0.059 1.311 -0.047 0.202",
        "0.019 0.084 0.062 1.359 -0.046 0.213",
        "0.026 0.089 0.064 1.405 -0.044 0.223",
        "0.080 0.114 0.071 1.608 -0.035 0.264",
    ];
    let huber_white = [
        "0.000 0.060 0.040 1.515 -0.023 0.144",
        "0.013 0.078 0.047 1.637 -0.022 0.178",
        "0.019 0.084 0.050 1.676 -0.021 0.189",
        "0.026 0.089 0.052 1.710 -0.020 0.199",
        "0.080 0.114 0.062 1.850 -0.015 0.244",
    ];
    let studies: Vec<String> = (1..=raudenbush.len()).map(|study| study.to_string()).collect();
    for (position, method) in methods.into_iter().enumerate() {
        let plain = fitted(method, Inference::Wald);
        all_printed(&row(&plain), wald[position]);
        all_printed(&row(&fitted(method, Inference::HartungKnapp)), knapp_hartung[position]);
        all_printed(&row(&plain.robust(&studies, RobustType::Cr0).unwrap()), huber_white[position]);
    }
}

/// BCG, log risk ratio: all estimators of tau² (metafor 5.1, iterated to full convergence; ML, REML and PM also by
/// mpmath; GENQM by Imhof's integral, scipy 1.17).
#[test]
fn bcg_estimators() {
    let bcg = bcg();
    for (method, expected) in [
        (Tau2::Dl, "0.308760262862"),
        (Tau2::He, "0.328563857996"),
        (Tau2::Hs, "0.228362863677"),
        (Tau2::Hsk, "0.249169930281"),
        (Tau2::Sj, "0.345515701599"),
        (Tau2::Ml, "0.280028137269"),
        (Tau2::Reml, "0.313243258136"),
        (Tau2::Eb, "0.318068452205"),
        (Tau2::Pm, "0.318068452205"),
        (Tau2::Dlit, "0.318068452205"),
        (Tau2::Sjit, "0.318068452205"),
        (Tau2::Pmm, "0.343387906896"),
        (Tau2::Genqm, "0.382809496482"),
    ] {
        printed(tau2_of(&fit(&bcg, method)), expected);
    }
    let reml = fit(&bcg, Tau2::Reml);
    let h = &reml.heterogeneity;
    all_printed(
        &[reml.estimate, reml.se, h.tau2_se.unwrap()],
        "-0.714532342158 0.179781516105 0.166425752837",
    );
    all_printed(&[h.q.unwrap(), h.h2.unwrap(), h.i2.unwrap()], "152.2330 12.8558 92.2214");
    all_printed(&h.i2_ci.unwrap(), "81.92057456 97.67807496"); // from the exact limits of tau² (mpmath)
    printed(h.i2_q, "92.1173");
    all_printed(&h.i2_q_ci.unwrap(), "88.316 94.682");
    let blups: Vec<f64> = reml.blups().unwrap().iter().map(|b| b.estimate).collect();
    all_printed(
        &blups,
        "-0.8002 -1.2517 -0.9869 -1.3979 -0.2874 -0.7846 -1.2440 0.0029 -0.5068 -1.2472 -0.3537 -0.2847 -0.1467",
    );
}

/// BCG: all intervals of tau² (metafor 5.1; Q-profile also by mpmath).
///
/// The two generalized-Q intervals are from Imhof's integral (scipy 1.17). Metafor has 0.101050142241 to 1.636073442109
/// for Biggerstaff and Jackson, meta 0.1220533 to 1.1399788 for Jackson. By Ruben's series (1962, 25 digits in mpmath, its
/// remainder below 1e-18) the tails beyond our limits are 0.025 to 2e-13, beyond theirs 0.0250000677, 0.0250006951,
/// 0.0250071711 and 0.0249983563.
#[test]
fn bcg_intervals_of_tau2() {
    let bcg = bcg();
    for (method, expected) in [
        (Tau2IntervalMethod::QProfile, "0.119718361141 1.11147908406"),
        (Tau2IntervalMethod::ProfileReml, "0.115266105748 0.964695326514"),
        (Tau2IntervalMethod::TestBased, "0.202742109085 0.477027388857"),
        (Tau2IntervalMethod::Jackson, "0.122045538352 1.13995802168"),
        (Tau2IntervalMethod::BiggerstaffJackson, "0.101050069452 1.63608820107"),
    ] {
        let ci = Tau2Interval::new(bcg.yi(), bcg.vi(), method, Tau2::Reml, Level::default()).unwrap();
        all_printed(&[ci.lower, ci.upper], expected);
        assert!(!ci.empty);
    }
}

/// BCG: intervals of the mean by inference, and prediction intervals by convention.
///
/// Kenward-Roger from the matrix formulas of the paper (1997; R 4.2): 10.93008 degrees of freedom. The R package meta
/// has the same standard error with 10.513711 degrees of freedom, 2 / (W (Φ_A s₂)²): it puts the adjusted variance Φ_A where
/// Kenward and Roger have Φ, which is 10.93008 (Φ / Φ_A)² = 10.93008 (0.179781516105 / 0.181535636413)⁴.
/// Henmi-Copas from the paper's integral with the moments of Q by matrix algebra (R 4.2); metafor's root finder stops
/// at 1e-4 and has 0.2949 for the upper limit.
#[test]
fn bcg_intervals_of_the_mean() {
    let bcg = bcg();
    let by = |inference: Inference| RandomEffects::default().inference(inference).fit(&bcg).unwrap();
    let (wald, hk, kr) = (by(Inference::Wald), by(Inference::HartungKnapp), by(Inference::KenwardRoger));
    all_printed(&mean_with_interval(&wald)[1..], "-1.066898 -0.362167");
    all_printed(&mean_with_interval(&hk)[1..], "-1.108444 -0.320621");
    all_printed(&[kr.se, kr.df.unwrap()], "0.181535636413 10.93008248");
    all_printed(&mean_with_interval(&kr)[1..], "-1.114402 -0.314663");
    all_printed(&mean_with_interval(&by(Inference::HenmiCopas)), "-0.43028516 -1.15554876 0.29497843");
    for (fit, method, expected) in [
        (&wald, Prediction::Normal, "-1.866692 0.437628"),
        (&wald, Prediction::T, "-1.995342 0.566277"),
        (&wald, Prediction::Hts, "-2.008376 0.579311"),
        (&hk, Prediction::T, "-1.996017 0.566952"),
        (&hk, Prediction::Hts, "-2.009058 0.579993"),
        (&kr, Prediction::T, "-2.010573 0.581509"),
        (&kr, Prediction::Hts, "-2.026791 0.597726"),
    ] {
        let interval = fit.prediction_by(method).unwrap();
        all_printed(&[interval.lower, interval.upper], expected);
    }
}

/// Data for which Hartung and Knapp's interval is far narrower than Wald's, and where it says that nobody can say.
#[test]
fn the_two_faces_of_hartung_and_knapp() {
    let by = |yi: &[f64], vi: &[f64], inference: Inference| {
        let labels: Vec<String> = (1..=yi.len()).map(|study| study.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, labels, yi, vi).unwrap();
        RandomEffects::default().inference(inference).fit(&effects).unwrap()
    };
    let (yi, vi) = ([0.50, 0.51, 0.49, 0.505], [0.04, 0.05, 0.03, 0.06]);
    all_printed(&mean_with_interval(&by(&yi, &vi, Inference::Wald))[1..], "0.2984 0.7006");
    let narrow = by(&yi, &vi, Inference::HartungKnapp);
    all_printed(&mean_with_interval(&narrow)[1..], "0.4852 0.5137");
    assert!(narrow.notes.iter().any(|note| note.contains("narrower than Wald")), "{:?}", narrow.notes);
    all_printed(&mean_with_interval(&by(&yi, &vi, Inference::HartungKnappAdHoc))[1..], "0.1730 0.8260");
    let (yi, vi) = ([0.1, 0.9], [0.01, 0.02]);
    all_printed(&mean_with_interval(&by(&yi, &vi, Inference::Wald))[1..], "-0.290 1.278");
    all_printed(&mean_with_interval(&by(&yi, &vi, Inference::HartungKnapp))[1..], "-4.59 5.58");
}

/// Catheter infections (Niël-Weise et al. 2007): 18 trials with zero cells, one with none in either group.
#[test]
fn nielweise_2007_by_policy_for_zero_cells() {
    let (labels, tables) = from_totals("metafor/data/nielweise2007.csv");
    let mh = |measure: Measure| MantelHaenszel::new(measure).fit(labels.clone(), &tables).unwrap();
    let odds = mh(Measure::OddsRatio);
    printed(odds.estimate, "-1.20870");
    printed(odds.heterogeneity.q, "16.864");
    assert_eq!(odds.k, 18);
    printed(mh(Measure::RiskRatio).estimate, "-1.17777");
    printed(mh(Measure::RiskDifference).estimate, "-0.02426218744"); // metafor 3.8
    let peto = Peto::default().fit(labels.clone(), &tables).unwrap();
    all_printed(&[peto.estimate, peto.se], "-1.10574 0.19159");
    // Mantel-Haenszel on corrected counts, as meta has it.
    let corrected: Vec<TwoByTwo> = tables
        .iter()
        .filter(|t| t.ai() + t.ci() > 0.0)
        .map(|t| {
            let add = if t.has_zero() { 0.5 } else { 0.0 };
            TwoByTwo::new(t.ai() + add, t.bi() + add, t.ci() + add, t.di() + add).unwrap()
        })
        .collect();
    assert_eq!(corrected.len(), 17);
    let odds = MantelHaenszel::new(Measure::OddsRatio).fit(labels[..17].to_vec(), &corrected).unwrap();
    printed(odds.estimate, "-1.14858");
    // Inverse variance, REML (mpmath, from the score). Metafor and meta print -0.016301 and -0.016354 for the risk
    // difference: steps of tau² below 1e-5 end metafor's iteration, and here tau² is 1e-4.
    for (measure, policy, k, expected) in [
        (Measure::OddsRatio, ZeroCells::metafor(), 18, "-0.960152436818 0.013949443953"),
        (Measure::OddsRatio, ZeroCells::meta(), 17, "-0.980383906604 0.0355671370705"),
        (Measure::RiskRatio, ZeroCells::metafor(), 18, "-0.915045979435 0.00000"),
        (Measure::RiskRatio, ZeroCells::meta(), 17, "-0.929552083934 0.00859358681771"),
        (Measure::RiskDifference, ZeroCells::metafor(), 18, "-0.0159253222774 0.000122552942254"),
        (Measure::RiskDifference, ZeroCells::meta(), 18, "-0.0161092567984 0.000131191512806"),
    ] {
        let effects = EffectSizes::from_two_by_two(measure, labels.clone(), &tables, policy).unwrap();
        let fit = fit(&effects, Tau2::Reml);
        assert_eq!(fit.k, k);
        all_printed(&[fit.estimate, tau2_of(&fit)], expected);
    }
}

/// Ten studies on which Fisher scoring fails, and twelve whose restricted likelihood has two maxima. Exact values by
/// mpmath from the score; in the second set the log-likelihood is 1.96116 at the maximum and 1.81430 at tau² = 0.
#[test]
fn reml_where_scoring_fails_or_stops_at_the_lower_maximum() {
    let yi = [1.30, 1.94, 0.70, 0.36, 1.31, 0.46, 1.24, 0.71, 0.35, 0.77];
    let vi = [0.640, 0.421, 0.992, 0.058, 0.756, 0.634, 0.79, 0.596, 0.457, 0.935];
    printed(tau2::estimate(&yi, &vi, Tau2::Reml).unwrap().tau2, "0.0819731144234");
    let yi =
        [-0.7429, -0.1564, 0.7537, 0.2297, -0.2757, 0.0239, 0.0581, 0.6369, -0.6693, 0.032, -0.2039, -0.1653];
    let vi = [
        1.10931, 0.52449, 0.04901, 0.03905, 0.96375, 0.00216, 0.00322, 0.87317, 0.42211, 0.35367, 0.05118,
        0.15562,
    ];
    printed(tau2::estimate(&yi, &vi, Tau2::Reml).unwrap().tau2, "0.0359972502282");
}

/// Cisapride (Hartung and Knapp 2001): the prediction interval of Nagashima, Noma and Furukawa (2019).
///
/// pimeta's vignette prints an odds ratio of 4.141 with 0.533 to 33.692 and P(effect < 0) = 0.075 from 25,000 draws; the
/// limits of two seeds differ by a hundredth on the log scale. The exact values are those of `expected.py`, which finds tau²
/// at given confidence levels and convolves, where the crate interpolates and mixes.
#[test]
fn cisapride_prediction_with_the_uncertainty_of_tau2() {
    let (labels, tables) = from_totals("hartung2001/data.csv");
    let zero_cells = ZeroCells::default().add(0.5).to(AddTo::All);
    let effects = EffectSizes::from_two_by_two(Measure::OddsRatio, labels, &tables, zero_cells).unwrap();
    let fit = RandomEffects::new(Tau2::Dl).prediction(Prediction::Nnf).fit(&effects).unwrap();
    all_printed(&[fit.transformed.estimate.unwrap(), fit.heterogeneity.tau2.unwrap()], "4.141 0.718");
    let interval = fit.prediction.unwrap();
    let close = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-8, "{got} {expected}");
    close(interval.lower, -0.6211478955861326);
    close(interval.upper, 3.5274728041560413);
    close(fit.probability_below(0.0).unwrap(), 0.07387817029640595);
    // As far as 25,000 draws go.
    assert!(
        (interval.lower - 0.533_f64.ln()).abs() < 0.02 && (interval.upper - 33.692_f64.ln()).abs() < 0.02
    );
    // It has a mean and tau² of its own.
    let other = RandomEffects::new(Tau2::Sj).prediction(Prediction::Nnf).fit(&effects).unwrap();
    assert_eq!(other.prediction, fit.prediction);
}
