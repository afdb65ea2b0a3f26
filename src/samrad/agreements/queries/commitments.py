"""What the parties have promised each other, and how far it is kept in a year (C7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Min, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.agreements import commitment_words
from samrad.agreements.models import FollowedBefore, Following
from samrad.agreements.rules.commitments import WITHOUT_DAYS, Count, Pace
from samrad.areas.rules.names import fold
from samrad.cooperation.models import Agreement, AgreementClause, Commitment
from samrad.cooperation.rules import Side
from samrad.cooperation.words import SIDES
from samrad.documents.richtext import words_of
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import day_of
from samrad.profiles.reader import profile
from samrad.ui.formats import day
from samrad.wheel.api import Entry, entries_of
from samrad.wheel.rules import Stand

LONGEST_BEGINNING = 60


@dataclass(frozen=True)
class Promised:
    """A commitment as it stands in a year."""

    commitment: Commitment
    following: Following | None
    clause: AgreementClause | None
    owner: str
    often: str
    count: Count = field(default_factory=Count)
    entries: tuple[Entry, ...] = ()
    task: Task | None = None
    other_year: str = ""  # where it is done once and not in the year asked about: when it is
    was_followed: bool = False  # once, though it is no more

    @property
    def state(self) -> str:
        """In a word or two, for a chip."""
        if self.following is None:
            return _("Followed no more") if self.count.total else _("Not set up")
        if self.other_year:
            return self.other_year
        if not self.count.total and (self.goes_on or self.is_always):
            return _("Goes on") if self.goes_on else _("Asked when evaluated")
        if self.count.late:
            return _("Late")
        if self.is_kept:
            return _("Kept")
        return _("Under way") if self.count.done else _("Ahead")

    @property
    def is_always(self) -> bool:
        """Whether nothing comes due: it is kept at each meeting, or all the time."""
        return self.following is not None and self.following.pace in WITHOUT_DAYS

    @property
    def goes_on(self) -> Commitment | None:
        """What became of it in the agreement that holds now, which it is followed in."""
        return self.commitment.goes_on_as

    @property
    def carried_from(self) -> Agreement | None:
        """Where it was promised, of what is only followed on."""
        return self.commitment.carried_from

    @property
    def may_go_out(self) -> bool:
        """Whether nothing was ever done to follow it."""
        return self.following is None and not self.was_followed and self.goes_on is None

    @property
    def side_name(self) -> str:
        """Whose promise it is, where nobody has been named to keep it; blank where unknown.

        What is of neither side may be of both, of somebody else, or not told: so none is named.
        """
        side = Side(self.commitment.side)
        return str(SIDES[side]) if side != Side.OTHER else ""

    @property
    def late_entries(self) -> list[Entry]:
        """The times of the year that passed without it."""
        return [entry for entry in self.entries if entry.stand is Stand.LATE]

    @property
    def next_entry(self) -> Entry | None:
        """The next time that is still open."""
        ahead = {Stand.AHEAD, Stand.DUE, Stand.ARRANGED}
        return next((entry for entry in self.entries if entry.stand in ahead), None)

    @property
    def is_kept(self) -> bool:
        """Whether every time of the year was done."""
        return bool(self.count.total) and self.count.done == self.count.total

    @property
    def tone(self) -> str:
        """How the state is shown."""
        if (
            self.following is None
            or self.other_year
            or self.is_always
            or (self.goes_on and not self.count.total)
        ):
            return "neutral"
        if self.count.late:
            return "danger"
        return "success" if self.count.done else "info"


@dataclass(frozen=True)
class Sums:
    """How many of an agreement's promises stand how."""

    total: int
    kept: int
    late: int
    not_followed: int


def own_of(promised: Iterable[Promised]) -> list[Promised]:
    """What the agreement itself promises."""
    return [one for one in promised if one.carried_from is None]


def carried_of(promised: Iterable[Promised]) -> list[Promised]:
    """What an earlier agreement promised, and is still followed."""
    return [one for one in promised if one.carried_from is not None]


def began_in(agreement: Agreement, on: date) -> int:
    """The first year in which anything was done about what is followed in the agreement."""
    earlier = Commitment.objects.filter(goes_on_as__agreement=agreement)
    first = earlier.aggregate(day=Min("agreement__from_date"))["day"]
    days = [day for day in (first, agreement.from_date) if day]
    return min(days).year if days else on.year


