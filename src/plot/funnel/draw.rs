//! The funnel plot as a scene.

use super::{Funnel, FunnelPoint, FunnelPointKind, FunnelRegion};
use crate::{
    Error, Result,
    bias::{power, standard_error_at_power},
    plot::{
        axis::AxisKind,
        font,
        frame::{Axis, Key, LINE, Page, Panel},
        number,
        scene::{Anchor, Bounds, Paint, Scene, Shape, Stroke, Weight},
        theme::{Color, Theme},
    },
    stat::{Tail, normal},
};

/// Two-sided significance at the edges of the contours, from the center outwards.
const CONTOURS: [f64; 3] = [0.10, 0.05, 0.01];

/// The meaning of the contours.
const CONTOUR_LABELS: [&str; 4] = ["P > 0.10", "0.10 to 0.05", "0.05 to 0.01", "P < 0.01"];

/// The edges of the bands of power, from the most precise studies down.
const POWERS: [f64; 6] = [0.95, 0.8, 0.6, 0.4, 0.2, 0.1];

/// The significance at which power is shown.
const ALPHA: f64 = 0.05;

pub(super) fn draw(funnel: &Funnel) -> Result<Scene> {
    let look = &funnel.look;
    let of = |kind: FunnelPointKind| funnel.points.iter().filter(move |point| point.kind == kind);
    let filled = of(FunnelPointKind::Filled).count();
    let description = format!(
        "Standard errors of {} studies against their estimates{}.",
        of(FunnelPointKind::Observed).count(),
        if filled > 0 { format!(", and {filled} filled in") } else { String::new() }
    );
    let mut page = Page::new(look, &format!("Funnel plot: {}", funnel.effect_label), description)?;
    let theme = page.theme;
    page.legend(&keys(funnel, &theme, filled));
    let (x, y, deepest) = axes(funnel)?;
    let sunset = (funnel.region == FunnelRegion::Power)
        .then(|| funnel.power_effect.or(funnel.estimate).map(|effect| effect - funnel.null.unwrap_or(0.0)))
        .flatten();
    let mut area = page.area;
    if sunset.is_some() {
        let size = 0.95 * page.size;
        area.right -= font::width("100%", size, Weight::Regular) + 4.0 + LINE * size;
    }
    let panel = page.panel(area, &x, &y);
    if funnel.region == FunnelRegion::Contours {
        contours(funnel, &mut page, &panel, deepest);
    }
    if let Some(effect) = sunset {
        sunset_bands(&mut page, &panel, effect, deepest);
        significance(funnel, &mut page, &panel, deepest);
    }
    region(funnel, &mut page, &panel, deepest);
    let radius = (0.3 * page.size).min(2.6);
    let seen = Paint::outlined(theme.study, Stroke::solid(theme.paper, 0.4));
    let added = Paint::outlined(theme.paper, Stroke::solid(theme.study, 0.9));
    let mut point = |point: &FunnelPoint, class: &str, paint: Paint| {
        let (estimate, se) = (number::fixed(point.estimate, 3), number::fixed(point.se, 3));
        let hint = format!("{}: {estimate}, standard error {se}", point.label);
        panel.point(&mut page, class, (point.estimate, point.se), radius, paint, Some(hint));
    };
    of(FunnelPointKind::Observed).for_each(|p| point(p, "point", seen));
    of(FunnelPointKind::Filled).for_each(|p| point(p, "filled-point", added));
    panel.axes(&mut page);
    if let Some(effect) = sunset {
        power_axis(&mut page, &panel, effect, deepest);
    }
    Ok(page.finish())
}

