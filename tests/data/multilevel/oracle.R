# Reference values for multilevel models, made with metafor (see origin.toml). Run: Rscript oracle.R
suppressMessages(library(metafor))
out <- data.frame(case = character(), quantity = character(), value = character())
put <- function(case, quantity, values) {
  for (i in seq_along(values)) {
    q <- if (length(values) == 1) quantity else paste0(quantity, ".", i)
    out[nrow(out) + 1, ] <<- c(case, q, format(values[i], digits = 15))
  }
}
# The best of several optimizers.
fit <- function(...) {
  controls <- list(list(rel.tol = 1e-13, eval.max = 5000, iter.max = 5000), list(rel.tol = 1e-9, eval.max = 5000, iter.max = 5000),
                   list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15, maxit = 5000),
                   list(optimizer = "optim", optmethod = "Nelder-Mead", reltol = 1e-15, maxit = 20000))
  call <- match.call(); call[[1]] <- quote(rma.mv); env <- parent.frame()
  fits <- lapply(controls, function(control) {
    call$control <- control
    tryCatch(suppressWarnings(eval(call, env)), error = function(e) { NULL })
  })
  lls <- sapply(fits, function(r) if (is.null(r)) -Inf else as.vector(logLik(r)))
  fits[[which.max(lls)]]
}
basics <- function(case, r) {
  put(case, "b", as.vector(coef(r)))
  put(case, "se", r$se)
  put(case, "ll", as.vector(logLik(r)))
  if (r$withS) put(case, "sigma2", r$sigma2)
  if (r$withG) { put(case, "tau2", r$tau2); if (length(r$rho) > 0 && !is.na(r$rho[1])) put(case, "rho", r$rho) }
}
k <- dat.konstantopoulos2011
k$x <- (7 * seq_len(nrow(k))) %% 11
k$y <- (5 * seq_len(nrow(k))) %% 13
k$z <- (3 * seq_len(nrow(k))) %% 17 / 10
k$const <- 1

# Spatial structures, without and with an outer factor.
for (s in c("SPEXP", "SPGAU", "SPRAT", "SPSPH")) {
  r <- fit(yi, vi, random = list(~ 1 | study, ~ x + y | district), struct = s, data = k)
  basics(paste0("spatial-", s), r)
}
r <- fit(yi, vi, random = list(~ x + y | const), struct = "SPEXP", data = k, method = "ML")
basics("spatial-map-SPEXP-ML", r)
r <- fit(yi, vi, random = list(~ 1 | study, ~ z | district), struct = "SPLIN", data = k)
basics("spatial-line-SPLIN", r)

# Given distances: steps along a ring of districts, neighbours alike in their means.
levels <- sort(unique(k$district))
place <- rank(tapply(k$yi, k$district, mean)[as.character(levels)])
ring <- abs(outer(place, place, "-"))
ring <- pmin(ring, length(levels) - ring)
dimnames(ring) <- list(levels, levels)
r <- fit(yi, vi, random = list(~ 1 | study, ~ district | const), struct = "SPEXP", dist = list(ring), data = k)
basics("spatial-ring-SPEXP", r)

# Random slopes.
r <- fit(yi, vi, mods = ~ z, random = list(~ 1 | study, ~ z | district), struct = "GEN", data = k)
basics("slopes-GEN", r)
r <- fit(yi, vi, mods = ~ z, random = list(~ 1 | study, ~ z | district), struct = "GDIAG", data = k)
basics("slopes-GDIAG", r)

# Known correlations between districts.
levels <- sort(unique(k$district))
M <- 0.8 ^ abs(outer(seq_along(levels), seq_along(levels), "-"))
dimnames(M) <- list(levels, levels)
k$line <- k$district
r <- fit(yi, vi, random = list(~ 1 | line, ~ 1 | district, ~ 1 | study), R = list(line = M), data = k)
basics("known", r)
r <- fit(yi, vi, random = list(~ 1 | line), R = list(line = M), data = k)
basics("known-alone", r)

