//! Is a social-prescribing link worker worth the money, and is another trial? What Kiely et al. (2022) could not say.
//!
//! The review found no cost-effectiveness analysis. Two of its trials report one half each: Grant et al. (2000) mean costs with a
//! P value, Mercer et al. (2019) EQ-5D-5L with an interval. Put together they make a decision analysis, at the price of
//! assumptions that no data of the review can check; each is an argument and is printed as an assumption. Nothing here was
//! published.
//!
//!     cargo run --example social_prescribing_value
//!     cargo run --example social_prescribing_value -- horizon-months=24 after=carried trial-n=500
#![allow(clippy::print_stdout)] // an example prints

use consilience::plot::Figure as _;
use consilience::{
    Error, Level, Result,
    economics::{
        Currency, Dependence, DiscountTiming, Discounting, Incremental, Money, NewTrial, Population,
        StudyDesign, WillingnessToPay, qaly,
    },
    reviews::kiely2022::Kiely2022,
    stat::{Tail, normal},
};

/// An assumption: name, value, and what it stands for.
struct Assumptions(Vec<(&'static str, String, &'static str)>);

impl Assumptions {
    fn new() -> Self {
        let list = [
            ("horizon-months", "12", "costs and QALYs are counted up to this month"),
            (
                "after",
                "waning",
                "the utility difference after the last visit: waning (to 0 at the horizon), carried, none",
            ),
            ("price-year", "2000", "the price year of Grant's costs, taken to be the year of publication"),
            ("price-factor", "1", "multiplies Grant's costs into prices of the willingness to pay"),
            (
                "correlation",
                "0",
                "between the differences in cost and QALYs, which come from different trials",
            ),
            ("between-sd", "0", "SD between settings of the true net benefit, money per person"),
            ("people-per-year", "10000", "people for whom the decision is taken each year"),
            ("years", "5", "years for which the decision stands"),
            ("discount-rate", "0.035", "per year, for the people to come"),
            ("trial-n", "200", "participants per arm of the next trial"),
            ("trial-fixed-cost", "500000", "of the next trial"),
            ("trial-cost-per-person", "1000", "of the next trial"),
        ];
        Assumptions(list.map(|(name, value, meaning)| (name, value.to_owned(), meaning)).into())
    }

    /// Sets what the command line says as name=value.
    fn set(&mut self, argument: &str) -> Result<()> {
        let (name, value) = argument.split_once('=').unwrap_or((argument, ""));
        let known: Vec<&str> = self.0.iter().map(|a| a.0).collect();
        match self.0.iter_mut().find(|a| a.0 == name) {
            Some(entry) => entry.1 = value.to_owned(),
            None => return Err(Error::unknown("assumption", name, known)),
        }
        Ok(())
    }

    fn text(&self, name: &str) -> &str {
        self.0.iter().find(|a| a.0 == name).map_or("", |a| a.1.as_str())
    }

    fn number(&self, name: &str) -> Result<f64> {
        let text = self.text(name);
        text.parse().map_err(|_| Error::setting(name, format!("`{text}`"), "give a number"))
    }
}

