"""What is known of municipalities besides figures: how large they are, and in which district."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from samrad.areas.api import Area, AreaCover, AreaKind
from samrad.areas.outlines import Ring, outlines_of
from samrad.knowledge.standing import Surroundings

KM_A_DEGREE = 111.2  # along a meridian


def surroundings_of(areas: Mapping[str, Area], *, on: date) -> Surroundings:
    """By the municipalities' references, as pictures are drawn by them."""
    by_key = {area.pk: ref for ref, area in areas.items()}
    above = AreaCover.objects.on(on).filter(
        descendant__in=list(by_key), ancestor__kind=AreaKind.POLICE_DISTRICT
    )
    districts = {
        by_key[child]: str(district)
        for child, district in above.values_list("descendant", "ancestor__ref")
    }
    ground = {ref: ground_within(outlines_of(a.country).of(a.code)) for ref, a in areas.items()}
    return Surroundings({ref: km2 for ref, km2 in ground.items() if km2}, districts)


def ground_within(rings: Iterable[Ring]) -> float:
    """How many km² an outline holds, to a few per cent: enough to tell town from country."""
    total = 0.0
    for ring in rings:
        north = math.radians(sum(y for _x, y in ring) / len(ring))
        twice = sum(
            here[0] * there[1] - here[1] * there[0]
            for here, there in zip(ring, ring[1:] + ring[:1], strict=True)
        )
        total += abs(twice) / 2 * KM_A_DEGREE**2 * math.cos(north)
    return total
