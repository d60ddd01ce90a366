//! Several effects per study: does it matter, and what then?
//!
//! Assink and Wibbelink (2016, doi:10.20982/tqmp.12.3.p154) teach three-level models with 100 effects of 17 studies: the
//! recidivism of juvenile offenders with a mental disorder against those without. This program pools them as if they were
//! independent, then as they are, and asks what the tutorial asks and some more: at which level effects differ, whether the
//! answer hangs on one study, on the unknown correlation of the sampling errors, or on small studies. The model of the
//! tutorial, fitted with metafor, has the same mean and variances (`tests/data/metafor/multilevel.json`).
//!
//! Run: `cargo run --example dependent_effects`
#![allow(clippy::print_stdout)]

use consilience::{
    Error, Measure,
    bias::{DependentEffects, Predictor},
    effect::{Studies, StudyOptions},
    multilevel::{CoefficientInference, Factor, Multilevel, SamplingCovariance},
    pool::RandomEffects,
    robust::RobustType,
    table::Table,
    tau2::Tau2,
};

fn main() -> Result<(), Error> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/metafor/data/assink2016.csv");
    let studies = Studies::from_table(Table::read_path(path)?, &StudyOptions::new(Measure::Generic))?;
    let (effects, rows) = studies.effects()?;
    let k = effects.len();
    let study = Factor::new("study", studies.groups("study", &rows)?)?;
    let effect = Factor::each_effect("effect", k)?;

    println!(
        "{k} effects of {} studies: recidivism with and without a mental disorder, standardised mean differences\n",
        study.levels().len()
    );

    println!("1. As if they were independent");
    let naive = RandomEffects::new(Tau2::Reml).fit(&effects)?;
    println!("   mean {:.3} (95% CI {:.3} to {:.3})\n", naive.estimate, naive.ci_lower, naive.ci_upper);

    println!("2. Three levels: studies, effects, sampling; Kenward and Roger's degrees of freedom");
    let model = Multilevel::nested([study.clone(), effect])?;
    let fit = model.clone().inference(CoefficientInference::KenwardRoger).fit(&effects)?;
    let mean = &fit.coefficients[0];
    println!(
        "   mean {:.3} (95% CI {:.3} to {:.3}), {:.1} degrees of freedom",
        mean.estimate,
        mean.ci_lower,
        mean.ci_upper,
        mean.df.unwrap_or(f64::INFINITY)
    );
    for component in &fit.variance_components {
        let ends = component.ci.map(|ci| ci.map(|end| end.map_or("?".to_owned(), |x| format!("{x:.3}"))));
        let [lower, upper] = ends.unwrap_or_default();
        println!(
            "   variance of {}: {:.3} ({lower} to {upper}), {:.0}% of the total",
            component.name,
            component.sigma2,
            component.i2.unwrap_or(0.0)
        );
    }
    if let Some(prediction) = &fit.prediction {
        println!("   the true effect in a new study: {:.3} to {:.3}", prediction.lower, prediction.upper);
    }
    let without = model.clone().without("study")?.fit(&effects)?;
    let test = model.fit(&effects)?.compare(&without)?;
    println!(
        "   without the level of studies: likelihood ratio {:.1}, P = {:.1e}\n",
        test.statistic,
        test.boundary_p_value.unwrap_or(test.p_value)
    );

    println!("3. What if the sampling errors of a study are correlated? (cluster-robust, CR2)");
    for correlation in [0.0, 0.2, 0.4, 0.6, 0.8] {
        let fit = Multilevel::correlated_hierarchical(study.clone(), correlation)?.fit(&effects)?;
        let mean = &fit.coefficients[0];
        println!(
            "   correlation {correlation:.1}: mean {:.3} ({:.3} to {:.3})",
            mean.estimate, mean.ci_lower, mean.ci_upper
        );
    }

    println!("\n4. Which study matters?");
    let fit = model.fit(&effects)?;
    let influence = fit.influence(&study)?;
    let mut clusters: Vec<_> =
        influence.clusters.iter().filter_map(|c| Some((c, c.without.as_ref()?))).collect();
    clusters.sort_by(|a, b| b.1.cook_distance.total_cmp(&a.1.cook_distance));
    for (cluster, without) in clusters.iter().take(3) {
        println!(
            "   without study {} ({} effects, {:.1}% of the weight): mean {:.3}, Cook's distance {:.2}",
            cluster.cluster, cluster.k, cluster.weight, without.estimates[0], without.cook_distance
        );
    }

    println!("\n5. Do less precise effects show more?");
    let working =
        model.sampling(SamplingCovariance::constant(0.6, study.clone())).robust(RobustType::Cr2, study);
    let slope = working.small_study_slope(&effects, Predictor::Sei)?;
    println!(
        "   slope on the standard error {:.2}, P = {:.3}, {:.1} degrees of freedom",
        slope.slope.estimate,
        slope.slope.p_value.unwrap_or(1.0),
        slope.slope.df.unwrap_or(f64::INFINITY)
    );
    let adjusted = working.pet_peese(&effects)?;
    println!("   PET {:.3}, PEESE {:.3}", adjusted.pet.estimate, adjusted.peese.estimate);
    Ok(())
}
