//! Changes to the rows of a forest plot that is complete: the order of its blocks, the numbers of studies.

use super::{Forest, ForestRow, SummaryLevel};
use crate::{Error, Result};

impl Forest {
    /// Puts the blocks of subgroups into an order; levels that are not named follow in theirs. To be called when all rows are
    /// there.
    ///
    /// ```
    /// use consilience::plot::{Forest, forest::{ForestRow, ForestStudy}};
    /// let study = |name: &str| ForestStudy::new(name).effect(0.1, -0.1, 0.3);
    /// let forest = Forest::new("Effect")
    ///     .heading("low").study(study("A"))
    ///     .heading("high").study(study("B"))
    ///     .level_order(["high"])?;
    /// assert!(matches!(&forest.rows[0], ForestRow::Heading(level) if level == "high"));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for a name that no block has, [`Error::Setting`] for one that comes twice or a plot without blocks.
    pub fn level_order<S: AsRef<str>>(mut self, levels: impl IntoIterator<Item = S>) -> Result<Self> {
        let rows = std::mem::take(&mut self.rows);
        let (mut before, mut blocks, mut after) =
            (Vec::new(), Vec::<(String, Vec<ForestRow>)>::new(), Vec::new());
        for row in rows {
            match (&row, blocks.last_mut()) {
                (ForestRow::Heading(level), _) => blocks.push((level.clone(), vec![row])),
                (_, None) => before.push(row),
                (ForestRow::Summary(summary), Some(_)) if summary.level == SummaryLevel::Total => {
                    after.push(row)
                }
                (_, Some((_, block))) if after.is_empty() => block.push(row),
                _ => after.push(row),
            }
        }
        if blocks.is_empty() {
            let found = "the plot has no subgroups";
            return Err(Error::setting("order of levels", found, "name a column of subgroups"));
        }
        let known: Vec<String> = blocks.iter().map(|(level, _)| level.clone()).collect();
        let mut ordered = Vec::new();
        for wanted in levels {
            let wanted = wanted.as_ref().trim();
            match blocks.iter().position(|(level, _)| level == wanted) {
                Some(at) => ordered.push(blocks.remove(at)),
                None if known.iter().any(|level| level == wanted) => {
                    let found = format!("`{wanted}` comes twice");
                    return Err(Error::setting("order of levels", found, "name each level once"));
                }
                None => return Err(Error::unknown("level", wanted, known)),
            }
        }
        ordered.extend(blocks);
        self.rows = before;
        self.rows.extend(ordered.into_iter().flat_map(|(_, block)| block));
        self.rows.extend(after);
        Ok(self)
    }

    /// Says with every pooled estimate how many studies are behind it: `Random effects (REML), k = 13`. To be called when all
    /// rows are there.
    #[must_use]
    pub fn counted(mut self) -> Self {
        let (mut all, mut block) = (0_usize, 0_usize);
        for row in &mut self.rows {
            match row {
                ForestRow::Heading(_) => block = 0,
                ForestRow::Study(study) if study.effect.is_some() => {
                    all += 1;
                    block += 1;
                }
                ForestRow::Summary(summary) => {
                    let k = if summary.level == SummaryLevel::Total { all } else { block };
                    summary.label += &format!(", k = {k}");
                }
                _ => {}
            }
        }
        self
    }
}
