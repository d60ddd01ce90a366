//! The forest plot in a terminal: the same rows in cells of fixed width.

use serde::{Deserialize, Serialize};

use super::{
    input::{ColumnSide, Forest},
    prepare::{self, Prepared, PreparedRow, RowKind},
};
use crate::{
    Error, Result,
    plot::{
        axis::{self, Tick},
        font,
        review::Judgement,
        scene::Anchor,
    },
};

/// Options of the printed forest plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextOptions {
    /// The number of characters in a line.
    pub width: usize,
    /// The characters that draw it.
    pub charset: Charset,
}

impl Default for TextOptions {
    fn default() -> Self {
        TextOptions { width: 100, charset: Charset::Unicode }
    }
}

impl TextOptions {
    /// The number of characters in a line.
    #[must_use]
    pub fn width(mut self, width: usize) -> Self {
        self.width = width;
        self
    }

    /// The characters that draw it.
    #[must_use]
    pub fn charset(mut self, charset: Charset) -> Self {
        self.charset = charset;
        self
    }
}

/// The characters of a printed figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Charset {
    /// Lines, squares and diamonds.
    #[default]
    Unicode,
    /// The 95 printable characters of ASCII. Marks and signs are translated; letters of names stay as they are.
    Ascii,
}

crate::codes::codes!(Charset, "character set" {
    Unicode "unicode" [], Ascii "ascii" [],
});

/// The characters for each mark.
struct Glyphs {
    line: char,
    small: char,
    medium: char,
    large: char,
    diamond_left: char,
    diamond: char,
    diamond_right: char,
    summary: char,
    prediction: char,
    left: char,
    right: char,
    null: char,
    axis: char,
    tick: char,
    rule: char,
}

const UNICODE: Glyphs = Glyphs {
    line: '─',
    small: '▪',
    medium: '■',
    large: '█',
    diamond_left: '◄',
    diamond: '◆',
    diamond_right: '►',
    summary: '━',
    prediction: '═',
    left: '◂',
    right: '▸',
    null: '│',
    axis: '─',
    tick: '┬',
    rule: '─',
};

const ASCII: Glyphs = Glyphs {
    line: '-',
    small: '.',
    medium: 'o',
    large: '#',
    diamond_left: '<',
    diamond: '#',
    diamond_right: '>',
    summary: '=',
    prediction: '~',
    left: '<',
    right: '>',
    null: '|',
    axis: '-',
    tick: '+',
    rule: '-',
};

impl Forest {
    /// The figure as lines of text, each at most as wide as asked for (60 characters at least), ended by a line feed.
    ///
    /// Columns of data are shown as far as they find room, those of the highest priority first.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](crate::plot::Figure::scene) that concern the data, and [`Error::Setting`] for a width
    /// below 60 or above 1000 characters.
    pub fn to_text(&self, options: &TextOptions) -> Result<String> {
        if !(60..=1000).contains(&options.width) {
            let found = format!("{} characters", options.width);
            return Err(Error::setting("width", found, "give a width between 60 and 1000 characters"));
        }
        let mut prepared = prepare::prepare(self)?;
        // Lights are signs here.
        for (i, _) in self.columns.iter().enumerate().filter(|(_, column)| column.lights) {
            for cell in prepared.rows.iter_mut().filter_map(|row| row.cells.get_mut(i)) {
                *cell = Judgement::read(cell).map_or("", Judgement::sign).to_owned();
            }
        }
        match options.charset {
            Charset::Unicode => Ok(Printing::new(self, &prepared, options.width, options.charset).print()),
            Charset::Ascii => {
                let forest = in_ascii(self, &mut prepared);
                let text = Printing::new(&forest, &prepared, options.width, options.charset).print();
                Ok(text.replace('…', "~").replace('←', "<").replace('→', ">"))
            }
        }
    }
}

/// The signs that this crate and statisticians write, in ASCII.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '−' | '–' | '—' => out.push('-'),
            '∞' => out.push_str("Inf"),
            '²' => out.push_str("^2"),
            'τ' => out.push_str("tau"),
            'χ' => out.push_str("chi"),
            '≤' => out.push_str("<="),
            '≥' => out.push_str(">="),
            '×' => out.push('x'),
            '±' => out.push_str("+/-"),
            _ => out.push(c),
        }
    }
    out
}

