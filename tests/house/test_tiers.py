"""The tiers of proof: nothing is left out silently, and evidence ages with its code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest
from tools import proving

from tests.support import components
from tests.support.components import ROOT

pytestmark = pytest.mark.once


def test_a_missing_browser_is_found_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMRAD_CHROMIUM", str(tmp_path / "none"))
    assert components.chromium() is None

    monkeypatch.setenv("SAMRAD_POSTGRESQL_BIN", str(tmp_path))
    assert components.postgresql() is None

    monkeypatch.setenv("SAMRAD_SOURCES", str(tmp_path))
    assert components.sources() is None


def test_source_documents_are_demanded_only_in_ci(monkeypatch):
    demands = {component.marker: component.demanded for component in components.COMPONENTS}

    monkeypatch.delenv("CI", raising=False)
    assert demands["browser"]()
    assert demands["postgresql"]()
    assert not demands["sources"]()

    monkeypatch.setenv("CI", "true")
    assert demands["sources"]()


SAMPLE = """
    import pytest

    @pytest.mark.browser
    def test_with_a_browser(): ...

    @pytest.mark.slow
    def test_that_takes_long(): ...

    def test_of_the_ordinary_kind(): ...

    @pytest.mark.django_db
    @pytest.mark.parametrize("number", range(5))
    def test_that_asks_a_database(number): ...
"""


@pytest.fixture
def sample(tmp_path):
    """Some tests, run by the same plugin on a machine without Chromium."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_sample.py").write_text(textwrap.dedent(SAMPLE), encoding="utf-8")

    def run(*words: str, name: str = ""):
        return subprocess.run(
            [
                sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--color=no",
                "--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-n", "1", *words,
                str(tmp_path / "tests" / name),
            ],
            capture_output=True, text=True, check=False, cwd=ROOT,
            env={**os.environ, "SAMRAD_CHROMIUM": str(tmp_path / "none")},
        )  # fmt: skip

    return run


@pytest.mark.slow
def test_the_quick_tier_names_what_it_left_out(sample):
    answer = sample()

    assert answer.returncode == 0, answer.stdout
    assert "3 passed" in answer.stdout
    assert "3 tests: more of what asks a database, left to ./samrad test --all" in answer.stdout
    assert "1 test: Chromium is missing (apt install chromium" in answer.stdout
    assert "1 test: slow, left to ./samrad test --all" in answer.stdout


@pytest.mark.slow
def test_the_complete_tier_fails_when_something_is_missing(sample):
    answer = sample("--everything", "-n", "0")

    assert answer.returncode == 1
    assert "Chromium is missing" in answer.stdout
    assert "7 passed" in answer.stdout


@pytest.mark.slow
@pytest.mark.postgresql
def test_the_second_database_says_what_it_leaves_to_the_first(sample):
    answer = sample("--everything", "--database=postgresql", "-m", "not browser", "-n", "0")

    assert answer.returncode == 0, answer.stdout
    assert "1 passed" in answer.stdout
    assert "4 tests: green on SQLite here, and on PostgreSQL in ./samrad prove" in answer.stdout


@pytest.mark.slow
def test_a_file_asked_for_by_name_is_tried_whole(sample):
    answer = sample("-n", "0", name="test_sample.py")

    assert "7 passed" in answer.stdout


@pytest.fixture
def campaign(tmp_path, monkeypatch):
    """A campaign of its own, in a clone of its own."""
    monkeypatch.setattr(proving, "ROOT", tmp_path)
    monkeypatch.setattr(proving, "CAMPAIGNS", tmp_path)
    monkeypatch.setattr(proving, "EVIDENCE", tmp_path / "evidence")
    monkeypatch.setenv("SAMRAD_DATA", os.environ["SAMRAD_DATA"])
    (tmp_path / "covered.py").write_text("one = 1\n", encoding="utf-8")
    (tmp_path / "sums.py").write_text('"""One and one are two."""\n', encoding="utf-8")
    for other in ("covered",):
        (tmp_path / "src").mkdir(exist_ok=True)
        (tmp_path / f"{other}.py").rename(tmp_path / "src" / f"{other}.py")

    from types import ModuleType

    from tests.support.campaign import Result

    module = ModuleType("sums")
    module.COVERS = ["src/*.py"]
    module.run = lambda *, seed, share: Result(passed=seed != 13, counts={"sums": int(100 * share)})
    monkeypatch.setattr(proving, "load", lambda _: module)
    return tmp_path


def test_evidence_says_what_was_proven_of_which_code(campaign):
    proving.prove("sums", seed=7)

    evidence = json.loads((campaign / "evidence/sums.json").read_text(encoding="utf-8"))
    assert evidence["outcome"] == "proven"
    assert evidence["proves"] == "One and one are two."
    assert evidence["seed"] == 7
    assert evidence["counts"] == {"sums": 100}
    assert proving.stale_evidence() == []


def test_evidence_is_stale_when_the_code_it_covers_has_changed(campaign):
    proving.prove("sums", seed=7)

    (campaign / "src/covered.py").write_text("one = 2\n", encoding="utf-8")

    assert proving.stale_evidence() == ["sums: the code it covers has changed since"]


def test_a_campaign_without_evidence_or_with_a_failed_one_is_a_complaint(campaign):
    assert proving.stale_evidence() == ["sums: has no evidence yet"]

    proving.prove("sums", seed=13)

    assert proving.stale_evidence() == ["sums: failed the last time"]


def test_a_share_of_a_campaign_leaves_the_evidence_alone(campaign):
    proving.prove("sums", share=0.02, seed=7)

    assert not (campaign / "evidence").exists()


@pytest.mark.slow
def test_the_import_contracts_catch_a_step_upwards(tmp_path):
    import shutil

    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    surroundings = {**os.environ, "PYTHONPATH": f"{tmp_path / 'src'}:{ROOT}"}

    def lint():
        return subprocess.run(
            [sys.executable, "-m", "tools.layers"],
            capture_output=True, text=True, check=False, cwd=tmp_path, env=surroundings,
        )  # fmt: skip

    for module, line, contract in [
        (
            "areas/__init__.py",
            "import samrad.meetings.apps",
            "A lower app never imports a higher one",
        ),
        ("kernel/clock.py", "import django", "The kernel is plain Python"),
    ]:
        file = tmp_path / "src/samrad" / module
        before = file.read_text(encoding="utf-8")
        assert lint().returncode == 0
        file.write_text(f"{before}\n{line}\n", encoding="utf-8")
        answer = lint()
        file.write_text(before, encoding="utf-8")
        assert answer.returncode != 0
        assert f"{contract} BROKEN" in answer.stdout
