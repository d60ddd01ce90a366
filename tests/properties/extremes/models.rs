//! Models of effects, and what reads their fits.

use consilience::{
    EffectSizes, Level, Measure,
    batch::{Batch, BatchOptions},
    bias::{Alternative, Analysis, Bias, ExcessTest, PowerOptions, Selection, Side},
    effect::{TwoByTwo, ZeroCells},
    glmm::{CountInference, CountMeasure, Counts, Effects, Glmm, Model},
    influence::Influence,
    multilevel::{
        CoefficientInference, ComponentIntervals, Factor, Multilevel, Places, RandomTerm, SamplingCovariance,
        Structure,
    },
    network::{LeagueOrder, NetworkData, NetworkMeta, RankingOptions, SmallValues, SplitMethod},
    pool::{FixedEffect, Inference, MantelHaenszel, Multiverse, Peto, PoolFit, Prediction, RandomEffects},
    regression::{Design, LocationScale, MetaRegression, PermutationOptions, ScaleLink},
    robust::RobustType,
    table::{Column, Table},
    tau2::{self, Tau2, Tau2Interval, Tau2IntervalMethod},
};

use super::numbers::Random;
use super::watch::{Hidden, Judge};

fn of(yi: &[f64], vi: &[f64]) -> Option<EffectSizes> {
    EffectSizes::new(Measure::Generic, (1..=yi.len()).map(|i| i.to_string()), yi, vi).ok()
}

fn effects(random: &mut Random, most: usize) -> Option<EffectSizes> {
    let k = 1 + random.below(most);
    let (yi, vi) = random.studies(k);
    of(&yi, &vi)
}

fn sound(judge: &mut Judge, call: &str, fit: consilience::Result<PoolFit>) {
    if let Some(fit) = judge.result(call, fit) {
        judge.sound(call, &fit.to_string());
        let ordered = fit.ci_lower <= fit.ci_upper
            && fit.p_value.is_none_or(|p| (0.0..=1.0).contains(&p))
            && fit.prediction.is_none_or(|p| p.lower <= p.upper);
        if !ordered {
            judge.fault(format!("{call}: limits or P values out of order: {fit:?}"));
        }
        judge.sound(call, &(fit.probability_above(0.1), fit.predictions()));
    }
}

pub fn pool(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 8) else { return };
    let (method, inference, prediction) =
        (random.one_of(Tau2::ALL), random.one_of(Inference::ALL), random.one_of(Prediction::ALL));
    let level = random.one_of(&[0.5, 0.8, 0.95, 0.99999]);
    let model = RandomEffects::new(method).inference(inference).prediction(prediction).level(level);
    sound(judge, &format!("{method} {inference} {prediction}"), model.fit(&effects));
    let interval = random.one_of(Tau2IntervalMethod::ALL);
    sound(
        judge,
        &format!("{method} {interval}"),
        RandomEffects::new(method).tau2_interval(interval).fit(&effects),
    );
    sound(judge, "fixed", FixedEffect::default().inference(inference).fit(&effects));
    sound(judge, "held", RandomEffects::new(method).tau2(random.positive()).fit(&effects));
    let groups: Vec<String> = (0..effects.len()).map(|_| random.below(3).to_string()).collect();
    sound(judge, "by groups", RandomEffects::new(method).fit_by(&effects, &groups));
    if random.chance(0.05) {
        judge.result("Multiverse", Multiverse::new(&effects, 0.95));
    }
}

pub fn tau2(random: &mut Random, judge: &mut Judge) {
    let k = 1 + random.below(10);
    let (yi, vi) = random.studies(k);
    let method = random.one_of(Tau2::ALL);
    judge.result(&format!("tau2 by {method}"), tau2::estimate(&yi, &vi, method));
    let interval = random.one_of(Tau2IntervalMethod::ALL);
    let interval = Tau2Interval::new(&yi, &vi, interval, method, Level::default());
    judge.result("Tau2Interval", interval);
    let any: Vec<f64> = (0..k).map(|_| random.any()).collect();
    judge.result("tau2 of anything", tau2::estimate(&any, &vi, method));
}

