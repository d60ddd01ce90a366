//! Runs the parts that are asked for, and notes why one is absent.

use super::{
    Alternative, Analysis, Bias, BiasReport, HenmiCopas, ImputedEffect, Selection, SelectionInterval,
    SmallStudyPower, asymmetry, copas, excess, failsafe, guidance, missing, options::Settings, p_curve,
    p_uniform, pet_peese, reporting, selection, trim_and_fill, uwls, worst_case, z_curve,
};
use crate::{
    EffectSizes, Error, Result,
    effect::StudyData,
    pool::{Inference, RandomEffects},
    tau2::Tau2,
};

impl Bias {
    /// Runs the parts. `data` are the raw data of the same studies, which some tests need.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, or the raw data are not those of the studies. What the data cannot answer is no
    /// error but absent, with a reason in the notes.
    pub fn fit(&self, effects: &EffectSizes, data: Option<&StudyData>) -> Result<BiasReport> {
        let settings = self.settings(effects, data)?;
        let mut report = self.empty_report(effects, &settings);
        for analysis in self.asked(effects, data) {
            if let Err(error) = self.part(analysis, effects, data, &settings, &mut report) {
                match error {
                    Error::Model { .. } => report.notes.push(format!("no {analysis}: {error}")),
                    other => return Err(other),
                }
            }
        }
        if report.clusters.is_some() {
            self.note_dependence(&mut report);
        }
        if self.moderators.is_some() && !report.selection_models.is_empty() {
            report
                .notes
                .push("moderators enter the selection models; the other parts leave them out".to_owned());
        }
        Ok(report)
    }

    /// The options, checked against the data.
    fn settings(&self, effects: &EffectSizes, data: Option<&StudyData>) -> Result<Settings> {
        let level = self.spec.level.check()?;
        // Fail-safe numbers rest on z values alone, whatever their size.
        if self.analyses.as_deref() != Some([Analysis::FailsafeN].as_slice()) {
            effects.check_range()?;
        }
        if let Some(data) = data.filter(|data| data.len() != effects.len()) {
            return Err(Error::data(
                format!("raw data of {} studies beside {} effects", data.len(), effects.len()),
                "give the raw data of the studies that have an effect",
            ));
        }
        if let Some(x) = self.moderators.as_ref().filter(|x| x.k() != effects.len()) {
            return Err(Error::data(
                format!("moderators of {} studies beside {} effects", x.k(), effects.len()),
                "give one row for each effect",
            ));
        }
        let clusters = match &self.clusters {
            Some(names) if names.len() != effects.len() => {
                return Err(Error::data(
                    format!("{} clusters beside {} effects", names.len(), effects.len()),
                    "name the cluster of each effect",
                ));
            }
            Some(names) => {
                let mut known: Vec<&String> = names.iter().collect();
                known.sort();
                known.dedup();
                Some(names.iter().filter_map(|name| known.binary_search(&name).ok()).collect::<Vec<_>>())
            }
            None => None,
        };
        if !self.threshold.is_finite() {
            return Err(Error::setting("threshold", self.threshold.to_string(), "give a finite effect"));
        }
        Ok(Settings {
            spec: self.spec.clone(),
            level,
            regression: self.regression,
            predictor: self.predictor,
            missing: self.missing,
            side: self.side,
            trimming: self.trimming,
            direction: self.direction,
            clusters,
            replicates: self.bootstrap,
            seed: self.seed,
        })
    }

    /// The report before its parts.
    fn empty_report(&self, effects: &EffectSizes, settings: &Settings) -> BiasReport {
        let mut report = BiasReport {
            measure: effects.measure(),
            model: self.spec.model,
            method: self.spec.method(),
            inference: self.spec.inference,
            level: settings.level,
            k: effects.len(),
            clusters: settings.clusters.as_ref().and_then(|c| c.iter().max()).map(|c| c + 1),
            guidance: guidance::guidance(effects),
            tests: Vec::new(),
            trim_and_fill: None,
            failsafe_n: None,
            selection_models: Vec::new(),
            pet_peese: None,
            limit: None,
            p_curve: None,
            excess_significance: None,
            henmi_copas: None,
            uwls: None,
            copas: None,
            p_uniform: None,
            p_uniform_star: None,
            z_curve: None,
            worst_case: None,
            reporting_bias: None,
            missing_outcomes: None,
            power: None,
            notes: effects.notes().to_vec(),
        };
        if !matches!(
            self.spec.inference,
            Inference::Wald | Inference::T | Inference::HartungKnapp | Inference::HartungKnappAdHoc
        ) {
            report.notes.push(format!(
                "regressions use Wald's inference; {} inference is for pooled effects",
                self.spec.inference.name()
            ));
        }
        report
    }

