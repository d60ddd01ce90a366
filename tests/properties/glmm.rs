//! Properties of models of counts: symmetries, limits, agreement of models, and answers to every table.

use consilience::{
    EffectSizes, Level, Measure,
    effect::{TwoByTwo, ZeroCells},
    glmm::{CountFit, CountInference, CountMeasure, Counts, Effects, Glmm, Link, Model, Penalty},
    pool::RandomEffects,
    regression::Design,
    tau2::Tau2,
};

/// Catheter infections: Niël-Weise and others (2007).
const CATHETERS: [[f64; 4]; 18] = [
    [0.0, 116.0, 3.0, 117.0],
    [1.0, 44.0, 3.0, 35.0],
    [2.0, 208.0, 9.0, 195.0],
    [0.0, 130.0, 7.0, 136.0],
    [5.0, 151.0, 6.0, 157.0],
    [1.0, 98.0, 4.0, 139.0],
    [1.0, 174.0, 3.0, 177.0],
    [1.0, 74.0, 2.0, 39.0],
    [1.0, 97.0, 19.0, 103.0],
    [1.0, 113.0, 2.0, 122.0],
    [0.0, 66.0, 7.0, 64.0],
    [0.0, 70.0, 1.0, 58.0],
    [3.0, 188.0, 5.0, 175.0],
    [6.0, 187.0, 11.0, 180.0],
    [0.0, 118.0, 0.0, 105.0],
    [0.0, 252.0, 1.0, 262.0],
    [1.0, 345.0, 3.0, 362.0],
    [4.0, 64.0, 1.0, 69.0],
];

fn labels(k: usize) -> Vec<String> {
    (1..=k).map(|i| format!("study {i}")).collect()
}

fn odds(rows: &[[f64; 4]]) -> Counts {
    Counts::two_groups(CountMeasure::OddsRatio, labels(rows.len()), rows).unwrap()
}

fn estimate(fit: &CountFit) -> f64 {
    fit.effect.as_ref().unwrap().estimate.unwrap()
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * (1.0 + a.abs()), "{a} {b}");
}

#[test]
fn exchanging_groups_or_events_changes_signs_alone() {
    let swapped: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [c, m, a, n]).collect();
    let others: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [n - a, n, m - c, m]).collect();
    for model in [Model::CmEl, Model::UmFs, Model::UmRs] {
        let options = Glmm::new(model).without_tau2_interval();
        let fit = options.fit(&odds(&CATHETERS)).unwrap();
        for exchanged in [&swapped, &others] {
            let other = options.fit(&odds(exchanged)).unwrap();
            close(estimate(&fit), -estimate(&other), 1e-8);
            close(fit.fit.log_likelihood, other.fit.log_likelihood, 1e-9);
            close(fit.heterogeneity.tau2.unwrap(), other.heterogeneity.tau2.unwrap(), 1e-7);
        }
    }
}

#[test]
fn a_double_zero_study_and_the_order_of_studies_change_nothing() {
    let mut more = CATHETERS.to_vec();
    more.push([0.0, 1000.0, 0.0, 10.0]);
    let reversed: Vec<[f64; 4]> = CATHETERS.iter().rev().copied().collect();
    for model in [Model::CmEl, Model::CmAl, Model::UmFs] {
        let options = Glmm::new(model).without_tau2_interval();
        let fit = options.fit(&odds(&CATHETERS)).unwrap();
        let other = options.fit(&odds(&more)).unwrap();
        assert_eq!(estimate(&fit), estimate(&other));
        assert_eq!((other.k, other.k_informative), (19, 17));
        let back = options.fit(&odds(&reversed)).unwrap();
        close(estimate(&fit), estimate(&back), 1e-9);
    }
}

