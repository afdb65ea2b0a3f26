"""What parties agree on beside the clauses: days, meetings, focus areas and who is bound.

All of it is signed, so all of it is compared where somebody reads what is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samrad.agreements.models import Draft, Party
from samrad.agreements.queries.due import renewal_of_draft
from samrad.agreements.rules.signing import SignedText
from samrad.cooperation.models import Agreement
from samrad.people.models import Organisation
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.ui import formats

Frame = Mapping[str, tuple[str, ...]]  # what each part is called, and what it says; absent: unknown


@dataclass(frozen=True)
class FrameChange:
    """A part of the frame that says something else now."""

    label: str
    gone: tuple[str, ...]
    added: tuple[str, ...]


def frame_changes(before: Frame, after: Frame) -> list[FrameChange]:
    """What is known of both and differs, in the order of the new one."""
    return [
        FrameChange(
            label,
            tuple(one for one in before[label] if one not in now),
            tuple(one for one in now if one not in before[label]),
        )
        for label, now in after.items()
        if label in before and set(before[label]) != set(now)
    ]


def frame_of(agreement: Agreement) -> Frame:
    """As it was signed; of one that was read in, as far as it is known."""
    draft = Draft.objects.select_related("council").filter(agreement=agreement).first()
    if draft is not None:
        return frame_of_draft(draft)
    elections = profile(agreement.council.country).elections
    start = agreement.from_date
    renewal = agreement.renewal_date or (elections.next_after(start) if start else None)
    focus = [one.title for one in agreement.focus_areas.all()]
    return _titled(agreement.title) | _days(start, agreement.to_date, renewal) | _focus(focus)


def frame_of_draft(draft: Draft, parties: Iterable[Party] | None = None) -> Frame:
    """As it stands; from parties that are read already, if given."""
    if parties is None:
        parties = draft.parties.select_related("organisation")
    bound = tuple(f"{one.organisation.name}, {one.role_name}" for one in parties)
    days = _days(draft.from_date, draft.to_date, renewal_of_draft(draft))
    if draft.is_amendment:
        return _titled(draft.title) | _days(draft.from_date, None, None) | _parties(bound)
    agreed = _meetings(draft.meetings_per_year) | _focus(draft.focus_titles)
    return _titled(draft.title) | days | agreed | _parties(bound)


def frame_of_text(draft: Draft, text: SignedText, parties: Iterable[Party] = ()) -> Frame:
    """As it was when that text could be signed; `parties` are those of today, if they are read."""
    country = profile(draft.council.country)
    names = {str(one.organisation.ref): one.organisation.name for one in parties}
    others = {ref for ref, _role in text.parties} - set(names)
    if others:
        there = Organisation.objects.filter(ref__in=others)
        names |= {str(one.ref): one.name for one in there}
    bound = tuple(
        f"{names.get(ref, ref)}, {in_readers_language(country.role(role).name)}"
        for ref, role in text.parties
    )
    if draft.is_amendment:
        return _titled(text.title) | _days(text.from_date, None, None) | _parties(bound)
    renewal = text.renewal_date
    if renewal is None and text.from_date is not None:
        renewal = country.elections.next_after(text.from_date)
    agreed = _meetings(text.meetings_per_year) | _focus(text.focus_areas)
    days = _days(text.from_date, text.to_date, renewal)
    return _titled(text.title) | days | agreed | _parties(bound)


def _titled(title: str) -> dict[str, tuple[str, ...]]:
    return {_("Title"): (title,)}


def _days(start: date | None, end: date | None, renewal: date | None) -> dict[str, tuple[str, ...]]:
    days = {
        _("In force from"): start, _("Holds until"): end, _("To be renewed by"): renewal,
    }  # fmt: skip
    return {label: (formats.day_long(one),) if one else () for label, one in days.items()}


def _meetings(number: int | None) -> dict[str, tuple[str, ...]]:
    return {_("Meetings a year"): (formats.number(number),) if number else ()}


def _focus(titles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {_("Focus areas"): tuple(titles)}


def _parties(bound: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {_("Between"): bound}
