//! Cohort models: the share of a cohort in each state over cycles, and the rewards that it collects.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The share of the cohort in each state at the start and after each cycle: n states, T + 1 times, time by time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trace {
    /// The names of the states.
    pub states: Vec<String>,
    /// State s at time t is at t · n + s.
    pub occupancy: Vec<f64>,
}

/// The way occupancy within a cycle is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counting {
    /// Cycle k counts as it begins.
    Beginning,
    /// Cycle k counts as it ends.
    End,
    /// Cycle k counts the mean of its beginning and end.
    LifeTable,
    /// Times 0 to T with weights ½, 1, ..., 1, ½: the half-cycle correction.
    #[default]
    Trapezoid,
    /// Times 0 to T with weights 1/3, 4/3, 2/3, ..., 4/3, 1/3; T must be even.
    Simpson,
}

/// The point of a cycle at which its amounts are discounted; times of trapezoid and Simpson are their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CyclePoint {
    /// As the cycle begins: nothing of the first cycle is discounted.
    #[default]
    Start,
    /// In its middle.
    Middle,
    /// As it ends.
    End,
}

/// The way rewards are added up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accumulation {
    /// The way occupancy is counted.
    pub counting: Counting,
    /// The point of the cycle at which amounts are discounted.
    pub discounted_at: CyclePoint,
    /// The length of a cycle in years.
    pub cycle_years: f64,
}

impl Default for Accumulation {
    fn default() -> Self {
        Accumulation { counting: Counting::Trapezoid, discounted_at: CyclePoint::Start, cycle_years: 1.0 }
    }
}

/// Weights of times 0 to T that sum to T.
///
/// # Errors
///
/// If there are no cycles, Simpson's rule is asked for an odd number of them, or the counting is by cycles.
pub fn time_weights(counting: Counting, cycles: usize) -> Result<Vec<f64>> {
    if cycles == 0 {
        return Err(Error::setting("cycles", "none", "run at least one"));
    }
    let ends = |t: usize| t == 0 || t == cycles;
    match counting {
        Counting::Trapezoid => Ok((0..=cycles).map(|t| if ends(t) { 0.5 } else { 1.0 }).collect()),
        Counting::Simpson if cycles.is_multiple_of(2) => Ok((0..=cycles)
            .map(|t| match t {
                _ if ends(t) => 1.0 / 3.0,
                _ if t % 2 == 1 => 4.0 / 3.0,
                _ => 2.0 / 3.0,
            })
            .collect()),
        Counting::Simpson => Err(Error::setting(
            "counting",
            format!("Simpson's rule over {cycles} cycles"),
            "it needs an even number; use the trapezoid",
        )),
        Counting::Beginning | Counting::End | Counting::LifeTable => Err(Error::setting(
            "counting",
            "a counting by cycles",
            "times have weights for trapezoid and Simpson",
        )),
    }
}

impl Trace {
    /// Runs a cohort: `transition(k, matrix)` fills the matrix of cycle k (from 0), row by row: from state s to state d at
    /// s · n + d. Probabilities may depend on the cycle; time in a state is modelled by tunnel states.
    ///
    /// # Errors
    ///
    /// If there are no states or cycles, the start is no distribution, or a row of a matrix is none; the error names
    /// cycle and state.
    pub fn run<L: Into<String>>(
        states: impl IntoIterator<Item = L>,
        start: &[f64],
        cycles: usize,
        mut transition: impl FnMut(usize, &mut [f64]),
    ) -> Result<Self> {
        let states: Vec<String> = states.into_iter().map(Into::into).collect();
        let n = states.len();
        if n == 0 || cycles == 0 || start.len() != n {
            return Err(Error::setting(
                "cohort",
                format!("{n} states, {} starting shares, {cycles} cycles", start.len()),
                "give a starting share for each of one or more states, and at least one cycle",
            ));
        }
        if !is_distribution(start) {
            return Err(Error::data(
                format!("starting shares {start:?}"),
                "shares lie between 0 and 1 and sum to 1",
            ));
        }
        let mut occupancy = Vec::with_capacity((cycles + 1) * n);
        occupancy.extend_from_slice(start);
        let mut matrix = vec![0.0; n * n];
        for k in 0..cycles {
            transition(k, &mut matrix);
            for (s, row) in matrix.chunks_exact(n).enumerate() {
                if !is_distribution(row) {
                    return Err(Error::model(
                        format!("cycle {}: probabilities {row:?} from state `{}`", k + 1, states[s]),
                        "probabilities from a state lie between 0 and 1 and sum to 1",
                    ));
                }
            }
            let from = k * n;
            occupancy.resize(from + 2 * n, 0.0);
            let (now, next) = occupancy[from..].split_at_mut(n);
            for (share, row) in now.iter().zip(matrix.chunks_exact(n)) {
                for (next, p) in next.iter_mut().zip(row) {
                    *next += share * p;
                }
            }
        }
        Ok(Trace { states, occupancy })
    }

