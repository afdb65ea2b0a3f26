"""Papers of the demo, made when it is loaded: real files, with little in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.documents.uploads import HandedIn, handed_in
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting
from samrad.site.demo.world import World

# The words come in beside the markup, so that none of them is taken for a mark.
SHEET = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set text(lang: said.language, size: 11pt)
#set page(margin: 2.5cm)
#heading(said.title)
#for line in said.lines [#par(line) #v(0.6em)]
"""


def add_papers(
    world: World,
    given: dict[str, Any],
    *,
    meeting: Meeting,
    item: AgendaItem,
    by: Actor,
    at: datetime,
) -> None:
    """The papers that the file gives an item."""
    for data in given.get("paper", []):
        readers = api.For(Classification(data["for"])) if "for" in data else None
        api.add_paper(
            meeting=meeting, item=item, handed_in=_made(world, data), readers=readers, by=by, at=at
        )


def _made(world: World, data: dict[str, Any]) -> HandedIn:
    title = world.days.words(data["title"])
    lines = [world.days.words(line) for line in data["lines"]]
    kind = data.get("kind", "pdf")
    return handed_in(f"{title}.{kind}", _MAKERS[kind](title, lines, world.data["language"]))


def _pdf(title: str, lines: list[str], language: str) -> bytes:
    import typst  # noqa: PLC0415 - heavy, and only the loading of the demo comes here

    said = {"title": title, "lines": lines, "language": language}
    made = typst.compile(SHEET, sys_inputs={"said": json.dumps(said)})
    assert isinstance(made, bytes)  # noqa: S101 - one document, no list of pages
    return made


def _table(_title: str, lines: list[str], _language: str) -> bytes:
    return "\n".join(lines).encode("utf-8-sig")


_MAKERS: dict[str, Callable[[str, list[str], str], bytes]] = {"pdf": _pdf, "csv": _table}