# Held components.
r <- fit(yi, vi, random = ~ 1 | district/school, sigma2 = c(NA, 0.05), data = k)
basics("held-intercept", r)
put("held-intercept", "aic", AIC(r))
r <- fit(yi, vi, random = ~ school | district, struct = "CS", rho = 0.5, data = k)
basics("held-rho", r)
b <- dat.berkey1998
V <- vcalc(vi = 1, cluster = author, rvars = c(v1i, v2i), data = b)
r <- fit(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "HCS", tau2 = c(0.03, NA), data = b)
basics("held-hcs", r)
r <- fit(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", tau2 = c(0.03, 0.01), rho = 0.5, data = b)
basics("held-un", r)

# Profile-likelihood intervals and standard errors of components.
r <- rma.mv(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b, cvvc = TRUE)
ci <- confint(r, control = list(tol = 1e-9))
for (i in 1:3) put("un-intervals", paste0(c("tau2.1", "tau2.2", "rho")[i], ".ci"), unlist(ci[[i]]$random[1, 2:3]))
put("un-intervals", "component.se", sqrt(diag(r$vvc)))
r <- rma.mv(yi, vi, random = ~ 1 | district/school, data = k, cvvc = TRUE)
put("nested-se", "sigma2.se", sqrt(diag(r$vvc)))
r <- rma.mv(yi, vi, random = ~ factor(school) | district, struct = "CS", data = k, cvvc = TRUE)
put("cs-se", "component.se", sqrt(diag(r$vvc)))
ci <- confint(r, control = list(tol = 1e-9))
put("cs-se", "tau2.ci", unlist(ci[[1]]$random[1, 2:3]))
put("cs-se", "rho.ci", unlist(ci[[2]]$random[1, 2:3]))

# Containment degrees of freedom.
k$between <- ave(k$z, k$district)
for (m in c("~ z", "~ between", "~ between + z", "~ between - 1")) {
  r <- fit(yi, vi, mods = as.formula(m), random = ~ 1 | district/school, dfs = "contain", data = k)
  put(paste("contain", m), "df", r$ddf)
  put(paste("contain", m), "qmdf", r$QMdf[2])
  put(paste("contain", m), "p", r$pval)
}
r <- fit(yi, vi, mods = ~ between + z + year, random = list(~ 1 | district, ~ 1 | year), dfs = "contain", data = k)
put("contain crossed", "df", r$ddf)

# Influence.
influence_of <- function(case, r, cluster, dat) {
  cd <- cooks.distance(r, cluster = cluster)
  put(case, "cook", as.vector(cd))
  db <- dfbetas(r, cluster = cluster)
  for (j in seq_len(ncol(db))) put(case, paste0("dfbetas", j), db[[j]])
  rs <- rstudent(r, cluster = cluster)
  put(case, "x2", if (is.null(rs$cluster)) rs$z^2 else rs$cluster$X2)
  put(case, "z", if (is.null(rs$obs)) rs$z else rs$obs$z)
  put(case, "hat", as.vector(hatvalues(r)))
  put(case, "weight.diagonal", as.vector(weights(r)))
}
r <- rma.mv(yi, vi, random = ~ 1 | district/school, data = k)
influence_of("influence-districts", r, k$district, k)
put("influence-districts", "weight.rowsum", as.vector(weights(r, type = "rowsum")))
r <- rma.mv(yi, vi, mods = ~ z, random = ~ 1 | district/school, data = k)
influence_of("influence-moderator", r, k$district, k)
influence_of("influence-effects", r, seq_len(nrow(k)), k)
r <- rma.mv(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b)
influence_of("influence-un", r, b$trial, b)

# Jackson, White and Riley's I2 and the share of each outcome.
R <- fit(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b)
F <- rma.mv(yi, V, mods = ~ outcome - 1, data = b)
put("jackson", "all", 100 * (1 - (det(vcov(F)) / det(vcov(R)))^(1 / 2)))
put("jackson", "each", 100 * (1 - diag(vcov(F)) / diag(vcov(R))))
W <- solve(V); X <- model.matrix(R); P <- W - W %*% X %*% solve(t(X) %*% W %*% X) %*% t(X) %*% W
for (o in c("AL", "PD")) {
  own <- b$outcome == o
  put("jackson", paste0("level.", o), 100 * R$tau2[match(o, c("AL", "PD"))] / (R$tau2[match(o, c("AL", "PD"))] + (sum(own) - 1) / sum(diag(P)[own])))
}

# Kenward and Roger (1997), Satterthwaite, Fai and Cornelius from the formulas with whole matrices and linear parameters.
small <- function(case, r, X, V, derivatives, theta) {
  y <- as.vector(r$yi); n <- length(y); p <- ncol(X)
  S <- V; for (i in seq_along(theta)) S <- S + theta[i] * derivatives[[i]]
  W <- solve(S); Phi <- solve(t(X) %*% W %*% X); beta <- Phi %*% t(X) %*% W %*% y
  Pm <- W - W %*% X %*% Phi %*% t(X) %*% W
  m <- length(theta)
  I <- matrix(0, m, m); Pi <- list(); Q <- list()
  for (i in 1:m) Pi[[i]] <- -t(X) %*% W %*% derivatives[[i]] %*% W %*% X
  for (i in 1:m) { Q[[i]] <- list(); for (j in 1:m) {
    Q[[i]][[j]] <- t(X) %*% W %*% derivatives[[i]] %*% W %*% derivatives[[j]] %*% W %*% X
    I[i, j] <- sum(diag(Pm %*% derivatives[[i]] %*% Pm %*% derivatives[[j]])) / 2 } }
  Vt <- solve(I)
  U <- matrix(0, p, p)
  for (i in 1:m) for (j in 1:m) U <- U + Vt[i, j] * (Q[[i]][[j]] - Pi[[i]] %*% Phi %*% Pi[[j]])
  PhiA <- Phi + 2 * Phi %*% U %*% Phi
  put(case, "kr.se", sqrt(diag(PhiA)))
  satt <- function(l) { g <- sapply(1:m, function(i) as.numeric(t(l) %*% Phi %*% Pi[[i]] %*% Phi %*% l))
    2 * as.numeric(t(l) %*% Phi %*% l)^2 / as.numeric(t(g) %*% Vt %*% g) }
  put(case, "df", sapply(1:p, function(j) satt(diag(p)[, j])))
  L <- if (all(X[, 1] == 1)) diag(p)[, -1, drop = FALSE] else diag(p)
  q <- ncol(L)
  Th <- L %*% solve(t(L) %*% Phi %*% L) %*% t(L)
  A1 <- 0; A2 <- 0
  for (i in 1:m) for (j in 1:m) {
    TPi <- Th %*% Phi %*% Pi[[i]] %*% Phi; TPj <- Th %*% Phi %*% Pi[[j]] %*% Phi
    A1 <- A1 + Vt[i, j] * sum(diag(TPi)) * sum(diag(TPj)); A2 <- A2 + Vt[i, j] * sum(diag(TPi %*% TPj)) }
  B <- (A1 + 6 * A2) / (2 * q); g <- ((q + 1) * A1 - (q + 4) * A2) / ((q + 2) * A2)
  d <- 3 * q + 2 * (1 - g); c1 <- g / d; c2 <- (q - g) / d; c3 <- (q + 2 - g) / d
  E <- 1 / (1 - A2 / q); Vs <- 2 / q * (1 + c1 * B) / ((1 - c2 * B)^2 * (1 - c3 * B))
  rho <- Vs / (2 * E^2); df <- 4 + (q + 2) / (q * rho - 1); lambda <- df / (E * (df - 2))
  bL <- t(L) %*% beta
  put(case, "kr.F", lambda / q * as.numeric(t(bL) %*% solve(t(L) %*% PhiA %*% L) %*% bL)); put(case, "kr.df2", df)
  e <- eigen(t(L) %*% Phi %*% L, symmetric = TRUE)
  nu <- sapply(1:q, function(j) satt(L %*% e$vectors[, j]))
  Es <- sum(nu[nu > 2] / (nu[nu > 2] - 2)); put(case, "fai.df2", 2 * Es / (Es - q))
}
r <- fit(yi, vi, mods = ~ z + between, random = ~ 1 | district/school, data = k)
X <- model.matrix(r); same <- function(f) outer(f, f, "==") * 1
small("small-nested", r, X, diag(k$vi), list(same(k$district), same(paste(k$district, k$school))), r$sigma2)
r <- fit(yi, V, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b)
X <- model.matrix(r); AL <- (b$outcome == "AL") * 1; PD <- 1 - AL; T <- same(b$trial)
small("small-un", r, X, as.matrix(V), list(T * outer(AL, AL), T * outer(PD, PD), T * (outer(AL, PD) + outer(PD, AL))),
      c(r$tau2, r$rho * sqrt(prod(r$tau2))))

# A new effect of a known district, by the conditional normal distribution.
r <- fit(yi, vi, random = ~ 1 | district/school, data = k)
D <- same(k$district); S <- diag(k$vi) + r$sigma2[1] * D + diag(r$sigma2[2], nrow(k))
X <- matrix(1, nrow(k)); W <- solve(S); Phi <- solve(t(X) %*% W %*% X); beta <- Phi %*% t(X) %*% W %*% k$yi
for (dd in c("12", "71")) {
  cc <- r$sigma2[1] * (k$district == as.numeric(dd)); wc <- W %*% cc
  put(paste0("within-", dd), "estimate", as.numeric(beta + t(wc) %*% (k$yi - X %*% beta)))
  d <- 1 - t(X) %*% wc
  put(paste0("within-", dd), "se", sqrt(as.numeric(r$sigma2[1] - t(cc) %*% wc + d * Phi * d)))
}

# Kalaian and Raudenbush (1996): verbal and mathematics scores of coaching, correlated 0.66.
a <- dat.kalaian1996
a <- a[order(a$study), ]
Va <- vcalc(vi, cluster = study, type = outcome, rho = 0.66, data = a)
r <- fit(yi, Va, mods = ~ outcome - 1, random = ~ outcome | study, struct = "UN", data = a)
basics("kalaian-un", r)
a2 <- a[!is.na(a$hrs), ]
a2$lh <- log(a2$hrs) - 3
Va <- vcalc(vi, cluster = study, type = outcome, rho = 0.66, data = a2)
r <- fit(yi, Va, mods = ~ outcome + outcome:lh - 1, random = ~ outcome | study, struct = "UN", data = a2)
basics("kalaian-hours", r)
write.csv(data.frame(study = a$id, label = gsub(",", "", a$study), outcome = a$outcome, yi = a$yi, vi = a$vi, hours = a$hrs), "kalaian1996.csv", row.names = FALSE, quote = FALSE)

# van Houwelingen et al. (2002): bivariate model of the log odds of both groups.
d <- dat.colditz1994
long <- to.long(measure = "OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = d, slab = trial, vlong = FALSE)
long <- escalc(measure = "PLO", xi = out1, mi = out2, data = long)
levels(long$group) <- c("CON", "EXP") # to.long puts the control group first
long$year <- long$year - 1900
r <- fit(yi, vi, mods = ~ group - 1, random = ~ group | trial, struct = "UN", data = long, method = "ML")
basics("houwelingen-ml", r)
r <- fit(yi, vi, mods = ~ group + group:I(ablat - 33) - 1, random = ~ group | trial, struct = "UN", data = long, method = "ML")
basics("houwelingen-ablat-ml", r)
write.csv(data.frame(trial = long$trial, group = long$group, yi = format(as.vector(long$yi), digits = 15), vi = format(as.vector(long$vi), digits = 15), ablat = long$ablat), "houwelingen2002.csv", row.names = FALSE, quote = FALSE)

# Gleser and Olkin (2009), table 19.1: several treatments against one control, risk differences.
g <- data.frame(study = c(1, 1, 2, 3, 3, 3), ai = c(40, 40, 10, 150, 150, 150), n1i = c(1000, 1000, 200, 2000, 2000, 2000),
                ci = c(100, 150, 15, 40, 80, 50), n2i = c(4000, 4000, 400, 1000, 1000, 1000))
p1 <- g$ai / g$n1i; p2 <- g$ci / g$n2i
g$yi <- p1 - p2; g$vi <- p2 * (1 - p2) / g$n2i + p1 * (1 - p1) / g$n1i
for (j in 1:3) g[[paste0("v", j)]] <- NA
for (s in unique(g$study)) { i <- which(g$study == s); for (a in i) for (b in seq_along(i))
  g[a, paste0("v", b)] <- if (a == i[b]) g$vi[a] else p1[a] * (1 - p1[a]) / g$n1i[a] }
Vg <- bldiag(lapply(split(g, g$study), function(d) as.matrix(d[, paste0("v", seq_len(nrow(d)))])))
r <- rma.mv(yi, Vg, data = g)
put("gleser", "b", coef(r)); put("gleser", "se", r$se); put("gleser", "q", r$QE)
r <- fit(yi, Vg, random = ~ 1 | study, data = g)
basics("gleser-random", r)
write.csv(g, "gleser2009.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(study = k$study, district = k$district, school = k$school, year = k$year, yi = as.vector(k$yi), vi = k$vi, x = k$x, y = k$y, z = k$z, between = format(k$between, digits = 15)), "konstantopoulos2011.csv", row.names = FALSE, quote = FALSE)
write.csv(out, "oracle.csv", row.names = FALSE, quote = FALSE)
