"""The guard's questions: who may answer for a number, and what is kept of the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from samrad.access.actor import Actor, Held
from samrad.access.vocabulary import Role
from samrad.documents.actions import note_answers
from samrad.documents.forms import (
    GuardedForm,
    TextLine,
    TextLines,
)
from samrad.kernel.identity import Severity, find_identity_numbers
from samrad.people.models import Person
from samrad.trail.api import event_codes_of, history_of
from samrad.trail.models import TrailValue

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COUNCIL = 7
CERTAIN = next(
    number
    for number in (f"0181{year}{last:05d}" for year in range(50, 60) for last in range(99999))
    if any(one.severity is Severity.BLOCK for one in find_identity_numbers(number))
)
SUSPECT = "1201601234"  # ten digits that begin with a date
PHONE = "22 33 44 55"


class Note(GuardedForm):
    title = TextLine(max_length=40)
    text = TextLines(max_length=200, required=False)


def actor(name: str, role: Role, person: int = 1) -> Actor:
    return Actor(
        label=name, user_id=person, person_id=person,
        held=frozenset({Held(role, council_id=COUNCIL, seat_id=1)}),
    )  # fmt: skip


CHAIR = actor("Kari Eksempel", Role.CHAIR)
MEMBER = actor("Ola Prøvesen", Role.MEMBER, person=2)


def note(by: Actor, text: str, author_id: int | None = None, **more: Any) -> Note:
    initial = more.pop("initial", None)
    return Note(
        {"title": "Sak", "text": text, **more},
        actor=by, council=COUNCIL, author_id=author_id, initial=initial,
    )  # fmt: skip


def test_a_text_without_numbers_asks_nothing() -> None:
    form = note(MEMBER, "Møte 21. november 2026 kl. 12.30")

    assert form.is_valid()
    assert list(form.fields) == ["title", "text"]
    assert form.number_answers == []


def test_a_refusal_names_the_line_and_the_kind_and_never_the_number() -> None:
    form = note(MEMBER, f"Første linje\nSamtale med {CERTAIN}.")

    assert not form.is_valid()
    said = " ".join(form.errors["text"])
    assert "Line 2" in said
    assert "test data" in said
    assert "the chair or the secretary" in said
    assert CERTAIN not in str(form)
    assert "text" not in form.cleaned_data


def test_the_writer_cannot_pass_a_certain_number_whatever_is_filled_in() -> None:
    form = note(
        MEMBER, CERTAIN, number_reason="Det er et varenummer", number_asked_by="Kari",
        number_is_harmless="on",
    )  # fmt: skip

    assert not form.is_valid()


def test_a_second_person_confirms_with_a_reason_and_both_are_recorded() -> None:
    first = note(CHAIR, CERTAIN)
    assert not first.is_valid()
    assert "number_asked_by" in first.fields

    form = note(CHAIR, CERTAIN, number_asked_by="Ola Prøvesen", number_reason="Et varenummer")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == CERTAIN
    (answer,) = form.number_answers
    assert answer.kinds == ("no.synthetic_number",)
    assert (answer.asked_by, answer.reason) == ("Ola Prøvesen", "Et varenummer")


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        ({"number_asked_by": "kari eksempel", "number_reason": "x"}, "number_asked_by"),
        ({"number_asked_by": "Ola Prøvesen"}, "number_reason"),
        ({"number_asked_by": "Ola", "number_reason": f"det er {CERTAIN}"}, "number_reason"),
    ],
    ids=["oneself", "no reason", "the number as its reason"],
)
def test_a_confirmation_takes_another_person_and_a_reason(
    extra: dict[str, str], field: str
) -> None:
    form = note(CHAIR, CERTAIN, **extra)

    assert not form.is_valid()
    assert field in form.errors
    assert CERTAIN not in str(form)


def test_whoever_wrote_the_text_cannot_confirm_its_number() -> None:
    form = note(
        CHAIR, CERTAIN, author_id=CHAIR.person_id,
        number_asked_by="Ola Prøvesen", number_reason="Et varenummer",
    )  # fmt: skip

    assert not form.is_valid()
    assert "number_asked_by" not in form.fields


def test_a_confirmed_text_can_be_edited_by_its_writer_but_not_get_another_number() -> None:
    before = {"text": f"Varenummer {CERTAIN}"}
    other = CERTAIN[:-1] + str((int(CERTAIN[-1]) + 1) % 10)

    assert note(MEMBER, f"Varenummer {CERTAIN}, to stk.", initial=before).is_valid()
    form = note(MEMBER, f"Varenummer {CERTAIN} og {SUSPECT}", initial=before)
    assert not form.is_valid()
    assert "number_is_harmless" in form.errors
    assert other not in str(form)


def test_what_passes_the_guard_still_has_to_fit() -> None:
    form = note(
        CHAIR, CERTAIN + " x" * 200, number_asked_by="Ola Prøvesen", number_reason="varenummer"
    )

    assert not form.is_valid()
    assert form.errors["text"].as_data()[0].code == "max_length"


def test_a_telephone_number_takes_a_tick() -> None:
    form = note(MEMBER, f"Ring vakten på {PHONE}")
    assert not form.is_valid()
    assert "a telephone number" in form.errors["number_is_harmless"][0]
    assert "number_reason" not in form.fields

    ticked = note(MEMBER, f"Ring vakten på {PHONE}", number_is_harmless="on")
    assert ticked.is_valid()
    assert ticked.cleaned_data["text"] == f"Ring vakten på {PHONE}"
    assert ticked.number_answers[0].kinds == ("any.phone_number",)


def test_digits_that_look_like_a_person_take_a_tick_and_a_reason() -> None:
    assert not note(MEMBER, SUSPECT).is_valid()
    assert not note(MEMBER, SUSPECT, number_is_harmless="on").is_valid()

    form = note(MEMBER, SUSPECT, number_is_harmless="on", number_reason="Et journalnummer")
    assert form.is_valid()
    assert form.number_answers[0].reason == "Et journalnummer"


@pytest.mark.django_db
def test_what_was_answered_for_is_recorded_without_the_number() -> None:
    about = Person.objects.create(name="Noe å skrive om")
    form = note(CHAIR, CERTAIN, number_asked_by="Ola Prøvesen", number_reason="Et varenummer")
    assert form.is_valid()
    suspect = note(MEMBER, SUSPECT, number_is_harmless="on", number_reason="Et journalnummer")
    assert suspect.is_valid()
    note_answers(form.number_answers, about=about, by=CHAIR, at=NOON)
    note_answers(suspect.number_answers, about=about, by=MEMBER, at=NOON)

    assert event_codes_of(about) == [
        "documents.identity_number_confirmed",
        "documents.identity_warning_overridden",
    ]
    kept = str(list(TrailValue.objects.values_list("value", flat=True)))
    assert CERTAIN not in kept
    assert SUSPECT not in kept
    assert "Ola Prøvesen" in str(history_of(about)[1].text)
