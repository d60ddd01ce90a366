#!/usr/bin/env python3
"""Writes one set of effects in workbooks as people keep them, with cases.json: `python3 make.py` in this folder.

It needs openpyxl, odfpy and xlwt. Expected values are the inverse-variance mean and its standard error, computed here by their
formulas: mean = sum(y / v) / sum(1 / v), se = 1 / sqrt(sum(1 / v)).
"""
import datetime
import json
import math

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import xlwt

NAMES = ["Gärtner 2001", "Brown 2003", "Costa 2008", "Díaz 2012", "Evans 2019"]
YI = [0.31, -0.12, 0.45, 0.2, 0.05]
SEI = [0.1, 0.25, 0.2, 0.16, 0.08]
HEAD = ["Study", "yi", "sei"]
ROWS = [list(row) for row in zip(NAMES, YI, SEI)]
cases = []


def of(rows=range(5)):
    w = [1 / SEI[i] ** 2 for i in rows]
    mean = sum(a * YI[i] for a, i in zip(w, rows)) / sum(w)
    return {"k": len(w), "estimate": mean, "se": 1 / math.sqrt(sum(w))}


def case(name, why, file, expect=None, args=(), exit=0, words=(), command=("pool",)):
    model = ("--model", "fixed") if command == ("pool",) else ()
    cases.append({"id": "workbook_" + name, "args": [*command, file, *model, *args, "--format", "json"], "exit": exit,
                  "expect": expect or {}, "tolerance": 1e-9, "stderr_contains": list(words), "why": why})


