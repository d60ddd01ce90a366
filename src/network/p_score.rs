//! P-scores: how certain it is, on average, that a treatment is better than another.
//!
//! P-score of i = mean over j of P(i better than j) = Φ(± (θᵢ - θⱼ) / se_ij). SUCRA of the normal distribution of the
//! effects is the same number, since both are the expected share of competitors beaten; the mean rank is T - (T - 1) P. With a
//! smallest difference that matters, a treatment beats another only by more than that.
//!
//! References: Rücker G, Schwarzer G (2015), doi:10.1186/s12874-015-0060-8; Salanti G, Ades AE, Ioannidis JPA (2011),
//! doi:10.1016/j.jclinepi.2010.03.016; Mavridis D and others (2020), doi:10.1002/bimj.201900026.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::NetworkFit;
use crate::{Error, Result, stat::normal};

/// The meaning of a small value of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SmallValues {
    /// `good`: the treatment with the smallest effect is best.
    #[default]
    Good,
    /// `bad`: the treatment with the largest effect is best.
    Bad,
}

impl SmallValues {
    /// Both.
    pub const ALL: &'static [SmallValues] = &[SmallValues::Good, SmallValues::Bad];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            SmallValues::Good => "good",
            SmallValues::Bad => "bad",
        }
    }

    /// The factor that makes small values good: 1 or -1.
    pub fn sign(self) -> f64 {
        match self {
            SmallValues::Good => 1.0,
            SmallValues::Bad => -1.0,
        }
    }
}

impl fmt::Display for SmallValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for SmallValues {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let code = match text.trim().to_ascii_lowercase().as_str() {
            "desirable" => "good".to_owned(),
            "undesirable" => "bad".to_owned(),
            other => other.to_owned(),
        };
        SmallValues::ALL.iter().copied().find(|s| s.code() == code).ok_or_else(|| {
            Error::unknown("meaning of small values", text, SmallValues::ALL.iter().map(|s| s.code()))
        })
    }
}

/// P-scores of all treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PScores {
    /// The meaning of a small value.
    pub small_values: SmallValues,
    /// The smallest difference that matters, if one was given.
    pub mid: Option<f64>,
    /// The treatments from best to worst P-score; ties stay in the order of the levels.
    pub order: Vec<usize>,
    /// The P-score of each treatment, between 0 and 1.
    pub p_score: Vec<f64>,
    /// Row by row: P(row is better than column); `None` on the diagonal.
    pub p_matrix: Vec<Vec<Option<f64>>>,
}

impl NetworkFit {
    /// The P-scores; `mid` is the smallest difference that matters, on the scale of the analysis.
    ///
    /// # Errors
    ///
    /// If `mid` is not a number of at least 0.
    pub fn p_scores(&self, small_values: SmallValues, mid: Option<f64>) -> Result<PScores> {
        if let Some(mid) = mid.filter(|m| !(m.is_finite() && *m >= 0.0)) {
            return Err(Error::setting(
                "mid",
                format!("the smallest difference that matters is {mid}"),
                "it must be finite and not below 0",
            ));
        }
        let size = self.theta.len();
        let better = |i: usize, j: usize| {
            let gain = small_values.sign() * (self.theta[j] - self.theta[i]) - mid.unwrap_or(0.0);
            let se = self.variance(i, j).sqrt();
            // without any variance the comparison is certain
            if se > 0.0 { normal::cdf(gain / se) } else { 0.5 + 0.5 * gain.signum() * f64::from(gain != 0.0) }
        };
        let p_matrix: Vec<Vec<Option<f64>>> =
            (0..size).map(|i| (0..size).map(|j| (i != j).then(|| better(i, j))).collect()).collect();
        let p_score: Vec<f64> =
            p_matrix.iter().map(|row| row.iter().flatten().sum::<f64>() / (size - 1) as f64).collect();
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by(|&a, &b| p_score[b].total_cmp(&p_score[a]));
        Ok(PScores { small_values, mid, order, p_score, p_matrix })
    }
}
