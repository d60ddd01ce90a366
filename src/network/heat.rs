//! The net heat matrix: which contrasts of which designs become consistent when a design is detached.
//!
//! Entry (r, c) is the contribution of contrast r to Q between designs minus what is left of it when the design of
//! contrast c is detached: warm (positive) where inconsistency leaves. After detaching d the residuals are
//! r_e - [e = d] U_d s + X_e C X_dᵀ s with s = R_d⁺ r_d. The hat matrix X C Xᵀ U⁻¹ maps design means to network estimates.
//!
//! Reference: Krahn U, Binder H, König J (2013), doi:10.1186/1471-2288-13-35.

use serde::{Deserialize, Serialize};

use super::{NetworkFit, decomposition::Between};
use crate::Result;

/// The net heat matrix of the common-effect model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetHeat {
    /// The design of each row and column, by treatments.
    pub designs: Vec<Vec<usize>>,
    /// Its contrast: the first treatment of the design and the other one.
    pub contrasts: Vec<[usize; 2]>,
    /// Row by row; a column is `None` where the design cannot be detached.
    pub matrix: Vec<Vec<Option<f64>>>,
    /// Row by row: the network estimates as combinations of the design means.
    pub hat: Vec<Vec<f64>>,
}

impl NetworkFit {
    /// The net heat matrix.
    ///
    /// # Errors
    ///
    /// If the designs cannot be solved.
    pub fn net_heat(&self) -> Result<NetHeat> {
        let between = Between::new(&self.network, 0.0)?;
        let mut heat =
            NetHeat { designs: Vec::new(), contrasts: Vec::new(), matrix: Vec::new(), hat: Vec::new() };
        for design in &between.designs {
            for &t in &design.treatments[1..] {
                heat.designs.push(design.treatments.clone());
                heat.contrasts.push([design.treatments[0], t]);
            }
        }
        let mut columns: Vec<Option<Vec<f64>>> = Vec::with_capacity(heat.contrasts.len());
        for d in 0..between.designs.len() {
            let column = leaves(&between, d)?;
            columns.extend(std::iter::repeat_n(column, between.designs[d].contrasts()));
        }
        let count = heat.contrasts.len();
        let cell = |r: usize, column: &Option<Vec<f64>>| column.as_ref().map(|c| c[r]);
        heat.matrix = (0..count).map(|r| columns.iter().map(|c| cell(r, c)).collect()).collect();
        heat.hat = hat(&between);
        Ok(heat)
    }
}

/// By how much each contribution falls when a design is detached; `None` if it cannot be.
fn leaves(between: &Between, d: usize) -> Result<Option<Vec<f64>>> {
    let detached = between.detach(d)?;
    if detached.rank == 0 {
        return Ok(None);
    }
    let mut falls = Vec::new();
    for (e, design) in between.designs.iter().enumerate() {
        let n = design.contrasts();
        let shared = between.covariance(e, d);
        let own = |a: usize| -> f64 {
            if e == d { (0..n).map(|b| design.covariance[b * n + a] * detached.shift[b]).sum() } else { 0.0 }
        };
        let left: Vec<f64> = (0..n)
            .map(|a| {
                let moved: f64 = shared[a].iter().zip(&detached.shift).map(|(c, s)| c * s).sum();
                between.residuals[e][a] - own(a) + moved
            })
            .collect();
        let weighted = design.weigh(&left);
        let before = between.residuals[e].iter().zip(&between.weighted[e]);
        falls.extend(before.zip(left.iter().zip(&weighted)).map(|((r, w), (l, v))| r * w - l * v));
    }
    Ok(Some(falls))
}

/// X C Xᵀ U⁻¹, row by row.
fn hat(between: &Between) -> Vec<Vec<f64>> {
    let mut rows = Vec::new();
    for (d, design) in between.designs.iter().enumerate() {
        let mut block = vec![Vec::new(); design.contrasts()];
        for (e, other) in between.designs.iter().enumerate() {
            for (row, shared) in block.iter_mut().zip(between.covariance(d, e)) {
                // U⁻¹ is symmetric, so the row times it is it times the row
                row.extend(other.weigh(&shared));
            }
        }
        rows.extend(block);
    }
    rows
}
