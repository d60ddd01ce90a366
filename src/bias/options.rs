//! What is asked of a bias analysis, and the report.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    Alternative, AsymmetryTest, Copas, ExcessSignificance, ExcessTest, FailsafeN, ImputedEffect,
    LimitMetaAnalysis, MissingEstimator, MissingOutcomes, PCurve, PUniform, PUniformStar, PetPeese,
    PowerOptions, ReportingBound, Selection, SelectionFit, Side, SmallStudyPower, TrimAndFill,
    UnrestrictedWls, WorstCase, ZCurve, asymmetry, copas, excess, failsafe, guidance, missing, p_curve,
    p_uniform, pet_peese, reporting, selection, trim_and_fill, uwls, worst_case, z_curve,
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    effect::StudyData,
    pool::{Inference, PoolModel, RandomEffects, kernel},
    regression::ModelMatrix,
    tau2::Tau2,
};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident $kind:literal { $( $(#[$vdoc:meta])* $variant:ident $code:literal, )* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum $name { $( $(#[$vdoc])* #[serde(rename = $code)] $variant, )* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$( $name::$variant, )*];

            /// The code.
            pub fn code(self) -> &'static str { match self { $( $name::$variant => $code, )* } }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.code()) }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                let wanted = text.trim().to_lowercase();
                $name::ALL.iter().copied().find(|v| v.code() == wanted)
                    .ok_or_else(|| Error::unknown($kind, text, $name::ALL.iter().map(|v| v.code())))
            }
        }
    };
}

codes! {
    /// A test for small-study effects, or another part of the report.
    Analysis "test" {
        /// Egger's regression.
        Egger "egger",
        /// Begg and Mazumdar's rank correlation.
        Begg "begg",
        /// Regression on a chosen predictor.
        Regression "regression",
        /// Thompson and Sharp's regression with an additive tau².
        ThompsonSharp "thompson-sharp",
        /// Harbord's score test.
        Harbord "harbord",
        /// Peters' regression on the inverse of the size.
        Peters "peters",
        /// Macaskill's regression on the size.
        Macaskill "macaskill",
        /// Schwarzer's rank correlation of counts.
        Schwarzer "schwarzer",
        /// Rücker's arcsine test.
        Ruecker "ruecker",
        /// Deeks' regression on the effective size (diagnostic odds ratios).
        Deeks "deeks",
        /// Pustejovsky and Rodgers' regression (standardized mean differences).
        PustejovskyRodgers "pustejovsky-rodgers",
        /// Lin and Chu's skewness of standardized deviates.
        Skewness "skewness",
        /// The LFK index of the Doi plot, which is no test.
        Lfk "lfk",
        /// Trim and fill.
        TrimAndFill "trim-and-fill",
        /// Fail-safe numbers.
        FailsafeN "failsafe-n",
        /// Selection models.
        Selection "selection",
        /// Excess significance.
        ExcessSignificance "excess-significance",
        /// Henmi and Copas's interval.
        HenmiCopas "henmi-copas",
        /// PET and PEESE.
        PetPeese "pet-peese",
        /// Limit meta-analysis.
        Limit "limit",
        /// p-curve.
        PCurve "p-curve",
        /// Unrestricted weighted least squares and the adequately powered studies.
        Uwls "uwls",
        /// The Copas selection model.
        Copas "copas",
        /// p-uniform and p-uniform*.
        PUniform "p-uniform",
        /// z-curve.
        ZCurve "z-curve",
        /// Sensitivity of the mean to selection, up to the worst case.
        WorstCase "worst-case",
        /// Bounds of the bias from unreported studies.
        ReportingBias "reporting-bias",
        /// Missing binary outcomes.
        MissingOutcomes "missing-outcomes",
        /// The power of the tests by simulation.
        Power "power",
    }
}

impl Analysis {
    /// Whether it is a test for small-study effects.
    pub fn is_asymmetry_test(self) -> bool {
        (self as u8) <= Analysis::Lfk as u8
    }
}

codes! {
    /// The predictor of the general regression test.
    Predictor "predictor" {
        /// The standard error.
        Sei "sei",
        /// The variance.
        Vi "vi",
        /// The size n.
        Ni "ni",
        /// 1 / n.
        Ninv "ninv",
        /// √n.
        SqrtNi "sqrtni",
        /// 1 / √n.
        SqrtNinv "sqrtninv",
    }
}

