//! The names that columns bear in practice: those of the roles in any spelling, and those of other programs.
//!
//! Names are compared by their letters and digits alone, without regard to case: `Study ID`, `study_id` and `StudyID` are one
//! name. Beside its own name a role has customary ones (of R's meta: `event.e n.e event.c n.c`, `TE seTE`, `studlab`; of
//! Review Manager: `Events 1`, `Total 1`, `Mean 1`, `Experimental cases`; of Stata: `_ES _seES _LCI _UCI`, `_meta_es _meta_se`;
//! of Comprehensive Meta-Analysis: `Study name`, `Standard error`, `Lower limit`, `Treated events`). Others may well be
//! meant, but nobody can be sure: they are only named when a role is missing.

use std::{borrow::Cow, sync::LazyLock};

use hashbrown::HashSet;

/// The letters and digits of a name in lower case; the name itself where it has nothing else.
pub(super) fn spelling(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(plain(name))
}

/// The letters and digits of a name in lower case.
pub(crate) fn plain(name: &str) -> String {
    if name.is_ascii() {
        let mut plain = String::with_capacity(name.len());
        plain.extend(letters(name).map(char::from));
        return plain;
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The letters and digits of a name of ASCII in lower case.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// True for a name whose letters and digits are these.
pub(super) fn spells(name: &str, spelled: &str) -> bool {
    // most names differ in their first letter
    letters(name).eq(spelled.bytes()) && name.is_ascii() || !name.is_ascii() && plain(name) == spelled
}

/// True for a name, by its letters and digits, that is a customary one of some role beside the role's own.
pub(super) fn is_foreign(spelled: &str) -> bool {
    static FOREIGN: LazyLock<HashSet<&str>> =
        LazyLock::new(|| super::ROLES.iter().flat_map(|role| names(role)).copied().collect());
    FOREIGN.contains(spelled)
}

/// The names by which columns play a role without being mapped, by their letters and digits in lower case.
pub fn customary_names() -> impl Iterator<Item = String> {
    super::ROLES.iter().flat_map(|role| {
        std::iter::once(plain(role)).chain(names(role).iter().map(|name| (*name).to_owned()))
    })
}

/// Names of columns that hold the labels of studies where no column bears a better one.
pub(super) const FALLBACK_LABELS: [&str; 7] =
    ["name", "article", "publication", "source", "title", "studyyear", "id"];

/// The customary names of a role, by their letters and digits, in the order in which they are preferred.
pub(super) fn names(role: &str) -> &'static [&'static str] {
    of_role(NAMES, role)
}

const EVENTS_1: &[&str] = &[
    "evente",
    "events1",
    "event1",
    "eventse",
    "experimentalevents",
    "experimentalcases",
    "interventionevents",
    "treatmentevents",
    "treatedevents",
    "eventsexperimental",
    "eventsintervention",
    "eventstreatment",
    "eventstreat",
    "eventsexp",
    "groupaevents",
];

const EVENTS_2: &[&str] = &[
    "eventc",
    "events2",
    "event2",
    "eventsc",
    "controlevents",
    "controlcases",
    "comparatorevents",
    "placeboevents",
    "eventscontrol",
    "eventscomparator",
    "eventsctrl",
    "eventsplacebo",
    "groupbevents",
];

/// Names that a column of this role may well bear, by their letters and digits.
pub(super) fn likely(role: &str) -> &'static [&'static str] {
    of_role(LIKELY, role)
}

/// The names that the two groups of a role share where a header repeats them, and true for the second group.
pub(super) fn twins(role: &str) -> Option<(&'static [&'static str], bool)> {
    Some(match role {
        "n1i" | "n2i" => (&["n", "total", "samplesize"], role == "n2i"),
        "m1i" | "m2i" => (&["mean", "m", "average"], role == "m2i"),
        "sd1i" | "sd2i" => (&["sd", "stddev", "standarddeviation"], role == "sd2i"),
        "ai" | "ci" => (&["events", "event", "cases", "r"], role == "ci"),
        "x1i" | "x2i" => (&["events", "event", "cases"], role == "x2i"),
        "t1i" | "t2i" => (&["time", "persontime", "personyears"], role == "t2i"),
        _ => return None,
    })
}

fn of_role(table: &'static [(&'static str, &'static [&'static str])], role: &str) -> &'static [&'static str] {
    table.iter().find(|(known, _)| *known == role).map_or(&[], |(_, names)| names)
}

