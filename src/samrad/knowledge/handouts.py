"""A municipality's picture on two pages of paper, for the meeting where the police brief it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.analysis.words import Code
from samrad.areas.models import Area
from samrad.documents.paper import (
    Box,
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
from samrad.knowledge.similar import SimilarTold
from samrad.knowledge.telling import told_in_short
from samrad.ui import formats
from samrad.ui.charts import PAPER
from samrad.ui.charts.figures import told as in_figures

MOST_SHOWN, A_ROW = 8, 4
CLEAR = {Code.RISES, Code.FALLS}
APART = {Code.HIGHER, Code.LOWER}
BESIDE_ALL = 4  # the column before that of all municipalities
PLOT_WIDTH, CHART_WIDTH = 180, 700
UNTOLD = {Code.TOO_FEW, Code.UNKNOWN}


def handout(area: Area, told: AreaTold) -> Paper:
    """What rises, falls and is unusual; then the drawings and every figure."""
    told = replace(told, lines=most_telling(told.lines))
    is_for_anybody = _similar(told) is None  # more stands on the first page, less on the second
    parts: list[Part] = [
        Note(_what_it_is(told)),
        *_held_back(told),
        *_listed(_("What rises"), told.rising, _("Nothing rises clearly.")),
        *_listed(_("What falls"), told.falling, _("Nothing falls clearly.")),
        *_unclear(told.unclear),
        *_unusual(told, _("Unusual in %(period)s") % {"period": told.period}),
        Heading(_("The latest year against the years before")),
        Note(
            _("How many for each inhabitant: × 2 is twice as many as before, × 0.5 half as many."
              " Dot: most likely. Line: between what it may lie; one that crosses × 1 is no clear"
              " change.")
        ),
        Drawings((_changes(told),)),
        *([] if is_for_anybody else _how_sure()),
        NewPage(),
        Heading(_("One by one")),
        Note(f"{told.key} {told.own_scales}"),
        Drawings(tuple(_drawing(one) for one in told.lines), A_ROW),
        Heading(_("All figures")),
        Note(_compared(told)),
        _figures(told),
        *_beside(told),
        *(_how_sure() if is_for_anybody else []),
        Note(_source(told)),
    ]  # fmt: skip
    if not told.lines:
        parts = [Note(_what_it_is(told)), *_held_back(told), Note(_source(told))]
    return Paper(
        title=_("The crime picture of %(name)s") % {"name": area.name},
        language=get_language() or "en",
        sender=_("Crime picture"),
        footer=_("Figures count what is reported, not what happens. Ask before you conclude."),
        page_of=_("Page {n} of {all}"),
        marking=_("Public") if told.sight.is_public else _("Internal"),
        parts=tuple(parts),
    )


def _how_sure() -> list[Part]:
    return [
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
    ]


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
    """What shows no change, and apart from it what nobody can tell of."""
    told = [one.name for one in lines if one.line.change.way not in UNTOLD]
    untold = [one.name for one in lines if one.line.change.way in UNTOLD]
    parts: list[Part] = []
    if told:
        parts += [Heading(_("No clear change")), Words(", ".join(told) + ".")]
    if untold:
        parts += [Heading(_("Too few to tell")), Words(", ".join(untold) + ".")]
    return parts


def _unusual(told: AreaTold, title: str) -> list[Part]:
    found = tuple((one.name, one.unusual) for one in told.unusual)
    if not found:
        return [Heading(title), Note(_("Nothing was outside what was to be expected."))]
    return [Heading(title), Facts(found)]


def _changes(told: AreaTold) -> Drawing:
    """Those of which there is something to draw; the others are named above it."""
    rows = [one for one in told.changes.rows if one.value]
    chart = replace(told.changes, rows=rows)
    return Drawing(chart.drawn(CHART_WIDTH, PAPER), str(chart.says))


def _figures(told: AreaTold) -> PaperTable:
    """Every figure, beside those of similar municipalities where those are told.

    How each has changed stands with its drawing.
    """
    what, period, expected, *_more = map(str, told.table.heads)
    heads = [what, period, expected, _("Here"), _("Whole country")]
    rows = [list(row[: len(heads)]) for row in told.table.rows]
    widths = [4, 2, 2, 2, 2]
    similar = _similar(told)
    if similar is None or similar.why_none:
        return PaperTable(tuple(heads), tuple(map(tuple, rows)), widths=tuple(widths))
    of_group = {one.against.indicator: one.against.of_group for one in similar.lines}
    heads.insert(BESIDE_ALL, _("Similar"))
    widths.insert(BESIDE_ALL, 2)
    for one, row in zip(told.lines, rows, strict=True):
        row.insert(BESIDE_ALL, in_figures(of_group.get(one.line.indicator), 1))
    return PaperTable(tuple(heads), tuple(map(tuple, rows)), widths=tuple(widths))


def _compared(told: AreaTold) -> str:
    """What the columns of the table that compare are about."""
    similar = _similar(told)
    if similar is None or similar.why_none:
        return _("Per 1,000 inhabitants in the latest year: here, and in the whole country.")
    return _(
        "Per 1,000 inhabitants in the latest year: here, in similar municipalities together, and"
        " in the whole country."
    )


def _similar(told: AreaTold) -> SimilarTold | None:
    """Where it stands against similar ones, which no paper tells that is for anybody."""
    return None if told.sight.is_published or told.sight.is_public else told.similar


def _beside(told: AreaTold) -> list[Part]:
    """What is clearly apart from similar municipalities, and which those are."""
    similar = _similar(told)
    if similar is None:
        return []
    title = Heading(_("Against similar municipalities"))
    if similar.why_none:
        return [title, Note(similar.why_none)]
    shown = {one.line.indicator for one in told.lines}
    lines = [one for one in similar.lines if one.against.indicator in shown]
    clear = tuple((one.name, one.says) for one in lines if one.against.way in APART)
    rest = ", ".join(one.name for one in lines if one.against.way not in APART)
    unclear = _("No clear difference, or too little to tell: %(names)s.") % {"names": rest}
    return [
        title, *([Facts(clear)] if clear else []), *([Words(unclear)] if rest else []),
        Note(similar.how),
    ]  # fmt: skip


def _drawing(one: Told) -> Drawing:
    return Drawing(
        one.chart.drawn(PLOT_WIDTH, PAPER), one.chart.says, one.name, told_in_short(one.line.change)
    )


def _what_it_is(told: AreaTold) -> str:
    """What the paper tells of, and what it compares."""
    latest = _("What public statistics say, with the latest figures of %(period)s.")
    compared = _(
        "Rises and falls: the latest year against the years before, for each inhabitant. Unusual:"
        " the latest period alone."
    )
    return f"{latest % {'period': told.period}} {compared}"


def _held_back(told: AreaTold) -> list[Part]:
    """First of all that something is left out: what is not named here may rise or fall as well."""
    return [Box(_("Left out"), Words(told.left_out))] if told.held_back else []


def _source(told: AreaTold) -> str:
    data_set, release = told.kept.data_set, told.kept.release
    return _("Source: %(source)s, %(licence)s, fetched %(day)s.") % {
        "source": data_set.citation, "licence": data_set.licence,
        "day": formats.day(release.retrieved_at),
    }  # fmt: skip
