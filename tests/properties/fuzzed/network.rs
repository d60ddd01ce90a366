//! Any small data as a network of treatments: refused, or fitted to numbers.

use consilience::Measure;
use consilience::network::{NetworkData, NetworkMeta, SmallValues, SplitMethod};
use consilience::table::{Column, Table};
use consilience::tau2::Tau2;

use super::numbers::numbers;

/// One byte for the model; then, for each study, one for its treatments and four for its numbers.
pub fn run(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let rows: Vec<&[u8]> = bytes.chunks_exact(5).take(12).collect();
    let name = |at: u8| Some(["A", "B", "C", "D"][usize::from(at % 4)]);
    let column = |at: usize| rows.iter().map(move |row| numbers(&row[1..])[at]);
    let table = || -> consilience::Result<Table> {
        Table::new()
            .with("study", Column::texts((0..rows.len()).map(|i| Some((i / 2).to_string())))?)?
            .with("treatment1", Column::texts(rows.iter().map(|row| name(row[0])))?)?
            .with("treatment2", Column::texts(rows.iter().map(|row| name(row[0] / 4)))?)?
            .with("yi", Column::numbers(column(0).map(Some))?)?
            .with("vi", Column::numbers(column(1).map(|v| Some(v.abs())))?)
    };
    let Ok(table) = table() else { return };
    let Ok(network) = NetworkData::new(Measure::Generic).table(&table) else { return };
    let model = match choice % 4 {
        0 => NetworkMeta::common(),
        1 => NetworkMeta::random(Tau2::Dl),
        2 => NetworkMeta::random(Tau2::Ml),
        _ => NetworkMeta::random(Tau2::Reml),
    };
    let Ok(fit) = model.fit(&network) else { return };
    assert!(fit.tau2 >= 0.0 && fit.theta.iter().all(|theta| !theta.is_nan()));
    let _ = fit.split(if choice & 16 == 0 { SplitMethod::Side } else { SplitMethod::Sidde });
    let _ = fit.net_heat();
    if let Ok(scores) = fit.p_scores(SmallValues::Good, None) {
        assert!(!format!("{scores:?}").contains("NaN"));
    }
}
