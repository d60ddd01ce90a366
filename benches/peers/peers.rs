//! The work of `run.sh`, done here: `peers data DIR` writes the data, `peers run DIR` times each task on them and prints
//! results and seconds as CSV, `peers table CSV` compares all results and prints the ratios of the times as Markdown.
//!
//! DIR holds `bcg.csv` (yi, vi, ablat), `k1000.csv` (yi, vi), `k1000x4.csv` (yi, vi, x1 to x4), `trials20.csv` (ai, n1i, ci, n2i),
//! `batch.csv` (set, yi, vi: 10,000 meta-analyses of 20 studies), `nested1200.csv` (effects in studies in districts), `evppi.csv`
//! (parameter and two options' cost and effect: 10,000 draws), `network26.csv` (study, treat1, treat2, te, se) and `rows.csv`
//! (study, yi, vi, year, alloc: 100,000 rows).
#![allow(clippy::expect_used, clippy::print_stdout, clippy::print_stderr, dead_code)]

#[path = "../common/mod.rs"]
mod common;

use std::{fmt::Write, fs, hint::black_box, path::Path, process::ExitCode, time::Instant};

use consilience::{
    EffectSizes, Measure,
    batch::{Batch, BatchOptions, Detail},
    bias::{Alternative, Analysis, Bias, Selection},
    economics::{Draws, Evppi, EvppiMethod, WillingnessToPay},
    glmm::{CountMeasure, Counts, Glmm, Model},
    influence::Influence,
    multilevel::{ComponentIntervals, Factor, Multilevel, MultilevelFit, RandomTerm, Structure},
    network::{NetworkData, NetworkMeta, PairRow},
    pool::{RandomEffects, kernel},
    regression::{Design, MetaRegression, PermutationOptions, RegressionFit},
    table::Table,
    tau2::Tau2,
};

fn read(folder: &Path, name: &str) -> (Vec<f64>, Vec<f64>) {
    let table = Table::read_path(folder.join(name)).expect("run.sh writes the data");
    let column = |name| table.complete_numbers(name).expect("complete columns");
    (column("yi"), column("vi"))
}

/// Calls go on for so many seconds, about as long as those of the peers: a machine that is shared has slow moments.
const AT_LEAST: f64 = 0.4;

/// The least seconds of a call, of `times` calls or more, and the values of the last.
fn time(times: usize, mut work: impl FnMut() -> Vec<f64>) -> (f64, Vec<f64>) {
    let (mut least, mut values) = (f64::INFINITY, Vec::new());
    let (begin, mut done) = (Instant::now(), 0);
    while done < times || begin.elapsed().as_secs_f64() < AT_LEAST {
        let start = Instant::now();
        values = black_box(work());
        least = least.min(start.elapsed().as_secs_f64());
        done += 1;
    }
    (least, values)
}

fn report(task: &str, (seconds, values): (f64, Vec<f64>)) {
    let values: Vec<String> = values.iter().map(|value| format!("{value:.17e}")).collect();
    println!("consilience,{task},{seconds:e},{}", values.join(" "));
}

fn numbered(yi: &[f64], vi: &[f64]) -> EffectSizes {
    EffectSizes::numbered(Measure::Generic, yi, vi).expect("valid studies")
}

/// The mean over the sets of estimate and tau², which the peers compare.
fn mean_of(pooled: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let (estimate, tau2, sets) =
        pooled.fold((0.0, 0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + 1.0));
    vec![estimate / sets, tau2 / sets]
}

/// All sets in one call over columns, on all cores.
fn columns(yi: &[f64], vi: &[f64], offsets: &[usize], method: Tau2) -> Vec<f64> {
    let batch = Batch::new(black_box(yi), black_box(vi), offsets).expect("columns");
    let result = BatchOptions::random(method).detail(Detail::Means).run(batch).expect("fits");
    mean_of(result.estimate.into_iter().zip(result.tau2))
}

