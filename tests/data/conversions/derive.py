"""Values against which the conversions of summaries are tested, from definitions rather than from the formulas under test.

Python 3.11, numpy 2.4.6, mpmath 1.3.0. Prints derived.json.

- xi: the expected range of n standard normal values, n = 2..50, by integration of the distribution of the range.
- bland: the mean and SD of data that lie at the middle of the four quarters between the five numbers.
- skewness: the 95 % quantiles of the statistics of Shi et al. (2023) in 400 000 normal samples of n = 4Q + 1, whose quartiles are the
  (Q+1)th and (3Q+1)th smallest values.
- endpoints: the covariance of the log odds ratios of two binary outcomes in 400 000 simulated trials.
"""
import json
import mpmath as mp
import numpy as np

mp.mp.dps = 30


def xi(n):
    # E(max - min) = integral of 1 - F^n - (1 - F)^n.
    return mp.quad(lambda x: 1 - mp.ncdf(x) ** n - mp.ncdf(-x) ** n, [-12, -6, -3, -1, 0, 1, 3, 6, 12])


def bland(a, q1, m, q3, b):
    x = np.array([(a + q1) / 2, (q1 + m) / 2, (m + q3) / 2, (q3 + b) / 2])
    return [x.mean(), x.std()]


def skewness(q, rng, samples=400_000):
    n = 4 * q + 1
    t1, t2 = [], []
    for _ in range(8):
        x = np.sort(rng.standard_normal((samples // 8, n)), axis=1)
        a, q1, m, q3, b = x[:, 0], x[:, q], x[:, 2 * q], x[:, 3 * q], x[:, -1]
        t1.append(np.abs(a + b - 2 * m) / (b - a))
        t2.append(np.abs(q1 + q3 - 2 * m) / (q3 - q1))
    t1, t2 = np.concatenate(t1), np.concatenate(t2)
    t3 = np.maximum(2.65 * np.log(0.6 * n) / np.sqrt(n) * t1, t2)
    return [n] + [float(np.quantile(t, 0.95)) for t in (t1, t2, t3)]


def endpoints(rng, trials=400_000):
    # Two outcomes with risks 0.3 and 0.4 in group 1 (n = 400), 0.4 and 0.5 in group 2 (n = 500), phi 0.5 in both.
    logs = []
    for n, p1, p2 in ((400, 0.3, 0.4), (500, 0.4, 0.5)):
        both = p1 * p2 + 0.5 * np.sqrt(p1 * (1 - p1) * p2 * (1 - p2))
        cells = rng.multinomial(n, [both, p1 - both, p2 - both, 1 - p1 - p2 + both], size=trials)
        x1, x2 = cells[:, 0] + cells[:, 1], cells[:, 0] + cells[:, 2]
        logs.append((np.log(x1 / (n - x1)), np.log(x2 / (n - x2))))
    (a1, a2), (b1, b2) = logs
    return float(np.cov(a1 - b1, a2 - b2)[0, 1])


rng = np.random.default_rng(20140101)
print(json.dumps({
    "xi": [float(xi(n)) for n in range(2, 51)],
    "bland": bland(2, 4, 8, 13, 18),
    "skewness": [skewness(q, rng) for q in (10, 25, 50, 100)],
    "endpoints": endpoints(rng),
}, indent=1))
