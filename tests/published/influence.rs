//! Influence as published: boundaries of sequential analyses, the study that splits the BCG trials, fragility.

use consilience::{
    EffectSizes, Measure,
    effect::{TwoByTwo, ZeroCells},
    influence::{
        Boundaries, ChangedGroup, Fragility, Influence, OutlierModels, Sequential, SequentialConclusion,
        Spending,
    },
    pool::RandomEffects,
    table::Table,
    tau2::Tau2,
};

fn bcg() -> (Vec<String>, Vec<TwoByTwo>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/metafor/data/bcg_roles.csv");
    let table = Table::read_path(path).unwrap();
    let [a, n1, c, n2] = ["ai", "n1i", "ci", "n2i"].map(|name| table.complete_numbers(name).unwrap());
    let tables = (0..table.len()).map(|i| TwoByTwo::from_totals(a[i], n1[i], c[i], n2[i]).unwrap()).collect();
    (table.labels(), tables)
}

/// Lan and DeMets (1983) with five equal looks at a two-sided 0.05, as printed for the R package ldbounds and in Jennison and
/// Turnbull (1999): like O'Brien and Fleming, and like Pocock.
#[test]
fn lan_demets_boundaries() {
    let looks = [0.2, 0.4, 0.6, 0.8, 1.0];
    for (spending, printed) in [
        (Spending::OBrienFleming, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        (Spending::Pocock, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
    ] {
        let boundaries = Boundaries::new(&looks, 0.05, spending).unwrap();
        for (critical, printed) in boundaries.efficacy.iter().zip(printed) {
            // The second is printed a unit too low: by a double integral it is 3.3570119215746317 (scipy 1.17).
            assert!((critical.unwrap() - printed).abs() < 1.2e-4, "{spending}: {critical:?} {printed}");
        }
        assert!((boundaries.alpha_spent[4] - 0.05).abs() < 1e-15);
        if spending == Spending::OBrienFleming {
            assert!((boundaries.efficacy[1].unwrap() - 3.3570119215746317).abs() < 1e-12);
        }
    }
    // A single look is a plain test.
    let single = Boundaries::new(&[1.0], 0.05, Spending::default()).unwrap();
    assert!((single.efficacy[0].unwrap() - 1.959963984540054).abs() < 1e-12);
}

/// The BCG trials by year, for a risk reduction of 30 %: the required information from its formula, the fractions from the
/// variances, and the conclusion from the boundaries.
#[test]
fn bcg_sequentially() {
    let (labels, tables) = bcg();
    let effects =
        EffectSizes::from_two_by_two(Measure::RiskRatio, labels, &tables, ZeroCells::default()).unwrap();
    let delta = 0.7_f64.ln();
    let report = Sequential::random(delta, Tau2::Reml).fit(&effects).unwrap();
    let fit = RandomEffects::default().fit(&effects).unwrap();
    let fixed: f64 = effects.vi().iter().map(|v| 1.0 / v).sum();
    let d2 = 1.0 - 1.0 / (fixed * fit.se * fit.se);
    assert!((report.diversity - d2).abs() < 1e-12);
    // (1.959964 + 0.8416212)² = 7.8488797
    let required = 7.848879734349090 / (delta * delta) / (1.0 - d2);
    assert!((report.required_information / required - 1.0).abs() < 1e-12);
    let last = report.looks.last().unwrap();
    assert!(
        (last.information - fixed / required).abs() < 1e-12 && (last.estimate - fit.estimate).abs() < 1e-12
    );
    assert!((last.z - fit.estimate / fit.se).abs() < 1e-12);
    let crossed = report.looks.iter().find(|l| l.critical.is_some_and(|c| l.z.abs() >= c)).unwrap();
    assert_eq!(report.conclusion, SequentialConclusion::Effect);
    assert_eq!(report.reached_with.as_deref(), Some(crossed.study.as_str()));
    assert!(Sequential::random(0.0, Tau2::Reml).fit(&effects).is_err());
    assert!(Sequential::random(delta, Tau2::Reml).diversity(1.0).fit(&effects).is_err());
}

/// The changes that a fragility index names reverse the result, and one fewer do not.
#[test]
fn fragility_is_the_number_of_changes_that_reverse_the_result() {
    let (labels, tables) = bcg();
    let fit = |tables: &[TwoByTwo]| {
        let effects = EffectSizes::from_two_by_two(
            Measure::RiskRatio,
            labels.iter().cloned(),
            tables,
            ZeroCells::default(),
        )
        .unwrap();
        RandomEffects::new(Tau2::Dl).fit(&effects).unwrap()
    };
    let report =
        Fragility::random(Measure::RiskRatio, Tau2::Dl).fit(labels.iter().cloned(), &tables).unwrap();
    assert!(report.significant);
    assert_eq!(report.index, Some(report.changes.len()));
    let mut changed = tables.clone();
    for (i, change) in report.changes.iter().enumerate() {
        let study = labels.iter().position(|l| *l == change.study).unwrap();
        let t = changed[study];
        let step = f64::from(change.events);
        changed[study] = match change.group {
            ChangedGroup::Intervention => TwoByTwo::new(t.ai() + step, t.bi() - step, t.ci(), t.di()),
            _ => TwoByTwo::new(t.ai(), t.bi(), t.ci() + step, t.di() - step),
        }
        .unwrap();
        let now = fit(&changed);
        assert!(
            (now.estimate - change.estimate).abs() < 1e-10 && (now.ci_upper - change.ci_upper).abs() < 1e-10
        );
        assert_eq!(now.ci_upper < 0.0, i + 1 < report.changes.len(), "change {}", i + 1);
    }
}

/// All 8191 subsets of the BCG trials: those of the whole set and of single studies are their fits, and results do not depend on
/// the order in which the work is done.
#[test]
fn subsets_are_fits() {
    let (labels, tables) = bcg();
    let effects =
        EffectSizes::from_two_by_two(Measure::RiskRatio, labels, &tables, ZeroCells::default()).unwrap();
    for method in [Tau2::Dl, Tau2::Reml] {
        let gosh = Influence::new(method).gosh(1 << 13, 1).fit(&effects).unwrap().gosh.unwrap();
        assert!(gosh.exhaustive && gosh.subsets == 8191 && gosh.clusters.is_empty());
        for at in (0..gosh.subsets).step_by(97).chain([gosh.subsets - 1]) {
            let members: Vec<usize> = (0..13).filter(|i| gosh.members[at] >> i & 1 == 1).collect();
            assert_eq!(gosh.k[at] as usize, members.len());
            let fit = RandomEffects::new(method).fit(&effects.subset(&members).unwrap()).unwrap();
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-10 * b.abs().max(1e-3);
            assert!(near(gosh.estimate[at], fit.estimate), "{at}: {} {}", gosh.estimate[at], fit.estimate);
            assert!(near(gosh.tau2[at], fit.heterogeneity.tau2.unwrap_or(0.0)), "{at}");
            assert!(near(gosh.q[at], fit.heterogeneity.q.unwrap_or(0.0)), "{at}");
        }
    }
}

/// Raudenbush (1985): the t model and the mixture at their maxima, by scipy 1.17 (Nelder-Mead from many starts on the likelihood,
/// the t convolution by Gauss-Legendre with 4000 nodes). The probabilities follow from the densities.
#[test]
fn outlier_models_of_teacher_expectancy() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/metafor/data/raudenbush1985.csv");
    let table = Table::read_path(path).unwrap();
    let [yi, vi] = ["yi", "vi"].map(|name| table.complete_numbers(name).unwrap());
    let effects = EffectSizes::new(Measure::Generic, table.labels(), yi, vi).unwrap();
    let report = OutlierModels::new().fit(&effects).unwrap();
    let close = |got: f64, expected: f64, tolerance: f64| {
        assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} {expected}");
    };
    let (t, mixture) = (&report.t, &report.mixture);
    close(t.log_likelihood, -2.8702502597817166, 1e-9);
    // The optimum of the oracle is good to the square root of the rounding error of its likelihood.
    close(t.coefficients[0].estimate, 0.05792436507847299, 1e-6);
    close(t.tau2, 0.0025349906157564445, 1e-6);
    close(t.df.unwrap(), 1.4270900737842036, 1e-6);
    close(mixture.log_likelihood, -2.399136276620689, 1e-9);
    close(mixture.coefficients[0].estimate, 0.04269994462146968, 1e-6);
    close(mixture.outlier_share.unwrap(), 0.16281057199024668, 1e-6);
    close(mixture.outlier_tau2.unwrap(), 0.34642250851500467, 1e-6);
    assert!(mixture.tau2 < 1e-9);
    for (study, expected) in [(0, 0.038988), (3, 0.741707), (9, 0.782103), (10, 0.206145)] {
        let got = mixture.studies[study].outlier_probability.unwrap();
        assert!((got - expected).abs() < 1e-6, "{got} {expected}");
    }
}
