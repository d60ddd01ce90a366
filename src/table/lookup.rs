//! The positions of the columns of a table by their names, and by the letters and digits of their names.
//!
//! A few names are looked through one after the other, which is faster than to digest one; many have maps.

use hashbrown::HashMap;

use super::{
    column::Column,
    customary::{self, spelling},
    frame::NUMBERED,
};

/// Up to so many columns have no maps.
const FEW: usize = 16;

/// The positions of columns by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    /// The letters and digits of each name.
    spellings: Vec<String>,
    index: HashMap<String, usize>,
    spelled: HashMap<String, Vec<usize>>,
    /// The first letters or digits of the names, a bit for each: most names that are looked for begin with none of them.
    initials: u64,
    /// True if a column bears a name that other programs give to a role.
    pub(super) foreign: bool,
    /// True if a name stood twice in the file, so that its columns were numbered.
    pub(super) numbered: bool,
}

impl Lookup {
    /// Takes up the last of the columns.
    pub(super) fn add(&mut self, columns: &[(String, Column)]) {
        let Some((name, _)) = columns.last() else { return };
        let spelled = spelling(name);
        self.initials |= initial(&spelled).unwrap_or_default();
        self.foreign |= customary::is_foreign(&spelled);
        self.numbered |= name.contains(NUMBERED);
        self.spellings.push(spelled.into_owned());
        let unmapped = if columns.len() > FEW { self.index.len() } else { columns.len() };
        for (at, (name, _)) in columns.iter().enumerate().skip(unmapped) {
            self.index.insert(name.clone(), at);
            if let Some(spelled) = self.spellings.get(at) {
                self.spelled.entry_ref(spelled.as_str()).or_default().push(at);
            }
        }
    }

    /// False if no column bears this name in any spelling, as the first letters of the columns show.
    pub(super) fn may_have(&self, name: &str) -> bool {
        initial(name).is_none_or(|initial| self.initials & initial != 0)
    }

    /// The column of exactly this name.
    pub(super) fn position(&self, columns: &[(String, Column)], name: &str) -> Option<usize> {
        if columns.len() <= FEW {
            return columns.iter().position(|(known, _)| known == name);
        }
        self.index.get(name).copied()
    }

    /// The columns whose names have the letters and digits of this one.
    pub(super) fn spelled(&self, name: &str) -> Vec<usize> {
        if !self.may_have(name) {
            return Vec::new();
        }
        if self.spellings.len() > FEW {
            return self.spelled.get(&*spelling(name)).cloned().unwrap_or_default();
        }
        let fits = self.spellings.iter().enumerate().filter(|(_, known)| customary::spells(name, known));
        fits.map(|(at, _)| at).collect()
    }
}

/// The bit of the first letter or digit of a name; `None` for names that have none, or others than those of ASCII.
fn initial(name: &str) -> Option<u64> {
    let first = name.bytes().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    let first = first.to_ascii_lowercase();
    match first {
        b'0'..=b'9' => Some(1 << (first - b'0')),
        b'a'..=b'z' => Some(1 << (10 + first - b'a')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn few_and_many_columns_are_found_alike() {
        let find = |further: usize, wanted: &str| {
            let (mut lookup, mut columns) = (Lookup::default(), Vec::new());
            let names = ["ci_lower", "Größe", "yi"].map(str::to_owned);
            for name in names.into_iter().chain((0..further).map(|i| format!("x{i}"))) {
                columns.push((name, Column::numbers([Some(1.0)]).unwrap()));
                lookup.add(&columns);
            }
            lookup.spelled(wanted)
        };
        for (name, found) in [("CI lower", Some(0)), ("größe", Some(1)), ("Y-I", Some(2)), ("vi", None)] {
            let found: Vec<usize> = found.into_iter().collect();
            assert_eq!((find(0, name), find(FEW, name)), (found.clone(), found), "{name}");
        }
    }
}
