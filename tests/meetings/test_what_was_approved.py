"""Approved minutes say what was approved, whatever has become of the tasks since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.api import (
    change_deadline,
    change_task,
    give_task,
    pass_on_task,
    report_task,
)
from samrad.followup.models import Decision, Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Minutes
from samrad.meetings.rules import PartKind
from samrad.meetings.rules.said import said_from_json
from samrad.people.models import Person
from samrad.post.models import Message
from tests.cast import NOON, Cast, signed_in
from tests.documents.papers_read_back import text_of_docx, text_of_pdf
from tests.meetings.bricks import decide, item_on, planned
from tests.meetings.test_corrections import note

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)
TITLES = ("Bestille lamper", "Varsle naboer", "Måle lyset")
READ_BACK = {"pdf": text_of_pdf, "docx": text_of_docx}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def minutes(cast: Cast) -> Minutes:
    """Minutes out for approval: an open item with a decision and three tasks."""
    Person.objects.update(language="en")
    meeting, by = planned(cast, starts_at=NOON + WEEK), cast.secretary.actor
    item = item_on(meeting, by, "Lyset", classification=Classification.OPEN)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    made = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    decision = decide(cast, item, "Lyset rettes.", title=TITLES[0])
    for title in TITLES[1:]:
        give_task(
            council=cast.council, title=title, person=cast.station_chief.person, decision=decision,
            deadline_date=(NOON + timedelta(days=30)).date(), by=by, at=NOON,
        )  # fmt: skip
    with held_at(meeting.ends_at):
        api.circulate_minutes(minutes=made, by=by, at=meeting.ends_at)
    made.refresh_from_db()
    return made


def live_on(cast: Cast) -> None:
    """The first task goes to somebody else and to another day, one is called otherwise, one off."""
    first, second, third = (Task.objects.get(title=title) for title in TITLES)
    by, later = cast.secretary.actor, (NOON + 8 * WEEK).date()
    change_deadline(task=first, deadline_date=later, reason="Deler.", by=by, at=NOON)
    pass_on_task(task=first, person=cast.director.person, reason="Vei.", by=by, at=NOON)
    change_task(
        task=second, title="Ringe naboer", person=cast.station_chief.person,
        deadline_date=second.deadline_date, by=by, at=NOON,
    )  # fmt: skip
    report_task(task=third, to=TaskState.DROPPED, note="Unødig.", by=by, at=NOON)


def approve(cast: Cast, minutes: Minutes) -> None:
    at = minutes.meeting.ends_at + timedelta(hours=1)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=at)
    minutes.refresh_from_db()


def says_what_was_sent(text: str) -> None:
    text = text.replace("\xa0", " ")
    assert all(title in text for title in TITLES)
    assert "Ringe naboer" not in text
    assert "21 Dec 2026" in text
    assert "Prøvemo, by" not in text
    assert text.count("Stein Oppdiktet") >= len(TITLES), "who had them then"


@pytest.mark.parametrize("when", ["before", "after"])
def test_files_extract_and_mail_say_what_was_sent_and_approved(
    cast: Cast, client: Client, minutes: Minutes, when: str
) -> None:
    if when == "before":
        live_on(cast)
    approve(cast, minutes)
    if when == "after":
        live_on(cast)
    signed_in(client, cast.chair)

    decision = Decision.objects.get()
    for form, read_back in READ_BACK.items():
        for page, ref in ((form, minutes.meeting.ref), (f"extract_{form}", decision.ref)):
            says_what_was_sent(
                read_back(client.get(reverse(f"meetings:{page}", args=[ref])).content)
            )
    mail = Message.objects.get(person=cast.secretary.person, template__endswith="/approved")
    says_what_was_sent(mail.text)


def test_the_page_says_it_too_and_quietly_how_each_task_stands_today(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    approve(cast, minutes)
    live_on(cast)

    page = signed_in(client, cast.chair).get(reverse("meetings:read", args=[minutes.meeting.ref]))

    apart = page.text.replace("\xa0", " ")
    for title in TITLES:
        assert f"<li>{title} – {cast.station_chief.name}, by 21 Dec 2026<br>" in apart
    for words in (
        f"Now with {cast.director.name} · Deadline moved to 16 Jan 2027",
        "Now called “Ringe naboer”", "Dropped 21 Nov 2026",
    ):  # fmt: skip
        assert f'<span class="s-small s-soft s-no-print">{words}</span>' in apart


def test_while_they_wait_the_page_says_what_is_new_and_what_would_be_approved(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    live_on(cast)

    page = signed_in(client, cast.chair).get(
        reverse("meetings:approve", args=[minutes.meeting.ref])
    )

    assert "Ringe naboer" in page.text
    assert "Sent for approval as “Varsle naboer”" in page.text


def test_minutes_that_came_back_go_out_with_what_they_say_then(
    cast: Cast, minutes: Minutes
) -> None:
    by, at = cast.secretary.actor, minutes.meeting.ends_at
    live_on(cast)
    api.send_back_minutes(minutes=minutes, comment="Hvem?", by=cast.chair.actor, at=at)
    minutes.refresh_from_db()
    assert minutes.sent is None
    api.circulate_minutes(minutes=minutes, by=by, at=at)
    approve(cast, minutes)

    assert minutes.sent is None
    said = said_from_json(minutes.versions.get().said)
    assert "Ringe naboer" in {task.title for one in said.decisions for task in one.tasks}


def test_a_correction_changes_its_own_parts_and_no_task(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    approve(cast, minutes)
    live_on(cast)
    by, at = cast.secretary.actor, minutes.meeting.ends_at
    correction = api.open_correction(minutes=minutes, reason="x", asked_by="y", by=by, at=at)
    part = note(PartKind.DECISION, Decision.objects.get().ref, "Lyset byttes.", "Lyset rettes.")
    api.save_correction(correction=correction, parts=[part], by=by, at=at)
    api.circulate_correction(correction=correction, by=by, at=at)
    correction.refresh_from_db()
    api.approve_correction(correction=correction, by=cast.chair.actor, at=at + WEEK)

    text = text_of_pdf(
        signed_in(client, cast.chair)
        .get(reverse("meetings:extract_pdf", args=[Decision.objects.get().ref]))
        .content
    )
    assert "Lyset byttes." in text
    assert "Version 2" in text
    says_what_was_sent(text)


def test_what_has_become_restricted_or_withheld_since_is_for_those_it_is_for(
    cast: Cast, client: Client, minutes: Minutes
) -> None:
    approve(cast, minutes)
    Person.objects.filter(pk=cast.station_chief.person.pk).update(name_withheld=True)
    hidden = Decision.objects.get().tasks.get(title=TITLES[0])
    Task.objects.filter(pk=hidden.pk).update(
        classification=Classification.RESTRICTED, legal_basis="offl. § 13"
    )

    signed_in(client, cast.police_member)
    for page in ("read", "pdf"):
        answer = client.get(reverse(f"meetings:{page}", args=[minutes.meeting.ref]))
        text = text_of_pdf(answer.content) if page == "pdf" else answer.text
        assert TITLES[0] not in text
        assert TITLES[1] in text
        assert cast.station_chief.name not in text


def test_reading_approved_minutes_asks_a_bounded_number_of_questions(
    cast: Cast, client: Client, minutes: Minutes, django_assert_max_num_queries: Any
) -> None:
    approve(cast, minutes)
    live_on(cast)
    signed_in(client, cast.secretary)
    url = reverse("meetings:read", args=[minutes.meeting.ref])
    client.get(url)

    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
