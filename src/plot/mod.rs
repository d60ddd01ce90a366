//! Figures that go into a paper as they are: scenes of few primitives, written as SVG, PNG or PDF.

pub mod axis;
mod font;
pub mod forest;
pub mod funnel;
pub mod number;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod save;
pub mod scene;
mod svg;
pub mod theme;

#[cfg(feature = "pdf")]
pub use self::pdf::PdfOptions;
#[cfg(feature = "png")]
pub use self::png::PngOptions;
pub use axis::AxisKind;
pub use forest::Forest;
pub use funnel::Funnel;
pub use save::{ImageFormat, SaveOptions};
pub use scene::Scene;
pub use theme::{Color, Theme};
