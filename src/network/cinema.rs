//! The inputs of CINeMA: what bears on the confidence in each network estimate.
//!
//! Use it to hand the numbers of a network to the judgement of certainty (Nikolakopoulou et al. 2020).
//!
//! For each comparison: the share of the evidence from studies at each level of risk of bias and of indirectness (from the
//! contributions of the studies), and suggestions from intervals of one and the same model:
//!
//! - *imprecision*: values beyond the range of equivalence on either side are two kinds of answer, those within it a third;
//!   an interval that holds one kind raises no concerns, two some, three major ones;
//! - *heterogeneity*: the same for the prediction interval, by how many kinds it adds to those of the confidence interval;
//! - *incoherence*: from the P value of direct against indirect evidence (below 0.01 major, up to 0.10 some); where only one
//!   kind of evidence exists from the test of the network (below 0.05 major, up to 0.10 some); without either it cannot be
//!   assessed.
//!
//! They are suggestions: reporting bias and the final judgement are the reader's.
//!
//! Reference: Nikolakopoulou A, Higgins JPT, Papakonstantinou T, et al. (2020). CINeMA: an approach for assessing
//! confidence in the results of a network meta-analysis. *PLoS Medicine* 17:e1003082. doi:10.1371/journal.pmed.1003082

use serde::{Deserialize, Serialize};

use super::{ContributionMethod, Difference, NetworkFit, SplitMethod};
use crate::{Error, Result};

/// A judgment about a study, from little to much concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Concern {
    /// No concerns; a low risk of bias.
    None,
    /// Some concerns.
    Some,
    /// Major concerns; a high risk of bias.
    Major,
}

impl Concern {
    fn name(self) -> &'static str {
        match self {
            Concern::None => "no concerns",
            Concern::Some => "some concerns",
            Concern::Major => "major concerns",
        }
    }

    fn of(count: usize) -> Self {
        match count {
            0 => Concern::None,
            1 => Concern::Some,
            _ => Concern::Major,
        }
    }
}

/// The inputs of CINeMA beside the fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CinemaOptions {
    /// The risk of bias of each study of the network; empty if it was not judged.
    pub risk_of_bias: Vec<Concern>,
    /// The indirectness of each study of the network; empty if it was not judged.
    pub indirectness: Vec<Concern>,
    /// The smallest important effect, a positive number on the scale of the analysis: effects from −x to x are equivalent.
    pub important: Option<f64>,
    /// The rule of contributions.
    pub method: ContributionMethod,
}

impl Default for CinemaOptions {
    fn default() -> Self {
        CinemaOptions {
            risk_of_bias: Vec::new(),
            indirectness: Vec::new(),
            important: None,
            method: ContributionMethod::RandomWalk,
        }
    }
}

impl CinemaOptions {
    /// The risk of bias of each study.
    #[must_use]
    pub fn risk_of_bias(mut self, levels: impl Into<Vec<Concern>>) -> Self {
        self.risk_of_bias = levels.into();
        self
    }

    /// The indirectness of each study.
    #[must_use]
    pub fn indirectness(mut self, levels: impl Into<Vec<Concern>>) -> Self {
        self.indirectness = levels.into();
        self
    }

    /// The smallest important effect on the scale of the analysis.
    #[must_use]
    pub fn important(mut self, effect: f64) -> Self {
        self.important = Some(effect);
        self
    }
}

/// A comparison as CINeMA sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CinemaRow {
    /// The treatment.
    pub intervention: String,
    /// The treatment it is compared with.
    pub comparator: String,
    /// The number of studies that compare the two.
    pub k: usize,
    /// The share of direct evidence.
    pub direct_proportion: f64,
    /// The network estimate with its intervals.
    pub network: Difference,
    /// The shares of evidence from studies with no, some and major concerns about bias.
    pub risk_of_bias: Option<[f64; 3]>,
    /// The shares of evidence from studies with no, some and major concerns about indirectness.
    pub indirectness: Option<[f64; 3]>,
    /// The suggestion on imprecision; `None` without a smallest important effect.
    pub imprecision: Option<Concern>,
    /// The suggestion on heterogeneity; `None` without a smallest important effect or a prediction interval.
    pub heterogeneity: Option<Concern>,
    /// The P value of direct against indirect evidence; `None` where one is missing.
    pub incoherence_p: Option<f64>,
    /// The suggestion on incoherence; `None` where it cannot be assessed.
    pub incoherence: Option<Concern>,
}

