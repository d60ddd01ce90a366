//! Side-splitting: every comparison with direct evidence split in a model of its own, tau² estimated anew.
//!
//! The consistency model gets one more effect δ: in the studies that hold both treatments i and j, i versus j is
//! θ_i − θ_j + δ, where θ_i − θ_j rests on all other evidence. The arms of i and j carry ½δ and −½δ, so that a study with
//! further arms departs from both sides alike and the answer does not depend on the direction of the comparison. The
//! indirect estimate is θ_i − θ_j, the direct one θ_i − θ_j + δ, their difference δ.
//!
//! With z the column of δ, P = W − W X C Xᵀ W and γ = C Xᵀ W z: δ = zᵀ P y / zᵀ P z with variance 1 / zᵀ P z, and the sums that
//! estimators of tau² need follow from those of the consistency model, its factor, and one more solution; in networks of many
//! studies all comparisons share the factors at some tau² (`nearby`). A comparison for
//! which zᵀ P z vanishes has no independent evidence beside its own studies and cannot be split (van Valkenhoef 2016).
//!
//! References: Lu G, Ades AE (2006), Assessing evidence inconsistency in mixed treatment comparisons, *Journal of the American
//! Statistical Association* 101:447-459; Dias S, Welton NJ, Caldwell DM, Ades AE (2010), Checking
//! consistency in mixed treatment comparison meta-analysis, *Statistics in Medicine* 29:932-944; van Valkenhoef G and others
//! (2016), doi:10.1002/jrsm.1167.

use super::{
    NetworkFit,
    assembly::{Assembly, residuals},
    data::Study,
    gls::{Gls, Moments},
    laplacian::Factor,
    nearby::Nearby,
};
use crate::Result;

/// A share of zᵀ P z in zᵀ W z so small that it is rounding.
pub(crate) const NO_EVIDENCE: f64 = 1e-10;

/// A comparison in the model in which it is split.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SideSplit {
    pub indirect: (f64, f64),
    pub direct: (f64, f64),
    pub difference: (f64, f64),
    /// tau² of this model.
    pub tau2: f64,
    /// Its residual degrees of freedom.
    pub df: usize,
    /// The factor of Hartung and Knapp.
    pub inflation: f64,
}

/// The consistency model with one more effect.
struct Augmented<'m, 'n> {
    base: &'m mut Assembly<'n>,
    /// The treatments that are split.
    pair: (usize, usize),
}

/// Products of the residuals of y and z: rᵀ W r and rᵀ W S W r.
#[derive(Debug, Clone, Copy, Default)]
struct Products {
    yy: f64,
    yz: f64,
    zz: f64,
    square_yy: f64,
    square_yz: f64,
    square_zz: f64,
}

/// The model solved at a tau².
struct Solved {
    factor: Factor,
    theta: Vec<f64>,
    gamma: Vec<f64>,
    products: Products,
    trace_ws: f64,
    ln_sigma: f64,
    /// zᵀ W z.
    weight: f64,
}

impl Augmented<'_, '_> {
    /// The column of δ in the arms of a study: ½ and −½, or nothing if one of the treatments is missing.
    fn column(&self, study: &Study, z: &mut Vec<f64>) -> bool {
        z.clear();
        z.extend(study.arms.iter().map(|arm| match arm.treatment {
            t if t == self.pair.0 => 0.5,
            t if t == self.pair.1 => -0.5,
            _ => 0.0,
        }));
        z.iter().any(|x| *x > 0.0) && z.iter().any(|x| *x < 0.0)
    }

    /// The studies that hold both treatments, with their columns.
    fn columns(&self) -> Vec<(&Study, Vec<f64>)> {
        let mut columns = Vec::new();
        for study in self.base.studies() {
            let mut z = Vec::new();
            if self.column(study, &mut z) {
                columns.push((study, z));
            }
        }
        columns
    }

