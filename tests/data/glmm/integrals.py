"""ln of the integral of a binomial or Poisson likelihood over a normal random effect, by mpmath with 40 digits.

Run as `python integrals.py > integrals.csv`; needs mpmath 1.3.
"""

from mpmath import binomial, exp, factorial, inf, log, log1p, mp, mpf, pi, quad, sqrt

mp.dps = 40


def integral(kind, x, n, eta, tau):
    eta, tau, n = mpf(eta), mpf(tau), mpf(n)

    def f(z):
        e = eta + tau * z
        if kind == "binomial":
            value = binomial(n, x) * exp(x * e - n * log1p(exp(e)))
        else:
            value = (n * exp(e)) ** x * exp(-n * exp(e)) / factorial(x)
        return value * exp(-z * z / 2) / sqrt(2 * pi)

    points = [-40, -20] + [mpf(i) / 2 for i in range(-24, 25)] + [20, 40]
    return log(quad(f, points))


CASES = [
    ("binomial", 0, 10, "-2", "0.5"),
    ("binomial", 0, 100, "-4", "1"),
    ("binomial", 0, 100, "-4", "2"),
    ("binomial", 0, 5, "0", "3"),
    ("binomial", 1, 20, "-2", "4"),
    ("binomial", 20, 20, "1", "2"),
    ("binomial", 0, 100000, "-10", "2.5"),
    ("binomial", 30, 100, "-1", "1"),
    ("binomial", 999, 1000, "3", "0.05"),
    ("poisson", 0, 100, "-4", "2"),
    ("poisson", 3, 1000, "-5", "0.7"),
    ("poisson", 500, 1000, "-1", "1.5"),
]

print("kind,x,size,eta,tau,ln_integral")
for kind, x, n, eta, tau in CASES:
    print(f"{kind},{x},{n},{eta},{tau},{mp.nstr(integral(kind, x, n, eta, tau), 25)}")
