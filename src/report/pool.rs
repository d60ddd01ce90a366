//! The printed fit of a pooling model: metafor's layout, then the studies, the subgroups, the methods and the notes.

use std::fmt;

use super::parts;
use crate::{
    effect::Scale,
    pool::{Heterogeneity, PoolFit, PoolModel, Prediction, StratifiedTests, Subgroup},
    text::{
        Align, Grid, Notation, Section, degrees, fixed, markdown, p_text, p_value, percent, plain, stars,
    },
};

/// Ratios as ratios; `{:#}` for their logarithms, `{:.2}` for two decimals.
impl fmt::Display for PoolFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.ratio_name());
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}

impl PoolFit {
    /// The name of the ratio that the effects are logarithms of; `None` for other measures.
    pub fn ratio_name(&self) -> Option<String> {
        self.measure.ratio_name(self.transformed.scale)
    }

    /// The notation of the printed fit: ratios as ratios.
    pub fn notation(&self) -> Notation {
        parts::notation(self.measure, self.transformed.scale)
    }

    /// The printed fit: criteria, heterogeneity, the pooled effect, subgroups, studies, methods and notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&self.notation())
    }

    /// The printed fit in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let mut sections: Vec<Section> = self.fit.iter().map(|fit| parts::criteria(fit, notation)).collect();
        if self.heterogeneity.q.is_some() || self.k > 1 && self.heterogeneity.tau2.is_some() {
            sections.extend(self.heterogeneity.sections_in(notation));
        }
        if let Some(tests) = self.tests.filter(|t| *t != StratifiedTests::default()) {
            sections.push(tests.section(notation));
        }
        sections.push(self.results_section(notation));
        sections.extend(self.subgroup_sections(notation));
        sections.push(Section::new("Studies").table("", self.studies_grid(notation)));
        sections.push(Section::new("Methods used").list(self.methods()));
        sections.extend(parts::notes(&self.notes));
        sections
    }

    fn results_section(&self, notation: &Notation) -> Section {
        let robust = self
            .robust
            .as_ref()
            .map(|robust| format!("Cluster-robust inference: {}, {} clusters", robust.kind, robust.clusters));
        Section::new("Model Results")
            .table("", self.results_grid(notation))
            .paragraph(self.transformed_line(notation).unwrap_or_default())
            .lines(self.prediction_line(notation))
            .lines(robust)
    }

    fn subgroup_sections(&self, notation: &Notation) -> Vec<Section> {
        let Some(grid) = self.subgroups_grid(notation) else { return Vec::new() };
        let test = self.subgroup_test.as_ref().map(|test| {
            Section::new("Test for Subgroup Differences").lines([format!(
                "Q(df = {}) = {}, {}",
                test.df,
                notation.number(test.q),
                p_text(test.p_value)
            )])
        });
        [Section::new("Subgroups").table("", grid)].into_iter().chain(test).collect()
    }
}

impl fmt::Display for Heterogeneity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &self.sections_in(&Notation::asked(f, None))))
    }
}

impl Heterogeneity {
    /// The amount of heterogeneity in metafor's words, then its test.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&Notation::new())
    }

    /// The same in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let facts = Section::untitled().facts(self.facts(notation));
        let test = self.q.zip(self.q_p_value).map(|(q, p)| {
            let line = format!("Q(df = {}) = {}, {}", self.q_df, notation.number(q), p_text(p));
            Section::new("Test for Heterogeneity").lines([line])
        });
        [facts].into_iter().filter(|section| !section.blocks.is_empty()).chain(test).collect()
    }

    /// Its measures with their intervals.
    fn facts(&self, notation: &Notation) -> Vec<(&'static str, String)> {
        let four = notation.decimals(4);
        let bracket = |ci: Option<[f64; 2]>, unit: &str, digits: usize| match ci {
            Some([a, b]) if !self.tau2_ci_empty => {
                format!(" [{}{unit}, {}{unit}]", fixed(a, digits), fixed(b, digits))
            }
            _ => String::new(),
        };
        let mut facts = Vec::new();
        if let Some(tau2) = self.tau2 {
            let se = self.tau2_se.map_or(String::new(), |se| format!(" (SE = {})", notation.number(se)));
            let ci =
                if self.tau2_ci_empty { " [empty set]".to_owned() } else { bracket(self.tau2_ci, "", four) };
            facts.push((
                "tau^2 (estimated amount of total heterogeneity)",
                format!("{}{se}{ci}", notation.number(tau2)),
            ));
        }
        if let Some(tau) = self.tau {
            facts.push((
                "tau (square root of estimated tau^2 value)",
                notation.number(tau) + &bracket(self.tau_ci, "", four),
            ));
        }
        if let Some(i2) = self.i2 {
            let ci = if self.tau2.is_some() { self.i2_ci } else { self.i2_q_ci };
            facts.push((
                "I^2 (total heterogeneity / total variability)",
                percent(i2, 2) + &bracket(ci, "%", 2),
            ));
        }
        if let Some(h2) = self.h2 {
            facts.push((
                "H^2 (total variability / sampling variability)",
                fixed(h2, 2) + &bracket(self.h2_ci, "", 2),
            ));
        }
        facts
    }
}

