//! The report of a review: from a fit and what was read from it to a [`Document`].

use super::{
    ReportOrigin, parts,
    regression::{coefficients_grid, predictions_grid},
};
use crate::{
    bias::BiasReport,
    influence::InfluenceReport,
    pool::{Multiverse, PoolFit, PoolModel},
    regression::RegressionFit,
    text::{
        Align, Document, DocumentFigure, Grid, Notation, Section, fixed, p_value, p_value_sentence, percent,
    },
};

/// The parts of the report of a review: the fit, and as many of the other readings as there are.
///
/// ```
/// use consilience::{EffectSizes, Measure, pool::{Multiverse, RandomEffects}, report::ReviewReport};
///
/// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
/// let fit = RandomEffects::default().fit(&effects)?;
/// let multiverse = Multiverse::new(&effects, 0.95)?;
/// let document = ReviewReport::new("Three studies", &fit).multiverse(&multiverse).document();
/// let titles: Vec<&str> = document.sections.iter().map(|section| section.title.as_str()).collect();
/// assert_eq!(titles[..4], ["Result", "Methods", "Studies", "Heterogeneity"]);
/// assert!(document.to_html().starts_with("<!DOCTYPE html>"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ReviewReport<'a> {
    title: String,
    fit: &'a PoolFit,
    forest: Option<DocumentFigure>,
    funnel: Option<DocumentFigure>,
    specification: Option<DocumentFigure>,
    bubble: Option<DocumentFigure>,
    baujat: Option<DocumentFigure>,
    regression: Option<&'a RegressionFit>,
    multiverse: Option<&'a Multiverse>,
    bias: Option<&'a BiasReport>,
    influence: Option<&'a InfluenceReport>,
    before: Vec<Section>,
    after: Vec<Section>,
    left_out: Vec<(String, String)>,
    assumptions: Vec<String>,
    provenance: Option<ReportOrigin>,
    notation: Notation,
}

impl<'a> ReviewReport<'a> {
    /// The report of a fit.
    pub fn new(title: impl Into<String>, fit: &'a PoolFit) -> Self {
        ReviewReport {
            title: title.into(),
            fit,
            forest: None,
            funnel: None,
            specification: None,
            bubble: None,
            baujat: None,
            regression: None,
            multiverse: None,
            bias: None,
            influence: None,
            before: Vec::new(),
            after: Vec::new(),
            left_out: Vec::new(),
            assumptions: Vec::new(),
            provenance: None,
            notation: fit.notation(),
        }
    }

    /// The notation of the tables; without it ratios as ratios, with four decimals.
    #[must_use]
    pub fn notation(mut self, notation: Notation) -> Self {
        self.notation = notation;
        self
    }

    /// Sections before the studies, such as the flow of studies.
    #[must_use]
    pub fn before_studies(mut self, sections: impl IntoIterator<Item = Section>) -> Self {
        self.before.extend(sections);
        self
    }

    /// Sections after the results, such as the risk of bias.
    #[must_use]
    pub fn after_results(mut self, sections: impl IntoIterator<Item = Section>) -> Self {
        self.after.extend(sections);
        self
    }

    super::parts::report_setters! {
        /// The forest plot.
        forest: DocumentFigure,
        /// The funnel plot, for the section on small-study effects.
        funnel: DocumentFigure,
        /// The specification curve, for the section on the sensitivity to the method.
        specification: DocumentFigure,
        /// The bubble plot of a moderator, for the section on the meta-regression.
        bubble: DocumentFigure,
        /// The Baujat plot, for the section on single studies.
        baujat: DocumentFigure,
        /// A meta-regression.
        regression: &'a RegressionFit,
        /// Every estimator by every inference.
        multiverse: &'a Multiverse,
        /// Small-study effects.
        bias: &'a BiasReport,
        /// Influence of single studies.
        influence: &'a InfluenceReport,
    }

