//! Estimators of tau², the variance of the true effects between studies.
//!
//! The model is yᵢ = xᵢ'β + uᵢ + εᵢ with Var(εᵢ) = vᵢ known and Var(uᵢ) = tau²; for pooling, xᵢ'β = μ. Each file holds
//! one family of estimators:
//!
//! | file | estimators |
//! |---|---|
//! | `generalized_q` | DL, HE, GENQ, and the two-step DL2 and CA2 |
//! | `hunter_schmidt` | HS, HSk |
//! | `sidik_jonkman` | SJ, SJ2, SJIT |
//! | `paule_mandel` | PM, EB, DLIT (the same root), PMM |
//! | `median_unbiased` | GENQM |
//! | `likelihood` | ML, REML |
//! | `interval` | Q-profile, profile likelihood, generalized Q (Jackson; Biggerstaff and Jackson), test-based |
//!
//! Every estimator finds its solution always: moment estimators are in closed form, roots are approached
//! monotonically from below (the functions involved are convex or concave), and the likelihoods, which can have
//! several maxima, are searched over their whole bounded range.
//!
//! ```
//! use consilience::tau2::{self, Tau2};
//!
//! // Ten studies on which Fisher scoring does not converge.
//! let yi = [1.30, 1.94, 0.70, 0.36, 1.31, 0.46, 1.24, 0.71, 0.35, 0.77];
//! let vi = [0.640, 0.421, 0.992, 0.058, 0.756, 0.634, 0.79, 0.596, 0.457, 0.935];
//! let estimate = tau2::estimate(&yi, &vi, Tau2::Reml)?;
//! assert!((estimate.tau2 - 0.08197314).abs() < 1e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! References: DerSimonian and Kacker (2007), Random-effects model for meta-analysis of clinical trials: an update,
//! doi:10.1016/j.cct.2006.04.004. Viechtbauer (2005), doi:10.3102/10769986030003261. Veroniki et al. (2016), Methods to
//! estimate the between-study variance and its uncertainty in meta-analysis, doi:10.1002/jrsm.1164.

mod generalized_q;
mod graded;
mod gram;
mod hunter_schmidt;
mod interval;
pub(crate) mod lanes;
pub(crate) mod likelihood;
pub(crate) mod linear;
mod median_unbiased;
pub(crate) mod model;
mod paule_mandel;
mod sidik_jonkman;
mod triangle;
pub(crate) mod zero_variances;

use serde::{Deserialize, Serialize};

pub(crate) use interval::{Distribution, interval_of, ln_h_standard_error};
pub use interval::{Tau2Interval, Tau2IntervalMethod};

use crate::codes::codes;
use crate::range::{REMEDY, apart, beyond, within};
use crate::{Error, Result};
use model::{Mean, Model};

/// An estimator of tau², by its customary code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Tau2 {
    /// `REML`: restricted maximum likelihood, the global maximum.
    #[default]
    Reml,
    /// `DL`: DerSimonian and Laird (1986, doi:10.1016/0197-2456(86)90046-2).
    Dl,
    /// `HE`: Hedges and Olkin (1985), Cochran's analysis of variance; also `CA`, `HO`, `VC`.
    He,
    /// `HS`: Hunter and Schmidt (1990).
    Hs,
    /// `HSk`: Hunter and Schmidt with the small-sample factor k / (k - p) (Brannick et al. 2019, doi:10.1002/jrsm.1350).
    Hsk,
    /// `SJ`: Sidik and Jonkman (2005, doi:10.1111/j.1467-9876.2005.00489.x).
    Sj,
    /// `ML`: maximum likelihood, the global maximum.
    Ml,
    /// `EB`: empirical Bayes (Morris 1983, doi:10.1080/01621459.1983.10477920); the root of PM.
    Eb,
    /// `PM`: Paule and Mandel (1982, doi:10.6028/jres.087.022): generalized Q equals its degrees of freedom; also `MP`.
    Pm,
    /// `PMM`: median-unbiased Paule-Mandel: generalized Q equals the median of its distribution.
    Pmm,
    /// `GENQ`: generalized Q with given weights (DerSimonian and Kacker 2007); 1 / v without.
    Genq,
    /// `GENQM`: median-unbiased generalized Q.
    Genqm,
    /// `DLIT`: DerSimonian-Laird iterated to its fixed point, which is the root of PM.
    Dlit,
    /// `DL2`: two-step DL, with weights 1 / (v + tau²_DL) (DerSimonian and Kacker 2007).
    Dl2,
    /// `CA2`: two-step estimator with weights 1 / (v + tau²_HE) (DerSimonian and Kacker 2007).
    Ca2,
    /// `SJ2`: Sidik-Jonkman starting from HE, at least 0.01 (Sidik and Jonkman 2007, doi:10.1002/sim.2688).
    Sj2,
    /// `SJIT`: Sidik-Jonkman iterated to its fixed point, which is the root of PM.
    Sjit,
}

