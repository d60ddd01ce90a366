//! Network meta-regression: relative effects that depend on a covariate of the studies.
//!
//! Use it where studies of different comparisons differ in a characteristic that changes the effects, such as the year or
//! the mean age.
//!
//! # Model
//!
//! With x the covariate of study s less its center, the contrast of arm j with the first arm b is
//!
//! - *common*: θ_j − θ_b + β x ([j ≠ ref] − [b ≠ ref]): one slope for every treatment against the reference;
//! - *independent*: θ_j − θ_b + x (β_j − β_b), β_ref = 0;
//! - *exchangeable*: the same with β_j ~ N(B, σ²): two variances, by REML over both (see `shrinkage`);
//!
//! plus the sampling and between-study parts of the standard model. Effects at a value x₀ are θ_j + β_j (x₀ − center).
//!
//! # Edge cases
//!
//! Studies without a value are left out and named. A slope that the data do not determine (a treatment in one study only,
//! or in studies that share x) has no estimate and is named. Effects are those at the center: a note says so when that is
//! outside the data.
//!
//! References: Dias S, Sutton AJ, Welton NJ, Ades AE (2013). Evidence synthesis for decision making 3: heterogeneity,
//! subgroups, meta-regression, bias, and bias-adjustment. *Medical Decision Making* 33:618-640.
//! doi:10.1177/0272989X13485157

use serde::{Deserialize, Serialize};

use super::{Difference, Network, NetworkMeta, NetworkModel, linear_fit::LinearFit, shrinkage::Shrinkage};
use crate::{Error, Result, stat::chi2, stat::f};

/// The assumption about the slopes of the treatments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SlopeModel {
    /// One slope for all treatments against the reference.
    Common,
    /// A slope for each treatment.
    #[default]
    Independent,
    /// Slopes from one normal distribution.
    Exchangeable,
}

crate::codes::codes!(SlopeModel, "interaction" {
    Common "common" [], Independent "independent" [], Exchangeable "exchangeable" [],
});

/// The value of the covariate at which it counts as zero.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Center {
    /// Zero itself.
    #[default]
    None,
    /// The mean over the studies.
    Mean,
    /// This value.
    At(f64),
}

/// A covariate of the studies and how it acts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkRegression {
    /// The name of the covariate.
    pub name: String,
    /// Its value in each study of the network; `None` where it is missing.
    pub values: Vec<Option<f64>>,
    /// The assumption about the slopes.
    pub interaction: SlopeModel,
    /// The center.
    pub center: Center,
    /// The value of the covariate for which effects are given; the center if `None`.
    pub predict: Option<f64>,
}

impl NetworkRegression {
    /// A covariate with its value in each study, in the order of the network's studies.
    pub fn new(name: impl Into<String>, values: impl Into<Vec<Option<f64>>>) -> Self {
        NetworkRegression {
            name: name.into(),
            values: values.into(),
            interaction: SlopeModel::Independent,
            center: Center::None,
            predict: None,
        }
    }

    /// The assumption about the slopes.
    #[must_use]
    pub fn interaction(mut self, interaction: SlopeModel) -> Self {
        self.interaction = interaction;
        self
    }

    /// The center of the covariate.
    #[must_use]
    pub fn center(mut self, center: Center) -> Self {
        self.center = center;
        self
    }

    /// The value of the covariate for which effects are given.
    #[must_use]
    pub fn predict(mut self, value: f64) -> Self {
        self.predict = Some(value);
        self
    }
}

/// A slope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Slope {
    /// The covariate, and behind a colon the treatment.
    pub term: String,
    /// The slope; `None` where the data do not determine it.
    pub effect: Option<Difference>,
}

/// A test that all slopes are 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SlopeTest {
    /// Wald's statistic; divided by `df1` where `df2` is given.
    pub statistic: f64,
    /// The number of slopes.
    pub df1: usize,
    /// The degrees of freedom of the denominator; `None` for the chi-squared distribution.
    pub df2: Option<f64>,
    /// The P value.
    pub p_value: f64,
}

/// The heterogeneity that the covariate leaves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ResidualHeterogeneity {
    /// The variance between studies; `None` for a common effect.
    pub tau2: Option<f64>,
    /// Q about the common-effect estimates.
    pub q: f64,
    /// Its degrees of freedom.
    pub q_df: usize,
    /// Its P value; `None` without degrees of freedom.
    pub q_p_value: Option<f64>,
    /// The variance of the slopes, for exchangeable ones.
    pub slope_variance: Option<f64>,
}