/// The entries of the legend; the plain funnel has none.
fn keys(funnel: &Funnel, theme: &Theme, filled: usize) -> Vec<Key> {
    let mut keys = Vec::new();
    if funnel.region == FunnelRegion::Contours {
        let edge = Stroke::solid(theme.soft, 0.4);
        let shades = [theme.paper, theme.contours[2], theme.contours[1], theme.contours[0]];
        for (shade, label) in shades.into_iter().zip(CONTOUR_LABELS) {
            keys.push(Key::area(label, Paint::outlined(shade, edge)));
        }
    }
    if filled > 0 {
        let seen = Paint::outlined(theme.study, Stroke::solid(theme.paper, 0.4));
        let added = Paint::outlined(theme.paper, Stroke::solid(theme.study, 0.9));
        keys.push(Key::point("study", seen));
        keys.push(Key::point("filled in", added));
    }
    if funnel.region == FunnelRegion::Power {
        keys.push(Key::line("P = 0.05", significance_stroke(theme)));
    }
    if let Some(line) = &funnel.line {
        keys.push(Key::line(&line.label, regression_stroke(theme)));
    }
    if !keys.is_empty() && funnel.estimate.is_some() {
        let level = number::shortest(funnel.level.as_percent());
        let with = if funnel.tau2 > 0.0 { " with τ²" } else { "" };
        keys.push(Key::line(format!("{level}% limits{with}"), limit_stroke(theme)));
    }
    keys
}

fn limit_stroke(theme: &Theme) -> Stroke {
    Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0)
}

fn regression_stroke(theme: &Theme) -> Stroke {
    Stroke::solid(theme.prediction, 1.2)
}

fn significance_stroke(theme: &Theme) -> Stroke {
    Stroke::dashed(theme.ink, theme.rule, 1.0, 1.4)
}

/// Both axes, and the standard error at the bottom.
fn axes(funnel: &Funnel) -> Result<(Axis, Axis, f64)> {
    let z = normal::quantile(Tail::Upper(funnel.level.tail()));
    let largest = funnel.points.iter().map(|point| point.se).fold(0.0, f64::max);
    let deepest = largest * 1.05;
    let mut ends: Vec<f64> = funnel.points.iter().map(|point| point.estimate).collect();
    ends.extend(funnel.null);
    if let Some(center) = funnel.estimate {
        let half = z * (deepest * deepest + funnel.tau2).sqrt();
        ends.extend([center - half, center + half]);
    }
    ends.extend(funnel.line.as_ref().map(|line| line.limit));
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let pad = ((high - low) * 0.05).max(largest * 0.3);
    let (low, high) = (low - pad, high + pad);
    if !(low.is_finite() && high.is_finite() && deepest.is_finite() && high > low) {
        return Err(Error::data("the estimates span more than a number holds", "check their scale"));
    }
    let x = Axis::new(funnel.axis, funnel.effect_label.clone(), low, high);
    let y = Axis::new(AxisKind::Linear, "Standard error", 0.0, deepest).reversed().most(7);
    Ok((x, y, deepest))
}

/// The shades of significance about the null, each a pair of wedges.
fn contours(funnel: &Funnel, page: &mut Page, panel: &Panel, deepest: f64) {
    let theme = page.theme;
    let center = funnel.null.unwrap_or(0.0);
    let [outer, middle, inner] = theme.contours;
    let slopes = CONTOURS.map(|p| normal::quantile(Tail::Upper(p / 2.0)));
    let far = 2.0 * (panel.x_axis.high - panel.x_axis.low);
    let edges = [0.0, slopes[0] * deepest, slopes[1] * deepest, slopes[2] * deepest];
    for (i, color) in [theme.paper, inner, middle, outer].into_iter().enumerate() {
        let from = edges.get(i).copied().unwrap_or(0.0);
        for side in [-1.0, 1.0] {
            let mut corners = vec![(center, 0.0), (center + side * from, deepest)];
            match edges.get(i + 1) {
                Some(to) => corners.push((center + side * to, deepest)),
                None => corners
                    .extend([(center + side * far.max(from), deepest), (center + side * far.max(from), 0.0)]),
            }
            panel.polygon(page, "contour", &corners, Paint::fill(color));
        }
    }
}

/// The color of a band: the less power, the darker.
fn shade(theme: &Theme, band: usize) -> Color {
    theme.paper.mix(theme.study, 0.07 * band as f64)
}

