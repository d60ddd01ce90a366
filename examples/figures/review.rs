//! Figures of a review as a whole.

use consilience::{
    Result,
    plot::review::{Albatross, Contours, Directions, Prisma, RiskOfBias, RiskOfBiasTool, SummaryOfFindings},
};

use super::{Figure, Sources, drawn};

const PART: &str = "The review as a whole";

fn judged(s: &Sources) -> Result<RiskOfBias> {
    RiskOfBias::from_table(s.table("risk_of_bias")?, RiskOfBiasTool::Rob2)
}

pub const FIGURES: &[Figure] = &[
    Figure {
        part: PART,
        file: "prisma",
        says: "How records became studies (PRISMA 2020).",
        command: "prisma tests/data/gallery/flow.csv",
        draw: |s, width| drawn!(Prisma::from_table(s.table("flow")?)?, width),
    },
    Figure {
        part: PART,
        file: "traffic-light",
        says: "The risk of bias of each study in each domain (RoB 2; also ROBINS-I and QUADAS-2).",
        command: "traffic-light tests/data/gallery/risk_of_bias.csv",
        draw: |s, width| drawn!(judged(s)?.traffic_light(), width),
    },
    Figure {
        part: PART,
        file: "risk-of-bias",
        says: "The shares of each judgement.",
        command: "risk-of-bias tests/data/gallery/risk_of_bias.csv",
        draw: |s, width| drawn!(judged(s)?.summary(), width),
    },
    Figure {
        part: PART,
        file: "findings",
        says: "The summary of findings with the certainty of the evidence (GRADE).",
        command: "findings tests/data/gallery/findings.csv --groups \"Link worker,Usual care\"",
        draw: |s, width| {
            drawn!(SummaryOfFindings::from_table(s.table("findings")?, "Link worker", "Usual care")?, width)
        },
    },
    Figure {
        part: PART,
        file: "effect-direction",
        says: "Which way each study points in each outcome, for reviews that cannot pool.",
        command: "effect-direction tests/data/gallery/directions.csv",
        draw: |s, width| drawn!(Directions::from_table(s.table("directions")?)?.effect_direction(), width),
    },
    Figure {
        part: PART,
        file: "harvest",
        says: "The same as bars: high for designs that suit, pale where bias is likely.",
        command: "harvest tests/data/gallery/directions.csv",
        draw: |s, width| drawn!(Directions::from_table(s.table("directions")?)?.harvest(), width),
    },
    Figure {
        part: PART,
        file: "albatross",
        says: "P values against numbers of people, with contours of the effects that they suggest.",
        command: "albatross tests/data/gallery/p_values.csv --contours smd:0.1,0.25,0.5",
        draw: |s, width| {
            let contours = Contours::StandardizedMeanDifference { sizes: vec![0.1, 0.25, 0.5], share: 0.5 };
            drawn!(Albatross::from_table(s.table("p_values")?)?.contours(contours), width)
        },
    },
];