impl StratifiedTests {
    /// The tests that were done.
    fn section(&self, notation: &Notation) -> Section {
        let named = [
            ("Cochran-Mantel-Haenszel Test", "CMH", &self.cmh),
            ("Breslow-Day Test", "X^2", &self.breslow_day),
            ("Tarone's Test for Heterogeneity", "X^2", &self.tarone),
        ];
        Section::untitled().facts(named.into_iter().filter_map(|(name, symbol, test)| {
            let test = test.as_ref()?;
            let value = notation.number(test.statistic);
            Some((name, format!("{symbol} = {value}, df = {}, {}", test.df, p_text(test.p_value))))
        }))
    }
}

impl fmt::Display for StratifiedTests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &[self.section(&Notation::asked(f, None))]))
    }
}

impl PoolFit {
    /// `Random-Effects Model (k = 13; tau^2 estimator: REML)`.
    pub fn headline(&self) -> String {
        let k = self.k;
        match (self.model, self.method) {
            (PoolModel::Random, Some(_))
                if self.heterogeneity.tau2.is_some() && !self.heterogeneity.is_estimated() =>
            {
                format!("Random-Effects Model (k = {k}; tau^2 fixed by the user)")
            }
            (PoolModel::Random, Some(method)) => {
                format!("Random-Effects Model (k = {k}; tau^2 estimator: {method})")
            }
            (PoolModel::Random, None) => format!("Random-Effects Model (k = {k})"),
            (PoolModel::Fixed, _) => format!("Fixed-Effect Model (k = {k})"),
            (PoolModel::Mh, _) => format!("Fixed-Effect Model by Mantel-Haenszel (k = {k})"),
            (PoolModel::Peto, _) => format!("Fixed-Effect Model by Peto (k = {k})"),
        }
    }

    pub(super) fn results_grid(&self, notation: &Notation) -> Grid {
        let t = self.df.is_some();
        let mut header = vec![notation.estimate(), notation.se(), if t { "tval" } else { "zval" }];
        if t {
            header.push("df");
        }
        header.extend(["pval", "ci.lb", "ci.ub", ""]);
        let mut grid = Grid::new(header.into_iter().map(|name| (name, Align::Right)));
        let mut row =
            vec![notation.effect(self.estimate), notation.number(self.se), notation.optional(self.statistic)];
        row.extend(self.df.map(degrees));
        row.push(self.p_value.map_or("-".to_owned(), |p| p_value(p, 4)));
        row.extend([self.ci_lower, self.ci_upper].map(|limit| notation.effect(limit)));
        row.push(self.p_value.map_or(String::new(), |p| stars(p).to_owned()));
        grid.row(row);
        grid
    }

    pub(super) fn transformed_line(&self, notation: &Notation) -> Option<String> {
        let (estimate, lower, upper) =
            (self.transformed.estimate?, self.transformed.ci_lower?, self.transformed.ci_upper?);
        let digits = notation.decimals(self.display_digits());
        Some(format!(
            "{}: {} ({} CI {} to {})",
            self.measure_display(),
            fixed(estimate, digits),
            self.level,
            fixed(lower, digits),
            fixed(upper, digits)
        ))
    }

    pub(super) fn prediction_line(&self, notation: &Notation) -> Option<String> {
        let p = self.prediction?;
        let mut parts = Vec::new();
        if !notation.is_ratio() {
            parts.push(notation.range(p.lower, p.upper));
        }
        if let (Some(lower), Some(upper)) =
            (self.transformed.prediction_lower, self.transformed.prediction_upper)
        {
            let [lower, upper] = [lower, upper].map(|v| fixed(v, notation.decimals(self.display_digits())));
            parts.push(match notation.is_ratio() {
                true => format!("{} {lower} to {upper}", notation.estimate()),
                false => format!("{}: {lower} to {upper}", self.measure_display()),
            });
        }
        Some(format!(
            "{} prediction interval ({}): {}",
            self.level,
            self.prediction_name()?,
            parts.join("; ")
        ))
    }

    /// The distribution behind the prediction interval in words: `normal distribution`, `t distribution, 11 df`.
    pub(super) fn prediction_name(&self) -> Option<String> {
        let prediction = self.prediction?;
        if prediction.method == Prediction::Nnf {
            return Some("tau^2 by its confidence distribution, whatever its estimate".to_owned());
        }
        Some(match prediction.df {
            None => "normal distribution".to_owned(),
            Some(df) => format!("t distribution, {} df", degrees(df)),
        })
    }

    /// The measure on the original scale (back-transformed).
    pub(super) fn measure_display(&self) -> String {
        match (self.measure.scale(), self.transformed.scale) {
            (None, Some(Scale::Ratio)) => "Ratio".to_owned(),
            _ => self.measure.display_label().to_owned(),
        }
    }

