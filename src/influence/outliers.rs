//! Random-effects models that outlying studies do not dominate, and what they say of each study.
//!
//! Use them where one study or a few lie far from the rest: the normal model then widens tau² for all, and the outlier
//! pulls the mean. Two models put the outliers into the distribution of the random effects instead:
//!
//! - **t**: uᵢ = tau tᵢ with tᵢ from Student's t with ν degrees of freedom, ν estimated (Lee and Thompson 2008; Baker and Jackson
//!   2008). `weight` is the posterior mean of the gamma variable λᵢ by which the t distribution is a normal one with
//!   variance tau² / λᵢ: about 1 for a study in the middle, near 0 for an outlier.
//! - **mixture**: uᵢ is normal with variance tau², or with probability π with a larger one about the same mean (Beath
//!   2014). `outlier_probability` is the posterior probability of the second.
//!
//! Both are fitted by maximum likelihood beside the normal model, which they contain. Likelihoods have several maxima: the
//! climb starts from the normal fits to all studies and to what is left when studies are set aside one after the other
//! (each alone, then always the next that raises the likelihood most), and for the t model from a grid of scales and degrees of freedom
//! and from quantiles of the residuals; the highest is kept. Intervals and P values are those of the profile likelihood; if a
//! profile finds a higher point than the fit, the fit is made anew from there.
//!
//! The likelihood-ratio statistic against the normal model has no chi-square distribution: 1 / ν = 0 lies on a boundary (½ of
//! the chi-square tail with one degree of freedom is given), and π = 0 leaves the larger variance undefined (no P value).
//! A parametric bootstrap answers for both.
//!
//! ```
//! use consilience::{EffectSizes, Measure, influence::OutlierModels};
//!
//! let yi = [0.10, 0.25, 0.18, 0.31, 0.05, 0.22, 2.40];
//! let vi = [0.04, 0.03, 0.05, 0.06, 0.04, 0.02, 0.05];
//! let effects = EffectSizes::new(Measure::StandardizedMeanDifference, ["A", "B", "C", "D", "E", "F", "G"], yi, vi)?;
//! let models = OutlierModels::new().fit(&effects)?;
//! assert!(models.normal.coefficients[0].estimate > 0.4); // pulled up by G
//! assert!(models.mixture.coefficients[0].estimate < 0.25);
//! assert!(models.mixture.studies[6].outlier_probability.unwrap() > 0.99);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! References: Lee and Thompson (2008), Flexible parametric models for random-effects distributions, doi:10.1002/sim.2897.
//! Baker and Jackson (2008), A new approach to outliers in meta-analysis, doi:10.1007/s10729-007-9041-8. Beath (2014), A finite
//! mixture method for outlier detection and robustness in meta-analysis, doi:10.1002/jrsm.1114. Beath (2016), metaplus,
//! doi:10.32614/RJ-2016-001.

use serde::{Deserialize, Serialize};

use super::heavy_tails::Tails;
use super::outlier_fits::{Best, Data, Profiled};
use crate::{EffectSizes, Error, GivenLevel, Level, Measure, Result, stat::chi2};

/// The models with heavy tails beside the normal one.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlierModels {
    level: GivenLevel,
    bootstrap: Option<(usize, u64)>,
}

impl Default for OutlierModels {
    fn default() -> Self {
        Self::new()
    }
}

/// The distribution of the random effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EffectDistribution {
    /// Normal.
    Normal,
    /// Student's t.
    T,
    /// Two normal components.
    Mixture,
}

/// A coefficient of the location, with its profile-likelihood interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProfiledCoefficient {
    /// The name.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error from the observed information; `None` where that is singular.
    pub se: Option<f64>,
    /// The lower limit of the profile-likelihood interval; `None` if the likelihood does not fall far enough.
    pub ci_lower: Option<f64>,
    /// The upper limit.
    pub ci_upper: Option<f64>,
    /// The P value of the likelihood-ratio test that it is 0.
    pub p_value: f64,
}

