//! The statements of analyses on the items.

use super::{super::*, Cheers};

impl Cheers {
    /// The discount rates and their timing, to item 10.
    #[must_use]
    pub fn discounting(mut self, discounting: &Discounting) -> Self {
        self.fact(10, format!("Discounting: {discounting}."));
        for note in discounting.notes() {
            self.note(note.clone());
        }
        self
    }

    /// The currency and price year, to item 15.
    #[must_use]
    pub fn price_base(mut self, base: PriceBase) -> Self {
        self.fact(15, format!("Costs in {base}."));
        match self.price_base {
            Some(first) if first != base => {
                self.note(format!("costs stand in {first} and in {base}: they cannot be compared"));
            }
            _ => self.price_base = Some(base),
        }
        self
    }

    /// A conversion of money with its order, indices and rates, to item 15.
    #[must_use]
    pub fn conversion(mut self, conversion: &Conversion) -> Self {
        self.fact(15, format!("Conversion: {conversion}."));
        self
    }

    /// The thresholds at which decisions are read, to item 17.
    #[must_use]
    pub fn willingness_to_pay(mut self, wtp: &WillingnessToPay) -> Self {
        self.fact(17, format!("Willingness to pay per unit of effect: {wtp}."));
        self
    }

    /// Costs and effects of options, to items 7, 15, 17 and 23.
    #[must_use]
    pub fn frontier(mut self, frontier: &Frontier) -> Self {
        self.options(frontier.strategies.iter().map(|s| s.strategy.as_str()));
        self.base(frontier.price_base);
        self.fact(17, "Full incremental analysis with strict and extended dominance.".to_owned());
        for s in &frontier.strategies {
            let icer = ratio(s.icer, s.compared_with.as_deref());
            self.fact(
                23,
                format!("{}: cost {:.2}, effect {:.5}, {}{icer}.", s.strategy, s.cost, s.effect, s.status),
            );
        }
        self
    }

    /// A probabilistic analysis, to items 7, 15, 17, 20, 23 and 24.
    #[must_use]
    pub fn psa(mut self, psa: &PsaResult) -> Self {
        self.options(psa.options.iter().map(|o| o.option.as_str()));
        self.base(psa.price_base);
        self.fact(
            17,
            "Net benefits of all options compared at once, by their means over the draws.".to_owned(),
        );
        self.fact(
            20,
            format!(
                "Probabilistic analysis of {} draws: acceptability curves, the acceptability frontier, expected losses \
                 and the expected value of perfect information.",
                psa.draws
            ),
        );
        for o in &psa.options {
            let sd = |sd: Option<f64>, digits: usize| {
                sd.map_or(String::new(), |sd| format!(" (SD {sd:.digits$})"))
            };
            self.fact(
                23,
                format!(
                    "{}: mean cost {:.2}{}, mean effect {:.5}{}, {}{}.",
                    o.option,
                    o.mean_cost,
                    sd(o.sd_cost, 2),
                    o.mean_effect,
                    sd(o.sd_effect, 5),
                    o.status,
                    ratio(o.icer, None)
                ),
            );
        }
        for t in ends(&psa.wtp) {
            self.fact(
                24,
                format!(
                    "At {} per unit of effect {} has the greatest expected net benefit and is best with probability \
                     {:.3}; perfect information is worth {:.2} per decision.",
                    t.wtp, t.optimal, t.ceaf, t.evpi
                ),
            );
        }
        for s in &psa.switch_points {
            self.fact(
                24,
                format!("From {:.2} per unit of effect on {} is the optimal option.", s.wtp, s.option),
            );
        }
        self
    }

