#!/usr/bin/env python3
"""Writes one set of effects in many shapes of files, with cases.json: `python3 make.py` in this folder.

Expected values are the inverse-variance mean and its standard error, computed here by their formulas:
mean = sum(y / v) / sum(1 / v), se = 1 / sqrt(sum(1 / v)).
"""
import json
import math

NAMES = ["Gärtner 2001", "Brown 2003", "Costa 2008", "Díaz 2012", "Evans 2019"]
YI = [0.31, -0.12, 0.45, 0.2, 0.05]
SEI = [0.1, 0.25, 0.2, 0.16, 0.08]
TABLES = [(12, 100, 20, 98), (5, 50, 9, 52), (30, 210, 41, 205), (7, 80, 6, 78)]

cases = []


def pooled(y, v):
    w = [1 / x for x in v]
    return {"k": len(y), "estimate": sum(a * b for a, b in zip(w, y)) / sum(w), "se": 1 / math.sqrt(sum(w))}


def of(rows=range(5)):
    return pooled([YI[i] for i in rows], [SEI[i] ** 2 for i in rows])


def odds():
    y, v = [], []
    for a, n1, c, n2 in TABLES:
        b, d = n1 - a, n2 - c
        y.append(math.log(a * d / (b * c)))
        v.append(1 / a + 1 / b + 1 / c + 1 / d)
    return pooled(y, v)


def case(name, why, data, expect=None, args=(), exit=0, words=(), model=("--model", "fixed"), ext="csv", command="pool", said=()):
    if isinstance(data, str):
        data = data.encode("utf-8")
    with open(name + "." + ext, "wb") as file:
        file.write(data)
    asked = [*command.split(), name + "." + ext, *(model if command == "pool" else ()), *args]
    asked += [] if command.startswith("plot") else ["--format", "json"]
    cases.append({"id": name, "args": asked, "exit": exit, "expect": expect or {}, "tolerance": 1e-9, "stderr_contains": list(words), "why": why})
    if said:
        cases[-1]["stdout_contains"] = list(said)


def table(header, rows, sep=",", end="\n"):
    return end.join(sep.join(map(str, row)) for row in [header, *rows]) + end


plain = [[n, y, s] for n, y, s in zip(NAMES, YI, SEI)]
commas = [[n, str(y).replace(".", ","), str(s).replace(".", ",")] for n, y, s in plain]
head = ["study", "yi", "sei"]
first = {"studies.0.study": NAMES[0]}

case("utf16", "UTF-16 with a byte-order mark, as spreadsheets save Unicode text", table(head, plain, "\t").encode("utf-16"), {**of(), **first})
case("utf16_bare", "UTF-16 without a byte-order mark", table(head, plain, "\t").encode("utf-16-le"), {**of(), **first})
case("windows", "Windows-1252 with decimal commas", table(head, commas, ";", "\r\n").encode("cp1252"), {**of(), **first})
case("three_decimals", "decimal commas with three decimals throughout, as read.csv2 takes them",
     table(head, [[n, "%d,%03d" % divmod(1000 * (i + 1) + 125, 1000), s.replace("0,", "0,")] for i, (n, _, s) in enumerate(commas)], ";"),
     pooled([i + 1.125 for i in range(5)], [s * s for s in SEI]))
case("mixed", "two encodings in one file are refused with the line", table(head, plain[:1]).encode("utf-8") + "Zoë,1,1\n".encode("cp1252"),
     exit=1, words=["line 3", "UTF-8"])
