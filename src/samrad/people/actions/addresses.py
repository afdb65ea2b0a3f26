"""One address, one person: mail and invitations must reach the one they are meant for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.kernel.verdict import Refused
from samrad.people.models import Person, User


def refuse_taken_address(person: Person) -> None:
    """Refuse an address that somebody else has, whether they are here or have left."""
    if not person.email:
        return
    others = Person.objects.exclude(pk=person.pk).filter(email__iexact=person.email)
    if others.filter(left_date=None).exists():
        raise Refused(_("Somebody here has this e-mail address. Search for the person by name."))
    if others.exists():
        raise Refused(
            _(
                "Somebody who left has this e-mail address. If it is the same person, search for"
                " them by name, and say on their page that they are back."
            )
        )
    if User.objects.filter(email__iexact=person.email).exclude(pk=person.user_id or 0).exists():
        raise Refused(_("Another account has this e-mail address. Ask an administrator."))
