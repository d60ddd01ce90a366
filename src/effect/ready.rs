//! Ready-made effects in a table: each row by the first of variance, standard error, interval and P value that it has.
//!
//! Columns that say the same thing twice are compared: a variance beside a standard error, an interval or a P value. Differences that
//! rounding explains are noted when they matter (above 5 per cent of the standard error); contradictions are errors. What another
//! custom explains is noted, too, with the custom:
//!
//! - intervals of 90, 99 or 99.9 per cent, and of t with at least 10 degrees of freedom (or as many as the sizes beside them give); of
//!   fewer where all rows have wider intervals than the normal ones;
//! - intervals that are not symmetric where all numbers are positive or between -1 and 1, and the interval lies as exact, score or
//!   transformed ones of rates, shares and correlations do;
//! - P values of one side, or of t with at least 10 degrees of freedom; tests of another kind (a chi-square test beside a Wald interval)
//!   move z by up to a tenth and 0.3.

use std::cell::OnceCell;

use super::{
    Generic, Measure, Uncertainty,
    custom::{custom, least_freedom},
    from_table::{InputScale, ReadyMade, at_row},
    generic::check_scale_of,
};
use crate::{
    Error, Level, Result,
    stat::{Tail, normal, t},
    table::Table,
};

/// The roles that give the uncertainty of an effect, in the order in which they are taken.
pub(super) const UNCERTAIN: [&str; 5] = ["vi", "sei", "ci_lower", "ci_upper", "p_value"];

/// So many studies are named in a note.
const NAMED: usize = 10;

/// A column of numbers with possible texts among them.
struct Numbers<'a> {
    name: &'a str,
    values: Vec<Option<f64>>,
    faults: Vec<usize>,
    /// True if the column bears the role's own name or was mapped.
    own: bool,
    /// True if a customary name is all that speaks for the column where others bear their roles' own names: it is compared, and
    /// never taken.
    guessed: bool,
}

impl<'a> Numbers<'a> {
    /// The column that bears the role's own name or was mapped, and without one that of a customary name.
    fn of(table: &'a Table, role: &str) -> Result<Option<Numbers<'a>>> {
        let (own, name) = match table.own_role(role) {
            Ok(Some(name)) => (Some(name), Some(name)),
            Ok(None) => (None, table.foreign_role(role)),
            Err(_) => (None, None),
        };
        let Some(name) = name else { return Ok(None) };
        let (values, faults) = table.numbers_and_faults(name)?;
        Ok(Some(Numbers { name, values, faults, own: own.is_some(), guessed: false }))
    }

    fn at(&self, row: usize) -> Option<f64> {
        self.values.get(row).copied().flatten()
    }
}

/// The columns of uncertainty.
struct Columns<'a> {
    table: &'a Table,
    vi: Option<Numbers<'a>>,
    sei: Option<Numbers<'a>>,
    lower: Option<Numbers<'a>>,
    upper: Option<Numbers<'a>>,
    p: Option<Numbers<'a>>,
    /// The sizes of the studies, which are read when something differs.
    sizes: OnceCell<Vec<Option<f64>>>,
    /// The nature of effects and limits, which is read when an interval is not symmetric.
    nature: OnceCell<Nature>,
}

/// The traits that all effects and limits of a table have in common.
#[derive(Clone, Copy, Default)]
struct Nature {
    /// None is below 0: rates, times, ...
    positive: bool,
    /// None is beyond -1 and 1: shares, correlations.
    bounded: bool,
    /// All limits are above 0: those of ratios.
    ratios: bool,
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Result<Self> {
        let mut columns = Columns {
            table,
            vi: Numbers::of(table, "vi")?,
            sei: Numbers::of(table, "sei")?,
            lower: Numbers::of(table, "ci_lower")?,
            upper: Numbers::of(table, "ci_upper")?,
            p: Numbers::of(table, "p_value")?,
            sizes: OnceCell::new(),
            nature: OnceCell::new(),
        };
        // a customary name is only a guess, which is not taken where a column bears the role's own name
        let own = |column: &Option<Numbers<'_>>| column.as_ref().is_some_and(|c| c.own);
        // (a P value is rounded too much to stand before a standard error, whatever its name)
        if own(&columns.vi) || own(&columns.sei) || own(&columns.lower) && own(&columns.upper) {
            let all =
                [&mut columns.vi, &mut columns.sei, &mut columns.lower, &mut columns.upper, &mut columns.p];
            all.into_iter().flatten().for_each(|column| column.guessed = !column.own);
        }
        Ok(columns)
    }

