"""Draws of a model with four inputs, and the value of knowing two of them by an exact Gaussian process.

Writes data.csv beside it and prints the values: y = b'(1, x) + f(x) + e with a squared-exponential covariance, length scales,
signal and noise by restricted maximum likelihood over all draws (scipy), for cost and effect apart."""
import numpy as np
from scipy import linalg, optimize

rng = np.random.default_rng(20141)
n = 300
a, b, c, d = rng.normal(size=(4, n))
effect = 0.03 * np.sin(1.5 * a) * np.cos(1.2 * b) + 0.02 * c
cost = 100 + 120 * np.cos(2 * a) + 100 * np.sin(1.8 * b) + 120 * d
table = np.round(np.column_stack([a, b, cost, effect]), 6)
np.savetxt("data.csv", table, delimiter=",", header="a,b,cost,effect", comments="", fmt="%.6f")

x = table[:, :2]
x = (x - x.mean(0)) / x.std(0)
H = np.column_stack([np.ones(n), x])


def smooth(y):
    mean, sd = y.mean(), y.std()
    y = (y - mean) / sd

    def parts(theta):
        scale, signal, noise = np.exp(theta[:2]), np.exp(theta[2]), np.exp(theta[3])
        z = x / scale
        K = signal * np.exp(-0.5 * ((z[:, None, :] - z[None, :, :]) ** 2).sum(2))
        V = K + noise * np.eye(n)
        L = linalg.cho_factor(V, lower=True)
        VH = linalg.cho_solve(L, H)
        A = H.T @ VH
        beta = np.linalg.solve(A, VH.T @ y)
        r = y - H @ beta
        Vr = linalg.cho_solve(L, r)
        dev = 2 * np.log(np.diag(L[0])).sum() + np.linalg.slogdet(A)[1] + r @ Vr
        return dev, H @ beta + K @ Vr

    best = min(
        (optimize.minimize(lambda t: parts(t)[0], [s, s, 0.0, e], method="Nelder-Mead",
                           options=dict(xatol=1e-7, fatol=1e-10, maxiter=20000, maxfev=20000))
         for s in (0.0, 1.0) for e in (-1.0, -2.5)), key=lambda r: r.fun)
    return mean + sd * parts(best.x)[1], np.exp(best.x)


gc, tc = smooth(table[:, 2])
ge, te = smooth(table[:, 3])
print("cost: lengths, signal, noise", tc, "effect:", te)
for wtp in (10000, 20000, 30000):
    nb = wtp * ge - gc
    print(wtp, repr(np.maximum(nb, 0).mean() - max(nb.mean(), 0)))