    /// Partitioned survival with the states progression-free, progressed and dead: shares in them are the progression-free
    /// survival, the difference to overall survival, and the rest.
    ///
    /// # Errors
    ///
    /// If the curves differ in length, have fewer than two times, do not start at 1, rise, or cross (progression-free above
    /// overall survival); the error names the time.
    pub fn partitioned_survival(progression_free: &[f64], overall: &[f64]) -> Result<Self> {
        if progression_free.len() != overall.len() || overall.len() < 2 {
            return Err(Error::data(
                format!("{} and {} survival probabilities", progression_free.len(), overall.len()),
                "give both curves at the same two or more times",
            ));
        }
        let mut occupancy = Vec::with_capacity(3 * overall.len());
        let mut last = [1.0, 1.0];
        for (t, (&pfs, &os)) in progression_free.iter().zip(overall).enumerate() {
            let fits = pfs >= 0.0
                && pfs <= os
                && pfs <= last[0]
                && os <= last[1]
                && (t > 0 || (pfs == 1.0 && os == 1.0));
            if !fits {
                return Err(Error::data(
                    format!("progression-free survival {pfs} and overall survival {os} at time {t}"),
                    "curves start at 1, never rise, and do not cross",
                ));
            }
            last = [pfs, os];
            occupancy.extend([pfs, os - pfs, 1.0 - os]);
        }
        let states = ["progression-free", "progressed", "dead"].map(str::to_owned).to_vec();
        Ok(Trace { states, occupancy })
    }

    /// The number of cycles.
    pub fn cycles(&self) -> usize {
        (self.occupancy.len() / self.states.len().max(1)).saturating_sub(1)
    }

    /// The shares at a time from 0; `None` beyond the last.
    pub fn at(&self, time: usize) -> Option<&[f64]> {
        let n = self.states.len();
        self.occupancy.get(time * n..(time + 1) * n)
    }

    /// The discounted total of a reward: `reward(k, s)` is that of a cycle in state s, for cycle k from 0 (counting by
    /// cycles) or at time k from 0 (trapezoid, Simpson); `discount` is the factor at a time in years.
    ///
    /// # Errors
    ///
    /// If the cycle length is not above 0, Simpson's rule meets an odd number of cycles, or the total is not finite.
    pub fn total(
        &self,
        how: Accumulation,
        discount: impl Fn(f64) -> f64,
        reward: impl Fn(usize, usize) -> f64,
    ) -> Result<f64> {
        if !(how.cycle_years.is_finite() && how.cycle_years > 0.0) {
            return Err(Error::setting("cycle length", how.cycle_years.to_string(), "give years above 0"));
        }
        let n = self.states.len();
        let cycles = self.cycles();
        let value = |index: usize, time: usize| {
            (0..n).map(|s| self.occupancy[time * n + s] * reward(index, s)).sum::<f64>()
        };
        let total: f64 = match how.counting {
            Counting::Trapezoid | Counting::Simpson => time_weights(how.counting, cycles)?
                .iter()
                .enumerate()
                .map(|(t, w)| w * discount(t as f64 * how.cycle_years) * value(t, t))
                .sum(),
            counting => {
                let offset = match how.discounted_at {
                    CyclePoint::Start => 0.0,
                    CyclePoint::Middle => 0.5,
                    CyclePoint::End => 1.0,
                };
                (0..cycles)
                    .map(|k| {
                        let counted = match counting {
                            Counting::Beginning => value(k, k),
                            Counting::End => value(k, k + 1),
                            _ => 0.5 * (value(k, k) + value(k, k + 1)),
                        };
                        discount((k as f64 + offset) * how.cycle_years) * counted
                    })
                    .sum()
            }
        };
        if total.is_finite() {
            Ok(total)
        } else {
            Err(Error::model(format!("the total is {total}"), "check rewards and discount factors"))
        }
    }
}

