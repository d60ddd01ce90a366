//! The mass ∫ w φ of one study that selection leaves, with its first and second derivatives.
//!
//! With t = (y - μ) / σ, σ² = v + tau², the density φ(t) / σ has n-th derivative Heₙ(t) φ(t) / σⁿ⁺¹ in μ, and its derivative in
//! tau² is half the second in μ. So the mass and all its derivatives are sums over the line of w times the moments of Heₙ, n
//! up to 4. Over a stretch where w is constant these are -Heₙ₋₁ φ at its ends; over nodes they come from sums of powers of z,
//! which all studies share; of the normal distribution function that joins the limits of w they are in closed form.

use super::{
    density::{self, At, ONE_OVER_SQRT_2PI},
    grid::{Line, PValue},
    weight::Weight,
};

/// w with its derivatives along a line, for studies that share it.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Rows of w, its m first and m² second derivatives, for each stretch (0 where nodes lie); the row of w(1) - 1 with nodes
    /// over limits.
    stretches: Vec<f64>,
    /// For each node with its weight: w times z⁰ to z⁴, each first derivative times z⁰ to z², the second derivatives. With
    /// one parameter,
    one: Vec<[f64; 10]>,
    /// and with two.
    two: Vec<[f64; 14]>,
    /// The parameter of each stretch of a step function.
    parameters: Vec<Option<usize>>,
    /// The largest w.
    pub peak: f64,
}

impl Table {
    /// Tabulates w; `ln_weight` gives its logarithm at a P value.
    pub fn fill(
        &mut self,
        line: &Line,
        weight: &mut Weight,
        mut ln_weight: impl FnMut(&PValue, &mut Weight),
    ) {
        let m = weight.first.len();
        self.stretches.clear();
        self.parameters.clear();
        self.peak = 0.0;
        self.one.clear();
        self.two.clear();
        for stretch in &line.stretches {
            match stretch {
                Some(p) => {
                    ln_weight(p, weight);
                    self.push_stretch(weight);
                }
                None if line.over_limits => {
                    ln_weight(&PValue { p: 1.0, q: 0.0, ln_p: 0.0, ln_q: f64::NEG_INFINITY }, weight);
                    self.push_stretch(weight);
                    self.stretches[0] -= 1.0;
                }
                None => self.stretches.extend(std::iter::repeat_n(0.0, 1 + m + m * m)),
            }
        }
        // What nodes hold is taken over the limits: 1 + (w(1) - 1) p.
        let over = f64::from(u8::from(line.over_limits));
        let limit = &self.stretches;
        for ((p, z), node) in line.p.iter().zip(&line.nodes).zip(&line.weights) {
            ln_weight(p, weight);
            let w = weight.ln.exp();
            self.peak = self.peak.max(w);
            let z2 = z * z;
            let [z0, z1, z2, z3, z4] = [1.0, *z, z2, z2 * z, z2 * z2].map(|power| power * node);
            let q = over * p.p;
            let left = w - over - q * limit[0];
            let w_of = [left * z0, left * z1, left * z2, left * z3, left * z4];
            match (m, weight.first.as_slice(), weight.second.as_slice()) {
                (1, &[first], &[second]) => {
                    let d = w * first - q * limit[1];
                    let dd = w * (first * first + second) - q * limit[2];
                    let [w0, w1, w2, w3, w4] = w_of;
                    self.one.push([w0, w1, w2, w3, w4, d * z0, d * z1, d * z2, dd * z0, 0.0]);
                }
                (2, &[first_a, first_b], &[second_aa, second_ab, _, second_bb]) => {
                    let aa = w * (first_a * first_a + second_aa) - q * limit[3];
                    let ab = w * (first_a * first_b + second_ab) - q * limit[4];
                    let bb = w * (first_b * first_b + second_bb) - q * limit[6];
                    let (a, b) = (w * first_a - q * limit[1], w * first_b - q * limit[2]);
                    let ([w0, w1, w2, w3, w4], [a0, a1, a2]) = (w_of, [a * z0, a * z1, a * z2]);
                    let ([b0, b1, b2], [c0, c1, c2]) =
                        ([b * z0, b * z1, b * z2], [aa * z0, ab * z0, bb * z0]);
                    self.two.push([w0, w1, w2, w3, w4, a0, a1, a2, b0, b1, b2, c0, c1, c2]);
                }
                _ => {}
            }
        }
    }

