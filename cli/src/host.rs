//! The machine around a request: files, standard input, a bar of progress, an interrupt.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use consilience::request::Host;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes longer than this shows how far it has come.
const PATIENCE: Duration = Duration::from_secs(2);

/// Files, standard input, and a terminal that may show progress.
pub struct Machine {
    shows: bool,
    /// Words that the settings of the review add to the call.
    settings: Vec<String>,
    /// The bar; it stays hidden until the patience of a reader ends.
    bar: ProgressBar,
    begun: Instant,
    steps: AtomicBool,
    stopped: Arc<AtomicBool>,
    cut: AtomicBool,
}

impl Machine {
    /// `shows`: progress on terminals; `settings`: what the call has from the settings of the review.
    pub fn new(shows: bool, settings: Vec<String>) -> Self {
        let bar = ProgressBar::hidden();
        Machine {
            shows,
            settings,
            bar,
            begun: Instant::now(),
            steps: AtomicBool::new(false),
            stopped: Arc::default(),
            cut: AtomicBool::new(false),
        }
    }

    /// Shows a sign of life while work without steps goes on; the thread ends with the program.
    pub fn watch(&self) {
        if !self.shows {
            return;
        }
        let bar = self.bar.clone();
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            if !bar.is_finished() && bar.length().is_none_or(|all| all == 0) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.set_style(ProgressStyle::default_spinner());
                bar.set_message("computing");
                bar.enable_steady_tick(Duration::from_millis(200));
            }
        });
    }

    /// Ends the signs of progress.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }

    /// True if an interrupt ended work before its time.
    pub fn was_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }

    /// At the first step of long work: from now on an interrupt ends it with what is done.
    fn first_step(&self, work: &str) {
        let flag = Arc::clone(&self.stopped);
        // Without a handler an interrupt simply ends the program, as it would have.
        let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
        let template = format!("{work} {{bar:40}} {{pos}}/{{len}}, {{eta}} to go");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            self.bar.set_style(style);
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
        if !self.steps.swap(true, Ordering::Relaxed) {
            self.first_step(work);
        }
        if self.shows && self.bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
        let stopped = self.stopped.load(Ordering::Relaxed);
        if stopped && done < all {
            self.cut.store(true, Ordering::Relaxed);
        }
        !stopped
    }

    fn call(&self) -> String {
        let mut words = vec!["consilience".to_owned()];
        words.extend(std::env::args_os().skip(1).map(|word| quoted(&word.to_string_lossy())));
        words.extend(self.settings.iter().map(|word| quoted(word)));
        words.join(" ")
    }
}

/// A word with quotes where a shell needs them.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
