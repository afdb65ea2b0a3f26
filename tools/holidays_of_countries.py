"""Write the holidays of each country anew: `python -m tools.holidays_of_countries`.

They are computed by the library `holidays`, which knows every country there is and takes a fifth of
a worker's memory for it. The product needs three, so it carries their days as data; a test says
when the library knows better.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import holidays

DATA = Path(__file__).resolve().parents[1] / "src/samrad/profiles/data"
YEARS = range(2000, 2061)
# Half days, eves and bridge days that people keep are avoided as well; a bank's own days are not.
# Where the law is silent and nobody works all the same, the day is closed.
CLOSED = frozenset({"public", "de_facto"})
KEPT = CLOSED | {"optional"}
# What the library does not say: Christmas Eve, on which Norway works until noon and Denmark not.
HALF = {"no": {"12-24": "Julaften"}}
NOBODY_WORKS = {"dk": {"12-24"}}


def computed(country: str, kinds: frozenset[str] = KEPT) -> dict[str, dict[str, str]]:
    """By year, by month and day, what the day is called in the country's own language."""
    calendar: Any = getattr(holidays, country.upper())
    categories = tuple(kinds & set(calendar.supported_categories))
    also = HALF.get(country, {}) if "optional" in kinds else {}
    found: dict[str, dict[str, str]] = {}
    for year in YEARS:
        days = calendar(years=year, categories=categories, language=calendar.default_language)
        said = {f"{day:%m-%d}": name for day, name in days.items()}
        found[str(year)] = dict(sorted((also | said).items()))
    return found


def kept_only(country: str) -> dict[str, list[str]]:
    """By year, the days that people keep in part, or on which some work."""
    public, closed = computed(country, CLOSED), NOBODY_WORKS.get(country, set())
    return {
        year: [day for day in days if day not in closed | public[year].keys()]
        for year, days in computed(country).items()
    }


def write() -> None:
    """Two files beside each country's profile."""
    for folder in sorted(DATA.iterdir()):
        _write(folder / "holidays.json", computed(folder.name), indent=1)
        _write(folder / "half_days.json", kept_only(folder.name))


def _write(path: Path, value: object, indent: int | None = None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
