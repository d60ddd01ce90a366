//! The columns of a table that play roles: those mapped to a role, those that bear its name in any spelling, and those that bear
//! a customary name of it.

use super::{
    customary::{self, plain, spelling},
    frame::{NUMBERED, Table, is_numbered},
    group_words,
};
use crate::{Error, Result};

impl Table {
    /// The column that plays a role: the one that is mapped to it, else the one that bears its name, else the one that
    /// bears it in another spelling (`SEi`, `CI lower`), else the one that bears a customary name of it (`TE`,
    /// `event.e`), if there is just one. A column that is mapped to another role plays none but that.
    #[must_use]
    pub fn role(&self, role: &str) -> Option<&str> {
        self.played(role).ok().flatten()
    }

    /// As [`role`](Self::role), with an error where several columns may be meant.
    ///
    /// # Errors
    /// If the role's name fits several columns equally well; the error names them.
    pub fn played(&self, role: &str) -> Result<Option<&str>> {
        if let Some(column) = self.own_role(role)? {
            return Ok(Some(column));
        }
        let found: Vec<usize> = self.foreign_names(role).flat_map(|name| self.free(name)).collect();
        match found.as_slice() {
            [] => Ok(None),
            [at] => Ok(self.columns.get(*at).map(|(name, _)| name.as_str())),
            several => Err(self.unclear(role, several)),
        }
    }

    /// The column that plays a role by a customary name alone, if there is just one; for a role whose own name no column bears.
    pub(crate) fn foreign_role(&self, role: &str) -> Option<&str> {
        let mut found = self.foreign_names(role).flat_map(|name| self.free(name));
        let first = found.next()?;
        if found.next().is_some() {
            return None;
        }
        self.columns.get(first).map(|(name, _)| name.as_str())
    }

    /// The column that is mapped to a role or bears its name in any spelling, customary names of it aside.
    ///
    /// # Errors
    /// If the name fits several columns equally well.
    pub fn own_role(&self, role: &str) -> Result<Option<&str>> {
        if let Some(column) = self.roles.column(role) {
            return Ok(Some(column));
        }
        if !self.lookup.may_have(role) {
            return Ok(None);
        }
        let exact = self.lookup.position(&self.columns, role);
        if let Some((name, _)) = exact.and_then(|at| self.columns.get(at)) {
            return Ok(Some(name.as_str()).filter(|name| self.roles.role(name).is_none()));
        }
        match self.free(role).as_slice() {
            [] if self.lookup.numbered && self.names().any(|n| is_numbered(n, role)) => {
                Err(self.unknown(role))
            }
            [] => Ok(None),
            [at] => Ok(self.columns.get(*at).map(|(name, _)| name.as_str())),
            several => Err(self.unclear(role, several)),
        }
    }

    /// The customary names of a role, if a column bears one of any role.
    pub(super) fn foreign_names(&self, role: &str) -> impl Iterator<Item = &'static str> {
        let names = if self.lookup.foreign { customary::names(role) } else { &[] };
        names.iter().copied()
    }

    /// The columns whose names have the letters and digits of this one and that are mapped to no role.
    pub(super) fn free(&self, name: &str) -> Vec<usize> {
        let mut fits = self.lookup.spelled(name);
        fits.retain(|at| self.columns.get(*at).is_some_and(|(name, _)| self.roles.role(name).is_none()));
        fits
    }

    fn unclear(&self, role: &str, columns: &[usize]) -> Error {
        let names: Vec<&str> =
            columns.iter().filter_map(|at| self.columns.get(*at)).map(|(name, _)| name.as_str()).collect();
        let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let first = names.first().copied().unwrap_or_default();
        self.in_file(Error::data(
            format!("the role `{role}` may be played by {}", shown.join(" or ")),
            format!("say which, for example with --columns {role}={}", super::roles::quote(first)),
        ))
    }

    /// The columns that play one of these roles under another name, for a note; those mapped to it are known.
    #[must_use]
    pub fn renamed<'a>(&'a self, roles: &[&'a str]) -> Vec<(&'a str, &'a str)> {
        let named = |role: &&'a str| {
            let column = self.role(role)?;
            let known = self.roles.column(role).is_some() || spelling(column) == spelling(role);
            (!known).then_some((*role, column))
        };
        roles.iter().filter_map(named).collect()
    }

    /// A note that names the columns which play one of these roles under another name; `None` if there are none.
    #[must_use]
    pub fn renamed_note(&self, roles: &[&str]) -> Option<String> {
        let pairs: Vec<String> =
            self.renamed(roles).into_iter().map(|(role, name)| format!("{role} = {name}")).collect();
        (!pairs.is_empty()).then(|| format!("columns read by customary names: {}", pairs.join(", ")))
    }

    /// A column that may be meant for a role, though nobody can be sure.
    #[must_use]
    pub fn likely(&self, role: &str) -> Option<&str> {
        let known = customary::names(role).iter().chain(customary::likely(role));
        let name = known.flat_map(|name| self.free(name)).next();
        let name = name.and_then(|at| self.columns.get(at)).map(|(name, _)| name.as_str());
        name.or_else(|| self.twin(role)).or_else(|| self.of_group(role))
    }

    /// The only column whose name says what a role holds and its group.
    fn of_group(&self, role: &str) -> Option<&str> {
        let mut fitting = self.names().filter(|name| group_words::fits(role, name));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// The column of a group among two of one name, of which the first is that of the first group.
    fn twin(&self, role: &str) -> Option<&str> {
        let (bases, second) = customary::twins(role)?;
        let named = |base: &str| -> Vec<&str> {
            let same = |name: &&str| name.split_once(NUMBERED).is_some_and(|(own, _)| plain(own) == base);
            self.names().filter(same).collect()
        };
        bases.iter().map(|base| named(base)).find(|found| found.len() == 2)?.get(usize::from(second)).copied()
    }

    /// The column that plays a role.
    ///
    /// # Errors
    /// If there is none, with the nearest name of a column in the error, or several may be meant.
    pub fn require_role(&self, role: &str) -> Result<&str> {
        match (self.played(role)?, self.roles.role(role)) {
            (Some(name), _) => Ok(name),
            (None, Some(other)) => Err(self.in_file(Error::data(
                format!("no column plays the role `{role}`: column `{role}` was given the role `{other}`"),
                format!("say which column it is with {role}=NAME"),
            ))),
            (None, None) => Err(match self.likely(role) {
                Some(name) => self.in_file(Error::data(
                    format!("no column plays the role `{role}`, but `{name}` may"),
                    format!("map it with --columns '{role}={}'", super::roles::quote(name)),
                )),
                None => self.unknown(role),
            }),
        }
    }
}