    /// The document.
    pub fn document(&self) -> Document {
        let fit = self.fit;
        let mut subtitle = format!("{} of {}", fit.headline(), fit.measure.display_label().to_lowercase());
        if fit.measure.display_label().is_empty() {
            subtitle = fit.headline();
        }
        let mut document =
            Document::new(&self.title).subtitle(subtitle).section(self.result()).section(self.methods());
        document = self.before.iter().cloned().fold(document, Document::section);
        document = document
            .section(
                Section::new("Studies")
                    .table("Effects and weights of the studies", fit.studies_grid(&self.notation)),
            )
            .section(self.heterogeneity())
            .section(self.subgroups())
            .section(self.moderators())
            .section(self.sensitivity())
            .section(self.small_studies())
            .section(self.single_studies());
        document =
            self.after.iter().cloned().fold(document, Document::section).section(self.assumptions_section());
        if !self.left_out.is_empty() {
            let lines = self.left_out.iter().map(|(what, why)| format!("{what}: {why}"));
            document = document.section(Section::new("Not done").list(lines));
        }
        match &self.provenance {
            Some(provenance) => document.section(provenance.section()),
            None => document,
        }
    }

    fn result(&self) -> Section {
        let fit = self.fit;
        let mut section = Section::new("Result").paragraph(fit.results_paragraph());
        let notation = &self.notation;
        let caption = format!("The pooled effect {}", notation.scale());
        section = section.table(caption, fit.results_grid(notation));
        section = section
            .list([fit.transformed_line(notation), fit.prediction_line(notation)].into_iter().flatten());
        match &self.forest {
            Some(figure) => section.figure(figure.clone()),
            None => section,
        }
    }

    fn methods(&self) -> Section {
        let mut section =
            Section::new("Methods").paragraph(self.fit.methods_paragraph()).list(self.fit.methods());
        if let Some(regression) = self.regression {
            section = section.heading("Meta-regression").list(regression.methods());
        }
        section
    }

    fn heterogeneity(&self) -> Section {
        let fit = self.fit;
        let h = &fit.heterogeneity;
        let four = self.notation.decimals(4);
        let mut grid = Grid::new([
            ("quantity".to_owned(), Align::Left),
            ("estimate".to_owned(), Align::Right),
            (format!("{} CI", fit.level), Align::Right),
        ]);
        let limits = |ci: Option<[f64; 2]>, digits: usize, unit: &str| match ci {
            _ if h.tau2_ci_empty => "empty set".to_owned(),
            Some([a, b]) => format!("{}{unit} to {}{unit}", fixed(a, digits), fixed(b, digits)),
            None => "-".to_owned(),
        };
        if let Some(tau2) = h.tau2 {
            let name = format!("τ², variance of true effects{}", self.of_logarithms());
            grid.row([name, self.notation.number(tau2), limits(h.tau2_ci, four, "")]);
        }
        if let Some(tau) = h.tau {
            let tau = self.notation.number(tau);
            grid.row(["τ, their standard deviation".to_owned(), tau, limits(h.tau_ci, four, "")]);
        }
        if let Some(i2) = h.i2 {
            let ci = if h.tau2.is_some() { limits(h.i2_ci, 1, "%") } else { limits(h.i2_q_ci, 1, "%") };
            grid.row(["I², share of the variance between studies".to_owned(), percent(i2, 1), ci]);
        }
        if let Some(h2) = h.h2 {
            grid.row(["H², total over sampling variance".to_owned(), fixed(h2, 2), limits(h.h2_ci, 2, "")]);
        }
        let mut section = Section::new("Heterogeneity").table("How far the studies disagree", grid);
        if let (Some(q), Some(p)) = (h.q, h.q_p_value) {
            section = section.paragraph(format!(
                "Cochran's Q is {} on {} degrees of freedom ({}).",
                fixed(q, 2),
                h.q_df,
                p_value_sentence(p)
            ));
        }
        let scale = match self.notation.is_ratio() {
            true => format!("as {}", self.notation.estimate()),
            false => self.notation.scale(),
        };
        let caption = format!("{} prediction intervals by convention, {scale}", fit.level);
        section.table(caption, self.predictions())
    }

