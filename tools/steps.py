"""The steps that make a clone ready: environment, packages, style sheets and scripts, translations.

A step knows a fingerprint of what it is made from; the last one is kept in `.venv/ready.json`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST_NODE = 20
TAIL_LINES = 12


class Trouble(Exception):
    """Something is missing or failed; the text says what, and what to do about it."""


@dataclass(frozen=True)
class Step:
    """One thing to bring up to date when its fingerprint has changed."""

    name: str
    title: str
    stamps: Path
    fingerprint: Callable[[], str]
    is_there: Callable[[], bool]
    make: Callable[[], None]

    def bring_up_to_date(self) -> None:
        """Make it if what it is made from has changed, with a line of progress."""
        mark = self.fingerprint()
        if not mark or (read_stamps(self.stamps).get(self.name) == mark and self.is_there()):
            return
        with progress(self.title):
            self.make()
        stamps = read_stamps(self.stamps)
        stamps[self.name] = mark
        self.stamps.write_text(json.dumps(stamps, indent=1) + "\n", encoding="utf-8")


def read_stamps(path: Path) -> dict[str, str]:
    """The fingerprints of what has been made, or none."""
    try:
        stamps: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps


def content_of(root: Path, files: list[Path]) -> str:
    """One fingerprint of the names and contents of files."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@contextlib.contextmanager
def clone_lock(root: Path) -> Iterator[None]:
    """Two commands started at once prepare one after the other."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(
                "Another samrad command is getting this folder ready; waiting for it.",
                file=sys.stderr,
            )
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def progress(title: str) -> Iterator[None]:
    """One line that counts seconds while something takes its time."""
    started = time.monotonic()
    finished = threading.Event()
    live = sys.stderr.isatty()

    def tick() -> None:
        while not finished.wait(1):
            print(f"\r  {title} … {time.monotonic() - started:.0f} s", end="", file=sys.stderr)

    ticker = threading.Thread(target=tick, daemon=True)
    print(f"  {title} …", end="" if live else "\n", file=sys.stderr, flush=True)
    if live:
        ticker.start()
    try:
        yield
    except BaseException:
        finished.set()
        if live:
            print(file=sys.stderr)
        raise
    finished.set()
    done = f"{title}: {time.monotonic() - started:.0f} s"
    print(f"\r  {done}          " if live else f"  {done}", file=sys.stderr, flush=True)


def run(
    command: list[str], *, cwd: Path, failing: Callable[[str], str], **environment: str
) -> None:
    """Run a program quietly; if it fails, say why in words and show its last lines."""
    outcome = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if outcome.returncode:
        tail = "\n".join(f"    {line}" for line in outcome.stdout.splitlines()[-TAIL_LINES:])
        message = f"{failing(outcome.stdout)}\n\n  The last lines were:\n{tail}"
        raise Trouble(message)


# The environment ------------------------------------------------------------------------------


def venv(root: Path, folder: Path) -> Step:
    """The clone's own Python environment, made anew when its Python is gone."""
    return Step(
        name="venv",
        title="Making a Python environment in .venv",
        stamps=folder / "ready.json",
        fingerprint=lambda: str(root),
        is_there=(folder / "bin/python").exists,
        make=lambda: make_venv(root, folder),
    )


def make_venv(root: Path, folder: Path) -> None:
    """An environment that finds the code of this clone."""
    if not os.access(root, os.W_OK):
        message = (
            f"Samråd cannot write in {root}, where it keeps its environment and data.\n"
            "Copy the folder to a place that is yours, or change its owner, and try again."
        )
        raise Trouble(message)
    if not (folder / "bin/python").exists():
        make_environment(folder)
    site_packages(folder).joinpath("samrad-clone.pth").write_text(
        f"{root / 'src'}\n", encoding="utf-8"
    )


def make_environment(folder: Path) -> None:
    """An empty one, with pip inside where Python can bring it; else an outer pip serves it."""
    bare = [] if find_spec("ensurepip") else ["--without-pip"]
    run(
        [sys.executable, "-m", "venv", "--clear", *bare, str(folder)],
        cwd=folder.parent,
        failing=lambda _: (
            "The Python environment could not be made.\n"
            "  Debian and Ubuntu: apt install python3-venv. Is the disk full?"
        ),
    )


def site_packages(folder: Path) -> Path:
    """Where the environment keeps its packages."""
    return next(folder.glob("lib/python3.*/site-packages"))


# Packages ---------------------------------------------------------------------------------------


def packages(root: Path, folder: Path, level: str) -> Step:
    """The pinned packages of requirements/LEVEL.txt; `dev` holds everything `runtime` does."""
    pins = root / "requirements" / f"{level}.txt"
    return Step(
        name=f"packages-{level}",
        title=f"Installing {count(pins)} pinned packages",
        stamps=folder / "ready.json",
        fingerprint=lambda: content_of(root, [pins]),
        is_there=lambda: True,
        make=lambda: install(root, folder, pins),
    )


def count(pins: Path) -> int:
    """How many packages a requirement file names."""
    return sum("==" in line for line in pins.read_text(encoding="utf-8").splitlines())


