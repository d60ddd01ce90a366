"""Every reference case through the wheel gives the JSON of the program, to the last byte.

What the program says is taken from its own test, which runs it on the same cases, if that ran with the program as it is; else
the program is run.
"""

import concurrent.futures
import functools
import json
import os
import pathlib
import subprocess

import jsonschema
import pytest

from consilience import _consilience

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
PROGRAM = pathlib.Path(os.environ.get("CONSILIENCE", ROOT / "target" / "debug" / "consilience"))
KEPT = ROOT / "target" / "tmp"
COMMANDS = ["effects", "pool", "regress", "multilevel", "bias", "influence", "network", "glmm"]


def kept(folder, command):
    """The answers that the program's own test kept, by the names of the cases."""
    file = KEPT / f"answers-{folder.name}-{command}.json"
    if not file.exists() or file.stat().st_mtime < PROGRAM.stat().st_mtime:
        return {}
    return {answer["id"]: answer for answer in json.loads(file.read_text())}


def said(folder, command, case):
    """What the program says to a case."""
    data = [str(folder / case["data"])] if case.get("data") else []
    words = [command, *data, *case["args"]]
    done = subprocess.run(
        [PROGRAM, *words, "--format", "json"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return {"words": words, "failed": done.returncode != 0, "json": done.stdout.decode()}


@functools.cache
def answers():
    """The folder, the name and the program's answer of each case."""
    cases = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file in sorted(DATA.glob("*/*.json")):
            command, folder = file.stem.replace("_", "-"), file.parent
            if command not in COMMANDS or folder.name == "field":
                continue
            before = kept(folder, command)
            for case in json.loads(file.read_text()):
                if isinstance(case, dict) and {"id", "args", "expect"} <= case.keys():
                    known = before.get(case["id"])
                    cases.append((folder, case["id"], known or pool.submit(said, folder, command, case)))
    return [(folder, name, known if isinstance(known, dict) else known.result()) for folder, name, known in cases]


@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not built")
def test_the_wheel_says_what_the_program_says():
    differing, number = [], 0
    for folder, name, answer in answers():
        number += 1
        os.chdir(folder)
        try:
            text = _consilience.run_words(answer["words"]).render("json")
        except ValueError:
            text = None
        if text != (None if answer["failed"] else answer["json"]):
            differing.append(f"{folder.name}: {name}")
    assert not differing
    assert number > 700


@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not built")
def test_the_schema_of_answers_is_one_and_holds():
    """By another reader of JSON Schema than the tests of the program use, which read every answer."""
    schema = json.loads((ROOT / "docs" / "schema" / "answer.json").read_text())
    reader = jsonschema.Draft202012Validator
    reader.check_schema(schema)
    for folder, name, answer in answers()[::25]:
        if answer["failed"]:
            continue
        said = json.loads(answer["json"])
        kinds = [one for one in schema["oneOf"] if one["properties"]["command"]["const"] == said["command"]]
        fitting = [one["title"] for one in kinds if reader({**one, "$defs": schema["$defs"]}).is_valid(said)]
        assert len(fitting) == 1, f"{folder.name}: {name}: {fitting}"
