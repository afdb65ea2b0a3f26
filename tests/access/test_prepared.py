"""What is asked again with other values answers as if it were asked anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from samrad.access.prepared import Prepared
from samrad.people.models import Appointment, Person
from tests.cast import SINCE, TODAY, Cast

pytestmark = pytest.mark.django_db


def appointed(person: int, day: date) -> Any:
    """A person's appointments that had begun on a day, and that day beside the start of each."""
    return (
        Appointment.objects.filter(person=person, from_date__lte=day)
        .order_by("pk")
        .values_list("role", "from_date", "person__ref", "to_date")
    )


def test_it_answers_what_the_query_answers_for_everybody_on_every_day(cast: Cast) -> None:
    prepared = Prepared(appointed, int, date)
    days = [SINCE - timedelta(days=1), SINCE, TODAY]
    asked = [(who.pk, day) for who in Person.objects.all() for day in days]

    assert [prepared.rows(*one) for one in asked] == [list(appointed(*one)) for one in asked]
    assert any(prepared.rows(*one) for one in asked)


def test_what_changes_between_two_questions_shows_in_the_second(cast: Cast) -> None:
    prepared, member = Prepared(appointed, int, date), cast.police_member
    before = prepared.rows(member.person.pk, TODAY)

    Appointment.objects.filter(person=member.person).update(role="station_chief")

    assert [row[0] for row in before] == ["police_contact"]
    assert [row[0] for row in prepared.rows(member.person.pk, TODAY)] == ["station_chief"]


def test_its_sql_is_made_once(cast: Cast) -> None:
    made = []

    def ask(person: int, day: date) -> Any:
        made.append(person)
        return appointed(person, day)

    prepared = Prepared(ask, int, date)
    for who in (cast.chair, cast.secretary, cast.guest):
        prepared.rows(who.person.pk, TODAY)

    assert len(made) == 1


def test_it_is_counted_and_refused_like_any_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    prepared = Prepared(appointed, int, date)
    with django_assert_num_queries(2):
        prepared.rows(cast.chair.person.pk, TODAY)
        prepared.rows(cast.guest.person.pk, TODAY)

    def refuse(*_: Any) -> None:
        raise LookupError

    with connection.execute_wrapper(refuse), pytest.raises(LookupError):
        prepared.rows(cast.chair.person.pk, TODAY)
