"""Working out the pictures of a data set anew, after its figures were taken in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samrad.areas.models import Area
from samrad.kernel.clock import day_of
from samrad.knowledge import followers
from samrad.knowledge.alarms import keep_alarms
from samrad.knowledge.models import AreaPicture, DataSet

DRAW = "knowledge.draw_pictures"


def drawn_from(data_set: DataSet) -> list[str]:
    """Whose pictures change with a data set: its own, and those whose people it counts."""
    own = set(data_set.indicators.values_list("code", flat=True))
    others = DataSet.objects.filter(indicators__base__in=own).exclude(pk=data_set.pk)
    return [data_set.code, *sorted(set(others.values_list("code", flat=True)))]


def without_sheets() -> list[str]:
    """The data sets with figures that are not laid out, or drawn as an older release did.

    Older pictures do not know whom a place is like, or of how many periods its limits speak.
    """
    found = DataSet.objects.filter(holds_incidents=False, releases__is_current=True)
    known = AreaPicture.objects.filter(
        content__has_key="similar", content__lines__0__past__0__has_key="over"
    )
    older = AreaPicture.objects.exclude(pk__in=known).values("data_set")
    lacking = found.filter(Q(pk__in=older) | ~Q(indicators__sheet__isnull=False))
    kept = lacking.exclude(releases__figures="").values_list("code", flat=True)
    return sorted(set(kept))


def draw_pictures(*, data_set: str, at: datetime) -> int:
    """The pictures of every municipality the data set counts; how many there are.

    They are worked out of what was taken in and can be made again at any time, so they are no
    change that the record tells of. Alarms are: they are kept, and whoever follows them is told.
    """
    from samrad.knowledge.gathering import counted_in  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.reckoning import reckon  # noqa: PLC0415
    from samrad.knowledge.sheets import lay_out  # noqa: PLC0415
    from samrad.knowledge.standing import with_similar  # noqa: PLC0415
    from samrad.knowledge.surroundings import surroundings_of  # noqa: PLC0415

    found = DataSet.objects.filter(code=data_set).first()
    if found is None or found.holds_incidents:
        return 0
    areas = {str(area.ref): area for area in Area.objects.municipalities()}
    counted = counted_in(found, list(areas))
    release = found.releases.filter(is_current=True).first()
    if release is None:
        return 0
    reckoned, drawn = None, {}
    if counted is not None:
        reckoned = reckon(counted)
        own = {place: areas[place] for place in reckoned.pictures}
        around = surroundings_of(own, on=day_of(at))
        drawn = with_similar(reckoned.pictures, counted, around)
    with transaction.atomic():
        DataSet.objects.select_for_update(of=("self",)).get(pk=found.pk)
        lay_out(found, drawn)
        found.pictures.all().delete()
        if counted is None or reckoned is None:
            return 0
        AreaPicture.objects.bulk_create(
            [
                AreaPicture(
                    data_set=found, area=areas[place], release=release, content=one.as_json()
                )
                for place, one in drawn.items()
            ],
            batch_size=100,
        )
        alarms = keep_alarms(
            data_set=found, reckoned=reckoned, areas=areas, a_year=counted.a_year,
            periods=counted.periods, at=at,
        )  # fmt: skip
        followers.tell(alarms, at=at)
    return len(drawn)
