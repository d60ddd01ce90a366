//! Options of an influence analysis, and its report.

use serde::{Deserialize, Serialize};

use super::{
    BaujatPoint, Gosh, PartialFit, StudyInfluence, deletion,
    gosh::{self, Progress, Subsets},
    sequence::{self, Recipe, Without},
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    linear::{ModelSpec, spec_setters},
    pool::{Inference, PoolModel},
    tau2::Tau2,
};

/// An influence analysis; the default is that of a random-effects model by REML with Wald inference at 95 %.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    spec: ModelSpec,
    order: Option<Vec<f64>>,
    groups: Option<Vec<String>>,
    gosh: Option<Subsets>,
}

impl Default for Influence {
    fn default() -> Self {
        Influence::new(Tau2::default())
    }
}

/// The influence of every study on a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InfluenceReport {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The estimator of tau²; `None` for fixed effects.
    pub method: Option<Tau2>,
    /// The inference.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The number of coefficients.
    pub p: usize,
    /// The names of the coefficients.
    pub terms: Vec<String>,
    /// The case diagnostics, in the order of the studies; `None` with too few studies.
    pub studies: Option<Vec<StudyInfluence>>,
    /// The fits without each study; `None` with moderators, or fewer than two studies.
    pub leave_one_out: Option<Vec<PartialFit>>,
    /// The fits without each group of studies, in the order of the groups' names, if groups were given.
    #[serde(default)]
    pub leave_one_group_out: Option<Vec<PartialFit>>,
    /// The fits as studies are added; `None` with moderators.
    pub cumulative: Option<Vec<PartialFit>>,
    /// Baujat's coordinates; `None` with too few studies.
    pub baujat: Option<Vec<BaujatPoint>>,
    /// Fits to subsets, if asked for.
    #[serde(default)]
    pub gosh: Option<Gosh>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// The lists, empty where there are none.
impl InfluenceReport {
    /// The fits without each study, in the order of the studies; none with moderators, or with fewer than two studies.
    pub fn without_each(&self) -> &[PartialFit] {
        self.leave_one_out.as_deref().unwrap_or_default()
    }

    /// The fits as studies are added; none with moderators.
    pub fn cumulative_fits(&self) -> &[PartialFit] {
        self.cumulative.as_deref().unwrap_or_default()
    }

    /// The case diagnostics, in the order of the studies; none with too few studies.
    pub fn diagnostics(&self) -> &[StudyInfluence] {
        self.studies.as_deref().unwrap_or_default()
    }
}

impl Influence {
    /// A random-effects model with this estimator of tau².
    pub fn new(estimator: Tau2) -> Self {
        Influence { spec: ModelSpec::random(estimator), order: None, groups: None, gosh: None }
    }

    /// A fixed-effect model.
    pub fn fixed_effect() -> Self {
        Influence { spec: ModelSpec::fixed(), ..Influence::default() }
    }

    spec_setters! { inference, level }

    /// The order of the cumulative analysis: studies enter by increasing values, ties in the order of the studies.
    #[must_use]
    pub fn order(mut self, values: impl Into<Vec<f64>>) -> Self {
        self.order = Some(values.into());
        self
    }

    /// Adds the results without each group of studies; `groups` names the group of each study.
    #[must_use]
    pub fn by<S: Into<String>>(mut self, groups: impl IntoIterator<Item = S>) -> Self {
        self.groups = Some(groups.into_iter().map(Into::into).collect());
        self
    }

    /// Fits to subsets of the studies: all of them if there are at most `subsets`, else that many random ones.
    #[must_use]
    pub fn gosh(mut self, subsets: usize, seed: u64) -> Self {
        self.gosh = Some(Subsets { subsets, seed, clusters: false });
        self
    }

    /// As [`gosh`](Self::gosh), and searches the cloud of the subsets for clusters, which takes some milliseconds however few they
    /// are.
    #[must_use]
    pub fn gosh_clusters(mut self, subsets: usize, seed: u64) -> Self {
        self.gosh = Some(Subsets { subsets, seed, clusters: true });
        self
    }

