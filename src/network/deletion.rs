//! The network without one of its studies: effects, heterogeneity, and how much a study matters to each comparison.
//!
//! At held tau² nothing is refitted. With c = C X_sᵀ and K = V_s + tau² S_s - X_s C X_sᵀ the covariance without study s is
//! C + c K⁻¹ cᵀ, and the effects fall by c K⁻¹ (y_s - X_s θ). K is singular exactly when the study holds the network together;
//! then the parts are solved on their own, and comparisons across them are lost. The impact of a study on a comparison is
//! 1 - variance with it / variance without it, 1 where the comparison is lost. With tau² estimated anew, the estimates of
//! many studies share their factors (`nearby`).
//!
//! Reference: Rücker G and others (2020), doi:10.1186/s12874-020-01075-y.

use serde::{Deserialize, Serialize};

use super::{
    Network, NetworkFit, NetworkMeta, NetworkModel,
    assembly::{self, Assembly},
    design_means::{self, Joined},
    gls::Gls,
    nearby::Nearby,
};
use crate::{
    Result,
    linalg::{cholesky, symmetric},
    pool::Inference,
    stat::progress::goes_on,
};

/// The name of the work where it is told or interrupted.
const WORK: &str = "studies left out";

/// The treatment of tau² when a study is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum LeftOutTau2 {
    /// `refit`: it is estimated anew.
    #[default]
    Refit,
    /// `held`: it stays.
    Held,
}

crate::codes::codes!(LeftOutTau2, "choice for tau2" {
    Refit "refit" [], Held "held" [],
});

/// An effect against the reference without one study.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LeftOutEffect {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
}

/// The network without one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The label of the study.
    pub study: String,
    /// The variance between the other studies; `None` for a common effect, or if the reference is lost.
    pub tau2: Option<f64>,
    /// Q of the other studies; `None` if the reference is lost.
    pub q: Option<f64>,
    /// The effects against the reference in the order of the other treatments; `None` where one is cut off from it.
    pub effects: Vec<Option<LeftOutEffect>>,
}

/// Eigenvalues of K, as a part of the study's own covariance, that tell a bridge from rounding.
const BRIDGE: f64 = 1e-10;

/// The network at held tau² without a study that does not hold it together.
pub(crate) struct Removed {
    /// K⁻¹, m × m.
    inverse: Vec<f64>,
    /// Cov(θ_t, X_s θ), T rows of m values.
    cross: Vec<f64>,
    size: usize,
    m: usize,
}

impl Removed {
    /// `None` if the study holds the network together.
    pub fn new(fit: &NetworkFit, s: usize) -> Option<Self> {
        let study = &fit.network.studies[s];
        let size = fit.theta.len();
        let v = |i: usize, j: usize| fit.variances[i * size + j];
        let t: Vec<usize> = study.arms.iter().map(|arm| arm.treatment).collect();
        let m = t.len() - 1;
        let own = study.marginal_covariance(fit.tau2);
        let mut k = own.clone();
        for a in 0..m {
            for b in 0..m {
                let shared = v(t[a + 1], t[0]) + v(t[0], t[b + 1]) - v(t[a + 1], t[b + 1]);
                k[b * m + a] -= 0.5 * shared;
            }
        }
        if holds_together(&own, &k, m) {
            return None;
        }
        cholesky::invert(&mut k, m).ok()?;
        let r = fit.reference;
        let mut cross = Vec::with_capacity(size * m);
        for i in 0..size {
            cross.extend(t[1..].iter().map(|&a| 0.5 * (v(i, t[0]) + v(r, a) - v(i, a) - v(r, t[0]))));
        }
        Some(Removed { inverse: k, cross, size, m })
    }

    fn row(&self, t: usize) -> &[f64] {
        &self.cross[t * self.m..(t + 1) * self.m]
    }

