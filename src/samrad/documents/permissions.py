"""Who may confirm that a number is nobody's identity number."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor, HasKey
from samrad.access.vocabulary import Permission
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_confirm_number(
    actor: Actor, *, in_council: HasKey | int, author_id: int | None = None
) -> Verdict:
    """Somebody the council trusts with it, and never the one who wrote the text."""
    if not actor.holds(Permission.IDENTITY_NUMBER_OVERRIDE, in_council=in_council):
        return refuse(_("Only the chair, the vice-chair or the secretary can confirm a number."))
    if author_id is not None and author_id == actor.person_id:
        return refuse(_("Someone other than the writer must confirm the number."))
    return ALLOWED
