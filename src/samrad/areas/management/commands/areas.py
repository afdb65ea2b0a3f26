"""`samrad areas`: load structures, show an area, check that all is sound, list what was loaded."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samrad.access.actor import SYSTEM
from samrad.areas.actions import bring_names_up_to_date, load_structure, preview_structure
from samrad.areas.checks import Soundness, check_country
from samrad.areas.history import history_of
from samrad.areas.models import Area, AreaStructure
from samrad.areas.packaged import packaged_structure, structure_in_file
from samrad.areas.queries import children_of, is_superseded, parents_of, people_in
from samrad.areas.rules.difference import Plan
from samrad.areas.rules.kinds import Country
from samrad.areas.rules.structure import Structure, StructureRefused
from samrad.areas.words import basis_in_words, change_in_words, trouble_in_words
from samrad.kernel.clock import now, today

_SHOWN_AT_MOST = 20


class Command(BaseCommand):
    help = "Load municipalities, police districts and their dated relations; show and check them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        load = doing.add_parser("load", help="load structures: the packaged ones, or a file")
        load.add_argument("--country", choices=[c.value for c in Country])
        load.add_argument("--file", type=Path, help="a structure file (TOML, or CSV)")
        load.add_argument("--from", dest="from_date", type=date.fromisoformat, metavar="DATE",
                          help="the day a CSV file holds from")  # fmt: skip
        load.add_argument("--dry-run", action="store_true", help="show the difference only")
        show = doing.add_parser("show", help="everything about one area")
        show.add_argument("area", help="a name or a code")
        show.add_argument("--country", choices=[c.value for c in Country])
        check = doing.add_parser("check", help="check that relations are sound and covers whole")
        check.add_argument("--country", choices=[c.value for c in Country])
        changes = doing.add_parser("changes", help="the structures loaded so far")
        changes.add_argument("--country", choices=[c.value for c in Country])
        for each in (load, show, check, changes):
            each.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['doing']}")(options)

    def _write(self, answer: Any, told: list[str], *, as_json: bool) -> None:
        self.stdout.write(json.dumps(answer, indent=1) if as_json else "\n".join(told))

    # load ---------------------------------------------------------------------------------

    def _load(self, options: dict[str, Any]) -> None:
        answers, told = [], []
        try:
            for structure in _structures(options):
                answer, lines = _loaded(structure, options)
                answers.append(answer)
                told += lines
        except StructureRefused as refused:
            self._refuse(refused, as_json=options["json"])
        told = told or ["Newer structures are loaded; the packaged ones are left alone."]
        self._write(answers, told, as_json=options["json"])

    def _refuse(self, refused: StructureRefused, *, as_json: bool) -> None:
        lines = [trouble_in_words(trouble) for trouble in refused.troubles]
        if as_json:
            troubles = [
                {"where": t.where, "field": t.place, "kind": t.kind, "reason": line}
                for t, line in zip(refused.troubles, lines, strict=True)
            ]
            self.stdout.write(json.dumps({"refused": troubles}, indent=1))
        more = len(lines) - _SHOWN_AT_MOST
        shown = [*lines[:_SHOWN_AT_MOST], *([f"… and {more} more."] if more > 0 else [])]
        message = "Nothing was loaded.\n  " + "\n  ".join(shown)
        raise CommandError(message, returncode=1) from refused

    # show ---------------------------------------------------------------------------------

    def _show(self, options: dict[str, Any]) -> None:
        found = Area.objects.named(options["area"])
        if options["country"]:
            found = found.in_country(options["country"])
        areas = list(found.with_everything()[:_SHOWN_AT_MOST])
        if not areas:
            message = f"There is no area called or numbered “{options['area']}”."
            raise CommandError(message, returncode=1)
        answers = [_described(area) for area in areas if area.rank == areas[0].rank]  # type: ignore[attr-defined]
        told = [line for answer in answers for line in _told(answer)]
        self._write(answers, told, as_json=options["json"])

    # check --------------------------------------------------------------------------------

    def _check(self, options: dict[str, Any]) -> None:
        brought = bring_names_up_to_date(on=today())
        countries = [Country(options["country"])] if options["country"] else list(Country)
        results = [check_country(country, today()) for country in countries]
        told = [line for result in results for line in _sound(result)]
        if brought:
            told.append(f"{brought} areas took the name or code that holds today.")
        self._write([result.as_json() for result in results], told, as_json=options["json"])
        if not all(result.is_sound for result in results):
            raise CommandError("The areas are not sound.", returncode=1)

    # changes ------------------------------------------------------------------------------

    def _changes(self, options: dict[str, Any]) -> None:
        loaded = AreaStructure.objects.order_by("country", "from_date", "loaded_at")
        if options["country"]:
            loaded = loaded.filter(country=options["country"])
        answers = [
            {
                "country": row.country,
                "from": row.from_date.isoformat(),
                "title": row.title,
                "source": row.source,
                "licence": row.licence,
                "loaded_at": row.loaded_at.isoformat(timespec="seconds"),
                "digest": row.digest,
            }
            for row in loaded
        ]
        told = [f"{a['country']}  from {a['from']}  {a['title']}" for a in answers]
        self._write(answers, told or ["No structure is loaded."], as_json=options["json"])


def _structures(options: dict[str, Any]) -> list[Structure]:
    if path := options["file"]:
        country, day = options["country"] or "", options["from_date"]
        return [structure_in_file(path, country=country, from_date=day)]
    countries = [Country(options["country"])] if options["country"] else list(Country)
    packaged = [packaged_structure(country) for country in countries]
    return [structure for structure in packaged if not is_superseded(structure)]


def _loaded(structure: Structure, options: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    started = time.perf_counter()
    if options["dry_run"]:
        plan = preview_structure(structure=structure, by=SYSTEM)
    else:
        plan = load_structure(structure=structure, by=SYSTEM, at=now())
    lines = [change_in_words(change) for change in plan.changes]
    answer = {
        "country": structure.country.value,
        "from": structure.from_date.isoformat(),
        "title": structure.title,
        "loaded": bool(plan.changes) and not options["dry_run"],
        "changes": [_change(plan, at, line) for at, line in enumerate(lines)],
        "seconds": round(time.perf_counter() - started, 3),
    }
    verb = "would change" if options["dry_run"] else "changed"
    outcome = f"{len(lines)} {verb}" if lines else "nothing changes"
    shown = lines if len(lines) <= _SHOWN_AT_MOST else [*_counted(plan), "(--json lists each)"]
    return answer, [f"{structure.title}: {outcome}.", *(f"  {line}" for line in shown)]


def _counted(plan: Plan) -> list[str]:
    """Many changes at once, by kind: a whole country need not be read line by line."""
    counts = Counter((change.area_kind, change.kind) for change in plan.changes)
    return [f"{number} {area} {kind}" for (area, kind), number in counts.items()]


def _change(plan: Plan, at: int, line: str) -> dict[str, Any]:
    change = plan.changes[at]
    return {
        "kind": change.kind.value,
        "area_kind": change.area_kind.value,
        "code": change.code,
        "name": change.name,
        "in_words": line,
    }


def _described(area: Area) -> dict[str, Any]:
    people = people_in(area, today())
    return {
        "ref": str(area.ref),
        "country": area.country,
        "kind": area.kind,
        "code": area.code,
        "name": area.name,
        "valid_from": area.valid_from and area.valid_from.isoformat(),
        "valid_to": area.valid_to and area.valid_to.isoformat(),
        "names": [n.name for n in area.names.order_by("kind", "pk")],
        "codes": [f"{c.scheme}:{c.code}" for c in area.codes.order_by("pk")],
        "population": people and people.number,
        "population_source": people.source if people else "",
        "part_of": [
            {"kind": p.area.kind, "code": p.area.code, "name": p.area.name,
             "basis": basis_in_words(p.basis)}
            for p in parents_of(area, today())
        ],
        "contains": len(children_of(area, today())),
        "history": [f"{m.on.isoformat()}: {m.text}" for m in history_of(area)],
    }  # fmt: skip


def _told(answer: dict[str, Any]) -> list[str]:
    lines = [f"{answer['code']} {answer['name']} ({answer['kind']}, {answer['country']})"]
    lines.append("  names: " + ", ".join(dict.fromkeys(answer["names"])))
    lines.append("  codes: " + ", ".join(answer["codes"]))
    if answer["population"] is not None:
        lines.append(f"  population: {answer['population']} ({answer['population_source']})")
    lines += [
        f"  part of: {p['name']}" + (f" ({p['basis']})" if p["basis"] else "")
        for p in answer["part_of"]
    ]
    if answer["contains"]:
        lines.append(f"  contains: {answer['contains']} areas directly")
    return lines + [f"  {line}" for line in answer["history"]]


def _sound(result: Soundness) -> list[str]:
    counts = ", ".join(f"{number} {kind}" for kind, number in result.counts.items())
    lines = [f"{result.country.value}: {counts or 'nothing loaded'}; {result.covers} covers."]
    lines += [f"  {trouble_in_words(trouble)}" for trouble in result.troubles]
    if not result.covers_are_whole:
        lines.append("  The covers differ from what the relations give.")
    return lines