/// The inputs of CINeMA for all comparisons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cinema {
    /// The comparisons (1,2), (1,3), ..., (2,3), ...
    pub rows: Vec<CinemaRow>,
    /// The P value of the design-by-treatment interaction test.
    pub interaction_p: Option<f64>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl NetworkFit {
    /// The inputs of CINeMA.
    ///
    /// # Errors
    ///
    /// If judgements and studies differ in number, the smallest important effect is not positive, or evidence flows in a
    /// circle.
    pub fn cinema(&self, options: &CinemaOptions) -> Result<Cinema> {
        let k = self.network.studies.len();
        for (name, levels) in
            [("risk of bias", &options.risk_of_bias), ("indirectness", &options.indirectness)]
        {
            if !(levels.is_empty() || levels.len() == k) {
                let found = format!("{} judgements for {k} studies", levels.len());
                return Err(Error::setting(name, found, "judge each study, in the order of the network"));
            }
        }
        if let Some(x) = options.important.filter(|x| !(*x > 0.0 && x.is_finite())) {
            return Err(Error::setting(
                "important",
                x.to_string(),
                "give a positive effect on the scale of the analysis",
            ));
        }
        let t = self.theta.len();
        let pairs: Vec<(usize, usize)> = (0..t).flat_map(|i| (i + 1..t).map(move |j| (i, j))).collect();
        let contributions = self.contributions(options.method, Some(&pairs))?;
        let splits = self.split(SplitMethod::Side)?;
        let interaction_p = self.decompose()?.interaction.and_then(|i| i.disagreement.p_value);
        let mut rows = Vec::with_capacity(pairs.len());
        for ((i, j), shares) in pairs.into_iter().zip(&contributions.rows) {
            let split = splits.iter().find(|s| s.intervention == i && s.comparator == j);
            let network = self.difference(i, j);
            let incoherence_p = split.and_then(|s| s.difference).and_then(|d| d.p_value);
            rows.push(CinemaRow {
                intervention: shares.intervention.clone(),
                comparator: shares.comparator.clone(),
                k: split.map_or(0, |s| s.k),
                direct_proportion: split.map_or(0.0, |s| s.direct_proportion),
                risk_of_bias: by_level(&shares.studies, &options.risk_of_bias),
                indirectness: by_level(&shares.studies, &options.indirectness),
                imprecision: options.important.map(|x| imprecision(&network, x)),
                heterogeneity: options.important.and_then(|x| heterogeneity(&network, x)),
                incoherence: incoherence(incoherence_p, interaction_p),
                incoherence_p,
                network,
            });
        }
        let mut notes = contributions.notes;
        notes.push(
            "imprecision, heterogeneity and incoherence are suggestions; judge them, and reporting bias"
                .to_owned(),
        );
        if interaction_p.is_none() {
            notes.push("the network has no test of incoherence as a whole: where direct or indirect evidence is missing, it cannot be assessed".to_owned());
        }
        Ok(Cinema { rows, interaction_p, notes })
    }
}

fn by_level(shares: &[f64], levels: &[Concern]) -> Option<[f64; 3]> {
    if levels.is_empty() {
        return None;
    }
    let of = |level: Concern| shares.iter().zip(levels).filter(|(_, l)| **l == level).map(|(s, _)| s).sum();
    Some([of(Concern::None), of(Concern::Some), of(Concern::Major)])
}

/// The kinds of answers in an interval: unimportant, important below, important above.
fn kinds(low: f64, high: f64, important: f64) -> usize {
    usize::from(low < -important)
        + usize::from(high > important)
        + usize::from(low <= important && high >= -important)
}

fn imprecision(d: &Difference, important: f64) -> Concern {
    Concern::of(kinds(d.ci_lower, d.ci_upper, important) - 1)
}

fn heterogeneity(d: &Difference, important: f64) -> Option<Concern> {
    let (low, high) = d.prediction_lower.zip(d.prediction_upper)?;
    // A prediction interval holds the confidence interval of the same model.
    let more = kinds(low.min(d.ci_lower), high.max(d.ci_upper), important);
    Some(Concern::of(more - kinds(d.ci_lower, d.ci_upper, important)))
}

fn incoherence(split: Option<f64>, network: Option<f64>) -> Option<Concern> {
    let (p, major) = match (split, network) {
        (Some(p), _) => (p, 0.01),
        (None, Some(p)) => (p, 0.05),
        (None, None) => return None,
    };
    Some(if p < major {
        Concern::Major
    } else if p <= 0.10 {
        Concern::Some
    } else {
        Concern::None
    })
}

impl Cinema {
    /// A table as CSV: one line for each comparison, empty fields where nothing was judged or can be assessed.
    pub fn to_csv(&self) -> String {
        let mut out = String::from(
            "comparison,k,evidence,estimate,ci_lower,ci_upper,prediction_lower,prediction_upper,rob_low,rob_some,rob_high,\
             indirectness_low,indirectness_some,indirectness_high,imprecision,heterogeneity,incoherence_p,incoherence\n",
        );
        for row in &self.rows {
            let number = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
            let concern = |c: Option<Concern>| c.map_or("", Concern::name).to_owned();
            let evidence = if row.k == 0 {
                "indirect"
            } else if row.direct_proportion >= 1.0 - 1e-10 {
                "direct"
            } else {
                "mixed"
            };
            let d = &row.network;
            let mut fields = vec![
                quoted(&format!("{}:{}", row.intervention, row.comparator)),
                row.k.to_string(),
                evidence.to_owned(),
                d.estimate.to_string(),
                d.ci_lower.to_string(),
                d.ci_upper.to_string(),
                number(d.prediction_lower),
                number(d.prediction_upper),
            ];
            for shares in [row.risk_of_bias, row.indirectness] {
                fields.extend((0..3).map(|level| number(shares.map(|s| s[level]))));
            }
            fields.push(concern(row.imprecision));
            fields.push(concern(row.heterogeneity));
            fields.push(number(row.incoherence_p));
            fields.push(concern(row.incoherence));
            out.push_str(&fields.join(","));
            out.push('\n');
        }
        out
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_judged_by_the_kinds_of_answers_in_it() {
        let level = crate::Level::default();
        let d = |estimate: f64, half: f64| {
            Difference::new(estimate, half / level.critical_value(None), None, level)
        };
        assert_eq!(imprecision(&d(-1.0, 0.5), 0.2), Concern::None);
        assert_eq!(imprecision(&d(0.0, 0.1), 0.2), Concern::None);
        assert_eq!(imprecision(&d(-1.0, 0.9), 0.2), Concern::Some);
        assert_eq!(imprecision(&d(-1.0, 1.5), 0.2), Concern::Major);
        assert_eq!(incoherence(Some(0.05), None), Some(Concern::Some));
        assert_eq!(incoherence(None, Some(0.04)), Some(Concern::Major));
        assert_eq!(incoherence(None, None), None);
    }
}
