//! A variable of a formula, fitted to data: what it takes to compute its columns, here and at new values.

use serde::{Deserialize, Serialize};

use super::column::Levels;
use super::fault::{Span, fault, unknown, unknown_text};
use super::formula::Variable;
use super::frame::Table;
use super::parse::number_text;
use super::polynomial::Orthogonal;
use super::recipe::{Arithmetic, Choice, ContrastCoding, Recipe};
use super::spline::{Basis, Wanted};
use crate::{Error, Result};

/// So many cells that are no numbers are named one by one.
const STRAY_SHOWN: usize = 20;

/// Rows without missing values, and where they came from.
pub(super) struct Data<'a> {
    pub(super) table: Table,
    /// The table of the caller and the positions of the rows in it.
    pub(super) origin: Option<(&'a Table, &'a [usize])>,
}

impl Data<'_> {
    fn len(&self) -> usize {
        self.table.len()
    }

    /// Adds the place of a row.
    fn at(&self, error: Error, row: usize, column: Option<&str>) -> Error {
        match self.origin {
            Some((table, rows)) => table.at(error, rows.get(row).copied().unwrap_or(row), column),
            None => error.at(|place| place.column = column.map(str::to_owned)),
        }
    }

    /// A cell and its place: `` `NR` in row 3 (Ash 2001) ``.
    fn cell(&self, column: &super::column::Column, row: usize) -> String {
        let text = super::cell::shorten(column.text_at(row)).into_owned();
        match self.origin {
            Some((table, rows)) => {
                let at = rows.get(row).copied().unwrap_or(row);
                let (number, label) = (table.row_number(at), table.label(at));
                let label = if label == number.to_string() { String::new() } else { format!(" ({label})") };
                format!("`{text}` in row {number}{label}")
            }
            None => format!("`{text}` in row {}", row + 1),
        }
    }

    fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        let column = self.table.column(name)?;
        let numbers = column
            .numbers_or_text()
            .map_err(|(row, text)| self.at(super::cell::not_a_number(text), row, Some(name)))?;
        let missing = |row| {
            let error = Error::data("the value is missing", "a number is needed here");
            self.at(error, row, Some(name))
        };
        numbers.into_iter().enumerate().map(|(row, value)| value.ok_or_else(|| missing(row))).collect()
    }

    /// The values of an expression, all of them finite.
    fn values(&self, of: &Arithmetic, label: &str) -> Result<Vec<f64>> {
        let mut used = Vec::new();
        of.columns(&mut used);
        let mut columns: Vec<(&str, Vec<f64>)> = Vec::new();
        for column in used {
            if !columns.iter().any(|(name, _)| *name == column.name) {
                columns.push((&column.name, self.numbers(&column.name)?));
            }
        }
        let look = |name: &str, row: usize| {
            let column = columns.iter().find(|(n, _)| *n == name);
            column.and_then(|(_, values)| values.get(row)).copied().unwrap_or(f64::NAN)
        };
        let value = |row: usize| {
            let value = of.value(&|name| look(name, row));
            if value.is_finite() {
                return Ok(value);
            }
            let given: Vec<String> = columns
                .iter()
                .map(|(name, _)| format!("{name} = {}", number_text(look(name, row))))
                .collect();
            let what = if value.is_nan() { "is not a number" } else { "is infinite" };
            let found = format!("`{label}` {what} for {}", given.join(", "));
            let only = match columns.as_slice() {
                [(name, _)] => Some(*name),
                _ => None,
            };
            let remedy = "leave the row out or transform the column in another way";
            Err(self.at(Error::data(found, remedy), row, only))
        };
        (0..self.len()).map(value).collect()
    }
}

/// A variable on its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fitted {
    Number,
    /// Levels in their order, the reference first; their numbers if the factor is one of numbers.
    Factor {
        levels: Vec<String>,
        numbers: Option<Vec<f64>>,
        contrast: ContrastCoding,
    },
    Orthogonal(Orthogonal),
    Powers(usize),
    Spline(Basis),
    Scaled {
        center: f64,
        scale: f64,
    },
}