def sums_of(promised: Sequence[Promised]) -> Sums:
    """What the evaluation begins with."""
    promised = own_of(promised)
    return Sums(
        len(promised),
        sum(one.is_kept for one in promised),
        sum(bool(one.count.late) for one in promised),
        sum(one.following is None for one in promised),
    )


def promised_in(agreement: Agreement, actor: Actor, year: int, on: date) -> list[Promised]:
    """Every commitment of the agreement with what came of it in the year: seven queries at most."""
    commitments = _commitments(agreement)
    if not commitments:
        return []
    texts = list(agreement.clauses.all())
    followed_as = [_followed_as(one) for one in commitments]
    before = _before(followed_as)
    followed: list[Following | FollowedBefore] = [
        *(one.following for one in followed_as if hasattr(one, "following")),
        *(past for all_of_one in before.values() for past in all_of_one),
    ]
    in_year = InYear(
        year, on, _entries(agreement, actor, year, on, followed), _tasks(actor, followed), before
    )
    return [_promised(one, texts, in_year) for one in commitments]


def never_followed(agreement: Agreement) -> QuerySet[Commitment]:
    """The agreement's promises that nothing was ever done to follow."""
    return agreement.commitments.filter(
        following=None, followed_before=None, goes_on_as=None
    ).order_by("pk")


def noted_in(agreement: Agreement) -> list[Promised]:
    """Every commitment with who answers for it and how often, without any year: one query."""
    return [_promised(one, (), NO_YEAR) for one in _commitments(agreement)]


@dataclass(frozen=True)
class InYear:
    """What was read of a year: times of the wheel and tasks by their keys, and what was before."""

    year: int
    on: date
    entries: Mapping[int, Sequence[Entry]] = field(default_factory=dict)
    tasks: Mapping[int, Task] = field(default_factory=dict)
    before: Mapping[int, Sequence[FollowedBefore]] = field(default_factory=dict)

    def until(self, last: date) -> InYear:
        """As it was on an agreement's last day: what came later belongs to the next one."""
        entries = {
            key: [one for one in several if _was_there(one, last)]
            for key, several in self.entries.items()
        }
        tasks = {key: one for key, one in self.tasks.items() if _was_closed(one, last)}
        return replace(self, entries=entries, tasks=tasks)


NO_YEAR = InYear(0, date.max)


def _was_there(entry: Entry, last: date) -> bool:
    """Due by that day, or dealt with by then."""
    marked = entry.occasion.marked_at if entry.occasion else None
    return entry.window.due_date <= last or bool(
        marked and day_of(marked, entry.council.zone) <= last
    )


def _was_closed(task: Task, last: date) -> bool:
    """Due by that day, or closed by then."""
    closed = day_of(task.closed_at, task.council.zone) if task.closed_at else None
    return any(day is not None and day <= last for day in (task.deadline_date, closed))


def _followed_as(one: Commitment) -> Commitment:
    """Where it is kept how it is followed: with what it goes on as in the agreement after."""
    return one.goes_on_as or one


def _before(commitments: Iterable[Commitment]) -> dict[int, list[FollowedBefore]]:
    """How each was followed before it was settled otherwise."""
    found: dict[int, list[FollowedBefore]] = {}
    for one in FollowedBefore.objects.filter(commitment__in=[each.pk for each in commitments]):
        found.setdefault(one.commitment_id, []).append(one)
    return found


def _commitments(agreement: Agreement) -> list[Commitment]:
    rows = agreement.commitments.select_related(
        "following__organisation", "following__activity", "carried_from", "goes_on_as__agreement",
        "goes_on_as__following__organisation", "goes_on_as__following__activity",
    )  # fmt: skip
    commitments = list(rows.order_by("side", "pk"))
    for one in commitments:
        one.council, one.agreement = agreement.council, agreement
    return commitments


def _entries(
    agreement: Agreement,
    actor: Actor,
    year: int,
    on: date,
    followed: Iterable[Following | FollowedBefore],
) -> dict[int, list[Entry]]:
    """The times of the wheel in the year, by activity."""
    found: dict[int, list[Entry]] = {
        one.activity_id: [] for one in followed if one.activity_id is not None
    }
    if not found:
        return {}
    for entry in entries_of([agreement.council], actor, [year], on):
        if entry.told.activity is not None and entry.told.activity.pk in found:
            found[entry.told.activity.pk].append(entry)
    return found