/// A comparison at a value of the covariate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegressionEffect {
    /// The treatment.
    pub intervention: String,
    /// The treatment it is compared with.
    pub comparator: String,
    /// The effect; `None` where the data do not determine it.
    pub effect: Option<Difference>,
}

/// The fit of a network meta-regression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkRegressionFit {
    /// The assumption about the slopes.
    pub interaction: SlopeModel,
    /// The value of the covariate that counts as zero.
    pub center: f64,
    /// The value for which the effects are given.
    pub at: f64,
    /// The number of studies.
    pub k: usize,
    /// The slopes, in the order of the treatments.
    pub coefficients: Vec<Slope>,
    /// The mean slope, for exchangeable ones.
    pub mean_slope: Option<Difference>,
    /// The test of the slopes; `None` where one is not determined, and for exchangeable ones.
    pub moderator_test: Option<SlopeTest>,
    /// The heterogeneity that is left.
    pub residual_heterogeneity: ResidualHeterogeneity,
    /// Every treatment but the reference against it, at `at`.
    pub effects: Vec<RegressionEffect>,
    /// Every pair (1,2), (1,3), ..., (2,3), ..., at `at`.
    pub comparisons: Vec<RegressionEffect>,
    /// The effects at `at`, T values with 0 for the reference; empty where one is not determined.
    pub theta: Vec<f64>,
    /// Their covariance, T × T; empty where `theta` is.
    pub covariance: Vec<f64>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl NetworkMeta {
    /// Fits a network meta-regression.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, values and studies differ in number, no study has a value or all have the same,
    /// or the studies with a value do not connect the network.
    pub fn fit_regression(
        &self,
        network: &Network,
        regression: &NetworkRegression,
    ) -> Result<NetworkRegressionFit> {
        let prepared = Prepared::new(self, network, regression)?;
        if regression.interaction == SlopeModel::Exchangeable {
            prepared.exchangeable(self)
        } else {
            prepared.linear(self)
        }
    }
}

/// The studies with values, and the columns of the model: T − 1 effects, then the slopes.
struct Prepared<'a> {
    regression: &'a NetworkRegression,
    network: Network,
    /// Less the center, one for each study.
    x: Vec<f64>,
    center: f64,
    at: f64,
    reference: usize,
    notes: Vec<String>,
}

impl<'a> Prepared<'a> {
    fn new(meta: &NetworkMeta, network: &Network, regression: &'a NetworkRegression) -> Result<Self> {
        let (found, wanted) = (regression.values.len(), network.studies.len());
        if found != wanted {
            let found = format!("{found} values of {} for {wanted} studies", regression.name);
            return Err(Error::data(found, "give one value for each study, in their order"));
        }
        let usable = |x: &Option<f64>| x.is_some_and(f64::is_finite);
        let keep: Vec<usize> = (0..wanted).filter(|s| usable(&regression.values[*s])).collect();
        let mut notes = Vec::new();
        if keep.len() < wanted {
            let left: Vec<&str> = (0..wanted)
                .filter(|s| !usable(&regression.values[*s]))
                .map(|s| network.studies[s].label.as_str())
                .collect();
            notes.push(format!("without a value of {}, left out: {}", regression.name, left.join(", ")));
        }
        let values: Vec<f64> = keep.iter().filter_map(|s| regression.values[*s]).collect();
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
        if !(low < high) {
            let found = format!("{} does not vary over the studies", regression.name);
            return Err(Error::model(found, "choose a covariate with two values or more"));
        }
        let center = match regression.center {
            Center::None => 0.0,
            Center::Mean => values.iter().sum::<f64>() / values.len() as f64,
            Center::At(x) => x,
        };
        let at = regression.predict.unwrap_or(center);
        if !(low..=high).contains(&at) {
            notes.push(format!(
                "effects are given at {} = {at}, outside its values from {low} to {high}: center it, or ask for a value within",
                regression.name
            ));
        }
        let network = if keep.len() < wanted { network.subset(&keep)? } else { network.clone() };
        network.require_connected()?;
        let reference = meta.reference.as_ref().map_or(Ok(0), |name| network.treatment(name))?;
        let x = values.iter().map(|x| x - center).collect();
        Ok(Prepared { regression, network, x, center, at, reference, notes })
    }

