# Cluster-robust forms by clubSandwich: Rscript robust.R > robust.csv (hackshaw1998 of metadat, clusters by country).
suppressMessages({library(metafor); library(clubSandwich)})
dat <- dat.hackshaw1998
dat$sei <- sqrt(dat$vi)
show <- function(id, t) cat(id, sprintf("%.12g", unlist(t)), sep = ",", fill = 300)
one <- function(fit, cluster, i = 1, ...) { t <- as.data.frame(coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite", ...))[i, ]
  t[c("beta", "SE", "df_Satt", "p_Satt")] }
show("egger", one(rma(yi, vi, mods = ~ sei, data = dat, method = "FE"), dat$country, 2))
show("pet", one(rma(yi, vi, mods = ~ sei, data = dat, method = "FE"), dat$country, 1))
show("peese", one(rma(yi, vi, mods = ~ vi, data = dat, method = "FE"), dat$country, 1))
show("uwls", one(rma(yi, vi, data = dat, method = "FE"), dat$country, 1))
reg <- rma(yi, vi, mods = ~ sei, data = dat, control = list(threshold = 1e-13, maxiter = 1000))
show("regression", one(reg, dat$country, 2))
res <- rma(yi, vi, data = dat, control = list(threshold = 1e-13, maxiter = 1000))
affirmative <- dat$yi / dat$sei > qnorm(.975)
for (eta in c(1, 5, 50)) {
  w <- ifelse(affirmative, 1, eta) / (dat$vi + res$tau2)
  fit <- rma(yi, vi, weights = w, tau2 = res$tau2, data = dat)
  show(paste0("worst ", eta), one(fit, seq_len(nrow(dat))))
  show(paste0("worst by country ", eta), one(fit, dat$country))
}
# trimfill: trimmed by the fixed-effect mean, filled set by REML.
tf <- trimfill(rma(yi, vi, data = dat, method = "FE"))
filled <- rma(as.numeric(tf$yi), tf$vi, control = list(threshold = 1e-13, maxiter = 1000))
show("fixed-random", list(tf$k0, filled$beta, filled$se, filled$tau2))
