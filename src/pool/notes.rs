//! The flags that a reader of a pooled result must not miss.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::{Inference, PoolFit, PoolModel, Prediction, kernel};
use crate::EffectSizes;

/// The share of the weight, in per cent, from which one study is said to dominate.
const DOMINANT: f64 = 50.0;

/// Adds the flags to the notes of a fit by inverse-variance weights.
pub(super) fn flag(fit: &mut PoolFit, effects: &EffectSizes, prediction: Option<Prediction>) {
    let mut flags = Vec::new();
    duplicates(effects, &mut flags);
    if fit.model == PoolModel::Random {
        few_studies(fit, &mut flags);
        boundary(fit, &mut flags);
        if fit.prediction.is_none() && prediction.is_some() && fit.k > 1 {
            flags.push("no prediction interval: no degrees of freedom are left".to_owned());
        }
    }
    narrower_than_wald(fit, effects, &mut flags);
    dominant_study(fit, effects, &mut flags);
    fit.notes.extend(flags.into_iter().filter(|flag| !effects.notes().contains(flag)));
}

fn duplicates(effects: &EffectSizes, flags: &mut Vec<String>) {
    if effects.shared_labels().are_numbers() || distinct(effects.labels()) {
        return;
    }
    let mut labels: Vec<&str> = effects.labels().iter().map(String::as_str).collect();
    labels.sort_unstable();
    let mut repeated: Vec<&str> =
        labels.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    repeated.dedup();
    // A request says more of it, with the ways out.
    let said = effects.notes().iter().any(|note| note.contains("beside several effects"));
    if !repeated.is_empty() && !said {
        flags.push(format!("labels that occur more than once: {}", repeated.join(", ")));
    }
}

/// True if no two labels have the same hash, so that none occurs twice: nearly always all that needs to be known.
fn distinct(labels: &[String]) -> bool {
    let hasher = DefaultHashBuilder::default();
    let mut hashes: Vec<u64> = labels.iter().map(|label| hasher.hash_one(label.as_str())).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

fn few_studies(fit: &PoolFit, flags: &mut Vec<String>) {
    match fit.k {
        1 => flags.push("one study: tau² cannot be estimated".to_owned()),
        2..=4 => flags.push(format!(
            "{} studies: tau² is hardly known, and every interval for the mean rests on it",
            fit.k
        )),
        _ => {}
    }
}

fn boundary(fit: &PoolFit, flags: &mut Vec<String>) {
    let h = &fit.heterogeneity;
    if h.tau2 == Some(0.0) && h.is_estimated() {
        flags.push("tau² is estimated at its boundary, 0".to_owned());
    }
    flags.extend(h.note().map(str::to_owned));
    if h.tau2_ci_empty {
        flags.push(
            "the confidence set of tau² is empty (printed as 0 to 0): the effects differ less than their sampling \
             variances lead one to expect"
                .to_owned(),
        );
    }
}

fn narrower_than_wald(fit: &mut PoolFit, effects: &EffectSizes, flags: &mut Vec<String>) {
    if fit.inference != Inference::HartungKnapp || fit.k < 2 {
        return;
    }
    let tau2 = fit.heterogeneity.tau2.unwrap_or(0.0);
    let (_, variance) = kernel::mean_at(effects.yi(), effects.vi(), tau2);
    let half = fit.level.critical_value(None) * variance.sqrt();
    if fit.ci_upper - fit.ci_lower < 2.0 * half {
        flags.push(
            "the Hartung-Knapp interval is narrower than Wald's: look at hksj-adhoc beside it".to_owned(),
        );
    }
}

fn dominant_study(fit: &PoolFit, effects: &EffectSizes, flags: &mut Vec<String>) {
    let heaviest = fit.studies.heaviest().filter(|(_, weight)| fit.k > 2 && *weight > DOMINANT);
    flags.extend(heaviest.and_then(|(row, weight)| {
        let label = effects.labels().get(row)?;
        Some(format!("{label} carries {weight:.0}% of the weight"))
    }));
}
