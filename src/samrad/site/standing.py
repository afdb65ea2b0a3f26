"""How councils stand, beside their names in a list: the next meeting, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.cooperation.panels import Mark
from samrad.kernel.clock import now
from samrad.site.queries import Standing, standings_of
from samrad.ui.formats import day


def in_a_list(councils: Sequence[Council], actor: Actor) -> Mapping[int, Sequence[Mark]]:
    """Two queries, however many councils there are."""
    found = standings_of(councils, actor, now()) if councils else []
    return {one.council.pk: _marks(one) for one in found}


def _marks(one: Standing) -> list[Mark]:
    found = []
    if one.next:
        when = day(one.next.starts_at, one.council.zone)
        found.append(Mark(_("Next meeting %(day)s") % {"day": when}))
    elif one.lacks_meeting:
        found.append(Mark(_("No meeting planned"), "warning"))
    if one.lacks_agreement:
        found.append(Mark(_("No agreement"), "warning"))
    if one.is_slow:
        text = _("Minutes wait for approval") if one.is_waiting else _("Minutes not finished")
        found.append(Mark(text, "warning"))
    return found
