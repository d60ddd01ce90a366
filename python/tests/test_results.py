"""Results: frozen, printed, pickled, drawn."""

import copy
import json
import os
import pickle
import signal
import threading
import time
import warnings

import pytest

import consilience as cs

# BCG vaccine against tuberculosis: Colditz et al. 1994, JAMA 271:698
BCG = {
    "author": [
        "Aronson", "Ferguson & Simes", "Rosenthal et al", "Hart & Sutherland", "Frimodt-Moller et al", "Stein & Aronson",
        "Vandiviere et al", "TPT Madras", "Coetzee & Berjak", "Rosenthal et al", "Comstock et al", "Comstock & Webster",
        "Comstock et al",
    ],
    "year": [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976],
    "ai": [4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27],
    "bi": [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886],
    "ci": [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29],
    "di": [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825],
    "ablat": [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33],
    "alloc": [
        "random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic",
        "systematic", "random", "systematic",
    ],
}  # fmt: skip


@pytest.fixture
def fit():
    return cs.pool(BCG, measure="RR")


def test_the_numbers_are_those_of_metafor(fit):
    # rma(measure="RR", method="REML") of metafor 5.0
    assert fit.estimate == pytest.approx(-0.71453234215813921, rel=1e-8)
    assert fit.heterogeneity.i2 == pytest.approx(92.221384521268945, rel=1e-8)
    assert fit.ci == pytest.approx((-1.06689763881035, -0.36216704550592843), rel=1e-8)
    assert fit.ratio.estimate == pytest.approx(0.48942, rel=1e-4)
    assert fit.prediction.lower < fit.ci[0]


def test_results_do_not_change(fit):
    with pytest.raises(AttributeError):
        fit.estimate = 0
    with pytest.raises(AttributeError, match="it has command"):
        fit.estimat


def test_text_json_and_pickles(fit):
    assert "0.4894" in str(fit)
    assert json.loads(fit.to_json())["k"] == 13
    assert fit.to_dict()["estimate"] == fit.estimate
    again = pickle.loads(pickle.dumps(fit))
    assert again == fit and again.to_json() == fit.to_json() and str(again) == str(fit)
    assert again.forest().svg == fit.forest().svg
    assert copy.deepcopy(fit) == fit
    assert cs.pool(BCG, measure="OR") != fit


def test_figures(fit, tmp_path):
    figure = fit.forest(str(tmp_path / "forest.svg"))
    assert figure.svg.startswith("<svg") and (tmp_path / "forest.svg").read_text() == figure.svg
    assert fit.forest().save(tmp_path / "forest.png").png.startswith(b"\x89PNG")
    assert fit.forest().save(tmp_path / "forest.pdf").pdf.startswith(b"%PDF")
    assert "<svg" in fit._repr_html_()
    assert fit.funnel()._repr_mimebundle_()["image/svg+xml"].startswith("<svg")
    with pytest.raises(cs.SettingError, match="ending"):
        fit.forest().save(tmp_path / "forest.jpeg")


def test_readings_of_the_same_analysis(fit):
    leave_one_out = fit.influence().leave_one_out
    assert len(leave_one_out["estimate"]) == 13
    assert any(test["name"] == "egger" for test in fit.bias().to_dict()["tests"])
    assert fit.paragraph().startswith("13 studies were included")
    assert fit.multiverse().multiverse


def test_regression_and_predictions():
    fit = cs.regress(BCG, measure="RR", mods="ablat + factor(alloc)")
    predicted = fit.predict(ablat=[10, 44], alloc="random")
    assert len(predicted["estimate"]) == 2


def test_multilevel_effects_and_economics():
    data = {
        "district": [1, 1, 2, 2, 3, 3, 4, 4],
        "school": [1, 2, 1, 2, 1, 2, 1, 2],
        "yi": [0.1, 0.2, 0.5, 0.4, -0.1, 0.0, 0.3, 0.2],
        "vi": [0.02] * 8,
    }
    fit = cs.multilevel(data, random="district/school", cluster="district", robust="CR2")
    assert fit.robust.type == "CR2"
    icer = cs.economics.icer(
        cost_difference=25, cost_se=124, effect_difference=0.042, effect_se=0.019, correlation=0.1, wtp=range(0, 50_001, 10_000)
    )
    assert icer.icer.value == pytest.approx(25 / 0.042)


def test_notes_are_warnings_once():
    data = {"study": ["A", "B", "C"], "yi": [0.1, None, 0.5], "vi": [0.02, 0.03, 0.04]}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit = cs.pool(data)
    said = [str(w.message) for w in caught if issubclass(w.category, cs.Note)]
    assert said and set(said) <= set(fit.notes)


def test_unknown_options_and_measures():
    with pytest.raises(TypeError):
        cs.pool(BCG, measure="RR", metod="DL")
    with pytest.raises(cs.Error, match="did you mean"):
        cs.pool(BCG, measure="RRR")


def test_reviews_that_ship():
    assert "kiely2022" in str(cs.reviews.list())
    assert cs.reviews.load("kiely2022")


