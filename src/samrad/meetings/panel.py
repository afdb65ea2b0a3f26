"""What meetings show on a council's page: the next meetings, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.shapes import Number
from samrad.cooperation.models import Council
from samrad.cooperation.panels import NextStep, Panel
from samrad.cooperation.seats import FilledSeat
from samrad.kernel.clock import now
from samrad.meetings.permissions import may_plan_meetings, may_propose
from samrad.meetings.queries import lists
from samrad.meetings.queries.agenda import proposals_from_figures
from samrad.meetings.queries.around import Around, meetings_around
from samrad.meetings.sources import show_sources
from samrad.profiles.reader import profile
from samrad.ui.formats import day as in_words

SHOWN = Number(3)
FROM_FIGURES = Number(3)


def on_council_page(
    council: Council, actor: Actor, seats: Sequence[FilledSeat]
) -> Iterable[Panel | NextStep]:
    """The meetings to come and the latest one, and what one of them needs of the reader."""
    at = now()
    around = meetings_around(council, actor, at, ahead=SHOWN)
    coming, latest = around.coming, around.latest
    context = {
        "council": council,
        "coming": coming,
        "latest": latest,
        "now": at,
        "may_plan": bool(may_plan_meetings(actor, council)),
        "may_propose": bool(may_propose(actor, council)),
    }
    yield Panel("meetings/panel.html", order=10, context=context)
    yield from _figures(council, actor)
    step = _next_step(council, actor, around, seats)
    if step:
        yield step


def _figures(council: Council, actor: Actor) -> Iterable[Panel]:
    """What figures gave rise to and nobody has answered: one query, two where there is any."""
    proposals = proposals_from_figures(actor, council.pk, FROM_FIGURES)
    if proposals:
        show_sources(proposals, actor)
        context = {"council": council, "proposals": proposals}
        yield Panel("meetings/panel_figures.html", order=15, context=context)


def _next_step(
    council: Council, actor: Actor, around: Around, seats: Sequence[FilledSeat]
) -> NextStep | None:
    meetings = [*around.latest, *around.coming[:1]]
    for meeting in meetings:
        step = lists.next_step(meeting, actor, now(), around.known_of(meeting, seats))
        if step and not step.is_mere_reading:
            url = meeting.get_absolute_url() if step.posts else step.url
            which = _("Meeting of %(day)s.") % {"day": in_words(meeting.starts_at, council.zone)}
            return NextStep(step.label, url, hint=f"{which} {step.hint}".strip(), order=20)
    if not meetings and _has_a_year(council) and may_plan_meetings(actor, council):
        url = reverse("meetings:plan", args=[council.ref])
        return NextStep(_("Plan the year's meetings"), url, order=20)
    return None


def _has_a_year(council: Council) -> bool:
    """Whether it is to meet through the year: a group for a time, or at need, has no such plan."""
    regular = profile(council.country).tier(council.tier).meets_regularly
    return regular or bool(council.meetings_per_year)
