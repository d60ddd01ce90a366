//! Any small counts: every model, basis of inference and penalty answers with finite numbers, or says why not.
#![no_main]

use consilience::{
    Error, Level,
    glmm::{CountFit, CountInference, CountMeasure, Counts, Effects, Glmm, Model, Penalty},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [measure, model, choices, rest @ ..] = bytes else { return };
    let pick = |n: usize, byte: u8| usize::from(byte) % n;
    let measure = CountMeasure::ALL[pick(CountMeasure::ALL.len(), *measure)];
    let mut options = Glmm::new(Model::ALL[pick(Model::ALL.len(), *model)]);
    options = options.inference(CountInference::ALL[pick(CountInference::ALL.len(), *choices)]);
    if choices & 64 > 0 {
        options = options.effects(Effects::Common);
    }
    if choices & 128 > 0 {
        options = options.penalty(Penalty::Firth);
    }
    // A size, and events of it; person-times are above 0.
    let groups: Vec<[f64; 2]> = rest
        .chunks_exact(2)
        .take(16)
        .map(|pair| {
            let size = f64::from(pair[0]) + if measure.is_rate() { 0.5 } else { 0.0 };
            [f64::from(pair[1].min(pair[0])), size]
        })
        .collect();
    let counts = if measure.two_groups() {
        let rows: Vec<[f64; 4]> =
            groups.chunks_exact(2).map(|two| [two[0][0], two[0][1], two[1][0], two[1][1]]).collect();
        Counts::two_groups(measure, (0..rows.len()).map(|i| i.to_string()), &rows)
    } else {
        Counts::one_group(measure, (0..groups.len()).map(|i| i.to_string()), &groups)
    };
    let Ok(counts) = counts else { return };
    match options.fit(&counts) {
        Ok(fit) => sound(&fit),
        Err(error) => assert!(matches!(error, Error::Model { .. } | Error::Setting { .. }), "{error}"),
    }
    if let Ok(exact) = counts.exact(Level::default()) {
        assert!((0.0..=1.0).contains(&exact.p_value) && !format!("{exact:?}").contains("NaN"));
    }
});

fn sound(fit: &CountFit) {
    let _ = fit.to_string();
    assert!(!format!("{fit:?}").contains("NaN"));
    let Some(effect) = &fit.effect else { return };
    if effect.estimate.is_none() || effect.se.is_none() {
        assert!(!fit.notes.is_empty());
    }
    assert!(effect.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)));
    if let (Some(lower), Some(upper)) = (effect.ci_lower, effect.ci_upper) {
        assert!(lower <= upper);
    }
}
