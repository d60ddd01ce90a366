//! The studies of a network: treatments and studies as indices, contrasts with their exact covariance.
//!
//! | module | holds |
//! |---|---|
//! | `options` | measure, shape of the data, zero cells, what to do about repeated treatments |
//! | `rows` | a row of each shape, as a caller or a table gives it |
//! | `table` | which columns make which rows |
//! | `arms`, `contrasts`, `baseline` | rows to studies, with every check |
//! | `covariance` | polarization, projection, the test of positive definiteness |
//! | `levels` | the order of the treatments, names that differ in case or blanks only |
//!
//! A treatment is an index into [`Network::treatments`]; a joined name is never parsed.

mod arms;
mod baseline;
mod contrasts;
mod convert;
mod covariance;
mod customary;
pub(crate) mod levels;
mod options;
mod rows;
mod study;
mod table;
mod values;

use serde::{Deserialize, Serialize};

use crate::{Error, Measure, Result, effect::Scale};

#[cfg(feature = "request")]
pub(crate) use customary::with_customary_roles;
pub use options::{DataShape, NetworkData, SameTreatment};
pub use rows::{ArmData, ArmRow, BaselineRow, PairRow};
pub use study::{Arm, Study};

/// The studies of a network, ready for analysis.
///
/// Made by [`NetworkData`]. Treatments stand in the order of their levels (numbers in numeric order, else the order of
/// their bytes), studies in the order of their first row, the arms of a study in the order of the levels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Network {
    /// The effect measure.
    pub measure: Measure,
    /// The kind of the back-transformed effects; `None` if they are read on the scale of the analysis.
    pub scale: Option<Scale>,
    /// The shape the data came in.
    pub shape: DataShape,
    /// The names of the treatments.
    pub treatments: Vec<String>,
    /// The studies.
    pub studies: Vec<Study>,
    /// Treatments of the data that no analyzed study has.
    pub lost_treatments: Vec<String>,
    /// Notes and warnings: corrections, studies left out, assumptions.
    pub notes: Vec<String>,
}

impl Network {
    /// Orders the treatments, turns names into indices and sorts the arms of each study.
    pub(crate) fn assemble(
        data: &NetworkData,
        shape: DataShape,
        drafts: Vec<study::Draft>,
        all_names: Vec<String>,
        mut notes: Vec<String>,
    ) -> Result<Self> {
        if drafts.is_empty() {
            let mut found = "no study has two usable arms".to_owned();
            if !notes.is_empty() {
                found = format!("{found} ({})", notes.join("; "));
            }
            return Err(Error::data(found, "a network needs at least one comparison"));
        }
        let used =
            levels::ordered(drafts.iter().flat_map(|draft| draft.arms.iter().map(|a| a.name.as_str())));
        let lost: Vec<String> = levels::ordered(all_names.iter().map(String::as_str))
            .into_iter()
            .filter(|n| !used.contains(n))
            .collect();
        if !lost.is_empty() {
            notes.push(format!(
                "no analyzed study has these treatments, which left the network: {}",
                lost.join(", ")
            ));
        }
        notes.extend(levels::spelling_notes(&used));
        let index = levels::index(&used);
        let studies = drafts.into_iter().map(|draft| draft.finish(&index)).collect::<Result<Vec<_>>>()?;
        if used.len() < 2 {
            return Err(Error::data(
                format!("the only treatment is `{}`", used.first().map_or("", String::as_str)),
                "a network needs two treatments",
            ));
        }
        let scale = if data.is_log_scale() { Some(Scale::Ratio) } else { data.measure().scale() };
        Ok(Network {
            measure: data.measure(),
            scale,
            shape,
            treatments: used,
            studies,
            lost_treatments: lost,
            notes,
        })
    }

    /// The position of a treatment.
    ///
    /// # Errors
    ///
    /// If no analyzed study has it.
    pub fn treatment(&self, name: &str) -> Result<usize> {
        if let Some(position) = self.treatments.iter().position(|t| t == name.trim()) {
            return Ok(position);
        }
        if self.lost_treatments.iter().any(|t| t == name.trim()) {
            return Err(Error::data(
                format!("treatment `{name}` is in the data, but no analyzed study has it"),
                format!("choose one of {}, or see the notes on studies left out", self.treatments.join(", ")),
            ));
        }
        Err(Error::unknown("treatment", name, &self.treatments))
    }

    /// The number of arms.
    pub fn arm_count(&self) -> usize {
        self.studies.iter().map(|s| s.arms.len()).sum()
    }

    /// The number of contrasts, Σ (p - 1).
    pub fn contrast_count(&self) -> usize {
        self.studies.iter().map(|s| s.contrasts.len()).sum()
    }

    /// The designs (sets of treatments compared in a study) in the order of their treatments' levels, the shorter first
    /// when it is a prefix, each with the positions of its studies.
    pub fn designs(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut designs = std::collections::BTreeMap::<Vec<usize>, Vec<usize>>::new();
        for (position, study) in self.studies.iter().enumerate() {
            designs.entry(study.design()).or_default().push(position);
        }
        designs.into_iter().collect()
    }

    /// The name of a design for reading: its treatments joined by colons.
    pub fn design_name(&self, design: &[usize]) -> String {
        let names: Vec<&str> =
            design.iter().filter_map(|&t| self.treatments.get(t)).map(String::as_str).collect();
        names.join(":")
    }

    /// The network of some of its studies, by position; treatments that lose all their studies leave it.
    ///
    /// # Errors
    ///
    /// If no study is left.
    pub fn subset(&self, keep: &[usize]) -> Result<Self> {
        let studies: Vec<&Study> = keep.iter().filter_map(|&s| self.studies.get(s)).collect();
        let mut used = vec![false; self.treatments.len()];
        for arm in studies.iter().flat_map(|s| &s.arms) {
            used[arm.treatment] = true;
        }
        if studies.is_empty() {
            return Err(Error::data("no studies", "a subset of a network needs at least one study"));
        }
        let mut position = vec![0; used.len()];
        let mut treatments = Vec::new();
        for (t, name) in self.treatments.iter().enumerate() {
            position[t] = treatments.len();
            if used[t] {
                treatments.push(name.clone());
            }
        }
        let moved = |study: &Study| {
            let mut study = study.clone();
            study.arms.iter_mut().for_each(|arm| arm.treatment = position[arm.treatment]);
            study
        };
        let mut lost = self.lost_treatments.clone();
        lost.extend(
            self.treatments.iter().zip(&used).filter(|(_, used)| !**used).map(|(name, _)| name.clone()),
        );
        Ok(Network {
            treatments,
            studies: studies.into_iter().map(moved).collect(),
            lost_treatments: lost,
            notes: self.notes.clone(),
            ..*self
        })
    }
}
