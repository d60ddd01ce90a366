//! Options of a bias analysis.

use super::{
    Alternative, Analysis, ExcessTest, MissingEstimator, MissingOutcomes, PowerOptions, Predictor,
    RegressionModel, Selection, SelectionInterval, Side,
};
use crate::{
    EffectSizes, Level, Result,
    linear::{Design, ModelSpec, spec_setters},
    pool::{
        PoolFit, PoolModel, RandomEffects,
        kernel::{self, Pooled},
    },
    tau2::Tau2,
};

/// The model that the parts share.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub spec: ModelSpec,
    /// That of `spec`, checked.
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

impl Settings {
    /// The fit of the model to effects.
    pub fn fit(&self, effects: &EffectSizes) -> Result<PoolFit> {
        RandomEffects::from(self.spec.clone()).fit(effects)
    }

    /// The pooled effect of the model.
    pub fn pooled(&self, yi: &[f64], vi: &[f64]) -> Pooled {
        match self.spec.model {
            PoolModel::Random => kernel::random(yi, vi, self.spec.estimator),
            _ => kernel::fixed(yi, vi),
        }
    }
}

/// An analysis of small-study effects; the default is everything that fits the data, beside a random-effects model by REML.
#[derive(Debug, Clone, PartialEq)]
pub struct Bias {
    pub(super) analyses: Option<Vec<Analysis>>,
    pub(super) spec: ModelSpec,
    pub(super) regression: RegressionModel,
    pub(super) predictor: Predictor,
    pub(super) missing: MissingEstimator,
    pub(super) side: Option<Side>,
    pub(super) target: Option<f64>,
    pub(super) selections: Vec<Selection>,
    pub(super) alternative: Alternative,
    pub(super) excess: ExcessTest,
    pub(super) trimming: Option<PoolModel>,
    pub(super) direction: Option<Alternative>,
    pub(super) moderators: Option<Design>,
    pub(super) clusters: Option<Vec<String>>,
    pub(super) profile: SelectionInterval,
    pub(super) bootstrap: usize,
    pub(super) seed: u64,
    pub(super) threshold: f64,
    pub(super) unreported: Vec<usize>,
    pub(super) missing_outcomes: Option<MissingOutcomes>,
    pub(super) power: Option<PowerOptions>,
}

impl Default for Bias {
    fn default() -> Self {
        Bias::new(Tau2::default())
    }
}

impl Bias {
    /// Beside a random-effects model with this estimator of tau².
    pub fn new(estimator: Tau2) -> Self {
        Bias {
            analyses: None,
            spec: ModelSpec::random(estimator),
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
        Bias { spec: ModelSpec::fixed(), ..Bias::default() }
    }

    /// Only these parts; the tests come in this order.
    #[must_use]
    pub fn analyses(mut self, analyses: impl Into<Vec<Analysis>>) -> Self {
        self.analyses = Some(analyses.into());
        self
    }

    spec_setters! {
        /// Regressions know `wald`, `t`, `hksj` and `hksj-adhoc`.
        inference,
        level,
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

    /// The estimator of tau² by which trim and fill trims with a random-effects model beside a fixed-effect report.
    #[must_use]
    pub fn trimming_estimator(mut self, estimator: Tau2) -> Self {
        self.spec.estimator = estimator;
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
    pub fn moderators(mut self, design: impl Into<Design>) -> Self {
        self.moderators = Some(design.into());
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
}
