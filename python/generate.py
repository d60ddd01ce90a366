#!/usr/bin/env python3
"""Writes the public functions from the schema of requests: python3 python/generate.py [--check]

One function for each command, with its options as keywords: names, types, defaults and help are those of the program, so that
none can be missing or differ. With --check nothing is written, and a difference is an error.
"""

import json
import keyword
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent / "docs" / "schema" / "request.json"
TARGET = HERE / "src-py" / "consilience"

ROLES = {
    "study": "the labels of the studies",
    "yi": "ready-made effects",
    "vi": "their sampling variances",
    "sei": "their standard errors",
    "ci_lower": "their lower 95 % limits",
    "ci_upper": "their upper 95 % limits",
    "p_value": "their two-sided P values",
    "ai": "events in group 1 (or the first cell)",
    "bi": "non-events in group 1",
    "ci": "events in group 2",
    "di": "non-events in group 2",
    "n1i": "size of group 1",
    "n2i": "size of group 2",
    "x1i": "events in group 1 (rates)",
    "t1i": "person-time in group 1",
    "x2i": "events in group 2 (rates)",
    "t2i": "person-time in group 2",
    "m1i": "mean of group 1",
    "sd1i": "standard deviation of group 1",
    "m2i": "mean of group 2",
    "sd2i": "standard deviation of group 2",
    "ri": "correlation",
    "ni": "sample size",
    "mi": "mean of one group (or number of predictors, of items)",
    "sdi": "standard deviation of one group",
    "xi": "events of one group",
    "ti": "person-time of one group (or t statistic)",
    "r2i": "R²",
}
RESULTS = {"pool": "Pooled", "regress": "Regression", "multilevel": "Analysis", "report": "Report", "network-report": "Report"}
ANALYSES = {"effects", "pool", "regress", "multilevel", "bias", "influence", "report"}
HEAD = '"""{doc}\n\nWritten by generate.py from the schema of requests.\n"""\n\n'
NOTICE = "# Written by generate.py: change the program's options, not this file.\n"


