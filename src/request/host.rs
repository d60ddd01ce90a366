//! The sources of data, and the progress of long work.

use std::{
    cell::RefCell,
    fmt::Write as _,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    Error, Result,
    stat::progress::Progress,
    table::{Roles, Table},
};

/// The world around a request: the program on a machine with files, a notebook with tables in memory, a page.
pub trait Host {
    /// Opens a named source; `-` is standard input where there is one.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be read.
    fn open(&self, source: &Path) -> io::Result<Box<dyn Read + '_>>;

    /// A table that is in memory under this name; by default there is none, and the source is read.
    fn table(&self, source: &Path) -> Option<Table> {
        let _ = source;
        None
    }

    /// The files of a folder, and those of the folders in it; by default nothing is a folder.
    ///
    /// # Errors
    ///
    /// The reason why the folder cannot be read.
    fn folder(&self, source: &Path) -> io::Result<Option<Vec<PathBuf>>> {
        let _ = source;
        Ok(None)
    }

    /// The listener to long work wherever in the library it is done; by default there is none.
    fn progress(&self) -> Option<Progress> {
        None
    }

    /// The call as its user would repeat it, for reports.
    fn call(&self) -> String {
        "consilience".to_owned()
    }
}

/// A source that was read: its name, the digest and the number of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Source {
    /// Its name in messages.
    pub name: String,
    /// The SHA-256 digest of its bytes.
    pub sha256: String,
    /// The number of its bytes.
    pub bytes: usize,
}

/// The beginning of the note on mapped columns that nothing read.
pub const UNREAD: &str = "columns that were mapped and not read: ";

/// The host as commands see it: sources are read once, and what was read is remembered.
pub(crate) struct Inputs<'a> {
    host: &'a dyn Host,
    read: RefCell<Vec<Source>>,
    /// The tables that several analyses take their parts of.
    held: RefCell<Vec<(PathBuf, Option<String>, Table)>>,
    part: RefCell<Option<Part>>,
    /// The notes of the tables on how they were read.
    told: RefCell<Vec<String>>,
    /// The mappings of roles that were given.
    mapped: RefCell<Vec<Roles>>,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(host: &'a dyn Host) -> Self {
        Inputs {
            host,
            read: RefCell::default(),
            held: RefCell::default(),
            part: RefCell::default(),
            told: RefCell::default(),
            mapped: RefCell::default(),
        }
    }

    /// The table of a source (`-`: standard input).
    pub(crate) fn table(&self, source: &Path) -> Result<Table> {
        let table = self.sheet(source, None)?;
        self.tell(table.notes());
        Ok(table)
    }

    /// Keeps what a table says of how it was read, for an answer that has no place for it.
    pub(crate) fn tell(&self, notes: &[String]) {
        let mut told = self.told.borrow_mut();
        for note in notes {
            if !told.contains(note) {
                told.push(note.clone());
            }
        }
    }

    /// Keeps a mapping of roles.
    pub(crate) fn map(&self, roles: &Roles) {
        self.mapped.borrow_mut().push(roles.clone());
    }

    /// A note on mapped roles that no analysis asked for.
    pub(crate) fn unasked(&self) -> Option<String> {
        let mapped = self.mapped.borrow();
        let mut unasked = mapped.iter().map(Roles::unasked);
        // what one of several analyses reads is read
        let mut left = unasked.next()?;
        unasked.for_each(|other| left.retain(|role| other.contains(role)));
        (!left.is_empty()).then(|| format!("{UNREAD}{}", left.join(", ")))
    }

    /// The remarks of the tables that the notes do not hold.
    pub(crate) fn untold(&self, notes: &[String]) -> Vec<String> {
        let said = |note: &&String| !notes.iter().any(|known| known.ends_with(note.as_str()));
        self.told.borrow().iter().filter(said).cloned().collect()
    }

    /// The table of a source, of a workbook that of a sheet.
    pub(crate) fn sheet(&self, source: &Path, sheet: Option<&str>) -> Result<Table> {
        let known =
            |(path, name, _): &&(PathBuf, Option<String>, Table)| path == source && name.as_deref() == sheet;
        if let Some((.., table)) = self.held.borrow().iter().find(known) {
            return Ok(table.clone());
        }
        let table = self.table_of(source, sheet)?;
        if self.part.borrow().is_some() {
            self.held.borrow_mut().push((source.to_owned(), sheet.map(str::to_owned), table.clone()));
        }
        Ok(table)
    }

    fn table_of(&self, source: &Path, sheet: Option<&str>) -> Result<Table> {
        if let Some(table) = self.host.table(source) {
            return match sheet {
                None => Ok(table),
                Some(_) => Err(Error::setting("--sheet", "the table is no workbook", "leave it out")),
            };
        }
        let (source, named) = sheet_of(source);
        let name = name_of(source);
        if self.host.folder(source).is_ok_and(|files| files.is_some()) {
            return Err(Error::File {
                path: name,
                found: "is a folder".to_owned(),
                remedy: "give the name of a CSV file".to_owned(),
            });
        }
        let mut digest = Digested::default();
        let opened = Opening { open: Some(|| self.host.open(source)), reader: None, digest: &mut digest };
        let table = Table::read_sheet(opened, &name, sheet.or(named))?;
        self.read.borrow_mut().push(digest.source(name));
        Ok(table)
    }

    /// The part of the data that is analyzed, if not all.
    pub(crate) fn part(&self) -> Option<Part> {
        self.part.borrow().clone()
    }

    /// Analyzes a part of the data from now on.
    pub(crate) fn choose(&self, part: Part) {
        *self.part.borrow_mut() = Some(part);
    }

    /// Holds a table that analyses of parts will read again.
    pub(crate) fn hold(&self, source: &Path, sheet: Option<&str>, table: Table) {
        self.held.borrow_mut().push((source.to_owned(), sheet.map(str::to_owned), table));
    }

    /// The bytes of a source (`-`: standard input), and its name in messages.
    pub(crate) fn bytes(&self, source: &Path) -> Result<(Vec<u8>, String)> {
        let name = name_of(source);
        let mut bytes = Vec::new();
        self.host.open(source).and_then(|mut reader| reader.read_to_end(&mut bytes)).map_err(|e| {
            let remedy = match name.as_str() {
                "standard input" => "give a CSV table",
                _ => "name a CSV file that exists and may be read",
            };
            Error::File {
                path: name.clone(),
                found: format!("cannot be read ({e})"),
                remedy: remedy.to_owned(),
            }
        })?;
        self.remember(&name, &bytes);
        Ok((bytes, name))
    }

    /// Opens a source whose reader words its own errors.
    pub(crate) fn open(&self, source: &Path) -> io::Result<Box<dyn Read + '_>> {
        self.host.open(source)
    }

    /// Remembers what was read of a source that was opened.
    pub(crate) fn remember(&self, name: &str, bytes: &[u8]) {
        let mut digest = Digested::default();
        digest.add(bytes);
        self.read.borrow_mut().push(digest.source(name.to_owned()));
    }

    /// The files of a folder; `None` where the source is none.
    pub(crate) fn folder(&self, source: &Path) -> io::Result<Option<Vec<PathBuf>>> {
        self.host.folder(source)
    }

    /// The call as its user would repeat it.
    pub(crate) fn call(&self) -> String {
        self.host.call()
    }

    /// The sources read so far.
    pub(crate) fn sources(&self) -> Vec<Source> {
        self.read.borrow().clone()
    }
}

