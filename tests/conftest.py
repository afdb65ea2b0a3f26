"""Fixtures that every test may use; how a run is set up is in tests/support/plugin.py."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.components import sources
from tests.support.mail import Mailbox, mail_server
from tests.support.plugin import QUICK_HASHER
from tests.support.postgres import Cluster, temporary_cluster
from tests.support.scratch import from_noon_of_the_cast
from tests.support.template_database import copy_instead_of_migrating


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Called by pytest-django before it makes the test database."""
    from django.db import connection

    if connection.vendor == "sqlite":
        copy_instead_of_migrating(connection)


@pytest.fixture(scope="session", autouse=True)
def day_of_the_cast() -> Iterator[None]:
    """The run begins at noon on the cast's day, whatever day it is, and time goes on from there."""
    with from_noon_of_the_cast():
        yield


@pytest.fixture(scope="session", autouse=True)
def prepared_queries_are_what_they_were_made_of() -> Iterator[None]:
    """In every test, SQL that is made once is held against the query it stands for."""
    from tests.support.prepared import held_against_each_other

    with held_against_each_other():
        yield


@pytest.fixture(autouse=True)
def english(settings: Any) -> Iterator[None]:
    """Pages, refusals and mails in English unless somebody's own language says otherwise.

    Passwords are hashed quickly.
    """
    from django.utils import translation

    settings.LANGUAGE_CODE = "en"
    settings.PASSWORD_HASHERS = QUICK_HASHER
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Any]:
    """The browser process. Its driver runs an event loop here; Django must be told it is fine."""
    from tests.support.browser import running_chromium

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with running_chromium() as browser:
        yield browser
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session", autouse=True)
def one_request_at_a_time() -> Iterator[None]:
    """A live server before a database in memory answers one request after another.

    All its threads share one connection there: a transaction that is undone would take the writes
    of the request beside it along. PostgreSQL gives each thread its own.
    """
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection

    answer, alone = WSGIHandler.__call__, threading.Lock()

    def answer_alone(handler: Any, environ: Any, start_response: Any) -> Any:
        with alone:
            return answer(handler, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(WSGIHandler, "__call__", answer_alone)
        yield


@pytest.fixture
def open_page(chromium_browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open pages on the live server: `open_page(width=390, java_script_enabled=False)`.

    At the end of the test every script error, refusal by the content security policy and call to
    another host in any of them fails it.
    """
    from tests.support.browser import DESKTOP, open_window

    windows = []
    base_url = live_server.url.replace("127.0.0.1", "localhost")

    def opened(*, width: int = DESKTOP, **choices: Any) -> Any:
        windows.append(open_window(chromium_browser, base_url=base_url, width=width, **choices))
        return windows[-1].page

    yield opened
    problems = [problem for window in windows for problem in window.problems]
    for window in windows:
        window.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A page 1280 pixels wide."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    """A page 390 pixels wide."""
    return open_page(width=390)


@pytest.fixture(params=[390, 1280], ids=["phone", "desktop"])
def any_page(request: pytest.FixtureRequest, open_page: Callable[..., Any]) -> Any:
    """The test runs twice: on a phone's width and on a desktop's."""
    return open_page(width=request.param)


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` lists what axe-core finds wrong with a page; expect `[]`."""
    from tests.support.browser import axe

    return axe


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Mail goes out by SMTP to a server on loopback that keeps it."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this test's own, for tests that need both databases at once.

    Mark such tests `postgresql`.
    """
    with temporary_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def source_documents() -> Path:
    """The folder of source documents. Mark tests that need it `sources`."""
    folder = sources()
    assert folder is not None
    return folder


@pytest.fixture
def cast(db: None) -> Any:
    """The people who appear in every test, with their councils: see tests/cast.py."""
    from tests.cast import build_cast

    return build_cast()