    /// By how much the variance of `i` versus `j` grows.
    pub fn growth(&self, i: usize, j: usize) -> f64 {
        let (m, a, b) = (self.m, self.row(i), self.row(j));
        let d = |x: usize| a[x] - b[x];
        (0..m).map(|x| d(x) * (0..m).map(|y| self.inverse[y * m + x] * d(y)).sum::<f64>()).sum()
    }

    /// By how much the effects fall, given the residual contrasts of the study.
    pub fn shift(&self, residual: &[f64]) -> Vec<f64> {
        let m = self.m;
        let u: Vec<f64> =
            (0..m).map(|x| (0..m).map(|y| self.inverse[y * m + x] * residual[y]).sum()).collect();
        (0..self.size).map(|t| self.row(t).iter().zip(&u).map(|(c, u)| c * u).sum()).collect()
    }

    /// rᵀ K⁻¹ r.
    pub fn fall(&self, residual: &[f64]) -> f64 {
        let m = self.m;
        (0..m).map(|x| residual[x] * (0..m).map(|y| self.inverse[y * m + x] * residual[y]).sum::<f64>()).sum()
    }
}

/// The smallest eigenvalue of F⁻¹ K F⁻ᵀ, own = F Fᵀ, is 0 but for rounding.
fn holds_together(own: &[f64], k: &[f64], m: usize) -> bool {
    let mut factor = own.to_vec();
    let mut white = k.to_vec();
    let mut values = vec![0.0; m];
    let whitened = cholesky::factor(&mut factor, m)
        .and_then(|()| cholesky::solve_lower(&factor, m, &mut white))
        .map(|()| (0..m * m).map(|at| white[(at % m) * m + at / m]).collect::<Vec<f64>>())
        .and_then(|mut w| cholesky::solve_lower(&factor, m, &mut w).map(|()| w))
        .and_then(|mut w| symmetric::eigenvalues(&mut w, m, &mut values));
    whitened.is_err() || values.iter().any(|v| !(*v > BRIDGE))
}

impl NetworkFit {
    /// The options of this fit.
    pub(crate) fn options(&self) -> NetworkMeta {
        let mut options = match self.model {
            NetworkModel::Common => NetworkMeta::common(),
            NetworkModel::Random => NetworkMeta::random(self.method.unwrap_or_default()),
        };
        if self.model == NetworkModel::Random && self.method.is_none() {
            options = options.tau2(self.tau2);
        }
        options.inference(self.inference).level(self.level)
    }

    /// The network without each study in turn; without the first ones alone if the work is ended early.
    ///
    /// # Errors
    ///
    /// If what is left cannot be solved.
    pub fn leave_one_out(&self, tau2: LeftOutTau2) -> Result<Vec<LeftOut>> {
        let at_zero = match tau2 {
            LeftOutTau2::Held => Some(self.options_common().fit(&self.network)?),
            LeftOutTau2::Refit => None,
        };
        let mut model = Assembly::new(&self.network, self.reference);
        let nearby = match tau2 {
            LeftOutTau2::Refit => self.nearby(&mut model)?,
            LeftOutTau2::Held => None,
        };
        let studies = self.network.studies.len();
        let mut rows = Vec::with_capacity(studies);
        for s in 0..studies {
            if s > 0 && !goes_on(WORK, s, studies) {
                break;
            }
            let updated = at_zero.as_ref().and_then(|zero| self.left_out_held(zero, s));
            rows.push(match updated {
                Some(row) => row,
                None if Removed::new(self, s).is_some() => {
                    self.left_out_skipped(&mut model, s, tau2, nearby.as_ref())?
                }
                None => self.left_out_refit(s, tau2)?,
            });
        }
        goes_on(WORK, rows.len(), rows.len());
        Ok(rows)
    }

    /// The models near this one, if tau² is estimated in each of them.
    pub(crate) fn nearby(&self, model: &mut Assembly<'_>) -> Result<Option<Nearby>> {
        match (self.model, self.method) {
            (NetworkModel::Random, Some(method)) => Nearby::new(model, method, self.tau2),
            _ => Ok(None),
        }
    }

