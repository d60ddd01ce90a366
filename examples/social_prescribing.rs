//! Did social prescribing help? Kiely et al. (2022, BMJ Open 12:e062951) reviewed eight studies and pooled nothing.
//!
//! This reproduces what the review says, shows what pooling would have given and why the authors refrained, and then extends
//! the review by one more trial through the same call. It writes the forest plots to `target/social_prescribing/`.
//!
//!     cargo run --example social_prescribing                   # SVG
//!     cargo run --example social_prescribing --features png    # and PNG
#![allow(clippy::print_stdout)] // an example prints

use consilience::plot::Figure as _;
use std::{fs, path::Path};

use consilience::{
    Error, Result,
    plot::forest::TextOptions,
    pool::{Inference, Multiverse, RandomEffects},
    report::fixed,
    reviews::{
        Review,
        kiely2022::{BeneficialSign, Kiely2022, ReportedEffect},
    },
    tau2::Tau2,
};

/// The formats of the forest plots.
const EXTENSIONS: &[&str] = if cfg!(feature = "png") { &["svg", "png"] } else { &["svg"] };

fn main() -> Result<()> {
    // 1. The review: studies, directions of effect, GRADE, what pooling would have given, costs, gaps and conflicts.
    let review = Kiely2022::load()?;
    let reproduction = review.reproduce()?;
    println!("{reproduction}");

    let folder = Path::new("target/social_prescribing");
    fs::create_dir_all(folder).map_err(|e| Error::File {
        path: folder.display().to_string(),
        found: format!("cannot be created ({e})"),
        remedy: "run the example where a folder `target` can be written".to_owned(),
    })?;
    let mut written = Vec::new();
    for named in &reproduction.fits {
        let forest = named.forest();
        println!("{}\n", forest.to_text(&TextOptions::default())?);
        for extension in EXTENSIONS {
            let path = folder.join(format!("{}.{extension}", named.name));
            forest.scene()?.save(&path)?;
            written.push(path);
        }
    }

    // 2. One more trial: a row of data, the same call. Its figures are made up, to show the call and nothing else.
    let ninth = ReportedEffect::interval(
        "A ninth trial (made up)",
        "anxiety",
        "mental health",
        BeneficialSign::Negative,
        -0.9,
        -1.6,
        -0.2,
    );
    let extended = review.with(ninth).pooled_outcome("HADS-A")?;
    let fit = RandomEffects::new(Tau2::Reml).inference(Inference::HartungKnapp).fit(&extended)?;
    println!("Extended by one trial\n---------------------\n\n{fit}");
    let forest = fit
        .forest()
        .title("HADS anxiety with a ninth trial (made up)")
        .favours("Favours link worker", "Favours usual care");
    let path = folder.join("hads_anxiety_extended.svg");
    forest.scene()?.save(&path)?;
    written.push(path);

    // 3. Does the conclusion rest on the method?
    let table = Multiverse::new(&extended, 0.95)?;
    println!(
        "With the ninth trial {} of {} combinations of estimator and inference exclude no effect.",
        table.excluding(0.0).count(),
        table.rows.len()
    );
    if let Some(p) = fit.probability_below(0.0) {
        println!("Probability that the effect of a new programme is below 0: {}.", fixed(p, 3));
    }

    println!(
        "\nOther reviews that ship: {}.",
        Review::ALL.iter().map(|r| r.name()).collect::<Vec<_>>().join(", ")
    );
    println!("Forest plots written:");
    for path in written {
        println!("  {}", path.display());
    }
    Ok(())
}
