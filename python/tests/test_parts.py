"""Values read one by one, requests read once, and what comes of both: the same bits as the whole JSON of a fresh request."""

import gc
import itertools
import json
import resource
import warnings

import numpy as np
import pytest

import consilience as cs
from consilience import _consilience, frames

# log risk ratios of the BCG trials (Colditz et al. 1994, JAMA 271:698) and their variances
YI = np.array(
    [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.012, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173]
)
VI = np.array([0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714])

OPTIONS = [
    dict(zip(["method", "inference", "level"], values, strict=True))
    for values in itertools.product(["REML", "DL", "PM", "SJ", "ML"], ["wald", "hksj", "kr"], [None, 90, 99.5])
] + [
    {"model": "fixed"},
    {"tau2": 0.1},
    {"tau2": 0.0, "inference": "t"},
    {"prediction": "hts"},
    {"prediction": "nnf"},
    {"measure": "RR"},
    {"measure": "RR", "scale": "log"},
    {"multiverse": True},
    {"weights": "equal"},
    {"tau2_interval": "jackson"},
    {"inference": "henmi-copas"},
    {"subgroup": [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 1, 2, 3]},
    {"cluster": np.arange(13) // 2, "robust": "CR2"},
    {"study": [f"study {i}" for i in range(13)]},
]


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cs.Note)
        yield


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_values_one_by_one_are_those_of_the_whole(options):
    whole = cs.pool(yi=YI, vi=VI, **options)
    values = json.loads(whole.to_json())
    parts = cs.pool(yi=YI, vi=VI, **options)
    for name, value in values.items():
        assert repr(parts._value(name)) == repr(value), name
    assert parts == whole and str(parts) == str(whole)
    assert parts.ci == (values["ci_lower"], values["ci_upper"])


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_request_that_was_read_before_says_the_same(options):
    columns = {"yi": YI, "vi": VI}
    plain = {name: value for name, value in options.items() if value is not None}
    for name in ("subgroup", "cluster", "study"):
        if name in plain:
            columns[name] = list(np.array(plain[name]).tolist())
            if name == "study":
                del plain[name]
            else:
                plain[name] = name
    request = _consilience.Request(json.dumps({"command": "pool", "data": "data", **plain}))
    fresh = request.run({"data": _consilience.Table(frames.columns_of(columns), True)})
    for _ in range(2):
        fit = cs.pool(yi=YI, vi=VI, **options)
        for form in ("json", "text", "csv", "markdown"):
            assert fit._call.render(form) == fresh.render(form)


def test_values_without_labels_are_numbered_without_a_note():
    numbered = "rows are numbered"
    bare = cs.pool(yi=YI, vi=VI)
    assert not any(numbered in note for note in bare.notes)
    assert [row["study"] for row in json.loads(bare.to_json())["studies"]][:2] == ["1", "2"]
    framed = cs.pool({"yi": YI, "vi": VI})
    assert any(numbered in note for note in framed.notes) and framed.estimate == bare.estimate


def test_options_of_other_types_are_other_requests():
    assert cs.pool(yi=YI, vi=VI, multiverse=True).multiverse
    with pytest.raises(cs.SettingError):
        cs.pool(yi=YI, vi=VI, multiverse=1)


def test_memory_does_not_grow():
    def rounds(number):
        for _ in range(number):
            cs.pool(yi=YI, vi=VI).estimate  # noqa: B018
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = rounds(100)
    assert rounds(400) - before < 1_000  # kilobytes: one leaked fit in two would show