/// Estimate, standard error and tau² of one set with interval, test and heterogeneity, and no interval of tau²: what the peers
/// that have no such interval compute.
fn alone(yi: &[f64], vi: &[f64], method: Tau2) -> Vec<f64> {
    let batch = Batch::new(black_box(yi), black_box(vi), &[0, 13]).expect("columns");
    let result = BatchOptions::random(method).run(batch).expect("a fit");
    [result.estimate, result.se, result.tau2].concat()
}

/// The kernel on every set.
fn batch(yi: &[f64], vi: &[f64], method: Tau2) -> Vec<f64> {
    let sets = yi.chunks_exact(20).zip(vi.chunks_exact(20));
    mean_of(sets.map(|(yi, vi)| kernel::random(yi, vi, method)).map(|pooled| (pooled.estimate, pooled.tau2)))
}

/// Complete fits of every hundredth set, numbered as by the peers.
fn one_by_one(yi: &[f64], vi: &[f64], method: Tau2) -> Vec<f64> {
    let sets = yi.chunks_exact(20).zip(vi.chunks_exact(20)).step_by(100);
    mean_of(sets.map(|(yi, vi)| {
        let fit = RandomEffects::new(method).fit(&numbered(yi, vi)).expect("a fit");
        (fit.estimate, fit.heterogeneity.tau2.expect("tau2"))
    }))
}

/// The moderators of `names`, with an intercept.
fn design(folder: &Path, file: &str, names: &[&str], k: usize) -> Design {
    let table = Table::read_path(folder.join(file)).expect("run.sh writes the data");
    names.iter().fold(Design::with_intercept(k), |design, name| {
        let values = table.complete_numbers(name).expect("a complete column");
        design.column(*name, &values[..k]).expect("a moderator")
    })
}

/// Coefficients, their standard errors, tau².
fn coefficients(fit: &RegressionFit) -> Vec<f64> {
    let (estimates, errors): (Vec<f64>, Vec<f64>) =
        fit.coefficients.iter().map(|c| (c.estimate, c.se)).unzip();
    [estimates, errors, vec![fit.residual_heterogeneity.tau2.expect("tau2")]].concat()
}

fn run_regression(folder: &Path) {
    let (yi, vi) = read(folder, "bcg.csv");
    let effects = numbered(&yi, &vi);
    let latitude = design(folder, "bcg.csv", &["ablat"], 13);
    let options = MetaRegression::new(Tau2::Reml);
    report(
        "regress_13",
        time(500, || coefficients(&options.fit(black_box(&effects), black_box(&latitude)).expect("a fit"))),
    );
    report(
        "regress_confint_13",
        time(500, || {
            let fit = options.fit(black_box(&effects), black_box(&latitude)).expect("a fit");
            let limits = fit.residual_heterogeneity.tau2_ci.expect("an interval");
            [coefficients(&fit), limits.to_vec()].concat()
        }),
    );
    // All orders of the first six trials.
    let six = numbered(&yi[..6], &vi[..6]);
    let fit =
        MetaRegression::new(Tau2::Dl).fit(&six, design(folder, "bcg.csv", &["ablat"], 6)).expect("a fit");
    report(
        "permute_6",
        time(50, || black_box(&fit).permutation_test(&PermutationOptions::new(1)).expect("a test").p_values),
    );
    let (yi, vi) = read(folder, "k1000x4.csv");
    let effects = numbered(&yi, &vi);
    let four = design(folder, "k1000x4.csv", &["x1", "x2", "x3", "x4"], 1000);
    report(
        "regress_1000",
        time(200, || coefficients(&options.fit(black_box(&effects), black_box(&four)).expect("a fit"))),
    );
}

/// The value of one parameter for two options at 20,000 per unit of effect.
fn run_economics(folder: &Path) {
    let table = Table::read_path(folder.join("evppi.csv")).expect("run.sh writes the data");
    let column = |name| table.complete_numbers(name).expect("complete columns");
    let draws = Draws::from_columns([
        ("usual", column("cost0"), column("effect0")),
        ("new", column("cost1"), column("effect1")),
    ])
    .expect("draws");
    let (parameter, wtp) = (column("parameter"), WillingnessToPay::new([20_000.0]).expect("a threshold"));
    report(
        "evppi_10000",
        time(50, || {
            let result = Evppi::new(EvppiMethod::Gam)
                .of(black_box(&draws), &[("parameter", &parameter)], &wtp)
                .expect("a value");
            vec![result.evppi.first().expect("one threshold").raw]
        }),
    );
}

