//! Trial sequential analysis: whether the studies so far suffice for a conclusion, when the analysis is repeated as they come.
//!
//! A cumulative meta-analysis that is tested anew with each study finds an effect by chance far more often than alpha. Here
//! each new study is a look at accumulating information. To find an anticipated effect δ with power 1 - beta takes the
//! information (z_{alpha/2} + z_beta)² / δ², in units of 1 / variance, over 1 - D² if the studies differ: D² = 1 - V_F / V_R, from
//! the variances of the fixed-effect and the random-effects mean of all studies, or as it is assumed. After study j the
//! fraction tⱼ is the information 1 / V_F of the studies up to j over that required, and Zⱼ = μ̂ⱼ / se(μ̂ⱼ) by the chosen model is
//! held against boundaries that spend alpha, and beta for futility, as information comes ([`Boundaries`]).
//!
//! Participants required are those so far over the fraction, where sizes are known. With the anticipated effect taken from
//! the pooled result itself the analysis is circular: δ is what would matter to patients.
//!
//! ```
//! use consilience::{EffectSizes, Measure, influence::Sequential};
//!
//! let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [0.4, 0.5, 0.6], [0.04, 0.04, 0.04])?;
//! let report = Sequential::fixed_effect(0.5).fit(&effects)?;
//! // (1.959964 + 0.841621)² / 0.25 = 31.3955 and 25 for each study
//! assert!((report.required_information - 31.395519).abs() < 1e-5);
//! assert!((report.looks[0].information - 25.0 / 31.395519).abs() < 1e-7);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! References: Wetterslev, Thorlund, Brok and Gluud (2008), Trial sequential analysis may establish when firm evidence is reached in
//! cumulative meta-analysis, doi:10.1016/j.jclinepi.2007.03.013. Wetterslev et al. (2009), Estimating required information size
//! by quantifying diversity in random-effects model meta-analyses, doi:10.1186/1471-2288-9-86.

use serde::{Deserialize, Serialize};

use super::{
    Boundaries, Spending,
    boundaries::APART,
    sequence::{self, PartialFit, Recipe},
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    pool::{Inference, PoolModel, kernel},
    stat::{Tail, normal},
    tau2::Tau2,
};

/// A trial sequential analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequential {
    model: PoolModel,
    estimator: Tau2,
    effect: f64,
    alpha: f64,
    power: f64,
    spending: Spending,
    futility: bool,
    diversity: Option<f64>,
    order: Option<Vec<f64>>,
}

/// The conclusion from all looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SequentialConclusion {
    /// The boundary of alpha is crossed: an effect, at this error rate.
    Effect,
    /// The futility boundary is crossed, or the required information is reached without an effect: not the anticipated one.
    Futile,
    /// Neither: more studies are needed.
    Undecided,
}

/// The analysis after one more study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SequentialLook {
    /// The study added.
    pub study: String,
    /// The number of studies.
    pub k: usize,
    /// The participants so far, where sizes are known.
    pub participants: Option<f64>,
    /// The information so far over that required.
    pub information: f64,
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Their ratio.
    pub z: f64,
    /// |Z| from here on is an effect; `None` where nothing of alpha is to be spent.
    pub critical: Option<f64>,
    /// |Z| below this is futile.
    pub futility: Option<f64>,
    /// The lower limit of the interval with the critical value in place of 1.96.
    pub ci_lower: Option<f64>,
    /// The upper limit.
    pub ci_upper: Option<f64>,
}