#[test]
fn common_models_of_rates_agree() {
    let rows: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [a, n, c, m]).collect();
    let rates = Counts::two_groups(CountMeasure::RateRatio, labels(18), &rows).unwrap();
    let common = |model| Glmm::new(model).effects(Effects::Common).fit(&rates).unwrap();
    let (fixed, conditional) = (common(Model::UmFs), common(Model::CmEl));
    close(estimate(&fixed), estimate(&conditional), 1e-9);
    close(fixed.effect.unwrap().se.unwrap(), conditional.effect.clone().unwrap().se.unwrap(), 1e-9);
    // The approximate likelihood of odds ratios is the exact one of rates.
    let approximate = Glmm::new(Model::CmAl).fit(&odds(&rows)).unwrap();
    let exact = Glmm::new(Model::CmEl).fit(&rates).unwrap();
    close(estimate(&approximate), estimate(&exact), 1e-10);
}

#[test]
fn exact_and_approximate_conditional_models_agree_as_events_become_rare() {
    let mut distance = f64::INFINITY;
    for factor in [1.0, 10.0, 100.0] {
        let rare: Vec<[f64; 4]> =
            CATHETERS.iter().map(|&[a, n, c, m]| [a, n * factor, c, m * factor]).collect();
        let fit = |model| estimate(&Glmm::new(model).fit(&odds(&rare)).unwrap());
        let next = (fit(Model::CmEl) - fit(Model::CmAl)).abs();
        assert!(next < 0.2 * distance, "{factor}: {next}");
        distance = next;
    }
    assert!(distance < 2e-3);
}

#[test]
fn matched_pairs_give_the_ratio_of_discordant_pairs() {
    // 12 pairs with the event in group 1 alone, 5 in group 2 alone, 9 in neither.
    let mut rows = vec![[1.0, 1.0, 0.0, 1.0]; 12];
    rows.extend(vec![[0.0, 1.0, 1.0, 1.0]; 5]);
    rows.extend(vec![[0.0, 1.0, 0.0, 1.0]; 9]);
    let fit = Glmm::new(Model::CmEl).effects(Effects::Common).fit(&odds(&rows)).unwrap();
    close(estimate(&fit), (12.0_f64 / 5.0).ln(), 1e-10);
    assert_eq!(fit.k_informative, 17);
}

#[test]
fn identical_studies_merge_into_one() {
    let one = [3.0, 40.0, 8.0, 42.0];
    let rates = |rows: &[[f64; 4]]| {
        let counts = Counts::two_groups(CountMeasure::RateRatio, labels(rows.len()), rows).unwrap();
        Glmm::new(Model::CmEl).effects(Effects::Common).fit(&counts).unwrap().effect.unwrap()
    };
    let (many, merged) = (rates(&[one; 5]), rates(&[one.map(|x| 5.0 * x)]));
    close(many.estimate.unwrap(), merged.estimate.unwrap(), 1e-10);
    close(many.se.unwrap(), merged.se.unwrap(), 1e-10);
}

#[test]
fn large_counts_agree_with_inverse_variance() {
    let rows: Vec<[f64; 4]> = CATHETERS
        .iter()
        .filter(|row| row[0] > 0.0 && row[2] > 0.0)
        .map(|row| row.map(|x| 1000.0 * x))
        .collect();
    let tables: Vec<TwoByTwo> =
        rows.iter().map(|&[a, n, c, m]| TwoByTwo::from_totals(a, n, c, m).unwrap()).collect();
    let effects =
        EffectSizes::from_two_by_two(Measure::OddsRatio, labels(rows.len()), &tables, ZeroCells::none())
            .unwrap();
    let pooled = RandomEffects::new(Tau2::Ml).fit(&effects).unwrap();
    for model in [Model::CmEl, Model::UmFs] {
        let fit = Glmm::new(model).without_tau2_interval().fit(&odds(&rows)).unwrap();
        close(estimate(&fit), pooled.estimate, 1e-3);
        close(fit.heterogeneity.tau2.unwrap(), pooled.heterogeneity.tau2.unwrap(), 3e-3);
    }
}

