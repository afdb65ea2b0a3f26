"""Reads the jurisdiction profiles from their folders, checks them whole and keeps them.

No Django here: a profile can be read by a script, a test or a worker alike. The files of a country:
`profile.toml` (names, words, and the arrangements there is one of), `roles.toml` (organisations and
roles), `rules.toml` (duties with their sources) and `tiers.toml` (councils). Other files in the
folder belong to other apps; they count in the version all the same.
"""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from samrad.kernel.identity import NumberKind, Severity
from samrad.kernel.multilingual import LANGUAGES, Words
from samrad.profiles.model import (
    AreaKind,
    Certainty,
    ElectionCalendar,
    Level,
    MinutesApproval,
    OrganisationKind,
    Origin,
    Parties,
    PoliceContact,
    PoliceSystem,
    Profile,
    Reach,
    Role,
    Rule,
    SeatFunction,
    Side,
    Source,
    Strength,
    ThemeDays,
    Tier,
    UnknownCode,
)
from samrad.profiles.references import references_that_lead_nowhere
from samrad.profiles.schema import Complaints, ProfileError, Table, read_table
from samrad.profiles.takes_up import TakesUp

DATA = Path(__file__).parent / "data"
MEETINGS_A_YEAR = "meetings_a_year"
AGENDA_NOTICE = "agenda_notice"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def profile(code: str) -> Profile:
    """The profile of a country by its code, read and checked once."""
    if code not in profile_codes():
        raise UnknownCode("profile", code, where="This installation", known=profile_codes())
    return read_profile(DATA / code)


def all_profiles() -> tuple[Profile, ...]:
    """Every profile of this installation, in the order of their codes."""
    return tuple(profile(code) for code in profile_codes())


@cache
def profile_codes() -> tuple[str, ...]:
    """The codes of the profiles of this installation: one folder each."""
    return tuple(sorted(folder.name for folder in DATA.iterdir() if folder.is_dir()))


def read_profile(folder: Path) -> Profile:
    """Read one folder; raises `ProfileError` with everything that is wrong in it."""
    complaints = Complaints()
    files = {
        name: complaints.of(partial(read_table, folder, f"{name}.toml"))
        for name in ("profile", "roles", "rules", "tiers")
    }
    complaints.enforce()
    main, roles_file, rules_file, tiers_file = (files[name] or Table({}, file="") for name in files)

    kinds = complaints.of_each(
        lambda: roles_file.tables("organisation_kind", named_by="code"), _organisation_kind
    )
    roles = complaints.of_each(lambda: roles_file.tables("role", named_by="code"), _role)
    rules = complaints.of_each(lambda: rules_file.tables("rule", named_by="id"), _rule)
    rules_by_id = {rule.id: rule for rule in rules}
    tiers = complaints.of_each(
        lambda: tiers_file.tables("tier", named_by="code"), lambda t: _tier(t, rules_by_id)
    )
    for table in (roles_file, rules_file, tiers_file):
        complaints.of(table.finish)
    made = complaints.of(
        lambda: _profile(main, folder=folder, kinds=kinds, roles=roles, rules=rules, tiers=tiers)
    )
    if made and not complaints.problems:
        complaints.problems += references_that_lead_nowhere(made)
    complaints.enforce()
    if made is None:  # unreachable: without a profile there is a complaint
        raise ProfileError([f"{folder.name}: nothing was read"])
    return made


