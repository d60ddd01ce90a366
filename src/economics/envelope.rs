//! The kernel of probabilistic analysis: who is best at every threshold, in every draw, by upper envelopes of lines.
//!
//! See [`psa`](super::psa) for the model. For each draw and threshold it counts the best options and sums
//! v = max_d NB_d - NB_d* and v², where d* is given for each threshold. For partial information the lines that decide
//! are expectations given the parameters, and the error comes from the draws themselves: then v² and its centre are of
//! the net benefits of the draw under the option that its expectations choose.

/// Sums over draws at each threshold.
pub(super) struct Sums {
    /// For each option the number of draws it is best in; ties are shared.
    pub(super) wins: Vec<Vec<f64>>,
    /// Σ v.
    pub(super) value: Vec<f64>,
    /// Σ v of the draws themselves, under the option that the deciding lines choose.
    pub(super) drawn: Vec<f64>,
    /// Σ v² of the draws themselves.
    pub(super) square: Vec<f64>,
}

/// A sum that keeps what rounding would lose (Knuth's two-sum).
#[derive(Clone, Copy, Default)]
struct Exact {
    high: f64,
    low: f64,
}

impl Exact {
    #[inline]
    fn add(&mut self, x: f64) {
        let sum = self.high + x;
        let shadow = sum - self.high;
        self.low += (self.high - (sum - shadow)) + (x - shadow);
        self.high = sum;
    }

    fn merge(&mut self, other: Exact) {
        self.add(other.high);
        self.low += other.low;
    }

    fn value(self) -> f64 {
        self.high + self.low
    }
}

/// Difference arrays of the loss of one run of thresholds: v = λe - c and v² = λ²e² - 2λec + c².
#[derive(Clone, Copy, Default)]
struct Loss {
    e: Exact,
    c: Exact,
    drawn_e: Exact,
    drawn_c: Exact,
    ee: Exact,
    ec: Exact,
    cc: Exact,
}

impl Loss {
    #[inline]
    fn add(&mut self, sign: f64, (e, c): (f64, f64), (drawn_e, drawn_c): (f64, f64)) {
        self.e.add(sign * e);
        self.c.add(sign * c);
        self.drawn_e.add(sign * drawn_e);
        self.drawn_c.add(sign * drawn_c);
        self.ee.add(sign * drawn_e * drawn_e);
        self.ec.add(sign * drawn_e * drawn_c);
        self.cc.add(sign * drawn_c * drawn_c);
    }

    fn merge(&mut self, other: &Loss) {
        self.e.merge(other.e);
        self.c.merge(other.c);
        self.drawn_e.merge(other.drawn_e);
        self.drawn_c.merge(other.drawn_c);
        self.ee.merge(other.ee);
        self.ec.merge(other.ec);
        self.cc.merge(other.cc);
    }
}

/// Draws of `d` options that lie draw by draw: option k of draw i at i·d + k.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) costs: &'a [f64],
    pub(super) effects: &'a [f64],
}

/// Up to so many thresholds are evaluated one by one, which takes less time than the envelope of a draw.
const FEW: usize = 2;

/// Sweeps draws over an ascending grid with the given optimal options: `rule` decides, `drawn` carries the error.
pub(super) fn sweep(d: usize, rule: Lines<'_>, drawn: Lines<'_>, grid: &[f64], optimal: &[usize]) -> Sums {
    let mut tally = Tally::new(d, grid.len(), optimal);
    let mut order: Vec<usize> = (0..d).collect();
    let mut hull: Vec<usize> = Vec::with_capacity(d);
    let mut twins: Vec<Vec<usize>> = vec![Vec::new(); d];
    let mut pieces: Vec<Piece> = Vec::with_capacity(2 * d);
    let own = drawn.costs.chunks_exact(d).zip(drawn.effects.chunks_exact(d));
    for ((c, e), own) in rule.costs.chunks_exact(d).zip(rule.effects.chunks_exact(d)).zip(own) {
        if grid.len() > FEW {
            envelope(c, e, &mut order, &mut hull, &mut twins);
            cut(c, e, &hull, grid, &mut pieces);
        } else {
            pieces.clear();
            pieces.push(Piece::Direct { from: 0, to: grid.len() });
        }
        for piece in &pieces {
            match *piece {
                Piece::Direct { from, to } => {
                    for i in from..to {
                        direct((c, e), own, grid[i], i, optimal[i], &mut tally.wins, &mut tally.near[i]);
                    }
                }
                Piece::Best { from, to, option } => {
                    tally.best((c, e), own, (from, to), option, &twins[option])
                }
            }
        }
    }
    tally.sums(grid)
}