    /// True if a row may say its uncertainty twice.
    fn several(&self) -> bool {
        let interval = self.lower.is_some() && self.upper.is_some();
        let there = [self.vi.is_some(), self.sei.is_some(), interval, self.p.is_some()];
        there.into_iter().filter(|there| *there).count() > 1
    }

    /// The size of a study, in one column or those of two groups.
    fn size(&self, row: usize) -> Option<f64> {
        let of =
            |role: &str| self.table.numbers_and_faults(self.table.role(role)?).ok().map(|(values, _)| values);
        let sizes = self.sizes.get_or_init(|| match (of("ni"), of("n1i"), of("n2i")) {
            (Some(sizes), ..) => sizes,
            (None, Some(first), Some(second)) => {
                first.iter().zip(&second).map(|(a, b)| Some((*a)? + (*b)?)).collect()
            }
            _ => Vec::new(),
        });
        sizes.get(row).copied().flatten()
    }

    fn nature(&self) -> Nature {
        *self.nature.get_or_init(|| {
            let effects = self.table.role("yi").and_then(|name| self.table.numbers_and_faults(name).ok());
            let limits = self.lower.iter().chain(&self.upper).flat_map(|column| &column.values);
            let limits: Vec<f64> = limits.copied().flatten().collect();
            let mut all: Vec<f64> = effects.into_iter().flat_map(|(values, _)| values).flatten().collect();
            all.extend(&limits);
            Nature {
                positive: all.iter().all(|value| *value >= 0.0),
                bounded: all.iter().all(|value| value.abs() <= 1.0),
                ratios: limits.iter().all(|value| *value > 0.0),
            }
        })
    }

    /// True if an interval with this middle may be an exact, score or transformed one: of rates away from 0, of shares towards one half,
    /// of correlations towards 0.
    fn skewed_by_nature(&self, effect: f64, middle: f64) -> bool {
        let nature = self.nature();
        let share = nature.positive && nature.bounded;
        nature.positive && middle > effect
            || share && middle < effect
            || nature.bounded && middle.abs() < effect.abs()
    }

    fn interval(&self, row: usize) -> Option<(f64, f64)> {
        Some((self.lower.as_ref()?.at(row)?, self.upper.as_ref()?.at(row)?))
    }

    fn uncertainty(&self, row: usize) -> Option<(&'static str, Uncertainty)> {
        let at = |column: &Option<Numbers<'_>>| column.as_ref().filter(|c| !c.guessed)?.at(row);
        let whole = |column: &Option<Numbers<'_>>| column.as_ref().is_some_and(|c| !c.guessed);
        at(&self.vi)
            .map(|v| ("vi", Uncertainty::Variance(v)))
            .or_else(|| at(&self.sei).map(|s| ("sei", Uncertainty::StandardError(s))))
            .or_else(|| {
                let (lower, upper) =
                    self.interval(row).filter(|_| whole(&self.lower) && whole(&self.upper))?;
                Some(("interval", Uncertainty::Interval { lower, upper, level: Level::default() }))
            })
            .or_else(|| at(&self.p).map(|p| ("p_value", Uncertainty::PValue(p))))
    }

