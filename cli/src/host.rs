//! The machine around a request: files, standard input, a bar of progress, an interrupt.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use consilience::request::Host;
use indicatif::{ProgressBar, ProgressStyle};

/// Files, standard input, and a terminal that may show progress.
pub struct Machine {
    shows: bool,
    bar: OnceLock<ProgressBar>,
    stopped: Arc<AtomicBool>,
}

impl Machine {
    /// `shows`: a bar of progress on terminals.
    pub fn new(shows: bool) -> Self {
        Machine { shows, bar: OnceLock::new(), stopped: Arc::default() }
    }

    /// The bar, made at the first sign of long work; from then on an interrupt ends the work with what is done.
    fn bar(&self, work: &str) -> &ProgressBar {
        self.bar.get_or_init(|| {
            let flag = Arc::clone(&self.stopped);
            // Without a handler an interrupt simply ends the program, as it would have.
            let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
            let bar = if self.shows { ProgressBar::new(0) } else { ProgressBar::hidden() };
            let template = format!("{work} {{bar:40}} {{pos}}/{{len}}, {{eta}} to go");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style);
            }
            bar
        })
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

impl Host for Machine {
    fn open(&self, source: &Path) -> io::Result<Box<dyn io::Read + '_>> {
        if source.as_os_str() == "-" {
            return Ok(Box::new(io::stdin().lock()));
        }
        Ok(Box::new(fs::File::open(source)?))
    }

    fn folder(&self, source: &Path) -> io::Result<Option<Vec<PathBuf>>> {
        if !source.is_dir() {
            return Ok(None);
        }
        let entries = |folder: &Path| -> io::Result<Vec<PathBuf>> {
            Ok(fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
        };
        let mut files = Vec::new();
        for entry in entries(source)? {
            if entry.is_dir() {
                files.extend(entries(&entry)?);
            } else {
                files.push(entry);
            }
        }
        Ok(Some(files))
    }

    fn goes_on(&self, work: &str, done: usize, all: usize) -> bool {
        let bar = self.bar(work);
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        !self.stopped.load(Ordering::Relaxed)
    }

    fn call(&self) -> String {
        let mut words = vec!["consilience".to_owned()];
        words.extend(std::env::args_os().skip(1).map(|word| quoted(&word.to_string_lossy())));
        words.join(" ")
    }
}

/// A word with quotes where a shell needs them.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
