//! Numbers in which a point may stand between thousands: `1.200` where all other numbers of the column are whole.

use super::{column::Column, frame::Table};
use crate::{Error, Result};

/// The position of the first number that may be one of thousands: it has three decimals and lies between 1 and 1000, as have all
/// numbers of the column that are not whole, and others are whole.
fn first_grouped(column: &Column, values: &[Option<f64>]) -> Option<usize> {
    let (mut whole, mut first) = (0_usize, None);
    for (row, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        match column.decimals(row) {
            Some(0) => whole += 1,
            Some(3) if (1.0..1000.0).contains(value) => {
                first.get_or_insert(row);
            }
            Some(_) => return None,
            None => {}
        }
    }
    first.filter(|_| whole > 0)
}

impl Table {
    /// The numbers of a column, none of which may be one of thousands.
    pub(crate) fn plain_numbers(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let values = self.numbers(name)?;
        self.refuse_grouped(name, &values)?;
        Ok(values)
    }

    /// Refuses a number of a column, with these values, that may be one of thousands.
    pub(crate) fn refuse_grouped(&self, name: &str, values: &[Option<f64>]) -> Result<()> {
        let column = self.column(name)?;
        let Some(row) = first_grouped(column, values) else { return Ok(()) };
        let text = column.get(row).unwrap_or_default();
        let found = format!("`{text}` may be a number of thousands or have three decimals");
        let remedy = format!(
            "write `{}`, or `{text}0` if decimals are meant: the other numbers of the column are whole",
            text.replace(['.', ','], "")
        );
        Err(self.at(Error::data(found, remedy), row, Some(name)))
    }

    /// A note on a number of a column that may be one of thousands, and was read as it stands.
    pub(crate) fn thousands_note(&self, name: &str) -> Option<String> {
        let column = self.column(name).ok().filter(|column| column.is_numeric())?;
        let (values, _) = self.numbers_and_faults(name).ok()?;
        let row = first_grouped(column, &values)?;
        let text = column.get(row)?;
        Some(format!(
            "`{text}` of {name} ({}) was read as {}, beside whole numbers; write `{}` if the point stands between thousands",
            self.label(row),
            values.get(row).copied().flatten()?,
            text.replace(['.', ','], "")
        ))
    }
}
