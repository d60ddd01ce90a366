//! The printed influence analysis.

use std::fmt;

use super::parts;
use crate::{
    influence::{Gosh, InfluenceReport, PartialFit},
    pool::PoolModel,
    text::{Align, Grid, Notation, Section, fixed, markdown, optional as cell, p_value, plain},
};

impl fmt::Display for InfluenceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(
            &self.headline(),
            &self.sections_in(&Notation::asked(f, self.measure.ratio_name(None))),
        ))
    }
}

impl fmt::Display for Gosh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &[self.section(&Notation::asked(f, None))]))
    }
}

impl Gosh {
    /// The subsets with and without each study.
    fn section(&self, notation: &Notation) -> Section {
        let kind = if self.exhaustive { "all" } else { "random" };
        Section::new(format!("Subsets ({kind} {})", self.subsets))
            .table("", self.grid(notation))
            .lines(self.cluster_lines(notation))
    }

    /// The clusters, a line each, and the study that tells them apart.
    fn cluster_lines(&self, notation: &Notation) -> Vec<String> {
        let mut lines: Vec<String> = self
            .clusters
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let of = if notation.is_ratio() { "SD of logarithms" } else { "SD" };
                format!(
                    "Cluster {}: {} subsets, mean {} {} ({of} {}), mean I^2 {}%",
                    i + 1,
                    c.subsets,
                    notation.estimate(),
                    notation.effect(c.estimate),
                    notation.number(c.estimate_sd),
                    fixed(c.i2, 1)
                )
            })
            .collect();
        if let Some(study) = &self.split_by {
            lines.push(format!("What tells the clusters apart best is whether {study} is in."));
        }
        lines
    }

    fn grid(&self, notation: &Notation) -> Grid {
        let mut header = vec![("study", Align::Left)];
        header.extend(
            ["mean with", "mean without", "separation", "I^2 with", "I^2 without", "association"]
                .map(|n| (n, Align::Right)),
        );
        let mut grid = Grid::new(header);
        for s in &self.studies {
            grid.row([
                s.study.clone(),
                notation.effect_if(s.estimate_with),
                notation.effect_if(s.estimate_without),
                cell(s.separation, 2),
                cell(s.i2_with, 1),
                cell(s.i2_without, 1),
                cell(s.association, 2),
            ]);
        }
        grid
    }
}