def version_of(folder: Path) -> str:
    """What the files of a profile say, as one short word; line endings do not matter."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.toml")):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        name = file.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{folder.name}-{digest.hexdigest()[:12]}"


def _profile(
    main: Table,
    *,
    folder: Path,
    kinds: tuple[OrganisationKind, ...],
    roles: tuple[Role, ...],
    rules: tuple[Rule, ...],
    tiers: tuple[Tier, ...],
) -> Profile:
    made = Profile(
        code=folder.name,
        name=main.words("name"),
        zone=_zone(main),
        languages=_languages(main),
        version=version_of(folder),
        folder=folder,
        terms=MappingProxyType(main.words_by_code("terms")),
        contact_themes=MappingProxyType(main.words_by_code("contact_themes")),
        area_kinds=MappingProxyType(_area_kinds(main)),
        organisation_kinds=kinds,
        roles=roles,
        rules=rules,
        tiers=tiers,
        minutes_approval=_minutes_approval(main.table("minutes_approval")),
        police_contact=_police_contact(main.table("police_contact")),
        police_system=_police_system(main) if main.has("police_system") else None,
        parties=_parties(main.table("parties")),
        theme_days=_theme_days(main.table("theme_days")),
        elections=_elections(main.table("elections")),
        identity_policy=MappingProxyType(_identity_policy(main.table("identity_numbers"))),
    )
    main.finish()
    return made


def _zone(main: Table) -> str:
    zone = main.text("zone")
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError):
        raise main.problem("zone", f"“{zone}” is not a known time zone") from None
    return zone


def _languages(main: Table) -> tuple[str, ...]:
    languages = main.texts("languages")
    if not languages:
        raise main.problem("languages", "must name the language offered first")
    for language in languages:
        if language not in LANGUAGES:
            raise main.problem("languages", f"“{language}” is not one of {', '.join(LANGUAGES)}")
    return languages


def _area_kinds(main: Table) -> dict[AreaKind, Words]:
    names = main.table("area_kinds")
    found = {kind: names.words(kind) for kind in AreaKind if names.has(kind)}
    names.finish()
    return found


def source_of(table: Table) -> Source:
    """Who says so, as every table that cites somebody writes it."""
    source = Source(
        citation=table.text("citation"),
        origin=table.choice("origin", Origin),
        strength=table.choice("strength", Strength),
        certainty=table.choice("certainty", Certainty),
        valid_from=table.day_if_given("valid_from"),
        valid_to=table.day_if_given("valid_to"),
        review_date=table.day_if_given("review_date"),
    )
    if source.valid_from and source.valid_to and source.valid_to < source.valid_from:
        raise table.problem("valid_to", "lies before valid_from")
    return source


def _organisation_kind(table: Table) -> OrganisationKind:
    kind = OrganisationKind(
        code=table.text("code"),
        side=table.choice("side", Side),
        name=table.words("name"),
        area_kind=table.choice_if_given("area_kind", AreaKind),
    )
    table.finish()
    return kind


def _role(table: Table) -> Role:
    role = Role(
        code=table.text("code"),
        side=table.choice("side", Side),
        organisation_kinds=table.texts("organisation_kinds"),
        name=table.words("name"),
        also_called=table.texts("also_called"),
        covers=table.flag("covers", default=False),
        analyses=table.flag("analyses", default=False),
        reads_addresses=table.flag("reads_addresses", default=False),
        coordinates=table.flag("coordinates", default=False),
        binds=table.flag("binds", default=False),
    )
    if not role.organisation_kinds:
        raise table.problem("organisation_kinds", "must name at least one kind of organisation")
    table.finish()
    return role


def _rule(table: Table) -> Rule:
    rule = Rule(
        id=table.text("id"),
        topic=table.text("topic"),
        text=table.words("text"),
        source=source_of(table),
        reach=table.choice("reach", Reach) if table.has("reach") else Reach.COUNTRY,
        tiers=table.texts("tiers"),
        parameters=MappingProxyType(table.parameters("parameters")),
    )
    if rule.topic == MEETINGS_A_YEAR and not isinstance(rule.parameters.get("at_least"), int):
        raise table.problem("parameters.at_least", f"a rule on {MEETINGS_A_YEAR} needs a number")
    if rule.topic == AGENDA_NOTICE and not isinstance(rule.parameters.get("days"), int):
        raise table.problem("parameters.days", f"a rule on {AGENDA_NOTICE} needs a number")
    table.finish()
    return rule


def _tier(table: Table, rules: Mapping[str, Rule]) -> Tier:
    meetings_rule = table.text_if_given("meetings_rule")
    meetings = rules.get(meetings_rule) if meetings_rule else None
    if meetings_rule and (meetings is None or meetings.topic != MEETINGS_A_YEAR):
        raise table.problem(
            "meetings_rule", f"“{meetings_rule}” is not a rule on {MEETINGS_A_YEAR}"
        )
    tier = Tier(
        code=table.text("code"),
        level=table.choice("level", Level),
        name=table.words("name"),
        plural=table.words("plural"),
        purpose=table.words("purpose"),
        area_kind=table.choice("area_kind", AreaKind),
        may_span_areas=table.flag("may_span_areas", default=False),
        parents=table.texts("parents"),
        also_called=table.texts("also_called"),
        chair=table.text_if_given("chair"),
        vice_chair=table.text_if_given("vice_chair"),
        secretary=table.text_if_given("secretary"),
        members=table.texts("members"),
        meetings=meetings,
        takes_up=table.choice_if_given("takes_up", TakesUp) or TakesUp.NONE,
    )
    table.finish()
    return tier


def _minutes_approval(table: Table) -> MinutesApproval:
    approval = MinutesApproval(
        approvers=table.choices("approvers", SeatFunction),
        before_distribution=table.flag("before_distribution"),
        source=source_of(table),
    )
    if not approval.approvers:
        raise table.problem("approvers", "must name who approves")
    table.finish()
    return approval


def _police_contact(table: Table) -> PoliceContact:
    contact = PoliceContact(
        required=table.flag("required"),
        role=table.text("role"),
        deputies=table.texts("deputies"),
        leader=table.text("leader"),
        source=source_of(table),
    )
    table.finish()
    return contact


def _police_system(main: Table) -> PoliceSystem:
    table = main.table("police_system")
    system = PoliceSystem(name=table.words("name"), source=source_of(table))
    table.finish()
    return system


def _parties(table: Table) -> Parties:
    parties = Parties(
        municipality=table.text("municipality"),
        municipality_word=table.text("municipality_word"),
        police=table.texts("police"),
        source=source_of(table),
    )
    if not parties.police:
        raise table.problem("police", "must name at least one kind of organisation")
    table.finish()
    return parties


def _theme_days(table: Table) -> ThemeDays:
    days = ThemeDays(not_hosted_by=table.texts("not_hosted_by"), source=source_of(table))
    table.finish()
    return days


def _elections(table: Table) -> ElectionCalendar:
    weekday = table.text("weekday")
    if weekday not in _WEEKDAYS:
        raise table.problem("weekday", f"“{weekday}” is not one of {', '.join(_WEEKDAYS)}")
    elections = ElectionCalendar(
        first_year=table.whole_number("first_year", at_least=1900, at_most=2100),
        every_years=table.whole_number("every_years", at_least=1, at_most=10),
        month=table.whole_number("month", at_least=1, at_most=12),
        weekday=_WEEKDAYS.index(weekday),
        occurrence=table.whole_number("occurrence", at_least=1, at_most=4),
        source=source_of(table),
    )
    table.finish()
    return elections


def _identity_policy(table: Table) -> dict[NumberKind, Severity]:
    policy = {kind: table.choice(kind, Severity) for kind in NumberKind}
    table.finish()
    return policy
