//! Examples for the help texts: command lines as a reviewer would type them, with made-up names of files.

/// The examples, one a line, with remarks behind `#`.
const EXAMPLES: &str = include_str!("examples.txt");

/// The examples of a command (`pool`, `plot forest`), without the name of the program; remarks stand behind `#`.
///
/// ```
/// assert!(consilience::request::examples("plot forest").next().is_some_and(|line| line.contains("forest.svg")));
/// ```
pub fn examples(command: &str) -> impl Iterator<Item = &'static str> {
    EXAMPLES.lines().filter(move |line| {
        line.strip_prefix(command).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}
