"""A wrong day of approved minutes is put right as their words are, and what hung on it follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from samrad.followup.models import Decision
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.corrections import part_mark
from samrad.meetings.models import Correction, Meeting, Minutes
from samrad.meetings.queries.said import said_held
from samrad.meetings.rules import CorrectionState, PartKind
from samrad.meetings.rules.said import said_from_json
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast, signed_in
from tests.documents.papers_read_back import text_of_docx
from tests.everywhere.forms_on_a_page import read
from tests.meetings.bricks import called, decide, sent_out, written

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
LATER = NOON + timedelta(days=10)
RIGHT = {"starts_at": datetime(2026, 11, 25, 9, tzinfo=OSLO),
         "ends_at": datetime(2026, 11, 25, 11, tzinfo=OSLO)}  # fmt: skip


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(LATER):
        yield


@pytest.fixture
def minutes(cast: Cast) -> Minutes:
    """Approved, with a decision, and of a day on which nobody met."""
    Person.objects.update(language="en")
    draft = written(cast, "Lyset", starts_at=datetime(2026, 11, 24, 13, tzinfo=OSLO))
    Meeting.objects.update(place="Rådhuset")
    decide(cast, draft.meeting.items.get(), "Lyset rettes.")
    draft = Minutes.objects.get()
    sent_out(minutes=draft, by=cast.secretary.actor, at=LATER)
    api.approve_minutes(minutes=draft, by=cast.chair.actor, at=LATER)
    return Minutes.objects.get()


def plain(text: str) -> str:
    """Without the spaces at which no line breaks."""
    return text.replace("\xa0", " ").replace("&nbsp;", " ")


def opened(cast: Cast, minutes: Minutes) -> Correction:
    return api.open_correction(
        minutes=minutes, reason="Feil dag.", asked_by="Stein Oppdiktet", by=cast.secretary.actor,
        at=LATER,
    )  # fmt: skip


def page_of(client: Client, correction: Correction) -> tuple[str, Any, str]:
    """The page's address, its form, and how its fields of the day begin."""
    address = reverse("meetings:write_correction", args=[correction.ref])
    page = client.get(address)
    assert page.status_code == 200
    form = next(
        one for one in read(page.text).forms if page.context["form"].held_name in one.sent()
    )
    return address, form, page.context["form"].held_name


def save(cast: Cast, correction: Correction, text: str) -> dict[str, str]:
    meeting = correction.minutes.meeting
    note = api.PartNote(PartKind.HELD, meeting.ref, text, part_mark(said_held(meeting).as_text))
    return api.save_correction(
        correction=correction, parts=[note], by=cast.secretary.actor, at=LATER
    )


def corrected(cast: Cast, minutes: Minutes, place: str = "Politihuset") -> Correction:
    correction = opened(cast, minutes)
    held = said_held(minutes.meeting)
    text = f"{RIGHT['starts_at'].isoformat()}/{RIGHT['ends_at'].isoformat()}|{place}"
    assert save(cast, correction, held.as_in(text).as_text) == {}
    api.circulate_correction(correction=correction, by=cast.secretary.actor, at=LATER)
    correction.refresh_from_db()
    return correction


def approve(cast: Cast, correction: Correction) -> None:
    api.approve_correction(correction=correction, by=cast.chair.actor, at=LATER)