    /// The influence of each study on the pooled effect.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, or the values of the order are not one finite number for each study.
    pub fn fit(&self, effects: &EffectSizes) -> Result<InfluenceReport> {
        self.fit_while(effects, |_, _| true)
    }

    /// As [`fit`](Self::fit), telling how far the fits to subsets are: `progress` is called with the number of subsets done and
    /// of all, from time to time and at the end. If it returns `false` the work stops; what is done until then is
    /// returned, and a note says so.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit).
    pub fn fit_while(
        &self,
        effects: &EffectSizes,
        mut progress: impl FnMut(usize, usize) -> bool,
    ) -> Result<InfluenceReport> {
        let ones = vec![1.0; effects.len()];
        self.report(effects, &ones, vec!["intrcpt".to_owned()], true, &mut progress)
    }

    /// The influence of each study on a meta-regression. `design` holds its columns one after the other, each with a value
    /// for every study (an intercept is a column of ones); `terms` names them.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit); if the design does not have a named column of k finite values for each coefficient, a column
    /// is a combination of others, or there are not more studies than columns.
    pub fn fit_with<S: Into<String>>(
        &self,
        effects: &EffectSizes,
        design: &[f64],
        terms: impl IntoIterator<Item = S>,
    ) -> Result<InfluenceReport> {
        let terms: Vec<String> = terms.into_iter().map(Into::into).collect();
        let k = effects.len();
        if terms.is_empty() || design.len() != k * terms.len() {
            return Err(Error::data(
                format!("a design of {} values and {} names for {k} studies", design.len(), terms.len()),
                "give a column of one value for each study for every named coefficient",
            ));
        }
        if let Some(at) = design.iter().position(|x| !x.is_finite()) {
            return Err(Error::data(
                format!("a moderator is {}", design[at]),
                "moderators must be finite; leave the study out",
            )
            .in_row(at % k.max(1) + 1));
        }
        if k <= terms.len() {
            return Err(Error::model(
                format!("{} coefficients for {k} studies", terms.len()),
                "a model needs more studies than coefficients",
            ));
        }
        let alone = terms.len() == 1 && design.iter().all(|x| *x == 1.0);
        self.report(effects, design, terms, alone, &mut |_, _| true)
    }

    fn report(
        &self,
        effects: &EffectSizes,
        design: &[f64],
        terms: Vec<String>,
        mean_only: bool,
        progress: &mut Progress<'_>,
    ) -> Result<InfluenceReport> {
        let level = self.spec.level.check()?;
        effects.check_range()?;
        let ModelSpec { model, estimator, inference, .. } = self.spec;
        let recipe = Recipe { model, estimator, inference, level };
        let mut notes = effects.notes().to_vec();
        self.check_inference(mean_only, &mut notes)?;
        let mut report = InfluenceReport {
            measure: effects.measure(),
            model,
            method: self.spec.method(),
            inference,
            level,
            k: effects.len(),
            p: terms.len(),
            terms,
            studies: None,
            leave_one_out: None,
            leave_one_group_out: None,
            cumulative: None,
            baujat: None,
            gosh: None,
            notes,
        };
        let without = match mean_only && report.k > 1 {
            true => Some(sequence::without_each(effects, recipe)?),
            false => None,
        };
        diagnose(&mut report, effects, design, without.as_deref(), recipe)?;
        if mean_only {
            self.refit(&mut report, effects, without, recipe)?;
        } else {
            self.note_what_needs_a_mean(&mut report.notes);
        }
        if let Some(subsets) = self.gosh.filter(|_| mean_only) {
            report.gosh = Some(gosh::gosh(effects, subsets, recipe, progress, &mut report.notes)?);
        }
        Ok(report)
    }

    /// Refuses inference that the model has not, and notes where case diagnostics rest on another.
    fn check_inference(&self, mean_only: bool, notes: &mut Vec<String>) -> Result<()> {
        let (inference, random) = (self.spec.inference, self.spec.is_random());
        let own = matches!(
            inference,
            Inference::HenmiCopas | Inference::ProfileLikelihood | Inference::KenwardRoger
        );
        if own && !(random && mean_only) {
            return Err(Error::setting(
                "inference",
                format!("{} inference belongs to random-effects models without moderators", inference.name()),
                "use wald, t, hksj or hksj-adhoc",
            ));
        }
        if own {
            notes.push(format!(
                "the case diagnostics rest on Wald's covariance; {} inference is that of the leave-one-out and \
                 cumulative fits",
                inference.name()
            ));
        }
        if self.spec.is_generalized() {
            notes.push(match mean_only {
                true => "the case diagnostics weigh by 1 / (v + tau²)".to_owned(),
                false => "Baujat's coordinates weigh by 1 / (v + tau²)".to_owned(),
            });
        }
        Ok(())
    }

