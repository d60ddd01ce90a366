//! Figures of economic evaluations.

use consilience::{
    Result,
    economics::{
        DiscountTiming, DominanceMatrix, DominanceStudy, Draws, Evppi, EvppiMethod, Population, PriceBase,
        PsaResult, Strategies, StudyDesign, Trace, ZeroRule, evsi_normal, unit_normal_loss,
    },
    plot::economics::{TornadoPlot, evsi_curve},
};

use super::{Figure, Sources, drawn};

const PART: &str = "Costs, effects and the value of information";

fn base(year: i32) -> Result<PriceBase> {
    PriceBase::new("GBP".parse()?, year)
}

fn draws(s: &Sources) -> Result<Draws> {
    let columns = |name: &str| -> Result<Vec<(String, Vec<f64>)>> {
        let table = s.table(name)?;
        table.names().map(|option| Ok((option.to_owned(), table.complete_numbers(option)?))).collect()
    };
    Ok(Draws::from_tables(columns("costs")?, columns("effects")?)?.priced_in(base(1995)?))
}

fn analysed(s: &Sources) -> Result<PsaResult> {
    draws(s)?.analysis(&"0:30000:500".parse()?)
}

/// The present knowledge of the net benefit: its mean, its standard error, and how many patients that is worth.
const KNOWN: (f64, f64, f64) = (1000.0, 2000.0, 100.0);

fn evsi(n: f64) -> Result<f64> {
    evsi_normal(KNOWN.0, KNOWN.1, KNOWN.2, n)
}

fn sizes() -> Vec<f64> {
    (1..=100).map(|i| 10.0 * f64::from(i)).collect()
}

