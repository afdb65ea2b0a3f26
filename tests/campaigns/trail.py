"""Every tampering with the record is found, and an untouched record is never accused."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.campaign import Result
from tests.support.scratch import fresh_installation

COVERS = ["src/samrad/trail/**/*.py"]

TAMPERINGS = 1_000
ENTRIES = 240
BEGINNING = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def run(*, seed: int, share: float = 1.0) -> Result:
    """Tamper with a chained record in every way a row can be touched, one way at a time."""
    fresh_installation()
    from samrad.trail.verify import heads, verify

    chance = random.Random(seed)
    write_a_record(chance)
    exported = heads()
    false_alarms = int(not verify().whole) + int(not verify(exported).whole)
    wanted = max(20, round(TAMPERINGS * share))
    found, meanwhile, ways = 0, 0, dict.fromkeys(WAYS, 0)
    for number in range(wanted):
        way = list(WAYS)[number % len(WAYS)]
        ways[way] += 1
        found += tampering_is_found(WAYS[way], chance, exported)
        if number % 50 == 0:
            false_alarms += int(not verify(exported).whole)
            false_alarms += alarms_while_somebody_writes(chance, exported)
            meanwhile += 1
    counts: dict[str, int | float] = {
        "tamperings": wanted,
        "found": found,
        "false_alarms": false_alarms,
        "checks_while_somebody_wrote": meanwhile,
        "entries": sum(head["sequence"] for head in exported),
        **{f"way: {way}": count for way, count in ways.items()},
    }
    return Result(passed=found == wanted and false_alarms == 0, counts=counts)


def write_a_record(chance: random.Random) -> None:
    """Several chains of ordinary entries, some of whose values were erased as they may be."""
    from samrad.access.actor import SYSTEM
    from samrad.people.models import Person
    from samrad.trail.api import erase, record
    from samrad.trail.events import event

    noted = event("campaign.noted", "%(by)s noted %(what)s.")

    class Chained(Person):
        """A person whose entries go into a chain of the campaign's choice."""

        class Meta:
            proxy = True
            app_label = "people"

        chain = "installation"

        @property
        def trail_chain(self) -> str:
            return self.chain

    people = [Chained(name=f"Person {number}") for number in range(5)]
    for number, person in enumerate(people):
        person.chain = f"council:{number}"
    for number in range(ENTRIES):
        entry = record(
            noted,
            about=(about := chance.choice(people)),
            by=SYSTEM,
            at=BEGINNING + timedelta(minutes=number),
            what=f"matter {chance.randint(0, 10**6)}",
            figure=chance.random(),
        )
        if number % 40 == 7:
            erase(entry, about=about, by=SYSTEM, at=entry.at, reason="asked to")


def tampering_is_found(
    tamper: Callable[[random.Random], None], chance: random.Random, exported: list[dict[str, Any]]
) -> bool:
    """Tamper inside a transaction, check, and put everything back."""
    from django.db import transaction

    from samrad.trail.verify import verify

    with transaction.atomic():
        tamper(chance)
        found = not verify(exported).whole
        transaction.set_rollback(True)
    return found


def alarms_while_somebody_writes(chance: random.Random, exported: list[dict[str, Any]]) -> int:
    """1 when ordinary work between the reading of entries and of their values is taken for harm."""
    from django.db import transaction

    from samrad.access.actor import SYSTEM
    from samrad.people.models import Person
    from samrad.trail import verify as verifying
    from samrad.trail.api import erase, record
    from samrad.trail.events import REGISTERED

    reads, wrote = verifying._with_values, False

    def after_somebody_wrote(batch: list[Any]) -> Any:
        nonlocal wrote
        if not wrote:
            wrote = True
            person = Person(name="Somebody")
            record(REGISTERED["campaign.noted"], about=person, by=SYSTEM, at=BEGINNING, what="x")
            entry = _an_entry(chance, event="campaign.noted")
            erase(entry, about=person, by=SYSTEM, at=BEGINNING, reason="asked to")
        return reads(batch)

    with transaction.atomic():
        verifying._with_values = after_somebody_wrote
        try:
            whole = verifying.verify(exported).whole
        finally:
            verifying._with_values = reads
            transaction.set_rollback(True)
    return int(not whole or not wrote)


def _an_entry(chance: random.Random, **wanted: str) -> Any:
    from samrad.trail.models import TrailEntry

    return chance.choice(list(TrailEntry.objects.filter(**wanted)))


def _a_value(chance: random.Random) -> Any:
    from samrad.trail.models import TrailValue

    return chance.choice(list(TrailValue.objects.all()))


