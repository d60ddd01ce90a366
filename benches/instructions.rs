//! The work of `instructions.sh`: `instructions` lists the tasks, `instructions TASK N` does one N times.
#![allow(clippy::expect_used, clippy::print_stdout, dead_code)]

mod common;

use std::{fmt::Write, hint::black_box, process::ExitCode};

use consilience::{
    batch::{Batch, BatchOptions},
    influence::Influence,
    multilevel::{ComponentIntervals, Factor, Multilevel},
    pool::{Inference, RandomEffects, kernel},
    regression::{Design, MetaRegression},
    table::Table,
    tau2::Tau2,
};

/// A task by its name: the work of one call, its data made beforehand.
fn task(name: &str) -> Option<Box<dyn FnMut()>> {
    let bcg = common::bcg();
    let effects = common::effects(&bcg);
    let kernel = |studies: common::Studies, method| -> Box<dyn FnMut()> {
        Box::new(move || {
            black_box(kernel::random(black_box(&studies.yi), black_box(&studies.vi), method));
        })
    };
    let fit = |options: RandomEffects| -> Box<dyn FnMut()> {
        let effects = effects.clone();
        Box::new(move || {
            black_box(options.fit(black_box(&effects)).expect("a fit"));
        })
    };
    Some(match name {
        "kernel_dl_13" => kernel(bcg, Tau2::Dl),
        "kernel_reml_13" => kernel(bcg, Tau2::Reml),
        "kernel_reml_1000" => kernel(common::simulated(1000, 1), Tau2::Reml),
        "fit_dl_13" => fit(RandomEffects::new(Tau2::Dl)),
        "fit_reml_13" => fit(RandomEffects::new(Tau2::Reml)),
        "fit_reml_hksj_13" => fit(RandomEffects::new(Tau2::Reml).inference(Inference::HartungKnapp)),
        "influence_dl_13" => Box::new(move || {
            black_box(Influence::new(Tau2::Dl).fit(black_box(&effects)).expect("a report"));
        }),
        "regression_reml_13" => regression(),
        "nested_reml_60" => nested(),
        "batch_dl_100x20" => batch(),
        "read_1000" => reader(),
        _ => return None,
    })
}

const TASKS: &[&str] = &[
    "kernel_dl_13",
    "kernel_reml_13",
    "kernel_reml_1000",
    "fit_dl_13",
    "fit_reml_13",
    "fit_reml_hksj_13",
    "influence_dl_13",
    "regression_reml_13",
    "nested_reml_60",
    "batch_dl_100x20",
    "read_1000",
];

/// One moderator by REML, with all that a fit has.
fn regression() -> Box<dyn FnMut()> {
    let effects = common::effects(&common::bcg());
    let design = Design::with_intercept(13).column("ablat", common::BCG_LATITUDE).expect("a design");
    let options = MetaRegression::new(Tau2::Reml);
    Box::new(move || {
        black_box(options.fit(black_box(&effects), black_box(&design)).expect("a fit"));
    })
}

/// Sixty effects in studies in districts.
fn nested() -> Box<dyn FnMut()> {
    let effects = common::nested(60, 5);
    let factor =
        |name: &str, size: usize| Factor::new(name, (0..60).map(|i| (i / size).to_string())).expect("labels");
    let model = Multilevel::nested([factor("district", 20), factor("study", 5), factor("effect", 1)])
        .expect("equal lengths")
        .intervals(ComponentIntervals::Omit);
    Box::new(move || {
        black_box(model.fit(black_box(&effects)).expect("a fit"));
    })
}

/// A hundred meta-analyses of twenty studies from columns.
fn batch() -> Box<dyn FnMut()> {
    let sets = common::batch(100, 20);
    let column = |of: fn(&common::Studies) -> &[f64]| sets.iter().flat_map(|set| of(set).to_vec()).collect();
    let (yi, vi): (Vec<f64>, Vec<f64>) = (column(|set| &set.yi), column(|set| &set.vi));
    let offsets: Vec<usize> = (0..=yi.len()).step_by(20).collect();
    Box::new(move || {
        let batch = Batch::new(black_box(&yi), black_box(&vi), &offsets).expect("columns");
        black_box(BatchOptions::random(Tau2::Dl).run(batch).expect("fits"));
    })
}

/// A thousand rows of a label, two numbers, a year and a group.
fn reader() -> Box<dyn FnMut()> {
    let mut text = "study,yi,vi,year,alloc\n".to_owned();
    let studies = common::simulated(1000, 3);
    for (i, (y, v)) in studies.yi.iter().zip(&studies.vi).enumerate() {
        let alloc = ["random", "systematic", "alternate"][i % 3];
        let _ = writeln!(text, "Author {i},{y:.4},{v:.6},{},{alloc}", 1950 + i % 70); // a string takes everything
    }
    Box::new(move || {
        black_box(Table::read(black_box(text.as_bytes()), "rows.csv").expect("a table"));
    })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, times] = arguments.as_slice() else {
        TASKS.iter().for_each(|task| println!("{task}"));
        return ExitCode::SUCCESS;
    };
    let (Some(mut work), Ok(times)) = (task(name), times.parse::<usize>()) else {
        return ExitCode::FAILURE;
    };
    (0..times).for_each(|_| work());
    ExitCode::SUCCESS
}
