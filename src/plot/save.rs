//! Saving a scene: the format by the name of the file, all of it or nothing.

use std::{
    fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    str::FromStr,
    sync::atomic::{AtomicU64, Ordering},
};

use super::scene::Scene;
use crate::{Error, Result};

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

/// How a scene is saved; what concerns other formats is not looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOptions {
    /// Pixels per inch of a PNG.
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
        replace(path, &bytes).map_err(|error| Error::File {
            path: path.display().to_string(),
            found: format!("the figure could not be written ({error})"),
            remedy: "name a file in a directory that exists and may be written to".to_owned(),
        })
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
            ImageFormat::Png => {
                self.to_png(&super::PngOptions { dpi: options.dpi, fonts: options.fonts.clone() })
            }
            #[cfg(feature = "pdf")]
            ImageFormat::Pdf => self.to_pdf(&super::PdfOptions { fonts: options.fonts.clone() }),
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
}

/// Writes beside the target and renames.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}-{}.part", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    let temporary: PathBuf = path.with_file_name(beside);
    let written = (|| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    })();
    if written.is_err() {
        // What failed is reported; a leftover that cannot be removed either changes nothing about it.
        let _ = fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("consilience-save-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let directory = directory("whole");
        let path = directory.join("figure.SVG");
        fs::write(&path, "old").unwrap();
        let scene = Scene::new(10.0, 10.0);
        scene.save(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), scene.to_svg());
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn an_error_leaves_what_was_there() {
        let directory = directory("error");
        let scene = Scene::new(10.0, 10.0);
        // A directory of that name cannot be replaced by a file.
        fs::create_dir(directory.join("taken.svg")).unwrap();
        let error = scene.save(directory.join("taken.svg")).unwrap_err();
        assert!(error.to_string().contains("taken.svg"), "{error}");
        assert!(scene.save(directory.join("no/such/place.svg")).is_err());
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        let error = scene.save(directory.join("figure.jpeg")).unwrap_err();
        assert_eq!(error.to_string(), "unknown image format `jpeg`; known: svg, png, pdf");
        assert!(scene.save(directory.join("figure")).is_err());
        fs::remove_dir_all(directory).unwrap();
    }

    #[cfg(not(feature = "png"))]
    #[test]
    fn a_missing_feature_is_named() {
        let error = Scene::new(10.0, 10.0).save("figure.png").unwrap_err();
        assert!(error.to_string().contains("feature `png`"), "{error}");
    }
}
