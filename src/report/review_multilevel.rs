//! The report of a review whose effects depend on each other: from a multilevel fit and what was read from it to a [`Document`].

use super::{ReportOrigin, fixed, interval, p_value_sentence, parts, percent};
use crate::{
    EffectSizes,
    bias::{MultilevelPetPeese, MultilevelSlope, PetOrPeese},
    multilevel::{MultilevelCoefficient, MultilevelFit, MultilevelInfluence},
    text::{Align, Document, DocumentFigure, Grid, Notation, Section, p_value},
};

/// The parts of the report of a multilevel model: the fit, and as many of the other readings as there are.
///
/// ```
/// use consilience::{EffectSizes, Measure, multilevel::{Factor, Multilevel}, report::MultilevelReport};
///
/// let labels = ["A, depression", "A, anxiety", "B, depression", "C, anxiety", "C, stress"];
/// let effects = EffectSizes::new(
///     Measure::MeanDifference, labels, [1.0, 1.4, 3.0, 0.2, 0.5], [0.2, 0.2, 0.3, 0.1, 0.1],
/// )?;
/// let study = Factor::new("study", ["A", "A", "B", "C", "C"])?;
/// let effect = Factor::each_effect("effect", 5)?;
/// let fit = Multilevel::nested([study, effect])?.fit(&effects)?;
/// let document = MultilevelReport::new("Three studies", &fit, &effects)
///     .random(["study/effect"])
///     .groups("study", ["A", "A", "B", "C", "C"])
///     .document();
/// let titles: Vec<&str> = document.sections.iter().map(|section| section.title.as_str()).collect();
/// assert_eq!(titles[..4], ["Result", "Methods", "Effects", "Heterogeneity"]);
/// assert!(document.to_text().contains("5 effects in 3 levels of study were included."));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MultilevelReport<'a> {
    title: String,
    fit: &'a MultilevelFit,
    effects: &'a EffectSizes,
    random: Vec<String>,
    sampling: Option<String>,
    groups: Option<(String, Vec<String>)>,
    forest: Option<DocumentFigure>,
    funnel: Option<DocumentFigure>,
    influence: Option<&'a MultilevelInfluence>,
    small_studies: Option<(&'a MultilevelSlope, Option<&'a MultilevelPetPeese>)>,
    before: Vec<Section>,
    after: Vec<Section>,
    left_out: Vec<(String, String)>,
    assumptions: Vec<String>,
    provenance: Option<ReportOrigin>,
    notation: Notation,
}

