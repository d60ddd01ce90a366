//! Sheets of workbooks as delimited text: Excel (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument (.ods).
//!
//! A sheet becomes the text that a tab-delimited file of it would be, so that titles, empty rows, numbers written as texts and
//! decimal commas meet the rules of every file. A number is written with all its digits, a date as `2021-03-05`, a time as
//! `14:30:00`; where texts have decimal commas for certain, numbers are written with them, too. What merged cells of several rows hold holds for each of these rows, as a reader sees it. Cells that hold errors
//! (`#N/A`, `#DIV/0!`) are missing, and so are formulas whose values the file does not hold: both are named in notes.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    CellErrorType, Data, Dimensions, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Sheets, Xls,
    Xlsb, Xlsx,
};

use super::cell::shorten;
use crate::{Error, Result};

/// The largest file that is read.
pub(super) const LARGEST: u64 = 200_000_000;

/// The cells of the rectangle that a sheet may fill: more are a sheet with a stray cell far from its table.
const CELLS: usize = 100_000_000;

/// As many cells or sheets are named in a note.
const NAMED: usize = 12;

/// Texts by which spreadsheets say that a formula failed.
const FAILURES: [&str; 10] =
    ["#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!", "#SPILL!", "#CALC!"];

/// A sheet as tab-delimited text, with notes on how it was read.
#[derive(Debug)]
pub(super) struct SheetText {
    pub(super) text: String,
    pub(super) notes: Vec<String>,
}

/// True if the first bytes are those of a workbook or of another archive.
pub(super) fn may_be(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

type Book = Sheets<Cursor<Vec<u8>>>;

/// The text of a sheet: the one that is named, or the first with cells. A workbook whose content makes its reader fail is damaged.
pub(super) fn text(bytes: Vec<u8>, wanted: Option<&str>) -> Result<SheetText> {
    std::panic::catch_unwind(|| read(bytes, wanted))
        .unwrap_or_else(|_| Err(unreadable("its content is damaged")))
}

fn read(bytes: Vec<u8>, wanted: Option<&str>) -> Result<SheetText> {
    let mut book = open(bytes)?;
    let sheets = book.sheets_metadata().to_vec();
    let sheets: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    if let Some(wanted) = wanted {
        let cells = Cells::read(&mut book, chosen(&sheets, wanted)?)?;
        if cells.is_empty() {
            return Err(Error::data(format!("the sheet `{}` is empty", wanted.trim()), named(&sheets)));
        }
        return cells.text();
    }
    let shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    for sheet in shown {
        let cells = Cells::read(&mut book, &sheet.name)?;
        if cells.is_empty() {
            continue;
        }
        let mut text = cells.text()?;
        if sheets.len() > 1 {
            let others: Vec<&Sheet> = sheets.iter().filter(|s| s.name != sheet.name).copied().collect();
            let note = format!("the sheet `{}` was read; others are {} (--sheet)", sheet.name, list(&others));
            text.notes.insert(0, note);
        }
        return Ok(text);
    }
    Err(Error::data("the workbook has no sheet with cells that is shown", named(&sheets)))
}

/// The name of the sheet that is meant: as it stands, else without regard to case and blanks, else by its number from 1.
fn chosen<'a>(sheets: &[&'a Sheet], wanted: &str) -> Result<&'a str> {
    let wanted = wanted.trim();
    let plain = |text: &str| text.trim().to_lowercase();
    let exact = sheets.iter().find(|sheet| sheet.name == wanted);
    let alike = || sheets.iter().find(|sheet| plain(&sheet.name) == plain(wanted));
    let counted = || wanted.parse::<usize>().ok().and_then(|number| sheets.get(number.checked_sub(1)?));
    let found = exact.or_else(alike).or_else(counted);
    found.map(|sheet| sheet.name.as_str()).ok_or_else(|| {
        let error = Error::unknown("sheet", wanted, sheets.iter().map(|sheet| sheet.name.as_str()));
        let text = error.to_string();
        let (found, remedy) = text.split_once("; ").unwrap_or((&text, "name a sheet of the workbook"));
        Error::data(found, remedy)
    })
}

fn named(sheets: &[&Sheet]) -> String {
    format!("name a sheet that holds the data with --sheet: {}", list(sheets))
}

