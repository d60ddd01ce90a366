//! Runs families of calls, and watches that each ends.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::numbers::Random;

/// No call may take longer, on a machine that does other things too.
const BOUND: Duration = Duration::from_secs(120);

/// So many findings are told.
const MOST: usize = 400;

/// Calls of one kind, each from a seed.
pub struct Family {
    pub name: &'static str,
    /// The seeds of a short run and of a long one.
    pub seeds: [u64; 2],
    pub one: fn(&mut Random, &mut Judge),
}

/// A value that is not looked into: cells of tables that are missing are NaN.
pub struct Hidden<T>(pub T);

impl<T> Debug for Hidden<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("...")
    }
}

/// Judges results.
#[derive(Default)]
pub struct Judge {
    calls: u64,
    refused: u64,
    found: Vec<String>,
}

impl Judge {
    /// A result that may be refused; one that is given holds no NaN and no infinite number.
    pub fn result<T: Debug, E: ToString>(&mut self, call: &str, result: Result<T, E>) -> Option<T> {
        self.calls += 1;
        match result {
            Ok(value) => {
                self.sound(call, &value);
                Some(value)
            }
            Err(error) => {
                self.refused += 1;
                if error.to_string().is_empty() {
                    self.found.push(format!("{call}: an error without a word"));
                }
                None
            }
        }
    }

    /// A value, of whatever type, in which no number is NaN or infinite.
    pub fn sound<T: Debug>(&mut self, call: &str, value: &T) {
        let text = format!("{value:?}");
        for word in ["NaN", "inf"] {
            if let Some(at) = position(&text, word) {
                let from = text[..at].char_indices().rev().nth(120).map_or(0, |(at, _)| at);
                self.found.push(format!("{call}: {word} in ...{}", &text[from..at + word.len()]));
                return;
            }
        }
    }

    /// A number that is not NaN.
    pub fn number(&mut self, call: &str, value: f64) {
        self.calls += 1;
        if value.is_nan() {
            self.found.push(format!("{call}: NaN"));
        }
    }

    /// A probability, where the arguments are sound.
    pub fn probability(&mut self, call: impl FnOnce() -> String, value: f64) {
        self.calls += 1;
        if !(0.0..=1.0).contains(&value) {
            self.found.push(format!("{}: {value}", call()));
        }
    }

    /// A call whose value does not matter.
    pub fn called(&mut self) {
        self.calls += 1;
    }

    pub fn fault(&mut self, what: String) {
        self.found.push(what);
    }

    /// Fails with what was found, and tells the number of calls.
    pub fn end(&self, family: &str) -> u64 {
        assert!(self.found.is_empty(), "{family}: {}", self.found.join("\n"));
        self.calls
    }
}

/// The place of a word that stands alone.
fn position(text: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
    text.match_indices(word)
        .find(|(at, _)| {
            !letter(text[..*at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
        })
        .map(|(at, _)| at)
}

/// The call that is under way.
struct Watch {
    begun: Instant,
    since: AtomicU64,
    seed: AtomicU64,
    over: AtomicBool,
}

impl Watch {
    /// The time of the processor so far, where the system tells; else that of the clock, which counts what others do, too.
    fn spent(&self) -> Duration {
        let ticks = || {
            let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
            let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
            Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
        };
        ticks().map_or_else(|| self.begun.elapsed(), |ticks| Duration::from_millis(10 * ticks))
    }
}

/// Runs families, at one of their lengths; fails with what was found, and tells the number of calls.
pub fn check(families: &[Family], length: usize) -> u64 {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (asked, first) = (number("EXTREMES"), number("EXTREMES_SEED").unwrap_or(0));
    let only = std::env::var("EXTREMES_FAMILY").ok();
    let told = asked.is_some() || length > 0;
    let (mut all, mut calls) = (Vec::new(), 0);
    for family in families.iter().filter(|family| only.as_ref().is_none_or(|name| name == family.name)) {
        let (judge, seconds) = watched(family, first, asked.unwrap_or(family.seeds[length]));
        if told {
            eprintln!(
                "{}: {} calls, {} refused, {seconds:.1} s, {} findings",
                family.name,
                judge.calls,
                judge.refused,
                judge.found.len()
            );
        }
        assert!(judge.calls > 0, "{}: nothing was called", family.name);
        calls += judge.calls;
        all.extend(judge.found.into_iter().map(|found| format!("{}: {found}", family.name)));
    }
    if told {
        eprintln!("{calls} calls");
    }
    let shown: Vec<String> = all.iter().take(MOST).cloned().collect();
    assert!(all.is_empty(), "{} findings:\n{}", all.len(), shown.join("\n"));
    calls
}

fn watched(family: &Family, first: u64, seeds: u64) -> (Judge, f64) {
    let begun = Instant::now();
    let watch =
        Watch { begun, since: AtomicU64::new(0), seed: AtomicU64::new(first), over: AtomicBool::new(false) };
    let judge = std::thread::scope(|scope| {
        let dog = scope.spawn(|| guard(family, &watch));
        let judge = run(family, first..first + seeds, &watch);
        watch.over.store(true, Ordering::Relaxed);
        dog.thread().unpark();
        judge
    });
    (judge, begun.elapsed().as_secs_f64())
}

/// Ends the program with the seed of a call that does not end.
fn guard(family: &Family, watch: &Watch) {
    while !watch.over.load(Ordering::Relaxed) {
        std::thread::park_timeout(Duration::from_millis(500));
        let since = Duration::from_millis(watch.since.load(Ordering::Relaxed));
        let seed = watch.seed.load(Ordering::Relaxed);
        if !watch.over.load(Ordering::Relaxed) && watch.spent().saturating_sub(since) > BOUND {
            eprintln!("{}: the call of seed {seed} does not end within {} s", family.name, BOUND.as_secs());
            std::process::exit(101);
        }
    }
}

fn run(family: &Family, seeds: std::ops::Range<u64>, watch: &Watch) -> Judge {
    let mut judge = Judge::default();
    for seed in seeds {
        watch.seed.store(seed, Ordering::Relaxed);
        watch.since.store(watch.spent().as_millis() as u64, Ordering::Relaxed);
        let before = judge.found.len();
        let mut random = Random::new(family.name, seed);
        let outcome = catch_unwind(AssertUnwindSafe(|| (family.one)(&mut random, &mut judge)));
        if let Err(panic) = outcome {
            let words = panic.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
            judge.found.push(format!("panic: {}", words.unwrap_or_default()));
        }
        for found in &mut judge.found[before..] {
            found.push_str(&format!(" (seed {seed})"));
        }
    }
    judge
}
