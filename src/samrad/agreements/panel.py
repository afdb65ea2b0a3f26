"""Agreements that are being made, on the council's page; what is done with one, on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.agreements.models import Draft
from samrad.agreements.permissions import may_amend, may_evaluate
from samrad.agreements.queries.additions import added_to
from samrad.agreements.queries.areas import newer_than_signed
from samrad.agreements.queries.due import renewal_of, source_of_renewal
from samrad.agreements.rules import ADDITIONS, SIGNED_HERE
from samrad.agreements.rules.renewal import AHEAD
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.rules import AgreementState
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import today
from samrad.profiles.reader import profile


def on_council_page(
    council: Council, actor: Actor, _seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """A way to the drafts for those who may read them, which asks the database nothing."""
    keeps = actor.holds(Permission.COUNCIL_MANAGE, in_council=council)
    inside = actor.holds(Permission.INTERNAL_SEE, in_council=council)
    if (keeps or inside) and profile(council.country).tier(council.tier).rests_on_agreement:
        context = {"council": council, "keeps": keeps and council.is_at_work}
        yield Panel("agreements/panel.html", order=45, context=context)


def on_agreement_page(agreement: Agreement, actor: Actor) -> Iterable[Panel | NextStep]:
    """What was added, when it comes back, what to do with it; a query only where there is more."""
    if agreement.facts.get(ADDITIONS):
        yield Panel("agreements/part_added.html", order=20, context={"added": _added(agreement)})
    on = today(agreement.council.zone)
    is_held = agreement.state == AgreementState.IN_FORCE
    day = renewal_of(agreement) if is_held else None
    due, keeps = day is not None and day <= on + AHEAD, bool(may_evaluate(actor, agreement))
    inside = actor.holds(Permission.INTERNAL_SEE, in_council=agreement.council_id)
    context = {
        "agreement": agreement,
        "council": agreement.council,
        "signed_here": SIGNED_HERE in agreement.facts,
        "inside": inside,
        "day": day,
        "source": source_of_renewal(agreement, on),
        "keeps": keeps,
        "adds": bool(may_amend(actor, agreement)),
    }
    if is_held and SIGNED_HERE in agreement.facts and (inside or keeps):
        newer = newer_than_signed(agreement)
        if newer is not None:
            yield Panel("agreements/part_newer.html", order=30, context={"newer": newer} | context)
    yield Panel("agreements/part_life.html", order=60, context=context)
    if due and keeps:
        start = reverse("agreements:start", args=[agreement.council.ref])
        yield NextStep(
            label=_("Begin a new one"),
            url=f"{start}?begins={agreement.ref}",
            hint=_("The agreement is to be made anew."),
            order=40,
        )


def _added(agreement: Agreement) -> list[tuple[Draft, tuple[str, ...]]]:
    """The additions that hold, each with its texts."""
    return [(one.draft, one.texts) for one in added_to(agreement)]
