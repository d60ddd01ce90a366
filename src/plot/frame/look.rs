//! Size, theme and heading of a figure.

use serde::{Deserialize, Serialize};

use crate::{Error, Result, plot::Theme};

/// Size, theme and heading, which every kind of figure has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Look {
    /// A heading above the figure; journals set their own, so that none is the default.
    pub title: Option<String>,
    /// Width of the figure in millimeters: 170 for a journal's page, 85 for one of two columns.
    pub width_mm: f64,
    /// Height of the figure in millimeters.
    pub height_mm: f64,
    /// Colors and sizes.
    pub theme: Theme,
}

impl Look {
    /// A figure of this size without a heading.
    pub fn new(width_mm: f64, height_mm: f64) -> Self {
        Look { title: None, width_mm, height_mm, theme: Theme::default() }
    }

    /// The size of its text: a little smaller on a narrow page.
    pub fn text_size(&self) -> f64 {
        (if self.width_mm < 100.0 { 0.875 } else { 1.0 }) * self.theme.size
    }

    pub(super) fn check(&self) -> Result<()> {
        let range = 45.0..=2000.0;
        if !(range.contains(&self.width_mm) && range.contains(&self.height_mm)) {
            let found = format!("{} by {} mm", self.width_mm, self.height_mm);
            return Err(Error::setting("size", found, "give a width and a height between 45 and 2000 mm"));
        }
        if !(self.theme.size > 0.0 && self.theme.size <= 20.0 && (0.0..40.0).contains(&self.theme.margin)) {
            let found = format!("text of {} points, margin {}", self.theme.size, self.theme.margin);
            return Err(Error::setting("theme", found, "give a size up to 20 points and a margin below 40"));
        }
        Ok(())
    }
}
