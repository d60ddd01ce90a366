//! Every kind of figure, in both widths of a journal and of one to 150 studies with names in several scripts: nothing leaves the
//! page, no two texts overlap, and what is drawn can be read.

use std::{fmt::Write, panic, thread};

use consilience::{
    Result,
    plot::{
        Scene,
        scene::{Bounds, Shape},
    },
    table::Table,
};

use crate::figures::{Sources, figures};

const NAMES: [&str; 9] = [
    "Müller & Søn",
    "<b>Bold</b> 2001",
    "王小明 2019",
    "Παπαδόπουλος 2003",
    "Иванова et al",
    "محمد 2015",
    "Comstock, Webster & a very long list of authors of the collaborative group 1974",
    "O'Neil 'x' 2000",
    "A",
];

/// The treatments that the figures of networks name.
const TREATMENTS: [&str; 10] =
    ["plac", "metf", "acar", "rosi", "piog", "migl", "sulf", "sita", "vild", "benf"];

/// Numbers between 0 and 1 that look like chance and are not.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

fn name(i: usize) -> String {
    let number = if i < NAMES.len() { String::new() } else { format!(" {i}") };
    format!("\"{}{number}\"", NAMES[i % NAMES.len()])
}

/// Tables of k studies, options, parameters, outcomes.
fn text(table: &str, k: usize) -> String {
    let mut chance = Chance(7 + k as u64);
    let mut u = || chance.next();
    let mut out = String::new();
    let few = k.clamp(2, 9);
    let options: Vec<String> = (0..few).map(name).collect();
    let _ = match table {
        "trials" => {
            out += "study,ai,n1i,ci,n2i,ablat,alloc,year\n";
            (0..k).try_for_each(|i| {
                let n = (20.0 * (4.0 * u()).exp()).round();
                let risk = 0.1 + 0.4 * u();
                let [a, c] = [risk * (0.4 + 0.8 * u()), risk].map(|p| (p * n).round().max(1.0));
                let (ablat, alloc) = ((60.0 * u()).round(), ["α group", "random", "b & c"][i % 3]);
                writeln!(out, "{},{a},{n},{c},{n},{ablat},{alloc},{}", name(i), 1950 + i)
            })
        }
        "infections" => {
            out += "study,ai,n1i,ci,n2i\n";
            (0..k).try_for_each(|i| writeln!(out, "{},{},{},{},120", name(i), (i + 1) % 4, 90 + i, 1 + i % 6))
        }
        "judged_trials" => {
            out += "study,ai,n1i,ci,n2i\n";
            (0..k).try_for_each(|i| writeln!(out, "{},{},100,{},100", name(i), 5 + i % 20, 9 + i % 17))
        }
        "diabetes" | "weight" => {
            out += "study,treatment1,treatment2,yi,sei\n";
            // All against the first, then all against all, in closed loops.
            (0..k.max(20)).try_for_each(|i| {
                let a = if i < 9 { 0 } else { i % 10 };
                let b = if i < 9 { i + 1 } else { (a + 1 + i % 9) % 10 };
                let (y, se) = (u() - 0.5, 0.1 + 0.3 * u());
                writeln!(out, "{},{},{},{y:.3},{se:.3}", name(i), TREATMENTS[a], TREATMENTS[b])
            })
        }
        "smoking" => {
            out += "study,trt,xi,ni\n";
            (0..2 * k.max(4)).try_for_each(|i| {
                let treatment = (i / 2 + i % 2 * (1 + i / 8 % 3)) % 4;
                writeln!(out, "{},{},{},{}", i / 2, name(treatment), 5 + i % 20, 60 + i)
            })
        }
        "nested" => {
            out += "district,school,study,yi,vi\n";
            (0..k.max(4)).try_for_each(|i| {
                let (y, v) = (u() - 0.4, 0.01 + 0.1 * u());
                writeln!(out, "{},school {i},{i},{y:.3},{v:.3}", name(i / 4))
            })
        }
        "directions" => {
            out += "study,outcome,direction,design,n,risk_of_bias\n";
            (0..k).try_for_each(|i| {
                (0..4).try_for_each(|j| {
                    let direction = ["favours", "against", "mixed"][(i * 7 + j * 5) % 3];
                    let bias = ["low", "high", "some concerns"][i % 3];
                    let outcome = ["health-related quality of life", "costs <£>", "死亡", "mental health"][j];
                    writeln!(out, "{},{outcome},{direction},RCT,{},{bias}", name(i), 10 + 50 * i)
                })
            })
        }
        "p_values" => {
            out += "study,p_value,n,direction\n";
            (0..k).try_for_each(|i| {
                let p = 0.001 + 0.99 * u() * u();
                let side = if u() > 0.3 { "favours" } else { "against" };
                writeln!(out, "{},{p:.4},{},{side}", name(i), (20.0 * (5.0 * u()).exp()).round())
            })
        }
        "risk_of_bias" => {
            out += "study,D1,D2,D3,D4,D5,overall\n";
            let mut word = || ["low", "some concerns", "high"][(3.0 * u()) as usize];
            (0..k).try_for_each(|i| {
                let cells: Vec<&str> = (0..6).map(|_| word()).collect();
                writeln!(out, "{},{}", name(i), cells.join(","))
            })
        }
        "flow" => {
            let n = 1000 * k;
            let (screened, sought, assessed, included) = (n - k, n - 2 * k, n - 3 * k, n - 5 * k);
            let total = n - 4 * k;
            write!(
                out,
                "data,n\nprevious_studies,{k}\nprevious_reports,{k}\ndatabase_results,{n}\nregister_results,0\n\
                 website_results,{k}\norganisation_results,{k}\ncitations_results,{k}\nduplicates,{k}\n\
                 records_screened,{screened}\nrecords_excluded,{k}\ndbr_sought_reports,{sought}\n\
                 dbr_notretrieved_reports,{k}\ndbr_assessed,{assessed}\n\
                 dbr_excluded,\"Not <randomised> at all, {k}; Other, {k}\"\nother_sought_reports,{k}\n\
                 other_notretrieved_reports,0\nother_assessed,{k}\n\"other_excluded\",\"Other, {k}\"\n\
                 new_studies,{included}\nnew_reports,{included}\ntotal_studies,{total}\ntotal_reports,{total}\n"
            )
        }
        "findings" => {
            out += "outcome,studies,participants,measure,estimate,ci_lower,ci_upper,comparator_risk,certainty,reasons,conclusion\n";
            (0..k).try_for_each(|i| {
                let certainty = ["high", "moderate", "low", "very low"][i % 4];
                writeln!(
                    out,
                    "{},{} RCT,{},RR,0.{},0.21,0.9,0.1,{certainty},imprecision; reason {},may improve a little",
                    name(i), i + 1, 500 * (i + 1), 30 + i % 50, i % 5
                )
            })
        }
        "costs" => {
            let _ = writeln!(out, "{}", options.join(","));
            (0..60).try_for_each(|_| {
                let row: Vec<String> =
                    (0..few).map(|i| format!("{:.1}", 1000.0 + 400.0 * i as f64 + 900.0 * u())).collect();
                writeln!(out, "{}", row.join(","))
            })
        }
        "effects" => {
            let _ = writeln!(out, "{}", options.join(","));
            (0..60).try_for_each(|_| {
                let row: Vec<String> =
                    (0..few).map(|i| format!("{:.4}", 5.0 + 0.05 * i as f64 + 0.2 * u())).collect();
                writeln!(out, "{}", row.join(","))
            })
        }
        "parameters" => {
            out += "rr\n";
            (0..60).try_for_each(|_| writeln!(out, "{:.4}", u()))
        }
        "strategies" => {
            out += "strategy,cost,effect\n";
            (0..k).try_for_each(|i| {
                let effect = u();
                writeln!(out, "{},{:.0},{effect:.4}", name(i), 50_000.0 * effect * effect + 9000.0 * u())
            })
        }
        "one_way" => {
            out += "parameter,low,high,outcome_low,outcome_high\n";
            (0..k).try_for_each(|i| {
                let (a, b) = (12_985.4 - 9000.0 * u(), 12_985.4 + 9000.0 * u());
                writeln!(out, "{},{:.3},{:.3},{a:.1},{b:.1}", name(i), u(), 1.0 + 1e4 * u())
            })
        }
        "differences" => {
            out += "study,cost_difference,effect_difference\n";
            (0..k).try_for_each(|i| {
                writeln!(out, "{},{:.0},{:.4}", name(i), 400.0 * (u() - 0.5), 0.02 * (u() - 0.4))
            })
        }
        "states" => {
            out += "state,start\n";
            (0..few).try_for_each(|i| writeln!(out, "{},{}", name(i), u8::from(i == 0)))
        }
        _ => {
            let _ = writeln!(out, "cycle,from,{}", options.join(","));
            (0..few).try_for_each(|i| {
                let row: Vec<&str> = (0..few)
                    .map(|j| {
                        if j == i {
                            "0.75"
                        } else if j == (i + 1) % few {
                            "0.25"
                        } else {
                            "0"
                        }
                    })
                    .collect();
                writeln!(out, "1,{},{}", name(i), row.join(","))
            })
        }
    };
    out
}

