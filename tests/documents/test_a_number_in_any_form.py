"""Digits that could be a person's are asked about wherever a text is written, not on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.cooperation.models import FocusArea
from samrad.followup.actions import give_task, make_binding, put_forward, take_decision
from samrad.followup.models import Decision, Task
from samrad.meetings.models import Meeting, Proposal
from samrad.trail.api import history_of
from samrad.trail.models import Recorded
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.documents.test_forms import CERTAIN, SUSPECT

pytestmark = pytest.mark.django_db
ANSWER = {"number_is_harmless": "on", "number_reason": "Journalnummer"}
TEXT = f"Journal {SUSPECT}"


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def task(cast: Cast) -> Task:
    return give_task(
        council=cast.council, title="Lys i Smidsrødsvingen", organisation=cast.no.kommune,
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def decision(cast: Cast) -> Decision:
    taken = take_decision(
        council=cast.council, text="Vi henger opp lys.", decided_date=TODAY,
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    put_forward(decisions=[taken], by=cast.secretary.actor, at=NOON)
    make_binding(decisions=[taken], by=cast.chair.actor, at=NOON)
    return taken


def seat(cast: Cast) -> Recorded:
    return cast.council.seats.get(role="partner_representative")


def proposal(cast: Cast) -> Proposal:
    return Proposal.objects.create(
        council=cast.council, title="Lys", reason="", proposed_by=cast.police_member.person,
        proposed_at=NOON, side="police",
    )  # fmt: skip


def a_council(cast: Cast) -> Recorded:
    return cast.council


COUNCIL = {"name": "Politirådet i Ås", "slt_relation": "", "meetings_per_year": ""}
PLACED = {"day": "2027-03-02", "starts": "09:00", "ends": "11:00"}
WRITTEN: dict[str, tuple[Callable[[Cast], Recorded], str, dict[str, str]]] = {
    "the purpose": (a_council, "cooperation:edit_council", {**COUNCIL, "purpose": TEXT}),
    "focus areas": (a_council, "cooperation:focus_areas", {"year": "2026", "titles": TEXT}),
    "a seat's theme": (seat, "cooperation:seat", {"function": "guest", "theme": TEXT}),
    "a report": (task, "followup:report", {"to": "done", "note": TEXT}),
    "a decision's end": (decision, "followup:close", {"to": "dropped", "note": TEXT}),
    "a declined proposal": (proposal, "meetings:decline", {"answer": TEXT}),
    "a place": (a_council, "meetings:new", {**PLACED, "place": TEXT}),
}


@pytest.mark.parametrize("where", WRITTEN)
def test_digits_that_could_be_a_persons_are_asked_about(
    where: str, client: Client, cast: Cast
) -> None:
    make, page, given = WRITTEN[where]
    about = make(cast)
    url = reverse(page, args=[about.ref])
    signed_in(client, cast.secretary)

    asked = client.post(url, given)
    assert asked.status_code in {200, 422}
    assert 'name="number_is_harmless"' in asked.content.decode()

    kept = client.post(url, {**given, **ANSWER})
    assert kept.status_code == 302
    if page == "meetings:new":
        about = Meeting.objects.get()
    said = [str(one.text) for one in history_of(about) if "Journalnummer" in str(one.text)]
    assert len(said) == 1
    assert SUSPECT not in said[0]


def test_focus_areas_with_a_confirmed_number_are_still_one_a_line(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.secretary)
    answered = {"number_asked_by": cast.police_member.name, "number_reason": "Et varenummer"}
    url = reverse("cooperation:focus_areas", args=[cast.council.ref])

    kept = client.post(url, {"year": "2026", "titles": f"Varenummer {CERTAIN}\nUngdom", **answered})

    assert kept.status_code == 302
    found = FocusArea.objects.filter(council=cast.council).values_list("title", flat=True)
    assert list(found) == [f"Varenummer {CERTAIN}", "Ungdom"]
