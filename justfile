# The commands of daily work; `just` lists them.

# What is compiled again and again is compiled in parts.
export CARGO_INCREMENTAL := "1"

default:
    @just --list

# The main job: reproduce and extend the social-prescribing review.
main:
    cargo run --release --example social_prescribing

# All tests.
test:
    cargo test --workspace

# What continuous integration runs.
ci:
    bash .ci/run

# Formatting and lints.
lint:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# Benchmarks.
bench:
    cargo bench --benches

# The documentation, in a browser.
doc:
    cargo doc --no-deps --all-features --open
