//! The printed parts that go with a meta-regression: further tests, diagnostics, other models.

use std::fmt;

use super::{parts, regression::coefficients_grid};
#[cfg(feature = "random")]
use crate::regression::{R2Interval, WildTest, WildWeights};
use crate::{
    pool::Inference,
    regression::{
        BubbleData, Inflation, LocationScaleFit, Multimodel, PermutationInterval, ScaleLink, StudyDiagnostics,
    },
    text::{Align, Grid, Notation, Section, fixed, p_value, plain},
};

/// Models that are printed of all subsets.
const MODELS: usize = 12;

fn grid_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Grid {
    Grid::new(
        names
            .into_iter()
            .enumerate()
            .map(|(i, name)| (name, if i == 0 { Align::Left } else { Align::Right })),
    )
}

/// Residuals, leverage and influence, a row for each study; `*` marks the influential ones. `names` are the coefficients.
pub fn diagnostics_grid(studies: &[StudyDiagnostics], names: &[String], notation: &Notation) -> Grid {
    let dfbs: Vec<String> = names.iter().map(|name| format!("dfbs {name}")).collect();
    let (fitted, resid) = match notation.is_ratio() {
        true => ("fitted ratio", "resid(log)"),
        false => ("fitted", "resid"),
    };
    let fixed_names = [
        "",
        fitted,
        resid,
        "rstandard",
        "rstudent",
        "dffits",
        "cook.d",
        "cov.r",
        "tau2.del",
        "QE.del",
        "hat",
        "weight",
    ];
    let mut grid = grid_of(fixed_names.into_iter().chain(dfbs.iter().map(String::as_str)).chain(["inf"]));
    for s in studies {
        let mut row = vec![s.study.clone(), notation.effect(s.fitted), notation.number(s.residual)];
        row.extend(
            [
                s.rstandard,
                s.rstudent,
                s.dffits,
                s.cook_d,
                s.cov_r,
                s.tau2_del,
                s.q_del,
                Some(s.hat),
                s.weight,
            ]
            .map(|v| notation.optional(v)),
        );
        match &s.dfbs {
            Some(dfbs) => row.extend(dfbs.iter().map(|d| notation.number(*d))),
            None => row.extend(names.iter().map(|_| "-".to_owned())),
        }
        row.push(if s.influential { "*" } else { "" }.to_owned());
        grid.row(row);
    }
    grid
}

/// Variance inflation, a row for each term.
pub fn inflation_grid(terms: &[Inflation], notation: &Notation) -> Grid {
    let simulated = terms.iter().any(|t| t.p_value.is_some());
    let mut grid =
        grid_of(["", "df", "gvif", "gsif"].into_iter().chain(simulated.then_some("share at least as large")));
    for t in terms {
        let mut row = vec![t.term.clone(), t.df.to_string(), notation.number(t.vif), notation.number(t.sif)];
        row.extend(simulated.then(|| t.p_value.map_or("-".to_owned(), |p| fixed(p, 4))));
        grid.row(row);
    }
    grid
}

impl fmt::Display for PermutationInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Notation::asked(f, None).range(self.lower, self.upper))
    }
}

#[cfg(feature = "random")]
impl fmt::Display for WildTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weights = match self.options.weights {
            WildWeights::Rademacher => "Rademacher",
            WildWeights::Webb => "Webb's",
            WildWeights::Mammen => "Mammen's",
        };
        let sets = match self.exact {
            true => format!("all {} sign patterns", self.iterations),
            false => format!("{} sets, the observed one included", self.iterations),
        };
        writeln!(
            f,
            "F = {} ({}), p = {} ({sets}; {weights} weights)",
            fixed(self.statistic, 4),
            self.options.kind,
            fixed(self.p_value, 4)
        )
    }
}

#[cfg(feature = "random")]
impl fmt::Display for R2Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = crate::text::percent;
        let between = |[a, b]: [f64; 2]| format!("{} to {}", percent(a, 2), percent(b, 2));
        writeln!(f, "R^2 = {}", percent(self.r2, 2))?;
        writeln!(f, "percentile: {}", between(self.percentile))?;
        writeln!(f, "BCa: {}", self.bca.map_or("-".to_owned(), between))?;
        let undefined = match self.undefined {
            0 => String::new(),
            n => format!("; {n} more have no R^2"),
        };
        writeln!(f, "from {} sets drawn from the {}{undefined}", self.sets, self.options.resampling)
    }
}

impl BubbleData {
    /// The table of the studies, and how far the line goes.
    pub fn section(&self, title: impl Into<String>, notation: &Notation) -> Section {
        let (yi, vi) = if notation.is_ratio() { (notation.estimate(), "vi(log)") } else { ("yi", "vi") };
        let mut grid = grid_of(["", self.moderator.as_str(), yi, vi, "weight", "radius"]);
        let some = |value: Option<f64>, digits| value.map_or("-".to_owned(), |value| fixed(value, digits));
        for s in &self.studies {
            grid.row([
                s.study.clone(),
                s.x.to_string(),
                notation.effect(s.yi),
                notation.number(s.vi),
                some(s.weight, 2),
                some(s.radius, 3),
            ]);
        }
        let line = self.line.first().zip(self.line.last()).map(|(first, last)| {
            format!(
                "The line has {} points, from {}; JSON has all of them.",
                self.line.len(),
                notation.range(first.estimate, last.estimate)
            )
        });
        Section::new(title).table("", grid).paragraph(line.unwrap_or_default())
    }
}

