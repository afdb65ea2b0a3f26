"""A council has many agreements of one kind: what is said of one is not said of another."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samrad.agreements.actions.drafts import start_draft, write_draft
from samrad.agreements.queries.due import to_be_evaluated, to_be_renewed
from samrad.agreements.queries.register import (
    Sought,
    Standing,
    agreements_found,
    numbers_of,
    standing_of,
)
from samrad.agreements.queries.templates import ends_with
from samrad.agreements.queries.versions import lineage_of
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.kernel.clock import held_at
from tests.agreements.bricks import AT, in_force, values
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db
LONG_AGO = date(2021, 3, 1)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def held(cast, title, kind="theme", **more):
    given = {"from_date": LONG_AGO, "state": AgreementState.IN_FORCE, "profile_version": "-"}
    council = cast.dk.kredsraad
    return Agreement.objects.create(council=council, title=title, kind=kind, **(given | more))


def begun(cast, **more):
    by = cast.dk.secretary.actor
    return start_draft(council=cast.dk.kredsraad, language="da", by=by, **AT, **more)


def test_a_draft_on_one_theme_silences_no_other_theme(cast):
    main = held(cast, "Samarbejdsaftale", kind="general")
    one, other = held(cast, "Natteliv", parent=main), held(cast, "Skole", parent=main)
    assert set(to_be_renewed(TODAY)) == {main, one, other}

    begun(cast, kind="theme", title="Vold i hjemmet")
    assert set(to_be_renewed(TODAY)) == {main, one, other}
    begun(cast, kind="theme", revises=one)
    assert set(to_be_renewed(TODAY)) == {main, other}
    begun(cast, kind="general", title="Ny samarbejdsaftale")
    assert set(to_be_renewed(TODAY)) == {other}


def test_councils_at_rest_are_not_reminded(cast):
    held(cast, "Samarbejdsaftale", kind="general")
    assert to_be_renewed(TODAY).exists()
    assert to_be_evaluated(TODAY).exists()
    Council.objects.filter(pk=cast.dk.kredsraad.pk).update(state=CouncilState.RESTING)
    assert not to_be_renewed(TODAY).exists()
    assert not to_be_evaluated(TODAY).exists()


def test_a_theme_is_compared_with_what_it_was_made_anew_of(cast):
    main = held(cast, "Samarbejdsaftale", kind="general")
    first = held(cast, "Natteliv", parent=main, state=AgreementState.ENDED)
    held(cast, "Skole", parent=main, from_date=date(2023, 3, 1))
    anew = held(cast, "Natteliv igen", parent=main, from_date=date(2025, 3, 1))
    draft = begun(cast, kind="theme", revises=first)
    draft.agreement = anew
    draft.save()

    assert lineage_of(anew) == [anew, first]
    assert lineage_of(first) == [anew, first]


def test_main_agreements_follow_each_other_in_time(cast):
    first = held(cast, "Den første", kind="general", state=AgreementState.ENDED)
    second = held(cast, "Den anden", kind="general", from_date=date(2024, 3, 1))
    assert lineage_of(second) == [second, first]
    assert lineage_of(first) == [second, first]


def test_whoever_asks_for_signatures_hears_which_agreement_ends(cast, client):
    only = held(cast, "Natteliv")
    draft = begun(cast, kind="theme", title="Skole")
    assert ends_with(draft) == only
    by = cast.dk.secretary.actor
    write_draft(draft=draft, given=values(draft), by=by, **AT)
    address = reverse("agreements:to_sign", args=[draft.ref])
    page = signed_in(client, cast.dk.secretary).get(address).content.decode()
    assert "“Natteliv” ends when this comes into force." in page


def test_what_becomes_a_part_of_the_main_agreement_ends_nothing(cast):
    held(cast, "Samarbejdsaftale", kind="general")
    assert ends_with(begun(cast, kind="theme", title="Skole")) is None


def test_made_anew_the_main_agreement_ends(cast):
    old = in_force(cast)
    by = cast.secretary.actor
    anew = start_draft(council=cast.council, language="nb", revises=old.agreement, by=by, **AT)
    assert ends_with(anew) == old.agreement


def test_the_register_knows_the_election_as_the_home_page_does(cast):
    old = held(cast, "Samarbejdsaftale", kind="general")
    new = held(cast, "Natteliv", parent=old, from_date=date(2026, 2, 1))
    actor = cast.dk.secretary.actor
    for one, standing in ((old, Standing.OVERDUE), (new, Standing.IN_FORCE)):
        assert standing_of(one, TODAY) == standing
        assert list(agreements_found(actor, Sought(standings=(standing,)), TODAY)) == [one]
    assert sum(numbers_of(actor, Sought(), TODAY).values()) == 2
