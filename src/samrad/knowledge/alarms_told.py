"""An alarm in words and as a chart, for whoever reads now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.knowledge.models import Alarm, AlarmQuerySet
from samrad.knowledge.moments import drawn_of, period_in_words
from samrad.knowledge.rules.picture import Past, Unusual
from samrad.ui.charts import Series, Table
from samrad.ui.formats import number

SMALLEST_P = 0.0001


@dataclass(frozen=True)
class AlarmTold:
    """What is said of an alarm: one sentence, how sure it is, and its drawing."""

    alarm: Alarm
    title: str
    sentence: str
    certainty: str
    chart: Series
    small: Series
    is_own: bool = False  # of a municipality that the reader works in

    @property
    def follows(self) -> str:
        """That the period before stood out too, where it did."""
        earlier = self.alarm.continues
        period = earlier.period if earlier and not earlier.has_lapsed else self._before
        if not period:
            return ""
        return _("The period before, %(period)s, stood out in the same way.") % {
            "period": period_in_words(period)
        }

    @property
    def _before(self) -> str:
        """The period before, where the series shows that it stood out and no alarm is kept."""
        at = place_of(self.alarm)
        if self.alarm.continues_id or at < 1:
            return ""
        before = self.alarm.past[at - 1]
        return str(before["period"]) if before["unusual"] == self.alarm.tail else ""

    @property
    def since(self) -> str:
        """What has become of it in the periods after, where there are some."""
        later = self.alarm.past[place_of(self.alarm) + 1 :]
        if not later:
            return ""
        again = [one["period"] for one in later if one["unusual"] == self.alarm.tail]
        if again:
            return _("It has stood out in the same way since: %(periods)s.") % {
                "periods": ", ".join(period_in_words(one) for one in again)
            }
        judged = [one for one in later if _is_judged(one)]
        if not judged:
            return _("Nothing is known of it since.")
        if any(one["unusual"] for one in judged):  # the other way: neither past nor going on
            return ""
        return _("That is past: in the periods since, up to %(period)s, it did not stand out.") % {
            "period": period_in_words(judged[-1]["period"])
        }

    @property
    def facts(self) -> Table:
        """The figures behind the sentence."""
        alarm = self.alarm
        least = _("less than %(number)s") % {"number": number(SMALLEST_P, 4)}
        by_chance = number(alarm.p, 4) if alarm.p >= SMALLEST_P else least
        limit = _("At most expected") if alarm.tail == Unusual.HIGH else _("At least expected")
        return Table(
            [_("Counted"), _("Expected"), limit, _("Probability by chance")],
            [[number(alarm.observed), number(alarm.expected, 1), number(alarm.limit), by_chance]],
        )


def is_newest(alarm: Alarm) -> bool:
    """Whether nothing that came after it has been held against anything: it is how things stand."""
    return not any(_is_judged(one) for one in alarm.past[place_of(alarm) + 1 :])


def _is_judged(past: Mapping[str, Any]) -> bool:
    """Whether there is a figure of the period, and something to hold it against."""
    one = Past(**{**past, "unusual": Unusual(past["unusual"])})
    return one.judged is not None and one.expected is not None


def told_alarm(alarm: Alarm) -> AlarmTold:
    """The alarm for the reader's language; its indicator, area and predecessor are there."""
    what, period = str(alarm.indicator), _when(alarm)
    names = {"what": what, "area": alarm.area.name, "period": period}
    past = [Past(**{**one, "unusual": Unusual(one["unusual"])}) for one in alarm.past]
    label = f"{what}, {alarm.area.name}"
    return AlarmTold(
        alarm, _title(alarm) % names, _sentence(alarm) % {**names, **_numbers(alarm)},
        _certainty(alarm), drawn_of(label, past), drawn_of(label, past, is_small=True),
    )  # fmt: skip


def told_by_ref(refs: Collection[UUID], actor: Actor) -> dict[UUID, AlarmTold]:
    """Those of these references that the actor reads, marked where it is their place: one query."""
    told = told_all(seen_alarms(actor).filter(ref__in=refs))
    own = actor.workplace_ids
    return {one.alarm.ref: replace(one, is_own=one.alarm.area_id in own) for one in told}


def told_all(alarms: Iterable[Alarm]) -> list[AlarmTold]:
    """Each of them."""
    return [told_alarm(one) for one in alarms]


def seen_alarms(actor: Actor) -> AlarmQuerySet:
    """The alarms an actor reads, with what their words need."""
    joined = Alarm.objects.visible_to(actor)
    return joined.select_related("indicator", "area", "continues", "data_set")


def place_of(alarm: Alarm) -> int:
    """At which place among the periods that are drawn its own is; what is after it came later."""
    periods = [one["period"] for one in alarm.past]
    return periods.index(alarm.period) if alarm.period in periods else len(periods) - 1


def _when(alarm: Alarm) -> str:
    """The period, or that it is the last of those that were judged together."""
    period = period_in_words(alarm.period)
    over = alarm.past[place_of(alarm)].get("over", 1) if alarm.past else 1
    if over == 1:
        return period
    return _("the %(over)s periods up to %(period)s") % {"over": number(over), "period": period}


def _title(alarm: Alarm) -> str:
    if alarm.tail == Unusual.HIGH:
        return _("%(what)s in %(area)s: unusually many in %(period)s")
    return _("%(what)s in %(area)s: unusually few in %(period)s")


def _sentence(alarm: Alarm) -> str:
    if alarm.tail == Unusual.HIGH:
        return _(
            "%(what)s in %(area)s: %(count)s in %(period)s. About %(expected)s were to be expected,"
            " and seldom more than %(limit)s."
        )
    return _(
        "%(what)s in %(area)s: %(count)s in %(period)s. About %(expected)s were to be expected,"
        " and seldom fewer than %(limit)s."
    )


def _numbers(alarm: Alarm) -> dict[str, str]:
    return {
        "count": number(alarm.observed),
        "expected": number(alarm.expected, 0),
        "limit": number(alarm.limit),
    }


def _certainty(alarm: Alarm) -> str:
    if alarm.survives:
        return _(
            "It stands out among all series that were looked at. Of ten that do, one at most is"
            " expected to be chance."
        )
    return _(
        "It stands out in its own series only: among so many series it may be chance, as about one"
        " figure in a hundred is."
    )
