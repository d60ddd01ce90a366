"""Independent values for tests/reference/bias_methods.rs, in 50-digit arithmetic: python3 oracle.py > oracle.json

Every likelihood is written out from the papers and maximised by Newton's method on differences taken at 1e-12.
"""
import csv, json, os
from mpmath import mp, mpf, sqrt, log, exp, pi, erfc, erfinv, findroot, quad, matrix, lu_solve, binomial, factorial, inf
import numpy as np

mp.dps = 50
here = os.path.dirname(os.path.abspath(__file__))

def read(path):
    with open(os.path.join(here, path)) as f:
        return list(csv.DictReader(f))

def cdf(x): return erfc(-x / sqrt(mpf(2))) / 2
def sf(x): return erfc(x / sqrt(mpf(2))) / 2
def pdf(x): return exp(-x * x / 2) / sqrt(2 * pi)
def quantile(p): return sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1)

H = mpf(10) ** -12

def derivatives(f, x):
    n = len(x)
    def at(*steps):
        y = list(x)
        for i, s in steps:
            y[i] += s * H
        return f(y)
    f0 = f(x)
    up = [at((i, 1)) for i in range(n)]
    down = [at((i, -1)) for i in range(n)]
    g = matrix([(up[i] - down[i]) / (2 * H) for i in range(n)])
    h = matrix(n, n)
    for i in range(n):
        h[i, i] = (up[i] - 2 * f0 + down[i]) / H ** 2
        for j in range(i):
            h[i, j] = h[j, i] = (at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))) / (4 * H ** 2)
    return f0, g, h

def maximum(f, x, steps=60):
    """Damped Newton from a start near the maximum; returns x, value, standard errors."""
    x = [mpf(v) for v in x]
    value, g, h = derivatives(f, x)
    for _ in range(steps):
        try:
            step = lu_solve(-h, g)
        except ZeroDivisionError:
            step = g
        if (step.T * g)[0] < 0:
            step = g
        length = mpf(1)
        while length > mpf(10) ** -20:
            y = [a + length * b for a, b in zip(x, step)]
            try:
                fy = f(y)
                if fy >= value:
                    break
            except Exception:
                pass
            length /= 2
        moved = max(abs(a - b) for a, b in zip(x, y))
        x = y
        value, g, h = derivatives(f, x)
        if moved < mpf(10) ** -18:
            break
    inverse = (-h) ** -1
    return x, value, [sqrt(inverse[i, i]) for i in range(len(x))]

out = {}
hackshaw = read("hackshaw1998.csv")
Y = [mpf(r["yi"]) for r in hackshaw]
V = [mpf(r["vi"]) for r in hackshaw]
S = [sqrt(v) for v in V]

# Copas.
def copas_log_likelihood(mu, tau2, rho, slope, g0, g1):
    total = mpf(0)
    for y, s in zip(Y, S):
        u = g0 + g1 / s
        lam = pdf(u) / cdf(u)
        sigma2 = s * s / (1 - lam * (u + lam) * rho ** 2)
        v = sigma2 + tau2
        e = (y - mu - slope * s) / sqrt(v)
        r = rho * sqrt(sigma2 / v)
        total += -log(2 * pi * v) / 2 - e * e / 2 - log(cdf(u)) + log(cdf((u + r * e) / sqrt(1 - r * r)))
    return total

copas = []
for least, most in [("0.5", "0.99"), ("0.1", "0.99"), ("0.3", "0.9")]:
    low, high = min(S), max(S)
    g1 = (quantile(most) - quantile(least)) / (1 / low - 1 / high)
    g0 = quantile(least) - g1 / high
    x, value, se = maximum(lambda t: copas_log_likelihood(t[0], t[1], t[2], 0, g0, g1), [0.14, 0.0146, 0.6 if least == "0.5" else 0.38])
    _, value2, _ = maximum(lambda t: copas_log_likelihood(t[0], t[1], x[2], t[2], g0, g1), [x[0], x[1], mpf(0)])
    copas.append(dict(least=float(least), most=float(most), gamma0=float(g0), gamma1=float(g1), estimate=float(x[0]), tau2=float(x[1]), rho=float(x[2]), se=float(se[0]),
                      log_likelihood=float(value), residual_lrt=float(2 * (value2 - value)),
                      missing=float(sum(sf(g0 + g1 / s) / cdf(g0 + g1 / s) for s in S))))
out["copas"] = copas

# p-uniform: hackshaw, positive.
critical = quantile("0.975")
sig = [(y, s) for y, s in zip(Y, S) if y > critical * s]
def total(mu): return sum(sf((y - mu) / s) / sf((critical * s - mu) / s) for y, s in sig)
def irwin_hall(x, n):
    return sum((-1) ** j * binomial(n, j) * (x - j) ** n for j in range(int(x) + 1)) / factorial(n)
