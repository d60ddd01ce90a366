//! Judgements on the risk of bias beside the studies of a forest plot.

use super::{ColumnSide, Forest, ForestColumn, ForestRow};
use crate::{Error, Result, plot::review::RiskOfBias};

impl Forest {
    /// Adds a light for each domain, and for the overall judgement, to the right of each study; studies are found by their names.
    /// To be called when all studies and columns are there.
    ///
    /// Names are compared without regard to case, blanks and punctuation. Studies without judgements, and judgements without a
    /// study, are named in the notes, with the name that was probably meant.
    ///
    /// # Errors
    ///
    /// If no study of the plot is among those that were judged, if the judgements have no names of studies, and if a name of the plot
    /// fits several of them.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::plot::{
    ///     Forest,
    ///     forest::ForestStudy,
    ///     review::{Judgement, RiskOfBias, RiskOfBiasStudy, RiskOfBiasTool},
    /// };
    ///
    /// let judged = RiskOfBias::new(RiskOfBiasTool::Rob2)
    ///     .study(RiskOfBiasStudy::new("A", [Judgement::Low; 5]).overall(Judgement::Low));
    /// let forest = Forest::new("Mean difference").study(ForestStudy::new("A").effect(1.0, 0.5, 1.5)).risk_of_bias(&judged)?;
    /// assert_eq!(forest.scene()?.of_class("light").count(), 6);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn risk_of_bias(mut self, judged: &RiskOfBias) -> Result<Self> {
        if judged.numbered {
            return Err(Error::data(
                "the judgements have no names of studies",
                "add a column `study` with the names of the plot: judgements are not paired by the order of rows",
            ));
        }
        let labels: Vec<String> = self
            .rows
            .iter()
            .filter_map(|row| match row {
                ForestRow::Study(study) => Some(study.label.clone()),
                _ => None,
            })
            .collect();
        let pairs = labels.iter().map(|label| judged_as(label, judged)).collect::<Result<Vec<_>>>()?;
        if pairs.iter().all(Option::is_none) {
            return Err(Error::data(
                "no study of the forest plot is among those whose risk of bias was judged",
                format!("give both the same names; the plot has {}", first_of(&labels)),
            ));
        }
        self.notes.extend(unpaired(&labels, &pairs, judged));
        let mut pairs = pairs.into_iter();
        let overall = judged.studies.iter().any(|s| s.overall.is_some());
        let before = self.columns.len();
        let letters =
            (1..=judged.domains.len()).map(|i| format!("D{i}")).chain(overall.then(|| "O".to_owned()));
        for letter in letters {
            let column = ForestColumn::new(letter).group("Risk of bias").side(ColumnSide::Right).priority(2);
            self.columns.push(ForestColumn { lights: true, ..column });
        }
        for row in &mut self.rows {
            let ForestRow::Study(study) = row else { continue };
            study.cells.resize(before, String::new());
            if let Some(found) = pairs.next().flatten().and_then(|at| judged.studies.get(at)) {
                let lights = (0..judged.domains.len()).map(|i| found.domains.get(i).copied().flatten());
                let lights = lights.chain(overall.then_some(found.overall));
                study.cells.extend(lights.map(|j| j.map_or(String::new(), |j| j.name().to_owned())));
            }
        }
        let domains = judged.domains.iter().enumerate().map(|(i, domain)| format!("D{}: {domain}", i + 1));
        let domains: Vec<String> = domains.chain(overall.then(|| "O: overall".to_owned())).collect();
        let signs = judged.tool.judgements().iter().filter(|j| !j.sign().is_empty());
        let signs: Vec<String> = signs.map(|j| format!("{} {}", j.sign(), j.name().to_lowercase())).collect();
        self.footer.push(format!("Risk of bias. {}. Signs: {}.", domains.join("; "), signs.join(", ")));
        Ok(self)
    }
}

impl RiskOfBias {
    /// Notes on studies of these names that were not judged, and on judgements of other studies.
    #[cfg(feature = "request")]
    pub(crate) fn unpaired(&self, labels: &[String]) -> Result<Vec<String>> {
        if self.numbered {
            return Ok(vec!["the judgements on the risk of bias have no names of studies".to_owned()]);
        }
        let pairs = labels.iter().map(|label| judged_as(label, self)).collect::<Result<Vec<_>>>()?;
        Ok(unpaired(labels, &pairs, self))
    }
}

/// A name without case, blanks and punctuation.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The judged study of a name: the same name, or the only one that differs in case, blanks and punctuation alone.
fn judged_as(label: &str, judged: &RiskOfBias) -> Result<Option<usize>> {
    let same = |exact: bool| {
        let fits = move |name: &str| if exact { name == label } else { folded(name) == folded(label) };
        judged.studies.iter().enumerate().filter(move |(_, study)| fits(&study.study)).map(|(at, _)| at)
    };
    for exact in [true, false] {
        let found: Vec<usize> = same(exact).collect();
        match found[..] {
            [] => {}
            [at] => return Ok(Some(at)),
            _ => {
                return Err(Error::data(
                    format!("{} judged studies have this name", found.len()),
                    "give each study one row of judgements",
                )
                .in_study(label));
            }
        }
    }
    Ok(None)
}

