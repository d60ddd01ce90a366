//! The report of a network meta-analysis: from a fit and what was read from it to a [`Document`], with the items that
//! PRISMA-NMA asks for (Hutton 2015, doi:10.7326/M14-2385).

use super::{Align, Document, DocumentFigure, Grid, ReportOrigin, Section, fixed, p_value, parts};
use crate::{
    network::{
        Cinema, Concern, Decomposition, Difference, Disagreement, League, NetworkFit, NetworkModel, Ranking,
        SplitComparison,
    },
    text::Notation,
};

/// The parts of the report of a network meta-analysis: the fit, and as many of the other readings as there are.
///
/// ```
/// use consilience::{Measure, network::{NetworkData, NetworkMeta, PairRow}, report::NetworkReview};
///
/// let rows = [
///     PairRow::new("1", "B", "A", 1.0, 0.04),
///     PairRow::new("2", "C", "B", 0.5, 0.09),
///     PairRow::new("3", "C", "A", 1.4, 0.05),
/// ];
/// let network = NetworkData::new(Measure::Generic).contrasts(&rows)?;
/// let fit = NetworkMeta::common().fit(&network)?;
/// let decomposition = fit.decompose()?;
/// let document = NetworkReview::new("Three treatments", &fit).decomposition(&decomposition).document();
/// let titles: Vec<&str> = document.sections.iter().map(|section| section.title.as_str()).collect();
/// assert_eq!(titles[..4], ["Result", "Methods", "Network", "Heterogeneity"]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NetworkReview<'a> {
    title: String,
    fit: &'a NetworkFit,
    ranking: Option<&'a Ranking>,
    decomposition: Option<&'a Decomposition>,
    splits: Option<&'a [SplitComparison]>,
    league: Option<&'a League>,
    cinema: Option<&'a Cinema>,
    graph: Option<DocumentFigure>,
    forest: Option<DocumentFigure>,
    rankogram: Option<DocumentFigure>,
    assumptions: Vec<String>,
    left_out: Vec<(String, String)>,
    provenance: Option<ReportOrigin>,
    notation: Notation,
}

impl<'a> NetworkReview<'a> {
    /// A report of a fit.
    pub fn new(title: impl Into<String>, fit: &'a NetworkFit) -> Self {
        NetworkReview {
            title: title.into(),
            fit,
            ranking: None,
            decomposition: None,
            splits: None,
            league: None,
            cinema: None,
            graph: None,
            forest: None,
            rankogram: None,
            assumptions: Vec::new(),
            left_out: Vec::new(),
            provenance: None,
            notation: parts::notation(fit.network.measure, fit.network.scale),
        }
    }

    /// The notation of the tables; without it ratios as ratios.
    #[must_use]
    pub fn notation(mut self, notation: Notation) -> Self {
        self.notation = notation;
        self
    }

    super::parts::report_setters! {
        /// The ranking.
        ranking: &'a Ranking,
        /// The decomposition of Q.
        decomposition: &'a Decomposition,
        /// Direct and indirect evidence.
        splits: &'a [SplitComparison],
        /// The league table.
        league: &'a League,
        /// The inputs of CINeMA.
        cinema: &'a Cinema,
        /// The graph of the network.
        graph: DocumentFigure,
        /// The forest plot against the reference.
        forest: DocumentFigure,
        /// The probabilities of ranks.
        rankogram: DocumentFigure,
    }

    /// The whole report.
    pub fn document(&self) -> Document {
        let mut document = Document::new(&self.title)
            .section(self.result())
            .section(Section::new("Methods").paragraph(self.fit.methods_paragraph()))
            .section(self.network())
            .section(self.heterogeneity())
            .section(self.consistency())
            .section(self.hierarchy())
            .section(self.league_section())
            .section(self.confidence())
            .section(self.assumptions_section());
        if !self.fit.notes.is_empty() {
            document = document.section(Section::new("Notes").list(self.fit.notes.clone()));
        }
        if !self.left_out.is_empty() {
            let lines = self.left_out.iter().map(|(what, why)| format!("{what}: {why}"));
            document = document.section(Section::new("Not done").list(lines));
        }
        match &self.provenance {
            Some(provenance) => document.section(provenance.section()),
            None => document,
        }
    }

    fn name(&self, treatment: usize) -> &str {
        self.fit.network.treatments.get(treatment).map_or("", String::as_str)
    }

    /// An estimate with its interval.
    fn read(&self, d: &Difference) -> String {
        let notation = &self.notation.digits_or(2);
        format!("{} ({})", notation.effect(d.estimate), notation.range(d.ci_lower, d.ci_upper))
    }

    fn prediction(&self, d: &Difference) -> String {
        match (d.prediction_lower, d.prediction_upper) {
            (Some(low), Some(high)) => self.notation.digits_or(2).range(low, high),
            _ => "-".to_owned(),
        }
    }

