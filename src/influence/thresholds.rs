//! The bounds of the case diagnostics beyond which a study counts as influential.

use super::InfluenceReport;
use crate::stat::{Tail, chi2};

/// Bounds of the diagnostics for k studies and p coefficients (Viechtbauer and Cheung 2010).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct InfluenceBounds {
    /// |DFFITS|: 3 √(p / (k - p)); `None` for k = p.
    pub dffits: Option<f64>,
    /// Cook's distance: the median of χ² with p degrees of freedom.
    pub cook_d: f64,
    /// The leverage: 3 p / k.
    pub hat: f64,
    /// |DFBETAS|.
    pub dfbs: f64,
}

impl InfluenceReport {
    /// The bounds behind [`StudyInfluence::influential`](super::StudyInfluence::influential).
    pub fn bounds(&self) -> InfluenceBounds {
        let (k, p) = (self.k as f64, self.p as f64);
        InfluenceBounds {
            dffits: (self.k > self.p).then(|| 3.0 * (p / (k - p)).sqrt()),
            cook_d: chi2::quantile(Tail::Lower(0.5), p.max(1.0)),
            hat: 3.0 * p / k,
            dfbs: 1.0,
        }
    }
}
