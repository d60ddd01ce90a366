//! The numbers of a flow diagram from a table.

use super::{OtherSources, Prisma};
use crate::{Error, Result, table::Table};

/// The names of the rows that are read.
const KEYS: [&str; 29] = [
    "previous_studies",
    "previous_reports",
    "database_results",
    "database_specific_results",
    "register_results",
    "register_specific_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "website_results",
    "organisation_results",
    "citations_results",
    "other_results",
    "other_sought_reports",
    "other_notretrieved_reports",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "new_reports",
    "total_studies",
    "total_reports",
    "total_studies_ma",
    "total_reports_ma",
];

/// Rows of the template of the R package PRISMA2020 that hold text and no number.
const TEXTS: [&str; 12] = [
    "prevstud",
    "newstud",
    "othstud",
    "whitespace",
    "whitespace2",
    "identification",
    "screening",
    "included",
    "a",
    "b",
    "caption",
    "title",
];

/// A row of the table: where it is, and what it says.
struct Row {
    position: usize,
    /// The part of the name after a colon.
    part: Option<String>,
    text: String,
}

struct Rows<'a> {
    table: &'a Table,
    column: String,
    rows: Vec<(String, Row)>,
}

impl<'a> Rows<'a> {
    fn new(table: &'a Table) -> Result<Self> {
        let lacks = |name: &str, remedy: &str| {
            table.in_file(Error::data(format!("no column `{name}`"), remedy.to_owned()))
        };
        let first = |names: &[&'static str]| names.iter().copied().find(|name| table.has(name));
        let name = first(&["data", "item", "stage"]).ok_or_else(|| {
            lacks("data", "give the names of the numbers in a column `data`, the numbers in `n`")
        })?;
        let column = first(&["n", "count"]).ok_or_else(|| lacks("n", "give the numbers in a column `n`"))?;
        let (names, values) = (table.texts(name)?, table.texts(column)?);
        let mut rows = Vec::new();
        for (position, (key, value)) in names.into_iter().zip(values).enumerate() {
            let (Some(key), Some(text)) = (key, value) else { continue };
            let (key, part) = match key.split_once(':') {
                Some((key, part)) => (key.trim().to_lowercase(), Some(part.trim().to_owned())),
                None => (key.trim().to_lowercase(), None),
            };
            if TEXTS.contains(&key.as_str()) {
                continue;
            }
            if !KEYS.contains(&key.as_str()) {
                return Err(Error::unknown("row of a PRISMA diagram", &key, KEYS));
            }
            rows.push((key, Row { position, part, text }));
        }
        Ok(Rows { table, column: column.to_owned(), rows })
    }

    /// The findings of other methods, if their reports were assessed.
    fn other_sources(&self) -> Result<Option<OtherSources>> {
        let Some(assessed) = self.optional("other_assessed")? else { return Ok(None) };
        let not_retrieved = "reports of other methods not retrieved";
        Ok(Some(OtherSources {
            websites: self.optional("website_results")?,
            organisations: self.optional("organisation_results")?,
            citations: self.optional("citations_results")?,
            others: self.parts("other_results")?,
            sought: self.required("other_sought_reports", "reports sought that other methods found")?,
            not_retrieved: self.required("other_notretrieved_reports", not_retrieved)?,
            assessed,
            excluded_reports: self.parts("other_excluded")?,
        }))
    }

    fn number_in(&self, text: &str, position: usize) -> Result<u64> {
        let plain: String =
            text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        plain.parse::<u64>().or_else(|_| match plain.parse::<f64>() {
            Ok(value) if value >= 0.0 && value.fract() == 0.0 && value < 9e15 => Ok(value as u64),
            _ => {
                let error =
                    Error::data(format!("`{text}` is no count"), "write a whole number of at least 0");
                Err(self.table.at(error, position, Some(&self.column)))
            }
        })
    }

    fn optional(&self, key: &str) -> Result<Option<u64>> {
        let row = self.rows.iter().find(|(name, row)| name == key && row.part.is_none());
        row.map(|(_, row)| self.number_in(&row.text, row.position)).transpose()
    }

    fn required(&self, key: &str, what: &str) -> Result<u64> {
        self.optional(key)?.ok_or_else(|| {
            let found = format!("no row `{key}`");
            self.table.in_file(Error::data(found, format!("the flow diagram needs the number of {what}")))
        })
    }

    /// Rows `key:part` with a number, and rows `key` with `part, number; part, number`.
    fn parts(&self, key: &str) -> Result<Vec<(String, u64)>> {
        let mut parts = Vec::new();
        for (_, row) in self.rows.iter().filter(|(name, _)| name == key) {
            if let Some(part) = &row.part {
                parts.push((part.clone(), self.number_in(&row.text, row.position)?));
                continue;
            }
            let lone = row.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '.'));
            if lone {
                parts.push((String::new(), self.number_in(&row.text, row.position)?));
                continue;
            }
            for entry in row.text.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
                let Some((name, count)) = entry.rsplit_once(',') else {
                    let error = Error::data(
                        format!("`{entry}` has no count"),
                        "write a name and a number with a comma between them: `wrong population, 12; no comparator, 5`",
                    );
                    return Err(self.table.at(error, row.position, Some(&self.column)));
                };
                if matches!(count.trim(), "" | "NA") {
                    continue; // the template's empty parts
                }
                parts.push((name.trim().to_owned(), self.number_in(count.trim(), row.position)?));
            }
        }
        Ok(parts)
    }
}