pub fn batch(random: &mut Random, judge: &mut Judge) {
    let k = 1 + random.below(30);
    let (mut yi, vi) = random.studies(k);
    if random.chance(0.3) {
        yi[random.below(k)] = f64::NAN;
    }
    let mut offsets = vec![0, random.below(k + 1), random.below(k + 1), k];
    if random.chance(0.9) {
        offsets.sort_unstable();
    }
    if let Some(batch) =
        judge.result("Batch", Batch::new(&yi, &vi, &offsets).map_err(|e| e.to_string()).map(Hidden))
    {
        let options = BatchOptions::random(random.one_of(Tau2::ALL)).inference(random.one_of(Inference::ALL));
        // Groups without an answer are NaN, and flagged.
        judge.result("BatchOptions::run", options.run(batch.0).map(|result| result.len()));
    }
}

fn design(random: &mut Random, k: usize) -> Option<Design> {
    let wild = random.chance(0.2);
    let mut matrix = Design::with_intercept(k);
    for name in ["x", "y"].iter().take(random.below(3)) {
        let column: Vec<f64> = (0..k).map(|_| if wild { random.finite() } else { random.normal() }).collect();
        matrix = matrix.column(*name, column).ok()?;
    }
    Some(matrix)
}

pub fn regression(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 12) else { return };
    let Some(matrix) = design(random, effects.len()) else { return };
    let (method, inference) = (random.one_of(Tau2::ALL), random.one_of(Inference::ALL));
    let model = MetaRegression::new(method).inference(inference);
    let call = format!("regression {method} {inference}");
    let Some(fit) = judge.result(&call, model.fit(&effects, matrix)) else { return };
    judge.sound(&call, &fit.to_string());
    judge.result("diagnostics", fit.diagnostics());
    judge.sound("inflation", &fit.inflation());
    if random.chance(0.2) {
        judge.result("permutation", fit.permutation_test(&PermutationOptions::new(1).iterations(20)));
    }
    judge.result("predict_at", fit.predict_at(&[("x", random.finite())]));
}

pub fn location_scale(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 10) else { return };
    let (Some(location), Some(scale)) = (design(random, effects.len()), design(random, effects.len())) else {
        return;
    };
    let link = random.one_of(&[ScaleLink::Log, ScaleLink::Identity]);
    judge.result(
        &format!("location-scale {link:?}"),
        LocationScale::default().link(link).fit(&effects, &location, &scale),
    );
}

