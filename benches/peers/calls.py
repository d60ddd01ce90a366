"""One call of each Python package, from arrays and from a pandas frame, in one run.

    python3 benches/peers/calls.py >benches/peers/calls.md

The data are the 13 trials of BCG vaccine (Colditz et al. 1994). The frame holds 50 further columns, as real ones do. A call ends
with the estimate in hand. Packages that are not installed are skipped with a message.
"""

import csv
import pathlib
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
DATA = pathlib.Path(__file__).resolve().parents[2] / "tests" / "data" / "metafor" / "data" / "bcg_roles.csv"
with DATA.open(newline="") as file:
    rows = list(csv.DictReader(file))
a, n1, c, n2 = (np.array([float(row[cell]) for row in rows]) for cell in ["ai", "n1i", "ci", "n2i"])
yi = np.log(a / n1) - np.log(c / n2)
vi = 1 / a - 1 / n1 + 1 / c - 1 / n2
frame = pd.DataFrame({"study": [f"trial {i}" for i in range(13)], "yi": yi, "vi": vi})
frame = pd.concat([frame, pd.DataFrame(np.ones((13, 50)), columns=[f"further {i}" for i in range(50)])], axis=1)
two = {"yi": "yi", "vi": "vi"}


def least(work):
    """The least time of a call on the processor, in microseconds, and what it says."""
    value, times = work(), 1
    while timed(work, times) < 0.005:
        times *= 2
    return min(timed(work, times) for _ in range(50)) / times * 1e6, float(value)


def timed(work, times):
    start = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - start


def calls():
    """The peer, what it does, and the calls from arrays and from a frame."""
    try:
        import consilience as cs
    except ImportError:
        sys.exit("consilience is not installed: pip install ./python")
    name = f"consilience {cs.__version__}"
    yield name, "REML, with intervals of tau² and I², prediction", lambda: cs.pool(yi=yi, vi=vi).estimate, lambda: (
        cs.pool(frame, yi="yi", vi="vi").estimate
    )
    yield name, "DerSimonian-Laird, the same", lambda: cs.pool(yi=yi, vi=vi, method="DL").estimate, lambda: (
        cs.pool(frame, method="DL").estimate
    )
    try:
        import statsmodels
        from statsmodels.stats.meta_analysis import combine_effects as combine
    except ImportError:
        print("statsmodels is not installed: skipped", file=sys.stderr)
    else:
        yield (
            f"statsmodels {statsmodels.__version__}",
            "DerSimonian-Laird",
            lambda: combine(yi, vi, method_re="dl").mean_effect_re,
            lambda: combine(frame["yi"].to_numpy(), frame["vi"].to_numpy(), method_re="dl").mean_effect_re,
        )
    try:
        import pymare
        from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator
    except ImportError:
        print("PyMARE is not installed: skipped", file=sys.stderr)
    else:

        def summary(estimator, data):
            return np.ravel(estimator.fit_dataset(data).summary().fe_params)[0]

        def arrays():
            return pymare.Dataset(y=yi[:, None], v=vi[:, None], X=None, add_intercept=True)

        def framed():
            return pymare.Dataset(y="yi", v="vi", X=None, data=frame, add_intercept=True)

        name = f"PyMARE {pymare.__version__}"
        likelihood = lambda: VarianceBasedLikelihoodEstimator(method="reml")  # noqa: E731
        yield name, "DerSimonian-Laird", lambda: summary(DerSimonianLaird(), arrays()), lambda: (
            summary(DerSimonianLaird(), framed())
        )
        yield name, "REML", lambda: summary(likelihood(), arrays()), lambda: summary(likelihood(), framed())
    try:
        import pimeta
    except ImportError:
        print("pimeta is not installed: skipped", file=sys.stderr)
    else:
        yield (
            f"pimeta {pimeta.__version__}",
            "REML",
            lambda: np.ravel(pimeta.rma(yi, vi, method="REML").b)[0],
            lambda: np.ravel(pimeta.rma("yi", "vi", data=frame, method="REML").b)[0],
        )
    try:
        import meta_analyze
    except ImportError:
        print("PyMetaAnalysis is not installed: skipped", file=sys.stderr)
    else:
        analysis = meta_analyze.meta_analysis
        yield (
            f"PyMetaAnalysis {meta_analyze.__version__}",
            "REML, with intervals of tau², prediction",
            lambda: analysis(effect=yi, variance=vi, tau2_method="REML").estimate,
            lambda: analysis(frame, effect="yi", variance="vi", tau2_method="REML").estimate,
        )


def main():
    print(
        "Made by `python3 benches/peers/calls.py`: one call on 13 studies, the least of 50 times on the processor. The frame"
        "\nhas 53 columns, of which two or three are used.\n\n"
        "| package | what it computes | from arrays, µs | from a pandas frame, µs | estimate |\n|---|---|---:|---:|---:|"
    )
    for peer, what, arrays, framed in calls():
        times, value = [], float("nan")
        for work in (arrays, framed):
            try:
                took, value = least(work)
                times.append(f"{took:,.1f}" if took < 100 else f"{took:,.0f}")
            except Exception as error:  # a peer that does not take such data
                times.append("none")
                print(f"{peer}: {error!r}", file=sys.stderr)
        print(f"| {peer} | {what} | {times[0]} | {times[1]} | {value:.6f} |", flush=True)


if __name__ == "__main__":
    main()
