"""Working out the pictures of a data set anew, after its figures were taken in."""

from __future__ import annotations

from django.db import transaction

from samrad.areas.models import Area
from samrad.knowledge.models import AreaPicture, DataSet

DRAW = "knowledge.draw_pictures"
TAKE_IN_SHIPPED = "knowledge.take_in_shipped"


def drawn_from(data_set: DataSet) -> list[str]:
    """Whose pictures change with a data set: its own, and those whose people it counts."""
    own = set(data_set.indicators.values_list("code", flat=True))
    others = DataSet.objects.filter(indicators__base__in=own).exclude(pk=data_set.pk)
    return [data_set.code, *sorted(set(others.values_list("code", flat=True)))]


def without_sheets() -> list[str]:
    """The data sets with figures that are not laid out."""
    found = DataSet.objects.filter(holds_incidents=False, releases__is_current=True)
    lacking = found.exclude(indicators__sheet__isnull=False)
    return sorted(lacking.exclude(releases__figures="").values_list("code", flat=True))


def draw_pictures(*, data_set: str) -> int:
    """The pictures of every municipality the data set counts; how many there are.

    They are worked out of what was taken in and can be made again at any time, so they are no
    change that the record tells of.
    """
    from samrad.knowledge.gathering import counted_in  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.reckoning import pictures  # noqa: PLC0415
    from samrad.knowledge.sheets import lay_out  # noqa: PLC0415

    found = DataSet.objects.filter(code=data_set).first()
    if found is None or found.holds_incidents:
        return 0
    areas = {str(area.ref): area for area in Area.objects.municipalities()}
    counted = counted_in(found, list(areas))
    release = found.releases.filter(is_current=True).first()
    if release is None:
        return 0
    drawn = pictures(counted) if counted is not None else {}
    with transaction.atomic():
        lay_out(found, drawn)
        found.pictures.all().delete()
        AreaPicture.objects.bulk_create(
            [
                AreaPicture(
                    data_set=found, area=areas[place], release=release, content=one.as_json()
                )
                for place, one in drawn.items()
            ],
            batch_size=100,
        )
    return len(drawn)
