"""Agreements that are being made, on the council's page; what is done with one, on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.agreements.models import Draft, Evaluation
from samrad.agreements.permissions import may_evaluate
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.due import evaluation_of, renewal_of, source_of_renewal
from samrad.agreements.queries.parties import board_of
from samrad.agreements.rules import DraftState
from samrad.agreements.rules.renewal import AHEAD
from samrad.agreements.rules.signing import grouped
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.rules import AgreementState
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import today
from samrad.profiles.reader import profile

SHOWN = 3


def on_council_page(
    council: Council, actor: Actor, _seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """Drafts under way, for those who may read them: one query, none for who may read none."""
    keeps = actor.holds(Permission.COUNCIL_MANAGE, in_council=council)
    if not keeps and not actor.holds(Permission.INTERNAL_SEE, in_council=council):
        return
    if not profile(council.country).tier(council.tier).rests_on_agreement:
        return
    drafts = list(Draft.objects.visible_to(actor).under_way().filter(council=council)[:SHOWN])
    if drafts or keeps:
        context = {"council": council, "drafts": drafts, "keeps": keeps and council.is_at_work}
        yield Panel("agreements/panel.html", order=40, context=context)


def on_agreement_page(agreement: Agreement, actor: Actor) -> Iterable[Panel | NextStep]:
    """Who signed it, what was added, when it comes back, what was found; the papers of it."""
    made = Draft.objects.select_related("council", "amends", "agreement")
    drafts = list(made.filter(agreement=agreement) | made.filter(amends=agreement))
    draft = next((one for one in drafts if one.agreement_id == agreement.pk), None)
    added = [one for one in drafts if one.is_amendment and one.state == DraftState.IN_FORCE]
    if draft is not None:
        draft.council = agreement.council
        board = board_of(draft, actor)
        check = checked(draft, [row.party for row in board.rows])
        context = {"board": board, "check": check, "digest": grouped(check.sha256), "draft": draft}
        yield Panel("agreements/part_signed.html", order=60, context=context)
    if added:
        yield Panel("agreements/part_added.html", order=20, context={"added": _read(added)})
    yield Panel("agreements/part_papers.html", order=80, context={"agreement": agreement})
    if agreement.state != AgreementState.IN_FORCE:
        return
    yield from _coming_back(agreement, actor)


def _read(added: Sequence[Draft]) -> list[tuple[Draft, list[str]]]:
    return [(one, [clause.text for clause in one.clauses.all()]) for one in added]


def _coming_back(agreement: Agreement, actor: Actor) -> Iterable[Panel | NextStep]:
    on = today(agreement.council.zone)
    day, keeps = renewal_of(agreement), bool(may_evaluate(actor, agreement))
    found = Evaluation.objects.visible_to(actor).filter(agreement=agreement).select_related("by")
    evaluations = list(found)
    source = source_of_renewal(agreement, on)
    due = day is not None and day <= on + AHEAD
    context = {
        "agreement": agreement,
        "council": agreement.council,
        "day": day,
        "source": source,
        "is_due": due,
        "keeps": keeps,
        "evaluations": evaluations,
        "evaluate_by": evaluation_of(agreement),
    }
    yield Panel("agreements/part_coming_back.html", order=70, context=context)
    if due and keeps:
        yield NextStep(
            label=_("Begin a new one"),
            url=reverse("agreements:start", args=[agreement.council.ref]),
            hint=_("The agreement is to be made anew."),
            order=40,
        )