def test_a_report(fit, tmp_path):
    report = fit.report(title="BCG")
    assert "<html" in report.html
    report.save(str(tmp_path / "report.md"))
    assert (tmp_path / "report.md").read_text().strip()


def test_many():
    frame = {"g": ["b", "a", "b", "a", "b"], "yi": [0.1, 0.2, 0.3, 0.4, 0.5], "vi": [0.02, 0.03, 0.04, 0.05, 0.06]}
    many = cs.pool_many(frame, by="g")
    assert many["g"] == ["b", "a"] and many["k"].tolist() == [3, 2]
    alone = cs.pool(yi=[0.1, 0.3, 0.5], vi=[0.02, 0.04, 0.06])
    assert many["estimate"][0] == pytest.approx(alone.estimate, rel=1e-12)


MANY = {"yi": [0.1 * i for i in range(24)], "vi": [0.02 + 0.001 * i for i in range(24)]}


def test_progress_ends_long_work_with_what_there_is():
    heard = []
    fit = cs.influence(MANY, gosh=1_000_000, seed=1, method="DL", progress=lambda *work: heard.append(work) or False)
    assert len(heard) == 1 and heard[0][0] == "subsets"
    assert 0 < fit.gosh.subsets == heard[0][1] < fit.gosh.planned == 1_000_000
    assert any("were stopped" in note for note in fit.notes)


def test_an_interrupt_ends_long_work_with_what_there_is():
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    fit = cs.influence(MANY, gosh=4_000_000, seed=1, method="DL")
    assert 0 < fit.gosh.subsets < fit.gosh.planned


def test_an_error_in_the_call_back_is_raised():
    def broken(work, done, all_):
        raise KeyError(work)

    with pytest.raises(KeyError, match="subsets"):
        cs.influence(BCG, measure="RR", gosh=10_000, method="DL", progress=broken)


def test_the_lines_of_the_first_page(tmp_path):
    fit = cs.pool(BCG, measure="RR", study="author", method="REML", inference="hksj")
    assert isinstance(fit.estimate, float) and isinstance(fit.tau2, float)
    assert fit.tau2 == fit.heterogeneity.tau2
    assert fit.ratio.ci[0] < fit.ratio.estimate < fit.ratio.ci[1]
    assert len(fit.studies["study"]) == 13
    assert fit.multiverse().plot().svg.startswith("<svg")
    assert len(fit.influence().leave_one_out["estimate"]) == 13
    assert fit.bias().tests["name"]
    report = cs.report(BCG, measure="RR", study="author")
    report.save(tmp_path / "report.docx")
    assert (tmp_path / "report.docx").read_bytes().startswith(b"PK")
    report.save(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text().startswith("<!")
    assert cs.datasets.bcg(as_="dict")["ablat"][0] == 44


def test_analyses_of_several_levels():
    fits = cs.pool(BCG, measure="RR", by="alloc")
    assert fits.to_dict()["command"] == "pool" and "random" in str(fits)
    with pytest.raises(AttributeError, match="no 'estimate'; it has command, .*analyses"):
        fits.estimate  # noqa: B018


def test_arrays_serve_in_place_of_columns():
    groups = ["a"] * 6 + ["b"] * 7
    by_array = cs.pool(BCG, measure="RR", subgroup=groups)
    by_column = cs.pool({**BCG, "subgroup": groups}, measure="RR", subgroup="subgroup")
    assert by_array == by_column
    assert list(by_array.subgroups["level"]) == ["a", "b"]


def test_errors_speak_of_keywords():
    with pytest.raises(cs.SettingError) as caught:
        cs.pool(BCG, measure="RR", robust="CR2")
    assert "--" not in str(caught.value) and caught.value.option == "robust"
    with pytest.raises(cs.Error) as caught:
        cs.pool({"x": [1.0, 2.0]})
    assert 'measure="RR"' in str(caught.value)


def test_a_file_beside_its_columns(tmp_path):
    file = tmp_path / "trials.csv"
    file.write_text("trial,tpos,tneg,cpos,cneg\nA,4,119,11,128\nB,6,300,29,274\n")
    roles = dict(ai="tpos", bi="tneg", ci="cpos", di="cneg")
    fit = cs.pool(file, measure="RR", **roles)
    assert fit.k == 2 and fit.consilience.sources
    assert cs.pool(str(file), measure="RR", columns=roles) == fit
    with pytest.raises(cs.SettingError, match="beside a file"):
        cs.pool(file, measure="RR", ai=[4, 6])
    with pytest.raises(cs.FileError, match="missing.csv"):
        cs.pool(tmp_path / "missing.csv", measure="RR")
    with pytest.raises(OSError):
        cs.pool(tmp_path / "missing.csv", measure="RR")


def test_errors_survive_pickling():
    with pytest.raises(cs.DataError) as caught:
        cs.pool({"study": ["A", "B"], "yi": [0.1, 0.2], "vi": [0.02, -1.0]})
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.row, again.remedy) == (str(caught.value), 2, caught.value.remedy)


def test_errors_of_files_survive_pickling():
    with pytest.raises(cs.FileError) as caught:
        cs.pool("missing.csv")
    again = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(again, OSError) and (str(again), again.file) == (str(caught.value), "missing.csv")
