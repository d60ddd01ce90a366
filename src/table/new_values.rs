//! New values coded as a design codes its data, for predictions.
//!
//! Values are given by the names of columns. Numbers may be given as texts that read as numbers, as on a command line;
//! levels must be those of the data.

use super::cell::{Cell, classify, not_a_number};
use super::column::Column;
use super::design::{FormulaDesign, Input, needed};
use super::fault::unknown_text;
use super::frame::Table;
use super::grid::Value;
use super::variable::Data;
use crate::{Error, Result};

impl FormulaDesign {
    /// The row of the matrix (p values) for new values of the columns, in any order.
    ///
    /// # Errors
    /// If a column that the formula uses is not given or an unknown one is, a level is unknown, a text stands for a number,
    /// or a value becomes infinite.
    pub fn row(&self, values: &[(&str, Value)]) -> Result<Vec<f64>> {
        let mut table = Table::new();
        for (name, value) in self.complete(values)? {
            let column = match value {
                Value::Number(number) => Column::numbers([Some(number)]),
                Value::Text(text) => Column::texts([Some(text)]),
            };
            table = table.with(name, column.map_err(|error| error.in_column(name))?)?;
        }
        if self.inputs.is_empty() {
            return Ok(if self.intercept { vec![1.0] } else { Vec::new() });
        }
        let columns = self.columns(&Data { table, origin: None })?;
        Ok(self.kept.iter().filter_map(|at| columns.get(*at)?.first().copied()).collect())
    }

    /// The rows of the matrix (p columns, column after column) for the rows of another table.
    ///
    /// # Errors
    /// If a column is not there, or a value is missing, of the wrong kind, or an unknown level.
    pub fn at(&self, table: &Table) -> Result<Vec<f64>> {
        if let Some(row) = self.formula.missing_rows(table)?.first() {
            let empty = |input: &&Input| table.column(&input.name).is_ok_and(|c| c.is_missing(*row));
            let column = self.inputs.iter().find(empty).map(|input| input.name.as_str());
            let error = Error::data("the value is missing", "a prediction needs a value of every moderator");
            return Err(table.at(error, *row, column));
        }
        let rows: Vec<usize> = (0..table.len()).collect();
        let data = Data { table: self.typed(needed(&self.formula, table)?)?, origin: Some((table, &rows)) };
        if self.inputs.is_empty() {
            return Ok(vec![1.0; if self.intercept { rows.len() } else { 0 }]);
        }
        let columns = self.columns(&data)?;
        Ok(self.kept.iter().filter_map(|at| columns.get(*at)).flatten().copied().collect())
    }

