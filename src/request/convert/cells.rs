//! The cells of a row by their roles, and the assumptions that stand in for what is not reported.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    Error, Result,
    convert::{Derived, Step},
    effect::Effect,
    table::Table,
};

/// Numbers that nobody reported, by name.
#[derive(Debug, Clone, Default)]
pub struct Assumptions(BTreeMap<String, f64>);

impl Assumptions {
    /// Reads `NAME=VALUE`s, each of a known name.
    pub fn read(texts: &[String], known: &[&str]) -> Result<Self> {
        let mut all = BTreeMap::new();
        for text in texts {
            let wrong = || {
                Error::setting(
                    "--assume",
                    format!("`{text}` is not of the form NAME=VALUE"),
                    "write for example --assume correlation=0.5",
                )
            };
            let (name, value) = text.split_once('=').ok_or_else(wrong)?;
            let name = known_name(name.trim(), known)?;
            let value = value.trim().parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(wrong)?;
            if all.insert(name.clone(), value).is_some() {
                return Err(Error::setting(
                    "--assume",
                    format!("`{name}` is given twice"),
                    "give one value; --sensitivity varies it",
                ));
            }
        }
        Ok(Assumptions(all))
    }

    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    pub fn set(&mut self, name: &str, value: f64) {
        self.0.insert(name.to_owned(), value);
    }
}

/// The name of an assumption that this kind of conversion knows.
pub fn known_name(name: &str, known: &[&str]) -> Result<String> {
    if known.is_empty() {
        return Err(Error::setting(
            "--assume",
            format!("`{name}`"),
            "this conversion rests on no assumed number",
        ));
    }
    match known.iter().find(|k| **k == name) {
        Some(name) => Ok((*name).to_owned()),
        None => Err(Error::unknown("assumption", name, known.iter().copied())),
    }
}

/// A table with the assumptions in force.
pub struct Context<'a> {
    table: &'a Table,
    assumptions: &'a Assumptions,
    numbers: RefCell<BTreeMap<String, Option<Vec<Option<f64>>>>>,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Context<'a> {
    pub fn new(table: &'a Table, assumptions: &'a Assumptions) -> Self {
        Context { table, assumptions, numbers: RefCell::default(), used: RefCell::default() }
    }

    /// The same assumptions beside another table.
    pub fn on<'b>(&'b self, table: &'b Table) -> Context<'b> {
        Context::new(table, self.assumptions)
    }

    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// True if some column plays the role.
    pub fn has(&self, role: &str) -> bool {
        let there = self.table.role(role).is_some();
        if !there {
            self.numbers.borrow_mut().insert(role.to_owned(), None);
        }
        there
    }

    /// The roles that were looked for and that no column plays.
    pub fn lacking(&self) -> Vec<String> {
        let columns = self.numbers.borrow();
        columns.iter().filter(|(_, column)| column.is_none()).map(|(role, _)| role.clone()).collect()
    }

    /// The roles of the columns that were read as numbers.
    pub fn played(&self) -> Vec<String> {
        let columns = self.numbers.borrow();
        columns.iter().filter(|(_, column)| column.is_some()).map(|(role, _)| role.clone()).collect()
    }

    /// A cell as a number.
    pub fn number(&self, role: &str, row: usize) -> Result<Option<f64>> {
        let mut columns = self.numbers.borrow_mut();
        if !columns.contains_key(role) {
            let column = self.table.role(role).map(|name| self.table.plain_numbers(name)).transpose()?;
            columns.insert(role.to_owned(), column);
        }
        Ok(columns.get(role).and_then(Option::as_ref).and_then(|c| c.get(row).copied().flatten()))
    }

    /// A cell as it was written.
    pub fn text(&self, role: &str, row: usize) -> Option<String> {
        let column = self.table.column(self.table.role(role)?).ok()?;
        column.get(row).map(|cell| cell.into_owned())
    }

    /// An assumption, which counts as used from now on.
    pub fn assumed(&self, name: &str) -> Option<f64> {
        let value = self.assumptions.get(name)?;
        self.used.borrow_mut().insert(name.to_owned());
        Some(value)
    }

    /// An assumption that nothing rested on is a mistake.
    pub fn refuse_unused(&self, given: &Assumptions) -> Result<()> {
        match given.0.keys().find(|name| !self.used.borrow().contains(*name)) {
            Some(name) => Err(Error::setting(
                "--assume",
                format!("no row rests on an assumed `{name}`"),
                "leave it out: every row reports it, or does not need it",
            )),
            None => Ok(()),
        }
    }

    /// An assumption to be varied must matter.
    pub fn refuse_unvaried(&self, name: &str) -> Result<()> {
        if self.used.borrow().contains(name) {
            return Ok(());
        }
        Err(Error::setting(
            "--sensitivity",
            format!("no row rests on an assumed `{name}`"),
            "leave it out: every row reports it, or does not need it",
        ))
    }
}

