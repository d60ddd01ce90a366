//! From the studies to the normal equations of the network at a given tau², and the sums that estimators of tau² need.
//!
//! Everything is kept on the edges (pairs of treatments that some study compares): the precisions Σ w, the sums of
//! M = Σ Xᵀ W S W X, which for a study with Laplacian L is ½ L², and the currents into the treatments. Nothing of the size
//! of the contrasts squared is ever formed; the trace of C M is Σ m_e R_e over the edges with their resistances R_e.

use std::{collections::HashMap, sync::Arc};

use super::{
    data::{Network, Study},
    elimination::Plan,
    gls::{Gls, Moments},
    laplacian::Factor,
};
use crate::Result;

/// Marks two arms of one study with the same treatment: their contrast says nothing of the effects.
const LOOP: u32 = u32::MAX;

/// The studies of a network with the edges that their pairs of arms belong to.
#[derive(Debug, Clone)]
pub(crate) struct Assembly<'a> {
    network: &'a Network,
    plan: Arc<Plan>,
    edges: Vec<(u32, u32)>,
    /// The edge of every pair of arms, study by study, in the order (1,2), (1,3), ..., (2,3), ...
    ids: Vec<u32>,
    weights: Vec<f64>,
    between: Vec<f64>,
    currents: Vec<f64>,
    /// The position of a study that is left out.
    without: Option<usize>,
}

impl<'a> Assembly<'a> {
    /// The edges of a network whose treatments are connected.
    pub fn new(network: &'a Network, reference: usize) -> Self {
        let mut position: HashMap<(u32, u32), u32> = HashMap::new();
        let mut edges = Vec::new();
        let mut ids = Vec::with_capacity(network.studies.len());
        for study in &network.studies {
            for (i, j, _) in study.pairs() {
                let (a, b) = (study.arms[i].treatment as u32, study.arms[j].treatment as u32);
                if a == b {
                    ids.push(LOOP);
                    continue;
                }
                let key = (a.min(b), a.max(b));
                ids.push(*position.entry(key).or_insert_with(|| {
                    edges.push(key);
                    (edges.len() - 1) as u32
                }));
            }
        }
        let (count, size) = (edges.len(), network.treatments.len());
        Assembly {
            network,
            plan: Arc::new(Plan::new(size, reference, &edges)),
            edges,
            ids,
            weights: vec![0.0; count],
            between: vec![0.0; count],
            currents: vec![0.0; size],
            without: None,
        }
    }

    /// Leaves a study out, which must not hold the network together; `None` takes all of them.
    pub fn leave_out(&mut self, study: Option<usize>) {
        self.without = study;
    }

