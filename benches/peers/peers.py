"""The work of run.sh with PyMARE and statsmodels: python3 peers.py DATA"""

import csv
import sys
import time
import warnings

folder = sys.argv[1]
try:
    import numpy as np
except ImportError:
    sys.exit("numpy is not installed: Python peers skipped")


def read(name, columns=("yi", "vi")):
    with open(f"{folder}/{name}", newline="") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[column]) for row in rows]) for column in columns]


def report(peer, task, times, work):
    least = float("inf")
    for _ in range(times):
        start = time.process_time()  # of the processor, which a busy machine does not lengthen
        values = work()
        least = min(least, time.process_time() - start)
    print(f"{peer},{task},{least:e},{' '.join(f'{float(v):.17e}' for v in values)}", flush=True)


warnings.filterwarnings("ignore", category=RuntimeWarning)  # statsmodels: roots of variances below 0
bcg = read("bcg.csv")
batch_yi, batch_vi = (column.reshape(-1, 20) for column in read("batch.csv"))

try:
    import statsmodels
    from statsmodels.stats.meta_analysis import combine_effects
except ImportError:
    print("statsmodels is not installed: skipped", file=sys.stderr)
else:
    peer = f"statsmodels {statsmodels.__version__}"
    print(peer, file=sys.stderr)

    def combined(yi, vi):
        result = combine_effects(yi, vi, method_re="dl")
        return result.mean_effect_re, result.sd_eff_w_re, result.tau2

    report(peer, "dl_13", 20, lambda: combined(*bcg))

    # It weights by 1 / (v + tau²) with tau² below 0, where all others put 0 and so the common-effect mean.
    def truncated(yi, vi):
        result = combine_effects(yi, vi, method_re="dl")
        return (result.mean_effect_re, result.tau2) if result.tau2 > 0 else (result.mean_effect_fe, 0.0)

    def every():
        return np.array([truncated(y, v) for y, v in zip(batch_yi[::100], batch_vi[::100])]).mean(axis=0)

    report(peer, "dl_100x20", 3, every)

try:
    import pymare
    from pymare import Dataset
    from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator
except ImportError:
    print("PyMARE is not installed: skipped", file=sys.stderr)
else:
    peer = f"PyMARE {pymare.__version__}"
    print(peer, file=sys.stderr)

    def fitted(estimator, yi, vi):
        summary = estimator.fit_dataset(Dataset(y=yi, v=vi, X=None, add_intercept=True)).summary()
        return np.ravel(summary.fe_params), np.ravel(summary.tau2)

    def one(estimator, yi, vi):
        mean, tau2 = fitted(estimator, yi[:, None], vi[:, None])
        return mean[0], tau2[0]

    report(peer, "dl_13", 20, lambda: one(DerSimonianLaird(), *bcg))
    report(peer, "reml_13", 5, lambda: one(VarianceBasedLikelihoodEstimator(method="reml"), *bcg))

    def vectorised():
        mean, tau2 = fitted(DerSimonianLaird(), batch_yi.T, batch_vi.T)
        return mean.mean(), tau2.mean()

    report(peer, "dl_10000x20", 3, vectorised)

    # Its likelihood estimator takes one set at a time: one in a hundred.
    def likelihood():
        sets = zip(batch_yi[::100], batch_vi[::100])
        values = np.array([one(VarianceBasedLikelihoodEstimator(method="reml"), y, v) for y, v in sets])
        return values.mean(axis=0)

    report(peer, "reml_100x20", 2, likelihood)

try:
    import polars
except ImportError:
    print("polars is not installed: skipped", file=sys.stderr)
else:

    def table():
        frame = polars.read_csv(f"{folder}/rows.csv")
        return frame["yi"].sum(), frame["vi"].sum()

    report(f"polars {polars.__version__}", "read_100000", 10, table)
