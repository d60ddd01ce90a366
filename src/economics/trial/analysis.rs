//! From patients to the joint distribution of the two differences.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    data::TrialData,
    regression::{Pair, Sandwich, fit_pair},
};
use crate::{
    Error, Level, Result,
    economics::{
        incremental::{Dependence, Incremental, IncrementalSummary},
        rounding::{beside, shown},
        willingness::WillingnessToPay,
    },
};

/// The estimator of the covariance of the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TrialVariance {
    /// Variances of each arm on their own (Welch); in a regression heteroscedasticity-consistent (HC2), which without
    /// covariates is the same.
    Separate,
    /// One residual covariance for both arms.
    Pooled,
}

impl fmt::Display for TrialVariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrialVariance::Separate => "separate",
            TrialVariance::Pooled => "pooled",
        })
    }
}

/// The distribution that intervals and P values refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reference {
    /// The normal distribution.
    #[default]
    Normal,
    /// The t distribution: n - p degrees of freedom; for separate variances without covariates the smaller of Satterthwaite's
    /// for the cost and the effect; with clusters Satterthwaite's of CR2 (m - p with m clusters for different covariates).
    T,
}

/// The options of the analysis of a trial. By default: unadjusted with separate variances, adjusted with one residual covariance;
/// allowing for clusters if the data have them. Intervals and P values refer to the normal distribution, with clusters to t,
/// since it is their number and not that of the patients that counts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrialAnalysis {
    cost_covariates: Vec<String>,
    effect_covariates: Vec<String>,
    variance: Option<TrialVariance>,
    reference: Option<Reference>,
}

/// Numbers of one arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ArmSummary {
    /// The arm.
    pub arm: String,
    /// Patients.
    pub n: usize,
    /// Mean cost.
    pub mean_cost: f64,
    /// Standard deviation of the cost.
    pub sd_cost: f64,
    /// Mean effect.
    pub mean_effect: f64,
    /// Standard deviation of the effect.
    pub sd_effect: f64,
    /// Correlation of cost and effect within the arm; `None` if one of them does not vary.
    pub correlation: Option<f64>,
}

/// The result of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrialFit {
    /// Intervention, then comparator.
    pub arms: Vec<ArmSummary>,
    /// The differences with their covariance.
    pub difference: Incremental,
    /// Covariates of the cost regression.
    pub cost_covariates: Vec<String>,
    /// Covariates of the effect regression.
    pub effect_covariates: Vec<String>,
    /// The estimator of the covariance.
    pub variance: TrialVariance,
    /// The number of clusters, if they were allowed for.
    pub clusters: Option<usize>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// The differences within a level of a subgroup, or between two levels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubgroupDifference {
    /// The level.
    pub level: String,
    /// Patients.
    pub n: usize,
    /// Intervention minus comparator within the level.
    pub difference: Incremental,
    /// Those differences minus those of the first level: its net benefit at λ is the interaction of a net-benefit
    /// regression. `None` for the first level.
    pub interaction: Option<Incremental>,
}

/// A point of an acceptability curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AcceptabilityPoint {
    /// The willingness to pay.
    pub wtp: f64,
    /// The probability that the intervention is cost-effective.
    pub probability: f64,
}

/// The output of the command `economics trial`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TrialSummary {
    /// Differences, ratio, Fieller set, net benefit.
    #[serde(flatten)]
    pub incremental: IncrementalSummary,
    /// Intervention, then comparator.
    pub arms: Vec<ArmSummary>,
    /// The acceptability curve under the reference distribution.
    pub ceac: Vec<AcceptabilityPoint>,
}

impl TrialAnalysis {
    /// The default analysis.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adjusts cost and effect for the same covariates.
    #[must_use]
    pub fn adjust<S: Into<String>>(mut self, covariates: impl IntoIterator<Item = S>) -> Self {
        self.cost_covariates = covariates.into_iter().map(Into::into).collect();
        self.effect_covariates = self.cost_covariates.clone();
        self
    }

