//! Rosiglitazone and the heart (Nissen and Wolski 2007): 42 trials with few events, by every method side by side.
//!
//!     cargo run --example rare_events
//!
//! The paper pooled by Peto's method and left out the trials without events: odds ratios of 1.43 (1.03 to 1.98) for
//! myocardial infarction and 1.64 (0.98 to 2.74) for cardiovascular death. A debate followed about what else the same counts
//! could have said: about corrections, trials without events, unequal groups, and heterogeneity. Here they answer it.
//!
//! Nissen SE, Wolski K (2007). Effect of rosiglitazone on the risk of myocardial infarction and death from cardiovascular
//! causes. N Engl J Med 356, 2457-2471, table 3. doi:10.1056/NEJMoa072761
#![allow(clippy::print_stdout)] // an example prints

use consilience::{
    Error, Level, Result,
    glmm::{CountMeasure, Counts, Glmm, Model},
    pool::Prediction,
};

/// The trial; patients, myocardial infarctions and cardiovascular deaths under rosiglitazone, and in the control group.
type Trial = (&'static str, [u32; 3], [u32; 3]);

const TRIALS: [Trial; 42] = [
    ("49653/011", [357, 2, 1], [176, 0, 0]),
    ("49653/020", [391, 2, 0], [207, 1, 0]),
    ("49653/024", [774, 1, 0], [185, 1, 0]),
    ("49653/093", [213, 0, 0], [109, 1, 0]),
    ("49653/094", [232, 1, 1], [116, 0, 0]),
    ("100684", [43, 0, 0], [47, 1, 0]),
    ("49653/143", [121, 1, 0], [124, 0, 0]),
    ("49653/211", [110, 5, 3], [114, 2, 2]),
    ("49653/284", [382, 1, 0], [384, 0, 0]),
    ("712753/008", [284, 1, 0], [135, 0, 0]),
    ("AVM100264", [294, 0, 2], [302, 1, 1]),
    ("BRL 49653C/185", [563, 2, 0], [142, 0, 0]),
    ("BRL 49653/334", [278, 2, 0], [279, 1, 1]),
    ("BRL 49653/347", [418, 2, 0], [212, 0, 0]),
    ("49653/015", [395, 2, 2], [198, 1, 0]),
    ("49653/079", [203, 1, 1], [106, 1, 1]),
    ("49653/080", [104, 1, 0], [99, 2, 0]),
    ("49653/082", [212, 2, 1], [107, 0, 0]),
    ("49653/085", [138, 3, 1], [139, 1, 0]),
    ("49653/095", [196, 0, 1], [96, 0, 0]),
    ("49653/097", [122, 0, 0], [120, 1, 0]),
    ("49653/125", [175, 0, 0], [173, 1, 0]),
    ("49653/127", [56, 1, 0], [58, 0, 0]),
    ("49653/128", [39, 1, 0], [38, 0, 0]),
    ("49653/134", [561, 0, 1], [276, 2, 0]),
    ("49653/135", [116, 2, 2], [111, 3, 1]),
    ("49653/136", [148, 1, 2], [143, 0, 0]),
    ("49653/145", [231, 1, 1], [242, 0, 0]),
    ("49653/147", [89, 1, 0], [88, 0, 0]),
    ("49653/162", [168, 1, 1], [172, 0, 0]),
    ("49653/234", [116, 0, 0], [61, 0, 0]),
    ("49653/330", [1172, 1, 1], [377, 0, 0]),
    ("49653/331", [706, 0, 1], [325, 0, 0]),
    ("49653/137", [204, 1, 0], [185, 2, 1]),
    ("SB-712753/002", [288, 1, 1], [280, 0, 0]),
    ("SB-712753/003", [254, 1, 0], [272, 0, 0]),
    ("SB-712753/007", [314, 1, 0], [154, 0, 0]),
    ("SB-712753/009", [162, 0, 0], [160, 0, 0]),
    ("49653/132", [442, 1, 1], [112, 0, 0]),
    ("AVA100193", [394, 1, 1], [124, 0, 0]),
    ("DREAM", [2635, 15, 12], [2634, 9, 10]),
    ("ADOPT", [1456, 27, 2], [2895, 41, 5]),
];

/// The counts of one outcome: 1 for infarctions, 2 for deaths.
fn counts(outcome: usize) -> Result<Counts> {
    let rows: Vec<[f64; 4]> = TRIALS
        .iter()
        .map(|(_, drug, control)| [drug[outcome], drug[0], control[outcome], control[0]].map(f64::from))
        .collect();
    Counts::two_groups(CountMeasure::OddsRatio, TRIALS.map(|(name, ..)| name), &rows)
}

/// Ends the example if a number is not that of the paper.
fn check(what: &str, got: f64, published: f64) -> Result<()> {
    if (got - published).abs() < 0.005 + 1e-9 {
        return Ok(());
    }
    Err(Error::model(format!("{what} is {got:.4}, published {published}"), "look at the data"))
}

fn main() -> Result<()> {
    // The totals that the paper prints.
    let total = |pick: fn(&Trial) -> u32| TRIALS.iter().map(pick).sum::<u32>();
    let totals = [total(|t| t.1[1]), total(|t| t.2[1]), total(|t| t.1[2]), total(|t| t.2[2])];
    if totals != [86, 72, 39, 22] {
        return Err(Error::model(
            format!("the totals are {totals:?}"),
            "they are 86, 72, 39 and 22 in the paper",
        ));
    }
    for (outcome, name, published) in
        [(1, "Myocardial infarction", [1.43, 1.03, 1.98]), (2, "Cardiovascular death", [1.64, 0.98, 2.74])]
    {
        let counts = counts(outcome)?;
        let table = counts.compare_methods(Level::default());
        println!(
            "# {name}\n\n{:<11} {:<7} {:>5}  {:<14} {:>6}  assumes",
            "method", "effects", "OR", "95% interval", "P"
        );
        for row in &table.rows {
            let ratio =
                |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{:.2}", value.exp()));
            println!(
                "{:<11} {:<7} {:>5}  {:<14} {:>6}  {}",
                row.method,
                row.effects.code(),
                ratio(row.estimate),
                format!("{} to {}", ratio(row.ci_lower), ratio(row.ci_upper)),
                row.p_value.map_or("-".to_owned(), |p| format!("{p:.3}")),
                row.note.as_deref().unwrap_or(&row.assumes)
            );
        }
        let peto = table.rows.iter().find(|row| row.method == "peto");
        let peto = peto.ok_or_else(|| Error::model("no Peto analysis", "look at the data"))?;
        let values = [peto.estimate, peto.ci_lower, peto.ci_upper];
        for (value, published) in values.into_iter().zip(published) {
            check("Peto's odds ratio", value.unwrap_or(f64::NAN).exp(), published)?;
        }
        let fit = Glmm::new(Model::CmEl).fit(&counts)?;
        println!("\n{}\n", fit.paragraph(fit.prediction(Prediction::Normal)?));
    }
    Ok(())
}