    /// The treatments with a column.
    fn others(&self) -> Vec<usize> {
        (0..self.network.treatments.len()).filter(|t| *t != self.reference).collect()
    }

    /// The number of slopes in the design.
    fn slopes(&self) -> usize {
        if self.regression.interaction == SlopeModel::Common { 1 } else { self.others().len() }
    }

    /// The row of treatment `t` at a covariate `x` (less the center).
    fn row(&self, t: usize, x: f64) -> Vec<f64> {
        let effects = self.others().len();
        let mut row = vec![0.0; effects + self.slopes()];
        if let Some(column) = self.others().iter().position(|other| *other == t) {
            row[column] = 1.0;
            row[effects + if self.slopes() == 1 { 0 } else { column }] = x;
        }
        row
    }

    fn design(&self) -> (Vec<f64>, usize) {
        let columns = self.others().len() + self.slopes();
        let mut design = Vec::with_capacity(self.network.contrast_count() * columns);
        for (study, x) in self.network.studies.iter().zip(&self.x) {
            let first = self.row(study.arms[0].treatment, *x);
            for arm in &study.arms[1..] {
                design.extend(self.row(arm.treatment, *x).iter().zip(&first).map(|(a, b)| a - b));
            }
        }
        (design, columns)
    }

    fn terms(&self) -> Vec<String> {
        let name = &self.regression.name;
        if self.regression.interaction == SlopeModel::Common {
            return vec![name.clone()];
        }
        self.others().iter().map(|t| format!("{name}:{}", self.network.treatments[*t])).collect()
    }

    fn linear(self, meta: &NetworkMeta) -> Result<NetworkRegressionFit> {
        let (design, columns) = self.design();
        let fit = LinearFit::new(meta, &self.network, &design, columns)?;
        let unit = |c: usize| (0..columns).map(|j| f64::from(u8::from(j == c))).collect::<Vec<f64>>();
        let effects = self.others().len();
        let slopes: Vec<Vec<f64>> = (effects..columns).map(unit).collect();
        let coefficients: Vec<Slope> = self
            .terms()
            .into_iter()
            .zip(&slopes)
            .map(|(term, l)| Slope { term, effect: fit.combination(l) })
            .collect();
        let at = self.at - self.center;
        let rows: Vec<Vec<f64>> = (0..self.network.treatments.len()).map(|t| self.row(t, at)).collect();
        let (theta, covariance) = fit.block(&rows).unwrap_or_default();
        let versus = |i: usize, j: usize| -> Option<Difference> {
            let l: Vec<f64> = rows[i].iter().zip(&rows[j]).map(|(a, b)| a - b).collect();
            fit.combination(&l)
        };
        let mut notes = fit.notes.clone();
        let missing: Vec<&str> =
            coefficients.iter().filter(|c| c.effect.is_none()).map(|c| c.term.as_str()).collect();
        if !missing.is_empty() {
            notes.push(format!("the data do not determine the slope of {}", missing.join(", ")));
        }
        let residual_heterogeneity = ResidualHeterogeneity {
            tau2: (meta.model == NetworkModel::Random).then_some(fit.tau2),
            q: fit.q,
            q_df: fit.q_df,
            q_p_value: fit.q_p_value(),
            slope_variance: None,
        };
        let test = moderator_test(&fit, &slopes);
        Ok(self.finish(coefficients, None, test, residual_heterogeneity, (theta, covariance), &versus, notes))
    }