/// All texts in ASCII before they are measured.
fn in_ascii(forest: &Forest, prepared: &mut Prepared) -> Forest {
    for row in &mut prepared.rows {
        row.label = ascii(&row.label);
        row.weight_text = ascii(&row.weight_text);
        row.cells.iter_mut().for_each(|cell| *cell = ascii(cell));
        if let prepare::Numbers::Interval { estimate, lower, upper } = &mut row.numbers {
            for text in estimate.iter_mut().chain([lower, upper]) {
                *text = ascii(text);
            }
        }
    }
    let mut forest = forest.clone();
    for text in forest.footer.iter_mut().chain(&mut forest.look.title).chain([&mut forest.effect_label]) {
        *text = ascii(text);
    }
    for column in &mut forest.columns {
        column.header = ascii(&column.header);
        column.group = column.group.as_deref().map(ascii);
    }
    forest
}

struct TextColumn {
    index: Option<usize>,
    header: String,
    /// A header above its own that neighbors share.
    group: Option<String>,
    width: usize,
    left_aligned: bool,
}

struct Printing<'a> {
    forest: &'a Forest,
    prepared: &'a Prepared,
    glyphs: &'static Glyphs,
    charset: Charset,
    width: usize,
    label: usize,
    left: Vec<TextColumn>,
    right: Vec<TextColumn>,
    plot: usize,
    indent: usize,
    /// Widths of estimate, lower and upper limit.
    parts: (usize, usize, usize),
}

const GAP: usize = 2;

impl<'a> Printing<'a> {
    fn new(forest: &'a Forest, prepared: &'a Prepared, width: usize, charset: Charset) -> Self {
        let glyphs = match charset {
            Charset::Unicode => &UNICODE,
            Charset::Ascii => &ASCII,
        };
        let mut parts = (0, 0, 0);
        for row in &prepared.rows {
            if let prepare::Numbers::Interval { estimate, lower, upper } = &row.numbers {
                parts.0 = parts.0.max(estimate.as_deref().map_or(0, font::cells));
                parts.1 = parts.1.max(font::cells(lower));
                parts.2 = parts.2.max(font::cells(upper));
            }
        }
        let mut printing = Printing {
            forest,
            prepared,
            glyphs,
            charset,
            width,
            label: 0,
            left: Vec::new(),
            right: Vec::new(),
            plot: 0,
            indent: if prepared.blocks { 2 } else { 0 },
            parts,
        };
        printing.choose_columns();
        printing
    }

    fn numbers(&self, row: &PreparedRow) -> String {
        let (open, between, close) = self.forest.interval_style.marks();
        match &row.numbers {
            prepare::Numbers::Interval { estimate, lower, upper } => {
                let estimate = padded(estimate.as_deref().unwrap_or(""), self.parts.0, false);
                let lower = padded(&format!("{open}{lower}"), self.parts.1 + 1, false);
                format!("{estimate} {lower}{between} {}{close}", padded(upper, self.parts.2, false))
            }
            numbers => prepare::joined(self.forest, numbers),
        }
    }

    /// The columns by falling priority, as long as a fifth of the line is left for the plot.
    fn choose_columns(&mut self) {
        let rows = &self.prepared.rows;
        let header = prepare::effect_header(self.forest);
        let numbers = rows.iter().map(|row| font::cells(&self.numbers(row))).max().unwrap_or(0);
        self.right.push(TextColumn {
            index: None,
            group: None,
            width: numbers.max(font::cells(&header).min(28)),
            header,
            left_aligned: false,
        });
        let labels =
            rows.iter().filter(|row| matches!(row.kind, RowKind::Study | RowKind::Subtotal | RowKind::Total));
        let longest = labels.map(|row| font::cells(&row.label) + self.indent).max().unwrap_or(0);
        let header = font::cells(&self.forest.study_header);
        let least = (self.width / 5).max(16);
        let taken = |p: &Self| {
            let columns = p.left.iter().chain(&p.right).map(|c| c.width + GAP).sum::<usize>();
            p.label + columns + GAP
        };
        self.label = (self.width / 5).max(12);
        if self.prepared.has_weights && taken(self) + 8 + least <= self.width {
            let header = "Weight".to_owned();
            self.right
                .insert(0, TextColumn { index: None, header, group: None, width: 6, left_aligned: false });
        }
        // Names before data: up to two fifths of the line.
        let spare = self.width.saturating_sub(taken(self) - self.label + least).min(self.width * 2 / 5);
        self.label = longest.max(header).clamp(8, spare.max(12));
        let mut room = self.width.saturating_sub(taken(self) + least);
        let columns = &self.forest.columns;
        let mut kept: Vec<(usize, TextColumn)> = Vec::new();
        let mut wanted: Vec<usize> = (0..columns.len()).collect();
        while let Some(first) = wanted
            .iter()
            .copied()
            .max_by_key(|&i| (columns.get(i).map_or(0, |c| c.priority), std::cmp::Reverse(i)))
        {
            let unit = super::layout::together(columns, &wanted, first);
            wanted.retain(|i| !unit.contains(i));
            let mut added: Vec<(usize, TextColumn)> =
                unit.iter().filter_map(|&i| Some((i, self.text_column(i)?))).collect();
            widen_to_groups(&mut added);
            let width = added.iter().map(|(_, column)| column.width + GAP).sum::<usize>();
            if width > room {
                break;
            }
            room -= width;
            kept.extend(added);
        }
        kept.sort_by_key(|(i, _)| *i);
        for (i, column) in kept {
            match columns.get(i).map(|c| c.side) {
                Some(ColumnSide::Right) => {
                    let at = self.right.iter().position(|c| c.index.is_none()).unwrap_or(0);
                    self.right.insert(at, column);
                }
                _ => self.left.push(column),
            }
        }
        self.plot = self.width.saturating_sub(taken(self)).max(8);
        let most = (self.width / 2).max(24);
        self.plot = self.plot.min(most);
    }

