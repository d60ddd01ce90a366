"""The help names every option with its codes and default; the README's block runs."""

import inspect
import json
import pathlib
import re

import pytest

import consilience as cs

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = {one["title"]: one["properties"] for one in json.loads((ROOT / "docs/schema/request.json").read_text())["oneOf"]}
ELSEWHERE = {"explain", "reproduce", "measures", "roles"}  # reviews, and help of the program


def function(command):
    group, _, name = command.rpartition(" ")
    name = (name or command).replace("-", "_")
    return getattr(getattr(cs, group) if group else cs, name, None) or getattr(getattr(cs, group), name + "_")


@pytest.mark.parametrize("command", sorted(set(SCHEMA) - ELSEWHERE))
def test_help_names_every_option_in_the_words_of_python(command):
    made = function(command)
    parameters = inspect.signature(made).parameters
    described = set(re.findall(r"^    (\w+) : ", inspect.getdoc(made).replace("\n", "\n    "), re.M))
    assert described == set(parameters)
    assert not re.search(r"--[a-z]", inspect.getdoc(made))
    for name, option in SCHEMA[command].items():
        if name in ("command", "columns"):
            continue
        keyword = name if name in parameters else "as_shape" if name == "as" else name + "_"
        assert keyword in parameters
        if option.get("x-default", "") != "":
            said = " ".join(inspect.getdoc(made).replace('"', "").split())
            assert f"Default: {option['x-default']}" in said


def test_help_of_pool_has_codes_defaults_and_a_published_example():
    said = " ".join(cs.pool.__doc__.split())
    for code in ["REML", "DL", "SJIT", "hksj-adhoc", "henmi-copas", "CR2", "q-profile", "revman"]:
        assert code in said
    assert 'Default: "REML"' in said and "Default: 95" in said and "Colditz" in said
    assert "method" in str(inspect.signature(cs.pool))


def test_what_is_not_declared_is_refused_as_python_does():
    with pytest.raises(TypeError, match="metod"):
        cs.pool(yi=[0.1], vi=[0.1], metod="DL")
    with pytest.raises(TypeError):
        cs.pool({}, {})
    with pytest.raises(TypeError):
        cs.pool({}, data={})
    with pytest.raises(TypeError, match="missing"):
        cs.economics.icer(cost_difference=1.0)


def test_the_first_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for page in [ROOT / "README.md", ROOT / "python" / "README.md"]:
        blocks = re.findall(r"```python\n(.*?)```", page.read_text(), re.S)
        assert blocks
        for block in blocks:
            exec(compile(block, str(page), "exec"), {})
    assert (tmp_path / "forest.svg").read_text().startswith("<svg")