/// Estimate, standard error, variances and log-likelihood.
fn components(fit: &MultilevelFit) -> Vec<f64> {
    let mut values: Vec<f64> = fit.coefficients.iter().flat_map(|c| [c.estimate, c.se]).collect();
    values.extend(fit.variance_components.iter().map(|component| component.sigma2));
    values.extend(
        fit.structures.iter().flat_map(|s| s.tau2.iter().copied().chain(s.rho.iter().flatten().copied())),
    );
    values.push(fit.fit.log_likelihood);
    values
}

fn run_multilevel(folder: &Path) {
    let table = Table::read_path(folder.join("nested1200.csv")).expect("run.sh writes the data");
    let (yi, vi) = read(folder, "nested1200.csv");
    let effects = numbered(&yi, &vi);
    let factor = |name: &str| {
        Factor::new(name, table.texts(name).expect("a column").into_iter().flatten()).expect("labels")
    };
    let quick = |model: Multilevel| model.intervals(ComponentIntervals::Omit);
    let nested =
        Multilevel::nested([factor("district"), factor("study"), factor("effect")]).expect("three factors");
    let three = quick(nested);
    report("multilevel_1200", time(50, || components(&three.fit(black_box(&effects)).expect("a fit"))));
    let crossed = quick(Multilevel::nested([factor("study"), factor("effect")]).expect("two factors"))
        .random(RandomTerm::Intercept(factor("year")));
    report("crossed_1200", time(5, || components(&crossed.fit(black_box(&effects)).expect("a fit"))));
    let rows: Vec<usize> = (0..400).collect();
    let part = effects.subset(&rows).expect("400 effects");
    let first = |name: &str| {
        let labels = table.texts(name).expect("a column").into_iter().flatten().take(400);
        Factor::new(name, labels.collect::<Vec<String>>()).expect("labels")
    };
    let outcome = first("outcome");
    let cells = |level: usize| -> Vec<f64> {
        outcome.codes().iter().map(|&code| f64::from(u8::from(code == level))).collect()
    };
    let design = Design::without_intercept(400)
        .column("a", cells(0))
        .and_then(|design| design.column("b", cells(1)))
        .expect("a design");
    let bivariate = quick(Multilevel::multivariate(outcome, first("pair"), Structure::Un)).moderators(design);
    report("bivariate_200", time(50, || components(&bivariate.fit(black_box(&part)).expect("a fit"))));
}

