//! Options of the figures of networks.

use crate::plot::network::GraphLayout;

use super::{FigureArgs, ForestStyleArgs, NetworkArgs};

/// The options of most figures of a network.
#[derive(Debug, Clone, clap::Args)]

pub struct NetworkFigureArgs {
    /// The network.
    #[command(flatten)]
    pub network: NetworkArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the graph of a network.
#[derive(Debug, Clone, clap::Args)]

pub struct NetworkGraphArgs {
    /// The network.
    #[command(flatten)]
    pub network: NetworkArgs,
    /// The layout of the treatments: circle, stress (distances as in the network) or bipartite (treatments and designs).
    #[arg(long, value_name = "LAYOUT", default_value = "circle", help_heading = "Figure")]
    pub layout: GraphLayout,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the forest plots of a network.
#[derive(Debug, Clone, clap::Args)]

pub struct NetworkForestArgs {
    /// The network.
    #[command(flatten)]
    pub network: NetworkArgs,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}
