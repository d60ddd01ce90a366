//! The network graph: treatments as nodes, direct comparisons as edges, studies of several arms as polygons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::layout::{GraphLayout, circle_order, stress};
use crate::{
    Error, Result,
    network::Network,
    plot::{
        Figure, Scene, Theme, font,
        frame::{Look, Page},
        number,
        scene::{Anchor, Bounds, Element, Paint, Shape, Stroke, Text, Weight},
    },
};

/// A treatment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GraphNode {
    /// The treatment.
    pub treatment: String,
    /// The quantity shown by the area of its circle: persons, or studies where persons are not known.
    pub size: f64,
}

/// A direct comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GraphEdge {
    /// The treatments, by position.
    pub ends: (usize, usize),
    /// The number of studies; the width of the edge grows with its square root.
    pub k: usize,
}

/// A network graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkGraph {
    /// The treatments.
    pub nodes: Vec<GraphNode>,
    /// The quantity shown by the sizes of the nodes.
    pub size_label: String,
    /// The direct comparisons.
    pub edges: Vec<GraphEdge>,
    /// The designs of three or more treatments with their numbers of studies.
    pub designs: Vec<(Vec<usize>, usize)>,
    /// The layout.
    pub layout: GraphLayout,
    /// Size, theme and heading.
    pub look: Look,
}

impl Network {
    /// The graph of this network.
    pub fn graph(&self) -> NetworkGraph {
        let t = self.treatments.len();
        let mut persons = vec![Some(0.0); t];
        let mut k = vec![0.0; t];
        let mut edges: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for study in &self.studies {
            for arm in &study.arms {
                let total = &mut persons[arm.treatment];
                *total = total.zip(arm.size).map(|(a, b)| a + b);
            }
            let design = study.design();
            for (at, i) in design.iter().enumerate() {
                k[*i] += 1.0;
                for j in &design[at + 1..] {
                    *edges.entry((*i, *j)).or_default() += 1;
                }
            }
        }
        let known = persons.iter().all(Option::is_some);
        let nodes = self.treatments.iter().enumerate().map(|(i, treatment)| GraphNode {
            treatment: treatment.clone(),
            size: if known { persons[i].unwrap_or(0.0) } else { k[i] },
        });
        let designs = self.designs().into_iter().filter(|(design, _)| design.len() > 2);
        NetworkGraph {
            nodes: nodes.collect(),
            size_label: if known { "persons" } else { "studies" }.to_owned(),
            edges: edges.into_iter().map(|(ends, k)| GraphEdge { ends, k }).collect(),
            designs: designs.map(|(design, studies)| (design, studies.len())).collect(),
            layout: GraphLayout::Circle,
            look: Look::new(120.0, 110.0),
        }
    }
}

/// A node on the page.
struct Placed {
    center: (f64, f64),
    radius: f64,
}

impl Figure for NetworkGraph {
    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn scene(&self) -> Result<Scene> {
        let n = self.nodes.len();
        let known = |i: usize| i < n;
        let ends = self.edges.iter().flat_map(|e| [e.ends.0, e.ends.1]);
        if n == 0 || !ends.chain(self.designs.iter().flat_map(|d| d.0.iter().copied())).all(known) {
            return Err(Error::data("a graph without treatments, or an edge to none", "give the treatments"));
        }
        let description = format!(
            "{n} treatments and {} direct comparisons in {} layout; nodes grow with the number of {}.",
            self.edges.len(),
            self.layout,
            self.size_label
        );
        let mut page = Page::new(&self.look, "Network of treatments", description)?;
        let designs = if self.designs.is_empty() { "" } else { "; shades: studies of three or more arms" };
        if self.layout == GraphLayout::Bipartite {
            page.note("Left: treatments; right: sets of treatments that studies compare.");
            self.bipartite(&mut page);
        } else {
            page.note(&format!("Nodes: {}. Edges: studies{designs}.", self.size_label));
            self.plane(&mut page);
        }
        Ok(page.finish())
    }
}

impl NetworkGraph {
    /// The layout.
    #[must_use]
    pub fn layout(mut self, layout: GraphLayout) -> Self {
        self.layout = layout;
        self
    }

