"""What was added to an agreement is found with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from samrad.agreements.models import Draft
from samrad.agreements.rules import DraftState
from samrad.documents.richtext import words_of

HOLDS = Draft.objects.filter(state=DraftState.IN_FORCE).prefetch_related("clauses")
READ_WITH: Prefetch[Any] = Prefetch("amendments", queryset=HOLDS, to_attr="added_texts")


def words(agreement: Any) -> Iterator[str]:
    """The title and text of each addition that holds."""
    for draft in agreement.added_texts:
        yield draft.title
        yield from (words_of(one.text) for one in draft.clauses.all() if one.text)