    /// Adjusts the cost for these covariates.
    #[must_use]
    pub fn adjust_cost<S: Into<String>>(mut self, covariates: impl IntoIterator<Item = S>) -> Self {
        self.cost_covariates = covariates.into_iter().map(Into::into).collect();
        self
    }

    /// Adjusts the effect for these covariates; baseline utility belongs here (Manca 2005).
    #[must_use]
    pub fn adjust_effect<S: Into<String>>(mut self, covariates: impl IntoIterator<Item = S>) -> Self {
        self.effect_covariates = covariates.into_iter().map(Into::into).collect();
        self
    }

    /// Chooses how the covariance is estimated.
    #[must_use]
    pub fn variance(mut self, variance: TrialVariance) -> Self {
        self.variance = Some(variance);
        self
    }

    /// Chooses the reference distribution.
    #[must_use]
    pub fn reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
        self
    }

    fn adjusted(&self) -> bool {
        !(self.cost_covariates.is_empty() && self.effect_covariates.is_empty())
    }

    fn chosen(&self) -> TrialVariance {
        let default = if self.adjusted() { TrialVariance::Pooled } else { TrialVariance::Separate };
        self.variance.unwrap_or(default)
    }

    /// The distribution that is referred to: the chosen one, or t with clusters and the normal without.
    fn referred(&self, data: &TrialData) -> Reference {
        let default = if data.clusters.is_some() { Reference::T } else { Reference::Normal };
        self.reference.unwrap_or(default)
    }

    fn sandwich<'a>(&self, data: &'a TrialData) -> Sandwich<'a> {
        match (&data.clusters, self.chosen()) {
            (Some(labels), _) => Sandwich::Clusters(labels),
            (None, TrialVariance::Separate) => Sandwich::Robust,
            (None, TrialVariance::Pooled) => Sandwich::Model,
        }
    }

    fn pair(&self, data: &TrialData, sandwich: Sandwich<'_>) -> Result<Pair> {
        fit_pair(
            &data.design(&self.cost_covariates)?,
            &data.cost,
            &data.design(&self.effect_covariates)?,
            &data.effect,
            sandwich,
        )
    }

    /// The point estimates only: the kernel of the bootstrap.
    #[cfg(feature = "random")]
    pub(super) fn point(&self, data: &TrialData) -> Result<(f64, f64)> {
        let pair = self.pair(data, Sandwich::Model)?;
        let [cost, _, effect, ..] = pair.contrast(&[(1, 1.0)]);
        Ok((cost, effect))
    }

    #[cfg(feature = "random")]
    pub(super) fn is_adjusted(&self) -> bool {
        self.adjusted()
    }

    /// The differences in mean cost and effect with their joint uncertainty.
    ///
    /// # Errors
    ///
    /// If a covariate is not known, the covariates are linearly dependent, or there are too few patients or clusters.
    pub fn fit(&self, data: &TrialData) -> Result<TrialFit> {
        let pair = self.pair(data, self.sandwich(data))?;
        let treatment = [(1, 1.0)];
        let arms = arm_summaries(data);
        let mut notes = Vec::new();
        let df = match (&data.clusters, self.chosen(), self.adjusted()) {
            (None, TrialVariance::Separate, false) => {
                let df = satterthwaite(&arms);
                if self.referred(data) == Reference::T {
                    notes.push(format!(
                        "t distribution with {df:.2} degrees of freedom, the smaller of Satterthwaite's for the \
                         difference in cost and in effect"
                    ));
                }
                df
            }
            _ => pair.degrees_of_freedom(&treatment)?,
        };
        let difference = self.incremental(data, pair.contrast(&treatment), df)?;
        let clusters = data.clusters.as_ref().map(|labels| labels.iter().max().map_or(0, |m| m + 1));
        notes.extend(clusters.map(|clusters| self.cluster_note(data, clusters, df)));
        Ok(TrialFit {
            arms,
            difference,
            cost_covariates: self.cost_covariates.clone(),
            effect_covariates: self.effect_covariates.clone(),
            variance: self.chosen(),
            clusters,
            notes,
        })
    }

    /// A note on the standard errors and degrees of freedom that clusters give.
    fn cluster_note(&self, data: &TrialData, clusters: usize, df: f64) -> String {
        let same = self.cost_covariates == self.effect_covariates;
        let errors = if same { "CR2 standard errors" } else { "CR1 standard errors" };
        match self.referred(data) {
            Reference::T if df < 4.0 => format!(
                "{clusters} clusters: {errors}, t with {df:.2} degrees of freedom, which are too few to rely on intervals and P \
                 values"
            ),
            Reference::T => format!("{clusters} clusters: {errors}, t with {df:.2} degrees of freedom"),
            Reference::Normal => format!(
                "{clusters} clusters: {errors} with normal intervals, which are too narrow where clusters are few"
            ),
        }
    }

    fn incremental(&self, data: &TrialData, contrast: [f64; 5], df: f64) -> Result<Incremental> {
        let [cost, vc, effect, ve, s] = contrast;
        // What rounding leaves of a difference that is none (an effect that no patient varies in) is none.
        let size = |values: &[f64]| values.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let (cost, effect) = (beside(cost, size(&data.cost)), beside(effect, size(&data.effect)));
        let variance = |v: f64, values: &[f64]| beside(v.max(0.0).sqrt(), size(values)).powi(2);
        let (vc, ve) = (variance(vc, &data.cost), variance(ve, &data.effect));
        let mut made = Incremental::new(
            cost,
            vc.max(0.0).sqrt(),
            effect,
            ve.max(0.0).sqrt(),
            Dependence::Covariance(s.clamp(-(vc * ve).max(0.0).sqrt(), (vc * ve).max(0.0).sqrt())),
        )?
        .named(&data.intervention, &data.comparator);
        if let Some(base) = data.price_base {
            made = made.priced_in(base);
        }
        if self.referred(data) == Reference::T { made.degrees_of_freedom(df) } else { Ok(made) }
    }

    /// The differences within each level of a subgroup, from one joint regression with an interaction (covariates have
    /// the same coefficients in all levels). Levels come in the order of their bytes.
    ///
    /// # Errors
    ///
    /// If there is not one label for each patient, cost and effect have different covariates, a level lacks an arm, or
    /// as for [`fit`](Self::fit).
    pub fn subgroups<L: AsRef<str>>(
        &self,
        data: &TrialData,
        labels: &[L],
    ) -> Result<Vec<SubgroupDifference>> {
        if labels.len() != data.len() {
            return Err(Error::data(
                format!("{} subgroups for {} patients", labels.len(), data.len()),
                "give one for every patient",
            ));
        }
        if self.cost_covariates != self.effect_covariates {
            return Err(Error::setting(
                "subgroups",
                "different covariates for cost and effect",
                "give both the same covariates",
            ));
        }
        let mut levels: Vec<&str> = labels.iter().map(AsRef::as_ref).collect();
        levels.sort_unstable_by(|a, b| crate::table::level_order(a, b));
        levels.dedup();
        let mut columns = interaction_columns(data, labels, &levels)?;
        for name in &self.cost_covariates {
            columns.push(data.covariate_values(name)?.to_vec());
        }
        let pair = fit_pair(&columns, &data.cost, &columns, &data.effect, self.sandwich(data))?;
        let first = levels.len();
        let difference = |terms: &[(usize, f64)]| {
            self.incremental(data, pair.contrast(terms), pair.degrees_of_freedom(terms)?)
        };
        levels
            .iter()
            .enumerate()
            .map(|(g, level)| {
                let between = [(first + g, 1.0), (first, -1.0)];
                Ok(SubgroupDifference {
                    level: (*level).to_owned(),
                    n: labels.iter().filter(|l| l.as_ref() == *level).count(),
                    difference: difference(&[(first + g, 1.0)])?,
                    interaction: if g == 0 { None } else { Some(difference(&between)?) },
                })
            })
            .collect()
    }
}