/// The influence of studies; each of our calls makes the whole report, of which a peer makes one part.
fn run_influence(folder: &Path) {
    let (yi, vi) = read(folder, "bcg.csv");
    let bcg = numbered(&yi, &vi);
    for (task, method) in [("influence_dl_13", Tau2::Dl), ("influence_reml_13", Tau2::Reml)] {
        report(
            task,
            time(200, || {
                let report = Influence::new(method).fit(black_box(&bcg)).expect("a report");
                let studies = report.studies.expect("diagnostics");
                let mut values: Vec<f64> = Vec::new();
                values.extend(studies.iter().filter_map(|s| s.rstudent));
                values.extend(studies.iter().filter_map(|s| s.dffits));
                values.extend(studies.iter().filter_map(|s| s.cook_d));
                values.extend(studies.iter().filter_map(|s| s.cov_r));
                values.extend(studies.iter().map(|s| s.hat));
                values
            }),
        );
    }
    let (yi, vi) = read(folder, "k1000.csv");
    let hundred = numbered(&yi[..100], &vi[..100]);
    for (task, method) in [("leave1out_dl_100", Tau2::Dl), ("leave1out_reml_100", Tau2::Reml)] {
        report(
            task,
            time(50, || {
                let report = Influence::new(method).fit(black_box(&hundred)).expect("a report");
                let fits = report.leave_one_out.expect("fits");
                let (estimates, errors): (Vec<f64>, Vec<f64>) =
                    fits.iter().map(|f| (f.estimate, f.se)).unzip();
                [estimates, errors].concat()
            }),
        );
    }
    report(
        "cumul_reml_100",
        time(50, || {
            let report = Influence::new(Tau2::Reml).fit(black_box(&hundred)).expect("a report");
            report.cumulative.expect("fits").iter().map(|f| f.estimate).collect()
        }),
    );
    // All subsets of the trials, and of the first ten.
    let (yi, vi) = read(folder, "bcg.csv");
    let ten = numbered(&yi[..10], &vi[..10]);
    let fits = |method| Influence::new(method).gosh(8191, 1);
    let clusters = |method| Influence::new(method).gosh_clusters(8191, 1);
    for (task, influence, effects) in [
        ("gosh_dl_13", fits(Tau2::Dl), &bcg),
        ("gosh_clusters_dl_13", clusters(Tau2::Dl), &bcg),
        ("gosh_reml_10", fits(Tau2::Reml), &ten),
    ] {
        report(
            task,
            time(50, || {
                let report = influence.fit(black_box(effects)).expect("a report");
                let gosh = report.gosh.expect("subsets");
                let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
                vec![mean(&gosh.estimate), mean(&gosh.tau2)]
            }),
        );
    }
}

/// A network of ten treatments and 26 studies of two arms.
fn run_network(folder: &Path) {
    let table = Table::read_path(folder.join("network26.csv")).expect("run.sh writes the data");
    let text = |name| table.texts(name).expect("a column").into_iter().flatten().collect::<Vec<String>>();
    let number = |name| table.complete_numbers(name).expect("complete columns");
    let (study, first, second) = (text("study"), text("treat1"), text("treat2"));
    let (te, se) = (number("te"), number("se"));
    // netmeta's effects are those of treat1 against treat2.
    let row = |i: usize| {
        PairRow::new(study[i].as_str(), first[i].as_str(), second[i].as_str(), te[i], se[i] * se[i])
    };
    let network =
        NetworkData::new(Measure::Generic).contrasts(&(0..te.len()).map(row).collect::<Vec<PairRow>>());
    let network = network.expect("a network");
    report(
        "network_26",
        time(200, || {
            let fit = NetworkMeta::random(Tau2::Dl).fit(black_box(&network)).expect("a fit");
            let last = fit.theta.last().copied().unwrap_or_default();
            let first = fit.theta.get(1).copied().unwrap_or_default();
            vec![first, last, fit.tau2]
        }),
    );
}

/// A table of 100,000 rows and five columns from its file.
fn run_reader(folder: &Path) {
    let path = folder.join("rows.csv");
    report(
        "read_100000",
        time(10, || {
            let table = Table::read_path(black_box(&path)).expect("run.sh writes the data");
            let sum = |name| table.complete_numbers(name).expect("a column").iter().sum::<f64>();
            vec![sum("yi"), sum("vi")]
        }),
    );
}

