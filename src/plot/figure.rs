//! The trait of all figures: a look, a scene, a file.

use std::path::Path;

use super::{Look, Scene, Theme};
use crate::{Error, Result};

/// A figure: plain input that lays itself out as a [`Scene`].
///
/// ```
/// use consilience::{EffectSizes, Measure, plot::Figure, pool::RandomEffects};
///
/// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
/// let fit = RandomEffects::default().fit(&effects)?;
/// let scene = fit.radial_plot().title("Three studies").size_mm(85.0, 70.0).scene()?;
/// assert!((scene.width - 85.0 / 25.4 * 72.0).abs() < 1e-9);
/// # Ok::<(), consilience::Error>(())
/// ```
pub trait Figure {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is nothing to draw, or the size or theme is out of range.
    fn scene(&self) -> Result<Scene>;

    /// Size, theme and heading.
    fn look_mut(&mut self) -> &mut Look;

    /// True of tables and diagrams, whose height follows from what they hold.
    fn height_follows(&self) -> bool {
        false
    }

    /// Names the unit of the effects on the axes that show them: `Mean difference (mmHg)`, `per QALY`.
    ///
    /// # Errors
    ///
    /// If no axis of the figure is in that unit; ratios have none.
    fn set_unit(&mut self, unit: &str) -> Result<()> {
        let found = format!("`{unit}`: no axis of the figure is in a unit of the effect");
        Err(Error::setting("unit", found, "leave it out"))
    }

    /// The same in a chain of calls.
    ///
    /// # Errors
    ///
    /// Those of [`set_unit`](Self::set_unit).
    fn unit(mut self, unit: &str) -> Result<Self>
    where
        Self: Sized,
    {
        self.set_unit(unit).map(|()| self)
    }

    /// Sets a heading above the figure.
    #[must_use]
    fn title(mut self, title: impl Into<String>) -> Self
    where
        Self: Sized,
    {
        self.look_mut().title = Some(title.into());
        self
    }

    /// Sets width and height in millimeters; where the height follows from the content, only the width counts.
    #[must_use]
    fn size_mm(mut self, width: f64, height: f64) -> Self
    where
        Self: Sized,
    {
        let look = self.look_mut();
        (look.width_mm, look.height_mm) = (width, height);
        self
    }

    /// Sets the width in millimeters.
    #[must_use]
    fn width_mm(mut self, width: f64) -> Self
    where
        Self: Sized,
    {
        self.look_mut().width_mm = width;
        self
    }

    /// Sets colors and sizes.
    #[must_use]
    fn theme(mut self, theme: Theme) -> Self
    where
        Self: Sized,
    {
        self.look_mut().theme = theme;
        self
    }

    /// Lays the figure out and writes it in the format that the file's extension names.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](Self::scene) and of [`Scene::save`].
    fn save(&self, path: impl AsRef<Path>) -> Result<()>
    where
        Self: Sized,
    {
        self.scene()?.save(path)
    }
}
