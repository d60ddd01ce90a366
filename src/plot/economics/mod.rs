//! Figures of economic evaluations.
//!
//! | figure | made by | shows |
//! |---|---|---|
//! | [`CePlane`] | [`Draws::ce_plane`], [`Incremental::ce_plane`] | differences in cost and effect, their ellipse, thresholds |
//! | [`FrontierPlot`] | [`Frontier::plot`] | options, the frontier and what it dominates |
//! | [`CurvePlot`] | [`PsaResult::ceac`], [`PsaResult::ceaf`] | the probability of being worth its price |
//! | | [`PsaResult::expected_loss`], [`PsaResult::evpi_plot`] | what a wrong decision costs, what certainty is worth |
//! | | [`EvppiResult::plot`], [`evsi_plot`], [`evsi_curve`], [`EnbsCurve::plot`] | what parameters and studies are worth |
//! | | [`Trace::plot`] | the states of a cohort over time |
//! | [`TornadoPlot`] | [`Tornado::plot`] | a one-way sensitivity analysis |
//! | [`DominancePlot`] | [`DominanceMatrix::plot`] | which way studies point in cost and effect |
//!
//! Differences are intervention minus comparator. Lines differ in color, dash and, in legends, in name; points also in symbol.
//!
//! [`Draws::ce_plane`]: crate::economics::Draws::ce_plane
//! [`Incremental::ce_plane`]: crate::economics::Incremental::ce_plane
//! [`Frontier::plot`]: crate::economics::Frontier::plot
//! [`PsaResult::ceac`]: crate::economics::PsaResult::ceac
//! [`PsaResult::ceaf`]: crate::economics::PsaResult::ceaf
//! [`PsaResult::expected_loss`]: crate::economics::PsaResult::expected_loss
//! [`PsaResult::evpi_plot`]: crate::economics::PsaResult::evpi_plot
//! [`EvppiResult::plot`]: crate::economics::EvppiResult::plot
//! [`EnbsCurve::plot`]: crate::economics::EnbsCurve::plot
//! [`Trace::plot`]: crate::economics::Trace::plot
//! [`Tornado::plot`]: crate::economics::Tornado::plot
//! [`DominanceMatrix::plot`]: crate::economics::DominanceMatrix::plot

mod curves;
mod dominance;
mod frontier;
mod plane;
mod readings;
mod text;
mod tornado;

pub use curves::{AxisNotation, Curve, CurvePlot};
pub use dominance::DominancePlot;
pub use frontier::FrontierPlot;
pub use plane::CePlane;
pub use readings::{evsi_curve, evsi_plot};
pub use tornado::TornadoPlot;

use crate::economics::PriceBase;

/// The sign that stands before an amount.
fn currency_sign(base: Option<PriceBase>) -> String {
    base.map_or(String::new(), |base| match base.currency.code() {
        "GBP" => "£".to_owned(),
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        code => format!("{code} "),
    })
}

/// A title of an axis of money: `Difference in cost (GBP 2021)`.
fn priced(title: &str, base: Option<PriceBase>) -> String {
    base.map_or(title.to_owned(), |base| format!("{title} ({} {})", base.currency, base.price_year))
}

/// `per QALY` for the unit `QALYs`; `per unit of effect` where none is named.
fn per_unit(unit: &str) -> String {
    match unit.trim() {
        "" => "per unit of effect".to_owned(),
        // Units are named in the plural, amounts are per one of them.
        unit => match unit.strip_suffix("ies") {
            Some(stem) => format!("per {stem}y"),
            None => format!("per {}", unit.strip_suffix('s').unwrap_or(unit)),
        },
    }
}