pub fn multilevel(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 12) else { return };
    let k = effects.len();
    let factor = |name: &str, of: &mut dyn FnMut(usize) -> usize| {
        Factor::new(name, (0..k).map(|i| of(i).to_string()).collect::<Vec<_>>()).unwrap()
    };
    let (size, levels) = (1 + random.below(4), 1 + random.below(3));
    let outer = factor("outer", &mut |i| i / size);
    let inner = factor("inner", &mut |i| i % levels);
    let structure = random.one_of(&[
        Structure::Cs,
        Structure::Hcs,
        Structure::Un,
        Structure::Id,
        Structure::Diag,
        Structure::Ar1,
        Structure::Har1,
        Structure::Car,
    ]);
    let spatial = random.one_of(&[
        Structure::Spexp,
        Structure::Spgau,
        Structure::Splin,
        Structure::Sprat,
        Structure::Spsph,
    ]);
    let (mut model, name) = match random.below(4) {
        0 => (Multilevel::new().random(RandomTerm::Intercept(outer.clone())), "outer"),
        1 => match Multilevel::nested([outer.clone(), Factor::each_effect("effect", k).unwrap()]) {
            Ok(model) => (model, "outer"),
            Err(_) => return,
        },
        2 => (Multilevel::multivariate(inner, outer.clone(), structure), "inner|outer"),
        _ => {
            let wild = random.chance(0.3);
            let places = (0..k)
                .map(|_| (0..2).map(|_| if wild { random.finite() } else { random.normal() }).collect())
                .collect::<Vec<Vec<f64>>>();
            let Ok(places) = Places::new("map", places) else { return };
            let Some(term) = judge.result("map", RandomTerm::map(places, spatial).map(Hidden)) else {
                return;
            };
            (Multilevel::new().random(term.0), "map")
        }
    };
    if random.chance(0.4) {
        let held: Vec<Option<f64>> =
            (0..1 + random.below(3)).map(|_| random.chance(0.6).then(|| random.uniform())).collect();
        model = model.fix(name, held);
    }
    if random.chance(0.2) {
        model = model.sampling(SamplingCovariance::constant(random.uniform(), outer.clone()));
    }
    if random.chance(0.2) {
        model = model.robust(random.one_of(RobustType::ALL), outer);
    }
    let inference = random.one_of(&[
        CoefficientInference::Wald,
        CoefficientInference::T,
        CoefficientInference::Containment,
        CoefficientInference::Satterthwaite,
        CoefficientInference::KenwardRoger,
    ]);
    let intervals = if random.chance(0.05) { ComponentIntervals::Profile } else { ComponentIntervals::Omit };
    let model = model.inference(inference).intervals(intervals);
    let call = format!("multilevel {name} {structure:?} {spatial:?} {inference:?}");
    if let Some(fit) = judge.result(&call, model.fit(&effects)) {
        judge.sound(&call, &fit.to_string());
        judge.result("random_effects", fit.random_effects());
    }
}

pub fn robust(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 12) else { return };
    let k = effects.len();
    let clusters: Vec<String> = (0..k).map(|_| random.below(5).to_string()).collect();
    let kind = random.one_of(RobustType::ALL);
    if let Some(fit) = judge.result("pool", RandomEffects::new(Tau2::Dl).fit(&effects)) {
        judge.result(&format!("robust pool {kind}"), fit.robust(&clusters, kind));
    }
    let Some(matrix) = design(random, k) else { return };
    if let Some(fit) = judge.result("regression", MetaRegression::new(Tau2::Dl).fit(&effects, matrix)) {
        judge.result(&format!("robust regression {kind}"), fit.robust(&clusters, kind));
    }
}

pub fn network(random: &mut Random, judge: &mut Judge) {
    let studies = 2 + random.below(8);
    let treatments = ["A", "B", "C", "D"];
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for _ in 0..studies {
        let first = random.below(4);
        one.push(Some(treatments[first]));
        other.push(Some(treatments[(first + 1 + random.below(3)) % 4]));
    }
    let (yi, vi) = random.studies(studies);
    let numbers =
        |values: &[f64]| Column::numbers(values.iter().copied().map(Some).collect::<Vec<_>>()).unwrap();
    let table = Table::new()
        .with("study", Column::texts((0..studies).map(|i| Some(format!("s{i}")))).unwrap())
        .and_then(|table| table.with("treatment1", Column::texts(one)?))
        .and_then(|table| table.with("treatment2", Column::texts(other)?))
        .and_then(|table| table.with("yi", numbers(&yi)))
        .and_then(|table| table.with("vi", numbers(&vi)))
        .unwrap();
    let Some(network) = judge.result("Network", NetworkData::new(Measure::Generic).table(&table)) else {
        return;
    };
    let model = if random.chance(0.3) {
        NetworkMeta::common()
    } else {
        NetworkMeta::random(random.one_of(&[Tau2::Dl, Tau2::Reml, Tau2::Ml]))
    };
    let Some(fit) = judge.result("NetworkMeta", model.fit(&network)) else { return };
    judge.result("split", fit.split(random.one_of(&[SplitMethod::Side, SplitMethod::Sidde])));
    judge.result("net_heat", fit.net_heat());
    judge.result("p_scores", fit.p_scores(SmallValues::Good, None));
    judge.sound("league", &fit.league(&fit.league_order(LeagueOrder::Level, &[])));
    if random.chance(0.1) {
        judge.result("ranking", fit.ranking(&RankingOptions::default().draws(200)));
    }
}

