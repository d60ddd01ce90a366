//! Any numbers as tables and as effects: refused with an error, or pooled by every method to finite numbers.
#![no_main]

use consilience::{
    EffectSizes, Measure,
    effect::{TwoByTwo, ZeroCells},
    pool::{FixedEffect, Inference, MantelHaenszel, Peto, PoolFit, Prediction, RandomEffects},
    tau2::Tau2,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let numbers: Vec<f64> = bytes.chunks_exact(8).filter_map(|b| Some(f64::from_le_bytes(b.try_into().ok()?))).collect();
    let labels = |k: usize| (1..=k).map(|study| study.to_string());

    let tables: Vec<TwoByTwo> =
        numbers.chunks_exact(4).take(20).filter_map(|c| TwoByTwo::new(c[0], c[1], c[2], c[3]).ok()).collect();
    for measure in [Measure::RiskRatio, Measure::OddsRatio, Measure::RiskDifference] {
        if let Ok(fit) = MantelHaenszel::new(measure).fit(labels(tables.len()), &tables) {
            sound(&fit);
        }
        if let Ok(effects) = EffectSizes::from_two_by_two(measure, labels(tables.len()), &tables, ZeroCells::default()) {
            pools(&effects);
        }
    }
    if let Ok(fit) = Peto::default().fit(labels(tables.len()), &tables) {
        sound(&fit);
    }

    let half = (numbers.len() / 2).min(20);
    if let Ok(effects) =
        EffectSizes::new(Measure::Generic, labels(half), &numbers[..half], &numbers[half..2 * half])
    {
        pools(&effects);
    }
});

/// Every estimator and inference that the effects allow.
fn pools(effects: &EffectSizes) {
    if let Ok(fit) = FixedEffect::default().fit(effects) {
        sound(&fit);
    }
    for &method in Tau2::ALL {
        if let Ok(fit) = RandomEffects::new(method).fit(effects) {
            sound(&fit);
        }
    }
    for &inference in Inference::ALL {
        if let Ok(fit) = RandomEffects::default().inference(inference).prediction(Prediction::Hts).fit(effects) {
            sound(&fit);
        }
    }
    if let Ok(fit) = RandomEffects::default().prediction(Prediction::Nnf).fit(effects) {
        sound(&fit);
    }
}

fn sound(fit: &PoolFit) {
    let _ = fit.to_string();
    assert!(!fit.estimate.is_nan() && !fit.se.is_nan() && fit.se >= 0.0);
    assert!(fit.ci_lower <= fit.ci_upper);
    assert!(fit.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
    assert!(fit.heterogeneity.tau2.is_none_or(|tau2| tau2 >= 0.0));
    assert!(fit.prediction.is_none_or(|p| p.lower <= p.upper));
}
