//! Loops of three treatments: direct against indirect evidence, from two-arm studies only.
//!
//! Each triangle whose three sides all have two-arm studies: direct = mean of a versus b, indirect = (a versus c) +
//! (c versus b), each side pooled by inverse variances with the loop's own tau² (DerSimonian and Laird over the three
//! sides). P values are given as they are and adjusted by Holm's method over the loops.
//!
//! References: Bucher HC and others (1997), doi:10.1016/S0895-4356(97)00049-8; Veroniki AA and others (2013),
//! doi:10.1093/ije/dys222.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::NetworkFit;
use crate::stat::normal;

/// A loop of three treatments.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Loop {
    /// The treatments a, b, c in the order of the levels.
    pub treatments: [usize; 3],
    /// a minus b from studies of a and b.
    pub direct: f64,
    /// a minus b by way of c.
    pub indirect: f64,
    /// Direct minus indirect.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Its P value.
    pub p_value: f64,
    /// The P value adjusted by Holm's method for the number of loops.
    pub p_holm: f64,
    /// The variance between the studies of a side.
    pub tau2: f64,
}

/// A side of a loop: sums of its two-arm studies.
type Side = Vec<(f64, f64)>;

impl NetworkFit {
    /// All loops of three treatments with two-arm studies on every side.
    pub fn loops(&self) -> Vec<Loop> {
        let mut sides: BTreeMap<(usize, usize), Side> = BTreeMap::new();
        for study in self.network.studies.iter().filter(|s| s.arms.len() == 2) {
            let (i, j) = (study.arms[0].treatment, study.arms[1].treatment);
            if i != j {
                sides.entry((i, j)).or_default().push(study.pair(0, 1));
            }
        }
        let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(i, j) in sides.keys() {
            after.entry(i).or_default().push(j);
        }
        let mut loops = Vec::new();
        for (&(a, b), ab) in &sides {
            for &c in after.get(&b).into_iter().flatten() {
                if let (Some(ac), Some(bc)) = (sides.get(&(a, c)), sides.get(&(b, c))) {
                    loops.push(closed([a, b, c], ab, ac, bc));
                }
            }
        }
        holm(&mut loops);
        loops
    }
}

/// One loop.
fn closed(treatments: [usize; 3], ab: &Side, ac: &Side, bc: &Side) -> Loop {
    let (mut q, mut df, mut trace) = (0.0, 0, 0.0);
    for side in [ab, ac, bc] {
        let (mean, variance) = pooled(side, 0.0);
        q += side.iter().map(|(y, v)| (y - mean).powi(2) / v).sum::<f64>();
        df += side.len() - 1;
        trace += 1.0 / variance - variance * side.iter().map(|(_, v)| 1.0 / (v * v)).sum::<f64>();
    }
    let tau2 = if df > 0 && trace > 0.0 { ((q - df as f64) / trace).max(0.0) } else { 0.0 };
    let [(direct, v1), (to_c, v2), (from_b, v3)] = [ab, ac, bc].map(|side| pooled(side, tau2));
    let indirect = to_c - from_b;
    let difference = direct - indirect;
    let se = (v1 + v2 + v3).sqrt();
    let p_value = normal::two_sided(difference / se);
    Loop { treatments, direct, indirect, difference, se, p_value, p_holm: p_value, tau2 }
}

fn pooled(side: &Side, tau2: f64) -> (f64, f64) {
    let total: f64 = side.iter().map(|(_, v)| 1.0 / (v + tau2)).sum();
    (side.iter().map(|(y, v)| y / (v + tau2)).sum::<f64>() / total, 1.0 / total)
}

/// Holm's adjusted P values.
fn holm(loops: &mut [Loop]) {
    let mut order: Vec<usize> = (0..loops.len()).collect();
    order.sort_by(|&a, &b| loops[a].p_value.total_cmp(&loops[b].p_value));
    let mut largest = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        largest = largest.max(loops[at].p_value * (order.len() - rank) as f64).min(1.0);
        loops[at].p_holm = largest;
    }
}
