//! Integrals of log-concave functions against the normal density, in one and two dimensions, by the trapezoidal rule.
//!
//! For likelihoods with normal random effects: the integrand exp(l(z) − z²/2) has one peak and falls at least as fast as
//! the normal density, for any concave l. The rule takes equal steps between the points where the integrand is e⁻³⁷ of
//! its peak; for analytic integrands that vanish at both ends it converges geometrically. Adaptive Gauss-Hermite rules
//! converge slowly where the integrand is skewed (no events, large variances): 76 steps here do what 101 nodes there
//! do not (L. N. Trefethen and J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Rev. 56 (2014),
//! doi:10.1137/130932132).

/// The fineness of a rule for one variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// The number of steps.
    pub steps: usize,
    /// The depth below the peak, on the log scale, at which the integrand no longer counts.
    pub depth: f64,
}

impl Rule {
    /// For results: e⁻³⁷ = 1e-16, and steps of 0.24 standard deviations of a normal peak.
    pub const FINE: Rule = Rule { steps: 76, depth: 37.0 };

    /// For the way to a maximum: e⁻²³ = 1e-10, and steps of 0.6.
    pub const COARSE: Rule = Rule { steps: 22, depth: 23.0 };

    /// True for the rule of results or a finer one.
    pub fn is_fine(self) -> bool {
        self.depth >= Rule::FINE.depth
    }
}

/// The distance from its peak at which the normal density, and whatever bends as much, is so far below it.
fn reach(depth: f64) -> f64 {
    (2.0 * depth).sqrt()
}

/// Steps from peak to peak: more than any integrand has needed by far.
const MOST_STEPS: usize = 400;

/// Equally spaced nodes for one integrand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nodes {
    pub from: f64,
    pub step: f64,
    pub count: usize,
    /// The log of the integrand, −z²/2 included, at its peak.
    pub height: f64,
}

impl Nodes {
    /// The nodes for exp(l(z) − z²/2) under a rule; `log` gives l with its first two derivatives and is concave.
    pub fn of(log: impl Fn(f64) -> [f64; 3], rule: Rule) -> Option<Nodes> {
        let (peak, height, bend) = peak(&log)?;
        let end = |sign: f64| {
            let fall = |z: f64| height - (log(z)[0] - 0.5 * z * z);
            peak + sign * outreach(|distance| fall(peak + sign * distance), rule.depth, bend)
        };
        let (from, to) = (end(-1.0), end(1.0));
        let nodes = Nodes { from, step: (to - from) / rule.steps as f64, count: rule.steps + 1, height };
        (nodes.step.is_finite() && nodes.step > 0.0).then_some(nodes)
    }

    /// The nodes, from the left.
    pub fn iter(&self) -> impl Iterator<Item = f64> + use<> {
        let Nodes { from, step, count, .. } = *self;
        (0..count).map(move |i| from + step * i as f64)
    }

    /// ln ∫ exp(l(z)) φ(z) dz from the sum of exp(l(z) − z²/2 − height) over the nodes.
    pub fn ln_integral(&self, sum: f64) -> f64 {
        const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
        self.height + (sum * self.step).ln() - LN_SQRT_2PI
    }
}

/// A step to a peak below this part of a standard deviation is the last: what follows from a peak does not depend on where
/// exactly it is taken.
const NEAR: f64 = 0.02;

/// A distance at which a convex `fall`, 0 at 0 and bending at least as z²/2 does, is between `depth` and a fourth more; where
/// it cannot be hit, a larger one. The first trial is that of a parabola with the bend of the peak.
fn outreach(fall: impl Fn(f64) -> f64, depth: f64, bend: f64) -> f64 {
    let wanted = 1.1 * depth;
    let (mut inner, mut outer) = (0.0, reach(depth));
    let mut distance = (2.0 * wanted / bend).sqrt().min(outer);
    for _ in 0..8 {
        let found = fall(distance);
        if found >= depth {
            outer = distance;
            if found <= 1.25 * depth {
                break;
            }
        } else {
            inner = distance;
        }
        let next = distance * (wanted / found).sqrt();
        distance = if next > inner && next < outer { next } else { 0.5 * (inner + outer) };
    }
    outer
}

/// The highest point of l(z) − z²/2, its height and minus its bend, by Newton's method from 0 with steps cut to 2.
fn peak(log: &impl Fn(f64) -> [f64; 3]) -> Option<(f64, f64, f64)> {
    let at = |z: f64| {
        let [value, first, second] = log(z);
        [value - 0.5 * z * z, first - z, (second - 1.0).min(-1.0)]
    };
    let (mut z, mut here) = (0.0, at(0.0));
    for _ in 0..MOST_STEPS {
        if !here.iter().all(|x| x.is_finite()) {
            return None;
        }
        let step = (-here[1] / here[2]).clamp(-2.0, 2.0);
        let last = step.abs() * (-here[2]).sqrt() < NEAR;
        let allowance = 1e-12 * (1.0 + here[0].abs());
        let moved = (0..40).find_map(|halvings| {
            let to = z + step * 0.5_f64.powi(halvings);
            let next = at(to);
            (next[0] >= here[0] - allowance).then_some((to, next))
        });
        let Some((to, next)) = moved else { break };
        (z, here) = (to, next);
        if last {
            break;
        }
    }
    Some((z, here[0], -here[2]))
}

