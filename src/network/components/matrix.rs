//! The components of each treatment.

use serde::{Deserialize, Serialize};

use super::unknown;
use crate::{
    Error, Result,
    network::{Network, data::levels, gls::Design},
};

/// Settings of a component network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentOptions {
    /// The text between the components in the name of a treatment.
    pub separator: String,
    /// A component without an effect, such as placebo.
    pub inactive: Option<String>,
    /// Interactions: the components that only together have a further effect.
    pub interactions: Vec<Vec<String>>,
    /// Combinations, also unseen ones, whose effects are wanted.
    pub combine: Vec<String>,
    /// The components of each treatment, in place of those in its name.
    pub given: Option<ComponentMatrix>,
}

impl ComponentOptions {
    /// Components between this separator.
    pub fn new(separator: impl Into<String>) -> Self {
        ComponentOptions {
            separator: separator.into(),
            inactive: None,
            interactions: Vec::new(),
            combine: Vec::new(),
            given: None,
        }
    }

    /// The component without an effect.
    #[must_use]
    pub fn inactive(mut self, component: impl Into<String>) -> Self {
        self.inactive = Some(component.into());
        self
    }

    /// Interactions as `a*b,c*d`.
    #[must_use]
    pub fn interactions(mut self, text: &str) -> Self {
        self.interactions = text
            .split(',')
            .filter(|part| !part.trim().is_empty())
            .map(|part| part.split('*').map(|name| name.trim().to_owned()).collect())
            .collect();
        self
    }

    /// Combinations as `a+b,c`, with the separator of the options.
    #[must_use]
    pub fn combine(mut self, text: &str) -> Self {
        self.combine =
            text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
        self
    }

    /// The matrix of components, in place of the names of the treatments.
    #[must_use]
    pub fn given(mut self, matrix: ComponentMatrix) -> Self {
        self.given = Some(matrix);
        self
    }

    /// The matrix of a network.
    pub(super) fn matrix(&self, network: &Network) -> Result<ComponentMatrix> {
        let mut matrix = match &self.given {
            Some(given) => given.checked(network)?,
            None => self.named(network)?,
        };
        for interaction in &self.interactions {
            matrix.interact(interaction)?;
        }
        if matrix.columns() == 0 {
            return Err(Error::model("no component is active", "name an inactive one of several components"));
        }
        Ok(matrix)
    }

    fn named(&self, network: &Network) -> Result<ComponentMatrix> {
        if self.separator.is_empty() {
            return Err(Error::setting(
                "components",
                "an empty separator",
                "give the sign between components, as +",
            ));
        }
        let parts: Vec<Vec<&str>> = network.treatments.iter().map(|t| split(t, &self.separator)).collect();
        for (treatment, parts) in network.treatments.iter().zip(&parts) {
            if parts.iter().any(|part| part.is_empty()) {
                return Err(Error::data(
                    format!("treatment `{treatment}` has an empty component"),
                    format!("write the components with one `{}` between two of them", self.separator),
                ));
            }
        }
        let mut names = levels::ordered(parts.iter().flatten().copied());
        if let Some(inactive) = &self.inactive {
            if !names.iter().any(|name| name == inactive.trim()) {
                return Err(unknown(inactive, &names));
            }
            names.retain(|name| name != inactive.trim());
        }
        let values = parts
            .iter()
            .flat_map(|parts| names.iter().map(|name| f64::from(u8::from(parts.contains(&name.as_str())))));
        let values = values.collect();
        let inactive = self.inactive.iter().map(|name| name.trim().to_owned()).collect();
        Ok(ComponentMatrix { names, values, inactive })
    }
}

fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    text.split(separator).map(str::trim).collect()
}

/// The components of the treatments: one row for each treatment, one column for each component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentMatrix {
    /// The components.
    pub names: Vec<String>,
    /// Row by row: 0 and 1, or amounts such as doses.
    pub values: Vec<f64>,
    /// Components without an effect, known but without a column.
    pub inactive: Vec<String>,
}

impl ComponentMatrix {
    /// The amounts of these components in each treatment of a network, row by row in the order of its treatments.
    pub fn new(names: impl Into<Vec<String>>, values: impl Into<Vec<f64>>) -> Self {
        ComponentMatrix { names: names.into(), values: values.into(), inactive: Vec::new() }
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// The row of a treatment.
    pub(super) fn row(&self, treatment: usize) -> &[f64] {
        let c = self.columns();
        &self.values[treatment * c..(treatment + 1) * c]
    }

    fn checked(&self, network: &Network) -> Result<Self> {
        let expected = self.names.len() * network.treatments.len();
        if self.values.len() != expected || !self.values.iter().all(|x| x.is_finite()) {
            let found = format!(
                "{} values for {} treatments and {} components",
                self.values.len(),
                network.treatments.len(),
                self.names.len()
            );
            return Err(Error::setting("components", found, format!("give {expected} finite values")));
        }
        Ok(self.clone())
    }

    fn position(&self, name: &str) -> Result<usize> {
        self.names.iter().position(|known| known == name.trim()).ok_or_else(|| unknown(name, &self.names))
    }

    /// Adds the column of an interaction.
    fn interact(&mut self, interaction: &[String]) -> Result<()> {
        let columns = interaction.iter().map(|name| self.position(name)).collect::<Result<Vec<_>>>()?;
        if columns.len() < 2 {
            let found = format!("`{}`", interaction.join("*"));
            return Err(Error::setting("interactions", found, "join two or more components by *, as a*b"));
        }
        let c = self.columns();
        let mut values = Vec::with_capacity(self.values.len() / c.max(1) * (c + 1));
        for row in self.values.chunks_exact(c) {
            values.extend_from_slice(row);
            values.push(columns.iter().map(|k| row[*k]).product());
        }
        self.values = values;
        self.names.push(interaction.join("*"));
        Ok(())
    }

    /// The row of a combination written with the separator, with the interactions it has.
    pub(super) fn combination(&self, text: &str, separator: &str) -> Result<Vec<f64>> {
        let mut l = vec![0.0; self.columns()];
        for part in split(text, separator) {
            if !self.inactive.iter().any(|name| name == part) {
                l[self.position(part)?] = 1.0;
            }
        }
        for (k, name) in self.names.iter().enumerate().filter(|(_, name)| name.contains('*')) {
            let parts = name.split('*').map(|part| self.names.iter().position(|n| n == part.trim()));
            if let Some(parts) = parts.collect::<Option<Vec<usize>>>() {
                l[k] = parts.iter().map(|p| l[*p]).product();
            }
        }
        Ok(l)
    }

    /// The rows X C, one for each contrast of the network.
    pub(super) fn contrasts(&self, network: &Network) -> Vec<f64> {
        Design::mapped(network, &self.values, self.columns()).rows().to_vec()
    }
}