/// A trial sequential analysis, look by look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SequentialReport {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The anticipated effect, on the scale of the analysis.
    pub anticipated: f64,
    /// The two-sided error.
    pub alpha: f64,
    /// The power at the anticipated effect.
    pub power: f64,
    /// The spending of the errors.
    pub spending: Spending,
    /// D², from 0 to 1: the share of the variance of the mean that is due to differences between studies.
    pub diversity: f64,
    /// The information that is required, in units of 1 / variance of a fixed-effect mean.
    pub required_information: f64,
    /// The participants who carry as much, at the information for each that the studies so far have; `None` without sizes.
    pub required_participants: Option<f64>,
    /// The looks, in order.
    pub looks: Vec<SequentialLook>,
    /// Their conclusion.
    pub conclusion: SequentialConclusion,
    /// The study with which it was reached.
    pub reached_with: Option<String>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl Sequential {
    /// By a random-effects model, for an anticipated effect on the scale of the analysis (a log ratio for ratios).
    pub fn random(effect: f64, estimator: Tau2) -> Self {
        Sequential {
            model: PoolModel::Random,
            estimator,
            effect,
            alpha: 0.05,
            power: 0.80,
            spending: Spending::default(),
            futility: true,
            diversity: None,
            order: None,
        }
    }

    /// By a fixed-effect model.
    pub fn fixed_effect(effect: f64) -> Self {
        Sequential { model: PoolModel::Fixed, ..Self::random(effect, Tau2::default()) }
    }

    /// The two-sided error (0.05) and the power (0.80).
    #[must_use]
    pub fn errors(mut self, alpha: f64, power: f64) -> Self {
        (self.alpha, self.power) = (alpha, power);
        self
    }

    /// The spending of the errors.
    #[must_use]
    pub fn spending(mut self, spending: Spending) -> Self {
        self.spending = spending;
        self
    }

    /// Leaves out the futility boundary.
    #[must_use]
    pub fn without_futility(mut self) -> Self {
        self.futility = false;
        self
    }

    /// D² as assumed, from 0 to below 1, in place of that of the studies.
    #[must_use]
    pub fn diversity(mut self, diversity: f64) -> Self {
        self.diversity = Some(diversity);
        self
    }

    /// The values by which studies come in, such as years; ties stay in the order of the data.
    #[must_use]
    pub fn order(mut self, values: impl Into<Vec<f64>>) -> Self {
        self.order = Some(values.into());
        self
    }

    /// The analysis of these studies.
    ///
    /// # Errors
    ///
    /// If the anticipated effect is 0, an error rate or D² lies outside its range, or the order has not one finite value for
    /// each study.
    pub fn fit(&self, effects: &EffectSizes) -> Result<SequentialReport> {
        let (alpha, power) = self.error_rates()?;
        let positions = self.positions(effects.len())?;
        let mut notes = Vec::new();
        let diversity = self.diversity_of(effects, &mut notes)?;
        let drift = normal::quantile(Tail::Upper(0.5 * alpha)) + normal::quantile(Tail::Upper(1.0 - power));
        let required = (drift / self.effect).powi(2) / (1.0 - diversity);

        let recipe = Recipe {
            model: self.model,
            estimator: self.estimator,
            inference: Inference::Wald,
            level: Level::new(1.0 - alpha)?,
        };
        let fits = sequence::cumulative(effects, &positions, recipe)?;
        let information = information(effects.vi(), &positions, required);
        let looks = Looks::of(&information, fits.iter().map(|fit| fit.study.as_str()), &mut notes);
        let mut boundaries = Boundaries::new(&looks.information, alpha, self.spending)?;
        if self.futility {
            boundaries = boundaries.with_futility(1.0 - power, drift, self.spending)?;
        }
        let mut people = effects.sizes().map(|_| 0.0);
        let at = looks.at;
        let looks: Vec<SequentialLook> = fits
            .into_iter()
            .enumerate()
            .map(|(look, fit)| {
                if let (Some(people), Some(sizes)) = (&mut people, effects.sizes()) {
                    *people += sizes[positions[look]];
                }
                boundaries.look(at[look], fit, information[look], people)
            })
            .collect();
        let (conclusion, reached_with) = conclude(&looks);
        if information.first().is_some_and(|t| *t >= 1.0) {
            notes.push(
                "the first study alone has the required information: nothing is sequential here".to_owned(),
            );
        }
        let share = information.last().copied().filter(|t| *t > 0.0);
        Ok(SequentialReport {
            measure: effects.measure(),
            model: self.model,
            anticipated: self.effect,
            alpha,
            power,
            spending: self.spending,
            diversity,
            required_information: required,
            required_participants: people.zip(share).map(|(people, share)| people / share),
            looks,
            conclusion,
            reached_with,
            notes,
        })
    }

    /// The two-sided error and the power, checked; refuses an anticipated effect of 0.
    fn error_rates(&self) -> Result<(f64, f64)> {
        if !(self.effect.is_finite() && self.effect != 0.0) {
            return Err(Error::setting(
                "anticipated effect",
                format!("it is {}", self.effect),
                "give the smallest effect that would matter, on the scale of the analysis (log for ratios)",
            ));
        }
        let alpha = range("alpha", self.alpha, f64::MIN_POSITIVE, "give an error rate such as 0.05")?;
        let power = range("power", self.power, 0.5, "give a power from 0.5 to below 1, such as 0.8")?;
        Ok((alpha, power))
    }

    /// D², assumed or that of the studies.
    fn diversity_of(&self, effects: &EffectSizes, notes: &mut Vec<String>) -> Result<f64> {
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        if let Some(diversity) = self.diversity {
            return range("diversity", diversity, 0.0, "give D² from 0 to below 1");
        }
        if self.model != PoolModel::Random {
            return Ok(0.0);
        }
        // With four studies the limits of D² span most of its range.
        if k < 5 {
            notes.push(format!("D² rests on {k} studies, which say little about it: assume a value too"));
        }
        if k < 2 {
            return Ok(0.0);
        }
        let between = kernel::fixed(yi, vi).variance / kernel::random(yi, vi, self.estimator).variance;
        Ok((1.0 - between).max(0.0))
    }

    fn positions(&self, k: usize) -> Result<Vec<usize>> {
        let mut positions: Vec<usize> = (0..k).collect();
        if let Some(values) = &self.order {
            if values.len() != k || values.iter().any(|v| !v.is_finite()) {
                return Err(Error::setting(
                    "order",
                    format!("{} values for {k} studies", values.len()),
                    "give one finite value for every study",
                ));
            }
            positions.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        }
        Ok(positions)
    }
}

