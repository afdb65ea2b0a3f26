"""Who writes agreements, says what they think of them, signs them and looks back on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.agreements.models import (
    ClauseComment,
    Draft,
    FollowedBefore,
    Following,
    Party,
    Signature,
    TemplateVersion,
    template_areas,
)
from samrad.agreements.rules import EDITABLE, NEXT_STATES, SIGNABLE, DraftState, Outcome
from samrad.areas.models import Area
from samrad.cooperation.models import Agreement, Commitment, Council
from samrad.cooperation.permissions import may_manage_council
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.ui import formats
from samrad.wheel.permissions import may_keep_wheel

HAS_SIGNED = _("This party has signed.")


def may_draft_agreement(actor: Actor, council: Council) -> Verdict:
    """Those who keep a council that is at work write its agreements."""
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so no agreement is written for it."))
    return may_manage_council(actor, council)


def may_keep_template(actor: Actor, area: Area) -> Verdict:
    """Who coordinates the area, or keeps the council of the whole district."""
    if actor.is_system or template_areas(actor).filter(pk=area.pk).exists():
        return ALLOWED
    return refuse(_("Only those who coordinate this area make its templates."))


def is_being_written(template: TemplateVersion) -> Verdict:
    """What drafts have begun from stays as it was."""
    if template.published_at is not None:
        return refuse(_("This version is published and stays as it is. Begin a new version."))
    return ALLOWED


def may_write_draft(actor: Actor, draft: Draft) -> Verdict:
    """Those who keep the council, until the draft is in force or given up."""
    if draft.state not in EDITABLE:
        return refuse(_("This is no longer a draft, so it is not changed any more."))
    return may_manage_council(actor, draft.council)


def may_bring_draft(actor: Actor, draft: Draft, to: DraftState) -> Verdict:
    """Those who keep the council bring it one step further, as the table of its states says."""
    if to not in NEXT_STATES[DraftState(draft.state)]:
        return refuse(_("The draft has come to another point meanwhile."))
    return may_manage_council(actor, draft.council)


def reads_inside(actor: Actor, council: Council) -> bool:
    """Whether comments, history and scanned pages are for them: not for whoever only signs."""
    inside = actor.holds(Permission.INTERNAL_SEE, in_council=council)
    return inside or bool(may_manage_council(actor, council))


def may_comment(actor: Actor, draft: Draft) -> Verdict:
    """Permanent members, and whoever signs for a party, as long as the draft is out for it."""
    if draft.state != DraftState.COMMENTS:
        return refuse(_("The draft is not out for comments."))
    until = draft.comments_until
    if until is not None and until < today(draft.council.zone):
        return refuse(_("The time for comments is over. Speak to whoever writes the agreement."))
    if actor.person_id is None:
        return refuse(_("A comment is made by somebody."))
    if actor.holds(Permission.INTERNAL_SEE, in_council=draft.council_id):
        return ALLOWED
    return refuse(_("Only permanent members of the council comment on the draft."))


def may_answer_comment(actor: Actor, comment: ClauseComment) -> Verdict:
    """Those who write the draft, once."""
    if comment.outcome != Outcome.OPEN:
        return refuse(_("This comment has been answered."))
    return may_write_draft(actor, comment.clause.draft)


def may_sign(actor: Actor, party: Party) -> Verdict:
    """Whoever holds the role at the organisation today, in their own name."""
    if party.draft.state not in SIGNABLE:
        return refuse(_("The agreement is not out to be signed."))
    counts = Signature.objects.filter(party=OuterRef("pk"), voided_at=None)
    held = Party.objects.held_by(actor).filter(pk=party.pk).annotate(has_signed=Exists(counts))
    has_signed = held.values_list("has_signed", flat=True).first()
    if has_signed is None:
        return refuse(_("Only whoever holds the office signs for this party."))
    return refuse(HAS_SIGNED) if has_signed else ALLOWED


def may_record_paper(actor: Actor, party: Party) -> Verdict:
    """Those who keep the council record what was signed on paper."""
    if party.draft.state not in SIGNABLE:
        return refuse(_("The agreement is not out to be signed."))
    verdict = may_manage_council(actor, party.draft.council)
    return _has_not_signed(party) if verdict else verdict


def _has_not_signed(party: Party) -> Verdict:
    if party.signatures.filter(voided_at=None).exists():
        return refuse(HAS_SIGNED)
    return ALLOWED


def may_remind(actor: Actor, draft: Draft) -> Verdict:
    """Those who keep the council remind whoever has not signed."""
    if draft.state not in SIGNABLE:
        return refuse(_("The agreement is not out to be signed."))
    return may_manage_council(actor, draft.council)


def may_amend(actor: Actor, agreement: Agreement) -> Verdict:
    """Those who keep the council write an addition to what is in force."""
    if agreement.state != AgreementState.IN_FORCE:
        return refuse(_("Only an agreement in force is added to."))
    if agreement.has_run_out(today(agreement.council.zone)):
        return refuse(_("The agreement has run out. Make it anew instead of adding to it."))
    return may_draft_agreement(actor, agreement.council)


def may_evaluate(actor: Actor, agreement: Agreement) -> Verdict:
    """Those who keep the council record what the parties found; somebody does it."""
    if agreement.state != AgreementState.IN_FORCE:
        return refuse(_("Only an agreement in force is evaluated."))
    if actor.person_id is None:
        return refuse(_("An evaluation is recorded by somebody."))
    return may_manage_council(actor, agreement.council)


def may_end_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """Those who keep the council end an agreement that is in force."""
    if agreement.state != AgreementState.IN_FORCE:
        return refuse(_("This agreement is not in force."))
    return may_manage_council(actor, agreement.council)


def ends_in_order(agreement: Agreement, last_day: date, *, on: date) -> Verdict:
    """An agreement ends with a day that has come, and not before it began."""
    if last_day > on:
        return refuse(_("The last day lies ahead. End the agreement when it has come."))
    if agreement.from_date and last_day < agreement.from_date:
        return refuse(_("The last day lies before the agreement began."))
    if agreement.to_date and last_day > agreement.to_date:
        return refuse(
            _(
                "The agreement itself holds until %(day)s, and nobody is bound by it for longer. "
                "Choose that day or an earlier one."
            )
            % {"day": formats.day(agreement.to_date)}
        )
    return ALLOWED


def follows_in_order(draft: Draft, current: Agreement | None) -> Verdict:
    """What takes the place of an agreement begins after it."""
    if current is None or current.from_date is None or draft.from_date is None:
        return ALLOWED
    if draft.from_date <= current.from_date:
        return refuse(_("The agreement in force began later than that. Choose a later first day."))
    return ALLOWED


def is_the_latest(draft: Draft, latest: Agreement | None) -> Verdict:
    """A main agreement that begins before another one of the council would never hold."""
    if latest is None or latest.from_date is None or draft.from_date is None:
        return ALLOWED
    if draft.from_date < latest.from_date:
        return refuse(
            _("Another agreement of the council began later than that. Choose a later first day.")
        )
    return ALLOWED


def is_not_made_anew(other: Agreement | None) -> Verdict:
    """Of one agreement, one new one is made."""
    if other is None:
        return ALLOWED
    return refuse(
        _("Another draft has made the same agreement anew: “%(title)s” holds. Begin from that.")
        % {"title": other.title}
    )


def adds_in_order(draft: Draft, agreement: Agreement) -> Verdict:
    """Something is added to an agreement while it holds, and not before it began."""
    if agreement.state != AgreementState.IN_FORCE:
        return refuse(_("The agreement that it adds to is no longer in force."))
    if draft.from_date and agreement.from_date and draft.from_date < agreement.from_date:
        return refuse(
            _("The agreement that it adds to began later than that. Choose a later first day.")
        )
    if draft.from_date and agreement.to_date and draft.from_date > agreement.to_date:
        return refuse(
            _("The agreement that it adds to has run out by then. Choose an earlier first day.")
        )
    return ALLOWED


def is_signed_in_order(signed: date, *, put_out: date, changed: date, on: date) -> Verdict:
    """What is signed on paper is signed after it was put out and last changed, and before it is
    recorded."""
    if signed > on:
        return refuse(_("This day lies ahead."))
    if signed < put_out:
        return refuse(_("On that day the agreement was not out to be signed yet."))
    if signed < changed:
        return refuse(
            _(
                "The text was changed on %(day)s, after that day, so the paper is of another text. "
                "Print it anew and ask the party to sign the text as it is now."
            )
            % {"day": formats.day(changed)}
        )
    return ALLOWED


def is_ahead(until: date, on: date) -> Verdict:
    """People need time to read."""
    if until < on:
        return refuse(_("This day has passed."))
    return ALLOWED


def has_been_held(held: date, on: date) -> Verdict:
    """An evaluation is recorded when it has been made."""
    if held > on:
        return refuse(_("The day lies ahead. Record the evaluation when it has been made."))
    return ALLOWED


def is_ready_to_sign(
    draft: Draft, *, gaps: int, texts: int, parties: int, open_comments: int
) -> Verdict:
    """Nothing is left open in what the parties bind themselves to."""
    if parties < 2:  # noqa: PLR2004 (it takes two to agree)
        return refuse(_("It takes at least two parties to agree. Say who signs."))
    if not texts:
        return refuse(_("Nothing is written yet."))
    if gaps:
        return refuse(_("There are still gaps to fill in, in square brackets."))
    if open_comments:
        return refuse(_("Some comments have not been answered yet."))
    return has_first_day(draft)


def binds_all(left_out: Sequence[str]) -> Verdict:
    """An addition holds for all who signed the agreement, so all of them sign it."""
    if left_out:
        return refuse(
            _(
                "An addition holds for all who signed the agreement, and these do not sign it: "
                "%(who)s. Let them sign, or write a new agreement between those who are left."
            )
            % {"who": ", ".join(left_out)}
        )
    return ALLOWED


def has_first_day(draft: Draft) -> Verdict:
    """The day is part of what is signed, so nobody but the parties says it."""
    if draft.from_date is None:
        return refuse(_("Say from which day the agreement is to hold."))
    return ALLOWED


def may_stop_following(actor: Actor, agreement: Agreement | None) -> Verdict:
    """The secretary or chair, also when the agreement has ended: nothing is followed for ever."""
    if agreement is None or agreement.state == AgreementState.DRAFT:
        return refuse(_("What is promised is followed while the agreement is in force."))
    return may_keep_wheel(actor, agreement.council)


def may_follow_commitments(actor: Actor, agreement: Agreement | None) -> Verdict:
    """The secretary or chair, while the agreement is in force."""
    if agreement is None or agreement.state != AgreementState.IN_FORCE:
        return refuse(_("What is promised is followed while the agreement is in force."))
    return may_keep_wheel(actor, agreement.council)


def may_take_out(actor: Actor, commitment: Commitment) -> Verdict:
    """What was noted and never followed, by the secretary or chair; what was done stays counted."""
    followed = Following.objects.filter(commitment=commitment).exists()
    if followed or FollowedBefore.objects.filter(commitment=commitment).exists():
        return refuse(_("This has been followed, so it stays with what came of it."))
    if commitment.goes_on_as_id is not None:
        return refuse(_("This goes on in the agreement that took the place of this one."))
    return may_stop_following(actor, commitment.agreement)
