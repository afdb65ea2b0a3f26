"""What two questions must have in common to be asked with the same SQL, and what differs then.

The keys, references and moments of a question differ; everything else is its shape: who the actor
is in how many councils, the day, the words. Keys are numbered by what they are keys of, so that a
council the actor sits in is told from one they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from samrad.access.actor import Actor, Held
from samrad.kernel.clock import day_of

# Values that nothing has, by which the places of the true ones are known again.
NO_KEY = 7_000_000_000_000_000_000
NEAR = 10**12
NO_REF = 0x7000_0000_0000_4000_8000_0000_0000_0000
NO_WORDS = "words that nobody has written "
NO_MICROSECOND = 770_077
APART = 1009  # between one and the next, so that counting with one does not give another
TRACES = (str(NO_KEY)[:15], f".{NO_MICROSECOND}"[:6], NO_WORDS)
Given = Callable[["Shape", Any], Any]


class Number(int):
    """A number that is no key: how many rows are wanted."""


class Sent(str):
    """Words that go to the database as one value, as they are."""


class NotFollowed(ValueError):
    """A query does something with a value that cannot be followed into its SQL."""


AS_IT_IS = (str, bool, type, Number)


@dataclass
class Shape:
    """What a question is like (`key`), and its values by number."""

    key: tuple[Any, ...] = ()
    moments: list[datetime] = field(default_factory=list)
    values: list[int | UUID | Sent] = field(default_factory=list)
    arguments: list[tuple[str, Any]] = field(default_factory=list)
    numbers: dict[tuple[str, int | UUID | Sent], int] = field(default_factory=dict)

    def number(self, kind: str, value: int | UUID | Sent) -> int:
        """The number of a key of that kind; the same key has the same."""
        known = self.numbers.get((kind, value))
        if known is None:
            known = self.numbers[kind, value] = len(self.values)
            self.values.append(value)
        return known

    def moment(self, value: datetime) -> int:
        """The number of a moment."""
        self.moments.append(value)
        return len(self.moments) - 1

    def stand_ins(self) -> tuple[list[tuple[str, Any]], Places]:
        """The arguments with a stand-in for every value, and how these are known again."""
        places = Places([_stamped(one, number) for number, one in enumerate(self.moments)])
        changed = Changed(self, places)
        return [(name, changed.of(name, value)) for name, value in self.arguments], places


def shape_of(arguments: list[tuple[str, Any]], *, at: datetime) -> Shape:
    """The shape of a question with these arguments, asked at that moment."""
    shape = Shape(arguments=arguments)
    shape.moment(at)
    parts: list[Any] = [day_of(at)]
    for name, value in arguments:
        parts.append(_part(shape, name, value))
    shape.key = tuple(parts)
    return shape


def _part(shape: Shape, name: str, value: Any) -> Any:
    """What an argument adds to the shape."""
    if isinstance(value, Actor):
        return _actor_part(shape, value)
    if isinstance(value, AS_IT_IS) or value is None:
        return shape.number(name, value) if isinstance(value, Sent) else value
    if isinstance(value, (int, UUID)):
        return shape.number(name, value)
    if isinstance(value, datetime):
        return shape.moment(value), day_of(value)
    if isinstance(value, (frozenset, set, list, tuple)):
        inner = sorted(value) if isinstance(value, (frozenset, set)) else value
        return type(value), *(_part(shape, _kind(name), one) for one in inner)
    if isinstance(value, date):
        return value
    message = f"{name} is {type(value)}; give its key, or words"
    raise TypeError(message)


def _kind(name: str) -> str:
    """Of what the keys in `councils` are keys."""
    return name.removesuffix("s")


def _actor_part(shape: Shape, actor: Actor) -> Any:
    """An actor's shape: roles, and how many things they are held in."""
    return (
        actor.is_system,
        *(_single(shape, *pair) for pair in (("user", actor.user_id), ("person", actor.person_id))),
        *(
            None if moment is None else (shape.moment(moment), day_of(moment))
            for moment in (actor.seen_at, actor.before_at)
        ),
        None if actor.person_ref is None else shape.number("person_ref", actor.person_ref),
        tuple(shape.number("organisation", one) for one in sorted(actor.organisation_ids)),
        tuple(_held_part(shape, held) for held in sorted(actor.held, key=_order)),
        tuple(shape.number("area", one) for one in sorted(actor.workplace_ids)),
    )


def _order(held: Held) -> tuple[Any, ...]:
    keys = (held.council_id or 0, held.area_id or 0, held.seat_id or 0)
    return (held.role, held.country, held.side, *keys)


def _held_part(shape: Shape, held: Held) -> tuple[Any, ...]:
    return (
        held.role,
        held.country,
        held.side,
        _single(shape, "council", held.council_id),
        _single(shape, "area", held.area_id),
        _single(shape, "seat", held.seat_id),
    )


def _single(shape: Shape, kind: str, key: int | None) -> int | None:
    return None if key is None else shape.number(kind, key)


def _stamped(moment: datetime, number: int) -> datetime:
    """A moment of the same day that is known again by its microseconds."""
    return moment.astimezone(UTC).replace(microsecond=NO_MICROSECOND + number)


