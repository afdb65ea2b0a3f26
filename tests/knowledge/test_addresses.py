"""Addresses that come back: for those named, recorded when read, soon gone; only counts leave."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from samrad.access.vocabulary import Role
from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.knowledge.address_actions import delete_old_addresses, mark_address
from samrad.knowledge.addresses import months_of
from samrad.knowledge.again import DealtWith, dealt_with, incident_part
from samrad.knowledge.incident_models import AddressList, AddressMonth, RepeatAddress
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.rules.repeats import AddressState, goes_on, year_to
from samrad.people.actions.roles import grant_role
from samrad.trail.api import event_codes_of
from tests.cast import TODAY, signed_in
from tests.knowledge.incident_bricks import (
    CODE,
    NOON,
    POLICE,
    RECIPE,
    at_home,
    calls,
    laid,
    quarrel,
    recipe,
    taken_in,
)

MOST_QUERIES = 16  # reading it is recorded: five of them write


@pytest.fixture
def address(cast):
    """An address where there was trouble four times in November."""
    taken_in([*calls(30), *at_home(4)])
    return RepeatAddress.objects.get()


def list_page() -> str:
    return reverse("knowledge:addresses", args=[AddressList.objects.get().ref])


def test_three_in_three_months_of_the_named_types_come_up_and_nothing_says_where(address):
    assert len(address.happenings) == 4
    assert {category for _moment, category in address.happenings} == {"Husbråk"}
    assert "Oppdiktet" not in str(address.__dict__)
    assert AddressMonth.objects.get().flagged == 1


def test_twice_is_not_yet_again_and_other_types_do_not_count(cast):
    taken_in([*at_home(2), *[("t1", NOON - timedelta(days=n), 300, "Gate 5", "", "Trafikk")
                             for n in range(5)]])  # fmt: skip

    assert not RepeatAddress.objects.exists()


def test_several_units_to_one_call_are_one_incident(cast):
    one = quarrel(1, datetime(2026, 11, 3, 20, tzinfo=UTC), "Vei 1")
    taken_in([(*one[:2], waited, *one[3:]) for waited in (300, 400, 500)])

    assert not RepeatAddress.objects.exists()


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("police_member", True),
        ("analyst", True),
        ("other_analyst", False),
        ("national_officer", False),
        ("chair", False),
        ("secretary", False),
        ("director", False),
        ("station_chief", False),
        ("administrator", False),
        ("stranger", False),
    ],
)
def test_named_roles_of_the_police_of_the_district_read_it_and_nobody_else(
    address, cast, client, who, reads
):
    client = signed_in(client, getattr(cast, who))

    for page in (list_page(), reverse("knowledge:address", args=[address.ref])):
        assert client.get(page).status_code == (200 if reads else 404)


def test_somebody_at_the_police_can_be_named_and_nobody_at_the_municipality(address, cast, client):
    given = {
        "role": Role.ADDRESS_READER, "reason": "Following up.", "from_date": TODAY,
        "area": cast.no.areas["nation"], "by": cast.administrator.actor, "at": NOON,
    }  # fmt: skip

    with pytest.raises(Refused, match="works at the police"):
        grant_role(person=cast.chair.person, **given)
    grant_role(person=cast.national_officer.person, **given)

    assert signed_in(client, cast.national_officer).get(list_page()).status_code == 200


def test_the_role_by_name_ends_with_the_work_at_the_police(address, cast):
    national = cast.national_officer
    grant_role(
        person=national.person, role=Role.ADDRESS_READER, reason="Following up.", from_date=TODAY,
        area=cast.no.areas["nation"], by=cast.administrator.actor, at=NOON,
    )  # fmt: skip
    assert AddressList.objects.visible_to(national.actor).exists()

    here = national.appointment
    here.organisation, here.role = cast.no.organisations["kommune"], "prevention_coordinator"
    here.save()
    assert not AddressList.objects.visible_to(national.actor).exists()


def test_each_reading_is_recorded_and_those_who_read_see_it(address, cast, client):
    client = signed_in(client, cast.police_member)
    client.get(list_page())
    client.get(list_page())
    page = client.get(reverse("knowledge:address", args=[address.ref]))

    assert event_codes_of(AddressList.objects.get()) == ["knowledge.addresses_read"] * 2
    assert event_codes_of(address) == ["knowledge.address_read"]
    assert cast.police_member.name in page.content.decode()


def test_the_page_is_kept_nowhere_and_printed_nowhere(address, cast, client):
    page = signed_in(client, cast.police_member).get(list_page())

    assert "no-store" in page["Cache-Control"]
    body = page.content.decode()
    assert '<div class="s-stack s-no-print"' in body
    main = body[body.index("<main") : body.index("</main")]
    assert "download" not in main


def test_the_label_says_nothing_of_the_address(cast):
    first = taken_in(at_home(4))
    label = RepeatAddress.objects.get().label
    RepeatAddress.objects.all().delete()
    work_out(data_set=first.code, at=NOON)

    assert RepeatAddress.objects.get().label != label


def test_only_how_many_were_dealt_with_leaves_and_few_are_told_as_few(address, cast):
    mark_address(
        address=address, state=AddressState.CONTACTED, by=cast.police_member.actor, at=NOON
    )

    part = incident_part(Area.objects.get(pk=cast.no.home.pk), cast.chair.actor)
    assert part.context["dealt_with"].told == (
        "fewer than 5 assessed, fewer than 5 contacted with the municipality"
    )
    assert part.context["addresses"] is None
    assert DealtWith(12, 5).told == "12 assessed, 5 contacted with the municipality"
    assert incident_part(Area.objects.get(pk=cast.no.home.pk), cast.administrator.actor) is None


def told_on_the_picture(cast, who) -> DealtWith | None:
    part = incident_part(Area.objects.get(pk=cast.no.home.pk), who.actor)
    assert part is not None
    return part.context["dealt_with"]


def test_that_none_has_come_up_reads_like_few(cast):
    """A sentence that is there only when an address has come up tells that one has."""
    taken_in(calls(30))
    before = told_on_the_picture(cast, cast.chair)
    taken_in(at_home(4))

    assert RepeatAddress.objects.exists()
    assert before is not None
    assert before.told == told_on_the_picture(cast, cast.chair).told


def test_where_the_police_have_no_list_nothing_is_said(cast):
    taken_in(calls(30))
    AddressList.objects.all().delete()

    assert told_on_the_picture(cast, cast.chair) is None


def test_those_inside_councils_of_the_police_district_read_how_many_and_no_others(address, cast):
    assert told_on_the_picture(cast, cast.stranger_chair) is not None  # next door, same police

    elsewhere = cast.no.areas["other_district"]
    Council.objects.filter(pk=cast.sibling.pk).update(area=elsewhere)
    assert told_on_the_picture(cast, cast.stranger_chair) is None
    assert told_on_the_picture(cast, cast.chair) is not None


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 23), date(2025, 12, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2025, 2, 1)),
    ],
)
def test_twelve_months_are_twelve(address, day, first):
    assert year_to(day) == first

    kept = AddressMonth.objects.get()
    AddressMonth.objects.create(address_list=kept.address_list, month=first, assessed=7)
    before = (first - timedelta(days=1)).replace(day=1)
    AddressMonth.objects.create(address_list=kept.address_list, month=before, assessed=90)
    sums = dealt_with([kept.address_list.police_id], on=day)
    assert sums is not None
    assert sums.assessed == 7
    shown = [one.kept.month for one in months_of(kept.address_list, on=day)]
    assert (first in shown, before in shown) == (True, False)


def test_a_mark_goes_step_by_step_and_can_be_taken_back(address, cast):
    by = cast.police_member.actor
    for state, counts in (
        (AddressState.ASSESSED, (1, 0)),
        (AddressState.CONTACTED, (1, 1)),
        (AddressState.ASSESSED, (1, 0)),
        (AddressState.OPEN, (0, 0)),
    ):
        mark_address(address=address, state=state, by=by, at=NOON)
        month = AddressMonth.objects.get()
        assert (month.assessed, month.contacted) == counts

    assert event_codes_of(address) == [
        "knowledge.address_assessed", "knowledge.address_contacted",
        "knowledge.address_mark_taken_back", "knowledge.address_mark_taken_back",
    ]  # fmt: skip


def test_two_who_mark_at_once_do_not_count_twice(address, cast):
    given = {"address": address, "state": AddressState.ASSESSED, "at": NOON}
    mark_address(by=cast.police_member.actor, **given)

    with pytest.raises(Refused, match="meanwhile"):
        mark_address(by=cast.analyst.actor, **given)
    with pytest.raises(Refused, match="named roles"):
        mark_address(by=cast.chair.actor, **given)
    assert AddressMonth.objects.get().assessed == 1


def test_a_later_file_adds_to_the_address_and_keeps_what_was_done(address, cast):
    mark_address(
        address=address, state=AddressState.ASSESSED, by=cast.police_member.actor,
        at=datetime(2026, 11, 12, tzinfo=UTC),
    )  # fmt: skip
    taken_in([quarrel(1, datetime(2026, 11, 20, 20, tzinfo=UTC), "Oppdiktet vei 1")])

    again = RepeatAddress.objects.get()
    assert (again.pk, again.label, again.state) == (address.pk, address.label, "assessed")
    assert len(again.happenings) == 5
    assert AddressMonth.objects.get().flagged == 1


def test_a_call_that_was_corrected_makes_no_home_come_up(cast):
    where = "Oppdiktet vei 1"
    laid(at_home(3))
    number, when, waited, *_said = at_home(3)[0]
    taken_in([(number, when, waited, where, "Sentrum", "Trafikk")])

    assert not RepeatAddress.objects.exists()


@pytest.mark.parametrize("state", [AddressState.OPEN, AddressState.ASSESSED])
def test_an_address_that_came_up_by_mistake_goes_unless_something_was_done(cast, state):
    taken_in(at_home(3))
    address = RepeatAddress.objects.get()
    if state != AddressState.OPEN:
        mark_address(address=address, state=state, by=cast.police_member.actor, at=NOON)
    number, when, waited, where, krets, _kind = at_home(3)[0]

    taken_in([(number, when, waited, where, krets, "Trafikk")])

    is_kept = state != AddressState.OPEN
    assert RepeatAddress.objects.filter(pk=address.pk).exists() is is_kept
    assert AddressMonth.objects.get().flagged == int(is_kept)
    told = event_codes_of(AddressList.objects.get())
    assert told == ([] if is_kept else ["knowledge.addresses_corrected"])


def test_it_goes_a_quarter_on_and_only_the_numbers_stay(address, cast, client):
    assert address.goes_date == date(2027, 3, 2)  # 92 days after November
    mark_address(address=address, state=AddressState.ASSESSED, by=cast.analyst.actor, at=NOON)
    assert delete_old_addresses(at=datetime(2027, 3, 2, 12, tzinfo=UTC)) == 0

    late = datetime(2027, 3, 3, 12, tzinfo=UTC)
    with held_at(late):
        seen = RepeatAddress.objects.visible_to(cast.analyst.actor)
        assert not seen.exists()  # even before it is deleted
    assert delete_old_addresses(at=late) == 1
    work_out(data_set=CODE, at=late)
    assert not RepeatAddress.objects.exists()
    month = AddressMonth.objects.get()
    assert (month.flagged, month.assessed) == (1, 1)
    assert event_codes_of(AddressList.objects.get()) == ["knowledge.addresses_deleted"]


def test_it_is_never_kept_longer_than_its_oldest_incident():
    kept = {"last_month": date(2026, 11, 1), "first_incident": date(2026, 9, 1)}

    assert goes_on(keep_days=30, **kept) == date(2026, 10, 30)
    assert goes_on(keep_days=4000, **kept) == date(2027, 3, 3 - 1)


def test_what_is_long_gone_never_comes_up(cast):
    taken_in(at_home(4), at=datetime(2028, 1, 1, tzinfo=UTC), by_recipe=recipe(keep_days=4000))

    assert not RepeatAddress.objects.exists()


WINTER, SPRING_QUARTER = datetime(2026, 1, 5, 20, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_what_is_counted_a_quarter_behind_comes_up_for_a_quarter(cast):
    """January to March come on 1 July: the homes of January are as new to the police as those of
    March."""
    homes = [one for number, month in enumerate((0, 31, 59))
             for one in at_home(3, f"Vei {number}", WINTER + timedelta(days=month))]  # fmt: skip
    taken_in(homes, at=SPRING_QUARTER)
    assert RepeatAddress.objects.count() == 3
    assert {one.goes_date for one in RepeatAddress.objects.all()} == {date(2026, 10, 1)}

    work_out(data_set=CODE, at=datetime(2026, 9, 30, 9, tzinfo=UTC))
    assert RepeatAddress.objects.count() == 3
    taken_in(calls(5), at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    assert RepeatAddress.objects.count() == 3  # nobody has corrected anything
    over = datetime(2026, 10, 2, 9, tzinfo=UTC)
    assert delete_old_addresses(at=over) == 3
    work_out(data_set=CODE, at=over)
    taken_in([*homes, quarrel(99, WINTER, "Vei 9")], at=over)  # the same file, once more
    assert not RepeatAddress.objects.exists()


def test_a_late_file_keeps_no_address_longer_than_its_incidents(cast):
    taken_in(at_home(3, "Vei 1", WINTER), at=SPRING_QUARTER, by_recipe=recipe(keep_days=250))

    assert RepeatAddress.objects.get().goes_date == date(2025, 11, 30) + timedelta(days=250)


def test_a_type_that_no_incident_is_of_is_told_and_not_taken_for_peace(cast, client, capsys):
    misspelt = POLICE.replace("Husbråk", "Husbråkk")
    taken_in([*calls(30), *at_home(4)], by_recipe=recipe(misspelt))
    assert not RepeatAddress.objects.exists()

    page = signed_in(client, cast.police_member).get(list_page()).content.decode()
    assert "“Husbråkk”: no incident has ever been of this type" in page
    taken_in(at_home(4))
    page = signed_in(client, cast.police_member).get(list_page()).content.decode()
    assert "“Husbråk”: 4 in November 2026" in page


def test_a_type_that_no_incident_is_of_is_told_when_the_file_is_taken_in(cast, tmp_path, capsys):
    (tmp_path / "calls.toml").write_text(
        RECIPE.format(police=POLICE.replace("Husbråk", "Husbråkk"), keep_days=400)
    )
    (tmp_path / "calls.csv").write_text(
        "nr,sted,krets,art,meldt,framme\n1,Vei 1,Vest,Husbråk,2026-11-01 20:00:00,\n"
    )
    call_command(
        "data", "import", str(tmp_path / "calls.csv"), "--recipe", str(tmp_path / "calls.toml")
    )

    assert "no incident is of the type “Husbråkk”" in capsys.readouterr().out


def test_the_pages_mark_and_ask_little(address, cast, client, django_assert_max_num_queries):
    client = signed_in(client, cast.police_member)
    page = reverse("knowledge:address", args=[address.ref])
    marked = client.post(
        reverse("knowledge:mark_address", args=[address.ref]), {"state": "assessed"}
    )
    assert marked.status_code == 302
    address.refresh_from_db()
    assert address.state == "assessed"

    for one in (page, list_page(), reverse("knowledge:address_lists")):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(one).status_code == 200
    wrong = client.post(reverse("knowledge:mark_address", args=[address.ref]), {"state": "gone"})
    assert wrong.status_code == 302


def test_the_crime_picture_leads_where_one_may_go(address, cast, client):
    page = reverse("knowledge:picture", args=[cast.no.home.ref])

    assert "/figures/repeats/" in signed_in(client, cast.police_member).get(page).content.decode()
    others = signed_in(client, cast.chair).get(page).content.decode()
    assert "/figures/repeats/" not in others
    assert reverse("knowledge:response", args=[address.address_list.data_set.ref]) in others