    /// Two differences with their joint uncertainty, to items 7, 15, 20, 23 and 24.
    #[must_use]
    pub fn incremental(mut self, summary: &IncrementalSummary) -> Self {
        self.options([summary.intervention.as_str(), summary.comparator.as_str()]);
        self.base(summary.price_base);
        self.fact(
            20,
            format!(
                "Sampling uncertainty: {} intervals of the differences and of net benefits by the {}, confidence set of \
                 the ratio by Fieller's theorem.",
                summary.level,
                summary.df.map_or("normal distribution".to_owned(), |df| format!("t distribution of {df} degrees of freedom")),
            ),
        );
        let limits = |d: &DifferenceEstimate, digits: usize| {
            let (x, low, high) = (d.estimate, d.ci_lower, d.ci_upper);
            format!("{x:.digits$} ({} interval {low:.digits$} to {high:.digits$})", summary.level)
        };
        self.fact(
            23,
            format!(
                "{} versus {}: difference in cost {}, in effect {}; ICER: {}.",
                summary.intervention,
                summary.comparator,
                limits(&summary.cost_difference, 2),
                limits(&summary.effect_difference, 5),
                summary.icer
            ),
        );
        self.fact(24, format!("Confidence set of the ratio: {}.", summary.fieller));
        for b in ends(&summary.inb) {
            self.fact(
                24,
                format!(
                    "At {} per unit of effect the incremental net benefit is {:.2} ({} interval {:.2} to {:.2}); the \
                     intervention is cost-effective with probability {:.3}.",
                    b.wtp,
                    b.estimate,
                    summary.level,
                    b.ci_lower,
                    b.ci_upper,
                    b.probability_cost_effective
                ),
            );
        }
        self
    }

    /// A trial: what [`incremental`](Self::incremental) says, and the arms, to items 5 and 23.
    #[must_use]
    pub fn trial(mut self, summary: &TrialSummary) -> Self {
        for arm in &summary.arms {
            self.fact(5, format!("{} patients in arm {}.", arm.n, arm.arm));
            self.fact(
                23,
                format!(
                    "{}: mean cost {:.2} (SD {:.2}), mean effect {:.5} (SD {:.5}).",
                    arm.arm, arm.mean_cost, arm.sd_cost, arm.mean_effect, arm.sd_effect
                ),
            );
        }
        self.incremental(&summary.incremental)
    }

    /// Adds the analysis of a trial (see [`TrialFit`]) to item 17.
    #[must_use]
    pub fn trial_methods(
        mut self,
        variance: TrialVariance,
        cost_covariates: &[String],
        effect_covariates: &[String],
        clusters: Option<usize>,
    ) -> Self {
        let with = |names: &[String]| {
            if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
        };
        self.fact(
            17,
            format!(
                "Differences in mean cost and effect of the arms with {variance} variances, costs adjusted for {}, \
                 effects for {}{}.",
                with(cost_covariates),
                with(effect_covariates),
                clusters.map_or(String::new(), |m| format!(", allowing for {m} clusters"))
            ),
        );
        self
    }

    /// The value of information on some parameters, to items 20 and 24.
    #[must_use]
    pub fn partial_information(mut self, result: &EvppiResult) -> Self {
        self.fact(
            20,
            format!(
                "Expected value of partial perfect information by the method {} on {} draws.",
                result.method, result.draws
            ),
        );
        for p in ends(&result.evppi) {
            self.fact(
                24,
                format!(
                    "At {} per unit of effect perfect information on {} is worth {:.2} (SE {:.2}) per decision.",
                    p.wtp,
                    p.parameters.join(", "),
                    p.value,
                    p.se
                ),
            );
        }
        self
    }

    /// Effects on groups of people, to items 19 and 23.
    #[must_use]
    pub fn equity(mut self, impact: &EquityImpact) -> Self {
        self.fact(
            19,
            "Distributional cost-effectiveness: change of the equally distributed equivalent of health."
                .to_owned(),
        );
        self.fact(
            23,
            format!(
                "Mean health changes by {:.5}, the equally distributed equivalent by {:.5}: equity impact {:.5}.",
                impact.mean_change, impact.ede_change, impact.equity_impact
            ),
        );
        self
    }

    fn options<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let names: Vec<&str> = names.into_iter().collect();
        self.fact(7, format!("Options compared: {}.", names.join(", ")));
    }

    fn base(&mut self, base: Option<PriceBase>) {
        match base {
            Some(base) => *self = std::mem::take(self).price_base(base),
            None if self.price_base.is_some() => {} // stated on its own
            None => self.note("an analysis states no currency and price year (item 15)".to_owned()),
        }
    }
}

/// All of a few, first and last of many.
fn ends<T>(rows: &[T]) -> impl Iterator<Item = &T> {
    let many = rows.len() > 5;
    rows.iter().enumerate().filter(move |(i, _)| !many || *i == 0 || *i + 1 == rows.len()).map(|(_, row)| row)
}

