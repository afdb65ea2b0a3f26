"""How a test run is set up, before Django reads its settings.

Loaded by `-p tests.support.plugin` (pyproject.toml), because a conftest comes too late for that:
`--database` decides the database, `--everything` whether missing components are an error, and all
that is written goes to a temporary folder.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support import examples
from tests.support.components import COMPONENTS, Component, postgresql
from tests.support.postgres import temporary_cluster
from tests.support.scheduling import FIRST, Grouped

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
ENDINGS = contextlib.ExitStack()
LEFT_OUT = pytest.StashKey["Counter[str]"]()
DEMANDED = pytest.StashKey[Component]()
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "postgres_cluster"}
CLUSTER_URL = "SAMRAD_TEST_CLUSTER_URL"
ELSEWHERE = {
    False: "more of what asks a database, left to ./samrad test --all",
    True: "green on SQLite here, and on PostgreSQL in ./samrad prove databases",
}
# Where not all are tried, every file has its first ones: they go into every room.
FIRST_OF_EACH_FILE = {"sqlite": 2, "postgresql": 1}
# Locks, the queue, the record's chain, words looked for, moves: what databases do differently.
THE_DATABASES_OWN = tuple(f"tests/{app}/" for app in ("access", "search", "site", "trail", "work"))
# A password is hashed slowly on purpose; tests are about who may come in, not about that.
QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
KEPT = {
    "SAMRAD_CHROMIUM", "SAMRAD_POSTGRESQL_BIN", "SAMRAD_SOURCES", "SAMRAD_TAKE_PICTURES",
}  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("samrad")
    group.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite",
        help="the database that tests run on",
    )  # fmt: skip
    group.addoption(
        "--everything", action="store_true",
        help="slow tests too, and a missing component is a failure (CI)",
    )  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Decide the surroundings before pytest-django loads the settings."""
    if not IS_WORKER:  # workers inherit what the first process decided
        prepare_surroundings(early_config.known_args_namespace)
    return (yield)


def prepare_surroundings(options: object) -> None:
    """A data folder of our own, and the server if asked for; nothing of the user's is touched."""
    for name in [name for name in os.environ if name.startswith("SAMRAD_")]:
        if name not in KEPT:
            del os.environ[name]
    data = Path(tempfile.mkdtemp(prefix="samrad-test-"))
    ENDINGS.callback(shutil.rmtree, data, ignore_errors=True)
    os.environ["SAMRAD_DATA"] = str(data)
    (data / "static").mkdir()
    os.environ["SAMRAD_HTTPS"] = "no"  # the test client and the live server speak plain HTTP
    if getattr(options, "database", "sqlite") == "postgresql" and not getattr(
        options, "help", False
    ):
        if postgresql() is None:
            message = "--database=postgresql needs PostgreSQL: apt install postgresql"
            raise pytest.UsageError(message)
        cluster = ENDINGS.enter_context(temporary_cluster())
        os.environ["SAMRAD_DATABASE_URL"] = cluster.url("samrad")
        os.environ[CLUSTER_URL] = cluster.url()


def pytest_unconfigure() -> None:
    ENDINGS.close()


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(100_000, 50, 50)  # Django makes much that is soon forgotten, in no circles
    config.stash[LEFT_OUT] = Counter()
    examples.choose(everything=config.getoption("--everything"))


def pytest_collection_finish() -> None:
    """Code and tests loaded by now stay to the end: nobody looks among them for rubbish."""
    gc.collect()
    gc.freeze()


def missing_components() -> dict[str, Component]:
    """By marker, the components this machine lacks."""
    return {component.marker: component for component in COMPONENTS if not component.find()}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the tier does not include and what the machine cannot run, and remember it."""
    everything = config.getoption("--everything")
    missing = missing_components()
    left_out = config.stash[LEFT_OUT]
    again = config.getoption("--database") != "sqlite"
    few = is_whole(config) and (again or not everything)
    first = FIRST_OF_EACH_FILE[config.getoption("--database")]
    kept = []
    asking: Counter[Path] = Counter()
    for item in items:
        asks = asks_a_database(item)
        if again and not named(config, item) and not asks:
            continue
        lacking = [missing[mark.name] for mark in item.iter_markers() if mark.name in missing]
        demanded = [component for component in lacking if everything and component.demanded()]
        if demanded:
            item.stash[DEMANDED] = demanded[0]
            kept.append(item)
        elif lacking:
            left_out[f"{lacking[0].name} is missing ({lacking[0].how_to_get})"] += 1
        elif item.get_closest_marker("slow") and not everything and not named(config, item):
            left_out["slow, left to ./samrad test --all"] += 1
        elif (
            few
            and asks
            and (asking[item.path] >= first or item.get_closest_marker("slow"))
            and not (again and databases_may_differ(item))
        ):
            left_out[ELSEWHERE[again]] += 1
        else:
            asking[item.path] += asks
            kept.append(item)
    deselected = [item for item in items if item not in set(kept)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
    items[:] = sorted(kept, key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are shared out between processes."""
    return Grouped(config, log)


def asks_a_database(item: pytest.Item) -> bool:
    """What asks none has been tried already when the second database's turn comes."""
    if item.get_closest_marker("once"):
        return False
    asked = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or asked & DATABASE_FIXTURES)


def databases_may_differ(item: pytest.Item) -> bool:
    """Whether a test is about what the databases do each in their own way."""
    if item.nodeid.startswith(THE_DATABASES_OWN) or item.get_closest_marker("postgresql"):
        return True
    mark = item.get_closest_marker("django_db")
    in_earnest = mark is not None and mark.kwargs.get("transaction", False)
    return bool(in_earnest or "transactional_db" in getattr(item, "fixturenames", ()))


def is_whole(config: pytest.Config) -> bool:
    """Whether all tests were asked for, no folder and no file of them."""
    return [Path(word).resolve() for word in config.args] == [config.rootpath / "tests"]


def named(config: pytest.Config, item: pytest.Item) -> bool:
    """A slow test runs when its own file was asked for by name."""
    asked = [Path(word.partition("::")[0]).resolve() for word in config.args]
    return item.path in asked


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose component is missing where nothing may be left out."""
    component = item.stash.get(DEMANDED, None)
    if component is not None:
        pytest.fail(f"{component.name} is missing: {component.how_to_get}", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker process tells the first one what it left out."""
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        left_out = session.config.stash[LEFT_OUT]
        workeroutput["left_out"] = dict(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker collects the same tests, so the last one to report speaks for all."""
    told = getattr(node, "workeroutput", {}).get("left_out")
    if told is not None:
        left_out: Counter[str] = Counter(told)
        node.config.stash[LEFT_OUT] = left_out


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was left out, so that green never means less than it says."""
    left_out = config.stash[LEFT_OUT]
    if left_out:
        terminalreporter.section("left out")
        for reason, count in left_out.most_common():
            terminalreporter.line(f"{count} {'test' if count == 1 else 'tests'}: {reason}")
