"""How fast the analysis is, each method beside what somebody would use instead, in the same run.

    ./samrad bench analysis [--part NAME] [--series 10000] [--repeat 3]

Alarms: the batch against a loop over statsmodels and against R's `surveillance` (Rscript with that
package, where it is installed), in processor time per series and month, at outputs that are
compared; then many series at their latest month, and two years back. Computed on one core. Another
method is another line in PARTS.

R starts, stops and takes the dispersion where we do: equal to 10⁻⁹. statsmodels starts elsewhere
and takes the dispersion after the last step instead of before it: equal to about 10⁻⁶.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.analysis_breaks import breaks
from benchmarks.analysis_jsonstat import jsonstat
from benchmarks.analysis_nation import cube, whole_run
from benchmarks.analysis_repeats import repeats

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # read when NumPy is imported: the marks are for one core

PERIODS = 180
AIMS = {"statsmodels": 50, "surveillance": 200}
SECONDS = {"latest": 3, "two_years": 40}


def run(*words: str) -> dict[str, Any]:
    """The parts asked for, all of them as a rule."""
    parser = argparse.ArgumentParser(prog="./samrad bench analysis")
    parser.add_argument("--part", choices=sorted(PARTS), action="append")
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--peers", type=int, default=60, help="series that the peers are given")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(list(words))
    load = os.getloadavg()[0]
    parts = options.part or list(PARTS)
    return {"load_before": round(load, 2), **{name: PARTS[name](options) for name in parts}}


def alarms(options: argparse.Namespace) -> dict[str, Any]:
    """Farrington's method in a batch beside two loops, then at the size of a nation."""
    import numpy as np

    from samrad.analysis.alarms import MONTHLY, detect

    counts = panel(options.series)
    latest, months = np.array([PERIODS - 1]), np.arange(PERIODS - 24, PERIODS)
    few = counts[: options.peers]
    detect(few, latest, MONTHLY)  # what is read once
    batch = cpu(lambda: detect(counts, latest, MONTHLY), options.repeat)
    ours = detect(few, latest, MONTHLY)
    figures: dict[str, Any] = {"batch_ms": round(1000 * batch["cpu"] / len(counts), 4)}
    for name, peer in (("statsmodels", by_statsmodels), ("surveillance", by_surveillance)):
        told = peer(few)
        if told is None:
            figures[name] = "not installed"
            continue
        each = 1000 * told["cpu"] / len(few)
        ratio = each / (1000 * batch["cpu"] / len(counts))
        figures[name] = {
            "ms": round(each, 2),
            "times_faster": round(ratio),
            "aim": AIMS[name],
            "holds": ratio >= AIMS[name],
            "largest_difference": compared(ours, told),
        }
    two_years = cpu(lambda: detect(counts, months, MONTHLY), 1)
    for name, took in (("latest", batch), ("two_years", two_years)):
        figures[name] = {
            "series": len(counts),
            "months": 1 if name == "latest" else 24,
            "cpu_s": round(took["cpu"], 2),
            "wall_s": round(took["wall"], 2),
            "aim_s": SECONDS[name],
            "holds": took["cpu"] <= SECONDS[name],
        }
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "alarms": alarms,
    "repeats": repeats,
    "cube": cube,
    "jsonstat": jsonstat,
    "run": whole_run,
    "breaks": breaks,
}


def panel(series: int) -> Any:
    """Monthly counts with levels, seasons, trends and scatter of many kinds; the same each time."""
    import numpy as np

    chance = np.random.default_rng(11)
    time_, level = np.arange(PERIODS), chance.normal(0.8, 1.8, (series, 1))
    season = chance.uniform(0, 0.5, (series, 1)) * np.cos(
        2 * np.pi * (time_ - chance.uniform(0, 12, (series, 1))) / 12
    )
    mean = np.exp(level + season + chance.normal(0, 0.03, (series, 1)) * time_ / 12)
    return chance.poisson(mean * chance.gamma(20, 1 / 20, mean.shape)).astype(float)


def cpu(work: Callable[[], Any], repeat: int) -> dict[str, float]:
    """The least processor time of so many, and the wall time of that one."""
    found = []
    for _ in range(repeat):
        wall, used = time.perf_counter(), time.process_time()
        work()
        found.append((time.process_time() - used, time.perf_counter() - wall))
    least = min(found)
    return {"cpu": least[0], "wall": least[1]}


