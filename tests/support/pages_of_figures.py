"""A small world of figures in an installation, and every page of it that anybody may ask for.

A few of Denmark's municipalities, three kinds of thing with one of them the total, quarter by
quarter, and what is reported in no municipality. They are taken in, published and drawn by the
product itself; its pages and files are asked for as by somebody who is not signed in, and all
their numbers are read: of tables, sentences, drawings and papers.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from unittest import mock
from uuid import uuid4
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from django.test import Client

    from samrad.areas.models import Area
    from samrad.knowledge.models import DataSet, Release
    from samrad.knowledge.sheets import MadeSheet

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
CODE = "dk.proof"
ALL = "all"
KINDS = ("a", "b", ALL)
REST = "rest"
LEAVES = ("a", "b", REST)
UNKNOWN = "unknown"  # in no municipality
PEOPLE = "dk.proof.people"
DISTRICT = "3"  # Midt- og Vestjylland
Counts = NDArray[np.int64]  # (places, leaves, quarters)
Cell = tuple[str, str, str]  # kind, code of the area, quarter
Marks = Mapping[tuple[str, str], Sequence[int]]


def quarters(number: int) -> list[str]:
    """As many quarters from the autumn of 2019 on."""
    every = [f"{year}-Q{one}" for year in range(2019, 2030) for one in (1, 2, 3, 4)]
    return every[3:][:number]


@dataclass
class Installation:
    """The world as it stands: its places, its counts, and what is drawn of them."""

    areas: Sequence[Area]
    nation: Area
    district: Area
    people: Sequence[int]
    small: int
    stricter: Mapping[str, int] = field(default_factory=dict)  # of some kinds more is small
    counts: Counts = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))

    @property
    def codes(self) -> list[str]:
        """The places by their codes, the last of them none of ours."""
        return [*(one.code for one in self.areas), UNKNOWN]

    @property
    def data_set(self) -> DataSet:
        """What is published."""
        from samrad.knowledge.models import DataSet

        return DataSet.objects.get(code="proof")

    @property
    def periods(self) -> list[str]:
        """The quarters there are figures of."""
        return quarters(self.counts.shape[2])

    def smallest(self, kind: str) -> int:
        """What may be told of a kind: this many, or more."""
        return max(self.small, self.stricter.get(kind, 0))

    def value(self, kind: str, code: str, at: int) -> int:
        """What is counted; of the nation all places together."""
        which = slice(None) if code == self.nation.code else [self.codes.index(code)]
        leaves = slice(None) if kind == ALL else [LEAVES.index(kind)]
        return int(self.counts[which, :, at][:, leaves].sum())

    def takes_in(self, counts: Counts, marks: Marks | None = None) -> None:
        """A release of these counts, drawn by the worker's job; `marks`: what is held back then."""
        from samrad.knowledge import sheets
        from samrad.knowledge.drawing import draw_pictures

        self.counts = counts
        self._figures_are()
        if marks is None:
            draw_pictures(data_set="proof", at=NOON)
            return
        with mock.patch.object(sheets, "_hold_back", _holding(marks)):
            draw_pictures(data_set="proof", at=NOON)

    def _figures_are(self) -> None:
        rows = [
            (f"{CODE}.{kind}", code, str(area.ref) if area else "", at, self.value(kind, code, at))
            for kind in KINDS
            for code, area in zip(
                [*self.codes, self.nation.code], [*self.areas, None, self.nation], strict=True
            )
            for at in range(len(self.periods))
        ]
        release = self.data_set.releases.get()
        keep_figures(release, rows, self.periods)

    def marks(self) -> dict[tuple[str, str], list[int]]:
        """What is held back now, by indicator and code."""
        from samrad.knowledge.models import SheetRow

        rows = SheetRow.objects.values_list("sheet__indicator__code", "code", "protected")
        return {(indicator, code): list(held) for indicator, code, held in rows}


def _holding(marks: Marks) -> Any:
    def hold_back(_data_set: DataSet, made: Sequence[MadeSheet], _kinds: Any) -> None:
        for one in made:
            one.sheet.is_protected = True
            for row in one.rows:
                row.protected = list(marks[one.sheet.indicator.code, row.code])

    return hold_back