def codes(option):
    """The codes of an option: those of its type, or those that its help lists after a colon."""
    if "enum" in option:
        return option["enum"]
    text = option.get("description", "").split(";")[0].split(". ")[0].rstrip(".")
    match = re.match(r"[^:(]*?: ((?:[A-Za-z][A-Za-z0-9-]*(?: \([^)]*\))?(?:, | or ))+[A-Za-z][A-Za-z0-9-]*(?: \([^)]*\))?)$", text)
    if not match or not strings(option):
        return []
    found = [re.sub(r" \([^)]*\)", "", part) for part in re.split(r", | or ", match.group(1))]
    return found if len(found) > 1 and all(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", code) for code in found) else []


def kinds(option):
    if "anyOf" in option:
        return {kind for part in option["anyOf"] for kind in kinds(part)}
    kind = option.get("type", [])
    return set([kind] if isinstance(kind, str) else kind)


def strings(option):
    return "string" in kinds(option)


def is_path(option):
    return any("$ref" in part for part in option.get("anyOf", []))


def annotation(name, option):
    if is_path(option):
        return "Data"
    found = codes(option)
    if found:
        return f"Literal[{', '.join(json.dumps(code) for code in found)}] | None"
    kind = kinds(option)
    if kind <= {"boolean", "null"}:
        return "bool | None"
    if "integer" in kind:
        return "int | None"
    if "array" in kind or "anyOf" in option:
        return "Option"
    if "number" in kind:
        return "float | None"
    return "str | None"


def python_name(name):
    if name == "as":  # `as_` is the kind of frame
        return "as_shape"
    return name + "_" if keyword.iskeyword(name) else name


def sentence(text):
    return textwrap.fill(" ".join(text.split()).replace("\\", "\\\\"), 110, initial_indent=" " * 8, subsequent_indent=" " * 8)


def function(command, schema, name):
    options = {key: value for key, value in schema["properties"].items() if key not in ("command", "columns")}
    takes_data = "data" in options and is_path(options["data"])
    roles = ROLES if command in ANALYSES else {}
    has_columns = "columns" in schema["properties"]
    required = set(schema["required"])
    clash = set(roles) & set(options)
    roles = {role: said for role, said in roles.items() if role not in clash}
    lines = []
    result = RESULTS.get(command, "Plot" if command.startswith("plot ") else "Result")
    returned = "Figure" if result == "Plot" else result
    lines.append(f"def {name}(")
    if takes_data:
        lines.append("    data: Data = None,")
    lines.append("    *,")
    for role in roles:
        lines.append(f"    {role}: Role = None,")
    if has_columns:
        lines.append("    columns: Mapping[str, str] | None = None,")
    for key, option in options.items():
        if key == "data" and takes_data:
            continue
        default = "" if key in required else " = None"
        kind = annotation(key, option)
        if key in required:
            kind = kind.removesuffix(" | None")
        lines.append(f"    {python_name(key)}: {kind}{default},")
    lines.append("    as_: Kind | None = None,")
    lines.append("    progress: Progress | None = None,")
    lines.append(f") -> {returned}:")
    lines.append(docstring(command, schema, options, roles, has_columns, takes_data))
    given = ", ".join(f'"{role}": {role}' for role in roles)
    asked = ", ".join(f'"{key}": {python_name(key)}' for key in options if key != "data")
    data = "data" if takes_data else "None"
    mapped = "columns" if has_columns else "None"
    lines.append(f'    made = call("{command}", {data}, {{{given}}}, {{{asked}}}, {mapped}, progress, as_)')
    lines.append("    return made.drawn()" if result == "Plot" else f"    return {result}(made)")
    return "\n".join(lines) + "\n"


def docstring(command, schema, options, roles, has_columns, takes_data):
    about = " ".join(schema.get("description", command).split()).replace("\\", "\\\\")
    if not about.endswith("."):
        about += "."
    out = [textwrap.fill('    """' + about, 114, subsequent_indent="    "), "", "    Parameters", "    ----------"]
    if takes_data:
        out += ["    data", "        A frame, a mapping of columns, the path of a file, or nothing where arrays are given."]
    for role, said in roles.items():
        out += [f"    {role}", f"        Column or values: {said}."]
    if has_columns:
        out += ["    columns", '        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.']
    for key, option in options.items():
        if key == "data" and takes_data:
            continue
        said = option.get("description", "").rstrip(".") + "."
        if "x-default" in option:
            said += f" Default: {option['x-default']}."
        out += [f"    {python_name(key)}", sentence(said)]
    out += ["    as_", "        The kind of frames that come out; by default the kind that came in."]
    out += ["    progress", "        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is."]
    if command == "pool":
        out += [
            "",
            "    Examples",
            "    --------",
            "    Three of the trials of BCG vaccine against tuberculosis (Colditz et al. 1994):",
            "",
            "    >>> import consilience as cs",
            '    >>> trials = {"ai": [4, 6, 3], "bi": [119, 300, 228], "ci": [11, 29, 11], "di": [128, 274, 209]}',
            '    >>> fit = cs.pool(trials, measure="RR", method="DL", study=["Aronson", "Ferguson", "Rosenthal"])',
            "    >>> fit.k, round(fit.ratio.estimate, 2)",
            "    (3, 0.26)",
        ]
    out.append('    """')
    return "\n".join(out)


IMPORTS = """from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from {dots}_call import Data, Option, Progress, Role, call
from {dots}frames import Kind
from {dots}results import {results}
"""


def module(doc, commands, figures=False):
    names = sorted(name for name, _, _ in commands)
    used = sorted({RESULTS.get(command, "Result") for _, command, _ in commands} if not figures else [])
    imports = IMPORTS.format(dots=".", results=", ".join(used))
    if figures:
        imports = imports.replace("from .results import \n", "from .figures import Figure\n")
    listed = "".join(f'    "{name}",\n' for name in names)
    functions = "\n\n".join(function(command, schema, name) for name, command, schema in commands)
    body = re.sub(r"\bRole\b, ", "", imports) if ": Role" not in functions else imports
    body = body if ": Data" in functions else body.replace("import Data, ", "import ")
    body = body if "Mapping[" in functions else body.replace("from collections.abc import Mapping\n", "")
    body = body if "Literal[" in functions else body.replace("from typing import Literal\n", "")
    body = body if "Option" in functions else body.replace("Option, ", "")
    return f"{HEAD.format(doc=doc)}{body}\n__all__ = [\n{listed}]\n\n\n{NOTICE}\n\n{functions}"


def modules():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    groups = {"": [], "convert": [], "economics": [], "plot": []}
    options = {}
    for one in schema["oneOf"]:
        command = one["properties"]["command"]["const"]
        options[command] = sorted(set(one["properties"]) - {"command"})
        group, _, name = command.rpartition(" ")
        name = python_name((name or command).replace("-", "_"))
        if command in ("reproduce", "run", "completions", "roles", "explain", "measures", "import"):
            continue
        groups.setdefault(group, []).append((name, command, one))
    table = "".join(f"    {json.dumps(c)}: frozenset({json.dumps(o)}),\n" for c, o in options.items())
    yield "_options.py", f'{HEAD.format(doc="The options of every command.")}OPTIONS: dict[str, frozenset[str]] = {{\n{table}}}\n'
    yield "_commands.py", module("The commands of the program as functions.", groups[""])
    yield "convert.py", module("From what papers report to what a model needs.", groups["convert"])
    yield "economics.py", module("Cost-effectiveness.", groups["economics"])
    yield "plot.py", module("Figures.", groups["plot"], figures=True)


def main():
    wrong = []
    for name, text in modules():
        path = TARGET / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                wrong.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if wrong:
        sys.exit(f"{', '.join(wrong)}: not what generate.py writes; run it")


if __name__ == "__main__":
    main()
