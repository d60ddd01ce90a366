//! The studies of each design (set of treatments) gathered: their precision, currents, mean contrasts and spread.
//!
//! At a given tau² a design d with studies s has the Laplacian L_d = Σ L_s and the currents Σ L_s y_s. Its mean contrasts
//! η_d solve the reduced system, their covariance is U_d = (Σ W_s)⁻¹, and Σ (y_s - η_d)ᵀ W_s (y_s - η_d) is the spread
//! within it. Everything between designs is a function of these, whatever the number of studies.

use std::sync::Arc;

use super::{Network, data::Study, elimination::Plan, laplacian::Factor};
use crate::{Result, linalg::cholesky};

/// A design with its studies gathered at a given tau².
#[derive(Debug, Clone)]
pub(crate) struct DesignMean {
    /// Its treatments, in the order of the levels.
    pub treatments: Vec<usize>,
    /// The positions of its studies.
    pub studies: Vec<usize>,
    /// Σ L_s, p × p.
    pub laplacian: Vec<f64>,
    /// Σ L_s y_s, p values.
    pub currents: Vec<f64>,
    /// The mean contrasts with the first treatment, p - 1 values.
    pub mean: Vec<f64>,
    /// Their covariance, (p - 1) × (p - 1).
    pub covariance: Vec<f64>,
    /// The weighted squares of the studies about the mean.
    pub q: f64,
    /// Their degrees of freedom.
    pub df: usize,
    /// tr(P S) of the model with a mean of its own.
    pub trace: f64,
}

/// The designs of a network at a given tau², in order.
pub(crate) fn gather(network: &Network, tau2: f64) -> Result<Vec<DesignMean>> {
    let one =
        |(treatments, studies): (Vec<usize>, Vec<usize>)| DesignMean::new(network, treatments, studies, tau2);
    network.designs().into_iter().map(one).collect()
}

impl DesignMean {
    fn new(network: &Network, treatments: Vec<usize>, studies: Vec<usize>, tau2: f64) -> Result<Self> {
        let p = treatments.len();
        let mut laplacian = vec![0.0; p * p];
        let mut currents = vec![0.0; p];
        let mut between = vec![0.0; p * p];
        let (mut contrasts, mut trace) = (0, 0.0);
        let mut l = Vec::new();
        for study in studies.iter().map(|&s| &network.studies[s]) {
            let arms = study.arms.len();
            let place = places(study, &treatments);
            study.laplacian_into(tau2, &mut l);
            for a in 0..arms {
                trace += 0.5 * l[a * arms + a];
                currents[place[a]] +=
                    (1..arms).map(|b| l[a * arms + b] * study.contrasts[b - 1]).sum::<f64>();
                for b in 0..arms {
                    laplacian[place[a] * p + place[b]] += l[a * arms + b];
                    let square: f64 = (0..arms).map(|c| l[a * arms + c] * l[b * arms + c]).sum();
                    between[place[a] * p + place[b]] += 0.5 * square;
                }
            }
            contrasts += study.contrasts.len();
        }
        let n = p - 1;
        let mut covariance: Vec<f64> =
            (0..n * n).map(|at| laplacian[(at / n + 1) * p + at % n + 1]).collect();
        cholesky::invert(&mut covariance, n)?;
        let mean: Vec<f64> =
            (0..n).map(|a| (0..n).map(|b| covariance[b * n + a] * currents[b + 1]).sum()).collect();
        for a in 0..n {
            for b in 0..n {
                trace -= covariance[b * n + a] * between[(b + 1) * p + a + 1];
            }
        }
        let q = spread(network, &studies, &treatments, &mean, tau2);
        let df = contrasts.saturating_sub(n);
        Ok(DesignMean { treatments, studies, laplacian, currents, mean, covariance, q, df, trace })
    }

    /// The number of contrasts, p - 1.
    pub fn contrasts(&self) -> usize {
        self.mean.len()
    }

    /// The contrasts of these effects with that of the first treatment.
    pub fn predicted(&self, theta: &[f64]) -> Vec<f64> {
        let first = theta[self.treatments[0]];
        self.treatments[1..].iter().map(|&t| theta[t] - first).collect()
    }
}

/// The position of each arm's treatment in the design.
fn places(study: &Study, treatments: &[usize]) -> Vec<usize> {
    study.arms.iter().map(|arm| treatments.partition_point(|&t| t < arm.treatment)).collect()
}

