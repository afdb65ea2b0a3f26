"""`samrad data`: take a file in, list what there is, check it, name the recipes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import translation

from samrad.access.actor import SYSTEM
from samrad.areas.actions import load_structure
from samrad.areas.models import Area
from samrad.areas.packaged import packaged_structure
from samrad.areas.rules.kinds import Country
from samrad.kernel.clock import now
from samrad.kernel.verdict import Refused
from samrad.knowledge.actions import take_in
from samrad.knowledge.checking import check_releases, forget_strangers, strangers_in_the_store
from samrad.knowledge.fetching.client import Client, NotFetched
from samrad.knowledge.fetching.fetching import NoService, fetch
from samrad.knowledge.filed_recipes import keep_filed_recipe
from samrad.knowledge.incident_actions import (
    StagedIncidents,
    stage_incidents,
    take_in_incidents,
)
from samrad.knowledge.known_recipes import own_recipes, recipe_called
from samrad.knowledge.models import DataSet, ReleaseState
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.doubts import Doubt, Doubtful
from samrad.knowledge.rules.recipes import Recipe, RecipeRefused
from samrad.knowledge.rules.table import NotRead
from samrad.knowledge.staging import Staged, stage
from samrad.knowledge.words import difference_in_words, doubt_in_words, trouble_in_words

_SHOWN_AT_MOST = 20


class Command(BaseCommand):
    help = "Take in statistics by a recipe; list, check and describe what there is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        take = doing.add_parser("import", help="take in a file: all of it, or nothing and why")
        take.add_argument("file", type=Path)
        take.add_argument("--recipe", required=True, help="a recipe's code, or a TOML file")
        get = doing.add_parser("fetch", help="ask the publisher for what a recipe describes")
        get.add_argument("recipe", help="a recipe's code, or a TOML file")
        get.add_argument("--again", action="store_true", help="also when nothing newer is said")
        for each in (take, get):
            each.add_argument("--answer", action="append", default=[], metavar="DOUBT=ANSWER",
                              help="answer what is asked, such as area:9999=leave")  # fmt: skip
            each.add_argument("--dry-run", action="store_true",
                              help="show what would come of it")  # fmt: skip
        listed = doing.add_parser("list", help="the data sets, with source and latest release")
        check = doing.add_parser("check", help="check every release against its files")
        recipes = doing.add_parser("recipes", help="the recipes that come with the program")
        check.add_argument("--tidy", action="store_true",
                           help="have another database forget what is not known here")  # fmt: skip
        for each in (take, get, listed, check, recipes):
            each.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):  # as all commands speak
            getattr(self, f"_{options['doing']}")(options)

    def _write(self, answer: Any, told: Iterable[str], options: dict[str, Any]) -> None:
        as_json = json.dumps(answer, indent=1, ensure_ascii=False, default=str)
        self.stdout.write(as_json if options["json"] else "\n".join(told))

    # import ---------------------------------------------------------------------------------

    def _import(self, options: dict[str, Any]) -> None:
        bring_database_up()
        recipe = _recipe(options["recipe"])
        content = _content(options["file"])
        bring_database_up(recipe)
        answers = dict(word.partition("=")[::2] for word in options["answer"])
        given = {"content": content, "name": options["file"].name, "answers": answers}
        try:
            if recipe.incidents is not None:
                self._take_in_incidents(stage_incidents(recipe=recipe, **given), options)
                return
            staged = stage(recipe=recipe, **given)
        except NotRead as refused:
            self._refuse(refused, options)
        except Doubtful as doubtful:
            self._ask(doubtful.doubts, options)
        except Refused as refused:
            raise CommandError(str(refused.reason), returncode=1) from refused
        self._take_in(staged, options)

    def _take_in(self, staged: Staged, options: dict[str, Any]) -> None:
        if staged.doubts:
            self._ask(staged.doubts, options)
        answer = _described(staged)
        if not options["dry_run"]:
            release = take_in(staged=staged, by=SYSTEM, at=now())
            answer["release"] = release.number
        self._write(answer, _told(answer), options)

    def _take_in_incidents(self, staged: StagedIncidents, options: dict[str, Any]) -> None:
        answer = {"data_set": staged.recipe.code, **staged.counted(), "unmet": staged.unmet(),
                  "waits": staged.waits()}  # fmt: skip
        if not options["dry_run"]:
            release, new = take_in_incidents(staged=staged, by=SYSTEM, at=now())
            if (path := Path(options["recipe"])).is_file():
                keep_filed_recipe(recipe=staged.recipe, path=path, by=SYSTEM, at=now())
            answer |= {"release": release.number, "new": new}
        self._write(answer, _incidents_told(answer), options)

    def _refuse(self, refused: NotRead, options: dict[str, Any]) -> None:
        lines = [trouble_in_words(trouble) for trouble in refused.troubles]
        said = [
            {"row": one.row, "field": one.field, "why": one.why, "reason": line}
            for one, line in zip(refused.troubles, lines, strict=True)
        ]
        self._give_up({"refused": said}, lines, options)

    def _ask(self, doubts: Iterable[Doubt], options: dict[str, Any]) -> None:
        asked = [
            {"answer_with": doubt.key, "choices": list(doubt.choices),
             "question": doubt_in_words(doubt)}
            for doubt in doubts
        ]  # fmt: skip
        lines = [
            f"{one['question']} --answer {one['answer_with']}={' or '.join(one['choices']) or '…'}"
            for one in asked
        ]
        self._give_up({"asked": asked}, lines, options)

    def _give_up(self, answer: Any, lines: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            self._write(answer, [], options)
        more = len(lines) - _SHOWN_AT_MOST
        shown = [*lines[:_SHOWN_AT_MOST], *([f"… and {more} more."] if more > 0 else [])]
        raise CommandError("Nothing was taken in.\n  " + "\n  ".join(shown), returncode=1)

    # fetch ----------------------------------------------------------------------------------

    def _fetch(self, options: dict[str, Any]) -> None:
        bring_database_up()
        recipe = _recipe(options["recipe"])
        bring_database_up(recipe)
        answers = dict(word.partition("=")[::2] for word in options["answer"])
        client = Client(heard=self._heard)
        try:
            staged = fetch(recipe=recipe, client=client, answers=answers, again=options["again"])
        except NoService as lacking:
            message = f"The recipe {recipe.code} does not say where its table can be fetched."
            raise CommandError(message, returncode=1) from lacking
        except NotFetched as failed:
            said = [f"{failed.address}: {failed.said}"]
            self._give_up({"not_fetched": said}, said, options)
        except NotRead as refused:
            self._refuse(refused, options)
        except Doubtful as doubtful:
            self._ask(doubtful.doubts, options)
        if staged is None:
            answer = {"data_set": recipe.code, "changes_nothing": True, "calls": client.calls}
            self._write(answer, [f"{recipe.code}: the publisher has nothing newer."], options)
            return
        self._take_in(staged, options)

    def _heard(self, calls: int, address: str) -> None:
        self.stderr.write(f"  {calls}: {address}")

    # list, check, recipes ---------------------------------------------------------------------

    def _list(self, options: dict[str, Any]) -> None:
        bring_database_up()
        answers = [_listed(one) for one in DataSet.objects.order_by("code")]
        told = [_line(one) for one in answers] or ["No data has been taken in."]
        self._write(answers, told, options)

    def _check(self, options: dict[str, Any]) -> None:
        bring_database_up()
        forgotten = forget_strangers() if options["tidy"] else 0
        strangers = len(strangers_in_the_store())
        answers = check_releases()
        wrong = [line for one in answers for line in one["wrong"]]
        told = [*(f"{one['release']}: {one['rows']} figures" for one in answers), *wrong]
        if forgotten:
            told.append(f"The store has forgotten {forgotten} releases that are not known here.")
        if strangers:
            told.append(
                f"The store holds figures of {strangers} releases that are not known here; "
                "--tidy has it forget them. Do so only where no other installation uses the store."
            )
        self._write(answers, told or ["No data has been taken in."], options)
        if wrong:
            raise CommandError("The data is not as it was taken in.", returncode=1)

    def _recipes(self, options: dict[str, Any]) -> None:
        answers = [
            {"code": one.code, "title": one.title.in_language("en"), "publisher": one.publisher,
             "table": one.table, "licence": one.licence, "layout": one.layout.value}
            for one in [*packaged_recipes().values(), *_own_recipes()]
        ]  # fmt: skip
        told = [f"{one['code']:<24} {one['title']} ({one['publisher']})" for one in answers]
        self._write(answers, told, options)


def bring_database_up(recipe: Recipe | None = None) -> None:
    """Make the tables of an installation nobody has started yet, and the areas of the country."""
    if not connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
    country = recipe.area.country if recipe and recipe.area else ""
    if country and not Area.objects.in_country(country).exists():
        load_structure(structure=packaged_structure(Country(country)), by=SYSTEM, at=now())


def _own_recipes() -> list[Recipe]:
    """Those made on a page; none in an installation that nobody has started yet."""
    return own_recipes() if connection.introspection.table_names() else []


def _recipe(name: str) -> Recipe:
    try:
        return recipe_called(name)
    except RecipeRefused as refused:
        message = "The recipe cannot be used.\n  " + "\n  ".join(refused.places)
        raise CommandError(message, returncode=1) from refused


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror}."
        raise CommandError(message, returncode=1) from error


def _described(staged: Staged) -> dict[str, Any]:
    count = staged.count
    return {
        "data_set": staged.recipe.code,
        "source": staged.recipe.citation,
        "licence": staged.recipe.licence,
        "published": staged.published,
        "changes_nothing": staged.changes_nothing,
        **asdict(count),
        "difference": difference_in_words(staged.difference.as_json()),
    }


def _told(answer: dict[str, Any]) -> list[str]:
    lines = [
        f"{answer['data_set']}: {answer['rows']} figures of {answer['indicators']} indicators,"
        f" {answer['areas']} areas, {answer['periods']} periods ({answer['first']} to"
        f" {answer['last']}).",
        f"  hidden {answer['hidden']}, missing {answer['missing']}, not there then"
        f" {answer['not_then']}, zero {answer['zero']}",
        f"  source: {answer['source']} ({answer['licence']})",
    ]
    if answer["changes_nothing"]:
        return [*lines, "  All of this is known already; nothing changed."]
    return lines + [f"  {line}" for line in answer["difference"]]


def _incidents_told(answer: dict[str, Any]) -> list[str]:
    months, without = answer["months"], answer["without"]
    lines = [
        f"{answer['data_set']}: {answer['rows']} rows of {answer['incidents']} incidents, months"
        f" {months[0]} to {months[-1]}, {answer['addresses']} addresses kept as keys.",
        "  without " + ", ".join(f"{name} {count}" for name, count in without.items() if count),
        f"  moments out of order in {answer['out_of_order']} rows",
    ]
    lines += [f"  no incident is of the type “{one}”, by which the recipe has addresses come up"
              for one in answer["unmet"]]  # fmt: skip
    if waits := answer["waits"]:
        lines.append(f"  {waits['with_a_time']} of {waits['calls']} calls have a time" + (
            f"; half waited {waits['median_first'] / 60:.1f} minutes for the first unit,"
            f" {waits['median_units'] / 60:.1f} by unit." if waits["with_a_time"] else "."
        ))  # fmt: skip
    if "new" in answer:
        lines.append(f"  {answer['new']} of them are new." if answer["new"]
                     else "  All of this is known already; nothing changed.")  # fmt: skip
    return lines


def _listed(data_set: DataSet) -> dict[str, Any]:
    release = data_set.releases.filter(is_current=True).first()
    return {
        "code": data_set.code,
        "title": str(data_set),
        "source": data_set.citation,
        "licence": data_set.licence,
        "releases": data_set.releases.exclude(state=ReleaseState.STAGED).count(),
        "retrieved_at": release and release.retrieved_at.isoformat(timespec="seconds"),
        "count": release.count if release else {},
    }


def _line(one: dict[str, Any]) -> str:
    count = one["count"]
    span = f", {count['first']} to {count['last']}" if "first" in count else ""
    return (
        f"{one['code']}: {count.get('rows', 0)} rows{span}; {one['source']} ({one['licence']});"
        f" {one['releases']} releases"
    )
