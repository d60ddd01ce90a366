//! A note for analyses by inverse variance of events that are rare.
//!
//! The Cochrane Handbook (10.4.4) advises against inverse-variance and DerSimonian-Laird analyses where events are rare: the
//! log ratio of a study with a handful of events is far from normal, its variance far from known, and a study without
//! events in a group has an effect only by an invented half event. The note is given where that is so of any study with no
//! event in a group, or where the risk in either group, over all studies, is below 1 in 100.

use crate::{Measure, effect::StudyData};

/// The risk below which events are rare.
const RARE: f64 = 0.01;

/// The note for inverse-variance pooling of these data; `None` where the normal approximation is not in doubt.
pub fn rare_events(measure: Measure, data: &StudyData) -> Option<String> {
    if !matches!(
        measure,
        Measure::OddsRatio
            | Measure::RiskRatio
            | Measure::RateRatio
            | Measure::LogitProportion
            | Measure::LogIncidenceRate
    ) {
        return None;
    }
    // Events and persons of each group; person-times have no risk.
    let groups: Vec<Vec<[f64; 2]>> = match data {
        StudyData::TwoByTwo(tables) => {
            tables.iter().map(|t| vec![[t.ai(), t.n1i()], [t.ci(), t.n2i()]]).collect()
        }
        StudyData::PersonTime(data) => {
            data.iter().map(|t| vec![[t.x1i(), f64::NAN], [t.x2i(), f64::NAN]]).collect()
        }
        StudyData::Proportion(data) => data.iter().map(|t| vec![[t.xi(), t.ni()]]).collect(),
        StudyData::Rate(data) => data.iter().map(|t| vec![[t.xi(), f64::NAN]]).collect(),
        _ => return None,
    };
    let k = groups.len();
    let zero = groups.iter().filter(|study| study.iter().any(|group| group[0] == 0.0)).count();
    let arms = groups.first().map_or(0, Vec::len);
    let lowest = (0..arms)
        .map(|arm| {
            let sum =
                |part: usize| groups.iter().filter_map(|study| study.get(arm)).map(|g| g[part]).sum::<f64>();
            sum(0) / sum(1)
        })
        .filter(|risk| risk.is_finite())
        .fold(f64::INFINITY, f64::min);
    let mut reasons = Vec::new();
    if zero > 0 {
        let group = if arms == 2 { " in a group" } else { "" };
        reasons.push(format!("{zero} of {k} studies have no event{group}"));
    }
    if lowest < RARE {
        reasons.push(format!("the risk is {:.2}%", 100.0 * lowest));
    }
    (!reasons.is_empty()).then(|| {
        format!(
            "events are rare ({}): the normal approximation of inverse-variance pooling is doubtful (Cochrane Handbook \
             10.4.4); `glmm` answers from the likelihood of the counts",
            reasons.join("; ")
        )
    })
}
