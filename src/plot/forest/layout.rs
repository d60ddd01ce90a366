//! Where everything in a forest plot stands: which columns find room, at what size of text, and how labels are broken.
//!
//! The page's width is given. Preferred is: text at the theme's size (an eighth less on pages narrower than 120 mm), every
//! column, labels on one line, the plot between a quarter and a half of the page. Where that is too wide, the text shrinks
//! by an eighth; then the longest fifth of the labels wrap; then all labels may, and the text shrinks by up to a fifth; then
//! columns go, lowest priority first, and the weights last; then the text shrinks to the smallest size and labels are cut.

use super::{
    input::{ColumnSide, Forest, ForestColumn},
    prepare::{self, NOT_ESTIMABLE, Numbers, Prepared, PreparedRow, RowKind},
};
use crate::{
    Error, Result,
    plot::{
        font,
        scene::{Anchor, POINTS_PER_MM, Weight},
    },
};

/// Distance of baselines, in ems.
pub(super) const LINE: f64 = 1.2;
/// The width of a light, in ems.
pub(super) const LIGHT: f64 = 1.4;
/// The most lines of a label.
const LABEL_LINES: usize = 4;
/// The most lines of a header.
const HEADER_LINES: usize = 4;

/// A column of text in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedColumn {
    /// Its index in the input; `None` for the weights.
    pub index: Option<usize>,
    pub left: f64,
    pub width: f64,
    pub align: Anchor,
    pub header: Vec<String>,
}

impl PlacedColumn {
    /// The place of the anchor of its cells.
    pub fn x(&self) -> f64 {
        match self.align {
            Anchor::Start => self.left,
            Anchor::Middle => self.left + self.width / 2.0,
            Anchor::End => self.left + self.width,
        }
    }
}

/// A header over several columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedGroup {
    pub left: f64,
    pub right: f64,
    pub lines: Vec<String>,
    /// The number of lines of the deepest header below it.
    pub depth: usize,
}

/// A row in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedRow {
    pub index: usize,
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub lines: Vec<String>,
    /// True if the label had to be cut.
    pub cut: bool,
    /// The right end of a label that runs into the plot, so that vertical lines make way.
    pub across: Option<f64>,
}

/// The right ends of the three parts of "0.49 [0.34, 0.70]", from the right end of the column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct NumberParts {
    pub width: f64,
    pub estimate_end: f64,
    pub lower_end: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub width: f64,
    pub size: f64,
    pub margin: f64,
    pub columns: Vec<PlacedColumn>,
    pub groups: Vec<PlacedGroup>,
    pub study_header: Vec<String>,
    pub plot_left: f64,
    pub plot_right: f64,
    pub numbers: PlacedColumn,
    pub parts: NumberParts,
    pub title: Vec<String>,
    pub title_top: f64,
    /// Top of the group headers, bottom of all headers.
    pub header_top: f64,
    pub header_bottom: f64,
    pub rows: Vec<PlacedRow>,
    pub rows_bottom: f64,
    pub footer: Vec<String>,
    /// Headers of columns that found no room.
    pub dropped: Vec<String>,
}

struct Choice<'a> {
    size: f64,
    /// Columns of the input that are kept.
    kept: &'a [usize],
    weights: bool,
    /// The narrowest study column, and the narrowest plot.
    study_least: f64,
    plot_least: f64,
}

fn regular(size: f64) -> impl Fn(&str) -> f64 {
    move |text| font::width(text, size, Weight::Regular)
}

fn bold(size: f64) -> impl Fn(&str) -> f64 {
    move |text| font::width(text, size, Weight::Bold)
}

pub(super) fn row_weight(kind: RowKind) -> Weight {
    match kind {
        RowKind::Heading | RowKind::Subtotal | RowKind::Total => Weight::Bold,
        RowKind::Study | RowKind::Prediction | RowKind::Note | RowKind::Sums => Weight::Regular,
    }
}

/// The size of a row's label.
pub(super) fn row_size(kind: RowKind, size: f64) -> f64 {
    if kind == RowKind::Note { 0.92 * size } else { size }
}

