"""The people who appear in every test, and the ground they stand on. All of them are invented.

Norway: Ås with its politiråd; Nordre Follo next door with its own; both in Øst police district,
Oslo in another. Denmark: a kredsråd over a district with a lokalråd in one municipality. Sweden:
one council.

    def test_…(cast):
        approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
        assert signed_in(client, cast.stranger).get(url).status_code == 404

`cast` (a fixture in conftest.py) is built in a moment on either database: rows, not actions, made
one by one once in a process and laid out a table at a time from then on.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from samrad.access.actor import Actor
from samrad.access.vocabulary import Role
from samrad.areas.models import Area, AreaCode, AreaCover, AreaName
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import searchable
from samrad.cooperation.models import Council, Seat
from samrad.people.models import Appointment, ContactPost, ExplicitGrant, Organisation, Person, User
from samrad.people.sources import actor_of_person as actor_on

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
SINCE = date(2024, 1, 1)


@dataclass
class Character:
    """Somebody in the cast: a person with an appointment, and an actor built as a request would."""

    person: Person
    appointment: Appointment | None = None
    council: Council | None = None

    @property
    def actor(self) -> Actor:
        """What this person may do today; read anew each time, so that changes show."""
        return actor_of_person(self.person)

    @property
    def name(self) -> str:
        return self.person.name


@dataclass
class Country:
    """One country's ground, organisations, councils and people, by short names."""

    code: str
    areas: dict[str, Area] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    councils: dict[str, Council] = field(default_factory=dict)
    people: dict[str, Character] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for things in ("people", "councils", "organisations", "areas"):
            found = self.__dict__.get(things, {})
            if name in found:
                return found[name]
        raise AttributeError(name)


@dataclass
class Cast:
    """Everybody. The Norwegian ones, who appear most, are attributes of the cast itself."""

    no: Country
    dk: Country
    se: Country

    council: Council
    sibling: Council
    chair: Character
    secretary: Character
    station_chief: Character
    police_member: Character
    director: Character
    guest: Character
    vice_police: Character
    analyst: Character
    other_analyst: Character
    national_officer: Character
    stranger: Character
    stranger_chair: Character
    administrator: Character

    @property
    def everybody(self) -> dict[str, Character]:
        """All by name: Norwegian names plain, the others after their country."""
        named = dict(self.no.people)
        for code, country in (("dk", self.dk), ("se", self.se)):
            named |= {f"{code}.{name}": who for name, who in country.people.items()}
        return named


def actor_of_person(person: Person, on: date = TODAY) -> Actor:
    """The actor as a request of that day would build it."""
    return actor_on(person, on)


def new_account(email: str) -> User:
    """An account that nobody can sign in to by typing."""
    user = User(email=email)
    user.set_unusable_password()
    return put(user)


def account_of(person: Person, password: str | None = None) -> User:
    """The person's account, made if there is none yet, with a password where one is given."""
    user = person.user
    if user is None:
        user = new_account(person.email or f"{person.ref}@example.org")
        person.user = user
        person.save(update_fields=["user"])
    if password is not None:
        user.set_password(password)
        user.save()
    return user


def signed_in(client: Any, who: Character | Person) -> Any:
    """The client with this person signed in; anybody signed in before is out."""
    person = who.person if isinstance(who, Character) else who
    client.logout()
    client.force_login(account_of(person), backend="samrad.people.backends.AccountBackend")
    return client


def build_cast() -> Cast:
    """Put everybody into the database."""
    cast, tables = pickle.loads(mould())  # noqa: S301 (made by this process)
    with transaction.atomic():
        for model, rows in tables.items():
            model._default_manager.bulk_create(rows)
    found: Cast = cast
    return found


def mould() -> bytes:
    """The cast and its rows, model by model, as they look once they are saved."""
    if not _MOULD:
        rows: dict[type[Model], list[Model]] = defaultdict(list)
        _BEING_MADE.append(rows)
        with transaction.atomic():
            cast = made_one_by_one()
            transaction.set_rollback(True)
        _BEING_MADE.clear()
        _MOULD.append(pickle.dumps((cast, dict(rows))))
    return _MOULD[0]


Row = TypeVar("Row", bound=Model)
_MOULD: list[bytes] = []
_BEING_MADE: list[dict[type[Model], list[Model]]] = []
# Far from the numbers that a database gives, so that rows made before and after never collide.
_NUMBERS: dict[type[Model], Iterator[int]] = defaultdict(lambda: count(1_000_000))


def put(row: Row) -> Row:
    """Save a new row of the cast."""
    row.pk = next(_NUMBERS[type(row)])
    row.save(force_insert=True)
    for rows in _BEING_MADE:
        rows[type(row)].append(row)
    return row


