//! Random-effects models of effects some of whose sampling variances are 0: their weight is 1/tau².
//!
//! Use them for effects that are known exactly beside others that are not. Q, I² and the intervals of tau² rest on weights 1/v and do not
//! exist. tau² is estimated by REML, ML, HE, SJ, EB or PM, or held; at 0 the weight would be infinite, which is an error.
//!
//! ```
//! use consilience::{EffectSizes, Measure, pool::RandomEffects, tau2::Tau2};
//!
//! let effects = EffectSizes::with_zero_variances(
//!     Measure::Generic, ["A", "B", "C", "D"], [0.2, 0.9, 0.1, 0.5], [0.04, 0.0, 0.05, 0.03])?;
//! // Hedges and Olkin: the variance of the estimates less the mean of the sampling variances.
//! let fit = RandomEffects::new(Tau2::He).fit(&effects)?;
//! let tau2 = 0.129_166_666_666_666_67 - 0.03;
//! assert!((fit.heterogeneity.tau2.unwrap() - tau2).abs() < 1e-12);
//! assert!(fit.heterogeneity.q.is_none());
//! # Ok::<(), consilience::Error>(())
//! ```

use super::{Heterogeneity, Inference, PoolFit, Prediction, infer, notes};
use crate::{
    EffectSizes, Error, Level, Result,
    linear::{Back, FitInfo, FittedStudies, ModelSpec},
    tau2::{
        Tau2, Tau2Estimate,
        likelihood::{Likelihood, log_likelihood},
        model::Mean,
        zero_variances,
    },
};

/// The note on such a fit.
const NOTE: &str = "some sampling variances are 0: these effects have the variance tau² alone; Q, I² and the interval of tau², which \
                    rest on the sampling variances, do not exist";

/// The fit of a model with the choices of `spec`; `given` are weights that were asked for.
pub(super) fn fit(
    spec: &ModelSpec,
    effects: &EffectSizes,
    given: Option<Vec<f64>>,
    level: Level,
) -> Result<PoolFit> {
    effects.check_range_beside_zeros()?;
    let (yi, vi) = (effects.yi(), effects.vi());
    let exact = effects.iter().find(|(_, _, v)| *v == 0.0).map_or("", |(label, ..)| label);
    check(spec, exact)?;
    let mut model = Mean::new(yi, vi);
    let estimate = estimate(spec, &mut model, exact)?;
    let tau2 = estimate.tau2;
    let mean = infer(spec.inference, yi, vi, tau2, given.as_deref(), level)?;
    let k = yi.len() as f64;
    let heterogeneity = Heterogeneity {
        q_df: yi.len().saturating_sub(1),
        tau2: Some(tau2),
        tau2_se: spec.fixed_tau2.is_none().then_some(estimate.se),
        tau: Some(tau2.sqrt()),
        r_b: Some(100.0 * tau2 / k * vi.iter().map(|v| 1.0 / (v + tau2)).sum::<f64>()),
        ..Heterogeneity::default()
    };
    let studies = FittedStudies::of(effects, |row| match &given {
        Some(given) => given.get(row).copied().unwrap_or(f64::NAN),
        None => 1.0 / (vi.get(row).copied().unwrap_or(f64::NAN) + tau2),
    });
    let inference = (spec.inference, mean);
    let back = Back::of(effects);
    let mut fit =
        PoolFit::assemble(effects.measure(), spec.model, level, inference, heterogeneity, back, studies);
    fit.method = Some(spec.estimator);
    fit.prediction_choice = spec.prediction;
    fit.prediction = fit.prediction_by(spec.prediction.unwrap_or(Prediction::matching(spec.inference)));
    fit.update_transformed();
    if given.is_none() {
        fit.fit = Some(information(spec, &mut model, tau2));
    }
    fit.notes = effects.notes().to_vec();
    fit.notes.extend(spec.fixed_tau2.map(|tau2| format!("tau² was fixed at {tau2}")));
    fit.notes.push(NOTE.to_owned());
    notes::flag(&mut fit, effects, spec.prediction);
    let lost = fit.heterogeneity.note();
    fit.notes.retain(|note| Some(note.as_str()) != lost);
    Ok(fit)
}

