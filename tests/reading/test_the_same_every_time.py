"""A document is read alike in every process, whatever order Python keeps its sets in there."""

from __future__ import annotations

import os
import subprocess
import sys

from samrad.reading.headings import Headings
from samrad.reading.templates import agreement_template
from tests.reading.labelled import DEVELOPED

READS = """
import json, sys
from pathlib import Path
from samrad.reading.reader import read_document
from tests.reading.labelled import labelled
text = labelled("dk_hensigt_alleroed", Path(sys.argv[1])).text
print(json.dumps(read_document(text.encode(), "a.txt", "dk", kind="intent").to_json()))
"""


def read_with(seed: int) -> str:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", READS, str(DEVELOPED)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_a_document_with_an_ambiguous_title_is_read_alike_in_every_process():
    assert read_with(0) == read_with(2) == read_with(3)


def test_a_heading_that_speaks_for_two_clauses_alike_announces_the_first_of_the_template():
    template, heading = agreement_template("dk", "intent"), "Fælles hensigtserklæring"
    text = template.lexicon.read(heading)
    assert [one.key for one in template.clauses if text.has(one.headings)] == [
        "purpose", "commitments"
    ]  # fmt: skip
    assert Headings(template).announced(heading).clause == "purpose"