/// The verdict of a model on a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StudyTail {
    /// The label.
    pub study: String,
    /// The posterior probability of the component of outliers; `None` for other models.
    pub outlier_probability: Option<f64>,
    /// The posterior mean of the scale variable λ, about 1 in the middle and near 0 far out; `None` but for t.
    pub weight: Option<f64>,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutlierFit {
    /// The distribution of the random effects.
    pub distribution: EffectDistribution,
    /// The mean, or the coefficients of a meta-regression.
    pub coefficients: Vec<ProfiledCoefficient>,
    /// tau², of t the squared scale, of the mixture that of the studies that are no outliers.
    pub tau2: f64,
    /// The degrees of freedom of t; `None` for other models, and where they are infinite.
    pub df: Option<f64>,
    /// tau² of outliers; `None` but for a mixture with two components.
    pub outlier_tau2: Option<f64>,
    /// The share of outliers; `None` but for a mixture, 0 where it is a normal distribution.
    pub outlier_share: Option<f64>,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// The Bayesian criterion, with log k.
    pub bic: f64,
    /// The likelihood-ratio statistic against the normal model; `None` for that itself.
    pub lrt: Option<f64>,
    /// Its P value: half the chi-square tail for t, `None` otherwise.
    pub lrt_p_value: Option<f64>,
    /// Its P value by the bootstrap, if that was asked for.
    pub bootstrap_p_value: Option<f64>,
    /// The studies, in the order of the data.
    pub studies: Vec<StudyTail>,
}

/// The three fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutlierReport {
    /// The effect measure.
    pub measure: Measure,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The normal model, by maximum likelihood.
    pub normal: OutlierFit,
    /// The t model.
    pub t: OutlierFit,
    /// The mixture.
    pub mixture: OutlierFit,
    /// The replicates of the bootstrap, and their seed.
    pub bootstrap: Option<(usize, u64)>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl OutlierModels {
    /// With intervals at 95 % and no bootstrap.
    pub fn new() -> Self {
        OutlierModels { level: GivenLevel::default(), bootstrap: None }
    }

    /// The confidence level: a fraction, or a [`Level`].
    #[must_use]
    pub fn level(mut self, level: impl Into<GivenLevel>) -> Self {
        self.level = level.into();
        self
    }

    /// Adds P values of the likelihood ratios from this many replicates of the normal model (feature `random`).
    #[must_use]
    pub fn bootstrap(mut self, replicates: usize, seed: u64) -> Self {
        self.bootstrap = Some((replicates, seed));
        self
    }

    /// Fits the models to a mean.
    ///
    /// # Errors
    ///
    /// If there are fewer than 4 studies, an option is outside its range, or a bootstrap is asked for without the feature
    /// `random`.
    pub fn fit(&self, effects: &EffectSizes) -> Result<OutlierReport> {
        self.fit_with(effects, &vec![1.0; effects.len()], ["intrcpt"])
    }

    /// Fits the models to a meta-regression; `design` and `terms` as for
    /// [`Influence::fit_with`](super::Influence::fit_with).
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit); if there are not three studies more than columns, or the design does not have k finite values
    /// for each name or has a column that is a combination of others.
    pub fn fit_with<S: Into<String>>(
        &self,
        effects: &EffectSizes,
        design: &[f64],
        terms: impl IntoIterator<Item = S>,
    ) -> Result<OutlierReport> {
        let level = self.level.check()?;
        let terms: Vec<String> = terms.into_iter().map(Into::into).collect();
        self.check(effects.len(), design, terms.len())?;
        let data = Data::new(effects.yi(), effects.vi(), design)?;
        let fits = data.fits(usize::MAX)?;
        let mut notes = effects.notes().to_vec();
        let report = |tails: Tails, best: &Best| self.describe(effects, &data, &terms, tails, best, level);
        let normal = report(Tails::Normal, &fits.normal)?;
        let (mut t, mut mixture) = (report(Tails::T, &fits.t)?, report(Tails::Mixture, &fits.mixture)?);
        t.compare(&normal);
        mixture.compare(&normal);
        if let Some((replicates, seed)) = self.bootstrap {
            let observed = [t.lrt.unwrap_or(0.0), mixture.lrt.unwrap_or(0.0)];
            let [of_t, of_mixture] = data.bootstrap(&fits.normal, observed, replicates, seed)?;
            (t.bootstrap_p_value, mixture.bootstrap_p_value) = (Some(of_t), Some(of_mixture));
        }
        if t.df.is_some_and(|df| df < 0.21) {
            notes.push("the degrees of freedom of t are at their lower bound, 0.2".to_owned());
        }
        if t.tau2 == 0.0 && t.df.is_some() {
            notes.push("tau² of t is 0: its degrees of freedom mean nothing".to_owned());
        }
        Ok(OutlierReport {
            measure: effects.measure(),
            level,
            k: effects.len(),
            normal,
            t,
            mixture,
            bootstrap: self.bootstrap,
            notes,
        })
    }

    fn check(&self, k: usize, design: &[f64], p: usize) -> Result<()> {
        if p == 0 || design.len() != k * p || design.iter().any(|x| !x.is_finite()) {
            return Err(Error::data(
                format!("a design of {} values and {p} names for {k} studies", design.len()),
                "give a column of one finite value for each study for every named coefficient",
            ));
        }
        if k < p + 3 {
            return Err(Error::model(
                format!("studies: {k}, parameters of a mixture: {}", p + 3),
                format!("models of outliers need at least {} studies", p + 3),
            ));
        }
        if self.bootstrap.is_some_and(|(replicates, _)| replicates == 0 || replicates > 1_000_000) {
            return Err(Error::setting("bootstrap", "the number of replicates", "ask for 1 to 1000000"));
        }
        Ok(())
    }

    fn describe(
        &self,
        effects: &EffectSizes,
        data: &Data<'_>,
        terms: &[String],
        tails: Tails,
        best: &Best,
        level: Level,
    ) -> Result<OutlierFit> {
        let (p, of) = (terms.len(), data.likelihood(tails));
        let (best, coefficients) = profiled(data, terms, tails, best, level)?;
        let k = effects.len() as f64;
        let parameters = (p + tails.parameters()) as f64;
        let variance = &best.x[p..];
        let at = |i: usize| variance.get(i).copied().unwrap_or(0.0);
        let two = tails == Tails::Mixture && at(1) > 0.0 && at(2) > 0.0;
        let probabilities = (tails == Tails::Mixture).then(|| match two {
            true => of.posterior(&best.x, |j, _| f64::from(u8::from(j == 1))),
            false => vec![0.0; effects.len()],
        });
        let weights = (tails == Tails::T).then(|| of.weights(&best.x));
        let studies = effects.labels().iter().enumerate().map(|(i, label)| StudyTail {
            study: label.clone(),
            outlier_probability: probabilities.as_ref().and_then(|p| p.get(i).copied()),
            weight: weights.as_ref().and_then(|w| w.get(i).copied()),
        });
        Ok(OutlierFit {
            distribution: match tails {
                Tails::Normal => EffectDistribution::Normal,
                Tails::T => EffectDistribution::T,
                Tails::Mixture => EffectDistribution::Mixture,
            },
            coefficients,
            // A mixture that has only its second component is normal with that variance.
            tau2: if tails == Tails::Mixture && at(2) >= 1.0 { at(0) + at(1) } else { at(0) },
            df: (tails == Tails::T && at(1) > 0.0).then(|| 1.0 / at(1)),
            outlier_tau2: two.then(|| at(0) + at(1)),
            outlier_share: (tails == Tails::Mixture).then(|| if two { at(2) } else { 0.0 }),
            log_likelihood: best.value,
            aic: 2.0 * (parameters - best.value),
            bic: parameters * k.ln() - 2.0 * best.value,
            lrt: None,
            lrt_p_value: None,
            bootstrap_p_value: None,
            studies: studies.collect(),
        })
    }
}

