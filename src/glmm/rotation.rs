//! The coefficients of the effect in coordinates that are good to compute in: orthonormal columns.
//!
//! X = Q T with orthogonal columns of mean square 1 in Q and T upper triangular (Gram-Schmidt, twice), so that moderators
//! of any center and scale make no difference to the climb; β = T⁻¹γ brings the coefficients back.

use nalgebra::DMatrix;

use crate::{Error, Result, linear::Design};

/// A column whose distance from the others is this part of its length is one of their combinations.
const ALIASED: f64 = 1e-9;

/// The orthogonal coordinates of the informative studies.
#[derive(Debug, Clone)]
pub(super) struct Rotation {
    pub p: usize,
    /// Row after row.
    pub rows: Vec<f64>,
    /// T.
    triangle: DMatrix<f64>,
    /// The order of the columns: position in Q → column of X.
    order: Vec<usize>,
}

impl Rotation {
    /// Orthogonal coordinates with column `last` (if given) in the last place, where its coefficient is γ over T's last
    /// diagonal entry alone.
    pub fn new(design: &Design, last: Option<usize>) -> Result<Self> {
        let (k, p) = (design.k(), design.p());
        let mut order: Vec<usize> = (0..p).filter(|&j| Some(j) != last).collect();
        order.extend(last);
        let mut triangle = DMatrix::zeros(p, p);
        let mut columns: Vec<Vec<f64>> = Vec::with_capacity(p);
        for (at, &j) in order.iter().enumerate() {
            let mut column = design.values_of(j).to_vec();
            let before = mean_product(&column, &column);
            for _ in 0..2 {
                for (other, done) in columns.iter().enumerate() {
                    let share = mean_product(&column, done);
                    triangle[(other, at)] += share;
                    column.iter_mut().zip(done).for_each(|(x, q)| *x -= share * q);
                }
            }
            let length = mean_product(&column, &column).sqrt();
            if !(length > ALIASED * before.sqrt()) {
                return Err(aliased(&design.names()[j], k));
            }
            triangle[(at, at)] = length;
            column.iter_mut().for_each(|x| *x /= length);
            columns.push(column);
        }
        let rows = (0..k).flat_map(|i| columns.iter().map(move |column| column[i])).collect();
        Ok(Rotation { p, rows, triangle, order })
    }

    /// β of γ, in the order of the columns of X.
    pub fn back(&self, gamma: &[f64]) -> Vec<f64> {
        let p = self.p;
        let mut solved = gamma[..p].to_vec();
        for i in (0..p).rev() {
            for j in i + 1..p {
                solved[i] -= self.triangle[(i, j)] * solved[j];
            }
            solved[i] /= self.triangle[(i, i)];
        }
        let mut beta = vec![0.0; p];
        for (value, &j) in solved.iter().zip(&self.order) {
            beta[j] = *value;
        }
        beta
    }

    /// Writes γ of β (in the order of the columns of X) to the front of `theta`.
    #[allow(clippy::needless_range_loop)] // row i of a triangle
    pub fn forth(&self, beta: &[f64], theta: &mut [f64]) {
        for i in 0..self.p {
            theta[i] = (i..self.p).map(|j| self.triangle[(i, j)] * beta[self.order[j]]).sum();
        }
    }

    /// The covariance of β from that of γ.
    pub fn covariance(&self, gamma: &DMatrix<f64>) -> DMatrix<f64> {
        let p = self.p;
        // The columns of T⁻¹, in the order of X.
        let inverse: Vec<Vec<f64>> = (0..p)
            .map(|j| {
                let unit: Vec<f64> = (0..p).map(|i| f64::from(i == j)).collect();
                self.back(&unit)
            })
            .collect();
        DMatrix::from_fn(p, p, |a, b| {
            let mut sum = 0.0;
            for i in 0..p {
                for j in 0..p {
                    sum += inverse[i][a] * gamma[(i, j)] * inverse[j][b];
                }
            }
            sum
        })
    }

    /// The multiple of the last coefficient that γ's last entry is.
    pub fn last_scale(&self) -> f64 {
        self.triangle[(self.p - 1, self.p - 1)]
    }

    /// γ of a predictor that is the same for all studies, as nearly as the design allows.
    pub fn constant(&self, value: f64) -> Vec<f64> {
        let k = (self.rows.len() / self.p.max(1)).max(1) as f64;
        (0..self.p).map(|j| value * self.rows.iter().skip(j).step_by(self.p).sum::<f64>() / k).collect()
    }
}

fn mean_product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / a.len().max(1) as f64
}

fn aliased(name: &str, k: usize) -> Error {
    Error::data(
        format!("the column is constant, or a combination of other columns, in the {k} informative studies"),
        "leave it out of the model",
    )
    .in_column(name)
}