/// Lays out the page.
pub(super) fn layout(forest: &Forest, prepared: &Prepared) -> Result<Layout> {
    let theme = &forest.look.theme;
    check(forest)?;
    let page = forest.look.width_mm * POINTS_PER_MM;
    let smallest = theme.smallest_size.min(theme.size);
    let largest = if forest.look.width_mm < 120.0 { theme.size * 0.875 } else { theme.size }.max(smallest);
    let moderate = (largest * 0.8).max(smallest);
    let mut kept: Vec<usize> = (0..forest.columns.len()).collect();
    let mut weights = prepared.has_weights;
    let attempt = |size: f64, kept: &[usize], weights: bool, study: f64, plot: f64| {
        let (study_least, plot_least) = (study.max(8.0 * size), plot);
        place(forest, prepared, page, &Choice { size, kept, weights, study_least, plot_least })
    };
    let plot = (0.24 * page).max(64.0).min(0.5 * page);
    loop {
        for share in [1.0, 0.8] {
            for size in steps(largest, largest * 0.875) {
                let least = longest_label(prepared, size, share).min(0.34 * page);
                if let Some(layout) = attempt(size, &kept, weights, least, plot) {
                    return Ok(layout);
                }
            }
        }
        for size in steps(largest, moderate) {
            if let Some(layout) = attempt(size, &kept, weights, 0.2 * page, plot) {
                return Ok(layout);
            }
        }
        // What goes next: the columns of the lowest priority that belong together, from the right.
        let lowest = kept.iter().filter_map(|&i| Some((forest.columns.get(i)?.priority, i)));
        match lowest.min_by_key(|&(priority, i)| (priority, std::cmp::Reverse(i))) {
            Some((_, gone)) => {
                let gone = together(&forest.columns, &kept, gone);
                kept.retain(|i| !gone.contains(i));
            }
            None if weights => weights = false,
            None => break,
        }
    }
    for (study, plot) in [(0.2 * page, 0.2 * page), (0.0, 0.15 * page), (0.0, 0.05 * page)] {
        for size in steps(moderate, smallest) {
            if let Some(layout) = attempt(size, &kept, weights, study, plot) {
                return Ok(layout);
            }
        }
    }
    Err(Error::setting(
        "width",
        format!("{} mm do not hold the figure", forest.look.width_mm),
        "give a larger width or a smaller text",
    ))
}

/// Refuses widths and themes that no page can have.
fn check(forest: &Forest) -> Result<()> {
    let theme = &forest.look.theme;
    if !(40.0..=2000.0).contains(&forest.look.width_mm) {
        let found = format!("{} mm", forest.look.width_mm);
        return Err(Error::setting("width", found, "give a width between 40 and 2000 mm"));
    }
    let sound = |value: f64| value.is_finite() && value > 0.0;
    if !(sound(theme.size) && sound(theme.smallest_size) && theme.margin >= 0.0 && theme.margin < 100.0)
        || theme.size > 40.0
    {
        return Err(Error::setting(
            "theme",
            format!(
                "text of {} points (smallest {}), margin {}",
                theme.size, theme.smallest_size, theme.margin
            ),
            "give sizes between 0 and 40 points and a margin between 0 and 100",
        ));
    }
    Ok(())
}

/// Sizes of text from one down to another, half a point apart.
fn steps(from: f64, to: f64) -> Vec<f64> {
    let count = ((from - to) / 0.5).ceil() as usize;
    (0..=count).map(|i| (from - 0.5 * i as f64).max(to)).collect()
}

/// The columns that come and go with column `i`: itself, or, if it stands in a group, all grouped columns of its priority,
/// as data of one group without those of the other would mislead.
pub(super) fn together(columns: &[ForestColumn], among: &[usize], i: usize) -> Vec<usize> {
    let Some(column) = columns.get(i).filter(|column| column.group.is_some()) else { return vec![i] };
    let same =
        |j: &usize| columns.get(*j).is_some_and(|c| c.group.is_some() && c.priority == column.priority);
    among.iter().copied().filter(same).collect()
}

/// The width that a share of the studies' labels does not exceed.
fn longest_label(prepared: &Prepared, size: f64, share: f64) -> f64 {
    let studies = prepared.rows.iter().filter(|row| row.kind == RowKind::Study);
    let mut widths: Vec<f64> = studies.map(|row| font::width(&row.label, size, Weight::Regular)).collect();
    widths.sort_by(f64::total_cmp);
    let at = ((widths.len() as f64 * share) as usize).min(widths.len().saturating_sub(1));
    widths.get(at).map_or(0.0, |width| width + if prepared.blocks { size } else { 0.0 })
}

/// A header over several columns: the columns, and its lines.
type GroupHeader = (Vec<usize>, Vec<String>);