    fn solve(&mut self, tau2: f64) -> Result<Solved> {
        let (trace_ws, ln_sigma) = self.base.sum(tau2);
        let (factor, theta) = self.base.factored()?;
        let mut currents = vec![0.0; theta.len()];
        let (mut weight, mut z, mut l) = (0.0, Vec::new(), Vec::new());
        for study in self.base.studies() {
            if !self.column(study, &mut z) {
                continue;
            }
            let p = z.len();
            study.laplacian_into(tau2, &mut l);
            for (a, arm) in study.arms.iter().enumerate() {
                let current: f64 = (0..p).map(|b| l[a * p + b] * z[b]).sum();
                currents[arm.treatment] += current;
                weight += z[a] * current;
            }
        }
        let gamma = factor.solve(&currents);
        let products = self.products(tau2, &theta, &gamma);
        Ok(Solved { factor, theta, gamma, products, trace_ws, ln_sigma, weight })
    }

    fn products(&self, tau2: f64, theta: &[f64], gamma: &[f64]) -> Products {
        let mut sum = Products::default();
        let (mut y, mut z, mut l) = (Vec::new(), Vec::new(), Vec::new());
        for study in self.base.studies() {
            residuals(study, theta, &mut y);
            if !self.column(study, &mut z) {
                z.fill(0.0);
            }
            z.iter_mut().zip(&study.arms).for_each(|(z, arm)| *z -= gamma[arm.treatment]);
            study.laplacian_into(tau2, &mut l);
            let p = y.len();
            for a in 0..p {
                let row = &l[a * p..(a + 1) * p];
                let u: f64 = row.iter().zip(&y).map(|(l, y)| l * y).sum();
                let v: f64 = row.iter().zip(&z).map(|(l, z)| l * z).sum();
                sum.yy += y[a] * u;
                sum.yz += y[a] * v;
                sum.zz += z[a] * v;
                sum.square_yy += 0.5 * u * u;
                sum.square_yz += 0.5 * u * v;
                sum.square_zz += 0.5 * v * v;
            }
        }
        sum
    }
}

impl Products {
    fn delta(&self) -> f64 {
        self.yz / self.zz
    }

    /// rᵀ W r with δ in the model.
    fn q(&self) -> f64 {
        (self.yy - self.delta() * self.yz).max(0.0)
    }
}

impl Gls for Augmented<'_, '_> {
    fn contrasts(&self) -> usize {
        self.base.contrasts()
    }

    fn rank(&self) -> usize {
        self.base.rank() + 1
    }

    fn q(&mut self, tau2: f64) -> Result<f64> {
        Ok(self.solve(tau2)?.products.q())
    }

    fn moments(&mut self, tau2: f64) -> Result<Moments> {
        let s = self.solve(tau2)?;
        let (p, delta) = (s.products, s.products.delta());
        Ok(Moments {
            q: p.q(),
            square: p.square_yy - 2.0 * delta * p.square_yz + delta * delta * p.square_zz,
            trace_ws: s.trace_ws,
            trace_cm: self.base.trace_cm(&s.factor) + p.square_zz / p.zz,
            ln_sigma: s.ln_sigma,
            ln_precision: s.factor.ln_determinant() + p.zz.ln(),
        })
    }

    /// That of the consistency model: a constant of the likelihood, which no estimate of tau² depends on.
    fn ln_design(&self) -> Result<f64> {
        self.base.ln_design()
    }

    fn is_large(&self) -> bool {
        self.base.is_large()
    }
}

impl NetworkFit {
    /// Splits treatment `i` versus `j` in a model of its own; `None` if nothing but its own studies informs it.
    pub(crate) fn side_split(
        &self,
        model: &mut Assembly<'_>,
        i: usize,
        j: usize,
        nearby: Option<&Nearby>,
    ) -> Result<Option<SideSplit>> {
        let options = self.options();
        let mut split = Augmented { base: model, pair: (i, j) };
        let df = split.df();
        let tau2 = match nearby.and_then(|nearby| nearby.with_effect(&split.columns(), df)) {
            Some((_, tau2)) => tau2,
            None => {
                let start = split.solve(self.tau2)?;
                if !(start.products.zz > NO_EVIDENCE * start.weight) {
                    return Ok(None);
                }
                let at_zero = split.moments(0.0)?;
                options.tau2_of(&mut split, &at_zero)?
            }
        };
        let inflation = options.inflation(&mut split, tau2, df)?;
        let s = split.solve(tau2)?;
        let (delta, variance) = (s.products.delta(), 1.0 / s.products.zz);
        let gain = s.gamma[i] - s.gamma[j];
        let net = s.theta[i] - s.theta[j];
        let net_variance = s.factor.single_resistance(i, j);
        Ok(Some(SideSplit {
            indirect: (net - gain * delta, net_variance + gain * gain * variance),
            direct: (net + (1.0 - gain) * delta, net_variance + (1.0 - gain).powi(2) * variance),
            difference: (delta, variance),
            tau2,
            df,
            inflation,
        }))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        Measure,
        network::{NetworkData, NetworkMeta, PairRow, SplitMethod, gls::Design, tau2},
        tau2::Tau2,
    };

