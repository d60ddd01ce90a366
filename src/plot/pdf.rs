//! The scene as PDF: one page, text as text in a subset of the bundled font, never in fonts of the system.

use super::{font, scene::Scene};
use crate::{Error, Result};

/// How a scene becomes a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PdfOptions {
    /// Fonts (TrueType or OpenType files) for characters that the bundled one lacks.
    pub fonts: Vec<Vec<u8>>,
}

impl PdfOptions {
    /// A font for characters that the bundled one lacks.
    #[must_use]
    pub fn font(mut self, file: Vec<u8>) -> Self {
        self.fonts.push(file);
        self
    }
}

/// Pixels of CSS per inch: what the renderer makes of a point.
const CSS_DPI: f32 = 96.0;

impl Scene {
    /// The scene as a PDF file of one page, as large as the scene.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if the page has no area.
    pub fn to_pdf(&self, options: &PdfOptions) -> Result<Vec<u8>> {
        let failed =
            |what: String| Error::model(format!("the page could not be made: {what}"), "save it as SVG");
        let mut parsing = svg2pdf::usvg::Options::default();
        let database = parsing.fontdb_mut();
        database.load_font_data(font::REGULAR.to_vec());
        database.load_font_data(font::BOLD.to_vec());
        for file in &options.fonts {
            database.load_font_data(file.clone());
        }
        let tree = svg2pdf::usvg::Tree::from_str(&self.to_svg(), &parsing)
            .map_err(|error| failed(error.to_string()))?;
        let page = svg2pdf::PageOptions { dpi: CSS_DPI };
        svg2pdf::to_pdf(&tree, svg2pdf::ConversionOptions::default(), page)
            .map_err(|error| failed(error.to_string()))
    }
}