def book(file, *sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows, *more in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for change in more:
            change(sheet)
    made.properties.created = made.properties.modified = datetime.datetime(2024, 1, 1)
    made.save(file)


def cell(at, value, kind=None):
    def change(sheet):
        sheet[at] = value
        if kind:
            sheet[at].data_type = kind
    return change


def merge(*ranges):
    return lambda sheet: [sheet.merge_cells(one) for one in ranges]


def hide(sheet):
    sheet.sheet_state = "hidden"


first = {"studies.0.study": NAMES[0]}
other = [[n, y, s / 2] for n, y, s in ROWS[:3]]
book("sheets.xlsx", ("Notes to self", []), ("Hidden", [HEAD, *other], hide), ("Main", [HEAD, *ROWS]), ("Other", [HEAD, *other]))
case("first", "the first sheet with cells that is shown, with a note that names the others", "sheets.xlsx",
     {**of(), **first, "notes.0": "the sheet `Main` was read; others are `Notes to self`, `Hidden` (hidden), `Other` (--sheet)"})
half = of(range(3))
case("named", "a sheet by its name, without regard to case", "sheets.xlsx", {**half, "se": half["se"] / 2}, ["--sheet", "other"])
case("numbered", "a sheet by its number", "sheets.xlsx", {**half, "se": half["se"] / 2}, ["--sheet", "4"])
case("in_name", "a sheet in the name of the file", "sheets.xlsx#Other", {**half, "se": half["se"] / 2})
case("unknown", "a sheet that does not exist", "sheets.xlsx", args=["--sheet", "Mian"], exit=1, words=["did you mean `Main`"])
case("empty", "a sheet without cells", "sheets.xlsx", args=["--sheet", "Notes to self"], exit=1, words=["is empty", "Main"])

book("titles.xlsx", ("Sheet1", [[], [], ["Table 2. Effects, their errors, and more"], [], HEAD, *ROWS], merge("A3:C3")))
case("titles", "empty rows and a merged title line above the header", "titles.xlsx", {**of(), **first},
     )

texts = [[n, str(y), str(s).replace(".", ",")] for n, y, s in ROWS]
book("texts.xlsx", ("Data", [HEAD, *texts]))
case("texts", "numbers as texts, some with decimal commas", "texts.xlsx", {**of(), **first})

mixed = [[n, str(y).replace(".", ",") if i % 2 else y, s] for i, (n, y, s) in enumerate(ROWS)]
book("mixed.xlsx", ("Data", [HEAD, *mixed]))
case("mixed", "texts with decimal commas among numbers", "mixed.xlsx", {**of(), **first})

book("errors.xlsx", ("Data", [HEAD, *ROWS], cell("B3", "#N/A", "e"), cell("C5", "#DIV/0!", "e")))
case("errors", "cells with errors are missing and named", "errors.xlsx", {
    **of([0, 2, 4]), "notes.0": "cells with errors were read as missing: B3 (#N/A), C5 (#DIV/0!)"})

book("formulas.xlsx", ("Data", [HEAD, *ROWS], cell("B3", "=1/4")))
case("formulas", "a formula whose value the file does not hold, as programs write them", "formulas.xlsx", {
    **of([0, 2, 3, 4]), "notes.0": "cells with formulas whose values the workbook does not hold were read as missing (save it "
                                   "in a spreadsheet program): B3"})

book("stray.xlsx", ("Data", [HEAD, *ROWS], cell("XFD900", "a stray note")))
case("stray", "a stray cell far away", "stray.xlsx", {**of(), **first})

dated = [["Study", "yi", "sei", "published"]] + [[n, y, s, d] for (n, y, s), d in zip(ROWS, [
    datetime.date(2001, 3, 5), datetime.date(2003, 1, 2), datetime.date(1998, 7, 8), datetime.date(2012, 1, 1), datetime.date(2019, 12, 31)])]
book("dates.xlsx", ("Data", dated))
case("dates", "dates order a cumulative analysis", "dates.xlsx", {"cumulative.0.study": NAMES[2], "cumulative.1.study": NAMES[0]},
     ["--order", "published"], command=("influence",))
case("dates_chosen", "rows by date", "dates.xlsx", of([1, 3, 4]), ["--where", "published >= 2002-01-01"])

merged = [["Study", "outcome", "yi", "sei"]] + [[NAMES[0], "pain", YI[0], SEI[0]], [None, "sleep", YI[1], SEI[1]]] + [
    [n, "pain", y, s] for n, y, s in ROWS[2:]]
book("merged.xlsx", ("Data", merged, merge("A2:A3")))
case("merged", "a cell of a study that is merged over the rows of its effects", "merged.xlsx", {
    **of(), "studies.1.study": NAMES[0], "notes.0": "1 merged cell of several rows was read for each row"})

grouped = [["Study", "Intervention", None, None, "Control", None, None], [None, "mean", "sd", "n", "mean", "sd", "n"],
           ["Ash 2001", 10, 2, 20, 8, 2, 20], ["Elm 2003", 11, 3, 30, 9, 2, 28]]
book("groups.xlsx", ("Data", grouped, merge("A1:A2", "B1:D1", "E1:G1")))
v = [4 / 20 + 4 / 20, 9 / 30 + 4 / 28]
case("groups", "a header of two lines, groups over names", "groups.xlsx",
     {"k": 2, "estimate": 2.0, "se": 1 / math.sqrt(sum(1 / x for x in v)), "studies.0.study": "Ash 2001"}, ["--measure", "MD"])

document = odf.opendocument.OpenDocumentSpreadsheet()
for title, rows in [("Leer", []), ("Daten", [HEAD, *ROWS])]:
    sheet = odf.table.Table(name=title)
    for row in rows:
        line = odf.table.TableRow()
        for value in row:
            number = {"valuetype": "float", "value": str(value)} if isinstance(value, float) else {"valuetype": "string"}
            field = odf.table.TableCell(**number)
            field.addElement(odf.text.P(text=str(value)))
            line.addElement(field)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
document.save("effects.ods")
case("ods", "OpenDocument", "effects.ods", {**of(), **first})

old = xlwt.Workbook()
sheet = old.add_sheet("Data")
for i, row in enumerate([HEAD, *ROWS]):
    for j, value in enumerate(row):
        sheet.write(i, j, value)
old.save("effects.xls")
case("xls", "a workbook of Excel 97", "effects.xls", {**of(), **first})

with open("effects.csv", "w", encoding="utf-8") as file:
    file.write("\n".join(",".join(map(str, row)) for row in [HEAD, *ROWS]) + "\n")
case("csv", "--sheet for a file that has none", "effects.csv", args=["--sheet", "Data"], exit=1, words=["no workbook", "--sheet"])

by = [["Study", "week", "yi", "sei"]] + [[n, w, y, s] for (n, y, s), w in zip(ROWS, [10, 2, 2, 10, None])]
book("levels.xlsx", ("Data", by))
two, ten = of([1, 2]), of([0, 3])
case("by", "one analysis for each level, in numeric order", "levels.xlsx", {
    "by": "week", "analyses.0.value": "2", "analyses.0.estimate": two["estimate"], "analyses.0.se": two["se"],
    "analyses.1.value": "10", "analyses.1.estimate": ten["estimate"], "analyses.1.k": 2,
    "notes.0": "left out, week is missing: Evans 2019 (row 5)"}, ["--by", "week"])
case("by_unknown", "a column that does not exist", "levels.xlsx", args=["--by", "weak"], exit=1, words=["did you mean `week`"])
case("by_refused", "a command that is not divided", "levels.xlsx", args=["--by", "week"], exit=2, words=["--by", "--where"],
     command=("convert", "aggregate"))

with open("cases.json", "w", encoding="utf-8") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