/// The columns of an attempt in their blocks, as wide as they have to be.
struct Blocks {
    left: Vec<PlacedColumn>,
    right: Vec<PlacedColumn>,
    lights: Vec<PlacedColumn>,
    groups: Vec<GroupHeader>,
    parts: NumberParts,
    /// Space between columns, and between lights, which stand close together at the right end.
    gap: f64,
    light_gap: f64,
    /// Space on both sides of the plot.
    plot_gap: f64,
}

/// Widths of the study column and of the plot, and what each gap gains where there is more room than anything needs.
struct Shares {
    study: f64,
    plot: f64,
    spread: f64,
}

/// One attempt: the layout, unless the page is too narrow for it.
fn place(forest: &Forest, prepared: &Prepared, page: f64, choice: &Choice<'_>) -> Option<Layout> {
    let &Choice { size, kept, weights, .. } = choice;
    let margin = forest.look.theme.margin;
    let indent = if prepared.blocks { 0.9 * size } else { 0.0 };
    let mut blocks = Blocks::measure(forest, prepared, choice);
    // A cell that fills a quarter of the page belongs into no column.
    if blocks.left.iter().chain(&blocks.right).any(|c| c.index.is_some() && c.width > 0.3 * page) {
        return None;
    }
    let shares = blocks.shares(forest, prepared, page, choice, indent)?;
    let (plot_left, plot_right) = blocks.arrange(page, margin, &shares);
    let groups = blocks.placed_groups();
    let numbers = match forest.numbers_side {
        ColumnSide::Left => blocks.left.pop()?,
        ColumnSide::Right => blocks.right.pop()?,
    };
    let mut layout = Layout {
        width: page,
        size,
        margin,
        study_header: font::wrap(&forest.study_header, shares.study, HEADER_LINES, bold(size)),
        plot_left,
        plot_right,
        numbers,
        parts: blocks.parts,
        title: Vec::new(),
        title_top: margin,
        header_top: margin,
        header_bottom: 0.0,
        rows: Vec::new(),
        rows_bottom: 0.0,
        groups,
        columns: blocks.left.iter().chain(&blocks.right).chain(&blocks.lights).cloned().collect(),
        footer: Vec::new(),
        dropped: dropped(forest, prepared, kept, weights),
    };
    stack(forest, prepared, &mut layout, indent, blocks.gap);
    Some(layout)
}

/// The width of a row's label.
fn label_width(row: &PreparedRow, size: f64, indent: f64) -> f64 {
    let extra = if row.kind == RowKind::Study { indent } else { 0.0 };
    font::width(&row.label, size, row_weight(row.kind)) + extra
}

impl Blocks {
    fn measure(forest: &Forest, prepared: &Prepared, choice: &Choice<'_>) -> Self {
        let &Choice { size, kept, weights, .. } = choice;
        let (gap, light_gap) = (1.1 * size, 0.2 * size);
        let column = |i: &usize| forest.columns.get(*i);
        let unplaced =
            |index, width, align| PlacedColumn { index, left: 0.0, width, align, header: Vec::new() };
        let side = |side: ColumnSide| {
            kept.iter().copied().filter(move |i| column(i).is_some_and(|c| c.side == side))
        };
        let text_column = |i: usize| {
            let cells =
                prepared.rows.iter().filter_map(|row| Some((row_weight(row.kind), row.cells.get(i)?)));
            let width = cells.map(|(weight, cell)| font::width(cell, size, weight)).fold(0.0, f64::max);
            let mut placed = unplaced(Some(i), width, column(&i).map_or(Anchor::End, |c| c.align));
            fit_header(&mut placed, column(&i).map_or("", |c| c.header.as_str()), size);
            placed
        };
        let is_light = |i: &usize| column(i).is_some_and(|c| c.lights);
        let texts = |from: ColumnSide| side(from).filter(|i| !is_light(i)).map(text_column).collect();
        let (mut left, mut right): (Vec<_>, Vec<_>) = (texts(ColumnSide::Left), texts(ColumnSide::Right));
        let light = |i: usize| PlacedColumn {
            header: column(&i).map(|c| vec![c.header.clone()]).unwrap_or_default(),
            ..unplaced(Some(i), LIGHT * size, Anchor::Middle)
        };
        let mut lights: Vec<_> = kept.iter().copied().filter(|i| is_light(i)).map(light).collect();
        let mut groups = group_headers(forest, &mut lights, size, light_gap);
        for block in [&mut left, &mut right] {
            groups.extend(group_headers(forest, block, size, gap));
        }
        if weights {
            let texts =
                prepared.rows.iter().map(|row| font::width(&row.weight_text, size, row_weight(row.kind)));
            let mut placed = unplaced(None, texts.fold(0.0, f64::max), Anchor::End);
            fit_header(&mut placed, "Weight", size);
            match forest.weights_side {
                ColumnSide::Left => left.push(placed),
                ColumnSide::Right => right.push(placed),
            }
        }
        let parts = number_parts(forest, prepared, size);
        let mut numbers = unplaced(None, parts.width, Anchor::End);
        fit_header(&mut numbers, &prepare::effect_header(forest), size);
        match forest.numbers_side {
            ColumnSide::Left => left.push(numbers),
            ColumnSide::Right => right.push(numbers),
        }
        Self { left, right, lights, groups, parts, gap, light_gap, plot_gap: 1.3 * size }
    }

