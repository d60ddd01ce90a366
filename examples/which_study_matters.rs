//! Which study matters? Magnesium after myocardial infarction, 16 trials: small ones promised to halve mortality, the largest
//! found nothing. Everything here asks the same question in its own way: on whom does the answer rest?
//!
//!     cargo run --release --example which_study_matters
//!
//! The trials as Egger, Davey Smith and Altman (2001), Systematic Reviews in Health Care, collect them; ISIS-4 (1995),
//! doi:10.1016/S0140-6736(95)90865-X, alone has more than nine in ten of the patients. Olkin, Dahabreh and Trikalinos (2012),
//! doi:10.1002/jrsm.1053, look at all subsets of trials like these. To ask the same of other studies, change the lines of the data.
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    EffectSizes, Measure, Result,
    effect::{TwoByTwo, ZeroCells},
    influence::{Fragility, Influence, OutlierModels, Sequential, SequentialConclusion},
    pool::{Inference, RandomEffects},
    table::Table,
    tau2::Tau2,
};

/// Deaths and patients with magnesium (ai, n1i) and without (ci, n2i).
const DATA: &str = include_str!("../tests/data/metafor/data/egger2001.csv");

fn main() -> Result<()> {
    let table = Table::read(DATA.as_bytes(), "egger2001.csv")?;
    let column = |name| table.complete_numbers(name);
    let (deaths, treated) = (column("ai")?, column("n1i")?);
    let (control_deaths, controls) = (column("ci")?, column("n2i")?);
    let years = column("year")?;
    let tables = (0..table.len())
        .map(|i| TwoByTwo::from_totals(deaths[i], treated[i], control_deaths[i], controls[i]))
        .collect::<Result<Vec<TwoByTwo>>>()?;
    // Three of them are Shechter's: the year tells them apart.
    let labels: Vec<String> =
        table.labels().iter().zip(&years).map(|(label, year)| format!("{label} {year}")).collect();
    let effects =
        EffectSizes::from_two_by_two(Measure::OddsRatio, labels.clone(), &tables, ZeroCells::default())?;

    let pooled = RandomEffects::new(Tau2::Reml).fit(&effects)?;
    println!("1. All 16 trials, random effects by REML");
    println!(
        "   Odds ratio of death {:.2} (95 % interval {:.2} to {:.2}), I2 {:.0} %.",
        pooled.estimate.exp(),
        pooled.ci_lower.exp(),
        pooled.ci_upper.exp(),
        pooled.heterogeneity.i2.unwrap_or(0.0)
    );

    let report = Influence::new(Tau2::Reml).order(years.clone()).gosh_clusters(1 << 16, 1).fit(&effects)?;

    println!("\n2. Without each trial in turn (the five that move the odds ratio most)");
    let mut moved: Vec<_> = report.leave_one_out.iter().flatten().collect();
    let shift = |estimate: f64| (estimate - pooled.estimate).abs();
    moved.sort_by(|a, b| shift(b.estimate).total_cmp(&shift(a.estimate)));
    for without in moved.iter().take(5) {
        println!(
            "   without {:<14} {:.2} ({:.2} to {:.2}), I2 {:>2.0} %",
            without.study,
            without.estimate.exp(),
            without.ci_lower.exp(),
            without.ci_upper.exp(),
            without.i2.unwrap_or(0.0)
        );
    }

    println!("\n3. As the trials came (odds ratio after each year's last trial)");
    let mut in_order = years.clone();
    in_order.sort_by(f64::total_cmp);
    let cumulative = report.cumulative.iter().flatten().zip(&in_order);
    let after: Vec<_> = cumulative.clone().zip(in_order.iter().skip(1).map(Some).chain([None])).collect();
    for ((fit, year), _) in after.iter().filter(|((_, year), next)| *next != Some(*year)) {
        println!(
            "   {year}: {:>2} in all {:.2} ({:.2} to {:.2})",
            fit.k,
            fit.estimate.exp(),
            fit.ci_lower.exp(),
            fit.ci_upper.exp()
        );
    }

    println!("\n4. Who is flagged as influential");
    let flagged: Vec<_> = report.studies.iter().flatten().filter(|s| s.influential).collect();
    for study in &flagged {
        println!(
            "   {:<14} residual {:+.2}, DFFITS {:+.2}, Cook's distance {:.2}, weight {:.0} %",
            study.study,
            study.rstudent.unwrap_or(0.0),
            study.dffits.unwrap_or(0.0),
            study.cook_d.unwrap_or(0.0),
            study.weight
        );
    }
    if flagged.is_empty() {
        let most = report.studies.iter().flatten().map(|s| s.weight).fold(0.0, f64::max);
        println!("   Nobody by the usual cut-offs: no study has more than {most:.0} % of the weight.");
    }

    println!("\n5. Baujat: who adds to the disagreement, and who moves the answer (the three of either)");
    let mut points: Vec<_> = report.baujat.iter().flatten().collect();
    points.sort_by(|a, b| b.x.total_cmp(&a.x));
    let names = |points: &[&consilience::influence::BaujatPoint]| {
        points.iter().take(3).map(|p| p.study.clone()).collect::<Vec<_>>().join(", ")
    };
    println!("   disagreement: {}", names(&points));
    points.sort_by(|a, b| b.y.unwrap_or(0.0).total_cmp(&a.y.unwrap_or(0.0)));
    println!("   the answer:   {}", names(&points));

    if let Some(gosh) = &report.gosh {
        println!("\n6. All {} subsets of the trials (GOSH)", gosh.subsets);
        for cluster in &gosh.clusters {
            println!(
                "   a cloud of {} subsets about an odds ratio of {:.2} and an I2 of {:.0} %",
                cluster.subsets,
                cluster.estimate.exp(),
                cluster.i2
            );
        }
        match &gosh.split_by {
            Some(study) => println!("   What decides in which cloud a subset lies is whether {study} is in."),
            None => println!("   One cloud: no trial splits the answers."),
        }
        let mut studies: Vec<_> = gosh.studies.iter().collect();
        let apart = |separation: Option<f64>| separation.unwrap_or(0.0).abs();
        studies.sort_by(|a, b| apart(b.separation).total_cmp(&apart(a.separation)));
        if let Some(first) = studies.first() {
            println!(
                "   {} moves the mean of the cloud most: odds ratio {:.2} with it, {:.2} without.",
                first.study,
                first.estimate_with.unwrap_or(0.0).exp(),
                first.estimate_without.unwrap_or(0.0).exp()
            );
        }
    }

    println!("\n7. Models that let some trials be outliers");
    let outliers = OutlierModels::new().fit(&effects)?;
    for (name, fit) in
        [("normal", &outliers.normal), ("t", &outliers.t), ("mixture with outliers", &outliers.mixture)]
    {
        if let Some(mean) = fit.coefficients.first() {
            println!("   {name:<22} odds ratio {:.2}, AIC {:.1}", mean.estimate.exp(), fit.aic);
        }
    }
    let suspects = outliers.mixture.studies.iter().filter(|s| s.outlier_probability.unwrap_or(0.0) > 0.1);
    let suspects: Vec<&str> = suspects.map(|s| s.study.as_str()).collect();
    match suspects.is_empty() {
        true => println!("   The mixture calls nobody an outlier."),
        false => println!("   Outliers with a probability above 0.1: {}.", suspects.join(", ")),
    }

    println!("\n8. How many patients carry the significance (fragility index)");
    for (name, inference) in [("Wald's", Inference::Wald), ("Hartung and Knapp's", Inference::HartungKnapp)] {
        let fragility = Fragility::random(Measure::OddsRatio, Tau2::Reml)
            .inference(inference)
            .fit(labels.iter().cloned(), &tables)?;
        let verdict = if fragility.significant { "significant" } else { "not significant" };
        match fragility.index {
            Some(index) => println!(
                "   By {name} interval the result is {verdict}; another outcome of {index} of {:.0} patients reverses that.",
                fragility.participants
            ),
            None => println!("   By {name} interval the result is {verdict}; no changes reverse that."),
        }
    }

    println!("\n9. Sequentially, for a reduction of the odds by 15 % (alpha 0.05, power 0.8)");
    let anticipated = 0.85_f64.ln();
    let sequential = Sequential::random(anticipated, Tau2::Reml).order(years).fit(&effects)?;
    if let Some(required) = sequential.required_participants {
        println!(
            "   Required: about {:.0} patients, at a diversity of {:.0} %.",
            required,
            100.0 * sequential.diversity
        );
    }
    let convincing = sequential.looks.iter().filter(|look| look.z.abs() > 1.96).count();
    println!(
        "   P was below 0.05 after {convincing} of {} trials; what it takes to stop is more:",
        sequential.looks.len()
    );
    for look in sequential.looks.iter().rev().take(4).rev() {
        let boundary = look.critical.map_or("out of reach".to_owned(), |c| format!("{c:.2}"));
        println!(
            "   after {:<15} {:>4.1} % of the information, |z| = {:.2}, boundary {boundary}",
            look.study,
            100.0 * look.information,
            look.z.abs()
        );
    }
    println!(
        "   {}",
        match (sequential.conclusion, &sequential.reached_with) {
            (SequentialConclusion::Effect, Some(study)) => format!("The boundary was crossed with {study}."),
            (SequentialConclusion::Futile, Some(study)) =>
                format!("With {study} it is settled that there is no such effect."),
            _ => "No boundary is crossed: the trials do not suffice for a conclusion.".to_owned(),
        }
    );
    Ok(())
}
