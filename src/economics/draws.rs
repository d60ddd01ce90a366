//! Draws of cost and effect of every option from a probabilistic analysis, checked once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    frontier::Strategies, incremental::QuadrantShares, money::PriceBase, range, rounding::difference,
};
use crate::{Error, Result};

/// Costs and effects of D ≥ 1 options in N ≥ 1 draws. Draw i of every option rests on the same parameter values, so that
/// differences are taken draw by draw. All values are finite.
///
/// Draws are no patients: their number is chosen by the analyst, and tests or standard errors over them would have no
/// meaning. Probabilities and quantiles have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Draws {
    options: Vec<String>,
    /// Draw by draw: option d of draw i is at i · D + d.
    costs: Vec<f64>,
    effects: Vec<f64>,
    price_base: Option<PriceBase>,
}

#[derive(Deserialize)]
struct Unchecked {
    options: Vec<String>,
    costs: Vec<f64>,
    effects: Vec<f64>,
    price_base: Option<PriceBase>,
}

impl TryFrom<Unchecked> for Draws {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let mut made = Draws::from_rows(raw.options, raw.costs, raw.effects)?;
        made.price_base = raw.price_base;
        Ok(made)
    }
}

impl Draws {
    /// Draws as columns: for each option its name, its costs and its effects.
    ///
    /// # Errors
    ///
    /// If there is no option or no draw, columns differ in length, a name is repeated, or a value is not finite; the
    /// error names row and column.
    pub fn from_columns<L: Into<String>>(
        columns: impl IntoIterator<Item = (L, Vec<f64>, Vec<f64>)>,
    ) -> Result<Self> {
        let columns: Vec<(String, Vec<f64>, Vec<f64>)> =
            columns.into_iter().map(|(name, c, e)| (name.into(), c, e)).collect();
        let n = columns.first().map_or(0, |(_, c, _)| c.len());
        for (name, c, e) in &columns {
            if c.len() != n || e.len() != n {
                return Err(Error::data(
                    format!("{} costs and {} effects where the first option has {n} draws", c.len(), e.len()),
                    "give every option the same number of draws",
                )
                .in_column(name));
            }
        }
        let (mut costs, mut effects) =
            (Vec::with_capacity(n * columns.len()), Vec::with_capacity(n * columns.len()));
        for i in 0..n {
            for (_, c, e) in &columns {
                costs.push(c[i]);
                effects.push(e[i]);
            }
        }
        Self::from_rows(columns.iter().map(|(name, ..)| name.clone()).collect(), costs, effects)
    }

    /// Draws from two tables, matched by the names of their columns.
    ///
    /// # Errors
    ///
    /// As [`from_columns`](Self::from_columns), and if an option is in one table only.
    pub fn from_tables<L: Into<String>, M: Into<String>>(
        costs: impl IntoIterator<Item = (L, Vec<f64>)>,
        effects: impl IntoIterator<Item = (M, Vec<f64>)>,
    ) -> Result<Self> {
        let costs: Vec<(String, Vec<f64>)> = costs.into_iter().map(|(n, v)| (n.into(), v)).collect();
        let mut effects: Vec<(String, Vec<f64>)> = effects.into_iter().map(|(n, v)| (n.into(), v)).collect();
        for (name, _) in &effects {
            if !costs.iter().any(|(known, _)| known == name) {
                return Err(Error::data(
                    format!("option `{name}` has effects but no costs"),
                    format!(
                        "costs and effects need the same options; costs have {}",
                        costs.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>().join(", ")
                    ),
                ));
            }
        }
        let mut columns = Vec::with_capacity(costs.len());
        for (name, c) in costs {
            let Some(at) = effects.iter().position(|(known, _)| *known == name) else {
                return Err(Error::data(
                    format!("option `{name}` has costs but no effects"),
                    format!(
                        "costs and effects need the same options; left among the effects: {}",
                        effects.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>().join(", ")
                    ),
                ));
            };
            let (_, e) = effects.swap_remove(at);
            columns.push((name, c, e));
        }
        if let Some((name, _)) = effects.first() {
            return Err(Error::data(format!("option `{name}` appears twice"), "give each its own name"));
        }
        Self::from_columns(columns)
    }