    /// The fits to some of the studies, of a model of one mean.
    fn refit(
        &self,
        report: &mut InfluenceReport,
        effects: &EffectSizes,
        without: Option<Vec<Without>>,
        recipe: Recipe,
    ) -> Result<()> {
        let k = report.k;
        match without {
            Some(without) => {
                report.leave_one_out = Some(without.into_iter().map(|without| without.fit).collect());
            }
            None => report.notes.push("leave-one-out needs at least 2 studies".to_owned()),
        }
        if let Some(groups) = self.groups(k)? {
            match groups.iter().all(|group| *group == groups[0]) {
                true => report.notes.push("leave-one-group-out needs at least 2 groups".to_owned()),
                false => {
                    report.leave_one_group_out = Some(sequence::without_groups(effects, groups, recipe)?);
                }
            }
        }
        report.cumulative = Some(sequence::cumulative(effects, &self.positions(k)?, recipe)?);
        Ok(())
    }

    fn note_what_needs_a_mean(&self, notes: &mut Vec<String>) {
        if self.order.is_some() {
            notes.push("a cumulative analysis is for models without moderators".to_owned());
        }
        if self.groups.is_some() {
            notes.push("leave-one-group-out is for models without moderators".to_owned());
        }
        if self.gosh.is_some() {
            notes.push("subsets are fitted by models without moderators only".to_owned());
        }
    }

    /// The groups of `k` studies, if they are given.
    fn groups(&self, k: usize) -> Result<Option<&[String]>> {
        match &self.groups {
            Some(groups) if groups.len() != k => Err(Error::setting(
                "by",
                format!("{} groups for {k} studies", groups.len()),
                "name the group of every study",
            )),
            groups => Ok(groups.as_deref()),
        }
    }

    /// The positions of the studies in the order of the cumulative analysis.
    fn positions(&self, k: usize) -> Result<Vec<usize>> {
        let mut positions: Vec<usize> = (0..k).collect();
        let Some(values) = &self.order else { return Ok(positions) };
        if values.len() != k || values.iter().any(|x| !x.is_finite()) {
            return Err(Error::setting(
                "order",
                format!("{} values for {k} studies, or one that is not finite", values.len()),
                "give one finite value for every study",
            ));
        }
        positions.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        Ok(positions)
    }
}

/// Adds the case diagnostics and Baujat's coordinates, if there are enough studies.
fn diagnose(
    report: &mut InfluenceReport,
    effects: &EffectSizes,
    design: &[f64],
    without: Option<&[Without]>,
    recipe: Recipe,
) -> Result<()> {
    let (k, p) = (report.k, report.p);
    // One study has a mean; a regression without a study must keep a degree of freedom.
    let needed = if without.is_some() { 2 } else { p + 2 };
    if k < needed {
        report.notes.push(format!(
            "case diagnostics need at least {needed} studies with {p} coefficient{}, there {} {k}",
            if p == 1 { "" } else { "s" },
            if k == 1 { "is" } else { "are" }
        ));
        return Ok(());
    }
    let (studies, baujat) = match without {
        Some(without) => deletion::of_mean(effects, without, recipe),
        None => deletion::of_regression(effects, design, &report.terms, recipe)?,
    };
    let lost: Vec<&str> = studies.iter().filter(|s| s.q_del.is_none()).map(|s| s.study.as_str()).collect();
    if !lost.is_empty() {
        report.notes.push(format!(
            "the model cannot be fitted without {}, which alone determines a coefficient",
            lost.join(", or without ")
        ));
    }
    report.studies = Some(studies);
    report.baujat = Some(baujat);
    Ok(())
}
