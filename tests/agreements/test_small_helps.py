"""What makes the way shorter: the agreement one came from is chosen, gaps are counted and found."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from samrad.agreements.endings import open_ends
from samrad.agreements.queries.going_on import going_on
from samrad.agreements.queries.parties import proposed_parties
from samrad.agreements.queries.templates import Beginning
from samrad.agreements.queries.versions import Became, changes_between
from samrad.agreements.rules.signing import gaps_in_all
from samrad.kernel.clock import held_at
from samrad.people.models import Organisation
from tests.agreements.bricks import begun, in_force, waiting, written
from tests.cast import NOON, TODAY, Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def test_who_renews_an_agreement_finds_it_chosen(cast: Cast, client: Client) -> None:
    in_force(cast)
    theme = in_force(cast, kind="theme").agreement
    url = reverse("agreements:start", args=[cast.council.ref])
    client = signed_in(client, cast.secretary)
    chosen = client.get(url, {"begins": str(theme.ref)}).context["form"]["begins"].value()
    assert chosen == str(theme.ref)
    assert client.get(url, {"begins": "nonsense"}).context["form"]["begins"].value() != "nonsense"
    page = client.get(theme.get_absolute_url()).content.decode()
    assert f"{url}?begins={theme.ref}" in page


def test_every_gap_counts_also_where_two_ask_for_the_same() -> None:
    assert gaps_in_all(["[rolle] og [rolle]", "[navn]"]) == ["[rolle]", "[rolle]", "[navn]"]


def test_a_draft_leads_to_its_gaps(cast: Cast, client: Client) -> None:
    draft = begun(cast)
    page = signed_in(client, cast.secretary).get(draft.get_absolute_url()).content.decode()
    assert f"{reverse('agreements:write', args=[draft.ref])}#services" in page


def test_a_gap_in_the_title_is_counted_and_led_to_as_well(cast: Cast, client: Client) -> None:
    draft = written(cast, title="Avtale med [kommune]")
    client = signed_in(client, cast.secretary)
    write = reverse("agreements:write", args=[draft.ref])

    page = client.get(draft.get_absolute_url())
    assert "1 gap is to be filled in" in page.text
    assert "The text has no gaps" not in page.text
    assert f"{write}#id_title" in page.text
    before_it_is_put_out = client.get(reverse("agreements:to_sign", args=[draft.ref])).text
    assert f"{write}#id_title" in before_it_is_put_out


def test_the_list_of_a_council_says_from_when_what_all_have_signed_holds(
    cast: Cast, client: Client
) -> None:
    waiting(cast)
    url = reverse("agreements:drafts", args=[cast.council.ref])
    page = signed_in(client, cast.secretary).get(url).text
    assert "Signed by all, holds from 1 Dec 2026" in page.replace("\xa0", " ")


def test_before_a_council_rests_one_reads_that_what_all_have_signed_never_holds(
    cast: Cast,
) -> None:
    draft = waiting(cast)
    told = [one.text for one in open_ends(cast.council, cast.secretary.actor)]
    assert told == [f"“{draft.title}”, which all parties have signed, is given up and never holds."]


def test_what_was_written_anew_is_read_side_by_side() -> None:
    def changed(before: str, after: str) -> Became:
        [one] = changes_between([Beginning("a", "A", before)], [Beginning("a", "A", after)])
        return one.became

    assert changed("Vi møtes fire ganger i året", "Vi møtes fem ganger i året") == Became.CHANGED
    assert changed("Vi venter at politiet deler det de ser", "Vi forventer mer") == Became.REWRITTEN
    assert changed("", "Vi forventer mer") == Became.REWRITTEN
    longer = "Vi møtes fire ganger i året og ellers når politiet eller kommunen ber om det"
    assert changed("Vi møtes fire ganger i året", f"{longer}, innen to uker") == Became.CHANGED


def test_who_ends_an_agreement_hears_that_it_is_being_made_anew(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    draft = begun(cast, revises=agreement)
    assert going_on(agreement).anew == [draft]


def test_a_part_of_a_municipality_is_not_asked_to_sign_beside_it(cast: Cast) -> None:
    whole, part = [one.organisation for one in proposed_parties(cast.council, TODAY)]
    part.parent = whole
    part.save()
    assert [one.organisation for one in proposed_parties(cast.council, TODAY)] == [whole]

    between = Organisation.objects.create(
        country="no", kind=whole.kind, name="Oppvekst", area=whole.area, parent=whole
    )
    part.parent = between
    part.save()
    assert [one.organisation for one in proposed_parties(cast.council, TODAY)] == [whole]


def test_both_texts_of_a_rewritten_clause_are_equally_wide() -> None:
    change = changes_between([Beginning("a", "A", "Før")], [Beginning("a", "A", "Nå")])[0]
    page = render_to_string("agreements/part_change.html", {"one": change})
    assert '<div class="s-columns" data-kind="halves">' in page