def _tasks(actor: Actor, followed: Iterable[Following | FollowedBefore]) -> dict[int, Task]:
    wanted = [one.task_id for one in followed if one.task_id]
    seen = Task.objects.visible_to(actor).select_related("council")
    return seen.in_bulk(wanted) if wanted else {}


def _promised(commitment: Commitment, clauses: Sequence[AgreementClause], told: InYear) -> Promised:
    source = _followed_as(commitment)
    following = getattr(source, "following", None)
    clause = clause_of(commitment.title, clauses)
    last = commitment.agreement.to_date if commitment.agreement else None
    if source is not commitment and last:
        told = told.until(last)
    was_followed = bool(told.before.get(source.pk))
    earlier, earlier_count = _earlier(source, told)
    if following is None:
        return Promised(
            commitment, None, clause, "", commitment.rhythm, earlier_count, earlier,
            was_followed=was_followed,
        )  # fmt: skip
    times = tuple(told.entries.get(following.activity_id or 0, ()))
    task, other_year = told.tasks.get(following.task_id or 0), ""
    if following.pace == Pace.ONCE:
        count = _count_of_task(task, told)
        other_year = _other_year(task, told) if not (count + earlier_count).total else ""
    else:
        count = _count(times)
    return Promised(
        commitment, following, clause, _owner(commitment, following), _often(following),
        count + earlier_count, (*earlier, *times), task, other_year,
    )  # fmt: skip


def _earlier(commitment: Commitment, told: InYear) -> tuple[tuple[Entry, ...], Count]:
    """What was done about it in the year while it was followed in another way."""
    past = told.before.get(commitment.pk, ())
    entries = [entry for one in past for entry in told.entries.get(one.activity_id or 0, ())]
    done = tuple(entry for entry in entries if entry.stand in {Stand.DONE, Stand.SKIPPED})
    tasks = [told.tasks.get(one.task_id or 0) for one in past]
    count = sum((_count_of_task(one, told) for one in tasks), _count(done))
    return done, count


def _owner(commitment: Commitment, following: Following) -> str:
    if not following.role:
        return following.organisation.name
    role = profile(commitment.council.country).role(following.role).name
    name = role.in_language(get_language() or "en")
    return f"{name[:1].upper()}{name[1:]}, {following.organisation.name}"


def _often(following: Following) -> str:
    if following.due_date:
        return _("Once, by %(day)s") % {"day": day(following.due_date)}
    return str(commitment_words.PACES[Pace(following.pace)])


def _count(entries: Iterable[Entry]) -> Count:
    stands = [entry.stand for entry in entries]
    done, late = stands.count(Stand.DONE), stands.count(Stand.LATE)
    left_out = stands.count(Stand.SKIPPED)
    return Count(done, late, left_out, len(stands) - done - late - left_out)


def _count_of_task(task: Task | None, told: InYear) -> Count:
    """One time, in the year it was done or is due; late in every year from then until it is done.

    A task that the reader may not read counts as nothing said.
    """
    if task is None:
        return Count()
    closed, due = _closed_in(task), task.deadline_date.year if task.deadline_date else told.year
    if task.state == TaskState.OPEN:
        if task.is_overdue(told.on):
            return Count(late=1) if due <= told.year else Count()
        return Count(ahead=1) if due == told.year else Count()
    if closed is None or closed == told.year:
        return Count(done=1) if task.state == TaskState.DONE else Count(left_out=1)
    return Count(late=1) if due <= told.year < closed else Count()


def _closed_in(task: Task) -> int | None:
    return day_of(task.closed_at, task.council.zone).year if task.closed_at else None


def _other_year(task: Task | None, told: InYear) -> str:
    """What to say of it in a year in which nothing was due and nothing done."""
    if task is None:
        return ""
    closed = _closed_in(task)
    if task.state == TaskState.DONE and closed is not None and closed < told.year:
        return _("Kept in %(year)s") % {"year": str(closed)}
    if task.state == TaskState.DROPPED and closed is not None and closed < told.year:
        return _("Left out in %(year)s") % {"year": str(closed)}
    return (
        _("Due in %(year)s") % {"year": str(task.deadline_date.year)} if task.deadline_date else ""
    )


def clause_of(title: str, clauses: Sequence[AgreementClause]) -> AgreementClause | None:
    """The clause whose text says it, as it begins; none when it was put in other words."""
    begins = fold(title)[:LONGEST_BEGINNING]
    return next((one for one in clauses if begins in fold(words_of(one.text))), None)
