//! Arms to studies: repeated treatments, zero cells, studies without information.

use std::collections::HashMap;

use super::{
    DataShape, Network, NetworkData, SameTreatment, covariance,
    rows::{ArmData, ArmRow},
    study::{Draft, DraftArm},
    values,
};
use crate::{Error, Measure, Result, effect::AddTo};

/// The arms of one study in the order of their rows.
pub(super) struct Group {
    pub label: String,
    pub row: usize,
    pub arms: Vec<(String, ArmData, usize)>,
    /// Arms without data.
    pub missing: usize,
}

/// The things left out or changed, as they will be noted.
#[derive(Default)]
struct Record {
    too_few: Vec<String>,
    no_events: Vec<String>,
    only_events: Vec<String>,
    corrected: Vec<String>,
    variances_corrected: Vec<String>,
    merged: Vec<String>,
    kept: Vec<String>,
    missing: Vec<String>,
}

impl NetworkData {
    /// The network of these arms.
    ///
    /// # Errors
    ///
    /// If a treatment stands twice in a study (unless that is allowed), a number is impossible, or no study is left; the
    /// error names study, treatment and row.
    pub fn arms(&self, rows: &[ArmRow]) -> Result<Network> {
        self.check()?;
        self.groups(group(rows)?, DataShape::Arms)
    }

    /// The network of studies given by their arms, whatever the shape of the file.
    pub(super) fn groups(&self, groups: Vec<Group>, shape: DataShape) -> Result<Network> {
        let mut record = Record::default();
        let mut names = Vec::new();
        let mut drafts = Vec::with_capacity(groups.len());
        for group in groups {
            names.extend(group.arms.iter().map(|(name, _, _)| name.clone()));
            if let Some(draft) = self.draft(group, &mut record)? {
                drafts.push(draft);
            }
        }
        Network::assemble(self, shape, drafts, names, record.notes(self.add))
    }

    /// A study from its arms; `None` if it carries no information.
    fn draft(&self, mut group: Group, record: &mut Record) -> Result<Option<Draft>> {
        let place = |error: Error, row: usize, label: &str| error.in_row(row).in_study(label);
        for (_, data, row) in &group.arms {
            data.check().map_err(|e| place(e, *row, &group.label))?;
        }
        if group.missing > 0 {
            record.missing.push(group.label.clone());
        }
        self.repeated(&mut group, record)?;
        if group.arms.len() < 2 {
            record.too_few.push(group.label);
            return Ok(None);
        }
        let mut data: Vec<ArmData> = group.arms.iter().map(|(_, data, _)| *data).collect();
        if let Some(list) = without_information(self.measure, &data, record) {
            list.push(group.label);
            return Ok(None);
        }
        if self.needs_correction(&data) {
            data.iter_mut().for_each(|arm| *arm = corrected(*arm, self.add));
            record.corrected.push(group.label.clone());
        }
        let computed = values::contrasts(self.measure, &data)
            .and_then(|contrasts| self.with_positive_variance(contrasts, &data, &group, record))
            .map_err(|e| place(e, group.row, &group.label))?;
        let arms =
            group.arms.into_iter().map(|(name, data, _)| DraftArm { name, data }).collect::<Vec<DraftArm>>();
        Ok(Some(Draft {
            label: group.label,
            row: group.row,
            arms,
            contrasts: computed.contrasts,
            covariance: computed.covariance,
            arm_variances: computed.arm_variances,
            residuals: Vec::new(),
        }))
    }

    /// Treats treatments that stand twice in a study.
    fn repeated(&self, group: &mut Group, record: &mut Record) -> Result<()> {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut arms: Vec<(String, ArmData, usize)> = Vec::with_capacity(group.arms.len());
        let mut found = false;
        for (name, data, row) in std::mem::take(&mut group.arms) {
            let Some(&at) = first.get(&name) else {
                first.insert(name.clone(), arms.len());
                arms.push((name, data, row));
                continue;
            };
            found = true;
            match self.same_treatment {
                SameTreatment::Error => return Err(twice(&name, &group.label, arms[at].2, row)),
                SameTreatment::Keep => arms.push((name, data, row)),
                SameTreatment::Merge => {
                    arms[at].1 =
                        merged(arms[at].1, data).map_err(|e| e.in_row(row).in_study(&group.label))?;
                }
            }
        }
        group.arms = arms;
        match self.same_treatment {
            SameTreatment::Merge if found => record.merged.push(group.label.clone()),
            SameTreatment::Keep if found => record.kept.push(group.label.clone()),
            _ => {}
        }
        Ok(())
    }