def _change_a_field(chance: random.Random) -> None:
    entry = _an_entry(chance)
    name, value = chance.choice(
        [
            ("event", "campaign.other"),
            ("actor_ref", "somebody-else"),
            ("about_ref", "something-else"),
            ("about_kind", "decision"),
            ("at", entry.at + timedelta(seconds=chance.choice([-1, 1]))),
            ("previous", "0" * 64),
            ("hash", "f" * 64),
            ("digests", {**entry.digests, "by": "0" * 64}),
        ]
    )
    setattr(entry, name, value)
    entry.save()


def _change_and_reseal(chance: random.Random) -> None:
    """Somebody who knows how entries are sealed changes one and seals it anew."""
    from samrad.trail import rules

    entry = _an_entry(chance)
    entry.event = "campaign.other"
    entry.hash = rules.seal(entry.sealed())
    entry.save()


def _rewrite_the_rest(chance: random.Random) -> None:
    """Somebody changes an entry and seals all that follow, and the head: an exported head tells."""
    from samrad.trail import rules
    from samrad.trail.models import ChainHead, TrailEntry

    entry = _an_entry(chance)
    entry.event = "campaign.other"
    chain = TrailEntry.objects.filter(chain=entry.chain, sequence__gt=entry.sequence)
    previous = entry.previous
    for one in [entry, *chain.order_by("sequence")]:
        one.previous = previous
        one.hash = previous = rules.seal(one.sealed())
        one.save()
    ChainHead.objects.filter(pk=entry.chain).update(hash=previous)


def _remove_an_entry(chance: random.Random) -> None:
    from samrad.trail.models import TrailValue

    entry = _an_entry(chance)
    TrailValue.objects.filter(entry=entry).delete()
    entry.delete()


def _cut_the_end(chance: random.Random) -> None:
    """The last entries are removed and the head set back: an exported head tells."""
    from samrad.trail.models import ChainHead, TrailEntry, TrailValue

    entry = _an_entry(chance)
    rest = TrailEntry.objects.filter(chain=entry.chain, sequence__gte=entry.sequence)
    TrailValue.objects.filter(entry__in=rest).delete()
    rest.delete()
    ChainHead.objects.filter(pk=entry.chain).update(
        sequence=entry.sequence - 1, hash=entry.previous
    )


def _remove_a_chain(chance: random.Random) -> None:
    from samrad.trail.models import ChainHead, TrailEntry, TrailValue

    chain = _an_entry(chance).chain
    TrailValue.objects.filter(entry__chain=chain).delete()
    TrailEntry.objects.filter(chain=chain).delete()
    ChainHead.objects.filter(pk=chain).delete()


def _swap_two(chance: random.Random) -> None:
    """Two entries of a chain change places."""
    from samrad.trail.models import TrailEntry

    first = _an_entry(chance)
    others = TrailEntry.objects.filter(chain=first.chain).exclude(pk=first.pk)
    second = chance.choice(list(others))
    places = first.sequence, second.sequence
    for entry, place in ((first, 10**9), (second, places[0]), (first, places[1])):
        entry.sequence = place
        entry.save(update_fields=["sequence"])


def _insert_one(chance: random.Random) -> None:
    """An invented entry is put at the end without moving the head."""
    from samrad.trail import rules
    from samrad.trail.models import ChainHead, TrailEntry

    head = chance.choice(list(ChainHead.objects.filter(sequence__gt=0)))
    entry = TrailEntry(
        chain=head.chain, sequence=head.sequence + 1, at=BEGINNING, event="campaign.noted",
        about_kind="person", about_ref="invented", digests={}, previous=head.hash,
    )  # fmt: skip
    entry.hash = rules.seal(entry.sealed())
    entry.save(force_insert=True)


def _change_a_value(chance: random.Random) -> None:
    value = _a_value(chance)
    value.value = f"{value.value} changed"
    value.save()


def _change_a_salt(chance: random.Random) -> None:
    value = _a_value(chance)
    value.salt = "0" * 32
    value.save()


def _remove_a_value(chance: random.Random) -> None:
    """Erased without the erasure being recorded."""
    _a_value(chance).delete()


def _add_a_value(chance: random.Random) -> None:
    from samrad.trail.models import TrailValue

    TrailValue.objects.create(entry=_an_entry(chance), name="added", salt="0" * 32, value="x")


WAYS: dict[str, Callable[[random.Random], None]] = {
    "a field of an entry changed": _change_a_field,
    "an entry changed and sealed anew": _change_and_reseal,
    "the rest of a chain rewritten": _rewrite_the_rest,
    "an entry removed": _remove_an_entry,
    "the end cut off": _cut_the_end,
    "a whole chain removed": _remove_a_chain,
    "two entries swapped": _swap_two,
    "an entry invented": _insert_one,
    "a value changed": _change_a_value,
    "a salt changed": _change_a_salt,
    "a value removed": _remove_a_value,
    "a value added": _add_a_value,
}