def compared(ours: Any, theirs: dict[str, Any]) -> dict[str, float]:
    """The largest difference of expected counts and p-values, and how many alarms differ."""
    import numpy as np

    expected = np.array(theirs["expected"], dtype=float)
    return {
        "expected": float(np.nanmax(np.abs(ours.expected[:, 0] - expected))),
        "p": float(np.nanmax(np.abs(ours.p_high[:, 0] - np.array(theirs["p"], dtype=float)))),
        "alarms": int((ours.alarm[:, 0] != np.array(theirs["alarm"], dtype=bool)).sum()),
    }


def by_statsmodels(counts: Any) -> dict[str, Any] | None:
    """The loop that one writes with statsmodels: two regressions a series, a third where needed."""
    try:
        import statsmodels.api as sm
    except ImportError:
        return None
    import warnings

    import numpy as np

    from samrad.analysis.alarms import MONTHLY, chances
    from samrad.analysis.alarms.baseline import baseline_of

    baseline = baseline_of(MONTHLY)
    at = counts.shape[1] - 1

    def modelled(past: Any, design: Any, row: Any) -> tuple[float, float, bool]:
        first = sm.GLM(past, design, family=sm.families.Poisson()).fit(scale="X2", tol=1e-8)
        hat = first.get_hat_matrix_diag()
        mean, scale = first.fittedvalues, max(1.0, first.scale)
        residual = 1.5 * (past ** (2 / 3) * mean ** (-1 / 6) - np.sqrt(mean))
        residual /= np.sqrt(scale * np.maximum(1 - hat, 1e-12))
        weights = np.where(residual > 2.58, np.maximum(residual, 2.58) ** -2.0, 1.0)
        weights *= len(past) / weights.sum()
        again = sm.GLM(past, design, family=sm.families.Poisson(), var_weights=weights)
        fit = again.fit(scale="X2", tol=1e-8)
        return float(np.exp(fit.params @ row)), max(1.0, float(fit.scale)), bool(fit.converged)

    found: dict[str, Any] = {"expected": [], "p": [], "alarm": []}
    used = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for series in counts:
            past = series[at - baseline.lags]
            mean, scale, converged = modelled(past, baseline.design, baseline.now)
            if not converged or mean > past.max():
                mean, scale, _ = modelled(past, *baseline.without_trend())
            one = (np.array([series[at]]), np.array([mean]), np.array([scale]))
            limit = chances.quantile(0.99, *one[1:])[0]
            enough = series[at - 3 : at + 1].sum() >= 5
            found["expected"].append(mean)
            found["p"].append(chances.at_least(*one)[0])
            found["alarm"].append(series[at] > limit and series[at] > 0 and enough)
    return {"cpu": time.process_time() - used, **found}


R_PROGRAM = """
suppressMessages(library(surveillance))
words <- commandArgs(TRUE)
counts <- t(as.matrix(read.csv(words[1], header=FALSE)))
series <- sts(observed=counts, frequency=12, start=c(2000, 1))
control <- list(range=nrow(counts), b=5, w=1, noPeriods=4, pastWeeksNotIncluded=6, reweight=TRUE,
  weightsThreshold=2.58, trend=TRUE, pThresholdTrend=1, limit54=c(5, 4), powertrans="2/3",
  thresholdMethod="nbPlugin", alpha=0.01, glmWarnings=FALSE)
before <- proc.time()
found <- suppressWarnings(farringtonFlexible(series, control=control))
used <- proc.time() - before
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)),
  collapse=","), "]")
cat(sprintf('{"cpu": %.6f, "expected": %s, "p": %s, "alarm": %s}', used[1] + used[2],
  number(as.vector(found@control$expected)), number(as.vector(found@control$pvalue)),
  number(as.integer(alarms(found)))))
"""


def by_surveillance(counts: Any) -> dict[str, Any] | None:
    """R's `farringtonFlexible` on the same series, as its users call it."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="samrad-bench-") as folder:
        file, program = Path(folder) / "counts.csv", Path(folder) / "loop.R"
        np.savetxt(file, counts, fmt="%d", delimiter=",")
        program.write_text(R_PROGRAM, encoding="utf-8")
        done = subprocess.run(
            [rscript, str(program), str(file)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    told["expected"] = [np.nan if x is None else x for x in told["expected"]]
    return told