/// Σ (y_s - η)ᵀ W_s (y_s - η).
fn spread(network: &Network, studies: &[usize], treatments: &[usize], mean: &[f64], tau2: f64) -> f64 {
    let mut l = Vec::new();
    let mut q = 0.0;
    for study in studies.iter().map(|&s| &network.studies[s]) {
        let p = study.arms.len();
        let place = places(study, treatments);
        let value = |a: usize| if place[a] == 0 { 0.0 } else { mean[place[a] - 1] };
        let r: Vec<f64> = (0..p)
            .map(|a| if a == 0 { 0.0 } else { study.contrasts[a - 1] - (value(a) - value(0)) })
            .collect();
        study.laplacian_into(tau2, &mut l);
        for a in 0..p {
            q += r[a] * (0..p).map(|b| l[a * p + b] * r[b]).sum::<f64>();
        }
    }
    q
}

/// The network estimates from some of the designs, for the treatments that they connect to `reference`.
pub(crate) struct Joined {
    /// The effects against the reference; `None` where it is not reached.
    pub theta: Vec<Option<f64>>,
    position: Vec<usize>,
    reference: usize,
    factor: Option<Factor>,
}

impl Joined {
    /// Joins the designs that `keep` picks.
    pub fn new(
        size: usize,
        reference: usize,
        designs: &[DesignMean],
        keep: impl Fn(usize, &DesignMean) -> bool,
    ) -> Result<Self> {
        let kept: Vec<&DesignMean> =
            designs.iter().enumerate().filter(|(at, d)| keep(*at, d)).map(|(_, d)| d).collect();
        let reached = reached(size, reference, &kept);
        let mut position = vec![usize::MAX; size];
        let mut count = 0;
        for t in (0..size).filter(|&t| reached[t]) {
            position[t] = count;
            count += 1;
        }
        if count < 2 {
            let theta = (0..size).map(|t| (t == reference).then_some(0.0)).collect();
            return Ok(Joined { theta, position, reference, factor: None });
        }
        let (mut edges, mut weights) = (Vec::new(), Vec::new());
        let mut currents = vec![0.0; count];
        for design in kept.iter().filter(|d| reached[d.treatments[0]]) {
            let p = design.treatments.len();
            let at: Vec<usize> = design.treatments.iter().map(|&t| position[t]).collect();
            for a in 0..p {
                currents[at[a]] += design.currents[a];
                for b in a + 1..p {
                    edges.push((at[a] as u32, at[b] as u32));
                    weights.push(-design.laplacian[a * p + b]);
                }
            }
        }
        let plan = Arc::new(Plan::new(count, position[reference], &edges));
        let factor = Factor::new(&plan, &weights)?;
        let solved = factor.solve(&currents);
        let theta = position.iter().map(|&p| solved.get(p).copied()).collect();
        Ok(Joined { theta, position, reference, factor: Some(factor) })
    }

    /// The variance of treatment `i` versus `j`; `None` if one is not reached.
    pub fn variance(&self, i: usize, j: usize) -> Option<f64> {
        let factor = self.factor.as_ref()?;
        let (a, b) = (self.position[i], self.position[j]);
        (a != usize::MAX && b != usize::MAX).then(|| factor.resistance(a, b))
    }

    /// The variance of treatment `i` versus the reference, where it is the only one that is asked for.
    pub fn single_variance(&self, i: usize) -> Option<f64> {
        let factor = self.factor.as_ref()?;
        let (a, b) = (self.position[i], self.position[self.reference]);
        (a != usize::MAX).then(|| factor.single_resistance(a, b))
    }
}

/// The treatments that these designs connect to one.
fn reached(size: usize, from: usize, designs: &[&DesignMean]) -> Vec<bool> {
    let mut members = vec![Vec::new(); size];
    for (at, design) in designs.iter().enumerate() {
        design.treatments.iter().for_each(|&t| members[t].push(at));
    }
    let mut reached = vec![false; size];
    let mut used = vec![false; designs.len()];
    reached[from] = true;
    let mut stack = vec![from];
    while let Some(t) = stack.pop() {
        for &at in &members[t] {
            if std::mem::replace(&mut used[at], true) {
                continue;
            }
            for &other in &designs[at].treatments {
                if !std::mem::replace(&mut reached[other], true) {
                    stack.push(other);
                }
            }
        }
    }
    reached
}