/// The coding of the levels of a factor in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Coding {
    /// One column less than levels.
    Contrast,
    /// A column for each level.
    Full,
}

impl Variable {
    /// True if the variable is fitted to every row that has it, not only to those that are used.
    pub(super) fn learns_from_all_rows(&self) -> bool {
        matches!(self.recipe, Recipe::Polynomial { .. } | Recipe::Spline(_) | Recipe::Scaled { .. })
    }

    /// Learns levels, knots, means and the like from the data.
    pub(super) fn fit(&self, source: &str, data: &Data<'_>, default: ContrastCoding) -> Result<Fitted> {
        let refused = |(found, remedy): (String, String)| {
            fault(source, self.span, format!("`{}`: {found}", self.label), &remedy)
        };
        match &self.recipe {
            Recipe::Column(column) if data.table.column(&column.name)?.is_numeric() => Ok(Fitted::Number),
            Recipe::Column(column) => {
                Self::refuse_stray(data, &column.name)?;
                let of = Arithmetic::Column(column.clone());
                self.fit_factor(source, data, &of, None, default)
            }
            Recipe::Arithmetic(_) => Ok(Fitted::Number),
            Recipe::Factor { of, reference, contrast } => {
                self.fit_factor(source, data, of, reference.as_ref(), contrast.unwrap_or(default))
            }
            Recipe::Polynomial { degree, raw: true, .. } => Ok(Fitted::Powers(*degree)),
            Recipe::Polynomial { of, degree, raw: false } => {
                let fit = Orthogonal::fit(&data.values(of, &self.label)?, *degree);
                fit.map(Fitted::Orthogonal).ok_or_else(|| {
                    let found = format!("degree {degree} needs more than {degree} different values");
                    refused((found, "choose a lower degree".to_owned()))
                })
            }
            Recipe::Spline(spline) => {
                let wanted = Wanted {
                    natural: spline.natural,
                    degree: spline.degree,
                    df: spline.df,
                    knots: spline.knots.as_deref(),
                    intercept: spline.intercept,
                    boundary: spline.boundary,
                };
                Basis::fit(&data.values(&spline.of, &self.label)?, &wanted)
                    .map(Fitted::Spline)
                    .map_err(refused)
            }
            Recipe::Scaled { of, center, scale } => {
                let x = data.values(of, &self.label)?;
                let mean = x.iter().sum::<f64>() / x.len() as f64;
                let center = match center {
                    Choice::No => 0.0,
                    Choice::Own => mean,
                    Choice::Given(value) => *value,
                };
                let scale = match scale {
                    Choice::No => 1.0,
                    Choice::Own => {
                        let squares: f64 = x.iter().map(|x| (x - center).powi(2)).sum();
                        (squares / (x.len() as f64 - 1.0).max(1.0)).sqrt()
                    }
                    Choice::Given(value) => *value,
                };
                if scale == 0.0 || !scale.is_finite() || !center.is_finite() {
                    let remedy = "leave it out: a standardized variable needs different values".to_owned();
                    return Err(refused((format!("it would be divided by {scale}"), remedy)));
                }
                Ok(Fitted::Scaled { center, scale })
            }
        }
    }

