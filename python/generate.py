#!/usr/bin/env python3
"""Writes the public functions from the schema of requests: python3 python/generate.py [--check]

One function for each command, with its options as keywords: names, types, defaults and help are those of the program, so that
none can be missing or differ. With --check nothing is written, and a difference is an error.
"""

import json
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent / "docs" / "schema" / "request.json"
DEFINITIONS = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
FEW = 20  # codes that a type can list; of more, such as the measures, the help says where they are listed
TARGET = HERE / "src-py" / "consilience"
sys.path.insert(0, str(TARGET))
from _words import in_python, python_name  # noqa: E402  # the words of messages are those of the help

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
RETURNS = {
    "Result": "The answer; its attributes bear the names of the JSON.",
    "Pooled": "The fit; its attributes bear the names of the JSON.",
    "Regression": "The fit; its attributes bear the names of the JSON.",
    "Analysis": "The fit; its attributes bear the names of the JSON.",
    "Report": "The report, to be shown or saved.",
    "Figure": "The figure, to be shown or saved.",
}
EXAMPLES = {
    "pool": """
Examples
--------
Thirteen trials of BCG vaccine against tuberculosis (Colditz et al. 1994, JAMA 271:698): the vaccine halves the risk.

>>> import consilience as cs
>>> fit = cs.pool(cs.datasets.bcg(), measure="RR", method="DL")
>>> round(fit.ratio.estimate, 2), tuple(round(limit, 2) for limit in fit.ratio.ci)
(0.49, (0.34, 0.7))

Arrays do as well:

>>> cs.pool(yi=[-0.89, -1.59, -1.35], vi=[0.326, 0.195, 0.415]).k
3
""",
    "effects": """
Examples
--------
The first of the trials of BCG vaccine (Colditz et al. 1994): 4 of 123 against 11 of 139.

>>> import consilience as cs
>>> effects = cs.effects(cs.datasets.bcg(), measure="RR")
>>> round(float(effects.studies["yi"][0]), 4), round(float(effects.studies["vi"][0]), 4)
(-0.8893, 0.3256)
""",
    "regress": """
Examples
--------
The further a trial of BCG vaccine from the equator, the greater its effect (Colditz et al. 1994).

>>> import consilience as cs
>>> fit = cs.regress(cs.datasets.bcg(), measure="RR", mods="ablat")
>>> [round(float(estimate), 4) for estimate in fit.coefficients["estimate"]]
[0.2515, -0.0291]
>>> len(fit.predict(ablat=[10, 44])["estimate"])
2
""",
}
QUIET = '# mypy: disable-error-code="empty-body"\n'
HEAD = '"""{doc}\n\nWritten by generate.py from the schema of requests.\n"""\n\n'
NOTICE = """# Written by generate.py: change the program's options, not this file. The functions are declarations: `command` answers.
"""


def definition(option):
    """The schema of the codes that an option refers to."""
    parts = [option, *option.get("anyOf", [])]
    names = [part["$ref"].removeprefix("#/$defs/") for part in parts if "$ref" in part]
    return next((DEFINITIONS[name] for name in names if name != "table"), None)


def codes(option):
    """The codes of an option: those that its help lists after a colon, else those of its type if they are few."""
    if "enum" in option:
        return option["enum"]
    coded = definition(option)
    listed = listed_codes(option)
    if listed or coded is None:
        return listed
    known = coded["anyOf"][0]["enum"]
    return known if len(known) <= FEW else []


def listed_codes(option):
    """The codes that the help of an option lists."""
    text = option.get("description", "").split(";")[0].split(". ")[0].rstrip(".")
    if not strings(option) or " also " in option.get("description", ""):
        return []
    code = r"[A-Za-z][A-Za-z0-9-]*"
    listed = re.fullmatch(rf"[^:(]*?: ((?:{code}(?:, | or ))+{code})", re.sub(r" \([^)]*\)", "", text))
    if listed:
        return re.split(r", | or ", listed[1])
    found = re.findall(rf"[:,] `({code})` for ", text)
    return found if len(found) > 1 else []


def kinds(option):
    if "$ref" in option:
        return {"string"} if option["$ref"] != "#/$defs/table" else set()
    if "anyOf" in option:
        return {kind for part in option["anyOf"] for kind in kinds(part)}
    kind = option.get("type", [])
    return set([kind] if isinstance(kind, str) else kind)


def strings(option):
    return "string" in kinds(option)


def several(option):
    """True for an option that takes several values at once."""
    return "anyOf" in option or "separated by commas" in option.get("description", "")


def is_path(option):
    return any(part.get("$ref") == "#/$defs/table" for part in option.get("anyOf", []))


def annotation(name, option):
    if is_path(option):
        return "Data"
    found = codes(option)
    if found and several(option):
        return "str | Sequence[str] | None"
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


def sentence(text):
    text = in_python(" ".join(text.split())).replace("`", "``").replace("````", "``").replace("\\", "\\\\")
    return textwrap.fill(text, 110, initial_indent=" " * 8, subsequent_indent=" " * 8, break_on_hyphens=False)


