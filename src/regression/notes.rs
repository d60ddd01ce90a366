//! The flags that a reader of a regression must not miss.

use std::collections::HashSet;

use super::RegressionFit;
use crate::{
    EffectSizes,
    pool::{Inference, PoolModel},
};

/// The number of studies for each moderator below which a regression is said to be thin (Borenstein et al. 2009, chapter 20;
/// Cochrane Handbook, section 10.11.4).
const STUDIES_PER_MODERATOR: usize = 10;

/// Adds the flags to the notes of a fit.
pub(super) fn flag(
    fit: &mut RegressionFit,
    effects: &EffectSizes,
    factor: Option<f64>,
    fixed_tau2: Option<f64>,
) {
    let mut flags: Vec<String> = fit.design.notes().to_vec();
    let mut seen = HashSet::with_capacity(effects.len());
    let mut repeated: Vec<&str> =
        effects.labels().iter().map(String::as_str).filter(|label| !seen.insert(*label)).collect();
    repeated.sort_unstable();
    repeated.dedup();
    // A request says more of it, with the ways out.
    let said = effects.notes().iter().any(|note| note.contains("beside several effects"));
    if !repeated.is_empty() && !said {
        flags.push(format!("labels that occur more than once: {}", repeated.join(", ")));
    }
    let moderators = fit.design.moderators().len();
    if moderators > 0 && fit.k < STUDIES_PER_MODERATOR * moderators {
        flags.push(format!(
            "{} studies for {moderators} moderator coefficient{}: with fewer than {STUDIES_PER_MODERATOR} for each, \
             results may be chance findings",
            fit.k,
            if moderators == 1 { "" } else { "s" }
        ));
    }
    if fit.model == PoolModel::Random {
        let h = &fit.residual_heterogeneity;
        match fixed_tau2 {
            Some(tau2) => flags.push(format!("tau² was fixed at {tau2}")),
            None if h.tau2 == Some(0.0) => {
                flags.push("the residual tau² is estimated at its boundary, 0".to_owned());
                if fit.r2 == Some(0.0) {
                    flags.push(
                        "tau² is 0 without the moderators too: r2 is 0, there is no share to account for"
                            .to_owned(),
                    );
                }
            }
            None => {}
        }
        flags.extend(h.note().map(str::to_owned));
        if h.tau2_ci_empty {
            flags.push(
                "the confidence set of tau² is empty (printed as 0 to 0): the effects differ less from the \
                 regression than their sampling variances lead one to expect"
                    .to_owned(),
            );
        }
    } else if fit.residual_heterogeneity.q_p_value.is_some_and(|p| p < 0.05) {
        flags.push(
            "the residuals vary more than sampling error explains: a fixed-effects model understates uncertainty"
                .to_owned(),
        );
    }
    if fit.inference == Inference::HartungKnapp && factor.is_some_and(|factor| factor < 1.0) {
        flags.push(
            "the Hartung-Knapp factor is below 1, so that standard errors are smaller than Wald's: look at \
             hksj-adhoc beside it"
                .to_owned(),
        );
    }
    fit.notes.extend(flags.into_iter().filter(|flag| !effects.notes().contains(flag)));
}
