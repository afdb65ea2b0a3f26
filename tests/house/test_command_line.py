"""`samrad COMMAND`, in a clone or installed: where data goes, and what is said when it cannot."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from samrad.cli import data, main, ports
from samrad.cli.trouble import Trouble
from tests.support.components import ROOT

pytestmark = pytest.mark.once

SAMRAD = [sys.executable, "-m", "samrad"]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """What a command sets for itself must not reach the other tests."""
    monkeypatch.setenv("SAMRAD_DATA", os.environ["SAMRAD_DATA"])


@pytest.mark.parametrize(
    ("words", "folder", "rest"),
    [
        (["demo"], None, ["demo"]),
        (["demo", "--data", "there", "--port", "1"], "there", ["demo", "--port", "1"]),
        (["--data=there", "worker"], "there", ["worker"]),
        (["manage", "loaddata", "--data", "x"], None, ["manage", "loaddata", "--data", "x"]),
        (["--data", "d", "manage", "check"], "d", ["manage", "check"]),
        (["areas", "--", "--data", "x"], None, ["areas", "--", "--data", "x"]),
    ],
)
def test_the_data_folder_is_taken_from_the_command_line(words, folder, rest):
    assert data.take_data_option(words) == (folder, rest)


def test_data_without_a_folder_is_refused():
    with pytest.raises(SystemExit, match="needs a folder"):
        data.take_data_option(["demo", "--data"])


def test_the_data_folder_is_made_for_its_owner_only(tmp_path):
    folder = data.place_data(str(tmp_path / "new" / "data"))

    assert folder.stat().st_mode & 0o077 == 0
    assert os.environ["SAMRAD_DATA"] == str(folder)


def test_a_data_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Trouble, match="cannot be made"):
        data.place_data(str(tmp_path / "file" / "data"))


def test_a_clone_keeps_its_data_in_itself_and_an_installed_package_where_the_system_does(
    monkeypatch, tmp_path
):
    assert data.usual_place() == ROOT / ".samrad"

    monkeypatch.setattr(data, "CLONE", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    monkeypatch.setattr(data.sys, "platform", "linux")
    assert data.usual_place() == Path("/somewhere/samrad")

    monkeypatch.setattr(data.sys, "platform", "darwin")
    assert data.usual_place().parts[-3:] == ("Library", "Application Support", "Samrad")


def test_an_unknown_command_is_named(capsys):
    assert main(["dmeo"]) == 2
    assert "no command 'dmeo'" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    from samrad import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        yield holder.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_says_who_has_it_and_which_is_free(taken_port, tmp_path, command):
    answer = subprocess.run(
        [*SAMRAD, command, "--port", str(taken_port), "--data", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    assert answer.returncode == 1
    assert f"Port {taken_port} is taken" in answer.stderr
    assert f"process {os.getpid()}" in answer.stderr
    assert "--port " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_port_that_is_suggested_is_free(taken_port):
    suggested = ports.free_port_after("127.0.0.1", taken_port)

    assert suggested is not None
    assert ports.why_not("127.0.0.1", suggested) is None


def test_a_port_for_administrators_is_explained(monkeypatch):
    monkeypatch.setattr(ports, "why_not", lambda *_: errno.EACCES)

    with pytest.raises(Trouble, match="Only the administrator"):
        ports.check_port("127.0.0.1", 80)


def test_an_address_of_another_machine_is_explained():
    with pytest.raises(Trouble, match="not an address of this machine"):
        ports.check_port("192.0.2.1", 8000)


@pytest.mark.parametrize("word", ["0", "65536", "http", "-1"])
def test_what_is_not_a_port_is_refused(word, capsys):
    with pytest.raises(SystemExit):
        main(["serve", f"--port={word}"])

    assert "is not a port" in capsys.readouterr().err
