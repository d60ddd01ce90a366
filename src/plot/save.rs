//! Saving a scene: the format by the name of the file, all of it or nothing.

use std::{fmt, path::Path, str::FromStr};

use super::scene::Scene;
use crate::{
    Error, Result,
    text::{self, DocumentFigure},
};

/// The formats of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFormat {
    /// Scalable vector graphics, always there.
    Svg,
    /// Portable network graphics, with feature `png`.
    Png,
    /// Portable document format, with feature `pdf`.
    Pdf,
}

impl fmt::Display for ImageFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ImageFormat::Svg => "svg",
            ImageFormat::Png => "png",
            ImageFormat::Pdf => "pdf",
        })
    }
}

impl FromStr for ImageFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name.to_ascii_lowercase().as_str() {
            "svg" => Ok(ImageFormat::Svg),
            "png" => Ok(ImageFormat::Png),
            "pdf" => Ok(ImageFormat::Pdf),
            _ => Err(Error::unknown("image format", name, ["svg", "png", "pdf"])),
        }
    }
}

impl ImageFormat {
    /// The format that a file's extension names (case ignored).
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no extension or another one.
    pub fn of(path: &Path) -> Result<Self> {
        path.extension().unwrap_or_default().to_string_lossy().parse()
    }
}

/// Options for saving a scene; those of other formats are ignored.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOptions {
    /// Pixels per inch of a PNG, noted in the file: 300 for photographs and mixed figures, 600 and more for line art.
    pub dpi: f64,
    /// Fonts (TrueType or OpenType files) of a PNG or PDF for characters that the bundled one lacks.
    pub fonts: Vec<Vec<u8>>,
}

impl Default for SaveOptions {
    fn default() -> Self {
        SaveOptions { dpi: 300.0, fonts: Vec::new() }
    }
}

impl SaveOptions {
    /// Pixels per inch of a PNG.
    #[must_use]
    pub fn dpi(mut self, dpi: f64) -> Self {
        self.dpi = dpi;
        self
    }

    /// A font for characters that the bundled one lacks.
    #[must_use]
    pub fn font(mut self, file: Vec<u8>) -> Self {
        self.fonts.push(file);
        self
    }
}

impl Scene {
    /// Writes the scene to a file in the format that its extension names (`.svg`, `.png` at 300 dpi, `.pdf`).
    ///
    /// The file appears whole or not at all; when something goes wrong, a file that was there stays as it was.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for another extension, [`Error::Setting`] for a format that is not compiled in,
    /// [`Error::File`] if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        self.save_with(path, &SaveOptions::default())
    }

    /// [`save`](Self::save) with a resolution or fonts.
    ///
    /// # Errors
    ///
    /// Those of [`save`](Self::save), and [`Error::Setting`] for a resolution that is out of range.
    pub fn save_with(&self, path: impl AsRef<Path>, options: &SaveOptions) -> Result<()> {
        let path = path.as_ref();
        let bytes = self.encode(ImageFormat::of(path)?, options)?;
        text::write(path, &bytes)
    }

    /// The bytes of a file in a format.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a format that is not compiled in and for a resolution that is out of range.
    pub fn encode(&self, format: ImageFormat, options: &SaveOptions) -> Result<Vec<u8>> {
        match format {
            ImageFormat::Svg => Ok(self.to_svg().into_bytes()),
            #[cfg(feature = "png")]
            ImageFormat::Png => self.to_png(options),
            #[cfg(feature = "pdf")]
            ImageFormat::Pdf => self.to_pdf(options),
            #[cfg(not(all(feature = "png", feature = "pdf")))]
            other => {
                let _ = options;
                Err(Error::setting(
                    "image format",
                    format!("{other} is not compiled in"),
                    format!("build with the feature `{other}`, or save as svg"),
                ))
            }
        }
    }

    /// The bytes of several scenes as the pages of one file (PDF), or of one file each.
    ///
    /// # Errors
    ///
    /// Those of [`encode`](Self::encode).
    pub fn encode_pages(pages: &[Scene], format: ImageFormat, options: &SaveOptions) -> Result<Vec<Vec<u8>>> {
        match format {
            #[cfg(feature = "pdf")]
            ImageFormat::Pdf => Ok(vec![super::pdf::encode(pages, options)?]),
            _ => pages.iter().map(|page| page.encode(format, options)).collect(),
        }
    }

    /// The scene as a figure of a document.
    pub fn figure(&self, caption: impl Into<String>) -> DocumentFigure {
        let words = [self.title.as_str(), self.description.as_str()];
        let alternative: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        DocumentFigure::drawn(caption, alternative.join(". "), self.to_svg(), (self.width, self.height))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_extension_names_the_format() {
        let path = std::env::temp_dir().join(format!("consilience-save-{}.SVG", std::process::id()));
        let scene = Scene::new(10.0, 10.0);
        scene.save(&path).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), scene.to_svg());
        std::fs::remove_file(&path).unwrap();
        let error = scene.save("figure.jpeg").unwrap_err();
        assert_eq!(error.to_string(), "unknown image format `jpeg`; known: svg, png, pdf");
        assert!(scene.save("figure").is_err());
    }

    #[cfg(not(feature = "png"))]
    #[test]
    fn a_missing_feature_is_named() {
        let error = Scene::new(10.0, 10.0).save("figure.png").unwrap_err();
        assert!(error.to_string().contains("feature `png`"), "{error}");
    }
}
