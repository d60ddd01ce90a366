//! Parts of meta-regression beyond `regress.json` against metafor 3.8 in R 4.2 (`rma`, `permutest`, `anova`, `influence`,
//! `rstandard`, `vif`; iterations tightened to 1e-14), on the BCG vaccine trials (Colditz 1994), log risk ratios.

use consilience::{
    EffectSizes, Measure,
    pool::{Inference, Weights},
    regression::{
        Adjustment, Arrangements, Contrast, Criterion, Design, MetaRegression, PermutationOptions,
        R2Bootstrap, RegressionFit, Resampling, WildBootstrap, WildWeights,
    },
    robust::RobustType,
    tau2::Tau2,
};

use super::csv::Data;

fn bcg(k: usize) -> (EffectSizes, Data) {
    let data = Data::read("data/bcg.csv");
    let [a, b, c, d] = ["tpos", "tneg", "cpos", "cneg"].map(|name| data.numbers(name));
    let yi = (0..k).map(|i| (a[i] * (c[i] + d[i]) / (c[i] * (a[i] + b[i]))).ln());
    let vi = (0..k).map(|i| 1.0 / a[i] - 1.0 / (a[i] + b[i]) + 1.0 / c[i] - 1.0 / (c[i] + d[i]));
    let labels = data.text("author")[..k].to_vec();
    (
        EffectSizes::new(Measure::RiskRatio, labels, yi.collect::<Vec<_>>(), vi.collect::<Vec<_>>()).unwrap(),
        data,
    )
}

fn design(data: &Data, k: usize, columns: &[&str]) -> Design {
    columns.iter().fold(Design::with_intercept(k), |matrix, &name| {
        let is = |level: &str| -> Vec<f64> {
            data.text("alloc")[..k].iter().map(|value| if value == level { 1.0 } else { 0.0 }).collect()
        };
        if name == "random" {
            return matrix.column(name, is(name)).unwrap();
        }
        if name != "alloc" {
            return matrix.column(name, data.numbers(name)[..k].to_vec()).unwrap();
        }
        let levels = ["random", "systematic"].map(|level| (format!("alloc{level}"), is(level)));
        matrix.term("alloc", levels).unwrap()
    })
}

fn fit(options: &MetaRegression, k: usize, columns: &[&str]) -> RegressionFit {
    let (effects, data) = bcg(k);
    options.fit(&effects, design(&data, k, columns)).unwrap()
}

#[track_caller]
fn close(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} instead of {expected}");
}

#[track_caller]
fn all_close(got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        close(*got, *expected, tolerance);
    }
}

fn estimates(fit: &RegressionFit) -> Vec<f64> {
    let c = &fit.coefficients;
    c.iter().map(|c| c.estimate).chain(c.iter().map(|c| c.se)).collect()
}

#[test]
fn given_weights() {
    let (_, data) = bcg(13);
    let dl = MetaRegression::new(Tau2::Dl);
    let by_year = Weights::Given(data.numbers("year"));
    let found = fit(&dl.clone().inference(Inference::HartungKnapp).weights(by_year), 13, &["ablat"]);
    all_close(
        &estimates(&found),
        &[0.14136944536777746, -0.02635197647195062, 0.32066379401416095, 0.00944053816829835],
        1e-10,
    );
    close(found.moderator_test.unwrap().statistic, 7.79171185002061062, 1e-10);
    close(found.residual_heterogeneity.q.unwrap(), 30.73309001074925817, 1e-10);
    close(found.tau2(), 0.06330050242641522, 1e-10);

    let found = fit(&dl.clone().weights(Weights::Equal), 13, &["ablat"]);
    all_close(
        &estimates(&found),
        &[0.14182422485858170, -0.02637280431899189, 0.27239696819332221, 0.00802280863022754],
        1e-10,
    );
    close(found.moderator_test.unwrap().statistic, 10.80587050645844727, 1e-10);

    let found = fit(&MetaRegression::default().weights(Weights::Equal), 13, &["ablat", "year"]);
    // metafor stops its REML iterations a little early here, hence 1e-8.
    all_close(
        &estimates(&found),
        &[
            -15.06537054254295072,
            -0.02252385159700232,
            0.00766868422762457,
            32.36385413760793739,
            0.01081622890528838,
            0.01634151155868594,
        ],
        1e-8,
    );
    close(found.moderator_test.unwrap().statistic, 8.37999854878143857, 1e-8);
}

