//! Methods and results paragraphs of a network meta-analysis, as PRISMA-NMA asks.
//!
//! Reference: Hutton B, Salanti G, Caldwell DM, et al. (2015). The PRISMA extension statement for reporting of systematic
//! reviews incorporating network meta-analyses of health care interventions. *Annals of Internal Medicine* 162:777-784.
//! doi:10.7326/M14-2385

use super::{fixed, p_value_sentence};
use crate::{
    network::{Decomposition, NetworkFit, NetworkModel, Ranking, SplitComparison},
    pool::Inference,
};

impl NetworkFit {
    /// The paragraph for a methods section: model, estimator, covariance of multi-arm studies, inference, software.
    pub fn methods_paragraph(&self) -> String {
        let model = match (self.model, self.method) {
            (NetworkModel::Common, _) => "a common-effect model".to_owned(),
            (_, Some(method)) => format!(
                "a random-effects model with one between-study variance for all comparisons, estimated by {method}"
            ),
            (_, None) => format!(
                "a random-effects model with the between-study variance fixed at {}",
                fixed(self.tau2, 3)
            ),
        };
        let inference = match self.inference {
            Inference::HartungKnapp | Inference::HartungKnappAdHoc => {
                " Standard errors were adjusted as of Hartung and Knapp, and intervals rest on the t distribution."
            }
            Inference::T => " Intervals rest on the t distribution.",
            _ => "",
        };
        format!(
            "We combined direct and indirect evidence on {} treatments in a network meta-analysis by {model}, fitted by \
             generalized least squares with the full covariance of studies with three or more arms. Effects are given \
             against {} with {}% confidence intervals.{inference} Inconsistency was assessed by the decomposition of Q \
             within and between designs, the design-by-treatment interaction test, and by separating direct from indirect \
             evidence. Treatments were ranked by P-scores, given with the precision of the hierarchy (POTH). Analyses were \
             made with consilience {}.",
            self.theta.len(),
            self.network.treatments[self.reference],
            self.level.as_percent(),
            env!("CARGO_PKG_VERSION")
        )
    }

    /// The paragraph for a results section: geometry of the network, heterogeneity, inconsistency, the hierarchy with its
    /// uncertainty.
    pub fn results_paragraph(
        &self,
        ranking: Option<&Ranking>,
        decomposition: Option<&Decomposition>,
        splits: Option<&[SplitComparison]>,
    ) -> String {
        let mut text = self.geometry();
        text += &self.heterogeneity_sentence();
        if let Some(decomposition) = decomposition {
            text += &between_sentence(decomposition);
        }
        if let Some(splits) = splits {
            text += &split_sentence(splits);
        }
        if let Some(ranking) = ranking {
            text += &self.ranking_sentences(ranking);
        }
        text
    }

    fn geometry(&self) -> String {
        let network = &self.network;
        let multi = network.studies.iter().filter(|s| s.arms.len() > 2).count();
        let arms = match multi {
            0 => String::new(),
            1 => ", one of them with three or more arms".to_owned(),
            n => format!(", {n} of them with three or more arms"),
        };
        let persons: Option<f64> = network.studies.iter().flat_map(|s| &s.arms).map(|arm| arm.size).sum();
        let persons = persons.map_or(String::new(), |n| format!(" and {} persons", fixed(n, 0)));
        let t = network.treatments.len();
        format!(
            "The network holds {} studies{persons}{arms}, which compare {t} treatments in {} of {} possible direct \
             comparisons.",
            network.studies.len(),
            network.comparisons().len(),
            t * (t - 1) / 2
        )
    }

    fn heterogeneity_sentence(&self) -> String {
        let h = &self.heterogeneity;
        if h.q_df == 0 {
            return " Heterogeneity cannot be estimated: no comparison has more evidence than it needs."
                .to_owned();
        }
        let p = h.q_p_value.map_or(String::new(), |p| format!(", {}", p_value_sentence(p)));
        let mut text =
            format!(" Heterogeneity and inconsistency together: Q = {}, df = {}{p}", fixed(h.q, 2), h.q_df);
        if let (NetworkModel::Random, Some(i2)) = (self.model, h.i2) {
            text += &format!("; \u{3c4}\u{b2} = {}, I\u{b2} = {}%", fixed(self.tau2, 3), fixed(i2, 1));
        }
        text + "."
    }

    fn ranking_sentences(&self, ranking: &Ranking) -> String {
        let Some(best) = ranking.order.first() else { return String::new() };
        let score = ranking.treatments.iter().find(|t| t.treatment == *best);
        let score = score.map_or(String::new(), |t| {
            format!(
                " (P-score {}, probability of being best {})",
                fixed(t.p_score, 2),
                fixed(t.probability_best, 2)
            )
        });
        let versus = match self.network.treatment(best) {
            Ok(i) if i != self.reference => {
                let d = self.difference(i, self.reference);
                let read = |x: f64| match self.back(x) {
                    Some(value) if value.is_infinite() => "Inf".to_owned(),
                    Some(value) if value > 0.0 && value < 0.005 => format!("{value:.1e}"),
                    value => fixed(value.unwrap_or(x), 2),
                };
                format!(
                    "; against {} its effect is {} ({}% CI {} to {})",
                    self.network.treatments[self.reference],
                    read(d.estimate),
                    self.level.as_percent(),
                    read(d.ci_lower),
                    read(d.ci_upper)
                )
            }
            _ => String::new(),
        };
        let sure = match ranking.poth {
            p if p < 0.33 => "the hierarchy is uncertain",
            p if p < 0.67 => "the hierarchy is partly uncertain",
            _ => "the hierarchy is fairly certain",
        };
        format!(
            " {best} ranks first{score}{versus}. The precision of the hierarchy (POTH) is {}: {sure}.",
            fixed(ranking.poth, 2)
        )
    }
}

fn between_sentence(decomposition: &Decomposition) -> String {
    let Some(p) = decomposition.between.p_value else {
        return " Inconsistency between designs cannot be tested: no comparison has two kinds of evidence."
            .to_owned();
    };
    let mut text = format!(
        " Between designs: Q = {}, df = {}, {}",
        fixed(decomposition.between.q, 2),
        decomposition.between.df,
        p_value_sentence(p)
    );
    if let Some(p) = decomposition.interaction.and_then(|i| i.disagreement.p_value) {
        text += &format!("; with heterogeneity within designs allowed for, {}", p_value_sentence(p));
    }
    text + "."
}

fn split_sentence(splits: &[SplitComparison]) -> String {
    let tests: Vec<f64> = splits.iter().filter_map(|s| s.difference?.p_value).collect();
    if tests.is_empty() {
        return " No comparison has both direct and indirect evidence.".to_owned();
    }
    let below = tests.iter().filter(|p| **p < 0.05).count();
    format!(
        " Of {} comparisons with direct and indirect evidence, {below} differ at P < 0.05 (about {} expected by chance).",
        tests.len(),
        fixed(0.05 * tests.len() as f64, 1)
    )
}
