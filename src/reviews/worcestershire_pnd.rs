//! Priority Neighbourhood Development, Worcestershire: a controlled before-after comparison of which only percentages were
//! published.
//!
//! With yearly changes p in the neighbourhood and q in the county, in per cent: the difference in differences is p - q
//! percentage points, the ratio of ratios (1 + p/100) / (1 + q/100). Counts were not published, so no interval can be given.
//! It can be said how many events the neighbourhood would need for the interval of the ratio of ratios to exclude 1:
//! with Poisson counts n before and n (1 + p/100) after, the variance of its logarithm is (1 + 1/(1 + p/100)) / n, to which
//! the county adds the same with its own count, or nothing if it is taken as fixed.

use serde::{Deserialize, Serialize};

use super::{Comparison, Reproduction, ReproductionSection, Review};
use crate::{Error, Level, Result, table::Table, text::fixed};

const PILOT: &str = include_str!("worcestershire_pnd/pilot.csv");

/// A yearly change in an area beside that in its comparator area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The thing counted.
    pub outcome: String,
    /// The area of the intervention.
    pub area: String,
    /// Its change in per cent.
    pub change_percent: f64,
    /// The comparator area.
    pub comparator_area: String,
    /// Its change in per cent.
    pub comparator_change_percent: f64,
}

impl Change {
    /// The difference in differences in percentage points, intervention area less comparator area.
    pub fn difference_in_differences(&self) -> f64 {
        self.change_percent - self.comparator_change_percent
    }

    /// The ratio of ratios, intervention area over comparator area.
    pub fn ratio_of_ratios(&self) -> f64 {
        (1.0 + self.change_percent / 100.0) / (1.0 + self.comparator_change_percent / 100.0)
    }

    /// The events in the year before at and above which the interval of the ratio of ratios excludes 1, if counts are
    /// Poisson. `comparator_events` is the comparator area's count in that year; without it the area's change is taken as
    /// known. `None` if no number is enough: there is no difference, or the comparator's own count is too small.
    ///
    /// # Errors
    ///
    /// If a change is -100 per cent or below, or the comparator's events are not positive.
    pub fn events_needed(&self, comparator_events: Option<f64>, level: Level) -> Result<Option<u64>> {
        let (area, comparator) =
            (1.0 + self.change_percent / 100.0, 1.0 + self.comparator_change_percent / 100.0);
        if !(area > 0.0 && comparator > 0.0) {
            return Err(Error::data(
                format!("changes of {}% and {}%", self.change_percent, self.comparator_change_percent),
                "a change must be above -100 per cent for a ratio to exist",
            ));
        }
        if comparator_events.is_some_and(|n| !(n.is_finite() && n > 0.0)) {
            return Err(Error::data(
                "the comparator's events are not positive",
                "give the count of the year before",
            ));
        }
        let allowed = (self.ratio_of_ratios().ln() / level.critical_value(None)).powi(2);
        let left = allowed - comparator_events.map_or(0.0, |n| (1.0 + 1.0 / comparator) / n);
        Ok((left > 0.0).then(|| ((1.0 + 1.0 / area) / left).ceil() as u64))
    }
}

/// The published changes.
///
/// # Errors
///
/// None for the data as they ship.
pub fn changes() -> Result<Vec<Change>> {
    let table = Table::read(PILOT.as_bytes(), "worcestershire_pnd/pilot.csv")?;
    let text = |name: &str| table.texts(name);
    let (outcome, area, comparator) = (text("outcome")?, text("area")?, text("comparator_area")?);
    let (p, q) =
        (table.complete_numbers("change_percent")?, table.complete_numbers("comparator_change_percent")?);
    Ok((0..table.len())
        .map(|i| Change {
            outcome: outcome[i].clone().unwrap_or_default(),
            area: area[i].clone().unwrap_or_default(),
            change_percent: p[i],
            comparator_area: comparator[i].clone().unwrap_or_default(),
            comparator_change_percent: q[i],
        })
        .collect())
}

/// The comparison as far as percentages allow, and what is missing for an interval.
pub(super) fn reproduce() -> Result<Reproduction> {
    let table = Table::read(PILOT.as_bytes(), "worcestershire_pnd/pilot.csv")?;
    let published = table.texts("published_difference_points")?;
    let changes = changes()?;
    let level = Level::default();
    let mut differences = Vec::new();
    let mut needed = Vec::new();
    for (change, published) in changes.iter().zip(published) {
        let points = format!("{}: difference in differences, points", change.outcome);
        // The article prints the size of the difference.
        let size = change.difference_in_differences().abs();
        differences.push(Comparison::new(points, &published.unwrap_or_default(), size));
        differences.push(Comparison::unpublished(
            format!("{}: ratio of ratios", change.outcome),
            change.ratio_of_ratios(),
        ));
        let count = |events: Option<f64>| -> Result<String> {
            Ok(change
                .events_needed(events, level)?
                .map_or("no number is enough".to_owned(), |n| n.to_string()))
        };
        needed.push([
            change.outcome.clone(),
            fixed(change.ratio_of_ratios(), 3),
            count(None)?,
            count(Some(50_000.0))?,
            count(Some(5_000.0))?,
            count(Some(1_000.0))?,
        ]);
    }
    let rows = changes.iter().map(|c| {
        [
            c.outcome.clone(),
            format!("{} {:+.1}%", c.area, c.change_percent),
            format!("{} {:+.1}%", c.comparator_area, c.comparator_change_percent),
        ]
    });
    let sections = vec![
        ReproductionSection::new("What was published").table(["outcome", "intervention", "comparator"], rows),
        ReproductionSection::new("What follows from it")
            .text(
                "Negative differences and ratios below 1 mean a larger fall (or smaller rise) in the neighbourhood than in \
                 the county. The differences are published without their sign.",
            )
            .compare(differences),
        ReproductionSection::new("What would be needed to say more")
            .text(
                "No counts, populations or intervals were published, so no interval can be computed. If counts are Poisson, \
                 the 95% interval of the ratio of ratios excludes 1 when the neighbourhood had at least this many events in \
                 the year before; the county's change is taken as known, or as resting on a count of its own.",
            )
            .table(
                ["outcome", "ratio of ratios", "county known", "county 50000 events", "county 5000 events", "county 1000 events"],
                needed,
            )
            .list([
                "Counts that vary more than Poisson counts do (repeated admissions of the same people) need more events in \
                 proportion to their overdispersion.",
                "A neighbourhood picked because its figures were high tends to fall back towards the mean without any \
                 programme; one year before and one after cannot tell this apart.",
                "Whether the county's figure includes the neighbourhood is not said; if it does, the difference is understated.",
            ]),
    ];
    Ok(Reproduction {
        name: Review::WorcestershirePnd.name().to_owned(),
        title: Review::WorcestershirePnd.title().to_owned(),
        sources: vec![
            "McNally. Article by the county's director of public health. The MJ, February 2026: year-on-year change in one \
             economically deprived neighbourhood and in the county."
                .to_owned(),
        ],
        sections,
        fits: Vec::new(),
    })
}
