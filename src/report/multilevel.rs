//! The printed fit of a multilevel model, in metafor's layout.

use std::fmt;

use super::parts;
use crate::{
    linear::INTERCEPT,
    multilevel::{MultilevelFit, StructureEstimate},
    text::{
        Align, Grid, Notation, Section, coefficients_csv, degrees, markdown, p_text, p_value, percent, plain,
    },
};

/// Ratios as ratios; `{:#}` for their logarithms, `{:.2}` for two decimals.
impl fmt::Display for MultilevelFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.ratio_name());
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}

impl MultilevelFit {
    /// `Multivariate Meta-Analysis Model (k = 56; method: REML)`.
    pub fn headline(&self) -> String {
        format!("Multivariate Meta-Analysis Model (k = {}; method: {})", self.k, self.method)
    }

    /// The printed fit: criteria, variance components, heterogeneity, the test of moderators, coefficients, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&self.notation())
    }

    /// The name of the ratio that the effects are logarithms of; `None` for other measures.
    pub fn ratio_name(&self) -> Option<String> {
        self.measure.ratio_name(self.back.scale)
    }

    /// The notation of the printed fit: ratios as ratios.
    pub fn notation(&self) -> Notation {
        parts::notation(self.measure, self.back.scale)
    }

    /// The printed fit in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let mut sections = vec![parts::criteria(&self.fit, notation)];
        sections.extend(self.variance_sections(notation));
        let test = self.moderator_test.as_ref().map(|test| parts::test_line(test, notation));
        sections.extend(test.map(|line| Section::new("Test of Moderators").lines([line])));
        sections.push(self.results_section(notation));
        sections.extend(parts::notes(&self.notes));
        sections
    }

    /// Variance components, structures and the test for heterogeneity.
    pub(super) fn variance_sections(&self, notation: &Notation) -> Vec<Section> {
        let mut components = Section::new("Variance Components");
        if self.variance_components.is_empty() && self.structures.is_empty() {
            components = components.paragraph("none");
        }
        let mut sections = vec![components.table("", self.components_grid(notation))];
        sections.extend(self.structures.iter().map(|structure| structure_section(structure, notation)));
        let heterogeneity = self.heterogeneity_section(notation);
        sections.extend(Some(heterogeneity).filter(|section| !section.blocks.is_empty()));
        sections
    }

    fn components_grid(&self, notation: &Notation) -> Grid {
        let some = |value: Option<f64>| value.map_or_else(String::new, |value| notation.number(value));
        let intervals = self.variance_components.iter().any(|component| component.ci.is_some());
        let mut header =
            vec![("", Align::Left), ("estim", Align::Right), ("sqrt", Align::Right), ("nlvls", Align::Right)];
        if intervals {
            header.extend([("ci.lb", Align::Right), ("ci.ub", Align::Right)]);
        }
        header.extend([("I^2", Align::Right), ("factor", Align::Left)]);
        let mut grid = Grid::new(header);
        for (at, component) in self.variance_components.iter().enumerate() {
            let mut row = vec![
                format!("sigma^2.{}", at + 1),
                notation.number(component.sigma2),
                notation.number(component.sigma2.sqrt()),
                component.levels.to_string(),
            ];
            if intervals {
                row.extend([0, 1].map(|end| some(component.ci.and_then(|ci| ci[end]))));
            }
            row.push(component.i2.map_or_else(String::new, |i2| percent(i2, 2)));
            row.push(component.name.clone());
            grid.row(row);
        }
        grid
    }

    fn heterogeneity_section(&self, notation: &Notation) -> Section {
        let heterogeneity = &self.residual_heterogeneity;
        let residual = if self.moderator_test.is_some() { "Residual " } else { "" };
        let i2 = heterogeneity.i2.filter(|_| !self.variance_components.is_empty());
        let share = match (i2, heterogeneity.jackson_i2) {
            (Some(i2), _) => Some(format!("I^2 (all levels): {}", percent(i2, 2))),
            (None, Some(i2)) => {
                Some(format!("I^2 (Jackson, White and Riley, of all coefficients): {}", percent(i2, 2)))
            }
            (None, None) => None,
        };
        let test = heterogeneity.q.zip(heterogeneity.q_p_value);
        let q = test
            .map(|(q, p)| format!("Q(df = {}) = {}, {}", heterogeneity.q_df, notation.number(q), p_text(p)));
        Section::new(format!("Test for {residual}Heterogeneity")).lines(q.into_iter().chain(share))
    }

    fn results_section(&self, notation: &Notation) -> Section {
        let prediction = self.prediction.as_ref().map(|prediction| {
            format!(
                "{} prediction interval for a new group at every level: [{}, {}]",
                self.level,
                notation.effect(prediction.lower),
                notation.effect(prediction.upper)
            )
        });
        let robust = self
            .robust
            .as_ref()
            .map(|robust| format!("Cluster-robust inference: {}, {} clusters", robust.kind, robust.clusters));
        Section::new("Model Results")
            .table("", self.coefficients_grid(notation))
            .lines(parts::coefficients_line(self.coefficients.iter().map(|c| &c.term), notation))
            .paragraph(prediction.unwrap_or_default())
            .paragraph(robust.unwrap_or_default())
    }

    pub(super) fn coefficients_grid(&self, notation: &Notation) -> Grid {
        let notation = &notation.of_coefficients(self.coefficients.iter().any(|c| c.term != INTERCEPT));
        let with_df = self.coefficients.iter().any(|coefficient| coefficient.df.is_some());
        let mut header = vec![("", Align::Left)];
        header.extend([(notation.estimate(), Align::Right), (notation.se(), Align::Right)]);
        header.push((if with_df { "tval" } else { "zval" }, Align::Right));
        if with_df {
            header.push(("df", Align::Right));
        }
        header.extend(["pval", "ci.lb", "ci.ub"].map(|name| (name, Align::Right)));
        let mut grid = Grid::new(header);
        for coefficient in &self.coefficients {
            let mut row = vec![
                coefficient.term.clone(),
                notation.effect(coefficient.estimate),
                notation.number(coefficient.se),
            ];
            row.push(coefficient.statistic.map_or_else(String::new, |value| notation.number(value)));
            if with_df {
                row.push(degrees(coefficient.df.unwrap_or(f64::INFINITY)));
            }
            row.push(coefficient.p_value.map_or_else(String::new, |p| p_value(p, 4)));
            row.extend([coefficient.ci_lower, coefficient.ci_upper].map(|limit| notation.effect(limit)));
            grid.row(row);
        }
        grid
    }

    /// The printed fit as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(&self.headline(), &self.sections())
    }
}