case("sep", "a first line that names the separator", "sep=;\r\n" + table(head, commas, ";", "\r\n"), {**of(), **first})
case("title", "a title and an empty line above the header", "Table 2. Effects, by study\n\n" + table(head, plain), {**of(), **first})
case("mac", "lines ended by CR", table(head, plain, end="\r"), {**of(), **first})
case("bom", "a byte-order mark and quoted names", "\ufeff" + table(['"study"', '"yi"', '"sei"'], plain), {**of(), **first})
case("index", "row numbers in a first column without a name", table(["", *head], [[i, *r] for i, r in enumerate(plain)]), {**of(), **first})
case("row_names", "row names of R as labels", table(["", "yi", "sei"], plain), {**of(), **first})
case("trailing", "empty columns and rows at the end", table([*head, "", ""], [[*r, "", ""] for r in plain] + [["", "", "", "", ""]] * 2), {**of(), **first})
case("twins", "a name twice among columns that are not used, one of them infinite", table([*head, "dose", "dose"], [[*r, "Inf", "x"] for r in plain]), {**of(), **first})
case("twin_effects", "a name twice among columns that are used", table([*head, "yi"], [[*r, 1] for r in plain]), exit=1, words=["yi (column 2)", "yi (column 4)"])
case("spelled", "names in capitals and with blanks", table(["Study ID", "YI", "SEi"], plain), {**of(), **first})
case("meta", "names of R's meta", table(["studlab", "TE", "seTE"], plain), {**of(), **first})
case("stata", "names of Stata", table(["study", "_ES", "_seES"], plain), {**of(), **first})
case("cma", "names of Comprehensive Meta-Analysis", table(["Study name", "Std diff in means", "Std Err"], plain), {**of(), **first}, args=["--measure", "SMD"])
case("two_candidates", "two columns that may be the effect", table(["study", "TE", "ES", "sei"], [[n, y, y, s] for n, y, s in plain]), exit=1, words=["TE", "ES", "--columns yi="])
case("lacking", "the columns that are likely meant stand in the error", table(["study", "d", "error"], plain), exit=2, words=["--measure"])
case("author_year", "author and year in two columns", table(["Author(s)", "Year", "yi", "sei"], [[*n.split(), y, s] for n, y, s in plain]), {**of(), "studies.1.study": "Brown 2003"})
for name, header in [("meta_counts", ["event.e", "n.e", "event.c", "n.c"]), ("revman_counts", ["Events 1", "Total 1", "Events 2", "Total 2"]),
                     ("revman_web_counts", ["Experimental cases", "Experimental N", "Control cases", "Control N"])]:
    case(name, "counts under the names of other programs", table(["study", *header], [[n, *t] for n, t in zip(NAMES, TABLES)]), odds(), args=["--measure", "OR"])
case("excel_missing", "#N/A of spreadsheets is missing", table(head, [*plain[:4], [NAMES[4], "#N/A", 0.08]]), of(range(4)))
case("not_reported", "texts that stand for missing values are named by an option", table(head, [*plain[:4], [NAMES[4], "NR", 0.08]]), of(range(4)), args=["--na", "NR,n/a"])
case("not_reported_untold", "and refused without it, with the remedy", table(head, [*plain[:4], [NAMES[4], "NR", 0.08]]), exit=1, words=["NR", "--na"])
case("where", "rows by condition", table([*head, "year"], [[*r, r[0].split()[1]] for r in plain]), of([2, 3]), args=["--where", "year > 2003 & year < 2019"])
case("exclude", "rows without a study", table(head, plain), of([0, 2, 3, 4]), args=["--exclude", "Brown 2003"])
case("exclude_unknown", "a study that is not there", table(head, plain), exit=1, words=["Brown 2003"], args=["--exclude", "Brown 2004"])
case("coalesce", "a column from two", table(["study", "yi", "a", "b"], [[n, y, s if i % 2 else "", "" if i % 2 else s] for i, (n, y, s) in enumerate(plain)]), of(), args=["--set", "sei = coalesce(a, b)"])
case("recode", "levels merged", table([*head, "scale"], [[*r, x] for r, x in zip(plain, ["HADS", "BDI", "STAI", "BDI", "HADS"])]),
     {**of(), "subgroups.0.level": "anxiety", "subgroups.0.k": 3, "subgroups.1.level": "mood"}, args=["--set", "kind = recode(scale, HADS = anxiety, STAI = anxiety, BDI = mood)", "--subgroup", "kind"])
case("arithmetic", "a standard error from an interval", table(["study", "yi", "low", "high"], [[n, y, y - 2 * s, y + 2 * s] for n, y, s in plain]), of(), args=["--set", "sei = (high - low) / 4"])
case("contradiction", "a variance that contradicts its standard error", table([*head, "vi"], [[*r, round(r[2] ** 2 * (2 if i == 3 else 1), 6)] for i, r in enumerate(plain)]), exit=1, words=["Díaz 2012", "sei", "vi"])
case("thousands", "thousands in a column that is needed", table(["study", "ai", "n1i", "ci", "n2i"], [[n, a, '"1,200"', c, n2] for n, (a, n1, c, n2) in zip(NAMES, TABLES)]),
     exit=1, words=["1200", "1.200"], args=["--measure", "OR"])
case("thousands_or_commas", "a comma that may be either in a file of semicolons", table(["study", "ai", "n1i", "ci", "n2i"], [[n, a, "1,200" if a > 10 else n1, c, n2] for n, (a, n1, c, n2) in zip(NAMES, TABLES)], ";"),
     exit=1, words=["1200", "1.200"], args=["--measure", "OR"])
