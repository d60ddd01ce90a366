//! The reproduction: what the review says, what can be computed from it, and where its figures leave gaps.

use super::data::{Cost, Kiely2022, ReportedEffect, TrialDesign};
use crate::{
    Result,
    pool::{FixedEffect, Inference, Multiverse, RandomEffects},
    reviews::{Comparison, NamedFit, Reproduction, ReproductionBlock, ReproductionSection, Review},
    stat::{Tail, normal},
    tau2::Tau2,
    text::{fixed, p_value},
};

impl Kiely2022 {
    /// Computes what can be computed and sets it beside what was published.
    ///
    /// # Errors
    ///
    /// If rows were added that cannot be pooled.
    pub fn reproduce(&self) -> Result<Reproduction> {
        let (anxiety, fits) = self.anxiety()?;
        Ok(Reproduction {
            name: Review::Kiely2022.name().to_owned(),
            title: Review::Kiely2022.title().to_owned(),
            sources: vec![
                "Kiely B, Croke A, O'Shea M, Boland F, O'Shea E, Connolly D, Smith SM. Effect of social prescribing link \
                 workers on health outcomes and costs for adults in primary care and community settings: a systematic review. \
                 BMJ Open 2022;12(10):e062951. Narrative synthesis; nothing was pooled."
                    .to_owned(),
            ],
            sections: vec![
                self.included(),
                self.directions(),
                self.summary_of_findings(),
                self.standardised(),
                anxiety,
                self.cost_consequences(),
                self.missing(),
                conflicts(),
            ],
            fits,
        })
    }

    fn included(&self) -> ReproductionSection {
        let count = |design: TrialDesign| self.studies.iter().filter(move |s| s.design == design);
        let people = |design: TrialDesign| count(design).map(|s| f64::from(s.participants)).sum::<f64>();
        let rows = self.studies.iter().map(|s| {
            [
                s.study.clone(),
                if s.design == TrialDesign::Rct { "randomised" } else { "controlled before-after" }
                    .to_owned(),
                s.country.clone(),
                s.participants.to_string(),
                s.risk_of_bias.clone(),
                if s.in_table { "read in Table 1" } else { "inferred from sums" }.to_owned(),
            ]
        });
        ReproductionSection::new("The included studies")
            .table(["study", "design", "country", "participants", "risk of bias", "how identified"], rows)
            .compare([
                Comparison::new("studies", "8", self.studies.len() as f64),
                Comparison::new("participants", "6500", f64::from(self.participants())),
                Comparison::new("randomised trials", "5", count(TrialDesign::Rct).count() as f64),
                Comparison::new(
                    "controlled before-after studies",
                    "3",
                    count(TrialDesign::Cba).count() as f64,
                ),
                Comparison::unpublished("participants in randomised trials", people(TrialDesign::Rct)),
                Comparison::unpublished("participants in before-after studies", people(TrialDesign::Cba)),
            ])
    }

    fn directions(&self) -> ReproductionSection {
        let harvest = self.harvest();
        let rows = harvest.rows.iter().map(|row| {
            let studies: Vec<String> = row
                .studies
                .iter()
                .map(|(study, directions)| {
                    let symbols: Vec<&str> = directions.iter().map(|d| d.symbol()).collect();
                    format!("{study} {}", symbols.join(" "))
                })
                .collect();
            [
                row.domain.clone(),
                row.favours.to_string(),
                row.against.to_string(),
                row.mixed.to_string(),
                row.unknown.to_string(),
                row.sign_test.map_or("-".to_owned(), |p| p_value(p, 3)),
                studies.join("; "),
            ]
        });
        ReproductionSection::new("Direction of effect by outcome domain")
            .text(
                "One vote for each study and domain; + favours the intervention, - goes against it, doubled where no effect is \
                 excluded at 5%, o is reported as no difference or without a number. The sign test asks whether the votes for and \
                 against are as likely as a coin's; it says nothing about size. Only what was reported with a number has a \
                 direction, so domains in which differences were found are over-represented.",
            )
            .table(["domain", "for", "against", "mixed", "unknown", "sign test P", "studies"], rows)
    }

    fn summary_of_findings(&self) -> ReproductionSection {
        let rows = self.grade.iter().map(|g| {
            [
                g.outcome.clone(),
                format!("{} ({})", g.rct_studies, g.rct_participants),
                format!("{} ({})", g.cba_studies, g.cba_participants),
                g.certainty.clone(),
                g.conclusion.clone(),
            ]
        });
        ReproductionSection::new("Summary of findings (GRADE), as published").table(
            [
                "outcome",
                "randomised: studies (people)",
                "before-after: studies (people)",
                "certainty",
                "conclusion",
            ],
            rows,
        )
    }