/// Models of the counts of twenty trials; a fit has no interval of tau², as the peer's has none.
fn run_counts(folder: &Path) {
    let table = Table::read_path(folder.join("trials20.csv")).expect("run.sh writes the data");
    let column = |name| table.complete_numbers(name).expect("complete columns");
    let (a, n, c, m) = (column("ai"), column("n1i"), column("ci"), column("n2i"));
    let labels = || (1..=a.len()).map(|trial| trial.to_string());
    let rows: Vec<[f64; 4]> = (0..a.len()).map(|i| [a[i], n[i], c[i], m[i]]).collect();
    let one: Vec<[f64; 2]> = rows.iter().map(|row| [row[2], row[3]]).collect();
    let two = |measure| Counts::two_groups(measure, labels(), &rows).expect("counts");
    let single = |measure| Counts::one_group(measure, labels(), &one).expect("counts");
    let odds = two(CountMeasure::OddsRatio);
    let rates = two(CountMeasure::RateRatio);
    for (task, counts, model) in [
        ("glmm_cm_el_20", &odds, Model::CmEl),
        ("glmm_cm_al_20", &odds, Model::CmAl),
        ("glmm_um_fs_20", &odds, Model::UmFs),
        ("glmm_um_rs_20", &odds, Model::UmRs),
        ("glmm_irr_20", &rates, Model::CmEl),
        ("glmm_plo_20", &single(CountMeasure::Proportion), Model::Normal),
        ("glmm_irln_20", &single(CountMeasure::Rate), Model::Normal),
    ] {
        // As the peer: no interval of tau², no exact intervals of the studies.
        let options = Glmm::new(model).without_tau2_interval().without_study_estimates();
        report(
            task,
            time(50, || {
                let fit = options.fit(black_box(counts)).expect("a fit");
                let effect = fit.effect.expect("a mean effect");
                let estimate = effect.estimate.expect("a finite estimate");
                vec![estimate, effect.se.expect("an error"), fit.heterogeneity.tau2.expect("tau2")]
            }),
        );
    }
}

fn run(folder: &Path) {
    run_reader(folder);
    run_network(folder);
    run_counts(folder);
    run_multilevel(folder);
    run_economics(folder);
    run_regression(folder);
    run_influence(folder);
    let (yi, vi) = read(folder, "bcg.csv");
    let effects = numbered(&yi, &vi);
    let fit = |method: Tau2| RandomEffects::new(method).fit(black_box(&effects)).expect("a fit");
    report(
        "reml_confint_13",
        time(500, || {
            let fit = fit(Tau2::Reml);
            let h = fit.heterogeneity;
            let [lower, upper] = h.tau2_ci.expect("an interval");
            vec![fit.estimate, fit.se, h.tau2.expect("tau2"), lower, upper]
        }),
    );
    for (task, method) in [("dl_13", Tau2::Dl), ("reml_13", Tau2::Reml)] {
        report(
            task,
            time(500, || {
                let fit = fit(method);
                vec![fit.estimate, fit.se, fit.heterogeneity.tau2.expect("tau2")]
            }),
        );
    }
    let (yi, vi) = read(folder, "smoking.csv");
    let effects = numbered(&yi, &vi);
    for (task, model) in [
        ("select_step_37", "stepfun:0.05,0.1,0.5"),
        ("select_halfnorm_37", "halfnorm"),
        ("select_negexp_37", "negexp"),
        ("select_logistic_37", "logistic"),
        ("select_power_37", "power"),
        ("select_negexppow_37", "negexppow"),
        ("select_beta_37", "beta"),
    ] {
        let selection: Selection = model.parse().expect("a model");
        let bias =
            Bias::default().analyses([Analysis::Selection]).selections([selection], Alternative::Greater);
        report(
            task,
            time(50, || {
                let report = bias.fit(black_box(&effects), None).expect("a report");
                let fit = report.selection_models.first().expect("a fit");
                vec![fit.log_likelihood, fit.lrt.expect("a test")]
            }),
        );
    }
    let (yi, vi) = read(folder, "k1000.csv");
    let effects = numbered(&yi, &vi);
    report(
        "reml_1000",
        time(100, || {
            let fit = RandomEffects::new(Tau2::Reml).fit(black_box(&effects)).expect("a fit");
            vec![fit.estimate, fit.se, fit.heterogeneity.tau2.expect("tau2")]
        }),
    );
    let (bcg_yi, bcg_vi) = read(folder, "bcg.csv");
    report("dl_alone_13", time(500, || alone(&bcg_yi, &bcg_vi, Tau2::Dl)));
    report("reml_alone_13", time(500, || alone(&bcg_yi, &bcg_vi, Tau2::Reml)));
    let (yi, vi) = read(folder, "batch.csv");
    let offsets: Vec<usize> = (0..=yi.len()).step_by(20).collect();
    report("dl_columns_10000x20", time(50, || columns(&yi, &vi, &offsets, Tau2::Dl)));
    report("dl_100x20", time(100, || one_by_one(&yi, &vi, Tau2::Dl)));
    report("reml_100x20", time(100, || one_by_one(&yi, &vi, Tau2::Reml)));
    report("dl_10000x20", time(50, || batch(&yi, &vi, Tau2::Dl)));
    report("reml_10000x20", time(10, || batch(&yi, &vi, Tau2::Reml)));
}

