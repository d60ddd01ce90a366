//! The inputs of CINeMA: what bears on the confidence in each network estimate.
//!
//! Use it to hand the numbers of a network to the judgement of certainty (Nikolakopoulou et al. 2020).
//!
//! For each comparison: the share of the evidence from studies at each level of risk of bias and of indirectness (from the
//! contributions of the studies), and suggestions from intervals of one and the same model, given the smallest important
//! effect x, which makes effects from −x to x equivalent:
//!
//! - *imprecision*, by how many of two values the confidence interval crosses: none no concerns, one some, both major;
//! - *heterogeneity*, by how many more of them the prediction interval crosses: none no concerns, one some, both major;
//! - *incoherence*: no concerns if direct and indirect evidence differ with P > 0.10; else by the areas (below −x, from −x to
//!   x, above x) which the intervals of the two kinds of evidence both reach or both leave out: all three no concerns, two
//!   some, fewer major. Where only one kind of evidence exists, the design-by-treatment test of the network decides: P < 0.05
//!   major, up to 0.10 some; without that test incoherence cannot be assessed (the application then assigns major concerns).
//!
//! The two values are −x and x in the framework ([`CinemaRule::Equivalence`]); the application takes no effect and the
//! important effect against the direction of the estimate ([`CinemaRule::Opposite`]), and has no concerns about the
//! imprecision of an interval within −x and x.
//!
//! They are suggestions: reporting bias and the final judgement are the reader's.
//!
//! References
//!
//! - Nikolakopoulou A, Higgins JPT, Papakonstantinou T, et al. (2020). CINeMA: an approach for assessing confidence in the
//!   results of a network meta-analysis. *PLoS Medicine* 17:e1003082. doi:10.1371/journal.pmed.1003082
//! - Papakonstantinou T, Nikolakopoulou A, Higgins JPT, Egger M, Salanti G (2020). CINeMA: software for semiautomated
//!   assessment of the confidence in the results of network meta-analysis. *Campbell Systematic Reviews* 16:e1080.
//!   doi:10.1002/cl2.1080

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ContributionMethod, Difference, NetworkFit, SplitComparison, SplitMethod};
use crate::{Error, Result};

/// A judgment about a study, from little to much concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The words of the judgment.
    pub fn name(self) -> &'static str {
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

impl FromStr for Concern {
    type Err = Error;

    /// Reads the codes of CINeMA's files (1 2 3, L U H) and the words of usual judgments.
    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "1" | "l" | "low" | "none" | "no" | "no concerns" => Ok(Concern::None),
            "2" | "u" | "m" | "s" | "unclear" | "moderate" | "some" | "some concerns" => Ok(Concern::Some),
            "3" | "h" | "high" | "serious" | "critical" | "major" | "major concerns" => Ok(Concern::Major),
            _ => Err(Error::unknown("judgment", text, ["low", "some", "high"])),
        }
    }
}

/// The two values that intervals must not cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CinemaRule {
    /// `equivalence`: both limits of the range of equivalence, as the framework has it.
    #[default]
    Equivalence,
    /// `opposite`: no effect, and the important effect against the direction of the estimate, as the application has it.
    Opposite,
}

crate::codes::codes!(CinemaRule, "rule of CINeMA" {
    Equivalence "equivalence" [], Opposite "opposite" [],
});

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
    /// The values that intervals must not cross.
    pub rule: CinemaRule,
    /// The rule of contributions.
    pub method: ContributionMethod,
}

