#!/usr/bin/env python3
"""Writes paper.md from paper.in.md with every number taken from the sources:

    python3 docs/paper/numbers.py

Numbers of cases and deviations come from docs/validation.md (by docs/validation.py), speeds from the table in README.md (by
benches/peers/run.sh), numbers of commands and figures from docs/schema/request.json, of measures from src/effect/measure.rs.
"""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# The tasks of the paper's table, as they begin in that of the README.
TASKS = [
    ("REML, 13 studies, complete fit", "metafor"),
    ("REML, 1,000 studies, complete fit", "metafor"),
    ("selection model, step function", "metafor"),
    ("GOSH, REML", "metafor"),
    ("three levels, REML", "metafor"),
    ("permutation test", "metafor"),
    ("REML, 13 studies, complete fit", "PyMARE"),
    ("DerSimonian-Laird, 13 studies, complete fit", "statsmodels"),
    ("value of one parameter", "mgcv"),
]


def text(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def rows(page, heading):
    """The rows of the table below a line that begins with `heading`."""
    table = page[page.index(heading):].splitlines()
    table = table[next(i for i, line in enumerate(table) if line.startswith("|")):]
    found = []
    for line in table:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found[0], found[2:]


def table(header, body):
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, rule, *body])


def speed():
    _, body = rows(text("README.md"), "| task | peer |")
    chosen = []
    for task, peer in TASKS:
        chosen.append(next(row for row in body if row[0].startswith(task) and row[1].startswith(peer)))
    return table(["task", "peer", "its time / ours", "largest difference"], chosen)


def measures():
    """The codes in the table of measures."""
    block = re.search(r"^measures! \{\n(.*?)^\}", text("src", "effect", "measure.rs"), re.S | re.M).group(1)
    return len(re.findall(r'^ +\w+ "', block, re.M))


def main():
    validation = text("docs", "validation.md")
    _, body = rows(validation, "| command | cases |")
    commands = [one["properties"]["command"]["const"] for one in json.loads(text("docs", "schema", "request.json"))["oneOf"]]
    values = {
        "measures": measures(),
        "figures": sum(command.startswith("plot ") for command in commands),
        "commands": len(commands),
        "speed": speed(),
        "cases": f"{sum(int(row[1].replace(',', '')) for row in body):,}",
        "values": f"{sum(int(row[2].replace(',', '')) for row in body):,}",
        "validation": table(["command", "values", "half within", "99 % within"], [[r[0], r[2], r[3], r[4]] for r in body]),
        "corrected": str(len(json.loads(text("tests", "data", "metafor", "corrected.json")))),
    }
    paper = (HERE / "paper.in.md").read_text(encoding="utf-8")
    filled = re.sub(r"\{\{(\w+)\}\}", lambda found: str(values[found.group(1)]), paper)
    (HERE / "paper.md").write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    main()
