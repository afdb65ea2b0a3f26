"""Nobody who reads everything that is published learns what a hidden cell holds.

Invented municipalities, in districts and in regions across them, by offence and tertial. Each
series is published by its rule, then once more: revised, or with a tertial more and the sum of the
year. The attacker has both releases side by side with rates, shares, changes, charts, alarms and
sentences, knows who lives where and which counts were revised, and may be the only person in a
cell. He solves linear programmes for every protected cell and whole-number ones for some. He is
tried himself: five careless publishers must be found out. Then the sheets that pages show, in every
other world of kinds with their total beside them: laid out, drawn again, revised, taken back and
published again, with areas that go, come back and become one, and every version ever read side by
side. In some lives the product itself hands out: its files and pages are asked for as by anybody,
what files say goes into the programmes, and a page that has another number where nothing but what
is hidden is otherwise is found. At the end a table of 300 municipalities and 80 offences.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from samrad.analysis.disclosure import (
    CannotBeProtected,
    Dimension,
    Method,
    Published,
    Rule,
    Table,
    audit,
    intervals,
    publish,
    publish_again,
    round_small,
    suppress,
)
from tests.support.campaign import Result
from tests.support.readers_of_pages import LEAKS, a_browser, a_life_of_pages, leaks_found_out
from tests.support.readers_of_sheets import Reader, World, a_life, held_back

COVERS = [
    "src/samrad/analysis/disclosure/*.py", "src/samrad/knowledge/protecting.py",
    "src/samrad/knowledge/holding_back.py", "src/samrad/knowledge/known_before.py",
    "src/samrad/knowledge/one_period.py", "src/samrad/knowledge/one_table.py",
    "src/samrad/knowledge/seen_before.py", "src/samrad/knowledge/for_anybody.py",
    "src/samrad/knowledge/around.py", "src/samrad/knowledge/downloads.py",
    "src/samrad/knowledge/handouts.py", "src/samrad/knowledge/indicator*.py",
    "src/samrad/knowledge/overview*.py", "src/samrad/knowledge/pictures.py",
    "src/samrad/knowledge/sheets.py", "src/samrad/knowledge/views.py", "src/samrad/ui/charts/*.py",
    "tests/support/*_of_*.py",
]  # fmt: skip

WORLDS = 300  # each published twice
LIVES = 240  # of sheets, each laid out in four versions
LIVES_OF_PAGES = 10  # of what is asked for as by anybody, each in two releases, each twice
PROCESSES = 2
WHOLE_NUMBERS = 2  # cells of a world attacked by whole-number programmes
MUST_BE_NONE = (
    "cells_named", "cells_under_protected", "cells_an_insider_names", "sums_that_do_not_add_up",
    "small_cells_shown", "figures_told_of_hidden_cells", "redraws_that_show_something_else",
    "words_on_pages_that_tell_of_hidden_cells", "pages_that_were_not_there",
)  # fmt: skip
LARGE = (300, 80)
LARGE_SECONDS = 10.0


def run(*, seed: int, share: float = 1.0) -> Result:
    """The worlds in two processes, then the controls and the large table."""
    worlds = max(16, round(WORLDS * share))
    seeds = [int(one) for one in np.random.SeedSequence(seed).generate_state(worlds)]
    lives = seeds[: max(8, round(LIVES * share))]
    counts: Counter[str] = Counter(dict.fromkeys(MUST_BE_NONE, 0))
    with ProcessPoolExecutor(
        PROCESSES, mp_context=multiprocessing.get_context("spawn"), initializer=with_the_apps
    ) as pool:
        for found in pool.map(a_world, seeds, chunksize=4):
            counts.update(found)
        for found in pool.map(sheets_read, lives, chunksize=4):
            counts.update(found)
    of_pages = seeds[: max(1, round(LIVES_OF_PAGES * share))]
    remarks: list[str] = []
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        for found, wrong in pool.map(pages_read, of_pages):
            counts.update(found)
            remarks += wrong
        leaks = sum(pool.map(leaks_found, of_pages[:PROCESSES]), Counter[str]())
    told: dict[str, int | float] = {"worlds": worlds, **counts}
    told |= controls(np.random.default_rng(seed), max(4, round(20 * share)))
    told |= {"leaks_each": min(PROCESSES, len(of_pages)), **leaks}
    large = a_large_table(seed) if share == 1 else {}
    fast = all(value <= LARGE_SECONDS for name, value in large.items() if "seconds" in name)
    nothing = not any(counts[name] for name in MUST_BE_NONE)
    caught = all(told[name] == told["controls_each"] for name in told if name.startswith("caught"))
    caught = caught and all(leaks[name] == told["leaks_each"] for name in LEAKS)
    unprotected = int(large.get("large: under_protected", 0))
    passed = nothing and caught and fast and not unprotected
    return Result(passed=passed, counts={**told, **large}, remarks=remarks[:20])


def a_world(seed: int) -> Counter[str]:
    """One series published twice, and what the attacker gets out of it."""
    chance = np.random.default_rng(seed)
    rule = Rule(
        Method.ROUND if seed % 2 else Method.SUPPRESS, int(chance.choice([3, 5])), seed=seed
    )
    first, counts, cuts = a_series(chance, tertials=int(chance.integers(1, 3)))
    released = publish(first, counts, rule)
    second, later, same = what_comes_next(chance, first, counts, cuts)
    found = Counter({"releases": 1, f"series: {rule.method}": 1})
    found.update(looked_at(released, counts, chance))
    try:
        again = publish_again(released, counts, second, later, same)
    except CannotBeProtected:
        again, later, second = released, counts, first
        same = np.arange(counts.size)
        found["releases_held_back"] += 1
    found["releases"] += 1
    found.update(looked_at(again, later, chance))
    if rule.method is Method.SUPPRESS:
        found.update(laid_side_by_side(released, counts, again, later, same=same, chance=chance))
    return found


def with_the_apps() -> None:
    """Sheets are protected by the product itself; there is no database."""
    import django

    django.setup()


def sheets_read(seed: int) -> Counter[str]:
    """All that was ever shown of an indicator, or of kinds and their total, and what it tells."""
    chance = np.random.default_rng(seed)
    small = int(chance.choice([3, 5]))
    reader, found = a_life(chance, small, side_by_side=bool(seed % 2))
    table, counts, hidden = reader.table(), np.array(reader.counts), np.array(reader.hidden)
    targets = reader.targets(small)
    found["small_cells_shown"] = int(np.sum(targets & ~hidden))
    wide = max(small, *reader.asked)
    found.update(attack(table, counts, hidden, targets=targets, protection=wide, chance=chance))
    return found


def pages_read(seed: int) -> tuple[Counter[str], list[str]]:
    """What the product's own files and pages tell anybody."""
    return a_life_of_pages(seed, the_browser())