@dataclass
class Changed:
    """The arguments of a question with stand-ins in place of their values."""

    shape: Shape
    places: Places
    next_moment: int = 1  # the first is the question's own

    def of(self, name: str, value: Any) -> Any:
        """The argument as the query is made with it."""
        if isinstance(value, Actor):
            return self._actor(value)
        if isinstance(value, (bool, Number)):
            return value
        if isinstance(value, (int, UUID, Sent)):
            return self._value(name, value)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, (frozenset, set, list, tuple)):
            return type(value)(self.of(_kind(name), one) for one in value)
        return value

    def _value(self, kind: str, value: int | UUID | Sent | None) -> Any:
        if value is None:
            return None
        number = self.shape.numbers[kind, value]
        if isinstance(value, Sent):
            return f"{NO_WORDS}{number}"
        return NO_KEY + APART * number if isinstance(value, int) else UUID(int=NO_REF + number)

    def _moment(self, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        self.next_moment += 1
        return self.places.moments[self.next_moment - 1]

    def _actor(self, actor: Actor) -> Actor:
        return Actor(
            label="",
            user_id=self._value("user", actor.user_id),
            person_id=self._value("person", actor.person_id),
            person_ref=self._value("person_ref", actor.person_ref),
            seen_at=self._moment(actor.seen_at),
            before_at=self._moment(actor.before_at),
            organisation_ids=self._values("organisation", actor.organisation_ids),
            workplace_ids=self._values("area", actor.workplace_ids),
            held=frozenset(self._held(one) for one in actor.held),
            is_system=actor.is_system,
        )

    def _values(self, kind: str, keys: Iterable[int]) -> frozenset[int]:
        return frozenset(self._value(kind, key) for key in keys)

    def _held(self, held: Held) -> Held:
        return replace(
            held,
            council_id=self._value("council", held.council_id),
            area_id=self._value("area", held.area_id),
            seat_id=self._value("seat", held.seat_id),
        )


class Places:
    """Where in the parameters of a statement which value goes."""

    def __init__(self, moments: list[datetime]) -> None:
        self.moments = moments

    @property
    def moment(self) -> datetime:
        """When the stand-ins ask."""
        return self.moments[0]

    def see(self, sql: str) -> None:
        """Refuse SQL in which a stand-in is written out."""
        if str(NO_KEY)[:15] in sql or UUID(int=NO_REF).hex[:16] in sql:
            message = "A value is written into the SQL."
            raise NotFollowed(message)

    def of(self, parameter: Any) -> Given:
        """How to find what stands at that place, for another question."""
        if isinstance(parameter, int) and abs(parameter - NO_KEY) < NEAR:
            return _key(*divmod(parameter - NO_KEY, APART), type(parameter))
        if isinstance(parameter, str) and parameter.startswith(NO_WORDS):
            return _words(int(parameter.removeprefix(NO_WORDS)))
        if (number := _number_of(parameter)) is not None:
            return _reference(number)
        if (moment := _moment_in(parameter)) is not None:
            return self._moment(moment, is_text=isinstance(parameter, str))
        if any(trace in str(parameter) for trace in TRACES):
            message = f"{type(parameter)} holds a value."
            raise NotFollowed(message)
        return lambda _shape, _connection: parameter

    def _moment(self, moment: datetime, *, is_text: bool) -> Given:
        number = moment.microsecond - NO_MICROSECOND
        if not 0 <= number < len(self.moments):
            message = "A moment cannot be followed."
            raise NotFollowed(message)
        ahead: timedelta = moment - self.moments[number]
        if not is_text:
            return lambda shape, _connection: shape.moments[number] + ahead
        return lambda shape, connection: connection.ops.adapt_datetimefield_value(
            shape.moments[number] + ahead
        )


def _key(number: int, rest: int, kind: type[int]) -> Given:
    if rest:
        message = "A key was counted with."
        raise NotFollowed(message)
    if kind is int:
        return lambda shape, _connection: shape.values[number]
    return lambda shape, _connection: kind(shape.values[number])


def _words(number: int) -> Given:
    return lambda shape, _connection: str(shape.values[number])


def _number_of(parameter: Any) -> int | None:
    """The number of a reference that stands for another, as either database writes it."""
    if isinstance(parameter, str) and len(parameter) == 32 and parameter.startswith("7000"):  # noqa: PLR2004
        parameter = UUID(hex=parameter)
    if isinstance(parameter, UUID) and 0 <= parameter.int - NO_REF < 2**32:
        return parameter.int - NO_REF
    return None


def _reference(number: int) -> Given:
    def given(shape: Shape, connection: Any) -> Any:
        value = shape.values[number]
        native = connection.features.has_native_uuid_field
        return value if native or not isinstance(value, UUID) else value.hex

    return given


def _moment_in(parameter: Any) -> datetime | None:
    """A moment that is known by its microseconds, as either database writes it."""
    if isinstance(parameter, str) and len(parameter) == 26 and parameter[-7] == ".":  # noqa: PLR2004
        try:
            parameter = datetime.fromisoformat(parameter).replace(tzinfo=UTC)
        except ValueError:
            return None
    if isinstance(parameter, datetime) and abs(parameter.microsecond - NO_MICROSECOND) < 100:  # noqa: PLR2004
        return parameter.astimezone(UTC)
    return None