    /// The name of a column that numbers the draws, as exports of models have one beside their options: `draw`, `sim`, `iteration`,
    /// `.draw`, `X`, ..., with the values 1, 2, 3, ... (or 0, 1, 2, ...), or any name with these values, or rising whole
    /// numbers such as seeds of ten or more draws, that costs and effects share; `None` if all columns are options.
    pub fn numbering<'a>(costs: &'a [(String, Vec<f64>)], effects: &[(String, Vec<f64>)]) -> Option<&'a str> {
        let counts = |values: &[f64]| {
            let first = values.first().copied().unwrap_or(f64::NAN);
            let steps = |step: usize, value: f64| value == first + step as f64;
            (first == 0.0 || first == 1.0)
                && values.len() > 1
                && values.iter().enumerate().all(|(step, &value)| steps(step, value))
        };
        let seeds = |values: &[f64]| {
            let whole = values.iter().all(|value| value.fract() == 0.0);
            values.len() >= 10 && whole && values.windows(2).all(|pair| pair[0] < pair[1])
        };
        costs.iter().find_map(|(name, values)| {
            let other = effects.iter().find(|(known, _)| known == name);
            let named = Self::is_numbering(name);
            let same = other.is_some_and(|(_, effects)| effects == values);
            let in_order = named && (rising(values) || by_chain(values) && name_of_chain(name));
            let numbers = match other {
                Some(_) => same && (counts(values) || seeds(values) || in_order),
                None => in_order,
            };
            numbers.then_some(name.as_str())
        })
    }

    /// True of the names that columns of draw numbers bear in the exports of models: `draw`, `sim`, `.iteration`, `X`, ...
    pub fn is_numbering(name: &str) -> bool {
        NUMBERINGS.contains(&bare(name).as_str())
    }

    /// Draws as rows: the values of all options for the first draw, then for the second, and so on.
    ///
    /// # Errors
    ///
    /// As [`from_columns`](Self::from_columns).
    pub fn from_rows(
        options: Vec<String>,
        costs: impl Into<Vec<f64>>,
        effects: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        let (costs, effects) = (costs.into(), effects.into());
        let d = options.len();
        if d == 0 || costs.is_empty() {
            return Err(Error::data(
                format!("{d} options and {} costs", costs.len()),
                "at least one option and one draw are needed",
            ));
        }
        if costs.len() != effects.len() || costs.len() % d != 0 {
            return Err(Error::data(
                format!("{} costs and {} effects for {d} options", costs.len(), effects.len()),
                "give a cost and an effect for every option in every draw",
            ));
        }
        let mut seen = BTreeSet::new();
        if let Some(name) = options.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(Error::data(format!("option `{name}` appears twice"), "give each its own name"));
        }
        for (what, values) in [("cost", &costs), ("effect", &effects)] {
            if let Some(at) = values.iter().position(|x| !x.is_finite()) {
                return Err(Error::data(
                    format!("{what} is {}", values[at]),
                    "costs and effects must be finite in every draw",
                )
                .in_column(&options[at % d])
                .in_row(at / d + 1));
            }
            for (at, &value) in values.iter().enumerate() {
                range::draw(what, value)
                    .map_err(|error| error.in_column(&options[at % d]).in_row(at / d + 1))?;
            }
        }
        Ok(Draws { options, costs, effects, price_base: None })
    }

    /// States the currency and price year of the costs.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The names of the options.
    pub fn options(&self) -> &[String] {
        &self.options
    }

    /// The number of draws.
    #[allow(clippy::len_without_is_empty)] // there is always at least one
    pub fn len(&self) -> usize {
        self.costs.len() / self.options.len()
    }

    /// The currency and price year, where stated.
    pub fn price_base(&self) -> Option<PriceBase> {
        self.price_base
    }

    /// Costs draw by draw: option d of draw i is at i · D + d.
    pub fn costs(&self) -> &[f64] {
        &self.costs
    }

    /// Effects draw by draw: option d of draw i is at i · D + d.
    pub fn effects(&self) -> &[f64] {
        &self.effects
    }

    /// The position of an option.
    ///
    /// # Errors
    ///
    /// If the name is not known.
    pub fn position(&self, option: &str) -> Result<usize> {
        self.options
            .iter()
            .position(|known| known == option)
            .ok_or_else(|| Error::unknown("option", option, &self.options))
    }

    /// The mean cost and effect of each option.
    pub fn means(&self) -> (Vec<f64>, Vec<f64>) {
        (means(&self.costs, self.options.len()), means(&self.effects, self.options.len()))
    }

    /// The standard deviations of the cost and effect of each option; `None` with a single draw.
    pub fn standard_deviations(&self) -> Option<(Vec<f64>, Vec<f64>)> {
        if self.len() < 2 {
            return None;
        }
        let sd = |values: &[f64]| {
            let d = self.options.len();
            let centers = means(values, d);
            let mut squares = vec![0.0; d];
            for row in values.chunks_exact(d) {
                for ((square, x), center) in squares.iter_mut().zip(row).zip(&centers) {
                    *square += (x - center) * (x - center);
                }
            }
            squares.into_iter().map(|s| (s / (self.len() - 1) as f64).sqrt()).collect::<Vec<f64>>()
        };
        Some((sd(&self.costs), sd(&self.effects)))
    }

    /// The options at their mean costs and effects.
    ///
    /// # Errors
    ///
    /// If a mean overflows.
    pub fn strategies(&self) -> Result<Strategies> {
        let (costs, effects) = self.means();
        let made = Strategies::new(self.options.clone(), costs, effects)?;
        Ok(match self.price_base {
            Some(base) => made.priced_in(base),
            None => made,
        })
    }

    /// The shares of draws in the quadrants of the cost-effectiveness plane of one option against another.
    ///
    /// # Errors
    ///
    /// If a name is not known.
    pub fn quadrants(&self, intervention: &str, comparator: &str) -> Result<QuadrantShares> {
        let (i, j) = (self.position(intervention)?, self.position(comparator)?);
        let d = self.options.len();
        let pairs = self.costs.chunks_exact(d).zip(self.effects.chunks_exact(d));
        QuadrantShares::of_pairs(pairs.map(|(c, e)| (difference(c[i], c[j]), difference(e[i], e[j]))))
            .ok_or_else(|| Error::data("no draws", "at least one is needed"))
    }
}

