"""An agreement in force: replaced, added to, evaluated, made anew in time, ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samrad.agreements import events
from samrad.agreements.actions.comments import open_comments
from samrad.agreements.actions.drafts import (
    start_amendment,
    start_draft,
    withdraw_draft,
    write_draft,
)
from samrad.agreements.actions.keeping import (
    end_agreement,
    record_evaluation,
    remind_of_renewals,
)
from samrad.agreements.actions.signatures import (
    put_to_sign,
)
from samrad.agreements.queries.due import renewal_of, to_be_evaluated, to_be_renewed
from samrad.agreements.queries.versions import Became, changes_between
from samrad.agreements.rules import DraftState
from samrad.cooperation.actions import end_council
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.post.models import Message
from samrad.trail.models import TrailEntry
from tests.agreements.bricks import (
    AT,
    ahead,
    begun,
    in_force,
    signs,
    to_be_signed,
    values,
    written,
)
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def told(about):
    return list(TrailEntry.objects.filter(about_ref=str(about.ref)).values_list("event", flat=True))


def mailed(template):
    found = Message.objects.filter(template=f"agreements/mail/{template}")
    return set(found.values_list("person__name", flat=True))


# In force, and after ----------------------------------------------------------------------------


def test_the_new_one_takes_the_place_of_the_old_and_says_what_is_new(cast, client):
    old = in_force(cast, from_date=ahead(-400), clause_purpose="Vi vil ha det trygt.")
    anew = begun(cast, revises=old.agreement)
    write_draft(
        draft=anew, given=values(anew, clause_purpose="Vi vil ha det trygt hele året."),
        by=cast.secretary.actor, **AT,
    )  # fmt: skip
    put_to_sign(draft=anew, by=cast.secretary.actor, **AT)
    signs(anew, cast.chair, cast.station_chief)

    old.agreement.refresh_from_db()
    assert old.agreement.state == AgreementState.ENDED
    assert old.agreement.to_date == ahead(-1)
    found = {
        one.heading: one
        for one in changes_between(old.agreement.clauses.all(), anew.agreement.clauses.all())
    }
    purpose = found["Innledning og formål"]
    assert purpose.became == Became.CHANGED
    assert [one.text for one in purpose.pieces if one.change == "added"] == ["trygt hele året."]
    page = signed_in(client, cast.director).get(
        reverse("agreements:versions", args=[anew.agreement.ref])
    )
    assert "trygt hele året." in page.content.decode()


def test_an_addition_is_signed_like_an_agreement_and_leaves_that_as_it_is(cast, client):
    agreement = in_force(cast).agreement
    addition = start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)
    given = {"from_date": TODAY, "clause_addition": "Felles vakt på Kirkeparken i mai."}
    write_draft(draft=addition, given=given, by=cast.secretary.actor, **AT)
    put_to_sign(draft=addition, by=cast.secretary.actor, **AT)
    signs(addition, cast.chair, cast.station_chief)

    agreement.refresh_from_db()
    assert addition.state == DraftState.IN_FORCE
    assert agreement.state == AgreementState.IN_FORCE
    page = signed_in(client, cast.guest).get(agreement.get_absolute_url()).content.decode()
    assert "Kirkeparken" in page


def test_an_agreement_ends_with_a_reason(cast):
    agreement = in_force(cast).agreement
    with pytest.raises(Refused, match="ahead"):
        end_agreement(
            agreement=agreement, last_day=ahead(1), reason="Slutt", by=cast.chair.actor, **AT
        )
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED
    assert told(agreement)[-1] == events.AGREEMENT_ENDED_BY_US.code


def test_a_draft_that_is_given_up_is_signed_by_nobody(cast):
    draft = to_be_signed(cast)
    withdraw_draft(draft=draft, reason="Vi venter", voids=True, by=cast.secretary.actor, **AT)
    with pytest.raises(Refused):
        signs(draft, cast.chair)


def test_a_council_that_ends_takes_its_drafts_along(cast):
    draft = to_be_signed(cast)
    end_council(council=cast.council, reason="Slått sammen", by=cast.chair.actor, **AT)
    draft.refresh_from_db()
    assert draft.state == DraftState.WITHDRAWN


# Comes back -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "begun_on", "again_by"),
    [
        ("no", date(2023, 12, 1), date(2027, 9, 13)),
        ("no", date(2027, 9, 12), date(2027, 9, 13)),
        ("no", date(2027, 9, 13), date(2031, 9, 8)),
        ("dk", date(2022, 1, 1), date(2025, 11, 18)),
        ("dk", date(2026, 1, 1), date(2029, 11, 20)),
        ("se", date(2023, 1, 1), date(2026, 9, 13)),
        ("se", date(2026, 10, 1), date(2030, 9, 8)),
    ],
)
def test_an_agreement_comes_back_after_the_next_municipal_election(
    cast, country, begun_on, again_by
):
    council = next(iter(getattr(cast, country).councils.values()))
    agreement = Agreement(council=council, title="Avtale", from_date=begun_on)
    assert renewal_of(agreement) == again_by


def test_the_secretary_hears_in_time_and_each_step_once(cast):
    agreement = in_force(cast).agreement
    day = agreement.renewal_date
    assert remind_of_renewals(on=day - timedelta(days=184)) == 0
    for _time in range(2):
        remind_of_renewals(on=day - timedelta(days=183))
    remind_of_renewals(on=day - timedelta(days=100))
    assert Message.objects.filter(template="agreements/mail/renewal").count() == 1
    remind_of_renewals(on=day - timedelta(days=60))
    remind_of_renewals(on=day)
    assert Message.objects.filter(template="agreements/mail/renewal").count() == 3
    assert mailed("renewal") == {cast.secretary.name}


def test_with_a_draft_under_way_nobody_is_reminded(cast):
    agreement = in_force(cast).agreement
    begun(cast, revises=agreement)
    assert not to_be_renewed(agreement.renewal_date).exists()


def test_a_year_after_it_is_to_be_evaluated_and_then_a_year_later(cast):
    agreement = in_force(cast, from_date=ahead(-360)).agreement
    assert list(to_be_evaluated(TODAY)) == [agreement]

    record_evaluation(
        agreement=agreement, held_date=TODAY, text="Det gikk bra.", by=cast.secretary.actor, **AT
    )
    assert not to_be_evaluated(TODAY).exists()
    assert to_be_evaluated(ahead(330)).exists()


def test_what_waits_stands_on_the_home_pages_of_those_it_is_for(cast, client):
    draft = written(cast)
    open_comments(draft=draft, until=ahead(7), by=cast.secretary.actor, **AT)
    assert "Say what you think of" in signed_in(client, cast.director).get("/").content.decode()
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    assert "Read and sign" in signed_in(client, cast.station_chief).get("/").content.decode()
    assert "Read and sign" not in signed_in(client, cast.director).get("/").content.decode()


def test_a_danish_kredsraad_is_bound_by_the_mayor_and_the_police_director(cast):
    draft = start_draft(council=cast.dk.kredsraad, language="da", by=cast.dk.secretary.actor, **AT)
    found = [(one.organisation.name, one.role) for one in draft.parties.all()]
    assert found == [("Viborg Kommune", "mayor"), ("Vestkredsens Politi", "police_director")]