    /// Refuses a column of numbers with a few texts among them, which would become a factor with a level for each number.
    fn refuse_stray(data: &Data<'_>, name: &str) -> Result<()> {
        let column = data.table.column(name)?;
        let Some(mut rows) = column.stray_cells() else { return Ok(()) };
        if rows.is_empty() {
            // All are numbers, of a file with decimal commas: the points stand between thousands, or for decimals.
            rows = (0..column.len()).filter(|row| column.text_at(*row).contains(['.', ','])).collect();
            let cells: Vec<String> =
                rows.iter().take(STRAY_SHOWN).map(|row| data.cell(column, *row)).collect();
            let found =
                format!("points or commas in {} stand for decimals or between thousands", cells.join(", "));
            let remedy =
                "write all numbers of the file with one decimal mark, and thousands without a separator";
            let error = Error::data(found, remedy).in_column(name);
            return Err(data.origin.map_or(&data.table, |(table, _)| table).in_file(error));
        }
        let cells: Vec<String> = rows.iter().take(STRAY_SHOWN).map(|row| data.cell(column, *row)).collect();
        let more = rows.len().saturating_sub(STRAY_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let first = rows.first().map_or("", |row| column.text_at(*row));
        let found = format!("it holds numbers, but for {}{more}", cells.join(", "));
        let remedy = format!(
            "{}; name texts that stand for missing values with --na \"NR,n/a\", or write factor({}) if every number is \
             meant as a level",
            super::cell::remedy(first),
            super::parse::name_text(name)
        );
        let error = Error::data(found, remedy).in_column(name);
        Err(match data.origin {
            Some((table, _)) => table.in_file(error),
            None => error,
        })
    }

    fn fit_factor(
        &self,
        source: &str,
        data: &Data<'_>,
        of: &Arithmetic,
        reference: Option<&(String, Span)>,
        contrast: ContrastCoding,
    ) -> Result<Fitted> {
        let (mut levels, mut numbers) = match groups(data, of, &self.label)? {
            Groups::Texts(levels) => (levels.names, None),
            Groups::Numbers(mut values) => {
                values.sort_by(f64::total_cmp);
                values.dedup_by(|a, b| a == b);
                (values.iter().map(|v| number_text(*v)).collect::<Vec<_>>(), Some(values))
            }
        };
        if let [level] = levels.as_slice() {
            let found = format!("the factor `{}` has one level only, `{level}`", self.label);
            return Err(fault(source, self.span, found, "leave it out: a factor needs two levels or more"));
        }
        if let Some((name, span)) = reference {
            let at = levels.iter().position(|level| level == name);
            let Some(at) = at else { return Err(unknown(source, *span, "level", name, &levels)) };
            if let Some(before) = levels.get_mut(..=at) {
                before.rotate_right(1);
            }
            if let Some(before) = numbers.as_mut().and_then(|n| n.get_mut(..=at)) {
                before.rotate_right(1);
            }
        }
        Ok(Fitted::Factor { levels, numbers, contrast })
    }

    /// The columns of the variable, one vector for each.
    pub(super) fn columns(&self, fitted: &Fitted, coding: Coding, data: &Data<'_>) -> Result<Vec<Vec<f64>>> {
        let column;
        let of = match &self.recipe {
            Recipe::Column(name) => {
                column = Arithmetic::Column(name.clone());
                &column
            }
            Recipe::Arithmetic(of)
            | Recipe::Factor { of, .. }
            | Recipe::Polynomial { of, .. }
            | Recipe::Scaled { of, .. } => of,
            Recipe::Spline(spline) => &spline.of,
        };
        if let Fitted::Factor { levels, numbers, contrast } = fitted {
            let codes = codes(data, of, &self.label, levels, numbers.as_deref())?;
            let value = |level: usize, column: usize| match coding {
                Coding::Full => f64::from(u8::from(level == column)),
                Coding::Contrast => contrast.value(level, column, levels.len()),
            };
            let width = fitted.width(coding);
            return Ok((0..width).map(|j| codes.iter().map(|level| value(*level, j)).collect()).collect());
        }
        let x = data.values(of, &self.label)?;
        Ok(match fitted {
            Fitted::Number | Fitted::Factor { .. } => vec![x],
            Fitted::Orthogonal(fit) => fit.columns(&x),
            Fitted::Powers(degree) => {
                let mut columns = vec![x.clone()];
                for _ in 1..*degree {
                    let last = columns.last().unwrap_or(&x);
                    let next = last.iter().zip(&x).map(|(p, x)| p * x).collect();
                    columns.push(next);
                }
                columns
            }
            Fitted::Spline(basis) => basis.columns(&x),
            Fitted::Scaled { center, scale } => vec![x.iter().map(|x| (x - center) / scale).collect()],
        })
    }

    /// The names of the columns.
    pub(super) fn names(&self, fitted: &Fitted, coding: Coding) -> Vec<String> {
        let width = fitted.width(coding);
        match fitted {
            Fitted::Factor { levels, contrast, .. } => {
                let skipped = match (coding, contrast) {
                    (Coding::Full, _) => 0,
                    (Coding::Contrast, ContrastCoding::Treatment) => 1,
                    _ => return (1..=width).map(|i| format!("{}{i}", self.label)).collect(),
                };
                levels.iter().skip(skipped).map(|level| format!("{}{level}", self.label)).collect()
            }
            _ if width == 1 => vec![self.label.clone()],
            _ => (1..=width).map(|i| format!("{}{i}", self.label)).collect(),
        }
    }
}

impl Fitted {
    /// The number of columns.
    pub(super) fn width(&self, coding: Coding) -> usize {
        match self {
            Fitted::Number | Fitted::Scaled { .. } => 1,
            Fitted::Factor { levels, .. } => match coding {
                Coding::Full => levels.len(),
                Coding::Contrast => levels.len().saturating_sub(1),
            },
            Fitted::Orthogonal(fit) => fit.degree(),
            Fitted::Powers(degree) => *degree,
            Fitted::Spline(basis) => basis.width(),
        }
    }