pub const FIGURES: &[Figure] = &[
    Figure {
        part: PART,
        file: "ce-plane",
        says: "Differences in cost and effect, draw by draw, with their ellipse and two thresholds.",
        command: "ce-plane --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 20000,30000 --unit \"life years\"",
        draw: |s, width| {
            let draws = draws(s)?;
            let options = draws.options();
            let (first, last) = (options.first(), options.last());
            let (Some(first), Some(last)) = (first, last) else {
                return Err(consilience::Error::data("no option", "give two"));
            };
            let plane = draws.ce_plane(last, first)?.threshold(20_000.0).threshold(30_000.0);
            drawn!(plane.effect_unit("life years"), width)
        },
    },
    Figure {
        part: PART,
        file: "frontier",
        says: "Options, the frontier and what it dominates.",
        command: "frontier tests/data/gallery/strategies.csv --unit QALYs",
        draw: |s, width| {
            let column = |name: &str| s.numbers("strategies", name);
            let strategies =
                Strategies::new(s.texts("strategies", "strategy")?, column("cost")?, column("effect")?)?;
            drawn!(strategies.frontier().plot().effect_unit("QALYs"), width)
        },
    },
    Figure {
        part: PART,
        file: "ceac",
        says: "The probability that each option is worth its price.",
        command: "ceac --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 0:30000:500",
        draw: |s, width| drawn!(analysed(s)?.ceac(), width),
    },
    Figure {
        part: PART,
        file: "ceaf",
        says: "The same of the option that is optimal at each threshold.",
        command: "ceaf --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 0:30000:500",
        draw: |s, width| drawn!(analysed(s)?.ceaf(), width),
    },
    Figure {
        part: PART,
        file: "expected-loss",
        says: "What deciding for each option is expected to lose.",
        command: "expected-loss --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 0:30000:500",
        draw: |s, width| drawn!(analysed(s)?.expected_loss(), width),
    },
    Figure {
        part: PART,
        file: "evpi",
        says: "What certainty about everything would be worth.",
        command: "evpi --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 0:30000:500",
        draw: |s, width| drawn!(analysed(s)?.evpi_plot(), width),
    },
    Figure {
        part: PART,
        file: "evppi",
        says: "What certainty about one parameter would be worth.",
        command: "evppi --costs tests/data/gallery/costs.csv --effects tests/data/gallery/effects.csv --currency GBP --price-year 1995 --wtp 0:30000:500 --parameters tests/data/gallery/parameters.csv --of rr",
        draw: |s, width| {
            let (draws, values) = (draws(s)?, s.numbers("parameters", "rr")?);
            let result =
                Evppi::new(EvppiMethod::Gam).of(&draws, &[("rr", &values)], &"0:30000:500".parse()?)?;
            drawn!(result.plot(draws.price_base()), width)
        },
    },
    Figure {
        part: PART,
        file: "evsi",
        says: "What a further trial would be worth to a person, by its size.",
        command: "evsi --inb 1000 --se 2000 --prior-size 100 --sizes 10:1000:10 --currency GBP --price-year 2021",
        draw: |_, width| {
            let points = sizes().into_iter().map(|n| Ok((n, evsi(n)?))).collect::<Result<Vec<_>>>()?;
            drawn!(evsi_curve(&points, unit_normal_loss(KNOWN.0, KNOWN.1)?, Some(base(2021)?)), width)
        },
    },
    Figure {
        part: PART,
        file: "enbs",
        says: "What it would be worth to all whom the decision serves, what it costs, and the best size.",
        command: "enbs --inb 1000 --se 2000 --prior-size 100 --sizes 10:1000:10 --currency GBP --price-year 2021 --incidence 1000 --years 10 --discount-rate 0.035 --fixed-cost 500000 --cost-per-patient 2000",
        draw: |_, width| {
            let people = Population {
                prevalent: 0.0,
                incidence: 1000.0,
                years: 10.0,
                discount_rate: 0.035,
                timing: DiscountTiming::AsTimed,
            };
            let design = StudyDesign {
                fixed_cost: 500_000.0,
                cost_per_patient: 2000.0,
                opportunity_cost_per_patient: 0.0,
            };
            drawn!(design.enbs(&sizes(), &people, evsi)?.plot(Some(base(2021)?)), width)
        },
    },
    Figure {
        part: PART,
        file: "tornado",
        says: "What the net benefit becomes at the low and the high value of each parameter.",
        command: "tornado tests/data/gallery/one_way.csv --base 12985.4 --outcome \"Incremental net benefit at £20,000 per life year\" --currency GBP --price-year 1995",
        draw: |s, width| {
            let outcome = "Incremental net benefit at £20,000 per life year";
            let plot = TornadoPlot::from_table(s.table("one_way")?, 12_985.4, outcome)?;
            drawn!(plot.priced_in(base(1995)?), width)
        },
    },
    Figure {
        part: PART,
        file: "dominance",
        says: "Studies by the direction of their differences in cost and effect.",
        command: "dominance tests/data/gallery/differences.csv --same 50,0.001",
        draw: |s, width| {
            let column = |name: &str| s.numbers("differences", name);
            let (costs, effects) = (column("cost_difference")?, column("effect_difference")?);
            let labels = s.table("differences")?.labels();
            let studies =
                labels.into_iter().zip(costs).zip(effects).map(|((l, c), e)| DominanceStudy::new(l, c, e));
            let rule = ZeroRule::SmallerThan { cost: 50.0, effect: 0.001 };
            drawn!(DominanceMatrix::new(studies, rule)?.plot(), width)
        },
    },
    Figure {
        part: PART,
        file: "trace",
        says: "The states of a cohort over time.",
        command: "trace tests/data/gallery/transitions.csv --states tests/data/gallery/states.csv --cycles 20",
        draw: |s, width| {
            let (names, start) = (s.texts("states", "state")?, s.numbers("states", "start")?);
            // Rows from each state in the order of the states, first of the first years, then of the later ones.
            let columns =
                names.iter().map(|name| s.numbers("transitions", name)).collect::<Result<Vec<_>>>()?;
            let n = names.len();
            let later = s.numbers("transitions", "cycle")?.get(n).copied().unwrap_or(f64::INFINITY) - 1.0;
            let trace = Trace::run(names.clone(), &start, 20, |cycle, matrix| {
                let first = if (cycle as f64) < later { 0 } else { n };
                for (i, cell) in matrix.iter_mut().enumerate() {
                    *cell = columns.get(i % n).and_then(|c| c.get(first + i / n)).copied().unwrap_or(0.0);
                }
            })?;
            drawn!(trace.plot("Years", 1.0), width)
        },
    },
];