/// Probabilities within rounding of a distribution.
fn is_distribution(row: &[f64]) -> bool {
    row.iter().all(|p| (-1e-12..=1.0 + 1e-12).contains(p)) && (row.iter().sum::<f64>() - 1.0).abs() <= 1e-9
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn weights_sum_to_the_cycles_and_integrate() {
        for cycles in [2, 4, 74] {
            for counting in [Counting::Trapezoid, Counting::Simpson] {
                let weights = time_weights(counting, cycles).unwrap();
                assert_relative_eq!(weights.iter().sum::<f64>(), cycles as f64, max_relative = 1e-13);
            }
        }
        assert!(time_weights(Counting::Simpson, 73).is_err());
        // ∫ exp(-0.1 t) over 0 to 74 is 9.99389; the trapezoid gives 10.00221.
        let sum = |counting| -> f64 {
            time_weights(counting, 74)
                .unwrap()
                .iter()
                .enumerate()
                .map(|(t, w)| w * (-0.1 * t as f64).exp())
                .sum()
        };
        assert_relative_eq!(sum(Counting::Trapezoid), 10.00221, epsilon = 5e-6);
        assert_relative_eq!(sum(Counting::Simpson), 10.0 * (1.0 - (-7.4f64).exp()), epsilon = 1e-5);
    }

    #[test]
    fn partitioned_survival_has_the_areas_of_its_curves() {
        let trace = Trace::partitioned_survival(&[1.0, 0.5, 0.2], &[1.0, 0.8, 0.4]).unwrap();
        let how = Accumulation::default();
        let total = |state: usize| trace.total(how, |_| 1.0, |_, s| f64::from(u8::from(s == state))).unwrap();
        assert_relative_eq!(total(0), 1.1, max_relative = 1e-14);
        assert_relative_eq!(total(0) + total(1), 1.5, max_relative = 1e-14);
        assert!(
            Trace::partitioned_survival(&[1.0, 0.9], &[1.0, 0.8]).unwrap_err().to_string().contains("time 1")
        );
        assert!(Trace::partitioned_survival(&[1.0, 0.9, 0.95], &[1.0, 0.96, 0.96]).is_err());
    }

    #[test]
    fn bad_matrices_are_named() {
        let error = Trace::run(["well", "dead"], &[1.0, 0.0], 3, |k, m| {
            m.copy_from_slice(&[0.9, if k == 1 { 0.2 } else { 0.1 }, 0.0, 1.0]);
        });
        assert!(
            error.unwrap_err().to_string().contains("cycle 2: probabilities [0.9, 0.2] from state `well`")
        );
        assert!(Trace::run(["a"], &[0.5], 1, |_, m| m[0] = 1.0).is_err());
        let fine =
            Trace::run(["well", "dead"], &[1.0, 0.0], 2, |_, m| m.copy_from_slice(&[0.5, 0.5, 0.0, 1.0]))
                .unwrap();
        assert_eq!(fine.at(2).unwrap(), [0.25, 0.75]);
        assert_eq!((fine.cycles(), fine.at(3)), (2, None));
    }
}
