"""What forms share that take text: the guard's questions. Fields for files are in `uploads`.

`TextLine` and `TextLines` (from `samrad.ui.fields`) refuse an identity number by themselves. A form
that derives from `GuardedForm` also says in which line it stands, lets the writer answer for what
is only suspect, and lets a second person confirm what looks certain. docs/adr tells why so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.actor import Actor, HasKey
from samrad.documents.permissions import may_confirm_number
from samrad.documents.rules import NumberAnswer
from samrad.documents.words import NUMBER_KINDS
from samrad.kernel.identity import (
    Finding,
    NumberKind,
    Severity,
    find_identity_numbers,
    is_blocked,
)
from samrad.kernel.text import normalise_line
from samrad.ui.fields import IDENTITY_NUMBER, GuardedText, TextLine, TextLines

__all__ = [
    "GuardedForm",
    "NumberAnswer",
    "TextLine",
    "TextLines",
]

HARMLESS, ASKED_BY, REASON = "number_is_harmless", "number_asked_by", "number_reason"
ONLY_CONTACTS = {NumberKind.PHONE_NUMBER, NumberKind.CASE_NUMBER}


class GuardedForm(forms.Form):
    """A form whose texts were looked through for numbers that point at one citizen.

    `council` is where the text belongs, `author_id` the person who wrote the text that is there
    already. Numbers that stood in the text before are not asked about again. After saving,
    `documents.api.note_answers(form, …)` records what was answered for.
    """

    asking = gettext_lazy("The text holds %(kinds)s. Tick this if it does not point at a citizen.")

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        council: HasKey | int | None = None,
        author_id: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.number_answers: list[NumberAnswer] = []
        self._reader = actor
        self._may_confirm = council is not None and bool(
            may_confirm_number(actor, in_council=council, author_id=author_id)
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        """What is asked about a number: for pages that place the fields of the form one by one."""
        return [self[name] for name in (HARMLESS, ASKED_BY, REASON) if name in self.fields]

    def questions_in_words(self) -> list[dict[str, Any]]:
        """What is asked about a number, for the page's script to ask."""
        return [
            {
                "name": one.html_name,
                "label": str(one.label),
                "help": str(one.help_text),
                "tick": isinstance(one.field.widget, forms.CheckboxInput),
            }
            for one in self.questions
        ]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, unknown to its stubs
        certain: dict[str, list[Finding]] = {}
        suspect: list[Finding] = []
        for name, field in self.fields.items():
            if isinstance(field, GuardedText) and field.findings:
                new = self._new_findings(name, field)
                suspect += [one for one in new if one.severity is Severity.WARN]
                certain[name] = [one for one in new if one.severity is Severity.BLOCK]
        beside = self.found_beside()
        suspect += [one for found in beside.values() for one in found if not _is_certain(one)]
        blocked = [one for found in certain.values() for one in found]
        blocked += [one for found in beside.values() for one in found if _is_certain(one)]
        if blocked and not self._is_confirmed(blocked):
            self._explain(certain)
            self.explain_beside(
                {name: [one for one in found if _is_certain(one)] for name, found in beside.items()}
            )
        else:
            for name in certain:
                self._let_through(name)
        if suspect and not blocked:
            self._ask_about(suspect)

    def found_beside(self) -> Mapping[str, list[Finding]]:
        """What was found elsewhere than in a text of the form: in files, by what these are called.

        Nothing, unless a form says otherwise.
        """
        return {}

    def explain_beside(self, certain: Mapping[str, list[Finding]]) -> None:
        """Say where it stands, for a form that has found certain numbers beside its texts."""

    def _new_findings(self, name: str, field: GuardedText) -> list[Finding]:
        """What was not in the text that is there already, where it was answered for."""
        before = self.get_initial_for_field(field, name)
        known = _numbers_in(before) if isinstance(before, str) else set()
        value = field.to_python(self._raw(name))
        return [one for one in field.findings if _digits(value, one) not in known]

    def _raw(self, name: str) -> Any:
        return self[name].data

    def _answer(self, name: str) -> str:
        return normalise_line(str(self.data.get(self.add_prefix(name)) or ""))

    def _reason_is_given(self) -> bool:
        """The reason field joins the form, and complains where the reason is missing or worse."""
        self.fields[REASON] = TextLine(
            label=_("Why it is not a person's identity number"), max_length=200, required=False
        )
        reason = self._answer(REASON)
        if not reason:
            self.add_error(REASON, _("Say what the number is, in a few words."))
        elif is_blocked(find_identity_numbers(reason)):
            self.add_error(REASON, _("Give the reason without the number."))
        return REASON not in self.errors

    def _is_confirmed(self, blocked: list[Finding]) -> bool:
        """Whether a second person, asked by the writer, has answered for certain numbers."""
        if not self._may_confirm:
            return False
        self.fields[ASKED_BY] = TextLine(
            label=_("Who wrote this and asked you to confirm the number"),
            max_length=200,
            required=False,
            help_text=_(
                "If it is not a person's identity number, write it again and fill this in."
            ),
        )
        asked_by = self._answer(ASKED_BY)
        if not asked_by:
            self._reason_field_without_complaint()
            return False
        if asked_by.casefold() == self._reader.label.casefold():
            self.add_error(ASKED_BY, _("Someone other than the writer must confirm the number."))
            return False
        if not self._reason_is_given():
            return False
        self.number_answers.append(NumberAnswer(_kinds(blocked), self._answer(REASON), asked_by))
        return True

    def _reason_field_without_complaint(self) -> None:
        self.fields[REASON] = TextLine(
            label=_("Why it is not a person's identity number"), max_length=200, required=False
        )

    def _explain(self, certain: dict[str, list[Finding]]) -> None:
        """Say in which line it stands and what to do, without saying the number."""
        for name, found in certain.items():
            if not found:
                continue
            value = str(self.fields[name].to_python(self._raw(name)))
            errors = [ValidationError(_refusal(value, one), code=IDENTITY_NUMBER) for one in found]
            if not self._may_confirm:
                errors.append(ValidationError(gettext_lazy(
                    "If it is something else, the chair or the secretary can save it for you."
                )))  # fmt: skip
            self.errors.pop(name, None)
            self.add_error(name, errors)

    def _let_through(self, name: str) -> None:
        """Take the field's value after all, if nothing else is wrong with it."""
        if not self.has_error(name, IDENTITY_NUMBER):
            return
        field = self.fields[name]
        value = field.to_python(self._raw(name))
        del self.errors[name]
        try:
            field.run_validators(value)
        except ValidationError as error:
            self.add_error(name, error)
        else:
            self.cleaned_data[name] = value
            own_clean = getattr(self, f"clean_{name}", None)
            if own_clean is not None:
                self._clean_with(name, own_clean)

    def _clean_with(self, name: str, own_clean: Callable[[], Any]) -> None:
        """What the form makes of the field: passed over while the field was refused."""
        try:
            self.cleaned_data[name] = own_clean()
        except ValidationError as error:
            self.add_error(name, error)

    def _ask_about(self, suspect: list[Finding]) -> None:
        """Let the writer answer: with a tick for telephone and case numbers, else with a reason."""
        kinds = _kinds(suspect)
        named = ", ".join(dict.fromkeys(str(NUMBER_KINDS[one.kind]) for one in suspect))
        self.fields[HARMLESS] = forms.BooleanField(
            label=_("It does not point at a citizen"), required=False
        )
        ticked = bool(self.data.get(self.add_prefix(HARMLESS)))
        if not ticked:
            self.add_error(HARMLESS, str(self.asking) % {"kinds": named})
        needs_reason = any(one.kind not in ONLY_CONTACTS for one in suspect)
        if needs_reason and not ticked:
            self._reason_field_without_complaint()
        elif ticked and (not needs_reason or self._reason_is_given()):
            self.number_answers.append(NumberAnswer(kinds, self._answer(REASON)))


def _is_certain(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCK


def _digits(value: str, finding: Finding) -> str:
    return re.sub(r"\D", "", value[finding.start : finding.end])


def _numbers_in(text: str) -> set[str]:
    return {_digits(text, one) for one in find_identity_numbers(text)}


def _kinds(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.kind.value for one in findings))


def _refusal(value: str, finding: Finding) -> str:
    line = value.count("\n", 0, finding.start) + 1
    message = _("Line %(line)s holds what looks like %(kind)s. Say it without the number.")
    return message % {"line": line, "kind": NUMBER_KINDS[finding.kind]}