    /// The parts that are asked for, or all that fit the data.
    fn asked(&self, effects: &EffectSizes, data: Option<&StudyData>) -> Vec<Analysis> {
        let fits = |a: &Analysis| match a {
            Analysis::MissingOutcomes => self.missing_outcomes.is_some(),
            Analysis::Power => self.power.is_some(),
            a => !a.is_asymmetry_test() || asymmetry::applies(*a, effects, data),
        };
        match &self.analyses {
            Some(analyses) => analyses.clone(),
            None => Analysis::ALL.iter().copied().filter(fits).collect(),
        }
    }

    fn part(
        &self,
        analysis: Analysis,
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
        report: &mut BiasReport,
    ) -> Result<()> {
        match analysis {
            Analysis::TrimAndFill => {
                report.trim_and_fill = Some(trim_and_fill::trim_and_fill(effects, settings)?);
            }
            Analysis::FailsafeN => {
                let found = failsafe::failsafe_n(
                    effects,
                    self.target,
                    self.spec.model,
                    self.spec.estimator,
                    &mut report.notes,
                )?;
                report.failsafe_n = Some(found);
            }
            Analysis::Selection => self.selection_models(effects, settings, report)?,
            Analysis::ExcessSignificance => {
                let pooled = settings.pooled(effects.yi(), effects.vi());
                let at = (pooled.estimate, pooled.tau2);
                report.excess_significance =
                    Some(excess::excess(effects, at, self.excess, &mut report.notes));
            }
            Analysis::HenmiCopas => {
                report.henmi_copas = Some(self.henmi_copas(effects)?);
            }
            Analysis::PetPeese => report.pet_peese = Some(pet_peese::pet_peese(effects, settings)?),
            Analysis::Limit => report.limit = Some(pet_peese::limit(effects, settings)?),
            Analysis::PCurve => report.p_curve = Some(p_curve::p_curve(effects)?),
            Analysis::Uwls => report.uwls = Some(uwls::uwls(effects, settings)?),
            Analysis::Copas => report.copas = Some(copas::copas(effects, settings)?),
            Analysis::PUniform => {
                let one = p_uniform::p_uniform(effects, settings).map(|p| report.p_uniform = Some(p));
                report.p_uniform_star = Some(p_uniform::p_uniform_star(effects, settings)?);
                one?;
            }
            Analysis::ZCurve => report.z_curve = Some(z_curve::z_curve(effects, settings)?),
            Analysis::WorstCase => {
                report.worst_case = Some(worst_case::worst_case(effects, settings, self.threshold)?);
            }
            Analysis::ReportingBias => {
                report.reporting_bias = Some(reporting::bounds(effects, settings, &self.unreported)?);
            }
            Analysis::MissingOutcomes => {
                report.missing_outcomes = Some(self.imputed(effects, data, settings)?);
            }
            Analysis::Power => report.power = Some(self.simulated(effects, data, settings)?),
            test => report.tests.push(asymmetry::test(test, effects, data, settings)?.within_range()?),
        }
        Ok(())
    }

    fn henmi_copas(&self, effects: &EffectSizes) -> Result<HenmiCopas> {
        let fit = RandomEffects::new(Tau2::Dl)
            .inference(Inference::HenmiCopas)
            .level(self.spec.level)
            .fit(effects)?;
        if fit.inference != Inference::HenmiCopas {
            return Err(Error::model("1 study", "the interval needs at least 2"));
        }
        Ok(HenmiCopas {
            estimate: fit.estimate,
            se: fit.se,
            ci_lower: fit.ci_lower,
            ci_upper: fit.ci_upper,
            tau2: fit.heterogeneity.tau2.unwrap_or(0.0),
        })
    }

