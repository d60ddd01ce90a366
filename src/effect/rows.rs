//! Rows of columns as the raw data of one kind.

use super::{
    Correlation, DataKind, Genotypes, MatchedMargins, MatchedPairs, OneMean, Paired, Pairing,
    PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability, SemiPartialCorrelation,
    StandardizedDifference, StudyData, Superiority, TwoByTwo, TwoMeans,
};
use crate::{Error, Result, table::Table};

/// A role and the numbers of the column that plays it.
pub(super) type RoleColumn = (&'static str, Vec<Option<f64>>);

/// The values of a row under the names of their roles.
struct Cells<'a> {
    columns: &'a [RoleColumn],
    row: usize,
}

impl Cells<'_> {
    fn known(&self, role: &str) -> Option<f64> {
        let (_, values) = self.columns.iter().find(|(known, _)| *known == role)?;
        values.get(self.row).copied().flatten()
    }

    /// The value of a role; rows without one are not among the complete ones, so that a constructor never sees NaN.
    fn at(&self, role: &str) -> f64 {
        self.known(role).unwrap_or(f64::NAN)
    }

    fn has(&self, role: &str) -> bool {
        self.columns.iter().any(|(known, _)| *known == role)
    }
}

/// The rows as data of their kind.
pub(super) fn typed(
    table: &Table,
    kind: DataKind,
    columns: &[RoleColumn],
    complete: &[usize],
) -> Result<StudyData> {
    fn rows<T>(
        table: &Table,
        columns: &[RoleColumn],
        complete: &[usize],
        make: impl Fn(&Cells<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        complete.iter().map(|&row| make(&Cells { columns, row }).map_err(|e| placed(table, e, row))).collect()
    }
    macro_rules! made {
        ($kind:ident, $make:expr) => {
            StudyData::$kind(rows(table, columns, complete, $make)?)
        };
    }
    Ok(match kind {
        DataKind::TwoByTwo => made!(TwoByTwo, two_by_two),
        DataKind::MatchedPairs => {
            made!(MatchedPairs, |v| MatchedPairs::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di")))
        }
        DataKind::MatchedMargins => made!(MatchedMargins, matched_margins),
        DataKind::PersonTime => {
            made!(PersonTime, |v| PersonTime::new(v.at("x1i"), v.at("t1i"), v.at("x2i"), v.at("t2i")))
        }
        DataKind::TwoMeans => made!(TwoMeans, two_means),
        DataKind::StandardizedDifference => made!(StandardizedDifference, standardized),
        DataKind::Superiority => {
            made!(Superiority, |v| Superiority::new(v.at("ai"), v.at("n1i"), v.at("n2i")))
        }
        DataKind::Correlation => made!(Correlation, |v| Correlation::new(v.at("ri"), v.at("ni"))),
        DataKind::PartialCorrelation => made!(PartialCorrelation, |v| match v.has("ti") {
            true => PartialCorrelation::from_t(v.at("ti"), v.at("mi"), v.at("ni")),
            false => PartialCorrelation::new(v.at("ri"), v.at("mi"), v.at("ni")),
        }),
        DataKind::SemiPartialCorrelation => made!(SemiPartialCorrelation, |v| match v.has("ti") {
            true => SemiPartialCorrelation::from_t(v.at("ti"), v.at("mi"), v.at("ni"), v.at("r2i")),
            false => SemiPartialCorrelation::new(v.at("ri"), v.at("mi"), v.at("ni"), v.at("r2i")),
        }),
        DataKind::RSquared => made!(RSquared, |v| RSquared::new(v.at("r2i"), v.at("mi"), v.at("ni"))),
        DataKind::Proportion => made!(Proportion, |v| match v.has("ni") {
            true => Proportion::new(v.at("xi"), v.at("ni")),
            false => Proportion::from_counts(v.at("xi"), v.at("mi")),
        }),
        DataKind::Rate => made!(Rate, |v| Rate::new(v.at("xi"), v.at("ti"))),
        DataKind::Mean => made!(Mean, |v| match v.has("mi") {
            true => OneMean::new(v.at("mi"), v.at("sdi"), v.at("ni")),
            false => OneMean::spread(v.at("sdi"), v.at("ni")),
        }),
        DataKind::Paired => made!(Paired, |v| Paired::partial(
            v.known("m1i"),
            v.known("m2i"),
            v.at("sd1i"),
            v.known("sd2i"),
            v.at("ni"),
            v.at("ri")
        )),
        DataKind::Reliability => {
            made!(Reliability, |v| Reliability::new(v.at("ai"), v.at("mi"), v.at("ni")))
        }
        DataKind::Genotypes => made!(Genotypes, |v| Genotypes::new(v.at("ai"), v.at("bi"), v.at("ci"))),
        DataKind::Generic => StudyData::Generic(Vec::new()),
    })
}

fn two_by_two(v: &Cells<'_>) -> Result<TwoByTwo> {
    match v.has("n1i") {
        true => TwoByTwo::from_totals(v.at("ai"), v.at("n1i"), v.at("ci"), v.at("n2i")),
        false => TwoByTwo::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di")),
    }
}

fn matched_margins(v: &Cells<'_>) -> Result<MatchedMargins> {
    let pairing = if v.has("ri") { Pairing::Correlation(v.at("ri")) } else { Pairing::Both(v.at("pi")) };
    MatchedMargins::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di"), pairing)
}

fn two_means(v: &Cells<'_>) -> Result<TwoMeans> {
    TwoMeans::partial(
        v.known("m1i"),
        v.known("sd1i"),
        v.at("n1i"),
        v.known("m2i"),
        v.known("sd2i"),
        v.at("n2i"),
    )
}

fn standardized(v: &Cells<'_>) -> Result<StandardizedDifference> {
    type Make = fn(f64, f64, f64) -> Result<StandardizedDifference>;
    let reports: [(&str, Make); 5] = [
        ("di", StandardizedDifference::from_d),
        ("gi", StandardizedDifference::from_g),
        ("ti", StandardizedDifference::from_t),
        ("pi", StandardizedDifference::from_p),
        ("yi", StandardizedDifference::from_g),
    ];
    let (role, make) = reports.into_iter().find(|(role, _)| v.has(role)).unwrap_or(reports[0]);
    match v.has("n1i") {
        true => make(v.at(role), v.at("n1i"), v.at("n2i")),
        false => StandardizedDifference::of_total(make, v.at(role), v.at("ni")),
    }
}

/// Adds file, row and label, and names the column as the file does.
pub(crate) fn placed(table: &Table, error: Error, row: usize) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            if let Some(role) = place.column.take() {
                let shown = match table.role(&role) {
                    Some(name) if name != role => format!("{name} ({role})"),
                    _ => role,
                };
                place.column = Some(shown);
            }
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    table.at(error, row, None)
}