/// Names that columns of draw numbers bear, without case and punctuation.
const NUMBERINGS: [&str; 24] = [
    "",
    "chain",
    "chainno",
    "draw",
    "draws",
    "drawid",
    "drawno",
    "sim",
    "sims",
    "simulation",
    "simulationno",
    "iter",
    "iteration",
    "iterations",
    "index",
    "id",
    "x",
    "n",
    "no",
    "row",
    "rowid",
    "run",
    "sample",
    "replicate",
];

fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True of whole numbers of which each is the last one or the next, or the first again: numbers of chains, and of the iterations of each.
fn by_chain(values: &[f64]) -> bool {
    let first = values.first().copied().unwrap_or(f64::NAN);
    let follows = |from: f64, to: f64| to == from || to == from + 1.0 || to == first;
    first.fract() == 0.0 && values.windows(2).all(|pair| follows(pair[0], pair[1]))
}

fn name_of_chain(name: &str) -> bool {
    ["chain", "chainno", "iter", "iteration", "iterations"].contains(&bare(name).as_str())
}

/// True of whole numbers that rise from one to the next, as the numbers of draws do after burn-in or thinning.
fn rising(values: &[f64]) -> bool {
    values.iter().all(|value| value.fract() == 0.0) && values.windows(2).all(|pair| pair[0] < pair[1])
}