    /// Decimals on the original scale (back-transformed): rates are small and need more.
    pub(super) fn display_digits(&self) -> usize {
        let estimate = self.transformed.estimate.unwrap_or(self.estimate).abs();
        if estimate >= 0.095 || estimate == 0.0 {
            2
        } else {
            (1.0 - estimate.log10()).ceil().clamp(2.0, 8.0) as usize + 1
        }
    }

    /// The studies with their estimates, intervals and weights.
    pub fn studies_grid(&self, notation: &Notation) -> Grid {
        let back = self.transformed.scale.is_some() && !notation.is_ratio();
        let mut header = vec![("study", Align::Left)];
        header.extend([(notation.estimate(), Align::Right), (notation.se(), Align::Right)]);
        header.extend([("ci.lb", Align::Right), ("ci.ub", Align::Right)]);
        let shown = self.measure_display().to_lowercase();
        if back {
            header.push((shown.as_str(), Align::Right));
        }
        header.push(("weight", Align::Right));
        let mut grid = Grid::new(header);
        let critical = self.level.critical_value(None);
        let digits = notation.decimals(self.display_digits());
        for study in &self.studies {
            let mut row = vec![study.study.clone()];
            match (study.yi, study.vi) {
                (Some(yi), Some(vi)) => {
                    let se = vi.sqrt();
                    row.extend([notation.effect(yi), notation.number(se)]);
                    row.extend([-critical, critical].map(|z| notation.effect(yi + z * se)));
                    if back {
                        let value = self.back.transform.apply(yi, study.size.or(self.back.size));
                        row.push(value.map_or("-".to_owned(), |v| fixed(v, digits)));
                    }
                }
                _ => row.extend(std::iter::repeat_n("-".to_owned(), if back { 5 } else { 4 })),
            }
            row.push(study.weight.map_or("-".to_owned(), |w| percent(w, 2)));
            grid.row(row);
        }
        grid
    }

    pub(super) fn subgroups_grid(&self, notation: &Notation) -> Option<Grid> {
        let subgroups = self.subgroups.as_ref()?;
        let mut header = vec![("subgroup", Align::Left)];
        header.extend(
            ["k", notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2", "I^2", "Q"]
                .map(|n| (n, Align::Right)),
        );
        let shown = self.measure_display().to_lowercase();
        let back = self.transformed.scale.is_some() && !notation.is_ratio();
        if back {
            header.push((shown.as_str(), Align::Right));
        }
        let mut grid = Grid::new(header);
        let digits = notation.decimals(self.display_digits());
        for s in subgroups {
            let mut row = subgroup_cells(s, notation);
            if back {
                row.push(match (s.transformed.estimate, s.transformed.ci_lower, s.transformed.ci_upper) {
                    (Some(e), Some(l), Some(u)) => {
                        format!("{} [{}, {}]", fixed(e, digits), fixed(l, digits), fixed(u, digits))
                    }
                    _ => "-".to_owned(),
                });
            }
            grid.row(row);
        }
        Some(grid)
    }

    /// The printed fit as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(&self.headline(), &self.sections())
    }

    /// The studies as CSV with all digits, then the pooled result as a last row whose study is `pooled`.
    pub fn to_csv(&self) -> String {
        let names = [
            "study",
            "yi",
            "vi",
            "sei",
            "ci_lower",
            "ci_upper",
            "weight",
            "prediction_lower",
            "prediction_upper",
        ];
        let mut grid = Grid::new(names.map(|name| (name, Align::Right)));
        let critical = self.level.critical_value(None);
        let text = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        for s in &self.studies {
            let se = s.vi.map(f64::sqrt);
            let limit = |sign: f64| Some(s.yi? + sign * critical * se?);
            grid.row([
                s.study.clone(),
                text(s.yi),
                text(s.vi),
                text(se),
                text(limit(-1.0)),
                text(limit(1.0)),
                text(s.weight),
            ]);
        }
        grid.row([
            "pooled".to_owned(),
            self.estimate.to_string(),
            (self.se * self.se).to_string(),
            self.se.to_string(),
            self.ci_lower.to_string(),
            self.ci_upper.to_string(),
            String::new(),
            text(self.prediction.map(|p| p.lower)),
            text(self.prediction.map(|p| p.upper)),
        ]);
        grid.to_csv()
    }
}

fn subgroup_cells(s: &Subgroup, notation: &Notation) -> Vec<String> {
    vec![
        s.level.clone(),
        s.k.to_string(),
        notation.effect(s.estimate),
        notation.number(s.se),
        s.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
        notation.effect(s.ci_lower),
        notation.effect(s.ci_upper),
        notation.optional(s.heterogeneity.tau2),
        s.heterogeneity.i2.map_or("-".to_owned(), |v| percent(v, 2)),
        s.heterogeneity.q.map_or("-".to_owned(), |q| fixed(q, notation.decimals(2))),
    ]
}