    fn push_stretch(&mut self, weight: &Weight) {
        let m = weight.first.len();
        let w = weight.ln.exp();
        self.peak = self.peak.max(w);
        self.parameters.push(weight.first.iter().position(|first| *first != 0.0));
        self.stretches.push(w);
        self.stretches.extend(weight.first.iter().map(|first| w * first));
        for a in 0..m {
            let first = weight.first[a];
            let second = (0..m).map(|b| w * (first * weight.first[b] + weight.second[a * m + b]));
            self.stretches.extend(second);
        }
    }
}

/// The mass of one study: its derivatives in μ, and those of its derivatives in δ.
#[derive(Debug, Default)]
pub(super) struct Mass {
    /// In μ, from the 0th to the 4th.
    w: [f64; 5],
    /// For each δ the derivative in it, and that in μ from the 0th to the 2nd.
    first: Vec<[f64; 3]>,
    /// In two δ, m by m, the upper triangle.
    second: Vec<f64>,
    ends: Vec<(f64, At)>,
}

impl Mass {
    pub fn value(&self) -> f64 {
        self.w[0]
    }

    /// The mass of N(μ, σ²) under the tabulated w; `r` is 1 / σ.
    pub fn of(&mut self, line: &Line, table: &Table, m: usize, mu: f64, r: f64, unit: f64) {
        self.w = [0.0; 5];
        self.first.clear();
        self.first.resize(m, [0.0; 3]);
        if line.nodes.is_empty() {
            self.second.clear();
            self.add_steps(line, table, m, mu, r, unit);
            return;
        }
        self.of_nodes(line, table, m, mu, r, unit, density::NEAR);
        // Where little passes near the mean of the study, what is far from it counts.
        if !line.over_limits && !(self.w[0] > 1e-5 * table.peak) {
            self.of_nodes(line, table, m, mu, r, unit, density::FAR);
        }
    }

    /// With nodes as far as `reach` standard deviations from the mean.
    fn of_nodes(&mut self, line: &Line, table: &Table, m: usize, mu: f64, r: f64, unit: f64, reach: f64) {
        self.w = [0.0; 5];
        self.first.fill([0.0; 3]);
        self.second.clear();
        self.second.resize(m * m, 0.0);
        if line.over_limits {
            self.join_limits(table, m, mu, (1.0 / (r * r) + unit * unit).sqrt());
        } else {
            self.add_stretches(line, table, m, mu, r, unit);
        }
        let (centre, rate) = (mu / unit, unit * r);
        let factor = ONE_OVER_SQRT_2PI * rate;
        // From powers of z to those of t, and to Hermite's polynomials.
        let c2 = centre * centre;
        let of_t = |s0: f64, s1: f64, s2: f64| {
            let t1 = rate * (s1 - centre * s0);
            let t2 = rate * rate * (s2 - 2.0 * centre * s1 + c2 * s0);
            [s0, r * t1, r * r * (t2 - s0)].map(|x| x * factor)
        };
        let whole = |sums: [f64; 5]| {
            let [s0, s1, s2, s3, s4] = sums;
            let rate2 = rate * rate;
            let t1 = rate * (s1 - centre * s0);
            let t2 = rate2 * (s2 - 2.0 * centre * s1 + c2 * s0);
            let t3 = rate2 * rate * (s3 - 3.0 * centre * s2 + 3.0 * c2 * s1 - c2 * centre * s0);
            let t4 = rate2
                * rate2
                * (s4 - 4.0 * centre * s3 + 6.0 * c2 * s2 - 4.0 * c2 * centre * s1 + c2 * c2 * s0);
            let r2 = r * r;
            [s0, r * t1, r2 * (t2 - s0), r2 * r * (t3 - 3.0 * t1), r2 * r2 * (t4 - 6.0 * t2 + 3.0 * s0)]
                .map(|x| x * factor)
        };
        let mut add = |w: [f64; 5]| self.w.iter_mut().zip(w).for_each(|(sum, w)| *sum += w);
        match m {
            1 => {
                let [s0, s1, s2, s3, s4, d0, d1, d2, dd, _] =
                    density::sums(&line.nodes, &table.one, centre, rate, reach);
                add(whole([s0, s1, s2, s3, s4]));
                add_to(&mut self.first[0], of_t(d0, d1, d2));
                self.second[0] += dd * factor;
            }
            2 => {
                let [s0, s1, s2, s3, s4, a0, a1, a2, b0, b1, b2, aa, ab, bb] =
                    density::sums(&line.nodes, &table.two, centre, rate, reach);
                add(whole([s0, s1, s2, s3, s4]));
                add_to(&mut self.first[0], of_t(a0, a1, a2));
                add_to(&mut self.first[1], of_t(b0, b1, b2));
                self.second[0] += aa * factor;
                self.second[1] += ab * factor;
                self.second[3] += bb * factor;
            }
            _ => {}
        }
    }

