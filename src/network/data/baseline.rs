//! Baseline contrasts to studies: every arm minus the study's own baseline arm, as BUGS, gemtc and multinma have them.

use std::collections::HashMap;

use super::{
    DataShape, Network, NetworkData,
    arms::twice,
    covariance,
    rows::{ArmData, BaselineRow},
    study::{Draft, DraftArm},
};
use crate::{Error, Result};

/// The rows of one study with their numbers.
struct Group<'a> {
    label: &'a str,
    rows: Vec<(&'a BaselineRow, usize)>,
}

impl NetworkData {
    /// The network of studies given by their contrasts with a baseline arm. The covariance of two contrasts is the
    /// variance of the baseline arm.
    ///
    /// # Errors
    ///
    /// If a study has not exactly one row without an estimate, a variance is missing or not positive, or the baseline's
    /// variance is not below those of the contrasts; the error names study, treatment and row.
    pub fn baseline(&self, rows: &[BaselineRow]) -> Result<Network> {
        self.check()?;
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut position: HashMap<&str, usize> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let number = if row.row == 0 { at + 1 } else { row.row };
            let group = *position.entry(row.study.as_str()).or_insert_with(|| {
                groups.push(Group { label: &row.study, rows: Vec::new() });
                groups.len() - 1
            });
            groups[group].rows.push((row, number));
        }
        let mut single = Vec::new();
        let mut drafts = Vec::with_capacity(groups.len());
        for group in &groups {
            if group.rows.len() < 2 {
                single.push(group.label);
                continue;
            }
            drafts.push(draft(group)?);
        }
        let mut notes = vec![
            "yi are taken as differences from each study's baseline arm, the row without a yi".to_owned(),
        ];
        if !single.is_empty() {
            notes.push(format!("left out because fewer than two arms have data: {}", single.join(", ")));
        }
        let names = rows.iter().map(|row| row.treatment.trim().to_owned()).collect();
        Network::assemble(self, DataShape::Baseline, drafts, names, notes)
    }
}

/// A study: the baseline arm first.
fn draft(group: &Group<'_>) -> Result<Draft> {
    let row = group.rows.first().map_or(0, |(_, row)| *row);
    let place = |error: Error, row: usize| error.in_row(row).in_study(group.label);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for &(arm, row) in &group.rows {
        if arm.treatment.trim().is_empty() {
            return Err(place(
                Error::data("the treatment is missing", "name the treatment of every arm"),
                row,
            ));
        }
        if let Some(first) = seen.insert(arm.treatment.trim(), row) {
            return Err(twice(arm.treatment.trim(), group.label, first, row));
        }
    }
    let (base, others): (Vec<_>, Vec<_>) =
        group.rows.iter().copied().partition(|(arm, _)| arm.estimate.is_none());
    let [(baseline, baseline_row)] = base[..] else {
        return Err(place(baseline_count(&base), row));
    };
    let n = others.len();
    let own = baseline_variance(baseline, n).map_err(|e| place(e, baseline_row))?;
    let mut contrasts = Vec::with_capacity(n);
    let mut covariance = vec![own.unwrap_or(0.0); n * n];
    for (a, (arm, row)) in others.iter().enumerate() {
        let variance = contrast_variance(arm, own, n, &baseline.treatment).map_err(|e| place(e, *row))?;
        covariance[a * n + a] = variance;
        contrasts.push(arm.estimate.unwrap_or(0.0));
    }
    if !covariance::is_positive_definite(&covariance, n) {
        return Err(place(
            Error::data(
                "the covariance matrix of the contrasts is not positive definite",
                "check the standard errors of the study",
            ),
            row,
        ));
    }
    let arm_variances = own.map(|own| {
        std::iter::once(own).chain((0..n).map(|a| covariance[a * n + a] - own)).collect::<Vec<f64>>()
    });
    let arms = std::iter::once(baseline)
        .chain(others.iter().map(|(arm, _)| *arm))
        .map(|arm| DraftArm {
            name: arm.treatment.trim().to_owned(),
            data: ArmData::Contrast { size: arm.size, events: None },
        })
        .collect();
    Ok(Draft {
        label: group.label.to_owned(),
        row,
        arms,
        contrasts,
        covariance,
        arm_variances,
        residuals: Vec::new(),
    })
}

fn baseline_count(base: &[(&BaselineRow, usize)]) -> Error {
    let rows: Vec<String> = base.iter().map(|(arm, row)| format!("{row} ({})", arm.treatment)).collect();
    let found = if rows.is_empty() {
        "every row of the study has a yi, so none is its baseline arm".to_owned()
    } else {
        format!(
            "several rows of the study have no yi: {}; only the baseline arm may have none",
            rows.join(", ")
        )
    };
    Error::data(
        found,
        "leave yi missing in the row of the baseline arm and nowhere else; its sei is that of the arm's own value",
    )
}

/// The variance of the baseline arm's own value; it is needed with three or more arms.
fn baseline_variance(baseline: &BaselineRow, contrasts: usize) -> Result<Option<f64>> {
    match baseline.variance {
        Some(v) if !(v.is_finite() && v > 0.0) => Err(Error::data(
            format!("the standard error of the baseline arm is {}", v.sqrt()),
            "it must be finite and above 0",
        )),
        None if contrasts > 1 => Err(Error::data(
            format!(
                "the row of the baseline arm `{}` has no standard error, in a study of {} arms",
                baseline.treatment,
                contrasts + 1
            ),
            "give the standard error of that arm's own value: its square is the covariance of the contrasts",
        )),
        variance => Ok(variance),
    }
}

fn contrast_variance(arm: &BaselineRow, own: Option<f64>, contrasts: usize, baseline: &str) -> Result<f64> {
    if let Some(y) = arm.estimate {
        crate::effect::check::finite("yi", y)?;
    }
    let Some(v) = arm.variance else {
        return Err(Error::data(
            format!("the standard error of `{}` is missing", arm.treatment),
            "every arm but the baseline needs yi with vi or sei",
        ));
    };
    if !(v.is_finite() && v > 0.0) {
        return Err(Error::data(
            format!("the standard error is {}", v.max(0.0).sqrt()),
            "a standard error must be finite and above 0",
        ));
    }
    match own {
        Some(own) if own >= v && contrasts > 0 => Err(Error::data(
            format!(
                "the standard error {:.4} of the baseline arm `{baseline}` is not below that of `{}` ({:.4})",
                own.sqrt(),
                arm.treatment,
                v.sqrt()
            ),
            "in the baseline row give the standard error of that arm's own value, not of a difference",
        )),
        _ => Ok(v),
    }
}
