"""JSON-stat: the format's samples read, what we write found valid, and both the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonstat_validator import validate_jsonstat
from tools.steps import node_folder

from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.readers import read_tables
from samrad.knowledge.readers.jsonstat import read_jsonstat, write_jsonstat
from samrad.knowledge.rules.table import NotRead, Role, Why
from tests.knowledge.conftest import FILES, KNOWN
from tests.support.components import ROOT

SAMPLES = {"canada.json": [120], "galicia-2.0.json": [3960], "ons.json": [261],
           "oecd-canada.json": [432, 120], "hierarchy.json": [132]}  # fmt: skip


@pytest.mark.parametrize(("name", "sizes"), SAMPLES.items())
def test_the_formats_own_samples_are_read(name, sizes):
    tables = read_jsonstat((FILES / name).read_bytes())

    assert [table.size for table in tables] == sizes


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("collection.json", Why.ONLY_LINKS),
        ("dimension.json", Why.MISSING_FIELD),
        ("order.json", Why.NOT_A_NUMBER),
    ],
)
def test_what_holds_no_figures_is_refused(name, why):
    with pytest.raises(NotRead) as refused:
        read_jsonstat((FILES / name).read_bytes())

    assert refused.value.troubles[0].why is why


def cells_of(table):
    return [
        (tuple(one.codes[i] for one, i in zip(table.dimensions, at, strict=True)), value, mark)
        for _, at, value, mark in table.cells()
    ]


@pytest.mark.parametrize(
    "path", [KNOWN["no-ssb-06913"], KNOWN["no-ssb-08487"], FILES / "galicia-2.0.json"]
)
def test_what_we_write_is_valid_and_reads_back_the_same(path):
    table = read_jsonstat(path.read_bytes())[0]

    written = write_jsonstat(table)

    validate_jsonstat(json.loads(written))
    again = read_jsonstat(written)[0]
    assert cells_of(again) == cells_of(table)
    assert again.dimensions == table.dimensions


def test_roles_come_along():
    table = read_tables(KNOWN["no-ssb-08487"].read_bytes(), packaged_recipes()["no-ssb-08487"], {})[
        0
    ]

    assert [one.role for one in table.dimensions] == [
        Role.AREA, Role.OTHER, Role.TIME, Role.MEASURE,
    ]  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize(
    "path", [KNOWN["no-ssb-06913"], KNOWN["no-ssb-08487"], FILES / "galicia-2.0.json"]
)
def test_the_formats_reference_implementation_reads_in_it_what_we_wrote(path):
    table = read_jsonstat(path.read_bytes())[0]
    node = node_folder(ROOT, Path(sys.prefix)) / "node"

    done = subprocess.run(
        [node, Path(__file__).with_name("read_with_toolkit.mjs")],
        input=write_jsonstat(table), capture_output=True, check=True,
    )  # fmt: skip

    read = json.loads(done.stdout)
    assert [(tuple(at), value, mark) for at, value, mark in read["cells"]] == cells_of(table)
    assert read["labels"] == {one.code: list(one.labels) for one in table.dimensions}
    assert read["label"] == table.title
