//! The sections of methods that adjust for publication bias, bound it, or say how much the tests can find.

use crate::{
    bias::{
        Alternative, Analysis, BiasReport, Copas, PCurve, SelectionFit, SimulatedData, SmallStudyPower,
        WorstCase, ZCurve,
    },
    text::{Align, Grid, Notation, fixed, optional as cell, p_value},
};

use super::{Part, headed, limits, p_cell, range, wrapped};

pub(super) fn selection_grid(fits: &[SelectionFit], notation: &Notation) -> Grid {
    let mut header = vec![("model", Align::Left), ("alternative", Align::Left), ("delta (se)", Align::Left)];
    header.extend(
        ["LRT", "df", "pval", notation.estimate(), notation.se(), "ci", "tau^2"].map(|n| (n, Align::Right)),
    );
    let mut grid = Grid::new(header);
    for s in fits {
        // Many fixed weights have a name instead.
        let shown =
            if s.delta.len() > 6 && s.delta_se.iter().all(Option::is_none) { 0 } else { s.delta.len() };
        let delta: Vec<String> = s.delta[..shown]
            .iter()
            .zip(&s.delta_se)
            .map(|(d, se)| match se {
                Some(se) => format!("{} ({})", notation.number(*d), notation.number(*se)),
                None => notation.number(*d),
            })
            .collect();
        grid.row([
            s.model.clone(),
            s.alternative.to_string(),
            if shown == 0 { "fixed".to_owned() } else { delta.join(", ") },
            notation.optional(s.lrt),
            if s.lrt.is_some() { s.lrt_df.to_string() } else { "-".to_owned() },
            p_cell(s.lrt_p_value),
            notation.effect(s.estimate),
            notation.optional(s.se),
            range(s.ci_lower, s.ci_upper, notation),
            notation.optional(s.tau2),
        ]);
        for c in s.coefficients.iter().flatten() {
            grid.row([
                format!("  {}", c.term),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                p_cell(c.p_value),
                notation.effect(c.estimate),
                notation.optional(c.se),
                range(c.ci_lower, c.ci_upper, notation),
                String::new(),
            ]);
        }
    }
    grid
}

pub(super) fn profile_section(fits: &[SelectionFit], notation: &Notation) -> Option<Part> {
    let mut grid = headed("model", [notation.estimate(), "tau^2", "delta"]);
    let plain = &notation.of_logarithms();
    let mut any = false;
    for s in fits {
        let Some(p) = &s.profile else { continue };
        any = true;
        let number = |ends: [Option<f64>; 2]| limits(ends, plain);
        let deltas: Vec<String> = p.delta.iter().map(|d| d.map_or("fixed".to_owned(), number)).collect();
        let coefficients = p.coefficients.iter().map(|ends| limits(*ends, notation));
        grid.row([
            s.model.clone(),
            coefficients.collect::<Vec<_>>().join("; "),
            p.tau2.map_or("-".to_owned(), number),
            if p.delta.iter().all(Option::is_none) { "fixed".to_owned() } else { deltas.join("; ") },
        ]);
    }
    any.then_some(Part { title: "Profile-likelihood intervals of selection models", grid, line: None })
}

pub(super) fn copas_section(copas: &Copas, notation: &Notation) -> Part {
    let mut grid = headed(
        "P(published), least to most precise",
        ["missing", notation.estimate(), notation.se(), "pval", "ci", "tau^2", "rho", "residual pval"],
    );
    let strongest = copas.chosen;
    for (i, p) in copas.grid.iter().enumerate() {
        // The grid has many rows; those with a most precise study of 0.99 are shown, and the chosen one.
        if p.most_precise != 0.99 && p.gamma0.is_some() && strongest != Some(i) {
            continue;
        }
        let mark = if strongest == Some(i) { " *" } else { "" };
        grid.row([
            format!("{} to {}{mark}", p.least_precise, p.most_precise),
            fixed(p.missing, 1),
            notation.effect(p.estimate),
            notation.optional(p.se),
            p_cell(p.p_value),
            range(p.ci_lower, p.ci_upper, notation),
            notation.number(p.tau2),
            notation.optional(p.rho),
            p_value(p.residual_p_value, 4),
        ]);
    }
    let line = match strongest {
        Some(_) => {
            "* the fewest missing studies that leave no residual asymmetry (P of at least 0.1): the adjusted estimate."
        }
        None => "Every strength of selection in the grid leaves residual asymmetry: no adjusted estimate.",
    };
    Part { title: "Copas selection model", grid, line: Some(line.to_owned()) }
}