    fn result(&self) -> Section {
        let fit = self.fit;
        let text = fit.results_paragraph(self.ranking, self.decomposition, self.splits);
        let reference = self.name(fit.reference);
        let interval = format!("{} ({}% CI)", self.notation.estimate(), fit.level.as_percent());
        let mut grid = Grid::new([
            ("treatment".to_owned(), Align::Left),
            (interval, Align::Right),
            ("prediction interval".to_owned(), Align::Right),
            ("P".to_owned(), Align::Right),
        ]);
        for t in (0..fit.treatment_count()).filter(|t| *t != fit.reference) {
            let d = fit.difference(t, fit.reference);
            let p = d.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4));
            grid.row([self.name(t).to_owned(), self.read(&d), self.prediction(&d), p]);
        }
        let caption = format!("Effects against {reference} ({})", fit.network.measure);
        let mut section = Section::new("Result").paragraph(text);
        for figure in [&self.graph, &self.forest].into_iter().flatten() {
            section = section.figure(figure.clone());
        }
        section.table(caption, grid)
    }

    fn network(&self) -> Section {
        let network = &self.fit.network;
        let count = |total: Option<f64>| total.map_or_else(|| "-".to_owned(), |n| fixed(n, 0));
        let mut treatments = Grid::new([
            ("treatment", Align::Left),
            ("studies", Align::Right),
            ("persons", Align::Right),
            ("events", Align::Right),
        ]);
        for (t, name) in network.treatments.iter().enumerate() {
            let arms = || network.studies.iter().flat_map(|s| &s.arms).filter(|arm| arm.treatment == t);
            let studies = network.studies.iter().filter(|s| s.arms.iter().any(|a| a.treatment == t)).count();
            let persons: Option<f64> = arms().map(|arm| arm.size).sum();
            let events: Option<f64> = arms().map(|arm| arm.events).sum();
            treatments.row([name.clone(), studies.to_string(), count(persons), count(events)]);
        }
        let mut designs =
            Grid::new([("design", Align::Left), ("studies", Align::Right), ("which", Align::Left)]);
        for (design, studies) in network.designs() {
            let labels: Vec<&str> = studies.iter().map(|&s| network.studies[s].label.as_str()).collect();
            designs.row([network.design_name(&design), studies.len().to_string(), labels.join(", ")]);
        }
        let connectivity = network.connectivity();
        let bridges: Vec<String> = connectivity.bridges.iter().map(|[a, b]| format!("{a} - {b}")).collect();
        let mut section = Section::new("Network")
            .table("Treatments", treatments)
            .table("Designs: the sets of treatments that studies compare", designs);
        if !bridges.is_empty() {
            section = section.paragraph(format!(
                "Comparisons without which the network falls apart: {}. Estimates across them rest on these comparisons alone.",
                bridges.join(", ")
            ));
        }
        section
    }

    fn heterogeneity(&self) -> Section {
        let h = &self.fit.heterogeneity;
        let mut grid =
            Grid::new([("quantity", Align::Left), ("estimate", Align::Right), ("interval", Align::Right)]);
        let interval = h.tau2_ci.map_or_else(
            || "-".to_owned(),
            |[low, high]| format!("{} to {}", self.notation.number(low), self.notation.number(high)),
        );
        if let (NetworkModel::Random, Some(tau2)) = (self.fit.model, h.tau2) {
            grid.row(["τ², one for all comparisons".to_owned(), self.notation.number(tau2), interval]);
        }
        if let Some(i2) = h.i2 {
            grid.row(["I²".to_owned(), format!("{}%", fixed(i2, 1)), "-".to_owned()]);
        }
        let p = h.q_p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4));
        grid.row([format!("Q on {} df", h.q_df), fixed(h.q, 2), format!("P = {p}")]);
        Section::new("Heterogeneity").table("Heterogeneity and inconsistency together", grid)
    }

    fn consistency(&self) -> Section {
        let mut section = Section::new("Consistency");
        if let Some(d) = self.decomposition {
            let mut grid = disagreements("part");
            let mut row = |name: String, d: &Disagreement| add(&mut grid, name, d);
            row("within designs".to_owned(), &d.within);
            row("between designs".to_owned(), &d.between);
            row("together".to_owned(), &d.total);
            if let Some(i) = &d.interaction {
                row("design-by-treatment interaction, heterogeneity allowed for".to_owned(), &i.disagreement);
            }
            section = section.table("Decomposition of Q", grid);
            if !d.detach.is_empty() {
                let mut grid = disagreements("design that is detached");
                for x in &d.detach {
                    add(&mut grid, self.fit.network.design_name(&x.design), &x.disagreement);
                }
                section = section.table("Q between designs that is left without each design", grid);
            }
        }
        match self.splits.filter(|s| s.iter().any(|s| s.difference.is_some())) {
            Some(splits) => section
                .table("Direct and indirect evidence, where there are both", self.splits_grid(splits))
                .paragraph("P values are not adjusted for the number of comparisons."),
            None => section.paragraph("No comparison has both direct and indirect evidence."),
        }
    }

    fn splits_grid(&self, splits: &[SplitComparison]) -> Grid {
        let mut grid = Grid::new([
            ("comparison", Align::Left),
            ("studies", Align::Right),
            ("direct share", Align::Right),
            ("direct", Align::Right),
            ("indirect", Align::Right),
            ("network", Align::Right),
            ("P of the difference", Align::Right),
        ]);
        for s in splits {
            let (Some(direct), Some(indirect), Some(difference)) = (&s.direct, &s.indirect, &s.difference)
            else {
                continue;
            };
            grid.row([
                format!("{} versus {}", self.name(s.intervention), self.name(s.comparator)),
                s.k.to_string(),
                fixed(s.direct_proportion, 2),
                self.read(direct),
                self.read(indirect),
                self.read(&s.network),
                difference.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4)),
            ]);
        }
        grid
    }

    fn hierarchy(&self) -> Section {
        let section = Section::new("Ranking");
        let Some(ranking) = self.ranking else { return section };
        let mut grid = Grid::new([
            ("treatment", Align::Left),
            ("P-score", Align::Right),
            ("mean rank", Align::Right),
            ("median rank", Align::Right),
            ("P(best)", Align::Right),
            ("effect against the reference", Align::Right),
        ]);
        for name in &ranking.order {
            let Some(row) = ranking.treatments.iter().find(|t| t.treatment == *name) else { continue };
            let effect = match self.fit.network.treatment(name) {
                Ok(t) if t != self.fit.reference => self.read(&self.fit.difference(t, self.fit.reference)),
                _ => "reference".to_owned(),
            };
            grid.row([
                name.clone(),
                fixed(row.p_score, 3),
                fixed(row.mean_rank, 1),
                row.median_rank.to_string(),
                fixed(row.probability_best, 3),
                effect,
            ]);
        }
        let mut section = section.table("The hierarchy, best first", grid).paragraph(format!(
            "The precision of the hierarchy (POTH) is {}, between 0 (none) and 1 (certain). Ranks say nothing of the size of \
             differences: read them beside the effects.",
            fixed(ranking.poth, 3)
        ));
        section = section.list(ranking.notes.clone());
        match &self.rankogram {
            Some(figure) => section.figure(figure.clone()),
            None => section,
        }
    }

    fn league_section(&self) -> Section {
        let section = Section::new("League table");
        let Some(league) = self.league else { return section };
        let first = ("row versus column".to_owned(), Align::Left);
        let mut grid =
            Grid::new(std::iter::once(first).chain(league.order.iter().map(|n| (n.clone(), Align::Right))));
        for (name, row) in league.order.iter().zip(&league.cells) {
            let cell = |d: &Option<Difference>| d.as_ref().map_or_else(|| "-".to_owned(), |d| self.read(d));
            grid.row(std::iter::once(name.clone()).chain(row.iter().map(cell)));
        }
        section.table(
            "Network estimates below the diagonal, direct ones above it; always row versus column",
            grid,
        )
    }

    fn confidence(&self) -> Section {
        let section = Section::new("Confidence in the estimates");
        let Some(cinema) = self.cinema else { return section };
        let mut grid = Grid::new([
            ("comparison", Align::Left),
            ("evidence", Align::Left),
            ("bias: low / some / high", Align::Right),
            ("indirectness: low / some / high", Align::Right),
            ("imprecision", Align::Left),
            ("heterogeneity", Align::Left),
            ("incoherence", Align::Left),
        ]);
        let shares = |s: Option<[f64; 3]>| {
            s.map_or_else(|| "-".to_owned(), |s| s.map(|x| format!("{}%", fixed(100.0 * x, 0))).join(" / "))
        };
        let concern = |c: Option<Concern>| c.map_or_else(|| "-".to_owned(), |c| c.name().to_owned());
        for row in &cinema.rows {
            grid.row([
                format!("{} versus {}", row.intervention, row.comparator),
                row.evidence().to_owned(),
                shares(row.risk_of_bias),
                shares(row.indirectness),
                concern(row.imprecision),
                concern(row.heterogeneity),
                concern(row.incoherence),
            ]);
        }
        section
            .table(
                "Inputs of CINeMA: shares of the evidence by the judgments of the studies, and suggestions",
                grid,
            )
            .list(cinema.notes.clone())
    }

    fn assumptions_section(&self) -> Section {
        let mut lines = vec![
            "Transitivity: studies of different comparisons do not differ in what modifies the effects. The tests of \
             consistency can speak against it, not for it."
                .to_owned(),
            "The studies are independent; the covariance of the contrasts within a study of several arms is that of its data."
                .to_owned(),
        ];
        if self.fit.model == NetworkModel::Random {
            lines.push("All comparisons have the same variance between studies, τ².".to_owned());
        }
        lines.extend(self.assumptions.iter().cloned());
        Section::new("Assumptions").list(lines)
    }
}

fn disagreements(first: &'static str) -> Grid {
    Grid::new([(first, Align::Left), ("Q", Align::Right), ("df", Align::Right), ("P", Align::Right)])
}

fn add(grid: &mut Grid, name: String, d: &Disagreement) {
    let p = d.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4));
    grid.row([name, fixed(d.q, 2), d.df.to_string(), p]);
}