def leaks_found(seed: int) -> Counter[str]:
    """Which of the pages that tell something are found out."""
    return leaks_found_out(seed, the_browser())


@cache
def the_browser() -> Any:
    """One installation a process."""
    logging.disable(logging.CRITICAL)
    return a_browser()


def a_series(
    chance: np.random.Generator, tertials: int
) -> tuple[Table, NDArray[np.int64], tuple[int, int]]:
    """Places × offences × tertials with all their sums; many cells small, some empty."""
    places, offences = int(chance.integers(4, 9)), int(chance.integers(2, 5))
    mean = chance.gamma(0.6, chance.uniform(2, 12), size=(places, offences, 1))
    counts = chance.poisson(np.repeat(mean, tertials, axis=2)).reshape(-1)
    cut, across = (int(chance.integers(1, places)) for _ in range(2))
    return the_table(places, offences, tertials, cut, across), counts, (cut, across)


def the_table(places: int, offences: int, tertials: int, cut: int, across: int) -> Table:
    """Two districts, two regions that lie across them, the nation; offences together; the year."""
    names = [f"place {number}" for number in range(places)]
    where = Dimension.with_total(
        "place", names, East=names[:cut], West=names[cut:], North=names[:across],
        South=names[across:],
    )  # fmt: skip
    what = Dimension.with_total("offence", [f"offence {number}" for number in range(offences)])
    when = [f"tertial {number}" for number in range(tertials)]
    year = Dimension.with_total("time", when) if tertials > 1 else Dimension("time", when)
    return Table.of(where, what, year)


def what_comes_next(
    chance: np.random.Generator, table: Table, counts: NDArray[np.int64], cuts: tuple[int, int]
) -> tuple[Table, NDArray[np.int64], NDArray[np.int64]]:
    """Some counts revised; in every other world one tertial more."""
    later = counts.copy()
    revised = chance.random(later.size) < 0.05
    later[revised] = np.maximum(0, later[revised] + chance.integers(-2, 4, int(revised.sum())))
    same = np.arange(counts.size)
    if chance.random() < 0.5:
        return table, later, same
    places, offences, tertials = table.shape
    longer = the_table(places, offences, tertials + 1, *cuts)
    fresh = chance.poisson(later.reshape(table.shape).mean(axis=2))[:, :, None]
    grown = np.concatenate([later.reshape(table.shape), fresh], axis=2).reshape(-1)
    known = np.concatenate([same.reshape(table.shape), np.full(fresh.shape, -1)], axis=2)
    return longer, grown, known.reshape(-1)


