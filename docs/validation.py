#!/usr/bin/env python3
"""Writes docs/validation.md from the test data: what was checked against what, and how far it differs.

    python3 docs/validation.py [--binary target/release/consilience]

Runs every reference case of tests/data through the program. Standard library only.
"""

import argparse
import glob
import json
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(ROOT, "tests", "data")


def at(tree, path):
    for step in path.split("."):
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    return tree


def tolerance(case, path):
    prefixes = [p for p in case.get("loose", {}) if path.startswith(p)]
    return case["loose"][max(prefixes, key=len)] if prefixes else case["tolerance"]


def cases_of(file):
    with open(file, encoding="utf-8") as text:
        cases = json.load(text)
    good = isinstance(cases, list) and cases and all({"id", "args", "expect"} <= set(case) for case in cases)
    return cases if good else []


def run(binary, command, case, folder):
    args = [binary, command] + ([case["data"]] if case.get("data") else []) + case["args"] + ["--format", "json"]
    done = subprocess.run(args, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
    return json.loads(done.stdout) if done.returncode == 0 else None


def deviation(expected, got):
    """The relative deviation; None where values are not numbers."""
    if isinstance(expected, bool) or not isinstance(expected, (int, float)) or not isinstance(got, (int, float)):
        return None
    return abs(got - expected) / abs(expected) if expected else (0.0 if got == 0 else None)


class Family:
    def __init__(self):
        self.cases = self.values = self.failed = 0
        self.p_values, self.others = [], []
        self.sources = set()
        self.beyond = []

    def add(self, case, answer):
        self.cases += 1
        source = case.get("source", "")
        self.sources.update(" ".join(part.split()[:2]) for part in source.split("; ")[:1] if part)
        for path, expected in case["expect"].items():
            self.values += 1
            try:
                got = at(answer, path)
            except (KeyError, IndexError, TypeError, ValueError):
                self.failed += 1
                continue
            apart = deviation(expected, got)
            if apart is None:
                self.failed += expected != got and not isinstance(expected, (int, float))
                continue
            within = abs(got - expected) <= case.get("absolute", 0.0)
            if not within:
                (self.p_values if path.endswith("p_value") else self.others).append(apart)
            limit = tolerance(case, path) * (100 if path.endswith("p_value") else 1)
            if apart > limit and not within:
                self.beyond.append((case["id"], path, expected, got))


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def families(binary):
    found = {}
    for file in sorted(glob.glob(os.path.join(DATA, "*", "*.json"))):
        if os.path.basename(os.path.dirname(file)) == "field":
            continue
        command = os.path.basename(file)[: -len(".json")].replace("_", "-")
        for case in cases_of(file):
            family = found.setdefault(command, Family())
            family.add(case, run(binary, command, case, os.path.dirname(file)) or {})
    return found


def origins():
    """The sets of test data with the first line that says where each comes from."""
    for file in sorted(glob.glob(os.path.join(DATA, "*", "origin.toml"))):
        with open(file, encoding="utf-8") as text:
            lines = [line.strip() for line in text if "=" in line and not line.startswith("#")]
        said = dict(line.split("=", 1) for line in lines)
        source = next((said[key] for key in said if key.strip() in ("source", "title", "what", "origin")), "")
        yield os.path.basename(os.path.dirname(file)), source.strip().strip('"').strip("[] ")


HEAD = """# What is checked

Made by `docs/validation.py` from the test data: every reference case is run through the program, and every value compared.
Deviations are relative; values that are zero but for rounding are compared absolutely and are not in the columns of deviations. P values are
apart: one of 1e-200 has the digits of its logarithm.

## Reference values

| command | cases | values | half of them within | 99 % within | largest | P values, largest | outside their tolerance |
|---|---:|---:|---:|---:|---:|---:|---:|
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "consilience"))
    binary = os.path.abspath(parser.parse_args().binary)
    lines, beyond = [], []
    for command, family in families(binary).items():
        numbers = [quantile(family.others, q) for q in (0.5, 0.99, 1.0)] + [quantile(family.p_values, 1.0)]
        shown = " | ".join(f"{x:.0e}" if x else "0" for x in numbers)
        outside = len(family.beyond) + family.failed
        lines.append(f"| `{command}` | {family.cases} | {family.values:,} | {shown} | {outside} |\n")
        beyond += [(command, *row) for row in family.beyond]
    with open(os.path.join(ROOT, "docs", "validation.md"), "w", encoding="utf-8") as out:
        out.write(HEAD + "".join(lines))
        if beyond:
            out.write("\nValues outside their tolerance; the tests name the reason for each:\n\n")
            out.write("| case | value | reference | here |\n|---|---|---:|---:|\n")
            for command, case, path, expected, got in beyond:
                out.write(f"| {case} | `{path}` | {expected!r} | {got!r} |\n")
        with open(os.path.join(ROOT, "docs", "validation-notes.md"), encoding="utf-8") as notes:
            out.write("\n" + notes.read())
        out.write("\n## Sets of data\n\n| set in `tests/data` | origin |\n|---|---|\n")
        for name, source in origins():
            out.write(f"| `{name}` | {source} |\n")


if __name__ == "__main__":
    main()