impl Prisma {
    /// Reads a table with the columns `data` (or `item`) and `n`: a row for each number, by the names that the template of the R
    /// package PRISMA2020 uses: `database_results`, `register_results`, `duplicates`, `excluded_automatic`, `excluded_other`,
    /// `records_screened`, `records_excluded`, `dbr_sought_reports`, `dbr_notretrieved_reports`, `dbr_assessed`,
    /// `dbr_excluded`, `new_studies`, `new_reports`; `website_results`, `organisation_results`, `citations_results`,
    /// `other_sought_reports`, `other_notretrieved_reports`, `other_assessed`, `other_excluded`; `previous_studies`,
    /// `previous_reports`, `total_studies`, `total_reports`; `total_studies_ma`, `total_reports_ma` (in the meta-analysis). Reasons stand in one row (`dbr_excluded` with
    /// `wrong population, 12; no comparator, 5`) or in a row each (`dbr_excluded:wrong population` with `12`). Rows without a
    /// number are headings of that template and passed over.
    ///
    /// # Errors
    ///
    /// If a column or a row is missing, a name is not known, or a value is no count.
    pub fn from_table(table: &Table) -> Result<Self> {
        let rows = Rows::new(table)?;
        let mut made = Prisma::new(
            rows.required("database_results", "records from databases")?,
            rows.optional("register_results")?.unwrap_or(0),
        )
        .removed(
            rows.required("duplicates", "duplicates removed (0 if there were none)")?,
            rows.optional("excluded_automatic")?,
            rows.optional("excluded_other")?,
        )
        .screened(
            rows.required("records_screened", "records screened")?,
            rows.required("records_excluded", "records excluded")?,
        )
        .sought(
            rows.required("dbr_sought_reports", "reports sought for retrieval")?,
            rows.required("dbr_notretrieved_reports", "reports not retrieved (0 if all were)")?,
        )
        .assessed(
            rows.required("dbr_assessed", "reports assessed for eligibility")?,
            rows.parts("dbr_excluded")?,
        )
        .included(rows.required("new_studies", "studies included")?, rows.optional("new_reports")?);
        made.each_database = rows.parts("database_specific_results")?;
        made.each_register = rows.parts("register_specific_results")?;
        made.previous_studies = rows.optional("previous_studies")?;
        made.previous_reports = rows.optional("previous_reports")?;
        made.total_studies = rows.optional("total_studies")?;
        made.total_reports = rows.optional("total_reports")?;
        made.pooled_studies = rows.optional("total_studies_ma")?;
        made.pooled_reports = rows.optional("total_reports_ma")?;
        made.other = rows.other_sources()?;
        made.check().map_err(|error| table.in_file(error))?;
        Ok(made)
    }
}

#[cfg(all(test, feature = "csv"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CSV: &str = "data,n\nprevstud,\ndatabase_results,1200\nregister_results,300\nduplicates,250\nrecords_screened,1250\n\
        records_excluded,1150\ndbr_sought_reports,100\ndbr_notretrieved_reports,4\ndbr_assessed,96\n\
        dbr_excluded,\"wrong population, 50; no comparator, 26\"\nnew_studies,18\nnew_reports,20\n";

    fn read(text: &str) -> Result<Prisma> {
        Prisma::from_table(&Table::read(text.as_bytes(), "flow.csv")?)
    }

    #[test]
    fn the_template_of_the_r_package_is_read() {
        let diagram = read(CSV).unwrap();
        assert_eq!(diagram.excluded_reports[1], ("no comparator".to_owned(), 26));
        let apart = CSV.replace(
            "dbr_excluded,\"wrong population, 50; no comparator, 26\"",
            "dbr_excluded:wrong population,50\ndbr_excluded:no comparator,26",
        );
        assert_eq!(read(&apart).unwrap(), diagram);
    }

    #[test]
    fn faults_are_named() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert!(error(&CSV.replace("duplicates", "duplicate")).contains("did you mean `duplicates`"));
        assert!(error(&CSV.replace("duplicates,250\n", "")).contains("no row `duplicates`"));
        let e = error(&CSV.replace("screened,1250", "screened,many"));
        assert!(e.starts_with("flow.csv, row 5") && e.contains("`many` is no count"), "{e}");
        let e = error(&CSV.replace("screened,1250", "screened,1251"));
        assert!(e.starts_with("flow.csv: the numbers do not agree"), "{e}");
        assert!(error("x,n\na,1\n").contains("no column `data`"));
    }
}
