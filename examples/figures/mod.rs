//! Every kind of figure: what it says, the command that draws it, and how a program draws it from the same tables.

mod economics;
mod networks;
mod pooled;
mod review;
mod sources;

pub use sources::Sources;

use consilience::{
    Result,
    plot::{Look, Scene},
};

/// A figure of the gallery.
#[derive(Clone, Copy)]
pub struct Figure {
    /// The heading it stands under.
    pub part: &'static str,
    /// The name of its file, without the ending.
    pub file: &'static str,
    /// Its content, in a sentence.
    pub says: &'static str,
    /// The words after `consilience plot`.
    pub command: &'static str,
    /// Draws it: in the size that is its own, or this many millimetres wide under a heading.
    pub draw: fn(&Sources, Option<f64>) -> Result<Scene>,
}

/// All of them, in the order of the page.
pub fn figures() -> Vec<Figure> {
    [pooled::FIGURES, networks::FIGURES, review::FIGURES, economics::FIGURES].concat()
}

/// The heading of figures that are drawn in another width than their own.
const HEADING: &str = "A heading & <its> markup";

/// Gives a figure the wanted width, and a height that suits it.
fn resize(look: &mut Look, width: Option<f64>) {
    if let Some(width) = width {
        look.height_mm = (look.height_mm * (0.5 + 0.5 * width / look.width_mm).clamp(0.5, 1.2)).max(45.0);
        look.width_mm = width;
        look.title = Some(HEADING.to_owned());
    }
}

/// A scene of a figure that has a look.
macro_rules! drawn {
    ($plot:expr, $width:expr) => {{
        let mut plot = $plot;
        $crate::figures::resize(&mut plot.look, $width);
        consilience::plot::Figure::scene(&plot)
    }};
}
use drawn;
