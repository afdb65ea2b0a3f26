"""A step of `search`, run as a program: fill a database, or search it both ways."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pages_child import carry_out, generate

WARM_UP = 3
TOGETHER = 1_000
FIRST = (
    "Ungdoms", "Vinnings", "Trafikk", "Nærmiljø", "Rus", "Skole", "Natte", "Økonomisk ", "Vold",
    "Hat", "Nett", "Gjeng", "Båt", "Ås-", "Trygghets",
)  # fmt: skip
LAST = (
    "kriminalitet", "sikkerhet", "vandring", "forebygging", "fravær", "miljø", "liv", "tiltak",
    "bekymring", "ordning", "øvelse", "åpning", "tyveri", "rapport",
)  # fmt: skip
RARE = "Elvebåtvakt"
# What somebody types, and why it is asked here.
WORDS = {
    "kriminalitet": "the end of compounds",
    "miljø": "the middle, or a word of its own",
    "forebygging": "the end of compounds",
    "ØVELSE": "capital letters beyond ASCII",
    "ungdoms": "the beginning",
    "båtvakt": "few hits",
    "aapning": "aa for å",
    "rådet drøftet": "two words, in nearly everything",
    "sjøslange": "no hit",
}


def filled(councils: int) -> dict[str, Any]:
    """The generated nation with matters that have compound names, and its index."""
    from samrad.kernel.clock import now
    from samrad.search.actions import rebuild
    from samrad.search.models import Entry

    made = generate(councils)
    _name_matters()
    started = time.perf_counter()
    rebuild(at=now())
    _analysed()
    return {
        "texts": Entry.objects.count(),
        "index built in s": round(time.perf_counter() - started, 1),
        "trail is whole": made["whole"],
    }


def _name_matters() -> None:
    from samrad.meetings.models import AgendaItem

    chance = random.Random(7)
    rows = list(AgendaItem.objects.only("pk").order_by("pk"))
    for number, row in enumerate(rows):
        compound = chance.choice(FIRST) + chance.choice(LAST)
        row.title = f"{compound} {number}" if number % 2_000 else f"{RARE} {number}"
        row.text = f"{chance.choice(FIRST)}{chance.choice(LAST)} og {compound.lower()} i kommunen."
    AgendaItem.objects.bulk_update(rows, ["title", "text"], batch_size=TOGETHER)


def _analysed() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measured(repeat: int) -> dict[str, Any]:
    """Every word both ways, as a secretary and as somebody who sees the whole country."""
    from django.conf import settings

    from benchmarks.nation import TODAY
    from samrad.people.models import Person
    from samrad.people.sources import actor_of_person

    where = json.loads((Path(settings.DATA_DIR) / "where.json").read_text())
    figures: dict[str, Any] = {}
    for who, key in (("a secretary", "user"), ("an officer of a country", "officer")):
        actor = actor_of_person(Person.objects.get(user=where[key]), TODAY)
        figures[f"as {who} sees it"] = {
            f"{word} ({why})": side_by_side(_ours(actor, word), _theirs(actor, word), repeat)
            for word, why in WORDS.items()
        }
    figures["without asking who sees it"] = {
        f"{word} ({why})": side_by_side(_bare(word), _bare_like(word), repeat)
        for word, why in WORDS.items()
    }
    return figures


def _ours(actor: Any, word: str) -> Callable[[], int]:
    from samrad.search.queries import found
    from samrad.search.rules import asked_for

    return lambda: len(found(actor, asked_for(word)).keys)


def _theirs(actor: Any, word: str) -> Callable[[], int]:
    from samrad.search.queries import MOST

    def like() -> int:
        rows = _like(word).visible_to(actor).order_by("-day", "-pk")
        return len(list(rows.values_list("pk", "kind", "council", "day")[:MOST]))

    return like


def _bare(word: str) -> Callable[[], int]:
    from django.db import connection

    from samrad.search.database import holding
    from samrad.search.models import Entry
    from samrad.search.rules import asked_for

    return lambda: Entry.objects.filter(holding(asked_for(word), connection.vendor)).count()


def _bare_like(word: str) -> Callable[[], int]:
    return lambda: int(_like(word).count())


def _like(words: str) -> Any:
    """Each word somewhere in the title or the text, whatever the case: no index helps.

    A title that an entry only borrows, such as the item's that minutes stand under, is not searched
    by us either: the same texts for both.
    """
    from django.db.models import Q

    from samrad.search.models import Entry

    rows = Entry.objects.all()
    for word in words.split():
        titled = Q(title__icontains=word) & ~Q(folded_title=" ")
        rows = rows.filter(titled | Q(text__icontains=word))
    return rows


def side_by_side(ours: Callable[[], int], theirs: Callable[[], int], repeat: int) -> dict[str, Any]:
    """By turns, so that whatever else the machine does meets both alike."""
    times: dict[str, list[float]] = {"ours": [], "LIKE": []}
    hits = {}
    for number in range(repeat + WARM_UP):
        for name, search in (("ours", ours), ("LIKE", theirs)):
            started = time.perf_counter()
            hits[name] = search()
            if number >= WARM_UP:
                times[name].append((time.perf_counter() - started) * 1000)
    middle = {name: statistics.median(spent) for name, spent in times.items()}
    return {
        "hits, ours": hits["ours"],
        "hits, LIKE": hits["LIKE"],
        **{f"{name} p50 ms": round(middle[name], 2) for name in times},
        **{
            f"{name} p95 ms": round(statistics.quantiles(spent, n=20)[-1], 2)
            for name, spent in times.items()
        },
        "LIKE takes, times ours": round(middle["LIKE"] / middle["ours"], 2),
    }


if __name__ == "__main__":
    carry_out({"generate": filled, "measure": measured})
