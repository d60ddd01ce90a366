//! Figures that go into a paper as they are.
//!
//! A figure is plain input ([`Forest`], [`Funnel`]) that lays itself out as a [`Scene`]: a page of few primitives in points,
//! which tests can measure and which is written as SVG, PNG or PDF by the name of the file.
//!
//! - SVG (feature `plot`) carries its text as text and depends on the scene alone, byte by byte. It asks for fonts whose
//!   letters are as wide as those of the bundled one: Arimo, Arial, Liberation Sans, Helvetica.
//! - PNG (feature `png`) and PDF (feature `pdf`) are made from that SVG with the bundled font and with fonts given by the
//!   caller, never with those of the system, so that every machine makes the same file. Characters that the bundled font
//!   lacks (it has Latin, Greek and Cyrillic letters) are named by [`Scene::missing_characters`].
//!
//! The bundled font is a subset of Arimo (SIL Open Font License 1.1; see `assets/fonts` in the source).

pub mod axis;
pub mod economics;
mod effect_axis;
mod figure;
mod font;
pub mod forest;
pub mod frame;
pub mod funnel;
pub mod heterogeneity;
mod labels;
pub mod network;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
pub mod review;
pub mod robustness;
mod save;
pub mod scene;
mod sheet;
pub mod small_study;
mod stack;
pub mod studies;
mod svg;
pub mod theme;

pub use crate::text::typography as number;
pub use axis::AxisKind;
pub use effect_axis::EffectAxis;
pub use figure::Figure;
pub use forest::Forest;
pub use frame::Look;
pub use funnel::Funnel;
pub use heterogeneity::{
    BaujatPlot, DependentInfluencePlot, EffectProfilePlot, GoshPlot, InfluencePlot, ProfilePlot, QuantilePlot,
};
pub use network::{
    GraphLayout, HasseDiagram, HeatTable, NetworkFunnel, NetworkGraph, Rankogram, ThresholdForest,
};
pub use robustness::{PermutationPlot, SensitivityPlot, SpecificationPlot};
pub use save::{ImageFormat, SaveOptions};
pub use scene::Scene;
pub use small_study::{DoiPlot, PCurvePlot, RadialPlot, SelectionPlot};
pub use studies::{BubblePlot, CaterpillarPlot, DraperyPlot, LabbePlot, OrchardPlot};
pub use theme::{Color, Series, Symbol, Theme};