    /// 1 + (w(1) - 1) Φ(-z): the mean of Φ(-z) is Φ(-μ / c), c² = σ² + unit².
    fn join_limits(&mut self, table: &Table, m: usize, mu: f64, c: f64) {
        let a = mu / c;
        let r = 1.0 / c;
        let At { density, upper, .. } = density::at(a);
        let d = density * r;
        let terms = [upper, -d, a * d * r, -(a * a - 1.0) * d * r * r, (a * a - 3.0) * a * d * r * r * r];
        let limit = &table.stretches;
        self.w = terms.map(|term| term * limit[0]);
        self.w[0] += 1.0;
        for a in 0..m {
            let d = limit[1 + a];
            self.first[a] = [terms[0] * d, terms[1] * d, terms[2] * d];
            for b in a..m {
                self.second[a * m + b] = limit[1 + m + a * m + b] * terms[0];
            }
        }
    }

    /// Of a step function: one parameter, in which w is linear, for each stretch but the first.
    fn add_steps(&mut self, line: &Line, table: &Table, m: usize, mu: f64, r: f64, unit: f64) {
        let (r2, stride) = (r * r, 1 + m + m * m);
        let none = (f64::INFINITY, At::default(), 0.0, 0.0);
        // The lower end of a stretch: t, the tails, He₀ φ / σ and He₁ φ / σ².
        let mut low = (f64::NEG_INFINITY, At { upper: 1.0, ..At::default() }, 0.0, 0.0);
        let (mut w, mut w3, mut w4, mut before) = ([0.0; 3], 0.0, 0.0, 0.0);
        for (j, row) in table.stretches.chunks_exact(stride).enumerate() {
            let high = line.edges.get(j).map_or(none, |edge| {
                let t = (edge * unit - mu) * r;
                let at = density::at(t);
                (t, at, at.density * r, at.density * t * r2)
            });
            let jump = row[0] - before;
            before = row[0];
            if j > 0 {
                let t2 = low.0 * low.0;
                w3 += jump * low.1.density * (t2 - 1.0);
                w4 += jump * low.1.density * low.0 * (t2 - 3.0);
            }
            let mass = match low.0 > 0.0 {
                true => low.1.upper - high.1.upper,
                false if j + 1 == line.stretches.len() => low.1.upper,
                false => high.1.lower - low.1.lower,
            };
            let moments = [mass, low.2 - high.2, low.3 - high.3];
            add_to(&mut w, moments.map(|moment| row[0] * moment));
            if let Some(first) =
                table.parameters.get(j).copied().flatten().and_then(|a| self.first.get_mut(a))
            {
                add_to(first, moments);
            }
            low = high;
        }
        self.w = [w[0], w[1], w[2], w3 * r2 * r, w4 * r2 * r2];
    }