    fn predictions(&self) -> Grid {
        let names = ["convention", "df", "lower", "upper"];
        let mut grid = Grid::new(
            names.map(|name| (name, if name == "convention" { Align::Left } else { Align::Right })),
        );
        for p in self.fit.predictions() {
            let df = p.df.map_or("-".to_owned(), |df| fixed(df, if df.fract() == 0.0 { 0 } else { 2 }));
            let [lower, upper] = [p.lower, p.upper].map(|limit| self.notation.effect(limit));
            grid.row([p.method.code().to_owned(), df, lower, upper]);
        }
        grid
    }

    /// Words after a variance of effects that are written as ratios.
    fn of_logarithms(&self) -> &'static str {
        if self.notation.is_ratio() { " (of logarithms)" } else { "" }
    }

    fn subgroups(&self) -> Section {
        let mut section = Section::new("Subgroups");
        if let Some(grid) = self.fit.subgroups_grid(&self.notation) {
            section = section.table("The pooled effect of each subgroup", grid);
        }
        if let Some(test) = &self.fit.subgroup_test {
            section = section.paragraph(format!(
                "Test for subgroup differences: Q = {} on {} df ({}). Differences between subgroups of studies are \
                 observational, also where each study was randomized.",
                fixed(test.q, 2),
                test.df,
                p_value_sentence(test.p_value)
            ));
        }
        section
    }

    fn moderators(&self) -> Section {
        let section = Section::new("Meta-regression");
        let Some(fit) = self.regression else { return section };
        let notation = &self.notation;
        let caption = match notation.is_ratio() {
            true => "Coefficients as ratios".to_owned(),
            false => format!("Coefficients {}", notation.scale()),
        };
        let mut section = section
            .paragraph(format!("{}.", fit.headline()))
            .table(caption, coefficients_grid(&fit.coefficients, notation))
            .lines(parts::coefficients_line(fit.coefficients.iter().map(|c| &c.term), notation));
        if let Some(test) = &fit.moderator_test {
            section = section.paragraph(format!("Test of moderators: {}.", parts::test_line(test, notation)));
        }
        section = section.list(
            fit.residual_facts(notation)
                .into_iter()
                .map(|(name, value)| format!("{name}: {value}"))
                .chain(fit.residual_test(notation)),
        );
        if let Some(figure) = &self.bubble {
            section = section.figure(figure.clone());
        }
        if let Some(predictions) = &fit.predictions {
            section = section.table("Predicted effects", predictions_grid(predictions, notation));
        }
        section.list(fit.notes.iter().filter(|note| !self.fit.notes.contains(note)).cloned())
    }

    fn sensitivity(&self) -> Section {
        let section = Section::new("Sensitivity to the method");
        let Some(multiverse) = self.multiverse else { return section };
        let range = |values: &dyn Fn(&crate::pool::MultiverseRow) -> f64| {
            let least = multiverse.rows.iter().map(values).fold(f64::INFINITY, f64::min);
            let most = multiverse.rows.iter().map(values).fold(f64::NEG_INFINITY, f64::max);
            self.notation.range(least, most)
        };
        let name = self.notation.estimate();
        let all = multiverse.rows.len();
        let mut text = format!(
            "The analysis was repeated by every estimator of τ² with every inference: {all} combinations. The {name} goes \
             from {}, its lower limit from {}, its upper limit from {}.",
            range(&|row| row.estimate),
            range(&|row| row.ci_lower),
            range(&|row| row.ci_upper)
        );
        if self.fit.p_value.is_some() {
            let (count, null) = (multiverse.excluding(0.0).count(), self.notation.null());
            text += &format!(" {count} of {all} intervals exclude {null}.");
        }
        let mut section = section.paragraph(text);
        if let Some(figure) = &self.specification {
            section = section.figure(figure.clone());
        }
        let scale = self.notation.scale();
        section.table(
            format!("All methods, {} intervals, {scale}", multiverse.level),
            multiverse.grid(&self.notation),
        )
    }

    fn small_studies(&self) -> Section {
        let mut section = Section::new("Small-study effects");
        if let Some(report) = self.bias {
            section = section.paragraph(format!("{}.", report.headline())).paragraph(&report.guidance);
        }
        if let Some(figure) = &self.funnel {
            section = section.figure(figure.clone());
        }
        let Some(report) = self.bias else { return section };
        for part in report.parts(&self.notation) {
            section = section.table(part.title, part.grid).paragraph(part.line.unwrap_or_default());
        }
        section.list(report.notes.iter().filter(|note| !self.fit.notes.contains(note)).cloned())
    }

    fn single_studies(&self) -> Section {
        let section = Section::new("Influence of single studies");
        let Some(report) = self.influence else { return section };
        let mut section = section.paragraph(format!("{}.", report.headline()));
        section = section.paragraph(report.verdict().unwrap_or_default());
        if let Some(fits) = &report.leave_one_out {
            let by = |values: fn(&crate::influence::PartialFit) -> f64| {
                let least = fits.iter().map(values).fold(f64::INFINITY, f64::min);
                let most = fits.iter().map(values).fold(f64::NEG_INFINITY, f64::max);
                (least, most)
            };
            let (least, most) = by(|fit| fit.estimate);
            if least.is_finite() && most.is_finite() {
                let significant = fits.iter().filter(|fit| fit.p_value.is_some_and(|p| p < 0.05)).count();
                section = section.paragraph(format!(
                    "Without one study at a time the {} goes from {}; P is below 0.05 in {significant} of {} fits.",
                    self.notation.estimate(),
                    self.notation.range(least, most),
                    fits.len()
                ));
            }
        }
        if let Some(figure) = &self.baujat {
            section = section.figure(figure.clone());
        }
        for (title, grid) in report.grids(&self.notation) {
            section = section.table(title, grid);
        }
        section.list(report.notes.iter().filter(|note| !self.fit.notes.contains(note)).cloned())
    }

    fn assumptions_section(&self) -> Section {
        let fit = self.fit;
        let mut lines = vec![match &fit.robust {
            Some(robust) => format!(
                "Effects of different clusters are independent; within a cluster they may depend on each other ({} clusters).",
                robust.clusters
            ),
            None => "The effects of different studies are independent of each other.".to_owned(),
        }];
        match fit.model {
            PoolModel::Random => {
                lines.push("The sampling variances of the studies are known, and their estimates are normally distributed.".to_owned());
                lines.push(
                    "The true effects of the studies are draws from one normal distribution; the pooled effect is its mean, the \
                     prediction interval describes its spread."
                        .to_owned(),
                );
            }
            PoolModel::Fixed => {
                lines.push("The sampling variances of the studies are known, and their estimates are normally distributed.".to_owned());
                lines.push(
                    "One true effect stands behind all studies; if not, the result is a weighted mean of these studies only."
                        .to_owned(),
                );
            }
            PoolModel::Mh | PoolModel::Peto => lines.push(
                "One true effect stands behind all studies; if not, the result is a weighted mean of these studies only.".to_owned(),
            ),
        }
        lines.extend(self.assumptions.iter().cloned());
        if let Some(p) = fit.fit.as_ref().map(|_| ()).and(fit.p_value) {
            let null = match self.fit.ratio_name() {
                Some(name) => format!("a {name} of 1"),
                None => "a value of 0 on the scale of the analysis".to_owned(),
            };
            lines.push(format!("The P value of the pooled effect ({}) tests {null}.", p_value(p, 4)));
        }
        let mut section = Section::new("Assumptions and notes").list(lines);
        if !fit.notes.is_empty() {
            section = section.heading("Notes of the analysis").list(fit.notes.iter().cloned());
        }
        section
    }
}
