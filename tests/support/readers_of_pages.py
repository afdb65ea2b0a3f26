"""Readers of the product's own pages, who work out what a figure that is held back may be.

What the files hand out is what they know: programmes find what else every hidden small figure might
be. Then the world is made that other way: the same figures shown, the same held back, and what is
hidden as far from the truth as it may be. Where any page, drawing or paper has another number, word
or mark in that world, it tells of what is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from samrad.analysis.disclosure import Table, audit, intervals
from tests.support.pages_of_figures import (
    ALL,
    KINDS,
    LEAVES,
    NUMBER,
    REST,
    Cell,
    Counts,
    Installation,
    an_installation,
    figures_in_files,
    files_of,
    pages_of,
    quarters,
    taken_back,
    words,
)

if TYPE_CHECKING:
    from django.test import Client

QUARTERS = 25  # six years and one: with what was to be expected, and years before to compare with
BEYOND = 40  # how much more than is counted a hidden figure may be thought to be
SECONDS = 5  # for one programme
WORLDS_OF_A_LEAK = 6  # at most
Leak = Callable[[Installation], list[str]]


@dataclass
class Quarter:
    """One quarter as a table: places by leaves, and every sum of them."""

    here: Installation
    at: int
    cells: list[Cell] = field(default_factory=list)
    lines: list[NDArray[np.float64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        places, leaves = len(self.here.codes), len(LEAVES)
        for kind in (*KINDS, REST):
            within = np.array([float(kind in {ALL, leaf}) for leaf in LEAVES])
            for number, code in enumerate([*self.here.codes, self.here.nation.code]):
                where = np.ones(places) if number == places else np.eye(places)[number]
                self.cells.append((kind, code, self.here.periods[self.at]))
                self.lines.append(np.outer(where, within).reshape(places * leaves))

    @property
    def table(self) -> Table:
        """As programmes take it."""
        return Table(sparse.csr_matrix(np.array(self.lines)))

    @property
    def counts(self) -> NDArray[np.int64]:
        """What was counted."""
        return self.here.counts[:, :, self.at].reshape(-1)

    def hidden(self, told: Mapping[Cell, float]) -> NDArray[np.bool_]:
        """What no file tells."""
        return np.array([cell not in told for cell in self.cells])

    def targets(self, totals: NDArray[np.int64]) -> NDArray[np.bool_]:
        """What must not be told: small counts of what is published."""
        published = np.array([cell[0] != REST for cell in self.cells])
        small = np.array([self.here.smallest(cell[0]) for cell in self.cells])
        return np.asarray((totals > 0) & (totals < small) & published, dtype=np.bool_)

    def otherwise(self, told: Mapping[Cell, float], cell: int) -> NDArray[np.int64]:
        """Counts with all that is told, and one hidden cell as far from the truth as it may be."""
        table = self.table
        shown = np.flatnonzero(~self.hidden(told))
        row, counts = table.design[[cell]].toarray().ravel(), self.counts
        best = counts
        for sign in (1, -1):
            found = milp(
                sign * row, integrality=np.ones(counts.size),
                constraints=LinearConstraint(
                    table.design[shown], table.design[shown] @ counts, table.design[shown] @ counts
                ),
                bounds=Bounds(0, counts + BEYOND), options={"time_limit": SECONDS},
            )  # fmt: skip
            if found.x is not None:
                other = np.rint(found.x).astype(np.int64)
                best = max(best, other, key=lambda one: abs(int(row @ (one - counts))))
        return best


def a_life_of_pages(seed: int, browser: Client) -> tuple[Counter[str], list[str]]:
    """A world published twice; what its readers know, and where pages tell them more."""
    chance = np.random.default_rng(seed)
    with taken_back():
        small = int(chance.choice([3, 5]))
        here = an_installation(chance, small, stricter={"a": small + 2})
        counts = first_counts(chance, len(here.codes))
        found, wrong = read_whole(here, counts, {}, chance, browser)
        told = figures_in_files(files_of(browser, here))
        later, is_revised = what_comes_next(chance, counts)
        kept = {cell: one for cell, one in told.items() if cell[2] not in is_revised}
        again, more = read_whole(here, later, kept, chance, browser)
    return found + again, wrong + more


def first_counts(chance: Any, places: int) -> Counts:
    """Some small, some empty, and of many places nothing small at all."""
    mean = chance.gamma(0.7, chance.uniform(3, 20), size=(places, len(LEAVES), 1))
    mean[chance.random(places) < chance.uniform(0.4, 1)] += 40
    return np.asarray(chance.poisson(np.repeat(mean, QUARTERS - 1, axis=2)), dtype=np.int64)


def what_comes_next(chance: Any, counts: Counts) -> tuple[Counts, set[str]]:
    """A quarter more, and some quarters revised; which those are."""
    fresh = chance.poisson(counts.mean(axis=2, keepdims=True))
    later = np.concatenate([counts, fresh], axis=2).astype(np.int64)
    revised = np.flatnonzero(chance.random(QUARTERS - 1) < 0.1)
    for at in revised:
        by = chance.integers(-2, 4, later.shape[:2]) * (chance.random(later.shape[:2]) < 0.2)
        later[:, :, at] = np.maximum(0, later[:, :, at] + by)
    return later, {quarters(QUARTERS - 1)[at] for at in revised}


def read_whole(
    here: Installation, counts: Counts, known: Mapping[Cell, float], chance: Any,
    browser: Client,
) -> tuple[Counter[str], list[str]]:  # fmt: skip
    """One release: the files and what follows from them, then every page beside its twin."""
    here.takes_in(counts)
    marks = here.marks()
    files = files_of(browser, here)
    told = {**known, **figures_in_files(files)}
    found, other = attacked(here, told, chance)
    pages = {**files, **pages_of(browser, here)}
    found["pages_read"] += len(pages)
    found["pages_that_were_not_there"] += sum(not one for one in pages.values())
    found["figures_read_in_files"] += len(told)
    here.takes_in(other, marks)
    twin = {**files_of(browser, here), **pages_of(browser, here)}
    here.takes_in(counts)
    beside, wrong = side_by_side(pages, twin)
    return found + beside, wrong


def side_by_side(
    pages: Mapping[str, bytes], twin: Mapping[str, bytes]
) -> tuple[Counter[str], list[str]]:
    """The words that are others where nothing but what is hidden is otherwise.

    All of it counts: a triangle, a name in a list, what leads to another page.
    """
    found: Counter[str] = Counter()
    wrong = []
    for address, content in pages.items():
        own, others = words(address, content), words(address, twin[address])
        found["numbers_read_on_pages"] += sum(bool(NUMBER.search(one)) for one in own)
        apart = [pair for pair in zip_longest(own, others, fillvalue=b"") if pair[0] != pair[1]]
        if apart:
            found["words_on_pages_that_tell_of_hidden_cells"] += len(apart)
            one, two = (said.decode(errors="replace")[:60] for said in apart[0])
            wrong.append(f"{address}: {len(apart)} words, first “{one}” and “{two}”")
    return found, wrong


# Pages that tell ---------------------------------------------------------------------------------


def true_rates(here: Installation) -> list[str]:
    """A kind in the latest year for every 1,000 inhabitants, of every place as it is."""
    year = [here.counts[at, 0, -4:].sum() for at in range(len(here.people))]
    return [f"{1000 * one / people:.2f}" for one, people in zip(year, here.people, strict=True)]


def a_sum_over_years(here: Installation) -> list[str]:
    """What was counted in each place in all the time there is."""
    return [str(one) for one in here.counts[:, 0].sum(axis=1)]


def a_name_in_a_list(here: Installation) -> list[str]:
    """Where there is more of a kind than anywhere else, and no number."""
    found = here.counts[:, 0, -1]
    return [code for code, own in zip(here.codes, found, strict=True) if own > found.mean()]


def a_mark(here: Installation) -> list[str]:
    """Which way each place went since the quarter before, as a triangle."""
    apart = np.sign(here.counts[:, 0, -1] - here.counts[:, 0, -2])
    return [{1: "▲", 0: "■", -1: "▼"}[int(one)] for one in apart]


def a_drawing(here: Installation) -> list[str]:
    """How high each point of a line lies, to half a pixel."""
    return [f"{one:.1f}" for one in (220 * here.counts[:, 1] / here.counts.max()).ravel()]


LEAKS: Mapping[str, Leak] = {
    "found: a page that tells true rates": true_rates,
    "found: a page that tells sums over years": a_sum_over_years,
    "found: a drawing of what was counted": a_drawing,
    "found: a page that names where there is most": a_name_in_a_list,
    "found: a page that marks what rose": a_mark,
}


def leaks_found_out(seed: int, browser: Client) -> Counter[str]:
    """1 for each page that tells of the truth and is found out, 0 for one that is not.

    There is something small to tell of in every quarter, and more than one world is tried: a page
    that tells of one hidden figure may say the same of another.
    """
    chance = np.random.default_rng(seed)
    found = Counter(dict.fromkeys(LEAKS, 0))
    with taken_back():
        here = an_installation(chance, int(chance.choice([3, 5])))
        counts = chance.poisson(1.5, (len(here.codes), len(LEAVES), QUARTERS - 1)).astype(np.int64)
        here.takes_in(counts)
        told = figures_in_files(files_of(browser, here))
        for _world in range(WORLDS_OF_A_LEAK):
            here.counts = counts
            _found, other = attacked(here, told, chance)
            for name, leak in LEAKS.items():
                found[name] |= int(bool(side_by_side(*_told_in(here, leak, counts, other))[1]))
            if all(found.values()):
                break
    return found


def _told_in(here: Installation, leak: Leak, *worlds: Counts) -> list[dict[str, bytes]]:
    said = []
    for each in worlds:
        here.counts = each
        said.append({"/leak/": " ".join(leak(here)).encode()})
    return said


def attacked(
    here: Installation, told: Mapping[Cell, float], chance: Any
) -> tuple[Counter[str], Counts]:
    """Programmes over every quarter; and the counts otherwise, as far as they may be."""
    found: Counter[str] = Counter()
    other = here.counts.copy()
    for at in range(len(here.periods)):
        quarter = Quarter(here, at)
        table, counts, hidden = quarter.table, quarter.counts, quarter.hidden(told)
        targets = quarter.targets(table.totals(counts))
        found["small_cells_shown"] += int(np.sum(targets & ~hidden))
        cells = np.flatnonzero(targets & hidden)
        if not cells.size:
            continue
        lower, upper = intervals(table, counts, hidden, cells)
        width = np.floor(upper + 1e-6) - np.ceil(lower - 1e-6)
        asked = np.array([here.smallest(quarter.cells[one][0]) for one in cells])
        lone = audit(table, counts, hidden, targets & hidden, protection=here.small)
        found["cells_attacked_by_files"] += cells.size
        found["cells_named"] += int(np.sum(width < 1))
        found["cells_under_protected"] += int(np.sum(width < asked))
        found["cells_an_insider_names"] += len(lone.insiders)
        otherwise = quarter.otherwise(told, int(chance.choice(cells)))
        found["quarters_made_otherwise"] += int(np.any(otherwise != counts))
        other[:, :, at] = otherwise.reshape(other.shape[:2])
    return found, other


def a_browser() -> Client:
    """An installation in memory with Denmark's areas, and somebody who is not signed in."""
    from tests.support.scratch import fresh_installation

    fresh_installation(database_url="sqlite:///:memory:")
    from django.conf import settings
    from django.test import Client

    from samrad.access.actor import SYSTEM
    from samrad.areas.actions import load_structure
    from samrad.areas.packaged import packaged_structure
    from samrad.areas.rules.kinds import Country
    from tests.support.pages_of_figures import NOON

    settings.ALLOWED_HOSTS = ["*"]
    storages: Any = settings.STORAGES
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    load_structure(structure=packaged_structure(Country.DENMARK), by=SYSTEM, at=NOON)
    return Client()
