//! The printed sequential analysis and fragility.

use std::fmt;

use super::parts;
use crate::{
    influence::{ChangedGroup, FragilityReport, SequentialConclusion, SequentialReport},
    text::{Align, Grid, Notation, Section, fixed, optional as cell, plain},
};

impl SequentialReport {
    fn lines(&self, notation: &Notation) -> Vec<String> {
        let anticipated = match notation.is_ratio() {
            true => format!("{} {}", notation.estimate(), notation.effect(self.anticipated)),
            false => format!("effect {}", self.anticipated),
        };
        let mut lines = vec![format!(
            "Trial sequential analysis: anticipated {anticipated}, two-sided alpha {}, power {}, D^2 {:.1}%, spending {}",
            self.alpha,
            self.power,
            100.0 * self.diversity,
            self.spending
        )];
        let mut required = format!("Required information: {}", fixed(self.required_information, 2));
        if let Some(people) = self.required_participants {
            required += &format!(" (about {} participants)", fixed(people, 0));
        }
        if let Some(last) = self.looks.last() {
            required += &format!("; so far {:.1}% of it", 100.0 * last.information);
        }
        lines.push(required);
        let with = self.reached_with.as_deref().unwrap_or_default();
        lines.push(match self.conclusion {
            SequentialConclusion::Effect => format!("An effect: the boundary is crossed with {with}."),
            SequentialConclusion::Futile => {
                format!("The anticipated effect is ruled out at the planned power with {with}.")
            }
            _ => "Undecided: no boundary is crossed and the required information is not reached.".to_owned(),
        });
        lines
    }

    fn grid(&self, notation: &Notation) -> Grid {
        let (estimate, se) = (notation.estimate(), notation.se());
        let names = ["k", "information", estimate, se, "Z", "critical", "futility", "adj.ci.lb", "adj.ci.ub"];
        let mut grid =
            Grid::new([("added", Align::Left)].into_iter().chain(names.map(|n| (n, Align::Right))));
        for look in &self.looks {
            grid.row([
                look.study.clone(),
                look.k.to_string(),
                format!("{:.1}%", 100.0 * look.information),
                notation.effect(look.estimate),
                notation.number(look.se),
                fixed(look.z, 3),
                cell(look.critical, 3),
                cell(look.futility, 3),
                notation.effect_if(look.ci_lower),
                notation.effect_if(look.ci_upper),
            ]);
        }
        grid
    }

    /// The printed report: the conclusion, the looks, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, None))
    }

    /// The printed report in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let looks = Section::untitled().lines(self.lines(notation)).table("", self.grid(notation));
        [looks].into_iter().chain(parts::notes(&self.notes)).collect()
    }
}

impl fmt::Display for SequentialReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &self.sections_in(&Notation::asked(f, self.measure.ratio_name(None)))))
    }
}

impl FragilityReport {
    /// The printed report: the index and the changes behind it.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, None))
    }

    /// The printed report in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        vec![Section::untitled().lines([self.line(notation)]).table("", self.grid(notation))]
    }

    fn line(&self, notation: &Notation) -> String {
        let (kind, done) = match self.significant {
            true => ("Fragility index", "significant"),
            false => ("Reverse fragility index", "not significant"),
        };
        let [estimate, lower, upper] =
            [self.estimate, self.ci_lower, self.ci_upper].map(|value| notation.effect(value));
        let result = format!("{estimate} [{lower}, {upper}] at {}", self.level);
        match (self.index, self.quotient) {
            (Some(index), Some(quotient)) => format!(
                "{kind}: {index} of {} outcomes changed ({:.2}%) and the {done} result {result} is no longer so",
                self.participants,
                100.0 * quotient
            ),
            _ => format!("{kind}: no change of single outcomes reverses the {done} result {result}"),
        }
    }

    fn grid(&self, notation: &Notation) -> Grid {
        let mut grid = Grid::new([
            ("change", Align::Right),
            ("study", Align::Left),
            ("group", Align::Left),
            ("events", Align::Right),
            (notation.estimate(), Align::Right),
            ("ci.lb", Align::Right),
            ("ci.ub", Align::Right),
        ]);
        for (i, change) in self.changes.iter().enumerate() {
            grid.row([
                (i + 1).to_string(),
                change.study.clone(),
                match change.group {
                    ChangedGroup::Intervention => "1 (intervention)".to_owned(),
                    ChangedGroup::Comparator => "2 (comparator)".to_owned(),
                },
                format!("{:+}", change.events),
                notation.effect(change.estimate),
                notation.effect(change.ci_lower),
                notation.effect(change.ci_upper),
            ]);
        }
        grid
    }
}

impl fmt::Display for FragilityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &self.sections_in(&Notation::asked(f, self.measure.ratio_name(None)))))
    }
}
