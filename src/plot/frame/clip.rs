//! The parts of lines and polygons within a plot area.

use crate::plot::scene::Bounds;

/// The greater of the horizontal and the vertical distance.
pub(super) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs().max((a.1 - b.1).abs())
}

/// The part of a line within an area (Cohen and Sutherland): what is cut ends on an edge to the last bit, however far away the
/// line began.
pub(super) fn cut_line(a: (f64, f64), b: (f64, f64), area: &Bounds) -> Option<((f64, f64), (f64, f64))> {
    if ![a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite()) {
        return None;
    }
    let slack = 1e-9;
    let (mut from, mut to) = (a, b);
    // Each step puts one coordinate of one end on an edge.
    for _ in 0..8 {
        let beyond = |(x, y): (f64, f64)| {
            if x < area.left - slack {
                Some((true, area.left))
            } else if x > area.right + slack {
                Some((true, area.right))
            } else if y < area.top - slack {
                Some((false, area.top))
            } else if y > area.bottom + slack {
                Some((false, area.bottom))
            } else {
                None
            }
        };
        let outside = from.0.max(to.0) < area.left - slack
            || from.0.min(to.0) > area.right + slack
            || from.1.max(to.1) < area.top - slack
            || from.1.min(to.1) > area.bottom + slack;
        if outside {
            return None;
        }
        let (end, other) = match (beyond(from), beyond(to)) {
            (None, None) => return Some((from, to)),
            (Some(_), _) => (&mut from, to),
            (None, Some(_)) => (&mut to, from),
        };
        let (horizontal, edge) = beyond(*end)?;
        *end = if horizontal {
            (edge, other.1 + (end.1 - other.1) * ((edge - other.0) / (end.0 - other.0)))
        } else {
            (other.0 + (end.0 - other.0) * ((edge - other.1) / (end.1 - other.1)), edge)
        };
    }
    None
}

/// The part of a polygon within an area (Sutherland and Hodgman).
pub(super) fn cut_polygon(corners: Vec<(f64, f64)>, area: &Bounds) -> Vec<(f64, f64)> {
    type Side = (fn((f64, f64)) -> f64, f64, f64);
    let sides: [Side; 4] = [
        (|p| p.0, area.left, 1.0),
        (|p| p.0, area.right, -1.0),
        (|p| p.1, area.top, 1.0),
        (|p| p.1, area.bottom, -1.0),
    ];
    sides.into_iter().fold(corners, |points, (coordinate, edge, sign)| {
        let inside = |p: (f64, f64)| sign * (coordinate(p) - edge) >= 0.0;
        let mut out = Vec::with_capacity(points.len() + 4);
        for (i, &b) in points.iter().enumerate() {
            let a = match i {
                0 => points.last().copied().unwrap_or(b),
                _ => points.get(i - 1).copied().unwrap_or(b),
            };
            if inside(a) != inside(b) {
                let t = (edge - coordinate(a)) / (coordinate(b) - coordinate(a));
                out.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
            if inside(b) {
                out.push(b);
            }
        }
        out
    })
}
