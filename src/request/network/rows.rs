//! The further parts of the answer of `network`, as the JSON has them.

use std::{marker::PhantomData, ops::Deref};

use serde::Serialize;
use serde_json::Value;

use super::estimates::Estimate;
use crate::{
    Result,
    network::{
        ComponentEffect, ComponentTest, Difference, Disagreement, HierarchyProbability, LeftOutEffect,
        Ranking, ResidualHeterogeneity, Slope, SlopeModel, SlopeTest,
    },
    request::answer::{Told, unwritable},
};

/// A part as a tree of JSON, from which its text is made too, with the type that it was made of.
#[derive(Debug)]
pub struct Part<T>(Value, PhantomData<fn() -> T>);

impl<T: Told> Part<T> {
    /// Writes a part.
    pub fn of(part: &T) -> Result<Self> {
        Ok(Part(serde_json::to_value(part).map_err(|e| unwritable(&e))?, PhantomData))
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Part(self.0.clone(), PhantomData)
    }
}

impl<T> Deref for Part<T> {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl<T> Serialize for Part<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Part<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

/// An estimate, all `null` where the data do not determine it.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Determined {
    estimate: Option<f64>,
    se: Option<f64>,
    statistic: Option<f64>,
    p_value: Option<f64>,
    ci_lower: Option<f64>,
    ci_upper: Option<f64>,
}

impl From<Option<Difference>> for Determined {
    fn from(difference: Option<Difference>) -> Self {
        let Some(d) = difference else { return Determined::default() };
        Determined {
            estimate: Some(d.estimate),
            se: Some(d.se),
            statistic: d.statistic,
            p_value: d.p_value,
            ci_lower: Some(d.ci_lower),
            ci_upper: Some(d.ci_upper),
        }
    }
}

/// The disagreement within or between designs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecompositionPart {
    pub total: Disagreement,
    pub within: Disagreement,
    pub between: Disagreement,
    pub designs: Vec<DesignRow>,
    pub detach: Vec<DetachedRow>,
    pub contributions: Vec<DesignContributionRow>,
    pub interaction: Option<InteractionRow>,
    pub loops: Vec<LoopRow>,
}

/// The disagreement within a design.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DesignRow {
    pub design: String,
    pub k: usize,
    #[serde(flatten)]
    pub disagreement: Disagreement,
}

/// The disagreement between designs without one of them.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DetachedRow {
    pub design: String,
    #[serde(flatten)]
    pub disagreement: Disagreement,
}

/// The contribution of a contrast of a design to the disagreement between designs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DesignContributionRow {
    pub design: String,
    pub contrast: String,
    pub q: f64,
}

/// The design-by-treatment interaction.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InteractionRow {
    #[serde(flatten)]
    pub disagreement: Disagreement,
    pub tau2: f64,
}

/// A loop of three treatments.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoopRow {
    #[serde(rename = "loop")]
    pub treatments: [String; 3],
    pub direct: f64,
    pub indirect: f64,
    pub difference: f64,
    pub se: f64,
    pub p_value: f64,
    pub p_holm: f64,
    pub tau2: f64,
}

/// The net heat matrix.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NetHeatPart {
    pub rows: Vec<HeatRow>,
    pub matrix: Vec<Vec<Option<f64>>>,
    pub hat: Vec<Vec<f64>>,
}

/// A row of the net heat matrix.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeatRow {
    pub design: String,
    pub contrast: String,
}

/// The impact of a study on the comparisons.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImpactRow {
    pub study: String,
    pub values: Vec<f64>,
}

/// The analysis without a study.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOutRow {
    pub study: String,
    pub tau2: Option<f64>,
    pub q: Option<f64>,
    pub effects: Vec<Option<LeftOutEffect>>,
}

/// The ranking with the answers to questions about it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankingPart {
    #[serde(flatten)]
    pub ranking: Ranking,
    pub questions: Option<Vec<QuestionRow>>,
}

/// A question about the hierarchy with its probability.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionRow {
    pub question: String,
    #[serde(flatten)]
    pub answer: HierarchyProbability,
}

