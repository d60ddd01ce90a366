//! Rows of estimates as the JSON has them.

use serde::Serialize;

use crate::{
    effect::Scale,
    network::{Difference, EvidenceFlows, Network, NetworkFit, SplitComparison},
};

/// An estimate with its test and confidence interval.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    pub estimate: f64,
    pub se: f64,
    pub statistic: Option<f64>,
    pub p_value: Option<f64>,
    pub ci_lower: f64,
    pub ci_upper: f64,
}

impl From<Difference> for Estimate {
    fn from(d: Difference) -> Self {
        Estimate {
            estimate: d.estimate,
            se: d.se,
            statistic: d.statistic,
            p_value: d.p_value,
            ci_lower: d.ci_lower,
            ci_upper: d.ci_upper,
        }
    }
}

/// The values on the scale that people read.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransformedDifference {
    pub scale: Option<Scale>,
    pub estimate: Option<f64>,
    pub ci_lower: Option<f64>,
    pub ci_upper: Option<f64>,
    pub prediction_lower: Option<f64>,
    pub prediction_upper: Option<f64>,
}

impl TransformedDifference {
    /// Of a difference, by `back`.
    pub fn new(d: &Difference, scale: Option<Scale>, back: impl Fn(f64) -> Option<f64>) -> Self {
        TransformedDifference {
            scale,
            estimate: back(d.estimate),
            ci_lower: back(d.ci_lower),
            ci_upper: back(d.ci_upper),
            prediction_lower: d.prediction_lower.and_then(&back),
            prediction_upper: d.prediction_upper.and_then(&back),
        }
    }
}

/// A difference whose values are all `null` where the data do not determine it.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Known {
    pub estimate: Option<f64>,
    pub se: Option<f64>,
    pub statistic: Option<f64>,
    pub df: Option<f64>,
    pub p_value: Option<f64>,
    pub ci_lower: Option<f64>,
    pub ci_upper: Option<f64>,
    pub prediction_lower: Option<f64>,
    pub prediction_upper: Option<f64>,
}

impl From<Option<Difference>> for Known {
    fn from(difference: Option<Difference>) -> Self {
        let Some(d) = difference else { return Known::default() };
        Known {
            estimate: Some(d.estimate),
            se: Some(d.se),
            statistic: d.statistic,
            df: d.df,
            p_value: d.p_value,
            ci_lower: Some(d.ci_lower),
            ci_upper: Some(d.ci_upper),
            prediction_lower: d.prediction_lower,
            prediction_upper: d.prediction_upper,
        }
    }
}

/// A treatment against the reference.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EffectRow {
    pub treatment: String,
    pub comparator: String,
    #[serde(flatten)]
    pub difference: Known,
    pub transformed: TransformedDifference,
}

/// Two treatments compared.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparisonRow {
    pub intervention: String,
    pub comparator: String,
    #[serde(flatten)]
    pub difference: Known,
    pub transformed: TransformedDifference,
    pub k: Option<usize>,
    pub direct_proportion: Option<f64>,
    pub mean_path_length: Option<f64>,
    pub minimal_parallelism: Option<f64>,
    pub minimal_parallelism_study: Option<f64>,
}

impl ComparisonRow {
    /// A comparison without measures of its evidence.
    pub fn alone(
        intervention: String,
        comparator: String,
        difference: Option<Difference>,
        transformed: TransformedDifference,
    ) -> Self {
        ComparisonRow {
            intervention,
            comparator,
            difference: difference.into(),
            transformed,
            k: None,
            direct_proportion: None,
            mean_path_length: None,
            minimal_parallelism: None,
            minimal_parallelism_study: None,
        }
    }
}

/// A pair of arms of a study.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StudyPair {
    pub study: String,
    pub intervention: String,
    pub comparator: String,
    pub yi: f64,
    pub vi: f64,
    pub sei: f64,
    pub n_intervention: Option<f64>,
    pub n_comparator: Option<f64>,
    pub residual: f64,
}

/// A treatment of the network.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TreatmentRow {
    pub treatment: String,
    pub k: usize,
    pub n: Option<f64>,
    pub events: Option<f64>,
    pub neighbours: usize,
}

/// A study of the network.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StudyRow {
    pub study: String,
    pub arms: usize,
    pub design: String,
}

/// A comparison by kind of evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SplitRow {
    pub intervention: String,
    pub comparator: String,
    pub k: usize,
    pub direct_proportion: f64,
    pub network: Estimate,
    pub direct: Option<Estimate>,
    pub indirect: Option<Estimate>,
    pub difference: Option<Estimate>,
    pub ratio: Option<f64>,
    pub tau2: Option<f64>,
}

