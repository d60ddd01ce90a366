//! The Mantel-Haenszel estimator of a network.
//!
//! Within a design of p arms over its studies i of N_i persons: R_ab = Σ A_ia B_ib / N_i for events A and non-events B,
//! L_ab = ln(R_ab / R_ba), scores l_a = Σ_b L_ab / p and estimates l_a − l_b; the variance of L_ab is that of Robins,
//! Breslow and Greenland (1986), the covariance of L_ab and L_ac a third of six sums of products over N_i² (Greenland
//! 1989). Designs are joined by common-effect least squares, whose Q measures inconsistency between them.
//!
//! References: Efthimiou O, Rücker G, Schwarzer G, et al. (2019). Network meta-analysis of rare events using the
//! Mantel-Haenszel method. *Statistics in Medicine* 38:2992-3012. doi:10.1002/sim.8158; Greenland S (1989). Generalized
//! Mantel-Haenszel estimators for K 2 × J tables. *Biometrics* 45:183-191

use std::collections::BTreeMap;

use super::{Counts, Estimates, RareFit, RareMethod, connected, lost_note};
use crate::{
    Error, Level, Result,
    linalg::cholesky,
    network::{Network, gls::scaled_inverse},
};

/// The studies of a design with the arms that are used.
struct Design {
    arms: Vec<usize>,
    /// Events and non-events of each study, arm by arm.
    studies: Vec<(Vec<f64>, Vec<f64>)>,
}

/// The estimates of a design: arm a against the first one.
struct DesignEstimate {
    arms: Vec<usize>,
    y: Vec<f64>,
    v: Vec<f64>,
}

pub(super) fn fit(
    network: &Network,
    studies: Vec<Counts>,
    reference: usize,
    level: Level,
) -> Result<RareFit> {
    let k = studies.len();
    let mut notes = Vec::new();
    let designs = designs(network, studies, &mut notes);
    let groups: Vec<Vec<usize>> = designs.iter().map(|d| d.arms.clone()).collect();
    let kept = connected(network, &groups, reference)?;
    notes.extend(lost_note(network, &kept));
    let estimates = designs.iter().map(|d| estimate(network, d)).collect::<Result<Vec<_>>>()?;
    let (beta, covariance, q) = join(&estimates, &kept, reference)?;
    let contrasts: usize = estimates.iter().map(|e| e.y.len()).sum();
    let df = contrasts + 1 - kept.len();
    let made = Estimates { kept, beta, covariance };
    let mut fit = made.finish(network, RareMethod::MantelHaenszel, reference, level, k).with_q(q, df);
    fit.notes.extend(notes);
    Ok(fit)
}

/// Studies by design, less the arms without events or non-events in all studies of the design.
fn designs(network: &Network, studies: Vec<Counts>, notes: &mut Vec<String>) -> Vec<Design> {
    let mut by_design: BTreeMap<Vec<usize>, Vec<Counts>> = BTreeMap::new();
    for study in studies {
        by_design.entry(study.arms.clone()).or_default().push(study);
    }
    let mut designs = Vec::new();
    for (arms, studies) in by_design {
        let total = |f: &dyn Fn(&Counts) -> f64| studies.iter().map(f).sum::<f64>();
        let used: Vec<usize> = (0..arms.len())
            .filter(|a| total(&|s| s.events[*a]) > 0.0 && total(&|s| s.others[*a]) > 0.0)
            .collect();
        let name = network.design_name(&arms);
        for a in (0..arms.len()).filter(|a| !used.contains(a)) {
            let treatment = &network.treatments[arms[a]];
            notes
                .push(format!("design {name}: `{treatment}` has no events (or only events) and was dropped"));
        }
        if used.len() < 2 {
            let labels: Vec<&str> = studies.iter().map(|s| s.label.as_str()).collect();
            notes.push(format!(
                "design {name} has fewer than two usable arms; left out: {}",
                labels.join(", ")
            ));
            continue;
        }
        let pick = |x: &[f64]| -> Vec<f64> { used.iter().map(|a| x[*a]).collect() };
        designs.push(Design {
            arms: pick_arms(&arms, &used),
            studies: studies.iter().map(|s| (pick(&s.events), pick(&s.others))).collect(),
        });
    }
    designs
}

fn pick_arms(arms: &[usize], used: &[usize]) -> Vec<usize> {
    used.iter().map(|a| arms[*a]).collect()
}

impl Design {
    /// Σ f(study) / N.
    fn sum(&self, f: impl Fn(&[f64], &[f64]) -> f64) -> f64 {
        self.studies.iter().map(|(a, b)| f(a, b) / persons(a, b)).sum()
    }

    /// R_ab.
    fn r(&self, a: usize, b: usize) -> f64 {
        self.sum(|x, y| x[a] * y[b])
    }

    /// The variance of L_ab.
    fn variance(&self, a: usize, b: usize) -> f64 {
        let (r, s) = (self.r(a, b), self.r(b, a));
        let (mut pr, mut qs, mut mixed) = (0.0, 0.0, 0.0);
        for (x, y) in &self.studies {
            let n = persons(x, y);
            // concordant and discordant persons, both over all persons of the study
            let (p, q) = ((x[a] + y[b]) / n, (x[b] + y[a]) / n);
            let (ri, si) = (x[a] * y[b] / n, x[b] * y[a] / n);
            pr += p * ri;
            qs += q * si;
            mixed += p * si + q * ri;
        }
        pr / (2.0 * r * r) + mixed / (2.0 * r * s) + qs / (2.0 * s * s)
    }