#[test]
fn without_heterogeneity_the_models_are_regressions() {
    // The same risks everywhere: tau² and the overdispersion are 0, and all models give the crude odds ratio.
    let rows = [[10.0, 100.0, 20.0, 100.0]; 6];
    let crude = (10.0_f64 / 90.0 / (20.0 / 80.0)).ln();
    for model in [Model::UmFs, Model::UmRs, Model::BetaBinomial] {
        let fit = Glmm::new(model).fit(&odds(&rows)).unwrap();
        close(estimate(&fit), crude, 1e-8);
        let h = &fit.heterogeneity;
        assert_eq!(h.tau2.or(h.overdispersion), Some(0.0), "{model}");
        assert!(fit.notes.iter().any(|note| note.contains("no heterogeneity")) || h.tau2.is_none());
    }
}

#[test]
fn profile_bounds_lie_where_the_likelihood_has_fallen() {
    let counts = odds(&CATHETERS);
    for model in [Model::CmEl, Model::UmFs] {
        let options = Glmm::new(model).inference(CountInference::Profile);
        let fit = options.fit(&counts).unwrap();
        let profile = options.effect_profile(&counts, 41).unwrap();
        close(profile.ci_lower.unwrap(), fit.effect.as_ref().unwrap().ci_lower.unwrap(), 1e-13);
        close(profile.maximum - profile.threshold, 1.920_729_410_347_062, 1e-9);
        // The curve crosses the threshold at the bounds.
        let bounds = [profile.ci_lower.unwrap(), profile.ci_upper.unwrap()];
        for (effect, value) in profile.effect.iter().zip(&profile.log_likelihood) {
            let inside = *effect > bounds[0] && *effect < bounds[1];
            assert_eq!(*value > profile.threshold, inside, "{model} at {effect}");
            assert!(*value <= profile.maximum + 1e-9);
        }
    }
}

#[test]
fn a_group_without_events_has_one_finite_bound() {
    let rows =
        [[0.0, 40.0, 2.0, 41.0], [0.0, 55.0, 1.0, 50.0], [0.0, 120.0, 3.0, 118.0], [0.0, 33.0, 0.0, 35.0]];
    let counts = odds(&rows);
    for model in [Model::CmEl, Model::CmAl, Model::UmFs, Model::UmRs, Model::BetaBinomial] {
        let fit = Glmm::new(model).fit(&counts).unwrap();
        let effect = fit.effect.unwrap();
        assert_eq!((effect.estimate, effect.se, effect.ci_lower), (None, None, None), "{model}");
        assert!(effect.ci_upper.is_some_and(|upper| upper < 1.0), "{model}: {:?}", effect.ci_upper);
        assert!(effect.p_value.is_some_and(|p| p > 1e-4 && p < 0.2), "{model}: {:?}", effect.p_value);
        assert!(fit.notes.iter().any(|note| note.contains("group 1 has no events")), "{:?}", fit.notes);
    }
    let exact = counts.exact(Level::default()).unwrap();
    assert_eq!((exact.estimate, exact.ci_lower), (None, None));
    let firth = Glmm::new(Model::CmEl).effects(Effects::Common).penalty(Penalty::Firth).fit(&counts).unwrap();
    assert!(firth.effect.unwrap().estimate.is_some());
    let none = odds(&[[0.0, 40.0, 0.0, 41.0], [0.0, 55.0, 0.0, 50.0]]);
    let error = Glmm::default().fit(&none).unwrap_err().to_string();
    assert!(error.starts_with("no study has an event"), "{error}");
}

#[test]
fn counts_that_are_not_whole_are_refused_with_the_study() {
    let error = Counts::two_groups(
        CountMeasure::OddsRatio,
        ["A", "B"],
        &[[1.0, 10.0, 2.0, 9.0], [1.5, 10.0, 2.0, 9.0]],
    )
    .unwrap_err()
    .to_string();
    assert!(
        error.contains("row 2 (B), column ai: count is 1.5") && error.contains("whole numbers"),
        "{error}"
    );
}

