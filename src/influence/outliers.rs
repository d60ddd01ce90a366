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

use nalgebra::Cholesky;
use serde::{Deserialize, Serialize};

use super::heavy_tails::{Likelihood, Tails};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    stat::{chi2, root},
    tau2::{self, Tau2, linear::Linear, model::Model},
};

/// The models with heavy tails beside the normal one.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlierModels {
    level: f64,
    bootstrap: Option<(usize, u64)>,
}

impl Default for OutlierModels {
    fn default() -> Self {
        Self::new()
    }
}

/// The distribution of the random effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// What a model says of a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// What the reader must know.
    pub notes: Vec<String>,
}

impl OutlierModels {
    /// With intervals at 95 % and no bootstrap.
    pub fn new() -> Self {
        OutlierModels { level: 0.95, bootstrap: None }
    }

    /// The confidence level, as a fraction.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.level = level;
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
        let level = Level::new(self.level)?;
        let terms: Vec<String> = terms.into_iter().map(Into::into).collect();
        let (k, p) = (effects.len(), terms.len());
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
        let data = Data::new(effects.yi(), effects.vi(), design)?;
        let fits = data.fits(usize::MAX)?;
        let mut notes = effects.notes().to_vec();
        let report = |tails: Tails, best: &Best| self.describe(effects, &data, &terms, tails, best, level);
        let (normal, mut t, mut mixture) = (
            report(Tails::Normal, &fits.normal)?,
            report(Tails::T, &fits.t)?,
            report(Tails::Mixture, &fits.mixture)?,
        );
        for fit in [&mut t, &mut mixture] {
            let lrt = 2.0 * (fit.log_likelihood - normal.log_likelihood);
            // The models contain the normal one: less is rounding.
            let lrt = if lrt > 1e-9 { lrt } else { 0.0 };
            fit.lrt = Some(lrt);
            if fit.distribution == EffectDistribution::T {
                fit.lrt_p_value = Some(if lrt > 0.0 { 0.5 * chi2::sf(lrt, 1.0) } else { 1.0 });
            }
        }
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
            k,
            normal,
            t,
            mixture,
            bootstrap: self.bootstrap,
            notes,
        })
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
        let p = terms.len();
        let of = data.likelihood(tails);
        let mut best = best.clone();
        let mut coefficients = Vec::with_capacity(p);
        let mut again = 0;
        while coefficients.len() < p {
            let j = coefficients.len();
            match data.profile(j, tails, &best, level)? {
                Profiled::Done(mut coefficient) => {
                    coefficient.term.clone_from(&terms[j]);
                    coefficients.push(coefficient);
                }
                Profiled::Higher(start) if again < 5 => {
                    let (x, value) = of.climb(&start);
                    best = Best { x, value };
                    coefficients.clear();
                    again += 1;
                }
                Profiled::Higher(_) => {
                    return Err(Error::model(
                        "the profile of the likelihood keeps finding higher maxima",
                        "the data hardly tell the models apart: use the normal one",
                    ));
                }
            }
        }
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

/// A maximum: its place and the log-likelihood there.
#[derive(Debug, Clone)]
struct Best {
    x: Vec<f64>,
    value: f64,
}

/// The maxima of the three models.
struct Fits {
    normal: Best,
    t: Best,
    mixture: Best,
}

enum Profiled {
    Done(ProfiledCoefficient),
    /// A point above the supposed maximum.
    Higher(Vec<f64>),
}

/// Effects and their design in orthogonal columns of mean square 1.
struct Data<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    design: &'a [f64],
    columns: Vec<Vec<f64>>,
    scale: f64,
}

impl<'a> Data<'a> {
    fn new(yi: &'a [f64], vi: &'a [f64], design: &'a [f64]) -> Result<Self> {
        let mut linear = Linear::new(yi, vi, design)?;
        let columns = columns_of(&linear);
        let k = yi.len() as f64;
        let spread = linear.residual(|_, _| 1.0).rss / k;
        let scale = (spread + vi.iter().sum::<f64>() / k).sqrt();
        Ok(Data { yi, vi, design, columns, scale })
    }