pub fn glmm(random: &mut Random, judge: &mut Judge) {
    let k = 1 + random.below(6);
    let rows: Vec<[f64; 4]> = (0..k)
        .map(|_| {
            let [a, b, c, d] = random.cells();
            if random.chance(0.03) { [a, b, c, d] } else { [a, a + b, c, c + d] }
        })
        .collect();
    let labels: Vec<String> = (0..k).map(|i| i.to_string()).collect();
    let measure = random.one_of(&[CountMeasure::OddsRatio, CountMeasure::RateRatio]);
    let Some(counts) = judge.result("Counts", Counts::two_groups(measure, labels, &rows)) else { return };
    let model = random.one_of(&[Model::UmFs, Model::UmRs, Model::CmEl]);
    let effects = random.one_of(&[Effects::Random, Effects::Common]);
    let mut options = Glmm::new(model).effects(effects);
    if random.chance(0.9) {
        options = options.without_tau2_interval();
    }
    if random.chance(0.3) {
        options = options.inference(CountInference::T);
    }
    if let Some(fit) = judge.result(&format!("glmm {model:?} {effects:?} of {rows:?}"), options.fit(&counts))
    {
        judge.sound("glmm", &fit.to_string());
    }
}

pub fn bias(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 10) else { return };
    let analysis = random.one_of(Analysis::ALL);
    let shape = random.pick(&[
        "stepfun:0.025",
        "stepfun:0.025,0.5",
        "halfnorm",
        "negexp",
        "logistic",
        "power",
        "beta",
        "3psm",
        "4psm",
        "trunc:0",
        "negexppow",
        "severe-one-tailed",
    ]);
    let Ok(selection) = shape.parse::<Selection>() else { return };
    let side = random.one_of(&[Alternative::Greater, Alternative::Less, Alternative::TwoSided]);
    let bias = Bias::new(random.one_of(Tau2::ALL))
        .analyses([analysis])
        .selections([selection], side)
        .side(if random.chance(0.5) { Side::Left } else { Side::Right })
        .excess_test(random.one_of(&[ExcessTest::Exact, ExcessTest::Chi2, ExcessTest::Binom]))
        .power(PowerOptions::new(1).replicates(10))
        .bootstrap(20, 1);
    let call = format!("bias {analysis} {shape} {side}");
    judge.result(&call, bias.fit(&effects, None));
}

pub fn influence(random: &mut Random, judge: &mut Judge) {
    let Some(effects) = effects(random, 9) else { return };
    let method = random.one_of(&[Tau2::Dl, Tau2::Reml, Tau2::Pm, Tau2::Sj, Tau2::He]);
    let mut influence =
        Influence::new(method).inference(random.one_of(&[Inference::Wald, Inference::HartungKnapp]));
    if random.chance(0.3) {
        influence = influence.gosh(50, 1);
    }
    judge.result(&format!("influence {method}"), influence.fit(&effects));
}

pub fn tables(random: &mut Random, judge: &mut Judge) {
    let k = 1 + random.below(6);
    let tables: Vec<TwoByTwo> = (0..k)
        .filter_map(|_| {
            let [a, b, c, d] = random.cells();
            TwoByTwo::new(a, b, c, d).ok()
        })
        .collect();
    let labels = || (0..tables.len()).map(|i| i.to_string());
    for measure in [Measure::RiskRatio, Measure::OddsRatio, Measure::RiskDifference] {
        sound(judge, &format!("MH {measure}"), MantelHaenszel::new(measure).fit(labels(), &tables));
        let effects = EffectSizes::from_two_by_two(measure, labels(), &tables, ZeroCells::default());
        if let Some(effects) = judge.result("from_two_by_two", effects) {
            sound(judge, &format!("{measure}"), RandomEffects::default().fit(&effects));
        }
    }
    sound(judge, "Peto", Peto::default().fit(labels(), &tables));
}
