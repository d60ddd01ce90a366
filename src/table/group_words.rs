//! Names of columns that are put together from what is counted or measured and the group: `mean_int`, `Events T`, `n.placebo`.
//!
//! Such names have no end, and a wrong guess exchanges the groups: they are only offered when a role is missing.

/// The words of what a role holds.
fn held(role: &str) -> Option<&'static [&'static str]> {
    Some(match role {
        "n1i" | "n2i" => {
            &["n", "total", "size", "sample", "samplesize", "number", "participants", "patients"]
        }
        "m1i" | "m2i" => &["mean", "m", "average", "avg"],
        "sd1i" | "sd2i" => &["sd", "stdev", "stddev", "std"],
        "ai" | "ci" | "x1i" | "x2i" => {
            &["events", "event", "cases", "e", "r", "x", "deaths", "dead", "responders"]
        }
        "t1i" | "t2i" => &["time", "py", "persontime", "personyears", "years"],
        _ => return None,
    })
}

const FIRST: &[&str] = &[
    "1",
    "t",
    "tx",
    "trt",
    "treat",
    "treatment",
    "treated",
    "int",
    "intervention",
    "i",
    "exp",
    "experimental",
    "e",
    "active",
    "drug",
    "vaccine",
    "vaccinated",
    "exposed",
    "a",
];

const SECOND: &[&str] = &[
    "2",
    "c",
    "con",
    "cont",
    "contr",
    "ctl",
    "ctr",
    "ctrl",
    "control",
    "comp",
    "comparator",
    "placebo",
    "pbo",
    "plac",
    "p",
    "sham",
    "usual",
    "unexposed",
    "unvaccinated",
    "b",
];

/// True for a name of two words, one of what the role holds and one of its group, in either order.
pub(super) fn fits(role: &str, name: &str) -> bool {
    let Some(held) = held(role) else { return false };
    let group = if role.contains('2') || role == "ci" { SECOND } else { FIRST };
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["", "of", "in", "group", "arm"].contains(word))
        .collect();
    match words[..] {
        [one, other] => {
            held.contains(&one) && group.contains(&other) || held.contains(&other) && group.contains(&one)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn names_of_two_words_tell_value_and_group() {
        for (role, name) in
            [("m1i", "m_int"), ("sd2i", "SD (con)"), ("ai", "Events T"), ("n2i", "total.ctrl"), ("ci", "r c")]
        {
            assert!(fits(role, name), "{role} {name}");
        }
        for (role, name) in
            [("m1i", "m_con"), ("m2i", "m_int"), ("ai", "Events"), ("n1i", "year"), ("ri", "r_int")]
        {
            assert!(!fits(role, name), "{role} {name}");
        }
    }
}
