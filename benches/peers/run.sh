#!/bin/sh
# Measures the same work side by side, checks that the results agree, and writes results.md with the ratios of the times.
# Peers that are not installed are skipped with a message. Usage: benches/peers/run.sh
set -eu
cd "$(dirname "$0")/../.."
cargo build --release --example peers
peers="${CARGO_TARGET_DIR:-target}/release/examples/peers"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# One thread each, as the crate has here.
export POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

"$peers" data "$work"
"$peers" run "$work" >"$work/results.csv"
if command -v Rscript >/dev/null; then
    Rscript benches/peers/peers.R "$work" >>"$work/results.csv"
else
    echo "R is not installed: metafor skipped" >&2
fi
if command -v python3 >/dev/null; then
    python3 benches/peers/peers.py "$work" >>"$work/results.csv" || echo "the Python peers did not finish" >&2
else
    echo "Python is not installed: PyMARE and statsmodels skipped" >&2
fi
"$peers" table "$work/results.csv" >benches/peers/results.md
cat benches/peers/results.md