fn list(sheets: &[&Sheet]) -> String {
    let names: Vec<String> = sheets
        .iter()
        .take(NAMED)
        .map(|sheet| {
            let hidden = if sheet.visible == SheetVisible::Visible { "" } else { " (hidden)" };
            format!("`{}`{hidden}", shorten(&sheet.name))
        })
        .collect();
    let more = sheets.len() - names.len();
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

fn open(bytes: Vec<u8>) -> Result<Book> {
    let old = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let kind = if old {
        "xls"
    } else if has(b"xl/workbook.bin") {
        "xlsb"
    } else if has(b"opendocument.spreadsheet") || has(b"content.xml") {
        "ods"
    } else if has(b"xl/") {
        "xlsx"
    } else {
        let remedy = "unpack it and give the file in it, or save the table as CSV or as a workbook";
        return Err(Error::data("the file is an archive without a workbook", remedy));
    };
    let source = Cursor::new(bytes);
    let opened = match kind {
        "xls" => Xls::new(source).map(Sheets::Xls).map_err(|e| e.to_string()),
        "xlsb" => Xlsb::new(source).map(Sheets::Xlsb).map_err(|e| e.to_string()),
        "ods" => Ods::new(source).map(Sheets::Ods).map_err(|e| e.to_string()),
        _ => Xlsx::new(source).map(Sheets::Xlsx).map_err(|e| e.to_string()),
    };
    opened.map_err(|reason| unreadable(&reason))
}

fn unreadable(reason: &str) -> Error {
    let found = if reason.to_lowercase().contains("password") {
        "the workbook is protected by a password".to_owned()
    } else {
        format!("the workbook cannot be read ({})", shorten(reason))
    };
    Error::data(found, "open it in a spreadsheet program and save it again, as a workbook or as CSV")
}

/// A cell as text; true for one that holds a number.
type Written = (String, bool);

/// The cells of a sheet as texts, and what is to be said of them.
#[derive(Debug, Default)]
struct Cells {
    rows: BTreeMap<u32, BTreeMap<u32, Written>>,
    failed: Vec<String>,
    unknown: Vec<String>,
    merged: usize,
}

impl Cells {
    fn read(book: &mut Book, name: &str) -> Result<Cells> {
        let mut cells = Cells::default();
        if let Sheets::Xlsx(book) = book {
            cells.stream(book, name).map_err(|error| unreadable(&error.to_string()))?;
            let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
            merged.iter().for_each(|region| cells.fill(region));
            return Ok(cells);
        }
        let range = book.worksheet_range(name).map_err(|error| unreadable(&error.to_string()))?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let place = |at: usize, from: u32| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(from);
            cells.push((place(row, top), place(column, left)), value, false);
        }
        Ok(cells)
    }

    /// The cells of an .xlsx one by one: a stray cell far away costs no room, and formulas without values are seen.
    fn stream(
        &mut self,
        book: &mut Xlsx<Cursor<Vec<u8>>>,
        name: &str,
    ) -> std::result::Result<(), calamine::XlsxError> {
        let mut reader = book.worksheet_cells_reader(name)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata()? {
            self.push(cell.pos, &Data::from(cell.value), cell.formula.is_some());
        }
        Ok(())
    }

    fn push(&mut self, at: (u32, u32), value: &Data, formula: bool) {
        let text = match value {
            Data::Empty if formula => return self.unknown.push(address(at)),
            Data::Empty => return,
            Data::String(text) if failure(text.trim()) => {
                self.failed.push(format!("{} ({})", address(at), text.trim()));
                return;
            }
            Data::Error(CellErrorType::GettingData) => return self.unknown.push(address(at)),
            Data::Error(error) => return self.failed.push(format!("{} ({error})", address(at))),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
            Data::DateTime(moment) => moment_text(moment),
        };
        let text = match value {
            Data::DateTimeIso(_) => text.strip_suffix("T00:00:00").unwrap_or(&text).to_owned(),
            Data::DurationIso(_) => clock(&text).unwrap_or(text),
            _ => text,
        };
        if !text.trim().is_empty() {
            let number = matches!(value, Data::Int(_) | Data::Float(_));
            self.rows.entry(at.0).or_default().insert(at.1, (text, number));
        }
    }

    /// The content of the first cell of a merged region, in the first column of each of its rows.
    fn fill(&mut self, region: &Dimensions) {
        let ((top, left), (bottom, _)) = (region.start, region.end);
        let last = self.rows.last_key_value().map_or(0, |(row, _)| *row);
        let Some(text) = self.rows.get(&top).and_then(|row| row.get(&left)).cloned() else { return };
        if bottom <= top {
            return;
        }
        self.merged += 1;
        for row in top + 1..=bottom.min(last) {
            self.rows.entry(row).or_default().entry(left).or_insert_with(|| text.clone());
        }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn text(self) -> Result<SheetText> {
        let first = self.rows.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or(0);
        let last = self.rows.values().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or(0);
        let width = (last - first) as usize + 1;
        if self.rows.len().saturating_mul(width) > CELLS {
            let far = address((self.rows.keys().next_back().copied().unwrap_or(0), last));
            return Err(Error::data(
                format!("the sheet has {} rows and {width} columns, to {far}", self.rows.len()),
                "delete stray cells, or give the table a sheet of its own",
            ));
        }
        let comma = self.decimal_comma();
        let mut text = String::new();
        for row in self.rows.values() {
            for column in first..=last {
                if column > first {
                    text.push('\t');
                }
                match row.get(&column) {
                    Some((cell, true)) if comma => quote(&cell.replace('.', ","), &mut text),
                    Some((cell, _)) => quote(cell, &mut text),
                    None => {}
                }
            }
            text.push('\n');
        }
        Ok(SheetText { text, notes: self.notes() })
    }

    /// True if a text is a number with a comma that cannot stand between thousands, and none has a point.
    fn decimal_comma(&self) -> bool {
        let texts = || self.rows.values().flat_map(BTreeMap::values).filter(|(_, number)| !number);
        let parts = |text: &str, mark: char| {
            let (whole, decimals) = text.trim().trim_start_matches(['-', '+']).split_once(mark)?;
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            (digits(whole) && digits(decimals)).then_some((whole.starts_with('0'), decimals.len()))
        };
        let certain =
            |(text, _): &Written| parts(text, ',').is_some_and(|(zero, length)| zero || length != 3);
        texts().any(certain) && !texts().any(|(text, _)| parts(text, '.').is_some())
    }

    fn notes(&self) -> Vec<String> {
        let some = |cells: &[String]| {
            let shown: Vec<&str> = cells.iter().take(NAMED).map(String::as_str).collect();
            let more = cells.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{more}", shown.join(", "))
        };
        let mut notes = Vec::new();
        if !self.failed.is_empty() {
            notes.push(format!("cells with errors were read as missing: {}", some(&self.failed)));
        }
        if !self.unknown.is_empty() {
            notes.push(format!(
                "cells with formulas whose values the workbook does not hold were read as missing (save it in a spreadsheet \
                 program): {}",
                some(&self.unknown)
            ));
        }
        if self.merged > 0 {
            let (noun, verb) = if self.merged == 1 { ("cell", "was") } else { ("cells", "were") };
            notes.push(format!("{} merged {noun} of several rows {verb} read for each row", self.merged));
        }
        notes
    }
}

/// True for a text by which a spreadsheet says that a formula failed.
fn failure(text: &str) -> bool {
    let code = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    code || FAILURES.contains(&text)
}

/// A cell as a field of tab-delimited text; what is no number is quoted, so that no delimiter is looked for in it.
fn quote(cell: &str, text: &mut String) {
    if cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ._-+".contains(&byte)) {
        text.push_str(cell);
    } else {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
}

/// `14:30:00` for `PT14H30M00S`.
fn clock(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split('.').next()?;
    let number = |part: &str| part.parse::<u64>().ok();
    Some(format!("{:02}:{:02}:{:02}", number(hours)?, number(minutes)?, number(seconds)?))
}

/// A date, a time, both, or a length of time.
fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let second = u32::from(second) + u32::from(milli >= 500);
    let value = moment.as_f64();
    if moment.is_duration() {
        let all = (value * 86_400.0).round();
        let (hours, rest) = ((all / 3600.0).trunc(), (all.abs() as u64) % 3600);
        return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
    }
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if (0.0..1.0).contains(&value) {
        time
    } else if value == value.trunc() {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

/// `C5` for the cell of the third column and the fifth row.
fn address((row, column): (u32, u32)) -> String {
    let (mut letters, mut rest) = (Vec::new(), u64::from(column) + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}