    /// An amount is added to the cells of this study.
    fn needs_correction(&self, arms: &[ArmData]) -> bool {
        let zero = match self.measure {
            Measure::OddsRatio => arms
                .iter()
                .any(|a| matches!(a, ArmData::Events { events, size } if *events == 0.0 || events == size)),
            Measure::RiskRatio => arms
                .iter()
                .any(|a| matches!(a, ArmData::Events { events, size } if *events == 0.0 || events == size)),
            Measure::RateRatio => {
                arms.iter().any(|a| matches!(a, ArmData::Rate { events, .. } if *events == 0.0))
            }
            _ => return false,
        };
        let counts = arms.iter().any(|a| matches!(a, ArmData::Events { .. } | ArmData::Rate { .. }));
        self.add > 0.0
            && match self.to {
                AddTo::All => counts,
                AddTo::Only0 => zero,
                _ => false,
            }
    }

    /// Refuses a study whose covariance is no covariance; differences of risks and rates without variance get that of
    /// the corrected counts.
    fn with_positive_variance(
        &self,
        mut contrasts: values::Contrasts,
        data: &[ArmData],
        group: &Group,
        record: &mut Record,
    ) -> Result<values::Contrasts> {
        let n = contrasts.contrasts.len();
        let usable = |c: &values::Contrasts| {
            c.contrasts.iter().chain(&c.covariance).all(|x| x.is_finite())
                && covariance::is_positive_definite(&c.covariance, n)
        };
        if usable(&contrasts) {
            return Ok(contrasts);
        }
        let differences = matches!(self.measure, Measure::RiskDifference | Measure::RateDifference);
        if differences && self.add > 0.0 && self.to != AddTo::None {
            let shifted: Vec<ArmData> = data.iter().map(|arm| corrected(*arm, self.add)).collect();
            let other = values::contrasts(self.measure, &shifted)?;
            contrasts.covariance = other.covariance;
            contrasts.arm_variances = other.arm_variances;
            record.variances_corrected.push(group.label.clone());
            if usable(&contrasts) {
                return Ok(contrasts);
            }
        }
        Err(Error::data(
            format!(
                "the effects of the study, or their variances, do not exist: its data are {}",
                shown(data)
            ),
            "check the counts; a zero cell needs an amount added to it (--add 0.5 --to only0), or a measure that exists \
             without, such as AS",
        ))
    }
}

/// Groups the rows by study, in the order of the first row of each.
pub(super) fn group(rows: &[ArmRow]) -> Result<Vec<Group>> {
    let mut position: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let number = if row.row == 0 { at + 1 } else { row.row };
        if row.treatment.trim().is_empty() && row.data.is_some() {
            return Err(Error::data("the treatment is missing", "name the treatment of every arm")
                .in_row(number)
                .in_study(&row.study));
        }
        let group = *position.entry(row.study.as_str()).or_insert_with(|| {
            groups.push(Group { label: row.study.clone(), row: number, arms: Vec::new(), missing: 0 });
            groups.len() - 1
        });
        match row.data {
            Some(data) => groups[group].arms.push((row.treatment.trim().to_owned(), data, number)),
            None => groups[group].missing += 1,
        }
    }
    Ok(groups)
}

/// The error for a treatment that stands twice in a study.
pub(super) fn twice(name: &str, study: &str, first: usize, row: usize) -> Error {
    Error::data(
        format!("treatment `{name}` stands twice in the study (rows {first} and {row})"),
        "name the arms apart, or choose --same-treatment merge (one arm) or keep (two arms with one effect)",
    )
    .in_row(row)
    .in_study(study)
}