fn sources(k: usize) -> Sources {
    Sources::new(|name, _| Table::read(text(name, k).as_bytes(), "data.csv")).unwrap()
}

/// What is wrong with a scene, if anything.
fn fault(scene: &Scene) -> Option<String> {
    for element in &scene.elements {
        let b = element.bounds();
        let inside = b.left >= -0.01
            && b.top >= -0.01
            && b.right <= scene.width + 0.01
            && b.bottom <= scene.height + 0.01;
        if !inside {
            return Some(format!("{element:?} leaves a page of {} by {}", scene.width, scene.height));
        }
    }
    let mut texts: Vec<(Bounds, &str, &str)> = Vec::new();
    for element in &scene.elements {
        if let Shape::Text(text) = &element.shape {
            if text.content.is_empty() {
                return Some(format!("an empty text of class {}", element.class));
            }
            let number = text.content.trim_start_matches(['[', '(']);
            if number.starts_with('-') && number[1..].starts_with(|c: char| c.is_ascii_digit()) {
                return Some(format!("a hyphen for a minus sign: {}", text.content));
            }
            if ["NaN", "inf"].contains(&text.content.as_str()) {
                return Some(format!("a number that is none: {}", text.content));
            }
            if text.size < 3.0 {
                return Some(format!("{} is too small to read: {} points", text.content, text.size));
            }
            texts.push((element.bounds(), &element.class, &text.content));
        }
    }
    texts.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
    for (i, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(i + 1).take_while(|b| b.0.top < a.0.bottom) {
            // Ascents and descents leave air that lines of one paragraph may share.
            if a.0.overlaps(&b.0, 1.2) {
                return Some(format!("{a:?} overlaps {b:?}"));
            }
        }
    }
    let axes = scene.of_class("axis").count();
    if axes > 0 && scene.of_class("tick-label").count() < 2 * axes.min(2) {
        return Some("an axis without ticks".to_owned());
    }
    if scene.title.is_empty() || scene.description.is_empty() || scene.elements.len() < 4 {
        return Some("a figure that says nothing".to_owned());
    }
    let svg = scene.to_svg();
    let markup = svg.contains("<b>") || svg.contains("NaN") || svg.contains("& ");
    markup.then(|| "markup or a number that is none in the file".to_owned())
}

/// Kinds that need more than this many studies, which they say.
fn needs(file: &str) -> usize {
    match file {
        "profile" | "leave-one-out" | "gosh" | "glmm-likelihood" => 1,
        "p-curve" | "baujat" | "influence" | "qq" | "bubble" | "regression" | "permutation" | "selection" => {
            2
        }
        _ => 0,
    }
}

fn check(k: usize) -> Vec<String> {
    let sources = sources(k);
    let mut faults = Vec::new();
    for figure in figures() {
        for width in [85.0, 170.0] {
            let drawn: Result<Scene> = (figure.draw)(&sources, Some(width));
            match drawn {
                Ok(scene) => {
                    faults
                        .extend(fault(&scene).map(|f| format!("{} of {k} at {width} mm: {f}", figure.file)));
                }
                Err(_) if k <= needs(figure.file) => {}
                Err(error) => faults.push(format!("{} of {k} at {width} mm: {error}", figure.file)),
            }
        }
    }
    faults
}

#[test]
fn every_kind_is_tidy_at_both_widths() {
    let faults: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = [150, 13, 2, 1].map(|k| scope.spawn(move || check(k))).into();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
            .collect()
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
