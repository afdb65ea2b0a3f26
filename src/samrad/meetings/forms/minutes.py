"""The page of minutes as a form: read with care, shown again as it was filled in.

It is not a Django form, but its texts are (`forms.texts`): they go through the same guard, with the
same questions, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.followup.models import Decision, Task
from samrad.kernel.text import whole_number
from samrad.meetings import words
from samrad.meetings.actions.minutes import settled_mark
from samrad.meetings.actions.minutes_page import (
    Conflicts,
    DecisionNote,
    ItemNote,
    PageChanges,
    TaskNote,
    TaskWords,
    task_mark,
    wording_mark,
)
from samrad.meetings.forms.attendance import AttendanceForm, Data
from samrad.meetings.forms.people import (
    Grouped,
    responsible_choices,
    responsible_for,
    responsible_named,
    value_of,
)
from samrad.meetings.forms.rows import DecisionRow, ItemRow, TaskRow, name_of
from samrad.meetings.models import Meeting
from samrad.meetings.queries.minutes import MinutesItem, SeatAttendance
from samrad.meetings.rules import Mandate
from samrad.ui.forms import DayField

DAY = DayField(required=False)


class MinutesForm(AttendanceForm):
    """What the page shows, and what one press of Save means."""

    def __init__(
        self,
        items: Sequence[MinutesItem],
        attendance: Sequence[SeatAttendance],
        data: Data | None = None,
        conflicts: Conflicts | None = None,
        *,
        meeting: Meeting,
        actor: Actor,
    ) -> None:
        super().__init__(items, attendance, data, conflicts, meeting=meeting, actor=actor)
        self.filled = [one.filled for one in attendance]
        self.choices = responsible_choices(self.filled)
        self._blank_options: SafeString | None = None

    # What was filled in ---------------------------------------------------------------------------

    def changes(self) -> PageChanges:
        """Everything filled in, read into domain terms; `errors` says what could not be."""
        withdrawn = self._get("withdraw")
        self.texts.full_clean()
        for one in self.questions:
            if one.errors:
                self._refuse(one.name)
        return PageChanges(
            seats=self._seat_notes(),
            ability=self._ability(),
            items=[
                self._item(one) for one in self.items if f"version-{one.item.ref}" in self._data
            ],
            decisions=[
                self._decision(decision, withdrawn)
                for one in self.items
                for decision in one.decisions
                if f"decision-{decision.ref}" in self._data
            ],
            tasks=[
                note
                for one in self.items
                for decision in one.decisions
                for task in decision.tasks.all()
                if (note := self._task(task, withdrawn))
            ],
        )

    def _item(self, one: MinutesItem) -> ItemNote:
        ref = one.item.ref
        started_from = whole_number(self._get(f"version-{ref}"))
        text = self._clean(f"text-{ref}")
        if f"text-{ref}" in self.errors:  # refused: what is saved stays as it is
            text, started_from = one.item.minutes_text, one.item.minutes_version
        decision = self._clean(f"new_decision-{ref}")
        task = self._words(f"new_task-{ref}")
        if task and not decision:
            self.errors[f"new_decision-{ref}"] = _("Write the decision that the task follows from.")
        return ItemNote(
            item=one.item,
            text=text,
            started_from=started_from,
            needs_no_task=self._tick(str(ref)),
            mandate=self._mandate(str(ref)),
            new_decision=decision,
            once=self._once(f"new_decision-{ref}"),
            new_task=task,
        )

    def _tick(self, ref: str) -> bool | None:
        """What "no task follows" was changed to; nothing when it stands as the page showed it."""
        ticked = f"no_task-{ref}" in self._data
        return None if ticked == (self._settled(ref)[0] == "on") else ticked

    def _mandate(self, ref: str) -> Mandate | None:
        """What was chosen of the mandate; nothing when it stands as the page showed it."""
        chosen = self._get(f"mandate-{ref}")
        if chosen == self._settled(ref)[1] or chosen not in set(Mandate):
            return None
        return Mandate(chosen)

    def _settled(self, ref: str) -> tuple[str, str]:
        """The tick and the choice as the page showed them."""
        tick, _bar, mandate = self._get(f"settled-{ref}-was").partition("|")
        return tick, mandate

    def _decision(self, decision: Decision, withdrawn: str) -> DecisionNote:
        name = f"decision-{decision.ref}"
        text, withdraw = self._clean(name), withdrawn == str(decision.ref)
        if not (text or withdraw or name in self.errors):
            self.errors[name] = _("A decision needs words. Take it out if it was not made.")
        return DecisionNote(
            decision=decision,
            text=text,
            started_from=self._get(f"{name}-was"),
            new_task=self._words(f"new_task-{decision.ref}"),
            withdraw=withdraw,
        )

    def _task(self, task: Task, withdrawn: str) -> TaskNote | None:
        prefix = f"task-{task.ref}"
        if f"{prefix}-was" not in self._data:
            return None
        filled_in = self._words(prefix, task)
        withdraw = withdrawn == str(task.ref)
        if filled_in is None and not withdraw:
            if prefix not in self.errors:
                self.errors[prefix] = _("A task needs words. Take it out if it is not to be done.")
            return None
        return TaskNote(task, filled_in or TaskWords(""), self._get(f"{prefix}-was"), withdraw)

    def _words(self, prefix: str, task: Task | None = None) -> TaskWords | None:
        """What, who and by when; nothing when the row was left empty or cannot be taken."""
        title = self._clean(f"{prefix}-title")
        if not title:
            if f"{prefix}-title" in self.errors:
                self.errors[prefix] = self.errors.pop(f"{prefix}-title")
            return None
        deadline = self._day(prefix)
        chosen = self._get(f"{prefix}-who")
        person, organisation = (
            responsible_for(task, self.filled, chosen)
            if task
            else responsible_named(self.filled, chosen)
        )
        if person is None and organisation is None:
            self.errors[prefix] = _("Choose who is responsible for the task.")
            return None
        return TaskWords(title, person, organisation, deadline, self._once(prefix))

    def _once(self, row: str) -> UUID | None:
        """The mark of an empty row; a page that has none is taken as it is."""
        try:
            return UUID(self._get(f"{row}-once"))
        except ValueError:
            return None

    def _day(self, prefix: str) -> date | None:
        try:
            day: date | None = DAY.clean(self._get(f"{prefix}-by"))
        except ValidationError as error:
            self.errors[prefix] = " ".join(error.messages)
            return None
        return day

    # What is shown --------------------------------------------------------------------------------

    @property
    def rows(self) -> list[ItemRow]:
        """The items as the page shows them: what is saved, or what was filled in."""
        return [self._item_row(one) for one in self.items]

    def _item_row(self, one: MinutesItem) -> ItemRow:
        item, ref = one.item, str(one.item.ref)
        other, is_made = self.conflicts.texts.get(ref), ref in self.conflicts.made
        ticked = f"no_task-{ref}" in self._data if self.errors else item.needs_no_task
        return ItemRow(
            number=one.number,
            item=item,
            ref=name_of(item.ref),
            asks_for_decision=one.asks_for_decision,
            text=self._shown(f"text-{ref}", item.minutes_text, stale=other is not None),
            version=self._kept(f"version-{ref}", str(item.minutes_version)),
            needs_no_task=ticked,
            mandates=[
                (value, name, value == self._kept(f"mandate-{ref}", item.mandate_there))
                for value, name in words.MANDATES_THERE.items()
            ],
            settled_mark=self._kept(f"settled-{ref}-was", settled_mark(item)),
            decisions=[self._decision_row(decision) for decision in one.decisions],
            new_decision=self._shown(f"new_decision-{ref}", "", stale=is_made),
            once=self._kept(f"new_decision-{ref}-once", str(uuid4())),
            is_made=is_made,
            new_task=self._blank_row(name_of(item.ref, "new_task"), is_made=is_made),
            errors=self._errors(f"text-{ref}", f"new_decision-{ref}"),
            other=other,
        )

    def _decision_row(self, decision: Decision) -> DecisionRow:
        name = f"decision-{decision.ref}"
        other = self.conflicts.decisions.get(str(decision.ref), "")
        is_made = str(decision.ref) in self.conflicts.made
        return DecisionRow(
            decision=decision,
            ref=name_of(decision.ref),
            text=self._shown(name, decision.text, stale=bool(other)),
            mark=self._kept(f"{name}-was", wording_mark(decision.text)),
            tasks=[self._task_row(task) for task in decision.tasks.all()],
            new_task=self._blank_row(name_of(decision.ref, "new_task"), is_made=is_made),
            errors=self._errors(name),
            other=other,
            is_made=is_made,
        )

    def _task_row(self, task: Task) -> TaskRow:
        prefix = name_of(task.ref, "task")
        stale = str(task.ref) in self.conflicts.tasks
        chosen = self._kept(f"{prefix}-who", value_of(task))
        day = str(task.deadline_date) if task.deadline_date else ""
        return TaskRow(
            prefix=prefix,
            task=task,
            title=self._shown(f"{prefix}-title", task.title),
            deadline=self._kept(f"{prefix}-by", day),
            mark=self._kept(f"{prefix}-was", task_mark(task)),
            options=_options(_with(self.choices, task), chosen),
            errors=self._errors(prefix),
            is_stale=stale,
        )

    def _blank_row(self, prefix: SafeString, *, is_made: bool) -> TaskRow:
        once = self._kept(f"{prefix}-once", str(uuid4()))
        if not (self.errors or is_made):
            return TaskRow(prefix, options=self._blank, once=once)
        return TaskRow(
            prefix,
            once=once,
            title=self._shown(f"{prefix}-title", "", stale=is_made),
            deadline=self._get(f"{prefix}-by"),
            options=_options(self.choices, self._get(f"{prefix}-who")),
            errors=self._errors(prefix),
        )

    @property
    def _blank(self) -> SafeString:
        """The choices of an empty row are the same everywhere: written once."""
        if self._blank_options is None:
            self._blank_options = _options(self.choices, "")
        return self._blank_options


def _with(choices: list[Grouped], task: Task) -> list[Grouped]:
    """The choices, and whoever has the task now even when they have left the table."""
    who = value_of(task)
    if not who or any(who == value for _group, options in choices for value, _name in options):
        return choices
    return [*choices, (_("No longer at the table"), [(who, str(task.responsible))])]


def _options(choices: list[Grouped], chosen: str) -> SafeString:
    groups = [
        (
            name,
            format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (value, SafeString(" selected") if value == chosen else "", label)
                    for value, label in options
                ),
            ),
        )
        for name, options in choices
    ]
    return format_html(
        '<option value="">{}</option>{}',
        _("Choose"),
        format_html_join("", '<optgroup label="{}">{}</optgroup>', groups),
    )
