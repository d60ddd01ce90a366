//! The profile of the likelihood in τ²: the maximum, the interval, and how flat the likelihood is about them.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    multilevel::ComponentProfile,
    plot::{
        AxisKind, Scene,
        frame::{Axis, Key, Look, Page},
        number,
        scene::{Paint, Stroke},
    },
    pool::{PoolFit, Tau2Profile},
};

/// A profile likelihood plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProfilePlot {
    /// The profile; its `tau2` are the values of what `quantity` names.
    pub profile: Tau2Profile,
    /// The name of the variance or correlation: `τ²`.
    pub quantity: String,
    /// Size, theme and heading.
    pub look: Look,
}

impl ProfilePlot {
    /// The curve is shown down to four times the drop of the likelihood that the limits stand for.
    fn axes(&self) -> (Axis, Axis) {
        let profile = &self.profile;
        let drop = profile.maximum - profile.threshold;
        let lowest = profile.log_likelihood.iter().copied().fold(profile.threshold, f64::min);
        let floor = lowest.max(profile.maximum - 4.0 * drop).min(profile.threshold - 0.3 * drop);
        let title = if profile.restricted { "Restricted log-likelihood" } else { "Log-likelihood" };
        let top = profile.maximum + 0.12 * (profile.maximum - floor);
        let end = profile.tau2.last().copied().unwrap_or(1.0);
        let start = profile.tau2.first().copied().unwrap_or(0.0);
        (Axis::linear(&self.quantity, start, end), Axis::new(AxisKind::Linear, title, floor, top))
    }
}

impl Figure for ProfilePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let profile = &self.profile;
        let level = number::shortest(profile.level.as_percent());
        let short = |value: f64| match value {
            v if !v.is_finite() => number::fixed(v, 0),
            v => format!("{:.3}", v),
        };
        let interval =
            format!("{}% interval {} to {}", level, short(profile.ci_lower), short(profile.ci_upper));
        let (name, estimate) = (&self.quantity, short(profile.estimate));
        let description = format!("Profile likelihood: {name} = {estimate}, {interval}.");
        let mut page = Page::new(&self.look, &format!("Profile likelihood of {name}"), description)?;
        let theme = page.theme;
        let curve = Stroke::solid(theme.study, 1.2);
        let limit = Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0);
        let maximum = Stroke::solid(theme.summary, theme.rule);
        let mut keys = vec![
            Key::line(if profile.restricted { "restricted log-likelihood" } else { "log-likelihood" }, curve),
            Key::line(format!("maximum at {name} = {estimate}"), maximum),
            Key::line(interval, limit),
        ];
        let other = Stroke::dashed(theme.prediction, 1.2 * theme.rule, 1.2, 1.4);
        if let Some(fitted) = profile.fitted {
            keys.push(Key::line(format!("{name} of the fit, {}", short(fitted)), other));
        }
        page.legend(&keys);
        let (x, y) = self.axes();
        let (start, end, floor) = (x.low, x.high, y.low);
        let panel = page.panel(page.area, &x, &y);
        panel.line(&mut page, "threshold", (start, profile.threshold), (end, profile.threshold), limit);
        for at in [profile.ci_lower, profile.ci_upper].into_iter().filter(|at| at.is_finite()) {
            panel.line(&mut page, "limit", (at, floor), (at, profile.threshold), limit);
        }
        let estimate = profile.estimate;
        panel.line(&mut page, "estimate", (estimate, floor), (estimate, profile.maximum), maximum);
        if let Some(fitted) = profile.fitted {
            panel.vertical(&mut page, "fitted", fitted, other);
        }
        let places: Vec<(f64, f64)> =
            profile.tau2.iter().copied().zip(profile.log_likelihood.iter().copied()).collect();
        panel.polyline(&mut page, "curve", &places, curve);
        let paint = Paint::fill(theme.summary);
        panel.point(
            &mut page,
            "maximum",
            (estimate, profile.maximum),
            0.26 * self.look.text_size(),
            paint,
            None,
        );
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl PoolFit {
    /// The profile likelihood plot of this fit's τ².
    ///
    /// # Errors
    ///
    /// If there are fewer than two studies with an effect.
    pub fn profile_plot(&self) -> Result<ProfilePlot> {
        Ok(ProfilePlot {
            profile: self.tau2_profile(241)?,
            quantity: "τ²".to_owned(),
            look: Look::new(120.0, 85.0),
        })
    }
}

impl ComponentProfile {
    /// The plot of this profile.
    pub fn plot(self) -> ProfilePlot {
        let [lower, upper] = self.ci;
        let profile = Tau2Profile {
            restricted: self.restricted,
            ci_lower: lower.unwrap_or(self.values.first().map_or(0.0, |low| low.min(0.0))),
            ci_upper: upper.unwrap_or(f64::INFINITY),
            tau2: self.values,
            log_likelihood: self.log_likelihood,
            estimate: self.estimate,
            maximum: self.maximum,
            threshold: self.threshold,
            level: self.level,
            fitted: None,
        };
        ProfilePlot { profile, quantity: self.quantity, look: Look::new(120.0, 85.0) }
    }
}