codes! {
    /// The model of the general regression test.
    RegressionModel "regression" {
        /// Weighted least squares with a multiplicative dispersion, as Egger's.
        Lm "lm",
        /// A meta-regression with an additive tau².
        Rma "rma",
    }
}

/// The model that the parts share.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub model: PoolModel,
    pub estimator: Tau2,
    pub inference: Inference,
    pub level: Level,
    pub regression: RegressionModel,
    pub predictor: Predictor,
    pub missing: MissingEstimator,
    pub side: Option<Side>,
    /// The model by which studies are trimmed, if not the same.
    pub trimming: Option<PoolModel>,
    /// The direction of the effect, if it is named.
    pub direction: Option<Alternative>,
    pub clusters: Option<Vec<usize>>,
    /// Resampled sets behind intervals, and their seed.
    #[cfg_attr(not(feature = "random"), allow(dead_code))]
    pub replicates: usize,
    #[cfg_attr(not(feature = "random"), allow(dead_code))]
    pub seed: u64,
}

/// An analysis of small-study effects; the default is everything that fits the data, beside a random-effects model by REML.
#[derive(Debug, Clone, PartialEq)]
pub struct Bias {
    analyses: Option<Vec<Analysis>>,
    model: PoolModel,
    estimator: Tau2,
    inference: Inference,
    level: f64,
    regression: RegressionModel,
    predictor: Predictor,
    missing: MissingEstimator,
    side: Option<Side>,
    target: Option<f64>,
    selections: Vec<Selection>,
    alternative: Alternative,
    excess: ExcessTest,
    trimming: Option<PoolModel>,
    direction: Option<Alternative>,
    moderators: Option<ModelMatrix>,
    clusters: Option<Vec<String>>,
    profile: SelectionInterval,
    bootstrap: usize,
    seed: u64,
    threshold: f64,
    unreported: Vec<usize>,
    missing_outcomes: Option<MissingOutcomes>,
    power: Option<PowerOptions>,
}

/// The intervals of selection models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SelectionInterval {
    /// `wald`: from standard errors alone.
    #[default]
    Wald,
    /// `profile`: by the profile likelihood as well, in the fit's `profile`.
    Profile,
}

impl FromStr for SelectionInterval {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "wald" => Ok(SelectionInterval::Wald),
            "profile" => Ok(SelectionInterval::Profile),
            _ => Err(Error::unknown("interval of selection models", text, ["wald", "profile"])),
        }
    }
}

impl Default for Bias {
    fn default() -> Self {
        Bias::new(Tau2::default())
    }
}

/// Henmi and Copas's estimate: fixed-effect weights, which small-study effects bias least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HenmiCopas {
    /// The fixed-effect mean.
    pub estimate: f64,
    /// Its standard error under heterogeneity.
    pub se: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The DerSimonian-Laird tau².
    pub tau2: f64,
}

/// The report of a bias analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BiasReport {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The estimator of tau²; `None` for fixed effects.
    pub method: Option<Tau2>,
    /// The inference.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The number of clusters within which effects depend on each other, if they are known.
    pub clusters: Option<usize>,
    /// Which tests suit these data.
    pub guidance: String,
    /// The tests for small-study effects.
    pub tests: Vec<AsymmetryTest>,
    /// Trim and fill.
    pub trim_and_fill: Option<TrimAndFill>,
    /// Fail-safe numbers.
    pub failsafe_n: Option<FailsafeN>,
    /// Selection models, in the order asked for; those without a fit are named in the notes.
    pub selection_models: Vec<SelectionFit>,
    /// PET and PEESE.
    pub pet_peese: Option<PetPeese>,
    /// Limit meta-analysis.
    pub limit: Option<LimitMetaAnalysis>,
    /// p-curve.
    pub p_curve: Option<PCurve>,
    /// Excess significance.
    pub excess_significance: Option<ExcessSignificance>,
    /// Henmi and Copas's interval.
    pub henmi_copas: Option<HenmiCopas>,
    /// Unrestricted weighted least squares and the adequately powered studies.
    pub uwls: Option<UnrestrictedWls>,
    /// The Copas selection model.
    pub copas: Option<Copas>,
    /// p-uniform.
    pub p_uniform: Option<PUniform>,
    /// p-uniform*.
    pub p_uniform_star: Option<PUniformStar>,
    /// z-curve.
    pub z_curve: Option<ZCurve>,
    /// The sensitivity of the mean to selection.
    pub worst_case: Option<WorstCase>,
    /// Bounds of the bias from unreported studies.
    pub reporting_bias: Option<Vec<ReportingBound>>,
    /// The mean under what may be assumed of missing outcomes.
    pub missing_outcomes: Option<Vec<ImputedEffect>>,
    /// The power of the tests by simulation.
    pub power: Option<SmallStudyPower>,
    /// What the reader must know, and why a part is absent.
    pub notes: Vec<String>,
}

