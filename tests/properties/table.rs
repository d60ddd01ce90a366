//! Formulas, designs and CSV text: nothing panics, and what is written is read back.

use consilience::table::{
    Column, DesignOptions, Formula, FormulaDesign, OnCollinear, ReferenceGrid, Roles, Table,
};
use proptest::prelude::*;

/// Pieces of formulas in any order, so that many of them are well-formed.
fn formula_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "g",
        "h",
        "`odd name`",
        "1",
        "0",
        "2",
        "-",
        "+",
        "+",
        "+",
        "*",
        ":",
        "/",
        "^2",
        "(",
        ")",
        ",",
        "=",
        "factor(",
        "log(",
        "I(",
        "poly(",
        "ns(",
        "bs(",
        "scale(",
        "ref(",
        "C(",
        "\"x\"",
        "df = 3",
        "sum",
        "~",
        " ",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Well-formed formulas.
fn formula() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "a",
        "b",
        "g",
        "h",
        "factor(h)",
        "log(a + 20)",
        "I(a^2 - b)",
        "poly(b, 2)",
        "scale(a)",
        "ref(g, 'y')",
        "C(g, sum)",
        "ns(a, 2)",
        "bs(b)",
    ]);
    atom.prop_map(str::to_owned).prop_recursive(3, 12, 3, |inner| {
        let operator = prop::sample::select(vec![" + ", " + ", " * ", ":", " - ", "/"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, o, b)| format!("({a}){o}({b})")),
            inner.prop_map(|a| format!("({a})^2")),
        ]
    })
}

fn table(rows: &[(f64, f64, u8, u8)]) -> Table {
    let number =
        |f: fn(&(f64, f64, u8, u8)) -> f64| Column::numbers(rows.iter().map(|r| Some(f(r)))).unwrap();
    let levels = ["x", "y", "z"];
    Table::new()
        .with("a", number(|r| r.0))
        .unwrap()
        .with("b", number(|r| r.1))
        .unwrap()
        .with("g", Column::texts(rows.iter().map(|r| Some(levels[usize::from(r.2 % 3)]))).unwrap())
        .unwrap()
        .with("h", number(|r| f64::from(r.3 % 2)))
        .unwrap()
        .with("odd name", number(|r| r.0 * r.1))
        .unwrap()
}

fn rows() -> impl Strategy<Value = Vec<(f64, f64, u8, u8)>> {
    // numbers as data have them; values that nearly coincide make any basis ill-conditioned
    let quarters = (-36..36).prop_map(|n| f64::from(n) / 4.0);
    let years = (1900..2030).prop_map(f64::from);
    prop::collection::vec((quarters, years, any::<u8>(), any::<u8>()), 0..60)
}

fn drop_collinear() -> DesignOptions {
    DesignOptions::new().collinear(OnCollinear::Drop)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = text.parse::<Formula>();
        let _ = text.parse::<Roles>();
        let _ = text.parse::<ReferenceGrid>();
    }

    #[test]
    fn any_pieces_of_a_formula_are_read_or_refused(text in formula_text(), rows in rows()) {
        if let Ok(formula) = text.parse::<Formula>() {
            let _ = FormulaDesign::new(&formula, &table(&rows), &drop_collinear());
            let _ = FormulaDesign::new(&formula, &Table::new(), &DesignOptions::new());
        }
    }

    #[test]
    fn labels_are_formulas_of_the_same_terms(text in formula()) {
        let formula: Result<Formula, _> = text.parse();
        prop_assume!(formula.as_ref().is_ok_and(|f| !f.terms().is_empty()));
        let terms = formula.unwrap().terms();
        let again: Formula = terms.join(" + ").parse().unwrap();
        prop_assert_eq!(again.terms().len(), terms.len());
        // variables may come in another order, which shows inside of interactions only
        for (a, b) in again.terms().iter().zip(&terms) {
            prop_assert_eq!(a.len(), b.len());
        }
    }

    #[test]
    fn a_design_codes_its_own_rows_as_it_did(text in formula(), rows in rows()) {
        let table = table(&rows);
        let Ok(formula) = text.parse::<Formula>() else { return Ok(()) };
        if let Ok(design) = FormulaDesign::new(&formula, &table, &drop_collinear()) {
            prop_assert_eq!(design.matrix.len(), design.k * design.p);
            prop_assert_eq!(design.names.len(), design.p);
            prop_assert!(design.p <= design.k);
            prop_assert!(design.matrix.iter().all(|value| value.is_finite()));
            prop_assert_eq!(&design.at(&table).unwrap(), &design.matrix);
            let assigned: usize = design.terms.iter().map(|term| term.columns.len()).sum();
            prop_assert_eq!(assigned + usize::from(design.intercept), design.p);
        }
    }

    #[test]
    fn the_order_of_the_rows_changes_the_order_of_the_rows_only(rows in rows(), text in formula()) {
        let Ok(formula) = text.parse::<Formula>() else { return Ok(()) };
        let table = table(&rows);
        let reversed: Vec<usize> = (0..rows.len()).rev().collect();
        let turned = FormulaDesign::new(&formula, &table.select(&reversed).unwrap(), &drop_collinear());
        if let (Ok(design), Ok(turned)) = (FormulaDesign::new(&formula, &table, &drop_collinear()), turned) {
            prop_assert_eq!(&design.names, &turned.names);
            for j in 0..design.p {
                let (a, b) = (design.column(j).unwrap(), turned.column(j).unwrap());
                let size = a.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
                for (x, y) in a.iter().zip(b.iter().rev()) {
                    // sums of years in another order, through a cubic recurrence
                    prop_assert!((x - y).abs() <= 1e-7 * size, "{} {}", x, y);
                }
            }
        }
    }
}

#[cfg(feature = "csv")]
mod csv_text {
    use super::*;

    fn quoted(cell: &str) -> String {
        format!("\"{}\"", cell.replace('"', "\"\""))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Table::read(bytes.as_slice(), "any");
        }

        #[test]
        fn any_pieces_of_csv_are_read_or_refused(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["a", "1", ",", ";", "\t", "\"", "\n", "\r\n", " ", "NA", "Inf", "é", "\u{feff}"]),
                0..40,
            )
        ) {
            if let Ok(table) = Table::read(pieces.concat().as_bytes(), "any") {
                prop_assert!(!table.is_empty());
                for name in table.names() {
                    prop_assert_eq!(table.column(name).unwrap().len(), table.len());
                }
            }
        }

        #[test]
        fn what_is_written_is_read(
            cells in prop::collection::vec(("[a-z,;\"\n\té]{1,8}", any::<f64>()), 1..30),
            delimiter in prop::sample::select(vec![",", ";", "\t"]),
            line_end in prop::sample::select(vec!["\n", "\r\n"]),
        ) {
            let mut text = format!("text{delimiter}number{line_end}");
            for (cell, number) in &cells {
                let number = if number.is_finite() { number.to_string() } else { "NA".to_owned() };
                text.push_str(&format!("{}{delimiter}{number}{line_end}", quoted(cell)));
            }
            let table = Table::read(text.as_bytes(), "written").unwrap();
            let texts: Vec<Option<String>> =
                cells.iter().map(|(cell, _)| Some(cell.trim().to_owned()).filter(|c| !c.is_empty())).collect();
            prop_assert_eq!(table.texts("text").unwrap(), texts);
            let numbers: Vec<Option<f64>> =
                cells.iter().map(|(_, number)| Some(*number).filter(|n| n.is_finite())).collect();
            prop_assert_eq!(table.numbers("number").unwrap(), numbers);
        }
    }
}
