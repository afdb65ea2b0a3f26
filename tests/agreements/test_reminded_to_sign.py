"""Whoever has not signed is reminded by itself, in a rhythm, until the party has signed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.agreements.actions.signatures import remind_if_due, remind_to_sign
from samrad.agreements.rules.signing import REMINDED_AFTER, reminder_due
from samrad.agreements.tasks import remind_of_one, remind_of_what_waits_to_be_signed
from samrad.kernel.clock import held_at
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from samrad.work.models import Job
from tests.agreements.bricks import signs, to_be_signed
from tests.cast import NOON

ASKED = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def asked() -> int:
    return Message.objects.filter(template="agreements/mail/sign").count()


def after(days: int, draft: Any) -> int:
    return remind_if_due(draft=draft, at=NOON + timedelta(days=days))


@given(st.integers(min_value=0, max_value=2000))
def test_the_rhythm_is_slow_and_never_early(days: int) -> None:
    step = reminder_due(ASKED, ASKED + timedelta(days=days))
    if days < REMINDED_AFTER[0]:
        assert step is None
    else:
        assert step is not None
        assert 0 <= days - step < REMINDED_AFTER[-1]
        assert step in REMINDED_AFTER or step % REMINDED_AFTER[-1] == 0


@pytest.mark.django_db
def test_those_who_have_not_signed_are_reminded_once_at_each_step(cast: Any) -> None:
    draft = to_be_signed(cast)
    first = asked()

    assert after(6, draft) == 0
    assert after(7, draft) == 2
    assert after(8, draft) == 0, "not again before the next step"
    assert after(14, draft) == 2
    assert asked() == first + 4
    assert event_codes_of(draft)[-1] == "agreement.reminded_by_itself"


@pytest.mark.django_db
def test_whoever_has_signed_hears_no_more(cast: Any) -> None:
    draft = to_be_signed(cast)
    signs(draft, cast.chair)

    assert after(7, draft) == 1
    signs(draft, cast.station_chief)
    assert after(14, draft) == 0


@pytest.mark.django_db
def test_a_reminder_by_hand_the_day_before_is_enough(cast: Any) -> None:
    draft = to_be_signed(cast)
    with held_at(NOON + timedelta(days=6)):
        remind_to_sign(draft=draft, by=cast.secretary.actor, at=NOON + timedelta(days=6))

    assert after(7, draft) == 0
    assert after(14, draft) == 2


@pytest.mark.django_db
def test_the_worker_looks_at_each_agreement_every_day(cast: Any) -> None:
    draft = to_be_signed(cast)
    before = asked()
    with held_at(NOON + timedelta(days=7)):
        remind_of_what_waits_to_be_signed()
        assert Job.objects.filter(name="agreements.remind_to_sign_one").count() == 1
        remind_of_one(draft=str(draft.ref))
    assert asked() == before + 2