impl Bias {
    /// Beside a random-effects model with this estimator of tau².
    pub fn new(estimator: Tau2) -> Self {
        Bias {
            analyses: None,
            model: PoolModel::Random,
            estimator,
            inference: Inference::default(),
            level: 0.95,
            regression: RegressionModel::Rma,
            predictor: Predictor::Sei,
            missing: MissingEstimator::default(),
            side: None,
            target: None,
            selections: Vec::new(),
            alternative: Alternative::default(),
            excess: ExcessTest::default(),
            trimming: None,
            direction: None,
            moderators: None,
            clusters: None,
            profile: SelectionInterval::default(),
            bootstrap: 1000,
            seed: 1,
            threshold: 0.0,
            unreported: (1..=5).collect(),
            missing_outcomes: None,
            power: None,
        }
    }

    /// Beside a fixed-effect model.
    pub fn fixed_effect() -> Self {
        Bias { model: PoolModel::Fixed, ..Bias::default() }
    }

    /// Only these parts; the tests come in this order.
    #[must_use]
    pub fn analyses(mut self, analyses: impl Into<Vec<Analysis>>) -> Self {
        self.analyses = Some(analyses.into());
        self
    }

    /// The inference of the fits; regressions know `wald`, `t`, `hksj` and `hksj-adhoc`.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The confidence level, as a fraction.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    /// The model and the predictor of the general regression test.
    #[must_use]
    pub fn regression(mut self, model: RegressionModel, predictor: Predictor) -> Self {
        self.regression = model;
        self.predictor = predictor;
        self
    }

    /// The estimator of the number of missing studies.
    #[must_use]
    pub fn missing_estimator(mut self, estimator: MissingEstimator) -> Self {
        self.missing = estimator;
        self
    }

    /// The side that trim and fill fills; without it, that which the slope on the standard error points to.
    #[must_use]
    pub fn side(mut self, side: Side) -> Self {
        self.side = Some(side);
        self
    }

