//! The multilevel model behind a figure or a report that the options of `pool` describe.

use crate::{
    Error, Result,
    linear::MarginalWeights,
    request::args::{DependenceArgs, Model, MultilevelArgs, PoolArgs},
};

impl DependenceArgs {
    /// True if a model of dependent effects is asked for.
    pub(crate) fn is_given(&self) -> bool {
        !self.random.is_empty() || self.vcov.is_some()
    }

    /// Refuses a structure without a random effect.
    pub(crate) fn check(&self) -> Result<()> {
        if self.structure.is_empty() {
            return Ok(());
        }
        let remedy = "name the term: --random inner|outer";
        Err(Error::setting("--structure", "there is no random effect", remedy))
    }

    /// The column of the outermost factor of the first random effect, or of the clusters of the sampling covariances.
    pub(crate) fn outermost(&self) -> Option<&str> {
        let of_random = self.random.first().map(|term| match term.split_once('|') {
            Some((_, outer)) => outer.trim(),
            None => term.split('/').next().unwrap_or(term).trim(),
        });
        let cluster = || Some(self.vcov.as_deref()?.rsplit_once(':')?.1.split('/').next()?.trim());
        of_random.or_else(cluster)
    }

    /// The options of `multilevel` for the same data.
    pub(crate) fn multilevel(&self, args: &PoolArgs) -> Result<MultilevelArgs> {
        let model = &args.model;
        let other = [
            ("--model", model.model != Model::Random),
            ("--subgroup", args.subgroup.is_some()),
            ("--weights", model.weights.is_some()),
            ("--tau2", model.tau2.is_some()),
            ("--tau2-interval", model.tau2_interval.is_some()),
            ("--prediction", model.prediction.is_some()),
        ];
        if let Some((option, _)) = other.into_iter().find(|(_, given)| *given) {
            let found = "it belongs to the model of independent effects";
            return Err(Error::setting(option, found, "leave it out, or --random and --vcov"));
        }
        Ok(MultilevelArgs {
            input: args.input.clone(),
            effect: args.effect.clone(),
            random: self.random.clone(),
            structure: self.structure.clone(),
            distance: "euclidean".to_owned(),
            correlation: Vec::new(),
            fix: Vec::new(),
            share: Vec::new(),
            vcov: self.vcov.clone(),
            mods: None,
            predict: None,
            test: Vec::new(),
            contrast: Vec::new(),
            adjust: None,
            marginal: Vec::new(),
            marginal_weights: MarginalWeights::default(),
            method: model.method.code().parse()?,
            inference: model.inference.of_dependent()?,
            no_intervals: true,
            blup: false,
            weights: false,
            influence: None,
            within: Vec::new(),
            small_study: None,
            without: None,
            bootstrap: None,
            seed: 1,
            robust: args.robust.clone(),
            shown: args.shown,
        })
    }
}
