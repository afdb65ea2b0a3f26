"""Every text field takes or refuses every string that breaks programs, on both databases.

The Big List of Naughty Strings and our own, each string alone in each field of each kind of form
that any page shows, and a twelfth of them where the same form is about another thing: stored after
the one documented normalisation, or refused in words; never a failure, and nothing that runs in a
browser. PostgreSQL gets our own, which databases differ about, and every fourth of the list.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

from tests.support.campaign import Result
from tests.support.components import postgresql
from tests.support.postgres import temporary_cluster
from tests.support.scratch import fresh_installation, from_noon_of_the_cast

COVERS = [
    "src/samrad/kernel/text.py",
    "src/samrad/documents/**/*.py",
    "src/samrad/*/forms.py",
    "src/samrad/*/forms/*.py",
    "tests/everywhere/naughty.py",
    "tests/everywhere/strings.py",
    "tests/everywhere/forms_on_a_page.py",
]

SAMPLE = 12  # of the strings, for a form that differs from one already tried in what it is about
ROOT = Path(__file__).resolve().parents[2]


def run(*, seed: int, share: float = 1.0) -> Result:
    """Both databases at the same time; all on SQLite, which gets more strings, in two processes.

    A share is tried on one of them, by turns.
    """
    remarks = []
    halves = ("1/2", "2/2") if share == 1 else ("1/1",) if seed % 2 else ()
    with temporary_cluster() if postgresql() else nullcontext() as cluster:
        trying = [("sqlite", started("sqlite:///:memory:", seed, share, half)) for half in halves]
        if cluster is None:
            remarks.append("PostgreSQL is missing (apt install postgresql): only SQLite was tried.")
        elif share == 1 or not seed % 2:
            url = cluster.create_database("strings")
            trying.append(("postgresql", started(url, seed, share, "1/1")))
        answers = [(name, json.loads(process.communicate()[0])) for name, process in trying]
    counts: Counter[str] = Counter()
    for name, answer in answers:
        for key, value in answer["counts"].items():
            if key == "strings":  # the same ones for every form
                counts[f"{name}: {key}"] = value
            else:
                counts[f"{name}: {key}"] += value
        remarks += [f"{name}: {wrong}" for wrong in answer["wrong"][:20]]
    passed = cluster is not None and not any(answer["wrong"] for _name, answer in answers)
    return Result(passed=passed, counts=dict(counts), remarks=remarks)


def started(url: str, seed: int, share: float, part: str) -> subprocess.Popen[str]:
    """This module, trying on one database some of the forms and addresses: part 1 of 2, or all."""
    command = [sys.executable, "-m", "tests.campaigns.strings", url, str(seed), str(share), part]
    return subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT)))},
    )  # fmt: skip


def tried(url: str, seed: int, share: float, part: str) -> dict[str, Any]:
    """What became of the strings on one database."""
    fresh_installation(database_url=url)
    logging.disable(logging.CRITICAL)
    with from_noon_of_the_cast():
        return tried_on_the_day(url, seed, share, part)


def tried_on_the_day(url: str, seed: int, share: float, part: str) -> dict[str, Any]:
    """The same, on the cast's day."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import translation

    from tests.cast import build_cast
    from tests.everywhere.every_page import as_columns, every_page
    from tests.everywhere.naughty import OWN, big_list, everything
    from tests.everywhere.strings import (
        CONTROLS,
        fields_in,
        forms_of,
        of_each_kind,
        try_addresses,
        try_all,
        try_values,
    )
    from tests.permissions.stage import things
    from tests.support.plugin import QUICK_HASHER

    settings.ALLOWED_HOSTS = ["*"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = QUICK_HASHER
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    translation.activate("en")
    strings = everything() if url.startswith("sqlite") else [*OWN, *big_list()[::4]]
    if share < 1:
        strings = Random(seed).sample(strings, max(4, round(len(strings) * share)))
    with transaction.atomic():
        stage = things(cast := build_cast())
    clients = as_columns(cast)
    pages = every_page(stage)
    if share < 1:
        pages = Random(seed).sample(pages, max(24, round(len(pages) * share)))
    forms = forms_of(clients, pages)
    if share < 1:
        forms = Random(seed).sample(forms, min(len(forms), max(8, round(len(forms) * share))))
    number, parts = map(int, part.split("/"))
    forms = forms[number - 1 :: parts]
    # PostgreSQL keeps what it is given; the pages that show it are the same.
    follow = url.startswith("sqlite")
    kinds, others = of_each_kind(forms)
    figures, wrong = try_all(clients, kinds, strings, follow=follow)
    more, also_wrong = try_all(clients, others, strings, step=SAMPLE, follow=follow)
    figures, wrong = figures + more, wrong + also_wrong
    step = 1 if share == 1 else len(CONTROLS)
    values, wrong_values = try_values(clients, forms, step=step)
    whole = share == 1 and number == 1
    addresses, wrong_addresses = try_addresses(clients, stage, step=step) if whole else (0, [])
    counts = {
        "strings": len(strings), "forms": len(forms), "kinds_of_form": len(kinds),
        "fields": fields_in(forms), **figures,
        "values_no_page_sends": values, "addresses": addresses,
    }  # fmt: skip
    return {"counts": counts, "wrong": wrong + wrong_values + wrong_addresses}


if __name__ == "__main__":
    print(json.dumps(tried(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4])))