    /// The room of the lights with the gap before them.
    fn light_room(&self) -> f64 {
        match self.lights.len() {
            0 => 0.0,
            n => total_width(&self.lights) + self.light_gap * (n - 1) as f64 + self.gap,
        }
    }

    /// Divides what the columns leave of the page between labels, plot and gaps; `None` if it is too little.
    fn shares(
        &self,
        forest: &Forest,
        prepared: &Prepared,
        page: f64,
        choice: &Choice<'_>,
        indent: f64,
    ) -> Option<Shares> {
        let &Choice { size, study_least, plot_least, .. } = choice;
        let fixed = 2.0 * forest.look.theme.margin
            + total_width(&self.left)
            + self.gap * self.left.len() as f64
            + 2.0 * self.plot_gap
            + self.light_room()
            + total_width(&self.right)
            + self.gap * (self.right.len().saturating_sub(1)) as f64;
        let room = page - fixed - plot_least;
        // The label of a row may run over its empty cells, so that only labels beside cells ask for room.
        let beside = |row: &&PreparedRow| {
            self.left.first().is_none_or(|c| match c.index {
                Some(i) => row.cells.get(i).is_some_and(|cell| !cell.is_empty()),
                None => true,
            })
        };
        let header_width = font::width(&forest.study_header, size, Weight::Bold);
        let labels = prepared.rows.iter().filter(|row| !matches!(row.kind, RowKind::Note | RowKind::Heading));
        let natural = labels
            .filter(beside)
            .map(|row| label_width(row, size, indent))
            .fold(header_width.min(20.0 * size), f64::max);
        let natural = natural.min(0.4 * page).max(4.0 * size);
        if room < natural.min(study_least) {
            return None;
        }
        let mut study = natural.min(room);
        let mut plot = page - fixed - study;
        let plot_most = (0.46 * page).max(plot_least);
        let mut spread = 0.0;
        if plot > plot_most {
            // More room than anything needs: the gaps take it, and the plot what is left.
            let gaps = (self.left.len() + self.right.len() + 1) as f64;
            spread = ((plot - plot_most) / gaps).min(1.4 * size);
            plot -= spread * gaps;
            let rows = prepared.rows.iter().filter(|row| row.kind != RowKind::Note);
            let labels = rows.map(|row| label_width(row, size, indent)).fold(0.0, f64::max);
            let more = (labels.min(0.4 * page) - study).clamp(0.0, (plot - plot_most).max(0.0));
            study += more;
            plot -= more;
        }
        Some(Shares { study, plot, spread })
    }

    /// Sets the columns side by side, and returns the ends of the plot.
    fn arrange(&mut self, page: f64, margin: f64, shares: &Shares) -> (f64, f64) {
        let light_room = self.light_room();
        let (gap, spread) = (self.gap, shares.spread);
        let mut x = margin + shares.study;
        for column in &mut self.left {
            column.left = x + gap + spread;
            x = column.left + column.width;
        }
        let plot_left = x + self.plot_gap + if self.left.is_empty() { spread / 2.0 } else { spread };
        let mut x = page - margin;
        for column in self.lights.iter_mut().rev() {
            column.left = x - column.width;
            x = column.left - self.light_gap;
        }
        let mut x = page - margin - light_room;
        for column in self.right.iter_mut().rev() {
            column.left = x - column.width;
            x = column.left - gap - spread;
        }
        (plot_left, plot_left + shares.plot)
    }

