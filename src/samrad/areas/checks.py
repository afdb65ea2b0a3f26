"""Is what the database holds sound? The same rules as before a load, and the covers made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samrad.areas.models import AreaCover
from samrad.areas.queries import counts_by_kind, known_of
from samrad.areas.rules.closure import Cover, Window
from samrad.areas.rules.kinds import Country
from samrad.areas.rules.picture import covers_of
from samrad.areas.rules.soundness import troubles_in
from samrad.areas.rules.structure import Trouble


@dataclass(frozen=True)
class Soundness:
    """What a check of one country found."""

    country: Country
    counts: dict[str, int]
    covers: int
    covers_are_whole: bool
    troubles: list[Trouble]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return self.covers_are_whole and not self.troubles

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "country": self.country.value,
            "counts": self.counts,
            "covers": self.covers,
            "covers_are_whole": self.covers_are_whole,
            "troubles": [
                {"kind": trouble.kind.value, **trouble.values} for trouble in self.troubles
            ],
            "sound": self.is_sound,
        }


def check_country(country: Country, on: date) -> Soundness:
    """Check every relation, code and cover of a country."""
    picture = known_of(country)
    stored = {
        Cover(row.ancestor_id, row.descendant_id, Window(row.valid_from, row.valid_to))
        for row in AreaCover.objects.filter(descendant__country=country)
    }
    return Soundness(
        country=country,
        counts=counts_by_kind(on).get(country, {}),
        covers=len(stored),
        covers_are_whole=stored == covers_of(picture),
        troubles=troubles_in(picture),
    )