/// Refuses what rests on weights 1/v.
fn check(spec: &ModelSpec, exact: &str) -> Result<()> {
    let found = |what: &str| format!("{what} rests on the sampling variances, and that of {exact} is 0");
    let wald = matches!(
        spec.inference,
        Inference::Wald
            | Inference::T
            | Inference::HartungKnapp
            | Inference::HartungKnappAdHoc
            | Inference::KenwardRoger
    );
    if !wald {
        let found = found(&format!("{} inference", spec.inference.name()));
        return Err(Error::setting("inference", found, "use wald, t, hksj or kr"));
    }
    if spec.fixed_tau2.is_none() && !zero_variances::has(spec.estimator) {
        let found = found(&format!("the estimator {}", spec.estimator));
        return Err(Error::setting("method", found, "use REML, ML, HE, SJ, EB or PM"));
    }
    if spec.interval.is_some() {
        return Err(Error::setting("tau2_interval", found("the interval of tau²"), "leave it out"));
    }
    if spec.prediction == Some(Prediction::Nnf) {
        return Err(Error::setting("prediction", found("nnf"), "use hts, t or normal"));
    }
    Ok(())
}

fn estimate(spec: &ModelSpec, model: &mut Mean<'_>, exact: &str) -> Result<Tau2Estimate> {
    let infinite = |tau2: &str| {
        let remedy = "give the variance, leave the effect out, or hold tau² above 0";
        Error::model(
            format!("{tau2}, and the sampling variance of {exact} is 0: its weight would be infinite"),
            remedy,
        )
    };
    match spec.fixed_tau2 {
        Some(tau2) if tau2 > 0.0 => Ok(Tau2Estimate { tau2, se: 0.0 }),
        Some(_) => Err(infinite("tau² is held at 0")),
        None => zero_variances::estimate(model, spec.estimator)
            .ok_or_else(|| infinite(&format!("{} estimates tau² as 0", spec.estimator))),
    }
}

/// The likelihood: REML where the estimator is REML, else ML, whose deviance has no model to be compared with.
fn information(spec: &ModelSpec, model: &mut Mean<'_>, tau2: f64) -> FitInfo {
    use crate::tau2::model::Model as _;
    let (kind, n) = match spec.estimator {
        Tau2::Reml => (Likelihood::Reml, model.df()),
        _ => (Likelihood::Ml, model.k() as f64),
    };
    let ll = log_likelihood(model, kind, tau2);
    let parameters = if spec.fixed_tau2.is_some() { 1.0 } else { 2.0 };
    FitInfo::new(ll, -2.0 * ll, parameters, n)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Measure, pool::RandomEffects};

    fn effects() -> EffectSizes {
        let yi = [0.2, 0.3, 0.1, 0.5, 0.35, 0.6, -0.1];
        let vi = [0.04, 0.0, 0.05, 0.03, 0.02, 0.04, 0.06];
        EffectSizes::with_zero_variances(Measure::Generic, ["A", "B", "C", "D", "E", "F", "G"], yi, vi)
            .unwrap()
    }

    /// metafor 5.0-1: `rma(yi, vi, method = ...)`, with its warning.
    #[test]
    fn estimates_of_metafor() {
        for (method, estimate, se, tau2) in [
            (Tau2::He, 0.30405934, 0.08280786, 0.02226190),
            (Tau2::Sj, 0.30233406, 0.08929862, 0.02873856),
            (Tau2::Eb, 0.30702997, 0.06645100, 0.01022079),
        ] {
            let fit = RandomEffects::new(method).fit(&effects()).unwrap();
            assert!((fit.estimate - estimate).abs() < 1e-7, "{method}: {}", fit.estimate);
            assert!((fit.se - se).abs() < 1e-7 && (fit.heterogeneity.tau2.unwrap() - tau2).abs() < 1e-7);
        }
        let held = RandomEffects::default().tau2(0.05).fit(&effects()).unwrap();
        assert!((held.estimate - 0.2977315).abs() < 1e-7 && (held.se - 0.1065405).abs() < 1e-7);
    }

    #[test]
    fn an_infinite_weight_is_refused() {
        for method in [Tau2::Reml, Tau2::Ml, Tau2::Dl] {
            let error = RandomEffects::new(method).fit(&effects()).unwrap_err().to_string();
            assert!(error.contains('B'), "{error}");
        }
    }
}
