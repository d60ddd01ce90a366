//! Any bytes as a file of another program: refused with an error, or a review of sound rows.

use consilience::convert::import::{
    ImportedReview, cma,
    cochrane::{self, Package},
    revman, revman_export, revman_web,
};

pub fn run(bytes: &[u8]) {
    // The first byte chooses the reader, so that each finds its own way.
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let Ok(text) = revman::decode(bytes) else { return };
    let review = match choice % 6 {
        0 => revman::read(&text),
        1 => revman_export::read(&text),
        2 => revman_web::read(&text),
        3 => cma::read(&text),
        4 => cochrane::read(Package::new(&text)),
        _ => {
            // Three files of a package, divided by a line of dashes.
            let mut parts = text.split("\n---\n");
            let mut package = Package::new(parts.next().unwrap_or_default());
            if let Some(settings) = parts.next() {
                package = package.settings(settings);
            }
            if let Some(subgroups) = parts.next() {
                package = package.subgroup_estimates(subgroups);
            }
            cochrane::read(package)
        }
    };
    match review {
        Ok(review) => sound(&review),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn sound(review: &ImportedReview) {
    let _ = review.provenance().to_string();
    let _ = review.select(Some("1"), Some("a")).analyses().len();
    for row in &review.rows {
        let _ = row.measure();
        for (name, value) in row.data.values() {
            assert!(value.is_finite(), "{name} is {value}");
            if ["vi", "sd1i", "sd2i"].contains(&name) {
                assert!(value > 0.0, "{name} is {value}");
            }
        }
        for step in &row.steps {
            assert!(step.results.iter().chain(&step.sources).all(|quantity| quantity.value.is_finite()));
        }
    }
    for estimate in &review.published {
        assert!(estimate.effect.estimate.is_finite());
    }
}