fn main() -> Result<()> {
    let mut assumed = Assumptions::new();
    std::env::args().skip(1).try_for_each(|argument| assumed.set(&argument))?;
    let review = Kiely2022::load()?;
    let level = Level::default();

    // Costs: the difference of two means, its standard error from the exact P value.
    let missing = |what: &str| Error::model(format!("{what} is not among the review's data"), "add it");
    let costs =
        review.costs.iter().find(|c| c.source == "Grant 2000").ok_or_else(|| missing("Grant's cost"))?;
    let pair =
        costs.intervention.zip(costs.comparator).zip(costs.p_value.as_deref().and_then(|p| p.parse().ok()));
    let ((with, without), p): ((f64, f64), f64) = pair.ok_or_else(|| missing("Grant's P value"))?;
    let factor = assumed.number("price-factor")?;
    let year: i32 = assumed.number("price-year")? as i32;
    let pounds: Currency = "GBP".parse()?;
    let difference =
        Money::new(with, pounds, year)?.minus(&Money::new(without, pounds, year)?)?.times(factor)?;
    let cost_se = difference.amount().abs() / normal::quantile(Tail::Upper(0.5 * p));

    // QALYs: the area under the difference in utility, which is 0 at baseline by adjustment.
    let utility = review
        .effects
        .iter()
        .find(|e| e.study == "Mercer 2019" && e.instrument == "EQ-5D-5L")
        .ok_or_else(|| missing("Mercer's EQ-5D"))?;
    let reported = utility.estimate.zip(utility.standard_error()).zip(utility.followup_months);
    let ((gain, gain_se), visit) = reported.ok_or_else(|| missing("Mercer's interval"))?;
    let horizon = assumed.number("horizon-months")?;
    let years_per_unit = area_per_unit(visit / 12.0, horizon / 12.0, assumed.text("after"))?;
    let (effect, effect_se) = (gain * years_per_unit, gain_se * years_per_unit);

    let decision = Incremental::new(
        difference.amount(),
        cost_se,
        effect,
        effect_se,
        Dependence::Correlation(assumed.number("correlation")?),
    )?
    .named("link worker", "usual care")
    .priced_in(difference.base());

    heading("Assumptions");
    for (name, value, meaning) in &assumed.0 {
        println!("{name:<22} {value:>8}  {meaning}");
    }
    println!(
        "\nFrom the review: cost {with} against {without} GBP per person in 4 months, taken as equal beyond them (P = {p}), so {difference} with SE {cost_se:.2}; \
         EQ-5D-5L {gain} ({} to {}) at {visit} months, SE {gain_se:.4}.\nOne unit of utility at {visit} months is \
         {years_per_unit:.4} QALYs to month {horizon} (area under the curve): {effect:.4} QALYs, SE {effect_se:.4}.",
        utility.ci_lower.unwrap_or(f64::NAN),
        utility.ci_upper.unwrap_or(f64::NAN),
    );

    heading("Link worker versus usual care");
    let wtp = WillingnessToPay::range(0.0, 50_000.0, 5_000.0)?;
    let summary = decision.summary(Some(&wtp), level)?;
    println!("Cost-effectiveness ratio: {}", summary.icer);
    println!("Its 95% confidence set:   {}", summary.fieller);
    if let Some(quadrants) = summary.quadrants {
        println!("Cost-effectiveness plane: {quadrants} (N dearer, E more effective)");
    }

    std::fs::create_dir_all("target/figures")
        .map_err(|e| Error::model(e.to_string(), "run it where files may be written"))?;
    let plane = "target/figures/social_prescribing_plane.svg";
    decision.ce_plane().effect_unit("QALYs").threshold(20_000.0).threshold(30_000.0).save(plane)?;
    println!("The plane as a figure: {plane}");

    let people = Population {
        prevalent: 0.0,
        incidence: assumed.number("people-per-year")?,
        years: assumed.number("years")?,
        discount_rate: assumed.number("discount-rate")?,
        timing: DiscountTiming::AsTimed,
    };
    let served = people.size()?;
    let between = assumed.number("between-sd")?;
    let n = assumed.number("trial-n")?;
    // Patients' spread, as the trials imply it: SE² = SD² (1/n1 + 1/n2).
    let effect_sd = effect_se / (1.0_f64 / 214.0 + 1.0 / 561.0).sqrt();
    let cost_sd = cost_se / (2.0_f64 / 80.5).sqrt();
    let next = |wtp: f64| -> Result<(NewTrial, f64)> {
        let inb = decision.inb(wtp, level)?;
        let trial = NewTrial {
            estimate: inb.estimate,
            se: inb.se,
            tau2: between * between,
            net_benefit_at_zero: 0.0,
            net_benefit_per_unit: 1.0,
        };
        Ok((trial, (wtp * effect_sd).hypot(cost_sd)))
    };
    println!(
        "\nMoney per person in {}; EVPI and EVSI also for {served:.0} discounted people; a trial of {n} per arm.\n",
        difference.base()
    );
    println!(
        "   WTP      INB  95% interval        P(cost-eff.)                       EVPI    EVSI  EVPI, all   EVSI, all"
    );
    for inb in &summary.inb {
        let (trial, sd) = next(inb.wtp)?;
        let (evpi, evsi) = (trial.evpi()?, trial.evsi_two_arms(sd, n)?);
        let p = inb.probability_cost_effective;
        println!(
            "{:>6} {:>8.0}  {:>6.0} to {:<6.0}  {:>6.1}%  {:<24} {:>7.2} {:>7.2} {:>10.0}  {:>10.0}",
            inb.wtp,
            inb.estimate,
            inb.ci_lower,
            inb.ci_upper,
            100.0 * p,
            "█".repeat((24.0 * p).round() as usize),
            evpi,
            evsi,
            evpi * served,
            evsi * served
        );
    }

    heading("How large should the next trial be?");
    let design = StudyDesign {
        fixed_cost: assumed.number("trial-fixed-cost")?,
        cost_per_patient: assumed.number("trial-cost-per-person")?,
        opportunity_cost_per_patient: 0.0,
    };
    let sizes = [50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0];
    for wtp in [20_000.0, 30_000.0] {
        let (trial, sd) = next(wtp)?;
        let curve =
            design.enbs(&sizes.map(|n| 2.0 * n), &people, |total| trial.evsi_two_arms(sd, 0.5 * total))?;
        println!("At {wtp} GBP per QALY, expected net benefit of sampling (per arm: thousand GBP):");
        let each: Vec<String> =
            curve.sizes.iter().map(|e| format!("{:.0}: {:.0}", 0.5 * e.n, e.enbs / 1000.0)).collect();
        println!("  {}", each.join(", "));
        match curve.optimal_n {
            Some(total) => println!("  best of these: {:.0} per arm", 0.5 * total),
            None => println!("  none of these is worth its cost"),
        }
    }
    println!(
        "\nThe patients' spread behind these is what the two standard errors imply with Mercer's 214 and 561 participants at \
         follow-up and Grant's 161 halved; covariance within patients is taken as 0. The estimate of QALYs comes from a \
         controlled before-after study at high risk of bias, which no sample size mends."
    );
    Ok(())
}

/// The QALYs of a utility difference of 1 at `visit` years: a straight line up to it, then as assumed up to the horizon.
fn area_per_unit(visit: f64, horizon: f64, after: &str) -> Result<f64> {
    let none = Discounting::none();
    if horizon <= visit {
        return qaly(&[0.0, horizon], &[0.0, horizon / visit], None, &none);
    }
    match after {
        "none" => qaly(&[0.0, visit], &[0.0, 1.0], None, &none),
        "carried" => qaly(&[0.0, visit, horizon], &[0.0, 1.0, 1.0], None, &none),
        "waning" => qaly(&[0.0, visit, horizon], &[0.0, 1.0, 0.0], None, &none),
        other => Err(Error::unknown("course after the last visit", other, ["waning", "carried", "none"])),
    }
}

fn heading(text: &str) {
    println!("\n{text}\n{}\n", "-".repeat(text.len()));
}