/// Notes on studies that were not judged and on judgements of other studies.
fn unpaired(labels: &[String], pairs: &[Option<usize>], judged: &RiskOfBias) -> Vec<String> {
    let free: Vec<&str> = judged
        .studies
        .iter()
        .enumerate()
        .filter(|(at, _)| !pairs.contains(&Some(*at)))
        .map(|(_, study)| study.study.as_str())
        .collect();
    let mut notes = Vec::new();
    let without: Vec<String> = labels
        .iter()
        .zip(pairs)
        .filter(|(_, pair)| pair.is_none())
        .map(|(label, _)| match Error::unknown("study", label, &free) {
            Error::Unknown { nearest: Some(near), .. } => format!("{label} (did you mean `{near}`?)"),
            _ => label.clone(),
        })
        .collect();
    if !without.is_empty() {
        notes.push(format!("no judgement on the risk of bias for: {}", without.join("; ")));
    }
    if !free.is_empty() {
        notes.push(format!("judged on their risk of bias but not among the studies: {}", free.join("; ")));
    }
    notes
}

/// The first three names.
fn first_of(labels: &[String]) -> String {
    labels.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::plot::{
        Figure, Forest,
        forest::{ForestColumn, ForestStudy, TextOptions},
        review::{Judgement, RiskOfBias, RiskOfBiasStudy, RiskOfBiasTool},
        sheet::assert_tidy,
    };

    fn judged(k: usize) -> RiskOfBias {
        (0..k).fold(RiskOfBias::new(RiskOfBiasTool::Rob2), |review, i| {
            let of = |j: usize| [Judgement::Low, Judgement::SomeConcerns, Judgement::High][(i + j) % 3];
            let study = RiskOfBiasStudy::new(format!("Study <{i}>"), (0..5).map(of));
            review.study(study.overall(of(5)))
        })
    }

    fn forest(k: usize) -> Forest {
        let plain = Forest::new("Mean difference").column(ForestColumn::new("Total"));
        (0..k).fold(plain, |forest, i| {
            let study =
                ForestStudy::new(format!("Study <{i}>")).effect(i as f64, i as f64 - 1.0, i as f64 + 2.0);
            forest.study(study.cells([(100 * i).to_string()]).weight(1.0))
        })
    }

    #[test]
    fn lights_stand_beside_their_studies() {
        for k in [1, 13, 60] {
            let scene = forest(k).risk_of_bias(&judged(k)).unwrap().scene().unwrap();
            assert_tidy(&scene);
            let lights: Vec<_> = scene.of_class("light").map(|e| e.bounds()).collect();
            assert_eq!(lights.len(), 6 * k);
            for square in scene.of_class("square").map(|e| e.bounds()) {
                let middle = 0.5 * (square.top + square.bottom);
                let beside = lights.iter().filter(|b| (0.5 * (b.top + b.bottom) - middle).abs() < 0.01);
                assert_eq!(beside.filter(|b| b.left > square.right).count(), 6);
            }
            assert!(scene.of_class("estimate").all(|e| e.bounds().right < lights[0].left));
        }
    }

    #[test]
    fn a_narrow_page_says_that_they_found_no_room() {
        let scene = forest(5).risk_of_bias(&judged(5)).unwrap().width_mm(60.0).scene().unwrap();
        assert_eq!(scene.of_class("light").count(), 0);
        assert!(scene.notes[0].contains("Risk of bias: D1"), "{:?}", scene.notes);
    }

    #[test]
    fn a_study_that_was_not_judged_has_no_light() {
        let scene = forest(3).risk_of_bias(&judged(2)).unwrap().scene().unwrap();
        assert_eq!(scene.of_class("light").count(), 12);
        let error = forest(1).risk_of_bias(&RiskOfBias::new(RiskOfBiasTool::Rob2)).unwrap_err().to_string();
        assert!(error.contains("Study <0>"), "{error}");
    }

    #[test]
    fn the_terminal_shows_signs() {
        let forest = forest(3).risk_of_bias(&judged(3)).unwrap();
        let text = forest.to_text(&TextOptions::default().width(140)).unwrap();
        assert!(text.lines().any(|line| line.contains("Study <0>") && line.contains('×')), "{text}");
        assert!(!text.contains("Some concerns"), "{text}");
    }

    #[test]
    fn studies_are_paired_by_name_and_never_by_place() {
        let plot = ["Smith 2001", "jones-2002", "Mueller 2003", "Alone 1999"]
            .iter()
            .fold(Forest::new("d"), |forest, label| {
                forest.study(ForestStudy::new(*label).effect(1.0, 0.0, 2.0))
            });
        let low = |name: &str| RiskOfBiasStudy::new(name, [Judgement::Low; 5]);
        let judged = ["Other 2010", "Muller 2003", "Jones 2002", "Smith 2001"]
            .iter()
            .fold(RiskOfBias::new(RiskOfBiasTool::Rob2), |judged, name| judged.study(low(name)));
        let forest = plot.clone().risk_of_bias(&judged).unwrap();
        assert_eq!(
            forest.notes,
            [
                "no judgement on the risk of bias for: Mueller 2003 (did you mean `Muller 2003`?); Alone 1999",
                "judged on their risk of bias but not among the studies: Other 2010; Muller 2003",
            ]
        );
        assert_eq!(forest.scene().unwrap().of_class("light").count(), 10);
        let numbered = RiskOfBias { numbered: true, ..judged.clone() };
        assert!(plot.clone().risk_of_bias(&numbered).unwrap_err().to_string().contains("no names"));
        let twice = judged.study(low("JONES 2002"));
        assert!(plot.risk_of_bias(&twice).is_err());
    }
}
