//! Does writing help pupils to learn, and which programmes help most?
//!
//! Bangert-Drowns R. L., Hurley M. M., Wilkinson B. (2004), The effects of school-based writing-to-learn interventions on
//! academic achievement, Review of Educational Research 74, 29-58, doi:10.3102/00346543074001029: a mean standardized
//! difference of about 0.2, larger for longer programmes and those that ask pupils to reflect on their learning, smaller in
//! grades 6 to 8. Here with location and scale: larger studies find smaller effects, and agree more.
//!
//!     cargo run --example writing_to_learn
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    Measure, Result,
    effect::{Modelled, Studies, StudyOptions},
    regression::{Adjustment, Criterion, Design, LocationScale, MarginalWeights, MetaRegression},
    table::Table,
    tau2::Tau2,
};

fn main() -> Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/metafor/data/bangertdrowns2004.csv");
    let options = StudyOptions::new(Measure::StandardizedMeanDifference);
    let studies = Studies::from_table(Table::read_path(path)?, &options)?;

    // Studies without a length or a mark for reflection are left out and named.
    let Modelled { effects: known, design, .. } = studies.modelled("factor(grade) + length + meta", &[])?;
    let fit = MetaRegression::new(Tau2::Reml).fit(&known, &design)?;
    println!("{fit}");
    println!("Test of the grades: {}\n", fit.test_terms(&["factor(grade)"])?);

    println!("Mean effect by grade (1: elementary, 2: middle school, 3: high school, 4: college):\n");
    let means =
        fit.marginal_means(&design, &studies.table, "grade", MarginalWeights::Equal, Adjustment::SingleStep)?;
    println!("{means}");

    println!("Importance of the moderators over all subsets (AICc):");
    let all = MetaRegression::new(Tau2::Ml).all_subsets(&known, &design, Criterion::Aicc)?;
    for term in &all.importance {
        println!("- {}: {:.2}", term.term, term.importance);
    }

    let (effects, rows) = studies.effects()?;
    let hundreds: Vec<f64> = studies.numbers("ni", &rows)?.iter().map(|n| n / 100.0).collect();
    let size = Design::with_intercept(effects.len()).column("hundreds of pupils", hundreds)?;
    let both = LocationScale::default().fit(&effects, &size, &size)?;
    println!(
        "\nA study with 100 pupils more finds {:.3} of an effect, and log tau^2 {:.2}.",
        both.coefficients[1].estimate, both.scale_coefficients[1].estimate
    );
    Ok(())
}