/// A number that is reported in a column or else assumed.
#[derive(Debug, Clone, Copy)]
pub enum ReportedOrAssumed {
    Reported(f64),
    Assumed(f64),
}

impl ReportedOrAssumed {
    pub fn value(self) -> f64 {
        match self {
            ReportedOrAssumed::Reported(value) | ReportedOrAssumed::Assumed(value) => value,
        }
    }

    /// The derivation, which took the number as assumed, says so only if it was.
    pub fn told<T>(self, derived: Derived<T>, name: &str) -> Derived<T> {
        match self {
            ReportedOrAssumed::Reported(_) => derived.reporting(name),
            ReportedOrAssumed::Assumed(_) => derived,
        }
    }
}

/// The cells of one row.
pub struct Cells<'c, 'a> {
    context: &'c Context<'a>,
    pub row: usize,
}

impl<'c, 'a> Cells<'c, 'a> {
    pub fn new(context: &'c Context<'a>, row: usize) -> Self {
        Cells { context, row }
    }

    pub fn number(&self, role: &str) -> Result<Option<f64>> {
        self.context.number(role, self.row)
    }

    pub fn text(&self, role: &str) -> Option<String> {
        self.context.text(role, self.row)
    }

    /// All of these, or none.
    pub fn numbers<const N: usize>(&self, roles: [&str; N]) -> Result<Option<[f64; N]>> {
        let mut values = [0.0; N];
        for (value, role) in values.iter_mut().zip(roles) {
            match self.number(role)? {
                Some(number) => *value = number,
                None => return Ok(None),
            }
        }
        Ok(Some(values))
    }

    /// The effect `yi` with `vi` or `sei`.
    pub fn effect(&self) -> Result<Option<Effect>> {
        let Some(yi) = self.number("yi")? else { return Ok(None) };
        let vi = match self.number("vi")? {
            Some(vi) => Some(vi),
            None => match self.number("sei")? {
                Some(sei) if sei <= 0.0 => {
                    return Err(Error::data(
                        format!("standard error is {sei}"),
                        "a standard error is above 0",
                    )
                    .in_column("sei"));
                }
                sei => sei.map(|sei| sei * sei),
            },
        };
        match vi {
            Some(vi) if vi > 0.0 => Ok(Some(Effect { yi, vi })),
            Some(vi) => {
                Err(Error::data(format!("sampling variance is {vi}"), "a variance is above 0")
                    .in_column("vi"))
            }
            None => Ok(None),
        }
    }

    /// A number from the first of these columns, else the assumption.
    pub fn source(&self, roles: &[&str], name: &str) -> Result<Option<ReportedOrAssumed>> {
        for role in roles {
            if let Some(value) = self.number(role)? {
                return Ok(Some(ReportedOrAssumed::Reported(value)));
            }
        }
        Ok(self.context.assumed(name).map(ReportedOrAssumed::Assumed))
    }

    /// The same, where there is no going on without.
    pub fn needed(&self, roles: &[&str], name: &str) -> Result<ReportedOrAssumed> {
        self.source(roles, name)?.ok_or_else(|| {
            let columns: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
            Error::setting(
                "--assume",
                format!("no {name} is reported or assumed"),
                format!("give a column {}, or --assume {name}=VALUE", columns.join(" or ")),
            )
        })
    }

    pub fn assumed(&self, name: &str) -> Option<f64> {
        self.context.assumed(name)
    }
}

/// The values of a row: numbers under the names of their columns, and how they came about.
pub type Values = Derived<Vec<(String, f64)>>;

/// An effect as a row of results.
pub fn effect_values(derived: Derived<Effect>) -> Values {
    derived.map(|e| named(&[("yi", e.yi), ("vi", e.vi), ("sei", e.vi.sqrt())]))
}

/// Values under their names.
pub fn named(values: &[(&str, f64)]) -> Vec<(String, f64)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
}

/// Values of two derivations together.
pub fn joined(one: Values, two: Values) -> Values {
    one.and(two).map(|(mut one, two)| {
        one.extend(two);
        one
    })
}

/// Prefixes what was derived with the group that it belongs to.
pub fn of_group(steps: &mut [Step], group: &str) {
    for step in steps {
        step.what = format!("{group}: {}", step.what);
    }
}
