"""Looking through a file that is being described: the whole of it, by the worker, outside of pages.

A file with a number of a person goes at once, with all that was kept of it, and whoever handed it
in reads why. What somebody has saved meanwhile is looked through as any file that is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from samrad.documents.models import DiscardedFile
from samrad.kernel.clock import now
from samrad.knowledge.own_recipe_models import Description
from samrad.knowledge.reading_in import look_for_people, why_as_kept
from samrad.knowledge.rules.table import NotRead, Trouble, Why

MOST_TOLD = 20  # of the reasons; a page shows no more


def look_through(*, ref: str) -> None:
    """Whether any row of it points at a person. Doing it twice comes to the same."""
    description = Description.objects.filter(ref=ref).exclude(file="").first()
    if description is None:
        return
    with description.file.open("rb") as file:
        content = file.read()
    try:
        look_for_people(content)
    except NotRead as error:
        let_go(ref=ref, troubles=error.troubles)


def give_up(*, ref: str) -> None:
    """A file that nobody could look through is not kept either."""
    let_go(ref=ref, troubles=[Trouble(Why.NOT_FINISHED)])


@transaction.atomic
def let_go(*, ref: str, troubles: Iterable[Trouble]) -> None:
    """Note why, and keep nothing of the file."""
    description = Description.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if description is None or not description.file:
        return
    DiscardedFile.objects.create(content=str(description.file.name), discarded_at=now())
    description.refused = [why_as_kept(one) for one in troubles][:MOST_TOLD]
    description.file, description.head, description.columns = "", {}, {}
    description.save(update_fields=["refused", "file", "head", "columns"])
