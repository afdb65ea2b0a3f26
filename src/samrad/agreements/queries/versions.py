"""What one agreement says otherwise than the one before it, clause by clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.choices import Choices
from samrad.meetings.rules.differences import Change, Piece, differences

KEPT_AT_LEAST = (
    0.4  # of the words of the shorter text: with fewer, what changed between them is confetti
)


class HasText(Protocol):
    """A clause, of a draft or of an agreement."""

    @property
    def key(self) -> str: ...

    @property
    def heading(self) -> str: ...

    @property
    def text(self) -> str: ...


class Became(Choices):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    REWRITTEN = "rewritten"  # so much of it that the two are read side by side
    RENAMED = "renamed"  # another heading over the same text
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class ClauseChange:
    """A clause with what has been added to it and taken out of it."""

    heading: str
    became: Became
    pieces: tuple[Piece, ...]
    old_heading: str = ""
    key: str = ""


def changes_between(before: Iterable[HasText], after: Iterable[HasText]) -> list[ClauseChange]:
    """In the order of the new one; what is gone comes last."""
    old, new = _by_key(before), _by_key(after)
    found = [
        replace(_change(old.get(key), one), key=key)
        for key, one in new.items()
        if one[1] or key in old
    ]
    gone = [
        ClauseChange(heading, Became.GONE, (Piece(Change.REMOVED, text),), key=key)
        for key, (heading, text) in old.items()
        if key not in new
    ]
    return [*found, *gone]


def _by_key(clauses: Iterable[HasText]) -> dict[str, tuple[str, str]]:
    """Heading and whole text by what tells a clause from others: its key, else its heading."""
    found: dict[str, tuple[str, str]] = {}
    for one in clauses:
        key = one.key or one.heading
        before = found.get(key)
        text = f"{before[1]}\n\n{one.text}" if before else one.text
        found[key] = (one.heading, text)
    return found


def _change(before: tuple[str, str] | None, after: tuple[str, str]) -> ClauseChange:
    heading, text = after
    if before is None:
        return ClauseChange(heading, Became.NEW, (Piece(Change.ADDED, text),))
    old_heading, old_text = before
    renamed = old_heading if old_heading != heading else ""
    if old_text.split() == text.split():
        kept = (Piece(Change.KEPT, text),)
        became = Became.RENAMED if renamed else Became.SAME
        return ClauseChange(heading, became, kept, old_heading=renamed)
    pieces = tuple(differences(old_text, text))
    in_both = _kept(pieces)
    if not in_both or in_both < KEPT_AT_LEAST * min(len(old_text.split()), len(text.split())):
        whole = (Piece(Change.REMOVED, old_text), Piece(Change.ADDED, text))
        both = tuple(piece for piece in whole if piece.text)
        return ClauseChange(heading, Became.REWRITTEN, both, old_heading=renamed)
    return ClauseChange(heading, Became.CHANGED, pieces, old_heading=renamed)


def _kept(pieces: Iterable[Piece]) -> int:
    """How many words stand in both."""
    return sum(len(one.text.split()) for one in pieces if one.change == Change.KEPT)


def lineage_of(agreement: Agreement) -> list[Agreement]:
    """Newest first: each was made anew of the one after it, or took its place as the main one.

    Two agreements on different themes have nothing to do with each other, although of one kind.
    """
    known = agreement.council.agreements.exclude(state=AgreementState.DRAFT)
    there = list(
        known.select_related("draft").prefetch_related("clauses").order_by("-from_date", "-pk")
    )
    before = {one.pk: _before(one, there) for one in there}
    after = {earlier.pk: one for one in there if (earlier := before[one.pk])}
    here = next((one for one in there if one.pk == agreement.pk), agreement)
    newer: list[Agreement] = []
    older = [here]
    while (following := after.get((newer or [here])[-1].pk)) and following not in newer:
        newer.append(following)
    while (earlier := before.get(older[-1].pk)) and earlier not in older:
        older.append(earlier)
    return [*reversed(newer), *older]


def before_of(agreement: Agreement) -> Agreement | None:
    """The one whose place it took."""
    return dict(pairwise(lineage_of(agreement))).get(agreement)


def _before(agreement: Agreement, there: list[Agreement]) -> Agreement | None:
    """What it was made anew of; of a main one that does not say so, the main one before it."""
    draft = getattr(agreement, "draft", None)
    if draft is not None and draft.revises_id:
        return next((one for one in there if one.pk == draft.revises_id), None)
    if agreement.parent_id is not None:
        return None
    older = there[there.index(agreement) + 1 :]
    same = (one for one in older if one.parent_id is None and one.kind == agreement.kind)
    return next(same, None)
