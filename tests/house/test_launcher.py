"""`./samrad` in a clone: what it says, what it does again, what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tools import steps
from tools.commands import DEVELOPER
from tools.steps import Step, Trouble, content_of, read_stamps

from samrad.cli.commands import PRODUCT, overview
from tests.support.components import ROOT

pytestmark = pytest.mark.once


def launcher(*words: str, python: str = sys.executable, **environment: str):
    return subprocess.run(
        [python, str(ROOT / "samrad"), *words],
        capture_output=True, text=True, check=False, env={**os.environ, **environment}, cwd="/",
    )  # fmt: skip


def test_help_explains_every_command_in_a_line():
    told = launcher("--help").stdout

    for command in (*PRODUCT, *DEVELOPER):
        lines = [line for line in told.splitlines() if line.startswith(f"  {command.name} ")]
        assert len(lines) == command.is_there(), command.name
        assert all(command.help in line and len(line) < 80 for line in lines)


def test_help_needs_nothing_that_has_to_be_installed():
    asked = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "samrad"), "--help"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    assert "demo" in asked.stdout


def test_a_command_that_no_app_brings_yet_is_not_in_the_menu():
    from samrad.cli.commands import Command

    unbuilt = Command("fly", "not built")

    assert not unbuilt.is_there()
    assert "fly" not in overview("./samrad", (*PRODUCT, unbuilt))


def test_an_unknown_command_is_named():
    answer = launcher("dmeo")

    assert answer.returncode == 2
    assert "no command 'dmeo'" in answer.stderr
    assert "--help" in answer.stderr


OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2, "final", 0)
sys.argv = [{script!r}, "--help"]
runpy.run_path({script!r}, run_name="__main__")
"""


def run_as_old_python(path: str):
    program = OLD_PYTHON.format(script=str(ROOT / "samrad"))
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, env={"PATH": path},
    )  # fmt: skip


def test_an_old_python_explains_itself_when_there_is_no_newer_one(tmp_path):
    answer = run_as_old_python(str(tmp_path))

    assert answer.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in answer.stderr


def test_an_old_python_hands_over_to_a_newer_one(tmp_path):
    newer = tmp_path / "python3.12"
    newer.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    newer.chmod(0o755)

    answer = run_as_old_python(str(tmp_path))

    assert answer.returncode == 0, answer.stderr
    assert "Usage: ./samrad" in answer.stdout


def step(tmp_path: Path, made: list[str]) -> Step:
    source = tmp_path / "source"
    return Step(
        name="thing",
        title="Making the thing",
        stamps=tmp_path / "ready.json",
        fingerprint=lambda: content_of(tmp_path, [source]),
        is_there=lambda: bool(made),
        make=lambda: made.append(source.read_text(encoding="utf-8")),
    )


def test_a_step_is_done_again_only_when_its_sources_changed(tmp_path):
    made: list[str] = []
    (tmp_path / "source").write_text("one", encoding="utf-8")

    step(tmp_path, made).bring_up_to_date()
    step(tmp_path, made).bring_up_to_date()
    assert made == ["one"]

    (tmp_path / "source").write_text("two", encoding="utf-8")
    step(tmp_path, made).bring_up_to_date()
    assert made == ["one", "two"]


def test_a_step_is_done_again_when_what_it_made_is_gone(tmp_path):
    made: list[str] = []
    (tmp_path / "source").write_text("one", encoding="utf-8")
    step(tmp_path, made).bring_up_to_date()
    made.clear()

    step(tmp_path, made).bring_up_to_date()

    assert made == ["one"]


def test_a_step_that_fails_is_tried_again_next_time(tmp_path):
    (tmp_path / "source").write_text("one", encoding="utf-8")

    def fail() -> None:
        message = "no network"
        raise Trouble(message)

    failing = Step(
        "thing", "Making", tmp_path / "ready.json", lambda: "mark", lambda: True, fail
    )  # fmt: skip
    with pytest.raises(Trouble):
        failing.bring_up_to_date()

    assert read_stamps(tmp_path / "ready.json") == {}


def test_a_broken_stamp_file_means_that_nothing_is_done_yet(tmp_path):
    (tmp_path / "ready.json").write_text("{half", encoding="utf-8")

    assert read_stamps(tmp_path / "ready.json") == {}


def test_a_program_that_fails_is_told_in_words_with_its_last_lines():
    with pytest.raises(Trouble) as told:
        steps.run(
            [sys.executable, "-c", "print('line'); raise SystemExit(3)"],
            cwd=ROOT, failing=lambda output: f"It could not be done ({len(output)}).",
        )  # fmt: skip

    assert "It could not be done" in str(told.value)
    assert "    line" in str(told.value)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "did not match the checksum"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken", "Is the network up?"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for x==1", "could not be found for this Python"),
        ("something else", "could not be installed"),
    ],
)
def test_what_pip_says_is_put_in_plain_words(output, expected):
    assert expected in steps.why_pip_failed(output)


def test_a_folder_one_may_not_write_in_is_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(steps.os, "access", lambda *_: False)

    with pytest.raises(Trouble, match="cannot write in"):
        steps.make_venv(tmp_path, tmp_path / ".venv")


def test_without_any_pip_it_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "lib/python3.11/site-packages").mkdir(parents=True)
    refusing = tmp_path / "python3"
    refusing.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    refusing.chmod(0o755)
    monkeypatch.setattr(steps.sys, "executable", str(refusing))
    monkeypatch.setattr(steps.shutil, "which", lambda _: str(refusing))

    with pytest.raises(Trouble, match="neither ensurepip nor pip"):
        steps.pip(tmp_path)


def test_an_old_node_is_not_used(tmp_path, monkeypatch):
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v12.22.9\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setattr(steps.shutil, "which", lambda name: str(tmp_path / name))
    installed: list[Path] = []
    monkeypatch.setattr(steps, "install", lambda root, folder, pins: installed.append(pins))

    assert steps.node_folder(ROOT, tmp_path / "venv") == tmp_path / "venv/bin"
    assert [file.name for file in installed] == ["node.txt"]


def test_two_commands_at_once_get_ready_one_after_the_other(tmp_path):
    program = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from tools.steps import clone_lock
        folder = Path(sys.argv[1])
        with clone_lock(folder):
            assert not (folder / "inside").exists()
            (folder / "inside").touch()
            time.sleep(0.3)
            (folder / "inside").unlink()
        """
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    surroundings = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    both = [subprocess.Popen(command, env=surroundings) for _ in range(2)]

    assert [process.wait(timeout=30) for process in both] == [0, 0]


def test_translations_are_compiled_whole_and_without_doubtful_ones(tmp_path):
    from gettext import GNUTranslations

    from tools.compile_texts import compile_texts

    folder = tmp_path / "nb/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Council"\nmsgstr "Råd"\n\n'
        '#, fuzzy\nmsgid "Seat"\nmsgstr "Kanskje sete"\n',
        encoding="utf-8",
    )

    [compiled] = compile_texts(tmp_path)

    with compiled.open("rb") as file:
        catalogue = GNUTranslations(file)
    assert catalogue.gettext("Council") == "Råd"
    assert catalogue.gettext("Seat") == "Seat"
