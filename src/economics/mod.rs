//! Is it worth the money: cost-effectiveness from trial data, published figures and models to the value of more research.
//!
//! | question | start at |
//! |---|---|
//! | which of several options is worth its price | [`Strategies::frontier`](Strategies::frontier), [`Strategies::net_benefit`] |
//! | how sure are two differences and their ratio | [`Incremental`], [`FiellerSet`] |
//! | how uncertain are the inputs of a model | [`Distribution`], `Inputs` (feature `random`) |
//! | how sure is a decision, what is certainty worth | [`Draws::analysis`] |
//! | what is it worth to know some parameters, or to run a study | [`Evppi`], [`NewTrial`], [`StudyDesign`] |
//! | costs and effects of patients in two arms | [`TrialAnalysis`], [`CostGlm`], [`qaly()`] |
//! | what changes the answer | [`one_way`], [`two_way`], [`threshold`] |
//! | what does a pooled effect mean for a decision, and is the next trial worth it | [`NextTrial`], [`Distribution::from_pool`] |
//! | which of many treatments pays, which comparison to study next | [`NetworkDecision`] |
//! | what do the studies say together | [`InbSynthesis`], then any model that pools |
//! | which way do the studies point | [`DominanceMatrix`] |
//! | what each option costs and does, without weighing | [`CostConsequence`] |
//! | quantities of one place at the prices of another | [`ResourceUse`] |
//! | amounts of different years and currencies | [`Money`], [`Converter`] |
//! | decision trees, cohorts, survival curves | [`TreeNode`], [`Trace`] |
//! | who gains, who pays | [`equity_impact`], [`BudgetImpact`] |
//! | a social return on investment | [`Sroi`] |
//! | what a report must say | [`Cheers`] |
//!
//! Differences are always intervention minus comparator. Willingness to pay has no default. A ratio never comes without
//! its quadrant, and means of ratios are not offered: E\[ΔC/ΔE\] is not E\[ΔC\]/E\[ΔE\].

pub mod budget;
pub mod cheers;
pub mod consequences;
pub mod conversion;
pub mod discounting;
pub mod distribution;
pub mod dominance;
mod draws;
mod envelope;
pub mod equity;
pub mod fieller;
pub mod frontier;
pub mod icer;
pub mod incremental;
pub mod model;
pub mod money;
pub mod net_benefit;
#[cfg(feature = "network")]
pub mod network;
pub mod pooled;
pub mod psa;
mod range;
pub mod resources;
pub(crate) mod rounding;
pub mod sensitivity;
pub mod sroi;
pub mod synthesis;
pub mod trial;
pub mod voi;
pub mod willingness;

pub use budget::{BudgetImpact, BudgetYear};
pub use cheers::{Cheers, CheersItem, CheersSection, CheersStatus};
pub use consequences::{Consequence, ConsequenceKind, CostConsequence};
pub use conversion::{Conversion, ConversionOrder, Converter, ExchangeRates, PriceIndex, RateKind};
pub use discounting::{
    DiscountTiming, Discounting, annuity, continuous_annuity, cycle_rate, equivalent_annual_cost,
};
pub use distribution::{Distribution, dirichlet_from_means};
#[cfg(feature = "random")]
pub use distribution::{InputDraws, Inputs, Sampling};
pub use dominance::{DominanceDecision, DominanceMatrix, DominanceStudy, ZeroRule};
pub use draws::Draws;
pub use equity::{EquityImpact, InequalityAversion, atkinson, equity_impact, kolm};
pub use fieller::FiellerSet;
pub use frontier::{Frontier, FrontierStrategy, Mix, Status, Strategies};
pub use icer::{Icer, Quadrant};
pub use incremental::{
    Dependence, DifferenceEstimate, Incremental, IncrementalSummary, NetBenefitEstimate, QuadrantShares,
};
pub use model::{
    Accumulation, Counting, CyclePoint, Trace, TreeNode, probabilities_from_rates, probability_from_rate,
    rate_from_probability, time_weights,
};
#[cfg(feature = "random")]
pub use model::{run_model, run_model_while};
pub use money::{Currency, Money, PriceBase};
pub use net_benefit::{
    NetBenefitTable, Pairwise, StrategyNetBenefit, ThresholdNetBenefit, net_health_benefit,
    net_monetary_benefit,
};
#[cfg(feature = "network")]
pub use network::{NetworkDecision, NetworkDecisionResult, NextComparison, RankedDecision};
pub use pooled::{NextTrial, PooledTarget};
pub use psa::{PsaCurves, PsaOption, PsaResult, PsaThreshold, SwitchPoint};
pub use resources::{CostedItem, CostedResources, ResourceUse};
pub use sensitivity::{Parameter, Tornado, TornadoBar, TwoWay, one_way, price_threshold, threshold, two_way};
pub use sroi::{Sroi, SroiImpact, SroiOutcome};
pub use synthesis::{
    InbStudies, InbStudy, InbSynthesis, RatioGuard, Reported, ReportedStudy, covariance_from_ratio,
    log_cost_ratio,
};
pub use trial::{
    AcceptabilityPoint, ArmSummary, CostGlm, Death, ImputedIncremental, Reference, SubgroupDifference,
    TrialAnalysis, TrialData, TrialFit, TrialSummary, TrialVariance, qaly,
};
#[cfg(feature = "random")]
pub use trial::{BootstrapNetBenefit, BootstrapSummary, TrialBootstrap, Wedge};
pub use voi::{
    ConditionalExpectations, Enbs, EnbsCurve, Evppi, EvppiMethod, EvppiPoint, EvppiResult, EvsiPoint,
    NewTrial, Population, RegressionDiagnostics, StudyDesign, evsi_from_summaries, evsi_normal,
    unit_normal_loss,
};
#[cfg(feature = "random")]
pub use voi::{NestedEvppi, nested_evppi};
pub use willingness::WillingnessToPay;
