//! From an influence report to forest plots: leave-one-out and cumulative.

use super::{ColumnSide, Forest, ForestColumn, ForestStudy, ForestSummary, SummaryLine};
use crate::{
    Error, Result,
    influence::{InfluenceReport, PartialFit},
    text::{fixed, p_value, percent},
};

impl InfluenceReport {
    /// The forest plot of the fits without each study, in the order of the data; the fit to all of them, if the report has it, is the
    /// diamond and the dashed line.
    ///
    /// # Errors
    ///
    /// If the report has none: they are of models without moderators and need at least two studies.
    pub fn leave_one_out_plot(&self) -> Result<Forest> {
        let fits = self.leave_one_out.as_deref().filter(|fits| !fits.is_empty());
        let fits = fits.ok_or_else(|| missing("leave-one-out fits"))?;
        let forest = self.forest_of(fits, "Without", |fit| fit.study.clone());
        // The last of the cumulative fits is of all studies.
        let all = self.cumulative.as_deref().and_then(<[PartialFit]>::last).filter(|fit| fit.k == self.k);
        Ok(match all {
            Some(fit) => forest
                .summary(
                    ForestSummary::new("All studies", fit.estimate, fit.ci_lower, fit.ci_upper)
                        .cells(cells(fit)),
                )
                .summary_line(SummaryLine::Last),
            None => forest,
        })
    }

    /// The forest plot of the fits to the first study, the first two, and so on; the last has them all and is the dashed
    /// line.
    ///
    /// # Errors
    ///
    /// If the report has none: they are of models without moderators.
    pub fn cumulative_plot(&self) -> Result<Forest> {
        let fits = self.cumulative.as_deref().filter(|fits| !fits.is_empty());
        let fits = fits.ok_or_else(|| missing("cumulative fits"))?;
        let (last, before) = fits.split_last().ok_or_else(|| missing("cumulative fits"))?;
        let named = |fit: &PartialFit| match fit.k {
            1 => fit.study.clone(),
            _ => format!("+ {}", fit.study),
        };
        let forest = self.forest_of(before, "Studies added", named);
        let total =
            ForestSummary::new(named(last), last.estimate, last.ci_lower, last.ci_upper).cells(cells(last));
        Ok(forest.summary(total).summary_line(SummaryLine::Last))
    }

    fn forest_of(&self, fits: &[PartialFit], header: &str, name: impl Fn(&PartialFit) -> String) -> Forest {
        let right = |header: &str| ForestColumn::new(header).side(ColumnSide::Right);
        let mut forest = Forest::of_measure(self.measure)
            .level(self.level)
            .study_header(header)
            .summary_line(SummaryLine::Hidden)
            .column(ForestColumn::new("k").priority(1))
            .column(right("P value").priority(1))
            .column(right("\u{3c4}\u{b2}"))
            .column(right("I\u{b2}"));
        for fit in fits {
            let study = ForestStudy::new(name(fit)).cells(cells(fit));
            forest = forest.study(study.effect(fit.estimate, fit.ci_lower, fit.ci_upper));
        }
        forest
    }
}

fn cells(fit: &PartialFit) -> [String; 4] {
    [
        fit.k.to_string(),
        fit.p_value.map_or_else(String::new, |p| p_value(p, 3).replace("<.", "<0.")),
        fit.tau2.map_or_else(String::new, |tau2| fixed(tau2, 3)),
        fit.i2.map_or_else(String::new, |i2| percent(i2, 0)),
    ]
}

fn missing(what: &str) -> Error {
    Error::model(
        format!("the report has no {what}"),
        "they are of models without moderators, of at least two studies",
    )
}
