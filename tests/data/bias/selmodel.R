# Selection models by metafor, with tightened iterations and integrals, and the seconds each call takes.
# Rscript selmodel.R FOLDER writes the data beside this script and selmodel.csv.
suppressMessages(library(metafor))
folder <- commandArgs(TRUE)[1]
hackshaw <- dat.hackshaw1998
hahn <- escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.hahn2001, drop00 = TRUE)
hahn <- hahn[!is.na(hahn$yi), ]
baskerville <- data.frame(yi = dat.baskerville2012$smd, vi = dat.baskerville2012$se^2, blind = dat.baskerville2012$blind)
# Vevea and Woods's example is a set of correlations: transformed as in Cohen (1981).
cohen <- escalc(measure = "ZCOR", ri = ri, ni = ni, data = dat.cohen1981)
write <- function(d, name) write.csv(d, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
options(digits = 17)
write(data.frame(study = seq_len(nrow(hackshaw)), yi = hackshaw$yi, vi = hackshaw$vi), "hackshaw1998")
write(data.frame(study = seq_len(nrow(hahn)), ai = hahn$ai, n1i = hahn$n1i, ci = hahn$ci, n2i = hahn$n2i), "hahn2001")
write(data.frame(study = seq_len(nrow(baskerville)), baskerville), "baskerville2012")
write(data.frame(study = seq_len(nrow(cohen)), ri = cohen$ri, ni = cohen$ni), "cohen1981")
write(data.frame(study = seq_len(nrow(dat.dorn2007)), ai = dat.dorn2007$x.a, n1i = dat.dorn2007$n.a, ci = dat.dorn2007$x.p, n2i = dat.dorn2007$n.p), "dorn2007")
out <- data.frame()
tight <- list(intCtrl = list(rel.tol = 1e-10, subdivisions = 400), reltol = 1e-15, maxit = 2000)
case <- function(id, fit, ..., what = tight) {
  seconds <- system.time(plain <- try(selmodel(fit, ...), silent = TRUE))[["elapsed"]]
  s <- try(selmodel(fit, ..., control = what), silent = TRUE)
  if (inherits(s, "try-error")) { message(id, ": ", s); return(invisible()) }
  row <- data.frame(id = id, seconds = seconds, delta = paste(sprintf("%.12g", s$delta), collapse = " "),
                    delta_se = paste(sprintf("%.12g", s$se.delta), collapse = " "), estimate = paste(sprintf("%.12g", s$beta), collapse = " "),
                    se = paste(sprintf("%.12g", s$se), collapse = " "), tau2 = sprintf("%.12g", s$tau2), lrt = sprintf("%.12g", s$LRT), lrt_df = s$LRTdf,
                    tau2_lrt = sprintf("%.12g", if (is.null(s$LRT.tau2)) NA else s$LRT.tau2), log_likelihood = sprintf("%.12g", s$fit.stats["ll", "ML"]))
  out <<- rbind(out, row)
  print(row)
}
h <- rma(yi, vi, data = hackshaw, method = "ML")
case("hackshaw stepfun:0.05,0.1,0.5", h, type = "stepfun", steps = c(.05, .1, .5, 1))
case("hackshaw stepfun:0.025", h, type = "stepfun", steps = .025)
for (type in c("halfnorm", "negexp", "logistic", "power")) {
  case(paste("hackshaw", type), h, type = type)
  case(paste0("hackshaw ", type, ":0.05"), h, type = type, steps = .05)
  case(paste0("hackshaw ", type, "@sei"), h, type = type, prec = "sei")
}
case("hackshaw beta", h, type = "beta")
case("hackshaw negexppow=NA,0.7", h, type = "negexppow", delta = c(NA, .7))
case("hackshaw negexppow", h, type = "negexppow")
e <- rma(yi, vi, data = hahn, method = "EE")
for (type in c("halfnorm", "negexp", "logistic", "power")) {
  case(paste("hahn", type), e, type = type, alternative = "less")
  case(paste0("hahn ", type, "@sei"), e, type = type, alternative = "less", prec = "sei")
}
b <- rma(yi, vi, data = baskerville, method = "ML")
case("baskerville beta", b, type = "beta")
m <- rma(yi, vi, mods = ~ blind, data = baskerville, method = "ML")
case("baskerville beta ~ blind", m, type = "beta")
case("baskerville 3psm ~ blind", m, type = "stepfun", steps = .025)
case("baskerville negexp ~ blind", m, type = "negexp")
tab <- list(
  "moderate-one-tailed" = c(1, .99, .95, .80, .75, .65, .60, .55, .50, .50, .50, .50, .50, .50),
  "severe-one-tailed" = c(1, .99, .90, .75, .60, .50, .40, .35, .30, .25, .10, .10, .10, .10),
  "moderate-two-tailed" = c(1, .99, .95, .90, .80, .75, .60, .60, .75, .80, .90, .95, .99, 1),
  "severe-two-tailed" = c(1, .99, .90, .75, .60, .50, .25, .25, .50, .60, .75, .90, .99, 1))
steps <- c(.005, .01, .05, .1, .25, .35, .5, .65, .75, .9, .95, .99, .995, 1)
ce <- rma(yi, vi, data = cohen, method = "EE")
cr <- rma(yi, vi, data = cohen, method = "ML")
for (name in names(tab)) {
  case(paste("cohen-ee", name), ce, type = "stepfun", steps = steps, delta = tab[[name]])
  case(paste("cohen", name), cr, type = "stepfun", steps = steps, delta = tab[[name]])
}
cat(names(out), sep = ",", fill = 300, file = file.path(folder, "selmodel.csv"))
write.table(out, file.path(folder, "selmodel.csv"), sep = ",", row.names = FALSE, col.names = FALSE, append = TRUE)
