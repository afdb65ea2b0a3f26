"""The whole demo: three countries at once, as `samrad demo` loads it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.followup.models import Task
from samrad.kernel.clock import today
from samrad.meetings.models import Meeting
from samrad.people.demo import account_of
from samrad.people.models import DemoPerson
from samrad.picture.models import Order
from samrad.trail.verify import verify
from tests.demo import invariants

pytestmark = pytest.mark.slow
BACKEND = "samrad.people.backends.AccountBackend"


def test_every_year_is_whole(demo):
    assert demo > 300
    invariants.check_meetings()
    invariants.check_tasks()
    invariants.check_nobody_is_real()
    invariants.check_the_record()
    assert verify().whole


def test_midt_og_vestjylland_is_its_eleven_municipalities(demo):
    district = Area.objects.police_districts().get(name="Midt- og Vestjyllands Politi")
    real = Area.objects.municipalities().covered_by([district.pk], on=today())
    top = Council.objects.get(tier="kredsraad")
    mayors = top.seats.filter(role="mayor")
    assert real.count() == 11
    assert set(mayors.values_list("organisation__area", flat=True)) == {a.pk for a in real}
    local = Council.objects.filter(tier="lokalraad", parent=top)
    assert set(local.values_list("area", flat=True)) == {area.pk for area in real}


def test_a_council_works_in_an_area_the_police_have_named(demo):
    group = Council.objects.get(area__kind="named_area")
    landskrona = Area.objects.municipalities().get(code="1282", country="se")
    around = Area.objects.covering([group.area_id], on=today())
    assert landskrona in around
    assert Meeting.objects.filter(council=group).count() == 2


def test_every_country_has_all_its_states(demo):
    for country in ("no", "dk", "se"):
        meetings = Meeting.objects.filter(council__country=country)
        assert set(meetings.values_list("state", flat=True)) == {"planned", "called", "held"}
        states = set(meetings.values_list("minutes__state", flat=True)) - {None}
        assert states == {"draft", "circulated", "approved"}
        assert Task.objects.filter(council__country=country).overdue(today()).exists()


def test_every_country_has_an_analysis_that_was_ordered_and_answered(demo):
    for country in ("no", "dk", "se"):
        orders = Order.objects.filter(council__country=country)
        assert orders.exclude(answer="").exclude(answered_by=None).exists(), country
    assert set(Order.objects.values_list("state", flat=True)) == {"accepted", "answered", "used"}


def test_every_home_is_quick_and_shows_its_tasks(demo, client, django_assert_max_num_queries):
    for row in DemoPerson.objects.select_related("person__user"):
        client.force_login(account_of(row), backend=BACKEND)
        with django_assert_max_num_queries(12, info=row.person.name):
            page = client.get("/")
        assert page.context["first"] is not None, row.person.name
        words = page.content.decode()
        for task in Task.objects.open().filter(responsible_person=row.person):
            if (task.deadline_date - today()).days <= 14:
                assert task.title in words, (row.person, task)


def test_loading_it_again_changes_nothing(demo):
    before = Meeting.objects.count()
    call_command("load_demo")
    assert Meeting.objects.count() == before
