//! Predicted effects at given values of the moderators, with confidence and prediction intervals.
//!
//! The expected effect at the row x is x'b with variance x' Cov(b) x; a new study's true effect varies about it with
//! tau² more. Intervals follow the inference of the fit, robust inference included; values are also given on the original
//! scale (ratios, proportions).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess, ser::SerializeMap};

use super::{
    Back, Coefficient, PredictionInterval, Transformed,
    basis::{Solved, check_contrast},
};
use crate::{
    Error, Result,
    table::{FormulaDesign, ReferenceGrid, Table, Value},
};

/// The values of the moderators at a prediction, in the order in which they were given; a map when serialized.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point(pub Vec<(String, Value)>);

impl Point {
    /// Tells that there are no moderators.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        f.pad(&parts.join("; "))
    }
}

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Point {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Point".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, Value>::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Point;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of moderators to values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Point, A::Error> {
                let mut values = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    values.push(entry);
                }
                Ok(Point(values))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// A predicted effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PredictedEffect {
    /// The values of the moderators.
    pub values: Point,
    /// The expected effect, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The lower limit for the true effect of a new study; `None` for fixed effects.
    pub prediction_lower: Option<f64>,
    /// The upper limit for the true effect of a new study.
    pub prediction_upper: Option<f64>,
    /// The same on the original scale (back-transformed).
    pub transformed: Transformed,
}

/// The predicted effects at all combinations of the values of a grid, the last moderator varying fastest.
pub(crate) fn predict(
    fit: &impl Solved,
    design: &FormulaDesign,
    grid: &ReferenceGrid,
) -> Result<Vec<PredictedEffect>> {
    check_design(fit, design)?;
    let rows = grid
        .points(design)?
        .into_iter()
        .map(|point| {
            let row = design.row(&point)?;
            let values = point.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            Ok((Point(values), row))
        })
        .collect::<Result<Vec<_>>>()?;
    predict_rows(fit, rows)
}

/// The predicted effects at the rows of a table that has the columns of the design.
pub(crate) fn predict_table(
    fit: &impl Solved,
    design: &FormulaDesign,
    table: &Table,
) -> Result<Vec<PredictedEffect>> {
    check_design(fit, design)?;
    let (values, n) = (design.at(table)?, table.len());
    let mut rows = Vec::with_capacity(n);
    for i in 0..n {
        let mut point = Vec::new();
        for input in &design.inputs {
            let column = table.column(&input.name)?;
            if let Some(text) = column.get(i) {
                let value = match (&input.levels, text.parse::<f64>()) {
                    (None, Ok(number)) => Value::Number(number),
                    _ => Value::Text(text.into_owned()),
                };
                point.push((input.name.clone(), value));
            }
        }
        let row = values.chunks(n).filter_map(|column| column.get(i).copied()).collect();
        rows.push((Point(point), row));
    }
    predict_rows(fit, rows)
}

/// The predicted effects at rows of the design.
pub(crate) fn predict_rows(fit: &impl Solved, rows: Vec<(Point, Vec<f64>)>) -> Result<Vec<PredictedEffect>> {
    for (_, row) in &rows {
        check_contrast(fit, row)?;
    }
    let (level, back, spread) = (fit.confidence_level(), fit.back_transformation(), fit.spread());
    fit.with_basis(|basis| {
        rows.into_iter()
            .map(|(values, row)| {
                let name = match values.is_empty() {
                    true => "a predicted value".to_owned(),
                    false => format!("the prediction at {values}"),
                };
                let mean = basis.contrast(&name, &row, level)?;
                let interval = spread.and_then(|spread| spread.interval(&mean, level));
                Ok(PredictedEffect::new(values, &mean, interval, back))
            })
            .collect()
    })
}

impl PredictedEffect {
    pub(crate) fn new(
        values: Point,
        mean: &Coefficient,
        interval: Option<PredictionInterval>,
        back: Back,
    ) -> Self {
        let limits = interval.map(|interval| [interval.lower, interval.upper]);
        PredictedEffect {
            values,
            estimate: mean.estimate,
            se: mean.se,
            df: mean.df,
            ci_lower: mean.ci_lower,
            ci_upper: mean.ci_upper,
            prediction_lower: limits.map(|[lower, _]| lower),
            prediction_upper: limits.map(|[_, upper]| upper),
            transformed: back.transformed(mean.estimate, [mean.ci_lower, mean.ci_upper], limits),
        }
    }
}

/// Refuses a design that is not the one of the fit.
pub(crate) fn check_design(fit: &impl Solved, design: &FormulaDesign) -> Result<()> {
    if design.names == fit.names() {
        return Ok(());
    }
    Err(Error::setting(
        "design",
        format!("its columns are {}", design.names.join(", ")),
        format!("give the design of the fit, with the columns {}", fit.names().join(", ")),
    ))
}
