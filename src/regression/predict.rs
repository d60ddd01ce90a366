//! Predicted effects at given values of the moderators, with confidence and prediction intervals.
//!
//! The expected effect at the row x is x'b with variance x' Cov(b) x; a new study's true effect varies about it with
//! tau² more. Intervals follow the inference of the fit, robust inference included; values are also given on the scale that
//! people read (ratios, proportions).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess, ser::SerializeMap};

use super::{Engine, RegressionFit};
use crate::{
    Error, Result,
    pool::{PredictionInterval, Transformed},
    table::{Design, Grid, Table, Value},
};

/// The values of the moderators at a prediction, in the order in which they were given; a map when serialized.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point(pub Vec<(String, Value)>);

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
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
#[non_exhaustive]
pub struct PredictedEffect {
    /// Where it is predicted.
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
    /// The same on the scale that people read.
    pub transformed: Transformed,
}

impl RegressionFit {
    /// The predicted effects at all combinations of the values of `grid`, the last moderator varying fastest. `design` is
    /// the one that the model was fitted to.
    ///
    /// # Errors
    ///
    /// If a moderator has no value, a value is unknown or of the wrong kind, or the design is another.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::MetaRegression, table::{Column, Design, DesignOptions, Table}};
    ///
    /// let table = Table::new().with("dose", Column::numbers([1.0, 2.0, 3.0, 4.0].map(Some))?)?;
    /// let design = Design::new(&"dose".parse()?, &table, &DesignOptions::new())?;
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D"], [0.1, 0.2, 0.3, 0.4], [0.01, 0.02, 0.01, 0.02])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?;
    /// let predicted = fit.predict(&design, &"dose=2.5,5".parse()?)?;
    /// assert!((predicted[1].estimate - 0.5).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn predict(&self, design: &Design, grid: &Grid) -> Result<Vec<PredictedEffect>> {
        self.check_design(design)?;
        let points = grid.points(design)?;
        let rows = points
            .into_iter()
            .map(|point| {
                let row = design.row(&point)?;
                let values = point.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                Ok((Point(values), row))
            })
            .collect::<Result<Vec<_>>>()?;
        self.predict_rows(rows)
    }

    /// The predicted effects at the rows of a table that has the columns of the design.
    ///
    /// # Errors
    ///
    /// If a column is not there, or a value is missing, of the wrong kind, or an unknown level.
    pub fn predict_table(&self, design: &Design, table: &Table) -> Result<Vec<PredictedEffect>> {
        self.check_design(design)?;
        let (values, n) = (design.at(table)?, table.len());
        let mut rows = Vec::with_capacity(n);
        for i in 0..n {
            let mut point = Vec::new();
            for input in &design.inputs {
                let column = table.column(&input.name)?;
                if let Some(text) = column.as_texts().into_iter().nth(i).flatten() {
                    let value = match (&input.levels, text.parse::<f64>()) {
                        (None, Ok(number)) => Value::Number(number),
                        _ => Value::Text(text),
                    };
                    point.push((input.name.clone(), value));
                }
            }
            let row = values.chunks(n).filter_map(|column| column.get(i).copied()).collect();
            rows.push((Point(point), row));
        }
        self.predict_rows(rows)
    }

    /// The predicted effect at values of the columns of a plain design, by their names (without the intercept).
    ///
    /// # Errors
    ///
    /// If a column has no value, two values, or a value that is not finite, or a name is unknown.
    pub fn predict_at(&self, values: &[(&str, f64)]) -> Result<PredictedEffect> {
        let intercept = usize::from(self.design.has_intercept());
        let mut row: Vec<Option<f64>> = vec![None; self.design.p()];
        if intercept == 1 {
            row[0] = Some(1.0);
        }
        for &(name, value) in values {
            let column = self.design.column_by_name(name)?;
            if !value.is_finite() {
                return Err(Error::setting(name, format!("value {value}"), "moderators must be finite"));
            }
            if row[column].replace(value).is_some() {
                return Err(Error::setting(name, "it is given twice", "give each moderator one value"));
            }
        }
        if let Some(column) = row.iter().position(Option::is_none) {
            return Err(Error::setting(
                &self.design.names()[column],
                "it has no value",
                "a prediction needs a value of every moderator",
            ));
        }
        let point = values.iter().map(|&(name, value)| (name.to_owned(), Value::Number(value))).collect();
        let predicted = self.predict_rows(vec![(Point(point), row.into_iter().flatten().collect())])?;
        predicted.into_iter().next().ok_or_else(|| Error::model("no prediction", "give a value"))
    }

    /// The predicted effects at rows of the design (p values each).
    ///
    /// # Errors
    ///
    /// If a row has not p finite values, or clusters hold no information on it.
    pub fn predict_rows(&self, rows: Vec<(Point, Vec<f64>)>) -> Result<Vec<PredictedEffect>> {
        self.with_engine(|engine| {
            rows.into_iter().map(|(point, row)| self.predict_row(engine, point, &row)).collect()
        })
    }

    pub(super) fn predict_row(
        &self,
        engine: &Engine<'_>,
        values: Point,
        row: &[f64],
    ) -> Result<PredictedEffect> {
        self.check_contrast(row)?;
        let c = engine.contrast("", row, self.level).ok_or_else(|| {
            Error::model(
                "the clusters hold no information on a predicted value",
                "predict within the range of the data, or use fewer moderators",
            )
        })?;
        let residual = (self.k - self.design.p()) as f64;
        let interval = self
            .prediction_method
            .filter(|_| self.residual_heterogeneity.tau2.is_some())
            .and_then(|method| {
                PredictionInterval::new(method, c.estimate, c.se, self.tau2(), c.df, residual, self.level)
            });
        let back = self.back;
        Ok(PredictedEffect {
            values,
            estimate: c.estimate,
            se: c.se,
            df: c.df,
            ci_lower: c.ci_lower,
            ci_upper: c.ci_upper,
            prediction_lower: interval.map(|i| i.lower),
            prediction_upper: interval.map(|i| i.upper),
            transformed: Transformed {
                scale: back.scale,
                estimate: back.apply(c.estimate),
                ci_lower: back.apply(c.ci_lower),
                ci_upper: back.apply(c.ci_upper),
                prediction_lower: interval.and_then(|i| back.apply(i.lower)),
                prediction_upper: interval.and_then(|i| back.apply(i.upper)),
            },
        })
    }

    /// The same fit with these predictions in it.
    #[must_use]
    pub fn with_predictions(mut self, predictions: Vec<PredictedEffect>) -> Self {
        self.predictions = Some(predictions);
        self
    }

    /// Refuses a contrast of the wrong length or with values that are not finite.
    pub(super) fn check_contrast(&self, l: &[f64]) -> Result<()> {
        let p = self.design.p();
        if l.len() != p {
            return Err(Error::setting(
                "contrast",
                format!("{} values for {p} coefficients", l.len()),
                "give one value for each coefficient",
            ));
        }
        match l.iter().find(|value| !value.is_finite()) {
            Some(value) => {
                Err(Error::setting("contrast", format!("value {value}"), "its values must be finite"))
            }
            None => Ok(()),
        }
    }

    pub(super) fn check_design(&self, design: &Design) -> Result<()> {
        if design.names == self.design.names() {
            return Ok(());
        }
        Err(Error::setting(
            "design",
            format!("its columns are {}", design.names.join(", ")),
            format!("give the design of the fit, with the columns {}", self.design.names().join(", ")),
        ))
    }
}