impl fmt::Display for BubbleData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &[self.section("", &Notation::asked(f, None))]))
    }
}

impl Multimodel {
    /// The best models, the importance of the terms, and the averaged coefficients.
    pub fn section(&self, title: impl Into<String>, notation: &Notation) -> Section {
        let more = match self.models.len().saturating_sub(MODELS) {
            0 => None,
            more => Some(format!("and {more} more models")),
        };
        let mut importance = grid_of(["importance", ""]);
        for term in &self.importance {
            importance.row([term.term.clone(), notation.number(term.importance)]);
        }
        Section::new(title)
            .table("", self.models_grid(notation))
            .lines(more)
            .table("", importance)
            .heading("Averaged over all models")
            .table("", coefficients_grid(&self.coefficients, notation))
            .lines(parts::coefficients_line(self.coefficients.iter().map(|c| &c.term), notation))
    }

    fn models_grid(&self, notation: &Notation) -> Grid {
        let code = self.criterion.code();
        let delta = format!("delta {code}");
        let mut grid = grid_of(["terms", code, delta.as_str(), "weight", "tau^2"]);
        for model in self.models.iter().take(MODELS) {
            let terms = if model.terms.is_empty() { "(none)".to_owned() } else { model.terms.join(" + ") };
            let value = match code {
                "aic" => model.fit.aic,
                "bic" => model.fit.bic,
                _ => model.fit.aicc,
            };
            let numbers = [value, model.delta, model.weight, model.tau2].map(|v| notation.number(v));
            grid.row([terms].into_iter().chain(numbers));
        }
        grid
    }
}

impl fmt::Display for Multimodel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &[self.section("", &Notation::asked(f, None))]))
    }
}

/// Ratios as ratios; `{:#}` for their logarithms, `{:.2}` for two decimals.
impl fmt::Display for LocationScaleFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.measure.ratio_name(self.back.scale));
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}

impl LocationScaleFit {
    /// `Location-Scale Model (k = 48; tau^2 estimator: REML; link: log)`.
    pub fn headline(&self) -> String {
        let link = match self.link {
            ScaleLink::Identity => "identity",
            _ => "log",
        };
        format!("Location-Scale Model (k = {}; tau^2 estimator: {}; link: {link})", self.k, self.method)
    }

    /// The printed fit: criteria, the location, the scale, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, self.back.scale))
    }

    /// The printed fit in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let mut sections = vec![parts::criteria(&self.fit, notation)];
        if let Some(test) = &self.moderator_test {
            let line = parts::test_line(test, notation);
            sections.push(Section::new("Test of Location Moderators").lines([line]));
        }
        sections.push(
            Section::new("Location")
                .table("", coefficients_grid(&self.coefficients, notation))
                .lines(parts::coefficients_line(self.coefficients.iter().map(|c| &c.term), notation)),
        );
        if let Some(test) = &self.scale_test {
            let line = parts::test_line(test, notation);
            sections.push(Section::new("Test of Scale Moderators").lines([line]));
        }
        if let Some(test) = &self.scale_lrt {
            let (statistic, p) = (notation.number(test.statistic), p_value(test.p_value, 4));
            sections.push(
                Section::new("Likelihood ratio against one tau^2")
                    .lines([format!("LRT(df = {}) = {statistic}, p = {p}", test.df1)]),
            );
        }
        let kind = if matches!(self.link, ScaleLink::Identity) { "plain" } else { "log" };
        let (least, greatest) =
            self.tau2.iter().fold((f64::INFINITY, 0.0_f64), |(lo, hi), &t| (lo.min(t), hi.max(t)));
        let span = [least, greatest].map(|tau2| notation.number(tau2)).join(" to ");
        sections.push(
            Section::new(format!("Scale ({kind} tau^2)"))
                .table("", self.scale_grid(notation))
                .paragraph(format!("tau^2 of the studies: {span}")),
        );
        sections.extend(parts::notes(&self.notes));
        sections
    }

    fn scale_grid(&self, notation: &Notation) -> Grid {
        let statistic = if self.inference == Inference::T { "tval" } else { "zval" };
        let mut grid = grid_of(["", "estimate", "se", statistic, "pval", "ci.lb", "ci.ub"]);
        for c in &self.scale_coefficients {
            grid.row([
                c.term.clone(),
                notation.number(c.estimate),
                notation.optional(c.se),
                notation.optional(c.statistic),
                c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.optional(c.ci_lower),
                notation.optional(c.ci_upper),
            ]);
        }
        grid
    }
}
