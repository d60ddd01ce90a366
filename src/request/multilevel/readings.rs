//! The readings of `multilevel` beside the fit: deviations, weights, influence, predictions within groups, small-study effects,
//! tests against smaller models, the bootstrap.

use crate::{
    Error, Result,
    bias::{DependentEffects, MultilevelPetPeese, MultilevelSlope, PetOrPeese},
    multilevel::{
        BootstrapTest, Drawn, EffectWeight, GroupPrediction, MultilevelBootstrap, MultilevelCoefficient,
        MultilevelFit, MultilevelInfluence, NestedComparison, RandomEffect,
    },
    report::{Align, Grid, Section, fixed, p_value, p_value_sentence, percent},
    stat::progress::NOT_DONE,
    text::Notation,
};
use serde::Serialize;

use super::{
    coefficients,
    model::{Built, pair},
};
use crate::request::args::MultilevelArgs;

/// The fit with what was asked for beside it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Readings {
    #[serde(flatten)]
    pub fit: MultilevelFit,
    random_effects: Option<Vec<RandomEffect>>,
    weights: Option<Vec<EffectWeight>>,
    influence: Option<MultilevelInfluence>,
    within: Vec<GroupPrediction>,
    small_study: Option<SmallStudy>,
    without: Option<WithoutTerm>,
    bootstrap: Option<MultilevelBootstrap>,
    #[serde(flatten)]
    coefficients: coefficients::CoefficientReadings,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct SmallStudy {
    #[serde(flatten)]
    slope: MultilevelSlope,
    pet_peese: Option<MultilevelPetPeese>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WithoutTerm {
    term: String,
    #[serde(flatten)]
    test: NestedComparison,
    bootstrap: Option<BootstrapTest>,
}

pub fn read(args: &MultilevelArgs, built: &Built, fit: MultilevelFit) -> Result<Readings> {
    let (model, effects) = (&built.model, &built.modelled.effects);
    let random_effects = args.blup.then(|| fit.random_effects()).transpose()?;
    let weights = args.weights.then(|| fit.weights()).transpose()?;
    let influence = match args.influence.as_deref() {
        Some(column) => Some(fit.influence(&super::cases(column, &built.studies, &built.modelled)?)?),
        None => None,
    };
    let within = args
        .within
        .iter()
        .map(|text| {
            let (term, level) = pair("--within", text, "give a random effect and its level: `district=11`")?;
            if fit.coefficients.len() > 1 {
                return Err(Error::setting(
                    "--within",
                    "a model with moderators",
                    "predictions within groups are made at the mean of a model without moderators",
                ));
            }
            fit.predict_within(term, level, &[1.0])
        })
        .collect::<Result<Vec<_>>>()?;
    let small_study = match args.small_study {
        Some(predictor) => {
            let slope = model.small_study_slope(effects, predictor)?;
            let pet_peese = args.mods.is_none().then(|| model.pet_peese(effects)).transpose()?;
            Some(SmallStudy { slope, pet_peese })
        }
        None => None,
    };
    let without = match &args.without {
        Some(term) => {
            let smaller = model.clone().without(term)?;
            let test = fit.compare(&smaller.fit(effects)?)?;
            let bootstrap = args
                .bootstrap
                .map(|replicates| fit.bootstrap_test(&smaller, replicates, args.seed))
                .transpose()?;
            Some(WithoutTerm { term: term.clone(), test, bootstrap })
        }
        None => None,
    };
    let bootstrap = args.bootstrap.map(|replicates| fit.bootstrap(replicates, args.seed)).transpose()?;
    let coefficients = coefficients::read(args, built, &fit)?;
    Ok(Readings {
        fit,
        random_effects,
        weights,
        influence,
        within,
        small_study,
        without,
        bootstrap,
        coefficients,
    })
}

impl Readings {
    /// The fit and what was asked for beside it.
    pub fn sections(&self, notation: &Notation) -> Vec<Section> {
        let mut sections = self.fit.sections_in(notation);
        sections.extend(coefficients::values(&self.fit, notation));
        sections.extend(self.coefficients.sections(notation));
        let parts = [
            self.without.as_ref().map(|test| without_section(test, notation)),
            self.small_study.as_ref().map(|small| small_study_section(small, notation)),
            self.within_section(notation),
            self.deviations_section(notation),
            self.weights_section(notation),
            self.influence_section(notation),
            self.bootstrap_section(notation),
        ];
        sections.extend(parts.into_iter().flatten());
        sections
    }
}

/// A table whose first column is text.
fn grid(names: &[&str]) -> Grid {
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    Grid::new(names.iter().enumerate().map(|(at, name)| (name.to_string(), align(at))))
}

fn p_cell(p: Option<f64>) -> String {
    p.map_or_else(String::new, |p| p_value(p, 4))
}

fn without_section(without: &WithoutTerm, notation: &Notation) -> Section {
    let test = &without.test;
    let (statistic, p) = (notation.number(test.statistic), p_value_sentence(test.p_value));
    let mut lines = vec![format!("LRT = {statistic}, df = {}, {p} by chi-square", test.df)];
    if let Some(p) = test.boundary_p_value {
        lines.push(format!("{} by the mixture for a variance at the edge", p_value_sentence(p)));
    }
    if let Some(test) = &without.bootstrap {
        let p = p_value_sentence(test.p_value);
        lines
            .push(format!("{p} by parametric bootstrap, {} replicates, seed {}", test.replicates, test.seed));
    }
    Section::new(format!("Test against the model without {}", without.term)).lines(lines)
}

fn small_study_section(small: &SmallStudy, notation: &Notation) -> Section {
    let mut table = grid(&["", notation.estimate(), notation.se(), "df", "pval", "ci.lb", "ci.ub"]);
    let mut row = |name: &str, c: &MultilevelCoefficient, notation: &Notation| {
        table.row([
            name.to_owned(),
            notation.effect(c.estimate),
            notation.number(c.se),
            c.df.map_or_else(String::new, |df| fixed(df, 2)),
            p_cell(c.p_value),
            notation.effect(c.ci_lower),
            notation.effect(c.ci_upper),
        ]);
    };
    // The slope is a change of the logarithm, no effect.
    let slope = if notation.is_ratio() { "slope of the logarithm" } else { "slope" };
    row(slope, &small.slope.slope, &notation.of_logarithms());
    if let Some(limit) = &small.slope.limit {
        row("effect at 0", limit, notation);
    }
    if let Some(pet) = &small.pet_peese {
        row("PET", &pet.pet, notation);
        row("PEESE", &pet.peese, notation);
    }
    let taken = small.pet_peese.as_ref().map(|pet| match pet.chosen {
        PetOrPeese::Peese => "PET-PEESE takes PEESE.",
        _ => "PET-PEESE takes PET.",
    });
    let title = format!("Small-study effects, {} as a moderator", small.slope.predictor);
    Section::new(title).table("", table).lines(taken)
}

impl Readings {
    fn within_section(&self, notation: &Notation) -> Option<Section> {
        let mean = if notation.is_ratio() { notation.estimate() } else { "mean" };
        let mut table = grid(&["group", mean, notation.se(), "ci.lb", "ci.ub", "pi.lb", "pi.ub"]);
        for p in &self.within {
            let mut row =
                vec![format!("{} {}", p.term, p.level), notation.effect(p.estimate), notation.number(p.se)];
            let limits = [p.mean_lower, p.mean_upper, p.prediction_lower, p.prediction_upper];
            row.extend(limits.map(|limit| notation.effect(limit)));
            table.row(row);
        }
        let title = format!("Predictions within groups ({})", self.fit.level);
        (!self.within.is_empty()).then(|| Section::new(title).table("", table))
    }

    fn deviations_section(&self, notation: &Notation) -> Option<Section> {
        // A deviation of a logarithm is a ratio of two ratios.
        let notation = &notation.of_coefficients(true);
        let mut table = grid(&["group", notation.estimate(), notation.se(), "pi.lb", "pi.ub"]);
        for d in self.random_effects.as_ref()? {
            let mut row =
                vec![format!("{} {}", d.term, d.level), notation.effect(d.estimate), notation.number(d.se)];
            row.extend([d.lower, d.upper].map(|limit| notation.effect(limit)));
            table.row(row);
        }
        Some(Section::new("Predicted deviations").table("", table))
    }

    fn weights_section(&self, notation: &Notation) -> Option<Section> {
        let mut table = grid(&["effect", "weight", "diagonal", "hat"]);
        for w in self.weights.as_ref()? {
            let shares = [w.weight, w.diagonal].map(|share| percent(share, 2));
            table.row([w.label.clone()].into_iter().chain(shares).chain([notation.number(w.hat)]));
        }
        Some(Section::new("Weights").table("", table))
    }

    fn influence_section(&self, notation: &Notation) -> Option<Section> {
        let influence = self.influence.as_ref()?;
        let mut names: Vec<&str> = vec![&influence.by, "k", "weight", "hat"];
        let mean = influence.terms.len() == 1 && notation.is_ratio();
        names.extend(
            influence.terms.iter().map(|term| if mean { notation.estimate() } else { term.as_str() }),
        );
        names.extend(["cook", "cov.r", "resid pval"]);
        let mut table = grid(&names);
        // What an interrupt left undone is counted by its note.
        let done = || influence.clusters.iter().filter(|c| c.reason.as_deref() != Some(NOT_DONE));
        for c in done() {
            let mut row =
                vec![c.cluster.clone(), c.k.to_string(), percent(c.weight, 2), notation.number(c.hat)];
            match &c.without {
                Some(w) => {
                    row.extend(w.estimates.iter().map(|estimate| notation.effect(*estimate)));
                    row.extend([w.cook_distance, w.cov_ratio].map(|value| notation.number(value)));
                    row.push(p_cell(w.residual_p_value));
                }
                None => row.extend(std::iter::repeat_n(String::new(), influence.terms.len() + 3)),
            }
            table.row(row);
        }
        let reasons =
            done().filter_map(|c| c.reason.as_ref().map(|reason| format!("{}: {reason}", c.cluster)));
        Some(Section::new(format!("Without each {}", influence.by)).table("", table).lines(reasons))
    }

    fn bootstrap_section(&self, notation: &Notation) -> Option<Section> {
        let bootstrap = self.bootstrap.as_ref()?;
        let title =
            format!("Parametric bootstrap, {} replicates, seed {}", bootstrap.replicates, bootstrap.seed);
        let rows = |names: [&str; 6], distributions: &[Drawn], notation: &Notation| {
            let mut table = grid(&names);
            for d in distributions {
                table.row([
                    d.name.clone(),
                    notation.effect(d.estimate),
                    notation.number(d.se),
                    notation.number(d.bias),
                    notation.effect(d.lower),
                    notation.effect(d.upper),
                ]);
            }
            table
        };
        let of = &notation.of_coefficients(bootstrap.coefficients.len() > 1);
        let bias = if of.is_ratio() { "bias(log)" } else { "bias" };
        let coefficients = ["", of.estimate(), of.se(), bias, "ci.lb", "ci.ub"];
        let components = ["", "estimate", "se", "bias", "ci.lb", "ci.ub"];
        let failed =
            (bootstrap.failed > 0).then(|| format!("{} replicates could not be fitted", bootstrap.failed));
        Some(
            Section::new(title)
                .table("", rows(coefficients, &bootstrap.coefficients, of))
                .table("", rows(components, &bootstrap.components, &notation.of_logarithms()))
                .lines(failed),
        )
    }
}