/// The indicators of the levels, and of their intervention arms.
fn interaction_columns<L: AsRef<str>>(
    data: &TrialData,
    labels: &[L],
    levels: &[&str],
) -> Result<Vec<Vec<f64>>> {
    let indicator = |level: &str, treated: bool| -> Vec<f64> {
        let member = |(label, arm): (&L, &bool)| label.as_ref() == level && (!treated || *arm);
        labels.iter().zip(&data.treated).map(|pair| f64::from(u8::from(member(pair)))).collect()
    };
    let mut columns = Vec::new();
    for treated in [false, true] {
        for level in levels {
            let column = indicator(level, treated);
            let members = column.iter().sum::<f64>();
            let other = indicator(level, false).iter().sum::<f64>() - members;
            if treated && (members == 0.0 || other == 0.0) {
                return Err(Error::data(
                    format!("subgroup `{level}` has patients of one arm only"),
                    "merge it with another or leave it out",
                ));
            }
            columns.push(column);
        }
    }
    Ok(columns)
}

impl TrialFit {
    /// All readings at the given thresholds.
    ///
    /// # Errors
    ///
    /// If the thresholds are in another currency or price year than the costs.
    pub fn summary(&self, wtp: &WillingnessToPay, level: Level) -> Result<TrialSummary> {
        let mut incremental = self.difference.summary(Some(wtp), level)?;
        incremental.notes.extend(self.notes.iter().cloned());
        let ceac = incremental
            .inb
            .iter()
            .map(|row| AcceptabilityPoint { wtp: row.wtp, probability: row.probability_cost_effective })
            .collect();
        Ok(TrialSummary { incremental, arms: self.arms.clone(), ceac })
    }
}

