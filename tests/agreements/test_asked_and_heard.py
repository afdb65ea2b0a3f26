"""Who is asked what they think of a draft, and what is said before it is put out to be signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.comments import comment_on, open_comments
from samrad.agreements.models import Draft
from samrad.followup.attention import waiting_for
from samrad.kernel.clock import held_at
from samrad.people.models import Appointment
from tests.agreements.bricks import AT, ahead, waiting, written
from tests.cast import NOON, TODAY, Cast, Character, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def out_for_comments(cast: Cast) -> Draft:
    draft = written(cast)
    open_comments(draft=draft, until=ahead(21), by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    return draft


def says(draft: Draft, who: Character) -> None:
    clause = draft.clauses.get(key="purpose")
    comment_on(clause=clause, text="Kortere", by=who.actor, **AT)


def page(client: Client, who: Character, name: str, draft: Draft) -> str:
    answer = signed_in(client, who).get(reverse(f"agreements:{name}", args=[draft.ref]))
    return answer.content.decode()


def asked_at_home(who: Character, draft: Draft) -> list[str]:
    url = draft.get_absolute_url()
    return [one.verb for one in waiting_for(who.actor, TODAY) if one.url == url]


def test_the_chair_is_asked_what_she_thinks_and_the_writer_is_not(cast: Cast) -> None:
    draft = out_for_comments(cast)
    assert asked_at_home(cast.chair, draft) == ["Read"]
    assert asked_at_home(cast.police_member, draft) == ["Read"]
    assert asked_at_home(cast.secretary, draft) == []

    says(draft, cast.chair)
    assert asked_at_home(cast.chair, draft) == []  # nor to answer herself
    assert asked_at_home(cast.secretary, draft) == ["Answer"]


def test_what_the_chair_said_of_a_text_waits_for_her_once_its_writer_has_left(cast: Cast) -> None:
    draft = out_for_comments(cast)
    says(draft, cast.chair)
    assert asked_at_home(cast.chair, draft) == []

    secretary = cast.secretary.appointment
    assert secretary
    Appointment.objects.filter(pk=secretary.pk).update(to_date=ahead(-1))
    assert asked_at_home(cast.chair, draft) == ["Answer"]


def test_while_it_is_out_for_comments_the_next_step_is_to_read_it(
    cast: Cast, client: Client
) -> None:
    draft = out_for_comments(cast)
    button = 'href="#text"'
    assert button in page(client, cast.chair, "draft", draft)

    says(draft, cast.chair)
    read = page(client, cast.chair, "draft", draft)
    assert button not in read
    writes = page(client, cast.secretary, "draft", draft)
    assert button not in writes
    assert "1 of " in writes


def test_who_puts_it_out_to_be_signed_hears_who_has_not_commented(
    cast: Cast, client: Client
) -> None:
    draft = out_for_comments(cast)
    says(draft, cast.director)
    warned = page(client, cast.secretary, "to_sign", draft)
    assert cast.chair.name in warned
    with held_at(NOON.replace(year=NOON.year + 1)):
        assert "Not commented yet" not in page(client, cast.secretary, "to_sign", draft)


def test_what_all_have_signed_is_not_in_force_before_its_day(cast: Cast, client: Client) -> None:
    draft = waiting(cast)
    read = page(client, cast.secretary, "draft", draft)
    assert "Signed agreement" in read
    assert 'aria-current="step"' not in read


def test_what_the_worker_has_not_brought_into_force_says_so_and_whom_to_tell(
    cast: Cast, client: Client
) -> None:
    draft = waiting(cast)
    with held_at(NOON + timedelta(days=10)):
        assert "It holds from" in page(client, cast.secretary, "draft", draft)
    with held_at(NOON + timedelta(days=11)):
        read = page(client, cast.secretary, "draft", draft)
    assert "It should have come into force on 1 Dec 2026. That is tried again every night" in read
    assert "It holds from" not in read
