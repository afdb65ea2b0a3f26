"""What an unfinished matter is called on an agenda, before everybody may read what was decided.

A decision is provisional until its minutes are approved. Guests never read it so early, nor does a
mail tell it; where the profile has minutes approved before they are sent out, nor do members.
Such a decision comes back all the same, under a line that says only which item it was made under,
when, and which of them it is where several were made on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from samrad.documents.rules import Classification
from samrad.followup.models import Decision, Task
from samrad.followup.rules import DecisionState
from samrad.kernel.text import normalise_line, shortened
from samrad.meetings.models import AgendaItem
from samrad.profiles.reader import profile
from samrad.ui import formats

TITLE_LENGTH = 200
MATTER_LENGTH = 100
SHORTEST_TITLE = 40
_SENTENCE_ENDS = re.compile(r"(\w*)[.!?](?=\s[A-ZÆØÅÄÖ])")  # not “nr. 12” nor “kl. 14”
ABBREVIATIONS = frozenset({
    "adr", "afd", "alt", "ang", "avd", "ca", "dr", "eks", "evt", "fr", "fx", "hhv", "hr", "iht",
    "inkl", "jf", "jfr", "jvf", "kap", "kgl", "kl", "kr", "mfl", "mht", "mv", "nr", "pga", "pkt",
    "resp", "st", "tlf", "vedr",
})  # fmt: skip
WIDTH = (Classification.OPEN, Classification.INTERNAL, Classification.RESTRICTED)
CARRIED: dict[str, type[Decision] | type[Task]] = {
    Decision.trail_kind: Decision,
    Task.trail_kind: Task,
}
NOT_BINDING = frozenset({DecisionState.DRAFTED, DecisionState.PROVISIONAL})


def title_of(thing: Decision | Task) -> str:
    """The thing's own words, or a neutral line in the council's language."""
    if isinstance(thing, Decision) and not may_be_told(thing):
        return _by_its_item(thing)
    return _own_words(thing)


def may_be_told(decision: Decision) -> bool:
    """Whether everybody who reads an item for the same readers may read the decision by now."""
    if decision.state not in NOT_BINDING:
        return True
    read_early = not profile(decision.council.country).minutes_approval.before_distribution
    return (
        read_early
        and decision.state == DecisionState.PROVISIONAL
        and decision.classification == Classification.INTERNAL
    )


def _own_words(thing: Decision | Task) -> str:
    """As many whole sentences as a title holds; one that is longer is cut between two words."""
    words = normalise_line(thing.text if isinstance(thing, Decision) else thing.title)
    if len(words) <= TITLE_LENGTH:
        return words
    ends = [
        one.end()
        for one in _SENTENCE_ENDS.finditer(words)
        if SHORTEST_TITLE <= one.end() <= TITLE_LENGTH and not _is_abbreviated(one[1])
    ]
    return words[: ends[-1]] if ends else shortened(words, at_most=TITLE_LENGTH)


def _is_abbreviated(word: str) -> bool:
    """“J. Hansen”, “jf. Ås kommunes plan”: the sentence goes on."""
    return len(word) == 1 or word.lower() in ABBREVIATIONS


def _by_its_item(decision: Decision) -> str:
    """The item it was made under, for readers who have seen that one on an agenda, and when."""
    ref = decision.source_ref
    under = AgendaItem.objects.filter(ref=ref).first() if ref else None
    if under is None or under.is_restricted or _is_narrower(under, decision):
        return _neutral(decision)
    matter = shortened(normalise_line(under.title), at_most=MATTER_LENGTH)
    return f"{matter}. {_neutral(decision)}"


def _is_narrower(item: AgendaItem, decision: Decision) -> bool:
    return WIDTH.index(item.classification) > WIDTH.index(decision.classification)


def _neutral(thing: Decision | Task) -> str:
    return _neutral_decision(thing) if isinstance(thing, Decision) else _neutral_task(thing)


def _neutral_task(task: Task) -> str:
    with translation.override(profile(task.council.country).languages[0]):
        if task.deadline_date is None:
            return _("A task that not everybody here may read")
        day = formats.day(task.deadline_date)
        return _("A task due %(day)s that not everybody here may read") % {"day": day}


def _neutral_decision(decision: Decision) -> str:
    several = _made_on_that_day(decision)
    with translation.override(profile(decision.council.country).languages[0]):
        day = formats.day(decision.decided_date)
        if len(several) == 1:
            return _("A decision of %(day)s, whose minutes are not approved yet") % {"day": day}
        number = several.index(decision.pk) + 1
        return _("Decision number %(number)s of %(day)s, whose minutes are not approved yet") % {
            "number": number,
            "day": day,
        }


def _made_on_that_day(decision: Decision) -> list[int]:
    """In the order they were written, as the minutes have them, restricted ones among them."""
    made = Decision.objects.filter(council=decision.council, decided_date=decision.decided_date)
    return list(made.order_by("pk").values_list("pk", flat=True))


def settle_titles(items: Iterable[AgendaItem]) -> None:
    """Before an agenda goes out: what a carried item says of its source is what may be told now.

    Minutes may have been approved since the item was put on, have come back, or been written anew;
    and an item may have been opened to more than may read the decision or task it is about.
    """
    carried = [one for one in items if one.source_kind in CARRIED]
    refs = [one.source_ref for one in carried if one.source_ref]
    found: dict[UUID, Decision | Task] = {
        thing.ref: thing
        for model in CARRIED.values()
        for thing in model.objects.filter(ref__in=refs).select_related("council")
    }
    for item in carried:
        thing = found.get(item.source_ref) if item.source_ref else None
        if not (item.title_is_sources or _says_words_of(item, thing)):
            continue
        title = _title_on(item, thing)
        if item.title != title:
            item.title = title
            item.save(update_fields=["title"])


def _says_words_of(item: AgendaItem, thing: Decision | Task | None) -> bool:
    """Somebody may have written them by hand, too: they are the source's all the same."""
    if thing is None:
        return False
    told = {_own_words(thing), _neutral(thing)}
    return item.title in (told | {_by_its_item(thing)} if isinstance(thing, Decision) else told)


def _title_on(item: AgendaItem, thing: Decision | Task | None) -> str:
    """What the item may be called: it can have more readers by now than its source has."""
    if thing is None:
        with translation.override(profile(item.meeting.council.country).languages[0]):
            if item.source_kind == Task.trail_kind:
                return _("A task that is no longer in the register")
            return _("A decision that is no longer in the register")
    if _is_for_more(item, thing):
        return _neutral(thing)
    return title_of(thing)


def _is_for_more(item: AgendaItem, thing: Decision | Task) -> bool:
    if item.is_restricted and thing.is_restricted:
        return not _seats_of(item) <= _seats_of(thing)
    return WIDTH.index(item.classification) < WIDTH.index(thing.classification)


def _seats_of(thing: AgendaItem | Decision | Task) -> set[int]:
    return {seat.pk for seat in thing.audience.all()}