    fn options_common(&self) -> NetworkMeta {
        NetworkMeta::common().reference(self.network.treatments[self.reference].clone())
    }

    /// Without study `s` at the same tau², by updates; `None` if the study holds the network together, or the inference
    /// needs Q at tau² anew.
    fn left_out_held(&self, zero: &NetworkFit, s: usize) -> Option<LeftOut> {
        if !matches!(self.inference, Inference::Wald | Inference::T) {
            return None;
        }
        let (removed, common) = (Removed::new(self, s)?, Removed::new(zero, s)?);
        let study = &self.network.studies[s];
        let mut r = Vec::new();
        assembly::residuals(study, &self.theta, &mut r);
        let shift = removed.shift(&r[1..]);
        assembly::residuals(study, &zero.theta, &mut r);
        let q = (zero.heterogeneity.q - common.fall(&r[1..])).max(0.0);
        let reference = self.reference;
        let effect = |t: usize| {
            let variance = self.variance(t, reference) + removed.growth(t, reference);
            Some(LeftOutEffect { estimate: self.theta[t] - shift[t], se: variance.sqrt() })
        };
        let effects = (0..self.theta.len()).filter(|&t| t != reference).map(effect).collect();
        Some(LeftOut { study: study.label.clone(), tau2: self.heterogeneity.tau2, q: Some(q), effects })
    }

    /// Without study `s`, which does not hold the network together: the same sums without it.
    fn left_out_skipped(
        &self,
        model: &mut Assembly<'_>,
        s: usize,
        tau2: LeftOutTau2,
        nearby: Option<&Nearby>,
    ) -> Result<LeftOut> {
        model.leave_out(Some(s));
        let found = nearby.and_then(|nearby| nearby.without(&self.network.studies[s], model.df()));
        let core = match found {
            Some((q, tau2)) => self.options().core_at(model, q, tau2)?,
            None => self.left_out_options(tau2).core(model)?,
        };
        let variances = core.factor.variances();
        let effect = |t: usize| {
            let variance = variances[t] * core.inflation;
            Some(LeftOutEffect { estimate: core.theta[t], se: variance.sqrt() })
        };
        Ok(LeftOut {
            study: self.network.studies[s].label.clone(),
            tau2: (self.model == NetworkModel::Random).then_some(core.tau2),
            q: Some(core.q),
            effects: (0..self.theta.len()).filter(|t| *t != self.reference).map(effect).collect(),
        })
    }

    /// The options of this fit with tau² as it is wanted without a study.
    fn left_out_options(&self, tau2: LeftOutTau2) -> NetworkMeta {
        match tau2 {
            LeftOutTau2::Held if self.model == NetworkModel::Random => self.options().tau2(self.tau2),
            _ => self.options(),
        }
    }

    /// Without study `s`, by a fit of what the reference is connected to.
    fn left_out_refit(&self, s: usize, tau2: LeftOutTau2) -> Result<LeftOut> {
        let label = self.network.studies[s].label.clone();
        let keep: Vec<usize> = (0..self.network.studies.len()).filter(|&other| other != s).collect();
        let names = &self.network.treatments;
        let lost = LeftOut { study: label, tau2: None, q: None, effects: vec![None; self.theta.len() - 1] };
        let Some(rest) = connected_rest(&self.network, &keep, &names[self.reference])? else {
            return Ok(lost);
        };
        let reference = rest.treatment(&names[self.reference])?;
        let core = self.left_out_options(tau2).core(&mut Assembly::new(&rest, reference))?;
        let position: std::collections::HashMap<&str, usize> =
            rest.treatments.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let variances = core.factor.variances();
        let effect = |name: &String| {
            let at = *position.get(name.as_str())?;
            let variance = variances[at] * core.inflation;
            Some(LeftOutEffect { estimate: core.theta[at], se: variance.sqrt() })
        };
        let others = names.iter().enumerate().filter(|(t, _)| *t != self.reference);
        let random = self.model == NetworkModel::Random;
        Ok(LeftOut {
            tau2: random.then_some(core.tau2),
            q: Some(core.q),
            effects: others.map(|(_, name)| effect(name)).collect(),
            ..lost
        })
    }

