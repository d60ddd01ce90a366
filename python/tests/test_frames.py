"""The same numbers from every kind of frame, and refusals that say where."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import consilience as cs

BCG = {
    "author": ["Aronson", "Ferguson", "Rosenthal", "Hart"],
    "tpos": [4, 6, 3, 62],
    "tneg": [119, 300, 228, 13536],
    "cpos": [11, 29, 11, 248],
    "cneg": [128, 274, 209, 12619],
}
ROLES = dict(ai="tpos", bi="tneg", ci="cpos", di="cneg", study="author")


def kinds():
    pandas = pd.DataFrame(BCG)
    yield "dict", BCG
    yield "pandas", pandas
    yield "pandas nullable", pandas.convert_dtypes()
    yield "pandas arrow", pandas.convert_dtypes(dtype_backend="pyarrow")
    yield "pandas categorical", pandas.astype({"author": "category"})
    yield "pandas sliced", pd.concat([pandas.iloc[[3, 2, 1, 0]], pandas])[4:]
    yield "polars", pl.DataFrame(BCG)
    yield "polars lazy", pl.DataFrame(BCG).lazy()
    yield "polars categorical", pl.DataFrame(BCG).with_columns(pl.col("author").cast(pl.Categorical))
    yield "pyarrow", pa.table(BCG)
    yield "shuffled columns", dict(reversed(BCG.items()))
    yield "strided", {n: (np.repeat(v, 2)[::2] if n != "author" else v) for n, v in BCG.items()}
    yield "other order of bytes", {n: (np.array(v, dtype=">f8") if n != "author" else v) for n, v in BCG.items()}


@pytest.mark.parametrize(("name", "data"), list(kinds()), ids=[name for name, _ in kinds()])
def test_every_kind_of_frame_gives_the_same_bytes(name, data):
    expected = cs.pool(BCG, measure="RR", **ROLES)
    assert cs.pool(data, measure="RR", **ROLES).to_json() == expected.to_json()


def test_read_only_arrays_are_read():
    y, v = np.array([0.1, 0.5, 0.9]), np.array([0.02, 0.05, 0.03])
    expected = cs.pool(yi=y, vi=v).estimate
    y.flags.writeable = v.flags.writeable = False
    assert cs.pool(yi=y, vi=v).estimate == expected


class Relation:
    """As a relation of DuckDB gives its data."""

    def __init__(self, table):
        self.table = table

    def arrow(self):
        return self.table.to_reader()


def test_what_gives_arrow_is_read_as_arrow():
    effects = cs.effects(Relation(pa.table(BCG)), measure="RR", **ROLES)
    assert effects == cs.effects(BCG, measure="RR", **ROLES)
    assert isinstance(effects.studies, pa.Table)


def test_errors_know_the_label_of_an_index():
    frame = pd.DataFrame({"yi": [0.1, 0.2], "vi": [0.02, -1.0]}, index=["first", "second"])
    with pytest.raises(cs.DataError, match=r"row 2 \(index 'second'\)") as caught:
        cs.pool(frame)
    assert (caught.value.row, caught.value.index) == (2, "second")


@pytest.mark.parametrize("whole", [2**53, 2**53 + 1])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, lambda d: pd.DataFrame(d).convert_dtypes()])
def test_whole_numbers_beyond_what_a_float_holds(make, whole):
    data = make({"study": [1, whole], "yi": [0.1, 0.2], "vi": [0.02, 0.03]})
    if whole > 2**53:
        with pytest.raises(cs.DataError, match="row 2, column study") as caught:
            cs.pool(data)
        assert caught.value.row == 2
    else:
        assert str(2**53) in cs.pool(data).to_json()


DOSES = ["none", "low", "high", "low", "none", "high"]
LEVELS = ["none", "low", "high"]


@pytest.mark.parametrize(
    "dose",
    [
        pd.Categorical(DOSES, categories=LEVELS),
        pl.Series(DOSES, dtype=pl.Enum(LEVELS)),
        pa.DictionaryArray.from_arrays(pa.array([LEVELS.index(d) for d in DOSES]), pa.array(LEVELS), ordered=True),
    ],
    ids=["pandas", "polars", "pyarrow"],
)
def test_categories_keep_their_order(dose):
    yi, vi = [0.1, 0.3, 0.6, 0.2, 0.0, 0.7], [0.02] * 6
    data = pd.DataFrame({"yi": yi, "vi": vi, "dose": dose}) if isinstance(dose, pd.Categorical) else {"yi": yi, "vi": vi, "dose": dose}
    assert list(cs.regress(data, mods="dose").coefficients["term"]) == ["(Intercept)", "doselow", "dosehigh"]
    plain = cs.regress({"yi": yi, "vi": vi, "dose": DOSES}, mods="dose")
    assert list(plain.coefficients["term"]) == ["(Intercept)", "doselow", "dosenone"]


def test_columns_that_no_option_names_are_not_read():
    frame = pd.DataFrame({"yi": [0.1, 0.2], "vi": [0.02, 0.03], "ML": [[1], [2]], "E": [{}, {}]})
    assert cs.pool(frame, method="REML").k == 2
    assert cs.pool(frame.assign(**{"my weights": [1.0, 2.0]}), weights="my weights").k == 2


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_missing_values_leave_their_row_out_and_say_so(missing):
    data = {"study": ["A", "B", "C", "D"], "yi": [0.1, missing, 0.5, 0.2], "vi": [0.02, 0.03, 0.04, 0.05]}
    fit = cs.pool(data)
    assert fit.k == 3
    assert any("B" in note for note in fit.notes)


def test_frames_out_are_of_the_kind_that_came_in():
    assert isinstance(cs.effects(pd.DataFrame(BCG), measure="RR", **ROLES).studies, pd.DataFrame)
    assert isinstance(cs.effects(pl.DataFrame(BCG), measure="RR", **ROLES).studies, pl.DataFrame)
    assert isinstance(cs.effects(pa.table(BCG), measure="RR", **ROLES).studies, pa.Table)
    assert isinstance(cs.effects(BCG, measure="RR", **ROLES).studies, dict)
    assert isinstance(cs.effects(BCG, measure="RR", as_="pandas", **ROLES).studies, pd.DataFrame)


def test_errors_know_row_study_and_column():
    with pytest.raises(cs.DataError) as caught:
        cs.pool({"study": ["A", "B"], "yi": [0.1, 0.2], "vi": [0.02, -1.0]})
    assert (caught.value.row, caught.value.study) == (2, "B")
    assert caught.value.column == "vi"
    assert caught.value.remedy


def test_unknown_names_come_with_the_nearest():
    with pytest.raises(cs.UnknownNameError) as caught:
        cs.pool({"yi": [0.1, 0.2], "vi": [0.02, 0.03]}, method="RMEL")
    assert caught.value.nearest == "REML"
    with pytest.raises(cs.UnknownNameError) as caught:
        cs.pool(BCG, measure="RR", **(ROLES | {"ai": "tpoz"}))
    assert caught.value.nearest == "tpos"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"yi": [2**60, 1], "vi": [0.1, 0.2]}, "2^53"),
        ({"yi": [float("inf"), 1.0], "vi": [0.1, 0.2]}, "row 1"),
        ({"yi": ["a lot", 1.0], "vi": [0.1, 0.2]}, "a lot"),
        ({"yi": [0.1, 0.2], "vi": [0.1]}, "differ in length"),
        ({"yi": [object(), 0.2], "vi": [0.1, 0.2]}, "row 1, column yi"),
    ],
)
def test_what_is_no_number_is_refused(data, words):
    with pytest.raises(cs.Error, match=words.replace("^", r"\^")):
        cs.pool(data)


def test_a_name_twice_is_refused_if_it_is_used():
    frame = pd.DataFrame([[0.1, 0.2, 0.02], [0.3, 0.4, 0.03], [0.3, 0.4, 0.03]], columns=["yi", "yi", "vi"])
    with pytest.raises(cs.DataError, match="stands 2 times"):
        cs.pool(frame)
    frame.columns = ["yi", "x", "vi"]
    frame["again"] = 1.0
    frame.columns = ["yi", "x", "vi", "x"]
    assert cs.pool(frame).k == 3


def test_what_is_done_to_the_data_afterwards_does_not_reach_the_result():
    yi, vi = np.array([0.1, 0.5, 0.9]), np.array([0.02, 0.05, 0.03])
    fit = cs.pool(yi=yi, vi=vi)
    yi[:] = 7.0
    assert fit.influence() == cs.pool(yi=[0.1, 0.5, 0.9], vi=vi).influence()


def test_pickled_data_keep_their_values_and_the_order_of_their_levels():
    dose = pd.Categorical(["low", "high", None, "low", "none", "high"], categories=LEVELS)
    data = pd.DataFrame({"yi": [0.1, 0.5, 0.9, float("nan"), 0.2, 0.4], "vi": [0.02] * 6, "dose": dose})
    fit = cs.regress(data, mods="dose")
    again = pickle.loads(pickle.dumps(fit))
    assert again == fit
    assert again.predict(dose=LEVELS).equals(fit.predict(dose=LEVELS))
    assert again.influence() == fit.influence()


def test_an_empty_frame_and_one_row():
    with pytest.raises(cs.Error):
        cs.pool(pd.DataFrame({"yi": [], "vi": []}))
    assert cs.pool({"yi": [0.1], "vi": [0.02]}).k == 1


def test_unused_columns_are_not_read():
    class Untouchable(dict):
        def __getitem__(self, name):
            assert name != "secret"
            return super().__getitem__(name)

    data = Untouchable({"yi": [0.1, 0.2], "vi": [0.02, 0.03], "secret": [1, 2]})
    assert cs.pool(data).k == 2
