//! The profile of an objective in one parameter near a point, to second order: what the other parameters still have to go, and how they
//! follow the one.
//!
//! With the gradient g and the Hessian H of the objective f, β the parameter and ω the others,
//!
//! ```text
//! ω goes by −H_ωω⁻¹ (g_ω + H_ωβ δβ)  and gains  ½ g_ω' H_ωω⁻¹ g_ω;
//! the profile has the slope g_β − H_βω H_ωω⁻¹ g_ω and the curvature H_ββ − H_βω H_ωω⁻¹ H_ωβ.
//! ```
//!
//! It is what Venzon and Moolgavkar (1988, doi:10.2307/2347496) find the ends of profile-likelihood intervals with.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::newton::Point;

/// The profile in one parameter near a point.
#[derive(Debug, Clone)]
pub(crate) struct Tangent {
    /// The other parameters with their solutions H_ωω⁻¹ g_ω and H_ωω⁻¹ H_ωβ.
    pub others: Vec<Follower>,
    /// The slope of the profile.
    pub slope: f64,
    /// The curvature of the profile.
    pub curvature: f64,
    /// ½ g_ω' H_ωω⁻¹ g_ω
    pub gain: f64,
}

/// A parameter that follows another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Follower {
    /// Its position.
    pub at: usize,
    /// The way that it has to go back: H_ωω⁻¹ g_ω.
    pub behind: f64,
    /// The way that it goes back for a unit of the parameter: H_ωω⁻¹ H_ωβ.
    pub along: f64,
}

impl Follower {
    /// The change with that of the parameter.
    pub fn change(&self, of_parameter: f64) -> f64 {
        -self.behind - self.along * of_parameter
    }
}

impl Tangent {
    /// The profile in the parameter at `at` where those in `others` follow; `None` if their Hessian is not positive definite.
    pub fn new<E>(point: &Point<E>, at: usize, others: &[usize]) -> Option<Self> {
        let n = others.len();
        let (slope, curvature) = (point.gradient[at], point.hessian[(at, at)]);
        if n == 0 {
            return Some(Tangent { others: Vec::new(), slope, curvature, gain: 0.0 });
        }
        let factor = Cholesky::new(DMatrix::from_fn(n, n, |a, b| point.hessian[(others[a], others[b])]))?;
        let gradient = DVector::from_fn(n, |a, _| point.gradient[others[a]]);
        let mixed = DVector::from_fn(n, |a, _| point.hessian[(others[a], at)]);
        let (behind, along) = (factor.solve(&gradient), factor.solve(&mixed));
        let followers = others.iter().enumerate();
        let followers = followers.map(|(a, &at)| Follower { at, behind: behind[a], along: along[a] });
        Some(Tangent {
            others: followers.collect(),
            slope: slope - mixed.dot(&behind),
            curvature: curvature - mixed.dot(&along),
            gain: 0.5 * gradient.dot(&behind),
        })
    }

    /// The same profile in the logarithm of the parameter, whose value and own gradient are given.
    pub fn in_logarithm(mut self, value: f64, gradient: f64) -> Self {
        self.others.iter_mut().for_each(|other| other.along *= value);
        self.curvature = value * value * self.curvature + value * gradient;
        self.slope *= value;
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// f = ½ (β − 1)² + ½ (ω − 2β)²: the profile is ½ (β − 1)², on which ω = 2β.
    #[test]
    fn the_profile_of_a_parabola_is_one() {
        let (beta, omega) = (3.0, 1.0);
        let point = Point {
            theta: vec![beta, omega],
            value: 0.5 * (beta - 1.0_f64).powi(2) + 0.5 * (omega - 2.0 * beta).powi(2),
            gradient: vec![beta - 1.0 - 2.0 * (omega - 2.0 * beta), omega - 2.0 * beta],
            hessian: DMatrix::from_row_slice(2, 2, &[5.0, -2.0, -2.0, 1.0]),
            expected: None,
            extra: (),
        };
        let tangent = Tangent::new(&point, 0, &[1]).unwrap();
        assert_eq!((tangent.slope, tangent.curvature, tangent.gain), (2.0, 1.0, 12.5));
        assert_eq!(omega + tangent.others[0].change(0.5), 2.0 * (beta + 0.5));
        // In ln β: d/dln β ½ (β − 1)² = β (β − 1), d²/dln β² = β² + β (β − 1).
        let log = tangent.in_logarithm(beta, point.gradient[0]);
        assert_eq!(log.slope, beta * (beta - 1.0));
    }
}
