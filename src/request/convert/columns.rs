//! The column that an error is about.
//!
//! A conversion knows quantities ("intracluster correlation is 1.5"), a table columns. An error is given the column that holds the
//! quantity and, in the row at hand, the very number that the error names.

use crate::{Error, table::Table};

use crate::request::data;

/// Quantities as errors name them, and the columns that report them.
const COLUMNS: [(&str, &[&str]); 40] = [
    ("median", &["mediani", "median1i", "median2i"]),
    ("first quartile", &["q1i", "q1_1i", "q1_2i"]),
    ("third quartile", &["q3i", "q3_1i", "q3_2i"]),
    ("minimum", &["mini", "min1i", "min2i"]),
    ("maximum", &["maxi", "max1i", "max2i"]),
    (
        "smallest reported number",
        &["mini", "min1i", "min2i", "q1i", "q1_1i", "q1_2i", "mediani", "median1i", "median2i"],
    ),
    ("n", &["ni", "n1i", "n2i", "ni_pre", "n1i_pre", "n2i_pre"]),
    ("n1", &["n1i"]),
    ("n2", &["n2i"]),
    ("group size", &["ni", "n1i", "n2i"]),
    ("size of group 1", &["n1i"]),
    ("size of group 2", &["n2i"]),
    ("standard error", &["sei", "se1i", "se2i"]),
    ("standard deviation", &["sdi", "sd1i", "sd2i", "sdi_pre", "sd1i_pre", "sd2i_pre"]),
    ("sd before", &["sdi_pre", "sd1i_pre", "sd2i_pre"]),
    ("sd after", &["sdi", "sd1i", "sd2i"]),
    ("SD of change", &["sdi_change", "sd1i_change", "sd2i_change"]),
    ("interval runs", &["ci_lower", "ci_lower1i", "ci_lower2i"]),
    ("lower limit", &["ci_lower", "ci_lower1i", "ci_lower2i"]),
    ("upper limit", &["ci_upper", "ci_upper1i", "ci_upper2i"]),
    ("estimate", &["yi", "mi", "m1i", "m2i", "estimate"]),
    ("P value", &["p_value"]),
    ("test statistic", &["statistic", "f", "chi2"]),
    ("chi-square", &["chi2"]),
    ("intracluster correlation", &["icc"]),
    ("mean cluster size", &["cluster_size"]),
    ("design effect", &["design_effect"]),
    ("correlation", &["ri", "r1i", "r2i", "correlation", "yi"]),
    ("phi", &["phi", "yi"]),
    ("risk ratio", &["risk_ratio", "estimate"]),
    ("odds ratio", &["odds_ratio", "estimate"]),
    ("baseline risk", &["baseline_risk"]),
    ("risk", &["risk2"]),
    ("percentage", &["percent1", "percent2", "percent1_pre", "percent2_pre"]),
    ("sensitivity", &["sensitivity"]),
    ("specificity", &["specificity"]),
    ("events", &["ai", "ci", "xi", "x1i", "x2i", "x1i_pre", "x2i_pre", "events", "events1", "events2"]),
    ("survival", &["survival"]),
    ("number at risk", &["at_risk"]),
    ("V", &["v"]),
];

/// Adds file, row, label and, where it is plain, the column to an error about a row.
pub fn placed(table: &Table, error: Error, row: usize) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            // A group's outcome names its own columns, `xi` for the `x1i` of a table with two groups.
            if place.column.as_ref().is_none_or(|name| table.role(name).is_none() && !table.has(name)) {
                place.column = column(table, &found, row).map(str::to_owned).or(place.column);
            }
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    data::placed(table, error, row)
}

/// The column of the quantity that the words name first, if it holds one of their numbers in this row.
fn column(table: &Table, found: &str, row: usize) -> Option<&'static str> {
    let numbers: Vec<f64> = found
        .split(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))
        .filter_map(|word| word.parse().ok())
        .collect();
    let mut named: Vec<(usize, usize, &[&'static str])> = COLUMNS
        .iter()
        .filter_map(|(words, columns)| Some((position(found, words)?, words.len(), *columns)))
        .collect();
    named.sort_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)));
    let holds = |role: &str| {
        let cell = table.role(role).and_then(|name| table.column(name).ok()?.get(row));
        let value =
            cell.and_then(|text| text.trim().trim_start_matches(['<', '>', '=', ' ']).parse::<f64>().ok());
        // Errors may round what they show.
        value.is_some_and(|value| numbers.iter().any(|n| (n - value).abs() <= 1e-5 * value.abs()))
    };
    let (_, _, columns) = named.first()?;
    columns.iter().find(|role| holds(role)).copied()
}

/// The places of these words as whole words.
fn position(text: &str, words: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words).map(|(at, _)| at).find(|&at| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..));
        !letter(before.chars().next_back()) && !letter(after.unwrap_or_default().chars().next())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(csv: &str, found: &str) -> String {
        let table = Table::read(csv.as_bytes(), "data.csv").unwrap();
        placed(&table, Error::data(found, "remedy"), 0).to_string()
    }

    #[test]
    fn a_column_is_named_only_if_it_holds_the_number() {
        let csv = "study,ni,mediani,q1i,q3i,icc\nA,20,5,9,7,1.5\n";
        assert_eq!(told(csv, "n is 20"), "data.csv, row 1 (A), column ni: n is 20; remedy");
        let order = "the median 5 is below the first quartile 9";
        assert_eq!(told(csv, order), format!("data.csv, row 1 (A), column mediani: {order}; remedy"));
        assert!(told(csv, "intracluster correlation is 1.5").contains("column icc"));
        // A number that was derived stands in no column, and other words name other columns.
        assert!(!told(csv, "n is 19").contains("column"));
        assert!(!told(csv, "spread is 5").contains("column"));
        assert!(!told(csv, "the correlation comes out as 1.5").contains("column"));
    }

    #[test]
    fn a_group_has_the_column_of_its_table() {
        let table = Table::read("study,x1i,ni\nA,28,20\n".as_bytes(), "data.csv").unwrap();
        let error = Error::data("28 events exceed the 20 persons of ni", "remedy").in_column("xi");
        assert!(placed(&table, error, 0).to_string().contains("column x1i: 28 events"));
    }
}