    fn imputed(
        &self,
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
    ) -> Result<Vec<ImputedEffect>> {
        let Some(missing) = &self.missing_outcomes else {
            return Err(Error::model(
                "no outcome is known to be missing",
                "give the numbers of participants without an outcome",
            ));
        };
        let Some(StudyData::TwoByTwo(tables)) = data else {
            return Err(Error::model(
                "the data are not two-by-two tables",
                "only their outcomes are imputed",
            ));
        };
        missing::imputed(effects, tables, missing, settings)
    }

    #[cfg(feature = "random")]
    fn simulated(
        &self,
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
    ) -> Result<SmallStudyPower> {
        let options = self.power.unwrap_or_else(|| super::PowerOptions::new(self.seed));
        let asked = |a: &Analysis| match &self.analyses {
            Some(analyses) if analyses.iter().any(|a| a.is_asymmetry_test()) => analyses.contains(a),
            _ => asymmetry::applies(*a, effects, data),
        };
        let tests: Vec<Analysis> =
            Analysis::ALL.iter().copied().filter(|a| a.is_asymmetry_test() && asked(a)).collect();
        super::power::simulate(effects, data, settings, &tests, &options)
    }

    #[cfg(not(feature = "random"))]
    fn simulated(&self, _: &EffectSizes, _: Option<&StudyData>, _: &Settings) -> Result<SmallStudyPower> {
        Err(Error::setting("power", "this build has no random numbers", "build with the feature `random`"))
    }

    /// Notes on parts that treat effects as independent although they are not.
    fn note_dependence(&self, report: &mut BiasReport) {
        let mut independent = Vec::new();
        for test in &report.tests {
            if matches!(test.name, Analysis::Begg | Analysis::Schwarzer | Analysis::Skewness | Analysis::Lfk)
            {
                independent.push(test.name.to_string());
            }
        }
        let parts = [
            (report.trim_and_fill.is_some(), Analysis::TrimAndFill),
            (report.failsafe_n.is_some(), Analysis::FailsafeN),
            (report.excess_significance.is_some(), Analysis::ExcessSignificance),
            (report.henmi_copas.is_some(), Analysis::HenmiCopas),
            (report.limit.is_some(), Analysis::Limit),
            (report.p_curve.is_some(), Analysis::PCurve),
            (report.p_uniform.is_some() || report.p_uniform_star.is_some(), Analysis::PUniform),
            (report.copas.is_some(), Analysis::Copas),
            (report.reporting_bias.is_some(), Analysis::ReportingBias),
        ];
        independent.extend(parts.iter().filter(|(there, _)| *there).map(|(_, part)| part.to_string()));
        report.notes.push(
            "effects of one cluster depend on each other: standard errors of regressions, PET-PEESE, UWLS and the worst case are \
             CR2 sandwiches over clusters, those of selection models the sandwich with their scores; likelihood-ratio tests \
             and profile intervals still take effects as independent"
                .to_owned(),
        );
        if !independent.is_empty() {
            report.notes.push(format!(
                "these have no form for dependent effects and take them as independent, which makes their P values too small: {}",
                independent.join(", ")
            ));
        }
    }

    fn selection_models(
        &self,
        effects: &EffectSizes,
        settings: &Settings,
        report: &mut BiasReport,
    ) -> Result<()> {
        let default = [Selection::three_parameter()];
        let selections = if self.selections.is_empty() { &default[..] } else { &self.selections };
        let mean = settings.pooled(effects.yi(), effects.vi()).estimate;
        let opposite = match self.alternative {
            Alternative::Greater if mean < 0.0 => Some(("negative", "less")),
            Alternative::Less if mean > 0.0 => Some(("positive", "greater")),
            _ => None,
        };
        if let Some((direction, other)) = opposite {
            report.notes.push(format!(
                "the pooled effect is {direction}, selection for effects in the other direction was modelled: consider the \
                 alternative `{other}`"
            ));
        }
        for selected in selections {
            let fitting = selection::Fitting {
                alternative: self.alternative,
                model: self.spec.model,
                level: settings.level,
                moderators: self.moderators.as_ref(),
                clusters: settings.clusters.as_deref(),
                profile: self.profile == SelectionInterval::Profile,
            };
            match selection::fit(effects, selected, &fitting) {
                Ok(fit) => {
                    report.notes.extend(fit.remarks().into_iter().map(|text| format!("{selected}: {text}")));
                    report.selection_models.push(fit);
                }
                Err(error @ Error::Model { .. }) => {
                    report.notes.push(format!("no selection model {selected}: {error}"))
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