fn sunset_bands(page: &mut Page, panel: &Panel, effect: f64, deepest: f64) {
    let theme = page.theme;
    let (left, right) = (panel.x_axis.low, panel.x_axis.high);
    let mut top = 0.0;
    for (band, at) in POWERS.into_iter().map(Some).chain([None]).enumerate() {
        let foot =
            at.and_then(|at| standard_error_at_power(effect, at, ALPHA)).unwrap_or(deepest).min(deepest);
        // Without an effect every study has the power of the significance: the last band is all there is.
        let foot = if effect == 0.0 && at.is_some() { 0.0 } else { foot };
        if foot > top {
            panel.bar(page, "power", (left, top), (right, foot), Paint::fill(shade(&theme, band)));
            top = foot;
        }
    }
}

/// The lines where a study is significant at 5 %.
fn significance(funnel: &Funnel, page: &mut Page, panel: &Panel, deepest: f64) {
    let center = funnel.null.unwrap_or(0.0);
    let reach = normal::quantile(Tail::Upper(ALPHA / 2.0)) * deepest;
    let stroke = significance_stroke(&page.theme);
    for side in [-1.0, 1.0] {
        panel.line(page, "significance", (center, 0.0), (center + side * reach, deepest), stroke);
    }
}

/// The power at the right edge.
fn power_axis(page: &mut Page, panel: &Panel, effect: f64, deepest: f64) {
    let theme = page.theme;
    let size = 0.95 * page.size;
    let Bounds { right, top, bottom, .. } = panel.area;
    let rule = Stroke::solid(theme.ink, theme.rule);
    page.scene.push("axis", Shape::Line { from: (right, top), to: (right, bottom), stroke: rule });
    let mut last = f64::NEG_INFINITY;
    for at in POWERS {
        let Some(se) = standard_error_at_power(effect, at, ALPHA).filter(|se| *se <= deepest) else {
            continue;
        };
        let y = panel.y(se);
        if y - last < 1.25 * size {
            continue;
        }
        last = y;
        page.scene.push("tick", Shape::Line { from: (right, y), to: (right + 2.5, y), stroke: rule });
        let label = format!("{}%", number::fixed(100.0 * at, 0));
        let text = page.text(right + 4.0, y + font::CAPITAL * size / 2.0, &label, Anchor::Start);
        page.scene.push("tick-label", Shape::Text(text));
    }
    // The least precise study's power where no edge of a band is near.
    if panel.y(deepest) - last > 2.0 * size {
        let label = format!("{}%", number::fixed(100.0 * power(effect, deepest, ALPHA), 0));
        let text = page.text(right + 4.0, bottom + font::CAPITAL * size / 2.0, &label, Anchor::Start);
        page.scene.push("tick-label", Shape::Text(text));
    }
    let mut text = page.text(page.area.right - 0.3 * size, (top + bottom) / 2.0, "Power", Anchor::Middle);
    text.rotation = -90.0;
    page.scene.push("axis-label", Shape::Text(text));
}

/// The edges of the pseudo confidence region, the lines of the pooled estimate, of the null and of a regression.
fn region(funnel: &Funnel, page: &mut Page, panel: &Panel, deepest: f64) {
    let theme = page.theme;
    if let Some(null) = funnel.null {
        panel.vertical(page, "null-line", null, Stroke::solid(theme.soft, 0.8 * theme.rule));
    }
    if let Some(line) = &funnel.line {
        let foot = (line.limit + line.slope * deepest, deepest);
        panel.line(page, "regression-line", (line.limit, 0.0), foot, regression_stroke(&theme));
    }
    let Some(center) = funnel.estimate else { return };
    panel.vertical(page, "summary-line", center, Stroke::solid(theme.summary, theme.rule));
    let z = normal::quantile(Tail::Upper(funnel.level.tail()));
    // A hyperbola if there is heterogeneity, else two straight lines.
    let steps = if funnel.tau2 > 0.0 { 48 } else { 1 };
    for side in [-1.0, 1.0] {
        let places: Vec<(f64, f64)> = (0..=steps)
            .map(|i| {
                let se = deepest * f64::from(i) / f64::from(steps);
                (center + side * z * (se * se + funnel.tau2).sqrt(), se)
            })
            .collect();
        panel.polyline(page, "pseudo-limit", &places, limit_stroke(&theme));
    }
}
