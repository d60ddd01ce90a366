//! The order of treatments: numbers in numeric order, else the order of their bytes.

use std::collections::{HashMap, HashSet};

/// The distinct names in the order of the levels.
pub(crate) fn ordered<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let distinct: HashSet<&str> = names.collect();
    let mut ordered: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
    ordered.sort_unstable_by(|a, b| crate::table::level_order(a, b));
    ordered
}

/// The position of each name.
pub(crate) fn index(names: &[String]) -> HashMap<String, usize> {
    names.iter().enumerate().map(|(position, name)| (name.clone(), position)).collect()
}

/// A note for names that differ only in case or blanks.
pub(crate) fn spelling_notes(names: &[String]) -> Vec<String> {
    let alike = crate::table::alike(names.iter().map(String::as_str)).into_iter();
    alike
        .map(|names| {
            format!("treatments that differ only in case or blanks are analyzed as different ones: {names}")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_numeric_order_before_texts_in_that_of_their_bytes() {
        assert_eq!(ordered(["10", "9", "2"].into_iter()), ["2", "9", "10"]);
        assert_eq!(ordered(["b", "10", "9", "B"].into_iter()), ["9", "10", "B", "b"]);
    }

    #[test]
    fn names_that_look_alike_are_noted() {
        let names = ["Placebo", "placebo", "CBT"].map(str::to_owned);
        assert_eq!(
            spelling_notes(&names),
            [
                "treatments that differ only in case or blanks are analyzed as different ones: `Placebo`, `placebo`"
            ]
        );
    }
}
