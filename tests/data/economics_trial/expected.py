"""Reference values for a simulated two-arm trial: statsmodels for least squares and the gamma regression, NumPy
with Kronecker products for seemingly unrelated regressions. Writes data.csv and expected.json next to itself."""
import json, os
import numpy as np, statsmodels.api as sm
from scipy import stats
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20)
n = 48
arm = np.array(["new", "usual"])[np.arange(n) % 2]
cluster = np.array([f"p{(i % 2) * 6 + (i // 2) % 6:02d}" for i in range(n)])
treat = (arm == "new").astype(float)
baseline = np.round(rng.uniform(0.3, 0.9, n), 3)
age = np.round(rng.normal(60, 8, n))
sex = np.array(["f", "m"])[rng.integers(0, 2, n)]
shared = rng.normal(0, 1, n)
cost = np.round(np.exp(6 + 0.2 * treat + 0.01 * (age - 60) + 0.5 * shared + rng.normal(0, 0.5, n)), 2)
effect = np.round(0.2 + 0.6 * baseline + 0.03 * treat + 0.03 * shared + rng.normal(0, 0.08, n), 4)
with open(f"{here}/data.csv", "w") as f:
    f.write("arm,cost,effect,baseline,age,sex,cluster\n")
    for row in zip(arm, cost, effect, baseline, age, sex, cluster):
        f.write(",".join(str(x) for x in row) + "\n")
one = np.ones(n)
def entry(bc, vc, be, ve, s): return dict(cost=float(bc), cost_se=float(vc) ** .5, effect=float(be), effect_se=float(ve) ** .5, covariance=float(s))
def by_inb(x, k, **how):
    """Cost, effect and covariance from net-benefit regressions at 0, 1 and infinity."""
    c, e = sm.OLS(cost, x).fit(**how), sm.OLS(effect, x).fit(**how)
    lam = 1000.0
    nb = sm.OLS(lam * effect - cost, x).fit(**how)
    vc, ve, vn = (m.cov_params()[k, k] for m in (c, e, nb))
    return entry(c.params[k], vc, e.params[k], ve, (lam ** 2 * ve + vc - vn) / (2 * lam))
X0 = np.column_stack([one, treat]); X1 = np.column_stack([one, treat, baseline, age]); X2 = np.column_stack([one, treat, baseline])
out = {}
out["welch"] = by_inb(X0, 1, cov_type="HC2")
t = stats.ttest_ind(cost[treat == 1], cost[treat == 0], equal_var=False); te = stats.ttest_ind(effect[treat == 1], effect[treat == 0], equal_var=False)
out["welch"]["df"] = float(min(t.df, te.df))
out["pooled"] = by_inb(X0, 1); out["adjusted"] = by_inb(X1, 1); out["adjusted_hc2"] = by_inb(X1, 1, cov_type="HC2")
g = np.unique(cluster, return_inverse=True)[1]; m = g.max() + 1; p = X1.shape[1]
# CR2 (Bell and McCaffrey 2002; Pustejovsky and Tipton 2018) with the identity as working model, by full matrices
M = np.linalg.inv(X1.T @ X1); H = X1 @ M @ X1.T; I = np.eye(n)
parts, vectors = [], []
for j in range(m):
    i = np.where(g == j)[0]; w, v = np.linalg.eigh(I[np.ix_(i, i)] - H[np.ix_(i, i)])
    a = (M @ X1[i].T @ ((v / np.sqrt(w)) @ v.T))[1]
    parts.append((a @ (cost - H @ cost)[i], a @ (effect - H @ effect)[i])); vectors.append((I - H)[:, i] @ a)
parts, G = np.array(parts), np.array(vectors) @ np.array(vectors).T; S = parts.T @ parts
c, e = sm.OLS(cost, X1).fit(), sm.OLS(effect, X1).fit()
out["clustered"] = entry(c.params[1], S[0, 0], e.params[1], S[1, 1], S[0, 1]) | dict(df=float(np.trace(G) ** 2 / (G * G).sum()))
# SUR: cost on treatment and age, effect on treatment and baseline
Xc = np.column_stack([one, treat, age]); Xe = X2
Z = np.zeros((2 * n, Xc.shape[1] + Xe.shape[1])); Z[:n, :3] = Xc; Z[n:, 3:] = Xe
rc, re = sm.OLS(cost, Xc).fit().resid, sm.OLS(effect, Xe).fit().resid
d = np.array([n - 3, n - 3]); R = np.vstack([rc, re]); Sigma = (R @ R.T) / np.sqrt(np.outer(d, d))
W = np.kron(np.linalg.inv(Sigma), np.eye(n)); V = np.linalg.inv(Z.T @ W @ Z); b = V @ Z.T @ W @ np.concatenate([cost, effect])
out["sur"] = entry(b[1], V[1, 1], b[4], V[4, 4], V[1, 4])
# subgroups by sex with baseline
f = (sex == "f").astype(float); mm = 1 - f
XS = np.column_stack([f, mm, f * treat, mm * treat, baseline]); out["women"] = by_inb(XS, 2); out["men"] = by_inb(XS, 3)
XI = np.column_stack([one, mm, treat, mm * treat, baseline]); out["interaction"] = by_inb(XI, 3)
# gamma-log
fit = sm.GLM(cost, X1, family=sm.families.Gamma(sm.families.links.Log())).fit(tol=1e-14, maxiter=500)
A, B = X1.copy(), X1.copy(); A[:, 1] = 1; B[:, 1] = 0
out["glm"] = dict(coefficients=[float(x) for x in fit.params], difference=float((np.exp(A @ fit.params) - np.exp(B @ fit.params)).mean()))
# the standard error by an independent route: the sandwich of the stacked estimating equations, derivatives by differences
def psi(theta):
    beta, delta = theta[:4], theta[4]
    mu = np.exp(X1 @ beta)
    return np.column_stack([X1 * ((cost - mu) / mu)[:, None], np.exp(A @ beta) - np.exp(B @ beta) - delta])
theta = np.append(fit.params, out["glm"]["difference"])
J = np.zeros((5, 5))
for j in range(5):
    h = 1e-5 * max(abs(theta[j]), 1e-2); up, dn = theta.copy(), theta.copy(); up[j] += h; dn[j] -= h
    J[:, j] = (psi(up).sum(0) - psi(dn).sum(0)) / (2 * h)
P = psi(theta); Ji = np.linalg.inv(J); C = Ji @ (P.T @ P) @ Ji.T
out["glm"]["se"] = float(C[4, 4]) ** .5
json.dump(out, open(f"{here}/expected.json", "w"), indent=1)