/// The pairs of arms of all studies.
pub fn pairs(network: &Network) -> Vec<StudyPair> {
    let mut rows = Vec::new();
    for study in &network.studies {
        for (i, j, residual) in study.pairs() {
            let (yi, vi) = study.pair(i, j);
            let (a, b) = (&study.arms[i], &study.arms[j]);
            rows.push(StudyPair {
                study: study.label.clone(),
                intervention: network.treatments[a.treatment].clone(),
                comparator: network.treatments[b.treatment].clone(),
                yi,
                vi,
                sei: vi.sqrt(),
                n_intervention: a.size,
                n_comparator: b.size,
                residual,
            });
        }
    }
    rows
}

/// The treatments with what the data say of them.
pub fn treatments(network: &Network) -> Vec<TreatmentRow> {
    let size = network.treatments.len();
    let mut rows: Vec<TreatmentRow> = network
        .treatments
        .iter()
        .map(|name| TreatmentRow { treatment: name.clone(), k: 0, n: None, events: None, neighbours: 0 })
        .collect();
    let add = |sum: &mut Option<f64>, value: Option<f64>| {
        if let Some(value) = value {
            *sum = Some(sum.unwrap_or(0.0) + value);
        }
    };
    for study in &network.studies {
        study.design().iter().for_each(|&t| rows[t].k += 1);
        for arm in &study.arms {
            add(&mut rows[arm.treatment].n, arm.size);
            add(&mut rows[arm.treatment].events, arm.events);
        }
    }
    let mut neighbors = vec![0; size];
    for (i, j) in network.comparisons() {
        neighbors[i] += 1;
        neighbors[j] += 1;
    }
    rows.iter_mut().zip(neighbors).for_each(|(row, n)| row.neighbours = n);
    rows
}

/// The studies.
pub fn studies(network: &Network) -> Vec<StudyRow> {
    let row = |study: &crate::network::Study| StudyRow {
        study: study.label.clone(),
        arms: study.arms.len(),
        design: network.design_name(&study.design()),
    };
    network.studies.iter().map(row).collect()
}

/// The effects against the reference.
pub fn effects(fit: &NetworkFit) -> Vec<EffectRow> {
    let names = &fit.network.treatments;
    let row = |t: usize| {
        let difference = fit.difference(t, fit.reference);
        EffectRow {
            treatment: names[t].clone(),
            comparator: names[fit.reference].clone(),
            transformed: TransformedDifference::new(&difference, fit.network.scale, |y| fit.back(y)),
            difference: Some(difference).into(),
        }
    };
    (0..names.len()).filter(|&t| t != fit.reference).map(row).collect()
}

/// All comparisons; with the measures of evidence where there are flows.
pub fn comparisons(
    fit: &NetworkFit,
    splits: &[SplitComparison],
    flows: Option<&EvidenceFlows<'_>>,
) -> Vec<ComparisonRow> {
    let names = &fit.network.treatments;
    let row = |split: &SplitComparison| {
        let (i, j) = (split.intervention, split.comparator);
        let difference = fit.difference(i, j);
        let measures = flows.map(|flows| flows.measures(i, j));
        ComparisonRow {
            intervention: names[i].clone(),
            comparator: names[j].clone(),
            transformed: TransformedDifference::new(&difference, fit.network.scale, |y| fit.back(y)),
            difference: Some(difference).into(),
            k: Some(split.k),
            direct_proportion: Some(split.direct_proportion * fit.inflation),
            mean_path_length: measures.map(|m| m.mean_path_length),
            minimal_parallelism: measures.map(|m| m.minimal_parallelism),
            minimal_parallelism_study: measures.map(|m| m.minimal_parallelism_study),
        }
    };
    splits.iter().map(row).collect()
}

/// The comparisons by kind of evidence.
pub fn splits(fit: &NetworkFit, splits: &[SplitComparison]) -> Vec<SplitRow> {
    let names = &fit.network.treatments;
    let row = |split: &SplitComparison| SplitRow {
        intervention: names[split.intervention].clone(),
        comparator: names[split.comparator].clone(),
        k: split.k,
        direct_proportion: split.direct_proportion,
        network: split.network.into(),
        direct: split.direct.map(Estimate::from),
        indirect: split.indirect.map(Estimate::from),
        difference: split.difference.map(Estimate::from),
        ratio: split.difference.and_then(|d| fit.back(d.estimate)),
        tau2: split.tau2,
    };
    splits.iter().map(row).collect()
}