    fn standardised(&self) -> ReproductionSection {
        let text = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |v| fixed(v, digits));
        let rows: Vec<[String; 7]> = self
            .effects
            .iter()
            .filter(|e| e.z().is_some())
            .map(|e| {
                let basis = if e.ci_lower.is_some() { "interval" } else { "P value" };
                [
                    e.study.clone(),
                    format!("{} ({})", e.outcome, e.instrument),
                    format!("{} {}", e.measure, text(e.estimate, 3)),
                    text(e.standard_error(), 4),
                    basis.to_owned(),
                    text(e.z(), 2),
                    text(e.standardized(), 3),
                ]
            })
            .collect();
        ReproductionSection::new("Reported effects on a common footing")
            .text(
                "Standard errors recovered from 95% intervals, or from exact P values (normal distribution assumed); for ratios on \
                 the log scale. z is the estimate over its standard error, turned so that positive favours the intervention. \
                 A standardised mean difference is given only where group sizes were reported; no standard deviation was \
                 guessed.",
            )
            .table(["study", "outcome", "published", "SE", "SE from", "z", "SMD"], rows)
    }

    /// The one outcome that two studies report on the same scale with an interval.
    fn anxiety(&self) -> Result<(ReproductionSection, Vec<NamedFit>)> {
        let effects = self.pooled_outcome("HADS-A")?;
        let fixed_effect = FixedEffect::default().fit(&effects)?;
        let random = RandomEffects::new(Tau2::Reml).fit(&effects)?;
        let hartung_knapp =
            RandomEffects::new(Tau2::Reml).inference(Inference::HartungKnapp).fit(&effects)?;
        let table = Multiverse::new(&effects, 0.95)?;
        let excluding = table.excluding(0.0).count();
        let line = |fit: &crate::pool::PoolFit, name: &str| {
            [
                name.to_owned(),
                fixed(fit.estimate, 4),
                format!("{} to {}", fixed(fit.ci_lower, 4), fixed(fit.ci_upper, 4)),
                fit.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
            ]
        };
        let h = &fixed_effect.heterogeneity;
        let mut section = ReproductionSection::new("HADS anxiety: what pooling would have given").text(format!(
            "{} studies report it with an interval. Not published anywhere; every combination of estimator and inference:",
            effects.len()
        ));
        section = section
            .table(
                ["method", "estimate", "95% interval", "P"],
                [
                    line(&fixed_effect, "fixed effect"),
                    line(&random, "random effects (REML), Wald"),
                    line(&hartung_knapp, "random effects (REML), Hartung-Knapp"),
                ],
            )
            .text(format!(
                "Q = {} on {} df (P = {}), I\u{b2} = {}%. Of {} combinations of estimator and inference, {excluding} exclude no \
                 effect and {} do not: the answer depends on the method, not on the data, because two studies of different \
                 design say nearly nothing about how far effects differ. That is why the authors did not pool.",
                fixed(h.q.unwrap_or(0.0), 4),
                h.q_df,
                p_value(h.q_p_value.unwrap_or(1.0), 4),
                fixed(h.i2.unwrap_or(0.0), 2),
                table.rows.len(),
                table.rows.len() - excluding,
            ));
        let rows = table.rows.iter().map(|row| {
            [
                format!("{:?}", row.model).to_lowercase(),
                row.method.map_or("-".to_owned(), |m| m.to_string()),
                row.inference.to_string(),
                row.tau2.map_or("-".to_owned(), |t| fixed(t, 4)),
                fixed(row.estimate, 4),
                fixed(row.ci_lower, 4),
                fixed(row.ci_upper, 4),
            ]
        });
        section =
            section.table(["model", "tau^2 by", "inference", "tau^2", "estimate", "lower", "upper"], rows);
        let fits = vec![NamedFit {
            name: "hads_anxiety".to_owned(),
            title: "Anxiety (HADS-A points) after social prescribing".to_owned(),
            favours_left: Some("Favours link worker".to_owned()),
            favours_right: Some("Favours usual care".to_owned()),
            fit: hartung_knapp,
        }];
        Ok((section, fits))
    }

    fn cost_consequences(&self) -> ReproductionSection {
        let number = |value: Option<f64>| value.map_or("-".to_owned(), |v| v.to_string());
        let rows = self.costs.iter().map(|c| {
            [
                c.source.clone(),
                c.quantity.clone(),
                number(c.intervention),
                number(c.comparator),
                c.unit.clone(),
                number(c.horizon_months),
                c.p_value.clone().unwrap_or_else(|| "-".to_owned()),
            ]
        });
        let mut section = ReproductionSection::new("Costs and consequences, as published")
            .text(
                "No cost-effectiveness analysis was identified by the review. Figures of one row cannot be added to those of \
                 another: they differ in currency, year, payer and horizon.",
            )
            .table(["source", "quantity", "intervention", "comparator", "unit", "months", "P"], rows);
        let differences = self.costs.iter().filter_map(cost_difference);
        section = section
            .text("Differences whose standard error follows from an exact P value (normal distribution assumed):")
            .table(["source", "quantity", "difference", "SE"], differences);
        let notes: Vec<String> = self
            .costs
            .iter()
            .filter(|c| !c.note.is_empty())
            .map(|c| format!("{}: {}", c.source, c.note))
            .collect();
        if !notes.is_empty() {
            section.blocks.push(ReproductionBlock::List(notes));
        }
        section
    }

    fn missing(&self) -> ReproductionSection {
        let all = self.effects.len();
        let count = |test: &dyn Fn(&ReportedEffect) -> bool| self.effects.iter().filter(|e| test(e)).count();
        let rows = [
            ("estimate with an interval", count(&|e| e.estimate.is_some() && e.ci_lower.is_some())),
            (
                "estimate with an exact P value only",
                count(&|e| e.ci_lower.is_none() && e.estimate.is_some() && e.exact_p_value().is_some()),
            ),
            (
                "estimate with an inexact P value only",
                count(&|e| e.ci_lower.is_none() && e.estimate.is_some() && e.exact_p_value().is_none()),
            ),
            ("no estimate: a direction or `no difference` in words", count(&|e| e.estimate.is_none())),
        ];
        let table = rows.map(|(what, n)| {
            [what.to_owned(), n.to_string(), format!("{}%", fixed(100.0 * n as f64 / all as f64, 1))]
        });
        let silent: Vec<&str> = self
            .studies
            .iter()
            .filter(|s| !self.effects.iter().any(|e| e.study == s.study && e.standard_error().is_some()))
            .map(|s| s.study.as_str())
            .collect();
        let people: u32 =
            self.studies.iter().filter(|s| silent.contains(&s.study.as_str())).map(|s| s.participants).sum();
        let mut with_interval: Vec<(&str, usize)> = Vec::new();
        for e in self.effects.iter().filter(|e| e.ci_lower.is_some()) {
            match with_interval.iter_mut().find(|(i, _)| *i == e.instrument) {
                Some((_, n)) => *n += 1,
                None => with_interval.push((&e.instrument, 1)),
            }
        }
        let twice = with_interval.iter().filter(|(instrument, _)| {
            let mut studies: Vec<&str> = self
                .effects
                .iter()
                .filter(|e| e.instrument == *instrument && e.ci_lower.is_some())
                .map(|e| e.study.as_str())
                .collect();
            studies.dedup();
            studies.len() > 1
        });
        let twice: Vec<&str> = twice.map(|(instrument, _)| *instrument).collect();
        ReproductionSection::new("How much evidence is missing")
            .text(format!("Of {all} study outcomes on record:"))
            .table(["reported as", "outcomes", "share"], table)
            .list([
                format!(
                    "{} of {} studies ({people} of {} participants) give no effect from which a standard error can be \
                     recovered: {}.",
                    silent.len(),
                    self.studies.len(),
                    self.participants(),
                    silent.join(", ")
                ),
                format!(
                    "Instruments on which more than one study reports an interval: {}.",
                    if twice.is_empty() { "none".to_owned() } else { twice.join(", ") }
                ),
            ])
    }
}