    /// The headers over several columns, once these have their places.
    fn placed_groups(&self) -> Vec<PlacedGroup> {
        let place = |(members, lines): &GroupHeader| {
            let of_group = |c: &&PlacedColumn| c.index.is_some_and(|i| members.contains(&i));
            let columns = self.left.iter().chain(&self.right).chain(&self.lights);
            let ends: Vec<&PlacedColumn> = columns.filter(of_group).collect();
            let (first, last) = (ends.first()?, ends.last()?);
            let depth = ends.iter().map(|c| c.header.len()).max().unwrap_or(0);
            Some(PlacedGroup { left: first.left, right: last.left + last.width, lines: lines.clone(), depth })
        };
        self.groups.iter().filter_map(place).collect()
    }
}

fn total_width(columns: &[PlacedColumn]) -> f64 {
    columns.iter().map(|c| c.width).sum()
}

/// Widens a column to the longest word of its header and breaks the header into lines.
fn fit_header(column: &mut PlacedColumn, header: &str, size: f64) {
    let header = font::clean(header);
    let measure = bold(size);
    let word = header.split([' ', '-', '/']).map(&measure).fold(0.0, f64::max) + 0.4 * size;
    column.width = column.width.max(word.min(14.0 * size));
    // Two lines of about the same length look better than a long and a short one.
    let whole = measure(&header);
    if whole > column.width && whole <= 1.25 * column.width {
        column.width = whole;
    }
    column.header = font::wrap(&header, column.width, HEADER_LINES, measure);
}

/// Headers over neighbors of the same group; columns widen where a header is wider than they are.
fn group_headers(forest: &Forest, columns: &mut [PlacedColumn], size: f64, gap: f64) -> Vec<GroupHeader> {
    let group = |c: &PlacedColumn| c.index.and_then(|i| forest.columns.get(i)?.group.clone());
    let mut headers = Vec::new();
    for block in columns.chunk_by_mut(|a, b| group(a).is_some() && group(a) == group(b)) {
        let Some(name) = block.first().and_then(group) else { continue };
        let name = font::clean(&name);
        let measure = bold(size);
        let own = block.iter().map(|c| c.width).sum::<f64>() + gap * block.len().saturating_sub(1) as f64;
        let word = name.split([' ', '-', '/']).map(&measure).fold(0.0, f64::max).min(14.0 * size);
        let wanted = if measure(&name) <= 1.3 * own { measure(&name) } else { word + 0.4 * size };
        let more = ((wanted - own) / block.len() as f64).max(0.0);
        for column in block.iter_mut() {
            column.width += more;
        }
        let lines = font::wrap(&name, own.max(wanted) + 1e-6, HEADER_LINES, measure);
        headers.push((block.iter().filter_map(|c| c.index).collect(), lines));
    }
    headers
}

/// The widths of the parts of estimates and intervals.
fn number_parts(forest: &Forest, prepared: &Prepared, size: f64) -> NumberParts {
    let (open, between, close) = forest.interval_style.marks();
    let space = 0.26 * size;
    let (mut estimates, mut lowers, mut uppers, mut other): (f64, f64, f64, f64) = (0.0, 0.0, 0.0, 0.0);
    for row in &prepared.rows {
        let measure = |text: &str| font::width(text, size, row_weight(row.kind));
        match &row.numbers {
            Numbers::None => {}
            Numbers::NotEstimable => other = other.max(measure(NOT_ESTIMABLE)),
            Numbers::Interval { estimate, lower, upper } => {
                estimates = estimates.max(estimate.as_deref().map_or(0.0, measure));
                lowers = lowers.max(measure(&format!("{open}{lower}{between}")));
                uppers = uppers.max(measure(&format!("{upper}{close}")));
            }
        }
    }
    let lower_end = uppers + space;
    let estimate_end = lower_end + lowers + space * 1.5;
    NumberParts { width: (estimate_end + estimates).max(other), estimate_end, lower_end }
}

fn dropped(forest: &Forest, prepared: &Prepared, kept: &[usize], weights: bool) -> Vec<String> {
    let columns = forest.columns.iter().enumerate().filter(|(i, _)| !kept.contains(i));
    let names = columns.map(|(_, column)| match &column.group {
        Some(group) => format!("{group}: {}", column.header),
        None => column.header.clone(),
    });
    let weight = (prepared.has_weights && !weights).then(|| "Weight".to_owned());
    names.chain(weight).collect()
}