    /// The impact of every study on every comparison (1,2), (1,3), ..., (2,3), ..., at the same tau².
    ///
    /// # Errors
    ///
    /// If what is left cannot be solved.
    pub fn impact(&self) -> Result<Vec<Vec<f64>>> {
        let size = self.theta.len();
        let pairs: Vec<(usize, usize)> = (0..size).flat_map(|i| (i + 1..size).map(move |j| (i, j))).collect();
        let one = |s: usize| {
            let v = |i: usize, j: usize| self.variances[i * size + j];
            if let Some(removed) = Removed::new(self, s) {
                let impact = |&(i, j): &(usize, usize)| {
                    let growth = removed.growth(i, j).max(0.0);
                    growth / (v(i, j) + growth)
                };
                return Ok(pairs.iter().map(impact).collect());
            }
            let parts = self.parts_without(s)?;
            let impact = |&(i, j): &(usize, usize)| match parts.iter().find_map(|p| p.variance(i, j)) {
                Some(without) => 1.0 - v(i, j) / without,
                None => 1.0,
            };
            Ok(pairs.iter().map(impact).collect())
        };
        (0..self.network.studies.len()).map(one).collect()
    }

    /// The parts that the network falls into without a study.
    fn parts_without(&self, s: usize) -> Result<Vec<Joined>> {
        let keep: Vec<usize> = (0..self.network.studies.len()).filter(|&other| other != s).collect();
        if keep.is_empty() {
            return Ok(Vec::new());
        }
        let rest = Network {
            studies: keep.iter().map(|&k| self.network.studies[k].clone()).collect(),
            treatments: self.network.treatments.clone(),
            notes: Vec::new(),
            lost_treatments: Vec::new(),
            ..self.network
        };
        let designs = design_means::gather(&rest, self.tau2)?;
        let part = rest.components();
        let count = part.iter().max().map_or(0, |m| m + 1);
        (0..count)
            .map(|number| {
                let root = part.iter().position(|p| *p == number).unwrap_or(0);
                Joined::new(self.theta.len(), root, &designs, |_, _| true)
            })
            .collect()
    }
}

/// The treatments that the reference is still connected to; `None` if it is in no study any more.
fn connected_rest(network: &Network, keep: &[usize], reference: &str) -> Result<Option<Network>> {
    if keep.is_empty() {
        return Ok(None);
    }
    let mut rest = network.subset(keep)?;
    if !rest.treatments.iter().any(|name| name == reference) {
        return Ok(None);
    }
    if rest.components().iter().any(|part| *part > 0) {
        rest = rest.subnetwork(reference)?;
    }
    Ok(Some(rest))
}

impl NetworkMeta {
    /// The estimates alone, without what is read from them.
    fn core(&self, model: &mut Assembly<'_>) -> Result<Core> {
        let at_zero = model.moments(0.0)?;
        let tau2 = self.tau2_of(model, &at_zero)?;
        self.core_at(model, at_zero.q, tau2)
    }

    /// The same with Q and tau² known.
    fn core_at(&self, model: &mut Assembly<'_>, q: f64, tau2: f64) -> Result<Core> {
        let (factor, theta) = model.solve(tau2)?;
        let df = model.df();
        let inflation = self.inflation(model, tau2, df)?;
        Ok(Core { q, tau2, factor, theta, inflation })
    }
}

/// The estimates of a network.
struct Core {
    q: f64,
    tau2: f64,
    factor: super::laplacian::Factor,
    theta: Vec<f64>,
    inflation: f64,
}