case("levels", "one number in three spellings is one level, in numeric order", table([*head, "weeks"], [[*r, w] for r, w in zip(plain, ["12", "4.0", "04", "12.0", "4"])]),
     {**of(), "subgroups.0.level": "4", "subgroups.0.k": 3, "subgroups.1.level": "12"}, args=["--subgroup", "weeks"])
case("subgroup_missing", "a study without a subgroup is left out", table([*head, "kind"], [[*r, w] for r, w in zip(plain, ["a", "b", "", "b", "a"])]), of([0, 1, 3, 4]), args=["--subgroup", "kind"])
case("p_value_beside", "a P value under a customary name that contradicts the standard error is noted", table([*head, "pval"], [[*r, 0.5] for r in plain[:1]] + [[*r, 0.21] for r in plain[3:4]]),
     of([0, 3]), said=["pval contradicts it", "Gärtner 2001"])
case("points_between_thousands", "a point between thousands among whole numbers of people", table(["study", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"],
     [["A", 10, 2, "1.200", 8, 2, "1.150"], ["B", 11, 3, 900, 9, 2, 880]], ";"), exit=1, words=["1.200", "1200", "n1i"], args=["--measure", "MD"])
case("matrix_beside_variance", "covariances whose diagonal contradicts the variances", table(["study", "yi", "vi", "v1", "v2"],
     [["A", 0.1, 0.02, 0.02, 0.01], ["A", 0.2, 0.03, 0.01, 0.05], ["B", 0.3, 0.03, 0.03, 0.01], ["B", 0.2, 0.02, 0.01, 0.02]]),
     exit=1, words=["row 2", "v2", "0.05", "0.03"], args=["--vcov", "v1,v2:study", "--random", "study"], command="multilevel")
case("several_effects_left_out", "several effects of one study are taken as independent", table(head, [*plain, *[[NAMES[0], 0.2, 0.1]]]),
     said=["analyzed as independent", "convert aggregate"], command="influence")
case("revman_label", "the label of tables of Review Manager", table(["Study or Subgroup", *head[1:]], plain), {**of(), **first})
case("case_of_values", "values that differ by case alone are told", table([*head, "outcome"], [[*r, x] for r, x in zip(plain, ["pain", "Pain", "pain", "sleep", "pain"])]),
     of([0, 2, 4]), args=["--where", "outcome == pain"], said=["`Pain` is another value of outcome"])
case("exclude_commas", "labels with commas in a list of labels", table(head, [['"Gärtner, A. 2001"', *plain[0][1:]], *plain[1:]]), of([2, 3, 4]),
     args=["--exclude", "Brown 2003,Gärtner, A. 2001"])
case("ready_made_unmapped", "ready-made ratios under unknown names", table(["Trial", "Odds Ratio", "Lower 95% CI", "Upper 95% CI"], [["A", 0.5, 0.3, 0.83], ["B", 0.7, 0.5, 0.98]]),
     exit=1, words=["Odds Ratio", "--columns 'yi=Odds Ratio'"], args=["--measure", "OR", "--ratio"], model=())
case("repeated_names", "a header that repeats its names for two groups", "study,n,mean,sd,n,mean,sd\nA,20,10,2,20,8,2\nB,30,11,3,28,9,2\n", exit=1,
     words=["m1i=mean (column 3)", "n2i=n (column 5)", "sd2i=sd (column 7)"], args=["--measure", "MD"])
case("undrawn", "an option that a figure does not show", table(head, plain), exit=2, words=["--multiverse"], args=["--multiverse"], command="plot forest")
case("two_lines", "a header of two lines", "Study,Intervention,,,Control,,\n,mean,sd,n,mean,sd,n\nA,10,2,20,8,2,20\nB,11,3,30,9,2,28\n",
     pooled([2.0, 2.0], [0.4, 9 / 30 + 4 / 28]), args=["--measure", "MD"], said=["columns are named by two lines"])
case("both_random_terms", "R's list of random effects", table([*head, "site"], [[*r, x] for r, x in zip(plain, "aabbc")]), args=["--random", "list(~ 1 | study, ~ 1 | site)", "--no-intervals"],
     expect={"variance_components.0.name": "study", "variance_components.1.name": "site"}, command="multilevel")

with open("cases.json", "w", encoding="utf-8") as file:
    json.dump(cases, file, ensure_ascii=False, indent=1)
    file.write("\n")
print(len(cases), "cases")