fn write_data(folder: &Path) {
    let rows = |studies: &common::Studies, set: Option<usize>| {
        let mut text = String::new();
        for (y, v) in studies.yi.iter().zip(&studies.vi) {
            if let Some(set) = set {
                let _ = write!(text, "{set},");
            }
            let _ = writeln!(text, "{y},{v}");
        }
        text
    };
    let write = |name: &str, text: String| fs::write(folder.join(name), text).expect("a folder to write to");
    let with = |rows: &str, columns: &[&[f64]]| -> String {
        let line = |(i, row): (usize, &str)| {
            columns.iter().fold(row.to_owned(), |line, column| format!("{line},{}", column[i])) + "\n"
        };
        rows.lines().enumerate().map(line).collect()
    };
    write("bcg.csv", format!("yi,vi,ablat\n{}", with(&rows(&common::bcg(), None), &[&common::BCG_LATITUDE])));
    let (studies, moderators) = common::moderated(1000, 1);
    let columns: Vec<&[f64]> = moderators.iter().map(Vec::as_slice).collect();
    write("k1000x4.csv", format!("yi,vi,x1,x2,x3,x4\n{}", with(&rows(&studies, None), &columns)));
    let trials: String = common::trials(20).iter().map(|[a, n, c, m]| format!("{a},{n},{c},{m}\n")).collect();
    write("trials20.csv", format!("ai,n1i,ci,n2i\n{trials}"));
    write("smoking.csv", format!("yi,vi\n{}", rows(&common::passive_smoking(), None)));
    write("k1000.csv", format!("yi,vi\n{}", rows(&common::simulated(1000, 1), None)));
    let mut text = "district,study,effect,year,pair,outcome,yi,vi\n".to_owned();
    let effects = common::nested(1200, 5);
    let (districts, years) = (common::simulated(60, 9), common::simulated(20, 10));
    for (i, (y, v)) in effects.yi().iter().zip(effects.vi()).enumerate() {
        let (district, study, year, pair) = (i / 20, i / 5, i * 7 % 20, i / 2);
        let y = y + 0.5 * (districts.yi[district] - 0.3) + 0.5 * (years.yi[year] - 0.3);
        let _ = writeln!(text, "{district},{study},{i},{year},{pair},{},{y},{v}", i % 2);
    }
    write("nested1200.csv", text);
    let model = common::model(10_000);
    let [(cost0, effect0), (cost1, effect1), _] = &model.options;
    let mut text = "parameter,cost0,effect0,cost1,effect1\n".to_owned();
    for (i, parameter) in model.parameter.iter().enumerate() {
        let _ = writeln!(text, "{parameter},{},{},{},{}", cost0[i], effect0[i], cost1[i], effect1[i]);
    }
    write("evppi.csv", text);
    let mut text = "study,treat1,treat2,te,se\n".to_owned();
    let pairs = common::simulated(26, 11);
    for (i, (y, v)) in pairs.yi.iter().zip(&pairs.vi).enumerate() {
        // a ring of ten treatments with chords
        let (a, b) = (i % 10, (i % 10 + 1 + i / 10 * 3) % 10);
        let _ = writeln!(text, "S{i},T{a},T{b},{y},{}", v.sqrt());
    }
    write("network26.csv", text);
    let mut text = "study,yi,vi,year,alloc\n".to_owned();
    let many = common::simulated(100_000, 12);
    for (i, (y, v)) in many.yi.iter().zip(&many.vi).enumerate() {
        let alloc = ["random", "systematic", "alternate"][i % 3];
        let _ = writeln!(text, "Author {i},{y:.4},{v:.6},{},{alloc}", 1950 + i % 70);
    }
    write("rows.csv", text);
    let sets = common::batch(10_000, 20);
    let text: String = sets.iter().enumerate().map(|(set, one)| rows(one, Some(set + 1))).collect();
    write("batch.csv", format!("set,yi,vi\n{text}"));
}

