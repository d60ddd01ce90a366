//! The forest plot in a terminal: the same rows in cells of fixed width.

use std::{fmt, str::FromStr};

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
        scene::Anchor,
    },
};

/// How a forest plot is printed.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// Lines, squares and diamonds.
    #[default]
    Unicode,
    /// The 95 printable characters of ASCII. Marks and signs are translated; letters of names stay as they are.
    Ascii,
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Charset::Unicode => "unicode",
            Charset::Ascii => "ascii",
        })
    }
}

impl FromStr for Charset {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "unicode" => Ok(Charset::Unicode),
            "ascii" => Ok(Charset::Ascii),
            _ => Err(Error::unknown("character set", name, ["unicode", "ascii"])),
        }
    }
}

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
    /// Those of [`scene`](Self::scene) that concern the data, and [`Error::Setting`] for a width
    /// below 60 or above 1000 characters.
    pub fn to_text(&self, options: &TextOptions) -> Result<String> {
        if !(60..=1000).contains(&options.width) {
            let found = format!("{} characters", options.width);
            return Err(Error::setting("width", found, "give a width between 60 and 1000 characters"));
        }
        let prepared = prepare::prepare(self)?;
        let text = Printing::new(self, &prepared, options.width, options.charset).print();
        Ok(match options.charset {
            Charset::Unicode => text,
            Charset::Ascii => ascii(&text),
        })
    }
}

/// Signs that this crate writes, in ASCII.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '−' | '–' | '—' => out.push('-'),
            '…' => out.push('~'),
            '∞' => out.push('8'),
            '←' => out.push('<'),
            '→' => out.push('>'),
            '²' => out.push('2'),
            'τ' => out.push('t'),
            '≤' => out.push('<'),
            '≥' => out.push('>'),
            '×' => out.push('x'),
            _ => out.push(c),
        }
    }
    out
}

struct TextColumn {
    index: Option<usize>,
    header: String,
    width: usize,
    left_aligned: bool,
}

struct Printing<'a> {
    forest: &'a Forest,
    prepared: &'a Prepared,
    glyphs: &'static Glyphs,
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

    /// The columns by falling priority, as long as a plot of a third of the line is left.
    fn choose_columns(&mut self) {
        let rows = &self.prepared.rows;
        let header = prepare::effect_header(self.forest);
        let numbers = rows.iter().map(|row| font::cells(&self.numbers(row))).max().unwrap_or(0);
        self.right.push(TextColumn {
            index: None,
            width: numbers.max(font::cells(&header).min(28)),
            header,
            left_aligned: false,
        });
        let labels =
            rows.iter().filter(|row| matches!(row.kind, RowKind::Study | RowKind::Subtotal | RowKind::Total));
        let longest = labels.map(|row| font::cells(&row.label) + self.indent).max().unwrap_or(0);
        let header = font::cells(&self.forest.study_header);
        self.label = longest.max(header).clamp(8, (self.width * 3 / 10).max(16));
        let least = (self.width / 4).max(16);
        let taken = |p: &Self| {
            let columns = p.left.iter().chain(&p.right).map(|c| c.width + GAP).sum::<usize>();
            p.label + columns + GAP
        };
        if self.prepared.has_weights && taken(self) + 8 + least <= self.width {
            let weight = TextColumn { index: None, header: "Weight".into(), width: 6, left_aligned: false };
            self.right.insert(0, weight);
        }
        let mut wanted: Vec<usize> = (0..self.forest.columns.len()).collect();
        let priority = |i: &usize| self.forest.columns.get(*i).map_or(0, |c| -c.priority);
        wanted.sort_by_key(|i| (priority(i), *i));
        let mut fitting: Vec<(usize, TextColumn)> = Vec::new();
        let mut room = self.width.saturating_sub(taken(self) + least);
        for i in wanted {
            let Some(column) = self.forest.columns.get(i) else { continue };
            let header = match &column.group {
                Some(group) => format!("{} {}", font::clean(group), font::clean(&column.header)),
                None => font::clean(&column.header),
            };
            let cells = rows.iter().filter_map(|row| row.cells.get(i)).map(|cell| font::cells(cell));
            let width = cells.fold(font::cells(&header).min(10), usize::max);
            if width + GAP > room {
                break;
            }
            room -= width + GAP;
            let left_aligned = column.align == Anchor::Start;
            fitting.push((i, TextColumn { index: Some(i), header, width, left_aligned }));
        }
        fitting.sort_by_key(|(i, _)| *i);
        for (i, column) in fitting {
            match self.forest.columns.get(i).map(|c| c.side) {
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

    fn print(&self) -> String {
        let mut lines = Vec::new();
        if let Some(title) = &self.forest.title {
            lines.extend(self.wrapped(title, 0));
        }
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
        lines.into_iter().map(|line| line.trim_end().to_owned() + "\n").collect()
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
        let mut rule = vec![self.glyphs.axis; self.plot];
        let mut labels = Canvas::new(self.width);
        for tick in &ticks {
            if let Some((at, from, _)) = place(tick) {
                if let Some(cell) = rule.get_mut(at as usize) {
                    *cell = self.glyphs.tick;
                }
                labels.write(from, &tick.label);
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
