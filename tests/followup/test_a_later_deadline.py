"""Whoever has a task asks for a later deadline; the secretary or chair moves it, or it stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    agree_to_later,
    ask_later,
    change_deadline,
    decline_later,
    report_task,
)
from samrad.followup.attention import waiting_for
from samrad.followup.conditions import still_asked
from samrad.followup.models import LaterDeadline, Task
from samrad.followup.rules import LaterState, TaskState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.post.api import Message
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.followup.test_the_register import task

pytestmark = pytest.mark.django_db

WANTED = TODAY + timedelta(days=40)


@pytest.fixture
def light(cast: Cast) -> Task:
    """A task of the director's agency, which nobody in particular has."""
    return task(cast, "Rette lyset", organisation=cast.no.kommune, due=20)


def ask(cast: Cast, light: Task, wanted: date = WANTED) -> LaterDeadline:
    return ask_later(
        task=light, wanted_date=wanted, reason="Delene kommer i januar.",
        by=cast.director.actor, at=NOON,
    )  # fmt: skip


def mails(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"followup/mail/{template}"))


def waits_for(who: Any) -> list[str]:
    return [one.title for one in waiting_for(who.actor, TODAY) if one.url.endswith("#later")]


def test_the_deadline_moves_when_the_secretary_agrees(cast: Cast, light: Task) -> None:
    wish = ask(cast, light)

    assert [one.person for one in mails("later_asked")] == [cast.secretary.person]
    assert len(waits_for(cast.secretary)) == len(waits_for(cast.chair)) == 1
    assert not waits_for(cast.director)
    light.refresh_from_db()
    assert light.deadline_date == TODAY + timedelta(days=20), "until somebody has answered"

    agree_to_later(wish=wish, by=cast.secretary.actor, at=NOON)

    light.refresh_from_db()
    wish.refresh_from_db()
    assert (light.deadline_date, light.postponements) == (WANTED, 1)
    assert wish.state == LaterState.MOVED
    assert [one.person for one in mails("later_answered")] == [cast.director.person]
    assert event_codes_of(light) == ["task.given", "task.later_asked", "task.postponed"]
    assert not waits_for(cast.secretary)
    told = " ".join(str(one.text) for one in history_of(light))
    assert told.count("Delene kommer i januar.") == 2


def test_the_deadline_stands_with_a_word_of_why(cast: Cast, light: Task, client: Client) -> None:
    wish = ask(cast, light)
    with pytest.raises(Refused, match="Say why"):
        decline_later(wish=wish, answer=" ", by=cast.chair.actor, at=NOON)
    decline_later(wish=wish, answer="Det er mørkt nå.", by=cast.chair.actor, at=NOON)

    light.refresh_from_db()
    assert light.deadline_date == TODAY + timedelta(days=20)
    assert event_codes_of(light)[-1] == "task.later_declined"
    [told] = mails("later_answered")
    assert "Det er mørkt nå." not in told.text, "the answer is read on the page"
    with held_at(NOON):
        page = signed_in(client, cast.director).get(light.get_absolute_url()).text
    assert "Det er mørkt nå." in page
    with pytest.raises(Refused, match="answered this meanwhile"):
        agree_to_later(wish=wish, by=cast.secretary.actor, at=NOON)
    ask(cast, light)  # and once more, when things have changed


def test_another_day_set_by_hand_answers_it_too(cast: Cast, light: Task) -> None:
    wish, by = ask(cast, light), cast.secretary.actor
    day = TODAY + timedelta(days=30)
    change_deadline(task=light, deadline_date=day, reason="Halvveis.", by=by, at=NOON)

    wish.refresh_from_db()
    assert wish.state == LaterState.MOVED
    assert len(mails("later_answered")) == 1