impl MultilevelFit {
    /// The coefficients as CSV with all digits.
    pub fn to_csv(&self) -> String {
        coefficients_csv(self.coefficients.iter().map(|c| {
            (c.term.as_str(), [c.estimate, c.se], [c.statistic, c.df, c.p_value], [c.ci_lower, c.ci_upper])
        }))
    }
}

/// Variances and correlations of a structure, as a table below what it is.
fn structure_section(structure: &StructureEstimate, notation: &Notation) -> Section {
    let (inner, outer) = structure.name.split_once('|').unwrap_or((&structure.name, ""));
    let what = if structure.structure.is_slopes() { "coefficients" } else { "inner factor" };
    let inner = if structure.structure.is_spatial() {
        format!("places: {inner}")
    } else {
        format!("{what}: {inner} (nlvls = {})", structure.levels.len())
    };
    Section::untitled()
        .lines([
            format!("outer factor: {outer} (nlvls = {})", structure.outer_levels),
            inner,
            format!("structure: {}", structure.structure),
        ])
        .table("", structure_grid(structure, notation))
}

/// A row of the table of a structure.
struct StructureRow {
    name: String,
    /// The estimate and, of a variance, its root.
    value: [String; 2],
    se: Option<f64>,
    ci: Option<[Option<f64>; 2]>,
    i2: Option<f64>,
    level: String,
}

fn structure_grid(structure: &StructureEstimate, notation: &Notation) -> Grid {
    let intervals = structure.tau2_ci.iter().chain(&structure.rho_ci).any(Option::is_some);
    let with_i2 = structure.i2.iter().any(Option::is_some) && structure.tau2.len() > 1;
    let mut header = vec![("", Align::Left)];
    header.extend(["estim", "sqrt", "se"].map(|name| (name, Align::Right)));
    if intervals {
        header.extend([("ci.lb", Align::Right), ("ci.ub", Align::Right)]);
    }
    if with_i2 {
        header.push(("I^2", Align::Right));
    }
    header.push(("level", Align::Left));
    let mut grid = Grid::new(header);
    let rows = variance_rows(structure, notation).into_iter();
    for row in rows.chain(correlation_rows(structure, notation)) {
        let mut cells = vec![row.name];
        cells.extend(row.value);
        cells.push(row.se.map_or_else(String::new, |se| notation.number(se)));
        if intervals {
            // An end that does not exist is infinite.
            let end =
                |value: Option<f64>| value.map_or_else(|| "Inf".to_owned(), |value| notation.number(value));
            cells.extend(row.ci.map_or_else(|| [String::new(), String::new()], |ci| ci.map(end)));
        }
        if with_i2 {
            cells.push(row.i2.map_or_else(String::new, |i2| percent(i2, 2)));
        }
        cells.push(row.level);
        grid.row(cells);
    }
    grid
}

fn variance_rows(structure: &StructureEstimate, notation: &Notation) -> Vec<StructureRow> {
    let common = structure.tau2.len() == 1;
    let row = |(place, tau2): (usize, &f64)| StructureRow {
        name: if common { "tau^2".to_owned() } else { format!("tau^2.{}", place + 1) },
        value: [*tau2, tau2.sqrt()].map(|value| notation.number(value)),
        se: structure.tau2_se.get(place).copied().flatten(),
        ci: structure.tau2_ci.get(place).copied().flatten(),
        i2: structure.i2.get(place).copied().flatten(),
        level: structure.levels.get(place).filter(|_| !common).cloned().unwrap_or_default(),
    };
    structure.tau2.iter().enumerate().map(row).collect()
}

fn correlation_rows(structure: &StructureEstimate, notation: &Notation) -> Vec<StructureRow> {
    let count = structure.levels.len();
    let pairs: Vec<(usize, usize)> = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).collect();
    let single = if structure.structure.is_spatial() { "range" } else { "rho" };
    let row = |(place, rho): (usize, &Option<f64>)| {
        let (name, level) = match pairs.get(place).filter(|_| structure.rho.len() > 1) {
            Some(&(a, b)) => {
                let level = match (structure.levels.get(a), structure.levels.get(b)) {
                    (Some(first), Some(second)) => format!("{first}, {second}"),
                    _ => String::new(),
                };
                (format!("rho.{}{}", a + 1, b + 1), level)
            }
            None => (single.to_owned(), String::new()),
        };
        let value = rho.map_or_else(|| "not defined".to_owned(), |rho| notation.number(rho));
        StructureRow {
            name,
            value: [value, String::new()],
            se: structure.rho_se.get(place).copied().flatten(),
            ci: structure.rho_ci.get(place).copied().flatten(),
            i2: None,
            level,
        }
    };
    structure.rho.iter().enumerate().map(row).collect()
}