def looked_at(release: Published, counts: NDArray[np.int64], chance: Any) -> Counter[str]:
    """Does it add up, is anything small shown, and does anything derived speak of hidden cells?"""
    table, hidden = release.table, release.hidden
    true = table.totals(counts)
    small = (true > 0) & (true < release.rule.small)
    found: Counter[str] = Counter(cells=table.cells, small_cells=int(small.sum()))
    found["hidden_cells"] = int(hidden.sum())
    people = np.asarray(table.design @ chance.integers(500, 90_000, table.inner))
    derived = {
        "download": release.values,
        "rates": release.rates(people) * people / 1000,
        "chart": release.shares(int(np.argmax(np.nan_to_num(release.values, nan=-1)))),
        "alarms": release.told(true > 1.2 * true.mean()),
        "sentences": release.told(true / np.maximum(true.mean(), 1)),
    }
    for figures in derived.values():
        found["figures_told_of_hidden_cells"] += int(np.sum(np.isfinite(figures) & hidden))
        found["figures"] += int(np.isfinite(figures).sum())
    if release.rule.method is Method.ROUND:
        found.update(attack_on_rounding(release, counts, small, derived))
        return found
    shown = ~hidden
    found["small_cells_shown"] = int(np.sum(small & shown))
    found["sums_that_do_not_add_up"] = int(np.sum(release.values[shown] != true[shown]))
    return found


def attack_on_rounding(
    release: Published,
    counts: NDArray[np.int64],
    small: NDArray[np.bool_],
    derived: dict[str, NDArray[np.float64]],
) -> Counter[str]:
    """What a shown 0 or base may stand for, and whether a finding told of it narrows that."""
    base, shown = release.rule.small, release.values
    found: Counter[str] = Counter(cells_attacked=int(small.sum()))
    sums = release.table.totals(release.kept.inner)
    found["sums_that_do_not_add_up"] = int(np.sum(sums != shown))
    found["small_cells_shown"] = int(np.sum((shown > 0) & (shown < base)))
    told = np.isfinite(derived["sentences"]) | np.isfinite(derived["alarms"])
    found["cells_named"] = int(np.sum(told & small))
    inner = (counts > 0) & (counts < base)
    within = (release.table.design @ inner.astype(float)) > 0
    found["cells_under_protected"] = int(np.sum(told & within))
    outside = inner & (release.kept.inner != 0) & (release.kept.inner != base)
    own = release.table.own_cell()
    found["cells_under_protected"] += int(np.sum(outside & (own >= 0)))
    return found


def attack(
    table: Table, counts: NDArray[np.int64], hidden: NDArray[np.bool_],
    *, targets: NDArray[np.bool_], protection: int, chance: Any,
) -> Counter[str]:  # fmt: skip
    """Everything that can be worked out of a table, from nothing but what it shows."""
    cells = np.flatnonzero(targets & hidden)
    lower, upper = intervals(table, counts, hidden, cells)
    width = np.floor(upper + 1e-6) - np.ceil(lower - 1e-6)
    lone = audit(table, counts, hidden, targets & hidden, protection=protection)
    found: Counter[str] = Counter(cells_attacked=cells.size)
    found["cells_named"] = int(np.sum(width < 1))
    found["cells_under_protected"] = int(np.sum(width < protection))
    found["cells_an_insider_names"] = len(lone.insiders)
    for cell in chance.permutation(cells)[:WHOLE_NUMBERS]:
        found["cells_attacked_in_whole_numbers"] += 1
        found["cells_named"] += int(whole_number_width(table, counts, hidden, int(cell)) < 1)
    return found


def whole_number_width(
    table: Table, counts: NDArray[np.int64], hidden: NDArray[np.bool_], cell: int
) -> float:
    """How far apart the values of a cell may lie when only whole numbers are tried."""
    shown = table.design[np.flatnonzero(~hidden)]
    known = LinearConstraint(shown, shown @ counts, shown @ counts)
    row = table.design[[cell]].toarray().ravel()
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * row, constraints=known, integrality=np.ones(table.inner),
            bounds=Bounds(0, np.inf), options={"time_limit": 5},
        )  # fmt: skip
        if found.x is None:  # no end was found in time, or there is none
            return np.inf
        ends.append(float(row @ np.rint(found.x)))
    return ends[1] - ends[0]


