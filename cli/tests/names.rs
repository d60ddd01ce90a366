//! The names that users write for methods and measures, and what is suggested for others.
#![allow(clippy::unwrap_used, missing_docs)]

use consilience::{Error, Measure, pool::Inference, robust::RobustType, tau2::Tau2};

fn suggested<T: std::str::FromStr<Err = Error> + std::fmt::Debug>(text: &str) -> Option<String> {
    match text.parse::<T>().unwrap_err() {
        Error::Unknown { nearest, .. } => nearest,
        other => unreachable!("{other}"),
    }
}

#[test]
fn what_users_write_is_understood() {
    for text in ["REML", "reml", "restricted maximum likelihood", " Reml "] {
        assert_eq!(text.parse::<Tau2>().unwrap(), Tau2::Reml, "{text}");
    }
    for text in ["DL", "DerSimonian-Laird", "dersimonian laird", "DerSimonian and Laird"] {
        assert_eq!(text.parse::<Tau2>().unwrap(), Tau2::Dl, "{text}");
    }
    for text in ["PM", "MP", "paule-mandel", "Mandel-Paule"] {
        assert_eq!(text.parse::<Tau2>().unwrap(), Tau2::Pm, "{text}");
    }
    for text in ["HK", "knha", "hartung-knapp", "HKSJ", "Hartung-Knapp-Sidik-Jonkman", "Knapp-Hartung"] {
        assert_eq!(text.parse::<Inference>().unwrap(), Inference::HartungKnapp, "{text}");
    }
    for text in
        ["Hedges' g", "Hedges’ g", "SMD", "standardized mean difference", "standardised mean difference"]
    {
        assert_eq!(text.parse::<Measure>().unwrap().code(), "SMD", "{text}");
    }
    for (text, code) in
        [("relative risk", "RR"), ("log odds ratio", "OR"), ("rate ratio", "IRR"), ("response ratio", "ROM")]
    {
        assert_eq!(text.parse::<Measure>().unwrap().code(), code, "{text}");
    }
    assert_eq!("Bell-McCaffrey".parse::<RobustType>().unwrap(), RobustType::Cr2);
}

#[test]
fn an_error_suggests_by_spelling_and_by_meaning() {
    assert_eq!(suggested::<Tau2>("REMl2").as_deref(), Some("REML"));
    assert_eq!(suggested::<Tau2>("der simonian lard").as_deref(), Some("DL"));
    assert_eq!(suggested::<Tau2>("the method of Mandel").as_deref(), Some("PM"));
    assert_eq!(suggested::<Inference>("Knapp's adjustment").as_deref(), Some("hksj"));
    assert_eq!(suggested::<Tau2>("banana"), None);
}
