"""A task on its way: other hands, another day, how far it has come, and my own list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samrad.cooperation.seats import seats_filled
from samrad.documents.rules import Classification
from samrad.followup.actions import (
    change_deadline,
    note_progress,
    pass_on_task,
    report_task,
    take_task,
)
from samrad.followup.forms.changes import PassOnForm
from samrad.followup.models import Task
from samrad.followup.queries import asked_for_by, mine_by_name, waiting_for_hands
from samrad.followup.rules import TaskState
from samrad.kernel.verdict import Refused
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.followup.test_the_register import settled, task

pytestmark = pytest.mark.django_db


def test_each_time_a_deadline_is_put_off_is_counted(cast: Cast) -> None:
    found, by = task(cast, "Rette lyset", person=cast.station_chief.person, due=5), cast.chair.actor
    for days in (20, 30, 10):
        day = TODAY + timedelta(days=days)
        change_deadline(task=found, deadline_date=day, reason="Deler.", by=by, at=NOON)
    found.refresh_from_db()

    assert (found.deadline_date, found.postponements) == (TODAY + timedelta(days=10), 2)
    assert event_codes_of(found) == [
        "task.given", "task.postponed", "task.postponed", "task.hastened",
    ]  # fmt: skip
    with pytest.raises(Refused, match="Say why"):
        change_deadline(task=found, deadline_date=TODAY, reason=" ", by=by, at=NOON)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="passed already"):
        change_deadline(task=found, deadline_date=yesterday, reason="x", by=by, at=NOON)


def test_the_responsible_passes_on_at_home_and_the_secretary_to_anybody(cast: Cast) -> None:
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    chief, director = cast.station_chief.actor, cast.director.person
    with pytest.raises(Refused, match="your own organisation"):
        pass_on_task(task=found, person=director, reason="Ferie.", by=chief, at=NOON)
    with pytest.raises(Refused, match="your own organisation"):
        pass_on_task(task=found, organisation=cast.no.kommune, reason="Ferie.", by=chief, at=NOON)
    colleague = cast.police_member.person
    pass_on_task(task=found, person=colleague, reason="Ferie.", by=chief, at=NOON)
    found.refresh_from_db()
    assert found.responsible == colleague
    assert Message.objects.get().address == colleague.email

    by = cast.secretary.actor
    pass_on_task(task=found, person=director, reason="Kommunens vei.", by=by, at=NOON)
    found.refresh_from_db()
    assert found.responsible == director
    assert event_codes_of(found)[1:] == ["task.passed_on", "task.passed_on"]


def test_somebody_takes_what_the_organisation_has(cast: Cast) -> None:
    found = task(cast, "Kalle inn", organisation=cast.no.station)
    assert list(waiting_for_hands(cast.station_chief.actor)) == [found]
    with pytest.raises(Refused, match="at the organisation"):
        take_task(task=found, by=cast.director.actor, at=NOON)

    take_task(task=found, by=cast.station_chief.actor, at=NOON)

    assert list(mine_by_name(cast.station_chief.actor)) == [found]
    assert not waiting_for_hands(cast.police_member.actor).exists()
    with pytest.raises(Refused, match="already"):
        take_task(task=found, by=cast.police_member.actor, at=NOON)


def test_what_i_asked_of_others_is_a_list_of_its_own(cast: Cast) -> None:
    others = task(cast, "Kalle inn", person=cast.director.person)
    task(cast, "Skrive", person=cast.secretary.person)

    assert list(asked_for_by(cast.secretary.actor)) == [others]
    assert not asked_for_by(cast.chair.actor).exists()


def test_a_closed_task_stays_as_it_is_until_it_is_opened_again(cast: Cast) -> None:
    found, by = task(cast, "Rette", person=cast.station_chief.person), cast.secretary.actor
    report_task(task=found, to=TaskState.DONE, by=by, at=NOON)
    for act in (
        lambda: change_deadline(task=found, deadline_date=TODAY, reason="x", by=by, at=NOON),
        lambda: pass_on_task(task=found, person=cast.director.person, reason="x", by=by, at=NOON),
        lambda: note_progress(task=found, text="x", by=by, at=NOON),
    ):
        with pytest.raises(Refused, match="already been closed"):
            act()
    report_task(task=found, to=TaskState.OPEN, by=by, at=NOON)
    note_progress(task=found, text="Nesten ferdig.", by=by, at=NOON)
    assert found.progress.get().text == "Nesten ferdig."


def test_the_list_reports_done_in_one_press(cast: Cast, client: Client) -> None:
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    ours = task(cast, "Kalle inn", organisation=cast.no.station)
    page = signed_in(client, cast.station_chief).get(reverse("followup:my_tasks"))
    assert reverse("followup:take", args=[ours.ref]) in page.content.decode()

    report = {"to": "done", "note": "Lyset er på.", "back": "list"}
    answer = client.post(reverse("followup:report", args=[found.ref]), report)

    assert answer.url == reverse("followup:my_tasks")  # type: ignore[attr-defined]
    assert Task.objects.get(pk=found.pk).outcome == "Lyset er på."
    closed = client.get(reverse("followup:my_tasks"), {"show": "done"})
    assert "Rette lyset" in closed.content.decode()


def test_the_page_takes_every_change_and_says_what_is_wrong(cast: Cast, client: Client) -> None:
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    signed_in(client, cast.secretary)
    director = f"p:{cast.director.person.ref}"
    for page, wrong, right in (
        ("deadline", {"deadline-deadline": "2026-01-01", "deadline-reason": "x"},
         {"deadline-deadline": "2027-01-15", "deadline-reason": "Deler."}),
        ("progress", {"progress-text": ""}, {"progress-text": "Halvveis."}),
        ("pass_on", {"pass_on-to": "p:x", "pass_on-reason": "x"},
         {"pass_on-to": director, "pass_on-reason": "Kommunens vei."}),
    ):  # fmt: skip
        url = reverse(f"followup:{page}", args=[found.ref])
        assert client.post(url, wrong).status_code == 422
        assert client.post(url, right).status_code == 302
    words = client.get(found.get_absolute_url()).content.decode()
    for said in ("Halvveis.", "Kommunens vei.", "Deler.", cast.director.name):
        assert said in words


def offered(page: HttpResponse) -> set[str]:
    """Whom the page offers to pass the task on to, by reference."""
    form = page.context["pass_on"]  # type: ignore[attr-defined]
    return {ref for _group, choices in form.fields["to"].choices[1:] for ref, _name in choices}


def test_a_task_is_passed_on_to_a_colleague_who_has_no_seat(cast: Cast, client: Client) -> None:
    colleague = cast.no.people["vice_police"].person
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    page = signed_in(client, cast.station_chief).get(found.get_absolute_url())

    assert f"p:{colleague.ref}" in offered(page)
    assert f"p:{cast.station_chief.person.ref}" not in offered(page), "who has it already"
    assert f"p:{cast.director.person.ref}" not in offered(page), "another organisation"

    said = {"pass_on-to": f"p:{colleague.ref}", "pass_on-reason": "Hun kjenner skolen."}
    client.post(reverse("followup:pass_on", args=[found.ref]), said)

    found.refresh_from_db()
    assert found.responsible == colleague


def test_what_is_restricted_is_passed_on_among_those_at_the_table(
    cast: Cast, client: Client
) -> None:
    colleague = cast.no.people["vice_police"].person
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    found.decision = settled(cast, "Noe fortrolig")
    found.decision.classification = Classification.RESTRICTED
    form = PassOnForm(
        actor=cast.station_chief.actor, task=found, seats=seats_filled(cast.council, TODAY)
    )
    refs = {ref for _group, choices in form.fields["to"].choices[1:] for ref, _name in choices}

    assert f"p:{colleague.ref}" not in refs
    assert f"p:{cast.police_member.person.ref}" in refs


def test_a_page_with_one_thing_to_say_asks_for_no_choice(cast: Cast, client: Client) -> None:
    found = task(cast, "Rette lyset", person=cast.station_chief.person)
    page = signed_in(client, cast.station_chief).get(found.get_absolute_url()).content.decode()

    assert '<input type="hidden" name="to" value="done"' in page
    assert 'type="radio"' not in page
    assert "2026" in page[page.index("<h1") : page.index('name="note"')], "by when, on top"
    report_task(
        task=found, to=TaskState.DONE, by=cast.station_chief.actor, at=NOON, note="Lyset er på."
    )
    closed = client.get(found.get_absolute_url()).content.decode()
    assert closed.index("Lyset er på.") < closed.index('value="open"'), "what came of it first"