def made_one_by_one() -> Cast:
    """Everybody, each row saved as it is made."""
    no, dk, se = norway(), denmark(), sweden()
    return Cast(
        no=no, dk=dk, se=se, council=no.council, sibling=no.sibling, chair=no.chair,
        secretary=no.secretary, station_chief=no.station_chief, police_member=no.police_member,
        director=no.director, guest=no.guest, vice_police=no.vice_police, analyst=no.analyst,
        other_analyst=no.other_analyst, national_officer=no.national_officer, stranger=no.stranger,
        stranger_chair=no.stranger_chair, administrator=no.administrator,
    )  # fmt: skip


# The three countries -----------------------------------------------------------------------------

# Who, called what, appointed where as what, and the seat that goes with it.
NORWEGIANS = [
    ("chair", "Maja Prøvestad", "kommune", "mayor", "council", "chair"),
    ("director", "Didrik Prøvemo", "kommune", "municipal_director", "council", "member"),
    ("secretary", "Sara Eksempelsen", "kommune", "prevention_coordinator", "council", "secretary"),
    ("station_chief", "Stein Oppdiktet", "station", "station_chief", "council", "member"),
    ("police_member", "Pia Påfunn", "station", "police_contact", "council", "member"),
    ("vice_police", "Vidar Tenktmann", "station", "prevention_section_leader", "", ""),
    ("guest", "Gro Fiksjon", "ravens", "partner_representative", "council", "guest"),
    (
        "stranger",
        "Sindre Nabovik",
        "next_kommune",
        "prevention_coordinator",
        "sibling",
        "secretary",
    ),
    ("stranger_chair", "Oda Nabostrand", "next_kommune", "mayor", "sibling", "chair"),
    ("stranger_police", "Nils Nabodal", "next_station", "police_contact", "sibling", "member"),
    ("analyst", "Anna Distriktsen", "police", "district_analyst", "", ""),
    ("other_analyst", "Odd Fjernvik", "oslo_police", "district_analyst", "", ""),
    ("national_officer", "Nora Riksheim", "directorate", "national_officer", "", ""),
]
DANES = [
    ("police_director", "Ditte Opdigtet", "police", "police_director", "kredsraad", "chair"),
    ("mayor", "Mads Prøvegaard", "kommune", "mayor", "kredsraad", "vice_chair"),
    (
        "secretary",
        "Signe Eksempelholt",
        "police",
        "staff_secretariat_chief",
        "kredsraad",
        "secretary",
    ),
    ("station_chief", "Søren Påfund", "station", "station_chief", "lokalraad", "chair"),
    ("coordinator", "Karen Tænkt", "kommune", "prevention_coordinator", "lokalraad", "secretary"),
    ("sector_head", "Frede Fiktivsen", "kommune", "sector_head", "lokalraad", "member"),
]
SWEDES = [
    ("chair", "Karin Påhittad", "kommune", "mayor", "council", "chair"),
    ("secretary", "Sten Exempelberg", "kommune", "prevention_coordinator", "council", "secretary"),
    ("station_chief", "Lova Tänkström", "station", "station_chief", "council", "member"),
]


def norway() -> Country:
    """Two neighbouring councils in one district, a second district, and the directorate."""
    at = Country("no")
    nation = area(at, "nation", AreaKind.NATION, "NO", "Norge")
    district = area(at, "district", AreaKind.POLICE_DISTRICT, "02", "Øst", within=[nation])
    other = area(at, "other_district", AreaKind.POLICE_DISTRICT, "01", "Oslo", within=[nation])
    around = [district, nation]
    home = area(at, "home", AreaKind.MUNICIPALITY, "3218", "Ås", within=around)
    next_door = area(at, "next_door", AreaKind.MUNICIPALITY, "3207", "Nordre Follo", within=around)

    top = organisation(at, "directorate", "national_police", "Politidirektoratet", nation)
    police = organisation(at, "police", "police_district", "Øst politidistrikt", district, top)
    organisation(at, "oslo_police", "police_district", "Oslo politidistrikt", other, top)
    organisation(at, "kommune", "municipality", "Ås kommune", home)
    station = organisation(at, "station", "police_station", "Ås politistasjon", home, police)
    organisation(at, "ravens", "voluntary", "Natteravnene i Ås", home)
    organisation(at, "next_kommune", "municipality", "Nordre Follo kommune", next_door)
    organisation(at, "next_station", "police_station", "Follo politistasjon", next_door, police)

    council(at, "council", "politiraad", "Politirådet i Ås", home)
    council(at, "sibling", "politiraad", "Politirådet i Nordre Follo", next_door)
    people(at, NORWEGIANS)
    administrator = person(at, "administrator", "Ada Driftsen").person
    put(
        ExplicitGrant(
            person=administrator, role=Role.ADMINISTRATOR, reason="Runs it.", from_date=SINCE
        )
    )
    for order, role in enumerate(("police_contact", "prevention_section_leader"), start=1):
        put(ContactPost(area=home, organisation=station, role=role, order=order))
    return at


