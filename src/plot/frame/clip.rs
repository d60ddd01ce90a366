//! What of a line or a polygon lies within a plot area.

use crate::plot::scene::Bounds;

/// The greater of the horizontal and the vertical distance.
pub(super) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs().max((a.1 - b.1).abs())
}

/// The part of a line within an area (Liang and Barsky).
pub(super) fn cut_line(a: (f64, f64), b: (f64, f64), area: &Bounds) -> Option<((f64, f64), (f64, f64))> {
    if ![a.0, a.1, b.0, b.1].iter().all(|v| v.is_finite()) {
        return None;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    let slack = 1e-9;
    for (p, q) in [
        (-dx, a.0 - area.left + slack),
        (dx, area.right - a.0 + slack),
        (-dy, a.1 - area.top + slack),
        (dy, area.bottom - a.1 + slack),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    let start = if from > 0.0 { at(from) } else { a };
    let end = if to < 1.0 { at(to) } else { b };
    (from <= to).then_some((start, end))
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