#[test]
fn options_that_do_not_apply_are_refused() {
    let counts = odds(&CATHETERS);
    for options in [
        Glmm::new(Model::NegativeBinomial),
        Glmm::new(Model::Normal),
        Glmm::new(Model::CmEl).correlated(),
        Glmm::new(Model::CmEl).coding("1".parse().unwrap()),
        Glmm::new(Model::CmEl).link("probit".parse().unwrap()),
        Glmm::new(Model::BetaBinomial).effects(Effects::Common),
        Glmm::new(Model::CmEl).penalty(Penalty::Firth),
    ] {
        assert!(matches!(options.fit(&counts), Err(consilience::Error::Setting { .. })), "{options:?}");
    }
}

/// The exact interval covers at least its level, the mid-P interval about its level, in every table of a common odds ratio.
#[test]
fn exact_intervals_cover() {
    let sizes = [(12_u64, 9_u64, 5_u64), (7, 15, 4), (20, 20, 3)];
    let truth = 0.7_f64;
    // All tables with these margins, with their probabilities.
    let mut covered = [0.0; 2];
    let mut all = 0.0;
    for x1 in 0..=5_u64 {
        for x2 in 0..=4_u64 {
            for x3 in 0..=3_u64 {
                let mut probability = 1.0;
                let mut rows = Vec::new();
                for (&(n1, n2, m), x) in sizes.iter().zip([x1, x2, x3]) {
                    let margins = consilience::stat::noncentral_hypergeometric::Margins::new(n1, n2, m);
                    probability *= margins.pmf(x, truth.exp());
                    rows.push([x, n1, m - x, n2].map(|count| count as f64));
                }
                let exact = odds(&rows).exact(Level::default()).unwrap();
                let holds = |lower: Option<f64>, upper: Option<f64>| {
                    lower.is_none_or(|lower| lower <= truth) && upper.is_none_or(|upper| truth <= upper)
                };
                all += probability;
                covered[0] += probability * f64::from(u8::from(holds(exact.ci_lower, exact.ci_upper)));
                covered[1] +=
                    probability * f64::from(u8::from(holds(exact.mid_p.ci_lower, exact.mid_p.ci_upper)));
            }
        }
    }
    close(all, 1.0, 1e-12);
    assert!(covered[0] >= 0.95 && covered[1] > 0.93 && covered[1] <= covered[0], "{covered:?}");
}

/// Three trials without events in group 1, and a moderator that separates them; values of an independent maximization of
/// l + ln |I| / 2 over all parameters (BFGS with differences of fourth order, and its profile).
#[test]
fn the_penalized_likelihood_with_moderators_is_finite() {
    let rows = [
        [0.0, 20.0, 3.0, 22.0],
        [0.0, 31.0, 2.0, 30.0],
        [0.0, 18.0, 1.0, 19.0],
        [4.0, 25.0, 2.0, 24.0],
        [3.0, 22.0, 1.0, 20.0],
    ];
    let design = || Design::with_intercept(5).column("x", [0.0, 0.0, 0.0, 1.0, 1.0]).unwrap();
    let expected = [
        (
            Model::CmEl,
            [-2.585_165_947, -7.461_177_348, -0.425_993_990],
            [3.365_167_273, 0.784_862_379, 8.358_636_141],
        ),
        (
            Model::UmFs,
            [-2.593_946_695, -7.470_656_074, -0.431_717_731],
            [3.377_615_734, 0.793_325_621, 8.372_281_461],
        ),
    ];
    for (model, intercept, slope) in expected {
        let options = Glmm::new(model)
            .effects(Effects::Common)
            .penalty(Penalty::Firth)
            .inference(CountInference::Profile);
        let fit = options.fit_with(&odds(&rows), design()).unwrap();
        for (c, [estimate, lower, upper]) in fit.coefficients.unwrap().iter().zip([intercept, slope]) {
            close(c.estimate.unwrap(), estimate, 1e-8);
            close(c.ci_lower.unwrap(), lower, 1e-8);
            close(c.ci_upper.unwrap(), upper, 1e-8);
        }
        let test = fit.moderator_test.unwrap();
        assert!(test.likelihood_ratio.is_some_and(|lr| lr.p_value < 0.01), "{test:?}");
    }
}