fn arm_summaries(data: &TrialData) -> Vec<ArmSummary> {
    data.rows()
        .iter()
        .zip([&data.intervention, &data.comparator])
        .map(|(rows, arm)| {
            let n = rows.len() as f64;
            let mean = |v: &[f64]| rows.iter().map(|&i| v[i]).sum::<f64>() / n;
            let (mc, me) = (mean(&data.cost), mean(&data.effect));
            let cross = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
                rows.iter().map(|&i| (a[i] - ma) * (b[i] - mb)).sum::<f64>() / (n - 1.0)
            };
            let sd_cost = cross(&data.cost, mc, &data.cost, mc).sqrt();
            let sd_effect = cross(&data.effect, me, &data.effect, me).sqrt();
            let product = sd_cost * sd_effect;
            ArmSummary {
                arm: arm.clone(),
                n: rows.len(),
                mean_cost: mc,
                sd_cost,
                mean_effect: me,
                sd_effect,
                correlation: (product > 0.0).then(|| cross(&data.cost, mc, &data.effect, me) / product),
            }
        })
        .collect()
}

/// The smaller of Satterthwaite's degrees of freedom for the cost and the effect; n - 2 if neither varies.
fn satterthwaite(arms: &[ArmSummary]) -> f64 {
    let df = |sd: fn(&ArmSummary) -> f64| {
        let parts: Vec<(f64, f64)> =
            arms.iter().map(|a| (sd(a).powi(2) / a.n as f64, a.n as f64 - 1.0)).collect();
        let total: f64 = parts.iter().map(|p| p.0).sum();
        (total > 0.0).then(|| total * total / parts.iter().map(|(v, df)| v * v / df).sum::<f64>())
    };
    match (df(|a| a.sd_cost), df(|a| a.sd_effect)) {
        (Some(a), Some(b)) => a.min(b),
        (Some(a), None) | (None, Some(a)) => a,
        (None, None) => arms.iter().map(|a| a.n as f64 - 1.0).sum(),
    }
}

impl fmt::Display for TrialSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<16} {:>6} {:>12} {:>12} {:>10} {:>10} {:>6}",
            "arm", "n", "cost", "sd", "effect", "sd", "r"
        )?;
        for arm in &self.arms {
            let r = arm.correlation.map_or_else(|| "-".to_owned(), |r| format!("{r:.3}"));
            writeln!(
                f,
                "{:<16} {:>6} {:>12} {:>12} {:>10} {:>10} {r:>6}",
                arm.arm,
                arm.n,
                shown(arm.mean_cost, 2),
                shown(arm.sd_cost, 2),
                shown(arm.mean_effect, 5),
                shown(arm.sd_effect, 5)
            )?;
        }
        write!(f, "\n{}", self.incremental)
    }
}
