//! Why do the trials of BCG vaccination disagree? Their distance from the equator explains most of it.
//!
//! Colditz G. A. et al. (1994), Efficacy of BCG vaccine in the prevention of tuberculosis, JAMA 271, 698-702; meta-regression by
//! Berkey C. S. et al. (1995), Statistics in Medicine 14, 395-411, doi:10.1002/sim.4780140406, who found a slope of -0.0268 (SE
//! 0.0110) on latitude with smoothed variances, and R² of 41 %. With the usual variances and REML it is -0.0291 (0.0072) and
//! 76 %.
//!
//!     cargo run --example bcg_latitude
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    EffectSizes, Measure, Result,
    effect::{TwoByTwo, ZeroCells},
    pool::Inference,
    regression::{MetaRegression, PermutationOptions, R2Bootstrap},
    robust::RobustType,
    table::{DesignOptions, FormulaDesign, Table},
    tau2::Tau2,
};

fn main() -> Result<()> {
    // Add a line to the data and the analysis has one trial more.
    let table = Table::read_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/metafor/data/bcg.csv"))?;
    let [tpos, tneg, cpos, cneg] = ["tpos", "tneg", "cpos", "cneg"].map(|name| table.complete_numbers(name));
    let (tpos, tneg, cpos, cneg) = (tpos?, tneg?, cpos?, cneg?);
    let tables = (0..table.len())
        .map(|i| TwoByTwo::new(tpos[i], tneg[i], cpos[i], cneg[i]))
        .collect::<Result<Vec<_>>>()?;
    let effects =
        EffectSizes::from_two_by_two(Measure::RiskRatio, table.labels(), &tables, ZeroCells::default())?;

    let design = FormulaDesign::new(&"ablat".parse()?, &table, &DesignOptions::new())?;
    let options = MetaRegression::new(Tau2::Reml).inference(Inference::HartungKnapp);
    let fit = options.fit(&effects, &design)?;
    let predicted = fit.predict(&design, &"ablat=10,20,33,44,55".parse()?)?;
    let permutation = fit.permutation_test(&PermutationOptions::new(1995))?;
    println!("{}", fit.clone().with_predictions(predicted).with_permutation(permutation));

    let interval = options.clone().fit(&effects, &design)?.r2_interval(&R2Bootstrap::new(1995))?;
    println!(
        "Latitude explains {:.0} % of the heterogeneity, but thirteen trials cannot say that well: {:.0} to {:.0} %.",
        interval.r2, interval.percentile[0], interval.percentile[1]
    );

    let robust = fit.robust(&table.labels(), RobustType::Cr2)?;
    let slope = robust.coefficient("ablat")?;
    println!(
        "Robust to a wrong model of the variances (CR2): slope {:.4}, SE {:.4}",
        slope.estimate, slope.se
    );

    let diagnostics = fit.diagnostics()?;
    let influential: Vec<&str> =
        diagnostics.iter().filter(|trial| trial.influential).map(|trial| trial.study.as_str()).collect();
    println!(
        "Influential trials: {}",
        if influential.is_empty() { "none".into() } else { influential.join(", ") }
    );
    Ok(())
}