    fn edge_pairs(&self) -> Vec<(usize, usize)> {
        self.edges.iter().map(|e| e.ends).collect()
    }

    /// Nodes on a circle, or where stress puts them.
    fn plane(&self, page: &mut Page) {
        let n = self.nodes.len();
        let size = if n > 16 { 0.85 } else { 1.0 } * page.size;
        let places: Vec<(f64, f64)> = match self.layout {
            GraphLayout::Stress => stress(n, &self.edge_pairs()),
            _ => {
                let mut at = vec![(0.0, 0.0); n];
                for (place, i) in circle_order(n, &self.edge_pairs()).iter().enumerate() {
                    let (sin, cos) = (std::f64::consts::TAU * place as f64 / n as f64).sin_cos();
                    at[*i] = (sin, -cos);
                }
                at
            }
        };
        let (center, radii) = self.room(page, size, &places);
        let nearest = nearest(&places, radii);
        let largest = self.largest_radius(radii, n, page.size).min(0.45 * nearest);
        let most = self.nodes.iter().map(|node| node.size).fold(0.0, f64::max).max(1e-9);
        let placed: Vec<Placed> = places
            .iter()
            .zip(&self.nodes)
            .map(|((x, y), node)| Placed {
                center: (center.0 + radii.0 * x, center.1 + radii.1 * y),
                radius: (largest * (node.size.max(0.0) / most).sqrt()).max(0.28 * page.size),
            })
            .collect();
        self.draw_designs(page, &placed);
        self.draw_edges(page, &placed, largest);
        self.draw_nodes(page, &placed);
        self.label(page, &placed, center, size);
    }

    /// The center and the half axes of the ellipse of nodes, with room for the labels outside it.
    fn room(&self, page: &Page, size: f64, places: &[(f64, f64)]) -> ((f64, f64), (f64, f64)) {
        let a = page.area;
        let (width, height) = (a.right - a.left, a.bottom - a.top);
        let widest = |side: f64| {
            let on = self.nodes.iter().zip(places).filter(|(_, p)| p.0 * side > 0.3);
            on.map(|(node, _)| font::width(&font::clean(&node.treatment), size, Weight::Regular))
                .fold(0.0, f64::max)
                .min(0.28 * width)
        };
        let (left, right) = (widest(-1.0) + 2.2 * size, widest(1.0) + 2.2 * size);
        let edge = 2.6 * size;
        let radius_x = (0.5 * (width - left - right)).max(4.0 * size);
        let radius_y = (0.5 * height - edge).max(4.0 * size);
        let center = (a.left + left + 0.5 * (width - left - right), a.top + 0.5 * height);
        let shorter = radius_x.min(radius_y);
        (center, (radius_x.min(1.35 * shorter), radius_y.min(1.35 * shorter)))
    }

    /// So that the largest node covers no more than a good part of the way to its neighbor.
    fn largest_radius(&self, radii: (f64, f64), n: usize, size: f64) -> f64 {
        let gap = 2.0 * std::f64::consts::PI * radii.0.min(radii.1) / n.max(3) as f64;
        (0.36 * gap).min(1.7 * size)
    }

    fn draw_designs(&self, page: &mut Page, placed: &[Placed]) {
        let theme = page.theme;
        for (at, (design, k)) in self.designs.iter().enumerate() {
            let center = mean(design.iter().map(|i| placed[*i].center));
            let mut corners: Vec<(f64, f64)> = design.iter().map(|i| placed[*i].center).collect();
            corners.sort_by(|a, b| {
                let angle = |p: &(f64, f64)| (p.1 - center.1).atan2(p.0 - center.0);
                angle(a).total_cmp(&angle(b))
            });
            // The primitives know no transparency: a pale tint, the smaller designs on top.
            let color = theme.series(1 + at % 5).color.mix(theme.paper, 0.82);
            let names: Vec<&str> = design.iter().map(|i| self.nodes[*i].treatment.as_str()).collect();
            let hint = format!("{}: {}", names.join(", "), studies(*k));
            let shape = Shape::Polygon { points: corners, paint: Paint::fill(color) };
            page.scene.push_with_hint("design", shape, hint);
        }
    }

