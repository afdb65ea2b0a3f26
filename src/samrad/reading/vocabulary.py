"""How a country's documents say things: terms by group, numbers, months, abbreviations.

Read from `data/<country>.toml`. A group has a name such as `duties.chair`; every name the reader
uses is listed here, so that a country whose file lacks one is refused when it is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samrad.profiles.schema import ProfileError, read_table

DATA = Path(__file__).parent / "data"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "places": ("municipality", "unit_after", "unit_before", "district", "plural", "not_names"),
    "sides": ("municipality", "police"),
    "participants": ("lead", "when_needed", "joint"),
    "duties": ("chair", "vice_chair", "secretary"),
    "rhythm": (
        "meeting",
        "yearly",
        "at_least",
        "quarterly",
        "monthly",
        "half_yearly",
        "every_other_month",
        "often",
    ),
    "deputy": ("signs", "then", "takes_over"),
    "levels": ("is", "steering", "coordinating", "executing", "council", "model"),
    "renewal": ("agreement", "election", "renewed", "years", "notice", "until"),
    "adoption": ("signs", "deadline", "in_force"),
    "evaluation": ("signs", "last_council", "continuous"),
    "focus": (
        "signs",
        "intro",
        "prose",
        "result",
        "result_says",
        "promise",
        "activity_owner",
        "duty",
    ),
    "guidance": ("starts", "about"),
    "general": ("signs",),
    "subject": ("signs",),
    "apart": ("signs",),
}
"""Every group of terms, and what each is a list of."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of one country."""

    country: str
    languages: tuple[str, ...]
    small: tuple[str, ...]
    generic: tuple[str, ...]
    common: tuple[str, ...]
    abbreviations: tuple[str, ...]
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    municipality_first: bool
    activities: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.groups[name]

    def all_terms(self) -> tuple[str, ...]:
        """Every term that must be looked for in a text."""
        lists = (self.small, self.generic, self.common, *self.activities.values())
        return tuple(term for terms in (*lists, *self.groups.values()) for term in terms)


@cache
def vocabulary(country: str) -> Vocabulary:
    """The words of a country, read once; raises `ProfileError` when its file is not right."""
    file = read_table(DATA, f"{country}.toml")
    groups: dict[str, tuple[str, ...]] = {}
    first = False
    for group, names in GROUPS.items():
        table = file.table(group)
        if group == "places":
            first = table.flag("municipality_first")
        for name in names:
            if not table.has(name):
                raise ProfileError([f"data/{country}.toml: {group}.{name} is missing"])
            groups[f"{group}.{name}"] = table.texts(name)
        table.finish()
    numbers, activities = file.table("numbers"), file.table("activities")
    read = Vocabulary(
        country=country,
        languages=file.texts("languages"),
        small=file.texts("small"),
        generic=file.texts("generic"),
        common=file.texts("common"),
        abbreviations=file.texts("abbreviations"),
        months=file.texts("months"),
        numbers={
            word: numbers.whole_number(word, at_least=1, at_most=100) for word in numbers.codes()
        },
        municipality_first=first,
        activities={name: activities.texts(name) for name in activities.codes()},
        groups=groups,
    )
    file.finish()
    return read


@cache
def language_words() -> Mapping[str, frozenset[str]]:
    """Common words of each language the reader can name, its own and the nearest strangers."""
    file = read_table(DATA, "languages.toml")
    return {language: frozenset(file.texts(language)) for language in file.codes()}
