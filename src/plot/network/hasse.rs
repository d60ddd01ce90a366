//! The Hasse diagram of a partial order over outcomes.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    network::PartialOrder,
    plot::{
        Figure, Scene, font,
        frame::{Look, Page},
        scene::{Anchor, Paint, Shape, Stroke, Text, Weight},
    },
};

/// Treatments in layers, better ones higher; a line leads down to every treatment that is worse with nothing between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HasseDiagram {
    /// The order.
    pub order: PartialOrder,
    /// Size, theme and heading.
    pub look: Look,
}

impl PartialOrder {
    /// The Hasse diagram of this order.
    pub fn diagram(&self) -> HasseDiagram {
        let layers = self.layers.len() as f64;
        HasseDiagram {
            order: self.clone(),
            look: Look::new(120.0, (18.0 + 15.0 * layers).clamp(50.0, 240.0)),
        }
    }
}

impl Figure for HasseDiagram {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let order = &self.order;
        if order.treatments.is_empty() || order.layers.is_empty() {
            return Err(Error::data("no treatments", "order two or more"));
        }
        let t = order.treatments.len();
        let pairs = t * (t - 1) / 2;
        let outcomes = order.outcomes.join(", ");
        let agreed = format!("{} of {pairs} pairs agree over {outcomes}.", order.comparable());
        let mut page = Page::new(&self.look, "Hasse diagram", format!("{t} treatments in layers; {agreed}"))?;
        page.note(&format!("A line leads down to a treatment that is worse on every outcome. {agreed}"));
        let a = page.area;
        let layers = self.placed_layers();
        let step = (a.bottom - a.top) / layers.len() as f64;
        let size = page.size.min(0.42 * step);
        let mut at = vec![(0.0, 0.0); t];
        for (layer, members) in layers.iter().enumerate() {
            let width = (a.right - a.left) / members.len() as f64;
            for (place, i) in members.iter().enumerate() {
                at[*i] = (a.left + (place as f64 + 0.5) * width, a.top + (layer as f64 + 0.5) * step);
            }
        }
        let half = 0.85 * size;
        let line = Stroke::solid(page.theme.soft, 0.7);
        for (upper, lower) in &order.edges {
            let from = (at[*upper].0, at[*upper].1 + half);
            let to = (at[*lower].0, at[*lower].1 - half);
            page.scene.push("edge", Shape::Line { from, to, stroke: line });
        }
        for members in &layers {
            let room = (a.right - a.left) / members.len() as f64 - 0.8 * size;
            for i in members {
                self.node(&mut page, *i, at[*i], (room, half, size));
            }
        }
        Ok(page.finish())
    }
}

impl HasseDiagram {
    fn node(&self, page: &mut Page, i: usize, (x, y): (f64, f64), (room, half, size): (f64, f64, f64)) {
        let theme = page.theme;
        let name = &self.order.treatments[i];
        let full = font::width(&font::clean(name), size, Weight::Regular);
        let size = (size * ((room - 0.8 * size).max(1.0) / full).min(1.0)).max(0.6 * size);
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let content = font::cut(&font::clean(name), (room - 0.6 * size).max(size), measure);
        let width = measure(&content) + 0.9 * size;
        let paint = Paint::outlined(theme.contours[0], Stroke::solid(theme.study, 0.7));
        let shape = Shape::Rect { x: x - 0.5 * width, y: y - half, width, height: 2.0 * half, paint };
        page.scene.push_with_hint("node", shape, name);
        let text = page.text(x, y + 0.36 * size, &content, Anchor::Middle);
        page.scene.push("node-label", Shape::Text(Text { size, ..text }));
    }

    /// The layers with their members ordered by the mean place of those above and below, so that few lines cross.
    fn placed_layers(&self) -> Vec<Vec<usize>> {
        let mut layers = self.order.layers.clone();
        let t = self.order.treatments.len();
        let mut place = vec![0.5; t];
        for sweep in 0..8 {
            let indices: Vec<usize> =
                if sweep % 2 == 0 { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
            for layer in indices {
                let key = |i: usize| {
                    let linked = self.order.edges.iter().filter_map(|(u, l)| match (*u == i, *l == i) {
                        (true, _) => Some(place[*l]),
                        (_, true) => Some(place[*u]),
                        _ => None,
                    });
                    let found: Vec<f64> = linked.collect();
                    if found.is_empty() { place[i] } else { found.iter().sum::<f64>() / found.len() as f64 }
                };
                let mut keyed: Vec<(f64, usize)> = layers[layer].iter().map(|i| (key(*i), *i)).collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let count = keyed.len() as f64;
                for (at, (_, i)) in keyed.iter().enumerate() {
                    place[*i] = (at as f64 + 0.5) / count;
                }
                layers[layer] = keyed.into_iter().map(|(_, i)| i).collect();
            }
        }
        layers
    }
}
