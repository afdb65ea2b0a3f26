"""The record of what was done: chained, erasable where it must be, told in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from samrad.access.actor import SYSTEM, Actor
from samrad.people.models import Person
from samrad.trail import verify as verifying
from samrad.trail.api import erase, event_codes_of, history_of, record
from samrad.trail.events import REGISTERED, event
from samrad.trail.models import ChainHead, TrailEntry, TrailValue
from samrad.trail.verify import heads, verify

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
NOTED = REGISTERED.get("test.noted") or event("test.noted", "%(by)s noted %(what)s on %(about)s.")
SECRETARY = Actor(label="Siv Sekretær", person_id=1)


@pytest.fixture
def person() -> Person:
    return Person.objects.create(name="Kari Kontakt")


def note(person: Person, what: str = "a matter", at: datetime = NOON) -> TrailEntry:
    return record(NOTED, about=person, by=SECRETARY, at=at, what=what)


def test_history_is_told_in_words_newest_first(person: Person) -> None:
    note(person, "the first")
    note(person, "the second", at=NOON + timedelta(minutes=1))

    told = [happening.text for happening in history_of(person)]

    assert told == [
        "Siv Sekretær noted the second on Kari Kontakt.",
        "Siv Sekretær noted the first on Kari Kontakt.",
    ]


def test_an_untouched_record_is_whole(person: Person) -> None:
    for number in range(5):
        note(person, str(number))

    result = verify(heads())

    assert result.whole
    assert result.entries == 5


def test_the_hour_zone_of_the_writer_does_not_matter(person: Person) -> None:
    note(person, at=NOON.astimezone(timezone(timedelta(hours=2))))

    assert verify().whole


@pytest.mark.parametrize("field", ["event", "actor_ref", "about_ref", "about_kind", "previous"])
def test_a_changed_entry_is_found(person: Person, field: str) -> None:
    entry = note(person)
    TrailEntry.objects.filter(pk=entry.pk).update(**{field: "other"})

    assert "the entry was changed" in {found.what for found in verify().breaks}


def test_a_changed_value_is_found(person: Person) -> None:
    note(person)
    TrailValue.objects.filter(name="what").update(value="something else")

    assert [found.what for found in verify().breaks] == ["the value what was changed"]


def test_a_value_taken_away_in_silence_is_found(person: Person) -> None:
    note(person)
    TrailValue.objects.filter(name="by").delete()

    assert [found.what for found in verify().breaks] == ["the value by is gone"]


def test_erasing_leaves_the_chain_whole_and_says_so(person: Person) -> None:
    entry = note(person)

    erase(entry, about=person, by=SYSTEM, at=NOON, reason="The person asked for it.")

    result = verify()
    assert result.whole
    assert result.erased == 3
    assert "Siv Sekretær" not in " ".join(line.text for line in history_of(person))
    assert event_codes_of(person) == ["test.noted", "trail.values_erased"]


def test_the_record_of_an_erasure_is_never_erased(person: Person) -> None:
    erase(note(person), about=person, by=SYSTEM, at=NOON, reason="The person asked for it.")

    with pytest.raises(ValueError, match="the record of an erasure stays"):
        erase(TrailEntry.objects.get(event="trail.values_erased"), about=person, by=SYSTEM,
              at=NOON, reason="Nobody should know.")  # fmt: skip
    assert verify().whole


def test_a_chain_cut_short_is_found_by_a_head_kept_elsewhere(person: Person) -> None:
    note(person)
    last = note(person)
    kept = heads()
    TrailValue.objects.filter(entry=last).delete()
    TrailEntry.objects.filter(pk=last.pk).delete()

    assert not verify(kept).whole


@contextmanager
def somebody_does(work: Callable[[], object], moment: str) -> Iterator[None]:
    """`work` is done by somebody else once, just before the check reads the values or the heads."""
    waiting = [work]
    module, name = {
        "before the values": (verifying, "_with_values"),
        "before the heads": (verifying, "_walk_what_came_meanwhile"),
    }[moment]
    reads = getattr(module, name)

    def interrupted(*words: Any) -> Any:
        while waiting:
            waiting.pop()()
        return reads(*words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, interrupted)
        yield
    assert not waiting, "nothing was done meanwhile"


MOMENTS = pytest.mark.parametrize("moment", ["before the values", "before the heads"])


@MOMENTS
def test_entries_added_during_the_check_are_checked_too_and_no_break(
    person: Person, moment: str
) -> None:
    note(person)

    def go_on() -> None:
        note(person, "one more")
        note(person, "and one more")

    with somebody_does(go_on, moment):
        result = verify(heads())

    assert result.whole, result.breaks
    assert result.entries == 3


@MOMENTS
def test_a_chain_that_begins_during_the_check_is_no_break(
    person: Person, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(person)

    def begin_another() -> None:
        monkeypatch.setattr(Person, "trail_chain", "council:1")
        note(person)

    with somebody_does(begin_another, moment):
        result = verify()

    assert result.whole, result.breaks
    assert result.chains == 2


@MOMENTS
def test_an_erasure_during_the_check_is_no_break(person: Person, moment: str) -> None:
    entry = note(person)

    def erase_it() -> None:
        erase(entry, about=person, by=SYSTEM, at=NOON, reason="The person asked for it.")

    with somebody_does(erase_it, moment):
        result = verify()

    assert result.whole, result.breaks
    assert result.entries == 2


@MOMENTS
def test_a_tampering_is_found_although_entries_are_added_during_the_check(
    person: Person, moment: str
) -> None:
    note(person)
    ChainHead.objects.update(hash="0" * 64)

    with somebody_does(lambda: note(person), moment):
        found = {found.what for found in verify().breaks}

    assert "the entry does not follow the one before" in found


@MOMENTS
def test_an_entry_put_beyond_the_head_during_the_check_is_found_by_the_next(
    person: Person, moment: str
) -> None:
    note(person)

    def invent() -> None:
        note(person)
        ChainHead.objects.update(sequence=1)

    with somebody_does(invent, moment):
        verify()

    assert "the chain does not end at its head" in {found.what for found in verify().breaks}


def test_a_head_without_entries_is_a_chain_that_is_gone(person: Person) -> None:
    note(person)
    TrailValue.objects.all().delete()
    TrailEntry.objects.all().delete()

    assert [found.what for found in verify().breaks] == ["the whole chain is gone"]


def test_nothing_is_recorded_when_the_change_is_rolled_back(person: Person) -> None:
    with transaction.atomic():
        note(person)
        transaction.set_rollback(True)

    assert not TrailEntry.objects.exists()
    assert verify().whole


def test_recording_costs_a_handful_of_queries(
    person: Person, django_assert_max_num_queries: object
) -> None:
    note(person)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        note(person)


def test_the_command_tells_a_whole_record_from_a_broken_one(
    person: Person, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    note(person)
    call_command("trail", "head", "--out", str(tmp_path / "heads.json"))
    call_command("trail", "verify", "--head", str(tmp_path / "heads.json"))
    assert "The record is whole." in capsys.readouterr().out

    TrailEntry.objects.update(event="other")
    with pytest.raises(CommandError, match="tampered"):
        call_command("trail", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["whole"] is False


def test_heads_that_cannot_be_read_are_refused_in_words(tmp_path) -> None:
    (tmp_path / "heads.json").write_text("not json")

    with pytest.raises(CommandError, match="could not be read as exported heads"):
        call_command("trail", "verify", "--head", str(tmp_path / "heads.json"))


def test_every_event_has_a_sentence_that_can_be_filled_in() -> None:
    for code, one in REGISTERED.items():
        with translation.override("en"):
            assert str(one.sentence), code