pub(super) fn p_curve_section(p: &PCurve, notation: &Notation) -> Part {
    let mut grid = headed("curve", ["k", "right skew Z", "pval", "flatness Z", "pval"]);
    let rows = [
        ("full (P < .05)", p.k_significant, Some(p.right_skew_full), Some(p.flatness_full)),
        ("half (P < .025)", p.k_half, p.right_skew_half, p.flatness_half),
    ];
    for (name, k, skew, flat) in rows {
        grid.row([
            name.to_owned(),
            k.to_string(),
            notation.optional(skew.map(|t| t.statistic)),
            p_cell(skew.map(|t| t.p_value)),
            notation.optional(flat.map(|t| t.statistic)),
            p_cell(flat.map(|t| t.p_value)),
        ]);
    }
    for d in &p.robustness {
        let (n, which) = if d.lowest > 0 { (d.lowest, "lowest") } else { (d.highest, "highest") };
        grid.row([
            format!("full, {n} {which} dropped"),
            (p.k_significant - n).to_string(),
            notation.number(d.right_skew_full.statistic),
            p_value(d.right_skew_full.p_value, 4),
            notation.number(d.flatness_full.statistic),
            p_value(d.flatness_full.p_value, 4),
        ]);
    }
    let verdict = match (p.evidential_value, p.inadequate) {
        (true, _) => "Evidential value is present",
        (_, true) => "Evidential value is inadequate or absent",
        _ => "Evidential value is neither shown nor excluded",
    };
    Part {
        title: "p-curve",
        grid,
        line: Some(format!(
            "{verdict}; power {}% (90% CI {} to {}).",
            fixed(100.0 * p.power, 0),
            fixed(100.0 * p.power_ci_lower, 0),
            fixed(100.0 * p.power_ci_upper, 0)
        )),
    }
}

pub(super) fn z_curve_section(z: &ZCurve, notation: &Notation) -> Part {
    let mut grid = headed("rate", ["estimate", "ci.lb", "ci.ub"]);
    grid.row([
        "expected replication rate".to_owned(),
        notation.number(z.err),
        notation.optional(z.err_ci_lower),
        notation.optional(z.err_ci_upper),
    ]);
    grid.row([
        "expected discovery rate".to_owned(),
        notation.number(z.edr),
        notation.optional(z.edr_ci_lower),
        notation.optional(z.edr_ci_upper),
    ]);
    let plain = |name: &str, x: f64| [name.to_owned(), notation.number(x), "-".to_owned(), "-".to_owned()];
    grid.row(plain("observed discovery rate", z.observed_discovery_rate));
    grid.row(plain("Soric's false discovery risk", z.soric_fdr));
    grid.row(plain("file drawer ratio", z.file_drawer_ratio));
    Part {
        title: "z-curve",
        grid,
        line: Some(format!(
            "{} significant studies, {} of them with |z| up to 5; intervals from {} resampled sets.",
            z.k_significant, z.k_fitted, z.bootstrap
        )),
    }
}

