//! Any text as a formula, on a small table: a sound design, or refused.

use consilience::table::{
    Column, DesignOptions, Formula, FormulaDesign, OnCollinear, ReferenceGrid, Roles, Table,
};

fn table() -> Table {
    let rows = 12_u32;
    let number = |f: fn(u32) -> Option<f64>| Column::numbers((0..rows).map(f)).unwrap();
    Table::new()
        .with("a", number(|i| Some(f64::from(i * i % 17))))
        .unwrap()
        .with("b", number(|i| (i != 3).then(|| 1950.0 + f64::from(i))))
        .unwrap()
        .with("g", Column::texts((0..rows).map(|i| Some(["x", "y", "z"][i as usize % 3]))).unwrap())
        .unwrap()
}

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = text.parse::<Roles>();
    let grid = text.parse::<ReferenceGrid>();
    let Ok(formula) = text.parse::<Formula>() else { return };
    let options = DesignOptions::new().collinear(OnCollinear::Drop);
    let table = table();
    let Ok(design) = FormulaDesign::new(&formula, &table, &options) else { return };
    assert_eq!(design.matrix.len(), design.k * design.p);
    assert!(design.p <= design.k && design.names.len() == design.p);
    assert!(design.matrix.iter().all(|value| value.is_finite()));
    assert_eq!(design.at(&table.select(&design.rows).unwrap()).unwrap(), design.matrix);
    if let Ok(grid) = grid {
        let _ = grid.points(&design);
    }
}