    fn add_stretches(&mut self, line: &Line, table: &Table, m: usize, mu: f64, r: f64, unit: f64) {
        self.ends.clear();
        self.ends.extend(line.edges.iter().map(|edge| {
            let t = (edge * unit - mu) * r;
            (t, density::at(t))
        }));
        let (r2, stride) = (r * r, 1 + m + m * m);
        let mut low: Option<(f64, At)> = None;
        for (j, (stretch, row)) in line.stretches.iter().zip(table.stretches.chunks_exact(stride)).enumerate()
        {
            let high = self.ends.get(j).copied();
            if stretch.is_some() {
                let mass = match (low, high) {
                    (None, None) => 1.0,
                    (None, Some((_, b))) => b.lower,
                    (Some((_, a)), None) => a.upper,
                    (Some((t, a)), Some((_, b))) if t > 0.0 => a.upper - b.upper,
                    (Some((_, a)), Some((_, b))) => b.lower - a.lower,
                };
                // Heₙ φ at the lower end less that at the upper one.
                let mut h = [0.0; 4];
                for (end, sign) in [(low, 1.0), (high, -1.0)] {
                    if let Some((t, at)) = end {
                        let (d, t2) = (sign * at.density, t * t);
                        h[0] += d;
                        h[1] += d * t;
                        h[2] += d * (t2 - 1.0);
                        h[3] += d * t * (t2 - 3.0);
                    }
                }
                let [h1, h2, h3, h4] = [h[0] * r, h[1] * r2, h[2] * r2 * r, h[3] * r2 * r2];
                let w = row[0];
                add_to(&mut self.w, [mass, h1, h2, h3, h4].map(|h| w * h));
                for a in 0..m {
                    let d = row[1 + a];
                    // Of a step function each stretch has one parameter, in which w is linear.
                    if d == 0.0 {
                        continue;
                    }
                    add_to(&mut self.first[a], [d * mass, d * h1, d * h2]);
                    for b in a..m {
                        self.second[a * m + b] += row[1 + m + a * m + b] * mass;
                    }
                }
            }
            low = high;
        }
    }

    /// Takes the derivatives of the logarithm of the mass in (μ, tau², δ) from `first` and the upper triangle of `second`.
    pub fn subtract_logarithm(&self, m: usize, first: &mut [f64], second: &mut [f64]) {
        let l = 2 + m;
        let [w0, w1, w2, w3, w4] = self.w;
        let r = 1.0 / w0;
        let (mu, tau2) = (w1 * r, 0.5 * w2 * r);
        first[0] -= mu;
        first[1] -= tau2;
        second[0] -= w2 * r - mu * mu;
        second[1] -= 0.5 * w3 * r - mu * tau2;
        second[l + 1] -= 0.25 * w4 * r - tau2 * tau2;
        for (a, [d0, d1, d2]) in self.first.iter().enumerate() {
            let (d0, d1, d2) = (d0 * r, d1 * r, d2 * r);
            first[2 + a] -= d0;
            second[2 + a] -= d1 - mu * d0;
            second[l + 2 + a] -= 0.5 * d2 - tau2 * d0;
            let row = &mut second[(2 + a) * l + 2 + a..(3 + a) * l];
            for (entry, other) in row.iter_mut().zip(&self.first[a..]) {
                *entry += d0 * other[0] * r;
            }
            // Nothing of step functions.
            let own = self.second.get(a * m + a..(a + 1) * m).unwrap_or_default();
            for (entry, second) in row.iter_mut().zip(own) {
                *entry -= second * r;
            }
        }
    }
}

fn add_to<const N: usize>(sums: &mut [f64; N], terms: [f64; N]) {
    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
}
