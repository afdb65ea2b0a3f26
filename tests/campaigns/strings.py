"""Every text field takes or refuses every string that breaks programs, on both databases.

The Big List of Naughty Strings and our own, each string alone in each field of each form that any
page shows: stored after the one documented normalisation, or refused in words; never a failure, and
nothing that runs in a browser. PostgreSQL gets our own, which databases differ about, and every
fourth of the list.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

from tests.support.campaign import Result
from tests.support.components import postgresql
from tests.support.postgres import temporary_cluster
from tests.support.scratch import fresh_installation

COVERS = [
    "src/samrad/kernel/text.py",
    "src/samrad/documents/**/*.py",
    "src/samrad/*/forms.py",
    "src/samrad/*/forms/*.py",
    "tests/everywhere/naughty.py",
    "tests/everywhere/strings.py",
    "tests/everywhere/forms_on_a_page.py",
]

ROOT = Path(__file__).resolve().parents[2]


def run(*, seed: int, share: float = 1.0) -> Result:
    """Both databases at the same time, each in a process of its own."""
    remarks = []
    with temporary_cluster() if postgresql() else nullcontext() as cluster:
        addresses = {"sqlite": "sqlite:///:memory:"}
        if cluster is None:
            remarks.append("PostgreSQL is missing (apt install postgresql): only SQLite was tried.")
        else:
            addresses["postgresql"] = cluster.create_database("strings")
        trying = {name: started(url, seed, share) for name, url in addresses.items()}
        answers = {name: json.loads(process.communicate()[0]) for name, process in trying.items()}
    counts: dict[str, int | float] = {}
    for name, answer in answers.items():
        counts |= {f"{name}: {key}": value for key, value in answer["counts"].items()}
        remarks += [f"{name}: {wrong}" for wrong in answer["wrong"][:20]]
    passed = len(answers) == 2 and not any(answer["wrong"] for answer in answers.values())
    return Result(passed=passed, counts=counts, remarks=remarks)


def started(url: str, seed: int, share: float) -> subprocess.Popen[str]:
    """This module, trying on one database."""
    command = [sys.executable, "-m", "tests.campaigns.strings", url, str(seed), str(share)]
    return subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT)))},
    )  # fmt: skip


def tried(url: str, seed: int, share: float) -> dict[str, Any]:
    """What became of the strings on one database."""
    fresh_installation(database_url=url)
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.db import transaction
    from django.utils import translation

    from tests.cast import build_cast
    from tests.everywhere.every_page import as_columns
    from tests.everywhere.naughty import OWN, big_list, everything
    from tests.everywhere.strings import (
        CONTROLS,
        fields_in,
        forms_of,
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
    forms = forms_of(clients, stage)
    if share < 1:
        forms = Random(seed).sample(forms, max(12, round(len(forms) * share)))
    figures, wrong = try_all(clients, forms, strings)
    step = 1 if share == 1 else len(CONTROLS)
    values, wrong_values = try_values(clients, forms, step=step)
    addresses, wrong_addresses = try_addresses(clients, stage, step=step) if share == 1 else (0, [])
    counts = {
        "strings": len(strings), "forms": len(forms), "fields": fields_in(forms), **figures,
        "values_no_page_sends": values, "addresses": addresses,
    }  # fmt: skip
    return {"counts": counts, "wrong": wrong + wrong_values + wrong_addresses}


if __name__ == "__main__":
    print(json.dumps(tried(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))))