/// The correlation of risks knows nothing of the link: odds ratios and risk ratios have the same likelihood.
#[test]
fn the_bivariate_beta_binomial_is_one_for_both_ratios() {
    let rows: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [a + 1.0, n, c + 2.0, m]).collect();
    let fit = |measure, model| {
        let counts = Counts::two_groups(measure, labels(18), &rows).unwrap();
        Glmm::new(model).fit(&counts).unwrap()
    };
    let [one, two] = [CountMeasure::OddsRatio, CountMeasure::RiskRatio]
        .map(|measure| fit(measure, Model::BivariateBetaBinomial));
    close(one.fit.log_likelihood, two.fit.log_likelihood, 1e-9);
    close(one.heterogeneity.rho.unwrap(), two.heterogeneity.rho.unwrap(), 1e-5);
    let independent = fit(CountMeasure::OddsRatio, Model::BetaBinomial);
    let lrt = one.heterogeneity.rho_lrt.unwrap();
    close(lrt.statistic, 2.0 * (one.fit.log_likelihood - independent.fit.log_likelihood), 1e-7);
    assert_eq!(one.fit.parameters, independent.fit.parameters + 1);
    let bound = one.heterogeneity.overdispersion.unwrap();
    assert!(one.heterogeneity.rho.unwrap().abs() <= bound, "{:?}", one.heterogeneity);
}

#[test]
fn bootstraps_rest_on_their_seed_and_on_what_was_done() {
    let counts = odds(&CATHETERS);
    let options = Glmm::new(Model::CmAl);
    let whole = options.bootstrap(&counts, 100, 3).unwrap();
    assert_eq!(whole, options.bootstrap(&counts, 100, 3).unwrap());
    assert!(whole.q_lrt_p_value.is_some_and(|p| p < 0.2) && whole.lrt_p_value.is_some_and(|p| p < 0.1));
    let part = options.bootstrap_while(&counts, None, 1000, 3, |done, _| done < 64).unwrap();
    assert_eq!(part.replicates + part.failed, 64);
    // Equal studies: nothing is as small as no disagreement.
    let same = odds(&[[10.0, 100.0, 20.0, 100.0]; 6]);
    let none = Glmm::new(Model::UmFs).bootstrap(&same, 30, 1).unwrap();
    assert!(none.q_lrt_p_value.is_some_and(|p| p > 0.95), "{none:?}");
}

/// Estimates of studies that are far from the mean lie between their own maximum and the mean.
#[test]
fn studies_are_drawn_towards_the_mean() {
    let counts = odds(&CATHETERS);
    let all: Vec<Vec<f64>> = [Model::CmEl, Model::UmFs, Model::UmRs]
        .iter()
        .map(|&model| {
            let fit = Glmm::new(model).without_tau2_interval().fit(&counts).unwrap();
            let mean = estimate(&fit);
            let residuals = fit.residuals(&counts, &[mean; 18]).unwrap();
            for (study, one) in fit.studies.iter().zip(&residuals) {
                if let (Some(own), Some(blup)) = (study.estimate, one.blup)
                    && (own - mean).abs() > 0.5
                {
                    assert!((blup - mean) * (own - mean) > 0.0 && (blup - mean).abs() < (own - mean).abs());
                }
            }
            residuals.iter().filter_map(|one| one.residual).collect()
        })
        .collect();
    // One informative study less than there are.
    assert!(all.iter().all(|scores| scores.len() == 17));
}

