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
    text::{Align, Grid, Section, fixed, optional as text, p_value, plain},
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
pub fn diagnostics_grid(studies: &[StudyDiagnostics], names: &[String]) -> Grid {
    let dfbs: Vec<String> = names.iter().map(|name| format!("dfbs {name}")).collect();
    let fixed_names = [
        "",
        "fitted",
        "resid",
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
        let mut row = vec![s.study.clone(), fixed(s.fitted, 4), fixed(s.residual, 4)];
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
            .map(|v| text(v, 4)),
        );
        match &s.dfbs {
            Some(dfbs) => row.extend(dfbs.iter().map(|d| fixed(*d, 4))),
            None => row.extend(names.iter().map(|_| "-".to_owned())),
        }
        row.push(if s.influential { "*" } else { "" }.to_owned());
        grid.row(row);
    }
    grid
}

/// Variance inflation, a row for each term.
pub fn inflation_grid(terms: &[Inflation]) -> Grid {
    let simulated = terms.iter().any(|t| t.p_value.is_some());
    let mut grid =
        grid_of(["", "df", "gvif", "gsif"].into_iter().chain(simulated.then_some("share at least as large")));
    for t in terms {
        let mut row = vec![t.term.clone(), t.df.to_string(), fixed(t.vif, 4), fixed(t.sif, 4)];
        row.extend(simulated.then(|| text(t.p_value, 4)));
        grid.row(row);
    }
    grid
}

impl fmt::Display for PermutationInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} to {}", fixed(self.lower, 4), fixed(self.upper, 4))
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

impl fmt::Display for BubbleData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut grid = grid_of(["", self.moderator.as_str(), "yi", "vi", "weight", "radius"]);
        for s in &self.studies {
            grid.row([
                s.study.clone(),
                s.x.to_string(),
                fixed(s.yi, 4),
                fixed(s.vi, 4),
                text(s.weight, 2),
                text(s.radius, 3),
            ]);
        }
        f.write_str(&grid.to_text())?;
        if let (Some(first), Some(last)) = (self.line.first(), self.line.last()) {
            writeln!(
                f,
                "\nThe line has {} points, from {} to {}; JSON has all of them.",
                self.line.len(),
                fixed(first.estimate, 4),
                fixed(last.estimate, 4)
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Multimodel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
            let numbers = [value, model.delta, model.weight, model.tau2].map(|v| fixed(v, 4));
            grid.row([terms].into_iter().chain(numbers));
        }
        f.write_str(&grid.to_text())?;
        if self.models.len() > MODELS {
            writeln!(f, "and {} more models", self.models.len() - MODELS)?;
        }
        let mut grid = grid_of(["importance", ""]);
        for term in &self.importance {
            grid.row([term.term.clone(), fixed(term.importance, 4)]);
        }
        write!(f, "\n{}", grid.to_text())?;
        write!(f, "\nAveraged over all models:\n\n{}", coefficients_grid(&self.coefficients).to_text())
    }
}

impl fmt::Display for LocationScaleFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.headline(), &self.sections()))
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
        let mut sections = vec![parts::criteria(&self.fit)];
        if let Some(test) = &self.moderator_test {
            sections.push(Section::new("Test of Location Moderators").lines([test.to_string()]));
        }
        sections.push(Section::new("Location").table("", coefficients_grid(&self.coefficients)));
        if let Some(test) = &self.scale_test {
            sections.push(Section::new("Test of Scale Moderators").lines([test.to_string()]));
        }
        if let Some(test) = &self.scale_lrt {
            let (statistic, p) = (fixed(test.statistic, 4), p_value(test.p_value, 4));
            sections.push(
                Section::new("Likelihood ratio against one tau^2")
                    .lines([format!("LRT(df = {}) = {statistic}, p = {p}", test.df1)]),
            );
        }
        let kind = if matches!(self.link, ScaleLink::Identity) { "plain" } else { "log" };
        let (least, greatest) =
            self.tau2.iter().fold((f64::INFINITY, 0.0_f64), |(lo, hi), &t| (lo.min(t), hi.max(t)));
        sections.push(
            Section::new(format!("Scale ({kind} tau^2)")).table("", self.scale_grid()).paragraph(format!(
                "tau^2 of the studies: {} to {}",
                fixed(least, 4),
                fixed(greatest, 4)
            )),
        );
        sections.extend(parts::notes(&self.notes));
        sections
    }

    fn scale_grid(&self) -> Grid {
        let statistic = if self.inference == Inference::T { "tval" } else { "zval" };
        let mut grid = grid_of(["", "estimate", "se", statistic, "pval", "ci.lb", "ci.ub"]);
        for c in &self.scale_coefficients {
            grid.row([
                c.term.clone(),
                fixed(c.estimate, 4),
                text(c.se, 4),
                text(c.statistic, 4),
                c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                text(c.ci_lower, 4),
                text(c.ci_upper, 4),
            ]);
        }
        grid
    }
}
