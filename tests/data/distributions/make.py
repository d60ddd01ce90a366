"""Writes the reference tables of this folder: python3 make.py [table ...]

Arithmetic is mpmath's with 50 digits or more, on arguments that are exact doubles. A row is
function,a,b,c,d,value with as many arguments as the function takes; value has 20 digits.
Tails are computed from whichever of series and continued fraction converges at the argument, so
that the smaller tail never is a difference. Quantiles are solved to 1e-35 in the same arithmetic.
"""

import csv
import sys
from fractions import Fraction

from mpmath import (mp, mpf, binomial, e, erf, erfc, exp, hyp2f1, inf, log, loggamma, mpc,
                    npdf, nstr, pi, psi, quad, sqrt, tan)

mp.dps = 50
TINY = mpf(10) ** -48


def lentz(b0, terms):
    """The continued fraction b0 + a1/(b1 + a2/(b2 + ...)) of the pairs in `terms`."""
    f = c = b0
    d = mpf(0)
    for a, b in terms:
        d = 1 / (b + a * d)
        c = b + a / c
        f *= c * d
        if abs(c * d - 1) < TINY:
            return f
    raise ArithmeticError


def gamma_tails(a, x):
    """P(a, x) and Q(a, x)."""
    a, x = mpf(a), mpf(x)
    front = exp(a * log(x) - x - loggamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while term > total * TINY:
            n += 1
            term *= x / n
            total += term
        return front * total, 1 - front * total

    def terms():
        i = 0
        while True:
            i += 1
            yield -i * (i - a), x + 1 - a + 2 * i

    q = front / lentz(x + 1 - a, terms())
    return 1 - q, q


def gamma_density(a, x):
    return exp(a * log(x) - x - loggamma(a))


def beta_tails(a, b, x, y):
    """I_x(a, b) and its complement, for exact x and y with x + y = 1."""
    a, b, x, y = mpf(a), mpf(b), mpf(x), mpf(y)
    if x > (a + 1) / (a + b + 2):
        p, q = beta_tails(b, a, y, x)
        return q, p
    front = exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b)) / a

    def terms():
        m = 0
        while True:
            yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1
            m += 1
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1

    p = front / lentz(mpf(1), terms())
    return p, 1 - p


def beta_density(a, b, x, y):
    """The density of the log odds."""
    return exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b))


def solve(tail, p, tails, density, start):
    """The x > 0 with the tail probability p: Newton on the logarithm of the smaller tail in ln x."""
    p = mpf(p)
    if p > 0.5:
        tail, p = {"lower": "upper", "upper": "lower"}[tail], 1 - p
    k, sign = {"lower": (0, 1), "upper": (1, -1)}[tail]
    u, low, high = log(start), -inf, inf
    for _ in range(500):
        x = exp(u)
        value = tails(x)[k]
        g = log(value / p)
        if g * sign < 0:
            low = u
        else:
            high = u
        step = -sign * g * value / density(x)
        if abs(step) < mpf(10) ** -37:
            return exp(u + step)
        u += step
        if not low < u < high:
            u = (low + high) / 2
    raise ArithmeticError((tail, p, start))


def t_tails(x, df):
    """P(|T| <= x), P(|T| > x)."""
    x, df = mpf(x), mpf(df)
    return beta_tails(mpf(1) / 2, df / 2, x * x / (df + x * x), df / (df + x * x))


def normal_upper(q):
    """The z > 0 with P(Z > z) = q < 1/2."""
    q = mpf(q)
    z = sqrt(-2 * log(q)) - 1 if q < 0.01 else mpf(1)
    for _ in range(200):
        s = erfc(z / sqrt(2)) / 2
        step = log(s / q) * s / npdf(z)
        z += step
        if abs(step) < mpf(10) ** -40 * abs(z):
            return z
    raise ArithmeticError(q)


