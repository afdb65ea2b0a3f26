"""A municipality's picture on two pages of paper, for the meeting where the police brief it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.analysis.words import Code
from samrad.areas.models import Area
from samrad.documents.paper import (
    Drawing,
    Drawings,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    Part,
    Words,
)
from samrad.documents.paper import Table as PaperTable
from samrad.knowledge.pictures import AreaTold, Told
from samrad.ui import formats
from samrad.ui.charts import PAPER

MOST_SHOWN, A_ROW = 9, 3
CLEAR = {Code.RISES, Code.FALLS}
PLOT_WIDTH, CHART_WIDTH = 220, 600


def handout(area: Area, told: AreaTold) -> Paper:
    """What rises, falls and is unusual; then the drawings and every figure."""
    told = replace(told, lines=most_telling(told.lines))
    period = {"period": told.period}
    parts: list[Part] = [
        Note(_("What public statistics say, with the latest figures of %(period)s.") % period),
        *_listed(_("What rises"), told.rising, _("Nothing rises clearly.")),
        *_listed(_("What falls"), told.falling, _("Nothing falls clearly.")),
        *_unclear(told.unclear),
        *_unusual(told, _("Unusual in %(period)s") % period),
        Heading(_("The latest year against the years before")),
        Drawings((Drawing(told.changes.drawn(CHART_WIDTH, PAPER), str(told.changes.says)),)),
        Note(
            _("The dot is how many times as many for each inhabitant, the line between what it"
              " may lie. A line that crosses 1 is no clear change.")
        ),
        Heading(_("How sure this is")),
        Words(
            _(
                "A change is only spoken of when chance is a poor explanation of it, and never of"
                " fewer than twenty counted in all. About one figure in a hundred lies above what"
                " was to be expected by chance alone, and as many below; what stands out among all"
                " figures is said without “it may be chance”. A campaign, a new form on the web or"
                " a new way of counting shows as a rise or a fall too: ask the police contact"
                " before you conclude."
            )
        ),
        NewPage(),
        Heading(_("One by one")),
        Note(
            _("Line: what was counted. Shade: between what it was to be expected. Large dot:"
              " outside that.")
        ),
        Drawings(tuple(_drawing(one) for one in told.lines), A_ROW),
        Heading(_("All figures")),
        PaperTable(
            tuple(str(head) for head in told.table.heads),
            tuple(tuple(row) for row in told.table.rows), widths=(5, 3, 3, 3, 3, 6),
        ),
        Note(_source(told)),
        *_held_back(told),
    ]  # fmt: skip
    return Paper(
        title=_("The crime picture of %(name)s") % {"name": area.name},
        language=get_language() or "en",
        sender=_("Crime picture"),
        footer=_("Figures count what is reported, not what happens. Ask before you conclude."),
        page_of=_("Page {n} of {all}"),
        marking="" if told.sight.is_public else _("Internal"),
        parts=tuple(parts),
    )


def most_telling(lines: list[Told]) -> list[Told]:
    """As many as two pages have room for, those with something to tell before the others."""
    if len(lines) <= MOST_SHOWN:
        return lines
    telling = [one for one in lines if one.unusual or one.line.change.way in CLEAR]
    return [*telling, *(one for one in lines if one not in telling)][:MOST_SHOWN]


def _listed(title: str, lines: Sequence[Told], nothing: str) -> list[Part]:
    if not lines:
        return [Heading(title), Note(nothing)]
    return [Heading(title), Facts(tuple((one.name, one.says) for one in lines))]


def _unclear(lines: Sequence[Told]) -> list[Part]:
    if not lines:
        return []
    return [Heading(_("No clear change")), Words(", ".join(one.name for one in lines) + ".")]


def _unusual(told: AreaTold, title: str) -> list[Part]:
    found = tuple((one.name, one.unusual) for one in told.unusual)
    if not found:
        return [Heading(title), Note(_("Nothing was outside what was to be expected."))]
    return [Heading(title), Facts(found)]


def _drawing(one: Told) -> Drawing:
    return Drawing(one.chart.drawn(PLOT_WIDTH, PAPER), one.chart.says, one.name, one.says)


def _held_back(told: AreaTold) -> list[Part]:
    if not told.held_back:
        return []
    names = ", ".join(told.held_back)
    said = _("Not told here, since small numbers are among them: %(names)s.")
    return [Note(said % {"names": names})]


def _source(told: AreaTold) -> str:
    data_set, release = told.kept.data_set, told.kept.release
    return _("Source: %(source)s, %(licence)s, fetched %(day)s.") % {
        "source": data_set.citation, "licence": data_set.licence,
        "day": formats.day(release.retrieved_at),
    }  # fmt: skip
