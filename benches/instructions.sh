#!/usr/bin/env bash
# Counts the instructions of one call of kernels and fits, and compares them with instructions.txt. Counts do not depend on what
# else the machine does, so a change that makes something slower is seen wherever it is made.
# Usage: benches/instructions.sh [--update]    with valgrind installed; --update writes the counts anew.
set -euo pipefail
cd "$(dirname "$0")/.."
tolerance=3 # per cent: seeds of hash tables move counts by less
counts=benches/instructions.txt
cargo build --quiet --release --example instructions
program=${CARGO_TARGET_DIR:-target}/release/examples/instructions
export RAYON_NUM_THREADS=1

counted() { # instructions of TASK done N times
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

found=$(mktemp)
trap 'rm -f "$found"' EXIT
printf '# instructions of one call, by benches/instructions.sh: %s, %s\n' "$(rustc --version | cut -d' ' -f1,2)" "$(uname -m)" >"$found"
for task in $("$program"); do
    few=$(counted "$task" 10)
    many=$(counted "$task" 30)
    echo "$task $(((many - few) / 20))" >>"$found"
done

if [ "${1:-}" = --update ]; then
    cat "$found" >"$counts"
    cat "$counts"
    exit
fi
[ -f "$counts" ] || { echo "$counts is not there: write it by benches/instructions.sh --update"; exit 1; }
[ "$(head -1 "$found")" = "$(head -1 "$counts")" ] || echo "note: $counts was written with another compiler or machine"
join -a 1 -a 2 -e 0 -o 0,1.2,2.2 <(grep -v '^#' "$counts" | sort) <(grep -v '^#' "$found" | sort) |
    awk -v tolerance="$tolerance" '
        { change = $2 > 0 ? 100 * ($3 - $2) / $2 : 100
          far = change > tolerance || change < -tolerance
          printf "%-20s %12d %12d %+6.1f %%%s\n", $1, $2, $3, change, far ? "  <-" : ""
          bad += far }
        END { if (bad) { print bad " counts changed: if that is meant, benches/instructions.sh --update"; exit 1 } }'