POINTS = [1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-10, 1e-5, 0.001, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.49,
          0.499, 0.4999999, 0.5, 0.51, 0.6, 0.75, 0.9, 0.975, 0.999, 0.999999, 1 - 1e-10, 1 - 1e-16]
FEW = [1e-300, 1e-100, 1e-20, 1e-10, 1e-4, 0.025, 0.1, 0.3, 0.4999, 0.7, 0.975, 0.9999, 1 - 1e-16]


def normal():
    for x in [0.0, 1e-300, 1e-20, 1e-8, 0.001, 0.1, 0.3, 0.5, 0.6629, 0.663, 1.0, 1.5, 1.959963984540054, 2.0, 3.0, 5.0, 5.6568, 5.657,
              7.0, 8.2, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 36.9, 37.0, 37.1, 37.5, 38.0, 38.3]:
        for z in (x, -x):
            yield "pdf", z, npdf(mpf(z))
            yield "ln_pdf", z, -mpf(z) ** 2 / 2 - log(2 * pi) / 2
            yield "cdf", z, erfc(-mpf(z) / sqrt(2)) / 2
            yield "sf", z, erfc(mpf(z) / sqrt(2)) / 2
            yield "two_sided", z, erfc(abs(mpf(z)) / sqrt(2))
    for p in POINTS:
        if p != 0.5:
            z = normal_upper(min(mpf(p), 1 - mpf(p))) * (1 if p < 0.5 else -1)
            yield "quantile_upper", p, z
            yield "quantile_lower", p, -z


DFS = [0.1, 0.5, 1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 7.3, 10.0, 12.0, 20.0, 30.0, 50.0, 100.0, 300.0, 1e3, 1e4, 1e5, 1e6, 1e8]


def t():
    xs = [1e-200, 1e-20, 1e-8, 0.001, 0.01, 0.1, 0.5, 1.0, 1.5, 2.0, 2.228, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 37.0, 60.0, 100.0,
          1e3, 1e5, 1e10, 1e30, 1e100, 1e200]
    for df in DFS:
        n = mpf(df)
        for x in xs:
            inside, outside = t_tails(x, df)
            density = exp(loggamma((n + 1) / 2) - loggamma(n / 2)) / sqrt(pi * n) * (1 + mpf(x) ** 2 / n) ** (-(n + 1) / 2)
            yield "pdf", x, df, density
            yield "sf", x, df, outside / 2
            yield "cdf", x, df, 1 - outside / 2 if outside < 0.5 else (1 + inside) / 2
            yield "cdf", -x, df, outside / 2
            yield "two_sided", x, df, outside
        for p in POINTS:
            if p == 0.5:
                continue
            q = min(mpf(p), 1 - mpf(p))
            inner = ("lower", 1 - 2 * q) if q > 0.25 else ("upper", 2 * q)
            z = normal_upper(q)
            start = z if df > 30 else exp(-log(2 * q) / n) * sqrt(n) if q < 1e-4 else z
            x = solve(*inner, lambda x: t_tails(x, df),
                      lambda x: 2 * x * exp(loggamma((n + 1) / 2) - loggamma(n / 2)) / sqrt(pi * n)
                      * (1 + x ** 2 / n) ** (-(n + 1) / 2), start)
            sign = 1 if p < 0.5 else -1
            yield "quantile_upper", p, df, sign * x
            yield "quantile_lower", p, df, -sign * x


def gamma_quantile(tail, p, a):
    a, p = mpf(a), mpf(p)
    if p > 0.5:
        tail, p = {"lower": "upper", "upper": "lower"}[tail], 1 - p
    start = exp((log(p) + loggamma(a + 1)) / a) if tail == "lower" else a - log(p)
    return solve(tail, p, lambda x: gamma_tails(a, x), lambda x: gamma_density(a, x), start)


