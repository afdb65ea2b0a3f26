"""The calls of the demo: nobody made them, and all who should can see what is made of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from samrad.kernel.clock import now
from samrad.knowledge.incident_models import AddressList, IncidentReport, RepeatAddress
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.response_times import ResponseTold
from samrad.people.demo import account_of
from samrad.people.models import DemoPerson, Person
from samrad.site.demo.calls import calls_until, take_in_calls

COUNTRIES = ("dk",)
BACKEND = "samrad.people.backends.AccountBackend"


@pytest.fixture(scope="module")
def taken_in(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        take_in_calls(at=now())


@pytest.fixture
def calls(taken_in, demo):
    return ResponseTold(IncidentReport.objects.get())


@pytest.mark.slow
def test_response_times_are_told_by_quarter_against_target_and_country(calls):
    assert len(calls.told) == 5
    said = [one.against[0][0] for one in calls.told]
    assert any("is kept" in one for one in said)
    assert any("is missed" in one for one in said)
    assert any("cannot be told" in one for one in said)
    assert all("than in the whole country" in one.against[1][0] for one in calls.told)
    assert calls.shown is not None
    assert calls.shown.is_mixed
    assert calls.shown.held_back


@pytest.mark.slow
def test_the_analyst_reads_addresses_and_the_mayor_how_many(calls, client):
    assert RepeatAddress.objects.filter(state="open").count() >= 5
    listed = AddressList.objects.get()
    page = reverse("knowledge:addresses", args=[listed.ref])
    picture = reverse("knowledge:picture", args=[_home_of("Mads Prøvegaard").ref])
    for name, reads in (("Asta Analytisk", True), ("Mads Prøvegaard", False)):
        client.force_login(account_of(DemoPerson.objects.get(person__name=name)), BACKEND)
        assert client.get(page).status_code == (200 if reads else 404)
        body = client.get(picture).content.decode()
        assert reverse("knowledge:response", args=[listed.data_set.ref]) in body
        assert (page in body) is reads


def _home_of(name: str):
    return Person.objects.get(name=name).appointments.get().organisation.area


@pytest.mark.parametrize("last", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_same_calls_on_the_same_day_and_none_after_it(last):
    content = calls_until(last)

    assert content == calls_until(last)
    days = {date.fromisoformat(one) for one in re.findall(r"\d{4}-\d\d-\d\d", content.decode())}
    assert last in days
    assert max(days) <= last + timedelta(days=1)  # who was called at midnight
    assert len(content.splitlines()) > 8000


def test_every_language_says_that_they_are_made_up():
    title = packaged_recipes()["dk-made-up-calls"].title.as_mapping()

    assert [bool(re.search("Made-up|Opp?dikt|Opdigt|Påhitt", one)) for one in title.values()] == (
        [True] * 5
    )
