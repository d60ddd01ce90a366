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
    /// Notes on levels of a column, at these rows, that differ only in case or blanks.
    pub(crate) fn spelling_notes(&self, column: &str, rows: &[usize]) -> Vec<String> {
        let Ok(cells) = self.column(column) else { return Vec::new() };
        if cells.is_numeric() {
            return Vec::new();
        }
        let groups = cells.as_groups();
        let levels = rows.iter().filter_map(|row| groups.get(*row)?.as_deref());
        let found = alike(levels).into_iter();
        found
            .map(|names| {
                format!(
                    "levels of {column} that differ only in case or blanks are analyzed as different ones: {names} (--set \
                     \"{column} = recode({column}, ...)\" merges them)"
                )
            })
            .collect()
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
        let notes = table.spelling_notes("group", &[0, 1, 2, 3]);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains("analyzed as different ones: `Adult`, `adult`"), "{notes:?}");
        assert!(table.spelling_notes("group", &[1, 2]).is_empty());
    }
}
