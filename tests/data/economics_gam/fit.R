# Fits of mgcv on simulated data, written beside this file.
library(mgcv)
set.seed(3)
n <- 160
x <- round(rgamma(n, 2, 1), 4); z <- round(rnorm(n), 4)
y <- round(sin(x) + 0.3 * x * z + rnorm(n, sd = 0.4), 4)
ctl <- gam.control(epsilon = 1e-12, newton = list(conv.tol = 1e-12, maxNstep = 5, maxSstep = 2, maxHalf = 30, use.svd = FALSE))
one <- gam(y ~ s(x, bs = "cr", k = 10), method = "REML", control = ctl)
two <- gam(y ~ te(x, z, bs = "cr", k = 5), method = "REML", control = ctl)
out <- data.frame(x, z, y, one = sprintf("%.12g", fitted(one)), two = sprintf("%.12g", fitted(two)))
write.csv(out, "data.csv", row.names = FALSE, quote = FALSE)
cat(sum(one$edf), sum(two$edf), "\n")
