"""What stands out in the newest figures of a reader's own municipality, for their front page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.access.prepared import prepared
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.documents.rules import Classification
from samrad.knowledge.alarms_told import is_newest, seen_alarms, told_alarm
from samrad.knowledge.models import Alarm
from samrad.knowledge.rules.alarms import news
from samrad.ui.formats import number

MOST = 24  # of the alarms found last; those of the two newest periods are told


@dataclass(frozen=True)
class StandsOut:
    """One sentence, and the page with the figures behind it."""

    sentence: str
    url: str


def what_stands_out_at_home(actor: Actor) -> StandsOut | None:
    """One line of the municipality that most of it is about, if anything is new: one query.

    Restricted figures are not told here, also not to those who read them: others see the page too.
    """
    if not actor.workplace_ids:
        return None
    found = [one for one in _alarms_at_home(actor) if _is_news(one)]
    if not found:
        return None
    areas = [one.area for one in found]
    area = max(areas, key=areas.count)
    here = [one for one in found if one.area_id == area.pk]
    if len(here) == 1:
        told = told_alarm(here[0])
        return StandsOut(told.title, reverse("knowledge:alarm", args=[told.alarm.ref]))
    return StandsOut(_several(area, here), reverse("knowledge:picture", args=[area.ref]))


@prepared
def _alarms_at_home(actor: Actor) -> QuerySet[Alarm]:
    here = seen_alarms(actor).standing().filter(area__in=actor.workplace_ids)
    told = here.exclude(data_set__classification=Classification.RESTRICTED)
    municipal = told.filter(area__kind=AreaKind.MUNICIPALITY)
    return municipal.order_by("-found_at", "-period", "pk")[:MOST]


def _is_news(alarm: Alarm) -> bool:
    """Whether it is how things stand now: of the newest periods, and not past by a later figure."""
    return alarm.period in news([one["period"] for one in alarm.past]) and is_newest(alarm)


def _several(area: Area, alarms: list[Alarm]) -> str:
    names = [str(one.indicator) for one in alarms]
    told = {"area": area.name, "count": number(len(names)), "names": ", ".join(names)}
    return _("%(area)s stands out in %(count)s figures: %(names)s") % told