/// Heights: headers, rows, footer.
fn stack(forest: &Forest, prepared: &Prepared, layout: &mut Layout, indent: f64, gap: f64) {
    let (size, page, margin) = (layout.size, layout.width, layout.margin);
    let line = LINE * size;
    let pad = if prepared.studies > 40 { 0.16 } else { 0.42 } * size;
    let inner = page - 2.0 * margin;
    let mut y = margin;
    if let Some(title) = forest.look.title.as_ref().filter(|title| !font::clean(title).is_empty()) {
        layout.title = font::wrap(title, inner, 3, bold(1.2 * size));
        y += layout.title.len() as f64 * 1.2 * line + 0.5 * line;
    }
    layout.header_top = y;
    let grouped = layout.groups.iter().map(|group| (group.lines.len() + group.depth) as f64 + 0.35);
    let single = layout.columns.iter().chain([&layout.numbers]).map(|c| c.header.len());
    let single = single.fold(layout.study_header.len(), usize::max) as f64;
    y += grouped.fold(single, f64::max) * line;
    layout.header_bottom = y + 0.2 * line;
    y = layout.header_bottom + 0.25 * line;
    let mut before: Option<RowKind> = None;
    for (index, row) in prepared.rows.iter().enumerate() {
        y += space_before(row.kind, before) * line;
        let left = margin + if row.kind == RowKind::Study { indent } else { 0.0 };
        let limit = (label_end(layout, row) - gap * 0.8 - left).max(size);
        let (text_size, measure_weight) = (row_size(row.kind, size), row_weight(row.kind));
        let measure = |text: &str| font::width(text, text_size, measure_weight);
        let free = matches!(row.kind, RowKind::Note | RowKind::Heading);
        let across = free && measure(&row.label) > limit;
        let (limit, most) = match (across, row.kind) {
            (true, _) => (page - margin - left, 6),
            (false, _) => (limit, LABEL_LINES),
        };
        let lines = font::wrap(&row.label, limit, most, measure);
        let cut = lines.last().is_some_and(|last| last.ends_with('…')) && !row.label.ends_with('…');
        let across = across.then(|| left + lines.iter().map(|text| measure(text)).fold(0.0, f64::max));
        let height = lines.len() as f64 * line + pad;
        layout.rows.push(PlacedRow { index, top: y, bottom: y + height, left, lines, cut, across });
        y += height;
        before = Some(row.kind);
    }
    layout.rows_bottom = y + 0.3 * line;
    let footer = forest.footer.iter().filter(|text| !font::clean(text).is_empty());
    layout.footer = footer.flat_map(|text| font::wrap(text, inner, 12, regular(0.92 * size))).collect();
}

/// The right end of the room of a row's label: the first cell that says something, or the plot.
fn label_end(layout: &Layout, row: &PreparedRow) -> f64 {
    let filled = |c: &&PlacedColumn| {
        c.left < layout.plot_left && c.index.and_then(|i| row.cells.get(i)).is_some_and(|t| !t.is_empty())
    };
    // Weights and numbers may stand on the left, too.
    let words = layout.columns.iter().find(filled).map(|c| match c.align {
        Anchor::Start => c.left,
        _ => {
            let cell = c.index.and_then(|i| row.cells.get(i)).map_or("", |t| t.as_str());
            let width = font::width(cell, layout.size, row_weight(row.kind));
            if c.align == Anchor::End { c.left + c.width - width } else { c.left + (c.width - width) / 2.0 }
        }
    });
    let weights = layout.columns.iter().find(|c| c.index.is_none() && c.left < layout.plot_left);
    let weights = weights.filter(|_| !row.weight_text.is_empty()).map(|c| c.left);
    let numbers = (layout.numbers.left < layout.plot_left && row.numbers != Numbers::None)
        .then_some(layout.numbers.left);
    let end = [words, weights, numbers].into_iter().flatten().reduce(f64::min);
    let columns = layout.columns.iter().chain([&layout.numbers]);
    let first = columns.filter(|c| c.left < layout.plot_left).map(|c| c.left).reduce(f64::min);
    match (row.kind, end, first) {
        // Studies keep to their column, so that it reads as one.
        (RowKind::Study, Some(_), Some(first)) => first,
        (_, Some(end), _) => end,
        (_, None, _) => layout.plot_left,
    }
}

/// White space that sets blocks apart, in lines.
fn space_before(kind: RowKind, before: Option<RowKind>) -> f64 {
    match (kind, before) {
        (_, None) => 0.0,
        (RowKind::Heading, Some(RowKind::Heading)) => 0.0,
        (RowKind::Heading, Some(_)) => 0.55,
        (RowKind::Total, Some(RowKind::Total)) => 0.0,
        (RowKind::Total, Some(_)) => 0.4,
        (RowKind::Study, Some(kind)) if !matches!(kind, RowKind::Study | RowKind::Heading) => 0.4,
        _ => 0.0,
    }
}