/// The information after each study, as a share of what is required.
fn information(vi: &[f64], positions: &[usize], required: f64) -> Vec<f64> {
    let mut total = 0.0;
    let mut after = |&i: &usize| {
        total += 1.0 / vi[i];
        total / required
    };
    positions.iter().map(&mut after).collect()
}

/// A value from `low` to below 1.
fn range(name: &str, value: f64, low: f64, remedy: &str) -> Result<f64> {
    if value >= low && value < 1.0 && value.is_finite() {
        return Ok(value);
    }
    Err(Error::setting(name, format!("it is {value}"), remedy))
}

impl Boundaries {
    /// The look at a fit, whose place among those with a boundary is `at`.
    fn look(
        &self,
        at: Option<usize>,
        fit: PartialFit,
        information: f64,
        participants: Option<f64>,
    ) -> SequentialLook {
        let critical = at.and_then(|at| self.efficacy.get(at).copied().flatten());
        SequentialLook {
            study: fit.study,
            k: fit.k,
            participants,
            information,
            estimate: fit.estimate,
            se: fit.se,
            z: fit.estimate / fit.se,
            critical,
            futility: at.and_then(|at| self.futility.get(at).copied().flatten()),
            ci_lower: critical.map(|c| fit.estimate - c * fit.se),
            ci_upper: critical.map(|c| fit.estimate + c * fit.se),
        }
    }
}

/// The looks that have a boundary: those that add to the information.
struct Looks {
    information: Vec<f64>,
    /// For each study its place among them.
    at: Vec<Option<usize>>,
}

impl Looks {
    fn of<'a>(information: &[f64], studies: impl Iterator<Item = &'a str>, notes: &mut Vec<String>) -> Self {
        let (mut kept, mut at, mut without): (Vec<f64>, _, Vec<&str>) = (Vec::new(), Vec::new(), Vec::new());
        for (&t, study) in information.iter().zip(studies) {
            if kept.last().is_none_or(|before| t > before * (1.0 + APART)) {
                at.push(Some(kept.len()));
                kept.push(t);
            } else {
                at.push(None);
                without.push(study);
            }
        }
        if !without.is_empty() {
            notes.push(format!(
                "no boundary at {}: next to nothing is added to the information before",
                without.join(", ")
            ));
        }
        Looks { information: kept, at }
    }
}

/// The first boundary that is crossed; the required information without one is futile too.
fn conclude(looks: &[SequentialLook]) -> (SequentialConclusion, Option<String>) {
    for look in looks {
        if look.critical.is_some_and(|c| look.z.abs() >= c) {
            return (SequentialConclusion::Effect, Some(look.study.clone()));
        }
    }
    for look in looks {
        if look.information >= 1.0 || look.futility.is_some_and(|f| look.z.abs() < f) {
            return (SequentialConclusion::Futile, Some(look.study.clone()));
        }
    }
    (SequentialConclusion::Undecided, None)
}