impl InfluenceReport {
    /// The printed report: case diagnostics, fits without one study or group, cumulative fits, subsets, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, None))
    }

    /// The printed report in a notation: with that of the effects, ratios stand as ratios.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let grids = self.grids(notation).into_iter();
        let mut sections: Vec<Section> =
            grids.map(|(title, grid)| Section::new(title).table("", grid)).collect();
        sections.extend(self.verdict().map(|line| Section::untitled().paragraph(line)));
        sections.extend(self.gosh.as_ref().map(|gosh| gosh.section(notation)));
        sections.extend(parts::notes(&self.notes));
        sections
    }

    /// The numbers of studies and the model.
    pub fn headline(&self) -> String {
        let mut model = match (self.model, self.method) {
            (PoolModel::Random, Some(method)) => {
                format!("random-effects model, tau^2 estimator: {method}")
            }
            _ => "fixed-effect model".to_owned(),
        };
        if self.leave_one_out.is_none() && self.p > 1 {
            model += &format!(", moderators: {}", self.terms.join(", "));
        }
        format!("Influence of {} studies ({model}; {} inference)", self.k, self.inference)
    }

    pub(super) fn verdict(&self) -> Option<String> {
        let studies = self.studies.as_ref()?;
        let named: Vec<&str> = studies.iter().filter(|s| s.influential).map(|s| s.study.as_str()).collect();
        Some(match named.len() {
            0 => "No study exceeds a cut-off for influence.".to_owned(),
            _ => format!("Influential (*): {}.", named.join("; ")),
        })
    }

    pub(super) fn grids(&self, notation: &Notation) -> Vec<(&'static str, Grid)> {
        let mut grids = Vec::new();
        if let Some(grid) = self.studies_grid(notation) {
            grids.push(("Case diagnostics", grid));
        }
        if let Some(fits) = &self.leave_one_out {
            grids.push(("Leave-one-out", partial_grid("without", fits, notation)));
        }
        if let Some(fits) = &self.leave_one_group_out {
            grids.push(("Leave-one-group-out", partial_grid("without", fits, notation)));
        }
        if let Some(fits) = &self.cumulative {
            grids.push(("Cumulative", partial_grid("added", fits, notation)));
        }
        grids
    }

    /// The case diagnostics with Baujat's coordinates.
    fn studies_grid(&self, notation: &Notation) -> Option<Grid> {
        let studies = self.studies.as_ref()?;
        let mut header = vec![("study".to_owned(), Align::Left)];
        let names = ["rstudent", "dffits", "cook.d", "cov.r", "tau2.del", "QE.del", "hat", "weight"];
        header.extend(names.map(|n| (n.to_owned(), Align::Right)));
        for term in &self.terms {
            let name = if self.p == 1 { "dfbs".to_owned() } else { format!("dfbs.{term}") };
            header.push((name, Align::Right));
        }
        header.extend(["baujat.x", "baujat.y", ""].map(|n| (n.to_owned(), Align::Right)));
        let mut grid = Grid::new(header.iter().map(|(n, a)| (n.as_str(), *a)));
        for (i, s) in studies.iter().enumerate() {
            let mut row = vec![s.study.clone()];
            row.extend(
                [s.rstudent, s.dffits, s.cook_d, s.cov_r, s.tau2_del, s.q_del, Some(s.hat), Some(s.weight)]
                    .map(|v| notation.optional(v)),
            );
            row.extend((0..self.p).map(|j| notation.optional(s.dfbs.get(j).copied())));
            let point = self.baujat.as_ref().and_then(|b| b.get(i));
            row.extend([point.map(|b| b.x), point.and_then(|b| b.y)].map(|v| notation.optional(v)));
            row.push(if s.influential { "*".to_owned() } else { String::new() });
            grid.row(row);
        }
        Some(grid)
    }

    /// The report as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(&self.headline(), &self.sections())
    }

    /// The studies as CSV with all digits: case diagnostics, Baujat's coordinates, and the fit without each.
    pub fn to_csv(&self) -> String {
        let mut header: Vec<String> =
            ["study", "rstudent", "dffits", "cook_d", "cov_r", "tau2_del", "q_del", "hat", "weight"]
                .map(str::to_owned)
                .into();
        header
            .extend(self.terms.iter().map(|t| if self.p == 1 { "dfbs".into() } else { format!("dfbs_{t}") }));
        header.extend(
            ["influential", "baujat_x", "baujat_y", "loo_estimate", "loo_ci_lower", "loo_ci_upper"]
                .map(str::to_owned),
        );
        let mut grid = Grid::new(header.iter().map(|n| (n.as_str(), Align::Right)));
        let text = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        for (i, s) in self.studies.iter().flatten().enumerate() {
            let mut row = vec![s.study.clone()];
            row.extend(
                [s.rstudent, s.dffits, s.cook_d, s.cov_r, s.tau2_del, s.q_del, Some(s.hat), Some(s.weight)]
                    .map(text),
            );
            row.extend((0..self.p).map(|j| text(s.dfbs.get(j).copied())));
            row.push(s.influential.to_string());
            let point = self.baujat.as_ref().and_then(|b| b.get(i));
            let fit = self.leave_one_out.as_ref().and_then(|l| l.get(i));
            row.extend([point.map(|b| b.x), point.and_then(|b| b.y)].map(text));
            row.extend([fit.map(|l| l.estimate), fit.map(|l| l.ci_lower), fit.map(|l| l.ci_upper)].map(text));
            grid.row(row);
        }
        grid.to_csv()
    }
}

fn partial_grid(first: &str, fits: &[PartialFit], notation: &Notation) -> Grid {
    let mut header = vec![(first, Align::Left)];
    header.extend(
        ["k", notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "Q", "tau^2", "I^2"]
            .map(|n| (n, Align::Right)),
    );
    let mut grid = Grid::new(header);
    for fit in fits {
        grid.row([
            fit.study.clone(),
            fit.k.to_string(),
            notation.effect(fit.estimate),
            notation.number(fit.se),
            fit.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
            notation.effect(fit.ci_lower),
            notation.effect(fit.ci_upper),
            notation.optional(fit.q),
            notation.optional(fit.tau2),
            cell(fit.i2, 2),
        ]);
    }
    grid
}
