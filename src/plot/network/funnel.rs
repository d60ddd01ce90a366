//! The comparison-adjusted funnel plot: effects of studies less the mean of their comparison, against their precision.
//!
//! Comparisons are turned so that the treatment named first in an order (the newer, the sponsored) stands first; small
//! studies then lie on one side if they exaggerate it. Asymmetry is tested by Egger's regression of the adjusted effects.
//!
//! Reference: Chaimani A, Higgins JPT, Mavridis D, Spyridonos P, Salanti G (2013). Graphical tools for network
//! meta-analysis in STATA. *PLoS ONE* 8:e76654. doi:10.1371/journal.pone.0076654

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    bias::line::Line,
    network::NetworkFit,
    plot::{
        Figure, Scene,
        frame::{Axis, Key, Look, Page},
        number,
        scene::{Paint, Stroke},
    },
    report::p_value_sentence,
    stat::t,
};

/// A comparison within a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AdjustedFunnelPoint {
    /// The study.
    pub study: String,
    /// The treatment that comes first in the order.
    pub intervention: String,
    /// The other one.
    pub comparator: String,
    /// The effect, intervention minus comparator.
    pub yi: f64,
    /// Its standard error.
    pub sei: f64,
    /// The effect less the common-effect mean of the direct comparison.
    pub adjusted: f64,
}

/// A comparison-adjusted funnel plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkFunnel {
    /// The points.
    pub points: Vec<AdjustedFunnelPoint>,
    /// The slope of Egger's regression, its standard error and P value; `None` with fewer than three points.
    pub egger: Option<(f64, f64, f64)>,
    /// The axis of effects.
    pub label: String,
    /// Size, theme and heading.
    pub look: Look,
}

impl NetworkFit {
    /// The comparison-adjusted funnel plot; `order` names the treatments from the one that is to stand first.
    ///
    /// # Errors
    ///
    /// If a name is unknown or a treatment of the network is missing in the order.
    pub fn comparison_funnel(&self, order: &[String]) -> Result<NetworkFunnel> {
        let network = &self.network;
        let places = order.iter().map(|name| network.treatment(name)).collect::<Result<Vec<usize>>>()?;
        if let Some(missing) = (0..network.treatments.len()).find(|i| !places.contains(i)) {
            return Err(Error::setting(
                "funnel",
                format!("`{}` is not in the order of treatments", network.treatments[missing]),
                "name every treatment, the one that small studies may favor first",
            ));
        }
        let rank = |i: usize| places.iter().position(|p| *p == i).unwrap_or(usize::MAX);
        let mut points = Vec::new();
        let mut sums: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
        for study in &network.studies {
            for (a, b, _) in study.pairs() {
                let (mut i, mut j) = (study.arms[a].treatment, study.arms[b].treatment);
                if i == j {
                    continue;
                }
                let (mut y, v) = study.pair(a, b);
                if rank(j) < rank(i) {
                    (i, j, y) = (j, i, -y);
                }
                let sum = sums.entry((i, j)).or_default();
                *sum = (sum.0 + y / v, sum.1 + 1.0 / v);
                points.push((study.label.clone(), (i, j), y, v.sqrt()));
            }
        }
        let points: Vec<AdjustedFunnelPoint> = points
            .into_iter()
            .map(|(study, pair, yi, sei)| AdjustedFunnelPoint {
                study,
                intervention: network.treatments[pair.0].clone(),
                comparator: network.treatments[pair.1].clone(),
                yi,
                sei,
                adjusted: yi - sums.get(&pair).map_or(0.0, |(wy, w)| wy / w),
            })
            .collect();
        let egger = egger(&points);
        let label = format!("{}, less the mean of its comparison", network.measure.label());
        Ok(NetworkFunnel { points, egger, label, look: Look::new(120.0, 100.0) })
    }
}

/// Egger's regression of the adjusted effects on their standard errors: the slope with its standard error and P value.
fn egger(points: &[AdjustedFunnelPoint]) -> Option<(f64, f64, f64)> {
    let of = |value: fn(&AdjustedFunnelPoint) -> f64| points.iter().map(value).collect::<Vec<f64>>();
    let line = Line::least_squares(&of(|p| p.sei), &of(|p| p.adjusted), &of(|p| p.sei.powi(-2))).ok()?;
    let se = line.var_slope.sqrt();
    Some((line.slope, se, t::two_sided(line.slope / se, line.df?)))
}

impl Figure for NetworkFunnel {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        if self.points.is_empty() {
            return Err(Error::data("no comparisons", "a funnel plot needs studies"));
        }
        let test =
            self.egger.map_or(String::new(), |(_, _, p)| format!(" Egger's test: {}.", p_value_sentence(p)));
        let description = format!("{} comparisons within studies.{test}", self.points.len());
        let mut page = Page::new(&self.look, "Comparison-adjusted funnel plot", description)?;
        let theme = page.theme;
        page.note(&format!("Each comparison: first treatment minus second.{test}"));
        let mut pairs: Vec<(&str, &str)> =
            self.points.iter().map(|p| (p.intervention.as_str(), p.comparator.as_str())).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mark = |at: usize| {
            let series = theme.series(at);
            (series.symbol, Paint::outlined(series.color, Stroke::solid(theme.paper, 0.3)))
        };
        // As many comparisons as symbols tell apart have keys of their own.
        let apart = pairs.len() <= 12;
        let keys: Vec<Key> = pairs
            .iter()
            .enumerate()
            .map(|(at, (a, b))| Key::symbol(format!("{a} : {b}"), mark(at).0, mark(at).1))
            .collect();
        if apart {
            page.legend(&keys);
        }
        let deepest = 1.05 * self.points.iter().map(|p| p.sei).fold(0.0, f64::max).max(1e-12);
        let z = crate::Level::default().critical_value(None);
        let widest = self.points.iter().map(|p| p.adjusted.abs()).fold(0.0, f64::max);
        let reach = 1.08 * widest.max(z * deepest);
        let x = Axis::linear(self.label.clone(), -reach, reach);
        let y = Axis::linear("Standard error", 0.0, deepest).reversed();
        let panel = page.panel(page.area, &x, &y);
        let paint = Paint::fill(theme.contours[0]);
        panel.polygon(
            &mut page,
            "region",
            &[(0.0, 0.0), (-z * deepest, deepest), (z * deepest, deepest)],
            paint,
        );
        panel.vertical(&mut page, "null", 0.0, Stroke::solid(theme.soft, theme.rule));
        let radius = 0.28 * page.size;
        for p in &self.points {
            let at = pairs.iter().position(|pair| *pair == (p.intervention.as_str(), p.comparator.as_str()));
            let (symbol, paint) = mark(if apart { at.unwrap_or(0) } else { 0 });
            let hint = format!(
                "{}: {} versus {} {}, standard error {}",
                p.study,
                p.intervention,
                p.comparator,
                number::fixed(p.yi, 2),
                number::fixed(p.sei, 2)
            );
            panel.symbol(&mut page, "point", (p.adjusted, p.sei), (symbol, radius, paint), Some(hint));
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }
}
