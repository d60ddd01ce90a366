//! Can the answer be trusted? Passive smoking and lung cancer, 37 studies: what the funnel plot hides, each number beside the
//! published one.
//!
//!     cargo run --release --example can_it_be_trusted
//!
//! Hackshaw, Law and Wald (1997), doi:10.1136/bmj.315.7114.980, found that a spouse who smokes raises the risk by 24 % (95 % interval
//! 13 to 36). Copas and Shi (2000), doi:10.1136/bmj.320.7232.417, asked how many studies it would take, unpublished, to change that,
//! and concluded that the excess is probably overestimated. To ask the same of other studies, change the lines of the data.
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    Measure, Result,
    bias::{Alternative, Analysis, Bias, PowerOptions, Selection},
    effect::{Studies, StudyOptions},
    pool::RandomEffects,
    stat::normal,
    table::Table,
    tau2::Tau2,
};

/// study, log relative risk, variance.
const DATA: &str = include_str!("../tests/data/bias/hackshaw1998.csv");

fn main() -> Result<()> {
    let table = Table::read(DATA.as_bytes(), "hackshaw1998.csv")?;
    let options = StudyOptions::new(Measure::Generic).on_log_scale();
    let (effects, _) = Studies::from_table(table, &options)?.effects()?;

    let pooled = RandomEffects::new(Tau2::Dl).fit(&effects)?;
    println!("The excess risk, random effects by DerSimonian and Laird:");
    print(["here", "published (Hackshaw 1997)"], "relative risk", pooled.estimate.exp(), "1.24");
    print(["", ""], "lower limit", pooled.ci_lower.exp(), "1.13");
    print(["", ""], "upper limit", pooled.ci_upper.exp(), "1.36");

    // Vevea and Hedges's model as metafor's help page and tests have it.
    let steps: Selection = "stepfun:0.05,0.1,0.5".parse()?;
    let report = Bias::default()
        .analyses([Analysis::Selection])
        .selections([steps], Alternative::Greater)
        .fit(&effects, None)?;
    if let Some(fit) = report.selection_models.first() {
        println!("\nHow often P values are published beside those below 0.05 (step function):");
        let weights = fit.delta.iter().skip(1).zip(["2.4221", "0.9775", "0.3967"]);
        for ((delta, published), range) in weights.zip(["0.05 to 0.1", "0.1 to 0.5", "above 0.5"]) {
            print(["", "metafor"], range, *delta, published);
        }
        print(["", ""], "likelihood ratio", fit.lrt.unwrap_or_default(), "7.0661");
    }

    // Copas: the risk as fewer and fewer of the studies are thought to be published.
    let report = Bias::default().analyses([Analysis::Copas]).fit(&effects, None)?;
    if let Some(copas) = &report.copas {
        println!(
            "\nThe relative risk if the least precise study was published with probability p (Copas and Shi):"
        );
        for point in copas.grid.iter().filter(|p| p.most_precise == 0.99 || p.gamma0.is_none()) {
            println!(
                "  p = {:.1}: {:.2} (P of asymmetry left {:.2}, {:.0} studies missing)",
                point.least_precise,
                point.estimate.exp(),
                point.residual_p_value,
                point.missing
            );
        }
    }

    // Everything that fits, with the power that the tests have here.
    let models = ["3psm", "4psm", "negexp", "severe-one-tailed"];
    let models = models.into_iter().map(str::parse).collect::<Result<Vec<Selection>>>()?;
    let report = Bias::default()
        .selections(models, Alternative::Greater)
        .power(PowerOptions::new(1))
        .fit(&effects, None)?;
    println!("\n{report}");
    let z = pooled.estimate / pooled.se;
    println!("For comparison, the pooled effect alone has P = {:.1e}.", normal::two_sided(z));
    Ok(())
}

fn print(heads: [&str; 2], what: &str, here: f64, published: &str) {
    let [here_head, published_head] = heads;
    if !here_head.is_empty() {
        println!("  {:<18}{here_head:>8}  {published_head}", "");
    }
    println!("  {what:<18}{here:>8.4}  {published}");
}