def chi2():
    ratios = [1e-200, 1e-20, 1e-8, 0.001, 0.01, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0, 1.01, 1.05, 1.1, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0,
              100.0, 300.0, 700.0, 1300.0]
    for df in [x for x in DFS if x < 1e8]:
        for ratio in ratios:
            x = float(ratio * df)
            p, q = gamma_tails(mpf(df) / 2, mpf(x) / 2)
            yield "pdf", x, df, gamma_density(mpf(df) / 2, mpf(x) / 2) / mpf(x)
            yield "cdf", x, df, p
            yield "sf", x, df, q
        for p in POINTS:
            if df >= 1e5 and p not in FEW:
                continue
            for tail in ("lower", "upper"):
                yield "quantile_" + tail, p, df, 2 * gamma_quantile(tail, p, mpf(df) / 2)


def gamma_():
    for a in [0.01, 0.3, 0.9, 1.0, 1.7, 6.5, 19.9, 20.1, 77.7, 1234.5, 1e5]:
        for s in [0.37, 50.0]:
            for ratio in [1e-100, 1e-6, 0.2, 0.7, 1.0, 1.3, 4.0, 40.0, 250.0]:
                x = float(ratio * a * s)
                z = mpf(x) / mpf(s)
                p, q = gamma_tails(a, z)
                yield "pdf", x, a, s, gamma_density(a, z) / mpf(x)
                yield "cdf", x, a, s, p
                yield "sf", x, a, s, q
        for p in FEW:
            if a <= 1234.5:
                for tail in ("lower", "upper"):
                    yield "quantile_" + tail, p, a, 2.5, mpf(2.5) * gamma_quantile(tail, p, a)


def odds_quantile(tail, p, a, b):
    def split(w):
        return w / (1 + w), 1 / (1 + w)
    return solve(tail, p, lambda w: beta_tails(a, b, *split(w)), lambda w: beta_density(mpf(a), mpf(b), *split(w)), mpf(a) / b)


def f():
    pairs = [(1.0, 1.0), (1.0, 5.0), (2.0, 10.0), (3.0, 2.5), (5.0, 1.0), (12.0, 40.0), (0.1, 3.0), (4.0, 1e4), (2.0, 1e6), (1e3, 7.0), (300.0, 300.0),
             (1e5, 1e5), (0.5, 0.5)]
    for d1, d2 in pairs:
        for x in [1e-100, 1e-10, 0.001, 0.1, 0.5, 0.9, 0.99, 1.0, 1.02, 1.1, 1.5, 3.0, 10.0, 50.0, 300.0, 1e4, 1e10, 1e100]:
            odds = mpf(x) * mpf(d1) / mpf(d2)
            u, v = odds / (1 + odds), 1 / (1 + odds)
            p, q = beta_tails(mpf(d1) / 2, mpf(d2) / 2, u, v)
            yield "pdf", x, d1, d2, beta_density(mpf(d1) / 2, mpf(d2) / 2, u, v) / mpf(x)
            yield "cdf", x, d1, d2, p
            yield "sf", x, d1, d2, q
        for p in FEW:
            if max(d1, d2) < 1e5 or p > 1e-20:
                for tail in ("lower", "upper"):
                    yield "quantile_" + tail, p, d1, d2, odds_quantile(tail, p, mpf(d1) / 2, mpf(d2) / 2) * mpf(d2) / mpf(d1)


def beta_():
    pairs = [(0.01, 0.01), (0.01, 5.0), (0.5, 0.5), (0.5, 50.0), (1.0, 1.0), (1.0, 8.0), (2.5, 1.5), (3.0, 18.0), (40.0, 41.0), (120.0, 3.0), (1e3, 1.2),
             (1e4, 2e4), (1e5, 30.0)]
    for a, b in pairs:
        for x in [1e-300, 1e-50, 1e-10, 0.001, 0.05, 0.2, 0.333, 0.335, 0.5, 0.52, 0.8, 0.97, 0.9997, 1 - 1e-10, 1 - 2.0 ** -53]:
            y = 1 - mpf(x)
            p, q = beta_tails(a, b, x, y)
            yield "pdf", x, a, b, beta_density(mpf(a), mpf(b), mpf(x), y) / mpf(x) / y
            yield "cdf", x, a, b, p
            yield "sf", x, a, b, q
        for p in FEW:
            for tail in ("lower", "upper"):
                w = odds_quantile(tail, p, a, b)
                yield "quantile_" + tail, p, a, b, w / (1 + w)