    fn draw_edges(&self, page: &mut Page, placed: &[Placed], largest: f64) {
        let theme = page.theme;
        let most = self.edges.iter().map(|e| e.k).max().unwrap_or(1).max(1) as f64;
        let widest = (1.1 * largest).clamp(1.2, 6.0);
        let color = theme.study.mix(theme.paper, 0.35);
        for edge in &self.edges {
            let width = (widest * (edge.k as f64 / most).sqrt()).max(0.5);
            let (a, b) = edge.ends;
            let shape = Shape::Line {
                from: placed[a].center,
                to: placed[b].center,
                stroke: Stroke::solid(color, width),
            };
            let hint = format!(
                "{} versus {}: {}",
                self.nodes[a].treatment,
                self.nodes[b].treatment,
                studies(edge.k)
            );
            page.scene.push_with_hint("edge", shape, hint);
        }
    }

    fn draw_nodes(&self, page: &mut Page, placed: &[Placed]) {
        let Theme { summary, paper, .. } = page.theme;
        for (node, at) in self.nodes.iter().zip(placed) {
            let paint = Paint::outlined(summary, Stroke::solid(paper, 0.8));
            let shape = Shape::Circle { center: at.center, radius: at.radius, paint };
            let hint = format!("{}: {} {}", node.treatment, number::shortest(node.size), self.size_label);
            page.scene.push_with_hint("node", shape, hint);
        }
    }

    /// Names outside the nodes, away from the center; each where it covers no node and no other name.
    fn label(&self, page: &mut Page, placed: &[Placed], center: (f64, f64), size: f64) {
        let mut taken: Vec<Bounds> = placed
            .iter()
            .map(|p| Bounds {
                left: p.center.0 - p.radius,
                top: p.center.1 - p.radius,
                right: p.center.0 + p.radius,
                bottom: p.center.1 + p.radius,
            })
            .collect();
        let mut unnamed = Vec::new();
        for (node, at) in self.nodes.iter().zip(placed) {
            let (dx, dy) = (at.center.0 - center.0, at.center.1 - center.1);
            let length = dx.hypot(dy);
            let angle = if length < 1e-6 { -std::f64::consts::FRAC_PI_2 } else { dy.atan2(dx) };
            let turns = [0.0, 0.35, -0.35, 0.75, -0.75, 1.2, -1.2, 1.8, -1.8, 2.5, -2.5, 3.1];
            let offers = turns.iter().flat_map(|turn| [0.35, 1.1].map(|gap| (angle + turn, gap)));
            let found =
                offers.map(|(angle, gap)| self.offer(page, node, at, angle, size, gap)).find(|element| {
                    let b = element.bounds();
                    let letters = Bounds { top: b.top + 0.15 * size, bottom: b.bottom - 0.12 * size, ..b };
                    inside(&b, &page.area) && !taken.iter().any(|other| letters.overlaps(other, 0.05))
                });
            match found {
                Some(element) => {
                    taken.push(element.bounds());
                    page.scene.elements.push(element);
                }
                None => unnamed.push(node.treatment.as_str()),
            }
        }
        if !unnamed.is_empty() {
            page.scene.notes.push(format!("names without room: {}", unnamed.join(", ")));
        }
    }

    fn offer(&self, page: &Page, node: &GraphNode, at: &Placed, angle: f64, size: f64, gap: f64) -> Element {
        let (sin, cos) = angle.sin_cos();
        let away = at.radius + gap * size;
        let (x, y) = (at.center.0 + away * cos, at.center.1 + away * sin);
        let anchor = if cos > 0.25 {
            Anchor::Start
        } else if cos < -0.25 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        // The baseline moves from above the point (at the top of a node) to a capital's height below it (at its foot).
        let baseline = y + font::CAPITAL * size * (0.5 + 0.5 * sin);
        let room = match anchor {
            Anchor::Start => page.area.right - x,
            Anchor::End => x - page.area.left,
            Anchor::Middle => 2.0 * (page.area.right - x).min(x - page.area.left),
        };
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let name = font::cut(&font::clean(&node.treatment), room.max(6.0 * size), measure);
        let text = Text { size, ..page.text(x, baseline, &name, anchor) };
        Element {
            class: "node-label".to_owned(),
            shape: Shape::Text(text),
            hint: (name != node.treatment).then(|| node.treatment.clone()),
        }
    }