/// The counts while draws are swept.
struct Tally {
    /// Runs of thresholds with the same optimal option: from, to, option.
    runs: Vec<(usize, usize, usize)>,
    /// Difference arrays of the shares of wins of each option.
    wins: Vec<Vec<f64>>,
    /// Difference array of the losses.
    loss: Vec<Loss>,
    /// Thresholds evaluated one by one.
    near: Vec<Near>,
}

impl Tally {
    fn new(d: usize, l: usize, optimal: &[usize]) -> Self {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for (i, &option) in optimal.iter().enumerate() {
            match runs.last_mut() {
                Some(run) if run.2 == option => run.1 = i + 1,
                _ => runs.push((i, i + 1, option)),
            }
        }
        let (wins, loss) = (vec![vec![0.0; l + 1]; d], vec![Loss::default(); l + 1]);
        Self { runs, wins, loss, near: vec![Near::default(); l] }
    }

    /// One option and its twins are best at the thresholds `from..to` of a draw.
    #[inline]
    fn best(
        &mut self,
        (c, e): (&[f64], &[f64]),
        (own_c, own_e): (&[f64], &[f64]),
        (from, to): (usize, usize),
        option: usize,
        twins: &[usize],
    ) {
        let share = 1.0 / (1 + twins.len()) as f64;
        self.wins[option][from] += share;
        self.wins[option][to] -= share;
        for &twin in twins {
            self.wins[twin][from] += share;
            self.wins[twin][to] -= share;
        }
        let mut at = self.runs.partition_point(|run| run.1 <= from);
        while let Some(&(start, end, reference)) = self.runs.get(at) {
            if start >= to {
                break;
            }
            if reference != option {
                let by_rule = (e[option] - e[reference], c[option] - c[reference]);
                let by_draw = (own_e[option] - own_e[reference], own_c[option] - own_c[reference]);
                self.loss[start.max(from)].add(1.0, by_rule, by_draw);
                self.loss[end.min(to)].add(-1.0, by_rule, by_draw);
            }
            at += 1;
        }
    }

    /// The sums at each threshold from the difference arrays.
    fn sums(mut self, grid: &[f64]) -> Sums {
        let l = grid.len();
        let mut running = Loss::default();
        let (mut value, mut drawn, mut square) = (vec![0.0; l], vec![0.0; l], vec![0.0; l]);
        for (i, (&wtp, near)) in grid.iter().zip(&self.near).enumerate() {
            running.merge(&self.loss[i]);
            let mut sum = Exact::default();
            sum.add(wtp * running.e.value());
            sum.add(-running.c.value());
            sum.merge(near.value);
            value[i] = sum.value().max(0.0);
            drawn[i] = wtp * running.drawn_e.value() - running.drawn_c.value() + near.drawn.value();
            square[i] = (wtp * wtp * running.ee.value() - 2.0 * wtp * running.ec.value()
                + running.cc.value()
                + near.square.value())
            .max(0.0);
        }
        for counts in &mut self.wins {
            let mut running = Exact::default();
            for count in counts.iter_mut() {
                running.add(*count);
                *count = running.value().max(0.0);
            }
            counts.truncate(l);
        }
        Sums { wins: self.wins, value, drawn, square }
    }
}

/// Thresholds `from..to` of the grid.
enum Piece {
    /// One option (with its twins) is best beyond doubt.
    Best { from: usize, to: usize, option: usize },
    /// Near a corner: rounding decides, so each threshold is evaluated.
    Direct { from: usize, to: usize },
}

/// Sums at one threshold.
#[derive(Clone, Copy, Default)]
struct Near {
    value: Exact,
    drawn: Exact,
    square: Exact,
}

