"""`samrad analysis`: the methods of samrad.analysis on a file; needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samrad.cli.measures import declare_measures
from samrad.cli.trouble import Trouble

if TYPE_CHECKING:
    from samrad.analysis.alarms import Outcome, Settings
    from samrad.analysis.panels import Panel

NAMED = ("monthly", "quarterly", "weekly")
EPILOG = """\
The file: a row a series, a column a period, oldest first; a heading and a first column of names
may be there; .gz is understood; NA is a period nobody knows.

Rows are marked with the method that judged them. Where the past is empty or holds few cases,
the guard takes over; --guard off shows what the published method says there.

  samrad analysis alarms --input counts.csv --config monthly --json
  samrad analysis alarms --input quarters.csv --periods-per-year 4 --last 4
  samrad analysis effect counts.csv --area Moss --start 37 --alarms 34,35 --json
  samrad analysis harm offences.csv --weights weights.csv
  samrad analysis places addresses.csv --hot 20
"""


def main(words: list[str], _name: str = "analysis") -> int:
    """Find what rises and falls in a file of counts."""
    parser = argparse.ArgumentParser(
        prog="samrad analysis", description="Find what rises and falls in a file of counts.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    methods = parser.add_subparsers(dest="method", required=True, metavar="METHOD")
    declare_alarms(methods)
    declare_measures(methods)
    options = parser.parse_args(words)
    outcome: int = options.carry_out(options)
    return outcome


def declare_alarms(methods: Any) -> None:
    """`samrad analysis alarms`."""
    parser = methods.add_parser(
        "alarms", help="what is unusual in the latest period, beside its own past",
        description="What is unusual in the latest period, beside its own past.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--input", required=True, type=Path, metavar="FILE", help=".csv or .csv.gz")
    parser.add_argument(
        "--config", metavar="NAME",
        help="monthly, quarterly, weekly, or another set of settings by its name; without it, "
        "what suits --periods-per-year (12)",
    )  # fmt: skip
    parser.add_argument("--periods-per-year", type=int, metavar="N", help="12, 4, 52 or any other")
    parser.add_argument(
        "--settings", type=Path, metavar="FILE",
        help="JSON with settings of your own, ours or R's words; --config picks one of several",
    )  # fmt: skip
    parser.add_argument(
        "--population", type=Path, metavar="FILE",
        help="people, in the same shape; for settings that compare per head",
    )  # fmt: skip
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--last", type=int, default=1, metavar="K", help="the latest K periods (1)")
    when.add_argument("--at", metavar="T", help="periods counted from 1: 180, 157-180 or 60,72")
    parser.add_argument(
        "--careful", action="store_true",
        help="limits that reckon with how well the expected count is known",
    )  # fmt: skip
    parser.add_argument("--guard", choices=["on", "off"], default="on", help="(on)")
    parser.add_argument("--json", action="store_true", help="print every row as JSON")
    parser.set_defaults(carry_out=alarms)


def alarms(options: argparse.Namespace) -> int:
    """Judge the series of the file and tell what was found."""
    from samrad.analysis.alarms import careful
    from samrad.analysis.panels import Unreadable, read_panel

    try:
        settings = settings_of(options)
        settings = careful(settings) if options.careful else settings
        panel = read_panel(options.input)
        population = read_panel(options.population, above_zero=True) if options.population else None
        found = judged(panel, population, settings, options)
    except (Unreadable, ValueError) as trouble:
        raise Trouble(str(trouble)) from None
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False)
        print()
    else:
        tell(found)
    return 0


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that the options name."""
    from samrad.analysis.alarms import NAMED as KNOWN
    from samrad.analysis.alarms.settings import from_words, usual

    given, name = options.periods_per_year, options.config
    if options.settings:
        return from_words(words_in(options.settings, name), 12 if given is None else given)
    if name is None:
        return usual(12 if given is None else given)
    if name not in KNOWN:
        message = f"There are no settings called {name!r}. There are {', '.join(KNOWN)}."
        raise Trouble(message)
    settings = KNOWN[name]
    if given not in {None, settings.periods_per_year}:
        message = (
            f"{name} is for {settings.periods_per_year} periods a year, not {given}. "
            "Leave --config out, and what suits is chosen."
        )
        raise Trouble(message)
    return settings


