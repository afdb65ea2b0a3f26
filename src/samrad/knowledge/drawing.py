"""Working out the pictures of a data set anew, after its figures were taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from samrad.areas.models import Area
from samrad.kernel.clock import day_of
from samrad.knowledge import followers
from samrad.knowledge.alarms import keep_alarms
from samrad.knowledge.models import AreaPicture, DataSet, Release, Sheet, SheetRow
from samrad.knowledge.named import named_beforehand
from samrad.knowledge.rules.periods import read_period
from samrad.knowledge.rules.picture import Picture
from samrad.knowledge.rules.protection import WAY_OF_PROTECTING
from samrad.knowledge.smallest_counts import held_back_by_less
from samrad.work.api import Job, enqueue
from samrad.work.rules import UNFINISHED

if TYPE_CHECKING:
    from samrad.knowledge.reckoning import Counted, Reckoned
    from samrad.knowledge.sheets import MadeSheet

DRAW = "knowledge.draw_pictures"
LAY_OUT = "knowledge.lay_out_what_lacks"


def drawn_from(data_set: DataSet) -> list[str]:
    """Whose pictures change with a data set: its own, and those whose people it counts."""
    own = set(data_set.indicators.values_list("code", flat=True))
    others = DataSet.objects.filter(indicators__base__in=own).exclude(pk=data_set.pk)
    return [data_set.code, *sorted(set(others.values_list("code", flat=True)))]


def without_sheets() -> list[str]:
    """The data sets with figures that are not laid out, or drawn as an older release did.

    Older pictures do not know whom a place is like, or of how many periods its limits speak. What
    anybody reads is laid out anew as well where it was protected in an older way or by less than
    its recipe asks for now, or was never worked out; and everything where nobody has asked whether
    it changed from a period on.
    """
    in_use = Release.objects.filter(is_current=True).exclude(figures="").values("data_set")
    found = DataSet.objects.filter(holds_incidents=False, pk__in=in_use)
    known = AreaPicture.objects.filter(
        content__has_key="similar",
        content__lines__0__past__0__has_key="over",
        content__lines__0__change__has_key="p",
    )
    older = AreaPicture.objects.exclude(pk__in=known).values("data_set")
    by_older_ways = Sheet.objects.filter(
        protected_by__lt=WAY_OF_PROTECTING, indicator__data_set__published_at__isnull=False
    ).values("indicator__data_set")
    untold = AreaPicture.objects.filter(
        shown__isnull=True, data_set__published_at__isnull=False
    ).values("data_set")
    unasked = SheetRow.objects.filter(breaks__isnull=True, finding__isnull=False)
    lacking = found.filter(
        Q(pk__in=older) | Q(pk__in=by_older_ways) | Q(pk__in=untold)
        | Q(code__in=held_back_by_less())
        | Q(pk__in=unasked.values("sheet__indicator__data_set"))
        | ~Q(indicators__sheet__isnull=False)
    )  # fmt: skip
    return sorted(set(lacking.values_list("code", flat=True)))


@transaction.atomic
def lay_out_at_once() -> None:
    """After an upgrade nobody waits for the night: the worker draws what an older version drew."""
    is_waiting = Job.objects.filter(name=LAY_OUT, state__in=UNFINISHED).exists()
    if not is_waiting and without_sheets():
        enqueue(LAY_OUT)


@dataclass(frozen=True)
class Drawn:
    """What was worked out of a release, and what that rests on."""

    release: Release
    published_at: datetime | None
    areas: Mapping[str, Area]
    sheets: Sequence[MadeSheet]
    counted: Counted | None = None
    reckoned: Reckoned | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    shown: Mapping[str, Picture] = field(default_factory=dict)  # what anybody reads


def draw_pictures(*, data_set: str, at: datetime) -> int:
    """The pictures of every municipality the data set counts; how many there are.

    They are worked out of what was taken in and can be made again at any time, so they are no
    change that the record tells of. Alarms are: they are kept, and whoever follows them is told.
    Nobody's writing waits while they are worked out; what was taken in or published meanwhile is
    worked out anew.
    """
    while True:
        found = DataSet.objects.filter(code=data_set).first()
        if found is None or found.holds_incidents:
            return 0
        release = found.releases.filter(is_current=True).first()
        if release is None:
            return 0
        drawn = _worked_out(found, release, at)
        with transaction.atomic():
            if _is_still_so(drawn):
                return _keep(drawn, at)


def _worked_out(data_set: DataSet, release: Release, at: datetime) -> Drawn:
    from samrad.knowledge.breaks import breaks_of  # noqa: PLC0415
    from samrad.knowledge.for_anybody import pictures_for_anybody  # noqa: PLC0415
    from samrad.knowledge.gathering import counted_in  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.reckoning import reckon  # noqa: PLC0415
    from samrad.knowledge.sheets import sheets_of  # noqa: PLC0415
    from samrad.knowledge.standing import with_similar  # noqa: PLC0415
    from samrad.knowledge.surroundings import surroundings_of  # noqa: PLC0415

    _have_in_store(release)
    areas = {str(area.ref): area for area in Area.objects.municipalities()}
    counted = counted_in(data_set, list(areas))
    reckoned, pictures = None, {}
    if counted is not None:
        named = named_beforehand(data_set, areas, on=read_period(counted.periods[-1]).end)
        reckoned = reckon(counted, named)
        own = {place: areas[place] for place in reckoned.pictures}
        around = surroundings_of(own, on=day_of(at))
        pictures = with_similar(reckoned.pictures, counted, around)
    sheets = sheets_of(data_set, release, pictures)
    if counted is not None:
        _put_breaks(sheets, breaks_of(counted, pictures), areas)
    shown = pictures_for_anybody(counted, sheets, pictures) if counted is not None else {}
    if data_set.published_at is not None:  # of what cannot be protected nothing is told for good
        shown = {place: Picture(one.period) for place, one in pictures.items()} | shown
    return Drawn(release, data_set.published_at, areas, sheets, counted, reckoned, pictures, shown)


def _put_breaks(
    sheets: Sequence[MadeSheet], found: Mapping[tuple[str, str], object], areas: Mapping[str, Area]
) -> None:
    place_of = {area.pk: place for place, area in areas.items()}
    for one in sheets:
        for row in one.rows:
            key = one.sheet.indicator.code, place_of.get(row.area_id or 0, "")
            row.breaks = found.get(key, {})  # nothing may be said, which is something to know


def _have_in_store(release: Release) -> None:
    """The store may be another one than when the file was read, or have lost what was taken."""
    from samrad.knowledge.staging import figures_in  # noqa: PLC0415 - brings what reads figures
    from samrad.knowledge.store import statistics  # noqa: PLC0415

    store = statistics()
    if release.figures and not store.holds(release.ref):
        store.take(release.ref, figures_in(release))


def _is_still_so(drawn: Drawn) -> bool:
    """Whether nothing was taken in or published meanwhile; locked until the transaction ends."""
    data_set = DataSet.objects.select_for_update(of=("self",)).get(pk=drawn.release.data_set_id)
    is_current = data_set.releases.filter(is_current=True, pk=drawn.release.pk).exists()
    return is_current and data_set.published_at == drawn.published_at


def _keep(drawn: Drawn, at: datetime) -> int:
    from samrad.knowledge.sheets import keep_sheets  # noqa: PLC0415

    data_set = drawn.release.data_set
    keep_sheets(data_set, drawn.sheets)
    _keep_pictures(data_set, drawn)
    if drawn.counted is None or drawn.reckoned is None:
        return 0
    alarms = keep_alarms(
        data_set=data_set, reckoned=drawn.reckoned, areas=drawn.areas,
        a_year=drawn.counted.a_year, periods=drawn.counted.periods, at=at,
    )  # fmt: skip
    followers.tell(alarms, at=at)
    return len(drawn.pictures)


def _keep_pictures(data_set: DataSet, drawn: Drawn) -> None:
    """One that was there before stays the row it was: it is found by that."""
    places = [drawn.areas[place].pk for place in drawn.pictures]
    data_set.pictures.exclude(area__in=places).delete()
    AreaPicture.objects.bulk_create(
        [
            AreaPicture(
                data_set=data_set, area=drawn.areas[place], release=drawn.release,
                content=one.as_json(),
                shown=drawn.shown[place].as_json() if place in drawn.shown else None,
            )
            for place, one in drawn.pictures.items()
        ],
        batch_size=100, update_conflicts=True, unique_fields=["data_set", "area"],
        update_fields=["release", "content", "shown"],
    )  # fmt: skip
