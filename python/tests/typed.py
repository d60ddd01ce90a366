"""What a type checker must accept and refuse: read by mypy, not run."""

import consilience as cs

fit = cs.pool(yi=[0.1, 0.5], vi=[0.02, 0.05], method="DL", inference="hksj", level=90.0)
estimate: float = fit.estimate
between: float | None = fit.tau2
cs.pool(yi=[0.1, 0.5], vi=[0.02, 0.05], method="RMEL")  # type: ignore[arg-type]
cs.pool(yi=[0.1, 0.5], vi=[0.02, 0.05], metod="DL")  # type: ignore[call-arg]
cs.regress("trials.csv", measure="RR", mods="ablat", adjust="holm").predict(ablat=[10, 44])
cs.plot.forest("trials.csv", measure="RR").save("forest.svg")
cs.plot.forest("trials.csv", layout="jamma")  # type: ignore[arg-type]
