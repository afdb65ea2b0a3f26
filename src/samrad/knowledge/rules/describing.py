"""What a person says of a file that no recipe is known for, and the recipe that comes of it.

`said_of` writes it as a TOML file would, so that `recipe_of` is the one that says whether it is
sound: a recipe made on a page and one in a file cannot differ.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from samrad.knowledge.rules.mapping import code_of
from samrad.knowledge.rules.numbers import number_in
from samrad.knowledge.rules.periods import NotAPeriod, PeriodKind, read_period
from samrad.knowledge.rules.recipes import Layout
from samrad.knowledge.rules.table import VALUE, NotRead

MOST_NAMED = 40  # things counted that a person names one by one
OWN = "own-"  # the codes of recipes made on a page begin so; no recipe that ships has such a code
CODE_LENGTH = 60
DIGITS = {"no": 4, "dk": 3, "se": 4}  # of a municipality's code, where a sheet has lost its nought
KINDS = ["municipality", "county", "police_district", "nation", "unincorporated"]


class Use(StrEnum):
    """What is in a column. Codes are kept."""

    AREA = "area"  # the code of the area
    AREA_NAME = "area_name"  # its name: beside the code, or in its place
    PERIOD = "period"
    FIGURES = "figures"
    COUNTED = "counted"  # words that say what a figure counts
    LEAVE = "leave"


@dataclass(frozen=True)
class Columns:
    """What is in each column, and how it is written."""

    uses: Mapping[str, Use]
    periods: tuple[str, ...] = ()  # columns that are periods themselves
    kind: PeriodKind = PeriodKind.YEAR
    country: str = ""
    decimal: str = "."
    hidden: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def named(self, use: Use) -> list[str]:
        """The columns that are used so."""
        return [name for name, used in self.uses.items() if used is use]

    @property
    def layout(self) -> Layout:
        """A column for each period, or a row for each figure."""
        return Layout.WIDE if self.periods else Layout.LONG

    def as_json(self) -> dict[str, Any]:
        """To be kept. Pairs, since a database need not keep the order of a mapping."""
        return {**asdict(self), "uses": [[name, str(use)] for name, use in self.uses.items()]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        uses = {name: Use(use) for name, use in kept["uses"]}
        lists = {name: tuple(kept[name]) for name in ("periods", "hidden", "missing")}
        kind = PeriodKind(kept["kind"])
        return cls(uses, kind=kind, country=kept["country"], decimal=kept["decimal"], **lists)


@dataclass(frozen=True)
class Counted:
    """One thing that is counted: what the file calls it, and what people say of it."""

    where: Mapping[str, str]
    called: str
    name: str = ""
    unit: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Meaning:
    """Whose figures they are, what they count, and who reads them."""

    title: str
    publisher: str
    licence: str
    citation: str
    theme: str
    unit: str = ""
    direction: str = ""
    address: str = ""
    notes: str = ""
    classification: str = "open"
    legal_basis: str = ""
    smallest_shown: int = 0
    base: str = ""
    total: str = ""  # the code of what counts all the others too
    counted: tuple[Counted, ...] = field(default=())


def counted_in(texts: Mapping[str, Sequence[str]], columns: Columns) -> list[Counted]:
    """Everything that can be counted by the texts of the columns that say so.

    Of several such columns every text may come with every other: what never does is met nowhere.
    Never many more than a person names: more are not gone through, since they may be millions.
    """
    headings, values = columns.named(Use.COUNTED), columns.named(Use.FIGURES)
    different = [list(dict.fromkeys(one for one in texts[name] if one)) for name in headings]
    found = []
    for held in itertools.islice(itertools.product(*different), MOST_NAMED + 1):
        words = dict(zip(headings, held, strict=True))
        if columns.layout is Layout.WIDE or len(values) == 1:
            called = " – ".join(held) or (values[0] if values else "")
            found.append(Counted(words, called))
        else:
            found += [
                Counted({**words, VALUE: one}, " – ".join([*held, one])) for one in values
            ]  # fmt: skip
    return found


def code_for(title: str, taken: Sequence[str]) -> str:
    """The code of a new recipe: its title's words, and a number where that is another's."""
    plain = f"{OWN}{code_of(title)[:CODE_LENGTH].strip('-')}"
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}-{number}"
    return found


def codes_of_counted(
    counted: Sequence[Counted], recipe: str, before: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The code of each: the one it has already, or one that no other has."""
    kept = {_key(one.get("where", {})): str(one["code"]) for one in before}
    taken, found = set(kept.values()), []
    for one in counted:
        code = kept.get(_key(one.where), "")
        if not code:
            plain = f"{recipe}.{code_of(one.called or one.name)[:CODE_LENGTH].strip('-')}"
            code, number = plain, 1
            while code in taken:
                number += 1
                code = f"{plain}-{number}"
        taken.add(code)
        found.append(code)
    return found


