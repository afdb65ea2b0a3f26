"""Incident files: only the columns that the recipe names are read, and nothing about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from samrad.kernel.identity import find_identity_numbers, is_blocked
from samrad.knowledge.readers.columns import Cell, Rows
from samrad.knowledge.readers.reading import rows_of, unpacked
from samrad.knowledge.rules.doubts import ACCEPT, Doubt, Doubtful, DoubtKind, names_found
from samrad.knowledge.rules.periods import FIRST_YEAR, LAST_YEAR
from samrad.knowledge.rules.recipes import IncidentRule, Recipe
from samrad.knowledge.rules.table import MOST_TROUBLES, NotRead, Trouble, Why, refused

_LONGEST = 200


@dataclass
class Incidents:
    """Rows of what happened, a list for each side; moments in seconds since 1970, UTC."""

    months: list[str] = field(default_factory=list)  # of the first moment, where it happened
    keys: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    moments: dict[str, list[int | None]] = field(default_factory=dict)
    numbers: dict[str, list[int | None]] = field(default_factory=dict)
    priorities: list[str] | None = None  # none where the recipe names no such column

    def __len__(self) -> int:
        return len(self.keys)

    def without(self, moment: str) -> int:
        """How many rows do not say when that was."""
        return self.moments[moment].count(None)

    def out_of_order(self) -> int:
        """How many rows have a moment before one that must have come first."""
        sides = list(self.moments.values())
        wrong = 0
        for row in zip(*sides, strict=True):
            known = [moment for moment in row if moment is not None]
            wrong += known != sorted(known)
        return wrong


def seconds_of(moments: Mapping[str, datetime | None], first: str) -> dict[str, int | None]:
    """Each moment in seconds since 1970, given in the order in which they must have come.

    When the clock goes back an hour comes twice. The order may tell which of the two a moment was
    in; where it does not, the moment is missing. The first has to be known: it keeps the earlier
    hour, and the others are missing instead, so that no wait is an hour too long.
    """
    may_be = {name: _readings(one) for name, one in moments.items() if one is not None}
    if all(len(readings) == 1 for readings in may_be.values()):
        return {name: may_be[name][0] if name in may_be else None for name in moments}
    told = _told_by_order(may_be)
    if told[first] is None:
        return dict.fromkeys(moments) | {first: may_be[first][0]}
    return {name: told.get(name) for name in moments}


def _readings(moment: datetime) -> tuple[int, ...]:
    """What a moment by the clock may be: two in the hour that comes twice."""
    both = [int(moment.replace(fold=fold).astimezone(UTC).timestamp()) for fold in (0, 1)]
    return tuple(both) if both[0] < both[1] else (both[0],)


def _told_by_order(may_be: Mapping[str, tuple[int, ...]]) -> dict[str, int | None]:
    """The one reading that can stand between the others; none where both can, or neither."""
    earliest = _as_early_as_can_be(list(may_be.values()))
    turned = [tuple(-one for one in readings) for readings in reversed(list(may_be.values()))]
    latest = [None if one is None else -one for one in reversed(_as_early_as_can_be(turned))]
    return {
        name: low if low == high else readings[0] if len(readings) == 1 else None
        for (name, readings), low, high in zip(may_be.items(), earliest, latest, strict=True)
    }


def _as_early_as_can_be(sides: Sequence[tuple[int, ...]]) -> list[int | None]:
    """The earliest readings in ascending order; none from where there is no such order."""
    found: list[int | None] = []
    for readings in sides:
        before = found[-1] if found else min(readings)
        fits = [one for one in readings if before is not None and one >= before]
        found.append(min(fits, default=None))
    return found


def read_incidents(data: bytes, recipe: Recipe, answers: Mapping[str, str]) -> Incidents:
    """The incidents in a file; refused with the rows that are wrong."""
    rule = recipe.incidents
    assert rule is not None  # noqa: S101 (a recipe of this layout has one)
    rows = rows_of(unpacked(data), recipe)
    if rows.is_cut_off and answers.get(DoubtKind.CUT_OFF) != ACCEPT:
        last = rows.rows[-1][0] if rows.rows else 1
        raise Doubtful(Doubt(DoubtKind.CUT_OFF, "", {"row": last}, (ACCEPT,)))
    return _Gathering(rows, rule, answers).all()


class _Gathering:
    def __init__(self, rows: Rows, rule: IncidentRule, answers: Mapping[str, str]) -> None:
        self.rows, self.rule = rows, rule
        self.texts = [rule.key, rule.address, rule.district, rule.category]
        self.texts += [rule.priority] if rule.priority else []
        names = names_found(rows.header, rule.columns, answers)
        self.columns = {name: rows.header.index(there) for name, there in names.items()}
        self.zone = ZoneInfo(rule.zone)
        self.looked_at: dict[str, bool] = {}
        self.troubles: list[Trouble] = []

    def all(self) -> Incidents:
        """Every row, or why not."""
        found = Incidents(
            moments={name: [] for name in self.rule.moments},
            numbers={one.name: [] for one in self.rule.numbers},
            priorities=[] if self.rule.priority else None,
        )
        for line, row in self.rows.rows:
            try:
                self._take(found, line, row)
            except NotRead as error:
                self.troubles += error.troubles
                if len(self.troubles) >= MOST_TROUBLES:
                    break
        if self.troubles:
            raise NotRead(*self.troubles)
        if not found:
            raise refused(Why.NOTHING_IN_IT)
        return found

    def _take(self, found: Incidents, line: int, row: Sequence[Cell]) -> None:
        rule = self.rule
        if len(row) != len(self.rows.header):
            raise refused(Why.ROW_LENGTH, line, "", has=len(row), wanted=len(self.rows.header))
        texts = [self._text(line, row, one.name) for one in self.texts]
        if not texts[0]:
            raise refused(Why.NO_CODE, line, rule.key.name)
        moments = {name: self._moment(line, row, one.name) for name, one in rule.moments.items()}
        first = moments[rule.first]
        if first is None:
            raise refused(Why.NOT_A_MOMENT, line, rule.moments[rule.first].name, text="")
        numbers = {one.name: self._number(line, row, one.name) for one in rule.numbers}
        sides = [found.keys, found.addresses, found.districts, found.categories]
        sides += [] if found.priorities is None else [found.priorities]
        for side, text in zip(sides, texts, strict=True):
            side.append(text)
        found.months.append(first.strftime("%Y-%m"))
        for name, second in seconds_of(moments, rule.first).items():
            found.moments[name].append(second)
        for name, number in numbers.items():
            found.numbers[name].append(number)

    def _text(self, line: int, row: Sequence[Cell], name: str) -> str:
        text = " ".join(str(row[self.columns[name]]).split())
        if text not in self.looked_at:
            self.looked_at[text] = is_blocked(find_identity_numbers(text))
        if self.looked_at[text]:
            raise refused(Why.ABOUT_A_PERSON, line, name)
        if len(text) > _LONGEST:
            raise refused(Why.WRONG_FIELD, line, name)
        return text

    def _moment(self, line: int, row: Sequence[Cell], name: str) -> datetime | None:
        text = str(row[self.columns[name]]).strip()
        if not text:
            return None
        try:
            moment = datetime.strptime(text, self.rule.moment_format).replace(tzinfo=self.zone)
        except ValueError as error:
            raise refused(Why.NOT_A_MOMENT, line, name, text=text[:40]) from error
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # beside them no clock can be reckoned with
            raise refused(Why.NOT_A_MOMENT, line, name, text=text[:40])
        return moment

    def _number(self, line: int, row: Sequence[Cell], name: str) -> int | None:
        text = str(row[self.columns[name]]).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (a small number)
            raise refused(Why.NOT_A_NUMBER, line, name, text=text[:40])
        return int(text)
