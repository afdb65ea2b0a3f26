"""An indicator in one area: every period, what was to be expected, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.knowledge.headings import Yearly, beside_similar, yearly_of
from samrad.knowledge.indicators import Described, as_shown, decimal, figure_in_words, pasts_of
from samrad.knowledge.models import AreaPicture, SheetRow
from samrad.knowledge.moments import drawn_of, key_to, period_in_words
from samrad.knowledge.rules.picture import Line, Past, Picture, Unusual
from samrad.knowledge.rules.table import Nothing
from samrad.knowledge.similar import SimilarTold, names_in, similar_told
from samrad.knowledge.targets import against_target
from samrad.knowledge.telling import told
from samrad.ui.charts import Series, Table


@dataclass(frozen=True)
class Here:
    """An indicator in one area: every period, what was to be expected, and what may be said."""

    about: Described
    area: Area
    past: Sequence[Past]
    line: Line | None
    similar: SimilarTold | None = None
    yearly: Yearly | None = None

    @property
    def says(self) -> str:
        """What may be said of the change, or of where one figure a year is heading."""
        if self.line is None and self.yearly is not None:
            return self.yearly.says
        return told(self.line.change) if self.line else ""

    @property
    def against_target(self) -> str:
        """Whether the target is kept here."""
        among = self.line.among if self.line else None
        latest = self.past[-1].value if self.past else None
        return against_target(self.about.indicator, among, latest)

    @property
    def series(self) -> Series:
        """Period by period."""
        says = _("%(what)s, %(where)s") % {"what": self.about.name, "where": self.area.name}
        return drawn_of(says, self.past, of=self.about.unit)

    @property
    def hidden(self) -> int:
        """How many figures are held back."""
        return sum(one.nothing == Nothing.HIDDEN for one in self.past)

    @property
    def missing(self) -> int:
        """How many are missing, or of a time when there was no such area."""
        return sum(one.nothing in {Nothing.MISSING, Nothing.NOT_THEN} for one in self.past)

    @property
    def expects(self) -> bool:
        """Whether it was worked out for any period what was to be expected."""
        return any(one.limits[0] is not None for one in self.past)

    @property
    def key(self) -> str:
        """How the drawing is read."""
        if self.yearly is not None:
            return self.yearly.key
        return key_to(self.past[-1].period, expects=self.expects) if self.past else ""

    @property
    def table(self) -> Table:
        """Every period, the latest first."""
        heads = [_("Period"), capfirst(str(self.about.unit))]
        expects = self.expects
        if expects:
            heads += [_("Expected"), _("Expected at least"), _("Expected at most"), _("Note")]
        return Table(heads, [_period_row(one, expects=expects) for one in reversed(self.past)])


def here(about: Described, area: Area, actor: Actor) -> Here | None:
    """The indicator in an area; None where it is not counted there."""
    found = about.rows.filter(area=area).defer("breaks").order_by("code")
    rows = [as_shown(row, about, whole=True) for row in found]
    if not rows:
        return None
    kept = AreaPicture.objects.visible_to(actor).filter(
        data_set=about.indicator.data_set_id, area=area
    )
    content: Mapping[str, Sequence[Mapping[str, object]]] | None = kept.values_list(
        "shown" if actor.is_anonymous else "content", flat=True
    ).first()
    picture = Picture.from_json(content) if content else Picture("")
    line = next((one for one in picture.lines if one.indicator == about.indicator.code), None)
    line = None if any(row.protected for row in rows) and actor.is_anonymous else line
    row = _joined(rows)
    past, yearly = pasts_of(about.sheet, row, line), yearly_of(about, row.values)
    yearly = yearly and beside_similar(yearly, area, actor)
    return Here(about, area, past, line, _similar(picture, about, area, actor), yearly)


def _similar(picture: Picture, about: Described, area: Area, actor: Actor) -> SimilarTold | None:
    """Where the area stands against similar ones; not told to whoever is not signed in."""
    if actor.is_anonymous or picture.similar is None:
        return None
    called = {about.indicator.code: str(about.name)}
    return similar_told(picture.similar, area, called, names_in([picture.similar], actor))


def _joined(rows: Sequence[SheetRow]) -> SheetRow:
    """One row of an area that the publisher gave several codes in turn."""
    first, *more = rows
    for row in more:
        for at, value in enumerate(row.values):
            if first.values[at] is None and (value is not None or str(at) in row.nothing):
                first.values[at] = value
                why = row.nothing.get(str(at))
                if value is not None:
                    first.nothing.pop(str(at), None)
                elif why != Nothing.MISSING:
                    first.nothing[str(at)] = why
    return first


def _period_row(one: Past, *, expects: bool) -> list[str]:
    row = [period_in_words(one.period), figure_in_words(one.value, one.nothing)]
    if not expects:
        return row
    notes = {Unusual.HIGH: _("higher than expected"), Unusual.LOW: _("lower than expected")}
    note = notes.get(one.unusual, "")
    expected, low, high = one.limits
    return [*row, decimal(expected), decimal(low, 0), decimal(high, 0), note]