def said_of(option):
    """The help of an option, with its codes and default where it does not name them."""
    said = option.get("description", "").rstrip(".") + "."
    found = codes(option)
    if found and not all(code in said for code in found):
        said += f" One of {', '.join(found)}."
    if "x-default" in option:
        default = option["x-default"]
        said += f" Default: {default if kinds(option) & {'integer'} or is_number(default) else json.dumps(default)}."
    return said


def is_number(text):
    return re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", text) is not None


def function(command, schema, name):
    options = {key: value for key, value in schema["properties"].items() if key not in ("command", "columns")}
    takes_data = "data" in options and is_path(options["data"])
    has_columns = "columns" in schema["properties"]
    required = set(schema["required"])
    roles = {role: said for role, said in ROLES.items() if role not in options} if command in ANALYSES else {}
    result = RESULTS.get(command, "Figure" if command.startswith("plot ") else "Result")
    kind = "Call.drawn" if result == "Figure" else result
    lines = [f'@command("{command}", {kind}{", data=True" if takes_data else ""})', f"def {name}("]
    if takes_data:
        lines.append("    data: Data = None,")
    lines.append("    *,")
    lines += [f"    {role}: Role = None," for role in roles]
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
    lines += ["    as_: Kind | None = None,", "    progress: Progress | None = None,", f") -> {result}:"]
    lines.append(docstring(command, schema, options, roles, has_columns, takes_data, result))
    return "\n".join(lines) + "\n"


def type_of(name, option, required):
    """The type of an option as numpydoc writes it."""
    found = codes(option)
    if is_path(option):
        kind = "path or data frame"
    elif found:
        kind = "{" + ", ".join(repr(code) for code in found) + "}"
    elif "x-column" in option:
        kind = "str or array"
    else:
        kind = {"Option": "str or list", "bool | None": "bool", "int | None": "int", "float | None": "float"}.get(
            annotation(name, option), "str"
        )
    return kind if name in required else f"{kind}, optional"


def docstring(command, schema, options, roles, has_columns, takes_data, result):
    about = in_python(" ".join(schema.get("description", command).split())).replace("\\", "\\\\")
    out = [textwrap.fill('    """' + about.rstrip(".") + ".", 114, subsequent_indent="    ")]
    out += ["", "    Parameters", "    ----------"]
    if takes_data:
        out += [
            "    data : frame, mapping or path, optional",
            "        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of",
            "        a CSV file, or nothing where arrays are given.",
        ]
    for role, said in roles.items():
        out += [f"    {role} : str or array, optional", f"        The column, or its values: {said}."]
    if has_columns:
        out += [
            "    columns : dict, optional",
            '        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.',
        ]
    for key, option in options.items():
        if key == "data" and takes_data:
            continue
        out += [f"    {python_name(key)} : {type_of(key, option, schema['required'])}", sentence(said_of(option))]
    out += [
        '    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional',
        "        The kind of frames that come out; by default the kind that came in.",
        "    progress : callable, optional",
        "        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.",
        "",
        "    Returns",
        "    -------",
        f"    {result}",
        f"        {RETURNS[result]}",
    ]
    out += [f"    {line}" if line else "" for line in EXAMPLES.get(command, "").rstrip("\n").split("\n")]
    return "\n".join(out).rstrip() + '\n    """'


IMPORTS = """from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from {dots}_call import Call, Data, Option, Progress, Role, command
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
    body = body if "Call.drawn" in functions else body.replace("import Call, ", "import ")
    body = body if "Sequence[" in functions else body.replace("Mapping, Sequence", "Mapping")
    body = body if "Mapping[" in functions else re.sub("(import )Mapping, |from collections.abc import Mapping\n", r"\1", body)
    body = body if "Literal[" in functions else body.replace("from typing import Literal\n", "")
    body = body if "Option" in functions else body.replace("Option, ", "")
    return f"{HEAD.format(doc=doc)}{QUIET}{body}\n__all__ = [\n{listed}]\n\n\n{NOTICE}\n\n{functions}"


def takes(option):
    """What an option takes that is more than a value."""
    return "table" if is_path(option) else "column" if "x-column" in option else ""


OPTIONS = """{head}#: The options of each command, and what they take beside values: the name of a column, or a table.
OPTIONS: dict[str, dict[str, str]] = {{
{table}}}

#: The roles that columns and arrays play.
ROLES = frozenset([{roles}])
"""


def modules():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    groups = {"": [], "convert": [], "economics": [], "plot": []}
    options = {}
    for one in schema["oneOf"]:
        command = one["properties"]["command"]["const"]
        options[command] = {key: takes(option) for key, option in sorted(one["properties"].items()) if key != "command"}
        group, _, name = command.rpartition(" ")
        name = python_name((name or command).replace("-", "_"))
        if command in ("reproduce", "run", "completions", "roles", "explain", "measures", "import"):
            continue
        groups.setdefault(group, []).append((name, command, one))
    table = "".join(f"    {json.dumps(c)}: {json.dumps(o)},\n" for c, o in options.items())
    roles = ", ".join(json.dumps(role) for role in ROLES)
    yield "_options.py", OPTIONS.format(head=HEAD.format(doc="The options of every command."), table=table, roles=roles)
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
