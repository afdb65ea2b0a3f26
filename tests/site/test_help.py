"""Help: how to get along, and whom to ask; and what home tells of who cannot come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings.actions.answers import answer_invitation
from samrad.meetings.rules.invitations import Answer, Way
from samrad.people.models import Person
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.meetings.bricks import called

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with held_at(NOON):
        yield


def help_for(client: Any, who: Any) -> str:
    return str(signed_in(client, who).get(reverse("help")).text)


def test_everybody_is_told_whom_to_ask_and_nobody_is_told_to_ask_themselves(
    cast: Cast, client: Any
) -> None:
    page = help_for(client, cast.guest)
    assert cast.council.name in page
    assert f'href="{cast.secretary.person.get_absolute_url()}"' in page

    assert "Whoever gave you access here" in help_for(client, cast.secretary)
    assert cast.council.name not in help_for(client, cast.stranger)


def test_where_nobody_is_secretary_the_chair_is_asked(cast: Cast, client: Any) -> None:
    cast.council.seats.filter(function="secretary").update(to_date=TODAY - timedelta(days=1))

    assert cast.chair.person.get_absolute_url() in help_for(client, cast.police_member)


def test_a_name_that_is_withheld_is_not_in_the_help(cast: Cast, client: Any) -> None:
    name = cast.secretary.person.name
    Person.objects.filter(pk=cast.secretary.person.pk).update(name_withheld=True)

    assert name not in help_for(client, cast.guest)


def test_home_tells_whoever_sends_the_agenda_how_many_cannot_come(cast: Cast, client: Any) -> None:
    meeting = called(cast)
    home = reverse("home")
    assert "cannot come" not in signed_in(client, cast.secretary).get(home).text
    answer_invitation(
        meeting=meeting, answer=Answer.DECLINED, way=Way.PAGE, by=cast.police_member.actor, at=NOON
    )

    assert "1 cannot come" in signed_in(client, cast.secretary).get(home).text
    assert "cannot come" not in signed_in(client, cast.guest).get(home).text