impl Default for CinemaOptions {
    fn default() -> Self {
        CinemaOptions {
            risk_of_bias: Vec::new(),
            indirectness: Vec::new(),
            important: None,
            rule: CinemaRule::Equivalence,
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

    /// The values that intervals must not cross.
    #[must_use]
    pub fn rule(mut self, rule: CinemaRule) -> Self {
        self.rule = rule;
        self
    }
}

/// A comparison as CINeMA sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The direct estimate.
    pub direct: Option<Difference>,
    /// The indirect estimate.
    pub indirect: Option<Difference>,
    /// The P value of direct against indirect evidence; `None` where one is missing.
    pub incoherence_p: Option<f64>,
    /// The suggestion on incoherence; `None` where it cannot be assessed.
    pub incoherence: Option<Concern>,
}

impl CinemaRow {
    /// The kind of evidence: direct, indirect or mixed.
    pub fn evidence(&self) -> &'static str {
        if self.k == 0 {
            "indirect"
        } else if self.direct_proportion >= 1.0 - 1e-10 {
            "direct"
        } else {
            "mixed"
        }
    }
}

/// The inputs of CINeMA for all comparisons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        options.check(self.network.studies.len())?;
        let t = self.theta.len();
        let pairs: Vec<(usize, usize)> = (0..t).flat_map(|i| (i + 1..t).map(move |j| (i, j))).collect();
        let contributions = self.contributions(options.method, Some(&pairs))?;
        let splits = self.split(SplitMethod::Side)?;
        let interaction_p = self.decompose()?.interaction.and_then(|i| i.disagreement.p_value);
        let mut rows = Vec::with_capacity(pairs.len());
        // splits and contributions stand in one order
        for (split, shares) in splits.iter().zip(&contributions.rows) {
            let network = self.difference(split.intervention, split.comparator);
            let incoherence_p = split.difference.and_then(|d| d.p_value);
            rows.push(CinemaRow {
                intervention: shares.intervention.clone(),
                comparator: shares.comparator.clone(),
                k: split.k,
                direct_proportion: split.direct_proportion,
                risk_of_bias: by_level(&shares.studies, &options.risk_of_bias),
                indirectness: by_level(&shares.studies, &options.indirectness),
                imprecision: options.imprecision(&network),
                heterogeneity: options.heterogeneity(&network),
                incoherence: options.incoherence(split, interaction_p),
                direct: split.direct,
                indirect: split.indirect,
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
        if options.important.is_none() {
            notes.push(
                "without a smallest important effect, imprecision and heterogeneity are not judged, nor is incoherence with P \
                 of 0.10 or less"
                    .to_owned(),
            );
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

/// The number of these values within an interval.
fn crossed(low: f64, high: f64, values: [f64; 2]) -> usize {
    values.iter().filter(|value| low < **value && **value < high).count()
}

/// The areas below −x, from −x to x, and above x that an interval reaches.
fn areas(d: &Difference, x: f64) -> [bool; 3] {
    [d.ci_lower < -x, d.ci_lower <= x && d.ci_upper >= -x, d.ci_upper > x]
}

impl CinemaOptions {
    /// Checks judgments against the number of studies, and the smallest important effect.
    fn check(&self, k: usize) -> Result<()> {
        for (name, levels) in [("risk of bias", &self.risk_of_bias), ("indirectness", &self.indirectness)] {
            if !(levels.is_empty() || levels.len() == k) {
                let found = format!("{} judgements for {k} studies", levels.len());
                return Err(Error::setting(name, found, "judge each study, in the order of the network"));
            }
        }
        match self.important.filter(|x| !(*x > 0.0 && x.is_finite())) {
            Some(x) => Err(Error::setting(
                "important",
                x.to_string(),
                "give a positive effect on the scale of the analysis",
            )),
            None => Ok(()),
        }
    }

    /// The two values that the intervals of a difference must not cross.
    fn values(&self, d: &Difference) -> Option<[f64; 2]> {
        let x = self.important?;
        Some(match self.rule {
            CinemaRule::Equivalence => [-x, x],
            CinemaRule::Opposite => [0.0, if d.estimate > 0.0 { -x } else { x }],
        })
    }

    fn imprecision(&self, d: &Difference) -> Option<Concern> {
        let (x, values) = (self.important?, self.values(d)?);
        if -x <= d.ci_lower && d.ci_upper <= x {
            return Some(Concern::None);
        }
        Some(Concern::of(crossed(d.ci_lower, d.ci_upper, values)))
    }

    fn heterogeneity(&self, d: &Difference) -> Option<Concern> {
        let (low, high) = d.prediction_lower.zip(d.prediction_upper)?;
        let values = self.values(d)?;
        // A prediction interval holds the confidence interval of the same model.
        let more = crossed(low.min(d.ci_lower), high.max(d.ci_upper), values);
        Some(Concern::of(more - crossed(d.ci_lower, d.ci_upper, values)))
    }

    fn incoherence(&self, split: &SplitComparison, network: Option<f64>) -> Option<Concern> {
        if let Some(p) = split.difference.and_then(|d| d.p_value) {
            if p > 0.10 {
                return Some(Concern::None);
            }
            let x = self.important?;
            let (direct, indirect) = (areas(&split.direct?, x), areas(&split.indirect?, x));
            return Some(Concern::of(direct.iter().zip(&indirect).filter(|(a, b)| a != b).count()));
        }
        let p = network?;
        Some(if p < 0.05 {
            Concern::Major
        } else if p <= 0.10 {
            Concern::Some
        } else {
            Concern::None
        })
    }
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
            let d = &row.network;
            let mut fields = vec![
                quoted(&format!("{}:{}", row.intervention, row.comparator)),
                row.k.to_string(),
                row.evidence().to_owned(),
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

    /// A difference with these limits of its confidence interval, on the log scale.
    fn limits(low: f64, high: f64) -> Difference {
        let level = crate::Level::default();
        let (l, h) = (low.ln(), high.ln());
        Difference::new(0.5 * (l + h), 0.5 * (h - l) / level.critical_value(None), None, level)
    }

    fn predicted(ci: (f64, f64), prediction: (f64, f64)) -> Difference {
        Difference {
            prediction_lower: Some(prediction.0.ln()),
            prediction_upper: Some(prediction.1.ln()),
            ..limits(ci.0, ci.1)
        }
    }

    /// The examples in the paper of the framework: statins (range 0.95 to 1.05) and antidepressants (0.8 to 1.25).
    #[test]
    fn the_published_examples_are_judged_as_published() {
        let statins = CinemaOptions::default().important(1.05_f64.ln());
        assert_eq!(statins.imprecision(&limits(1.09, 1.82)), Some(Concern::None));
        assert_eq!(statins.imprecision(&limits(0.84, 1.42)), Some(Concern::Major));
        let drugs = CinemaOptions::default().important(1.25_f64.ln());
        let clomipramine = predicted((0.75, 1.32), (0.6, 1.6));
        let citalopram = predicted((0.90, 1.39), (0.74, 1.70));
        let amitriptyline = predicted((0.82, 1.13), (0.65, 1.42));
        let imprecision = [&clomipramine, &citalopram, &amitriptyline].map(|d| drugs.imprecision(d));
        assert_eq!(imprecision, [Some(Concern::Major), Some(Concern::Some), Some(Concern::None)]);
        let heterogeneity = [&clomipramine, &citalopram, &amitriptyline].map(|d| drugs.heterogeneity(d));
        assert_eq!(heterogeneity, [Some(Concern::None), Some(Concern::Some), Some(Concern::Major)]);
    }

    /// The worked examples in the manual of the application: antihypertensive drugs, 1.2 important.
    #[test]
    fn the_application_looks_at_no_effect_and_the_opposite_effect() {
        let options = CinemaOptions::default().important(1.2_f64.ln()).rule(CinemaRule::Opposite);
        assert_eq!(options.imprecision(&limits(1.12, 1.57)), Some(Concern::None));
        assert_eq!(options.heterogeneity(&predicted((1.05, 1.46), (0.90, 1.70))), Some(Concern::Some));
        // Direct 0.68 to 1.03, indirect 0.49 to 0.75: both reach below, only the direct one into the middle.
        let x = 1.2_f64.ln();
        assert_eq!(areas(&limits(0.68, 1.03), x), [true, true, false]);
        assert_eq!(areas(&limits(0.49, 0.75), x), [true, false, false]);
    }
}