    /// The target of Orwin's fail-safe number.
    #[must_use]
    pub fn target(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// The selection models, by the P values of one alternative. Without any, a step function with the step 0.025.
    #[must_use]
    pub fn selections(mut self, selections: impl Into<Vec<Selection>>, alternative: Alternative) -> Self {
        self.selections = selections.into();
        self.alternative = alternative;
        self
    }

    /// The test of excess significance.
    #[must_use]
    pub fn excess_test(mut self, test: ExcessTest) -> Self {
        self.excess = test;
        self
    }

    /// The model by which trim and fill trims: fixed for fixed-random; without it, that of the report.
    #[must_use]
    pub fn trimming(mut self, model: PoolModel) -> Self {
        self.trimming = Some(model);
        self
    }

    /// The direction of the effect for p-uniform and the worst case; without it, the sign of the pooled effect.
    #[must_use]
    pub fn direction(mut self, side: Alternative) -> Self {
        self.direction = Some(side);
        self
    }

    /// Moderators of selection models.
    #[must_use]
    pub fn moderators(mut self, design: ModelMatrix) -> Self {
        self.moderators = Some(design);
        self
    }

    /// The cluster of each effect, within which effects depend on each other: regressions, UWLS, the worst case and
    /// selection models then have the sandwich over clusters, z-curve resamples clusters.
    #[must_use]
    pub fn clusters<S: Into<String>>(mut self, clusters: impl IntoIterator<Item = S>) -> Self {
        self.clusters = Some(clusters.into_iter().map(Into::into).collect());
        self
    }

    /// The intervals of selection models.
    #[must_use]
    pub fn selection_interval(mut self, interval: SelectionInterval) -> Self {
        self.profile = interval;
        self
    }

    /// The number of resampled sets behind the intervals of z-curve, 0 for none, and the seed. Feature `random`; without it
    /// there are no such intervals.
    #[must_use]
    pub fn bootstrap(mut self, replicates: usize, seed: u64) -> Self {
        (self.bootstrap, self.seed) = (replicates, seed);
        self
    }

    /// The threshold to which the worst case brings the mean.
    #[must_use]
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// The numbers of unreported studies for which the bias is bounded; 1 to 5 without it.
    #[must_use]
    pub fn unreported(mut self, numbers: impl Into<Vec<usize>>) -> Self {
        self.unreported = numbers.into();
        self
    }

    /// Missing outcomes of two-by-two tables.
    #[must_use]
    pub fn missing_outcomes(mut self, missing: MissingOutcomes) -> Self {
        self.missing_outcomes = Some(missing);
        self
    }

    /// Simulates the size and the power of the tests. Feature `random`.
    #[must_use]
    pub fn power(mut self, options: PowerOptions) -> Self {
        self.power = Some(options);
        self
    }

    /// Runs the parts. `data` are the raw data of the same studies, which some tests need.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, or the raw data are not those of the studies. What the data cannot answer is no
    /// error but absent, with a reason in the notes.
    pub fn fit(&self, effects: &EffectSizes, data: Option<&StudyData>) -> Result<BiasReport> {
        let level = Level::new(self.level)?;
        if let Some(data) = data.filter(|data| data.len() != effects.len()) {
            return Err(Error::data(
                format!("raw data of {} studies beside {} effects", data.len(), effects.len()),
                "give the raw data of the studies that have an effect",
            ));
        }
        if let Some(x) = self.moderators.as_ref().filter(|x| x.k() != effects.len()) {
            return Err(Error::data(
                format!("moderators of {} studies beside {} effects", x.k(), effects.len()),
                "give one row for each effect",
            ));
        }
        let clusters = match &self.clusters {
            Some(names) if names.len() != effects.len() => {
                return Err(Error::data(
                    format!("{} clusters beside {} effects", names.len(), effects.len()),
                    "name the cluster of each effect",
                ));
            }
            Some(names) => {
                let mut known: Vec<&String> = names.iter().collect();
                known.sort();
                known.dedup();
                Some(names.iter().filter_map(|name| known.binary_search(&name).ok()).collect::<Vec<_>>())
            }
            None => None,
        };
        if !self.threshold.is_finite() {
            return Err(Error::setting("threshold", self.threshold.to_string(), "give a finite effect"));
        }
        let random = self.model == PoolModel::Random;
        let settings = Settings {
            model: self.model,
            estimator: self.estimator,
            inference: self.inference,
            level,
            regression: self.regression,
            predictor: self.predictor,
            missing: self.missing,
            side: self.side,
            trimming: self.trimming,
            direction: self.direction,
            clusters,
            replicates: self.bootstrap,
            seed: self.seed,
        };
        let mut report = BiasReport {
            measure: effects.measure(),
            model: self.model,
            method: random.then_some(self.estimator),
            inference: self.inference,
            level,
            k: effects.len(),
            clusters: settings.clusters.as_ref().and_then(|c| c.iter().max()).map(|c| c + 1),
            guidance: guidance::guidance(effects),
            tests: Vec::new(),
            trim_and_fill: None,
            failsafe_n: None,
            selection_models: Vec::new(),
            pet_peese: None,
            limit: None,
            p_curve: None,
            excess_significance: None,
            henmi_copas: None,
            uwls: None,
            copas: None,
            p_uniform: None,
            p_uniform_star: None,
            z_curve: None,
            worst_case: None,
            reporting_bias: None,
            missing_outcomes: None,
            power: None,
            notes: effects.notes().to_vec(),
        };
        if !matches!(
            self.inference,
            Inference::Wald | Inference::T | Inference::HartungKnapp | Inference::HartungKnappAdHoc
        ) {
            report.notes.push(format!(
                "regressions use Wald's inference; {} inference is for pooled effects",
                self.inference.name()
            ));
        }
        let all: Vec<Analysis>;
        let asked: &[Analysis] = match &self.analyses {
            Some(analyses) => analyses,
            None => {
                let fits = |a: &Analysis| match a {
                    Analysis::MissingOutcomes => self.missing_outcomes.is_some(),
                    Analysis::Power => self.power.is_some(),
                    a => !a.is_asymmetry_test() || asymmetry::applies(*a, effects, data),
                };
                all = Analysis::ALL.iter().copied().filter(fits).collect();
                &all
            }
        };
        for &analysis in asked {
            if let Err(error) = self.part(analysis, effects, data, &settings, &mut report) {
                match error {
                    Error::Model { .. } => report.notes.push(format!("no {analysis}: {error}")),
                    other => return Err(other),
                }
            }
        }
        if report.clusters.is_some() {
            self.note_dependence(&mut report);
        }
        if self.moderators.is_some() && !report.selection_models.is_empty() {
            report
                .notes
                .push("moderators enter the selection models; the other parts leave them out".to_owned());
        }
        Ok(report)
    }

    fn part(
        &self,
        analysis: Analysis,
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
        report: &mut BiasReport,
    ) -> Result<()> {
        match analysis {
            Analysis::TrimAndFill => {
                report.trim_and_fill = Some(trim_and_fill::trim_and_fill(effects, settings)?);
            }
            Analysis::FailsafeN => {
                let found = failsafe::failsafe_n(
                    effects,
                    self.target,
                    self.model,
                    self.estimator,
                    &mut report.notes,
                )?;
                report.failsafe_n = Some(found);
            }
            Analysis::Selection => self.selection_models(effects, settings, report)?,
            Analysis::ExcessSignificance => {
                let pooled = match self.model {
                    PoolModel::Random => kernel::random(effects.yi(), effects.vi(), self.estimator),
                    _ => kernel::fixed(effects.yi(), effects.vi()),
                };
                report.excess_significance =
                    Some(excess::excess(effects, pooled.estimate, pooled.tau2, self.excess));
            }
            Analysis::HenmiCopas => {
                let fit = RandomEffects::new(Tau2::Dl)
                    .inference(Inference::HenmiCopas)
                    .level(self.level)
                    .fit(effects)?;
                if fit.inference != Inference::HenmiCopas {
                    return Err(Error::model("1 study", "the interval needs at least 2"));
                }
                report.henmi_copas = Some(HenmiCopas {
                    estimate: fit.estimate,
                    se: fit.se,
                    ci_lower: fit.ci_lower,
                    ci_upper: fit.ci_upper,
                    tau2: fit.heterogeneity.tau2.unwrap_or(0.0),
                });
            }
            Analysis::PetPeese => report.pet_peese = Some(pet_peese::pet_peese(effects, settings)?),
            Analysis::Limit => report.limit = Some(pet_peese::limit(effects, settings)?),
            Analysis::PCurve => report.p_curve = Some(p_curve::p_curve(effects)?),
            Analysis::Uwls => report.uwls = Some(uwls::uwls(effects, settings)?),
            Analysis::Copas => report.copas = Some(copas::copas(effects, settings)?),
            Analysis::PUniform => {
                let one = p_uniform::p_uniform(effects, settings).map(|p| report.p_uniform = Some(p));
                report.p_uniform_star = Some(p_uniform::p_uniform_star(effects, settings)?);
                one?;
            }
            Analysis::ZCurve => report.z_curve = Some(z_curve::z_curve(effects, settings)?),
            Analysis::WorstCase => {
                report.worst_case = Some(worst_case::worst_case(effects, settings, self.threshold)?);
            }
            Analysis::ReportingBias => {
                report.reporting_bias = Some(reporting::bounds(effects, settings, &self.unreported)?);
            }
            Analysis::MissingOutcomes => {
                let Some(missing) = &self.missing_outcomes else {
                    return Err(Error::model(
                        "no outcome is known to be missing",
                        "give the numbers of participants without an outcome",
                    ));
                };
                let Some(StudyData::TwoByTwo(tables)) = data else {
                    return Err(Error::model(
                        "the data are not two-by-two tables",
                        "only their outcomes are imputed",
                    ));
                };
                report.missing_outcomes = Some(missing::imputed(effects, tables, missing, settings)?);
            }
            Analysis::Power => report.power = Some(self.simulated(effects, data, settings)?),
            test => report.tests.push(asymmetry::test(test, effects, data, settings)?),
        }
        Ok(())
    }

    #[cfg(feature = "random")]
    fn simulated(
        &self,
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
    ) -> Result<SmallStudyPower> {
        let options = self.power.unwrap_or_else(|| PowerOptions::new(self.seed));
        let asked = |a: &Analysis| match &self.analyses {
            Some(analyses) if analyses.iter().any(|a| a.is_asymmetry_test()) => analyses.contains(a),
            _ => asymmetry::applies(*a, effects, data),
        };
        let tests: Vec<Analysis> =
            Analysis::ALL.iter().copied().filter(|a| a.is_asymmetry_test() && asked(a)).collect();
        super::power::simulate(effects, data, settings, &tests, &options)
    }

    #[cfg(not(feature = "random"))]
    fn simulated(&self, _: &EffectSizes, _: Option<&StudyData>, _: &Settings) -> Result<SmallStudyPower> {
        Err(Error::setting("power", "this build has no random numbers", "build with the feature `random`"))
    }

    /// What treats effects as independent although they are not.
    fn note_dependence(&self, report: &mut BiasReport) {
        let mut independent = Vec::new();
        for test in &report.tests {
            if matches!(test.name, Analysis::Begg | Analysis::Schwarzer | Analysis::Skewness | Analysis::Lfk)
            {
                independent.push(test.name.to_string());
            }
        }
        let parts = [
            (report.trim_and_fill.is_some(), Analysis::TrimAndFill),
            (report.failsafe_n.is_some(), Analysis::FailsafeN),
            (report.excess_significance.is_some(), Analysis::ExcessSignificance),
            (report.henmi_copas.is_some(), Analysis::HenmiCopas),
            (report.limit.is_some(), Analysis::Limit),
            (report.p_curve.is_some(), Analysis::PCurve),
            (report.p_uniform.is_some() || report.p_uniform_star.is_some(), Analysis::PUniform),
            (report.copas.is_some(), Analysis::Copas),
            (report.reporting_bias.is_some(), Analysis::ReportingBias),
        ];
        independent.extend(parts.iter().filter(|(there, _)| *there).map(|(_, part)| part.to_string()));
        report.notes.push(
            "effects of one cluster depend on each other: standard errors of regressions, PET-PEESE, UWLS and the worst case are \
             CR2 sandwiches over clusters, those of selection models the sandwich with their scores; likelihood-ratio tests \
             and profile intervals still take effects as independent"
                .to_owned(),
        );
        if !independent.is_empty() {
            report.notes.push(format!(
                "these have no form for dependent effects and take them as independent, which makes their P values too small: {}",
                independent.join(", ")
            ));
        }
    }

    fn selection_models(
        &self,
        effects: &EffectSizes,
        settings: &Settings,
        report: &mut BiasReport,
    ) -> Result<()> {
        let default = [Selection::three_parameter()];
        let selections = if self.selections.is_empty() { &default[..] } else { &self.selections };
        let mean = match self.model {
            PoolModel::Random => kernel::random(effects.yi(), effects.vi(), self.estimator).estimate,
            _ => kernel::fixed(effects.yi(), effects.vi()).estimate,
        };
        let opposite = match self.alternative {
            Alternative::Greater if mean < 0.0 => Some(("negative", "less")),
            Alternative::Less if mean > 0.0 => Some(("positive", "greater")),
            _ => None,
        };
        if let Some((direction, other)) = opposite {
            report.notes.push(format!(
                "the pooled effect is {direction}, selection for effects in the other direction was modelled: consider the \
                 alternative `{other}`"
            ));
        }
        for selected in selections {
            let fitting = selection::Fitting {
                alternative: self.alternative,
                model: self.model,
                level: settings.level,
                moderators: self.moderators.as_ref(),
                clusters: settings.clusters.as_deref(),
                profile: self.profile == SelectionInterval::Profile,
            };
            match selection::fit(effects, selected, &fitting) {
                Ok(fit) => report.selection_models.push(fit),
                Err(error @ Error::Model { .. }) => {
                    report.notes.push(format!("no selection model {selected}: {error}"))
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