def _key(where: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(where.items()))


def said_of(
    code: str, columns: Columns, meaning: Meaning, before: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """What a TOML file would say; `before` is what is counted in the recipe as it was."""
    by_code, by_name = columns.named(Use.AREA), columns.named(Use.AREA_NAME)
    area: dict[str, Any] = {"field": (by_code or by_name or [""])[0], "country": columns.country,
                            "pad": DIGITS.get(columns.country, 0), "kinds": KINDS}  # fmt: skip
    if not by_code:
        area["by_name"] = True
    elif by_name:
        area["field"] = {"name": by_code[0], "label": by_name[0]}
    period: dict[str, Any] = {"kind": str(columns.kind)}
    said: dict[str, Any] = {
        "layout": str(columns.layout), "country": columns.country, "decimal": columns.decimal,
        "headings": columns.named(Use.COUNTED), "area": area, "period": period,
        "hidden": list(columns.hidden), "missing": list(columns.missing),
        "title": meaning.title, "publisher": meaning.publisher, "licence": meaning.licence,
        "citation": meaning.citation, "theme": meaning.theme,
        "classification": meaning.classification, "smallest_shown": meaning.smallest_shown,
    }  # fmt: skip
    if columns.layout is Layout.WIDE:
        said["unread"] = columns.named(Use.LEAVE)
    else:
        said["values"] = columns.named(Use.FIGURES)
        period["field"] = (columns.named(Use.PERIOD) or [""])[0]
    said |= {
        key: value
        for key, value in (
            ("address", meaning.address), ("notes", meaning.notes),
            ("legal_basis", meaning.legal_basis),
        )
        if value
    }  # fmt: skip
    if meaning.counted:
        said["indicator"] = list(_indicators(code, meaning, before))
    else:
        said["each"] = {"code": code, "unit": meaning.unit, "direction": meaning.direction}
    return said


def _indicators(
    recipe: str, meaning: Meaning, before: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    codes = codes_of_counted(meaning.counted, recipe, before)
    units = [one.unit or meaning.unit for one in meaning.counted]
    wholes = {
        code: unit
        for one, code, unit in zip(meaning.counted, codes, units, strict=True)
        if meaning.total and one.called == meaning.total
    }
    for one, code, unit in zip(meaning.counted, codes, units, strict=True):
        said: dict[str, Any] = {
            "code": code, "name": one.name or one.called, "where": dict(one.where), "unit": unit,
            "direction": one.direction or meaning.direction,
        }  # fmt: skip
        if meaning.base and may_be_a_rate(unit):
            said["base"] = meaning.base
        whole = next((name for name, its in wholes.items() if its == unit and name != code), "")
        if whole and code not in wholes:
            said["part_of"] = whole
        yield said


def may_be_a_rate(unit: str) -> bool:
    """Shares and rates are never counted per inhabitant once more."""
    return unit not in {"percent", "per 1000", "persons", "thousands"}


# What does not fit -------------------------------------------------------------------------------

_MARK = re.compile(r"[^0-9]{1,12}|[<>≤] ?[0-9]{1,3}")


def first_no_period(column: Sequence[tuple[int, str]], kind: PeriodKind) -> tuple[int, str] | None:
    """The first row whose period is none of that kind."""
    return next((one for one in column if not is_period(one[1], kind)), None)


def is_period(text: str, kind: PeriodKind | None) -> bool:
    """Whether it is one, of that kind where one is named."""
    try:
        read_period(text, kind)
    except NotAPeriod:
        return False
    return True


def first_no_number(
    column: Sequence[tuple[int, str]], decimal: str, marks: frozenset[str]
) -> tuple[int, str] | None:
    """The first row whose figure is neither a number so written nor one of the marks."""
    for line, text in column:
        try:
            number_in(text, decimal=decimal, marks=marks, row=line, field="")
        except NotRead:
            return line, text
    return None


def may_be_a_mark(text: str) -> bool:
    """Whether it could stand for a figure that is not there."""
    return bool(_MARK.fullmatch(text))