/// What each task is, in the order of the table.
const TASKS: &[(&str, &str)] = &[
    ("dl_13", "DerSimonian-Laird, 13 studies, complete fit"),
    ("dl_alone_13", "the same without the interval of tau², as the peer"),
    ("reml_13", "REML, 13 studies, complete fit"),
    ("reml_alone_13", "the same without the interval of tau², as the peer"),
    ("reml_confint_13", "REML with Q-profile interval, 13 studies"),
    ("reml_1000", "REML, 1,000 studies, complete fit"),
    ("select_step_37", "selection model, step function of three steps, 37 studies"),
    ("select_halfnorm_37", "selection model, half-normal, 37 studies"),
    ("select_negexp_37", "selection model, negative exponential, 37 studies"),
    ("select_logistic_37", "selection model, logistic, 37 studies"),
    ("select_power_37", "selection model, power, 37 studies"),
    ("select_negexppow_37", "selection model, negative exponential power, 37 studies"),
    ("select_beta_37", "selection model, beta, 37 studies"),
    ("influence_dl_13", "influence of each study, DerSimonian-Laird, 13 studies"),
    ("influence_reml_13", "influence of each study, REML, 13 studies"),
    ("leave1out_dl_100", "leave-one-out, DerSimonian-Laird, 100 studies"),
    ("leave1out_reml_100", "leave-one-out, REML, 100 studies"),
    ("cumul_reml_100", "cumulative meta-analysis, REML, 100 studies"),
    ("gosh_dl_13", "GOSH, DerSimonian-Laird, all 8,191 subsets of 13 studies"),
    ("gosh_clusters_dl_13", "the same, here with the search for clusters of the cloud"),
    ("gosh_reml_10", "GOSH, REML, all 1,023 subsets of 10 studies"),
    ("dl_100x20", "DerSimonian-Laird, 100 meta-analyses of 20 studies, complete fits one by one"),
    ("reml_100x20", "REML, 100 meta-analyses of 20 studies, complete fits one by one"),
    ("regress_13", "meta-regression, REML, 13 studies, 1 moderator, complete fit"),
    ("regress_confint_13", "meta-regression, REML with Q-profile interval, 13 studies, 1 moderator"),
    ("regress_1000", "meta-regression, REML, 1,000 studies, 4 moderators, complete fit"),
    ("multilevel_1200", "three levels, REML, 1,200 effects (the peer with sparse matrices)"),
    (
        "crossed_1200",
        "studies, effects and 20 crossed years, REML, 1,200 effects (the peer with sparse matrices)",
    ),
    ("bivariate_200", "two outcomes of 200 studies, unstructured, REML (the peer with sparse matrices)"),
    ("permute_6", "permutation test, all orders of 6 studies, 1 moderator, DerSimonian-Laird"),
    ("glmm_cm_el_20", "odds ratio, conditional exact likelihood (CM.EL), 20 trials"),
    ("glmm_cm_al_20", "odds ratio, conditional approximate likelihood (CM.AL), 20 trials"),
    ("glmm_um_fs_20", "odds ratio, fixed study effects (UM.FS), 20 trials (the peer with seven nodes)"),
    (
        "glmm_um_rs_20",
        "odds ratio, random study effects (UM.RS), 20 trials (the peer by Laplace's approximation)",
    ),
    ("glmm_irr_20", "rate ratio, conditional exact likelihood (CM.EL), 20 trials"),
    ("glmm_plo_20", "proportions, binomial-normal, 20 groups (the peer with seven nodes)"),
    ("glmm_irln_20", "rates, Poisson-normal, 20 groups (the peer with seven nodes)"),
    ("evppi_10000", "value of one parameter, 10,000 draws, penalised cubic splines of ten knots by REML"),
    (
        "dl_10000x20",
        "DerSimonian-Laird, 10,000 meta-analyses of 20 studies at once, means and tau² only, one core",
    ),
    ("dl_columns_10000x20", "the same by `batch`, here on all cores"),
    ("network_26", "network of 10 treatments and 26 studies, DerSimonian-Laird"),
    ("read_100000", "a file of 100,000 rows and five columns, one core"),
];

