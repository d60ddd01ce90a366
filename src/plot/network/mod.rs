//! Figures of network meta-analysis.
//!
//! | figure | from |
//! |---|---|
//! | [`NetworkGraph`] | [`Network::graph`](crate::network::Network::graph) |
//! | forest against a reference, direct/indirect/network forest | [`NetworkFit::forest_plot`](crate::network::NetworkFit::forest_plot), [`NetworkFit::split_forest`](crate::network::NetworkFit::split_forest) |
//! | [`HeatTable`]: league, rank heat, net heat, contributions | [`HeatTable::league`], [`HeatTable::ranks`], [`HeatTable::net_heat`], [`HeatTable::contributions`] |
//! | [`Rankogram`] | [`Ranking::rankogram`](crate::network::Ranking::rankogram) |
//! | [`HasseDiagram`] | [`PartialOrder::diagram`](crate::network::PartialOrder::diagram) |
//! | [`ThresholdForest`] | [`Thresholds::forest_plot`](crate::network::Thresholds::forest_plot) |
//! | [`NetworkFunnel`] | [`NetworkFit::comparison_funnel`](crate::network::NetworkFit::comparison_funnel) |
//!
//! Every figure is drawn from its fields alone: same input, same bytes.

mod forest;
mod funnel;
mod graph;
mod hasse;
mod heat;
mod layout;
mod rankogram;
mod threshold;

pub use funnel::{AdjustedFunnelPoint, NetworkFunnel};
pub use graph::{GraphEdge, GraphNode, NetworkGraph};
pub use hasse::HasseDiagram;
pub use heat::{HeatCell, HeatTable};
pub use layout::GraphLayout;
pub use rankogram::Rankogram;
pub use threshold::ThresholdForest;