/// Means of interleaved columns, with a second pass that removes the rounding of the first.
fn means(values: &[f64], d: usize) -> Vec<f64> {
    let n = (values.len() / d) as f64;
    let pass = |centers: &[f64]| {
        let mut sums = vec![0.0; d];
        for row in values.chunks_exact(d) {
            for ((sum, x), center) in sums.iter_mut().zip(row).zip(centers) {
                *sum += x - center;
            }
        }
        sums.into_iter().map(|s| s / n).collect::<Vec<f64>>()
    };
    let first = pass(&vec![0.0; d]);
    let rest = pass(&first);
    first.iter().zip(rest).map(|(a, b)| a + b).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn tables_match_by_name_whatever_their_order() {
        let draws = Draws::from_tables(
            [("a", vec![1.0, 2.0]), ("b", vec![3.0, 4.0])],
            [("b", vec![0.3, 0.4]), ("a", vec![0.1, 0.2])],
        )
        .unwrap();
        assert_eq!(draws.costs(), [1.0, 3.0, 2.0, 4.0]);
        assert_eq!(draws.effects(), [0.1, 0.3, 0.2, 0.4]);
        assert_eq!(draws.quadrants("b", "a").unwrap().north_east, 1.0);
        assert_eq!(serde_json::from_str::<Draws>(&serde_json::to_string(&draws).unwrap()).unwrap(), draws);
    }

    #[test]
    fn bad_draws_are_named() {
        let tables = |c: Vec<(&str, Vec<f64>)>, e: Vec<(&str, Vec<f64>)>| {
            Draws::from_tables(c, e).unwrap_err().to_string()
        };
        let v = |x: f64| vec![x, x];
        assert!(tables(vec![("a", v(1.0))], vec![("b", v(1.0))]).contains("`b` has effects but no costs"));
        assert!(
            tables(vec![("a", v(1.0)), ("b", v(1.0))], vec![("a", v(1.0))])
                .contains("`b` has costs but no effects")
        );
        assert!(
            tables(vec![("a", v(1.0))], vec![("a", vec![1.0])]).contains("column a: 2 costs and 1 effects")
        );
        let error = tables(vec![("a", vec![1.0, f64::NAN])], vec![("a", v(1.0))]);
        assert!(error.starts_with("row 2, column a: cost is NaN"), "{error}");
        assert!(tables(vec![], vec![]).contains("0 options"));
        assert!(tables(vec![("a", vec![])], vec![("a", vec![])]).contains("0 costs"));
        assert!(tables(vec![("a", v(1.0)), ("a", v(1.0))], vec![("a", v(1.0))]).contains("`a`"));
    }

    #[test]
    fn numbers_of_draws_are_told_from_options() {
        let columns = |name: &str, values: [f64; 3]| {
            vec![(name.to_owned(), values.to_vec()), ("A".to_owned(), vec![100.0, 110.0, 120.0])]
        };
        for (name, values) in [
            (".draw", [1.0, 2.0, 3.0]),
            ("Iteration", [1001.0, 1011.0, 1021.0]),
            ("X", [0.0, 1.0, 2.0]),
            ("anything", [1.0, 2.0, 3.0]),
        ] {
            let both = columns(name, values);
            assert_eq!(Draws::numbering(&both, &both), Some(name));
        }
        // only among the costs, but so named
        assert_eq!(Draws::numbering(&columns("sim", [1.0, 2.0, 3.0]), &[]), Some("sim"));
        assert_eq!(Draws::numbering(&columns("B", [1.0, 2.0, 3.0]), &[]), None);
        let costs = columns("X", [1.0, 2.0, 3.0]);
        let effects = columns("X", [0.1, 0.2, 0.3]);
        assert_eq!(Draws::numbering(&costs, &effects), None);
        let other = columns("B", [5.0, 3.0, 9.0]);
        assert_eq!(Draws::numbering(&other, &other), None);
    }
}