def an_installation(
    chance: Any, small: int, stricter: Mapping[str, int] | None = None
) -> Installation:
    """Places in one district of Denmark, published and with nothing counted yet."""
    from samrad.areas.models import Area
    from samrad.areas.rules.kinds import AreaKind

    district = Area.objects.police_districts().get(country="dk", code=DISTRICT)
    inside = Area.objects.municipalities().covered_by([district.pk], on=NOON.date())
    others = Area.objects.municipalities().filter(country="dk").exclude(pk__in=inside)
    chosen = [*inside.order_by("code")[:6], *others.order_by("code")[: int(chance.integers(7, 12))]]
    found = Installation(
        chosen,
        Area.objects.get(country="dk", kind=AreaKind.NATION), district,
        [int(one) for one in chance.integers(2_000, 60_000, len(chosen))], small,
        stricter or {},
    )  # fmt: skip
    _data_sets(found)
    return found


def _data_sets(here: Installation) -> None:
    from samrad.access.actor import SYSTEM
    from samrad.knowledge.models import Indicator
    from samrad.knowledge.publishing import publish_data_set

    lived, counted = _a_data_set("people"), _a_data_set("proof", smallest_shown=here.small)
    Indicator.objects.create(
        data_set=lived, code=PEOPLE, name={"en": "Inhabitants"}, unit="people", direction="neither"
    )
    for kind in KINDS:
        Indicator.objects.create(
            data_set=counted, code=f"{CODE}.{kind}", name={"en": f"Offences, {kind}"},
            unit="offences", direction="down", base=PEOPLE,
            part_of="" if kind == ALL else f"{CODE}.{ALL}",
            smallest_shown=here.stricter.get(kind, 0),
        )  # fmt: skip
    rows = [
        (PEOPLE, area.code, str(area.ref), at, people)
        for area, people in zip(here.areas, here.people, strict=True)
        for at in range(4)
    ]
    keep_figures(lived.releases.get(), rows, quarters(16)[1::4])
    _into_the_store(lived.releases.get())
    publish_data_set(data_set=counted, by=SYSTEM, at=NOON)


def _into_the_store(release: Release) -> None:
    from samrad.knowledge.staging import figures_in
    from samrad.knowledge.store import statistics

    statistics().take(release.ref, figures_in(release))


def _a_data_set(code: str, smallest_shown: int = 0) -> DataSet:
    from samrad.knowledge.models import DataSet, ReleaseState

    made = DataSet.objects.create(
        code=code, title={"en": code}, publisher="A publisher", licence="CC BY 4.0",
        citation="A publisher, table 1", country="dk", smallest_shown=smallest_shown,
    )  # fmt: skip
    made.releases.create(
        number=1, state=ReleaseState.COMMITTED, file_name="f.csv", file="figures/f.csv",
        sha256="0" * 64, size=1, retrieved_at=NOON, is_current=True,
    )  # fmt: skip
    return made


def keep_figures(
    release: Release, rows: Sequence[tuple[str, str, str, int, int]], periods: Sequence[str]
) -> None:
    """These instead of the release's figures; the store asks for them anew."""
    from django.core.files.base import ContentFile

    from samrad.knowledge.rules.figures import Figures
    from samrad.knowledge.rules.periods import read_period
    from samrad.knowledge.store.parquet import as_parquet

    spans: dict[str, tuple[date, date]] = {
        one: (read_period(one).start, read_period(one).end) for one in periods
    }
    figures = Figures.of(
        (code, "", area, area, place, periods[at], *spans[periods[at]], value, "", "")
        for code, area, place, at, value in rows
    )
    release.ref = uuid4()
    release.figures.save("x.parquet", ContentFile(as_parquet(figures)), save=False)
    release.save()


# What anybody asks for ----------------------------------------------------------------------------


ASKED = 5  # places whose own pages are asked for: each is drawn like the others


def files_of(browser: Client, here: Installation) -> dict[str, bytes]:
    """Every file of figures, as anybody takes it along."""
    found = {}
    for ref in _refs(here).values():
        for form in ("csv", "xlsx", "json"):
            address = f"/figures/indicators/{ref}/figures.{form}"
            found[address] = asked(browser, address)
    return found