impl<'a> MultilevelReport<'a> {
    /// The report of a fit to these effects.
    pub fn new(title: impl Into<String>, fit: &'a MultilevelFit, effects: &'a EffectSizes) -> Self {
        MultilevelReport {
            title: title.into(),
            fit,
            effects,
            random: Vec::new(),
            sampling: None,
            groups: None,
            forest: None,
            funnel: None,
            influence: None,
            small_studies: None,
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

    /// The random effects in words, such as `study/effect`.
    #[must_use]
    pub fn random<S: Into<String>>(mut self, terms: impl IntoIterator<Item = S>) -> Self {
        self.random = terms.into_iter().map(Into::into).collect();
        self
    }

    /// The sampling covariances in words, such as `0.6:study`.
    #[must_use]
    pub fn sampling(mut self, text: Option<&str>) -> Self {
        self.sampling = text.map(str::to_owned);
        self
    }

    /// The factor under whose levels effects belong together, and its level at each effect.
    #[must_use]
    pub fn groups<S: Into<String>>(mut self, name: &str, levels: impl IntoIterator<Item = S>) -> Self {
        self.groups = Some((name.to_owned(), levels.into_iter().map(Into::into).collect()));
        self
    }

    /// The slope on the standard error, and PET-PEESE.
    #[must_use]
    pub fn small_studies(
        mut self,
        slope: &'a MultilevelSlope,
        pet_peese: Option<&'a MultilevelPetPeese>,
    ) -> Self {
        self.small_studies = Some((slope, pet_peese));
        self
    }

    /// Sections before the effects, such as the flow of studies.
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
        /// The fits without each group.
        influence: &'a MultilevelInfluence,
    }

    /// The document.
    pub fn document(&self) -> Document {
        let mut document = Document::new(&self.title)
            .subtitle(self.fit.headline())
            .section(self.result())
            .section(self.methods());
        for section in &self.before {
            document = document.section(section.clone());
        }
        document = document
            .section(
                Section::new("Effects")
                    .table(format!("Effects {}", self.notation.scale()), self.effects_grid()),
            )
            .section(self.heterogeneity())
            .section(self.small_study_section())
            .section(self.single_groups());
        for section in &self.after {
            document = document.section(section.clone());
        }
        document = document.section(self.assumptions_section());
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
        let mut section = Section::new("Result").paragraph(self.sentences());
        let notation = &self.notation;
        let caption = match fit.coefficients.len() {
            1 => format!("The mean {}", notation.scale()),
            _ if notation.is_ratio() => "Coefficients as ratios".to_owned(),
            _ => format!("Coefficients {}", notation.scale()),
        };
        section = section
            .table(caption, fit.coefficients_grid(notation))
            .lines(parts::coefficients_line(fit.coefficients.iter().map(|c| &c.term), notation));
        section = section.lines(fit.moderator_test.as_ref().map(|test| parts::test_line(test, notation)));
        match &self.forest {
            Some(figure) => section.figure(figure.clone()),
            None => section,
        }
    }

    /// The sentences of a results section.
    fn sentences(&self) -> String {
        let fit = self.fit;
        let mut text = match &self.groups {
            Some((name, levels)) => {
                let count = levels.iter().collect::<std::collections::BTreeSet<_>>().len();
                format!("{} effects in {count} levels of {name} were included.", fit.k)
            }
            None => format!("{} effects were included.", fit.k),
        };
        if let [mean] = fit.coefficients.as_slice() {
            let t = &fit.transformed;
            let (estimate, lower, upper) = match (t.estimate, t.ci_lower, t.ci_upper) {
                (Some(e), Some(l), Some(u)) => (e, l, u),
                _ => (mean.estimate, mean.ci_lower, mean.ci_upper),
            };
            let name = self.measure_name();
            let ci = interval("CI", fit.level, lower, upper, 2);
            let p = mean.p_value.map_or(String::new(), |p| format!("; {}", p_value_sentence(p)));
            text += &format!(" The mean {name} was {} ({ci}{p}).", fixed(estimate, 2));
        }
        if let Some(prediction) = &fit.prediction {
            let t = &fit.transformed;
            let (lower, upper) = match (t.prediction_lower, t.prediction_upper) {
                (Some(l), Some(u)) => (l, u),
                _ => (prediction.lower, prediction.upper),
            };
            text += &format!(
                " The true effect of a new group is expected between {} and {} ({} prediction interval).",
                fixed(lower, 2),
                fixed(upper, 2),
                fit.level
            );
        }
        text
    }

    fn measure_name(&self) -> String {
        match self.fit.measure.display_label().to_lowercase() {
            label if label.is_empty() => "effect".to_owned(),
            label => label,
        }
    }

    fn methods(&self) -> Section {
        let fit = self.fit;
        let mut lines = vec![
            format!("Measure: {} ({})", fit.measure.label().to_lowercase(), fit.measure),
            format!("Multilevel (multivariate) model, estimated by {}", fit.method),
        ];
        if !self.random.is_empty() {
            lines.push(format!("Random effects: {}", self.random.join("; ")));
        }
        match &self.sampling {
            Some(text) => lines.push(format!("Sampling covariances: {text} (correlation:cluster, assumed)")),
            None => lines.push("Sampling errors of different effects are taken as independent".to_owned()),
        }
        lines.push(match &fit.robust {
            Some(robust) => {
                format!("Inference: cluster-robust {}, {} clusters", robust.kind, robust.clusters)
            }
            None => format!("Inference: {}", fit.inference.code()),
        });
        Section::new("Methods").list(lines)
    }

    fn effects_grid(&self) -> Grid {
        let (fit, effects) = (self.fit, self.effects);
        let mut header = Vec::new();
        if let Some((name, _)) = &self.groups {
            header.push((name.clone(), Align::Left));
        }
        header.push(("effect".to_owned(), Align::Left));
        let notation = &self.notation;
        let names = [notation.estimate(), notation.se(), "ci.lb", "ci.ub"];
        header.extend(names.map(|name| (name.to_owned(), Align::Right)));
        let back = effects.scale().is_some() && !notation.is_ratio();
        if back {
            header.push((self.measure_name(), Align::Right));
        }
        let critical = fit.level.critical_value(None);
        let mut grid = Grid::new(header);
        for (at, ((label, &yi), &vi)) in
            effects.labels().iter().zip(effects.yi()).zip(effects.vi()).enumerate()
        {
            let mut row = Vec::new();
            if let Some((_, levels)) = &self.groups {
                row.push(levels.get(at).cloned().unwrap_or_default());
            }
            row.push(label.clone());
            let se = vi.sqrt();
            row.extend([notation.effect(yi), notation.number(se)]);
            row.extend([-critical, critical].map(|z| notation.effect(yi + z * se)));
            if back {
                let size = effects.sizes().and_then(|sizes| sizes.get(at).copied()).or(fit.back.size);
                let value = effects.transform().apply(yi, size);
                row.push(value.map_or_else(|| "-".to_owned(), |value| fixed(value, notation.decimals(2))));
            }
            grid.row(row);
        }
        grid
    }

    fn heterogeneity(&self) -> Section {
        let mut section = Section::new("Heterogeneity");
        for part in self.fit.variance_sections(&self.notation) {
            if !part.title.is_empty() {
                section = section.heading(part.title);
            }
            for block in part.blocks {
                section = section.block(block);
            }
        }
        section
    }

    fn small_study_section(&self) -> Section {
        let mut section = Section::new("Small-study effects");
        if let Some((slope, pet_peese)) = &self.small_studies {
            let notation = &self.notation;
            let names = ["", notation.estimate(), notation.se(), "P", "ci.lb", "ci.ub"];
            let mut grid = Grid::new(
                names
                    .iter()
                    .enumerate()
                    .map(|(at, name)| (*name, if at == 0 { Align::Left } else { Align::Right })),
            );
            let mut row = |name: &str, c: &MultilevelCoefficient, notation: &Notation| {
                let mut cells = vec![name.to_owned(), notation.effect(c.estimate), notation.number(c.se)];
                cells.push(c.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4)));
                cells.extend([c.ci_lower, c.ci_upper].map(|value| notation.effect(value)));
                grid.row(cells);
            };
            // The slope is a change of the logarithm, no effect.
            let of = if notation.is_ratio() { " (of the logarithm)" } else { "" };
            let name = format!("slope on the standard error{of}");
            row(&name, &slope.slope, &notation.of_logarithms());
            if let Some(pet) = pet_peese {
                row("PET: effect at a standard error of 0", &pet.pet, notation);
                row("PEESE: effect at a variance of 0", &pet.peese, notation);
            }
            section = section.table("The effects against their standard errors, in the same model", grid);
            if let Some(pet) = pet_peese {
                let chosen = if pet.chosen == PetOrPeese::Peese { "PEESE" } else { "PET" };
                section = section
                    .paragraph(format!("By the rule of Stanley and Doucouliagos (2014), {chosen} is taken."));
            }
        }
        match &self.funnel {
            Some(figure) => section.figure(figure.clone()),
            None => section,
        }
    }

    fn single_groups(&self) -> Section {
        let section = Section::new("Influence of single groups");
        let Some(influence) = self.influence else { return section };
        let mut names = vec![influence.by.clone(), "k".to_owned(), "weight".to_owned()];
        let notation = &self.notation;
        let mean = influence.terms.len() == 1 && notation.is_ratio();
        let term = |term: &String| if mean { notation.estimate().to_owned() } else { term.clone() };
        names.extend(influence.terms.iter().map(term));
        names.push("Cook's distance".to_owned());
        let mut grid = Grid::new(
            names
                .into_iter()
                .enumerate()
                .map(|(at, name)| (name, if at == 0 { Align::Left } else { Align::Right })),
        );
        for cluster in &influence.clusters {
            let mut row = vec![cluster.cluster.clone(), cluster.k.to_string(), percent(cluster.weight, 2)];
            match &cluster.without {
                Some(without) => {
                    row.extend(without.estimates.iter().map(|value| notation.effect(*value)));
                    row.push(notation.number(without.cook_distance));
                }
                None => row.extend(std::iter::repeat_n("-".to_owned(), influence.terms.len() + 1)),
            }
            grid.row(row);
        }
        let reasons = influence.clusters.iter().filter_map(|cluster| {
            cluster.reason.as_ref().map(|reason| format!("{}: {reason}", cluster.cluster))
        });
        section.table(format!("The fits without each level of {}", influence.by), grid).list(reasons)
    }

    fn assumptions_section(&self) -> Section {
        let fit = self.fit;
        let mut lines = vec![
            "Estimates are normally distributed about the true effects, with known sampling variances."
                .to_owned(),
            "True effects vary as the random effects say, normally distributed at every level.".to_owned(),
        ];
        lines.push(match &fit.robust {
            Some(robust) => format!(
                "Effects of different clusters are independent; within a cluster they may depend on each other in any way ({} \
                 clusters).",
                robust.clusters
            ),
            None => "Inference holds if the random effects and the sampling covariances are right.".to_owned(),
        });
        if self.sampling.is_some() {
            lines.push(
                "The correlation of sampling errors is assumed, not observed: repeat with others.".to_owned(),
            );
        }
        lines.extend(self.assumptions.iter().cloned());
        let mut section = Section::new("Assumptions and notes").list(lines);
        if !fit.notes.is_empty() {
            section = section.heading("Notes of the analysis").list(fit.notes.iter().cloned());
        }
        section
    }
}
