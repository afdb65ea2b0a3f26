"""What happens to drafts, signatures and agreements in force, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

DRAFT_STARTED = event("agreement_draft.started", _("%(by)s began to write %(about)s."))
DRAFT_WRITTEN = event("agreement_draft.written", _("%(by)s changed %(about)s: %(what)s."))
PARTIES_CHOSEN = event("agreement_draft.parties", _("%(by)s said who signs %(about)s: %(who)s."))
COMMENTS_OPENED = event(
    "agreement_draft.comments", _("%(by)s put %(about)s out for comments until %(day)s.")
)
COMMENT_MADE = event("agreement_comment.made", _("%(by)s commented on “%(about)s”."))
COMMENT_TAKEN = event("agreement_comment.taken", _("%(by)s followed a comment on “%(about)s”."))
COMMENT_LEFT = event(
    "agreement_comment.left", _("%(by)s answered a comment on “%(about)s” and left the text.")
)
PUT_TO_SIGN = event("agreement_draft.to_sign", _("%(by)s put %(about)s out to be signed."))
SIGNED = event("agreement.signed", _("%(by)s signed %(about)s for %(party)s."))
NOT_YET = event("agreement.not_yet", _("%(by)s said that %(party)s cannot sign %(about)s yet."))
SIGNED_ON_PAPER = event(
    "agreement.signed_on_paper",
    _("%(by)s recorded that %(signatory)s signed %(about)s on paper for %(party)s on %(day)s."),
)
SIGNATURES_VOIDED = event(
    "agreement.signatures_voided",
    _("%(by)s changed %(about)s after it was signed: the signatures of %(who)s no longer hold."),
)
REMINDED = event("agreement.reminded", _("%(by)s reminded %(who)s to sign %(about)s."))
REMINDED_BY_ITSELF = event(
    "agreement.reminded_by_itself", _("%(who)s were reminded to sign %(about)s.")
)
SIGNED_BY_ALL = event("agreement.signed_by_all", _("All parties have signed %(about)s."))
AMENDMENT_IN_FORCE = event(
    "agreement.amended", _("The addition %(about)s is in force from %(start)s.")
)
DRAFT_IN_FORCE = event("agreement_draft.in_force", _("%(about)s is in force from %(start)s."))
DRAFT_WITHDRAWN = event("agreement_draft.withdrawn", _("%(by)s gave up %(about)s: %(reason)s"))
AGREEMENT_EVALUATED = event(
    "agreement.evaluated", _("%(by)s recorded the evaluation of %(agreement)s on %(day)s.")
)
AGREEMENT_ENDED_BY_US = event(
    "agreement.ended_with_reason", _("%(by)s ended %(about)s with %(day)s: %(reason)s")
)

TEMPLATE_BEGUN = event("agreement_template.begun", _("%(by)s began to write %(about)s."))
TEMPLATE_WRITTEN = event("agreement_template.written", _("%(by)s changed %(about)s: %(what)s."))
TEMPLATE_PUBLISHED = event("agreement_template.published", _("%(by)s published %(about)s."))
TEMPLATE_DROPPED = event("agreement_template.dropped", _("%(by)s threw away %(about)s."))
TEMPLATE_TAKEN_OVER = event(
    "agreement_draft.template_taken", _("%(by)s brought %(about)s up to %(template)s: %(what)s.")
)

COMMITMENT_FOLLOWED = event(
    "commitment.followed", _("%(by)s settled how “%(about)s” is kept; %(owner)s answers for it.")
)
COMMITMENT_LEFT = event("commitment.left", _("%(by)s stopped following “%(about)s”: %(reason)s"))
COMMITMENT_HERE_TOO = event(
    "commitment.here_too", _("%(by)s said that the agreement in force promises “%(about)s” too.")
)
COMMITMENT_IS_THE_SAME = event(
    "commitment.is_the_same", _("%(by)s said that “%(before)s” goes on as “%(about)s”.")
)
COMMITMENT_TAKEN_OUT = event(
    "agreement.promise_taken_out",
    _("%(by)s took “%(what)s” out of what is promised in %(about)s: %(reason)s"),
)
