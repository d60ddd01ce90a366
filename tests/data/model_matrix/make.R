# Design matrices by R's model.matrix: Rscript make.R FOLDER_OF_CSV_FILES OUTPUT_FOLDER
# Writes one JSON file for each data set: formula, column names, assign, values (column after column) and, where
# `at` is given, the rows for new values.
suppressMessages({library(jsonlite); library(splines)})
invisible(Sys.setlocale("LC_COLLATE", "C"))
arguments <- commandArgs(trailingOnly = TRUE)
center <- function(x) { x <- scale(x, scale = FALSE); x }
ref <- function(x, level) relevel(factor(x), ref = as.character(level))

case <- function(data, formula, at = NULL, contrasts = NULL) {
  terms <- as.formula(paste("~", formula))
  if (!is.null(contrasts)) { old <- options(contrasts = c(contrasts, "contr.poly")); on.exit(options(old)) }
  frame <- model.frame(terms, data, na.action = na.omit)
  x <- model.matrix(terms, frame)
  out <- list(formula = formula, names = colnames(x), assign = attr(x, "assign"),
              rows = as.integer(rownames(frame)) - 1L, values = as.vector(x))
  if (!is.null(contrasts)) out$contrast <- sub("contr.", "", contrasts)
  if (!is.null(at)) {
    new <- as.data.frame(at, stringsAsFactors = FALSE)
    coded <- model.frame(delete.response(attr(frame, "terms")), new, xlev = .getXlevels(attr(frame, "terms"), frame))
    out$at <- at
    out$at_values <- as.vector(model.matrix(attr(frame, "terms"), coded))
  }
  out
}
write <- function(cases, name)
  writeLines(toJSON(cases, digits = NA, auto_unbox = FALSE, pretty = FALSE), file.path(arguments[2], name))

bcg <- read.csv(file.path(arguments[1], "bcg.csv"), stringsAsFactors = TRUE)
b <- function(...) case(bcg, ...)
at <- list(ablat = c(10, 33.5, 60), year = c(1950, 1970, 1990), alloc = c("random", "alternate", "systematic"))
write(list(
  b("1"),
  b("ablat", at["ablat"]),
  b("alloc", at["alloc"]),
  b("alloc - 1", at["alloc"]),
  b("ablat + factor(alloc) + year:ablat", at),
  b("ablat*alloc", at[c("ablat", "alloc")]),
  b("0 + ablat + alloc"),
  b("alloc:ablat"),
  b("alloc/ablat", at[c("alloc", "ablat")]),
  b("(ablat + year + ref(alloc, 'random'))^2 - year:ref(alloc, 'random')", NULL),
  b("I(ablat^2) + ablat + log(ablat) + sqrt(year - 1900) + exp(ablat/10)", at[c("ablat", "year")]),
  b("poly(ablat,2)", at["ablat"]),
  b("poly(year, 4)", at["year"]),
  b("poly(ablat,2,raw=TRUE)", at["ablat"]),
  b("poly(log(ablat), degree = 2) + year", at[c("ablat", "year")]),
  b("ns(ablat, df = 3)", at["ablat"]),
  b("ns(year, 4)", at["year"]),
  b("ns(ablat, knots = c(20, 40), Boundary.knots = c(10, 60))", at["ablat"]),
  b("ns(ablat, df=3, intercept = TRUE) - 1", at["ablat"]),
  b("bs(ablat, df = 5)", at["ablat"]),
  b("bs(ablat, knots = 30, degree = 2) + alloc", at[c("ablat", "alloc")]),
  b("bs(year)", NULL),
  b("bs(ablat, df = 5, intercept = TRUE) - 1", NULL),
  b("ref(alloc, 'random') + ablat", NULL),
  b("ref(alloc, \"systematic\"):ablat", NULL),
  b("C(alloc, sum)*ablat", NULL),
  b("C(alloc, helmert)", NULL),
  b("alloc*ablat", at[c("alloc", "ablat")], "contr.sum"),
  b("alloc + ablat:alloc", at[c("alloc", "ablat")], "contr.helmert"),
  b("scale(ablat) + scale(year, scale = FALSE)", at[c("ablat", "year")]),
  b("scale(ablat, center = FALSE)", at["ablat"]),
  b("scale(ablat, center = 30, scale = 10)", at["ablat"]),
  b("log(ablat, base = 2) + log10(year) + log1p(ablat) + I(-(ablat - 30)/100000)", at[c("ablat", "year")])
), "bcg.json")

writing <- read.csv(file.path(arguments[1], "bangertdrowns2004.csv"))
w <- function(...) case(writing, ...)
new <- list(grade = c(1, 4, 3), length = c(10, 20, 40), meta = c(0, 1, 1), info = c(1, 0, 1))
write(list(
  w("factor(grade) + length", new[c("grade", "length")]),
  w("factor(grade)*factor(meta)", new[c("grade", "meta")]),
  w("factor(grade):factor(meta) - 1", new[c("grade", "meta")]),
  w("factor(meta) + factor(meta):factor(info)", new[c("meta", "info")]),
  w("factor(grade)*factor(meta)*length - factor(grade):factor(meta):length", NULL),
  w("feedback + info + pers + imag + meta", NULL),
  w("ni + poly(grade,3)", NULL),
  w("ref(grade, 2) + minutes", NULL),
  w("factor(meta):factor(info):length + factor(info):length", new[c("meta", "info", "length")]),
  w("length*meta - 1", new[c("length", "meta")]),
  w("year + factor(feedback)/length", NULL),
  w("(length + year + factor(meta))^2 - length:year", NULL),
  w("poly(ni, 2):factor(meta)", NULL),
  w("poly(year, degree = 3)*meta", NULL),
  w("ns(ni, df = 5) + bs(year, df = 4)", NULL),
  w("scale(length) + center(meta)", NULL)
), "bangertdrowns2004.json")

# the algebra of terms alone: labels and intercept
atoms <- c("a", "b", "c", "d", "log(a)")
set.seed(1)
grow <- function(depth) {
  if (depth == 0 || runif(1) < 0.2) return(sample(atoms, 1))
  op <- sample(c("+", "+", "*", ":", "/", "-", "^"), 1)
  left <- grow(depth - 1)
  if (op == "^") return(paste0("(", left, ")^", sample(1:3, 1)))
  right <- grow(depth - 1)
  if (runif(1) < 0.5) right <- paste0("(", right, ")")
  if (runif(1) < 0.3) left <- paste0("(", left, ")")
  paste(left, op, right)
}
algebra <- list()
while (length(algebra) < 300) {
  text <- grow(4)
  tail <- sample(c("", "", " - 1", " + 0", " + 1"), 1)
  text <- paste0(text, tail)
  parsed <- tryCatch(terms(as.formula(paste("~", text))), error = function(e) NULL)
  if (is.null(parsed)) next
  algebra[[length(algebra) + 1]] <- list(formula = text, terms = as.list(attr(parsed, "term.labels")),
                                         intercept = attr(parsed, "intercept") == 1)
}
write(algebra, "algebra.json")