codes! { Tau2, "method" {
    Reml "REML" ["restricted maximum likelihood", "restricted ML", "residual maximum likelihood"],
    Dl "DL" ["DerSimonian-Laird", "DerSimonian and Laird", "D-L", "method of moments"],
    He "HE" ["CA", "HO", "VC", "Hedges", "Hedges-Olkin", "Hedges and Olkin", "Cochran ANOVA", "variance component"],
    Hs "HS" ["Hunter-Schmidt", "Hunter and Schmidt", "Schmidt-Hunter"],
    Hsk "HSk" ["Hunter-Schmidt with small-sample correction", "corrected Hunter-Schmidt"],
    Sj "SJ" ["Sidik-Jonkman", "Sidik and Jonkman"],
    Ml "ML" ["maximum likelihood"],
    Eb "EB" ["empirical Bayes", "Morris"],
    Pm "PM" ["MP", "Paule-Mandel", "Paule and Mandel", "Mandel-Paule"],
    Pmm "PMM" ["median-unbiased Paule-Mandel"],
    Genq "GENQ" ["generalized Q", "generalised Q"],
    Genqm "GENQM" ["median-unbiased generalized Q", "median-unbiased generalised Q"],
    Dlit "DLIT" ["DerSimonian-Laird iterated", "iterated DerSimonian-Laird"],
    Dl2 "DL2" ["two-step DerSimonian-Laird"],
    Ca2 "CA2" ["two-step Cochran ANOVA"],
    Sj2 "SJ2" ["Sidik-Jonkman from Hedges-Olkin"],
    Sjit "SJIT" ["Sidik-Jonkman iterated", "iterated Sidik-Jonkman"],
} }

impl Tau2 {
    /// The name in words, as the list of methods under a table has it.
    pub fn name(self) -> &'static str {
        match self {
            Tau2::Reml => "restricted maximum likelihood",
            Tau2::Dl => "DerSimonian-Laird",
            Tau2::He => "Hedges-Olkin (Cochran ANOVA)",
            Tau2::Hs => "Hunter-Schmidt",
            Tau2::Hsk => "Hunter-Schmidt with small-sample correction",
            Tau2::Sj => "Sidik-Jonkman",
            Tau2::Ml => "maximum likelihood",
            Tau2::Eb => "empirical Bayes",
            Tau2::Pm => "Paule-Mandel",
            Tau2::Pmm => "median-unbiased Paule-Mandel",
            Tau2::Genq => "generalized Q",
            Tau2::Genqm => "median-unbiased generalized Q",
            Tau2::Dlit => "DerSimonian-Laird, iterated",
            Tau2::Dl2 => "two-step DerSimonian-Laird",
            Tau2::Ca2 => "two-step Cochran ANOVA",
            Tau2::Sj2 => "Sidik-Jonkman from Hedges-Olkin",
            Tau2::Sjit => "Sidik-Jonkman, iterated",
        }
    }
}