/// The list that a study without information for a ratio is noted in.
fn without_information<'a>(
    measure: Measure,
    arms: &[ArmData],
    record: &'a mut Record,
) -> Option<&'a mut Vec<String>> {
    let ratio = matches!(measure, Measure::OddsRatio | Measure::RiskRatio | Measure::RateRatio);
    let counts = arms.iter().all(|a| matches!(a, ArmData::Events { .. } | ArmData::Rate { .. }));
    if !ratio || !counts {
        return None;
    }
    if arms.iter().all(|a| a.events() == Some(0.0)) {
        return Some(&mut record.no_events);
    }
    let full = |a: &ArmData| matches!(a, ArmData::Events { events, size } if events == size);
    arms.iter().all(full).then_some(&mut record.only_events)
}

/// The arm with `add` in each of its cells.
fn corrected(arm: ArmData, add: f64) -> ArmData {
    match arm {
        ArmData::Events { events, size } => ArmData::Events { events: events + add, size: size + 2.0 * add },
        ArmData::Rate { events, time } => ArmData::Rate { events: events + add, time },
        other => other,
    }
}

/// Two arms as one: counts add, means pool with the exact combined standard deviation, values by inverse variances.
fn merged(a: ArmData, b: ArmData) -> Result<ArmData> {
    Ok(match (a, b) {
        (ArmData::Events { events: x, size: n }, ArmData::Events { events: y, size: m }) => {
            ArmData::Events { events: x + y, size: n + m }
        }
        (ArmData::Rate { events: x, time: t }, ArmData::Rate { events: y, time: u }) => {
            ArmData::Rate { events: x + y, time: t + u }
        }
        (ArmData::Mean { mean: m1, sd: s1, size: n1 }, ArmData::Mean { mean: m2, sd: s2, size: n2 }) => {
            let size = n1 + n2;
            let squares = (n1 - 1.0) * s1 * s1 + (n2 - 1.0) * s2 * s2 + n1 * n2 / size * (m1 - m2).powi(2);
            ArmData::Mean { mean: (n1 * m1 + n2 * m2) / size, sd: (squares / (size - 1.0)).sqrt(), size }
        }
        (ArmData::Value { estimate: y1, variance: v1 }, ArmData::Value { estimate: y2, variance: v2 }) => {
            ArmData::Value { estimate: (y1 * v2 + y2 * v1) / (v1 + v2), variance: v1 * v2 / (v1 + v2) }
        }
        _ => {
            return Err(Error::data(
                "two arms of one treatment are reported in different ways",
                "report both arms alike, or merge them by hand",
            ));
        }
    })
}

/// The data of the arms, for a message.
fn shown(arms: &[ArmData]) -> String {
    let one = |arm: &ArmData| match arm {
        ArmData::Events { events, size } => format!("{events}/{size}"),
        ArmData::Rate { events, time } => format!("{events} in {time}"),
        ArmData::Mean { mean, sd, size } => format!("{mean} (SD {sd}, n {size})"),
        ArmData::Value { estimate, variance } => format!("{estimate} (variance {variance})"),
        ArmData::Contrast { .. } => "-".to_owned(),
    };
    arms.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Record {
    fn notes(self, add: f64) -> Vec<String> {
        let texts = [
            ("arms without data left out of", self.missing),
            ("left out because fewer than two arms have data", self.too_few),
            ("left out because no arm has events", self.no_events),
            ("left out because no arm has non-events", self.only_events),
            ("merged arms of one treatment in", self.merged),
            ("kept two arms with one treatment in", self.kept),
        ];
        let mut notes: Vec<String> = texts
            .into_iter()
            .filter(|(_, studies)| !studies.is_empty())
            .map(|(text, studies)| format!("{text}: {}", studies.join(", ")))
            .collect();
        if !self.corrected.is_empty() {
            notes.push(format!("{add} was added to each cell of all arms: {}", self.corrected.join(", ")));
        }
        if !self.variances_corrected.is_empty() {
            notes.push(format!(
                "the variances are those with {add} added to each cell, the estimates are not corrected: {}",
                self.variances_corrected.join(", ")
            ));
        }
        notes
    }
}
