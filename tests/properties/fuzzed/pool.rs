//! Any numbers as tables and as effects: refused with an error, or pooled by every method to finite numbers.

use consilience::{
    EffectSizes, Measure,
    effect::{TwoByTwo, ZeroCells},
    pool::{FixedEffect, Inference, MantelHaenszel, Peto, PoolFit, Prediction, RandomEffects},
    tau2::Tau2,
};

/// The most studies of an input: the time of some intervals grows with their square.
const STUDIES: usize = 8;

/// The first two bytes choose the estimator and the inference: all of them for each input are a few inputs a second.
pub fn run(bytes: &[u8]) {
    let [method, inference, bytes @ ..] = bytes else { return };
    let sum = bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    let choice = Choice {
        method: Tau2::ALL[usize::from(*method) % Tau2::ALL.len()],
        inference: Inference::ALL[usize::from(*inference) % Inference::ALL.len()],
        // That which takes hundreds of times as long as all else is asked for by one input of 256, and by few of its neighbors.
        prediction: match (sum, usize::from(*inference) % Prediction::ALL.len()) {
            (0, _) => Prediction::Nnf,
            (_, place) if Prediction::ALL[place] == Prediction::Nnf => Prediction::Hts,
            (_, place) => Prediction::ALL[place],
        },
    };
    let numbers: Vec<f64> =
        bytes.chunks_exact(8).filter_map(|b| Some(f64::from_le_bytes(b.try_into().ok()?))).collect();
    let labels = |k: usize| (1..=k).map(|study| study.to_string());
    let tables: Vec<TwoByTwo> = numbers
        .chunks_exact(4)
        .take(STUDIES)
        .filter_map(|c| TwoByTwo::new(c[0], c[1], c[2], c[3]).ok())
        .collect();
    let measures = [Measure::RiskRatio, Measure::OddsRatio, Measure::RiskDifference];
    let measure = measures[usize::from(method / 64) % 3];
    if let Ok(fit) = MantelHaenszel::new(measure).fit(labels(tables.len()), &tables) {
        sound(&fit);
    }
    let zero_cells = ZeroCells::default();
    if let Ok(effects) = EffectSizes::from_two_by_two(measure, labels(tables.len()), &tables, zero_cells) {
        choice.pools(&effects);
    }
    if let Ok(fit) = Peto::default().fit(labels(tables.len()), &tables) {
        sound(&fit);
    }
    let half = (numbers.len() / 2).min(STUDIES);
    if let Ok(effects) =
        EffectSizes::new(Measure::Generic, labels(half), &numbers[..half], &numbers[half..2 * half])
    {
        choice.pools(&effects);
    }
}

struct Choice {
    method: Tau2,
    inference: Inference,
    prediction: Prediction,
}

impl Choice {
    fn pools(&self, effects: &EffectSizes) {
        if let Ok(fit) = FixedEffect::default().inference(self.inference).fit(effects) {
            sound(&fit);
        }
        let model = RandomEffects::new(self.method).inference(self.inference).prediction(self.prediction);
        if let Ok(fit) = model.fit(effects) {
            sound(&fit);
        }
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