/// An estimate of tau².
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tau2Estimate {
    /// The estimate, at or above 0.
    pub tau2: f64,
    /// Its asymptotic standard error.
    pub se: f64,
}

/// The tau² of k ≥ 2 estimates `yi` with sampling variances `vi` about one mean.
///
/// # Errors
///
/// If fewer than two studies are given, the lengths differ, or a value is not finite (a variance not positive) or beyond the
/// range of computation.
pub fn estimate(yi: &[f64], vi: &[f64], method: Tau2) -> Result<Tau2Estimate> {
    check(yi, vi)?;
    let found = estimate_of(&mut Mean::new(yi, vi), method, None);
    if found.tau2.is_finite() && found.se.is_finite() {
        return Ok(found);
    }
    Err(Error::model(format!("tau² by {method} is beyond the range of numbers"), REMEDY))
}

/// Refuses what no estimator has an answer for.
fn check(yi: &[f64], vi: &[f64]) -> Result<()> {
    if yi.len() != vi.len() {
        return Err(Error::data(
            format!("{} estimates and {} variances", yi.len(), vi.len()),
            "give one of each for every study",
        ));
    }
    if yi.len() < 2 {
        return Err(Error::model(
            "tau² cannot be estimated from fewer than 2 studies",
            "use a fixed-effect model",
        ));
    }
    if within(yi, vi) {
        return Ok(());
    }
    let rows = yi.iter().zip(vi).enumerate();
    match rows.into_iter().find(|(_, (y, v))| !(y.is_finite() && v.is_finite() && **v > 0.0)) {
        Some((row, (y, v))) => Err(Error::data(
            format!("estimate {y} with variance {v}"),
            "estimates must be finite, variances finite and above 0",
        )
        .in_row(row + 1)),
        None => in_range(yi, vi),
    }
}

/// Refuses what is beyond the range of computation.
fn in_range(yi: &[f64], vi: &[f64]) -> Result<()> {
    let beyond = yi.iter().zip(vi).enumerate().find_map(|(row, (&y, &v))| Some((row, beyond(y, v)?)));
    match beyond {
        Some((row, (column, found))) => Err(Error::data(found, REMEDY).in_column(column).in_row(row + 1)),
        None => match apart(yi, vi) {
            Some((row, found)) => Err(Error::data(found, REMEDY).in_column("vi").in_row(row + 1)),
            None => Ok(()),
        },
    }
}

/// The estimate for any linear model with k > p; `weights` are those of GENQ and GENQM (1 / v without).
pub(crate) fn estimate_of<M: Model>(model: &mut M, method: Tau2, weights: Option<&[f64]>) -> Tau2Estimate {
    let (tau2, se) = match method {
        Tau2::Reml => likelihood::reml(model),
        Tau2::Ml => likelihood::ml(model),
        Tau2::Dl => generalized_q::with(model, |_, v| 1.0 / v),
        Tau2::He => generalized_q::with(model, |_, _| 1.0),
        Tau2::Genq => match weights {
            Some(w) => generalized_q::with(model, |i, _| w[i]),
            None => generalized_q::with(model, |_, v| 1.0 / v),
        },
        Tau2::Genqm => match weights {
            Some(w) => median_unbiased::with(model, |i, _| w[i]),
            None => median_unbiased::with(model, |_, v| 1.0 / v),
        },
        Tau2::Dl2 => generalized_q::two_step(model, |_, v| 1.0 / v),
        Tau2::Ca2 => generalized_q::two_step(model, |_, _| 1.0),
        Tau2::Hs => hunter_schmidt::hs(model),
        Tau2::Hsk => hunter_schmidt::hsk(model),
        Tau2::Sj => sidik_jonkman::sj(model),
        Tau2::Sj2 => sidik_jonkman::sj2(model),
        Tau2::Sjit => sidik_jonkman::iterated(model),
        Tau2::Pm | Tau2::Eb | Tau2::Dlit => paule_mandel::pm(model),
        Tau2::Pmm => paule_mandel::pmm(model),
    };
    Tau2Estimate { tau2, se }
}