/// The customary names of the roles, by their letters and digits.
const NAMES: &[(&str, &[&str])] = &[
    (
        "study",
        &[
            "studyname",
            "studylabel",
            "studlab",
            "studyid",
            "studyauthor",
            "studyauthoryear",
            "studyorsubgroup",
            "nameofstudy",
            "studycode",
            "studynumber",
            "authoryear",
            "authorsyear",
            "authorandyear",
            "firstauthoryear",
            "trialname",
            "trial",
            "trialid",
            "studies",
            "citation",
            "reference",
            "paper",
        ],
    ),
    ("author", &["authors", "firstauthor", "leadauthor", "authorname"]),
    ("year", &["publicationyear", "pubyear", "yearpublished", "yearofpublication", "yr"]),
    ("ai", EVENTS_1),
    ("ci", EVENTS_2),
    ("x1i", EVENTS_1),
    ("x2i", EVENTS_2),
    (
        "bi",
        &["nonevente", "nonevents1", "noevents1", "experimentalnonevents", "treatednonevents", "noevente"],
    ),
    ("di", &["noneventc", "nonevents2", "noevents2", "controlnonevents", "noeventc"]),
    (
        "n1i",
        &[
            "totalexp",
            "totaltreat",
            "totaltrt",
            "nactive",
            "ne",
            "n1",
            "total1",
            "totale",
            "experimentaltotal",
            "experimentaln",
            "interventiontotal",
            "interventionn",
            "treatmenttotal",
            "treatmentn",
            "treatedtotaln",
            "treatedtotal",
            "treatedn",
            "treatedsamplesize",
            "ntreatment",
            "nintervention",
            "nexperimental",
            "totalintervention",
            "totalexperimental",
            "totaltreatment",
            "samplesize1",
            "groupasamplesize",
            "ntreat",
            "ntrt",
            "nexp",
        ],
    ),
    (
        "n2i",
        &[
            "totalctrl",
            "totalcontr",
            "totalplacebo",
            "nc",
            "n2",
            "total2",
            "totalc",
            "controltotal",
            "controln",
            "controltotaln",
            "controlsamplesize",
            "comparatortotal",
            "comparatorn",
            "ncontrol",
            "ncomparator",
            "totalcontrol",
            "totalcomparator",
            "samplesize2",
            "groupbsamplesize",
            "nctrl",
            "nplacebo",
        ],
    ),
    (
        "t1i",
        &[
            "timee",
            "time1",
            "persontime1",
            "experimentalpersontime",
            "experimentaltime",
            "personyears1",
            "py1",
        ],
    ),
    ("t2i", &["timec", "time2", "persontime2", "controlpersontime", "controltime", "personyears2", "py2"]),
    (
        "m1i",
        &[
            "mexp",
            "mtreat",
            "mtreatment",
            "mintervention",
            "mexperimental",
            "meane",
            "mean1",
            "m1",
            "experimentalmean",
            "interventionmean",
            "treatmentmean",
            "treatedmean",
            "meanexperimental",
            "meanintervention",
            "meantreatment",
            "meantreat",
            "meanexp",
            "groupamean",
        ],
    ),
    (
        "m2i",
        &[
            "mctrl",
            "mcontrol",
            "mplacebo",
            "mcomparator",
            "meanc",
            "mean2",
            "m2",
            "controlmean",
            "comparatormean",
            "meancontrol",
            "meancomparator",
            "meanctrl",
            "meanplacebo",
            "groupbmean",
        ],
    ),
    (
        "sd1i",
        &[
            "sde",
            "sd1",
            "experimentalsd",
            "interventionsd",
            "treatmentsd",
            "treatedsd",
            "treatedstddev",
            "sdexperimental",
            "sdintervention",
            "sdtreatment",
            "sdtreat",
            "sdexp",
            "stddev1",
            "groupastddev",
        ],
    ),
    (
        "sd2i",
        &[
            "sdc",
            "sd2",
            "controlsd",
            "controlstddev",
            "comparatorsd",
            "sdcontrol",
            "sdcomparator",
            "sdctrl",
            "sdplacebo",
            "stddev2",
            "groupbstddev",
        ],
    ),
    ("xi", &["event", "cases"]),
    ("mini", &["min", "minimum"]),
    ("q1i", &["q1", "firstquartile", "lowerquartile", "p25"]),
    ("mediani", &["median", "med"]),
    ("q3i", &["q3", "thirdquartile", "upperquartile", "p75"]),
    ("maxi", &["max", "maximum"]),
    ("ni", &["n", "total", "samplesize", "totaln", "ntotal", "totalsamplesize"]),
    ("sdi", &["sd", "stddev"]),
    ("ri", &["cor", "r", "corr"]),
    (
        "yi",
        &[
            "te",
            "y",
            "es",
            "effectsize",
            "metaes",
            "treatmenteffect",
            "logor",
            "logrr",
            "loghr",
            "lnor",
            "lnrr",
            "lnhr",
            "hedgesg",
            "hedgessg",
            "cohensd",
            "stddiffinmeans",
            "givmean",
        ],
    ),
    ("vi", &["v", "var", "variance", "varte", "vary", "varyi", "vares", "samplingvariance"]),
    (
        "sei",
        &[
            "sete",
            "se",
            "stderr",
            "stderror",
            "standarderror",
            "sees",
            "metase",
            "sey",
            "seyi",
            "selogor",
            "selogrr",
            "seloghr",
            "selnor",
            "selnrr",
            "selnhr",
            "seeffect",
            "givse",
            "sigma",
        ],
    ),
    (
        "ci_lower",
        &[
            "lower",
            "lowerci",
            "lowerlimit",
            "lcl",
            "ll",
            "lci",
            "cilb",
            "cilow",
            "cilo",
            "cistart",
            "lowercl",
            "95cilower",
            "lower95ci",
            "lowerci95",
            "cil",
            "metacil",
            "lower95",
            "cilower95",
        ],
    ),
    (
        "ci_upper",
        &[
            "upper",
            "upperci",
            "upperlimit",
            "ucl",
            "ul",
            "uci",
            "ciub",
            "cihigh",
            "cihi",
            "ciend",
            "uppercl",
            "95ciupper",
            "upper95ci",
            "upperci95",
            "ciu",
            "metaciu",
            "upper95",
            "ciupper95",
        ],
    ),
    ("p_value", &["p", "pval", "pvalue2sided"]),
];

