//! The layout of delimited text: what stands above the header, the delimiter, the names of the columns.
//!
//! The delimiter is the most frequent of `,`, `;` and tab in the header; a first line `sep=;`, which spreadsheets write, says
//! it. Lines above the header are recognized if the lines below have more fields and the first of these holds no number:
//! titles, dates of export and the like, which are skipped and named in a note. Where a header names columns twice and the line
//! above it names groups of them (`Intervention` over `mean`, `sd`, `n`), the two are put together: `Intervention mean`.

use super::records::{Fields, Split, split};

/// The delimiters that are looked for, the first for one column.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The lines that may stand above the header, and the lines that are looked at in all.
const TITLES: usize = 12;
const LINES: usize = 60;

/// The layout of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// The bytes above the header.
    pub(super) skip: usize,
    /// The lines above the header, which were skipped.
    pub(super) titles: Vec<String>,
    /// The cells of a line above the header that names groups of columns; empty if there is none.
    pub(super) groups: Vec<String>,
}

impl Layout {
    /// The layout of a text by its beginning; `complete` says that it is all.
    pub(super) fn of(text: &[u8], complete: bool) -> Layout {
        let blank = text.iter().take_while(|b| b.is_ascii_whitespace() && **b != b'\t').count();
        let begins = text.get(blank..).unwrap_or_default();
        if let Some((delimiter, length)) = declared(begins) {
            return Layout { delimiter, skip: blank + length, titles: Vec::new(), groups: Vec::new() };
        }
        let delimiter = most_frequent(begins, complete);
        let plain = Layout { delimiter, skip: blank, titles: Vec::new(), groups: Vec::new() };
        let first = lines(begins, complete, delimiter);
        if let [above, own, next, ..] = first.as_slice()
            && groups(above, own)
            && !own.has_number()
            && next.has_number()
        {
            return Layout::below(delimiter, blank, &first, 1);
        }
        let width = first.first().map_or(0, |line| line.cells.len());
        let commented =
            first.first().is_some_and(|line| line.cells.first().is_some_and(|c| c.starts_with('#')));
        if first.iter().all(|line| line.cells.len() <= width && line.filled() > 1) && !commented {
            return plain;
        }
        let found = DELIMITERS.iter().filter_map(|delimiter| {
            let lines = lines(begins, complete, *delimiter);
            let header = header_below(&lines)?;
            Some((lines.get(header)?.filled(), *delimiter, lines, header))
        });
        match found.max_by_key(|(width, ..)| *width) {
            Some((_, delimiter, lines, header)) => Layout::below(delimiter, blank, &lines, header),
            None => plain,
        }
    }

    /// The layout with a header below other lines.
    fn below(delimiter: u8, blank: usize, lines: &[Line], header: usize) -> Layout {
        let own = lines.get(header);
        let above = header.checked_sub(1).and_then(|at| lines.get(at));
        let grouped = above.zip(own).filter(|(above, own)| groups(above, own));
        let titles = lines.iter().take(header - usize::from(grouped.is_some())).map(Line::title);
        Layout {
            delimiter,
            skip: blank + own.map_or(0, |line| line.start),
            titles: titles.filter(|title| !title.is_empty()).collect(),
            groups: grouped.map_or(Vec::new(), |(above, _)| above.cells.clone()),
        }
    }

    /// The names of the columns, with the groups that they belong to where names repeat or are missing.
    pub(super) fn named(&self, names: Vec<String>) -> Vec<String> {
        if self.groups.is_empty() {
            return names;
        }
        let (mut group, mut made) = ("", Vec::with_capacity(names.len()));
        for (at, name) in names.iter().enumerate() {
            let own = self.groups.get(at).map_or("", String::as_str);
            group = if own.is_empty() { group } else { own };
            let again = names.iter().filter(|other| *other == name).count() > 1;
            made.push(match name.as_str() {
                "" => own.to_owned(),
                name if again && name != group => format!("{group} {name}").trim().to_owned(),
                name => name.to_owned(),
            });
        }
        made
    }
}

/// True if a line names groups of the columns of the header below it: the header repeats names, the line above leaves cells empty, and
/// no column goes without a name in both.
fn groups(above: &Line, header: &Line) -> bool {
    let repeats = |name: &String| header.cells.iter().filter(|other| *other == name).count() > 1;
    let repeated = header.cells.iter().any(|name| !name.is_empty() && repeats(name));
    let cell = |line: &Line, at: usize| line.cells.get(at).is_some_and(|cell| !cell.is_empty());
    let width = (0..header.cells.len().max(above.cells.len()))
        .rev()
        .find(|at| cell(above, *at) || cell(header, *at))
        .map_or(0, |at| at + 1);
    repeated
        && above.filled() > 1
        && above.filled() < width
        && !above.has_number()
        && (0..width).all(|at| cell(above, at) || cell(header, at))
}

