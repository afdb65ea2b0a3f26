"""The wheel, installed where there is no Node, and the demo: started, asked, stopped."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tools import steps

from tests.support.components import ROOT
from tests.support.program import clean_environment, free_port, running

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    [built] = folder.glob("samrad-*.whl")
    return built


def test_the_wheel_carries_what_is_built_and_nothing_of_the_workshop(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert any(
        name.startswith("samrad/ui/static/built/") and name.endswith(".css") for name in names
    )
    assert any(name.endswith("LICENSE") for name in names)
    compiled = {name.split("/")[2] for name in names if name.endswith(".mo")}
    written = {path.parts[-3] for path in (ROOT / "src/samrad/locale").glob("*/LC_MESSAGES/*.po")}
    assert compiled == written
    assert not [name for name in names if name.startswith(("tests/", "tools/", "frontend/"))]
    assert not [name for name in names if name.endswith((".po", ".pyc"))]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of programs of an environment with the wheel and its pinned packages."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    steps.make_environment(folder)
    steps.install(ROOT, folder, ROOT / "requirements/runtime.txt")
    subprocess.run(
        [*steps.pip(folder), "install", "--quiet", "--no-deps", "--no-compile", str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "bin"


def without_node(programs: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which no other program can be found, least of all Node."""
    bytecode = str(programs.parent / "bytecode")  # what Python compiles, it compiles once
    return clean_environment(
        PATH=str(programs), HOME=str(tmp_path), SAMRAD_HTTPS="no", PYTHONPYCACHEPREFIX=bytecode
    )


def test_the_installed_wheel_serves_pages_without_node(installed, tmp_path):
    surroundings = without_node(installed, tmp_path)

    def samrad(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(installed / "samrad"), *words],
            cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert "  serve " in samrad("--help").stdout
    told = samrad("serve", "--data", str(tmp_path / "data"))
    assert told.returncode == 1
    assert "samrad manage migrate" in told.stderr
    migrated = samrad("--data", str(tmp_path / "data"), "manage", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    checked = samrad("--data", str(tmp_path / "data"), "manage", "check")
    assert checked.returncode == 0, checked.stderr

    port = free_port()
    command = [
        str(installed / "samrad"), "serve", "--port", str(port), "--data", str(tmp_path / "data"),
    ]  # fmt: skip
    with running(command, port=port, env=surroundings, cwd=tmp_path) as program:
        status, page = program.get("/")
        assert status == 200, page[:500]
        sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert sheets
        assert [program.get(sheet)[0] for sheet in sheets] == [200] * len(sheets)
        assert program.interrupt() == 0


def demo(installed: Path, tmp_path: Path, port: int):
    command = [
        str(installed / "samrad"),
        "demo",
        "--port",
        str(port),
        "--data",
        str(tmp_path / "d"),
    ]
    return running(command, port=port, env=without_node(installed, tmp_path), cwd=tmp_path)


def test_the_demo_starts_cold_then_without_loading_and_stops_without_a_trace(installed, tmp_path):
    port = free_port()
    with demo(installed, tmp_path, port) as program:
        assert program.get("/")[0] == 200
        assert "Politirådet i Ås" in program.said()
        assert program.interrupt() == 0
        assert program.said().count("The demo has stopped") == 1
        assert "Traceback" not in program.said()
        assert not program.left_something_running()

    with demo(installed, tmp_path, port) as program:
        assert "Loading" not in program.said()
        assert program.interrupt() == 0
        assert not program.left_something_running()
