"""What is asked again with other values answers as if it were asked anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from samrad.access import prepared as kept
from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.cooperation.models import Council
from samrad.kernel.clock import now, today
from samrad.meetings.models import Meeting
from samrad.people.models import Appointment, Person
from tests.cast import SINCE, TODAY, Cast
from tests.support.prepared import AS_IT_IS, statement_made

pytestmark = pytest.mark.django_db


@prepared
def appointed(person: int, day: date) -> Any:
    """A person's appointments that had begun on a day."""
    return Appointment.objects.filter(person=person, from_date__lte=day).order_by("pk")


@prepared
def seen(actor: Actor, at: datetime) -> Any:
    """Meetings that somebody sees, around a moment and around now."""
    soon = Q(starts_at__lt=now() + timedelta(days=400), starts_at__gte=at - timedelta(days=400))
    return Meeting.objects.visible_to(actor).filter(soon).select_related("council").order_by("pk")


def test_it_answers_what_the_query_answers_for_everybody_on_every_day(cast: Cast) -> None:
    days = [SINCE - timedelta(days=1), SINCE, TODAY]
    asked = [(who.pk, day) for who in Person.objects.all() for day in days]

    assert [appointed(*one) for one in asked] == [list(appointed.ask(*one)) for one in asked]
    assert any(appointed(*one) for one in asked)


@prepared
def councils(actor: Actor) -> Any:
    """The councils somebody sees."""
    return Council.objects.visible_to(actor).order_by("pk")


def test_everybody_sees_what_they_see_and_no_more(cast: Cast) -> None:
    for who in [*cast.everybody.values()] * 2:
        actor = who.actor

        assert councils(actor) == list(Council.objects.visible_to(actor).order_by("pk"))
        assert seen(actor, now()) == list(seen.ask(actor, now()))


def test_people_with_the_same_roles_share_its_sql(cast: Cast) -> None:
    kept._kept.clear()

    for who in (cast.no.people["chair"], cast.no.people["stranger_chair"], cast.guest):
        councils(who.actor)

    assert len([key for key in kept._kept if key[0] is councils]) == 2


def test_no_more_statements_are_kept_than_a_process_has_room_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    kept._kept.clear()

    for day in range(5):
        appointed(cast.chair.person.pk, TODAY - timedelta(days=day))

    assert len(kept._kept) == 3


def test_what_changes_between_two_questions_shows_in_the_second(cast: Cast) -> None:
    member = cast.police_member
    before = appointed(member.person.pk, TODAY)

    Appointment.objects.filter(person=member.person).update(role="station_chief")

    assert [one.role for one in before] == ["police_contact"]
    assert [one.role for one in appointed(member.person.pk, TODAY)] == ["station_chief"]


def test_it_is_counted_and_refused_like_any_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        appointed(cast.chair.person.pk, TODAY)
        appointed(cast.guest.person.pk, TODAY)

    def refuse(*_: Any) -> None:
        raise LookupError

    with connection.execute_wrapper(refuse), pytest.raises(LookupError):
        appointed(cast.chair.person.pk, TODAY)


@prepared
def counted_with(person: int) -> Any:
    """A key that is not followed into the SQL, because it is counted with."""
    return Appointment.objects.filter(person__gt=person - 1)


@prepared
def asks_itself(person: int) -> Any:
    """A query that depends on what the database answers to another."""
    found = Appointment.objects.filter(person=person).values_list("pk", flat=True)
    return Appointment.objects.filter(pk__in=list(found))


@pytest.mark.parametrize("query", [counted_with, asks_itself])
def test_what_cannot_be_followed_is_asked_as_it_was_written(query: Any, cast: Cast) -> None:
    with pytest.raises(AssertionError, match="is not kept"):
        statement_made(query, (cast.chair.person.pk,), {})

    assert list(query.ask(cast.chair.person.pk)) == AS_IT_IS(query, cast.chair.person.pk)[0]


def test_what_is_neither_key_nor_word_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError, match="give its key"):
        appointed(cast.chair.person, today())


def test_a_role_that_is_gone_shows_nothing_by_sql_made_for_it(cast: Cast) -> None:
    secretary = cast.secretary
    assert councils(secretary.actor)

    Appointment.objects.filter(person=secretary.person).update(to_date=TODAY - timedelta(days=1))

    assert not councils(secretary.actor)