    fn text_column(&self, i: usize) -> Option<TextColumn> {
        let column = self.forest.columns.get(i)?;
        let header = font::clean(&column.header);
        let cells =
            self.prepared.rows.iter().filter_map(|row| row.cells.get(i)).map(|cell| font::cells(cell));
        let width = cells.fold(font::cells(&header).min(10), usize::max);
        let left_aligned = column.align == Anchor::Start;
        Some(TextColumn {
            index: Some(i),
            header,
            group: column.group.as_deref().map(font::clean),
            width,
            left_aligned,
        })
    }

    /// The headers that columns share, each in the middle of its columns.
    fn group_header(&self) -> Option<String> {
        let mut canvas = Canvas::new(self.width);
        let mut any = false;
        for (columns, mut from) in
            [(&self.left, self.label + GAP), (&self.right, self.plot_start() + self.plot + GAP)]
        {
            for block in columns.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
                let whole = block.iter().map(|c| c.width + GAP).sum::<usize>() - GAP;
                if let Some(group) = block.first().and_then(|column| column.group.as_ref()) {
                    let group = font::cut(group, whole as f64, |text| font::cells(text) as f64);
                    canvas.write((from + (whole - font::cells(&group)) / 2) as i64, &group);
                    any = true;
                }
                from += whole + GAP;
            }
        }
        any.then(|| canvas.text())
    }

    fn print(&self) -> String {
        let mut lines = Vec::new();
        if let Some(title) = &self.forest.look.title {
            lines.extend(self.wrapped(title, 0));
        }
        lines.extend(self.group_header());
        lines.extend(self.header());
        lines.push(self.glyphs.rule.to_string().repeat(self.line_width()));
        let mut before: Option<RowKind> = None;
        for row in &self.prepared.rows {
            let set_apart = match (row.kind, before) {
                (_, None) | (RowKind::Total, Some(RowKind::Total)) => false,
                (RowKind::Heading | RowKind::Total, _) => true,
                (RowKind::Study, Some(kind)) => !matches!(kind, RowKind::Study | RowKind::Heading),
                _ => false,
            };
            if set_apart {
                lines.push(self.line("", &[], &self.plot_line(None), &[]));
            }
            match row.kind {
                RowKind::Heading | RowKind::Note => lines.extend(self.wrapped(&row.label, 0)),
                _ => lines.push(self.row(row)),
            }
            before = Some(row.kind);
        }
        lines.extend(self.axis());
        for text in &self.forest.footer {
            lines.extend(self.wrapped(text, 0));
        }
        let cut =
            |line: String| font::cut(line.trim_end(), self.width as f64, |text| font::cells(text) as f64);
        lines.into_iter().map(|line| cut(line) + "\n").collect()
    }

    fn line_width(&self) -> usize {
        self.plot_start() + self.plot + self.right.iter().map(|c| c.width + GAP).sum::<usize>()
    }

    fn plot_start(&self) -> usize {
        self.label + self.left.iter().map(|c| c.width + GAP).sum::<usize>() + GAP
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let limit = (self.width - indent) as f64;
        let lines = font::wrap(text, limit, 12, |text| font::cells(text) as f64);
        lines.into_iter().map(|line| " ".repeat(indent) + &line).collect()
    }

    fn header(&self) -> Vec<String> {
        let break_up =
            |text: &str, width: usize| font::wrap(text, width as f64, 4, |t| font::cells(t) as f64);
        let study = break_up(&self.forest.study_header, self.label);
        let left: Vec<Vec<String>> = self.left.iter().map(|c| break_up(&c.header, c.width)).collect();
        let right: Vec<Vec<String>> = self.right.iter().map(|c| break_up(&c.header, c.width)).collect();
        let deepest = left.iter().chain(&right).map(Vec::len).fold(study.len(), usize::max);
        let pick = |lines: &Vec<String>, i: usize| {
            (i + lines.len()).checked_sub(deepest).and_then(|at| lines.get(at).cloned()).unwrap_or_default()
        };
        (0..deepest)
            .map(|i| {
                let left: Vec<String> = left.iter().map(|lines| pick(lines, i)).collect();
                let right: Vec<String> = right.iter().map(|lines| pick(lines, i)).collect();
                self.line(&pick(&study, i), &left, "", &right)
            })
            .collect()
    }

    fn line(&self, label: &str, left: &[String], plot: &str, right: &[String]) -> String {
        let mut out = padded(label, self.label, true);
        for (i, column) in self.left.iter().enumerate() {
            out.push_str(&" ".repeat(GAP));
            out.push_str(&padded(left.get(i).map_or("", |t| t), column.width, column.left_aligned));
        }
        out.push_str(&" ".repeat(GAP));
        out.push_str(&padded(plot, self.plot, true));
        for (i, column) in self.right.iter().enumerate() {
            out.push_str(&" ".repeat(GAP));
            out.push_str(&padded(right.get(i).map_or("", |t| t), column.width, column.left_aligned));
        }
        out
    }

    fn row(&self, row: &PreparedRow) -> String {
        let cell = |column: &TextColumn| match column.index {
            Some(i) => row.cells.get(i).cloned().unwrap_or_default(),
            None if column.header == "Weight" => row.weight_text.clone(),
            None => self.numbers(row),
        };
        let left: Vec<String> = self.left.iter().map(cell).collect();
        let right: Vec<String> = self.right.iter().map(cell).collect();
        let indent = if row.kind == RowKind::Study { self.indent } else { 0 };
        let limit = (self.label - indent) as f64;
        let label = " ".repeat(indent) + &font::cut(&row.label, limit, |text| font::cells(text) as f64);
        self.line(&label, &left, &self.plot_line(Some(row)), &right)
    }

    /// The cell of a place along the axis, if the axis reaches it.
    fn column(&self, place: f64) -> Option<usize> {
        let (low, high) = (self.prepared.low, self.prepared.high);
        (place >= low && place <= high)
            .then(|| ((place - low) / (high - low) * (self.plot - 1) as f64).round() as usize)
    }

    fn plot_line(&self, row: Option<&PreparedRow>) -> String {
        let mut cells = vec![' '; self.plot];
        let mut put = |at: Option<usize>, c: char| {
            if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
                *cell = c;
            }
        };
        let glyphs = self.glyphs;
        put(self.prepared.null.and_then(|null| self.column(null)), glyphs.null);
        if let Some((row, span)) = row.and_then(|row| Some((row, row.span?))) {
            let (low, high) = (self.prepared.low, self.prepared.high);
            let ends = (span.lower.clamp(low, high), span.upper.clamp(low, high));
            let (from, to) = (self.column(ends.0).unwrap_or(0), self.column(ends.1).unwrap_or(0));
            let shown = span.upper >= low && span.lower <= high;
            let line = match row.kind {
                RowKind::Prediction => glyphs.prediction,
                RowKind::Subtotal | RowKind::Total => glyphs.summary,
                _ => glyphs.line,
            };
            for at in (from..=to).filter(|_| shown) {
                put(Some(at), line);
            }
            if matches!(row.kind, RowKind::Subtotal | RowKind::Total) && to > from {
                put(Some(from), glyphs.diamond_left);
                put(Some(to), glyphs.diamond_right);
            }
            if span.lower < low {
                put(Some(0), glyphs.left);
            }
            if span.upper > high {
                put(Some(self.plot - 1), glyphs.right);
            }
            put(span.estimate.and_then(|place| self.column(place)), self.mark(row));
        }
        cells.into_iter().collect()
    }

    fn mark(&self, row: &PreparedRow) -> char {
        if matches!(row.kind, RowKind::Subtotal | RowKind::Total) {
            return self.glyphs.diamond;
        }
        match row.weight.map(|weight| weight / self.prepared.largest_weight) {
            Some(share) if share < 1.0 / 3.0 => self.glyphs.small,
            Some(share) if share > 2.0 / 3.0 => self.glyphs.large,
            _ => self.glyphs.medium,
        }
    }

    fn axis(&self) -> Vec<String> {
        let kind = self.forest.axis;
        let (low, high) = (self.prepared.low, self.prepared.high);
        let start = self.plot_start() as i64;
        let place = |tick: &Tick| {
            let width = font::cells(&tick.label) as i64;
            let at = self.column(kind.position(tick.value))? as i64;
            let center = start + at - (width - 1) / 2;
            Some((at, center.clamp(0, self.width as i64 - width), width))
        };
        let fits = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => match (place(a), place(b)) {
                    (Some(a), Some(b)) => a.1 + a.2 + 1 < b.1 + 1,
                    _ => false,
                },
                _ => true,
            })
        };
        let ticks = match &self.forest.ticks {
            Some(values) => {
                let mut values = values.clone();
                values.sort_by(f64::total_cmp);
                let mut kept: Vec<Tick> = Vec::new();
                for tick in axis::labelled(&values) {
                    let mut next = kept.clone();
                    next.push(tick);
                    if next.iter().all(|tick| place(tick).is_some()) && fits(&next) {
                        kept = next;
                    }
                }
                kept
            }
            None => axis::ticks(kind, kind.value(low), kind.value(high), 9, fits),
        };
        let write =
            |label: &str| if self.charset == Charset::Ascii { ascii(label) } else { label.to_owned() };
        let mut rule = vec![self.glyphs.axis; self.plot];
        let mut labels = Canvas::new(self.width);
        for tick in &ticks {
            if let Some((at, from, _)) = place(tick) {
                if let Some(cell) = rule.get_mut(at as usize) {
                    *cell = self.glyphs.tick;
                }
                labels.write(from, &write(&tick.label));
            }
        }
        let indent = " ".repeat(self.plot_start());
        let mut lines = vec![indent.clone() + &rule.into_iter().collect::<String>(), labels.text()];
        let width = self.width as f64;
        if let Some((to_left, to_right)) = &self.forest.favours {
            let center = self.prepared.null.and_then(|null| self.column(null)).unwrap_or(self.plot / 2);
            let center = self.plot_start() + center;
            let measure = |text: &str| font::cells(text) as f64;
            let (to_left, to_right) = (font::clean(to_left), font::clean(to_right));
            let mut canvas = Canvas::new(self.width);
            if !to_left.is_empty() {
                let text = font::cut(&format!("← {to_left}"), center as f64 - 1.0, measure);
                canvas.write(center as i64 - 1 - font::cells(&text) as i64, &text);
            }
            if !to_right.is_empty() {
                let text = font::cut(&to_right, width - center as f64 - 4.0, measure);
                canvas.write(center as i64 + 2, &format!("{text} →"));
            }
            lines.push(canvas.text());
        }
        let label =
            font::cut(&font::clean(&self.forest.effect_label), width, |text| font::cells(text) as f64);
        let middle = start + self.plot as i64 / 2;
        let cells = font::cells(&label) as i64;
        let mut canvas = Canvas::new(self.width);
        canvas.write((middle - cells / 2).clamp(0, (self.width as i64 - cells).max(0)), &label);
        lines.push(canvas.text());
        lines
    }
}