impl OutlierFit {
    /// Adds the likelihood ratio against the normal model, which this one contains.
    fn compare(&mut self, normal: &OutlierFit) {
        let lrt = 2.0 * (self.log_likelihood - normal.log_likelihood);
        // The models contain the normal one: less is rounding.
        let lrt = if lrt > 1e-9 { lrt } else { 0.0 };
        self.lrt = Some(lrt);
        if self.distribution == EffectDistribution::T {
            self.lrt_p_value = Some(if lrt > 0.0 { 0.5 * chi2::sf(lrt, 1.0) } else { 1.0 });
        }
    }
}

/// The coefficients with their profile-likelihood intervals, and the maximum: a higher one that a profile finds takes its place, and
/// the profiles begin again.
fn profiled(
    data: &Data<'_>,
    terms: &[String],
    tails: Tails,
    best: &Best,
    level: Level,
) -> Result<(Best, Vec<ProfiledCoefficient>)> {
    let mut best = best.clone();
    // Each new maximum is higher: five of them are more than data with an answer have had.
    for _ in 0..=5 {
        let mut coefficients = Vec::with_capacity(terms.len());
        let mut higher = None;
        for (j, term) in terms.iter().enumerate() {
            match data.profile(j, tails, &best, level)? {
                Profiled::Done(mut coefficient) => {
                    coefficient.term.clone_from(term);
                    coefficients.push(coefficient);
                }
                Profiled::Higher(start) => {
                    higher = Some(start);
                    break;
                }
            }
        }
        match higher {
            None => return Ok((best, coefficients)),
            Some(start) => {
                let (x, value) = data.likelihood(tails).climb(&start);
                best = Best { x, value };
            }
        }
    }
    Err(Error::model(
        "the profile of the likelihood keeps finding higher maxima",
        "the data hardly tell the models apart: use the normal one",
    ))
}
