"""Independent computation of the interval of Nagashima, Noma and Furukawa (2019): tau^2 at Gauss-Legendre nodes of its
confidence level u = H(tau^2) by root finding on Imhof's integral, and tau z - s t by direct convolution."""
import sys
import numpy as np
from scipy import integrate, optimize, stats

def limits(y, v, alpha=0.05):
    k = len(y); w = 1 / v; W = w.sum(); mu = (w * y).sum() / W; Q = (w * (y - mu) ** 2).sum()
    P = np.diag(w) - np.outer(w, w) / W
    def H(t):
        s = np.sqrt(v + t); lam = np.linalg.eigvalsh(s[:, None] * P * s[None, :])[1:]
        f = lambda u: np.sin(0.5 * np.arctan(lam * u).sum() - 0.5 * Q * u) / (u * np.prod((1 + (lam * u) ** 2) ** 0.25))
        # to a zero of decay; split for accuracy
        total = 0.0; a = 0.0; step = 4.0 / Q
        while True:
            part = integrate.quad(f, max(a, 1e-300), a + step, epsabs=1e-14, epsrel=1e-12)[0]
            total += part; a += step
            if (1 / (a * np.prod((1 + (lam * a) ** 2) ** 0.25))) * step < 1e-13: break
            step *= 1.3
        return 0.5 + total / np.pi
    h0 = H(0.0)
    x, g = np.polynomial.legendre.leggauss(40)
    nodes, weights = [], []
    # 1 - u = (1 - h0) r^4 grades the nodes towards u = 1, where tau^2 has its long tail
    for a, b in [(0, .05), (.05, .2), (.2, .5), (.5, .8), (.8, .95), (.95, 1)]:
        r = 0.5 * (a + b) + 0.5 * (b - a) * x
        nodes += list(1 - (1 - h0) * r ** 4); weights += list(0.5 * (b - a) * g * (1 - h0) * 4 * r ** 3)
    hi = 1.0
    points = [(0.0, h0)]
    for u, m in zip(nodes, weights):
        hi = 1.0
        while H(hi) < u and hi < 1e12: hi *= 4
        if hi >= 1e12: points.append((hi, m)); continue
        points.append((optimize.brentq(lambda t: H(t) - u, 0, hi, xtol=1e-14, rtol=1e-12), m))
    z, gz = np.polynomial.legendre.leggauss(400); z = z * 9; gz = gz * 9 * stats.norm.pdf(z)
    def F(c):
        total = 0
        for t, m in points:
            ww = 1 / (v + t); mean = (ww * y).sum() / ww.sum()
            s = np.sqrt((ww * (y - mean) ** 2).sum() / ww.sum() / (k - 1))
            total += m * (gz * stats.t.cdf((c - mean - np.sqrt(t) * z) / s, k - 1)).sum()
        return total
    center = mu; far = 30 * np.sqrt(v.max() + y.var())
    return h0, optimize.brentq(lambda c: F(c) - alpha / 2, center - far, center, xtol=1e-11), optimize.brentq(lambda c: F(c) - 1 + alpha / 2, center, center + far, xtol=1e-11), F(0.0)

m1 = np.array([15,12,29,42,14,44,14,29,10,17,38,19,21.]); n1 = np.array([16,16,34,56,22,54,17,58,14,26,44,29,38.])
m2 = np.array([9,1,18,31,6,17,7,23,3,6,12,22,19.]); n2 = np.array([16,16,34,56,22,55,15,58,15,27,45,30,38.])
a, b, c, d = m1 + .5, n1 - m1 + .5, m2 + .5, n2 - m2 + .5
print("cisapride", limits(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d))
