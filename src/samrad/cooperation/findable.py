"""Councils and agreements as they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.documents.richtext import words_of


def _councils(rows: Rows) -> Iterator[Text]:
    """What it is called and there for; of a body that is not set up no more than the name."""
    found = rows.select_related("area").prefetch_related("focus_areas__agreement")
    for one in found.iterator(chunk_size=500):
        is_not_there = one.state == CouncilState.CONSIDERED or one.was_never_set_up
        about = [] if is_not_there else [one.purpose, one.mandate]
        if about:
            about += [
                one.slt_relation,
                *(area.title for area in one.focus_areas.all() if _out(area)),
            ]
        yield Text(
            one.pk, one.ref, one.name, _lines([one.area.name, *map(words_of, about)]),
            council=one.pk,
        )  # fmt: skip


def _out(area: object) -> bool:
    """Whether a focus area is more than a draft."""
    agreement = getattr(area, "agreement", None)
    return agreement is None or agreement.state != AgreementState.DRAFT


Words = Callable[[Agreement], Iterable[str]]
_more: list[tuple[Prefetch[Any], Words]] = []


def register_words(read_with: Prefetch[Any], words: Words) -> None:
    """`words(agreement)` is found with the agreement too, from what is `read_with` it."""
    if (read_with, words) not in _more:
        _more.append((read_with, words))


def _agreements(rows: Rows) -> Iterator[Text]:
    more = [read_with for read_with, _words in _more]
    found = rows.prefetch_related("clauses", "focus_areas", "commitments", *more)
    for one in found.iterator(chunk_size=200):
        parts = [f"{clause.heading}\n{words_of(clause.text)}" for clause in one.clauses.all()]
        parts += [area.title for area in one.focus_areas.all()]
        parts += [each.title for each in one.commitments.all() if each.carried_from_id is None]
        parts += [text for _with, words in _more for text in words(one)]
        yield Text(
            one.pk, one.ref, one.title, _lines(parts), council=one.council_id, day=one.from_date
        )


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


COUNCILS = Findable(
    kind="council",
    one=_("Council"),
    many=_("Councils"),
    order=10,
    icon="people",
    page="cooperation:council",
    council="pk",
    rows=Council.objects.all,
    texts=_councils,
    seen_by=lambda actor: [Sight(Council.objects.visible_to(actor))],
)
AGREEMENTS = Findable(
    kind="agreement",
    one=_("Agreement"),
    many=_("Agreements"),
    order=20,
    icon="handshake",
    page="cooperation:agreement",
    council="council",
    rows=Agreement.objects.all,
    texts=_agreements,
    seen_by=lambda actor: [Sight(Agreement.objects.visible_to(actor))],
)
