"""Nine in ten passages of an agreement find their clause, one in twenty at most a wrong one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.campaign import Result

if TYPE_CHECKING:
    from tests.reading.measuring import Sum

COVERS = [
    "src/samrad/reading/**/*.py",
    "src/samrad/reading/data/*",
    "src/samrad/profiles/data/*/agreement*.toml",
    "src/samrad/profiles/data/*/agreements/*.toml",
    "tests/reading/labelled.py",
    "tests/reading/made.py",
    "tests/reading/measuring.py",
    "tests/reading/agreements/*",
    "tests/reading/developed/*",
    "tests/reading/heldout/*",
]

RIGHT, WRONG = 90, 5
FEWEST, SOME = 1, 25
"""Documents the smallest share reads of each part; what of the hardest must still be right."""

TABLE = Path(__file__).resolve().parents[2] / "docs/evidence/reading.md"
COLUMNS = ("passages", "right %", "wrong %", "unsure %", "facts", "facts right %", "refused")


def run(*, seed: int, share: float = 1.0) -> Result:
    """Read every labelled agreement in every form, and count. Nothing of a text is printed."""
    from tests.reading.measuring import PARTS, Sum, cases, measured, names_of

    chance = random.Random(seed)
    sums: dict[str, Sum] = {}
    for part, documents in PARTS.items():
        wanted = min(len(documents), max(FEWEST, round(share * len(documents))))
        for document in sorted(chance.sample(documents, wanted)):
            for case in cases(document):
                outcome = measured(case)
                for name in names_of(part, case):
                    sums[name] = sums.get(name, Sum()) + outcome
    parts = [sums[part] for part in PARTS]
    counts = {f"{name}: {key}": value for name in sums for key, value in sums[name].told().items()}
    remarks = [line for part in PARTS for line in calibration_of(part, sums[part])]
    if share == 1:
        TABLE.write_text("\n".join(as_table(sums, remarks)) + "\n", encoding="utf-8")
    held = all(one.share(one.right) >= RIGHT and one.share(one.wrong) <= WRONG for one in parts)
    still_reads = not any(one.refused for one in parts) and parts[0].share(parts[0].right) >= SOME
    return Result(passed=held if share == 1 else still_reads, counts=counts, remarks=remarks)


def calibration_of(part: str, total: Sum) -> Iterator[str]:
    """How right the reader was where it said how sure it was."""
    for band, count, said, right in total.calibration():
        yield f"{part}, confidence {band}: {count} passages, said {said}, right {right}"


def as_table(sums: Mapping[str, Sum], remarks: list[str]) -> Iterator[str]:
    """The figures as a person reads them."""
    yield "# How right the reader of agreements is"
    yield ""
    yield "Written by `./samrad prove reading`. The mark for each part: at least 90 % of the"
    yield "passages right, at most 5 % wrong, the rest handed to a person. Nobody who worked on the"
    yield "reader has looked at the held-out part: what is learned of words comes from the other."
    yield ""
    yield f"| | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---:|' * len(COLUMNS)}"
    for name in sorted(sums):
        told = sums[name].told()
        yield f"| {name} | {' | '.join(str(told[column]) for column in COLUMNS)} |"
    yield ""
    yield from (f"- {remark}" for remark in remarks)