#[test]
fn likelihood_ratios_and_their_caveat() {
    let ml = MetaRegression::new(Tau2::Ml);
    let (full, reduced) = (fit(&ml, 13, &["ablat", "year"]), fit(&ml, 13, &["year"]));
    let comparison = full.compare(&reduced).unwrap();
    close(comparison.lrt, 7.17988912016006608, 1e-8);
    close(comparison.p_value, 0.00737252636983553, 1e-8);
    close(comparison.r2.unwrap(), 87.30892150946807817, 1e-7);
    assert_eq!((comparison.full.parameters, comparison.reduced.parameters), (4, 3));

    let reml = MetaRegression::default();
    let (full, reduced) = (fit(&reml, 13, &["ablat", "year"]), fit(&reml, 13, &["year"]));
    let message = full.compare(&reduced).unwrap_err().to_string();
    assert!(message.contains("REML") && message.contains("fit both models by ML"), "{message}");
    assert!(reduced.compare(&full).is_err());
    assert!(fit(&ml, 13, &["ablat"]).compare(&fit(&ml, 13, &["year"])).is_err());
    assert!(fit(&MetaRegression::new(Tau2::Dl), 13, &["ablat"]).compare(&reduced).is_err());

    // Residual heterogeneity, by restricted likelihood.
    let mixed = fit(&reml, 13, &["ablat"]);
    let fixed = fit(&MetaRegression::fixed_effects(), 13, &["ablat"]);
    let comparison = mixed.compare(&fixed).unwrap();
    close(comparison.lrt, 6.98406748340302, 1e-8);
    assert_eq!((comparison.df, comparison.notes.len()), (1, 1));
}

#[test]
fn contrasts_and_subsets() {
    let found = fit(&MetaRegression::default(), 13, &["alloc"]);
    let contrasts = [Contrast::new("random", [0.0, 1.0, 0.0]), Contrast::new("systematic", [0.0, 0.0, 1.0])];
    let tested = found.contrasts(&contrasts, Adjustment::Holm).unwrap();
    let c = &tested.contrasts;
    close(c[0].contrast.estimate, -0.4478184013905521, 1e-8);
    close(c[1].contrast.estimate, 0.0890382162317178, 1e-8);
    close(c[0].contrast.p_value.unwrap(), 0.3853038918394967, 1e-7);
    close(c[0].adjusted_p_value.unwrap(), 2.0 * 0.3853038918394967, 1e-7);
    close(c[1].adjusted_p_value.unwrap(), 0.8736793434109387, 1e-7);
    let joint = tested.joint_test.unwrap();
    close(joint.statistic, 1.7675114019317046, 1e-8);
    close(joint.p_value, 0.4132280327573662, 1e-8);
    assert_eq!(found.test_terms(&["alloc"]).unwrap(), joint);

    let options = MetaRegression::default().inference(Inference::HartungKnapp);
    let test = fit(&options, 13, &["alloc", "ablat"]).test_terms(&["alloc"]).unwrap();
    close(test.statistic, 0.600725428259944, 1e-8);
    close(test.p_value, 0.569000377430749, 1e-8);
    assert_eq!((test.df1, test.df2), (2, Some(9.0)));
}