/// Numbers that are the same in every run (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn binomial(&mut self, n: f64, p: f64) -> f64 {
        (0..n as usize).filter(|_| self.uniform() < p).count() as f64
    }
}

/// Every likelihood of every measure, with every basis of inference and penalty in turn.
fn choice(table: usize) -> (CountMeasure, Glmm) {
    use CountMeasure::{OddsRatio, Proportion, Rate, RateRatio, RiskRatio};
    let all = [
        (OddsRatio, Model::CmEl),
        (OddsRatio, Model::CmAl),
        (OddsRatio, Model::UmFs),
        (OddsRatio, Model::BetaBinomial),
        (OddsRatio, Model::BivariateBetaBinomial),
        (RiskRatio, Model::BetaBinomial),
        (RiskRatio, Model::BivariateBetaBinomial),
        (RateRatio, Model::CmEl),
        (RateRatio, Model::UmFs),
        (RateRatio, Model::NegativeBinomial),
        (Proportion, Model::Normal),
        (Proportion, Model::BetaBinomial),
        (Rate, Model::Normal),
        (Rate, Model::NegativeBinomial),
    ];
    let (measure, model) = all[table % all.len()];
    // The likelihood of both random effects takes long in tests.
    let model = if table.is_multiple_of(97) && model == Model::CmEl { Model::UmRs } else { model };
    let mut options = Glmm::new(model).without_tau2_interval();
    options.inference = CountInference::ALL[table / all.len() % 3];
    let common = matches!(model, Model::CmEl | Model::CmAl | Model::UmFs | Model::Normal);
    if common && table % 4 == 1 {
        options = options.effects(Effects::Common);
        if table % 8 == 1 {
            options = options.penalty(Penalty::Firth);
        }
    }
    if measure == Proportion && model == Model::Normal && options.penalty == Penalty::None {
        options.link = [None, Some(Link::Probit), Some(Link::Cloglog)][table % 3];
    }
    (measure, options)
}

/// A table of few studies with rare or common events, empty groups among them.
fn small_table(chance: &mut Chance, measure: CountMeasure) -> Counts {
    let k = 1 + (5.0 * chance.uniform()) as usize;
    let power = 0.5 + 5.0 * chance.uniform();
    let mut group = || {
        let size = (30.0 * chance.uniform()).floor();
        let events = (size * chance.uniform().powf(power)).floor();
        [events, if measure.is_rate() { size + 0.5 } else { size }]
    };
    if measure.two_groups() {
        let rows: Vec<[f64; 4]> = (0..k)
            .map(|_| {
                let ([a, n], [c, m]) = (group(), group());
                [a, n, c, m]
            })
            .collect();
        return Counts::two_groups(measure, labels(k), &rows).unwrap();
    }
    let rows: Vec<[f64; 2]> = (0..k).map(|_| group()).collect();
    Counts::one_group(measure, labels(k), &rows).unwrap()
}

/// Small tables of rare events: every model answers, or says why not; no number is NaN, no limit out of order.
#[test]
fn a_thousand_small_tables_have_an_answer_or_a_note() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut answers = 0;
    for table in 0..1000 {
        let (measure, options) = choice(table);
        let counts = small_table(&mut chance, measure);
        let what = format!("{measure} {options:?} {counts:?}");
        let fit = match options.fit(&counts) {
            Ok(fit) => fit,
            Err(error) => {
                assert!(matches!(error, consilience::Error::Model { .. }), "{what}: {error}");
                continue;
            }
        };
        let text = format!("{fit:?}");
        assert!(!text.contains("NaN"), "{what}: {text}");
        let effect = fit.effect.as_ref().unwrap();
        let whole = effect.se.is_some() && effect.ci_lower.is_some() && effect.ci_upper.is_some();
        assert!(whole || !fit.notes.is_empty(), "{what}");
        if let (Some(lower), Some(estimate), Some(upper)) =
            (effect.ci_lower, effect.estimate, effect.ci_upper)
        {
            assert!(lower <= estimate && estimate <= upper, "{what}: {lower} {estimate} {upper}");
        }
        answers += 1;
        if matches!(measure, CountMeasure::OddsRatio | CountMeasure::RateRatio)
            && let Ok(exact) = counts.exact(Level::default())
        {
            assert!(!format!("{exact:?}").contains("NaN"), "{what}");
            assert!(exact.estimate.is_some() || exact.ci_lower.is_none() || exact.ci_upper.is_none());
        }
    }
    assert!(answers > 700, "{answers}");
}

