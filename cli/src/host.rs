//! The machine around a request: files, standard input, a bar of progress, an interrupt.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use consilience::{request::Host, stat::progress::Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes longer than this shows how far it has come.
const PATIENCE: Duration = Duration::from_secs(2);

/// Work that can hand over what is done gets so long to notice an interrupt; then the program ends as it is. Work whose steps
/// take longer, on a machine that does much else, gets the time of two steps, but no longer than the second value.
const GRACE: [Duration; 2] = [Duration::from_millis(80), Duration::from_secs(2)];

/// The exit status of a program that an interrupt ended.
pub const INTERRUPTED: u8 = 130;

/// Files, standard input, and a terminal that may show progress.
pub struct Machine {
    signs: Arc<Signs>,
    progress: Progress,
}

/// The signs between the work, the bar and the interrupt.
struct Signs {
    shows: bool,
    /// Words that the settings of the review add to the call.
    settings: Vec<String>,
    /// The bar; it stays hidden until the patience of a reader ends.
    bar: ProgressBar,
    begun: Instant,
    /// The work that the bar shows.
    work: Mutex<Work>,
    /// True while work goes on that can hand over what is done.
    stepping: AtomicBool,
    stopped: AtomicBool,
    heard: AtomicBool,
}

/// Work in steps.
struct Work {
    name: String,
    /// The last step, and the longest time between two.
    last: Instant,
    longest: Duration,
}

impl Signs {
    /// Shows how far work is; false if it shall end.
    fn step(&self, work: &str, done: usize, all: usize) -> bool {
        let mut shown = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if shown.name == work {
            shown.longest = shown.longest.max(now - shown.last);
            shown.last = now;
        } else {
            *shown = Work { name: work.to_owned(), last: now, longest: Duration::ZERO };
            let template = format!("{work} {{bar:40}} {{pos}}/{{len}}, {{eta}} to go");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                self.bar.set_style(style);
            }
        }
        if self.shows && self.bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
        self.stepping.store(done < all, Ordering::Relaxed);
        let stopped = self.stopped.load(Ordering::Relaxed);
        if stopped && done < all {
            self.heard.store(true, Ordering::Relaxed);
        }
        !stopped
    }

    /// Handles an interrupt: work in steps ends with what is done; anything else, and a second interrupt, ends the program.
    fn interrupt(&self) {
        let again = self.stopped.swap(true, Ordering::Relaxed);
        if !again && self.stepping.load(Ordering::Relaxed) {
            let longest = self.work.lock().unwrap_or_else(PoisonError::into_inner).longest;
            let end = Instant::now() + (2 * longest).clamp(GRACE[0], GRACE[1]);
            while Instant::now() < end {
                std::thread::sleep(Duration::from_millis(5));
                if self.heard.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
        self.bar.finish_and_clear();
        // Nothing can be done if standard error is gone. Files appear whole or not at all, whenever the program ends.
        let _ = writeln!(io::stderr(), "error: interrupted");
        std::process::exit(i32::from(INTERRUPTED));
    }
}

impl Machine {
    /// `shows`: progress on terminals; `settings`: what the call has from the settings of the review.
    pub fn new(shows: bool, settings: Vec<String>) -> Self {
        let signs = Arc::new(Signs {
            shows,
            settings,
            bar: ProgressBar::hidden(),
            begun: Instant::now(),
            work: Mutex::new(Work { name: String::new(), last: Instant::now(), longest: Duration::ZERO }),
            stepping: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            heard: AtomicBool::new(false),
        });
        let hearing = Arc::clone(&signs);
        let progress = Progress::new(move |work, done, all| hearing.step(work, done, all));
        Machine { signs, progress }
    }

    /// From now on work that takes long shows a sign of life (the thread ends with the program), and an interrupt ends it.
    pub fn watch(&self) {
        let signs = Arc::clone(&self.signs);
        // Without a handler an interrupt simply ends the program.
        let _ = ctrlc::set_handler(move || signs.interrupt());
        if !self.signs.shows {
            return;
        }
        let bar = self.signs.bar.clone();
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
        self.signs.stepping.store(false, Ordering::Relaxed);
        self.signs.bar.finish_and_clear();
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

    fn progress(&self) -> Option<Progress> {
        Some(self.progress.clone())
    }

    fn call(&self) -> String {
        let mut words = vec!["consilience".to_owned()];
        words.extend(std::env::args_os().skip(1).map(|word| quoted(&word.to_string_lossy())));
        words.extend(self.signs.settings.iter().map(|word| quoted(word)));
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
