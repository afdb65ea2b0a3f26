"""What a jurisdiction profile is, once read: frozen values with the questions they can answer.

What belongs here: the shape of a profile. What does not: reading files (`reader`), what a file may
say (`schema`), and how the closed vocabularies below are named to people (`labels`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from samrad.kernel.identity import NumberKind, Severity
from samrad.kernel.multilingual import Words
from samrad.profiles.takes_up import TakesUp


class Origin(StrEnum):
    """Where a duty comes from, the most binding first."""

    STATUTE = "statute"
    REGULATION = "regulation"
    CIRCULAR = "circular"
    AGREEMENT = "agreement"
    PLAN = "plan"
    GUIDE = "guide"


class Strength(StrEnum):
    """How strongly the source puts it."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Certainty(StrEnum):
    """How sure we are that the source says so; only a lawyer's reading confirms it."""

    CONFIRMED = "confirmed"
    READ_IN_SOURCE = "read_in_source"
    TRIED = "tried"
    NOT_CONFIRMED = "not_confirmed"


class Reach(StrEnum):
    """Whom a rule is for: everybody in the country, or the parties who promised it."""

    COUNTRY = "country"
    PARTIES = "parties"


class Level(StrEnum):
    """What a council is there to do, from the top of the structure downwards."""

    STRATEGIC = "strategic"
    PREPARATORY = "preparatory"
    COORDINATING = "coordinating"
    OPERATIVE = "operative"
    EXECUTING = "executing"
    SECRETARIAT = "secretariat"
    PROJECT = "project"
    NETWORK = "network"


# Councils that rest on an agreement or a plan of their own.
AGREED_LEVELS = frozenset({Level.STRATEGIC, Level.OPERATIVE})


class AreaKind(StrEnum):
    """The kinds of territory the three countries have in common."""

    NATION = "nation"
    DISTRICT = "district"
    LOCAL_POLICE_AREA = "local_police_area"
    MUNICIPALITY = "municipality"
    NAMED_AREA = "named_area"


