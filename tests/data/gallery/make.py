"""Writes the tables behind the figures of the gallery that no other data set of this folder holds.

Run in this folder: python3 make.py. The model is that of Chancellor et al. (1997) as given in exercises 2.5 and 4.7 of Briggs,
Claxton and Sculpher (2006): a cohort with HIV, zidovudine alone or with lamivudine for two years; a third strategy gives both for
four years, which nobody published. What is illustrative is named in origin.toml.
"""

import csv
import math

import numpy as np
from scipy.stats import norm

STATES = ["A (CD4 200 to 500)", "B (CD4 <200)", "C (AIDS)", "Dead"]
COUNTS = [[1251, 350, 116, 17], [0, 731, 512, 15], [0, 0, 1312, 437]]
BASE = {
    "Relative risk of progression": 0.509,
    "Cost of state A": 2756.0,
    "Cost of state B": 3052.0,
    "Cost of AIDS": 9007.0,
    "Price of zidovudine": 2278.0,
    "Price of lamivudine": 2086.5,
    "Discount rate of costs": 0.06,
    "Years of treatment effect": 2.0,
}
NAMES = ["rr", "cost_a", "cost_b", "cost_c"]


def rows(counts):
    return [[c / sum(row) for c in row] for row in counts]


def matrix(probabilities, risk):
    m = np.zeros((4, 4))
    for s, row in enumerate(probabilities):
        for d in range(s + 1, 4):
            m[s, d] = risk * row[d]
        m[s, s] = 1 - m[s].sum()
    m[3, 3] = 1
    return m


def run(p, probabilities, years):
    """Cost (discounted) and life years of a strategy that gives lamivudine for so many years; years counted at their end."""
    share = np.array([1.0, 0, 0, 0])
    cost = life = 0.0
    for k in range(20):
        part = min(max(years - k, 0.0), 1.0)  # of this year under both drugs
        risk = part * p["Relative risk of progression"] + 1 - part
        share = share @ matrix(probabilities, risk)
        drugs = p["Price of zidovudine"] + part * p["Price of lamivudine"]
        states = [p["Cost of state A"], p["Cost of state B"], p["Cost of AIDS"]]
        cost += sum(share[s] * (states[s] + drugs) for s in range(3)) / (1 + p["Discount rate of costs"]) ** (k + 1)
        life += share[:3].sum()
    return cost, life


def write(name, header, lines):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def number(x, digits=6):
    return f"{x:.{digits}g}"