    pub(super) fn is_factor(&self) -> bool {
        matches!(self, Fitted::Factor { .. })
    }
}

enum Groups {
    Texts(Levels),
    Numbers(Vec<f64>),
}

/// The groups of a factor: the texts of a column, or the values of an expression.
fn groups(data: &Data<'_>, of: &Arithmetic, label: &str) -> Result<Groups> {
    if let Arithmetic::Column(name) = of {
        let column = data.table.column(&name.name)?;
        if !column.is_numeric() {
            return Ok(Groups::Texts(column.levels()));
        }
    }
    data.values(of, label).map(Groups::Numbers)
}

/// The position of each row's level.
fn codes(
    data: &Data<'_>,
    of: &Arithmetic,
    label: &str,
    levels: &[String],
    numbers: Option<&[f64]>,
) -> Result<Vec<usize>> {
    let column = match of {
        Arithmetic::Column(column) => column.name.as_str(),
        _ => label,
    };
    let unknown = |name: &str, row: usize| {
        let (found, remedy) = unknown_text("level", name, levels);
        data.at(Error::data(found, remedy), row, Some(column))
    };
    match (numbers, of) {
        (None, Arithmetic::Column(name)) => {
            let groups = data.table.column(&name.name)?.levels();
            let place: Vec<Option<usize>> =
                groups.names.iter().map(|name| levels.iter().position(|level| level == name)).collect();
            let code = |(row, code): (usize, &Option<usize>)| {
                let text = code.and_then(|c| groups.names.get(c)).map_or("", String::as_str);
                code.and_then(|c| place.get(c).copied().flatten()).ok_or_else(|| unknown(text, row))
            };
            groups.codes.iter().enumerate().map(code).collect()
        }
        (numbers, of) => {
            let mut order: Vec<(f64, usize)> =
                numbers.unwrap_or_default().iter().enumerate().map(|(at, value)| (*value, at)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            let code = |(row, value): (usize, &f64)| {
                let found = order.binary_search_by(|(level, _)| {
                    if level == value { std::cmp::Ordering::Equal } else { level.total_cmp(value) }
                });
                let at = found.ok().and_then(|at| order.get(at)).map(|(_, at)| *at);
                at.ok_or_else(|| unknown(&number_text(*value), row))
            };
            data.values(of, label)?.iter().enumerate().map(code).collect()
        }
    }
}