    /// The error for a row whose only uncertainty is a text.
    fn fault(&self, row: usize) -> Option<Error> {
        let all = [&self.vi, &self.sei, &self.lower, &self.upper, &self.p];
        let mut taken = all.into_iter().flatten().filter(|column| !column.guessed);
        let column = taken.find(|column| column.faults.binary_search(&row).is_ok())?;
        let text = self.table.column(column.name).ok()?.get(row)?.into_owned();
        let bound = text.trim_start().starts_with(['<', '>', '\u{2264}', '\u{2265}']);
        if bound && self.p.as_ref().is_some_and(|p| p.name == column.name) {
            let found = format!("`{text}` is a bound, not a P value");
            let remedy = "give the exact P value, the standard error or the interval; `consilience convert se` takes bounds \
                          and says what follows from them";
            return Some(self.table.at(Error::data(found, remedy), row, Some(column.name)));
        }
        self.table.number_error(column.name, &[row]).err()
    }
}

/// Compares what the rows of ready-made effects of a measure say twice of their uncertainty, and refuses effects that may be ratios or
/// their logarithms where the scale is not `stated`: notes on differences and on intervals that are not symmetric.
pub(crate) fn examined(table: &Table, measure: Measure, stated: Option<InputScale>) -> Result<Vec<String>> {
    let scale = stated.unwrap_or(InputScale::Unstated);
    let found = ready_made(table, scale, false)?;
    if stated.is_none() {
        check_scale_of(measure, &found.effects, table.role("yi"))?;
    }
    let mut notes = found.notes;
    let odd = found.rows.iter().zip(&found.effects).filter_map(|(row, effect)| Some((*row, effect.note()?)));
    notes.extend(odd.map(|(row, note)| format!("{note}: {}", table.label(row))));
    Ok(notes)
}

/// Refuses effects without any column of their uncertainty.
fn check_uncertain(table: &Table, columns: &Columns<'_>) -> Result<()> {
    let interval = columns.lower.is_some() && columns.upper.is_some();
    if interval || columns.vi.is_some() || columns.sei.is_some() || columns.p.is_some() {
        return Ok(());
    }
    for role in UNCERTAIN {
        table.played(role)?;
    }
    let mapped = |role: &&str| {
        table.likely(role).map(|name| format!("--columns {role}={}", crate::table::quoted_name(name)))
    };
    let example = ["sei", "vi"].iter().find_map(mapped).unwrap_or_else(|| "--columns sei=NAME".to_owned());
    Err(table.in_file(Error::data(
        "the effects `yi` have no uncertainty",
        format!("give a column `vi`, `sei`, `ci_lower` with `ci_upper`, or `p_value`, or map one, for example {example}"),
    )))
}

/// The ready-made effects of a table; `exact` if variances may be 0.
pub(super) fn ready_made(table: &Table, scale: InputScale, exact: bool) -> Result<ReadyMade> {
    let yi = table.numbers(table.require_role("yi")?)?;
    let columns = Columns::of(table)?;
    check_uncertain(table, &columns)?;
    let make = match scale {
        InputScale::Unstated => Generic::new,
        InputScale::Ratio => Generic::ratio,
        InputScale::Analysis => Generic::log,
    };
    let (rows, effects) = (Vec::with_capacity(yi.len()), Vec::with_capacity(yi.len()));
    let (values, notes, roles) = (Vec::new(), Vec::new(), vec!["yi"]);
    let mut found = ReadyMade { rows, effects, values, notes, roles };
    let mut differences = Differences::default();
    let several = columns.several();
    let mut last = "";
    for (row, y) in yi.iter().enumerate() {
        let Some(y) = *y else { continue };
        let Some((taken, uncertainty)) = columns.uncertainty(row) else {
            match columns.fault(row) {
                Some(error) => return Err(error),
                None => continue,
            }
        };
        let zero = matches!(uncertainty, Uncertainty::Variance(0.0) | Uncertainty::StandardError(0.0));
        let effect = match (zero && exact, scale) {
            (true, InputScale::Ratio) => {
                make(y, Uncertainty::Variance(1.0)).and_then(|e| Generic::exact(e.yi()))
            }
            (true, _) => Generic::exact(y),
            (false, _) => make(y, uncertainty),
        };
        let effect = effect.map_err(|error| at_row(table, error, row))?;
        if several && !zero {
            compare(&columns, row, taken, &effect, scale, &mut differences)?;
        }
        // most rows take what the one before them took
        if !std::ptr::eq(taken, last) {
            found.take(taken);
            last = taken;
        }
        found.effects.push(effect);
        found.rows.push(row);
    }
    found.notes = differences.judged()?.notes(table);
    found.values = yi;
    Ok(found)
}

