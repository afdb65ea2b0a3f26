"""A municipality's picture on two pages of paper, for the meeting where the police brief it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

from django.utils.text import capfirst
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
from samrad.documents.rules import Classification
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.pictures import AreaTold, Told
from samrad.knowledge.rules.periods import in_a_year, read_period
from samrad.knowledge.similar import Beside, SimilarTold
from samrad.knowledge.telling import told_beside_the_rest, told_of_the_year
from samrad.ui import formats
from samrad.ui.charts import PAPER
from samrad.ui.charts.figures import told as in_figures
from samrad.ui.formats import number

MOST_SHOWN, A_ROW = 8, 4
MOST_APART = 2  # differences from the rest of the country that are told
CLEAR = {Code.RISES, Code.FALLS}
APART = {Code.HIGHER, Code.LOWER}
BESIDE_ALL = 4  # the column before that of the whole country
WIDE, NARROW, LAST = 8, 4, 5  # shares of the line
PLOT_WIDTH, CHART_WIDTH = 180, 700
UNTOLD = {Code.TOO_FEW, Code.UNKNOWN}


def handout(area: Area, told: AreaTold) -> Paper:
    """What rises, falls and is unusual; then the drawings and every figure."""
    told = replace(told, lines=most_telling(told.lines))
    is_for_anybody = _similar(told) is None  # more stands on the first page, less on the second
    parts: list[Part] = [
        *_for_whom(told),
        Note(_what_it_is(area, told)),
        *_held_back(told),
        *([Words(told.in_all)] if told.in_all else []),
        *_listed(_("What rises"), told.rising, _("Nothing rises clearly.")),
        *_listed(_("What falls"), told.falling, _("Nothing falls clearly.")),
        *_unclear(told.unclear),
        *_unusual(told, _("Unusual in %(period)s") % {"period": told.period}),
        *_apart(told),
        Heading(_("The latest year against the years before")),
        Note(told.key_of_changes),
        Drawings((_changes(told),)),
        *([] if is_for_anybody else _how_sure(told)),
        NewPage(),
        Heading(_("One by one")),
        Note(f"{told.key} {told.own_scales}"),
        Drawings(tuple(_drawing(one) for one in told.lines), A_ROW),
        Heading(_("All figures")),
        *_kinds(told),
        _figures(told),
        *_beside(told),
        *(_how_sure(told) if is_for_anybody else []),
        Note(_source(told)),
    ]  # fmt: skip
    if not told.lines:
        about = [Note(_what_it_is(area, told)), *_held_back(told), Note(_source(told))]
        parts = [*_for_whom(told), *about]
    title = _("The crime picture of %(name)s") % {"name": area.name}
    return Paper(
        title=title,
        language=get_language() or "en",
        sender=_("Crime picture"),
        footer=f"{title}, {told.period}",
        page_of=_("Page {n} of {all}"),
        marking=told.sight.marking,
        parts=tuple(parts),
        is_dense=True,
    )


def _how_sure(told: AreaTold) -> list[Part]:
    sure = _(
        "A change is only told when chance is a poor explanation of it, and never where fewer than"
        " twenty were counted in all the years compared. By chance alone about one figure in a"
        " hundred lies above its shade, and one below. Where “It may still be chance” is not"
        " added, the figure stands out even among all that were looked at; of those that do, at"
        " most one in ten is chance."
    )
    why = _(
        "Drug offences follow how much the police look for them. A campaign, a new form on the web"
        " or a new way of counting shows as a rise or a fall too."
    )
    ask = (
        _("Ask the municipality before you conclude.")
        if told.sight.is_public
        else _("Ask the police contact before you conclude.")
    )
    return [Heading(_("How sure this is")), Words(f"{sure} {why} {ask}")]


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
    says = Facts(found) if found else Note(told.nothing_unusual)
    untold = [Note(sentence) for sentence in told.not_judged]
    return [Heading(title), *([says] if found or told.nothing_unusual else []), *untold]


def _changes(told: AreaTold) -> Drawing:
    """Those of which there is something to draw; the others are named above it."""
    rows = [one for one in told.changes.rows if one.value]
    chart = replace(told.changes, rows=rows)
    return Drawing(chart.drawn(CHART_WIDTH, PAPER), str(chart.says))


def _kinds(told: AreaTold) -> list[Part]:
    """That one of them counts the others as well, and how many of it are of none of them."""
    lines = {one.line.indicator: one for one in told.lines}
    whole = next((lines[one.part_of] for one in told.lines if one.part_of in lines), None)
    if whole is None:
        return []
    every = whole.line.latest.value
    named = [one.line.latest.value for one in told.lines if one.part_of == whole.line.indicator]
    known = [value for value in named if value is not None]
    if every is None or len(known) < len(named) or sum(known) > every:
        return []
    said = _(
        "“%(whole)s” counts every kind. The kinds below are %(named)s of the %(all)s in %(period)s;"
        " the rest is not told by kind here."
    )
    return [
        Note(
            said % {
                "whole": whole.name, "named": number(sum(known)), "all": number(every),
                "period": told.period,
            }
        )
    ]  # fmt: skip


def _figures(told: AreaTold) -> PaperTable:
    """Every figure, beside those of similar municipalities where those are told.

    How each has changed stands with its drawing.
    """
    what, _period, expected, *_more = map(str, told.table.heads)
    heads = [what, _("Counted"), expected, _("Here"), _("Whole country")]
    rows = [list(row[: len(heads)]) for row in told.table.rows]
    widths = [WIDE, NARROW, NARROW, NARROW, LAST]
    similar = _similar(told)
    if similar is not None and not similar.why_none:
        of_group = {one.against.indicator: one.against.of_group for one in similar.lines}
        heads.insert(BESIDE_ALL, _("Similar"))
        widths.insert(BESIDE_ALL, NARROW)
        for one, row in zip(told.lines, rows, strict=True):
            row.insert(BESIDE_ALL, in_figures(of_group.get(one.line.indicator), 1))
    year = _("%(year)s, per 1,000 inhabitants") % {
        "year": _years(told)[0] or _("The latest year")
    }  # fmt: skip
    groups = (("", 1), (capfirst(told.period), 2), (capfirst(year), len(heads) - 3))
    return PaperTable(tuple(heads), tuple(map(tuple, rows)), tuple(widths), groups)


def _years(told: AreaTold) -> tuple[str, str]:
    """The latest year, and the years before that it is held against; nothing where unknown."""
    years = max((one.line.change.years for one in told.lines), default=0)
    last = read_period(told.kept.content["period"])
    past, span = (told.lines[0].line.past if told.lines else ()), in_a_year(last.kind)
    if not years or len(past) < span:
        return "", ""
    first = read_period(past[-span].period)
    if first.start.year < last.end.year:
        ends = {"first": period_in_words(first.code), "last": told.period}
        before = _("the same periods of the %(years)s years before") % {"years": number(years)}
        return _("%(first)s to %(last)s") % ends, before
    year = last.end.year
    return str(year), f"{year - years}–{year - 1}" if years > 1 else str(year - 1)


def _beside_the_rest(told: AreaTold) -> list[Part]:
    """Where it is furthest from the rest of the country, beyond what chance explains.

    Not where the paper has to say who may have it: there is no room for both.
    """
    if told.sight.is_restricted:
        return []
    apart = [one for one in told.lines if told_beside_the_rest(one.line.among)]
    apart.sort(key=lambda one: abs(log(one.line.among.to_rest or 1)), reverse=True)
    found = [(one.name, told_beside_the_rest(one.line.among)) for one in apart[:MOST_APART]]
    title = Heading(_("Differs most from the rest of the country in the latest year"))
    return [title, Facts(tuple(found))] if found else []


def _similar(told: AreaTold) -> SimilarTold | None:
    """Where it stands against similar ones, which no paper tells that is for anybody."""
    return None if told.sight.is_published or told.sight.is_public else told.similar


def _apart(told: AreaTold) -> list[Part]:
    """What is farthest apart from similar municipalities: on the first page, before the drawing.

    There is room for this or for the rest of the country, and those like it tell more; where there
    are none like it, the rest of the country is told.
    """
    similar = _similar(told)
    if similar is None or similar.why_none:
        return _beside_the_rest(told)
    clear = tuple((one.name, one.says) for one in _farthest(told, similar))
    says = Facts(clear) if clear else Note(_("Nothing differs clearly from them."))
    return [Heading(_("Stands out from similar municipalities")), says]


def _farthest(told: AreaTold, similar: SimilarTold) -> list[Beside]:
    """Of what the paper shows, those that stand on the first page."""
    shown = {one.line.indicator for one in told.lines}
    return [one for one in similar.apart if one.against.indicator in shown][:MOST_APART]


def _beside(told: AreaTold) -> list[Part]:
    """Which the similar municipalities are, and what differs from them without being clear."""
    similar = _similar(told)
    if similar is None:
        return []
    title = Heading(_("Against similar municipalities"))
    if similar.why_none:
        return [title, Note(similar.why_none)]
    shown = {one.line.indicator for one in told.lines}
    lines = [one for one in similar.lines if one.against.indicator in shown]
    rest = ", ".join(one.name for one in lines if one.against.way not in APART)
    told_before = _farthest(told, similar)
    more = tuple((one.name, one.says) for one in similar.apart
                 if one in lines and one not in told_before)  # fmt: skip
    unclear = _("No clear difference, or too little to tell: %(names)s.") % {"names": rest}
    return [
        title, *([Facts(more)] if more else []), *([Words(unclear)] if rest else []),
        Note(similar.how),
    ]  # fmt: skip


def _drawing(one: Told) -> Drawing:
    says = told_of_the_year(one.line.change)
    return Drawing(one.chart.drawn(PLOT_WIDTH, PAPER), one.chart.says, one.name, says)


def _what_it_is(area: Area, told: AreaTold) -> str:
    """Which place and time the paper tells of, what it compares, and what figures are not."""
    where = {"name": area.name, "period": told.period}
    about = _(
        "About the municipality of %(name)s, from public statistics with the latest figures of"
        " %(period)s. They count what is reported, not what happens, and do not say why."
    )
    if told.sight.classification is not Classification.OPEN:
        about = _(
            "About the municipality of %(name)s, from figures that are not public, the latest"
            " of %(period)s. They count what is reported, not what happens, and do not say why."
        )
    about %= where
    if not told.lines:
        return about
    latest, before = _years(told)
    compared = _(
        "Rises and falls: the latest year, %(latest)s, against the average of %(before)s, per"
        " inhabitant. Unusual: %(period)s alone."
    ) % {"latest": latest, "before": before, "period": told.period}
    return f"{about} {compared}" if latest else about


def _for_whom(told: AreaTold) -> list[Part]:
    """First of all who may have the paper, where that is not everybody around the table.

    The mark at the top of each page names what that rests on.
    """
    if not told.sight.is_restricted:
        return []
    return [Note(told.sight.readers)]


def _held_back(told: AreaTold) -> list[Part]:
    """First of all that something is left out: what is not named here may rise or fall as well."""
    return [Box(_("Left out"), Words(told.left_out))] if told.held_back else []


def _source(told: AreaTold) -> str:
    data_set, release = told.kept.data_set, told.kept.release
    return _("Source: %(source)s, %(licence)s, fetched %(day)s.") % {
        "source": data_set.citation, "licence": data_set.licence,
        "day": formats.day(release.retrieved_at),
    }  # fmt: skip
