//! What is asked of a bias analysis, and the report.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    Alternative, AsymmetryTest, ExcessSignificance, ExcessTest, FailsafeN, LimitMetaAnalysis,
    MissingEstimator, PCurve, PetPeese, Selection, SelectionFit, SelectionFunction, Side, TrimAndFill,
    asymmetry, excess, failsafe, guidance, p_curve, pet_peese, selection, trim_and_fill,
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    effect::StudyData,
    pool::{Inference, PoolModel, RandomEffects, kernel},
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
    }
}

impl Analysis {
    /// Whether it is a test for small-study effects.
    pub fn is_asymmetry_test(self) -> bool {
        (self as u8) <= Analysis::PustejovskyRodgers as u8
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
        };
        let mut report = BiasReport {
            measure: effects.measure(),
            model: self.model,
            method: random.then_some(self.estimator),
            inference: self.inference,
            level,
            k: effects.len(),
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
                let fits = |a: &Analysis| !a.is_asymmetry_test() || asymmetry::applies(*a, effects, data);
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
            Analysis::PetPeese => report.pet_peese = Some(pet_peese::pet_peese(effects, settings.level)?),
            Analysis::Limit => report.limit = Some(pet_peese::limit(effects, settings)?),
            Analysis::PCurve => report.p_curve = Some(p_curve::p_curve(effects)?),
            test => report.tests.push(asymmetry::test(test, effects, data, settings)?),
        }
        Ok(())
    }

    fn selection_models(
        &self,
        effects: &EffectSizes,
        settings: &Settings,
        report: &mut BiasReport,
    ) -> Result<()> {
        let default = [Selection::new(SelectionFunction::Stepfun, &[0.025])?];
        let selections = if self.selections.is_empty() { &default[..] } else { &self.selections };
        let mean = kernel::fixed(effects.yi(), effects.vi()).estimate;
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
            match selection::fit(effects, selected, self.alternative, self.model, settings.level) {
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