/// One threshold of one draw, by definition.
fn direct(
    (c, e): (&[f64], &[f64]),
    (own_c, own_e): (&[f64], &[f64]),
    wtp: f64,
    i: usize,
    reference: usize,
    wins: &mut [Vec<f64>],
    near: &mut Near,
) {
    let best = c.iter().zip(e).map(|(c, e)| wtp * e - c).fold(f64::NEG_INFINITY, f64::max);
    let winners = c.iter().zip(e).filter(|(c, e)| wtp * *e - *c == best).count();
    let share = 1.0 / winners as f64;
    let mut drawn = 0.0;
    for (k, wins) in wins.iter_mut().enumerate() {
        if wtp * e[k] - c[k] == best {
            wins[i] += share;
            wins[i + 1] -= share;
            drawn += share * (wtp * (own_e[k] - own_e[reference]) - (own_c[k] - own_c[reference]));
        }
    }
    near.value.add(best - (wtp * e[reference] - c[reference]));
    near.drawn.add(drawn);
    near.square.add(drawn * drawn);
}

/// The options that are best at some λ ≥ 0, from the cheapest up, and for each the others with the same line.
fn envelope(c: &[f64], e: &[f64], order: &mut [usize], hull: &mut Vec<usize>, twins: &mut [Vec<usize>]) {
    // Insertion sort by effect, then falling cost: nearly sorted from draw to draw, and D is small.
    for i in 1..order.len() {
        let mut j = i;
        while j > 0 {
            let (a, b) = (order[j - 1], order[j]);
            if e[a] < e[b] || (e[a] == e[b] && (c[a], b) >= (c[b], a)) {
                break;
            }
            order.swap(j - 1, j);
            j -= 1;
        }
    }
    hull.clear();
    for &j in order.iter() {
        twins[j].clear();
        let mut same = None;
        while let Some(&top) = hull.last() {
            if c[top] == c[j] && e[top] == e[j] {
                same = Some(top);
                break;
            }
            // At λ = 0 the cheaper is ahead, beyond that the more effective: j covers a dearer top for good.
            let covered = c[j] <= c[top]
                || match hull.as_slice() {
                    [.., below, _] => {
                        let below = *below;
                        (c[top] - c[below]) * (e[j] - e[top]) >= (c[j] - c[top]) * (e[top] - e[below])
                    }
                    _ => false,
                };
            if !covered {
                break;
            }
            hull.pop();
        }
        match same {
            Some(top) => twins[top].push(j),
            None => hull.push(j),
        }
    }
}

/// Cuts the grid at the corners of the envelope.
fn cut(c: &[f64], e: &[f64], hull: &[usize], grid: &[f64], pieces: &mut Vec<Piece>) {
    pieces.clear();
    let l = grid.len();
    let mut from = 0;
    if grid.first() == Some(&0.0) {
        // At 0 all options of the least cost are tied, also those that are behind everywhere else.
        pieces.push(Piece::Direct { from: 0, to: 1 });
        from = 1;
    }
    // Options off the hull whose line touches a corner are seen there, because corners are evaluated directly; one that
    // lies along an edge of the hull within rounding differs from it by rounding only.
    for pair in hull.windows(2) {
        let &[a, b] = pair else { continue };
        let (dc, de) = (c[b] - c[a], e[b] - e[a]);
        let corner = dc / de;
        let size = c[a].abs().max(c[b].abs()) + corner * e[a].abs().max(e[b].abs());
        let doubt = 16.0 * f64::EPSILON * (corner + size / de);
        let lower = from + grid[from..].partition_point(|&wtp| wtp < corner - doubt);
        let upper = lower + grid[lower..].partition_point(|&wtp| wtp <= corner + doubt);
        if from < lower {
            pieces.push(Piece::Best { from, to: lower, option: a });
        }
        if lower < upper {
            pieces.push(Piece::Direct { from: lower, to: upper });
        }
        from = upper;
        if from == l {
            return;
        }
    }
    if let Some(&last) = hull.last()
        && from < l
    {
        pieces.push(Piece::Best { from, to: l, option: last });
    }
}
