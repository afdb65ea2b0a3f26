"""What was there before an upgrade is told as what came after; and all of it in each language."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation

import samrad
from samrad.agreements.actions.comments import open_comments
from samrad.agreements.actions.commitments import HowKept, follow_commitment
from samrad.agreements.actions.keeping import end_agreement
from samrad.agreements.models import Party, Signature, Wording
from samrad.agreements.queries.commitments import promised_in
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement, Commitment
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.trail.api import history_of
from tests.agreements.bricks import AT, ahead, in_force, party_of, signs, to_be_signed, written
from tests.agreements.promises import noted
from tests.cast import NOON, TODAY, Cast

UPGRADE = import_module("samrad.agreements.migrations.0006_what_goes_on")
HEARD = import_module("samrad.agreements.migrations.0009_wordings_that_were_heard")
SAID = import_module("samrad.agreements.migrations.0010_what_was_said_earlier")
WALK = "Trygghetsvandring"


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.mark.django_db
def test_a_signature_keeps_the_office_that_gave_it_when_another_signs_next_time(cast: Cast) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    Signature.objects.update(role="")  # as it was kept once

    UPGRADE.signatures_know_their_office(apps, SimpleNamespace(connection=connection))
    Party.objects.filter(pk=party_of(draft, cast.chair).pk).update(role="municipal_director")

    assert "mayor" in Signature.objects.get().office


@pytest.mark.django_db
def test_the_text_that_was_put_out_for_comments_is_known_by_its_moment(cast: Cast) -> None:
    draft = written(cast)
    open_comments(draft=draft, until=ahead(7), by=cast.secretary.actor, **AT)
    Wording.objects.update(heard_at=None, signable_at=None)  # as it was kept once
    to_be_signed(cast)

    HEARD.as_it_was_known(apps, SimpleNamespace(connection=connection))

    heard, signable = Wording.objects.order_by("pk")
    assert (heard.heard_at, heard.signable_at) == (NOON, None)
    assert (signable.heard_at, signable.signable_at) == (None, NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("Styret først", True),
        ("Styret først.\n\nOg så vi.", True),
        ("Styret først\n\nOrdfører, 3. oktober 2026: Ikke før jul.", False),
    ],
)
def test_what_may_be_several_statements_is_kept_for_those_inside(
    cast: Cast, said: str, is_one: bool
) -> None:
    party = party_of(to_be_signed(cast), cast.chair)
    Party.objects.filter(pk=party.pk).update(not_yet=said, not_yet_at=NOON)

    SAID.earlier_by_itself(apps, SimpleNamespace(connection=connection))

    party.refresh_from_db()
    assert (party.not_yet, party.said_earlier) == ((said, "") if is_one else ("", said))


def read_in(cast: Cast, start: date) -> Agreement:
    wanted = WantedAgreement(title=f"Avtale {start.year}", from_date=start)
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, **AT)


@pytest.mark.django_db
def test_what_was_kept_in_an_agreement_that_was_replaced_before_is_told_there_again(
    cast: Cast,
) -> None:
    old, new = read_in(cast, date(2025, 1, 1)), read_in(cast, date(2026, 6, 1))
    before, never = noted(old, WALK), noted(old, "Foreldremøter")
    goes_on = noted(new, WALK.upper())
    how = HowKept(WALK, cast.no.kommune, Times(Pace.ONCE, due_date=date(2026, 5, 20)))
    follow_commitment(commitment=goes_on, kept=how, by=cast.secretary.actor, **AT)
    Task.objects.update(state=TaskState.DONE, closed_at=NOON.replace(month=5, day=4))

    UPGRADE.promises_know_what_they_go_on_as(apps, SimpleNamespace(connection=connection))

    assert dict(Commitment.objects.values_list("pk", "goes_on_as")) == {
        before.pk: goes_on.pk, never.pk: None, goes_on.pk: None,
    }  # fmt: skip
    old.refresh_from_db()
    told = {
        one.commitment: one.state for one in promised_in(old, cast.secretary.actor, 2026, TODAY)
    }
    assert told == {before: "Kept", never: "Not set up"}


# In each language --------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_history_says_that_the_last_day_is_the_last(cast: Cast, language: str) -> None:
    agreement = in_force(cast).agreement
    end_agreement(agreement=agreement, last_day=TODAY, reason="Slutt", by=cast.chair.actor, **AT)

    with translation.override(language):
        told = history_of(agreement)[0].text

    assert "som siste dag" in told
    assert " fra " not in told
    assert " frå " not in told


@pytest.mark.parametrize("language", ["da", "nb", "nn"])
def test_what_is_quoted_is_quoted_as_the_country_does(language: str) -> None:
    texts = Path(samrad.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po"
    entries = texts.read_text(encoding="utf-8").split("\n\n")
    said = [one.partition("\nmsgstr")[2] for one in entries]

    assert [one for one in said if "“" in one or "”" in one] == []