/// Names that may well be meant for a role, by their letters and digits.
const LIKELY: &[(&str, &[&str])] = &[
    ("study", &["id", "name", "article", "publication", "source", "no", "nr", "number"]),
    (
        "strategy",
        &[
            "name",
            "option",
            "intervention",
            "treatment",
            "alternative",
            "arm",
            "comparator",
            "program",
            "programme",
        ],
    ),
    ("cost", &["costs", "totalcost", "totalcosts", "meancost", "meancosts", "costtotal"]),
    (
        "effect",
        &[
            "effects",
            "qaly",
            "qalys",
            "totalqalys",
            "totalqaly",
            "meanqaly",
            "meanqalys",
            "meaneffect",
            "ly",
            "lys",
            "dalys",
            "benefit",
            "outcome",
        ],
    ),
    (
        "arm",
        &["group", "treatment", "trt", "treat", "allocation", "intervention", "randomised", "randomized"],
    ),
    ("treatment", &["arm", "group", "intervention", "comparator"]),
    ("cost_difference", &["deltac", "incrementalcost", "costdiff", "dc", "incrementalcosts"]),
    ("effect_difference", &["deltae", "incrementaleffect", "effectdiff", "de", "incrementalqalys"]),
    ("ai", &["tpos", "r1", "e1", "deadtreat", "eventst", "eventt", "eventsi", "casese", "cases1", "deaths1"]),
    (
        "x1i",
        &["tpos", "r1", "e1", "deadtreat", "eventst", "eventt", "eventsi", "casese", "cases1", "deaths1"],
    ),
    ("bi", &["tneg"]),
    ("ci", &["cpos", "r2", "e2", "casesc", "cases2", "deaths2"]),
    ("x2i", &["cpos", "r2", "e2", "casesc", "cases2", "deaths2"]),
    ("di", &["cneg", "d", "cohend", "cohensd", "cohens"]),
    ("n1i", &["nt", "ni", "size1", "nt1"]),
    ("n2i", &["size2", "nt2"]),
    ("m1i", &["meant", "meani", "x1", "xe"]),
    ("m2i", &["x2", "xc"]),
    ("sd1i", &["sdt", "s1", "se1"]),
    ("sd2i", &["s2"]),
    (
        "yi",
        &[
            "meandifference",
            "meandiff",
            "difference",
            "effectestimate",
            "coefficient",
            "hedges",
            "logodds",
            "estimate",
            "effect",
            "d",
            "g",
            "or",
            "rr",
            "hr",
            "md",
            "smd",
            "b",
            "beta",
            "coef",
            "z",
            "est",
            "mean",
            "oddsratio",
            "riskratio",
            "hazardratio",
        ],
    ),
    ("vi", &["vari", "vard", "varg", "vd", "vg", "s2"]),
    ("sei", &["std", "sed", "seg", "error", "seb"]),
    ("ci_lower", &["low", "lb", "from", "min"]),
    ("ci_upper", &["high", "up", "ub", "to", "max"]),
    ("mi", &["mean"]),
    ("gi", &["g", "hedgesg", "hedgeg", "smd"]),
    ("pi", &["p", "pvalue", "pval", "pvalues"]),
    ("ti", &["t", "tvalue", "tval", "tstat", "tstatistic", "time", "persontime"]),
    ("ni", &["size", "participants", "patients", "sample"]),
    ("xi", &["events", "r", "x", "count", "deaths"]),
    ("ri", &["correlation", "rho", "rxy", "pearson", "pearsonr"]),
];
