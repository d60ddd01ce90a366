//! The readings of `multilevel` beside the fit: deviations, weights, influence, predictions within groups, small-study effects,
//! tests against smaller models, the bootstrap.

use std::fmt;

use crate::{
    Error, Result,
    bias::{DependentEffects, MultilevelPetPeese, MultilevelSlope, PetOrPeese, Predictor},
    multilevel::{
        BootstrapTest, EffectWeight, Factor, GroupPrediction, MultilevelBootstrap, MultilevelFit,
        MultilevelInfluence, NestedComparison, RandomEffect,
    },
    report::{Align, Grid, fixed, p_value, p_value_sentence, percent},
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
        Some("effect") => {
            let each = Factor::in_order(
                "effect",
                effects.labels().iter().enumerate().map(|(i, label)| format!("{} {label}", i + 1)),
            )?;
            Some(fit.influence(&each)?)
        }
        Some(column) => {
            let cluster = Factor::new(column, built.studies.groups(column, &built.modelled.rows)?)?;
            Some(fit.influence(&cluster)?)
        }
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
    let small_study = match &args.small_study {
        Some(name) => {
            let predictor: Predictor = name.parse()?;
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

impl fmt::Display for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.fit, coefficients::values_text(&self.fit), self.coefficients)?;
        self.write_without(f)?;
        self.write_small_study(f)?;
        self.write_within(f)?;
        self.write_deviations(f)?;
        self.write_weights(f)?;
        self.write_influence(f)?;
        self.write_bootstrap(f)
    }
}

/// A table whose first column is text.
fn grid(names: &[&str]) -> Grid {
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    Grid::new(names.iter().enumerate().map(|(at, name)| (name.to_string(), align(at))))
}

fn four(value: f64) -> String {
    fixed(value, 4)
}

impl Readings {
    fn write_without(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(test) = &self.without {
            writeln!(f, "\nTest against the model without {}:", test.term)?;
            writeln!(
                f,
                "LRT = {}, df = {}, {} by chi-square",
                four(test.test.statistic),
                test.test.df,
                p_value_sentence(test.test.p_value)
            )?;
            if let Some(p) = test.test.boundary_p_value {
                writeln!(f, "{} by the mixture for a variance at the edge", p_value_sentence(p))?;
            }
            if let Some(test) = &test.bootstrap {
                writeln!(
                    f,
                    "{} by parametric bootstrap, {} replicates, seed {}",
                    p_value_sentence(test.p_value),
                    test.replicates,
                    test.seed
                )?;
            }
        }
        Ok(())
    }

    fn write_small_study(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(small) = &self.small_study {
            writeln!(f, "\nSmall-study effects, {} as a moderator:\n", small.slope.predictor)?;
            let mut table = grid(&["", "estimate", "se", "df", "pval", "ci.lb", "ci.ub"]);
            let mut row = |name: &str, c: &crate::multilevel::MultilevelCoefficient| {
                table.row([
                    name.to_owned(),
                    four(c.estimate),
                    four(c.se),
                    c.df.map_or_else(String::new, |df| fixed(df, 2)),
                    c.p_value.map_or_else(String::new, |p| p_value(p, 4)),
                    four(c.ci_lower),
                    four(c.ci_upper),
                ]);
            };
            row("slope", &small.slope.slope);
            if let Some(limit) = &small.slope.limit {
                row("effect at 0", limit);
            }
            if let Some(pet) = &small.pet_peese {
                row("PET", &pet.pet);
                row("PEESE", &pet.peese);
            }
            write!(f, "{}", table.to_text())?;
            if let Some(pet) = &small.pet_peese {
                writeln!(
                    f,
                    "PET-PEESE takes {}.",
                    if pet.chosen == PetOrPeese::Peese { "PEESE" } else { "PET" }
                )?;
            }
        }
        Ok(())
    }

    fn write_within(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.within.is_empty() {
            writeln!(f, "\nPredictions within groups ({}):\n", self.fit.level)?;
            let mut table = grid(&["group", "mean", "se", "ci.lb", "ci.ub", "pi.lb", "pi.ub"]);
            for p in &self.within {
                table.row([
                    format!("{} {}", p.term, p.level),
                    four(p.estimate),
                    four(p.se),
                    four(p.mean_lower),
                    four(p.mean_upper),
                    four(p.prediction_lower),
                    four(p.prediction_upper),
                ]);
            }
            write!(f, "{}", table.to_text())?;
        }
        Ok(())
    }

    fn write_deviations(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(deviations) = &self.random_effects {
            writeln!(f, "\nPredicted deviations:\n")?;
            let mut table = grid(&["group", "estimate", "se", "pi.lb", "pi.ub"]);
            for d in deviations {
                table.row([
                    format!("{} {}", d.term, d.level),
                    four(d.estimate),
                    four(d.se),
                    four(d.lower),
                    four(d.upper),
                ]);
            }
            write!(f, "{}", table.to_text())?;
        }
        Ok(())
    }

    fn write_weights(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(weights) = &self.weights {
            writeln!(f, "\nWeights:\n")?;
            let mut table = grid(&["effect", "weight", "diagonal", "hat"]);
            for w in weights {
                table.row([w.label.clone(), percent(w.weight, 2), percent(w.diagonal, 2), four(w.hat)]);
            }
            write!(f, "{}", table.to_text())?;
        }
        Ok(())
    }

    fn write_influence(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(influence) = &self.influence {
            writeln!(f, "\nWithout each {}:\n", influence.by)?;
            let mut names: Vec<String> =
                vec![influence.by.clone(), "k".into(), "weight".into(), "hat".into()];
            names.extend(influence.terms.iter().cloned());
            names.extend(["cook", "cov.r", "resid pval"].map(String::from));
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut table = grid(&names);
            for c in &influence.clusters {
                let mut row = vec![c.cluster.clone(), c.k.to_string(), percent(c.weight, 2), four(c.hat)];
                match &c.without {
                    Some(w) => {
                        row.extend(w.estimates.iter().map(|b| four(*b)));
                        row.push(four(w.cook_distance));
                        row.push(four(w.cov_ratio));
                        row.push(w.residual_p_value.map_or_else(String::new, |p| p_value(p, 4)));
                    }
                    None => row.extend(std::iter::repeat_n(String::new(), influence.terms.len() + 3)),
                }
                table.row(row);
            }
            write!(f, "{}", table.to_text())?;
            for c in &influence.clusters {
                if let Some(reason) = &c.reason {
                    writeln!(f, "{}: {reason}", c.cluster)?;
                }
            }
        }
        Ok(())
    }

    fn write_bootstrap(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(bootstrap) = &self.bootstrap {
            writeln!(
                f,
                "\nParametric bootstrap, {} replicates, seed {}:\n",
                bootstrap.replicates, bootstrap.seed
            )?;
            let mut table = grid(&["", "estimate", "se", "bias", "ci.lb", "ci.ub"]);
            for d in bootstrap.coefficients.iter().chain(&bootstrap.components) {
                table.row([
                    d.name.clone(),
                    four(d.estimate),
                    four(d.se),
                    four(d.bias),
                    four(d.lower),
                    four(d.upper),
                ]);
            }
            write!(f, "{}", table.to_text())?;
            if bootstrap.failed > 0 {
                writeln!(f, "{} replicates could not be fitted", bootstrap.failed)?;
            }
        }
        Ok(())
    }
}
