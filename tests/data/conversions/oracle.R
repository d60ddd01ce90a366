# Values against which the conversions are tested, by R 4.2.2 with survival 3.5-3 and metafor 3.8-1. Prints expected.json.
# The data are those in the calls below; `lung` is that of the package survival.
library(survival)
suppressMessages(library(metafor))
out <- list()
put <- function(name, ...) out[[name]] <<- c(...)

# Log-rank test of the lung data, women (group 2) against men: observed and expected deaths, variance of O - E, chi-square, P value.
d <- survdiff(Surv(time, status == 2) ~ sex, data = lung)
put("logrank", d$obs[2], d$exp[2], d$obs[1], d$exp[1], d$var[2, 2], d$chisq, pchisq(d$chisq, 1, lower.tail = FALSE))

# Quasi-Poisson dispersion of counts with a common rate.
x <- c(12, 19, 8, 25, 14); t <- c(100, 120, 95, 130, 110)
put("dispersion", summary(glm(x ~ 1 + offset(log(t)), family = quasipoisson, control = list(epsilon = 1e-15)))$dispersion)

# Difference in differences: interaction of group and period, intervention before and after, comparator before and after.
g <- factor(c(1, 1, 0, 0)); p <- factor(c(0, 1, 0, 1))
n <- c(120, 130, 115, 125); e <- c(48, 31, 44, 40)
control <- list(epsilon = 1e-15, maxit = 200)
inter <- function(m) { s <- coef(summary(m))["g1:p1", ]; c(s[1], s[2]^2) }
put("did_or", inter(glm(cbind(e, n - e) ~ g * p, family = binomial, control = control)))
put("did_rr", inter(glm(cbind(e, n - e) ~ g * p, family = binomial("log"), start = c(log(44 / 115), 0, 0, 0), control = control)))
put("did_rd", inter(glm(cbind(e, n - e) ~ g * p, family = binomial("identity"), start = c(44 / 115, 0, 0, 0), control = control)))
time <- c(1000, 1100, 900, 950); counts <- c(60, 41, 52, 55)
put("did_irr", inter(glm(counts ~ g * p + offset(log(time)), family = poisson, control = control)))

# Pretest-posttest-control by the difference of two standardized mean changes.
T <- escalc("SMCR", m1i = 38.5, m2i = 30.6, sd1i = 15, ni = 20, ri = .47)
C <- escalc("SMCR", m1i = 19.7, m2i = 23.1, sd1i = 13.8, ni = 20, ri = .47)
put("separate_sds", T$yi - C$yi, T$vi + C$vi)

# Paired differences of a cross-over trial, and log odds from the margins of matched pairs.
put("paired", unlist(escalc("MC", m1i = 7, sd1i = 2.38, m2i = 6.5, sd2i = 2.21, ni = 10, ri = .68)))
put("pairs_or", unlist(escalc("MPOR", ai = 20, bi = 12, ci = 5, di = 13)))
put("pairs_rr", unlist(escalc("MPRR", ai = 20, bi = 12, ci = 5, di = 13)))
put("pairs_rd", unlist(escalc("MPRD", ai = 20, bi = 12, ci = 5, di = 13)))

# Two doses against one control, by their sizes; and three outcomes at two times.
dat <- data.frame(id = 1, yi = 0, vi = c(.04, .09, .05), g1 = c("low", "high", "high"), g2 = c("control", "control", "low"),
                  w1 = c(40, 30, 30), w2 = c(50, 50, 40))
put("vcalc_groups", vcalc(vi, cluster = id, grp1 = g1, grp2 = g2, w1 = w1, w2 = w2, data = dat[1:2, ]))
dat <- data.frame(id = 1, vi = c(.04, .09, .05), type = c("a", "a", "b"), obs = c(1, 2, 1), time = c(0, 0, 2))
put("vcalc_times", vcalc(vi, cluster = id, type = type, obs = obs, time1 = time, rho = c(.6, .4), phi = .8, data = dat))

# One effect of three, with a common correlation.
dat <- escalc("GEN", yi = c(.3, .1, .5), vi = c(.05, .08, .02))
dat$id <- 1
put("aggregate_optimal", unlist(aggregate(dat, cluster = id, struct = "CS", rho = .6)[1, c("yi", "vi")]))
put("aggregate_equal", unlist(aggregate(dat, cluster = id, struct = "CS", rho = .6, weighted = FALSE)[1, c("yi", "vi")]))

# A correlation and d between each other and a tetrachoric one from its table.
put("d_of_t", unlist(escalc("SMD", ti = 2.5, n1i = 20, n2i = 25)))

lines <- sapply(names(out), function(name)
    sprintf('  "%s": [%s]', name, paste(sprintf("%.15g", unname(out[[name]])), collapse = ", ")))
cat("{\n", paste(lines, collapse = ",\n"), "\n}\n", sep = "")
