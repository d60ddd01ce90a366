# The work of run.sh with metafor: Rscript peers.R DATA
folder <- commandArgs(TRUE)[1]
if (!requireNamespace("metafor", quietly = TRUE)) {
  message("metafor is not installed: skipped")
  quit(status = 0)
}
suppressMessages(library(metafor))
message("metafor ", packageVersion("metafor"), ", R ", getRversion())
report <- function(task, times, work) {
  seconds <- Inf
  for (i in seq_len(times)) seconds <- min(seconds, system.time(values <- work(), gcFirst = FALSE)[["elapsed"]])
  cat(sprintf("metafor %s,%s,%e,%s\n", packageVersion("metafor"), task, seconds, paste(sprintf("%.15e", values), collapse = " ")))
}
# The clock of R has milliseconds: short work is repeated within one reading.
repeated <- function(n, work) function() { for (i in seq_len(n)) values <- work(); values }
per <- function(task, n, work) {
  seconds <- Inf
  for (i in 1:3) seconds <- min(seconds, system.time(values <- repeated(n, work)(), gcFirst = FALSE)[["elapsed"]] / n)
  cat(sprintf("metafor %s,%s,%e,%s\n", packageVersion("metafor"), task, seconds, paste(sprintf("%.15e", values), collapse = " ")))
}
bcg <- read.csv(file.path(folder, "bcg.csv"))
per("reml_confint_13", 10, function() {
  fit <- rma(yi, vi, data = bcg, method = "REML")
  ci <- confint(fit)$random["tau^2", ]
  c(coef(fit), fit$se, fit$tau2, ci[["ci.lb"]], ci[["ci.ub"]])
})
per("dl_13", 20, function() {
  fit <- rma(yi, vi, data = bcg, method = "DL")
  c(coef(fit), fit$se, fit$tau2)
})
per("reml_13", 20, function() {
  fit <- rma(yi, vi, data = bcg, method = "REML")
  c(coef(fit), fit$se, fit$tau2)
})
k1000 <- read.csv(file.path(folder, "k1000.csv"))
report("reml_1000", 2, function() {
  fit <- rma(yi, vi, data = k1000, method = "REML")
  c(coef(fit), fit$se, fit$tau2)
})
# One in a hundred of the batch: metafor fits one set at a time.
batch <- read.csv(file.path(folder, "batch.csv"))
sets <- split(batch, batch$set)[seq(1, 10000, by = 100)]
for (method in c("DL", "REML")) {
  seconds <- system.time(
    fits <- sapply(sets, function(d) { f <- rma(yi, vi, data = d, method = method); c(coef(f), f$tau2) }),
    gcFirst = FALSE)[["elapsed"]]
  cat(sprintf("metafor %s,%s_100x20,%e,%s\n", packageVersion("metafor"), tolower(method), seconds,
              paste(sprintf("%.15e", rowMeans(fits)), collapse = " ")))
}
