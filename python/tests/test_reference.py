"""Every reference case through the wheel gives the JSON of the program, to the last byte."""

import json
import os
import pathlib
import subprocess

import pytest

from consilience import _consilience

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
PROGRAM = os.environ.get("CONSILIENCE", str(ROOT / "target" / "debug" / "consilience"))
COMMANDS = ["effects", "pool", "regress", "multilevel", "bias", "influence", "network", "glmm"]


def cases():
    for file in sorted(DATA.glob("*/*.json")):
        command = file.stem.replace("_", "-")
        if command not in COMMANDS or file.parent.name == "field":
            continue
        for case in json.loads(file.read_text()):
            if isinstance(case, dict) and {"id", "args", "expect"} <= case.keys():
                yield pytest.param(file.parent, command, case, id=case["id"])


@pytest.mark.skipif(not os.path.exists(PROGRAM), reason="the program is not built")
@pytest.mark.parametrize(("folder", "command", "case"), list(cases()))
def test_the_wheel_says_what_the_program_says(folder, command, case):
    words = [command, *([case["data"]] if case.get("data") else []), *case["args"]]
    done = subprocess.run(
        [PROGRAM, *words, "--format", "json"], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    os.chdir(folder)
    if done.returncode != 0:
        with pytest.raises(ValueError):
            _consilience.run_words(words).render("json")
    else:
        assert _consilience.run_words(words).render("json") == done.stdout.decode()