    /// The likelihood in the coordinates of the columns.
    fn likelihood(&self, tails: Tails) -> Likelihood<'a> {
        Likelihood {
            yi: self.yi,
            vi: self.vi,
            offset: vec![0.0; self.yi.len()],
            columns: self.columns.clone(),
            tails,
            scale: self.scale,
        }
    }

    /// The coefficients on the columns and tau² of the normal model for the studies that are not set aside.
    fn normal(&self, aside: &[usize]) -> Option<(Vec<f64>, f64)> {
        let kept: Vec<usize> = (0..self.yi.len()).filter(|i| !aside.contains(i)).collect();
        let rest = |values: &[f64]| -> Vec<f64> { kept.iter().map(|&i| values[i]).collect() };
        let (y, v) = (rest(self.yi), rest(self.vi));
        let x: Vec<f64> = self.columns.iter().flat_map(|column| rest(column)).collect();
        let mut model = Linear::new(&y, &v, &x).ok()?;
        let tau2 = tau2::estimate_of(&mut model, Tau2::Ml, None).tau2;
        Some((model.coefficients(|_, v| 1.0 / (v + tau2)).0, tau2))
    }

    fn residuals(&self, b: &[f64]) -> Vec<f64> {
        let fitted = |i: usize| self.columns.iter().zip(b).map(|(c, b)| c[i] * b).sum::<f64>();
        (0..self.yi.len()).map(|i| self.yi[i] - fitted(i)).collect()
    }

    /// The maxima. At most `effort` studies are tried as the first outlier.
    fn fits(&self, effort: usize) -> Result<Fits> {
        let p = self.columns.len();
        let undetermined =
            || Error::model("the likelihood has no maximum", "check the estimates and variances");
        let (b, tau2) = self.normal(&[]).ok_or_else(undetermined)?;
        let with = |b: &[f64], variance: &[f64]| [b, variance].concat();
        let of = self.likelihood(Tails::Normal);
        let (x, value) = of.climb(&with(&b, &[tau2]));
        let normal = Best { x, value };
        let (b, tau2) = (normal.x[..p].to_vec(), normal.x[p]);

        // The studies in the order of their standardized residuals: candidates for outliers.
        let residuals = self.residuals(&b);
        let mut order: Vec<usize> = (0..self.yi.len()).collect();
        let far = |i: usize| residuals[i] * residuals[i] / (self.vi[i] + tau2);
        order.sort_by(|&i, &j| far(j).total_cmp(&far(i)).then(i.cmp(&j)));
        let mixture = self.mixture(&normal, &order, effort).ok_or_else(undetermined)?;
        let t = self.t(&normal, &order, effort).ok_or_else(undetermined)?;
        Ok(Fits { normal, t, mixture })
    }

    /// A start of the mixture with these outliers: the normal model of the others, and the outliers' spread about it.
    fn start_with(&self, outliers: &[usize]) -> Option<(Vec<f64>, f64)> {
        let (b, tau2) = self.normal(outliers)?;
        let residuals = self.residuals(&b);
        let n = outliers.len() as f64;
        let spread = outliers.iter().map(|&i| residuals[i].powi(2) - self.vi[i]).sum::<f64>() / n;
        let larger = (spread - tau2).max(0.1 * self.scale * self.scale);
        let x = [&b[..], &[tau2, larger, n / self.yi.len() as f64]].concat();
        Some(self.likelihood(Tails::Mixture).climb(&x))
    }

    fn mixture(&self, normal: &Best, order: &[usize], effort: usize) -> Option<Best> {
        let p = self.columns.len();
        // The normal model is a mixture without outliers.
        let mut best = Best { x: [&normal.x[..], &[0.0, 0.0]].concat(), value: normal.value };
        let mut outliers: Vec<usize> = Vec::new();
        // From the normal fit itself, with a few outliers of three variances.
        for larger in [1.0, 10.0] {
            let square = self.scale * self.scale;
            let start = [&normal.x[..p], &[0.5 * normal.x[p], larger * square, 0.2]].concat();
            let (x, value) = self.likelihood(Tails::Mixture).climb(&start);
            if value > best.value {
                best = Best { x, value };
            }
        }
        while outliers.len() < self.yi.len() / 2 {
            let candidates = order.iter().filter(|i| !outliers.contains(i)).take(effort);
            let tried = candidates.filter_map(|&i| {
                let set = [&outliers[..], &[i]].concat();
                let (x, value) = self.start_with(&set)?;
                Some((i, Best { x, value }))
            });
            let next = tried.fold(None, |a: Option<(usize, Best)>, b| match a {
                Some(a) if a.1.value >= b.1.value => Some(a),
                _ => Some(b),
            });
            let Some((i, next)) = next else { break };
            let better = next.value > best.value + 1e-9;
            if better {
                best = next;
            }
            outliers.push(i);
            // A second outlier is tried even where the first alone did not help: two may hide each other.
            if !better && outliers.len() > 2 {
                break;
            }
        }
        Some(best)
    }

    fn t(&self, normal: &Best, order: &[usize], effort: usize) -> Option<Best> {
        let p = self.columns.len();
        let of = self.likelihood(Tails::T);
        let mut places = vec![(normal.x[..p].to_vec(), normal.x[p])];
        for outliers in 1..=3.min(self.yi.len().saturating_sub(p + 1)) {
            places.extend(self.normal(&order[..outliers]));
        }
        // The location moved to quantiles of the residuals: along the first column, for a mean the mean itself.
        let mut residuals = self.residuals(&normal.x[..p]);
        residuals.sort_by(f64::total_cmp);
        for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let at = residuals[((residuals.len() - 1) as f64 * share).round() as usize];
            let mut b = normal.x[..p].to_vec();
            b[0] += at / self.columns[0][0];
            places.push((b, normal.x[p]));
        }
        let square = self.scale * self.scale;
        let mut starts: Vec<(f64, Vec<f64>)> = Vec::new();
        for (b, tau2) in &places {
            for tau2 in [*tau2, 0.3 * normal.x[p], 0.03 * square, 0.003 * square, 3e-5 * square] {
                for inverse in [0.1, 0.5, 1.0, 2.0] {
                    let x = [&b[..], &[tau2, inverse]].concat();
                    starts.push((of.value(&x), x));
                }
            }
        }
        starts.sort_by(|a, b| b.0.total_cmp(&a.0));
        // The best starts of each number of degrees of freedom, so that they do not all climb one hill.
        let mut chosen: Vec<Vec<f64>> = Vec::new();
        for inverse in [0.1, 0.5, 1.0, 2.0] {
            let near = starts.iter().filter(|(value, x)| value.is_finite() && x[p + 1] == inverse);
            chosen.extend(near.take(effort.min(4)).map(|(_, x)| x.clone()));
        }
        let best = Best { x: [&normal.x[..], &[0.0]].concat(), value: normal.value };
        match of.highest(&chosen) {
            // Without a random effect the degrees of freedom are anything: the normal model says so.
            Some((x, value)) if value > best.value + 1e-10 => Some(Best { x, value }),
            _ => Some(best),
        }
    }

    /// The estimate, interval and test of coefficient `j` of the design.
    fn profile(&self, j: usize, tails: Tails, best: &Best, level: Level) -> Result<Profiled> {
        let (k, p) = (self.yi.len(), self.columns.len());
        // The rest of column j when the others have explained what they can carries the same coefficient.
        let column = &self.design[j * k..(j + 1) * k];
        let others: Vec<f64> = (0..p)
            .filter(|other| *other != j)
            .flat_map(|o| self.design[o * k..(o + 1) * k].to_vec())
            .collect();
        let basis = match others.is_empty() {
            true => Vec::new(),
            false => columns_of(&Linear::new(self.yi, self.vi, &others)?),
        };
        let mut alone = column.to_vec();
        for q in &basis {
            let along = q.iter().zip(&alone).map(|(q, x)| q * x).sum::<f64>() / k as f64;
            alone.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
        }
        let square = alone.iter().map(|x| x * x).sum::<f64>();
        let mut whole = self.likelihood(tails);
        whole.columns = [std::slice::from_ref(&alone), &basis[..]].concat();
        // The maximum in these coordinates.
        let fitted: Vec<f64> =
            (0..k).map(|i| self.columns.iter().zip(&best.x).map(|(c, b)| c[i] * b).sum::<f64>()).collect();
        let along = |c: &[f64], length: f64| c.iter().zip(&fitted).map(|(c, f)| c * f).sum::<f64>() / length;
        let estimate = along(&alone, square);
        let mut rest: Vec<f64> = basis.iter().map(|q| along(q, k as f64)).collect();
        rest.extend(&best.x[p..]);
        let at: Vec<f64> = [&[estimate], &rest[..]].concat();

        let (information, free) = whole.observed_information(&at);
        let se = Cholesky::new(information)
            .filter(|_| free.first() == Some(&0))
            .map(|c| c.inverse()[(0, 0)].sqrt())
            .filter(|se| se.is_finite());
        let nuisance = |value: f64| Likelihood {
            offset: alone.iter().map(|x| x * value).collect(),
            columns: basis.clone(),
            ..whole.clone()
        };
        let mut higher: Option<Vec<f64>> = None;
        let mut warm = rest.clone();
        let mut maximum = |value: f64, warm: &mut Vec<f64>| -> f64 {
            let of = nuisance(value);
            let (mut x, mut reached) = of.climb(warm);
            let (from_fit, there) = of.climb(&rest);
            if there > reached {
                (x, reached) = (from_fit, there);
            }
            if reached > best.value + 1e-7 * (1.0 + best.value.abs()) {
                higher = Some([&[value], &x[..]].concat());
            }
            *warm = x;
            reached
        };
        let critical = chi2::quantile(crate::stat::Tail::Upper(1.0 - level.fraction()), 1.0);
        let width = se.unwrap_or(self.scale / square.sqrt());
        let mut limit = |sign: f64| -> Option<f64> {
            let mut warm = rest.clone();
            let mut excess = |value: f64, warm: &mut Vec<f64>| {
                let d = 2.0 * (best.value - maximum(value, warm)) - critical;
                // Good to 1e-10 of the deviance: further digits would be those of rounding.
                if d.abs() < 1e-10 { 0.0 } else { d }
            };
            let mut from = (estimate, -critical);
            let mut step = 2.0 * width;
            for _ in 0..40 {
                let to = from.0 + sign * step;
                let value = excess(to, &mut warm);
                if value >= 0.0 {
                    return root::find_between(|x| excess(x, &mut warm), from, (to, value));
                }
                from = (to, value);
                step *= 1.5;
            }
            None
        };
        let (ci_lower, ci_upper) = (limit(-1.0), limit(1.0));
        let deviance = (2.0 * (best.value - maximum(0.0, &mut warm))).max(0.0);
        if let Some(point) = higher {
            // Back to the coordinates of the columns.
            let fitted: Vec<f64> = (0..k)
                .map(|i| whole.columns.iter().zip(&point).map(|(c, b)| c[i] * b).sum::<f64>())
                .collect();
            let mut x: Vec<f64> = self
                .columns
                .iter()
                .map(|c| c.iter().zip(&fitted).map(|(c, f)| c * f).sum::<f64>() / k as f64)
                .collect();
            x.extend(&point[p..]);
            return Ok(Profiled::Higher(x));
        }
        Ok(Profiled::Done(ProfiledCoefficient {
            term: String::new(),
            estimate,
            se,
            ci_lower,
            ci_upper,
            p_value: chi2::sf(deviance, 1.0),
        }))
    }

    /// P values of the likelihood ratios of the t model and the mixture under the fitted normal model.
    #[cfg(feature = "random")]
    fn bootstrap(&self, normal: &Best, observed: [f64; 2], replicates: usize, seed: u64) -> Result<[f64; 2]> {
        use rand_chacha::{
            ChaCha8Rng,
            rand_core::{Rng, SeedableRng},
        };

        use crate::stat::{Tail, normal as gauss};
        let p = self.columns.len();
        let (b, tau2) = (&normal.x[..p], normal.x[p]);
        let residuals = self.residuals(b);
        let replicate = |replicate: usize| -> Option<[bool; 2]> {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(replicate as u64 + 1);
            let y: Vec<f64> = (0..self.yi.len())
                .map(|i| {
                    // The middle of one of 2^53 equal parts.
                    let u = ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
                    let fitted = self.yi[i] - residuals[i];
                    fitted + gauss::quantile(Tail::Lower(u)) * (self.vi[i] + tau2).sqrt()
                })
                .collect();
            let data = Data::new(&y, self.vi, self.design).ok()?;
            let fits = data.fits(3).ok()?;
            let ratio = |best: &Best| {
                let lrt = 2.0 * (best.value - fits.normal.value);
                if lrt > 1e-9 { lrt } else { 0.0 }
            };
            Some([ratio(&fits.t) >= observed[0], ratio(&fits.mixture) >= observed[1]])
        };
        #[cfg(feature = "parallel")]
        let exceeded: Vec<Option<[bool; 2]>> = {
            use rayon::prelude::*;
            (0..replicates).into_par_iter().map(replicate).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let exceeded: Vec<Option<[bool; 2]>> = (0..replicates).map(replicate).collect();
        let done = exceeded.iter().flatten().count() as f64;
        let of = |model: usize| {
            let count = exceeded.iter().flatten().filter(|e| e[model]).count() as f64;
            (count + 1.0) / (done + 1.0)
        };
        Ok([of(0), of(1)])
    }

    #[cfg(not(feature = "random"))]
    fn bootstrap(&self, _: &Best, _: [f64; 2], _: usize, _: u64) -> Result<[f64; 2]> {
        Err(Error::setting(
            "bootstrap",
            "this build has no random numbers",
            "build with the feature `random`",
        ))
    }
}

/// The orthonormal basis of a design, column by column, times √k.
fn columns_of(model: &Linear<'_>) -> Vec<Vec<f64>> {
    let k = model.k();
    let length = (k as f64).sqrt();
    (0..model.p()).map(|j| (0..k).map(|i| model.row(i)[j] * length).collect()).collect()
}