/// The league table.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeaguePart {
    pub order: Vec<String>,
    pub cells: Vec<Vec<Option<Estimate>>>,
    pub orientation: &'static str,
    pub below: &'static str,
    pub above: &'static str,
}

/// The absolute effect of a treatment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AbsoluteRow {
    pub treatment: String,
    pub estimate: f64,
    pub ci_lower: f64,
    pub ci_upper: f64,
}

/// The component model.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentsPart {
    pub estimates: Vec<ComponentRow>,
    pub combinations: Vec<TreatmentComponentsRow>,
    pub effects: Vec<ComponentEffectRow>,
    pub comparisons: Vec<ComponentComparisonRow>,
    pub combined: Vec<CombinationRow>,
    pub additive: AdditiveTest,
    pub standard: Option<ComponentTest>,
    pub difference: Option<ComponentTest>,
    pub rank: usize,
    pub confounded: Vec<Vec<String>>,
}

/// The fit of the additive model.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdditiveTest {
    #[serde(flatten)]
    pub test: ComponentTest,
    pub tau2: Option<f64>,
}

/// A component with its effect.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentRow {
    component: String,
    identifiable: bool,
    #[serde(flatten)]
    effect: Determined,
}

/// The sum of the components of a treatment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TreatmentComponentsRow {
    treatment: String,
    #[serde(flatten)]
    effect: Determined,
}

/// A treatment against the reference by its components.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentEffectRow {
    treatment: String,
    comparator: Option<String>,
    #[serde(flatten)]
    effect: Determined,
}

/// Two treatments compared by their components.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComponentComparisonRow {
    intervention: String,
    comparator: Option<String>,
    #[serde(flatten)]
    effect: Determined,
}

/// A combination of components that was asked for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CombinationRow {
    combination: String,
    #[serde(flatten)]
    effect: Determined,
}

/// The rows of effects of components, each under its own names.
macro_rules! of_components {
    ($($row:ident { $name:ident $(, $more:ident)? }),* $(,)?) => { $(
        impl From<&ComponentEffect> for $row {
            fn from(e: &ComponentEffect) -> Self {
                $row { $name: e.name.clone(), $($more: e.$more.clone(),)? effect: e.effect.into() }
            }
        }
    )* };
}

of_components! {
    ComponentRow { component, identifiable }, TreatmentComponentsRow { treatment },
    ComponentEffectRow { treatment, comparator }, ComponentComparisonRow { intervention, comparator },
    CombinationRow { combination },
}

/// The meta-regression.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegressionPart {
    pub interaction: SlopeModel,
    pub center: f64,
    pub at: f64,
    pub k: usize,
    pub coefficients: Vec<SlopeRow>,
    pub mean_slope: Option<Estimate>,
    pub moderator_test: Option<SlopeTest>,
    pub residual_heterogeneity: ResidualHeterogeneity,
}

/// A slope of the meta-regression.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlopeRow {
    term: String,
    #[serde(flatten)]
    effect: Determined,
}

impl From<&Slope> for SlopeRow {
    fn from(slope: &Slope) -> Self {
        SlopeRow { term: slope.term.clone(), effect: slope.effect.into() }
    }
}

/// The comparison-adjusted funnel.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FunnelPart {
    pub points: Vec<FunnelRow>,
    pub egger: Option<EggerRow>,
}

/// A contrast in the funnel.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FunnelRow {
    pub study: String,
    pub intervention: String,
    pub comparator: String,
    pub yi: f64,
    pub sei: f64,
    pub adjusted: f64,
}

/// Egger's regression through the funnel.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EggerRow {
    pub intercept: f64,
    pub se: f64,
    pub statistic: Option<f64>,
    pub df: f64,
    pub p_value: Option<f64>,
    pub ci_lower: f64,
    pub ci_upper: f64,
    pub k: usize,
}

/// The connections of the treatments.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectivityPart {
    pub subnetworks: Vec<crate::network::Subnetwork>,
    pub distance: Vec<Vec<Option<usize>>>,
    pub bridges: Vec<BridgeRow>,
    pub articulation: Vec<String>,
}

/// A comparison without which the network falls apart.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BridgeRow {
    pub intervention: String,
    pub comparator: String,
}