impl ReadyMade {
    /// Adds the roles of what a row took to those that were read.
    fn take(&mut self, taken: &'static str) {
        let roles: &[&'static str] = if taken == "interval" { &["ci_lower", "ci_upper"] } else { &[taken] };
        for role in roles {
            if !self.roles.contains(role) {
                self.roles.push(role);
            }
        }
    }
}

/// Rows with the value that was taken and the one beside it.
type Pairs = Vec<(usize, f64, f64)>;

/// Differences that do not contradict: what was taken, what else there is, why, and the rows.
#[derive(Default)]
struct Differences {
    kinds: Vec<(String, Pairs)>,
    /// Intervals that no custom explains by themselves.
    suspects: Vec<Suspect>,
    /// Intervals that were compared.
    intervals: usize,
}

/// An interval that contradicts, unless all rows have such ones.
struct Suspect {
    error: Error,
    /// True if it is wider than a normal one, and no wider than one by t.
    wider: bool,
    kind: String,
    pair: (usize, f64, f64),
}

impl Differences {
    /// Refuses the first interval that contradicts; where all rows have wider ones, these are noted as by t quantiles.
    fn judged(mut self) -> Result<Self> {
        let all = self.suspects.len() == self.intervals && self.intervals > 2;
        for suspect in std::mem::take(&mut self.suspects) {
            if !(all && suspect.wider) {
                return Err(suspect.error);
            }
            let (row, se, other) = suspect.pair;
            self.add(suspect.kind, row, se, other);
        }
        Ok(self)
    }

    fn add(&mut self, kind: String, row: usize, taken: f64, other: f64) {
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, rows)) => rows.push((row, taken, other)),
            None => self.kinds.push((kind, vec![(row, taken, other)])),
        }
    }

    fn notes(&self, table: &Table) -> Vec<String> {
        let note = |(kind, rows): &(String, Vec<(usize, f64, f64)>)| {
            let shown: Vec<String> = rows
                .iter()
                .take(NAMED)
                .map(|(row, taken, other)| format!("{} ({taken:.4} and {other:.4})", table.label(*row)))
                .collect();
            let more = rows.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{kind}: {}{more}", shown.join(", "))
        };
        self.kinds.iter().map(note).collect()
    }
}

/// The values that a printed number may stand for.
fn range(table: &Table, column: &str, row: usize, value: f64) -> (f64, f64) {
    let decimals = table.column(column).ok().and_then(|c| c.decimals(row)).unwrap_or(17);
    let half = 0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300));
    (value - half, value + half)
}