def discrete():
    for n, p in [(1, 0.3), (10, 0.5), (12, 0.01), (100, 0.9), (1000, 0.02), (100000, 0.4), (10 ** 7, 1e-6), (40, 1e-200)]:
        r = Fraction(p)
        r = mpf(r.numerator) / mpf(r.denominator)
        mean = n * p
        ks = sorted({0, 1, 2, n // 7, int(mean), int(mean + 3 * (mean + 1) ** 0.5), int(mean + 12 * (mean + 1) ** 0.5), n - 1, n})
        for k in ks:
            if 0 <= k <= n:
                yield "binomial_pmf", k, n, p, exp(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)) * r ** k * (1 - r) ** (n - k)
                if k < n:
                    upper, lower = beta_tails(k + 1, n - k, r, 1 - r)
                    yield "binomial_cdf", k, n, p, lower
                    yield "binomial_sf", k, n, p, upper
    for m in [1e-300, 1e-5, 0.3, 1.0, 4.5, 20.0, 700.0, 12345.6, 1e7]:
        for k in sorted({0, 1, 2, 5, int(m / 2), int(m), int(m + 3 * m ** 0.5) + 1, int(m + 15 * m ** 0.5) + 1}):
            yield "poisson_pmf", k, m, exp(k * log(mpf(m)) - mpf(m) - loggamma(k + 1))
            p, q = gamma_tails(k + 1, m)
            yield "poisson_cdf", k, m, q
            yield "poisson_sf", k, m, p
    for n1, n2, m1, odds in [(10, 12, 9, 1.0), (10, 12, 9, 0.2), (30, 20, 25, 14.0), (5, 100, 7, 3.3), (200, 300, 150, 1.7), (1000, 900, 30, 0.01),
                             (2000, 2000, 2000, 40.0), (20, 20, 20, 1e6)]:
        r = mpf(odds)
        low, high = max(0, m1 - n2), min(n1, m1)
        weights = [binomial(n1, k) * binomial(n2, m1 - k) * r ** k for k in range(low, high + 1)]
        total = sum(weights)
        mean = sum(k * w for k, w in zip(range(low, high + 1), weights)) / total
        var = sum((k - mean) ** 2 * w for k, w in zip(range(low, high + 1), weights)) / total
        yield "fisher_mean", n1, n2, m1, odds, mean
        yield "fisher_variance", n1, n2, m1, odds, var
        for k in sorted({low, low + 1, int(mean) - 3, int(mean), int(mean) + 4, high - 1, high}):
            if low <= k <= high:
                yield "fisher_pmf", k, n1, n2, m1, odds, weights[k - low] / total
                yield "fisher_cdf", k, n1, n2, m1, odds, sum(weights[:k - low + 1]) / total
                if k < high:
                    yield "fisher_sf", k, n1, n2, m1, odds, sum(weights[k - low + 1:]) / total


def special():
    grid = [1e-300, 1e-10, 0.001, 0.1, 0.3, 0.5, 0.79, 0.81, 0.999, 1.001, 1.25, 1.4616, 1.4616321449683622, 1.47, 1.6, 1.999, 2.001, 2.24, 2.26, 3.0,
            5.5, 9.99, 10.01, 15.9, 16.1, 33.3, 100.0, 1234.5, 1e6, 1e10, 1e100]
    for x in grid:
        z = mpf(x)
        yield "ln_gamma", x, loggamma(z)
        yield "digamma", x, psi(0, z)
        yield "trigamma", x, psi(1, z) if x < 1e50 else 1 / z + 1 / (2 * z * z)
        if x < 1e50:
            ratio = exp(loggamma(z + 0.5) - loggamma(z))
            yield "gamma_ratio_half", x, ratio
            yield "ln_gamma_ratio_half", x, log(ratio)
        for y in [1e-10, 0.4, 1.7, 12.0, 345.6, 1e6]:
            if x < 1e50:
                with mp.workdps(80):
                    value = loggamma(z) + loggamma(mpf(y)) - loggamma(z + mpf(y))
                yield "ln_beta", x, y, value
    for n, k in [(5, 2), (20, 10), (100, 3), (1000, 500), (1e6, 2), (1e6, 1), (1e9, 12345), (7.5, 2.25)]:
        n, k = float(n), float(k)
        yield "ln_choose", n, k, loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n) - mpf(k) + 1)
    for x in [1e-300, 1e-20, 1e-5, 0.1, 0.4, 0.5, 0.9, 1.3, 2.0, 3.9, 4.1, 5.8, 8.0, 15.0, 25.9, 26.1, 26.5]:
        for z in (x, -x):
            yield "erf", z, erf(mpf(z))
            yield "erfc", z, erfc(mpf(z))
    for c in [0.5, 0.51, 0.75, 1.0, 1.5, 2.0, 4.0, 10.5, 49.0, 1e3, 1e5]:
        for z in [0.0, 1e-10, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999999, 1 - 1e-12, 1 - 2.0 ** -53]:
            yield "hypergeometric_half_half", c, z, hyp2f1(mpf(1) / 2, mpf(1) / 2, mpf(c), mpf(z))