/// A bivariate log-concave integrand around its peak: (z, v) = center + C t with C the lower Cholesky factor of the
/// inverse curvature there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Peak2 {
    pub center: [f64; 2],
    /// C₁₁, C₂₁, C₂₂.
    pub factor: [f64; 3],
    /// The log of the integrand at the center.
    pub height: f64,
}

impl Peak2 {
    /// The peak of `log`, which gives the log of the integrand, its gradient and its Hessian (₁₁, ₂₁, ₂₂) and bends
    /// downwards by at least 1 in every direction; by Newton's method from 0.
    pub fn of(log: impl Fn(f64, f64) -> (f64, [f64; 2], [f64; 3])) -> Option<Peak2> {
        let mut center = [0.0_f64; 2];
        let mut here = log(0.0, 0.0);
        for _ in 0..MOST_STEPS {
            let (value, [g1, g2], [h11, h21, h22]) = here;
            let determinant = h11 * h22 - h21 * h21;
            if !value.is_finite() || !(determinant > 0.0) {
                return None;
            }
            let mut step = [-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant];
            let length = step[0].hypot(step[1]);
            if length > 2.0 {
                step = step.map(|s| s * (2.0 / length));
            }
            // The fall that the step promises, in squared standard deviations.
            let last = g1 * step[0] + g2 * step[1] < NEAR * NEAR;
            let allowance = 1e-12 * (1.0 + value.abs());
            let moved = (0..40).find_map(|halvings| {
                let scale = 0.5_f64.powi(halvings);
                let to = [center[0] + scale * step[0], center[1] + scale * step[1]];
                let next = log(to[0], to[1]);
                (next.0 >= value - allowance).then_some((to, next))
            });
            let Some((to, next)) = moved else { break };
            (center, here) = (to, next);
            if last {
                break;
            }
        }
        let (height, _, [h11, h21, h22]) = here;
        let determinant = h11 * h22 - h21 * h21;
        let (v11, v21, v22) = (-h22 / determinant, h21 / determinant, -h11 / determinant);
        let c11 = v11.sqrt();
        let c21 = v21 / c11;
        let c22 = (v22 - c21 * c21).max(0.0).sqrt();
        let peak = Peak2 { center, factor: [c11, c21, c22], height };
        (c11.is_finite() && c22.is_finite() && c11 > 0.0 && c22 > 0.0).then_some(peak)
    }

    /// Steps of t of this length, and shorter ones where a function of a₁z + s v for one of these (a₁, s) would change by more
    /// than `steep` in its argument: the rule for a log-likelihood of counts, analytic for imaginary parts of the predictor
    /// up to π/2, errs by e^(−π²/(step · slope)). No step is shorter than `smallest`.
    pub fn steps(&self, step: f64, steep: f64, smallest: f64, slopes: [[f64; 2]; 2]) -> [f64; 2] {
        let [c11, c21, c22] = self.factor;
        let largest = |slope: fn([f64; 2], [f64; 3]) -> f64| {
            slopes.iter().map(|&along| slope(along, [c11, c21, c22]).abs()).fold(1e-300, f64::max)
        };
        let first = largest(|[a, s], [c11, c21, _]| a * c11 + s * c21);
        let second = largest(|[_, s], [_, _, c22]| s * c22);
        [first, second].map(|slope| step.min((steep / slope).max(smallest)))
    }

    /// ln of the integral from the sum of exp(log − height) over the points of a product rule with these steps of t.
    pub fn ln_integral(&self, steps: [f64; 2], sum: f64) -> f64 {
        self.height + (sum * steps[0] * steps[1] * self.factor[0] * self.factor[2]).ln()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// No event in either of two groups whose predictors depend on one coordinate each: a product of two integrals.
    #[test]
    fn a_steep_plane_is_a_product_of_lines() {
        let none = |eta: f64| [-50.0 * eta.exp(), -50.0 * eta.exp(), -50.0 * eta.exp()];
        for slope in [0.5, 3.0] {
            let along = |z: f64| {
                let [value, first, second] = none(-4.0 + slope * z);
                [value, slope * first, slope * slope * second]
            };
            let nodes = Nodes::of(along, Rule { steps: 4000, ..Rule::FINE }).unwrap();
            let sum: f64 = nodes.iter().map(|z| (along(z)[0] - 0.5 * z * z - nodes.height).exp()).sum();
            let line = nodes.ln_integral(sum);
            let log = |z: f64, v: f64| along(z)[0] + along(v)[0] - 0.5 * (z * z + v * v);
            let peak = Peak2::of(|z, v| {
                let ([_, g1, h1], [_, g2, h2]) = (along(z), along(v));
                (log(z, v), [g1 - z, g2 - v], [h1 - 1.0, 0.0, h2 - 1.0])
            })
            .unwrap();
            let steps = peak.steps(0.3, 0.35, 0.01, [[slope, 0.0], [0.0, slope]]);
            let [c11, c21, c22] = peak.factor;
            let reach = |i: usize| (20.0 * (1.0 + slope * slope) / steps[i]) as i64;
            let mut total = 0.0;
            for row in -reach(1)..=reach(1) {
                for column in -reach(0)..=reach(0) {
                    let (t1, t2) = (column as f64 * steps[0], row as f64 * steps[1]);
                    let (z, v) = (peak.center[0] + c11 * t1, peak.center[1] + c21 * t1 + c22 * t2);
                    total += (log(z, v) - peak.height).exp();
                }
            }
            let plane = peak.ln_integral(steps, total) - std::f64::consts::TAU.ln();
            approx::assert_abs_diff_eq!(plane, 2.0 * line, epsilon = 1e-11);
        }
    }
}