def denmark() -> Country:
    """A kredsråd over a district and the lokalråd of one of its municipalities."""
    at = Country("dk")
    nation = area(at, "nation", AreaKind.NATION, "DK", "Danmark")
    kreds = area(at, "district", AreaKind.POLICE_DISTRICT, "3", "Vestkreds", within=[nation])
    viborg = area(at, "home", AreaKind.MUNICIPALITY, "791", "Viborg", within=[kreds, nation])
    police = organisation(at, "police", "police_district", "Vestkredsens Politi", kreds)
    organisation(at, "station", "police_station", "Viborg Politistation", viborg, police)
    organisation(at, "kommune", "municipality", "Viborg Kommune", viborg)
    top = council(at, "kredsraad", "kredsraad", "Kredsrådet i Vestkredsen", kreds)
    council(at, "lokalraad", "lokalraad", "Lokalrådet i Viborg", viborg, parent=top)
    people(at, DANES)
    return at


def sweden() -> Country:
    """A municipality's crime prevention council."""
    at = Country("se")
    nation = area(at, "nation", AreaKind.NATION, "SE", "Sverige")
    region = area(at, "district", AreaKind.POLICE_DISTRICT, "S", "Region Syd", within=[nation])
    kommun = area(at, "home", AreaKind.MUNICIPALITY, "1282", "Landskrona", within=[region, nation])
    police = organisation(at, "police", "police_district", "Polisregion Syd", region)
    organisation(at, "station", "police_station", "Landskrona polisstation", kommun, police)
    organisation(at, "kommune", "municipality", "Landskrona stad", kommun)
    council(at, "council", "brottsforebyggande_rad", "Landskronas råd", kommun)
    people(at, SWEDES)
    return at


# Bricks ------------------------------------------------------------------------------------------


def area(
    at: Country, key: str, kind: AreaKind, code: str, name: str, *, within: Iterable[Area] = ()
) -> Area:
    """A piece of ground with its name, code and everything that covers it."""
    made = put(Area(country=at.code, kind=kind, code=code, name=name))
    put(AreaName(area=made, name=name, folded=searchable(name), kind="official"))
    put(AreaCode(area=made, scheme="official", code=code))
    for ancestor in (made, *within):
        put(AreaCover(ancestor=ancestor, descendant=made))
    at.areas[key] = made
    return made


def organisation(  # noqa: PLR0917
    at: Country, key: str, kind: str, name: str, where: Area, parent: Organisation | None = None
) -> Organisation:
    """An organisation at a place."""
    made = put(Organisation(country=at.code, kind=kind, name=name, area=where, parent=parent))
    at.organisations[key] = made
    return made


def council(
    at: Country, key: str, tier: str, name: str, where: Area, *, parent: Council | None = None
) -> Council:
    """A council without seats; each person with a function brings one."""
    made = put(
        Council(
            country=at.code, tier=tier, name=name, area=where, parent=parent, established_date=SINCE
        )
    )
    at.councils[key] = made
    return made


def people(at: Country, rows: list[tuple[str, str, str, str, str, str]]) -> None:
    """Everybody of a table above."""
    for key, name, where, role, sits, function in rows:
        found = at.councils[sits] if sits else None
        person(at, key, name, at.organisations[where], role, council=found, function=function)


def person(
    at: Country,
    key: str,
    name: str,
    organisation: Organisation | None = None,
    role: str = "",
    *,
    council: Council | None = None,
    function: str = "member",
) -> Character:
    """Somebody with an account, appointed long ago, with a seat where there is a council."""
    email = f"{key.replace('_', '.')}.{at.code}@example.org"
    made = put(Person(name=name, email=email, phone="00000000", user=new_account(email)))
    who = Character(made, council=council)
    if organisation is not None:
        who.appointment = put(
            Appointment(person=made, organisation=organisation, role=role, from_date=SINCE)
        )
    if council is not None and organisation is not None:
        seat(council, organisation, role, function)
    at.people[key] = who
    return who


def seat(council: Council, organisation: Organisation, role: str, function: str = "member") -> Seat:
    """A place in a council for whoever holds the role there."""
    return put(Seat(
        council=council, organisation=organisation, role=role, function=function,
        side=organisation.side, order=council.seats.count(),
    ))  # fmt: skip
