"""What the parties have promised each other, and how far it is kept in a year (C7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.agreements import commitment_words
from samrad.agreements.models import Following
from samrad.agreements.rules.commitments import Count, Pace
from samrad.areas.rules.names import fold
from samrad.cooperation.models import Agreement, AgreementClause, Commitment
from samrad.cooperation.rules import Side
from samrad.cooperation.words import SIDES
from samrad.documents.richtext import words_of
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
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

    @property
    def state(self) -> str:
        """In a word or two, for a chip."""
        if self.following is None:
            return _("Not followed")
        if self.count.late:
            return _("Late")
        if self.is_kept:
            return _("Kept")
        return _("Under way") if self.count.done else _("Ahead")

    @property
    def side_name(self) -> str:
        """Whose promise it is, where nobody has been named to keep it."""
        return str(SIDES[Side(self.commitment.side)])

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
        if self.following is None:
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


def sums_of(promised: Sequence[Promised]) -> Sums:
    """What the evaluation begins with."""
    return Sums(
        len(promised),
        sum(one.is_kept for one in promised),
        sum(bool(one.count.late) for one in promised),
        sum(one.following is None for one in promised),
    )


def promised_in(agreement: Agreement, actor: Actor, year: int, on: date) -> list[Promised]:
    """Every commitment of the agreement with what came of it in the year: six queries at most."""
    commitments = _commitments(agreement)
    if not commitments:
        return []
    texts = list(agreement.clauses.all())
    followed = [one.following for one in commitments if hasattr(one, "following")]
    entries = _entries(agreement, actor, year, on, followed)
    tasks = _tasks(actor, followed)
    return [_promised(one, texts, entries, tasks, on) for one in commitments]


def noted_in(agreement: Agreement) -> list[Promised]:
    """Every commitment with who answers for it and how often, without any year: one query."""
    return [_promised(one, (), {}, {}, date.max) for one in _commitments(agreement)]


def _commitments(agreement: Agreement) -> list[Commitment]:
    rows = agreement.commitments.select_related("following__organisation", "following__activity")
    commitments = list(rows.order_by("side", "pk"))
    for one in commitments:
        one.council = agreement.council
    return commitments


def _entries(
    agreement: Agreement, actor: Actor, year: int, on: date, followed: Iterable[Following]
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


def _tasks(actor: Actor, followed: Iterable[Following]) -> dict[int, Task]:
    wanted = [one.task_id for one in followed if one.task_id]
    return Task.objects.visible_to(actor).in_bulk(wanted) if wanted else {}


def _promised(
    commitment: Commitment,
    clauses: Sequence[AgreementClause],
    entries: dict[int, list[Entry]],
    tasks: dict[int, Task],
    on: date,
) -> Promised:
    following = getattr(commitment, "following", None)
    clause = clause_of(commitment.title, clauses)
    if following is None:
        return Promised(commitment, None, clause, "", commitment.rhythm)
    times = tuple(entries.get(following.activity_id or 0, ()))
    task = tasks.get(following.task_id or 0)
    count = _count_of_task(task, on) if following.pace == Pace.ONCE else _count(times)
    return Promised(
        commitment, following, clause, _owner(commitment, following), _often(following),
        count, times, task,
    )  # fmt: skip


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


def _count_of_task(task: Task | None, on: date) -> Count:
    """One time. A task that the reader may not read counts as nothing said."""
    if task is None:
        return Count()
    if task.state == TaskState.DONE:
        return Count(done=1)
    if task.state == TaskState.DROPPED:
        return Count(left_out=1)
    return Count(late=1) if task.is_overdue(on) else Count(ahead=1)


def clause_of(title: str, clauses: Sequence[AgreementClause]) -> AgreementClause | None:
    """The clause whose text says it, as it begins; none when it was put in other words."""
    begins = fold(title)[:LONGEST_BEGINNING]
    return next((one for one in clauses if begins in fold(words_of(one.text))), None)
