//! Names that differ only in case or blanks, and are probably one.

use std::collections::BTreeMap;

use super::frame::Table;

/// The groups of names that differ only in case or blanks, each with its names quoted, with commas between them.
pub(crate) fn alike<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        let key = name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        let group = groups.entry(key).or_default();
        if !group.contains(&name) {
            group.push(name);
        }
    }
    let several = groups.into_values().filter(|group| group.len() > 1);
    several.map(|group| group.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")).collect()
}

impl Table {
    /// A note on levels of a column, at these rows, that differ only in case or blanks.
    pub(crate) fn spelling_note(&self, column: &str, rows: &[usize]) -> Option<String> {
        /// So many groups of levels are shown.
        const SHOWN: usize = 5;
        let cells = self.column(column).ok().filter(|cells| !cells.is_numeric())?;
        let groups = cells.as_groups();
        let found = alike(rows.iter().filter_map(|row| groups.get(*row)?.as_deref()));
        let shown = found.get(..SHOWN.min(found.len())).filter(|shown| !shown.is_empty())?.join("; ");
        let more =
            if found.len() > SHOWN { format!(" and {} more", found.len() - SHOWN) } else { String::new() };
        Some(format!(
            "levels of {column} that differ only in case or blanks are analyzed as different ones: {shown}{more} (--set with recode() \
             merges them)"
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::table::Column;

    #[test]
    fn levels_of_two_spellings_are_noted_once() {
        let table =
            Table::new().with("group", Column::read(["Adult", "adult", "child", "adult "]).unwrap()).unwrap();
        let note = table.spelling_note("group", &[0, 1, 2, 3]).unwrap();
        assert!(note.contains("analyzed as different ones: `Adult`, `adult` ("), "{note}");
        assert_eq!(table.spelling_note("group", &[1, 2]), None);
    }
}
