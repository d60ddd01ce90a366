//! Confidence intervals for tau².
//!
//! | method | set |
//! |---|---|
//! | Q-profile (Viechtbauer 2007, doi:10.1002/sim.2514) | the tau² at which the generalized Q is no surprise under chi-square with k - p df |
//! | generalized Q (Jackson 2013, doi:10.1002/jrsm.1081; Biggerstaff and Jackson 2008, doi:10.1002/sim.3401) | the same with fixed weights, under the exact distribution of Q |
//! | profile likelihood (Hardy and Thompson 1996, doi:10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A) | the tau² whose log-likelihood is within half a chi-square quantile of the maximum |
//! | test-based (Higgins and Thompson 2002, doi:10.1002/sim.1186) | from the standard error of log H |
//!
//! The first two can be empty: the effects agree better than sampling error lets expect at any tau² ≥ 0. An empty
//! set is marked as such and has both limits 0, as the field prints it.

mod generalized_q;
mod profile_likelihood;
mod q_profile;
mod test_based;

use serde::{Deserialize, Serialize};

pub(crate) use generalized_q::Distribution;
use q_profile::q_profile;
pub(crate) use test_based::ln_h_standard_error;

use super::{
    Tau2, check, estimate_of,
    likelihood::Likelihood,
    model::{Mean, Model},
};
use crate::codes::codes;
use crate::{Level, Result};

/// A method for the confidence interval of tau².
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Tau2IntervalMethod {
    /// `q-profile`: Viechtbauer (2007).
    #[default]
    QProfile,
    /// `profile-reml`: profile of the restricted likelihood.
    ProfileReml,
    /// `profile-ml`: profile of the likelihood.
    ProfileMl,
    /// `jackson`: generalized Q with weights 1 / √v (Jackson 2013).
    Jackson,
    /// `biggerstaff-jackson`: generalized Q with weights 1 / v (Biggerstaff and Jackson 2008).
    BiggerstaffJackson,
    /// `generalized-q`: generalized Q with given weights.
    GeneralizedQ,
    /// `test-based`: from the standard error of log H (Higgins and Thompson 2002).
    TestBased,
}

codes! { Tau2IntervalMethod, "interval method" {
    QProfile "q-profile" ["QP", "Viechtbauer"],
    ProfileReml "profile-reml" ["profile restricted likelihood", "PL-REML"],
    ProfileMl "profile-ml" ["profile likelihood", "PL-ML"],
    Jackson "jackson" ["J"],
    BiggerstaffJackson "biggerstaff-jackson" ["BJ", "Biggerstaff and Jackson"],
    GeneralizedQ "generalized-q" ["GENQ", "generalised Q"],
    TestBased "test-based" ["TB", "Higgins-Thompson"],
} }

/// A confidence interval for tau².
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tau2Interval {
    /// The method.
    pub method: Tau2IntervalMethod,
    /// The confidence level.
    pub level: Level,
    /// The lower limit; 0 if the interval starts at the boundary or is empty.
    pub lower: f64,
    /// The upper limit; 0 if the interval is empty.
    pub upper: f64,
    /// True if no tau² ≥ 0 is compatible with the data at this level.
    pub empty: bool,
}

impl Tau2Interval {
    /// The interval of k ≥ 2 estimates `yi` with sampling variances `vi` about one mean. `estimator` is the estimate of
    /// tau² that the test-based method starts from; the other methods do not look at it.
    ///
    /// # Errors
    ///
    /// If fewer than two studies are given, the lengths differ, or a value is not finite (a variance not positive); or
    /// if the method has no answer (`generalized-q` needs weights, `test-based` three studies).
    ///
    /// ```
    /// use consilience::{Level, tau2::{Tau2, Tau2Interval, Tau2IntervalMethod}};
    ///
    /// let (yi, vi) = ([0.1, 0.5, 0.9, 0.2], [0.02, 0.05, 0.03, 0.04]);
    /// let ci = Tau2Interval::new(&yi, &vi, Tau2IntervalMethod::QProfile, Tau2::Reml, Level::default())?;
    /// assert!(ci.lower < ci.upper && !ci.empty);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn new(
        yi: &[f64],
        vi: &[f64],
        method: Tau2IntervalMethod,
        estimator: Tau2,
        level: Level,
    ) -> Result<Self> {
        check(yi, vi)?;
        let mut model = Mean::new(yi, vi);
        let start = if method == Tau2IntervalMethod::TestBased { estimator } else { Tau2::Dl };
        let tau2 = estimate_of(&mut model, start, None).tau2;
        interval_of(&mut model, method, tau2, None, level)
    }
}

/// The interval for any linear model with k > p. `tau2` is the estimate that the test-based method starts from, and near which the
/// Q-profile is searched; `weights` are those of the generalized Q.
pub(crate) fn interval_of<M: Model>(
    model: &mut M,
    method: Tau2IntervalMethod,
    tau2: f64,
    weights: Option<&[f64]>,
    level: Level,
) -> Result<Tau2Interval> {
    let set = match method {
        Tau2IntervalMethod::QProfile => q_profile(model, tau2, level),
        Tau2IntervalMethod::ProfileReml => {
            Some(profile_likelihood::interval(model, Likelihood::Reml, level)?)
        }
        Tau2IntervalMethod::ProfileMl => Some(profile_likelihood::interval(model, Likelihood::Ml, level)?),
        Tau2IntervalMethod::Jackson => generalized_q::interval(model, |_, v| 1.0 / v.sqrt(), level)?,
        Tau2IntervalMethod::BiggerstaffJackson => generalized_q::interval(model, |_, v| 1.0 / v, level)?,
        Tau2IntervalMethod::GeneralizedQ => match weights {
            Some(w) => generalized_q::interval(model, |i, _| w[i], level)?,
            None => generalized_q::interval(model, |_, v| 1.0 / v, level)?,
        },
        Tau2IntervalMethod::TestBased => Some(test_based::interval(model, tau2, level)?),
    };
    let (lower, upper) = set.unwrap_or((0.0, 0.0));
    Ok(Tau2Interval { method, level, lower, upper, empty: set.is_none() })
}