/// `glht(fit, K, df)` of the R package multcomp 1.4 on metafor's fits, with `adjusted("single-step", maxpts = 5e6, abseps = 1e-8)`.
#[test]
fn single_step_contrasts() {
    let three = [
        Contrast::new("random", [0.0, 0.0, 1.0, 0.0]),
        Contrast::new("systematic", [0.0, 0.0, 0.0, 1.0]),
        Contrast::new("systematic versus random", [0.0, 0.0, -1.0, 1.0]),
    ];
    let adjusted = |options: &MetaRegression, contrasts: &[Contrast]| -> Vec<f64> {
        let tested =
            fit(options, 13, &["ablat", "alloc"]).contrasts(contrasts, Adjustment::SingleStep).unwrap();
        tested.contrasts.iter().map(|c| c.adjusted_p_value.unwrap()).collect()
    };
    // Rank 2: exact here; the reference has 8e-9 and 6e-8.
    let wald = MetaRegression::default();
    all_close(&adjusted(&wald, &three), &[0.7241027898, 0.9869183070, 0.5433153863], 1e-7);
    let hartung_knapp = wald.clone().inference(Inference::HartungKnapp);
    all_close(&adjusted(&hartung_knapp, &three), &[0.7466897845, 0.9877805264, 0.5844885336], 2e-7);
    // Rank 4: the lattice; the reference has 8e-6.
    let unit = |at: usize| {
        Contrast::new(at.to_string(), (0..4).map(|i| f64::from(u8::from(i == at))).collect::<Vec<_>>())
    };
    let four: Vec<Contrast> = (0..4).map(unit).collect();
    all_close(
        &adjusted(&hartung_knapp, &four),
        &[0.85923571797, 0.05459753311, 0.83964529478, 0.99912496481],
        1e-3,
    );

    let found = fit(&hartung_knapp, 13, &["ablat", "alloc"]);
    let moderators = found.adjusted_coefficients::<&str>(&[], Adjustment::SingleStep).unwrap();
    for c in &moderators.contrasts {
        let [lower, upper] = c.simultaneous_ci.unwrap();
        assert!(lower < c.contrast.ci_lower && upper > c.contrast.ci_upper);
        // An interval without 0 and an adjusted P value below 0.05 are the same.
        assert_eq!(lower > 0.0 || upper < 0.0, c.adjusted_p_value.unwrap() < 0.05);
    }
    let bonferroni = found.adjusted_coefficients::<&str>(&[], Adjustment::Bonferroni).unwrap();
    for (sharp, wide) in moderators.contrasts.iter().zip(&bonferroni.contrasts) {
        assert!(sharp.adjusted_p_value <= wide.adjusted_p_value);
        assert!(sharp.simultaneous_ci.unwrap()[0] >= wide.simultaneous_ci.unwrap()[0]);
    }
}

/// Deterministic for a seed, in line with the bootstrap of R, and refused where there is no R².
#[test]
fn bootstrap_of_r2() {
    // `boot()` of the R package boot 1.3 with 8000 sets around metafor's fits (levels 50 % and 80 %, where R² is not at its
    // ends), and the BCa limits of the definition: the error of either simulation is about 1, of BCa's lower limit twice that.
    let half = MetaRegression::default().level(0.5);
    let found = fit(&half, 13, &["ablat"]);
    let options = R2Bootstrap::new(7).iterations(8000);
    let interval = found.r2_interval(&options).unwrap();
    assert_eq!(interval, found.r2_interval(&options).unwrap());
    assert_eq!(interval.sets + interval.undefined, 8000);
    assert!(interval.undefined < 40); // 5 in R
    close(interval.percentile[0], 55.22175, 0.08);
    close(interval.percentile[1], 94.37051, 0.02);
    let bca = interval.bca.unwrap();
    close(bca[0], 38.31879, 0.15);
    close(bca[1], 88.53931, 0.03);
    let wide = fit(&MetaRegression::default().level(0.8), 13, &["ablat"]).r2_interval(&options).unwrap();
    close(wide.percentile[0], 27.21050, 0.15);
    close(wide.percentile[1], 99.99945, 0.001);
    let model = found.r2_interval(&options.resampling(Resampling::Model)).unwrap();
    assert!(model.percentile[0] < interval.r2 && model.percentile[1] <= 100.0);
    let fixed = fit(&MetaRegression::fixed_effects(), 13, &["ablat"]);
    assert!(fixed.r2_interval(&options).is_err());
    assert!(fit(&MetaRegression::default(), 13, &[]).r2_interval(&options).is_err());
}

