//! The profile likelihood of an effect from counts: the maximum, its interval, and Wald's beside it.

use serde::{Deserialize, Serialize};

use crate::{
    Result,
    glmm::EffectProfile,
    plot::{
        AxisKind, Figure, Scene,
        frame::{Axis, Key, Look, Page},
        number,
        scene::{Paint, Stroke},
    },
};

/// A plot of the profile likelihood of an effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EffectProfilePlot {
    /// The profile.
    pub profile: EffectProfile,
    /// Size, theme and heading.
    pub look: Look,
}

impl Figure for EffectProfilePlot {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let profile = &self.profile;
        let level = number::shortest(profile.level.as_percent());
        let short = |value: Option<f64>| value.map_or("infinite".to_owned(), |value| number::fixed(value, 3));
        let name = profile.measure.measure().label();
        let interval =
            format!("{level}% profile interval {} to {}", short(profile.ci_lower), short(profile.ci_upper));
        let description =
            format!("Profile likelihood: estimate {}, {interval}.", short(Some(profile.estimate)));
        let mut page = Page::new(&self.look, "Profile likelihood of the effect", description)?;
        let theme = page.theme;
        let curve = Stroke::solid(theme.study, 1.2);
        let limit = Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0);
        let maximum = Stroke::solid(theme.summary, theme.rule);
        let other = Stroke::dashed(theme.prediction, 1.2 * theme.rule, 1.2, 1.4);
        let mut keys = vec![
            Key::line("log-likelihood", curve),
            Key::line(format!("maximum at {}", number::fixed(profile.estimate, 3)), maximum),
            Key::line(interval, limit),
        ];
        if let Some((lower, upper)) = profile.wald {
            let (lower, upper) = (number::fixed(lower, 3), number::fixed(upper, 3));
            keys.push(Key::line(format!("Wald's interval {lower} to {upper}"), other));
        }
        page.legend(&keys);
        let start = profile.effect.first().copied().unwrap_or(-1.0);
        let end = profile.effect.last().copied().unwrap_or(1.0);
        let drop = profile.maximum - profile.threshold;
        let lowest = profile.log_likelihood.iter().copied().fold(profile.threshold, f64::min);
        let floor = lowest.max(profile.maximum - 4.0 * drop).min(profile.threshold - 0.3 * drop);
        let x = Axis::linear(name, start, end);
        let top = profile.maximum + 0.12 * (profile.maximum - floor);
        let y = Axis::new(AxisKind::Linear, "Log-likelihood", floor, top);
        let panel = page.panel(page.area, &x, &y);
        panel.line(&mut page, "threshold", (start, profile.threshold), (end, profile.threshold), limit);
        for at in [profile.ci_lower, profile.ci_upper].into_iter().flatten() {
            panel.line(&mut page, "limit", (at, floor), (at, profile.threshold), limit);
        }
        if let Some((lower, upper)) = profile.wald {
            for at in [lower, upper].into_iter().filter(|at| (start..=end).contains(at)) {
                panel.vertical(&mut page, "wald", at, other);
            }
        }
        let (estimate, highest) = (profile.estimate, profile.maximum);
        panel.line(&mut page, "estimate", (estimate, floor), (estimate, highest), maximum);
        let places: Vec<(f64, f64)> =
            profile.effect.iter().copied().zip(profile.log_likelihood.iter().copied()).collect();
        panel.polyline(&mut page, "curve", &places, curve);
        let paint = Paint::fill(theme.summary);
        panel.point(&mut page, "maximum", (estimate, highest), 0.26 * self.look.text_size(), paint, None);
        panel.axes(&mut page);
        Ok(page.finish())
    }
}

impl EffectProfile {
    /// The plot of this profile.
    pub fn plot(&self) -> EffectProfilePlot {
        EffectProfilePlot { profile: self.clone(), look: Look::new(120.0, 85.0) }
    }
}