def words_in(path: Path, name: str | None) -> dict[str, Any]:
    """The settings in a JSON file: one set, or several by name under `configs`."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as trouble:
        message = f"{path} cannot be read as JSON: {trouble}"
        raise Trouble(message) from None
    if isinstance(told, dict) and isinstance(told.get("configs"), dict):
        told = told["configs"].get(name)
    if not isinstance(told, dict):
        message = f"{path.name} has no settings called {name!r}."
        raise Trouble(message)
    return told


def judged(
    panel: Panel, population: Panel | None, settings: Settings, options: argparse.Namespace
) -> dict[str, Any]:
    """Everything that is told, as JSON can say it."""
    import numpy as np

    from samrad.analysis.alarms import detect_guarded

    at = np.array(periods(options, panel.counts.shape[1], settings.history)) - 1
    people = same_series(panel, population)
    found, plain = detect_guarded(panel.counts, at, settings, population=people)
    if options.guard == "off":
        found = plain
    changed = found.pooled | (found.method != plain.method)
    dataset = options.input.name.partition(".")[0]
    config = options.config or f"{settings.periods_per_year} a year"
    rows, apart = rows_of(found, panel.names, dataset, config), []
    for place in np.flatnonzero(changed.ravel()):
        rows[place]["guarded"] = True
        series, period = divmod(int(place), at.size)
        published = row_of(plain, series, period)
        apart.append({**rows[place], "as_published": published})
    return {
        "dataset": dataset,
        "config": config,
        "settings": asdict(settings),
        "series": len(panel.names),
        "periods": [int(place) + 1 for place in at],
        "guard": options.guard,
        "rows": rows,
        "guarded": apart,
        "low_counts": low_counts(panel, people, settings, found),
    }


def periods(options: argparse.Namespace, length: int, history: int) -> list[int]:
    """The periods to judge, counted from 1, or why they cannot be."""
    if length <= history:
        message = (
            f"The series have {length} periods. These settings need {history + 1}: "
            f"{history} to compare with and the one that is judged."
        )
        raise Trouble(message)
    if options.at is None:
        if options.last < 1:
            message = "--last takes a number of periods, 1 or more."
            raise Trouble(message)
        chosen = list(range(length - options.last + 1, length + 1))
    else:
        chosen = sorted(set(listed(options.at, length)))
    wrong = [t for t in chosen if not history < t <= length]
    if wrong:
        message = (
            f"Period {wrong[0]} cannot be judged; periods {history + 1} to {length} can, "
            "because the others have too little before them or are not there."
        )
        raise Trouble(message)
    return chosen


def listed(words: str, length: int) -> list[int]:
    """`157-180,12` as numbers."""
    found: list[int] = []
    for part in words.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            message = f"--at takes periods such as 180, 157-180 or 60,72, not {part!r}."
            raise Trouble(message)
        until = min(int(last), length + 1) if dash else int(first)
        found += range(int(first), until + 1)
    if not found:
        message = f"--at {words} names no period."
        raise Trouble(message)
    return found


def same_series(panel: Panel, population: Panel | None) -> Any:
    """The population of each series and period, where it is given."""
    if population is None:
        return None
    if population.counts.shape != panel.counts.shape:
        message = "The population has {} series of {} periods, the counts have {} of {}.".format(
            *population.counts.shape, *panel.counts.shape
        )
        raise Trouble(message)
    if population.names != panel.names:
        message = "The population's series are not those of the counts, in the same order."
        raise Trouble(message)
    return population.counts


def rows_of(found: Outcome, names: list[str], dataset: str, config: str) -> list[dict[str, Any]]:
    """Every series at every period, with what a family of all series of the period makes of it."""
    from samrad.analysis import families

    rises, falls = families.adjusted(found.p_family), families.adjusted(found.p_low)
    rows = []
    for series, name in enumerate(names):
        for period in range(found.at.size):
            rows.append(
                {
                    "dataset": dataset,
                    "config": config,
                    "series": name,
                    **row_of(found, series, period),
                    "q": said(rises[series, period]),
                    "q_fall": said(falls[series, period]),
                    "guarded": False,
                }
            )
    return rows


def row_of(found: Outcome, series: int, period: int) -> dict[str, Any]:
    """One judgement, in the words of the reference outputs and a few of our own.

    As there, no expectation and no bound are shown where too few cases allow no alarm; `fitted`
    has what the model expects all the same.
    """
    place = series, period
    shown = bool(found.enough[place])
    pooled = "+pooled_dispersion" if found.pooled[place] else ""
    return {
        "t": int(found.at[period]) + 1,
        "observed": said(found.observed[place]),
        "expected": said(found.expected[place]) if shown else None,
        "upperbound": said(found.upper[place]) if shown else None,
        "alarm": int(found.alarm[place]),
        "pvalue": said(found.p_high[place]),
        "phi": said(found.dispersion[place]),
        "trend_used": int(found.trend_used[place]),
        "trend_coef": said(found.trend[place]),
        "fitted": said(found.expected[place]),
        "enough_cases": shown,
        "lowerbound": said(found.lower[place]),
        "fall": int(found.fall[place]),
        "pvalue_fall": said(found.p_low[place]),
        "excess": said(found.excess[place]) if shown else None,
        "method_used": f"{found.method[place]}{pooled}",
    }


def said(value: Any) -> float | int | None:
    """A number as JSON has it: whole ones whole, and none where there is none."""
    number = float(value)
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def low_counts(
    panel: Panel, people: Any, settings: Settings, found: Outcome
) -> list[dict[str, Any]]:
    """Series with fewer than one case in two periods, judged by the sum of several."""
    import numpy as np

    from samrad.analysis.alarms.baseline import baseline_of
    from samrad.analysis.alarms.sums import LOW, detect_sums

    low = (found.cases < LOW * baseline_of(settings).lags.size) & ~np.isnan(found.p_high)
    if not low.any():
        return []
    if settings.population is False:
        people = None
    sums = detect_sums(panel.counts, found.at, settings, population=people)
    return [
        {
            "series": panel.names[series],
            "periods_added": settings.enough[1],
            **row_of(replace(sums, enough=np.ones_like(sums.enough)), series, period),
        }
        for series, period in np.argwhere(low).tolist()
    ]


def tell(found: dict[str, Any]) -> None:
    """What a reader wants to know first: what rises, what falls, what was judged another way."""
    from samrad.analysis.alarms.watch import FALSE_SHARE

    rows = found["rows"]
    rises = [row for row in rows if row["alarm"]]
    falls = [row for row in rows if row["fall"]]
    first, last = found["periods"][0], found["periods"][-1]
    print(f"{found['dataset']}: {found['series']} series, periods {first}–{last}")
    for title, chosen, limit, p in (
        ("rise", rises, "upperbound", "pvalue"), ("fall", falls, "lowerbound", "pvalue_fall"),
    ):  # fmt: skip
        print(f"\n{len(chosen)} {title} beyond the limit")
        for row in sorted(chosen, key=lambda row: row[p]):
            q = row["q" if title == "rise" else "q_fall"]
            kept = "  stands among all" if q <= FALSE_SHARE else ""
            print(
                f"  {row['series']:<16} t={row['t']:<5} {row['observed']} where "
                f"{row['fitted']:.1f} were expected, limit {row[limit]:g}, p {row[p]:.2g}{kept}"
            )
    print(f"\n{len(found['guarded'])} judged another way, their past being empty or small")
    print(f"{len(found['low_counts'])} with low counts, judged by sums as well: see --json")