/// The difference between the groups and its standard error, where an exact P value gives it.
fn cost_difference(cost: &Cost) -> Option<[String; 4]> {
    let difference = cost.intervention? - cost.comparator?;
    let p: f64 = cost.p_value.as_deref()?.parse().ok().filter(|p| *p > 0.0 && *p < 1.0)?;
    let se = difference.abs() / normal::quantile(Tail::Upper(0.5 * p));
    let unit = &cost.unit;
    Some([
        cost.source.clone(),
        cost.quantity.clone(),
        format!("{} {unit}", fixed(difference, 2)),
        fixed(se, 2),
    ])
}

/// The places where the published figures contradict each other, or are silent.
fn conflicts() -> ReproductionSection {
    ReproductionSection::new("Conflicts and gaps in the published figures").list([
        "The two UK trials sum to 675 participants in the review's Table 1 (523 + 152) and to 714 in its summary of findings.",
        "Grant 2000 has 161 participants in the paper and 152 in the review.",
        "Heisler 2022 has 3159 participants in the review; its paper analyses 2457 by intention to treat.",
        "Kangovi 2017's reduction in admissions is printed as 28% and, in one copy of the abstract, as 29.7%.",
        "Kangovi 2018: from the printed changes and standard deviations with the numbers randomised, Welch's t test gives \
         P = 0.82 for the physical component; the paper prints 0.89, so its model or its numbers differ.",
        "Three of the eight studies were read in the review's Table 1; five were identified from sums of participants, which fit exactly.",
        "The summary of findings rows on emergency visits and costs were not available and are not shown.",
        "Depression and social support in Grant 2000, and most outcomes of Clarke 1992, Dickens 2011 and Carnes 2017, are reported \
         as no difference without a number.",
    ])
}