pub(super) fn worst_case_section(w: &WorstCase, notation: &Notation) -> Part {
    let names = [notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub"];
    let mut grid = headed("affirmative studies published", names);
    for c in &w.corrected {
        grid.row([
            c.eta.map_or("worst case".to_owned(), |eta| format!("{eta} times as often")),
            notation.effect(c.estimate),
            notation.number(c.se),
            p_value(c.p_value, 4),
            notation.effect(c.ci_lower),
            notation.effect(c.ci_upper),
        ]);
    }
    let to = match notation.is_ratio() {
        true => format!("a {} of {}", notation.estimate(), notation.effect(w.threshold)),
        false => w.threshold.to_string(),
    };
    let value = |s: Option<f64>| s.map_or("not possible".to_owned(), |s| fixed(s, 2));
    let direction = if w.favored == Alternative::Less { "negative" } else { "positive" };
    Part {
        title: "Sensitivity to selection",
        grid,
        line: Some(format!(
            "{} of {} studies are affirmative (significant and {direction}). S values to {to}: estimate {}, confidence limit {}.",
            w.k_affirmative,
            w.k_affirmative + w.k_other,
            value(w.s_value),
            value(w.s_value_ci)
        )),
    }
}

pub(super) fn power_section(p: &SmallStudyPower, notation: &Notation) -> Part {
    let mut grid = headed("test", ["size", "power"]);
    for t in &p.tests {
        let name = if t.name == Analysis::Lfk { "lfk beyond 1".to_owned() } else { t.name.to_string() };
        grid.row([name, cell(t.size, 3), cell(t.power, 3)]);
    }
    let mean = if notation.is_ratio() { notation.estimate() } else { "mean" };
    let drawn = match p.drawn {
        SimulatedData::Tables => "two-by-two tables",
        SimulatedData::StandardizedMeans => "standardized mean differences",
        SimulatedData::Effects => "normal effects",
    };
    Part {
        title: "Power of the tests at 0.05, by simulation",
        grid,
        line: Some(format!(
            "{} replicates of {drawn} with {mean} {}, tau^2 {}; under selection a study that is not significant is published \
             {} times as often as others. Seed {}.",
            p.replicates,
            notation.effect(p.mean),
            notation.number(p.tau2),
            p.relative_probability,
            p.seed
        )),
    }
}

impl BiasReport {
    /// Remarks on the tests without a P value, or with two of them.
    pub(super) fn tests_line(&self) -> Option<String> {
        let mut lines = Vec::new();
        if let Some(p) = self.tests.iter().find_map(|t| t.combined_p_value) {
            lines.push(format!("Skewness and regression combined: pval {}.", p_value(p, 4)));
        }
        if let Some(index) = self.tests.iter().find_map(|t| t.index) {
            let word = match index.abs() {
                x if x <= 1.0 => "no",
                x if x <= 2.0 => "minor",
                _ => "major",
            };
            lines.push(format!(
                "LFK beyond 1 is called asymmetry (here: {word}), but it is no test: its false-positive rate depends on the \
                 number and size of the studies (Schwarzer et al. 2024)."
            ));
        }
        (!lines.is_empty()).then(|| wrapped(&lines.join(" ")))
    }

    pub(super) fn p_uniform_section(&self, notation: &Notation) -> Option<Part> {
        let names = ["k", "significant", notation.estimate(), "ci", "pval", "tau^2", "bias pval"];
        let mut grid = headed("method", names);
        if let Some(p) = &self.p_uniform {
            grid.row([
                "p-uniform".to_owned(),
                p.k_significant.to_string(),
                p.k_significant.to_string(),
                notation.effect(p.estimate),
                notation.range(p.ci_lower, p.ci_upper),
                p_value(p.p_value, 4),
                "-".to_owned(),
                p_value(p.bias_p_value, 4),
            ]);
        }
        if let Some(p) = &self.p_uniform_star {
            grid.row([
                "p-uniform*".to_owned(),
                (p.k_significant + p.k_other).to_string(),
                p.k_significant.to_string(),
                notation.effect(p.estimate),
                limits([p.ci_lower, p.ci_upper], notation),
                p_value(p.p_value, 4),
                notation.number(p.tau2),
                "-".to_owned(),
            ]);
        }
        (self.p_uniform.is_some() || self.p_uniform_star.is_some()).then_some(Part {
            title: "p-uniform",
            grid,
            line: None,
        })
    }

    pub(super) fn bounds_section(&self, notation: &Notation) -> Option<Part> {
        let bounds = self.reporting_bias.as_ref()?;
        // The bias of a logarithm is a factor of the ratio.
        let bias = if notation.is_ratio() { "largest factor" } else { "largest bias" };
        let mut grid = headed("unreported studies", [bias, notation.estimate(), "ci.lb", "ci.ub"]);
        for b in bounds {
            grid.row([
                b.unreported.to_string(),
                notation.effect(b.max_bias),
                notation.effect(b.estimate),
                notation.effect(b.ci_lower),
                notation.effect(b.ci_upper),
            ]);
        }
        Some(Part { title: "Bounds of the bias from unreported studies", grid, line: None })
    }

    pub(super) fn imputed_section(&self, notation: &Notation) -> Option<Part> {
        let effects = self.missing_outcomes.as_ref()?;
        let names = ["k", notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2"];
        let mut grid = headed("missing outcomes", names);
        for e in effects {
            grid.row([
                e.strategy.to_string(),
                e.k.to_string(),
                notation.effect(e.estimate),
                notation.number(e.se),
                p_cell(e.p_value),
                notation.effect(e.ci_lower),
                notation.effect(e.ci_upper),
                notation.optional(e.tau2),
            ]);
        }
        Some(Part { title: "Missing outcomes", grid, line: None })
    }
}
