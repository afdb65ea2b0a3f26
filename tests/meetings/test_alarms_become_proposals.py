"""What stands out in the figures is proposed to councils before anybody asked (G3, D3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.knowledge.models import Alarm, DataSet
from samrad.meetings import api
from samrad.meetings.models import Proposal
from samrad.meetings.rules import ItemKind, ProposalState
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.knowledge.bricks import PEAK, USUAL, a_data_set, an_alarm, looked_at
from tests.meetings.bricks import item_on, planned

LATER = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def proposal(cast):
    """Break-ins in Ås, five times what was to be expected."""
    an_alarm(cast.no.home)
    return Proposal.objects.get()


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.ref])


def answered(proposal):
    proposal.refresh_from_db()
    return proposal.state


def test_the_council_of_the_municipality_hears_in_its_own_language(cast, proposal):
    assert proposal.council == cast.council
    assert proposal.title.startswith("Innbrudd")
    assert "60" in proposal.reason
    assert proposal.proposed_by is None
    assert event_codes_of(proposal) == ["proposal.from_figures"]


def test_a_local_council_hears_of_all_and_the_district_of_what_stands_among_all(cast):
    alarm = an_alarm(cast.dk.home)
    heard = set(Proposal.objects.values_list("council", flat=True))
    assert heard == {cast.dk.lokalraad.pk, cast.dk.kredsraad.pk}

    Proposal.objects.all().delete()
    Alarm.objects.update(survives=False)
    alarm.refresh_from_db()
    from samrad.meetings.actions.from_figures import propose_alarms

    propose_alarms([alarm], at=LATER)
    assert Proposal.objects.get().council == cast.dk.lokalraad


def test_the_same_figure_is_never_proposed_twice(cast, proposal):
    data_set = DataSet.objects.get()
    api.decline_proposal(
        proposal=proposal, answer="Vi kjenner årsaken.", by=cast.secretary.actor, at=NOON
    )
    looked_at(data_set, cast.no.home, *PEAK, at=LATER)  # the same file again
    looked_at(data_set, cast.no.home, *PEAK[:-1], 50, at=LATER)  # revised
    looked_at(data_set, cast.no.home, *USUAL * 10, at=LATER)  # taken back
    looked_at(data_set, cast.no.home, *PEAK, at=LATER)  # and there again

    assert Proposal.objects.count() == 1
    assert answered(proposal) == ProposalState.DECLINED


def test_the_next_period_is_another_proposal_that_says_it_continues(cast):
    data_set = a_data_set()[0]
    series = [*USUAL * 9, *USUAL[:2]]
    looked_at(data_set, cast.no.home, *series, 60, ago=1)
    looked_at(data_set, cast.no.home, *series, 60, 55, at=LATER)

    _first, second = Proposal.objects.all()
    assert "quarter 3 of 2025" in second.reason or "3. kvartal 2025" in second.reason
    assert Alarm.objects.get(ref=second.source_ref).continues is not None


def test_the_secretary_puts_it_on_the_agenda_and_the_item_leads_to_the_chart(
    cast, client, proposal
):
    meeting = planned(cast)
    page = signed_in(client, cast.secretary).get(url("agenda", meeting)).content.decode()
    assert "<svg" in page
    assert "were to be expected" in page

    client.post(url("place", proposal), {"meeting": meeting.ref, "back": "agenda"})

    item = meeting.items.get()
    assert answered(proposal) == ProposalState.PLACED
    assert item.text == proposal.reason
    shown = client.get(url("detail", meeting)).content.decode()
    assert reverse("knowledge:alarm", args=[Alarm.objects.get().ref]) in shown


def test_who_puts_it_on_the_agenda_says_who_presents_it_and_for_how_long(cast, client, proposal):
    meeting, who = planned(cast), signed_in(client, cast.secretary)
    page = who.get(url("proposals", cast.council)).content.decode()
    assert 'name="duration_minutes"' in page
    assert f'<option value="{cast.police_member.person.ref}">' in page

    wrong = {"meeting": meeting.ref, "duration_minutes": "0"}
    told = who.post(url("place", proposal), wrong, follow=True).content.decode()
    assert "Minutes: " in told
    assert answered(proposal) == ProposalState.WAITING

    said = {"presenter": cast.police_member.person.ref, "duration_minutes": "20"}
    who.post(url("place", proposal), {"meeting": meeting.ref, **said})
    item = meeting.items.get()
    assert (item.presenter, item.duration_minutes) == (cast.police_member.person, 20)
    for name in ("detail", "agenda"):
        shown = who.get(url(name, meeting)).content.decode()
        assert "<svg" in shown.split('id="item-')[1].split("</li>")[0]


def test_in_a_council_of_many_it_says_whose_municipality_it_is(cast, client):
    an_alarm(cast.dk.home)
    marked = {}
    for name, council in (("mayor", "kredsraad"), ("secretary", "kredsraad"),
                          ("coordinator", "lokalraad")):  # fmt: skip
        who = signed_in(client, getattr(cast.dk, name))
        page = who.get(url("proposals", getattr(cast.dk, council))).content.decode()
        assert "were to be expected" in page
        marked[name] = "Your municipality" in page

    assert marked == {"mayor": True, "secretary": False, "coordinator": False}


def test_a_local_council_passes_a_figure_on_to_the_council_above_once(cast, client):
    an_alarm(cast.dk.home)
    Proposal.objects.filter(council=cast.dk.kredsraad).delete()
    [own] = Proposal.objects.all()
    who = signed_in(client, cast.dk.coordinator)
    assert (
        "Pass it on to Kredsrådet" in who.get(url("proposals", cast.dk.lokalraad)).content.decode()
    )

    told = who.post(url("pass_on", own), follow=True).content.decode()
    assert "which answers it" in told
    passed = Proposal.objects.get(council=cast.dk.kredsraad)
    assert (passed.source_ref, passed.proposed_by) == (own.source_ref, cast.dk.coordinator.person)
    assert answered(own) == ProposalState.WAITING
    page = signed_in(client, cast.dk.secretary).get(url("proposals", cast.dk.kredsraad))
    assert "<svg" in page.content.decode()
    assert cast.dk.coordinator.name in page.content.decode()

    with pytest.raises(Refused, match="already"):
        api.pass_on_figure(proposal=own, by=cast.dk.coordinator.actor, at=LATER)
    with pytest.raises(Refused, match="secretary or chair"):
        api.pass_on_figure(proposal=own, by=cast.dk.sector_head.actor, at=LATER)


def became_restricted(alarm):
    DataSet.objects.update(
        classification=Classification.RESTRICTED, legal_basis="§ 1", country="dk"
    )


def became_internal_abroad(alarm):
    DataSet.objects.update(classification=Classification.INTERNAL, country="se")


def was_taken_back(alarm):
    Alarm.objects.filter(pk=alarm.pk).update(lapsed_at=LATER)


@pytest.mark.parametrize("since", [became_restricted, became_internal_abroad, was_taken_back])
def test_what_is_not_for_all_any_more_is_not_passed_on(cast, client, since):
    """The proposal is from the day when anybody read the figure."""
    alarm = an_alarm(cast.dk.home)
    Proposal.objects.filter(council=cast.dk.kredsraad).delete()
    [own] = Proposal.objects.all()
    since(alarm)

    page = signed_in(client, cast.dk.coordinator).get(url("proposals", cast.dk.lokalraad))
    assert "Pass it on to" not in page.content.decode()
    with pytest.raises(Refused, match="not restricted"):
        api.pass_on_figure(proposal=own, by=cast.dk.coordinator.actor, at=LATER)
    assert Proposal.objects.get() == own


def test_only_figures_are_passed_on(cast):
    asked = api.propose_item(
        council=cast.dk.lokalraad, title="Lys", reason="", kind=ItemKind.DISCUSSION,
        by=cast.dk.sector_head.actor, at=NOON,
    )  # fmt: skip
    with pytest.raises(Refused, match="Only figures"):
        api.pass_on_figure(proposal=asked, by=cast.dk.coordinator.actor, at=NOON)


def test_it_is_declined_with_a_reason_only(cast, client, proposal):
    who = signed_in(client, cast.secretary)
    assert who.post(url("decline", proposal), {"answer": " "}).status_code == 422

    told = who.post(url("decline", proposal), {"answer": "Ny telling."}, follow=True)

    assert answered(proposal) == ProposalState.DECLINED
    assert "is not proposed again" in told.content.decode()
    assert "Ny telling." in told.content.decode()


def test_it_is_merged_into_an_item_and_waits_again_when_that_is_taken_off(cast, client, proposal):
    meeting = planned(cast)
    item = item_on(meeting, cast.secretary.actor, "Nattlivet")
    who = signed_in(client, cast.secretary)
    who.post(url("merge", proposal), {"into": f"agenda_item:{item.ref}"})

    assert answered(proposal) == ProposalState.MERGED
    page = who.get(url("detail", meeting)).content.decode()
    assert f"Taken up here as well: {proposal.title}" in page

    item.refresh_from_db()
    api.remove_item(item=item, by=cast.secretary.actor, at=NOON)
    assert answered(proposal) == ProposalState.WAITING
    assert event_codes_of(proposal)[1:] == ["proposal.merged", "proposal.back"]


def test_merged_into_a_proposal_it_goes_along_to_the_agenda(cast, client, proposal):
    other = api.propose_item(
        council=cast.council, title="Innbrudd i sentrum", reason="", kind=ItemKind.DISCUSSION,
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    who = signed_in(client, cast.secretary)
    who.post(url("merge", proposal), {"into": f"proposal:{other.ref}"})
    assert "Taken up together with" in who.get(url("proposals", cast.council)).content.decode()

    meeting = planned(cast)
    item = api.place_proposal(proposal=other, meeting=meeting, by=cast.secretary.actor, at=NOON)
    proposal.refresh_from_db()
    assert proposal.merged_under == item
    api.remove_item(item=item, by=cast.secretary.actor, at=NOON)
    assert answered(proposal) == ProposalState.MERGED  # with the proposal, which waits again


def test_nothing_is_merged_with_itself_or_with_what_is_answered(cast, proposal):
    by = cast.secretary.actor
    with pytest.raises(Refused, match="itself"):
        api.merge_proposal(proposal=proposal, into=proposal, by=by, at=NOON)
    other = api.propose_item(
        council=cast.council, title="Lys", reason="", kind=ItemKind.DISCUSSION,
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    api.decline_proposal(proposal=other, answer="Nei.", by=by, at=NOON)
    with pytest.raises(Refused, match="answered meanwhile"):
        api.merge_proposal(proposal=proposal, into=other, by=by, at=NOON)
    with pytest.raises(Refused, match="Only the council's secretary"):
        api.merge_proposal(proposal=proposal, into=other, by=cast.police_member.actor, at=NOON)


def test_a_revision_that_takes_the_figure_back_is_told_where_it_waits(cast, client, proposal):
    looked_at(DataSet.objects.get(), cast.no.home, *USUAL * 10, at=LATER)
    page = signed_in(client, cast.secretary).get(url("proposals", cast.council)).content.decode()

    assert "No longer stands out" in page
    assert answered(proposal) == ProposalState.WAITING


def test_it_stands_on_the_council_s_page_with_its_chart(
    cast, client, proposal, django_assert_max_num_queries
):
    who = signed_in(client, cast.secretary)
    page = reverse("cooperation:council", args=[cast.council.ref])
    who.get(page)
    with django_assert_max_num_queries(12):
        shown = who.get(page).content.decode()

    assert "Proposed from the figures" in shown
    assert proposal.title in shown
    assert "<svg" in shown
    assert (
        "Proposed from the figures" not in signed_in(client, cast.guest).get(page).content.decode()
    )


def test_the_pages_ask_little_however_many_wait(cast, client, django_assert_max_num_queries):
    meeting = planned(cast)
    for number in range(6):
        item_on(meeting, cast.secretary.actor, f"Sak {number}")
    looked_at(a_data_set()[0], cast.no.home, *USUAL * 9, 60, 70, 80, 90)
    who = signed_in(client, cast.secretary)
    for page in (url("proposals", cast.council), url("agenda", meeting), url("detail", meeting)):
        who.get(page)
        with django_assert_max_num_queries(12):
            who.get(page)


def test_restricted_figures_are_proposed_to_the_police_side_and_who_keeps_restricted_matters(
    cast, client
):
    data_set = a_data_set()[0]
    data_set.classification = Classification.RESTRICTED
    data_set.legal_basis = "politiregisterloven § 27"
    data_set.save()
    looked_at(data_set, cast.no.home, *PEAK)
    [proposal] = Proposal.objects.all()

    assert proposal.is_restricted
    seen = Proposal.objects.visible_to
    assert seen(cast.police_member.actor).exists()
    assert not seen(cast.director.actor).exists()
    page = signed_in(client, cast.director).get(
        reverse("cooperation:council", args=[cast.council.ref])
    )
    assert proposal.title not in page.content.decode()
