//! Cost-effectiveness with costs, effects and rates of any size.

use consilience::{
    Level,
    economics::{
        Dependence, DiscountTiming, Discounting, Distribution, DominanceMatrix, DominanceStudy, Draws,
        Incremental, NewTrial, Population, Strategies, Trace, WillingnessToPay, ZeroRule, annuity, atkinson,
        continuous_annuity, cycle_rate, equivalent_annual_cost, kolm, probability_from_rate,
        rate_from_probability, unit_normal_loss,
    },
    stat::Tail,
};

use super::numbers::Random;
use super::watch::Judge;

pub fn one(random: &mut Random, judge: &mut Judge) {
    match random.below(4) {
        0 => differences(random, judge),
        1 => strategies(random, judge),
        2 => distributions(random, judge),
        _ => time(random, judge),
    }
}

fn any(random: &mut Random) -> f64 {
    if random.chance(0.1) { random.any() } else { random.finite() }
}

fn thresholds(random: &mut Random) -> Option<WillingnessToPay> {
    WillingnessToPay::new((0..1 + random.below(4)).map(|_| random.positive()).collect::<Vec<_>>()).ok()
}

fn differences(random: &mut Random, judge: &mut Judge) {
    let dependence = match random.below(2) {
        0 => Dependence::Correlation(2.0 * random.uniform() - 1.0),
        _ => Dependence::Covariance(any(random)),
    };
    let made = Incremental::new(any(random), random.positive(), any(random), random.positive(), dependence);
    let Some(incremental) = judge.result("Incremental", made) else { return };
    judge.sound("icer", &incremental.icer());
    judge.sound("fieller", &incremental.fieller(Level::default()));
    judge.sound("quadrants", &incremental.quadrants());
    let wtp = random.positive();
    judge.probability(|| format!("acceptability at {wtp:e}"), incremental.probability_cost_effective(wtp));
    judge.result("inb", incremental.inb(wtp, Level::default()));
    if let Some(wtp) = thresholds(random) {
        judge.result("summary", incremental.summary(Some(&wtp), Level::default()));
    }
}

fn strategies(random: &mut Random, judge: &mut Judge) {
    let options = 1 + random.below(5);
    let numbers = |random: &mut Random, n: usize| (0..n).map(|_| any(random)).collect::<Vec<f64>>();
    let names: Vec<String> = (0..options).map(|i| i.to_string()).collect();
    let (costs, effects) = (numbers(random, options), numbers(random, options));
    if let Some(strategies) = judge.result("Strategies", Strategies::new(names.clone(), costs, effects)) {
        let frontier = strategies.frontier();
        judge.sound("frontier", &frontier);
        frontier.optimal_at(random.positive());
        if let Some(wtp) = thresholds(random) {
            judge.result("net_benefit", strategies.net_benefit(&wtp));
        }
    }
    let rows = 2 + random.below(8);
    let (costs, effects) = (numbers(random, options * rows), numbers(random, options * rows));
    if let Some(draws) = judge.result("Draws", Draws::from_rows(names, costs, effects)) {
        judge.sound("means", &(draws.means(), draws.standard_deviations()));
        if let Some(wtp) = thresholds(random) {
            judge.result("analysis", draws.analysis(&wtp));
        }
    }
    let studies = (0..options).map(|i| DominanceStudy::new(i.to_string(), any(random), any(random)));
    judge.result("DominanceMatrix", DominanceMatrix::new(studies.collect::<Vec<_>>(), ZeroRule::Exact));
}

fn distributions(random: &mut Random, judge: &mut Judge) {
    let (a, b, c) = (any(random), any(random), any(random));
    let made = match random.below(11) {
        0 => Distribution::normal(a, b),
        1 => Distribution::t(a, b, c),
        2 => Distribution::beta(a.abs(), b.abs()),
        3 => Distribution::beta_from_mean_sd(random.uniform(), b.abs()),
        4 => Distribution::gamma(a.abs(), b.abs()),
        5 => Distribution::gamma_from_mean_sd(a.abs(), b.abs()),
        6 => Distribution::log_normal(a, b.abs()),
        7 => Distribution::log_normal_from_mean_sd(a.abs(), b.abs()),
        8 => Distribution::uniform(a.min(b), a.max(b)),
        9 => Distribution::beta_from_interval(a.min(b), a.max(b), Level::default()),
        _ => Distribution::gamma_from_interval(a.min(b), a.max(b), Level::default()),
    };
    let Some(distribution) = judge.result("Distribution", made) else { return };
    let tail = Tail::Lower(random.probability());
    judge.number(&format!("quantile of {distribution:?} at {tail:?}"), distribution.quantile(tail));
    let x = random.finite();
    judge.probability(|| format!("{distribution:?} at {x:e}"), distribution.cdf(x));
    judge.sound("moments", &(distribution.mean(), distribution.sd()));
}

fn time(random: &mut Random, judge: &mut Judge) {
    let (a, b, c) = (any(random), any(random), any(random));
    judge.result("annuity", annuity(a, b));
    judge.result("continuous_annuity", continuous_annuity(a, b));
    judge.result("equivalent_annual_cost", equivalent_annual_cost(a, b, c));
    judge.result("cycle_rate", cycle_rate(a, b));
    judge.result("probability_from_rate", probability_from_rate(a, b));
    judge.result("rate_from_probability", rate_from_probability(random.probability(), b));
    judge.result("unit_normal_loss", unit_normal_loss(a, b));
    let health: Vec<f64> = (0..3).map(|_| random.positive()).collect();
    judge.result("atkinson", atkinson(&health, &[1.0, 2.0, 3.0], a));
    judge.result("kolm", kolm(&health, &[1.0, 2.0, 3.0], a));
    let trial = NewTrial {
        estimate: a,
        se: b.abs(),
        tau2: c.abs(),
        net_benefit_at_zero: any(random),
        net_benefit_per_unit: any(random),
    };
    judge.result("evpi", trial.evpi());
    judge.result("evsi", trial.evsi(random.positive()));
    let timing = DiscountTiming::AsTimed;
    judge.result("Discounting", Discounting::new(a, b, timing));
    let population = Population {
        prevalent: a.abs(),
        incidence: b.abs(),
        years: c.abs().min(1e6),
        discount_rate: random.uniform(),
        timing,
    };
    judge.result("population", population.size());
    judge.result("continuous population", population.continuous_size());
    let p = random.probability();
    let trace = Trace::run(["well", "dead"], &[1.0, 0.0], 1 + random.below(50), |_, matrix| {
        matrix.copy_from_slice(&[1.0 - p, p, 0.0, 1.0]);
    });
    judge.result("Trace", trace);
}