def poisson_mixture(mean, tails, k):
    """The mixture of tails(j)[k] with Poisson weights, summed until the terms vanish."""
    mean = mpf(mean)
    total, peak = mpf(0), mpf(0)
    j = 0
    while True:
        term = exp(j * log(mean) - mean - loggamma(j + 1)) * tails(j)[k]
        total += term
        peak = max(peak, term)
        if term < peak * mpf(10) ** -30 and j > 0 and term < total * mpf(10) ** -30 and j > mean_guard:
            return total
        j += 1


mean_guard = 0


def peaked(g, low, high):
    """The integral of a positive function with one peak between low and high, in panels that grow from the peak.

    The panels are measured by where the function has fallen by 1/e on either side.
    """
    first, last = mpf(low), mpf(high)
    low, high = first, last
    for _ in range(250):
        third = (high - low) / 3
        a, b = g(low + third), g(high - third)
        if a < b or (a == b and a == 0):
            low += third
        else:
            high -= third
    mode = (low + high) / 2
    if last - mode < mpf(10) ** -20:
        mode = last
    top = g(mode)
    cuts = {mode}
    for direction in (-1, 1):
        end = last if direction > 0 else first
        room = abs(end - mode)
        if room == 0:
            continue
        width = room
        while g(mode + direction * width) < top / e:
            width /= 2
        k = width / 4
        while k < room and g(mode + direction * k) > top * mpf(10) ** -40:
            cuts.add(mode + direction * k)
            k += width / 4 if k < 4 * width else width
        cuts.add(mode + direction * min(k, room))
    return quad(g, sorted(cuts))


def trapezoid(g, low, high):
    """The integral over the line of an analytic function with one peak, halving the step until 20 digits stand."""
    low, high = mpf(low), mpf(high)
    for _ in range(120):
        third = (high - low) / 3
        if g(low + third) < g(high - third):
            low += third
        else:
            high -= third
    mode = (low + high) / 2
    top = g(mode)
    step = mpf(1)
    while min(g(mode - step), g(mode + step)) < top / e:
        step /= 2

    def points(first, step):
        total = mpf(0)
        for direction in (-1, 1):
            k = first
            while True:
                value = g(mode + direction * k * step)
                total += value
                if value < top * mpf(10) ** -32:
                    break
                k += 1
        return total

    total = top + points(1, step)
    value = total * step
    while True:
        total += points(mpf(1) / 2, step)
        step /= 2
        if abs(total * step / value - 1) < mpf(10) ** -20:
            return total * step
        value = total * step