#[test]
fn simulated_inflation() {
    let found = fit(&MetaRegression::default(), 13, &["ablat", "alloc"]);
    let simulated = found.simulated_inflation(2000, 3).unwrap();
    assert_eq!(simulated, found.simulated_inflation(2000, 3).unwrap());
    for (with, without) in simulated.iter().zip(found.term_inflation()) {
        assert_eq!((with.vif, &with.term), (without.vif, &without.term));
        // An inflation near 1 is less than independent moderators of 13 studies have.
        assert!(with.p_value.unwrap() > 0.8);
    }
    // Two terms that say nearly the same.
    let (effects, data) = bcg(13);
    let mut near = design(&data, 13, &["ablat"]);
    let copy: Vec<f64> = near.values_of(1).iter().enumerate().map(|(i, x)| x + (i % 3) as f64).collect();
    near = near.column("copy", copy).unwrap();
    let fit = MetaRegression::default().fit(&effects, &near).unwrap();
    let inflation = fit.simulated_inflation(999, 3).unwrap();
    assert!(inflation[0].vif > 50.0);
    assert_eq!(inflation[0].p_value, Some(0.001));
    assert!(fit.simulated_inflation(0, 3).is_err());
}

#[test]
fn inflation() {
    let found = fit(&MetaRegression::default(), 13, &["ablat", "alloc"]);
    let vif: Vec<f64> = found.inflation().iter().map(|i| i.vif).collect();
    all_close(&vif, &[1.015103819900, 1.722434481754, 1.711072897766], 1e-10);
    let terms = found.term_inflation();
    close(terms[0].sif, 1.00752360761426, 1e-8);
    close(terms[1].vif, 1.01510381990006, 1e-8);
    close(terms[1].sif, 1.00375475471565, 1e-8);
}

/// `rstudent, dffits, cook.d, cov.r, tau2.del, QE.del, hat, weight`, DFBETAS.
#[track_caller]
fn compare_influence(fit: &RegressionFit, study: usize, expected: &[f64], tolerance: f64) {
    let all = fit.diagnostics().unwrap();
    let d = &all[study - 1];
    let mut got: Vec<f64> =
        [d.rstudent, d.dffits, d.cook_d, d.cov_r, d.tau2_del, d.q_del, Some(d.hat), d.weight]
            .map(Option::unwrap)
            .to_vec();
    got.extend(d.dfbs.as_ref().unwrap());
    all_close(&got, expected, tolerance);
}