    /// Slopes β_j = B + b_j: the design has θ and B as fixed and b_j as random columns.
    fn exchangeable(self, meta: &NetworkMeta) -> Result<NetworkRegressionFit> {
        let (design, columns) = self.design();
        let effects = self.others().len();
        let x = Shrinkage::split(&design, columns, effects);
        let fit = Shrinkage::fit(meta, &self.network, x)?;
        // Coefficients: θ, B, b.
        let row = |t: usize, x: f64| {
            let mut row = vec![0.0; effects + 1 + effects];
            if let Some(column) = self.others().iter().position(|other| *other == t) {
                row[column] = 1.0;
                row[effects] = x;
                row[effects + 1 + column] = x;
            }
            row
        };
        let slope = |column: usize| {
            let mut l = vec![0.0; effects + 1 + effects];
            l[effects] = 1.0;
            l[effects + 1 + column] = 1.0;
            l
        };
        let coefficients = self
            .terms()
            .into_iter()
            .enumerate()
            .map(|(column, term)| Slope { term, effect: Some(fit.combination(&slope(column), meta.level)) })
            .collect();
        let mean =
            (0..effects + 1 + effects).map(|c| f64::from(u8::from(c == effects))).collect::<Vec<f64>>();
        let at = self.at - self.center;
        let rows: Vec<Vec<f64>> = (0..self.network.treatments.len()).map(|t| row(t, at)).collect();
        let versus = |i: usize, j: usize| -> Option<Difference> {
            let l: Vec<f64> = rows[i].iter().zip(&rows[j]).map(|(a, b)| a - b).collect();
            Some(fit.combination(&l, meta.level))
        };
        let common = Prepared {
            regression: &self.regression.clone().interaction(SlopeModel::Common),
            network: self.network.clone(),
            x: self.x.clone(),
            notes: Vec::new(),
            ..self
        };
        let (design, columns) = common.design();
        let base = LinearFit::new(meta, &common.network, &design, columns)?;
        let residual_heterogeneity = ResidualHeterogeneity {
            tau2: (meta.model == NetworkModel::Random).then_some(fit.tau2),
            q: base.q,
            q_df: base.q_df,
            q_p_value: base.q_p_value(),
            slope_variance: Some(fit.sigma2),
        };
        let mut notes = vec![
            "exchangeable slopes: tau² and the variance of the slopes by REML, intervals given both; Q is that of one \
             common slope"
                .to_owned(),
        ];
        if fit.sigma2 == 0.0 {
            notes.push(
                "the variance of the slopes is estimated as zero: the model is that of a common slope"
                    .to_owned(),
            );
        }
        let block = fit.block(&rows);
        let mean = fit.combination(&mean, meta.level);
        Ok(self.finish(coefficients, Some(mean), None, residual_heterogeneity, block, &versus, notes))
    }

    #[allow(clippy::type_complexity)]
    fn finish(
        &self,
        coefficients: Vec<Slope>,
        mean_slope: Option<Difference>,
        moderator_test: Option<SlopeTest>,
        residual_heterogeneity: ResidualHeterogeneity,
        (theta, covariance): (Vec<f64>, Vec<f64>),
        versus: &dyn Fn(usize, usize) -> Option<Difference>,
        more_notes: Vec<String>,
    ) -> NetworkRegressionFit {
        let t = self.network.treatments.len();
        let name = |i: usize| self.network.treatments[i].clone();
        let effect = |i: usize, j: usize| RegressionEffect {
            intervention: name(i),
            comparator: name(j),
            effect: versus(i, j),
        };
        let mut notes = self.notes.clone();
        notes.extend(more_notes);
        NetworkRegressionFit {
            interaction: self.regression.interaction,
            center: self.center,
            at: self.at,
            k: self.network.studies.len(),
            coefficients,
            mean_slope,
            moderator_test,
            residual_heterogeneity,
            effects: self.others().into_iter().map(|i| effect(i, self.reference)).collect(),
            comparisons: (0..t)
                .flat_map(|i| (i + 1..t).map(move |j| (i, j)))
                .map(|(i, j)| effect(i, j))
                .collect(),
            theta,
            covariance,
            notes,
        }
    }
}

/// Wald's test of all slopes; `None` where one is not determined.
fn moderator_test(fit: &LinearFit, slopes: &[Vec<f64>]) -> Option<SlopeTest> {
    let (estimates, covariance) = fit.block(slopes)?;
    let m = estimates.len();
    let (inverse, _) = super::gls::scaled_inverse(covariance, m).ok()?;
    let wald: f64 =
        (0..m).map(|a| estimates[a] * (0..m).map(|b| inverse[a * m + b] * estimates[b]).sum::<f64>()).sum();
    Some(match fit.df {
        Some(df2) => {
            let statistic = wald / m as f64;
            SlopeTest { statistic, df1: m, df2: Some(df2), p_value: f::sf(statistic, m as f64, df2) }
        }
        None => SlopeTest { statistic: wald, df1: m, df2: None, p_value: chi2::sf(wald, m as f64) },
    })
}
