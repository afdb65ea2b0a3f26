"""What is counted about signing in holds for all processes, and is nobody's address."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samrad.access.models import SharedValue
from samrad.access.shared import SharedCache
from samrad.kernel.clock import held_at, now
from tests.cast import Cast, signed_in
from tests.support.components import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def a_wrong_password(client: Client, email: str) -> str:
    words = {"login": email, "password": "not the password"}
    return client.post(reverse("account_login"), words).content.decode()


@pytest.mark.django_db
def test_another_process_refuses_who_has_guessed_too_often_in_the_first(
    client: Client, cast: Cast
) -> None:
    email = cast.chair.person.email
    for _ in range(5):
        assert "do not belong together" in a_wrong_password(client, email)
    del caches["default"]  # a process that has just started remembers nothing

    assert "Too many attempts" in a_wrong_password(Client(), email)


@pytest.mark.django_db
def test_the_table_names_no_address_and_no_account(client: Client, cast: Cast) -> None:
    a_wrong_password(client, cast.chair.person.email)

    rows = str(list(SharedValue.objects.values_list()))
    assert SharedValue.objects.exists()
    assert "127.0.0.1" not in rows
    assert cast.chair.person.email not in rows


@pytest.mark.django_db
def test_an_ordinary_page_does_not_ask_for_it(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("home")).status_code == 200

    assert asked.captured_queries
    assert not [one for one in asked.captured_queries if "sharedvalue" in one["sql"]]


@pytest.mark.django_db
def test_a_value_ends_when_it_should_and_is_then_gone() -> None:
    cache.set("a", [1.5], 60)
    assert cache.add("a", "other", 60) is False
    assert cache.get("a") == [1.5]
    with held_at(now() + timedelta(seconds=61)):
        assert cache.get("a", "nothing") == "nothing"
        assert cache.touch("a", 60) is False
        assert cache.add("b", "x", 60) is True
        assert cache.add("a", "new", 60) is True

    assert SharedValue.objects.count() == 2


@pytest.mark.django_db
def test_it_is_a_cache_like_another() -> None:
    cache.set("for ever", {"a": 1}, None)
    cache.set("ended", 1, 0)
    cache.set("for a while", 1)
    assert cache.get("for ever") == {"a": 1}
    assert cache.get("ended") is None
    assert cache.incr("for a while") == 2
    assert cache.touch("for a while", 10) is True
    assert cache.get_many(["for a while", "none"]) == {"for a while": 2}
    assert cache.delete("for a while") is True
    assert cache.delete("for a while") is False
    cache.clear()
    assert not SharedValue.objects.exists()
    assert isinstance(caches["default"], SharedCache)


AT_THE_SAME_TIME = """
import sys, time
import django
django.setup()
from django.core.cache import cache
time.sleep(max(0, float(sys.argv[1]) - time.time()))
print(sum(cache.add(f"lock {number}", True, 60) for number in range(30)))
"""


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_of_several_processes_one_alone_takes_a_lock(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "sqlite:///"
    if kind == "postgresql":
        url = request.getfixturevalue("postgres_cluster").create_database("locks")
    environment = {
        **os.environ,
        "SAMRAD_DATA": str(tmp_path),
        "SAMRAD_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "samrad.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    migrate = [sys.executable, "-m", "samrad", "manage", "migrate", "access", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True, cwd=tmp_path)
    start = str(time.time() + 4)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", AT_THE_SAME_TIME, start],
            env=environment, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip

    taken = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(taken) == 30