def test_who_asks_for_what(cast: Cast, light: Task) -> None:
    with pytest.raises(Refused, match="after the deadline"):
        ask(cast, light, TODAY + timedelta(days=20))
    for who, why in ((cast.secretary, "yourself"), (cast.station_chief, "Only whoever has")):
        with pytest.raises(Refused, match=why):
            ask_later(task=light, wanted_date=WANTED, reason="x", by=who.actor, at=NOON)
    with pytest.raises(Refused, match="Say why it takes longer"):
        ask_later(task=light, wanted_date=WANTED, reason=" ", by=cast.director.actor, at=NOON)
    wish = ask(cast, light)
    with pytest.raises(Refused, match="asked for already"):
        ask(cast, light)
    with pytest.raises(Refused, match="secretary or chair"):
        agree_to_later(wish=wish, by=cast.director.actor, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        LaterDeadline.objects.create(
            task=light, wanted_date=WANTED, reason="x", asked_at=NOON,
            asked_by=cast.director.person,
        )  # fmt: skip


def test_a_day_that_has_passed_meanwhile_is_not_agreed_to(cast: Cast, light: Task) -> None:
    wish = ask(cast, light)

    with pytest.raises(Refused, match="Choose a day ahead"):
        agree_to_later(wish=wish, by=cast.chair.actor, at=NOON + timedelta(days=41))


def test_what_is_done_waits_for_no_answer(cast: Cast, light: Task) -> None:
    wish = ask(cast, light)
    report_task(task=light, to=TaskState.DONE, by=cast.director.actor, at=NOON)

    assert not waits_for(cast.secretary)
    assert not still_asked(mails("later_asked")[0], wish.ref)
    with pytest.raises(Refused, match="already been closed"):
        agree_to_later(wish=wish, by=cast.secretary.actor, at=NOON)


def test_a_restricted_tasks_wish_travels_as_a_link(cast: Cast, light: Task) -> None:
    Task.objects.filter(pk=light.pk).update(
        classification=Classification.RESTRICTED, legal_basis="offl. § 13",
        responsible_organisation=None, responsible_person=cast.director.person,
    )  # fmt: skip
    light.refresh_from_db()
    ask(cast, light)

    assert not mails("later_asked")
    assert not [one for one in Message.objects.all() if "Rette lyset" in one.text + one.subject]


def test_the_way_through_the_pages(cast: Cast, client: Client, light: Task) -> None:
    with held_at(NOON):
        signed_in(client, cast.director)
        page = client.get(light.get_absolute_url()).text
        url = reverse("followup:ask_later", args=[light.ref])
        assert url in page
        wrong = client.post(url, {"later-wanted": TODAY.isoformat(), "later-reason": "Deler"})
        assert wrong.status_code == 422
        assert "Choose a day after the deadline" in wrong.text
        assert "Deler" in wrong.text
        sent = {"later-wanted": WANTED.isoformat(), "later-reason": "Deler"}
        assert client.post(url, sent).status_code == 302
        mine = client.get(light.get_absolute_url()).text
        assert url not in mine
        assert "The deadline stands until they have answered" in mine

        signed_in(client, cast.secretary)
        wish = LaterDeadline.objects.get()
        shown = client.get(light.get_absolute_url()).text
        agree = reverse("followup:agree_to_later", args=[wish.ref])
        assert agree in shown
        assert reverse("followup:task", args=[light.ref]) + "#later" in client.get("/").text
        no_word = client.post(reverse("followup:decline_later", args=[wish.ref]), {})
        assert no_word.status_code == 422
        assert client.post(agree).status_code == 302
    light.refresh_from_db()
    assert light.deadline_date == WANTED


def test_the_page_of_a_task_is_bounded(
    cast: Cast, client: Client, light: Task, django_assert_max_num_queries: Any
) -> None:
    ask(cast, light)
    with held_at(NOON):
        for who in (cast.director, cast.secretary):
            signed_in(client, who)
            client.get(light.get_absolute_url())
            with django_assert_max_num_queries(12):
                client.get(light.get_absolute_url())