/// The task of the peers that a task of ours is compared with, where it is not of the same name.
fn of_peers(task: &str) -> &str {
    match task {
        "dl_alone_13" => "dl_13",
        "reml_alone_13" => "reml_13",
        "gosh_clusters_dl_13" => "gosh_dl_13",
        "dl_columns_10000x20" => "dl_10000x20",
        other => other,
    }
}

/// The relative difference beyond which two results are not the same.
const SAME: f64 = 1e-3;

/// The same for models of counts, whose peer approximates the integrals.
const APPROXIMATE: f64 = 2e-2;

fn table(path: &Path) -> bool {
    let text = fs::read_to_string(path).expect("the results of run.sh");
    let rows: Vec<(&str, &str, f64, Vec<f64>)> = text
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(',');
            let (peer, task, seconds) = (fields.next()?, fields.next()?, fields.next()?.parse().ok()?);
            Some((peer, task, seconds, fields.next()?.split(' ').filter_map(|v| v.parse().ok()).collect()))
        })
        .collect();
    let library = text.lines().find_map(|line| line.strip_prefix("R,linear algebra,,"));
    let library =
        library.map_or_else(String::new, |name| format!(" The linear algebra of R is that of {name}."));
    println!(
        "Made by `benches/peers/run.sh`: the same work in one run, the least of several times (of the processor for the \
         peers), as a multiple of consilience's. Its complete fits have a Q-profile interval, the peers' only where the \
         task says so.{library}\n"
    );
    println!("| task | peer | its time / consilience's | largest relative difference of the results |");
    println!("|---|---|---:|---:|");
    let mut agree = true;
    for (task, title) in TASKS {
        let Some((_, _, ours, expected)) = rows.iter().find(|row| row.0 == "consilience" && row.1 == *task)
        else {
            continue;
        };
        for (peer, _, seconds, values) in
            rows.iter().filter(|row| row.0 != "consilience" && row.1 == of_peers(task))
        {
            // Peers that report fewer values give the mean first and tau² last.
            let pairs: Vec<(f64, f64)> = if values.len() == expected.len() {
                values.iter().copied().zip(expected.iter().copied()).collect()
            } else {
                let ends = |v: &[f64]| v.first().copied().zip(v.last().copied());
                ends(values).zip(ends(expected)).map_or_else(Vec::new, |(a, b)| vec![(a.0, b.0), (a.1, b.1)])
            };
            // Differences from an estimate of 0 are absolute, of which 1e-9 counts as 1.
            let difference = pairs.iter().map(|(a, b)| (a - b).abs() / b.abs().max(1e-9)).fold(0.0, f64::max);
            let most = if task.starts_with("glmm_") { APPROXIMATE } else { SAME };
            if !(difference <= most) || pairs.is_empty() {
                eprintln!("{task}: {peer} has {values:?}, consilience {expected:?}");
                agree = false;
            }
            println!("| {title} | {peer} | {} | {difference:.0e} |", rounded(seconds / ours));
        }
    }
    agree
}

/// Two significant digits, with commas between thousands.
fn rounded(ratio: f64) -> String {
    if ratio < 10.0 {
        return format!("{ratio:.1}");
    }
    let unit = 10f64.powf(ratio.log10().floor() - 1.0);
    let digits = format!("{:.0}", (ratio / unit).round() * unit);
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, path] = arguments.as_slice() else {
        eprintln!("usage: peers data|run DIR, peers table CSV");
        return ExitCode::FAILURE;
    };
    let path = Path::new(path);
    match command.as_str() {
        "data" => write_data(path),
        "run" => run(path),
        _ => {
            if !table(path) {
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