/// Compares what else a row says of its uncertainty with what was taken.
fn compare(
    columns: &Columns<'_>,
    row: usize,
    taken: &'static str,
    effect: &Generic,
    scale: InputScale,
    differences: &mut Differences,
) -> Result<()> {
    let table = columns.table;
    let se = effect.vi().sqrt();
    let name = |column: &Option<Numbers<'_>>| column.as_ref().map_or(String::new(), |c| c.name.to_owned());
    // the standard errors that what was taken allows for
    let own = match (taken, &columns.vi, &columns.sei) {
        ("vi", Some(vi), _) => {
            let (low, high) = range(table, vi.name, row, effect.vi());
            (low.max(0.0).sqrt(), high.sqrt())
        }
        ("sei", _, Some(sei)) => range(table, sei.name, row, se),
        _ => (se * 0.99, se * 1.01),
    };
    if taken == "vi"
        && let Some((sei, value)) = columns.sei.as_ref().and_then(|c| Some((c, c.at(row)?)))
    {
        let other = range(table, sei.name, row, value);
        let contradicts = other.0 > own.1 * (1.0 + 1e-6) || other.1 < own.0 * (1.0 - 1e-6);
        if contradicts && !sei.guessed {
            let found = format!(
                "{} is {} but {} is {value}, whose square is {}",
                name(&columns.vi),
                effect.vi(),
                sei.name,
                value * value
            );
            let remedy = "one of them is wrong: mend it, or leave one of the columns out";
            return Err(table.at(Error::data(found, remedy), row, Some(sei.name)));
        }
        if (value / se - 1.0).abs() > 0.05 {
            let says = if contradicts { "says" } else { "by rounding says" };
            let kind = format!("{} was taken; {} {says} another standard error", name(&columns.vi), sei.name);
            differences.add(kind, row, se, value);
        }
    }
    if matches!(taken, "vi" | "sei") {
        let which = if taken == "vi" { name(&columns.vi) } else { name(&columns.sei) };
        if lies_inside(columns, row, (&which, effect), scale, differences)? {
            compare_interval(columns, row, (&which, own, effect), scale, differences)?;
        }
        compare_p_value(columns, row, (&which, own, se), effect, differences)?;
    }
    if taken == "interval"
        && let (Some(low), Some(high)) = (&columns.lower, &columns.upper)
        && let Some(half) = half_widths(columns, row, scale)
    {
        let (which, quantile) =
            (format!("{} to {}", low.name, high.name), Level::default().critical_value(None));
        let own = (half.0 / quantile, half.1 / quantile);
        compare_p_value(columns, row, (&which, own, se), effect, differences)?;
    }
    Ok(())
}

/// Half the width of an interval, on the scale of the analysis, between what its printed limits allow for.
fn half_widths(columns: &Columns<'_>, row: usize, scale: InputScale) -> Option<(f64, f64)> {
    let ((lower, upper), low, high) =
        (columns.interval(row)?, columns.lower.as_ref()?, columns.upper.as_ref()?);
    let (l, u) = (range(columns.table, low.name, row, lower), range(columns.table, high.name, row, upper));
    let to = |x: f64| if scale == InputScale::Ratio { x.max(f64::MIN_POSITIVE).ln() } else { x };
    Some(((0.5 * (to(u.0) - to(l.1))).max(0.0), 0.5 * (to(u.1) - to(l.0))))
}

/// Refuses an effect that lies outside the interval beside it, beyond rounding; false if the interval is that of the ratio of which the
/// effect is the logarithm, which a note says.
fn lies_inside(
    columns: &Columns<'_>,
    row: usize,
    (which, effect): (&str, &Generic),
    scale: InputScale,
    differences: &mut Differences,
) -> Result<bool> {
    let (Some((lower, upper)), Some(low), Some(high)) =
        (columns.interval(row), &columns.lower, &columns.upper)
    else {
        return Ok(true);
    };
    let table = columns.table;
    let yi = if scale == InputScale::Ratio { effect.yi().exp() } else { effect.yi() };
    let half = |column: &str, value: f64| range(table, column, row, value).1 - value;
    let own = table.role("yi").map_or(0.0, |name| half(name, yi));
    let below = yi + own < lower - half(low.name, lower);
    let above = yi - own > upper + half(high.name, upper);
    if low.guessed || high.guessed || !(below || above) {
        return Ok(true);
    }
    let ratios = scale != InputScale::Ratio && columns.nature().ratios;
    if ratios && (lower.ln()..=upper.ln()).contains(&yi) {
        let kind = format!(
            "{which} was taken; {} and {} are the interval of the ratio, not of its logarithm; effect and lower limit",
            low.name, high.name
        );
        differences.add(kind, row, yi, lower);
        return Ok(false);
    }
    let found = format!("the effect {yi} lies outside the interval from {lower} to {upper} beside it");
    let remedy = "check that they are on one scale and of one row, mend one of them, or leave the columns of the interval out";
    Err(table.at(Error::data(found, remedy), row, Some(low.name)))
}

