//! Which treatment, and what to study next: glucose-lowering drugs (Senn et al. 2013), from data to ranking to decision.
//!
//!     cargo run --release --example which_treatment
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    Result,
    economics::NetworkDecision,
    network::{ContributionMethod, NetworkMeta, RankingOptions, SmallValues, SplitMethod},
    reviews::{Review, senn2013},
};

fn main() -> Result<()> {
    // What netmeta gives beside what is computed here.
    println!("{}", Review::Senn2013.reproduce()?);

    let network = senn2013::network()?;
    let fit = NetworkMeta::default().reference("plac").fit(&network)?;

    // How sure is the hierarchy?
    let options = RankingOptions::default().small_values(SmallValues::Good);
    println!("\n{}", fit.ranking(&options)?);
    for question in ["rosi first", "rosi above metf", "metf in the top 3 and plac last", "metf - plac < -0.5"]
    {
        let answer = fit.hierarchy(question, &options)?;
        println!("P({question}) = {:.3}", answer.probability);
    }

    // Do direct and indirect evidence agree?
    println!();
    for row in fit.split(SplitMethod::Side)? {
        if let Some(p) = row.difference.and_then(|d| d.p_value).filter(|p| *p < 0.1) {
            let name = |i: usize| &network.treatments[i];
            println!(
                "{} versus {}: direct against indirect, P = {p:.3}",
                name(row.intervention),
                name(row.comparator)
            );
        }
    }

    // What does metformin versus placebo rest on?
    let pair = (network.treatment("metf")?, network.treatment("plac")?);
    let contributions = fit.contributions(ContributionMethod::RandomWalk, Some(&[pair]))?;
    for row in &contributions.rows {
        let largest = row.values.iter().zip(&contributions.direct).max_by(|a, b| a.0.total_cmp(b.0));
        if let Some((share, direct)) = largest {
            println!(
                "{:.0}% of metf versus plac is {} versus {}",
                100.0 * share,
                direct.intervention,
                direct.comparator
            );
        }
    }

    // By how far could a trial be off before the recommendation changes?
    let thresholds = fit.thresholds(SmallValues::Good);
    let fragile = thresholds.rows.iter().filter(|row| {
        let within = |t: Option<f64>| t.zip(row.se).is_some_and(|(t, se)| t.abs() < 1.96 * se);
        within(row.lower) || within(row.upper)
    });
    println!(
        "{} is best; {} contrasts could change that within their intervals",
        thresholds.recommended,
        fragile.count()
    );

    // The decision: a percentage point of HbA1c is worth 0.03 QALYs, and treatments have these yearly costs (illustrative).
    let costs: Vec<f64> = network
        .treatments
        .iter()
        .map(|name| match name.as_str() {
            "plac" => 0.0,
            "metf" | "sulf" => 40.0,
            "acar" | "migl" | "benf" => 150.0,
            _ => 400.0,
        })
        .collect();
    let decision = NetworkDecision::new(&fit, &costs, -0.03, 20_000.0)?;
    let answer = decision.run(0.02)?; // a new trial with a standard error of 0.14
    println!("\nexpected net benefit at 20,000 per QALY");
    for row in answer.ranking.iter().take(3) {
        println!("{:<6}{:>8.0}   P(best) {:.2}", row.treatment, row.net_benefit, row.probability_best);
    }
    println!("perfect information on all effects: {:.1} per person", answer.evpi);
    for row in answer.next.iter().take(3) {
        println!("a trial of {} versus {}: {:.1} per person", row.intervention, row.comparator, row.evsi);
    }
    Ok(())
}
