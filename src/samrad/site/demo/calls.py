"""Calls to the police of Midt- og Vestjylland that nobody made: the same ones on the same day.

They are taken in as any file of incidents is. What they hold is drawn by lot, with a quarter that
keeps the target and one that misses it, and some homes where it happens again.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import day_of
from samrad.knowledge.address_actions import mark_address
from samrad.knowledge.incident_actions import stage_incidents, take_in_incidents
from samrad.knowledge.incident_models import RepeatAddress
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.repeats import AddressState
from samrad.people.models import Person
from samrad.people.sources import actor_of_person

TAKE_IN_CALLS = "demo.take_in_calls"
RECIPE = "dk-made-up-calls"
HEADS = ("Nummer", "Kommune", "Sted", "Art", "Hastegrad", "Modtaget", "Afsendt", "Fremme")
A_DAY = {  # calls in each municipality, and how long one waits there beside the others
    "Herning": (3.0, 0.95), "Holstebro": (2.0, 1.0), "Ikast-Brande": (1.5, 1.05),
    "Lemvig": (0.7, 1.3), "Morsø": (0.7, 1.1), "Ringkøbing-Skjern": (1.8, 1.2),
    "Silkeborg": (3.2, 0.9), "Skive": (1.5, 1.0), "Struer": (0.14, 1.05), "Thisted": (1.4, 1.15),
    "Viborg": (3.1, 0.95),
}  # fmt: skip
PRIORITIES = {"1 - straks": (3, 440), "2 - snarest": (4, 640), "3 - senere": (3, 960)}
TYPES = {"Husspektakel": 12, "Uorden": 25, "Trafikuheld": 22, "Indbrud": 14, "Tyveri": 15,
         "Vold": 6, "Andet": 6}  # fmt: skip
AS_LONG = (1.16, 1.25, 1.19, 1.08, 1.0)  # the wait in each quarter, and as in the last from then on
QUARTERS = len(AS_LONG)
SECOND_UNIT, NEVER, IMPOSSIBLE = 0.2, 0.03, 0.001  # of the calls
HOMES = 14  # where it happens three times or more
ANALYST = "asta.analytisk@example.org"


def take_in_calls(*, at: datetime) -> None:
    """Take the calls in, and let the police's analyst have looked at some of the homes."""
    content = calls_until(day_of(at) - timedelta(days=1))
    staged = stage_incidents(
        content=content, name="opdigtede-anmeldelser.csv", recipe=packaged_recipes()[RECIPE],
        answers={},
    )  # fmt: skip
    take_in_incidents(staged=staged, by=SYSTEM, at=at)
    work_out(data_set=RECIPE, at=at)
    analyst = Person.objects.filter(email=ANALYST).first()
    if analyst is None:
        return
    by, there = actor_of_person(analyst, day_of(at)), RepeatAddress.objects.order_by("key")
    for number, address in enumerate(there.filter(state=AddressState.OPEN)[: HOMES - 5]):
        state = AddressState.CONTACTED if number % 2 else AddressState.ASSESSED
        mark_address(address=address, state=state, by=by, at=at)


def calls_until(last: date) -> bytes:
    """The file: whole quarters of calls, and what came after them; a row for each unit sent."""
    lot, out = Random(2010), io.StringIO()  # noqa: S311 (nothing is kept secret by it)
    rows = csv.writer(out)
    rows.writerow(HEADS)
    for number, call in enumerate(sorted(_calls(lot, last), key=lambda one: one.received), 1):
        rows.writerow(call.row(number, call.arrived))
        if call.arrived and lot.random() < SECOND_UNIT:
            rows.writerow(call.row(number, call.arrived + timedelta(seconds=lot.randint(20, 500))))
    return out.getvalue().encode()


@dataclass(frozen=True)
class _Call:
    """What is written down of one call."""

    place: str
    home: str
    kind: str
    urgency: str
    received: datetime
    sent: datetime
    arrived: datetime | None

    def row(self, number: int, arrived: datetime | None) -> list[str]:
        """Its row for a unit that came then, or never did."""
        moments = [f"{one:%Y-%m-%d %H:%M:%S}" if one else ""
                   for one in (self.received, self.sent, arrived)]  # fmt: skip
        home = f"{self.home}, {self.place}"
        return [str(number), self.place, home, self.kind, self.urgency, *moments]


def _calls(lot: Random, last: date) -> Iterator[_Call]:
    first = _first_day(last)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        quarter = min(_quarters_between(first, day), QUARTERS - 1)
        for place, (a_day, as_long) in A_DAY.items():
            for _call in range(_how_many(lot, a_day)):
                where = place, f"Opdigtet Vej {lot.randrange(100_000)}"
                kind = lot.choices(list(TYPES), list(TYPES.values()))[0]
                yield _call_of(lot, day, where, kind, as_long * AS_LONG[quarter])
    for home in range(HOMES):
        place, as_long = lot.choice([(name, wait) for name, (_n, wait) in A_DAY.items()])
        for _time in range(lot.randint(3, 5)):
            day = last - timedelta(days=lot.randrange(28))
            yield _call_of(lot, day, (place, f"Tænkt Allé {home}"), "Husspektakel", as_long)


def _call_of(
    lot: Random, day: date, where: tuple[str, str], kind: str, as_long: float
) -> _Call:  # fmt: skip
    urgency = lot.choices(list(PRIORITIES), [share for share, _mean in PRIORITIES.values()])[0]
    received = datetime.combine(day, time()) + timedelta(seconds=lot.randrange(3 * 3600, 86_400))
    mean, spread = as_long * PRIORITIES[urgency][1], 0.5
    wait = mean * math.exp(lot.gauss(-spread * spread / 2, spread))
    sent = received + timedelta(seconds=min(wait / 3, 200))
    came = received + timedelta(seconds=-wait if lot.random() < IMPOSSIBLE else wait)
    arrived = None if lot.random() < NEVER else came
    return _Call(*where, kind, urgency, received, sent, arrived)


def _how_many(lot: Random, mean: float) -> int:
    """As many as come on a day when so many come on most."""
    count, left = 0, lot.random()
    while left > (chance := math.exp(-mean) * mean**count / math.factorial(count)):
        left -= chance
        count += 1
    return count


def _first_day(last: date) -> date:
    """The first day of the quarters before the one that day is in."""
    months = last.year * 12 + 3 * ((last.month - 1) // 3) - 3 * QUARTERS
    return date(months // 12, months % 12 + 1, 1)


def _quarters_between(first: date, day: date) -> int:
    return (day.year - first.year) * 4 + (day.month - 1) // 3 - (first.month - 1) // 3