n = len(sig)
low = findroot(lambda x: irwin_hall(x, n) - mpf("0.025"), mpf(n) / 4)
fixed = sum(y / s ** 2 for y, s in sig) / sum(1 / s ** 2 for y, s in sig)
out["p_uniform"] = dict(k=n, estimate=float(findroot(lambda m: total(m) - mpf(n) / 2, mpf("0.14"))),
    ci_lower=float(findroot(lambda m: total(m) - low, mpf("-0.3"))), ci_upper=float(findroot(lambda m: total(m) - (n - low), mpf("0.43"))),
    statistic=float(total(0)), p_value=float(irwin_hall(total(0), n)), fixed=float(fixed), bias_p_value=float(1 - irwin_hall(total(fixed), n)))

# p-uniform*.
def star(mu, tau2):
    t = mpf(0)
    for y, v in zip(Y, V):
        w = v + tau2
        c = (critical * sqrt(v) - mu) / sqrt(w)
        t += log(pdf((y - mu) / sqrt(w)) / sqrt(w)) - log(sf(c) if y > critical * sqrt(v) else cdf(c))
    return t
x, value, se = maximum(lambda t: star(*t), [0.19, 0.0155])
x0, value0, _ = maximum(lambda t: star(0, t[0]), [0.03])
x1, value1, _ = maximum(lambda t: star(t[0], 0), [0.2])
crit = findroot(lambda q: erfc(sqrt(q / 2)) - mpf("0.05"), mpf("3.84"))
def excess(mu):
    _, held, _ = maximum(lambda t: star(mu, t[0]), [0.02])
    return 2 * (value - held) - crit
mp.dps = 30
lo = findroot(excess, (mpf("0.05"), mpf("0.06")), solver="secant", tol=mpf(10) ** -15)
hi = findroot(excess, (mpf("0.38"), mpf("0.40")), solver="secant", tol=mpf(10) ** -15)
mp.dps = 50
out["p_uniform_star"] = dict(estimate=float(x[0]), tau2=float(x[1]), log_likelihood=float(value), lrt=float(2 * (value - value0)), tau2_lrt=float(2 * (value - value1)), ci_lower=float(lo), ci_upper=float(hi))

# z-curve of McDaniel's correlations: expectation-maximisation to the end.
rows = read("../metafor/data/mcdaniel1994.csv")
z = np.array([abs(np.arctanh(float(r["ri"]))) * np.sqrt(float(r["ni"]) - 3) for r in rows])
from scipy.stats import norm
a = norm.isf(0.025); b = 5.0; m = np.arange(7)
zs = z[z > a]; fit = zs[zs <= b]
f = (norm.pdf(fit[:, None] - m) + norm.pdf(fit[:, None] + m)) / (norm.cdf(b - m) - norm.cdf(a - m) + norm.cdf(-a - m) - norm.cdf(-b - m))
w = np.full(7, 1 / 7)
for _ in range(400000):
    w = w * (f / (f @ w)[:, None]).mean(axis=0)
high = 1 - len(fit) / len(zs)
up, down = norm.sf(a - m), norm.cdf(-a - m)
out["z_curve"] = dict(k=len(z), significant=len(zs), fitted=len(fit), log_likelihood=float(np.log(f @ w).sum()), weights=w.tolist(),
    err=float((1 - high) * (w * (up ** 2 + down ** 2) / (up + down)).sum() + high), edr=float(1 / ((1 - high) * (w / (up + down)).sum() + high)))

# Log-likelihoods of selection models at given parameters, by adaptive quadrature.
def selection(name, mu, tau2, delta, two_sided, step=None, scale=None, clip=None):
    t = mpf(0)
    for i, (y, v) in enumerate(zip(Y[:12], V[:12])):
        c = mpf(1) if scale is None else scale[i]
        def p_of(zv):
            p = 2 * sf(abs(zv)) if two_sided else sf(zv)
            q = 1 - p if two_sided else cdf(zv)
            if clip:
                p, q = min(max(p, clip), 1 - clip), min(max(q, clip), 1 - clip)
            return p, q
        def w_of(zv):
            p, q = p_of(zv)
            if step is None: return raw(p, q)
            return mpf(1) if p <= step else raw(p, q) / raw(step, 1 - step)
        def raw(p, q):
            if name == "beta": return p ** (delta[0] - 1) * q ** (delta[1] - 1)
            if name == "halfnorm": return exp(-delta[0] * c * p * p)
            if name == "negexp": return exp(-delta[0] * c * p)
            if name == "logistic": return 2 * exp(-delta[0] * c * p) / (1 + exp(-delta[0] * c * p))
            if name == "power": return q ** (delta[0] * c)
            if name == "negexppow": return exp(-delta[0] * c * p ** (1 / delta[1]))
        s = sqrt(v + tau2)
        g = lambda zv: w_of(zv) * pdf((zv * sqrt(v) - mu) / s) * sqrt(v) / s
        points = [mpf(k) for k in range(-14, 15)]
        extra = []
        if step is not None:
            cut = quantile(1 - step / 2) if two_sided else quantile(1 - step)
            extra += [cut] + ([-cut] if two_sided else [])
        if clip:
            for e in ([quantile(1 - clip / 2), quantile((1 + clip) / 2)] if two_sided else [quantile(1 - clip)]):
                extra += [e, -e]
        if two_sided: extra.append(mpf(0))
        points = sorted(set(points + extra))
        t += log(w_of(y / sqrt(v))) + log(pdf((y - mu) / s) / s) - log(quad(g, points, maxdegree=8))
    return t