def economics():
    base = rows(COUNTS)
    mono, both = run(BASE, base, 0), run(BASE, base, 2)
    ratio = (both[0] - mono[0]) / (both[1] - mono[1])
    assert abs(ratio - 6275.9556) < 1e-3, ratio  # as published
    write("states.csv", ["state", "start"], [[s, int(i == 0)] for i, s in enumerate(STATES)])
    lines = []
    for cycle, risk in [(1, 0.509), (3, 1.0)]:
        m = matrix(base, risk)
        for s, state in enumerate(STATES):
            last = 1 - sum(round(x, 6) for x in m[s][:-1])
            lines.append([cycle, state] + [number(round(x, 6), 8) for x in m[s][:-1]] + [number(round(last, 6), 8)])
    write("transitions.csv", ["cycle", "from"] + STATES, lines)

    wtp = 20000.0

    def benefit(**changed):
        p = {**BASE, **changed}
        years = p["Years of treatment effect"]
        # The drug is paid for as long as it acts.
        (c0, e0), (c1, e1) = run(p, base, 0), run(p, base, years)
        return wtp * (e1 - e0) - (c1 - c0)

    ends = {
        "Relative risk of progression": (0.365, 0.710),
        "Years of treatment effect": (1.0, 3.0),
        "Discount rate of costs": (0.0, 0.10),
    }
    lines = []
    for name, value in BASE.items():
        low, high = ends.get(name, (0.5 * value, 1.5 * value))
        lines.append([name, number(low), number(high), number(benefit(**{name: low})), number(benefit(**{name: high}))])
    write("one_way.csv", ["parameter", "low", "high", "outcome_low", "outcome_high"], lines)
    print("net benefit at the base values", number(benefit()))

    rng = np.random.default_rng(1997)
    costs, effects, parameters = [], [], []
    for _ in range(400):
        p = dict(BASE)
        spread = (math.log(0.710) - math.log(0.365)) / (2 * norm.ppf(0.975))
        p["Relative risk of progression"] = math.exp(rng.normal(math.log(0.509), spread))
        for name in ["Cost of state A", "Cost of state B", "Cost of AIDS"]:
            p[name] = rng.gamma(4.0, BASE[name] / 4.0)  # a standard error of half the mean
        drawn = []
        for row in COUNTS:
            some = [c for c in row if c > 0]
            share = list(rng.dirichlet(some))
            drawn.append([share.pop(0) if c > 0 else 0.0 for c in row])
        results = [run(p, drawn, years) for years in (0, 2, 4)]
        costs.append([number(c, 7) for c, _ in results])
        effects.append([number(e) for _, e in results])
        parameters.append([number(p[n]) for n in ["Relative risk of progression", "Cost of state A", "Cost of state B", "Cost of AIDS"]])
    options = ["Monotherapy", "Combination, 2 years", "Combination, 4 years"]
    write("costs.csv", options, costs)
    write("effects.csv", options, effects)
    write("parameters.csv", NAMES, parameters)
    # The example of VA HERC's page on dominance.
    strategies = [("Usual care", 5000, 1), ("A", 12000, 1.5), ("B", 10000, 2), ("C", 25000, 3), ("D", 35000, 4), ("E", 55000, 5)]
    write("strategies.csv", ["strategy", "cost", "effect"], strategies)
    differences = [
        ("Adler 2003", -310, 0.021), ("Bianchi 2006", 145, 0.034), ("Çelik 2008", -95, 0.008), ("Dąbrowski 2009", 420, 0.0),
        ("Eriksen 2011", -40, -0.004), ("Ferreira 2012", 260, 0.051), ("García 2014", 0, 0.012), ("Huber 2015", 510, -0.009),
        ("Ivanova 2016", -220, 0.015), ("Jensen & Smith 2018", 75, 0.018), ("Kovács 2019", -15, 0.0), ("Łukasik 2021", 330, 0.027),
    ]
    write("differences.csv", ["study", "cost_difference", "effect_difference"], differences)


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def review():
    kiely = "../../../src/reviews/kiely2022/"
    studies = {row["study"]: row for row in read(kiely + "studies.csv")}
    lines = []
    for row in read(kiely + "effects.csv"):
        study, estimate = studies[row["study"]], row["estimate"]
        if not estimate:
            continue
        value = float(estimate) - (1.0 if row["measure"] in ("OR", "IRR", "COST_RATIO") else 0.0)
        if value == 0:
            continue
        good = (value > 0) == (row["favours"] == "positive")
        direction = "favours" if good else "against"
        lines.append([row["study"], row["domain"], direction, study["design"], study["participants"], study["risk_of_bias"]])
    write("directions.csv", ["study", "outcome", "direction", "design", "n", "risk_of_bias"], lines)
    lines = []
    for row in read(kiely + "grade.csv"):
        parts = [f"{row[d + '_studies']} {d.upper()}" for d in ("rct", "cba") if row[d + "_studies"] not in ("", "0")]
        people = int(row["rct_participants"]) + int(row["cba_participants"])
        outcome, conclusion = row["outcome"], row["conclusion"]
        lines.append([outcome[0].upper() + outcome[1:], ", ".join(parts), people, row["certainty"], conclusion])
    write("findings.csv", ["outcome", "studies", "participants", "certainty", "conclusion"], lines)
    lines = []
    for row in read("../metafor/data/raudenbush1985.csv"):
        yi, vi = float(row["yi"]), float(row["vi"])
        p = 2 * norm.sf(abs(yi) / math.sqrt(vi))
        study, people = f"{row['author']} {row['year']}", int(row["n1i"]) + int(row["n2i"])
        if yi != 0:
            lines.append([study, number(p, 4), people, "favours" if yi > 0 else "against"])
    write("p_values.csv", ["study", "p_value", "n", "direction"], lines)
    judged = [
        ("Ahmed 2009", "low low low low low low"), ("Brandt 2011", "low some low some low some"),
        ("Çelik 2012", "some low low low low some"), ("Dubois 2014", "low high low low some high"),
        ("Eriksen 2015", "low low low low low low"), ("Fernández 2017", "high some low high some high"),
        ("Østergård 2018", "low low some low low some"), ("Павлова 2020", "some some low some low some"),
    ]
    words = {"low": "low", "some": "some concerns", "high": "high"}
    lines = [[name] + [words[w] for w in text.split()] for name, text in judged]
    write("risk_of_bias.csv", ["study", "D1", "D2", "D3", "D4", "D5", "overall"], lines)
    counts = [(12, 150, 21, 148), (30, 412, 44, 405), (4, 61, 9, 64), (18, 233, 20, 240), (55, 980, 71, 968), (7, 90, 15, 88), (25, 310, 33, 322), (9, 120, 10, 115)]
    lines = [[name, *row] for (name, _), row in zip(judged, counts)]
    write("judged_trials.csv", ["study", "ai", "n1i", "ci", "n2i"], lines)
    flow = [
        ("previous_studies", 12), ("previous_reports", 15), ("database_results", 2143), ("register_results", 187),
        ("website_results", 14), ("organisation_results", 9), ("citations_results", 61),
        ("duplicates", 604), ("excluded_automatic", 212), ("excluded_other", 33), ("records_screened", 1481), ("records_excluded", 1299),
        ("dbr_sought_reports", 182), ("dbr_notretrieved_reports", 11), ("dbr_assessed", 171),
        ("dbr_excluded", "Wrong population, 48; Wrong design, 61; Wrong outcome, 44"),
        ("other_sought_reports", 84), ("other_notretrieved_reports", 6), ("other_assessed", 78),
        ("other_excluded", "Wrong design, 52; No full text, 20"),
        ("new_studies", 21), ("new_reports", 24), ("total_studies", 33), ("total_reports", 39),
    ]
    write("flow.csv", ["data", "n"], flow)


economics()
review()
