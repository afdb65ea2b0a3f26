"""A step of `pages`, run as a program: fill a database, or measure its pages."""

from __future__ import annotations

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import django

WARM_UP = 5
SOUGHT = "vedtak"


def generate(councils: int) -> dict[str, Any]:
    """Migrate, generate, and check the trail."""
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks.nation import generate as fill
    from samrad.areas.models import Area
    from samrad.kernel.clock import now
    from samrad.search.actions import rebuild
    from samrad.trail.verify import verify

    call_command("migrate", verbosity=0)
    nation = fill(councils=councils)
    rebuild(at=now())
    where = {
        "council": str(nation.council.ref),
        "meeting": str(nation.large_meeting.ref),
        "minutes": str(nation.latest_held.ref),
        "area": str(nation.council.area.ref),
        "country": str(Area.objects.get(country=nation.council.country, kind="nation").ref),
        "user": nation.secretary.user_id,
        "officer": nation.officer.user_id,
    }
    (Path(settings.DATA_DIR) / "where.json").write_text(json.dumps(where))
    _settle()
    return {"rows": nation.rows, "whole": verify().whole}


def _settle() -> None:
    """What a database does by itself in time: gather statistics."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(repeat: int) -> dict[str, Any]:
    """Every page, as the secretary of one council or as somebody who sees the whole country."""
    from django.conf import settings

    sys.modules["jinja2"] = None  # type: ignore[assignment] # no worker has what tests bring along
    from django.test import Client

    from samrad.people.models import User

    where = json.loads((Path(settings.DATA_DIR) / "where.json").read_text())
    settings.ALLOWED_HOSTS = ["*"]
    clients = {who: Client() for who in ("user", "officer")}
    for who, client in clients.items():
        client.force_login(
            User.objects.get(pk=where[who]),
            backend="samrad.people.backends.AccountBackend",
        )
    served = memory_of_a_server(clients, addresses(where))
    pages = {name: page(clients[who], url, repeat) for name, (who, url) in addresses(where).items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "pages": pages, "memory MiB": round(peak), "own memory MiB": round(own_memory()), **served,
    }  # fmt: skip


def own_memory() -> float:
    """What this process holds that no other could share, in MiB: without code of libraries."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


READERS, ROUNDS = 4, 8


def memory_of_a_server(
    clients: dict[str, Any], pages: dict[str, tuple[str, str]]
) -> dict[str, float]:
    """What a worker of `samrad serve` holds after several people read every page at once.

    Proportional: what it shares with its parent counts half for each.
    """
    from django.conf import settings
    from tests.support.program import free_port

    name = settings.SESSION_COOKIE_NAME
    cookies = {who: f"{name}={client.cookies[name].value}" for who, client in clients.items()}
    port = free_port()
    command = [sys.executable, "-m", "samrad", "serve", "--port", str(port), "--workers", "1"]
    surroundings = {**os.environ, "SAMRAD_ALLOWED_HOSTS": "127.0.0.1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings) as server:
        assert server.stdout is not None  # noqa: S101 (a pipe was asked for)
        server.stdout.readline()  # it listens

        def read_everything(_reader: int) -> None:
            for who, url in list(pages.values()) * ROUNDS:
                asked = Request(f"http://127.0.0.1:{port}{url}", headers={"Cookie": cookies[who]})
                with urlopen(asked, timeout=60) as answer:  # noqa: S310 (an address of our own)
                    answer.read()

        with ThreadPoolExecutor(READERS) as readers:
            list(readers.map(read_everything, range(READERS)))
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        held = _held(int(children[0]))
        server.terminate()
    return {"served MiB": round(held["Pss"]), "served resident MiB": round(held["Rss"])}


def _held(process: int) -> dict[str, float]:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def addresses(where: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The pages that are measured, each with who opens it."""
    from django.urls import reverse

    own = {
        "an empty page": reverse("health"),
        "home": reverse("home"),
        "councils": reverse("cooperation:councils"),
        "a council": reverse("cooperation:council", args=[where["council"]]),
        "a meeting of 30 items": reverse("meetings:detail", args=[where["meeting"]]),
        "100 decisions": reverse("followup:register", args=[where["council"]]),
        "my tasks": reverse("followup:my_tasks"),
        "the year's meetings": reverse("meetings:council", args=[where["council"]]),
        "planning a year": reverse("meetings:plan", args=[where["council"]]),
        "the wheel": reverse("wheel:wheel", args=[where["council"]]),
        "the structure": reverse("cooperation:structure", args=[where["council"]]),
        "minutes as read": reverse("meetings:read", args=[where["minutes"]]),
        "a search": f"{reverse('search:search')}?q={SOUGHT}",
        "people": reverse("people:list"),
        "an area": reverse("areas:detail", args=[where["area"]]),
    }
    seen_from_above = {
        "home, of a country": reverse("home"),
        "councils, of a country": reverse("cooperation:councils"),
        "a council, from above": reverse("cooperation:council", args=[where["council"]]),
        "my tasks, of a country": reverse("followup:my_tasks"),
        "all decisions, of a country": reverse("followup:everywhere"),
        "how old tasks are": reverse("followup:ageing"),
        "a search, of a country": f"{reverse('search:search')}?q={SOUGHT}",
        "people, of a country": reverse("people:list"),
        "organisations, of a country": reverse("people:organisations"),
        "areas": reverse("areas:list"),
        "a country's area": reverse("areas:detail", args=[where["country"]]),
    }
    return {name: ("user", url) for name, url in own.items()} | {
        name: ("officer", url) for name, url in seen_from_above.items()
    }


def page(client: Any, url: str, repeat: int) -> dict[str, Any]:
    """Queries, CPU and server time of one page."""
    from django.db import connection

    queries = 0
    in_database = 0.0

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal queries, in_database
        queries += 1
        started = time.perf_counter()
        answer = execute(*args)
        in_database += time.perf_counter() - started
        return answer

    cpu, wall = [], []
    for number in range(repeat + WARM_UP):
        if number == WARM_UP:
            queries, in_database = 0, 0.0
        with connection.execute_wrapper(counted):
            spent, started = time.process_time(), time.perf_counter()
            response = client.get(url)
            body = response.getvalue()
            cpu.append((time.process_time() - spent) * 1000)
            wall.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{url} answered {response.status_code}")
    cpu, wall = cpu[WARM_UP:], wall[WARM_UP:]
    return {
        "queries": round(queries / repeat, 1),
        "cpu p50 ms": round(statistics.median(cpu), 2),
        "cpu p95 ms": round(statistics.quantiles(cpu, n=20)[-1], 2),
        "server p50 ms": round(statistics.median(wall), 2),
        "server p95 ms": round(statistics.quantiles(wall, n=20)[-1], 2),
        "database ms": round(in_database / repeat * 1000, 2),
        "kilobytes": round(len(body) / 1024, 1),
    }


def carry_out(steps: dict[str, Callable[[int], dict[str, Any]]]) -> None:
    """Run the step that the command names, and print its answer alone."""
    django.setup()
    talk = io.StringIO()
    with redirect_stdout(talk):
        answer = steps[sys.argv[1]](int(sys.argv[2]))
    print(json.dumps(answer))


if __name__ == "__main__":
    carry_out({"generate": generate, "measure": measure})