mp.dps = 25
sc = [s / max(S[:12]) for s in S[:12]]
likelihoods = []
for two in (False, True):
    for name, d, kw in [("beta", ["0.7", "1.8"], dict(clip=mpf("1e-5"))), ("beta", ["1.7", "0.5"], dict(clip=mpf("1e-5"))), ("halfnorm", ["2.5"], {}), ("negexp", ["7"], {}),
                        ("negexp", ["3"], dict(step=mpf("0.05"))), ("logistic", ["4"], {}), ("power", ["1.3"], dict(clip=mpf("1e-5"))),
                        ("negexppow", ["2.5", "3"], {}), ("negexppow", ["4", "0.4"], {}), ("halfnorm", ["3"], dict(scale=sc)), ("negexp", ["40"], {})]:
        value = selection(name, mpf("0.2"), mpf("0.03"), [mpf(q) for q in d], two, **kw)
        likelihoods.append(dict(name=name, two_sided=two, delta=[float(q) for q in d], step=float(kw["step"]) if "step" in kw else None, scaled="scale" in kw, value=float(value)))
out["likelihoods"] = likelihoods
mp.dps = 50

# Missing outcomes: the delta method by differences, fixed-effect pooling.
rows = read("haloperidol.csv")
def pooled(measure, strategy, weight, good):
    ys, vs = [], []
    for r in rows:
        e = [mpf(r[k]) for k in ("r1", "f1", "m1")]
        c = [mpf(r[k]) for k in ("r2", "f2", "m2")]
        if min(e[0], e[1], c[0], c[1]) == 0:
            for g in (e, c):
                g[0] += mpf("0.5"); g[1] += mpf("0.5")
        n = [e[0] + e[1], c[0] + c[1]]
        N = [n[0] + e[2], n[1] + c[2]]
        def stars(pe, pc):
            def imor(p, k): return k * p / (1 - p + k * p)
            lucky = 1 if good else 0
            return {"aca": (pe, pc), "ica-0": (0, 0), "ica-1": (1, 1), "ica-b": (lucky, 1 - lucky), "ica-w": (1 - lucky, lucky), "ica-pc": (pc, pc),
                    "ica-pe": (pe, pe), "ica-p": (pe, pc), "ica-imor": (imor(pe, 2), imor(pc, mpf("0.5")))}[strategy]
        def risks(pe, pc, ae, ac):
            se_, sc_ = stars(pe, pc)
            return (1 - ae) * pe + ae * se_, (1 - ac) * pc + ac * sc_
        def effect(pe, pc):
            return {"RR": lambda: log(pe / pc), "OR": lambda: log(pe * (1 - pc) / (pc * (1 - pe))), "RD": lambda: pe - pc}[measure]()
        def binomial_variance(pe, pc, ne, nc):
            h = mpf(10) ** -15
            de = (effect(pe + h, pc) - effect(pe - h, pc)) / (2 * h); dc = (effect(pe, pc + h) - effect(pe, pc - h)) / (2 * h)
            return de ** 2 * pe * (1 - pe) / ne + dc ** 2 * pc * (1 - pc) / nc
        x = [e[0] / n[0], c[0] / n[1], mpf(0) if strategy == "aca" else e[2] / N[0], mpf(0) if strategy == "aca" else c[2] / N[1]]
        y = effect(*risks(*x))
        if strategy == "aca" or weight == "w2":
            v = binomial_variance(x[0], x[1], *n)
        elif weight == "w1":
            v = binomial_variance(*risks(*x), *N)
        elif weight == "w3":
            v = binomial_variance(*risks(*x), *n)
        else:
            h = mpf(10) ** -15
            v = mpf(0)
            spread = [x[0] * (1 - x[0]) / n[0], x[1] * (1 - x[1]) / n[1], x[2] * (1 - x[2]) / N[0], x[3] * (1 - x[3]) / N[1]]
            for i in range(4):
                up = list(x); up[i] += h; down = list(x); down[i] -= h
                v += ((effect(*risks(*up)) - effect(*risks(*down))) / (2 * h)) ** 2 * spread[i]
        ys.append(y); vs.append(v)
    w = [1 / v for v in vs]
    return sum(a * b for a, b in zip(w, ys)) / sum(w), 1 / sqrt(sum(w))
missing = []
for measure in ("RR", "OR", "RD"):
    for strategy in ("aca", "ica-0", "ica-1", "ica-b", "ica-w", "ica-pc", "ica-pe", "ica-p", "ica-imor"):
        for weight in ("w1", "w2", "w3", "w4"):
            try:
                y, se = pooled(measure, strategy, weight, True)
            except ZeroDivisionError:
                continue
            missing.append(dict(measure=measure, strategy=strategy, weight=weight, estimate=float(y), se=float(se)))
out["missing"] = missing
print(json.dumps(out, indent=1))
