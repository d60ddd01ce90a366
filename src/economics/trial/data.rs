//! The patients of a trial: arm, cost, effect, covariates and cluster, checked once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Error, Result, economics::money::PriceBase};

/// Costs and effects of the patients of two arms, each with at least two patients; every value is finite.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialData {
    pub(super) intervention: String,
    pub(super) comparator: String,
    /// True if the patient is of the intervention arm.
    pub(super) treated: Vec<bool>,
    pub(super) cost: Vec<f64>,
    pub(super) effect: Vec<f64>,
    pub(super) covariates: Vec<(String, Vec<f64>)>,
    pub(super) clusters: Option<Vec<usize>>,
    pub(super) price_base: Option<PriceBase>,
}

impl TrialData {
    /// Patients with their arm, cost and effect (say, QALYs), in rows.
    ///
    /// # Errors
    ///
    /// If the columns differ in length, an arm is neither of the two named, an arm has fewer than two patients, or a
    /// value is not finite; the error names row and column.
    pub fn new<A: AsRef<str>>(
        arms: &[A],
        cost: impl Into<Vec<f64>>,
        effect: impl Into<Vec<f64>>,
        intervention: impl Into<String>,
        comparator: impl Into<String>,
    ) -> Result<Self> {
        let (cost, effect) = (cost.into(), effect.into());
        let (intervention, comparator) = (intervention.into(), comparator.into());
        if arms.len() != cost.len() || arms.len() != effect.len() {
            return Err(Error::data(
                format!("{} arms, {} costs and {} effects", arms.len(), cost.len(), effect.len()),
                "give one of each for every patient",
            ));
        }
        if intervention == comparator {
            return Err(Error::setting(
                "comparator",
                format!("`{comparator}`, which is also the intervention"),
                "name another arm",
            ));
        }
        let mut treated = Vec::with_capacity(arms.len());
        for (row, arm) in arms.iter().enumerate() {
            let arm = arm.as_ref();
            if arm != intervention && arm != comparator {
                return Err(Error::data(
                    format!("arm `{arm}`"),
                    format!("arms are the intervention `{intervention}` and the comparator `{comparator}`"),
                )
                .in_column("arm")
                .in_row(row + 1));
            }
            treated.push(arm == intervention);
        }
        check_finite("cost", &cost)?;
        check_finite("effect", &effect)?;
        let n1 = treated.iter().filter(|&&t| t).count();
        for (name, n) in [(&intervention, n1), (&comparator, treated.len() - n1)] {
            if n < 2 {
                return Err(Error::data(
                    format!("arm `{name}` has {n} patients"),
                    "each arm needs at least two",
                )
                .in_column("arm"));
            }
        }
        Ok(TrialData {
            intervention,
            comparator,
            treated,
            cost,
            effect,
            covariates: Vec::new(),
            clusters: None,
            price_base: None,
        })
    }

    /// Adds a numeric covariate (a factor: one column for each level but the first).
    ///
    /// # Errors
    ///
    /// If it has not one finite value for each patient, or its name is taken.
    pub fn covariate(mut self, name: impl Into<String>, values: impl Into<Vec<f64>>) -> Result<Self> {
        let (name, values) = (name.into(), values.into());
        if values.len() != self.len() {
            return Err(Error::data(
                format!("{} values for {} patients", values.len(), self.len()),
                "give one for every patient",
            )
            .in_column(name));
        }
        check_finite(&name, &values)?;
        if self.covariates.iter().any(|(known, _)| *known == name) {
            return Err(Error::data("the covariate appears twice", "give each its own name").in_column(name));
        }
        self.covariates.push((name, values));
        Ok(self)
    }

    /// States which cluster (practice, ward) each patient belongs to. Clusters are randomized as wholes: all patients
    /// of one are of the same arm, or else standard errors still allow for the clusters but the bootstrap refuses them.
    ///
    /// # Errors
    ///
    /// If there is not one label for each patient, or fewer than two clusters.
    pub fn clusters<C: AsRef<str>>(mut self, labels: &[C]) -> Result<Self> {
        if labels.len() != self.len() {
            return Err(Error::data(
                format!("{} clusters for {} patients", labels.len(), self.len()),
                "give one for every patient",
            ));
        }
        let distinct: BTreeSet<&str> = labels.iter().map(AsRef::as_ref).collect();
        if distinct.len() < 2 {
            return Err(Error::data("fewer than two clusters", "leave the clusters out"));
        }
        let numbers: BTreeMap<&str, usize> = distinct.into_iter().zip(0..).collect();
        self.clusters =
            Some(labels.iter().map(|l| numbers.get(l.as_ref()).copied().unwrap_or_default()).collect());
        Ok(self)
    }

    /// States the currency and price year of the costs.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The number of patients.
    #[allow(clippy::len_without_is_empty)] // there are always at least four
    pub fn len(&self) -> usize {
        self.treated.len()
    }

    /// The name of the intervention.
    pub fn intervention(&self) -> &str {
        &self.intervention
    }

    /// The name of the comparator.
    pub fn comparator(&self) -> &str {
        &self.comparator
    }

    pub(super) fn covariate_values(&self, name: &str) -> Result<&[f64]> {
        self.covariates
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, values)| values.as_slice())
            .ok_or_else(|| Error::unknown("covariate", name, self.covariates.iter().map(|(known, _)| known)))
    }

    /// The columns of a regression: intercept, treatment, then the named covariates.
    pub(super) fn design(&self, covariates: &[String]) -> Result<Vec<Vec<f64>>> {
        let mut columns =
            vec![vec![1.0; self.len()], self.treated.iter().map(|&t| f64::from(u8::from(t))).collect()];
        for name in covariates {
            columns.push(self.covariate_values(name)?.to_vec());
        }
        Ok(columns)
    }

    /// The rows of each arm: intervention, comparator.
    pub(super) fn rows(&self) -> [Vec<usize>; 2] {
        let of = |wanted: bool| (0..self.len()).filter(|&i| self.treated[i] == wanted).collect();
        [of(true), of(false)]
    }
}

fn check_finite(column: &str, values: &[f64]) -> Result<()> {
    match values.iter().position(|x| !x.is_finite()) {
        Some(row) => Err(Error::data(
            format!("value is {}", values[row]),
            "values must be finite; impute missing ones or leave the patient out",
        )
        .in_column(column)
        .in_row(row + 1)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn bad_patients_are_named() {
        let make = |arms: &[&str], cost: &[f64]| {
            TrialData::new(arms, cost, vec![0.5; cost.len()], "A", "B").unwrap_err().to_string()
        };
        assert!(make(&["A", "B", "C"], &[1.0; 3]).starts_with("row 3, column arm: arm `C`"));
        assert!(make(&["A", "A", "B", "B"], &[1.0, f64::NAN, 1.0, 1.0]).starts_with("row 2, column cost"));
        assert!(make(&["A", "A", "B"], &[1.0; 3]).contains("arm `B` has 1 patients"));
        assert!(make(&["A"], &[1.0, 2.0]).contains("1 arms"));
        let data = TrialData::new(&["A", "A", "B", "B"], [1.0; 4], [1.0; 4], "A", "B").unwrap();
        assert!(data.clone().covariate("age", [1.0]).is_err());
        assert!(data.clone().clusters(&["x"; 4]).is_err());
        let known = data.covariate("age", [1.0; 4]).unwrap();
        assert!(known.covariate_values("aeg").unwrap_err().to_string().contains("did you mean `age`"));
    }
}