    /// Two triangles that share a side, one study of three arms.
    fn network() -> crate::network::Network {
        let rows = [
            ("1", "A", "B", 0.5, 0.04),
            ("2", "A", "B", 0.9, 0.06),
            ("3", "B", "C", -0.3, 0.05),
            ("4", "A", "C", 0.7, 0.09),
            ("5", "A", "C", -0.2, 0.03),
            ("6", "C", "D", 0.4, 0.07),
            ("7", "A", "D", 0.1, 0.05),
            ("8", "A", "B", 0.3, 0.10),
            ("8", "A", "C", 0.6, 0.11),
            ("8", "B", "C", 0.3, 0.09),
            ("9", "B", "C", 0.2, 0.08),
        ];
        let rows = rows.map(|(study, a, b, y, v)| PairRow::new(study, a, b, y, v));
        NetworkData::new(Measure::Generic).contrasts(&rows).unwrap()
    }

    #[test]
    fn a_split_is_the_model_with_one_more_column() {
        let network = network();
        let fit = NetworkMeta::random(Tau2::Reml).fit(&network).unwrap();
        let (i, j) = (0, 2);
        let split = fit.side_split(&mut Assembly::new(&network, fit.reference), i, j, None).unwrap().unwrap();
        // The same model written out: treatments B, C, D against A, and the column of the split.
        let mut x = Vec::new();
        for study in &network.studies {
            let column = |t: usize| if t == i { 0.5 } else { f64::from(u8::from(t == j)) * -0.5 };
            let both = [i, j].iter().all(|t| study.arms.iter().any(|arm| arm.treatment == *t));
            let first = study.arms[0].treatment;
            for arm in &study.arms[1..] {
                let one = |t: usize| (1..4).map(move |k| f64::from(u8::from(k == t)));
                x.extend(one(arm.treatment).zip(one(first)).map(|(a, b)| a - b));
                x.push(if both { column(arm.treatment) - column(first) } else { 0.0 });
            }
        }
        let mut design = Design::new(&network, x, 4);
        let at_zero = design.moments(0.0).unwrap();
        let tau2 = tau2::estimate(Tau2::Reml, &mut design, &at_zero).unwrap();
        let refit = design.solve(tau2).unwrap();
        assert!(tau2 > 0.0 && (split.tau2 / tau2 - 1.0).abs() < 1e-9, "{} {tau2}", split.tau2);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * (1.0 + b.abs()), "{a} {b}");
        close(split.difference.0, refit.beta[3]);
        close(split.difference.1, refit.covariance[15]);
        // A versus C is minus the effect of C.
        close(split.indirect.0, -refit.beta[1]);
        close(split.indirect.1, refit.covariance[5]);
        close(split.direct.0, refit.beta[3] - refit.beta[1]);
        close(split.direct.1, refit.covariance[15] + refit.covariance[5] - 2.0 * refit.covariance[7]);
    }

    #[test]
    fn two_arm_studies_at_a_fixed_tau2_split_as_by_back_calculation() {
        let keep: Vec<usize> = (0..9).filter(|s| *s != 7).collect();
        let network = network().subset(&keep).unwrap();
        let fit = NetworkMeta::random(Tau2::Reml).tau2(0.05).fit(&network).unwrap();
        let (own, side) = (fit.split(SplitMethod::Refit).unwrap(), fit.split(SplitMethod::Side).unwrap());
        assert_eq!(own.iter().filter(|s| s.difference.is_some()).count(), 5);
        for (a, b) in own.iter().zip(&side) {
            for (x, y) in [(a.direct, b.direct), (a.indirect, b.indirect), (a.difference, b.difference)] {
                assert_eq!(x.is_some(), y.is_some());
                let (Some(x), Some(y)) = (x, y) else { continue };
                assert!((x.estimate - y.estimate).abs() < 1e-10 && (x.se - y.se).abs() < 1e-10);
            }
        }
    }
}