/// The parts of intervals that hold the true effect, for `docs/validation-notes.md`: cargo test --release --test properties
/// coverage -- --ignored --nocapture.
#[test]
#[ignore = "a simulation of minutes"]
#[allow(clippy::print_stdout)]
fn coverage_of_intervals() {
    let wald = |model| Glmm::new(model).without_tau2_interval();
    let profile = |model| wald(model).inference(CountInference::Profile);
    let effects = -0.5;
    println!("risk tau k | method: covered, mean width, without bound");
    for (risk, tau, k) in
        [(0.02, 0.0, 10), (0.02, 0.5, 10), (0.05, 0.5, 10), (0.15, 0.5, 10), (0.05, 0.5, 25)]
    {
        let mut chance = Chance(20_240_601);
        let names =
            ["cm-el wald", "cm-el profile", "um-fs wald", "bb wald", "iv reml wald", "exact", "mid-p"];
        let mut tally = [[0.0; 4]; 7];
        for _ in 0..500 {
            let rows: Vec<[f64; 4]> = (0..k)
                .map(|_| {
                    let [n, m] = [0; 2].map(|_| 50.0 + (150.0 * chance.uniform()).floor());
                    let base = f64::ln(risk / (1.0 - risk)) + 0.5 * chance.normal();
                    let theta = effects + tau * chance.normal();
                    let p = |eta: f64| 1.0 / (1.0 + (-eta).exp());
                    [chance.binomial(n, p(base + theta)), n, chance.binomial(m, p(base)), m]
                })
                .collect();
            let counts = odds(&rows);
            let mut add = |i: usize, lower: Option<f64>, upper: Option<f64>| {
                tally[i][3] += 1.0;
                let holds = lower.is_none_or(|x| x <= effects) && upper.is_none_or(|x| effects <= x);
                tally[i][0] += f64::from(u8::from(holds));
                match (lower, upper) {
                    (Some(lower), Some(upper)) => tally[i][1] += upper - lower,
                    _ => tally[i][2] += 1.0,
                }
            };
            let models =
                [wald(Model::CmEl), profile(Model::CmEl), wald(Model::UmFs), wald(Model::BetaBinomial)];
            for (i, options) in models.iter().enumerate() {
                if let Ok(fit) = options.fit(&counts) {
                    let effect = fit.effect.unwrap();
                    add(i, effect.ci_lower, effect.ci_upper);
                }
            }
            let tables: Vec<TwoByTwo> =
                rows.iter().map(|&[a, n, c, m]| TwoByTwo::from_totals(a, n, c, m).unwrap()).collect();
            let sizes =
                EffectSizes::from_two_by_two(Measure::OddsRatio, labels(k), &tables, ZeroCells::default());
            if let Ok(pooled) = sizes.and_then(|sizes| RandomEffects::new(Tau2::Reml).fit(&sizes)) {
                add(4, Some(pooled.ci_lower), Some(pooled.ci_upper));
            }
            if let Ok(exact) = counts.exact(Level::default()) {
                add(5, exact.ci_lower, exact.ci_upper);
                add(6, exact.mid_p.ci_lower, exact.mid_p.ci_upper);
            }
        }
        for (name, [held, width, open, all]) in names.iter().zip(tally) {
            let bounded: f64 = all - open;
            println!("{risk} {tau} {k} | {name}: {:.3}, {:.2}, {open}, {all}", held / all, width / bounded);
        }
    }
}