fn ratio(icer: Option<f64>, against: Option<&str>) -> String {
    match (icer, against) {
        (Some(icer), Some(other)) => format!(", ICER {icer:.2} against {other}"),
        (Some(icer), None) => format!(", ICER {icer:.2} against the next lower option on the frontier"),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::Level;
    use crate::economics::CheersStatus;

    fn pounds(year: i32) -> PriceBase {
        PriceBase::new("GBP".parse().unwrap(), year).unwrap()
    }

    /// Draws small enough to count by hand: net benefits of the new option 4900, 5300, 4500, 5700 at 10,000 against 4900.
    #[test]
    fn a_probabilistic_analysis_fills_its_items() {
        let draws = Draws::from_columns([
            ("usual care", vec![100.0; 4], vec![0.50; 4]),
            ("new", vec![300.0; 4], vec![0.52, 0.56, 0.48, 0.60]),
        ])
        .unwrap();
        let wtp = WillingnessToPay::new([5000.0, 10_000.0]).unwrap();
        let report = Cheers::new()
            .psa(&draws.clone().priced_in(pounds(2021)).analysis(&wtp).unwrap())
            .willingness_to_pay(&wtp);
        let said = |number: usize| report.item(number).unwrap().analysis.join(" ");
        assert_eq!(said(7), "Options compared: usual care, new.");
        assert_eq!(said(15), "Costs in GBP (2021).");
        assert!(said(17).contains("5000, 10000"));
        assert!(said(20).contains("4 draws"));
        // 200 / 0.04 = 5000 is the ratio of the means; one of four draws loses 400 at 10,000.
        assert!(said(23).contains("new: mean cost 300.00 (SD 0.00), mean effect 0.54000"), "{}", said(23));
        assert!(said(23).contains("ICER 5000.00"), "{}", said(23));
        assert!(
            said(24).contains("best with probability 0.625; perfect information is worth 100.00"),
            "{}",
            said(24)
        );
        assert_eq!(report.count(CheersStatus::Partly), 6);
        assert!(report.notes().is_empty());
        // Without a currency the item stays open and a note says why.
        let report = Cheers::new().psa(&draws.analysis(&wtp).unwrap());
        assert_eq!(report.item(15).unwrap().status(), CheersStatus::ToBeWritten);
        assert!(report.notes()[0].contains("item 15"));
    }

    #[test]
    fn differences_fill_their_items_and_unlike_money_is_noted() {
        let pair = Incremental::new(25.0, 124.0, 0.042, 0.019, Dependence::Correlation(0.0)).unwrap();
        let wtp = WillingnessToPay::new([20_000.0]).unwrap();
        let summary = pair.priced_in(pounds(2021)).summary(Some(&wtp), Level::default()).unwrap();
        let report = Cheers::new().price_base(pounds(2020)).incremental(&summary).incremental(&summary);
        let said = |number: usize| report.item(number).unwrap().analysis.join(" ");
        assert_eq!(said(15), "Costs in GBP (2020). Costs in GBP (2021).");
        assert_eq!(report.notes(), ["costs stand in GBP (2020) and in GBP (2021): they cannot be compared"]);
        // 25 - 1.959964 * 124 and 25 + 1.959964 * 124; 20,000 * 0.042 - 25 = 815.
        assert!(
            said(23).contains("difference in cost 25.00 (95% interval -218.04 to 268.04)"),
            "{}",
            said(23)
        );
        assert!(said(24).contains("net benefit is 815.00"), "{}", said(24));
        assert_eq!(report.item(23).unwrap().analysis.len(), 1); // said once
    }

    #[test]
    fn a_rate_meant_as_per_cent_is_noted() {
        let report =
            Cheers::new().discounting(&Discounting::new(3.5, 0.035, DiscountTiming::AsTimed).unwrap());
        assert!(report.notes()[0].contains("3.5 per cent is 0.035"));
        assert!(report.item(10).unwrap().analysis[0].contains("effects 3.5% a year"));
    }

    #[test]
    fn only_the_ends_of_many_thresholds_are_said() {
        let twenty: Vec<usize> = (0..20).collect();
        assert_eq!(ends(&twenty).copied().collect::<Vec<_>>(), [0, 19]);
        assert_eq!(ends(&twenty[..5]).count(), 5);
    }
}