    /// The covariance of L_ab and L_ac.
    fn covariance(&self, a: usize, b: usize, c: usize) -> f64 {
        let r = |i: usize, j: usize| self.r(i, j);
        let mut sum = [0.0; 6];
        for (x, y) in &self.studies {
            let n2 = persons(x, y).powi(2);
            sum[0] += x[a] * y[b] * y[c] / n2;
            sum[1] += y[a] * x[b] * x[c] / n2;
            sum[2] += x[a] * y[b] * x[c] / n2;
            sum[3] += x[a] * y[c] * x[b] / n2;
            sum[4] += y[a] * x[b] * y[c] / n2;
            sum[5] += y[a] * x[c] * y[b] / n2;
        }
        let over = [
            r(a, b) * r(a, c),
            r(b, a) * r(c, a),
            r(a, b) * r(c, a),
            r(a, c) * r(b, a),
            r(b, a) * r(a, c),
            r(c, a) * r(a, b),
        ];
        sum.iter().zip(over).map(|(s, o)| s / o).sum::<f64>() / 3.0
    }
}

fn persons(events: &[f64], others: &[f64]) -> f64 {
    events.iter().chain(others).sum()
}

fn estimate(network: &Network, design: &Design) -> Result<DesignEstimate> {
    let p = design.arms.len();
    let pairs: Vec<(usize, usize)> = (0..p).flat_map(|a| (a + 1..p).map(move |b| (a, b))).collect();
    let mut l = Vec::with_capacity(pairs.len());
    for (a, b) in &pairs {
        let (r, s) = (design.r(*a, *b), design.r(*b, *a));
        if !(r > 0.0 && s > 0.0) {
            let name = |i: usize| &network.treatments[design.arms[i]];
            return Err(Error::model(
                format!(
                    "design {}: no study has events of `{}` beside non-events of `{}`, or the other way round",
                    network.design_name(&design.arms),
                    name(*a),
                    name(*b)
                ),
                "choose the hypergeometric (nch) or penalized (firth) likelihood",
            ));
        }
        l.push((r / s).ln());
    }
    // l_a − l_0 = Σ over pairs of m[a][pair] L_pair
    let weight = |a: usize, (i, j): (usize, usize)| {
        let of = |x: usize| f64::from(u8::from(i == x)) - f64::from(u8::from(j == x));
        (of(a) - of(0)) / p as f64
    };
    let covariance = pair_covariance(design, &pairs);
    let m = pairs.len();
    let y = (1..p).map(|a| (0..m).map(|k| weight(a, pairs[k]) * l[k]).sum()).collect();
    let mut v = vec![0.0; (p - 1) * (p - 1)];
    for a in 1..p {
        for b in 1..p {
            v[(a - 1) * (p - 1) + b - 1] = (0..m)
                .map(|i| {
                    let inner: f64 = (0..m).map(|j| covariance[i * m + j] * weight(b, pairs[j])).sum();
                    weight(a, pairs[i]) * inner
                })
                .sum();
        }
    }
    Ok(DesignEstimate { arms: design.arms.clone(), y, v })
}

/// The covariances of L_ab over all pairs a < b; those of disjoint pairs are 0.
fn pair_covariance(design: &Design, pairs: &[(usize, usize)]) -> Vec<f64> {
    let m = pairs.len();
    let mut covariance = vec![0.0; m * m];
    for (i, (a, b)) in pairs.iter().enumerate() {
        for (j, (c, d)) in pairs.iter().enumerate() {
            covariance[i * m + j] = if i == j {
                design.variance(*a, *b)
            } else if a == c {
                design.covariance(*a, *b, *d)
            } else if b == d {
                design.covariance(*b, *a, *c)
            } else if b == c {
                -design.covariance(*b, *a, *d)
            } else if a == d {
                -design.covariance(*a, *b, *c)
            } else {
                0.0
            };
        }
    }
    covariance
}

/// Least squares across designs: estimates, covariance, Q.
fn join(designs: &[DesignEstimate], kept: &[usize], reference: usize) -> Result<(Vec<f64>, Vec<f64>, f64)> {
    let others: Vec<usize> = kept.iter().copied().filter(|i| *i != reference).collect();
    let c = others.len();
    let column = |treatment: usize| others.iter().position(|o| *o == treatment);
    let (mut a, mut b, mut ywy) = (vec![0.0; c * c], vec![0.0; c], 0.0);
    for design in designs {
        let n = design.y.len();
        let mut w = design.v.clone();
        cholesky::invert(&mut w, n)?;
        let row = |i: usize| {
            let mut row = vec![0.0; c];
            if let Some(k) = column(design.arms[i + 1]) {
                row[k] = 1.0;
            }
            if let Some(k) = column(design.arms[0]) {
                row[k] = -1.0;
            }
            row
        };
        let rows: Vec<Vec<f64>> = (0..n).map(row).collect();
        for i in 0..n {
            for j in 0..n {
                // Only the lower triangle of an inverse is sure to be written.
                let wij = w[i.min(j) * n + i.max(j)];
                ywy += design.y[i] * wij * design.y[j];
                for (k, x) in rows[i].iter().enumerate().filter(|(_, x)| **x != 0.0) {
                    b[k] += x * wij * design.y[j];
                    a[k * c..(k + 1) * c].iter_mut().zip(&rows[j]).for_each(|(a, o)| *a += x * wij * o);
                }
            }
        }
    }
    let (covariance, _) = scaled_inverse(a, c)?;
    let beta: Vec<f64> = (0..c).map(|i| (0..c).map(|j| covariance[i * c + j] * b[j]).sum()).collect();
    let q = ywy - beta.iter().zip(&b).map(|(x, y)| x * y).sum::<f64>();
    Ok((beta, covariance, q.max(0.0)))
}