class Side(StrEnum):
    """Whose side of the table an organisation or a role sits on."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class SeatFunction(StrEnum):
    """What a seat does in its council."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class UnknownCode(LookupError):
    """Somebody asked a profile for a code it does not have."""

    def __init__(self, kind: str, code: str, *, where: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{where} has no {kind} “{code}”; it has {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from, how strong it is, when it holds and how sure we are."""

    citation: str
    origin: Origin
    strength: Strength
    certainty: Certainty
    valid_from: date | None = None
    valid_to: date | None = None
    review_date: date | None = None

    @property
    def is_certain(self) -> bool:
        """False when the reader must be told that nobody has confirmed this."""
        return self.certainty is not Certainty.NOT_CONFIRMED

    def holds_on(self, day: date) -> bool:
        """An open end holds: most sources do not say when they began."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


ParameterValue = int | str | bool | tuple[str, ...]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty or piece of advice, with what can be counted about it as parameters.

    `topic` is the same word in every country, so that a check is written once; `topic` without a
    check is simply shown. `parameters` hold the numbers, so that none of them is in the program.
    """

    id: str
    topic: str
    text: Words
    source: Source
    reach: Reach
    tiers: tuple[str, ...]
    parameters: Mapping[str, ParameterValue]

    def number(self, name: str) -> int:
        """A parameter that counts something."""
        value = self.parameters[name]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{self.id}: {name} is not a whole number")
        return value


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """A kind of body that can sit at the table."""

    code: str
    side: Side
    name: Words
    area_kind: AreaKind | None


@dataclass(frozen=True, slots=True)
class Role:
    """What a person can be appointed as. One concept has one code in all three countries.

    `covers` is true when the holder oversees the organisation's whole area: a district analyst
    sees the states of every council in the district, a station chief only those with a seat.
    `analyses`: takes data in and answers questions. `reads_addresses`: those that come back.
    `coordinates` is true when the holder sets councils up in that area and keeps its people.
    `binds` is true when the holder may promise something on the organisation's behalf.
    """

    code: str
    side: Side
    organisation_kinds: tuple[str, ...]
    name: Words
    also_called: tuple[str, ...]
    covers: bool
    analyses: bool = False
    reads_addresses: bool = False
    coordinates: bool = False
    binds: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A kind of council, with what is usual for it until an agreement says otherwise."""

    code: str
    level: Level
    name: Words
    plural: Words
    purpose: Words
    area_kind: AreaKind
    may_span_areas: bool
    parents: tuple[str, ...]
    also_called: tuple[str, ...]
    chair: str | None
    vice_chair: str | None
    secretary: str | None
    members: tuple[str, ...]
    meetings: Rule | None
    takes_up: TakesUp = TakesUp.NONE

    @property
    def meets_regularly(self) -> bool:
        """Whether a council of this kind has meetings planned; groups and networks meet at need."""
        return self.level not in {Level.EXECUTING, Level.PROJECT, Level.NETWORK}

    @property
    def rests_on_agreement(self) -> bool:
        """Whether a council of this kind has an agreement or a plan of its own."""
        return self.level in AGREED_LEVELS

    @property
    def min_meetings_a_year(self) -> int | None:
        """The least number of meetings, where a source names one; `meetings` cites it."""
        return self.meetings.number("at_least") if self.meetings else None


@dataclass(frozen=True, slots=True)
class MinutesApproval:
    """Who approves minutes, and whether that comes before they are sent out."""

    approvers: tuple[SeatFunction, ...]
    before_distribution: bool
    source: Source


@dataclass(frozen=True, slots=True)
class PoliceContact:
    """Whether every municipality has one police contact, and who takes over in absence."""

    required: bool
    role: str
    deputies: tuple[str, ...]
    leader: str
    source: Source

    @property
    def chain(self) -> tuple[str, ...]:
        """Roles in the order they are called."""
        return (self.role, *self.deputies)


@dataclass(frozen=True, slots=True)
class Parties:
    """Which kinds of organisation make an agreement; of the police, the usual one first.

    `municipality_word` stands after a place in the name of a municipality.
    """

    municipality: str
    municipality_word: str
    police: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ThemeDays:
    """Which kinds of organisation never get their turn to host one, although they sit there."""

    not_hosted_by: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class PoliceSystem:
    """Where the police plan what they have been asked for, where a source names it (E4)."""

    name: Words
    source: Source


@dataclass(frozen=True, slots=True)
class ElectionCalendar:
    """When municipal elections are held: the nth weekday of a month, every so many years."""

    first_year: int
    every_years: int
    month: int
    weekday: int
    occurrence: int
    source: Source

    def day_in(self, year: int) -> date | None:
        """Election day in this year, if there is an election."""
        if year < self.first_year or (year - self.first_year) % self.every_years:
            return None
        first = date(year, self.month, 1)
        ahead = (self.weekday - first.weekday()) % 7
        return first + timedelta(days=ahead + 7 * (self.occurrence - 1))

    def last_before(self, day: date) -> date | None:
        """The latest election held on or before this day."""
        years = range(day.year, day.year - self.every_years - 1, -1)
        return next((held for y in years if (held := self.day_in(y)) and held <= day), None)

    def next_after(self, day: date) -> date:
        """The first election after this day."""
        start = max(day.year, self.first_year)
        years = range(start, start + self.every_years + 1)
        return next(held for year in years if (held := self.day_in(year)) and held > day)


@dataclass(frozen=True, eq=False)
class Profile:
    """Everything that differs between countries. Two readings of the same files are one version."""

    code: str
    name: Words
    zone: str
    languages: tuple[str, ...]
    version: str
    folder: Path
    terms: Mapping[str, Words]
    contact_themes: Mapping[str, Words]
    area_kinds: Mapping[AreaKind, Words]
    organisation_kinds: tuple[OrganisationKind, ...]
    roles: tuple[Role, ...]
    rules: tuple[Rule, ...]
    tiers: tuple[Tier, ...]
    minutes_approval: MinutesApproval
    police_contact: PoliceContact
    police_system: PoliceSystem | None
    parties: Parties
    theme_days: ThemeDays
    elections: ElectionCalendar
    identity_policy: Mapping[NumberKind, Severity]

    def term(self, code: str) -> Words:
        """The country's own word for a concept of the glossary."""
        return self._one("term", code, self.terms)

    def tier(self, code: str) -> Tier:
        """One kind of council."""
        return self._one("tier", code, self._tiers_by_code)

    def tiers_below(self, code: str) -> tuple[Tier, ...]:
        """The kinds of body that may lie under one of this kind."""
        return tuple(tier for tier in self.tiers if code in tier.parents)

    def role(self, code: str) -> Role:
        """One role a person can be appointed as."""
        return self._one("role", code, self._roles_by_code)

    def rule(self, rule_id: str) -> Rule:
        """One rule by its id, whether or not it is in force."""
        return self._one("rule", rule_id, self._rules_by_id)

    def rule_on(self, topic: str, *, tier: str, day: date) -> Rule | None:
        """The rule on a topic for a tier that holds on the day; one that names the tier first."""
        found = [
            rule
            for rule in self.rules
            if rule.topic == topic
            and (not rule.tiers or tier in rule.tiers)
            and rule.source.holds_on(day)
        ]
        return next((rule for rule in found if rule.tiers), found[0] if found else None)

    def organisation_kind(self, code: str) -> OrganisationKind:
        """One kind of organisation."""
        return self._one("kind of organisation", code, self._organisation_kinds_by_code)

    def area_kind(self, kind: str) -> Words:
        """What this country calls a kind of territory."""
        return self._one("kind of area", kind, self._area_kinds_by_code)

    @cached_property
    def _tiers_by_code(self) -> Mapping[str, Tier]:
        return {tier.code: tier for tier in self.tiers}

    @cached_property
    def _roles_by_code(self) -> Mapping[str, Role]:
        return {role.code: role for role in self.roles}

    @cached_property
    def _rules_by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _organisation_kinds_by_code(self) -> Mapping[str, OrganisationKind]:
        return {kind.code: kind for kind in self.organisation_kinds}

    @cached_property
    def _area_kinds_by_code(self) -> Mapping[str, Words]:
        return {str(kind): name for kind, name in self.area_kinds.items()}

    def _one(self, kind: str, code: str, among: Mapping[str, Found]) -> Found:
        if code not in among:
            where = f"The profile “{self.code}”"
            raise UnknownCode(kind, code, where=where, known=tuple(among))
        return among[code]
