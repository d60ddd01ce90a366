//! Any counts as models of counts: refused, or fitted to numbers.

use consilience::glmm::{CountInference, CountMeasure, Counts, Effects, Glmm, Model};

/// One byte for the model, then four for the counts of each study.
pub fn run(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let rows: Vec<[f64; 4]> = bytes
        .chunks_exact(4)
        .take(8)
        .map(|b| {
            let [a, b, c, d] = [b[0], b[1], b[2], b[3]].map(f64::from);
            [(a / 8.0).floor(), (a / 8.0).floor() + b, (c / 8.0).floor(), (c / 8.0).floor() + d]
        })
        .collect();
    let labels: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
    let measure = if choice & 1 == 0 { CountMeasure::OddsRatio } else { CountMeasure::RateRatio };
    let Ok(counts) = Counts::two_groups(measure, labels, &rows) else { return };
    let models = [Model::UmFs, Model::UmRs, Model::CmEl];
    let model = Glmm::new(models[usize::from(choice >> 1) % 3]).without_tau2_interval();
    let model = model.effects(if choice & 64 == 0 { Effects::Random } else { Effects::Common });
    let model = model.inference(if choice & 128 == 0 { CountInference::Wald } else { CountInference::T });
    if let Ok(fit) = model.fit(&counts) {
        assert!(!format!("{fit:?}").contains("NaN"), "{fit:?}");
    }
}