/// The delimiter of a line `sep=;`, and the length of the line.
fn declared(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().position(|b| *b == b'\n' || *b == b'\r')?;
    let line = std::str::from_utf8(text.get(..end)?).ok()?;
    let line = line.trim_matches(|c| c == '"' || c == ' ').to_ascii_lowercase();
    let delimiter = match line.strip_prefix("sep=")?.trim_matches('"') {
        "\\t" | "tab" | "\t" | "" => b'\t',
        mark if mark.len() == 1 => *mark.as_bytes().first()?,
        _ => return None,
    };
    let next = end + 1 + usize::from(text.get(end..end + 2) == Some(b"\r\n"));
    (!matches!(delimiter, b'"' | b'\n' | b'\r')).then_some((delimiter, next))
}

/// The most frequent of the delimiters in the first record outside of quotation marks; the comma if there is none.
fn most_frequent(text: &[u8], complete: bool) -> u8 {
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let mut fields = Fields::default();
        match split(text, 0, delimiter, complete, &mut fields) {
            Split::Record(_) | Split::Incomplete | Split::Open(_) if fields.len() > best.0 => {
                best = (fields.len(), delimiter);
            }
            _ => {}
        }
    }
    best.1
}

struct Line {
    start: usize,
    cells: Vec<String>,
}

impl Line {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    fn title(&self) -> String {
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
        cells.join(" ")
    }

    fn has_number(&self) -> bool {
        self.cells.iter().any(|cell| super::number::read(cell, true).is_some())
    }
}

/// The first lines that are not blank.
fn lines(text: &[u8], complete: bool, delimiter: u8) -> Vec<Line> {
    let (mut lines, mut fields, mut start) = (Vec::new(), Fields::default(), 0);
    while start < text.len() && lines.len() < LINES {
        let Split::Record(next) = split(text, start, delimiter, complete, &mut fields) else { break };
        let line = Line { start, cells: fields.iter(text).map(str::to_owned).collect() };
        if line.filled() > 0 {
            lines.push(line);
        }
        start = next;
    }
    lines
}

/// The position of the header if titles stand above it: a line without numbers, with more fields than those above it,
/// followed by lines of as many fields of which the first ones hold a number.
fn header_below(lines: &[Line]) -> Option<usize> {
    let header = (1..lines.len().min(TITLES + 1)).find(|at| {
        let Some(line) = lines.get(*at) else { return false };
        let above = lines.iter().take(*at);
        line.filled() > 1
            && !line.has_number()
            && above.clone().enumerate().all(|(position, l)| {
                let comment = l.cells.first().is_some_and(|cell| cell.starts_with('#'));
                let shorter = l.filled() == 1 || l.cells.len() < line.cells.len();
                comment || l.filled() < line.filled() && shorter || position + 1 == *at && groups(l, line)
            })
    })?;
    let width = lines.get(header)?.cells.len();
    let mut below = lines.iter().skip(header + 1).take(5);
    let one = below.clone().next().is_some_and(|line| line.cells.len() == width);
    (one && below.any(Line::has_number)).then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> (char, String, Vec<String>) {
        let layout = Layout::of(text.as_bytes(), true);
        let rest = text.get(layout.skip..).unwrap_or_default();
        (char::from(layout.delimiter), rest.lines().next().unwrap_or_default().to_owned(), layout.titles)
    }

    #[test]
    fn headers_are_found_below_titles() {
        let plain = |text: &str, delimiter: char| {
            let first = text.trim_start_matches('\n').lines().next().unwrap_or_default().to_owned();
            assert_eq!(layout(text), (delimiter, first, Vec::new()), "{text:?}");
        };
        plain("study,yi,vi\nA,1,2\n", ',');
        plain("\n\nstudy;yi;vi\nA,b;1,5;2\n", ';');
        plain("study\tyi\nA\t1\n", '\t');
        plain("yi\n1\nNA\n", ',');
        plain("a,b\n1,2\n3\n", ',');
        plain("a,b\n1,2,3\n", ',');
        plain("study\na,1\nb,2\n", ',');
        plain("study,notes\nA,\nB,\n", ',');
        assert_eq!(layout("sep=;\r\na;b\r\n1;2\r\n"), (';', "a;b".into(), vec![]));
        let grouped = Layout::of(b"Study,Drug,,Placebo,\n,mean,sd,mean,sd\nA,1,2,3,4\nB,2,3,4,5\n", true);
        let names = ["", "mean", "sd", "mean", "sd"].map(str::to_owned).to_vec();
        assert_eq!(grouped.named(names), ["Study", "Drug mean", "Drug sd", "Placebo mean", "Placebo sd"]);
        assert!(grouped.titles.is_empty());
        plain("study,arm1,arm2,\nA,yes,yes,\nB,1,2,\n", ',');
        let title = |t: &str| vec![t.to_owned()];
        assert_eq!(
            layout("Table 1. Trials, by year\n\nstudy,yi,vi\nA,1,2\n"),
            (',', "study,yi,vi".into(), title("Table 1. Trials by year"))
        );
        assert_eq!(
            layout("Table 1. Trials;;\nstudy;yi;vi\nA;1,5;2\n"),
            (';', "study;yi;vi".into(), title("Table 1. Trials"))
        );
        assert_eq!(layout("# exported, today, by me\nstudy,yi\nA,1\n").1, "study,yi");
    }
}
