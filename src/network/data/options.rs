//! Options of reading a network: measure, shape, zero cells, repeated treatments, tolerance of contradictions.

use crate::{Error, Level, Measure, Result, effect::AddTo};

/// The shape of the data of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DataShape {
    /// `arms`: a row is an arm.
    Arms,
    /// `wide`: a row is a study.
    Wide,
    /// `contrasts`: a row is a pair of arms.
    Contrasts,
    /// `baseline`: a row is an arm, its value the difference from the study's baseline arm.
    Baseline,
}

crate::codes::codes!(DataShape, "shape" {
    Arms "arms" [], Wide "wide" [], Contrasts "contrasts" [], Baseline "baseline" [],
});

/// The handling of a treatment that stands twice in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SameTreatment {
    /// `error`: it is refused.
    #[default]
    Error,
    /// `merge`: counts add, means pool by the exact combined mean and standard deviation, ready-made values by their
    /// inverse variances.
    Merge,
    /// `keep`: the arms stay two and share the treatment's effect.
    Keep,
}

crate::codes::codes!(SameTreatment, "choice for a repeated treatment" {
    Error "error" [], Merge "merge" [], Keep "keep" [],
});

/// The reading of network data: the measure and every choice on the way from rows to studies.
///
/// ```
/// use consilience::Measure;
/// use consilience::network::{ArmData, ArmRow, NetworkData};
///
/// let arm = |study: &str, treatment: &str, events, size| {
///     ArmRow::new(study, treatment, ArmData::Events { events, size })
/// };
/// // The first three-arm trial and a two-arm trial of smoking cessation (Hasselblad 1998).
/// let rows = [
///     arm("1", "no contact", 9.0, 140.0),
///     arm("1", "individual", 23.0, 140.0),
///     arm("1", "group", 10.0, 138.0),
///     arm("2", "no contact", 75.0, 731.0),
///     arm("2", "individual", 363.0, 714.0),
/// ];
/// let network = NetworkData::new(Measure::OddsRatio).arms(&rows)?;
/// assert_eq!(network.treatments, ["group", "individual", "no contact"]);
/// assert_eq!(network.contrast_count(), 3);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkData {
    pub(super) measure: Measure,
    pub(super) shape: Option<DataShape>,
    pub(super) add: f64,
    pub(super) to: AddTo,
    pub(super) same_treatment: SameTreatment,
    pub(super) tolerance: f64,
    pub(super) complete: bool,
    pub(super) correlation: Option<f64>,
    pub(super) ratio: bool,
    pub(super) log_scale: bool,
    pub(super) as_is: bool,
    pub(super) level: Level,
}

impl Default for NetworkData {
    fn default() -> Self {
        NetworkData::new(Measure::Generic)
    }
}

impl NetworkData {
    /// Reads data into effects of this measure, in the shape that their columns show.
    pub fn new(measure: Measure) -> Self {
        NetworkData {
            measure,
            shape: None,
            add: 0.5,
            to: AddTo::Only0,
            same_treatment: SameTreatment::Error,
            // rounding of published numbers; contradictions are larger
            tolerance: 1e-3,
            complete: false,
            correlation: None,
            ratio: false,
            log_scale: false,
            as_is: false,
            level: Level::default(),
        }
    }

    /// The shape of the table.
    #[must_use]
    pub fn shape(mut self, shape: DataShape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// The amount added to every cell of all arms of a study with a zero cell (`OR`, `RR`; `IRR`: to the counts).
    #[must_use]
    #[allow(clippy::should_implement_trait)] // the customary name of the option
    pub fn add(mut self, add: f64) -> Self {
        self.add = add;
        self
    }

    /// The studies to which it is added: `Only0`, `All` or `None`.
    #[must_use]
    pub fn to(mut self, to: AddTo) -> Self {
        self.to = to;
        self
    }

    /// The handling of a treatment that stands twice in a study.
    #[must_use]
    pub fn same_treatment(mut self, choice: SameTreatment) -> Self {
        self.same_treatment = choice;
        self
    }

    /// The extent to which the pairs of a study may contradict each other, as a part of its largest standard error.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Completes missing pairs of multi-arm studies from those given, taking their contrasts with the shared arm to
    /// correlate by `correlation`.
    #[must_use]
    pub fn complete(mut self, correlation: Option<f64>) -> Self {
        self.complete = true;
        self.correlation = correlation;
        self
    }

    /// Reads ready-made contrasts and their limits as ratios: they are analyzed as logarithms.
    #[must_use]
    pub fn ratios(mut self) -> Self {
        self.ratio = true;
        self.log_scale = true;
        self
    }

    /// Declares ready-made effects to be natural logarithms of ratios.
    #[must_use]
    pub fn on_log_scale(mut self) -> Self {
        self.log_scale = true;
        self
    }

    /// Declares ready-made effects to be what is analyzed, whatever their limits look like.
    #[must_use]
    pub fn as_they_stand(mut self) -> Self {
        self.as_is = true;
        self
    }

    /// The level of the confidence limits among the data.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    pub(super) fn measure(&self) -> Measure {
        self.measure
    }

    pub(super) fn is_log_scale(&self) -> bool {
        self.log_scale
    }

    /// Checks the options that are numbers.
    pub(super) fn check(&self) -> Result<()> {
        let refuse = |name: &str, value: f64, remedy: &str| {
            Err(Error::setting(name, format!("{name} is {value}"), remedy))
        };
        if !(self.add.is_finite() && self.add >= 0.0) {
            return refuse("add", self.add, "it must be finite and not below 0");
        }
        if !matches!(self.to, AddTo::Only0 | AddTo::All | AddTo::None) {
            return Err(Error::setting("to", format!("`{}`", self.to), "choose only0, all or none"));
        }
        if !(self.tolerance.is_finite() && self.tolerance >= 0.0) {
            return refuse("tolerance", self.tolerance, "it must be finite and not below 0");
        }
        if let Some(r) = self.correlation.filter(|r| !(r.abs() < 1.0)) {
            return refuse("correlation", r, "it must lie between -1 and 1");
        }
        Ok(())
    }
}