def laid_side_by_side(
    first: Published, then: NDArray[np.int64], second: Published, now: NDArray[np.int64],
    *, same: NDArray[np.int64], chance: Any,
) -> Counter[str]:  # fmt: skip
    """Both releases as one table: what was not revised is the same unknown in both."""
    unchanged = (same >= 0) & (then[same] == now)
    fresh = np.flatnonzero(~unchanged)
    column = np.where(unchanged, same, -1)
    column[fresh] = then.size + np.arange(fresh.size)
    width = then.size + fresh.size
    lift = sparse.csr_matrix((np.ones(now.size), (np.arange(now.size), column)), (now.size, width))
    early = sparse.hstack([first.table.design, sparse.csr_matrix((first.table.cells, fresh.size))])
    both = Table(sparse.vstack([early, second.table.design @ lift]))
    counts = np.concatenate([then, now[fresh]])
    totals, small = both.totals(counts), first.rule.small
    hidden = np.concatenate([first.hidden, second.hidden])
    targets = (totals > 0) & (totals < small)
    return attack(both, counts, hidden, targets=targets, protection=small, chance=chance)


def controls(chance: np.random.Generator, each: int) -> dict[str, int]:
    """Careless publishers, each of whom the attacker must find out every time."""
    with_the_apps()
    caught = Counter[str]()
    for _ in range(each):
        counts = chance.poisson(30, (5, 4))
        counts[chance.integers(5), chance.integers(4)] = 2
        counts = counts.reshape(-1)
        table = the_table(5, 4, 1, 2, 3)
        total = table.totals(counts)
        small = (total > 0) & (total < 3)
        caught["caught: hid the small cell alone"] += named(table, counts, small, small)
        done = suppress(table, counts)
        rates = total / 1234.0  # of the truth, for all cells
        caught["caught: told rates of the truth"] += int(
            np.any(np.abs(rates[done.hidden] * 1234 - total[done.hidden]) < 0.5)
        )
        caught["caught: hid other cells next time"] += other_cells(
            table, counts, done.hidden, small
        )
        caught["caught: true sums beside rounded cells"] += what_is_left(counts, total)
        caught["caught: protected each kind by itself"] += kinds_by_themselves(chance)
    return {"controls_each": each, **caught}


def named(
    table: Table, counts: NDArray[np.int64], hidden: NDArray[np.bool_], small: NDArray[np.bool_]
) -> int:
    """1 when a small cell has one possible value."""
    lower, upper = intervals(table, counts, hidden, np.flatnonzero(small))
    return int(np.any(upper - lower < 1))


def other_cells(
    table: Table, counts: NDArray[np.int64], first: NDArray[np.bool_], small: NDArray[np.bool_]
) -> int:
    """1 when hiding other cells than last time, each time well, gives the cell away."""
    second = suppress(table, counts, already_out=first & ~small).hidden
    return named(table, counts, first & second, small)


def what_is_left(counts: NDArray[np.int64], total: NDArray[np.int64]) -> int:
    """1 when the true sum of a place, less its shown cells, is the count that was rounded."""
    shown = np.where(counts < 3, 0, counts).reshape(5, 4)
    left = total.reshape(10, 5)[:5, -1] - shown.sum(axis=1)
    return int(left.max() == counts.min())


def kinds_by_themselves(chance: np.random.Generator) -> int:
    """1 when a kind is named by its total, and is not where both are protected together."""
    world = World(chance, kinds=("a", "b", "c"))
    for _area in range(6):
        world.comes(30.0)
    world.count[2 + int(chance.integers(6)), "b"] = 2
    told = []
    for beside in (False, True):
        reader, sheets = Reader(), world.sheets()
        held_back(world, sheets, {}, 3, beside=beside)
        reader.reads(world, sheets)
        table, counts = reader.table(), np.array(reader.counts)
        told.append(named(table, counts, np.array(reader.hidden), reader.targets(3)))
    return int(told == [1, 0])


def a_large_table(seed: int) -> dict[str, int | float]:
    """300 municipalities × 80 offences with margins, by both methods; CPU seconds."""
    places, offences = LARGE
    table = Table.of(
        Dimension.with_total("place", [str(number) for number in range(places)]),
        Dimension.with_total("offence", [str(number) for number in range(offences)]),
    )
    chance = np.random.default_rng(seed)
    counts = chance.poisson(chance.gamma(0.4, 8, size=LARGE))
    told: dict[str, int | float] = {}
    began = time.process_time()
    rounded = round_small(table, counts, base=3, seed=seed)
    told["large: seconds rounding"] = round(time.process_time() - began, 2)
    began = time.process_time()
    hidden = suppress(table, counts)
    told["large: seconds hiding and auditing"] = round(time.process_time() - began, 2)
    told["large: cells"] = table.cells
    told["large: small_cells"] = int(hidden.primary.sum())
    told["large: hidden"] = int(hidden.hidden.sum())
    told["large: under_protected"] = int(hidden.audit.under_protected.size)
    told["large: furthest from the truth"] = int(np.abs(rounded.off_by(table, counts)).max())
    return told