def pages_of(browser: Client, here: Installation) -> dict[str, bytes]:
    """Every page of figures that anybody reads, with its drawings, and a paper of one place."""
    addresses = ["/figures/", "/figures/indicators/", "/figures/overviews/"]
    for kind, ref in _refs(here).items():
        addresses.append(f"/figures/indicators/{ref}/")
        for area in (*here.areas[:ASKED], here.nation):
            addresses.append(f"/figures/indicators/{ref}/areas/{area.ref}/")
        first = here.areas[0].ref
        addresses += [f"/figures/indicators/{ref}/areas/{first}/figures.csv"]
        for wide in (here.nation, here.district):
            addresses.append(f"/figures/overviews/{wide.ref}/?what={CODE}.{kind}")
    addresses += [f"/figures/areas/{area.ref}/" for area in here.areas[:ASKED]]
    addresses.append(f"/figures/areas/{here.areas[0].ref}/{here.data_set.ref}/handout.pdf")
    return {one: asked(browser, one) for one in addresses}


def _refs(here: Installation) -> dict[str, Any]:
    """The indicators' own names in addresses."""
    rows = here.data_set.indicators.values_list("code", "ref")
    return {code.removeprefix(f"{CODE}."): ref for code, ref in rows}


def asked(browser: Client, address: str) -> bytes:
    """The answer to whoever is not signed in; nothing where they are sent to sign in."""
    answer: Any = browser.get(address)
    if answer.status_code != HTTP_OK:
        assert answer.status_code in {302, 404}, (address, answer.status_code)
        return b""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


HTTP_OK = 200


def figures_in_files(files: Mapping[str, bytes]) -> dict[Cell, float]:
    """What files say was counted, by kind, area and quarter."""
    found: dict[Cell, float] = {}
    for address, content in files.items():
        rows = {"csv": _of_csv, "xlsx": _of_workbook, "json": _of_jsonstat}[
            address.rpartition(".")[2]
        ](content)
        for cell, value in rows:
            assert found.setdefault(cell, value) == value, f"{address} tells another figure: {cell}"
    return found


def _of_csv(content: bytes) -> Iterator[tuple[Cell, float]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    yield from _of_lines(list(rows))


def _of_workbook(content: bytes) -> Iterator[tuple[Cell, float]]:
    """The first sheet, by the names of its columns; words stand in the cells themselves."""
    sheet = zipfile.ZipFile(io.BytesIO(content)).read(FIRST_SHEET)
    tree = ElementTree.fromstring(sheet)  # noqa: S314 (our own)
    rows = []
    for row in tree.iter(f"{SPREADSHEET}row"):
        cells = {one.get("r", "").rstrip("0123456789"): "".join(one.itertext()) for one in row}
        rows.append([cells.get(letter, "") for letter in "ABCDEFG"])
    yield from _of_lines(rows)


FIRST_SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _of_lines(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Cell, float]]:
    """By the columns: what, code, area, period, from, figure, why none, people, per 1,000."""
    for row in rows[1:]:
        if len(row) >= LAST_COLUMN and row[5] not in {None, ""}:
            kind = str(row[0]).rpartition(" ")[2]
            start = date.fromisoformat(str(row[4])[:10])
            yield (kind, str(row[1]), f"{start.year}-Q{(start.month + 2) // 3}"), float(row[5])


LAST_COLUMN = 7


def _of_jsonstat(content: bytes) -> Iterator[tuple[Cell, float]]:
    said = json.loads(content) if content else {"dimension": {}, "value": []}
    index = {name: one["category"]["index"] for name, one in said["dimension"].items()}
    cells = (
        (kind.rpartition(".")[2], area, period)
        for area in index.get("area", ())
        for period in index["period"]
        for kind in index["indicator"]
    )
    for cell, value in zip(cells, said["value"], strict=True):
        if value is not None:
            yield cell, float(value)


NUMBER = re.compile(rb"\d")
OF_THE_VISIT = re.compile(rb'(?:csrf[^>]*value="[^"]*"|nonce="[^"]*"|[?&]v=[0-9a-f]+)')
BETWEEN_WORDS = re.compile(rb"[\s<>\"=]+")


def words(address: str, content: bytes) -> list[bytes]:
    """Every word of an answer: in sentences, tables and drawings, and what is marked how."""
    if address.endswith(".xlsx") and content:
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(book.read(one) for one in book.namelist() if "docProps" not in one)
    if address.endswith(".pdf") and content:
        content = _of_paper(content)
    return BETWEEN_WORDS.split(OF_THE_VISIT.sub(b"", content))


def _of_paper(content: bytes) -> bytes:
    """The words and the strokes of a paper, without its own table of contents."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(content)).pages
    words = "".join(page.extract_text() for page in pages).encode()
    strokes = [page.get_contents() for page in pages]
    return words + b"".join(one.get_data() for one in strokes if one is not None)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside is taken back at the end."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
