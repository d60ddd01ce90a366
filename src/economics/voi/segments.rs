//! One parameter, two options: the best single switch of decision along the sorted parameter.
//!
//! With draws sorted by the parameter, let S_k(λ) be the sum of the incremental net benefit over the first k. Choosing the
//! second option for the first k draws gains S_k, choosing it for the others S_N - S_k. The value is the greatest gain over
//! k, divided by N, less that of the better option throughout. S_k(λ) is linear in λ, so the greatest and the least S_k
//! at any λ lie on the convex hull of the points (ΣΔE, ΣΔC), built once.
//!
//! The greatest of many sums is biased upwards in small samples; a decision that switches twice is missed.
//!
//! Sadatsafavi M, Bansback N, Zafari Z, Najafzadeh M, Marra C (2013). Need for speed: an efficient algorithm for calculation
//! of single-parameter expected value of partial perfect information. *Value in Health* 16:438-448.
//! doi:10.1016/j.jval.2012.10.018

use super::evppi::{EvppiMethod, EvppiPoint, EvppiResult};
use crate::{
    Error, Result,
    economics::{draws::Draws, willingness::WillingnessToPay},
};

pub(super) fn segments(
    draws: &Draws,
    parameters: &[(&str, &[f64])],
    wtp: &WillingnessToPay,
) -> Result<EvppiResult> {
    let (&[(name, column)], 2) = (parameters, draws.options().len()) else {
        return Err(Error::setting(
            "method",
            format!("segments with {} parameters and {} options", parameters.len(), draws.options().len()),
            "it takes one parameter and two options; use `gam`",
        ));
    };
    let n = draws.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]).then(a.cmp(&b)));
    let (c, e) = (draws.costs(), draws.effects());
    // Cumulative sums of ΔE, ΔC and of their products, at the ends of runs of equal values.
    let mut sums = vec![[0.0; 5]];
    let mut running = [0.0; 5];
    for (k, &i) in order.iter().enumerate() {
        let (dc, de) = (c[2 * i + 1] - c[2 * i], e[2 * i + 1] - e[2 * i]);
        for (sum, add) in running.iter_mut().zip([de, dc, de * de, de * dc, dc * dc]) {
            *sum += add;
        }
        if order.get(k + 1).is_none_or(|&next| column[next] != column[i]) {
            sums.push(running);
        }
    }
    let hull = hull(&sums);
    let evpi = draws.curves(wtp)?.evpi;
    let points: Vec<EvppiPoint> = wtp
        .values()
        .iter()
        .zip(evpi)
        .map(|(&wtp, evpi)| {
            let (raw, se) = gain(&sums, &hull, wtp, n as f64);
            EvppiPoint { wtp, parameters: vec![name.to_owned()], value: raw.min(evpi), raw, se, evpi }
        })
        .collect();
    Ok(EvppiResult {
        method: EvppiMethod::Segments,
        draws: n,
        evppi: points,
        regressions: Vec::new(),
        notes: Vec::new(),
    })
}

/// The gain of the best single switch at a threshold, and its standard error, from the cumulative sums at the ends of runs.
fn gain(sums: &[[f64; 5]], hull: &[usize], wtp: f64, n: f64) -> (f64, f64) {
    let total = sums.last().copied().unwrap_or_default();
    let at = |s: &[f64; 5]| wtp * s[0] - s[1];
    let square = |s: &[f64; 5]| wtp * wtp * s[2] - 2.0 * wtp * s[3] + s[4];
    let throughout = at(&total).max(0.0);
    let (mut best, mut chosen) = (throughout, None);
    for &k in hull {
        let (first, second) = (at(&sums[k]), at(&total) - at(&sums[k]));
        if first > best {
            (best, chosen) = (first, Some((k, true)));
        }
        if second > best {
            (best, chosen) = (second, Some((k, false)));
        }
    }
    let raw = ((best - throughout) / n).max(0.0);
    // Draws whose decision differs from the one throughout carry the gain.
    let variance = chosen.map_or(0.0, |(k, first)| {
        let second_throughout = at(&total) > 0.0;
        let part = if first == second_throughout {
            // those beyond k when the first k keep the decision, and the reverse
            square(&total) - square(&sums[k])
        } else {
            square(&sums[k])
        };
        (part / n - raw * raw).max(0.0)
    });
    (raw, (variance / n).sqrt())
}

/// The positions of the convex hull of the points (ΣΔE, ΣΔC).
fn hull(sums: &[[f64; 5]]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by(|&a, &b| sums[a][0].total_cmp(&sums[b][0]).then(sums[a][1].total_cmp(&sums[b][1])));
    let cross = |a: usize, b: usize, c: usize| {
        (sums[b][0] - sums[a][0]) * (sums[c][1] - sums[a][1])
            - (sums[b][1] - sums[a][1]) * (sums[c][0] - sums[a][0])
    };
    let half = |order: &mut dyn Iterator<Item = usize>| {
        let mut chain: Vec<usize> = Vec::new();
        for c in order {
            while let [.., a, b] = chain.as_slice()
                && cross(*a, *b, c) <= 0.0
            {
                chain.pop();
            }
            chain.push(c);
        }
        chain
    };
    let mut all = half(&mut order.iter().copied());
    all.extend(half(&mut order.iter().rev().copied()));
    all.sort_unstable();
    all.dedup();
    all
}
