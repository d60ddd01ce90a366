//! The multilevel model behind a figure or a report that the options of `pool` describe.

use crate::{
    Error, Result,
    linear::MarginalWeights,
    multilevel::{CoefficientInference, Estimation},
    request::args::{
        DependenceArgs, EffectArgs, InfluenceArgs, InputArgs, Model, ModelArgs, MultilevelArgs, PoolArgs,
        ReadingModel, RegressArgs, RobustArgs, ShownArgs,
    },
    table::{ContrastCoding, OnCollinear},
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
        let cluster = || Some(self.vcov.as_deref()?.rsplit_once(':')?.1.split('/').next()?.trim());
        super::outermost(&self.random).or_else(cluster)
    }

    /// Refuses a model of dependent effects for the reason that is given.
    pub(crate) fn refuse(&self, found: &str, remedy: &str) -> Result<()> {
        if !self.is_given() {
            return self.check();
        }
        let option = if self.vcov.is_some() { "--vcov" } else { "--random" };
        Err(Error::setting(option, found, remedy))
    }

    /// The options of `multilevel` for the same data.
    pub(crate) fn multilevel(&self, args: &PoolArgs) -> Result<MultilevelArgs> {
        refuse_independent(&args.model, args.subgroup.is_some())?;
        Ok(MultilevelArgs {
            robust: args.robust.clone(),
            method: args.model.method.code().parse()?,
            inference: args.model.inference.of_dependent()?,
            ..self.of_data(&args.input, &args.effect, args.shown)
        })
    }

    /// The options of `multilevel` for the moderators and predictions of a meta-regression.
    pub(crate) fn of_regression(&self, args: &RegressArgs) -> Result<MultilevelArgs> {
        refuse_independent(&args.model, false)?;
        let further = &args.further;
        let other = [
            ("--coding", further.coding != ContrastCoding::default()),
            ("--collinear", further.collinear != OnCollinear::default()),
        ];
        if let Some((option, _)) = other.into_iter().find(|(_, given)| *given) {
            let found =
                "models of dependent effects have factors by treatment contrasts, none of them dropped";
            return Err(Error::setting(option, found, "leave it out, or --random and --vcov"));
        }
        Ok(MultilevelArgs {
            mods: Some(args.mods.clone()),
            predict: args.predict.clone(),
            robust: args.robust.clone(),
            method: args.model.method.code().parse()?,
            inference: args.model.inference.of_dependent()?,
            ..self.of_data(&args.input, &args.effect, args.shown)
        })
    }

    /// The options of `multilevel` for the model of an influence analysis.
    pub(crate) fn of_influence(&self, args: &InfluenceArgs) -> Result<MultilevelArgs> {
        if args.model.model != ReadingModel::Random {
            let found = "it belongs to the model of independent effects";
            return Err(Error::setting("--model", found, "leave it out, or --random and --vcov"));
        }
        if args.order.is_some() {
            let found = "it orders cumulative fits of independent effects";
            return Err(Error::setting("--order", found, "leave it out"));
        }
        Ok(MultilevelArgs {
            mods: args.mods.clone(),
            method: args.model.method.code().parse()?,
            inference: args.model.inference.of_dependent()?,
            ..self.of_data(&args.input, &args.effect, args.shown)
        })
    }

    /// The model of these data by the customary method and inference.
    fn of_data(&self, input: &InputArgs, effect: &EffectArgs, shown: ShownArgs) -> MultilevelArgs {
        MultilevelArgs {
            input: input.clone(),
            effect: effect.clone(),
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
            method: Estimation::default(),
            inference: CoefficientInference::default(),
            no_intervals: true,
            blup: false,
            weights: false,
            influence: None,
            within: Vec::new(),
            small_study: None,
            without: None,
            bootstrap: None,
            seed: 1,
            robust: RobustArgs { cluster: None, robust: None },
            shown,
        }
    }
}

/// Refuses what belongs to models of independent effects.
fn refuse_independent(model: &ModelArgs, subgroups: bool) -> Result<()> {
    let other = [
        ("--model", model.model != Model::Random),
        ("--subgroup", subgroups),
        ("--weights", model.weights.is_some()),
        ("--tau2", model.tau2.is_some()),
        ("--tau2-interval", model.tau2_interval.is_some()),
        ("--prediction", model.prediction.is_some()),
        ("--q-about", model.q_about.is_some()),
    ];
    match other.into_iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((option, _)) => {
            let found = "it belongs to the model of independent effects";
            Err(Error::setting(option, found, "leave it out, or --random and --vcov"))
        }
    }
}
