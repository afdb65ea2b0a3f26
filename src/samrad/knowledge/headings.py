"""Where figures that come once a year are heading, in words, beside similar municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.knowledge.indicators import Described
from samrad.knowledge.models import AreaPicture, SheetRow
from samrad.knowledge.moments import period_in_words
from samrad.knowledge.rules.picture import Picture
from samrad.knowledge.rules.yearly import FEWEST_YEARS, Heading, comes_yearly, heading
from samrad.ui.formats import number, percent

FEWEST_BESIDE = 5  # municipalities that are like it and of which a direction is known
IN_SHARES = "percent"  # a unit of which no share is told: that would be per cent of per cent


@dataclass(frozen=True)
class Yearly:
    """A series of one figure a year: where it heads here, and where it does in others like it."""

    about: Described
    found: Heading | None
    others: Sequence[Heading] = ()

    @property
    def says(self) -> str:
        """Where it is heading, or that nobody can tell."""
        if self.found is None:
            return _("Of fewer than %(years)s years nobody can tell where it is heading.") % {
                "years": number(FEWEST_YEARS)
            }
        ends = {"first": period_in_words(self.found.first),
                "last": period_in_words(self.found.last)}  # fmt: skip
        if not self.found.is_clear or not self.found.slope:
            return _("No clear direction from %(first)s to %(last)s.") % ends
        ends["size"] = self._size(abs(self.found.slope))
        if self.found.slope > 0:
            return _("About %(size)s more each year, from %(first)s to %(last)s.") % ends
        return _("About %(size)s less each year, from %(first)s to %(last)s.") % ends

    @property
    def key(self) -> str:
        """How the drawing is read, and what is taken for a direction."""
        return _(
            "The line is one figure a year, always of the same time of year; its latest stands"
            " beside it. A direction is told where the years go one way more than chance would have"
            " it in one case of twenty, and its size is the middle of all changes between two"
            " years."
        )

    @property
    def beside(self) -> str:
        """The same of the municipalities most like it; nothing where too few are known."""
        own = self._of(self.found)
        known = [one for one in map(self._of, self.others) if one is not None]
        if own is None or len(known) < FEWEST_BESIDE:
            return ""
        return _(
            "Among the %(count)s municipalities most like it, the middle one changes by %(theirs)s"
            " a year; here it is %(own)s."
        ) % {
            "count": number(len(known)),
            "theirs": self._signed(median(known)), "own": self._signed(own),
        }  # fmt: skip

    def _of(self, one: Heading | None) -> float | None:
        if one is None:
            return None
        return one.slope if self._is_share else one.share

    @property
    def _is_share(self) -> bool:
        return self.about.indicator.unit == IN_SHARES

    def _size(self, slope: float) -> str:
        if self._is_share:
            return _("%(number)s percentage points") % {"number": number(slope, 1)}
        told = number(slope, 0 if slope >= 10 else 1)  # noqa: PLR2004 (a small one has a decimal)
        share = abs(self.found.share) if self.found and self.found.share else None
        return f"{told} ({percent(share, 1)})" if share else told

    def _signed(self, change: float) -> str:
        sign = "\N{MINUS SIGN}" if change < 0 else "+"
        if not round(change, 1 if self._is_share else 3):  # nought has no side
            sign = ""
        if self._is_share:
            size = _("%(number)s percentage points") % {"number": number(abs(change), 1)}
        else:
            size = percent(abs(change), 1)
        return f"{sign}{size}"


def yearly_of(about: Described, values: Sequence[float | None]) -> Yearly | None:
    """Where these are heading; None where there is more than one figure a year."""
    periods = about.sheet.periods
    return Yearly(about, heading(periods, values)) if comes_yearly(periods) else None


def beside_similar(own: Yearly, area: Area, actor: Actor) -> Yearly:
    """The same beside the municipalities most like the area, for those who are signed in.

    Whom it is like is known of any picture that is drawn of it: two queries.
    """
    if actor.is_anonymous or own.found is None:
        return own
    kept = AreaPicture.objects.visible_to(actor).filter(area=area).order_by("data_set__code")
    content = kept.values_list("content", flat=True).first()
    similar = Picture.from_json(content).similar if content else None
    if similar is None or not similar.members:
        return own
    members = [one.place for one in similar.members]
    rows = own.about.rows.filter(area__ref__in=members).order_by("area", "code")
    return Yearly(own.about, own.found, list(_headings(rows, own.about)))


def _headings(rows: Iterable[SheetRow], about: Described) -> Iterable[Heading]:
    by_area: dict[int | None, Heading] = {}
    for row in rows:
        if found := heading(about.sheet.periods, row.values):
            by_area[row.area_id] = found
    return by_area.values()