/// Far from the estimate deviations are large and integrands steep: the likelihood ratio against a predictor of 0, and the
/// upper bound of a large tau². Values of numpy and scipy (8,001 nodes on [-14, 14], Nelder-Mead over the deviation, Brent's
/// method over study effects).
#[test]
fn likelihoods_of_large_deviations_are_exact() {
    let probit = [
        [2.0, 758.0],
        [1.0, 723.0],
        [1.0, 180.0],
        [0.0, 484.0],
        [1.0, 899.0],
        [1.0, 288.0],
        [0.0, 581.0],
        [0.0, 179.0],
        [0.0, 160.0],
        [1.0, 502.0],
        [5.0, 797.0],
        [0.0, 652.0],
    ];
    let rates = [
        [2.0, 245.0],
        [3.0, 598.0],
        [3.0, 492.0],
        [0.0, 299.0],
        [3.0, 620.0],
        [4.0, 397.0],
        [2.0, 602.0],
        [3.0, 411.0],
        [1.0, 827.0],
        [0.0, 158.0],
        [1.0, 631.0],
        [1.0, 110.0],
    ];
    let root = |measure, rows: &[[f64; 2]], options: Glmm| {
        let counts = Counts::one_group(measure, labels(rows.len()), rows).unwrap();
        let fit = options.without_tau2_interval().inference(CountInference::Profile).fit(&counts).unwrap();
        fit.effect.unwrap().statistic.unwrap()
    };
    let normal = Glmm::new(Model::Normal);
    close(root(CountMeasure::Proportion, &probit, normal.link(Link::Probit)), -6.404_014_315_067_7, 1e-10);
    close(root(CountMeasure::Rate, &rates, normal), -6.757_948_617_458_8, 1e-10);
    let rows = [
        [2.0, 64.0, 16.0, 85.0],
        [1.0, 86.0, 21.0, 162.0],
        [0.0, 105.0, 3.0, 83.0],
        [5.0, 190.0, 14.0, 188.0],
        [32.0, 68.0, 2.0, 128.0],
        [7.0, 117.0, 19.0, 155.0],
        [0.0, 147.0, 4.0, 117.0],
        [1.0, 151.0, 14.0, 73.0],
    ];
    let fit = Glmm::new(Model::UmFs).coding("1".parse().unwrap()).fit(&odds(&rows)).unwrap();
    let (_, upper) = fit.heterogeneity.tau2_ci.unwrap();
    close(upper.unwrap(), 28.670_061_293_5, 1e-9);
}

/// Counts of millions: the standard errors agree with inverse variances as far as those are right, and neither group's
/// order nor that of events matters in the last digits.
#[test]
fn millions_of_events_keep_their_digits() {
    let rows = [
        [4.2e6, 1e7, 4.0e6, 1e7],
        [2.1e6, 6e6, 2.3e6, 6e6],
        [3.3e6, 9e6, 2.9e6, 8e6],
        [1.9e6, 5e6, 1.6e6, 5e6],
    ];
    let swapped = rows.map(|[a, n, c, m]| [c, m, a, n]);
    for model in [Model::CmEl, Model::UmFs] {
        let fit = |rows: &[[f64; 4]]| Glmm::new(model).without_tau2_interval().fit(&odds(rows)).unwrap();
        let (one, two) = (fit(&rows), fit(&swapped));
        close(estimate(&one), -estimate(&two), 1e-9);
        let se = |fit: &CountFit| fit.effect.as_ref().unwrap().se.unwrap();
        close(se(&one), se(&two), 1e-7);
    }
}
