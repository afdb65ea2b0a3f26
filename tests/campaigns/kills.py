"""Nothing acknowledged as saved is lost, doubled or half-written when processes are killed.

On SQLite and on PostgreSQL, writers save minutes with a decision, its trail entry and a queued job
in one transaction, and say so after the commit; workers do the jobs, whose mails go to a real mail
server. Writers and workers get SIGKILL at random; PostgreSQL itself goes down now and then. Two
controls must fail: writers that acknowledge before the commit, and SQLite with
`synchronous=NORMAL` when the power is cut.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.support.campaign import Result
from tests.support.components import postgresql
from tests.support.mail import Mailbox, mail_server

COVERS = [
    "src/samrad/settings.py",
    "src/samrad/work/**/*.py",
    "src/samrad/post/actions.py",
    "src/samrad/post/delivery.py",
    "src/samrad/trail/**/*.py",
    "src/samrad/meetings/actions/minutes.py",
    "src/samrad/followup/actions.py",
]

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200
CUTS = 200
MUST_BE_NONE = (
    "lost", "doubled", "half_written", "texts_out_of_step", "trail_breaks", "jobs_lost_or_dead",
    "mails_not_sent", "mails_not_received", "database_damaged",
)  # fmt: skip


def run(*, seed: int, share: float = 1.0) -> Result:
    """Both databases at the same time, each in a process of its own."""
    kills = max(10, round(KILLS * share))
    cuts = max(20, round(CUTS * share))
    remarks = []
    databases = ["sqlite"]
    if postgresql():
        databases.append("postgresql")
    else:
        remarks.append("PostgreSQL is missing (apt install postgresql): only SQLite was tried.")
    with mail_server() as mailbox:
        processes = {name: harness(name, kills, cuts, seed, mailbox) for name in databases}
        answers = {name: answer_of(process) for name, process in processes.items()}
    counts: dict[str, int | float] = {}
    for name, answer in answers.items():
        power = answer.pop("power", {})
        told = {**answer, **received(answer.pop("message_ids"), mailbox)}
        told.pop("message_ids", None)
        counts |= {f"{name}: {key}": value for key, value in told.items()}
        counts |= {f"{name}: power cuts, {who}: {key}": value for who, row in power.items()
                   for key, value in row.items()}  # fmt: skip
    passed = len(databases) == 2 and all(
        counts.get(f"{name}: {key}") == 0 for name in databases for key in MUST_BE_NONE
    )
    ours = [
        counts[f"sqlite: power cuts, ours: {key}"] for key in ("lost", "half_written", "damaged")
    ]
    controls = counts["sqlite: control_lost"], counts["sqlite: power cuts, control: lost"]
    return Result(passed=passed and not any(ours) and all(controls), counts=counts, remarks=remarks)


def harness(name: str, kills: int, cuts: int, seed: int, mailbox: Mailbox) -> subprocess.Popen[str]:
    """Start the killing on one database."""
    command = [
        sys.executable, "-m", "tests.support.kills.harness", "--kills", str(kills),
        "--seed", str(seed),
        *(["--postgresql"] if name == "postgresql" else ["--power", str(cuts)]),
    ]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "SAMRAD_MAIL_URL": f"smtp://{mailbox.host}:{mailbox.port}",
        "SAMRAD_LOG_LEVEL": "CRITICAL",
    }
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def answer_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What the harness found."""
    said, _errors = process.communicate()
    if process.returncode:
        message = f"The harness ended with {process.returncode}."
        raise RuntimeError(message)
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answer


def received(message_ids: list[str], mailbox: Mailbox) -> dict[str, int]:
    """Mails that never came, and those that came again under the same Message-ID."""
    arrived = Counter(str(mail["Message-ID"]) for mail in mailbox.mails)
    return {
        "mails": len(message_ids),
        "mails_not_received": sum(not arrived[one] for one in message_ids),
        "mails_repeated_as_the_same_mail": sum(arrived[one] > 1 for one in message_ids),
    }
