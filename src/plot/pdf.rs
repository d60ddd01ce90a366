//! The scene as PDF: one page, text as text in a subset of the bundled font, never in fonts of the system.

use krilla::{Document, geom::Size, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

use super::{SaveOptions, font, scene::Scene};
use crate::{Error, Result};

impl Scene {
    /// The scene as a PDF file of one page, as large as the scene, with its title and description as metadata.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if the page has no area.
    pub fn to_pdf(&self, options: &SaveOptions) -> Result<Vec<u8>> {
        encode(std::slice::from_ref(self), options)
    }
}

/// Scenes as the pages of one file, with title and description of the first as metadata.
pub(super) fn encode(pages: &[Scene], options: &SaveOptions) -> Result<Vec<u8>> {
    let mut document = Document::new();
    let mut metadata = Metadata::new().creator("consilience".to_owned());
    if let Some(first) = pages.first() {
        if !first.title.is_empty() {
            metadata = metadata.title(font::clean(&first.title));
        }
        if !first.description.is_empty() {
            metadata = metadata.description(font::clean(&first.description));
        }
    }
    document.set_metadata(metadata);
    for page in pages {
        add(&mut document, page, options)?;
    }
    document.finish().map_err(|error| failed(format!("{error:?}")))
}

fn failed(what: String) -> Error {
    Error::model(format!("the page could not be made: {what}"), "save it as SVG")
}

fn add(document: &mut Document, scene: &Scene, options: &SaveOptions) -> Result<()> {
    let mut parsing = usvg::Options::default();
    let database = parsing.fontdb_mut();
    database.load_font_data(font::REGULAR.to_vec());
    database.load_font_data(font::BOLD.to_vec());
    for file in &options.fonts {
        database.load_font_data(file.clone());
    }
    let tree = usvg::Tree::from_str(&scene.to_svg(), &parsing).map_err(|error| failed(error.to_string()))?;
    let (width, height) = (scene.width as f32, scene.height as f32);
    let page = PageSettings::from_wh(width, height).zip(Size::from_wh(width, height));
    let (settings, size) = page.ok_or_else(|| failed("it has no area".to_owned()))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| failed("a part could not be drawn".to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::Figure as _;
    use crate::{
        Measure,
        plot::forest::{Forest, ForestStudy},
    };

    #[test]
    fn a_page_of_the_right_size_with_a_font_in_it() {
        let label = "τ² ≤ −1 & <b> \u{1} 王 \u{5d0} \u{1f600}";
        let forest =
            Forest::of_measure(Measure::RiskRatio).study(ForestStudy::new(label).effect(0.0, -1.0, 1.0));
        let scene = forest.scene().unwrap();
        let file = scene.to_pdf(&SaveOptions::default()).unwrap();
        assert!(file.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("/MediaBox"), "one page");
        assert!(text.contains("Arimo"), "text stays text, in a subset of the font");
        let media = text.split("/MediaBox").nth(1).unwrap().split(']').next().unwrap();
        let numbers: Vec<f64> =
            media.trim_matches([' ', '[']).split(' ').map(|n| n.parse().unwrap()).collect();
        assert!(
            (numbers[2] - scene.width).abs() < 0.1 && (numbers[3] - scene.height).abs() < 0.1,
            "{numbers:?}"
        );
        for _ in 0..4 {
            assert!(file == scene.to_pdf(&SaveOptions::default()).unwrap(), "the same bytes every time");
        }
    }
}
