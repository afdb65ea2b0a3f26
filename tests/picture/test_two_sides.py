"""The picture from two sides, and what both stand behind (G9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.areas.models import AreaCover
from samrad.areas.rules.kinds import AreaKind
from samrad.documents.rules import Classification
from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.picture import actions
from samrad.picture.models import Agreed, Finding
from samrad.picture.rules import BOTH, is_agreed, lacking
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, area, signed_in
from tests.picture.bricks import a_finding, a_statement, confirmed, found

LATER = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def page_of(cast):
    return reverse("picture:council", args=[cast.council.ref])


def test_a_statement_is_both_sides_own_when_each_has_confirmed_it():
    assert not is_agreed(["police"])
    assert lacking(["police"]) == ["municipality"]
    assert is_agreed(BOTH)


def test_each_side_writes_its_own_and_both_stand_beside_each_other(cast, client):
    a_finding(cast)
    a_finding(cast, cast.police_member)
    page = signed_in(client, cast.secretary).get(page_of(cast))

    sides = page.context["part"]["sides"]
    assert [one.written_by for one in sides.police] == [cast.police_member.person]
    assert [one.written_by for one in sides.municipality] == [cast.secretary.person]
    assert "Natteravnene i Ås" in page.content.decode()


def test_both_stand_on_the_crime_picture_for_those_who_see_the_council(
    cast, client, django_assert_max_num_queries
):
    a_finding(cast)
    a_statement(cast)
    url = reverse("knowledge:picture", args=[cast.no.home.ref])
    who = signed_in(client, cast.secretary)
    who.get(url)
    with django_assert_max_num_queries(12):
        page = who.get(url).content.decode()

    assert "Utrygt ved stasjonen" in page
    assert "Not confirmed yet" in page
    assert "Utrygt ved stasjonen" not in signed_in(client, cast.stranger).get(url).content.decode()


def test_a_side_that_writes_much_pushes_nothing_of_the_other_s_out(cast, client, monkeypatch):
    monkeypatch.setattr("samrad.picture.views.SHOWN", 3)
    a_finding(cast)
    Finding.objects.update(to_date=TODAY - timedelta(days=900))
    for _month in range(4):
        a_finding(cast, cast.police_member)
    who = signed_in(client, cast.secretary)
    page = who.get(page_of(cast))

    sides = page.context["part"]["sides"]
    assert (len(sides.police), len(sides.municipality)) == (3, 1)
    older = f"{page_of(cast)}?older"
    assert f'href="{older}"' in page.content.decode()
    everything = who.get(older)
    assert len(everything.context["part"]["sides"].police) == 4
    assert "Older ones of" not in everything.content.decode()


def test_a_council_that_two_municipalities_share_is_on_the_picture_of_each(cast, client):
    both = area(
        cast.no, "both", AreaKind.LOCAL_POLICE_AREA, "L1", "Follo",
        within=[cast.no.district, cast.no.nation],
    )  # fmt: skip
    for inside in (cast.no.home, cast.no.next_door):
        AreaCover.objects.create(ancestor=both, descendant=inside)
    a_finding(cast)
    cast.council.area = both
    cast.council.save(update_fields=["area"])
    for place in (cast.no.home, cast.no.next_door):
        page = signed_in(client, cast.secretary).get(reverse("knowledge:picture", args=[place.ref]))
        assert "Utrygt ved stasjonen" in page.content.decode()


def test_the_other_side_changes_nobody_s_finding(cast):
    finding = a_finding(cast)
    with pytest.raises(Refused, match="Only the side whose finding it is"):
        actions.change_finding(
            finding=finding, found=found("Annet"), by=cast.police_member.actor, at=LATER
        )
    actions.change_finding(finding=finding, found=found("Annet"), by=cast.chair.actor, at=LATER)
    finding.refresh_from_db()

    assert finding.what == "Annet"
    assert event_codes_of(finding) == ["finding.written", "finding.changed"]


def test_a_withdrawn_finding_is_gone_from_the_page(cast, client):
    finding = a_finding(cast)
    who = signed_in(client, cast.secretary)
    who.post(reverse("picture:withdraw_finding", args=[finding.ref]))

    assert "Utrygt ved" not in who.get(page_of(cast)).content.decode()
    with pytest.raises(Refused, match="withdrawn"):
        actions.withdraw_finding(finding=Finding.objects.get(), by=cast.secretary.actor, at=LATER)


def test_both_confirmations_are_named_and_dated(cast, client):
    confirmed(a_statement(cast), cast.secretary, cast.police_member)
    page = signed_in(client, cast.guest).get(page_of(cast)).content.decode()
    assert "Stasjonen er det viktigste" not in page  # internal, and a guest is not

    page = signed_in(client, cast.chair).get(page_of(cast)).content.decode()
    assert "Confirmed by both sides" in page
    assert cast.secretary.name in page
    assert cast.police_member.name in page


def test_an_edit_voids_what_was_confirmed_and_says_so(cast, client):
    agreed = confirmed(a_statement(cast), cast.secretary, cast.police_member)
    actions.change_agreed(agreed=agreed, text="Noe annet.", by=cast.police_member.actor, at=LATER)
    agreed = Agreed.objects.get()

    assert not agreed.is_both_sides_own
    assert {one.side for one in agreed.voided} == set(BOTH)
    page = signed_in(client, cast.secretary).get(page_of(cast)).content.decode()
    assert "confirmed an earlier text" in page


def test_a_change_of_readers_alone_voids_nothing(cast):
    agreed = confirmed(a_statement(cast), cast.secretary, cast.police_member)
    actions.change_agreed(
        agreed=agreed, text=agreed.text, by=cast.secretary.actor, at=LATER,
        readers=actions.Readers(classification=Classification.OPEN),
    )  # fmt: skip

    assert Agreed.objects.get().is_both_sides_own


def test_nobody_confirms_a_text_they_have_not_read_nor_twice(cast, client):
    agreed = confirmed(a_statement(cast), cast.secretary)
    with pytest.raises(Refused, match="already confirmed"):
        confirmed(agreed, cast.chair)
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.confirm_agreed(
            agreed=agreed, version=agreed.version + 1, by=cast.police_member.actor, at=NOON
        )
    who = signed_in(client, cast.police_member)
    url = reverse("picture:confirm", args=[agreed.ref])
    told = who.post(url, {"version": agreed.version + 1}, follow=True).content.decode()
    assert "Read it again" in told


def test_the_other_side_is_asked_on_its_home_page_until_it_has_answered(cast):
    def asked(who):
        return [one.title for one in waiting_for(who.actor, TODAY)]

    agreed = confirmed(a_statement(cast), cast.secretary)
    title = "Confirm what both sides agree on"
    assert title in asked(cast.police_member)
    assert title not in asked(cast.secretary)
    assert title not in asked(cast.chair)

    confirmed(agreed, cast.police_member)
    assert title not in asked(cast.police_member)


def test_who_wrote_it_is_asked_too_once_the_other_side_has_confirmed(cast):
    agreed = a_statement(cast)  # the secretary's
    title = "Confirm what both sides agree on"

    def asked(who):
        return title in [one.title for one in waiting_for(who.actor, TODAY)]

    assert asked(cast.police_member)
    assert not asked(cast.secretary)
    confirmed(agreed, cast.police_member)
    assert asked(cast.secretary)


def test_a_confirmation_that_fell_is_told_to_the_side_that_gave_it(cast):
    agreed = confirmed(a_statement(cast), cast.secretary, cast.police_member)
    actions.change_agreed(agreed=agreed, text="Noe annet.", by=cast.police_member.actor, at=LATER)

    told = [one.title for one in waiting_for(cast.secretary.actor, TODAY)]
    assert "The text that your side confirmed has been changed: read it and confirm anew" in told
    assert "Confirm what both sides agree on" not in told


def test_a_restricted_finding_is_for_those_it_names(cast, client):
    seat = cast.council.seats.get(role="station_chief")
    finding = a_finding(
        cast, cast.police_member, classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 27", audience=[seat],
    )  # fmt: skip
    seen = Finding.objects.visible_to

    assert seen(cast.police_member.actor).exists()
    assert seen(cast.station_chief.actor).exists()
    assert not seen(cast.director.actor).exists()
    signed_in(client, cast.station_chief).get(page_of(cast))
    assert "finding.read" in event_codes_of(finding)


def test_a_number_that_looks_like_a_person_is_stopped(cast, client):
    who = signed_in(client, cast.secretary)
    url = reverse("picture:new_finding", args=[cast.council.ref])
    page = who.post(
        url,
        {
            "what": "Sett ofte: 13019912320", "origin": "outreach", "how_sure": "likely",
            "from_date": "2026-09-01", "to_date": "2026-11-01", "classification": "internal",
        },
    )  # fmt: skip
    assert page.status_code == 422
    assert not Finding.objects.exists()


def test_the_last_day_is_not_before_the_first(cast, client):
    who = signed_in(client, cast.secretary)
    url = reverse("picture:new_finding", args=[cast.council.ref])
    given = {
        "what": "Utrygt", "origin": "school", "how_sure": "sure", "from_date": "2026-09-01",
        "to_date": "2026-08-01", "classification": "internal",
    }  # fmt: skip
    assert "The last day is before the first." in who.post(url, given).content.decode()
    who.post(url, given | {"to_date": "2026-10-01"})
    assert Finding.objects.get().side == "municipality"


def test_no_source_is_chosen_beforehand(cast, client):
    """The first of the list would stand under a patrol's finding that nobody looked twice at."""
    who = signed_in(client, cast.police_member)
    url = reverse("picture:new_finding", args=[cast.council.ref])
    given = {
        "what": "Uro", "origin": "", "how_sure": "sure", "from_date": "2026-09-01",
        "to_date": "2026-10-01", "classification": "internal",
    }  # fmt: skip

    assert '<option value="" selected>Choose</option>' in who.get(url).content.decode()
    assert who.post(url, given).status_code == 422
    assert not Finding.objects.exists()