#[test]
fn influence_of_every_study() {
    let options = MetaRegression::new(Tau2::Dl).inference(Inference::HartungKnapp);
    let found = fit(&options, 13, &["ablat", "year"]);
    // The uncentred years cost metafor some digits.
    compare_influence(
        &found,
        2,
        &[
            -0.39484463967158,
            -0.20294736648329,
            0.045014075690005,
            1.7670801751471,
            0.084024082667748,
            27.574432530121,
            0.21394976358327,
            4.2451491139223,
            -0.098433753827504,
            -0.066651326913295,
            0.099457279700725,
        ],
        1e-7,
    );
    compare_influence(
        &found,
        4,
        &[
            -1.2686786078749,
            -2.7812971661661,
            6.8328142283026,
            4.2081973544064,
            0.06757548659628,
            23.183645692455,
            0.82257969282257,
            11.727106355984,
            2.0865333400877,
            -2.4079183989117,
            -2.078211468866,
        ],
        1e-7,
    );
    compare_influence(
        &found,
        7,
        &[
            -2.5020081276244,
            -0.62128938567575,
            0.29191043973819,
            0.16733392290639,
            0.044865775612922,
            19.124027435243,
            0.065352269665716,
            3.8455029762797,
            -0.23013111419842,
            0.46017963350965,
            0.22419538365303,
        ],
        1e-7,
    );
    let influential: Vec<usize> =
        (1..=13).filter(|i| found.diagnostics().unwrap()[i - 1].influential).collect();
    assert_eq!(influential, [4]);

    let found = fit(&MetaRegression::new(Tau2::Dl), 13, &["ablat"]);
    compare_influence(
        &found,
        1,
        &[
            0.2255452465802,
            0.056923974244749,
            0.0034572422617095,
            1.1419023392207,
            0.067383158130907,
            30.724178652672,
            0.045031355346808,
            2.574669095295,
            -0.0020690401226105,
            0.026629449689503,
        ],
        1e-10,
    );
    compare_influence(
        &found,
        13,
        &[
            2.0172432232953,
            0.51461372881139,
            0.24427527688518,
            0.83953826379209,
            0.052503529375423,
            25.482283257213,
            0.075495819883475,
            7.4329065344054,
            0.14013249872493,
            0.092943117337451,
        ],
        1e-10,
    );
    let standardized = |fit: &RegressionFit| -> Vec<f64> {
        fit.diagnostics().unwrap().iter().map(|d| d.rstandard.unwrap()).collect()
    };
    all_close(
        &standardized(&found),
        &[
            0.22515352473593,
            -0.50368686359007,
            -0.55829046442218,
            -0.78290116265249,
            -0.32447553188527,
            1.0472802525087,
            -2.5519154218552,
            0.64339516222667,
            0.18242995940163,
            -1.1595241151724,
            -0.30254968553404,
            1.5039391886334,
            1.9487072625707,
        ],
        1e-10,
    );

    let (_, data) = bcg(13);
    let options = MetaRegression::new(Tau2::Dl).weights(Weights::Given(data.numbers("year")));
    let found = fit(&options, 13, &["ablat"]);
    all_close(
        &standardized(&found),
        &[
            0.22650407520516,
            -0.65554591177605,
            -0.60344473718353,
            -0.69372006405125,
            -0.053516378835797,
            0.81269331939206,
            -2.7004784799677,
            0.81184172951653,
            0.29848662306762,
            -1.1158004844245,
            -0.023363277064009,
            1.6277243525892,
            1.9697087929879,
        ],
        1e-10,
    );
    let hat: Vec<f64> = found.diagnostics().unwrap().iter().map(|d| d.hat).collect();
    all_close(
        &hat,
        &[
            0.12054639133656,
            0.26066462561343,
            0.10602726483776,
            0.21602974978995,
            0.24410133548801,
            0.12085580199194,
            0.16039790186611,
            0.24496738178726,
            0.093422425650314,
            0.10608136038105,
            0.17243285937119,
            0.07709940274129,
            0.077373499145144,
        ],
        1e-10,
    );
}

#[test]
fn exact_permutation_tests() {
    let exact = PermutationOptions::new(1).exact_limit(100_000);
    // Two of the seven latitudes are equal.
    let found = fit(&MetaRegression::default(), 7, &["ablat"]).permutation_test(&exact).unwrap();
    assert_eq!((found.arrangements, found.iterations), (Arrangements::AllPermutations, 2520));
    all_close(&found.p_values, &[0.917063492063492, 0.184126984126984], 1e-12);
    close(found.moderator_p_value.unwrap(), 0.184126984126984, 1e-12);

    // The rows of the design have two values: 8! / (2! 6!) = 28 different permutations.
    let options = MetaRegression::new(Tau2::Dl).inference(Inference::HartungKnapp);
    let found = fit(&options, 8, &["random"]).permutation_test(&exact).unwrap();
    assert_eq!(found.iterations, 28);
    all_close(&found.p_values, &[0.821428571428571, 0.392857142857143], 1e-12);

    let found = fit(&MetaRegression::new(Tau2::Dl), 9, &[]).permutation_test(&exact).unwrap();
    assert_eq!((found.arrangements, found.iterations), (Arrangements::AllSigns, 512));
    all_close(&found.p_values, &[0.0078125], 1e-12);
    assert!(found.moderator_p_value.is_none());
}

/// Against the definitions with k-by-k matrices in 40-digit arithmetic (mpmath 1.3).
#[test]
fn kenward_roger() {
    let options = MetaRegression::default().inference(Inference::KenwardRoger);
    let found = fit(&options, 13, &["ablat", "year"]);
    close(found.tau2(), 0.110784696947422, 1e-12);
    let se: Vec<f64> = found.coefficients.iter().map(|c| c.se).collect();
    all_close(&se, &[29.897116297821, 0.010344288984173, 0.015091201710871], 1e-10);
    let df: Vec<f64> = found.coefficients.iter().map(|c| c.df.unwrap()).collect();
    all_close(&df, &[6.3014163218828, 5.4176639491143, 6.3087202778576], 1e-10);
    let test = found.moderator_test.unwrap();
    close(test.statistic, 5.7750224363307, 1e-10);
    close(test.df2.unwrap(), 6.1838932353294, 1e-10);
}

