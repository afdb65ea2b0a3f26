"""Which tests stay together in one process, and which begin first.

Files that set up something costly share it: their tests form one group, begun before the rest so
that no process is left alone with it at the end.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/demo/test_all_countries.py": "the whole demo",
    "tests/demo/test_front_door.py": "the demo of Norway",
    "tests/demo/test_norway.py": "the demo of Norway",
    "tests/house/test_installed.py": "the program",
    "tests/site/test_damaged_backups.py": "a backup",
    **{
        f"tests/house/test_{name}.py": "our own code, taken apart"
        for name in ("days", "locks", "nothing_is_written_over", "repository")
    },
}
FIRST = ("tests/line/", "tests/site/test_safekeeping.py", "tests/everywhere/test_axe.py")


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """Tests one by one, but the groups whole and before the rest."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)
