//! Any bytes as CSV text: read into a table of sound columns, or refused.

use consilience::table::Table;

pub fn run(bytes: &[u8]) {
    let Ok(table) = Table::read(bytes, "fuzz") else { return };
    assert!(!table.is_empty());
    assert_eq!(table.labels().len(), table.len());
    let _ = table.label_notes();
    for name in table.names() {
        let column = table.column(name).unwrap();
        assert_eq!(column.len(), table.len());
        assert_eq!(table.levels(name).unwrap().codes.len(), table.len());
        if let Ok(numbers) = table.numbers(name) {
            assert!(numbers.iter().flatten().all(|value| value.is_finite()));
        } else {
            assert!(!column.is_numeric());
        }
    }
}
