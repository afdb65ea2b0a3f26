"""What goes on, and is said to, when an agreement runs out, is ended or is replaced."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from samrad.agreements.actions.drafts import start_amendment, start_draft
from samrad.agreements.actions.keeping import end_agreement
from samrad.agreements.models import Following
from samrad.agreements.queries.papers import agreement_paper
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.wheel.models import Activity
from tests.agreements.bricks import AT, ahead, in_force
from tests.agreements.promises import promised
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db
LONG_AGO = ahead(-400)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def read_in(cast: Any, start: date = LONG_AGO, **more: Any) -> Agreement:
    """An agreement that was read in from paper and confirmed."""
    wanted = WantedAgreement(title="Fra papir", from_date=start, **more)
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, at=NOON)


# Run out -----------------------------------------------------------------------------------------


def test_an_agreement_past_its_last_day_is_nowhere_said_to_be_in_force(
    cast: Any, client: Any
) -> None:
    agreement = read_in(cast, to_date=ahead(-1))
    member = signed_in(client, cast.police_member)

    page = member.get(agreement.get_absolute_url()).content.decode()
    assert "Expired" in page
    council = member.get(cast.council.get_absolute_url()).content.decode()
    assert "It held until 20 Nov 2026" in council.replace("\N{NO-BREAK SPACE}", " ")
    paper = agreement_paper(agreement, None, [])
    assert paper.marking == "Expired"
    assert "In force'" not in str(paper)


def test_on_its_last_day_it_is_still_in_force(cast: Any) -> None:
    agreement = read_in(cast, to_date=TODAY)
    assert agreement_paper(agreement, None, []).marking == ""


def test_nothing_is_added_to_what_has_run_out(cast: Any) -> None:
    agreement = read_in(cast, to_date=ahead(-1))
    with pytest.raises(Refused, match="has run out"):
        start_amendment(agreement=agreement, by=cast.secretary.actor, **AT)


# Ended -------------------------------------------------------------------------------------------


def test_whoever_ends_an_agreement_is_told_what_goes_on_and_may_stop_it(
    cast: Any, client: Any
) -> None:
    agreement = in_force(cast).agreement
    promise = promised(cast, agreement)
    theme = in_force(cast, kind="theme", title="Nattevandring").agreement
    assert theme.parent == agreement
    end = reverse("agreements:end", args=[agreement.ref])

    secretary = signed_in(client, cast.secretary)
    page = secretary.get(end).content.decode()
    assert promise.title in page
    assert "Nattevandring" in page
    answer = secretary.post(
        end, {"last_day": TODAY.isoformat(), "reason": "Slutt", "stops_promises": "on"}
    )

    assert answer.status_code == 302
    assert not Following.objects.exists()
    assert Activity.objects.get().ended_date == TODAY


def test_what_was_promised_goes_on_where_nobody_stops_it(cast: Any) -> None:
    agreement = in_force(cast).agreement
    promised(cast, agreement)
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)
    assert Following.objects.exists()


def test_parts_that_were_left_alone_come_under_the_next_main_agreement(cast: Any) -> None:
    agreement = in_force(cast).agreement
    theme = in_force(cast, kind="theme").agreement
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)

    after = read_in(cast, TODAY)

    theme.refresh_from_db()
    assert (theme.parent, theme.state) == (after, AgreementState.IN_FORCE)


# Replaced ----------------------------------------------------------------------------------------


def test_a_promise_goes_on_in_the_agreement_that_is_read_in(cast: Any) -> None:
    old = read_in(cast)
    promise = promised(cast, old)
    activity = promise.following.activity

    new = read_in(cast, ahead(-9), commitments=(("Skolebesøk ", "police", "Hvert år"),))

    carried = new.commitments.get()  # noted once, as the reader found it
    assert carried.following.activity == activity
    assert old.commitments.get() == promise
    assert Following.objects.count() == 1


def test_an_older_agreement_that_is_read_in_takes_no_promise_from_the_one_in_force(
    cast: Any,
) -> None:
    current = read_in(cast, ahead(-9))
    promise = promised(cast, current)
    read_in(cast, LONG_AGO)
    assert Following.objects.get().commitment == promise


def test_what_is_made_anew_keeps_the_language_it_is_written_in(cast: Any) -> None:
    by = cast.secretary.actor
    signed = in_force(cast).agreement
    anew = start_draft(council=cast.council, language="nn", revises=signed, by=by, **AT)
    assert anew.language == "nb"


def test_a_nynorsk_agreement_that_was_read_in_is_made_anew_in_nynorsk(cast: Any) -> None:
    text = (
        "Kommunen og politiet skal ikkje berre møtast når noko har hendt. Dei ynskjer å arbeide "
        "saman for at innbyggjarane i kommunen skal kjenne seg trygge, og dei møtest kvart halvår "
        "for å sjå på korleis det går med det førebyggjande arbeidet."
    )
    clause = {"key": "purpose", "heading": "Føremål", "origin": "local", "text": text}
    old = read_in(cast, clauses=(clause,))
    with translation.override("en"):
        anew = start_draft(
            council=cast.council, language="nb", revises=old, by=cast.secretary.actor, **AT
        )
    assert anew.language == "nn"
    assert NOON - timedelta(days=1) < anew.started_at