def install(root: Path, folder: Path, pins: Path) -> None:
    """Install exactly what the file names; anything whose checksum differs is refused."""
    run(
        [
            *pip(folder), "install", "--quiet", "--require-hashes", "--no-deps", "--no-input",
            "--disable-pip-version-check", "--no-compile", "--requirement", str(pins),
        ],
        cwd=root,
        failing=why_pip_failed,
    )  # fmt: skip


def pip(folder: Path) -> list[str]:
    """The pip inside the environment, or an outer one that works on it."""
    inner = folder / "bin/python"
    if (site_packages(folder) / "pip").is_dir():
        return [str(inner), "-m", "pip"]
    for outer in dict.fromkeys((sys.executable, shutil.which("python3") or sys.executable)):
        asked = subprocess.run(
            [outer, "-m", "pip", "--python", str(inner), "--version"],
            capture_output=True,
            check=False,
        )
        if asked.returncode == 0:
            return [outer, "-m", "pip", "--python", str(inner)]
    message = (
        "This Python has neither ensurepip nor pip 22.3 or newer: nothing can be installed.\n"
        "  Debian and Ubuntu: apt install python3-venv (or python3-pip)\n"
        "  Fedora: dnf install python3-pip"
    )
    raise Trouble(message)


def why_pip_failed(output: str) -> str:
    """What went wrong, for someone who has never seen pip's own words."""
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in output:
        return (
            "A package did not match the checksum it was pinned with, so it was not installed.\n"
            "  Usually a broken download: try again. If it stays, do not trust the package source."
        )
    if "No space left" in output:
        return "The disk is full. About 400 MB are needed."
    if any(
        sign in output
        for sign in ("ConnectionError", "NewConnectionError", "Retrying", "ProxyError")
    ):
        return (
            "The packages could not be fetched: no answer from the package index.\n"
            "  Is the network up? Behind a proxy set HTTPS_PROXY; for an own index PIP_INDEX_URL."
        )
    if "No matching distribution found" in output:
        return (
            "A pinned package could not be found for this Python and system.\n"
            f"  This is Python {sys.version.split()[0]} on {sys.platform}."
        )
    return "The packages could not be installed."


# Style sheets and scripts -----------------------------------------------------------------------


def frontend(root: Path, folder: Path) -> Step:
    """Style sheets and scripts, built from npm packages into the ui app's static files."""
    source, built = root / "frontend", root / "src/samrad/ui/static/built"
    return Step(
        name="frontend",
        title="Building style sheets and scripts",
        stamps=folder / "ready.json",
        fingerprint=lambda: (
            content_of(root, sources) if (sources := frontend_sources(source)) else ""
        ),
        is_there=lambda: built.is_dir() and any(built.iterdir()),
        make=lambda: build_frontend(root, folder, source),
    )


def frontend_sources(source: Path) -> list[Path]:
    """What the built files are made from: everything in frontend/ but the packages themselves."""
    if not (source / "build.mjs").exists():
        return []
    found = []
    for folder, names, files in os.walk(source):
        names[:] = [name for name in names if name != "node_modules"]
        found += [Path(folder, file) for file in files]
    return found


def build_frontend(root: Path, folder: Path, source: Path) -> None:
    """`npm ci` when the lock file changed, then the build script."""
    bin_folder = node_folder(root, folder)
    path = os.pathsep.join([str(bin_folder), os.environ.get("PATH", "")])
    lock = source / "package-lock.json"
    mark = source / "node_modules" / ".samrad-installed"
    fingerprint = content_of(root, [lock, source / "package.json"])
    if not mark.exists() or mark.read_text(encoding="utf-8") != fingerprint:
        run(
            [str(bin_folder / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=source,
            failing=lambda _: (
                "The packages for style sheets and scripts could not be fetched with npm.\n"
                "  Is the network up? Behind a proxy set HTTPS_PROXY."
            ),
            PATH=path,
        )
        mark.write_text(fingerprint, encoding="utf-8")
    run(
        [str(bin_folder / "node"), "build.mjs"],
        cwd=source,
        failing=lambda _: "The style sheets and scripts could not be built.",
        PATH=path,
    )


def node_folder(root: Path, folder: Path) -> Path:
    """Where node and npm are: the machine's own if new enough, else those of a pinned package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and Path(node).parent == Path(npm).parent and node_major(node) >= OLDEST_NODE:
        return Path(node).parent
    own = folder / "bin"
    if not (own / "node").exists() or not (own / "npm").exists():
        install(root, folder, root / "requirements/node.txt")
    return own


def node_major(node: str) -> int:
    """The major version of this Node, or 0 if it does not answer."""
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    answer = asked.stdout.strip().lstrip("v").split(".")[0]
    return int(answer) if answer.isdigit() else 0


# Translations -----------------------------------------------------------------------------------


def texts(root: Path, folder: Path) -> Step:
    """The translations, compiled for gettext."""
    locale = root / "src/samrad/locale"
    return Step(
        name="texts",
        title="Compiling the translations",
        stamps=folder / "ready.json",
        fingerprint=lambda: content_of(root, po_files(locale)) if po_files(locale) else "",
        is_there=lambda: all(file.with_suffix(".mo").exists() for file in po_files(locale)),
        make=lambda: run(
            [str(folder / "bin/python"), "-m", "tools.compile_texts", str(locale)],
            cwd=root,
            failing=lambda _: "A translation file could not be read.",
        ),
    )


def po_files(locale: Path) -> list[Path]:
    """Every translation file there is."""
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))
