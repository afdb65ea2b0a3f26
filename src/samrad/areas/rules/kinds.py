"""The kinds of areas, of relations between them, of names, codes and successions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

ALWAYS = date.min
FOREVER = date.max


class Country(StrEnum):
    """The three countries the product serves."""

    NORWAY = "no"
    DENMARK = "dk"
    SWEDEN = "se"


class AreaKind(StrEnum):
    """What sort of area it is. Codes are stable."""

    NATION = "nation"
    POLICE_DISTRICT = "police_district"
    LOCAL_POLICE_AREA = "local_police_area"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    NAMED_AREA = "named_area"
    UNINCORPORATED = "unincorporated"


class RelationKind(StrEnum):
    """Why one area counts as part of another."""

    POLICE = "police"
    ADMINISTRATIVE = "administrative"
    CATCHMENT = "catchment"
    OVERLAP = "overlap"


class NameKind(StrEnum):
    """The official name (dated), one language's share of a bilingual one, or what people say."""

    OFFICIAL = "official"
    PARALLEL = "parallel"
    ALIAS = "alias"


class CodeScheme(StrEnum):
    """Whose numbering a code belongs to."""

    OFFICIAL = "official"
    STATISTICS = "statistics"
    SAMRAD = "samrad"  # ours, where no official code is known


class SuccessionKind(StrEnum):
    """How areas became others. A new name or number is no succession: the area goes on."""

    MERGE = "merge"
    SPLIT = "split"
    BOUNDARY = "boundary"


#: Parents of these kinds contain what is part of them; an overlap only shares ground.
COVERING_RELATIONS = frozenset(
    {RelationKind.POLICE, RelationKind.ADMINISTRATIVE, RelationKind.CATCHMENT}
)

#: A municipality has at most one parent of each of these kinds on any day.
ONE_PARENT_A_DAY = frozenset({AreaKind.POLICE_DISTRICT, AreaKind.COUNTY})

#: Kinds in which no council can be set up: nobody governs there who could sit in one.
WITHOUT_COUNCILS = frozenset({AreaKind.UNINCORPORATED})

#: The order in which kinds are listed, widest first.
WIDEST_FIRST = tuple(AreaKind)

#: Numberings that an area's main code may belong to.
MAIN_SCHEMES = frozenset({CodeScheme.OFFICIAL, CodeScheme.SAMRAD})

#: Codes that stand in a statistics column of areas without being a place ("not stated").
NOT_A_PLACE: dict[Country, frozenset[str]] = {
    Country.NORWAY: frozenset({"9999"}),
    Country.DENMARK: frozenset({"998"}),
    Country.SWEDEN: frozenset(),
}


def relation_to(parent: AreaKind) -> RelationKind:
    """What being part of an area of this kind means."""
    return _RELATION_TO.get(parent, RelationKind.ADMINISTRATIVE)


_RELATION_TO = {
    AreaKind.POLICE_DISTRICT: RelationKind.POLICE,
    AreaKind.LOCAL_POLICE_AREA: RelationKind.POLICE,
    AreaKind.NAMED_AREA: RelationKind.CATCHMENT,
}