def test_the_page_puts_the_day_the_hours_and_the_place_right(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    correction = opened(cast, minutes)
    address, form, name = page_of(signed_in(client, cast.secretary), correction)
    assert form.sent()[f"{name}-starts"] == ["13:00"]
    assert form.sent()[f"{name}-place"] == ["Rådhuset"]

    client.post(address, form.sent())
    assert not correction.parts.exists(), "left as it was, the day is no part of the correction"

    right = {name: "2026-11-25", f"{name}-starts": "09:00", f"{name}-ends": "11:00"}
    answer = client.post(address, form.sent(**right))

    assert answer.status_code == 302, answer.content.decode()
    shown = plain(client.get(correction.get_absolute_url()).text)
    assert "When and where it was held" in shown
    assert "24 November" in shown
    assert "25 November" in shown
    meeting = Meeting.objects.get()
    assert meeting.starts_at.day == 24, "what was approved stands until the correction is"


def test_approved_it_is_a_version_and_meeting_and_decisions_are_of_that_day(
    cast: Cast, minutes: Minutes
) -> None:
    correction = corrected(cast, minutes)
    assert Decision.objects.get().decided_date.day == 24

    approve(cast, correction)

    meeting = Meeting.objects.get()
    assert {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at} == RIGHT
    assert (meeting.place, meeting.held_at) == ("Politihuset", RIGHT["ends_at"])
    assert Decision.objects.get().decided_date == RIGHT["starts_at"].date()
    first, second = (said_from_json(one.said).held for one in minutes.versions.all())
    assert first is not None
    assert second is not None
    assert (first.starts_at.day, first.place) == (24, "Rådhuset")
    assert (second.starts_at, second.place) == (RIGHT["starts_at"], "Politihuset")
    assert event_codes_of(meeting)[-1] == "meeting.held_corrected"
    assert "decision.day_corrected" in event_codes_of(Decision.objects.get())


def test_those_who_had_the_minutes_are_told_both_days(cast: Cast, minutes: Minutes) -> None:
    approve(cast, corrected(cast, minutes))

    mails = Message.objects.filter(template="meetings/mail/corrected")
    assert mails.count() > 3
    text = " ".join(mails.get(person=cast.chair.person).text.split())
    assert "at another time than the minutes said. They said: Tuesday, 24 November 2026" in text
    assert "at another place than the minutes said. They said: Rådhuset" in text
    assert "When: Wednesday, 25 November 2026, 09:00–11:00 Where: Politihuset" in text


def test_a_correction_of_words_alone_says_nothing_of_days(cast: Cast, minutes: Minutes) -> None:
    correction, item = opened(cast, minutes), minutes.meeting.items.get()
    note = api.PartNote(PartKind.TEXT, item.ref, "Annet.", part_mark(item.minutes_text))
    by = cast.secretary.actor
    api.save_correction(correction=correction, parts=[note], by=by, at=LATER)
    api.circulate_correction(correction=correction, by=by, at=LATER)
    correction.refresh_from_db()
    approve(cast, correction)

    mail = Message.objects.get(template="meetings/mail/corrected", person=cast.chair.person)
    assert "They said" not in mail.text
    assert Decision.objects.get().decided_date.day == 24


def test_pages_and_papers_of_each_version_say_their_own_day(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    approve(cast, corrected(cast, minutes))
    signed_in(client, cast.chair)

    first, second = minutes.versions.all()
    for version, day, where in ((first, "24", "Rådhuset"), (second, "25", "Politihuset")):
        address = reverse("meetings:version_docx", args=[version.ref])
        paper = client.get(address)
        text = text_of_docx(paper.content).replace("\xa0", " ")
        assert f"{day} November 2026" in text
        assert where in text
        assert f"2026-11-{day}" in paper["Content-Disposition"]
        page = plain(client.get(reverse("meetings:version", args=[version.ref])).text)
        assert f"{day} November 2026" in page
    changes = client.get(reverse("meetings:versions", args=[minutes.meeting.ref])).text
    assert "Rådhuset" in changes
    assert "Politihuset" in changes
    now = client.get(reverse("meetings:docx", args=[minutes.meeting.ref]))
    assert "25 November 2026" in text_of_docx(now.content).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"": "2027-03-01"}, "This day has not been yet."),
        ({"-ends": "08:00"}, "The meeting must end after it starts."),
        ({"-starts": ""}, "This field is required."),
        ({"": "2026-11-26"}, "The council has a meeting on this day already."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_lost(
    cast: Cast, client: Client, minutes: Minutes, changed: dict[str, str], told: str
) -> None:
    other = called(cast, starts_at=LATER + timedelta(days=9))
    met = datetime(2026, 11, 26, 9, tzinfo=OSLO)
    Meeting.objects.filter(pk=other.pk).update(starts_at=met, ends_at=met + timedelta(hours=1))
    correction = opened(cast, minutes)
    address, form, name = page_of(signed_in(client, cast.secretary), correction)
    texts = {f"text-{minutes.meeting.items.get().ref}": "Skrevet om."}

    answer = client.post(
        address, form.sent(**texts, **{f"{name}{end}": value for end, value in changed.items()})
    )

    assert answer.status_code == 422
    assert told in answer.text
    assert "Skrevet om." in answer.text
    assert not correction.parts.exists()


def test_two_who_correct_the_day_at_once_see_each_others(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    correction = opened(cast, minutes)
    address, form, name = page_of(signed_in(client, cast.secretary), correction)
    held = said_held(minutes.meeting)
    save(cast, correction, held.as_in(held.as_text.replace("11-24", "11-27")).as_text)

    answer = client.post(address, form.sent(**{name: "2026-11-25"}))

    assert answer.status_code == 409
    assert "27 November 2026" in plain(answer.text)
    assert "2026-11-25" in answer.text


def test_a_day_taken_meanwhile_is_refused_when_the_correction_is_approved(
    cast: Cast, minutes: Minutes
) -> None:
    correction = corrected(cast, minutes)
    other = called(cast, starts_at=LATER + timedelta(days=9))
    Meeting.objects.filter(pk=other.pk).update(
        starts_at=RIGHT["starts_at"], ends_at=RIGHT["ends_at"]
    )

    with pytest.raises(Refused, match="a meeting on this day"):
        approve(cast, correction)

    correction.refresh_from_db()
    assert correction.state == CorrectionState.CIRCULATED


def test_nobody_else_is_let_at_the_day_of_approved_minutes(cast: Cast, minutes: Minutes) -> None:
    with pytest.raises(Refused, match="correct them"):
        api.move_meeting(
            meeting=minutes.meeting, **RIGHT, place="", by=cast.secretary.actor, at=LATER
        )


def test_versions_kept_before_say_the_day_that_stood(cast: Cast, minutes: Minutes) -> None:
    version = minutes.versions.get()
    del version.said["held"]
    version.save(update_fields=["said"])
    assert said_from_json(version.said).held is None

    name = "samrad.meetings.migrations.0019_versions_say_when_it_was_held"
    import_module(name).say_when_it_was(apps, SimpleNamespace(connection=connection))

    version.refresh_from_db()
    assert said_from_json(version.said).held == said_held(minutes.meeting)