def noncentral():
    global mean_guard
    mp.dps = 40
    for df in [0.5, 1.0, 2.0, 5.0, 20.0, 100.0]:
        for ncp in [0.01, 1.0, 10.0, 150.0]:
            mean = df + ncp
            for x in [0.001 * mean, 0.1 * mean, 0.6 * mean, mean, 1.4 * mean, 3.0 * mean]:
                x = float(x)
                mean_guard = 0
                yield "chi2_cdf", x, df, ncp, poisson_mixture(mpf(ncp) / 2, lambda j: gamma_tails(mpf(df) / 2 + j, mpf(x) / 2), 0)
                mean_guard = ncp / 2 + x / 2
                yield "chi2_sf", x, df, ncp, poisson_mixture(mpf(ncp) / 2, lambda j: gamma_tails(mpf(df) / 2 + j, mpf(x) / 2), 1)
    for d1, d2, ncp in [(1.0, 10.0, 4.0), (3.0, 5.0, 0.5), (2.0, 200.0, 30.0), (10.0, 40.0, 100.0), (0.5, 3.0, 8.0), (4.0, 1.0, 12.0)]:
        for x in [0.001, 0.2, 1.0, 3.0, 10.0, 40.0]:
            odds = mpf(x) * mpf(d1) / mpf(d2)
            u, v = odds / (1 + odds), 1 / (1 + odds)
            mean_guard = 0
            yield "f_cdf", x, d1, d2, ncp, poisson_mixture(mpf(ncp) / 2, lambda j: beta_tails(mpf(d1) / 2 + j, mpf(d2) / 2, u, v), 0)
            mean_guard = ncp
            yield "f_sf", x, d1, d2, ncp, poisson_mixture(mpf(ncp) / 2, lambda j: beta_tails(mpf(d1) / 2 + j, mpf(d2) / 2, u, v), 1)
    mp.dps = 30
    for df in [0.5, 1.0, 3.0, 10.0, 58.0, 1000.0, 1e6]:
        n = mpf(df)
        constant = log(2) + n / 2 * log(n / 2) - loggamma(n / 2)

        def chi(s):
            return exp(constant + (n - 1) * log(s) - n * s * s / 2)

        for delta in [-3.0, 0.0, 0.7, 2.0, 10.0, 30.0]:
            for x in [-5.0, -1.0, 0.5, 2.0, 8.0, 33.0]:
                d, y = mpf(delta), mpf(x)
                for name, sign in (("t_cdf", 1), ("t_sf", -1)):
                    def g(v):
                        s = exp(v)
                        return chi(s) * s * erfc(-sign * (y * s - d) / sqrt(2)) / 2
                    yield name, x, df, delta, trapezoid(g, -100, 6)
    mp.dps = 50


def bivariate_normal():
    mp.dps = 30
    for rho in [-1.0 + 1e-6, -0.99, -0.9, -0.5, -0.1, 1e-8, 0.3, 0.74, 0.76, 0.9, 0.93, 0.999, 1 - 1e-8]:
        r = mpf(rho)
        s = sqrt((1 - r) * (1 + r))
        for x, y in [(0.0, 0.0), (1.0, 0.5), (-1.0, 0.5), (-1.0, -2.0), (2.5, -0.3), (-3.0, 3.0), (-4.0, -4.1), (0.7, 0.70001), (6.0, 5.0), (-7.0, -8.0)]:
            x_, y_ = mpf(x), mpf(y)

            def g(u):
                return npdf(u) * erfc(-(y_ - r * u) / s / sqrt(2)) / 2
            yield "cdf", x, y, rho, peaked(g, x_ - 60 - abs(y_), x_)
    mp.dps = 50


