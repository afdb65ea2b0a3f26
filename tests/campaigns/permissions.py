"""Each rule of access is taken away or turned round, one at a time, and the tables notice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import CodeType, FunctionType
from typing import Any

from tests.support.campaign import Result
from tests.support.scratch import fresh_installation, from_noon_of_the_cast

COVERS = [
    "src/samrad/access/**/*.py",
    "src/samrad/*/permissions.py",
    "src/samrad/*/models.py",
    "src/samrad/*/models/*.py",
    "src/samrad/cooperation/classified.py",
    "tests/permissions/*",
]


@dataclass
class Mutant:
    """A change of one rule, and which rows of the tables would be the first to notice."""

    name: str
    change: Callable[[], Any]
    near: str = ""
    columns: tuple[str, ...] = field(default=())


A_FEW = 4  # of a share: each mutant costs some twenty seconds of pages


def run(*, seed: int, share: float = 1.0) -> Result:
    """Make every mutant (or a share of them) and see whether a cell or an answer changes."""
    fresh_installation(database_url="sqlite:///:memory:")
    logging.disable(logging.CRITICAL)
    with from_noon_of_the_cast():
        return every_mutant(seed, share)


def every_mutant(seed: int, share: float) -> Result:
    """Build the stage, and take or turn one rule after another."""
    from django.conf import settings
    from django.db import transaction

    from samrad.search.actions import rebuild
    from tests.cast import NOON, build_cast
    from tests.permissions.stage import things
    from tests.permissions.test_the_table import clients

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    with transaction.atomic():
        cast = build_cast()
        stage = things(cast)
    rebuild(at=NOON)  # so that searches have something to find
    browsers = clients(cast)
    # The tests ask the whole table; a share of the campaign asks only what its mutants change.
    untouched = first_difference(cast, stage, browsers, None) if share == 1 else None
    mutants = [*roles(), *rules(), *sights(), *audiences()]
    if share < 1:
        mutants = Random(seed).sample(mutants, max(A_FEW, round(len(mutants) * share)))
    survivors = []
    for mutant in mutants:
        with changed(mutant):
            if first_difference(cast, stage, browsers, mutant) is None:
                survivors.append(mutant.name)
    counts: dict[str, int | float] = {
        "mutants": len(mutants),
        "caught": len(mutants) - len(survivors),
        "cells": cells(),
    }
    remarks = [f"survived: {name}" for name in survivors]
    if untouched:
        remarks.append(f"the tables are wrong without any mutant: {untouched}")
    return Result(passed=not survivors and untouched is None, counts=counts, remarks=remarks)


def cells() -> int:
    """How many cells and answers there are."""
    from tests.permissions.asking import questions
    from tests.permissions.reading_the_table import COLUMNS, rows

    return (len(rows()) + len(questions())) * len(COLUMNS)


def first_difference(
    cast: Any, stage: dict[str, Any], browsers: dict[str, Any], mutant: Mutant | None
) -> str | None:
    """The first cell that is not as written; the likeliest are tried first."""
    from tests.permissions.asking import actors, ask, questions
    from tests.permissions.reading_the_table import COLUMNS, rows
    from tests.permissions.test_the_table import answer

    near, wanted = (mutant.near, mutant.columns) if mutant else ("", ())
    asking = actors(cast)

    def tried() -> Iterator[tuple[str, str, str]]:
        everything = [*questions(), *rows()]  # answers come sooner than pages
        for row in sorted(everything, key=lambda row: near not in f"{row.page} {row.about}"):
            for column, expected in zip(COLUMNS, row.letters, strict=True):
                if wanted and column not in wanted:
                    continue
                found = (
                    answer(browsers[column], row, stage)
                    if row.method in {"GET", "POST"}
                    else ask(row, asking[column], stage)
                )
                yield f"{row} {column}", expected, found

    for where, expected, found in tried():
        if expected != found:
            return f"{where}: expected {expected}, found {found}"
    return None


@contextmanager
def changed(mutant: Mutant) -> Iterator[None]:
    """The mutant holds inside the block."""
    undo = mutant.change()
    try:
        yield
    finally:
        undo()


HOLDERS = {
    "chair": ("chair",),
    "vice_chair": ("vice",),
    "secretary": ("secr",),
    "member": ("memb",),
    "guest": ("guest",),
    "coordinator": ("secr", "next"),
    "covering": ("dist", "nat", "othr"),
    "analyst": ("dist", "nat", "othr"),
    "address_reader": ("memb", "dist", "othr"),
    "administrator": ("admin",),
}


def roles() -> Iterator[Mutant]:
    """Each permission of each role taken away, and each it does not have given."""
    from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role

    for role in Role:
        for permission in Permission:
            if permission in already_by_another(role):
                continue
            done = "taken" if permission in PERMISSIONS_OF[role] else "given"
            yield Mutant(
                f"{role}: {permission} {done}",
                lambda role=role, permission=permission: _toggle(role, permission),
                near=str(permission),
                columns=HOLDERS[role],
            )


# A coordinator of the cast is also a secretary, and has these by the seat; the table cannot tell.
ALREADY_BY_SEAT = frozenset(
    {
        "council.see", "internal.see", "restricted.keep", "council.manage", "meeting.plan",
        "agenda.propose", "agenda.set", "agenda.send", "minutes.write", "decision.follow_up",
        "identity_number.override", "people.see",
    }
)  # fmt: skip


def already_by_another(role: Any) -> frozenset[Any]:
    """What everybody of the cast with this role has by another one as well."""
    from samrad.access.vocabulary import PERMISSIONS_OF, Permission, Role

    if role == Role.ADDRESS_READER:  # police contacts by their seats, analysts as they cover
        return frozenset({Permission.PEOPLE_SEE})
    both = {Role.COVERING: Role.ANALYST, Role.ANALYST: Role.COVERING}
    if role in both:
        return frozenset(PERMISSIONS_OF[both[role]])
    return ALREADY_BY_SEAT if role == Role.COORDINATOR else frozenset()


def _toggle(role: Any, permission: Any) -> Callable[[], None]:
    from samrad.access.vocabulary import PERMISSIONS_OF

    before = PERMISSIONS_OF[role]
    PERMISSIONS_OF[role] = before ^ {permission}

    def undo() -> None:
        PERMISSIONS_OF[role] = before

    return undo


def rules() -> Iterator[Mutant]:
    """Each `may_…` made to say yes to everybody, and no to everybody."""
    from importlib import import_module

    from tests.permissions.asking import all_rules

    for app, name in all_rules():
        function = getattr(import_module(f"samrad.{app}.permissions"), name)
        for says, code in (("yes", YES), ("no", NO)):
            yield Mutant(
                f"{app}.{name} says {says}",
                lambda function=function, code=code: _recode(function, code),
                near=f"{app}:{name}",
            )


def _made(source: str) -> CodeType:
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102 - two lines of our own
    code: CodeType = space["answer"].__code__
    return code


YES = _made("def answer(*a, **k):\n from samrad.kernel.verdict import ALLOWED\n return ALLOWED")
NO = _made("def answer(*a, **k):\n from samrad.kernel.verdict import refuse\n return refuse('no')")
EVERYTHING = _made("def answer(self, *a, **k):\n return self.all()")
NOTHING = _made("def answer(self, *a, **k):\n return self.none()")


def _recode(function: FunctionType, code: CodeType) -> Callable[[], None]:
    """Change a function where it is, so that whoever imported it has the change too."""
    before = function.__code__, function.__defaults__, function.__kwdefaults__
    function.__code__, function.__defaults__, function.__kwdefaults__ = code, None, None

    def undo() -> None:
        function.__code__, function.__defaults__, function.__kwdefaults__ = before

    return undo


PUBLIC = {"AreaQuerySet.visible_to says everything"}  # areas are public: nothing would change


def sights() -> Iterator[Mutant]:
    """Each `visible_to` and what it rests on made to show everything, and nothing."""
    from django.apps import apps

    seen: set[Any] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("samrad."):
            continue
        queryset = type(model._default_manager.none())
        for name in ("visible_to", "overseen_by"):
            function = vars(queryset).get(name)
            if function is None or function in seen:
                continue
            seen.add(function)
            for says, code in (("everything", EVERYTHING), ("nothing", NOTHING)):
                mutant = Mutant(
                    f"{queryset.__name__}.{name} says {says}",
                    lambda function=function, code=code: _recode(function, code),
                    near=model._meta.model_name or "",
                )
                if mutant.name not in PUBLIC:
                    yield mutant


def audiences() -> Iterator[Mutant]:
    """Each page opened to everybody, and each page for some opened to all who have signed in."""
    from samrad.access.gate import ANYONE, SIGNED_IN
    from tests.permissions.pages import pages_by_name
    from tests.permissions.reading_the_table import rows

    tabled = {row.page for row in rows()}
    for name, view in pages_by_name().items():
        if name not in tabled or view.audience is ANYONE:
            continue
        wider = [ANYONE] if view.audience is SIGNED_IN else [SIGNED_IN, ANYONE]
        for audience in wider:
            yield Mutant(
                f"{name} is for {audience!r}",
                lambda view=view, audience=audience: _admit(view, audience),
                near=name,
            )


def _admit(view: Any, audience: Any) -> Callable[[], None]:
    before = view.audience
    view.audience = audience

    def undo() -> None:
        view.audience = before

    return undo
