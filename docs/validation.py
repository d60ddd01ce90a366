#!/usr/bin/env python3
"""Writes docs/validation.md from the test data: what was checked against what, and how far it differs.

    python3 docs/validation.py [--binary target/release/consilience]

Runs every reference case of tests/data through the program, some minutes with a debug build. Standard library only.
docs/validation-notes.md, where it exists, is put in as it is: simulations with their seeds, and what numbers alone do not say.
"""

import argparse
import concurrent.futures
import csv
import glob
import json
import os
import subprocess
import tomllib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(ROOT, "tests", "data")
# Values below this are zero but for rounding; their deviations say nothing relative.
TINY = 1e-8


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


def corrected():
    """Expected values that are wrong, with the right ones and the proof."""
    with open(os.path.join(DATA, "metafor", "corrected.json"), encoding="utf-8") as text:
        return {(row["case"], row["path"]): row for row in json.load(text)}


def run(binary, command, case, folder):
    data = case["data"]
    if not os.path.exists(os.path.join(folder, data)):
        data = os.path.basename(data)
    args = [binary, command, data, *case["args"], "--format", "json"]
    done = subprocess.run(args, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class Family:
    """The comparisons of one command."""

    def __init__(self):
        self.cases = self.values = self.beyond = 0
        self.p_values, self.others = [], []
        self.worst = (0.0, "")

    def add(self, case, answer, right):
        self.cases += 1
        expect = case["expect"]
        for path, expected in expect.items() if isinstance(expect, dict) else expect:
            self.values += 1
            expected = right.get((case["id"], path), {}).get("value", expected)
            try:
                got = at(answer, path)
            except (KeyError, IndexError, TypeError, ValueError):
                self.beyond += 1
                continue
            if not (is_number(expected) and is_number(got)):
                self.beyond += expected != got
                continue
            is_p = path.endswith("p_value")
            limit = tolerance(case, path) * abs(expected) + (0 if is_p else case.get("absolute", 0.0))
            self.beyond += abs(got - expected) > limit
            if abs(expected) > (0 if is_p else TINY):
                apart = abs(got - expected) / abs(expected)
                (self.p_values if is_p else self.others).append(apart)
                if not is_p and apart > self.worst[0]:
                    self.worst = (apart, f"{case['id']}: {path}")


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def families(binary):
    found, right = {}, corrected()
    work = []
    for file in sorted(glob.glob(os.path.join(DATA, "*", "*.json"))):
        if os.path.basename(os.path.dirname(file)) == "field":
            continue
        for case in cases_of(file):
            name = os.path.basename(file)[: -len(".json")]
            command = case["id"].split("-")[0] if name == "cases" else name.replace("_", "-")
            work.append((command, case, os.path.dirname(file)))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda one: run(binary, *one), work)
        for (command, case, _), answer in zip(work, answers):
            found.setdefault(command, Family()).add(case, answer, right)
    return found


def numbers(node):
    if isinstance(node, dict):
        return sum(numbers(value) for value in node.values())
    if isinstance(node, list):
        return sum(numbers(value) for value in node)
    return int(is_number(node))


def cells(file):
    """The number of numeric values in a file of data."""
    if file.endswith(".json"):
        with open(file, encoding="utf-8") as text:
            return numbers(json.load(text))
    count = 0
    with open(file, encoding="utf-8", errors="replace", newline="") as text:
        for row in csv.reader(text):
            for cell in row:
                try:
                    float(cell)
                    count += 1
                except ValueError:
                    pass
    return count


def origins():
    """The sets of test data: where each comes from, and how many numbers it holds."""
    for file in sorted(glob.glob(os.path.join(DATA, "*", "origin.toml"))):
        with open(file, "rb") as text:
            said = tomllib.load(text)
        keys = ("software", "oracle", "source", "title", "what", "origin", "citation", "data")
        source = next((said[key] for key in keys if isinstance(said.get(key), str)), "")
        if not source:
            nested = [entry for entry in said.values() if isinstance(entry, (dict, list))]
            nested = [entry for part in nested for entry in (part if isinstance(part, list) else [part])]
            texts = [entry[key] for entry in nested if isinstance(entry, dict) for key in keys if isinstance(entry.get(key), str)]
            source = "; ".join(dict.fromkeys(texts))
        folder = os.path.dirname(file)
        files = [f for ext in ("csv", "json") for f in glob.glob(os.path.join(folder, "**", f"*.{ext}"), recursive=True)]
        yield os.path.basename(folder), source.replace("|", "\\|"), sum(map(cells, files))


HEAD = """# What is checked

Made by `docs/validation.py` from the test data: every reference case is run through the program, and every value compared.
Deviations are relative, of values above 1e-8; smaller ones are zero but for rounding and are compared absolutely. P values have
columns of their own: one of 1e-200 has the digits of its logarithm. Much of what is left is the oracle's: iterative estimates of
metafor stop at its tolerance, ours at 1e-12 of the estimating equation.

## Reference values

| command | cases | values | half of them within | 99 % within | largest | P values, 99 % within | largest | outside their tolerance |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "consilience"))
    binary = os.path.abspath(parser.parse_args().binary)
    lines, worst = [], []
    for command, family in sorted(families(binary).items()):
        shares = [quantile(family.others, q) for q in (0.5, 0.99, 1.0)] + [quantile(family.p_values, q) for q in (0.99, 1.0)]
        shown = " | ".join(f"{x:.0e}" if x else "0" for x in shares)
        lines.append(f"| `{command}` | {family.cases} | {family.values:,} | {shown} | {family.beyond} |\n")
        worst.append(f"- `{command}`: {family.worst[0]:.1e} at {family.worst[1]}\n")
    with open(os.path.join(ROOT, "docs", "validation.md"), "w", encoding="utf-8") as out:
        out.write(HEAD + "".join(lines))
        out.write("\nWhere the largest deviations are:\n\n" + "".join(worst))
        out.write("\n## Where the oracle is wrong\n\n| case | value | oracle | right | proof |\n|---|---|---:|---:|---|\n")
        for (case, path), row in corrected().items():
            out.write(f"| {case} | `{path}` | {row['oracle']!r} | {row['value']!r} | {row['why']} |\n")
        notes = os.path.join(ROOT, "docs", "validation-notes.md")
        if os.path.exists(notes):
            with open(notes, encoding="utf-8") as text:
                out.write("\n" + text.read().removeprefix("# Notes on validation\n\n"))
        out.write("\n## Sets of data\n\nThe tests of the library read these, too: tables of distributions, published analyses, simulated trials.\n\n")
        out.write("| set in `tests/data` | numbers | made with, or from |\n|---|---:|---|\n")
        for name, source, count in origins():
            out.write(f"| `{name}` | {count:,} | {source} |\n")


if __name__ == "__main__":
    main()
