"""The demo for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from samrad.site.demo import loader
from tests.support.kept_demo import bring


@pytest.fixture(scope="module")
def mail_folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where the demo's mail is kept."""
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def loaded(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, mail_folder: Any
) -> Iterator[int]:
    """The demo of the module's `COUNTRIES`, and how many steps were told; gone afterwards."""
    countries = getattr(request.module, "COUNTRIES", loader.COUNTRIES)
    with django_db_blocker.unblock():
        try:
            yield bring(countries, mail_folder)
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def demo(loaded: int, db: None) -> int:
    """The loaded demo; what a test changes in it is undone."""
    return loaded


@pytest.fixture
def demo_addresses(settings: Any, mail_folder: Any) -> Iterator[None]:
    """The addresses as a program started by `samrad demo` has them."""
    import importlib

    from django.test import override_settings
    from django.urls import clear_url_caches, include, path

    from samrad.access.gate import require_declared
    from samrad.people.urls import library
    from samrad.people.urls import pages as people_pages
    from samrad.site import pages
    from samrad.site import urls as root

    settings.DEMO, settings.EMAIL_FILE_PATH = True, str(mail_folder)
    importlib.reload(people_pages)
    importlib.reload(pages)
    here = [
        path("account/", include(library)), path("", include(people_pages)),
        path("", include(pages)),
    ]  # fmt: skip
    require_declared(here)
    ours = type("Addresses", (), {"urlpatterns": [*here, *root.urlpatterns]})
    with override_settings(ROOT_URLCONF=ours):
        clear_url_caches()
        yield
    settings.DEMO = False
    importlib.reload(people_pages)
    importlib.reload(pages)
    clear_url_caches()