/// Columns are at least as wide together as the header that they share, up to 24 cells.
fn widen_to_groups(columns: &mut [(usize, TextColumn)]) {
    for block in columns.chunk_by_mut(|(_, a), (_, b)| a.group.is_some() && a.group == b.group) {
        let own = block.iter().map(|(_, c)| c.width + GAP).sum::<usize>() - GAP;
        let wanted =
            block.first().and_then(|(_, c)| c.group.as_ref()).map_or(0, |group| font::cells(group).min(24));
        if let Some((_, first)) = block.first_mut() {
            first.width += wanted.saturating_sub(own);
        }
    }
}

/// A line on which texts are written at a cell.
struct Canvas {
    parts: Vec<(i64, String)>,
    width: usize,
}

impl Canvas {
    fn new(width: usize) -> Self {
        Canvas { parts: Vec::new(), width }
    }

    fn write(&mut self, at: i64, text: &str) {
        self.parts.push((at.max(0), text.to_owned()));
    }

    fn text(mut self) -> String {
        self.parts.sort_by_key(|(at, _)| *at);
        let mut out = String::new();
        let mut cells = 0;
        for (at, text) in &self.parts {
            let space = (*at as usize).saturating_sub(cells);
            out.push_str(&" ".repeat(space));
            out.push_str(text);
            cells += space + font::cells(text);
        }
        font::cut(&out, self.width as f64, |text| font::cells(text) as f64)
    }
}

/// The text in a field of so many cells, cut if it is longer.
fn padded(text: &str, width: usize, left: bool) -> String {
    let text = font::cut(text, width as f64, |text| font::cells(text) as f64);
    let space = " ".repeat(width.saturating_sub(font::cells(&text)));
    if left { text + &space } else { space + &text }
}