    /// The studies.
    pub fn studies(&self) -> &'a [Study] {
        &self.network.studies
    }

    /// Sums precisions, currents and M over the studies; returns tr(W S) and ln |V + tau² S|.
    pub fn sum(&mut self, tau2: f64) -> (f64, f64) {
        self.weights.fill(0.0);
        self.between.fill(0.0);
        self.currents.fill(0.0);
        let (mut trace_ws, mut ln_sigma) = (0.0, 0.0);
        let mut l = Vec::new();
        let mut at = 0;
        for (s, study) in self.network.studies.iter().enumerate() {
            let p = study.arms.len();
            if self.without == Some(s) {
                at += p * (p - 1) / 2;
                continue;
            }
            ln_sigma += study.laplacian_into(tau2, &mut l);
            trace_ws += 0.5 * (0..p).map(|a| l[a * p + a]).sum::<f64>();
            for a in 0..p {
                let current: f64 = (1..p).map(|b| l[a * p + b] * study.contrasts[b - 1]).sum();
                self.currents[study.arms[a].treatment] += current;
            }
            for a in 0..p {
                for b in a + 1..p {
                    let edge = self.ids[at];
                    at += 1;
                    if edge == LOOP {
                        continue;
                    }
                    self.weights[edge as usize] -= l[a * p + b];
                    let square: f64 = (0..p).map(|c| l[a * p + c] * l[b * p + c]).sum();
                    self.between[edge as usize] -= 0.5 * square;
                }
            }
        }
        (trace_ws, ln_sigma)
    }

    /// The factor and the effects at a given tau².
    pub fn solve(&mut self, tau2: f64) -> Result<(Factor, Vec<f64>)> {
        self.sum(tau2);
        self.factored()
    }

    /// The sums of estimators of tau² with the factor and the effects.
    pub fn solved(&mut self, tau2: f64) -> Result<(Moments, Factor, Vec<f64>)> {
        let (trace_ws, ln_sigma) = self.sum(tau2);
        let (factor, theta) = self.factored()?;
        let (q, square) = self.residual_sums(tau2, &theta);
        let trace_cm = self.trace_cm(&factor);
        let ln_precision = factor.ln_determinant();
        Ok((Moments { q, square, trace_ws, trace_cm, ln_sigma, ln_precision }, factor, theta))
    }

    /// The factor and the effects from the sums as they are.
    pub fn factored(&self) -> Result<(Factor, Vec<f64>)> {
        let factor = Factor::new(&self.plan, &self.weights)?;
        let theta = factor.solve(&self.currents);
        Ok((factor, theta))
    }

    /// The weights of the sums as they are lie within four orders of magnitude of one another.
    pub fn is_well_scaled(&self) -> bool {
        let least = self.weights.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.weights.iter().copied().fold(0.0, f64::max);
        least > 0.0 && most < 1e4 * least
    }

    /// M C and Σ Xᵀ W S W r of the sums as they are, given the covariance C of the effects and the effects.
    pub fn between(&self, tau2: f64, theta: &[f64], covariance: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let size = theta.len();
        let mut product = vec![0.0; size * size];
        for (&(i, j), m) in self.edges.iter().zip(&self.between) {
            let (i, j) = (i as usize, j as usize);
            for k in 0..size {
                let current = m * (covariance[i * size + k] - covariance[j * size + k]);
                product[i * size + k] += current;
                product[j * size + k] -= current;
            }
        }
        let mut currents = vec![0.0; size];
        let (mut l, mut r) = (Vec::new(), Vec::new());
        for study in &self.network.studies {
            residuals(study, theta, &mut r);
            study.laplacian_into(tau2, &mut l);
            let p = r.len();
            let u: Vec<f64> =
                l.chunks_exact(p).map(|row| row.iter().zip(&r).map(|(l, r)| l * r).sum()).collect();
            for (arm, row) in study.arms.iter().zip(l.chunks_exact(p)) {
                currents[arm.treatment] += 0.5 * row.iter().zip(&u).map(|(l, u)| l * u).sum::<f64>();
            }
        }
        (product, currents)
    }

    /// tr(C M) with the factor of the sums as they are.
    pub fn trace_cm(&self, factor: &Factor) -> f64 {
        factor.weighted_resistances(&self.edges, &self.between)
    }

    /// Σ rᵀ W r and Σ rᵀ W S W r about these effects.
    fn residual_sums(&self, tau2: f64, theta: &[f64]) -> (f64, f64) {
        let mut l = Vec::new();
        let (mut q, mut square) = (0.0, 0.0);
        let mut r = Vec::new();
        for (s, study) in self.network.studies.iter().enumerate() {
            if self.without == Some(s) {
                continue;
            }
            residuals(study, theta, &mut r);
            study.laplacian_into(tau2, &mut l);
            let p = study.arms.len();
            for a in 0..p {
                let u: f64 = (0..p).map(|b| l[a * p + b] * r[b]).sum();
                q += r[a] * u;
                square += 0.5 * u * u;
            }
        }
        (q, square)
    }
}

/// The residual of each arm (0 for the first): contrast minus difference of effects.
pub(crate) fn residuals(study: &Study, theta: &[f64], r: &mut Vec<f64>) {
    r.clear();
    r.push(0.0);
    let first = theta[study.arms[0].treatment];
    r.extend(study.arms[1..].iter().zip(&study.contrasts).map(|(arm, y)| y - (theta[arm.treatment] - first)));
}

impl Gls for Assembly<'_> {
    fn contrasts(&self) -> usize {
        let left_out =
            self.without.and_then(|s| self.network.studies.get(s)).map_or(0, |s| s.contrasts.len());
        self.network.contrast_count() - left_out
    }

    fn rank(&self) -> usize {
        self.network.treatments.len() - 1
    }

    fn q(&mut self, tau2: f64) -> Result<f64> {
        Ok(self.q_and_square(tau2)?.0)
    }

    fn q_and_square(&mut self, tau2: f64) -> Result<(f64, f64)> {
        let (_, theta) = self.solve(tau2)?;
        Ok(self.residual_sums(tau2, &theta))
    }

    fn moments(&mut self, tau2: f64) -> Result<Moments> {
        Ok(self.solved(tau2)?.0)
    }

    /// The Laplacian of the stars from every study's first arm, with weights 1.
    fn ln_design(&self) -> Result<f64> {
        let mut weights = vec![0.0; self.edges.len()];
        let mut at = 0;
        for (s, study) in self.network.studies.iter().enumerate() {
            let p = study.arms.len();
            if self.without == Some(s) {
                at += p * (p - 1) / 2;
                continue;
            }
            for edge in self.ids[at..at + p - 1].iter().filter(|e| **e != LOOP) {
                weights[*edge as usize] += 1.0;
            }
            at += p * (p - 1) / 2;
        }
        Ok(Factor::new(&self.plan, &weights)?.ln_determinant())
    }

    fn is_large(&self) -> bool {
        let (treatments, studies) = (self.network.treatments.len(), self.network.studies.len());
        treatments > 150 || self.without.is_some() && studies > 60
    }
}