    /// Treatments on the left, designs on the right, lines to the treatments that a design compares.
    fn bipartite(&self, page: &mut Page) {
        let theme = page.theme;
        let designs = self.all_designs();
        let a = page.area;
        let rows = self.nodes.len().max(designs.len()).max(1) as f64;
        let size = page.size.min(0.85 * (a.bottom - a.top) / rows).max(2.5);
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let room = 0.3 * (a.right - a.left);
        let names: Vec<String> =
            self.nodes.iter().map(|node| font::cut(&font::clean(&node.treatment), room, measure)).collect();
        let widest = names.iter().map(|name| measure(name)).fold(0.0, f64::max);
        let (x, right) = (a.left + widest + 1.4 * size, a.right - 5.5 * size);
        let y = |i: usize, of: usize| a.top + (i as f64 + 0.5) * (a.bottom - a.top) / of.max(1) as f64;
        let most = designs.iter().map(|d| d.1).max().unwrap_or(1).max(1) as f64;
        for (d, (design, k)) in designs.iter().enumerate() {
            let width = (2.5 * (*k as f64 / most).sqrt()).max(0.5);
            let color = theme.series(d).color.mix(theme.paper, 0.45);
            for i in design {
                let (from, to) = ((x, y(*i, self.nodes.len())), (right, y(d, designs.len())));
                page.scene.push("edge", Shape::Line { from, to, stroke: Stroke::solid(color, width) });
            }
        }
        for (i, name) in names.iter().enumerate() {
            let at = y(i, self.nodes.len());
            let paint = Paint::fill(theme.summary);
            page.scene.push("node", Shape::Circle { center: (x, at), radius: 0.35 * size, paint });
            let text = page.text(x - 0.7 * size, at + 0.36 * size, name, Anchor::End);
            page.scene.push("node-label", Shape::Text(Text { size, ..text }));
        }
        for (d, (design, k)) in designs.iter().enumerate() {
            let at = y(d, designs.len());
            let half = 0.3 * size;
            let rect = Shape::Rect {
                x: right - half,
                y: at - half,
                width: 2.0 * half,
                height: 2.0 * half,
                paint: Paint::fill(theme.study),
            };
            let names: Vec<&str> = design.iter().map(|i| self.nodes[*i].treatment.as_str()).collect();
            page.scene.push_with_hint("design", rect, names.join(", "));
            let text = page.text(right + 0.6 * size, at + 0.36 * size, &studies(*k), Anchor::Start);
            page.scene.push("design-label", Shape::Text(Text { size, ..text }));
        }
    }

    /// Designs of any number of treatments; those of two from the edges less what larger ones hold.
    fn all_designs(&self) -> Vec<(Vec<usize>, usize)> {
        let mut designs = self.designs.clone();
        for edge in &self.edges {
            let (a, b) = edge.ends;
            let held: usize = self
                .designs
                .iter()
                .filter(|(design, _)| design.contains(&a) && design.contains(&b))
                .map(|(_, k)| k)
                .sum();
            if edge.k > held {
                designs.push((vec![a, b], edge.k - held));
            }
        }
        designs.sort();
        designs
    }
}

/// The distance of the two nearest nodes on the page.
fn nearest(places: &[(f64, f64)], radii: (f64, f64)) -> f64 {
    let mut least = f64::INFINITY;
    for (at, a) in places.iter().enumerate() {
        for b in &places[at + 1..] {
            least = least.min((radii.0 * (a.0 - b.0)).hypot(radii.1 * (a.1 - b.1)));
        }
    }
    least
}

fn mean(points: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (mut x, mut y, mut n) = (0.0, 0.0, 0.0);
    for p in points {
        x += p.0;
        y += p.1;
        n += 1.0;
    }
    (x / f64::max(n, 1.0), y / f64::max(n, 1.0))
}

fn inside(bounds: &Bounds, area: &Bounds) -> bool {
    bounds.left >= area.left
        && bounds.right <= area.right
        && bounds.top >= area.top
        && bounds.bottom <= area.bottom
}

fn studies(k: usize) -> String {
    if k == 1 { "1 study".to_owned() } else { format!("{k} studies") }
}