/// t with three degrees of freedom over the normal quantile, for 95 per cent: wider intervals are no custom.
const WIDEST: f64 = 1.63;

/// Widths of exact, score and transformed intervals over those of normal ones.
const SKEWED: (f64, f64) = (0.82, 1.72);

/// An interval beside a variance or standard error.
fn compare_interval(
    columns: &Columns<'_>,
    row: usize,
    (which, own, effect): (&str, (f64, f64), &Generic),
    scale: InputScale,
    differences: &mut Differences,
) -> Result<()> {
    let (Some((lower, upper)), Some(low), Some(high)) =
        (columns.interval(row), &columns.lower, &columns.upper)
    else {
        return Ok(());
    };
    let (table, se) = (columns.table, effect.vi().sqrt());
    let (l, u) = (range(table, low.name, row, lower), range(table, high.name, row, upper));
    let to = |x: f64| if scale == InputScale::Ratio { x.max(f64::MIN_POSITIVE).ln() } else { x };
    let half = (0.5 * (to(u.0) - to(l.1)), 0.5 * (to(u.1) - to(l.0)));
    let width = 2.0 * Level::default().critical_value(None);
    let middle = (to(upper) - to(lower)) / width;
    differences.intervals += 1;
    let guessed = low.guessed || high.guessed;
    let center = (0.5 * (to(l.0) + to(u.0)), 0.5 * (to(l.1) + to(u.1)));
    let ratio = (half.0 / own.1 / width * 2.0, half.1 / own.0 / width * 2.0);
    if scale != InputScale::Ratio && ratio.1 >= SKEWED.0 && ratio.0 <= SKEWED.1 {
        let away = (center.0 - effect.yi()).max(effect.yi() - center.1);
        let middle = 0.5 * (center.0 + center.1);
        if away > 0.1 * se && columns.skewed_by_nature(effect.yi(), middle) {
            let kind = format!(
                "{which} was taken; {} and {} are not symmetric about the effect, as exact or transformed limits are; \
                 effect and middle",
                low.name, high.name
            );
            differences.add(kind, row, effect.yi(), middle);
            return Ok(());
        }
    }
    let kind = |why: &str| {
        format!(
            "{which} was taken; {} and {} are no 95% interval about it{why}; standard errors",
            low.name, high.name
        )
    };
    match custom(half, own, columns.size(row)) {
        Some(why) if why.is_empty() => {
            return compare_center(columns, row, (which, effect), (scale, center), differences);
        }
        Some(why) => differences.add(kind(&why), row, se, middle),
        None if guessed => differences.add(kind(""), row, se, middle),
        None => {
            let found = format!(
                "the interval {lower} to {upper} belongs to a standard error of {middle:.4}, but {which} says {se:.4}"
            );
            let remedy = "one of them is wrong or on another scale: mend it, or leave one of the columns out";
            let error = table.at(Error::data(found, remedy), row, Some(low.name));
            let wider = ratio.1 > 1.0 && ratio.0 <= WIDEST;
            let kind = kind(" (as ones by t quantiles would be)");
            differences.suspects.push(Suspect { error, wider, kind, pair: (row, se, middle) });
        }
    }
    Ok(())
}