/// Every subset fitted by `rma(method = "ML")`, weighted by AICc, averaged by hand.
#[test]
fn multimodel_inference() {
    let (effects, data) = bcg(13);
    let design = design(&data, 13, &["ablat", "year", "random"]);
    let ml = MetaRegression::new(Tau2::Ml);
    let all = ml.all_subsets(&effects, &design, Criterion::Aicc).unwrap();
    let mut weights: Vec<f64> = all.models.iter().map(|m| m.weight).collect();
    let mut expected = vec![
        0.0268859212552,
        0.69068251627,
        0.0198317859859,
        0.0125706345789,
        0.0823158680684,
        0.149778119724,
        0.00821411445153,
        0.00972103966611,
    ];
    weights.sort_by(f64::total_cmp);
    expected.sort_by(f64::total_cmp);
    // Fisher scoring of metafor stops at 1e-14 of a step, hence 1e-7.
    all_close(&weights, &expected, 1e-7);
    assert_eq!(all.models[0].terms, ["ablat"]);
    let mean: Vec<f64> = all.coefficients.iter().map(|c| c.estimate).collect();
    all_close(&mean, &[-0.810699736763, -0.0275872247094, 0.000532583787065, -0.0404040948958], 1e-6);
    let se: Vec<f64> = all.coefficients.iter().map(|c| c.se).collect();
    all_close(&se, &[11.8439285874, 0.00919383397136, 0.005949998826, 0.124479534839], 1e-7);
    assert!(all.importance[0].importance > 0.9 && all.importance[1].importance < 0.2);
    assert!(MetaRegression::default().all_subsets(&effects, &design, Criterion::Aic).is_err());
}

/// Changing all signs of the clusters' weights leaves the statistic of a test of everything as it is; with as many clusters
/// as studies, a test of the mean by all signs is one of sign changes.
#[test]
fn wild_bootstrap_of_a_mean_is_a_sign_test() {
    let (_, data) = bcg(8);
    let found = fit(&MetaRegression::fixed_effects(), 8, &[]);
    let trials = data.text("trial")[..8].to_vec();
    let robust = found.robust(&trials, RobustType::Cr0).unwrap();
    let options = WildBootstrap::new(3).kind(RobustType::Cr0);
    let test = robust.wild_bootstrap(&["(Intercept)"], &options).unwrap();
    assert_eq!((test.iterations, test.exact), (256, true));
    // By hand: b* of the signed effects and its sandwich.
    let (effects, _) = bcg(8);
    let statistic = |signs: usize| {
        let (mut sum, mut total) = (0.0, 0.0);
        let y: Vec<f64> =
            (0..8).map(|i| effects.yi()[i] * if signs >> i & 1 == 1 { -1.0 } else { 1.0 }).collect();
        for (y, v) in y.iter().zip(effects.vi()) {
            sum += y / v;
            total += 1.0 / v;
        }
        let b = sum / total;
        let meat: f64 = y.iter().zip(effects.vi()).map(|(y, v)| ((y - b) / v).powi(2)).sum();
        b * b / (meat / (total * total))
    };
    let count = (0..256).filter(|&signs| statistic(signs) >= statistic(0) * (1.0 - 1e-9)).count();
    assert_eq!(test.p_value, count as f64 / 256.0);

    let webb = options.weights(WildWeights::Webb).iterations(499);
    let found = fit(&MetaRegression::default(), 13, &["ablat"]);
    let robust = found.robust(data.text("trial"), RobustType::Cr2).unwrap();
    let test = robust.wild_bootstrap(&["ablat"], &webb).unwrap();
    assert_eq!(test, robust.wild_bootstrap(&["ablat"], &webb).unwrap());
    assert!(!test.exact && test.iterations == 500 && test.p_value < 0.2);
    assert!(found.wild_bootstrap(&["ablat"], &webb).is_err());
}