/// One level of a column: the rows that an analysis of several is made of.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) column: String,
    pub(crate) level: String,
}

impl Part {
    /// The positions of the rows of the level.
    pub(crate) fn rows(&self, table: &Table) -> Result<Vec<usize>> {
        let levels = table.column(&self.column)?.as_groups();
        let of_level = |row: &usize| levels.get(*row).and_then(Option::as_deref) == Some(&self.level);
        Ok((0..table.len()).filter(of_level).collect())
    }

    /// The rows of the level.
    pub(crate) fn of(&self, table: Table) -> Result<Table> {
        let rows = self.rows(&table)?;
        let note = format!("rows of {} = {}: {} of {}", self.column, self.level, rows.len(), table.len());
        Ok(table.choose(&rows)?.with_note(note))
    }
}

/// The endings of workbooks.
const WORKBOOKS: [&str; 5] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"];

/// The file and the sheet of `book.xlsx#Sheet`.
pub(crate) fn sheet_of(source: &Path) -> (&Path, Option<&str>) {
    let parts = source.to_str().and_then(|text| text.rsplit_once('#'));
    match parts {
        Some((file, sheet)) if WORKBOOKS.iter().any(|ending| file.to_lowercase().ends_with(ending)) => {
            (Path::new(file), Some(sheet))
        }
        _ => (source, None),
    }
}

/// The name of a source in messages.
pub(crate) fn name_of(source: &Path) -> String {
    if source.as_os_str() == "-" { "standard input".to_owned() } else { source.display().to_string() }
}

#[derive(Default)]
struct Digested {
    hash: Sha256,
    bytes: usize,
}

impl Digested {
    fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len();
    }

    fn source(self, name: String) -> Source {
        let mut sha256 = String::with_capacity(64);
        for byte in self.hash.finalize() {
            let _ = write!(sha256, "{byte:02x}"); // a string takes everything
        }
        Source { name, sha256, bytes: self.bytes }
    }
}

/// A reader that opens its source when it is first read, so that the errors of both meet in one place, and digests what
/// passes.
struct Opening<'r, 'd, F> {
    open: Option<F>,
    reader: Option<Box<dyn Read + 'r>>,
    digest: &'d mut Digested,
}

impl<'r, F: FnOnce() -> io::Result<Box<dyn Read + 'r>>> Read for Opening<'r, '_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(open) = self.open.take() {
            self.reader = Some(open()?);
        }
        let Some(reader) = &mut self.reader else { return Ok(0) };
        let read = reader.read(buffer)?;
        self.digest.add(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
