"""What is tracked: no addresses of package sources, no paths of one machine, no loose ends."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import nodes_of, tree_of
from tests.support.components import ROOT

pytestmark = pytest.mark.once

# Written in parts, so that this file does not find itself.
ADDRESS_OF_PACKAGES = re.compile(r"pypi\." + "org|python" + "hosted|registry\\.(npm" + "js|yarn)")
PLACES = "|".join(("wo" + "rk", "ro" + "ot", "opt/(?:wheels|pypi)", "ho" + "me"))
PATH_OF_A_MACHINE = re.compile(rf"(?<![\w*.{{}}-])/(?:{PLACES})/")
LOOSE_ENDS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
LONGEST_FILE = {"src": 400, "tools": 400, "benchmarks": 400, "tests": 500}
TEXT = {
    ".py", ".toml", ".txt", ".in", ".md", ".html", ".css", ".js", ".mjs", ".json", ".po", ".svg",
    ".csv", ".yml", ".yaml", ".cfg", ".ini", ".sh", "",
}  # fmt: skip


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    files = [ROOT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file() and file.suffix in TEXT]


def own_python() -> list[Path]:
    folders = ("src", "tools", "tests", "benchmarks")
    return [
        file
        for file in tracked_files()
        if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in folders
    ]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for file in tracked_files():
        text = file.read_text(encoding="utf-8", errors="replace")
        if pattern.search(text):
            found += [
                f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
                for number, line in enumerate(text.splitlines(), 1)
                if pattern.search(line)
            ]
    return found


def test_something_is_looked_at():
    assert len(tracked_files()) > 50
    assert len(own_python()) > 50


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("/ro" + "ot/.cache", True),
        ("open('/wo" + "rk/main')", True),
        ("src/samrad/work/models.py", False),
        ("../../work/", False),
        ("{root}/home/", False),
    ],
)
def test_a_path_of_one_machine_is_told_from_a_path_in_the_project(line, is_one):
    assert bool(PATH_OF_A_MACHINE.search(line)) == is_one


def test_no_file_names_a_package_source():
    assert lines_with(ADDRESS_OF_PACKAGES) == []


def test_no_file_names_a_path_of_one_machine():
    assert lines_with(PATH_OF_A_MACHINE) == []


def test_nothing_is_left_for_later():
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in own_python()
        for match in LOOSE_ENDS.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_module_says_what_belongs_in_it():
    silent = [
        str(file.relative_to(ROOT))
        for file in own_python()
        if "migrations" not in file.parts
        and file.name != "apps.py"  # these only name the app; its package says what it is
        and file.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(tree_of(file))
    ]
    assert silent == []


def test_no_module_is_too_long_to_read():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in own_python()
        if "migrations" not in file.parts
        and (lines := len(file.read_text(encoding="utf-8").splitlines()))
        > LONGEST_FILE[file.relative_to(ROOT).parts[0]]
    }
    assert long == {}


def test_migrations_say_what_they_add():
    named_by_the_clock = [
        str(file.relative_to(ROOT))
        for file in own_python()
        if "migrations" in file.parts and "_auto_" in file.name
    ]
    assert named_by_the_clock == []


def test_what_a_migration_carries_over_is_of_the_database_it_runs_in():
    """Another one is laid, moved to or read beside the one in use."""
    wrong = [
        f"{module.relative_to(ROOT)}: {line.strip()}"
        for module in sorted((ROOT / "src").rglob("migrations/0*.py"))
        if "RunPython" in (written := module.read_text())
        for line in written.splitlines()
        if ".objects" in line.replace(".objects.using(", "")
    ]
    assert not wrong


def pins(name: str) -> dict[str, str]:
    """Package → version, of one requirement file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.\[\]-]+)==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["runtime", "dev", "node"])
def test_every_package_is_pinned_with_checksums_and_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    logical = [line for line in text.replace("\\\n", " ").splitlines() if not line.startswith("#")]

    assert logical
    for line in logical:
        assert re.match(r"^[\w.\[\]-]+==\S+( ;.*)?(\s+--hash=sha256:[0-9a-f]{64})+\s*$", line), line
    assert "://" not in text


def test_the_packages_for_tests_include_those_of_the_product():
    runtime, dev = pins("runtime"), pins("dev")

    assert len(runtime) > 20
    assert {package: dev.get(package) for package in runtime} == runtime


def imported_packages(*folders: str) -> set[str]:
    """The names of distributions that the code in these folders imports."""
    from importlib.metadata import packages_distributions

    brought_by = packages_distributions()
    names: set[str] = set()
    for file in own_python():
        if file.relative_to(ROOT).parts[0] not in folders:
            continue
        for node in nodes_of(file):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    foreign = names - set(sys.stdlib_module_names) - {"samrad", *folders}
    return {
        brought_by[name][0].lower().replace("_", "-") if name in brought_by else name
        for name in foreign
    }


def test_every_package_the_product_imports_is_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        re.split(r"[\[<>=!~ ]", line)[0].lower()
        for line in [
            *declared["dependencies"],
            *(
                word
                for words in declared.get("optional-dependencies", {}).values()
                for word in words
            ),
        ]
    }

    assert imported_packages("src") - wanted == set()


def test_every_package_the_tests_and_tools_import_is_pinned():
    imported = imported_packages("tests", "tools", "benchmarks")

    assert "typst" in imported
    assert imported - pins("dev").keys() - {"samrad"} == set()


def test_every_npm_package_is_pinned_with_a_checksum_and_no_address():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_the_licence_is_there_in_full():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{article}. " in text for article in range(1, 16))
    assert "Appendix" in text


def test_the_script_of_ci_is_sound():
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert (ROOT / "samrad").stat().st_mode & 0o111