    /// The values by input, each of the kind of its column.
    pub(super) fn complete<'a>(&'a self, values: &[(&str, Value)]) -> Result<Vec<(&'a str, Value)>> {
        for (at, (name, _)) in values.iter().enumerate() {
            if !self.inputs.iter().any(|input| input.name == *name) {
                let known = self.inputs.iter().map(|input| input.name.as_str());
                return Err(Error::unknown("moderator", name, known));
            }
            if values.iter().skip(at + 1).any(|(other, _)| other == name) {
                return Err(Error::setting(*name, "it is given two values", "give one value"));
            }
        }
        let value = |input: &'a Input| {
            let Some((_, value)) = values.iter().find(|(name, _)| *name == input.name) else {
                let remedy = format!("give values of {}", self.input_list());
                return Err(Error::setting(input.name.clone(), "it has no value", remedy));
            };
            Ok((input.name.as_str(), self.coerce(input, value)?))
        };
        self.inputs.iter().map(value).collect()
    }

    /// A value in the kind of its column.
    pub(super) fn coerce(&self, input: &Input, value: &Value) -> Result<Value> {
        match (&input.levels, value) {
            (None, Value::Number(number)) if number.is_finite() => Ok(value.clone()),
            (None, other) => {
                let text = other.to_string();
                match classify(text.trim()) {
                    Cell::Number(number) => Ok(Value::Number(number)),
                    Cell::Missing => Err(Error::data(
                        format!("`{text}` is no value"),
                        "a prediction needs a value of every moderator",
                    )
                    .in_column(&input.name)),
                    _ => Err(not_a_number(&text).in_column(&input.name)),
                }
            }
            (Some(levels), value) => {
                let text = value.to_string();
                if levels.contains(&text) {
                    return Ok(Value::Text(text));
                }
                let (found, remedy) = unknown_text("level", &text, levels);
                Err(Error::data(found, remedy).in_column(&input.name))
            }
        }
    }

    fn input_list(&self) -> String {
        let names: Vec<&str> = self.inputs.iter().map(|input| input.name.as_str()).collect();
        names.join(", ")
    }

    /// The table with columns of the kinds that the design was made with.
    fn typed(&self, table: Table) -> Result<Table> {
        self.inputs.iter().try_fold(Table::new(), |typed, input| {
            let column = table.column(&input.name)?;
            let column = match &input.levels {
                Some(_) if column.is_numeric() => Column::texts(column.as_texts())?,
                _ => column.clone(),
            };
            typed.with(&input.name, column)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::DesignOptions;
    use super::super::design::tests::{design, trials};
    use super::*;

    #[test]
    fn new_values_are_checked() {
        let design = design("ablat + alloc").unwrap();
        let error = |values: &[(&str, Value)]| design.row(values).unwrap_err().to_string();
        let random = || ("alloc", Value::from("random"));
        assert_eq!(design.row(&[random(), ("ablat", " 20 ".into())]).unwrap(), [1.0, 20.0, 1.0]);
        assert_eq!(error(&[random()]), "ablat: it has no value; give values of ablat, alloc");
        assert_eq!(
            error(&[random(), ("ablat", 1.into()), ("abla", 1.into())]),
            "unknown moderator `abla`; did you mean `ablat`? Known: ablat, alloc"
        );
        assert!(error(&[random(), random(), ("ablat", 1.into())]).contains("two values"));
        assert!(
            error(&[random(), ("ablat", "far".into())]).starts_with("column ablat: `far` is not a number")
        );
        assert!(
            error(&[random(), ("ablat", f64::NAN.into())]).starts_with("column ablat: `NaN` is no value")
        );
        assert!(
            error(&[random(), ("ablat", f64::INFINITY.into())])
                .starts_with("column ablat: `inf` is infinite")
        );
        assert_eq!(
            error(&[("alloc", "randm".into()), ("ablat", 1.into())]),
            "column alloc: unknown level `randm`; did you mean `random`? Known: alternate, random"
        );
        assert_eq!(
            design.at(&trials()).unwrap_err().to_string(),
            "bcg.csv, row 6 (Levine), column ablat: the value is missing; a prediction needs a value of every moderator"
        );
        let intercept = self::design("1").unwrap();
        assert_eq!(
            (intercept.row(&[]).unwrap(), intercept.at(&trials()).unwrap()),
            (vec![1.0], vec![1.0; 6])
        );
    }

    #[test]
    fn numeric_factors_know_their_levels() {
        let design = design("factor(ablat > 1)");
        assert!(design.is_err());
        let design = self::design("factor(twice) - 1").unwrap();
        assert_eq!(design.names.first().map(String::as_str), Some("factor(twice)0"));
        let error = design.row(&[("twice", 27.into())]).unwrap_err().to_string();
        assert!(error.starts_with("column twice: unknown level `27`"), "{error}");
        assert_eq!(design.row(&[("twice", 26.into())]).unwrap(), [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn a_text_column_of_numbers_by_name_is_looked_up_by_its_text() {
        let table = Table::new().with("arm", Column::read(["1", "1", "2b", "2b"]).unwrap()).unwrap();
        let design = FormulaDesign::new(&"arm".parse().unwrap(), &table, &DesignOptions::new()).unwrap();
        assert_eq!(design.row(&[("arm", 1.into())]).unwrap(), [1.0, 0.0]);
        let numbers = Table::new().with("arm", Column::read(["1", "1"]).unwrap()).unwrap();
        assert_eq!(design.at(&numbers).unwrap(), [1.0, 1.0, 0.0, 0.0]);
    }
}