/// Refuses an interval about another effect: its middle, between `center.0` and `center.1`, is a standard error or more away; lesser
/// distances beyond rounding are noted.
fn compare_center(
    columns: &Columns<'_>,
    row: usize,
    (which, effect): (&str, &Generic),
    (scale, center): (InputScale, (f64, f64)),
    differences: &mut Differences,
) -> Result<()> {
    let (Some(low), Some(high)) = (&columns.lower, &columns.upper) else { return Ok(()) };
    let (table, se) = (columns.table, effect.vi().sqrt());
    let ratio = scale == InputScale::Ratio;
    let printed = if ratio { effect.yi().exp() } else { effect.yi() };
    let half = table.role("yi").map_or(0.0, |name| range(table, name, row, printed).1 - printed);
    let printed = if ratio { half / printed } else { half };
    let away = (center.0 - effect.yi()).max(effect.yi() - center.1) - printed;
    let middle = 0.5 * (center.0 + center.1);
    if away >= se && !low.guessed && !high.guessed {
        let found = format!(
            "the interval has its middle at {middle:.4}, {:.1} standard errors from the effect {:.4}",
            (middle - effect.yi()).abs() / se,
            effect.yi()
        );
        let remedy =
            "one of them is wrong or of another effect: mend it, or leave the columns of the interval out";
        return Err(table.at(Error::data(found, remedy), row, Some(low.name)));
    }
    if away > 0.1 * se {
        let kind = format!(
            "{which} was taken; {} and {} are not symmetric about the effect; effect and middle",
            low.name, high.name
        );
        differences.add(kind, row, effect.yi(), middle);
    }
    Ok(())
}

/// The way in which a test of another kind (a chi-square test beside a Wald interval) moves z: this share, and this much.
const OTHER_TEST: (f64, f64) = (0.1, 0.3);

/// A P value beside a variance or standard error.
fn compare_p_value(
    columns: &Columns<'_>,
    row: usize,
    (which, own, se): (&str, (f64, f64), f64),
    effect: &Generic,
    differences: &mut Differences,
) -> Result<()> {
    let Some((column, p)) = columns.p.as_ref().and_then(|c| Some((c, c.at(row)?))) else { return Ok(()) };
    if !(0.0..=1.0).contains(&p) {
        return Ok(());
    }
    let (low, high) = range(columns.table, column.name, row, p);
    let z = |p: f64| if p <= 0.0 { f64::INFINITY } else { normal::quantile(Tail::Upper(0.5 * p.min(1.0))) };
    let (least, most) = (z(high), z(low));
    let yi = effect.yi().abs();
    let (small, large) = (yi / own.1, if own.0 > 0.0 { yi / own.0 } else { f64::INFINITY });
    // rounding of the effect itself moves z too: a tenth of it is nothing
    if least <= large * 1.1 + 0.1 && small <= most * 1.1 + 0.1 {
        return Ok(());
    }
    // the same evidence by t with few degrees of freedom
    let weak = z(2.0 * t::sf(small, least_freedom(columns.size(row))));
    let (share, more) = OTHER_TEST;
    let near =
        |least: f64, most: f64| least <= large * (1.0 + share) + more && weak * (1.0 - share) - more <= most;
    // one side: half of the P value of two sides, or what is left
    let sides = [(low, high), (2.0 * low, 2.0 * high), (2.0 - 2.0 * high, 2.0 - 2.0 * low)];
    let contradicts = !sides.iter().any(|(low, high)| near(z(*high), z(*low)));
    let value = z(p);
    if contradicts && !column.guessed {
        let found = format!(
            "the P value {p} belongs to z = {value:.2}, but the effect over its standard error ({which}) is {:.2}",
            yi / se
        );
        let remedy = "one of them is wrong: mend it, or leave one of the columns out";
        return Err(columns.table.at(Error::data(found, remedy), row, Some(column.name)));
    }
    let why = if contradicts {
        "contradicts it; z"
    } else {
        "says another z (a t test, one side, or another test)"
    };
    let kind = format!("{which} was taken; {} {why}", column.name);
    differences.add(kind, row, yi / se, value);
    Ok(())
}
