"""Whether a draft can take its place among the council's agreements, and what loses its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.access.actor import SYSTEM
from samrad.agreements import events, letters
from samrad.agreements.actions.holding import held
from samrad.agreements.models import Draft, Signature
from samrad.agreements.permissions import (
    adds_in_order,
    has_first_day,
    is_not_made_anew,
    is_the_latest,
)
from samrad.agreements.queries.parties import holders_of
from samrad.agreements.queries.templates import made_anew_already
from samrad.agreements.rules import OUT_TO_SIGN, DraftState
from samrad.cooperation.actions.agreements import usual_parent
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Verdict
from samrad.profiles.reader import profile
from samrad.trail.api import record


def comes_in_order(draft: Draft) -> Verdict:
    """Asked when it is put out, at every edit after that, at the last signature, on its day."""
    verdict = has_first_day(draft)
    if not verdict:
        return verdict
    if draft.amends is not None:
        return adds_in_order(draft, draft.amends)
    verdict = is_not_made_anew(made_anew_already(draft))
    return is_the_latest(draft, latest_main(draft)) if verdict else verdict


def latest_main(draft: Draft) -> Agreement | None:
    """The main agreement that began last, ended or not, for a draft that becomes one itself."""
    if usual_parent(draft.council, draft.kind) is not None:
        return None
    known = draft.council.agreements.main().exclude(state=AgreementState.DRAFT)
    return known.exclude(from_date=None).order_by("-from_date").first()


def give_up_lost_additions(*, at: datetime, council: Council | None = None) -> None:
    """Nothing is added to an agreement that no longer holds."""
    lost = Draft.objects.under_way().exclude(amends=None)
    lost = lost.exclude(amends__state=AgreementState.IN_FORCE)
    if council is not None:
        lost = lost.filter(council=council)
    for one in lost.select_related("council__area"):
        _give_up(held(one), at=at)


def _give_up(draft: Draft, *, at: datetime) -> None:
    if not draft.is_under_way:
        return
    with override(profile(draft.council.country).languages[0]):
        reason = _("The agreement that it adds to is no longer in force.")
    was_out = draft.state in OUT_TO_SIGN
    draft.state, draft.settled_at = DraftState.WITHDRAWN, at
    draft.save(update_fields=["state", "settled_at"])
    record(events.DRAFT_WITHDRAWN, about=draft, by=SYSTEM, at=at, reason=reason)
    if was_out:
        on = day_of(at, draft.council.zone)
        title = draft.amends.title if draft.amends else ""
        tell_given_up(draft, "given_up", on=on, agreement=title)


def tell_given_up(
    draft: Draft, template: str, *, on: date, but: int | None = None, **more: Any
) -> None:
    """Whoever was asked to sign or has signed, and whoever keeps the council, `but` who did it."""
    offices = holders_of(draft.parties.all(), on).values()
    signed = Signature.objects.filter(party__draft=draft, voided_at=None).select_related("person")
    persons = [
        *(person for held in offices for person in held),
        *(one.person for one in signed if one.person),
        *letters.keepers(draft.council, on),
    ]
    letters.tell(draft, [one for one in persons if one.pk != but], template, **more)