def ruben(weights, q):
    """Both tails by Ruben's series in chi-square probabilities with the smallest weight as scale (all terms positive)."""
    w = [mpf(x) for x in weights]
    b, n = min(w), len(w)
    half = q / b / 2
    ratios = [1 - b / x for x in w]
    c = [exp(sum(log(b / x) for x in w) / 2)]
    g = []
    powers = [mpf(1)] * n
    lower, upper, mass = mpf(0), mpf(0), mpf(0)
    while True:
        k = len(c) - 1
        p, s = gamma_tails(mpf(n) / 2 + k, half)
        lower += c[k] * p
        upper += c[k] * s
        mass += c[k]
        if 1 - mass < upper * mpf(10) ** -25 and c[k] * p < lower * mpf(10) ** -25:
            return lower, upper + (1 - mass)
        powers = [x * r for x, r in zip(powers, ratios)]
        g.append(sum(powers))
        c.append(sum(g[i] * c[k - i] for i in range(k + 1)) / (2 * k + 2))


def talbot(weights, q, degree):
    """Both tails by inversion of the Laplace transform on Talbot's path, in many digits."""
    with mp.workdps(140):
        w = [mpf(x) for x in weights]

        def transform(s):
            value = mpf(1)
            for x in w:
                value /= sqrt(1 + 2 * x * s)
            return value
        r = mpf(2 * degree) / (5 * q)
        lower = upper = mpf(0)
        for k in range(degree):
            if k == 0:
                s, weight = r, exp(r * q) / 2
            else:
                theta = k * pi / degree
                cot = 1 / tan(theta)
                s = r * theta * mpc(cot, 1)
                weight = exp(s * q) * mpc(1, theta + (theta * cot - 1) * cot)
            value = transform(s)
            lower += (weight * value / s).real
            upper += (weight * (1 - value) / s).real
        return lower * r / degree, upper * r / degree


def quadratic_form():
    sets = [[2.0], [1.0] * 5, [1.0, 1.0 + 1e-9, 1.0 - 1e-9, 1.0 + 3e-5], [3.0, 1.0], [5.0, 2.5, 1.2, 1.1, 0.7, 0.3], [10.0, 1.0, 0.05],
            [30.0] + [1.0] * 12, [1.0 / (1.0 + 0.1 * i) for i in range(40)], [1.0, 1e-4, 1e-8]]
    for weights in sets:
        for ratio in [0.001, 0.05, 0.4, 0.9, 1.0, 1.1, 2.0, 5.0, 15.0]:
            q = float(ratio * sum(weights))
            lower, upper = talbot(weights, mpf(q), 180)
            again = talbot(weights, mpf(q), 220)
            assert abs(lower / again[0] - 1) < mpf(10) ** -18 and abs(upper / again[1] - 1) < mpf(10) ** -18, (weights, q)
            if max(weights) / min(weights) < 4 and len(weights) < 6:
                other = ruben(weights, mpf(q))
                assert abs(lower / other[0] - 1) < mpf(10) ** -18 and abs(upper / other[1] - 1) < mpf(10) ** -18, (weights, q)
            yield "cdf", q, " ".join(repr(x) for x in weights), lower
            yield "sf", q, " ".join(repr(x) for x in weights), upper


TABLES = {"normal": normal, "t": t, "chi2": chi2, "gamma": gamma_, "f": f, "beta": beta_, "discrete": discrete, "special": special,
          "noncentral": noncentral, "bivariate_normal": bivariate_normal, "quadratic_form": quadratic_form}

for name in sys.argv[1:] or TABLES:
    with open(name + ".csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in TABLES[name]():
            value = row[-1]
            # outside the doubles: too small (a scaled quantile: out of the normal ones), too large
            if row[0].startswith("quantile") and value != 0 and abs(value) < mpf("1e-305"):
                continue
            if value != 0 and not mpf("4.95e-324") < abs(value) < mpf("1.797e308"):
                continue
            writer.writerow([*(a if isinstance(a, str) else repr(a) for a in row[:-1]), nstr(value, 20)])
